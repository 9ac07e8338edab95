//! What is said of bundles, answers to questions, requests, sheets of paper and award records?

use std::path::Path;

use stapel_credential::BoardRequest;
use stapel_wallet::Answered;

/// What is said of them; both languages match it without a rest.
#[derive(Debug)]
pub(crate) enum Shown<'a> {
    LeavesAwardRecord,
    LeavesRequest {
        parts: &'a str,
        assessment: bool,
    },
    LeavesNote {
        note: &'a str,
    },
    LeavesTitle {
        title: &'a str,
    },
    LeavesTheme {
        theme: &'a str,
    },
    /// What a bundle is not.
    NoClaim,
    /// A bundle that somebody shows; the theme stands below its title.
    Bundle {
        title: &'a str,
        theme: Option<&'a str>,
        badges: usize,
        issuers: usize,
    },
    NotDrawn {
        name: &'a str,
    },
    PdfWritten {
        path: &'a Path,
    },
    /// A picture with the badge in it.
    ImageWritten {
        path: &'a Path,
    },
    NoCode,
    AskedBy {
        asker: &'a str,
    },
    /// How who asks calls themselves, which nothing proves.
    AskerClaims {
        name: &'a str,
    },
    /// What somebody asks.
    Asks {
        question: &'a str,
    },
    /// An answer went to the one who asked.
    Sent {
        to: &'a str,
    },
    /// What answers are not.
    StandsAlone,
    /// Whether a presentation satisfies a question: the verifier's, or the one that it names itself.
    Answered {
        answered: &'a Answered,
        own: bool,
    },
    BoardDecides,
    /// A request that somebody makes.
    Request {
        request: &'a BoardRequest,
    },
    AwardRecords,
    RecordOf {
        diploma: &'a str,
    },
    /// How a diploma whose record is kept is counted again.
    RecordKept {
        number: usize,
    },
    /// A diploma that is not accepted is not recounted.
    NotRecounted,
}
