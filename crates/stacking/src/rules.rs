//! What do the rules of a programme say? Read once, found to hold together, and laid out for counting.

use std::borrow::Cow;
use std::ops::Deref;

use stapel_credential::{
    Ask, Award, Condition, Credits, CreditsRule, Localised, Match, Part, Pool, Programme, Requirement, Rule, Way,
};

use crate::error::StackingError;
use crate::few::Few;
use crate::index::Index;
use crate::read_rules;
use crate::rule_error::RuleError;

/// So many outcomes fit one way.
pub(crate) const MAX_OUTCOMES: usize = 64;

/// So many limits and `shown` conditions fit one award.
pub(crate) const MAX_CONDITIONS: usize = 64;

/// The rules of one edition, read and found to hold together.
#[derive(Debug, Clone)]
pub struct Rules<'a> {
    programme: &'a Programme,
    parts: Vec<RulePart<'a>>,
    positions: Positions<'a>,
}

/// Where the parts of a programme stand, by id; the first of each.
#[derive(Debug, Clone)]
pub(crate) struct Positions<'a> {
    parts: &'a [Part],
    by_id: Index,
}

impl<'a> Positions<'a> {
    pub(crate) fn of(parts: &'a [Part]) -> Self {
        Self { parts, by_id: Index::of(parts.iter().map(|part| part.id.as_str())) }
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.find(id).find(|at| self.parts.get(*at).is_some_and(|part| part.id == id))
    }

    /// Whether two parts have the same id, or perhaps have.
    pub(crate) fn may_repeat(&self) -> bool {
        self.by_id.may_repeat()
    }
}

/// From the programme, or made for counting.
#[derive(Debug, Clone)]
pub(crate) enum Lent<'a, T> {
    From(&'a T),
    Made(Box<T>),
}

impl<T> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::From(lent) => lent,
            Self::Made(made) => made,
        }
    }
}

/// A part as it is counted: of the programme, or a held award that is required.
#[derive(Debug, Clone)]
pub(crate) struct RulePart<'a> {
    pub(crate) part: Lent<'a, Part>,
    /// Its own ways, then those of the transitions that show it first.
    pub(crate) ways: Few<RuleWay<'a>>,
    /// It stands for a held award, and is no part of the programme.
    pub(crate) is_award: bool,
}

/// A way, its codes widened by the programme's equivalences.
#[derive(Debug, Clone)]
pub(crate) struct RuleWay<'a> {
    pub(crate) way: Lent<'a, Way>,
    /// Every part that it shows, its own first.
    pub(crate) shows: Few<usize>,
}

impl<'a> Rules<'a> {
    /// Reads the rules of a programme, as the issuer does before signing and everyone else before counting.
    ///
    /// # Errors
    /// Every [`RuleError`] at once, in the order of the document.
    pub fn read(programme: &'a Programme) -> Result<Self, Vec<RuleError>> {
        let positions = Positions::of(&programme.parts);
        let errors = read_rules::errors(programme, &positions);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut rules = Self { programme, parts: Vec::new(), positions };
        rules.parts = (0..).zip(&programme.parts).map(|(at, part)| rules.lay_out(at, part)).collect();
        for award in &programme.awards {
            rules.add_awards(&award.requirement);
        }
        Ok(rules)
    }

