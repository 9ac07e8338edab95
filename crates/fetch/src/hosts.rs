//! May this host be asked now? Few questions at once and so many a minute, so that nobody is hammered through us.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::clock::{Deadline, instant};
use crate::{FetchError, FetchRules};

/// Questions are counted over so long.
const WINDOW: Duration = Duration::from_mins(1);
/// So many hosts are known at once. Beyond it the host forgotten is one that was asked least.
const MAX_HOSTS: usize = 1024;

/// Who was asked lately, and is being asked now.
#[derive(Debug)]
pub(crate) struct Hosts {
    table: Mutex<BTreeMap<String, Host>>,
    freed: Condvar,
    at_once: usize,
    a_minute: usize,
}

#[derive(Debug, Default)]
struct Host {
    now: usize,
    /// When it was asked within the window, the longest ago first.
    asked: VecDeque<Instant>,
}

/// One question to a host; over when dropped.
#[derive(Debug)]
pub(crate) struct Asking<'a> {
    hosts: &'a Hosts,
    host: String,
}

impl Hosts {
    pub(crate) fn new(rules: &FetchRules) -> Self {
        Self {
            table: Mutex::default(),
            freed: Condvar::new(),
            at_once: rules.max_at_once_per_host,
            a_minute: rules.max_per_minute_per_host,
        }
    }

    /// Waits until fewer than the permitted number of questions are open at this host, and counts one more.
    pub(crate) fn ask(&self, host: &str, deadline: &Deadline) -> Result<Asking<'_>, FetchError> {
        let mut table = self.table();
        loop {
            let entry = self.entry(&mut table, host, instant())?;
            if entry.now < self.at_once {
                entry.now += 1;
                entry.asked.push_back(instant());
                return Ok(Asking { hosts: self, host: host.to_owned() });
            }
            let busy = || FetchError::HostBusy { host: host.to_owned(), limit: self.at_once };
            let left = deadline.left().ok_or_else(busy)?;
            table = self.freed.wait_timeout(table, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Counts a connection to this address, which many names may share.
    pub(crate) fn count(&self, address: &str) -> Result<(), FetchError> {
        let mut table = self.table();
        let now = instant();
        self.entry(&mut table, address, now)?.asked.push_back(now);
        Ok(())
    }

    /// What is known of the host, if it may be asked once more within the minute.
    fn entry<'t>(
        &self,
        table: &'t mut BTreeMap<String, Host>,
        host: &str,
        now: Instant,
    ) -> Result<&'t mut Host, FetchError> {
        let too_often = || FetchError::AskedTooOften { host: host.to_owned(), limit: self.a_minute };
        if !table.contains_key(host) && table.len() >= MAX_HOSTS {
            make_room(table, now).ok_or_else(too_often)?;
        }
        let entry = table.entry(host.to_owned()).or_default();
        entry.forget_before(now);
        if entry.asked.len() >= self.a_minute { Err(too_often()) } else { Ok(entry) }
    }

    fn table(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    fn forget_before(&mut self, now: Instant) {
        while self.asked.front().is_some_and(|asked| now.saturating_duration_since(*asked) >= WINDOW) {
            self.asked.pop_front();
        }
    }
}

/// Forgets whoever was not asked within the window; else, of those not being asked now, the one that was asked least: who names
/// a thousand hosts to have one forgotten, has the thousand forgotten.
fn make_room(table: &mut BTreeMap<String, Host>, now: Instant) -> Option<()> {
    table.retain(|_, host| {
        host.forget_before(now);
        host.now > 0 || !host.asked.is_empty()
    });
    if table.len() < MAX_HOSTS {
        return Some(());
    }
    let idle = table.iter().filter(|(_, host)| host.now == 0);
    let least =
        idle.min_by_key(|(_, host)| (host.asked.len(), host.asked.back().copied())).map(|(name, _)| name.clone());
    table.remove(&least?).map(drop)
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        if let Some(host) = self.hosts.table().get_mut(&self.host) {
            host.now = host.now.saturating_sub(1);
        }
        self.hosts.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(max_at_once_per_host: usize, max_per_minute_per_host: usize) -> Hosts {
        Hosts::new(&FetchRules { max_at_once_per_host, max_per_minute_per_host, ..FetchRules::default() })
    }

    #[test]
    fn a_minute_later_a_host_may_be_asked_again() {
        let hosts = hosts(1, 2);
        let start = instant();
        let ask = |later: u64| {
            let mut table = hosts.table();
            let now = start + Duration::from_secs(later);
            hosts.entry(&mut table, "a.example", now).map(|entry| entry.asked.push_back(now))
        };
        assert_eq!(
            [ask(0).is_ok(), ask(30).is_ok(), ask(59).is_ok(), ask(60).is_ok(), ask(61).is_ok()],
            [true, true, false, true, false]
        );
        assert_eq!(
            ask(61).unwrap_err().to_string(),
            "a.example was asked 2 times within a minute, which is as often as is polite"
        );
    }

    #[test]
    fn the_table_of_hosts_is_bounded_and_forgets_no_busy_one() {
        let hosts = hosts(4, 3);
        let deadline = Deadline::after(Duration::from_secs(1));
        for _ in 0..3 {
            drop(hosts.ask("victim.example", &deadline).unwrap());
        }
        for number in 0..2 * MAX_HOSTS {
            drop(hosts.ask(&format!("other-{number}.example"), &deadline).unwrap());
        }
        assert_eq!(hosts.table().len(), MAX_HOSTS);
        assert!(matches!(hosts.ask("victim.example", &deadline), Err(FetchError::AskedTooOften { .. })));
        hosts.table().clear();
        let held: Vec<Asking<'_>> = (0..MAX_HOSTS).map(|at| hosts.ask(&at.to_string(), &deadline).unwrap()).collect();
        assert!(hosts.ask("one-more.example", &deadline).is_err(), "all the hosts known are being asked");
        drop(held);
        assert!(hosts.ask("one-more.example", &deadline).is_ok());
    }
}
