//! Who vouches for this issuer? Trust lists of the anchors that the verifier chose, applied.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use stapel_credential::{Code, Day, Did, IssuerKind, Timestamp, TrustListCredential, TrustedIssuer, Uri};
use stapel_proof::Authentic;

use crate::dossier::Dossier;
use crate::policy::Policy;

/// The trust lists that count for a policy at an instant: by one of its anchors, authentic, valid, and the newest edition.
#[derive(Debug, Clone)]
pub struct Trust {
    lists: Vec<Arc<Authentic<TrustListCredential>>>,
    pinned: Vec<Did>,
    unusable: Vec<UnusableList>,
}

/// A trust list at hand that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusableList {
    /// Its name, by its own word.
    pub list: String,
    /// Why it does not count.
    pub why: String,
}

/// Somebody vouches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vouched {
    /// A trust list does.
    ByList {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// What kind of body it is.
        kind: IssuerKind,
    },
    /// The verifier pinned the issuer.
    Pinned,
}

/// Nobody vouches, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotVouched {
    /// No list at hand knows the issuer.
    #[error("no trust list at hand knows {issuer}")]
    Unknown {
        /// The issuer.
        issuer: Did,
    },
    /// A list knows it, but not on that day.
    #[error("the trust list {list} does not vouch for {name} on {day}")]
    NotThen {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// The day.
        day: Day,
    },
    /// A list knows it, without a mandate for this code on that day.
    #[error("by the trust list {list}, {name} may not certify {code} on {day}")]
    NotAuthorised {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// The code.
        code: Code,
        /// The day.
        day: Day,
    },
}

impl Trust {
    /// Applies the trust lists of the dossier under the policy at `now`.
    pub fn new(dossier: &Dossier, policy: &Policy, now: Timestamp) -> Self {
        let mut newest: BTreeMap<(Uri, Uri), Arc<Authentic<TrustListCredential>>> = BTreeMap::new();
        let mut unusable = Vec::new();
        let tolerance = Duration::from_secs(policy.clock_tolerance_seconds);
        for shelved in dossier.trust_lists() {
            let content = shelved.signed.peek_unverified();
            let list = content.credential_subject.trust_list.name.clone();
            let mut refuse = |why: String| unusable.push(UnusableList { list: list.clone(), why });
            if !content.issuer_did().is_some_and(|did| policy.trust_anchors.contains(&did)) {
                refuse(format!("its issuer {} is not one of your trust anchors", content.issuer.id));
                continue;
            }
            let authentic = match shelved.authenticate(dossier, now) {
                Ok(authentic) => authentic,
                Err(error) => {
                    refuse(error.to_string());
                    continue;
                }
            };
            if content.valid_from > now.after(tolerance) {
                refuse(format!("it is valid only from {}", content.valid_from));
                continue;
            }
            let key = (content.issuer.id.clone(), content.credential_subject.id.clone());
            let newer = newest.get(&key).is_none_or(|known| {
                known.content().credential_subject.trust_list.sequence < content.credential_subject.trust_list.sequence
            });
            if newer {
                newest.insert(key, authentic);
            }
        }
        // Only now: an edition that ended was still the newest, and the one before it must not come back.
        let mut lists = Vec::with_capacity(newest.len());
        for authentic in newest.into_values() {
            match why_ended(&authentic, now) {
                None => lists.push(authentic),
                Some(why) => {
                    let list = authentic.content().credential_subject.trust_list.name.clone();
                    unusable.push(UnusableList { list, why });
                }
            }
        }
        Self { lists, pinned: policy.pinned_issuers.clone(), unusable }
    }

    /// The trust lists of this anchor alone, without pinned issuers: whom would it vouch for?
    #[must_use]
    pub fn of_anchor(&self, anchor: &Did) -> Self {
        let is_by = |list: &&Arc<Authentic<TrustListCredential>>| list.content().issuer_did().as_ref() == Some(anchor);
        let lists = self.lists.iter().filter(is_by).cloned().collect();
        Self { lists, pinned: Vec::new(), unusable: self.unusable.clone() }
    }

