//! When? Instants and days, read strictly: XSD 1.1 `dateTimeStamp` and `date` as the VC Data Model 2.0 asks for.

use std::fmt;
use std::time::Duration;

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// An instant in UTC. Ordered, with second precision or finer as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(OffsetDateTime);

/// RFC 3339 §5.6 has no years before it.
const FIRST: OffsetDateTime = time::macros::datetime!(0000-01-01 00:00 UTC);

/// A calendar day, `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Why a text is not an instant or a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// Not an XSD `dateTimeStamp`.
    #[error("{text:?} is not a date and time with time zone such as 2026-11-22T09:00:00Z")]
    Timestamp {
        /// The text received.
        text: String,
    },
    /// Not a day.
    #[error("{text:?} is not a day such as 2026-11-22")]
    Day {
        /// The text received.
        text: String,
    },
    /// Outside the years that can be written.
    #[error("the instant {seconds} s after 1970 cannot be written as a date")]
    OutOfRange {
        /// Seconds since 1970-01-01T00:00:00Z.
        seconds: i64,
    },
}

impl Timestamp {
    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)` (XSD 1.1 §3.4.28 `dateTimeStamp`).
    ///
    /// # Errors
    /// [`TimeError::Timestamp`] for any other text: a space or small `t` as separator, no time zone, second 60, 31 February.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let refuse = || TimeError::Timestamp { text: text.to_owned() };
        // Every time crate accepts a space as separator and second 60; XSD does not.
        let bytes = text.as_bytes();
        if text.len() > 64
            || bytes.get(10) != Some(&b'T')
            || text.contains(['t', 'z'])
            || text.get(17..19) == Some("60")
        {
            return Err(refuse());
        }
        // In UTC it may fall outside the years 0 to 9999, which cannot be written again.
        OffsetDateTime::parse(text, &Rfc3339)
            .ok()
            .and_then(|instant| instant.checked_to_offset(time::UtcOffset::UTC))
            .filter(|instant| (0..=9999).contains(&instant.year()))
            .map(Self)
            .ok_or_else(refuse)
    }

    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] before the year 0 and beyond 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, TimeError> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .filter(|instant| *instant >= FIRST)
            .map(Self)
            .ok_or(TimeError::OutOfRange { seconds })
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// The day on which it falls in UTC.
    pub fn day(self) -> Day {
        Day(self.0.date())
    }

    /// So much later; the last instant that can be written when that would be beyond it.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        let span = time::Duration::try_from(span).unwrap_or(time::Duration::MAX);
        Self(self.0.saturating_add(span))
    }

    /// So much earlier; the first instant that can be written when that would be before it.
    #[must_use]
    pub fn before(self, span: Duration) -> Self {
        let span = time::Duration::try_from(span).unwrap_or(time::Duration::MAX);
        Self(self.0.saturating_sub(span).max(FIRST))
    }

    /// Whole days from `earlier` until this, negative when it is the other way round.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).whole_days()
    }
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`TimeError::Day`] for any other text and for days that do not exist.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let format = time::macros::format_description!("[year]-[month]-[day]");
        match Date::parse(text, format) {
            Ok(date) if text.len() == 10 => Ok(Self(date)),
            _ => Err(TimeError::Day { text: text.to_owned() }),
        }
    }

    /// The first instant of this day in UTC.
    pub fn start(self) -> Timestamp {
        Timestamp(self.0.midnight().assume_utc())
    }

    /// Year, month (1 to 12), day of the month.
    pub fn parts(self) -> (i32, u8, u8) {
        (self.0.year(), self.0.month().into(), self.0.day())
    }

    /// Whole days from `earlier` until this.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).whole_days()
    }

    /// The day so many days later (negative: earlier), as far as days can be written.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::days(days)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

macro_rules! as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use as_text;
as_text!(Timestamp);
as_text!(Day);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_strictly() {
        for good in ["2026-11-22T09:00:00Z", "2026-11-22T10:00:00+01:00", "2026-11-22T09:00:00.000Z"] {
            assert_eq!(Timestamp::parse(good).unwrap().to_string(), "2026-11-22T09:00:00Z", "{good}");
        }
        for bad in [
            "2026-11-22 09:00:00Z",
            "2026-11-22t09:00:00Z",
            "2026-11-22T09:00:00z",
            "2026-11-22T09:00:00",
            "2026-11-22",
            "2026-12-31T23:59:60Z",
            "2026-02-30T09:00:00Z",
            "2026-11-22T24:01:00Z",
            "2026-11-22T09:00:00+01",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+01:00",
            "",
        ] {
            assert!(Timestamp::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_first_and_the_last_instant_can_be_written() {
        let year = Duration::from_hours(400 * 24);
        let (first, last) = ("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::parse(first).unwrap().before(year).to_string(), first);
        assert_eq!(Timestamp::parse(last).unwrap().after(year).to_string(), "9999-12-31T23:59:59.999999999Z");
        assert!(Timestamp::from_unix_seconds(i64::MIN).is_err());
        assert!(Timestamp::from_unix_seconds(-62_167_219_201).is_err());
        assert_eq!(Timestamp::from_unix_seconds(-62_167_219_200).unwrap().to_string(), first);
    }

    #[test]
    fn a_day_is_read_strictly() {
        assert_eq!(Day::parse("2026-11-22").unwrap().to_string(), "2026-11-22");
        for bad in ["2026-11-2", "22-11-2026", "2026-02-30", "+2026-11-22", ""] {
            assert!(Day::parse(bad).is_err(), "{bad}");
        }
    }
}
