//! Does a vault keep what it was given, and does it notice everything else?

mod damage;
mod refusals;

use std::fs;
use std::io::{Seek as _, Write as _};
use std::path::PathBuf;

use stapel_keys::RecoveryError;

use super::*;

const CONTENT: &str = "a badge of Larissa, readable by nobody else";

struct Kept {
    folder: tempfile::TempDir,
    path: PathBuf,
    words: RecoveryWords,
    key: DataKey,
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

fn insert(kind: Kind, content: &str) -> Change {
    Change::Insert { kind, content: Zeroizing::new(content.as_bytes().to_vec()) }
}

/// A closed vault with one badge longer than a page and two short entries.
fn kept() -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("wallet");
    let (mut vault, words) = Vault::create(&path, &passphrase("open sesame"), KdfCost::fast_for_tests()).unwrap();
    let long = format!("{CONTENT} {}", "x".repeat(6_000));
    let ids = vault
        .apply(&[insert(Kind::Credential, &long), insert(Kind::Policy, CONTENT), insert(Kind::Programme, CONTENT)])
        .unwrap();
    assert_eq!(ids, [EntryId(2), EntryId(3), EntryId(4)]);
    let key = vault.data_key();
    Kept { folder, path, words, key }
}

fn all(vault: &Vault) -> Vec<(EntryId, String)> {
    [Kind::Credential, Kind::Policy, Kind::Programme]
        .into_iter()
        .flat_map(|kind| vault.load_all(kind).unwrap())
        .map(|(id, content)| (id, String::from_utf8(content.to_vec()).unwrap()))
        .collect()
}

fn files(kept: &Kept) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(kept.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_kept_is_there_with_the_passphrase_the_words_and_the_session_key() {
    let kept = kept();
    let vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let content = all(&vault);
    assert_eq!(content.len(), 3);
    assert_eq!(content[1].1, CONTENT);
    let public = vault.signing_key().unwrap().verifying_key();
    drop(vault);
    let typed = kept.words.words().collect::<Vec<_>>().join(" ");
    let words = RecoveryWords::parse(&typed).unwrap();
    let vault = Vault::open_with_recovery(&kept.path, &words).unwrap();
    assert_eq!((all(&vault), vault.signing_key().unwrap().verifying_key()), (content.clone(), public));
    drop(vault);
    let vault = Vault::open_with_data_key(&kept.path, kept.key).unwrap();
    assert_eq!((all(&vault), vault.signing_key().unwrap().verifying_key()), (content, public));
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_recovery_words() {
    let kept = kept();
    let mut vault = Vault::open_with_recovery(&kept.path, &kept.words).unwrap();
    vault.change_passphrase(&passphrase("another one"), KdfCost::fast_for_tests()).unwrap();
    let content = all(&vault);
    drop(vault);
    let error = Vault::open(&kept.path, &passphrase("open sesame")).unwrap_err();
    assert!(matches!(error, VaultError::WrongPassphrase { .. }), "{error}");
    assert_eq!(all(&Vault::open(&kept.path, &passphrase("another one")).unwrap()), content);
    assert_eq!(all(&Vault::open_with_recovery(&kept.path, &kept.words).unwrap()), content);
}

#[test]
fn renewed_recovery_words_replace_the_old_ones() {
    let kept = kept();
    let new = Vault::open(&kept.path, &passphrase("open sesame")).unwrap().renew_recovery_words().unwrap();
    let error = Vault::open_with_recovery(&kept.path, &kept.words).unwrap_err();
    assert_eq!(error.to_string(), format!("the recovery words do not open the wallet {}", kept.path.display()));
    assert_eq!(all(&Vault::open_with_recovery(&kept.path, &new).unwrap()).len(), 3);
}

#[test]
fn entries_are_replaced_and_removed_in_one_step() {
    let kept = kept();
    let mut vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let content = Zeroizing::new(b"new".to_vec());
    vault.apply(&[Change::Replace { id: EntryId(2), content }, Change::Remove { id: EntryId(4) }]).unwrap();
    drop(vault);
    let mut vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let now = [(EntryId(2), "new".to_owned()), (EntryId(3), CONTENT.to_owned())];
    assert_eq!(all(&vault), now);
    let error = vault.apply(&[Change::Remove { id: EntryId(3) }, Change::Remove { id: EntryId(9) }]).unwrap_err();
    assert_eq!(error.to_string(), format!("the wallet {} has no entry 9", kept.path.display()));
    assert_eq!(all(&vault), now);
    assert_eq!((vault.count(Kind::Policy), vault.count(Kind::Programme)), (1, 0));
}

#[test]
fn at_rest_a_wallet_is_one_file_for_its_owner_alone() {
    let kept = kept();
    assert_eq!(files(&kept), ["wallet"]);
    let vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    assert_eq!(files(&kept), ["wallet", "wallet.lock"]);
    drop(vault);
    assert_eq!(files(&kept), ["wallet"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&kept.path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn nothing_that_was_kept_can_be_read_in_the_file() {
    let kept = kept();
    let mut vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let seed = vault.signing_key().unwrap().seed();
    vault.apply(&[Change::Remove { id: EntryId(3) }]).unwrap();
    drop(vault);
    let bytes = fs::read(&kept.path).unwrap();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(holds(b"argon2id") && holds(b"recovery-words"));
    for secret in [b"Larissa".as_slice(), b"xxxxxxxx", seed.as_slice(), kept.key.to_bytes().as_slice(), b"open sesame"]
    {
        assert!(!holds(secret));
    }
}

#[test]
fn nothing_secret_is_shown_by_debug() {
    let kept = kept();
    let vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    assert_eq!(format!("{vault:?}"), format!("Vault {{ path: {:?}, .. }}", kept.path));
}
