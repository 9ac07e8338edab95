//! RDFC-1.0 word for word, as slowly as the standard says it: strings, maps and copies. Shares nothing with ours but SHA-256.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Subject, predicate, object and graph as N-Quads text; no graph is the empty text.
type Line = [String; 4];

/// §4.5, and the copy that §4.8 makes of it.
#[derive(Clone)]
struct Issuer {
    prefix: &'static str,
    issued: Vec<(String, String)>,
}

impl Issuer {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, issued: Vec::new() }
    }

    fn find(&self, blank: &str) -> Option<String> {
        self.issued.iter().find(|(existing, _)| existing == blank).map(|(_, issued)| issued.clone())
    }

    fn issue(&mut self, blank: &str) -> String {
        self.find(blank).unwrap_or_else(|| {
            let issued = format!("_:{}{}", self.prefix, self.issued.len());
            self.issued.push((blank.to_owned(), issued.clone()));
            issued
        })
    }
}

struct State {
    quads: BTreeMap<String, Vec<Line>>,
    canonical: Issuer,
}

fn is_blank(term: &str) -> bool {
    term.starts_with("_:")
}

pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn write(line: &Line, name: impl Fn(&str) -> String) -> String {
    let named = |term: &String| if is_blank(term) { name(term) } else { term.clone() };
    let mut terms: Vec<String> = line.iter().filter(|term| !term.is_empty()).map(named).collect();
    terms.push(".\n".to_owned());
    terms.join(" ")
}

/// §4.4.3. Lines may stand more than once.
pub(crate) fn canonicalize(lines: &[Line]) -> String {
    let dataset: BTreeSet<Line> = lines.iter().cloned().collect();
    let mut state = State { quads: BTreeMap::new(), canonical: Issuer::new("c14n") };
    for line in &dataset {
        let blanks: BTreeSet<&String> = line.iter().filter(|term| is_blank(term)).collect();
        for blank in blanks {
            state.quads.entry(blank.clone()).or_default().push(line.clone());
        }
    }
    let mut by_hash: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for blank in state.quads.keys() {
        by_hash.entry(state.first_degree(blank)).or_default().push(blank.clone());
    }
    for blanks in by_hash.values().filter(|blanks| blanks.len() == 1) {
        state.canonical.issue(&blanks[0]);
    }
    for blanks in by_hash.values().filter(|blanks| blanks.len() > 1) {
        let mut paths = Vec::new();
        for blank in blanks {
            if state.canonical.find(blank).is_none() {
                let mut issuer = Issuer::new("b");
                issuer.issue(blank);
                paths.push(state.n_degree(blank, issuer));
            }
        }
        paths.sort_by(|one, other| one.0.cmp(&other.0));
        for (_, issuer) in paths {
            for (blank, _) in issuer.issued {
                state.canonical.issue(&blank);
            }
        }
    }
    let canonical: BTreeSet<String> =
        dataset.iter().map(|line| write(line, |blank| state.canonical.find(blank).unwrap())).collect();
    canonical.into_iter().collect()
}

impl State {
    /// §4.6.
    fn first_degree(&self, reference: &str) -> String {
        let name = |blank: &str| if blank == reference { "_:a".to_owned() } else { "_:z".to_owned() };
        let mut lines: Vec<String> = self.quads[reference].iter().map(|line| write(line, name)).collect();
        lines.sort();
        hash(&lines.concat())
    }

    /// §4.7.
    fn related(&self, related: &str, line: &Line, issuer: &Issuer, position: &str) -> String {
        let mut input = position.to_owned();
        if position != "g" {
            input.push_str(&line[1]);
        }
        let identifier = self.canonical.find(related).or_else(|| issuer.find(related));
        input.push_str(&identifier.unwrap_or_else(|| self.first_degree(related)));
        hash(&input)
    }

    /// §4.8.
    fn n_degree(&self, identifier: &str, mut issuer: Issuer) -> (String, Issuer) {
        let mut neighbours: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in &self.quads[identifier] {
            for (term, position) in [(&line[0], "s"), (&line[2], "o"), (&line[3], "g")] {
                if is_blank(term) && term != identifier {
                    neighbours.entry(self.related(term, line, &issuer, position)).or_default().push(term.clone());
                }
            }
        }
        let mut data = String::new();
        for (related, blanks) in neighbours {
            data.push_str(&related);
            let mut chosen: Option<(String, Issuer)> = None;
            for order in permutations(&blanks) {
                let mut copy = issuer.clone();
                let mut path = String::new();
                let mut recursion = Vec::new();
                for blank in &order {
                    if let Some(label) = self.canonical.find(blank) {
                        path.push_str(&label);
                    } else {
                        if copy.find(blank).is_none() {
                            recursion.push(blank.clone());
                        }
                        path.push_str(&copy.issue(blank));
                    }
                }
                for blank in recursion {
                    let (hash, issuer) = self.n_degree(&blank, copy.clone());
                    path.push_str(&copy.issue(&blank));
                    write!(path, "<{hash}>").unwrap();
                    copy = issuer;
                }
                if chosen.as_ref().is_none_or(|(best, _)| path < *best) {
                    chosen = Some((path, copy));
                }
            }
            let (path, copy) = chosen.unwrap();
            data.push_str(&path);
            issuer = copy;
        }
        (hash(&data), issuer)
    }
}

fn permutations(list: &[String]) -> Vec<Vec<String>> {
    if list.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..list.len() {
        let mut rest = list.to_vec();
        let first = rest.remove(at);
        for mut tail in permutations(&rest) {
            tail.insert(0, first.clone());
            all.push(tail);
        }
    }
    all
}
