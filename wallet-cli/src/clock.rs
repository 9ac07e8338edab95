//! What time is it? The one place of this program that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use stapel_credential::Timestamp;

use crate::error::Failure;

/// For tests only: the instant that counts as now, so that documents with dates stay what they are.
pub(crate) const TEST_NOW: &str = "STAPEL_TEST_NOW";

/// Now, to the second.
pub(crate) fn now() -> Result<Timestamp, Failure> {
    if let Ok(text) = std::env::var(TEST_NOW) {
        return Timestamp::parse(&text).map_err(|error| Failure::Clock { reason: format!("{TEST_NOW}: {error}") });
    }
    #[expect(clippy::disallowed_methods, reason = "a program's edge reads the clock and hands it on")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = since.map_err(|error| Failure::Clock { reason: error.to_string() })?.as_secs();
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok())
        .ok_or_else(|| Failure::Clock { reason: format!("{seconds} seconds after 1970") })
}
