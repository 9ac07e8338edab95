//! Which checks are asked for? All that say something about the document alone; trust is no question here.

use std::collections::BTreeSet;

use stapel_verifier::CheckKind;

use crate::error::Problem;

/// The checks that decide between 200 and 400. The others are told, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked(BTreeSet<CheckKind>);

/// The names of `options.checks`.
pub(super) const NAMES: [&str; 7] = ["structure", "proof", "key", "validity", "status", "holder", "credentialStatus"];

const ALL: [CheckKind; 5] =
    [CheckKind::Structure, CheckKind::Proof, CheckKind::Key, CheckKind::Validity, CheckKind::Status];

impl Asked {
    /// The checks of these names; without names, all but `holder`. Structure is always asked: of what is no such document nothing
    /// else can be said.
    ///
    /// # Errors
    /// A problem that names the unknown name.
    pub(super) fn of(names: &[String]) -> Result<Self, Problem> {
        if names.is_empty() {
            return Ok(Self(ALL.into()));
        }
        let mut asked = BTreeSet::from([CheckKind::Structure]);
        for name in names {
            match name.as_str() {
                "structure" => {}
                // A signature proves something only together with whose it is.
                "proof" => asked.extend([CheckKind::Proof, CheckKind::Key]),
                "key" => asked.extend([CheckKind::Key]),
                "validity" => asked.extend([CheckKind::Validity]),
                "status" | "credentialStatus" => asked.extend([CheckKind::Status]),
                "holder" => asked.extend([CheckKind::Holder]),
                other => {
                    let known = NAMES.join(", ");
                    let detail = format!("$.options.checks: {other:?} is not a check of this verifier: {known}");
                    return Err(Problem::bad_request(detail));
                }
            }
        }
        Ok(Self(asked))
    }

    /// The same, with the question whom the document was made for.
    pub(super) fn with_audience(mut self, is_named: bool) -> Self {
        if is_named {
            self.0.insert(CheckKind::Audience);
        }
        self
    }

    pub(super) fn includes(&self, kind: CheckKind) -> bool {
        self.0.contains(&kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_never_checked_without_whose_it_is() {
        let asked = |names: &[&str]| Asked::of(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(asked(&["proof"]).unwrap().0, [CheckKind::Structure, CheckKind::Proof, CheckKind::Key].into());
        assert_eq!(asked(&[]).unwrap().0, ALL.into());
        assert!(asked(&["proof", "trust"]).is_err());
    }
}
