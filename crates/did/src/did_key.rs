//! How does a key name itself: did:key?
//!
//! The did:key Method v0.9: the identifier is the Multikey, and the one verification method repeats it as its fragment.

use stapel_credential::{Did, DidUrl, UriError};
use stapel_keys::{PublicKey, VerifyingKey};

use crate::document::ControllerDocument;
use crate::error::DidError;

/// The did:key of this key.
pub fn did_key(key: &VerifyingKey) -> Did {
    allowed(Did::parse(&format!("did:key:{}", key.to_multikey())))
}

/// The verification method of this key's did:key: `did:key:z…#z…`.
pub fn did_key_verification_method(key: &VerifyingKey) -> DidUrl {
    let multikey = key.to_multikey();
    allowed(DidUrl::parse(&format!("did:key:{multikey}#{multikey}")))
}

#[expect(clippy::expect_used, reason = "a Multikey has letters and digits alone, which DIDs and fragments allow")]
fn allowed<T>(parsed: Result<T, UriError>) -> T {
    parsed.expect("a Multikey in a DID")
}

pub(crate) fn document(did: &Did) -> Result<ControllerDocument, DidError> {
    let key = PublicKey::from_multikey(did.specific()).map_err(|source| DidError::Key { did: did.clone(), source })?;
    let method = allowed(did.with_fragment(did.specific()));
    ControllerDocument::new(did.clone(), &[(method, key)])
}
