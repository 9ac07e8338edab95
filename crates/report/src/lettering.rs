//! How wide is a text in a picture, and where does it break? Estimated: a picture brings no fonts of its own.

/// Escapes text for XML, in elements and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in plain(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A foreign text without what could drive a terminal, break XML (XML 1.0 §2.2 `Char`) or make a name read as another:
/// line breaks become spaces, directional controls go, other control characters become U+FFFD.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|character| match character {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            other if other.is_control() => '\u{FFFD}',
            other => other,
        })
        .collect()
}

/// The width in the units of `size`: averages of common sans-serif fonts, a little generous.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size * 1.03
}

fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.27,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | ' ' | '·' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 0.88,
        'A'..='Z' => 0.69,
        '\u{2E80}'.. => 1.0,
        _ => 0.55,
    }
}

/// Breaks a text into at most `most` lines no wider than `room`; what does not fit is cut with an ellipsis.
pub(crate) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    wrap_by(text, room, most, &|text| width(text, size))
}

/// As [`wrap`], for letters that are measured so.
pub(crate) fn wrap_by(text: &str, room: f64, most: usize, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if lines.len() > most {
            break;
        }
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if measure(&joined) <= room {
            line = joined;
            continue;
        }
        if line.is_empty() {
            word.clone_into(&mut line);
        } else if let Some((head, tail)) = hyphenate(word, room - measure(&format!("{line} ")), 5, measure)
            && measure(word) > room
        {
            // A long compound starts on this line when a good piece of it still fits.
            lines.push(format!("{line} {head}-"));
            line = tail;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
        while measure(&line) > room && lines.len() <= most {
            let Some((head, tail)) = hyphenate(&line, room, 1, measure) else { break };
            lines.push(format!("{head}-"));
            line = tail;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = cut_by(&format!("{}…", last.trim_end_matches('-')), room, measure);
        }
    }
    lines
}

/// The text in one line, cut with an ellipsis where it does not fit.
pub(crate) fn cut(text: &str, size: f64, room: f64) -> String {
    cut_by(text, room, &|text| width(text, size))
}

/// As [`cut`], for letters that are measured so.
pub(crate) fn cut_by(text: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> String {
    if measure(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        if measure(&format!("{kept}{character}…")) > room {
            break;
        }
        kept.push(character);
    }
    let kept = kept.trim_end_matches([' ', '-', '…', ',', '.', '·']);
    format!("{kept}…")
}

/// Pairs of consonants that begin a Dutch syllable and are not parted.
const ONSETS: [&str; 24] = [
    "bl", "br", "ch", "dr", "dw", "fl", "fr", "gl", "gr", "kl", "kn", "kr", "kw", "pl", "pr", "sl", "sp", "st", "th",
    "tr", "tw", "vl", "vr", "zw",
];

/// Splits a word so that its head and a hyphen fit; where a syllable seems to begin, if such a place is near.
fn hyphenate(word: &str, room: f64, least: usize, measure: &dyn Fn(&str) -> f64) -> Option<(String, String)> {
    let letters: Vec<char> = word.chars().collect();
    let text = |part: &[char]| part.iter().collect::<String>();
    let fits = (1..letters.len())
        .take_while(|at| letters.get(..*at).is_some_and(|head| measure(&format!("{}-", text(head))) <= room))
        .last()
        .unwrap_or(1)
        .max(1);
    let vowel = |at: usize| letters.get(at).is_some_and(|letter| "aeiouyáéëíïóöüAEIOUY".contains(*letter));
    let consonant = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic()) && !vowel(at);
    let onset =
        |at: usize| letters.get(at..at + 2).is_some_and(|pair| ONSETS.contains(&text(pair).to_lowercase().as_str()));
    let good = |at: usize| {
        let before =
            at.checked_sub(1).and_then(|before| letters.get(before)).is_some_and(|letter| letter.is_alphabetic());
        at >= 3
            && letters.len() - at >= 3
            && before
            && ((consonant(at) && vowel(at + 1) && !onset(at - 1)) || (onset(at) && vowel(at + 2)))
    };
    let at = (fits.saturating_sub(5)..=fits).rev().find(|at| good(*at)).unwrap_or(fits);
    if at < least || at >= letters.len() {
        return None;
    }
    Some((text(letters.get(..at)?), text(letters.get(at..)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_becomes_markup() {
        assert_eq!(escape("<script>\"a\"&'b'</script>"), "&lt;script&gt;&quot;a&quot;&amp;&#39;b&#39;&lt;/script&gt;");
        assert_eq!(escape("a\u{0}b\u{202E}c\nd"), "a\u{FFFD}bc d");
    }

    #[test]
    fn a_line_is_never_wider_than_its_room() {
        for text in [
            "Biedt farmaceutische patiëntenzorg",
            "Arbeidsmarktkwalificatieondersteuningsmedewerker",
            "Meertaligheidsontwikkelingsgerichte onderwijsassistentie in de kinderopvang",
            "Kort",
        ] {
            for room in [60.0, 100.0, 300.0] {
                for line in wrap(text, 11.5, room, 3) {
                    assert!(width(&line, 11.5) <= room + 0.001, "{line:?} in {room}");
                }
            }
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(wrap("een twee drie vier vijf", 10.0, 60.0, 1), ["een twee…"]);
        assert_eq!(cut("Patiëntenzorg", 10.0, 40.0), "Patiën…");
        assert_eq!(wrap("een twee", 10.0, 500.0, 1), ["een twee"]);
    }

    #[test]
    fn a_long_compound_breaks_between_syllables() {
        assert_eq!(wrap("Apothekersassistent", 10.0, 70.0, 3), ["Apothekersas-", "sistent"]);
        assert_eq!(wrap("ondersteuningsvragen", 11.5, 100.0, 3), ["ondersteunings-", "vragen"]);
        assert_eq!(wrap("ondersteuningsvragen", 11.5, 75.0, 3), ["ondersteu-", "ningsvragen"]);
    }

    #[test]
    fn a_text_without_end_is_cut_in_time() {
        assert_eq!(wrap(&"a".repeat(100_000), 10.0, 60.0, 2).len(), 2);
    }
}
