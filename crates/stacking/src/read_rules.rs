//! Do the rules of a programme hold together? Every contradiction at once, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use stapel_credential::{
    Award, CodeScheme, Condition, Credits, FreeSlot, Limit, Match, Part, Pool, Programme, Requirement, Rule, Way,
};

use crate::rule_error::RuleError;
use crate::rules::{MAX_CONDITIONS, MAX_OUTCOMES, pool_holds};

/// Everything that is wrong, in the order of the document.
pub(crate) fn errors(programme: &Programme) -> Vec<RuleError> {
    let mut reader = Reader { programme, errors: Vec::new(), awards: BTreeMap::new() };
    reader.programme();
    reader.errors
}

/// Where a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MatchOf {
    Way,
    Slot,
    Award,
}

struct Reader<'a> {
    programme: &'a Programme,
    errors: Vec<RuleError>,
    /// The award requirements met so far, by id.
    awards: BTreeMap<String, &'a Match>,
}

impl<'a> Reader<'a> {
    fn programme(&mut self) {
        let programme = self.programme;
        if let (Some(from), Some(until)) = (programme.enter_from, programme.enter_until)
            && until <= from
        {
            self.errors.push(RuleError::NeverOpen { path: "$.enterUntil".to_owned(), from, until });
        }
        if programme.parts.is_empty() && programme.awards.is_empty() {
            self.errors.push(RuleError::EmptyList { path: "$.parts".to_owned() });
        }
        let mut ids = BTreeSet::new();
        for (at, part) in programme.parts.iter().enumerate() {
            self.part_rules(&format!("$.parts[{at}]"), part, &mut ids);
        }
        for (at, transition) in programme.transitions.iter().enumerate() {
            let path = format!("$.transitions[{at}]");
            self.some(&format!("{path}.ways"), &transition.ways);
            self.some(&format!("{path}.shows"), &transition.shows);
            for (at, part) in transition.shows.iter().enumerate() {
                self.part(&format!("{path}.shows[{at}]"), part);
            }
            for (at, way) in transition.ways.iter().enumerate() {
                self.way(&format!("{path}.ways[{at}]"), way);
            }
        }
        for (at, equivalence) in programme.equivalences.iter().enumerate() {
            if equivalence.codes.iter().collect::<BTreeSet<_>>().len() < 2 {
                self.errors.push(RuleError::EquivalentToNothing { path: format!("$.equivalences[{at}].codes") });
            }
        }
        for (at, conversion) in programme.conversions.iter().enumerate() {
            if conversion.from == programme.unit || conversion.counts == Credits::ZERO {
                self.errors.push(RuleError::ConvertsNothing { path: format!("$.conversions[{at}]") });
            }
        }
        for (at, wanted) in programme.repeatable.iter().enumerate() {
            self.wanted(&format!("$.repeatable[{at}]"), wanted, MatchOf::Way);
        }
        let mut ids = BTreeSet::new();
        for (at, award) in programme.awards.iter().enumerate() {
            let path = format!("$.awards[{at}]");
            self.id(&format!("{path}.id"), &award.id, &mut ids);
            let mut ids = BTreeSet::new();
            self.requirement(&format!("{path}.requirement"), &award.requirement, &mut ids);
            self.limits(&path, award, &mut ids);
        }
    }

    fn part_rules(&mut self, path: &str, part: &Part, ids: &mut BTreeSet<String>) {
        self.id(&format!("{path}.id"), &part.id, ids);
        let shown_by_transition = || self.programme.transitions.iter().any(|step| step.shows.contains(&part.id));
        if part.ways.iter().all(|way| way.supplements) && part.no_exemption && !shown_by_transition() {
            self.errors.push(RuleError::Unshowable { path: format!("{path}.ways"), part: part.id.clone() });
        } else if part.ways.is_empty() && !shown_by_transition() {
            self.errors.push(RuleError::EmptyList { path: format!("{path}.ways") });
        }
        for (at, way) in part.ways.iter().enumerate() {
            let path = format!("{path}.ways[{at}]");
            self.way(&path, way);
            for (at, covered) in way.covers.iter().enumerate() {
                let path = format!("{path}.covers[{at}]");
                self.part(&path, covered);
                if *covered == part.id || way.covers.iter().take(at).any(|before| before == covered) {
                    self.errors.push(RuleError::DuplicateId { path, id: covered.clone() });
                }
            }
        }
    }

    fn way(&mut self, path: &str, way: &Way) {
        match &way.outcomes {
            None => self.some(&format!("{path}.all"), &way.all),
            Some(_) if !way.all.is_empty() => self.errors.push(RuleError::WayUnclear { path: path.to_owned() }),
            Some(outcomes) => {
                let path = format!("{path}.outcomes");
                self.some(&format!("{path}.of"), &outcomes.of);
                self.at_most(&format!("{path}.of"), "outcomes", outcomes.of.len(), MAX_OUTCOMES);
                let listed = outcomes.of.iter().collect::<BTreeSet<_>>().len();
                let at_least = outcomes.at_least.unwrap_or(1);
                if at_least == 0 {
                    self.errors.push(RuleError::AsksNothing { path: format!("{path}.atLeast") });
                } else if usize::try_from(at_least).map_or(true, |at_least| at_least > listed) && listed > 0 {
                    let path = format!("{path}.atLeast");
                    self.errors.push(RuleError::OutcomesUncoverable { path, at_least, listed });
                }
                self.own_codes(&format!("{path}.fits"), &outcomes.fits);
            }
        }
        if way.supplements && !way.covers.is_empty() {
            self.errors.push(RuleError::WayUnclear { path: path.to_owned() });
        }
        for (at, wanted) in way.all.iter().enumerate() {
            self.wanted(&format!("{path}.all[{at}]"), wanted, MatchOf::Way);
        }
    }

