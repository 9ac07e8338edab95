//! `cargo bench --bench proof`: what does each securing form cost beyond the Ed25519 operation, in units of P? What do two cores bring?
//!
//! P is the time that serde_json takes to parse the same badge to a `Value`. `-- profile WHAT ROUNDS` runs one thing alone, for
//! `valgrind --tool=callgrind --collect-atstart=no --toggle-collect='proof::measured'`.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Instant;

use stapel_credential::{AchievementCredential, DidUrl, Timestamp};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::{Algorithm, PublicKey, Signer, SigningKey};
use stapel_proof::{Cryptosuite, KeyLookupError, KeySource, ProofOptions, ProofPurpose, Signed, Unsecured};
use stapel_tests::badge;
use stapel_tests::ratio::{Subject, medians};
use stapel_verifier::{Dossier, Outcome, Policy, verify_text, verify_texts};

struct OneKey(PublicKey);

impl KeySource for OneKey {
    fn key(&self, _: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        Ok(self.0.clone())
    }
}

const FORMS: [(&str, Cryptosuite); 3] = [
    ("eddsa-rdfc-2022", Cryptosuite::EddsaRdfc2022),
    ("eddsa-jcs-2022", Cryptosuite::EddsaJcs2022),
    ("vc+jwt", Cryptosuite::VcJoseCose(Algorithm::EdDsa)),
];

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").expect("a date")
}

fn options(key: &SigningKey, suite: &Cryptosuite) -> ProofOptions {
    ProofOptions::assertion(did_key_verification_method(&key.verifying_key()), now()).with(suite.clone())
}

/// What is profiled: a name of its own, so that callgrind can begin and end there.
#[inline(never)]
fn measured(run: &mut dyn FnMut()) {
    run();
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["profile", what, rounds] => profile(what, rounds.parse().expect("a number of rounds")),
        ["batch"] => batch(),
        _ => {
            forms();
            batch();
        }
    }
}

fn profile(what: &str, rounds: usize) {
    let issuer = badge::key(1);
    let source = OneKey(issuer.verifying_key().into());
    let suite = |name: &str| FORMS.iter().find(|(form, _)| *form == name).expect("a form").1.clone();
    let (verb, form) = what.split_once(':').unwrap_or((what, "eddsa-rdfc-2022"));
    let text = signed(&issuer, &suite(form));
    let (content, options) = (badge::full(), options(&issuer, &suite(form)));
    let (message, key) = ([7_u8; 64], issuer.verifying_key());
    let signature = issuer.sign(&message).expect("signs");
    let mut run: Box<dyn FnMut()> = match verb {
        "parse" => Box::new(|| drop(black_box(serde_json::from_str::<serde_json::Value>(&text).expect("JSON")))),
        "verify" => Box::new(|| {
            let signed = Signed::<AchievementCredential>::parse(&text).expect("reads");
            drop(black_box(signed.authenticate(&source).expect("authentic")));
        }),
        "sign" => Box::new(|| {
            drop(black_box(Unsecured::new(content.clone()).sign(&issuer, &options).expect("signs")));
        }),
        "copy" => Box::new(|| drop(black_box(content.clone()))),
        "ed25519-verify" => Box::new(|| key.verify(&message, &signature).expect("holds")),
        "ed25519-sign" => Box::new(|| _ = black_box(issuer.sign(&message).expect("signs"))),
        other => panic!("{other}: parse, verify:FORM, sign:FORM, copy, ed25519-verify or ed25519-sign"),
    };
    for _ in 0..20 {
        run();
    }
    for _ in 0..rounds {
        measured(&mut *run);
    }
}

fn signed(key: &SigningKey, suite: &Cryptosuite) -> String {
    Unsecured::new(badge::full()).sign(key, &options(key, suite)).expect("signs").text().to_owned()
}

