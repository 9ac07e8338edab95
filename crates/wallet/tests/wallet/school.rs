//! A school with a did:web, a trust anchor, and what both publish: everything is really signed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};
use stapel_credential::context::{DOCUMENT_EXTENSION, OB_V3, VC_V2};
use stapel_credential::{
    AchievementSubject, Did, DidUrl, ExemptionSubject, ProgrammeSubject, StatusListSubject, Subject, Timestamp,
    TrustListSubject, VerifiableCredential,
};
use stapel_did::{ControllerDocument, did_key, did_key_verification_method};
use stapel_keys::{KdfCost, Passphrase, RecoveryWords, SigningKey};
use stapel_proof::{ProofOptions, Unsecured};
use stapel_status::{MINIMUM_ENTRIES, StatusList};
use stapel_verifier::Missing;
use stapel_wallet::{Received, Wallet, WalletError};

pub(crate) const NOW: &str = "2026-11-22T09:00:00Z";
pub(crate) const SCHOOL: &str = "did:web:school.example";
pub(crate) const STATUS_URL: &str = "https://school.example/status/1";

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn now() -> Timestamp {
    at(NOW)
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery".to_owned()).unwrap()
}

/// A key and the name by which it signs.
pub(crate) struct Signing {
    pub(crate) did: Did,
    pub(crate) method: DidUrl,
    pub(crate) key: SigningKey,
}

impl Signing {
    pub(crate) fn by_did_key() -> Self {
        let key = SigningKey::generate().unwrap();
        let public = key.verifying_key();
        Self { did: did_key(&public), method: did_key_verification_method(&public), key }
    }

    pub(crate) fn by_did_web(did: &str) -> Self {
        let method = DidUrl::parse(&format!("{did}#key-1")).unwrap();
        Self { did: Did::parse(did).unwrap(), method, key: SigningKey::generate().unwrap() }
    }

    pub(crate) fn sign<S: Subject>(&self, document: &Value, created: &str) -> String {
        let credential = VerifiableCredential::<S>::parse(&document.to_string()).unwrap();
        let options = ProofOptions::assertion(self.method.clone(), at(created));
        Unsecured::new(credential).sign(&self.key, &options).unwrap().text().to_owned()
    }

    pub(crate) fn controller_document(&self) -> String {
        ControllerDocument::new(self.did.clone(), &[(self.method.clone(), self.key.verifying_key())]).unwrap().to_json()
    }
}

/// What can be fetched, and what was.
pub(crate) struct Web {
    pub(crate) pages: RefCell<BTreeMap<String, String>>,
    pub(crate) fetched: RefCell<Vec<String>>,
}

impl Web {
    pub(crate) fn fetch(&self, missing: &Missing) -> Option<String> {
        let url = match missing {
            Missing::Controller { url, .. } => url.clone(),
            Missing::StatusList { url } => url.to_string(),
            _ => return None,
        };
        self.fetched.borrow_mut().push(url.clone());
        self.pages.borrow().get(&url).cloned()
    }

    pub(crate) fn publish(&self, url: &str, text: String) {
        self.pages.borrow_mut().insert(url.to_owned(), text);
    }

    pub(crate) fn fetched(&self) -> Vec<String> {
        std::mem::take(&mut self.fetched.borrow_mut())
    }
}

pub(crate) struct World {
    pub(crate) school: Signing,
    pub(crate) anchor: Signing,
    pub(crate) web: Web,
}

pub(crate) struct Learner {
    pub(crate) wallet: Wallet,
    pub(crate) words: RecoveryWords,
    pub(crate) path: PathBuf,
    pub(crate) folder: tempfile::TempDir,
}

impl Learner {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("wallet");
        let (wallet, words) = Wallet::create(&path, &passphrase(), KdfCost::fast_for_tests()).unwrap();
        Self { wallet, words, path, folder }
    }

    /// The same wallet, closed and opened again.
    pub(crate) fn reopened(self) -> Self {
        let Self { wallet, words, path, folder } = self;
        drop(wallet);
        let wallet = Wallet::open(&path, &passphrase()).unwrap();
        Self { wallet, words, path, folder }
    }

    pub(crate) fn id(&self) -> String {
        self.wallet.id().to_string()
    }

    /// Fetches what is missing and receives.
    pub(crate) fn receive(&mut self, world: &World, text: &str, now: Timestamp) -> Result<Received, WalletError> {
        let refused =
            self.wallet.supply(|wallet| wallet.missing_for(text, now), |missing| world.web.fetch(missing), now);
        assert!(refused.is_empty(), "{refused:?}");
        self.wallet.receive(text, now)
    }

    /// Trusts the world's anchor and keeps its list.
    pub(crate) fn trusting(mut self, world: &World) -> Self {
        self.wallet.add_trust_anchor(&world.anchor.did).unwrap();
        self.wallet.receive(&world.trust_list(1), now()).unwrap();
        self
    }
}

impl World {
    pub(crate) fn new() -> Self {
        let web = Web { pages: RefCell::default(), fetched: RefCell::default() };
        let world = Self { school: Signing::by_did_web(SCHOOL), anchor: Signing::by_did_key(), web };
        world.web.publish("https://school.example/.well-known/did.json", world.school.controller_document());
        world.web.publish(STATUS_URL, world.status_list("2026-11-20T00:00:00Z", &[]));
        world
    }

    pub(crate) fn badge_of(&self, holder: &str, module: &str, index: u32) -> String {
        self.school.sign::<AchievementSubject>(&Self::badge(holder, module, index), "2026-06-01T09:00:00Z")
    }

