//! Does a badge that is wrong in one place say so, in a sentence, with the JSON path of that place?

use proptest::prelude::{Strategy, any, proptest};
use serde_json::{Value, json};
use stapel_credential::image::MAX_DATA_IMAGE_BYTES;
use stapel_credential::{
    Achievement, AchievementCredential, AchievementType, Alignment, IdentifierType, Image, ImageAddress, LanguageTag,
    Profile, RawJson, json as strict,
};

const FULL_BADGE: &str = include_str!("../documents/full-badge.json");

/// What is said about the full badge when the value at the JSON pointer is another.
fn said_about(pointer: &str, value: Value) -> String {
    let mut document: Value = serde_json::from_str(FULL_BADGE).unwrap();
    *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not in the full badge")) = value;
    AchievementCredential::parse(&document.to_string()).unwrap_err().to_string()
}

#[test]
fn a_wrong_value_of_open_badges_is_named_by_its_path() {
    for (pointer, value, sentence) in [
        (
            "/credentialSubject/achievement/name",
            json!(7),
            "$.credentialSubject.achievement.name: found the number 7, expected a text in quotes",
        ),
        (
            "/credentialSubject/achievement/id",
            json!("module 1"),
            "$.credentialSubject.achievement.id: \"module 1\" is not an absolute URL or URN: it contains a space or another character that URLs do not allow",
        ),
        (
            "/credentialSubject/achievement/alignment/2/targetCode",
            json!("9"),
            "$.credentialSubject.achievement.alignment[2]: \"EQF 9\" is not a level: EQF 1 to 8, NLQF entry, 1 to 8 or 4+",
        ),
        (
            "/credentialSubject/achievement/alignment/3/targetCode",
            json!("mbo 4"),
            "$.credentialSubject.achievement.alignment[3]: \"NLQF mbo 4\" is not a level: EQF 1 to 8, NLQF entry, 1 to 8 or 4+",
        ),
        (
            "/credentialSubject/achievement/achievementType",
            json!("Praktijkverklaring"),
            "$.credentialSubject.achievement.achievementType: \"Praktijkverklaring\" is not an achievementType of Open Badges 3.0; others are written ext:name",
        ),
        (
            "/credentialSubject/achievement/otherIdentifier/0/identifierType",
            json!("crebo"),
            "$.credentialSubject.achievement.otherIdentifier[0].identifierType: \"crebo\" is not an identifierType of Open Badges 3.0; others are written ext:name",
        ),
        (
            "/credentialSubject/achievement/creditsAvailable",
            json!(2.345),
            "$.credentialSubject.achievement.creditsAvailable: 2.345 is not an amount of credits: from 0 to 10000000, with at most two decimals",
        ),
        (
            "/credentialSubject/achievement/inLanguage",
            json!("Dutch"),
            "$.credentialSubject.achievement.inLanguage: \"Dutch\" is not a language tag such as nl or en-GB",
        ),
        (
            "/credentialSubject/achievement/tag",
            json!(true),
            "$.credentialSubject.achievement.tag: found true, expected one value or a list",
        ),
        (
            "/credentialSubject/achievement/tag/1",
            json!({}),
            "$.credentialSubject.achievement.tag[1]: found an object {…}, expected a text in quotes",
        ),
        (
            "/credentialSubject/achievement/image/id",
            json!("data:text/html,x"),
            "$.credentialSubject.achievement.image.id: \"data:text/html,x\" is not an image: data:image/… is expected",
        ),
        (
            "/credentialSubject/activityEndDate",
            json!("2026-06-30"),
            "$.credentialSubject.activityEndDate: \"2026-06-30\" is not a date and time with time zone such as 2026-11-22T09:00:00Z",
        ),
        (
            "/credentialSubject/result/0/status",
            json!("Done"),
            "$.credentialSubject.result[0].status: unknown variant `Done`, expected one of `Completed`, `Enrolled`, `Failed`, `InProgress`, `OnHold`, `Provisional`, `Withdrew`",
        ),
        (
            "/credentialSubject/achievement/criteria",
            json!("https://school.example"),
            "$.credentialSubject.achievement.criteria: found the text \"https://school.example\", expected an object {…}",
        ),
        ("/issuer", json!(["did:web:a"]), "$.issuer: found a list […], expected a profile: its URI or an object"),
        ("/issuer", json!("school"), "$.issuer: \"school\" is not an absolute URL or URN: it has no scheme"),
        (
            "/issuer/otherIdentifier",
            json!({"type": "IdentifierEntry", "identifier": "25LP"}),
            "$.issuer.otherIdentifier: missing field `identifierType`",
        ),
        ("/@context/1", json!(3), "$.@context: expected a context: its URL or an object"),
    ] {
        assert_eq!(said_about(pointer, value), sentence, "{pointer}");
    }
}

