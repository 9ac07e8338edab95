//! Are our contexts what their tables of terms say, and do they stay clear of everybody else's terms?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use stapel_credential::context::{
    BADGE_EXTENSION, DOCUMENT_EXTENSION, DOCUMENT_TERMS, OB_V3, PRESENTATION_EXTENSION, PRESENTATION_TERMS, STAPEL,
    TERMS, Term, TermShape, VC_V2, badge_contexts, document_contexts, extended_presentation_contexts,
    plain_badge_contexts,
};

use crate::vectors;

/// The context that a table of terms describes, as its JCS form.
fn made_from(terms: &[Term]) -> String {
    let mut members = BTreeMap::from([("@protected".to_owned(), json!(true))]);
    for term in terms {
        let address = match term.shape {
            TermShape::Prefix => term.iri.to_owned(),
            _ => term.iri.replacen(STAPEL, "stapel:", 1),
        };
        let definition = match term.shape {
            TermShape::Set => format!(r#"{{"@container":"@set","@id":"{address}"}}"#),
            TermShape::Json => format!(r#"{{"@id":"{address}","@type":"@json"}}"#),
            _ => format!("{address:?}"),
        };
        let twice = members.insert(term.term.to_owned(), Value::String(definition));
        assert!(twice.is_none(), "{} stands twice in the table", term.term);
    }
    let members: Vec<String> = members
        .into_iter()
        .map(|(name, definition)| format!("{name:?}:{}", definition.as_str().map_or("true".to_owned(), str::to_owned)))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn the_contexts_are_what_their_tables_say() {
    assert_eq!(BADGE_EXTENSION, made_from(TERMS));
    assert_eq!(DOCUMENT_EXTENSION, made_from(DOCUMENT_TERMS));
    // It has no prefix of its own, so that it may stand after the other one, whose terms are protected.
    assert_eq!(PRESENTATION_EXTENSION, made_from(PRESENTATION_TERMS).replace("stapel:", STAPEL));
    let written = serde_json::to_string(&extended_presentation_contexts()).unwrap();
    assert_eq!(written, format!("[{VC_V2:?},{DOCUMENT_EXTENSION},{PRESENTATION_EXTENSION}]"));
}

#[test]
fn every_term_has_an_address_and_a_meaning_of_its_own() {
    for terms in [TERMS, DOCUMENT_TERMS, PRESENTATION_TERMS] {
        let addresses: BTreeSet<&str> = terms.iter().map(|term| term.iri).collect();
        assert_eq!(addresses.len(), terms.len());
        assert!(terms.iter().all(|term| !term.meaning.is_empty()));
    }
}

#[test]
fn every_parent_is_a_standard_type_or_a_term_of_the_same_table() {
    let standard = ["", "Achievement", "AchievementSubject", "VerifiablePresentation"];
    for terms in [TERMS, DOCUMENT_TERMS, PRESENTATION_TERMS] {
        for term in terms {
            let known = standard.contains(&term.parent) || terms.iter().any(|other| other.term == term.parent);
            assert!(known, "{} has the unknown parent {}", term.term, term.parent);
        }
    }
}

#[test]
fn badges_and_documents_share_no_term_but_the_prefix() {
    let names = |terms: &[Term]| terms.iter().map(|term| term.term).collect::<BTreeSet<_>>();
    let shared: Vec<_> = names(TERMS).intersection(&names(DOCUMENT_TERMS)).copied().collect();
    assert_eq!(shared, ["stapel"]);
}

#[test]
fn the_lists_of_contexts_are_read_as_they_are_written() {
    for (contexts, addresses, inline) in [
        (badge_contexts(), vec![VC_V2, OB_V3], Some(BADGE_EXTENSION)),
        (plain_badge_contexts(), vec![VC_V2, OB_V3], None),
        (document_contexts(), vec![VC_V2], Some(DOCUMENT_EXTENSION)),
    ] {
        let text = serde_json::to_string(&contexts).unwrap();
        let mut expected: Vec<String> = addresses.iter().map(|url| format!("{url:?}")).collect();
        expected.extend(inline.map(str::to_owned));
        assert_eq!(text, format!("[{}]", expected.join(",")));
        assert_eq!(serde_json::from_str::<Vec<stapel_credential::ContextEntry>>(&text).unwrap(), contexts);
    }
}

/// The terms that a context defines, at any depth, with the files that define them.
fn collect(context: &Value, file: &str, terms: &mut BTreeMap<String, BTreeSet<String>>) {
    match context {
        Value::Array(items) => items.iter().for_each(|item| collect(item, file, terms)),
        Value::Object(members) => {
            for (name, definition) in members {
                if !name.starts_with('@') {
                    terms.entry(name.clone()).or_default().insert(file.to_owned());
                }
                if let Some(scoped) = definition.get("@context") {
                    collect(scoped, file, terms);
                }
            }
        }
        _ => {}
    }
}

fn clashes(files: &[PathBuf]) -> (usize, Vec<String>) {
    let mut terms = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let document: Map<String, Value> = serde_json::from_str(&text).unwrap();
        collect(&document["@context"], &file.display().to_string(), &mut terms);
    }
    let ours = TERMS.iter().chain(DOCUMENT_TERMS).map(|term| term.term);
    let clashes = ours.filter_map(|term| Some(format!("{term} is also a term of {:?}", terms.get(term)?))).collect();
    (terms.len(), clashes)
}

#[test]
fn no_term_of_ours_is_a_term_of_the_pinned_contexts() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/contexts"));
    let files = ["credentials-v2.json", "ob-v3p0-context-3.0.3.json"].map(|name| folder.join(name));
    let (count, clashes) = clashes(&files);
    assert!(count > 100, "only {count} terms were found");
    assert_eq!(clashes, Vec::<String>::new());
}

#[test]
fn no_term_of_ours_is_a_term_of_vc_ob_or_clr_in_any_version() {
    let Some(folder) = vectors::folder() else { return };
    let files: Vec<PathBuf> = ["vc2/contexts", "ob3/contexts", "ob3/contexts/extensions", "clr2/contexts"]
        .iter()
        .flat_map(|name| vectors::files(&folder.join(name)))
        .collect();
    assert!(files.len() >= 18, "only {} contexts were found", files.len());
    let (count, clashes) = clashes(&files);
    assert!(count > 200, "only {count} terms were found");
    assert_eq!(clashes, Vec::<String>::new());
}
