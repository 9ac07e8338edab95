//! Whom does a trust anchor vouch for, for which codes, from when to when?

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::credential::{Subject, VerifiableCredential};
use crate::digest::Digest;
use crate::timestamp::Day;
use crate::uri::{Did, DidUrl, Uri};

/// A signed trust list.
pub type TrustListCredential = VerifiableCredential<TrustListSubject>;

/// What the credential's subject is: the list under one `@json` term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrustListSubject {
    /// The list's identity, the same for all its editions.
    pub id: Uri,
    /// The list.
    pub trust_list: TrustList,
}

impl Subject for TrustListSubject {
    const CREDENTIAL_TYPES: &'static [&'static str] = &["TrustListCredential"];

    fn id(&self) -> Option<&Uri> {
        Some(&self.id)
    }
}

/// A trust list, version 1. Unknown members are errors: a rule that is not understood must not be skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrustList {
    /// Its name for people; every answer names the list that said yes.
    pub name: String,
    /// Counts up with each edition; a lower one than seen before is never taken.
    pub sequence: u64,
    /// Who is vouched for.
    pub issuers: Vec<TrustedIssuer>,
}

/// One issuer that the anchor vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrustedIssuer {
    /// Its DID.
    pub did: Did,
    /// Its name, as the anchor knows it: an issuer's own claim does not count.
    pub name: String,
    /// What kind of body it is.
    pub kind: IssuerKind,
    /// Funded by the state or not, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding: Option<Funding>,
    /// Its codes in registers, e.g. `brin:25LP`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Code>,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// From when it is vouched for at all.
    pub from: Day,
    /// The first day on which it no longer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Which codes of public registers it may certify, and when. Its own codes need no mandate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandates: Vec<Mandate>,
    /// Who may sign status lists for its badges, besides itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_issuers: Vec<Did>,
    /// Where its status lists are to be had, where they are no longer published at their own addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved_status_lists: Vec<MovedStatusList>,
    /// The keys that count for it, and no others, whatever its DID document says: those of an institution that has closed, whose
    /// domain may belong to anybody by now. Empty: its document counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeptKey>,
    /// What it went into, such as by a merger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<Successor>,
    /// The SHA-256 of its logo, so that a badge's picture of it is known for more than a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Digest>,
}

/// A key that a trust list keeps for an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeptKey {
    /// The verification method, as proofs name it: `did:web:roc.example#key-1`.
    pub id: DidUrl,
    /// The key as a Multikey (Controlled Identifiers 1.0 §2.2.2).
    pub public_key_multibase: String,
}

/// "From this day on, that one stands for it": its badges count where this one's are asked for, and it may sign status lists for
/// this one's badges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Successor {
    /// The DID of the successor.
    pub did: Did,
    /// The first day.
    pub from: Day,
}

/// "This status list is now to be had there." It stays the list of its own address, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MovedStatusList {
    /// The address that badges name.
    pub list: Uri,
    /// The address at which it is published now.
    pub at: Uri,
}

/// "May certify this code, from this day until before that day."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mandate {
    /// The code.
    pub code: Code,
    /// The first day.
    pub from: Day,
    /// The first day on which it no longer may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// What kind of body an issuer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IssuerKind {
    /// Secondary vocational education.
    Mbo,
    /// Higher professional education.
    Hbo,
    /// University.
    Wo,
    /// A sector body: recognised by a sector, not by the state.
    Sector,
    /// A workplace.
    Employer,
    /// A provider of EVC (recognition of prior learning).
    EvcProvider,
    /// An examination board.
    ExaminationBoard,
}

/// Who pays for a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Funding {
    /// Funded by the state.
    Funded,
    /// Not funded (niet bekostigd).
    Private,
}

impl IssuerKind {
    /// The word in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mbo => "mbo",
            Self::Hbo => "hbo",
            Self::Wo => "wo",
            Self::Sector => "sector",
            Self::Employer => "employer",
            Self::EvcProvider => "evc-provider",
            Self::ExaminationBoard => "examination-board",
        }
    }

    /// The kind of that name.
    pub fn find(name: &str) -> Option<Self> {
        [Self::Mbo, Self::Hbo, Self::Wo, Self::Sector, Self::Employer, Self::EvcProvider, Self::ExaminationBoard]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

impl fmt::Display for IssuerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn holds_on(from: Day, until: Option<Day>, day: Day) -> bool {
    from <= day && until.is_none_or(|until| day < until)
}

impl TrustedIssuer {
    /// Whether the anchor vouches for it on that day.
    pub fn is_vouched_for_on(&self, day: Day) -> bool {
        holds_on(self.from, self.until, day)
    }

    /// The mandates for that code, whenever they hold.
    pub fn mandates_for(&self, code: &Code) -> impl Iterator<Item = &Mandate> {
        self.mandates.iter().filter(move |mandate| mandate.code == *code)
    }

    /// The mandate by which it may certify that code on that day.
    pub fn find_mandate(&self, code: &Code, day: Day) -> Option<&Mandate> {
        self.mandates_for(code).find(|mandate| holds_on(mandate.from, mandate.until, day))
    }
}
