//! How far is it, in a terminal? A bar for each group, a line for each part, what is missing, and what does not count.

use std::fmt::Write as _;

use crate::language::Language;
use crate::lettering::plain;
use crate::tower::words::{caveat, edition, tally_text, toward, unused};
use crate::view::{Block, BlockState, Goal, Tally, View};

const NARROWEST: usize = 40;
const WIDEST: usize = 120;
/// No line of a progress is as long.
const UNBROKEN: usize = 4_000;

impl View {
    /// The progress for a terminal so many columns wide (40 to 120). Signs say what colours say too.
    pub fn bars(&self, width: usize, colour: bool) -> String {
        Bars { view: self, width: width.clamp(NARROWEST, WIDEST), colour, out: String::new() }.write()
    }

    /// The same in lines to be read aloud: the drawn bars are left out, and signs are words.
    pub fn lines(&self) -> Vec<String> {
        let drawn = Bars { view: self, width: UNBROKEN, colour: false, out: String::new() }.write();
        let lines = drawn.lines().map(|line| aloud(line, self.language));
        lines.filter(|line| !line.is_empty()).collect()
    }
}

/// A line of bars as it is read aloud.
fn aloud(line: &str, language: Language) -> String {
    let bare: String = line.chars().filter(|sign| !matches!(sign, '█' | '░')).collect();
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = |sign| match sign {
        '✓' => Some(language.pick("behaald", "achieved")),
        '◐' => Some(language.pick("deels behaald", "partly achieved")),
        '○' => Some(language.pick("nog open", "still open")),
        '⊘' => Some(language.pick("geblokkeerd", "blocked")),
        '–' => Some(language.pick("niet nodig", "not needed")),
        _ => None,
    };
    if let Some(met) = bare.strip_suffix(" ✓") {
        return format!("{met}, {}", language.pick("behaald", "achieved"));
    }
    if let Some(source) = bare.strip_prefix("← ") {
        return format!("{} {source}", language.pick("door", "through"));
    }
    let bare = bare.strip_prefix("• ").map_or_else(|| bare.clone(), str::to_owned);
    let first = bare.chars().next().and_then(said);
    match (first, bare.split_once(' ')) {
        (Some(word), Some((_, rest))) => format!("{rest}: {word}"),
        _ => bare,
    }
}

#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Good,
    Half,
    Bad,
    Faint,
}

struct Bars<'a> {
    view: &'a View,
    width: usize,
    colour: bool,
    out: String,
}

