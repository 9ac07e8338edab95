//! Datasets for tests: small random ones, and families that grow.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use stapel_jsonld::{Dataset, Term};

/// A subject, object or graph of a test dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    Blank(u8),
    Iri(u8),
    Literal(u8),
}

/// A statement of a test dataset.
pub(crate) type Quad = (Node, u8, Node, Option<Node>);

/// Takes the graph off a statement between two blank nodes: there RDFC-1.0 itself leaves the labels to the order of the input
/// (`work::between_blank_nodes_in_named_graphs_the_standard_leaves_the_labels_to_the_order`).
fn certain((subject, predicate, object, graph): Quad) -> Quad {
    let between = matches!((subject, object), (Node::Blank(_), Node::Blank(_)));
    (subject, predicate, object, graph.filter(|_| !between))
}

/// Few names, so that statements are often alike and sometimes equal.
pub(crate) fn small() -> impl Strategy<Value = Vec<Quad>> {
    let name = prop_oneof![6 => (0..5_u8).prop_map(Node::Blank), 1 => (0..2_u8).prop_map(Node::Iri)];
    let object = prop_oneof![8 => name.clone(), 1 => (0..4_u8).prop_map(Node::Literal)];
    vec((name.clone(), 0..2_u8, object, option::weighted(0.5, name)).prop_map(certain), 0..12)
}

/// Copies of one small dataset side by side, which have a named node in common or nothing: no blank node is the only one of its kind.
pub(crate) fn copies() -> impl Strategy<Value = Vec<Quad>> {
    let name = prop_oneof![5 => (0..3_u8).prop_map(Node::Blank), 1 => Just(Node::Iri(0))];
    let one = vec((name.clone(), 0..2_u8, name.clone(), option::weighted(0.5, name)).prop_map(certain), 1..6);
    (one, 2..4_u8).prop_map(|(one, copies)| {
        let shift = |node, copy| if let Node::Blank(blank) = node { Node::Blank(blank + 3 * copy) } else { node };
        let copy = |copy| {
            let moved = move |&(subject, predicate, object, graph): &Quad| {
                (shift(subject, copy), predicate, shift(object, copy), graph.map(|graph| shift(graph, copy)))
            };
            one.iter().map(moved).collect::<Vec<_>>()
        };
        (0..copies).flat_map(copy).collect()
    })
}

/// The dataset of these statements, where blank node N is the one that `numbers` puts in its place.
pub(crate) fn build(quads: &[Quad], numbers: &[u8]) -> Dataset {
    let mut dataset = Dataset::default();
    let blanks: Vec<Term> = numbers.iter().map(|_| dataset.blank()).collect();
    for &(subject, predicate, object, graph) in quads {
        let mut term = |node| match node {
            Node::Blank(blank) => blanks[usize::from(numbers[usize::from(blank)])],
            Node::Iri(number) => dataset.iri(&iri(number)),
            Node::Literal(number) => {
                let (value, datatype, language) = literal(number);
                dataset.literal(value, datatype, language)
            }
        };
        let (subject, object, graph) = (term(subject), term(object), graph.map(term));
        let predicate = dataset.iri(&iri(predicate));
        dataset.push((subject, predicate, object, graph));
    }
    dataset
}

fn iri(number: u8) -> String {
    format!("urn:ex:{}", "p".repeat(usize::from(number) + 1))
}

fn literal(number: u8) -> (&'static str, &'static str, Option<&'static str>) {
    const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
    match number {
        0 => ("a", STRING, None),
        1 => ("a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", Some("en")),
        2 => ("a", "urn:ex:type", None),
        _ => ("a \"quoted\"\n\u{1}\u{7f}ë", STRING, None),
    }
}

/// The statements in N-Quads text, for the reference.
pub(crate) fn lines(quads: &[Quad]) -> Vec<[String; 4]> {
    let text = |node| match node {
        Node::Blank(blank) => format!("_:e{blank}"),
        Node::Iri(number) => format!("<{}>", iri(number)),
        Node::Literal(0) => "\"a\"".to_owned(),
        Node::Literal(1) => "\"a\"@en".to_owned(),
        Node::Literal(2) => "\"a\"^^<urn:ex:type>".to_owned(),
        Node::Literal(_) => "\"a \\\"quoted\\\"\\n\\u0001\\u007Fë\"".to_owned(),
    };
    let line = |&(subject, predicate, object, graph): &Quad| {
        [text(subject), format!("<{}>", iri(predicate)), text(object), graph.map(text).unwrap_or_default()]
    };
    quads.iter().map(line).collect()
}

/// A dataset of edges between blank nodes, all with one predicate.
pub(crate) fn edges(edges: impl IntoIterator<Item = (u32, u32)>) -> Dataset {
    let mut dataset = Dataset::default();
    for (from, to) in edges {
        while dataset.blanks() <= from.max(to) {
            dataset.blank();
        }
        let predicate = dataset.iri("urn:ex:knows");
        dataset.push((Term::Blank(from), predicate, Term::Blank(to), None));
    }
    dataset
}

/// Each of so many blank nodes knows each other one.
pub(crate) fn clique(nodes: u32) -> Dataset {
    edges((0..nodes).flat_map(|from| (0..nodes).filter(move |to| *to != from).map(move |to| (from, to))))
}

/// Each of so many blank nodes knows the next, and the last the first.
pub(crate) fn ring(nodes: u32) -> Dataset {
    edges((0..nodes).map(|from| (from, (from + 1) % nodes)))
}

/// Each of so many blank nodes knows the next.
pub(crate) fn chain(nodes: u32) -> Dataset {
    edges((1..nodes).map(|to| (to - 1, to)))
}
