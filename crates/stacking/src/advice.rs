//! What in a programme holds together and is probably not meant?

mod award;
mod choice;
mod condition;
mod doubt;
mod vouching;
mod way;

use std::collections::BTreeSet;
use std::fmt;

use stapel_credential::{Code, FreeSlot, Match, Requirement, Rule, Way};

use crate::rules::Rules;

pub use doubt::RuleDoubt;

/// Something in a programme that holds together and is probably not meant. Nothing is refused for it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleAdvice {
    /// Where: a JSON path within the programme.
    pub path: String,
    /// What, and what to do about it.
    pub doubt: RuleDoubt,
}

impl fmt::Display for RuleAdvice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.doubt)
    }
}

impl Rules<'_> {
    /// What holds together and is probably not meant, in the order: parts, transitions, equivalences, units, awards.
    pub fn advice(&self) -> Vec<RuleAdvice> {
        let mut advisor = Advisor { rules: self, advice: Vec::new() };
        advisor.parts();
        advisor.vouching();
        advisor.transitions();
        advisor.equivalences();
        advisor.units();
        advisor.awards();
        advisor.advice
    }
}

struct Advisor<'a> {
    rules: &'a Rules<'a>,
    advice: Vec<RuleAdvice>,
}

impl Advisor<'_> {
    fn say(&mut self, path: String, doubt: RuleDoubt) {
        self.advice.push(RuleAdvice { path, doubt });
    }

    fn parts(&mut self) {
        let programme = self.rules.programme();
        let asked: BTreeSet<usize> =
            programme.awards.iter().flat_map(|award| mentions(self.rules, &award.requirement)).collect();
        for (at, part) in programme.parts.iter().enumerate() {
            let path = format!("$.parts[{at}]");
            if !programme.awards.is_empty() && !asked.contains(&at) {
                self.say(path.clone(), RuleDoubt::UnaskedPart { part: part.id.clone() });
            }
            self.same_badge(&path, at);
            self.ways(&path, at);
            for (number, way) in part.ways.iter().enumerate() {
                let path = format!("{path}.ways[{number}]");
                self.outcomes(&path, way);
                self.shown_together(&format!("{path}.covers"), &[vec![part.id.clone()], way.covers.clone()].concat());
            }
        }
    }

    fn outcomes(&mut self, path: &str, way: &Way) {
        let listed = way.outcomes.iter().flat_map(|outcomes| &outcomes.of).collect::<Vec<_>>();
        for (at, outcome) in listed.iter().enumerate() {
            if listed.iter().take(at).any(|before| before == outcome) {
                self.say(format!("{path}.outcomes.of[{at}]"), RuleDoubt::RepeatedOutcome);
            }
        }
    }

    /// Several parts are shown all at once, and only where the first of them is asked.
    fn shown_together(&mut self, path: &str, shows: &[String]) {
        let rules = self.rules;
        let Some((first, others)) = shows.split_first() else { return };
        for award in &rules.programme().awards {
            let asked = mentions(rules, &award.requirement);
            let asks = |part: &String| rules.find_position(part).is_some_and(|part| asked.contains(&part));
            if let Some(part) = others.iter().find(|part| asks(part)).filter(|_| !asks(first)) {
                let (award, part, first) = (award.id.clone(), part.clone(), first.clone());
                self.say(path.to_owned(), RuleDoubt::OutOfReach { award, part, first });
            }
        }
    }

    fn transitions(&mut self) {
        let programme = self.rules.programme();
        for (at, transition) in programme.transitions.iter().enumerate() {
            let path = format!("$.transitions[{at}]");
            if transition.from_edition == programme.edition {
                let edition = programme.edition.clone();
                self.say(format!("{path}.fromEdition"), RuleDoubt::SameEdition { edition });
            }
            for (number, way) in transition.ways.iter().enumerate() {
                self.outcomes(&format!("{path}.ways[{number}]"), way);
            }
            self.shown_together(&format!("{path}.shows"), &transition.shows);
        }
    }

    fn equivalences(&mut self) {
        let rules = self.rules;
        let asked: BTreeSet<&Code> = matches(rules).into_iter().flat_map(|wanted| &wanted.code).collect();
        let mut before: BTreeSet<&Code> = BTreeSet::new();
        for (at, equivalence) in rules.programme().equivalences.iter().enumerate() {
            let path = format!("$.equivalences[{at}].codes");
            if !equivalence.codes.iter().any(|code| asked.contains(code)) {
                self.say(path.clone(), RuleDoubt::UnaskedCodes);
            }
            for (number, code) in equivalence.codes.iter().enumerate().filter(|(_, code)| before.contains(code)) {
                self.say(format!("{path}[{number}]"), RuleDoubt::OverlappingCodes { code: code.clone() });
            }
            before.extend(&equivalence.codes);
        }
    }

    fn units(&mut self) {
        let programme = self.rules.programme();
        let conversions: Vec<String> = programme.conversions.iter().map(|one| one.from.to_string()).collect();
        let units: Vec<String> = programme.issuer_units.iter().map(|one| one.issuer.to_string()).collect();
        for (list, member) in [(conversions, "conversions"), (units, "issuerUnits")] {
            for (at, one) in list.iter().enumerate() {
                if list.iter().take(at).any(|before| before == one) {
                    self.say(format!("$.{member}[{at}]"), RuleDoubt::SaidBefore { what: one.clone() });
                }
            }
        }
    }
}

