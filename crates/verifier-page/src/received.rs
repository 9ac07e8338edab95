//! What was handed in, and what is to be verified of it: files are opened, and links are followed once.

use stapel_fetch::{Accept, FetchError};
use stapel_intake::{Content, FileKind, IntakeError, open};

use crate::desk::{Desk, MAX_TEXT_BYTES};

/// Something to verify, or why it is not there.
#[derive(Debug)]
pub(crate) struct Received {
    /// The name of the file, within its archive if it came in one, or the link.
    pub(crate) source: Option<String>,
    pub(crate) text: Result<String, ReceivedError>,
}

/// Why there is nothing to verify. Nothing is known against it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceivedError {
    /// There is nothing in the file.
    #[error(transparent)]
    File(#[from] IntakeError),
    /// It is larger than what is judged here.
    #[error("it has {found} bytes")]
    TooLarge {
        /// How many it has.
        found: usize,
    },
    /// The link leads nowhere.
    #[error(transparent)]
    Link(#[from] FetchError),
    /// This verifier asks nobody.
    #[error("links are not followed here: this verifier works without a network")]
    NoNetwork,
    /// What the link led to is another link.
    #[error("the link leads to another link; hand in that one, if you know whose it is")]
    LinkToLink,
    /// The time for fetching was over.
    #[error("the link was not followed: others took the time")]
    NoTime,
}

/// Opens a file. Blocks: pictures are decoded and links are asked.
pub(crate) fn receive(
    desk: &Desk,
    source: Option<&String>,
    bytes: &[u8],
    has_time: &dyn Fn() -> bool,
) -> Vec<Received> {
    // Not worth a copy.
    if bytes.len() > MAX_TEXT_BYTES && FileKind::find(bytes) == FileKind::Text {
        let found = bytes.trim_ascii().len();
        if found > MAX_TEXT_BYTES {
            return vec![Received { source: source.cloned(), text: Err(ReceivedError::TooLarge { found }) }];
        }
    }
    opened(desk, source, bytes)
        .into_iter()
        .flat_map(|(source, content)| match content {
            Ok(Content::Link(link)) => follow(desk, link, has_time),
            Ok(Content::Document(text)) => vec![Received { source, text: Ok(text) }],
            Err(error) => vec![Received { source, text: Err(error.into()) }],
        })
        .collect()
}

/// Pictures and archives are opened one at a time: what comes out of them is larger than they are.
fn opened(desk: &Desk, source: Option<&String>, bytes: &[u8]) -> Vec<(Option<String>, Result<Content, IntakeError>)> {
    let named = |inner: Option<String>| match (source, inner) {
        (Some(outer), Some(inner)) => Some(format!("{outer} › {inner}")),
        (outer, inner) => inner.or_else(|| outer.cloned()),
    };
    let items = if FileKind::find(bytes) == FileKind::Text { open(bytes) } else { desk.alone(|| open(bytes)) };
    items.into_iter().map(|item| (named(item.name), item.content)).collect()
}

/// The document that this file is, if it is one as it stands: no picture, no archive, no link.
pub(crate) fn document(bytes: &[u8]) -> Option<String> {
    let text = (FileKind::find(bytes) == FileKind::Text).then(|| open(bytes).pop()?.content.ok())??;
    if let Content::Document(text) = text { Some(text) } else { None }
}

/// What stands at the end of a link; a link there is not followed.
fn follow(desk: &Desk, link: String, has_time: &dyn Fn() -> bool) -> Vec<Received> {
    let fetched = match desk.fetcher() {
        None => Err(ReceivedError::NoNetwork),
        Some(_) if !has_time() => Err(ReceivedError::NoTime),
        Some(fetcher) => fetcher.fetch(&link, Accept::Document).map_err(ReceivedError::from),
    };
    let source = Some(link);
    match fetched {
        Err(error) => vec![Received { source, text: Err(error) }],
        Ok(fetched) => opened(desk, source.as_ref(), &fetched.body)
            .into_iter()
            .map(|(source, content)| match content {
                Ok(Content::Document(text)) => Received { source, text: Ok(text) },
                Ok(Content::Link(_)) => Received { source, text: Err(ReceivedError::LinkToLink) },
                Err(error) => Received { source, text: Err(error.into()) },
            })
            .collect(),
    }
}
