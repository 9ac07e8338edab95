//! Where do active contexts live? Appended, never changed, shared by all threads, and bounded: what finds no room lasts as long as
//! its document.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use stapel_credential::json::{Json, Object};

use crate::active::Active;
use crate::error::Fault;

/// How many active contexts one family keeps.
const KEPT: usize = 256;
/// How many more one document may need.
const MORE: usize = 1024;
/// How much one family keeps, in terms and JSON values.
const KEPT_WEIGHT: usize = 40_000;
/// How much more one document may need.
const MORE_WEIGHT: usize = 400_000;

/// The place of an active context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// In the family, for all documents with the same contexts.
    Kept(u32),
    /// For this document alone.
    Passing(u32),
}

/// Active contexts, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Family {
    nodes: Box<[OnceLock<Active>]>,
    next: AtomicUsize,
    weight: AtomicUsize,
    room: usize,
    root: OnceLock<Place>,
}

impl Family {
    pub(crate) fn new() -> Self {
        Self::with_room(KEPT, KEPT_WEIGHT)
    }

    fn with_room(count: usize, room: usize) -> Self {
        Self {
            nodes: (0..count).map(|_| OnceLock::new()).collect(),
            next: AtomicUsize::new(0),
            weight: AtomicUsize::new(0),
            room,
            root: OnceLock::new(),
        }
    }

    /// The active context after the `@context` that the family is for.
    pub(crate) fn root(&self) -> Option<Place> {
        self.root.get().copied()
    }

    pub(crate) fn set_root(&self, place: Place) {
        // Another thread may have been first; both mean the same.
        let _ = self.root.set(place);
    }

    /// Whether there is no room for more.
    pub(crate) fn is_full(&self) -> bool {
        self.next.load(Ordering::Relaxed) >= self.nodes.len() || self.weight.load(Ordering::Relaxed) > self.room
    }

    #[inline]
    fn get(&self, at: u32) -> Option<&Active> {
        self.nodes.get(at as usize)?.get()
    }

    /// Gives it back if there is no room.
    fn add(&self, mut active: Active, weight: usize, place: fn(u32) -> Place) -> Result<&Active, Box<Active>> {
        if self.weight.fetch_add(weight, Ordering::Relaxed) > self.room {
            return Err(Box::new(active));
        }
        let at = self.next.fetch_add(1, Ordering::Relaxed).min(self.nodes.len());
        match (self.nodes.get(at), u32::try_from(at)) {
            (Some(slot), Ok(at)) => {
                active.place = Some(place(at));
                Ok(slot.get_or_init(|| active))
            }
            _ => Err(Box::new(active)),
        }
    }
}

/// The active contexts that one document can see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space<'s> {
    pub(crate) family: &'s Family,
    pub(crate) passing: &'s OnceLock<Family>,
}

impl<'s> Space<'s> {
    #[inline]
    pub(crate) fn get(self, place: Place) -> Option<&'s Active> {
        match place {
            Place::Kept(at) => self.family.get(at),
            Place::Passing(at) => self.passing.get()?.get(at),
        }
    }

    /// Gives a context a place: in the family, if what it was made from is there and there is room.
    pub(crate) fn add(self, active: Active, weight: usize, from: Option<Place>) -> Result<&'s Active, Fault> {
        let weight = weight + active.terms.len();
        let mut active = active;
        if !matches!(from, Some(Place::Passing(_))) && !matches!(active.previous, Some(Place::Passing(_))) {
            match self.family.add(active, weight, Place::Kept) {
                Ok(added) => return Ok(added),
                Err(back) => active = *back,
            }
        }
        let passing = self.passing.get_or_init(|| Family::with_room(MORE, MORE_WEIGHT));
        passing.add(active, weight, Place::Passing).map_err(|_| Fault::Limit("contexts", MORE))
    }
}

/// How much a JSON value weighs: its values, and its text in units of 64 bytes.
pub(crate) fn weight(value: &Json<'_>) -> usize {
    match value {
        Json::Null | Json::Bool(_) | Json::Number(_) => 1,
        Json::String(text) => 1 + text.len() / 64,
        Json::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Json::Object(object) => weight_of_object(object),
    }
}

fn weight_of_object(object: &Object<'_>) -> usize {
    1 + object.iter().map(|(name, value)| 1 + name.len() / 64 + weight(value)).sum::<usize>()
}
