//! Which quads are there? An RDF 1.1 dataset as text in one arena: terms are written as N-Quads once and then only referred to.

/// How many bytes the terms of one dataset may have together. What comes after is not kept, and a dataset that was cut short has no
/// canonical form ([`crate::RdfcError::NoTerm`]), so that a short document with long terms cannot fill the memory.
pub const MAX_TEXT_BYTES: usize = 16 << 20;

/// A term of one [`Dataset`]: a blank node by its number, or a term by its place in the dataset's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A blank node.
    Blank(u32),
    /// An IRI or a literal, as canonical N-Quads text (RDF 1.1 N-Quads §2, RDFC-1.0 §5): start and length in bytes.
    Text {
        /// Where it starts.
        start: u32,
        /// How long it is.
        len: u32,
    },
}

/// A statement: subject, predicate, object, and the graph if it is not the default graph.
pub type Quad = (Term, Term, Term, Option<Term>);

/// Quads, in the order in which they were added; equal ones may stand more than once.
///
/// Two terms with the same text are one RDF term, wherever they stand; two blank nodes are one if their numbers are.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// Each term with one space behind it, as it stands in a line of N-Quads.
    text: String,
    quads: Vec<Quad>,
    blanks: u32,
}

impl Dataset {
    /// An empty dataset with room for so many statements and so many bytes of terms.
    pub fn with_capacity(quads: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes.min(MAX_TEXT_BYTES)), quads: Vec::with_capacity(quads), blanks: 0 }
    }

    /// Forgets everything but the room it has, for the next document. Terms made before mean nothing afterwards.
    pub fn clear(&mut self) {
        self.text.clear();
        self.quads.clear();
        self.blanks = 0;
    }

    /// A blank node that was not there before.
    pub fn blank(&mut self) -> Term {
        let blank = Term::Blank(self.blanks);
        self.blanks += 1;
        blank
    }

    /// How many blank nodes were made, used in a statement or not.
    pub fn blanks(&self) -> u32 {
        self.blanks
    }

    /// The term of an absolute IRI, which the caller has checked: it is written as it is.
    pub fn iri(&mut self, iri: &str) -> Term {
        let start = self.text.len();
        if start + iri.len() > MAX_TEXT_BYTES {
            return CUT;
        }
        self.text.push('<');
        self.text.push_str(iri);
        self.text.push_str("> ");
        self.term_from(start)
    }

    /// A literal with this lexical form and the IRI of its datatype; `language` goes with `rdf:langString` alone.
    pub fn literal(&mut self, value: &str, datatype: &str, language: Option<&str>) -> Term {
        let start = self.text.len();
        if start + value.len() + datatype.len() + language.map_or(0, str::len) > MAX_TEXT_BYTES {
            return CUT;
        }
        self.text.push('"');
        escape(value, &mut self.text);
        self.text.push('"');
        if let Some(language) = language {
            self.text.push('@');
            self.text.push_str(language);
        } else if datatype != "http://www.w3.org/2001/XMLSchema#string" {
            self.text.push_str("^^<");
            self.text.push_str(datatype);
            self.text.push('>');
        }
        self.text.push(' ');
        self.term_from(start)
    }

    /// Adds a statement.
    pub fn push(&mut self, quad: Quad) {
        self.quads.push(quad);
    }

    /// The statements.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// The N-Quads text of a term that is not blank.
    pub fn text(&self, term: Term) -> &str {
        self.spaced(term).and_then(|text| text.strip_suffix(' ')).unwrap_or_default()
    }

    /// The text of a term that is not blank, with the space behind it; none for a term of another dataset.
    pub(crate) fn spaced(&self, term: Term) -> Option<&str> {
        match term {
            Term::Text { start, len } => self.text.get(start as usize..start as usize + len as usize + 1),
            Term::Blank(_) => None,
        }
    }

    fn term_from(&self, start: usize) -> Term {
        match (u32::try_from(start), u32::try_from(self.text.len() - start - 1)) {
            (Ok(start), Ok(len)) => Term::Text { start, len },
            _ => CUT,
        }
    }
}

/// Stands for a term that was not kept.
const CUT: Term = Term::Text { start: u32::MAX, len: 0 };

/// The escapes of canonical N-Quads (RDFC-1.0 §5 "Canonical N-Quads form").
fn escape(value: &str, text: &mut String) {
    let special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f);
    let mut rest = value;
    while let Some((before, from)) = rest.bytes().position(special).and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        let mut characters = from.chars();
        if let Some(character) = characters.next() {
            escape_one(character, text);
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
}

fn escape_one(character: char, text: &mut String) {
    use std::fmt::Write as _;
    match character {
        '\u{8}' => text.push_str("\\b"),
        '\t' => text.push_str("\\t"),
        '\n' => text.push_str("\\n"),
        '\u{c}' => text.push_str("\\f"),
        '\r' => text.push_str("\\r"),
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        other => {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\u{:04X}", u32::from(other));
        }
    }
}
