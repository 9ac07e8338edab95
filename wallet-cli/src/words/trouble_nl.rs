//! What went wrong, and what can be done, in Dutch? What only a developer meets keeps the library's English sentence.

use stapel_fetch::FetchError;
use stapel_keys::{PassphraseError, RecoveryError};
use stapel_openid::{OpenIdError, TokenError, TokenErrorCode};
use stapel_report::{Language, intake_sentence, words};
use stapel_stacking::StackingError;
use stapel_verifier::KindError;
use stapel_wallet::{CatalogueError, IncomingError, MAX_MODULES, MAX_PROGRAMMES, VaultError, WalletError};

use super::shown_nl::{bundle_error, picture};
use super::trouble_en::{first_reason, without_query};
use crate::error::{Failure, Kind, Wanted};
use crate::output::plain;

pub(super) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Wallet(error) => plain(&wallet(error)),
        Failure::Passphrase(error) => passphrase(error),
        Failure::RecoveryWords(error) => recovery_words(error),
        Failure::NobodyToAsk(wanted) => {
            let what = match wanted {
                Wanted::Passphrase => "de wachtwoordzin",
                Wanted::NewPassphrase => "een nieuwe wachtwoordzin",
                Wanted::RecoveryWords => "de herstelwoorden",
                Wanted::TransactionCode => "de code van de uitgever",
                Wanted::Yes => "uw akkoord",
            };
            format!("er is geen terminal om {what} te vragen")
        }
        Failure::Prompt(error) => format!("de terminal antwoordt niet: {error}"),
        Failure::PassphrasesDiffer => "de twee wachtwoordzinnen zijn niet gelijk; er is niets veranderd".to_owned(),
        Failure::Declined => "u ging niet akkoord; er is niets veranderd en niets opgeslagen".to_owned(),
        Failure::Read { what, source } => format!("{what} is niet te lezen: {source}"),
        Failure::TooLarge { what, limit } => format!("{what} is groter dan {limit} bytes en wordt niet gelezen"),
        Failure::NotText { what } => format!("{what} is geen UTF-8-tekst"),
        Failure::NothingInFile { what, error } => {
            format!("{}: {}", plain(what), intake_sentence(error, Language::Nl).trim_end_matches('.'))
        }
        Failure::IsLink { what, link } => format!("in {} staat een link: {}", plain(what), plain(link)),
        Failure::Write { what, source } => format!("{what} is niet te schrijven: {source}"),
        Failure::Exists { path } => format!("{} bestaat al en blijft zoals het is", path.display()),
        Failure::NothingThere { folder, passed_over: 0 } => format!("er staat niets in de map {}", folder.display()),
        Failure::NothingThere { folder, passed_over } => format!(
            "niets in de map {} is van een soort die wordt gelezen ({passed_over} van andere soorten)",
            folder.display()
        ),
        Failure::TooManyFiles { limit } => {
            format!("dit zijn meer dan {limit} bestanden, en meer worden er niet in één keer gelezen")
        }
        Failure::ReportName { path } => format!("{} eindigt niet op .csv of .json", path.display()),
        Failure::NotADossier { path, reason } => {
            format!("{} is niet wat `stapel dossier` schrijft ({})", path.display(), plain(reason))
        }
        Failure::NotAState { path, reason } => format!(
            "{} is niet wat `stapel verify --watch` onthoudt, en blijft zoals het is ({})",
            path.display(),
            plain(reason)
        ),
        Failure::Fetch(error) => fetch(error),
        Failure::Offline { url } => format!("{} moet worden opgehaald, maar --offline is gegeven", without_query(url)),
        Failure::PresentationGiven => {
            "dit is een presentatie, die iemand laat zien; een wallet bewaart die niet".to_owned()
        }
        Failure::OtherKind { wanted: Kind::Programme } => "dit is geen programma".to_owned(),
        Failure::OtherKind { wanted: Kind::TrustList } => "dit is geen vertrouwenslijst".to_owned(),
        Failure::OtherKind { wanted: Kind::Diploma } => "dit is geen diploma of ander bewijs".to_owned(),
        Failure::OtherAnchor { anchor, found } => {
            format!("de vertrouwenslijst noemt {} als ondertekenaar, niet {anchor}", plain(found))
        }
        Failure::Case(error) => format!("het dossier is niet te lezen ({error})"),
        Failure::NotToldWhere => "er is niet gezegd voor wie dit is en waar het heen gaat".to_owned(),
        Failure::AskerTells => "wie het vraagt, zei al voor wie het antwoord is en waar het heen gaat".to_owned(),
        Failure::AnswersElsewhere { from, to } => format!(
            "de vraag kwam van {}, maar het antwoord zou naar {} gaan; er is niets verstuurd",
            without_query(from),
            without_query(to)
        ),
        Failure::CannotAnswer => "hier wordt iets gevraagd wat deze wallet niet kan beantwoorden".to_owned(),
        Failure::AnswerNotTaken { to, status, why } => {
            format!("{} nam het antwoord niet aan (antwoord {status}): {}", without_query(to), plain(why))
        }
        Failure::OneRecord { given } => {
            format!("een toekenningsdossier hoort bij één diploma, en u gaf {given} documenten")
        }
        Failure::NoRecord { name } => format!("bij “{}” is geen toekenningsdossier bewaard", plain(name)),
        Failure::OneCase { given } => format!("een dossier gaat over één document, en u gaf er {given}"),
        Failure::Bundle(error) => plain(&bundle_error(error)),
        Failure::NotAccepted { name, findings } => format!(
            "“{}” wordt niet afgedrukt, omdat het vandaag niet is geaccepteerd: {}",
            plain(name),
            first_reason(findings, Language::Nl)
        ),
        Failure::NothingAccepted => {
            "geen van de gekozen bewijzen is vandaag geaccepteerd, dus er is niets om af te drukken; er is niets opgeslagen"
                .to_owned()
        }
        Failure::Code(error) => format!("de code is niet te tekenen: {error}"),
        Failure::Picture(error) => plain(&picture(error)),
        Failure::PictureName { path } => format!("{} eindigt niet op .png of .svg", path.display()),
        Failure::OtherPicture { found, wanted } => {
            format!("het plaatje is {found}, en de naam van het bestand zegt {wanted}")
        }
        Failure::NoPicture { name } => format!("“{}” heeft geen eigen PNG-plaatje", plain(name)),
        Failure::NoSafePlace { reason } => format!(
            "dit systeem heeft geen veilige plek om de wallet open te houden (kernel keyring: {reason}); er is niets bewaard"
        ),
        Failure::NoHome => "er is geen thuismap waarin een wallet kan staan".to_owned(),
        Failure::Clock { reason } => format!("het is niet bekend hoe laat het is: {reason}"),
    }
}

