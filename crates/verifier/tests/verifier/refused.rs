//! Which cases are refused, each for one trick alone?

use serde_json::{Value, json};
use stapel_keys::Signature;
use stapel_verifier::CheckKind;

use crate::accepted::{shown, signed};
use crate::scene::{Scene, bare, scene, without_list, without_trust};
use crate::undecided::weak_multikey;
use crate::vectors::{Vector, refused};
use crate::world::*;

/// The genuine badge, bent after it was signed.
fn forged(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = signed();
    bend(&mut badge);
    scene(&badge)
}

/// A badge that was bent before the school signed it.
fn signed_so(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = badge();
    bend(&mut badge);
    scene(&pen("school").sign(badge))
}

/// The genuine badge with one piece of its text replaced.
fn spelled(from: &'static str, to: &'static str) -> Scene {
    scene(&signed()).bent(|text| text.replacen(from, to, 1))
}

fn structure_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    vec![
        malformed(
            "member-twice",
            "of two members of one name one may be signed and the other read",
            spelled("\"creditsEarned\":240", "\"creditsEarned\":2400,\"creditsEarned\":240"),
        ),
        malformed(
            "member-twice-by-an-escape",
            "an escape does not hide the second member",
            spelled("\"creditsEarned\":240", "\"credits\\u0045arned\":2400,\"creditsEarned\":240"),
        ),
        malformed(
            "proof-twice",
            "of two proofs in one object one may hold and the other be read",
            spelled("\"proof\":{", "\"proof\":{},\"proof\":{"),
        ),
        malformed(
            "member-twice-in-the-proof",
            "the proof is read as strictly as the rest",
            spelled("\"proofPurpose\":", "\"proofPurpose\":\"authentication\",\"proofPurpose\":"),
        ),
        malformed(
            "proof-chain-without-its-first-link",
            "a chained proof signs the proofs before it, so they must be there",
            scene(&pen("school").with("previousProof", "urn:uuid:1").sign(badge())),
        ),
        malformed(
            "proof-chain-in-a-circle",
            "of two proofs that each sign the other none came first",
            scene(&{
                let mut badge = badge();
                let link = |id: &str, previous: &str| {
                    pen("school").with("id", id).with("previousProof", previous).proof_of(&badge)
                };
                badge["proof"] = json!([link("urn:uuid:1", "urn:uuid:2"), link("urn:uuid:2", "urn:uuid:1")]);
                badge
            }),
        ),
        malformed(
            "proofs-of-one-id",
            "a chain that names one of two proofs of one id names neither",
            scene(&{
                let mut badge = badge();
                let link =
                    |created: &str| pen("school").with("id", "urn:uuid:1").with("created", created).proof_of(&badge);
                badge["proof"] = json!([link("2026-06-30T12:00:00Z"), link("2026-06-30T12:00:01Z")]);
                badge
            }),
        ),
        malformed(
            "text-cut-off",
            "half a document is none",
            scene(&signed()).bent(|text| text[..text.len() / 2].to_owned()),
        ),
        malformed(
            "text-after-the-end",
            "nothing follows the document",
            scene(&signed()).bent(|text| format!("{text}{{}}")),
        ),
        malformed(
            "byte-order-mark",
            "JSON begins with no byte order mark",
            scene(&signed()).bent(|text| format!("\u{feff}{text}")),
        ),
        malformed(
            "not-json",
            "a text that is no JSON is refused with its place",
            scene(&signed()).bent(|_| "badge".to_owned()),
        ),
        malformed(
            "lone-surrogate",
            "half a character is no text",
            spelled("\"Basiszorg verlenen\"", "\"Basiszorg verlenen\\ud800\""),
        ),
        malformed(
            "nested-too-deep",
            "nesting is capped",
            scene(&signed())
                .bent(|text| text.replacen('{', &format!("{{\"deep\":{}{},", "[".repeat(80), "]".repeat(80)), 1)),
        ),
        malformed(
            "integer-beyond-two-to-the-53",
            "a number that others round is not signed the same everywhere",
            spelled("\"creditsEarned\":240", "\"creditsEarned\":9007199254740993"),
        ),
        malformed(
            "proof-missing",
            "a badge without proof is signed by nobody",
            forged(|badge| drop(badge.as_object_mut().unwrap().remove("proof"))),
        ),
        malformed(
            "proof-list-empty",
            "an empty list of proofs holds in every member",
            forged(|badge| badge["proof"] = json!([])),
        ),
        malformed("proof-null", "neither is null a proof", forged(|badge| badge["proof"] = json!(null))),
        malformed(
            "seventeen-proofs",
            "proofs are counted before they are checked",
            forged(|badge| badge["proof"] = json!(vec![badge["proof"].clone(); 17])),
        ),
        malformed(
            "proof-value-missing",
            "a proof without signature proves nothing",
            forged(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("proofValue"))),
        ),
        malformed(
            "proof-value-too-short",
            "a signature has 64 bytes",
            forged(|badge| badge["proof"]["proofValue"] = json!("z2")),
        ),
        malformed(
            "proof-value-in-base64",
            "the suite writes its signature in base58btc alone",
            forged(|badge| {
                let text = badge["proof"]["proofValue"].as_str().unwrap();
                badge["proof"]["proofValue"] =
                    json!(format!("u{}", Signature::from_multibase(text).unwrap().to_base64url()));
            }),
        ),
        malformed(
            "proof-purpose-missing",
            "to what end it was signed must be said",
            forged(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("proofPurpose"))),
        ),
        malformed(
            "context-of-another-standard-first",
            "the first context says what kind of document it is",
            signed_so(|badge| badge["@context"] = json!(["https://www.w3.org/2018/credentials/v1"])),
        ),
        malformed(
            "context-put-first",
            "a context before those that were signed may give every term another meaning",
            forged(|badge| badge["@context"].as_array_mut().unwrap().insert(0, json!("https://a.example/context"))),
        ),
        malformed(
            "context-exchanged",
            "neither may one be exchanged",
            forged(|badge| badge["@context"][1] = json!("https://a.example/context")),
        ),
        malformed(
            "context-taken-out",
            "nor one be taken out",
            forged(|badge| drop(badge["@context"].as_array_mut().unwrap().pop())),
        ),
        malformed(
            "type-not-a-credential",
            "every credential says that it is one",
            signed_so(|badge| badge["type"] = json!(["AchievementCredential"])),
        ),
        malformed(
            "type-of-another-document",
            "a credential of another kind is not read as a badge",
            signed_so(|badge| badge["type"] = json!(["VerifiableCredential", "AlumniCredential"])),
        ),
        malformed(
            "level-that-does-not-exist",
            "an unknown level is an error, never skipped",
            signed_so(|badge| {
                badge["credentialSubject"]["achievement"]["alignment"] = json!([{
                    "type": ["Alignment"],
                    "targetName": "NLQF 9",
                    "targetFramework": "NLQF",
                    "targetCode": "9",
                    "targetType": "ext:QualificationLevel",
                    "targetUrl": "https://nlqf.example/9",
                }]);
            }),
        ),
        malformed(
            "credits-below-zero",
            "credits are never negative",
            signed_so(|badge| badge["credentialSubject"]["creditsEarned"] = json!(-5)),
        ),
        malformed(
            "credits-as-text",
            "credits are a number",
            signed_so(|badge| badge["credentialSubject"]["creditsEarned"] = json!("240")),
        ),
        malformed(
            "date-without-time-zone",
            "an instant has a time zone",
            signed_so(|badge| badge["validFrom"] = json!("2026-06-30T12:00:00")),
        ),
        malformed(
            "date-beyond-the-calendar",
            "an instant that cannot be written in UTC is none",
            signed_so(|badge| badge["validUntil"] = json!("9999-12-31T23:59:59-01:00")),
        ),
        malformed(
            "status-index-as-a-number",
            "the place in a status list is text",
            signed_so(|badge| badge["credentialStatus"]["statusListIndex"] = json!(94_567)),
        ),
        malformed(
            "status-index-with-a-plus",
            "and written in one way only",
            signed_so(|badge| badge["credentialStatus"]["statusListIndex"] = json!("+94567")),
        ),
        malformed(
            "issuer-missing",
            "somebody must have issued it",
            signed_so(|badge| drop(badge.as_object_mut().unwrap().remove("issuer"))),
        ),
        malformed(
            "programme-with-an-unknown-rule",
            "a rule that is not understood is never skipped",
            scene(&{
                let mut programme = programme();
                programme["credentialSubject"]["programme"]["parts"][0]["unless"] = json!("2027");
                pen("school").sign(programme)
            }),
        ),
        malformed(
            "presentation-with-an-unreadable-badge",
            "a badge that cannot be read spoils what it is shown with",
            scene(&showing().sign(presentation(&[&signed(), &json!({ "type": "AchievementCredential" })]))).asked(),
        ),
    ]
}

