//! Which institution issues, under which DID and key, and how does it introduce itself in each badge?

use std::fmt;

use serde::{Deserialize, Serialize};
use stapel_credential::{Address, Code, CodeScheme, Did, DidUrl, IdentifierEntry, Profile, Uri};

use crate::text::is_one_line;

/// The institution that issues: what every badge says of its issuer, and where its service answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "InstitutionText", into = "InstitutionText")]
pub struct Institution {
    name: String,
    did: Did,
    verification_method: DidUrl,
    country: Country,
    brin: Option<Code>,
    base_url: Uri,
    url: Option<Uri>,
}

/// A country (ISO 3166-1 alpha-2), such as `NL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// The members of an [`Institution`], before they were looked at together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InstitutionText {
    /// The name, as it stands in badges.
    pub name: String,
    /// `did:web` or `did:key`.
    pub did: Did,
    /// The key that signs: a fragment of the DID.
    pub verification_method: DidUrl,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `25LP`, if it is a Dutch school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brin: Option<String>,
    /// Where the service answers, without a slash at the end: status lists and achievements are named under it.
    pub base_url: Uri,
    /// The institution's own web site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Uri>,
}

/// Why an institution was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InstitutionError {
    /// No name.
    #[error("the institution needs a name of 1 to 400 characters on one line")]
    Name,
    /// Another DID method.
    #[error("{did} is not a did:web or did:key, under which institutions issue")]
    Method {
        /// The DID given.
        did: Did,
    },
    /// A key of somebody else.
    #[error("the key {method} does not belong to {did}")]
    ForeignKey {
        /// The verification method given.
        method: DidUrl,
        /// The institution's DID.
        did: Did,
    },
    /// Not a country.
    #[error("{text:?} is not a country code of two capitals (ISO 3166-1 alpha-2), such as NL")]
    Country {
        /// The text given.
        text: String,
    },
    /// Not a BRIN code.
    #[error(transparent)]
    Brin(#[from] stapel_credential::CodeError),
    /// Not a web address.
    #[error("{url} is not a web address such as https://badges.school.example, without a slash at the end")]
    BaseUrl {
        /// The address given.
        url: Uri,
    },
}

impl Institution {
    /// Looks at the members together.
    ///
    /// # Errors
    /// [`InstitutionError`] when one of them does not hold.
    pub fn new(text: InstitutionText) -> Result<Self, InstitutionError> {
        let InstitutionText { name, did, verification_method, country, brin, base_url, url } = text;
        if !is_one_line(&name) {
            return Err(InstitutionError::Name);
        }
        if !matches!(did.method(), "web" | "key") {
            return Err(InstitutionError::Method { did });
        }
        if verification_method.did() != did || verification_method.fragment().is_none() {
            return Err(InstitutionError::ForeignKey { method: verification_method, did });
        }
        let web = ["https://", "http://"].iter().any(|scheme| base_url.as_str().starts_with(scheme));
        if !web || base_url.as_str().ends_with('/') || base_url.as_str().contains(['?', '#']) {
            return Err(InstitutionError::BaseUrl { url: base_url });
        }
        let country = Country::parse(&country)?;
        let brin = brin.map(|brin| Code::new(CodeScheme::Brin, &brin)).transpose()?;
        Ok(Self { name, did, verification_method, country, brin, base_url, url })
    }

    /// The name, as it stands in badges.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The DID under which it issues.
    pub fn did(&self) -> &Did {
        &self.did
    }

    /// The key that signs.
    pub fn verification_method(&self) -> &DidUrl {
        &self.verification_method
    }

    /// The country.
    pub fn country(&self) -> Country {
        self.country
    }

    /// The BRIN code, if it has one.
    pub fn brin(&self) -> Option<&Code> {
        self.brin.as_ref()
    }

    /// Where its service answers, without a slash at the end.
    pub fn base_url(&self) -> &Uri {
        &self.base_url
    }

