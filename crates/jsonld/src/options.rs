//! How strictly is a document read? The caps, and the ways of reading.

use stapel_credential::json::Json;

/// The caps over one document. Its size and nesting are capped where it is parsed (`stapel_credential::json`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most statements.
    pub statements: usize,
    /// The most steps that contexts may take which were not compiled before: terms defined, tables copied.
    pub context_steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { statements: 10_000, context_steps: 50_000 }
    }
}

/// How what JSON-LD would drop or bend is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// As JSON-LD 1.1 says: what means nothing is dropped in silence. For conformance tests alone.
    Standard,
    /// What would be dropped is an error: every member is covered by a signature over the dataset.
    Safe,
    /// Safe, and whoever reads the JSON by its members' names reads what the dataset says.
    Exact,
}

/// JSON-LD 1.1 §9 `processingMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProcessingMode {
    /// `json-ld-1.0`: entries of 1.1 are errors.
    JsonLd10,
    /// `json-ld-1.1`
    JsonLd11,
}

/// What becomes of a base direction (JSON-LD 1.1 API §8.4 `rdfDirection`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RdfDirection {
    /// It is dropped.
    Dropped,
    /// A datatype made of language and direction.
    I18nDatatype,
    /// A blank node with value, language and direction.
    CompoundLiteral,
}

/// How a document is read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options<'o> {
    /// How strictly.
    pub reading: Reading,
    /// The caps.
    pub limits: Limits,
    /// What relative IRIs resolve against; none for credentials.
    pub base: Option<&'o str>,
    /// A context that applies before the document's own.
    pub expand_context: Option<&'o Json<'o>>,
    /// Which version's rules.
    pub processing_mode: ProcessingMode,
    /// What becomes of base directions.
    pub rdf_direction: RdfDirection,
}

impl Options<'_> {
    /// Exact reading, the way for whatever is signed.
    pub fn exact() -> Self {
        Self {
            reading: Reading::Exact,
            limits: Limits::default(),
            base: None,
            expand_context: None,
            processing_mode: ProcessingMode::JsonLd11,
            rdf_direction: RdfDirection::I18nDatatype,
        }
    }

    /// Safe mode alone, as other tools have it.
    pub fn safe() -> Self {
        Self { reading: Reading::Safe, ..Self::exact() }
    }

    /// JSON-LD 1.1 to the letter. For conformance tests alone.
    pub fn standard() -> Self {
        Self { reading: Reading::Standard, rdf_direction: RdfDirection::Dropped, ..Self::exact() }
    }
}
