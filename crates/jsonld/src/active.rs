//! What do all terms mean here? An active context (JSON-LD 1.1 §9.17): immutable once made, shared by all threads.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use stapel_credential::json::Json;

use crate::hash::{TermMap, owned};
use crate::iri;
use crate::space::Place;
use crate::term::{Direction, Keyword, Mapping, Own, Scoped, TermDef, like_a_keyword};

/// How many scoped contexts are known by one active context.
const SCOPES: usize = 64;
/// How many contexts that stand in documents are known by one active context.
const INLINES: usize = 8;

/// Whether a scoped context applies because of a member or because of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Property,
    Type,
}

/// An active context.
#[derive(Debug)]
pub(crate) struct Active {
    /// Where it is kept, once it is.
    pub(crate) place: Option<Place>,
    pub(crate) terms: TermMap<Arc<TermDef>>,
    /// The terms that stand for keywords.
    pub(crate) aliases: Arc<[(Arc<str>, Keyword)]>,
    pub(crate) vocab: Option<Arc<str>>,
    pub(crate) base: Option<Arc<str>>,
    pub(crate) language: Option<Arc<str>>,
    pub(crate) direction: Option<Direction>,
    /// The context to go back to in the next node object.
    pub(crate) previous: Option<Place>,
    /// Whether only contexts that we know were applied.
    pub(crate) ours: bool,
    scopes: Slots<(u64, Scope, Place), SCOPES>,
    inlines: Slots<(u64, Json<'static>, Place), INLINES>,
}

/// Room that is made when it is first needed, each place filled once.
type Slots<T, const COUNT: usize> = OnceLock<Box<[OnceLock<T>; COUNT]>>;

/// What a text expands to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Expanded<'t> {
    Null,
    Keyword(Keyword),
    /// An IRI, a blank node identifier, or a relative reference that stayed one.
    Text(Cow<'t, str>),
}

impl Active {
    pub(crate) fn initial(base: Option<Arc<str>>) -> Self {
        Self {
            place: None,
            terms: TermMap::default(),
            aliases: Arc::default(),
            vocab: None,
            base,
            language: None,
            direction: None,
            previous: None,
            ours: true,
            scopes: OnceLock::new(),
            inlines: OnceLock::new(),
        }
    }

    /// A copy to be changed.
    pub(crate) fn copy(&self) -> Self {
        Self {
            place: None,
            terms: self.terms.clone(),
            aliases: Arc::clone(&self.aliases),
            vocab: self.vocab.clone(),
            base: self.base.clone(),
            language: self.language.clone(),
            direction: self.direction,
            previous: self.previous,
            ours: self.ours,
            scopes: OnceLock::new(),
            inlines: OnceLock::new(),
        }
    }

    /// Lists the terms that stand for keywords, after terms were changed.
    pub(crate) fn list_aliases(&mut self) {
        let mut aliases: Vec<(Arc<str>, Keyword)> = self
            .terms
            .iter()
            .filter_map(|(name, def)| match def.mapping {
                Mapping::Keyword(keyword) if !name.starts_with('@') => Some((Arc::clone(name), keyword)),
                _ => None,
            })
            .collect();
        aliases.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        if *aliases != *self.aliases {
            self.aliases = aliases.into();
        }
    }

    #[inline]
    pub(crate) fn find(&self, term: &str) -> Option<&Arc<TermDef>> {
        self.terms.get(term)
    }

    /// The keyword that this member name is or stands for.
    #[inline]
    pub(crate) fn keyword(&self, name: &str) -> Option<Keyword> {
        if name.starts_with('@') {
            return Keyword::parse(name);
        }
        self.aliases.iter().find(|(alias, _)| **alias == *name).map(|(_, keyword)| *keyword)
    }

    /// The direction that the texts of this term have.
    pub(crate) fn direction_of(&self, def: Option<&TermDef>) -> Option<Direction> {
        match def.map(|def| def.direction) {
            Some(Own::Said(own)) => own,
            _ => self.direction,
        }
    }

