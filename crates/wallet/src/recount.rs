//! Is the record kept of the award that this badge is a diploma of?

use crate::award_record::KeptRecord;
use crate::kept::KeptBadge;
use crate::vault::VaultError;
use crate::wallet::Wallet;

impl Wallet {
    /// The record of the award that this badge is a diploma of, if it is kept.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn find_award_record(&self, diploma: &KeptBadge) -> Result<Option<KeptRecord>, VaultError> {
        let named = &diploma.peek_unverified().related_resource;
        let all = self.award_records()?;
        Ok(all.into_iter().find(|kept| named.iter().any(|named| named.digest_sri == Some(kept.record.digest()))))
    }
}
