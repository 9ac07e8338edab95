//! Does every route of the API answer, and does it refuse who may not? Compared with the list of routes in the source.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::http::{Answer, ask};
use crate::school::{School, Serving, achievement};

const ROUTES: &str = include_str!("../../src/routes.rs");

/// Method and pattern.
type Route = (String, String);

/// The routes of the API, as the source has them.
fn in_source() -> BTreeSet<Route> {
    let patterns: Vec<(&str, &str)> = ROUTES
        .lines()
        .filter_map(|line| line.strip_prefix("pub(crate) const ")?.split_once(": Route = Route(\""))
        .map(|(name, rest)| (name, rest.trim_end_matches("\");")))
        .filter(|(name, _)| name.starts_with("API_"))
        .collect();
    let mut routes = BTreeSet::new();
    for line in ROUTES.lines() {
        let Some((name, handlers)) = line.trim().strip_prefix(".route(").and_then(|rest| rest.split_once(".0, "))
        else {
            continue;
        };
        let Some((_, pattern)) = patterns.iter().find(|(found, _)| *found == name) else { continue };
        for (call, method) in [("get(", "GET"), ("post(", "POST"), ("delete(", "DELETE")] {
            if handlers.contains(call) {
                routes.insert((method.to_owned(), (*pattern).to_owned()));
            }
        }
    }
    assert!(patterns.iter().all(|(_, pattern)| routes.iter().any(|(_, found)| found == pattern)), "{routes:?}");
    routes
}

/// Somebody who remembers which routes answered.
struct Asker<'s> {
    school: &'s School,
    serving: &'s Serving,
    answered: RefCell<BTreeSet<Route>>,
}

impl Asker<'_> {
    fn ask(&self, who: &str, route: &str, value: &str, body: &str) -> Answer {
        let (method, pattern) = route.split_once(' ').unwrap();
        let path = pattern.split('/').map(|part| if part.starts_with('{') { value } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        let bearer = format!("Bearer {}", self.school.key(who));
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let answer = ask(self.serving.port, method, &path, &headers, body.as_bytes());
        if (200..300).contains(&answer.status) {
            self.answered.borrow_mut().insert((method.to_owned(), pattern.to_owned()));
        }
        answer
    }

    /// What a route answers whom it is for, and before that: that it refuses another, exactly so.
    fn ask_after(&self, other: &str, verb: &str, who: &str, route: &str, value: &str, body: &str) -> Value {
        let named = |who: &str| {
            match who {
                "board" => "examination-board",
                "admin" => "administrator",
                other => other,
            }
            .to_owned()
        };
        let refused = self.ask(other, route, value, body);
        let (other, roles) = (named(other), ROLES.iter().find(|(found, _)| *found == verb).unwrap().1);
        assert_eq!(
            (refused.status, refused.json()),
            (
                403,
                json!({
                    "type": "https://w3id.org/stapel/problems#not-permitted",
                    "title": "This role may not do that",
                    "status": 403,
                    "detail": format!("{other} acts as {other}, which may not {verb}; that is for {roles}"),
                }),
            ),
            "{route}",
        );
        self.done(who, route, value, body)
    }

    fn done(&self, who: &str, route: &str, value: &str, body: &str) -> Value {
        let answer = self.ask(who, route, value, body);
        assert!((200..300).contains(&answer.status), "{route}: {} {}", answer.status, answer.body);
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }
}

/// What is for whom.
const ROLES: [(&str, &str); 15] = [
    ("add achievements", "registrar or administrator"),
    ("publish programmes", "registrar or administrator"),
    ("record completions", "registrar"),
    ("approve completions", "examination-board"),
    ("reject completions", "examination-board"),
    ("sign badges", "signer"),
    ("hand out claim codes", "registrar or signer"),
    ("revoke badges", "examination-board"),
    ("reinstate badges", "examination-board"),
    ("grant exemptions", "examination-board"),
    ("propose awards", "registrar"),
    ("approve awards", "examination-board"),
    ("sign diplomas", "signer"),
    ("create API keys", "administrator"),
    ("end API keys", "administrator"),
];

