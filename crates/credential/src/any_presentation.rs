//! What does any verifiable presentation show, and who shows it?

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::any_credential::Party;
use crate::context::ContextEntry;
use crate::data_model::DataModel;
use crate::json::{self, Json, JsonError};
use crate::text::{RawJson, raw_one_or_many};
use crate::typed_object::types;
use crate::uri::{DidUrl, Uri, present};

/// A verifiable presentation of any kind (VC Data Model 2.0 §4.13; 1.1 is read, too). A view over the text received, which it keeps.
#[derive(Clone, PartialEq)]
pub struct AnyPresentation {
    text: RawJson,
    members: Members,
    shown_by: Uri,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    #[serde(rename = "@context", with = "raw_one_or_many")]
    context: Vec<ContextEntry>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Uri>,
    #[serde(rename = "type", deserialize_with = "types")]
    types: Vec<String>,
    #[serde(default)]
    holder: Option<Party>,
    #[serde(default, with = "raw_one_or_many")]
    verifiable_credential: Vec<RawJson>,
}

impl AnyPresentation {
    /// Reads the view from text of at most [`json::MAX_COLLECTION_BYTES`].
    ///
    /// # Errors
    /// As [`AnyPresentation::view`], and what the strict reading finds.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse_within(text, json::MAX_COLLECTION_BYTES)?;
        Self::view(text)
    }

    /// Reads the view from text that was read strictly before.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path: another first context or type, a holder that is neither a URL nor an object with one, a
    /// credential that is not an object; where there is no holder, also a presentation whose proof names no DID.
    pub fn view(text: &str) -> Result<Self, JsonError> {
        let refuse =
            |path: &str, message: &str| JsonError::Shape { path: path.to_owned(), message: message.to_owned() };
        let members: Members = json::view(text)?;
        check(&members.context, &members.types, &members.verifiable_credential)?;
        let shown_by = match &members.holder {
            Some(holder) => holder.id.clone(),
            None => signer(text).ok_or_else(|| refuse("$.holder", "is missing, and no proof says who shows it"))?,
        };
        let text = RawJson::parse(text).map_err(|error| refuse("$", &error.to_string()))?;
        Ok(Self { text, members, shown_by })
    }

    /// Its identity, if it has one.
    pub fn id(&self) -> Option<&Uri> {
        self.members.id.as_ref()
    }

    /// The values of `type`.
    pub fn types(&self) -> &[String] {
        &self.members.types
    }

    /// Who shows it, by its own word.
    pub fn holder(&self) -> Option<&Uri> {
        self.members.holder.as_ref().map(|holder| &holder.id)
    }

    /// Who must have signed it: the holder, and where none is named whoever signed it.
    pub fn shown_by(&self) -> &Uri {
        &self.shown_by
    }

    /// The credentials shown, each exactly as its issuer signed it.
    pub fn credentials(&self) -> &[RawJson] {
        &self.members.verifiable_credential
    }
}

/// What every presentation must keep: its first context, its type, and that it shows objects (VC Data Model 2.0 §4.3, §4.13).
///
/// # Errors
/// [`JsonError::Shape`] with the JSON path.
pub(crate) fn check(context: &[ContextEntry], types: &[String], shown: &[RawJson]) -> Result<(), JsonError> {
    let refuse = |path: String, message: String| Err(JsonError::Shape { path, message });
    if DataModel::of(context).is_none() {
        return refuse("$.@context[0]".to_owned(), format!("expected {}", crate::context::VC_V2));
    }
    if !types.iter().any(|kind| kind == "VerifiablePresentation") {
        let message = format!("expected VerifiablePresentation, found {}", types.join(", "));
        return refuse("$.type".to_owned(), message);
    }
    match shown.iter().position(|raw| !raw.as_str().starts_with('{')) {
        Some(index) => {
            refuse(format!("$.verifiableCredential[{index}]"), "expected a credential: an object {…}".to_owned())
        }
        None => Ok(()),
    }
}

/// The DID whose key the first proof names.
fn signer(text: &str) -> Option<Uri> {
    let tree: Json<'_> = json::parse_within(text, json::MAX_COLLECTION_BYTES).ok()?;
    let proof = tree.find("proof")?.as_items().first()?;
    let method = DidUrl::parse(proof.find("verificationMethod")?.as_str()?).ok()?;
    Some(method.did().to_uri())
}

impl fmt::Debug for AnyPresentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnyPresentation").field(&self.members.types).field(&self.shown_by).finish()
    }
}

impl Serialize for AnyPresentation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}
