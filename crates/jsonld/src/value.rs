//! Which literal is this? Value expansion (JSON-LD 1.1 API §5.3), value objects, and object to RDF conversion (§8.2).

use std::fmt::Write as _;

use stapel_credential::jcs;
use stapel_credential::json::{Json, Object};

use crate::active::{Active, Expanded};
use crate::dataset::Term;
use crate::error::{ErrorCode, JsonLdError};
use crate::exact;
use crate::expand::{not_exact, standard};
use crate::head::Head;
use crate::iri::{self, Form};
use crate::options::RdfDirection;
use crate::path::Path;
use crate::term::{Coercion, Direction, Keyword, Own};
use crate::walk::{Graph, Item, Kind, Prop, Walker, Where};

const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const RDF_JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
const RDF_VALUE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";
const RDF_LANGUAGE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language";
const RDF_DIRECTION: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction";

/// From here on a number is written as a double (JSON-LD 1.1 API §8.2.2 step 10).
const NO_INTEGER: f64 = 1e21;

impl<'s, 'd> Walker<'s, 'd, '_> {
    /// What a scalar stands for as the value of a member.
    pub(crate) fn value(
        &mut self,
        active: &Active,
        prop: Prop<'_>,
        value: &Json<'_>,
        path: &Path<'_>,
    ) -> Result<Item, JsonLdError> {
        let coercion = prop.def.map_or(&Coercion::Unsaid, |def| &def.coercion);
        let term = match (coercion, value) {
            (Coercion::Id, Json::String(text)) => {
                return Ok(Item { term: self.reference(active, text, false, path)?, kind: Kind::Node });
            }
            (Coercion::Vocab, Json::String(text)) => {
                return Ok(Item { term: self.reference(active, text, true, path)?, kind: Kind::Node });
            }
            (Coercion::Json, value) => Some(self.json_literal(value)),
            (Coercion::Datatype(datatype), value) => {
                if self.exact && prop.def.is_some_and(|def| def.ours) {
                    exact::refuse_other_kind(value, datatype, path)?;
                }
                self.literal(value, Some(datatype), path)?
            }
            (_, Json::String(text)) => {
                let language = match prop.def.map(|def| &def.language) {
                    Some(Own::Said(own)) => own.as_deref(),
                    _ => active.language.as_deref(),
                };
                let direction = active.direction_of(prop.def);
                if self.exact && (language.is_some() || direction.is_some()) && prop.def.is_some_and(|def| def.ours) {
                    return not_exact(path, "a context gives the text a language or a direction");
                }
                self.text_literal(text, language, direction, Graph::Default, path)?
            }
            (_, value) => self.literal(value, None, path)?,
        };
        Ok(Item { term, kind: Kind::Value })
    }

    /// A `@json` literal: its JCS form.
    pub(crate) fn json_literal(&mut self, value: &Json<'_>) -> Term {
        let text = jcs::canonicalize(value);
        self.out.literal(&text, RDF_JSON, None)
    }

    /// A literal without language.
    fn literal(
        &mut self,
        value: &Json<'_>,
        datatype: Option<&str>,
        path: &Path<'_>,
    ) -> Result<Option<Term>, JsonLdError> {
        if let Some(datatype) = datatype
            && iri::form(datatype) != Form::Absolute
        {
            if self.safe {
                return Err(JsonLdError::NotAnIri { path: path.to_string(), value: datatype.to_owned() });
            }
            return Ok(None);
        }
        Ok(Some(match value {
            Json::String(text) => self.out.literal(text, datatype.unwrap_or(STRING), None),
            Json::Bool(true) => self.out.literal("true", datatype.unwrap_or(BOOLEAN), None),
            Json::Bool(false) => self.out.literal("false", datatype.unwrap_or(BOOLEAN), None),
            Json::Number(number) => {
                let natural = write_number(*number, datatype, &mut self.text);
                if self.exact && self.text.parse::<f64>() != Ok(*number) {
                    return not_exact(path, format!("{number:?} becomes {}, another number", self.text));
                }
                self.out.literal(&self.text, datatype.unwrap_or(natural), None)
            }
            _ => return Ok(None),
        }))
    }

    /// A text with a language, a direction, both or neither.
    pub(crate) fn text_literal(
        &mut self,
        text: &str,
        language: Option<&str>,
        direction: Option<Direction>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<Option<Term>, JsonLdError> {
        if let Some(language) = language
            && !is_a_language(language)
        {
            if self.safe {
                let fact = format!("{language:?} is no language tag");
                return standard(ErrorCode::InvalidLanguageTaggedString, path, fact);
            }
            return Ok(None);
        }
        Ok(Some(match (direction, self.options.rdf_direction) {
            (Some(direction), RdfDirection::I18nDatatype) => {
                let language = language.unwrap_or_default();
                let datatype = format!("https://www.w3.org/ns/i18n#{language}_{}", direction.as_str());
                self.out.literal(text, &datatype, None)
            }
            (Some(direction), RdfDirection::CompoundLiteral) => {
                let node = self.out.blank();
                for (predicate, object) in
                    [(RDF_VALUE, Some(text)), (RDF_LANGUAGE, language), (RDF_DIRECTION, Some(direction.as_str()))]
                {
                    if let Some(object) = object {
                        let (predicate, object) = (self.out.iri(predicate), self.out.literal(object, STRING, None));
                        self.emit(Some(node), Some(predicate), Some(object), graph, path)?;
                    }
                }
                node
            }
            _ => match language {
                Some(language) => self.out.literal(text, LANG_STRING, Some(language)),
                None => self.out.literal(text, STRING, None),
            },
        }))
    }

    /// A value object (steps 13.4.7 to 13.4.9, 15).
    #[expect(
        clippy::too_many_arguments,
        reason = "a step of one recursive walk: bundling them would copy them at each level"
    )]
    pub(crate) fn value_object(
        &mut self,
        active: &'s Active,
        of_types: &'s Active,
        prop: Prop<'_>,
        object: &'d Object<'d>,
        head: &Head<'d>,
        graph: Graph,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        let Some((name, value)) = head.find(Keyword::Value) else { return Ok(()) };
        let mut language = None;
        let mut direction = None;
        for (keyword, (name, member)) in head.rest.iter().copied() {
            let path = &Path::Member(path, name);
            match keyword {
                Keyword::Value => {}
                Keyword::Language => match member {
                    Json::String(text) => language = Some(text.to_lowercase()),
                    _ => return standard(ErrorCode::InvalidLanguageTaggedString, path, "the language is not a text"),
                },
                Keyword::Direction => match member.as_str().and_then(Direction::parse) {
                    None => return standard(ErrorCode::InvalidBaseDirection, path, "neither ltr nor rtl"),
                    found => direction = found,
                },
                Keyword::Index if matches!(member, Json::String(_)) => {}
                Keyword::Index => return standard(ErrorCode::InvalidIndexValue, path, "the index is not a text"),
                _ => return standard(ErrorCode::InvalidValueObject, path, "not of a value object"),
            }
        }
        if head.id.is_some() || self.has_properties(active, object, path)? {
            return standard(ErrorCode::InvalidValueObject, path, "a value object with more than a value");
        }
        let datatype = match head.types {
            None => None,
            Some((name, of)) => Some(self.datatype(of_types, of, &Path::Member(path, name))?),
        };
        if datatype.is_some() && (language.is_some() || direction.is_some()) {
            return standard(ErrorCode::InvalidValueObject, path, "a type beside a language or a direction");
        }
        let value_path = &Path::Member(path, name);
        let term = match (datatype, value) {
            (Some(Datatype::Json), value) => Some(self.json_literal(value)),
            (_, Json::Null) => return self.dropped("a null value", value_path),
            (_, Json::Array(items)) if items.is_empty() => {
                return standard(ErrorCode::InvalidValueObjectValue, value_path, "neither text, number nor boolean");
            }
            (_, Json::Array(_) | Json::Object(_)) => {
                return standard(ErrorCode::InvalidValueObjectValue, value_path, "neither text, number nor boolean");
            }
            (Some(Datatype::Iri(datatype)), value) => self.literal(value, Some(&datatype), path)?,
            (None, Json::String(text)) => self.text_literal(text, language.as_deref(), direction, graph, path)?,
            (None, _) if language.is_some() => {
                return standard(ErrorCode::InvalidLanguageTaggedValue, value_path, "only a text has a language");
            }
            (None, value) => self.literal(value, None, path)?,
        };
        match prop.place {
            Where::Root | Where::Floating => self.dropped("a value without a member", path),
            Where::Included => standard(ErrorCode::InvalidIncludedValue, path, "no node object"),
            Where::Member(_) => {
                self.items.push(Item { term, kind: Kind::Value });
                Ok(())
            }
        }
    }

    fn datatype(&self, active: &Active, of: &Json<'_>, path: &Path<'_>) -> Result<Datatype, JsonLdError> {
        let wrong = || standard(ErrorCode::InvalidTypedValue, path, "the type is no IRI");
        let text = match of {
            Json::String(text) => text,
            Json::Array(items) if items.iter().all(|item| item.as_str().is_some()) => return wrong(),
            _ => return standard(ErrorCode::InvalidTypeValue, path, "the type is not a text"),
        };
        match active.expand(text, true, true) {
            Expanded::Keyword(Keyword::Json) => Ok(Datatype::Json),
            Expanded::Text(iri) if iri::form(&iri) == Form::Absolute => Ok(Datatype::Iri(iri.into_owned())),
            Expanded::Text(_) if self.safe => {
                Err(JsonLdError::UndefinedType { path: path.to_string(), value: text.clone().into_owned() })
            }
            _ => wrong(),
        }
    }
}