fn proof_cases() -> Vec<Vector> {
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    let purpose = |name, proves, scene| refused(name, CheckKind::Proof, "wrong-purpose", proves, scene);
    vec![
        altered(
            "title-changed",
            "another title was not signed",
            forged(|badge| badge["credentialSubject"]["achievement"]["name"] = json!("Doctoraat")),
        ),
        altered(
            "credits-multiplied",
            "more credits were not signed",
            forged(|badge| badge["credentialSubject"]["creditsEarned"] = json!(2400)),
        ),
        altered(
            "subject-changed",
            "another learner was not signed",
            forged(|badge| badge["credentialSubject"]["id"] = json!(did("other-learner"))),
        ),
        altered(
            "subject-taken-out",
            "a badge for nobody was not signed",
            forged(|badge| drop(badge["credentialSubject"].as_object_mut().unwrap().remove("id"))),
        ),
        altered(
            "end-added",
            "an end that was not signed",
            forged(|badge| badge["validUntil"] = json!("2099-01-01T00:00:00Z")),
        ),
        altered(
            "date-of-award-moved",
            "another date was not signed",
            forged(|badge| badge["awardedDate"] = json!("2024-09-01T12:00:00Z")),
        ),
        altered(
            "code-exchanged",
            "another register code was not signed",
            forged(|badge| {
                badge["credentialSubject"]["achievement"]["otherIdentifier"][0]["identifier"] = json!("25656");
            })
            .pinned(&did("school")),
        ),
        altered(
            "evidence-added",
            "evidence that was not signed",
            forged(|badge| badge["evidence"] = json!([{ "type": ["Evidence"], "narrative": "Cum laude." }])),
        ),
        altered(
            "unknown-member-added",
            "a member that nobody reads is signed all the same",
            forged(|badge| badge["credentialSubject"]["achievement"]["cumLaude"] = json!(true)),
        ),
        altered(
            "unknown-member-stripped",
            "and cannot be taken out",
            scene(&{
                let mut badge = badge();
                badge["credentialSubject"]["restricted"] = json!(true);
                let mut badge = pen("school").sign(badge);
                badge["credentialSubject"].as_object_mut().unwrap().remove("restricted");
                badge
            }),
        ),
        altered(
            "status-entry-stripped",
            "a revoked badge does not become good without its status",
            without_trust(&{
                let mut badge = signed();
                badge.as_object_mut().unwrap().remove("credentialStatus");
                badge
            })
            .pinned(&did("school")),
        ),
        altered(
            "status-entry-moved",
            "nor with the place of another",
            forged(|badge| badge["credentialStatus"]["statusListIndex"] = json!("12")),
        ),
        altered(
            "proof-context-taken-out",
            "the contexts of the proof are signed",
            forged(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("@context"))),
        ),
        altered(
            "proof-back-dated",
            "so is its date",
            forged(|badge| badge["proof"]["created"] = json!("2020-01-01T00:00:00Z")),
        ),
        altered(
            "proof-end-taken-out",
            "and its end",
            scene(&{
                let mut badge = pen("school").with("expires", "2026-07-01T00:00:00Z").sign(badge());
                badge["proof"].as_object_mut().unwrap().remove("expires");
                badge
            }),
        ),
        altered(
            "proof-of-another-badge",
            "a signature belongs to one document",
            forged(|badge| badge["id"] = json!("urn:uuid:2f3a6f3e-0a4b-4e8a-8f27-7b1c9d5e4a10")),
        ),
        altered(
            "list-of-one-unwrapped",
            "a list of one is not the value itself",
            forged(|badge| badge["credentialSubject"]["achievement"]["type"] = json!("Achievement")),
        ),
        altered(
            "signature-in-a-second-spelling",
            "S and S + L would be two signatures for one document",
            forged(|badge| {
                let text = badge["proof"]["proofValue"].as_str().unwrap();
                badge["proof"]["proofValue"] = json!(twin(&Signature::from_multibase(text).unwrap()).to_multibase());
            }),
        ),
        altered(
            "signature-of-zeroes",
            "the neutral element signs nothing",
            forged(|badge| badge["proof"]["proofValue"] = json!(Signature::from_bytes(&[0; 64]).to_multibase())),
        ),
        altered(
            "strangers-signature-under-the-issuers-key-name",
            "the name of the issuer's key is not its signature",
            scene(&pen("stranger").naming(&method("school")).sign(badge())),
        ),
        altered(
            "proof-set-with-a-bad-last-member",
            "every member of a set counts",
            scene(&set(|[school, mut other]| {
                other["created"] = json!("2020-01-01T00:00:00Z");
                [school, other]
            })),
        ),
        altered(
            "proof-set-with-a-bad-first-member",
            "in every order",
            scene(&set(|[school, mut other]| {
                other["created"] = json!("2020-01-01T00:00:00Z");
                [other, school]
            })),
        ),
        altered(
            "proof-set-whose-own-member-is-bad",
            "a good proof of another does not make up for the issuer's",
            scene(&set(|[mut school, other]| {
                school["created"] = json!("2020-01-01T00:00:00Z");
                [school, other]
            })),
        ),
        altered(
            "programme-made-easier",
            "a requirement that was not signed",
            scene(&{
                let mut programme = pen("school").sign(programme());
                programme["credentialSubject"]["programme"]["parts"][0]["credits"] = json!(1);
                programme
            }),
        ),
        purpose(
            "signed-to-authenticate",
            "a key that shows who one is does not state anything",
            scene(&pen("school").with("proofPurpose", "authentication").sign(badge())),
        ),
        purpose(
            "signed-to-invoke",
            "an unknown purpose is not taken for ours",
            scene(&pen("school").with("proofPurpose", "capabilityInvocation").sign(badge())),
        ),
    ]
}

