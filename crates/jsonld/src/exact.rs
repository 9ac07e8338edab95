//! Is what was signed what is read? The rules of exact reading: no second spelling of the same dataset that reads otherwise.
//!
//! A signature over a dataset says nothing of the JSON that the dataset came from. Whoever reads members by name must therefore be
//! sure that each name means what the contexts that we know mean by it, that nothing known has another name, that each thing stands
//! where it is read, and that nothing is said that the dataset does not hold.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use stapel_credential::json::{Json, Object};

use crate::error::JsonLdError;
use crate::expand::not_exact;
use crate::hash::{Folding, Seeded, of_json};
use crate::head::Head;
use crate::path::Path;
use crate::term::{Container, Keyword, Mapping, TermDef};
use crate::walk::{Graph, Walker, Where};
use crate::{JsonLdError as Refused, dataset::Term};

/// What exact reading thinks of a term definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    Fine,
    /// A name of ours with a meaning of somebody else's.
    OtherMeaning,
    /// A meaning of ours under another name.
    OtherName(Arc<str>),
    /// A name for a keyword.
    Alias(&'static str),
    /// A member that turns statements around.
    Reverse,
    /// A container whose keys are data.
    Map,
}

/// Every name that a context of ours defines, with what it stands for. One line an IRI: the IRI, the names; of several, the first
/// small one is the member's and the capital ones are the types'. A test makes it again from the contexts.
const TERMS: &str = include_str!("../contexts/terms.txt");

struct Known {
    names: HashSet<&'static str, Seeded>,
    iris: HashMap<&'static str, Vec<&'static str>, Seeded>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { names: HashSet::default(), iris: HashMap::default() };
    for line in TERMS.lines() {
        let mut words = line.split(' ');
        let Some(iri) = words.next() else { continue };
        let names: Vec<&str> = words.collect();
        known.names.extend(&names);
        known.iris.insert(iri, names);
    }
    known
});

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

