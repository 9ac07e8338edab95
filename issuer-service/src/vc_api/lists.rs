//! Where does it stand whether a credential of this process was revoked? One status list for each purpose, in memory.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use axum::http::StatusCode;
use serde_json::{Value, json};
use stapel_credential::StatusPurpose;
use stapel_keys::random;
use stapel_status::{IndexPermutation, MINIMUM_ENTRIES, StatusList};

use crate::error::Problem;

/// The lists of this process, and which places in them each credential has.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: BTreeMap<StatusPurpose, List>,
    /// By the credential's id.
    places: BTreeMap<String, Vec<Place>>,
}

#[derive(Debug)]
struct List {
    id: String,
    bits: StatusList,
    order: IndexPermutation,
    next: u32,
}

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) purpose: StatusPurpose,
    pub(super) index: u32,
}

impl Lists {
    /// A place of its own for one more credential.
    ///
    /// # Errors
    /// A problem when the list is full, or no randomness is to be had.
    pub(super) fn take(&mut self, purpose: StatusPurpose) -> Result<Place, Problem> {
        let list = match self.lists.entry(purpose) {
            Entry::Occupied(list) => list.into_mut(),
            Entry::Vacant(place) => place.insert(List::new()?),
        };
        let index = list
            .order
            .index_of(list.next)
            .map_err(|error| Problem::new(StatusCode::INSUFFICIENT_STORAGE, "full", "There is no room left", error))?;
        list.next += 1;
        Ok(Place { purpose, index })
    }

    /// Remembers under which id a place will be asked for.
    pub(super) fn note(&mut self, credential: &str, place: Place) {
        self.places.entry(credential.to_owned()).or_default().push(place);
    }

    /// The places of a credential.
    pub(super) fn of(&self, credential: &str) -> &[Place] {
        self.places.get(credential).map(Vec::as_slice).unwrap_or_default()
    }

    /// The place in the list of that id, if it was handed out.
    pub(super) fn find(&self, list: &str, index: u32) -> Option<Place> {
        let (purpose, _) = self.lists.iter().find(|(_, known)| known.id == list)?;
        let place = Place { purpose: *purpose, index };
        let is_taken = self.places.values().flatten().any(|taken| *taken == place);
        is_taken.then_some(place)
    }

    /// Sets a bit or clears it.
    ///
    /// # Errors
    /// A problem for a revocation that was to be taken back.
    pub(super) fn set(&mut self, place: Place, value: bool) -> Result<(), Problem> {
        let index = usize::try_from(place.index).unwrap_or(usize::MAX);
        let Some(list) = self.lists.get_mut(&place.purpose) else { return Err(Problem::not_found("no such list")) };
        if place.purpose == StatusPurpose::Revocation && !value && list.bits.find(index) == Some(true) {
            let detail = "a revoked credential stays revoked: use the purpose suspension for what may end";
            return Err(Problem::new(StatusCode::BAD_REQUEST, "status", "The status cannot change so", detail));
        }
        list.bits.set(index, value).map_err(Problem::internal)
    }

    /// The ids of the lists that there are.
    pub(super) fn ids(&self) -> Vec<String> {
        self.lists.values().map(|list| list.id.clone()).collect()
    }

    /// The id of the list for that purpose.
    pub(super) fn id_of(&self, purpose: StatusPurpose) -> Option<&str> {
        self.lists.get(&purpose).map(|list| list.id.as_str())
    }

    /// What the list of that id says, as `credentialSubject` (Bitstring Status List 1.0 §2.2).
    pub(super) fn subject(&self, id: &str, address: &str) -> Option<Value> {
        let (purpose, list) = self.lists.iter().find(|(_, list)| list.id == id)?;
        Some(json!({
            "id": format!("{address}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": list.bits.encode(),
        }))
    }
}

impl List {
    fn new() -> Result<Self, Problem> {
        Ok(Self {
            id: random::uuid_v4().map_err(Problem::internal)?.to_string(),
            bits: StatusList::new(MINIMUM_ENTRIES).map_err(Problem::internal)?,
            order: IndexPermutation::new(random::bytes().map_err(Problem::internal)?, MINIMUM_ENTRIES)
                .map_err(Problem::internal)?,
            next: 0,
        })
    }
}
