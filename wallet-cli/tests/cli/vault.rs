//! What is said when the wallet does not open, and how is it opened otherwise?

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use stapel_keys::Passphrase;
use stapel_wallet::Wallet;

use crate::holder::{Holder, PASSPHRASE, mode};

#[test]
fn a_wrong_passphrase_is_said_with_what_to_do() {
    let holder = Holder::with_wallet();
    holder.secret("passphrase", "another horse\n");
    holder.run(&["list"]).failed(
        2,
        "stapel: the passphrase does not open the wallet DIR/wallet.stapel\n  → try again; if it is forgotten: stapel recover\n",
    );
    holder.run(&["list", "--lang", "nl"]).failed(
        2,
        "stapel: de wachtwoordzin opent de wallet DIR/wallet.stapel niet\n  → probeer het opnieuw; is hij vergeten: stapel recover\n",
    );
}

#[test]
fn a_truncated_wallet_says_how_much_is_there() {
    let holder = Holder::with_wallet();
    let whole = fs::read(holder.wallet()).unwrap();
    fs::write(holder.wallet(), &whole[..whole.len() - 4096]).unwrap();
    let (found, expected) = (whole.len() - 4096, whole.len());
    holder.run(&["list"]).failed(
        2,
        &format!(
            "stapel: the wallet DIR/wallet.stapel is truncated: it has {found} of {expected} bytes\n  → restore a copy of the file; nothing in it was changed just now\n"
        ),
    );
    assert_eq!(fs::read(holder.wallet()).unwrap(), &whole[..whole.len() - 4096]);
}

#[test]
fn an_altered_wallet_is_noticed() {
    let holder = Holder::with_wallet();
    let mut bytes = fs::read(holder.wallet()).unwrap();
    // Of the key slot's text, which stands in it in the clear.
    let at = bytes.windows(10).position(|window| window == b"passphrase").unwrap_or_else(|| find(&bytes, b"argon2id"));
    bytes[at] ^= 1;
    fs::write(holder.wallet(), &bytes).unwrap();
    holder.run(&["list"]).failed(
        2,
        "stapel: the wallet DIR/wallet.stapel was altered or is damaged: the key slot of the passphrase does not have the checksum beside it\n  → restore a copy of the file; nothing in it was changed just now\n",
    );
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    let position = bytes.windows(what.len()).position(|window| window.eq_ignore_ascii_case(what));
    position.unwrap_or_else(|| panic!("no {:?} in {}", String::from_utf8_lossy(what), String::from_utf8_lossy(bytes)))
}

#[test]
fn without_a_wallet_the_way_to_one_is_said() {
    let holder = Holder::new();
    for verb in [&["list"][..], &["id"], &["unlock"], &["lock"], &["passphrase"], &["recover"]] {
        holder.run(verb).failed(
            2,
            "stapel: there is no wallet at DIR/wallet.stapel\n  → make one with: stapel init, or name another with --wallet FILE\n",
        );
    }
    assert!(holder.files().is_empty());
}

#[test]
fn a_file_that_is_no_wallet_is_left_alone() {
    let holder = Holder::new();
    holder.file("wallet.stapel", "Dear diary");
    holder.run(&["list"]).failed(
        2,
        "stapel: DIR/wallet.stapel is not a wallet: it does not begin like one\n  → name your wallet with --wallet FILE\n",
    );
    holder.run(&["init"]).failed(
        2,
        "stapel: DIR/wallet.stapel exists already; a wallet is never overwritten\n  → name another file with --wallet FILE\n",
    );
    assert_eq!(fs::read_to_string(holder.wallet()).unwrap(), "Dear diary");
}

#[test]
fn a_passphrase_file_that_others_can_read_is_refused() {
    let holder = Holder::with_wallet();
    fs::set_permissions(holder.path("passphrase"), fs::Permissions::from_mode(0o644)).unwrap();
    holder.run(&["id"]).failed(
        2,
        "stapel: the passphrase file DIR/passphrase is open to other users (mode 0644); close it with: chmod 600 DIR/passphrase\n",
    );
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let holder = Holder::with_wallet();
    holder.finish(holder.command().env_remove("STAPEL_PASSPHRASE_FILE").arg("id")).failed(
        2,
        "stapel: there is no terminal to ask the passphrase at\n  → give --passphrase-file FILE, or set STAPEL_PASSPHRASE_FILE\n",
    );
}

#[test]
fn a_second_process_waits_five_seconds_and_says_who_has_the_wallet() {
    let holder = Holder::with_wallet();
    let passphrase = Passphrase::new(PASSPHRASE.to_owned()).unwrap();
    let first = Wallet::open(&holder.wallet(), &passphrase).unwrap();
    let pid = std::process::id();
    let program = std::env::current_exe().unwrap();
    let program = program.file_name().unwrap().to_str().unwrap();
    #[expect(clippy::disallowed_methods, reason = "how long a person waits is what is measured")]
    let begun = Instant::now();
    let second = holder.run(&["list"]);
    let waited = begun.elapsed();
    second.failed(
        2,
        &format!(
            "stapel: process {pid} ({program}) has the wallet DIR/wallet.stapel open and did not close it within 5 seconds\n  → wait until it is done, or end it; nothing was changed\n"
        ),
    );
    assert!(waited >= Duration::from_secs(5), "{waited:?}");
    drop(first);
    assert_eq!(holder.run(&["list"]).code, 0);
}

