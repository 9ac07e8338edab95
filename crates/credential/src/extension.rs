//! What do Dutch and European rules ask that Open Badges has no slot for? The values of our extension, and the eleven mandatory facts.
//!
//! The terms and their addresses stand in [`crate::context`]. They are fixed: released versions are read for ever.

use serde::{Deserialize, Serialize};

use crate::achievement::Achievement;
use crate::credits::Hours;
use crate::profile::Profile;
use crate::subject::AchievementSubject;
use crate::timestamp::{Day, Timestamp};
use crate::uri::Uri;

/// A closed list of words, written in kebab case.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All words, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word as it stands in the document.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The value for this word.
            pub fn find(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The machine's kind of an award, apart from the name that is shown.
    CredentialKind {
        /// A microcredential (Council Recommendation of 16 June 2022).
        Microcredential = "microcredential",
        /// The smallest unit that is attested.
        Testimonium = "testimonium",
        /// A part certificate of an institution.
        Deelcertificaat = "deelcertificaat",
        /// A certificate for an elective of mbo.
        Keuzedeelcertificaat = "keuzedeelcertificaat",
        /// An mbo certificate for part of a vocation.
        MboCertificaatBeroepsgericht = "mbo-certificaat-beroepsgericht",
        /// An mbo certificate that specialises.
        MboCertificaatSpecialistisch = "mbo-certificaat-specialistisch",
        /// An mbo certificate that broadens or deepens.
        MboCertificaatVerbredend = "mbo-certificaat-verbredend",
        /// A statement of what was achieved by one who leaves without diploma.
        MboVerklaring = "mbo-verklaring",
        /// A statement of what was learned at work.
        Praktijkverklaring = "praktijkverklaring",
        /// A certificate that a sector recognises, not the state.
        Branchecertificaat = "branchecertificaat",
        /// A diploma that a sector recognises, not the state.
        Branchediploma = "branchediploma",
        /// A certificate of recognised prior learning (EVC).
        EvcCertificaat = "evc-certificaat",
        /// A diploma of vocational education.
        MboDiploma = "mbo-diploma",
        /// An associate degree.
        AssociateDegree = "associate-degree",
        /// A bachelor's degree.
        Bachelor = "bachelor",
        /// A master's degree.
        Master = "master",
        /// Another diploma.
        Diploma = "diploma",
        /// A certificate of an institution without another name.
        Certificaat = "certificaat",
        /// A competence, attested alone.
        Competentie = "competentie",
        /// Proof of having taken part, without assessment.
        Deelnamebewijs = "deelnamebewijs",
    }
}

words! {
    /// How it was assessed.
    AssessmentMethod {
        /// A written or digital test of knowledge.
        Theory = "theory",
        /// A test of skill in a realistic task (proeve van bekwaamheid).
        Proeve = "proeve",
        /// A portfolio.
        Portfolio = "portfolio",
        /// Observation at work or in practice.
        Observation = "observation",
        /// A dialogue that validates what was learned.
        Dialogue = "dialogue",
        /// A procedure of recognition of prior learning (EVC).
        Evc = "evc",
        /// An oral examination or interview.
        Oral = "oral",
        /// An assignment or a product.
        Assignment = "assignment",
        /// A project.
        Project = "project",
        /// A presentation.
        Presentation = "presentation",
        /// A simulation.
        Simulation = "simulation",
        /// A thesis or research.
        Thesis = "thesis",
        /// Assessment by peers.
        Peer = "peer",
        /// Not assessed; said honestly.
        None = "none",
    }
}

words! {
    /// Who assessed: a role, never a name.
    AssessorRole {
        /// A teacher of the institution.
        Teacher = "teacher",
        /// An examiner appointed by the examination board.
        Examiner = "examiner",
        /// A trainer at the workplace (praktijkopleider).
        WorkplaceTrainer = "workplace-trainer",
        /// An assessor from outside.
        ExternalAssessor = "external-assessor",
        /// An assessor of prior learning.
        EvcAssessor = "evc-assessor",
        /// A body of the sector.
        SectorBody = "sector-body",
        /// Peers.
        Peer = "peer",
        /// A machine, without human judgement.
        Automated = "automated",
    }
}

words! {
    /// Where something took place.
    Setting {
        /// At the institution.
        Institution = "institution",
        /// At work.
        Workplace = "workplace",
        /// In a simulated workplace.
        SimulatedWorkplace = "simulated-workplace",
        /// In a learning community of school and companies (hybrid environment).
        Hybrid = "hybrid",
        /// Online.
        Online = "online",
        /// At an assessment centre.
        AssessmentCentre = "assessment-centre",
        /// Where the learner chose.
        Elsewhere = "elsewhere",
    }
}

words! {
    /// Who watched during assessment.
    Supervision {
        /// Nobody.
        Unsupervised = "unsupervised",
        /// Someone in the room.
        OnSite = "on-site",
        /// Someone at a distance.
        Online = "online",
        /// Software.
        Automated = "automated",
    }
}

