//! Who is there, and what do they sign? Keys from fixed seeds, TEST ONLY; everything is illustrative.

use serde_json::{Value, json};
use stapel_credential::context::{document_contexts, plain_badge_contexts};
use stapel_credential::{
    AchievementCredential, ProgrammeCredential, StatusListCredential, Timestamp, TrustListCredential,
    VerifiableCredential, VerifiablePresentation,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{Document, ProofOptions, Unsecured};
use stapel_status::{MINIMUM_ENTRIES, StatusList};

/// When every test happens.
pub(crate) const NOW: &str = "2026-11-22T09:00:00Z";
pub(crate) const AWARDED: &str = "2026-06-30T12:00:00Z";
/// The badge's place in its status list.
pub(crate) const PLACE: usize = 94_567;

pub(crate) const SCHOOL: Party = Party("school", 1);
pub(crate) const ANCHOR: Party = Party("anchor", 2);
pub(crate) const STRANGER: Party = Party("stranger", 3);

/// Somebody with a key.
#[derive(Clone, Copy)]
pub(crate) struct Party(pub(crate) &'static str, u8);

impl Party {
    pub(crate) fn key(self) -> SigningKey {
        SigningKey::from_seed([self.1; 32])
    }

    pub(crate) fn did(self) -> String {
        did_key(&self.key().verifying_key()).to_string()
    }

    /// The text of a document that this party signs.
    pub(crate) fn sign<S>(self, document: &Value) -> String
    where
        S: stapel_credential::Subject,
        VerifiableCredential<S>: Document,
    {
        let content = VerifiableCredential::<S>::parse(&document.to_string()).unwrap();
        let method = did_key_verification_method(&self.key().verifying_key());
        let options = ProofOptions::assertion(method, Timestamp::parse(AWARDED).unwrap());
        Unsecured::new(content).sign(&self.key(), &options).unwrap().text().to_owned()
    }

    /// A presentation by this party of a document, whoever it is about.
    pub(crate) fn shows(self, document: &str, domain: &str, challenge: &str) -> String {
        let text = json!({
            "@context": document_contexts(),
            "type": ["VerifiablePresentation"],
            "holder": self.did(),
            "verifiableCredential": [serde_json::from_str::<Value>(document).unwrap()],
        });
        let method = did_key_verification_method(&self.key().verifying_key());
        let options = ProofOptions {
            domain: Some(domain.to_owned()),
            challenge: Some(challenge.to_owned()),
            ..ProofOptions::authentication(method, Timestamp::parse(NOW).unwrap())
        };
        let content = VerifiablePresentation::parse(&text.to_string()).unwrap();
        Unsecured::new(content).sign(&self.key(), &options).unwrap().text().to_owned()
    }

    pub(crate) fn badge(self, document: &Value) -> String {
        self.sign::<stapel_credential::AchievementSubject>(document)
    }
}

/// The sentence with names in the place of DIDs.
pub(crate) fn named(text: &str) -> String {
    [SCHOOL, ANCHOR, STRANGER].into_iter().fold(text.to_owned(), |text, party| {
        let did = party.did();
        let key = did.trim_start_matches("did:key:").to_owned();
        text.replace(&format!("{did}#{key}"), &format!("<{}>#key", party.0)).replace(&did, &format!("<{}>", party.0))
    })
}

/// A badge of the school, without a status list.
pub(crate) fn badge(holder: &str) -> Value {
    json!({
        "@context": plain_badge_contexts(),
        "id": "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Basiszorg verlenen (illustratief)",
        "issuer": { "id": SCHOOL.did(), "type": ["Profile"], "name": "ROC Voorbeeld (illustratief)" },
        "validFrom": AWARDED,
        "awardedDate": AWARDED,
        "credentialSubject": {
            "id": holder,
            "type": ["AchievementSubject"],
            "creditsEarned": 240,
            "achievement": {
                "id": "https://roc.example/achievements/zorg-1",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Basiszorg verlenen",
                "description": "De lerende ondersteunt zorgvragers bij de basiszorg.",
                "criteria": { "narrative": "Een proeve van bekwaamheid." },
                "otherIdentifier": [{ "type": "IdentifierEntry", "identifier": "25655", "identifierType": "ext:crebo" }],
            },
        },
    })
}

/// A second badge, of another module.
pub(crate) fn second_badge(holder: &str) -> Value {
    let mut badge = badge(holder);
    badge["id"] = json!("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e12");
    badge["credentialSubject"]["achievement"]["id"] = json!("https://roc.example/achievements/tuin-1");
    badge["credentialSubject"]["achievement"]["name"] = json!("Tuinieren");
    badge["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("otherIdentifier");
    badge
}

/// A badge with an entry in the status list at this address.
pub(crate) fn badge_with_status(holder: &str, list: &str) -> Value {
    let mut badge = badge(holder);
    badge["credentialStatus"] = json!({
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": PLACE.to_string(),
        "statusListCredential": list,
    });
    badge
}

/// The school's status list, valid until then.
pub(crate) fn status_list(url: &str, revoked: &[usize], from: &str, until: &str) -> String {
    let mut bits = StatusList::new(MINIMUM_ENTRIES).unwrap();
    for index in revoked {
        bits.set(*index, true).unwrap();
    }
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": SCHOOL.did(),
        "validFrom": from,
        "validUntil": until,
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits.encode(),
        },
    });
    let content = StatusListCredential::parse(&list.to_string()).unwrap();
    let method = did_key_verification_method(&SCHOOL.key().verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse(from).unwrap());
    Unsecured::new(content).sign(&SCHOOL.key(), &options).unwrap().text().to_owned()
}

