//! What is one verification method of a document, and for what may it be used?

use std::fmt;

use serde_json::{Map, Value};
use stapel_credential::{Did, DidUrl, Timestamp};
use stapel_keys::{PublicKey, VerifyingKey};

/// What a key is used for (CID §2.3): only the two that Stapel asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relationship {
    /// Signing credentials and other statements.
    AssertionMethod,
    /// Proving to be the one named, as a presentation does.
    Authentication,
}

impl Relationship {
    pub(crate) const ALL: [Self; 2] = [Self::AssertionMethod, Self::Authentication];

    /// The member's name in the document, which is also the `proofPurpose`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}

impl fmt::Display for Relationship {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One verification method (CID §2.2). A key that is not read here is kept with the reason: it is only an error for the one
/// who asks for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Method {
    pub(crate) id: DidUrl,
    pub(crate) controller: String,
    pub(crate) key: Result<PublicKey, String>,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) revoked: Option<Timestamp>,
}

/// What is wrong with a method, and at which of its members.
pub(crate) struct Wrong {
    pub(crate) member: &'static str,
    pub(crate) cause: String,
}

impl Method {
    pub(crate) fn parse(json: &Map<String, Value>, did: &Did) -> Result<Self, Wrong> {
        let id = text(json, "id")?;
        Ok(Self {
            id: method_id(id, did).map_err(|cause| Wrong { member: "id", cause })?,
            controller: text(json, "controller")?.to_owned(),
            key: key(json, text(json, "type")?),
            expires: instant(json, "expires")?,
            revoked: instant(json, "revoked")?,
        })
    }
}

/// An absolute method id, or one relative to the document: `#key-1` (DID Core §3.2.2).
pub(crate) fn method_id(text: &str, did: &Did) -> Result<DidUrl, String> {
    let url = match text.strip_prefix('#') {
        Some(fragment) => did.with_fragment(fragment),
        None => DidUrl::parse(text),
    };
    match url {
        Ok(url) if url.fragment().is_some() => Ok(url),
        _ => Err(format!("{:?} is not a DID URL with a fragment", shortened(text))),
    }
}

fn key(json: &Map<String, Value>, kind: &str) -> Result<PublicKey, String> {
    if json.contains_key("publicKeyMultibase") && json.contains_key("publicKeyJwk") {
        // CID §2.2: key material must not be stated twice; which of the two would be meant?
        return Err("it states its key twice, as publicKeyMultibase and as publicKeyJwk".to_owned());
    }
    for secret in ["secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58"] {
        if json.contains_key(secret) {
            return Err(format!("it publishes its private key ({secret})"));
        }
    }
    let read = match kind {
        "Multikey" | "Ed25519VerificationKey2020" => {
            let text = json
                .get("publicKeyMultibase")
                .and_then(Value::as_str)
                .ok_or_else(|| format!("a {kind} has its key as text in publicKeyMultibase; this one does not"))?;
            // The type of 2020 is for Ed25519 alone, whatever its text holds.
            match kind {
                "Multikey" => PublicKey::from_multikey(text),
                _ => VerifyingKey::from_multikey(text).map(PublicKey::from),
            }
        }
        "JsonWebKey" | "JsonWebKey2020" => {
            let jwk = json
                .get("publicKeyJwk")
                .ok_or_else(|| format!("a {kind} has its key in publicKeyJwk; this one does not"))?;
            PublicKey::from_jwk(jwk)
        }
        _ => return Err(format!("its type {:?} is not supported", shortened(kind))),
    };
    read.map_err(|error| error.to_string())
}

fn text<'a>(json: &'a Map<String, Value>, member: &'static str) -> Result<&'a str, Wrong> {
    match json.get(member) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Wrong { member, cause: "is not text".to_owned() }),
        None => Err(Wrong { member, cause: "is missing".to_owned() }),
    }
}

fn instant(json: &Map<String, Value>, member: &'static str) -> Result<Option<Timestamp>, Wrong> {
    if !json.contains_key(member) {
        return Ok(None);
    }
    Timestamp::parse(text(json, member)?).map(Some).map_err(|error| Wrong { member, cause: error.to_string() })
}

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}
