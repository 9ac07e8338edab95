//! Answers: what does this https address hold right now?
//!
//! The only HTTP client of the project. It takes https alone, caps size and time, sends nothing to an address that is
//! not public, asks no host often nor many times at once, follows few redirects and none that surprises, and sends no cookies, no referer and no credentials but a
//! bearer token it was given. For development, [`FetchRules::dev_loopback`] names ports of this machine that may be
//! asked over plain http; a program that uses it shows [`Fetcher::warning`].
//!
//! Calls block. Inside an async runtime, make and use a [`Fetcher`] on a thread that may block
//! (`tokio::task::spawn_blocking`): the blocking client of reqwest panics on a runtime's own threads.
//!
//! ```
//! use stapel_fetch::{Accept, FetchError, FetchRules, Fetcher};
//!
//! let fetcher = Fetcher::new(FetchRules::default())?;
//! let error = fetcher.fetch("https://192.168.1.1/did.json", Accept::DidDocument).unwrap_err();
//! assert!(matches!(error, FetchError::PrivateAddress { .. }));
//! assert_eq!(
//!     error.to_string(),
//!     "192.168.1.1 is at 192.168.1.1, a private address (RFC 1918); only public addresses are asked",
//! );
//! # Ok::<(), FetchError>(())
//! ```

mod address;
mod answer;
mod clock;
mod error;
mod fetcher;
mod hosts;
mod resolver;
mod reuse;
mod rules;
mod target;

pub use address::{AddressKind, NotPublic, PublicAddress};
pub use answer::{Answer, Fetched};
pub use error::{FetchError, RedirectFault};
pub use fetcher::{Accept, Fetcher};
pub use reuse::Reuse;
pub use rules::FetchRules;
pub use target::MAXIMUM_URL_LENGTH;
