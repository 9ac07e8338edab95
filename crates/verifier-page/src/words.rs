//! What do the verifier's pages say, in both languages? One structure with every text: neither language can miss one.

use stapel_fetch::FetchError;
use stapel_report::{Language, intake_sentence};
use stapel_stacking::ShownError;
use stapel_verifier::{KindError, Missing};

use crate::cache::Stale;
use crate::received::ReceivedError;

mod asking;

use asking::Asking;

pub(crate) struct Words {
    pub(crate) skip: &'static str,
    pub(crate) language: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) file: &'static str,
    pub(crate) file_hint: &'static str,
    pub(crate) text: &'static str,
    pub(crate) text_hint: &'static str,
    pub(crate) check: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) four: &'static str,
    pub(crate) four_lines: [&'static str; 4],
    pub(crate) answer: &'static str,
    pub(crate) answers: &'static str,
    pub(crate) checked_on: &'static str,
    pub(crate) claims: &'static str,
    pub(crate) claims_hint: &'static str,
    pub(crate) signed_hint: &'static str,
    pub(crate) no_badge: &'static str,
    pub(crate) whose: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) eu_fact: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) progress_picture: &'static str,
    pub(crate) checks: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) issuer_unknown: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) not_asked: &'static str,
    pub(crate) for_nobody: &'static str,
    pub(crate) again: &'static str,
    pub(crate) nothing_given: &'static str,
    pub(crate) too_large: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) text_too_large: &'static str,
    pub(crate) record_alone: &'static str,
    pub(crate) no_document: &'static str,
    pub(crate) try_link: &'static str,
    pub(crate) pasted: &'static str,
    pub(crate) let_show: &'static str,
    pub(crate) not_stated_either: &'static str,
    pub(crate) rules: &'static str,
    pub(crate) is_programme: &'static str,
    pub(crate) is_trust_list: &'static str,
    pub(crate) is_decision: &'static str,
    pub(crate) logo_claimed: &'static str,
    pub(crate) logo_known: &'static str,
    pub(crate) known_as: &'static str,
    pub(crate) award: &'static str,
    pub(crate) once_more: &'static str,
    pub(crate) once_more_hint: &'static str,
    pub(crate) as_pdf: &'static str,
    pub(crate) pdf_name: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) unreadable_advice: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) made_with: &'static str,
    pub(crate) not_satisfied: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) too_slow: &'static str,
    /// Of questions.
    pub(crate) asking: Asking,
}