enum Datatype {
    Json,
    Iri(String),
}

/// Writes the number's lexical form and gives its own datatype.
fn write_number(number: f64, datatype: Option<&str>, text: &mut String) -> &'static str {
    text.clear();
    // Writing to a String cannot fail.
    if number.fract() == 0.0 && number.abs() < NO_INTEGER && datatype != Some(DOUBLE) {
        // Adding zero makes of negative zero what ECMAScript writes.
        let _ = write!(text, "{:.0}", number + 0.0);
        return INTEGER;
    }
    // XML Schema 1.1 §3.3.5.2: "%1.15E" without trailing zeros.
    let _ = write!(text, "{number:.15E}");
    if let Some((mantissa, exponent)) = text.split_once('E') {
        let mantissa = mantissa.trim_end_matches('0');
        let zero = if mantissa.ends_with('.') { "0" } else { "" };
        let short = format!("{mantissa}{zero}E{exponent}");
        *text = short;
    }
    DOUBLE
}

/// Whether this has the form of a language tag (RFC 5646 §2.2.9, "well-formed", in short).
fn is_a_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(at, part)| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphabetic() || (at > 0 && byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_canonical_forms() {
        for (number, datatype, lexical, own) in [
            (2.5, None, "2.5E0", DOUBLE),
            (240.0, None, "240", INTEGER),
            (240.0, Some(DOUBLE), "2.4E2", DOUBLE),
            (-0.0, None, "0", INTEGER),
            (1e21, None, "1.0E21", DOUBLE),
            (1e20, None, "100000000000000000000", INTEGER),
            (1.1e-7, None, "1.1E-7", DOUBLE),
            (5.0, Some("urn:other"), "5", INTEGER),
            (5.5, Some("urn:other"), "5.5E0", DOUBLE),
            (0.0, Some(DOUBLE), "0.0E0", DOUBLE),
        ] {
            let mut text = String::new();
            assert_eq!((write_number(number, datatype, &mut text), text.as_str()), (own, lexical), "{number}");
        }
    }
}
