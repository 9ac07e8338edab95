//! Which cases are tried? Random programmes in the whole language, and random holdings, all really signed.

use std::collections::BTreeSet;

use crate::brute_force::{Best, Case, Exempts, Simple};
use crate::support::{HOLDER, Issuer, Random, Wallet, World, badge_text};
use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Ask, Credits, Programme, ProgrammeCredential, Question};
use stapel_stacking::{HeldRecord, Rules};
use stapel_verifier::Verified;

const ACHIEVEMENTS: usize = 6;
const OUTCOMES: usize = 4;

/// Every badge that a case may draw, signed and verified once: seven achievements by two issuers, in several copies.
pub(crate) struct Shelf {
    pub(crate) world: World,
    body: Issuer,
    board: Issuer,
    records: Vec<HeldRecord>,
    pub(crate) badges: Vec<(Verified<AchievementCredential>, Simple)>,
}

fn achievement(number: usize) -> String {
    format!("urn:a:{number}")
}

fn outcome(number: usize) -> String {
    format!("urn:o:{number}")
}

/// The record of a diploma that a school made of its badges 0 and 1.
fn record(school: usize, issuer: &Issuer) -> HeldRecord {
    let counted: Vec<Value> = (0..2)
        .map(|kind| {
            json!({"issuer": issuer.did(), "id": format!("urn:b:{kind}:{school}:0"), "digest": DIGEST,
                                 "achievement": achievement(kind)})
        })
        .collect();
    let text = json!({
        "id": format!("urn:record:{school}"), "type": "AwardRecord", "holder": HOLDER,
        "awardedDate": "2026-06-30T12:00:00Z", "planDigest": DIGEST, "counted": counted, "documents": [], "evidence": {},
        "plan": {
            "programme": {"id": "urn:example:other", "edition": "1", "digest": DIGEST}, "ask": {"award": null}, "fills": []
        }
    });
    HeldRecord::parse(&text.to_string()).unwrap()
}

const DIGEST: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

impl Shelf {
    pub(crate) fn new() -> Self {
        let (body, board) = (Issuer::new(1), Issuer::new(2));
        let schools = [Issuer::new(3), Issuer::new(4)];
        let world = World::pinning(&[&body, &board, &schools[0], &schools[1]]);
        let mut badges = Vec::new();
        let mut random = Random::new(7);
        let records: Vec<HeldRecord> = schools.iter().enumerate().map(|(at, school)| record(at, school)).collect();
        for kind in 0..=ACHIEVEMENTS {
            for (school, issuer) in schools.iter().enumerate() {
                // 0 and 1 are one badge under two ids, 2 is a friend's.
                for copy in 0..3 {
                    let id = format!("urn:b:{kind}:{school}:{copy}");
                    let mut text = badge_text(issuer, &id, &achievement(kind));
                    let credits = *random.pick(&[100, 200, 250, 300, 500]);
                    let unit = [Some("SBU"), Some("SBU"), Some("SBU"), Some("EC"), None][random.below(5)];
                    text["credentialSubject"]["creditsEarned"] = json!(Credits::from_hundredths(credits));
                    if let Some(unit) = unit {
                        text["credentialSubject"]["achievement"]["creditUnit"] = json!(unit);
                    }
                    // What copies say is the same, but for their credits.
                    let mut facts = Random::new((kind * 2 + school) as u64);
                    let sector = [Some("mbo"), Some("hbo"), None][facts.below(3)];
                    let hours = [0_u64, 10, 20, 30][facts.below(4)];
                    let is_old = facts.chance(30);
                    let outcomes: BTreeSet<usize> = (0..facts.below(4)).map(|_| facts.below(OUTCOMES)).collect();
                    if let Some(sector) = sector {
                        text["credentialSubject"]["achievement"]["sector"] = json!(sector);
                    }
                    if hours > 0 {
                        text["credentialSubject"]["workplace"] =
                            json!([{"type": ["Workplace"], "workplaceCompany": "Bedrijf", "workplaceHours": hours}]);
                    }
                    if is_old {
                        text["awardedDate"] = json!("2024-01-31T12:00:00Z");
                    }
                    let alignment: Vec<Value> = outcomes.iter().map(|at| json!({
                        "type": ["Alignment"], "targetName": "Outcome", "targetUrl": outcome(*at), "targetType": "CFItem"
                    })).collect();
                    if !alignment.is_empty() {
                        text["credentialSubject"]["achievement"]["alignment"] = json!(alignment);
                    }
                    if kind == ACHIEVEMENTS && copy == 0 {
                        text["relatedResource"] =
                            json!([{"id": format!("urn:record:{school}"), "digestSRI": records[school].digest()}]);
                    }
                    if copy == 2 {
                        text["credentialSubject"]["id"] = json!("did:example:friend");
                    }
                    let simple = Simple {
                        achievement: achievement(kind),
                        issuer: issuer.did(),
                        credits: (unit == Some("SBU")).then_some(credits),
                        own: copy != 2,
                        same: badges.len() - usize::from(copy == 1),
                        sector,
                        is_old,
                        hours,
                        outcomes: outcomes.into_iter().map(outcome).collect(),
                        made_of: BTreeSet::new(),
                        is_shared: false,
                    };
                    badges.push((world.badge(issuer, &text), simple));
                }
            }
        }
        Self { world, body, board, records, badges }
    }
}