#[test]
fn a_wrong_value_of_our_extension_is_named_by_its_path() {
    for (pointer, value, sentence) in [
        (
            "/credentialSubject/achievement/credentialKind/1",
            json!("diploma-ish"),
            "$.credentialSubject.achievement.credentialKind[1]: unknown variant `diploma-ish`, expected one of `microcredential`, `testimonium`, `deelcertificaat`, `keuzedeelcertificaat`, `mbo-certificaat-beroepsgericht`, `mbo-certificaat-specialistisch`, `mbo-certificaat-verbredend`, `mbo-verklaring`, `praktijkverklaring`, `branchecertificaat`, `branchediploma`, `evc-certificaat`, `mbo-diploma`, `associate-degree`, `bachelor`, `master`, `diploma`, `certificaat`, `competentie`, `deelnamebewijs`",
        ),
        (
            "/credentialSubject/achievement/creditUnit",
            json!("ECTS"),
            "$.credentialSubject.achievement.creditUnit: unknown variant `ECTS`, expected `EC` or `SBU`",
        ),
        (
            "/credentialSubject/achievement/assessment/0/assessmentSupervision",
            json!("camera"),
            "$.credentialSubject.achievement.assessment[0].assessmentSupervision: unknown variant `camera`, expected one of `unsupervised`, `on-site`, `online`, `automated`",
        ),
        (
            "/credentialSubject/workplace/0/workplaceFrom",
            json!("1-2-2026"),
            "$.credentialSubject.workplace[0].workplaceFrom: \"1-2-2026\" is not a day such as 2026-11-22",
        ),
    ] {
        assert_eq!(said_about(pointer, value), sentence, "{pointer}");
    }
}

