//! Does the demonstration list name the institutions of the fixtures, and do the badges beside it come out as their names say?
//!
//! The files of `fixtures/demonstration` are made here: `STAPEL_WRITE_VECTORS=1 cargo test -p stapel-verifier demonstration`.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stapel_credential::context::document_contexts;
use stapel_credential::{AchievementCredential, Digest};
use stapel_keys::{Signer as _, SigningKey};
use stapel_verifier::{Dossier, Outcome, Policy, verify_text};

use crate::world::*;

const CLOSED: &str = "did:web:mbo-gesloten.example";

/// The key of an institution of the routes, TEST ONLY: its seed is made of its name, as `fixtures/keys/README.md` says.
fn key_of(name: &str) -> SigningKey {
    SigningKey::from_seed(*Digest::of(format!("Stapel TEST ONLY: {name}").as_bytes()).as_bytes())
}

fn did_of(name: &str) -> String {
    format!("did:key:{}", key_of(name).verifying_key().to_multikey())
}

/// What the routes' trust lists say of each institution, by name.
fn of_the_routes() -> BTreeMap<String, Value> {
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    for route in std::fs::read_dir(fixtures("routes")).unwrap() {
        let Ok(csv) = std::fs::read_to_string(route.unwrap().path().join("trust-list.csv")) else { continue };
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some("did,name,kind,funding,brin,country,code,from,until"));
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let [_, name, kind, funding, brin, country, code, from, _] = cells[..] else { panic!("{line}") };
            let entry = all.entry(name.to_owned()).or_insert_with(|| {
                let mut entry = json!({
                    "did": did_of(name), "name": name, "kind": kind, "funding": funding, "country": country, "from": from,
                });
                if !brin.is_empty() {
                    entry["identifiers"] = json!([format!("brin:{brin}")]);
                }
                entry
            });
            if entry["from"].as_str().unwrap() > from {
                entry["from"] = json!(from);
            }
            if !code.is_empty() {
                let mut mandates = entry["mandates"].as_array().cloned().unwrap_or_default();
                mandates.push(json!({ "code": code, "from": from }));
                mandates.sort_by_key(ToString::to_string);
                mandates.dedup();
                entry["mandates"] = json!(mandates);
            }
        }
    }
    all
}

fn list() -> Value {
    let mut issuers: Vec<Value> = of_the_routes().into_values().collect();
    let name = "MBO Gesloten (illustratief)";
    issuers.push(json!({
        "did": CLOSED, "name": name, "kind": "mbo", "funding": "funded", "country": "NL",
        "from": "2010-08-01", "until": "2026-08-01",
        "mandates": [{ "code": "crebo:25655", "from": "2015-08-01", "until": "2026-08-01" }],
        "keys": [{ "id": format!("{CLOSED}#key-1"), "publicKeyMultibase": key_of(name).verifying_key().to_multikey() }],
        "successors": [{ "did": did_of("ROC Voorbeeld (illustratief)"), "from": "2026-08-01" }],
    }));
    let list = json!({
        "@context": document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0d004",
        "type": ["VerifiableCredential", "TrustListCredential"],
        "issuer": { "id": did("anchor"), "type": ["Profile"], "name": "Demonstratieregister (illustratief)" },
        "validFrom": "2026-11-01T00:00:00Z",
        "validUntil": "2036-11-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://register.example/demonstratie",
            "trustList": { "name": "Demonstratielijst (illustratief)", "sequence": 1, "issuers": issuers },
        },
    });
    pen("anchor").sign(list)
}

/// A badge by an institution of the list, or by one that nobody knows.
fn badge_by(name: &str, did: &str, method: &str, code: Option<&str>) -> Value {
    let mut badge = extended_badge();
    badge["issuer"]["id"] = json!(did);
    badge["issuer"]["name"] = json!(name);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    let achievement = badge["credentialSubject"]["achievement"].as_object_mut().unwrap();
    match code {
        Some(code) => achievement["otherIdentifier"][0]["identifier"] = json!(code),
        None => drop(achievement.remove("otherIdentifier")),
    }
    let signature = key_of(name);
    let mut proof = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": AWARDED,
        "proofPurpose": "assertionMethod", "verificationMethod": method,
    });
    let mut config = proof.clone();
    config["@context"] = badge["@context"].clone();
    let data = [dataset_digest(&config), dataset_digest(&badge)].concat();
    proof["proofValue"] = json!(signature.sign(&data).unwrap().to_multibase());
    badge["proof"] = proof;
    badge
}

