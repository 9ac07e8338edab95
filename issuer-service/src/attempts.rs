//! Has this address shown too many wrong codes lately?

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use stapel_credential::Timestamp;

/// How many wrong codes or keys an address may show in one period.
const WRONG_AT_MOST: u32 = 20;
/// How long a period is, in seconds.
pub(crate) const PERIOD_SECONDS: i64 = 60;
/// How many addresses are remembered; beyond that, old ones are forgotten first.
const ADDRESSES: usize = 20_000;

/// Wrong codes by address, for the current period of each.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<IpAddr, Wrong>>);

struct Wrong {
    since: i64,
    count: u32,
}

impl Attempts {
    /// Whether it may try again now.
    pub(crate) fn may_try(&self, address: IpAddr, now: Timestamp) -> bool {
        let seconds = now.unix_seconds();
        let wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.get(&block(address)).is_none_or(|wrong| wrong.count < WRONG_AT_MOST || is_over(wrong, seconds))
    }

    /// Notes a wrong code.
    pub(crate) fn note_wrong(&self, address: IpAddr, now: Timestamp) {
        let seconds = now.unix_seconds();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ADDRESSES {
            all.retain(|_, wrong| !is_over(wrong, seconds));
            if all.len() >= ADDRESSES {
                all.clear();
            }
        }
        let wrong = all.entry(block(address)).or_insert(Wrong { since: seconds, count: 0 });
        if is_over(wrong, seconds) {
            *wrong = Wrong { since: seconds, count: 0 };
        }
        wrong.count = wrong.count.saturating_add(1);
    }
}

fn is_over(wrong: &Wrong, now: i64) -> bool {
    now.saturating_sub(wrong.since) >= PERIOD_SECONDS
}

/// IPv6 hands out /64 networks to one customer (RFC 6177), who is one address here.
fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_too_many_wrong_codes_waits_for_the_next_period() {
        let attempts = Attempts::default();
        let (address, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let now = Timestamp::from_unix_seconds(1_000_000).unwrap();
        for _ in 0..WRONG_AT_MOST {
            assert!(attempts.may_try(address, now));
            attempts.note_wrong(address, now);
        }
        assert!(!attempts.may_try(address, now));
        assert!(attempts.may_try(other, now));
        let later = Timestamp::from_unix_seconds(1_000_000 + PERIOD_SECONDS).unwrap();
        assert!(attempts.may_try(address, later));
    }

    #[test]
    fn addresses_of_one_network_are_one() {
        let of = |text: &str| block(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
