//! `stapel list`: what is kept? Nothing is verified; each line says what was last found, and when.

use serde_json::{Value, json};
use stapel_wallet::{Keepsake, KeptDocument};

use crate::error::Failure;
use crate::output::{Output, plain};
use crate::session::Session;
use crate::words::{self, Say, Shown, say};

pub(crate) fn run(session: &Session) -> Result<Output, Failure> {
    let wallet = session.open()?;
    let (badges, decisions) = (wallet.badges()?, wallet.decisions()?);
    let mut text = if badges.is_empty() { say(&Say::NoBadges, session.language) } else { table(&badges, session) };
    if !decisions.is_empty() {
        text = format!("{text}\n\n{}\n{}", say(&Say::Exemptions, session.language), table(&decisions, session));
    }
    let records = wallet.award_records()?;
    let mut told = Vec::new();
    for kept in &records {
        let diploma = wallet.find_diploma(kept.record.digest())?.map(|diploma| diploma.name());
        told.push((kept, diploma.unwrap_or_else(|| kept.record.record().id.to_string())));
    }
    if !told.is_empty() {
        let lines: Vec<[String; 3]> = told
            .iter()
            .map(|(kept, diploma)| {
                let awarded = session.language.day_of(kept.record.record().awarded_date);
                [kept.number.to_string(), plain(diploma), awarded]
            })
            .collect();
        text = format!("{text}\n\n{}\n{}", say(&Say::Shown(Shown::AwardRecords), session.language), columns(&lines));
    }
    let records: Vec<Value> = told
        .iter()
        .map(|(kept, diploma)| {
            let record = kept.record.record();
            json!({
                "number": kept.number,
                "id": record.id,
                "digest": kept.record.digest(),
                "diploma": diploma,
                "awarded": record.awarded_date,
                "received": kept.received,
            })
        })
        .collect();
    let json = json!({ "badges": rows(&badges), "exemptions": rows(&decisions), "awardRecords": records });
    Ok(Output::new(text, &json))
}

/// One line each: number, name, issuer, day, what was last found.
pub(super) fn table<S: Keepsake>(kept: &[KeptDocument<S>], session: &Session) -> String {
    let language = session.language;
    let rows: Vec<[String; 5]> = kept
        .iter()
        .map(|kept| {
            let content = kept.peek_unverified();
            let issuer = content.issuer.name.clone().unwrap_or_else(|| content.issuer.id.to_string());
            [
                kept.number.to_string(),
                plain(&kept.name()),
                plain(&issuer),
                language.day_of(content.award_instant()),
                words::last(kept.last, language),
            ]
        })
        .collect();
    columns(&rows)
}

/// Aligned columns.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let wide: [usize; N] = std::array::from_fn(|at| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    });
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(wide).map(|(cell, wide)| format!("{cell:wide$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The same for programs.
pub(super) fn rows<S: Keepsake>(kept: &[KeptDocument<S>]) -> Vec<Value> {
    kept.iter()
        .map(|kept| {
            let content = kept.peek_unverified();
            json!({
                "number": kept.number,
                "id": content.id,
                "name": kept.name(),
                "issuer": { "id": content.issuer.id, "name": content.issuer.name },
                "awarded": content.award_instant(),
                "received": kept.received,
                "last": kept.last,
            })
        })
        .collect()
}
