//! Who is there, and what do they sign? Keys of `fixtures/keys`, TEST ONLY, and documents as JSON, to be bent before or after signing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stapel_credential::context::{badge_contexts, document_contexts, plain_badge_contexts};
use stapel_credential::json as strict;
use stapel_credential::{Did, Timestamp};
use stapel_keys::{Signer as _, SigningKey};
use stapel_proof::jcs;
use stapel_status::StatusList;

/// When every case happens, unless it says otherwise.
pub(crate) const NOW: &str = "2026-11-22T09:00:00Z";
/// The day of the award, which the trust list is asked about.
pub(crate) const AWARDED: &str = "2026-06-30T12:00:00Z";
pub(crate) const LIST: &str = "https://roc.example/status/1";
pub(crate) const WEB: &str = "did:web:roc.example";
pub(crate) const WEB_URL: &str = "https://roc.example/.well-known/did.json";
pub(crate) const PROGRAMME: &str = "https://roc.example/programmes/zorg";
pub(crate) const AUDIENCE: &str = "werkgever.example";
pub(crate) const CHALLENGE: &str = "b1f0c2e4-7a53-4d5e-9a1c-2f9d3b8c7e60";
/// The school's badge stands here in its status list.
pub(crate) const PLACE: u32 = 94_567;

pub(crate) fn fixtures(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(path)
}

fn key_file(name: &str) -> Value {
    let path = fixtures(&format!("keys/{name}.TEST-ONLY.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

pub(crate) fn key(name: &str) -> SigningKey {
    let file = key_file(name);
    let hex = file["seed"].as_str().unwrap();
    SigningKey::from_seed(std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()))
}

pub(crate) fn multikey(name: &str) -> String {
    key(name).verifying_key().to_multikey()
}

pub(crate) fn did(name: &str) -> String {
    let did = format!("did:key:{}", multikey(name));
    assert_eq!(key_file(name)["did"], did.as_str(), "{name}");
    did
}

pub(crate) fn a_did(text: &str) -> Did {
    Did::parse(text).unwrap()
}

pub(crate) fn method(name: &str) -> String {
    format!("{}#{}", did(name), multikey(name))
}

pub(crate) fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The did:key of a name in a sentence, so that sentences can be read.
pub(crate) fn named(sentence: &str) -> String {
    let names = [
        "school",
        "university",
        "learner",
        "other-learner",
        "anchor",
        "other-anchor",
        "status-service",
        "board",
        "stranger",
    ];
    names.iter().fold(sentence.to_owned(), |sentence, name| {
        sentence.replace(&format!("#{}", multikey(name)), "#key").replace(&did(name), &format!("<{name}>"))
    })
}

/// The text that is stored: JCS, so that the files are the same whatever order a map of the JSON library keeps.
pub(crate) fn text(document: &Value) -> String {
    let text = document.to_string();
    jcs::canonicalize(&strict::parse_within(&text, strict::MAX_COLLECTION_BYTES).unwrap())
}

pub(crate) fn digest(value: &Value) -> [u8; 32] {
    *jcs::digest_text(&value.to_string()).unwrap().as_bytes()
}

/// SHA-256 of the canonical N-Quads of a document, as others compute it: in safe mode, and no stricter.
pub(crate) fn dataset_digest(value: &Value) -> [u8; 32] {
    use stapel_jsonld::{Contexts, Options, WorkLimit, canonicalize, to_dataset_with};

    let text = value.to_string();
    let document = strict::parse_within(&text, strict::MAX_COLLECTION_BYTES).unwrap();
    let dataset = to_dataset_with(&document, Contexts::embedded(), &Options::safe()).unwrap();
    canonicalize(&dataset, &WorkLimit::default()).unwrap().sha256()
}

/// How something is signed, when not in the usual way.
#[derive(Clone)]
pub(crate) struct Pen {
    pub(crate) by: &'static str,
    pub(crate) method: String,
    pub(crate) proof: Value,
}

/// By this key, named by its did:key, to assert.
pub(crate) fn pen(by: &'static str) -> Pen {
    let proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": AWARDED,
        "proofPurpose": "assertionMethod",
    });
    Pen { by, method: method(by), proof }
}

impl Pen {
    pub(crate) fn naming(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    pub(crate) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.proof[member] = value.into();
        self
    }

    /// Under `eddsa-rdfc-2022`.
    pub(crate) fn rdfc(self) -> Self {
        self.with("cryptosuite", "eddsa-rdfc-2022")
    }

    /// The proof of this document, made step by step, apart from the library that is tested (VC-DI-EdDSA §3.2.1, §3.3.1).
    pub(crate) fn proof_of(&self, document: &Value) -> Value {
        let mut unsigned = document.clone();
        unsigned.as_object_mut().unwrap().remove("proof");
        let mut proof = self.proof.clone();
        proof["verificationMethod"] = json!(self.method);
        let mut config = proof.clone();
        config["@context"] = unsigned["@context"].clone();
        let data = if proof["cryptosuite"] == "eddsa-rdfc-2022" {
            [dataset_digest(&config), dataset_digest(&unsigned)].concat()
        } else {
            proof = config;
            [digest(&proof), digest(&unsigned)].concat()
        };
        proof["proofValue"] = json!(key(self.by).sign(&data).unwrap().to_multibase());
        proof
    }

    pub(crate) fn sign(&self, mut document: Value) -> Value {
        document["proof"] = self.proof_of(&document);
        document
    }
}

fn profile(id: &str, name: &str) -> Value {
    json!({ "id": id, "type": ["Profile"], "name": name })
}

