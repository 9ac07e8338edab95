//! What does it look like? Images by address or inside the document (OB 3.0 `Image`).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{one_bare_or_many, shortened};
use crate::uri::Uri;

/// The largest image that is read inside a document, in bytes of its `data:` URI.
pub const MAX_DATA_IMAGE_BYTES: usize = 512 * 1024;

/// An image of an achievement, a profile or a holder (OB 3.0 `Image`). A bare address is read as one too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Image {
    /// Where it is, or the image itself.
    pub id: ImageAddress,
    /// Contains `Image`.
    #[serde(rename = "type", with = "one_bare_or_many")]
    pub types: Vec<String>,
    /// What it shows, for those who do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

/// Where an image is: an address, or the image itself as a `data:image/…` URI (RFC 2397).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageAddress(String);

/// Why an image was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// Over the cap.
    #[error("the image inside the document has {actual} bytes; at most {MAX_DATA_IMAGE_BYTES} are read")]
    TooLarge {
        /// The size received, in bytes.
        actual: usize,
    },
    /// A `data:` URI of something else.
    #[error("{text:?} is not an image: data:image/… is expected")]
    NotAnImage {
        /// The text received, shortened.
        text: String,
    },
    /// Not an address.
    #[error(transparent)]
    Uri(#[from] crate::uri::UriError),
}

impl Image {
    /// The image at this address.
    pub fn new(id: ImageAddress, caption: Option<String>) -> Self {
        Self { id, types: vec!["Image".to_owned()], caption }
    }
}

impl ImageAddress {
    /// Reads an absolute URI or a `data:image/` URI of at most [`MAX_DATA_IMAGE_BYTES`].
    ///
    /// # Errors
    /// [`ImageError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ImageError> {
        let Some(rest) = text.strip_prefix("data:") else {
            return Ok(Self(Uri::parse(text)?.as_str().to_owned()));
        };
        if text.len() > MAX_DATA_IMAGE_BYTES {
            return Err(ImageError::TooLarge { actual: text.len() });
        }
        if !rest.starts_with("image/") || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ImageError::NotAnImage { text: shortened(text) });
        }
        Ok(Self(text.to_owned()))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes of the image itself, where it stands in the document in base64.
    pub fn embedded_bytes(&self) -> Option<Vec<u8>> {
        let (_, data) = self.0.strip_prefix("data:")?.split_once(";base64,")?;
        STANDARD.decode(data).ok()
    }

    /// Whether the image itself stands in the document.
    pub fn is_embedded(&self) -> bool {
        self.0.starts_with("data:")
    }
}

impl fmt::Display for ImageAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::timestamp::as_text!(ImageAddress);

impl Serialize for Image {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AddressOrObject;

        impl<'de> Visitor<'de> for AddressOrObject {
            type Value = Image;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an image: its address or an object")
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Image, E> {
                ImageAddress::parse(value).map(|id| Image::new(id, None)).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Image, A::Error> {
                Image::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_any(AddressOrObject)
    }
}