/// The anchor's trust list: the school, with a mandate for these codes.
pub(crate) fn trust_list(codes: &[&str]) -> String {
    trust_list_edition(7, codes)
}

/// The same in that edition.
pub(crate) fn trust_list_edition(sequence: u64, codes: &[&str]) -> String {
    let mandates: Vec<Value> = codes.iter().map(|code| json!({ "code": code, "from": "2024-08-01" })).collect();
    let list = json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0a001",
        "type": ["VerifiableCredential", "TrustListCredential"],
        "issuer": { "id": ANCHOR.did(), "name": "Register (illustratief)" },
        "validFrom": "2026-11-01T00:00:00Z",
        "validUntil": "2027-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://anchor.example/list",
            "trustList": { "name": "Register Voorbeeld", "sequence": sequence, "issuers": [{
                "did": SCHOOL.did(), "name": "ROC Voorbeeld", "kind": "mbo", "from": "2020-08-01", "mandates": mandates,
            }] },
        },
    });
    let content = TrustListCredential::parse(&list.to_string()).unwrap();
    let method = did_key_verification_method(&ANCHOR.key().verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse("2026-11-01T00:00:00Z").unwrap());
    Unsecured::new(content).sign(&ANCHOR.key(), &options).unwrap().text().to_owned()
}

/// A programme of the school with two parts, of which the badge fills one.
pub(crate) fn programme() -> String {
    let id = "https://roc.example/programmes/zorg";
    let part = |part: &str, name: &str| {
        json!({
            "id": part, "name": { "nl": name }, "credits": 240,
            "ways": [{ "all": [{ "achievement": [format!("https://roc.example/achievements/{part}")] }] }],
        })
    };
    let programme = json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0b002",
        "type": ["VerifiableCredential", "ProgrammeCredential"],
        "issuer": { "id": SCHOOL.did(), "name": "ROC Voorbeeld (illustratief)" },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": { "id": id, "programme": {
            "id": id, "edition": "2026", "name": { "nl": "Zorg (illustratief)" }, "unit": "SBU",
            "awards": [{
                "id": "diploma", "kind": "mbo-diploma", "name": { "nl": "Diploma" }, "code": "crebo:25655",
                "requirement": { "all": [{ "part": "zorg-1" }, { "part": "zorg-2" }] },
            }],
            "parts": [part("zorg-1", "Basiszorg"), part("zorg-2", "Begeleiden")],
        } },
    });
    let content = ProgrammeCredential::parse(&programme.to_string()).unwrap();
    let method = did_key_verification_method(&SCHOOL.key().verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse("2026-01-01T00:00:00Z").unwrap());
    Unsecured::new(content).sign(&SCHOOL.key(), &options).unwrap().text().to_owned()
}

/// The name by which tests read a badge back.
pub(crate) fn name_of(badge: &str) -> String {
    AchievementCredential::view(badge).unwrap().credential_subject.achievement.name
}
