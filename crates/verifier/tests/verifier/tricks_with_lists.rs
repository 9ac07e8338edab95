//! Which status lists and trust lists are not what they seem, and how is a badge pointed past them?

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use stapel_verifier::CheckKind;

use crate::accepted::signed;
use crate::scene::{Scene, bare, scene, without_list, without_trust};
use crate::vectors::{Vector, refused, undecided};
use crate::world::*;

/// A badge whose status entry was bent before the school signed it.
fn entry_so(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = badge();
    bend(&mut badge["credentialStatus"]);
    scene(&pen("school").sign(badge))
}

/// The badge with a list of these bits that was bent before somebody signed it.
fn list_by(by: &'static str, set: &[u32], bend: impl FnOnce(&mut Value)) -> Scene {
    let mut list = status_list(set);
    list["issuer"] = json!(did(by));
    bend(&mut list);
    without_list(&signed()).list(&pen(by).sign(list))
}

/// The bytes of a list without a set bit, compressed.
fn compressed() -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(&encoded(&[])[1..]).unwrap()
}

fn entry_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    let index = |text: &str| entry_so(|entry| entry["statusListIndex"] = json!(text));
    let without = |member: &str| entry_so(|entry| drop(entry.as_object_mut().unwrap().remove(member)));
    vec![
        malformed("status-index-below-zero", "no place comes before the first", index("-1")),
        malformed("status-index-with-leading-zeroes", "a place has one name", index("094567")),
        malformed("status-index-beyond-32-bits", "a place does not begin again from zero", index("4295061863")),
        malformed("status-index-with-a-space", "what is not a number is not read as one", index(" 94567")),
        malformed("status-index-in-hexadecimal", "in no other way of counting", index("0x17167")),
        malformed("status-index-in-arabic-digits", "nor by other digits", index("٩٤٥٦٧")),
        malformed("status-index-missing", "an entry without a place is no entry", without("statusListIndex")),
        malformed("status-purpose-missing", "what a set bit means must be said", without("statusPurpose")),
        malformed("status-list-not-named", "where the list is must be said", without("statusListCredential")),
        malformed(
            "status-list-at-a-relative-address",
            "an address that depends on who reads it is none",
            entry_so(|entry| entry["statusListCredential"] = json!("status/1")),
        ),
        malformed("status-kind-missing", "an entry says what it is", without("type")),
    ]
}

