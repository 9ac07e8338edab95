//! Random badges: every member that Open Badges 3.0 and our extension have, there or not, with awkward texts; and documents with an
//! inline context that uses what JSON-LD 1.1 has to offer.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stapel_credential::context::BADGE_EXTENSION;

/// A member that is there or not.
type Maybe = Option<Value>;

fn text() -> BoxedStrategy<Value> {
    let awkward = prop_oneof![
        Just(String::new()),
        Just("\"quoted\" \\ \t\r\n\u{8}\u{c}\u{1}\u{7f}".to_owned()),
        Just("😀 e\u{301} \u{feff}\u{85}\u{2028}".to_owned()),
        Just("@type".to_owned()),
        Just("urn:ex:looks-like-an-iri".to_owned()),
        "\\PC{0,12}",
    ];
    prop_oneof![3 => "[a-zA-Zë ]{1,20}", 1 => awkward].prop_map(Value::String).boxed()
}

/// A text that may carry a language and a direction (VC Data Model 2.0 §11.1).
///
/// Languages are in small letters: ours are written so, as by jsonld.js; `json-ld` leaves them, as the standard permits too. And a
/// direction has a language: `json-ld` writes `i18n#rtl` for one that has none, where JSON-LD 1.1 API §8.6 asks for `i18n#_rtl`.
fn words() -> BoxedStrategy<Value> {
    let language = prop_oneof![Just("nl"), Just("en-gb"), Just("ar")];
    let direction = option::of(prop_oneof![Just("ltr"), Just("rtl")]);
    let with = (text(), option::of(language), direction).prop_map(|(value, language, direction)| {
        object([
            ("@value", Some(value)),
            ("@language", language.map(Value::from)),
            ("@direction", direction.filter(|_| language.is_some()).map(Value::from)),
        ])
    });
    prop_oneof![4 => text(), 1 => with.clone(), 1 => vec(with, 0..3).prop_map(Value::Array)].boxed()
}

/// A number that both write alike. `json-ld` writes `2.0` as a double, where JSON-LD 1.1 API §8.6 has an integer, and the shortest digits
/// of a double, where the standard asks for sixteen (`%1.15E`): 8901.28 is `8.901280000000001E3`, as jsonld.js writes it too.
fn number() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!(0)),
        Just(json!(1e21)),
        any::<i32>().prop_map(Value::from),
        (0..1_000_000_u32).prop_map(|number| json!(f64::from(number) + 0.25)),
    ]
    .boxed()
}

fn iri() -> BoxedStrategy<Value> {
    prop_oneof![
        (0..20_u8).prop_map(|number| format!("https://roc.example/{number}?a=b#c")),
        (0..20_u8).prop_map(|number| format!("urn:uuid:00000000-0000-4000-8000-0000000000{number:02}")),
        (0..5_u8).prop_map(|number| format!("did:key:z6Mk{number}")),
        Just("https://ë.example/é".to_owned()),
    ]
    .prop_map(Value::String)
    .boxed()
}

fn date() -> BoxedStrategy<Value> {
    (1..13_u8, 1..29_u8).prop_map(|(month, day)| json!(format!("2026-{month:02}-{day:02}T12:00:00Z"))).boxed()
}

fn maybe(value: BoxedStrategy<Value>) -> BoxedStrategy<Maybe> {
    option::of(value).boxed()
}

fn some(value: BoxedStrategy<Value>, most: usize) -> BoxedStrategy<Value> {
    prop_oneof![value.clone(), vec(value, 0..=most).prop_map(Value::Array)].boxed()
}