words! {
    /// How it was made sure that the learner was the one assessed.
    IdentityCheck {
        /// Not at all.
        None = "none",
        /// The assessor knows the learner.
        KnownPerson = "known-person",
        /// An identity document was shown.
        IdentityDocument = "identity-document",
        /// An account of the institution or eduID.
        InstitutionalAccount = "institutional-account",
        /// An electronic identity of at least level substantial (eIDAS).
        ElectronicIdentity = "electronic-identity",
        /// Online with a document and a camera.
        RemoteVideo = "remote-video",
    }
}

words! {
    /// Whether artificial intelligence took part in the assessment.
    AiUse {
        /// No.
        None = "none",
        /// The learner was allowed to use it.
        LearnerAllowed = "learner-allowed",
        /// It assisted the assessor, who decided.
        AssessorAssisted = "assessor-assisted",
        /// It decided.
        Automated = "automated",
    }
}

words! {
    /// The form of participation in the learning activity (EU Annex I).
    Participation {
        /// On site.
        OnSite = "on-site",
        /// Online.
        Online = "online",
        /// Partly on site, partly online.
        Blended = "blended",
        /// On site and online at the same time.
        Hybrid = "hybrid",
        /// At work.
        Workplace = "workplace",
        /// Alone, at a distance.
        SelfStudy = "self-study",
        /// No learning activity: prior learning was assessed.
        AssessmentOnly = "assessment-only",
    }
}

words! {
    /// What stands behind the quality.
    AssuranceKind {
        /// Nothing; said honestly.
        None = "none",
        /// The issuer's own quality assurance.
        Internal = "internal",
        /// Accreditation of the programme or institution, such as by the NVAO.
        Accreditation = "accreditation",
        /// Supervision by the state, such as by the Inspectorate of Education.
        StateSupervision = "state-supervision",
        /// A body of the sector.
        SectorBody = "sector-body",
        /// A quality mark.
        QualityMark = "quality-mark",
        /// Review by peers.
        PeerReview = "peer-review",
    }
}

words! {
    /// Whether the unit stands alone or is meant to be stacked (EU Annex I, integration and stackability).
    StackForm {
        /// It stands alone.
        StandAlone = "stand-alone",
        /// It may count toward something larger.
        Stackable = "stackable",
        /// It is a part of something larger.
        Integrated = "integrated",
    }
}

words! {
    /// How far recognition has come.
    RecognitionState {
        /// Not recognised.
        None = "none",
        /// Asked for.
        Requested = "requested",
        /// Registered.
        Registered = "registered",
        /// Cannot be recognised.
        NotEligible = "not-eligible",
    }
}

words! {
    /// The sector that offers the unit.
    Sector {
        /// Secondary education.
        Vo = "vo",
        /// Vocational education.
        Mbo = "mbo",
        /// Universities of applied sciences.
        Hbo = "hbo",
        /// Research universities.
        Wo = "wo",
        /// A branch of industry or its training fund.
        Industry = "industry",
        /// An employer.
        Employer = "employer",
        /// Another.
        Other = "other",
    }
}

words! {
    /// What the award rests on.
    Basis {
        /// A course or module.
        Course = "course",
        /// Learning at work.
        Workplace = "workplace",
        /// Prior learning that was assessed.
        PriorLearning = "prior-learning",
        /// A dialogue that validated what was learned.
        Dialogue = "dialogue",
        /// A qualification from abroad.
        ForeignQualification = "foreign-qualification",
    }
}

words! {
    /// The form of enrolment.
    Pathway {
        /// School-based vocational education.
        Bol = "bol",
        /// Work-based vocational education.
        Bbl = "bbl",
        /// The third learning route: outside both, without hours norm.
        DerdeLeerweg = "derde-leerweg",
        /// Full-time higher education.
        Voltijd = "voltijd",
        /// Part-time higher education.
        Deeltijd = "deeltijd",
        /// Higher education in turns with work.
        Duaal = "duaal",
        /// Examination only, without teaching.
        Extraneus = "extraneus",
    }
}

/// One way in which the achievement is assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// How.
    pub assessment_method: AssessmentMethod,
    /// By whom, as a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor_role: Option<AssessorRole>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_setting: Option<Setting>,
    /// Under whose eyes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_supervision: Option<Supervision>,
    /// How the learner's identity was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_verification: Option<IdentityCheck>,
    /// Whether artificial intelligence took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_ai_use: Option<AiUse>,
    /// More about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_note: Option<String>,
}

/// Who or what guards the quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualityAssurance {
    /// What stands behind it.
    pub assurance_kind: AssuranceKind,
    /// The name of the body or mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance_name: Option<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance_url: Option<Uri>,
}

/// What the unit may count toward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stackability {
    /// Alone or toward something.
    pub stack_form: StackForm,
    /// The name of what it may count toward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_name: Option<String>,
    /// The id of the programme that it may count toward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_programme: Option<Uri>,
    /// The code of the award that it may count toward, such as `crebo:25655`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_code: Option<crate::code::Code>,
}

