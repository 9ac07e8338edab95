//! How does a progress become a picture? The tree of what is asked, as floors of blocks.

use std::collections::BTreeSet;

use stapel_credential::{Ask, Credits, Hours};
use stapel_stacking::{
    Asks, AwardSummary, Counted, Done, PartProgress, Progress, RequirementProgress, SlotProgress, State,
};

use crate::language::Language;
use crate::view::{AwardView, Block, BlockState, Floor, Goal, Tally, UnusedView, View};
use crate::words::{self, Names, terms};

impl View {
    /// What tower and bars show of a progress.
    pub fn of(progress: &Progress, language: Language) -> Self {
        let names = Names::of(progress, language);
        let illustrative = progress.illustrative.text(language.tag());
        Self {
            language,
            programme: progress.name.text(language.tag()).to_owned(),
            edition: progress.programme.edition.clone(),
            illustrative: (!illustrative.is_empty()).then(|| illustrative.to_owned()),
            goal: goal(progress, language),
            complete: progress.complete,
            counted: progress.credits_counted,
            needed: progress.credits_needed,
            met: progress.requirements_met,
            asked: progress.requirements_asked,
            unit: progress.unit,
            floors: Builder { progress, language, names: &names, drawn: BTreeSet::new() }.floors(),
            limits: progress.limits.iter().map(|limit| words::limit(limit, progress.unit, language)).collect(),
            unused: progress
                .unused
                .iter()
                .map(|unused| UnusedView {
                    name: if unused.name.is_empty() { unused.credential.id.to_string() } else { unused.name.clone() },
                    why: words::why_unused(&unused.why, &names, language),
                })
                .collect(),
        }
    }
}

fn goal(progress: &Progress, language: Language) -> Goal {
    match (&progress.award, &progress.ask) {
        (Some(award), _) => Goal::Award(award_view(award, language)),
        (None, Ask::Award(_)) => Goal::NoAward,
        (None, _) => Goal::Answer,
    }
}

fn award_view(award: &AwardSummary, language: Language) -> AwardView {
    let mut kind = vec![terms::say(award.kind, language)];
    kind.extend(award.level.map(|level| level.to_string()));
    kind.extend(award.code.as_ref().map(|code| code.to_string().replace(':', " ")));
    AwardView { name: award.name.text(language.tag()).to_owned(), kind: kind.join(" · ") }
}

struct Builder<'a> {
    progress: &'a Progress,
    language: Language,
    names: &'a Names,
    /// Parts that stand in the tower already: each is one block, however often it is asked.
    drawn: BTreeSet<&'a str>,
}

impl<'a> Builder<'a> {
    fn floors(mut self) -> Vec<Floor> {
        let root = &self.progress.requirements;
        let below: Vec<&RequirementProgress> = match (&root.asks, root.of.as_slice()) {
            // Limits from below stand beside what the award asks.
            (Asks::All, [award, limits @ ..]) if root.id.is_none() && !limits.is_empty() && award.asks == Asks::All => {
                award.of.iter().chain(limits).collect()
            }
            (Asks::All, of) => of.iter().collect(),
            _ => vec![root],
        };
        // A pool only counts parts that are asked elsewhere too: those keep their own floor.
        let elsewhere: BTreeSet<&str> = below.iter().flat_map(|requirement| leaves(requirement)).collect();
        let mut floors: Vec<(Option<&str>, Floor)> = Vec::new();
        for requirement in below {
            if let Asks::Part(id) = &requirement.asks {
                self.add_to_group(id, requirement, &mut floors);
            } else {
                let floor = self.floor(requirement, &elsewhere);
                floors.push((None, floor));
            }
        }
        floors.into_iter().map(|(_, floor)| floor).collect()
    }

