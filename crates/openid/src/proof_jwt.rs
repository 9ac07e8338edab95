//! Does this key proof say what it must, and which bytes does its signature cover?

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::words::printable;
use crate::{OpenIdError, json};

/// The `typ` of a key proof (OpenID4VCI §F.1).
pub const PROOF_TYPE: &str = "openid4vci-proof+jwt";
/// The largest key proof that is read, in bytes.
pub const MAX_PROOF_BYTES: usize = 8 * 1024;
/// How far a wallet's clock may be ahead, in seconds.
pub const MAX_CLOCK_SKEW_SECONDS: u64 = 60;

/// The signature algorithms that are taken, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub enum ProofAlgorithm {
    /// Ed25519 under the name of RFC 8037.
    #[default]
    #[serde(rename = "EdDSA")]
    EdDsa,
    /// Ed25519 under its fully specified name (RFC 9864).
    Ed25519,
}

impl ProofAlgorithm {
    /// The name as it stands in a header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// The algorithm of this name, if it is one that is taken.
    pub fn find(name: &str) -> Option<Self> {
        [Self::EdDsa, Self::Ed25519].into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}

/// A key proof of the type `jwt` (OpenID4VCI §F.1), read but not verified: the caller verifies [`Self::signature`] over
/// [`Self::signing_bytes`] under the key of [`Self::kid`], and asks [`Self::check`] for the rest.
#[derive(Clone, PartialEq, Eq)]
pub struct ProofJwt {
    signing_input: String,
    signature: [u8; 64],
    kid: String,
    aud: String,
    iat: u64,
    nonce: Option<String>,
    iss: Option<String>,
}

/// What a key proof says once audience, nonce and age are checked. With a verified signature it proves that the holder of
/// `did` asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenClaims {
    /// The `did:key` of the holder.
    pub did: String,
    /// The DID URL of the key.
    pub kid: String,
    /// When the proof was made, in seconds since 1970.
    pub issued_at: u64,
    /// The `client_id`, if there is one.
    pub client_id: Option<String>,
}

#[derive(Serialize)]
struct HeaderOut<'a> {
    typ: &'static str,
    alg: ProofAlgorithm,
    kid: &'a str,
}

#[derive(Deserialize)]
struct HeaderIn {
    #[serde(default)]
    typ: String,
    alg: String,
    #[serde(default)]
    kid: String,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

/// Header members that give the key in another way than `kid` (RFC 7515 §4.1, OpenID4VCI §F.1).
const OTHER_KEY_REFERENCES: [&str; 7] = ["jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "trust_chain"];

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    iat: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
}

impl ProofJwt {
    /// The text to sign. `kid` is the DID URL of the key, `aud` the Credential Issuer Identifier, `iat` in seconds since
    /// 1970. There is no `iss`: a wallet without `client_id` must leave it out (§F.1).
    pub fn signing_input(algorithm: ProofAlgorithm, kid: &str, aud: &str, iat: u64, nonce: Option<&str>) -> String {
        let header = json::write(&HeaderOut { typ: PROOF_TYPE, alg: algorithm, kid });
        let claims = json::write(&Claims { aud: aud.to_owned(), iat, nonce: nonce.map(str::to_owned), iss: None });
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
    }

    /// The compact JWS: what was signed and its signature, already in base64url.
    pub fn with_signature(signing_input: &str, base64url_signature: &str) -> String {
        format!("{signing_input}.{base64url_signature}")
    }

    /// Reads a compact JWS.
    ///
    /// # Errors
    /// [`OpenIdError`] for every header but `typ`, `alg` of the allow list and a `kid` of a did:key; for members that
    /// stand twice; for text that is not strict base64url.
    pub fn parse(text: &str) -> Result<Self, OpenIdError> {
        if text.len() > MAX_PROOF_BYTES {
            return Err(OpenIdError::ProofTooLarge { actual: text.len() });
        }
        let not = |reason| OpenIdError::NotCompact { reason };
        let mut parts = text.split('.');
        let (Some(header), Some(claims), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(not("it has not three parts"));
        };
        let decode = |part: &str| {
            URL_SAFE_NO_PAD.decode(part).map_err(|_| not("a part is not base64url without padding (RFC 4648 §5)"))
        };
        let header_bytes = decode(header)?;
        let kid = read_header(&header_bytes)?;
        let claims_read: Claims = json::parse("the claims of the key proof", &decode(claims)?)?;
        let signature =
            decode(signature)?.try_into().map_err(|_| not("its signature has not the 64 bytes of Ed25519"))?;
        Ok(Self {
            signing_input: format!("{header}.{claims}"),
            signature,
            kid,
            aud: claims_read.aud,
            iat: claims_read.iat,
            nonce: claims_read.nonce,
            iss: claims_read.iss,
        })
    }

