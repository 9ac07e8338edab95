//! How much work? Credits in hundredths, their unit, and hours.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of credits, exact to a hundredth: 2.5 EC exists, and sums must not round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Credits(u32);

/// What the credits count. Open Badges has no unit, so our extension says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CreditUnit {
    /// European credit (ECTS) of 28 hours in the Netherlands.
    #[serde(rename = "EC")]
    Ec,
    /// Study hour (studiebelastingsuur) of Dutch vocational education.
    #[serde(rename = "SBU")]
    Sbu,
}

/// Whole hours, e.g. of workplace practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub u32);

/// Why an amount was refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CreditsError {
    /// Negative, not a number, finer than a hundredth, or over ten million.
    #[error("{text} is not an amount of credits: from 0 to 10000000, with at most two decimals")]
    NotAnAmount {
        /// The amount as received.
        text: String,
    },
}

const MAX_HUNDREDTHS: u32 = 1_000_000_000;

impl Credits {
    /// No credits.
    pub const ZERO: Self = Self(0);

    /// So many hundredths of a credit.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// So many whole credits, at most ten million.
    pub const fn whole(credits: u32) -> Self {
        Self(credits.saturating_mul(100))
    }

    /// In hundredths.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// From a JSON number.
    ///
    /// # Errors
    /// [`CreditsError::NotAnAmount`] below 0, over ten million, or finer than a hundredth.
    pub fn from_number(number: f64) -> Result<Self, CreditsError> {
        let refuse = || CreditsError::NotAnAmount { text: number.to_string() };
        let hundredths = (number * 100.0).round();
        if !(0.0..=f64::from(MAX_HUNDREDTHS)).contains(&hundredths) || (number * 100.0 - hundredths).abs() > 1e-6 {
            return Err(refuse());
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range: checked above")]
        Ok(Self(hundredths as u32))
    }

    /// From text as people write it: `2.5` or `2,5`.
    ///
    /// # Errors
    /// As [`Credits::from_number`].
    pub fn parse(text: &str) -> Result<Self, CreditsError> {
        let refuse = || CreditsError::NotAnAmount { text: format!("{text:?}") };
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte)) {
            return Err(refuse());
        }
        Self::from_number(text.replace(',', ".").parse().map_err(|_| refuse())?).map_err(|_| refuse())
    }

    /// The number as JSON writes it.
    pub fn to_number(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// What is left after taking `other` away; zero when nothing is.
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add for Credits {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Credits {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl fmt::Display for CreditUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ec => "EC",
            Self::Sbu => "SBU",
        })
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u32(self.0 / 100)
        } else {
            serializer.serialize_f64(self.to_number())
        }
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_number(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_credits_are_exact() {
        assert_eq!(Credits::parse("2,5").unwrap(), Credits::from_hundredths(250));
        assert_eq!(
            Credits::from_number(0.1).unwrap() + Credits::from_number(0.2).unwrap(),
            Credits::parse("0.3").unwrap()
        );
        assert_eq!(Credits::parse("2.5").unwrap().to_string(), "2.5");
        assert_eq!(serde_json::to_string(&Credits::whole(240)).unwrap(), "240");
        assert_eq!(serde_json::to_string(&Credits::from_hundredths(250)).unwrap(), "2.5");
    }

    #[test]
    fn amounts_that_are_none_are_refused() {
        for bad in ["", "-1", "1e3", "2.555", "20000000", "1.2.3", "NaN"] {
            assert!(Credits::parse(bad).is_err(), "{bad}");
        }
        assert!(Credits::from_number(f64::NAN).is_err());
        assert!(Credits::from_number(-0.01).is_err());
    }

    proptest::proptest! {
        #[test]
        fn every_amount_survives_json(hundredths in 0u32..=MAX_HUNDREDTHS) {
            let credits = Credits::from_hundredths(hundredths);
            let text = serde_json::to_string(&credits).unwrap();
            proptest::prop_assert_eq!(serde_json::from_str::<Credits>(&text).unwrap(), credits);
            proptest::prop_assert_eq!(Credits::parse(&credits.to_string()).unwrap(), credits);
        }
    }
}
