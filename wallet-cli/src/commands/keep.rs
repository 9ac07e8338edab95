//! What is said when a wallet was given something: what it is, whether it is kept, and each check?

use std::path::PathBuf;

use serde_json::{Value, json};
use stapel_report::findings_text;
use stapel_verifier::{DocumentKind, Outcome};
use stapel_wallet::{Incoming, Kept, Received, Wallet};

use crate::error::Failure;
use crate::file::NewFile;
use crate::output::{self, Output, plain};
use crate::session::Session;
use crate::words::{self, Say, Shown, say};

/// Verifies a text, with what has to be fetched for it, keeps it if it may be kept, and says so.
pub(crate) fn keep(text: &str, wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    Ok(told(&[receive(text, wallet, session)?], session))
}

/// The same for what an issuer sent. It sends once: what the wallet does not keep is laid beside, in a file.
pub(crate) fn keep_all(texts: &[String], wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let (mut received, mut failures) = (Vec::new(), Vec::new());
    for text in texts {
        let kept = receive(text, wallet, session);
        if !kept.as_ref().is_ok_and(|received| is_kept(&received.kept)) {
            lay_beside(text, session)?;
        }
        match kept {
            Ok(each) => received.push(each),
            Err(failure) => failures.push(failure),
        }
    }
    match failures.pop() {
        None => Ok(told(&received, session)),
        Some(failure) => {
            for failure in &failures {
                output::say(&words::failure(failure, session.language));
            }
            output::say(&told(&received, session).into_text());
            Err(failure)
        }
    }
}

fn receive(text: &str, wallet: &mut Wallet, session: &Session) -> Result<Received, Failure> {
    let now = session.now;
    session.network.supply(wallet, |wallet| wallet.missing_for(text, now), now);
    let mut received = wallet.receive(text, now)?;
    if matches!(Incoming::read(text), Ok(Incoming::Document(DocumentKind::AwardRecord))) {
        received.name = say(&Say::Shown(Shown::RecordOf { diploma: &received.name }), session.language);
    }
    Ok(received)
}

fn lay_beside(text: &str, session: &Session) -> Result<(), Failure> {
    for number in 1.. {
        let path = PathBuf::from(format!("stapel-received-{number}.json"));
        match NewFile::begin(&path, false, true) {
            Ok(file) => {
                file.finish(text)?;
                output::say(&say(&Say::LaidBeside { path: &path }, session.language));
                break;
            }
            Err(Failure::Exists { .. }) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
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