impl Bars<'_> {
    fn write(mut self) -> String {
        let view = self.view;
        let language = view.language;
        self.line(0, &edition(view), Some(Ink::Bold));
        if let Some(award) = view.goal.find_award() {
            self.line(0, &format!("{}: {} · {}", toward(language), award.name, award.kind), None);
        }
        let whole = Tally::Credits { have: view.counted, need: view.needed };
        self.bar(
            if view.goal == Goal::Answer {
                language.pick("Gevraagd", "Asked")
            } else {
                language.pick("Totaal", "Total")
            },
            view.share(),
            &tally_text(whole, view.unit, language),
            view.complete,
        );
        for floor in &view.floors {
            self.out.push('\n');
            let met = floor.tally.is_met();
            self.bar(&floor.title(), floor.tally.share(), &tally_text(floor.tally, view.unit, language), met);
            for block in &floor.blocks {
                self.block(block);
            }
        }
        for limit in &view.limits {
            self.line(0, limit, None);
        }
        self.missing();
        self.unused();
        self.out.push('\n');
        self.line(0, caveat(view), None);
        if let Some(illustrative) = &view.illustrative {
            self.line(0, illustrative, Some(Ink::Faint));
        }
        self.out
    }

    fn bar(&mut self, name: &str, share: f64, tally: &str, met: bool) {
        let long = self.bar_length();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of 0 to 1 of twenty"
        )]
        let full = ((share * long as f64).floor() as usize).min(long);
        let ink = if met { Ink::Good } else { Ink::Half };
        let bar = self.ink(&format!("{}{}", "█".repeat(full), "░".repeat(long - full)), ink);
        let sign = if met { " ✓" } else { "" };
        let name = plain(name);
        // All bars begin in one column; a name that would reach into it has a line of its own.
        let room = self.name_room();
        if columns(&name) + 2 <= room {
            let name = self.ink(&pad(&name, room), Ink::Bold);
            let _ = writeln!(self.out, "{name}{bar}  {tally}{sign}");
        } else {
            self.line(0, &name, Some(Ink::Bold));
            let _ = writeln!(self.out, "{}{bar}  {tally}{sign}", " ".repeat(room));
        }
    }

    fn bar_length(&self) -> usize {
        if self.width < 60 { 10 } else { 20 }
    }

    /// What bar, longest tally and sign leave for names.
    fn name_room(&self) -> usize {
        let view = self.view;
        let tallies = view.floors.iter().map(|floor| floor.tally);
        let whole = Tally::Credits { have: view.counted, need: view.needed };
        let longest = tallies
            .chain([whole])
            .map(|tally| columns(&tally_text(tally, view.unit, view.language)))
            .max()
            .unwrap_or(0);
        self.width.saturating_sub(self.bar_length() + 2 + longest + 2).max(2)
    }

    fn block(&mut self, block: &Block) {
        let language = self.view.language;
        let (sign, ink) = match block.state {
            BlockState::Filled => ('✓', Ink::Good),
            BlockState::Partly { .. } => ('◐', Ink::Half),
            BlockState::Open => ('○', Ink::Faint),
            BlockState::Blocked => ('⊘', Ink::Bad),
            BlockState::Spare => ('–', Ink::Faint),
        };
        let mut text = plain(&block.name);
        let worth = block.worth(self.view);
        if !worth.is_empty() {
            let _ = write!(text, " · {worth}");
        }
        if block.state == BlockState::Spare {
            let _ = write!(text, " · {}", language.pick("niet nodig", "not needed"));
        }
        let sign = self.ink(&sign.to_string(), ink);
        let _ = write!(self.out, "  {sign} ");
        self.rest(4, &text, None);
        if let Some(note) = &block.note {
            let arrow = if block.state == BlockState::Filled { "←" } else { "!" };
            self.line(6, &format!("{arrow} {}", plain(note)), Some(Ink::Faint));
        }
    }

    /// What would have to be shown still, by floor.
    fn missing(&mut self) {
        let view = self.view;
        let language = view.language;
        if view.complete {
            return;
        }
        self.out.push('\n');
        self.line(0, language.pick("Wat nog ontbreekt", "What is missing"), Some(Ink::Bold));
        for floor in view.floors.iter().filter(|floor| !floor.tally.is_met()) {
            let open: Vec<String> = floor
                .blocks
                .iter()
                .filter(|block| !matches!(block.state, BlockState::Filled | BlockState::Spare))
                .map(|block| plain(&block.name))
                .collect();
            let what = match floor.tally {
                Tally::Credits { have, need } => {
                    let left = language.credits(need.saturating_sub(have), view.unit);
                    match language {
                        Language::Nl => format!("nog {left}"),
                        Language::En => format!("{left} more"),
                    }
                }
                Tally::Parts { .. } => {
                    // Of a choice any will do.
                    let or = if floor.asks.is_some() { language.pick(" of ", " or ") } else { ", " };
                    open.join(or)
                }
            };
            self.line(2, &format!("• {}: {what}", plain(&floor.title())), None);
        }
    }

    fn unused(&mut self) {
        let view = self.view;
        if view.unused.is_empty() {
            return;
        }
        self.out.push('\n');
        self.line(0, unused(view.language), Some(Ink::Bold));
        for unused in &view.unused {
            self.line(2, &format!("– {}: {}", plain(&unused.name), plain(&unused.why)), None);
        }
    }

    /// A paragraph, broken at the width.
    fn line(&mut self, indent: usize, text: &str, ink: Option<Ink>) {
        self.out.push_str(&" ".repeat(indent));
        self.rest(indent, text, ink);
    }

    /// A paragraph whose first line has begun.
    fn rest(&mut self, indent: usize, text: &str, ink: Option<Ink>) {
        let text = plain(text);
        let room = self.width.saturating_sub(indent).max(10);
        let mut lines: Vec<String> = vec![String::new()];
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let Some(line) = lines.last_mut() else { break };
            if line.is_empty() {
                line.push_str(word);
            } else if columns(line) + 1 + columns(word) <= room {
                line.push(' ');
                line.push_str(word);
            } else {
                // Hanging, so that a sign at the start of the paragraph stands out.
                lines.push(word.to_owned());
            }
        }
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.out.push_str(&" ".repeat(indent));
            }
            let line = ink.map_or_else(|| line.clone(), |ink| self.ink(line, ink));
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn ink(&self, text: &str, ink: Ink) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Good => "32",
            Ink::Half => "33",
            Ink::Bad => "31",
            Ink::Faint => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|character| if ('\u{2E80}'..='\u{FFDC}').contains(&character) { 2 } else { 1 }).sum()
}

fn pad(text: &str, columns_wanted: usize) -> String {
    format!("{text}{}", " ".repeat(columns_wanted.saturating_sub(columns(text))))
}
