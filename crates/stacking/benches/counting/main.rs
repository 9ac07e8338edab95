//! How long do find and check take, in units of P, and how far does the budget reach? `cargo bench -p stapel-stacking --bench counting`.
//!
//! P is the time that `serde_json` takes to parse a signed badge of about 3 KB to a `Value`. Say which tables are wanted, e.g.
//! `-- large nearest`; without a word all of them are made.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop at a surprise"
)]

#[path = "../../tests/stacking/catalogue_cases.rs"]
mod catalogue_cases;
#[path = "../../tests/stacking/hard_cases.rs"]
mod hard_cases;
#[path = "../../tests/stacking/large_cases.rs"]
mod large_cases;
#[path = "../../../../tests/src/ratio.rs"]
#[expect(unreachable_pub, dead_code, reason = "stapel-tests offers it to its own benchmarks")]
mod ratio;
#[path = "../../tests/stacking/support.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod support;

mod growth;
mod nearest;

use hard_cases::hard;
use large_cases::{Kind, Large, large};
use ratio::{Subject, medians};
use serde_json::{Value, json};
use stapel_credential::Plan;
use stapel_stacking::Optimality;
use support::{Issuer, World, badge_text};

const KINDS: [Kind; 5] = [Kind::Diploma, Kind::Halfway, Kind::Contested, Kind::Choice, Kind::Electives];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [mode, kind, what, times] = wanted.as_slice()
        && mode == "profile"
    {
        return profile(kind, what, times.parse().unwrap());
    }
    let is_wanted = |table: &str| wanted.is_empty() || wanted.iter().any(|word| word == table);
    let badge = badge();
    println!("P: serde_json parses a badge of {} bytes to a Value", badge.len());
    if is_wanted("large") {
        println!("\n200 credentials, 100 parts: median of 30 interleaved rounds");
        for kind in KINDS {
            measure(&badge, &format!("{kind:?}"), &large(kind), 30);
        }
    }
    if is_wanted("hard") {
        println!("\nmade to be hard, default budget: median of 3 interleaved rounds");
        for kind in hard_cases::ALL {
            measure(&badge, &format!("{kind:?}"), &hard(kind), 3);
        }
    }
    if is_wanted("wallets") {
        println!("\n36 programmes, 1,000 random wallets, default budget");
        let (best, all, most) = catalogue_cases::proven(&catalogue_cases::Catalogue::new(), 0..1_000);
        println!(
            "{best} of {all} searches end best ({:.2} %); wallets of up to {most} credentials",
            best as f64 * 100.0 / all as f64
        );
    }
    if is_wanted("nearest") {
        nearest::measure(&badge);
    }
    if is_wanted("growth") {
        growth::measure(&badge);
    }
}

/// Does one thing so often, for a profiler: `-- profile 0 check 100`; what is called in its inner functions is what is timed.
/// A kind of ten and more is a diploma for so many credentials.
fn profile(kind: &str, what: &str, times: usize) {
    if what == "parse" {
        let badge = badge();
        return (0..times).for_each(|_| parse(&badge));
    }
    let kind: usize = kind.parse().unwrap();
    let case = KINDS.get(kind).map_or_else(|| large_cases::diploma(kind), |kind| large(*kind));
    let found = case.wallet.find(&case.world, &case.programme);
    for _ in 0..times {
        match what {
            "check" => check(&case, &found.plan),
            _ => find(&case),
        }
    }
}

#[inline(never)]
fn parse(badge: &str) {
    drop(std::hint::black_box(serde_json::from_str::<Value>(badge).unwrap()));
}

#[inline(never)]
fn check(case: &Large, plan: &Plan) {
    drop(std::hint::black_box(case.wallet.check(&case.world, &case.programme, plan)));
}

#[inline(never)]
fn find(case: &Large) {
    drop(std::hint::black_box(case.wallet.find(&case.world, &case.programme)));
}

