//! Who issued, designed, assessed or taught? People and organisations (OB 3.0 `Profile`, `Address`, `GeoCoordinates`).

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code::Code;
use crate::identity::IdentifierEntry;
use crate::image::Image;
use crate::text::{RawJson, one_bare_or_many, one_or_many, raw_one_or_many};
use crate::timestamp::Day;
use crate::uri::{Did, Uri};

/// A person or an organisation (OB 3.0 `Profile`). A bare URI is read as a profile with only that id, and written as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct Profile {
    /// The DID or URL.
    pub id: Uri,
    /// Contains `Profile`.
    #[serde(rename = "type", default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub types: Vec<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Uri>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Endorsements, as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "raw_one_or_many")]
    pub endorsement: Vec<RawJson>,
    /// Endorsements as compact JWTs.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub endorsement_jwt: Vec<String>,
    /// A logo or portrait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it is; its country is one of the eleven mandatory facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Identifiers in registers, such as `ext:brin`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub other_identifier: Vec<IdentifierEntry>,
    /// The name of the person who signs for the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// The organisation that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_org: Option<Box<Profile>>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Further names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
    /// Patronymic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic_name: Option<String>,
    /// Before the name, such as `Dr`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honorific_prefix: Option<String>,
    /// After the name, such as `MSc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honorific_suffix: Option<String>,
    /// Before the family name, such as `van der`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name_prefix: Option<String>,
    /// Day of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<Day>,
}

/// A postal address (OB 3.0 `Address`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Contains `Address`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// The country's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_country: Option<String>,
    /// The country's code (ISO 3166-1 alpha-2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_country_code: Option<String>,
    /// The province or state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_region: Option<String>,
    /// The town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_locality: Option<String>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// Post office box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_office_box_number: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The place on Earth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoCoordinates>,
}

/// A place on Earth in degrees (OB 3.0 `GeoCoordinates`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeoCoordinates {
    /// Contains `GeoCoordinates`.
    #[serde(rename = "type", with = "one_bare_or_many")]
    pub types: Vec<String>,
    /// Degrees north (WGS 84).
    pub latitude: f64,
    /// Degrees east (WGS 84).
    pub longitude: f64,
}

impl Profile {
    /// A profile of which only the id is known.
    pub fn new(id: Uri) -> Self {
        Self {
            id,
            types: vec!["Profile".to_owned()],
            name: None,
            url: None,
            phone: None,
            description: None,
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            image: None,
            email: None,
            address: None,
            other_identifier: Vec::new(),
            official: None,
            parent_org: None,
            family_name: None,
            given_name: None,
            additional_name: None,
            patronymic_name: None,
            honorific_prefix: None,
            honorific_suffix: None,
            family_name_prefix: None,
            date_of_birth: None,
        }
    }

    /// Its id as a DID, if it is one.
    pub fn did(&self) -> Option<Did> {
        self.id.as_did()
    }

    /// Its codes in public registers, such as BRIN.
    pub fn codes(&self) -> Vec<Code> {
        self.other_identifier.iter().filter_map(IdentifierEntry::code).collect()
    }

    /// What a bare URI says: the id, not even a type.
    fn bare(id: Uri) -> Self {
        Self { types: Vec::new(), ..Self::new(id) }
    }

    /// The code of its country (ISO 3166-1 alpha-2).
    pub fn country(&self) -> Option<&str> {
        self.address.as_ref()?.address_country_code.as_deref()
    }
}

impl Address {
    /// An address of which only the country is known (ISO 3166-1 alpha-2).
    pub fn in_country(code: impl Into<String>) -> Self {
        Self { types: vec!["Address".to_owned()], address_country_code: Some(code.into()), ..Self::default() }
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::bare(self.id.clone()) {
            // Under contexts without Open Badges there is no type Profile: what came as a URI goes as one.
            return self.id.serialize(serializer);
        }
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdOrObject;

        impl<'de> Visitor<'de> for IdOrObject {
            type Value = Profile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a profile: its URI or an object")
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Profile, E> {
                Uri::parse(value).map(Profile::bare).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Profile, A::Error> {
                Profile::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_any(IdOrObject)
    }
}