/// A badge of the school for the learner, not yet signed.
pub(crate) fn badge() -> Value {
    json!({
        "@context": plain_badge_contexts(),
        "id": "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Basiszorg verlenen (illustratief)",
        "issuer": profile(&did("school"), "ROC Voorbeeld (illustratief)"),
        "validFrom": AWARDED,
        "awardedDate": AWARDED,
        "credentialSubject": {
            "id": did("learner"),
            "type": ["AchievementSubject"],
            "creditsEarned": 240,
            "achievement": {
                "id": "https://roc.example/achievements/zorg-1",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Basiszorg verlenen",
                "description": "De lerende ondersteunt zorgvragers bij de basiszorg.",
                "criteria": { "narrative": "Een proeve van bekwaamheid." },
                "humanCode": "ZORG-1",
                "otherIdentifier": [{ "type": "IdentifierEntry", "identifier": "25655", "identifierType": "ext:crebo" }],
            },
        },
        "credentialStatus": entry(),
    })
}

/// With all of our extension's context.
pub(crate) fn extended_badge() -> Value {
    let mut badge = badge();
    badge["@context"] = json!(badge_contexts());
    badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
    badge
}

pub(crate) fn entry() -> Value {
    json!({
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": PLACE.to_string(),
        "statusListCredential": LIST,
    })
}

pub(crate) fn encoded(set: &[u32]) -> String {
    let mut list = StatusList::new(stapel_status::MINIMUM_ENTRIES).unwrap();
    for index in set {
        list.set(usize::try_from(*index).unwrap(), true).unwrap();
    }
    list.encode()
}

/// The school's status list of this morning, with these bits set; not yet signed.
pub(crate) fn status_list(set: &[u32]) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did("school"),
        "validFrom": "2026-11-22T06:00:00Z",
        "validUntil": "2026-11-23T06:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(set),
        },
    })
}

/// What the anchor says of the school.
pub(crate) fn school_entry() -> Value {
    json!({
        "did": did("school"),
        "name": "ROC Voorbeeld",
        "kind": "mbo",
        "from": "2020-08-01",
        "mandates": [{ "code": "crebo:25655", "from": "2024-08-01" }],
        "statusIssuers": [did("status-service")],
    })
}

/// The anchor's trust list, not yet signed.
pub(crate) fn trust_list() -> Value {
    json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0a001",
        "type": ["VerifiableCredential", "TrustListCredential"],
        "issuer": profile(&did("anchor"), "Register (illustratief)"),
        "validFrom": "2026-11-01T00:00:00Z",
        "validUntil": "2027-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://anchor.example/list",
            "trustList": { "name": "Register Voorbeeld", "sequence": 7, "issuers": [school_entry()] },
        },
    })
}

pub(crate) fn issuers(list: &mut Value) -> &mut Vec<Value> {
    list["credentialSubject"]["trustList"]["issuers"].as_array_mut().unwrap()
}

/// A programme of the school, not yet signed.
pub(crate) fn programme() -> Value {
    json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0b002",
        "type": ["VerifiableCredential", "ProgrammeCredential"],
        "issuer": profile(&did("school"), "ROC Voorbeeld (illustratief)"),
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": PROGRAMME,
            "programme": {
                "id": PROGRAMME,
                "edition": "2026",
                "name": { "nl": "Zorg (illustratief)" },
                "unit": "SBU",
                "awards": [{
                    "id": "diploma",
                    "kind": "mbo-diploma",
                    "name": { "nl": "Diploma" },
                    "code": "crebo:25655",
                    "requirement": { "part": "zorg-1" },
                }],
                "parts": [{
                    "id": "zorg-1",
                    "name": { "nl": "Basiszorg" },
                    "credits": 240,
                    "ways": [{ "all": [{ "achievement": ["https://roc.example/achievements/zorg-1"] }] }],
                }],
            },
        },
    })
}

/// An exemption by the board for the learner, not yet signed.
pub(crate) fn exemption() -> Value {
    json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0c003",
        "type": ["VerifiableCredential", "ExemptionDecisionCredential"],
        "issuer": profile(&did("board"), "Examencommissie (illustratief)"),
        "validFrom": AWARDED,
        "credentialSubject": {
            "id": did("learner"),
            "exemption": {
                "programme": PROGRAMME,
                "edition": "2026",
                "digest": jcs::digest_text(&pen("school").sign(programme()).to_string()).unwrap(),
                "parts": ["zorg-1"],
                "basis": "prior-learning",
            },
        },
    })
}

/// What the learner shows, not yet signed.
pub(crate) fn presentation(credentials: &[&Value]) -> Value {
    json!({
        "@context": document_contexts(),
        "type": ["VerifiablePresentation"],
        "holder": did("learner"),
        "verifiableCredential": credentials,
    })
}

/// How the learner signs it: for the employer who asked.
pub(crate) fn showing() -> Pen {
    pen("learner")
        .with("proofPurpose", "authentication")
        .with("created", "2026-11-22T08:59:30Z")
        .with("expires", "2026-11-22T09:05:00Z")
        .with("domain", AUDIENCE)
        .with("challenge", CHALLENGE)
}

/// The school's document at its own address, with its key as `#key-1`.
pub(crate) fn web_document() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": WEB,
        "verificationMethod": [{
            "id": format!("{WEB}#key-1"),
            "type": "Multikey",
            "controller": WEB,
            "publicKeyMultibase": multikey("school"),
        }],
        "assertionMethod": [format!("{WEB}#key-1")],
        "authentication": [],
    })
}

/// The badge by the school under its own address.
pub(crate) fn web_badge() -> Value {
    let mut badge = badge();
    badge["issuer"]["id"] = json!(WEB);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    badge
}

pub(crate) fn web_pen() -> Pen {
    pen("school").naming(&format!("{WEB}#key-1"))
}
