//! `stapel present`: what does the holder show, to whom? She sees exactly what leaves before it does.

use std::time::Duration;

use stapel_credential::{Question, Timestamp, VerifiablePresentation};
use stapel_openid::PresentationRequest;
use stapel_proof::Signed;
use stapel_report::question_text;
use stapel_stacking::Budget;
use stapel_wallet::{Showing, Wallet, WalletError};

use super::leave::Exit;
use crate::cli::Present;
use crate::error::Failure;
use crate::file;
use crate::output::{self, plain};
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Present, session: &Session) -> Result<output::Output, Failure> {
    let mut wallet = session.open()?;
    if let Some(question) = &asked.answer {
        return answer(question, asked, &mut wallet, session);
    }
    let (to, challenge, exit) = (asked.to.clone(), asked.challenge.clone(), begin(asked)?);
    let showing = showing(asked, to, challenge, session.now.after(lasting(asked)));
    let presentation = make(asked, &showing, &mut wallet, session)?;
    exit.leave(&presentation, &showing, &[], session)
}

/// Into the file that was named.
fn begin(asked: &Present) -> Result<Exit<'_>, Failure> {
    match &asked.out {
        Some(out) => Exit::begin(out, asked.force, asked.yes),
        None => Err(Failure::NotToldWhere),
    }
}

fn lasting(asked: &Present) -> Duration {
    Duration::from_secs(asked.minutes.saturating_mul(60))
}

fn showing(asked: &Present, domain: Option<String>, challenge: Option<String>, expires: Timestamp) -> Showing {
    Showing {
        domain,
        challenge,
        expires: Some(expires),
        with_status_lists: true,
        with_award_records: asked.with_award_records,
        bundle: None,
    }
}

/// The answer to a question: into a file, or to the one who asked.
fn answer(from: &str, asked: &Present, wallet: &mut Wallet, session: &Session) -> Result<output::Output, Failure> {
    let (now, language) = (session.now, session.language);
    let text = file::read(from, &session.network)?;
    let mut further = vec![say(&Say::Shown(Shown::StandsAlone), language)];
    if PresentationRequest::is_meant_by(&text) {
        let request = asked_from(from, &text, asked, now)?;
        let question = request.question().map(ToString::to_string).ok_or(Failure::CannotAnswer)?;
        let question = Question::parse(&question).map_err(WalletError::Question)?;
        let whole = question_text(&question, None, language);
        further.insert(0, say(&Say::Shown(Shown::Asks { question: &plain(&whole) }), language));
        let until = request.expires().and_then(|end| Timestamp::from_unix_seconds(end).ok());
        let until = until.map_or(now.after(lasting(asked)), |until| until.min(now.after(lasting(asked))));
        let showing = showing(asked, Some(request.client_id()), Some(request.nonce().to_owned()), until);
        let presentation = answer_to(&question, asked, &showing, wallet, session)?;
        return Exit::to(&request, asked.yes).leave(&presentation, &showing, &further, session);
    }
    let (Some(to), Some(challenge)) = (&asked.to, &asked.challenge) else { return Err(Failure::NotToldWhere) };
    let exit = begin(asked)?;
    session.network.supply(wallet, |wallet| wallet.missing_for(&text, now), now);
    let read = wallet.read_question(&text, now)?;
    if let Some(asker) = &read.asker {
        further.insert(0, say(&Say::Shown(Shown::AskedBy { asker: &plain(asker.as_str()) }), language));
    }
    let showing = showing(asked, Some(to.clone()), Some(challenge.clone()), now.after(lasting(asked)));
    let presentation = answer_to(&read.question, asked, &showing, wallet, session)?;
    exit.leave(&presentation, &showing, &further, session)
}

/// The request behind a link: its answer goes back to where the link led, and nowhere else.
fn asked_from(from: &str, text: &str, asked: &Present, now: Timestamp) -> Result<PresentationRequest, Failure> {
    if asked.to.is_some() || asked.challenge.is_some() || asked.out.is_some() {
        return Err(Failure::AskerTells);
    }
    let request = PresentationRequest::parse(text.as_bytes())?;
    if !request.answers_where_it_came_from(from) {
        let to = request.response_uri().as_str().to_owned();
        return Err(Failure::AnswersElsewhere { from: from.to_owned(), to });
    }
    match request.expires().and_then(|end| Timestamp::from_unix_seconds(end).ok()).filter(|end| *end <= now) {
        Some(end) => Err(WalletError::EndsInThePast { expires: end, now }.into()),
        None => Ok(request),
    }
}

fn answer_to(
    question: &Question,
    asked: &Present,
    showing: &Showing,
    wallet: &mut Wallet,
    session: &Session,
) -> Result<Signed<VerifiablePresentation>, Failure> {
    let now = session.now;
    let programme = asked.programme.as_deref().map(|programme| wallet.programme(programme)).transpose()?;
    session.network.supply(wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    Ok(wallet.answer(question, programme.as_ref(), showing, Budget::default(), now)?)
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
