//! What does the API answer, and how exactly does it say no?

use serde_json::json;
use stapel_issuer::{Actor, ActorId, NewCompletion, Records, Repository as _, Role};
use stapel_issuer_service::store::sqlite::SqliteStore;

use crate::http::ask;
use crate::school::{School, achievement, now};

const JSON: &str = "application/json";

#[test]
fn a_school_s_system_does_all_of_it_over_the_api() {
    let school = School::new();
    let serving = school.serve();
    let (registrar, board) = (school.key("registrar"), school.key("board"));
    let added = serving.post_as(&registrar, "/api/achievements", JSON, &achievement("M3"));
    assert_eq!((added.status, added.json()["version"].as_u64()), (201, Some(1)));
    let body = r#"[{"achievement":"M3","learner":"s1","awarded":"2026-01-30"},{"achievement":"M3","learner":"s1","awarded":"2026-01-30"}]"#;
    let recorded = serving.post_as(&registrar, "/api/completions", JSON, body).json();
    let id = recorded["recorded"][0].as_str().unwrap();
    assert_eq!(recorded["duplicates"], json!([{ "row": 2, "completion": id }]));
    let body = json!({ "completions": [id], "reference": "7" }).to_string();
    assert_eq!(serving.post_as(&board, "/api/approve", JSON, &body).json(), json!({ "changed": 1, "refused": [] }));
    let offers = serving.post_as(&registrar, "/api/offers", JSON, r#"{"all":true,"language":"en"}"#).json();
    assert_eq!(offers["offers"][0]["mail"]["subject"], "Medicatie & veiligheid M3: your badge is ready");
    let one = serving.get_as(&board, &format!("/api/completions/{id}")).json();
    assert_eq!((one["stage"].as_str(), one["approvedBy"].as_str()), (Some("offered"), Some("examination-board")));
    let status = serving.get_as(&board, "/api/status").json();
    assert_eq!(status["waiting"], json!({ "recorded": 0, "approved": 0, "offered": 1, "claimed": 0 }));
    let log = serving.get_as(&school.key("auditor"), "/api/audit").json();
    assert!(log["items"].as_array().unwrap().iter().any(|line| line["action"] == "approve"), "{log}");
    assert_eq!(serving.get_as(&registrar, "/api/institution").json()["did"], school.did());

    let made = serving.post_as(&school.key("admin"), "/api/keys", JSON, r#"{"name":"desk-2","role":"registrar"}"#);
    assert_eq!(made.status, 201);
    let key = made.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(serving.get_as(&key, "/api/programmes").json(), json!([]));
    let bearer = format!("Bearer {}", school.key("admin"));
    let gone = ask(serving.port, "DELETE", "/api/keys/desk-2", &[("Authorization", &bearer)], b"");
    assert_eq!(gone.status, 204);
    assert_eq!(serving.get_as(&key, "/api/programmes").status, 401);
}

#[test]
fn who_may_not_is_told_who_may() {
    let school = School::new();
    let serving = school.serve();
    let registrar = school.key("registrar");
    let refused = serving.post_as(&registrar, "/api/approve", JSON, r#"{"all":true}"#);
    assert_eq!(
        refused.json(),
        json!({
            "type": "https://w3id.org/stapel/problems#not-permitted",
            "title": "This role may not do that",
            "status": 403,
            "detail": "registrar acts as registrar, which may not approve completions; that is for examination-board",
        }),
    );
    let unknown = serving.get_as("nobody", "/api/completions");
    assert_eq!((unknown.status, unknown.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(unknown.problem(), "this API key is not known, or was ended");
    let none = serving.get("/api/completions");
    assert_eq!((none.status, none.problem().as_str()), (401, "send an API key: Authorization: Bearer KEY"));
    let audit = serving.get_as(&registrar, "/api/audit");
    assert_eq!(
        audit.problem(),
        "registrar acts as registrar, which may not read the audit log; that is for administrator or auditor",
    );
}

#[test]
fn nobody_approves_what_the_same_key_recorded() {
    let school = School::new();
    let serving = school.serve();
    // No key has two roles; what was recorded under that name elsewhere, such as before an import, is the case to fear.
    let store = SqliteStore::open(&school.data().join("issuer.sqlite")).unwrap();
    let institution = store.find_institution().unwrap().unwrap();
    let same_name = Actor::new(ActorId::parse("examination-board").unwrap(), Role::Registrar);
    let new = NewCompletion::parse(r#"{"achievement":"M1","learner":"s1","awarded":"2026-01-30"}"#).unwrap();
    let recorded = Records::new(&store, &institution).record(&same_name, vec![new], now()).unwrap();
    let id = recorded[0].id().to_string();
    let body = json!({ "completions": [id] }).to_string();
    let refused = serving.post_as(&school.key("board"), "/api/approve", JSON, &body);
    assert_eq!(refused.status, 403);
    let sentence = format!("examination-board recorded completion {id} and so cannot approve it; somebody else must");
    assert_eq!(refused.problem(), sentence);
    assert_eq!(refused.json()["refused"], json!([{ "completion": id, "cause": sentence }]));
}

#[test]
fn a_malformed_csv_names_row_column_value_and_cause() {
    let school = School::new();
    let serving = school.serve();
    let registrar = school.key("registrar");
    let csv = "achievement,learner,awarded\nM1,s1,2026-01-30\nM1,s2,30-01-2026\nM9,s3,2026-01-30\n";
    let refused = serving.post_as(&registrar, "/api/completions", "text/csv; charset=utf-8", csv);
    assert_eq!(refused.status, 422);
    let errors = json!([
        { "row": 3, "column": "awarded", "value": "30-01-2026", "cause": "\"30-01-2026\" is not a day such as 2026-11-22" },
        { "row": 4, "column": "achievement", "value": "M9", "cause": "there is no achievement M9; add it first" },
    ]);
    assert_eq!(refused.json()["errors"], errors);
    assert_eq!(
        refused.problem(),
        "2 of the rows cannot be taken, so none was: row 3, column awarded: \"30-01-2026\" is not a day such as 2026-11-22",
    );
    let listed = serving.get_as(&registrar, "/api/completions").json();
    assert_eq!(listed["items"], json!([]));
    let kept = serving.post_as(&registrar, "/api/completions?mode=keep-good", "text/csv", csv);
    assert_eq!((kept.status, kept.json()["recorded"].as_array().unwrap().len()), (200, 1));
    assert_eq!(kept.json()["errors"], errors);
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let school = School::new();
    let serving = school.serve();
    let board = school.key("board");
    let problem = |path: &str, body: &str| serving.post_as(&board, path, JSON, body).problem();
    assert_eq!(problem("/api/approve", r#"{"all":true,"all":true}"#), "$.all: the member stands twice in its object");
    assert!(problem("/api/approve", r#"{"everything":true}"#).contains("unknown field `everything`"));
    assert_eq!(
        problem("/api/approve", "{}"),
        "name completions by their ids, or ask for all, not both and not neither"
    );
    let large = format!("{{\"all\":true,\"reference\":\"{}\"}}", "x".repeat(70_000));
    let answer = serving.post_as(&board, "/api/approve", JSON, &large);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "the body has more bytes than are read here"));
    let nothing = serving.get_as(&board, "/api/completions/7");
    assert_eq!((nothing.status, nothing.problem().as_str()), (404, "there is no completion 7"));
    let stage = serving.get_as(&board, "/api/completions?stage=lost");
    assert_eq!(stage.status, 400);
    let body = r#"{"credential":"urn:uuid:00000000-0000-4000-8000-000000000000","reason":"x"}"#;
    assert_eq!(problem("/api/revoke", body), "there is no badge urn:uuid:00000000-0000-4000-8000-000000000000");
}

#[test]
fn a_badge_is_suspended_and_holds_again_where_its_achievement_says_so() {
    let school = School::new();
    let draft = achievement("S1").replacen("{\"code\"", "{\"statusPurpose\":\"suspension\",\"code\"", 1);
    let file = school.write("S1.json", &draft);
    assert_eq!(school.run_as("registrar", &["achievement", "add", file.to_str().unwrap()]).code, 0);
    let wallet = crate::wallet::Wallet::new();
    let csv = format!("achievement,did,awarded\nS1,{0},2026-01-30\nM1,{0},2026-01-30\n", wallet.did());
    let file = school.write("s.csv", &csv);
    school.run_as("registrar", &["completion", "add", file.to_str().unwrap()]);
    school.run_as("board", &["approve", "--all", "--reference", "1"]);
    school.run_as("signer", &["sign"]);
    let listed = school.run_as("board", &["--json", "credential", "list"]).json();
    let id = |code: &str| {
        let found = listed.as_array().unwrap().iter().find(|item| item["achievement"] == code).unwrap();
        found["credential"].as_str().unwrap().to_owned()
    };
    let suspended = school.run_as("board", &["suspend", &id("S1"), "--reason", "onderzoek"]);
    assert_eq!(
        suspended.stdout,
        format!(
            "{}: suspended; whoever asks sees it within five minutes, whoever has a copy of the list within an hour, and whoever has no network within a day\n",
            id("S1")
        )
    );
    let again = school.run_as("board", &["unsuspend", &id("S1")]);
    assert_eq!(
        again.stdout,
        format!(
            "{}: valid again; whoever asks sees it within five minutes, whoever has a copy of the list within an hour, and whoever has no network within a day\n",
            id("S1")
        )
    );
    let other = school.run_as("board", &["suspend", &id("M1"), "--reason", "onderzoek"]);
    assert_eq!(
        (other.code, other.stderr.as_str()),
        (
            1,
            "stapel-issuer: the badges of this achievement can be revoked, not suspended; that was fixed with the achievement\n"
        ),
    );
}
