//! Do both languages have every message, and does each end with the exit code of its kind?

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use stapel_credential::{EuFact, Timestamp, Uri};
use stapel_issuer::{
    AchievementCode, AchievementError, AchievementRef, Action, ActorId, ClaimError, CompletionError, CompletionId,
    CsvError, DatabaseInconsistency, InstitutionError, IssuerError, NotChanged, NotPermitted, PublishError,
    RepositoryError, Role, RowError, SignFailure, StageName, Step, TransitionError,
};
use stapel_keys::{KeyFileError, PassphraseError, UnwrapError};

use crate::config::ConfigError;
use crate::desk::DeskError;
use crate::failure::Failure;
use crate::store::sqlite::OpenError;
use crate::words::Language;

fn broken() -> io::Error {
    io::Error::other("E1")
}

fn path() -> PathBuf {
    PathBuf::from("a-file")
}

fn uri() -> Uri {
    Uri::parse("urn:uuid:1").unwrap()
}

fn completion() -> CompletionId {
    CompletionId::parse("0f8fad5b-d9cb-469f-a165-70867728950e").unwrap()
}

fn code() -> AchievementCode {
    AchievementCode::parse("M1").unwrap()
}

fn by() -> ActorId {
    ActorId::parse("desk-1").unwrap()
}

/// What the store says; all of it could not be tried.
fn stores() -> Vec<RepositoryError> {
    vec![
        RepositoryError::Busy { waited: Duration::from_secs(5) },
        RepositoryError::Full,
        DatabaseInconsistency { table: "completions", column: "stage", row: "7".to_owned() }.into(),
        RepositoryError::Unavailable { reason: "E1".to_owned() },
    ]
}

fn transitions() -> Vec<TransitionError> {
    let completion = completion();
    let stage = StageName::Signed;
    let mut all = vec![
        TransitionError::RecordedBySame { completion, by: by() },
        TransitionError::NeedsNoOffer { completion },
        TransitionError::RecordedAgain { completion },
        TransitionError::RevocationIsFinal { completion },
    ];
    for verb in ["approved", "rejected", "offered", "claimed", "signed", "revoked", "reinstated"] {
        all.push(TransitionError::Stage { completion, stage, wanted: "x", verb });
    }
    for what in ["reason", "name of the approving body", "reference of the approval", "decision"] {
        all.push(TransitionError::Text { what });
    }
    all
}

fn files() -> Vec<CsvError> {
    let row = RowError { row: 3, column: "awarded".to_owned(), value: "x".to_owned(), cause: "E1".to_owned() };
    vec![
        CsvError::TooLarge { actual: 7 },
        CsvError::TooManyRows,
        CsvError::NotUtf8 { row: 3 },
        CsvError::Empty { known: "did".to_owned() },
        CsvError::UnknownColumn { column: "x".to_owned(), known: "did".to_owned() },
        CsvError::ColumnTwice { column: "did".to_owned() },
        CsvError::MissingColumn { column: "did".to_owned() },
        CsvError::OpenQuote { row: 3 },
        CsvError::Rows { errors: vec![row] },
    ]
}

/// What the library refuses.
fn refusals() -> Vec<IssuerError> {
    let at = Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
    let json = || stapel_credential::json::parse("{").unwrap_err();
    let mut all: Vec<IssuerError> = vec![
        NotChanged::Unknown { completion: completion() }.into(),
        AchievementError::Json(json()).into(),
        AchievementError::Code { text: "x y".to_owned() }.into(),
        AchievementError::StatusPurpose { purpose: stapel_credential::StatusPurpose::Message }.into(),
        AchievementError::Incomplete { code: code(), missing: EuFact::ALL.iter().take(1).copied().collect() }.into(),
        AchievementError::OtherId { code: code(), version: 2, id: uri(), earlier: uri() }.into(),
        CompletionError::Json(json()).into(),
        CompletionError::UnknownAchievement { code: code() }.into(),
        CompletionError::Future { awarded: at.day(), today: at.day() }.into(),
        CompletionError::Learner.into(),
        CompletionError::Text { member: "grade" }.into(),
        PublishError::Json(json()).into(),
        PublishError::Rules { errors: Vec::new() }.into(),
        PublishError::EditionTaken { programme: uri(), edition: "2026".to_owned() }.into(),
        PublishError::Name.into(),
        PublishError::Nobody.into(),
        IssuerError::UnknownCredential { id: uri() },
        IssuerError::UnknownStatusList { id: "7".to_owned() },
        IssuerError::ApiKeyTaken { name: by() },
        IssuerError::UnknownApiKey { name: by() },
    ];
    for action in ["set-up-institution", "add-achievement", "publish-programme", "publish-trust-list", "record"] {
        all.push(not_permitted(action));
    }
    for action in ["approve", "reject", "sign", "offer", "redeem", "revoke", "reinstate", "create-api-key"] {
        all.push(not_permitted(action));
    }
    for action in ["exempt", "propose-award", "approve-award", "sign-award"] {
        all.push(not_permitted(action));
    }
    all.extend(super::board_tests::refusals());
    all.extend(["end-api-key", "read", "read-audit"].map(not_permitted));
    all.extend(transitions().into_iter().map(IssuerError::from));
    all.extend(files().into_iter().map(|error| PublishError::Csv(error).into()));
    all.extend(files().into_iter().map(IssuerError::from));
    all
}

