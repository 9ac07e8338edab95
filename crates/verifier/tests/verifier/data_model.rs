//! Which cases come of the VC Data Model? One for each statement of its sections 4 and 5, and of those that its W3C suite tests.

use serde_json::{Value, json};
use stapel_credential::{Digest, Uri};
use stapel_verifier::CheckKind;

use crate::accepted::signed;
use crate::scene::{Scene, bare, scene};
use crate::vectors::{Vector, accepted, refused, undecided};
use crate::world::*;

const VC_V2: &str = "https://www.w3.org/ns/credentials/v2";
const VC_V1: &str = "https://www.w3.org/2018/credentials/v1";
const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";
const RULES: &str = "https://roc.example/rules.txt";
const RULES_TEXT: &str = "Reglement (illustratief)\n";

/// A credential of a foreign kind by the school, not yet signed.
fn credential() -> Value {
    json!({
        "@context": [VC_V2, EXAMPLES],
        "id": "urn:uuid:8e2f3b60-0d0c-4a77-9a51-6a2d1f6b7c01",
        "type": ["VerifiableCredential", "ExampleAlumniCredential"],
        "issuer": did("school"),
        "validFrom": AWARDED,
        "credentialSubject": { "id": did("learner"), "alumniOf": "ROC Voorbeeld (illustratief)" },
    })
}

/// A document by the school, whom the verifier pinned; of whatever kind.
fn any(document: &Value) -> Scene {
    bare(document).pinned(&did("school")).policy(|policy| policy.any_credential = true)
}

/// The foreign credential, bent before the school signed it.
fn signed_so(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut credential = credential();
    bend(&mut credential);
    any(&pen("school").sign(credential))
}

fn with(member: &str, value: Value) -> Scene {
    signed_so(|credential| credential[member] = value)
}

fn without(member: &str) -> Scene {
    signed_so(|credential| drop(credential.as_object_mut().unwrap().remove(member)))
}

/// A badge with a list where an object belongs: the members that serde would take by position.
fn badge_with(pointer: &str, value: Value) -> Scene {
    let mut badge = badge();
    *badge.pointer_mut(pointer).unwrap() = value;
    scene(&pen("school").sign(badge))
}

