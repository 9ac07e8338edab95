//! From a code to the credentials: token, nonce, proof, credential, and again for each further credential of the offer.

use std::sync::Arc;

use super::{Claim, Flow, Item, Plan, status_error, successful};
use crate::{
    Body, CredentialError, CredentialErrorCode, CredentialIssuerMetadata, CredentialRequest, CredentialResponse,
    Endpoint, NonceResponse, OpenIdError, ProofAlgorithm, ProofJwt, Request, TokenError, TokenErrorCode, TokenRequest,
    TokenResponse, TransactionCode, TxCode, Wanted, credential_error, credential_response, nonce, token, token_error,
};

/// A person must type the transaction code.
#[derive(Debug, Clone)]
pub struct NeedTxCode {
    pub(super) asked: TxCode,
    pub(super) request: RequestToken,
}

impl NeedTxCode {
    /// What the code looks like and how it is had.
    pub fn tx_code(&self) -> &TxCode {
        &self.asked
    }

    /// What the issuer says of itself; no transaction code is typed for a stranger.
    pub fn metadata(&self) -> &CredentialIssuerMetadata {
        &self.request.plan.metadata
    }

    /// Takes what the person typed.
    ///
    /// # Errors
    /// [`OpenIdError::TransactionCode`].
    pub fn typed(&self, text: &str) -> Result<Flow, OpenIdError> {
        let tx_code = Some(TransactionCode::parse(text, &self.asked)?);
        Ok(Flow::RequestToken(RequestToken { tx_code, ..self.request.clone() }))
    }
}

/// The code is to be exchanged for a token.
#[derive(Debug, Clone)]
pub struct RequestToken {
    pub(super) plan: Plan,
    pub(super) token_endpoint: Endpoint,
    pub(super) tx_code: Option<TransactionCode>,
}

impl RequestToken {
    /// POST the code (OpenID4VCI §6.1). It is used up by this.
    pub fn request(&self) -> Request {
        let pre_authorized_code = self.plan.grant.pre_authorized_code.clone();
        let form = TokenRequest { pre_authorized_code, tx_code: self.tx_code.clone() }.to_form();
        Request::post(self.token_endpoint.as_str(), Body::Form(form), None)
    }

    /// Reads the token.
    ///
    /// # Errors
    /// [`OpenIdError::TokenRefused`] or [`OpenIdError::CodesRefused`] if the server says no.
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        if matches!(status, 400 | 401) {
            let error = TokenError::parse(body)
                .map_err(|_| status_error(token_error::MESSAGE, &self.token_endpoint, status))?;
            return Err(match (&error.error, &self.tx_code) {
                (TokenErrorCode::InvalidGrant, Some(_)) => OpenIdError::CodesRefused(error),
                _ => OpenIdError::TokenRefused(error),
            });
        }
        let body = successful(token::MESSAGE, self.token_endpoint.as_str(), status, body)?;
        let TokenResponse { access_token, credential_identifiers, .. } = TokenResponse::parse(body)?;
        let items = self.plan.wanted.iter().flat_map(|(configuration, algorithm)| {
            let named: Vec<Wanted> = credential_identifiers
                .iter()
                .filter(|(of, _)| of == configuration)
                .flat_map(|(_, identifiers)| identifiers.iter().cloned().map(Wanted::Identifier))
                .collect();
            // OpenID4VCI §8.2: identifiers that the token response gave must be used; else the configuration.
            let wanted = if named.is_empty() { vec![Wanted::Configuration(configuration.clone())] } else { named };
            wanted.into_iter().map(|wanted| Item { wanted, algorithm: *algorithm })
        });
        let mut open: Vec<Item> = items.collect();
        open.reverse();
        let metadata = Arc::clone(&self.plan.metadata);
        Ok(Claim { metadata, access_token, open, received: Vec::new(), asked_again: false }.next())
    }
}

impl Claim {
    fn next(mut self) -> Flow {
        let Some(item) = self.open.last().cloned() else {
            return Flow::Done(Done { credentials: std::mem::take(&mut self.received) });
        };
        match self.metadata.nonce_endpoint.clone() {
            Some(endpoint) => Flow::RequestNonce(RequestNonce { claim: self, endpoint, item }),
            None => Flow::SignProof(SignProof { claim: self, item, nonce: None }),
        }
    }
}

/// A fresh nonce is to be had.
#[derive(Debug, Clone)]
pub struct RequestNonce {
    pub(super) claim: Claim,
    endpoint: Endpoint,
    item: Item,
}

impl RequestNonce {
    /// POST nothing (OpenID4VCI §7.1).
    pub fn request(&self) -> Request {
        Request::post(self.endpoint.as_str(), Body::None, None)
    }

