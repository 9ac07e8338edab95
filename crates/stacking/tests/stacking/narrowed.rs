//! Does every word of the language that narrows or widens a match do so, and say why?

use serde_json::{Value, json};
use stapel_credential::{Ask, Credits, CreditsAsk, Question};
use stapel_stacking::{Found, WhyUnused};

use crate::support::{Issuer, Wallet, World, badge_text, now, programme_text};

/// What makes a badge fit.
type Change = Box<dyn Fn(&mut Value)>;

struct Case {
    world: World,
    body: Issuer,
    school: Issuer,
}

impl Case {
    /// A register that knows the body, a school of mbo and an examination board.
    fn new() -> Self {
        let (body, school, board) = (Issuer::new(1), Issuer::new(3), Issuer::new(5));
        let entry = |issuer: &Issuer, name: &str, kind: &str| {
            json!({"did": issuer.did(), "name": name, "kind": kind, "from": "2020-01-01",
                   "mandates": [{"code": "crebo:25655", "from": "2020-01-01"}, {"code": "crebo:25480", "from": "2020-01-01"}]})
        };
        let entries = json!([
            entry(&body, "Body", "hbo"),
            entry(&school, "School", "mbo"),
            entry(&board, "Board", "examination-board")
        ]);
        Self { world: World::with_list(&entries), body, school }
    }

    /// What one badge comes to, toward a programme of one part shown in this way.
    fn one(&self, way: &Value, badge: impl FnOnce(&mut Value)) -> Found {
        self.with(&json!({}), way, badge)
    }

    fn with(&self, members: &Value, way: &Value, badge: impl FnOnce(&mut Value)) -> Found {
        let mut text = programme_text(&[("p", 10.0, "g")], &json!({"part": "p"}));
        text["parts"][0]["ways"] = json!([way]);
        text.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let mut credential = badge_text(&self.school, "urn:b:1", "urn:a:p");
        badge(&mut credential);
        let wallet = Wallet::new(vec![self.world.badge(&self.school, &credential)]);
        wallet.find(&self.world, &self.world.programme(&self.body, &text))
    }
}

fn why(found: &Found) -> String {
    match found.progress.unused.as_slice() {
        [] => "counts".to_owned(),
        [only] => only.why.to_string(),
        more => format!("{more:?}"),
    }
}

/// A way that wants the achievement, and this besides.
fn way(besides: &Value) -> Value {
    let mut wanted = json!({"achievement": ["urn:a:p"]});
    wanted.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
    json!({"all": [wanted]})
}

#[test]
fn credits_of_a_level_are_asked_of_parts_of_that_level() {
    let case = Case::new();
    let mut text =
        programme_text(&[("p", 10.0, "g"), ("q", 10.0, "g")], &json!({"all": [{"part": "p"}, {"part": "q"}]}));
    text["parts"][0]["level"] = json!("NLQF 4");
    text["parts"][1]["level"] = json!("NLQF 3");
    let programme = case.world.programme(&case.body, &text);
    let badges = ["p", "q"].map(|part| {
        let badge = badge_text(&case.school, &format!("urn:b:{part}"), &format!("urn:a:{part}"));
        case.world.badge(&case.school, &badge)
    });
    let found = |at_least: u32| {
        let level = serde_json::from_value(json!("NLQF 4")).unwrap();
        let asked = CreditsAsk { at_least: Credits::whole(at_least), level: Some(level), group: None };
        let question = Question { programme: None, ask: Ask::Credits(asked) };
        Wallet::new(badges.to_vec()).ask(&case.world, &programme, &question).unwrap()
    };
    assert!(found(10).progress.complete);
    let short = found(20).progress;
    assert!(!short.complete, "the other part is of a lower level");
    assert_eq!(short.credits_counted, Credits::whole(10));
}

#[test]
fn what_must_at_least_be_there_is_asked_of_the_whole_award_alone() {
    let case = Case::new();
    let mut text =
        programme_text(&[("p", 10.0, "g"), ("q", 10.0, "g")], &json!({"all": [{"part": "p"}, {"part": "q"}]}));
    text["awards"][0]["limits"] =
        json!([{"id": "school", "of": {"issuer": [case.school.did()]}, "atLeast": 15, "atMost": 20}]);
    let programme = case.world.programme(&case.body, &text);
    let badge = badge_text(&case.school, "urn:b:p", "urn:a:p");
    let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
    let ask = |ask| wallet.ask(&case.world, &programme, &Question { programme: None, ask }).unwrap().progress;
    assert!(ask(Ask::Part("p".to_owned())).complete);
    assert!(!ask(Ask::Award(None)).complete);
}

