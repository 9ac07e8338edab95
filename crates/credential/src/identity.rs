//! By what else is somebody or something known? Hashed identities of holders, identifiers in registers (OB 3.0).

use serde::{Deserialize, Serialize};

use crate::code::{Code, CodeScheme};
use crate::text::{one_bare_or_many, vocabulary};

vocabulary! {
    /// What an identifier identifies (OB 3.0 `IdentifierTypeEnum`), or an `ext:` word such as `ext:crebo`.
    IdentifierType, "an identifierType", {
        Name = "name",
        SourcedId = "sourcedId",
        SystemId = "systemId",
        ProductId = "productId",
        UserName = "userName",
        AccountId = "accountId",
        EmailAddress = "emailAddress",
        NationalIdentityNumber = "nationalIdentityNumber",
        Isbn = "isbn",
        Issn = "issn",
        LisSourcedId = "lisSourcedId",
        OneRosterSourcedId = "oneRosterSourcedId",
        SisSourcedId = "sisSourcedId",
        LtiContextId = "ltiContextId",
        LtiDeploymentId = "ltiDeploymentId",
        LtiToolId = "ltiToolId",
        LtiPlatformId = "ltiPlatformId",
        LtiUserId = "ltiUserId",
        Identifier = "identifier",
    }
}

/// Something that helps to recognise the holder, hashed with a salt (OB 3.0 `IdentityObject`). Still personal data: the salt travels along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityObject {
    /// Contains `IdentityObject`.
    #[serde(rename = "type", with = "one_bare_or_many")]
    pub types: Vec<String>,
    /// Whether `identity_hash` is a hash; else it is the identity itself.
    pub hashed: bool,
    /// `sha256$` and the hash in hexadecimal, or the identity itself.
    pub identity_hash: String,
    /// What is hashed.
    pub identity_type: IdentifierType,
    /// Put behind the identity before hashing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

/// An identifier in a register (OB 3.0 `IdentifierEntry`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentifierEntry {
    /// Contains `IdentifierEntry`.
    #[serde(rename = "type", with = "one_bare_or_many")]
    pub types: Vec<String>,
    /// The identifier.
    pub identifier: String,
    /// Which register it is of.
    pub identifier_type: IdentifierType,
}

impl IdentifierEntry {
    /// The entry for this code; `None` for an issuer's own code, which stands in `humanCode`.
    pub fn from_code(code: &Code) -> Option<Self> {
        Some(Self {
            types: vec!["IdentifierEntry".to_owned()],
            identifier: code.value().to_owned(),
            identifier_type: IdentifierType::Extension(code.scheme().identifier_type()?),
        })
    }

    /// The code of a public register, if it is one and has that register's form.
    pub fn code(&self) -> Option<Code> {
        let scheme = CodeScheme::find_identifier_type(self.identifier_type.as_str())?;
        Code::new(scheme, &self.identifier).ok()
    }
}
