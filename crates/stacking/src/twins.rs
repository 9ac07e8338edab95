//! Which items may be exchanged without anything being gained or lost? Of those the search tries one order only.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::problem::{Draft, Place};
use crate::tree::Kind;

/// One thing that a badge could do. Badges that could do the same are interchangeable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Slot { slot: usize, worth: u64 },
    Single { item: usize },
    Together { item: usize, way: usize, position: usize },
}

impl Use {
    fn slot(&self) -> Option<usize> {
        match self {
            Self::Slot { slot, .. } => Some(*slot),
            _ => None,
        }
    }
}

/// Numbers the items so that equal numbers mean: exchanging the two, badges and all, changes nothing that is measured.
pub(crate) fn number(model: &Model<'_>, drafts: &[Draft]) -> Vec<usize> {
    // Where each badge could go tells interchangeable badges apart from others.
    let mut signatures: BTreeMap<usize, Vec<Use>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let Place::Slot { slot, badge } = draft.place {
            signatures.entry(badge).or_default().push(Use::Slot { slot, worth: draft.worth });
            continue;
        }
        for badge in &draft.single {
            signatures.entry(*badge).or_default().push(Use::Single { item: at });
        }
        for (way, matches) in &draft.together {
            for (position, badges) in matches.iter().enumerate() {
                for badge in badges {
                    signatures.entry(*badge).or_default().push(Use::Together { item: at, way: *way, position });
                }
            }
        }
    }
    let mut numbers: BTreeMap<_, usize> = BTreeMap::new();
    let mut twins = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        let key = match draft.place {
            Place::Slot { slot, badge } => {
                let signature = signatures.get(&badge);
                // Two badges are exchanged as a whole: only in the first slot that they fit may one go before the other.
                let first = signature.and_then(|uses| uses.iter().find_map(Use::slot));
                let is_first = first == Some(slot);
                (Some(slot), Vec::new(), draft.worth, signature.filter(|_| is_first), Some(at).filter(|_| !is_first))
            }
            Place::Part(part) if draft.is_free_standing => (None, roles(model, part), draft.worth, None, None),
            Place::Part(_) => (None, Vec::new(), 0, None, Some(at)),
        };
        let next = numbers.len();
        twins.push(*numbers.entry(key).or_insert(next));
    }
    twins
}

/// Where a part stands in the tree: under which nodes, and in which pools.
fn roles(model: &Model<'_>, part: usize) -> Vec<usize> {
    let nodes = &model.tree.nodes;
    let is_leaf = |at: &usize| matches!(nodes.get(*at), Some(node) if matches!(node.kind, Kind::Part { part: leaf, .. } if leaf == part));
    let mut roles = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match &node.kind {
            Kind::Pool { .. } if node.parts.binary_search(&part).is_ok() => roles.push(at),
            Kind::All { of } | Kind::Choose { of, .. } => {
                roles.extend(of.iter().filter(|child| is_leaf(child)).map(|_| at));
            }
            _ => {}
        }
    }
    roles
}
