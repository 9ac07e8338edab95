//! What went wrong, and what can be done, in English? The libraries' own sentences are English.

use stapel_bake::BakeError;
use stapel_credential::BundleError;
use stapel_openid::OpenIdError;
use stapel_report::{Language, intake_sentence, words};
use stapel_verifier::{CheckResult, Findings, KindError};
use stapel_wallet::{IncomingError, VaultError, WalletError};

use crate::error::{Failure, Kind, Wanted};
use crate::output::plain;

pub(super) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Wallet(error) => plain(&wallet(error)),
        Failure::Passphrase(error) => error.to_string(),
        Failure::RecoveryWords(error) => error.to_string(),
        Failure::NobodyToAsk(wanted) => {
            let what = match wanted {
                Wanted::Passphrase => "the passphrase",
                Wanted::NewPassphrase => "a new passphrase",
                Wanted::RecoveryWords => "the recovery words",
                Wanted::TransactionCode => "the code of the issuer",
                Wanted::Yes => "whether you agree",
            };
            format!("there is no terminal to ask {what} at")
        }
        Failure::Prompt(error) => format!("the terminal does not answer: {error}"),
        Failure::PassphrasesDiffer => "the two passphrases differ; nothing was changed".to_owned(),
        Failure::Declined => "you did not agree; nothing was changed and nothing was written".to_owned(),
        Failure::Read { what, source } => format!("{what} cannot be read: {source}"),
        Failure::TooLarge { what, limit } => format!("{what} has more than {limit} bytes and is not read"),
        Failure::NotText { what } => format!("{what} is not UTF-8 text"),
        Failure::NothingInFile { what, error } => {
            format!("{}: {}", plain(what), intake_sentence(error, Language::En).trim_end_matches('.'))
        }
        Failure::IsLink { what, link } => format!("{} holds a link: {}", plain(what), plain(link)),
        Failure::Write { what, source } => format!("{what} cannot be written: {source}"),
        Failure::Exists { path } => format!("{} exists already and is left as it is", path.display()),
        Failure::NothingThere { folder, passed_over: 0 } => {
            format!("nothing stands in the folder {}", folder.display())
        }
        Failure::NothingThere { folder, passed_over } => format!(
            "nothing in the folder {} is of a kind that is read ({passed_over} of other kinds)",
            folder.display()
        ),
        Failure::TooManyFiles { limit } => format!("these are more than {limit} files, the most that one run reads"),
        Failure::ReportName { path } => format!("{} ends neither in .csv nor in .json", path.display()),
        Failure::NotADossier { path, reason } => {
            format!("{} is not what `stapel dossier` writes: {}", path.display(), plain(reason))
        }
        Failure::NotAState { path, reason } => format!(
            "{} is not what `stapel verify --watch` remembers, and is left as it is: {}",
            path.display(),
            plain(reason)
        ),
        Failure::Fetch(error) => error.to_string(),
        Failure::Offline { url } => format!("{} would have to be asked, and --offline was given", without_query(url)),
        Failure::PresentationGiven => {
            "this is a presentation, which somebody shows; a wallet does not keep it".to_owned()
        }
        Failure::OtherKind { wanted: Kind::Programme } => "this is not a programme".to_owned(),
        Failure::OtherKind { wanted: Kind::TrustList } => "this is not a trust list".to_owned(),
        Failure::OtherKind { wanted: Kind::Diploma } => "this is not a diploma or other badge".to_owned(),
        Failure::OtherAnchor { anchor, found } => {
            format!("the trust list names {} as its signer, not {anchor}", plain(found))
        }
        Failure::Case(error) => error.to_string(),
        Failure::NotToldWhere => "nobody said for whom this is and where it goes".to_owned(),
        Failure::AskerTells => "who asks has said already for whom the answer is and where it goes".to_owned(),
        Failure::AnswersElsewhere { from, to } => format!(
            "the question came from {}, and the answer would go to {}; nothing was sent",
            without_query(from),
            without_query(to)
        ),
        Failure::CannotAnswer => "this asks for something that this wallet cannot answer".to_owned(),
        Failure::AnswerNotTaken { to, status, why } => {
            format!("{} did not take the answer (status {status}): {}", without_query(to), plain(why))
        }
        Failure::OneRecord { given } => {
            format!("an award record belongs to one diploma, and {given} documents were given")
        }
        Failure::NoRecord { name } => format!("no award record of “{}” is kept", plain(name)),
        Failure::OneCase { given } => format!("a case holds one document, and {given} were given"),
        Failure::Bundle(error) => plain(&error.to_string()),
        Failure::NotAccepted { name, findings } => {
            format!(
                "“{}” is not printed, since it is not accepted today: {}",
                plain(name),
                first_reason(findings, Language::En)
            )
        }
        Failure::NothingAccepted => {
            "none of the chosen badges is accepted today, so there is nothing to print; nothing was written".to_owned()
        }
        Failure::Code(error) => error.to_string(),
        Failure::Picture(error) => plain(&error.to_string()),
        Failure::PictureName { path } => format!("{} ends neither in .png nor in .svg", path.display()),
        Failure::OtherPicture { found, wanted } => format!("the picture is {found}, and the file is named as {wanted}"),
        Failure::NoPicture { name } => format!("“{}” has no PNG picture of its own", plain(name)),
        Failure::NoSafePlace { reason } => {
            format!(
                "this system has no safe place to keep the wallet open (kernel keyring: {reason}); nothing was kept"
            )
        }
        Failure::NoHome => "there is no home folder in which a wallet could stand".to_owned(),
        Failure::Clock { reason } => format!("it is not known what time it is: {reason}"),
    }
}

