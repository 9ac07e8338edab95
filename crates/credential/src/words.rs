//! Which words may the facts of our extension hold? Closed lists; an unknown word is an error.

use serde::{Deserialize, Serialize};

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
pub(crate) use words;

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
