//! Is any badge accepted that was changed after it was signed? Random changes of bytes and of JSON values, in every securing form.
//!
//! `STAPEL_MUTATIONS=1000000 cargo test --release -p stapel-tests --test mutations -- --nocapture` tries a million.

use serde_json::Value;
use stapel_credential::{AchievementCredential, Timestamp, json};
use stapel_did::did_key_verification_method;
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, Unsecured};
use stapel_tests::badge;
use stapel_verifier::{Dossier, Outcome, Policy, verify_text};

/// A small generator with a fixed seed, so that a failure can be repeated (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).expect("31 bits") % end.max(1)
    }
}

fn signed(suite: Cryptosuite) -> String {
    let issuer = badge::key(1);
    let mut content = badge::full();
    content.credential_status = None;
    let method = did_key_verification_method(&issuer.verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse("2026-06-30T12:00:00Z").expect("a date"));
    Unsecured::new(content).sign(&issuer, &options.with(suite)).expect("signs").text().to_owned()
}

fn is_accepted(text: &str) -> bool {
    let policy = Policy { pinned_issuers: vec![badge::did(1)], ..Policy::default() };
    let now = Timestamp::parse("2026-11-22T12:00:00Z").expect("a date");
    let verdict = verify_text::<AchievementCredential>(text, &Dossier::default(), &policy, now);
    matches!(verdict.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks)
}

/// A change of one to three bytes, wherever they stand; characters are kept whole.
fn bent_text(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    const LIKELY: [char; 20] =
        ['"', '{', '}', '[', ']', ':', ',', '0', '1', '9', 'a', 'Z', '@', '\\', ' ', '-', '_', '.', '#', '\u{e9}'];
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len());
        match random.below(5) {
            0 => characters[at] = LIKELY[random.below(LIKELY.len())],
            1 => characters.insert(at, LIKELY[random.below(LIKELY.len())]),
            2 => drop(characters.remove(at)),
            3 => {
                let other = random.below(characters.len());
                characters.swap(at, other);
            }
            _ => {
                let end = (at + 1 + random.below(40)).min(characters.len());
                let piece: Vec<char> = characters[at..end].to_vec();
                let to = random.below(characters.len());
                characters.splice(to..to, piece);
            }
        }
    }
    characters.into_iter().collect()
}

/// Every place of the tree, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, item) in members {
                places(item, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

/// A change of one value: exchanged with another, taken away, renamed, wrapped, or put beside a copy.
fn bent_tree(text: &str, random: &mut Random) -> String {
    let mut tree: Value = serde_json::from_str(text).expect("JSON");
    let mut all = Vec::new();
    places(&tree, "", &mut all);
    let other = tree.pointer(&all[random.below(all.len())]).cloned().unwrap_or_default();
    let at = &all[1 + random.below(all.len() - 1)];
    let (parent, name) = at.rsplit_once('/').expect("not the root");
    let name = name.replace("~1", "/").replace("~0", "~");
    let here = tree.pointer(at).cloned().unwrap_or_default();
    let new = match random.below(7) {
        0 => other,
        1 => Value::Null,
        2 => Value::Array(vec![here.clone(), other]),
        3 => serde_json::json!({ "@value": here }),
        4 => serde_json::json!({ "@set": [here] }),
        5 => match here {
            Value::String(text) => Value::String(format!("{text} ")),
            Value::Number(number) => serde_json::json!(number.as_f64().unwrap_or_default() + 1.0),
            Value::Bool(truth) => Value::Bool(!truth),
            _ => Value::String(String::new()),
        },
        _ => {
            let target = tree.pointer_mut(parent).expect("a parent");
            if let Value::Object(members) = target {
                let value = members.remove(&name).unwrap_or_default();
                if random.below(2) == 0 {
                    members.insert(
                        ["@type", "@id", "type", "id", "name", "@nest", "@included"][random.below(7)].to_owned(),
                        value,
                    );
                }
            } else if let Value::Array(items) = target {
                items.remove(name.parse::<usize>().expect("an index"));
            }
            return tree.to_string();
        }
    };
    *tree.pointer_mut(at).expect("the place") = new;
    tree.to_string()
}

/// The document with what no dataset keeps taken out: the order of a set, and whether one value stands in a list of its own.
fn meaning(text: &str) -> Option<String> {
    fn plain(value: Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut items: Vec<Value> = items.into_iter().map(plain).collect();
                items.sort_by_key(ToString::to_string);
                if items.len() == 1 { items.remove(0) } else { Value::Array(items) }
            }
            Value::Object(members) => {
                let kept = members.into_iter().map(|(name, value)| (name, plain(value)));
                Value::Object(kept.filter(|(_, value)| *value != Value::Array(Vec::new())).collect())
            }
            other => other,
        }
    }
    json::parse(text).ok()?;
    Some(plain(serde_json::from_str(text).ok()?).to_string())
}

#[test]
fn no_badge_is_accepted_that_was_changed_after_it_was_signed() {
    let tries: usize = std::env::var("STAPEL_MUTATIONS").ok().map_or(9_000, |tries| tries.parse().expect("a number"));
    let forms =
        [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022, Cryptosuite::VcJoseCose(Algorithm::EdDsa)].map(signed);
    let meanings = forms.each_ref().map(|text| meaning(text));
    let mut random = Random(0x5EED_0F57_A9E1_2026);
    let (mut tried, mut unchanged) = (0, 0);
    for text in &forms {
        assert!(is_accepted(text), "the badge as it was signed");
    }
    while tried < tries {
        let form = tried % forms.len();
        let text = &forms[form];
        let bent =
            if tried % 2 == 0 || form == 2 { bent_text(text, &mut random) } else { bent_tree(text, &mut random) };
        tried += 1;
        if bent == *text || (form < 2 && meaning(&bent) == meanings[form]) {
            unchanged += 1;
            continue;
        }
        assert!(!is_accepted(&bent), "accepted after {tried} tries:\n{bent}\n\nof\n{text}");
    }
    println!("{tried} changes tried, {unchanged} of which say the same; none of the others was accepted");
    assert!(unchanged * 20 < tried, "too many changes change nothing");
}
