//! By whose word does a verifier of ours go? Trust lists from files and addresses, read again while it runs.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::HeaderValue;
use serde::{Deserialize, Serialize};
use stapel_credential::json::MAX_COLLECTION_BYTES;
use stapel_credential::{Did, TrustListCredential};
use stapel_fetch::{Accept, FetchRules, Fetcher};
use stapel_proof::Signed;
use stapel_verifier::{Dossier, Missing, Outcome, Policy, SeenTrustList, Trust, verify};
use stapel_verifier_page::Desk;
use url::{Origin, Url};

use crate::clock;
use crate::commands::write_public;
use crate::failure::Failure;
use crate::output::say;

/// Where a trust list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    File(PathBuf),
    /// An address, asked within the rules of fetching.
    Address(String),
}

impl Place {
    /// A file, from this folder on, or an address.
    pub(crate) fn parse(text: &str, folder: &Path) -> Self {
        if text.starts_with("https://") || text.starts_with("http://") {
            Self::Address(text.to_owned())
        } else {
            Self::File(folder.join(text))
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Address(address) => f.write_str(address),
        }
    }
}

/// The trust lists by which a verifier judges, read again while it runs. An edition older than one that was seen never counts again.
pub(crate) struct TrustLists {
    places: Vec<Place>,
    policy: Policy,
    /// How the documents of anchors and lists at addresses are fetched; without, such lists do not count.
    rules: Option<FetchRules>,
    state_path: Option<PathBuf>,
    state: State,
    /// The last text from each place that counted.
    known: BTreeMap<String, String>,
    /// The last document of each anchor.
    anchors: BTreeMap<Did, String>,
}

/// What outlasts the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct State {
    editions: Vec<SeenTrustList>,
    /// The lists that came from addresses: used when an address cannot be reached, for as long as they hold.
    lists: BTreeMap<String, String>,
    /// The documents of anchors, used likewise.
    anchors: BTreeMap<Did, String>,
}

/// What is judged by from now on.
pub(crate) struct Renewed {
    pub(crate) dossier: Dossier,
    pub(crate) policy: Policy,
}

impl TrustLists {
    /// Lists by anchors of the policy. What was seen is kept in the file, if there is one.
    pub(crate) fn open(
        places: Vec<Place>,
        policy: Policy,
        rules: Option<FetchRules>,
        state_path: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let state: State = match &state_path {
            Some(path) if path.exists() => serde_json::from_str(&read_document(path)?)
                .map_err(|error| Failure::Argument(format!("{}: {error}", path.display())))?,
            _ => State::default(),
        };
        let (known, anchors) = (state.lists.clone(), state.anchors.clone());
        Ok(Self { places, policy, rules, state_path, state, known, anchors })
    }

    /// Reads all lists. Of one that cannot be read, does not count or is older than one that was seen that is said, and the last one
    /// that counted stays, for as long as it holds.
    ///
    /// An error where there is no such one: without it every answer would be undecided, which is said at once.
    pub(crate) fn read(&mut self) -> Result<Renewed, Failure> {
        let policy = Policy { seen_trust_lists: self.state.editions.clone(), ..self.policy.clone() };
        let mut dossier = Dossier::default();
        for place in &self.places.clone() {
            let name = place.to_string();
            let read =
                self.text_at(place).and_then(|text| self.add(&mut dossier, &name, &text, &policy).map(|()| text));
            match (read, self.known.get(&name).cloned()) {
                (Ok(text), _) => {
                    self.known.insert(name, text);
                }
                (Err(failure), Some(last)) => {
                    self.add(&mut dossier, &name, &last, &policy)?;
                    say(&failure.to_string());
                }
                (Err(failure), None) => return Err(failure),
            }
        }
        let editions = Trust::new(&dossier, &policy, clock::now()).editions();
        self.remember(editions)?;
        Ok(Renewed { dossier, policy: Policy { seen_trust_lists: self.state.editions.clone(), ..policy } })
    }

    fn text_at(&self, place: &Place) -> Result<String, Failure> {
        let wrong = |why: &dyn fmt::Display| Failure::Argument(format!("{place}: {why}"));
        match (place, &self.rules) {
            (Place::File(path), _) => read_document(path),
            (Place::Address(_), None) => Err(wrong(&"nothing is fetched here; give a file")),
            (Place::Address(address), Some(rules)) => {
                let fetched =
                    Fetcher::new(rules.clone()).and_then(|fetcher| fetcher.fetch(address, Accept::Credential));
                String::from_utf8(fetched.map_err(|error| wrong(&error))?.body).map_err(|error| wrong(&error))
            }
        }
    }

