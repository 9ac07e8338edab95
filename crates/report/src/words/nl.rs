//! How is it said in Dutch? Plain words (B1); "u" is avoided where a sentence can do without.

use stapel_stacking::{PlanError, StackingError, WhyUnused};
use stapel_verifier::{CheckKind, Missing, Reason};

use super::Names;
use crate::language::Language;

const NL: Language = Language::Nl;

pub(super) fn check(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Structure => "Opbouw",
        CheckKind::Proof => "Handtekening",
        CheckKind::Key => "Sleutel",
        CheckKind::Validity => "Geldigheid",
        CheckKind::Status => "Intrekking",
        CheckKind::Trust => "Vertrouwen",
        CheckKind::Holder => "Houder",
        CheckKind::Audience => "Bestemming",
        CheckKind::Progress => "Voortgang",
        _ => "Controle",
    }
}

#[expect(clippy::too_many_lines, reason = "one arm a sentence: a list, not a procedure")]
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::WellFormed { kind } => format!("het is een document van de soort {kind}"),
        Reason::Malformed { message } => format!("het document klopt niet ({TECHNICAL}: {message})"),
        Reason::ResourceAltered { resource } => {
            format!("{resource} is niet meer het document dat de uitgever met een controlegetal heeft vastgelegd")
        }
        Reason::Intact { method } => format!("de tekst is precies zoals {method} hem heeft ondertekend"),
        Reason::Altered { method } => format!(
            "de tekst is veranderd nadat hij werd ondertekend, of is niet ondertekend met de sleutel die hij noemt ({method})"
        ),
        Reason::WrongPurpose { expected, found } => {
            format!("de handtekening is gemaakt voor {found}, niet voor {expected}")
        }
        Reason::WrongAlgorithm { method, algorithm, kind } => {
            format!("er staat dat het met {algorithm} is ondertekend, maar {method} is een sleutel van de soort {kind}")
        }
        Reason::UnknownSuite { suite } => {
            format!("het is beveiligd met {suite}; dat kan deze versie nog niet controleren")
        }
        Reason::NotWhatWasSigned { message } => {
            format!("wat er staat is niet wat is ondertekend ({TECHNICAL}: {message})")
        }
        Reason::ContextUnknown { url } => {
            format!("de woordenlijst {url} is hier niet bekend, dus wat is ondertekend kan niet worden nagerekend")
        }
        Reason::KeyOfController { controller } => format!("de sleutel is van {controller}"),
        Reason::KeyOfAnother { controller, found } => {
            format!("er staat dat het van {controller} komt, maar {found} heeft het ondertekend")
        }
        Reason::KeyRefused { message } => format!("de sleutel mag hier niet worden gebruikt ({TECHNICAL}: {message})"),
        Reason::KeyMissing { did, url } => format!("de sleutels van {did} konden niet worden opgezocht ({url})"),
        Reason::KeyUnreadable { message } => format!("de sleutel kan niet worden gelezen ({TECHNICAL}: {message})"),
        Reason::KeyNotReached => {
            "de sleutel is niet bekeken: de handtekening klopt niet, of kon niet worden gecontroleerd".to_owned()
        }
        Reason::Valid { from, until } => match until {
            Some(until) => format!("het is geldig van {} tot en met {}", NL.day_of(*from), NL.day_of(*until)),
            None => format!("het is geldig sinds {}", NL.day_of(*from)),
        },
        Reason::ValidWithoutBeginning { until } => match until {
            Some(until) => format!("het is geldig tot en met {}", NL.day_of(*until)),
            None => "het noemt geen begin en geen einde van zijn geldigheid".to_owned(),
        },
        Reason::ValidUntilProofEnds { until } => {
            format!("het is nu geldig; de handtekening geldt tot {}", NL.minute_of(*until))
        }
        Reason::Expired { until, now, days } => {
            format!("het is verlopen op {}. Dat is {} vóór {}", NL.day_of(*until), days_text(*days), NL.day_of(*now))
        }
        Reason::NotYetValid { from, now } => {
            format!("het is pas geldig vanaf {}. Nu is het {}", NL.minute_of(*from), NL.minute_of(*now))
        }
        Reason::ProofExpired { until, now } => {
            format!("de handtekening was geldig tot {}. Nu is het {}", NL.minute_of(*until), NL.minute_of(*now))
        }
        Reason::EndsBeforeItBegins { from, until } => {
            format!("het zou eindigen op {}, voordat het begint op {}", NL.minute_of(*until), NL.minute_of(*from))
        }
        Reason::NoStatus => {
            "de uitgever kan dit later niet ongeldig maken: er is geen lijst van ingetrokken bewijzen voor".to_owned()
        }
        Reason::NotRevoked { as_of } => {
            format!("het is niet ingetrokken of geschorst, volgens de lijst van {}", NL.day_of(*as_of))
        }
        Reason::NotRevokedStale { as_of, until } => format!(
            "het is niet ingetrokken of geschorst, volgens de lijst van {}. Sinds {} had er een nieuwere moeten zijn",
            NL.day_of(*as_of),
            NL.day_of(*until)
        ),
        Reason::Revoked { as_of } => format!("de uitgever heeft het ingetrokken (lijst van {})", NL.day_of(*as_of)),
        Reason::Suspended { as_of } => {
            format!("de uitgever heeft het voorlopig geschorst (lijst van {})", NL.day_of(*as_of))
        }
        Reason::StatusListMissing { url } => {
            format!("of het is ingetrokken, kon niet worden opgezocht: de lijst {url} is er niet bij")
        }
        Reason::StatusListStale { until, now } => format!(
            "of het is ingetrokken, is niet bekend: de lijst was geldig tot {} en nu is het {}",
            NL.minute_of(*until),
            NL.minute_of(*now)
        ),
        Reason::StatusListUnusable { url, message } => {
            format!(
                "of het is ingetrokken, is niet bekend: de lijst {url} is niet te gebruiken ({TECHNICAL}: {message})"
            )
        }
        Reason::StatusKindUnknown { kind } => {
            format!("of het is ingetrokken, is niet bekend: deze versie kan een lijst van de soort {kind} niet lezen")
        }
        Reason::Vouched { name, list, codes, successor } => {
            let codes: Vec<String> = codes.iter().map(|code| super::code(code, NL)).collect();
            let also = if codes.is_empty() {
                String::new()
            } else {
                // Who went into another may no longer; what counts is the day of the award.
                let may = if successor.is_some() { "mocht toen bewijzen geven" } else { "mag bewijzen geven" };
                format!(" en {may} voor {}", NL.list(&codes))
            };
            let now = successor.as_ref().map_or_else(String::new, |by| {
                format!("; sinds {} is {} ({}) daarvoor in de plaats gekomen", NL.day(by.from), by.name, by.did)
            });
            format!("{name} staat op de vertrouwenslijst “{list}”{also}{now}")
        }
        Reason::KeyKept { controller, list } => {
            format!("de sleutel is er een die de vertrouwenslijst “{list}” bewaart voor {controller}")
        }
        Reason::KeysKeptByAnother { name, list, keeper } => format!(
            "{name} staat op de vertrouwenslijst “{list}”, maar de sleutels ervan worden bewaard door de vertrouwenslijst “{keeper}”, en die staat hier niet voor in"
        ),
        Reason::Pinned { issuer } => format!("{issuer} is hier als betrouwbaar aangewezen, zonder vertrouwenslijst"),
        Reason::IssuerUnknown { issuer } => {
            format!("{issuer} is hier niet bekend: geen vertrouwenslijst noemt deze uitgever. Dat is geen slecht teken")
        }
        Reason::NotVouchedThen { name, list, day } => {
            format!("volgens de vertrouwenslijst “{list}” stond {name} er op {} niet op", NL.day(*day))
        }
        Reason::NotAuthorised { name, list, code, day } => format!(
            "volgens de vertrouwenslijst “{list}” mocht {name} op {} geen bewijs voor {} geven",
            NL.day(*day),
            super::code(code, NL)
        ),
        Reason::OfHolder { holder } => format!("het gaat over {holder}, die het ook laat zien"),
        Reason::OfAnother { subject, holder } => {
            format!("het gaat over {subject}, niet over {holder} die het laat zien")
        }
        Reason::HolderNotEstablished { holder } => {
            format!("het gaat over {holder}, maar of die het zelf laat zien, is niet vastgesteld")
        }
        Reason::ForUs => "het is gemaakt voor deze ontvanger en deze vraag".to_owned(),
        Reason::AudienceNotAsked { domain: Some(domain) } => format!(
            "de houder maakte dit voor {domain}. Of u dat bent, en of het antwoord op uw vraag is, is hier niet na te gaan"
        ),
        Reason::AudienceNotAsked { domain: None } => {
            "de houder maakte dit voor niemand in het bijzonder. Of u het van de houder zelf kreeg, is hier niet na te gaan"
                .to_owned()
        }
        Reason::ForAnother { expected, found } => {
            format!(
                "het is gemaakt voor {}, niet voor {expected}",
                found.as_deref().unwrap_or("niemand in het bijzonder")
            )
        }
        Reason::OtherChallenge { found } => match found {
            Some(found) => format!("het geeft antwoord op een andere vraag: {found}"),
            None => "het geeft geen antwoord op deze vraag: de code van de vraag ontbreekt".to_owned(),
        },
        Reason::PartRefused { credential } => {
            format!("het bewijs {} van {} is afgewezen", credential.id, credential.issuer)
        }
        Reason::PartUndecided { credential } => {
            format!("over het bewijs {} van {} kon niet worden beslist", credential.id, credential.issuer)
        }
        Reason::ProgressHolds => "de voortgang is nagerekend en klopt".to_owned(),
        Reason::ProgressFails { message } => format!("de voortgang klopt niet ({TECHNICAL}: {message})"),
        other => other.to_string(),
    }
}