    /// Its own web site.
    pub fn url(&self) -> Option<&Uri> {
        self.url.as_ref()
    }

    /// How it introduces itself in badges (OB 3.0 `Profile`).
    pub fn profile(&self) -> Profile {
        let mut profile = Profile::new(self.did.to_uri());
        profile.name = Some(self.name.clone());
        profile.url.clone_from(&self.url);
        profile.address = Some(Address::in_country(self.country.to_string()));
        profile.other_identifier = self.brin.as_ref().and_then(IdentifierEntry::from_code).into_iter().collect();
        profile
    }

    /// How it introduces itself in documents that are no badges: address, codes and types are terms of Open Badges alone.
    pub(crate) fn signer(&self) -> Profile {
        let mut profile = Profile::new(self.did.to_uri());
        profile.types.clear();
        profile.name = Some(self.name.clone());
        profile
    }

    /// An address under the institution's base URL: `path` starts without a slash and has only characters that URLs allow.
    pub(crate) fn address(&self, path: &str) -> Result<Uri, stapel_credential::UriError> {
        Uri::parse(&format!("{}/{path}", self.base_url))
    }
}

impl TryFrom<InstitutionText> for Institution {
    type Error = InstitutionError;
    fn try_from(text: InstitutionText) -> Result<Self, InstitutionError> {
        Self::new(text)
    }
}

impl From<Institution> for InstitutionText {
    fn from(institution: Institution) -> Self {
        Self {
            name: institution.name,
            did: institution.did,
            verification_method: institution.verification_method,
            country: institution.country.to_string(),
            brin: institution.brin.map(|code| code.value().to_owned()),
            base_url: institution.base_url,
            url: institution.url,
        }
    }
}

impl Country {
    /// Reads two capitals.
    ///
    /// # Errors
    /// [`InstitutionError::Country`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InstitutionError> {
        match text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Self([*a, *b])),
            _ => Err(InstitutionError::Country { text: text.chars().take(40).collect() }),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> InstitutionText {
        InstitutionText {
            name: "ROC Voorbeeld".to_owned(),
            did: Did::parse("did:web:badges.school.example").unwrap(),
            verification_method: DidUrl::parse("did:web:badges.school.example#key-1").unwrap(),
            country: "NL".to_owned(),
            brin: Some("25LP".to_owned()),
            base_url: Uri::parse("https://badges.school.example").unwrap(),
            url: None,
        }
    }

    #[test]
    fn an_institution_introduces_itself_with_country_and_brin() {
        let profile = Institution::new(text()).unwrap().profile();
        assert_eq!(profile.country(), Some("NL"));
        assert_eq!(profile.codes(), [Code::parse("brin:25LP").unwrap()]);
        assert_eq!(profile.did().unwrap().as_str(), "did:web:badges.school.example");
    }

    #[test]
    fn what_does_not_hold_is_said() {
        let refused = |change: fn(&mut InstitutionText)| {
            let mut text = text();
            change(&mut text);
            Institution::new(text).unwrap_err().to_string()
        };
        assert_eq!(refused(|t| t.name.clear()), "the institution needs a name of 1 to 400 characters on one line");
        assert_eq!(
            refused(|t| t.did = Did::parse("did:jwk:abc").unwrap()),
            "did:jwk:abc is not a did:web or did:key, under which institutions issue",
        );
        assert_eq!(
            refused(|t| t.verification_method = DidUrl::parse("did:web:other.example#key-1").unwrap()),
            "the key did:web:other.example#key-1 does not belong to did:web:badges.school.example",
        );
        assert_eq!(
            refused(|t| t.country = "nl".to_owned()),
            "\"nl\" is not a country code of two capitals (ISO 3166-1 alpha-2), such as NL",
        );
        assert_eq!(
            refused(|t| t.base_url = Uri::parse("https://a.example/").unwrap()),
            "https://a.example/ is not a web address such as https://badges.school.example, without a slash at the end",
        );
    }
}