#[test]
fn the_recovery_words_are_shown_once_and_open_the_wallet() {
    let holder = Holder::new();
    let made = holder.run(&["init"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let (head, table) = made.out.split_once("final.\n\n").unwrap();
    assert!(head.starts_with("Your wallet is DIR/wallet.stapel\nYour DID is  did:key:z6Mk"), "{head}");
    assert_eq!(table.split_whitespace().filter(|word| word.ends_with('.')).count(), 24, "{table}");
    let did = holder.run(&["id"]).out;
    assert!(head.contains(did.trim()));
    let words = holder.file("words", table);
    holder.secret("new", "a passphrase that is new\n");
    holder
        .run(&["recover", "--words-from", &words, "--new-passphrase-file", "new"])
        .gave(0, "The new passphrase holds. The recovery words stay as they are.\n");
    assert_eq!(holder.run(&["id"]).code, 2);
    assert_eq!(holder.run(&["id", "--passphrase-file", "new"]).out, did);
}

#[test]
fn recovery_words_go_to_a_file_that_only_the_owner_reads() {
    let holder = Holder::new();
    let made = holder.run(&["init", "--words-to", "words"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    assert!(made.out.ends_with("The recovery words are in words; bring that file to a safe place.\n"), "{}", made.out);
    let words = fs::read_to_string(holder.path("words")).unwrap();
    assert_eq!(words.lines().count(), 24);
    assert_eq!((mode(&holder.path("words")), mode(&holder.wallet())), (0o600, 0o600));
    let first = words.lines().next().unwrap().trim_start_matches([' ', '1', '.']);
    assert!(!made.out.contains(&format!(" {first}\n")));
    assert_eq!(holder.files(), ["wallet.stapel", "words"]);
}

#[test]
fn no_wallet_is_made_when_its_words_cannot_be_written() {
    let holder = Holder::new();
    holder.file("words", "mine");
    holder.run(&["init", "--words-to", "words"]).failed(
        2,
        "stapel: words exists already and is left as it is\n  → choose another name, or give --force where the command has it\n",
    );
    assert_eq!(holder.files(), ["words"]);
    assert_eq!(fs::read_to_string(holder.path("words")).unwrap(), "mine");
}

#[test]
fn wrong_recovery_words_are_told_by_number_alone() {
    let holder = Holder::with_wallet();
    holder
        .run_with_input(&["recover", "--words-from", "-"], "one two three")
        .failed(2, "stapel: there are 3 words; recovery takes 24\n  → compare them with your paper, in their order\n");
    let others = format!("{}art", "abandon ".repeat(23));
    holder.run_with_input(&["recover", "--words-from", "-"], &others).failed(
        2,
        "stapel: the recovery words do not open the wallet DIR/wallet.stapel\n  → take the words of this wallet, in their order\n",
    );
}

#[test]
fn a_changed_passphrase_holds_and_the_old_one_does_not() {
    let holder = Holder::with_wallet();
    holder.secret("new", "a passphrase that is new\n");
    holder
        .run(&["passphrase", "--new-passphrase-file", "new"])
        .gave(0, "The new passphrase holds; the old one no longer does.\n");
    assert_eq!(holder.run(&["id"]).code, 2);
    holder.run(&["id", "--passphrase-file", "new"]).gave(0, "<holder>\n");
}

/// Asks the kernel what `stapel unlock` asks it: keep a key for this login session, for a time, and give it back.
#[cfg(target_os = "linux")]
fn kernel_keeps_keys() -> Result<(), linux_keyutils::KeyError> {
    use linux_keyutils::{KeyRing, KeyRingIdentifier};
    let ring = KeyRing::from_special_id(KeyRingIdentifier::Session, false)?;
    let key = ring.add_key(&format!("stapel-test:{}", std::process::id()), b"asked")?;
    let kept = key.set_timeout(60).and_then(|()| key.read(&mut [0; 5]));
    key.invalidate().or_else(|_| key.revoke())?;
    assert_eq!(kept?, 5);
    Ok(())
}

/// Containers may forbid the kernel's keyring. Which of the two must be seen, the kernel says, not the program.
#[cfg(target_os = "linux")]
#[test]
fn an_unlocked_wallet_opens_without_a_passphrase_where_the_kernel_keeps_keys_and_only_there() {
    let holder = Holder::with_wallet();
    let id = || holder.finish(holder.command().env_remove("STAPEL_PASSPHRASE_FILE").arg("id"));
    let unlocked = holder.run(&["unlock", "--minutes", "1"]);
    match kernel_keeps_keys() {
        Ok(()) => {
            unlocked.gave(0, "The wallet is open for 1 minute; close it with: stapel lock\n");
            id().gave(0, "<holder>\n");
            holder.run(&["lock"]).gave(0, "The wallet is closed.\n");
        }
        Err(reason) => unlocked.failed(
            2,
            &format!(
                "stapel: this system has no safe place to keep the wallet open (kernel keyring: {reason}); nothing was kept\n  → give --passphrase-file FILE (mode 0600) where typing is no option\n"
            ),
        ),
    }
    assert_eq!(id().code, 2);
    holder.run(&["lock"]).gave(0, "The wallet was not open.\n");
    assert_eq!(holder.files(), ["wallet.stapel"], "nothing is written to disk");
}

#[test]
fn a_wrong_passphrase_unlocks_nothing() {
    let holder = Holder::with_wallet();
    holder.secret("other", "another horse\n");
    holder.run(&["unlock", "--passphrase-file", "other"]).failed(
        2,
        "stapel: the passphrase does not open the wallet DIR/wallet.stapel\n  → try again; if it is forgotten: stapel recover\n",
    );
    holder.run(&["lock"]).gave(0, "The wallet was not open.\n");
}
