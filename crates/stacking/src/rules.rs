//! Do the rules of a programme hold together? Every contradiction at once, each with its place and what to do.

use std::collections::{BTreeMap, BTreeSet};

use stapel_credential::{
    Ask, Award, Code, CodeScheme, Credits, CreditsRule, Day, Localised, Match, Part, Programme, Requirement, Rule,
};
use thiserror::Error;

use crate::error::StackingError;

/// The rules of one edition, read and found to hold together.
#[derive(Debug, Clone)]
pub struct Rules {
    programme: Programme,
    positions: BTreeMap<String, usize>,
}

/// What is wrong with a rule, where (a JSON path within the programme), and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RuleError {
    /// An id stands twice where each must stand once.
    #[error("{path}: the id {id:?} stands twice; give each its own")]
    DuplicateId {
        /// Where the second one stands.
        path: String,
        /// The id.
        id: String,
    },
    /// An id without a character.
    #[error("{path}: the id is empty; give it a short name such as \"b1-k1-w1\"")]
    EmptyId {
        /// Where.
        path: String,
    },
    /// A part that the programme does not have.
    #[error("{path}: there is no part {part:?}; write the id of one of the parts")]
    UnknownPart {
        /// Where it is named.
        path: String,
        /// The name.
        part: String,
    },
    /// A group that no part belongs to.
    #[error("{path}: no part belongs to group {group:?}; write the group of one of the parts")]
    UnknownGroup {
        /// Where it is named.
        path: String,
        /// The name.
        group: String,
    },
    /// A list that must not be empty.
    #[error("{path}: the list is empty; name at least one, or leave the rule out")]
    EmptyList {
        /// Where.
        path: String,
    },
    /// `choose` asks for more than it lists.
    #[error("{path}: {at_least} must be chosen of {listed}; lower atLeast or list more")]
    ChoosesMoreThanThereAre {
        /// Where.
        path: String,
        /// How many must be chosen.
        at_least: u32,
        /// How many there are.
        listed: usize,
    },
    /// `choose` allows less than it asks for.
    #[error("{path}: at least {at_least} and at most {at_most} cannot both hold; raise atMost or lower atLeast")]
    ChooseContradictsItself {
        /// Where.
        path: String,
        /// How many must be chosen.
        at_least: u32,
        /// How many may count.
        at_most: u32,
    },
    /// A requirement that is met by nothing at all.
    #[error("{path}: at least 0 asks for nothing; raise atLeast or leave the rule out")]
    AsksNothing {
        /// Where.
        path: String,
    },
    /// A pool with free slots that no plan could name.
    #[error("{path}: a credits requirement with free slots needs an id, since plans name it; give it one")]
    FreeSlotWithoutId {
        /// Where.
        path: String,
    },
    /// A pool that can never hold what is asked of it.
    #[error(
        "{path}: {at_least} credits are asked, but the pool holds at most {holds}; lower atLeast or add to the pool"
    )]
    PoolTooSmall {
        /// Where.
        path: String,
        /// What is asked.
        at_least: Credits,
        /// All that its parts and slots can give.
        holds: Credits,
    },
    /// A match that every badge fits.
    #[error("{path}: every badge would fit; name an achievement or a code{}", if *.slot { ", or at least the issuers" } else { "" })]
    MatchesAnything {
        /// Where.
        path: String,
        /// Whether it is the match of a free slot.
        slot: bool,
    },
    /// An issuer's own code without the issuer.
    #[error("{path}: {code} is an issuer's own code and means nothing without its issuer; name the issuer too")]
    OwnCodeWithoutIssuer {
        /// Where.
        path: String,
        /// The code.
        code: Code,
    },
    /// A last day of entry that does not follow the first.
    #[error("{path}: entry ends on {until}, which is not after its start on {from}; correct one of the days")]
    NeverOpen {
        /// Where.
        path: String,
        /// The first day.
        from: Day,
        /// The first day on which entry is closed.
        until: Day,
    },
}

