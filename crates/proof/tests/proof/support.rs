//! What do the tests sign, with which keys, and how do they bend it? Keys come from fixed seeds: TEST ONLY.

use std::path::PathBuf;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use stapel_credential::context::badge_contexts;
use stapel_credential::json::{self, Json, JsonError};
use stapel_credential::{AchievementCredential, DidUrl, RawJson, Timestamp, Uri};
use stapel_keys::{PublicKey, SigningKey};
use stapel_proof::{
    AuthenticateError, Cryptosuite, Document, KeyLookupError, KeySource, ProofError, ProofOptions, ProofPurpose,
    Signed, Unsecured,
};

pub(crate) const NOW: &str = "2026-06-30T12:00:00Z";

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

pub(crate) fn did(seed: u8) -> String {
    format!("did:key:{}", key(seed).verifying_key().to_multikey())
}

pub(crate) fn method(seed: u8) -> DidUrl {
    let multikey = key(seed).verifying_key().to_multikey();
    DidUrl::parse(&format!("did:key:{multikey}#{multikey}")).unwrap()
}

pub(crate) fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

pub(crate) fn assertion(seed: u8) -> ProofOptions {
    ProofOptions::assertion(method(seed), now()).with(Cryptosuite::EddsaJcs2022)
}

/// A badge by key 1 for key 2, unsigned.
pub(crate) fn badge() -> AchievementCredential {
    let document = json!({
        "@context": badge_contexts(),
        "id": "urn:uuid:7c4f8a52-4c0e-4d9a-9a55-0f6b7a1c2d3e",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": { "id": did(1), "type": ["Profile"], "name": "ROC Voorbeeld (illustratief)" },
        "validFrom": NOW,
        "credentialSubject": {
            "id": did(2),
            "type": ["AchievementSubject"],
            "creditsEarned": 2.5,
            "achievement": {
                "id": "https://roc.example/achievements/zorg-1",
                "type": ["Achievement"],
                "name": "Basiszorg verlenen – café €",
                "description": "Een \"module\"\nmet \\ tekens.",
                "criteria": { "narrative": "Een proeve." },
            },
        },
    });
    AchievementCredential::parse(&document.to_string()).unwrap()
}

/// The badge, signed by the key of this seed.
pub(crate) fn signed_by(seed: u8) -> Signed<AchievementCredential> {
    Unsecured::new(badge()).sign(&key(seed), &assertion(seed)).unwrap()
}

/// The signed badge as JSON, to be bent.
pub(crate) fn tree() -> Value {
    serde_json::from_str(signed_by(1).text()).unwrap()
}

/// Keys of did:key alone, each for every purpose.
pub(crate) struct DidKeys;

impl KeySource for DidKeys {
    fn key(&self, method: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        PublicKey::from_multikey(method.did().specific())
            .map_err(|error| KeyLookupError::Refused { reason: error.to_string() })
    }
}

/// What stands in the way of a badge: unreadable, or not authentic.
#[derive(Debug, PartialEq)]
pub(crate) enum Refusal {
    Unreadable(ProofError),
    NotAuthentic(AuthenticateError),
}

impl Refusal {
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Unreadable(error) => error.to_string(),
            Self::NotAuthentic(error) => error.to_string(),
        }
    }

    pub(crate) fn is_undecided(&self) -> bool {
        match self {
            Self::Unreadable(error) => error.is_undecided(),
            Self::NotAuthentic(error) => error.is_undecided(),
        }
    }
}

pub(crate) fn read<T: Document>(text: &str) -> Result<(), Refusal> {
    let signed = Signed::<T>::parse(text).map_err(Refusal::Unreadable)?;
    signed.authenticate(&DidKeys).map(drop).map_err(Refusal::NotAuthentic)
}

pub(crate) fn badge_refusal(text: &str) -> Refusal {
    match read::<AchievementCredential>(text) {
        Ok(()) => panic!("this was taken for authentic: {text}"),
        Err(refusal) => refusal,
    }
}

pub(crate) fn bent(bend: impl FnOnce(&mut Value)) -> String {
    let mut document = tree();
    bend(&mut document);
    document.to_string()
}

pub(crate) const ALTERED: &str = "does not belong to this text: the document was altered, or not signed by that key";

/// Any JSON object at all, as if the key of its first proof were its controller's.
#[derive(Debug, Clone)]
pub(crate) struct ByItsKey(RawJson, Uri);

/// Any JSON object at all, controlled by its `issuer`.
#[derive(Debug, Clone)]
pub(crate) struct ByItsIssuer(RawJson, Uri);

impl ByItsKey {
    pub(crate) fn new(text: &str) -> Self {
        Self(RawJson::parse(text).unwrap(), Uri::parse(&did(1)).unwrap())
    }
}

impl Serialize for ByItsKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for ByItsIssuer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

fn shape(message: &str) -> JsonError {
    JsonError::Shape { path: "$".to_owned(), message: message.to_owned() }
}

impl Document for ByItsKey {
    const PURPOSE: ProofPurpose = ProofPurpose::AssertionMethod;
    const MAX_BYTES: usize = json::MAX_DOCUMENT_BYTES;

    fn view(text: &str) -> Result<Self, JsonError> {
        let tree = json::parse(text)?;
        let proof = tree.find("proof").and_then(|proof| proof.as_items().first().cloned());
        let did = proof
            .as_ref()
            .and_then(|proof| proof.find("verificationMethod"))
            .and_then(Json::as_str)
            .and_then(|method| DidUrl::parse(method).ok())
            .map(|method| method.did().to_uri());
        let raw = RawJson::parse(text).map_err(|error| shape(&error.to_string()))?;
        did.map(|did| Self(raw, did)).ok_or_else(|| shape("no key"))
    }

    fn controller(&self) -> &Uri {
        &self.1
    }
}

impl Document for ByItsIssuer {
    const PURPOSE: ProofPurpose = ProofPurpose::AssertionMethod;
    const MAX_BYTES: usize = json::MAX_DOCUMENT_BYTES;

    fn view(text: &str) -> Result<Self, JsonError> {
        let tree = json::parse(text)?;
        let issuer = tree.find("issuer").and_then(|issuer| issuer.as_str().or_else(|| issuer.find("id")?.as_str()));
        let raw = RawJson::parse(text).map_err(|error| shape(&error.to_string()))?;
        issuer.and_then(|id| Uri::parse(id).ok()).map(|id| Self(raw, id)).ok_or_else(|| shape("no issuer"))
    }

    fn controller(&self) -> &Uri {
        &self.1
    }
}

/// A file or folder among the shared vectors; `None`, said aloud, where they are not there.
pub(crate) fn vectors(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    Some(folder.join(path))
}
