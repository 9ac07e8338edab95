//! Which badges do we show to others? One for each form, each beside its twin that must be refused.

use serde_json::{Value, json};
use stapel_credential::context::{OB_V3, VC_V2, badge_contexts, plain_badge_contexts};
use stapel_credential::{AchievementCredential, DidUrl, StatusListCredential, Timestamp, VerifiablePresentation};
use stapel_proof::{Cryptosuite, Document, ProofOptions, Unsecured};
use stapel_status::StatusList;
use stapel_tests::badge::{did, key};

/// When everything happens.
pub const NOW: &str = "2026-11-22T09:00:00Z";
/// When every badge was signed.
const SIGNED: &str = "2026-06-30T12:00:00Z";
/// The school, the learner, and somebody else: seeds of TEST ONLY keys.
pub const SCHOOL: u8 = 1;
pub const LEARNER: u8 = 2;
pub const STRANGER: u8 = 66;
/// The school under its own address.
pub const WEB: &str = "did:web:roc.example";
const WEB_DOCUMENT: &str = "https://roc.example/.well-known/did.json";
/// The registry that verifier-core asks for issuers.
pub const REGISTRY: &str = "https://register.example/registry.json";
/// Where the badge stands in every status list.
const PLACE: usize = 94_567;

/// What the proof is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    Jcs,
    Rdfc,
}

impl Suite {
    pub const ALL: [Self; 2] = [Self::Jcs, Self::Rdfc];

    fn cryptosuite(self) -> Cryptosuite {
        match self {
            Self::Jcs => Cryptosuite::EddsaJcs2022,
            Self::Rdfc => Cryptosuite::EddsaRdfc2022,
        }
    }

    pub fn name(self) -> String {
        self.cryptosuite().to_string()
    }
}

/// With the extension's facts, or plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    Facts,
    Plain,
}

impl Dress {
    pub const BOTH: [Self; 2] = [Self::Facts, Self::Plain];
}

/// Under which name the school issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Key,
    Web,
}

impl Name {
    pub const BOTH: [Self; 2] = [Self::Key, Self::Web];

    pub fn did(self) -> String {
        match self {
            Self::Key => did(SCHOOL).to_string(),
            Self::Web => WEB.to_owned(),
        }
    }

    fn method(self) -> String {
        let multikey = key(SCHOOL).verifying_key().to_multikey();
        match self {
            Self::Key => format!("{}#{multikey}", did(SCHOOL)),
            Self::Web => format!("{WEB}#key-1"),
        }
    }
}

/// A badge of the school for the learner, without status; not yet signed.
pub fn badge(dress: Dress, name: Name) -> Value {
    let text = include_str!("../../../fixtures/badges/full.json")
        .replace("did:key:ISSUER", &name.did())
        .replace("did:key:HOLDER", did(LEARNER).as_str());
    let mut badge: Value = serde_json::from_str(&text).expect("the fixture is JSON");
    remove(&mut badge, &["credentialStatus"]);
    match dress {
        Dress::Facts => badge["@context"] = json!(badge_contexts()),
        Dress::Plain => {
            badge["@context"] = json!(plain_badge_contexts());
            let facts =
                ["creditUnit", "credentialKind", "assessment", "participation", "qualityAssurance", "prerequisites"];
            remove(&mut badge["credentialSubject"]["achievement"], &facts);
            remove(&mut badge["credentialSubject"], &["basis", "approval", "pathway"]);
        }
    }
    badge
}

fn remove(value: &mut Value, members: &[&str]) {
    let object = value.as_object_mut().expect("an object");
    for member in members {
        assert!(object.remove(*member).is_some(), "{member} is in the fixture");
    }
}

/// Signed by the key of a seed under this name of a key.
fn sign<T: Document>(value: &Value, suite: Suite, seed: u8, method: &str) -> Value {
    let document = T::view(&value.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let method = DidUrl::parse(method).expect("a DID URL");
    let created = Timestamp::parse(SIGNED).expect("a date");
    signed_with(document, suite, seed, ProofOptions::assertion(method, created))
}

fn signed_with<T: Document>(document: T, suite: Suite, seed: u8, options: ProofOptions) -> Value {
    let options = ProofOptions { cryptosuite: suite.cryptosuite(), ..options };
    let signed = Unsecured::new(document).sign(&key(seed), &options).expect("a fixture can be signed");
    serde_json::from_str(signed.text()).expect("JSON")
}

/// A badge signed by the school under its name.
pub fn signed(badge: &Value, suite: Suite, name: Name) -> Value {
    sign::<AchievementCredential>(badge, suite, SCHOOL, &name.method())
}

/// A status list of a form: its address tells what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Clean,
    Revoked,
    Stale,
    Forged,
    OfAnother,
}

