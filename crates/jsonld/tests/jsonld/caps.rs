//! Is too much refused, with a clear error, before it costs much?

use serde_json::{Map, Value, json};
use stapel_jsonld::Options;

use crate::support::{badge, read};

fn refusal(document: &Value) -> String {
    read(document, &Options::safe()).unwrap_err().to_string()
}

#[test]
fn more_statements_than_the_cap_are_refused() {
    let mut document = badge();
    document["name"] = (0..10_001).map(|number| json!(format!("name {number}"))).collect();
    assert_eq!(refusal(&document), "$.name: more than 10000 statements");
}

#[test]
fn a_context_with_too_many_terms_is_refused() {
    let terms: Map<String, Value> = (0..30_000).map(|number| (format!("t{number}"), json!("urn:x:t"))).collect();
    let document = json!({ "@context": terms, "t1": "value" });
    assert_eq!(refusal(&document), "$.@context: more than 50000 steps for its contexts");
}

#[test]
fn many_types_with_scopes_of_their_own_are_refused() {
    let types: Map<String, Value> = (0..40)
        .map(|number| {
            (
                format!("T{number}"),
                json!({ "@id": format!("urn:x:T{number}"), "@context": { format!("t{number}"): "urn:x:t" } }),
            )
        })
        .collect();
    let filler: Map<String, Value> = (0..400).map(|number| (format!("f{number}"), json!("urn:x:f"))).collect();
    let objects: Vec<Value> = (0..2000_u64)
        .map(|number| {
            let names = (0..40).filter(|bit| (number * 2_654_435_761) >> (bit % 40) & 1 == 1);
            json!({ "@type": names.map(|name| format!("T{name}")).collect::<Vec<_>>() })
        })
        .collect();
    let document = json!({ "@context": [filler, types], "urn:x:p": objects });
    let error = refusal(&document);
    assert!(error.contains("more than"), "{error}");
}

#[test]
fn contexts_deep_in_contexts_are_refused() {
    let mut context = json!({});
    for _ in 0..20 {
        context = json!({ "p": { "@id": "urn:x:p", "@context": context } });
    }
    let document = json!({ "@context": context, "p": "v" });
    assert!(read(&document, &Options::safe()).is_ok());
    // Deeper than this, the JSON itself is refused where it is parsed; each level of a scope costs two levels of JSON.
    let mut document = json!("v");
    for _ in 0..60 {
        document = json!({ "urn:x:p": document });
    }
    assert!(read(&document, &Options::safe()).is_ok());
}

#[test]
fn a_chain_of_prefixes_is_refused_before_the_stack_ends() {
    let mut context = Map::new();
    for number in 0..5000 {
        context.insert(format!("p{number}"), json!(format!("p{}:x", number + 1)));
    }
    let document = json!({ "@context": context, "p0": "v" });
    assert_eq!(refusal(&document), "$.@context: more than 64 terms defined by one another");
}
