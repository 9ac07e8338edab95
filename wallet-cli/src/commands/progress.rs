//! `stapel progress`: how far is it, and what is missing? It never says "awarded".

use serde_json::{Value, json};
use stapel_credential::{CreditUnit, Question};
use stapel_report::pdf::{SheetHead, progress_sheet};
use stapel_report::{bars, findings_text, tower_svg, ways_on};
use stapel_stacking::{Budget, Optimality, WayOn};
use stapel_wallet::{Counting, Stack, Wallet};

use crate::cli::Progress;
use crate::error::Failure;
use crate::file::NewFile;
use crate::output::{self, Output, plain};
use crate::session::Session;
use crate::words::{Ahead, Say, Shown, say};

/// So many ways on are told; with `--json` all that were found.
const WAYS: usize = 3;

pub(crate) fn run(asked: &Progress, session: &Session) -> Result<Output, Failure> {
    let now = session.now;
    let mut wallet = session.open()?;
    let programme = wallet.programme(&asked.programme)?;
    let svg = asked.svg.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let pdf = asked.pdf.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    session.network.supply(&mut wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let question = Question::progress(asked.award.as_deref());
    let counting = wallet.holdings(&programme, now)?;
    let stack = counting.stack(&question, Budget::default())?;
    if !asked.what_if.is_empty() {
        return what_if(&asked.what_if, &wallet, &counting, &stack, session);
    }
    let offered = wallet.offered()?;
    let ways = if stack.found.progress.complete {
        Vec::new()
    } else {
        counting.ways_on(&question, &offered, Budget::default())?
    };
    if let Some((file, path)) = svg.zip(asked.svg.as_deref()) {
        file.finish(tower_svg(&stack.found.progress, session.language))?;
        output::say(&say(&Say::SvgWritten { path }, session.language));
    }
    if let Some((file, path)) = pdf.zip(asked.pdf.as_deref()) {
        let head = SheetHead { holder: asked.name.as_deref().unwrap_or(wallet.id().as_str()), as_of: now.day() };
        file.finish(progress_sheet(&stack.found.progress, &head, session.language))?;
        output::say(&say(&Say::Shown(Shown::PdfWritten { path }), session.language));
    }
    let mut text = text(&stack, session);
    if !ways.is_empty() {
        text = format!("{text}\n{}\n", ways_text(&ways, stack.found.progress.unit, offered.is_empty(), session));
    }
    let mut json = json(&stack);
    if let Value::Object(members) = &mut json {
        members.insert("waysOn".to_owned(), json!(ways));
    }
    Ok(Output::new(text, &json))
}

/// The shortest ways on, and how far to trust who is said to offer what.
fn ways_text(ways: &[WayOn], unit: CreditUnit, nothing_offered: bool, session: &Session) -> String {
    let language = session.language;
    let mut parts = vec![say(&Say::Ahead(Ahead::WaysOn), language)];
    for lines in ways_on(ways.get(..WAYS).unwrap_or(ways), unit, language) {
        let indents = std::iter::once("  ").chain(std::iter::repeat("    – "));
        parts.extend(indents.zip(&lines).map(|(indent, line)| format!("{indent}{}", plain(line))));
    }
    let note = if nothing_offered { Ahead::WhoOffers } else { Ahead::FromCatalogues };
    parts.push(say(&Say::Ahead(note), language));
    parts.join("\n")
}

/// What modules would change that are not finished yet.
fn what_if(
    asked: &[String],
    wallet: &Wallet,
    counting: &Counting,
    stack: &Stack,
    session: &Session,
) -> Result<Output, Failure> {
    let planned = asked.iter().map(|asked| wallet.module(asked)).collect::<Result<Vec<_>, _>>()?;
    let progress = &stack.found.progress;
    let question = Question { programme: None, ask: progress.ask.clone() };
    let what_if = counting.what_if(&question, &planned, Budget::default())?;
    let named: Vec<String> =
        planned.iter().map(|each| format!("“{}”, {}", plain(&each.achievement.name), plain(&each.name))).collect();
    let told = Ahead::WhatIf { planned: &named, progress, what_if: &what_if };
    let mut json = json(stack);
    if let Value::Object(members) = &mut json {
        members.insert("planned".to_owned(), json!(planned));
        members.insert("whatIf".to_owned(), json!(what_if));
    }
    Ok(Output::new(say(&Say::Ahead(told), session.language), &json))
}

/// The bars, and what is kept but was not accepted today.
fn text(stack: &Stack, session: &Session) -> String {
    let language = session.language;
    let mut text = bars(&stack.found.progress, language, output::columns(), output::colour());
    if !stack.left_out.is_empty() {
        let lines = stack.left_out.iter().map(|left_out| {
            let why = findings_text(&left_out.findings, language).headline;
            format!("  – {}: {why}\n", plain(&left_out.name))
        });
        let lines: Vec<String> = lines.collect();
        text = format!("{text}\n{}\n{}", say(&Say::NotAcceptedToday, language), lines.concat());
    }
    if stack.found.optimality != Optimality::Best {
        text = format!("{text}\n{}\n", say(&Say::PerhapsBetter, language));
    }
    text
}

fn json(stack: &Stack) -> Value {
    let left_out: Vec<Value> = stack
        .left_out
        .iter()
        .map(|each| json!({ "credential": each.credential, "name": each.name, "findings": each.findings }))
        .collect();
    json!({
        "progress": stack.found.progress,
        "plan": stack.found.plan,
        "best": stack.found.optimality == Optimality::Best,
        "notAccepted": left_out,
    })
}
