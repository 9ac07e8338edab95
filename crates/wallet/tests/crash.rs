//! Does a wallet survive a process that is killed, and do two processes keep out of each other's way?
//!
//! The child is this same test, started again with a path in the environment.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use stapel_keys::{KdfCost, Passphrase};
use stapel_wallet::vault::{Change, Kind};
use stapel_wallet::{Vault, VaultError};
use zeroize::Zeroizing;

const CHILD: &str = "STAPEL_TEST_CHILD_WALLET";
/// Kills that must have hit the middle of the work; a kill that came before or after it counts for nothing.
const MIDWAY: usize = 50;
/// More tries than this, and the test does not hit what it aims at.
const TRIES: usize = 1_000;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

fn child_of(test: &str, path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn path_given_to_the_child() -> Option<PathBuf> {
    std::env::var_os(CHILD).map(PathBuf::from)
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n@{line}").unwrap();
    out.flush().unwrap();
}

/// What a child says, line by line.
fn lines_of(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.filter_map(|line| line.strip_prefix('@').map(str::to_owned))
}

#[expect(clippy::disallowed_methods, reason = "how long the work takes is what the kills are spread over")]
fn now() -> Instant {
    Instant::now()
}

fn content(number: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(format!("{number} {}", "badge ".repeat(number * 37 % 900)).into_bytes())
}

/// Adds entries without end, takes every fifth out again, and changes the passphrase in between; says what is done.
fn work_until_killed(path: &Path) {
    let mut vault = Vault::open(path, &passphrase("one")).or_else(|_| Vault::open(path, &passphrase("two"))).unwrap();
    say("open");
    for number in vault.count(Kind::Credential).. {
        let ids = vault
            .apply(&[
                Change::Insert { kind: Kind::Credential, content: content(number) },
                Change::Insert { kind: Kind::StatusList, content: content(number) },
            ])
            .unwrap();
        say(&number.to_string());
        if number % 5 == 4 {
            vault.apply(&[Change::Remove { id: ids[1] }]).unwrap();
            let next = if number % 2 == 0 { "one" } else { "two" };
            vault.change_passphrase(&passphrase(next), KdfCost::fast_for_tests()).unwrap();
        }
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_said_was_kept() {
    if let Some(path) = path_given_to_the_child() {
        return work_until_killed(&path);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wallet");
    let (vault, words) = Vault::create(&path, &passphrase("one"), KdfCost::fast_for_tests()).unwrap();
    let key = vault.signing_key().unwrap().verifying_key();
    drop(vault);
    let (mut kept, mut midway, mut tries) = (0, 0, 0);
    // Until there is enough of both: kills in the middle of a change, and changes that lasted.
    while midway < MIDWAY || kept < MIDWAY {
        tries += 1;
        assert!(tries <= TRIES, "{TRIES} kills, {midway} of them in the middle of a change, left {kept} entries");
        let mut child = child_of("a_killed_process_loses_nothing_that_it_said_was_kept", &path);
        let mut lines = lines_of(&mut child);
        assert!(lines.any(|line| line == "open"));
        // It makes changes without end from here on, each of some milliseconds: the kills fall anywhere in the first ones.
        std::thread::sleep(Duration::from_micros(tries as u64 * 1_379 % 25_000));
        child.kill().unwrap();
        let said: Vec<String> = lines.collect();
        child.wait().unwrap();
        // SQLite's journal stands beside the file from the first write of a change until it is there for good.
        midway += usize::from(folder.path().join("wallet-journal").exists());
        if let Some(last) = said.iter().rev().find_map(|line| line.parse::<usize>().ok()) {
            kept = last + 1;
        }
        let vault = Vault::open(&path, &passphrase("one")).or_else(|_| Vault::open(&path, &passphrase("two"))).unwrap();
        let found = vault.load_all(Kind::Credential).unwrap();
        assert!(found.len() == kept || found.len() == kept + 1, "{} kept, {kept} said", found.len());
        kept = found.len();
        for (number, (_, text)) in found.iter().enumerate() {
            assert_eq!(*text, content(number));
        }
        // Both inserts of a change are there or none.
        assert!(vault.count(Kind::StatusList) >= kept - kept.div_ceil(5) && vault.count(Kind::StatusList) <= kept);
        assert_eq!(vault.signing_key().unwrap().verifying_key(), key);
        drop(vault);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["wallet"]);
    }
    println!("{kept} entries kept over {tries} kills, {midway} of them in the middle of a change");
    assert_eq!(Vault::open_with_recovery(&path, &words).unwrap().count(Kind::Credential), kept);
}

#[test]
fn a_wallet_that_is_killed_while_it_is_made_is_there_whole_or_not_at_all() {
    if let Some(path) = path_given_to_the_child() {
        say("start");
        drop(Vault::create(&path, &passphrase("one"), KdfCost::fast_for_tests()).unwrap());
        return say("made");
    }
    let folder = tempfile::tempdir().unwrap();
    let making = |name: &str| {
        let path = folder.path().join(name);
        let mut child = child_of("a_wallet_that_is_killed_while_it_is_made_is_there_whole_or_not_at_all", &path);
        let mut lines = lines_of(&mut child);
        assert!(lines.any(|line| line == "start"));
        (path, child, lines)
    };
    let (_, mut child, mut lines) = making("wallet");
    let begun = now();
    assert!(lines.any(|line| line == "made"));
    // Twice the time that an undisturbed one took; then as long that about half of the kills come before its last step, however busy
    // this machine was at first.
    let mut span = begun.elapsed().mul_f64(2.0);
    child.wait().unwrap();
    let (mut there, mut midway, mut tries) = (0, 0, 0);
    while midway < MIDWAY {
        tries += 1;
        assert!(tries <= TRIES, "only {midway} of {TRIES} kills were while a wallet was made");
        let (path, mut child, lines) = making(&format!("wallet-{tries}"));
        // Anywhere in that time: before, in and after its last step.
        std::thread::sleep(span * u32::try_from(tries * 37 % 100).unwrap() / 100);
        child.kill().unwrap();
        let made = lines.into_iter().any(|line| line == "made");
        child.wait().unwrap();
        span = span.mul_f64(if made { 0.9 } else { 1.1 });
        midway += usize::from(!made);
        match Vault::open(&path, &passphrase("one")) {
            Ok(vault) => {
                there += 1;
                assert!(vault.signing_key().is_ok());
            }
            Err(VaultError::NoWallet { .. }) => assert!(!made),
            Err(other) => panic!("{other}"),
        }
    }
    assert!(there > 0, "no kill came late enough to find a whole wallet");
    println!("{midway} of {tries} kills were while a wallet was made; {there} wallets are there");
}

#[test]
fn a_second_process_waits_and_gets_in_when_the_first_is_killed() {
    if let Some(path) = path_given_to_the_child() {
        let _vault = Vault::open(&path, &passphrase("one")).unwrap();
        say("open");
        std::thread::sleep(Duration::from_mins(1));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("wallet");
    drop(Vault::create(&path, &passphrase("one"), KdfCost::fast_for_tests()).unwrap());
    let mut child = child_of("a_second_process_waits_and_gets_in_when_the_first_is_killed", &path);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "@open"));
    let program = std::env::current_exe().unwrap().file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(
        Vault::open(&path, &passphrase("one")).unwrap_err().to_string(),
        format!(
            "process {} ({program}) has the wallet {} open and did not close it within 5 seconds",
            child.id(),
            path.display()
        )
    );
    std::thread::scope(|scope| {
        let second = scope.spawn(|| Vault::open(&path, &passphrase("one")).map(|_| ()));
        std::thread::sleep(Duration::from_millis(300));
        assert!(!second.is_finished());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(second.join().unwrap().is_ok());
    });
}