/// Proofs of the school and of the university on one badge, bent and put in order.
fn set(bend: impl FnOnce([Value; 2]) -> [Value; 2]) -> Value {
    let mut badge = badge();
    badge["proof"] = json!(bend([pen("school").proof_of(&badge), pen("university").proof_of(&badge)]));
    badge
}

/// L, the order of the group, little-endian: S + L is the same number in it (RFC 8032 §5.1.7 asks for S below L).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(crate) fn twin(signature: &Signature) -> Signature {
    let mut bytes = signature.to_bytes();
    let mut carry = 0;
    for (byte, add) in bytes[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    Signature::from_bytes(&bytes)
}

fn key_cases() -> Vec<Vector> {
    let of_another = |name, proves, scene| refused(name, CheckKind::Key, "key-of-another", proves, scene);
    let key_refused = |name, proves, scene| refused(name, CheckKind::Key, "key-refused", proves, scene);
    let web = |bend: fn(&mut Value)| {
        let mut document = web_document();
        bend(&mut document);
        bare(&web_pen().sign(web_badge())).controller(WEB, &document).pinned(WEB)
    };
    let weak = format!("did:key:{}", weak_multikey());
    vec![
        of_another(
            "trusted-name-over-a-strangers-key",
            "a good signature of a stranger under a trusted name",
            scene(&pen("stranger").sign(badge())),
        ),
        of_another(
            "trusted-name-over-a-strangers-web-key",
            "a stranger's document is not even fetched",
            scene(&pen("stranger").naming("did:web:stranger.example#key-1").sign(badge())),
        ),
        of_another(
            "proof-set-of-strangers",
            "two strangers are not the issuer either",
            scene(&{
                let mut badge = badge();
                badge["proof"] = json!([pen("stranger").proof_of(&badge), pen("university").proof_of(&badge)]);
                badge
            }),
        ),
        key_refused(
            "key-listed-only-for-authentication",
            "a key that is not listed for assertionMethod cannot issue",
            web(|document| {
                document["authentication"] = document["assertionMethod"].take();
                document["assertionMethod"] = json!([]);
            }),
        ),
        key_refused(
            "key-not-in-the-document",
            "a key that the issuer took out cannot issue",
            web(|document| {
                document["verificationMethod"][0]["id"] = json!(format!("{WEB}#key-2"));
                document["assertionMethod"] = json!([format!("{WEB}#key-2")]);
            }),
        ),
        key_refused(
            "key-controlled-by-another",
            "a key that another controls is not the issuer's",
            web(|document| {
                document["verificationMethod"][0]["controller"] = json!("did:web:stranger.example");
            }),
        ),
        key_refused(
            "key-revoked",
            "a key that was revoked does not verify",
            web(|document| {
                document["verificationMethod"][0]["revoked"] = json!("2026-11-01T00:00:00Z");
            }),
        ),
        key_refused(
            "key-expired",
            "a key that expired does not verify",
            web(|document| {
                document["verificationMethod"][0]["expires"] = json!("2026-11-22T09:00:00Z");
            }),
        ),
        key_refused(
            "key-without-fragment",
            "a did:web alone does not say which of its keys is meant",
            bare(&pen("school").naming(WEB).sign(web_badge())).controller(WEB, &web_document()).pinned(WEB),
        ),
        key_refused(
            "did-key-with-a-strangers-fragment",
            "a did:key has the one key that it names itself",
            scene(&pen("stranger").naming(&format!("{}#{}", did("school"), multikey("stranger"))).sign(badge())),
        ),
        key_refused("did-key-overruled-by-a-document", "no document in the dossier gives a did:key another key", {
            let method = format!("{}#{}", did("school"), multikey("stranger"));
            scene(&pen("stranger").naming(&method).sign(badge())).controller(
                &did("school"),
                &json!({
                    "id": did("school"),
                    "verificationMethod": [{
                        "id": method,
                        "type": "Multikey",
                        "controller": did("school"),
                        "publicKeyMultibase": multikey("stranger"),
                    }],
                    "assertionMethod": [method],
                }),
            )
        }),
        key_refused(
            "did-key-of-small-order",
            "a weak key, under which a signature fits almost every document, is refused",
            {
                let mut badge = badge();
                badge["issuer"]["id"] = json!(weak);
                badge.as_object_mut().unwrap().remove("credentialStatus");
                let document = pen("school").naming(&format!("{weak}#{}", weak_multikey())).sign(badge);
                bare(&document).pinned(&weak)
            },
        ),
        key_refused("did-web-without-a-host", "a did:web that gives no address has no keys", {
            let mut badge = web_badge();
            badge["issuer"]["id"] = json!("did:web:10.0.0.1");
            bare(&pen("school").naming("did:web:10.0.0.1#key-1").sign(badge)).pinned("did:web:10.0.0.1")
        }),
    ]
}