    /// Trust lists at hand that do not count, and why: worth telling when an issuer is unknown.
    pub fn unusable(&self) -> &[UnusableList] {
        &self.unusable
    }

    /// Whether the verifier pinned the issuer itself.
    pub fn is_pinned(&self, issuer: &Did) -> bool {
        self.pinned.contains(issuer)
    }

    /// Every entry about an issuer, each with its list's name.
    pub fn entries<'a>(&'a self, issuer: &'a Did) -> impl Iterator<Item = (&'a str, &'a TrustedIssuer)> {
        self.lists.iter().flat_map(move |list| {
            let list = &list.content().credential_subject.trust_list;
            list.issuers.iter().filter(move |entry| entry.did == *issuer).map(|entry| (list.name.as_str(), entry))
        })
    }

    /// Whether anybody vouches for the issuer on that day.
    ///
    /// # Errors
    /// [`NotVouched`], with the list that says no if there is one.
    pub fn vouch(&self, issuer: &Did, day: Day) -> Result<Vouched, NotVouched> {
        self.vouch_for_codes(issuer, &[], day)
    }

    /// Whether this issuer may certify this code on that day. Its own codes need no mandate.
    ///
    /// # Errors
    /// [`NotVouched`], with the list that says no if there is one.
    pub fn may_certify(&self, issuer: &Did, code: &Code, day: Day) -> Result<Vouched, NotVouched> {
        self.vouch_for_codes(issuer, std::slice::from_ref(code), day)
    }

    /// Whether one list vouches for the issuer and all these codes on that day.
    ///
    /// # Errors
    /// [`NotVouched`] of the list that comes closest.
    pub fn vouch_for_codes(&self, issuer: &Did, codes: &[Code], day: Day) -> Result<Vouched, NotVouched> {
        if self.is_pinned(issuer) {
            return Ok(Vouched::Pinned);
        }
        let mut closest = NotVouched::Unknown { issuer: issuer.clone() };
        for (list, entry) in self.entries(issuer) {
            if !entry.is_vouched_for_on(day) {
                if matches!(closest, NotVouched::Unknown { .. }) {
                    closest = NotVouched::NotThen { list: list.to_owned(), name: entry.name.clone(), day };
                }
                continue;
            }
            let refused = codes.iter().find(|code| {
                code.scheme() != stapel_credential::CodeScheme::Own && entry.find_mandate(code, day).is_none()
            });
            match refused {
                None => {
                    return Ok(Vouched::ByList { list: list.to_owned(), name: entry.name.clone(), kind: entry.kind });
                }
                Some(code) => {
                    closest = NotVouched::NotAuthorised {
                        list: list.to_owned(),
                        name: entry.name.clone(),
                        code: code.clone(),
                        day,
                    };
                }
            }
        }
        Err(closest)
    }

    /// What kind of body the issuer is on that day, by the lists that vouch for it.
    pub fn find_kind(&self, issuer: &Did, day: Day) -> Option<IssuerKind> {
        self.entries(issuer).find(|(_, entry)| entry.is_vouched_for_on(day)).map(|(_, entry)| entry.kind)
    }

    /// Whether `signer` may sign status lists for badges of `issuer`: itself, or whom a trust list names.
    pub fn may_sign_status(&self, signer: &Uri, issuer: &Uri) -> bool {
        signer == issuer
            || issuer.as_did().zip(signer.as_did()).is_some_and(|(issuer, signer)| {
                self.entries(&issuer).any(|(_, entry)| entry.status_issuers.contains(&signer))
            })
    }
}

fn why_ended(list: &Authentic<TrustListCredential>, now: Timestamp) -> Option<String> {
    let Some(until) = list.content().valid_until else {
        return Some("it has no end of validity, which a trust list must have".to_owned());
    };
    let end = list.proofs().filter_map(|proof| proof.expires).chain([until]).min().unwrap_or(until);
    (end < now).then(|| format!("it was valid until {end}"))
}
