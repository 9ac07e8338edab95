//! Why is there nothing to verify in a file? A sentence for whoever handed it in; none says anything against a badge.

use stapel_bake::BakeError;
use stapel_intake::{IntakeError, MAX_ARCHIVE_FILES};

use crate::language::Language;

/// The sentence, without what a decoder says of its own insides.
pub fn intake_sentence(error: &IntakeError, language: Language) -> String {
    let (dutch, english) = match error {
        IntakeError::TooLarge { .. } => ("Dit bestand is te groot.", "This file is too large."),
        IntakeError::Empty => (
            "Dit bestand is leeg. Vraag het opnieuw aan wie het stuurde.",
            "This file is empty. Ask whoever sent it for it again.",
        ),
        IntakeError::NotText => (
            "Dit is geen tekst en ook geen soort bestand waar een badge in kan zitten (PNG, SVG, JPEG, PDF of ZIP).",
            "This is neither text nor a kind of file that can carry a badge (PNG, SVG, JPEG, PDF or ZIP).",
        ),
        IntakeError::OtherKind { name } => {
            return match language {
                Language::Nl => format!(
                    "Dit is een {name}-bestand; dat wordt hier niet gelezen. PNG, SVG, JPEG, PDF, ZIP en tekst wel."
                ),
                Language::En => {
                    format!(
                        "This is a file of the kind {name}, which is not read here. PNG, SVG, JPEG, PDF, ZIP and text are."
                    )
                }
            };
        }
        IntakeError::Picture(BakeError::NoBadge { .. }) => {
            ("In dit plaatje zit geen badge.", "There is no badge in this picture.")
        }
        IntakeError::Picture(BakeError::OlderBadge { .. }) => (
            "In dit plaatje zit een oudere badge (Open Badges 1 of 2); die wordt hier niet gelezen.",
            "There is an older badge in this picture (Open Badges 1 or 2), which is not read here.",
        ),
        IntakeError::Picture(BakeError::SeveralBadges { .. }) => (
            "In dit plaatje zit meer dan één badge; dat mag niet, want dan leest ieder een andere.",
            "There is more than one badge in this picture, which is not allowed: everyone might read another.",
        ),
        IntakeError::Picture(_) | IntakeError::BrokenPicture { .. } => {
            ("Dit plaatje is beschadigd, of is geen plaatje.", "This picture is damaged, or is no picture.")
        }
        IntakeError::TooManyPixels { .. } => (
            "Dit plaatje heeft te veel beeldpunten. Maak de foto kleiner, of knip de QR-code eruit.",
            "This picture has too many pixels. Make it smaller, or cut out the QR code.",
        ),
        IntakeError::NoCode => (
            "In dit plaatje zit geen badge, en er is geen QR-code in te lezen. Een scherpe foto recht van voren helpt.",
            "There is no badge in this picture, and no QR code that can be read. A sharp photo from straight ahead helps.",
        ),
        IntakeError::NoAttachment => (
            "In deze PDF zit geen badge. Een certificaat van Stapel heeft zijn badge bij zich; een scan of een afdruk niet. Is het een uitslag van meer dan dertig documenten, kies dan die bestanden zelf.",
            "There is no badge in this PDF. A certificate of Stapel has its badge with it; a scan or a print has not. If it is an outcome of more than thirty documents, choose those files themselves.",
        ),
        IntakeError::LockedPdf => ("Deze PDF zit op slot met een wachtwoord.", "This PDF is locked with a password."),
        IntakeError::BrokenAttachment { .. } => (
            "De badge in deze PDF is niet heel. Vraag om de PDF zoals hij gemaakt is.",
            "The badge in this PDF is not whole. Ask for the PDF as it was made.",
        ),
        IntakeError::BrokenArchive { .. } => ("Dit ZIP-bestand is beschadigd.", "This ZIP file is damaged."),
        IntakeError::TooManyFiles => {
            return match language {
                Language::Nl => format!(
                    "In dit ZIP-bestand zitten meer dan {MAX_ARCHIVE_FILES} bestanden; er is niets van gelezen."
                ),
                Language::En => {
                    format!("This ZIP file holds more than {MAX_ARCHIVE_FILES} files; none of it was read.")
                }
            };
        }
        IntakeError::ArchiveTooLarge => (
            "Uit dit ZIP-bestand komt meer dan hier gelezen wordt; de rest ervan is niet gelezen.",
            "More comes out of this ZIP file than is read here; the rest of it was not read.",
        ),
        IntakeError::NestedArchive => (
            "Dit is een ZIP-bestand of een Office-bestand binnen een ander; dat wordt niet geopend.",
            "This is a ZIP or Office file within another one, which is not opened.",
        ),
        IntakeError::LockedFile => {
            ("Dit bestand zit op slot met een wachtwoord.", "This file is locked with a password.")
        }
        other => return other.to_string(),
    };
    language.pick(dutch, english).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_in_both_languages_and_none_by_a_decoder() {
        let why = "invalid distance code".to_owned();
        let errors = [
            IntakeError::TooLarge { found: 1 },
            IntakeError::Empty,
            IntakeError::NotText,
            IntakeError::OtherKind { name: "HEIC" },
            IntakeError::BrokenPicture { why: why.clone() },
            IntakeError::TooManyPixels { found: 1 },
            IntakeError::NoCode,
            IntakeError::NoAttachment,
            IntakeError::LockedPdf,
            IntakeError::BrokenAttachment { why: "it ends too early" },
            IntakeError::BrokenArchive { why },
            IntakeError::TooManyFiles,
            IntakeError::ArchiveTooLarge,
            IntakeError::NestedArchive,
            IntakeError::LockedFile,
        ];
        let mut told = std::collections::BTreeSet::new();
        for error in &errors {
            for language in [Language::Nl, Language::En] {
                let sentence = intake_sentence(error, language);
                assert!(sentence.ends_with('.') && !sentence.contains("distance"), "{sentence}");
                assert!(told.insert(sentence.clone()), "{sentence} is said twice");
            }
        }
    }
}
