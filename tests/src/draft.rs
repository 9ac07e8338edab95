//! What does a badge of a story say? Drawn from what a programme wants, and changed by what the story tells.

use serde_json::{Value, json};
use stapel_credential::context::badge_contexts;
use stapel_credential::{CodeScheme, CreditUnit, Credits, Did, Digest, Match};

use crate::badge::did;
use crate::town::{HOLDER, seed};

/// A badge before it is signed.
#[derive(Debug, Clone)]
pub struct Draft(Value);

impl Draft {
    /// A badge `urn:badge:ID` that fits, by the issuer that is wanted or else by `body`.
    pub fn fitting(id: &str, wanted: &Match, body: Did) -> Self {
        let issuer = wanted.issuer.first().cloned().unwrap_or(body);
        let achievement =
            wanted.achievement.first().map_or_else(|| format!("urn:achievement:{id}"), ToString::to_string);
        let draft = Self(json!({
            "@context": badge_contexts(),
            "id": format!("urn:badge:{id}"),
            "type": ["VerifiableCredential", "AchievementCredential"],
            "issuer": {"id": issuer, "type": "Profile", "name": "Instelling (illustratief)"},
            "validFrom": "2026-06-30T12:00:00Z",
            "awardedDate": "2026-06-30T12:00:00Z",
            "credentialSubject": {
                "id": HOLDER,
                "type": "AchievementSubject",
                "achievement": {
                    "id": achievement, "type": "Achievement", "name": id, "description": "Een module. (Illustratief.)",
                    "criteria": {"narrative": "Toont het resultaat."}
                }
            }
        }));
        let draft = wanted.code.iter().take(1).fold(draft, |draft, code| match code.scheme() {
            CodeScheme::Own => draft.says("humanCode", json!(code.value())),
            scheme => draft.says(
                "otherIdentifier",
                json!([{"type": "IdentifierEntry", "identifier": code.value(), "identifierType": scheme.identifier_type()}]),
            ),
        });
        let draft = wanted.minimum_level.iter().take(1).fold(draft, |draft, level| draft.level(&level.to_string()));
        let draft = wanted.kind.iter().take(1).fold(draft, |draft, kind| draft.says("credentialKind", json!([kind])));
        let draft = wanted.setting.iter().take(1).fold(draft, |draft, setting| draft.setting(setting.as_str()));
        let draft = wanted.sector.iter().take(1).fold(draft, |draft, sector| draft.says("sector", json!(sector)));
        wanted.basis.iter().take(1).fold(draft, |draft, basis| draft.holder_says("basis", json!([basis])))
    }

    /// Its achievement says this.
    #[must_use]
    pub fn says(mut self, member: &str, value: Value) -> Self {
        self.0["credentialSubject"]["achievement"][member] = value;
        self
    }

    /// It says this of the holder.
    #[must_use]
    pub fn holder_says(mut self, member: &str, value: Value) -> Self {
        self.0["credentialSubject"][member] = value;
        self
    }

    /// Worth so many credits.
    #[must_use]
    pub fn credits(self, credits: Credits, unit: CreditUnit) -> Self {
        self.says("creditsAvailable", json!(credits)).says("creditUnit", json!(unit))
    }

    /// At this level, and no other.
    #[must_use]
    pub fn level(self, level: &str) -> Self {
        let (framework, code) = level.split_once(' ').expect("a level such as NLQF 3");
        self.says(
            "alignment",
            json!([{"type": ["Alignment"], "targetName": level, "targetUrl": "https://example.org/level",
                    "targetType": "ext:QualificationLevel", "targetFramework": framework, "targetCode": code}]),
        )
    }

    /// Assessed there.
    #[must_use]
    pub fn setting(self, setting: &str) -> Self {
        self.says(
            "assessment",
            json!([{"type": ["Assessment"], "assessmentMethod": "observation", "assessmentSetting": setting}]),
        )
    }

    /// After so many hours at a company.
    #[must_use]
    pub fn hours(self, hours: u32) -> Self {
        self.holder_says(
            "workplace",
            json!([{"type": ["Workplace"], "workplaceCompany": "Bedrijf (illustratief)", "workplaceHours": hours}]),
        )
    }

    /// Under another id.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.0["id"] = json!(id);
        self
    }

    /// Signed by somebody else of the town.
    #[must_use]
    pub fn by(mut self, role: &str) -> Self {
        self.0["issuer"]["id"] = json!(did(seed(role)));
        self
    }

    /// Awarded on that day.
    #[must_use]
    pub fn awarded(mut self, day: &str) -> Self {
        self.0["awardedDate"] = json!(format!("{day}T12:00:00Z"));
        self
    }

    /// About somebody else.
    #[must_use]
    pub fn about(self, holder: &str) -> Self {
        self.holder_says("id", json!(holder))
    }

    /// Names a document by its digest.
    #[must_use]
    pub fn related(mut self, id: &str, digest: Digest) -> Self {
        self.0["relatedResource"] = json!([{"id": id, "digestSRI": digest}]);
        self
    }

    /// The text to sign.
    pub fn into_text(self) -> Value {
        self.0
    }
}
