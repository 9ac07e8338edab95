//! Do the rules of a programme hold together? Every contradiction at once, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use stapel_credential::{
    Award, CodeScheme, Condition, Credits, FreeSlot, Limit, Match, Part, Pool, Programme, Requirement, Rule, Way,
};

use crate::rule_error::RuleError;
use crate::rule_path::RulePath;
use crate::rules::{MAX_CONDITIONS, MAX_OUTCOMES, Positions, pool_holds};

/// Everything that is wrong, in the order of the document. `parts` knows where the programme's parts stand.
pub(crate) fn errors<'a>(programme: &'a Programme, parts: &'a Positions<'a>) -> Vec<RuleError> {
    let may_repeat = parts.may_repeat();
    let mut reader = Reader { programme, parts, may_repeat, errors: Vec::new(), awards: BTreeMap::new() };
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
    /// Where its parts stand, by id.
    parts: &'a Positions<'a>,
    /// Whether two of them may have the same id.
    may_repeat: bool,
    errors: Vec<RuleError>,
    /// The award requirements met so far, by id.
    awards: BTreeMap<&'a str, &'a Match>,
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
            self.part_rules(&RulePath::ROOT.item("parts", at), part, &mut ids);
        }
        for (at, transition) in programme.transitions.iter().enumerate() {
            let path = RulePath::ROOT.item("transitions", at);
            self.some(&path.member("ways"), &transition.ways);
            self.some(&path.member("shows"), &transition.shows);
            for (at, part) in transition.shows.iter().enumerate() {
                self.part(&path.item("shows", at), part);
            }
            for (at, way) in transition.ways.iter().enumerate() {
                self.way(&path.item("ways", at), way);
            }
        }
        for (at, equivalence) in programme.equivalences.iter().enumerate() {
            if equivalence.codes.iter().collect::<BTreeSet<_>>().len() < 2 {
                self.errors.push(RuleError::EquivalentToNothing {
                    path: RulePath::ROOT.item("equivalences", at).member("codes").to_string(),
                });
            }
        }
        for (at, conversion) in programme.conversions.iter().enumerate() {
            let is_zero = conversion.counts == Credits::ZERO || conversion.per == Some(Credits::ZERO);
            if conversion.from == programme.unit || is_zero {
                self.errors
                    .push(RuleError::ConvertsNothing { path: RulePath::ROOT.item("conversions", at).to_string() });
            }
        }
        for (at, wanted) in programme.repeatable.iter().enumerate() {
            self.wanted(&RulePath::ROOT.item("repeatable", at), wanted, MatchOf::Way);
        }
        let mut ids = BTreeSet::new();
        for (at, award) in programme.awards.iter().enumerate() {
            let path = RulePath::ROOT.item("awards", at);
            self.id(&path.member("id"), &award.id, &mut ids);
            let mut ids = BTreeSet::new();
            self.requirement(&path.member("requirement"), &award.requirement, &mut ids);
            self.limits(&path, award, &mut ids);
        }
    }

    fn part_rules(&mut self, path: &RulePath<'_>, part: &'a Part, ids: &mut BTreeSet<&'a str>) {
        if self.may_repeat {
            self.id(&path.member("id"), &part.id, ids);
        } else {
            self.named(&path.member("id"), &part.id);
        }
        let shown_by_transition = || self.programme.transitions.iter().any(|step| step.shows.contains(&part.id));
        if part.ways.iter().all(|way| way.supplements) && part.no_exemption && !shown_by_transition() {
            self.errors.push(RuleError::Unshowable { path: path.member("ways").to_string(), part: part.id.clone() });
        } else if part.ways.is_empty() && !shown_by_transition() {
            self.errors.push(RuleError::EmptyList { path: path.member("ways").to_string() });
        }
        for (at, way) in part.ways.iter().enumerate() {
            let path = path.item("ways", at);
            self.way(&path, way);
            for (at, covered) in way.covers.iter().enumerate() {
                let path = path.item("covers", at);
                self.part(&path, covered);
                if *covered == part.id || way.covers.iter().take(at).any(|before| before == covered) {
                    self.errors.push(RuleError::DuplicateId { path: path.to_string(), id: covered.clone() });
                }
            }
        }
    }

    fn way(&mut self, path: &RulePath<'_>, way: &Way) {
        match &way.outcomes {
            None => self.some(&path.member("all"), &way.all),
            Some(_) if !way.all.is_empty() => self.errors.push(RuleError::WayUnclear { path: path.to_string() }),
            Some(outcomes) => {
                let path = path.member("outcomes");
                self.some(&path.member("of"), &outcomes.of);
                self.at_most(&path.member("of"), "outcomes", outcomes.of.len(), MAX_OUTCOMES);
                let listed = outcomes.of.iter().collect::<BTreeSet<_>>().len();
                let at_least = outcomes.at_least.unwrap_or(1);
                if at_least == 0 {
                    self.errors.push(RuleError::AsksNothing { path: path.member("atLeast").to_string() });
                } else if usize::try_from(at_least).map_or(true, |at_least| at_least > listed) && listed > 0 {
                    let path = path.member("atLeast");
                    self.errors.push(RuleError::OutcomesUncoverable { path: path.to_string(), at_least, listed });
                }
                self.own_codes(&path.member("fits"), &outcomes.fits);
            }
        }
        if way.supplements && !way.covers.is_empty() {
            self.errors.push(RuleError::WayUnclear { path: path.to_string() });
        }
        for (at, wanted) in way.all.iter().enumerate() {
            self.wanted(&path.item("all", at), wanted, MatchOf::Way);
        }
    }

    fn id(&mut self, path: &RulePath<'_>, id: &'a str, seen: &mut BTreeSet<&'a str>) {
        if self.named(path, id) && !seen.insert(id) {
            self.errors.push(RuleError::DuplicateId { path: path.to_string(), id: id.to_owned() });
        }
    }

    fn named(&mut self, path: &RulePath<'_>, id: &str) -> bool {
        let is_empty = id.trim().is_empty();
        if is_empty {
            self.errors.push(RuleError::EmptyId { path: path.to_string() });
        }
        !is_empty
    }

    fn some<T>(&mut self, path: &RulePath<'_>, list: &[T]) {
        if list.is_empty() {
            self.errors.push(RuleError::EmptyList { path: path.to_string() });
        }
    }

    fn at_most(&mut self, path: &RulePath<'_>, what: &'static str, found: usize, at_most: usize) {
        if found > at_most {
            self.errors.push(RuleError::TooMany { path: path.to_string(), what, found, at_most });
        }
    }

    /// A match names an achievement or a code; one of a free slot may name issuers alone, a held award its kind.
    fn wanted(&mut self, path: &RulePath<'_>, wanted: &Match, of: MatchOf) {
        let named = !wanted.achievement.is_empty() || !wanted.code.is_empty();
        let by_issuer = !wanted.issuer.is_empty() || !wanted.issuer_kind.is_empty() || wanted.authorised_for.is_some();
        let enough = match of {
            MatchOf::Way => named,
            MatchOf::Slot => named || by_issuer,
            MatchOf::Award => named || !wanted.kind.is_empty(),
        };
        if !enough {
            self.errors.push(RuleError::MatchesAnything { path: path.to_string(), slot: of == MatchOf::Slot });
        }
        self.own_codes(path, wanted);
    }

    fn own_codes(&mut self, path: &RulePath<'_>, wanted: &Match) {
        if wanted.issuer.is_empty() {
            for (at, code) in wanted.code.iter().enumerate().filter(|(_, code)| code.scheme() == CodeScheme::Own) {
                let path = path.item("code", at);
                self.errors.push(RuleError::OwnCodeWithoutIssuer { path: path.to_string(), code: code.clone() });
            }
        }
    }

    fn requirement(&mut self, path: &RulePath<'_>, requirement: &'a Requirement, ids: &mut BTreeSet<&'a str>) {
        if let Some(id) = &requirement.id {
            self.id(&path.member("id"), id, ids);
        }
        match &requirement.rule {
            Rule::Part(part) => self.part(&path.member("part"), part),
            Rule::All(of) => self.list(&path.member("all"), of, ids),
            Rule::Any(of) => self.list(&path.member("any"), of, ids),
            Rule::Choose(choose) => {
                let path = path.member("choose");
                let (at_least, listed) = (choose.at_least, choose.of.len());
                if at_least == 0 && choose.at_most.is_none() {
                    self.errors.push(RuleError::AsksNothing { path: path.to_string() });
                }
                if usize::try_from(at_least).map_or(true, |at_least| at_least > listed) {
                    self.errors.push(RuleError::ChoosesMoreThanThereAre { path: path.to_string(), at_least, listed });
                }
                if let Some(at_most) = choose.at_most.filter(|at_most| *at_most < at_least.max(1)) {
                    self.errors.push(RuleError::ChooseContradictsItself { path: path.to_string(), at_least, at_most });
                }
                self.list(&path.member("of"), &choose.of, ids);
            }
            Rule::Credits(rule) => {
                let path = path.member("credits");
                if rule.at_least == Credits::ZERO {
                    self.errors.push(RuleError::AsksNothing { path: path.to_string() });
                }
                let before = self.errors.len();
                self.pool(&path, requirement.id.is_some(), &rule.from);
                // A pool that names what does not exist would also be too small: one error for one mistake.
                if self.errors.len() == before
                    && let Some(holds) = pool_holds(self.programme, &rule.from).filter(|holds| *holds < rule.at_least)
                {
                    self.errors.push(RuleError::PoolTooSmall {
                        path: path.to_string(),
                        at_least: rule.at_least,
                        holds,
                    });
                }
            }
            Rule::Hours(rule) => {
                let path = path.member("hours");
                if rule.at_least.0 == 0 {
                    self.errors.push(RuleError::AsksNothing { path: path.to_string() });
                }
                self.pool(&path, requirement.id.is_some(), &rule.from);
            }
            Rule::Award(wanted) => {
                let path = path.member("award");
                self.wanted(&path, wanted, MatchOf::Award);
                let known = |id: &String| {
                    self.parts.find(id).is_some() || self.awards.get(id.as_str()).is_some_and(|other| *other != wanted)
                };
                match &requirement.id {
                    Some(id) if !known(id) => {
                        self.awards.insert(id, wanted);
                    }
                    _ => self.errors.push(RuleError::AwardWithoutId { path: path.to_string() }),
                }
            }
        }
    }

    fn list(&mut self, path: &RulePath<'_>, of: &'a [Requirement], ids: &mut BTreeSet<&'a str>) {
        self.some(path, of);
        for (at, requirement) in of.iter().enumerate() {
            self.requirement(&path.at(at), requirement, ids);
        }
    }

    fn part(&mut self, path: &RulePath<'_>, part: &str) {
        if self.parts.find(part).is_none() {
            self.errors.push(RuleError::UnknownPart { path: path.to_string(), part: part.to_owned() });
        }
    }

    fn pool(&mut self, path: &RulePath<'_>, has_id: bool, pool: &Pool) {
        let programme = self.programme;
        for (at, group) in pool.group.iter().enumerate() {
            if !programme.parts.iter().any(|part| part.group.as_ref() == Some(group)) {
                let path = path.item("from.group", at);
                self.errors.push(RuleError::UnknownGroup { path: path.to_string(), group: group.clone() });
            }
        }
        for (at, theme) in pool.theme.iter().enumerate() {
            if !programme.parts.iter().any(|part| part.theme.contains(theme)) {
                let path = path.item("from.theme", at);
                self.errors.push(RuleError::UnknownGroup { path: path.to_string(), group: theme.clone() });
            }
        }
        for (at, part) in pool.part.iter().enumerate() {
            self.part(&path.item("from.part", at), part);
        }
        if *pool == Pool::default() {
            self.errors.push(RuleError::EmptyList { path: path.member("from").to_string() });
        }
        if !pool.free.is_empty() && !has_id {
            self.errors.push(RuleError::FreeSlotWithoutId { path: path.to_string() });
        }
        for (at, FreeSlot { fits, .. }) in pool.free.iter().enumerate() {
            self.wanted(&path.item("from.free", at).member("fits"), fits, MatchOf::Slot);
        }
        if let Some(shown) = &pool.shown {
            self.condition(&path.member("from.shown"), shown);
        }
    }

    fn condition(&mut self, path: &RulePath<'_>, condition: &Condition) {
        let alone = Condition { exemption: true, not: condition.not, ..Condition::default() };
        if (Condition { not: false, ..condition.clone() }) == Condition::default() {
            self.errors.push(RuleError::LimitSaysNothing { path: path.to_string() });
        } else if condition.exemption && *condition != alone {
            self.errors.push(RuleError::ExemptionMixed { path: path.to_string() });
        }
    }

    fn limits(&mut self, path: &RulePath<'_>, award: &'a Award, ids: &mut BTreeSet<&'a str>) {
        let conditions = award.limits.len() + shown_conditions(&award.requirement);
        self.at_most(&path.member("limits"), "limits and shown conditions", conditions, MAX_CONDITIONS);
        for (at, limit) in award.limits.iter().enumerate() {
            self.limit(&path.item("limits", at), limit, award, ids);
        }
    }

    fn limit(&mut self, path: &RulePath<'_>, limit: &'a Limit, award: &'a Award, ids: &mut BTreeSet<&'a str>) {
        self.id(&path.member("id"), &limit.id, ids);
        self.condition(&path.member("of"), &limit.of);
        match (limit.at_least, limit.at_most) {
            (None | Some(Credits::ZERO), None) => {
                self.errors.push(RuleError::LimitSaysNothing { path: path.to_string() });
            }
            (Some(at_least), Some(at_most)) if at_least > at_most => {
                self.errors.push(RuleError::LimitContradictsItself { path: path.to_string(), at_least, at_most });
            }
            _ => {}
        }
        let parts = || Some(self.programme.parts.iter().map(|part| part.credits).sum::<Credits>());
        let holds = parts().and_then(|parts| Some(parts + capped_slots(&award.requirement)?));
        if let (Some(at_least), Some(holds)) = (limit.at_least, holds)
            && at_least > holds
        {
            self.errors.push(RuleError::LimitTooHigh { path: path.to_string(), at_least, holds });
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