fn object<const N: usize>(members: [(&str, Maybe); N]) -> Value {
    let there = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

/// An object of this type, with members that are there or not.
fn thing<const N: usize>(
    kind: &'static str,
    id: BoxedStrategy<Maybe>,
    members: [(&'static str, BoxedStrategy<Value>); N],
) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().map(|(name, value)| (name, maybe(value))).unzip();
    let kind = prop_oneof![Just(json!(kind)), Just(json!([kind]))];
    (id, kind, values)
        .prop_map(move |(id, kind, values)| {
            let mut thing = object([("id", id), ("type", Some(kind))]);
            let there = names.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
            thing.as_object_mut().expect("an object").extend(there);
            thing
        })
        .boxed()
}

fn no_id() -> BoxedStrategy<Maybe> {
    Just(None).boxed()
}

fn identifier() -> BoxedStrategy<Value> {
    let kind = prop_oneof![Just(json!("ext:crebo")), Just(json!("nationalIdentityNumber"))].boxed();
    thing("IdentifierEntry", no_id(), [("identifier", text()), ("identifierType", kind)])
}

fn image() -> BoxedStrategy<Value> {
    (iri(), maybe(text()))
        .prop_map(|(id, caption)| object([("id", Some(id)), ("type", Some(json!("Image"))), ("caption", caption)]))
        .boxed()
}

fn profile() -> BoxedStrategy<Value> {
    let place = thing("GeoCoordinates", no_id(), [("latitude", number()), ("longitude", number())]);
    let address = thing(
        "Address",
        no_id(),
        [("addressCountry", text()), ("addressCountryCode", text()), ("postalCode", text()), ("geo", place)],
    );
    thing(
        "Profile",
        iri().prop_map(Some).boxed(),
        [
            ("name", words()),
            ("url", iri()),
            ("phone", text()),
            ("email", text()),
            ("description", words()),
            ("image", image()),
            ("address", address),
            ("otherIdentifier", some(identifier(), 3)),
            ("official", text()),
        ],
    )
}

fn achievement() -> BoxedStrategy<Value> {
    let alignment = thing(
        "Alignment",
        no_id(),
        [
            ("targetName", text()),
            ("targetUrl", iri()),
            ("targetType", Just(json!("CFItem")).boxed()),
            ("targetFramework", text()),
            ("targetCode", text()),
            ("targetDescription", words()),
        ],
    );
    let level = thing("RubricCriterionLevel", iri().prop_map(Some).boxed(), [("level", text()), ("name", words())]);
    let description = thing(
        "ResultDescription",
        iri().prop_map(Some).boxed(),
        [
            ("name", words()),
            ("resultType", Just(json!("GradePointAverage")).boxed()),
            ("allowedValue", vec(text(), 0..4).prop_map(Value::Array).boxed()),
            ("requiredLevel", iri()),
            ("rubricCriterionLevel", some(level, 2)),
            ("valueMin", text()),
            ("valueMax", text()),
        ],
    );
    let assessment = (maybe(text()), maybe(text()))
        .prop_map(|(method, role)| object([("assessmentMethod", method), ("assessorRole", role)]))
        .boxed();
    let criteria = (maybe(iri()), maybe(words()))
        .prop_map(|(id, narrative)| object([("id", id), ("narrative", narrative)]))
        .boxed();
    thing(
        "Achievement",
        maybe(iri()),
        [
            ("name", words()),
            ("description", words()),
            ("achievementType", Just(json!("MicroCredential")).boxed()),
            ("inLanguage", Just(json!("nl")).boxed()),
            ("criteria", criteria),
            ("humanCode", text()),
            ("fieldOfStudy", text()),
            ("creditsAvailable", number()),
            ("otherIdentifier", some(identifier(), 2)),
            ("alignment", some(alignment, 3)),
            ("resultDescription", some(description, 2)),
            ("related", some(thing("Related", iri().prop_map(Some).boxed(), [("inLanguage", text())]), 2)),
            ("tag", some(text(), 4)),
            ("version", text()),
            ("creator", profile()),
            ("image", image()),
            ("creditUnit", text()),
            ("credentialKind", some(text(), 2)),
            ("assessment", some(assessment, 2)),
            ("prerequisites", some(text(), 3)),
        ],
    )
}

/// A badge of random members.
pub(crate) fn badge() -> impl Strategy<Value = Value> {
    let result = thing(
        "Result",
        no_id(),
        [
            ("value", text()),
            ("resultDescription", iri()),
            ("achievedLevel", iri()),
            ("status", Just(json!("Completed")).boxed()),
        ],
    );
    let subject = thing(
        "AchievementSubject",
        maybe(iri()),
        [
            ("achievement", achievement()),
            ("creditsEarned", number()),
            ("activityStartDate", date()),
            ("result", some(result, 3)),
            ("licenseNumber", text()),
            ("role", text()),
            ("term", text()),
            ("source", profile()),
            ("basis", some(text(), 2)),
            ("pathway", text()),
        ],
    );
    let evidence = thing(
        "Evidence",
        maybe(iri()),
        [("name", words()), ("narrative", words()), ("genre", text()), ("audience", text()), ("description", words())],
    );
    let status = thing(
        "BitstringStatusListEntry",
        maybe(iri()),
        [
            ("statusPurpose", Just(json!("revocation")).boxed()),
            ("statusListIndex", text()),
            ("statusListCredential", iri()),
        ],
    );
    let issuer = prop_oneof![1 => iri(), 4 => profile()].boxed();
    let members = (
        (maybe(iri()), issuer, some(subject, 2), maybe(words()), maybe(words())),
        (maybe(date()), maybe(date()), maybe(date()), maybe(some(evidence, 3)), maybe(status), maybe(image())),
    );
    members.prop_map(|((id, issuer, subject, name, description), (from, until, awarded, evidence, status, image))| {
        let extension: Value = serde_json::from_str(BADGE_EXTENSION).expect("our context is JSON");
        object([
            (
                "@context",
                Some(json!([
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                    extension
                ])),
            ),
            ("id", id),
            ("type", Some(json!(["VerifiableCredential", "AchievementCredential"]))),
            ("issuer", Some(issuer)),
            ("credentialSubject", Some(subject)),
            ("name", name),
            ("description", description),
            ("validFrom", from),
            ("validUntil", until),
            ("awardedDate", awarded),
            ("evidence", evidence),
            ("credentialStatus", status),
            ("image", image),
        ])
    })
}

/// What the inline context of [`free`] defines.
fn context() -> Value {
    json!({
        "@version": 1.1,
        "ex": "https://example.org/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": "@id",
        "type": "@type",
        "Thing": {"@id": "ex:Thing", "@context": {"inner": "ex:thing-inner", "nl": {"@id": "ex:thing-nl", "@language": "nl"}}},
        "Other": "ex:Other",
        "plain": "ex:plain",
        "nl": {"@id": "ex:nl", "@language": "nl", "@direction": "ltr"},
        "bare": {"@id": "ex:bare", "@language": null},
        "set": {"@id": "ex:set", "@container": "@set"},
        "list": {"@id": "ex:list", "@container": "@list"},
        "languages": {"@id": "ex:languages", "@container": "@language"},
        "index": {"@id": "ex:index", "@container": "@index"},
        "ids": {"@id": "ex:ids", "@container": "@id"},
        "types": {"@id": "ex:types", "@container": "@type"},
        "graph": {"@id": "ex:graph", "@container": "@graph"},
        "graphs": {"@id": "ex:graphs", "@container": ["@graph", "@id"]},
        "json": {"@id": "ex:json", "@type": "@json"},
        "link": {"@id": "ex:link", "@type": "@id"},
        "word": {"@id": "ex:word", "@type": "@vocab"},
        "whole": {"@id": "ex:whole", "@type": "xsd:integer"},
        "broken": {"@id": "ex:broken", "@type": "xsd:double"},
        "day": {"@id": "ex:day", "@type": "xsd:date"},
        "of": {"@reverse": "ex:has"},
        "nested": "@nest",
        "scoped": {"@id": "ex:scoped", "@context": {"inner": "ex:scoped-inner", "plain": "ex:scoped-plain"}},
        "sealed": {"@id": "ex:sealed", "@context": {"@propagate": false, "inner": "ex:sealed-inner"}}
    })
}

fn scalar() -> BoxedStrategy<Value> {
    prop_oneof![3 => text(), 1 => number(), 1 => any::<bool>().prop_map(Value::from)].boxed()
}

/// JSON that stands under a term of type `@json`. Member names are ASCII: `json-ld` sorts others by code point, which RFC 8785 does not.
fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![3 => scalar(), 1 => Just(Value::Null)];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let members = vec(("[a-zA-Z@ ]{0,4}", inner.clone()), 0..3);
        prop_oneof![
            vec(inner, 0..3).prop_map(Value::Array),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

fn node(inner: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let kind = prop_oneof![Just(json!("Thing")), Just(json!("Other")), Just(json!(["Thing", "ex:Third"]))];
    let languages =
        (some(text(), 2), some(text(), 2)).prop_map(|(nl, en)| json!({"nl": nl, "en-gb": en, "@none": "x"}));
    let index = (inner.clone(), inner.clone()).prop_map(|(one, other)| json!({"a": one, "b": other}));
    let keyed = |key: BoxedStrategy<Value>, inner: &BoxedStrategy<Value>| {
        (key, inner.clone())
            .prop_map(|(key, mut inner)| {
                let members = inner.as_object_mut().expect("a node");
                members.remove("id");
                json!({key.as_str().expect("a text"): inner})
            })
            .boxed()
    };
    let types = (prop_oneof![Just("Thing"), Just("Other")], inner.clone()).prop_map(|(kind, mut inner)| {
        inner.as_object_mut().expect("a node").remove("type");
        json!({kind: inner})
    });
    let nested = (text(), maybe(scalar())).prop_map(|(set, plain)| object([("set", Some(set)), ("plain", plain)]));
    let word = prop_oneof![Just(json!("Other")), iri()].boxed();
    let first = [
        ("plain", prop_oneof![some(scalar(), 3), inner.clone()].boxed()),
        ("nl", some(text(), 2)),
        ("bare", text()),
        ("set", some(scalar(), 3)),
        ("list", some(prop_oneof![3 => scalar(), 1 => inner.clone()].boxed(), 3)),
        ("languages", languages.boxed()),
        ("index", index.boxed()),
        ("json", any_json()),
        ("link", some(iri(), 2)),
        ("word", word),
        ("whole", some(prop_oneof![number(), text()].boxed(), 2)),
        ("broken", some(prop_oneof![number(), text()].boxed(), 2)),
        ("day", text()),
        ("ids", keyed(iri(), &inner)),
        ("types", types.boxed()),
        ("graph", inner.clone()),
        ("graphs", keyed(iri(), &inner)),
        ("of", some(inner.clone(), 2)),
        ("nested", nested.boxed()),
        ("scoped", inner.clone()),
        ("sealed", inner.clone()),
        ("ex:compact", scalar()),
        ("https://example.org/ns#absolute", scalar()),
        ("@included", inner.clone()),
    ];
    let (names, values): (Vec<_>, Vec<_>) =
        first.into_iter().map(|(name, value)| (name, option::weighted(0.15, value).boxed())).unzip();
    (maybe(iri()), option::of(kind), values)
        .prop_map(move |(id, kind, values)| {
            let mut node = object([("id", id), ("type", kind)]);
            let there = names.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
            node.as_object_mut().expect("an object").extend(there);
            node
        })
        .boxed()
}

/// A document of nodes that use what the inline context offers, under it alone or under that of credentials and it.
pub(crate) fn free() -> impl Strategy<Value = Value> {
    let leaf = (maybe(iri()), text()).prop_map(|(id, plain)| object([("id", id), ("plain", Some(plain))])).boxed();
    let twice = node(node(leaf));
    twice.prop_map(|mut document| {
        let context = context();
        document.as_object_mut().expect("an object").insert("@context".to_owned(), context);
        document
    })
}
