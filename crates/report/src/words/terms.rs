//! How do people say the words of the closed lists in a badge?

use stapel_credential::extension::{
    AiUse, AssessmentMethod, AssessorRole, AssuranceKind, Basis, CredentialKind, IdentityCheck, Participation, Pathway,
    RecognitionState, Sector, Setting, StackForm, Supervision,
};
use stapel_credential::{CodeScheme, EuFact, IssuerKind};

use crate::language::Language;

/// A word of a closed list.
pub trait Term: Copy {
    /// The word as it stands in the document: what is said when this version does not know it.
    fn word(self) -> &'static str;

    /// In Dutch and in English; nothing for a word that is newer than this version.
    fn pair(self) -> Option<(&'static str, &'static str)>;
}

/// The word as people say it.
pub fn say(term: impl Term, language: Language) -> String {
    term.pair().map_or_else(|| term.word(), |(nl, en)| language.pick(nl, en)).to_owned()
}

macro_rules! terms {
    ($name:ident by $word:ident { $($variant:ident = $nl:literal, $en:literal;)* }) => {
        impl Term for $name {
            fn word(self) -> &'static str {
                self.$word()
            }

            fn pair(self) -> Option<(&'static str, &'static str)> {
                match self {
                    $(Self::$variant => Some(($nl, $en)),)*
                    _ => None,
                }
            }
        }
    };
}

terms!(CredentialKind by as_str {
    Microcredential = "microcredential", "microcredential";
    Testimonium = "testimonium", "testimonium";
    Deelcertificaat = "deelcertificaat", "part certificate";
    Keuzedeelcertificaat = "certificaat voor een keuzedeel", "certificate for an elective";
    MboCertificaatBeroepsgericht = "mbo-certificaat (beroepsgericht)", "mbo certificate (vocational)";
    MboCertificaatSpecialistisch = "mbo-certificaat (specialistisch)", "mbo certificate (specialist)";
    MboCertificaatVerbredend = "mbo-certificaat (verbredend of verdiepend)", "mbo certificate (broadening or deepening)";
    MboVerklaring = "mbo-verklaring", "mbo statement";
    Praktijkverklaring = "praktijkverklaring", "statement of practice";
    Branchecertificaat = "branchecertificaat", "sector certificate";
    Branchediploma = "branchediploma", "sector diploma";
    EvcCertificaat = "ervaringscertificaat (EVC)", "certificate of prior learning (EVC)";
    MboDiploma = "mbo-diploma", "mbo diploma";
    AssociateDegree = "associate degree", "associate degree";
    Bachelor = "bachelor", "bachelor's degree";
    Master = "master", "master's degree";
    Diploma = "diploma", "diploma";
    Certificaat = "certificaat", "certificate";
    Competentie = "competentie", "competency";
    Deelnamebewijs = "bewijs van deelname", "proof of participation";
});

terms!(AssessmentMethod by as_str {
    Theory = "kennistoets", "knowledge test";
    Proeve = "proeve van bekwaamheid", "test of skill in a realistic task";
    Portfolio = "portfolio", "portfolio";
    Observation = "observatie", "observation";
    Dialogue = "gesprek (dialogisch valideren)", "validating dialogue";
    Evc = "erkenning van wat al geleerd is (EVC)", "recognition of prior learning (EVC)";
    Oral = "mondeling", "oral examination";
    Assignment = "opdracht", "assignment";
    Project = "project", "project";
    Presentation = "presentatie", "presentation";
    Simulation = "simulatie", "simulation";
    Thesis = "scriptie of onderzoek", "thesis or research";
    Peer = "beoordeling door medelerenden", "assessment by peers";
    None = "niet beoordeeld", "not assessed";
});

terms!(AssessorRole by as_str {
    Teacher = "docent", "teacher";
    Examiner = "examinator", "examiner";
    WorkplaceTrainer = "praktijkopleider", "workplace trainer";
    ExternalAssessor = "assessor van buiten", "external assessor";
    EvcAssessor = "EVC-assessor", "assessor of prior learning";
    SectorBody = "organisatie van de branche", "body of the sector";
    Peer = "medelerende", "peer";
    Automated = "computer, zonder mens", "machine, without a person";
});

terms!(Setting by as_str {
    Institution = "op school", "at the institution";
    Workplace = "op het werk", "at work";
    SimulatedWorkplace = "in een nagebootste werkplek", "in a simulated workplace";
    Hybrid = "in een leeromgeving van school en bedrijven", "in a learning community of school and companies";
    Online = "online", "online";
    AssessmentCentre = "in een examencentrum", "at an assessment centre";
    Elsewhere = "waar de lerende koos", "where the learner chose";
});

terms!(Supervision by as_str {
    Unsupervised = "zonder toezicht", "without supervision";
    OnSite = "met toezicht in de ruimte", "supervised in the room";
    Online = "met toezicht op afstand", "supervised at a distance";
    Automated = "met toezicht door software", "supervised by software";
});

terms!(IdentityCheck by as_str {
    None = "identiteit niet gecontroleerd", "identity not checked";
    KnownPerson = "de beoordelaar kent de lerende", "the assessor knows the learner";
    IdentityDocument = "identiteitsbewijs getoond", "identity document shown";
    InstitutionalAccount = "account van de school of eduID", "account of the institution or eduID";
    ElectronicIdentity = "elektronische identiteit (eIDAS)", "electronic identity (eIDAS)";
    RemoteVideo = "identiteitsbewijs getoond via video", "identity document shown by video";
});