/// The requirements directly below this one.
fn children(requirement: &Requirement) -> &[Requirement] {
    match &requirement.rule {
        Rule::All(of) | Rule::Any(of) => of,
        Rule::Choose(choose) => &choose.of,
        _ => &[],
    }
}

/// The name of the list of requirements directly below this one.
fn list_name(requirement: &Requirement) -> &'static str {
    match &requirement.rule {
        Rule::All(_) => "all",
        Rule::Any(_) => "any",
        _ => "choose.of",
    }
}

/// Every part that a requirement mentions, held awards too.
fn mentions(rules: &Rules<'_>, requirement: &Requirement) -> BTreeSet<usize> {
    match &requirement.rule {
        Rule::Part(id) => rules.find_position(id).into_iter().collect(),
        Rule::Award(_) => requirement.id.as_deref().and_then(|id| rules.find_position(id)).into_iter().collect(),
        Rule::Credits(rule) => rules.pool_parts(&rule.from).into_iter().collect(),
        Rule::Hours(rule) => rules.pool_parts(&rule.from).into_iter().collect(),
        _ => children(requirement).iter().flat_map(|child| mentions(rules, child)).collect(),
    }
}

/// Every free slot of a requirement, with whether it counts hours.
fn slots(requirement: &Requirement) -> Vec<(&FreeSlot, bool)> {
    match &requirement.rule {
        Rule::Credits(rule) => rule.from.free.iter().map(|slot| (slot, false)).collect(),
        Rule::Hours(rule) => rule.from.free.iter().map(|slot| (slot, true)).collect(),
        _ => children(requirement).iter().flat_map(slots).collect(),
    }
}

/// Every held award that a requirement asks for.
fn held_awards(requirement: &Requirement) -> Vec<&Match> {
    match &requirement.rule {
        Rule::Award(wanted) => vec![wanted],
        _ => children(requirement).iter().flat_map(held_awards).collect(),
    }
}

/// Every match of a programme that asks for something.
fn matches<'a>(rules: &Rules<'a>) -> Vec<&'a Match> {
    let programme = rules.programme();
    let ways = programme.parts.iter().flat_map(|part| &part.ways);
    let ways = ways.chain(programme.transitions.iter().flat_map(|step| &step.ways));
    let mut found: Vec<&Match> = Vec::new();
    for way in ways {
        found.extend(&way.all);
        found.extend(way.outcomes.as_ref().map(|outcomes| &outcomes.fits));
    }
    for award in &programme.awards {
        found.extend(slots(&award.requirement).into_iter().map(|(slot, _)| &slot.fits));
        found.extend(held_awards(&award.requirement));
    }
    found.extend(&programme.repeatable);
    found
}
