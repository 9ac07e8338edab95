//! What lies before an examination board in these tests: a learner, a programme, an exemption, a presentation.

use rusqlite::Connection;
use serde_json::{Value, json};
use stapel_credential::context::{OB_V3, VC_V2, document_contexts};
use stapel_credential::{
    AchievementCredential, Digest, ExemptionDecisionCredential, RawJson, Timestamp, VerifiablePresentation,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{Document, ProofOptions, Signed, Unsecured, jcs};

use crate::school::{Ended, School, now};

pub(crate) const PROGRAMME: &str = "https://school.example/programmes/verzorgende";

/// Bodies of requests for the API: a proposal rests on an exemption that was granted before.
pub(crate) struct Requests {
    pub(crate) exemption: Value,
    pub(crate) proposal: Value,
    pub(crate) approval: Value,
}

/// A learner with her wallet's key, at a school that published a programme and its diploma.
pub(crate) struct Scene<'s> {
    pub(crate) school: &'s School,
    pub(crate) key: SigningKey,
    pub(crate) programme: String,
}

fn rules(school: &School) -> String {
    let part = |id: &str, no_exemption: bool| {
        json!({ "id": id, "name": { "nl": id }, "credits": 3, "noExemption": no_exemption,
                "ways": [{ "all": [{ "achievement": [format!("https://school.example/{id}")] }] }] })
    };
    // The diploma itself is a way to show p2, as a step of a ladder is.
    let mut ladder = part("p2", false);
    ladder["ways"].as_array_mut().unwrap().push(json!({ "all": [{ "achievement": ["https://school.example/D1"] }] }));
    let award = |id: &str, kind: &str, of: Value| {
        json!({ "id": id, "kind": kind, "name": { "nl": id },
                "requirement": { "id": format!("{id}-alles"), "name": { "nl": "Alles" }, "all": of } })
    };
    json!({
        "id": PROGRAMME, "edition": "2026", "name": { "nl": "Verzorgende" }, "unit": "EC",
        "illustrative": { "nl": "Illustratief." }, "decidedBy": [school.did()],
        "awards": [
            award("diploma", "mbo-diploma", json!([{ "part": "p1" }, { "part": "p2" }])),
            award("certificaat", "certificaat", json!([{ "part": "p3" }])),
        ],
        "parts": [part("p1", false), ladder, part("p3", true)],
    })
    .to_string()
}

impl<'s> Scene<'s> {
    pub(crate) fn new(school: &'s School) -> Self {
        let file = school.write("rules.json", &rules(school));
        let published = school.run_as("registrar", &["programme", "add", file.to_str().unwrap()]);
        assert_eq!(published.code, 0, "{published:?}");
        let diploma = json!({ "code": "D1", "achievement": {
            "id": "https://school.example/D1", "achievementType": "Diploma", "name": "Verzorgende IG", "inLanguage": "nl", "description": "Illustratief.",
            "criteria": { "narrative": "Alle onderdelen van het programma." }, "credentialKind": ["mbo-diploma"],
        } });
        let file = school.write("D1.json", &diploma.to_string());
        let added = school.run_as("registrar", &["achievement", "add", file.to_str().unwrap()]);
        assert_eq!(added.code, 0, "{added:?}");
        let database = Connection::open(school.data().join("issuer.sqlite")).unwrap();
        let programme = "SELECT document FROM programmes WHERE programme = ?1";
        let programme = database.query_row(programme, [PROGRAMME], |row| row.get(0)).unwrap();
        Self { school, key: SigningKey::generate().unwrap(), programme }
    }

    pub(crate) fn did(&self) -> String {
        did_key(&self.key.verifying_key()).to_string()
    }

    /// `exemption grant` for these parts.
    pub(crate) fn grant(&self, who: &str, parts: &[&str], more: &[&str]) -> Ended {
        let did = self.did();
        let mut arguments = vec!["exemption", "grant", "--holder", &did, "--programme", PROGRAMME];
        arguments.extend(["--edition", "2026", "--basis", "evc"]);
        for part in parts {
            arguments.extend(["--part", part]);
        }
        arguments.extend(more);
        self.school.run_as(who, &arguments)
    }

    /// The text of a decision for these parts.
    pub(crate) fn granted(&self, parts: &[&str]) -> String {
        let ended = self.grant("board", parts, &[]);
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.stdout.trim().to_owned()
    }

    /// A signed presentation of the diploma's plan: these parts by this decision.
    pub(crate) fn presentation(&self, decision: &str, parts: &[&str]) -> (String, Digest) {
        self.presentation_of(&[decision], &[], &Self::fills(decision, parts))
    }

    /// The same, made then and shown until then.
    pub(crate) fn presentation_until(
        &self,
        decision: &str,
        parts: &[&str],
        (made, until): (Timestamp, Timestamp),
    ) -> String {
        let options = ProofOptions { created: made, expires: Some(until), ..self.showing() };
        self.presentation_under(&options, &[decision], &[], &Self::fills(decision, parts)).0
    }

