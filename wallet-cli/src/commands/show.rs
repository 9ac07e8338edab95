//! `stapel show`: what does a badge say, and what is found of it today?

use serde_json::json;
use stapel_report::{badge_text, verdict_text};

use crate::cli::Show;
use crate::error::Failure;
use crate::output::Output;
use crate::session::Session;

pub(crate) fn run(asked: &Show, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    let kept = wallet.badge(&asked.badge)?;
    if asked.source {
        return Ok(Output::exactly(kept.signed.text()));
    }
    let now = session.now;
    session.network.supply(&mut wallet, |wallet| wallet.missing_for(kept.signed.text(), now), now);
    let verdict = wallet.review(&kept, now)?;
    let badge = kept.peek_unverified();
    let text = format!("{}\n{}", badge_text(badge, session.language), verdict_text(&verdict, session.language));
    let json = json!({ "number": kept.number, "badge": badge, "received": kept.received, "verdict": verdict });
    Ok(Output::new(text, &json).ending(verdict.outcome()))
}
