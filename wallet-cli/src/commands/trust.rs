//! `stapel trust`: whom does this wallet trust?

use serde_json::json;
use stapel_credential::{Did, TrustListCredential};
use stapel_proof::Signed;
use stapel_report::findings_text;
use stapel_verifier::{Audience, DocumentKind, Outcome};
use stapel_wallet::{Incoming, Wallet, WalletError, verify_document};

use super::keep::keep;
use super::list::{columns, rows, table};
use crate::cli::Trust;
use crate::error::{Failure, Kind};
use crate::file;
use crate::output::{self, Output, plain};
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Trust, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    match asked {
        Trust::Add { from, anchor, yes } => add(from, anchor, *yes, &mut wallet, session),
        Trust::Pin { did } => {
            let new = wallet.pin_issuer(did)?;
            Ok(Output::new(say(&Say::Pinned { did, new }, session.language), &json!({ "pinned": did, "new": new })))
        }
        Trust::Remove { did } => {
            wallet.distrust(did)?;
            Ok(Output::new(say(&Say::Distrusted { did }, session.language), &json!({ "removed": did })))
        }
        Trust::List => list(&wallet, session),
    }
}

/// Verifies the list as the anchor's, shows what it says, asks, and only then trusts.
fn add(from: &str, anchor: &Did, yes: bool, wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let (now, language) = (session.now, session.language);
    let text = file::read(from, &session.network)?;
    if Incoming::read(&text).map_err(WalletError::from)? != Incoming::Document(DocumentKind::TrustList) {
        return Err(Failure::OtherKind { wanted: Kind::TrustList });
    }
    let signed = Signed::<TrustListCredential>::parse(text.trim()).map_err(WalletError::from)?;
    let list = signed.peek_unverified();
    if list.issuer.id != anchor.to_uri() {
        return Err(Failure::OtherAnchor { anchor: anchor.clone(), found: list.issuer.id.to_string() });
    }
    session.network.supply(wallet, |wallet| wallet.missing_for(&text, now), now);
    let mut policy = wallet.policy().clone();
    policy.pinned_issuers.push(anchor.clone());
    let answer = verify_document(&text, wallet.dossier(), &policy, &Audience::default(), now)?;
    if !matches!(answer.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks) {
        let name = plain(&list.credential_subject.trust_list.name);
        let text = format!(
            "{}\n{}",
            say(&Say::ListNotTaken { name: &name }, language),
            findings_text(answer.findings(), language)
        );
        return Ok(Output::new(text, &json!({ "findings": answer.findings() })).ending(answer.outcome()));
    }
    output::say(&contents(list, session));
    if !yes && !passphrase::agrees(&say(&Say::AskTrust { anchor }, language), language)? {
        return Err(Failure::Declined);
    }
    let new = wallet.add_trust_anchor(anchor)?;
    keep(&text, wallet, session).inspect_err(|_| {
        if new {
            // An anchor whose list was not taken is of no use; that it stays is harmless.
            let _ = wallet.distrust(anchor);
        }
    })
}

fn contents(list: &TrustListCredential, session: &Session) -> String {
    let language = session.language;
    let trust_list = &list.credential_subject.trust_list;
    let rows: Vec<[String; 4]> = trust_list
        .issuers
        .iter()
        .map(|issuer| {
            let codes: Vec<String> = issuer.mandates.iter().map(|mandate| mandate.code.to_string()).collect();
            [
                format!("  {}", plain(&issuer.name)),
                issuer.kind.name().to_owned(),
                codes.join(", "),
                issuer.did.to_string(),
            ]
        })
        .collect();
    let name = plain(&trust_list.name);
    let until = list.valid_until.map(|until| language.day_of(until));
    let head =
        Say::ListSays { name: &name, sequence: trust_list.sequence, until: until.as_deref(), issuers: rows.len() };
    format!("{}\n{}", say(&head, language), columns(&rows))
}

fn list(wallet: &Wallet, session: &Session) -> Result<Output, Failure> {
    let (policy, lists) = (wallet.policy(), wallet.trust_lists()?);
    let mut parts = Vec::new();
    let mut part = |title: Say<'_>, text: String| {
        if !text.is_empty() {
            parts.push(format!("{}\n{text}", say(&title, session.language)));
        }
    };
    let dids = |dids: &[Did]| dids.iter().map(|did| format!("  {did}")).collect::<Vec<_>>().join("\n");
    part(Say::Anchors, dids(&policy.trust_anchors));
    part(Say::PinnedIssuers, dids(&policy.pinned_issuers));
    part(Say::TrustLists, table(&lists, session));
    let text = if parts.is_empty() { say(&Say::NobodyTrusted, session.language) } else { parts.join("\n\n") };
    let json = json!({ "anchors": policy.trust_anchors, "pinned": policy.pinned_issuers, "lists": rows(&lists) });
    Ok(Output::new(text, &json))
}
