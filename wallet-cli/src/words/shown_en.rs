//! How are bundles, answers, requests, sheets and records said in English?

use stapel_credential::{BoardRequest, RequestKind};
use stapel_report::{Language, answered_text, stands_alone};

use super::Shown;
use crate::output::plain;

const NO_CLAIM: &str =
    "The holder put this bundle together. It is no diploma or certificate and claims no qualification.";
const BOARD_DECIDES: &str = "Only the examination board decides; what it grants you keep with: stapel receive";

pub(super) fn say(what: &Shown<'_>) -> String {
    match what {
        Shown::LeavesAwardRecord => "an award record, which names everything that counted for the diploma".to_owned(),
        Shown::LeavesRequest { parts, assessment: false } => format!("the request for an exemption from {parts}"),
        Shown::LeavesRequest { parts, assessment: true } => format!("the request for an assessment of {parts}"),
        Shown::LeavesNote { note } => format!("your note: {note}"),
        Shown::LeavesTitle { title } => format!("the title “{title}”"),
        Shown::LeavesTheme { theme } => format!("the theme “{theme}”"),
        Shown::NoClaim => NO_CLAIM.to_owned(),
        Shown::Bundle { title, theme, badges, issuers } => self::bundle(title, *theme, *badges, *issuers),
        Shown::NotDrawn { name } => format!("Not on the sheet, since it is not accepted today: “{name}”"),
        Shown::PdfWritten { path } => format!("The sheet is in {}", path.display()),
        Shown::ImageWritten { path } => {
            format!("The badge is in the picture {}; whoever gets it can read the whole badge", path.display())
        }
        Shown::NoCode => "The badge is too long for a code on paper; the sheet has none.".to_owned(),
        Shown::AskedBy { asker } => format!("The question is signed by {asker}"),
        Shown::AskerClaims { name } => format!("Who asks goes by the name of “{name}”; nobody has checked that."),
        Shown::Asks { question } => format!("What is asked: {question}"),
        Shown::Sent { to } => format!("The answer was sent to {to}"),
        Shown::StandsAlone => stands_alone(Language::En).to_owned(),
        Shown::Answered { answered, own } => {
            format!("{}\n{}", answered_text(answered, *own, Language::En), stands_alone(Language::En))
        }
        Shown::BoardDecides => BOARD_DECIDES.to_owned(),
        Shown::Request { request } => self::request(request),
        Shown::AwardRecords => "Award records".to_owned(),
        Shown::RecordOf { diploma } => format!("Award record of {diploma}"),
        Shown::RecordKept { number } => format!(
            "Its award record is kept; recount the award with:\n  \
             stapel show {number} --source > diploma.json; stapel show {number} --record > record.json\n  \
             stapel verify diploma.json --record record.json --trust LIST --anchor DID"
        ),
        Shown::NotRecounted => "The award was not recounted, since the diploma itself is not accepted.".to_owned(),
    }
}

fn bundle(title: &str, theme: Option<&str>, badges: usize, issuers: usize) -> String {
    let theme = theme.map_or(String::new(), |theme| format!("Theme: {theme}\n"));
    let badges = if badges == 1 { "1 badge".to_owned() } else { format!("{badges} badges") };
    let issuers = if issuers == 1 { "1 issuer".to_owned() } else { format!("{issuers} issuers") };
    format!("Bundle “{title}”\n{theme}{badges} of {issuers}\n{NO_CLAIM}")
}

fn request(request: &BoardRequest) -> String {
    let what = match request.kind {
        RequestKind::Exemption => "Request for an exemption from",
        RequestKind::Assessment => "Request for an assessment of",
    };
    let (parts, programme) = (plain(&request.parts.join(", ")), &request.programme);
    let basis = request.basis.map_or(String::new(), |basis| format!("Basis: {basis}\n"));
    let note = request.note.as_ref().map_or(String::new(), |note| format!("Note of the holder: {}\n", plain(note)));
    let edition = plain(&programme.edition);
    format!(
        "{what} {parts}\nProgramme: {}, edition {edition} ({})\n{basis}{note}It grants nothing: only the examination board decides.",
        programme.id, programme.digest
    )
}
