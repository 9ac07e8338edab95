//! Is everything noticed that is not as it was written?

use super::*;

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
