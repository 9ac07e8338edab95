//! Whose wallet is this? A proof JWT (OpenID4VCI 1.0 §F.1) shows the DID: right audience, fresh nonce, true signature.

use stapel_credential::{Did, DidUrl, Timestamp};
use stapel_did::{Relationship, Resolution, resolve};
use stapel_issuer::{IssuerError, NONCE_VALIDITY};
use stapel_openid::{OpenIdError, ProofJwt};

/// Why a proof was refused.
#[derive(Debug)]
pub(crate) enum ProofRefused {
    /// What it says, or leaves out.
    Message(OpenIdError),
    /// Its nonce was used, has expired, or is not ours.
    Nonce,
    /// Its key or its signature.
    Key(String),
    /// The store did not answer.
    Store(IssuerError),
}

impl From<OpenIdError> for ProofRefused {
    fn from(error: OpenIdError) -> Self {
        Self::Message(error)
    }
}

/// The DID that the proof shows. `take_nonce` is asked last, so that a proof that fails otherwise spends no nonce.
pub(crate) fn holder(
    proof: &str,
    audience: &str,
    now: Timestamp,
    take_nonce: impl FnOnce(&str) -> Result<bool, IssuerError>,
) -> Result<Did, ProofRefused> {
    let proof = ProofJwt::parse(proof)?;
    let nonce = proof.nonce().ok_or(OpenIdError::ProofWithoutNonce)?;
    let seconds = u64::try_from(now.unix_seconds()).unwrap_or_default();
    proof.check(audience, nonce, seconds, NONCE_VALIDITY.as_secs())?;
    let key = |error: &dyn ToString| ProofRefused::Key(error.to_string());
    let did = Did::parse(proof.did()).map_err(|error| key(&error))?;
    let method = DidUrl::parse(proof.kid()).map_err(|error| key(&error))?;
    let Resolution::Ready(document) = resolve(&did).map_err(|error| key(&error))? else {
        return Err(ProofRefused::Key("the DID of a wallet must be a did:key".to_owned()));
    };
    let verifying = document.key_at(&method, Relationship::Authentication, now).map_err(|error| key(&error))?;
    verifying
        .verify(proof.signing_bytes(), proof.signature())
        .map_err(|_| ProofRefused::Key("the signature of the proof does not belong to its key".to_owned()))?;
    match take_nonce(nonce) {
        Ok(true) => Ok(did),
        Ok(false) => Err(ProofRefused::Nonce),
        Err(error) => Err(ProofRefused::Store(error)),
    }
}
