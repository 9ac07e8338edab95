//! At what level? EQF, NLQF and mbo levels, never converted silently.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::timestamp::as_text;

/// The framework that a level belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LevelFramework {
    /// European Qualifications Framework, 1 to 8.
    #[serde(rename = "EQF")]
    Eqf,
    /// Netherlands Qualifications Framework: entry, 1 to 8, and 4+ for vwo.
    #[serde(rename = "NLQF")]
    Nlqf,
}

/// A level of a framework, written `EQF 4`, `NLQF 4+` or `NLQF entry`. Levels of one framework are ordered; between frameworks there is no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Level {
    framework: LevelFramework,
    /// Twice the number, so that 4+ stands between 4 and 5; entry is 0.
    step: u8,
}

/// Why a level was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LevelError {
    /// No such level.
    #[error("{text:?} is not a level: EQF 1 to 8, NLQF entry, 1 to 8 or 4+")]
    Unknown {
        /// The text received.
        text: String,
    },
}

impl Level {
    /// The level `code` (`4`, `4+`, `entry`) of `framework`.
    ///
    /// # Errors
    /// [`LevelError::Unknown`] when the framework has no such level.
    pub fn new(framework: LevelFramework, code: &str) -> Result<Self, LevelError> {
        let step = match (framework, code) {
            (LevelFramework::Nlqf, "entry") => 0,
            (LevelFramework::Nlqf, "4+") => 9,
            (_, code) => match code.as_bytes() {
                [digit @ b'1'..=b'8'] => 2 * (digit - b'0'),
                _ => return Err(LevelError::Unknown { text: format!("{framework} {code}") }),
            },
        };
        Ok(Self { framework, step })
    }

    /// Reads `EQF 4`.
    ///
    /// # Errors
    /// [`LevelError::Unknown`] for anything else.
    pub fn parse(text: &str) -> Result<Self, LevelError> {
        let refuse = || LevelError::Unknown { text: text.chars().take(80).collect() };
        let (framework, code) = text.split_once(' ').ok_or_else(refuse)?;
        Self::new(framework.parse().map_err(|_| refuse())?, code).map_err(|_| refuse())
    }

    /// The framework.
    pub fn framework(self) -> LevelFramework {
        self.framework
    }

    /// The code within the framework: `4`, `4+`, `entry`.
    pub fn code(self) -> String {
        match self.step {
            0 => "entry".to_owned(),
            9 => "4+".to_owned(),
            step => (step / 2).to_string(),
        }
    }

    /// Whether this is at least `other`: `None` when they belong to different frameworks, which nothing here converts.
    pub fn at_least(self, other: Self) -> Option<bool> {
        (self.framework == other.framework).then_some(self.step >= other.step)
    }
}

impl fmt::Display for LevelFramework {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eqf => "EQF",
            Self::Nlqf => "NLQF",
        })
    }
}

impl FromStr for LevelFramework {
    type Err = LevelError;
    fn from_str(text: &str) -> Result<Self, LevelError> {
        match text {
            "EQF" => Ok(Self::Eqf),
            "NLQF" => Ok(Self::Nlqf),
            other => Err(LevelError::Unknown { text: other.chars().take(80).collect() }),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.framework, self.code())
    }
}

as_text!(Level);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ordered_within_their_framework_only() {
        let level = |text| Level::parse(text).unwrap();
        assert_eq!(level("NLQF 4+").at_least(level("NLQF 4")), Some(true));
        assert_eq!(level("NLQF 4+").at_least(level("NLQF 5")), Some(false));
        assert_eq!(level("NLQF entry").at_least(level("NLQF 1")), Some(false));
        assert_eq!(level("EQF 4").at_least(level("NLQF 4")), None);
    }

    #[test]
    fn unknown_levels_are_refused() {
        for bad in ["EQF 0", "EQF 9", "EQF 4+", "EQF entry", "NLQF", "NLQF 10", "mbo 4", "EQF  4", ""] {
            assert!(Level::parse(bad).is_err(), "{bad}");
        }
        for good in ["EQF 1", "NLQF 8", "NLQF entry", "NLQF 4+"] {
            assert_eq!(Level::parse(good).unwrap().to_string(), good);
        }
    }
}
