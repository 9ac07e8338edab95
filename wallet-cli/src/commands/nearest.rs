//! `stapel nearest`: which awards is the learner nearest to? It never says "awarded".

use serde_json::{Value, json};
use stapel_credential::CreditUnit;
use stapel_stacking::{Budget, Nearness};

use super::programmes::Programmes;
use crate::cli::Nearest;
use crate::error::Failure;
use crate::output::Output;
use crate::session::Session;
use crate::words::{Ahead, Say, say};

pub(crate) fn run(asked: &Nearest, session: &Session) -> Result<Output, Failure> {
    let (now, language) = (session.now, session.language);
    let mut wallet = session.open()?;
    session.network.supply(&mut wallet, |wallet| wallet.missing(now).unwrap_or_default(), now);
    let mut programmes = Programmes::gather(&asked.programmes, &mut wallet, session)?;
    let held = wallet.accepted_today(now)?;
    let (near, not_counted) = held.nearest(&programmes.verified, Budget::default());
    programmes.pass_over(&not_counted, session);
    let told: Vec<&(Nearness, CreditUnit)> = near.iter().take(asked.limit).collect();
    let mut parts = Vec::new();
    if near.is_empty() {
        let nothing = if programmes.passed_over_text(false, session).is_none() {
            Say::NoProgrammes
        } else {
            Say::Ahead(Ahead::NothingCounted)
        };
        parts.push(say(&nothing, language));
    } else {
        let lines: Vec<String> = (1..)
            .zip(&told)
            .map(|(number, (near, unit))| say(&Say::Ahead(Ahead::Near { number, near, unit: *unit }), language))
            .collect();
        parts.push(lines.join("\n"));
        parts.push(say(&Say::Ahead(Ahead::NotAwarded { further: near.len() - told.len() }), language));
    }
    parts.extend(programmes.passed_over_text(asked.all, session));
    let nearest: Vec<Value> = told.iter().map(|(near, unit)| with_unit(near, *unit)).collect();
    let json = json!({ "awards": near.len(), "nearest": nearest, "passedOver": programmes.passed_over_json() });
    Ok(Output::new(parts.join("\n\n"), &json))
}

fn with_unit(near: &Nearness, unit: CreditUnit) -> Value {
    let mut json = json!(near);
    if let Value::Object(members) = &mut json {
        members.insert("unit".to_owned(), json!(unit));
    }
    json
}