fn validity_cases() -> Vec<Vector> {
    let until = |text: &str| signed_so(|badge| badge["validUntil"] = json!(text));
    let expired = |name, proves, scene| refused(name, CheckKind::Validity, "expired", proves, scene);
    vec![
        expired("expired", "a badge past its end", until("2026-07-31T23:59:59Z")),
        expired("expired-yesterday", "days are counted by the calendar", until("2026-11-21T23:00:00Z")),
        expired("expired-this-morning", "an end on the same day is an end", until("2026-11-22T08:00:00Z")),
        expired(
            "expired-by-another-time-zone",
            "an end is an instant, wherever it was written",
            until("2026-11-22T18:00:00+12:00"),
        ),
        refused(
            "not-yet-valid",
            CheckKind::Validity,
            "not-yet-valid",
            "a badge of tomorrow is none today",
            signed_so(|badge| badge["validFrom"] = json!("2026-12-01T00:00:00Z")),
        ),
        refused(
            "not-yet-valid-beyond-the-tolerance",
            CheckKind::Validity,
            "not-yet-valid",
            "two minutes between clocks are too many",
            signed_so(|badge| badge["validFrom"] = json!("2026-11-22T09:02:00Z")),
        ),
        refused(
            "ends-before-it-begins",
            CheckKind::Validity,
            "ends-before-it-begins",
            "a badge that is never valid",
            until("2026-06-01T00:00:00Z"),
        ),
        refused(
            "proof-ended",
            CheckKind::Validity,
            "proof-expired",
            "a proof may end before the badge does",
            scene(&pen("school").with("expires", "2026-07-31T00:00:00Z").sign(badge())),
        ),
    ]
}

