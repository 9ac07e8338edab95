//! Is the work bounded, and in the ordinary case in proportion to the document? Counted in steps, never in time.

use stapel_jsonld::rdfc::{MAX_DEPTH, Work};
use stapel_jsonld::{Dataset, RdfcError, Term, WorkLimit, canonicalize, nquads};

use crate::datasets::{chain, clique, edges, ring};

const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

fn work(dataset: &Dataset) -> Work {
    canonicalize(dataset, &WorkLimit::default()).unwrap().work()
}

fn poisoned() -> Result<(), RdfcError> {
    Err(RdfcError::Poisoned { steps: WorkLimit::default().steps })
}

fn verdict(dataset: &Dataset) -> Result<(), RdfcError> {
    canonicalize(dataset, &WorkLimit::default()).map(drop)
}

/// Results of a badge: a blank node for each, which hangs on one subject and has a value and a mark of its own or a shared one.
fn results(count: u32, distinct: bool, subject: impl Fn(&mut Dataset) -> Term) -> Dataset {
    let mut dataset = Dataset::default();
    let subject = subject(&mut dataset);
    for number in 0..count {
        let result = dataset.blank();
        let has = dataset.iri("urn:ex:result");
        dataset.push((subject, has, result, None));
        let value = dataset.iri("urn:ex:value");
        let text = dataset.literal(&if distinct { number.to_string() } else { "same".to_owned() }, STRING, None);
        dataset.push((result, value, text, None));
    }
    dataset
}

#[test]
fn blank_nodes_that_differ_take_no_steps_however_many() {
    for count in [50, 500, 5_000] {
        let dataset = results(count, true, |dataset| dataset.iri("urn:ex:subject"));
        // Each blank node stands in two statements, and each is hashed once for it.
        assert_eq!(work(&dataset), Work { lines: 2 * u64::from(count), steps: 0 });
        let dataset = results(count, true, Dataset::blank);
        assert_eq!(work(&dataset), Work { lines: 3 * u64::from(count), steps: 0 });
    }
}

#[test]
fn five_thousand_blank_nodes_that_say_the_same_of_a_named_one_take_a_step_or_so_each() {
    for count in [50, 500, 5_000] {
        let steps = work(&results(count, false, |dataset| dataset.iri("urn:ex:subject"))).steps;
        assert_eq!(steps, u64::from(count));
        let steps = work(&results(count, false, Dataset::blank)).steps;
        assert_eq!(steps, 3 * u64::from(count));
    }
}

#[test]
fn pairs_that_look_alike_take_steps_in_proportion() {
    for pairs in [50, 500, 2_500] {
        let steps = work(&edges((0..pairs).map(|pair| (2 * pair, 2 * pair + 1)))).steps;
        assert!(steps <= 10 * u64::from(pairs), "{pairs}: {steps}");
    }
}

#[test]
fn one_blank_node_or_none_is_not_hashed() {
    let mut dataset = results(1, true, |dataset| dataset.iri("urn:ex:subject"));
    // Blank nodes that no statement has are not in the dataset.
    let unused = dataset.blank();
    let canonical = canonicalize(&dataset, &WorkLimit::default()).unwrap();
    assert_eq!(canonical.work(), Work::default());
    assert_eq!((canonical.label(Term::Blank(0)), canonical.label(unused)), (Some(0), None));
    assert_eq!(canonical.text(), "<urn:ex:subject> <urn:ex:result> _:c14n0 .\n_:c14n0 <urn:ex:value> \"0\" .\n");
    assert_eq!(work(&results(0, true, |dataset| dataset.iri("urn:ex:subject"))), Work::default());
    assert_eq!(canonicalize(&Dataset::default(), &WorkLimit::default()).unwrap().text(), "");
}

#[test]
fn cliques_are_refused() {
    assert_eq!(verdict(&clique(4)), Ok(()));
    for nodes in [8, 10, 30, 100] {
        assert_eq!(verdict(&clique(nodes)), poisoned(), "{nodes}");
    }
}

#[test]
fn long_rings_and_chains_are_refused_and_short_ones_told_apart() {
    for nodes in [2, 3, 10, 50] {
        assert_eq!(verdict(&ring(nodes)), Ok(()), "{nodes}");
        assert_eq!(verdict(&chain(nodes)), Ok(()), "{nodes}");
    }
    let too_deep = Err(RdfcError::TooDeep { depth: MAX_DEPTH });
    for nodes in [200, 1_000, 10_000] {
        let refused = [verdict(&ring(nodes)), verdict(&chain(nodes))];
        assert!(refused.iter().all(|one| *one == poisoned() || *one == too_deep), "{nodes}: {refused:?}");
    }
}

#[test]
fn many_neighbours_that_look_alike_are_refused() {
    // Two centres, each with so many leaves: the orders of the leaves are as many as their factorial.
    let stars =
        |leaves: u32| edges((0..2).flat_map(|star| (0..leaves).map(move |leaf| (star, 2 + star * leaves + leaf))));
    assert_eq!(verdict(&stars(4)), Ok(()));
    assert_eq!(verdict(&stars(12)), poisoned());
    assert_eq!(verdict(&stars(4_999)), poisoned());
}

#[test]
fn many_statements_between_two_blank_nodes_count_as_one_neighbour() {
    // In ten graphs, so that one neighbour stands ten times in the list of which orders are tried.
    let mut dataset = Dataset::default();
    let (one, other) = (dataset.blank(), dataset.blank());
    for graph in 0..10 {
        let predicate = dataset.iri("urn:ex:knows");
        let graph = dataset.iri(&format!("urn:ex:graph:{graph}"));
        dataset.push((one, predicate, other, Some(graph)));
        dataset.push((other, predicate, one, Some(graph)));
    }
    assert!(work(&dataset).steps < 400);
}