fn not_permitted(action: &str) -> IssuerError {
    NotPermitted { id: by(), role: Role::Auditor, action: Action::find(action).unwrap() }.into()
}

/// What the library could not do.
fn failures() -> Vec<IssuerError> {
    let reference = AchievementRef { code: code(), version: 1 };
    let did = stapel_credential::Did::parse("did:web:school.example").unwrap();
    let mut all: Vec<IssuerError> = stores().into_iter().map(IssuerError::from).collect();
    all.push(SignFailure::Thread.into());
    all.push(SignFailure::AchievementGone { reference, completion: completion() }.into());
    all.push(SignFailure::KeyOfAnother { did }.into());
    all.push(IssuerError::Meanwhile { what: "x".to_owned() });
    for done in [1, 500] {
        for step in [Step::Sign, Step::Approve] {
            let in_part = |cause: IssuerError| IssuerError::InPart { step, done, cause: Box::new(cause) };
            all.extend(stores().into_iter().map(|error| in_part(error.into())));
            all.push(in_part(SignFailure::Thread.into()));
        }
    }
    all
}

/// One of each, with its exit code. A new variant of the program's own does not compile before it is said in Dutch.
fn one_of_each() -> Vec<(u8, Failure)> {
    let in_file = |source: IssuerError| Failure::InFile { path: path(), source: Box::new(source.into()) };
    let did = stapel_credential::Did::parse("did:web:school.example").unwrap();
    let mut all: Vec<(u8, Failure)> = vec![
        (1, in_file(CompletionError::Learner.into())),
        (2, in_file(RepositoryError::Full.into())),
        (1, Failure::Desk(DeskError::AllOrSome)),
        (1, Failure::Desk(DeskError::Rules(vec!["x".to_owned()]))),
        (1, Failure::Desk(DeskError::OtherPurpose { asked: "suspended", possible: "revoked" })),
        (1, Failure::Desk(DeskError::UnknownCompletion("7".to_owned()))),
        (1, Failure::Desk(DeskError::UnknownCredential(uri()))),
        (1, Failure::Desk(DeskError::UnknownBasis { text: "x".to_owned(), known: "y".to_owned() })),
        (1, Failure::Desk(DeskError::CredentialOrDigest)),
        (1, Failure::Desk(DeskError::NoCredential)),
        (1, Failure::Desk(DeskError::Argument("x".to_owned()))),
        (1, InstitutionError::Name.into()),
        (1, InstitutionError::Method { did: did.clone() }.into()),
        (1, InstitutionError::ForeignKey { method: did.with_fragment("key").unwrap(), did }.into()),
        (1, InstitutionError::Country { text: "x".to_owned() }.into()),
        (1, InstitutionError::BaseUrl { url: uri() }.into()),
        (1, Failure::SetUpAlready { folder: path(), name: "ROC".to_owned() }),
        (1, Failure::UnknownApiKey),
        (1, Failure::Argument("x".to_owned())),
        (1, Failure::Listen { address: ([0, 0, 0, 0], 80).into() }),
        (2, Failure::Store(OpenError::Absent { path: path() })),
        (2, Failure::Store(OpenError::File { path: path(), cause: broken() })),
        (2, Failure::Store(OpenError::OpenToOthers { path: path(), mode: 0o640 })),
        (2, Failure::Store(OpenError::Newer { path: path(), found: 7, known: 1 })),
        (2, Failure::Store(OpenError::Older { path: path(), found: 0, known: 1 })),
        (2, Failure::Store(OpenError::Sql { path: path(), cause: RepositoryError::Full })),
        (2, KeyFileError::Exists { path: path() }.into()),
        (2, KeyFileError::Read { path: path(), source: broken() }.into()),
        (2, KeyFileError::Write { path: path(), source: broken() }.into()),
        (2, KeyFileError::TooLong { path: path() }.into()),
        (2, KeyFileError::Malformed { path: path(), reason: "E1".to_owned() }.into()),
        (2, Failure::Key { path: path(), source: UnwrapError::WrongPassphrase }),
        (2, Failure::Key { path: path(), source: UnwrapError::OutOfMemory { memory_kib: 7 } }),
        (2, Failure::Key { path: path(), source: UnwrapError::OtherKey }),
        (2, PassphraseError::Empty.into()),
        (2, PassphraseError::TooShort { found: 3 }.into()),
        (2, PassphraseError::TooLong.into()),
        (2, PassphraseError::Io { path: path(), source: broken() }.into()),
        (2, PassphraseError::OpenToOthers { path: path(), mode: 0o640 }.into()),
        (2, PassphraseError::NotAFile { path: path() }.into()),
        (2, PassphraseError::FileTooLong { path: path() }.into()),
        (2, PassphraseError::NotText { path: path() }.into()),
        (2, PassphraseError::EmptyFile { path: path() }.into()),
        (2, Failure::NoPassphrase),
        (2, Failure::PassphrasesDiffer),
        (2, Failure::Prompt(broken())),
        (2, Failure::Config(ConfigError::Read { path: path(), source: broken() })),
        (2, Failure::Config(ConfigError::Toml { path: path(), reason: "E1".to_owned() })),
        (2, Failure::Config(ConfigError::Range { path: path(), name: "x", least: 1, most: 2, found: 3 })),
        (2, Failure::NoFolder),
        (2, Failure::NotSetUp { folder: path() }),
        (2, Failure::Read { path: path(), source: broken() }),
        (2, Failure::TooLarge { path: path(), limit: 1 }),
        (2, Failure::NotText { path: path() }),
        (2, Failure::Write { path: path(), source: broken() }),
        (2, Failure::NoApiKey),
        (2, Failure::Bind { address: ([127, 0, 0, 1], 80).into(), source: broken() }),
        (2, Failure::Serve(broken())),
    ];
    all.extend(stores().into_iter().map(|error| (2, error.into())));
    all.extend(refusals().into_iter().map(|error| (1, error.into())));
    all.extend(failures().into_iter().map(|error| (2, error.into())));
    all
}

