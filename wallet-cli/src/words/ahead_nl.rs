//! How is it said in Dutch, at level B1, what lies ahead?

use stapel_report::Language;
use stapel_stacking::{Nearness, Progress, WhatIf};
use stapel_wallet::{Filled, Goal, WouldHelp};

use super::Ahead;
use super::ahead::{filled as name_of, goal, label, parts, place};
use super::en::bullets;

const NL: Language = Language::Nl;

pub(super) fn say(what: &Ahead<'_>) -> String {
    match what {
        Ahead::CatalogueKept { name, modules, replaced } => {
            let place = if *replaced { ", in plaats van de vorige" } else { "" };
            format!("Het aanbod van {name} is bewaard{place}: {}.", self::modules(*modules))
        }
        Ahead::CatalogueRemoved { name } => format!("Het aanbod van {name} is niet meer bewaard."),
        Ahead::NoCatalogues => "Nog geen aanbod bewaard. Begin met: stapel catalogue add URL".to_owned(),
        Ahead::Unsigned => {
            "Niemand heeft dit aanbod ondertekend: het is advies over wie wat geeft, en niets telt erdoor mee."
                .to_owned()
        }
        Ahead::Modules { number } => self::modules(*number),
        Ahead::WaysOn => "De kortste wegen verder".to_owned(),
        Ahead::FromCatalogues => {
            "Wie wat geeft, staat in een aanbod dat niemand heeft ondertekend: vraag het na voordat u kiest.".to_owned()
        }
        Ahead::WhoOffers => "Wie geeft wat? Bewaar een aanbod met: stapel catalogue add URL".to_owned(),
        Ahead::WhatIf { planned, progress, what_if } => self::what_if(planned, progress, what_if),
        Ahead::Near { number, near, unit } => self::near(*number, near, &unit.to_string()),
        Ahead::NotAwarded { further } => {
            let further =
                if *further == 0 { String::new() } else { format!("Nog {further} meer; noem er meer met --limit.\n") };
            format!(
                "{further}Compleet betekent dat alles wat gevraagd wordt, is getoond; alleen een instelling kent iets toe."
            )
        }
        Ahead::NothingCounted => "Met geen van deze programma's kan worden gerekend.".to_owned(),
        Ahead::PassedOver { number, all } => {
            let how = if *all { ":" } else { "; bekijk welke, en waarom, met --all" };
            format!("Overgeslagen: {number}{how}")
        }
        Ahead::Goal { goal } => self::goal(goal, NL),
        Ahead::Helps { name, awards: 0 } => format!("“{name}” telt nu nergens mee."),
        Ahead::Helps { name, awards: 1 } => format!("“{name}” telt op 1 plek mee:"),
        Ahead::Helps { name, awards } => format!("“{name}” telt op {awards} plekken mee:"),
        Ahead::Fills { goal, filled } => fills(goal, filled),
        Ahead::CouldFit => "Hier zou het kunnen passen, maar het wordt niet gebruikt:".to_owned(),
        Ahead::DoesNothing { awards, all } => {
            let how = if *all { ":" } else { "; bekijk waar met --all" };
            let places = if *awards == 1 { "1 plek".to_owned() } else { format!("{awards} plekken") };
            format!("Op {places} doet het niets{how}")
        }
        Ahead::HelpsNowhereToday { name, why } => {
            format!("“{name}” is bewaard, maar vandaag niet geaccepteerd, en telt dus nergens mee: {why}")
        }
        Ahead::WouldHelp { title, institution, awards: 0 } => {
            format!("Met “{title}” van {institution} komt u nergens dichterbij.")
        }
        Ahead::WouldHelp { title, institution, awards } => {
            let places = if *awards == 1 { "1 plek".to_owned() } else { format!("{awards} plekken") };
            format!("Met “{title}” van {institution} komt u op {places} dichterbij. Niets daarvan is vandaag getoond.")
        }
        Ahead::Gains { would } => gains(would),
    }
}

fn modules(number: usize) -> String {
    if number == 1 { "1 module".to_owned() } else { format!("{number} modulen") }
}

fn what_if(planned: &[String], progress: &Progress, what_if: &WhatIf) -> String {
    let award = progress.award.as_ref().map(|award| award.name.text(NL.tag()));
    let place = place(progress.name.text(NL.tag()), &progress.programme.edition, award);
    let (before, after) = (&what_if.before, &what_if.after);
    let yes = |complete: bool| if complete { "ja" } else { "nee" };
    let mut out = format!(
        "Wat als u dit afrondt? Niets ervan is vandaag getoond.\n{}\n\n{place}\n  \
         punten    {} → {}\n  eisen     {} → {} van {}\n  compleet  {} → {}\n",
        bullets(planned),
        NL.amount(before.credits_counted),
        NL.credits(after.credits_counted, progress.unit),
        before.requirements_met,
        after.requirements_met,
        progress.requirements_asked,
        yes(before.complete),
        yes(after.complete),
    );
    if before.hours_counted != after.hours_counted {
        out = format!("{out}  uren in de praktijk {} → {}\n", before.hours_counted.0, after.hours_counted.0);
    }
    if !what_if.shown.is_empty() {
        out = format!("{out}\nDit zou dan zijn aangetoond\n{}\n", bullets(&parts(&what_if.shown, progress, NL)));
    }
    if !what_if.given_up.is_empty() {
        out = format!(
            "{out}\nDit zou plaatsmaken voor iets beters\n{}\n",
            bullets(&parts(&what_if.given_up, progress, NL))
        );
    }
    if before == after { format!("{out}\nHier verandert er niets door.\n") } else { out }
}

fn near(number: usize, near: &Nearness, unit: &str) -> String {
    let award = near.award.as_ref().map(|award| award.name.text(NL.tag()));
    let place = place(near.name.text(NL.tag()), &near.programme.edition, award);
    format!(
        "{number:>3}. {place}: {} van {} {unit}, {} van de {} eisen{}{}",
        NL.amount(near.credits_counted),
        NL.amount(near.credits_needed),
        near.requirements_met,
        near.requirements_asked,
        if near.complete { ", compleet" } else { "" },
        label(!near.illustrative.is_empty(), NL),
    )
}

fn fills(goal: &Goal, filled: &[Filled]) -> String {
    let each: Vec<String> = filled
        .iter()
        .map(|filled| format!("“{}” ({})", name_of(filled, NL), NL.credits(filled.worth, goal.unit)))
        .collect();
    format!("{}: {}", self::goal(goal, NL), each.join(", "))
}

fn gains(would: &WouldHelp) -> String {
    let (before, after) = (&would.what_if.before, &would.what_if.after);
    let mut each = Vec::new();
    if after.credits_counted != before.credits_counted {
        each.push(format!("{} erbij", NL.credits(would.credits(), would.goal.unit)));
    }
    let shown = parts(&would.what_if.shown, &would.progress, NL);
    if !shown.is_empty() {
        each.push(format!("toont {}", shown.join(", ")));
    }
    let requirements = after.requirements_met.saturating_sub(before.requirements_met);
    match requirements {
        0 => {}
        1 => each.push("1 eis meer vervuld".to_owned()),
        more => each.push(format!("{more} eisen meer vervuld")),
    }
    if after.hours_counted > before.hours_counted {
        let hours = after.hours_counted.0.saturating_sub(before.hours_counted.0);
        each.push(format!("{hours} uur in de praktijk erbij"));
    }
    if after.complete && !before.complete {
        each.push("daarna compleet".to_owned());
    }
    format!("{}: {}", goal(&would.goal, NL), each.join(", "))
}
