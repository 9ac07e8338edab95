//! What does a holder keep, and what can she do with it?
//!
//! * [`Wallet`]: the verbs. It knows no terminal, no network and no clock: it says what it wants fetched, and time comes in.
//! * [`Vault`]: one encrypted SQLite file, in which everything rests.
//!
//! Whatever needs a verdict goes in three steps. Ask what is missing ([`Wallet::missing_for`], [`Wallet::missing`]), fetch it
//! and hand it over ([`Wallet::add_fetched`]), at most [`ROUNDS`] times ([`Wallet::supply`] does all that); then act:
//!
//! ```no_run
//! # fn fetch(_: &stapel_verifier::Missing) -> Option<String> { None }
//! # fn example(path: &std::path::Path, text: &str, now: stapel_credential::Timestamp) -> Result<(), Box<dyn std::error::Error>> {
//! use stapel_keys::Passphrase;
//! use stapel_wallet::Wallet;
//!
//! let mut wallet = Wallet::open(path, &Passphrase::new("correct horse battery".to_owned())?)?;
//! wallet.supply(|wallet| wallet.missing_for(text, now), fetch, now);
//! let received = wallet.receive(text, now)?;
//! println!("{}: {}", received.name, received.kept);
//! # Ok(())
//! # }
//! ```
//!
//! Trust is not serialisable: what is kept is the signed text, and a listing shows the last verdict with its date; counting
//! and presenting verify again.
//!
//! The crate has more than 2,500 lines because the vault is in it: it is of no use to anybody but a wallet.

mod award_record;
mod board_request;
mod catalogue;
mod claim;
mod error;
mod helps;
mod incoming;
mod kept;
mod present;
mod programmes;
mod progress;
mod question;
mod receive;
mod recount;
mod shelf;
mod trust;
pub mod vault;
mod verify;
mod wallet;

pub use award_record::KeptRecord;
pub use board_request::Asking;
pub use catalogue::{Catalogue, CatalogueError, KeptCatalogue, MAX_CATALOGUE_BYTES, MAX_MODULES};
pub use claim::ClaimStep;
pub use error::WalletError;
pub use helps::{Filled, Goal, Helps, HowItHelps, WouldHelp};
pub use incoming::{Incoming, IncomingError};
pub use kept::{Keepsake, KeptBadge, KeptDocument, LastOutcome, LastVerdict, Unreadable};
pub use present::Showing;
pub use programmes::{MAX_PROGRAMMES, NotCounted, WhyNotCounted, read_programmes};
pub use progress::{Accepted, Counting, LeftOut, Stack};
pub use question::AskedQuestion;
pub use receive::{Kept, Received, WhyNotKept};
pub use shelf::ROUNDS;
// What verifying gives.
pub use stapel_stacking::{
    Answer, Answered, ProgressAnswer, RecountAnswer, Verdicts, WhyNotSatisfied, missing_for_record,
};
pub use vault::{HeldBy, Vault, VaultError};
pub use verify::verify_document;
pub use wallet::Wallet;
