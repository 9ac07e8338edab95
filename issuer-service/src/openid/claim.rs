//! From a one-time code to the badge: offer, token, nonce, proof of the wallet's DID, credential.

use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use stapel_credential::Did;
use stapel_issuer::{ClaimError, CompletionId, IssuerError, NonceUse, SESSION_VALIDITY};
use stapel_openid::{
    AccessToken, CredentialError, CredentialErrorCode, CredentialOffer, CredentialRequest, CredentialResponse,
    NonceResponse, OpenIdError, PreAuthorizedCode, TokenError, TokenErrorCode, TokenRequest, TokenResponse, Wanted,
};

use super::message;
use crate::app::App;
use crate::error::Problem;
use crate::extract::{Body, Visitor};
use crate::proof::{self, ProofRefused};

/// The offer itself (OpenID4VCI 1.0 §4.1.3). Its address holds the code, so whoever has the address has the offer. Whether the
/// code is still good is said, with its cause, when it is exchanged for a token.
pub(crate) async fn offer(
    State(app): State<App>,
    Path((completion, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found(ClaimError::UnknownCode);
    let id = CompletionId::parse(&completion).map_err(|_| unknown())?;
    let code = PreAuthorizedCode::parse(&code).map_err(|_| unknown())?;
    let found = app.work(move |app| app.office.repository.find_completion(id)).await?.ok_or_else(unknown)?;
    let configuration = found.facts.achievement.code.to_string();
    let issuer = app.office.addresses.credential_issuer()?;
    let offer = CredentialOffer::pre_authorized(issuer, vec![configuration], code, None)?;
    Ok(message(200, offer.to_json()))
}

/// Why no token was given.
enum NoToken {
    Refused(TokenError),
    Problem(Problem),
}

/// The token endpoint (OpenID4VCI 1.0 §6): the code is spent here.
pub(crate) async fn token(State(app): State<App>, Visitor(address): Visitor, body: Body) -> Result<Response, Problem> {
    let now = app.now();
    if !app.attempts.may_try(address, now) {
        return Err(Problem::too_many_attempts());
    }
    match redeem(&app, body).await {
        Ok(token) => Ok(message(200, token.to_json())),
        Err(NoToken::Problem(problem)) => Err(problem),
        Err(NoToken::Refused(error)) => {
            if error.error == TokenErrorCode::InvalidGrant {
                app.attempts.note_wrong(address, now);
            }
            Ok(message(error.status(), serde_json::json!(error).to_string()))
        }
    }
}

async fn redeem(app: &App, body: Body) -> Result<TokenResponse, NoToken> {
    let request = TokenRequest::parse(&body.bytes).map_err(NoToken::Refused)?;
    let redeemed = app
        .work(move |app| {
            let code = request.pre_authorized_code.expose();
            Ok::<_, Problem>(match app.office.records().redeem(&app.service, code, app.now()) {
                Err(IssuerError::Claim(refused)) => Err(refused),
                Err(other) => return Err(other.into()),
                Ok(claim) => Ok(claim),
            })
        })
        .await
        .map_err(NoToken::Problem)?;
    let claim = redeemed
        .map_err(|refused| NoToken::Refused(TokenError::new(TokenErrorCode::InvalidGrant, &refused.to_string())))?;
    let token = AccessToken::parse(claim.token.expose()).map_err(|error| NoToken::Problem(error.into()))?;
    Ok(TokenResponse::bearer(token, SESSION_VALIDITY.as_secs()))
}

/// The nonce endpoint (OpenID4VCI 1.0 §7).
pub(crate) async fn nonce(State(app): State<App>) -> Result<Response, Problem> {
    let (nonce, _) = app.work(|app| app.office.records().fresh_nonce(app.now())).await?;
    Ok(message(200, NonceResponse { c_nonce: nonce.expose().to_owned() }.to_json()))
}

/// The credential endpoint (OpenID4VCI 1.0 §8): signs once, for the wallet that proves its DID.
pub(crate) async fn credential(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    match app.work(move |app| issue(app, header.as_deref(), &body)).await? {
        Ok(response) => Ok(message(response.status(), response.to_json()?)),
        Err(error) => {
            let mut response = message(error.status(), error.to_json()).into_response();
            if let Some(value) = error.find_www_authenticate().and_then(|text| HeaderValue::from_str(&text).ok()) {
                response.headers_mut().insert(WWW_AUTHENTICATE, value);
            }
            Ok(response)
        }
    }
}

/// The outer error is the service's own; the inner one is the answer to the wallet.
fn issue(app: &App, header: Option<&str>, body: &Body) -> Result<Result<CredentialResponse, CredentialError>, Problem> {
    let answer = || -> Result<CredentialResponse, NotIssued> {
        let now = app.now();
        let records = app.office.records();
        let token = header.and_then(AccessToken::find_in_header).ok_or_else(|| {
            CredentialError::new(
                CredentialErrorCode::InvalidToken,
                "send the access token: Authorization: Bearer TOKEN",
            )
        })?;
        let session = records.open_session(token.expose(), now)?;
        let request = CredentialRequest::parse(&body.bytes)?;
        expect_configuration(&request.wanted, session.achievement.reference.code.as_str())?;
        let [proof] = request.proofs.as_slice() else {
            return Err(CredentialError::new(CredentialErrorCode::InvalidProof, "send exactly one proof").into());
        };
        let holder: Did = proof::holder(proof, app.office.addresses.base(), now, |nonce| {
            Ok(records.take_nonce(nonce, now)? == NonceUse::Taken)
        })?;
        let issued = app.issuer().map_err(IssuerError::from)?.sign_claim(&app.service, token.expose(), &holder, now)?;
        Ok(CredentialResponse::issued(vec![issued.text])?)
    };
    match answer() {
        Ok(response) => Ok(Ok(response)),
        Err(NotIssued::Refused(error)) => Ok(Err(error)),
        Err(NotIssued::Problem(problem)) => Err(problem),
    }
}

fn expect_configuration(wanted: &Wanted, code: &str) -> Result<(), CredentialError> {
    match wanted {
        Wanted::Configuration(id) if id == code => Ok(()),
        Wanted::Configuration(_) => Err(CredentialError::new(
            CredentialErrorCode::UnknownCredentialConfiguration,
            "this access token is for another credential configuration",
        )),
        _ => Err(CredentialError::new(
            CredentialErrorCode::UnknownCredentialIdentifier,
            "no credential identifiers were given out; ask by credential_configuration_id",
        )),
    }
}

enum NotIssued {
    Refused(CredentialError),
    Problem(Problem),
}

impl From<CredentialError> for NotIssued {
    fn from(error: CredentialError) -> Self {
        Self::Refused(error)
    }
}

impl From<OpenIdError> for NotIssued {
    fn from(error: OpenIdError) -> Self {
        Self::Problem(error.into())
    }
}

impl From<ProofRefused> for NotIssued {
    fn from(error: ProofRefused) -> Self {
        match error {
            ProofRefused::Message(error) => Self::Refused(CredentialError::of_proof(&error)),
            ProofRefused::Nonce => Self::Refused(CredentialError::new(
                CredentialErrorCode::InvalidNonce,
                "this nonce was used before, has expired, or was never given out",
            )),
            ProofRefused::Key(sentence) => {
                Self::Refused(CredentialError::new(CredentialErrorCode::InvalidProof, &sentence))
            }
            ProofRefused::Store(error) => Self::from(error),
        }
    }
}

impl From<IssuerError> for NotIssued {
    fn from(error: IssuerError) -> Self {
        match error {
            IssuerError::Claim(claim) => {
                let code = match claim {
                    ClaimError::UnknownToken | ClaimError::ExpiredToken { .. } => CredentialErrorCode::InvalidToken,
                    _ => CredentialErrorCode::CredentialRequestDenied,
                };
                Self::Refused(CredentialError::new(code, &claim.to_string()))
            }
            other => Self::Problem(other.into()),
        }
    }
}