fn wallet(error: &WalletError) -> String {
    match error {
        WalletError::TrustListNotTaken { name, findings } => {
            format!("the trust list {name} is not taken: {}", first_reason(findings, Language::En))
        }
        WalletError::WouldBeRefused { credential, findings } => {
            format!("{credential} is not shown, since it would be refused: {}", first_reason(findings, Language::En))
        }
        WalletError::ProgrammeDoesNotCount { credential, findings } => {
            format!("the programme {credential} does not count: {}", first_reason(findings, Language::En))
        }
        WalletError::QuestionNotGenuine { findings } => {
            format!("the question does not count: {}", first_reason(findings, Language::En))
        }
        WalletError::NoneAnswers { closest: Some((name, why)) } => format!(
            "no badge in this wallet answers the question; “{name}” comes closest: {}",
            words::why_unused(why, &words::Names::default(), Language::En)
        ),
        other => other.to_string(),
    }
}

/// The sentence of the first check that failed, else of the first that could not be made.
pub(super) fn first_reason(findings: &Findings, language: Language) -> String {
    let first = |wanted: fn(&CheckResult) -> bool| findings.checks().iter().find(|check| wanted(&check.result));
    first(|result| matches!(result, CheckResult::Fail(_)))
        .or_else(|| first(|result| matches!(result, CheckResult::Unknown(_))))
        .map(|check| words::reason(check.result.reason(), language))
        .unwrap_or_default()
}

/// An address without what may be secret in it.
pub(super) fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