#[test]
fn each_word_narrows_and_says_why() {
    let case = Case::new();
    let achievement = |name: &'static str, value: Value| {
        move |badge: &mut Value| badge["credentialSubject"]["achievement"][name] = value
    };
    let assessed =
        json!([{"type": ["Assessment"], "assessmentMethod": "observation", "assessmentSetting": "workplace"}]);
    let cases: [(Value, Change, &str); 7] = [
        (
            json!({"version": ["2"]}),
            Box::new(move |b| achievement("version", json!("2"))(b)),
            "its version (none) is not taken: 2",
        ),
        (
            json!({"setting": ["workplace"]}),
            Box::new(move |b| achievement("assessment", assessed.clone())(b)),
            "it was not assessed in a setting that is asked: workplace",
        ),
        (
            json!({"basis": ["workplace"]}),
            Box::new(|b| b["credentialSubject"]["basis"] = json!(["workplace"])),
            "it does not rest on what is asked: workplace",
        ),
        (
            json!({"sector": ["mbo"]}),
            Box::new(move |b| achievement("sector", json!("mbo"))(b)),
            "it is not of a sector that is asked: mbo",
        ),
        (
            json!({"kind": ["mbo-verklaring"]}),
            Box::new(move |b| achievement("credentialKind", json!(["mbo-verklaring"]))(b)),
            "it is not of a kind that is asked: mbo-verklaring",
        ),
        (
            json!({"minimumResult": "7.5"}),
            Box::new(|b| b["credentialSubject"]["result"] = json!([{"type": ["Result"], "value": "8,0"}])),
            "its result (none) is lower than 7.5",
        ),
        (
            json!({"minimumLevel": ["NLQF 4", "EQF 4"]}),
            Box::new(|b| {
                b["credentialSubject"]["achievement"]["alignment"] = json!([{
                    "type": ["Alignment"], "targetName": "EQF 5", "targetUrl": "urn:eqf:5",
                    "targetType": "ext:QualificationLevel", "targetFramework": "EQF", "targetCode": "5"
                }]);
            }),
            "it states no level, and NLQF 4 is asked",
        ),
    ];
    for (besides, fitting, sentence) in cases {
        assert_eq!(why(&case.one(&way(&besides), |_| {})), sentence);
        assert_eq!(why(&case.one(&way(&besides), fitting)), "counts", "{besides}");
    }
}

#[test]
fn a_level_that_is_too_low_says_more_than_one_of_another_framework() {
    let case = Case::new();
    let told = |levels: &[(&str, &str)]| {
        why(&case.one(&way(&json!({"minimumLevel": ["NLQF 4"]})), |badge| {
            let level = |(framework, code): &(&str, &str)| {
                json!({
                    "type": ["Alignment"], "targetName": "Level", "targetUrl": format!("urn:{framework}:{code}"),
                    "targetType": "ext:QualificationLevel", "targetFramework": framework, "targetCode": code
                })
            };
            badge["credentialSubject"]["achievement"]["alignment"] = levels.iter().map(level).collect();
        }))
    };
    let too_low = "its level NLQF 3 is lower than NLQF 4";
    assert_eq!(told(&[("NLQF", "3"), ("EQF", "4")]), too_low);
    assert_eq!(told(&[("EQF", "4"), ("NLQF", "3")]), too_low);
    assert_eq!(
        told(&[("EQF", "4")]),
        "its level EQF 4 cannot be compared with NLQF 4: levels of different frameworks are never converted"
    );
    assert_eq!(told(&[("EQF", "4"), ("NLQF", "4")]), "counts");
}

