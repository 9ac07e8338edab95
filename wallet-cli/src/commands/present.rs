//! `stapel present`: what does the holder show, to whom? She sees exactly what leaves before it does.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use stapel_credential::json as strict;
use stapel_credential::{AchievementCredential, ProgrammeCredential, Question, VerifiablePresentation};
use stapel_proof::Signed;
use stapel_stacking::Budget;
use stapel_wallet::{Incoming, Showing, Wallet};

use crate::cli::Present;
use crate::error::Failure;
use crate::file::{DASH, NewFile};
use crate::output::{self, Output, plain};
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Present, session: &Session) -> Result<Output, Failure> {
    let language = session.language;
    let to_file = asked.out != DASH;
    let mut wallet = session.open()?;
    let file = to_file.then(|| NewFile::begin(Path::new(&asked.out), asked.force, true)).transpose()?;
    let expires = session.now.after(Duration::from_secs(asked.minutes.saturating_mul(60)));
    let showing = Showing {
        domain: Some(asked.to.clone()),
        challenge: Some(asked.challenge.clone()),
        expires: Some(expires),
        with_status_lists: true,
        bundle: None,
    };
    let presentation = make(asked, &showing, &mut wallet, session)?;
    let shows = leaving(presentation.peek_unverified(), session);
    let until = language.minute_of(expires);
    let holder = presentation.peek_unverified().holder.as_str();
    let said = Say::Leaves { to: &plain(&asked.to), until: &until, shows: &shows, holder };
    output::say(&say(&said, language));
    // A script was told what leaves, too; it has nobody to ask.
    if !asked.yes && passphrase::is_attended() && !passphrase::agrees(&say(&Say::AskPresent, language), language)? {
        return Err(Failure::Declined);
    }
    let Some(file) = file else { return Ok(Output::exactly(presentation.text())) };
    file.finish(&format!("{}\n", presentation.text()))?;
    let json = json!({ "written": asked.out, "to": asked.to, "expires": expires, "shows": shows });
    Ok(Output::new(say(&Say::PresentationWritten { path: Path::new(&asked.out) }, language), &json))
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
    let missing =
        |wallet: &Wallet| chosen.iter().flat_map(|kept| wallet.missing_for(kept.signed.text(), now)).collect();
    session.network.supply(wallet, missing, now);
    Ok(wallet.present(&chosen, showing, now)?)
}

/// A line for each document in the presentation, read from the presentation itself.
fn leaving(presentation: &VerifiablePresentation, session: &Session) -> Vec<String> {
    let language = session.language;
    let mut lines: Vec<String> = presentation
        .verifiable_credential
        .iter()
        .map(|document| {
            let text = document.as_str();
            let line = match Incoming::read(text) {
                Ok(Incoming::Badge) => AchievementCredential::view(text).ok().map(|badge| {
                    let issuer = plain(badge.issuer.name.as_deref().unwrap_or(badge.issuer.id.as_str()));
                    let name = plain(&badge.credential_subject.achievement.name);
                    let grades = badge.credential_subject.result.len();
                    say(&Say::LeavesBadge { name: &name, issuer: &issuer, grades }, language)
                }),
                Ok(Incoming::Programme) => ProgrammeCredential::view(text).ok().map(|programme| {
                    let programme = &programme.credential_subject.programme;
                    let name = plain(programme.name.text(language.tag()));
                    say(&Say::LeavesProgramme { name: &name, edition: &plain(&programme.edition) }, language)
                }),
                Ok(Incoming::Decision) => Some(say(&Say::LeavesExemption, language)),
                Ok(Incoming::StatusList) => Some(say(&Say::LeavesStatusList, language)),
                _ => None,
            };
            line.unwrap_or_else(|| {
                let id = strict::parse(text).ok().and_then(|tree| tree.find("id")?.as_str().map(plain));
                id.unwrap_or_default()
            })
        })
        .collect();
    if presentation.plan.is_some() {
        lines.push(say(&Say::LeavesPlan, language));
    }
    lines
}
