//! What must be shown for an award? The requirement tree, its pools and limits.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::credits::{Credits, Hours};
use crate::extension::Sector;
use crate::level::Level;
use crate::localised::Localised;
use crate::programme::is_false;
use crate::trust_list::IssuerKind;
use crate::uri::{Did, Uri};
use crate::way::Match;

/// A node of an award's requirement tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its identity within the award, for plans and reports; pools with free slots and awards need one.
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
    /// At least so many hours of workplace practice, stated by the credentials of a pool.
    Hours(HoursRule),
    /// A diploma or certificate that is held: an entry requirement, or the rung below.
    Award(Match),
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

/// `hours`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HoursRule {
    /// At least so many hours.
    pub at_least: Hours,
    /// From what. The limits of its free slots count hours.
    pub from: Pool,
}

/// What `credits` and `hours` count: the filled parts that it names, and free slots for other credentials. A pool that says
/// no more than `shown` measures all parts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pool {
    /// The parts of these groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<String>,
    /// These parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub part: Vec<String>,
    /// The parts of these themes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theme: Vec<String>,
    /// The parts of at least this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The parts of these sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<Sector>,
    /// Only what is shown so: a part counts if all credentials that fill it do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Condition>,
    /// Free slots: any credential that fits one of these counts with its own credits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free: Vec<FreeSlot>,
}

/// A free slot of a pool: which credentials fit, and how much one may count at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeSlot {
    /// What fits; here `achievement` and `code` may both be empty when `issuer`, `issuerKind` or `authorisedFor` is given.
    pub fits: Match,
    /// A credential counts at most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_each: Option<Credits>,
    /// All credentials of this slot together count at most so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Credits>,
}

/// Something that holds over everything that counts toward an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limit {
    /// Its identity within the award.
    pub id: String,
    /// Its name for people.
    #[serde(default, skip_serializing_if = "Localised::is_empty")]
    pub name: Localised,
    /// Of what.
    pub of: Condition,
    /// At least so many credits. A part that several credentials show counts if all of them do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Credits>,
    /// At most so many credits. A part that several credentials show counts if any of them does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Credits>,
}

/// What a credential that counts may be: everything that is given holds, or does not when `not` is said.
/// An exemption answers to `exemption` alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition {
    /// It is a decision of an examination board.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exemption: bool,
    /// It is by one of these issuers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<Did>,
    /// The trust list calls its issuer one of these kinds, on the day of the award.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_kind: Vec<IssuerKind>,
    /// It is of one of these sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<Sector>,
    /// It was awarded more than so many days before the reference date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older_than_days: Option<u32>,
    /// It counted already toward an award of one of these programmes, whose award record is at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_with: Vec<Uri>,
    /// What is given above does not hold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not: bool,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<HoursRule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    award: Option<Match>,
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
            hours: None,
            award: None,
        };
        match self.rule.clone() {
            Rule::Part(part) => text.part = Some(part),
            Rule::All(of) => text.all = Some(of),
            Rule::Any(of) => text.any = Some(of),
            Rule::Choose(choose) => text.choose = Some(choose),
            Rule::Credits(credits) => text.credits = Some(credits),
            Rule::Hours(hours) => text.hours = Some(hours),
            Rule::Award(award) => text.award = Some(award),
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
            text.hours.map(Rule::Hours),
            text.award.map(Rule::Award),
        ]
        .into_iter()
        .flatten();
        match (rules.next(), rules.next()) {
            (Some(rule), None) => Ok(Self { id: text.id, name: text.name, rule }),
            _ => {
                Err(D::Error::custom("a requirement has exactly one of part, all, any, choose, credits, hours, award"))
            }
        }
    }
}
