//! What does a compact JWS say of itself, strictly? RFC 7515, with an allow-list of algorithms and nothing fetched.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use stapel_credential::json::{self, Json, JsonError, Object};
use stapel_keys::{Algorithm, KeyError, PublicKey, Signature};

/// The longest header that is read, as base64url.
pub const MAX_HEADER_BYTES: usize = 8 * 1024;
/// The longest signature, as base64url: RSA of 8192 bits.
const MAX_SIGNATURE_BYTES: usize = 1_366;
/// Headers that bring a key from elsewhere than the signer's own DID (RFC 7515 §4.1.2, §4.1.5, §4.1.6).
const FOREIGN_KEYS: [&str; 3] = ["jku", "x5u", "x5c"];

/// A compact JWS, read but not verified.
#[derive(Debug)]
pub(crate) struct Jws {
    pub(crate) header: Header,
    pub(crate) payload: Vec<u8>,
    /// How many bytes of the text the signature covers: header, dot, payload (RFC 7515 §5.2).
    pub(crate) signed_bytes: usize,
    pub(crate) signature: Vec<u8>,
}

/// The members of a protected header that are read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) algorithm: HeaderAlgorithm,
    pub(crate) kid: Option<String>,
    /// The key that came along: a claim, until it is found among the signer's own.
    pub(crate) jwk: Option<PublicKey>,
    pub(crate) typ: Option<String>,
    pub(crate) cty: Option<String>,
    pub(crate) iss: Option<String>,
}

/// What `alg` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HeaderAlgorithm {
    /// One that is verified here.
    Known(Algorithm),
    /// A signature of another kind, by name: nothing is known against it.
    Unknown(String),
}

/// Why a text is not a JWS that can be looked into.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JwsError {
    /// Over the cap.
    #[error("the JWT has {actual} bytes; at most {limit} are read")]
    TooLarge {
        /// The size received, in bytes.
        actual: usize,
        /// The cap, in bytes.
        limit: usize,
    },
    /// Not three parts (RFC 7515 §7.1).
    #[error("a signed JWT has three parts with dots between them; this text has {parts}")]
    Parts {
        /// How many there are.
        parts: usize,
    },
    /// A part over its cap.
    #[error("the {part} of the JWT has {actual} characters; at most {limit} are read")]
    PartTooLong {
        /// Which part.
        part: &'static str,
        /// Its length.
        actual: usize,
        /// The cap.
        limit: usize,
    },
    /// Not base64url as RFC 7515 §2 writes it: no padding, no line breaks, no stray bits.
    #[error("the {part} of the JWT is not base64url without padding, in its one spelling (RFC 7515 §2)")]
    NotBase64url {
        /// Which part.
        part: &'static str,
    },
    /// Not UTF-8 text.
    #[error("the {part} of the JWT is not text in UTF-8")]
    NotText {
        /// Which part.
        part: &'static str,
    },
    /// The header is not strict JSON, or not of this shape.
    #[error("the header of the JWT: {0}")]
    Header(JsonError),
    /// `none` (RFC 7518 §3.6).
    #[error("the header of the JWT: alg is {alg:?}: nobody signed it")]
    Unsigned {
        /// The spelling.
        alg: String,
    },
    /// A message authentication code (RFC 7518 §3.2), under which a public key would pass for a shared secret.
    #[error("the header of the JWT: alg {alg} is for shared secrets: whoever can verify it can forge it")]
    SharedSecret {
        /// The algorithm.
        alg: String,
    },
    /// `crit` (RFC 7515 §4.1.11): no extension is understood here.
    #[error("the header of the JWT: crit asks to understand {names}, which this version does not")]
    Critical {
        /// What it names, as JSON.
        names: String,
    },
    /// `b64` (RFC 7797).
    #[error("the header of the JWT: b64 asks for a payload that is not encoded")]
    Unencoded,
    /// A key from elsewhere.
    #[error("the header of the JWT: {member} brings a key along; only the keys of the signer's own DID count")]
    ForeignKey {
        /// The member.
        member: &'static str,
    },
    /// The key that came along cannot be read.
    #[error("the header of the JWT: jwk: {0}")]
    Jwk(KeyError),
}