const NL: Words = Words {
    skip: "Naar de inhoud",
    language: "Taal",
    title: "Controleer een badge of bewijs",
    lead: "Kreeg u een badge, een bundel of een bewijs van voortgang? Hier ziet u of het echt is en nog geldig.",
    file: "Bestanden",
    file_hint: "Kies de bestanden zoals u ze kreeg; weet u niet welk, kies ze dan allemaal. Het kan een badge zijn (JSON, JWT, PNG of SVG), een certificaat of uitslag van Stapel (PDF), een foto van een QR-code, of een ZIP daarmee.",
    text: "Of plak de tekst, of een link",
    text_hint: "De hele tekst, van het eerste tot het laatste teken; of een link die met https:// begint.",
    check: "Controleer",
    not_kept: "Wat u hier aanbiedt, wordt niet bewaard. U hebt geen account nodig.",
    four: "Wat het antwoord kan zijn",
    four_lines: [
        "Echt en nog geldig: alle controles zijn goed.",
        "Echt en nog geldig, met een opmerking: lees die opmerking.",
        "Nog niet te zeggen: er is niets verkeerds gevonden, maar iets was niet te controleren. Er staat bij wat.",
        "Niet geaccepteerd: iets klopt niet. Er staat bij wat.",
    ],
    answer: "Het antwoord",
    answers: "antwoorden",
    checked_on: "Gecontroleerd op",
    claims: "Wat erin staat",
    claims_hint: "Dit beweert het document zelf. Het is niet bevestigd.",
    signed_hint: "Zo heeft de uitgever het ondertekend, en er is daarna niets aan veranderd. Of u erop kunt rekenen, staat hierboven.",
    whose: "Hieronder staat wat de badge zegt over wat iemand leerde. Er staat geen naam in, alleen een code: dit zegt niet dat de badge is van wie u hem gaf, want een bestand is te kopiëren. Wilt u dat weten, vraag dan of de houder hem zelf aan u laat zien.",
    facts: "Wat iemand leerde, en hoe dat is vastgesteld",
    eu_fact: "verplicht feit van een Europese microcredential",
    shown: "Wat wordt getoond",
    progress: "De voortgang, opnieuw berekend",
    progress_picture: "De voortgang als toren van blokken. Wat erin staat, leest u hieronder.",
    checks: "De controles",
    advice: "Wat u kunt doen",
    issuer_unknown: "Bel de school of organisatie die het gaf, en vraag of dit bewijs van haar is. Zoek haar telefoonnummer op haar eigen website, en gebruik geen nummer dat u bij het bewijs kreeg. Noem het nummer van het bewijs dat hieronder staat, of mail het bestand. Of vraag wie deze pagina beheert (vaak de IT-afdeling) of deze school of organisatie op de lijst van bekende uitgevers kan komen.",
    try_again: "Probeer het later opnieuw: de uitgever was nu niet te bereiken.",
    not_asked: "Vroeg u dit zelf, en is dat uw naam of die van uw website? Dan is het voor u gemaakt. Kreeg u het van iemand anders, of wilt u zeker weten van wie het is? Vraag de houder dan om het u zelf te laten zien.",
    for_nobody: "Wilt u zeker weten dat dit van de persoon is met wie u te maken hebt? Vraag de houder dan om het u zelf te laten zien.",
    again: "Controleer iets anders",
    nothing_given: "U koos geen bestand en plakte geen tekst.",
    too_large: "Dit is te groot: hier wordt ten hoogste 16 MB gelezen.",
    too_many: "Kies ten hoogste 200 documenten per keer. Er is niets gecontroleerd.",
    no_badge: "Geen badge gevonden",
    no_document: "Dit is geen badge: het is gewone tekst, of een ander soort bestand. Dat zegt niets over wie het u gaf.",
    try_link: "Klopt het adres? Probeer het later nog eens, of vraag om het bestand zelf.",
    pasted: "De tekst die u plakte",
    let_show: "Vraag de houder om dit zelf te tonen",
    not_stated_either: "Niet vermeld (dat hoeft ook niet):",
    rules: ", de regels van de opleiding",
    is_programme: "Dit is geen badge maar een programma: de regels van een opleiding. Het zegt niets over een persoon.",
    is_trust_list: "Dit is geen badge maar een vertrouwenslijst: wie waarvoor bewijzen mag geven. Hij zegt niets over een persoon.",
    is_decision: "Dit is geen badge maar een besluit van een examencommissie over een vrijstelling.",
    record_alone: "Dit is het dossier van een toekenning. Bied het aan samen met het diploma waar het bij hoort: dan wordt de toekenning nagerekend.",
    logo_claimed: "Logo zoals het in de badge staat; niemand bevestigt het.",
    logo_known: "Logo, bevestigd door de vertrouwenslijst",
    known_as: "volgens de vertrouwenslijst",
    award: "De toekenning, nagerekend",
    once_more: "Controleer opnieuw",
    once_more_hint: "Wat u aanbood, staat alleen in deze pagina, in uw browser. Sluit u de pagina, dan is het weg.",
    as_pdf: "Bewaar de uitslag als PDF",
    pdf_name: "uitslag.pdf",
    text_too_large: "Dit document is te groot voor deze pagina: hier worden documenten tot 2 MB beoordeeld. Het programma “stapel verify” leest grotere.",
    broken: "Wat u stuurde, kwam niet heel aan. Probeer het opnieuw.",
    unreadable: "Dit is niet te lezen als badge of bewijs. Dat zegt niets over de echtheid.",
    unreadable_advice: "Vraag om het bestand zelf, zoals de school of organisatie het gaf, en kies dat hier.",
    not_found: "Deze pagina bestaat niet",
    made_with: "Gemaakt met Stapel.",
    not_satisfied: "Echt, maar niet wat u vroeg",
    busy: "Het is nu te druk. Probeer het over een paar minuten opnieuw.",
    too_slow: "Dit duurde te lang. Er is niets gecontroleerd. Probeer het opnieuw, met minder bestanden tegelijk.",
    asking: asking::NL,
};

