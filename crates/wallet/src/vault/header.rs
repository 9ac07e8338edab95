//! What do the first hundred bytes of a file say, before SQLite is let near it? (SQLite, "Database File Format" §1.3.)

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

const LENGTH: u64 = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The header of an SQLite file, as far as it tells what the file is and whether all of it is there.
pub(super) struct Header {
    /// Whether it is SQLite's.
    pub(super) is_sqlite: bool,
    /// Bytes there are.
    pub(super) found: u64,
    /// Bytes there should be: pages times their size.
    pub(super) expected: u64,
}

impl Header {
    /// Reads the header of the file. To be called while no connection of this process has the file open: closing a file
    /// gives up every POSIX lock that the process has on it (SQLite, "How To Corrupt An SQLite Database File" §2.2).
    pub(super) fn load(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let found = file.metadata()?.len();
        let mut bytes = Vec::new();
        file.take(LENGTH).read_to_end(&mut bytes)?;
        let page_size = match number(&bytes, 16, 2) {
            1 => 65_536,
            size => size,
        };
        let expected = (page_size * number(&bytes, 28, 4)).max(LENGTH);
        Ok(Self {
            is_sqlite: bytes.is_empty() || MAGIC.starts_with(bytes.get(..16).unwrap_or(&bytes)),
            found,
            expected,
        })
    }
}

fn number(bytes: &[u8], from: usize, length: usize) -> u64 {
    bytes.get(from..from + length).unwrap_or_default().iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