/// One random case.
pub(crate) struct Drawn {
    pub(crate) text: Value,
    pub(crate) programme: Verified<ProgrammeCredential>,
    pub(crate) question: Question,
    pub(crate) wallet: Wallet,
    simple: Vec<Simple>,
    decisions: Vec<Exempts>,
}

fn draw_match(random: &mut Random) -> Value {
    let mut ids: Vec<usize> = (0..=ACHIEVEMENTS).collect();
    random.shuffle(&mut ids);
    ids.truncate(1 + random.below(3));
    json!({"achievement": ids.into_iter().map(achievement).collect::<Vec<_>>()})
}

fn draw_condition(random: &mut Random, issuers: &[String]) -> Value {
    match random.below(6) {
        0 => json!({"exemption": true}),
        1 => json!({"sector": ["mbo"]}),
        2 => json!({"sector": ["mbo"], "not": true}),
        3 => json!({"olderThanDays": 500}),
        4 => json!({"sharedWith": ["urn:example:other"]}),
        _ => json!({"issuer": [random.pick(issuers)]}),
    }
}

/// A way to show a part of `parts`: matches, or outcomes; perhaps it covers another part too.
fn draw_way(random: &mut Random, part: usize, parts: usize) -> Value {
    let mut way = if random.chance(15) {
        let mut of: Vec<usize> = (0..OUTCOMES).collect();
        random.shuffle(&mut of);
        of.truncate(1 + random.below(3));
        let mut outcomes = json!({"of": of.iter().map(|at| outcome(*at)).collect::<Vec<_>>()});
        if random.chance(50) {
            outcomes["atLeast"] = json!(1 + random.below(of.len()));
        }
        json!({"outcomes": outcomes})
    } else {
        let matches = 1 + usize::from(random.chance(20));
        json!({"all": (0..matches).map(|_| draw_match(random)).collect::<Vec<_>>()})
    };
    let other = random.below(parts);
    if random.chance(15) && other != part {
        way["covers"] = json!([format!("p{other}")]);
    }
    way
}

fn draw_limits(random: &mut Random, issuers: &[String]) -> Vec<Value> {
    let count = [0, 0, 1, 2][random.below(4)];
    (0..count)
        .map(|at| {
            let mut limit = json!({"id": format!("l{at}"), "of": draw_condition(random, issuers)});
            if random.chance(60) {
                limit["atMost"] = json!(random.below(7));
            } else {
                limit["atLeast"] = json!(1 + random.below(5));
            }
            limit
        })
        .collect()
}

