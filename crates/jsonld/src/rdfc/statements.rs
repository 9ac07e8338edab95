//! Which statements touch a blank node, and how do statements stand in order? The dataset with its terms looked up once.
//!
//! Every text here has the space that follows it in a line, so that comparing terms one by one is comparing lines.

use std::cmp::Ordering;

use super::{RdfcError, WorkLimit};
use crate::dataset::{Dataset, Term};

/// A subject, object or graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node<'a> {
    Text(&'a str),
    Blank(u32),
}

/// A statement with the texts of its terms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'a> {
    pub(super) subject: Node<'a>,
    pub(super) predicate: &'a str,
    pub(super) object: Node<'a>,
    pub(super) graph: Option<Node<'a>>,
}

/// What blank nodes are called in a line.
pub(super) trait Naming {
    fn name(&self, blank: u32) -> &str;
}

/// RDFC-1.0 §4.6: in a first-degree hash the node itself is `a` and every other is `z`.
pub(super) struct AroundNode(pub(super) u32);

impl Naming for AroundNode {
    #[inline]
    fn name(&self, blank: u32) -> &str {
        if blank == self.0 { "_:a " } else { "_:z " }
    }
}

impl<'a> Node<'a> {
    #[inline]
    fn name<'n>(self, naming: &'n impl Naming) -> &'n str
    where
        'a: 'n,
    {
        match self {
            Self::Text(text) => text,
            Self::Blank(blank) => naming.name(blank),
        }
    }

    #[inline]
    pub(super) fn blank(self) -> Option<u32> {
        match self {
            Self::Blank(blank) => Some(blank),
            Self::Text(_) => None,
        }
    }
}

impl Statement<'_> {
    #[inline]
    pub(super) fn has_blank_subject(&self) -> bool {
        matches!(self.subject, Node::Blank(_))
    }

    /// Its blank nodes, each once.
    #[inline]
    fn blanks(&self) -> impl Iterator<Item = u32> + use<> {
        let subject = self.subject.blank();
        let object = self.object.blank().filter(|_| self.object != self.subject);
        let graph = self.graph.filter(|graph| *graph != self.subject && *graph != self.object).and_then(Node::blank);
        subject.into_iter().chain(object).chain(graph)
    }

    /// The order of their lines under these names. No graph comes first: a full stop is before `<` and `_`.
    #[inline]
    pub(super) fn order(&self, other: &Self, naming: &impl Naming) -> Ordering {
        self.subject
            .name(naming)
            .cmp(other.subject.name(naming))
            .then_with(|| self.predicate.cmp(other.predicate))
            .then_with(|| self.object.name(naming).cmp(other.object.name(naming)))
            .then_with(|| self.graph.map(|one| one.name(naming)).cmp(&other.graph.map(|one| one.name(naming))))
    }

    /// An order among statements whose lines are alike, so that equal ones stand side by side.
    #[inline]
    pub(super) fn order_by_number(&self, other: &Self) -> Ordering {
        let numbers = |one: &Self| (one.subject.blank(), one.object.blank(), one.graph.and_then(Node::blank));
        numbers(self).cmp(&numbers(other))
    }

    /// Whether they are one statement.
    #[inline]
    pub(super) fn same(&self, other: &Self) -> bool {
        self.object == other.object
            && self.predicate == other.predicate
            && self.subject == other.subject
            && self.graph == other.graph
    }

    /// Its line under these names.
    #[inline]
    pub(super) fn write(&self, naming: &impl Naming, text: &mut String) {
        text.push_str(self.subject.name(naming));
        text.push_str(self.predicate);
        text.push_str(self.object.name(naming));
        if let Some(graph) = self.graph {
            text.push_str(graph.name(naming));
        }
        text.push_str(".\n");
    }
}