    /// A badge before it is signed.
    pub(crate) fn badge(holder: &str, module: &str, index: u32) -> Value {
        json!({
            "@context": [VC_V2, OB_V3],
            "id": format!("urn:uuid:00000000-0000-4000-8000-0000000000{index:02}"),
            "type": ["VerifiableCredential", "AchievementCredential"],
            "issuer": {"id": SCHOOL, "type": ["Profile"], "name": "ROC Voorbeeld"},
            "validFrom": "2026-06-01T00:00:00Z",
            "awardedDate": "2026-06-01T00:00:00Z",
            "credentialSubject": {
                "id": holder,
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": format!("https://school.example/achievements/{module}"),
                    "type": ["Achievement"],
                    "name": format!("Module {module}"),
                    "description": "A module (illustrative).",
                    "criteria": {"narrative": "Pass the assessment."}
                }
            },
            "credentialStatus": {
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": index.to_string(),
                "statusListCredential": STATUS_URL
            }
        })
    }

    /// The school's status list of that date, valid for a week, with these bits set.
    pub(crate) fn status_list(&self, from: &str, revoked: &[usize]) -> String {
        Self::status_list_by(&self.school, from, revoked)
    }

    pub(crate) fn status_list_by(signing: &Signing, from: &str, revoked: &[usize]) -> String {
        let mut list = StatusList::new(MINIMUM_ENTRIES).unwrap();
        for index in revoked {
            list.set(*index, true).unwrap();
        }
        let until = at(from).after(std::time::Duration::from_hours(7 * 24));
        let document = json!({
            "@context": [VC_V2],
            "id": STATUS_URL,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": {"id": SCHOOL },
            "validFrom": from,
            "validUntil": until,
            "credentialSubject": {
                "id": format!("{STATUS_URL}#list"),
                "type": "BitstringStatusList",
                "ttl": 3_600_000,
                "statusPurpose": "revocation",
                "encodedList": list.encode()
            }
        });
        signing.sign::<StatusListSubject>(&document, from)
    }

    pub(crate) fn trust_list(&self, sequence: u64) -> String {
        Self::trust_list_by(&self.anchor, sequence, "Lijst van het voorbeeldland")
    }

    pub(crate) fn trust_list_by(anchor: &Signing, sequence: u64, name: &str) -> String {
        let document = json!({
            "@context": [VC_V2, extension()],
            "id": format!("urn:uuid:10000000-0000-4000-8000-0000000000{sequence:02}"),
            "type": ["VerifiableCredential", "TrustListCredential"],
            "issuer": {"id": anchor.did },
            "validFrom": "2026-01-01T00:00:00Z",
            "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "https://anchor.example/lists/example",
                "trustList": {
                    "name": name,
                    "sequence": sequence,
                    "issuers": [{
                        "did": SCHOOL,
                        "name": "ROC Voorbeeld",
                        "kind": "mbo",
                        "from": "2020-01-01",
                        "mandates": [{"code": "crebo:25655", "from": "2020-01-01"}]
                    }]
                }
            }
        });
        anchor.sign::<TrustListSubject>(&document, "2026-01-01T00:00:00Z")
    }

    /// Two parts, each shown by the badge of its module; a diploma for both.
    pub(crate) fn programme(&self) -> String {
        Self::programme_by(&self.school, SCHOOL)
    }

    pub(crate) fn programme_by(signing: &Signing, issuer: &str) -> String {
        let part = |id: &str, module: &str| {
            json!({
                "id": id,
                "name": {"nl": format!("Onderdeel {id}")},
                "credits": 10,
                "ways": [{"all": [{"achievement": [format!("https://school.example/achievements/{module}")]}]}]
            })
        };
        let document = json!({
            "@context": [VC_V2, extension()],
            "id": "https://school.example/programmes/zorg/2026",
            "type": ["VerifiableCredential", "ProgrammeCredential"],
            "issuer": {"id": issuer, "name": "ROC Voorbeeld"},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "https://school.example/programmes/zorg",
                "programme": {
                    "id": "https://school.example/programmes/zorg",
                    "edition": "2026",
                    "name": {"nl": "Verzorgende-IG", "en": "Care worker"},
                    "awards": [{
                        "id": "diploma",
                        "kind": "diploma",
                        "name": {"nl": "Diploma Verzorgende-IG"},
                        "code": "crebo:25655",
                        "requirement": {"all": [{"part": "p1"}, {"part": "p2"}]}
                    }],
                    "unit": "SBU",
                    "parts": [part("p1", "a"), part("p2", "b")],
                    "decidedBy": [SCHOOL]
                }
            }
        });
        signing.sign::<ProgrammeSubject>(&document, "2026-01-01T00:00:00Z")
    }

    /// An exemption from the second part.
    pub(crate) fn exemption_of(&self, holder: &str, programme: &str) -> String {
        let digest = stapel_proof::jcs::digest_text(programme).unwrap();
        let document = json!({
            "@context": [VC_V2, extension()],
            "id": "urn:uuid:20000000-0000-4000-8000-000000000001",
            "type": ["VerifiableCredential", "ExemptionDecisionCredential"],
            "issuer": {"id": SCHOOL },
            "validFrom": "2026-06-01T00:00:00Z",
            "credentialSubject": {
                "id": holder,
                "exemption": {
                    "programme": "https://school.example/programmes/zorg",
                    "edition": "2026",
                    "digest": digest,
                    "parts": ["p2"],
                    "basis": "prior-learning"
                }
            }
        });
        self.school.sign::<ExemptionSubject>(&document, "2026-06-01T00:00:00Z")
    }
}

fn extension() -> Value {
    serde_json::from_str(DOCUMENT_EXTENSION).unwrap()
}