#[test]
fn the_trust_list_says_what_an_issuer_is_and_may() {
    let case = Case::new();
    let told = |besides: Value| why(&case.one(&way(&besides), |_| {}));
    assert_eq!(told(json!({"issuerKind": ["mbo"]})), "counts");
    assert_eq!(told(json!({"issuerKind": ["wo", "hbo"]})), "its issuer was not of a kind that is asked: wo, hbo");
    assert_eq!(told(json!({"authorisedFor": "crebo:25655"})), "counts");
    assert_eq!(
        told(json!({"authorisedFor": "crebo:25656"})),
        "its issuer was not authorised for crebo:25656 on 2026-06-30"
    );
}

#[test]
fn words_of_a_scale_are_compared_by_their_place_on_it() {
    let case = Case::new();
    let told = |value: &str| {
        why(&case.one(&way(&json!({"minimumResult": "goed"})), |badge| {
            let subject = &mut badge["credentialSubject"];
            subject["achievement"]["resultDescription"] = json!([{
                "id": "urn:scale", "type": ["ResultDescription"], "name": "Beoordeling", "resultType": "Result",
                "allowedValue": ["onvoldoende", "voldoende", "goed", "uitmuntend"]
            }]);
            subject["result"] = json!([{"type": ["Result"], "resultDescription": "urn:scale", "value": value}]);
        }))
    };
    assert_eq!((told("goed"), told("uitmuntend")), ("counts".to_owned(), "counts".to_owned()));
    assert_eq!(told("voldoende"), "its result voldoende is lower than goed");
}

#[test]
fn what_supplements_is_told_and_never_fills() {
    let case = Case::new();
    let mut supplements = way(&json!({}));
    supplements["supplements"] = json!(true);
    assert_eq!(why(&case.one(&supplements, |_| {})), "it supplements p, and does not replace it");
}

#[test]
fn equivalent_codes_are_one_and_others_are_not() {
    let case = Case::new();
    let by_code = json!({"all": [{"code": ["crebo:25655"]}]});
    let coded = |badge: &mut Value| {
        badge["credentialSubject"]["achievement"]["otherIdentifier"] =
            json!([{"type": "IdentifierEntry", "identifier": "25480", "identifierType": "ext:crebo"}]);
    };
    assert_eq!(why(&case.one(&by_code, coded)), "nothing in this programme asks for it");
    let same =
        json!({"equivalences": [{"codes": ["crebo:25655", "crebo:25480"], "source": "SBB", "date": "2016-08-01"}]});
    assert_eq!(why(&case.with(&same, &by_code, coded)), "counts");

    let asked =
        json!({"id": "free", "credits": {"atLeast": 5, "from": {"free": [{"fits": {"code": ["crebo:25655"]}}]}}});
    let mut text = programme_text(&[("p", 10.0, "g")], &asked);
    let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:other");
    coded(&mut badge);
    badge["credentialSubject"]["creditsEarned"] = json!(5);
    badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
    let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
    let met = |text: &Value| wallet.find(&case.world, &case.world.programme(&case.body, text)).progress.complete;
    assert!(!met(&text), "free credits by another code");
    text.as_object_mut().unwrap().extend(same.as_object().unwrap().clone());
    assert!(met(&text), "and by one that means the same");
}

#[test]
fn what_showed_parts_of_an_earlier_edition_shows_those_of_this_one() {
    let case = Case::new();
    let mut text = programme_text(
        &[("new-1", 10.0, "g"), ("new-2", 5.0, "g")],
        &json!({"all": [{"part": "new-1"}, {"part": "new-2"}]}),
    );
    text["transitions"] = json!([{
        "fromEdition": "2024", "fromParts": ["old"], "ways": [{"all": [{"achievement": ["urn:a:old"]}]}],
        "shows": ["new-1", "new-2"], "source": "Overgangsregeling 2026"
    }]);
    let programme = case.world.programme(&case.body, &text);
    let old = case.world.badge(&case.school, &badge_text(&case.school, "urn:b:old", "urn:a:old"));
    let wallet = Wallet::new(vec![old]);
    let found = wallet.find(&case.world, &programme);
    assert!(found.progress.complete);
    assert_eq!((found.plan.fills.len(), found.progress.credentials_used), (1, 1));
    assert!(found.progress.parts.iter().all(|part| part.by.len() == 1));
    assert_eq!(wallet.check(&case.world, &programme, &found.plan), Ok(found.progress));
}

