//! `stapel helps`: where does a badge help the learner, or a module that she may choose?

use serde_json::{Value, json};
use stapel_report::{Language, findings_text, words as sentences};
use stapel_stacking::{Budget, Offering};
use stapel_wallet::{Goal, Helps as Found, HowItHelps, KeptBadge, Wallet, WalletError, WouldHelp};

use super::programmes::Programmes;
use crate::cli::Helps;
use crate::error::Failure;
use crate::output::{Output, plain};
use crate::session::Session;
use crate::words::{Ahead, Say, say};

pub(crate) fn run(asked: &Helps, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    // What is no number may be a module, so a part of a badge's name stands for none.
    let (what, number) = (asked.what.trim(), asked.what.trim().parse::<usize>().ok());
    let is_it = |kept: &KeptBadge| number == Some(kept.number) || kept.reference().id.as_str() == what;
    if let Some(badge) = wallet.badges()?.into_iter().find(is_it) {
        return of_badge(&badge, asked, &mut wallet, session);
    }
    match wallet.module(what) {
        Err(WalletError::NotFound { asked, .. }) if number.is_some() => {
            Err(WalletError::NotFound { what: "badge", asked }.into())
        }
        module => of_module(&module?, asked, &mut wallet, session),
    }
}

fn of_badge(badge: &KeptBadge, asked: &Helps, wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let (now, language) = (session.now, session.language);
    session.network.supply(wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let mut programmes = Programmes::gather(&asked.programmes, wallet, session)?;
    let held = wallet.accepted_today(now)?;
    let (reference, name) = (badge.reference(), plain(&badge.name()));
    let named = json!({ "credential": reference, "name": badge.name() });
    if let Some(left_out) = held.left_out().iter().find(|left_out| left_out.credential == reference) {
        let why = findings_text(&left_out.findings, language).headline;
        let text = say(&Say::Ahead(Ahead::HelpsNowhereToday { name: &name, why: &why }), language);
        let json = json!({ "badge": named, "findings": left_out.findings, "helps": [] });
        return Ok(Output::new(text, &json).ending(left_out.findings.outcome()));
    }
    let (helps, not_counted) = held.helps(&reference, &programmes.verified, Budget::default());
    programmes.pass_over(&not_counted, session);
    let of = |wanted: fn(&HowItHelps) -> bool| helps.iter().filter(|each| wanted(&each.how)).collect::<Vec<_>>();
    let fills = of(|how| matches!(how, HowItHelps::Fills(_)));
    let not_used = of(|how| matches!(how, HowItHelps::NotUsed(_)));
    let nothing = of(|how| matches!(how, HowItHelps::FitsNothing));
    let mut parts = vec![headed(Ahead::Helps { name: &name, awards: fills.len() }, &lines(&fills, language), language)];
    if !not_used.is_empty() {
        parts.push(headed(Ahead::CouldFit, &lines(&not_used, language), language));
    }
    if !nothing.is_empty() {
        let goals: Vec<&Goal> = nothing.iter().map(|each| &each.goal).collect();
        parts.push(nothing_text(&goals, asked.all, language));
    }
    parts.extend(programmes.passed_over_text(asked.all, session));
    let helps: Vec<Value> = helps.iter().map(|each| json!({ "goal": each.goal, "how": each.how })).collect();
    let json = json!({ "badge": named, "helps": helps, "passedOver": programmes.passed_over_json() });
    Ok(Output::new(parts.join("\n\n"), &json))
}

fn lines(helps: &[&Found], language: Language) -> Vec<String> {
    helps
        .iter()
        .map(|each| {
            let names = sentences::Names::of(&each.progress, language);
            match &each.how {
                HowItHelps::Fills(filled) => say(&Say::Ahead(Ahead::Fills { goal: &each.goal, filled }), language),
                HowItHelps::NotUsed(why) => {
                    let why = sentences::why_unused(why, &names, language);
                    format!("{}: {why}", say(&Say::Ahead(Ahead::Goal { goal: &each.goal }), language))
                }
                _ => say(&Say::Ahead(Ahead::Goal { goal: &each.goal }), language),
            }
        })
        .collect()
}

fn of_module(planned: &Offering, asked: &Helps, wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let (now, language) = (session.now, session.language);
    session.network.supply(wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let mut programmes = Programmes::gather(&asked.programmes, wallet, session)?;
    let held = wallet.accepted_today(now)?;
    let (would, not_counted) = held.would_help(std::slice::from_ref(planned), &programmes.verified, Budget::default());
    programmes.pass_over(&not_counted, session);
    let (gains, nothing): (Vec<&WouldHelp>, Vec<&WouldHelp>) = would.iter().partition(|each| each.gains());
    let gained: Vec<String> =
        gains.iter().map(|each| say(&Say::Ahead(Ahead::Gains { would: each }), language)).collect();
    let (title, institution) = (plain(&planned.achievement.name), plain(&planned.name));
    let told = Ahead::WouldHelp { title: &title, institution: &institution, awards: gains.len() };
    let mut parts = vec![headed(told, &gained, language)];
    if !nothing.is_empty() {
        let goals: Vec<&Goal> = nothing.iter().map(|each| &each.goal).collect();
        parts.push(nothing_text(&goals, asked.all, language));
    }
    parts.extend(programmes.passed_over_text(asked.all, session));
    let json: Vec<Value> =
        would.iter().map(|each| json!({ "goal": each.goal, "gains": each.gains(), "whatIf": each.what_if })).collect();
    let json = json!({ "planned": planned, "wouldHelp": json, "passedOver": programmes.passed_over_json() });
    Ok(Output::new(parts.join("\n\n"), &json))
}

fn headed(head: Ahead<'_>, lines: &[String], language: Language) -> String {
    let lines = lines.iter().map(|line| format!("\n  • {line}"));
    format!("{}{}", say(&Say::Ahead(head), language), lines.collect::<String>())
}

/// How many awards it does nothing for, and with `all` which.
fn nothing_text(goals: &[&Goal], all: bool, language: Language) -> String {
    let named: Vec<String> =
        goals.iter().filter(|_| all).map(|goal| say(&Say::Ahead(Ahead::Goal { goal }), language)).collect();
    headed(Ahead::DoesNothing { awards: goals.len(), all }, &named, language)
}
