//! What does a proof say of itself? The members of a Data Integrity proof, read strictly.

use std::fmt;

use serde::Serialize;
use stapel_credential::json::{Json, JsonError, Object};
use stapel_credential::{DidUrl, Timestamp, Uri};
use stapel_keys::{Algorithm, Signature};

use crate::signed::ProofError;

/// What a key may be used for (VC Data Integrity §2.2; CID 1.0 §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ProofPurpose {
    /// To state something: credentials.
    AssertionMethod,
    /// To show who one is: presentations.
    Authentication,
}

/// How a document was secured.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cryptosuite {
    /// `eddsa-jcs-2022` (VC-DI-EdDSA §3.3): what is signed is the JSON text.
    EddsaJcs2022,
    /// `eddsa-rdfc-2022` (VC-DI-EdDSA §3.2): what is signed is the RDF dataset, which Open Badges certification asks for.
    EddsaRdfc2022,
    /// `Ed25519Signature2020` (VC-DI-EdDSA §3.1 of the drafts, §B.2), on badges that people hold: verified, never made.
    Ed25519Signature2020,
    /// A JWT whose payload is the document (Open Badges 3.0 §8.2), or holds it in the claim `vc` or `vp` (VC Data Model 1.1
    /// §6.3.1). Made in the first way, with `EdDSA` alone.
    VcJwt(Algorithm),
    /// A JWT of the type `vc+jwt` or `vp+jwt` (VC-JOSE-COSE §3.1). Made with `EdDSA` alone.
    VcJoseCose(Algorithm),
    /// A way of securing that this version cannot check: its name.
    Unsupported(String),
}

/// A Data Integrity proof (VC Data Integrity §2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Its own name, to which later proofs of a chain refer.
    pub id: Option<String>,
    /// How it was made.
    pub cryptosuite: Cryptosuite,
    /// With which key.
    pub verification_method: DidUrl,
    /// To what end: the text as it stands, for it may be a purpose that we do not know.
    pub purpose: String,
    /// When, by the signer's own word.
    pub created: Option<Timestamp>,
    /// Until when the proof holds.
    pub expires: Option<Timestamp>,
    /// For whom it was made.
    pub domain: Vec<String>,
    /// The single-use text that it answers.
    pub challenge: Option<String>,
    /// Text that only makes the proof another one each time.
    pub nonce: Option<String>,
    /// The ids of the proofs that this one signs along: those before it in a chain (VC Data Integrity §2.1.2).
    pub previous_proof: Vec<String>,
    /// The signature of a Data Integrity suite; `None` when the suite is not supported, and in a JWT.
    pub signature: Option<Signature>,
}

/// What a signer chooses about a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// How it is made.
    pub cryptosuite: Cryptosuite,
    /// The key's name.
    pub verification_method: DidUrl,
    /// To what end.
    pub purpose: ProofPurpose,
    /// Now.
    pub created: Timestamp,
    /// Until when the proof holds.
    pub expires: Option<Timestamp>,
    /// For whom.
    pub domain: Option<String>,
    /// The single-use text that it answers.
    pub challenge: Option<String>,
}

impl fmt::Display for ProofPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl ProofPurpose {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}

impl fmt::Display for Cryptosuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EddsaJcs2022 => f.write_str("eddsa-jcs-2022"),
            Self::EddsaRdfc2022 => f.write_str("eddsa-rdfc-2022"),
            Self::Ed25519Signature2020 => f.write_str("Ed25519Signature2020"),
            Self::VcJwt(algorithm) => write!(f, "{algorithm} in a JWT"),
            Self::VcJoseCose(algorithm) => write!(f, "{algorithm} in a JWT of VC-JOSE-COSE"),
            Self::Unsupported(name) => f.write_str(name),
        }
    }
}

impl ProofOptions {
    /// A statement, such as a credential: under `eddsa-rdfc-2022`, which Open Badges certification asks for.
    pub fn assertion(verification_method: DidUrl, created: Timestamp) -> Self {
        Self {
            cryptosuite: Cryptosuite::EddsaRdfc2022,
            verification_method,
            purpose: ProofPurpose::AssertionMethod,
            created,
            expires: None,
            domain: None,
            challenge: None,
        }
    }