pub(super) fn advice(failure: &Failure) -> Option<String> {
    let text = match failure {
        Failure::Wallet(error) => return wallet_advice(error).map(str::to_owned),
        Failure::NobodyToAsk(Wanted::Passphrase) => "give --passphrase-file FILE, or set STAPEL_PASSPHRASE_FILE",
        Failure::NobodyToAsk(Wanted::NewPassphrase) => {
            "give the new passphrase in a file: --passphrase-file FILE with init, else --new-passphrase-file FILE"
        }
        Failure::NobodyToAsk(Wanted::RecoveryWords) => "give --words-from FILE",
        Failure::NobodyToAsk(Wanted::TransactionCode) => "give --tx-code CODE",
        Failure::NobodyToAsk(Wanted::Yes) => "read what stands above, and give --yes if you agree",
        Failure::RecoveryWords(_) => "compare them with your paper, in their order",
        Failure::Exists { .. } => "choose another name, or give --force where the command has it",
        Failure::Fetch(error) if error.is_unreachable() => {
            "check your connection and try again; this says nothing against the document"
        }
        Failure::Fetch(stapel_fetch::FetchError::PrivateAddress { .. } | stapel_fetch::FetchError::NotHttps { .. }) => {
            "ask for an https address on the public internet, or for the file itself"
        }
        Failure::NothingThere { .. } => "name the files themselves: those are read whatever they are called",
        Failure::TooManyFiles { .. } => "give a part of the folder at a time",
        Failure::ReportName { .. } => "end its name in .csv for a spreadsheet, in .json for a program",
        Failure::NotAState { .. } => "give another name: the file is made the first time",
        Failure::Offline { .. } => "try again without --offline",
        Failure::PresentationGiven => "verify it with: stapel verify FILE",
        Failure::OtherKind { wanted: Kind::Programme | Kind::TrustList } => "a badge is kept with: stapel receive FILE",
        Failure::OtherAnchor { .. } => {
            "check the DID with the body that keeps the list, in another way than by this file"
        }
        Failure::OneCase { .. } | Failure::OneRecord { .. } => "verify them one by one",
        Failure::NotToldWhere => "give --to, --challenge and --out, or the link of who asks",
        Failure::AskerTells => "leave out --to, --challenge and --out",
        Failure::AnswersElsewhere { .. } => "do not answer; ask whoever asked for a link of their own",
        Failure::AnswerNotTaken { .. } => "ask for a new question",
        Failure::NoRecord { .. } => "keep it, with: stapel receive FILE",
        Failure::OtherKind { wanted: Kind::Diploma } => "give the diploma itself, with its award record",
        Failure::Bundle(BundleError::Claims { .. }) => "choose words for what the badges have in common",
        Failure::NothingAccepted => "see all checks with: stapel show; or give the bundle without --pdf",
        Failure::NotAccepted { .. } => "see all checks with: stapel show, without --pdf",
        Failure::IsLink { link, .. } => return Some(format!("if you know whose it is: stapel verify {}", plain(link))),
        Failure::Picture(error) => return picture_advice(error).map(str::to_owned),
        Failure::PictureName { .. } | Failure::OtherPicture { .. } => "end its name in .png or .svg, as the picture is",
        Failure::NoPicture { .. } => "give a PNG picture with --picture FILE, or end the name in .svg",
        Failure::NoSafePlace { .. } => "give --passphrase-file FILE (mode 0600) where typing is no option",
        Failure::NoHome => "give --wallet FILE",
        Failure::Write { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            "make room on the disk and try again"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn picture_advice(error: &BakeError) -> Option<&'static str> {
    Some(match error {
        BakeError::NoBadge { .. } | BakeError::Png(_) | BakeError::Svg(_) => {
            "ask for the picture as its issuer gave it, or for the badge as a file (JSON): many programs leave out what is in a picture when they send or save it"
        }
        BakeError::OlderBadge { .. } => "ask its issuer for Open Badges 3.0",
        BakeError::SeveralBadges { .. } | BakeError::NotACredential { .. } => "ask for the badge as a file (JSON)",
        BakeError::UnknownFormat => "take a PNG or SVG picture",
        _ => return None,
    })
}

fn wallet_advice(error: &WalletError) -> Option<&'static str> {
    Some(match error {
        WalletError::Vault(error) => match error {
            VaultError::NoWallet { .. } => "make one with: stapel init, or name another with --wallet FILE",
            VaultError::Exists { .. } => "name another file with --wallet FILE",
            VaultError::WrongPassphrase { .. } => "try again; if it is forgotten: stapel recover",
            VaultError::WrongRecoveryWords { .. } => "take the words of this wallet, in their order",
            VaultError::WrongDataKey { .. } => "close it with: stapel lock, and try again",
            VaultError::Truncated { .. } | VaultError::Altered { .. } => {
                "restore a copy of the file; nothing in it was changed just now"
            }
            VaultError::NotAVault { .. } => "name your wallet with --wallet FILE",
            VaultError::NewerVersion { .. } => "install a newer version of Stapel",
            VaultError::DiskFull { .. } => "make room on the disk and try again",
            VaultError::Busy { .. } => "wait until it is done, or end it; nothing was changed",
            VaultError::OutOfMemory { .. } => "close other programs and try again",
            _ => return None,
        },
        WalletError::NotAnAnchor { .. } => {
            "if you know the anchor's DID from elsewhere: stapel trust add FILE --anchor DID"
        }
        WalletError::NotFound { what: "module" | "catalogue", .. } => {
            "see what is there with: stapel catalogue list --modules; keep one with: stapel catalogue add URL"
        }
        WalletError::NotFound { .. } => "see what is there with: stapel list, or stapel programme list",
        WalletError::ProgrammeDoesNotCount { .. } => {
            "trust its issuer first: stapel trust add FILE --anchor DID, or stapel trust pin DID"
        }
        WalletError::WouldBeRefused { .. } => "see all checks with: stapel show",
        WalletError::ProgrammeNotHere { .. } => "keep it first, with: stapel programme add FILE|URL",
        WalletError::WhichProgramme { .. } => "give --programme PROGRAMME",
        WalletError::NotSatisfied { .. } => "see what is missing with: stapel progress PROGRAMME",
        WalletError::NoExemption { .. } => "ask for an assessment, with --assessment",
        WalletError::NoQuestion | WalletError::QuestionNotGenuine { .. } => "ask for the question again",
        WalletError::RecordWithoutDiploma { .. } => "keep the diploma first, with: stapel receive FILE",
        WalletError::Document(_) => "ask for the file again, as its issuer signed it",
        WalletError::Incoming(IncomingError::Kind(KindError::Empty | KindError::Json(_) | KindError::NoType)) => {
            "ask for the badge as a file (JSON)"
        }
        WalletError::OpenId(OpenIdError::TokenRefused(_) | OpenIdError::CodesRefused(_)) => {
            "an offer works once and not for ever: ask the issuer for a new one"
        }
        WalletError::OpenId(OpenIdError::CredentialRefused(_)) => "ask the issuer for a new offer",
        WalletError::OpenId(OpenIdError::NotAnOfferLink { .. }) => "take the whole link, between quotation marks",
        WalletError::Catalogue(_) => {
            "ask the institution for the address of its catalogue, which often ends in /catalogue"
        }
        WalletError::TooManyProgrammes { .. } => "give fewer at a time",
        WalletError::OlderStatusList { .. } | WalletError::OlderTrustList { .. } => "fetch the newest one",
        _ => return None,
    })
}
