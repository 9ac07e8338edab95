//! Which other documents belong to this one, and are they still the same? `relatedResource` (VC Data Model 2.0 §5.3).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::digest::Digest;
use crate::jcs;
use crate::text::shortened;
use crate::uri::Uri;

/// A document fixed by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedResource {
    /// Where it is, or how it is called.
    pub id: Uri,
    /// Its SHA-256, where it is given in the form of Subresource Integrity.
    pub digest_sri: Option<Digest>,
    /// Its digests in other forms.
    others: Vec<OtherDigest>,
    /// The digests as they were written.
    written: Written,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    id: Uri,
    #[serde(rename = "digestSRI", default, skip_serializing_if = "Option::is_none")]
    digest_sri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest_multibase: Option<String>,
}

/// A digest by another algorithm, or in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum OtherDigest {
    Sha256(Vec<u8>),
    Sha384(Vec<u8>),
    Sha512(Vec<u8>),
    /// By an algorithm that is not computed here.
    Unknown,
}

impl RelatedResource {
    /// The document of that name with that digest.
    pub fn new(id: Uri, digest: Digest) -> Self {
        let written = Written { id: id.clone(), digest_sri: Some(digest.to_string()), digest_multibase: None };
        Self { id, digest_sri: Some(digest), others: Vec::new(), written }
    }

    /// Whether this text is the one that was fixed: by its bytes, or by the JCS form of it, as our own documents are. Digests by
    /// algorithms that are not computed here say nothing.
    pub fn agrees_with(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let sri = self.digest_sri.is_none_or(|digest| {
            digest == Digest::of(bytes) || jcs::digest_text(text).is_ok_and(|canonical| canonical == digest)
        });
        sri && self.others.iter().all(|digest| match digest {
            OtherDigest::Sha256(found) => Sha256::digest(bytes).as_slice() == found.as_slice(),
            OtherDigest::Sha384(found) => Sha384::digest(bytes).as_slice() == found.as_slice(),
            OtherDigest::Sha512(found) => Sha512::digest(bytes).as_slice() == found.as_slice(),
            OtherDigest::Unknown => true,
        })
    }

    /// Whether a document of these bytes, by their SHA-256, may be the one that was fixed. Digests by other algorithms say nothing.
    pub fn may_be(&self, sha256: &Digest) -> bool {
        self.digest_sri.is_none_or(|digest| digest == *sha256)
            && self.others.iter().all(|digest| match digest {
                OtherDigest::Sha256(found) => sha256.as_bytes().as_slice() == found.as_slice(),
                _ => true,
            })
    }
}

/// Integrity metadata of Subresource Integrity §3.5: one digest or several, apart by spaces.
fn read_sri(text: &str, into: &mut RelatedResource) -> Result<(), String> {
    let refuse =
        || format!("{:?} is not a digest such as sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", shortened(text));
    let mut found = false;
    for part in text.split_ascii_whitespace() {
        found = true;
        let (algorithm, encoded) = part.split_once('-').ok_or_else(refuse)?;
        let encoded = encoded.split('?').next().unwrap_or_default();
        // The fixtures of the W3C's own suite write the M of multibase before the base64.
        let bytes = STANDARD.decode(encoded).ok().or_else(|| STANDARD.decode(encoded.strip_prefix('M')?).ok());
        let bytes = bytes.ok_or_else(refuse)?;
        let digest = match (algorithm, bytes.len()) {
            ("sha256", 32) => OtherDigest::Sha256(bytes),
            ("sha384", 48) => OtherDigest::Sha384(bytes),
            ("sha512", 64) => OtherDigest::Sha512(bytes),
            _ => return Err(refuse()),
        };
        match (Digest::parse(part), into.digest_sri) {
            (Ok(digest), None) => into.digest_sri = Some(digest),
            _ => into.others.push(digest),
        }
    }
    if found { Ok(()) } else { Err(refuse()) }
}

