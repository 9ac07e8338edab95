//! Which sentence does each reason say? The texts that people read, to the letter.

use stapel_credential::{Code, CredentialRef, Day, Did, DidUrl, Timestamp, Uri};
use stapel_verifier::{Reason, SucceededBy};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn uri(text: &str) -> Uri {
    Uri::parse(text).unwrap()
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// Every reason, its `because`, and its sentence.
#[expect(clippy::too_many_lines, reason = "one table")]
fn table() -> Vec<(Reason, &'static str, &'static str)> {
    let method = DidUrl::parse("did:web:roc.example#key-1").unwrap();
    let school = Did::parse("did:web:roc.example").unwrap();
    let (from, until, now) = (at("2026-03-01T08:00:00Z"), at("2026-03-01T12:00:00Z"), at("2026-11-22T09:00:00Z"));
    let list = uri("https://roc.example/status/1");
    let holder = uri("did:key:z1");
    let credential = CredentialRef { issuer: school.to_uri(), id: uri("urn:uuid:1") };
    let code = Code::parse("crebo:25655").unwrap();
    let day = Day::parse("2026-06-30").unwrap();
    vec![
        (Reason::WellFormed { kind: text("K") }, "well-formed", "it is a document of the kind K"),
        (Reason::Malformed { message: text("$.x: why") }, "malformed", "$.x: why"),
        (
            Reason::ResourceAltered { resource: uri("https://roc.example/rules") },
            "resource-altered",
            "https://roc.example/rules as it is at hand is not the document whose digest stands in it",
        ),
        (
            Reason::ValidWithoutBeginning { until: None },
            "valid-without-beginning",
            "it names neither beginning nor end of its validity",
        ),
        (
            Reason::Intact { method: method.clone() },
            "intact",
            "the text is exactly as did:web:roc.example#key-1 signed it",
        ),
        (
            Reason::Altered { method: method.clone() },
            "altered",
            "the signature of did:web:roc.example#key-1 does not belong to this text: it was altered, or not signed by that key",
        ),
        (
            Reason::WrongPurpose { expected: text("assertionMethod"), found: text("authentication") },
            "wrong-purpose",
            "the signature was made for authentication, not for assertionMethod",
        ),
        (
            Reason::UnknownSuite { suite: text("bbs-2023") },
            "unknown-suite",
            "it is secured with bbs-2023, which this version cannot check",
        ),
        (
            Reason::WrongAlgorithm { method, algorithm: text("ES256"), kind: text("Ed25519") },
            "wrong-algorithm",
            "it says that it was signed with ES256, and did:web:roc.example#key-1 is a key of the kind Ed25519",
        ),
        (
            Reason::NotWhatWasSigned { message: text("why") },
            "not-what-was-signed",
            "what was signed is not what is read here: why",
        ),
        (
            Reason::ContextUnknown { url: text("https://terms.example/v1") },
            "context-unknown",
            "its vocabulary https://terms.example/v1 is not at hand, so what was signed cannot be computed",
        ),
        (
            Reason::KeyOfController { controller: school.to_uri() },
            "key-of-controller",
            "the key belongs to did:web:roc.example",
        ),
        (
            Reason::KeyOfAnother { controller: school.to_uri(), found: text("did:key:z1") },
            "key-of-another",
            "it names did:web:roc.example, but did:key:z1 signed it",
        ),
        (Reason::KeyRefused { message: text("why") }, "key-refused", "why"),
        (
            Reason::KeyMissing { did: school.clone(), url: text("https://roc.example/did.json") },
            "key-missing",
            "the keys of did:web:roc.example could not be looked up (https://roc.example/did.json)",
        ),
        (Reason::KeyUnreadable { message: text("why") }, "key-unreadable", "why"),
        (
            Reason::KeyNotReached,
            "key-not-reached",
            "the key was not looked at: the signature does not hold, or could not be checked",
        ),
        (Reason::Valid { from, until: Some(until) }, "valid", "it is valid since 2026-03-01T08:00:00Z"),
        (
            Reason::ValidUntilProofEnds { until },
            "valid-until-proof-ends",
            "it is valid now, and the signature was made to hold until 2026-03-01T12:00:00Z",
        ),
        (Reason::Expired { until, now, days: 266 }, "expired", "it expired on 2026-03-01, 266 days before 2026-11-22"),
        (
            Reason::NotYetValid { from: now, now: from },
            "not-yet-valid",
            "it is valid only from 2026-11-22T09:00:00Z, and it is 2026-03-01T08:00:00Z now",
        ),
        (
            Reason::ProofExpired { until, now },
            "proof-expired",
            "the signature was made to hold until 2026-03-01T12:00:00Z only, and it is 2026-11-22T09:00:00Z now",
        ),
        (
            Reason::EndsBeforeItBegins { from: until, until: from },
            "ends-before-it-begins",
            "it would end on 2026-03-01T08:00:00Z, before it begins on 2026-03-01T12:00:00Z",
        ),
        (Reason::NoStatus, "no-status", "its issuer keeps no status for it: it cannot be revoked"),
        (Reason::NotRevoked { as_of: from }, "not-revoked", "not revoked or suspended as of 2026-03-01T08:00:00Z"),
        (
            Reason::NotRevokedStale { as_of: from, until },
            "not-revoked-stale",
            "not revoked or suspended as of 2026-03-01T08:00:00Z; a newer list should have come by 2026-03-01T12:00:00Z",
        ),
        (Reason::Revoked { as_of: from }, "revoked", "its issuer revoked it (list of 2026-03-01T08:00:00Z)"),
        (
            Reason::Suspended { as_of: from },
            "suspended",
            "its issuer suspended it for the time being (list of 2026-03-01T08:00:00Z)",
        ),
        (
            Reason::StatusListMissing { url: list.clone() },
            "status-list-missing",
            "whether it was revoked could not be looked up: the status list https://roc.example/status/1 is not at hand",
        ),
        (
            Reason::StatusListStale { until, now },
            "status-list-stale",
            "whether it was revoked is not known: the status list at hand was valid until 2026-03-01T12:00:00Z, \
             and it is 2026-11-22T09:00:00Z now",
        ),
        (
            Reason::StatusListUnusable { url: list, message: text("why") },
            "status-list-unusable",
            "whether it was revoked is not known: the status list https://roc.example/status/1 cannot be used: why",
        ),
        (
            Reason::StatusKindUnknown { kind: text("K") },
            "status-kind-unknown",
            "whether it was revoked is not known: this version cannot read the status kind K",
        ),
        (
            Reason::Vouched { name: text("ROC"), list: text("L"), codes: vec![code.clone()], successor: None },
            "vouched",
            "ROC is vouched for by the trust list L",
        ),
        (
            Reason::Vouched {
                name: text("ROC"),
                list: text("L"),
                codes: Vec::new(),
                successor: Some(SucceededBy { did: school.clone(), name: text("ROC Groter"), from: day }),
            },
            "vouched",
            "ROC is vouched for by the trust list L; ROC Groter stands for it since 2026-06-30",
        ),
        (
            Reason::KeyKept { controller: school.to_uri(), list: text("L") },
            "key-kept",
            "the key is one that the trust list L keeps for did:web:roc.example",
        ),
        (
            Reason::KeysKeptByAnother { name: text("ROC"), list: text("L"), keeper: text("M") },
            "keys-kept-by-another",
            "ROC is vouched for by the trust list L; but its keys are kept by the trust list M, which does not vouch for this",
        ),
        (Reason::Pinned { issuer: school.clone() }, "pinned", "you trust did:web:roc.example yourself"),
        (
            Reason::IssuerUnknown { issuer: school.to_uri() },
            "issuer-unknown",
            "did:web:roc.example is not known here: no trust list at hand vouches for it. That says nothing against it",
        ),
        (
            Reason::NotVouchedThen { name: text("ROC"), list: text("L"), day },
            "not-vouched-then",
            "the trust list L does not vouch for ROC on 2026-06-30",
        ),
        (
            Reason::NotAuthorised { name: text("ROC"), list: text("L"), code, day },
            "not-authorised",
            "by the trust list L, ROC may not certify crebo:25655 on 2026-06-30",
        ),
        (Reason::OfHolder { holder: holder.clone() }, "of-holder", "it is about did:key:z1, who shows it"),
        (
            Reason::OfAnother { subject: text("did:key:z2"), holder: holder.clone() },
            "of-another",
            "it is about did:key:z2, not about did:key:z1, who shows it",
        ),
        (
            Reason::HolderNotEstablished { holder },
            "holder-not-established",
            "it is about did:key:z1, and that did:key:z1 shows it was not established",
        ),
        (Reason::ForUs, "for-us", "it was made for this audience and question"),
        (
            Reason::AudienceNotAsked { domain: None },
            "audience-not-asked",
            "it was made for anybody: nothing was asked, so nothing was compared",
        ),
        (
            Reason::ForAnother { expected: text("us.example"), found: Some(text("them.example")) },
            "for-another",
            "it was made for them.example, not for us.example",
        ),
        (
            Reason::OtherChallenge { found: None },
            "other-challenge",
            "it does not answer this question: its challenge is missing",
        ),
        (
            Reason::PartRefused { credential: credential.clone() },
            "part-refused",
            "urn:uuid:1 of did:web:roc.example was refused",
        ),
        (
            Reason::PartUndecided { credential },
            "part-undecided",
            "urn:uuid:1 of did:web:roc.example could not be decided",
        ),
        (Reason::ProgressHolds, "progress-holds", "the progress was recomputed and is as the plan says"),
        (Reason::ProgressFails { message: text("why") }, "progress-fails", "the plan does not hold: why"),
    ]
}

#[test]
fn every_reason_says_its_sentence() {
    for (reason, because, sentence) in table() {
        assert_eq!(reason.to_string(), sentence);
        assert_eq!(serde_json::to_value(&reason).unwrap()["because"], because);
    }
}

/// So that a reason added later cannot miss the table: the variants are counted in the source.
#[test]
fn no_reason_is_left_out_of_the_table() {
    let source = include_str!("../../src/reason.rs");
    let variants = source.matches("    #[error(").count();
    let told: std::collections::BTreeSet<&str> = table().into_iter().map(|(_, because, _)| because).collect();
    assert_eq!(told.len(), variants);
}
