//! How long does it take to say which of two thousand programmes one is nearest to?

use serde_json::{Value, json};
use stapel_credential::ProgrammeCredential;
use stapel_stacking::{Budget, nearest};
use stapel_verifier::Verified;

use crate::large_cases::part;
use crate::ratio::{Subject, medians};
use crate::support::{Issuer, Random, Wallet, World, badge_text, now};
use crate::{WARM, ratio_p};

/// So many modules are known in the land; each programme takes some of them.
const MODULES: usize = 4_000;

pub(crate) fn measure(badge: &str) {
    let (body, school) = (Issuer::new(1), Issuer::new(3));
    let world = World::pinning(&[&body, &school]);
    let mut random = Random::new(99);
    let programmes: Vec<_> = (0..2_000).map(|at| programme(&world, &body, &school, &mut random, at)).collect();
    let mut modules: Vec<usize> = (0..MODULES).collect();
    random.shuffle(&mut modules);
    let badges = modules.iter().take(200).map(|module| {
        let mut text = badge_text(&school, &format!("urn:b:{module}"), &format!("urn:m:{module}"));
        text["credentialSubject"]["creditsEarned"] = json!(40);
        text["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        world.badge(&school, &text)
    });
    let wallet = Wallet::new(badges.collect());
    let run = || nearest(&programmes, &wallet.holdings(), &world.trust, now(), Budget::default());
    let (near, passed_over) = run();
    assert!(passed_over.is_empty());
    let started = near.iter().filter(|near| near.requirements_met > 0).count();
    let subjects = &mut [ratio_p(badge), Subject::new("nearest", run)];
    let mut times = medians(subjects, 10, 1);
    times[0] /= WARM as f64;
    println!(
        "\n{} awards of {} programmes, 200 credentials, of {started} awards some is met",
        near.len(),
        programmes.len()
    );
    println!("nearest {:.1} ms = {:.0} P; P {:.1} µs", times[1] / 1e6, times[1] / times[0], times[0] / 1e3);
}

/// Ten to forty parts of random modules: some that all must be shown, some of which so many, and credits in all of them; one
/// in four has free credits besides.
fn programme(
    world: &World,
    body: &Issuer,
    school: &Issuer,
    random: &mut Random,
    at: usize,
) -> Verified<ProgrammeCredential> {
    let count = 10 + random.below(31);
    let mut parts = Vec::new();
    for number in 0..count {
        let shown_by: Vec<String> = (0..=random.below(2)).map(|_| format!("urn:m:{}", random.below(MODULES))).collect();
        parts.push(part(&format!("p{number}"), &format!("g{}", number % 4), 40.0, &shown_by));
    }
    let leaves = |from: usize, to: usize| (from..to).map(|at| json!({"part": format!("p{at}")})).collect::<Vec<_>>();
    let mut of = vec![
        json!({"all": leaves(0, count / 2)}),
        json!({"choose": {"atLeast": 2, "atMost": 4, "of": leaves(count / 2, count)}}),
        json!({"id": "wide", "credits": {"atLeast": 20 * count, "from": {"group": ["g0", "g1", "g2", "g3"]}}}),
    ];
    if random.chance(25) {
        let slot = json!([{"fits": {"issuer": [school.did()]}, "atMostEach": 40}]);
        of.push(json!({"id": "free", "credits": {"atLeast": 240, "from": {"free": slot}}}));
    }
    let award = |id: &str, requirement: Value| json!({"id": id, "kind": "mbo-verklaring", "name": {"nl": id}, "requirement": requirement});
    let text = json!({
        "id": format!("urn:example:programme:{at}"), "edition": "2026", "name": {"nl": "Programma"}, "unit": "SBU",
        "parts": parts, "awards": [award("diploma", json!({"all": of})), award("deel", json!({"all": leaves(0, 4)}))]
    });
    world.programme(body, &text)
}