fn draw_requirement(random: &mut Random, parts: usize, depth: usize, ids: &mut usize, issuers: &[String]) -> Value {
    let part = |random: &mut Random| json!({"part": format!("p{}", random.below(parts))});
    let list = |random: &mut Random, ids: &mut usize| -> Vec<Value> {
        let count = 1 + random.below(3);
        (0..count).map(|_| draw_requirement(random, parts, depth - 1, ids, issuers)).collect()
    };
    if depth == 0 {
        return part(random);
    }
    match random.below(9) {
        0 if random.chance(30) => {
            *ids += 1;
            json!({"id": format!("a{ids}"), "award": draw_match(random)})
        }
        0 => part(random),
        1 | 2 => json!({"all": list(random, ids)}),
        3 => json!({"any": list(random, ids)}),
        4 | 5 => {
            let of = list(random, ids);
            let at_least = 1 + random.below(of.len());
            let mut choose = json!({"atLeast": at_least, "of": of});
            if random.chance(40) {
                choose["atMost"] = json!(at_least + random.below(2));
            }
            json!({"choose": choose})
        }
        _ => {
            *ids += 1;
            let mut from = json!({});
            if random.chance(70) {
                from["group"] = json!([format!("g{}", random.below(2))]);
            } else {
                from["part"] = json!([format!("p{}", random.below(parts))]);
            }
            if random.chance(60) {
                let mut slots = Vec::new();
                for _ in 0..=random.below(2) {
                    let fits =
                        if random.chance(50) { draw_match(random) } else { json!({"issuer": [random.pick(issuers)]}) };
                    let mut slot = json!({"fits": fits});
                    if random.chance(30) {
                        slot["atMostEach"] = json!(2);
                    }
                    if random.chance(30) {
                        slot["atMost"] = json!(4);
                    }
                    slots.push(slot);
                }
                from["free"] = json!(slots);
            }
            if random.chance(15) {
                from["shown"] = draw_condition(random, issuers);
            }
            if random.chance(20) {
                json!({"id": format!("r{ids}"), "hours": {"atLeast": 10 + random.below(60), "from": from}})
            } else {
                json!({"id": format!("r{ids}"), "credits": {"atLeast": 1 + random.below(8), "from": from}})
            }
        }
    }
}

pub(crate) fn draw(shelf: &Shelf, seed: u64) -> Drawn {
    let mut random = Random::new(seed);
    let issuers = [Issuer::new(3).did(), Issuer::new(4).did()];
    loop {
        let count = 1 + random.below(5);
        let parts: Vec<Value> = (0..count)
            .map(|at| {
                let ways: Vec<Value> = (0..=random.below(2)).map(|_| draw_way(&mut random, at, count)).collect();
                let credits = *random.pick(&[1.0, 2.0, 2.5, 4.0]);
                json!({"id": format!("p{at}"), "name": {"nl": format!("Deel {at}")}, "group": format!("g{}", at % 2),
                       "credits": credits, "ways": ways})
            })
            .collect();
        let mut text = json!({
            "id": "urn:example:programme", "edition": "2026", "name": {"nl": "Programma"}, "unit": "SBU",
            "parts": parts, "decidedBy": [shelf.board.did()]
        });
        let kind = random.below(10);
        if kind > 0 {
            let requirement = draw_requirement(&mut random, count, 3, &mut 0, &issuers);
            text["awards"] = json!([{
                "id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement,
                "limits": draw_limits(&mut random, &issuers)
            }]);
        }
        let ask = match kind {
            1 => Ask::Part("p0".to_owned()),
            2 => Ask::Group("g0".to_owned()),
            _ => Ask::Award(None),
        };
        let read: Programme = serde_json::from_value(text.clone()).unwrap();
        if Rules::read(&read).is_err() {
            continue;
        }
        let programme = shelf.world.programme(&shelf.body, &text);
        let mut chosen: Vec<usize> = (0..shelf.badges.len()).collect();
        random.shuffle(&mut chosen);
        chosen.truncate(2 + random.below(9));
        let mut wallet = Wallet::new(chosen.iter().map(|at| shelf.badges[*at].0.clone()).collect());
        wallet.records.clone_from(&shelf.records);
        let mut simple: Vec<Simple> = chosen.iter().map(|at| shelf.badges[*at].1.clone()).collect();
        note_records(shelf, &chosen, &mut simple);
        let mut decisions = Vec::new();
        for number in 0..[0, 0, 0, 1, 2][random.below(5)] {
            let exempts: BTreeSet<String> =
                (0..=random.below(2)).map(|_| format!("p{}", random.below(count))).collect();
            let cited: BTreeSet<usize> =
                (0..random.below(3)).map(|_| random.below(chosen.len())).filter(|at| simple[*at].own).collect();
            let evidence: Vec<_> = cited.iter().map(|at| wallet.credentials[*at].digest()).collect();
            let parts: Vec<&str> = exempts.iter().map(String::as_str).collect();
            let id = format!("urn:d:{number}");
            wallet.decisions.push(shelf.world.decision(&shelf.board, &id, HOLDER, &programme, &parts, &evidence));
            decisions.push(Exempts { parts: exempts, rests_on: cited.iter().map(|at| simple[*at].same).collect() });
        }
        return Drawn { text, programme, question: Question { programme: None, ask }, wallet, simple, decisions };
    }
}