#[test]
fn a_repeat_counts_again_only_where_the_programme_says_so_and_on_another_day() {
    let case = Case::new();
    let slot = json!({"fits": {"achievement": ["urn:a:shift"]}});
    let mut text = programme_text(
        &[("p", 10.0, "g")],
        &json!({"id": "free", "credits": {"atLeast": 9, "from": {"free": [slot]}}}),
    );
    let badge = |id: &str, day: &str| {
        let mut badge = badge_text(&case.school, id, "urn:a:shift");
        badge["awardedDate"] = json!(format!("{day}T12:00:00Z"));
        badge["credentialSubject"]["creditsEarned"] = json!(3);
        badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        case.world.badge(&case.school, &badge)
    };
    let days =
        [("urn:b:1", "2026-05-01"), ("urn:b:2", "2026-05-02"), ("urn:b:3", "2026-05-02"), ("urn:b:4", "2026-05-03")];
    let wallet = Wallet::new(days.iter().map(|(id, day)| badge(id, day)).collect());
    let counted = |text: &Value| {
        wallet.find(&case.world, &case.world.programme(&case.body, text)).progress.credits_counted.to_string()
    };
    assert_eq!(counted(&text), "3");
    text["repeatable"] = json!([{"achievement": ["urn:a:shift"]}]);
    assert_eq!(counted(&text), "9");
}

#[test]
fn what_misses_a_free_slot_closely_is_told_where_the_slot_names_it() {
    let case = Case::new();
    let told = |fits: &Value| {
        let asked = json!({"id": "free", "credits": {"atLeast": 5, "from": {"free": [{"fits": fits}]}}});
        let text = programme_text(&[("p", 10.0, "g")], &asked);
        let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:other");
        badge["credentialSubject"]["creditsEarned"] = json!(5);
        badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        badge["credentialSubject"]["achievement"]["otherIdentifier"] =
            json!([{"type": "IdentifierEntry", "identifier": "25655", "identifierType": "ext:crebo"}]);
        let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
        why(&wallet.find(&case.world, &case.world.programme(&case.body, &text)))
    };
    let near = "it is not of a sector that is asked: mbo";
    assert_eq!(told(&json!({"code": ["crebo:25655"], "sector": ["mbo"]})), near);
    assert_eq!(told(&json!({"achievement": ["urn:a:other"], "sector": ["mbo"]})), near);
    assert_eq!(
        told(&json!({"issuer": [case.school.did()], "sector": ["mbo"]})),
        "nothing in this programme asks for it"
    );
    assert_eq!(told(&json!({"code": ["crebo:25655"]})), "counts");
}

#[test]
fn a_badge_of_no_credits_does_not_fill_a_slot_of_credits() {
    let case = Case::new();
    let asked =
        json!({"id": "free", "credits": {"atLeast": 5, "from": {"free": [{"fits": {"achievement": ["urn:a:p"]}}]}}});
    let text = programme_text(&[("q", 10.0, "g")], &asked);
    let told = |credits: f64| {
        let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:p");
        badge["credentialSubject"]["creditsEarned"] = json!(credits);
        badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
        why(&wallet.find(&case.world, &case.world.programme(&case.body, &text)))
    };
    assert_eq!(told(0.01), "counts");
    assert_eq!(told(0.0), "it states no credits, and a free slot counts a credential's own");
}

#[test]
fn of_the_hours_of_one_badge_a_slot_counts_so_many_at_most() {
    let case = Case::new();
    let slot = json!({"fits": {"achievement": ["urn:a:p"]}, "atMostEach": 40});
    let asked = json!({"id": "work", "hours": {"atLeast": 100, "from": {"free": [slot]}}});
    let text = programme_text(&[("q", 10.0, "g")], &asked);
    let counted = |hours: u32| {
        let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:p");
        badge["credentialSubject"]["workplace"] =
            json!([{"type": ["Workplace"], "workplaceCompany": "B", "workplaceHours": hours}]);
        let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
        wallet.find(&case.world, &case.world.programme(&case.body, &text)).progress.hours_counted.0
    };
    assert_eq!([30, 40, 60].map(counted), [30, 40, 40]);
}

