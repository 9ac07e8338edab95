//! What does this context say of one term? Create Term Definition and IRI expansion inside contexts (JSON-LD 1.1 API §4.2, §5.2).

use std::collections::HashMap;
use std::sync::Arc;

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded, split_compact};
use crate::error::{ErrorCode, Fault};
use crate::hash::{Seeded, owned};
use crate::iri::{self, Form};
use crate::options::ProcessingMode;
use crate::process::{How, Processor, fault};
use crate::space::weight;
use crate::term::{Coercion, Container, Keyword, Mapping, Scoped, TermDef, fresh_id, like_a_keyword};
use crate::{entries, exact};

/// How deep terms may be defined by other terms.
const DEEPEST: usize = 64;

/// How far a term has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    OnTheWay,
    Done,
}

/// Defines the terms of one context object.
pub(crate) struct Definer<'d, 's> {
    processor: &'d mut Processor<'s>,
    result: &'d mut Active,
    local: &'d Object<'d>,
    /// The entries of the context, each with how far it has come.
    entries: HashMap<&'d str, (Stage, &'d Json<'d>), Seeded>,
    how: How<'d>,
    protected: bool,
    depth: usize,
}

impl<'d, 's> Definer<'d, 's> {
    pub(crate) fn new(
        processor: &'d mut Processor<'s>,
        result: &'d mut Active,
        local: &'d Object<'d>,
        how: How<'d>,
        protected: bool,
    ) -> Self {
        let entries = local.iter().map(|(name, value)| (name, (Stage::Waiting, value))).collect();
        Self { processor, result, local, entries, how, protected, depth: 0 }
    }

    pub(crate) fn define_all(mut self) -> Result<(), Fault> {
        self.processor.step(self.local.len())?;
        let local = self.local;
        for (term, value) in local.iter() {
            let entry = Keyword::parse(term).is_some_and(|keyword| {
                matches!(
                    keyword,
                    Keyword::Base
                        | Keyword::Direction
                        | Keyword::Import
                        | Keyword::Language
                        | Keyword::Propagate
                        | Keyword::Protected
                        | Keyword::Version
                        | Keyword::Vocab
                )
            });
            if !entry {
                self.define(term, value)?;
            }
        }
        Ok(())
    }

    fn define(&mut self, term: &'d str, value: &'d Json<'d>) -> Result<(), Fault> {
        match self.entries.get(term) {
            Some((Stage::Done, _)) => return Ok(()),
            Some((Stage::OnTheWay, _)) => {
                return fault(ErrorCode::CyclicIriMapping, format!("the term {term:?} is defined by itself"));
            }
            _ => {}
        }
        if term.is_empty() {
            return fault(ErrorCode::InvalidTermDefinition, "a term without letters");
        }
        if self.depth >= DEEPEST {
            return Err(Fault::Limit("terms defined by one another", DEEPEST));
        }
        self.entries.insert(term, (Stage::OnTheWay, value));
        self.depth += 1;
        let previous = match Keyword::parse(term) {
            None if like_a_keyword(term) => None,
            _ => self.result.terms.remove_entry(term),
        };
        let name = previous.as_ref().map(|(name, _)| Arc::clone(name));
        let previous = previous.map(|(_, def)| def);
        match self.definition(term, value)? {
            Some(def) => self.set(name.unwrap_or_else(|| term.into()), def, previous)?,
            None if previous.is_some_and(|def| def.protected) => {
                let fact = format!("the term {term:?} is protected and would be taken away");
                return fault(ErrorCode::ProtectedTermRedefinition, fact);
            }
            None => {}
        }
        self.depth -= 1;
        self.entries.insert(term, (Stage::Done, value));
        Ok(())
    }