const EN: Words = Words {
    skip: "To the content",
    language: "Language",
    title: "Check a badge or a proof",
    lead: "Did you receive a badge, a bundle or a proof of progress? Here you see whether it is genuine and still valid.",
    file: "Files",
    file_hint: "Choose the files as you received them; if you do not know which, choose them all. It may be a badge (JSON, JWT, PNG or SVG), a certificate or outcome of Stapel (PDF), a photo of a QR code, or a ZIP of these.",
    text: "Or paste the text, or a link",
    text_hint: "The whole text, from the first character to the last; or a link that begins with https://.",
    check: "Check",
    not_kept: "What you hand in here is not kept. You need no account.",
    four: "What the answer can be",
    four_lines: [
        "Genuine and still valid: every check passed.",
        "Genuine and still valid, with a remark: read the remark.",
        "Cannot be said yet: nothing wrong was found, but something could not be checked. It says what.",
        "Not accepted: something is not right. It says what.",
    ],
    answer: "The answer",
    answers: "answers",
    checked_on: "Checked on",
    claims: "What it says",
    claims_hint: "The document itself claims this. It is not confirmed.",
    signed_hint: "So its issuer signed it, and nothing was changed since. Whether you can rely on it is said above.",
    whose: "Below stands what the badge says about what somebody learned. There is no name in it, only a code: this does not say that the badge belongs to who gave it to you, since a file can be copied. If you need to know, ask its holder to show it to you.",
    facts: "What somebody learned, and how that was established",
    eu_fact: "mandatory fact of a European microcredential",
    shown: "What is shown",
    progress: "The progress, computed again",
    progress_picture: "The progress as a tower of blocks. What it shows is told below.",
    checks: "The checks",
    advice: "What you can do",
    issuer_unknown: "Call the school or organisation that gave it, and ask whether this is theirs. Look up its telephone number on its own website, and use no number that came with it. Give the identifier that stands below, or mail the file. Or ask whoever runs this page (often the IT department) whether this school or organisation can be put on the list of known issuers.",
    try_again: "Try again later: the issuer could not be reached now.",
    not_asked: "Did you ask for this yourself, and is that your name or that of your website? Then it was made for you. Did somebody else pass it on, or do you need to know whose it is? Ask the holder to show it to you.",
    for_nobody: "Do you need to know that this belongs to the person with whom you deal? Ask the holder to show it to you.",
    again: "Check something else",
    nothing_given: "You chose no file and pasted no text.",
    too_large: "This is too large: at most 16 MB are read here.",
    too_many: "Choose at most 200 documents at a time. Nothing was checked.",
    no_badge: "No badge found",
    no_document: "This is no badge: it is plain text, or another kind of file. That says nothing about who gave it to you.",
    try_link: "Is the address right? Try again later, or ask for the file itself.",
    pasted: "The text that you pasted",
    let_show: "Ask the holder to show this",
    not_stated_either: "Not stated (nor need it be):",
    rules: ", the rules of the course of study",
    is_programme: "This is no badge but a programme: the rules of a course of study. It says nothing about a person.",
    is_trust_list: "This is no badge but a trust list: who may give proof of what. It says nothing about a person.",
    is_decision: "This is no badge but the decision of an examination board on an exemption.",
    record_alone: "This is the record of an award. Hand it in together with the diploma that it belongs to: then the award is counted again.",
    logo_claimed: "Logo as it stands in the badge; nobody confirms it.",
    logo_known: "Logo, confirmed by the trust list",
    known_as: "by the trust list",
    award: "The award, counted again",
    once_more: "Check again",
    once_more_hint: "What you handed in is in this page alone, in your browser. When you close the page, it is gone.",
    as_pdf: "Keep the outcome as a PDF",
    pdf_name: "outcome.pdf",
    text_too_large: "This document is too large for this page, which judges documents of up to 2 MB. The program “stapel verify” reads larger ones.",
    broken: "What you sent did not arrive whole. Try again.",
    unreadable: "This cannot be read as a badge or a proof. That says nothing about whether it is genuine.",
    unreadable_advice: "Ask for the file itself, as the school or organisation gave it, and choose that here.",
    not_found: "This page does not exist",
    made_with: "Made with Stapel.",
    not_satisfied: "Genuine, but not what you asked for",
    busy: "It is too busy now. Try again in a few minutes.",
    too_slow: "This took too long. Nothing was checked. Try again, with fewer files at a time.",
    asking: asking::EN,
};

impl Words {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Nl => &NL,
            Language::En => &EN,
        }
    }
}

