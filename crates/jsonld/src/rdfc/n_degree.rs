//! Which of the blank nodes that say the same is which? By their surroundings (RDFC-1.0 §4.4.3 step 5 and §4.8 "Hash N-Degree Quads").
//!
//! The identifier issuer that the standard copies at each turn is one list here that grows and is cut back: an issuer is only ever
//! copied to be extended, and of each extension either all is kept or nothing.

use std::cmp::Ordering;

use sha2::Digest;
use sha2::digest::Output;

use super::first_degree::FirstDegree;
use super::statements::{Labels, Node, Touching, push_number};
use super::{MAX_DEPTH, RdfcError};

pub(super) struct NDegree<'t, 's, 'a, D: Digest> {
    touching: &'t Touching<'s, 'a>,
    first: &'t FirstDegree<D>,
    /// The first-degree hash of each blank node.
    said: Vec<Output<D>>,
    labels: &'t mut Labels,
    issuer: Issuer,
    meter: Meter,
}

impl<'t, 's, 'a, D: Digest> NDegree<'t, 's, 'a, D> {
    pub(super) fn new(
        touching: &'t Touching<'s, 'a>,
        first: &'t FirstDegree<D>,
        labels: &'t mut Labels,
        steps: u64,
    ) -> Self {
        let mut said = vec![Output::<D>::default(); touching.blanks()];
        for (hash, blank) in first.groups().flatten() {
            if let Some(place) = said.get_mut(*blank as usize) {
                place.clone_from(hash);
            }
        }
        let issuer = Issuer { names: vec![NONE; touching.blanks()], issued: Vec::new() };
        Self { touching, first, said, labels, issuer, meter: Meter { steps: 0, limit: steps } }
    }

    /// Gives each blank node that has none its label, and says how many steps that took.
    pub(super) fn tell_apart(mut self) -> Result<u64, RdfcError> {
        for alike in self.first.groups().filter(|group| group.len() > 1) {
            let mut results = Vec::with_capacity(alike.len());
            for &(_, blank) in alike {
                if self.labels.find(blank).is_some() {
                    continue;
                }
                self.issuer.issue(blank);
                let hash = self.hash(blank, 0)?;
                self.meter.take(self.issuer.issued.len())?;
                results.push((hash, self.issuer.issued.clone()));
                self.issuer.cut(0);
            }
            results.sort_by(|one, other| one.0.cmp(&other.0));
            for blank in results.iter().flat_map(|(_, issued)| issued) {
                self.labels.issue(*blank);
            }
        }
        Ok(self.meter.steps)
    }

    /// The hash of what surrounds a blank node, with the temporary identifiers issued on the way.
    fn hash(&mut self, blank: u32, depth: u32) -> Result<Output<D>, RdfcError> {
        if depth > MAX_DEPTH {
            return Err(RdfcError::TooDeep { depth: MAX_DEPTH });
        }
        let mut neighbours = self.neighbours(blank)?;
        neighbours.sort_unstable();
        let mut data = D::new();
        let (mut group, mut hex) = (Vec::new(), String::new());
        for alike in neighbours.chunk_by(|one, other| one.0 == other.0) {
            let Some((hash, _)) = alike.first() else { continue };
            hex.clear();
            push_hex(hash, &mut hex);
            data.update(&hex);
            group.clear();
            group.extend(alike.iter().map(|(_, blank)| *blank));
            data.update(self.best_path(&mut group, depth)?);
        }
        Ok(data.finalize())
    }

    /// Each blank node that stands in a statement with this one, with its hash from there (RDFC-1.0 §4.7 "Hash Related Blank Node").
    fn neighbours(&mut self, blank: u32) -> Result<Vec<(Output<D>, u32)>, RdfcError> {
        let statements = self.touching.of(blank);
        let mut neighbours = Vec::with_capacity(statements.len());
        let mut input = String::new();
        for statement in statements {
            let places = [("s", Some(statement.subject)), ("o", Some(statement.object)), ("g", statement.graph)];
            for (place, node) in places {
                let Some(Node::Blank(neighbour)) = node else { continue };
                if neighbour == blank {
                    continue;
                }
                input.clear();
                input.push_str(place);
                if place != "g" {
                    input.push_str(statement.predicate.trim_end_matches(' '));
                }
                if !self.push_identifier(neighbour, &mut input)
                    && let Some(hash) = self.said.get(neighbour as usize)
                {
                    push_hex(hash, &mut input);
                }
                self.meter.take(1 + input.len() / 64)?;
                neighbours.push((D::digest(&input), neighbour));
            }
        }
        Ok(neighbours)
    }

    /// The least path over neighbours that have one hash, among all orders of them; issues the identifiers of that order.
    fn best_path(&mut self, group: &mut [u32], depth: u32) -> Result<String, RdfcError> {
        let before = self.issuer.issued.len();
        let mut best = String::new();
        let mut best_issued = Vec::new();
        let mut path = String::new();
        loop {
            path.clear();
            if self.walk(group, depth, &best, &mut path)? {
                std::mem::swap(&mut best, &mut path);
                best_issued.clear();
                best_issued.extend(self.issuer.issued.iter().skip(before));
            }
            self.issuer.cut(before);
            if !next_order(group) {
                break;
            }
        }
        for blank in best_issued {
            self.issuer.issue(blank);
        }
        Ok(best)
    }

