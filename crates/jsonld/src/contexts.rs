//! Which contexts are known, byte for byte, and what became of them when they were last used? Never a download.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use stapel_credential::digest::Digest;
use stapel_credential::json::{self, Json};
use stapel_credential::{context, jcs};

use crate::embedded::EMBEDDED;
use crate::error::{ContextError, Fault};
use crate::hash::owned;
use crate::space::{Family, weight};

/// How many families of known contexts are kept; one more, and all are made anew.
const OUR_FAMILIES: usize = 32;
/// How many families with contexts of strangers are kept; they never push out the others.
const OTHER_FAMILIES: usize = 32;
/// The largest `@context` that a family is kept for, in values and 64 bytes of text.
const LARGEST_KEY: usize = 4096;

/// A set of pinned contexts, with what was compiled from them. Copies are cheap and share both.
#[derive(Debug, Clone)]
pub struct Contexts(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sources: BTreeMap<Box<str>, Arc<Source>>,
    ours: Families,
    others: Families,
}

type Families = RwLock<HashMap<u64, (Json<'static>, Arc<Family>)>>;

/// One pinned context.
#[derive(Debug)]
pub(crate) struct Source {
    text: Text,
    digest: OnceLock<Digest>,
    parsed: OnceLock<Result<Json<'static>, json::JsonError>>,
    /// Whether it is built in.
    pub(crate) ours: bool,
}

#[derive(Debug)]
enum Text {
    BuiltIn(&'static str),
    Added(Box<str>),
}

static EMBEDDED_CONTEXTS: LazyLock<Contexts> = LazyLock::new(|| {
    let sources = EMBEDDED
        .iter()
        .map(|embedded| {
            let source = Source {
                text: Text::BuiltIn(embedded.text),
                digest: OnceLock::new(),
                parsed: OnceLock::new(),
                ours: true,
            };
            (embedded.url.into(), Arc::new(source))
        })
        .collect();
    Contexts::of(sources)
});

impl Contexts {
    /// The contexts that are built in: VC 1.1 and 2.0, Open Badges 3.0 in all versions, CLR 2.0, Data Integrity and its kin.
    pub fn embedded() -> &'static Self {
        &EMBEDDED_CONTEXTS
    }

    fn of(sources: BTreeMap<Box<str>, Arc<Source>>) -> Self {
        Self(Arc::new(Inner { sources, ours: Families::default(), others: Families::default() }))
    }

    /// This set with one context more, pinned by the SHA-256 of its exact bytes.
    ///
    /// # Errors
    /// [`ContextError`] when the bytes have another digest, are not JSON, or another text is pinned under this URL.
    pub fn with(&self, url: &str, text: &str, digest: &Digest) -> Result<Self, ContextError> {
        let url = || url.to_owned();
        let actual = Digest::from_bytes(jcs::sha256(text.as_bytes()));
        if actual != *digest {
            return Err(ContextError::OtherBytes {
                url: url(),
                pinned: digest.to_string(),
                actual: actual.to_string(),
            });
        }
        if let Some(source) = self.0.sources.get(url().as_str()) {
            return if source.text() == text { Ok(self.clone()) } else { Err(ContextError::Taken { url: url() }) };
        }
        let parsed = json::parse(text).map_err(|error| ContextError::NotJson { url: url(), error })?;
        let source = Source {
            text: Text::Added(text.into()),
            digest: actual.into(),
            parsed: OnceLock::from(Ok(owned(&parsed))),
            ours: false,
        };
        let mut sources = self.0.sources.clone();
        sources.insert(url().into(), Arc::new(source));
        Ok(Self::of(sources))
    }

    /// The URLs of all contexts, in order.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        self.0.sources.keys().map(AsRef::as_ref)
    }

    /// The exact text of a context.
    pub fn text(&self, url: &str) -> Option<&str> {
        self.0.sources.get(url).map(|source| source.text())
    }

    /// SHA-256 of the exact bytes of a context.
    pub fn digest(&self, url: &str) -> Option<Digest> {
        let source = self.0.sources.get(url)?;
        Some(*source.digest.get_or_init(|| Digest::from_bytes(jcs::sha256(source.text().as_bytes()))))
    }

    /// The pinned context, or [`Fault::Unknown`].
    pub(crate) fn source(&self, url: &str) -> Result<&Source, Fault> {
        self.0.sources.get(url).map(AsRef::as_ref).ok_or_else(|| Fault::Unknown(url.to_owned()))
    }

    /// The family of documents with this `@context`.
    pub(crate) fn family(&self, hash: u64, local: &Json<'_>) -> Option<Arc<Family>> {
        let find = |families: &Families| {
            let families = families.read().unwrap_or_else(PoisonError::into_inner);
            families.get(&hash).filter(|(key, _)| key == local).map(|(_, family)| Arc::clone(family))
        };
        find(&self.0.ours).or_else(|| find(&self.0.others))
    }

    /// Keeps a family no longer.
    pub(crate) fn forget(&self, hash: u64) {
        for families in [&self.0.ours, &self.0.others] {
            families.write().unwrap_or_else(PoisonError::into_inner).remove(&hash);
        }
    }

    /// Keeps a family for later documents.
    pub(crate) fn keep(&self, hash: u64, local: &Json<'_>, family: &Arc<Family>, ours: bool) {
        if weight(local) > LARGEST_KEY {
            return;
        }
        let (families, most) = if ours { (&self.0.ours, OUR_FAMILIES) } else { (&self.0.others, OTHER_FAMILIES) };
        let mut families = families.write().unwrap_or_else(PoisonError::into_inner);
        if families.len() >= most {
            families.clear();
        }
        families.insert(hash, (owned(local), Arc::clone(family)));
    }
}

impl Source {
    fn text(&self) -> &str {
        match &self.text {
            Text::BuiltIn(text) => text,
            Text::Added(text) => text,
        }
    }

    /// The whole document of the context.
    pub(crate) fn json(&self) -> Option<&Json<'static>> {
        let parsed = self.parsed.get_or_init(|| match &self.text {
            Text::BuiltIn(text) => json::parse(text),
            Text::Added(text) => json::parse(text).map(|parsed| owned(&parsed)),
        });
        parsed.as_ref().ok()
    }
}

/// Whether this inline context is one of our extensions.
pub(crate) fn is_an_extension(local: &Json<'_>) -> bool {
    static EXTENSIONS: LazyLock<Vec<Json<'static>>> = LazyLock::new(|| {
        [context::BADGE_EXTENSION, context::DOCUMENT_EXTENSION, context::PRESENTATION_EXTENSION]
            .into_iter()
            .filter_map(|text| json::parse(text).ok())
            .collect()
    });
    EXTENSIONS.iter().any(|extension| extension == local)
}
