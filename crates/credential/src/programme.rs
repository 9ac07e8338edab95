//! What must be shown for which award? The rules of a programme, as its body signed them.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code::Code;
use crate::credential::{Subject, VerifiableCredential};
use crate::credits::{CreditUnit, Credits};
use crate::extension::CredentialKind;
use crate::level::Level;
use crate::localised::Localised;
use crate::timestamp::Day;
use crate::uri::{Did, Uri};

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
    /// Who may exempt from parts of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided_by: Vec<Did>,
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
    /// What it is worth here, whatever a credential says of itself.
    pub credits: Credits,
    /// Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The ways to show it; one is enough.
    pub ways: Vec<Way>,
}

/// One way to show a part: every match of it by a credential of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Way {
    /// What is wanted, all of it.
    pub all: Vec<Match>,
}

/// A credential that fits: everything that is given holds. At least one of `achievement` and `code` is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// The achievement has one of these ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub achievement: Vec<Uri>,
    /// The achievement carries one of these codes. The issuer's own code fits only together with `issuer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<Code>,
    /// The credential is by one of these issuers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<Did>,
    /// The achievement has at least this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_level: Option<Level>,
    /// It was awarded at most so many days before the reference date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age_days: Option<u32>,
    /// It is one of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<CredentialKind>,
}

/// A node of an award's requirement tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its identity within the award, for plans and reports; credits requirements need one.
    pub id: Option<String>,
    /// Its name for people.
    pub name: Localised,
    /// What it asks.
    pub rule: Rule,
}

/// What a requirement asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Rule {
    /// This part.
    Part(String),
    /// All of these.
    All(Vec<Requirement>),
    /// Any one of these.
    Any(Vec<Requirement>),
    /// At least so many of these, and at most so many.
    Choose(Choose),
    /// At least so many credits from a pool.
    Credits(CreditsRule),
}

/// `choose`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choose {
    /// At least so many; 0 only where `at_most` limits what may count elsewhere.
    pub at_least: u32,
    /// No more than so many may count, here or anywhere in the award: a plan that fills parts of more is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Of these.
    pub of: Vec<Requirement>,
}

/// `credits`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreditsRule {
    /// At least so many, in the programme's unit.
    pub at_least: Credits,
    /// From what.
    pub from: Pool,
}

/// What a `credits` requirement counts: the filled parts that it names, and free slots for other credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pool {
    /// The parts of these groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<String>,
    /// These parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub part: Vec<String>,
    /// Free slots: any credential that fits one of these counts with its own credits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free: Vec<FreeSlot>,
}

/// A free slot of a pool: which credentials fit, and how much one may count at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeSlot {
    /// What fits; here `achievement` and `code` may both be empty when `issuer` is given.
    pub fits: Match,
    /// A credential counts at most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_each: Option<Credits>,
    /// All credentials of this slot together count at most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Credits>,
}

/// In JSON the rule stands beside id and name: `{"id": "core", "all": [{"part": "b1-k1-w1"}]}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RequirementText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    name: Localised,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Requirement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Requirement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    choose: Option<Choose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credits: Option<CreditsRule>,
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = RequirementText {
            id: self.id.clone(),
            name: self.name.clone(),
            part: None,
            all: None,
            any: None,
            choose: None,
            credits: None,
        };
        match self.rule.clone() {
            Rule::Part(part) => text.part = Some(part),
            Rule::All(of) => text.all = Some(of),
            Rule::Any(of) => text.any = Some(of),
            Rule::Choose(choose) => text.choose = Some(choose),
            Rule::Credits(credits) => text.credits = Some(credits),
        }
        text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = RequirementText::deserialize(deserializer)?;
        let mut rules = [
            text.part.map(Rule::Part),
            text.all.map(Rule::All),
            text.any.map(Rule::Any),
            text.choose.map(Rule::Choose),
            text.credits.map(Rule::Credits),
        ]
        .into_iter()
        .flatten();
        match (rules.next(), rules.next()) {
            (Some(rule), None) => Ok(Self { id: text.id, name: text.name, rule }),
            _ => Err(D::Error::custom("a requirement has exactly one of part, all, any, choose, credits")),
        }
    }
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
