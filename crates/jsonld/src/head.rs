//! Which keywords does this object have? One look over its members, by name and by alias.

use stapel_credential::json::{Json, Object};

use crate::active::Active;
use crate::term::Keyword;

/// A member: its name and its value.
pub(crate) type Member<'d> = (&'d str, &'d Json<'d>);

/// The keyword members of an object under one active context.
#[derive(Debug, Default)]
pub(crate) struct Head<'d> {
    pub(crate) id: Option<Member<'d>>,
    pub(crate) types: Option<Member<'d>>,
    pub(crate) context: Option<&'d Json<'d>>,
    /// The others, and those that stand once more.
    pub(crate) rest: Vec<(Keyword, Member<'d>)>,
    /// The members that are no keywords.
    pub(crate) plain: usize,
}

impl<'d> Head<'d> {
    pub(crate) fn of(active: &Active, object: &'d Object<'d>) -> Self {
        let mut head = Self::default();
        for (name, value) in object.iter() {
            match active.keyword(name) {
                None => head.plain += 1,
                Some(Keyword::Id) if head.id.is_none() => head.id = Some((name, value)),
                Some(Keyword::Type) if head.types.is_none() => head.types = Some((name, value)),
                Some(Keyword::Context) => head.context = Some(value),
                Some(keyword) => head.rest.push((keyword, (name, value))),
            }
        }
        head
    }

    pub(crate) fn find(&self, keyword: Keyword) -> Option<Member<'d>> {
        self.rest.iter().find(|(found, _)| *found == keyword).map(|(_, member)| *member)
    }

    pub(crate) fn has(&self, keyword: Keyword) -> bool {
        self.find(keyword).is_some()
    }

    /// All `@type` members.
    pub(crate) fn all_types(&self) -> impl Iterator<Item = Member<'d>> {
        let more = self.rest.iter().filter(|(keyword, _)| *keyword == Keyword::Type).map(|(_, member)| *member);
        self.types.into_iter().chain(more)
    }

    /// A keyword that stands twice and may not (JSON-LD 1.1 API §5.1.2 step 13.4.2).
    pub(crate) fn collision(&self) -> Option<Keyword> {
        self.rest.iter().enumerate().find_map(|(at, (keyword, _))| match keyword {
            Keyword::Id => Some(Keyword::Id),
            Keyword::Type | Keyword::Included | Keyword::Nest => None,
            _ if self.rest.iter().skip(at + 1).any(|(other, _)| other == keyword) => Some(*keyword),
            _ => None,
        })
    }
}
