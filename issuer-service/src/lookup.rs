//! Where do keys and status lists come from when an award is verified? Our own from our records, others' from the network.

use std::collections::BTreeSet;

use stapel_credential::{Did, Timestamp, Uri};
use stapel_did::ControllerDocument;
use stapel_fetch::{Accept, FetchError, FetchRules, Fetcher};
use stapel_issuer::{AwardError, Issuer, IssuerError, StatusListId};
use stapel_keys::VerifyingKey;
use stapel_verifier::{Dossier, Missing};

use crate::output::say;

/// So often a verdict may name something new that is missing: a status list, then the keys of who signed it.
const ROUNDS: usize = 3;

/// A way to look things up.
pub(crate) struct Lookup {
    /// The public half of the institution's key.
    key: VerifyingKey,
    /// Ports of this machine that are asked over plain http, for development.
    ports: Vec<u16>,
}

impl Lookup {
    pub(crate) fn new(key: VerifyingKey, ports: Vec<u16>) -> Self {
        Self { key, ports }
    }

    /// Asks, supplies what is missing, and asks again.
    pub(crate) fn until_decided<T>(
        &self,
        issuer: &Issuer<'_>,
        mut dossier: Dossier,
        now: Timestamp,
        ask: impl Fn(&Dossier) -> Result<T, IssuerError>,
    ) -> Result<T, IssuerError> {
        let mut asked = BTreeSet::new();
        for _ in 0..ROUNDS {
            let answer = ask(&dossier);
            let Err(IssuerError::Award(error)) = &answer else { return answer };
            let new: Vec<Missing> = missing(error).filter(|missing| asked.insert(missing.clone())).collect();
            if new.is_empty() {
                return answer;
            }
            for missing in new {
                self.supply(issuer, &mut dossier, &missing, now)?;
            }
        }
        ask(&dossier)
    }

    /// Adds what can be had; what cannot stays missing, and the verdict says so.
    fn supply(
        &self,
        issuer: &Issuer<'_>,
        dossier: &mut Dossier,
        missing: &Missing,
        now: Timestamp,
    ) -> Result<(), IssuerError> {
        let taken = match missing {
            Missing::Controller { did, url } => match self.controller(issuer, did, url) {
                Some(text) => dossier.add_controller(did, &text),
                None => Ok(()),
            },
            Missing::StatusList { url } => match self.status_list(issuer, url, now)? {
                Some(text) => dossier.add_status_list(url, &text),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if let Err(error) = taken {
            say(&error.to_string());
        }
        Ok(())
    }

    fn controller(&self, issuer: &Issuer<'_>, did: &Did, url: &str) -> Option<String> {
        let institution = issuer.records().institution();
        if institution.did() != did {
            return self.fetch(url, Accept::DidDocument);
        }
        let methods = [(institution.verification_method().clone(), self.key)];
        ControllerDocument::new(did.clone(), &methods).ok().map(|document| document.to_json())
    }

    fn status_list(&self, issuer: &Issuer<'_>, url: &Uri, now: Timestamp) -> Result<Option<String>, IssuerError> {
        let base = format!("{}/status/", issuer.records().institution().base_url());
        match url.as_str().strip_prefix(&base).and_then(|id| StatusListId::parse(id).ok()) {
            Some(id) => Ok(Some(issuer.status_list(id, now)?.text)),
            None => Ok(self.fetch(url.as_str(), Accept::Credential)),
        }
    }

    fn fetch(&self, url: &str, accept: Accept) -> Option<String> {
        let rules = FetchRules { dev_loopback: self.ports.clone(), ..FetchRules::default() };
        let fetched = Fetcher::new(rules).and_then(|fetcher| fetcher.fetch(url, accept));
        let text = |body| String::from_utf8(body).map_err(|_| format!("{url} is not UTF-8 text"));
        match fetched.map_err(|error: FetchError| error.to_string()).and_then(|found| text(found.body)) {
            Ok(text) => Some(text),
            Err(why) => {
                say(&why);
                None
            }
        }
    }
}

fn missing(error: &AwardError) -> impl Iterator<Item = Missing> {
    error.missing().iter().cloned()
}