    fn fills(decision: &str, parts: &[&str]) -> Vec<Value> {
        let decided = ExemptionDecisionCredential::parse(decision).unwrap();
        let by = json!([{ "issuer": decided.issuer.id, "id": decided.id }]);
        parts.iter().map(|part| json!({ "target": { "exemption": { "id": part } }, "by": by })).collect()
    }

    /// A signed presentation of the diploma's plan: these documents and award records, filling this.
    pub(crate) fn presentation_of(&self, documents: &[&str], records: &[&str], fills: &[Value]) -> (String, Digest) {
        self.presentation_under(&self.showing(), documents, records, fills)
    }

    /// How the learner signs what she shows.
    fn showing(&self) -> ProofOptions {
        ProofOptions::authentication(did_key_verification_method(&self.key.verifying_key()), now())
    }

    fn presentation_under(
        &self,
        options: &ProofOptions,
        documents: &[&str],
        records: &[&str],
        fills: &[Value],
    ) -> (String, Digest) {
        let raw = |text: &&str| RawJson::parse(text).unwrap();
        let digest = jcs::digest_text(&self.programme).unwrap();
        let plan = json!({
            "programme": { "id": PROGRAMME, "edition": "2026", "digest": digest },
            "ask": { "award": "diploma" }, "fills": fills,
        });
        let plan_digest = jcs::digest_text(&plan.to_string()).unwrap();
        let presentation = VerifiablePresentation {
            context: document_contexts(),
            id: None,
            types: vec!["VerifiablePresentation".to_owned()],
            holder: self.did().parse().unwrap(),
            verifiable_credential: [self.programme.as_str()].iter().chain(documents).map(raw).collect(),
            plan: Some(serde_json::from_value(plan).unwrap()),
            question: None,
            bundle: None,
            award_record: records.iter().map(raw).collect(),
            request: None,
        };
        (Unsecured::new(presentation).sign(&self.key, options).unwrap().text().to_owned(), plan_digest)
    }

    /// Proposes, and gives what the command said and the digest of the plan.
    pub(crate) fn propose(&self, who: &str, decision: &str, parts: &[&str]) -> (Ended, String) {
        self.propose_showing(who, self.presentation(decision, parts), &[])
    }

    /// Proposes that presentation with further arguments.
    pub(crate) fn propose_showing(
        &self,
        who: &str,
        (presentation, plan): (String, Digest),
        more: &[&str],
    ) -> (Ended, String) {
        let file = self.school.write("presentation.json", &presentation);
        let arguments = ["award", "propose", file.to_str().unwrap(), "--achievement", "D1"];
        (self.school.run_as(who, &[&arguments[..], more].concat()), plan.to_string())
    }

    pub(crate) fn approve(&self, who: &str, plan: &str, more: &[&str]) -> Ended {
        let mut arguments = vec!["award", "approve", plan, "--reference", "EC-2026-9"];
        arguments.extend(more);
        self.school.run_as(who, &arguments)
    }
}

pub(crate) fn over_the_api(school: &School) -> Requests {
    let scene = Scene::new(school);
    let decision = scene.granted(&["p1", "p2"]);
    let (presentation, plan) = scene.presentation(&decision, &["p1", "p2"]);
    let raw = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    Requests {
        exemption: json!({
            "holder": scene.did(), "programme": PROGRAMME, "edition": "2026", "parts": ["p2"],
            "basis": "prior-learning", "evidence": [{ "digest": Digest::of(b"portfolio") }],
        }),
        proposal: json!({ "presentation": raw(&presentation), "achievement": "D1" }),
        approval: json!({ "plan": plan, "reference": "EC-2026-9" }),
    }
}

/// A badge of this key for the module, signed now.
pub(crate) fn badge_by(key: &SigningKey, holder: &str, module: &str) -> AchievementCredential {
    let badge = json!({
        "@context": [VC_V2, OB_V3], "id": format!("urn:example:badge:{module}"),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": { "id": did_key(&key.verifying_key()), "type": ["Profile"], "name": "Een bedrijf (illustratief)" },
        "validFrom": "2026-01-30T00:00:00Z", "awardedDate": "2026-01-30T00:00:00Z",
        "credentialSubject": { "id": holder, "type": ["AchievementSubject"], "achievement": {
            "id": format!("https://school.example/{module}"), "type": ["Achievement"], "name": module,
            "description": "Illustratief.", "criteria": { "narrative": "Toont het in de praktijk." },
        } },
    });
    AchievementCredential::parse(&badge.to_string()).unwrap()
}

/// What this key signs.
pub(crate) fn sign<T: Document>(key: &SigningKey, document: T) -> Signed<T> {
    let method = did_key_verification_method(&key.verifying_key());
    Unsecured::new(document).sign(key, &ProofOptions::assertion(method, now())).unwrap()
}

/// How a command ended and what it said.
pub(crate) fn said(ended: &Ended) -> (i32, &str) {
    (ended.code, ended.stderr.as_str())
}