/// The statements of a dataset with their texts, and how many bytes their lines have without the names of blank nodes.
pub(super) fn statements<'a>(
    dataset: &'a Dataset,
    limit: &WorkLimit,
) -> Result<(Vec<Statement<'a>>, usize), RdfcError> {
    let mut statements = Vec::with_capacity(dataset.quads().len());
    let mut bytes = 0_usize;
    for (at, &(subject, predicate, object, graph)) in dataset.quads().iter().enumerate() {
        let number = at + 1;
        let mut node = |term: Term, literal: bool| match term {
            Term::Blank(blank) if blank < dataset.blanks() => Ok(Node::Blank(blank)),
            Term::Blank(_) => Err(RdfcError::NoTerm { number }),
            Term::Text { .. } => {
                let text = dataset.spaced(term).ok_or(RdfcError::NoTerm { number })?;
                if !literal && !text.starts_with('<') {
                    return Err(RdfcError::NoStatement { number });
                }
                bytes += text.len();
                Ok(Node::Text(text))
            }
        };
        let subject = node(subject, false)?;
        let Node::Text(predicate) = node(predicate, false)? else { return Err(RdfcError::NoStatement { number }) };
        let object = node(object, true)?;
        let graph = graph.map(|graph| node(graph, false)).transpose()?;
        bytes += ".\n".len();
        if bytes > limit.bytes {
            return Err(RdfcError::TooLong { bytes: limit.bytes });
        }
        statements.push(Statement { subject, predicate, object, graph });
    }
    Ok((statements, bytes))
}

/// For each blank node the statements that have it, each once: the "blank node to quads map" (RDFC-1.0 §4.4.3 step 2).
pub(super) struct Touching<'s, 'a> {
    entries: Vec<&'s Statement<'a>>,
    /// For each blank node, where its statements start in `entries` and how many there are.
    places: Vec<(u32, u32)>,
    nodes: usize,
}

impl<'s, 'a> Touching<'s, 'a> {
    /// A counting sort of the statements by their blank nodes.
    pub(super) fn new(statements: &'s [Statement<'a>], blanks: u32) -> Self {
        let mut places = vec![(0_u32, 0_u32); blanks as usize];
        for blank in statements.iter().flat_map(Statement::blanks) {
            if let Some((_, count)) = places.get_mut(blank as usize) {
                *count += 1;
            }
        }
        let mut total = 0;
        let mut nodes = 0;
        for (start, count) in &mut places {
            *start = total;
            total += *count;
            nodes += usize::from(*count > 0);
            *count = 0;
        }
        let Some(first) = statements.first() else { return Self { entries: Vec::new(), places, nodes } };
        let mut entries = vec![first; total as usize];
        for statement in statements {
            for blank in statement.blanks() {
                if let Some((start, count)) = places.get_mut(blank as usize)
                    && let Some(entry) = entries.get_mut((*start + *count) as usize)
                {
                    *entry = statement;
                    *count += 1;
                }
            }
        }
        Self { entries, places, nodes }
    }

    /// How many blank nodes stand in statements.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    /// How many blank nodes there are, in statements or not.
    pub(super) fn blanks(&self) -> usize {
        self.places.len()
    }

    /// The statements that have this blank node.
    pub(super) fn of(&self, blank: u32) -> &[&'s Statement<'a>] {
        self.places
            .get(blank as usize)
            .and_then(|&(start, count)| self.entries.get(start as usize..(start + count) as usize))
            .unwrap_or_default()
    }

    /// Visits each blank node that stands in a statement, with its statements. What the visitor leaves out of the number that it
    /// gives back is forgotten.
    pub(super) fn each_mut(&mut self, mut visit: impl FnMut(u32, &mut [&'s Statement<'a>]) -> usize) {
        for (blank, (start, count)) in (0..).zip(&mut self.places) {
            if *count == 0 {
                continue;
            }
            if let Some(mine) = self.entries.get_mut(*start as usize..(*start + *count) as usize) {
                *count = u32::try_from(visit(blank, mine)).unwrap_or(*count).min(*count);
            }
        }
    }

    /// Visits each blank node that stands in a statement.
    pub(super) fn each(&self, mut visit: impl FnMut(u32, &[&'s Statement<'a>])) {
        for (blank, (_, count)) in (0..).zip(&self.places) {
            if *count > 0 {
                visit(blank, self.of(blank));
            }
        }
    }

    /// The statements whose subject is this blank node, once they are in the order around it: they stand side by side then.
    pub(super) fn said_of(&mut self, blank: u32) -> &mut [&'s Statement<'a>] {
        let Some(&(start, count)) = self.places.get(blank as usize) else { return &mut [] };
        let Some(mine) = self.entries.get_mut(start as usize..(start + count) as usize) else { return &mut [] };
        let is_subject = |one: &&Statement| one.subject == Node::Blank(blank);
        let skipped = mine.iter().take_while(|one| !is_subject(one)).count();
        let taken = mine.iter().skip(skipped).take_while(|one| is_subject(one)).count();
        mine.get_mut(skipped..skipped + taken).unwrap_or_default()
    }
}