fn status_cases() -> Vec<Vector> {
    let revoked = |name, proves, scene| refused(name, CheckKind::Status, "revoked", proves, scene);
    let newer = |set: &[u32]| {
        let mut list = status_list(set);
        list["validFrom"] = json!("2026-11-22T08:00:00Z");
        list
    };
    vec![
        revoked("revoked", "the bit is set", without_list(&signed()).list(&pen("school").sign(status_list(&[PLACE])))),
        refused(
            "suspended",
            CheckKind::Status,
            "suspended",
            "a suspension refuses for the time being",
            without_list(&{
                let mut badge = badge();
                badge["credentialStatus"]["statusPurpose"] = json!("suspension");
                pen("school").sign(badge)
            })
            .list(&{
                let mut list = status_list(&[PLACE]);
                list["credentialSubject"]["statusPurpose"] = json!("suspension");
                pen("school").sign(list)
            }),
        ),
        revoked(
            "revoked-in-the-newer-of-two-lists",
            "an older list that came later brings nothing back",
            without_list(&signed())
                .list(&pen("school").sign(newer(&[PLACE])))
                .list(&pen("school").sign(status_list(&[]))),
        ),
        revoked(
            "revoked-whatever-list-is-presented",
            "an older list that the holder brings along does not undo what the verifier knows",
            without_list(&showing().sign(presentation(&[&signed(), &pen("school").sign(status_list(&[]))])))
                .asked()
                .list(&pen("school").sign(newer(&[PLACE]))),
        ),
        revoked(
            "revoked-beside-a-forged-newer-list",
            "a forged newer list does not hide a revocation",
            without_list(&signed())
                .list(&pen("school").sign(status_list(&[PLACE])))
                .list(&pen("stranger").naming(&method("school")).sign(newer(&[]))),
        ),
        revoked(
            "revoked-in-a-stale-list",
            "a policy that takes old lists takes their bad news too",
            without_list(&signed())
                .list(&pen("school").sign(status_list(&[PLACE])))
                .at("2026-11-23T06:30:00Z")
                .policy(|policy| policy.accept_stale_status_seconds = 3600),
        ),
        revoked(
            "revoked-by-the-entrusted-service",
            "a status issuer that the trust list names may revoke",
            without_list(&signed()).list(&{
                let mut list = status_list(&[PLACE]);
                list["issuer"] = json!(did("status-service"));
                pen("status-service").sign(list)
            }),
        ),
        revoked(
            "revoked-by-a-pinned-issuer",
            "trust in an issuer does not undo its revocations",
            bare(&signed()).pinned(&did("school")).list(&pen("school").sign(status_list(&[PLACE]))),
        ),
    ]
}