impl JwsError {
    /// Whether it could not be read to its end, as opposed to read and found wrong.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::Jwk(error) if error.is_undecided())
    }
}

impl fmt::Display for HeaderAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(algorithm) => algorithm.fmt(f),
            Self::Unknown(name) => f.write_str(name),
        }
    }
}

/// Whether a text is meant as a compact JWS: its header, `{"…`, starts with `e` in base64url, and no JSON text does.
pub(crate) fn is_compact(text: &str) -> bool {
    text.starts_with('e')
}

impl Jws {
    /// Reads a compact JWS whose payload has at most `max_payload` bytes.
    pub(crate) fn parse(text: &str, max_payload: usize) -> Result<Self, JwsError> {
        let limit = encoded_length(max_payload) + MAX_HEADER_BYTES + MAX_SIGNATURE_BYTES + 2;
        if text.len() > limit {
            return Err(JwsError::TooLarge { actual: text.len(), limit });
        }
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(JwsError::Parts { parts: text.split('.').count() });
        };
        let signed_bytes = header.len() + 1 + payload.len();
        let header = utf8("header", decoded("header", header, MAX_HEADER_BYTES)?)?;
        let header = Header::parse(&header)?;
        let payload = decoded("payload", payload, encoded_length(max_payload))?;
        let signature = decoded("signature", signature, MAX_SIGNATURE_BYTES)?;
        Ok(Self { header, payload, signed_bytes, signature })
    }
}

impl Header {
    fn parse(text: &str) -> Result<Self, JwsError> {
        let tree = json::parse_within(text, MAX_HEADER_BYTES).map_err(JwsError::Header)?;
        let Json::Object(header) = tree else { return Err(shape("$", "expected an object")) };
        let algorithm = match load(&header, "alg")? {
            alg if alg.eq_ignore_ascii_case("none") => return Err(JwsError::Unsigned { alg }),
            alg if alg.to_ascii_uppercase().starts_with("HS") => return Err(JwsError::SharedSecret { alg }),
            alg => Algorithm::find(&alg).map_or(HeaderAlgorithm::Unknown(alg), HeaderAlgorithm::Known),
        };
        if let Some(names) = header.find("crit") {
            return Err(JwsError::Critical { names: stapel_credential::jcs::canonicalize(names) });
        }
        if header.find("b64").is_some_and(|b64| *b64 != Json::Bool(true)) {
            return Err(JwsError::Unencoded);
        }
        if let Some(member) = FOREIGN_KEYS.into_iter().find(|member| header.find(member).is_some()) {
            return Err(JwsError::ForeignKey { member });
        }
        let jwk = match header.find("jwk") {
            // Of a signature that cannot be checked, the key is not looked at either.
            Some(_) if matches!(algorithm, HeaderAlgorithm::Unknown(_)) => None,
            Some(jwk) => Some(embedded(jwk)?),
            None => None,
        };
        Ok(Self {
            algorithm,
            kid: find(&header, "kid")?,
            jwk,
            typ: find(&header, "typ")?,
            cty: find(&header, "cty")?,
            iss: find(&header, "iss")?,
        })
    }

    /// The media type that `typ` or `cty` names: case does not matter, nor does `application/` (RFC 7515 §4.1.9).
    pub(crate) fn media_type(text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        lower.strip_prefix("application/").map_or(lower.clone(), str::to_owned)
    }
}

/// The key of a header: read strictly with it, so that no member stands twice.
fn embedded(jwk: &Json<'_>) -> Result<PublicKey, JwsError> {
    let text = stapel_credential::jcs::canonicalize(jwk);
    let jwk = serde_json::from_str(&text)
        .map_err(|error| JwsError::Header(JsonError::Shape { path: "$.jwk".to_owned(), message: error.to_string() }))?;
    PublicKey::from_jwk(&jwk).map_err(JwsError::Jwk)
}

/// The header and the payload as they are signed.
pub(crate) fn signing_input(header: &str, payload: &str) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(header);
    text.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut text);
    text
}