fn passphrase(error: &PassphraseError) -> String {
    match error {
        PassphraseError::Empty => "de wachtwoordzin is leeg".to_owned(),
        PassphraseError::TooShort { found } => {
            format!("de wachtwoordzin heeft {found} tekens; een nieuwe heeft er minstens 8")
        }
        PassphraseError::TooLong => "de wachtwoordzin is te lang".to_owned(),
        PassphraseError::Io { path, source } => {
            format!("het bestand met de wachtwoordzin {} is niet te lezen: {source}", path.display())
        }
        PassphraseError::OpenToOthers { path, mode } => format!(
            "het bestand met de wachtwoordzin {0} is voor anderen te lezen (mode {mode:04o}); sluit het met: chmod 600 {0}",
            path.display()
        ),
        PassphraseError::NotAFile { path } => {
            format!("{} is geen gewoon bestand met een wachtwoordzin", path.display())
        }
        PassphraseError::FileTooLong { path } => {
            format!("het bestand met de wachtwoordzin {} is te lang", path.display())
        }
        PassphraseError::NotText { path } => {
            format!("het bestand met de wachtwoordzin {} is geen UTF-8-tekst", path.display())
        }
        PassphraseError::EmptyFile { path } => format!("het bestand met de wachtwoordzin {} is leeg", path.display()),
        other => other.to_string(),
    }
}