terms!(AiUse by as_str {
    None = "geen AI gebruikt", "no AI used";
    LearnerAllowed = "de lerende mocht AI gebruiken", "the learner was allowed to use AI";
    AssessorAssisted = "AI hielp de beoordelaar, die zelf besliste", "AI assisted the assessor, who decided";
    Automated = "AI besliste", "AI decided";
});

terms!(Participation by as_str {
    OnSite = "op locatie", "on site";
    Online = "online", "online";
    Blended = "deels op locatie, deels online", "partly on site, partly online";
    Hybrid = "tegelijk op locatie en online", "on site and online at the same time";
    Workplace = "op het werk", "at work";
    SelfStudy = "zelfstudie", "self-study";
    AssessmentOnly = "alleen beoordeling, geen lessen", "assessment only, no lessons";
});

terms!(AssuranceKind by as_str {
    None = "geen kwaliteitszorg", "no quality assurance";
    Internal = "eigen kwaliteitszorg van de uitgever", "the issuer's own quality assurance";
    Accreditation = "accreditatie", "accreditation";
    StateSupervision = "toezicht door de overheid", "supervision by the state";
    SectorBody = "toezicht door de branche", "supervision by the sector";
    QualityMark = "keurmerk", "quality mark";
    PeerReview = "beoordeling door vakgenoten", "review by peers";
});

terms!(StackForm by as_str {
    StandAlone = "staat op zichzelf", "stands alone";
    Stackable = "kan meetellen voor iets groters", "may count toward something larger";
    Integrated = "is een deel van iets groters", "is a part of something larger";
});

terms!(RecognitionState by as_str {
    None = "geen aparte erkenning", "no separate recognition";
    Requested = "erkenning aangevraagd", "recognition requested";
    Registered = "erkend en geregistreerd", "recognised and registered";
    NotEligible = "kan niet worden erkend", "cannot be recognised";
});

terms!(Sector by as_str {
    Vo = "voortgezet onderwijs", "secondary education";
    Mbo = "mbo", "vocational education (mbo)";
    Hbo = "hbo", "applied sciences (hbo)";
    Wo = "universiteit (wo)", "research university (wo)";
    Industry = "branche", "branch of industry";
    Employer = "werkgever", "employer";
    Other = "anders", "other";
});

terms!(Basis by as_str {
    Course = "cursus of module", "course or module";
    Workplace = "leren op het werk", "learning at work";
    PriorLearning = "eerder geleerd en beoordeeld", "prior learning that was assessed";
    Dialogue = "gesprek dat vaststelde wat al geleerd is", "dialogue that validated what was learned";
    ForeignQualification = "diploma uit het buitenland", "qualification from abroad";
});

terms!(Pathway by as_str {
    Bol = "bol (leren op school)", "bol (school-based)";
    Bbl = "bbl (leren en werken)", "bbl (work-based)";
    DerdeLeerweg = "derde leerweg", "third learning route";
    Voltijd = "voltijd", "full-time";
    Deeltijd = "deeltijd", "part-time";
    Duaal = "duaal", "dual (work and study)";
    Extraneus = "extraneus (alleen examens)", "examination only";
});

terms!(IssuerKind by name {
    Mbo = "mbo-school", "school of vocational education";
    Hbo = "hogeschool", "university of applied sciences";
    Wo = "universiteit", "research university";
    Sector = "organisatie van een branche", "body of a sector";
    Employer = "werkgever", "employer";
    EvcProvider = "EVC-aanbieder", "provider of recognition of prior learning";
    ExaminationBoard = "examencommissie", "examination board";
});

terms!(CodeScheme by name {
    Crebo = "crebo", "crebo";
    Kcode = "code keuzedeel of certificaat", "code of elective or certificate";
    Brin = "BRIN", "BRIN";
    Isat = "ISAT", "ISAT";
    Own = "eigen code", "own code";
});

terms!(EuFact by as_str {
    Learner = "Lerende", "Learner";
    Title = "Titel", "Title";
    Country = "Land van de uitgever", "Country of the issuer";
    AwardingBody = "Uitgever", "Awarding body";
    IssuingDate = "Toegekend op", "Date of issuing";
    LearningOutcomes = "Wat de lerende kan", "Learning outcomes";
    Workload = "Studielast", "Workload";
    Level = "Niveau", "Level";
    Assessment = "Beoordeling", "Assessment";
    Participation = "Vorm van deelname", "Form of participation";
    QualityAssurance = "Kwaliteitszorg", "Quality assurance";
});

#[cfg(test)]
mod tests {
    use super::*;

    fn known<T: Term>(all: &[T]) {
        assert!(!all.is_empty());
        for term in all {
            assert!(term.pair().is_some(), "{} has no words", term.word());
        }
    }

    #[test]
    fn every_word_of_every_list_is_said_in_both_languages() {
        known(CredentialKind::ALL);
        known(AssessmentMethod::ALL);
        known(AssessorRole::ALL);
        known(Setting::ALL);
        known(Supervision::ALL);
        known(IdentityCheck::ALL);
        known(AiUse::ALL);
        known(Participation::ALL);
        known(AssuranceKind::ALL);
        known(StackForm::ALL);
        known(RecognitionState::ALL);
        known(Sector::ALL);
        known(Basis::ALL);
        known(Pathway::ALL);
        known(EuFact::ALL);
    }
}
