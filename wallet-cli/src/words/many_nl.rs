//! How are counts, reports, dossiers and watched folders said in Dutch, at level B1?

use super::{Column, Many};
use crate::commands::{Change, Contents, Counts};

pub(super) fn say(what: &Many<'_>) -> String {
    match what {
        Many::Checking => "Controleren".to_owned(),
        Many::Summary { counts } => summary(*counts),
        Many::PassedOver { number: 1 } => {
            "1 bestand in de map is overgeslagen: het is van een andere soort, of staat achter een link naar buiten"
                .to_owned()
        }
        Many::PassedOver { number } => {
            format!(
                "{number} bestanden in de map zijn overgeslagen: ze zijn van een andere soort, of staan achter een link naar buiten"
            )
        }
        Many::ReportWritten { path } => format!("Het rapport staat in {}", path.display()),
        Many::PageWritten { path } => format!("De pagina staat in {}", path.display()),
        Many::DossierWritten { path, contents } => {
            let Contents { documents, controllers, status_lists, trust_lists, contexts } = contents;
            let documents = if *documents == 1 { "1 document".to_owned() } else { format!("{documents} documenten") };
            format!(
                "Het dossier voor {documents} staat in {}: sleuteldocumenten {controllers}, statuslijsten {status_lists}, \
                 vertrouwenslijsten {trust_lists}, woordenlijsten {contexts}",
                path.display()
            )
        }
        Many::DossierIsNoTrust => {
            "Een dossier is bewijsmateriaal, geen vertrouwen: wie ermee controleert, noemt zelf wie hij vertrouwt (--anchor, --pin). \
             Niemand heeft het ondertekend en er staan sleutels van uitgevers in: breng het veilig over"
                .to_owned()
        }
        Many::Watched { at, since: None } => format!("Voor het eerst gecontroleerd op {at}."),
        Many::Watched { at, since: Some(since) } => format!("Gecontroleerd op {at}; de vorige keer was op {since}."),
        Many::Change { change } => match change {
            Change::New => "nieuw",
            Change::Gone => "weg",
            Change::NowRefused => "nu afgewezen",
            Change::NowUndecided => "nu niet te beslissen",
            Change::AcceptedAgain => "weer geaccepteerd",
        }
        .to_owned(),
        Many::Changed => "Wat er is veranderd".to_owned(),
        Many::NothingChanged => "Er is niets veranderd sinds de vorige keer.".to_owned(),
        Many::ExpiresSoon { days } => format!("Verloopt binnen {days} dagen"),
        Many::NothingExpires { days } => format!("Niets wat is geaccepteerd, verloopt binnen {days} dagen."),
        Many::NotAccepted => "Niet geaccepteerd".to_owned(),
        Many::AllAccepted => "Alles is geaccepteerd.".to_owned(),
        Many::Claimed { what } => format!("{what} (beweerd)"),
        Many::Column { column } => match column {
            Column::File => "Bestand",
            Column::State => "Antwoord",
            Column::Change => "Verandering",
            Column::Achievement => "Bewijs",
            Column::Issuer => "Uitgever",
            Column::Until => "Geldig tot en met",
            Column::DaysLeft => "Dagen over",
            Column::Reason => "Reden",
        }
        .to_owned(),
        Many::PageTitle => "Bewijzen in de map".to_owned(),
        Many::PageNote => {
            "Waar “beweerd” bij staat, is het woord van het document zelf: geen vertrouwenslijst die u noemde, bevestigt het."
                .to_owned()
        }
    }
}

fn summary(counts: Counts) -> String {
    let Counts { accepted, accepted_with_remarks, undecided, refused } = counts;
    let all = if counts.all() == 1 { "1 document".to_owned() } else { format!("{} documenten", counts.all()) };
    format!(
        "{all}: {accepted} geaccepteerd, {accepted_with_remarks} geaccepteerd met opmerkingen, {undecided} niet te beslissen, \
         {refused} afgewezen."
    )
}