    fn id(&mut self, path: &str, id: &str, seen: &mut BTreeSet<String>) {
        if id.trim().is_empty() {
            self.errors.push(RuleError::EmptyId { path: path.to_owned() });
        } else if !seen.insert(id.to_owned()) {
            self.errors.push(RuleError::DuplicateId { path: path.to_owned(), id: id.to_owned() });
        }
    }

    fn some<T>(&mut self, path: &str, list: &[T]) {
        if list.is_empty() {
            self.errors.push(RuleError::EmptyList { path: path.to_owned() });
        }
    }

    fn at_most(&mut self, path: &str, what: &'static str, found: usize, at_most: usize) {
        if found > at_most {
            self.errors.push(RuleError::TooMany { path: path.to_owned(), what, found, at_most });
        }
    }

    /// A match names an achievement or a code; one of a free slot may name issuers alone, a held award its kind.
    fn wanted(&mut self, path: &str, wanted: &Match, of: MatchOf) {
        let named = !wanted.achievement.is_empty() || !wanted.code.is_empty();
        let by_issuer = !wanted.issuer.is_empty() || !wanted.issuer_kind.is_empty() || wanted.authorised_for.is_some();
        let enough = match of {
            MatchOf::Way => named,
            MatchOf::Slot => named || by_issuer,
            MatchOf::Award => named || !wanted.kind.is_empty(),
        };
        if !enough {
            self.errors.push(RuleError::MatchesAnything { path: path.to_owned(), slot: of == MatchOf::Slot });
        }
        self.own_codes(path, wanted);
    }

    fn own_codes(&mut self, path: &str, wanted: &Match) {
        if wanted.issuer.is_empty() {
            for (at, code) in wanted.code.iter().enumerate().filter(|(_, code)| code.scheme() == CodeScheme::Own) {
                let path = format!("{path}.code[{at}]");
                self.errors.push(RuleError::OwnCodeWithoutIssuer { path, code: code.clone() });
            }
        }
    }

    fn requirement(&mut self, path: &str, requirement: &'a Requirement, ids: &mut BTreeSet<String>) {
        if let Some(id) = &requirement.id {
            self.id(&format!("{path}.id"), id, ids);
        }
        match &requirement.rule {
            Rule::Part(part) => self.part(&format!("{path}.part"), part),
            Rule::All(of) => self.list(&format!("{path}.all"), of, ids),
            Rule::Any(of) => self.list(&format!("{path}.any"), of, ids),
            Rule::Choose(choose) => {
                let path = format!("{path}.choose");
                let (at_least, listed) = (choose.at_least, choose.of.len());
                if at_least == 0 && choose.at_most.is_none() {
                    self.errors.push(RuleError::AsksNothing { path: path.clone() });
                }
                if usize::try_from(at_least).map_or(true, |at_least| at_least > listed) {
                    self.errors.push(RuleError::ChoosesMoreThanThereAre { path: path.clone(), at_least, listed });
                }
                if let Some(at_most) = choose.at_most.filter(|at_most| *at_most < at_least.max(1)) {
                    self.errors.push(RuleError::ChooseContradictsItself { path: path.clone(), at_least, at_most });
                }
                self.list(&format!("{path}.of"), &choose.of, ids);
            }
            Rule::Credits(rule) => {
                let path = format!("{path}.credits");
                if rule.at_least == Credits::ZERO {
                    self.errors.push(RuleError::AsksNothing { path: path.clone() });
                }
                let before = self.errors.len();
                self.pool(&path, requirement.id.is_some(), &rule.from);
                // A pool that names what does not exist would also be too small: one error for one mistake.
                if self.errors.len() == before
                    && let Some(holds) = pool_holds(self.programme, &rule.from).filter(|holds| *holds < rule.at_least)
                {
                    self.errors.push(RuleError::PoolTooSmall { path, at_least: rule.at_least, holds });
                }
            }
            Rule::Hours(rule) => {
                let path = format!("{path}.hours");
                if rule.at_least.0 == 0 {
                    self.errors.push(RuleError::AsksNothing { path: path.clone() });
                }
                self.pool(&path, requirement.id.is_some(), &rule.from);
            }
            Rule::Award(wanted) => {
                let path = format!("{path}.award");
                self.wanted(&path, wanted, MatchOf::Award);
                let known = |id: &String| {
                    self.programme.find_part(id).is_some() || self.awards.get(id).is_some_and(|other| *other != wanted)
                };
                match &requirement.id {
                    Some(id) if !known(id) => {
                        self.awards.insert(id.clone(), wanted);
                    }
                    _ => self.errors.push(RuleError::AwardWithoutId { path }),
                }
            }
        }
    }

