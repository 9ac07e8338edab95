//! Whose badge is meant, and is there one for each part?

use stapel_credential::{Code, CodeScheme, Match, Part, Requirement, Rule};

use super::{Advisor, RuleDoubt, children, list_name};

impl Advisor<'_> {
    /// Matches that anybody's badge fits, told once: the first place, and how many there are besides.
    pub(super) fn vouching(&mut self) {
        let programme = self.rules.programme();
        let mut places = Vec::new();
        for (at, part) in programme.parts.iter().enumerate() {
            for (number, way) in part.ways.iter().enumerate().filter(|(_, way)| !way.supplements) {
                let path = format!("$.parts[{at}].ways[{number}]");
                let all = way.all.iter().enumerate().map(|(at, wanted)| (format!("{path}.all[{at}]"), wanted));
                let fits = way.outcomes.iter().map(|outcomes| (format!("{path}.outcomes.fits"), &outcomes.fits));
                places.extend(all.chain(fits).filter(|(_, wanted)| is_open(wanted)).map(|(path, _)| path));
            }
        }
        for (at, award) in programme.awards.iter().enumerate() {
            held(&format!("$.awards[{at}].requirement"), &award.requirement, &mut places);
        }
        if let Some((first, others)) = places.split_first() {
            self.say(first.clone(), RuleDoubt::AnyIssuer { more: others.len() });
        }
    }

    /// A part that is shown by nothing but the badge that shows an earlier one.
    pub(super) fn same_badge(&mut self, path: &str, at: usize) {
        let programme = self.rules.programme();
        let parts = &programme.parts;
        let Some(only) = parts.get(at).and_then(only_module) else { return };
        let is_repeatable = programme.repeatable.iter().any(|wanted| {
            wanted.achievement.is_empty() || only.achievement.iter().any(|one| wanted.achievement.contains(one))
        });
        let other = parts.iter().take(at).find(|part| only_module(part).is_some_and(|other| other == only));
        if let Some(other) = other.filter(|_| !is_repeatable) {
            self.say(path.to_owned(), RuleDoubt::SameBadge { other: other.id.clone() });
        }
    }
}

fn held(path: &str, requirement: &Requirement, places: &mut Vec<String>) {
    if let Rule::Award(wanted) = &requirement.rule
        && is_open(wanted)
    {
        places.push(format!("{path}.award"));
    }
    for (at, child) in children(requirement).iter().enumerate() {
        held(&format!("{path}.{}[{at}]", list_name(requirement)), child, places);
    }
}

/// Whether neither an issuer is asked nor a code for which the trust list must vouch.
fn is_open(wanted: &Match) -> bool {
    let is_registered = |code: &Code| code.scheme() != CodeScheme::Own;
    wanted.issuer.is_empty()
        && wanted.issuer_kind.is_empty()
        && wanted.authorised_for.is_none()
        && !wanted.code.iter().any(is_registered)
}

/// What alone shows the part: one module of one way, without others and without exemption.
fn only_module(part: &Part) -> Option<&Match> {
    match part.ways.as_slice() {
        [way] if part.no_exemption && !way.supplements && way.covers.is_empty() && way.outcomes.is_none() => {
            match way.all.as_slice() {
                [only] if only.achievement.len() == 1 => Some(only),
                _ => None,
            }
        }
        _ => None,
    }
}