fn recovery_words(error: &RecoveryError) -> String {
    match error {
        RecoveryError::WrongCount { found } => format!("er zijn {found} woorden; het moeten er 24 zijn"),
        RecoveryError::UnknownWord { number } => format!("woord {number} is geen van de 2048 herstelwoorden"),
        RecoveryError::Checksum => {
            "de woorden passen niet bij elkaar: minstens één is een ander woord, of staat op een andere plek".to_owned()
        }
        RecoveryError::TooLong { .. } => "de tekst is te lang voor 24 woorden".to_owned(),
        other => other.to_string(),
    }
}

fn fetch(error: &FetchError) -> String {
    match error {
        FetchError::NotHttps { url } => format!("{url} is geen https-adres"),
        FetchError::PrivateAddress { host, address, .. } => {
            format!("{host} staat op {address}, geen openbaar adres; alleen openbare adressen worden gevraagd")
        }
        FetchError::TooLarge { url, limit } => format!("het antwoord van {url} is groter dan {limit} bytes"),
        FetchError::TimedOut { url, seconds } => format!("{url} antwoordde niet volledig binnen {seconds} s"),
        FetchError::Redirect { url, fault } => {
            format!("{url} verwijst door op een manier die niet wordt gevolgd: {fault}")
        }
        FetchError::Status { url, code } => format!("{url} antwoordde met status {code}"),
        FetchError::Connection { url, reason } => format!("{url} is niet te bereiken: {reason}"),
        FetchError::HostBusy { host, limit } => {
            format!("{host} is niet gevraagd: er liepen al die tijd {limit} vragen aan die server")
        }
        FetchError::AskedTooOften { host, limit } => {
            format!("{host} is binnen een minuut al {limit} keer gevraagd; vaker is onbeleefd")
        }
        FetchError::Certificate { url, reason } => format!("{url} bewees zijn naam niet: {reason}"),
        FetchError::NoRootCertificates { url } => format!(
            "{url} kon niet worden gevraagd: deze machine heeft geen hoofdcertificaten (op Debian: pakket ca-certificates)"
        ),
        other => other.to_string(),
    }
}

