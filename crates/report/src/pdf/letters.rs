//! How is a text written in the letters of a standard font? In `WinAnsiEncoding` (ISO 32000-1, annex D), and what that lacks by its nearest letters.

use crate::lettering::plain;

/// A text in the codes of the font.
pub(super) struct Encoded {
    pub(super) bytes: Vec<u8>,
    /// Whether the codes say just what the text says.
    pub(super) exact: bool,
}

/// What stands between 0x80 and 0x9f.
const HIGH: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8a),
    ('‹', 0x8b),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9a),
    ('›', 0x9b),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// The nearest letters, and what they stand for.
const NEAREST: [(&str, &str); 60] = [
    ("A", "ĀĂĄǍẠẢẤẦẬẮẶ"),
    ("a", "āăąǎạảấầậắặ"),
    ("AE", "Ǽ"),
    ("ae", "ǽ"),
    ("C", "ĆĈĊČ"),
    ("c", "ćĉċč"),
    ("D", "ĎĐ"),
    ("d", "ďđ"),
    ("E", "ĒĔĖĘĚẸẾỀỆƏ"),
    ("e", "ēĕėęěẹếềệə"),
    ("G", "ĜĞĠĢǦ"),
    ("g", "ĝğġģǧ"),
    ("H", "ĤĦ"),
    ("h", "ĥħ"),
    ("I", "ĨĪĬĮİǏỊ"),
    ("i", "ĩīĭįıǐị"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("IJ", "Ĳ"),
    ("ij", "ĳ"),
    ("K", "Ķ"),
    ("k", "ķĸ"),
    ("L", "ĹĻĽĿŁ"),
    ("l", "ĺļľŀł"),
    ("N", "ŃŅŇŊ"),
    ("n", "ńņňŋ"),
    ("O", "ŌŎŐǑƠỌỐỒỘỚỜỢ"),
    ("o", "ōŏőǒơọốồộớờợ"),
    ("R", "ŔŖŘ"),
    ("r", "ŕŗř"),
    ("S", "ŚŜŞȘ"),
    ("s", "śŝşșſ"),
    ("SS", "ẞ"),
    ("T", "ŢŤŦȚ"),
    ("t", "ţťŧț"),
    ("U", "ŨŪŬŮŰŲǓƯỤỨỪỰ"),
    ("u", "ũūŭůűųǔưụứừự"),
    ("W", "ŴẀẂẄ"),
    ("w", "ŵẁẃẅ"),
    ("Y", "ŶỲỸ"),
    ("y", "ŷỳỹ"),
    ("Z", "ŹŻ"),
    ("z", "źż"),
    (" ", "\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}"),
    ("-", "\u{2010}\u{2011}\u{2212}"),
    ("–", "\u{2012}\u{2015}"),
    ("'", "′ʼʻ"),
    ("\"", "″"),
    ("->", "→"),
    ("<-", "←"),
    ("=>", "⇒"),
    (">=", "≥"),
    ("<=", "≤"),
    ("!=", "≠"),
    ("v", "✓✔"),
    ("x", "✗✘"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("·", "∙⋅"),
    // Soft hyphen, joiners and marks that stand on the letter before: the letter alone.
    ("", "\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}"),
];

/// A text in the codes of the font; a letter that no other comes near is a question mark.
pub(super) fn encode(text: &str) -> Encoded {
    let mut encoded = Encoded { bytes: Vec::with_capacity(text.len()), exact: true };
    for character in plain(text).chars() {
        if let Some(code) = code(character) {
            encoded.bytes.push(code);
            continue;
        }
        encoded.exact = false;
        if ('\u{300}'..='\u{36f}').contains(&character) {
            continue;
        }
        let nearest = NEAREST.iter().find(|(_, all)| all.contains(character)).map_or("?", |(nearest, _)| *nearest);
        encoded.bytes.extend(nearest.chars().filter_map(code));
    }
    encoded
}

fn code(character: char) -> Option<u8> {
    match character {
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{ff}' => u8::try_from(u32::from(character)).ok(),
        other => HIGH.iter().find(|(known, _)| *known == other).map(|(_, code)| *code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (String, bool) {
        let encoded = encode(text);
        let letter = |code: &u8| {
            HIGH.iter().find(|(_, known)| known == code).map_or(char::from(*code), |(character, _)| *character)
        };
        (encoded.bytes.iter().map(letter).collect(), encoded.exact)
    }

    #[test]
    fn dutch_and_english_are_written_as_they_are() {
        for text in ["Eén coördinator, naïef; 'ruïne' – “citaat” · € 5…", "Café, œuvre, Ångström"] {
            assert_eq!(written(text), (text.to_owned(), true));
        }
    }

    #[test]
    fn a_letter_that_is_missing_is_written_by_its_nearest() {
        assert_eq!(
            written("Łukasz Şahin, Đorđević → Ĳmuiden"),
            ("Lukasz Sahin, Dordevic -> IJmuiden".to_owned(), false)
        );
        assert_eq!(written("e\u{301}e\u{301}n"), ("een".to_owned(), false));
        assert_eq!(written("Юлия 佳"), ("???? ?".to_owned(), false));
    }

    #[test]
    fn nothing_but_letters_is_written() {
        assert_eq!(written("a\nb\u{1b}c\u{202e}d"), ("a b?cd".to_owned(), false));
    }
}
