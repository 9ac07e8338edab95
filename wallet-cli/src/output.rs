//! What does a command print: the result on stdout, as text or JSON, talk on stderr, and how does the program end?

use std::io::{self, Write as _};
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value, json};
use stapel_report::Language;
use stapel_verifier::Outcome;

use crate::error::Failure;
use crate::words;

/// Exit code of what could not be decided or could not run.
const COULD_NOT: u8 = 2;

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Output {
    text: String,
    json: Option<Value>,
    exit: u8,
}

impl Output {
    /// A result for people and for programs.
    pub(crate) fn new(text: impl Into<String>, json: &impl Serialize) -> Self {
        Self { text: text.into(), json: Some(json!(json)), exit: 0 }
    }

    /// A text that is the same for both, such as a document.
    pub(crate) fn exactly(text: impl Into<String>) -> Self {
        Self { text: text.into(), json: None, exit: 0 }
    }

    /// A result that was printed already, as it came.
    pub(crate) fn printed() -> Self {
        Self::exactly("")
    }

    /// What people read of it.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Ends with the exit code of this answer.
    pub(crate) fn ending(self, outcome: Outcome) -> Self {
        Self { exit: outcome.exit_code(), ..self }
    }
}

/// Prints what came of a command. Exit code 0: done, or accepted; 1: refused; 2: undecided, or it could not run.
pub(crate) fn finish(result: Result<Output, Failure>, json: bool, language: Language) -> ExitCode {
    let (text, exit) = match result {
        Ok(Output { text, json: Some(value), exit }) => (if json { format!("{value:#}") } else { text }, exit),
        Ok(Output { text, json: None, exit }) => (text, exit),
        Err(failure) => {
            let (sentence, advice) = (words::failure(&failure, language), words::advice(&failure, language));
            say(&format!("stapel: {sentence}"));
            if let Some(advice) = &advice {
                say(&format!("  → {advice}"));
            }
            let exit = failure.exit_code();
            let value = json!({ "error": sentence, "advice": advice, "exit": exit });
            (if json { format!("{value:#}") } else { String::new() }, exit)
        }
    };
    match print(&text) {
        Ok(()) => ExitCode::from(exit),
        // Whoever read has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(exit),
        Err(source) => {
            say(&format!(
                "stapel: {}",
                words::failure(&Failure::Write { what: "stdout".to_owned(), source }, language)
            ));
            ExitCode::from(COULD_NOT)
        }
    }
}

/// A part of the result, printed as it comes: for what is too much to be held.
pub(crate) fn print_part(text: &str) -> Result<(), Failure> {
    match print(text) {
        // Whoever reads has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Write { what: "stdout".to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

fn print(text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(text.trim_end_matches('\n').as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Prints help, or what is wrong with the command line.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // Whoever read has read enough.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { COULD_NOT } else { 0 })
}

/// Talk, on stderr.
pub(crate) fn say(line: &str) {
    // Nobody listens: then nobody is told.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// How wide the terminal is, as the shell says.
pub(crate) fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).unwrap_or(80)
}

/// Whether stdout shows colours (<https://no-color.org>).
pub(crate) fn colour() -> bool {
    use io::IsTerminal as _;
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A text of somebody else on one line, without what steers a terminal or turns the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !steers(*c)).collect()
}