impl Rules {
    /// Reads the rules of a programme, as the issuer does before signing and everyone else before counting.
    ///
    /// # Errors
    /// Every [`RuleError`] at once, in the order of the document.
    pub fn read(programme: &Programme) -> Result<Self, Vec<RuleError>> {
        let mut reader = Reader { programme, errors: Vec::new() };
        reader.programme();
        if !reader.errors.is_empty() {
            return Err(reader.errors);
        }
        let positions = programme.parts.iter().enumerate().map(|(at, part)| (part.id.clone(), at)).collect();
        Ok(Self { programme: programme.clone(), positions })
    }

    /// The programme that was read.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.programme.parts
    }

    pub(crate) fn find_position(&self, part: &str) -> Option<usize> {
        self.positions.get(part).copied()
    }

    /// The positions of the parts that a pool names, each once, in the programme's order.
    pub(crate) fn pool_parts(&self, rule: &CreditsRule) -> Vec<usize> {
        let in_group = |part: &Part| part.group.as_ref().is_some_and(|group| rule.from.group.contains(group));
        let named = |part: &Part| in_group(part) || rule.from.part.contains(&part.id);
        self.parts().iter().enumerate().filter(|(_, part)| named(part)).map(|(at, _)| at).collect()
    }

    /// The question with its award named, where the programme leaves no choice.
    pub(crate) fn settle(&self, ask: &Ask) -> Result<Ask, StackingError> {
        let programme = self.programme.id.clone();
        match (ask, self.programme.awards.as_slice()) {
            (Ask::Award(None), []) => Ok(Ask::Award(None)),
            (Ask::Award(None), [only]) => Ok(Ask::Award(Some(only.id.clone()))),
            (Ask::Award(None), several) => Err(StackingError::WhichAward {
                programme,
                awards: several.iter().map(|award| award.id.clone()).collect(),
            }),
            (Ask::Award(Some(id)), _) if self.programme.find_award(id).is_some() => Ok(ask.clone()),
            (Ask::Award(Some(id)), _) => Err(StackingError::UnknownAward { programme, award: id.clone() }),
            (Ask::Part(id), _) if self.find_position(id).is_some() => Ok(ask.clone()),
            (Ask::Part(id), _) => Err(StackingError::UnknownPart { programme, part: id.clone() }),
            (Ask::Group(id), _) if self.parts().iter().any(|part| part.group.as_ref() == Some(id)) => Ok(ask.clone()),
            (Ask::Group(id), _) => Err(StackingError::UnknownGroup { programme, group: id.clone() }),
            _ => Err(StackingError::UnknownAsk { programme }),
        }
    }

    pub(crate) fn find_award(&self, ask: &Ask) -> Option<&Award> {
        match ask {
            Ask::Award(Some(id)) => self.programme.find_award(id),
            _ => None,
        }
    }

    /// What a settled question asks to be shown. A programme that leads to no award asks for all its parts.
    pub(crate) fn requirement(&self, ask: &Ask) -> Requirement {
        let part = |part: &Part| Requirement { id: None, name: part.name.clone(), rule: Rule::Part(part.id.clone()) };
        let all = |name: Localised, wanted: &dyn Fn(&&Part) -> bool| Requirement {
            id: None,
            name,
            rule: Rule::All(self.parts().iter().filter(wanted).map(part).collect()),
        };
        match ask {
            Ask::Part(id) => match self.programme.find_part(id) {
                Some(found) => part(found),
                None => all(Localised::default(), &|_| false),
            },
            Ask::Group(id) => all(Localised::default(), &|part| part.group.as_ref() == Some(id)),
            _ => match self.find_award(ask) {
                Some(award) => award.requirement.clone(),
                None => all(self.programme.name.clone(), &|_| true),
            },
        }
    }
}