/// Before what a reader of JSON or a library says, which has one language.
const TECHNICAL: &str = "technische oorzaak, in het Engels";

pub(super) fn missing(missing: &Missing) -> String {
    match missing {
        Missing::Controller { did, url } => format!("de sleutels van {did} ontbreken; ze staan op {url}"),
        Missing::StatusList { url } => format!("de lijst van ingetrokken bewijzen ontbreekt; die staat op {url}"),
        other => format!("{other:?} ontbreekt"),
    }
}

pub(super) fn why_unused(why: &WhyUnused, names: &Names) -> String {
    match why {
        WhyUnused::OtherHolder { holder } => match holder {
            Some(holder) => format!("het gaat over {holder}, niet over de houder"),
            None => "er staat niet in over wie het gaat".to_owned(),
        },
        WhyUnused::CopyOf { credential } => {
            format!("het is hetzelfde bewijs als {}, en een bewijs telt één keer", names.credential(credential, NL))
        }
        WhyUnused::AlreadyShown { part, by } => {
            format!("het past bij {}, maar dat is al aangetoond met {}", names.part(part), names.credential(by, NL))
        }
        WhyUnused::AlreadyUsed { target } => {
            format!("het telt al mee voor {}, en een bewijs telt één keer", names.part(target))
        }
        WhyUnused::PoolFull { requirement } => format!("{} heeft al genoeg punten", names.part(requirement)),
        WhyUnused::LimitReached { requirement, at_most } => {
            format!("van {} tellen er hoogstens {at_most} mee", names.part(requirement))
        }
        WhyUnused::NotNeeded { target } => format!("het past bij {}, maar is niet meer nodig", names.part(target)),
        WhyUnused::NotAlone { part } => {
            format!("het past bij {}, maar alleen samen met andere bewijzen die er niet zijn", names.part(part))
        }
        WhyUnused::NotAsked { part } => {
            format!("het past bij {}, maar daar wordt hier niet naar gevraagd", names.part(part))
        }
        WhyUnused::OtherIssuer { issuer } => format!("het programma neemt dit niet aan van {issuer}"),
        WhyUnused::IssuerNotAuthorised { code, day } => {
            format!("de uitgever mocht op {} geen bewijs voor {code} geven", NL.day(*day))
        }
        WhyUnused::OtherKind { wanted } => {
            format!("het is een ander soort bewijs dan gevraagd: {}", wanted.join(", "))
        }
        WhyUnused::OtherIssuerKind { wanted } => {
            format!("de uitgever is niet van een soort die gevraagd wordt: {}", wanted.join(", "))
        }
        WhyUnused::OtherSector { wanted } => {
            format!("het komt niet uit een sector die gevraagd wordt: {}", wanted.join(", "))
        }
        WhyUnused::OtherVersion { version, wanted } => format!(
            "het is versie {}, en het programma neemt alleen {} aan",
            version.as_deref().unwrap_or("(geen)"),
            wanted.join(", ")
        ),
        WhyUnused::OtherSetting { wanted } => {
            format!("het is niet getoetst op een plek die gevraagd wordt: {}", wanted.join(", "))
        }
        WhyUnused::OtherBasis { wanted } => {
            format!("het berust niet op wat gevraagd wordt: {}", wanted.join(", "))
        }
        WhyUnused::ResultTooLow { result: Some(result), wanted } => {
            format!("het resultaat is {result}, en minstens {wanted} is nodig")
        }
        WhyUnused::ResultTooLow { result: None, wanted } => {
            format!("er staat geen resultaat in, en minstens {wanted} is nodig")
        }
        WhyUnused::OnlySupplements { part } => {
            format!("het is een aanvulling op {}, en vervangt dat niet", names.part(part))
        }
        WhyUnused::CreditLimit { limit, at_most } => {
            format!("van {} tellen hoogstens {at_most} punten mee", names.part(limit))
        }
        WhyUnused::UsedUp { by } => {
            format!("{} berust er al op, en een bewijs telt één keer", names.credential(by, NL))
        }
        WhyUnused::ExemptionNotAllowed { part } => {
            format!("van {} kan niemand vrijstelling geven", names.part(part))
        }
        WhyUnused::NoHours => "er staat niet in hoeveel uren er is gewerkt".to_owned(),
        WhyUnused::LevelTooLow { level, wanted } => format!("het niveau is {level}, en {wanted} is nodig"),
        WhyUnused::LevelOfAnotherFramework { level, wanted } => {
            format!("het niveau is {level}, en dat is niet te vergelijken met {wanted}")
        }
        WhyUnused::NoLevel { wanted } => format!("er staat geen niveau in, en {wanted} is nodig"),
        WhyUnused::TooOld { awarded, age_days, maximum_days } => format!(
            "het is behaald op {}, {age_days} dagen geleden. Het mag hier hoogstens {maximum_days} dagen oud zijn",
            NL.day(*awarded)
        ),
        WhyUnused::NoCredits => "er staat niet in hoeveel punten het waard is".to_owned(),
        WhyUnused::NoCreditUnit { wanted } => {
            format!("er staat niet in wat de punten betekenen, en het programma telt in {wanted}")
        }
        WhyUnused::OtherCreditUnit { unit, wanted } => {
            format!("de punten zijn {unit}, en het programma telt in {wanted}")
        }
        WhyUnused::MayNotDecide { issuer, day } => {
            format!("{issuer} was op {} geen examencommissie en wordt niet genoemd in het programma", NL.day(*day))
        }
        WhyUnused::OtherProgramme { programme } => format!("de beslissing gaat over een ander programma: {programme}"),
        WhyUnused::OtherEdition { edition } => format!("de beslissing gaat over uitgave {edition}, met andere regels"),
        WhyUnused::FitsNothing => "in dit programma vraagt niets erom".to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn plan_error(error: &PlanError) -> String {
    let line = |line: &usize| format!("regel {line} van het plan klopt niet: ");
    let of = |credential: &stapel_credential::CredentialRef| format!("{} van {}", credential.id, credential.issuer);
    match error {
        PlanError::Stacking(error) => stacking_error(error),
        PlanError::OtherProgramme { planned, given } => format!("het plan gaat over {planned}, niet over {given}"),
        PlanError::OtherEdition { planned, given } => {
            format!("het plan gaat over uitgave {planned}, niet over {given}")
        }
        PlanError::OtherDigest { planned, given } => {
            format!("het plan is gemaakt bij andere regels ({planned}) dan deze ({given})")
        }
        PlanError::AwardOpen => {
            "het plan zegt niet waar het heen gaat, terwijl het programma ergens toe leidt".to_owned()
        }
        PlanError::UnknownTarget { line: at, target } => format!("{}{target} wordt niet gevraagd", line(at)),
        PlanError::FilledTwice { line: at, target, first } => {
            format!("{}{target} is al gevuld op regel {first}", line(at))
        }
        PlanError::WrongNumber { line: at, target, wanted, found } => {
            format!("{}voor {target} zijn {found} bewijzen genoemd; nodig: {wanted}", line(at))
        }
        PlanError::Missing { line: at, credential } => {
            format!("{}{} is er niet bij, of is niet goedgekeurd", line(at), of(credential))
        }
        PlanError::UsedTwice { line: at, credential, first } => {
            format!("{}{} telt al mee op regel {first}", line(at), of(credential))
        }
        PlanError::CountedTwice { line: at, credential, other, first } => format!(
            "{}{} is hetzelfde bewijs als {} op regel {first}, en een bewijs telt één keer",
            line(at),
            of(credential),
            of(other)
        ),
        PlanError::DoesNotFit { line: at, credential, target, why } => {
            format!("{}{} past niet bij {target}: {}", line(at), of(credential), why_unused(why, &Names::default()))
        }
        PlanError::TooMany { line: at, target, requirement, at_most } => {
            format!("{}{target} is er één te veel: van {requirement} tellen er hoogstens {at_most}", line(at))
        }
        PlanError::OverLimit { line: at, target, limit, counted, at_most } => format!(
            "{}met {target} zouden {counted} punten van {limit} meetellen, en het mogen er hoogstens {at_most} zijn",
            line(at)
        ),
        PlanError::UsedUp { line: at, credential, by } => {
            format!("{}{} telt al mee, want {} berust erop", line(at), of(credential), of(by))
        }
        PlanError::Superfluous { line: at, target, credential } => {
            format!("{}{target} is ook zonder {} aangetoond; laat dat bewijs weg", line(at), of(credential))
        }
        PlanError::OutcomesMissing { line: at, target, wanted, covered } => {
            format!("{}{target} vraagt {wanted} leeruitkomsten, en wat genoemd is toont er {covered}", line(at))
        }
        other => other.to_string(),
    }
}

pub(super) fn stacking_error(error: &StackingError) -> String {
    match error {
        StackingError::Rules { programme, errors } => {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            format!("de regels van {programme} spreken elkaar tegen: {}", errors.join("; "))
        }
        StackingError::MayNotStateRules { issuer, code, why } => {
            format!("{issuer} mag geen regels geven voor {code}: {why}")
        }
        StackingError::OtherProgramme { asked, given } => format!(
            "de vraag gaat over {}, uitgave {} ({}), niet over {}, uitgave {} ({})",
            asked.id, asked.edition, asked.digest, given.id, given.edition, given.digest
        ),
        StackingError::WhichAward { programme, awards } => {
            format!("{programme} leidt tot meer dan één ding; kies er één: {}", awards.join(", "))
        }
        StackingError::UnknownAward { programme, award } => format!("{programme} leidt niet tot {award}"),
        StackingError::UnknownPart { programme, part } => format!("{programme} heeft geen onderdeel {part}"),
        StackingError::UnknownGroup { programme, group } => {
            format!("{programme} heeft geen onderdeel in groep {group}")
        }
        StackingError::UnknownAsk { programme } => {
            format!("deze versie kan die vraag over {programme} niet beantwoorden")
        }
        other => other.to_string(),
    }
}

fn days_text(days: i64) -> String {
    if days == 1 { "1 dag".to_owned() } else { format!("{days} dagen") }
}
