//! Why is this document not a dataset, and where? One sentence each, with the JSON path and the facts.

/// Why a document was not made into a dataset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonLdError {
    /// A context that nobody has pinned. It is never fetched: whoever has it may add it and ask again. The one error that is not
    /// a refusal.
    #[error("{path}: the context {url} is not among the pinned contexts")]
    UnknownContext {
        /// The JSON path of the context.
        path: String,
        /// The URL, as it stands there.
        url: String,
    },
    /// JSON-LD 1.1 itself makes it an error.
    #[error("{path}: {code}: {fact}", code = .code.as_str())]
    Standard {
        /// The standard's code.
        code: ErrorCode,
        /// The JSON path.
        path: String,
        /// What stands there.
        fact: String,
    },
    /// A member that no context defines: it would be dropped, so the signature would not cover it.
    #[error("{path}: no context defines this member, so that no signature would cover it")]
    UndefinedTerm {
        /// The JSON path of the member.
        path: String,
    },
    /// A type that no context defines.
    #[error("{path}: no context defines the type {value}")]
    UndefinedType {
        /// The JSON path of the type.
        path: String,
        /// The type, as it stands there.
        value: String,
    },
    /// An IRI is needed and this is not one: relative, or with characters that no IRI has (RFC 3987 §2.2).
    #[error("{path}: {value} is not an absolute IRI")]
    NotAnIri {
        /// The JSON path.
        path: String,
        /// What stands there.
        value: String,
    },
    /// A value that JSON-LD would drop in silence.
    #[error("{path}: {what} says nothing in JSON-LD, so that no signature would cover it")]
    Dropped {
        /// The JSON path of the value.
        path: String,
        /// What kind of value it is.
        what: &'static str,
    },
    /// The same dataset could be written so that its JSON reads otherwise: what was signed might not be what is read.
    #[error("{path}: {trick}: what was signed might not be what is read")]
    NotExact {
        /// The JSON path.
        path: String,
        /// What stands there, as a clause.
        trick: String,
    },
    /// Over a cap.
    #[error("{path}: more than {limit} {what}")]
    Limit {
        /// The JSON path.
        path: String,
        /// What there is too much of.
        what: &'static str,
        /// The cap.
        limit: usize,
    },
}

impl JsonLdError {
    /// The code of JSON-LD 1.1 (API §9.6), where the standard has one.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Standard { code, .. } => Some(*code),
            Self::UnknownContext { .. } => Some(ErrorCode::LoadingRemoteContextFailed),
            _ => None,
        }
    }

    /// The JSON path that the error names.
    pub fn path(&self) -> &str {
        match self {
            Self::UnknownContext { path, .. }
            | Self::Standard { path, .. }
            | Self::UndefinedTerm { path }
            | Self::UndefinedType { path, .. }
            | Self::NotAnIri { path, .. }
            | Self::Dropped { path, .. }
            | Self::NotExact { path, .. }
            | Self::Limit { path, .. } => path,
        }
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal,)*) => {
        /// The error codes of JSON-LD 1.1 (API §9.6 `JsonLdErrorCode`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = concat!("`", $text, "`")] $name,)*
        }

        impl ErrorCode {
            /// The code as the standard writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    CollidingKeywords = "colliding keywords",
    ContextOverflow = "context overflow",
    CyclicIriMapping = "cyclic IRI mapping",
    InvalidBaseDirection = "invalid base direction",
    InvalidBaseIri = "invalid base IRI",
    InvalidContainerMapping = "invalid container mapping",
    InvalidContextEntry = "invalid context entry",
    InvalidContextNullification = "invalid context nullification",
    InvalidDefaultLanguage = "invalid default language",
    InvalidIdValue = "invalid @id value",
    InvalidImportValue = "invalid @import value",
    InvalidIncludedValue = "invalid @included value",
    InvalidIndexValue = "invalid @index value",
    InvalidIriMapping = "invalid IRI mapping",
    InvalidKeywordAlias = "invalid keyword alias",
    InvalidLanguageMapValue = "invalid language map value",
    InvalidLanguageMapping = "invalid language mapping",
    InvalidLanguageTaggedString = "invalid language-tagged string",
    InvalidLanguageTaggedValue = "invalid language-tagged value",
    InvalidLocalContext = "invalid local context",
    InvalidNestValue = "invalid @nest value",
    InvalidPrefixValue = "invalid @prefix value",
    InvalidPropagateValue = "invalid @propagate value",
    InvalidProtectedValue = "invalid @protected value",
    InvalidRemoteContext = "invalid remote context",
    InvalidReverseProperty = "invalid reverse property",
    InvalidReversePropertyMap = "invalid reverse property map",
    InvalidReversePropertyValue = "invalid reverse property value",
    InvalidReverseValue = "invalid @reverse value",
    InvalidScopedContext = "invalid scoped context",
    InvalidSetOrListObject = "invalid set or list object",
    InvalidTermDefinition = "invalid term definition",
    InvalidTypeMapping = "invalid type mapping",
    InvalidTypeValue = "invalid type value",
    InvalidTypedValue = "invalid typed value",
    InvalidValueObject = "invalid value object",
    InvalidValueObjectValue = "invalid value object value",
    InvalidVersionValue = "invalid @version value",
    InvalidVocabMapping = "invalid vocab mapping",
    KeywordRedefinition = "keyword redefinition",
    LoadingRemoteContextFailed = "loading remote context failed",
    ProcessingModeConflict = "processing mode conflict",
    ProtectedTermRedefinition = "protected term redefinition",
}

/// Why a context could not be added to the pinned ones.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContextError {
    /// The bytes are not those that were pinned.
    #[error("the context {url} has the digest {actual}, not {pinned}")]
    OtherBytes {
        /// Its URL.
        url: String,
        /// The digest asked for.
        pinned: String,
        /// The digest of the bytes given.
        actual: String,
    },
    /// The text is not JSON.
    #[error("the context {url}: {error}")]
    NotJson {
        /// Its URL.
        url: String,
        /// What the reader says.
        error: stapel_credential::JsonError,
    },
    /// Another text is pinned under this URL.
    #[error("the context {url} is already pinned with other bytes")]
    Taken {
        /// Its URL.
        url: String,
    },
}

/// What went wrong inside a context, before anybody knows where the context stands.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    Standard(ErrorCode, String),
    Unknown(String),
    Limit(&'static str, usize),
}

impl Fault {
    pub(crate) fn at(self, path: impl std::fmt::Display) -> JsonLdError {
        let path = path.to_string();
        match self {
            Self::Standard(code, fact) => JsonLdError::Standard { code, path, fact },
            Self::Unknown(url) => JsonLdError::UnknownContext { path, url },
            Self::Limit(what, limit) => JsonLdError::Limit { path, what, limit },
        }
    }
}
