//! Which credential is baked into this picture, and how does one get in? PNG and SVG (OB 3.0 §5.3).
//!
//! A picture of a badge can carry the badge itself. [`extract`] takes its text out, [`bake`] puts a text in, once, and
//! leaves everything else of the picture as it was, byte for byte. Nothing is verified here: a text that comes out is
//! foreign text like any other, and its next stop is a verifier.
//!
//! Pictures are foreign bytes. A PNG is walked chunk by chunk by our own few lines, since no PNG library gives back the
//! chunks that it does not know as they were; an SVG is read as a stream of events, in memory that does not grow with
//! what is nested or declared in it. Anything that two readers could read differently is refused: two badges in one
//! picture, a badge that is not where the standard puts it, entities.
//!
//! ```
//! use stapel_bake::{BakeError, Kind, bake, extract};
//!
//! let picture = br#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>"#;
//! assert!(matches!(extract(picture), Err(BakeError::NoBadge { .. })));
//!
//! let baked = bake(picture, r#"{"type": "AchievementCredential"}"#)?;
//! let found = extract(&baked)?;
//! assert_eq!((found.kind, found.text.as_str()), (Kind::Json, r#"{"type": "AchievementCredential"}"#));
//! # Ok::<(), BakeError>(())
//! ```

mod error;
mod kind;
mod png;
mod svg;

pub use error::{BakeError, PngError, SvgError};
pub use kind::{Format, Kind};

/// The largest picture that is read, in bytes.
pub const MAX_PICTURE_BYTES: usize = 16 * 1024 * 1024;
/// The longest credential that is read or baked, in bytes; as long as any document of this project.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// What was found in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baked {
    /// The credential, exactly as it was baked but for white space around it. Nothing of it is verified.
    pub text: String,
    /// How it is secured, by its shape.
    pub kind: Kind,
    /// The kind of picture.
    pub format: Format,
}

/// Takes the credential out of a picture (OB 3.0 §5.3.1, §5.3.2 "Extracting").
///
/// # Errors
/// [`BakeError::NoBadge`] for a sound picture without a badge, [`BakeError::OlderBadge`] when it carries one of Open
/// Badges 1 or 2; any other for a picture that is broken, or carries its badge in a way that others could read
/// differently.
pub fn extract(picture: &[u8]) -> Result<Baked, BakeError> {
    let format = sized(picture)?;
    let text = match format {
        Format::Png => png::extract(picture)?,
        Format::Svg => svg::extract(picture)?,
    };
    let kind = Kind::of(&text)?;
    Ok(Baked { text, kind, format })
}

/// Puts a credential into a picture, in the place of any that it carries (OB 3.0 §5.3.1, §5.3.2 "Baking").
///
/// White space around the credential is left out. The rest of the picture keeps its bytes and their order; an SVG root
/// that does not declare the prefix `openbadges` gets that declaration, as the standard asks.
///
/// # Errors
/// [`BakeError`]: the picture is broken, the text is not a credential by its shape, or the picture would be over a cap
/// with it.
pub fn bake(picture: &[u8], credential: &str) -> Result<Vec<u8>, BakeError> {
    let format = sized(picture)?;
    let credential = credential.trim();
    let kind = Kind::of(credential)?;
    let baked = match format {
        Format::Png => png::bake(picture, credential)?,
        Format::Svg => svg::bake(picture, credential, kind)?,
    };
    // A picture that stands at a cap may stand over it with a badge in it: what cannot be read is not given out.
    extract(&baked)?;
    Ok(baked)
}

fn sized(picture: &[u8]) -> Result<Format, BakeError> {
    if picture.len() > MAX_PICTURE_BYTES {
        return Err(BakeError::TooLarge { found: picture.len() });
    }
    Format::find(picture).ok_or(BakeError::UnknownFormat)
}