    /// A part that is asked by itself stands with the others of its group.
    fn add_to_group(
        &mut self,
        id: &str,
        requirement: &RequirementProgress,
        floors: &mut Vec<(Option<&'a str>, Floor)>,
    ) {
        // Of a question about one part the others of its group are not known.
        let is_alone = matches!(self.progress.ask, Ask::Part(_));
        let part = self.progress.parts.iter().find(|part| part.id == id && !is_alone);
        let group = part.and_then(|part| part.group.as_deref());
        let key = Some(group.unwrap_or_default());
        let blocks = self.blocks(requirement, false);
        if let Some((_, floor)) = floors.iter_mut().find(|(known, _)| *known == key) {
            floor.blocks.extend(blocks);
            floor.tally = count(&floor.blocks);
        } else {
            let parts = if is_alone {
                self.language.pick("Het gevraagde onderdeel", "The part that was asked")
            } else {
                self.language.pick("Onderdelen", "Parts")
            };
            let name = group.unwrap_or(parts).to_owned();
            floors.push((key, Floor { name, asks: None, tally: count(&blocks), blocks }));
        }
    }

    fn floor(&mut self, requirement: &RequirementProgress, elsewhere: &BTreeSet<&str>) -> Floor {
        let blocks = match &requirement.asks {
            Asks::Credits { at_least, from } => {
                let own: Vec<&String> = from.iter().filter(|id| !elsewhere.contains(id.as_str())).collect();
                self.pool(requirement, *at_least, &own)
            }
            _ => self.blocks(requirement, false),
        };
        Floor {
            name: self.name_with_group(requirement),
            asks: self.asks(requirement),
            tally: tally(requirement),
            blocks,
        }
    }

    fn name(&self, requirement: &RequirementProgress) -> String {
        let name = requirement.name.text(self.language.tag());
        match (&requirement.id, name) {
            (None, "") => match requirement.asks {
                Asks::Credits { .. } => self.language.pick("Vrije ruimte", "Free space"),
                Asks::Any | Asks::Choose { .. } => self.language.pick("Keuze", "Choice"),
                _ => self.language.pick("Onderdelen", "Parts"),
            }
            .to_owned(),
            (Some(id), "") => id.clone(),
            (_, name) => name.to_owned(),
        }
    }

    /// With the code of the core task in front, when all parts below belong to it and the name does not say so.
    fn name_with_group(&self, requirement: &RequirementProgress) -> String {
        let name = self.name(requirement);
        let ids = leaves(requirement);
        let mut groups =
            self.progress.parts.iter().filter(|part| ids.contains(&part.id.as_str())).map(|part| part.group.as_deref());
        match groups.next().flatten() {
            Some(group) if groups.all(|other| other == Some(group)) && !name.contains(group) => {
                format!("{group} {name}")
            }
            _ => name,
        }
    }

    fn asks(&self, requirement: &RequirementProgress) -> Option<String> {
        let of = requirement.of.len();
        match (&requirement.asks, self.language) {
            (Asks::Any, Language::Nl) => Some(format!("kies 1 van {of}")),
            (Asks::Any, Language::En) => Some(format!("choose 1 of {of}")),
            (Asks::Choose { at_least, .. }, Language::Nl) => Some(format!("kies {at_least} van {of}")),
            (Asks::Choose { at_least, .. }, Language::En) => Some(format!("choose {at_least} of {of}")),
            _ => None,
        }
    }

    /// The blocks below a requirement. Of a choice that is made, what was not chosen is spare.
    fn blocks(&mut self, requirement: &RequirementProgress, spare: bool) -> Vec<Block> {
        match &requirement.asks {
            Asks::Part(id) => self.part(id, spare).into_iter().collect(),
            Asks::Hours { at_least, .. } => vec![self.hours(requirement, *at_least)],
            Asks::Award(by) => vec![self.held(requirement, by, spare)],
            Asks::Credits { at_least, from } => {
                let own: Vec<&String> = from.iter().collect();
                self.pool(requirement, *at_least, &own)
            }
            asks => {
                let made = matches!(asks, Asks::Any | Asks::Choose { .. }) && requirement.state == State::Met;
                requirement
                    .of
                    .iter()
                    .flat_map(|child| self.blocks(child, spare || (made && child.state != State::Met)))
                    .collect()
            }
        }
    }

    fn hours(&self, requirement: &RequirementProgress, need: Hours) -> Block {
        let have = match requirement.state {
            State::Met => need,
            State::Partly(Done::Hours { have, .. }) => have,
            _ => Hours(0),
        };
        let state = match have.0 {
            0 => BlockState::Open,
            _ if have == need => BlockState::Filled,
            have => BlockState::Partly { have, need: need.0 },
        };
        let of = self.language.pick("van", "of");
        let unit = self.language.pick("uur in de praktijk", "hours at work");
        let note = Some(format!("{} {of} {} {unit}", have.0, need.0));
        Block { name: self.name(requirement), credits: Credits::ZERO, state, note }
    }

    fn held(&self, requirement: &RequirementProgress, by: &[Counted], spare: bool) -> Block {
        let (state, note) = self.state(&requirement.state, by, spare);
        Block { name: self.name(requirement), credits: Credits::ZERO, state, note }
    }

    fn part(&mut self, id: &str, spare: bool) -> Option<Block> {
        let part = self.progress.parts.iter().find(|part| part.id == id)?;
        self.drawn.insert(&part.id).then(|| self.block(part, spare))
    }

    fn block(&self, part: &PartProgress, spare: bool) -> Block {
        let (state, note) = self.state(&part.state, &part.by, spare);
        Block { name: part.name.text(self.language.tag()).to_owned(), credits: part.credits, state, note }
    }

    /// How far something is, and what fills it or why nothing may.
    fn state(&self, state: &State, by: &[Counted], spare: bool) -> (BlockState, Option<String>) {
        match state {
            State::Met => (BlockState::Filled, Some(self.filled_by(by))),
            _ if spare => (BlockState::Spare, None),
            State::Partly(Done::Parts { have, need }) => (BlockState::Partly { have: *have, need: *need }, None),
            State::Partly(Done::Credits { have, need }) => {
                (BlockState::Partly { have: have.hundredths(), need: need.hundredths() }, None)
            }
            State::Blocked { credential, why } => {
                let name = self.names.credential(credential, self.language);
                let why = words::why_unused(why, self.names, self.language);
                (BlockState::Blocked, Some(format!("{name}: {why}")))
            }
            _ => (BlockState::Open, None),
        }
    }

    fn filled_by(&self, by: &[Counted]) -> String {
        let each: Vec<String> = by
            .iter()
            .map(|counted| {
                let day = self.language.day(counted.awarded());
                if counted.is_exemption() {
                    format!("{}, {day}", self.language.pick("vrijstelling", "exemption"))
                } else {
                    format!("“{}”, {day}", counted.name())
                }
            })
            .collect();
        each.join("; ")
    }

    /// What fills a pool: parts of its own, credentials in free slots, and the room that is left.
    fn pool(&mut self, requirement: &RequirementProgress, at_least: Credits, own: &[&String]) -> Vec<Block> {
        let met = requirement.state == State::Met;
        let mut blocks: Vec<Block> = own.iter().filter_map(|id| self.part(id, met)).collect();
        blocks.extend(requirement.slots.iter().flat_map(|slot| self.slot(slot)));
        let have = match tally(requirement) {
            Tally::Credits { have, .. } => have,
            Tally::Parts { .. } => Credits::ZERO,
        };
        let left = at_least.saturating_sub(have);
        if !requirement.slots.is_empty() && left > Credits::ZERO {
            let name = self.language.pick("Nog vrij te kiezen", "Still free to choose").to_owned();
            let (state, note) = match &requirement.state {
                State::Blocked { credential, why } => {
                    let name = self.names.credential(credential, self.language);
                    let why = words::why_unused(why, self.names, self.language);
                    (BlockState::Blocked, Some(format!("{name}: {why}")))
                }
                _ => (BlockState::Open, None),
            };
            blocks.push(Block { name, credits: left, state, note });
        }
        blocks
    }

    fn slot(&self, slot: &SlotProgress) -> Vec<Block> {
        slot.by
            .iter()
            .map(|counted| Block {
                name: counted.name().to_owned(),
                credits: counted.worth(),
                state: BlockState::Filled,
                note: Some(self.filled_by(std::slice::from_ref(counted))),
            })
            .collect()
    }
}

/// The ids of the parts that stand below a requirement, pools aside.
fn leaves(requirement: &RequirementProgress) -> Vec<&str> {
    match &requirement.asks {
        Asks::Part(id) => vec![id.as_str()],
        _ => requirement.of.iter().flat_map(leaves).collect(),
    }
}

fn count(blocks: &[Block]) -> Tally {
    let need = blocks.iter().filter(|block| block.state != BlockState::Spare).count();
    let have = blocks.iter().filter(|block| block.state == BlockState::Filled).count();
    Tally::Parts { have, need }
}

fn tally(requirement: &RequirementProgress) -> Tally {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    match (&requirement.state, &requirement.asks) {
        (State::Partly(Done::Parts { have, need }), _) => Tally::Parts { have: number(*have), need: number(*need) },
        (State::Partly(Done::Credits { have, need }), _) => Tally::Credits { have: *have, need: *need },
        (State::Met, Asks::Credits { at_least, .. }) => Tally::Credits { have: *at_least, need: *at_least },
        (_, Asks::Credits { at_least, .. }) => Tally::Credits { have: Credits::ZERO, need: *at_least },
        (State::Met, _) => Tally::Parts { have: asked(requirement), need: asked(requirement) },
        (_, _) => Tally::Parts { have: 0, need: asked(requirement) },
    }
}

/// How many requirements it asks, as [`Done::Parts`] counts them.
fn asked(requirement: &RequirementProgress) -> usize {
    match &requirement.asks {
        Asks::All => requirement.of.iter().map(asked).sum(),
        Asks::Choose { at_least, .. } => usize::try_from(*at_least).unwrap_or(usize::MAX),
        _ => 1,
    }
}
