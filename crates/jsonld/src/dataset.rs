//! Which quads are there? An RDF 1.1 dataset as text in one arena: terms are written as N-Quads once and then only referred to.

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
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    text: String,
    quads: Vec<Quad>,
    blanks: u32,
}

impl Dataset {
    /// A blank node that was not there before.
    pub fn blank(&mut self) -> Term {
        let blank = Term::Blank(self.blanks);
        self.blanks += 1;
        blank
    }

    /// The term of an absolute IRI.
    pub fn iri(&mut self, iri: &str) -> Term {
        let start = self.text.len();
        self.text.push('<');
        self.text.push_str(iri);
        self.text.push('>');
        self.term_from(start)
    }

    /// A literal with this lexical form and the IRI of its datatype; `language` goes with `rdf:langString` alone.
    pub fn literal(&mut self, value: &str, datatype: &str, language: Option<&str>) -> Term {
        let start = self.text.len();
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
        match term {
            Term::Blank(_) => "",
            Term::Text { start, len } => {
                let start = start as usize;
                self.text.get(start..start + len as usize).unwrap_or_default()
            }
        }
    }

    fn term_from(&self, start: usize) -> Term {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Term::Text { start: narrow(start), len: narrow(self.text.len() - start) }
    }
}

/// The escapes of canonical N-Quads (RDFC-1.0 §5 "Canonical N-Quads form").
fn escape(value: &str, text: &mut String) {
    use std::fmt::Write as _;
    for character in value.chars() {
        match character {
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{:04X}", u32::from(character));
            }
            other => text.push(other),
        }
    }
}
