//! `cargo bench -p stapel --bench folder`: how fast is `stapel verify FOLDER`, from its start to its end, beside the batch API on the
//! same badges in memory? And how much memory does it take for few and for many?
//!
//! 10,000 badges of fifty issuers in the three forms in turn, one in a hundred altered, as in `cargo bench --bench proof -- batch`.
//! `-- ROUNDS` says how many rounds; the two are run in turn, and the medians are compared.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark measures time, and what cannot be prepared ends it"
)]

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use stapel_credential::{AchievementCredential, Timestamp, json};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::{Algorithm, SigningKey};
use stapel_proof::{Cryptosuite, ProofOptions, Unsecured};
use stapel_verifier::{Dossier, Outcome, Policy, verify_texts};

const NOW: &str = "2026-11-22T12:00:00Z";
const THREADS: usize = 2;
const BADGES: usize = 10_000;
const ISSUERS: usize = 50;
const FORMS: [(&str, Cryptosuite); 3] = [
    ("json", Cryptosuite::EddsaRdfc2022),
    ("json", Cryptosuite::EddsaJcs2022),
    ("jwt", Cryptosuite::VcJoseCose(Algorithm::EdDsa)),
];

fn full() -> AchievementCredential {
    let text = include_str!("../../fixtures/badges/full.json")
        .replace("\"BADGE_EXTENSION\"", stapel_credential::context::BADGE_EXTENSION)
        .replace("did:key:ISSUER", did_key(&key(1).verifying_key()).as_str())
        .replace("did:key:HOLDER", did_key(&key(2).verifying_key()).as_str());
    json::parse(&text).unwrap();
    AchievementCredential::view(&text).unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

/// The badges with the ends of their files' names, and whom to trust.
fn badges() -> (Vec<(String, &'static str)>, Policy) {
    let (mut badges, mut policy) = (Vec::with_capacity(BADGES), Policy::default());
    for seed in (101..=u8::MAX).take(ISSUERS) {
        let key = key(seed);
        let did = did_key(&key.verifying_key());
        let mut content = full();
        content.credential_status = None;
        content.issuer.id = did.to_uri();
        policy.pinned_issuers.push(did);
        for number in 0..BADGES / ISSUERS {
            let (end, suite) = &FORMS[number % FORMS.len()];
            let method = did_key_verification_method(&key.verifying_key());
            let options = ProofOptions::assertion(method, Timestamp::parse(NOW).unwrap()).with(suite.clone());
            let mut text = Unsecured::new(content.clone()).sign(&key, &options).unwrap().text().to_owned();
            if number % 100 == 99 {
                let at = (text.len() / 2..text.len()).find(|at| text.as_bytes()[*at].is_ascii_lowercase()).unwrap();
                let other = if &text[at..=at] == "x" { "y" } else { "x" };
                text.replace_range(at..=at, other);
            }
            badges.push((text, *end));
        }
    }
    (badges, policy)
}

/// Seconds, and the most memory in MB (`VmHWM`), of one run over a folder.
fn run(folder: &Path, policy: &Policy, more: &[&str]) -> (f64, f64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stapel"));
    command.arg("verify").arg(folder).args(["--offline", "--threads", &THREADS.to_string()]).args(more);
    command.args(policy.pinned_issuers.iter().flat_map(|did| ["--pin", did.as_str()]));
    command.env("STAPEL_TEST_NOW", NOW).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let (mut most, status) = (0.0_f64, format!("/proc/{}/status", child.id()));
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim_end_matches("kB").trim().parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or_default() / 1024.0);
        std::thread::sleep(Duration::from_millis(2));
    };
    assert_eq!(ended.code(), Some(1), "some were altered");
    (start.elapsed().as_secs_f64(), most)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(7);
    let (badges, policy) = badges();
    let folder = tempfile::tempdir().unwrap();
    let (all, tenth, fourfold) =
        (folder.path().join("all"), folder.path().join("tenth"), folder.path().join("fourfold"));
    for folder in [&all, &tenth, &fourfold] {
        fs::create_dir(folder).unwrap();
    }
    for (number, (text, end)) in badges.iter().enumerate() {
        let name = format!("badge-{number:05}.{end}");
        fs::write(all.join(&name), text).unwrap();
        if number % 1_000 < 100 {
            fs::hard_link(all.join(&name), tenth.join(&name)).unwrap();
        }
        for copy in 0..4 {
            fs::hard_link(all.join(&name), fourfold.join(format!("{copy}-{name}"))).unwrap();
        }
    }
    let texts: Vec<&str> = badges.iter().map(|(text, _)| text.as_str()).collect();
    let (dossier, now) = (Dossier::default(), Timestamp::parse(NOW).unwrap());
    let batch = || {
        let start = Instant::now();
        let threads = NonZeroUsize::new(THREADS).unwrap();
        let verdicts = verify_texts::<AchievementCredential>(&texts, &dossier, &policy, now, threads);
        let seconds = start.elapsed().as_secs_f64();
        let refused = verdicts.iter().filter(|verdict| verdict.outcome() == Outcome::Refused).count();
        assert_eq!(refused, BADGES / 100);
        seconds
    };
    let report = folder.path().join("report.csv");
    let with_report = ["--report", report.to_str().unwrap(), "--force"];
    let (mut api, mut plain, mut reported, mut json) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        api.push(batch());
        plain.push(run(&all, &policy, &[]).0);
        reported.push(run(&all, &policy, &with_report).0);
        json.push(run(&all, &policy, &["--json"]).0);
    }
    let rate = |seconds: f64| BADGES as f64 / seconds;
    let api = median(api);
    println!("{BADGES} badges of {ISSUERS} issuers on {THREADS} threads, median of {rounds} rounds");
    println!("batch API, texts in memory: {:.0} badges/s", rate(api));
    for (what, seconds) in [("stapel verify", plain), ("with --report CSV", reported), ("with --json", json)] {
        let seconds = median(seconds);
        println!("{what}, start to end: {:.0} badges/s, {:.2} of the batch API", rate(seconds), api / seconds);
    }
    for (what, folder) in [("1,000", &tenth), ("10,000", &all), ("40,000", &fourfold)] {
        println!("memory for {what} files with --report: {:.1} MB", run(folder, &policy, &with_report).1);
    }
}
