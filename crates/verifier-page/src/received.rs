//! What was handed in: the text of a document, or a picture with one in it?

use stapel_bake::{BakeError, Format};

/// Why bytes hold no document.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceivedError {
    /// A picture without a badge, or a broken one.
    #[error(transparent)]
    Picture(#[from] BakeError),
    /// Neither text nor a picture that carries badges.
    #[error("it is neither text nor a picture that can carry a badge (PNG or SVG)")]
    NotText,
}

/// The text of the document in these bytes.
pub(crate) fn text_of(bytes: Vec<u8>) -> Result<String, ReceivedError> {
    if Format::find(&bytes).is_some() {
        return Ok(stapel_bake::extract(&bytes)?.text);
    }
    String::from_utf8(bytes).map_err(|_| ReceivedError::NotText)
}