    /// Writes the path over neighbours in this order; false as soon as it cannot become less than the best one.
    fn walk(&mut self, order: &[u32], depth: u32, best: &str, path: &mut String) -> Result<bool, RdfcError> {
        let mut to_visit = Vec::new();
        self.meter.take(order.len())?;
        for &blank in order {
            if self.labels.find(blank).is_none() && self.issuer.find(blank).is_none() {
                self.issuer.issue(blank);
                to_visit.push(blank);
            }
            self.push_identifier(blank, path);
        }
        let mut race = Race::against(best);
        if race.is_lost(path) {
            return Ok(false);
        }
        for blank in to_visit {
            let hash = self.hash(blank, depth + 1)?;
            self.push_identifier(blank, path);
            path.push('<');
            push_hex(&hash, path);
            path.push('>');
            if race.is_lost(path) {
                return Ok(false);
            }
        }
        Ok(race.is_won(path))
    }

    /// Appends the canonical label, or else the temporary one; false if there is none.
    fn push_identifier(&self, blank: u32, text: &mut String) -> bool {
        let (prefix, number) = match (self.labels.find(blank), self.issuer.find(blank)) {
            (Some(label), _) => ("_:c14n", label),
            (None, Some(number)) => ("_:b", number),
            (None, None) => return false,
        };
        text.push_str(prefix);
        push_number(number, text);
        true
    }
}

/// Temporary identifiers `b0`, `b1`, … in the order in which they were issued.
struct Issuer {
    names: Vec<u32>,
    issued: Vec<u32>,
}

/// No identifier was issued.
const NONE: u32 = u32::MAX;

impl Issuer {
    fn find(&self, blank: u32) -> Option<u32> {
        self.names.get(blank as usize).copied().filter(|name| *name != NONE)
    }

    fn issue(&mut self, blank: u32) {
        if let (Some(name), Ok(number)) = (self.names.get_mut(blank as usize), u32::try_from(self.issued.len()))
            && *name == NONE
        {
            *name = number;
            self.issued.push(blank);
        }
    }

    /// Takes back all identifiers but the first so many.
    fn cut(&mut self, keep: usize) {
        for blank in self.issued.drain(keep.min(self.issued.len())..) {
            if let Some(name) = self.names.get_mut(blank as usize) {
                *name = NONE;
            }
        }
    }
}

/// Counts steps up to a limit.
struct Meter {
    steps: u64,
    limit: u64,
}

impl Meter {
    fn take(&mut self, steps: usize) -> Result<(), RdfcError> {
        self.steps = self.steps.saturating_add(steps as u64);
        if self.steps > self.limit { Err(RdfcError::Poisoned { steps: self.limit }) } else { Ok(()) }
    }
}

/// Compares a path with the best one while it grows, each byte once.
///
/// The standard stops at a path that is as long as the best and greater (§4.8.3 step 5.4.4.3). Stopping sooner changes no result: a
/// greater beginning makes a greater path.
struct Race<'b> {
    best: &'b [u8],
    /// How many bytes are known to be equal.
    tied: usize,
    /// Whether it is less already, however it goes on.
    less: bool,
}

impl<'b> Race<'b> {
    fn against(best: &'b str) -> Self {
        Self { best: best.as_bytes(), tied: 0, less: best.is_empty() }
    }

    /// Whether the path is greater, or the best one and more.
    fn is_lost(&mut self, path: &str) -> bool {
        if self.less {
            return false;
        }
        let end = path.len().min(self.best.len());
        let grown = path.as_bytes().get(self.tied..end).unwrap_or_default();
        match grown.cmp(self.best.get(self.tied..end).unwrap_or_default()) {
            Ordering::Less => self.less = true,
            Ordering::Equal => self.tied = end,
            Ordering::Greater => return true,
        }
        !self.less && path.len() > self.best.len()
    }

    /// Whether the path is less, now that it is whole.
    fn is_won(&self, path: &str) -> bool {
        self.less || path.len() < self.best.len()
    }
}

/// Turns a list into the next greater order of its members; false, and the least order again, if there is none. Starts from the sorted
/// list, and gives orders that look alike once.
fn next_order(list: &mut [u32]) -> bool {
    let rises = list.windows(2).rposition(|pair| matches!(pair, [one, next] if one < next));
    if let Some(at) = rises
        && let Some(pivot) = list.get(at).copied()
        && let Some(other) = list.iter().rposition(|one| *one > pivot)
    {
        list.swap(at, other);
        if let Some(tail) = list.get_mut(at + 1..) {
            tail.reverse();
        }
        return true;
    }
    list.reverse();
    false
}

fn push_hex(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or_default());
        }
    }
}