#[test]
fn what_counted_toward_another_award_is_shared_where_the_diploma_is_there() {
    const DIGEST: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let case = Case::new();
    let record = json!({
        "id": "urn:record", "type": "AwardRecord", "holder": crate::support::HOLDER, "awardedDate": "2026-06-30T12:00:00Z",
        "planDigest": DIGEST, "documents": [], "evidence": {},
        "counted": [{"issuer": case.school.did(), "id": "urn:b:1", "digest": DIGEST, "achievement": "urn:a:p"}],
        "plan": {
            "programme": {"id": "urn:example:other", "edition": "1", "digest": DIGEST}, "ask": {"award": null}, "fills": []
        }
    });
    let record = stapel_stacking::HeldRecord::parse(&record.to_string()).unwrap();
    let mut diploma = badge_text(&case.school, "urn:b:diploma", "urn:a:diploma");
    diploma["relatedResource"] = json!([{"id": "urn:record", "digestSRI": record.digest()}]);
    let diploma = case.world.badge(&case.school, &diploma);
    let badge = |id: &str, day: &str| {
        let mut badge = badge_text(&case.school, id, "urn:a:p");
        badge["awardedDate"] = json!(format!("{day}T12:00:00Z"));
        case.world.badge(&case.school, &badge)
    };
    let (first, second) = (badge("urn:b:1", "2026-05-01"), badge("urn:b:2", "2026-05-02"));
    let met = |badges: &[&stapel_verifier::Verified<_>], repeatable: bool| {
        let mut text = programme_text(&[("p", 10.0, "g")], &json!({"part": "p"}));
        text["awards"][0]["limits"] =
            json!([{"id": "shared", "of": {"sharedWith": ["urn:example:other"]}, "atMost": 5}]);
        if repeatable {
            text["repeatable"] = json!([{"achievement": ["urn:a:p"]}]);
        }
        let mut wallet = Wallet::new(badges.iter().copied().cloned().collect());
        wallet.records.push(record.clone());
        wallet.find(&case.world, &case.world.programme(&case.body, &text)).progress.complete
    };
    assert!(met(&[&first], false), "no diploma vouches for the record");
    assert!(!met(&[&first, &diploma], false));
    assert!(!met(&[&second, &diploma], false), "another credential of the same badge");
    assert!(met(&[&second, &diploma], true), "another badge, since the programme lets it be repeated");
    assert!(!met(&[&first, &diploma], true));
}

#[test]
fn credits_are_converted_only_where_the_programme_says_how() {
    let case = Case::new();
    let counted = |members: &Value, unit: Option<&str>| {
        let slot = json!({"fits": {"issuer": [case.school.did()]}});
        let asked = json!({"id": "free", "credits": {"atLeast": 1000, "from": {"free": [slot]}}});
        let mut text = programme_text(&[("x", 10.0, "g")], &asked);
        text.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:p");
        badge["credentialSubject"]["creditsEarned"] = json!(2.5);
        if let Some(unit) = unit {
            badge["credentialSubject"]["achievement"]["creditUnit"] = json!(unit);
        }
        let wallet = Wallet::new(vec![case.world.badge(&case.school, &badge)]);
        let found = wallet.find(&case.world, &case.world.programme(&case.body, &text));
        (found.progress.credits_counted.to_string(), why(&found))
    };
    let told = |credits: &str, why: &str| (credits.to_owned(), why.to_owned());
    assert_eq!(counted(&json!({}), Some("EC")), told("0", "its credits are EC, and the programme counts SBU"));
    let converts = json!({"conversions": [{"from": "EC", "counts": 28, "source": "WHW 7.4"}]});
    assert_eq!(counted(&converts, Some("EC")), told("70", "counts"));
    let sevenths = json!({"conversions": [{"from": "EC", "counts": 1, "per": 28, "source": "The other way"}]});
    assert_eq!(counted(&sevenths, Some("EC")), told("0.08", "counts"), "2.5 over 28 is 0.0892…");
    assert_eq!(
        counted(&json!({}), None),
        told("0", "it does not say what its credits count, and the programme counts SBU")
    );
    let unit = json!({"issuerUnits": [{"issuer": case.school.did(), "unit": "SBU"}]});
    assert_eq!(counted(&unit, None), told("2.5", "counts"));
}