fn of_a_key(name: &str, code: Option<&str>) -> Value {
    let key = key_of(name).verifying_key().to_multikey();
    badge_by(name, &did_of(name), &format!("did:key:{key}#{key}"), code)
}

/// Every file with what must come of it; the list itself is judged as whoever trusts the anchor does.
fn files() -> Vec<(&'static str, Value, Option<Outcome>)> {
    use Outcome::{Accepted, Refused, Undecided};
    let closed = "MBO Gesloten (illustratief)";
    let mut altered = of_a_key("ROC Voorbeeld (illustratief)", None);
    altered["credentialSubject"]["creditsEarned"] = json!(2_400);
    vec![
        ("trust-list.json", list(), None),
        ("accepted.json", of_a_key("Landstede MBO (illustratief)", Some("25655")), Some(Accepted)),
        (
            "accepted-of-a-closed-institution.json",
            badge_by(closed, CLOSED, &format!("{CLOSED}#key-1"), Some("25655")),
            Some(Accepted),
        ),
        ("undecided-issuer-unknown.json", of_a_key("Onbekende Academie (illustratief)", None), Some(Undecided)),
        ("refused-not-authorised.json", of_a_key("Hogeschool Voorbeeld (illustratief)", Some("25655")), Some(Refused)),
        ("refused-altered.json", altered, Some(Refused)),
    ]
}

#[test]
fn the_demonstration_list_vouches_for_the_institutions_of_the_fixtures_and_for_no_others() {
    let files = files();
    if std::env::var_os("STAPEL_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(fixtures("demonstration")).unwrap();
        for (name, document, _) in &files {
            std::fs::write(fixtures("demonstration").join(name), text(document) + "\n").unwrap();
        }
    }
    let read = |name: &str| std::fs::read_to_string(fixtures("demonstration").join(name)).unwrap();
    let mut dossier = Dossier::default();
    dossier.add_trust_list(read("trust-list.json").trim()).unwrap();
    let policy = Policy { trust_anchors: vec![a_did(&did("anchor"))], ..Policy::default() };
    for (name, document, outcome) in &files {
        let written = read(name);
        assert_eq!(written, text(document) + "\n", "{name}: STAPEL_WRITE_VECTORS=1 writes it again");
        let Some(outcome) = outcome else { continue };
        let verdict = verify_text::<AchievementCredential>(written.trim(), &dossier, &policy, instant(NOW));
        assert_eq!(verdict.outcome(), *outcome, "{name}: {:?}", verdict.findings());
    }
    let readme = std::fs::read_to_string(fixtures("demonstration/README.md")).unwrap();
    assert!(readme.contains(&did("anchor")), "the README names the anchor");
}

/// The example is built beside the tests: by `cargo nextest run`, `cargo test` and `cargo build --examples`.
#[test]
fn the_example_program_writes_a_row_for_each_file_of_a_folder() {
    let deps = std::env::current_exe().unwrap();
    let example = deps.parent().unwrap().with_file_name("examples").join("folder_to_csv");
    let folder = fixtures("demonstration");
    let accepted = std::fs::read_to_string(folder.join("accepted.json")).unwrap();
    let pin = serde_json::from_str::<Value>(&accepted).unwrap()["issuer"]["id"].as_str().unwrap().to_owned();
    let run = |arguments: &[&str]| std::process::Command::new(&example).args(arguments).output().unwrap();

    let told = run(&[folder.to_str().unwrap(), &pin]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let mut rows: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for row in csv::Reader::from_reader(told.stdout.as_slice()).records().map(Result::unwrap) {
        assert!(!row[3].is_empty(), "a row without its reasons: {row:?}");
        rows.insert(row[0].to_owned(), [row[1].to_owned(), row[2].to_owned()]);
    }
    assert_eq!(rows.len(), std::fs::read_dir(&folder).unwrap().count());
    assert_eq!(rows["accepted.json"], ["Accepted", "Basiszorg verlenen"]);
    assert_eq!(rows["refused-altered.json"], ["Refused", ""]);
    // Nobody but the pinned issuer is known, and nothing is fetched: that is no refusal.
    for file in ["accepted-of-a-closed-institution.json", "undecided-issuer-unknown.json"] {
        assert_eq!(rows[file], ["Undecided", ""], "{file}");
    }
    let nothing = run(&[]);
    assert!(!nothing.status.success());
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("give a folder of badges"), "{nothing:?}");
}