    /// The definition; none if the term is to be ignored.
    fn definition(&mut self, term: &'d str, value: &'d Json<'d>) -> Result<Option<TermDef>, Fault> {
        if term == "@type" {
            let allowed = |object: &Object<'_>| {
                !object.is_empty()
                    && object.iter().all(|(name, value)| match name {
                        "@container" => value.as_items().iter().all(|item| item.as_str() == Some("@set")),
                        "@protected" => true,
                        _ => false,
                    })
            };
            if self.processor.mode == ProcessingMode::JsonLd10 || !value.as_object().is_some_and(allowed) {
                return fault(ErrorCode::KeywordRedefinition, "@type may only be given @container @set or @protected");
            }
        } else if Keyword::parse(term).is_some() {
            return fault(ErrorCode::KeywordRedefinition, format!("{term} is a keyword"));
        } else if like_a_keyword(term) {
            return Ok(None);
        }
        let empty;
        let (object, id, simple) = match value {
            Json::Null => {
                empty = Object::default();
                (&empty, Some(&Json::Null), false)
            }
            Json::String(_) => {
                empty = Object::default();
                (&empty, Some(value), true)
            }
            Json::Object(object) => (object, object.find("@id"), false),
            _ => return fault(ErrorCode::InvalidTermDefinition, format!("the definition of {term:?} is no object")),
        };
        let mode = self.processor.mode;
        let mut def = TermDef::new(self.protected);
        entries::protection(mode, &mut def, object)?;
        self.coercion(term, &mut def, object)?;
        if let Some(reverse) = object.find("@reverse") {
            return self.reverse(term, def, object, reverse);
        }
        match id {
            Some(Json::Null) => {}
            Some(Json::String(id)) if **id != *term => {
                if Keyword::parse(id).is_none() && like_a_keyword(id) {
                    return Ok(None);
                }
                self.id(term, &mut def, id, simple)?;
            }
            None | Some(Json::String(_)) => self.implied_id(term, &mut def)?,
            Some(_) => return fault(ErrorCode::InvalidIriMapping, format!("the @id of {term:?} is not a text")),
        }
        entries::container(mode, term, &mut def, object)?;
        self.index(term, &mut def, object)?;
        self.scoped(term, &mut def, object)?;
        entries::language(term, &mut def, object)?;
        entries::nest_and_prefix(mode, term, &mut def, object)?;
        let known = |name| {
            Keyword::parse(name).is_some_and(|keyword| {
                matches!(
                    keyword,
                    Keyword::Id
                        | Keyword::Reverse
                        | Keyword::Container
                        | Keyword::Context
                        | Keyword::Direction
                        | Keyword::Index
                        | Keyword::Language
                        | Keyword::Nest
                        | Keyword::Prefix
                        | Keyword::Protected
                        | Keyword::Type
                )
            })
        };
        if let Some((name, _)) = object.iter().find(|(name, _)| !known(name)) {
            return fault(ErrorCode::InvalidTermDefinition, format!("the definition of {term:?} has {name:?}"));
        }
        Ok(Some(def))
    }

    /// Steps 27 and 28.
    fn set(&mut self, term: Arc<str>, mut def: TermDef, previous: Option<Arc<TermDef>>) -> Result<(), Fault> {
        def.form = match &def.mapping {
            Mapping::Iri(iri) => iri::form(iri),
            _ => Form::Neither,
        };
        def.ours = self.how.ours;
        if let Some(previous) = previous {
            let same = def.means_the_same_as(&previous);
            if !self.how.override_protected && previous.protected {
                if !same {
                    let fact = format!("the term {term:?} is protected and would be given another meaning");
                    return fault(ErrorCode::ProtectedTermRedefinition, fact);
                }
                self.result.terms.insert(term, previous);
                return Ok(());
            }
            def.ours |= same && previous.ours;
        }
        def.as_member = exact::as_member(&term, &def);
        def.as_value = exact::as_value(&term, &def);
        self.processor.step(1)?;
        self.result.terms.insert(term, Arc::new(def));
        Ok(())
    }

    fn coercion(&mut self, term: &str, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
        let Some(of) = object.find("@type") else { return Ok(()) };
        let wrong = || fault(ErrorCode::InvalidTypeMapping, format!("the @type of {term:?} is no type"));
        let Json::String(text) = of else { return wrong() };
        let old = self.processor.mode == ProcessingMode::JsonLd10;
        def.coercion = match self.expand(text, true)? {
            Expanded::Keyword(Keyword::Id) => Coercion::Id,
            Expanded::Keyword(Keyword::Vocab) => Coercion::Vocab,
            Expanded::Keyword(Keyword::Json) if !old => Coercion::Json,
            Expanded::Keyword(Keyword::None) if !old => Coercion::Nothing,
            Expanded::Text(iri) if iri::has_scheme(&iri) => Coercion::Datatype(iri.into_owned().into()),
            _ => return wrong(),
        };
        Ok(())
    }

    fn reverse(
        &mut self,
        term: &str,
        mut def: TermDef,
        object: &Object<'_>,
        reverse: &Json<'_>,
    ) -> Result<Option<TermDef>, Fault> {
        if object.find("@id").is_some() || object.find("@nest").is_some() {
            return fault(ErrorCode::InvalidReverseProperty, format!("{term:?} has @reverse beside @id or @nest"));
        }
        let wrong = || fault(ErrorCode::InvalidIriMapping, format!("the @reverse of {term:?} is no IRI"));
        let Json::String(reverse) = reverse else { return wrong() };
        if Keyword::parse(reverse).is_none() && like_a_keyword(reverse) {
            return Ok(None);
        }
        match self.expand(reverse, true)? {
            Expanded::Text(iri) if iri::has_scheme(&iri) || iri.starts_with("_:") => {
                def.mapping = Mapping::Iri(iri.into_owned().into());
            }
            _ => return wrong(),
        }
        match object.find("@container") {
            None | Some(Json::Null) => {}
            Some(Json::String(container)) if *container == "@set" => def.container = Container::SET,
            Some(Json::String(container)) if *container == "@index" => def.container = Container::INDEX,
            Some(_) => {
                return fault(
                    ErrorCode::InvalidReverseProperty,
                    format!("the container of the reverse property {term:?} is neither @set nor @index"),
                );
            }
        }
        def.reverse = true;
        Ok(Some(def))
    }

    /// Step 14.2.
    fn id(&mut self, term: &'d str, def: &mut TermDef, id: &str, simple: bool) -> Result<(), Fault> {
        let compact = term.split_once(':').is_some_and(|(head, tail)| !head.is_empty() && !tail.is_empty());
        match self.expand(id, true)? {
            Expanded::Keyword(Keyword::Context) => {
                return fault(ErrorCode::InvalidKeywordAlias, format!("{term:?} would stand for @context"));
            }
            Expanded::Keyword(keyword) => def.mapping = Mapping::Keyword(keyword),
            Expanded::Text(iri) if iri::has_scheme(&iri) || iri.starts_with("_:") => {
                let ends = iri.as_bytes().last().is_some_and(|last| b":/?#[]@".contains(last));
                def.prefix = simple && !term.contains([':', '/']) && (ends || iri.starts_with("_:"));
                def.mapping = Mapping::Iri(iri.into_owned().into());
            }
            _ => return fault(ErrorCode::InvalidIriMapping, format!("the @id of {term:?}, {id:?}, is no IRI")),
        }
        if compact || term.contains('/') {
            self.done(term);
            let as_is = match (self.expand(term, true)?, &def.mapping) {
                (Expanded::Text(text), Mapping::Iri(iri)) => *text == **iri,
                (Expanded::Keyword(left), Mapping::Keyword(right)) => left == *right,
                _ => false,
            };
            if !as_is {
                return fault(
                    ErrorCode::InvalidIriMapping,
                    format!("the term {term:?} looks like an IRI and would stand for another"),
                );
            }
        }
        Ok(())
    }

    /// What is said of the term before does not count any more.
    fn done(&mut self, term: &str) {
        if let Some(entry) = self.entries.get_mut(term) {
            entry.0 = Stage::Done;
        }
    }

    /// Steps 15 to 18: the term itself says what it stands for.
    fn implied_id(&mut self, term: &'d str, def: &mut TermDef) -> Result<(), Fault> {
        if let Some((prefix, suffix)) = split_compact(term) {
            self.define_first(prefix)?;
            let iri = match self.result.find(prefix).map(|def| &def.mapping) {
                Some(Mapping::Iri(iri)) => format!("{iri}{suffix}").into(),
                _ => term.into(),
            };
            def.mapping = Mapping::Iri(iri);
        } else if term.contains('/') {
            self.done(term);
            match self.expand(term, true)? {
                Expanded::Text(iri) if iri::has_scheme(&iri) => def.mapping = Mapping::Iri(iri.into_owned().into()),
                _ => return fault(ErrorCode::InvalidIriMapping, format!("the term {term:?} is no IRI")),
            }
        } else if term == "@type" {
            def.mapping = Mapping::Keyword(Keyword::Type);
        } else if let Some(vocab) = &self.result.vocab {
            def.mapping = Mapping::Iri(format!("{vocab}{term}").into());
        } else {
            return fault(ErrorCode::InvalidIriMapping, format!("nothing says what the term {term:?} stands for"));
        }
        Ok(())
    }

    fn index(&mut self, term: &str, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
        let Some(index) = object.find("@index") else { return Ok(()) };
        let wrong = || fault(ErrorCode::InvalidTermDefinition, format!("the @index of {term:?} is no property"));
        if self.processor.mode == ProcessingMode::JsonLd10 || !def.container.has(Container::INDEX) {
            return wrong();
        }
        let Json::String(index) = index else { return wrong() };
        match self.expand(index, true)? {
            Expanded::Text(iri) if iri::has_scheme(&iri) => def.index = Some(index.as_ref().into()),
            _ => return wrong(),
        }
        Ok(())
    }

    fn scoped(&mut self, term: &str, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
        let Some(context) = object.find("@context") else { return Ok(()) };
        if self.processor.mode == ProcessingMode::JsonLd10 {
            return fault(ErrorCode::InvalidTermDefinition, "a scoped context is not of JSON-LD 1.0");
        }
        if !self.how.ours {
            let how = How { override_protected: true, propagate: true, validate: false, ..self.how };
            match self.processor.process(self.result, context, how) {
                Ok(_) => {}
                Err(Fault::Standard(code, fact)) => {
                    let fact = format!("the context inside the term {term:?}: {}: {fact}", code.as_str());
                    return fault(ErrorCode::InvalidScopedContext, fact);
                }
                Err(other) => return Err(other),
            }
        }
        let size = weight(context);
        self.processor.weight += size;
        self.processor.step(size / 4)?;
        def.scoped = Some(Arc::new(Scoped {
            id: fresh_id(),
            json: owned(context),
            base: self.how.base.cloned(),
            ours: self.how.ours,
        }));
        Ok(())
    }

    /// IRI expansion while terms are being defined: those that it needs are defined first.
    fn expand<'t>(&mut self, text: &'t str, vocab: bool) -> Result<Expanded<'t>, Fault> {
        if Keyword::parse(text).is_none() && !like_a_keyword(text) {
            self.define_first(text)?;
            if let Some((prefix, suffix)) = split_compact(text)
                && prefix != "_"
                && !suffix.starts_with("//")
                && self.result.find(text).is_none()
            {
                self.define_first(prefix)?;
            }
        }
        Ok(match self.result.expand(text, vocab, false) {
            Expanded::Null => Expanded::Null,
            Expanded::Keyword(keyword) => Expanded::Keyword(keyword),
            Expanded::Text(text) => Expanded::Text(text.into_owned().into()),
        })
    }

    fn define_first(&mut self, term: &str) -> Result<(), Fault> {
        match self.entries.get_key_value(term).map(|(name, (stage, value))| (*name, *stage, *value)) {
            None | Some((_, Stage::Done, _)) => Ok(()),
            Some((name, _, value)) => self.define(name, value),
        }
    }
}
