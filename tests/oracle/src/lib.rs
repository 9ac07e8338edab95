//! What do other people's JSON-LD and RDFC-1.0 make of the same document? The crates `json-ld` and `sophia_c14n`, behind our own types.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use iref::IriBuf;
use json_ld::rdf::RdfDirection;
use json_ld::syntax::{Parse as _, Value};
use json_ld::{JsonLdProcessor as _, RemoteDocument};
use rdf_types::{Id, LiteralType, Quad, Term as TheirTerm};
use sophia_api::prelude::*;
use sophia_api::quad::Spog;
use sophia_api::term::SimpleTerm;
use stapel_jsonld::{Contexts, Dataset, Term};

/// Our pinned contexts, parsed by `json-ld`.
static LOADER: LazyLock<HashMap<IriBuf, RemoteDocument>> = LazyLock::new(|| {
    let contexts = Contexts::embedded();
    let document = |url: &str| {
        let iri = IriBuf::new(url.to_owned()).expect("a context has an IRI");
        let text = contexts.text(url).expect("an embedded context has a text");
        (iri.clone(), RemoteDocument::new(Some(iri), None, Value::parse_str(text).expect("a context is JSON").0))
    };
    contexts.urls().map(document).collect()
});

/// The dataset that `json-ld` makes of a document, or its error. It drops in silence what means nothing.
///
/// # Errors
/// Its own sentence.
pub fn their_dataset(document: &str) -> Result<Dataset, String> {
    let value = Value::parse_str(document).map_err(|error| error.to_string())?.0;
    let input: RemoteDocument = RemoteDocument::new(None, None, value);
    let mut generator = rdf_types::generator::Blank::new_with_prefix("b".to_owned());
    let options = json_ld::Options { rdf_direction: Some(RdfDirection::I18nDatatype), ..json_ld::Options::default() };
    let rdf = futures::executor::block_on(input.to_rdf_using(&mut generator, &*LOADER, options));
    let mut rdf = rdf.map_err(|error| error.to_string())?;

    let mut dataset = Dataset::default();
    let mut blanks = HashMap::new();
    for Quad(subject, predicate, object, graph) in rdf.cloned_quads() {
        let mut node = |id: Id| match id {
            Id::Iri(iri) => dataset.iri(iri.as_str()),
            Id::Blank(label) => *blanks.entry(label).or_insert_with(|| dataset.blank()),
        };
        let (subject, predicate, graph) = (node(subject), node(predicate), graph.map(&mut node));
        let object = match object {
            TheirTerm::Id(id) => node(id),
            TheirTerm::Literal(literal) => match literal.type_ {
                LiteralType::Any(datatype) => dataset.literal(&literal.value, datatype.as_str(), None),
                LiteralType::LangString(language) => dataset.literal(&literal.value, "", Some(language.as_str())),
            },
        };
        dataset.push((subject, predicate, object, graph));
    }
    Ok(dataset)
}

/// A dataset as N-Quads, not canonical: blank nodes by their numbers, statements as they stand.
pub fn n_quads(dataset: &Dataset) -> String {
    let text = |term| match term {
        Term::Blank(number) => format!("_:n{number}"),
        other => dataset.text(other).to_owned(),
    };
    let line = |&(subject, predicate, object, graph): &stapel_jsonld::dataset::Quad| {
        let graph = graph.map(|graph| text(graph) + " ").unwrap_or_default();
        format!("{} {} {} {graph}.\n", text(subject), text(predicate), text(object))
    };
    dataset.quads().iter().map(line).collect()
}

/// The canonical text that `sophia_c14n` makes of N-Quads, or its error.
///
/// # Errors
/// Its own sentence.
pub fn their_canonical(n_quads: &str) -> Result<String, String> {
    let dataset: HashSet<Spog<SimpleTerm<'static>>> =
        sophia_turtle::parser::nq::parse_str(n_quads).collect_quads().map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    sophia_c14n::rdfc10::normalize(&dataset, &mut text).map_err(|error| error.to_string())?;
    String::from_utf8(text).map_err(|error| error.to_string())
}
