//! What does this local context make of the active one? Context processing (JSON-LD 1.1 API §4.1).

use std::borrow::Cow;
use std::sync::Arc;

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded};
use crate::contexts::{Contexts, is_an_extension};
use crate::define::Definer;
use crate::error::{ErrorCode, Fault};
use crate::hash::owned_object;
use crate::iri;
use crate::options::ProcessingMode;
use crate::space::Space;
use crate::term::{Direction, Keyword};

/// How deep contexts may stand in contexts, by scope, URL and import together.
const DEEPEST: usize = 80;
/// How many contexts may name one another by URL.
const LONGEST_CHAIN: usize = 16;

/// What context processing needs beside the contexts themselves.
#[derive(Debug)]
pub(crate) struct Processor<'s> {
    pub(crate) contexts: &'s Contexts,
    pub(crate) space: Space<'s>,
    pub(crate) mode: ProcessingMode,
    /// The base that a context starts with again after `null`.
    pub(crate) original_base: Option<Arc<str>>,
    /// How many more steps the contexts of this document may take.
    pub(crate) work: usize,
    /// The cap that `work` started with.
    pub(crate) work_limit: usize,
    pub(crate) depth: usize,
    /// How much was kept since somebody last asked.
    pub(crate) weight: usize,
}

/// In which circumstances a local context is processed.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "the parameters of the standard's algorithm")]
pub(crate) struct How<'h> {
    /// What relative context URLs resolve against.
    pub(crate) base: Option<&'h Arc<str>>,
    /// The URLs on the way here.
    pub(crate) chain: Option<&'h Chain<'h>>,
    pub(crate) override_protected: bool,
    pub(crate) propagate: bool,
    /// Whether scoped contexts are processed once to see that they can be.
    pub(crate) validate: bool,
    /// Whether the context stands in one that we know.
    pub(crate) ours: bool,
}

/// The URLs of the contexts that are being processed, innermost first.
#[derive(Debug)]
pub(crate) struct Chain<'h> {
    url: &'h str,
    outer: Option<&'h Chain<'h>>,
}

impl Chain<'_> {
    fn find(&self, url: &str) -> bool {
        self.url == url || self.outer.is_some_and(|outer| outer.find(url))
    }

    fn len(&self) -> usize {
        1 + self.outer.map_or(0, Chain::len)
    }
}

pub(crate) fn fault<T>(code: ErrorCode, fact: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Standard(code, fact.into()))
}