    /// A showing, such as a presentation: `eddsa-jcs-2022`, since a presentation carries whole badges by the hundred, and a
    /// dataset of them all would be over the cap of statements.
    pub fn authentication(verification_method: DidUrl, created: Timestamp) -> Self {
        Self { purpose: ProofPurpose::Authentication, ..Self::assertion(verification_method, created) }
            .with(Cryptosuite::EddsaJcs2022)
    }

    /// The same under another suite.
    #[must_use]
    pub fn with(self, cryptosuite: Cryptosuite) -> Self {
        Self { cryptosuite, ..self }
    }

    /// The proof without its value, as JSON.
    pub(crate) fn to_json(&self) -> Object<'static> {
        let mut proof = Object::default();
        let mut text = |name: &'static str, value: String| proof.insert(name, Json::String(value.into()));
        text("type", "DataIntegrityProof".to_owned());
        text("cryptosuite", self.cryptosuite.to_string());
        text("created", self.created.to_string());
        text("verificationMethod", self.verification_method.to_string());
        text("proofPurpose", self.purpose.to_string());
        if let Some(expires) = self.expires {
            text("expires", expires.to_string());
        }
        if let Some(domain) = &self.domain {
            text("domain", domain.clone());
        }
        if let Some(challenge) = &self.challenge {
            text("challenge", challenge.clone());
        }
        proof
    }
}

impl Proof {
    /// Reads one proof, which stands at `path`.
    pub(crate) fn read(proof: &Object<'_>, path: &str) -> Result<Self, ProofError> {
        let shape = |member: &str, message: String| JsonError::Shape { path: format!("{path}.{member}"), message };
        let find = |member: &str| match proof.find(member) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.as_ref())),
            Some(_) => Err(shape(member, "expected text".to_owned())),
        };
        let load = |member: &str| find(member)?.ok_or_else(|| shape(member, "is missing".to_owned()));
        let instant = |member: &str| {
            find(member)?.map(Timestamp::parse).transpose().map_err(|error| shape(member, error.to_string()))
        };
        let kind = load("type")?;
        let cryptosuite = match (kind, find("cryptosuite")?) {
            ("DataIntegrityProof", Some("eddsa-jcs-2022")) => Cryptosuite::EddsaJcs2022,
            ("DataIntegrityProof", Some("eddsa-rdfc-2022")) => Cryptosuite::EddsaRdfc2022,
            ("Ed25519Signature2020", None) => Cryptosuite::Ed25519Signature2020,
            ("Ed25519Signature2020", Some(_)) => {
                return Err(shape("cryptosuite", "does not belong to Ed25519Signature2020".to_owned()).into());
            }
            ("DataIntegrityProof", None) => return Err(shape("cryptosuite", "is missing".to_owned()).into()),
            ("DataIntegrityProof", Some(other)) | (other, _) => Cryptosuite::Unsupported(other.to_owned()),
        };
        let method = load("verificationMethod")?;
        let texts = |member: &str| match proof.find(member) {
            None => Ok(Vec::new()),
            Some(value) => value
                .as_items()
                .iter()
                .map(|item| item.as_str().map(str::to_owned).ok_or_else(|| shape(member, "expected text".to_owned())))
                .collect::<Result<Vec<_>, _>>(),
        };
        let signature = match cryptosuite {
            Cryptosuite::Unsupported(_) | Cryptosuite::VcJwt(_) | Cryptosuite::VcJoseCose(_) => None,
            Cryptosuite::EddsaJcs2022 | Cryptosuite::EddsaRdfc2022 | Cryptosuite::Ed25519Signature2020 => Some(
                Signature::from_multibase(load("proofValue")?)
                    .map_err(|error| shape("proofValue", error.to_string()))?,
            ),
        };
        Ok(Self {
            id: find("id")?.map(str::to_owned),
            cryptosuite,
            verification_method: DidUrl::parse(method).map_err(|_| match Uri::parse(method) {
                Ok(method) => ProofError::ForeignMethod { path: format!("{path}.verificationMethod"), method },
                Err(error) => shape("verificationMethod", error.to_string()).into(),
            })?,
            purpose: load("proofPurpose")?.to_owned(),
            created: instant("created")?,
            expires: instant("expires")?,
            domain: texts("domain")?,
            challenge: find("challenge")?.map(str::to_owned),
            nonce: find("nonce")?.map(str::to_owned),
            previous_proof: texts("previousProof")?,
            signature,
        })
    }
}
