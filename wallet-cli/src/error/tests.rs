//! With which code does each failure end? 1: found to be wrong. 2: it could not be decided, or could not be tried.

use stapel_credential::{Timestamp, Uri};
use stapel_openid::{CredentialError, CredentialErrorCode, TokenError, TokenErrorCode};
use stapel_verifier::KindError;
use stapel_wallet::IncomingError;

use super::*;

#[test]
fn every_failure_ends_with_its_code() {
    let path = || PathBuf::from("a-file");
    let url = || "https://school.example/a".to_owned();
    let did = || Did::parse("did:web:school.example").unwrap();
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let at = || Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
    let token = || TokenError::new(TokenErrorCode::InvalidGrant, "used");
    let credential = CredentialError::new(CredentialErrorCode::InvalidProof, "no");
    let status_list = Uri::parse("https://school.example/status/1").unwrap();
    let name = || "a".to_owned();
    let refused: Vec<Failure> = vec![
        Failure::Declined,
        Failure::OtherAnchor { anchor: did(), found: name() },
        Failure::AnswersElsewhere { from: url(), to: url() },
        WalletError::OlderStatusList { url: status_list, offered: at(), kept: at() }.into(),
        WalletError::OlderTrustList { name: name(), offered: 1, kept: 2 }.into(),
        WalletError::OtherTrustList { name: name(), sequence: 1 }.into(),
        WalletError::NotAnAnchor { name: name(), issuer: did().to_uri() }.into(),
        OpenIdError::TokenRefused(token()).into(),
        OpenIdError::CodesRefused(token()).into(),
        OpenIdError::CredentialRefused(credential).into(),
    ];
    let could_not: Vec<Failure> = vec![
        Failure::Passphrase(PassphraseError::TooShort { found: 3 }),
        Failure::RecoveryWords(RecoveryError::Checksum),
        Failure::NobodyToAsk(Wanted::Yes),
        Failure::Prompt(full()),
        // Nothing was found to be wrong with anything: the command was not tried.
        Failure::PassphrasesDiffer,
        Failure::Read { what: name(), source: full() },
        Failure::TooLarge { what: name(), limit: 7 },
        Failure::NotText { what: name() },
        Failure::Write { what: name(), source: full() },
        Failure::Exists { path: path() },
        Failure::Fetch(FetchError::Status { url: url(), code: 404 }),
        Failure::Offline { url: url() },
        Failure::PresentationGiven,
        Failure::OtherKind { wanted: Kind::Programme },
        Failure::OtherKind { wanted: Kind::TrustList },
        Failure::Case(stapel_verifier::Case::parse("[").unwrap_err()),
        Failure::OneCase { given: 2 },
        Failure::NothingInFile { what: name(), error: IntakeError::Empty },
        Failure::IsLink { what: name(), link: url() },
        Failure::NotToldWhere,
        Failure::AskerTells,
        Failure::CannotAnswer,
        Failure::AnswerNotTaken { to: url(), status: 409, why: name() },
        Failure::OneRecord { given: 2 },
        Failure::NoRecord { name: name() },
        Failure::NothingAccepted,
        BakeError::NoBadge { format: Format::Png }.into(),
        BakeError::UnknownFormat.into(),
        Failure::PictureName { path: path() },
        Failure::OtherPicture { found: Format::Png, wanted: Format::Svg },
        Failure::NoPicture { name: name() },
        WalletError::TooManyProgrammes { found: 10_001 }.into(),
        WalletError::Catalogue(stapel_wallet::CatalogueError::TooMany { found: 5_001 }).into(),
        WalletError::WhichModule { asked: name(), names: vec![name()] }.into(),
        Failure::NoSafePlace { reason: name() },
        Failure::NoHome,
        Failure::Clock { reason: name() },
        VaultError::NoWallet { path: path() }.into(),
        VaultError::WrongPassphrase { path: path() }.into(),
        VaultError::Altered { path: path(), what: name() }.into(),
        VaultError::DiskFull { path: path() }.into(),
        VaultError::Busy { path: path(), held_by: None, seconds: 5 }.into(),
        WalletError::from(IncomingError::from(KindError::Empty)).into(),
        WalletError::NothingChosen.into(),
        WalletError::NotFound { what: "badge", asked: name() }.into(),
        WalletError::Ambiguous { asked: name(), names: vec![name()] }.into(),
        WalletError::EndsInThePast { expires: at(), now: at() }.into(),
        WalletError::NotTrusted { did: did() }.into(),
        OpenIdError::Deferred { interval_seconds: 5 }.into(),
    ];
    for (code, failures) in [(1, refused), (2, could_not)] {
        for failure in failures {
            assert_eq!(failure.exit_code(), code, "{failure:?}");
        }
    }
}
