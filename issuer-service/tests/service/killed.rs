//! What if the program itself is killed? Recording, approving, signing and claiming go on where they were, nothing done twice.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::full::wallets;
use crate::school::School;
use crate::wallet::Wallet;

/// Some transactions of each kind: the program signs 500 at once, and approves 2,000.
const COMPLETIONS: usize = 5_000;
/// At these parts of what the work takes the program is killed; while it signs, whenever a batch was stored.
const POINTS: [f64; 4] = [0.2, 0.4, 0.6, 0.8];

#[expect(clippy::disallowed_methods, reason = "a test that measures how long this machine takes")]
fn instant() -> Instant {
    Instant::now()
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = instant();
    let answer = work();
    (start.elapsed(), answer)
}

/// Starts the program and kills it as soon as that is so, unless it has ended.
fn kill_when(mut command: Command, is_so: impl Fn() -> bool) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && !is_so() {
        thread::sleep(Duration::from_millis(1));
    }
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
}

fn count(school: &School, sql: &str) -> usize {
    let database = Connection::open(school.data().join("issuer.sqlite")).unwrap();
    let count: u32 = database.query_row(sql, [], |row| row.get(0)).unwrap();
    count as usize
}

fn at_stage(school: &School, stage: &str) -> usize {
    count(school, &format!("SELECT count(*) FROM completions WHERE stage = '{stage}'"))
}

/// As many badges as signed completions, each in a place of its own that was counted.
fn nothing_twice(school: &School) {
    let badges = count(school, "SELECT count(*) FROM credentials");
    assert_eq!(at_stage(school, "signed"), badges);
    let places = "SELECT count(*) FROM (SELECT DISTINCT status_list, status_index FROM credentials)";
    assert_eq!(count(school, places), badges);
    assert_eq!(count(school, "SELECT coalesce(sum(next), 0) FROM status_lists"), badges);
}

/// What a school does, one command a step: who, and which.
fn steps(file: &str) -> [(&'static str, Vec<&str>); 3] {
    [
        ("registrar", vec!["completion", "add", file]),
        ("board", vec!["approve", "--all", "--reference", "1"]),
        ("signer", vec!["sign"]),
    ]
}

#[test]
fn a_killed_program_goes_on_where_it_was() {
    // How long each step takes when nobody kills it.
    let undisturbed = School::new();
    let file = wallets(&undisturbed, COMPLETIONS);
    let lengths = steps(file.to_str().unwrap()).map(|(who, arguments)| {
        let (length, ended) = timed(|| undisturbed.run_as(who, &arguments));
        assert_eq!(ended.code, 0, "{ended:?}");
        length
    });

    let school = School::new();
    let file = wallets(&school, COMPLETIONS);
    for ((who, arguments), length) in steps(file.to_str().unwrap()).into_iter().zip(lengths) {
        for point in POINTS {
            let mut command = school.command(&arguments);
            command.env("STAPEL_API_KEY", school.key(who));
            let before = at_stage(&school, "signed");
            if who == "signer" {
                // Another badge is stored, so others are being signed at this moment.
                kill_when(command, || at_stage(&school, "signed") > before);
                let after = at_stage(&school, "signed");
                assert!(before < after && after < COMPLETIONS, "{before} badges before, {after} after");
            } else {
                let begun = instant();
                kill_when(command, || begun.elapsed() > length.mul_f64(point));
            }
            nothing_twice(&school);
            let recorded = count(&school, "SELECT count(*) FROM completions");
            assert!(recorded == 0 || recorded == COMPLETIONS, "a file is taken whole or not at all: {recorded}");
        }
        let done = ["recorded", "approved", "signed"].map(|stage| at_stage(&school, stage));
        let ended = school.run_as(who, &arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended:?}");
        let said = ended.stdout.lines().next().unwrap().to_owned();
        match who {
            "registrar" => assert_eq!(said, format!("{} recorded", COMPLETIONS - done.iter().sum::<usize>())),
            "board" => assert_eq!(said, format!("{} approved", done[0])),
            _ => assert_eq!(said, format!("{} signed", done[1])),
        }
    }
    assert_eq!(at_stage(&school, "signed"), COMPLETIONS);
    nothing_twice(&school);
    assert_eq!(school.run_as("signer", &["sign"]).stdout, "0 signed\n");
    assert_eq!(school.run_as("board", &["approve", "--all", "--reference", "1"]).stdout, "0 approved\n");
}

#[test]
fn a_claim_whose_service_was_killed_ends_with_one_badge() {
    let school = School::new();
    // How long a claim takes here.
    let serving = school.serve();
    let first = school.offer(&school.approved("M2", "s0"));
    let (length, badges) = timed(|| Wallet::new().claim(first["link"].as_str().unwrap()).unwrap());
    assert_eq!(badges.len(), 1);
    drop(serving);

    for (number, point) in POINTS.into_iter().enumerate() {
        let id = school.approved("M1", &format!("s{number}"));
        let link = school.offer(&id)["link"].as_str().unwrap().to_owned();
        let serving = school.serve();
        let claiming = thread::spawn(move || Wallet::new().claim(&link));
        thread::sleep(length.mul_f64(point));
        // SIGKILL.
        drop(serving);
        // The wallet lost its service: whatever it made of that, the records decide.
        let _ = claiming.join();
        nothing_twice(&school);

        let serving = school.serve();
        let listed = school.run_as("board", &["--json", "completion", "list"]).json();
        let one = listed.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap();
        if one["stage"] != "signed" {
            // The school hands out a new code, as it does for any learner who says that it did not work.
            let link = school.offer(&id)["link"].as_str().unwrap().to_owned();
            assert_eq!(Wallet::new().claim(&link).unwrap().len(), 1);
        }
        drop(serving);
        nothing_twice(&school);
        assert_eq!(at_stage(&school, "signed"), number + 2);
    }
}
