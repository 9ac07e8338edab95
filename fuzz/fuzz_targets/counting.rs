//! Does the checker agree with the search on every programme, and answer every plan that a stranger writes?
//!
//! A text is the rules of a programme on one line and, if there is a second, a plan.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use stapel_credential::context::{badge_contexts, document_contexts};
use stapel_credential::{
    AchievementCredential, Plan, ProgrammeCredential, Question, Timestamp, Uri, VerifiableCredential,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{Document, ProofOptions, Unsecured};
use stapel_stacking::{Budget, Holdings, check, find};
use stapel_verifier::{Claims, Dossier, Policy, Trust, Verified, verify};

/// Steps, so that one input stays cheap.
const STEPS: u64 = 50;

struct World {
    key: SigningKey,
    policy: Policy,
    dossier: Dossier,
    trust: Trust,
    now: Timestamp,
    holder: Uri,
    badges: Vec<Verified<AchievementCredential>>,
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

impl World {
    fn new() -> Self {
        let key = SigningKey::from_seed([7; 32]);
        let issuer = did_key(&key.verifying_key());
        let policy = Policy { pinned_issuers: vec![issuer.clone()], ..Policy::default() };
        let dossier = Dossier::default();
        let now = Timestamp::parse("2026-11-22T09:00:00Z").expect("an instant");
        let trust = Trust::new(&dossier, &policy, now);
        let holder: Uri = "did:example:holder".parse().expect("a URI");
        let mut world = Self { key, policy, dossier, trust, now, holder, badges: Vec::new() };
        world.badges = (0..8).map(|number| world.badge(number)).collect();
        world
    }

    /// Badges of different worth, level, outcomes and age, two of them alike.
    fn badge(&self, number: usize) -> Verified<AchievementCredential> {
        let module = number.min(6);
        let text = json!({
            "@context": badge_contexts(), "id": format!("urn:b:{number}"),
            "type": ["VerifiableCredential", "AchievementCredential"],
            "issuer": { "id": did_key(&self.key.verifying_key()), "type": ["Profile"], "name": "School" },
            "validFrom": format!("202{module}-06-30T12:00:00Z"), "awardedDate": format!("202{module}-06-30T12:00:00Z"),
            "credentialSubject": {
                "id": self.holder, "type": ["AchievementSubject"], "creditsEarned": 1 + number,
                "achievement": {
                    "id": format!("urn:a:{module}"), "type": ["Achievement"], "name": "M", "description": "M",
                    "criteria": { "narrative": "M" }, "creditUnit": "EC", "creditsAvailable": 1 + number,
                    "alignment": [
                        { "type": ["Alignment"], "targetName": "O", "targetUrl": format!("urn:o:{}", module % 3), "targetType": "CFItem" },
                        { "type": ["Alignment"], "targetName": "NLQF 4", "targetUrl": "https://nlqf.nl/niveaus/4",
                          "targetType": "ext:QualificationLevel", "targetFramework": "NLQF", "targetCode": "4" },
                    ],
                },
            },
        });
        let badge = AchievementCredential::parse(&text.to_string()).expect("a badge");
        self.verified(badge).expect("our own badge is accepted")
    }

    fn verified<S: Claims>(&self, content: VerifiableCredential<S>) -> Option<Verified<VerifiableCredential<S>>>
    where
        VerifiableCredential<S>: Document,
    {
        let method = did_key_verification_method(&self.key.verifying_key());
        let signed = Unsecured::new(content).sign(&self.key, &ProofOptions::assertion(method, self.now)).ok()?;
        verify(&signed, &self.dossier, &self.policy, self.now).into_accepted()
    }

    fn programme(&self, rules: &Value) -> Option<Verified<ProgrammeCredential>> {
        let text = json!({
            "@context": document_contexts(), "id": "urn:p", "type": ["VerifiableCredential", "ProgrammeCredential"],
            "issuer": did_key(&self.key.verifying_key()), "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": { "id": rules.get("id")?, "programme": rules },
        });
        self.verified(ProgrammeCredential::parse(&text.to_string()).ok()?)
    }
}

fuzz_target!(|text: &str| {
    let world = &*WORLD;
    let (rules, plan) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(rules) = serde_json::from_str::<Value>(rules) else { return };
    let Some(programme) = world.programme(&rules) else { return };
    let holdings = Holdings { holder: &world.holder, credentials: &world.badges, decisions: &[], records: &[] };
    let content = &programme.content().credential_subject.programme;
    for award in &content.awards {
        let question = Question::progress(Some(&award.id));
        let Ok(found) = find(&programme, &question, &holdings, &world.trust, world.now, Budget::steps(STEPS)) else {
            continue;
        };
        let checked = check(&programme, &found.plan, &holdings, &world.trust, world.now);
        assert_eq!(checked.as_ref(), Ok(&found.progress));
    }
    if let Ok(plan) = serde_json::from_str::<Plan>(plan)
        && let Err(error) = check(&programme, &plan, &holdings, &world.trust, world.now)
    {
        assert!(!error.to_string().is_empty());
    }
});
