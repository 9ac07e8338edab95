//! What may a short name consist of, and how long may a person's sentence be?

/// The longest text that a person types into a record: a reason, a reference, a grade. In characters.
pub const MAX_TEXT: usize = 400;

/// 1 to 64 of `a-z A-Z 0-9 . _ : -`: safe in URLs, files, logs and CSV.
pub(crate) fn is_plain_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

/// Text of 1 to [`MAX_TEXT`] characters without control characters.
pub(crate) fn is_one_line(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_TEXT && !text.chars().any(char::is_control)
}