fn trust_cases() -> Vec<Vector> {
    let list = |bend: fn(&mut Value)| {
        let mut list = trust_list();
        bend(&mut issuers(&mut list)[0]);
        without_trust(&signed()).anchored().trust(&pen("anchor").sign(list))
    };
    let not_authorised = |name, proves, scene| refused(name, CheckKind::Trust, "not-authorised", proves, scene);
    let not_then = |name, proves, scene| refused(name, CheckKind::Trust, "not-vouched-then", proves, scene);
    vec![
        not_authorised(
            "code-without-mandate",
            "an issuer certifies a code that it was not given",
            list(|entry| entry["mandates"] = json!([])),
        ),
        not_authorised(
            "code-of-another-mandate",
            "a mandate for one code is none for another",
            list(|entry| entry["mandates"][0]["code"] = json!("crebo:25656")),
        ),
        not_authorised(
            "award-before-the-mandate",
            "the award came before the mandate",
            list(|entry| entry["mandates"][0]["from"] = json!("2026-07-01")),
        ),
        not_authorised(
            "award-on-the-day-the-mandate-ended",
            "the mandate's end is its first day without",
            list(|entry| entry["mandates"][0]["until"] = json!("2026-06-30")),
        ),
        not_authorised("one-of-two-codes-without-mandate", "a mandate for one of two codes is not enough", {
            let mut badge = badge();
            let codes = badge["credentialSubject"]["achievement"]["otherIdentifier"].as_array_mut().unwrap();
            codes.push(json!({ "type": "IdentifierEntry", "identifier": "K0905", "identifierType": "ext:kcode" }));
            scene(&pen("school").sign(badge))
        }),
        not_authorised(
            "programme-for-an-award-without-mandate",
            "who may not give an award makes no programme for it",
            scene(&{
                let mut programme = programme();
                programme["credentialSubject"]["programme"]["awards"][0]["code"] = json!("crebo:25656");
                pen("school").sign(programme)
            }),
        ),
        not_then(
            "award-before-the-issuer-was-known",
            "the award came before the anchor vouched",
            list(|entry| entry["from"] = json!("2026-07-01")),
        ),
        not_then(
            "award-after-the-issuer-was-dropped",
            "the award came after the anchor no longer vouched",
            list(|entry| entry["until"] = json!("2026-06-30")),
        ),
    ]
}

