//! In which language do people read it, and how does that language write numbers and dates?

use std::time::Duration;

use stapel_credential::{CreditUnit, Credits, Day, Timestamp};

/// The languages in which everything is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Dutch, at level B1.
    Nl,
    /// English.
    En,
}

/// Why a text names no language that we speak.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LanguageError {
    /// Neither Dutch nor English.
    #[error("{text:?} is not a language that this program speaks: nl or en")]
    Unknown {
        /// The text received, shortened.
        text: String,
    },
}

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Language {
    /// Both, Dutch first.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// Reads a language tag or the name of a locale: `nl`, `nl-NL`, `nl_NL.UTF-8`, `en_GB`.
    ///
    /// # Errors
    /// [`LanguageError::Unknown`] for any language but Dutch and English.
    pub fn parse(text: &str) -> Result<Self, LanguageError> {
        match text.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "nl" => Ok(Self::Nl),
            "en" => Ok(Self::En),
            _ => Err(LanguageError::Unknown { text: text.chars().take(40).collect() }),
        }
    }

    /// The language of a locale such as that of `LANG`; English for `C`, `POSIX` and every language that we do not speak.
    pub fn from_locale(locale: &str) -> Self {
        Self::parse(locale).unwrap_or(Self::En)
    }

    /// The language we speak that a reader likes best, by `Accept-Language` (RFC 9110 §12.5.4); Dutch where none is named.
    pub fn preferred(header: &str) -> Self {
        let mut best = (0.0_f32, Self::Nl);
        for entry in header.split(',').take(20) {
            let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
            let Ok(language) = Self::parse(tag.trim()) else { continue };
            let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The language tag (BCP 47), also for [`stapel_credential::Localised::text`].
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// One of two texts: the Dutch or the English.
    pub const fn pick<T: Copy>(self, nl: T, en: T) -> T {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }

    /// A day as people write it: `1 maart 2026`, `1 March 2026`.
    pub fn day(self, day: Day) -> String {
        let (year, month, day) = day.parts();
        let months = self.pick(&MONTHS_NL, &MONTHS_EN);
        let month = months.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
        format!("{day} {month} {year}")
    }

    /// The day of an instant, as people write it. Instants are in UTC.
    pub fn day_of(self, instant: Timestamp) -> String {
        self.day(instant.day())
    }

    /// Day and minute of an instant by the clocks of the Netherlands: `1 maart 2026 om 09:30 uur (Nederlandse tijd)`.
    pub fn minute_of(self, instant: Timestamp) -> String {
        let there = instant.after(Duration::from_hours(dutch_hours(instant)));
        let seconds = there.unix_seconds().rem_euclid(86_400);
        let (hour, minute) = (seconds / 3600, seconds / 60 % 60);
        let day = self.day_of(there);
        match self {
            Self::Nl => format!("{day} om {hour:02}:{minute:02} uur (Nederlandse tijd)"),
            Self::En => format!("{day} at {hour:02}:{minute:02} (Dutch time)"),
        }
    }

    /// A time of so many minutes: `15 minuten`, `6 dagen en 23 uur`.
    pub fn lasting(self, minutes: i64) -> String {
        let minutes = minutes.max(0);
        let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
        let said = |count: i64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let day = || said(days, self.pick("dag", "day"), self.pick("dagen", "days"));
        let hour = || said(hours, self.pick("uur", "hour"), self.pick("uur", "hours"));
        let minute = || said(rest, self.pick("minuut", "minute"), self.pick("minuten", "minutes"));
        match (days, hours, rest) {
            (0, 0, _) => minute(),
            (0, _, 0) => hour(),
            (0, ..) => self.list(&[hour(), minute()]),
            (_, 0, _) => day(),
            _ => self.list(&[day(), hour()]),
        }
    }

    /// An amount without its unit: `2,5` in Dutch, `2.5` in English.
    pub fn amount(self, credits: Credits) -> String {
        match self {
            Self::Nl => credits.to_string().replace('.', ","),
            Self::En => credits.to_string(),
        }
    }

    /// An amount with its unit: `2,5 EC`.
    pub fn credits(self, credits: Credits, unit: CreditUnit) -> String {
        format!("{} {unit}", self.amount(credits))
    }

    /// `a, b en c`.
    pub(crate) fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => format!("{} {} {last}", head.join(", "), self.pick("en", "and")),
        }
    }
}

