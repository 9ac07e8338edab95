//! What must be fetched to know the keys of a DID?

use stapel_credential::Did;

use crate::document::ControllerDocument;
use crate::error::DidError;
use crate::{did_jwk, did_key, did_web};

/// How a DID comes to its document.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// The DID says everything itself.
    Ready(ControllerDocument),
    /// The document is at this https URL; what comes goes to [`ControllerDocument::parse`].
    Fetch(String),
}

/// Says what a DID resolves to, without fetching anything.
///
/// # Errors
/// [`DidError::UnknownMethod`]; [`DidError::Key`], [`DidError::Jwk`] and [`DidError::Web`] where the method's own syntax does
/// not hold.
pub fn resolve(did: &Did) -> Result<Resolution, DidError> {
    match did.method() {
        "key" => did_key::document(did).map(Resolution::Ready),
        "jwk" => did_jwk::document(did).map(Resolution::Ready),
        "web" => did_web::document_url(did).map(Resolution::Fetch),
        _ => Err(DidError::UnknownMethod { did: did.clone() }),
    }
}
