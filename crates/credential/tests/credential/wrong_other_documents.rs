//! Does a programme, a trust list, a presentation or a plan that is wrong in one place say so, with the JSON path of that place?

use serde_json::{Value, json};
use stapel_credential::{ProgrammeCredential, TrustListCredential, VerifiablePresentation};

fn envelope(kind: &str, subject: &Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0b002",
        "type": ["VerifiableCredential", kind],
        "issuer": { "id": "did:web:roc.example", "type": ["Profile"] },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": subject,
    })
}

fn programme() -> Value {
    let matching = json!({ "achievement": ["https://roc.example/achievements/a"], "issuer": ["did:web:roc.example"] });
    let part = json!({ "id": "a", "name": { "nl": "A" }, "credits": 240, "ways": [{ "all": [matching] }] });
    let award = json!({
        "id": "diploma", "kind": "mbo-diploma", "name": { "nl": "Diploma" }, "code": "crebo:25655", "level": "NLQF 4",
        "requirement": { "all": [{ "part": "a" }, { "part": "a" }] },
    });
    let id = "https://roc.example/programmes/zorg";
    let programme = json!({
        "id": id, "edition": "2026", "name": { "nl": "Zorg" }, "unit": "SBU", "enterFrom": "2026-08-01",
        "awards": [award], "parts": [part],
    });
    envelope("ProgrammeCredential", &json!({ "id": id, "programme": programme }))
}

fn trust_list() -> Value {
    let issuer = json!({
        "did": "did:web:roc.example", "name": "ROC", "kind": "mbo", "from": "2020-08-01",
        "mandates": [{ "code": "crebo:25655", "from": "2024-08-01", "until": "2030-08-01" }],
        "statusIssuers": ["did:web:status.example"],
    });
    let list = json!({ "name": "Register", "sequence": 7, "issuers": [issuer] });
    envelope("TrustListCredential", &json!({ "id": "https://anchor.example/list", "trustList": list }))
}

fn presentation() -> Value {
    let digest = stapel_credential::Digest::from_bytes([7; 32]).to_string();
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0b003",
        "type": ["VerifiablePresentation"],
        "holder": "did:web:learner.example",
        "verifiableCredential": [{ "id": "urn:a" }],
        "bundle": { "title": "Zorg" },
        "question": { "ask": { "award": "diploma" } },
        "plan": {
            "programme": { "id": "https://roc.example/programmes/zorg", "edition": "2026", "digest": digest },
            "ask": { "award": "diploma" },
            "fills": [{
                "target": { "part": { "id": "a", "way": 0 } },
                "by": [{ "issuer": "did:web:roc.example", "id": "urn:a" }],
            }],
        },
    })
}

/// The document is read; with each of these values it is refused with this sentence.
fn assert_said<E: std::fmt::Display>(
    document: &Value,
    parse: impl Fn(&str) -> Result<(), E>,
    cases: &[(&str, Value, &str)],
) {
    assert_eq!(parse(&document.to_string()).map_err(|error| error.to_string()), Ok(()));
    for (pointer, value, sentence) in cases {
        let mut document = document.clone();
        let place = document.pointer_mut(pointer);
        assert!(place.is_some(), "{pointer} is not in the document");
        *place.unwrap() = value.clone();
        let said = parse(&document.to_string()).map_err(|error| error.to_string());
        assert_eq!(said, Err((*sentence).to_owned()), "{pointer}");
    }
}

#[test]
fn a_wrong_value_of_a_programme_is_named_by_its_path() {
    assert_said(
        &programme(),
        |text| ProgrammeCredential::parse(text).map(drop),
        &[
            (
                "/credentialSubject/programme/id",
                json!("zorg"),
                "$.credentialSubject.programme.id: \"zorg\" is not an absolute URL or URN: it has no scheme",
            ),
            (
                "/credentialSubject/programme/edition",
                json!(2026),
                "$.credentialSubject.programme.edition: found the number 2026, expected a text in quotes",
            ),
            (
                "/credentialSubject/programme/awards/0/code",
                json!("25655"),
                "$.credentialSubject.programme.awards[0].code: \"25655\" names no register: write crebo:25655, kcode:K0905, brin:25LP, isat:34560 or code:YOUR-OWN",
            ),
            (
                "/credentialSubject/programme/awards/0/level",
                json!("NLQF 9"),
                "$.credentialSubject.programme.awards[0].level: \"NLQF 9\" is not a level: EQF 1 to 8, NLQF entry, 1 to 8 or 4+",
            ),
            (
                "/credentialSubject/programme/parts/0/credits",
                json!(-1),
                "$.credentialSubject.programme.parts[0].credits: -1 is not an amount of credits: from 0 to 10000000, with at most two decimals",
            ),
            (
                "/credentialSubject/programme/parts/0/ways/0/all/0/achievement/0",
                json!("zorg 1"),
                "$.credentialSubject.programme.parts[0].ways[0].all[0].achievement[0]: \"zorg 1\" is not an absolute URL or URN: it contains a space or another character that URLs do not allow",
            ),
            (
                "/credentialSubject/programme/parts/0/ways/0/all/0/issuer/0",
                json!("https://a.example"),
                "$.credentialSubject.programme.parts[0].ways[0].all[0].issuer[0]: \"https://a.example\" is not a DID such as did:web:school.example or did:key:z6Mk…",
            ),
            (
                "/credentialSubject/programme/awards/0/requirement/all/1",
                json!({ "part": 7 }),
                "$.credentialSubject.programme.awards[0].requirement.all[1].part: found the number 7, expected a text in quotes",
            ),
            (
                "/credentialSubject/programme/enterFrom",
                json!("2026"),
                "$.credentialSubject.programme.enterFrom: \"2026\" is not a day such as 2026-11-22",
            ),
            (
                "/type",
                json!(["VerifiableCredential"]),
                "$.type: expected ProgrammeCredential, found VerifiableCredential",
            ),
        ],
    );
}

