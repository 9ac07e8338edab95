//! Which dataset is this text? A parser of RDF 1.1 N-Quads, with caps on what it reads.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::dataset::{Dataset, Term};

/// How many bytes are read.
pub const MAX_BYTES: usize = 1 << 20;

/// How many statements are read.
pub const MAX_STATEMENTS: usize = 10_000;

/// A dataset, and what its blank nodes were called.
#[derive(Debug, Clone, Default)]
pub struct NQuads<'t> {
    /// The statements.
    pub dataset: Dataset,
    /// The label of each blank node (without `_:`), in the order of first mention, which is the order of their numbers.
    pub labels: Vec<&'t str>,
}

/// Why a text is no N-Quads document here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NQuadsError {
    /// Too many bytes.
    #[error("the document has {bytes} bytes; {most} are read", most = MAX_BYTES)]
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// Too many statements.
    #[error("the document has more than {most} statements", most = MAX_STATEMENTS)]
    TooMany,
    /// Something else than the grammar asks for.
    #[error("line {line}, column {column}: {expected} was expected")]
    Syntax {
        /// Counted from one.
        line: usize,
        /// In bytes, counted from one.
        column: usize,
        /// What the grammar asks for.
        expected: &'static str,
    },
}

/// Reads an N-Quads document (RDF 1.1 N-Quads §4 "Grammar").
///
/// # Errors
/// [`NQuadsError`] with the place of the first fault.
pub fn parse(text: &str) -> Result<NQuads<'_>, NQuadsError> {
    if text.len() > MAX_BYTES {
        return Err(NQuadsError::TooLong { bytes: text.len() });
    }
    let mut parsed = NQuads::default();
    let mut known = HashMap::new();
    for (line, content) in text.split(['\n', '\r']).enumerate() {
        let mut reader = Line { rest: content, parsed: &mut parsed, known: &mut known };
        if let Err(expected) = reader.statement() {
            let (at, left) = (position(text, content), reader.rest.len());
            // A carriage return before a line feed is one end of line.
            let line = 1 + line - text.get(..at).unwrap_or_default().matches("\r\n").count();
            return Err(NQuadsError::Syntax { line, column: 1 + content.len() - left, expected });
        }
        if parsed.dataset.quads().len() > MAX_STATEMENTS {
            return Err(NQuadsError::TooMany);
        }
    }
    Ok(parsed)
}

