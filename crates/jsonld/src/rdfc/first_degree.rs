//! What does a blank node say? The hash of the statements that touch it (RDFC-1.0 §4.6 "Hash First Degree Quads").

use sha2::Digest;
use sha2::digest::Output;

use super::statements::{AroundNode, Statement, Touching};

/// The first-degree hashes of all blank nodes.
pub(super) struct FirstDegree<D: Digest> {
    /// In the order of the hashes, which is the order of their hexadecimal text.
    by_hash: Vec<(Output<D>, u32)>,
    /// How many lines were hashed.
    pub(super) lines: u64,
}

impl<D: Digest> FirstDegree<D> {
    /// Hashes what each blank node says, and leaves its statements in order and each once.
    pub(super) fn of(touching: &mut Touching) -> Self {
        let mut by_hash = Vec::with_capacity(touching.nodes());
        let mut lines = 0;
        let mut text = String::new();
        touching.each_mut(|blank, statements| {
            let around = AroundNode(blank);
            statements
                .sort_unstable_by(|one, other| one.order(other, &around).then_with(|| one.order_by_number(other)));
            let kept = keep_each_once(statements);
            text.clear();
            for statement in statements.iter().take(kept) {
                statement.write(&around, &mut text);
                lines += 1;
            }
            by_hash.push((D::digest(&text), blank));
            kept
        });
        by_hash.sort_unstable();
        Self { by_hash, lines }
    }

    /// The blank nodes that no other says the same as, in the order of their hashes.
    pub(super) fn unique(&self) -> impl Iterator<Item = u32> + '_ {
        self.groups().filter_map(|group| match group {
            [(_, blank)] => Some(*blank),
            _ => None,
        })
    }

    /// The blank nodes by what they say, in the order of their hashes.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[(Output<D>, u32)]> {
        self.by_hash.chunk_by(|one, other| one.0 == other.0)
    }
}

/// Moves the first of equal statements to the front and says how many there are.
fn keep_each_once<'s, 'a>(statements: &mut [&'s Statement<'a>]) -> usize {
    let mut kept = 0;
    let mut last: Option<&'s Statement<'a>> = None;
    for at in 0..statements.len() {
        let Some(&statement) = statements.get(at) else { break };
        if last.is_some_and(|last| last.same(statement)) {
            continue;
        }
        if let Some(place) = statements.get_mut(kept) {
            *place = statement;
            kept += 1;
        }
        last = Some(statement);
    }
    kept
}
