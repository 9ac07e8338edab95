//! `stapel exemption`: what does the learner ask of an examination board?

use stapel_credential::RequestKind;
use stapel_wallet::{Asking, Showing};

use super::leave::Exit;
use crate::cli::{Exemption, ExemptionRequest};
use crate::error::Failure;
use crate::output::Output;
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Exemption, session: &Session) -> Result<Output, Failure> {
    match asked {
        Exemption::Request(asked) => request(asked, session),
    }
}

fn request(asked: &ExemptionRequest, session: &Session) -> Result<Output, Failure> {
    let now = session.now;
    let mut wallet = session.open()?;
    let exit = Exit::begin(&asked.out, asked.force, asked.yes)?;
    let programme = wallet.programme(&asked.programme)?;
    let evidence = asked.evidence.iter().map(|badge| wallet.badge(badge)).collect::<Result<Vec<_>, _>>()?;
    session.supply_badges(&mut wallet, &evidence);
    session.network.supply(&mut wallet, |wallet| wallet.missing_for(programme.signed.text(), now), now);
    let kind = if asked.assessment { RequestKind::Assessment } else { RequestKind::Exemption };
    let asking = Asking { kind, parts: asked.part.clone(), basis: asked.basis, note: asked.note.clone() };
    let showing = Showing {
        domain: Some(asked.to.to_string()),
        challenge: asked.challenge.clone(),
        expires: None,
        with_status_lists: true,
        with_award_records: false,
        bundle: None,
    };
    let presentation = wallet.ask_board(&programme, &asking, &evidence, &showing, now)?;
    exit.leave(&presentation, &showing, &[say(&Say::Shown(Shown::BoardDecides), session.language)], session)
}
