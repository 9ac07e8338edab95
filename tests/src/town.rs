//! Who lives in a small story about one programme? Schools, boards and sectors with real keys, vouched for by one trust list.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::context::document_contexts;
use stapel_credential::{
    AchievementCredential, CitedEvidence, ExemptionDecisionCredential, Match, Programme, ProgrammeCredential, Question,
    Timestamp, TrustListCredential, Uri, VerifiableCredential,
};
use stapel_did::did_key_verification_method;
use stapel_keys::SigningKey;
use stapel_proof::{Document, ProofOptions, Signed, Unsecured};
use stapel_stacking::{Budget, Found, HeldRecord, Holdings, Optimality, check, find};
use stapel_verifier::{Claims, Dossier, Policy, Trust, Verified, verify};

use crate::badge::{did, key};
use crate::draft::Draft;
use crate::school::Cast;
use crate::told::told;

/// The role that a fixture names, what the trust list calls it, and the seed of its TEST ONLY key.
const ROLES: [(&str, &str, u8); 8] = [
    ("ISSUER", "mbo", 31),
    ("SECOND", "mbo", 32),
    ("COLLEGE", "hbo", 33),
    ("UNIVERSITY", "wo", 34),
    ("BRANCH", "sector", 35),
    ("BOARD", "examination-board", 36),
    ("ASSESSOR", "evc-provider", 37),
    ("COMPANY", "employer", 38),
];
const ANCHOR: u8 = 39;

/// The learner of every story here.
pub const HOLDER: &str = "did:example:lerende";
const DECIDED: &str = "2026-06-30T12:00:00Z";

/// One programme, its body and everybody who may issue something for it.
pub struct Town {
    /// The programme as its body signed it.
    pub programme: Verified<ProgrammeCredential>,
    dossier: Dossier,
    policy: Policy,
    trust: Trust,
}

/// What a learner of the town holds.
pub struct Purse<'a> {
    town: &'a Town,
    holder: Uri,
    credentials: Vec<Verified<AchievementCredential>>,
    decisions: Vec<Verified<ExemptionDecisionCredential>>,
    records: Vec<HeldRecord>,
}

/// The text of a fixture, with its roles played by the town's people.
pub fn fixture(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    cast().play(&text)
}

/// The DIDs of the roles.
pub fn cast() -> Cast {
    ROLES.iter().fold(Cast::default(), |cast, (role, _, seed)| cast.with(role, did(*seed)))
}

pub(crate) fn seed(role: &str) -> u8 {
    ROLES.iter().find(|(name, _, _)| *name == role).unwrap_or_else(|| panic!("nobody plays {role}")).2
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T09:00:00Z").expect("a date")
}

fn sign<S>(seed: u8, content: VerifiableCredential<S>) -> Signed<VerifiableCredential<S>>
where
    VerifiableCredential<S>: Document,
{
    let key: SigningKey = key(seed);
    let method = did_key_verification_method(&key.verifying_key());
    let created = Timestamp::parse(DECIDED).expect("a date");
    Unsecured::new(content).sign(&key, &ProofOptions::assertion(method, created)).expect("signed")
}

/// Every code of a register that the programme names: the trust list lets everybody here certify all of them.
fn register_codes(value: &Value, codes: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if ["crebo:", "kcode:", "isat:"].iter().any(|scheme| text.starts_with(scheme)) => {
            codes.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|value| register_codes(value, codes)),
        Value::Object(members) => members.values().for_each(|value| register_codes(value, codes)),
        _ => {}
    }
}

