//! Which URLs are there? The only list: patterns, the way back to full addresses, and the router.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};
use stapel_did::{Resolution, resolve};
use stapel_issuer::Institution;
use stapel_openid::{Endpoint, IssuerIdentifier, OpenIdError};
use stapel_verifier_page::Desk;

use crate::api::{self, board};
use crate::app::App;
use crate::{guard, openid, pages, published};

/// The longest JSON body, in bytes.
pub(crate) const MAX_JSON_BYTES: usize = 64 * 1024;
/// The longest file: completions as CSV, an achievement or a programme, in bytes.
pub(crate) const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A pattern under the base URL; `{…}` stands for one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route(pub(crate) &'static str);

pub(crate) const HOME: Route = Route("/");
pub(crate) const STYLE: Route = Route("/style.css");
pub(crate) const HEALTH: Route = Route("/health");
pub(crate) const ACHIEVEMENT: Route = Route("/achievements/{achievement}");
pub(crate) const CLAIM: Route = Route("/claim");
pub(crate) const BADGES: Route = Route("/badges");
pub(crate) const BADGE: Route = Route("/badges/{page}");
pub(crate) const STATUS: Route = Route("/status/{list}");
pub(crate) const PROGRAMMES: Route = Route("/programmes");
pub(crate) const PROGRAMME: Route = Route("/programmes/{programme}");
pub(crate) const CATALOGUE: Route = Route("/catalogue");
pub(crate) const TRUST_LIST: Route = Route("/trust-list");

pub(crate) const OPENID_OFFER: Route = Route("/openid/offers/{completion}/{code}");
pub(crate) const OPENID_TOKEN: Route = Route("/openid/token");
pub(crate) const OPENID_NONCE: Route = Route("/openid/nonce");
pub(crate) const OPENID_CREDENTIAL: Route = Route("/openid/credential");

pub(crate) const API_INSTITUTION: Route = Route("/api/institution");
pub(crate) const API_ACHIEVEMENTS: Route = Route("/api/achievements");
pub(crate) const API_PROGRAMMES: Route = Route("/api/programmes");
pub(crate) const API_PROGRAMME_CHECK: Route = Route("/api/programmes/check");
pub(crate) const API_COMPLETIONS: Route = Route("/api/completions");
pub(crate) const API_COMPLETION: Route = Route("/api/completions/{completion}");
pub(crate) const API_APPROVE: Route = Route("/api/approve");
pub(crate) const API_REJECT: Route = Route("/api/reject");
pub(crate) const API_SIGN: Route = Route("/api/sign");
pub(crate) const API_OFFERS: Route = Route("/api/offers");
pub(crate) const API_CREDENTIALS: Route = Route("/api/credentials");
pub(crate) const API_EXEMPTIONS: Route = Route("/api/exemptions");
pub(crate) const API_AWARDS: Route = Route("/api/awards");
pub(crate) const API_AWARDS_APPROVE: Route = Route("/api/awards/approve");
pub(crate) const API_AWARDS_SIGN: Route = Route("/api/awards/sign");
pub(crate) const API_REVOKE: Route = Route("/api/revoke");
pub(crate) const API_SUSPEND: Route = Route("/api/suspend");
pub(crate) const API_REINSTATE: Route = Route("/api/reinstate");
pub(crate) const API_STATUS: Route = Route("/api/status");
pub(crate) const API_KEYS: Route = Route("/api/keys");
pub(crate) const API_KEY: Route = Route("/api/keys/{name}");
pub(crate) const API_AUDIT: Route = Route("/api/audit");

/// Where anybody checks a badge; [`stapel_verifier_page`] answers it.
pub(crate) const VERIFY: Route = Route(stapel_verifier_page::PAGE);

// The VC-API, which is a server of its own.
pub(crate) const VC_API_ISSUE: Route = Route("/credentials/issue");
pub(crate) const VC_API_VERIFY: Route = Route("/credentials/verify");
pub(crate) const VC_API_STATUS: Route = Route("/credentials/status");
pub(crate) const VC_API_LIST: Route = Route("/credentials/{list}");
pub(crate) const VC_API_LIST_PUBLISH: Route = Route("/credentials/{list}/publish");
pub(crate) const VC_API_VERIFY_PRESENTATION: Route = Route("/presentations/verify");

impl Route {
    /// The path with these values in the places of `{…}`, each encoded as one segment.
    pub(crate) fn path(self, values: &[&str]) -> String {
        let mut values = values.iter();
        self.0
            .split('/')
            .map(|segment| match values.as_slice() {
                [value, ..] if segment.starts_with('{') => {
                    values.next();
                    encoded(value)
                }
                _ => segment.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/")
    }
}

/// RFC 3986 §3.3: what is not unreserved is percent-encoded.
fn encoded(segment: &str) -> String {
    segment
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Where this service answers: the base URL and what follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    base: String,
    /// The path of the base URL, without a slash at the end: empty for a bare host.
    prefix: String,
    did_document: Option<String>,
}

impl Addresses {
    pub(crate) fn of(institution: &Institution) -> Self {
        let base = institution.base_url().to_string();
        let path_of = |url: &str| url::Url::parse(url).map(|url| url.path().to_owned()).unwrap_or_default();
        let prefix = path_of(&base).trim_end_matches('/').to_owned();
        let did_document = match resolve(institution.did()) {
            Ok(Resolution::Fetch(url)) => Some(path_of(&url)),
            _ => None,
        };
        Self { base, prefix, did_document }
    }

    /// The full address.
    pub(crate) fn url(&self, route: Route, values: &[&str]) -> String {
        format!("{}{}", self.base, route.path(values))
    }

    /// The path from the root of the host.
    pub(crate) fn path(&self, route: Route, values: &[&str]) -> String {
        format!("{}{}", self.prefix, route.path(values))
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The Credential Issuer Identifier: the base URL.
    pub(crate) fn credential_issuer(&self) -> Result<IssuerIdentifier, OpenIdError> {
        IssuerIdentifier::parse(&self.base)
    }

    pub(crate) fn endpoint(&self, route: Route, values: &[&str]) -> Result<Endpoint, OpenIdError> {
        Endpoint::parse(&self.url(route, values))
    }
}

/// All of the service under its paths.
pub(crate) fn router(app: &App, desk: &Desk) -> Router {
    let addresses = &app.office.addresses;
    let mut root = Router::new()
        .route(&format!("/.well-known/openid-credential-issuer{}", addresses.prefix), get(openid::issuer_metadata))
        .route(
            &format!("/.well-known/oauth-authorization-server{}", addresses.prefix),
            get(openid::authorization_server_metadata),
        );
    if let Some(path) = &addresses.did_document {
        root = root.route(path, get(published::did_document));
    }
    let under_base = public().merge(private()).merge(stapel_verifier_page::routes(desk));
    let root =
        if addresses.prefix.is_empty() { root.merge(under_base) } else { root.nest(&addresses.prefix, under_base) };
    guard::around(root.fallback(pages::not_found), app).with_state(app.clone())
}

fn public() -> Router<App> {
    Router::new()
        .route(HOME.0, get(pages::home))
        .route(STYLE.0, get(pages::style))
        .route(HEALTH.0, get(published::health))
        .route(ACHIEVEMENT.0, get(pages::achievement))
        .route(CLAIM.0, get(pages::claim))
        .route(BADGE.0, get(pages::badge))
        .route(BADGES.0, post(pages::change_badge_page))
        .route(STATUS.0, get(published::status_list))
        .route(PROGRAMMES.0, get(published::programmes))
        .route(PROGRAMME.0, get(published::programme))
        .route(CATALOGUE.0, get(published::catalogue))
        .route(TRUST_LIST.0, get(published::trust_list))
        .route(OPENID_OFFER.0, get(openid::offer))
        .route(OPENID_TOKEN.0, post(openid::token))
        .route(OPENID_NONCE.0, post(openid::nonce))
        .route(OPENID_CREDENTIAL.0, post(openid::credential))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
}

fn private() -> Router<App> {
    let files = Router::new()
        .route(API_ACHIEVEMENTS.0, get(api::achievements).post(api::add_achievement))
        .route(API_PROGRAMMES.0, get(api::programmes).post(api::publish_programme))
        .route(API_PROGRAMME_CHECK.0, post(api::check_programme))
        .route(API_EXEMPTIONS.0, get(board::exemptions).post(board::exempt))
        .route(API_AWARDS.0, get(board::awards).post(board::propose_award))
        .route(API_COMPLETIONS.0, get(api::completions).post(api::record))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES));
    Router::new()
        .route(API_INSTITUTION.0, get(api::institution))
        .route(API_COMPLETION.0, get(api::completion))
        .route(API_APPROVE.0, post(api::approve))
        .route(API_REJECT.0, post(api::reject))
        .route(API_SIGN.0, post(api::sign))
        .route(API_AWARDS_APPROVE.0, post(board::approve_award))
        .route(API_AWARDS_SIGN.0, post(board::sign_award))
        .route(API_OFFERS.0, post(api::offer))
        .route(API_CREDENTIALS.0, get(api::credentials))
        .route(API_REVOKE.0, post(api::revoke))
        .route(API_SUSPEND.0, post(api::suspend))
        .route(API_REINSTATE.0, post(api::reinstate))
        .route(API_STATUS.0, get(api::status))
        .route(API_KEYS.0, get(api::keys).post(api::add_key))
        .route(API_KEY.0, delete(api::end_key))
        .route(API_AUDIT.0, get(api::audit))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .merge(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_leads_back_to_its_path() {
        assert_eq!(OPENID_OFFER.path(&["a b", "c/d"]), "/openid/offers/a%20b/c%2Fd");
        assert_eq!(HOME.path(&[]), "/");
        assert_eq!(STATUS.path(&["0f8fad5b"]), "/status/0f8fad5b");
    }
}
