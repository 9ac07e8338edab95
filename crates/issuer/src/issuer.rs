//! How are badges, status lists and programmes signed? The part of issuing that needs the institution's key.

use stapel_credential::{ContextEntry, StatusListSubject, StatusPurpose, Timestamp, Uri, context};
use stapel_did::did_key;
use stapel_keys::{Signer, random};
use stapel_proof::{Document, ProofOptions, SignError, Signed, Unsecured};
use stapel_status::StatusList;

use crate::envelope::envelope;
use crate::error::{IssuerError, SignFailure};
use crate::records::Records;
use crate::repository::Added;
use crate::status::{
    OrderKey, STATUS_ENTRIES, STATUS_RENEWAL, STATUS_VALIDITY, StatusBits, StatusListId, StatusListRecord,
    StatusSnapshot,
};

/// The institution with its key.
#[derive(Clone, Copy)]
pub struct Issuer<'a> {
    pub(crate) records: Records<'a>,
    signer: &'a dyn Signer,
}

impl<'a> Issuer<'a> {
    /// The institution of these records, signing with this key.
    ///
    /// # Errors
    /// [`SignFailure::KeyOfAnother`] when the institution's DID is a `did:key` of another key. Of a `did:web` only its
    /// document can tell.
    pub fn new(records: Records<'a>, signer: &'a dyn Signer) -> Result<Self, SignFailure> {
        let did = records.institution().did();
        if did.method() == "key" && did_key(&signer.verifying_key()) != *did {
            return Err(SignFailure::KeyOfAnother { did: did.clone() });
        }
        Ok(Self { records, signer })
    }

    /// What needs no key.
    pub fn records(&self) -> Records<'a> {
        self.records
    }

    /// Signs a document as the institution.
    pub(crate) fn sign<T: Document>(&self, content: T, now: Timestamp) -> Result<Signed<T>, SignFailure> {
        content.check_unsigned().map_err(SignError::from)?;
        let method = self.records.institution().verification_method().clone();
        Ok(Unsecured::new(content).sign(self.signer, &ProofOptions::assertion(method, now))?)
    }

    /// A status list with room, a new one if there is none.
    pub(crate) fn open_status_list(&self, purpose: StatusPurpose) -> Result<StatusListRecord, IssuerError> {
        match self.records.repository().find_open_status_list(purpose)? {
            Some(list) => Ok(list),
            None => self.add_status_list(purpose),
        }
    }

    pub(crate) fn add_status_list(&self, purpose: StatusPurpose) -> Result<StatusListRecord, IssuerError> {
        let list = StatusListRecord {
            id: StatusListId::new(random::uuid_v4()?),
            purpose,
            entries: STATUS_ENTRIES,
            order: OrderKey::from_bytes(random::bytes()?),
            next: 0,
            revision: 0,
        };
        match self.records.repository().add_status_list(&list)? {
            Added::Added => Ok(list),
            Added::Taken => Err(IssuerError::Meanwhile { what: format!("status list {}", list.id) }),
        }
    }

    /// The signed status list (Bitstring Status List 1.0 §2.2), signed anew when a bit changed or the last signature is an
    /// hour old. It holds for 24 hours.
    ///
    /// # Errors
    /// [`IssuerError::UnknownStatusList`].
    pub fn status_list(&self, id: StatusListId, now: Timestamp) -> Result<StatusSnapshot, IssuerError> {
        let repository = self.records.repository();
        let unknown = || IssuerError::UnknownStatusList { id: id.to_string() };
        let list = repository.find_status_list(id)?.ok_or_else(unknown)?;
        if let Some(snapshot) = repository.find_status_snapshot(id)?
            && snapshot.is_fresh(list.revision, now)
        {
            return Ok(snapshot);
        }
        let bits = repository.find_status_bits(id)?.ok_or_else(unknown)?;
        let snapshot = self.sign_status_list(&bits, now)?;
        repository.save_status_snapshot(id, &snapshot)?;
        Ok(snapshot)
    }

    fn sign_status_list(&self, bits: &StatusBits, now: Timestamp) -> Result<StatusSnapshot, SignFailure> {
        let StatusBits { list, set } = bits;
        let mut status = StatusList::new(list.entries as usize)?;
        for index in set {
            status.set(*index as usize, true)?;
        }
        let address = list.id.address(self.records.institution())?;
        let subject = StatusListSubject {
            id: Some(Uri::parse(&format!("{address}#list"))?),
            kind: "BitstringStatusList".to_owned(),
            status_purpose: list.purpose,
            encoded_list: status.encode(),
            ttl: u64::try_from(STATUS_RENEWAL.as_millis()).ok(),
        };
        let content = envelope(
            vec![ContextEntry::Url(Uri::parse(context::VC_V2)?)],
            address,
            "BitstringStatusListCredential",
            self.records.institution().signer(),
            (now, Some(now.after(STATUS_VALIDITY))),
            subject,
        );
        let text = self.sign(content, now)?.text().to_owned();
        Ok(StatusSnapshot { revision: list.revision, signed_at: now, text })
    }
}
