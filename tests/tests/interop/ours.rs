//! Do foreign verifiers accept and refuse our badges as they should?

use serde_json::{Value, json};
use stapel_credential::{Did, Timestamp, Uri};
use stapel_tests::{interop, issued};
use stapel_verifier::{Audience, Case, Dossier, Outcome, Policy};

use crate::badges::{
    AUDIENCE, CHALLENGE, Dress, List, NOW, Name, REGISTRY, Suite, WEB, badge, by_a_stranger, documents, shown, signed,
    web_document, with_status,
};

/// What a verifier must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Yes,
    /// With a sentence in which this stands.
    No(&'static str),
}

/// A badge of ours, and what each verifier must say of it.
struct Shown {
    name: String,
    badge: Value,
    /// By our own verifier, to which all documents were given.
    ours: Outcome,
    digital_bazaar: Says,
    verifier_core: Says,
}

const FORGED: Says = Says::No("Invalid signature");
/// verifier-core 1.0.0-beta.11 knows eddsa-rdfc-2022 and Ed25519Signature2020 alone.
const UNKNOWN_TO_CORE: Says = Says::No("invalid_signature: The signature is not valid.");

/// What eddsa-jcs-2022-cryptosuite 1.0.0 says of every inline context: it compares by identity. See `clients/digitalbazaar.mjs`.
const INLINE: Says = Says::No("document.@context does not start with proof.@context");

fn altered(badge: &Value) -> Value {
    let mut badge = badge.clone();
    badge["credentialSubject"]["achievement"]["name"] = json!("Basiszorg verlenen en meer");
    badge
}

/// The badges of one suite and name, plain or with facts.
fn forms(suite: Suite, dress: Dress, name: Name) -> Vec<Shown> {
    let plain = badge(dress, name);
    let listed = |list| signed(&with_status(plain.clone(), list, suite, name), suite, name);
    let dated = |member: &str, date: &str| {
        let mut badge = plain.clone();
        badge[member] = json!(date);
        signed(&badge, suite, name)
    };
    let good = signed(&plain, suite, name);
    let shown = |what: &str, badge: &Value, ours, digital_bazaar, verifier_core| Shown {
        name: format!("{} {dress:?} {name:?} {what}", suite.name()),
        badge: badge.clone(),
        ours,
        digital_bazaar,
        verifier_core,
    };
    vec![
        shown("good", &good, Outcome::Accepted, Says::Yes, Says::Yes),
        shown("altered", &altered(&good), Outcome::Refused, FORGED, UNKNOWN_TO_CORE),
        shown("not revoked", &listed(List::Clean), Outcome::Accepted, Says::Yes, Says::Yes),
        shown("not revoked, altered", &altered(&listed(List::Clean)), Outcome::Refused, FORGED, UNKNOWN_TO_CORE),
        shown(
            "revoked",
            &listed(List::Revoked),
            Outcome::Refused,
            Says::No("the status revocation is set"),
            Says::No("revocation_status: false"),
        ),
        shown(
            "in a list of last month",
            &listed(List::Stale),
            Outcome::Undecided,
            Says::No("is after \"validUntil\""),
            Says::No("revocation_status"),
        ),
        shown(
            "in a forged list",
            &listed(List::Forged),
            Outcome::Undecided,
            Says::No("\"BitstringStatusListCredential\" not verified"),
            Says::No("revocation_status"),
        ),
        shown(
            "in a list of somebody else",
            &listed(List::OfAnother),
            Outcome::Undecided,
            Says::No("Issuers of the status list credential and verifiable credential do not match."),
            // It does not ask who issued the list ("verifyMatchingIssuers: false").
            Says::Yes,
        ),
        shown(
            "ended",
            &dated("validUntil", "2026-11-21T09:00:00Z"),
            Outcome::Refused,
            Says::No("is after \"validUntil\""),
            Says::No("expiration: false"),
        ),
        shown("ends tomorrow", &dated("validUntil", "2026-11-23T09:00:00Z"), Outcome::Accepted, Says::Yes, Says::Yes),
        shown(
            "begins tomorrow",
            &dated("validFrom", "2026-11-23T09:00:00Z"),
            Outcome::Refused,
            Says::No("is before \"validFrom\""),
            // It stops at this, and tells of no check but the last.
            Says::No("expiration: not checked"),
        ),
        shown(
            "by a stranger",
            &by_a_stranger(&plain, suite),
            Outcome::Refused,
            Says::No("Credential issuer must match the verification method controller."),
            UNKNOWN_TO_CORE,
        ),
    ]
}