fn forms() {
    let issuer = badge::key(1);
    let key = issuer.verifying_key();
    let source = OneKey(key.into());
    let message = [7_u8; 64];
    let signature = issuer.sign(&message).expect("signs");
    let content = badge::full();
    for (name, suite) in &FORMS {
        let text = signed(&issuer, suite);
        // P is parsing the badge itself, without what a form adds to it.
        let bare = serde_json::to_string(&content).expect("JSON");
        let options = options(&issuer, suite);
        let mut subjects = vec![
            Subject::new("P: serde_json to Value", || serde_json::from_str::<serde_json::Value>(&bare).expect("JSON")),
            Subject::new("Ed25519 sign", || issuer.sign(&message).expect("signs")),
            Subject::new("Ed25519 verify_strict", || key.verify(&message, &signature).expect("holds")),
            Subject::new("sign a badge", || Unsecured::new(content.clone()).sign(&issuer, &options).expect("signs")),
            Subject::new("(copying the badge to sign)", || content.clone()),
            Subject::new("parse and authenticate a badge", || {
                Signed::<AchievementCredential>::parse(&text).expect("reads").authenticate(&source).expect("authentic")
            }),
            Subject::new("strict parse to a tree", || stapel_credential::json::parse(&bare).expect("reads")),
            Subject::new("typed view", || AchievementCredential::view(&bare).expect("reads")),
        ];
        let times = medians(&mut subjects, 300, 20);
        let p = times[0];
        println!("\n{name}: {} bytes ({} bare); median of 300 interleaved rounds of 20", text.len(), bare.len());
        for (subject, time) in subjects.iter().zip(&times) {
            println!("{:<40} {:>9.2} µs {:>7.2} P", subject.name, time / 1000.0, time / p);
        }
        println!("signing beyond Ed25519:   {:.2} P", (times[3] - times[4] - times[1]) / p);
        println!("verifying beyond Ed25519: {:.2} P", (times[5] - times[2]) / p);
    }
}

/// Ten thousand badges of fifty issuers in all forms, one in a hundred of them altered.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn batch() {
    let mut texts = Vec::new();
    let mut pinned = Vec::new();
    let mut altered = Vec::new();
    for seed in 101..=150_u8 {
        let key = badge::key(seed);
        pinned.push(did_key(&key.verifying_key()));
        let mut content = badge::full();
        content.credential_status = None;
        content.issuer.id = did_key(&key.verifying_key()).to_uri();
        for number in 0..200 {
            let (_, suite) = &FORMS[number % FORMS.len()];
            let mut text =
                Unsecured::new(content.clone()).sign(&key, &options(&key, suite)).expect("signs").text().to_owned();
            if number % 100 == 99 {
                altered.push(texts.len());
                let middle = text.len() / 2;
                let at = (middle..).find(|at| text.as_bytes()[*at].is_ascii_lowercase()).expect("a letter");
                let other = if &text[at..=at] == "x" { "y" } else { "x" };
                text.replace_range(at..=at, other);
            }
            texts.push(text);
        }
    }
    let policy = Policy { pinned_issuers: pinned, ..Policy::default() };
    let dossier = Dossier::default();
    let on = |threads: usize| {
        let threads = NonZeroUsize::new(threads).expect("a thread");
        let start = Instant::now();
        let verdicts = verify_texts::<AchievementCredential>(&texts, &dossier, &policy, now(), threads);
        (start.elapsed().as_secs_f64(), verdicts)
    };
    let one_by_one: Vec<Outcome> = texts
        .iter()
        .map(|text| verify_text::<AchievementCredential>(text, &dossier, &policy, now()).outcome())
        .collect();
    let mut ratios = Vec::new();
    let mut rates = Vec::new();
    for _ in 0..7 {
        let ((alone, first), (together, second)) = (on(1), on(2));
        for verdicts in [&first, &second] {
            assert!(verdicts.iter().map(stapel_verifier::Verdict::outcome).eq(one_by_one.iter().copied()));
        }
        ratios.push(alone / together);
        rates.push((texts.len() as f64 / alone, texts.len() as f64 / together));
    }
    let accepted = |outcome: &Outcome| matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks);
    let failed: Vec<usize> = (0..texts.len()).filter(|at| !accepted(&one_by_one[*at])).collect();
    assert_eq!(failed, altered, "every altered badge is named, and no other");
    ratios.sort_by(f64::total_cmp);
    rates.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (alone, together) = rates[3];
    println!("\n{} badges of 50 issuers, {} of them altered, each named", texts.len(), altered.len());
    println!(
        "one core {alone:.0} badges/s, two cores {together:.0} badges/s; two as fast as one times {:.2}",
        ratios[3]
    );
}