/// A signed badge of about 3 KB, as issuers write them: a module with its outcomes, level, result and codes.
fn badge() -> String {
    let school = Issuer::new(3);
    let mut text = badge_text(&school, "https://school.example/badges/1", "https://school.example/modules/1");
    // The terms of EU facts alone are 1 KB, and stand in the proof once more: without them a badge is of the size that is meant.
    text["@context"].as_array_mut().expect("contexts").retain(Value::is_string);
    let outcome = |at: usize| {
        json!({"type": ["Alignment"], "targetName": format!("Outcome {at} of the module"), "targetType": "CFItem",
               "targetUrl": format!("https://school.example/outcomes/{at}"), "targetFramework": "School"})
    };
    let subject = &mut text["credentialSubject"];
    subject["creditsEarned"] = json!(40);
    subject["result"] =
        json!([{"type": ["Result"], "resultDescription": "https://school.example/results/1", "value": "8"}]);
    let achievement = &mut subject["achievement"];
    achievement["description"] =
        "What one can do who has finished this module, as its school describes it. ".repeat(5).into();
    achievement["alignment"] = (0..7).map(outcome).collect();
    achievement["tag"] = json!(["care", "module", "mbo", "level 4"]);
    achievement["humanCode"] = json!("MOD-1");
    achievement["resultDescription"] = json!([{"id": "https://school.example/results/1", "type": ["ResultDescription"],
        "name": "Mark", "resultType": "LetterGrade", "allowedValue": ["5", "6", "7", "8", "9", "10"]}]);
    World::pinning(&[&school]).badge(&school, &text).text().to_owned()
}

/// So often P and a check are taken at once where their bytes and code are to be warm: the time is the smallest there is. Few
/// checks, since on a busy machine what takes long is interrupted.
const WARM: usize = 50;
const WARM_CHECKS: usize = 5;

/// P, so often.
fn ratio_p(badge: &str) -> Subject<'_> {
    Subject::new("P", move || (0..WARM).map(|_| serde_json::from_str::<Value>(badge).unwrap()).for_each(drop))
}

/// Prints what one case takes, and gives P, find and check in nanoseconds, P and check warm. A check and a P that are taken
/// once, each after a find, find the cache cold.
fn measure(badge: &str, name: &str, case: &Large, rounds: usize) -> [f64; 3] {
    let found = case.wallet.find(&case.world, &case.programme);
    let find = || case.wallet.find(&case.world, &case.programme);
    let check = || case.wallet.check(&case.world, &case.programme, &found.plan);
    let subjects = &mut [
        ratio_p(badge),
        Subject::new("find", find),
        Subject::new("check, once", check),
        Subject::new("check", || (0..WARM_CHECKS).map(|_| check()).for_each(drop)),
        Subject::new("find again", find),
        Subject::new("P, once", || serde_json::from_str::<Value>(badge).unwrap()),
    ];
    let times = medians(subjects, rounds, 1);
    let (p, find, check_once, check, p_once) =
        (times[0] / WARM as f64, times[1], times[2], times[3] / WARM_CHECKS as f64, times[5]);
    let (credits, used) = (found.progress.credits_counted, found.progress.credentials_used);
    let end = match found.optimality {
        Optimality::Best => format!("best, {credits} credits by {used} credentials"),
        Optimality::BestFound { bound } => format!(
            "best found, {credits} credits by {used} credentials; bound {} by {}",
            bound.credits_counted, bound.credentials_used.0
        ),
    };
    println!(
        "{name:<12} P {:>5.1} µs, once {:>5.1} µs; find {:>9.1} µs = {:>7.0} P; check {:>7.1} µs = {:>5.1} P; \
         once {:>7.1} µs = {:>5.1} P once, {:>5.1} P; {end}",
        p / 1e3,
        p_once / 1e3,
        find / 1e3,
        find / p,
        check / 1e3,
        check / p,
        check_once / 1e3,
        check_once / p_once,
        check_once / p
    );
    [p, find, check]
}
