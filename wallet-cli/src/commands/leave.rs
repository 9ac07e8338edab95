//! What leaves the wallet? The holder sees it, line by line, before anything is written.

use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::json as strict;
use stapel_credential::{AchievementCredential, ProgrammeCredential, RequestKind, VerifiablePresentation};
use stapel_openid::PresentationRequest;
use stapel_proof::Signed;
use stapel_verifier::DocumentKind;
use stapel_wallet::{Incoming, Showing};

use crate::error::Failure;
use crate::file::{DASH, NewFile};
use crate::output::{self, Output, plain};
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, Shown, say};

/// How a presentation leaves.
pub(super) struct Exit<'a> {
    way: Way<'a>,
    yes: bool,
}

/// Where it goes.
enum Way<'a> {
    /// Standard output.
    Here,
    /// A file of that name.
    File(&'a str, NewFile),
    /// The one who asked.
    Asker(&'a PresentationRequest),
}

impl<'a> Exit<'a> {
    /// A file for this user alone, or standard output; `yes` when nobody is to be asked.
    pub(super) fn begin(out: &'a str, force: bool, yes: bool) -> Result<Self, Failure> {
        let way = if out == DASH { Way::Here } else { Way::File(out, NewFile::begin(Path::new(out), force, true)?) };
        Ok(Self { way, yes })
    }

    /// To the one who asked; `yes` when nobody is to be asked here.
    pub(super) fn to(request: &'a PresentationRequest, yes: bool) -> Self {
        Self { way: Way::Asker(request), yes }
    }

    /// Shows exactly what leaves, with these further sentences, asks, and writes it.
    pub(super) fn leave(
        self,
        presentation: &Signed<VerifiablePresentation>,
        showing: &Showing,
        further: &[String],
        session: &Session,
    ) -> Result<Output, Failure> {
        let language = session.language;
        let content = presentation.peek_unverified();
        let shows = leaving(content, session);
        let to = match &self.way {
            Way::Asker(request) => Some(request.response_uri().as_str()),
            _ => showing.domain.as_deref(),
        };
        let (to, until) = (to.map(plain), showing.expires.map(|end| language.minute_of(end)));
        let (to, until, holder) = (to.as_deref(), until.as_deref(), content.holder.as_str());
        output::say(&say(&Say::Leaves { to, until, shows: &shows, holder }, language));
        for sentence in further {
            output::say(sentence);
        }
        // A script was told what leaves, too; it has nobody to ask.
        if !self.yes && passphrase::is_attended() && !passphrase::agrees(&say(&Say::AskPresent, language), language)? {
            return Err(Failure::Declined);
        }
        let mut json = json!({ "to": showing.domain, "expires": showing.expires, "shows": shows });
        let (name, place, told) = match self.way {
            Way::Here => return Ok(Output::exactly(presentation.text())),
            Way::File(out, file) => {
                file.finish(format!("{}\n", presentation.text()))?;
                ("written", out, say(&Say::PresentationWritten { path: Path::new(out) }, language))
            }
            Way::Asker(request) => {
                let to = request.response_uri().as_str();
                let (status, body) = session.network.send(&request.answer(presentation.text())?)?;
                if !(200..300).contains(&status) {
                    return Err(Failure::AnswerNotTaken { to: to.to_owned(), status, why: described(&body) });
                }
                ("sent", to, say(&Say::Shown(Shown::Sent { to: &plain(to) }), language))
            }
        };
        if let Some(members) = json.as_object_mut() {
            members.insert(name.to_owned(), json!(place));
        }
        if let (Some(question), Some(members)) = (&content.question, json.as_object_mut()) {
            members.insert("question".to_owned(), json!(question));
        }
        if let (Some(request), Some(members)) = (&content.request, json.as_object_mut()) {
            members.insert("request".to_owned(), json!(request));
        }
        if let (Some(bundle), Some(members)) = (&content.bundle, json.as_object_mut()) {
            members.insert("bundle".to_owned(), json!(bundle));
            members.insert("claimsQualification".to_owned(), Value::Bool(false));
        }
        Ok(Output::new(told, &json))
    }
}

/// What somebody says of an answer that they did not take (RFC 6749 §5.2).
fn described(body: &[u8]) -> String {
    let told = serde_json::from_slice::<Value>(body).ok();
    let told = told.as_ref().and_then(|told| told.get("error_description")?.as_str()).map(plain);
    told.unwrap_or_default()
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
                Ok(Incoming::Document(DocumentKind::Badge)) => AchievementCredential::view(text).ok().map(|badge| {
                    let issuer = plain(badge.issuer.name.as_deref().unwrap_or(badge.issuer.id.as_str()));
                    let name = plain(&badge.credential_subject.achievement.name);
                    let grades = badge.credential_subject.result.len();
                    say(&Say::LeavesBadge { name: &name, issuer: &issuer, grades }, language)
                }),
                Ok(Incoming::Document(DocumentKind::Programme)) => {
                    ProgrammeCredential::view(text).ok().map(|programme| {
                        let programme = &programme.credential_subject.programme;
                        let name = plain(programme.name.text(language.tag()));
                        say(&Say::LeavesProgramme { name: &name, edition: &plain(&programme.edition) }, language)
                    })
                }
                Ok(Incoming::Document(DocumentKind::Decision)) => Some(say(&Say::LeavesExemption, language)),
                Ok(Incoming::Document(DocumentKind::StatusList)) => Some(say(&Say::LeavesStatusList, language)),
                _ => None,
            };
            line.unwrap_or_else(|| {
                let id = strict::parse(text).ok().and_then(|tree| tree.find("id")?.as_str().map(plain));
                id.unwrap_or_default()
            })
        })
        .collect();
    lines.extend(presentation.award_record.iter().map(|_| say(&Say::Shown(Shown::LeavesAwardRecord), language)));
    if presentation.plan.is_some() {
        lines.push(say(&Say::LeavesPlan, language));
    }
    if let Some(request) = &presentation.request {
        let (parts, assessment) = (plain(&request.parts.join(", ")), request.kind == RequestKind::Assessment);
        lines.push(say(&Say::Shown(Shown::LeavesRequest { parts: &parts, assessment }), language));
        lines.extend(
            request.note.as_ref().map(|note| say(&Say::Shown(Shown::LeavesNote { note: &plain(note) }), language)),
        );
    }
    if let Some(bundle) = &presentation.bundle {
        lines.push(say(&Say::Shown(Shown::LeavesTitle { title: &plain(&bundle.title) }), language));
        lines.extend(
            bundle.theme.as_ref().map(|theme| say(&Say::Shown(Shown::LeavesTheme { theme: &plain(theme) }), language)),
        );
    }
    lines
}
