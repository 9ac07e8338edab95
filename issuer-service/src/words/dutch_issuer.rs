//! What did the issuing library refuse, and what did its store not do, in Dutch? What a cell or a document lacks keeps the library's words.

use stapel_issuer::{
    AchievementError, Action, CompletionError, CsvError, IssuerError, NotChanged, NotPermitted, PublishError,
    RepositoryError, Role, RowError, SignFailure, StageName, Step, TransitionError,
};

use super::dutch_board;

pub(crate) fn issuer(error: &IssuerError) -> String {
    match error {
        IssuerError::NotPermitted(error) => not_permitted(error),
        IssuerError::Repository(error) => repository(error),
        IssuerError::NotChanged(error) => not_changed(error),
        IssuerError::Transition(error) => transition(error),
        IssuerError::Achievement(error) => achievement(error),
        IssuerError::Completion(error) => completion(error),
        IssuerError::Csv(error) => csv(error),
        IssuerError::Publish(error) => publish(error),
        IssuerError::Exemption(error) => dutch_board::exemption(error),
        IssuerError::Award(error) => dutch_board::award(error),
        IssuerError::EndedAlready { id } => {
            format!("{id} is al eerder ingetrokken of opgeschort; er is niets veranderd")
        }
        IssuerError::NotSuspended { id } => {
            format!("{id} is niet opgeschort: wat is ingetrokken, blijft ingetrokken")
        }
        IssuerError::Sign(error) => sign(error),
        IssuerError::UnknownCredential { id } => format!("er is geen badge {id}"),
        IssuerError::UnknownStatusList { id } => format!("er is geen statuslijst {id}"),
        IssuerError::InPart { step, done, cause } => in_part(*step, *done, cause),
        IssuerError::Meanwhile { what } => {
            format!("iemand anders veranderde op hetzelfde moment {what}; er is niets veranderd, probeer het opnieuw")
        }
        IssuerError::ApiKeyTaken { name } => {
            format!("er is of was een API-sleutel {name}; namen komen niet terug, zodat het logboek duidelijk blijft")
        }
        IssuerError::UnknownApiKey { name } => format!("er is geen API-sleutel {name} die nog geldt"),
        other => other.to_string(),
    }
}

/// What happened, and what became of the call.
pub(crate) fn repository(error: &RepositoryError) -> String {
    let rest = match error {
        RepositoryError::Busy { .. } => "; er is niets veranderd, probeer het later opnieuw",
        RepositoryError::Full => "; er is niets veranderd, maak ruimte en probeer het opnieuw",
        RepositoryError::Unavailable { .. } => "; er is niets veranderd",
        _ => "",
    };
    format!("{}{rest}", fact(error))
}

fn fact(error: &RepositoryError) -> String {
    match error {
        RepositoryError::Busy { waited } => {
            format!("een ander programma schrijft al {} s in de database", waited.as_secs())
        }
        RepositoryError::Full => "de schijf of de database is vol".to_owned(),
        RepositoryError::Inconsistent(found) => format!(
            "de database spreekt zichzelf tegen: kolom {} van rij {} in tabel {} is niet te lezen of past niet bij de rest van de rij",
            found.column, found.row, found.table
        ),
        RepositoryError::Unavailable { reason } => format!("de database antwoordde niet: {reason}"),
        other => other.to_string(),
    }
}

fn in_part(step: Step, done: usize, cause: &IssuerError) -> String {
    let (again, done) = match (step, done) {
        (Step::Sign, 1) => ("onderteken opnieuw", "1 badge is ondertekend en opgeslagen".to_owned()),
        (Step::Sign, _) => ("onderteken opnieuw", format!("{done} badges zijn ondertekend en opgeslagen")),
        (Step::Approve, 1) => ("keur opnieuw goed", "1 afronding is goedgekeurd".to_owned()),
        (Step::Approve, _) => ("keur opnieuw goed", format!("{done} afrondingen zijn goedgekeurd")),
    };
    let (fact, remedy) = match cause {
        IssuerError::Repository(error) => {
            let remedy = match error {
                RepositoryError::Full => format!("maak ruimte en {again}"),
                RepositoryError::Busy { .. } => format!("{again}, maar later"),
                _ => format!("verhelp dat en {again}"),
            };
            (fact(error), remedy)
        }
        other => (issuer(other), format!("verhelp dat en {again}")),
    };
    format!("{fact}; {done}, de andere wachten; {remedy}")
}

