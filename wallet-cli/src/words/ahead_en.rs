//! How is it said in English what lies ahead?

use stapel_report::Language;
use stapel_stacking::{Nearness, Progress, WhatIf};
use stapel_wallet::{Filled, Goal, WouldHelp};

use super::Ahead;
use super::ahead::{filled as name_of, goal, label, parts, place};
use super::en::bullets;

const EN: Language = Language::En;

pub(super) fn say(what: &Ahead<'_>) -> String {
    match what {
        Ahead::CatalogueKept { name, modules, replaced } => {
            let place = if *replaced { ", in the place of the one from before" } else { "" };
            format!("The catalogue of {name} is kept{place}: {}.", self::modules(*modules))
        }
        Ahead::CatalogueRemoved { name } => format!("The catalogue of {name} is no longer kept."),
        Ahead::NoCatalogues => "No catalogues yet. Begin with: stapel catalogue add URL".to_owned(),
        Ahead::Unsigned => {
            "Nobody signed a catalogue: it is advice about who offers what, and nothing counts by it.".to_owned()
        }
        Ahead::Modules { number } => self::modules(*number),
        Ahead::WaysOn => "The shortest ways on".to_owned(),
        Ahead::FromCatalogues => {
            "Who offers what stands in catalogues, which nobody signed: ask the institution before you choose."
                .to_owned()
        }
        Ahead::WhoOffers => "Who offers what? Keep a catalogue with: stapel catalogue add URL".to_owned(),
        Ahead::WhatIf { planned, progress, what_if } => self::what_if(planned, progress, what_if),
        Ahead::Near { number, near, unit } => self::near(*number, near, &unit.to_string()),
        Ahead::NotAwarded { further } => {
            let further = match further {
                0 => String::new(),
                1 => "1 award more; name more with --limit.\n".to_owned(),
                further => format!("{further} awards more; name more with --limit.\n"),
            };
            format!("{further}Complete says that everything asked is shown; only an institution awards.")
        }
        Ahead::NothingCounted => "None of these programmes can be counted toward.".to_owned(),
        Ahead::PassedOver { number, all } => {
            let how = if *all { ":" } else { "; see which, and why, with --all" };
            format!("Passed over: {number}{how}")
        }
        Ahead::Goal { goal } => self::goal(goal, EN),
        Ahead::Helps { name, awards: 0 } => format!("“{name}” counts toward no award now."),
        Ahead::Helps { name, awards } => format!("“{name}” counts toward {}:", self::awards(*awards)),
        Ahead::Fills { goal, filled } => fills(goal, filled),
        Ahead::CouldFit => "It could fit here, and is not used:".to_owned(),
        Ahead::DoesNothing { awards, all } => {
            let how = if *all { ":" } else { "; see which with --all" };
            format!("It does nothing for {}{how}", self::awards(*awards))
        }
        Ahead::HelpsNowhereToday { name, why } => {
            format!("“{name}” is kept, but not accepted today, so it counts nowhere now: {why}")
        }
        Ahead::WouldHelp { title, institution, awards: 0 } => {
            format!("If you finished “{title}” of {institution}, no award would come nearer.")
        }
        Ahead::WouldHelp { title, institution, awards } => format!(
            "If you finished “{title}” of {institution}, you would be nearer to {}. Nothing of it is shown today.",
            self::awards(*awards)
        ),
        Ahead::Gains { would } => gains(would),
    }
}

fn modules(number: usize) -> String {
    if number == 1 { "1 module".to_owned() } else { format!("{number} modules") }
}

fn awards(number: usize) -> String {
    if number == 1 { "1 award".to_owned() } else { format!("{number} awards") }
}

fn what_if(planned: &[String], progress: &Progress, what_if: &WhatIf) -> String {
    let award = progress.award.as_ref().map(|award| award.name.text(EN.tag()));
    let place = place(progress.name.text(EN.tag()), &progress.programme.edition, award);
    let (before, after) = (&what_if.before, &what_if.after);
    let yes = |complete: bool| if complete { "yes" } else { "no" };
    let mut out = format!(
        "What if you finished this? Nothing of it is shown today.\n{}\n\n{place}\n  \
         credits       {} → {}\n  requirements  {} → {} of {}\n  complete      {} → {}\n",
        bullets(planned),
        EN.amount(before.credits_counted),
        EN.credits(after.credits_counted, progress.unit),
        before.requirements_met,
        after.requirements_met,
        progress.requirements_asked,
        yes(before.complete),
        yes(after.complete),
    );
    if before.hours_counted != after.hours_counted {
        out = format!("{out}  hours at work {} → {}\n", before.hours_counted.0, after.hours_counted.0);
    }
    if !what_if.shown.is_empty() {
        out = format!("{out}\nThis would be shown\n{}\n", bullets(&parts(&what_if.shown, progress, EN)));
    }
    if !what_if.given_up.is_empty() {
        out = format!(
            "{out}\nThis would be left for something better\n{}\n",
            bullets(&parts(&what_if.given_up, progress, EN))
        );
    }
    if before == after { format!("{out}\nIt changes nothing here.\n") } else { out }
}

fn near(number: usize, near: &Nearness, unit: &str) -> String {
    let award = near.award.as_ref().map(|award| award.name.text(EN.tag()));
    let place = place(near.name.text(EN.tag()), &near.programme.edition, award);
    format!(
        "{number:>3}. {place}: {} of {} {unit}, {} of {} requirements{}{}",
        EN.amount(near.credits_counted),
        EN.amount(near.credits_needed),
        near.requirements_met,
        near.requirements_asked,
        if near.complete { ", complete" } else { "" },
        label(!near.illustrative.is_empty(), EN),
    )
}

fn fills(goal: &Goal, filled: &[Filled]) -> String {
    let each: Vec<String> = filled
        .iter()
        .map(|filled| format!("“{}” ({})", name_of(filled, EN), EN.credits(filled.worth, goal.unit)))
        .collect();
    format!("{}: {}", self::goal(goal, EN), each.join(", "))
}

fn gains(would: &WouldHelp) -> String {
    let (before, after) = (&would.what_if.before, &would.what_if.after);
    let mut each = Vec::new();
    if after.credits_counted != before.credits_counted {
        each.push(format!("{} more", EN.credits(would.credits(), would.goal.unit)));
    }
    let shown = parts(&would.what_if.shown, &would.progress, EN);
    if !shown.is_empty() {
        each.push(format!("shows {}", shown.join(", ")));
    }
    let requirements = after.requirements_met.saturating_sub(before.requirements_met);
    match requirements {
        0 => {}
        1 => each.push("1 requirement more".to_owned()),
        more => each.push(format!("{more} requirements more")),
    }
    if after.hours_counted > before.hours_counted {
        each.push(format!("{} more hours at work", after.hours_counted.0.saturating_sub(before.hours_counted.0)));
    }
    if after.complete && !before.complete {
        each.push("then complete".to_owned());
    }
    format!("{}: {}", goal(&would.goal, EN), each.join(", "))
}