fn presentation_cases() -> Vec<Vector> {
    let for_another = |name, proves, scene| refused(name, CheckKind::Audience, "for-another", proves, scene);
    let other_challenge = |name, proves, scene| refused(name, CheckKind::Audience, "other-challenge", proves, scene);
    let of_another = |name, proves, scene| refused(name, CheckKind::Holder, "of-another", proves, scene);
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    let one = || presentation(&[&signed()]);
    let without = |member: &str| {
        let mut pen = showing();
        pen.proof.as_object_mut().unwrap().remove(member);
        pen
    };
    vec![
        for_another(
            "presentation-for-another-audience",
            "what was shown to one is not shown to another",
            scene(&showing().with("domain", "other.example").sign(one())).asked(),
        ),
        for_another(
            "presentation-for-nobody",
            "what was made for nobody was not made for us",
            scene(&without("domain").sign(one())).asked(),
        ),
        for_another(
            "presentation-for-an-audience-that-begins-alike",
            "names are compared whole",
            scene(&showing().with("domain", "werkgever.example.org").sign(one())).asked(),
        ),
        other_challenge(
            "presentation-replayed",
            "the answer to an older question is no answer",
            scene(&showing().with("challenge", "c0ffee00-0000-4000-8000-000000000000").sign(one())).asked(),
        ),
        other_challenge(
            "presentation-without-challenge",
            "neither is one to no question at all",
            scene(&without("challenge").sign(one())).asked(),
        ),
        refused(
            "presentation-too-late",
            CheckKind::Validity,
            "proof-expired",
            "a presentation ends when its proof does",
            scene(&showing().sign(one())).asked().at("2026-11-22T10:00:00Z"),
        ),
        refused(
            "presentation-of-tomorrow",
            CheckKind::Validity,
            "not-yet-valid",
            "a presentation is not made in advance",
            scene(
                &showing().with("created", "2026-11-23T09:00:00Z").with("expires", "2026-11-23T09:05:00Z").sign(one()),
            )
            .asked(),
        ),
        of_another(
            "badge-of-another-holder",
            "a badge is shown by the one whom it is about",
            scene(&{
                let mut presentation = one();
                presentation["holder"] = json!(did("other-learner"));
                let mut pen = showing();
                (pen.by, pen.method) = ("other-learner", method("other-learner"));
                pen.sign(presentation)
            })
            .asked(),
        ),
        of_another("badge-of-nobody", "a badge about nobody is nobody's to show", {
            let mut badge = badge();
            badge["credentialSubject"].as_object_mut().unwrap().remove("id");
            scene(&showing().sign(presentation(&[&pen("school").sign(badge)]))).asked()
        }),
        of_another("exemption-of-another-holder", "an exemption is shown by the one whom it exempts", {
            let mut exemption = exemption();
            exemption["credentialSubject"]["id"] = json!(did("other-learner"));
            bare(&showing().sign(presentation(&[&pen("board").sign(exemption)]))).asked().pinned(&did("board"))
        }),
        altered(
            "presentation-with-a-badge-added",
            "the holder did not show this one",
            scene(&{
                let mut presentation = showing().sign(presentation(&[]));
                presentation["verifiableCredential"] = json!([signed()]);
                presentation
            })
            .asked(),
        ),
        altered("presentation-with-a-badge-taken-out", "the holder showed one more", {
            let mut shown: Value = serde_json::from_str(&shown().document).unwrap();
            shown["verifiableCredential"].as_array_mut().unwrap().remove(0);
            scene(&shown).asked()
        }),
        altered(
            "presentation-with-a-plan-added",
            "the holder did not claim this",
            scene(&{
                let mut presentation = showing().sign(one());
                presentation["bundle"] = json!({ "title": "Alles" });
                presentation
            })
            .asked(),
        ),
        altered(
            "presentation-under-the-holders-key-name",
            "a thief names the holder's key and signs with his own",
            scene(&{
                let mut pen = showing();
                pen.by = "stranger";
                pen.sign(one())
            })
            .asked(),
        ),
        refused(
            "presentation-by-a-stranger",
            CheckKind::Key,
            "key-of-another",
            "a thief signs for the holder with his own name",
            scene(&{
                let mut pen = showing();
                (pen.by, pen.method) = ("stranger", method("stranger"));
                pen.sign(one())
            })
            .asked(),
        ),
        refused(
            "presentation-signed-to-assert",
            CheckKind::Proof,
            "wrong-purpose",
            "a presentation is signed to authenticate",
            scene(&showing().with("proofPurpose", "assertionMethod").sign(one())).asked(),
        ),
        refused(
            "presentation-with-a-revoked-badge",
            CheckKind::Status,
            "revoked",
            "a status list presented along tells of a revocation too",
            without_list(&showing().sign(presentation(&[&signed(), &pen("school").sign(status_list(&[PLACE]))])))
                .asked(),
        ),
        altered("presentation-with-a-forged-badge", "the holder's signature does not heal the issuer's", {
            let mut badge = signed();
            badge["credentialSubject"]["creditsEarned"] = json!(2400);
            scene(&showing().sign(presentation(&[&badge]))).asked()
        }),
    ]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [
        structure_cases(),
        proof_cases(),
        key_cases(),
        validity_cases(),
        status_cases(),
        trust_cases(),
        presentation_cases(),
    ]
    .concat()
}
