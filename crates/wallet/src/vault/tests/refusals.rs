//! Which files are not opened, not made and not changed, with which sentence?

use super::*;

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