#[test]
fn a_wrong_value_of_a_trust_list_is_named_by_its_path() {
    assert_said(
        &trust_list(),
        |text| TrustListCredential::parse(text).map(drop),
        &[
            (
                "/credentialSubject/trustList/sequence",
                json!(-1),
                "$.credentialSubject.trustList.sequence: invalid value: integer `-1`, expected u64",
            ),
            (
                "/credentialSubject/trustList/issuers/0/did",
                json!("https://roc.example"),
                "$.credentialSubject.trustList.issuers[0].did: \"https://roc.example\" is not a DID such as did:web:school.example or did:key:z6Mk…",
            ),
            (
                "/credentialSubject/trustList/issuers/0/from",
                json!("1-8-2020"),
                "$.credentialSubject.trustList.issuers[0].from: \"1-8-2020\" is not a day such as 2026-11-22",
            ),
            (
                "/credentialSubject/trustList/issuers/0/mandates/0/code",
                json!("25655"),
                "$.credentialSubject.trustList.issuers[0].mandates[0].code: \"25655\" names no register: write crebo:25655, kcode:K0905, brin:25LP, isat:34560 or code:YOUR-OWN",
            ),
            (
                "/credentialSubject/trustList/issuers/0/mandates/0/until",
                json!("later"),
                "$.credentialSubject.trustList.issuers[0].mandates[0].until: \"later\" is not a day such as 2026-11-22",
            ),
            (
                "/credentialSubject/trustList/issuers/0/statusIssuers/0",
                json!("roc"),
                "$.credentialSubject.trustList.issuers[0].statusIssuers[0]: \"roc\" is not a DID such as did:web:school.example or did:key:z6Mk…",
            ),
            (
                "/credentialSubject/trustList/name",
                json!(null),
                "$.credentialSubject.trustList.name: found null, expected a text in quotes",
            ),
            (
                "/validFrom",
                json!("2026-11-01"),
                "$.validFrom: \"2026-11-01\" is not a date and time with time zone such as 2026-11-22T09:00:00Z",
            ),
            (
                "/type",
                json!(["VerifiableCredential"]),
                "$.type: expected TrustListCredential, found VerifiableCredential",
            ),
        ],
    );
}

#[test]
fn a_wrong_value_of_a_presentation_is_named_by_its_path() {
    assert_said(
        &presentation(),
        |text| VerifiablePresentation::parse(text).map(drop),
        &[
            ("/holder", json!("anna"), "$.holder: \"anna\" is not an absolute URL or URN: it has no scheme"),
            ("/type", json!("Presentation"), "$.type: expected VerifiablePresentation, found Presentation"),
            ("/id", json!("1"), "$.id: \"1\" is not an absolute URL or URN: it has no scheme"),
            ("/bundle/title", json!(7), "$.bundle.title: found the number 7, expected a text in quotes"),
            ("/question/ask/award", json!(7), "$.question.ask.award: found the number 7, expected a text in quotes"),
            ("/@context", json!(7), "$.@context: expected a context: its URL or an object"),
        ],
    );
}

#[test]
fn a_wrong_value_of_a_plan_is_named_by_its_path() {
    assert_said(
        &presentation(),
        |text| VerifiablePresentation::parse(text).map(drop),
        &[
            (
                "/plan/programme/id",
                json!("zorg"),
                "$.plan.programme.id: \"zorg\" is not an absolute URL or URN: it has no scheme",
            ),
            (
                "/plan/programme/digest",
                json!("abc"),
                "$.plan.programme.digest: \"abc\" is not a digest such as sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            ),
            (
                "/plan/programme/edition",
                json!(7),
                "$.plan.programme.edition: found the number 7, expected a text in quotes",
            ),
            ("/plan/fills", json!({}), "$.plan.fills: found an object {…}, expected a list […]"),
            (
                "/plan/fills/0/target/part/way",
                json!(-1),
                "$.plan.fills[0].target.part.way: invalid value: integer `-1`, expected usize",
            ),
            (
                "/plan/fills/0/target",
                json!({ "module": { "id": "a" } }),
                "$.plan.fills[0].target: unknown variant `module`, expected one of `part`, `slot`, `exemption`",
            ),
            (
                "/plan/fills/0/by/0/issuer",
                json!("school"),
                "$.plan.fills[0].by[0].issuer: \"school\" is not an absolute URL or URN: it has no scheme",
            ),
            (
                "/plan/fills/0/by/0",
                json!("urn:a"),
                "$.plan.fills[0].by[0]: found the text \"urn:a\", expected an object {…}",
            ),
        ],
    );
}
