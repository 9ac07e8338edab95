//! The rules that are easy to miss, each by its name, with the sentence that a person reads.
//!
//! Each rule points at its case in `fixtures/vectors`; `<school>` stands for the school's DID.

use serde_json::json;
use stapel_credential::{AchievementCredential, Code, Day, IssuerKind, Uri};
use stapel_proof::Signed;
use stapel_verifier::{CheckResult, NotVouched, Outcome, Policy, Trust, Verdict, Vouched, verify, verify_text};

use crate::accepted::signed;
use crate::scene::{bare, checks, scene, without_trust};
use crate::vectors::find;
use crate::world::*;

/// The case of that name comes out so, and says this at its check.
fn says(name: &str, outcome: Outcome, sentence: &str) {
    let vector = find(name);
    let verdict = vector.scene.replay();
    assert_eq!(verdict.outcome(), outcome, "{name}");
    let told: Vec<String> = checks(&verdict)
        .into_iter()
        .filter(|check| check.kind == vector.check)
        .map(|check| named(&check.result.reason().to_string()))
        .collect();
    assert!(told.iter().any(|told| told == sentence), "{name}: {told:#?}");
}

fn accepted(name: &str, sentence: &str) {
    says(name, Outcome::Accepted, sentence);
}

fn undecided(name: &str, sentence: &str) {
    says(name, Outcome::Undecided, sentence);
}

fn refused(name: &str, sentence: &str) {
    says(name, Outcome::Refused, sentence);
}

#[test]
fn a_trusted_name_over_a_strangers_key_is_rejected() {
    refused("trusted-name-over-a-strangers-key", "it names <school>, but <stranger> signed it");
    refused("proof-set-of-strangers", "it names <school>, but <stranger>, <university> signed it");
    refused(
        "strangers-signature-under-the-issuers-key-name",
        "the signature of <school>#key does not belong to this text: it was altered, or not signed by that key",
    );
}

#[test]
fn a_strangers_document_is_not_fetched() {
    let vector = find("trusted-name-over-a-strangers-web-key");
    refused(vector.name, "it names <school>, but did:web:stranger.example signed it");
    let verdict = verify_text::<AchievementCredential>(
        &vector.scene.document,
        &vector.scene.dossier,
        &vector.scene.policy,
        instant(NOW),
    );
    assert_eq!(verdict.findings().missing(), []);
}

#[test]
fn a_key_listed_only_for_authentication_cannot_issue() {
    refused(
        "key-listed-only-for-authentication",
        "did:web:roc.example does not list did:web:roc.example#key-1 under assertionMethod",
    );
}

#[test]
fn a_key_that_is_gone_revoked_expired_or_anothers_cannot_issue() {
    refused("key-not-in-the-document", "did:web:roc.example has no verification method did:web:roc.example#key-1");
    refused("key-revoked", "did:web:roc.example#key-1 was revoked on 2026-11-01T00:00:00Z");
    refused("key-expired", "did:web:roc.example#key-1 expired on 2026-11-22T09:00:00Z");
    refused(
        "key-controlled-by-another",
        "did:web:roc.example#key-1 is controlled by did:web:stranger.example, not by did:web:roc.example",
    );
    refused(
        "key-without-fragment",
        "did:web:roc.example does not say which of its keys is meant: a fragment such as did:web:roc.example#key-1 is missing",
    );
}

#[test]
fn a_did_key_has_no_key_but_its_own() {
    let strangers = format!("#{}", multikey("stranger"));
    let sentence = format!("<school> has no verification method <school>{strangers}");
    for name in ["did-key-with-a-strangers-fragment", "did-key-overruled-by-a-document"] {
        refused(name, &named(&sentence));
    }
}

#[test]
fn weak_keys_never_verify() {
    let weak = crate::undecided::weak_multikey();
    let cause = "this key has small order: a signature under it fits almost every document";
    refused("did-key-of-small-order", &format!("did:key:{weak}: {cause}"));
    undecided("did-web-weak-key", &format!("did:web:roc.example#key-1 cannot be used: {cause}"));
}

