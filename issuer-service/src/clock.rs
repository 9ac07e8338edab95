//! What time is it? The one place of this program that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use stapel_credential::Timestamp;

/// Now, to the second.
#[expect(clippy::disallowed_methods, reason = "a program's edge reads the clock and hands it on")]
#[expect(clippy::expect_used, reason = "a clock that is set before 1970 or after 9999 cannot date a badge")]
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    since
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok())
        .expect("a clock between 1970 and 9999")
}
