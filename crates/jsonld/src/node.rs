//! Which statements does a node object make? Its name, its types and its members.

use std::borrow::Cow;

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded};
use crate::dataset::Term;
use crate::error::{ErrorCode, JsonLdError};
use crate::expand::{From, not_exact, standard};
use crate::head::Head;
use crate::iri::{self, Form};
use crate::path::Path;
use crate::term::{Coercion, Container, Keyword, Mapping, TermDef};
use crate::walk::{Graph, Item, Kind, Prop, Walker, Where};

pub(crate) const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// Where the statements of a member go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) subject: Option<Term>,
    pub(crate) predicate: Option<Term>,
    pub(crate) graph: Graph,
    pub(crate) reverse: bool,
}

impl<'s, 'd> Walker<'s, 'd, '_> {
    #[expect(
        clippy::too_many_arguments,
        reason = "a step of one recursive walk: bundling them would copy them at each level"
    )]
    pub(crate) fn node(
        &mut self,
        active: &'s Active,
        of_types: &'s Active,
        prop: Prop<'_>,
        object: &'d Object<'d>,
        head: &Head<'d>,
        graph: Graph,
        from: From,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let id = match head.id {
            Some(id) => Some(id),
            None if head.has(Keyword::Nest) => self.nested_id(active, head, path)?,
            None => None,
        };
        let subject = match (id, from.given) {
            (Some((name, value)), _) => self.id(active, value, &Path::Member(path, name))?,
            (None, Some(given)) => Some(given),
            (None, None) => Some(self.out.blank()),
        };
        let bare = object.len() == 1 + usize::from(head.context.is_some()) && head.id.is_some();
        if self.exact {
            Self::refuse_documents_inside(head, prop.place, path)?;
            if let Some((_, Json::String(id))) = head.id {
                self.identities.add(id, graph, (!bare).then_some(object), path);
            }
        }
        if !matches!(prop.place, Where::Member(_) | Where::Included)
            && (bare || object.len() == usize::from(head.context.is_some()))
        {
            return self.dropped("an object that says nothing of itself", path);
        }
        self.types(of_types, head, subject, graph, path)?;
        self.members(active, object, subject, graph, path)?;
        if !head.rest.is_empty() {
            self.keywords(active, of_types, prop, object, head, subject, graph, path)?;
        }
        self.items.push(Item { term: subject, kind: Kind::Node });
        Ok(())
    }

    /// The name that `@id` gives.
    fn id(&mut self, active: &Active, value: &'d Json<'d>, path: &Path<'_>) -> Result<Option<Term>, JsonLdError> {
        let Json::String(text) = value else {
            return standard(ErrorCode::InvalidIdValue, path, "the id is not a text");
        };
        self.reference(active, text, false, path)
    }

    /// The term of an IRI or a blank node identifier in the document.
    pub(crate) fn reference(
        &mut self,
        active: &Active,
        text: &str,
        vocab: bool,
        path: &Path<'_>,
    ) -> Result<Option<Term>, JsonLdError> {
        let expanded = match active.expand(text, vocab, true) {
            Expanded::Text(expanded) => expanded,
            _ => Cow::Borrowed(""),
        };
        if self.exact {
            Self::refuse_rewritten(active, text, &expanded, vocab, path)?;
        }
        match iri::form(&expanded) {
            Form::Absolute => Ok(Some(self.out.iri(&expanded))),
            Form::Blank => Ok(Some(self.labelled(&expanded))),
            Form::Neither if self.safe => Err(JsonLdError::NotAnIri { path: path.to_string(), value: text.to_owned() }),
            Form::Neither => Ok(None),
        }
    }

    /// The statements of `@type`.
    pub(crate) fn types(
        &mut self,
        active: &Active,
        head: &Head<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        if head.types.is_none() {
            return Ok(());
        }
        let predicate = Some(self.out.iri(RDF_TYPE));
        for (name, value) in head.all_types() {
            let path = &Path::Member(path, name);
            let mark = self.items.len();
            let items = value.as_items();
            if self.exact && items.is_empty() {
                return self.dropped("an empty array", path);
            }
            for (index, item) in items.iter().enumerate() {
                let Json::String(text) = item else {
                    return standard(ErrorCode::InvalidTypeValue, path, "a type is a text");
                };
                let term = self.type_term(active, text, &Path::Item(path, index))?;
                self.emit(subject, predicate, term, graph, path)?;
                if self.exact {
                    self.items.push(Item { term, kind: Kind::Value });
                }
            }
            if self.exact {
                if items.len() > 1 {
                    self.refuse_twins(mark, items, path)?;
                }
                self.items.truncate(mark);
            }
        }
        Ok(())
    }

    pub(crate) fn type_term(
        &mut self,
        active: &Active,
        text: &str,
        path: &Path<'_>,
    ) -> Result<Option<Term>, JsonLdError> {
        if let Some(def) = active.find(text)
            && let (Mapping::Iri(iri), Form::Absolute) = (&def.mapping, def.form)
        {
            if self.exact {
                Self::refuse_standing(&def.as_value, text, path)?;
            }
            return Ok(Some(self.out.iri(iri)));
        }
        match self.reference(active, text, true, path) {
            Err(JsonLdError::NotAnIri { path, value }) => Err(JsonLdError::UndefinedType { path, value }),
            other => other,
        }
    }

    /// The members that are no keywords.
    pub(crate) fn members(
        &mut self,
        active: &'s Active,
        object: &'d Object<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        for (name, value) in object.iter() {
            if active.keyword(name).is_none() {
                self.member(active, name, value, subject, graph, path)?;
            }
        }
        Ok(())
    }

    /// One member (steps 13.5 to 13.14).
    fn member(
        &mut self,
        active: &'s Active,
        name: &'d str,
        value: &'d Json<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let path = &Path::Member(path, name);
        let def = active.find(name).map(AsRef::as_ref);
        let Some(predicate) = self.predicate(active, name, def, path)? else { return Ok(()) };
        let (container, json, reverse) = match def {
            Some(def) => (def.container, def.coercion == Coercion::Json, def.reverse),
            None => (Container::default(), false, false),
        };
        let target = Target { subject, predicate, graph, reverse };
        let prop = Prop { place: Where::Member(name), def };
        let mark = self.items.len();
        if json {
            let term = self.json_literal(value);
            self.items.push(Item { term: Some(term), kind: Kind::Value });
        } else if container.is_plain() {
            self.expand(active, prop, value, graph, From::MEMBER, path)?;
        } else {
            self.contained(active, prop, container, value, target, path)?;
        }
        self.deliver(mark, target, path)
    }

    /// Makes statements of the items above the mark.
    pub(crate) fn deliver(&mut self, mark: usize, target: Target, path: &Path<'_>) -> Result<(), JsonLdError> {
        let mut at = mark;
        while let Some(item) = self.items.get(at).copied() {
            if target.reverse {
                if item.kind != Kind::Node {
                    return standard(ErrorCode::InvalidReversePropertyValue, path, "a value cannot be a subject");
                }
                self.emit(item.term, target.predicate, target.subject, target.graph, path)?;
            } else {
                self.emit(target.subject, target.predicate, item.term, target.graph, path)?;
            }
            at += 1;
        }
        self.items.truncate(mark);
        Ok(())
    }

    /// The predicate of a member: none if the member is dropped, `Some(None)` if RDF has no term for it.
    #[expect(clippy::option_option, reason = "dropped, and kept without a statement, are two things")]
    pub(crate) fn predicate(
        &mut self,
        active: &Active,
        name: &str,
        def: Option<&TermDef>,
        path: &Path<'_>,
    ) -> Result<Option<Option<Term>>, JsonLdError> {
        if let Some(def) = def {
            if self.exact {
                Self::refuse_standing(&def.as_member, name, path)?;
            }
            if let (Mapping::Iri(iri), Form::Absolute) = (&def.mapping, def.form) {
                return Ok(Some(Some(self.out.iri(iri))));
            }
        }
        match active.expand(name, true, false) {
            Expanded::Text(text) if text.contains(':') => {
                if self.exact {
                    Self::refuse_known(&text, path)?;
                }
                match iri::form(&text) {
                    Form::Absolute => Ok(Some(Some(self.out.iri(&text)))),
                    _ if self.safe => Err(JsonLdError::NotAnIri { path: path.to_string(), value: text.into_owned() }),
                    _ => Ok(Some(None)),
                }
            }
            _ if self.safe => Err(JsonLdError::UndefinedTerm { path: path.to_string() }),
            _ => Ok(None),
        }
    }

    /// `@graph`, `@included`, `@reverse` and `@nest`.
    #[expect(
        clippy::too_many_arguments,
        reason = "a step of one recursive walk: bundling them would copy them at each level"
    )]
    pub(crate) fn keywords(
        &mut self,
        active: &'s Active,
        of_types: &'s Active,
        prop: Prop<'_>,
        object: &'d Object<'d>,
        head: &Head<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        for (keyword, (name, value)) in head.rest.iter().copied() {
            let path = &Path::Member(path, name);
            match keyword {
                Keyword::Graph => {
                    let only = prop.place == Where::Root
                        && head.rest.len() == 1
                        && head.id.is_none()
                        && head.types.is_none()
                        && !self.has_properties(active, object, path)?;
                    let inner = match subject {
                        _ if only => graph,
                        Some(name) => Graph::Named(name),
                        None => Graph::Nowhere,
                    };
                    let mark = self.items.len();
                    self.expand(active, Prop::at(Where::Floating), value, inner, From::MEMBER, path)?;
                    self.items.truncate(mark);
                }
                Keyword::Included => {
                    let mark = self.items.len();
                    self.expand(active, Prop::at(Where::Included), value, graph, From::MEMBER, path)?;
                    let sound = self.items.iter().skip(mark).all(|item| item.kind == Kind::Node);
                    self.items.truncate(mark);
                    if !sound {
                        return standard(ErrorCode::InvalidIncludedValue, path, "no node object");
                    }
                }
                Keyword::Reverse => self.reverse(active, value, subject, graph, path)?,
                Keyword::Nest => {
                    for nested in value.as_items() {
                        self.nest(active, of_types, (name, nested), subject, graph, path)?;
                    }
                }
                Keyword::Index if !matches!(value, Json::String(_)) => {
                    return standard(ErrorCode::InvalidIndexValue, path, "the index is not a text");
                }
                Keyword::Language if !matches!(value, Json::String(_)) => {
                    return standard(ErrorCode::InvalidLanguageTaggedString, path, "the language is not a text");
                }
                Keyword::Direction if !matches!(value.as_str(), Some("ltr" | "rtl")) => {
                    return standard(ErrorCode::InvalidBaseDirection, path, "neither ltr nor rtl");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Refuses a rewritten reference.
    fn refuse_rewritten(
        active: &Active,
        text: &str,
        expanded: &str,
        vocab: bool,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        if text.starts_with("_:") {
            return not_exact(path, format!("{text} names a blank node, which no dataset keeps"));
        }
        if vocab {
            return match active.find(text) {
                Some(def) => Self::refuse_standing(&def.as_value, text, path),
                None => Self::refuse_known(expanded, path),
            };
        }
        if text != expanded && iri::form(expanded) != Form::Neither {
            return not_exact(path, format!("{text} stands for {expanded}"));
        }
        Ok(())
    }
}
