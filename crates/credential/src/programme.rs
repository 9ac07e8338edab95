//! What must be shown for which award? The rules of a programme, as its body signed them.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::credential::{Subject, VerifiableCredential};
use crate::credits::{CreditUnit, Credits};
use crate::extension::{CredentialKind, Sector};
use crate::level::Level;
use crate::localised::Localised;
use crate::requirement::{Limit, Requirement};
use crate::timestamp::Day;
use crate::trust_list::IssuerKind;
use crate::uri::{Did, Uri};
use crate::way::{Match, Way};

/// A signed programme.
pub type ProgrammeCredential = VerifiableCredential<ProgrammeSubject>;

/// What the credential's subject is: the programme under one `@json` term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeSubject {
    /// The programme's identity, the same for all its editions.
    pub id: Uri,
    /// Its rules.
    pub programme: Programme,
}

impl Subject for ProgrammeSubject {
    const CREDENTIAL_TYPES: &'static [&'static str] = &["ProgrammeCredential"];

    fn id(&self) -> Option<&Uri> {
        Some(&self.id)
    }
}

/// One edition of a programme. Unknown members are errors here and below: a rule that is not understood must not be skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Programme {
    /// Its identity, the same for all editions.
    pub id: Uri,
    /// Which edition, e.g. `2026`.
    pub edition: String,
    /// Its name.
    pub name: Localised,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub description: Localised,
    /// What about it is invented, when it is an example.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub illustrative: Localised,
    /// The awards that it leads to; may be none.
    #[serde(default)]
    pub awards: Vec<Award>,
    /// What its credits count.
    pub unit: CreditUnit,
    /// What it wants shown.
    pub parts: Vec<Part>,
    /// Who may exempt from parts of it, by DID. Where neither this nor `decided_by_kind` names anybody, any examination
    /// board of the trust list may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided_by: Vec<Did>,
    /// Who may exempt from parts of it, by what the trust list says they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided_by_kind: Vec<IssuerKind>,
    /// Which codes mean the same, and who says so: an occupation has had several codes over time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equivalences: Vec<Equivalence>,
    /// What showed parts of earlier editions, and which parts of this one it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// What credits of another unit count here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversions: Vec<Conversion>,
    /// What the credits of issuers count that do not say it themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_units: Vec<IssuerUnit>,
    /// A credential that fits one of these counts again when it was awarded on another day; any other counts once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeatable: Vec<Match>,
    /// The first day on which one may enter this edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enter_from: Option<Day>,
    /// The first day on which one no longer may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enter_until: Option<Day>,
}

/// An award and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Award {
    /// Its identity within the programme.
    pub id: String,
    /// What kind of award.
    pub kind: CredentialKind,
    /// Its name.
    pub name: Localised,
    /// At what level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Its code in a register: the trust list must give the programme's issuer this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What must be shown.
    pub requirement: Requirement,
    /// What holds over everything that counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
}

/// Something the programme wants shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// Its identity within the programme.
    pub id: String,
    /// Its name.
    pub name: Localised,
    /// What it belongs to, e.g. the core task `B1-K1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Themes by which pools gather parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theme: Vec<String>,
    /// What it is worth here, whatever a credential says of itself.
    pub credits: Credits,
    /// Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The sector that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// No decision exempts from it: it must be shown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub no_exemption: bool,
    /// The ways to show it; one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
}

/// Codes that mean the same here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Equivalence {
    /// The codes, two or more.
    pub codes: Vec<Code>,
    /// Who says so.
    pub source: String,
    /// Since when.
    pub date: Day,
}

/// What showed parts of an earlier edition shows parts of this one. Not chained: one transition, one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transition {
    /// The earlier edition.
    pub from_edition: String,
    /// The ids of its parts, for people.
    pub from_parts: Vec<String>,
    /// What showed them then.
    pub ways: Vec<Way>,
    /// The parts of this edition that it shows, all of them at once.
    pub shows: Vec<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What credits of another unit count in the programme's unit: exactly, since 28 to 1 is no decimal number the other way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conversion {
    /// The other unit.
    pub from: CreditUnit,
    /// So many credits of the programme's unit, e.g. 28 SBU for one EC.
    pub counts: Credits,
    /// For so many of the other unit, e.g. one EC for 28 SBU; for each one where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Credits>,
    /// Who says so.
    pub source: String,
}

/// What an issuer's credits count, where its badges do not say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssuerUnit {
    /// The issuer.
    pub issuer: Did,
    /// The unit.
    pub unit: CreditUnit,
}

/// Whether a member may be left out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

impl Programme {
    /// The award of that id.
    pub fn find_award(&self, id: &str) -> Option<&Award> {
        self.awards.iter().find(|award| award.id == id)
    }

    /// The part of that id.
    pub fn find_part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }
}