/// The compact form.
pub(crate) fn compact(mut signing_input: String, signature: &Signature) -> String {
    signing_input.push('.');
    signing_input.push_str(&signature.to_base64url());
    signing_input
}

fn encoded_length(bytes: usize) -> usize {
    bytes.saturating_mul(4).div_ceil(3)
}

fn decoded(part: &'static str, text: &str, limit: usize) -> Result<Vec<u8>, JwsError> {
    if text.len() > limit {
        return Err(JwsError::PartTooLong { part, actual: text.len(), limit });
    }
    // The engine takes neither padding nor stray bits in the last character: what is read has one spelling.
    URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsError::NotBase64url { part })
}

pub(crate) fn utf8(part: &'static str, bytes: Vec<u8>) -> Result<String, JwsError> {
    String::from_utf8(bytes).map_err(|_| JwsError::NotText { part })
}

fn shape(path: &str, message: &str) -> JwsError {
    JwsError::Header(JsonError::Shape { path: path.to_owned(), message: message.to_owned() })
}

fn find(header: &Object<'_>, member: &str) -> Result<Option<String>, JwsError> {
    match header.find(member) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone().into_owned())),
        Some(_) => Err(shape(&format!("$.{member}"), "expected text")),
    }
}

fn load(header: &Object<'_>, member: &str) -> Result<String, JwsError> {
    find(header, member)?.ok_or_else(|| shape(&format!("$.{member}"), "is missing"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The cases of Wycheproof that are about the two algorithms of others that we verify, and what becomes of all the rest:
    /// nothing under another algorithm is ever taken.
    #[test]
    fn every_wycheproof_case_of_es256_and_rs256_is_decided_as_it_should_be() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors");
        if !std::path::Path::new(folder).is_dir() {
            assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{folder} is missing");
            println!("skipped: {folder} is missing");
            return;
        }
        let text =
            std::fs::read_to_string(format!("{folder}/wycheproof-ed25519/json_web_signature_test.json")).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        let (mut taken, mut refused, mut of_other_algorithms) = (0, 0, 0);
        let mut surprises = Vec::new();
        for group in file["testGroups"].as_array().unwrap() {
            let jwk = group.get("public").unwrap_or(&group["private"]);
            let key = PublicKey::from_jwk(jwk).ok();
            for case in group["tests"].as_array().unwrap() {
                let Some(text) = case["jws"].as_str() else {
                    // JSON serialisation, which is no compact JWS.
                    assert_eq!(case["result"], "invalid");
                    continue;
                };
                let accepted = key.as_ref().is_some_and(|key| {
                    Jws::parse(text, 10_000).is_ok_and(|jws| {
                        let input = &text[..jws.signed_bytes];
                        jws.header.algorithm == HeaderAlgorithm::Known(key.algorithm())
                            && key.verify(input.as_bytes(), &jws.signature).is_ok()
                    })
                });
                let expected = case["result"] == "valid";
                match (key.is_some(), accepted, expected) {
                    (true, true, true) => taken += 1,
                    (_, false, false) => refused += 1,
                    (false, false, true) => of_other_algorithms += 1,
                    _ => surprises.push(format!("tcId {} {}: {accepted}", case["tcId"], case["comment"])),
                }
            }
        }
        assert!(surprises.is_empty(), "{surprises:#?}");
        assert!(taken >= 10 && refused > 300 && of_other_algorithms > 20, "{taken} {refused} {of_other_algorithms}");
    }

    #[test]
    fn a_text_is_told_from_json_by_its_first_letter() {
        assert!(is_compact("eyJ") && is_compact("ewog"));
        assert!(!is_compact("{\"a\":\"e\"}") && !is_compact(" e") && !is_compact(""));
    }

    #[test]
    fn the_parts_are_counted() {
        for (text, parts) in [("e30", 1), ("e30.e30", 2), ("e30.e30.AA.AA", 4), ("e30.e30.AA.AA.AA", 5)] {
            assert_eq!(Jws::parse(text, 100).unwrap_err(), JwsError::Parts { parts });
        }
    }
}