impl Town {
    /// The programme of this fixture, signed by `ISSUER`.
    pub fn of(file: &str) -> Self {
        let rules: Value = serde_json::from_str(&fixture(file)).expect("JSON");
        let mut codes = BTreeSet::new();
        register_codes(&rules, &mut codes);
        let mandates: Vec<Value> = codes.iter().map(|code| json!({"code": code, "from": "2015-01-01"})).collect();
        let issuers: Vec<Value> = ROLES
            .iter()
            .map(|(role, kind, seed)| {
                json!({"did": did(*seed), "name": format!("{role} (illustratief)"), "kind": kind,
                       "from": "2015-01-01", "mandates": mandates})
            })
            .collect();
        let list = json!({
            "@context": document_contexts(), "id": "urn:example:list:1",
            "type": ["VerifiableCredential", "TrustListCredential"], "issuer": did(ANCHOR),
            "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {"id": "urn:example:list",
                                  "trustList": {"name": "Lijst (illustratief)", "sequence": 1, "issuers": issuers}}
        });
        let mut dossier = Dossier::default();
        let list = sign(ANCHOR, TrustListCredential::parse(&list.to_string()).expect("a list"));
        dossier.add_trust_list(list.text()).expect("a list");
        let policy = Policy { trust_anchors: vec![did(ANCHOR)], ..Policy::default() };
        let programme = json!({
            "@context": document_contexts(), "id": format!("urn:programme:{}", rules["edition"].as_str().expect("an edition")),
            "type": ["VerifiableCredential", "ProgrammeCredential"], "issuer": did(seed("ISSUER")),
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"id": rules["id"], "programme": rules}
        });
        let content =
            ProgrammeCredential::parse(&programme.to_string()).unwrap_or_else(|error| panic!("{file}: {error}"));
        let programme = accepted(&sign(seed("ISSUER"), content), &dossier, &policy);
        let trust = Trust::new(&dossier, &policy, now());
        Self { programme, dossier, policy, trust }
    }

    /// The rules.
    pub fn rules(&self) -> &Programme {
        &self.programme.content().credential_subject.programme
    }

    /// A badge that fits this part in its first way.
    pub fn badge(&self, part: &str) -> Draft {
        self.badge_of_way(part, 0)
    }

    /// A badge that fits the first match of this way of the part.
    pub fn badge_of_way(&self, part: &str, way: usize) -> Draft {
        let rules = self.rules();
        let of = rules.find_part(part).unwrap_or_else(|| panic!("no part {part}"));
        let wanted =
            &of.ways.get(way).and_then(|way| way.all.first()).unwrap_or_else(|| panic!("{part}: no way {way}"));
        Draft::fitting(part, wanted, did(seed("ISSUER"))).credits(of.credits, rules.unit)
    }

    /// A badge that fits this match.
    pub fn badge_for(&self, id: &str, wanted: &Match) -> Draft {
        Draft::fitting(id, wanted, did(seed("ISSUER")))
    }

    /// What a learner with these badges holds.
    pub fn purse(&self, badges: Vec<Draft>) -> Purse<'_> {
        let credentials = badges.into_iter().map(|draft| self.signed(draft)).collect();
        let holder = HOLDER.parse().expect("a DID");
        Purse { town: self, holder, credentials, decisions: Vec::new(), records: Vec::new() }
    }

    fn signed(&self, draft: Draft) -> Verified<AchievementCredential> {
        let text = draft.into_text();
        let issuer = text["issuer"]["id"].as_str().expect("an issuer").to_owned();
        let role = ROLES.iter().find(|(_, _, seed)| did(*seed).as_str() == issuer).expect("somebody of the town");
        let content = AchievementCredential::parse(&text.to_string()).unwrap_or_else(|error| panic!("{error}: {text}"));
        accepted(&sign(role.2, content), &self.dossier, &self.policy)
    }

    /// A decision of the board that exempts from these parts, resting on these badges.
    pub fn decision(
        &self,
        parts: &[&str],
        evidence: &[&Verified<AchievementCredential>],
    ) -> Verified<ExemptionDecisionCredential> {
        let evidence: Vec<CitedEvidence> = evidence.iter().map(|of| CitedEvidence::of(&of.digest(), "salt")).collect();
        let rules = self.rules();
        let text = json!({
            "@context": document_contexts(), "id": format!("urn:decision:{}", parts.join("+")),
            "type": ["VerifiableCredential", "ExemptionDecisionCredential"], "issuer": did(seed("BOARD")),
            "validFrom": DECIDED,
            "credentialSubject": {"id": HOLDER, "exemption": {
                "programme": rules.id, "edition": rules.edition, "digest": self.programme.digest(),
                "parts": parts, "basis": "prior-learning", "evidence": evidence}}
        });
        let content = ExemptionDecisionCredential::parse(&text.to_string()).expect("a decision");
        accepted(&sign(seed("BOARD"), content), &self.dossier, &self.policy)
    }
}