#[test]
fn a_limit_on_what_is_old_begins_the_day_after() {
    let case = Case::new();
    let badge = case.world.badge(&case.school, &badge_text(&case.school, "urn:b:p", "urn:a:p"));
    let met = |days: u32| {
        let mut text = programme_text(&[("p", 10.0, "g")], &json!({"part": "p"}));
        text["awards"][0]["limits"] = json!([{"id": "old", "of": {"olderThanDays": days}, "atMost": 5}]);
        let programme = case.world.programme(&case.body, &text);
        Wallet::new(vec![badge.clone()]).find(&case.world, &programme).progress.complete
    };
    let age = now().day().days_since(badge.content().award_instant().day());
    let age = u32::try_from(age).unwrap();
    assert_eq!([age - 1, age, age + 1].map(met), [false, true, true]);
}

#[test]
fn only_who_the_programme_names_may_exempt_and_only_where_it_allows() {
    let case = Case::new();
    let board = Issuer::new(5);
    let told = |change: &dyn Fn(&mut Value)| {
        let mut text = programme_text(&[("p", 10.0, "g")], &json!({"part": "p"}));
        change(&mut text);
        let programme = case.world.programme(&case.body, &text);
        let mut wallet = Wallet::new(Vec::new());
        wallet.decisions.push(case.world.decision(&board, "urn:d:1", crate::support::HOLDER, &programme, &["p"], &[]));
        why(&wallet.find(&case.world, &programme))
    };
    assert_eq!(told(&|_| {}), "counts");
    let refused =
        format!("{} was no examination board on 2026-06-30 and is not named in the programme's decidedBy", board.did());
    assert_eq!(told(&|text| text["decidedBy"] = json!([case.body.did()])), refused);
    assert_eq!(told(&|text| text["decidedByKind"] = json!(["evc-provider"])), refused);
    assert_eq!(told(&|text| text["decidedByKind"] = json!(["examination-board"])), "counts");
    assert_eq!(told(&|text| text["parts"][0]["noExemption"] = json!(true)), "no decision exempts from p");
}

#[test]
fn evidence_of_a_used_exemption_counts_for_nothing_else() {
    let case = Case::new();
    let board = Issuer::new(5);
    let text = programme_text(&[("p", 10.0, "g"), ("q", 10.0, "g")], &json!({"all": [{"part": "p"}, {"part": "q"}]}));
    let programme = case.world.programme(&case.body, &text);
    let evidence = case.world.badge(&case.school, &badge_text(&case.school, "urn:b:q", "urn:a:q"));
    let digest = evidence.digest();
    let mut wallet = Wallet::new(vec![evidence]);
    wallet.decisions.push(case.world.decision(
        &board,
        "urn:d:1",
        crate::support::HOLDER,
        &programme,
        &["p"],
        &[digest],
    ));
    let found = wallet.find(&case.world, &programme);
    assert_eq!((found.progress.requirements_met, found.progress.unused.len()), (1, 1));
    let both = wallet.decisions.clone();
    wallet.decisions.clear();
    let alone = wallet.find(&case.world, &programme);
    wallet.decisions = both;
    let mut plan = found.plan.clone();
    plan.fills.extend(alone.plan.fills);
    let reused = wallet.check(&case.world, &programme, &plan).map(|_| ()).map_err(|error| error.to_string());
    assert!(reused.as_ref().is_err_and(|error| error.contains("rests on it")), "{reused:?}");
    let why = WhyUnused::UsedUp { by: wallet.decisions[0].reference() };
    assert_eq!(found.progress.unused[0].why, why);
}

#[test]
fn a_way_that_covers_two_parts_states_its_hours_once() {
    let issuer = Issuer::new(1);
    let world = World::pinning(&[&issuer]);
    let mut text = programme_text(
        &[("a", 10.0, "x"), ("b", 10.0, "x")],
        &json!({"all": [{"part": "a"}, {"part": "b"}, {"hours": {"atLeast": 200, "from": {"group": ["x"]}}}]}),
    );
    text["parts"][0]["ways"][0]["covers"] = json!(["b"]);
    let programme = world.programme(&issuer, &text);
    let mut badge = badge_text(&issuer, "urn:b:a", "urn:a:a");
    badge["credentialSubject"]["workplace"] =
        json!([{"type": ["Workplace"], "workplaceCompany": "B", "workplaceHours": 100}]);
    let found = Wallet::new(vec![world.badge(&issuer, &badge)]).find(&world, &programme);
    assert_eq!(found.progress.hours_counted.0, 100);
    assert!(!found.progress.complete);
}