    /// Reads the nonce.
    ///
    /// # Errors
    /// As [`NonceResponse::parse`].
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let body = successful(nonce::MESSAGE, self.endpoint.as_str(), status, body)?;
        let nonce = Some(NonceResponse::parse(body)?.c_nonce);
        Ok(Flow::SignProof(SignProof { claim: self.claim.clone(), item: self.item.clone(), nonce }))
    }
}

/// The holder's key must sign.
#[derive(Debug, Clone)]
pub struct SignProof {
    pub(super) claim: Claim,
    item: Item,
    nonce: Option<String>,
}

impl SignProof {
    /// For whom the proof is made: the Credential Issuer Identifier.
    pub fn audience(&self) -> &str {
        self.claim.metadata.credential_issuer.as_str()
    }

    /// The issuer's challenge, if it has a nonce endpoint.
    pub fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// How it is signed.
    pub fn algorithm(&self) -> ProofAlgorithm {
        self.item.algorithm
    }

    /// What is being asked for.
    pub fn wanted(&self) -> &Wanted {
        &self.item.wanted
    }

    /// The text to sign, made with the DID URL of the holder's key and the time in seconds since 1970.
    pub fn signing_input(&self, kid: &str, iat: u64) -> String {
        ProofJwt::signing_input(self.item.algorithm, kid, self.audience(), iat, self.nonce())
    }

    /// Takes the text that was signed and its signature in base64url.
    ///
    /// # Errors
    /// As [`ProofJwt::parse`], for a `kid` or a signature that the issuer would refuse.
    pub fn signed(&self, signing_input: &str, base64url_signature: &str) -> Result<Flow, OpenIdError> {
        let proof = ProofJwt::with_signature(signing_input, base64url_signature);
        ProofJwt::parse(&proof)?;
        let (claim, item) = (self.claim.clone(), self.item.clone());
        Ok(Flow::RequestCredential(RequestCredential { claim, item, proof }))
    }
}

/// The credential is to be requested.
#[derive(Clone)]
pub struct RequestCredential {
    pub(super) claim: Claim,
    item: Item,
    proof: String,
}

impl RequestCredential {
    /// POST the proof with the token (OpenID4VCI §8.2).
    pub fn request(&self) -> Request {
        let request = CredentialRequest { wanted: self.item.wanted.clone(), proofs: vec![self.proof.clone()] };
        let endpoint = self.claim.metadata.credential_endpoint.as_str();
        Request::post(endpoint, Body::Json(request.to_json()), Some(self.claim.access_token.clone()))
    }

    /// Reads the credential and turns to the next one offered. If the nonce was refused, a fresh one is had, once.
    ///
    /// # Errors
    /// [`OpenIdError::CredentialRefused`] if the issuer says no, [`OpenIdError::Deferred`] if it says later.
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let endpoint = &self.claim.metadata.credential_endpoint;
        if matches!(status, 400 | 401 | 403) {
            return self.refused(status, body);
        }
        let body = successful(credential_response::MESSAGE, endpoint.as_str(), status, body)?;
        match CredentialResponse::parse(body)? {
            CredentialResponse::Deferred { interval_seconds, .. } => Err(OpenIdError::Deferred { interval_seconds }),
            CredentialResponse::Issued { credentials, .. } => {
                // OpenID4VCI §A.1.2.4: an ldp_vc is a JSON object.
                if let Some(at) = credentials.iter().position(|text| !text.starts_with('{')) {
                    return Err(OpenIdError::NotAnObject { position: at + 1 });
                }
                let mut claim = self.claim.clone();
                claim.open.pop();
                claim.asked_again = false;
                claim.received.extend(credentials);
                Ok(claim.next())
            }
        }
    }

    fn refused(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let error = match (CredentialError::parse(body), status) {
            (Ok(error), _) => error,
            // RFC 6750 §3: the error may stand in the header alone.
            (Err(_), 401) => CredentialError { error: CredentialErrorCode::InvalidToken, error_description: None },
            (Err(_), 403) => CredentialError { error: CredentialErrorCode::InsufficientScope, error_description: None },
            (Err(_), _) => {
                return Err(status_error(credential_error::MESSAGE, &self.claim.metadata.credential_endpoint, status));
            }
        };
        if error.error == CredentialErrorCode::InvalidNonce && !self.claim.asked_again {
            return Ok(Claim { asked_again: true, ..self.claim.clone() }.next());
        }
        Err(OpenIdError::CredentialRefused(error))
    }
}

impl std::fmt::Debug for RequestCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The proof can be replayed until its nonce is used.
        f.debug_struct("RequestCredential")
            .field("claim", &self.claim)
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}

/// Everything offered has been received.
#[derive(Debug, Clone)]
pub struct Done {
    pub(super) credentials: Vec<String>,
}

impl Done {
    /// The credentials, each as the exact JSON text that the issuer sent. Nothing in them is verified.
    pub fn credentials(&self) -> &[String] {
        &self.credentials
    }

    /// The credentials, to keep.
    pub fn into_credentials(self) -> Vec<String> {
        self.credentials
    }
}