/// By how many hours the clocks of the Netherlands are ahead of UTC: two from the last Sunday of March until the last of October, from
/// 01:00 UTC on, and one in winter (Directive 2000/84/EC, articles 2 and 3).
fn dutch_hours(instant: Timestamp) -> u64 {
    let (year, ..) = instant.day().parts();
    let turn = |month: u8| {
        let last = Day::parse(&format!("{year:04}-{month:02}-31")).ok()?;
        // 4 January 1970 was a Sunday.
        let weekday = (last.start().unix_seconds() / 86_400 - 3).rem_euclid(7);
        Some(last.plus_days(-weekday).start().after(Duration::from_hours(1)))
    };
    let is_summer = turn(3).is_some_and(|from| from <= instant) && turn(10).is_some_and(|until| instant < until);
    if is_summer { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_a_tag_or_a_locale() {
        for text in ["nl", "NL", "nl-NL", "nl_BE.UTF-8", "nl_NL@euro"] {
            assert_eq!(Language::parse(text).unwrap(), Language::Nl, "{text}");
        }
        assert_eq!(Language::parse("en_GB.UTF-8").unwrap(), Language::En);
        assert_eq!(
            Language::parse("fr").unwrap_err().to_string(),
            "\"fr\" is not a language that this program speaks: nl or en"
        );
        assert_eq!(Language::from_locale("C.UTF-8"), Language::En);
        assert_eq!(Language::from_locale(""), Language::En);
        assert_eq!(Language::from_locale("nl_NL.UTF-8"), Language::Nl);
    }

    #[test]
    fn the_language_liked_best_is_chosen() {
        for (header, language) in [
            ("", Language::Nl),
            ("en-GB,en;q=0.9,nl;q=0.8", Language::En),
            ("nl-NL,nl;q=0.9,en;q=0.8", Language::Nl),
            ("de, en;q=0.3, nl;q=0.7", Language::Nl),
            ("fr", Language::Nl),
            ("en;q=0", Language::Nl),
            ("en;q=x,,;", Language::Nl),
        ] {
            assert_eq!(Language::preferred(header), language, "{header}");
        }
    }

    #[test]
    fn days_and_amounts_are_written_as_people_write_them() {
        let day = Day::parse("2026-03-01").unwrap();
        assert_eq!(Language::Nl.day(day), "1 maart 2026");
        assert_eq!(Language::En.day(day), "1 March 2026");
        let instant = Timestamp::parse("2026-12-31T09:05:59Z").unwrap();
        assert_eq!(Language::Nl.minute_of(instant), "31 december 2026 om 10:05 uur (Nederlandse tijd)");
        assert_eq!(Language::En.minute_of(instant), "31 December 2026 at 10:05 (Dutch time)");
        let amount = Credits::from_hundredths(250);
        assert_eq!(Language::Nl.credits(amount, CreditUnit::Ec), "2,5 EC");
        assert_eq!(Language::En.credits(amount, CreditUnit::Ec), "2.5 EC");
    }

    #[test]
    fn clocks_are_those_of_the_netherlands() {
        for (instant, there) in [
            ("2026-03-29T00:59:59Z", "29 March 2026 at 01:59"),
            ("2026-03-29T01:00:00Z", "29 March 2026 at 03:00"),
            ("2026-07-01T22:30:00Z", "2 July 2026 at 00:30"),
            ("2026-10-25T00:59:59Z", "25 October 2026 at 02:59"),
            ("2026-10-25T01:00:00Z", "25 October 2026 at 02:00"),
            ("2026-12-31T23:30:00Z", "1 January 2027 at 00:30"),
            ("2024-03-31T01:00:00Z", "31 March 2024 at 03:00"),
            ("2027-10-31T00:59:59Z", "31 October 2027 at 02:59"),
            ("2027-10-31T01:00:00Z", "31 October 2027 at 02:00"),
        ] {
            let told = Language::En.minute_of(Timestamp::parse(instant).unwrap());
            assert_eq!(told, format!("{there} (Dutch time)"), "{instant}");
        }
    }

    #[test]
    fn a_list_ends_with_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(Language::Nl.list(&items), "a, b en c");
        assert_eq!(Language::En.list(&items[..2]), "a and b");
        assert_eq!(Language::Nl.list(&items[..1]), "a");
    }

    #[test]
    fn a_time_is_told_in_at_most_two_units() {
        for (minutes, dutch, english) in [
            (-5, "0 minuten", "0 minutes"),
            (1, "1 minuut", "1 minute"),
            (15, "15 minuten", "15 minutes"),
            (60, "1 uur", "1 hour"),
            (121, "2 uur en 1 minuut", "2 hours and 1 minute"),
            (1_440, "1 dag", "1 day"),
            (1_499, "1 dag", "1 day"),
            (10_079, "6 dagen en 23 uur", "6 days and 23 hours"),
            (10_080, "7 dagen", "7 days"),
        ] {
            assert_eq!(Language::Nl.lasting(minutes), dutch);
            assert_eq!(Language::En.lasting(minutes), english);
        }
    }
}
