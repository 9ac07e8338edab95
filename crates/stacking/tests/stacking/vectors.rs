//! Does counting give what the specification's vectors say? Found by search, and checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Issuer, Wallet, World, badge_text};
use serde_json::{Map, Value, json};
use stapel_credential::{Plan, Target};

struct Cast {
    school: Issuer,
    college: Issuer,
    board: Issuer,
}

impl Cast {
    fn by(&self, case: &Value) -> &Issuer {
        if case["by"] == "COLLEGE" { &self.college } else { &self.school }
    }

    /// The programme with DIDs where names stand.
    fn programme(&self, text: &Value) -> Value {
        let named = [("SCHOOL", &self.school), ("COLLEGE", &self.college), ("BOARD", &self.board)];
        let name = |text: String, (name, issuer): (&str, &Issuer)| {
            text.replace(&format!("\"{name}\""), &json!(issuer.did()).to_string())
        };
        serde_json::from_str(&named.into_iter().fold(text.to_string(), name)).unwrap()
    }

    fn badge(&self, world: &World, of: &Value) -> stapel_verifier::Verified<stapel_credential::AchievementCredential> {
        let issuer = self.by(of);
        let mut text = badge_text(issuer, of["id"].as_str().unwrap(), of["achievement"].as_str().unwrap());
        for (member, value) in of.as_object().unwrap() {
            let (subject, value) = (member.as_str(), value.clone());
            let achievement = &mut text["credentialSubject"]["achievement"];
            match subject {
                "id" | "achievement" | "by" => {}
                "awarded" => text["awardedDate"] = value,
                "unit" => achievement["creditUnit"] = value,
                "sector" => achievement["sector"] = value,
                "outcomes" => {
                    let outcome = |url: &Value| json!({"type": ["Alignment"], "targetName": "O", "targetUrl": url, "targetType": "CFItem"});
                    achievement["alignment"] = value.as_array().unwrap().iter().map(outcome).collect();
                }
                "credits" => text["credentialSubject"]["creditsEarned"] = value,
                "hours" => {
                    let work = json!([{"type": ["Workplace"], "workplaceCompany": "B", "workplaceHours": value}]);
                    text["credentialSubject"]["workplace"] = work;
                }
                other => panic!("no vector says {other:?}"),
            }
        }
        world.badge(issuer, &text)
    }
}

fn fills(plan: &Plan) -> BTreeMap<String, Vec<String>> {
    let target = |target: &Target| match target {
        Target::Part { id, way } => format!("part {id} {way}"),
        Target::Slot { requirement, slot } => format!("slot {requirement} {slot}"),
        Target::Exemption { id } => format!("exemption {id}"),
    };
    let by = |fill: &stapel_credential::Fill| fill.by.iter().map(|credential| credential.id.to_string()).collect();
    plan.fills.iter().map(|fill| (target(&fill.target), by(fill))).collect()
}

#[test]
fn every_vector_gets_what_it_says() {
    let cast = Cast { school: Issuer::new(1), college: Issuer::new(2), board: Issuer::new(3) };
    let world = World::pinning(&[&cast.school, &cast.college, &cast.board]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/programmes/vectors");
    let (mut files, mut wrong) = (0, Vec::new());
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        files += 1;
        let vector: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let programme = world.programme(&cast.school, &cast.programme(&vector["programme"]));
        for (at, case) in vector["cases"].as_array().unwrap().iter().enumerate() {
            let mut wallet =
                Wallet::new(case["holds"].as_array().unwrap().iter().map(|of| cast.badge(&world, of)).collect());
            let held = wallet.credentials.clone();
            for decision in case["exempt"].as_array().into_iter().flatten() {
                let words = |member: &str| {
                    let list = decision[member].as_array().into_iter().flatten();
                    list.map(|word| word.as_str().unwrap()).collect::<Vec<_>>()
                };
                let cited = words("cites")
                    .into_iter()
                    .map(|id| held.iter().find(|badge| badge.reference().id.as_str() == id).unwrap().digest());
                let (id, cited) = (decision["id"].as_str().unwrap(), cited.collect::<Vec<_>>());
                let holder = wallet.holder.to_string();
                let decision = world.decision(&cast.board, id, &holder, &programme, &words("parts"), &cited);
                wallet.decisions.push(decision);
            }
            let found = wallet.find(&world, &programme);
            assert_eq!(wallet.check(&world, &programme, &found.plan).unwrap(), found.progress);
            let progress = serde_json::to_value(&found.progress).unwrap();
            let mut got = Map::new();
            for member in case["expect"].as_object().unwrap().keys() {
                let value = if member == "fills" { json!(fills(&found.plan)) } else { progress[member].clone() };
                got.insert(member.clone(), value);
            }
            if Value::Object(got.clone()) != case["expect"] {
                let (name, expected) = (file.file_stem().unwrap().to_string_lossy().into_owned(), &case["expect"]);
                wrong.push(format!("{name}, case {at}\n  expected {expected}\n  found    {}", json!(got)));
            }
        }
    }
    assert!(files >= 9, "{files} vectors");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