fn wallet(error: &WalletError) -> String {
    match error {
        WalletError::Vault(error) => vault(error),
        WalletError::Incoming(error) => incoming(error),
        WalletError::Document(error) => format!("het document is niet te lezen: {error}"),
        WalletError::Fetched(error) => format!("wat is opgehaald, is niet te lezen: {error}"),
        WalletError::OlderStatusList { url, offered, kept } => {
            format!(
                "de statuslijst {url} van {offered} is ouder dan die van {kept}, die eerder is gezien; de nieuwere blijft"
            )
        }
        WalletError::OlderTrustList { name, offered, kept } => format!(
            "uitgave {offered} van de vertrouwenslijst {name} is ouder dan uitgave {kept}, die eerder is gezien; de nieuwere blijft"
        ),
        WalletError::OtherTrustList { name, sequence } => {
            format!(
                "er zijn twee verschillende teksten van uitgave {sequence} van de vertrouwenslijst {name}; de eerste blijft"
            )
        }
        WalletError::NotAnAnchor { name, issuer } => {
            format!("de vertrouwenslijst {name} is van {issuer}, en dat is geen van uw ankers van vertrouwen")
        }
        WalletError::TrustListNotTaken { name, findings } => {
            format!("de vertrouwenslijst {name} wordt niet gebruikt: {}", first_reason(findings, Language::Nl))
        }
        WalletError::NotFound { what, asked } => format!("{} {asked:?} is niet in deze wallet", kind(what)),
        WalletError::Ambiguous { asked, names } => {
            format!("{asked:?} kan elk van deze zijn: {}; geef het nummer", names.join(", "))
        }
        WalletError::WouldBeRefused { credential, findings } => {
            format!(
                "{credential} wordt niet getoond, omdat het zou worden afgewezen: {}",
                first_reason(findings, Language::Nl)
            )
        }
        WalletError::NothingChosen => "er is niets gekozen om te tonen".to_owned(),
        WalletError::EndsInThePast { expires, now } => {
            format!("de presentatie zou eindigen op {expires}, en het is nu {now}")
        }
        WalletError::ProgrammeDoesNotCount { credential, findings } => {
            format!("het programma {credential} telt niet: {}", first_reason(findings, Language::Nl))
        }
        WalletError::Stacking(error) => stacking(error),
        WalletError::OpenId(error) => openid(error),
        WalletError::Question(error) => format!("de vraag is niet te lezen: {error}"),
        WalletError::QuestionNotGenuine { findings } => {
            format!("de vraag telt niet: {}", first_reason(findings, Language::Nl))
        }
        WalletError::NoQuestion => "deze presentatie stelt geen vraag".to_owned(),
        WalletError::ProgrammeNotHere { programme } => {
            format!("de vraag gaat over {programme}, en dat is niet in deze wallet")
        }
        WalletError::WhichProgramme { number } => {
            format!("de vraag noemt geen programma, en deze wallet heeft er {number}")
        }
        WalletError::NotSatisfied { met, asked } => {
            format!("deze wallet kan de vraag niet beantwoorden: {met} van de {asked} eisen zijn vervuld")
        }
        WalletError::NoneAnswers { closest: None } => "geen bewijs in deze wallet beantwoordt de vraag".to_owned(),
        WalletError::NoneAnswers { closest: Some((name, why)) } => format!(
            "geen bewijs in deze wallet beantwoordt de vraag; “{name}” komt het dichtst in de buurt: {}",
            words::why_unused(why, &words::Names::default(), Language::Nl)
        ),
        WalletError::NoParts => "een verzoek noemt minstens één onderdeel".to_owned(),
        WalletError::NoExemption { part } => format!("het programma geeft niemand vrijstelling van onderdeel {part:?}"),
        WalletError::RecordOfAnother { subject, holder } => {
            format!("het toekenningsdossier gaat over {subject}, en dit is de wallet van {holder}")
        }
        WalletError::RecordWithoutDiploma { record, digest } => {
            format!("geen diploma in deze wallet noemt het toekenningsdossier {record} ({digest})")
        }
        WalletError::Catalogue(CatalogueError::Json(error)) => format!("het aanbod is niet te lezen: {error}"),
        WalletError::Catalogue(CatalogueError::TooMany { found }) => {
            format!("het aanbod heeft {found} modulen; er worden er hoogstens {MAX_MODULES} gelezen")
        }
        WalletError::Catalogue(CatalogueError::NoIssuer { id }) => {
            format!("in het aanbod staat niet met een DID van wie het is: institution.id is {id}")
        }
        WalletError::WhichModule { asked, names } => {
            format!("{asked:?} kan elk van deze zijn: {}; geef het id", names.join(", "))
        }
        WalletError::TooManyProgrammes { found } => {
            format!("dit zijn {found} programma's; er worden er hoogstens {MAX_PROGRAMMES} samen bekeken")
        }
        WalletError::NotTrusted { did } => format!("{did} hoort niet bij wie u vertrouwt"),
        other => other.to_string(),
    }
}

fn kind(what: &str) -> &str {
    match what {
        "badge" => "het bewijs",
        "programme" => "het programma",
        "trust list" => "de vertrouwenslijst",
        "exemption" => "de vrijstelling",
        "catalogue" => "het aanbod",
        "module" => "de module",
        other => other,
    }
}

fn vault(error: &VaultError) -> String {
    match error {
        VaultError::NoWallet { path } => format!("er is geen wallet op {}", path.display()),
        VaultError::Exists { path } => format!("{} bestaat al; een wallet wordt nooit overschreven", path.display()),
        VaultError::WrongPassphrase { path } => format!("de wachtwoordzin opent de wallet {} niet", path.display()),
        VaultError::WrongRecoveryWords { path } => {
            format!("de herstelwoorden openen de wallet {} niet", path.display())
        }
        VaultError::WrongDataKey { path } => {
            format!("de sleutel van de open sessie opent de wallet {} niet", path.display())
        }
        VaultError::Truncated { path, found, expected } => {
            format!("de wallet {} is afgekapt: er zijn {found} van de {expected} bytes", path.display())
        }
        VaultError::Altered { path, what } => {
            format!("de wallet {} is veranderd of beschadigd ({what})", path.display())
        }
        VaultError::NotAVault { path, why } => format!("{} is geen wallet ({why})", path.display()),
        VaultError::NewerVersion { path, found, known } => {
            format!("de wallet {} heeft indeling {found}; dit programma leest tot en met {known}", path.display())
        }
        VaultError::DiskFull { path } => {
            format!("de schijf van {} is vol; de wallet is zoals hij was", path.display())
        }
        VaultError::Busy { path, held_by, seconds } => {
            let who = held_by
                .as_ref()
                .map_or_else(|| "een ander programma".to_owned(), |by| format!("proces {} ({})", by.pid, by.program));
            format!("{who} heeft de wallet {} open en sloot hem niet binnen {seconds} seconden", path.display())
        }
        VaultError::Io { path, source, .. } => format!("de wallet {} is niet te gebruiken: {source}", path.display()),
        VaultError::Database { path, reason, .. } => {
            format!("de wallet {} is niet te gebruiken: {reason}", path.display())
        }
        VaultError::OutOfMemory { memory_kib } => {
            format!("het openen van de wallet vraagt {memory_kib} KiB geheugen, en dat gaf het systeem niet")
        }
        other => other.to_string(),
    }
}

