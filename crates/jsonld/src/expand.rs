//! What does this value stand for? Expansion (JSON-LD 1.1 API §5.1), with statements in place of expanded JSON.

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded, Scope};
use crate::dataset::Term;
use crate::error::{ErrorCode, JsonLdError};
use crate::head::Head;
use crate::path::Path;
use crate::term::{Coercion, Container, Keyword};
use crate::walk::{Graph, Item, Kind, Prop, Walker, Where};

/// How the walk came to a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From {
    /// Out of an index, id or type map (`from map`).
    pub(crate) map: bool,
    /// The name that a node gets there, unless it has one.
    pub(crate) given: Option<Term>,
}

impl From {
    pub(crate) const MEMBER: Self = Self { map: false, given: None };
}

pub(crate) fn standard<T>(code: ErrorCode, path: &Path<'_>, fact: impl Into<String>) -> Result<T, JsonLdError> {
    Err(JsonLdError::Standard { code, path: path.to_string(), fact: fact.into() })
}

pub(crate) fn not_exact<T>(path: &Path<'_>, trick: impl Into<String>) -> Result<T, JsonLdError> {
    Err(JsonLdError::NotExact { path: path.to_string(), trick: trick.into() })
}

impl<'s, 'd> Walker<'s, 'd, '_> {
    /// The document, if it is an object.
    pub(crate) fn root(&mut self, active: &'s Active, object: &'d Object<'d>) -> Result<(), JsonLdError> {
        self.object(active, Prop::at(Where::Root), object, Graph::Default, From::MEMBER, &Path::Root)
    }

    /// The document, if it is something else.
    pub(crate) fn others(&mut self, active: &'s Active, value: &'d Json<'d>) -> Result<(), JsonLdError> {
        self.expand(active, Prop::at(Where::Floating), value, Graph::Default, From::MEMBER, &Path::Root)
    }

    /// Something that JSON-LD drops.
    pub(crate) fn dropped(&self, what: &'static str, path: &Path<'_>) -> Result<(), JsonLdError> {
        if self.safe { Err(JsonLdError::Dropped { path: path.to_string(), what }) } else { Ok(()) }
    }

    /// Puts what the value stands for on the stack of items.
    pub(crate) fn expand(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        value: &'d Json<'d>,
        graph: Graph,
        from: From,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        match value {
            Json::Null => self.dropped("null", path),
            Json::Object(object) => self.object(active, prop, object, graph, from, path),
            Json::Array(items) => self.array(active, prop, items, graph, from, path),
            scalar => self.scalar(active, prop, scalar, graph, path),
        }
    }

    fn array(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        items: &'d [Json<'d>],
        graph: Graph,
        from: From,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let in_list = prop.def.is_some_and(|def| def.container.has(Container::LIST));
        let mark = self.items.len();
        if self.exact && items.is_empty() && !in_list {
            return self.dropped("an empty array", path);
        }
        for (index, item) in items.iter().enumerate() {
            let path = &Path::Item(path, index);
            match item {
                Json::Array(_) if in_list => {
                    let mark = self.items.len();
                    self.expand(active, prop, item, graph, from, path)?;
                    self.list(mark, graph, path)?;
                }
                Json::Array(_) if self.exact => {
                    return not_exact(path, "an array in an array is the same set without it");
                }
                _ => self.expand(active, prop, item, graph, from, path)?,
            }
        }
        if self.exact && items.len() > 1 && !in_list {
            self.refuse_twins(mark, items, path)?;
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        value: &'d Json<'d>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        match prop.place {
            Where::Root | Where::Floating => return self.dropped("a value without a member", path),
            Where::Included => return standard(ErrorCode::InvalidIncludedValue, path, "no node object"),
            Where::Member(_) => {}
        }
        let (active, prop) = match prop.def.and_then(|def| def.scoped.as_deref()) {
            None => (active, prop),
            Some(scoped) => {
                let active = self.scoped(active, scoped, Scope::Property, path)?;
                (active, prop.under(active))
            }
        };
        if self.exact
            && let Json::String(text) = value
            && prop.def.is_some_and(|def| def.coercion == Coercion::Id)
        {
            self.identities.add(text, graph, None, path);
        }
        let item = self.value(active, prop, value, path)?;
        self.items.push(item);
        Ok(())
    }

    /// Steps 7 to 20 of expansion, for an object.
    pub(crate) fn object(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        object: &'d Object<'d>,
        graph: Graph,
        from: From,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let mut now = active;
        let mut head = Head::of(now, object);
        let mut seen = now;
        if let Some(previous) = now.previous
            && !from.map
            && !head.has(Keyword::Value)
            && !(object.len() == 1 && head.id.is_some())
            && let Some(previous) = self.space.get(previous)
        {
            now = previous;
        }
        if let Some(scoped) = prop.def.and_then(|def| def.scoped.as_deref()) {
            now = self.scoped(now, scoped, Scope::Property, path)?;
        }
        if let Some(local) = head.context {
            now = self.own_context(now, prop, local, path)?;
        }
        if !same_aliases(seen, now) {
            head = Head::of(now, object);
            seen = now;
        }
        let of_types = now;
        if head.types.is_some() {
            now = self.typed(now, &head, path)?;
            if !same_aliases(seen, now) {
                head = Head::of(now, object);
            }
        }
        if self.exact {
            Self::refuse_keywords(object, &head, path)?;
        }
        if let Some(keyword) = head.collision() {
            return standard(ErrorCode::CollidingKeywords, path, format!("{} stands twice", keyword.as_str()));
        }
        let prop = if std::ptr::eq(now, active) { prop } else { prop.under(now) };
        if !head.rest.is_empty() {
            if head.has(Keyword::Value) {
                return self.value_object(now, of_types, prop, object, &head, graph, path);
            }
            if let Some((name, value)) = head.find(Keyword::List) {
                self.refuse_more(now, object, &head, path)?;
                if prop.place == Where::Included {
                    return standard(ErrorCode::InvalidIncludedValue, path, "no node object");
                }
                if !matches!(prop.place, Where::Member(_)) {
                    return self.dropped("a list without a member", path);
                }
                let mark = self.items.len();
                self.list_items(now, prop, value, graph, &Path::Member(path, name))?;
                return self.list(mark, graph, path);
            }
            if let Some((name, value)) = head.find(Keyword::Set) {
                self.refuse_more(now, object, &head, path)?;
                return self.expand(now, prop, value, graph, From::MEMBER, &Path::Member(path, name));
            }
            if head.rest.len() == 1 && head.has(Keyword::Language) && head.plain == 0 && head.id.is_none() {
                return self.dropped("a language without a value", path);
            }
        }
        self.node(now, of_types, prop, object, &head, graph, from, path)
    }

    /// The `@context` of an object.
    fn own_context(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        local: &'d Json<'d>,
        path: &Path<'_>,
    ) -> Result<&'s Active, JsonLdError> {
        match (prop.place, self.root) {
            (Where::Root, Some(root)) => return Ok(root),
            (Where::Member(name), _) if self.exact => {
                // Credentials come with their own contexts, and so do proofs of JSON as such (VC-DI-EdDSA §3.3.1).
                let may = matches!(name, "verifiableCredential" | "endorsement" | "proof")
                    && prop.def.is_some_and(|def| def.ours);
                if !may {
                    return not_exact(path, "@context stands inside the document");
                }
            }
            _ => {}
        }
        let made = self.derive(active, local, path)?;
        if prop.place == Where::Root {
            self.root = Some(made);
        }
        Ok(made)
    }

    /// The type-scoped contexts, in the order of the types' names (step 11).
    fn typed(&mut self, active: &'s Active, head: &Head<'d>, path: &Path<'_>) -> Result<&'s Active, JsonLdError> {
        let mut now = active;
        for (_, value) in head.all_types() {
            let mut scoped: Vec<&'d str> = Vec::new();
            let has_scope = |name: &str| active.find(name).is_some_and(|def| def.scoped.is_some());
            match value.as_items() {
                [one] => {
                    if let Some(def) = one.as_str().and_then(|name| active.find(name))
                        && let Some(scope) = &def.scoped
                    {
                        now = self.scoped(now, scope, Scope::Type, path)?;
                    }
                    continue;
                }
                many => scoped.extend(many.iter().filter_map(Json::as_str).filter(|name| has_scope(name))),
            }
            scoped.sort_unstable();
            for name in scoped {
                if let Some(scope) = active.find(name).and_then(|def| def.scoped.as_ref()) {
                    now = self.scoped(now, scope, Scope::Type, path)?;
                }
            }
        }
        Ok(now)
    }

    /// A set or list object may have `@index` beside it, and nothing else (step 17).
    fn refuse_more(
        &self,
        active: &Active,
        object: &Object<'_>,
        head: &Head<'_>,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let others = head.rest.iter().filter(|(keyword, _)| *keyword != Keyword::Index).count();
        if others > 1 || head.id.is_some() || head.types.is_some() || self.has_properties(active, object, path)? {
            return standard(ErrorCode::InvalidSetOrListObject, path, "more than the set or list itself");
        }
        Ok(())
    }

    /// Whether an object has members that mean something beside keywords.
    pub(crate) fn has_properties(
        &self,
        active: &Active,
        object: &Object<'_>,
        path: &Path<'_>,
    ) -> Result<bool, JsonLdError> {
        for (name, value) in object.iter() {
            if active.keyword(name).is_some() {
                continue;
            }
            match active.expand(name, true, false) {
                Expanded::Text(text) if text.contains(':') && *value == Json::Null => {}
                Expanded::Text(text) if text.contains(':') => return Ok(true),
                _ if self.safe => {
                    return Err(JsonLdError::UndefinedTerm { path: Path::Member(path, name).to_string() });
                }
                _ => {}
            }
        }
        Ok(false)
    }

    /// The items of a list, an array in an array being a list of its own.
    pub(crate) fn list_items(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        value: &'d Json<'d>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        for (index, item) in value.as_items().iter().enumerate() {
            let path = &Path::Item(path, index);
            if let Json::Array(_) = item {
                let mark = self.items.len();
                self.list_items(active, prop, item, graph, path)?;
                self.list(mark, graph, path)?;
            } else {
                self.expand(active, prop, item, graph, From::MEMBER, path)?;
            }
        }
        Ok(())
    }

    /// Makes a list of the items above the mark (JSON-LD 1.1 API §8.3).
    pub(crate) fn list(&mut self, mark: usize, graph: Graph, path: &Path<'_>) -> Result<(), JsonLdError> {
        const FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
        const REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
        const NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
        let mut rest = self.out.iri(NIL);
        if self.items.len() > mark {
            let (first_of, rest_of) = (self.out.iri(FIRST), self.out.iri(REST));
            while self.items.len() > mark {
                let Some(item) = self.items.pop() else { break };
                let cell = self.out.blank();
                self.emit(Some(cell), Some(first_of), item.term, graph, path)?;
                self.emit(Some(cell), Some(rest_of), Some(rest), graph, path)?;
                rest = cell;
            }
        }
        self.items.push(Item { term: Some(rest), kind: Kind::List });
        Ok(())
    }
}

fn same_aliases(left: &Active, right: &Active) -> bool {
    std::ptr::eq(left, right) || std::sync::Arc::ptr_eq(&left.aliases, &right.aliases)
}
