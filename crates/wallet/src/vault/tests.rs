//! Does a vault keep what it was given, and does it notice everything else?

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
fn a_wallet_is_never_overwritten() {
    let kept = kept();
    let before = fs::read(&kept.path).unwrap();
    let error = Vault::create(&kept.path, &passphrase("other"), KdfCost::fast_for_tests()).unwrap_err();
    assert_eq!(error.to_string(), format!("{} exists already; a wallet is never overwritten", kept.path.display()));
    assert_eq!(fs::read(&kept.path).unwrap(), before);
    assert_eq!(files(&kept), ["wallet"]);
}

#[test]
fn a_wrong_passphrase_and_wrong_words_are_told_apart_from_damage() {
    let kept = kept();
    let path = kept.path.display();
    let error = Vault::open(&kept.path, &passphrase("open sesam")).unwrap_err();
    assert_eq!(error.to_string(), format!("the passphrase does not open the wallet {path}"));
    let error = Vault::open_with_recovery(&kept.path, &RecoveryWords::generate().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), format!("the recovery words do not open the wallet {path}"));
    let error = Vault::open_with_data_key(&kept.path, DataKey::generate().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), format!("the key of the unlocked session does not open the wallet {path}"));
    assert_eq!(RecoveryWords::parse("one two").unwrap_err(), RecoveryError::WrongCount { found: 2 });
    assert_eq!(files(&kept), ["wallet"]);
}

#[test]
fn no_wallet_and_other_files_are_named_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("wallet");
    let open = || Vault::open(&path, &passphrase("open sesame")).unwrap_err().to_string();
    let shown = path.display();
    assert_eq!(open(), format!("there is no wallet at {shown}"));
    fs::write(
        &path,
        "dear diary, this is not a database, though it is longer than a hundred bytes if I go on and on.....",
    )
    .unwrap();
    assert_eq!(open(), format!("{shown} is not a wallet: it does not begin like one"));
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    assert_eq!(open(), format!("{shown} is not a wallet: it is a database of another program"));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(open(), format!("{shown} is not a wallet: it is no regular file"));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone").join("wallet");
    let error = Vault::create(&path, &passphrase("open sesame"), KdfCost::fast_for_tests()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the wallet {} could not be created: No such file or directory (os error 2)", path.display())
    );
}

#[test]
fn a_newer_format_is_left_to_a_newer_program() {
    let kept = kept();
    Connection::open(&kept.path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let before = fs::read(&kept.path).unwrap();
    let error = Vault::open(&kept.path, &passphrase("open sesame")).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the wallet {} has format 2; this program reads up to format 1", kept.path.display())
    );
    assert_eq!(fs::read(&kept.path).unwrap(), before);
}

#[test]
fn a_truncated_wallet_says_how_much_is_missing() {
    let kept = kept();
    let whole = fs::read(&kept.path).unwrap();
    let shown = kept.path.display();
    for length in [0, 50, 99, 100, 4_096, whole.len() / 2, whole.len() - 1] {
        fs::write(&kept.path, &whole[..length]).unwrap();
        let error = Vault::open(&kept.path, &passphrase("open sesame")).unwrap_err();
        let expected = if length < 100 { 100 } else { whole.len() };
        if length == 50 || length == 99 {
            // The page count may or may not be among what is left.
            assert!(matches!(error, VaultError::Truncated { .. }), "{error}");
            continue;
        }
        assert_eq!(error.to_string(), format!("the wallet {shown} is truncated: it has {length} of {expected} bytes"));
    }
    fs::write(&kept.path, &whole).unwrap();
    assert!(Vault::open(&kept.path, &passphrase("open sesame")).is_ok());
}

/// Every byte of the file that holds something and every seventh of the empty room between, one bit each: either the flip does no harm at all, or opening says that something is wrong. In
/// anything sealed and in the key slots it is always noticed.
#[test]
fn a_flipped_bit_anywhere_is_noticed_or_harmless() {
    let kept = kept();
    let whole = fs::read(&kept.path).unwrap();
    let content = all(&Vault::open_with_data_key(&kept.path, DataKey::from_bytes(&kept.key.to_bytes())).unwrap());
    let precious = precious_bytes(&kept.path, &whole);
    assert!(precious.iter().filter(|precious| **precious).count() > 6_000);
    let mut noticed = 0;
    for at in (0..whole.len()).filter(|at| whole[*at] != 0 || at % 7 == 0) {
        put(&kept.path, at, whole[at] ^ 1 << (at % 8));
        match Vault::open_with_data_key(&kept.path, DataKey::from_bytes(&kept.key.to_bytes())) {
            Ok(vault) => {
                assert!(!precious[at], "byte {at} was flipped unnoticed");
                assert_eq!(all(&vault), content, "byte {at}");
            }
            Err(
                VaultError::Altered { .. }
                | VaultError::Truncated { .. }
                | VaultError::NotAVault { .. }
                | VaultError::NewerVersion { .. },
            ) => noticed += 1,
            Err(other) => panic!("byte {at}: {other:?}"),
        }
        for beside in ["wallet-wal", "wallet-shm", "wallet-journal"] {
            assert!(!kept.folder.path().join(beside).exists(), "byte {at} left {beside}");
        }
        if fs::metadata(&kept.path).unwrap().len() == whole.len() as u64 {
            put(&kept.path, at, whole[at]);
        }
        assert_eq!(fs::read(&kept.path).unwrap(), whole, "opening changed the file, byte {at}");
    }
    assert!(noticed > 7_000, "{noticed}");
}