impl List {
    pub const ALL: [Self; 5] = [Self::Clean, Self::Revoked, Self::Stale, Self::Forged, Self::OfAnother];

    pub fn url(self, suite: Suite, name: Name) -> String {
        format!("https://roc.example/status/{suite:?}/{name:?}/{self:?}").to_lowercase()
    }

    /// The list, signed.
    pub fn credential(self, suite: Suite, name: Name) -> Value {
        let url = self.url(suite, name);
        let mut bits = StatusList::new(stapel_status::MINIMUM_ENTRIES).expect("a list");
        bits.set(PLACE, matches!(self, Self::Revoked)).expect("a place");
        let (issuer, seed, method) = match self {
            Self::OfAnother => (did(STRANGER).to_string(), STRANGER, did_key_method(STRANGER)),
            _ => (name.did(), SCHOOL, name.method()),
        };
        let list = json!({
            "@context": [VC_V2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": { "id": issuer },
            "validFrom": "2026-11-01T00:00:00Z",
            "validUntil": if self == Self::Stale { "2026-11-02T00:00:00Z" } else { "2026-11-23T00:00:00Z" },
            "credentialSubject": {
                "id": format!("{url}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": bits.encode(),
            },
        });
        let mut list = sign::<StatusListCredential>(&list, suite, seed, &method);
        if self == Self::Forged {
            list["validFrom"] = json!("2026-11-21T00:00:00Z");
        }
        list
    }
}

/// The badge with an entry in this list; not yet signed.
pub fn with_status(mut badge: Value, list: List, suite: Suite, name: Name) -> Value {
    badge["credentialStatus"] = json!({
        "id": format!("{}#{PLACE}", list.url(suite, name)),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": PLACE.to_string(),
        "statusListCredential": list.url(suite, name),
    });
    badge
}

/// The name of the one key of a did:key.
pub fn did_key_method(seed: u8) -> String {
    format!("{}#{}", did(seed), key(seed).verifying_key().to_multikey())
}

/// A badge that names the school as its issuer, signed by the stranger under the stranger's own name.
pub fn by_a_stranger(badge: &Value, suite: Suite) -> Value {
    sign::<AchievementCredential>(badge, suite, STRANGER, &did_key_method(STRANGER))
}

/// For whom the learner shows, and to what question.
pub const AUDIENCE: &str = "werkgever.example";
pub const CHALLENGE: &str = "b1f0c2e4-7a53-4d5e-9a1c-2f9d3b8c7e60";

/// These badges as the learner shows them; not yet signed. Plain contexts: what is shown has its own.
pub fn presentation(badges: &[Value]) -> Value {
    json!({
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": did(LEARNER),
        "verifiableCredential": badges,
    })
}

/// Shown by the learner to the employer who asked, five minutes before now.
pub fn shown(badges: &[Value], suite: Suite) -> Value {
    let document = VerifiablePresentation::view(&presentation(badges).to_string()).expect("a presentation");
    let method = DidUrl::parse(&did_key_method(LEARNER)).expect("a DID URL");
    let created = Timestamp::parse("2026-11-22T08:55:00Z").expect("a date");
    let options = ProofOptions {
        domain: Some(AUDIENCE.to_owned()),
        challenge: Some(CHALLENGE.to_owned()),
        ..ProofOptions::authentication(method, created)
    };
    signed_with(document, suite, LEARNER, options)
}

/// The school's document at its own address.
pub fn web_document() -> Value {
    let method = Name::Web.method();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": WEB,
        "verificationMethod": [{
            "id": method,
            "type": "Multikey",
            "controller": WEB,
            "publicKeyMultibase": key(SCHOOL).verifying_key().to_multikey(),
        }],
        "assertionMethod": [method],
    })
}

/// Every document that a foreign client may ask for, by its URL.
pub fn documents() -> Vec<(String, Value)> {
    let context = |text: &str| serde_json::from_str::<Value>(text).expect("a context");
    let mut documents = vec![
        (VC_V2.to_owned(), context(include_str!("../../../fixtures/contexts/credentials-v2.json"))),
        (OB_V3.to_owned(), context(include_str!("../../../fixtures/contexts/ob-v3p0-context-3.0.3.json"))),
        (WEB_DOCUMENT.to_owned(), web_document()),
        (REGISTRY.to_owned(), registry()),
    ];
    for suite in Suite::ALL {
        for name in Name::BOTH {
            documents.extend(List::ALL.into_iter().map(|list| (list.url(suite, name), list.credential(suite, name))));
        }
    }
    documents
}

/// Whom verifier-core knows: the school under both names.
fn registry() -> Value {
    let school = json!({ "name": "ROC Voorbeeld", "url": "https://roc.example", "location": "Nederland" });
    json!({ "registry": { did(SCHOOL).as_str(): school, WEB: school } })
}
