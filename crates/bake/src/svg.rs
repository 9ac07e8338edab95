//! How is a credential written into an SVG, and taken out of it? (OB 3.0 §5.3.2)
//!
//! What stands where is told by [`reader`]; here bytes are only cut and put between bytes that stay as they were.

mod reader;

use std::fmt::Write as _;

use self::reader::{Found, Prefix, Survey, survey};
use crate::kind::BYTE_ORDER_MARK;
use crate::{BakeError, Format, Kind, SvgError};

/// The namespace of `credential` (OB 3.0 §5.3.2.1).
const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";

pub(crate) fn extract(picture: &[u8]) -> Result<String, BakeError> {
    let (text, _) = text(picture)?;
    let Survey { mut found, older, .. } = survey(text)?;
    let badge = match (found.pop(), found.len()) {
        (None, _) if older => return Err(BakeError::OlderBadge { format: Format::Svg }),
        (None, _) => return Err(BakeError::NoBadge { format: Format::Svg }),
        (Some(badge), 0) => badge,
        (Some(_), others) => return Err(BakeError::SeveralBadges { format: Format::Svg, found: others + 1 }),
    };
    let at = badge.range.start;
    let Found { in_root, verify, body, holds_element, .. } = badge;
    if !in_root {
        return Err(SvgError::Misplaced { at }.into());
    }
    if holds_element {
        return Err(SvgError::ElementInside { at }.into());
    }
    let body = body.ok_or(BakeError::TextTooLong)?;
    match verify {
        None => Ok(body.trim().to_owned()),
        Some(_) if !body.trim().is_empty() => Err(SvgError::BothForms { at }.into()),
        Some(jws) => match Kind::of(jws.trim())? {
            Kind::Jws => Ok(jws.trim().to_owned()),
            Kind::Json => Err(BakeError::NotACredential { begins: jws.trim().chars().take(24).collect() }),
        },
    }
}

pub(crate) fn bake(picture: &[u8], credential: &str, kind: Kind) -> Result<Vec<u8>, BakeError> {
    let (text, mark) = text(picture)?;
    let Survey { root, found, .. } = survey(text)?;
    let element = element(credential, kind, root.prefix)?;
    // Places before which something is written, and ranges that go; in the order of the text.
    let mut edits = vec![(root.tag_end..root.tag_end, element)];
    if root.prefix == Prefix::Free {
        edits.push((root.name_end..root.name_end, format!(" xmlns:openbadges=\"{NAMESPACE}\"")));
    }
    if root.is_empty {
        // <svg …/> becomes <svg …>…</svg>.
        edits.push((root.tag_end - 2..root.tag_end - 1, String::new()));
        edits.push((root.tag_end..root.tag_end, format!("</{}>", root.name)));
    }
    edits.extend(found.into_iter().map(|badge| (badge.range, String::new())));
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut kept) = (mark.to_vec(), 0);
    for (range, new) in edits {
        out.extend_from_slice(text.get(kept..range.start).unwrap_or_default().as_bytes());
        out.extend_from_slice(new.as_bytes());
        kept = range.end;
    }
    out.extend_from_slice(text.get(kept..).unwrap_or_default().as_bytes());
    Ok(out)
}

/// The document as text, and the byte order mark before it, if there is one.
fn text(picture: &[u8]) -> Result<(&str, &[u8]), SvgError> {
    let (mark, bytes) = match picture.strip_prefix(BYTE_ORDER_MARK) {
        Some(bytes) => (BYTE_ORDER_MARK, bytes),
        None => (&b""[..], picture),
    };
    let text = std::str::from_utf8(bytes).map_err(|error| SvgError::NotUtf8 { at: error.valid_up_to() })?;
    Ok((text, mark))
}

fn element(credential: &str, kind: Kind, prefix: Prefix) -> Result<String, BakeError> {
    let mut out = String::with_capacity(credential.len() + 128);
    out.push_str("<openbadges:credential");
    if prefix == Prefix::Taken {
        let _ = write!(out, " xmlns:openbadges=\"{NAMESPACE}\"");
    }
    match kind {
        // Three parts of base64url hold nothing that an attribute would have to escape.
        Kind::Jws => {
            let _ = write!(out, " verify=\"{credential}\">");
        }
        Kind::Json => {
            if let Some((at, character)) = credential.char_indices().find(|(_, character)| !reader::is_xml(*character))
            {
                return Err(BakeError::NotForSvg { code: character.into(), at });
            }
            // "]]>" ends a CDATA section, so it is cut in two; a carriage return would be read as a line feed
            // (XML 1.0 §2.11), so it stands outside as a reference.
            let inside = credential.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#13;<![CDATA[");
            let _ = write!(out, "><![CDATA[{inside}]]>");
        }
    }
    out.push_str("</openbadges:credential>");
    Ok(out)
}
