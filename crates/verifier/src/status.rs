//! Was it revoked or suspended? Bitstring Status List 1.0 §3.2, against the lists of the dossier.

use std::time::Duration;

use stapel_credential::{CredentialStatus, StatusListEntry, StatusPurpose, Timestamp, Uri};
use stapel_proof::{AuthenticateError, KeyLookupError};
use stapel_status::StatusList;

use crate::check::{CheckResult, Missing};
use crate::dossier::{Dossier, ShelvedList};
use crate::policy::Policy;
use crate::reason::Reason;
use crate::trust::Trust;

/// Everything that a look at a status list needs.
pub(crate) struct Look<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) policy: &'a Policy,
    pub(crate) trust: &'a Trust,
    pub(crate) now: Timestamp,
}

impl Look<'_> {
    /// The result, and what would have to be fetched.
    pub(crate) fn status(&self, issuer: &Uri, status: Option<&CredentialStatus>) -> (CheckResult, Option<Missing>) {
        let entry = match status {
            None => return (CheckResult::Pass(Reason::NoStatus), None),
            Some(CredentialStatus::Unknown(kind)) => {
                return (CheckResult::Unknown(Reason::StatusKindUnknown { kind: kind.clone() }), None);
            }
            Some(CredentialStatus::Bitstring(entry)) => entry,
        };
        let Some(list) = self.dossier.find_status_list(&entry.list) else {
            return (
                CheckResult::Unknown(Reason::StatusListMissing { url: entry.list.clone() }),
                Some(Missing::StatusList { url: entry.list.clone() }),
            );
        };
        match self.bit(issuer, entry, list) {
            Ok((set, stale)) => {
                (read(entry, list, set, stale), stale.map(|_| Missing::StatusList { url: entry.list.clone() }))
            }
            Err(Unusable::Because(message)) => {
                (CheckResult::Unknown(Reason::StatusListUnusable { url: entry.list.clone(), message }), None)
            }
            Err(Unusable::Needs(missing, message)) => {
                (CheckResult::Unknown(Reason::StatusListUnusable { url: entry.list.clone(), message }), Some(missing))
            }
            Err(Unusable::Stale(until)) => (
                CheckResult::Unknown(Reason::StatusListStale { until, now: self.now }),
                Some(Missing::StatusList { url: entry.list.clone() }),
            ),
        }
    }

    /// The bit, and since when the list is past its validity when the policy still takes it.
    fn bit(
        &self,
        issuer: &Uri,
        entry: &StatusListEntry,
        list: &ShelvedList,
    ) -> Result<(bool, Option<Timestamp>), Unusable> {
        let content = list.signed.peek_unverified();
        let because = |message: &str| Unusable::Because(message.to_owned());
        if content.id != entry.list {
            return Err(Unusable::Because(format!("it says that it is the list {}", content.id)));
        }
        if content.credential_subject.status_purpose != entry.purpose {
            return Err(Unusable::Because(format!(
                "it is a list of the purpose {}, and the credential names {}",
                content.credential_subject.status_purpose, entry.purpose
            )));
        }
        if !self.trust.may_sign_status(&content.issuer.id, issuer) {
            return Err(Unusable::Because(format!(
                "it is by {}, not by {issuer} or somebody it is entrusted to",
                content.issuer.id
            )));
        }
        let tolerance = Duration::from_secs(self.policy.clock_tolerance_seconds);
        if content.valid_from > self.now.after(tolerance) {
            return Err(Unusable::Because(format!("it is valid only from {}", content.valid_from)));
        }
        let stale = content.valid_until.filter(|until| *until < self.now);
        if let Some(until) = stale
            && until.after(Duration::from_secs(self.policy.accept_stale_status_seconds)) < self.now
        {
            return Err(Unusable::Stale(until));
        }
        let bits = self.bits(list)?;
        let index = usize::try_from(entry.index).map_err(|_| because("its index cannot be counted to"))?;
        let bit = bits.find(index).ok_or_else(|| {
            Unusable::Because(format!("it has {} entries, and the credential is number {index}", bits.len()))
        })?;
        Ok((bit, stale))
    }

    /// The bits of an authentic list, decoded once.
    fn bits<'l>(&self, list: &'l ShelvedList) -> Result<&'l StatusList, Unusable> {
        if let Some(bits) = list.bits.get() {
            return Ok(bits);
        }
        list.signed.authenticate(&self.dossier.keys_at(self.now)).map_err(|error| match &error {
            AuthenticateError::KeyUnknown(KeyLookupError::Missing { did, url }) => {
                Unusable::Needs(Missing::Controller { did: did.clone(), url: url.clone() }, error.to_string())
            }
            error => Unusable::Because(error.to_string()),
        })?;
        let encoded = &list.signed.peek_unverified().credential_subject.encoded_list;
        let bits = StatusList::decode(encoded).map_err(|error| Unusable::Because(error.to_string()))?;
        Ok(list.bits.get_or_init(|| bits))
    }
}

fn read(entry: &StatusListEntry, list: &ShelvedList, set: bool, stale: Option<Timestamp>) -> CheckResult {
    let as_of = list.signed.peek_unverified().valid_from;
    match (entry.purpose, set, stale) {
        (StatusPurpose::Suspension, true, _) => CheckResult::Fail(Reason::Suspended { as_of }),
        (StatusPurpose::Revocation, true, _) => CheckResult::Fail(Reason::Revoked { as_of }),
        (_, _, Some(until)) => CheckResult::Remark(Reason::NotRevokedStale { as_of, until }),
        (_, _, None) => CheckResult::Pass(Reason::NotRevoked { as_of }),
    }
}

enum Unusable {
    Because(String),
    Needs(Missing, String),
    Stale(Timestamp),
}
