//! Which badge is attached to this PDF (ISO 32000-1 §7.11.4)?
//!
//! The sheets that Stapel prints have their badge with them as an embedded file. Only that is looked for, by its dictionary: no
//! page is read, no object stream is opened. A whole PDF library would decode streams of any size before a cap could be set.

use std::io::Read;

use flate2::read::ZlibDecoder;
use stapel_bake::MAX_TEXT_BYTES;

use crate::archive::MAX_NAME_LETTERS;
use crate::{Content, IntakeError, Item, text};

const EMBEDDED: &[u8] = b"/EmbeddedFile";
/// How far before and after its type the rest of a stream's dictionary stands.
const DICTIONARY: usize = 1_024;
/// So many attachments are looked at; as many as a sheet of ours has at most.
const MAX_ATTACHMENTS: usize = 30;

/// Every attachment that may be a badge, one at least.
pub(crate) fn open(bytes: &[u8]) -> Result<Vec<Item>, IntakeError> {
    let mut items = Vec::new();
    let mut from = 0;
    let mut seen = 0;
    while seen < MAX_ATTACHMENTS {
        let Some(at) = find(bytes.get(from..).unwrap_or_default(), EMBEDDED).map(|at| from + at) else { break };
        from = at + EMBEDDED.len();
        // Else it is the tree of names, `/EmbeddedFiles`.
        if bytes.get(from).is_none_or(|next| !next.is_ascii_alphanumeric()) {
            seen += 1;
            match embedded(bytes, at) {
                Ok(content) => {
                    let name = || name(bytes, at);
                    items.extend(badge(content).map(|content| Item { name: name(), content: Ok(content) }));
                }
                Err(error) => items.push(Item { name: name(bytes, at), content: Err(error) }),
            }
        }
    }
    match items.is_empty() {
        false => Ok(items),
        true if find(bytes, b"/Encrypt").is_some() => Err(IntakeError::LockedPdf),
        true => Err(IntakeError::NoAttachment),
    }
}

/// Invoices and the like are attached as well: they are no badges.
fn badge(bytes: Vec<u8>) -> Option<Content> {
    let content = text(bytes.into()).ok()?;
    matches!(&content, Content::Document(text) if !text.starts_with('<')).then_some(content)
}

/// The bytes of the embedded file whose dictionary has its type there.
fn embedded(pdf: &[u8], at: usize) -> Result<Vec<u8>, IntakeError> {
    let broken = |why| IntakeError::BrokenAttachment { why };
    let before = pdf.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
    let after = pdf.get(at..pdf.len().min(at + DICTIONARY)).unwrap_or_default();
    let begin = at - find_last(before, b"obj").map_or(before.len(), |found| before.len() - found);
    let keyword = find(after, b"stream").ok_or_else(|| broken("its dictionary has no end"))?;
    let dictionary = pdf.get(begin..at + keyword).unwrap_or_default();
    let data = pdf.get(at + keyword + b"stream".len()..).unwrap_or_default();
    let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
    let length = match number(dictionary, b"/Length") {
        Some(length) => length,
        // The length stands in an object of its own.
        None => find(data, b"endstream").ok_or_else(|| broken("it has no end"))?,
    };
    let data = data.get(..length).ok_or_else(|| broken("it ends too early"))?;
    match filter(dictionary) {
        None if length > MAX_TEXT_BYTES => Err(broken("it is larger than any badge")),
        None => Ok(data.to_vec()),
        Some(b"FlateDecode") => {
            let mut content = Vec::new();
            let read = ZlibDecoder::new(data).take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut content);
            if content.len() > MAX_TEXT_BYTES {
                return Err(broken("it is larger than any badge"));
            }
            read.map_err(|_| broken("its compressed bytes are damaged"))?;
            Ok(content)
        }
        Some(_) => Err(broken("it is compressed in a way that is not read here")),
    }
}

/// The name of the file whose stream has its type there, where its file specification stands directly before it, as in our
/// sheets, and says it in plain letters (ISO 32000-1 §7.11.3).
fn name(pdf: &[u8], at: usize) -> Option<String> {
    let before = pdf.get(at.saturating_sub(2 * DICTIONARY)..at)?;
    let stream = find_last(before, b"obj")?;
    // `12 0 obj`
    let number = before.get(..stream)?.trim_ascii_end().strip_suffix(b"0")?.trim_ascii_end();
    let digits = number.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(number.get(number.len() - digits..)?).ok()?;
    let specification = before.get(..find_last(before.get(..stream)?, format!("/F {number} 0 R").as_bytes())?)?;
    let specification = specification.get(find_last(specification, b"obj")?..)?;
    let text = value(specification, b"/F")?.strip_prefix(b"(")?;
    let text = std::str::from_utf8(text.get(..text.iter().position(|byte| *byte == b')')?)?).ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._- ".contains(c);
    (!text.is_empty() && text.len() <= MAX_NAME_LETTERS && text.chars().all(is_plain)).then(|| text.to_owned())
}

/// The direct integer of that key.
fn number(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let rest = value(dictionary, key)?;
    let end = rest.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, after) = rest.split_at(end);
    // `12 0 R` is a reference.
    let is_reference = after.trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| !is_reference)?;
    digits.parse().ok()
}

/// The filter of the stream; of several, none that is known.
fn filter(dictionary: &[u8]) -> Option<&[u8]> {
    let rest = value(dictionary, b"/Filter")?;
    let (is_list, rest) = match rest.strip_prefix(b"[") {
        Some(items) => (true, items.trim_ascii_start()),
        None => (false, rest),
    };
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    Some(if is_list && after.trim_ascii_start().starts_with(b"/") { b"several" } else { name })
}

/// What stands behind that key.
fn value<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let mut rest = dictionary;
    loop {
        rest = rest.get(find(rest, key)? + key.len()..)?;
        if rest.first().is_some_and(|next| !next.is_ascii_alphanumeric()) {
            return Some(rest.trim_ascii_start());
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}