fn accepted<S: Claims>(
    signed: &Signed<VerifiableCredential<S>>,
    dossier: &Dossier,
    policy: &Policy,
) -> Verified<VerifiableCredential<S>> {
    let verdict = verify(signed, dossier, policy, now());
    let findings = format!("{:?}", verdict.findings());
    verdict.into_accepted().unwrap_or_else(|| panic!("{findings}"))
}

impl Purse<'_> {
    /// The board exempts from these parts, on the ground of the badges of these ids.
    #[must_use]
    pub fn exempt(self, parts: &[&str], evidence: &[&str]) -> Self {
        let cited = |held: &&Verified<AchievementCredential>| evidence.contains(&held.reference().id.as_str());
        let evidence: Vec<_> = self.credentials.iter().filter(cited).collect();
        let decision = self.town.decision(parts, &evidence);
        self.with_decision(decision)
    }

    /// The same with this decision.
    #[must_use]
    pub fn with_decision(mut self, decision: Verified<ExemptionDecisionCredential>) -> Self {
        self.decisions.push(decision);
        self
    }

    /// The same with a diploma that was made of the badges of these ids toward `programme`, and its award record.
    #[must_use]
    pub fn awarded(mut self, diploma: Draft, programme: &str, made_of: &[&str]) -> Self {
        let counted: Vec<Value> = self
            .credentials
            .iter()
            .filter(|held| made_of.contains(&held.reference().id.as_str()))
            .map(|held| {
                let (reference, achievement) = (held.reference(), &held.content().credential_subject.achievement.id);
                json!({"issuer": reference.issuer, "id": reference.id, "digest": held.digest(), "achievement": achievement})
            })
            .collect();
        let digest = self.town.programme.digest();
        let record = json!({
            "id": "urn:record:1", "type": "AwardRecord", "holder": HOLDER, "awardedDate": DECIDED, "planDigest": digest,
            "counted": counted, "documents": [], "evidence": {},
            "plan": {"programme": {"id": programme, "edition": "2026", "digest": digest}, "ask": {"award": null}, "fills": []}
        });
        let record = HeldRecord::parse(&record.to_string()).expect("a record");
        let diploma = diploma.related("urn:record:1", record.digest());
        self.credentials.push(self.town.signed(diploma));
        self.records.push(record);
        self
    }

    /// The best plan; it is proven best, and the check comes to the same progress.
    pub fn found(&self, award: Option<&str>) -> Found {
        let (town, question) = (self.town, Question::progress(award));
        let holdings = Holdings {
            holder: &self.holder,
            credentials: &self.credentials,
            decisions: &self.decisions,
            records: &self.records,
        };
        let found = find(&town.programme, &question, &holdings, &town.trust, now(), Budget::default()).expect("found");
        assert_eq!(found.optimality, Optimality::Best);
        let checked = check(&town.programme, &found.plan, &holdings, &town.trust, now()).expect("the plan holds");
        assert_eq!(checked, found.progress);
        found
    }

    /// How far it is toward this award, told in lines, with the roles in the place of their DIDs.
    pub fn toward(&self, award: &str) -> Vec<String> {
        let name = |line: &String| ROLES.iter().fold(line.clone(), |line, of| line.replace(did(of.2).as_str(), of.0));
        told(&self.found(Some(award)).progress).iter().map(name).collect()
    }
}
