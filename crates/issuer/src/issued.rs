//! What has been signed and given out? Badges, programmes, trust lists, and the sessions in which wallets fetch badges.

use stapel_credential::{Did, Digest, JsonError, Timestamp, Uri};
use stapel_proof::jcs;

use crate::completion::CompletionId;
use crate::secret::SecretHash;
use crate::status::StatusListId;

/// A signed badge, as it is kept until its learner's record is erased.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedCredential {
    /// Its id.
    pub id: Uri,
    /// What it was made of.
    pub completion: CompletionId,
    /// Whose it is.
    pub holder: Did,
    /// Where its status stands.
    pub status_list: StatusListId,
    /// Which bit of it.
    pub status_index: u32,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The signed text.
    pub text: String,
}

impl std::fmt::Debug for IssuedCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedCredential")
            .field("id", &self.id)
            .field("completion", &self.completion)
            .finish_non_exhaustive()
    }
}

impl IssuedCredential {
    /// SHA-256 over the JCS form of the whole signed document. Made from the text, which alone is kept: it cannot disagree.
    ///
    /// # Errors
    /// [`JsonError`] when the stored text is not the JSON that was signed.
    pub fn digest(&self) -> Result<Digest, JsonError> {
        jcs::digest_text(&self.text)
    }
}

/// A signed edition of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProgramme {
    /// The id of the signed document.
    pub credential: Uri,
    /// The programme, the same for all editions.
    pub programme: Uri,
    /// Which edition.
    pub edition: String,
    /// When it was published.
    pub published: Timestamp,
    /// The signed text.
    pub text: String,
}

/// A signed edition of a trust list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTrustList {
    /// The list, the same for all editions.
    pub list: Uri,
    /// Counts up with each edition.
    pub sequence: u64,
    /// When it was published.
    pub published: Timestamp,
    /// The signed text.
    pub text: String,
}

/// A wallet that took a one-time code and may now ask for the badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimSession {
    /// Of the access token.
    pub token: SecretHash,
    /// What it may ask for.
    pub completion: CompletionId,
    /// From when it may not.
    pub expires: Timestamp,
}