#[test]
fn a_mandatory_member_that_is_absent_is_named() {
    for (pointer, member, sentence) in [
        ("/credentialSubject", "achievement", "$.credentialSubject: missing field `achievement`"),
        ("/credentialSubject/achievement", "criteria", "$.credentialSubject.achievement: missing field `criteria`"),
        ("/issuer", "id", "$.issuer: missing field `id`"),
    ] {
        let mut document: Value = serde_json::from_str(FULL_BADGE).unwrap();
        document.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(member);
        let error = AchievementCredential::parse(&document.to_string()).unwrap_err();
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn the_level_of_another_countrys_framework_is_read_past() {
    let alignment = json!({
        "type": ["Alignment"], "targetName": "DQR 5", "targetCode": "5a", "targetFramework": "DQR",
        "targetType": "ext:QualificationLevel", "targetUrl": "https://dqr.example/5"
    });
    let alignment: Alignment = strict::view(&alignment.to_string()).unwrap();
    assert_eq!(alignment.level(), None);
    assert!(!alignment.is_outcome());
}

#[test]
fn one_value_stands_for_a_list() {
    let achievement = json!({
        "id": "urn:a", "type": "Achievement", "name": "A", "description": "A", "criteria": {},
        "tag": "one",
        "alignment": {"type": "Alignment", "targetName": "N", "targetUrl": "https://a.example"},
        "endorsement": {"id": "urn:e"},
        "endorsementJwt": "a.b.c",
        "participation": "online",
        "recognition": null
    });
    let one: Achievement = strict::view(&achievement.to_string()).unwrap();
    let mut listed = achievement;
    for member in ["type", "tag", "alignment", "endorsement", "endorsementJwt", "participation"] {
        listed[member] = json!([listed[member]]);
    }
    listed["alignment"][0]["type"] = json!(["Alignment"]);
    listed["recognition"] = json!([]);
    assert_eq!(strict::view::<Achievement>(&listed.to_string()).unwrap(), one);
    assert_eq!(one.endorsement, [RawJson::parse(r#"{"id":"urn:e"}"#).unwrap()]);
}

#[test]
fn one_value_stands_for_a_list_in_the_envelope_too() {
    let mut document: Value = serde_json::from_str(FULL_BADGE).unwrap();
    document["refreshService"] = json!({"type": "1EdTechCredentialRefresh"});
    document["termsOfUse"] = json!({"type": "Any"});
    for member in ["endorsement", "endorsementJwt", "evidence", "credentialSchema"] {
        document[member] = document[member][0].take();
    }
    let one = AchievementCredential::parse(&document.to_string()).unwrap();
    for member in ["refreshService", "termsOfUse", "endorsement", "endorsementJwt", "evidence", "credentialSchema"] {
        document[member] = json!([document[member]]);
    }
    assert_eq!(AchievementCredential::parse(&document.to_string()).unwrap(), one);
    document["@context"] = json!("https://www.w3.org/ns/credentials/v2");
    assert_eq!(AchievementCredential::parse(&document.to_string()).unwrap().context.len(), 1);
}

#[test]
fn a_bare_uri_is_a_profile_that_is_written_as_one_or_an_image_with_only_that_id() {
    let profile: Profile = strict::view("\"did:web:school.example\"").unwrap();
    assert_eq!(profile.did().unwrap().as_str(), "did:web:school.example");
    assert_eq!(serde_json::to_string(&profile).unwrap(), r#""did:web:school.example""#);
    let image: Image = strict::view("\"https://school.example/a.png\"").unwrap();
    assert_eq!(serde_json::to_string(&image).unwrap(), r#"{"id":"https://school.example/a.png","type":"Image"}"#);
}

#[test]
fn an_image_over_the_cap_is_refused() {
    let image = |bytes: usize| {
        let start = "data:image/png;base64,";
        ImageAddress::parse(&format!("{start}{}", "A".repeat(bytes - start.len())))
    };
    assert!(image(MAX_DATA_IMAGE_BYTES).unwrap().is_embedded());
    assert_eq!(
        image(MAX_DATA_IMAGE_BYTES + 1).unwrap_err().to_string(),
        "the image inside the document has 524289 bytes; at most 524288 are read"
    );
}

#[test]
fn an_endorsement_is_kept_letter_by_letter() {
    let text = r#"{"id":"urn:a","type":["Profile"],"endorsement":[{ "n": 1.50,  "a": "\u0041" }]}"#;
    let profile: Profile = strict::view(text).unwrap();
    assert_eq!(profile.endorsement[0].as_str(), r#"{ "n": 1.50,  "a": "\u0041" }"#);
    assert_eq!(serde_json::to_string(&profile).unwrap(), text);
}

#[test]
fn words_of_ones_own_start_with_ext() {
    for good in ["ext:Praktijkverklaring", "ext:crebo", "ext:nl.example-1_a"] {
        assert_eq!(AchievementType::parse(good).unwrap().as_str(), good);
        assert_eq!(IdentifierType::parse(good).unwrap().to_string(), good);
    }
    for bad in ["ext:", "ext:a b", "ext:-a", "EXT:a", "diploma", "", "ext:é"] {
        assert!(AchievementType::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn language_tags_are_those_of_the_schema() {
    for good in ["nl", "en-GB", "zh-Hant-TW", "es-419", "fry", "uz-Cyrl"] {
        assert_eq!(LanguageTag::parse(good).unwrap().as_str(), good);
    }
    for bad in ["", "n", "NL", "nl-nl", "nl_NL", "nl-", "zh-TW-Hant", "en-GB-oed", "nederlands"] {
        assert!(LanguageTag::parse(bad).is_err(), "{bad}");
    }
}

/// Any JSON value, some levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = proptest::prop_oneof![
        proptest::strategy::Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(Value::from),
        any::<String>().prop_map(Value::String),
        "(ext:|did:web:|data:image/)?[a-z0-9]{0,6}".prop_map(Value::String),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        proptest::prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::btree_map("id|type|name|[a-z]{1,3}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The JSON pointers of all values of a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| pointers(value, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

proptest! {
    /// Whatever stands anywhere in the badge: it is refused with a sentence, or read and written without a change of meaning.
    #[test]
    fn any_value_anywhere_is_refused_or_survives_a_round_trip(place: proptest::sample::Index, value in any_json()) {
        let mut document: Value = serde_json::from_str(FULL_BADGE).unwrap();
        let mut places = Vec::new();
        pointers(&document, "", &mut places);
        *document.pointer_mut(&places[place.index(places.len())]).unwrap() = value;
        match AchievementCredential::parse(&document.to_string()) {
            Ok(badge) => {
                let written = serde_json::to_string(&badge).unwrap();
                proptest::prop_assert_eq!(AchievementCredential::parse(&written).unwrap(), badge);
            }
            Err(error) => proptest::prop_assert!(error.to_string().starts_with('$'), "{}", error),
        }
    }
}
