//! What do the entries of a term definition say that need no other terms? Containers, languages, directions, nests, prefixes
//! (JSON-LD 1.1 API §4.2.2 steps 11, 19, 22 to 25).

use stapel_credential::json::{Json, Object};

use crate::error::{ErrorCode, Fault};
use crate::options::ProcessingMode;
use crate::process::fault;
use crate::term::{Coercion, Container, Direction, Keyword, Mapping, Own, TermDef};

/// Whether the term is protected.
pub(crate) fn protection(mode: ProcessingMode, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
    let Some(protected) = object.find("@protected") else { return Ok(()) };
    if mode == ProcessingMode::JsonLd10 {
        return fault(ErrorCode::InvalidTermDefinition, "@protected is not an entry of JSON-LD 1.0");
    }
    let Json::Bool(protected) = protected else {
        return fault(ErrorCode::InvalidProtectedValue, "@protected is not true or false");
    };
    def.protected = *protected;
    Ok(())
}

/// The container mapping.
pub(crate) fn container(mode: ProcessingMode, term: &str, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
    let Some(value) = object.find("@container") else { return Ok(()) };
    let wrong = || fault(ErrorCode::InvalidContainerMapping, format!("the @container of {term:?} is no container"));
    let old = mode == ProcessingMode::JsonLd10;
    if old && !matches!(value, Json::String(_)) {
        return wrong();
    }
    let mut container = Container::default();
    for item in value.as_items() {
        container.0 |= match item.as_str().and_then(Keyword::parse) {
            Some(Keyword::Graph) if !old => Container::GRAPH.0,
            Some(Keyword::Id) if !old => Container::ID.0,
            Some(Keyword::Index) => Container::INDEX.0,
            Some(Keyword::Language) => Container::LANGUAGE.0,
            Some(Keyword::List) => Container::LIST.0,
            Some(Keyword::Set) => Container::SET.0,
            Some(Keyword::Type) if !old => Container::TYPE.0,
            _ => return wrong(),
        };
    }
    let beside_set = container.0 & !Container::SET.0;
    let graph_map = container.has(Container::GRAPH)
        && [Container::ID.0, Container::INDEX.0].contains(&(beside_set & !Container::GRAPH.0));
    let sound = beside_set.count_ones() <= 1 && !(container.has(Container::LIST) && container.has(Container::SET));
    if container.0 == 0 || !(sound || graph_map) {
        return wrong();
    }
    if container.has(Container::TYPE) {
        match def.coercion {
            Coercion::Unsaid => def.coercion = Coercion::Id,
            Coercion::Id | Coercion::Vocab => {}
            _ => {
                return fault(
                    ErrorCode::InvalidTypeMapping,
                    format!("the type map {term:?} has a @type other than @id and @vocab"),
                );
            }
        }
    }
    def.container = container;
    Ok(())
}

/// Language and direction.
pub(crate) fn language(term: &str, def: &mut TermDef, object: &Object<'_>) -> Result<(), Fault> {
    if object.find("@type").is_some() {
        return Ok(());
    }
    if let Some(language) = object.find("@language") {
        def.language = Own::Said(match language {
            Json::Null => None,
            Json::String(language) => Some(language.to_lowercase().into()),
            _ => {
                return fault(ErrorCode::InvalidLanguageMapping, format!("the @language of {term:?} is no text"));
            }
        });
    }
    if let Some(direction) = object.find("@direction") {
        let known = direction.as_str().and_then(Direction::parse);
        if known.is_none() && *direction != Json::Null {
            let fact = format!("the @direction of {term:?} is not ltr, rtl or null");
            return fault(ErrorCode::InvalidBaseDirection, fact);
        }
        def.direction = Own::Said(known);
    }
    Ok(())
}

/// `@nest` and `@prefix`.
pub(crate) fn nest_and_prefix(
    mode: ProcessingMode,
    term: &str,
    def: &mut TermDef,
    object: &Object<'_>,
) -> Result<(), Fault> {
    let old = mode == ProcessingMode::JsonLd10;
    if let Some(nest) = object.find("@nest") {
        if old {
            return fault(ErrorCode::InvalidTermDefinition, "@nest is not an entry of JSON-LD 1.0");
        }
        match nest {
            Json::String(nest) if *nest == "@nest" || Keyword::parse(nest).is_none() => {
                def.nest = Some(nest.as_ref().into());
            }
            _ => return fault(ErrorCode::InvalidNestValue, format!("the @nest of {term:?} is no term")),
        }
    }
    if let Some(prefix) = object.find("@prefix") {
        if old || term.contains([':', '/']) {
            return fault(ErrorCode::InvalidTermDefinition, format!("{term:?} cannot be a prefix"));
        }
        let Json::Bool(prefix) = prefix else {
            return fault(ErrorCode::InvalidPrefixValue, format!("the @prefix of {term:?} is not true or false"));
        };
        if *prefix && matches!(def.mapping, Mapping::Keyword(_)) {
            return fault(ErrorCode::InvalidTermDefinition, format!("{term:?} stands for a keyword: no prefix"));
        }
        def.prefix = *prefix;
    }
    Ok(())
}