fn list_cases() -> Vec<Vector> {
    let unusable = |name, proves, scene| undecided(name, CheckKind::Status, "status-list-unusable", proves, scene);
    let revoked = |name, proves, scene| refused(name, CheckKind::Status, "revoked", proves, scene);
    let encoded_as =
        |text: String| list_by("school", &[], |list| list["credentialSubject"]["encodedList"] = json!(text));
    let at = |place: u32| {
        let mut badge = badge();
        badge["credentialStatus"]["statusListIndex"] = json!(place.to_string());
        without_list(&pen("school").sign(badge)).list(&pen("school").sign(status_list(&[place])))
    };
    vec![
        revoked("revoked-at-the-first-place", "counting begins at zero", at(0)),
        revoked("revoked-at-the-last-place", "and ends at the last bit", at(131_071)),
        revoked(
            "revoked-among-all",
            "a list whose every bit is set revokes everything",
            list_by("school", &(0..131_072).collect::<Vec<u32>>(), |_| ()),
        ),
        unusable(
            "status-list-padded",
            "the encoding has no equals sign",
            encoded_as(format!(
                "u{}=",
                STANDARD.encode(compressed()).replace('+', "-").replace('/', "_").trim_end_matches('=')
            )),
        ),
        unusable(
            "status-list-in-hexadecimal",
            "another multibase is not guessed at",
            encoded_as(format!(
                "f{}",
                compressed().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
            )),
        ),
        unusable(
            "status-list-not-compressed",
            "bits that are not compressed are not read",
            encoded_as(format!("u{}", URL_SAFE_NO_PAD.encode(vec![0; 16_384]))),
        ),
        unusable(
            "status-list-with-a-second-list-behind-it",
            "of two lists in one the second may be the one that others read",
            encoded_as(format!("u{}", URL_SAFE_NO_PAD.encode([compressed(), compressed()].concat()))),
        ),
        unusable(
            "status-list-with-a-broken-checksum",
            "a list whose checksum does not fit was changed on its way",
            encoded_as({
                let mut bytes = compressed();
                let checksum = bytes.len() - 8;
                bytes[checksum] ^= 1;
                format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
            }),
        ),
        unusable(
            "status-list-with-a-broken-length",
            "and so is its length",
            encoded_as({
                let mut bytes = compressed();
                let length = bytes.len() - 4;
                bytes[length] ^= 1;
                format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
            }),
        ),
        unusable(
            "status-list-by-the-anchor",
            "who vouches for an issuer does not revoke for it",
            list_by("anchor", &[], |_| ()),
        ),
        unusable(
            "status-list-by-the-learner",
            "nor does the one whom the badge is about",
            list_by("learner", &[], |_| ()),
        ),
        unusable(
            "status-list-by-somebody-pinned",
            "trust in a second issuer does not let it revoke for the first",
            list_by("university", &[], |_| ()).pinned(&did("university")),
        ),
        unusable(
            "status-list-by-a-service-of-another-school",
            "a service is entrusted with the lists of one school",
            {
                let mut list = trust_list();
                issuers(&mut list)[0].as_object_mut().unwrap().remove("statusIssuers");
                let mut other = school_entry();
                other["did"] = json!(did("university"));
                issuers(&mut list).push(other);
                bare(&signed()).anchored().trust(&pen("anchor").sign(list)).list(&{
                    let mut list = status_list(&[]);
                    list["issuer"] = json!(did("status-service"));
                    pen("status-service").sign(list)
                })
            },
        ),
        unusable(
            "status-list-under-the-services-key-name",
            "the service's name over a stranger's signature is not believed",
            without_list(&signed()).list(&{
                let mut list = status_list(&[]);
                list["issuer"] = json!(did("status-service"));
                pen("stranger").naming(&method("status-service")).sign(list)
            }),
        ),
        unusable(
            "status-list-whose-issuer-was-exchanged",
            "a stranger's list does not become the school's by its name",
            without_list(&signed()).list(&{
                let mut list = status_list(&[]);
                list["issuer"] = json!(did("stranger"));
                let mut list = pen("stranger").sign(list);
                list["issuer"] = json!(did("school"));
                list
            }),
        ),
        unusable(
            "status-list-whose-end-was-moved",
            "a list of last month does not live longer by a later date",
            without_list(&signed()).list(&{
                let mut list = status_list(&[]);
                list["validUntil"] = json!("2026-10-23T06:00:00Z");
                let mut list = pen("school").sign(list);
                list["validUntil"] = json!("2026-12-23T06:00:00Z");
                list
            }),
        ),
    ]
}