fn is_small(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// What exact reading thinks of the term as a member's name.
pub(crate) fn as_member(term: &str, def: &TermDef) -> Standing {
    let known = &*KNOWN;
    if def.ours {
        return match &def.mapping {
            Mapping::Iri(iri) => match known.iris.get(&**iri).map(Vec::as_slice) {
                Some(names @ [first, _, ..]) => {
                    let of_members = names.iter().find(|name| is_small(name)).unwrap_or(first);
                    if *of_members == term { Standing::Fine } else { Standing::OtherName(Arc::clone(iri)) }
                }
                _ => Standing::Fine,
            },
            _ => Standing::Fine,
        };
    }
    match (term, &def.mapping) {
        ("id", Mapping::Keyword(Keyword::Id)) | ("type", Mapping::Keyword(Keyword::Type)) => return Standing::Fine,
        _ if known.names.contains(term) => return Standing::OtherMeaning,
        (_, Mapping::Keyword(keyword)) => return Standing::Alias(keyword.as_str()),
        (_, Mapping::Iri(iri)) if is_known(iri) => return Standing::OtherName(Arc::clone(iri)),
        _ => {}
    }
    match def {
        TermDef { reverse: true, .. } => Standing::Reverse,
        def if def.container.has(Container::MAPS) => Standing::Map,
        _ => Standing::Fine,
    }
}

/// What exact reading thinks of the term as a type, or as another value.
pub(crate) fn as_value(term: &str, def: &TermDef) -> Standing {
    let known = &*KNOWN;
    let Mapping::Iri(iri) = &def.mapping else { return Standing::Fine };
    let names = known.iris.get(&**iri).map(Vec::as_slice).unwrap_or_default();
    if !def.ours {
        return if known.names.contains(term) {
            Standing::OtherMeaning
        } else if is_known(iri) {
            Standing::OtherName(Arc::clone(iri))
        } else {
            Standing::Fine
        };
    }
    if is_small(term) && names.iter().any(|name| !is_small(name)) {
        return Standing::OtherName(Arc::clone(iri));
    }
    Standing::Fine
}

/// Whether the IRI has a name in a context of ours, or builds lists and types.
fn is_known(iri: &str) -> bool {
    iri.starts_with(RDF) || KNOWN.iris.contains_key(iri)
}

/// A datatype of ours says whether JSON has a text, a number or a boolean: `"5"` and `5` would be the same literal.
pub(crate) fn refuse_other_kind(value: &Json<'_>, datatype: &str, path: &Path<'_>) -> Result<(), JsonLdError> {
    let sound = match datatype.rsplit_once('#').map(|(_, name)| name) {
        Some("boolean") => matches!(value, Json::Bool(_)),
        Some("float" | "double" | "decimal" | "integer" | "nonNegativeInteger" | "positiveInteger") => {
            matches!(value, Json::Number(_))
        }
        _ => matches!(value, Json::String(_)),
    };
    if sound { Ok(()) } else { not_exact(path, format!("another kind of JSON value than {datatype} has")) }
}

impl<'d> Walker<'_, 'd, '_> {
    pub(crate) fn refuse_standing(standing: &Standing, term: &str, path: &Path<'_>) -> Result<(), JsonLdError> {
        let trick = match standing {
            Standing::Fine => return Ok(()),
            Standing::OtherMeaning => format!("a context of the document gives {term} another meaning than is known"),
            Standing::OtherName(iri) => format!("{term} is another name for {iri}"),
            Standing::Alias(keyword) => format!("{term} is another name for {keyword}"),
            Standing::Reverse => format!("{term} turns its statements around"),
            Standing::Map => format!("the members of {term} are data"),
        };
        not_exact(path, trick)
    }

    /// A credential about the document could otherwise change places with it, where it is read.
    pub(crate) fn refuse_documents_inside(
        head: &Head<'_>,
        place: Where<'_>,
        path: &Path<'_>,
    ) -> Result<(), JsonLdError> {
        if !matches!(place, Where::Member(name) if !matches!(name, "verifiableCredential" | "endorsement")) {
            return Ok(());
        }
        let mut types = head.types.into_iter().flat_map(|(_, value)| value.as_items()).filter_map(Json::as_str);
        match types.find(|name| matches!(*name, "VerifiableCredential" | "VerifiablePresentation")) {
            Some(name) => not_exact(path, format!("a {name} stands where none is expected")),
            None => Ok(()),
        }
    }

    /// An IRI that has a name must be written by that name.
    pub(crate) fn refuse_known(iri: &str, path: &Path<'_>) -> Result<(), JsonLdError> {
        if is_known(iri) { not_exact(path, format!("{iri} is not written by its name")) } else { Ok(()) }
    }

    /// No keywords but those of a value with a language, and no names for keywords but `id` and `type`.
    pub(crate) fn refuse_keywords(object: &Object<'_>, head: &Head<'_>, path: &Path<'_>) -> Result<(), JsonLdError> {
        let named = |member: Option<(&str, _)>, name: &str| member.is_none_or(|(found, _)| found == name);
        if named(head.id, "id") && named(head.types, "type") && head.rest.is_empty() {
            return Ok(());
        }
        let of_a_text = object.find("@value").is_some_and(|value| matches!(value, Json::String(_)))
            && (object.find("@language").is_some() || object.find("@direction").is_some())
            && object.iter().all(|(name, _)| matches!(name, "@value" | "@language" | "@direction"));
        if of_a_text {
            return Ok(());
        }
        let members = head.id.into_iter().chain(head.types).chain(head.rest.iter().map(|(_, member)| *member));
        match members.map(|(name, _)| name).find(|name| !matches!(*name, "id" | "type")) {
            Some(name) => not_exact(&Path::Member(path, name), format!("the keyword or alias {name}")),
            None => not_exact(path, "id or type stands twice"),
        }
    }

    /// The same thing twice in one set: the dataset has it once.
    pub(crate) fn refuse_twins(&self, mark: usize, values: &'d [Json<'d>], path: &Path<'_>) -> Result<(), JsonLdError> {
        let items = self.items.get(mark..).unwrap_or_default();
        let texts = || {
            items.iter().filter_map(|item| match item.term {
                Some(term @ Term::Text { .. }) => Some(self.out.text(term)),
                _ => None,
            })
        };
        let twins = if items.len() <= 8 && values.len() <= 8 {
            texts().enumerate().any(|(at, text)| texts().skip(at + 1).any(|other| other == text))
                || values.iter().enumerate().any(|(at, value)| values.iter().skip(at + 1).any(|other| other == value))
        } else {
            let mut seen: HashSet<&str, Seeded> = HashSet::default();
            let mut hashes: HashSet<u64, Seeded> = HashSet::default();
            texts().any(|text| !seen.insert(text))
                || values.iter().any(|value| {
                    let mut hash = Folding::new();
                    of_json(value, &mut hash);
                    !hashes.insert(std::hash::Hasher::finish(&hash))
                })
        };
        if twins { not_exact(path, "the same stands twice in one set") } else { Ok(()) }
    }
}