#[test]
fn what_was_refused_ends_with_1_and_what_could_not_be_tried_with_2() {
    for (code, failure) in one_of_each() {
        assert_eq!(failure.exit_code(), code, "{failure}");
    }
    // Wallets meet these, over the API; whoever meets one at a command line was refused.
    assert_eq!(Failure::from(IssuerError::from(ClaimError::SpentCode)).exit_code(), 1);
}

#[test]
fn both_languages_have_every_message() {
    const ENGLISH: [&str; 8] = [" the ", " is not ", " and ", " cannot ", " must ", " has ", " with ", " of the "];
    for (_, failure) in one_of_each() {
        let [english, dutch] = [Language::En, Language::Nl].map(|language| failure.sentence(language));
        assert_eq!(english, failure.to_string());
        assert_ne!(english, dutch);
        // What JSON lacks stays in the words of the library.
        if !dutch.contains("niet te lezen: ") {
            let left = ENGLISH.iter().find(|word| dutch.contains(**word));
            assert!(left.is_none() && !dutch.starts_with("the "), "{dutch}");
        }
        let advice = [Language::En, Language::Nl].map(|language| failure.advice(language));
        assert_eq!(advice[0].is_some(), advice[1].is_some(), "{english}");
        if let [Some(english), Some(dutch)] = advice {
            assert_ne!(english, dutch);
        }
    }
}

#[test]
fn the_facts_of_a_sentence_stand_in_both_languages() {
    let said = |failure: Failure| failure.sentence(Language::Nl);
    let full = |done| {
        let cause = Box::new(RepositoryError::Full.into());
        said(IssuerError::InPart { step: Step::Sign, done, cause }.into())
    };
    assert_eq!(
        full(180),
        "de schijf of de database is vol; 180 badges zijn ondertekend en opgeslagen, de andere wachten; \
         maak ruimte en onderteken opnieuw"
    );
    assert!(full(1).contains("; 1 badge is ondertekend en opgeslagen, "));
    assert_eq!(
        said(not_permitted("approve").into()),
        "desk-1 handelt als auditor en mag dit niet: afrondingen goedkeuren; dat is aan examination-board"
    );
    assert_eq!(
        said(Failure::InFile { path: path(), source: Box::new(IssuerError::from(files().remove(8)).into()) }),
        "a-file: van de rijen kunnen er 1 niet mee, dus geen enkele ging mee: rij 3, kolom awarded: E1"
    );
}