/// Every badge, with what is known of each client applied.
fn all() -> Vec<Shown> {
    let mut all = Vec::new();
    for suite in Suite::ALL {
        for (dress, name) in Dress::BOTH.into_iter().flat_map(|dress| Name::BOTH.map(|name| (dress, name))) {
            for mut shown in forms(suite, dress, name) {
                if suite == Suite::Jcs {
                    shown.verifier_core = UNKNOWN_TO_CORE;
                }
                all.push(shown);
            }
        }
    }
    all
}

fn has_inline_context(badge: &Value) -> bool {
    badge["@context"].as_array().is_some_and(|contexts| contexts.iter().any(Value::is_object))
}

fn verify(client: &str, badge: &Value) -> Value {
    let registries = json!([{ "type": "dcc-legacy", "name": "Register", "url": REGISTRY }]);
    json!({ "client": client, "do": "verify", "credential": badge, "registries": registries })
}

/// What is wrong with an answer, if anything.
fn surprise(name: &str, says: Says, answer: &Value) -> Option<String> {
    let errors: Vec<&str> = answer["errors"].as_array().expect("errors").iter().filter_map(Value::as_str).collect();
    let holds = match says {
        Says::Yes => answer["verified"] == true && errors.is_empty(),
        Says::No(why) => answer["verified"] == false && errors.iter().any(|error| error.contains(why)),
    };
    (!holds).then(|| format!("{name}: {says:?}, but came {answer}"))
}

