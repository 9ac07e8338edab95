//! What does a person type: passphrases, codes, recovery words, yes or no?

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use stapel_keys::{Passphrase, RecoveryWords};
use stapel_report::Language;
use zeroize::Zeroizing;

use crate::error::{Failure, Wanted};
use crate::file;
use crate::words::{Say, say};

/// The passphrase of a wallet that stands already.
pub(crate) fn ask(file: Option<&Path>, language: Language) -> Result<Passphrase, Failure> {
    match file {
        Some(path) => Ok(Passphrase::from_file(path)?),
        None => Ok(Passphrase::new(hidden(&say(&Say::AskPassphrase, language), Wanted::Passphrase)?)?),
    }
}

/// A passphrase chosen anew: typed twice, when a person types it.
pub(crate) fn choose(file: Option<&Path>, language: Language) -> Result<Passphrase, Failure> {
    if let Some(path) = file {
        return Ok(Passphrase::from_file(path)?);
    }
    let first = Zeroizing::new(hidden(&say(&Say::AskNewPassphrase, language), Wanted::NewPassphrase)?);
    let passphrase = Passphrase::for_new(first.to_string())?;
    let second = Zeroizing::new(hidden(&say(&Say::AskOnceMore, language), Wanted::NewPassphrase)?);
    if *first == *second { Ok(passphrase) } else { Err(Failure::PassphrasesDiffer) }
}

/// The recovery words, from a file or typed; they are seen while they are typed, since nobody types 24 words blindly.
pub(crate) fn recovery_words(from: Option<&str>, language: Language) -> Result<RecoveryWords, Failure> {
    let text = Zeroizing::new(match from {
        Some(from) => file::read_here(from)?,
        None => typed(&say(&Say::AskRecoveryWords, language), Wanted::RecoveryWords)?,
    });
    // As they are printed: "1. word".
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_number(word)).collect();
    Ok(RecoveryWords::parse(&Zeroizing::new(words.join(" ")))?)
}

fn is_number(word: &str) -> bool {
    word.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the person says yes.
pub(crate) fn agrees(question: &str, language: Language) -> Result<bool, Failure> {
    let answer = typed(question, Wanted::Yes)?;
    let answer = answer.trim().to_lowercase();
    Ok(match language {
        Language::Nl => matches!(answer.as_str(), "j" | "ja"),
        Language::En => matches!(answer.as_str(), "y" | "yes"),
    })
}

/// Whether there is a person to ask.
pub(crate) fn is_attended() -> bool {
    io::stdin().is_terminal()
}

/// Something typed that may be seen.
pub(crate) fn typed(prompt: &str, wanted: Wanted) -> Result<String, Failure> {
    if !is_attended() {
        return Err(Failure::NobodyToAsk(wanted));
    }
    let mut line = String::new();
    let read = write!(io::stderr(), "{prompt}").and_then(|()| io::stdin().lock().read_line(&mut line));
    read.map_err(Failure::Prompt)?;
    Ok(line)
}

/// Something typed that nobody may see. The terminal is asked, so standard input may be a document.
fn hidden(prompt: &str, wanted: Wanted) -> Result<String, Failure> {
    if !io::stdin().is_terminal() && !io::stderr().is_terminal() {
        return Err(Failure::NobodyToAsk(wanted));
    }
    rpassword::prompt_password(prompt).map_err(Failure::Prompt)
}
