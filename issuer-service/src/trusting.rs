//! By whose word does a verifier of ours go? Trust lists from files.

use std::path::{Path, PathBuf};

use axum::http::HeaderValue;
use stapel_credential::TrustListCredential;
use stapel_credential::json::MAX_COLLECTION_BYTES;
use stapel_fetch::{Accept, FetchRules, Fetcher};
use stapel_proof::Signed;
use stapel_verifier::{Dossier, Missing, Outcome, Policy, verify};
use url::{Origin, Url};

use crate::clock;
use crate::failure::Failure;

/// A dossier with these trust lists, each by an anchor of the policy. The document of an anchor with a did:web is fetched by
/// these rules, once; without rules such a list does not count.
pub(crate) fn trust_lists(paths: &[PathBuf], policy: &Policy, rules: Option<&FetchRules>) -> Result<Dossier, Failure> {
    let mut dossier = Dossier::default();
    for path in paths {
        add_trust_list(&mut dossier, path, policy, rules)?;
    }
    Ok(dossier)
}

/// A list that does not count is said at once: without it every answer would be undecided.
fn add_trust_list(
    dossier: &mut Dossier,
    path: &Path,
    policy: &Policy,
    rules: Option<&FetchRules>,
) -> Result<(), Failure> {
    let what = path.display().to_string();
    let wrong = |why: &dyn std::fmt::Display| Failure::Argument(format!("{what}: {why}"));
    let text = read_document(path)?;
    let signed = Signed::<TrustListCredential>::parse(text.trim()).map_err(|error| wrong(&error))?;
    let by_anchors = Policy { pinned_issuers: policy.trust_anchors.clone(), ..Policy::default() };
    let mut verdict = verify(&signed, dossier, &by_anchors, clock::now());
    for missing in verdict.findings().missing() {
        if let (Missing::Controller { did, url }, Some(rules)) = (missing, rules) {
            let fetched = Fetcher::new(rules.clone()).and_then(|fetcher| fetcher.fetch(url, Accept::DidDocument));
            let body =
                String::from_utf8(fetched.map_err(|error| wrong(&error))?.body).map_err(|error| wrong(&error))?;
            dossier.add_controller(did, &body).map_err(|error| wrong(&error))?;
        }
    }
    if !verdict.findings().missing().is_empty() {
        verdict = verify(&signed, dossier, &by_anchors, clock::now());
    }
    if !matches!(verdict.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks) {
        let reasons = verdict.findings().checks().iter().map(|check| check.result.reason().to_string());
        return Err(wrong(&format!("this trust list does not count: {}", reasons.collect::<Vec<_>>().join("; "))));
    }
    dossier.add_trust_list(text.trim()).map_err(|error| wrong(&error))
}

/// The text of a document in a file.
pub(crate) fn read_document(path: &Path) -> Result<String, Failure> {
    let wrong = |why: &dyn std::fmt::Display| Failure::Argument(format!("{}: {why}", path.display()));
    let length = std::fs::metadata(path).map_err(|error| wrong(&error))?.len();
    if length > MAX_COLLECTION_BYTES as u64 {
        return Err(wrong(&format!("it has {length} bytes; at most {MAX_COLLECTION_BYTES} are read")));
    }
    std::fs::read_to_string(path).map_err(|error| wrong(&error))
}

/// Origins as browsers send them (RFC 6454 §6.2): scheme, host, perhaps a port, and nothing else.
pub(crate) fn origins(texts: &[String]) -> Result<Vec<HeaderValue>, Failure> {
    let read = |text: &String| {
        let origin = Url::parse(text).ok().map(|url| url.origin()).filter(Origin::is_tuple);
        let same = origin.is_some_and(|origin| origin.ascii_serialization() == *text);
        let value = same.then(|| HeaderValue::from_str(text).ok()).flatten();
        let wrong = || Failure::Argument(format!("{text} is not an origin such as https://portal.example"));
        value.ok_or_else(wrong)
    };
    texts.iter().map(read).collect()
}
