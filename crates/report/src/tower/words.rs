//! Which words stand in the picture and in its text alternative?

use std::fmt::Write as _;

use stapel_credential::CreditUnit;

use crate::language::Language;
use crate::view::{Block, BlockState, Goal, Tally, View};

/// What this is, and is not. Never "awarded": only an authorised issuer does that.
pub(crate) fn caveat(view: &View) -> &'static str {
    match (&view.goal, view.complete) {
        (Goal::NoAward, _) => view
            .language
            .pick("Dit programma leidt niet tot een diploma.", "This programme does not lead to a diploma."),
        (Goal::Award(_), true) => view.language.pick(
            "Alles is aangetoond. Uitreiken kan alleen de instelling.",
            "Everything is shown. Only the institution can confer it.",
        ),
        (Goal::Award(_), false) => view.language.pick(
            "Dit is een tussenstand, geen diploma of certificaat.",
            "This shows progress; it is no diploma or certificate.",
        ),
        (Goal::Answer, _) => view.language.pick(
            "Dit is het antwoord op één vraag; meer is niet gevraagd. Het is geen diploma of certificaat.",
            "This answers one question; nothing else was asked. It is no diploma or certificate.",
        ),
    }
}

/// `3 van 4`, `7,5 van 15 EC`
pub(crate) fn tally_text(tally: Tally, unit: CreditUnit, language: Language) -> String {
    let of = language.pick("van", "of");
    match tally {
        Tally::Parts { have, need } => format!("{have} {of} {need}"),
        Tally::Credits { have, need } => format!("{} {of} {}", language.amount(have), language.credits(need, unit)),
    }
}

/// The programme with its edition.
pub(crate) fn edition(view: &View) -> String {
    let edition = view.language.pick("uitgave", "edition");
    if view.edition.is_empty() {
        view.programme.clone()
    } else {
        format!("{} · {edition} {}", view.programme, view.edition)
    }
}

/// Before the name of an award.
pub(crate) fn toward(language: Language) -> &'static str {
    language.pick("Op weg naar", "Toward")
}

/// Above the credentials that count for nothing here.
pub(crate) fn unused(language: Language) -> &'static str {
    language.pick("Telt hier niet mee", "Does not count here")
}

/// The picture's words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(Language);

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        Self(language)
    }

    pub(crate) fn state(self, state: BlockState) -> &'static str {
        match state {
            BlockState::Filled => self.0.pick("aangetoond", "shown"),
            BlockState::Partly { .. } => self.0.pick("deels", "partly"),
            BlockState::Open => self.0.pick("nog open", "still open"),
            BlockState::Blocked => self.0.pick("telt nu niet", "not counting"),
            BlockState::Spare => self.0.pick("niet nodig", "not needed"),
        }
    }

    pub(crate) fn tally(self, tally: Tally, unit: CreditUnit) -> String {
        tally_text(tally, unit, self.0)
    }

    pub(crate) fn parts(self, view: &View) -> String {
        let (met, asked) = (view.met, view.asked);
        match (self.0, &view.goal) {
            // Of a programme there is mostly more than was asked.
            (Language::Nl, Goal::Answer) => format!("{met} van {asked} gevraagd"),
            (Language::En, Goal::Answer) => format!("{met} of {asked} asked"),
            (Language::Nl, _) => format!("{met} van {asked} onderdelen"),
            (Language::En, _) => format!("{met} of {asked} parts"),
        }
    }

    pub(crate) fn title(self, view: &View) -> String {
        let credits = self.tally(Tally::Credits { have: view.counted, need: view.needed }, view.unit);
        format!("{}: {credits}, {}", self.toward(view), self.parts(view))
    }

    /// What it is all for.
    pub(crate) fn toward(self, view: &View) -> String {
        let goal = view.goal.find_award().map_or(view.programme.as_str(), |award| award.name.as_str());
        format!("{} {goal}", toward(self.0))
    }

    /// The whole picture in sentences.
    pub(crate) fn story(self, view: &View) -> String {
        let mut out = format!("{}. {}", edition(view), caveat(view));
        if let Some(illustrative) = &view.illustrative {
            let _ = write!(out, " {illustrative}");
        }
        for floor in &view.floors {
            let _ = write!(out, "\n{}: {}.", floor.title(), self.tally(floor.tally, view.unit));
            for block in &floor.blocks {
                let _ = write!(out, " {}", self.block(view, block));
            }
        }
        out
    }

    pub(crate) fn block(self, view: &View, block: &Block) -> String {
        let mut out = match block.worth(view).as_str() {
            "" => format!("{}: ", block.name),
            worth => format!("{}, {worth}: ", block.name),
        };
        out.push_str(&self.how_far(block));
        out
    }

    /// How far a block is, and why.
    pub(crate) fn how_far(self, block: &Block) -> String {
        let mut out = self.state(block.state).to_owned();
        if let BlockState::Partly { have, need } = block.state {
            let _ = write!(out, " ({have} {} {need})", self.0.pick("van", "of"));
        }
        if let Some(note) = &block.note {
            let _ = write!(out, " – {}", note.trim_end_matches('.'));
        }
        out.push('.');
        out
    }
}
