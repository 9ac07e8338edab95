//! Do both languages have every message of the command line?

use std::path::{Path, PathBuf};

use stapel_bake::{BakeError, Format};
use stapel_credential::{Did, Timestamp, Uri};
use stapel_fetch::FetchError;
use stapel_intake::IntakeError;
use stapel_openid::{OpenIdError, TokenError, TokenErrorCode};
use stapel_verifier::KindError;
use stapel_wallet::{
    Answered, Catalogue, CatalogueError, HeldBy, IncomingError, VaultError, WalletError, WhyNotKept, WhyNotSatisfied,
};

use super::*;
use crate::commands::{Change, Contents, Counts};
use crate::error::{Kind, Wanted};

fn with_each_shown(mut check: impl FnMut(&Say<'_>)) {
    let (did, path) = (did(), Path::new("a-file"));
    for shown in [
        Shown::LeavesAwardRecord,
        Shown::LeavesRequest { parts: "p1", assessment: false },
        Shown::LeavesRequest { parts: "p1", assessment: true },
        Shown::LeavesNote { note: "a" },
        Shown::LeavesTitle { title: "a" },
        Shown::LeavesTheme { theme: "a" },
        Shown::NoClaim,
        Shown::Bundle { title: "a", theme: Some("b"), badges: 2, issuers: 2 },
        Shown::Bundle { title: "a", theme: None, badges: 1, issuers: 1 },
        Shown::NotDrawn { name: "a" },
        Shown::PdfWritten { path },
        Shown::ImageWritten { path },
        Shown::NoCode,
        Shown::AskedBy { asker: did.as_str() },
        Shown::AskerClaims { name: "a" },
        Shown::StandsAlone,
        Shown::BoardDecides,
        Shown::AwardRecords,
        Shown::RecordOf { diploma: "a" },
        Shown::RecordKept { number: 1 },
        Shown::NotRecounted,
    ] {
        check(&Say::Shown(shown));
    }
    for answered in [
        Answered::Satisfied { by: Vec::new() },
        Answered::NotReached,
        not_satisfied(WhyNotSatisfied::NoPresentation),
        not_satisfied(WhyNotSatisfied::NoPlan),
        not_satisfied(WhyNotSatisfied::OtherProgramme),
        not_satisfied(WhyNotSatisfied::OtherAsk),
        not_satisfied(WhyNotSatisfied::Incomplete { met: 1, asked: 2 }),
        not_satisfied(WhyNotSatisfied::NoneAnswers { close: Vec::new() }),
    ] {
        for own in [false, true] {
            check(&Say::Shown(Shown::Answered { answered: &answered, own }));
        }
    }
}

/// What needs no progress; the rest is said in the tests of the program.
fn with_each_ahead(mut check: impl FnMut(&Say<'_>)) {
    for ahead in [
        Ahead::CatalogueKept { name: "a", modules: 1, replaced: false },
        Ahead::CatalogueKept { name: "a", modules: 2, replaced: true },
        Ahead::CatalogueRemoved { name: "a" },
        Ahead::NoCatalogues,
        Ahead::Unsigned,
        Ahead::Modules { number: 2 },
        Ahead::WaysOn,
        Ahead::FromCatalogues,
        Ahead::WhoOffers,
        Ahead::NotAwarded { further: 0 },
        Ahead::NotAwarded { further: 1 },
        Ahead::NothingCounted,
        Ahead::PassedOver { number: 2, all: false },
        Ahead::PassedOver { number: 2, all: true },
        Ahead::Helps { name: "a", awards: 0 },
        Ahead::Helps { name: "a", awards: 2 },
        Ahead::CouldFit,
        Ahead::DoesNothing { awards: 1, all: true },
        Ahead::DoesNothing { awards: 2, all: false },
        Ahead::HelpsNowhereToday { name: "a", why: "b" },
        Ahead::WouldHelp { title: "a", institution: "b", awards: 0 },
        Ahead::WouldHelp { title: "a", institution: "b", awards: 2 },
    ] {
        check(&Say::Ahead(ahead));
    }
}

/// Of many documents.
fn with_each_of_many(mut check: impl FnMut(&Say<'_>)) {
    let (path, what) = (Path::new("a-file"), "a");
    let counts = |accepted| Counts { accepted, ..Counts::default() };
    let contents = |documents| Contents { documents, controllers: 1, status_lists: 2, trust_lists: 3, contexts: 4 };
    let changes = [Change::New, Change::Gone, Change::NowRefused, Change::NowUndecided, Change::AcceptedAgain];
    let columns = [
        Column::File,
        Column::State,
        Column::Change,
        Column::Achievement,
        Column::Issuer,
        Column::Until,
        Column::DaysLeft,
        Column::Reason,
    ];
    let all = [
        Many::Checking,
        Many::Summary { counts: counts(1) },
        Many::Summary { counts: counts(2) },
        Many::PassedOver { number: 1 },
        Many::PassedOver { number: 2 },
        Many::ReportWritten { path },
        Many::PageWritten { path },
        Many::DossierWritten { path, contents: contents(1) },
        Many::DossierWritten { path, contents: contents(2) },
        Many::DossierIsNoTrust,
        Many::Watched { at: "now", since: None },
        Many::Watched { at: "now", since: Some("then") },
        Many::Changed,
        Many::NothingChanged,
        Many::ExpiresSoon { days: 60 },
        Many::NothingExpires { days: 60 },
        Many::NotAccepted,
        Many::AllAccepted,
        Many::Claimed { what },
        Many::PageTitle,
        Many::PageNote,
    ];
    let all = all.into_iter().chain(changes.map(|change| Many::Change { change }));
    all.chain(columns.map(|column| Many::Column { column })).for_each(|many| check(&Say::Many(many)));
}

fn not_satisfied(why: WhyNotSatisfied) -> Answered {
    Answered::NotSatisfied { why }
}

fn did() -> Did {
    Did::parse("did:web:school.example").unwrap()
}

/// One of each, with both forms where there are two. A new variant does not compile in `nl` and `en` before it is said there.
fn with_each(mut check: impl FnMut(&Say<'_>)) {
    let did = did();
    let missing = Missing::StatusList { url: Uri::parse("https://school.example/status/1").unwrap() };
    let path = Path::new("a-file");
    let two = ["one".to_owned(), "two".to_owned()];
    let why_not = |why| Kept::NotKept(why);
    let at = Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
    let last = LastVerdict { outcome: LastOutcome::Undecided, at };
    let kept = [
        Kept::New,
        Kept::AlreadyThere,
        Kept::Renewed,
        why_not(WhyNotKept::Refused),
        why_not(WhyNotKept::OfAnother { subject: did.to_uri(), holder: did.clone() }),
        why_not(WhyNotKept::OfNobody),
        why_not(WhyNotKept::OtherTextKept { last }),
    ];
    for kept in &kept {
        check(&Say::Kept { name: "a badge", kept });
    }
    for say in [
        Say::AskPassphrase,
        Say::AskNewPassphrase,
        Say::AskOnceMore,
        Say::AskRecoveryWords,
        Say::AskTxCode { issuer: "https://school.example", description: None },
        Say::AskTxCode { issuer: "https://school.example", description: Some("by letter") },
        Say::AskTrust { anchor: &did },
        Say::AskPresent,
        Say::Warning { text: "for development", ports: &[8080] },
        Say::NotTaken { missing: &missing, why: "because" },
        Say::NotFetched { missing: &missing, why: "because" },
        Say::NotFetchedOffline { url: "https://school.example" },
        Say::WalletMade { path, did: did.as_str() },
        Say::RecoveryWords { numbered: &two },
        Say::WordsWritten { path },
        Say::LaidBeside { path },
        Say::NoBadges,
        Say::Exemptions,
        Say::NoProgrammes,
        Say::NotAcceptedToday,
        Say::PerhapsBetter,
        Say::SvgWritten { path },
        Say::Leaves { to: Some("employer.example"), until: Some("then"), shows: &two, holder: did.as_str() },
        Say::Leaves { to: None, until: None, shows: &two, holder: did.as_str() },
        Say::LeavesBadge { name: "a", issuer: "b", grades: 0 },
        Say::LeavesBadge { name: "a", issuer: "b", grades: 1 },
        Say::LeavesBadge { name: "a", issuer: "b", grades: 2 },
        Say::LeavesProgramme { name: "a", edition: "2026" },
        Say::LeavesExemption,
        Say::LeavesStatusList,
        Say::LeavesPlan,
        Say::PresentationWritten { path },
        Say::CaseWritten { path },
        Say::ListSays { name: "a", sequence: 7, until: Some("then"), issuers: 3 },
        Say::ListNotTaken { name: "a" },
        Say::Pinned { did: &did, new: true },
        Say::Pinned { did: &did, new: false },
        Say::Distrusted { did: &did },
        Say::Anchors,
        Say::PinnedIssuers,
        Say::TrustLists,
        Say::NobodyTrusted,
        Say::Unlocked { minutes: 1 },
        Say::Unlocked { minutes: 15 },
        Say::Locked { was_open: true },
        Say::Locked { was_open: false },
        Say::Recovered,
        Say::PassphraseChanged,
    ] {
        check(&say);
    }
}

fn programme() -> stapel_credential::ProgrammeRef {
    let digest = stapel_credential::Digest::of(b"programme");
    stapel_credential::ProgrammeRef { id: did().to_uri(), edition: "2026".to_owned(), digest }
}

#[expect(clippy::too_many_lines, reason = "one line a failure: a list, not a procedure")]
fn failures() -> Vec<Failure> {
    let path = || PathBuf::from("a-file");
    let url = || "https://school.example/a".to_owned();
    let io = || std::io::Error::from(std::io::ErrorKind::StorageFull);
    let held_by = Some(HeldBy { pid: 7, program: "stapel".to_owned() });
    let refused = || TokenError { error: TokenErrorCode::InvalidGrant, error_description: None };
    let mut all: Vec<Failure> = vec![
        VaultError::NoWallet { path: path() }.into(),
        VaultError::Exists { path: path() }.into(),
        VaultError::WrongPassphrase { path: path() }.into(),
        VaultError::WrongRecoveryWords { path: path() }.into(),
        VaultError::WrongDataKey { path: path() }.into(),
        VaultError::Truncated { path: path(), found: 1, expected: 2 }.into(),
        VaultError::Altered { path: path(), what: "entry 2 does not open".to_owned() }.into(),
        VaultError::NotAVault { path: path(), why: "it does not begin like one" }.into(),
        VaultError::NewerVersion { path: path(), found: 2, known: 1 }.into(),
        VaultError::DiskFull { path: path() }.into(),
        VaultError::Busy { path: path(), held_by, seconds: 5 }.into(),
        VaultError::OutOfMemory { memory_kib: 65_536 }.into(),
        WalletError::from(IncomingError::from(KindError::Empty)).into(),
        WalletError::from(IncomingError::from(KindError::SdJwt)).into(),
        WalletError::from(IncomingError::from(KindError::OpenBadge2)).into(),
        WalletError::from(IncomingError::from(KindError::NoType)).into(),
        WalletError::from(IncomingError::from(KindError::Foreign { types: vec!["Other".to_owned()] })).into(),
        WalletError::NothingChosen.into(),
        WalletError::NotFound { what: "badge", asked: "7".to_owned() }.into(),
        WalletError::Ambiguous { asked: "a".to_owned(), names: vec!["1 a".to_owned()] }.into(),
        WalletError::NotTrusted { did: did() }.into(),
        WalletError::NotFound { what: "module", asked: "a".to_owned() }.into(),
        WalletError::NotFound { what: "catalogue", asked: "7".to_owned() }.into(),
        WalletError::WhichModule { asked: "a".to_owned(), names: vec!["a".to_owned()] }.into(),
        WalletError::TooManyProgrammes { found: 10_001 }.into(),
        WalletError::Catalogue(Catalogue::parse("[").unwrap_err()).into(),
        WalletError::Catalogue(CatalogueError::TooMany { found: 5_001 }).into(),
        WalletError::Catalogue(CatalogueError::NoIssuer { id: did().to_uri() }).into(),
        WalletError::NoQuestion.into(),
        WalletError::QuestionNotGenuine { findings: stapel_verifier::Findings::default() }.into(),
        WalletError::ProgrammeNotHere { programme: Box::new(programme()) }.into(),
        WalletError::WhichProgramme { number: 2 }.into(),
        WalletError::NotSatisfied { met: 1, asked: 2 }.into(),
        WalletError::NoneAnswers { closest: None }.into(),
        WalletError::NoParts.into(),
        WalletError::NoExemption { part: "p1".to_owned() }.into(),
        WalletError::RecordOfAnother { subject: did().to_uri(), holder: did() }.into(),
        WalletError::RecordWithoutDiploma { record: did().to_uri(), digest: programme().digest }.into(),
        WalletError::NotAnAnchor { name: "a".to_owned(), issuer: did().to_uri() }.into(),
        OpenIdError::TokenRefused(refused()).into(),
        OpenIdError::CodesRefused(refused()).into(),
        FetchError::Connection { url: url(), reason: "refused".to_owned() }.into(),
        FetchError::TimedOut { url: url(), seconds: 10.0 }.into(),
        FetchError::Status { url: url(), code: 404 }.into(),
        FetchError::NotHttps { url: url() }.into(),
        FetchError::HostBusy { host: "a.example".to_owned(), limit: 4 }.into(),
        FetchError::AskedTooOften { host: "a.example".to_owned(), limit: 120 }.into(),
        stapel_keys::PassphraseError::OpenToOthers { path: path(), mode: 0o644 }.into(),
        stapel_keys::PassphraseError::TooShort { found: 3 }.into(),
        stapel_keys::RecoveryError::WrongCount { found: 3 }.into(),
        stapel_keys::RecoveryError::UnknownWord { number: 3 }.into(),
        stapel_keys::RecoveryError::Checksum.into(),
    ];
    all.extend(
        [Wanted::Passphrase, Wanted::NewPassphrase, Wanted::RecoveryWords, Wanted::TransactionCode, Wanted::Yes]
            .map(Failure::NobodyToAsk),
    );
    all.extend([
        Failure::Prompt(io()),
        Failure::PassphrasesDiffer,
        Failure::Declined,
        Failure::Read { what: "a".to_owned(), source: io() },
        Failure::TooLarge { what: "a".to_owned(), limit: 7 },
        Failure::NotText { what: "a".to_owned() },
        Failure::Write { what: "a".to_owned(), source: io() },
        Failure::Exists { path: path() },
        Failure::NothingThere { folder: path(), passed_over: 0 },
        Failure::NothingThere { folder: path(), passed_over: 2 },
        Failure::TooManyFiles { limit: 7 },
        Failure::ReportName { path: path() },
        Failure::NotADossier { path: path(), reason: "because".to_owned() },
        Failure::NotAState { path: path(), reason: "because".to_owned() },
        Failure::Offline { url: url() },
        Failure::PresentationGiven,
        Failure::OtherKind { wanted: Kind::Programme },
        Failure::OtherKind { wanted: Kind::TrustList },
        Failure::OtherAnchor { anchor: did(), found: "did:web:other.example".to_owned() },
        Failure::Case(stapel_verifier::Case::parse("[").unwrap_err()),
        Failure::OtherKind { wanted: Kind::Diploma },
        Failure::OneCase { given: 2 },
        Failure::NothingInFile { what: "a".to_owned(), error: IntakeError::NoCode },
        Failure::IsLink { what: "a".to_owned(), link: url() },
        Failure::NotToldWhere,
        Failure::AskerTells,
        Failure::AnswersElsewhere { from: url(), to: url() },
        Failure::CannotAnswer,
        Failure::AnswerNotTaken { to: url(), status: 409, why: "a".to_owned() },
        Failure::OneRecord { given: 2 },
        Failure::NoRecord { name: "a".to_owned() },
        Failure::Bundle(stapel_credential::BundleError::Empty),
        Failure::Bundle(stapel_credential::Bundle::new("Diploma", None).unwrap_err()),
        Failure::Bundle(stapel_credential::Bundle::new("a\u{7}", None).unwrap_err()),
        Failure::NotAccepted { name: "a".to_owned(), findings: stapel_verifier::Findings::default() },
        Failure::NothingAccepted,
        Failure::NoSafePlace { reason: "not permitted".to_owned() },
        Failure::NoHome,
        Failure::Clock { reason: "1969".to_owned() },
    ]);
    all.extend(picture_failures());
    all
}

fn picture_failures() -> [Failure; 13] {
    [
        BakeError::NoBadge { format: Format::Png }.into(),
        BakeError::OlderBadge { format: Format::Svg }.into(),
        BakeError::SeveralBadges { format: Format::Svg, found: 2 }.into(),
        BakeError::UnknownFormat.into(),
        BakeError::TooLarge { found: 7 }.into(),
        BakeError::TextTooLong.into(),
        BakeError::NotACredential { begins: "a".to_owned() }.into(),
        BakeError::NotForSvg { code: 0xFFFE, at: 7 }.into(),
        BakeError::Png(stapel_bake::PngError::NoPixels).into(),
        BakeError::Svg(stapel_bake::SvgError::NoRoot).into(),
        Failure::PictureName { path: PathBuf::from("a-file") },
        Failure::OtherPicture { found: Format::Png, wanted: Format::Svg },
        Failure::NoPicture { name: "a".to_owned() },
    ]
}

#[test]
fn both_languages_have_every_message() {
    let check = |what: &Say<'_>| {
        let (nl, en) = (say(what, Language::Nl), say(what, Language::En));
        assert!(!nl.is_empty() && !en.is_empty(), "{what:?}");
        assert_ne!(nl, en, "{what:?}");
    };
    with_each(check);
    with_each_shown(check);
    with_each_ahead(check);
    with_each_of_many(check);
}

#[test]
fn both_languages_have_every_error_and_its_advice() {
    for each in failures() {
        let (nl, en) = (failure(&each, Language::Nl), failure(&each, Language::En));
        assert!(!nl.is_empty() && !en.is_empty(), "{each:?}");
        assert_ne!(nl, en, "{each:?}");
        match (advice(&each, Language::Nl), advice(&each, Language::En)) {
            (Some(nl), Some(en)) => assert_ne!(nl, en, "{each:?}"),
            (None, None) => {}
            one_alone => panic!("{each:?}: {one_alone:?}"),
        }
    }
}

#[test]
fn the_language_is_that_of_the_option_else_of_the_locale() {
    let choose = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
        super::choose(&arguments, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(choose(&["stapel", "list", "--lang", "nl"], &[("LANG", "en_GB.UTF-8")]), Language::Nl);
    assert_eq!(choose(&["stapel", "--lang=en", "list"], &[("LANG", "nl_NL.UTF-8")]), Language::En);
    assert_eq!(choose(&["stapel"], &[("LANG", "nl_NL.UTF-8")]), Language::Nl);
    assert_eq!(choose(&["stapel"], &[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C.UTF-8")]), Language::En);
    assert_eq!(choose(&["stapel"], &[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "")]), Language::Nl);
    assert_eq!(choose(&["stapel"], &[]), Language::En);
}
