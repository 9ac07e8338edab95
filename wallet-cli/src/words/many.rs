//! What is said of many documents: counts, reports, dossiers, a folder that is watched?

use std::path::Path;

use crate::commands::{Change, Contents, Counts};

/// What is said of them; both languages match it without a rest.
#[derive(Debug)]
pub(crate) enum Many<'a> {
    /// Before the bar that says how far it is.
    Checking,
    Summary {
        counts: Counts,
    },
    PassedOver {
        number: usize,
    },
    ReportWritten {
        path: &'a Path,
    },
    PageWritten {
        path: &'a Path,
    },
    DossierWritten {
        path: &'a Path,
        contents: Contents,
    },
    /// What a dossier is not.
    DossierIsNoTrust,
    /// When a folder was checked, and when before.
    Watched {
        at: &'a str,
        since: Option<&'a str>,
    },
    Change {
        change: Change,
    },
    Changed,
    NothingChanged,
    ExpiresSoon {
        days: u16,
    },
    NothingExpires {
        days: u16,
    },
    NotAccepted,
    AllAccepted,
    /// What a document says of itself that nobody confirmed.
    Claimed {
        what: &'a str,
    },
    Column {
        column: Column,
    },
    PageTitle,
    PageNote,
}

/// What stands above a column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    File,
    State,
    Change,
    Achievement,
    Issuer,
    Until,
    DaysLeft,
    Reason,
}
