//! `cargo bench --bench proof`: what does each securing form cost beyond the Ed25519 operation, in units of P? What do two cores bring?
//!
//! P is the time that serde_json takes to parse the same badge to a `Value`: before it is signed where it is signed, and as it
//! was signed where it is verified. `-- profile WHAT ROUNDS` runs one thing alone, for
//! `valgrind --tool=callgrind --collect-atstart=no --toggle-collect='proof::measured'`. `-- first` measures the first
//! verification of a fresh process.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use stapel_credential::{AchievementCredential, Did, DidUrl, StatusListCredential, Timestamp, Uri};
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
        ["first"] => first(),
        ["first", folder, form] => first_of(folder, form),
        _ => {
            forms();
            first();
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

/// The issuer's own address, under which its key is listed.
const WEB: &str = "did:web:roc.example";

/// The badge by an issuer whose controller document and status list are at hand, secured in one form.
fn by_web(key: &SigningKey, suite: &Cryptosuite) -> (String, Dossier, Policy) {
    let did = Did::parse(WEB).expect("a DID");
    let method = format!("{WEB}#key-1");
    let options = ProofOptions::assertion(DidUrl::parse(&method).expect("a DID URL"), now());
    let mut content = badge::full();
    content.issuer.id = did.to_uri();
    let url = Uri::parse("https://roc.example/status/1").expect("an address");
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": WEB,
        "validFrom": "2026-11-22T06:00:00Z",
        "validUntil": "2026-11-23T06:00:00Z",
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": stapel_status::StatusList::new(131_072).expect("a list").encode(),
        },
    });
    let list = StatusListCredential::view(&list.to_string()).expect("a status list");
    let list = Unsecured::new(list).sign(key, &options.clone()).expect("signs");
    let controller = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": WEB,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": WEB,
            "publicKeyMultibase": key.verifying_key().to_multikey(),
        }],
        "assertionMethod": [method],
    });
    let mut dossier = Dossier::default();
    dossier.add_controller(&did, &controller.to_string()).expect("a controller document");
    dossier.add_status_list(&url, list.text()).expect("a status list");
    let signed = Unsecured::new(content).sign(key, &options.with(suite.clone())).expect("signs");
    (signed.text().to_owned(), dossier, Policy { pinned_issuers: vec![did], ..Policy::default() })
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
        let bare = serde_json::to_string(&content).expect("JSON");
        let options = options(&issuer, suite);
        let (by_web, dossier, policy) = by_web(&issuer, suite);
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        // A JWT is no JSON: its P is that of the badge in it.
        let whole = if text.starts_with('{') { text.as_str() } else { bare.as_str() };
        let mut subjects = vec![
            Subject::new("P: serde_json to Value, unsigned", || parse(&bare)),
            Subject::new("P: serde_json to Value, signed", || parse(whole)),
            Subject::new("Ed25519 sign", || issuer.sign(&message).expect("signs")),
            Subject::new("Ed25519 verify_strict", || key.verify(&message, &signature).expect("holds")),
            Subject::new("sign a badge", || Unsecured::new(content.clone()).sign(&issuer, &options).expect("signs")),
            Subject::new("(copying the badge to sign)", || content.clone()),
            Subject::new("parse and authenticate a badge", || {
                Signed::<AchievementCredential>::parse(&text).expect("reads").authenticate(&source).expect("authentic")
            }),
            Subject::new("the whole verdict, with a status list", || {
                let verdict = verify_text::<AchievementCredential>(&by_web, &dossier, &policy, now());
                assert_eq!(verdict.outcome(), Outcome::Accepted);
                verdict
            }),
            Subject::new("strict parse to a tree", || stapel_credential::json::parse(&bare).expect("reads")),
            Subject::new("typed view", || AchievementCredential::view(&bare).expect("reads")),
        ];
        let times = medians(&mut subjects, 300, 20);
        let (unsigned, p) = (times[0], times[1]);
        println!("\n{name}: {} bytes ({} unsigned); median of 300 interleaved rounds of 20", text.len(), bare.len());
        for (subject, time) in subjects.iter().zip(&times) {
            println!("{:<40} {:>9.2} µs {:>7.2} P", subject.name, time / 1000.0, time / p);
        }
        let beyond = |what: &str, time: f64| {
            println!("{what} beyond Ed25519: {:.2} P, {:.2} P unsigned", time / p, time / unsigned);
        };
        beyond("signing", times[4] - times[5] - times[2]);
        beyond("authenticating", times[6] - times[3]);
        beyond("the whole verdict", times[7] - times[3]);
    }
}

/// So many processes verify one badge each, and end.
const PROCESSES: usize = 50;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn first() {
    let folder = tempfile::tempdir().expect("a folder");
    println!("\nthe first verification of a fresh process, median of {PROCESSES} processes");
    for (name, suite) in &FORMS {
        let (text, dossier, policy) = by_web(&badge::key(1), suite);
        let write = |what: &str, text: &str| std::fs::write(folder.path().join(what), text).expect("writes");
        write("badge", &text);
        write("dossier", &serde_json::to_string(&dossier).expect("JSON"));
        write("policy", &serde_json::to_string(&policy).expect("JSON"));
        let (mut within, mut whole) = (Vec::new(), Vec::new());
        for _ in 0..PROCESSES {
            let start = Instant::now();
            let process = Command::new(std::env::current_exe().expect("this program"))
                .arg("first")
                .arg(folder.path())
                .arg(name)
                .output()
                .expect("runs");
            whole.push(start.elapsed().as_secs_f64() * 1e3);
            assert!(process.status.success(), "{}", String::from_utf8_lossy(&process.stderr));
            within.push(String::from_utf8(process.stdout).expect("text").trim().parse::<f64>().expect("a number"));
        }
        let median = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        let (within, whole) = (median(within), median(whole));
        println!("{name:<16} {within:.2} ms from main to the verdict, {whole:.2} ms from start to end");
    }
}

/// Reads the dossier and verifies the badge, and prints how many milliseconds that took.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn first_of(folder: &str, form: &str) {
    let start = Instant::now();
    let read = |what: &str| std::fs::read_to_string(std::path::Path::new(folder).join(what)).expect("reads");
    let dossier: Dossier = serde_json::from_str(&read("dossier")).expect("a dossier");
    let policy: Policy = serde_json::from_str(&read("policy")).expect("a policy");
    let verdict = verify_text::<AchievementCredential>(&read("badge"), &dossier, &policy, now());
    assert_eq!(verdict.outcome(), Outcome::Accepted, "{form}: {:?}", verdict.findings());
    println!("{}", start.elapsed().as_secs_f64() * 1e3);
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
