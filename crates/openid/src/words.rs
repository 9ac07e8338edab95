//! How much of a stranger's words is repeated in a sentence of ours?

/// The longest part of a stranger's text that is shown, in characters.
const SHOWN_CHARACTERS: usize = 300;

/// A stranger's text made fit to print: shortened, without control characters and without marks that turn the direction
/// of writing, so that it can neither drive a terminal nor disguise itself.
pub(crate) fn printable(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS).map(|c| if disguises(c) { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

fn disguises(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// RFC 6749 §5.2 and OpenID4VCI §8.3.1.2: a description holds `%x20-21 / %x23-5B / %x5D-7E` alone.
pub(crate) fn description(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '"' => '\'',
            '\\' => '/',
            ' '..='~' => character,
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_words_cannot_drive_a_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c"), "a [31mb c");
        assert_eq!(printable(&"x".repeat(301)), format!("{}…", "x".repeat(300)));
    }

    #[test]
    fn a_description_keeps_to_the_characters_of_the_standard() {
        assert_eq!(description("the \"café\" \\ é"), "the 'caf?' / ?");
    }
}