/// Where a part of a text starts.
fn position(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// What is left of a line.
struct Line<'l, 't> {
    rest: &'t str,
    parsed: &'l mut NQuads<'t>,
    known: &'l mut HashMap<&'t str, Term>,
}

type Expected<T> = Result<T, &'static str>;

impl<'t> Line<'_, 't> {
    fn statement(&mut self) -> Expected<()> {
        self.skip_space();
        if !self.is_at_end() {
            let subject = self.node("a subject (an IRI or a blank node)")?;
            let predicate = self.iri("a predicate (an absolute IRI)")?;
            let object = if self.rest.starts_with('"') { self.literal() } else { self.node("an object") }?;
            let graph = if self.rest.starts_with('.') { None } else { Some(self.node("a graph or a full stop")?) };
            self.take(".", "a full stop")?;
            self.skip_space();
            if !self.is_at_end() {
                return Err("the end of the line");
            }
            self.parsed.dataset.push((subject, predicate, object, graph));
        }
        Ok(())
    }

    fn is_at_end(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with('#')
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn take(&mut self, token: &str, expected: &'static str) -> Expected<()> {
        self.rest = self.rest.strip_prefix(token).ok_or(expected)?;
        Ok(())
    }

    /// The text up to this length, which is cut off.
    fn cut(&mut self, len: usize) -> &'t str {
        let (cut, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        cut
    }

    fn node(&mut self, expected: &'static str) -> Expected<Term> {
        if self.rest.starts_with('<') { self.iri(expected) } else { self.blank(expected) }
    }

    fn blank(&mut self, expected: &'static str) -> Expected<Term> {
        self.take("_:", expected)?;
        let end = self.rest.find(|one: char| !(is_name(one) || one == '.')).unwrap_or(self.rest.len());
        let label = self.rest.get(..end).unwrap_or_default().trim_end_matches('.');
        if !label.starts_with(|one: char| is_name_start(one) || one.is_ascii_digit()) {
            return Err("the label of a blank node");
        }
        let label = self.cut(label.len());
        self.skip_space();
        let parsed = &mut *self.parsed;
        Ok(*self.known.entry(label).or_insert_with(|| {
            parsed.labels.push(label);
            parsed.dataset.blank()
        }))
    }

    fn iri(&mut self, expected: &'static str) -> Expected<Term> {
        let iri = self.iri_text(expected)?;
        self.skip_space();
        Ok(self.parsed.dataset.iri(&iri))
    }

    fn iri_text(&mut self, expected: &'static str) -> Expected<Cow<'t, str>> {
        let inside = self.rest.strip_prefix('<').ok_or(expected)?;
        let end = inside.find('>').ok_or("the > that ends an IRI")?;
        let iri = unescape(inside.get(..end).unwrap_or_default(), false)?;
        if iri.bytes().any(|one| one <= b' ' || b"<>\"{}|^`\\".contains(&one)) {
            return Err("an IRI without spaces and without <>\"{}|^`\\");
        }
        let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
        let follows = |one: u8| one.is_ascii_alphanumeric() || b"+-.".contains(&one);
        if !scheme.starts_with(|one: char| one.is_ascii_alphabetic()) || !scheme.bytes().all(follows) {
            return Err("an absolute IRI");
        }
        self.cut(end + "<>".len());
        Ok(iri)
    }

    fn literal(&mut self) -> Expected<Term> {
        self.take("\"", "a literal")?;
        let mut escaped = false;
        let end = self.rest.bytes().position(|one| {
            let ends = one == b'"' && !escaped;
            escaped = one == b'\\' && !escaped;
            ends
        });
        let end = end.ok_or("the quotation mark that ends a literal")?;
        let value = unescape(self.rest.get(..end).unwrap_or_default(), true)?;
        self.cut(end + 1);
        let term = if self.rest.starts_with('@') {
            let language = self.language()?;
            self.parsed.dataset.literal(&value, "", Some(language))
        } else if self.rest.starts_with("^^") {
            self.cut(2);
            let datatype = self.iri_text("a datatype (an absolute IRI)")?;
            self.parsed.dataset.literal(&value, &datatype, None)
        } else {
            self.parsed.dataset.literal(&value, "http://www.w3.org/2001/XMLSchema#string", None)
        };
        self.skip_space();
        Ok(term)
    }

    fn language(&mut self) -> Expected<&'t str> {
        self.take("@", "a language tag")?;
        let end = self.rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '-')).unwrap_or(self.rest.len());
        let mut parts = self.rest.get(..end).unwrap_or_default().split('-');
        let primary =
            parts.next().is_some_and(|part| !part.is_empty() && part.chars().all(|one| one.is_ascii_alphabetic()));
        if !primary || parts.any(str::is_empty) {
            return Err("a language tag");
        }
        Ok(self.cut(end))
    }
}

/// The text with its escapes taken out: `\u` with four hexadecimal digits and `\U` with eight, and in literals `\n` and its like too.
fn unescape(text: &str, literal: bool) -> Expected<Cow<'_, str>> {
    if !text.contains('\\') {
        return Ok(Cow::Borrowed(text));
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        whole.push_str(before);
        let mut after = escape.chars();
        let kind = after.next();
        rest = after.as_str();
        let one = match kind {
            Some('u') => code_point(&mut rest, 4)?,
            Some('U') => code_point(&mut rest, 8)?,
            Some('t') if literal => '\t',
            Some('b') if literal => '\u{8}',
            Some('n') if literal => '\n',
            Some('r') if literal => '\r',
            Some('f') if literal => '\u{c}',
            Some(mark @ ('"' | '\'' | '\\')) if literal => mark,
            _ => return Err("an escape that N-Quads knows"),
        };
        whole.push(one);
    }
    whole.push_str(rest);
    Ok(Cow::Owned(whole))
}

fn code_point(rest: &mut &str, digits: usize) -> Expected<char> {
    let expected = "an escape with the number of a character";
    let (number, after) = rest.split_at_checked(digits).ok_or(expected)?;
    if !number.bytes().all(|one| one.is_ascii_hexdigit()) {
        return Err(expected);
    }
    *rest = after;
    u32::from_str_radix(number, 16).ok().and_then(char::from_u32).ok_or(expected)
}

/// `PN_CHARS_U` of the grammar.
fn is_name_start(one: char) -> bool {
    matches!(one, 'A'..='Z' | 'a'..='z' | '_' | ':' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// `PN_CHARS` of the grammar.
fn is_name(one: char) -> bool {
    is_name_start(one) || matches!(one, '-' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}
