//! `stapel bundle`: which badges belong together, by the learner's own word? It claims no qualification, and says so.

use stapel_credential::{AchievementCredential, Bundle as Titled};
use stapel_report::pdf::{SheetHead, bundle_sheet};
use stapel_verifier::Verified;
use stapel_wallet::Showing;

use super::leave::Exit;
use crate::cli::Bundle;
use crate::error::Failure;
use crate::file::NewFile;
use crate::output::{self, Output, plain};
use crate::session::Session;
use crate::words::{Say, Shown, say};

pub(crate) fn run(asked: &Bundle, session: &Session) -> Result<Output, Failure> {
    let (now, language) = (session.now, session.language);
    let bundle = Titled::new(&asked.title, asked.theme.as_deref()).map_err(Failure::Bundle)?;
    let mut wallet = session.open()?;
    let exit = Exit::begin(&asked.out, asked.force, asked.yes)?;
    let pdf = asked.pdf.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let chosen = asked.badges.iter().map(|badge| wallet.badge(badge)).collect::<Result<Vec<_>, _>>()?;
    session.supply_badges(&mut wallet, &chosen);
    let showing = Showing {
        domain: asked.to.clone(),
        challenge: asked.challenge.clone(),
        expires: asked.expires,
        with_status_lists: true,
        with_award_records: false,
        bundle: Some(bundle.clone()),
    };
    let presentation = wallet.present(&chosen, &showing, now)?;
    let mut further = vec![say(&Say::Shown(Shown::NoClaim), language)];
    let mut accepted: Vec<Verified<AchievementCredential>> = Vec::new();
    for kept in &chosen {
        match wallet.review(kept, now)?.accepted() {
            Some(badge) => accepted.push(badge.clone()),
            None if pdf.is_some() => {
                further.push(say(&Say::Shown(Shown::NotDrawn { name: &plain(&kept.name()) }), language));
            }
            None => {}
        }
    }
    if pdf.is_some() && accepted.is_empty() {
        return Err(Failure::NothingAccepted);
    }
    let done = exit.leave(&presentation, &showing, &further, session)?;
    if let Some((file, path)) = pdf.zip(asked.pdf.as_deref()) {
        let badges: Vec<&AchievementCredential> = accepted.iter().map(Verified::content).collect();
        let head = SheetHead { holder: asked.name.as_deref().unwrap_or(wallet.id().as_str()), as_of: now.day() };
        file.finish(bundle_sheet(&bundle, &badges, &head, language))?;
        output::say(&say(&Say::Shown(Shown::PdfWritten { path }), language));
    }
    Ok(done)
}
