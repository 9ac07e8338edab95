//! Who issues, holds and trusts in these tests? Everything is really signed and really verified.

use serde_json::{Value, json};
use stapel_credential::context::{badge_contexts, document_contexts};
use stapel_credential::{
    AchievementCredential, CitedEvidence, Digest, ExemptionDecisionCredential, Plan, ProgrammeCredential, Question,
    Timestamp, TrustListCredential, Uri, VerifiableCredential,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{ProofOptions, Signed, Unsecured};
use stapel_stacking::{Budget, Found, HeldRecord, Holdings, PlanError, Progress, StackingError, check, find};
use stapel_verifier::{Claims, Dossier, Policy, Trust, Verified, verify};

pub(crate) const NOW: &str = "2026-11-22T09:00:00Z";
pub(crate) const AWARDED: &str = "2026-06-30T12:00:00Z";

pub(crate) fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

/// A signer with a key of its own.
pub(crate) struct Issuer(SigningKey);

impl Issuer {
    pub(crate) fn new(seed: u8) -> Self {
        Self(SigningKey::from_seed([seed; 32]))
    }

    pub(crate) fn did(&self) -> String {
        did_key(&self.0.verifying_key()).to_string()
    }

    pub(crate) fn sign<S>(&self, content: VerifiableCredential<S>) -> Signed<VerifiableCredential<S>>
    where
        VerifiableCredential<S>: stapel_proof::Document,
    {
        let method = did_key_verification_method(&self.0.verifying_key());
        let created = Timestamp::parse(AWARDED).unwrap();
        Unsecured::new(content).sign(&self.0, &ProofOptions::assertion(method, created)).unwrap()
    }
}

/// A verifier's world: whom it trusts.
pub(crate) struct World {
    pub(crate) dossier: Dossier,
    pub(crate) policy: Policy,
    pub(crate) trust: Trust,
}

impl World {
    /// Trusts these issuers without asking anybody.
    pub(crate) fn pinning(issuers: &[&Issuer]) -> Self {
        let pinned_issuers = issuers.iter().map(|issuer| issuer.did().parse().unwrap()).collect();
        Self::new(Dossier::default(), Policy { pinned_issuers, ..Policy::default() })
    }

    /// Trusts the list of one anchor with these entries.
    pub(crate) fn with_list(entries: &Value) -> Self {
        let anchor = Issuer::new(200);
        let text = json!({
            "@context": document_contexts(),
            "id": "urn:example:list:1",
            "type": ["VerifiableCredential", "TrustListCredential"],
            "issuer": anchor.did(),
            "validFrom": "2026-01-01T00:00:00Z",
            "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "urn:example:list",
                "trustList": {"name": "Register", "sequence": 1, "issuers": entries}
            }
        });
        let signed = anchor.sign(TrustListCredential::parse(&text.to_string()).unwrap());
        let mut dossier = Dossier::default();
        dossier.add_trust_list(signed.text()).unwrap();
        Self::new(dossier, Policy { trust_anchors: vec![anchor.did().parse().unwrap()], ..Policy::default() })
    }

    fn new(dossier: Dossier, policy: Policy) -> Self {
        let trust = Trust::new(&dossier, &policy, now());
        Self { dossier, policy, trust }
    }

    pub(crate) fn verify<S: Claims>(
        &self,
        signed: &Signed<VerifiableCredential<S>>,
    ) -> Verified<VerifiableCredential<S>> {
        let verdict = verify(signed, &self.dossier, &self.policy, now());
        let findings = format!("{:?}", verdict.findings());
        verdict.into_accepted().expect(&findings)
    }

    pub(crate) fn badge(&self, issuer: &Issuer, text: &Value) -> Verified<AchievementCredential> {
        self.verify(&issuer.sign(AchievementCredential::parse(&text.to_string()).unwrap()))
    }

    pub(crate) fn programme(&self, issuer: &Issuer, programme: &Value) -> Verified<ProgrammeCredential> {
        let text = json!({
            "@context": document_contexts(),
            "id": "urn:example:programme:credential",
            "type": ["VerifiableCredential", "ProgrammeCredential"],
            "issuer": issuer.did(),
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {"id": programme["id"], "programme": programme}
        });
        self.verify(&issuer.sign(ProgrammeCredential::parse(&text.to_string()).unwrap()))
    }

    pub(crate) fn decision(
        &self,
        issuer: &Issuer,
        id: &str,
        holder: &str,
        programme: &Verified<ProgrammeCredential>,
        parts: &[&str],
        evidence: &[Digest],
    ) -> Verified<ExemptionDecisionCredential> {
        let evidence: Vec<CitedEvidence> = evidence.iter().map(|digest| CitedEvidence::of(digest, "salt")).collect();
        let rules = &programme.content().credential_subject.programme;
        let text = json!({
            "@context": document_contexts(),
            "id": id,
            "type": ["VerifiableCredential", "ExemptionDecisionCredential"],
            "issuer": issuer.did(),
            "validFrom": AWARDED,
            "credentialSubject": {"id": holder, "exemption": {
                "programme": rules.id, "edition": rules.edition, "digest": programme.digest(),
                "parts": parts, "basis": "prior-learning", "evidence": evidence
            }}
        });
        self.verify(&issuer.sign(ExemptionDecisionCredential::parse(&text.to_string()).unwrap()))
    }
}

