//! What does a holder keep, and what can she do with it?
//!
//! * [`Vault`]: one encrypted SQLite file.

pub mod vault;

pub use vault::{Vault, VaultError};