    /// IRI expansion (JSON-LD 1.1 API §5.2) outside contexts.
    pub(crate) fn expand<'t>(&'t self, text: &'t str, vocab: bool, relative: bool) -> Expanded<'t> {
        if text.starts_with('@') {
            if let Some(keyword) = Keyword::parse(text) {
                return Expanded::Keyword(keyword);
            }
            if like_a_keyword(text) {
                return Expanded::Null;
            }
        }
        if let Some(def) = self.find(text) {
            match &def.mapping {
                Mapping::Keyword(keyword) => return Expanded::Keyword(*keyword),
                Mapping::Null if vocab => return Expanded::Null,
                Mapping::Iri(iri) if vocab => return Expanded::Text(Cow::Borrowed(iri)),
                _ => {}
            }
        }
        if let Some((prefix, suffix)) = split_compact(text) {
            if prefix == "_" || suffix.starts_with("//") {
                return Expanded::Text(Cow::Borrowed(text));
            }
            if let Some(def) = self.find(prefix)
                && def.prefix
                && let Mapping::Iri(iri) = &def.mapping
            {
                return Expanded::Text(Cow::Owned(format!("{iri}{suffix}")));
            }
            if iri::has_scheme(text) {
                return Expanded::Text(Cow::Borrowed(text));
            }
        }
        self.expand_the_rest(text, vocab, relative)
    }

    /// The last steps of IRI expansion: by the vocabulary mapping, or against the base.
    pub(crate) fn expand_the_rest<'t>(&self, text: &'t str, vocab: bool, relative: bool) -> Expanded<'t> {
        if vocab && let Some(vocab) = &self.vocab {
            return Expanded::Text(Cow::Owned(format!("{vocab}{text}")));
        }
        match &self.base {
            Some(base) if relative => Expanded::Text(Cow::Owned(iri::resolve(base, text))),
            _ => Expanded::Text(Cow::Borrowed(text)),
        }
    }

    /// Where the result of applying a scoped context here is kept.
    #[inline]
    pub(crate) fn scope(&self, scoped: &Scoped, scope: Scope) -> Option<Place> {
        let slots = self.scopes.get()?;
        for at in places(scoped.id) {
            let (id, of, place) = slots.get(at)?.get()?;
            if *id == scoped.id && *of == scope {
                return Some(*place);
            }
        }
        None
    }

    /// Notes where the result of applying a scoped context here is kept, if there is room.
    pub(crate) fn note_scope(&self, scoped: &Scoped, scope: Scope, place: Place) {
        let slots = self.scopes.get_or_init(|| Box::new([const { OnceLock::new() }; SCOPES]));
        for slot in places(scoped.id).filter_map(|at| slots.get(at)) {
            if slot.set((scoped.id, scope, place)).is_ok() {
                return;
            }
        }
    }

    /// Where the result of applying this context of a document here is kept.
    pub(crate) fn inline(&self, hash: u64, local: &Json<'_>) -> Option<Place> {
        let mut known = self.inlines.get()?.iter().map_while(OnceLock::get);
        known.find(|(of, json, _)| *of == hash && json == local).map(|(_, _, place)| *place)
    }

    /// Notes where the result of applying this context of a document here is kept, if there is room.
    pub(crate) fn note_inline(&self, hash: u64, local: &Json<'_>, place: Place) {
        let inlines = self.inlines.get_or_init(|| Box::new([const { OnceLock::new() }; INLINES]));
        if inlines.iter().all(|slot| slot.get().is_some()) {
            return;
        }
        let mut mine = (hash, owned(local), place);
        for slot in inlines.iter() {
            match slot.set(mine) {
                Ok(()) => return,
                Err(back) => mine = back,
            }
        }
    }
}

/// Every slot once, first the likeliest.
fn places(id: u64) -> impl Iterator<Item = usize> {
    #[expect(clippy::cast_possible_truncation, reason = "a remainder below 64")]
    let first = (id % SCOPES as u64) as usize;
    (0..SCOPES).map(move |step| (first + step) % SCOPES)
}

/// Prefix and suffix, if there is a colon after the first character.
pub(crate) fn split_compact(text: &str) -> Option<(&str, &str)> {
    match text.split_once(':') {
        Some(("", _)) | None => None,
        found => found,
    }
}
