//! Which items may be exchanged without anything being gained or lost? Of those the search tries one order only.

use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::filling::Brings;
use crate::model::Model;
use crate::problem::{By, Place};
use crate::tree::Kind;

/// One thing that a badge could do. Badges that could do the same are interchangeable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Slot { slot: usize, worth: u64, brings: Brings },
    Part { item: usize, option: usize, position: usize },
    UsedUp { item: usize, option: usize },
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
        for (number, option) in draft.options.iter().enumerate() {
            let mut note = |badge: usize, what: Use| signatures.entry(badge).or_default().push(what);
            if let Place::Slot { slot, badge } = draft.place {
                note(badge, Use::Slot { slot, worth: draft.worth, brings: option.brings });
                // What a held award was made of tells it apart from every other.
                if !option.used_up.is_empty() {
                    note(badge, Use::UsedUp { item: at, option: number });
                }
            } else {
                for (position, badges) in option.matches.iter().enumerate() {
                    for badge in badges {
                        note(*badge, Use::Part { item: at, option: number, position });
                    }
                }
            }
            for badge in &option.used_up {
                note(*badge, Use::UsedUp { item: at, option: number });
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
                let alone = Some(at).filter(|_| !is_first);
                (Some(slot), Vec::new(), draft.worth, None, signature.filter(|_| is_first), alone)
            }
            Place::Part(part) if draft.is_free_standing => {
                // What fills it may matter, so that only items filled alike are interchangeable.
                let option = draft.options.first().map(|option| (option.brings, option.by == By::Single));
                (None, roles(model, part), draft.worth, option, None, None)
            }
            Place::Part(_) | Place::Cover { .. } => (None, Vec::new(), 0, None, None, Some(at)),
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
