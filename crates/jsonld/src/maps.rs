//! What do containers make of a member's value? Language, index, id and type maps, lists and graphs (steps 13.7 to 13.12).

use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded, Scope};
use crate::dataset::Term;
use crate::error::{ErrorCode, JsonLdError};
use crate::expand::{From, standard};
use crate::head::Head;
use crate::node::{RDF_TYPE, Target};
use crate::path::Path;
use crate::term::{Container, Keyword, TermDef};
use crate::walk::{Graph, Item, Kind, Prop, Walker, Where};

impl<'s, 'd> Walker<'s, 'd, '_> {
    /// The items of a member whose term has a container beyond `@set`.
    pub(crate) fn contained(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        container: Container,
        value: &'d Json<'d>,
        target: Target,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        match value {
            Json::Object(map) if container.has(Container::LANGUAGE) => {
                self.language_map(active, prop, map, target.graph, path)
            }
            Json::Object(map) if container.has(Container::MAPS) => {
                self.index_map(active, prop, container, map, target, path)
            }
            value if container.has(Container::LIST) => {
                let mark = self.items.len();
                self.expand(active, prop, value, target.graph, From::MEMBER, path)?;
                let is_a_list = matches!(value, Json::Object(_))
                    && self.items.len() == mark + 1
                    && self.items.last().is_some_and(|item| item.kind == Kind::List);
                if is_a_list || *value == Json::Null { Ok(()) } else { self.list(mark, target.graph, path) }
            }
            value if container.has(Container::GRAPH) && !container.has(Container::MAPS) => {
                self.graphs(active, prop, value, path)
            }
            value => self.expand(active, prop, value, target.graph, From::MEMBER, path),
        }
    }

    /// Each value in a graph of its own.
    fn graphs(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        value: &'d Json<'d>,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        if let Json::Array(items) = value {
            if self.exact && items.is_empty() {
                return self.dropped("an empty array", path);
            }
            let mark = self.items.len();
            for (index, item) in items.iter().enumerate() {
                self.graphs(active, prop, item, &Path::Item(path, index))?;
            }
            if self.exact && items.len() > 1 {
                self.refuse_twins(mark, items, path)?;
            }
            return Ok(());
        }
        if let Json::Object(object) = value
            && let Some((name, set)) = Head::of(active, object).find(Keyword::Set)
        {
            return self.graphs(active, prop, set, &Path::Member(path, name));
        }
        let name = self.out.blank();
        self.graph(active, prop, value, name, path)
    }

    /// The value in a graph of this name.
    fn graph(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        value: &'d Json<'d>,
        name: Term,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let mark = self.items.len();
        let before = self.out.quads().len();
        self.expand(active, prop, value, Graph::Named(name), From::MEMBER, path)?;
        let found = self.items.len() > mark;
        if self.out.quads().len() == before {
            // A bare reference, for instance: the dataset does not even hold what it refers to.
            self.dropped("a graph without statements", path)?;
        }
        if self.items.iter().skip(mark).any(|item| item.kind != Kind::Node) {
            self.dropped("a value as a graph", path)?;
        }
        self.items.truncate(mark);
        if found {
            self.items.push(Item { term: Some(name), kind: Kind::Node });
        }
        Ok(())
    }

    fn language_map(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        map: &'d Object<'d>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let direction = active.direction_of(prop.def);
        for (key, value) in map.iter() {
            let path = &Path::Member(path, key);
            let none = matches!(active.expand(key, true, false), Expanded::Keyword(Keyword::None));
            let language = (!none).then(|| key.to_lowercase());
            for item in value.as_items() {
                let term = match item {
                    Json::Null => {
                        self.dropped("null", path)?;
                        continue;
                    }
                    Json::String(text) => self.text_literal(text, language.as_deref(), direction, graph, path)?,
                    _ => return standard(ErrorCode::InvalidLanguageMapValue, path, "not a text"),
                };
                self.items.push(Item { term, kind: Kind::Value });
            }
        }
        Ok(())
    }

    /// Index, id and type maps (step 13.8).
    fn index_map(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        container: Container,
        map: &'d Object<'d>,
        target: Target,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let key_of = |def: &TermDef| def.index.clone();
        let index = prop.def.and_then(key_of).filter(|index| &**index != "@index");
        for (key, value) in map.iter() {
            let path = &Path::Member(path, key);
            let none = matches!(active.expand(key, true, false), Expanded::Keyword(Keyword::None));
            let mut inner = active;
            if container.has(Container(Container::ID.0 | Container::TYPE.0)) {
                inner = active.previous.and_then(|previous| self.space.get(previous)).unwrap_or(active);
            }
            if container.has(Container::TYPE)
                && let Some(scoped) = inner.find(key).and_then(|def| def.scoped.as_ref())
            {
                inner = self.scoped(inner, scoped, Scope::Type, path)?;
            }
            let name =
                if container.has(Container::ID) && !none { self.reference(active, key, false, path)? } else { None };
            let mark = self.items.len();
            let inner_prop = if std::ptr::eq(inner, active) { prop } else { prop.under(inner) };
            for item in value.as_items() {
                self.indexed(inner, inner_prop, container, item, name, target.graph, path)?;
            }
            if none {
                continue;
            }
            if let Some(index) = &index {
                self.index_property(active, index, key, mark, target.graph, path)?;
            } else if container.has(Container::TYPE) {
                let predicate = Some(self.out.iri(RDF_TYPE));
                let term = self.type_term(active, key, path)?;
                let mut at = mark;
                while let Some(item) = self.items.get(at).copied() {
                    self.emit(item.term, predicate, term, target.graph, path)?;
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// One value of such a map, in a graph of its own if the container says so.
    #[expect(
        clippy::too_many_arguments,
        reason = "a step of one recursive walk: bundling them would copy them at each level"
    )]
    fn indexed(
        &mut self,
        active: &'s Active,
        prop: Prop<'_>,
        container: Container,
        value: &'d Json<'d>,
        name: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let is_a_graph = || match value {
            Json::Object(object) => {
                let head = Head::of(active, object);
                let rest = head.rest.iter().all(|(keyword, _)| matches!(keyword, Keyword::Graph | Keyword::Index));
                head.has(Keyword::Graph) && rest && head.plain == 0 && head.types.is_none()
            }
            _ => false,
        };
        if container.has(Container::GRAPH) && !is_a_graph() {
            let name = match name {
                Some(name) => name,
                None => self.out.blank(),
            };
            return self.graph(active, prop, value, name, path);
        }
        self.expand(active, prop, value, graph, From { map: true, given: name }, path)
    }

    /// The statements that a map indexed by a property makes of its keys.
    fn index_property(
        &mut self,
        active: &'s Active,
        index: &str,
        key: &'d str,
        mark: usize,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let def = active.find(index).map(AsRef::as_ref);
        let Some(predicate) = self.predicate(active, index, def, path)? else { return Ok(()) };
        let text = Json::String(key.into());
        let prop = Prop { place: Where::Member(index), def };
        let value = self.value(active, prop, &text, path)?.term;
        let mut at = mark;
        while let Some(item) = self.items.get(at).copied() {
            if item.kind != Kind::Node {
                return standard(ErrorCode::InvalidValueObject, path, "a value with a property for its index");
            }
            self.emit(item.term, predicate, value, graph, path)?;
            at += 1;
        }
        Ok(())
    }
}
