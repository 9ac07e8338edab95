//! What can somebody do who reads Dutch, when a check did not pass?

use stapel_verifier::Reason;

pub(super) fn advice(reason: &Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::Malformed { .. } => "Vraag het bestand opnieuw aan bij wie het gaf.",
        Reason::Altered { .. }
        | Reason::NotWhatWasSigned { .. }
        | Reason::WrongAlgorithm { .. }
        | Reason::KeyOfAnother { .. }
        | Reason::WrongPurpose { .. } => {
            "Vertrouw dit bestand niet. Vraag de houder om het origineel, of bel de uitgever: gebruik het nummer op zijn eigen website, geen nummer dat u bij het bestand kreeg."
        }
        Reason::UnknownSuite { .. } | Reason::KeyUnreadable { .. } | Reason::StatusKindUnknown { .. } => {
            "Probeer het met een nieuwere versie van Stapel."
        }
        Reason::ContextUnknown { .. } => {
            "Haal de woordenlijst zelf op bij een bron die je vertrouwt, en geef de map ervan mee."
        }
        Reason::KeyMissing { .. } | Reason::StatusListMissing { .. } => {
            "Probeer het opnieuw met een internetverbinding."
        }
        Reason::KeyRefused { .. } => "Vraag de uitgever om het bewijs opnieuw te ondertekenen.",
        Reason::Expired { .. } => "Vraag de houder naar een nieuwer bewijs.",
        Reason::NotYetValid { .. } => "Probeer het opnieuw vanaf die dag.",
        Reason::ProofExpired { .. } => "Vraag de houder om het opnieuw te laten zien, of naar een nieuwer bewijs.",
        Reason::ForAnother { .. } | Reason::OtherChallenge { .. } => {
            "Vraag de houder om het opnieuw te laten zien, in antwoord op deze vraag."
        }
        Reason::StatusListStale { .. } | Reason::NotRevokedStale { .. } => {
            "Haal een nieuwe lijst op, en probeer het opnieuw."
        }
        Reason::StatusListUnusable { .. } => "Probeer het later opnieuw. Blijft het zo, meld het dan aan de uitgever.",
        Reason::Suspended { .. } => "Vraag de uitgever wanneer de schorsing eindigt.",
        Reason::Revoked { .. } => "Tel het niet mee. Vraag de uitgever waarom het is ingetrokken.",
        Reason::IssuerUnknown { .. } => {
            "Voeg een vertrouwenslijst toe waarop de uitgever staat, of wijs de uitgever zelf als betrouwbaar aan."
        }
        Reason::NotVouchedThen { .. } | Reason::NotAuthorised { .. } => {
            "Tel dit niet mee: deze uitgever mocht het volgens de lijst niet geven. Dat hoeft niet aan de houder te liggen: vraag of hij hiervoor ook een bewijs van een andere instelling heeft. Denkt u dat de uitgever het wel mag geven? Bel hem (het nummer staat op zijn eigen website), of vraag het wie de lijst beheert."
        }
        Reason::KeysKeptByAnother { .. } => "Vraag het na bij de uitgever of bij de beheerder van de lijst.",
        Reason::OfAnother { .. } => "Vraag de houder om een bewijs op eigen naam.",
        Reason::ProgressFails { .. } => "Vraag de houder om de voortgang opnieuw te laten berekenen.",
        _ => return None,
    })
}
