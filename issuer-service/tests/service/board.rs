//! What does the examination board do at the command line: exemptions, and awards from proposal to diploma?

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};
use stapel_credential::context::document_contexts;
use stapel_credential::{
    AchievementCredential, CitedEvidence, Digest, ExemptionDecisionCredential, RawJson, VerifiablePresentation,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{ProofOptions, Signed, Unsecured, jcs};

use crate::school::{Ended, School, now};

const PROGRAMME: &str = "https://school.example/programmes/verzorgende";

/// Bodies of requests for the API: a proposal rests on an exemption that was granted before.
pub(crate) struct Requests {
    pub(crate) exemption: Value,
    pub(crate) proposal: Value,
    pub(crate) approval: Value,
}

/// A learner with her wallet's key, at a school that published a programme and its diploma.
struct Scene<'s> {
    school: &'s School,
    key: SigningKey,
    programme: String,
}

fn rules(school: &School) -> String {
    let part = |id: &str, no_exemption: bool| {
        json!({ "id": id, "name": { "nl": id }, "credits": 3, "noExemption": no_exemption,
                "ways": [{ "all": [{ "achievement": [format!("https://school.example/{id}")] }] }] })
    };
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
        "parts": [part("p1", false), part("p2", false), part("p3", true)],
    })
    .to_string()
}