#[test]
fn what_could_not_be_checked_is_not_called_forged() {
    undecided("suite-bbs-2023", "it is secured with bbs-2023, which this version cannot check");
    undecided("suite-rsa-signature-2018", "it is secured with RsaSignature2018, which this version cannot check");
    undecided("issuer-by-https", "https://roc.example/issuer is not a DID, so its keys cannot be looked up");
    undecided(
        "key-by-https",
        "$.proof.verificationMethod: the key https://roc.example/keys/1 is not named by a DID, so it cannot be looked up",
    );
    undecided(
        "did-of-an-unknown-method",
        "did:ebsi:zabc: the DID method \"ebsi\" is not supported; did:key, did:jwk and did:web are",
    );
    undecided(
        "did-web-document-missing",
        "the keys of did:web:roc.example could not be looked up (https://roc.example/.well-known/did.json)",
    );
    undecided(
        "did-web-key-of-another-kind",
        "did:web:roc.example#key-1 cannot be used: this is a P-384 key; Ed25519, P-256 and RSA keys are supported",
    );
}

#[test]
fn a_status_list_of_somebody_else_is_not_believed() {
    let unusable = "whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: ";
    undecided(
        "status-list-of-somebody-else",
        &format!("{unusable}it is by <university>, not by <school> or somebody it is entrusted to"),
    );
    undecided("status-list-forged", &format!("{unusable}signed by <stranger>, which is not a key of <school>"));
    undecided(
        "status-list-with-the-bit-cleared",
        &format!(
            "{unusable}the signature of <school>#key does not belong to this text: \
             the document was altered, or not signed by that key"
        ),
    );
    undecided(
        "status-list-signed-to-authenticate",
        &format!("{unusable}the proof's purpose is \"authentication\", not assertionMethod"),
    );
    undecided(
        "status-list-of-another-suite",
        &format!("{unusable}secured with bbs-2023, which this version cannot check"),
    );
    accepted("status-list-by-the-entrusted-service", "not revoked or suspended as of 2026-11-22T06:00:00Z");
}

#[test]
fn a_status_list_at_another_address_is_not_believed() {
    undecided(
        "status-list-that-names-another-address",
        "whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: \
         it says that it is the list https://roc.example/status/2",
    );
    undecided(
        "status-list-under-another-address",
        "whether it was revoked could not be looked up: the status list https://roc.example/status/1 is not at hand",
    );
}

#[test]
fn a_status_list_of_another_purpose_or_day_is_not_believed() {
    let unusable = "whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: ";
    undecided(
        "status-list-of-another-purpose",
        &format!("{unusable}it is a list of the purpose suspension, and the credential names revocation"),
    );
    undecided("status-list-not-begun", &format!("{unusable}it is valid only from 2026-11-22T12:00:00Z"));
    undecided(
        "status-index-outside-the-list",
        &format!("{unusable}it has 131072 entries, and the credential is number 131072"),
    );
}

#[test]
fn a_status_list_that_cannot_be_unpacked_is_not_read_as_good_news() {
    let unusable = "whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: ";
    undecided("status-list-empty-text", &format!("{unusable}the encoded status list is empty"));
    undecided(
        "status-list-bomb",
        &format!("{unusable}the encoded status list decompresses to more than 1048576 bytes, the most taken here"),
    );
    undecided(
        "status-list-too-short",
        &format!("{unusable}a status list has 128 entries; Bitstring Status List 1.0 asks for at least 131072"),
    );
    undecided(
        "status-list-2021-encoding",
        &format!(
            "{unusable}the encoded status list has no multibase prefix 'u': \
             this is the older encoding of Status List 2021, which is not read here"
        ),
    );
}

#[test]
fn a_status_that_cannot_be_read_is_undecided() {
    let unknown = "whether it was revoked is not known: this version cannot read the status kind ";
    undecided("status-kind-unknown", &format!("{unknown}1EdTechRevocationList"));
    undecided("status-kind-that-uses-our-names", &format!("{unknown}StatusList2021Entry"));
    undecided("status-size-of-two", &format!("{unknown}BitstringStatusListEntry with a statusSize of 2"));
    undecided(
        "status-purpose-unknown",
        &format!("{unknown}BitstringStatusListEntry with a statusPurpose of \"probation\""),
    );
    undecided("several-statuses", &format!("{unknown}list of 2 statuses"));
}