fn no_surprise(surprises: &[String]) {
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn digital_bazaars_verifier_says_of_our_badges_what_it_should() {
    let Some(folder) = interop::find() else { return };
    let all = all();
    let mut jobs = Vec::new();
    let mut wanted = Vec::new();
    for shown in &all {
        let mut job = verify("digitalbazaar", &shown.badge);
        if shown.badge["proof"]["cryptosuite"] == Suite::Jcs.name() && has_inline_context(&shown.badge) {
            if shown.digital_bazaar == Says::Yes {
                wanted.push((format!("{}, as it is", shown.name), INLINE));
                jobs.push(job.clone());
            }
            job["shareInlineContexts"] = json!(true);
        }
        wanted.push((shown.name.clone(), shown.digital_bazaar));
        jobs.push(job);
    }
    let answers = interop::ask(&folder, NOW, &documents(), &jobs);
    let surprises: Vec<String> =
        wanted.iter().zip(&answers).filter_map(|((name, says), answer)| surprise(name, *says, answer)).collect();
    no_surprise(&surprises);
}

#[test]
fn verifier_core_says_of_our_badges_what_it_should() {
    let Some(folder) = interop::find() else { return };
    let all = all();
    let jobs: Vec<Value> = all.iter().map(|shown| verify("verifier-core", &shown.badge)).collect();
    let answers = interop::ask(&folder, NOW, &documents(), &jobs);
    let surprises: Vec<String> = all
        .iter()
        .zip(&answers)
        .filter_map(|(shown, answer)| surprise(&shown.name, shown.verifier_core, answer))
        .collect();
    no_surprise(&surprises);
}

#[test]
fn what_two_institutions_issue_is_accepted_by_digital_bazaars_verifier() {
    let Some(folder) = interop::find() else { return };
    let issued: Vec<(String, Value)> = issued::documents()
        .into_iter()
        .map(|(name, text)| (name, serde_json::from_str(&text).expect("JSON")))
        .collect();
    let mut documents = documents();
    let lists = issued.iter().filter(|(name, _)| name.contains("status-list"));
    documents.extend(lists.map(|(_, list)| (list["id"].as_str().expect("an id").to_owned(), list.clone())));
    let badges: Vec<&(String, Value)> = issued.iter().filter(|(name, _)| name.starts_with("route")).collect();
    let mut jobs = Vec::new();
    for (_, badge) in &badges {
        for badge in [badge.clone(), bent(badge)] {
            let mut job = verify("digitalbazaar", &badge);
            job["shareInlineContexts"] = json!(true);
            jobs.push(job);
        }
    }
    let answers = interop::ask(&folder, NOW, &documents, &jobs);
    for ((name, _), answers) in badges.iter().zip(answers.chunks(2)) {
        assert_eq!(answers[0], json!({ "verified": true, "errors": [] }), "{name}");
        assert_eq!(answers[1]["verified"], false, "{name}, altered");
    }
    assert_eq!(badges.len(), 12 + 4 + 2 * 3, "badges, and of each route its programme, trust list and status list");
}

/// With a later beginning, which every document has.
fn bent(document: &Value) -> Value {
    let mut document = document.clone();
    document["validFrom"] = json!("2026-01-01T00:00:00Z");
    document
}

#[test]
fn digital_bazaars_verifier_says_of_our_presentations_what_it_should() {
    let Some(folder) = interop::find() else { return };
    let mut jobs = Vec::new();
    let mut wanted = Vec::new();
    for suite in Suite::ALL {
        let badge =
            signed(&with_status(badge(Dress::Plain, Name::Web), List::Clean, suite, Name::Web), suite, Name::Web);
        let good = shown(std::slice::from_ref(&badge), suite);
        let mut taken_out = good.clone();
        taken_out["verifiableCredential"] = json!([]);
        let revoked = signed(
            &with_status(crate::badges::badge(Dress::Plain, Name::Web), List::Revoked, suite, Name::Web),
            suite,
            Name::Web,
        );
        for (what, presentation, challenge, says) in [
            ("good", &good, CHALLENGE, Says::Yes),
            ("to another question", &good, "another", Says::No("challenge")),
            ("with the badge taken out", &taken_out, CHALLENGE, FORGED),
            ("with the badge altered", &shown(&[altered(&badge)], suite), CHALLENGE, FORGED),
            ("with a revoked badge", &shown(&[revoked], suite), CHALLENGE, Says::No("the status revocation is set")),
        ] {
            wanted.push((format!("{} {what}", suite.name()), says));
            jobs.push(json!({
                "client": "digitalbazaar",
                "do": "verifyPresentation",
                "presentation": presentation,
                "challenge": challenge,
                "domain": AUDIENCE,
            }));
        }
    }
    let answers = interop::ask(&folder, NOW, &documents(), &jobs);
    no_surprise(
        &wanted
            .iter()
            .zip(&answers)
            .filter_map(|((name, says), answer)| surprise(name, *says, answer))
            .collect::<Vec<_>>(),
    );
}

/// What our own verifier says, with everything at hand and the school pinned.
fn our_outcome(badge: &Value) -> Outcome {
    let mut dossier = Dossier::default();
    dossier.add_controller(&Did::parse(WEB).expect("a DID"), &web_document().to_string()).expect("a document");
    for (url, document) in documents().iter().filter(|(url, _)| url.contains("/status/")) {
        dossier.add_status_list(&Uri::parse(url).expect("a URL"), &document.to_string()).expect("a list");
    }
    let pinned_issuers = Name::BOTH.map(|name| Did::parse(&name.did()).expect("a DID")).to_vec();
    let policy = Policy { pinned_issuers, ..Policy::default() };
    let now = Timestamp::parse(NOW).expect("a date");
    Case::new(&badge.to_string(), dossier, policy, Audience::default(), now).replay().outcome()
}

#[test]
fn our_own_verifier_says_of_the_same_badges_what_it_should() {
    let surprises: Vec<String> = all()
        .iter()
        .filter_map(|shown| {
            let outcome = our_outcome(&shown.badge);
            (outcome != shown.ours).then(|| format!("{}: {:?}, but came {outcome:?}", shown.name, shown.ours))
        })
        .collect();
    no_surprise(&surprises);
}