/// Whether an authority or a sector recognises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recognition {
    /// How far it has come.
    pub recognition_state: RecognitionState,
    /// The authority or body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_authority: Option<String>,
    /// Its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_reference: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_date: Option<Day>,
}

/// Which body approved the award. No person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// The body, such as an examination board.
    pub approval_body: String,
    /// Its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_reference: Option<String>,
    /// The day of its decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_date: Option<Day>,
}

/// Where the holder learned at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workplace {
    /// The company.
    pub workplace_company: String,
    /// The department or kind of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_setting: Option<String>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_from: Option<Day>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_until: Option<Day>,
    /// The hours worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_hours: Option<Hours>,
}

/// Who taught, if another than the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// The DID or URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// The name.
    pub name: String,
}

words! {
    /// The mandatory facts of a European microcredential (Council Recommendation of 16 June 2022, Annex I), in its order.
    EuFact {
        /// Who learned: `credentialSubject.id` or `credentialSubject.identifier`.
        Learner = "learner",
        /// The title and its language: `achievement.name`, `achievement.inLanguage`.
        Title = "title",
        /// The country of the issuer: `issuer.address.addressCountryCode`.
        Country = "country",
        /// The awarding body: `issuer.name` beside its id.
        AwardingBody = "awarding-body",
        /// The date of issuing: `awardedDate` or `validFrom`.
        IssuingDate = "issuing-date",
        /// Learning outcomes: `achievement.alignment` of targetType `CFItem` or `ceasn:Competency`.
        LearningOutcomes = "learning-outcomes",
        /// Workload: `achievement.creditsAvailable` or `credentialSubject.creditsEarned`, with `creditUnit`.
        Workload = "workload",
        /// The level: `achievement.alignment` of targetType `ext:QualificationLevel`.
        Level = "level",
        /// The type of assessment: `achievement.assessment`.
        Assessment = "assessment",
        /// The form of participation: `achievement.participation`.
        Participation = "participation",
        /// Quality assurance: `achievement.qualityAssurance`; "none" is an answer.
        QualityAssurance = "quality-assurance",
    }
}

/// Which of the eleven mandatory facts are stated. `date` is `awardedDate`, or `validFrom` where there is none.
pub fn eu_facts(issuer: &Profile, date: Option<Timestamp>, subject: &AchievementSubject) -> Vec<EuFact> {
    let achievement = &subject.achievement;
    EuFact::ALL.iter().copied().filter(|fact| fact.is_stated(issuer, date, subject, achievement)).collect()
}

/// Which of the eleven mandatory facts are missing.
pub fn missing_facts(issuer: &Profile, date: Option<Timestamp>, subject: &AchievementSubject) -> Vec<EuFact> {
    let stated = eu_facts(issuer, date, subject);
    EuFact::ALL.iter().copied().filter(|fact| !stated.contains(fact)).collect()
}

impl EuFact {
    /// The member of the badge where the fact stands.
    pub fn path(self) -> &'static str {
        match self {
            Self::Learner => "$.credentialSubject.id",
            Self::Title => "$.credentialSubject.achievement.name with inLanguage",
            Self::Country => "$.issuer.address.addressCountryCode",
            Self::AwardingBody => "$.issuer.name",
            Self::IssuingDate => "$.awardedDate",
            Self::LearningOutcomes => {
                "$.credentialSubject.achievement.alignment (targetType CFItem or ceasn:Competency)"
            }
            Self::Workload => "$.credentialSubject.achievement.creditsAvailable with creditUnit",
            Self::Level => "$.credentialSubject.achievement.alignment (targetType ext:QualificationLevel)",
            Self::Assessment => "$.credentialSubject.achievement.assessment",
            Self::Participation => "$.credentialSubject.achievement.participation",
            Self::QualityAssurance => "$.credentialSubject.achievement.qualityAssurance",
        }
    }

    fn is_stated(
        self,
        issuer: &Profile,
        date: Option<Timestamp>,
        subject: &AchievementSubject,
        achievement: &Achievement,
    ) -> bool {
        let text = |value: Option<&str>| value.is_some_and(|value| !value.trim().is_empty());
        match self {
            Self::Learner => subject.id.is_some() || !subject.identifier.is_empty(),
            Self::Title => text(Some(&achievement.name)) && achievement.in_language.is_some(),
            Self::Country => text(issuer.country()),
            Self::AwardingBody => text(issuer.name.as_deref()),
            Self::IssuingDate => date.is_some(),
            Self::LearningOutcomes => achievement.outcomes().next().is_some(),
            Self::Workload => {
                achievement.credits_available.or(subject.credits_earned).is_some() && achievement.credit_unit.is_some()
            }
            Self::Level => achievement.level().is_some(),
            Self::Assessment => !achievement.assessment.is_empty(),
            Self::Participation => !achievement.participation.is_empty(),
            Self::QualityAssurance => !achievement.quality_assurance.is_empty(),
        }
    }
}