#[test]
fn a_status_size_of_one_is_the_usual_entry() {
    let mut badge = badge();
    badge["credentialStatus"]["statusSize"] = json!(1);
    assert_eq!(scene(&pen("school").sign(badge)).replay().outcome(), Outcome::Accepted);
}

#[test]
fn a_stale_status_list_is_undecided() {
    undecided(
        "status-list-stale",
        "whether it was revoked is not known: the status list at hand was valid until 2026-11-23T06:00:00Z, \
         and it is 2026-11-23T06:00:01Z now",
    );
    undecided(
        "status-list-whose-proof-ended",
        "whether it was revoked is not known: the status list at hand was valid until 2026-11-22T07:00:00Z, \
         and it is 2026-11-22T09:00:00Z now",
    );
}

#[test]
fn a_stale_status_list_is_a_remark_under_a_policy_that_accepts_its_age() {
    says(
        "stale-list-under-a-lenient-policy",
        Outcome::AcceptedWithRemarks,
        "not revoked or suspended as of 2026-11-22T06:00:00Z; a newer list should have come by 2026-11-23T06:00:00Z",
    );
    refused("revoked-in-a-stale-list", "its issuer revoked it (list of 2026-11-22T06:00:00Z)");
}

#[test]
fn none_older_than_a_status_list_already_seen_is_taken() {
    refused("revoked-in-the-newer-of-two-lists", "its issuer revoked it (list of 2026-11-22T08:00:00Z)");
    refused("revoked-whatever-list-is-presented", "its issuer revoked it (list of 2026-11-22T08:00:00Z)");
    undecided(
        "status-list-stale-beside-an-older-one-without-end",
        "whether it was revoked is not known: the status list at hand was valid until 2026-11-22T07:00:00Z, \
         and it is 2026-11-22T09:00:00Z now",
    );
}

#[test]
fn a_forged_status_list_displaces_nothing() {
    refused("revoked-beside-a-forged-newer-list", "its issuer revoked it (list of 2026-11-22T06:00:00Z)");
    accepted("forged-list-beside-the-genuine-one", "not revoked or suspended as of 2026-11-22T06:00:00Z");
}

#[test]
fn a_revocation_is_final_and_a_suspension_for_the_time_being() {
    refused("revoked", "its issuer revoked it (list of 2026-11-22T06:00:00Z)");
    refused("suspended", "its issuer suspended it for the time being (list of 2026-11-22T06:00:00Z)");
    accepted("no-status", "its issuer keeps no status for it: it cannot be revoked");
}

#[test]
fn no_trust_list_leaves_it_undecided() {
    let unknown = "<school> is not known here: no trust list at hand vouches for it. That says nothing against it";
    for name in [
        "no-trust-list",
        "issuer-not-on-the-list",
        "trust-list-of-an-anchor-not-chosen",
        "trust-list-forged",
        "trust-list-under-the-anchors-key-name",
        "trust-list-with-an-issuer-added",
    ] {
        undecided(name, unknown);
    }
}

#[test]
fn a_trust_list_of_a_stranger_vouches_for_nobody_and_is_told() {
    for (name, why) in [
        ("trust-list-of-an-anchor-not-chosen", "its issuer <other-anchor> is not one of your trust anchors"),
        ("trust-list-forged", "signed by <stranger>, which is not a key of <anchor>"),
        ("trust-list-ended", "it was valid until 2026-11-22T08:59:59Z"),
        ("trust-list-whose-proof-ended", "it was valid until 2026-11-20T00:00:00Z"),
        ("trust-list-without-end", "it has no end of validity, which a trust list must have"),
        ("trust-list-not-begun", "it is valid only from 2026-11-23T00:00:00Z"),
        ("trust-list-outlived-by-an-older-one", "it was valid until 2026-11-20T00:00:00Z"),
    ] {
        let scene = &find(name).scene;
        let trust = Trust::new(&scene.dossier, &scene.policy, instant(NOW));
        let told: Vec<_> = trust.unusable().iter().map(|list| (list.list.as_str(), named(&list.why))).collect();
        assert_eq!(told, [("Register Voorbeeld", why.to_owned())], "{name}");
    }
}