/// The canonical labels, as they are issued: `c14n0`, `c14n1`, … (RDFC-1.0 §4.5).
pub(super) struct Labels {
    labels: Vec<u32>,
    issued: u32,
}

/// No label was issued.
const NONE: u32 = u32::MAX;

impl Labels {
    pub(super) fn new(blanks: u32) -> Self {
        Self { labels: vec![NONE; blanks as usize], issued: 0 }
    }

    /// Gives the node the next label, unless it has one.
    pub(super) fn issue(&mut self, blank: u32) {
        if let Some(label) = self.labels.get_mut(blank as usize)
            && *label == NONE
        {
            *label = self.issued;
            self.issued += 1;
        }
    }

    #[inline]
    pub(super) fn find(&self, blank: u32) -> Option<u32> {
        self.labels.get(blank as usize).copied().filter(|label| *label != NONE)
    }

    pub(super) fn len(&self) -> usize {
        self.issued as usize
    }

    /// The labels as text.
    pub(super) fn names(&self) -> Names {
        let mut text = String::with_capacity(self.issued as usize * "_:c14n00000 ".len());
        let mut places = vec![(0, 0); self.labels.len()];
        let mut order = Vec::with_capacity(self.issued as usize);
        for (blank, place) in (0_u32..).zip(&mut places) {
            if let Some(label) = self.find(blank) {
                let start = text.len();
                text.push_str("_:c14n");
                push_number(label, &mut text);
                text.push(' ');
                *place = (start, text.len());
                order.push(blank);
            }
        }
        let mut names = Names { text, places, order: Vec::new() };
        order.sort_unstable_by(|one, other| names.name(*one).cmp(names.name(*other)));
        names.order = order;
        names
    }

    pub(super) fn into_options(self) -> Vec<Option<u32>> {
        self.labels.into_iter().map(|label| Some(label).filter(|label| *label != NONE)).collect()
    }
}

/// The canonical labels as text.
pub(super) struct Names {
    text: String,
    places: Vec<(usize, usize)>,
    order: Vec<u32>,
}

impl Names {
    /// The blank nodes in the order of their labels' text: `c14n10` is before `c14n2`.
    pub(super) fn in_order(&self) -> impl Iterator<Item = u32> + '_ {
        self.order.iter().copied()
    }

    /// The length of the longest.
    pub(super) fn longest(&self) -> usize {
        self.places.iter().map(|(start, end)| end - start).max().unwrap_or_default()
    }
}

impl Naming for Names {
    #[inline]
    fn name(&self, blank: u32) -> &str {
        self.places.get(blank as usize).and_then(|&(start, end)| self.text.get(start..end)).unwrap_or_default()
    }
}

/// A number in decimal digits.
pub(super) fn push_number(number: u32, text: &mut String) {
    if let Some(more) = number.checked_div(10).filter(|more| *more > 0) {
        push_number(more, text);
    }
    text.push(char::from_digit(number % 10, 10).unwrap_or_default());
}

/// Writes statements in the order of their lines, each once.
pub(super) fn write_run(run: &mut [&Statement], names: &Names, text: &mut String) {
    run.sort_unstable_by(|one, other| one.order(other, names));
    let mut last: Option<&Statement> = None;
    for statement in run.iter() {
        if last.is_none_or(|last| !last.same(statement)) {
            statement.write(names, text);
        }
        last = Some(statement);
    }
}
