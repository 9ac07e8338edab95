//! Are the eleven mandatory facts of a European microcredential stated, and where do they stand?

use serde::{Deserialize, Serialize};

use crate::achievement::Achievement;
use crate::profile::Profile;
use crate::subject::AchievementSubject;
use crate::timestamp::Timestamp;
use crate::words::words;

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
