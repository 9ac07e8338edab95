//! What is said when a wallet was given something: what it is, whether it is kept, and each check?

use serde_json::{Value, json};
use stapel_report::findings_text;
use stapel_verifier::Outcome;
use stapel_wallet::{Kept, Received, Wallet};

use crate::error::Failure;
use crate::output::{Output, plain};
use crate::session::Session;
use crate::words::{Say, say};

/// Verifies each text, with what has to be fetched for it, and keeps what may be kept.
pub(crate) fn keep(texts: &[String], wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let now = session.now;
    let mut received = Vec::new();
    for text in texts {
        session.network.supply(wallet, |wallet| wallet.missing_for(text, now), now);
        received.push(wallet.receive(text, now)?);
    }
    Ok(told(&received, session))
}

fn told(received: &[Received], session: &Session) -> Output {
    let language = session.language;
    let texts: Vec<String> = received
        .iter()
        .map(|each| {
            let name = plain(&each.name);
            let kept = say(&Say::Kept { name: &name, kept: &each.kept }, language);
            format!("{kept}\n{}", findings_text(&each.findings, language))
        })
        .collect();
    let answers: Vec<Value> = received
        .iter()
        .map(|each| {
            json!({
                "credential": each.credential,
                "name": each.name,
                "outcome": each.outcome(),
                "kept": is_kept(&each.kept),
                "how": each.kept.to_string(),
                "findings": each.findings,
            })
        })
        .collect();
    let outcome = received.iter().fold(Outcome::Accepted, |worst, each| {
        // A good badge that is not kept is not what was asked for either.
        worst.and(if is_kept(&each.kept) { each.outcome() } else { Outcome::Refused })
    });
    Output::new(texts.join("\n"), &json!({ "received": answers })).ending(outcome)
}

fn is_kept(kept: &Kept) -> bool {
    !matches!(kept, Kept::NotKept(_))
}
