//! For how long may an answer be used again? `Cache-Control` and `Age` (RFC 9111 §5), and `stale-if-error` (RFC 5861 §4).

use std::time::Duration;

use reqwest::header::{AGE, CACHE_CONTROL, HeaderMap};

/// For how long an answer may be used again, as its server says. Somebody who shares answers with others asks, so that `s-maxage`
/// goes before `max-age`. `Expires` is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reuse {
    /// From now on without asking again; none where the server does not say. What may not be kept, or not be used without asking,
    /// has zero.
    pub fresh: Option<Duration>,
    /// Beyond that, where asking again fails; none where the server does not say.
    pub stale: Option<Duration>,
}

impl Reuse {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut found = Found::default();
        let lines = headers.get_all(CACHE_CONTROL).iter();
        for line in lines {
            match line.to_str() {
                Ok(line) => directives(line).for_each(|(name, value)| found.take(name, value)),
                // What cannot be read is taken for the most cautious.
                Err(_) => found.never = true,
            }
        }
        found.reuse(headers)
    }
}

#[derive(Default)]
struct Found {
    never: bool,
    no_stale: bool,
    max_age: Option<u64>,
    shared_max_age: Option<u64>,
    stale_if_error: Option<u64>,
}

impl Found {
    fn take(&mut self, name: &str, value: Option<&str>) {
        // One that cannot be read, as RFC 9111 §4.2.1 has it, counts as over; of several the shortest holds.
        let seconds = || value.and_then(|value| value.parse().ok()).unwrap_or(0);
        let shorter = |known: Option<u64>| Some(known.map_or_else(seconds, |known: u64| known.min(seconds())));
        match name.to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" | "private" => self.never = true,
            "must-revalidate" | "proxy-revalidate" => self.no_stale = true,
            "max-age" => self.max_age = shorter(self.max_age),
            "s-maxage" => {
                self.shared_max_age = shorter(self.shared_max_age);
                // RFC 9111 §5.2.2.10.
                self.no_stale = true;
            }
            "stale-if-error" => self.stale_if_error = shorter(self.stale_if_error),
            _ => {}
        }
    }

    fn reuse(self, headers: &HeaderMap) -> Reuse {
        if self.never {
            return Reuse { fresh: Some(Duration::ZERO), stale: Some(Duration::ZERO) };
        }
        let age = headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse::<u64>().ok()).unwrap_or(0);
        let fresh = self.shared_max_age.or(self.max_age).map(|seconds| seconds.saturating_sub(age));
        let stale = if self.no_stale { Some(0) } else { self.stale_if_error };
        Reuse { fresh: fresh.map(Duration::from_secs), stale: stale.map(Duration::from_secs) }
    }
}

/// The directives of one line, with their arguments. A comma within quotes parts names of fields, and what remains of those
/// changes nothing.
fn directives(line: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    line.split(',').map(|one| match one.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim().trim_matches('"'))),
        None => (one.trim(), None),
    })
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn reuse(lines: &[&str], age: Option<&'static str>) -> (Option<u64>, Option<u64>) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(CACHE_CONTROL, HeaderValue::from_str(line).unwrap());
        }
        if let Some(age) = age {
            headers.insert(AGE, HeaderValue::from_static(age));
        }
        let reuse = Reuse::of(&headers);
        (reuse.fresh.map(|fresh| fresh.as_secs()), reuse.stale.map(|stale| stale.as_secs()))
    }

    #[test]
    fn what_the_server_says_of_using_its_answer_again_is_read() {
        for (lines, said) in [
            (vec![], (None, None)),
            (vec!["public"], (None, None)),
            (vec!["public, max-age=300"], (Some(300), None)),
            (vec!["Public", "Max-Age = \"60\""], (Some(60), None)),
            (vec!["max-age=300, max-age=60"], (Some(60), None)),
            (vec!["max-age=60, s-maxage=300"], (Some(300), Some(0))),
            (vec!["max-age=60, must-revalidate"], (Some(60), Some(0))),
            (vec!["max-age=60, stale-if-error=900"], (Some(60), Some(900))),
            (vec!["max-age=-1"], (Some(0), None)),
            (vec!["max-age"], (Some(0), None)),
            (vec!["max-age=99999999999999999999"], (Some(0), None)),
            (vec!["max-age=300, no-store"], (Some(0), Some(0))),
            (vec!["max-age=300", "NO-CACHE"], (Some(0), Some(0))),
            (vec!["private=\"a, b\", max-age=300"], (Some(0), Some(0))),
            (vec!["no-transform, immutable, x=\"max-age\""], (None, None)),
        ] {
            assert_eq!(reuse(&lines, None), said, "{lines:?}");
        }
    }

    #[test]
    fn the_time_that_an_answer_lay_elsewhere_counts() {
        assert_eq!(reuse(&["max-age=300"], Some("100")).0, Some(200));
        assert_eq!(reuse(&["max-age=300"], Some("400")).0, Some(0));
        assert_eq!(reuse(&["max-age=300"], Some("soon")).0, Some(300));
    }
}