#[test]
fn an_older_trust_list_brings_nobody_back() {
    let unknown = "<school> is not known here: no trust list at hand vouches for it. That says nothing against it";
    undecided("trust-list-of-a-lower-sequence", unknown);
    undecided("trust-list-outlived-by-an-older-one", unknown);
    accepted("newest-of-two-trust-lists", "ROC Voorbeeld is vouched for by the trust list Register Voorbeeld");
}

#[test]
fn an_issuer_that_is_not_authorised_for_the_code_is_refused() {
    let not = |code: &str| {
        format!("by the trust list Register Voorbeeld, ROC Voorbeeld may not certify {code} on 2026-06-30")
    };
    refused("code-without-mandate", &not("crebo:25655"));
    refused("code-of-another-mandate", &not("crebo:25655"));
    refused("one-of-two-codes-without-mandate", &not("kcode:K0905"));
}

#[test]
fn a_programme_counts_only_by_a_mandate_for_its_awards_code() {
    refused(
        "programme-for-an-award-without-mandate",
        "by the trust list Register Voorbeeld, ROC Voorbeeld may not certify crebo:25656 on 2026-01-01",
    );
}

#[test]
fn a_mandate_holds_on_the_day_of_the_award() {
    let not = "by the trust list Register Voorbeeld, ROC Voorbeeld may not certify crebo:25655 on 2026-06-30";
    refused("award-before-the-mandate", not);
    refused("award-on-the-day-the-mandate-ended", not);
    accepted("mandate-ended-after-the-award", "ROC Voorbeeld is vouched for by the trust list Register Voorbeeld");
    let not_then = "the trust list Register Voorbeeld does not vouch for ROC Voorbeeld on 2026-06-30";
    refused("award-before-the-issuer-was-known", not_then);
    refused("award-after-the-issuer-was-dropped", not_then);
}

#[test]
fn a_pinned_issuer_needs_no_trust_list() {
    accepted("pinned-issuer", "you trust <school> yourself");
    refused("revoked-by-a-pinned-issuer", "its issuer revoked it (list of 2026-11-22T06:00:00Z)");
}

#[test]
fn trust_can_be_asked_by_code_and_day() {
    let scene = scene(&signed());
    let trust = Trust::new(&scene.dossier, &scene.policy, instant(NOW));
    let (school, stranger) = (a_did(&did("school")), a_did(&did("stranger")));
    let (code, other) = (Code::parse("crebo:25655").unwrap(), Code::parse("crebo:25656").unwrap());
    let day = |text| Day::parse(text).unwrap();
    let (list, name) = ("Register Voorbeeld".to_owned(), "ROC Voorbeeld".to_owned());
    let vouched = Vouched::ByList { list: list.clone(), name: name.clone(), kind: IssuerKind::Mbo };
    assert_eq!(trust.may_certify(&school, &code, day("2024-08-01")), Ok(vouched.clone()));
    assert_eq!(
        trust.may_certify(&school, &Code::parse("code:ZORG-1").unwrap(), day("2024-07-31")),
        Ok(vouched.clone())
    );
    assert_eq!(trust.vouch(&school, day("2020-08-01")), Ok(vouched));
    assert_eq!(trust.find_kind(&school, day("2020-07-31")), None);
    assert_eq!(trust.find_kind(&school, day("2020-08-01")), Some(IssuerKind::Mbo));
    let errors = [
        trust.may_certify(&school, &code, day("2024-07-31")).unwrap_err(),
        trust.may_certify(&school, &other, day("2024-08-01")).unwrap_err(),
        trust.vouch(&school, day("2020-07-31")).unwrap_err(),
        trust.vouch(&stranger, day("2024-08-01")).unwrap_err(),
    ];
    assert!(matches!(errors[0], NotVouched::NotAuthorised { .. }));
    assert_eq!(
        errors.map(|error| named(&error.to_string())),
        [
            "by the trust list Register Voorbeeld, ROC Voorbeeld may not certify crebo:25655 on 2024-07-31",
            "by the trust list Register Voorbeeld, ROC Voorbeeld may not certify crebo:25656 on 2024-08-01",
            "the trust list Register Voorbeeld does not vouch for ROC Voorbeeld on 2020-07-31",
            "no trust list at hand knows <stranger>",
        ]
    );
}