/// A programme of one part, with that name.
pub(crate) fn programme(name: &str) -> String {
    json!({
        "id": "https://school.example/programmes/zorg", "edition": "2026", "name": { "nl": name }, "unit": "EC",
        "illustrative": { "nl": "Illustratief." },
        "awards": [{
            "id": "certificaat", "kind": "certificaat", "name": { "nl": "Certificaat zorg" },
            "requirement": { "id": "alles", "name": { "nl": "Alles" }, "all": [{ "part": "p1" }] },
        }],
        "parts": [{
            "id": "p1", "name": { "nl": "Medicatie" }, "credits": 3, "ways": [{ "all": [{ "code": ["crebo:25655"] }] }],
        }],
    })
    .to_string()
}

#[test]
fn every_route_of_the_api_answers() {
    let school = School::new();
    let serving = school.serve();
    let api = Asker { school: &school, serving: &serving, answered: RefCell::default() };

    assert_eq!(api.done("auditor", "GET /api/institution", "", "")["did"], school.did());
    // S1 can be suspended, M1 revoked.
    let s1 = achievement("S1").replacen("{\"code\"", "{\"statusPurpose\":\"suspension\",\"code\"", 1);
    let added = api.ask_after("board", "add achievements", "registrar", "POST /api/achievements", "", &s1);
    assert_eq!((&added["code"], &added["version"]), (&json!("S1"), &json!(1)));
    assert_eq!(api.done("signer", "GET /api/achievements", "", "").as_array().unwrap().len(), 3);

    let rules = programme("Zorg");
    let checked = api.done("auditor", "POST /api/programmes/check", "", &rules);
    assert_eq!((&checked["awards"], &checked["parts"]), (&json!(1), &json!(1)));
    assert_eq!(api.done("signer", "GET /api/programmes", "", ""), json!([]), "a check publishes nothing");
    let published = api.ask_after("signer", "publish programmes", "registrar", "POST /api/programmes", "", &rules);
    assert_eq!(api.done("signer", "GET /api/programmes", "", ""), json!([published]));

    let of = |achievement: &str, learner: Value| {
        let mut one = json!({ "achievement": achievement, "awarded": "2026-01-30" });
        one.as_object_mut().unwrap().extend(learner.as_object().unwrap().clone());
        one
    };
    let wallet = json!({ "did": "did:key:z6MkLearner1" });
    let four = json!([
        of("M1", wallet.clone()),
        of("S1", wallet),
        of("M1", json!({ "learner": "s1" })),
        of("M2", json!({ "learner": "s1" })),
    ]);
    let route = "POST /api/completions";
    let recorded = api.ask_after("board", "record completions", "registrar", route, "", &four.to_string());
    let ids: Vec<&str> = recorded["recorded"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let [revoked, suspended, offered, rejected] = ids.as_slice() else { panic!("{recorded}") };
    assert_eq!(api.done("auditor", "GET /api/completions", "", "")["items"].as_array().unwrap().len(), 4);

    let body = json!({ "completions": [rejected], "reason": "ingetrokken" }).to_string();
    let answer = api.ask_after("registrar", "reject completions", "board", "POST /api/reject", "", &body);
    assert_eq!(answer, json!({ "changed": 1, "refused": [] }));
    let one = api.done("auditor", "GET /api/completions/{completion}", rejected, "");
    assert_eq!((&one["stage"], &one["reason"]), (&json!("rejected"), &json!("ingetrokken")));
    let body = json!({ "completions": [revoked, suspended, offered], "reference": "7" }).to_string();
    let answer = api.ask_after("registrar", "approve completions", "board", "POST /api/approve", "", &body);
    assert_eq!(answer, json!({ "changed": 3, "refused": [] }));
    let answer = api.ask_after("registrar", "sign badges", "signer", "POST /api/sign", "", "");
    assert_eq!(answer, json!({ "signed": 2, "skipped": 0 }));
    let answer = api.ask_after("board", "hand out claim codes", "registrar", "POST /api/offers", "", r#"{"all":true}"#);
    assert_eq!(answer["offers"][0]["completion"], **offered);

    let badges = api.done("auditor", "GET /api/credentials", "", "")["items"].clone();
    let badge =
        |id: &str| badges.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap()["credential"].clone();
    let (to_revoke, to_suspend) = (badge(revoked), badge(suspended));
    let body = json!({ "credential": to_revoke, "reason": "fout" }).to_string();
    let answer = api.ask_after("registrar", "revoke badges", "board", "POST /api/revoke", "", &body);
    assert_eq!(answer, json!({ "credential": to_revoke, "completion": revoked, "status": "revoked" }));
    let body = json!({ "credential": to_suspend, "reason": "onderzoek" }).to_string();
    let answer = api.ask_after("registrar", "revoke badges", "board", "POST /api/suspend", "", &body);
    assert_eq!(answer, json!({ "credential": to_suspend, "completion": suspended, "status": "suspended" }));
    let body = json!({ "credential": to_suspend }).to_string();
    let answer = api.ask_after("registrar", "reinstate badges", "board", "POST /api/reinstate", "", &body);
    assert_eq!(answer, json!({ "credential": to_suspend, "completion": suspended, "status": "valid" }));

    let board = crate::board::over_the_api(&school);
    let (exemption, plan) = (board.exemption.to_string(), board.approval["plan"].clone());
    let route = "POST /api/exemptions";
    let granted = api.ask_after("registrar", "grant exemptions", "board", route, "", &exemption);
    assert_eq!((&granted["already"], &granted["status"]), (&json!(false), &json!("valid")));
    assert_eq!(api.done("auditor", "GET /api/exemptions", "", "")[1]["credential"], granted["credential"]);
    let proposal = board.proposal.to_string();
    let proposed = api.ask_after("board", "propose awards", "registrar", "POST /api/awards", "", &proposal);
    assert_eq!((&proposed["plan"], &proposed["stage"]), (&plan, &json!("proposed")));
    let route = "POST /api/awards/approve";
    let approved = api.ask_after("registrar", "approve awards", "board", route, "", &board.approval.to_string());
    assert_eq!(approved["stage"], "approved");
    let named = json!({ "plan": plan }).to_string();
    let signed = api.ask_after("board", "sign diplomas", "signer", "POST /api/awards/sign", "", &named);
    assert_eq!(signed["record"]["planDigest"], plan);
    assert_eq!(api.done("signer", "POST /api/awards/sign", "", &named)["diploma"], signed["diploma"]);
    assert_eq!(api.done("auditor", "GET /api/awards", "", "")[0]["stage"], "signed");

    let status = api.done("auditor", "GET /api/status", "", "");
    assert_eq!((&status["credentials"], &status["waiting"]["offered"]), (&json!(2), &json!(1)));
    let body = r#"{"name":"desk-2","role":"registrar"}"#;
    let made = api.ask_after("registrar", "create API keys", "admin", "POST /api/keys", "", body);
    assert_eq!((&made["name"], &made["role"]), (&json!("desk-2"), &json!("registrar")));
    assert_eq!(api.done("auditor", "GET /api/keys", "", "").as_array().unwrap().len(), 6);
    api.ask_after("registrar", "end API keys", "admin", "DELETE /api/keys/{name}", "desk-2", "");
    let log = api.done("auditor", "GET /api/audit", "", "");
    let actions: Vec<&str> =
        log["items"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert_eq!(actions.iter().filter(|action| **action == "sign").count(), 2, "one for each list: {actions:?}");

    assert_eq!(api.answered.into_inner(), in_source(), "each route of the source was asked, and answered");
}
