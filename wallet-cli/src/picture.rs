//! Into which picture does a badge go? One that is given, else its own, else one that is drawn for it.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use stapel_bake::{Format, bake};
use stapel_credential::{AchievementCredential, AchievementSubject, ImageAddress};
use stapel_report::{Language, badge_picture};
use stapel_wallet::KeptDocument;

use crate::error::Failure;
use crate::file;

/// The picture for the file of that name, with the badge in it as its issuer signed it.
pub(crate) fn with_badge(
    kept: &KeptDocument<AchievementSubject>,
    out: &Path,
    given: Option<&Path>,
    language: Language,
) -> Result<Vec<u8>, Failure> {
    let wanted = format_of(out).ok_or_else(|| Failure::PictureName { path: out.to_owned() })?;
    let badge = kept.peek_unverified();
    let picture = match given {
        Some(path) => {
            let picture = file::read_picture(path)?;
            match Format::find(&picture) {
                Some(found) if found != wanted => return Err(Failure::OtherPicture { found, wanted }),
                _ => picture,
            }
        }
        None => match (own(badge, wanted), wanted) {
            (Some(picture), _) => picture,
            (None, Format::Svg) => badge_picture(badge, language).into_bytes(),
            (None, _) => return Err(Failure::NoPicture { name: kept.name() }),
        },
    };
    Ok(bake(&picture, kept.signed.text())?)
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "png" => Some(Format::Png),
        "svg" => Some(Format::Svg),
        _ => None,
    }
}

/// The picture that stands in the badge itself, if it is of that kind.
fn own(badge: &AchievementCredential, wanted: Format) -> Option<Vec<u8>> {
    let images = [&badge.credential_subject.achievement.image, &badge.image];
    images
        .into_iter()
        .flatten()
        .filter_map(|image| embedded(&image.id))
        .find(|picture| Format::find(picture) == Some(wanted))
}

/// The bytes of a `data:` URI (RFC 2397), where they can be read.
fn embedded(image: &ImageAddress) -> Option<Vec<u8>> {
    let (kind, data) = image.as_str().strip_prefix("data:")?.split_once(',')?;
    let data = unescaped(data)?;
    if kind.ends_with(";base64") { STANDARD.decode(data).ok() } else { Some(data) }
}

/// Percent-decoding (RFC 3986 §2.1).
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut pieces = text.split('%');
    let mut out = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        let digits = Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        out.push(u8::from_str_radix(digits, 16).ok()?);
        out.extend_from_slice(rest.as_bytes());
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_inside_a_badge_is_read_in_base64_and_percent_encoded() {
        let read = |text: &str| embedded(&ImageAddress::parse(text).unwrap());
        assert_eq!(read("data:image/png;base64,iVBORw0KGgo="), Some(b"\x89PNG\r\n\x1a\n".to_vec()));
        assert_eq!(read("data:image/png;base64,iVBORw0KGgo%3D"), Some(b"\x89PNG\r\n\x1a\n".to_vec()));
        assert_eq!(read("data:image/svg+xml,%3Csvg/%3E"), Some(b"<svg/>".to_vec()));
        assert_eq!(read("data:image/svg+xml;charset=utf-8,<svg%2f>%c3%A9"), Some("<svg/>é".as_bytes().to_vec()));
        for none in [
            "data:image/png;base64,***",
            "data:image/png;base64,iVBORw0KGgo",
            "data:image/png,%F",
            "data:image/png,%+f",
            "data:image/png,%",
            "data:image/png",
            "https://roc.example/a.png",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