fn not_permitted(error: &NotPermitted) -> String {
    let what = match error.action {
        Action::SetUpInstitution => "de instelling opzetten",
        Action::AddAchievement => "prestaties toevoegen",
        Action::PublishProgramme => "programma's publiceren",
        Action::PublishTrustList => "vertrouwenslijsten publiceren",
        Action::Record => "afrondingen vastleggen",
        Action::Approve => "afrondingen goedkeuren",
        Action::Reject => "afrondingen afwijzen",
        Action::Sign => "badges ondertekenen",
        Action::Offer => "ophaalcodes uitgeven",
        Action::Redeem => "ophaalcodes innemen",
        Action::Exempt => "vrijstellingen verlenen",
        Action::ProposeAward => "diploma's voorleggen",
        Action::ApproveAward => "diploma's goedkeuren",
        Action::SignAward => "diploma's ondertekenen",
        Action::Revoke => "badges intrekken",
        Action::Reinstate => "badges weer laten gelden",
        Action::CreateApiKey => "API-sleutels maken",
        Action::EndApiKey => "API-sleutels beëindigen",
        Action::Read => "de administratie lezen",
        Action::ReadAudit => "het logboek lezen",
        other => other.name(),
    };
    let roles: Vec<_> = Role::that_may(error.action).iter().map(|role| role.name()).collect();
    format!("{} handelt als {} en mag dit niet: {what}; dat is aan {}", error.id, error.role, roles.join(" of "))
}

pub(crate) fn not_changed(error: &NotChanged) -> String {
    match error {
        NotChanged::Unknown { completion } => format!("er is geen afronding {completion}"),
        NotChanged::Transition(error) => transition(error),
        other => other.to_string(),
    }
}

/// The stage, as people say it.
fn stage(name: StageName) -> &'static str {
    match name {
        StageName::Recorded => "vastgelegd",
        StageName::Approved => "goedgekeurd",
        StageName::Offered => "aangeboden",
        StageName::Claimed => "opgehaald",
        StageName::Signed => "ondertekend",
        StageName::Rejected => "afgewezen",
        StageName::Revoked => "ingetrokken",
    }
}

fn transition(error: &TransitionError) -> String {
    match error {
        TransitionError::Stage { completion, stage: found, verb, .. } => {
            let (wanted, done) = match *verb {
                "approved" => ("vastgelegd is", "goedgekeurd"),
                "rejected" => ("vastgelegd is", "afgewezen"),
                "offered" => ("goedgekeurd en nog niet ondertekend is", "aangeboden"),
                "claimed" => ("aangeboden is", "opgehaald"),
                "signed" => ("goedgekeurd is met een DID, of opgehaald", "ondertekend"),
                "revoked" => ("ondertekend is", "ingetrokken"),
                _ => ("opgeschort is", "hersteld"),
            };
            format!("afronding {completion} is {}; alleen wat {wanted}, kan worden {done}", stage(*found))
        }
        TransitionError::RecordedBySame { completion, by } => {
            format!("{by} legde afronding {completion} vast en kan die dus niet goedkeuren; dat moet een ander doen")
        }
        TransitionError::Text { what } => {
            let what = match *what {
                "reason" => "de reden",
                "decision" => "het besluit",
                "name of the approving body" => "de naam van wie goedkeurt",
                _ => "de verwijzing naar het besluit",
            };
            format!("{what} heeft 1 tot 400 tekens op één regel")
        }
        TransitionError::NeedsNoOffer { completion } => {
            format!("afronding {completion} noemt de DID van de wallet en wordt zonder code ondertekend")
        }
        TransitionError::RecordedAgain { completion } => format!(
            "afronding {completion} is daarna opnieuw vastgelegd, en een lerende heeft één badge voor één prestatie en dag"
        ),
        TransitionError::RevocationIsFinal { completion } => {
            format!(
                "de badge van afronding {completion} is ingetrokken, en dat is definitief; alleen een opschorting eindigt"
            )
        }
        other => other.to_string(),
    }
}

