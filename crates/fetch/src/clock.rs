//! How much time is left on the network? The one place that asks the machine's steady clock; no verdict depends on it.

use std::time::{Duration, Instant};

/// The moment that it is, for limits in time alone.
#[expect(
    clippy::disallowed_methods,
    reason = "a time limit on the network needs the network's time; no verdict depends on it"
)]
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// The moment at which a question, with all its redirects, must be answered.
pub(crate) struct Deadline(Instant, Duration);

impl Deadline {
    pub(crate) fn after(limit: Duration) -> Self {
        Self(instant(), limit)
    }

    /// The time that is left; `None` when there is none.
    pub(crate) fn left(&self) -> Option<Duration> {
        let elapsed = instant().saturating_duration_since(self.0);
        self.1.checked_sub(elapsed).filter(|left| !left.is_zero())
    }
}