    /// The DID URL of the key: `did:key:z…#z…`.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The DID of the key: `did:key:z…`.
    pub fn did(&self) -> &str {
        self.kid.split_once('#').map_or(self.kid.as_str(), |(did, _)| did)
    }

    /// For whom the proof is made.
    pub fn aud(&self) -> &str {
        &self.aud
    }

    /// When it was made, in seconds since 1970.
    pub fn iat(&self) -> u64 {
        self.iat
    }

    /// The issuer's challenge.
    pub fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// The `client_id`.
    pub fn iss(&self) -> Option<&str> {
        self.iss.as_deref()
    }

    /// The bytes the signature covers.
    pub fn signing_bytes(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The Ed25519 signature.
    pub fn signature(&self) -> &[u8; 64] {
        &self.signature
    }

    /// Whether the proof is for `expected_audience`, answers `expected_nonce`, and was made between `max_age_seconds` ago
    /// and [`MAX_CLOCK_SKEW_SECONDS`] from now (OpenID4VCI §F.4). The signature is the caller's part.
    ///
    /// # Errors
    /// [`OpenIdError::ProofAudience`], [`OpenIdError::ProofWithoutNonce`], [`OpenIdError::ProofNonce`],
    /// [`OpenIdError::ProofTooOld`], [`OpenIdError::ProofFromFuture`].
    pub fn check(
        &self,
        expected_audience: &str,
        expected_nonce: &str,
        now_unix: u64,
        max_age_seconds: u64,
    ) -> Result<ProvenClaims, OpenIdError> {
        if self.aud != expected_audience {
            let found = printable(&self.aud);
            return Err(OpenIdError::ProofAudience { found, expected: expected_audience.to_owned() });
        }
        match &self.nonce {
            None => return Err(OpenIdError::ProofWithoutNonce),
            Some(nonce) if nonce != expected_nonce => return Err(OpenIdError::ProofNonce),
            Some(_) => {}
        }
        let ahead_seconds = self.iat.saturating_sub(now_unix);
        if ahead_seconds > MAX_CLOCK_SKEW_SECONDS {
            return Err(OpenIdError::ProofFromFuture { ahead_seconds });
        }
        let age_seconds = now_unix.saturating_sub(self.iat);
        if age_seconds > max_age_seconds {
            return Err(OpenIdError::ProofTooOld { age_seconds, max_age_seconds });
        }
        Ok(ProvenClaims {
            did: self.did().to_owned(),
            kid: self.kid.clone(),
            issued_at: self.iat,
            client_id: self.iss.clone(),
        })
    }
}

fn read_header(bytes: &[u8]) -> Result<String, OpenIdError> {
    let header: HeaderIn = json::parse("the header of the key proof", bytes)?;
    if header.typ != PROOF_TYPE {
        return Err(OpenIdError::ProofType { typ: printable(&header.typ) });
    }
    if ProofAlgorithm::find(&header.alg).is_none() {
        return Err(OpenIdError::ProofAlgorithm { alg: printable(&header.alg) });
    }
    if header.rest.contains_key("crit") {
        return Err(OpenIdError::CriticalHeader);
    }
    if let Some(member) = OTHER_KEY_REFERENCES.into_iter().find(|member| header.rest.contains_key(*member)) {
        return Err(OpenIdError::EmbeddedKey { member });
    }
    if !is_did_key_url(&header.kid) {
        return Err(OpenIdError::KeyReference { kid: printable(&header.kid) });
    }
    Ok(header.kid)
}

/// The did:key method, §"Document Creation": the fragment of its one verification method repeats the identifier.
fn is_did_key_url(kid: &str) -> bool {
    kid.strip_prefix("did:key:").and_then(|rest| rest.split_once('#')).is_some_and(|(identifier, fragment)| {
        identifier == fragment
            && identifier.len() > 1
            && identifier.starts_with('z')
            && identifier.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

impl fmt::Debug for ProofJwt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A proof can be replayed until its nonce is used: its signature stays out of logs.
        f.debug_struct("ProofJwt")
            .field("kid", &self.kid)
            .field("aud", &self.aud)
            .field("iat", &self.iat)
            .finish_non_exhaustive()
    }
}
