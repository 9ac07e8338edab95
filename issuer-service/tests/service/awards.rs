//! How does a proposed plan become a diploma, and what keeps it from becoming one?

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Digest, ExemptionDecisionCredential};
use stapel_did::did_key;
use stapel_keys::SigningKey;
use stapel_proof::jcs;

use crate::board::{PROGRAMME, Scene, badge_by, said, sign};
use crate::school::School;

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

/// How part `id` is filled in that way by what was issued so.
fn fill(id: &str, way: usize, issuer: &str, credential: &str) -> Value {
    json!({ "target": { "part": { "id": id, "way": way } }, "by": [{ "issuer": issuer, "id": credential }] })
}

/// A list of the school that vouches for this company, whose keys need no network.
fn vouched(school: &School, company: &str) -> String {
    let csv = format!("did,name,kind,from\n{company},Een bedrijf (illustratief),employer,2020-01-01\n");
    let (file, out) = (school.write("list.csv", &csv), school.path("list.json"));
    let out = out.to_str().unwrap().to_owned();
    let arguments = ["trust-list", "make", file.to_str().unwrap(), "--name", "Bedrijven", "--out", &out];
    let made = school.run_as("admin", &arguments);
    assert_eq!(made.code, 0, "{made:?}");
    out
}

#[test]
fn badges_of_other_issuers_count_by_the_lists_of_the_anchors_that_are_named() {
    let school = School::new();
    let scene = Scene::new(&school);
    let company = SigningKey::generate().unwrap();
    let of_company = did_key(&company.verifying_key()).to_string();
    let badge = |module| sign(&company, badge_by(&company, &scene.did(), module));
    let (first, second) = (badge("p1"), badge("p2"));
    let ids = [&first, &second].map(|badge| badge.peek_unverified().id.to_string());
    let fills = [fill("p1", 0, &of_company, &ids[0]), fill("p2", 0, &of_company, &ids[1])];
    let showing = || scene.presentation_of(&[first.text(), second.text()], &[], &fills);

    let (unknown, plan) = scene.propose_showing("registrar", showing(), &[]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert!(unknown.stderr.starts_with("stapel-issuer: cannot be decided: "), "{unknown:?}");
    let list = vouched(&school, &of_company);
    let without_anchor = scene.propose_showing("registrar", showing(), &["--trust-list", &list]).0;
    assert!(without_anchor.stderr.starts_with("stapel-issuer: cannot be decided: "), "{without_anchor:?}");

    let did = school.did();
    let (proposed, _) = scene.propose_showing("registrar", showing(), &["--trust-list", &list, "--anchor", &did]);
    assert_eq!(proposed.code, 0, "{proposed:?}");
    let word = format!("  on the word of the trust lists of {did}\n");
    assert!(proposed.stdout.ends_with(&word), "{proposed:?}");
    assert!(school.run_as("auditor", &["award", "list"]).stdout.ends_with(&word));

    assert_eq!(scene.approve("board", &plan, &[]).code, 0);
    let (out, record) = (school.path("diploma.json"), school.path("record.json"));
    let [out, record] = [&out, &record].map(|path| path.to_str().unwrap());
    let signed = school.run_as("signer", &["award", "sign", &plan, "--out", out, "--record-out", record]);
    assert_eq!(signed.code, 0, "{signed:?}");
    let (diploma, record) = (fs::read_to_string(out).unwrap(), fs::read_to_string(record).unwrap());
    let held: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(held["documents"].as_array().unwrap().len(), 3, "the programme and two badges");
    assert_eq!(held["counted"].as_array().unwrap().len(), 2);

    // The diploma shows p2 now; what it was made of shows nothing besides.
    let id = AchievementCredential::parse(&diploma).unwrap().id.to_string();
    let fills = [fill("p1", 0, &of_company, &ids[0]), fill("p2", 1, &did, &id)];
    let trusting = ["--trust-list", &list, "--anchor", &did];
    let twice = scene.presentation_of(&[&diploma, first.text()], &[&record], &fills);
    let (refused, _) = scene.propose_showing("registrar", twice, &trusting);
    let badge = &ids[0];
    let sentence = format!(
        "stapel-issuer: the plan does not hold: line 2: {badge} of {of_company} counts already, since {id} of {did} rests on it\n"
    );
    assert_eq!(said(&refused), (1, sentence.as_str()));
    let hidden = scene.presentation_of(&[&diploma, first.text()], &[], &fills);
    let (proposed, _) = scene.propose_showing("registrar", hidden, &trusting);
    let warning = format!("  {id} of {did} came without its award record: what it was made of may count twice\n");
    assert!(proposed.code == 0 && proposed.stdout.ends_with(&warning), "{proposed:?}");
}

#[test]
fn the_record_of_an_award_that_counts_is_kept_in_the_new_record() {
    let school = School::new();
    let scene = Scene::new(&school);
    let company = SigningKey::generate().unwrap();
    let of_company = did_key(&company.verifying_key()).to_string();
    let badges = ["p1", "p2"].map(|module| sign(&company, badge_by(&company, &scene.did(), module)));
    let ids = badges.each_ref().map(|badge| badge.peek_unverified().id.to_string());
    let (list, did) = (vouched(&school, &of_company), school.did());
    let trusting = ["--trust-list", &list, "--anchor", &did];
    let award = |documents: &[&str], records: &[&str], fills: &[Value]| {
        let (proposed, plan) =
            scene.propose_showing("registrar", scene.presentation_of(documents, records, fills), &trusting);
        assert_eq!(proposed.code, 0, "{proposed:?}");
        assert_eq!(scene.approve("board", &plan, &[]).code, 0);
        let signed = school.run_as("signer", &["--json", "award", "sign", &plan]).json();
        ["diploma", "record"].map(|part| signed[part].to_string())
    };
    let [diploma, record] = award(
        &[badges[0].text(), badges[1].text()],
        &[],
        &[fill("p1", 0, &of_company, &ids[0]), fill("p2", 0, &of_company, &ids[1])],
    );
    let first = AchievementCredential::parse(&diploma).unwrap().id.to_string();
    let decision = scene.granted(&["p1"]);
    let exempt = ExemptionDecisionCredential::parse(&decision).unwrap().id;
    let exempt = json!({ "target": { "exemption": { "id": "p1" } }, "by": [{ "issuer": did, "id": exempt }] });
    let [_, record] = award(&[&diploma, &decision], &[&record], &[exempt, fill("p2", 1, &did, &first)]);
    let held: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(held["records"].as_array().unwrap().len(), 1);
}
