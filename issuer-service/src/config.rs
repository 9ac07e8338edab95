//! How does the service run: what does `config.toml` in the data folder say? Flags of `serve` come before it.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use stapel_credential::Did;

/// Printed by `config example`: every setting with its default.
pub(crate) const EXAMPLE: &str = "\
# config.toml of stapel-issuer: copy it into the data folder. What is left out has the value shown.

# Where the service listens. It speaks plain http: https is the proxy's work.
listen = \"127.0.0.1:8700\"

# true: a proxy with https stands before it, X-Forwarded-For is believed, and other addresses than 127.0.0.1 are allowed.
behind_proxy = false

# How many requests are answered at once; more are sent away with 503.
requests_at_once = 256

# After how many seconds an answer is given up.
request_seconds = 60

# For how many seconds requests may finish after SIGTERM before they are cut off.
shutdown_seconds = 20

# Whose badges the page /verify accepts, beside our own: trust lists, as files in the data folder or with a full path, or as
# addresses (https), read again every hour; and the DIDs of those who may sign such lists.
verify_trust_lists = []
verify_anchors = []
# Web pages of these origins (https://portal.example) may call /api/verify from a browser.
verify_allow_origins = []
";

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) behind_proxy: bool,
    pub(crate) requests_at_once: usize,
    pub(crate) request_seconds: u64,
    pub(crate) shutdown_seconds: u64,
    pub(crate) verify_trust_lists: Vec<String>,
    pub(crate) verify_anchors: Vec<Did>,
    pub(crate) verify_allow_origins: Vec<String>,
    /// Ports of this machine that are asked over plain http; a flag of `serve` alone.
    #[serde(skip)]
    pub(crate) dev_loopback: Vec<u16>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {reason}", path.display())]
    Toml { path: PathBuf, reason: String },
    #[error("{}: {name} must be from {least} to {most}, not {found}", path.display())]
    Range { path: PathBuf, name: &'static str, least: u64, most: u64, found: u64 },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8700)),
            behind_proxy: false,
            requests_at_once: 256,
            request_seconds: 60,
            shutdown_seconds: 20,
            verify_trust_lists: Vec::new(),
            verify_anchors: Vec::new(),
            verify_allow_origins: Vec::new(),
            dev_loopback: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the file; the defaults where there is none.
    pub(crate) fn load(path: &Path) -> Result<Self, ConfigError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ConfigError::Read { path: path.to_owned(), source }),
        }
    }

    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let toml = |error: toml::de::Error| ConfigError::Toml {
            path: path.to_owned(),
            reason: error.to_string().split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let config: Self = toml::from_str(text).map_err(toml)?;
        let ranges = [
            ("requests_at_once", config.requests_at_once as u64, 1, 10_000),
            ("request_seconds", config.request_seconds, 1, 3_600),
            ("shutdown_seconds", config.shutdown_seconds, 0, 3_600),
        ];
        for (name, found, least, most) in ranges {
            if !(least..=most).contains(&found) {
                return Err(ConfigError::Range { path: path.to_owned(), name, least, most, found });
            }
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_shows_the_defaults() {
        assert_eq!(Config::parse(EXAMPLE, Path::new("config.toml")).unwrap(), Config::default());
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let refused = |text| Config::parse(text, Path::new("config.toml")).unwrap_err().to_string();
        assert_eq!(refused("request_seconds = 0"), "config.toml: request_seconds must be from 1 to 3600, not 0",);
        assert!(refused("lisen = 1").contains("unknown field `lisen`"), "{}", refused("lisen = 1"));
    }
}
