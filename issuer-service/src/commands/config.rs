//! `config`: can the settings be used, and which are there?

use std::path::PathBuf;

use serde_json::json;

use crate::config::{Config, ConfigError, EXAMPLE};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::output::Output;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Read a settings file and say what is wrong with it
    Check {
        /// The file (default: config.toml in the data folder)
        file: Option<PathBuf>,
    },
    /// Print every setting with its default
    Example,
}

pub(crate) fn run(verb: Verb, folder: Result<Folder, Failure>) -> Result<Output, Failure> {
    match verb {
        Verb::Example => Ok(Output::new(EXAMPLE.trim_end(), &json!({ "example": EXAMPLE }))),
        Verb::Check { file } => {
            let path = match file {
                Some(path) if path.exists() => path,
                Some(path) => {
                    let source = std::io::Error::from(std::io::ErrorKind::NotFound);
                    return Err(ConfigError::Read { path, source }.into());
                }
                None => folder?.config_path(),
            };
            let config = Config::load(&path)?;
            let text = format!(
                "listen = \"{}\"\nbehind_proxy = {}\nrequests_at_once = {}\nrequest_seconds = {}\nshutdown_seconds = {}",
                config.listen,
                config.behind_proxy,
                config.requests_at_once,
                config.request_seconds,
                config.shutdown_seconds
            );
            let json = json!({
                "listen": config.listen,
                "behindProxy": config.behind_proxy,
                "requestsAtOnce": config.requests_at_once,
                "requestSeconds": config.request_seconds,
                "shutdownSeconds": config.shutdown_seconds,
            });
            Ok(Output::new(text, &json))
        }
    }
}
