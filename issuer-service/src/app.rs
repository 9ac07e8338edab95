//! What does every handler need: the office, its key, the clock, and a place where blocking work runs?

use std::path::PathBuf;
use std::sync::Arc;

use stapel_credential::Timestamp;
use stapel_issuer::{Actor, Issuer, SignFailure};
use stapel_keys::SigningKey;
use tokio::sync::Semaphore;

use crate::attempts::Attempts;
use crate::config::Config;
use crate::error::Problem;
use crate::office::Office;

/// The service while it runs.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) office: Arc<Office>,
    key: Arc<SigningKey>,
    /// Who redeems codes and signs what was claimed.
    pub(crate) service: Arc<Actor>,
    pub(crate) config: Arc<Config>,
    /// One permit for each request that is being answered.
    pub(crate) places: Arc<Semaphore>,
    pub(crate) attempts: Arc<Attempts>,
    /// Where badge pages that learners asked for are noted.
    pub(crate) badge_pages: Arc<PathBuf>,
    clock: fn() -> Timestamp,
}

impl App {
    pub(crate) fn new(
        office: Office,
        key: SigningKey,
        service: Actor,
        config: Config,
        badge_pages: PathBuf,
        clock: fn() -> Timestamp,
    ) -> Self {
        Self {
            office: Arc::new(office),
            key: Arc::new(key),
            service: Arc::new(service),
            places: Arc::new(Semaphore::new(config.requests_at_once)),
            attempts: Arc::new(Attempts::default()),
            badge_pages: Arc::new(badge_pages),
            config: Arc::new(config),
            clock,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn issuer(&self) -> Result<Issuer<'_>, SignFailure> {
        self.office.issuer(self.key.as_ref())
    }

    /// The public half of the key that signs.
    pub(crate) fn verifying_key(&self) -> stapel_keys::VerifyingKey {
        self.key.verifying_key()
    }

    /// Runs what reads or writes the store, or signs, where it may block.
    pub(crate) async fn work<T, E, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Into<Problem> + Send + 'static,
        F: FnOnce(&Self) -> Result<T, E> + Send + 'static,
    {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(done) => done.map_err(Into::into),
            Err(_) => Err(Problem::internal("the work for this request stopped unexpectedly")),
        }
    }
}
