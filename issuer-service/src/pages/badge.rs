//! What does a badge's own page show? Only where its learner asked for it: off by default, unguessable, not indexed.
//!
//! The learner proves the badge's DID as when claiming (a proof JWT with a fresh nonce). Which badge a page shows is noted in
//! one small file a page, named after it.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path as FilePath, PathBuf};

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use stapel_credential::{AchievementCredential, EuFact, StatusPurpose, Uri};
use stapel_issuer::{IssuedCredential, NonceUse, Stage};
use stapel_keys::random;
use stapel_openid::CredentialError;
use stapel_report::{Fact, badge_facts};

use super::negotiation::Reader;
use super::{Shell, page, problem_page};
use crate::app::App;
use crate::error::Problem;
use crate::extract::Body;
use crate::proof::{self, ProofRefused};
use crate::routes::BADGE;
use crate::words::Language;

/// The length of a page's unguessable name: 256 bits in base64url.
const NAME_LENGTH: usize = 43;
/// The longest note of a page, in bytes: a URI.
const MAX_NOTE_BYTES: u64 = 2_048;

/// What a learner asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    /// A badge that is to get a page.
    publish: Option<Uri>,
    /// A page that is to vanish.
    withdraw: Option<String>,
    /// A proof JWT of the badge's holder, for this service, with a fresh nonce.
    proof: String,
}

/// Where the page is, if there is one now.
#[derive(Serialize)]
pub(crate) struct Granted {
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "badge.html")]
struct BadgePage {
    shell: Shell,
    sentence: &'static str,
    holds: bool,
    facts: Vec<Fact>,
}

pub(crate) async fn badge(State(app): State<App>, reader: Reader, Path(name): Path<String>) -> Response {
    let language = reader.language;
    let mut response = match app.work(move |app| show(app, &name, reader)).await {
        Ok(template) => page(StatusCode::OK, language, &template),
        Err(problem) => problem_page(&app, reader, &problem),
    };
    let robots = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(robots, HeaderValue::from_static("noindex, nofollow, noarchive"));
    response
}

fn nothing() -> Problem {
    Problem::not_found("there is no such page, or its owner has withdrawn it")
}

fn show(app: &App, name: &str, reader: Reader) -> Result<BadgePage, Problem> {
    let issued = noted(app, name)?;
    let repository = app.office.repository.as_ref();
    let revoked = repository
        .find_completion(issued.completion)?
        .is_some_and(|completion| matches!(completion.stage, Stage::Revoked(..)));
    let purpose = repository.find_status_list(issued.status_list)?.map(|list| list.purpose);
    let badge = AchievementCredential::parse(&issued.text).map_err(Problem::internal)?;
    let words = super::Words::of(reader.language);
    let sentence = match (revoked, purpose) {
        (false, _) => words.badge_valid,
        (true, Some(StatusPurpose::Suspension)) => words.badge_suspended,
        (true, _) => words.badge_revoked,
    };
    let title = badge.credential_subject.achievement.name.clone();
    Ok(BadgePage {
        shell: Shell::new(app, reader, &title, "").hidden(),
        sentence,
        holds: !revoked,
        facts: facts(&badge, reader.language),
    })
}

/// Everything but the DID, by which pages could be put together.
fn facts(badge: &AchievementCredential, language: Language) -> Vec<Fact> {
    let facts = badge_facts(badge, language).into_iter();
    facts.filter(|fact| fact.mandatory != Some(EuFact::Learner) && !fact.values.is_empty()).collect()
}

pub(crate) async fn change_badge_page(State(app): State<App>, body: Body) -> Result<Json<Granted>, Problem> {
    let wish: Wish = body.json()?;
    app.work(move |app| change(app, &wish)).await.map(Json)
}

fn change(app: &App, wish: &Wish) -> Result<Granted, Problem> {
    let (issued, withdrawn) = match (&wish.publish, &wish.withdraw) {
        (Some(credential), None) => {
            let found = app.office.repository.find_credential(credential)?;
            (found.ok_or_else(|| Problem::not_found(format!("there is no badge {credential}")))?, None)
        }
        (None, Some(page)) => {
            let name = page.rsplit('/').next().unwrap_or_default();
            (noted(app, name)?, Some(name))
        }
        _ => return Err(Problem::bad_request("ask to publish one badge, or to withdraw one page")),
    };
    let records = app.office.records();
    let now = app.now();
    let holder = proof::holder(&wish.proof, app.office.addresses.base(), now, |nonce| {
        Ok(records.take_nonce(nonce, now)? == NonceUse::Taken)
    })
    .map_err(refused)?;
    if holder != issued.holder {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "not-yours",
            "Only the holder decides",
            "this badge belongs to another wallet",
        ));
    }
    if let Some(name) = withdrawn {
        fs::remove_file(app.badge_pages.join(name)).map_err(Problem::internal)?;
        return Ok(Granted { page: None });
    }
    let name = random::token().map_err(Problem::internal)?;
    note(&app.badge_pages, &name, &issued.id).map_err(Problem::internal)?;
    Ok(Granted { page: Some(app.office.addresses.url(BADGE, &[&name])) })
}

fn refused(error: ProofRefused) -> Problem {
    let sentence = match error {
        ProofRefused::Message(error) => CredentialError::of_proof(&error).to_string(),
        ProofRefused::Nonce => "this nonce was used before, has expired, or was never given out".to_owned(),
        ProofRefused::Key(sentence) => sentence,
        ProofRefused::Store(error) => return error.into(),
    };
    Problem::new(StatusCode::FORBIDDEN, "proof", "The proof was refused", sentence)
}

/// The badge of the page of that name.
fn noted(app: &App, name: &str) -> Result<IssuedCredential, Problem> {
    let credential = find_note(&app.badge_pages, name).ok_or_else(nothing)?;
    app.office.repository.find_credential(&credential)?.ok_or_else(nothing)
}

fn find_note(folder: &FilePath, name: &str) -> Option<Uri> {
    // Nothing but base64url, so a name never leads out of the folder.
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if name.len() != NAME_LENGTH || !plain {
        return None;
    }
    let mut text = String::new();
    fs::File::open(folder.join(name)).ok()?.take(MAX_NOTE_BYTES).read_to_string(&mut text).ok()?;
    Uri::parse(text.trim_end()).ok()
}

fn note(folder: &FilePath, name: &str, credential: &Uri) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    let beside: PathBuf = folder.join(format!(".{name}"));
    let mut file = fs::File::create_new(&beside)?;
    writeln!(file, "{credential}")?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(name))
}
