//! What does a command print: the result on stdout, as text or JSON, and how does the program end?

use std::io::{self, Write as _};
use std::process::ExitCode;

use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::words::{Either as _, Language, dutch_issuer};

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Output {
    /// For people, without a line end.
    text: String,
    /// For programs.
    json: Value,
    /// Whether something that was asked for was refused.
    refused: bool,
}

impl Output {
    pub(crate) fn new(text: impl Into<String>, json: &impl Serialize) -> Self {
        let json = serde_json::to_value(json).unwrap_or(Value::Null);
        Self { text: text.into(), json, refused: false }
    }

    /// The same, ending with exit code 1 if `refused`.
    pub(crate) fn refused(self, refused: bool) -> Self {
        Self { refused, ..self }
    }
}

/// Prints what came of a command; 0 done, 1 refused, 2 could not run.
pub(crate) fn finish(result: Result<Output, Failure>, json: bool, language: Language) -> ExitCode {
    match result {
        Ok(output) => {
            let text = if json { format!("{:#}", output.json) } else { output.text };
            if !text.is_empty() && writeln!(io::stdout().lock(), "{text}").is_err() {
                return ExitCode::from(2);
            }
            ExitCode::from(u8::from(output.refused))
        }
        Err(failure) => {
            let advice = failure.advice(language);
            say(&format!("stapel-issuer: {}", failure.sentence(language)));
            if let Some(advice) = &advice {
                say(&format!("  → {advice}"));
            }
            if json {
                let json =
                    serde_json::json!({ "error": failure.to_string(), "advice": advice, "rows": failure.rows() });
                // The sentence went to stderr already; a closed stdout changes nothing about it.
                let _ = writeln!(io::stdout().lock(), "{json:#}");
            } else {
                for row in failure.rows() {
                    say(&format!("  {}", language.either(dutch_issuer::row(row), row.to_string())));
                }
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Talk, on stderr.
pub(crate) fn say(line: &str) {
    // Nobody listens: then nobody is told.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
