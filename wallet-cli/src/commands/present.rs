//! `stapel present`: what does the holder show, to whom? She sees exactly what leaves before it does.

use std::time::Duration;

use stapel_credential::{Question, VerifiablePresentation};
use stapel_proof::Signed;
use stapel_stacking::Budget;
use stapel_wallet::{Showing, Wallet};

use super::leave::Exit;
use crate::cli::Present;
use crate::error::Failure;
use crate::file;
use crate::output::{self, plain};
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Present, session: &Session) -> Result<output::Output, Failure> {
    let mut wallet = session.open()?;
    let exit = Exit::begin(&asked.out, asked.force, asked.yes)?;
    let showing = Showing {
        domain: Some(asked.to.clone()),
        challenge: Some(asked.challenge.clone()),
        expires: Some(session.now.after(Duration::from_secs(asked.minutes.saturating_mul(60)))),
        with_status_lists: true,
        with_award_records: asked.with_award_records,
        bundle: None,
    };
    let (presentation, further) = match &asked.answer {
        Some(question) => answer(question, asked, &showing, &mut wallet, session)?,
        None => (make(asked, &showing, &mut wallet, session)?, Vec::new()),
    };
    exit.leave(&presentation, &showing, &further, session)
}

/// The answer to a question, and what is to be said of it.
fn answer(
    question: &str,
    asked: &Present,
    showing: &Showing,
    wallet: &mut Wallet,
    session: &Session,
) -> Result<(Signed<VerifiablePresentation>, Vec<String>), Failure> {
    let (now, language) = (session.now, session.language);
    let text = file::read(question, &session.network)?;
    session.network.supply(wallet, |wallet| wallet.missing_for(&text, now), now);
    let read = wallet.read_question(&text, now)?;
    let mut further = Vec::new();
    if let Some(asker) = &read.asker {
        further.push(say(&Say::Shown(Shown::AskedBy { asker: &plain(asker.as_str()) }), language));
    }
    further.push(say(&Say::Shown(Shown::StandsAlone), language));
    let programme = asked.programme.as_deref().map(|programme| wallet.programme(programme)).transpose()?;
    session.network.supply(wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let presentation = wallet.answer(&read.question, programme.as_ref(), showing, Budget::default(), now)?;
    Ok((presentation, further))
}

fn make(
    asked: &Present,
    showing: &Showing,
    wallet: &mut Wallet,
    session: &Session,
) -> Result<Signed<VerifiablePresentation>, Failure> {
    let now = session.now;
    if let Some(programme) = &asked.programme {
        let programme = wallet.programme(programme)?;
        session.network.supply(wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
        let question = Question::progress(asked.award.as_deref());
        let (presentation, _) = wallet.present_progress(&programme, &question, showing, Budget::default(), now)?;
        return Ok(presentation);
    }
    let chosen = asked.badges.iter().map(|badge| wallet.badge(badge)).collect::<Result<Vec<_>, _>>()?;
    session.supply_badges(wallet, &chosen);
    Ok(wallet.present(&chosen, showing, now)?)
}