#[test]
fn the_deepest_chain_fits_in_a_small_stack() {
    let limit = WorkLimit { steps: u64::MAX, ..WorkLimit::default() };
    let run = move || [MAX_DEPTH, 10_000].map(|nodes| canonicalize(&ring(nodes), &limit).map(drop));
    let verdicts = std::thread::Builder::new().stack_size(512 << 10).spawn(run).unwrap().join().unwrap();
    assert_eq!(verdicts, [Ok(()), Err(RdfcError::TooDeep { depth: MAX_DEPTH })]);
}

#[test]
fn between_blank_nodes_in_named_graphs_the_standard_leaves_the_labels_to_the_order() {
    // RDFC-1.0 §4.8 looks at subject, object and graph of a statement one by one: that x goes with one direction and y with the other
    // is lost, so the two in the middle have equal hashes and are not alike. npm's rdf-canonize 5.0 gives both texts too. Each still
    // says what the input says, so nothing passes for something else; a signature over such a dataset may not hold elsewhere.
    let statements = ["_:a <urn:ex:0> _:x .", "_:b <urn:ex:1> _:d _:y .", "_:d <urn:ex:1> _:b _:x ."];
    let text = |lines: &[&str]| {
        let text = lines.join("\n");
        canonicalize(&nquads::parse(&text).unwrap().dataset, &WorkLimit::default()).unwrap().into_text()
    };
    let [_, second, third] = statements;
    let texts = [text(&statements), text(&[third, second, statements[0]])];
    let [one, other] =
        ["c14n4 _:c14n1 .\n_:c14n4 <urn:ex:1> _:c14n3 _:c14n0", "c14n4 _:c14n0 .\n_:c14n4 <urn:ex:1> _:c14n3 _:c14n1"]
            .map(|end| format!("_:c14n2 <urn:ex:0> _:c14n0 .\n_:c14n3 <urn:ex:1> _:{end} .\n"));
    assert!(texts.iter().all(|text| *text == one || *text == other), "{texts:?}");
}

#[test]
fn a_long_predicate_costs_its_length_at_each_step() {
    let mut dataset = Dataset::default();
    let (one, other) = (dataset.blank(), dataset.blank());
    let predicate = dataset.iri(&format!("urn:ex:{}", "p".repeat(64_000)));
    dataset.push((one, predicate, other, None));
    dataset.push((other, predicate, one, None));
    assert!(work(&dataset).steps > 4_000);
}

#[test]
fn short_documents_with_long_terms_are_refused() {
    let mut dataset = Dataset::default();
    let subject = dataset.iri(&format!("urn:ex:{}", "s".repeat(1 << 20)));
    for _ in 0..20 {
        dataset.push((subject, subject, subject, None));
    }
    let bytes = WorkLimit::default().bytes;
    assert_eq!(verdict(&dataset), Err(RdfcError::TooLong { bytes }));

    dataset.clear();
    let terms = [(); 20].map(|()| dataset.iri(&format!("urn:ex:{}", "s".repeat(1 << 20))));
    let name = dataset.iri("urn:ex:name");
    dataset.push((name, name, terms[19], None));
    assert_eq!(verdict(&dataset), Err(RdfcError::NoTerm { number: 1 }));
    assert_eq!(dataset.text(terms[19]), "");
}

#[test]
fn labels_count_toward_the_length() {
    let dataset = nquads::parse("_:a <urn:ex:p> _:b .\n").unwrap().dataset;
    let length = "_:c14n0 <urn:ex:p> _:c14n1 .\n".len();
    assert!(canonicalize(&dataset, &WorkLimit { bytes: length, ..WorkLimit::default() }).is_ok());
    let refused = canonicalize(&dataset, &WorkLimit { bytes: length - 1, ..WorkLimit::default() });
    assert_eq!(refused, Err(RdfcError::TooLong { bytes: length - 1 }));
}

#[test]
fn what_is_no_statement_is_refused() {
    let mut dataset = Dataset::default();
    let (iri, blank) = (dataset.iri("urn:ex:a"), dataset.blank());
    let literal = dataset.literal("a", STRING, None);
    for quad in
        [(literal, iri, iri, None), (iri, blank, iri, None), (iri, literal, iri, None), (iri, iri, iri, Some(literal))]
    {
        let mut one = dataset.clone();
        one.push((iri, iri, literal, Some(blank)));
        one.push(quad);
        assert_eq!(verdict(&one), Err(RdfcError::NoStatement { number: 2 }), "{quad:?}");
    }
    for strange in [Term::Blank(1), Term::Blank(u32::MAX), Term::Text { start: 3, len: u32::MAX }] {
        let mut one = dataset.clone();
        one.push((iri, iri, strange, None));
        assert_eq!(verdict(&one), Err(RdfcError::NoTerm { number: 1 }), "{strange:?}");
    }
}

#[test]
fn a_dataset_that_was_cleared_is_as_good_as_new() {
    let mut dataset = Dataset::with_capacity(2, 40);
    for _ in 0..2 {
        let (blank, iri) = (dataset.blank(), dataset.iri("urn:ex:p"));
        dataset.push((blank, iri, blank, None));
        let canonical = canonicalize(&dataset, &WorkLimit::default()).unwrap();
        assert_eq!(canonical.text(), "_:c14n0 <urn:ex:p> _:c14n0 .\n");
        assert_eq!((dataset.text(iri), dataset.text(blank)), ("<urn:ex:p>", ""));
        dataset.clear();
    }
}