fn trust_cases() -> Vec<Vector> {
    let unknown = |name, proves, scene| undecided(name, CheckKind::Trust, "issuer-unknown", proves, scene);
    let not_authorised = |name, proves, scene| refused(name, CheckKind::Trust, "not-authorised", proves, scene);
    let list = |bend: fn(&mut Value)| {
        let mut list = trust_list();
        bend(&mut issuers(&mut list)[0]);
        without_trust(&signed()).anchored().trust(&pen("anchor").sign(list))
    };
    let by = |by: &'static str| {
        let mut badge = badge();
        badge["issuer"]["id"] = json!(did(by));
        badge.as_object_mut().unwrap().remove("credentialStatus");
        pen(by).sign(badge)
    };
    vec![
        unknown("badge-of-the-anchor", "who vouches for others does not vouch for itself", scene(&by("anchor"))),
        unknown(
            "badge-of-the-status-service",
            "who may revoke for a school does not issue for it",
            scene(&by("status-service")),
        ),
        unknown(
            "trust-list-of-the-issuer-itself",
            "an issuer that vouches for itself is vouched for by nobody",
            without_trust(&signed()).anchored().trust(&{
                let mut list = trust_list();
                list["issuer"]["id"] = json!(did("school"));
                pen("school").sign(list)
            }),
        ),
        unknown(
            "trust-list-signed-to-authenticate",
            "a list signed for another purpose does not count",
            without_trust(&signed())
                .anchored()
                .trust(&pen("anchor").with("proofPurpose", "authentication").sign(trust_list())),
        ),
        unknown(
            "trust-list-that-knows-another-name-of-the-key",
            "a list vouches for a name, and not for whoever holds the same key",
            list(|entry| entry["did"] = json!(WEB)),
        ),
        unknown(
            "trust-list-with-a-later-end-added",
            "a list does not live longer by a later date",
            without_trust(&signed()).anchored().trust(&{
                let mut list = trust_list();
                list["validUntil"] = json!("2026-11-02T00:00:00Z");
                let mut list = pen("anchor").sign(list);
                list["validUntil"] = json!("2027-11-02T00:00:00Z");
                list
            }),
        ),
        unknown(
            "trust-list-with-its-sequence-raised",
            "nor does an old edition become the newest by a number",
            without_trust(&signed()).anchored().trust(&{
                let mut list = pen("anchor").sign(trust_list());
                list["credentialSubject"]["trustList"]["sequence"] = json!(9);
                list
            }),
        ),
        unknown(
            "trust-list-with-the-key-of-the-issuer-exchanged",
            "a stranger's DID in the place of the school's was not signed",
            without_trust(&by("stranger")).anchored().trust(&{
                let mut list = pen("anchor").sign(trust_list());
                issuers(&mut list)[0]["did"] = json!(did("stranger"));
                list
            }),
        ),
        not_authorised(
            "mandate-for-the-next-code",
            "codes are compared whole",
            list(|entry| entry["mandates"][0]["code"] = json!("crebo:25654")),
        ),
        not_authorised(
            "mandate-of-another-register",
            "a code means something in its own register alone",
            list(|entry| entry["mandates"][0]["code"] = json!("kcode:K2565")),
        ),
        not_authorised(
            "mandate-in-the-older-edition-alone",
            "a mandate that the newest edition took back is none",
            scene(&signed()).trust(&{
                let mut list = trust_list();
                list["credentialSubject"]["trustList"]["sequence"] = json!(8);
                issuers(&mut list)[0]["mandates"] = json!([]);
                pen("anchor").sign(list)
            }),
        ),
        not_authorised("half-a-mandate-on-each-of-two-lists", "no list vouches for the whole badge", {
            let mut badge = badge();
            let codes = badge["credentialSubject"]["achievement"]["otherIdentifier"].as_array_mut().unwrap();
            codes.push(json!({ "type": "IdentifierEntry", "identifier": "K0905", "identifierType": "ext:kcode" }));
            scene(&pen("school").sign(badge)).pinned_anchor("other-anchor").trust(&{
                let mut list = trust_list();
                list["issuer"]["id"] = json!(did("other-anchor"));
                issuers(&mut list)[0]["mandates"] = json!([{ "code": "kcode:K0905", "from": "2024-08-01" }]);
                pen("other-anchor").sign(list)
            })
        }),
    ]
}

impl Scene {
    /// With one more anchor.
    fn pinned_anchor(mut self, name: &str) -> Self {
        self.policy.trust_anchors.push(a_did(&did(name)));
        self
    }
}

pub(crate) fn vectors() -> Vec<Vector> {
    [entry_cases(), list_cases(), trust_cases()].concat()
}
