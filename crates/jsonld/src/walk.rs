//! What does the document say? One walk over its JSON, under the active context, straight into the dataset.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Scope};
use crate::contexts::Contexts;
use crate::dataset::{Dataset, Term};
use crate::error::JsonLdError;
use crate::exact::Identities;
use crate::hash::{Folding, Seeded, of_json};
use crate::options::{Limits, Options, ProcessingMode, Reading};
use crate::path::Path;
use crate::process::{How, Processor};
use crate::space::{Family, Place, Space};
use crate::term::{Scoped, TermDef};

/// The dataset of a signed document, exactly as its JSON reads: safe mode, and no other spelling of the same dataset that whoever
/// reads members by name would read otherwise. Give it the document without its `proof`, or a proof configuration.
///
/// # Errors
/// [`JsonLdError::UnknownContext`] when a context is not pinned: then nothing can be said. Every other [`JsonLdError`] is a reason to
/// refuse the document.
pub fn to_dataset(document: &Object<'_>, contexts: &Contexts, limits: &Limits) -> Result<Dataset, JsonLdError> {
    let options = Options { limits: *limits, ..Options::exact() };
    run(Document::Object(document), contexts, &options)
}

/// The dataset of a document, read as the options say.
///
/// # Errors
/// As [`to_dataset`], less what the [`Reading`] lets pass.
pub fn to_dataset_with(
    document: &Json<'_>,
    contexts: &Contexts,
    options: &Options<'_>,
) -> Result<Dataset, JsonLdError> {
    let document = match document {
        Json::Object(object) => Document::Object(object),
        other => Document::Other(other),
    };
    run(document, contexts, options)
}

#[derive(Clone, Copy)]
enum Document<'d> {
    Object(&'d Object<'d>),
    Other(&'d Json<'d>),
}

fn run(document: Document<'_>, contexts: &Contexts, options: &Options<'_>) -> Result<Dataset, JsonLdError> {
    // Only documents without a base share what was compiled: base and mode are part of it.
    let shared = options.base.is_none()
        && options.expand_context.is_none()
        && options.processing_mode == ProcessingMode::JsonLd11;
    let local = match document {
        Document::Object(object) if shared => object.find("@context"),
        _ => None,
    };
    let hash = local.map_or(0, |local| {
        let mut hash = Folding::new();
        of_json(local, &mut hash);
        std::hash::Hasher::finish(&hash)
    });
    let known = local.and_then(|local| contexts.family(hash, local));
    let is_new = known.is_none();
    let family = known.unwrap_or_else(|| Arc::new(Family::new()));
    let passing = OnceLock::new();
    let space = Space { family: &family, passing: &passing };
    let base: Option<Arc<str>> = options.base.map(Into::into);
    let mut walker = Walker {
        // A badge with all facts has some ninety statements.
        out: Dataset::with_capacity(128, 16 * 1024),
        processor: Processor {
            contexts,
            space,
            mode: options.processing_mode,
            original_base: base.clone(),
            work: options.limits.context_steps,
            work_limit: options.limits.context_steps,
            depth: 0,
            weight: 0,
        },
        space,
        options,
        safe: options.reading != Reading::Standard,
        exact: options.reading == Reading::Exact,
        items: Vec::with_capacity(16),
        labels: HashMap::default(),
        text: String::new(),
        identities: Identities::default(),
        root: family.root().and_then(|place| space.get(place)),
    };
    let initial = match space.get(Place::Kept(0)) {
        Some(initial) => initial,
        None => space.add(Active::initial(base), 0, None).map_err(|fault| fault.at(Path::Root))?,
    };
    let initial = match options.expand_context {
        None => initial,
        Some(expand) => walker.derive(initial, expand.find("@context").unwrap_or(expand), &Path::Root)?,
    };
    match document {
        Document::Object(object) => walker.root(initial, object)?,
        Document::Other(other) => walker.others(initial, other)?,
    }
    walker.identities.check(document_root(document))?;
    if is_new
        && let (Some(local), Some(root)) = (local, walker.root)
        && let Some(place @ Place::Kept(_)) = root.place
    {
        family.set_root(place);
        contexts.keep(hash, local, &family, root.ours);
    }
    if !is_new && family.is_full() {
        // Made full by strange combinations of types, perhaps: the next document starts anew.
        contexts.forget(hash);
    }
    Ok(walker.out)
}

fn document_root(document: Document<'_>) -> Option<&Object<'_>> {
    match document {
        Document::Object(object) => Some(object),
        Document::Other(_) => None,
    }
}

/// Which graph statements go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Graph {
    Default,
    Named(Term),
    /// One whose name is no name: what stands in it is dropped.
    Nowhere,
}

/// What an object in the document stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// None where RDF has no term for it.
    pub(crate) term: Option<Term>,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Node,
    Value,
    List,
}

