//! `stapel show`: what does a badge say, and what is found of it today?

use serde_json::json;
use stapel_credential::AchievementCredential;
use stapel_report::pdf::{CertificateHead, certificate};
use stapel_report::{badge_text, verdict_text};
use stapel_verifier::Verified;

use crate::cli::Show;
use crate::error::Failure;
use crate::file::NewFile;
use crate::output::{self, Output};
use crate::picture;
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Show, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    let kept = wallet.badge(&asked.badge)?;
    if asked.source {
        return Ok(Output::exactly(kept.signed.text()));
    }
    let record = wallet.find_award_record(&kept)?;
    if asked.record {
        let Some(record) = record else { return Err(Failure::NoRecord { name: kept.name() }) };
        return Ok(Output::exactly(record.text()));
    }
    let now = session.now;
    session.network.supply(&mut wallet, |wallet| wallet.missing_for(kept.signed.text(), now), now);
    if let Some(path) = asked.image.as_deref() {
        let picture = picture::with_badge(&kept, path, asked.picture.as_deref(), session.language)?;
        NewFile::begin(path, asked.force, false)?.finish(picture)?;
        output::say(&say(&Say::Shown(Shown::ImageWritten { path }), session.language));
    }
    let pdf = asked.pdf.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let verdict = wallet.review(&kept, now)?;
    if let Some((file, path)) = pdf.zip(asked.pdf.as_deref()) {
        let Some(accepted) = verdict.accepted() else {
            return Err(Failure::NotAccepted { name: kept.name(), findings: verdict.findings().clone() });
        };
        file.finish(sheet(accepted, asked.name.as_deref(), session)?)?;
        output::say(&say(&Say::Shown(Shown::PdfWritten { path }), session.language));
    }
    let badge = kept.peek_unverified();
    let mut text = format!("{}\n{}", badge_text(badge, session.language), verdict_text(&verdict, session.language));
    if record.is_some() {
        let how = say(&Say::Shown(Shown::RecordKept { number: kept.number }), session.language);
        text = format!("{text}\n{how}\n");
    }
    let record = record.map(|record| record.record.digest());
    let json = json!({
        "number": kept.number, "badge": badge, "received": kept.received, "awardRecord": record, "verdict": verdict,
    });
    Ok(Output::new(text, &json).ending(verdict.outcome()))
}

/// The certificate, with the badge itself in its code where it is short enough.
fn sheet(badge: &Verified<AchievementCredential>, name: Option<&str>, session: &Session) -> Result<Vec<u8>, Failure> {
    let language = session.language;
    let (signed, text) = (Some(badge.text()), badge.text());
    let head = CertificateHead { holder: name, code: Some(text), signed };
    if let Ok(sheet) = certificate(badge.content(), &head, language) {
        return Ok(sheet);
    }
    output::say(&say(&Say::Shown(Shown::NoCode), language));
    certificate(badge.content(), &CertificateHead { code: None, ..head }, language).map_err(Failure::Code)
}