impl<'s> Scene<'s> {
    fn new(school: &'s School) -> Self {
        let file = school.write("rules.json", &rules(school));
        let published = school.run_as("registrar", &["programme", "add", file.to_str().unwrap()]);
        assert_eq!(published.code, 0, "{published:?}");
        let diploma = json!({ "code": "D1", "achievement": {
            "achievementType": "Diploma", "name": "Verzorgende IG", "inLanguage": "nl", "description": "Illustratief.",
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

    fn did(&self) -> String {
        did_key(&self.key.verifying_key()).to_string()
    }

    /// `exemption grant` for these parts.
    fn grant(&self, who: &str, parts: &[&str], more: &[&str]) -> Ended {
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
    fn granted(&self, parts: &[&str]) -> String {
        let ended = self.grant("board", parts, &[]);
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.stdout.trim().to_owned()
    }

    /// A signed presentation of the diploma's plan: these parts by this decision.
    fn presentation(&self, decision: &str, parts: &[&str]) -> (String, Digest) {
        let raw = |text: &str| RawJson::parse(text).unwrap();
        let digest = jcs::digest_text(&self.programme).unwrap();
        let decided = ExemptionDecisionCredential::parse(decision).unwrap();
        let by = json!([{ "issuer": decided.issuer.id, "id": decided.id }]);
        let fill = |part: &&str| json!({ "target": { "exemption": { "id": part } }, "by": by });
        let plan = json!({
            "programme": { "id": PROGRAMME, "edition": "2026", "digest": digest },
            "ask": { "award": "diploma" }, "fills": parts.iter().map(fill).collect::<Vec<_>>(),
        });
        let plan_digest = jcs::digest_text(&plan.to_string()).unwrap();
        let presentation = VerifiablePresentation {
            context: document_contexts(),
            id: None,
            types: vec!["VerifiablePresentation".to_owned()],
            holder: self.did().parse().unwrap(),
            verifiable_credential: vec![raw(&self.programme), raw(decision)],
            plan: Some(serde_json::from_value(plan).unwrap()),
            question: None,
            bundle: None,
        };
        let method = did_key_verification_method(&self.key.verifying_key());
        let options = ProofOptions::authentication(method, now());
        (Unsecured::new(presentation).sign(&self.key, &options).unwrap().text().to_owned(), plan_digest)
    }

    /// Proposes, and gives what the command said and the digest of the plan.
    fn propose(&self, who: &str, decision: &str, parts: &[&str]) -> (Ended, String) {
        let (presentation, plan) = self.presentation(decision, parts);
        let file = self.school.write("presentation.json", &presentation);
        let arguments = ["award", "propose", file.to_str().unwrap(), "--achievement", "D1"];
        (self.school.run_as(who, &arguments), plan.to_string())
    }

    fn approve(&self, who: &str, plan: &str, more: &[&str]) -> Ended {
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

fn said(ended: &Ended) -> (i32, &str) {
    (ended.code, ended.stderr.as_str())
}

#[test]
fn the_board_exempts_from_parts_that_allow_it() {
    let school = School::new();
    let scene = Scene::new(&school);
    assert_eq!(
        said(&scene.grant("registrar", &["p1"], &[])),
        (
            1,
            "stapel-issuer: registrar acts as registrar, which may not grant exemptions; that is for examination-board\n  \
             → use the API key of somebody with that role\n"
        ),
    );
    assert_eq!(
        said(&scene.grant("board", &["p9"], &[])),
        (1, format!("stapel-issuer: {PROGRAMME} has no part \"p9\"; its parts are p1, p2, p3\n").as_str()),
    );
    assert_eq!(
        said(&scene.grant("board", &["p1", "p3"], &[])),
        (1, "stapel-issuer: the programme allows no exemption from part \"p3\": it must be shown\n"),
    );
    let other = school.run_as(
        "board",
        &["exemption", "grant", "--holder", "did:key:x", "--programme", PROGRAMME, "--edition", "2027"]
            .into_iter()
            .chain(["--part", "p1", "--basis", "dialogue"])
            .collect::<Vec<_>>(),
    );
    assert_eq!(
        said(&other),
        (
            1,
            format!(
                "stapel-issuer: this institution published no edition 2027 of {PROGRAMME}; give the signed programme as a file\n"
            )
            .as_str()
        ),
    );

    // A credential is cited with its salt, any other file without.
    let credential = school.write("decision.json", &scene.granted(&["p2"]));
    let portfolio = school.write("portfolio.txt", "Mijn werk.");
    let evidence = ["--evidence", credential.to_str().unwrap(), portfolio.to_str().unwrap(), "--reference", "EC-7"];
    let granted = scene.grant("board", &["p1"], &[&evidence[..], &["--json"]].concat());
    assert_eq!(granted.code, 0, "{granted:?}");
    let json = granted.json();
    let decision = ExemptionDecisionCredential::parse(&json["document"].to_string()).unwrap();
    assert_eq!(decision.description.as_deref(), Some("EC-7"));
    let exemption = decision.credential_subject.exemption;
    assert_eq!((exemption.parts, exemption.basis.as_str()), (vec!["p1".to_owned()], "prior-learning"));
    assert_eq!(exemption.digest, jcs::digest_text(&scene.programme).unwrap());
    let signed: Signed<ExemptionDecisionCredential> = Signed::parse(&fs::read_to_string(&credential).unwrap()).unwrap();
    assert!(exemption.evidence[0].cites(&signed.digest()));
    let [salt] = json["salts"].as_array().unwrap().as_slice() else { panic!("{json}") };
    let own = Digest::of(b"Mijn werk.");
    assert_eq!((&salt["position"], &salt["digest"]), (&json!(1), &json!(own)));
    assert_eq!(exemption.evidence[1].salt, None);
    assert_eq!(exemption.evidence[1].digest, CitedEvidence::salted(&own, salt["salt"].as_str().unwrap()));
    assert!(!granted.stdout.contains("\"salt\": null") && !json["document"].to_string().contains("Mijn werk"));

    // The same again is the same decision, until it is revoked.
    let again = scene.grant("board", &["p1"], &["--json"]).json();
    assert_eq!((&again["already"], &again["credential"]), (&json!(true), &json["credential"]));
    let id = json["credential"].as_str().unwrap();
    let revoked = school.run_as("board", &["revoke", id, "--reason", "vergissing"]);
    assert_eq!((revoked.code, revoked.stdout), (0, format!("{id}: revoked; everyone sees it within five minutes\n")));
    assert_eq!(
        said(&school.run_as("board", &["revoke", id, "--reason", "vergissing"])),
        (1, format!("stapel-issuer: {id} was revoked or suspended before; nothing was changed\n").as_str()),
    );
    let anew = scene.grant("board", &["p1"], &["--json"]).json();
    assert_eq!(anew["already"], json!(false));
    let listed = school.run_as("auditor", &["exemption", "list"]);
    let did = scene.did();
    assert_eq!(listed.stdout.lines().nth(1), Some(format!("{id}  {did}  {PROGRAMME} (2026): p1  revoked").as_str()));
}

#[test]
fn a_complete_plan_becomes_one_diploma_with_its_record() {
    let school = School::new();
    let scene = Scene::new(&school);
    let decision = scene.granted(&["p1", "p2"]);
    let (refused, _) = scene.propose("board", &decision, &["p1", "p2"]);
    assert_eq!(
        said(&refused),
        (
            1,
            "stapel-issuer: examination-board acts as examination-board, which may not propose awards; that is for registrar\n  \
             → use the API key of somebody with that role\n"
        ),
    );
    let (proposed, plan) = scene.propose("registrar", &decision, &["p1", "p2"]);
    assert_eq!((proposed.code, proposed.stdout.lines().next()), (0, Some(plan.as_str())), "{proposed:?}");
    let (again, _) = scene.propose("registrar", &decision, &["p1", "p2"]);
    assert_eq!(again.stdout.lines().nth(1), Some("was proposed before"));

    let (out, record) = (school.path("diploma.json"), school.path("record.json"));
    let (out, record) = (out.to_str().unwrap(), record.to_str().unwrap());
    let sign = ["award", "sign", &plan, "--out", out, "--record-out", record];
    assert_eq!(
        said(&school.run_as("signer", &sign)),
        (1, format!("stapel-issuer: plan {plan} waits for the approval of the examination board\n").as_str()),
    );
    assert_eq!(
        said(&scene.approve("registrar", &plan, &[])),
        (
            1,
            "stapel-issuer: registrar acts as registrar, which may not approve awards; that is for examination-board\n  \
             → use the API key of somebody with that role\n"
        ),
    );
    let approved = scene.approve("board", &plan, &[]);
    let did = scene.did();
    let line = format!("{plan}  approved  {PROGRAMME} (2026) D1 version 1  {did}\n");
    assert_eq!((approved.code, approved.stdout.as_str()), (0, line.as_str()), "{approved:?}");
    assert_eq!(
        said(&school.run_as("board", &sign)),
        (
            1,
            "stapel-issuer: examination-board acts as examination-board, which may not sign diplomas; that is for signer\n  \
             → use the API key of somebody with that role\n"
        ),
    );
    let signed = school.run_as("signer", &[&sign[..], &["--json"]].concat());
    assert_eq!((signed.code, &signed.json()["already"]), (0, &json!(false)), "{signed:?}");
    let text = fs::read_to_string(out).unwrap();
    let diploma = AchievementCredential::parse(&text).unwrap();
    let kept = fs::read_to_string(record).unwrap();
    let [programme, fixed] = diploma.related_resource.as_slice() else { panic!("{diploma:?}") };
    assert_eq!(programme.digest_sri, Some(jcs::digest_text(&scene.programme).unwrap()));
    assert_eq!(fixed.digest_sri, Some(jcs::digest_text(&kept).unwrap()));
    let approval = diploma.credential_subject.approval.unwrap();
    assert_eq!(approval.approval_reference.as_deref(), Some("EC-2026-9"));
    assert_eq!(diploma.credential_subject.id.unwrap().as_str(), did);

    let once_more = school.run_as("signer", &sign);
    assert_eq!(once_more.stdout, format!("{} (was signed before)\n  {out}\n  {record}\n", diploma.id));
    assert_eq!(fs::read_to_string(out).unwrap(), text);
    assert_eq!(school.run_as("auditor", &["award", "list"]).stdout, line.replace("approved", "signed"));

    let id = diploma.id.as_str();
    assert_eq!(school.run_as("board", &["revoke", id, "--reason", "fraude"]).code, 0);
    let ended = school.run_as("signer", &sign);
    let start = format!("stapel-issuer: the diploma of plan {plan} was signed before and ended at ");
    assert!(ended.code == 1 && ended.stderr.starts_with(&start), "{ended:?}");
}

#[test]
fn what_was_revoked_meanwhile_is_refused_at_the_moment_of_signing() {
    let school = School::new();
    let scene = Scene::new(&school);
    let decision = scene.granted(&["p1", "p2"]);
    let (_, plan) = scene.propose("registrar", &decision, &["p1", "p2"]);
    assert_eq!(scene.approve("board", &plan, &[]).code, 0);
    let id = ExemptionDecisionCredential::parse(&decision).unwrap().id;
    assert_eq!(school.run_as("board", &["revoke", id.as_str(), "--reason", "vergissing"]).code, 0);
    let refused = school.run_as("signer", &["award", "sign", &plan]);
    let start = format!("stapel-issuer: refused: {id} of {}: ", school.did());
    assert!(refused.code == 1 && refused.stderr.starts_with(&start), "{refused:?}");
    assert!(refused.stderr.contains("revoked"), "{refused:?}");
    assert_eq!(school.run_as("auditor", &["--json", "award", "list"]).json()[0]["stage"], "approved");
}

#[test]
fn an_incomplete_plan_is_awarded_only_by_a_recorded_decision() {
    let school = School::new();
    let scene = Scene::new(&school);
    let decision = scene.granted(&["p1", "p2"]);
    let (proposed, plan) = scene.propose("registrar", &decision, &["p1"]);
    assert_eq!(
        proposed.stdout.lines().last(),
        Some("incomplete: it can be approved only with --decision, a decision of the board"),
    );
    assert_eq!(
        said(&scene.approve("board", &plan, &[])),
        (
            1,
            format!(
                "stapel-issuer: plan {plan} does not complete the award, and no decision of the board says why it is awarded nevertheless\n"
            )
            .as_str()
        ),
    );
    let approved = scene.approve("board", &plan, &["--decision", "Onderdeel p2 is vervallen."]);
    assert_eq!(approved.code, 0, "{approved:?}");
    let other = scene.approve("board", &plan, &["--decision", "Iets anders."]);
    assert_eq!(
        said(&other),
        (
            1,
            format!(
                "stapel-issuer: plan {plan} was approved before by examination-board under reference \"EC-2026-9\"; an approval does not change\n"
            )
            .as_str()
        ),
    );
    let signed = school.run_as("signer", &["--json", "award", "sign", &plan]);
    assert_eq!(signed.json()["record"]["decision"], "Onderdeel p2 is vervallen.", "{signed:?}");
}

#[test]
fn a_presentation_that_does_not_hold_is_not_put_before_the_board() {
    let school = School::new();
    let scene = Scene::new(&school);
    let decision = scene.granted(&["p1"]);
    let (more, _) = scene.propose("registrar", &decision, &["p1", "p2"]);
    let start = "stapel-issuer: the plan does not hold: line 2: urn:uuid:";
    assert!(more.code == 1 && more.stderr.starts_with(start), "{more:?}");
    let (presentation, _) = scene.presentation(&decision, &["p1"]);
    let altered = presentation.replacen("\"diploma\"", "\"certificaat\"", 1);
    let file = school.write("altered.json", &altered);
    let refused = school.run_as("registrar", &["award", "propose", file.to_str().unwrap(), "--achievement", "D1"]);
    assert!(refused.stderr.starts_with("stapel-issuer: refused: the presentation: the signature of "), "{refused:?}");
    // M1 is a microcredential.
    let file = school.write("whole.json", &presentation);
    let other = school.run_as("registrar", &["award", "propose", file.to_str().unwrap(), "--achievement", "M1"]);
    assert_eq!(
        said(&other),
        (
            1,
            "stapel-issuer: achievement M1 does not state award \"diploma\" of the programme: it lacks the kind mbo-diploma\n"
        ),
    );
    assert_eq!(school.run_as("auditor", &["award", "list"]).stdout, "none yet\n");
    let unknown = Digest::of(b"nothing").to_string();
    assert_eq!(
        said(&scene.approve("board", &unknown, &[])),
        (1, format!("stapel-issuer: no plan {unknown} was proposed\n").as_str()),
    );
}

#[test]
fn a_killed_signer_leaves_no_diploma_or_the_one_that_is_stored() {
    let school = School::new();
    let scene = Scene::new(&school);
    let decision = scene.granted(&["p1", "p2"]);
    let (_, plan) = scene.propose("registrar", &decision, &["p1", "p2"]);
    assert_eq!(scene.approve("board", &plan, &[]).code, 0);
    let count = |sql: &str| -> u32 {
        let database = Connection::open(school.data().join("issuer.sqlite")).unwrap();
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    for millis in [1, 5, 20, 50, 100, 200] {
        let mut command = school.command(&["award", "sign", &plan]);
        command.env("STAPEL_API_KEY", school.key("signer")).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_millis(millis));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        assert_eq!(count("SELECT count(*) FROM documents"), count("SELECT sum(next) FROM status_lists"));
    }
    let signed = school.run_as("signer", &["--json", "award", "sign", &plan]).json();
    assert_eq!(count("SELECT count(*) FROM documents WHERE kind = 'diploma'"), 1);
    assert_eq!(school.run_as("signer", &["--json", "award", "sign", &plan]).json()["diploma"], signed["diploma"]);
}