/// Why there is nothing to verify, for whoever handed it in.
pub(crate) fn received_sentence(error: &ReceivedError, language: Language) -> String {
    let (dutch, english) = match error {
        ReceivedError::File(error) => return intake_sentence(error, language),
        ReceivedError::TooLarge { .. } => return Words::of(language).text_too_large.to_owned(),
        ReceivedError::NoNetwork => (
            "Links worden hier niet gevolgd: deze pagina werkt zonder netwerk. Kies het bestand zelf.",
            "Links are not followed here: this page works without a network. Choose the file itself.",
        ),
        ReceivedError::LinkToLink => (
            "Deze link leidt naar een andere link. Plak die, als u weet van wie hij is.",
            "This link leads to another link. Paste that one, if you know whose it is.",
        ),
        ReceivedError::NoTime => (
            "Deze link is niet gevolgd: de tijd was om. Probeer hem alleen.",
            "This link was not followed: the time was over. Try it alone.",
        ),
        ReceivedError::Link(FetchError::NotHttps { .. }) => (
            "Alleen links die met https:// beginnen worden gevolgd. Plak de link die zo begint, als die er is.",
            "Only links that begin with https:// are followed. Paste the link that begins so, if there is one.",
        ),
        ReceivedError::Link(
            FetchError::PrivateAddress { .. } | FetchError::Redirect { .. } | FetchError::BadUrl { .. },
        ) => (
            "Deze link leidt naar een adres dat hier niet gevolgd wordt.",
            "This link leads to an address that is not followed here.",
        ),
        ReceivedError::Link(FetchError::TooLarge { .. }) => {
            ("Wat achter deze link staat, is te groot.", "What is behind this link is too large.")
        }
        ReceivedError::Link(FetchError::Status { code, .. }) => {
            return match language {
                Language::Nl => format!("Achter deze link staat niets dat ieder mag lezen (antwoord {code})."),
                Language::En => format!("There is nothing behind this link that everyone may read (status {code})."),
            };
        }
        ReceivedError::Link(_) => (
            "Deze link was nu niet te bereiken. Probeer het later opnieuw.",
            "This link could not be reached now. Try again later.",
        ),
    };
    language.pick(dutch, english).to_owned()
}

/// What a text is that is none of the documents that are read.
pub(crate) fn kind_sentence(error: &ShownError, language: Language) -> Option<&'static str> {
    let ShownError::Kind(kind) = error else { return None };
    let (dutch, english) = match kind {
        KindError::Empty => ("Er staat niets in.", "There is nothing in it."),
        KindError::SdJwt => (
            "Dit is een bewijs in een vorm (SD-JWT) die hier nog niet wordt gelezen. Vraag om een andere vorm.",
            "This is a proof in a form (SD-JWT) that is not read here yet. Ask for another form.",
        ),
        KindError::OpenBadge2 => (
            "Dit is een Open Badge van versie 2. Die is niet ondertekend en dus niet te controleren. Vraag om Open Badges 3.0.",
            "This is an Open Badge of version 2, which is not signed and cannot be checked. Ask for Open Badges 3.0.",
        ),
        KindError::Foreign { .. } => (
            "Dit is een ander soort bewijs dan hier wordt gelezen. Dat zegt niets over de echtheid.",
            "This is another kind of proof than is read here. That says nothing about whether it is genuine.",
        ),
        KindError::NoType => (
            "Dit bestand zegt niet wat voor bewijs het is. Het is geen badge.",
            "This file does not say what kind of proof it is. It is no badge.",
        ),
        _ => return None,
    };
    Some(language.pick(dutch, english))
}

/// That an older copy was used, of what, and of when.
pub(crate) fn stale_sentence(stale: &Stale, language: Language) -> String {
    let at = language.minute_of(stale.fetched_at);
    match (&stale.what, language) {
        (Missing::Controller { did, .. }, Language::Nl) => {
            format!("De sleutels van {did} konden niet opnieuw worden opgehaald; gebruikt is wat op {at} is opgehaald.")
        }
        (Missing::Controller { did, .. }, Language::En) => {
            format!("The keys of {did} could not be fetched again; what was fetched on {at} was used.")
        }
        (_, Language::Nl) => format!(
            "Of het is ingetrokken, kon niet opnieuw worden opgehaald ({}); gebruikt is wat op {at} is opgehaald.",
            stale.url()
        ),
        (_, Language::En) => format!(
            "Whether it was withdrawn could not be fetched again ({}); what was fetched on {at} was used.",
            stale.url()
        ),
    }
}
