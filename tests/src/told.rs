//! How far is it, in a few lines that a test can compare? What is met, missing and blocked, and why something does not count.

use stapel_stacking::{Asks, Done, Progress, RequirementProgress, State};

/// The lines: `complete` or `not complete`, then parts, named requirements above them, limits, and what counts nowhere.
///
/// * `met a by exemption` · `open b` · `blocked c: its level …`
/// * `requirement core: 2 of 3`, only where it is not met
/// * `unused NAME: why`, where no blocked part tells it already
pub fn told(progress: &Progress) -> Vec<String> {
    let mut lines = vec![if progress.complete { "complete" } else { "not complete" }.to_owned()];
    for part in &progress.parts {
        lines.push(match &part.state {
            State::Met if part.by.iter().any(stapel_stacking::Counted::is_exemption) => {
                format!("met {} by exemption", part.id)
            }
            State::Met => format!("met {}", part.id),
            State::Partly(done) => format!("partly {}: {}", part.id, amount(*done)),
            State::Open => format!("open {}", part.id),
            State::Blocked { why, .. } => format!("blocked {}: {why}", part.id),
            state => format!("{state:?} {}", part.id),
        });
    }
    requirements(&progress.requirements, &mut lines);
    for limit in &progress.limits {
        lines.push(format!("limit {}: {} of at most {}", limit.id, limit.counted, limit.at_most));
    }
    let told: String = lines.join("\n");
    let unused = progress.unused.iter().filter(|unused| !told.contains(&format!(": {}", unused.why)));
    let mut unused: Vec<String> = unused
        .map(|unused| {
            let name = if unused.name.is_empty() { unused.credential.id.as_str() } else { &unused.name };
            format!("unused {name}: {}", unused.why)
        })
        .collect();
    unused.sort();
    lines.extend(unused);
    lines
}

fn requirements(requirement: &RequirementProgress, lines: &mut Vec<String>) {
    if let (Some(id), false) = (&requirement.id, matches!(requirement.asks, Asks::Part(_))) {
        match &requirement.state {
            State::Met if matches!(requirement.asks, Asks::Award(_)) => lines.push(format!("requirement {id}: held")),
            State::Met => {}
            State::Partly(done) => lines.push(format!("requirement {id}: {}", amount(*done))),
            State::Open => lines.push(format!("requirement {id}: open")),
            State::Blocked { why, .. } => lines.push(format!("requirement {id}: blocked, {why}")),
            state => lines.push(format!("requirement {id}: {state:?}")),
        }
    }
    for below in &requirement.of {
        requirements(below, lines);
    }
}

fn amount(done: Done) -> String {
    match done {
        Done::Parts { have, need } => format!("{have} of {need}"),
        Done::Credits { have, need } => format!("{have} of {need} credits"),
        Done::Hours { have, need } => format!("{} of {} hours", have.0, need.0),
    }
}
