//! Which files are in this ZIP archive (APPNOTE 6.3.10)? Each is read on its own, and all together give no more than one file may.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{FileKind, IntakeError, Item, MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_FILE_BYTES, open_file};

/// The head of an entry of the central directory (APPNOTE §4.3.12).
const ENTRY: &[u8] = b"PK\x01\x02";
/// Room for a file, in bytes: more than is read of an archive.
const ROOM: usize = MAX_FILE_BYTES + 1024 * 1024;
/// A file up to this is copied out of it.
const LARGE_BYTES: usize = 2 * 1024 * 1024;
/// The longest name that is told.
pub(crate) const MAX_NAME_LETTERS: usize = 120;

pub(crate) fn open(bytes: &[u8]) -> Result<Vec<Item>, IntakeError> {
    // The reader makes a record of each entry before any can be counted: half a million fit into our bytes.
    if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).nth(MAX_ARCHIVE_FILES).is_some() {
        return Err(IntakeError::TooManyFiles);
    }
    let broken = |error: &ZipError| IntakeError::BrokenArchive { why: error.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    // What an office program writes is an archive, too (ECMA-376 part 2 §7.2.3): its parts are no files of anybody.
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Err(IntakeError::OtherKind { name: "Office" });
    }
    let mut items = Vec::new();
    let mut left = MAX_ARCHIVE_BYTES;
    for index in 0..archive.len() {
        let file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                let locked = matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED));
                let why = if locked { IntakeError::LockedFile } else { broken(&error) };
                items.push(Item { name: None, content: Err(why) });
                continue;
            }
        };
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if file.is_dir() || is_clutter(&name) {
            continue;
        }
        let told = told(&name);
        // Memory that nobody writes to is none; and what has more than 32 MiB glibc gives back at once, while it keeps what grew.
        let mut content = Vec::with_capacity(ROOM);
        let read = file.take(left + 1).read_to_end(&mut content);
        let length = content.len() as u64;
        if length > left {
            items.push(Item { name: Some(told), content: Err(IntakeError::ArchiveTooLarge) });
            break;
        }
        left -= length;
        if content.len() <= LARGE_BYTES {
            content = content.as_slice().to_vec();
        }
        if let Err(error) = read {
            items.push(Item { name: Some(told), content: Err(IntakeError::BrokenArchive { why: error.to_string() }) });
            continue;
        }
        for item in open_file(FileKind::find(&content), content.into()) {
            let name = item.name.map_or_else(|| told.clone(), |inner| format!("{told} › {inner}"));
            items.push(Item { name: Some(name), content: item.content });
        }
    }
    if items.is_empty() {
        items.push(Item { name: None, content: Err(IntakeError::Empty) });
    }
    Ok(items)
}

/// What systems put beside the files of a person.
fn is_clutter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("__MACOSX/") || last.starts_with('.') || last == "Thumbs.db" || last == "desktop.ini"
}

/// A name for people: nothing in it moves a cursor or hides its end.
pub(crate) fn told(name: &str) -> String {
    let seen = |letter: char| {
        !letter.is_control()
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    name.chars().map(|letter| if seen(letter) { letter } else { '�' }).take(MAX_NAME_LETTERS).collect()
}