    /// The document of an anchor; the last one, where it cannot be had.
    fn anchor(&mut self, did: &Did, url: &str, rules: &FetchRules) -> Result<String, String> {
        let fetched = Fetcher::new(rules.clone()).and_then(|fetcher| fetcher.fetch(url, Accept::DidDocument));
        let text = fetched
            .map_err(|error| error.to_string())
            .and_then(|fetched| String::from_utf8(fetched.body).map_err(|error| error.to_string()));
        match text {
            Ok(text) => {
                self.anchors.insert(did.clone(), text.clone());
                Ok(text)
            }
            Err(error) => self.anchors.get(did).cloned().ok_or(error),
        }
    }

    fn add(&mut self, dossier: &mut Dossier, name: &str, text: &str, policy: &Policy) -> Result<(), Failure> {
        let wrong = |why: &dyn fmt::Display| Failure::Argument(format!("{name}: {why}"));
        let signed = Signed::<TrustListCredential>::parse(text.trim()).map_err(|error| wrong(&error))?;
        let by_anchors = Policy { pinned_issuers: policy.trust_anchors.clone(), ..Policy::default() };
        let mut verdict = verify(&signed, dossier, &by_anchors, clock::now());
        for missing in verdict.findings().missing() {
            if let (Missing::Controller { did, url }, Some(rules)) = (missing, self.rules.clone()) {
                let text = self.anchor(did, url, &rules).map_err(|error| wrong(&error))?;
                dossier.add_controller(did, &text).map_err(|error| wrong(&error))?;
            }
        }
        if !verdict.findings().missing().is_empty() {
            verdict = verify(&signed, dossier, &by_anchors, clock::now());
        }
        if !matches!(verdict.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks) {
            let reasons = verdict.findings().checks().iter().map(|check| check.result.reason().to_string());
            return Err(wrong(&format!("this trust list does not count: {}", reasons.collect::<Vec<_>>().join("; "))));
        }
        let mut alone = dossier.clone();
        alone.add_trust_list(text.trim()).map_err(|error| wrong(&error))?;
        // What the policy has against it besides, such as that a newer edition was seen.
        let list = &signed.peek_unverified().credential_subject.trust_list;
        let trust = Trust::new(&alone, policy, clock::now());
        if let Some(unusable) = trust.unusable().iter().find(|unusable| unusable.list == list.name) {
            return Err(wrong(&format!("this trust list does not count: {}", unusable.why)));
        }
        *dossier = alone;
        Ok(())
    }

    /// Keeps the highest number of each list, and the lists from addresses.
    fn remember(&mut self, editions: Vec<SeenTrustList>) -> Result<(), Failure> {
        let mut state = self.state.clone();
        for edition in editions {
            let same = |seen: &&mut SeenTrustList| (&seen.anchor, &seen.list) == (&edition.anchor, &edition.list);
            match state.editions.iter_mut().find(same) {
                Some(seen) => seen.sequence = seen.sequence.max(edition.sequence),
                None => state.editions.push(edition),
            }
        }
        let addresses = self.places.iter().filter(|place| matches!(place, Place::Address(_))).map(ToString::to_string);
        state.lists =
            addresses.filter_map(|address| Some((address.clone(), self.known.get(&address)?.clone()))).collect();
        state.anchors.clone_from(&self.anchors);
        if let Some(path) = self.state_path.as_ref().filter(|path| state != self.state || !path.exists()) {
            let text = serde_json::to_string_pretty(&state).map_err(|error| Failure::Argument(error.to_string()))?;
            write_public(path, &text)?;
        }
        self.state = state;
        Ok(())
    }
}

/// Reads the lists again and again while the program runs, on a thread of its own; what goes wrong is said and changes nothing.
pub(crate) fn keep_renewed(mut lists: TrustLists, desk: Desk, every: Duration) {
    if lists.places.is_empty() {
        return;
    }
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(every);
            match lists.read() {
                Ok(Renewed { dossier, policy }) => desk.renew(dossier, policy),
                Err(failure) => say(&failure.to_string()),
            }
        }
    });
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
