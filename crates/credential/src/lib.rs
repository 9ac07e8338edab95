//! What documents are there, and what does each say? Types and parsing only: nothing here verifies anything.

pub mod code;
pub mod credits;
pub mod json;
pub mod level;
pub mod timestamp;
pub mod uri;

pub use code::{Code, CodeError, CodeScheme};
pub use credits::{CreditUnit, Credits, CreditsError, Hours};
pub use json::{Json, JsonError, Object};
pub use level::{Level, LevelError, LevelFramework};
pub use timestamp::{Day, TimeError, Timestamp};
pub use uri::{Did, DidUrl, Uri, UriError};
