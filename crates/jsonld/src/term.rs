//! What does a term mean? Term definitions (JSON-LD 1.1 §9.15), ready for use: IRIs expanded, flags set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use stapel_credential::json::Json;

use crate::exact::Standing;
use crate::iri::Form;

/// A number that no other thing of this process has.
pub(crate) fn fresh_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

macro_rules! keywords {
    ($($name:ident = $text:literal,)*) => {
        /// The keywords of JSON-LD 1.1 (§9.16).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Keyword {
            $($name,)*
        }

        impl Keyword {
            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }

            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

keywords! {
    Base = "@base",
    Container = "@container",
    Context = "@context",
    Direction = "@direction",
    Graph = "@graph",
    Id = "@id",
    Import = "@import",
    Included = "@included",
    Index = "@index",
    Json = "@json",
    Language = "@language",
    List = "@list",
    Nest = "@nest",
    None = "@none",
    Prefix = "@prefix",
    Propagate = "@propagate",
    Protected = "@protected",
    Reverse = "@reverse",
    Set = "@set",
    Type = "@type",
    Value = "@value",
    Version = "@version",
    Vocab = "@vocab",
}

/// `@` and letters: reserved, and ignored where it is no keyword.
pub(crate) fn like_a_keyword(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// Nothing: the term is known and ignored.
    Null,
    Keyword(Keyword),
    Iri(Arc<str>),
}

/// What a term says of its values' type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Coercion {
    /// Nothing.
    Unsaid,
    /// `@none`
    Nothing,
    Id,
    Vocab,
    Json,
    Datatype(Arc<str>),
}

/// The base direction of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Ltr,
    Rtl,
}

impl Direction {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "ltr" => Some(Self::Ltr),
            "rtl" => Some(Self::Rtl),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// What a term says of its values' language or direction: nothing, or which one, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own<T> {
    Unsaid,
    Said(Option<T>),
}

/// Container mappings, as flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Container(pub(crate) u8);

impl Container {
    pub(crate) const GRAPH: Self = Self(1);
    pub(crate) const ID: Self = Self(2);
    pub(crate) const INDEX: Self = Self(4);
    pub(crate) const LANGUAGE: Self = Self(8);
    pub(crate) const LIST: Self = Self(16);
    pub(crate) const SET: Self = Self(32);
    pub(crate) const TYPE: Self = Self(64);
    pub(crate) const MAPS: Self = Self(Self::ID.0 | Self::INDEX.0 | Self::TYPE.0);

    /// Whether it has one of these.
    #[inline]
    pub(crate) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & !Self::SET.0 == 0
    }
}

/// A context that applies inside a term's values, or beside a type.
#[derive(Debug)]
pub(crate) struct Scoped {
    pub(crate) id: u64,
    pub(crate) json: Json<'static>,
    /// What relative context URLs in it resolve against.
    pub(crate) base: Option<Arc<str>>,
    /// Whether it came with one of the contexts that we know.
    pub(crate) ours: bool,
}

/// A term definition.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
pub(crate) struct TermDef {
    pub(crate) mapping: Mapping,
    /// What the mapping's text is, if it is one.
    pub(crate) form: Form,
    pub(crate) prefix: bool,
    pub(crate) protected: bool,
    pub(crate) reverse: bool,
    pub(crate) coercion: Coercion,
    pub(crate) container: Container,
    pub(crate) language: Own<Arc<str>>,
    pub(crate) direction: Own<Direction>,
    pub(crate) index: Option<Arc<str>>,
    pub(crate) nest: Option<Arc<str>>,
    pub(crate) scoped: Option<Arc<Scoped>>,
    /// Whether it came with one of the contexts that we know.
    pub(crate) ours: bool,
    /// What exact reading thinks of it as a member.
    pub(crate) as_member: Standing,
    /// What exact reading thinks of it as a type or another value.
    pub(crate) as_value: Standing,
}

impl TermDef {
    pub(crate) fn new(protected: bool) -> Self {
        Self {
            mapping: Mapping::Null,
            form: Form::Neither,
            prefix: false,
            protected,
            reverse: false,
            coercion: Coercion::Unsaid,
            container: Container::default(),
            language: Own::Unsaid,
            direction: Own::Unsaid,
            index: None,
            nest: None,
            scoped: None,
            ours: false,
            as_member: Standing::Fine,
            as_value: Standing::Fine,
        }
    }

    /// Equal in all but protection (JSON-LD 1.1 API §4.2.2 step 27.1).
    pub(crate) fn means_the_same_as(&self, other: &Self) -> bool {
        self.mapping == other.mapping
            && self.prefix == other.prefix
            && self.reverse == other.reverse
            && self.coercion == other.coercion
            && self.container == other.container
            && self.language == other.language
            && self.direction == other.direction
            && self.index == other.index
            && self.nest == other.nest
            && match (&self.scoped, &other.scoped) {
                (None, None) => true,
                (Some(left), Some(right)) => left.json == right.json && left.base == right.base,
                _ => false,
            }
    }
}
