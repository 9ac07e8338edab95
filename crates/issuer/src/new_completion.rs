//! What does a registrar state of a completion, as JSON?

use serde::Deserialize;
use stapel_credential::{Basis, Credits, Day, Did, Pathway, Workplace, json};

use crate::achievement::AchievementCode;
use crate::completion::{FurtherFacts, LearnerRef, SchoolRef};
use crate::error::CompletionError;
use crate::text::is_one_line;

/// A completion that somebody wants to record.
///
/// As JSON: `{"achievement": "CODE", "did" or "learner": "…", "awarded": "2026-11-22", "grade"?, "credits"?, "basis"?: […],
/// "pathway"?, "workplace"?: [{"workplaceCompany", "workplaceSetting"?, "workplaceFrom"?, "workplaceUntil"?,
/// "workplaceHours"?}], "ownContribution"?}`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCompletion {
    /// Of which achievement: its newest version.
    pub achievement: AchievementCode,
    /// By whom.
    pub learner: LearnerRef,
    /// Awarded on which day.
    pub awarded: Day,
    /// What may be said further.
    pub further: FurtherFacts,
}

impl NewCompletion {
    /// Looks at the members together.
    ///
    /// # Errors
    /// [`CompletionError::Text`] when a grade or contribution has no or too many characters.
    pub fn new(
        achievement: AchievementCode,
        learner: LearnerRef,
        awarded: Day,
        further: FurtherFacts,
    ) -> Result<Self, CompletionError> {
        let workplaces = further.workplace.iter().flat_map(|workplace| {
            [
                ("workplaceCompany", Some(&workplace.workplace_company)),
                ("workplaceSetting", workplace.workplace_setting.as_ref()),
            ]
        });
        let texts = [("grade", further.grade.as_ref()), ("ownContribution", further.own_contribution.as_ref())];
        for (member, text) in workplaces.chain(texts) {
            if text.is_some_and(|text| !is_one_line(text)) {
                return Err(CompletionError::Text { member });
            }
        }
        Ok(Self { achievement, learner, awarded, further })
    }

    /// Reads the JSON described at [`NewCompletion`].
    ///
    /// # Errors
    /// [`CompletionError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, CompletionError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Members {
            achievement: AchievementCode,
            did: Option<Did>,
            learner: Option<String>,
            awarded: Day,
            grade: Option<String>,
            credits: Option<Credits>,
            #[serde(default)]
            basis: Vec<Basis>,
            pathway: Option<Pathway>,
            #[serde(default)]
            workplace: Vec<Workplace>,
            own_contribution: Option<String>,
        }
        json::parse(text)?;
        let members: Members = json::view(text)?;
        let learner = match (members.did, members.learner) {
            (Some(did), None) => LearnerRef::Did(did),
            (None, Some(text)) => {
                LearnerRef::School(SchoolRef::parse(&text).map_err(|_| CompletionError::Text { member: "learner" })?)
            }
            _ => return Err(CompletionError::Learner),
        };
        let further = FurtherFacts {
            grade: members.grade,
            credits: members.credits,
            basis: members.basis,
            pathway: members.pathway,
            workplace: members.workplace,
            own_contribution: members.own_contribution,
        };
        Self::new(members.achievement, learner, members.awarded, further)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_completion_names_its_learner_once() {
        let refused = |text: &str| NewCompletion::parse(text).unwrap_err().to_string();
        let once = "a completion names its learner once: by the wallet's did or by the school's own learner reference";
        assert_eq!(refused(r#"{"achievement":"M1","awarded":"2026-11-22"}"#), once);
        assert_eq!(refused(r#"{"achievement":"M1","awarded":"2026-11-22","did":"did:key:z6Mk","learner":"s1"}"#), once);
        assert_eq!(
            refused(r#"{"achievement":"M1","awarded":"22-11-2026","learner":"s1"}"#),
            "$.awarded: \"22-11-2026\" is not a day such as 2026-11-22",
        );
        assert_eq!(
            refused(r#"{"achievement":"M1","awarded":"2026-11-22","learner":"s1","grade":"a\nb"}"#),
            "grade must have 1 to 400 characters on one line",
        );
        assert!(
            NewCompletion::parse(r#"{"achievement":"M1","awarded":"2026-11-22","learner":"s1","credits":2.5}"#).is_ok()
        );
    }
}