/// The member whose value is being walked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prop<'p> {
    pub(crate) place: Where<'p>,
    pub(crate) def: Option<&'p TermDef>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where<'p> {
    /// The document itself.
    Root,
    /// Beside others at the top, or in a `@graph`.
    Floating,
    /// In `@included`.
    Included,
    Member(&'p str),
}

impl<'p> Prop<'p> {
    pub(crate) fn at(place: Where<'p>) -> Self {
        Self { place, def: None }
    }

    pub(crate) fn member(active: &'p Active, name: &'p str) -> Self {
        Self { place: Where::Member(name), def: active.find(name).map(AsRef::as_ref) }
    }

    /// The same member as another active context has it.
    pub(crate) fn under(self, active: &'p Active) -> Self {
        match self.place {
            Where::Member(name) => Self::member(active, name),
            _ => self,
        }
    }
}

/// The walk and what it has come to.
pub(crate) struct Walker<'s, 'd, 'o> {
    pub(crate) out: Dataset,
    pub(crate) processor: Processor<'s>,
    pub(crate) space: Space<'s>,
    pub(crate) options: &'o Options<'o>,
    pub(crate) safe: bool,
    pub(crate) exact: bool,
    /// A stack of what was found in the values that are being walked.
    pub(crate) items: Vec<Item>,
    labels: HashMap<String, Term, Seeded>,
    /// Room to write numbers in.
    pub(crate) text: String,
    pub(crate) identities: Identities<'d>,
    /// The active context after the document's own context, once it is known.
    pub(crate) root: Option<&'s Active>,
}

impl<'s> Walker<'s, '_, '_> {
    /// The blank node with this label.
    pub(crate) fn labelled(&mut self, label: &str) -> Term {
        if let Some(term) = self.labels.get(label) {
            return *term;
        }
        let term = self.out.blank();
        self.labels.insert(label.to_owned(), term);
        term
    }

    /// Adds a statement, if there are terms for all its parts.
    #[inline]
    pub(crate) fn emit(
        &mut self,
        subject: Option<Term>,
        predicate: Option<Term>,
        object: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let (Some(subject), Some(predicate), Some(object)) = (subject, predicate, object) else { return Ok(()) };
        let graph = match graph {
            Graph::Default => None,
            Graph::Named(name) => Some(name),
            Graph::Nowhere => return Ok(()),
        };
        let limit = self.options.limits.statements;
        if self.out.quads().len() >= limit {
            return Err(JsonLdError::Limit { path: path.to_string(), what: "statements", limit });
        }
        self.out.push((subject, predicate, object, graph));
        Ok(())
    }

    /// The active context with a scoped context applied.
    #[inline]
    pub(crate) fn scoped(
        &mut self,
        active: &'s Active,
        scoped: &Scoped,
        scope: Scope,
        path: &Path<'_>,
    ) -> Result<&'s Active, JsonLdError> {
        match active.scope(scoped, scope).and_then(|place| self.space.get(place)) {
            Some(known) => Ok(known),
            None => self.make_scoped(active, scoped, scope, path),
        }
    }

    #[cold]
    fn make_scoped(
        &mut self,
        active: &'s Active,
        scoped: &Scoped,
        scope: Scope,
        path: &Path<'_>,
    ) -> Result<&'s Active, JsonLdError> {
        let how = How {
            base: scoped.base.as_ref(),
            chain: None,
            override_protected: scope == Scope::Property,
            propagate: scope == Scope::Property,
            validate: true,
            ours: scoped.ours,
        };
        let made = self.place(active, &scoped.json, how).map_err(|fault| fault.at(path))?;
        match (active.place, made.place) {
            // What lasts as long as one document is not noted with what lasts longer.
            (Some(Place::Kept(_)), Some(Place::Passing(_))) | (None, _) | (_, None) => {}
            (Some(_), Some(place)) => active.note_scope(scoped, scope, place),
        }
        Ok(made)
    }

    /// The active context with a context of the document applied.
    pub(crate) fn derive(
        &mut self,
        active: &'s Active,
        local: &Json<'_>,
        path: &Path<'_>,
    ) -> Result<&'s Active, JsonLdError> {
        let mut hash = Folding::new();
        of_json(local, &mut hash);
        let hash = std::hash::Hasher::finish(&hash);
        if let Some(known) = active.inline(hash, local).and_then(|place| self.space.get(place)) {
            return Ok(known);
        }
        let base = self.processor.original_base.clone();
        let how = How {
            base: base.as_ref(),
            chain: None,
            override_protected: false,
            propagate: true,
            validate: true,
            ours: false,
        };
        self.processor.weight += crate::space::weight(local);
        let made = self.place(active, local, how).map_err(|fault| fault.at(Path::Member(path, "@context")))?;
        if let Some(place @ Place::Kept(_)) = made.place {
            active.note_inline(hash, local, place);
        }
        Ok(made)
    }

    fn place(&mut self, active: &'s Active, local: &Json<'_>, how: How<'_>) -> Result<&'s Active, crate::error::Fault> {
        let made = self.processor.process(active, local, how)?;
        let weight = std::mem::take(&mut self.processor.weight);
        self.space.add(made, weight, active.place)
    }
}