fn incoming(error: &IncomingError) -> String {
    let error = match error {
        IncomingError::Kind(error) => error,
        IncomingError::Offer(error) => return openid(error),
        other => return other.to_string(),
    };
    match error {
        KindError::Empty => "er staat niets in".to_owned(),
        KindError::SdJwt => "het is een SD-JWT, en deze versie leest alleen JWT's en documenten met een Data Integrity-handtekening: vraag de uitgever om een van die vormen (jwt_vc_json, ldp_vc)".to_owned(),
        KindError::OpenBadge2 => "het is een Open Badge van versie 2, die zelf niet is ondertekend; vraag de uitgever om Open Badges 3.0".to_owned(),
        KindError::Foreign { types } => format!(
            "het is van de soort {}; gelezen worden Open Badges 3.0 (AchievementCredential), programma's, vrijstellingen, verslagen van diploma's en vertrouwenslijsten",
            types.join(", ")
        ),
        KindError::Json(error) => format!("het is geen document dat hier wordt gelezen: {error}"),
        KindError::NoType => "het is JSON waarin niet staat wat voor document het is ($.type ontbreekt)".to_owned(),
        other => other.to_string(),
    }
}

fn stacking(error: &StackingError) -> String {
    match error {
        StackingError::WhichAward { awards, .. } => {
            format!("het programma leidt tot meer dan één bewijs; kies er een met --award: {}", awards.join(", "))
        }
        StackingError::UnknownAward { award, .. } => format!("het programma kent geen bewijs {award:?}"),
        other => format!("de voortgang is niet te berekenen: {other}"),
    }
}

fn openid(error: &OpenIdError) -> String {
    match error {
        OpenIdError::TokenRefused(refusal) if refusal.error == TokenErrorCode::InvalidGrant => {
            format!("de code is al gebruikt of verlopen, zegt de uitgever{}", own_words(refusal))
        }
        OpenIdError::CodesRefused(refusal) if refusal.error == TokenErrorCode::InvalidGrant => {
            format!(
                "de code is niet de goede, of het aanbod is al gebruikt of verlopen, zegt de uitgever{}",
                own_words(refusal)
            )
        }
        OpenIdError::TokenRefused(_) | OpenIdError::CodesRefused(_) | OpenIdError::CredentialRefused(_) => {
            format!("de uitgever geeft het bewijs niet: {error}")
        }
        OpenIdError::NotAnOfferLink { .. } | OpenIdError::LinkTooLong { .. } => {
            format!("dit is geen link van een aanbod ({error})")
        }
        OpenIdError::Deferred { interval_seconds } => {
            format!("de uitgever levert het bewijs later, op zijn vroegst over {interval_seconds} seconden")
        }
        OpenIdError::Status { url, status, .. } => format!("{} antwoordde met status {status}", without_query(url)),
        OpenIdError::TransactionCode { .. } => format!("de code klopt niet met wat de uitgever vraagt ({error})"),
        other => format!("het ophalen lukt niet: {other}"),
    }
}

fn own_words(refusal: &TokenError) -> String {
    refusal.error_description.as_ref().map_or(String::new(), |words| format!(" (“{words}”)"))
}
