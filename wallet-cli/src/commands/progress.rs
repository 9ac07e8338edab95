//! `stapel progress`: how far is it, and what is missing? It never says "awarded".

use serde_json::{Value, json};
use stapel_credential::Question;
use stapel_report::pdf::{SheetHead, progress_sheet};
use stapel_report::{bars, findings_text, tower_svg};
use stapel_stacking::{Budget, Optimality};
use stapel_wallet::Stack;

use crate::cli::Progress;
use crate::error::Failure;
use crate::file::NewFile;
use crate::output::{self, Output, plain};
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Progress, session: &Session) -> Result<Output, Failure> {
    let now = session.now;
    let mut wallet = session.open()?;
    let programme = wallet.programme(&asked.programme)?;
    let svg = asked.svg.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let pdf = asked.pdf.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    session.network.supply(&mut wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let stack = wallet.progress(&programme, &Question::progress(asked.award.as_deref()), Budget::default(), now)?;
    if let Some((file, path)) = svg.zip(asked.svg.as_deref()) {
        file.finish(tower_svg(&stack.found.progress, session.language))?;
        output::say(&say(&Say::SvgWritten { path }, session.language));
    }
    if let Some((file, path)) = pdf.zip(asked.pdf.as_deref()) {
        let head = SheetHead { holder: asked.name.as_deref().unwrap_or(wallet.id().as_str()), as_of: now.day() };
        file.finish(progress_sheet(&stack.found.progress, &head, session.language))?;
        output::say(&say(&Say::Shown(Shown::PdfWritten { path }), session.language));
    }
    Ok(Output::new(text(&stack, session), &json(&stack)))
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
