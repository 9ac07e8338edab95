//! What can be wrong with a DID, its document, or the method asked for?

use stapel_credential::{Did, DidUrl, JsonError, Timestamp};
use stapel_keys::KeyError;
use thiserror::Error;

use crate::document::METHODS_MAX;
use crate::method::Relationship;

/// Why a DID or a method of its document gives no key.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum DidError {
    /// A method other than key, jwk and web.
    #[error("{did}: the DID method \"{}\" is not supported; did:key, did:jwk and did:web are", did.method())]
    UnknownMethod {
        /// The DID.
        did: Did,
    },
    /// A did:key or did:jwk whose key cannot be used.
    #[error("{did}: {source}")]
    Key {
        /// The DID.
        did: Did,
        /// Why.
        source: KeyError,
    },
    /// A did:jwk that holds no JWK.
    #[error("{did} is not a did:jwk: {cause}")]
    Jwk {
        /// The DID.
        did: Did,
        /// What is wrong with it.
        cause: String,
    },
    /// A did:web that gives no URL.
    #[error("{did} is not a did:web: {cause}")]
    Web {
        /// The DID.
        did: Did,
        /// What is wrong with it.
        cause: &'static str,
    },
    /// The document is not strict JSON.
    #[error("the document of {did} cannot be read: {source}")]
    Json {
        /// The DID whose document it should be.
        did: Did,
        /// What is wrong, with the JSON path.
        source: JsonError,
    },
    /// The document is JSON, but not a controlled identifier document.
    #[error("the document of {did} cannot be read: {path}: {cause}")]
    Malformed {
        /// The DID whose document it should be.
        did: Did,
        /// The JSON path.
        path: String,
        /// What is wrong there.
        cause: String,
    },
    /// The document is that of another.
    #[error("the document of {expected} says that it is that of {found:?}")]
    WrongId {
        /// The DID that was asked for.
        expected: Did,
        /// The `id` of the document.
        found: String,
    },
    /// More methods than are read.
    #[error("the document of {did} has more than {METHODS_MAX} verification methods")]
    TooManyMethods {
        /// The DID.
        did: Did,
    },
    /// Two methods of one id: which one is meant?
    #[error("the document of {} has two verification methods {method}", method.did())]
    DuplicateMethod {
        /// The id.
        method: DidUrl,
    },
    /// A method of another DID was asked of this document, or put into it.
    #[error("{method} is not a verification method of {did}")]
    OtherDocument {
        /// The method.
        method: DidUrl,
        /// The document's DID.
        did: Did,
    },
    /// A DID alone does not say which of its keys is meant. (A did:key has but one.)
    #[error("{did} does not say which of its keys is meant: a fragment such as {did}#key-1 is missing")]
    NoFragment {
        /// The DID.
        did: Did,
    },
    /// The document has no such method.
    #[error("{} has no verification method {method}", method.did())]
    NotFound {
        /// The method.
        method: DidUrl,
    },
    /// The method is there, but not for this use.
    #[error("{} does not list {method} under {relationship}", method.did())]
    NotListed {
        /// The method.
        method: DidUrl,
        /// The use asked for.
        relationship: Relationship,
    },
    /// A signature brought a key along, and no method has it.
    #[error("{did} has no verification method with {key}, which the signature brought along")]
    ForeignKey {
        /// The DID.
        did: Did,
        /// The key, as a Multikey or by its thumbprint.
        key: String,
    },
    /// The key is in the hands of another.
    #[error("{method} is controlled by {controller}, not by {}", method.did())]
    OtherController {
        /// The method.
        method: DidUrl,
        /// Who controls it.
        controller: String,
    },
    /// The method's type or key is not one that is read here.
    #[error("{method} cannot be used: {cause}")]
    Unusable {
        /// The method.
        method: DidUrl,
        /// Why.
        cause: String,
    },
    /// The owner withdrew the key.
    #[error("{method} was revoked on {revoked}")]
    Revoked {
        /// The method.
        method: DidUrl,
        /// Since when.
        revoked: Timestamp,
    },
    /// The key was given an end.
    #[error("{method} expired on {expires}")]
    Expired {
        /// The method.
        method: DidUrl,
        /// Since when.
        expires: Timestamp,
    },
}
