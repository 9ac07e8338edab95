//! Where do a badge and a planned module bring the holder on, over several programmes?

use serde_json::{Value, json};
use stapel_credential::{Achievement, Criteria, ProgrammeCredential, ProgrammeSubject, Uri};
use stapel_proof::Signed;
use stapel_stacking::{Budget, Offering, WhyUnused};
use stapel_verifier::Verified;
use stapel_wallet::{HowItHelps, NotCounted, WhyNotCounted, read_programmes};

use crate::school::{Learner, SCHOOL, Signing, World, now};

/// The school's programme under another name, changed.
fn other(world: &World, name: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(&world.programme()).unwrap();
    document.as_object_mut().unwrap().remove("proof");
    let id = format!("https://school.example/programmes/{name}");
    document["id"] = json!(format!("{id}/2026"));
    document["credentialSubject"]["id"] = json!(id);
    let rules = &mut document["credentialSubject"]["programme"];
    rules["id"] = json!(id);
    rules["name"] = json!({ "nl": name });
    change(rules);
    world.school.sign::<ProgrammeSubject>(&document, "2026-01-01T00:00:00Z")
}

/// The programmes that are kept and these, verified.
fn verified(
    learner: &mut Learner,
    world: &World,
    texts: &[String],
) -> (Vec<Verified<ProgrammeCredential>>, Vec<NotCounted>) {
    let array = format!("[{}]", texts.join(","));
    let signed: Vec<Signed<ProgrammeCredential>> =
        read_programmes(&array).unwrap().into_iter().map(Result::unwrap).collect();
    let all = learner.wallet.with_kept_programmes(signed).unwrap();
    let ask = |wallet: &stapel_wallet::Wallet| wallet.missing_for_programmes(&all, now());
    learner.wallet.supply(ask, |missing| world.web.fetch(missing), now());
    learner.wallet.verify_programmes(&all, now()).unwrap()
}

fn module(name: &str) -> Offering {
    let id = Uri::parse(&format!("https://school.example/achievements/{name}")).unwrap();
    let achievement = Achievement::new(id, format!("Module {name}"), "A module.", Criteria::default());
    Offering { issuer: SCHOOL.parse().unwrap(), name: "ROC Voorbeeld".to_owned(), achievement }
}

#[test]
fn a_badge_helps_where_it_counts_first_and_a_stranger_states_no_rules() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    learner.receive(&world, &world.programme(), now()).unwrap();
    let dear = other(&world, "dear", |rules| rules["parts"][0]["credits"] = json!(30));
    let strict = other(&world, "strict", |rules| {
        rules["parts"][0]["ways"][0]["all"][0]["minimumLevel"] = json!("NLQF 4");
    });
    let beside = other(&world, "beside", |rules| {
        rules["parts"][0]["ways"][0]["all"][0]["achievement"] = json!(["https://school.example/achievements/z"]);
    });
    let stranger = Signing::by_did_key();
    let easy = World::programme_by(&stranger, stranger.did.as_str());
    let uncertified = other(&world, "uncertified", |rules| rules["awards"][0]["code"] = json!("crebo:99001"));
    let broken = other(&world, "broken", |rules| {
        rules["awards"][0]["requirement"] = json!({"all": [{"part": "nowhere"}]});
    });
    // The programme that is kept counts once.
    let texts = [beside, strict, easy, uncertified, broken, dear, world.programme()];
    let (programmes, not_accepted) = verified(&mut learner, &world, &texts);
    assert_eq!((programmes.len(), not_accepted.len()), (5, 2));
    assert!(not_accepted.iter().all(|each| matches!(each.why, WhyNotCounted::NotAccepted(_))));
    let badge = learner.wallet.badge("1").unwrap().reference();
    let held = learner.wallet.accepted_today(now()).unwrap();
    let (helps, not_counted) = held.helps(&badge, &programmes, Budget::default());
    let told: Vec<&str> = helps.iter().map(|helps| helps.goal.name.text("nl")).collect();
    assert_eq!(told, ["dear", "Verzorgende-IG", "strict", "beside"]);
    let HowItHelps::Fills(filled) = &helps[0].how else { panic!("{:?}", helps[0].how) };
    assert_eq!((filled.len(), filled[0].id.as_str(), filled[0].worth.hundredths()), (1, "p1", 3000));
    assert!(matches!(helps[2].how, HowItHelps::NotUsed(WhyUnused::NoLevel { .. })), "{:?}", helps[2].how);
    assert_eq!(helps[3].how, HowItHelps::FitsNothing);
    assert_eq!((not_counted.len(), not_counted[0].name.text("nl")), (1, "broken"));
    assert!(matches!(not_counted[0].why, WhyNotCounted::Stacking(_)));
    let (near, passed_over) = held.nearest(&programmes, Budget::default());
    assert_eq!((near.len(), passed_over.len()), (4, 1));
}

#[test]
fn a_planned_module_helps_most_where_it_completes() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    learner.receive(&world, &world.programme(), now()).unwrap();
    let dear = other(&world, "dear", |rules| {
        rules["parts"][1]["credits"] = json!(90);
        rules["parts"].as_array_mut().unwrap().push(json!({
            "id": "p3", "name": {"nl": "Nog een"}, "credits": 10,
            "ways": [{"all": [{"achievement": ["https://school.example/achievements/c"]}]}]
        }));
        rules["awards"][0]["requirement"]["all"] = json!([{"part": "p1"}, {"part": "p2"}, {"part": "p3"}]);
    });
    let beside = other(&world, "beside", |rules| {
        rules["parts"][1]["ways"][0]["all"][0]["achievement"] = json!(["https://school.example/achievements/z"]);
    });
    let (programmes, _) = verified(&mut learner, &world, &[beside, dear]);
    let held = learner.wallet.accepted_today(now()).unwrap();
    let (helps, not_counted) = held.would_help(&[module("b")], &programmes, Budget::default());
    assert!(not_counted.is_empty());
    let told: Vec<(&str, bool, u32)> =
        helps.iter().map(|helps| (helps.goal.name.text("nl"), helps.gains(), helps.credits().hundredths())).collect();
    assert_eq!(told, [("Verzorgende-IG", true, 1000), ("dear", true, 9000), ("beside", false, 0)]);
    assert_eq!(helps[0].what_if.shown, ["p2"]);
    assert!(helps[0].what_if.after.complete && !helps[0].progress.complete);
}

#[test]
fn ways_on_and_what_if_rest_on_what_is_kept() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    learner.receive(&world, &world.programme(), now()).unwrap();
    let programme = learner.wallet.programme("1").unwrap();
    let counting = learner.wallet.holdings(&programme, now()).unwrap();
    let question = stapel_credential::Question::progress(None);
    let ways = counting.ways_on(&question, &[module("b"), module("c")], Budget::default()).unwrap();
    let [way] = ways.as_slice() else { panic!("{ways:?}") };
    let [stapel_stacking::Step::Part { id, offered_by, .. }] = way.steps.as_slice() else { panic!("{way:?}") };
    assert_eq!((id.as_str(), offered_by.len()), ("p2", 1));
    let what_if = counting.what_if(&question, &[module("b")], Budget::default()).unwrap();
    assert!(what_if.after.complete && !what_if.before.complete);
    assert!(!counting.stack(&question, Budget::default()).unwrap().found.progress.complete);
}