#[test]
fn the_order_of_equivalences_has_no_effect() {
    let entry = |issuer: &Issuer| {
        let code = |code: &str| json!({"code": code, "from": "2020-01-01"});
        json!([{"did": issuer.did(), "name": "School", "kind": "mbo", "from": "2020-01-01",
                "mandates": [code("crebo:10000"), code("crebo:20000"), code("crebo:30000")]}])
    };
    let issuer = Issuer::new(1);
    let world = World::with_list(&entry(&issuer));
    let one = json!({"codes": ["crebo:10000", "crebo:20000"], "source": "S", "date": "2020-01-01"});
    let two = json!({"codes": ["crebo:20000", "crebo:30000"], "source": "S", "date": "2020-01-01"});
    let met = |equivalences: Value| {
        let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
        text["parts"][0]["ways"] = json!([{"all": [{"code": ["crebo:10000"]}]}]);
        text["equivalences"] = equivalences;
        let programme = world.programme(&issuer, &text);
        let mut badge = badge_text(&issuer, "urn:b:a", "urn:a:a");
        badge["credentialSubject"]["achievement"]["otherIdentifier"] =
            json!([{"type": "IdentifierEntry", "identifier": "30000", "identifierType": "ext:crebo"}]);
        Wallet::new(vec![world.badge(&issuer, &badge)]).find(&world, &programme).progress.complete
    };
    assert_eq!(met(json!([one, two])), met(json!([two, one])));
}

#[test]
fn an_outcome_is_shown_by_codes_of_the_register_that_is_asked() {
    let case = Case::new();
    let (anchor, pinned) = (Issuer::new(200), World::pinning(&[&case.school]));
    let told = |ask: &Value, codes: &[(&str, &str)], own: Option<&str>| {
        let mut badge = badge_text(&case.school, "urn:b:1", "urn:a:p");
        let entry = |(identifier, kind): &(&str, &str)| json!({"type": "IdentifierEntry", "identifier": identifier, "identifierType": kind});
        badge["credentialSubject"]["achievement"]["otherIdentifier"] = codes.iter().map(entry).collect();
        if let Some(own) = own {
            badge["credentialSubject"]["achievement"]["humanCode"] = json!(own);
        }
        let mut asked = json!({"outcome": "urn:a:p"});
        asked.as_object_mut().unwrap().extend(ask.as_object().unwrap().clone());
        let ask: stapel_credential::OutcomeAsk = serde_json::from_value(asked).unwrap();
        // What nobody vouches for is verified by whoever knows the school; a list is asked only where the question names it.
        let trust = if ask.vouched_by.is_some() { &case.world.trust } else { &pinned.trust };
        stapel_stacking::answers(&ask, &pinned.badge(&case.school, &badge), trust, now()).map_err(|why| why.to_string())
    };
    let crebo = json!({"fits": {"code": ["crebo:25655"]}});
    assert_eq!(told(&crebo, &[("25655", "ext:crebo")], None), Ok(()));
    assert_eq!(told(&crebo, &[("1", "ext:crebo"), ("25655", "ext:crebo")], None), Ok(()));
    let other = Err("nothing in this programme asks for it".to_owned());
    assert_eq!(told(&crebo, &[("25655", "ext:isat")], None), other, "the same number in another register");
    assert_eq!(told(&crebo, &[("25480", "ext:crebo")], None), other, "another number of the register");
    assert_eq!(told(&crebo, &[], Some("25655")), other, "a number of the school's own");
    let own = json!({"fits": {"code": ["code:A-1"], "issuer": [case.school.did()]}});
    assert_eq!(told(&own, &[], Some("A-1")), Ok(()));
    assert_eq!(told(&own, &[], Some("A-2")), other);
    assert_eq!(told(&own, &[("A-1", "ext:brin")], None), other);

    let vouched = json!({"vouchedBy": anchor.did()});
    assert_eq!(told(&vouched, &[("25655", "ext:crebo")], Some("A-1")), Ok(()));
    let stranger = |code| told(&vouched, &[code], None).unwrap_err();
    assert!(stranger(("25999", "ext:crebo")).contains(&case.school.did()), "it has no mandate for that");
}