/// A badge of the VC Data Model 1.1, as they are in people's hands.
fn old_badge() -> Value {
    let mut badge = badge();
    badge["@context"] = json!([VC_V1, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]);
    badge["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
    let members = badge.as_object_mut().unwrap();
    let from = members.remove("validFrom").unwrap();
    members.remove("awardedDate");
    members.insert("issuanceDate".to_owned(), from);
    badge
}

fn old_badge_so(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = old_badge();
    bend(&mut badge);
    scene(&pen("school").sign(badge))
}

fn shown_so(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut presentation = json!({
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": did("learner"),
        "verifiableCredential": [pen("school").sign(credential())],
    });
    bend(&mut presentation);
    any(&showing().sign(presentation)).asked()
}

fn sri(bytes: &[u8]) -> String {
    Digest::of(bytes).to_string()
}

impl Scene {
    fn resource(mut self, url: &str, text: &str) -> Self {
        self.dossier.add_resource(&Uri::parse(url).unwrap(), text);
        self
    }
}

fn malformed(name: &'static str, proves: &'static str, scene: Scene) -> Vector {
    refused(name, CheckKind::Structure, "malformed", proves, scene)
}

fn list_cases() -> Vec<Vector> {
    vec![
        malformed(
            "list-for-the-badge",
            "a list is no document, even if its items are the members in their order",
            any(&signed()).bent(|text| format!("[{text}]")),
        ),
        malformed(
            "list-for-the-issuer",
            "an issuer is an object or a URL",
            badge_with("/issuer", json!([did("school"), ["Profile"], "ROC Voorbeeld (illustratief)"])),
        ),
        malformed(
            "list-for-the-subject",
            "a subject is an object",
            badge_with("/credentialSubject", json!([badge()["credentialSubject"]])),
        ),
        malformed(
            "list-for-the-achievement",
            "no schema gives an achievement by position",
            badge_with(
                "/credentialSubject/achievement",
                json!([
                    "https://roc.example/achievements/zorg-1",
                    ["Achievement"],
                    null,
                    null,
                    "Certificate",
                    null,
                    null,
                    { "narrative": "Een proeve van bekwaamheid." },
                    "De lerende ondersteunt zorgvragers bij de basiszorg.",
                ]),
            ),
        ),
        malformed(
            "list-for-the-criteria",
            "neither criteria",
            badge_with("/credentialSubject/achievement/criteria", json!([null, "Een proeve van bekwaamheid."])),
        ),
        malformed(
            "list-for-an-identifier",
            "nor an entry of a list",
            badge_with(
                "/credentialSubject/achievement/otherIdentifier/0",
                json!(["IdentifierEntry", "25655", "ext:crebo"]),
            ),
        ),
        malformed("list-for-the-status", "a list of nothing is no status", badge_with("/credentialStatus", json!([2]))),
        malformed("list-for-a-programme", "a programme is an object, whose rules have names", {
            let mut programme = programme();
            let inner = &programme["credentialSubject"]["programme"];
            let by_position = json!([inner["id"], inner["edition"], inner["name"], inner["unit"], [], []]);
            programme["credentialSubject"]["programme"] = by_position;
            scene(&pen("school").sign(programme))
        }),
        malformed("list-for-a-trust-list", "so is a trust list", {
            let mut list = trust_list();
            list["credentialSubject"]["trustList"] = json!(["Register Voorbeeld", 7, [school_entry()]]);
            scene(&pen("anchor").sign(list))
        }),
    ]
}

fn context_cases() -> Vec<Vector> {
    vec![
        malformed("any-without-context", "a credential has contexts (VCDM §4.3)", without("@context")),
        malformed(
            "any-context-second",
            "the context of the data model comes first",
            with("@context", json!([EXAMPLES, VC_V2])),
        ),
        malformed(
            "any-context-almost",
            "and is written exactly so",
            with("@context", json!(["https://www.w3.org/ns/credentials/v2/", EXAMPLES])),
        ),
        malformed(
            "any-context-inline-first",
            "an object with the same terms is not that context",
            with("@context", json!([{ "@vocab": "https://www.w3.org/2018/credentials#" }, VC_V2])),
        ),
        malformed(
            "any-context-of-a-number",
            "further contexts are URLs or objects",
            with("@context", json!([VC_V2, 123_192_875])),
        ),
        malformed(
            "any-context-not-a-url",
            "and URLs without spaces",
            with("@context", json!([VC_V2, "https ://not-a-url/contexts/example/v1"])),
        ),
    ]
}

fn id_cases() -> Vec<Vector> {
    vec![
        malformed("id-null", "if an id is there, it is a URL (VCDM §4.4)", with("id", json!(null))),
        malformed("id-list", "it is a single one", with("id", json!(["urn:uuid:1", "urn:uuid:2"]))),
        malformed("id-object", "it is text", with("id", json!({ "id": "urn:uuid:1" }))),
        malformed("id-relative", "it is absolute", with("id", json!("credentials/3732"))),
        malformed("id-with-a-space", "it has no spaces", with("id", json!("https://roc.example/a b"))),
        malformed(
            "subject-id-null",
            "so is that of a subject",
            signed_so(|credential| credential["credentialSubject"]["id"] = json!(null)),
        ),
        malformed(
            "subject-id-list",
            "a subject is one, by one name",
            signed_so(|credential| credential["credentialSubject"]["id"] = json!([did("learner"), did("stranger")])),
        ),
        malformed(
            "badge-subject-id-null",
            "a badge with an id of null is not a badge about nobody",
            badge_with("/credentialSubject/id", json!(null)),
        ),
    ]
}

fn type_cases() -> Vec<Vector> {
    vec![
        malformed("any-without-type", "a credential has a type (VCDM §4.5)", without("type")),
        malformed("any-type-empty", "one at least", with("type", json!([]))),
        malformed("any-type-of-a-number", "types are text", with("type", json!(["VerifiableCredential", 2]))),
        malformed(
            "any-type-with-a-space",
            "neither a term nor a URL has a space",
            with("type", json!(["VerifiableCredential", "https ://not-a-url#Type"])),
        ),
        malformed(
            "any-type-of-something-else",
            "one of them is VerifiableCredential",
            with("type", json!(["ExampleAlumniCredential"])),
        ),
        refused(
            "any-where-a-badge-is-asked-for",
            CheckKind::Structure,
            "malformed",
            "a genuine credential of a foreign kind is no badge, unless the policy reads any",
            bare(&pen("school").sign(credential())).pinned(&did("school")),
        ),
    ]
}

fn party_cases() -> Vec<Vector> {
    vec![
        malformed("any-without-issuer", "a credential has an issuer (VCDM §4.7)", without("issuer")),
        malformed("any-issuer-null", "which is not null", with("issuer", json!(null))),
        malformed("any-issuer-not-a-url", "which is named by a URL", with("issuer", json!("fake-issuer"))),
        malformed("any-issuer-of-several", "which is one", with("issuer", json!([did("school"), did("university")]))),
        malformed("any-issuer-without-id", "and as an object has an id", with("issuer", json!({ "name": "ROC" }))),
        malformed("any-issuer-id-null", "which is not null either", with("issuer", json!({ "id": null }))),
        malformed(
            "any-issuer-name-of-more",
            "its name is text, in a language at most",
            with(
                "issuer",
                json!({ "id": did("school"), "name": { "@value": "ROC", "@language": "nl", "url": "https://roc.example" } }),
            ),
        ),
        malformed(
            "any-name-of-more",
            "a name has @value, @language and @direction alone (VCDM §4.6, §11.1)",
            with("name", json!({ "@value": "Alumnus", "@language": "nl", "title": "drs." })),
        ),
        malformed("any-name-of-a-number", "and is text", with("name", json!({ "@value": 7 }))),
        malformed(
            "any-description-of-languages",
            "a map of languages is no language value",
            with("description", json!({ "nl": "Oud-leerling", "en": "Alumnus" })),
        ),
        malformed(
            "any-description-in-no-direction",
            "text runs from left to right or from right to left",
            with("description", json!([{ "@value": "Oud-leerling", "@direction": "down" }])),
        ),
    ]
}

fn subject_cases() -> Vec<Vector> {
    vec![
        malformed("any-without-subject", "a credential says something (VCDM §4.8)", without("credentialSubject")),
        malformed("any-subject-empty", "of its subject", with("credentialSubject", json!({}))),
        malformed("any-subjects-none", "of one at least", with("credentialSubject", json!([]))),
        malformed(
            "any-subjects-one-empty",
            "of each of them",
            with("credentialSubject", json!([{ "id": did("learner") }, {}])),
        ),
        malformed(
            "any-subject-of-text",
            "and a name alone says nothing",
            with("credentialSubject", json!(did("learner"))),
        ),
    ]
}

fn date_cases() -> Vec<Vector> {
    vec![
        malformed(
            "any-date-without-time-zone",
            "an instant has a time zone (VCDM §4.9, XSD dateTimeStamp)",
            with("validFrom", json!("2026-06-30T12:00:00")),
        ),
        malformed("any-date-of-a-day", "a day is no instant", with("validUntil", json!("2027-06-30"))),
        malformed("any-date-of-a-number", "nor are seconds", with("validFrom", json!(1_782_820_800))),
        refused(
            "any-ends-before-it-begins",
            CheckKind::Validity,
            "ends-before-it-begins",
            "a credential does not end before it begins",
            with("validUntil", json!("2026-06-30T11:59:59Z")),
        ),
        refused(
            "any-expired",
            CheckKind::Validity,
            "expired",
            "one without beginning may have an end",
            signed_so(|credential| {
                drop(credential.as_object_mut().unwrap().remove("validFrom"));
                credential["validUntil"] = json!("2026-11-01T00:00:00Z");
            }),
        ),
        malformed(
            "date-of-issuance-in-a-badge",
            "a date of the data model 1.1 is read by some and not by others: not in a document of 2.0",
            {
                let mut badge = badge();
                badge["issuanceDate"] = json!("2020-01-01T00:00:00Z");
                scene(&pen("school").sign(badge))
            },
        ),
        malformed("date-of-expiration-in-a-badge", "an end that only readers of 1.1 see is no end", {
            let mut badge = badge();
            badge["expirationDate"] = json!("2026-07-01T00:00:00Z");
            scene(&pen("school").sign(badge))
        }),
        malformed(
            "any-date-of-issuance",
            "whatever kind the document is of",
            with("issuanceDate", json!("2026-06-30T12:00:00Z")),
        ),
    ]
}

fn old_cases() -> Vec<Vector> {
    vec![
        malformed(
            "old-badge-with-a-date-of-2-0",
            "nor is a date of 2.0 taken in a document of 1.1",
            old_badge_so(|badge| badge["validUntil"] = json!("2036-07-01T00:00:00Z")),
        ),
        malformed(
            "old-badge-without-its-date",
            "a badge of 1.1 has a date of issuance",
            old_badge_so(|badge| drop(badge.as_object_mut().unwrap().remove("issuanceDate"))),
        ),
        refused(
            "old-badge-expired",
            CheckKind::Validity,
            "expired",
            "its expiration is an end like any other",
            old_badge_so(|badge| badge["expirationDate"] = json!("2026-07-01T00:00:00Z")),
        ),
        malformed("old-programme", "our own documents are of 2.0", {
            let mut programme = programme();
            programme["@context"][0] = json!(VC_V1);
            let from = programme.as_object_mut().unwrap().remove("validFrom").unwrap();
            programme["issuanceDate"] = from;
            scene(&pen("school").sign(programme))
        }),
    ]
}

fn typed_cases() -> Vec<Vector> {
    vec![
        malformed(
            "any-status-without-type",
            "a status has a type (VCDM §4.10)",
            with("credentialStatus", json!({ "id": "https://roc.example/status/1#7" })),
        ),
        malformed(
            "any-status-type-of-a-number",
            "which is text",
            with("credentialStatus", json!({ "id": "urn:uuid:1", "type": 2 })),
        ),
        malformed(
            "any-status-of-several-ids",
            "and one id at most",
            with("credentialStatus", json!({ "id": ["urn:uuid:1", "urn:uuid:2"], "type": "ExampleStatus" })),
        ),
        malformed(
            "any-status-id-not-a-url",
            "which is a URL",
            with("credentialStatus", json!({ "id": "not-a-url", "type": "ExampleStatus" })),
        ),
        malformed(
            "any-status-one-without-type",
            "each of several",
            with("credentialStatus", json!([{ "type": "ExampleStatus" }, { "id": "urn:uuid:1" }])),
        ),
        malformed(
            "any-schema-without-type",
            "a schema has a type (VCDM §4.11)",
            with("credentialSchema", json!({ "id": "https://roc.example/schema.json" })),
        ),
        malformed("any-schema-without-id", "and an id", with("credentialSchema", json!([{ "type": "JsonSchema" }]))),
        malformed(
            "any-schema-id-not-a-url",
            "which is a URL",
            with("credentialSchema", json!({ "id": "https ://not-a-url.org/1", "type": "JsonSchema" })),
        ),
        malformed(
            "any-evidence-without-type",
            "evidence has a type (VCDM §5.6)",
            with("evidence", json!([{ "id": "https://roc.example/evidence/1" }])),
        ),
        malformed("badge-evidence-without-type", "that of a badge, too", {
            let mut badge = badge();
            badge["evidence"] = json!([{ "type": [], "narrative": "Proeve" }]);
            scene(&pen("school").sign(badge))
        }),
        malformed(
            "any-terms-without-type",
            "terms of use have a type (VCDM §5.5)",
            with("termsOfUse", json!({ "id": "https://roc.example/terms" })),
        ),
        malformed("badge-terms-without-type", "those of a badge, too", {
            let mut badge = badge();
            badge["termsOfUse"] = json!([{ "id": "https://roc.example/terms" }]);
            scene(&pen("school").sign(badge))
        }),
        malformed(
            "any-refresh-without-type",
            "a refresh service has a type (VCDM §5.4)",
            with("refreshService", json!({ "id": "https://roc.example/refresh" })),
        ),
        malformed(
            "any-refresh-of-text",
            "and is an object",
            with("refreshService", json!("https://roc.example/refresh")),
        ),
    ]
}

fn resource_cases() -> Vec<Vector> {
    let related = |value: Value| with("relatedResource", value);
    let altered = |name, proves, scene| refused(name, CheckKind::Structure, "resource-altered", proves, scene);
    vec![
        malformed(
            "resource-of-text",
            "a related resource is an object (VCDM §5.3)",
            related(json!([RULES, "https://roc.example/other.txt"])),
        ),
        malformed("resource-without-id", "which has an id", related(json!([{ "digestSRI": sri(b"") }]))),
        malformed(
            "resource-without-digest",
            "and a digest",
            related(json!([{ "id": RULES, "mediaType": "text/plain" }])),
        ),
        malformed(
            "resource-twice",
            "two digests for one resource: which one holds?",
            related(json!([{ "id": RULES, "digestSRI": sri(b"a") }, { "id": RULES, "digestSRI": sri(b"b") }])),
        ),
        malformed(
            "resource-is-itself",
            "a credential is not related to itself",
            related(json!({ "id": credential()["id"], "digestSRI": sri(b"") })),
        ),
        malformed(
            "resource-digest-in-hexadecimal",
            "a digest is written in base64",
            related(json!({
                "id": RULES,
                "digestSRI": "sha256-ca3d163bab055381827226140568f3bef634ac187cebd76878e0b63e9e442356",
            })),
        ),
        malformed(
            "resource-digest-that-is-no-hash",
            "a digest in multibase says by what it was made and how long it is",
            related(json!({
                "id": RULES,
                "digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0cc5jZWxhdGVkLXJlc291cmNlLmpzb24K",
            })),
        ),
        altered(
            "resource-altered",
            "a document at hand is the one that was fixed, or the credential does not hold",
            related(json!({ "id": RULES, "digestSRI": sri(RULES_TEXT.as_bytes()) }))
                .resource(RULES, "Ander reglement (illustratief)\n"),
        ),
        altered(
            "resource-of-two-digests-that-differ",
            "every digest of a resource must be its own",
            related(json!({
                "id": RULES,
                "digestSRI": sri(RULES_TEXT.as_bytes()),
                "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ",
            }))
            .resource(RULES, RULES_TEXT),
        ),
        altered(
            "resource-context-of-other-bytes",
            "a context that is known byte for byte is not another one by its digest",
            related(json!({ "id": VC_V2, "digestSRI": sri(b"{}") })),
        ),
        altered("badge-resource-context-of-other-bytes", "in a badge neither", {
            let mut badge = badge();
            let ob = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
            badge["relatedResource"] = json!([{ "id": ob, "digestSRI": sri(b"{}") }]);
            scene(&pen("school").sign(badge))
        }),
    ]
}

fn presentation_cases() -> Vec<Vector> {
    vec![
        malformed(
            "shown-under-another-context",
            "the context of the data model comes first in a presentation, too (VCDM §4.3)",
            shown_so(|presentation| presentation["@context"] = json!([EXAMPLES, VC_V2])),
        ),
        malformed(
            "shown-without-a-type",
            "a presentation says that it is one (VCDM §4.13)",
            shown_so(|presentation| drop(presentation.as_object_mut().unwrap().remove("type"))),
        ),
        malformed(
            "shown-by-an-object-without-url",
            "a holder is named by a URL",
            shown_so(|presentation| presentation["holder"] = json!({ "id": multikey("learner") })),
        ),
        malformed(
            "shown-as-text",
            "what is shown are objects, not addresses of some",
            shown_so(|presentation| {
                presentation["verifiableCredential"] = json!(["https://roc.example/credentials/1"]);
            }),
        ),
        malformed(
            "shown-as-a-number",
            "nor numbers",
            shown_so(|presentation| presentation["verifiableCredential"] = json!([7])),
        ),
        malformed(
            "shown-without-signature",
            "the holder's signature does not stand in for the issuer's",
            shown_so(|presentation| presentation["verifiableCredential"] = json!([credential()])),
        ),
        malformed("badge-shown-under-another-context", "that holds for our own presentations", {
            let mut presentation = presentation(&[&signed()]);
            presentation["@context"] = json!([EXAMPLES, VC_V2]);
            scene(&showing().sign(presentation)).asked()
        }),
        refused(
            "shown-of-another",
            CheckKind::Holder,
            "of-another",
            "a credential of a foreign kind is about its holder, too",
            shown_so(|presentation| {
                let mut other = credential();
                other["credentialSubject"]["id"] = json!(did("other-learner"));
                presentation["verifiableCredential"] = json!([pen("school").sign(other)]);
            }),
        ),
        refused(
            "any-of-a-stranger",
            CheckKind::Key,
            "key-of-another",
            "a trusted name over a stranger's key is refused whatever the kind",
            any(&pen("stranger").sign(credential())),
        ),
    ]
}

fn undecided_cases() -> Vec<Vector> {
    vec![
        undecided(
            "any-of-an-unknown-issuer",
            CheckKind::Trust,
            "issuer-unknown",
            "a genuine credential of a foreign kind still needs somebody who vouches",
            bare(&pen("school").sign(credential())).policy(|policy| policy.any_credential = true),
        ),
        undecided(
            "any-status-unknown",
            CheckKind::Status,
            "status-kind-unknown",
            "a foreign kind of status is not read as good news",
            with("credentialStatus", json!({ "id": "urn:uuid:1", "type": "ExampleStatus" })),
        ),
        undecided(
            "any-of-two-statuses-one-missing",
            CheckKind::Status,
            "status-list-missing",
            "each of several statuses is looked up",
            with(
                "credentialStatus",
                json!([entry(), {
                    "type": "BitstringStatusListEntry",
                    "statusPurpose": "suspension",
                    "statusListIndex": "7",
                    "statusListCredential": "https://roc.example/status/2",
                }]),
            )
            .list(&pen("school").sign(status_list(&[]))),
        ),
        undecided(
            "any-by-https",
            CheckKind::Key,
            "key-unreadable",
            "whose keys an https address controls is not looked up",
            signed_so(|credential| credential["issuer"] = json!("https://roc.example/issuer")),
        ),
    ]
}

fn accepted_cases() -> Vec<Vector> {
    let well = |name, proves, scene| accepted(name, CheckKind::Structure, "well-formed", proves, scene);
    vec![
        well("any-credential", "a credential of a foreign kind, where the policy reads any", signed_so(|_| ())),
        well("any-without-id", "an id may be missing", without("id")),
        well("any-type-of-a-url", "a type may be a URL", with("type", json!(["https://roc.example/Alumnus", "VerifiableCredential"]))),
        well(
            "any-issuer-as-an-object",
            "an issuer may be an object, its name in several languages",
            with(
                "issuer",
                json!({ "id": did("school"), "name": [
                    { "@value": "School", "@language": "en", "@direction": "ltr" },
                    { "@value": "مدرسة", "@language": "ar", "@direction": "rtl" },
                ] }),
            ),
        ),
        well(
            "any-name-in-languages",
            "so may its name and description be",
            signed_so(|credential| {
                credential["name"] = json!([{ "@value": "Dog", "@language": "en" }, { "@value": "Chien", "@language": "fr" }]);
                credential["description"] = json!({ "@value": "Hond", "@language": "nl" });
            }),
        ),
        well(
            "any-of-several-subjects",
            "a credential may be about several",
            with("credentialSubject", json!([{ "id": did("learner"), "spouse": "B" }, { "spouse": "A" }])),
        ),
        accepted(
            "any-date-in-another-time-zone",
            CheckKind::Validity,
            "valid",
            "a time zone may be any",
            with("validFrom", json!("2023-02-25T19:10:39-06:00")),
        ),
        accepted(
            "any-without-dates",
            CheckKind::Validity,
            "valid-without-beginning",
            "a credential need not say since when it holds",
            without("validFrom"),
        ),
        accepted(
            "any-until-its-end",
            CheckKind::Validity,
            "valid-without-beginning",
            "and may say only until when",
            signed_so(|credential| {
                drop(credential.as_object_mut().unwrap().remove("validFrom"));
                credential["validUntil"] = json!("2099-01-01T00:00:00Z");
            }),
        ),
        accepted(
            "any-of-two-statuses",
            CheckKind::Status,
            "not-revoked",
            "of two statuses both are looked up",
            with("credentialStatus", json!([entry(), {
                "type": ["BitstringStatusListEntry"],
                "statusPurpose": "suspension",
                "statusListIndex": "7",
                "statusListCredential": "https://roc.example/status/2",
            }]))
            .list(&pen("school").sign(status_list(&[])))
            .list_at("https://roc.example/status/2", &{
                let mut list = status_list(&[]);
                list["id"] = json!("https://roc.example/status/2");
                list["credentialSubject"]["statusPurpose"] = json!("suspension");
                pen("school").sign(list)
            }),
        ),
        well(
            "any-with-all-that-has-a-type",
            "schemas, evidence, terms and services of kinds that we do not know are kept and signed",
            signed_so(|credential| {
                credential["credentialSchema"] = json!([
                    { "id": "https://roc.example/schema.json", "type": "JsonSchema" },
                    { "id": "https://roc.example/schema.ttl", "type": "ShaclSchema" },
                ]);
                credential["evidence"] = json!([{ "type": "ExampleEvidence" }, { "type": ["A", "B"], "id": "urn:uuid:2" }]);
                credential["termsOfUse"] = json!({ "type": "OdrlPolicy2017" });
                credential["refreshService"] = json!({ "type": "ExampleRefresh", "id": "did:example:refresh/1" });
            }),
        ),
        well(
            "any-resource-as-it-was-fixed",
            "a document at hand whose digests are its own",
            with(
                "relatedResource",
                json!([
                    { "id": RULES, "digestSRI": sri(RULES_TEXT.as_bytes()), "mediaType": "text/plain" },
                    { "id": VC_V2, "digestSRI": "sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=" },
                    { "id": "https://roc.example/elsewhere", "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ" },
                ]),
            )
            .resource(RULES, RULES_TEXT),
        ),
        well("old-badge", "a badge of the data model 1.1 is read", old_badge_so(|_| ())),
        accepted(
            "old-badge-until-its-end",
            CheckKind::Validity,
            "valid",
            "its dates are those of the data model 1.1",
            old_badge_so(|badge| badge["expirationDate"] = json!("2036-07-01T00:00:00Z")),
        ),
        well("any-of-the-older-data-model", "so is a credential of any kind", {
            let mut old = credential();
            old["@context"] = json!([VC_V1]);
            let from = old.as_object_mut().unwrap().remove("validFrom").unwrap();
            old["issuanceDate"] = from;
            any(&pen("school").sign(old))
        }),
        accepted(
            "did-key-without-fragment",
            CheckKind::Key,
            "key-of-controller",
            "a did:key alone names its one key, as published examples do",
            scene(&pen("school").naming(&did("school")).sign(badge())),
        ),
        accepted(
            "did-web-with-an-embedded-method",
            CheckKind::Key,
            "key-of-controller",
            "a method may stand under assertionMethod itself (CID §2.3)",
            bare(&web_pen().sign(web_badge()))
                .controller(WEB, &{
                    let mut document = web_document();
                    let method = document["verificationMethod"][0].clone();
                    document["verificationMethod"] = json!([]);
                    document["assertionMethod"] = json!([method]);
                    document
                })
                .pinned(WEB),
        ),
        accepted(
            "shown-by-an-object",
            CheckKind::Holder,
            "of-holder",
            "a holder may be an object with an id",
            shown_so(|presentation| presentation["holder"] = json!({ "id": did("learner") })),
        ),
        accepted(
            "shown-by-whoever-signed",
            CheckKind::Key,
            "key-of-controller",
            "where no holder is named, whoever signed it shows it",
            shown_so(|presentation| drop(presentation.as_object_mut().unwrap().remove("holder"))),
        ),
        accepted(
            "shown-of-oneself-signed-apart",
            CheckKind::Holder,
            "of-holder",
            "what is signed apart needs no holder to be named, whoever issued it (VCDM §4.13.4 is of what is not)",
            shown_so(|presentation| {
                let mut own = credential();
                own["issuer"] = json!(did("learner"));
                presentation["verifiableCredential"] = json!([pen("learner").sign(own)]);
                presentation.as_object_mut().unwrap().remove("holder");
            })
            .pinned(&did("learner")),
        ),
        accepted(
            "badge-shown-by-an-object",
            CheckKind::Holder,
            "of-holder",
            "that holds for our own presentations",
            scene(&{
                let mut presentation = presentation(&[&signed()]);
                presentation["holder"] = json!({ "id": did("learner") });
                showing().sign(presentation)
            })
            .asked(),
        ),
    ]
}

fn method_cases() -> Vec<Vector> {
    vec![refused(
        "did-web-with-a-method-embedded-elsewhere",
        CheckKind::Key,
        "key-refused",
        "a method that stands under authentication alone does not assert (CID §2.3)",
        bare(&web_pen().sign(web_badge()))
            .controller(WEB, &{
                let mut document = web_document();
                let method = document["verificationMethod"][0].clone();
                document["verificationMethod"] = json!([]);
                document["assertionMethod"] = json!([]);
                document["authentication"] = json!([method]);
                document
            })
            .pinned(WEB),
    )]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [
        list_cases(),
        context_cases(),
        id_cases(),
        type_cases(),
        party_cases(),
        subject_cases(),
        date_cases(),
        old_cases(),
        typed_cases(),
        resource_cases(),
        presentation_cases(),
        method_cases(),
        undecided_cases(),
        accepted_cases(),
    ]
    .concat()
}
