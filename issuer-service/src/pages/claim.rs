//! What does a learner see who opens the link in the mail? How to claim, as text, link and QR code; or why it is too late.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use stapel_credential::Timestamp;
use stapel_issuer::{CompletionId, SecretHash, Stage};
use stapel_openid::{Endpoint, reference_link};
use stapel_report::{data_uri, qr_svg};

use super::negotiation::Reader;
use super::{Shell, page, problem_page};
use crate::app::App;
use crate::desk::offers::claim_page;
use crate::error::Problem;
use crate::extract::Params;
use crate::routes::OPENID_OFFER;

/// The parameter of OpenID4VCI 1.0 §4.1.3, so that a wallet can take the page's address as a link.
#[derive(Deserialize)]
pub(crate) struct Link {
    credential_offer_uri: String,
}

#[derive(Template)]
#[template(path = "claim.html")]
struct ClaimPage {
    shell: Shell,
    name: String,
    state: Standing,
}

/// What has become of the offer.
enum Standing {
    Open { until: String, link: String, page: String, qr: String },
    Used,
    Expired,
    Unknown,
}

/// What the records say of it.
enum Found {
    Open { name: String, expires: Timestamp },
    Used { name: String },
    Expired { name: String },
    Unknown,
}

pub(crate) async fn claim(
    State(app): State<App>,
    reader: Reader,
    Params(Link { credential_offer_uri }): Params<Link>,
) -> Response {
    let address = credential_offer_uri.clone();
    let found = match app.work(move |app| find(app, &address)).await {
        Ok(found) => found,
        Err(problem) => return problem_page(&app, reader, &problem),
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("credential_offer_uri", &credential_offer_uri)
        .finish();
    let shell = Shell::new(&app, reader, super::Words::of(reader.language).claim_title, &query).hidden();
    let (status, name, state) = match found {
        Found::Open { name, expires } => match open(&app, reader, &credential_offer_uri, expires) {
            Ok(state) => (StatusCode::OK, name, state),
            Err(problem) => return problem_page(&app, reader, &problem),
        },
        Found::Used { name } => (StatusCode::GONE, name, Standing::Used),
        Found::Expired { name } => (StatusCode::GONE, name, Standing::Expired),
        Found::Unknown => (StatusCode::NOT_FOUND, String::new(), Standing::Unknown),
    };
    page(status, reader.language, &ClaimPage { shell, name, state })
}

fn open(app: &App, reader: Reader, offer: &str, expires: Timestamp) -> Result<Standing, Problem> {
    let link = reference_link(&Endpoint::parse(offer)?);
    let svg = qr_svg(&link).map_err(Problem::internal)?;
    Ok(Standing::Open {
        until: reader.language.minute_of(expires),
        page: claim_page(&app.office.addresses, offer),
        qr: data_uri(&svg),
        link,
    })
}

/// Only an offer of this very service is looked up: the page never leads elsewhere.
fn find(app: &App, address: &str) -> Result<Found, Problem> {
    let ours = app.office.addresses.url(OPENID_OFFER, &["", ""]);
    let parts =
        address.strip_prefix(ours.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
    let Some((id, code)) = parts.and_then(|(id, code)| Some((CompletionId::parse(id).ok()?, code))) else {
        return Ok(Found::Unknown);
    };
    let Some(completion) = app.office.repository.find_completion(id)? else { return Ok(Found::Unknown) };
    let name = app
        .office
        .repository
        .find_achievement_version(&completion.facts.achievement)?
        .map(|record| record.achievement.name)
        .unwrap_or_default();
    Ok(match completion.stage {
        Stage::Offered(_, offer) if offer.code_hash == SecretHash::of(code) => {
            if offer.expires <= app.now() {
                Found::Expired { name }
            } else {
                Found::Open { name, expires: offer.expires }
            }
        }
        Stage::Recorded | Stage::Approved(_) | Stage::Rejected(_) => Found::Unknown,
        _ => Found::Used { name },
    })
}
