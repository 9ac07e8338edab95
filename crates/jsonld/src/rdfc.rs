//! What is the one text of this dataset? RDFC-1.0 (RDF Dataset Canonicalization, W3C Recommendation 2024) with a bounded work factor.
//!
//! The ordinary document costs one hash per blank node: every blank node of a badge differs from the others in what it says
//! ([`first_degree`]). Only blank nodes that say the same are told apart by their surroundings ([`n_degree`]), and that work is
//! counted: it grows with the factorial of the symmetry, so a document that asks for more than [`WorkLimit`] is refused.
//!
//! A limit of the standard itself: between two blank nodes in a named graph it does not look at the graph (§4.7, §4.8), so blank nodes
//! that say the same there may get their labels by the order of the input, here as in other software. The text then still says what
//! the dataset says, and nothing else can have it; but another processor may make another text of it.

mod first_degree;
mod n_degree;
mod statements;

use sha2::{Digest, Sha256, Sha384};

use crate::dataset::{Dataset, Term};
use first_degree::FirstDegree;
use n_degree::NDegree;
use statements::{Labels, Statement, Touching, statements, write_run};

/// How much work one dataset may ask for. Counted in steps, so that the same document is refused on each machine or on none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkLimit {
    /// Steps of telling apart blank nodes that say the same: one for each neighbour looked at, each 64 bytes hashed for it, and each
    /// place in each order that is tried. A dataset without such blank nodes takes none.
    pub steps: u64,
    /// Bytes of canonical text.
    pub bytes: usize,
}

impl Default for WorkLimit {
    /// Fifty thousand steps, some ten milliseconds: the hardest accepted test of the W3C takes an eighth of it.
    /// Sixteen mebibytes: no document of one mebibyte and ten thousand statements comes near it, unless its terms are made to.
    fn default() -> Self {
        Self { steps: 50_000, bytes: 16 << 20 }
    }
}

/// The hash function of RDFC-1.0 §4.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// The default, and what `eddsa-rdfc-2022` asks for.
    #[default]
    Sha256,
    /// For P-384 suites.
    Sha384,
}

/// Why a dataset has no canonical form here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RdfcError {
    /// Its blank nodes are so much alike that telling them apart takes too long.
    #[error("the blank nodes are too much alike: telling them apart takes more than {steps} steps")]
    Poisoned {
        /// The limit.
        steps: u64,
    },
    /// Blank nodes that say the same form a chain of more than [`MAX_DEPTH`] members.
    #[error("the blank nodes are too much alike: a chain of them is longer than {depth}")]
    TooDeep {
        /// The limit.
        depth: u32,
    },
    /// Its canonical text is too long.
    #[error("the canonical text is longer than {bytes} bytes")]
    TooLong {
        /// The limit.
        bytes: usize,
    },
    /// A statement whose subject or graph is a literal, or whose predicate is no IRI (RDF 1.1 Concepts §3.1).
    #[error("statement {number} is no RDF: a literal stands where an IRI must, or a blank node is its predicate")]
    NoStatement {
        /// Which one, counted from one.
        number: usize,
    },
    /// A term that is not in the dataset: of another one, or after [`crate::dataset::MAX_TEXT_BYTES`] were full.
    #[error("statement {number} has a term that the dataset does not hold: of another dataset, or after {most} bytes of terms", most = crate::dataset::MAX_TEXT_BYTES)]
    NoTerm {
        /// Which statement, counted from one.
        number: usize,
    },
}

/// How many blank nodes that say the same may hang on one another in a chain. It bounds the stack.
pub const MAX_DEPTH: u32 = 256;

/// The canonical form of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    text: String,
    labels: Vec<Option<u32>>,
    work: Work,
}

/// What a canonical form cost, in steps that do not depend on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Statements hashed to tell blank nodes apart by what they say.
    pub lines: u64,
    /// Steps in the sense of [`WorkLimit::steps`].
    pub steps: u64,
}

impl Canonical {
    /// The canonical N-Quads document: sorted lines, each with a line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, to keep.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The number N of the canonical label `c14nN` of a blank node of the input; none if no statement has it.
    pub fn label(&self, blank: Term) -> Option<u32> {
        match blank {
            Term::Blank(blank) => self.labels.get(blank as usize).copied().flatten(),
            Term::Text { .. } => None,
        }
    }

    /// The SHA-256 of the text, as `eddsa-rdfc-2022` hashes it (VC-DI-EdDSA §3.2.4).
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.text).into()
    }

    /// What it cost.
    pub fn work(&self) -> Work {
        self.work
    }
}

/// The canonical form of a dataset under SHA-256 (RDFC-1.0 §4.4).
///
/// # Errors
/// [`RdfcError`]: the dataset is poisoned, too long, or no RDF.
pub fn canonicalize(dataset: &Dataset, limit: &WorkLimit) -> Result<Canonical, RdfcError> {
    canonical::<Sha256>(dataset, limit)
}

/// The canonical form of a dataset under a hash function of one's choice.
///
/// # Errors
/// As [`canonicalize`].
pub fn canonicalize_with(
    dataset: &Dataset,
    algorithm: HashAlgorithm,
    limit: &WorkLimit,
) -> Result<Canonical, RdfcError> {
    match algorithm {
        HashAlgorithm::Sha256 => canonical::<Sha256>(dataset, limit),
        HashAlgorithm::Sha384 => canonical::<Sha384>(dataset, limit),
    }
}

fn canonical<D: Digest>(dataset: &Dataset, limit: &WorkLimit) -> Result<Canonical, RdfcError> {
    let (statements, bytes) = statements(dataset, limit)?;
    let mut labels = Labels::new(dataset.blanks());
    let mut touching = Touching::new(&statements, dataset.blanks());
    let mut work = Work::default();
    let mut text = String::new();

    if touching.nodes() <= 1 {
        touching.each(|blank, _| labels.issue(blank));
        let names = labels.names();
        text.reserve(bytes + names.longest() * 3 * statements.len());
        let mut run: Vec<&Statement> = statements.iter().collect();
        write_run(&mut run, &names, &mut text);
    } else {
        let first = FirstDegree::<D>::of(&mut touching);
        work.lines = first.lines;
        first.unique().for_each(|blank| labels.issue(blank));
        if labels.len() < touching.nodes() {
            work.steps = NDegree::new(&touching, &first, &mut labels, limit.steps).tell_apart()?;
        }
        let names = labels.names();
        text.reserve(bytes + names.longest() * 3 * statements.len());
        let mut ground: Vec<&Statement> = statements.iter().filter(|one| !one.has_blank_subject()).collect();
        write_run(&mut ground, &names, &mut text);
        for blank in names.in_order() {
            write_run(touching.said_of(blank), &names, &mut text);
        }
    }
    if text.len() > limit.bytes {
        return Err(RdfcError::TooLong { bytes: limit.bytes });
    }
    Ok(Canonical { text, labels: labels.into_options(), work })
}
