//! Why was an exemption not granted, or an award not proposed, approved or signed, in Dutch? What a document lacks keeps the library's words.

use stapel_issuer::{AwardError, ExemptionError};
use stapel_verifier::Outcome;

pub(crate) fn exemption(error: &ExemptionError) -> String {
    match error {
        ExemptionError::UnknownProgramme { programme, edition } => format!(
            "deze instelling publiceerde geen uitgave {edition} van {programme}; geef het ondertekende programma als bestand"
        ),
        ExemptionError::Programme(error) => format!("dit ondertekende programma is niet te lezen: {error}"),
        ExemptionError::OtherProgramme { programme, edition, found, found_edition } => {
            format!("in het bestand staat uitgave {found_edition} van {found}, niet uitgave {edition} van {programme}")
        }
        ExemptionError::Rules { errors } => {
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            format!("de regels van dit programma kloppen niet: {}", errors.join("; "))
        }
        ExemptionError::NoParts => "een vrijstelling noemt minstens één onderdeel".to_owned(),
        ExemptionError::UnknownPart { programme, part, parts } => {
            format!("{programme} heeft geen onderdeel {part:?}; de onderdelen zijn {}", parts.join(", "))
        }
        ExemptionError::MustBeShown { part } => {
            format!("het programma staat geen vrijstelling toe van onderdeel {part:?}: dat moet worden aangetoond")
        }
        ExemptionError::MayNotDecide { did, programme, who } => {
            format!("{did} mag niet vrijstellen van onderdelen van {programme}; dat mogen alleen: {}", who.join(", "))
        }
        ExemptionError::TooMuchEvidence { found } => {
            format!("een besluit noemt hoogstens {} bewijsstukken, geen {found}", stapel_issuer::MAX_EVIDENCE)
        }
        other => other.to_string(),
    }
}

pub(crate) fn award(error: &AwardError) -> String {
    match error {
        AwardError::Presentation(error) => format!("deze presentatie is niet te lezen: {error}"),
        AwardError::TrustList(error) => format!("deze vertrouwenslijst is niet te lezen: {error}"),
        AwardError::Json(error) => format!("deze toekenning is niet te lezen: {error}"),
        AwardError::NoPlan => {
            "de presentatie bevat geen plan: vraag de lerende om de voortgang naar het diploma te tonen".to_owned()
        }
        AwardError::NotAnAward { .. } => "het plan beantwoordt een andere vraag dan hoever het diploma is".to_owned(),
        AwardError::NothingCounted => "het plan telt niets mee".to_owned(),
        AwardError::NoAward => "het programma leidt niet tot een diploma of certificaat".to_owned(),
        AwardError::NoProgramme => "het programma van het plan is niet meegestuurd".to_owned(),
        AwardError::NotVerified { outcome, reasons, .. } => {
            let what = if *outcome == Outcome::Refused { "geweigerd" } else { "niet te beslissen" };
            format!("{what}: dit is niet te lezen: {}", reasons.join("; "))
        }
        AwardError::Plan(error) => format!("het plan klopt niet, de regel is niet te lezen: {error}"),
        AwardError::UnknownAchievement { code } => format!("er is geen prestatie {code}; voeg die eerst toe"),
        AwardError::DoesNotFit { code, award, what } => {
            let what = what.replacen("the kind", "de soort", 1).replacen("the code", "de code", 1);
            format!("prestatie {code} past niet bij {award:?} van het programma: {what} ontbreekt")
        }
        AwardError::OtherAchievement { plan, achievement } => {
            format!("plan {plan} is al voorgelegd, voor prestatie {achievement}")
        }
        AwardError::UnknownPlan { plan } => format!("er is geen plan {plan} voorgelegd"),
        AwardError::ProposedBySame { plan, by } => {
            format!("{by} legde plan {plan} voor en kan het dus niet goedkeuren; dat moet een ander doen")
        }
        AwardError::Incomplete { plan } => {
            format!(
                "plan {plan} is niet volledig, en geen besluit van de examencommissie zegt waarom het toch volstaat"
            )
        }
        AwardError::ApprovedAlready { plan, by, reference } => {
            format!("plan {plan} is al goedgekeurd door {by} onder {reference:?}; een goedkeuring verandert niet")
        }
        AwardError::NotApproved { plan } => format!("plan {plan} wacht op goedkeuring door de examencommissie"),
        AwardError::Ended { plan, at } => {
            format!("het diploma van plan {plan} is eerder ondertekend en eindigde op {at}; het komt geen tweede keer")
        }
        other => other.to_string(),
    }
}
