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

/// For how long a presentation holds, unless somebody says otherwise.
const USUAL_MINUTES: u64 = 10;
/// For how long an answer holds at most, unless the holder says otherwise: a week, and a day for clocks and slowness.
const MOST_MINUTES: u64 = 8 * 24 * 60;

pub(crate) fn run(asked: &Present, session: &Session) -> Result<output::Output, Failure> {
    let mut wallet = session.open()?;
    if let Some(question) = &asked.answer {
        return answer(question, asked, &mut wallet, session);
    }
    let (to, challenge, exit) = (asked.to.clone(), asked.challenge.clone(), begin(asked)?);
    let showing = showing(asked, to, challenge, end(asked, session.now));
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

fn lasting(minutes: u64) -> Duration {
    Duration::from_secs(minutes.saturating_mul(60))
}

/// When it ends, where nobody else says it.
fn end(asked: &Present, now: Timestamp) -> Timestamp {
    now.after(lasting(asked.minutes.unwrap_or(USUAL_MINUTES)))
}

/// When an answer to a link ends: who asked may look at it as long as the question is open, but not for ever.
fn end_of_answer(asked: &Present, request: &PresentationRequest, now: Timestamp) -> Timestamp {
    match request.expires().and_then(|end| Timestamp::from_unix_seconds(end).ok()) {
        Some(open) => open.min(now.after(lasting(asked.minutes.unwrap_or(MOST_MINUTES)))),
        None => end(asked, now),
    }
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
        if let Some(name) = request.client_name() {
            further.insert(0, say(&Say::Shown(Shown::AskerClaims { name: &plain(name) }), language));
        }
        let until = end_of_answer(asked, &request, now);
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
    let showing = showing(asked, Some(to.clone()), Some(challenge.clone()), end(asked, now));
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

#[cfg(test)]
mod tests {
    use stapel_openid::{DcqlQuery, Endpoint};
    use stapel_report::Language;

    use super::*;
    use crate::cli::{self, Verb};

    fn asked(more: &[&str]) -> Present {
        let line = [&["stapel", "present", "--answer", "link"], more].concat();
        let read = cli::parse(line.into_iter().map(Into::into).collect(), Language::En).unwrap();
        let Verb::Present(asked) = read.verb else { panic!("present") };
        asked
    }

    #[test]
    fn an_answer_holds_as_long_as_its_question_is_open_and_not_for_ever() {
        let at = |seconds: u64| {
            let begin = Timestamp::from_unix_seconds(1_790_000_000).unwrap();
            begin.after(Duration::from_secs(seconds))
        };
        let request = |open: Option<u64>| {
            let address = Endpoint::parse("https://verifier.example/answers/a").unwrap();
            let request = PresentationRequest::new(address, "n".repeat(43), DcqlQuery::badges("answer", None)).unwrap();
            open.into_iter().fold(request, |request, seconds| request.until(at(seconds).unix_seconds()))
        };
        let (week, day) = (7 * 86_400, 86_400);
        for (open, more, end) in [
            (Some(week), &[][..], week),
            (Some(week), &["--minutes", "5"], 300),
            (Some(60), &["--minutes", "5"], 60),
            (Some(3_650 * day), &[], 8 * day),
            (None, &[], 600),
            (None, &["--minutes", "5"], 300),
        ] {
            assert_eq!(end_of_answer(&asked(more), &request(open), at(0)), at(end), "{open:?} {more:?}");
        }
    }
}
