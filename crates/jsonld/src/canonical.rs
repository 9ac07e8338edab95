//! Which text stands for this document, whoever wrote it and however? Its dataset, canonical.

use stapel_credential::json::Object;

use crate::contexts::Contexts;
use crate::error::JsonLdError;
use crate::options::Limits;
use crate::rdfc::{Canonical, RdfcError, WorkLimit, canonicalize};
use crate::walk::to_dataset;

/// Why a document has no canonical text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CanonicalError {
    /// It is no dataset, or not the one that its members' names say.
    #[error(transparent)]
    JsonLd(#[from] JsonLdError),
    /// Its blank nodes are too much alike.
    #[error(transparent)]
    Rdfc(#[from] RdfcError),
}

impl CanonicalError {
    /// The context that is not at hand, if that alone is why: the one cause that says nothing against the document.
    pub fn unknown_context(&self) -> Option<&str> {
        match self {
            Self::JsonLd(JsonLdError::UnknownContext { url, .. }) => Some(url),
            _ => None,
        }
    }
}

/// The canonical N-Quads (RDFC-1.0) of a document without its proof, read exactly, within the default caps.
///
/// # Errors
/// [`CanonicalError`] with the JSON path of what JSON-LD would drop, bend or not know, or when the work limit is reached.
pub fn canonical(document: &Object<'_>, contexts: &Contexts) -> Result<Canonical, CanonicalError> {
    let dataset = to_dataset(document, contexts, &Limits::default())?;
    Ok(canonicalize(&dataset, &WorkLimit::default())?)
}
