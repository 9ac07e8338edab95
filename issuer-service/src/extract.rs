//! What do handlers take from a request, and what is said when it is not there? The caller, the body, parameters, the address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Query, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use serde::de::DeserializeOwned;
use stapel_credential::json;
use stapel_issuer::Actor;
use stapel_openid::AccessToken;

use crate::app::App;
use crate::desk;
use crate::error::Problem;

/// Whoever holds the API key of this request.
pub(crate) struct Caller(pub(crate) Actor);

/// Where the request comes from.
#[derive(Clone, Copy)]
pub(crate) struct Visitor(pub(crate) IpAddr);

/// The body, and what it says that it is.
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    media_type: String,
}

/// The parameters behind `?`.
pub(crate) struct Params<T>(pub(crate) T);

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Visitor(address) = Visitor::of(parts, app);
        let now = app.now();
        if !app.attempts.may_try(address, now) {
            return Err(Problem::too_many_attempts());
        }
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header
            .and_then(AccessToken::find_in_header)
            .ok_or_else(|| Problem::unauthenticated("send an API key: Authorization: Bearer KEY"))?;
        let found = app.work(move |app| desk::keys::who(app.office.repository.as_ref(), token.expose(), now)).await?;
        found.map(Self).ok_or_else(|| {
            app.attempts.note_wrong(address, now);
            Problem::unauthenticated("this API key is not known, or was ended")
        })
    }
}

impl Visitor {
    /// Behind a proxy: the last entry of `X-Forwarded-For`, the one that our own proxy wrote.
    fn of(parts: &Parts, app: &App) -> Self {
        let forwarded = || {
            let header = parts.headers.get_all(HeaderName::from_static("x-forwarded-for")).iter().next_back()?;
            header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let found = if app.config.behind_proxy { forwarded() } else { None };
        Self(found.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, app))
    }
}

impl FromRequest<App> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "The body is too large",
                "the body has more bytes than are read here",
            ),
            _ => Problem::bad_request("the body did not arrive completely"),
        })?;
        Ok(Self { bytes, media_type })
    }
}

impl Body {
    pub(crate) fn is(&self, media_type: &str) -> bool {
        self.media_type == media_type
    }

    pub(crate) fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.bytes).map_err(|_| Problem::bad_request("the body is not UTF-8 text"))
    }

    /// Reads JSON strictly: a member that stands twice, or that nobody knows, is an error with its path.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let text = self.text()?;
        json::parse(text).map_err(Problem::bad_request)?;
        json::view(text).map_err(Problem::bad_request)
    }

    /// As [`Body::json`], for a body that holds whole documents.
    pub(crate) fn json_within<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let text = self.text()?;
        json::parse_within(text, json::MAX_COLLECTION_BYTES).map_err(Problem::bad_request)?;
        json::view(text).map_err(Problem::bad_request)
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Query::from_request_parts(parts, app)
            .await
            .map(|Query(params)| Self(params))
            .map_err(|rejection| Problem::bad_request(rejection.body_text()))
    }
}