/// Writes one byte in place; rewriting the file thousands of times takes minutes on some file systems.
fn put(path: &Path, at: usize, byte: u8) {
    let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(std::io::SeekFrom::Start(at as u64)).unwrap();
    file.write_all(&[byte]).unwrap();
}

/// Which bytes of the file belong to something sealed, or to a key slot.
fn precious_bytes(path: &Path, whole: &[u8]) -> Vec<bool> {
    let connection = Connection::open(path).unwrap();
    let mut precious = vec![false; whole.len()];
    let mut blobs = Vec::new();
    for query in [
        "SELECT sealed FROM entry",
        "SELECT sealed FROM seal",
        "SELECT CAST(wrapped AS BLOB) FROM slot",
        "SELECT checksum FROM slot",
    ] {
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        blobs.extend(rows.map(Result::unwrap));
    }
    for blob in blobs {
        // A long blob lies in several pages; its pieces of 16 bytes are all unique.
        for piece in blob.windows(16) {
            if let Some(at) = whole.windows(16).position(|window| window == piece) {
                precious[at..at + 16].fill(true);
            }
        }
    }
    precious
}

#[test]
fn a_flip_is_named_by_its_place() {
    let kept = kept();
    let shown = kept.path.display();
    let alter = |sql: &str| {
        let whole = fs::read(&kept.path).unwrap();
        Connection::open(&kept.path).unwrap().execute_batch(sql).unwrap();
        let error = Vault::open(&kept.path, &passphrase("open sesame")).unwrap_err().to_string();
        fs::write(&kept.path, whole).unwrap();
        error
    };
    for (sql, what) in [
        ("UPDATE entry SET sealed = zeroblob(50) WHERE id = 2", "entry 2 does not open"),
        ("UPDATE entry SET id = 9 WHERE id = 2", "entry 9 does not open"),
        ("UPDATE entry SET kind = 3 WHERE id = 2", "entry 2 does not open"),
        ("UPDATE entry SET kind = 99 WHERE id = 2", "entry 2 has the unknown kind 99"),
        ("DELETE FROM entry WHERE id = 4", "the seal over all entries does not open"),
        ("UPDATE seal SET sealed = zeroblob(40)", "the seal over all entries does not open"),
        (
            "UPDATE slot SET wrapped = replace(wrapped, '\"passes\":1', '\"passes\":2')",
            "the key slot of the passphrase does not have the checksum beside it",
        ),
        (
            "UPDATE slot SET checksum = zeroblob(32) WHERE id = 2",
            "the key slot of the recovery words does not have the checksum beside it",
        ),
        ("DELETE FROM slot WHERE id = 1", "the key slot of the passphrase is missing"),
        ("CREATE TABLE extra (x)", "its tables are not those of a wallet"),
        ("CREATE TRIGGER t AFTER DELETE ON entry BEGIN DELETE FROM entry; END", "its tables are not those of a wallet"),
    ] {
        assert_eq!(alter(sql), format!("the wallet {shown} was altered or is damaged: {what}"), "{sql}");
    }
}

#[test]
fn an_entry_put_back_from_an_older_copy_is_noticed() {
    let kept = kept();
    let old: Vec<u8> = Connection::open(&kept.path)
        .unwrap()
        .query_row("SELECT sealed FROM entry WHERE id = 3", [], |row| row.get(0))
        .unwrap();
    let mut vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let content = Zeroizing::new(b"stricter".to_vec());
    vault.apply(&[Change::Replace { id: EntryId(3), content }]).unwrap();
    drop(vault);
    Connection::open(&kept.path).unwrap().execute("UPDATE entry SET sealed = ?1 WHERE id = 3", [old]).unwrap();
    let error = Vault::open(&kept.path, &passphrase("open sesame")).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the wallet {} was altered or is damaged: the seal over all entries does not open",
            kept.path.display()
        )
    );
}

#[test]
fn recovery_words_exchanged_by_somebody_else_are_noticed() {
    let kept = kept();
    let other_folder = tempfile::tempdir().unwrap();
    let other = other_folder.path().join("wallet");
    Vault::create(&other, &passphrase("mallory"), KdfCost::fast_for_tests()).unwrap();
    let (wrapped, checksum): (String, Vec<u8>) = Connection::open(&other)
        .unwrap()
        .query_row("SELECT wrapped, checksum FROM slot WHERE id = 2", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    Connection::open(&kept.path)
        .unwrap()
        .execute("UPDATE slot SET wrapped = ?1, checksum = ?2 WHERE id = 2", params![wrapped, checksum])
        .unwrap();
    assert!(matches!(Vault::open(&kept.path, &passphrase("open sesame")), Err(VaultError::Altered { .. })));
}

#[test]
fn a_full_disk_loses_nothing() {
    let kept = kept();
    let mut vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    let content = all(&vault);
    let pages: i64 = vault.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    vault.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    let error = vault.apply(&[insert(Kind::Credential, &"y".repeat(20_000))]).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("there is no room left on the disk of {}; the wallet is as it was before", kept.path.display())
    );
    assert_eq!(all(&vault), content);
    vault.apply(&[Change::Remove { id: EntryId(4) }]).unwrap();
    drop(vault);
    assert_eq!(all(&Vault::open(&kept.path, &passphrase("open sesame")).unwrap()), content[..2]);
    assert_eq!(files(&kept), ["wallet"]);
}

#[test]
fn nothing_secret_is_shown_by_debug() {
    let kept = kept();
    let vault = Vault::open(&kept.path, &passphrase("open sesame")).unwrap();
    assert_eq!(format!("{vault:?}"), format!("Vault {{ path: {:?}, .. }}", kept.path));
}
