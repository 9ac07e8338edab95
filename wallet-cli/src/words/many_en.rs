//! How are counts, reports, dossiers and watched folders said in English?

use super::{Column, Many};
use crate::commands::{Change, Contents, Counts};

pub(super) fn say(what: &Many<'_>) -> String {
    match what {
        Many::Checking => "Checking".to_owned(),
        Many::Summary { counts } => summary(*counts),
        Many::PassedOver { number: 1 } => {
            "1 file in the folder was passed over: it is of another kind, or behind a link that leads out".to_owned()
        }
        Many::PassedOver { number } => {
            format!(
                "{number} files in the folder were passed over: they are of another kind, or behind a link that leads out"
            )
        }
        Many::ReportWritten { path } => format!("The report is in {}", path.display()),
        Many::PageWritten { path } => format!("The page is in {}", path.display()),
        Many::DossierWritten { path, contents } => {
            let Contents { documents, controllers, status_lists, trust_lists, contexts } = contents;
            let documents = if *documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
            format!(
                "The dossier for {documents} is in {}: controller documents {controllers}, status lists {status_lists}, \
                 trust lists {trust_lists}, contexts {contexts}",
                path.display()
            )
        }
        Many::DossierIsNoTrust => {
            "A dossier is evidence, not trust: whoever verifies with it names whom they trust (--anchor, --pin). Nobody signed it, \
             and keys of issuers stand in it: bring it over safely"
                .to_owned()
        }
        Many::Watched { at, since: None } => format!("Checked for the first time on {at}."),
        Many::Watched { at, since: Some(since) } => format!("Checked on {at}; the time before was {since}."),
        Many::Change { change } => match change {
            Change::New => "new",
            Change::Gone => "gone",
            Change::NowRefused => "now refused",
            Change::NowUndecided => "now undecided",
            Change::AcceptedAgain => "accepted again",
        }
        .to_owned(),
        Many::Changed => "What changed".to_owned(),
        Many::NothingChanged => "Nothing changed since the last time.".to_owned(),
        Many::ExpiresSoon { days } => format!("Expires within {days} days"),
        Many::NothingExpires { days } => format!("Nothing that is accepted expires within {days} days."),
        Many::NotAccepted => "Not accepted".to_owned(),
        Many::AllAccepted => "Everything is accepted.".to_owned(),
        Many::Claimed { what } => format!("{what} (claimed)"),
        Many::Column { column } => match column {
            Column::File => "File",
            Column::State => "Answer",
            Column::Change => "Change",
            Column::Achievement => "Achievement",
            Column::Issuer => "Issuer",
            Column::Until => "Valid until",
            Column::DaysLeft => "Days left",
            Column::Reason => "Reason",
        }
        .to_owned(),
        Many::PageTitle => "Badges in the folder".to_owned(),
        Many::PageNote => {
            "What stands as claimed is the document's own word: no trust list that you named confirms it.".to_owned()
        }
    }
}

fn summary(counts: Counts) -> String {
    let Counts { accepted, accepted_with_remarks, undecided, refused } = counts;
    let all = if counts.all() == 1 { "1 document".to_owned() } else { format!("{} documents", counts.all()) };
    format!(
        "{all}: {accepted} accepted, {accepted_with_remarks} accepted with remarks, {undecided} undecided, {refused} refused."
    )
}