/// A multihash in multibase (VC Data Integrity §2.6; CID 1.0 §2.4 and §2.5).
fn read_multibase(text: &str, into: &mut RelatedResource) -> Result<(), String> {
    let refuse = || format!("{:?} is not a digest in multibase such as uEiA…", shortened(text));
    let bytes = match text.split_at_checked(1) {
        Some(("u", encoded)) => URL_SAFE_NO_PAD.decode(encoded).ok(),
        Some(("z", encoded)) if encoded.len() <= 256 => bs58::decode(encoded).into_vec().ok(),
        _ => None,
    };
    let bytes = bytes.ok_or_else(refuse)?;
    let (code, rest) = bytes.split_first().ok_or_else(refuse)?;
    let (len, digest) = rest.split_first().ok_or_else(refuse)?;
    if usize::from(*len) != digest.len() || digest.len() < 16 {
        return Err(refuse());
    }
    into.others.push(match (code, digest.len()) {
        (0x12, 32) => OtherDigest::Sha256(digest.to_vec()),
        (0x20, 48) => OtherDigest::Sha384(digest.to_vec()),
        (0x13, 64) => OtherDigest::Sha512(digest.to_vec()),
        (0x12 | 0x20 | 0x13, _) => return Err(refuse()),
        _ => OtherDigest::Unknown,
    });
    Ok(())
}

impl<'de> Deserialize<'de> for RelatedResource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let (id, sri, multibase) = (written.id.clone(), written.digest_sri.clone(), written.digest_multibase.clone());
        let mut resource = Self { id, digest_sri: None, others: Vec::new(), written };
        if let Some(sri) = &sri {
            read_sri(sri, &mut resource).map_err(|cause| D::Error::custom(format!("digestSRI: {cause}")))?;
        }
        if let Some(multibase) = &multibase {
            read_multibase(multibase, &mut resource)
                .map_err(|cause| D::Error::custom(format!("digestMultibase: {cause}")))?;
        }
        if sri.is_none() && multibase.is_none() {
            return Err(D::Error::custom("a related resource needs digestSRI or digestMultibase"));
        }
        Ok(resource)
    }
}

impl Serialize for RelatedResource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    /// Of the empty text.
    const SRI: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    const MULTIBASE: &str = "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ";

    fn resource(digests: &str) -> Result<RelatedResource, String> {
        let text = format!(r#"{{"id": "https://a.example/r", {digests}}}"#);
        json::view(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_resource_is_fixed_in_either_form_and_by_all_its_digests() {
        for digests in [
            format!(r#""digestSRI": "{SRI}""#),
            format!(r#""digestMultibase": "{MULTIBASE}""#),
            format!(r#""digestSRI": "{SRI}", "digestMultibase": "{MULTIBASE}", "mediaType": "text/plain""#),
            format!(r#""digestSRI": "{}""#, SRI.replace('-', "-M")),
            r#""digestSRI": "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb""#.to_owned(),
            r#""digestSRI": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==""#
                .to_owned(),
        ] {
            let resource = resource(&digests).unwrap();
            assert!(resource.agrees_with(""), "{digests}");
            assert!(!resource.agrees_with(" "), "{digests}");
            let again: RelatedResource = json::view(&serde_json::to_string(&resource).unwrap()).unwrap();
            assert_eq!(again, resource, "{digests}");
        }
    }

    #[test]
    fn our_own_documents_are_fixed_by_their_jcs_form() {
        let digest = jcs::digest_text(r#"{"a":1,"b":2}"#).unwrap();
        let resource = RelatedResource::new(Uri::parse("urn:uuid:1").unwrap(), digest);
        assert!(resource.agrees_with(r#"{ "b": 2, "a": 1 }"#));
        assert!(!resource.agrees_with(r#"{ "b": 2, "a": 2 }"#));
    }

    #[test]
    fn a_digest_that_is_none_is_refused() {
        for digests in [
            r#""mediaType": "text/plain""#.to_owned(),
            r#""digestSRI": null"#.to_owned(),
            r#""digestSRI": """#.to_owned(),
            r#""digestSRI": "sha256-""#.to_owned(),
            r#""digestSRI": "md5-1B2M2Y8AsgTpgAmY7PhCfg==""#.to_owned(),
            // Hexadecimal is base64 of 48 bytes.
            r#""digestSRI": "sha256-ca3d163bab055381827226140568f3bef634ac187cebd76878e0b63e9e442356""#.to_owned(),
            format!(r#""digestSRI": "{SRI}", "digestMultibase": "{SRI}""#),
            r#""digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0cc5jZWxhdGVkLXJlc291cmNlLmpzb24K""#.to_owned(),
            format!(r#""digestMultibase": "{}""#, &MULTIBASE[1..]),
            r#""digestMultibase": "u""#.to_owned(),
            format!(r#""digestMultibase": ["{MULTIBASE}"]"#),
        ] {
            assert!(resource(&digests).is_err(), "{digests}");
        }
    }
}