fn achievement(error: &AchievementError) -> String {
    match error {
        AchievementError::Json(error) => format!("deze prestatie is niet te lezen: {error}"),
        AchievementError::Code { text } => {
            format!(
                "{text:?} is geen code van een prestatie: 1 tot 64 letters, cijfers, punten, dubbelepunten, streepjes"
            )
        }
        AchievementError::StatusPurpose { purpose } => {
            format!(
                "de badges van een prestatie worden ingetrokken (revocation) of opgeschort (suspension), niet {purpose}"
            )
        }
        AchievementError::Incomplete { code, missing } => {
            let facts: Vec<_> = missing.iter().map(|fact| format!("{fact} ({})", fact.path())).collect();
            format!(
                "de microcredential {code} mist {} van de elf gegevens van de Raadsaanbeveling van 16 juni 2022: {}",
                facts.len(),
                facts.join(", ")
            )
        }
        AchievementError::OtherId { code, version, id, earlier } => {
            format!(
                "versie {version} van {code} heeft id {id}, maar de versie ervoor {earlier}: alle versies hebben één id"
            )
        }
        other => other.to_string(),
    }
}

fn completion(error: &CompletionError) -> String {
    match error {
        CompletionError::Json(error) => format!("deze afronding is niet te lezen: {error}"),
        CompletionError::UnknownAchievement { code } => format!("er is geen prestatie {code}; voeg die eerst toe"),
        CompletionError::Future { awarded, today } => format!("behaald op {awarded}, en dat is na vandaag, {today}"),
        CompletionError::Learner => {
            "een afronding noemt de lerende één keer: met de did van de wallet of met het eigen kenmerk van de school"
                .to_owned()
        }
        CompletionError::Text { member } => format!("{member} heeft 1 tot 400 tekens op één regel"),
        other => other.to_string(),
    }
}

/// `rij 3, kolom awarded: …`
pub(crate) fn row(error: &RowError) -> String {
    format!("rij {}, kolom {}: {}", error.row, error.column, error.cause)
}

fn csv(error: &CsvError) -> String {
    match error {
        CsvError::TooLarge { actual } => format!("het bestand heeft {actual} bytes, en dat is te veel"),
        CsvError::TooManyRows => "het bestand heeft te veel rijen; deel het op".to_owned(),
        CsvError::NotUtf8 { row } => format!("rij {row} is geen UTF-8-tekst; sla het bestand op als \"CSV UTF-8\""),
        CsvError::Empty { known } => format!("het bestand is leeg; de eerste rij noemt de kolommen: {known}"),
        CsvError::UnknownColumn { column, known } => {
            format!("rij 1 noemt een kolom {column:?}, die niet bekend is; de kolommen zijn {known}")
        }
        CsvError::ColumnTwice { column } => format!("rij 1 noemt de kolom {column} twee keer"),
        CsvError::MissingColumn { column } => format!("rij 1 noemt geen kolom {column}, en die is nodig"),
        CsvError::OpenQuote { row } => format!("een aanhalingsteken in rij {row} wordt nergens gesloten"),
        CsvError::Rows { errors } => format!(
            "van de rijen kunnen er {} niet mee, dus geen enkele ging mee: {}",
            errors.len(),
            errors.first().map(row).unwrap_or_default()
        ),
        other => other.to_string(),
    }
}

fn publish(error: &PublishError) -> String {
    match error {
        PublishError::Json(error) => format!("dit programma is niet te lezen: {error}"),
        PublishError::Rules { errors } => {
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            format!("de regels van dit programma kloppen niet: {}", errors.join("; "))
        }
        PublishError::EditionTaken { programme, edition } => format!(
            "uitgave {edition} van {programme} is al gepubliceerd met andere regels; regels veranderen nooit, publiceer een nieuwe uitgave"
        ),
        PublishError::Csv(error) => csv(error),
        PublishError::Name => {
            "een vertrouwenslijst heeft een naam van 1 tot 400 tekens op één regel: elk antwoord noemt hem".to_owned()
        }
        PublishError::Nobody => "de vertrouwenslijst noemt niemand".to_owned(),
        other => other.to_string(),
    }
}

fn sign(error: &SignFailure) -> String {
    match error {
        SignFailure::AchievementGone { reference, completion } => {
            format!("de prestatie {reference} van afronding {completion} is niet opgeslagen")
        }
        SignFailure::KeyOfAnother { did } => format!("de ondertekensleutel is niet die van {did}"),
        other => format!("er kon niet worden ondertekend ({other})"),
    }
}
