//! What can be achieved? The description that every holder of a badge shares (OB 3.0 `Achievement`, `Criteria`).

use serde::{Deserialize, Serialize};

use crate::alignment::Alignment;
use crate::code::{Code, CodeScheme};
use crate::credits::{CreditUnit, Credits};
use crate::extension::{
    Assessment, CredentialKind, Participation, QualityAssurance, Recognition, Sector, Stackability,
};
use crate::identity::IdentifierEntry;
use crate::image::Image;
use crate::level::Level;
use crate::profile::Profile;
use crate::related::Related;
use crate::result::ResultDescription;
use crate::text::{LanguageTag, RawJson, one_or_many, raw_one_or_many, vocabulary};
use crate::uri::Uri;

vocabulary! {
    /// What kind of achievement it is (OB 3.0 `AchievementTypeEnum`), or an `ext:` word.
    AchievementType, "an achievementType", {
        Achievement = "Achievement",
        ApprenticeshipCertificate = "ApprenticeshipCertificate",
        Assessment = "Assessment",
        Assignment = "Assignment",
        AssociateDegree = "AssociateDegree",
        Award = "Award",
        Badge = "Badge",
        BachelorDegree = "BachelorDegree",
        Certificate = "Certificate",
        CertificateOfCompletion = "CertificateOfCompletion",
        Certification = "Certification",
        CommunityService = "CommunityService",
        Competency = "Competency",
        Course = "Course",
        CoCurricular = "CoCurricular",
        Degree = "Degree",
        Diploma = "Diploma",
        DoctoralDegree = "DoctoralDegree",
        Fieldwork = "Fieldwork",
        GeneralEducationDevelopment = "GeneralEducationDevelopment",
        JourneymanCertificate = "JourneymanCertificate",
        LearningProgram = "LearningProgram",
        License = "License",
        Membership = "Membership",
        ProfessionalDoctorate = "ProfessionalDoctorate",
        QualityAssuranceCredential = "QualityAssuranceCredential",
        MasterCertificate = "MasterCertificate",
        MasterDegree = "MasterDegree",
        MicroCredential = "MicroCredential",
        ResearchDoctorate = "ResearchDoctorate",
        SecondarySchoolDiploma = "SecondarySchoolDiploma",
    }
}

/// What can be achieved (OB 3.0 `Achievement`), with the achievement's part of our extension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// The same for every holder.
    pub id: Uri,
    /// Contains `Achievement`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// Learning outcomes, levels, nodes of frameworks.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub alignment: Vec<Alignment>,
    /// The kind of achievement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement_type: Option<AchievementType>,
    /// Who designed it, and may be another than who issues it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Profile>,
    /// The credits that it is worth; their unit is `credit_unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_available: Option<Credits>,
    /// What one must do to earn it.
    pub criteria: Criteria,
    /// What it is, in a few sentences.
    pub description: String,
    /// Endorsements, as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "raw_one_or_many")]
    pub endorsement: Vec<RawJson>,
    /// Endorsements as compact JWTs.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub endorsement_jwt: Vec<String>,
    /// The field of study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_of_study: Option<String>,
    /// The issuer's own code for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub human_code: Option<String>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The language of this description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageTag>,
    /// The title.
    pub name: String,
    /// Codes in registers, such as `ext:crebo`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub other_identifier: Vec<IdentifierEntry>,
    /// Translations and versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub related: Vec<Related>,
    /// What its results mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub result_description: Vec<ResultDescription>,
    /// The specialisation within the field of study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialization: Option<String>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub tag: Vec<String>,
    /// The version of this description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,

    /// Extension: what the credits count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_unit: Option<CreditUnit>,
    /// Extension: the kinds of award, apart from the name that is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub credential_kind: Vec<CredentialKind>,
    /// Extension: how it is assessed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub assessment: Vec<Assessment>,
    /// Extension: in which form one takes part.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub participation: Vec<Participation>,
    /// Extension: who guards the quality; the honest answer may be nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub quality_assurance: Vec<QualityAssurance>,
    /// Extension: what one must have or know before, in sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub prerequisites: Vec<String>,
    /// Extension: what it may count toward.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub stackability: Vec<Stackability>,
    /// Extension: which authority or sector recognises it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub recognition: Vec<Recognition>,
    /// Extension: the article of law that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub legal_basis: Vec<String>,
    /// Extension: the sector that offers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
}

/// What one must do to earn the achievement (OB 3.0 `Criteria`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criteria {
    /// A page that says it.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// What it says, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
}

impl Achievement {
    /// An achievement with the members that Open Badges asks for, and no others.
    pub fn new(id: Uri, name: impl Into<String>, description: impl Into<String>, criteria: Criteria) -> Self {
        Self {
            id,
            types: vec!["Achievement".to_owned()],
            alignment: Vec::new(),
            achievement_type: None,
            creator: None,
            credits_available: None,
            criteria,
            description: description.into(),
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            field_of_study: None,
            human_code: None,
            image: None,
            in_language: None,
            name: name.into(),
            other_identifier: Vec::new(),
            related: Vec::new(),
            result_description: Vec::new(),
            specialization: None,
            tag: Vec::new(),
            version: None,
            credit_unit: None,
            credential_kind: Vec::new(),
            assessment: Vec::new(),
            participation: Vec::new(),
            quality_assurance: Vec::new(),
            prerequisites: Vec::new(),
            stackability: Vec::new(),
            recognition: Vec::new(),
            legal_basis: Vec::new(),
            sector: None,
        }
    }

    /// Its codes in public registers, then the issuer's own.
    pub fn codes(&self) -> Vec<Code> {
        let own = self.human_code.as_deref().and_then(|text| Code::new(CodeScheme::Own, text).ok());
        self.other_identifier.iter().filter_map(IdentifierEntry::code).chain(own).collect()
    }

    /// Its levels, at most one of each framework in practice.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        self.alignment.iter().filter_map(Alignment::level)
    }

    /// The first of its levels.
    pub fn level(&self) -> Option<Level> {
        self.levels().next()
    }

    /// Its learning outcomes.
    pub fn outcomes(&self) -> impl Iterator<Item = &Alignment> {
        self.alignment.iter().filter(|alignment| alignment.is_outcome())
    }
}
