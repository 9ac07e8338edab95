//! Which step of claiming comes next, and what did the issuer's last answer lead to?

mod claim;
mod discover;

use std::sync::Arc;

pub use claim::{Done, NeedTxCode, RequestCredential, RequestNonce, RequestToken, SignProof};
pub use discover::{FetchAuthorizationServer, FetchMetadata, FetchOffer};

use crate::{
    AccessToken, CredentialIssuerMetadata, Endpoint, IssuerIdentifier, OfferLink, OpenIdError, PreAuthorizedCodeGrant,
    ProofAlgorithm, Request,
};

/// The wallet's way from a link to the credentials (OpenID4VCI §3.5). Each variant has the only step that moves on, and
/// moving on leaves the step as it is: after an error the caller can try the same step again.
///
/// Where [`Flow::find_request`] gives a request, send it and hand the answer to [`Flow::answered`]; the two steps in
/// between need a person ([`NeedTxCode::typed`]) and a key ([`SignProof::signed`]).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Flow {
    /// The link refers to an offer that is to be fetched.
    FetchOffer(FetchOffer),
    /// The issuer's metadata is to be fetched.
    FetchMetadata(FetchMetadata),
    /// The metadata of the authorization server is to be fetched.
    FetchAuthorizationServer(FetchAuthorizationServer),
    /// A person must type the transaction code.
    NeedTxCode(NeedTxCode),
    /// The code is to be exchanged for a token.
    RequestToken(RequestToken),
    /// A fresh nonce is to be had.
    RequestNonce(RequestNonce),
    /// The holder's key must sign.
    SignProof(SignProof),
    /// The credential is to be requested.
    RequestCredential(RequestCredential),
    /// Everything offered has been received.
    Done(Done),
}

impl Flow {
    /// Begins with what a link holds.
    ///
    /// # Errors
    /// [`OpenIdError::NoPreAuthorizedCode`] for an offer that is claimed in another way.
    pub fn start(link: OfferLink) -> Result<Self, OpenIdError> {
        match link {
            OfferLink::ByReference(url) => Ok(Self::FetchOffer(FetchOffer { url })),
            OfferLink::Embedded(offer) => FetchMetadata::start(*offer).map(Self::FetchMetadata),
        }
    }

    /// The request to send now, unless a person or a key comes first, or all is done.
    pub fn find_request(&self) -> Option<Request> {
        match self {
            Self::FetchOffer(step) => Some(step.request()),
            Self::FetchMetadata(step) => Some(step.request()),
            Self::FetchAuthorizationServer(step) => Some(step.request()),
            Self::RequestToken(step) => Some(step.request()),
            Self::RequestNonce(step) => Some(step.request()),
            Self::RequestCredential(step) => Some(step.request()),
            Self::NeedTxCode(_) | Self::SignProof(_) | Self::Done(_) => None,
        }
    }

    /// Takes the answer to [`Flow::find_request`]: its HTTP status and its body. A step that sent nothing stays as it is.
    ///
    /// # Errors
    /// [`OpenIdError`] for an answer that is malformed or says no; what was received before stays in [`Flow::received`].
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Self, OpenIdError> {
        match self {
            Self::FetchOffer(step) => step.answered(status, body),
            Self::FetchMetadata(step) => step.answered(status, body),
            Self::FetchAuthorizationServer(step) => step.answered(status, body),
            Self::RequestToken(step) => step.answered(status, body),
            Self::RequestNonce(step) => step.answered(status, body),
            Self::RequestCredential(step) => step.answered(status, body),
            Self::NeedTxCode(_) | Self::SignProof(_) | Self::Done(_) => Ok(self.clone()),
        }
    }

    /// The credentials received so far, each as the exact JSON text that the issuer sent.
    pub fn received(&self) -> &[String] {
        match self {
            Self::RequestNonce(step) => &step.claim.received,
            Self::SignProof(step) => &step.claim.received,
            Self::RequestCredential(step) => &step.claim.received,
            Self::Done(step) => &step.credentials,
            _ => &[],
        }
    }
}

/// What the metadata settled: who gives tokens, what is asked for and how it is signed.
#[derive(Debug, Clone)]
struct Plan {
    grant: PreAuthorizedCodeGrant,
    metadata: Arc<CredentialIssuerMetadata>,
    authorization_server: IssuerIdentifier,
    /// The configurations offered, each with the algorithm that signs its key proof.
    wanted: Vec<(String, ProofAlgorithm)>,
}

/// What goes from one credential to the next.
#[derive(Debug, Clone)]
struct Claim {
    metadata: Arc<CredentialIssuerMetadata>,
    access_token: AccessToken,
    /// What is still to be requested, the next one last.
    open: Vec<Item>,
    received: Vec<String>,
    /// Whether a fresh nonce was already had for the next one after the issuer refused the first.
    asked_again: bool,
}

#[derive(Debug, Clone)]
struct Item {
    wanted: crate::Wanted,
    algorithm: ProofAlgorithm,
}

/// The body of an answer whose status says that all is well.
fn successful<'a>(
    message: &'static str,
    url: impl Into<String>,
    status: u16,
    body: &'a [u8],
) -> Result<&'a [u8], OpenIdError> {
    if (200..300).contains(&status) { Ok(body) } else { Err(OpenIdError::Status { message, url: url.into(), status }) }
}

fn status_error(message: &'static str, endpoint: &Endpoint, status: u16) -> OpenIdError {
    OpenIdError::Status { message, url: endpoint.to_string(), status }
}
