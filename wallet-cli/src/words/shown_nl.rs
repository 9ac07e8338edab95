//! How are bundles, answers, requests, sheets and records said in Dutch, at level B1?

use stapel_bake::{BakeError, MAX_PICTURE_BYTES, MAX_TEXT_BYTES};
use stapel_credential::bundle::MAX_BUNDLE_TEXT;
use stapel_credential::{BoardRequest, BundleError, RequestKind};
use stapel_report::{Language, answered_text, stands_alone};

use super::Shown;
use crate::output::plain;

const NO_CLAIM: &str =
    "De houder stelde deze bundel samen. De bundel is geen diploma of certificaat en claimt geen kwalificatie.";
const BOARD_DECIDES: &str = "Alleen de examencommissie beslist; wat zij verleent, bewaart u met: stapel receive";

pub(super) fn say(what: &Shown<'_>) -> String {
    match what {
        Shown::LeavesAwardRecord => "een toekenningsdossier, met alles wat voor het diploma meetelde".to_owned(),
        Shown::LeavesRequest { parts, assessment: false } => format!("het verzoek om vrijstelling van {parts}"),
        Shown::LeavesRequest { parts, assessment: true } => format!("het verzoek om beoordeling van {parts}"),
        Shown::LeavesNote { note } => format!("uw toelichting: {note}"),
        Shown::LeavesTitle { title } => format!("de titel “{title}”"),
        Shown::LeavesTheme { theme } => format!("het thema “{theme}”"),
        Shown::NoClaim => NO_CLAIM.to_owned(),
        Shown::Bundle { title, theme, badges, issuers } => self::bundle(title, *theme, *badges, *issuers),
        Shown::NotDrawn { name } => format!("Niet op het blad, omdat het vandaag niet is geaccepteerd: “{name}”"),
        Shown::PdfWritten { path } => format!("Het blad staat in {}", path.display()),
        Shown::ImageWritten { path } => {
            format!("Het bewijs zit in het plaatje {}; wie het krijgt, kan het hele bewijs lezen", path.display())
        }
        Shown::NoCode => "Het bewijs is te lang voor een code op papier; het blad heeft er geen.".to_owned(),
        Shown::AskedBy { asker } => format!("De vraag is ondertekend door {asker}"),
        Shown::AskerClaims { name } => format!("Wie dit vraagt, noemt zich “{name}”; niemand heeft dat gecontroleerd."),
        Shown::Asks { question } => format!("Wat er gevraagd wordt: {question}"),
        Shown::Sent { to } => format!("Het antwoord is verstuurd naar {to}"),
        Shown::StandsAlone => stands_alone(Language::Nl).to_owned(),
        Shown::Answered { answered, own } => {
            format!("{}\n{}", answered_text(answered, *own, Language::Nl), stands_alone(Language::Nl))
        }
        Shown::BoardDecides => BOARD_DECIDES.to_owned(),
        Shown::Request { request } => self::request(request),
        Shown::AwardRecords => "Toekenningsdossiers".to_owned(),
        Shown::RecordOf { diploma } => format!("Toekenningsdossier van {diploma}"),
        Shown::RecordKept { number } => format!(
            "Het toekenningsdossier is erbij bewaard; reken de toekenning na met:\n  \
             stapel show {number} --source > diploma.json; stapel show {number} --record > record.json\n  \
             stapel verify diploma.json --record record.json --trust LIJST --anchor DID"
        ),
        Shown::NotRecounted => {
            "De toekenning is niet nagerekend, omdat het diploma zelf niet is geaccepteerd.".to_owned()
        }
    }
}

/// What is wrong inside a picture keeps the library's English.
pub(super) fn picture(error: &BakeError) -> String {
    match error {
        BakeError::NoBadge { format } => format!("in het {format}-plaatje zit geen bewijs"),
        BakeError::OlderBadge { format } => {
            format!("in het {format}-plaatje zit een ouder bewijs, van Open Badges 1 of 2; dat wordt hier niet gelezen")
        }
        BakeError::SeveralBadges { format, found } => {
            format!("in het {format}-plaatje zitten {found} bewijzen; het mag er maar één zijn")
        }
        BakeError::UnknownFormat => "dit is geen PNG- of SVG-plaatje".to_owned(),
        BakeError::TooLarge { found } => {
            format!("het plaatje heeft {found} bytes; er worden er hoogstens {MAX_PICTURE_BYTES} gelezen")
        }
        BakeError::TextTooLong => format!("het bewijs is groter dan {MAX_TEXT_BYTES} bytes"),
        BakeError::NotACredential { begins } => {
            format!("in het plaatje staat geen bewijs, maar een tekst die begint met {begins:?}")
        }
        other => format!("het plaatje is beschadigd of niet te lezen ({other})"),
    }
}

fn bundle(title: &str, theme: Option<&str>, badges: usize, issuers: usize) -> String {
    let theme = theme.map_or(String::new(), |theme| format!("Thema: {theme}\n"));
    let badges = if badges == 1 { "1 bewijs".to_owned() } else { format!("{badges} bewijzen") };
    let issuers = if issuers == 1 { "1 uitgever".to_owned() } else { format!("{issuers} uitgevers") };
    format!("Bundel “{title}”\n{theme}{badges} van {issuers}\n{NO_CLAIM}")
}

fn request(request: &BoardRequest) -> String {
    let what = match request.kind {
        RequestKind::Exemption => "Verzoek om vrijstelling van",
        RequestKind::Assessment => "Verzoek om beoordeling van",
    };
    let (parts, programme) = (plain(&request.parts.join(", ")), &request.programme);
    let basis = request.basis.map_or(String::new(), |basis| format!("Grond: {basis}\n"));
    let note =
        request.note.as_ref().map_or(String::new(), |note| format!("Toelichting van de houder: {}\n", plain(note)));
    let edition = plain(&programme.edition);
    format!(
        "{what} {parts}\nProgramma: {}, uitgave {edition} ({})\n{basis}{note}Er is niets verleend: alleen de examencommissie beslist.",
        programme.id, programme.digest
    )
}

pub(super) fn bundle_error(error: &BundleError) -> String {
    match error {
        BundleError::Empty => "de titel of het thema van de bundel is leeg".to_owned(),
        BundleError::Form { text } => {
            format!(
                "{text:?} is geen titel of thema van een bundel: één regel van ten hoogste {MAX_BUNDLE_TEXT} tekens"
            )
        }
        BundleError::Claims { text, word } => {
            format!("{text:?} noemt een {word}, en een bundel claimt geen kwalificatie")
        }
        other => other.to_string(),
    }
}