struct Reader<'a> {
    programme: &'a Programme,
    errors: Vec<RuleError>,
}

impl Reader<'_> {
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
            let path = format!("$.parts[{at}]");
            self.id(&format!("{path}.id"), &part.id, &mut ids);
            self.some(&format!("{path}.ways"), &part.ways);
            for (at, way) in part.ways.iter().enumerate() {
                let path = format!("{path}.ways[{at}].all");
                self.some(&path, &way.all);
                for (at, wanted) in way.all.iter().enumerate() {
                    self.wanted(&format!("{path}[{at}]"), wanted, false);
                }
            }
        }
        let mut ids = BTreeSet::new();
        for (at, award) in programme.awards.iter().enumerate() {
            let path = format!("$.awards[{at}]");
            self.id(&format!("{path}.id"), &award.id, &mut ids);
            self.requirement(&format!("{path}.requirement"), &award.requirement, &mut BTreeSet::new());
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

    fn wanted(&mut self, path: &str, wanted: &Match, slot: bool) {
        let named = !wanted.achievement.is_empty() || !wanted.code.is_empty();
        if !named && (!slot || wanted.issuer.is_empty()) {
            self.errors.push(RuleError::MatchesAnything { path: path.to_owned(), slot });
        }
        if wanted.issuer.is_empty() {
            for (at, code) in wanted.code.iter().enumerate().filter(|(_, code)| code.scheme() == CodeScheme::Own) {
                let path = format!("{path}.code[{at}]");
                self.errors.push(RuleError::OwnCodeWithoutIssuer { path, code: code.clone() });
            }
        }
    }

    fn requirement(&mut self, path: &str, requirement: &Requirement, ids: &mut BTreeSet<String>) {
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
            Rule::Credits(rule) => self.credits(&format!("{path}.credits"), requirement.id.is_some(), rule),
        }
    }

    fn list(&mut self, path: &str, of: &[Requirement], ids: &mut BTreeSet<String>) {
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

    fn credits(&mut self, path: &str, has_id: bool, rule: &CreditsRule) {
        let pool = &rule.from;
        if rule.at_least == Credits::ZERO {
            self.errors.push(RuleError::AsksNothing { path: path.to_owned() });
        }
        let before = self.errors.len();
        for (at, group) in pool.group.iter().enumerate() {
            if !self.programme.parts.iter().any(|part| part.group.as_ref() == Some(group)) {
                let path = format!("{path}.from.group[{at}]");
                self.errors.push(RuleError::UnknownGroup { path, group: group.clone() });
            }
        }
        for (at, part) in pool.part.iter().enumerate() {
            self.part(&format!("{path}.from.part[{at}]"), part);
        }
        if pool.group.is_empty() && pool.part.is_empty() && pool.free.is_empty() {
            self.errors.push(RuleError::EmptyList { path: format!("{path}.from") });
        }
        if !pool.free.is_empty() && !has_id {
            self.errors.push(RuleError::FreeSlotWithoutId { path: path.to_owned() });
        }
        for (at, slot) in pool.free.iter().enumerate() {
            self.wanted(&format!("{path}.from.free[{at}].fits"), &slot.fits, true);
        }
        // A pool that names what does not exist would also be too small: one error for one mistake.
        if self.errors.len() > before {
            return;
        }
        let capped: Option<Credits> = pool.free.iter().map(|slot| slot.at_most).sum();
        if let Some(capped) = capped {
            let in_pool = |part: &&Part| {
                pool.part.contains(&part.id) || part.group.as_ref().is_some_and(|group| pool.group.contains(group))
            };
            let parts: Credits = self.programme.parts.iter().filter(in_pool).map(|part| part.credits).sum();
            let holds = parts + capped;
            if holds < rule.at_least {
                self.errors.push(RuleError::PoolTooSmall { path: path.to_owned(), at_least: rule.at_least, holds });
            }
        }
    }
}