    fn lay_out(&self, at: usize, part: &'a Part) -> RulePart<'a> {
        let positions = |ids: &'a [String]| ids.iter().filter_map(|id| self.find_position(id));
        let own = part.ways.iter().map(|way| {
            let shows = std::iter::once(at).chain(positions(&way.covers)).collect();
            RuleWay { way: self.widen_way(way), shows }
        });
        let steps = self.programme.transitions.iter().filter(|step| step.shows.first() == Some(&part.id));
        let steps = steps.flat_map(|step| {
            step.ways.iter().map(|way| RuleWay { way: self.widen_way(way), shows: positions(&step.shows).collect() })
        });
        RulePart { part: Lent::From(part), ways: own.chain(steps).collect(), is_award: false }
    }

    /// Each required award becomes a part worth nothing, which a held credential shows.
    fn add_awards(&mut self, requirement: &'a Requirement) {
        match (&requirement.rule, &requirement.id) {
            (Rule::Award(wanted), Some(id)) if self.find_position(id).is_none() => {
                let at = self.parts.len();
                let way = Way { all: vec![self.widen(wanted)], outcomes: None, covers: Vec::new(), supplements: false };
                let part = Part {
                    id: id.clone(),
                    name: requirement.name.clone(),
                    group: None,
                    theme: Vec::new(),
                    credits: Credits::ZERO,
                    level: None,
                    sector: None,
                    no_exemption: true,
                    ways: vec![way.clone()],
                };
                let ways = Few::One(RuleWay { way: Lent::Made(Box::new(way)), shows: Few::One(at) });
                self.parts.push(RulePart { part: Lent::Made(Box::new(part)), ways, is_award: true });
            }
            (Rule::All(of) | Rule::Any(of), _) => of.iter().for_each(|child| self.add_awards(child)),
            (Rule::Choose(choose), _) => choose.of.iter().for_each(|child| self.add_awards(child)),
            _ => {}
        }
    }

    fn widen_way(&self, way: &'a Way) -> Lent<'a, Way> {
        if self.programme.equivalences.is_empty() {
            return Lent::From(way);
        }
        let mut way = way.clone();
        way.all = way.all.iter().map(|wanted| self.widen(wanted)).collect();
        if let Some(outcomes) = &mut way.outcomes {
            outcomes.fits = self.widen(&outcomes.fits);
        }
        Lent::Made(Box::new(way))
    }

    /// The match with every code that means the same as one of its codes.
    pub(crate) fn widen(&self, wanted: &Match) -> Match {
        let mut wanted = wanted.clone();
        // Until nothing changes, so that the order in which equivalences stand has no effect.
        loop {
            let before = wanted.code.len();
            for equivalence in &self.programme.equivalences {
                if equivalence.codes.iter().any(|code| wanted.code.contains(code)) {
                    let more = equivalence.codes.iter().filter(|code| !wanted.code.contains(code)).cloned();
                    wanted.code.extend(more.collect::<Vec<_>>());
                }
            }
            if wanted.code.len() == before {
                break;
            }
        }
        wanted
    }

    /// The programme that was read.
    pub fn programme(&self) -> &'a Programme {
        self.programme
    }

    /// The programme's parts, then the required awards.
    pub(crate) fn parts(&self) -> &[RulePart<'a>] {
        &self.parts
    }

    pub(crate) fn find_position(&self, part: &str) -> Option<usize> {
        let awards = || self.parts.iter().enumerate().skip(self.programme.parts.len());
        let award = || awards().find(|(_, award)| award.part.id == part).map(|(at, _)| at);
        self.positions.find(part).or_else(award)
    }

    /// The parts that filling this one in this way shows.
    pub(crate) fn shows(&self, part: usize, way: usize) -> &[usize] {
        self.parts.get(part).and_then(|part| part.ways.get(way)).map_or(&[], |way| way.shows.as_slice())
    }

    /// The positions of the parts that a pool measures, in the programme's order.
    pub(crate) fn pool_parts(&self, pool: &Pool) -> Vec<usize> {
        let parts = in_pool(self.programme, pool).zip(0..);
        parts.filter(|(part, _)| part.is_some()).map(|(_, at)| at).collect()
    }

    /// The question with its award named, where the programme leaves no choice.
    pub(crate) fn settle(&self, ask: &Ask) -> Result<Ask, StackingError> {
        let programme = self.programme.id.clone();
        let has_group = |id: &String| self.programme.parts.iter().any(|part| part.group.as_ref() == Some(id));
        match (ask, self.programme.awards.as_slice()) {
            (Ask::Award(None), []) => Ok(Ask::Award(None)),
            (Ask::Award(None), [only]) => Ok(Ask::Award(Some(only.id.clone()))),
            (Ask::Award(None), several) => Err(StackingError::WhichAward {
                programme,
                awards: several.iter().map(|award| award.id.clone()).collect(),
            }),
            (Ask::Award(Some(id)), _) if self.programme.find_award(id).is_some() => Ok(ask.clone()),
            (Ask::Award(Some(id)), _) => Err(StackingError::UnknownAward { programme, award: id.clone() }),
            (Ask::Part(id), _) if self.programme.find_part(id).is_some() => Ok(ask.clone()),
            (Ask::Part(id), _) => Err(StackingError::UnknownPart { programme, part: id.clone() }),
            (Ask::Group(id), _) if has_group(id) => Ok(ask.clone()),
            (Ask::Group(id), _) => Err(StackingError::UnknownGroup { programme, group: id.clone() }),
            (Ask::Credits(asked), _) => match &asked.group {
                Some(group) if !has_group(group) => {
                    Err(StackingError::UnknownGroup { programme, group: group.clone() })
                }
                _ => Ok(ask.clone()),
            },
            _ => Err(StackingError::UnknownAsk { programme }),
        }
    }

    pub(crate) fn find_award(&self, ask: &Ask) -> Option<&'a Award> {
        match ask {
            Ask::Award(Some(id)) => self.programme.find_award(id),
            _ => None,
        }
    }