    fn list(&mut self, path: &str, of: &'a [Requirement], ids: &mut BTreeSet<String>) {
        self.some(path, of);
        for (at, requirement) in of.iter().enumerate() {
            self.requirement(&format!("{path}[{at}]"), requirement, ids);
        }
    }

    fn part(&mut self, path: &str, part: &str) {
        if self.programme.find_part(part).is_none() {
            self.errors.push(RuleError::UnknownPart { path: path.to_owned(), part: part.to_owned() });
        }
    }

    fn pool(&mut self, path: &str, has_id: bool, pool: &Pool) {
        let programme = self.programme;
        for (at, group) in pool.group.iter().enumerate() {
            if !programme.parts.iter().any(|part| part.group.as_ref() == Some(group)) {
                let path = format!("{path}.from.group[{at}]");
                self.errors.push(RuleError::UnknownGroup { path, group: group.clone() });
            }
        }
        for (at, theme) in pool.theme.iter().enumerate() {
            if !programme.parts.iter().any(|part| part.theme.contains(theme)) {
                let path = format!("{path}.from.theme[{at}]");
                self.errors.push(RuleError::UnknownGroup { path, group: theme.clone() });
            }
        }
        for (at, part) in pool.part.iter().enumerate() {
            self.part(&format!("{path}.from.part[{at}]"), part);
        }
        if *pool == Pool::default() {
            self.errors.push(RuleError::EmptyList { path: format!("{path}.from") });
        }
        if !pool.free.is_empty() && !has_id {
            self.errors.push(RuleError::FreeSlotWithoutId { path: path.to_owned() });
        }
        for (at, FreeSlot { fits, .. }) in pool.free.iter().enumerate() {
            self.wanted(&format!("{path}.from.free[{at}].fits"), fits, MatchOf::Slot);
        }
        if let Some(shown) = &pool.shown {
            self.condition(&format!("{path}.from.shown"), shown);
        }
    }

    fn condition(&mut self, path: &str, condition: &Condition) {
        let alone = Condition { exemption: true, not: condition.not, ..Condition::default() };
        if (Condition { not: false, ..condition.clone() }) == Condition::default() {
            self.errors.push(RuleError::LimitSaysNothing { path: path.to_owned() });
        } else if condition.exemption && *condition != alone {
            self.errors.push(RuleError::ExemptionMixed { path: path.to_owned() });
        }
    }

    fn limits(&mut self, path: &str, award: &Award, ids: &mut BTreeSet<String>) {
        let conditions = award.limits.len() + shown_conditions(&award.requirement);
        self.at_most(&format!("{path}.limits"), "limits and shown conditions", conditions, MAX_CONDITIONS);
        for (at, limit) in award.limits.iter().enumerate() {
            self.limit(&format!("{path}.limits[{at}]"), limit, award, ids);
        }
    }

    fn limit(&mut self, path: &str, limit: &Limit, award: &Award, ids: &mut BTreeSet<String>) {
        self.id(&format!("{path}.id"), &limit.id, ids);
        self.condition(&format!("{path}.of"), &limit.of);
        match (limit.at_least, limit.at_most) {
            (None | Some(Credits::ZERO), None) => {
                self.errors.push(RuleError::LimitSaysNothing { path: path.to_owned() });
            }
            (Some(at_least), Some(at_most)) if at_least > at_most => {
                self.errors.push(RuleError::LimitContradictsItself { path: path.to_owned(), at_least, at_most });
            }
            _ => {}
        }
        let parts = || Some(self.programme.parts.iter().map(|part| part.credits).sum::<Credits>());
        let holds = parts().and_then(|parts| Some(parts + capped_slots(&award.requirement)?));
        if let (Some(at_least), Some(holds)) = (limit.at_least, holds)
            && at_least > holds
        {
            self.errors.push(RuleError::LimitTooHigh { path: path.to_owned(), at_least, holds });
        }
    }
}

fn children(requirement: &Requirement) -> &[Requirement] {
    match &requirement.rule {
        Rule::All(of) | Rule::Any(of) => of,
        Rule::Choose(choose) => &choose.of,
        _ => &[],
    }
}

fn shown_conditions(requirement: &Requirement) -> usize {
    let own = match &requirement.rule {
        Rule::Credits(rule) => usize::from(rule.from.shown.is_some()),
        Rule::Hours(rule) => usize::from(rule.from.shown.is_some()),
        _ => 0,
    };
    own + children(requirement).iter().map(shown_conditions).sum::<usize>()
}

/// The most that all free slots can count; nothing where one has no limit.
fn capped_slots(requirement: &Requirement) -> Option<Credits> {
    let own: Option<Credits> = match &requirement.rule {
        Rule::Credits(rule) => rule.from.free.iter().map(|slot| slot.at_most).sum(),
        _ => Some(Credits::ZERO),
    };
    children(requirement).iter().try_fold(own?, |sum, child| Some(sum + capped_slots(child)?))
}