#[test]
fn a_status_issuer_is_one_that_the_trust_list_names_for_that_issuer() {
    let scene = scene(&signed());
    let trust = Trust::new(&scene.dossier, &scene.policy, instant(NOW));
    let uri = |name| Uri::parse(&did(name)).unwrap();
    let may = |signer, issuer| trust.may_sign_status(&uri(signer), &uri(issuer), instant(NOW).day());
    assert!(may("school", "school"));
    assert!(may("status-service", "school"));
    assert!(!may("status-service", "university"));
    assert!(!may("anchor", "school"));
}

#[test]
fn an_expired_badge_says_since_when() {
    refused("expired", "it expired on 2026-07-31, 114 days before 2026-11-22");
    refused("expired-yesterday", "it expired on 2026-11-21, 1 day before 2026-11-22");
    refused("expired-this-morning", "it expired on 2026-11-22, earlier on 2026-11-22");
    refused("expired-by-another-time-zone", "it expired on 2026-11-22, earlier on 2026-11-22");
    refused("ends-before-it-begins", "it would end on 2026-06-01T00:00:00Z, before it begins on 2026-06-30T12:00:00Z");
    refused(
        "proof-ended",
        "the signature was made to hold until 2026-07-31T00:00:00Z only, and it is 2026-11-22T09:00:00Z now",
    );
}

#[test]
fn a_badge_that_is_not_yet_valid_says_from_when() {
    refused("not-yet-valid", "it is valid only from 2026-12-01T00:00:00Z, and it is 2026-11-22T09:00:00Z now");
}

#[test]
fn clocks_may_differ_by_the_tolerance_and_no_more() {
    let outcome = |member: &str, instant: &str, tolerance: u64| {
        let mut badge = badge();
        badge[member] = json!(instant);
        scene(&pen("school").sign(badge)).policy(|policy| policy.clock_tolerance_seconds = tolerance).replay().outcome()
    };
    assert_eq!(outcome("validFrom", "2026-11-22T09:01:00Z", 60), Outcome::Accepted);
    assert_eq!(outcome("validFrom", "2026-11-22T09:01:01Z", 60), Outcome::Refused);
    assert_eq!(outcome("validFrom", "2026-11-22T09:00:01Z", 0), Outcome::Refused);
    assert_eq!(outcome("validUntil", "2026-11-22T08:59:00Z", 60), Outcome::Accepted);
    assert_eq!(outcome("validUntil", "2026-11-22T08:58:59Z", 60), Outcome::Refused);
    assert_eq!(outcome("validUntil", "2026-11-22T09:00:00Z", 0), Outcome::Accepted);
}

#[test]
fn a_presentation_for_another_audience_or_question_is_refused() {
    refused("presentation-for-another-audience", "it was made for other.example, not for werkgever.example");
    refused("presentation-for-nobody", "it was made for nobody in particular, not for werkgever.example");
    refused(
        "presentation-for-an-audience-that-begins-alike",
        "it was made for werkgever.example.org, not for werkgever.example",
    );
    refused(
        "presentation-replayed",
        "it does not answer this question: its challenge is c0ffee00-0000-4000-8000-000000000000",
    );
    refused("presentation-without-challenge", "it does not answer this question: its challenge is missing");
    accepted("progress", "it was made for this audience and question");
    says(
        "presentation-that-nobody-asked-for",
        Outcome::AcceptedWithRemarks,
        "it was made for werkgever.example: nothing was asked, so nothing was compared",
    );
}

#[test]
fn a_presentation_ends_with_its_proof() {
    refused(
        "presentation-too-late",
        "the signature was made to hold until 2026-11-22T09:05:00Z only, and it is 2026-11-22T10:00:00Z now",
    );
    refused(
        "presentation-of-tomorrow",
        "it is valid only from 2026-11-23T09:00:00Z, and it is 2026-11-22T09:00:00Z now",
    );
}

#[test]
fn a_badge_is_shown_by_the_one_whom_it_is_about() {
    refused("badge-of-another-holder", "it is about <learner>, not about <other-learner>, who shows it");
    refused("badge-of-nobody", "it is about nobody in particular, not about <learner>, who shows it");
    refused("exemption-of-another-holder", "it is about <other-learner>, not about <learner>, who shows it");
    accepted("badge-of-the-holder", "it is about <learner>, who shows it");
}

