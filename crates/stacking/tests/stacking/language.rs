//! Do the guide, the specification, the schema and the code say the same about the programme language?

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Value, json};
use stapel_credential::{Plan, Programme, Question, json as strict};
use stapel_stacking::Rules;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Validator {
    let text = fs::read_to_string(root().join("docs/programme.schema.json")).unwrap();
    jsonschema::draft202012::new(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// What the schema says is wrong.
fn by_schema(schema: &Validator, programme: &Value) -> Vec<String> {
    schema.iter_errors(programme).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// What the code says is wrong, or the advice that it gives.
fn by_code(text: &str) -> Result<Vec<String>, Vec<String>> {
    strict::parse(text).map_err(|error| vec![error.to_string()])?;
    let programme: Programme = strict::view(text).map_err(|error| vec![error.to_string()])?;
    let sentences = |errors: Vec<_>| errors.iter().map(ToString::to_string).collect::<Vec<_>>();
    Ok(Rules::read(&programme).map_err(sentences)?.advice().iter().map(ToString::to_string).collect())
}

/// The fenced JSON of a page: the heading above, the kind after `json`, and the text.
fn examples(page: &str) -> Vec<(String, String, String)> {
    let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
    let (mut found, mut heading, mut open): (Vec<_>, _, Option<(String, String)>) = (Vec::new(), String::new(), None);
    for line in text.lines() {
        match &mut open {
            Some(_) if line == "```" => {
                let (kind, text) = open.take().unwrap();
                found.push((heading.clone(), kind, text));
            }
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line.starts_with("```json") => {
                open = Some((line.trim_start_matches("```json").trim().to_owned(), String::new()));
            }
            None if line.starts_with('#') => line.trim_start_matches(['#', ' ']).clone_into(&mut heading),
            None => {}
        }
    }
    found
}

/// The programme that an example means: itself, or the page's whole programme with the example in its place.
fn put_in_place(whole: &Value, kind: &str, example: &Value) -> Value {
    let mut programme = whole.clone();
    match kind {
        "programme" => programme = example.clone(),
        "awards" => programme["awards"] = example.clone(),
        "requirement" => programme["awards"][0]["requirement"] = example.clone(),
        "limits" => programme["awards"][0]["limits"] = example.clone(),
        "part" => {
            programme["parts"].as_array_mut().unwrap().push(example.clone());
            let asked = programme["awards"][0]["requirement"]["all"].as_array_mut().unwrap();
            asked.push(json!({"part": example["id"]}));
        }
        "members" => programme.as_object_mut().unwrap().extend(example.as_object().unwrap().clone()),
        other => panic!("no example is called {other:?}"),
    }
    programme
}

#[test]
fn every_example_of_the_guide_and_the_specification_is_read_and_fits_the_schema() {
    let schema = schema();
    for page in ["programmes.md", "programme-language.md"] {
        let examples = examples(page);
        let whole = examples.iter().find(|(_, kind, _)| kind == "programme").unwrap();
        let whole: Value = serde_json::from_str(&whole.2).unwrap();
        for (heading, kind, text) in &examples {
            let place = format!("{page}, {heading}: {text}");
            if kind == "plan" {
                strict::view::<Plan>(text).expect(&place);
                continue;
            }
            if kind == "question" {
                strict::view::<Question>(text).expect(&place);
                continue;
            }
            strict::parse(text).expect(&place);
            let programme = put_in_place(&whole, kind, &serde_json::from_str(text).expect(&place));
            assert_eq!(by_schema(&schema, &programme), Vec::<String>::new(), "{place}");
            let advice = by_code(&programme.to_string()).expect(&place);
            if kind == "programme" {
                assert_eq!(advice, Vec::<String>::new(), "{place}");
            }
            // What stands in place of the whole may leave parts of it unasked; any other advice would be bad advice here.
            let other: Vec<_> = advice.iter().filter(|advice| !advice.contains(": no award asks for part")).collect();
            assert_eq!(other, Vec::<&String>::new(), "{place}");
        }
    }
}

#[test]
fn the_guide_has_an_example_for_each_rule_and_each_pattern() {
    let examples = examples("programmes.md");
    for pattern in 1..=15 {
        let heading = format!("S{pattern} ");
        assert!(examples.iter().any(|(of, ..)| of.starts_with(&heading)), "S{pattern} has no example");
    }
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(root().join("docs/programme.schema.json")).unwrap()).unwrap();
    let of = |properties: &Value| properties.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut members = of(&schema["properties"]);
    for object in schema["$defs"].as_object().unwrap().values().filter(|object| object["properties"].is_object()) {
        members.extend(of(&object["properties"]));
    }
    let whole: Value = serde_json::from_str(&examples[0].2).unwrap();
    let in_place = |(_, kind, text): &(String, String, String)| {
        put_in_place(&whole, kind, &serde_json::from_str(text).unwrap()).to_string()
    };
    let all: String = examples.iter().map(in_place).collect();
    for member in members {
        let found = all.contains(&format!("\"{member}\":"));
        assert!(found || member == "description", "the guide has no example of {member}");
    }
    let guide = fs::read_to_string(root().join("docs/programmes.md")).unwrap();
    for list in ["kind", "issuerKind", "sector", "setting", "basis", "unit"] {
        for word in schema["$defs"][list]["enum"].as_array().unwrap() {
            let word = word.as_str().unwrap();
            assert!(guide.contains(&format!("`{word}`")), "the guide does not say what {list} {word} means");
        }
    }
    let specification = fs::read_to_string(root().join("docs/programme-language.md")).unwrap();
    for member in of(&schema["properties"]) {
        assert!(specification.contains(&format!("`{member}`")), "the specification says nothing of {member}");
    }
}

#[test]
fn every_programme_on_file_is_read_without_advice_and_fits_the_schema() {
    let schema = schema();
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("fixtures/programmes")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for route in fs::read_dir(root().join("fixtures/routes")).unwrap() {
        files.push(route.unwrap().path().join("programme.json"));
    }
    files.retain(|file| file.is_file() && file.extension().is_some_and(|end| end == "json"));
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        // The routes name institutions by their role, where a DID stands.
        let mut text = fs::read_to_string(&file).unwrap();
        for role in ["ISSUER", "SECOND", "THIRD", "BOARD", "BRANCH", "COLLEGE", "UNIVERSITY"] {
            let did = format!("\"did:web:{}.example\"", role.to_lowercase());
            text = text.replace(&format!("\"{role}\""), &did);
        }
        let programme: Value = serde_json::from_str(&text).unwrap();
        let place = file.display().to_string();
        assert_eq!(by_schema(&schema, &programme), Vec::<String>::new(), "{place}");
        assert_eq!(by_code(&text), Ok(Vec::new()), "{place}");
        assert!(programme["illustrative"]["nl"].is_string(), "{place} says what is invented");
    }
}

/// A programme that says everything once.
fn full() -> Value {
    json!({
        "id": "urn:example:programme", "edition": "2026", "name": {"nl": "P"}, "unit": "SBU",
        "parts": [
            {"id": "a", "name": {"nl": "A"}, "group": "x", "theme": ["t"], "credits": 2.3, "level": "NLQF 4", "sector": "mbo",
             "ways": [{"all": [{"achievement": ["urn:a:a"], "issuer": ["did:example:a"], "code": ["code:A"]}], "covers": ["b"]}]},
            {"id": "b", "name": {"nl": "B"}, "credits": 10, "noExemption": false,
             "ways": [{"outcomes": {"of": ["urn:o:1", "urn:o:2"], "atLeast": 1}}]}
        ],
        "awards": [{
            "id": "d", "kind": "mbo-diploma", "name": {"nl": "D"}, "level": "NLQF 4+", "code": "crebo:25655",
            "requirement": {"all": [
                {"part": "a"}, {"any": [{"part": "b"}]}, {"choose": {"atLeast": 1, "atMost": 1, "of": [{"part": "b"}]}},
                {"id": "c", "credits": {"atLeast": 1.25, "from": {"group": ["x"], "free": [{"fits": {"issuerKind": ["evc-provider"]}, "atMost": 5}]}}},
                {"hours": {"atLeast": 1, "from": {"part": ["a"]}}},
                {"id": "e", "award": {"kind": ["mbo-diploma"]}}
            ]},
            "limits": [{"id": "l", "of": {"exemption": true}, "atMost": 5}]
        }],
        "equivalences": [{"codes": ["kcode:K0905", "kcode:C0001"], "source": "S", "date": "2020-02-29"}],
        "transitions": [{"fromEdition": "2025", "fromParts": [], "ways": [{"all": [{"code": ["brin:25LP01"]}]}], "shows": ["a"]}],
        "conversions": [{"from": "EC", "counts": 28, "per": 1, "source": "S"}],
        "issuerUnits": [{"issuer": "did:example:a", "unit": "EC"}],
        "repeatable": [{"code": ["isat:34560"]}],
        "enterFrom": "2026-01-01", "decidedBy": ["did:web:a.example%3A80:b"], "decidedByKind": ["examination-board"]
    })
}

/// A programme that says everything once, with one value changed; nothing takes the member away.
fn changed(pointer: &str, value: Option<&Value>) -> Value {
    let mut programme = full();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = programme.pointer_mut(parent).expect(pointer);
    match (parent, value) {
        (Value::Object(object), Some(value)) => {
            object.insert(member.to_owned(), value.clone());
        }
        (Value::Object(object), None) => assert!(object.remove(member).is_some(), "{pointer}"),
        (Value::Array(list), Some(value)) => list[member.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{pointer}"),
    }
    programme
}

const WAY: &str = "/parts/0/ways/0";
const RULES: &str = "/awards/0/requirement/all";

#[test]
fn schema_and_code_take_the_same() {
    let schema = schema();
    for (pointer, value) in [
        ("/parts/0/credits", json!(0.29)),
        ("/parts/0/credits", json!(10_000_000)),
        ("/parts/0/credits", json!(0)),
        ("/parts/0/ways/0/all/0/minimumLevel", json!("EQF 8")),
        ("/parts/0/ways/0/all/0/minimumLevel", json!(["NLQF entry", "EQF 1"])),
        ("/parts/0/ways/0/supplements", json!(false)),
        ("/awards/0/limits/0/of", json!({"exemption": true, "not": true})),
        ("/awards/0/limits/0/of", json!({"olderThanDays": 0, "sector": ["vo"], "not": true})),
        ("/awards/0/limits/0/of", json!({"sharedWith": ["urn:other"]})),
        ("/awards/0/requirement", json!({"choose": {"atLeast": 0, "atMost": 1, "of": [{"part": "a"}, {"part": "b"}]}})),
        ("/awards", json!([])),
        ("/description", json!({"nl": "Tekst"})),
    ] {
        let programme = changed(pointer, Some(&value));
        assert_eq!(by_schema(&schema, &programme), Vec::<String>::new(), "{pointer} = {value}");
        assert!(by_code(&programme.to_string()).is_ok(), "{pointer} = {value}: {:?}", by_code(&programme.to_string()));
    }
}

/// Members that may not be left out.
const NEEDED: &[&str] = &[
    "/id",
    "/edition",
    "/name",
    "/unit",
    "/parts",
    "/parts/0/id",
    "/parts/0/name",
    "/parts/0/credits",
    "/awards/0/id",
    "/awards/0/kind",
    "/awards/0/name",
    "/awards/0/requirement",
    "/awards/0/limits/0/id",
    "/awards/0/limits/0/of",
    "/awards/0/limits/0/atMost",
    "/equivalences/0/source",
    "/equivalences/0/date",
    "/transitions/0/fromParts",
    "/transitions/0/fromEdition",
    "/transitions/0/shows",
    "/transitions/0/ways",
    "/conversions/0/source",
    "/issuerUnits/0/unit",
    "/awards/0/requirement/all/2/choose/atLeast",
    "/awards/0/requirement/all/3/credits/from",
    "/awards/0/requirement/all/3/credits/from/free/0/fits",
    "/parts/1/ways/0/outcomes/of",
    "/awards/0/requirement/all/0/part",
    "/parts/0/ways/0/all/0/issuer",
    "/repeatable/0/code",
];

/// Values that may not stand there.
fn wrong_values() -> Vec<(String, Value)> {
    let way = |rest: &str| format!("{WAY}{rest}");
    let rules = |rest: &str| format!("{RULES}{rest}");
    vec![
        ("/colour".to_owned(), json!("red")),
        ("/id".to_owned(), json!("no uri")),
        ("/id".to_owned(), json!("urn:a b")),
        ("/unit".to_owned(), json!("ECTS")),
        ("/enterFrom".to_owned(), json!("1-1-2026")),
        ("/decidedBy".to_owned(), json!(["https://a.example"])),
        ("/decidedByKind".to_owned(), json!(["board"])),
        ("/parts".to_owned(), json!("a")),
        ("/parts/0/id".to_owned(), json!(" ")),
        ("/parts/0/colour".to_owned(), json!("red")),
        ("/parts/0/credits".to_owned(), json!(-1)),
        ("/parts/0/credits".to_owned(), json!("10")),
        ("/parts/0/credits".to_owned(), json!(10_000_001)),
        ("/parts/0/level".to_owned(), json!("NLQF 9")),
        ("/parts/0/level".to_owned(), json!(4)),
        ("/parts/0/sector".to_owned(), json!("MBO")),
        ("/parts/0/noExemption".to_owned(), json!("no")),
        (way("/colour"), json!(1)),
        (way("/all"), json!([])),
        (way("/all/0"), json!({})),
        (way("/all/0"), json!({"issuer": ["did:example:a"]})),
        (way("/all/0/colour"), json!("red")),
        (way("/all/0/code"), json!(["25655"])),
        (way("/all/0/code"), json!("crebo:25655")),
        (way("/all/0/kind"), json!(["diploma mbo"])),
        (way("/all/0/setting"), json!(["home"])),
        (way("/all/0/basis"), json!(["luck"])),
        (way("/all/0/maximumAgeDays"), json!(-1)),
        (way("/all/0/maximumAgeDays"), json!(1.5)),
        (way("/all/0/minimumResult"), json!(6)),
        (way("/all/0/issuer"), json!([])),
        (way("/outcomes"), json!({"of": ["urn:o:1"]})),
        (way("/supplements"), json!(true)),
        (way("/covers"), json!(["b", "b"])),
        ("/parts/1/ways/0/outcomes/of".to_owned(), json!([])),
        ("/parts/1/ways/0/outcomes/atLeast".to_owned(), json!(0)),
        ("/parts/1/ways/0/outcomes/fits".to_owned(), json!({"code": ["code:X"]})),
        ("/awards/0/kind".to_owned(), json!("mbo diploma")),
        ("/awards/0/code".to_owned(), json!("crebo:2565")),
        (rules(""), json!([])),
        (rules("/0"), json!({"part": "a", "all": [{"part": "b"}]})),
        (rules("/0"), json!({"id": "nothing"})),
        (rules("/0"), json!({"part": "a", "atLeast": 1})),
        (rules("/1/any"), json!([])),
        (rules("/2/choose/of"), json!([])),
        (rules("/2/choose"), json!({"atLeast": 0, "of": [{"part": "b"}]})),
        (rules("/2/choose/atMost"), json!(0)),
        (rules("/3/credits/atLeast"), json!(0)),
        (rules("/3/credits/from"), json!({})),
        (rules("/3/credits/from/free/0/fits"), json!({"kind": ["mbo-diploma"]})),
        (rules("/3/credits/from/shown"), json!({"not": true})),
        (rules("/4/hours/atLeast"), json!(0)),
        (rules("/4/hours/atLeast"), json!(1.5)),
        (rules("/5/award"), json!({"sector": ["mbo"]})),
        ("/awards/0/limits/0/of".to_owned(), json!({})),
        ("/awards/0/limits/0/of".to_owned(), json!({"exemption": true, "sector": ["mbo"]})),
        ("/awards/0/limits/0/of".to_owned(), json!({"exemption": false})),
        ("/equivalences/0/codes".to_owned(), json!(["kcode:K0905"])),
        ("/equivalences/0/date".to_owned(), json!("2020-13-01")),
        ("/transitions/0/shows".to_owned(), json!([])),
        ("/transitions/0/ways".to_owned(), json!([])),
        ("/conversions/0/from".to_owned(), json!("SBU")),
        ("/conversions/0/counts".to_owned(), json!(0)),
        ("/conversions/0/per".to_owned(), json!(0)),
        ("/repeatable/0".to_owned(), json!({"kind": ["testimonium"]})),
    ]
}

#[test]
fn schema_and_code_refuse_the_same() {
    let schema = schema();
    let wrong = |pointer: &str, value: Option<&Value>| {
        let programme = changed(pointer, value);
        let said = value.map_or_else(|| "left out".to_owned(), ToString::to_string);
        assert_ne!(by_schema(&schema, &programme), Vec::<String>::new(), "the schema takes {pointer}: {said}");
        assert!(by_code(&programme.to_string()).is_err(), "the code takes {pointer}: {said}");
    };
    for pointer in NEEDED {
        wrong(pointer, None);
    }
    for (pointer, value) in wrong_values() {
        wrong(&pointer, Some(&value));
    }
    let nothing = json!({"id": "urn:p", "edition": "1", "name": {}, "unit": "EC", "parts": []});
    assert_ne!(by_schema(&schema, &nothing), Vec::<String>::new());
    assert!(by_code(&nothing.to_string()).is_err());
}

#[test]
fn a_part_has_a_way_unless_a_transition_shows_it() {
    let schema = schema();
    let mut programme = full();
    programme["parts"][0].as_object_mut().unwrap().remove("ways");
    assert_eq!(by_schema(&schema, &programme), Vec::<String>::new());
    assert!(by_code(&programme.to_string()).is_ok());
    programme.as_object_mut().unwrap().remove("transitions");
    assert_ne!(by_schema(&schema, &programme), Vec::<String>::new());
    assert!(by_code(&programme.to_string()).is_err());
}

#[test]
fn the_schema_takes_the_programme_that_says_everything_once() {
    assert_eq!(by_schema(&schema(), &full()), Vec::<String>::new());
    let read: Programme = serde_json::from_value(full()).unwrap();
    assert_eq!(
        by_schema(&schema(), &serde_json::to_value(&read).unwrap()),
        Vec::<String>::new(),
        "and as it is written"
    );
}
