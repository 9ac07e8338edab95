//! Ours beside theirs.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use stapel_credential::json;
use stapel_jsonld::{Contexts, Options, Reading, WorkLimit, canonicalize, nquads, to_dataset_with};
use stapel_oracle::{n_quads, their_canonical, their_dataset};

use crate::badges::{badge, free};

fn canonical(dataset: &stapel_jsonld::Dataset) -> String {
    canonicalize(dataset, &WorkLimit::default()).expect("a random document is no poison").into_text()
}

/// Compares the canonical text of both; false if both refuse.
fn compare(document: &Value, reading: Reading) -> Result<bool, TestCaseError> {
    let text = document.to_string();
    let tree = json::parse(&text).expect("what was written can be read");
    let mut options = Options::exact();
    options.reading = reading;
    match (to_dataset_with(&tree, Contexts::embedded(), &options), their_dataset(&text)) {
        (Ok(ours), Ok(theirs)) => {
            prop_assert_eq!(canonical(&ours), canonical(&theirs), "{}", text);
            let n_quads = n_quads(&ours);
            prop_assert_eq!(canonical(&ours), their_canonical(&n_quads).expect("sophia answers"), "{}", text);
            Ok(true)
        }
        (Err(_), Err(_)) => Ok(false),
        (ours, theirs) => Err(TestCaseError::fail(format!("ours {:?}\ntheirs {:?}\n{text}", ours.err(), theirs.err()))),
    }
}

proptest! {
    #[test]
    fn a_badge_is_the_dataset_that_json_ld_makes_of_it(document in badge()) {
        prop_assert!(compare(&document, Reading::Safe)?, "refused: {document}");
    }

    #[test]
    fn a_free_document_is_the_dataset_that_json_ld_makes_of_it(document in free()) {
        prop_assert!(compare(&document, Reading::Standard)?, "refused: {document}");
    }

    #[test]
    fn a_random_graph_has_the_canonical_text_that_sophia_gives_it(
        edges in vec((0..6_u8, 0..2_u8, 0..6_u8, prop_oneof![4 => Just(None), 1 => (0..6_u8).prop_map(Some)]), 0..14),
    ) {
        // Where a blank node stands twice in a statement, sophia_c14n 0.10 hashes that statement twice for it; RDFC-1.0 §4.4.3 step 2
        // has it once, as ours and npm's rdf-canonize 5.0 do. And between blank nodes in named graphs the standard leaves the labels to
        // the order of the input.
        let once = |(from, _, to, _): &&(u8, u8, u8, Option<u8>)| from != to;
        let line = |(from, name, to, graph): &(u8, u8, u8, Option<u8>)| {
            match graph {
                Some(graph) if graph != from => format!("_:b{from} <urn:ex:{name}> <urn:ex:{to}> _:b{graph} .\n"),
                _ => format!("_:b{from} <urn:ex:{name}> _:b{to} .\n"),
            }
        };
        let text: String = edges.iter().filter(once).map(line).collect();
        let ours = canonicalize(&nquads::parse(&text).expect("N-Quads").dataset, &WorkLimit::default());
        // Its limits are other ones than ours.
        if let (Ok(ours), Ok(theirs)) = (ours, their_canonical(&text)) {
            prop_assert_eq!(ours.text(), theirs);
        }
    }
}
