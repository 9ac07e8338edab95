//! What is said of a node elsewhere than in its own members? `@reverse` and `@nest` (steps 13.4.14 and 14 of expansion).

use stapel_credential::json::Json;

use crate::active::{Active, Scope};
use crate::dataset::Term;
use crate::error::{ErrorCode, JsonLdError};
use crate::expand::{From, standard};
use crate::head::{Head, Member};
use crate::node::Target;
use crate::path::Path;
use crate::term::{Container, Keyword};
use crate::walk::{Graph, Prop, Walker, Where};

impl<'s, 'd> Walker<'s, 'd, '_> {
    /// `@reverse` as a member: its members point here (step 13.4.14).
    pub(crate) fn reverse(
        &mut self,
        active: &'s Active,
        value: &'d Json<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let Json::Object(object) = value else {
            return standard(ErrorCode::InvalidReverseValue, path, "@reverse is not an object");
        };
        let active = active.previous.and_then(|previous| self.space.get(previous)).unwrap_or(active);
        for (name, value) in object.iter() {
            let path = &Path::Member(path, name);
            if active.keyword(name).is_some() {
                return standard(ErrorCode::InvalidReversePropertyMap, path, "a keyword in @reverse");
            }
            let def = active.find(name).map(AsRef::as_ref);
            let Some(predicate) = self.predicate(active, name, def, path)? else { continue };
            let reverse = !def.is_some_and(|def| def.reverse);
            let mark = self.items.len();
            let container = def.map_or_else(Container::default, |def| def.container);
            let target = Target { subject, predicate, graph, reverse };
            let prop = Prop { place: Where::Member(name), def };
            if container.is_plain() {
                self.expand(active, prop, value, graph, From::MEMBER, path)?;
            } else {
                self.contained(active, prop, container, value, target, path)?;
            }
            self.deliver(mark, target, path)?;
        }
        Ok(())
    }

    /// The context in a nest, after its term's own (step 14.2.2).
    fn nest_context(&mut self, active: &'s Active, name: &str, path: &Path<'_>) -> Result<&'s Active, JsonLdError> {
        match active.find(name).and_then(|def| def.scoped.as_ref()) {
            Some(scoped) => self.scoped(active, scoped, Scope::Property, path),
            None => Ok(active),
        }
    }

    /// The members of a nest belong to the node around it (step 14).
    pub(crate) fn nest(
        &mut self,
        active: &'s Active,
        of_types: &'s Active,
        (name, value): Member<'d>,
        subject: Option<Term>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let Json::Object(object) = value else {
            return standard(ErrorCode::InvalidNestValue, path, "a nest is an object");
        };
        let active = self.nest_context(active, name, path)?;
        let head = Head::of(active, object);
        if head.has(Keyword::Value) {
            return standard(ErrorCode::InvalidNestValue, path, "a nest is no value");
        }
        self.types(of_types, &head, subject, graph, path)?;
        self.members(active, object, subject, graph, path)?;
        self.keywords(active, of_types, Prop::at(Where::Floating), object, &head, subject, graph, path)
    }

    /// The `@id` that stands in a nest.
    pub(crate) fn nested_id(
        &mut self,
        active: &'s Active,
        head: &Head<'d>,
        path: &Path<'_>,
    ) -> Result<Option<Member<'d>>, JsonLdError> {
        for (keyword, (name, value)) in &head.rest {
            if *keyword != Keyword::Nest {
                continue;
            }
            let active = self.nest_context(active, name, path)?;
            for object in value.as_items().iter().filter_map(Json::as_object) {
                let inner = Head::of(active, object);
                if inner.id.is_some() {
                    return Ok(inner.id);
                }
                if let Some(found) = self.nested_id(active, &inner, path)? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }
}