/// What the diplomas at hand were made of. Only a diploma that is there vouches for its record.
fn note_records(shelf: &Shelf, chosen: &[usize], simple: &mut [Simple]) {
    for school in 0..2 {
        let is_it = |at: &usize, id: String| shelf.badges[*at].0.content().id.as_str() == id;
        let Some(diploma) = chosen.iter().position(|at| is_it(at, format!("urn:b:{ACHIEVEMENTS}:{school}:0"))) else {
            continue;
        };
        // Copies 0 and 1 are one badge, a friend's is another.
        let counted =
            |at: &usize| (0..2).any(|kind| (0..2).any(|copy| is_it(at, format!("urn:b:{kind}:{school}:{copy}"))));
        let made_of: BTreeSet<usize> =
            chosen.iter().zip(simple.iter()).filter(|(at, _)| counted(at)).map(|(_, badge)| badge.same).collect();
        let same = simple[diploma].same;
        for badge in simple.iter_mut() {
            badge.is_shared |= made_of.contains(&badge.same);
            if badge.same == same {
                badge.made_of.clone_from(&made_of);
            }
        }
    }
}

impl Drawn {
    pub(crate) fn brute_force(&self) -> Best {
        let rules = &self.programme.content().credential_subject.programme;
        let all = |wanted: &dyn Fn(&stapel_credential::Part) -> bool| stapel_credential::Requirement {
            id: None,
            name: stapel_credential::Localised::default(),
            rule: stapel_credential::Rule::All(
                rules
                    .parts
                    .iter()
                    .filter(|part| wanted(part))
                    .map(|part| stapel_credential::Requirement {
                        id: None,
                        name: stapel_credential::Localised::default(),
                        rule: stapel_credential::Rule::Part(part.id.clone()),
                    })
                    .collect(),
            ),
        };
        let root = match &self.question.ask {
            Ask::Part(id) => all(&|part| part.id == *id),
            Ask::Group(group) => all(&|part| part.group.as_ref() == Some(group)),
            _ => rules.awards.first().map_or_else(|| all(&|_| true), |award| award.requirement.clone()),
        };
        let limits = match (&self.question.ask, rules.awards.as_slice()) {
            (_, []) => Vec::new(),
            (Ask::Part(_) | Ask::Group(_), [only, ..]) => {
                let mut limits = only.limits.clone();
                limits.retain(|limit| limit.at_most.is_some());
                limits
            }
            (_, [only, ..]) => only.limits.clone(),
        };
        let decisions = self.decisions.clone();
        Case { programme: rules, root: &root, limits: &limits, badges: &self.simple, decisions }.best()
    }
}