/// Where each named thing stands, and with which members.
#[derive(Debug, Default)]
pub(crate) struct Identities<'d>(Vec<Seen<'d>>);

#[derive(Debug, Clone, Copy)]
struct Seen<'d> {
    id: &'d str,
    graph: Graph,
    /// Its object, unless it is a bare reference.
    object: Option<&'d Object<'d>>,
    /// Whether it stands where its members are read.
    read: bool,
}

impl<'d> Identities<'d> {
    pub(crate) fn add(&mut self, id: &'d str, graph: Graph, object: Option<&'d Object<'d>>, path: &Path<'_>) {
        self.0.push(Seen { id, graph, object, read: is_read(path) });
    }

    /// Statements must not be moved from one place of a thing to another: at one place all of them stand, everywhere else some of
    /// them with the very same values; and where they are read all of them stand.
    pub(crate) fn check(&mut self, root: Option<&'d Object<'d>>) -> Result<(), Refused> {
        if self.0.len() < 2 {
            return Ok(());
        }
        let key = |seen: &Seen<'d>| (seen.id, graph_key(seen.graph));
        self.0.sort_by_key(key);
        for same in self.0.chunk_by(|left, right| key(left) == key(right)) {
            let Some(whole) = same.iter().filter_map(|seen| seen.object).max_by_key(|object| object.len()) else {
                continue;
            };
            for seen in same {
                let sound = match seen.object {
                    None => !seen.read,
                    Some(object) if std::ptr::eq(object, whole) => true,
                    Some(object) => {
                        (!seen.read || object.len() == whole.len())
                            && object.iter().all(|(name, value)| whole.find(name) == Some(value))
                    }
                };
                if !sound {
                    let path = root.zip(seen.object).and_then(|(root, object)| path_of(root, object, "$"));
                    return Err(JsonLdError::NotExact {
                        path: path.unwrap_or_else(|| "$".to_owned()),
                        trick: format!(
                            "what is said of {} stands at several places, at this one not all of it",
                            seen.id
                        ),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Whether members are read by name here: of the document, its issuer or holder, its subject, achievement and status.
fn is_read(path: &Path<'_>) -> bool {
    let mut path = path;
    let mut below = None;
    loop {
        match (path, below) {
            (Path::Item(of, _), _) => path = of,
            (Path::Root, None | Some("issuer" | "holder" | "credentialSubject" | "credentialStatus")) => return true,
            (Path::Member(of, name), None) => (path, below) = (of, Some(*name)),
            (Path::Member(of, "credentialSubject"), Some("achievement")) => {
                (path, below) = (of, Some("credentialSubject"));
            }
            _ => return false,
        }
    }
}

fn graph_key(graph: Graph) -> Option<Term> {
    match graph {
        Graph::Named(name) => Some(name),
        Graph::Default | Graph::Nowhere => None,
    }
}

/// The JSON path of this very object.
fn path_of(from: &Object<'_>, object: &Object<'_>, path: &str) -> Option<String> {
    if std::ptr::addr_eq(from, object) {
        return Some(path.to_owned());
    }
    from.iter().find_map(|(name, value)| match value {
        Json::Object(inner) => path_of(inner, object, &format!("{path}.{name}")),
        Json::Array(items) => items.iter().enumerate().find_map(|(index, item)| match item {
            Json::Object(inner) => path_of(inner, object, &format!("{path}.{name}[{index}]")),
            _ => None,
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::OnceLock;

    use stapel_credential::{context, json};

    use super::*;
    use crate::Contexts;
    use crate::active::Active;
    use crate::options::ProcessingMode;
    use crate::process::{How, Processor};
    use crate::space::{Family, Space};

    /// The names under each IRI, in this context and in those inside it.
    fn gather(active: &Active, processor: &mut Processor<'_>, found: &mut BTreeMap<String, BTreeSet<String>>) {
        for (name, def) in &active.terms {
            let iri = match &def.mapping {
                Mapping::Iri(iri) => iri.to_string(),
                Mapping::Keyword(keyword) => keyword.as_str().to_owned(),
                Mapping::Null => continue,
            };
            found.entry(iri).or_default().insert(name.to_string());
            if let Some(scoped) = &def.scoped {
                processor.work = 1_000_000;
                let how = How {
                    base: None,
                    chain: None,
                    override_protected: true,
                    propagate: true,
                    validate: true,
                    ours: true,
                };
                let inner = processor.process(active, &scoped.json, how).unwrap();
                // Only what is new there, or this would never end.
                let mut new = inner;
                new.terms.retain(|name, def| active.terms.get(name).is_none_or(|outer| !Arc::ptr_eq(outer, def)));
                gather(&new, processor, found);
            }
        }
    }

    #[test]
    fn the_list_of_known_names_is_that_of_the_contexts() {
        let (family, passing) = (Family::new(), OnceLock::new());
        let mut processor = Processor {
            contexts: Contexts::embedded(),
            space: Space { family: &family, passing: &passing },
            mode: ProcessingMode::JsonLd11,
            original_base: None,
            work: 1_000_000,
            work_limit: 1_000_000,
            depth: 0,
            weight: 0,
        };
        let urls = Contexts::embedded().urls().map(|url| format!("{url:?}"));
        let extensions = [context::BADGE_EXTENSION, context::DOCUMENT_EXTENSION, context::PRESENTATION_EXTENSION];
        let mut found = BTreeMap::new();
        for local in urls.chain(extensions.map(str::to_owned)) {
            let how = How {
                base: None,
                chain: None,
                override_protected: false,
                propagate: true,
                validate: true,
                ours: false,
            };
            let active = processor.process(&Active::initial(None), &json::parse(&local).unwrap(), how).unwrap();
            assert!(active.ours, "{local} is not known as ours");
            gather(&active, &mut processor, &mut found);
        }
        let listed: BTreeMap<String, BTreeSet<String>> = TERMS
            .lines()
            .map(|line| {
                let mut words = line.split(' ').map(str::to_owned);
                (words.next().unwrap(), words.collect())
            })
            .collect();
        let lines = |map: &BTreeMap<String, BTreeSet<String>>| {
            map.iter()
                .map(|(iri, names)| format!("{iri} {}", names.iter().cloned().collect::<Vec<_>>().join(" ")))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(lines(&listed), lines(&found));
    }

    #[test]
    fn of_several_names_for_one_iri_the_small_one_is_the_members() {
        let several: Vec<&str> = TERMS.lines().filter(|line| line.split(' ').count() > 2).collect();
        for line in &several {
            let small: Vec<&str> = line.split(' ').skip(1).filter(|name| is_small(name)).collect();
            assert!(small.len() <= 1 || small == ["expires", "expiration"], "{line}: which one is the member's?");
        }
        assert!(several.len() >= 8, "only {several:?}");
    }
}
