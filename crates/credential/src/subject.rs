//! Who achieved it, when, how and with what result (OB 3.0 `AchievementSubject`)?

use serde::{Deserialize, Serialize};

use crate::achievement::Achievement;
use crate::credits::Credits;
use crate::extension::{Approval, Basis, Pathway, Provider, Workplace};
use crate::identity::IdentityObject;
use crate::image::Image;
use crate::profile::Profile;
use crate::result::AchievementResult;
use crate::text::one_or_many;
use crate::timestamp::Timestamp;
use crate::uri::Uri;

/// The holder and what was achieved (OB 3.0 `AchievementSubject`), with the subject's part of our extension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementSubject {
    /// The holder, usually a DID.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// Contains `AchievementSubject`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// When the activity ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity_end_date: Option<Timestamp>,
    /// When the activity started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity_start_date: Option<Timestamp>,
    /// The credits earned, in the achievement's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits_earned: Option<Credits>,
    /// What was achieved.
    pub achievement: Achievement,
    /// Other ways to recognise the holder.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub identifier: Vec<IdentityObject>,
    /// An image of this holder's achievement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// The number of the licence that was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license_number: Option<String>,
    /// How the holder earned it, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Grades, scores and levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub result: Vec<AchievementResult>,
    /// The holder's role in the activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who assessed on behalf of the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Profile>,
    /// The academic term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,

    /// Extension: what the award rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub basis: Vec<Basis>,
    /// Extension: the holder's own part in work that a group did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_contribution: Option<String>,
    /// Extension: which body approved the award, and its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// Extension: the form of enrolment; it never changes what the badge is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pathway: Option<Pathway>,
    /// Extension: where the holder learned at work.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub workplace: Vec<Workplace>,
    /// Extension: who taught, if another than the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Provider>,
}

impl AchievementSubject {
    /// What this holder achieved, and nothing more.
    pub fn new(id: Option<Uri>, achievement: Achievement) -> Self {
        Self {
            id,
            types: vec!["AchievementSubject".to_owned()],
            activity_end_date: None,
            activity_start_date: None,
            credits_earned: None,
            achievement,
            identifier: Vec::new(),
            image: None,
            license_number: None,
            narrative: None,
            result: Vec::new(),
            role: None,
            source: None,
            term: None,
            basis: Vec::new(),
            own_contribution: None,
            approval: None,
            pathway: None,
            workplace: Vec::new(),
            provider: None,
        }
    }
}
