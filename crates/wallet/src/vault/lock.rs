//! Who has the wallet open? One process at a time; the next waits five seconds.
//!
//! A lock on the vault itself would get in the way of SQLite's own, so it is on `<vault>.lock`, which names the holder and is
//! removed when the vault is closed. The lock is the operating system's: it ends with the process, however that ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{HeldBy, VaultError};

/// For how long a second process waits.
pub(super) const WAIT_SECONDS: u64 = 5;
const PAUSE: Duration = Duration::from_millis(50);
const PAUSES: u64 = WAIT_SECONDS * 20;
/// Longest note about a holder that is read, in bytes.
const NOTE_MAX_BYTES: u64 = 512;

/// The right to use one vault, until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

/// Sleeps. The only place of this crate where time passes; it reads no clock.
pub(super) fn pause(span: Duration) {
    std::thread::sleep(span);
}

impl Lock {
    /// Takes the lock, or says after five seconds who has it. `pause` lets time pass between two tries.
    pub(super) fn take(vault: &Path, mut pause: impl FnMut(Duration)) -> Result<Self, VaultError> {
        let path = beside(vault);
        let mut pauses = 0;
        loop {
            match Self::take_now(&path) {
                Ok(Some(lock)) => return Ok(lock),
                Ok(None) if pauses < PAUSES => {
                    pauses += 1;
                    pause(PAUSE);
                }
                Ok(None) => {
                    return Err(VaultError::Busy {
                        path: vault.to_owned(),
                        held_by: find_holder(&path),
                        seconds: WAIT_SECONDS,
                    });
                }
                Err(source) => return Err(VaultError::io(vault, "locked")(source)),
            }
        }
    }

    fn take_now(path: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // The last holder may have removed the file between our opening and locking it: then another process may already
        // hold a lock on a new file of that name.
        if !is_still_at(&file, path) {
            return Ok(None);
        }
        // Only a file left by a crash has a length; ext4 flushes every file that is truncated, which takes milliseconds.
        if file.metadata()?.len() > 0 {
            file.set_len(0)?;
            file.rewind()?;
        }
        match file.write_all(format!("{} {}\n", std::process::id(), program()).as_bytes()) {
            // On a full disk a wallet can still be read. The lock holds; only the name of its holder is not told.
            Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {}
            written => written?,
        }
        Ok(Some(Self { path: path.to_owned(), _file: file }))
    }
}

impl Drop for Lock {
    /// Removes the file while the lock still holds, so that at rest a wallet is one file. On Windows an open file cannot be
    /// removed; there it stays, empty of meaning.
    fn drop(&mut self) {
        if cfg!(unix) {
            // Nothing is lost when it stays: the lock is what counts, and it ends here.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn beside(vault: &Path) -> PathBuf {
    let mut name = vault.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    vault.with_file_name(name)
}

fn program() -> String {
    let path = std::env::current_exe().unwrap_or_default();
    path.file_name().unwrap_or_default().to_string_lossy().chars().filter(|c| !c.is_control()).take(80).collect()
}

fn find_holder(path: &Path) -> Option<HeldBy> {
    let mut note = String::new();
    File::open(path).ok()?.take(NOTE_MAX_BYTES).read_to_string(&mut note).ok()?;
    let (pid, program) = note.trim_end().split_once(' ')?;
    Some(HeldBy { pid: pid.parse().ok()?, program: program.to_owned() })
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |held: fs::Metadata, there: fs::Metadata| (held.dev(), held.ino()) == (there.dev(), there.ino());
    file.metadata().ok().zip(fs::metadata(path).ok()).is_some_and(|(held, there)| same(held, there))
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_five_seconds_and_then_says_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("wallet");
        let lock = Lock::take(&vault, |_| unreachable!("nobody holds it")).unwrap();
        let mut waited = Duration::ZERO;
        let error = Lock::take(&vault, |span| waited += span).unwrap_err();
        assert_eq!(waited, Duration::from_secs(5));
        let (pid, program) = (std::process::id(), program());
        assert_eq!(
            error.to_string(),
            format!(
                "process {pid} ({program}) has the wallet {} open and did not close it within 5 seconds",
                vault.display()
            )
        );
        drop(lock);
        assert!(!beside(&vault).exists());
    }

    #[test]
    fn who_lets_go_in_time_lets_the_second_in() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("wallet");
        let mut first = Some(Lock::take(&vault, |_| ()).unwrap());
        let mut pauses = 0;
        let second = Lock::take(&vault, |_| {
            pauses += 1;
            if pauses == 3 {
                first.take();
            }
        });
        assert!(second.is_ok());
        assert_eq!(pauses, 3);
    }

    #[test]
    fn a_file_left_by_a_crash_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("wallet");
        fs::write(beside(&vault), "4711 a program that crashed, with a rather long name\n").unwrap();
        let lock = Lock::take(&vault, |_| unreachable!("nobody holds it")).unwrap();
        assert_eq!(find_holder(&beside(&vault)), Some(HeldBy { pid: std::process::id(), program: program() }));
        drop(lock);
    }
}