impl Processor<'_> {
    pub(crate) fn step(&mut self, steps: usize) -> Result<(), Fault> {
        self.work = self.work.checked_sub(steps).ok_or(Fault::Limit("steps for its contexts", self.work_limit))?;
        Ok(())
    }

    /// The active context after `local`.
    pub(crate) fn process(&mut self, active: &Active, local: &Json<'_>, how: How<'_>) -> Result<Active, Fault> {
        if self.depth >= DEEPEST {
            return Err(Fault::Limit("contexts inside one another", DEEPEST));
        }
        self.depth += 1;
        let result = self.process_at_depth(active, local, how);
        self.depth -= 1;
        result
    }

    fn process_at_depth(&mut self, active: &Active, local: &Json<'_>, how: How<'_>) -> Result<Active, Fault> {
        self.step(1 + active.terms.len() / 16)?;
        let mut result = active.copy();
        let mut propagate = how.propagate;
        if let Some(value) = local.find(Keyword::Propagate.as_str()) {
            let Json::Bool(value) = value else {
                return fault(ErrorCode::InvalidPropagateValue, "@propagate is not true or false");
            };
            propagate = *value;
        }
        if !propagate && result.previous.is_none() {
            result.previous = match active.place {
                Some(place) => Some(place),
                None => self.space.add(active.copy(), 0, None)?.place,
            };
        }
        for context in local.as_items() {
            match context {
                Json::Null => {
                    if !how.override_protected && result.terms.values().any(|def| def.protected) {
                        return fault(ErrorCode::InvalidContextNullification, "null would take away protected terms");
                    }
                    let mut anew = Active::initial(self.original_base.clone());
                    if !propagate {
                        anew.previous = result.previous;
                    }
                    anew.ours = result.ours;
                    result = anew;
                }
                Json::String(url) => result = self.process_url(&result, url, how)?,
                Json::Object(object) => {
                    let ours = how.ours || is_an_extension(context);
                    self.process_object(&mut result, object, How { ours, ..how })?;
                }
                _ => return fault(ErrorCode::InvalidLocalContext, "a context is a URL, an object or null"),
            }
        }
        result.list_aliases();
        Ok(result)
    }

    fn process_url(&mut self, result: &Active, url: &str, how: How<'_>) -> Result<Active, Fault> {
        let url = match how.base {
            Some(base) if !iri::has_scheme(url) => Cow::Owned(iri::resolve(base, url)),
            _ => Cow::Borrowed(url),
        };
        if !how.validate && how.chain.is_some_and(|chain| chain.find(&url)) {
            return Ok(result.copy());
        }
        if how.chain.map_or(0, Chain::len) >= LONGEST_CHAIN {
            return fault(ErrorCode::ContextOverflow, format!("more than {LONGEST_CHAIN} contexts name one another"));
        }
        let contexts = self.contexts;
        let source = contexts.source(&url)?;
        let Some(context) = source.json().and_then(|document| document.find("@context")) else {
            return fault(ErrorCode::InvalidRemoteContext, format!("{url} is not an object with @context"));
        };
        let base: Arc<str> = (*url).into();
        let chain = Chain { url: &url, outer: how.chain };
        let how = How {
            base: Some(&base),
            chain: Some(&chain),
            override_protected: false,
            propagate: true,
            validate: how.validate && !source.ours,
            ours: source.ours,
        };
        self.process(result, context, how)
    }

    fn process_object(&mut self, result: &mut Active, object: &Object<'_>, how: How<'_>) -> Result<(), Fault> {
        if let Some(version) = object.find("@version") {
            if *version != Json::Number(1.1) {
                return fault(ErrorCode::InvalidVersionValue, "@version is not 1.1");
            }
            if self.mode == ProcessingMode::JsonLd10 {
                return fault(ErrorCode::ProcessingModeConflict, "@version 1.1 in processing mode 1.0");
            }
        }
        let imported;
        let (object, how) = match object.find("@import") {
            Some(import) => {
                imported = self.import(object, import, how)?;
                (&imported, How { ours: false, ..how })
            }
            None => (object, how),
        };
        result.ours &= how.ours;
        self.base_and_vocab(result, object, how)?;
        if let Some(language) = object.find("@language") {
            result.language = match language {
                Json::Null => None,
                Json::String(language) => Some(language.to_lowercase().into()),
                _ => return fault(ErrorCode::InvalidDefaultLanguage, "@language is neither a text nor null"),
            };
        }
        if let Some(direction) = object.find("@direction") {
            self.only_1_1("@direction")?;
            result.direction = match direction {
                Json::Null => None,
                direction => match direction.as_str().and_then(Direction::parse) {
                    None => return fault(ErrorCode::InvalidBaseDirection, "@direction is not ltr, rtl or null"),
                    found => found,
                },
            };
        }
        if let Some(propagate) = object.find("@propagate") {
            self.only_1_1("@propagate")?;
            if !matches!(propagate, Json::Bool(_)) {
                return fault(ErrorCode::InvalidPropagateValue, "@propagate is not true or false");
            }
        }
        let protected = match object.find("@protected") {
            None => false,
            Some(Json::Bool(protected)) => *protected,
            Some(_) => return fault(ErrorCode::InvalidProtectedValue, "@protected is not true or false"),
        };
        Definer::new(self, result, object, how, protected).define_all()
    }

    fn base_and_vocab(&mut self, result: &mut Active, object: &Object<'_>, how: How<'_>) -> Result<(), Fault> {
        if let Some(base) = object.find("@base")
            && how.chain.is_none()
        {
            result.base = match (base, &result.base) {
                (Json::Null, _) => None,
                (Json::String(base), _) if iri::has_scheme(base) => Some(base.as_ref().into()),
                (Json::String(base), Some(outer)) => Some(iri::resolve(outer, base).into()),
                _ => return fault(ErrorCode::InvalidBaseIri, "@base is neither an IRI nor null"),
            };
        }
        if let Some(vocab) = object.find("@vocab") {
            result.vocab = match vocab {
                Json::Null => None,
                Json::String(vocab) => Some(self.vocab(result, vocab)?),
                _ => return fault(ErrorCode::InvalidVocabMapping, "@vocab is neither a text nor null"),
            };
        }
        Ok(())
    }

    fn vocab(&self, result: &Active, vocab: &str) -> Result<Arc<str>, Fault> {
        let absolute = iri::has_scheme(vocab) || vocab.starts_with("_:");
        if !absolute && self.mode == ProcessingMode::JsonLd10 {
            return fault(ErrorCode::InvalidVocabMapping, format!("@vocab {vocab:?} is relative"));
        }
        match result.expand(vocab, true, true) {
            Expanded::Text(text) => Ok(text.into_owned().into()),
            _ => fault(ErrorCode::InvalidVocabMapping, format!("@vocab {vocab:?} is a keyword")),
        }
    }

    pub(crate) fn only_1_1(&self, entry: &str) -> Result<(), Fault> {
        match self.mode {
            ProcessingMode::JsonLd11 => Ok(()),
            ProcessingMode::JsonLd10 => {
                fault(ErrorCode::InvalidContextEntry, format!("{entry} is not an entry of JSON-LD 1.0"))
            }
        }
    }

    /// The imported context, with the entries of the importing one on top (step 5.6).
    fn import(&mut self, object: &Object<'_>, import: &Json<'_>, how: How<'_>) -> Result<Object<'static>, Fault> {
        self.only_1_1("@import")?;
        let Json::String(url) = import else {
            return fault(ErrorCode::InvalidImportValue, "@import is not a URL");
        };
        let url = match how.base {
            Some(base) if !iri::has_scheme(url) => iri::resolve(base, url),
            _ => url.clone().into_owned(),
        };
        let contexts = self.contexts;
        let Some(Json::Object(context)) = contexts.source(&url)?.json().and_then(|document| document.find("@context"))
        else {
            return fault(ErrorCode::InvalidRemoteContext, format!("{url} is not an object with one @context object"));
        };
        if context.find("@import").is_some() {
            return fault(ErrorCode::InvalidContextEntry, format!("{url}, which is imported, imports too"));
        }
        self.step(context.len() + object.len())?;
        let mut merged = owned_object(context);
        for (name, value) in owned_object(object).iter() {
            if name != "@import" {
                merged.insert(name.to_owned(), value.clone());
            }
        }
        Ok(merged)
    }
}