#[test]
fn a_badge_that_is_not_valid_yet_is_no_badge_however_it_is_asked() {
    let scene = &find("not-yet-valid").scene;
    let signed = Signed::<AchievementCredential>::parse(&scene.document).unwrap();
    let verdict = verify(&signed, &scene.dossier, &scene.policy, instant(scene.now));
    assert!(matches!(verdict, Verdict::Refused(_)));
    assert!(verdict.accepted().is_none() && verdict.into_accepted().is_none());
}

#[test]
fn a_verified_badge_carries_its_text_digest_and_findings() {
    let scene = scene(&signed());
    let signed = Signed::<AchievementCredential>::parse(&scene.document).unwrap();
    let verdict = verify(&signed, &scene.dossier, &scene.policy, instant(scene.now));
    let verified = verdict.accepted().unwrap();
    assert_eq!(verified.text(), scene.document);
    assert_eq!(verified.digest(), signed.digest());
    assert_eq!(verified.reference(), signed.peek_unverified().reference());
    assert!(verified.findings().checks().iter().all(|check| matches!(check.result, CheckResult::Pass(_))));
    assert_eq!(verified.findings().checks().len(), 6);
}

#[test]
fn the_exit_codes_follow_the_answer() {
    let codes = [Outcome::Accepted, Outcome::AcceptedWithRemarks, Outcome::Refused, Outcome::Undecided];
    assert_eq!(codes.map(Outcome::exit_code), [0, 0, 1, 2]);
}

#[test]
fn a_text_that_cannot_be_read_says_where() {
    refused("member-twice", "$.credentialSubject.creditsEarned: the member stands twice in its object");
    refused("member-twice-by-an-escape", "$.credentialSubject.creditsEarned: the member stands twice in its object");
    refused("proof-twice", "$.proof: the member stands twice in its object");
    refused("proof-missing", "the document carries no proof: nobody signed it");
    refused("seventeen-proofs", "the document carries 17 proofs; at most 16 are read");
    refused("context-put-first", "$.proof.@context: the document's contexts do not start with those that were signed");
    // The other standard is the data model 1.1, which has other names for its dates.
    refused(
        "context-of-another-standard-first",
        "$.validFrom: belongs to the data model 2.0, and the first context is not of that",
    );
    refused("any-context-second", "$.@context[0]: expected https://www.w3.org/ns/credentials/v2");
    refused("type-not-a-credential", "$.type: expected VerifiableCredential among the types");
    refused(
        "level-that-does-not-exist",
        "$.credentialSubject.achievement.alignment[0]: \"NLQF 9\" is not a level: EQF 1 to 8, NLQF entry, 1 to 8 or 4+",
    );
}

#[test]
fn a_key_that_expires_is_asked_at_every_look() {
    // The list's bits are kept after the first look; whether its key still holds is asked again.
    let mut document = web_document();
    document["verificationMethod"][0]["expires"] = json!("2026-11-22T12:00:00Z");
    let mut badge = badge();
    badge["issuer"]["id"] = json!(WEB);
    let mut list = status_list(&[]);
    list["issuer"] = json!(WEB);
    let scene = bare(&web_pen().sign(badge)).controller(WEB, &document).pinned(WEB).list(&web_pen().sign(list));
    assert_eq!(scene.replay().outcome(), Outcome::Accepted);
    let later = scene.clone().at("2026-11-22T12:00:00Z").replay();
    let told: Vec<String> = checks(&later).iter().map(|check| check.result.reason().to_string()).collect();
    assert!(
        told.contains(
            &"whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: \
              did:web:roc.example#key-1 expired on 2026-11-22T12:00:00Z"
                .to_owned()
        ),
        "{told:#?}"
    );
}

#[test]
fn a_trust_list_is_no_badge() {
    let list = pen("anchor").sign(trust_list());
    let verdict = verify_text::<AchievementCredential>(
        &text(&list),
        &without_trust(&list).dossier,
        &Policy::default(),
        instant(NOW),
    );
    assert_eq!(verdict.outcome(), Outcome::Refused);
}
