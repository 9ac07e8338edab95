//! How does the vault's file come into being, and what is asked of it before anything in it is believed?

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use stapel_keys::random;

use super::error::VaultError;
use super::header::Header;
use super::lock::{Lock, pause};

/// The format that is written.
pub(super) const FORMAT: u32 = 1;
/// "Stpl", by which `file` and SQLite tell a vault from other databases.
const APPLICATION_ID: u32 = 0x5374_706C;
const TABLES: [&str; 3] = [
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
    "CREATE TABLE seal (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
    "CREATE TABLE slot (id INTEGER PRIMARY KEY, wrapped TEXT NOT NULL, checksum BLOB NOT NULL) STRICT",
];

/// A vault's file, its place taken and its layout checked; nothing decrypted yet.
pub(super) struct OpenFile {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) lock: Lock,
}

/// Where a new vault comes to stand, independent of the current folder.
pub(super) struct Place {
    pub(super) path: PathBuf,
}

impl OpenFile {
    /// Finds the file, waits for its lock, and opens it.
    pub(super) fn take(path: &Path) -> Result<Self, VaultError> {
        let path = path.canonicalize().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => VaultError::NoWallet { path: path.to_owned() },
            _ => VaultError::io(path, "found")(source),
        })?;
        if !path.is_file() {
            return Err(VaultError::NotAVault { path, why: "it is no regular file" });
        }
        let lock = Lock::take(&path, pause)?;
        Self::open(&path, lock)
    }

    pub(super) fn open(path: &Path, lock: Lock) -> Result<Self, VaultError> {
        // After a crash the file may be halfway through a change; SQLite then puts it right from its journal first.
        if !journal_of(path).exists() {
            refuse_other_files(path)?;
        }
        let connection = connect(path)?;
        check_layout(&connection, path)?;
        Ok(Self { connection, path: path.to_owned(), lock })
    }
}

impl Place {
    pub(super) fn for_new(path: &Path) -> Result<Self, VaultError> {
        let name = path.file_name().ok_or_else(|| VaultError::NotAVault {
            path: path.to_owned(),
            why: "the path does not end in the name of a file",
        })?;
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let folder = folder.canonicalize().map_err(VaultError::io(path, "created"))?;
        Ok(Self { path: folder.join(name) })
    }

    /// Fills a database beside the place, then gives it the name: it appears whole or not at all.
    pub(super) fn write_new(
        &self,
        fill: impl FnOnce(&Connection, &Path) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let path = self.path.as_path();
        // Asked first for the sake of a clear answer; `link` is what holds against a race.
        if fs::symlink_metadata(path).is_ok() {
            return Err(VaultError::Exists { path: path.to_owned() });
        }
        let temporary = Temporary::create(path)?;
        let mut connection = connect(&temporary.0)?;
        let transaction = connection.transaction().map_err(VaultError::sqlite(path, "created"))?;
        fill(&transaction, path)?;
        transaction.commit().map_err(VaultError::sqlite(path, "created"))?;
        connection.close().map_err(|(_, error)| VaultError::sqlite(path, "created")(error))?;
        link(&temporary.0, path).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists { path: path.to_owned() },
            _ => VaultError::io(path, "created")(source),
        })?;
        drop(temporary);
        sync_folder(path).map_err(VaultError::io(path, "created"))
    }
}

/// Makes the empty tables.
pub(super) fn lay_out(connection: &Connection, path: &Path) -> Result<(), VaultError> {
    for table in TABLES {
        connection.execute(table, []).map_err(VaultError::sqlite(path, "created"))?;
    }
    for (pragma, value) in [("application_id", APPLICATION_ID), ("user_version", FORMAT)] {
        connection.pragma_update(None, pragma, value).map_err(VaultError::sqlite(path, "created"))?;
    }
    Ok(())
}

fn refuse_other_files(path: &Path) -> Result<(), VaultError> {
    let header = Header::load(path).map_err(VaultError::io(path, "read"))?;
    if !header.is_sqlite {
        return Err(VaultError::NotAVault { path: path.to_owned(), why: "it does not begin like one" });
    }
    if header.found < header.expected {
        return Err(VaultError::Truncated { path: path.to_owned(), found: header.found, expected: header.expected });
    }
    Ok(())
}

fn connect(path: &Path) -> Result<Connection, VaultError> {
    let refuse = || VaultError::sqlite(path, "opened");
    // No SQLITE_OPEN_CREATE: a vault that is gone must not come back empty.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(refuse())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(refuse())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(refuse())?;
    connection
        .execute_batch(
            "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; \
             PRAGMA synchronous = EXTRA; PRAGMA journal_mode = DELETE;",
        )
        .map_err(refuse())?;
    if journal_of(path).exists() {
        // On the way from PERSIST to DELETE SQLite plays back the journal of a change that a crash cut short, and removes
        // also one that had not yet begun to count.
        connection.execute_batch("PRAGMA journal_mode = PERSIST; PRAGMA journal_mode = DELETE;").map_err(refuse())?;
    }
    Ok(connection)
}

fn check_layout(connection: &Connection, path: &Path) -> Result<(), VaultError> {
    let read = || VaultError::sqlite(path, "read");
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(read());
    if pragma("application_id")? != i64::from(APPLICATION_ID) {
        return Err(VaultError::NotAVault { path: path.to_owned(), why: "it is a database of another program" });
    }
    let version = pragma("user_version")?;
    match u32::try_from(version) {
        Ok(FORMAT) => {}
        Ok(found) if found > FORMAT => {
            return Err(VaultError::NewerVersion { path: path.to_owned(), found, known: FORMAT });
        }
        _ => return Err(VaultError::altered(path, format!("its format is {version}"))),
    }
    let sound: String = connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).map_err(read())?;
    if sound != "ok" {
        return Err(VaultError::altered(path, sound.replace('\n', " ")));
    }
    let mut statement = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY name").map_err(read())?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(read())?;
    if tables != TABLES {
        return Err(VaultError::altered(path, "its tables are not those of a wallet"));
    }
    Ok(())
}

fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-journal");
    path.with_file_name(name)
}

/// A new, empty file of mode 0600 beside the place; removed when dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn create(path: &Path) -> Result<Self, VaultError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", random::uuid_v4()?.simple()));
        let temporary = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        options.open(&temporary).map_err(VaultError::io(path, "created"))?;
        Ok(Self(temporary))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed is an encrypted file without a name that anyone looks for.
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_file(journal_of(&self.0));
    }
}

/// A hard link, not a rename, gives the name: a rename would replace what stands there. Where a file system has no links
/// (FAT on a stick) the lock that is held keeps other wallets away, and a rename does.
fn link(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && fs::symlink_metadata(path).is_err() => {
            fs::rename(temporary, path)
        }
        other => other,
    }
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    let _: Option<File> = None;
    Ok(())
}