pub(crate) const HOLDER: &str = "did:example:michelle";

/// A badge as its issuer writes it; tests change what they are about.
pub(crate) fn badge_text(issuer: &Issuer, id: &str, achievement: &str) -> Value {
    json!({
        "@context": badge_contexts(),
        "id": id,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": issuer.did(), "type": "Profile", "name": "School"},
        "validFrom": AWARDED,
        "awardedDate": AWARDED,
        "credentialSubject": {
            "id": HOLDER,
            "type": "AchievementSubject",
            "achievement": {
                "id": achievement,
                "type": "Achievement",
                "name": achievement,
                "description": "A module.",
                "criteria": {"narrative": "Pass the exam."}
            }
        }
    })
}

/// A programme with one unit per part: part `x` is shown by achievement `urn:a:x`.
pub(crate) fn programme_text(parts: &[(&str, f64, &str)], requirement: &Value) -> Value {
    let parts: Vec<Value> = parts
        .iter()
        .map(|(id, credits, group)| {
            json!({"id": id, "name": {"nl": id}, "group": group, "credits": credits,
                   "ways": [{"all": [{"achievement": [format!("urn:a:{id}")]}]}]})
        })
        .collect();
    json!({
        "id": "urn:example:programme", "edition": "2026", "name": {"nl": "Programma"}, "unit": "SBU", "parts": parts,
        "awards": [{"id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement}]
    })
}

/// What a holder has in a test.
#[derive(Clone)]
pub(crate) struct Wallet {
    pub(crate) holder: Uri,
    pub(crate) credentials: Vec<Verified<AchievementCredential>>,
    pub(crate) decisions: Vec<Verified<ExemptionDecisionCredential>>,
    pub(crate) records: Vec<HeldRecord>,
}

impl Wallet {
    pub(crate) fn new(credentials: Vec<Verified<AchievementCredential>>) -> Self {
        Self { holder: HOLDER.parse().unwrap(), credentials, decisions: Vec::new(), records: Vec::new() }
    }

    pub(crate) fn holdings(&self) -> Holdings<'_> {
        Holdings {
            holder: &self.holder,
            credentials: &self.credentials,
            decisions: &self.decisions,
            records: &self.records,
        }
    }

    pub(crate) fn ask(
        &self,
        world: &World,
        programme: &Verified<ProgrammeCredential>,
        question: &Question,
    ) -> Result<Found, StackingError> {
        find(programme, question, &self.holdings(), &world.trust, now(), Budget::default())
    }

    /// Progress toward the only award.
    pub(crate) fn find(&self, world: &World, programme: &Verified<ProgrammeCredential>) -> Found {
        self.ask(world, programme, &Question::progress(None)).unwrap()
    }

    pub(crate) fn check(
        &self,
        world: &World,
        programme: &Verified<ProgrammeCredential>,
        plan: &Plan,
    ) -> Result<Progress, PlanError> {
        check(programme, plan, &self.holdings(), &world.trust, now())
    }
}

/// Small and the same on every machine: enough to draw test cases.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1))
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
