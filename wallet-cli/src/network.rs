//! How is anything fetched or sent? The only place of this program that does so.

use std::fmt;
use std::sync::{OnceLock, PoisonError, RwLock};

use stapel_credential::Timestamp;
use stapel_fetch::{Accept, FetchError, FetchRules, Fetcher};
use stapel_openid::{Body, Method, Request};
use stapel_report::Language;
use stapel_verifier::{Dossier, Missing};
use stapel_wallet::Wallet;

use crate::error::Failure;
use crate::output;
use crate::words::{self, Say};

/// So often a host is asked within a minute: whoever verifies a folder chose what is in it, and a large institution may have a
/// status list for each programme.
const MOST_PER_MINUTE: usize = 1_200;

/// The network, or none.
pub(crate) struct Network {
    offline: bool,
    ports: Vec<u16>,
    language: Language,
    fetcher: OnceLock<Result<Fetcher, FetchError>>,
}

impl Network {
    pub(crate) fn new(offline: bool, ports: Vec<u16>, language: Language) -> Self {
        Self { offline, ports, language, fetcher: OnceLock::new() }
    }

    /// Whether nothing is fetched.
    pub(crate) fn is_offline(&self) -> bool {
        self.offline
    }

    fn fetcher(&self) -> Result<&Fetcher, FetchError> {
        let made = self.fetcher.get_or_init(|| {
            let rules = FetchRules {
                dev_loopback: self.ports.clone(),
                max_per_minute_per_host: MOST_PER_MINUTE,
                ..FetchRules::default()
            };
            let fetcher = Fetcher::new(rules)?;
            if let Some(warning) = fetcher.warning() {
                output::say(&words::say(&Say::Warning { text: &warning, ports: &self.ports }, self.language));
            }
            Ok(fetcher)
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// The document at an address.
    pub(crate) fn text(&self, url: &str) -> Result<String, Failure> {
        if self.offline {
            return Err(Failure::Offline { url: url.to_owned() });
        }
        self.get(url, Accept::Credential)
    }

    /// What stands at an address: a document, or a picture with one in it.
    pub(crate) fn bytes(&self, url: &str) -> Result<Vec<u8>, Failure> {
        if self.offline {
            return Err(Failure::Offline { url: url.to_owned() });
        }
        Ok(self.fetcher()?.fetch(url, Accept::Credential)?.body)
    }

    /// The JSON at an address that is no credential.
    pub(crate) fn json(&self, url: &str) -> Result<String, Failure> {
        if self.offline {
            return Err(Failure::Offline { url: url.to_owned() });
        }
        self.get(url, Accept::Json)
    }

    fn get(&self, url: &str, accept: Accept) -> Result<String, Failure> {
        let body = self.fetcher()?.fetch(url, accept)?.body;
        String::from_utf8(body).map_err(|_| Failure::NotText { what: url.to_owned() })
    }

    /// Sends a request of claiming. Gives the status and the body.
    pub(crate) fn send(&self, request: &Request) -> Result<(u16, Vec<u8>), Failure> {
        if self.offline {
            return Err(Failure::Offline { url: request.url.clone() });
        }
        let fetcher = self.fetcher()?;
        let bearer = request.bearer.as_ref().map(stapel_openid::AccessToken::expose);
        if request.method == Method::Get {
            return match fetcher.fetch(&request.url, Accept::Json) {
                Ok(document) => Ok((200, document.body)),
                // What the status means here is for whoever asked to say.
                Err(FetchError::Status { code, .. }) => Ok((code, Vec::new())),
                Err(error) => Err(error.into()),
            };
        }
        let answer = match &request.body {
            Body::Json(text) => fetcher.post_json(&request.url, text, bearer)?,
            Body::Form(fields) => {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
                fetcher.post_form(&request.url, &fields)?
            }
            _ => fetcher.post_form(&request.url, &[])?,
        };
        Ok((answer.status, answer.body))
    }

    /// Fetches what a wallet is missing, says what could not be had, and goes on without it.
    pub(crate) fn supply(&self, wallet: &mut Wallet, ask: impl Fn(&Wallet) -> Vec<Missing>, now: Timestamp) {
        let refused = wallet.supply(ask, |missing| self.look_up(missing), now);
        for (missing, error) in refused {
            let why = words::failure(&error.into(), self.language);
            self.note(&Say::NotTaken { missing: &missing, why: &why });
        }
    }

    /// Fetches one thing that a dossier is missing, or says why not. Whether it is there now.
    pub(crate) fn add(&self, missing: &Missing, dossier: &RwLock<Dossier>) -> bool {
        let Some(text) = self.look_up(missing) else { return false };
        // Only now: whoever verifies meanwhile waits for no network.
        let mut dossier = dossier.write().unwrap_or_else(PoisonError::into_inner);
        let taken = match missing {
            Missing::Controller { did, .. } => dossier.add_controller(did, &text),
            Missing::StatusList { url } => dossier.add_status_list(url, &text),
            _ => return false,
        };
        drop(dossier);
        if let Err(error) = taken {
            let why = words::failure(&stapel_wallet::WalletError::from(error).into(), self.language);
            self.note(&Say::NotTaken { missing, why: &why });
            return false;
        }
        true
    }

    fn look_up(&self, missing: &Missing) -> Option<String> {
        let (url, accept) = match missing {
            Missing::Controller { url, .. } => (url.as_str(), Accept::DidDocument),
            Missing::StatusList { url } => (url.as_str(), Accept::Credential),
            _ => return None,
        };
        if self.offline {
            self.note(&Say::NotFetchedOffline { url });
            return None;
        }
        match self.get(url, accept) {
            Ok(text) => Some(text),
            Err(failure) => {
                let why = words::failure(&failure, self.language);
                self.note(&Say::NotFetched { missing, why: &why });
                None
            }
        }
    }

    fn note(&self, note: &Say<'_>) {
        output::say(&words::say(note, self.language));
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").field("offline", &self.offline).field("ports", &self.ports).finish_non_exhaustive()
    }
}
