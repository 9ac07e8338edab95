//! What was an award made of? The record beside a diploma, as counting needs it.

use stapel_credential::json::JsonError;
use stapel_credential::{AwardRecord, Digest, Uri};
use stapel_proof::jcs;

use crate::badge::Identity;

/// The record of an award that the holder keeps, with its digest. It says nothing of itself: counting takes its word only
/// where a verified diploma of the holder names this digest.
#[derive(Debug, Clone)]
pub struct HeldRecord {
    record: AwardRecord,
    digest: Digest,
    /// The records of awards that were counted in it.
    below: Vec<HeldRecord>,
}

impl HeldRecord {
    /// Reads a record.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        let record = AwardRecord::parse(text)?;
        let json = stapel_credential::json::parse_within(text, stapel_credential::json::MAX_COLLECTION_BYTES)?;
        // A record lies within the text of the one above it, so the caps on size and depth hold for all of them.
        let below = record.records.iter().map(|record| Self::parse(record.as_str())).collect::<Result<_, _>>()?;
        Ok(Self { record, digest: jcs::digest(&json), below })
    }

    /// The SHA-256 of its JCS form, by which a diploma fixes it.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The record.
    pub fn record(&self) -> &AwardRecord {
        &self.record
    }

    /// This record and all that lie within it.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(record) = all.get(next) {
            let below = &record.below;
            all.extend(below);
            next += 1;
        }
        all
    }

    pub(crate) fn programme(&self) -> &Uri {
        &self.record.plan.programme.id
    }

    /// Whether the award was made of this credential, or of this achievement under another id.
    pub(crate) fn counted(&self, credential: Identity<'_>, achievement: Option<&Uri>) -> bool {
        self.record.counted.iter().any(|counted| {
            let same_achievement = counted.achievement.as_ref().is_some_and(|of| Some(of) == achievement);
            counted.issuer == *credential.issuer() && (counted.id == *credential.id() || same_achievement)
        })
    }
}

#[cfg(test)]
mod tests {
    use stapel_credential::CredentialRef;

    use super::*;

    #[test]
    fn an_award_was_made_of_a_credential_or_of_its_achievement_under_another_id_by_the_same_issuer() {
        let digest = Digest::of(b"");
        let text = serde_json::json!({
            "id": "urn:record", "type": "AwardRecord", "holder": "did:example:h", "awardedDate": "2026-06-30T12:00:00Z",
            "planDigest": digest, "documents": [], "evidence": {},
            "counted": [{"issuer": "did:example:s", "id": "urn:b:1", "digest": digest, "achievement": "urn:a:1"}],
            "plan": {"programme": {"id": "urn:p", "edition": "1", "digest": digest}, "ask": {"award": null}, "fills": []}
        });
        let record = HeldRecord::parse(&text.to_string()).unwrap();
        let counted = |issuer: &str, id: &str, achievement: Option<&str>| {
            let reference = CredentialRef { issuer: issuer.parse().unwrap(), id: id.parse().unwrap() };
            let achievement: Option<Uri> = achievement.map(|of| of.parse().unwrap());
            record.counted(Identity::of(&reference), achievement.as_ref())
        };
        assert!(counted("did:example:s", "urn:b:1", None));
        assert!(counted("did:example:s", "urn:b:1", Some("urn:a:2")));
        assert!(counted("did:example:s", "urn:b:2", Some("urn:a:1")));
        assert!(!counted("did:example:s", "urn:b:2", Some("urn:a:2")));
        assert!(!counted("did:example:s", "urn:b:2", None));
        assert!(!counted("did:example:t", "urn:b:1", Some("urn:a:1")));
    }
}
