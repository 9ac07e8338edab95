//! Which words stand on the sheets alone? All others are those of tower, badge and verdict.

use crate::language::Language;
use crate::verdict::Mark;

pub(super) fn page(language: Language, page: usize, of: usize) -> String {
    match language {
        Language::Nl => format!("pagina {page} van {of}"),
        Language::En => format!("page {page} of {of}"),
    }
}

pub(super) fn progress(language: Language) -> &'static str {
    language.pick("Voortgang", "Progress")
}

pub(super) fn programme(language: Language) -> &'static str {
    language.pick("Programma", "Programme")
}

/// Before the day on which everything was counted.
pub(super) fn as_of(language: Language) -> &'static str {
    language.pick("Stand op", "As of")
}

/// Above the table of what a programme asks.
pub(super) fn asked(language: Language) -> &'static str {
    language.pick("Wat het programma vraagt", "What the programme asks")
}

pub(super) fn part(language: Language) -> &'static str {
    language.pick("Onderdeel", "Part")
}

pub(super) fn size(language: Language) -> &'static str {
    language.pick("Omvang", "Size")
}

pub(super) fn state(language: Language) -> &'static str {
    language.pick("Hoever", "How far")
}

pub(super) fn sector(language: Language) -> &'static str {
    language.pick("Sector", "Sector")
}

pub(super) fn badge(language: Language) -> &'static str {
    language.pick("Badge", "Badge")
}

pub(super) fn bundle(language: Language) -> &'static str {
    language.pick("Bundel", "Bundle")
}

pub(super) fn why(language: Language) -> &'static str {
    language.pick("Waarom niet", "Why not")
}

/// Beside a holder's name on a certificate: no badge vouches for it.
pub(super) fn name_as_given(language: Language) -> &'static str {
    language.pick("naam zoals de houder die opgeeft", "name as given by the holder")
}

/// What a printed certificate proves, and what not.
pub(super) fn presenter(language: Language) -> &'static str {
    language.pick(
        "Een afdruk bewijst hoogstens de badge, nooit wie hem laat zien.",
        "A printed page proves at most the badge, never who shows it.",
    )
}

/// What to do with the code beside it.
pub(super) fn check(language: Language) -> &'static str {
    language.pick("Controleer de badge met deze code.", "Check the badge with this code.")
}

/// What a bundle is not.
pub(super) fn no_claim(language: Language) -> &'static str {
    language.pick(
        "De houder stelde deze bundel samen. De bundel is geen diploma of certificaat en claimt geen kwalificatie.",
        "The holder put this bundle together. It is no diploma or certificate and claims no qualification.",
    )
}

/// How much a bundle holds.
pub(super) fn collected(language: Language, badges: usize, issuers: usize) -> String {
    match (language, badges, issuers) {
        (_, 1, _) => "1 badge".to_owned(),
        (Language::Nl, _, 1) => format!("{badges} badges van 1 uitgever"),
        (Language::Nl, _, _) => format!("{badges} badges van {issuers} uitgevers"),
        (Language::En, _, 1) => format!("{badges} badges from 1 issuer"),
        (Language::En, _, _) => format!("{badges} badges from {issuers} issuers"),
    }
}

/// Where a badge says nothing.
pub(super) fn not_stated(language: Language) -> &'static str {
    language.pick("niet vermeld", "not stated")
}

/// What the sheet of an answer is.
pub(super) fn answer(language: Language) -> &'static str {
    language.pick("Uitslag van een controle", "Outcome of a check")
}

pub(super) fn answers(language: Language) -> &'static str {
    language.pick("Uitslagen van een controle", "Outcomes of a check")
}

pub(super) fn documents(language: Language, count: usize) -> String {
    match language {
        Language::Nl => format!("{count} documenten"),
        Language::En => format!("{count} documents"),
    }
}

/// How to check again what so many attached files hold, on which page.
pub(super) fn check_again(language: Language, attached: usize, page: Option<&str>) -> String {
    let page = page.unwrap_or(language.pick("een controlepagina van Stapel", "a checking page of Stapel"));
    match (language, attached) {
        (Language::Nl, 1) => {
            format!("Het document zelf zit als bijlage in deze PDF. Opnieuw controleren? Kies deze PDF op {page}.")
        }
        (Language::En, 1) => {
            format!("The document itself is attached to this PDF. Check again? Choose this PDF on {page}.")
        }
        (Language::Nl, _) => {
            format!("De documenten zelf zitten als bijlagen in deze PDF. Opnieuw controleren? Kies deze PDF op {page}.")
        }
        (Language::En, _) => {
            format!("The documents themselves are attached to this PDF. Check again? Choose this PDF on {page}.")
        }
    }
}

/// That there are too many documents to go with it.
pub(super) fn keep_the_files(language: Language) -> &'static str {
    language.pick(
        "De documenten zelf zitten niet in deze PDF: het zijn er te veel. Bewaar de bestanden erbij.",
        "The documents themselves are not in this PDF: they are too many. Keep the files with it.",
    )
}

/// What such a sheet is not: it is no proof itself.
pub(super) fn answer_foot(language: Language) -> &'static str {
    language.pick(
        "Wat de controle op dat moment uitwees. Dit blad is geen bewijs: controleer opnieuw.",
        "What the check came to at that moment. This sheet is no proof: check again.",
    )
}

pub(super) fn document(language: Language) -> &'static str {
    language.pick("Document", "Document")
}

pub(super) fn file(language: Language) -> &'static str {
    language.pick("Bestand", "File")
}

pub(super) fn checked(language: Language) -> &'static str {
    language.pick("Gecontroleerd", "Checked")
}

/// Before the SHA-256 of the document's text.
pub(super) fn digest(language: Language) -> &'static str {
    language.pick("Vingerafdruk", "Fingerprint")
}

pub(super) fn advice(language: Language) -> &'static str {
    language.pick("Wat u kunt doen", "What you can do")
}

pub(super) fn states(language: Language) -> &'static str {
    language.pick("Wat het document vermeldt", "What the document states")
}

pub(super) fn claims(language: Language) -> &'static str {
    language.pick("Wat het document beweert", "What the document claims")
}

pub(super) fn fact(language: Language) -> &'static str {
    language.pick("Wat", "What")
}

pub(super) fn value(language: Language) -> &'static str {
    language.pick("Vermelding", "As stated")
}

pub(super) fn recount(language: Language) -> &'static str {
    language.pick("De toekenning, nagerekend", "The award, counted again")
}

pub(super) fn checks(language: Language) -> &'static str {
    language.pick("Wat is gecontroleerd", "What was checked")
}

pub(super) fn check_head(language: Language) -> &'static str {
    language.pick("Controle", "Check")
}

pub(super) fn ended(language: Language) -> &'static str {
    language.pick("Uitslag", "Outcome")
}

pub(super) fn why_so(language: Language) -> &'static str {
    language.pick("Waarom", "Why")
}

/// How a check ended, in a word.
pub(super) fn mark(mark: Mark, language: Language) -> &'static str {
    match mark {
        Mark::Pass => language.pick("klopt", "holds"),
        Mark::Nothing => language.pick("n.v.t.", "n/a"),
        Mark::Remark => language.pick("let op", "take note"),
        Mark::Unknown => language.pick("onbekend", "unknown"),
        Mark::Fail => language.pick("klopt niet", "fails"),
    }
}
