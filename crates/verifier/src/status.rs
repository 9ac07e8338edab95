//! Was it revoked or suspended? Bitstring Status List 1.0 §3.2, against the lists of the dossier.

use std::cmp::Reverse;
use std::time::Duration;

use stapel_credential::{CredentialStatus, StatusListEntry, StatusPurpose, Timestamp, Uri};
use stapel_proof::{AuthenticateError, KeyLookupError};
use stapel_status::StatusList;

use crate::check::{CheckResult, Missing};
use crate::dossier::{Dossier, ShelvedList};
use crate::keys_at::KeysAt;
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
    pub(crate) fn status(&self, issuer: &Uri, status: &CredentialStatus) -> (CheckResult, Option<Missing>) {
        let entry = match status {
            CredentialStatus::Unknown(kind) => {
                return (CheckResult::Unknown(Reason::StatusKindUnknown { kind: kind.clone() }), None);
            }
            CredentialStatus::Bitstring(entry) => entry,
        };
        let url = &entry.list;
        let moved = self.trust.find_moved_status_list(issuer, url);
        // Where it is to be had: its own address may answer with anything by now.
        let address = moved.unwrap_or(url);
        let mut lists: Vec<&ShelvedList> = self.dossier.status_lists(url).collect();
        if let Some(at) = moved {
            lists.extend(self.dossier.status_lists(at));
            lists.sort_by_key(|list| Reverse(list.shelved.signed.peek_unverified().valid_from));
        }
        let mut unusable = None;
        for list in lists {
            match self.usable(issuer, entry, list) {
                Ok(()) => return self.look_up(entry, list, address),
                Err(Unusable::Because(message)) => {
                    unusable.get_or_insert(message);
                }
                Err(Unusable::Needs(missing, message)) => {
                    return (
                        CheckResult::Unknown(Reason::StatusListUnusable { url: url.clone(), message }),
                        Some(missing),
                    );
                }
            }
        }
        let reason = match unusable {
            None => Reason::StatusListMissing { url: address.clone() },
            Some(message) => Reason::StatusListUnusable { url: address.clone(), message },
        };
        (CheckResult::Unknown(reason), Some(Missing::StatusList { url: address.clone() }))
    }

    /// Whether this is the list that the entry means, by somebody who may sign it, authentic, and begun.
    fn usable(&self, issuer: &Uri, entry: &StatusListEntry, list: &ShelvedList) -> Result<(), Unusable> {
        let content = list.shelved.signed.peek_unverified();
        if content.id != entry.list {
            return Err(Unusable::Because(format!("it says that it is the list {}", content.id)));
        }
        if content.credential_subject.status_purpose != entry.purpose {
            return Err(Unusable::Because(format!(
                "it is a list of the purpose {}, and the credential names {}",
                content.credential_subject.status_purpose, entry.purpose
            )));
        }
        if !self.trust.may_sign_status(&content.issuer.id, issuer, content.valid_from.day()) {
            return Err(Unusable::Because(format!(
                "it is by {}, not by {issuer} or somebody it is entrusted to",
                content.issuer.id
            )));
        }
        if content.valid_from > self.now.after(Duration::from_secs(self.policy.clock_tolerance_seconds)) {
            return Err(Unusable::Because(format!("it is valid only from {}", content.valid_from)));
        }
        let keys = KeysAt { dossier: self.dossier, trust: Some(self.trust), now: self.now };
        list.shelved.authenticate(keys).map(drop).map_err(|error| match &error {
            AuthenticateError::KeyUnknown(KeyLookupError::Missing { did, url }) => {
                Unusable::Needs(Missing::Controller { did: did.clone(), url: url.clone() }, error.to_string())
            }
            error => Unusable::Because(error.to_string()),
        })
    }

    /// What the newest authentic list says; a newer one would be at `url`.
    fn look_up(&self, entry: &StatusListEntry, list: &ShelvedList, url: &Uri) -> (CheckResult, Option<Missing>) {
        let newer = || Missing::StatusList { url: url.clone() };
        let content = list.shelved.signed.peek_unverified();
        let expires = list.shelved.signed.proofs().filter_map(|proof| proof.expires);
        let end = content.valid_until.into_iter().chain(expires).min();
        let stale = end.filter(|until| *until < self.now);
        if let Some(until) = stale
            && until.after(Duration::from_secs(self.policy.accept_stale_status_seconds)) < self.now
        {
            return (CheckResult::Unknown(Reason::StatusListStale { until, now: self.now }), Some(newer()));
        }
        // The holder chose it, perhaps from before a revocation: after its time to live whoever can asks the issuer, and nobody must.
        let time_to_live = content.credential_subject.time_to_live();
        let is_old = stale.is_some() || list.is_presented && content.valid_from.after(time_to_live) < self.now;
        match bit(entry, list) {
            Ok(set) => (read(entry, content.valid_from, set, stale), is_old.then(newer)),
            Err(message) => (CheckResult::Unknown(Reason::StatusListUnusable { url: url.clone(), message }), None),
        }
    }
}

/// The entry's bit in a list that is authentic.
fn bit(entry: &StatusListEntry, list: &ShelvedList) -> Result<bool, String> {
    let bits = if let Some(bits) = list.bits.get() {
        bits
    } else {
        let encoded = &list.shelved.signed.peek_unverified().credential_subject.encoded_list;
        let bits = StatusList::decode(encoded).map_err(|error| error.to_string())?;
        list.bits.get_or_init(|| bits)
    };
    usize::try_from(entry.index)
        .ok()
        .and_then(|index| bits.find(index))
        .ok_or_else(|| format!("it has {} entries, and the credential is number {}", bits.len(), entry.index))
}

fn read(entry: &StatusListEntry, as_of: Timestamp, set: bool, stale: Option<Timestamp>) -> CheckResult {
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
}
