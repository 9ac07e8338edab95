//! In which language does the command line talk, and how does it choose?

pub(crate) mod dutch;
pub(crate) mod dutch_board;
pub(crate) mod dutch_issuer;

pub(crate) use stapel_report::Language;

/// One of two texts. Both are always given, so no language can miss a message.
pub(crate) trait Either {
    /// The Dutch or the English.
    fn either<T>(self, nl: T, en: T) -> T;
}

impl Either for Language {
    fn either<T>(self, nl: T, en: T) -> T {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }
}

/// What `--lang` says, else the locale of the environment (POSIX: `LC_ALL`, then `LC_MESSAGES`, then `LANG`).
pub(crate) fn choose(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(|| {
        let set = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
        Language::from_locale(&set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default())
    })
}

#[cfg(test)]
mod board_tests;
#[cfg(test)]
mod tests;