    /// The limits that a question is judged by: those of its award, and of the only award where a share of it is asked.
    /// What must at least be there is asked of the whole award alone.
    pub(crate) fn limits(&self, ask: &Ask) -> Vec<stapel_credential::Limit> {
        match (self.find_award(ask), self.programme.awards.as_slice()) {
            (Some(award), _) => award.limits.clone(),
            (None, [only]) => {
                let bounded = only.limits.iter().filter(|limit| limit.at_most.is_some()).cloned();
                bounded.map(|limit| stapel_credential::Limit { at_least: None, ..limit }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a settled question asks to be shown. A programme that leads to no award asks for all its parts.
    pub(crate) fn requirement(&self, ask: &Ask) -> Cow<'a, Requirement> {
        let part = |part: &Part| Requirement { id: None, name: part.name.clone(), rule: Rule::Part(part.id.clone()) };
        let all = |name: Localised, wanted: &dyn Fn(&&Part) -> bool| Requirement {
            id: None,
            name,
            rule: Rule::All(self.programme.parts.iter().filter(wanted).map(part).collect()),
        };
        Cow::Owned(match ask {
            Ask::Part(id) => match self.programme.find_part(id) {
                Some(found) => part(found),
                None => all(Localised::default(), &|_| false),
            },
            Ask::Group(id) => all(Localised::default(), &|part| part.group.as_ref() == Some(id)),
            Ask::Credits(asked) => {
                let group = asked.group.iter().cloned().collect();
                let from = Pool { group, level: asked.level, ..Pool::default() };
                let rule = Rule::Credits(CreditsRule { at_least: asked.at_least, from });
                Requirement { id: None, name: Localised::default(), rule }
            }
            _ => match self.find_award(ask) {
                Some(award) => return Cow::Borrowed(&award.requirement),
                None => all(self.programme.name.clone(), &|_| true),
            },
        })
    }
}

/// Of each part, itself where the pool measures it. Parts of one group stand together, so that a group is looked up once.
fn in_pool<'a>(programme: &'a Programme, pool: &Pool) -> impl Iterator<Item = Option<&'a Part>> {
    let names_parts = !(pool.group.is_empty() && pool.part.is_empty() && pool.theme.is_empty());
    let narrows = pool.level.is_some() || !pool.sector.is_empty();
    let mut known: Option<(&str, bool)> = None;
    let mut in_group = move |part: &'a Part| {
        let Some(group) = part.group.as_ref().filter(|_| !pool.group.is_empty()) else { return false };
        match known {
            Some((name, is_in)) if name == group => is_in,
            _ => known.insert((group, pool.group.contains(group))).1,
        }
    };
    programme.parts.iter().map(move |part| {
        let in_theme = || part.theme.iter().any(|theme| pool.theme.contains(theme));
        let named = if names_parts {
            in_group(part) || in_theme() || pool.part.contains(&part.id)
        } else {
            narrows || pool.free.is_empty()
        };
        let of_level = |wanted| part.level.is_some_and(|level| level.at_least(wanted) == Some(true));
        let of_sector = || pool.sector.is_empty() || part.sector.is_some_and(|sector| pool.sector.contains(&sector));
        (named && pool.level.is_none_or(of_level) && of_sector()).then_some(part)
    })
}

/// The most that a pool can hold; nothing when a free slot has no limit.
pub(crate) fn pool_holds(programme: &Programme, pool: &Pool) -> Option<Credits> {
    let capped: Credits = pool.free.iter().map(|slot| slot.at_most).sum::<Option<Credits>>()?;
    let parts: Credits = in_pool(programme, pool).flatten().map(|part| part.credits).sum();
    Some(parts + capped)
}

/// Whether an exemption answers to a condition: to `exemption` alone.
pub(crate) fn holds_for_exemption(condition: &Condition) -> bool {
    condition.exemption && !condition.not
}
