//! Who could hold what, toward the 36 programmes of the catalogue? Random wallets of their badges, copies, decisions, and what does not belong.

use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, ExemptionDecisionCredential, ProgrammeCredential};
use stapel_verifier::Verified;

use crate::support::{HOLDER, Issuer, Random, Wallet, World, badge_text};

/// One programme with everything that a wallet may draw toward it.
pub(crate) struct Shelf {
    pub(crate) programme: Verified<ProgrammeCredential>,
    pub(crate) awards: Vec<String>,
    /// By part: what shows it, the same under another id, by a stranger, and a friend's.
    badges: Vec<Vec<Verified<AchievementCredential>>>,
    decisions: Vec<Verified<ExemptionDecisionCredential>>,
}

/// All of them, and the world that trusts their body.
pub(crate) struct Catalogue {
    pub(crate) world: World,
    pub(crate) shelves: Vec<Shelf>,
}

fn texts() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/catalogue");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let body = Issuer::new(1).did();
    let read = |file: &std::path::PathBuf| std::fs::read_to_string(file).unwrap().replace("ISSUER", &body);
    let json = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    json.map(|file| serde_json::from_str(&read(file)).unwrap()).collect()
}

impl Catalogue {
    pub(crate) fn new() -> Self {
        let (body, stranger, board) = (Issuer::new(1), Issuer::new(2), Issuer::new(5));
        let texts = texts();
        let codes =
            texts.iter().flat_map(|text| text["awards"].as_array().unwrap()).filter_map(|award| award.get("code"));
        let mandates: Vec<Value> = codes.map(|code| json!({"code": code, "from": "2015-01-01"})).collect();
        let entry = |issuer: &Issuer, kind: &str, mandates: &[Value]| json!({"did": issuer.did(), "name": kind, "kind": kind, "from": "2015-01-01", "mandates": mandates});
        let entries = json!([
            entry(&body, "mbo", &mandates),
            entry(&stranger, "hbo", &[]),
            entry(&board, "examination-board", &[])
        ]);
        let world = World::with_list(&entries);
        let shelves = texts.iter().enumerate().map(|(at, text)| Shelf::new(&world, at, text)).collect();
        Self { world, shelves }
    }

    /// A wallet toward some of the programmes: of one much, of others little, with what does not belong.
    pub(crate) fn wallet(&self, seed: u64) -> Wallet {
        let mut random = Random::new(seed);
        let mut wallet = Wallet::new(Vec::new());
        let homes = 1 + random.below(6);
        for _ in 0..homes {
            let home = random.pick(&self.shelves);
            let share = random.below(101);
            for badges in &home.badges {
                if random.chance(share) {
                    wallet.credentials.push(random.pick(badges).clone());
                }
                if random.chance(15) {
                    wallet.credentials.extend(badges.iter().filter(|_| random.chance(50)).cloned());
                }
            }
            for decision in &home.decisions {
                if random.chance(share / 3) {
                    wallet.decisions.push(decision.clone());
                }
            }
        }
        let copies: Vec<_> = wallet.credentials.iter().filter(|_| random.chance(10)).cloned().collect();
        wallet.credentials.extend(copies);
        random.shuffle(&mut wallet.credentials);
        wallet
    }
}

impl Shelf {
    fn new(world: &World, at: usize, text: &Value) -> Self {
        let (body, stranger, board) = (Issuer::new(1), Issuer::new(2), Issuer::new(5));
        let programme = world.programme(&body, text);
        let parts = text["parts"].as_array().unwrap();
        let ids: Vec<&str> = parts.iter().map(|part| part["id"].as_str().unwrap()).collect();
        let mut badges = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            let achievement = part["ways"][0]["all"][0]["achievement"][0].as_str().unwrap();
            let badge = |issuer: &Issuer, copy: &str, holder: &str| {
                let mut text = badge_text(issuer, &format!("urn:b:{at}:{number}:{copy}"), achievement);
                text["credentialSubject"]["id"] = json!(holder);
                world.badge(issuer, &text)
            };
            badges.push(vec![
                badge(&body, "one", HOLDER),
                badge(&body, "two", HOLDER),
                badge(&stranger, "stranger", HOLDER),
                badge(&body, "friend", "did:example:friend"),
            ]);
        }
        let decision = |number: usize, parts: &[&str], evidence: &[stapel_credential::Digest]| {
            world.decision(&board, &format!("urn:d:{at}:{number}"), HOLDER, &programme, parts, evidence)
        };
        let mut decisions = vec![decision(0, &ids, &[])];
        for (number, part) in ids.iter().enumerate() {
            // Every other decision rests on the badge of another part.
            let rests_on = badges[(number + 1) % ids.len()][0].digest();
            decisions.push(decision(
                1 + number,
                &[part],
                if number % 2 == 0 { std::slice::from_ref(&rests_on) } else { &[] },
            ));
        }
        let awards = text["awards"].as_array().unwrap().iter().map(|award| award["id"].as_str().unwrap().to_owned());
        Self { awards: awards.collect(), programme, badges, decisions }
    }
}

/// How many of the searches over these wallets end `best`, of how many, and the most credentials that one held.
pub(crate) fn proven(catalogue: &Catalogue, wallets: std::ops::Range<u64>) -> (usize, usize, usize) {
    let (mut best, mut all, mut most) = (0, 0, 0);
    for seed in wallets {
        let wallet = catalogue.wallet(seed);
        let mut random = Random::new(seed + 1);
        most = most.max(wallet.credentials.len());
        for shelf in &catalogue.shelves {
            let award = (!shelf.awards.is_empty()).then(|| random.pick(&shelf.awards).as_str());
            let question = stapel_credential::Question::progress(award);
            let found = wallet.ask(&catalogue.world, &shelf.programme, &question).unwrap();
            all += 1;
            best += usize::from(found.optimality == stapel_stacking::Optimality::Best);
        }
    }
    (best, all, most)
}
