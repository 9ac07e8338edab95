//! Does an award that is recounted decades later come to the same, and is a record that was touched refused?

use serde_json::{Value, json};
use stapel_credential::context::{VC_V2, badge_contexts};
use stapel_credential::{AchievementCredential, RawJson, StatusListCredential, Timestamp};
use stapel_proof::jcs;
use stapel_stacking::{Recount, RecountError, recount};
use stapel_status::StatusList;
use stapel_verifier::{Dossier, Outcome, Policy, Verified, verify};

use crate::support::{AWARDED, HOLDER, Issuer, World, badge_text, programme_text};

const AWARD_DAY: &str = "2026-11-22T09:00:00Z";
const LIST: &str = "https://school.example/status/1";

/// A diploma for parts a and b, and its record as a tree that tests may change.
struct Case {
    school: Issuer,
    world: World,
    record: Value,
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A status list that says whether badge 7 is revoked, signed on that day.
fn status_list(school: &Issuer, revoked: bool, from: &str, until: &str) -> String {
    let mut bits = StatusList::new(131_072).unwrap();
    bits.set(7, revoked).unwrap();
    let text = json!({
        "@context": [VC_V2], "id": LIST, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": school.did(), "validFrom": from, "validUntil": until,
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList",
            "statusPurpose": "revocation", "encodedList": bits.encode()
        }
    });
    school.sign(StatusListCredential::parse(&text.to_string()).unwrap()).text().to_owned()
}

impl Case {
    fn new() -> Self {
        let school = Issuer::new(1);
        let mut world = World::pinning(&[&school]);
        let list = status_list(&school, false, "2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z");
        world.dossier.add_status_list(&LIST.parse().unwrap(), &list).unwrap();
        let requirement = json!({"id": "all", "name": {"nl": "Alles"}, "all": [{"part": "a"}, {"part": "b"}]});
        let programme = programme_text(&[("a", 40.0, "G"), ("b", 40.0, "G")], &requirement);
        let programme = world.programme(&school, &programme);
        let badge = |part: &str| {
            let mut text = badge_text(&school, &format!("urn:example:badge:{part}"), &format!("urn:a:{part}"));
            if part == "a" {
                text["credentialStatus"] = json!({
                    "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                    "statusListIndex": "7", "statusListCredential": LIST
                });
            }
            world.badge(&school, &text)
        };
        let badges = [badge("a"), badge("b")];
        let raw = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let by = |badge: &Verified<AchievementCredential>| json!({"issuer": school.did(), "id": badge.content().id});
        let rules = &programme.content().credential_subject.programme;
        let plan = json!({
            "programme": {"id": rules.id, "edition": rules.edition, "digest": programme.digest()},
            "ask": {"award": rules.awards[0].id},
            "fills": [
                {"target": {"part": {"id": "a", "way": 0}}, "by": [by(&badges[0])]},
                {"target": {"part": {"id": "b", "way": 0}}, "by": [by(&badges[1])]},
            ]
        });
        let counted: Vec<Value> = badges
            .iter()
            .map(|badge| {
                let achievement = &badge.content().credential_subject.achievement.id;
                json!({"issuer": school.did(), "id": badge.content().id, "digest": badge.digest(),
                       "achievement": achievement})
            })
            .collect();
        let record = json!({
            "id": "urn:example:record", "type": "AwardRecord", "holder": HOLDER, "awardedDate": AWARD_DAY,
            "planDigest": jcs::digest_text(&plan.to_string()).unwrap(), "plan": plan, "counted": counted,
            "documents": [raw(programme.text()), raw(badges[0].text()), raw(badges[1].text())],
            "evidence": serde_json::to_value(RawJson::parse(&serde_json::to_string(&world.dossier).unwrap()).unwrap()).unwrap(),
        });
        Self { school, world, record }
    }

    /// The diploma that fixes the record as it stands now.
    fn diploma(&self) -> Verified<AchievementCredential> {
        self.diploma_with(&self.record["documents"][0])
    }

    fn diploma_with(&self, programme: &Value) -> Verified<AchievementCredential> {
        let digest = |value: &Value| jcs::digest_text(&value.to_string()).unwrap();
        let mut text = badge_text(&self.school, "urn:example:diploma", "urn:a:diploma");
        text["@context"] = json!(badge_contexts());
        text["awardedDate"] = json!(AWARD_DAY);
        text["relatedResource"] = json!([
            {"id": programme["id"], "digestSRI": digest(programme)},
            {"id": "urn:example:record", "digestSRI": digest(&self.record)},
        ]);
        self.world.badge(&self.school, &text)
    }

    fn recount(&self) -> Result<Recount, RecountError> {
        recount(&self.diploma(), &self.record.to_string(), &self.world.policy, None)
    }

    /// The sentence that a change of the record leads to, also when the diploma fixes the changed record.
    fn refused(change: impl FnOnce(&mut Value)) -> String {
        let mut case = Self::new();
        change(&mut case.record);
        case.recount().unwrap_err().to_string()
    }

    /// Puts another plan into the record, with the digest that the board would have approved.
    fn replan(&mut self, change: impl FnOnce(&mut Value)) {
        change(&mut self.record["plan"]);
        self.record["planDigest"] = json!(jcs::digest_text(&self.record["plan"].to_string()).unwrap());
    }
}

/// A case whose badge b is itself an award with this record, which comes along or not.
fn made_of(mut case: Case, inner: &Value, with_record: bool) -> Case {
    let mut text = badge_text(&case.school, "urn:example:badge:b", "urn:a:b");
    text["@context"] = json!(badge_contexts());
    let digest = jcs::digest_text(&inner.to_string()).unwrap();
    text["relatedResource"] = json!([{"id": inner["id"], "digestSRI": digest}]);
    let badge = case.world.badge(&case.school, &text);
    case.record["documents"][2] = serde_json::from_str(badge.text()).unwrap();
    case.record["counted"][1]["digest"] = json!(badge.digest());
    if with_record {
        case.record["records"] = json!([inner]);
    }
    case
}

/// The record of an award made of badge a.
fn record_of_a(case: &Case, id: &str) -> Value {
    let mut record = case.record.clone();
    record["id"] = json!(id);
    record["counted"].as_array_mut().unwrap().truncate(1);
    record
}

#[test]
fn what_an_award_within_an_award_was_made_of_is_used_up_too() {
    let case = Case::new();
    let mut inner = case.record.clone();
    inner["id"] = json!("urn:example:inner");
    inner["counted"] = json!([]);
    inner["records"] = json!([record_of_a(&case, "urn:example:lowest")]);
    let refused = made_of(case, &inner, true).recount().unwrap_err().to_string();
    assert!(refused.ends_with("rests on it"), "{refused}");
}

#[test]
fn what_a_counted_award_was_made_of_counts_no_second_time_in_a_recount() {
    let made_of_a = |with_record| {
        let case = Case::new();
        let inner = record_of_a(&case, "urn:example:inner");
        made_of(case, &inner, with_record)
    };
    assert!(made_of_a(false).recount().unwrap().progress.complete, "nobody knows what it was made of");
    let case = made_of_a(true);
    let of = case.school.did();
    assert_eq!(
        case.recount().unwrap_err().to_string(),
        format!(
            "the plan does not hold: line 2: urn:example:badge:a of {of} counts already, since urn:example:badge:b of {of} rests on it"
        )
    );
    let no_record = Case::refused(|record| record["records"] = json!([{"id": "urn:example:inner"}]));
    assert_eq!(no_record, "the award record cannot be read: $: missing field `type`");
}

#[test]
fn where_the_record_has_no_trust_list_the_verifiers_own_is_asked() {
    let case = Case::new();
    let (diploma, record) = (case.diploma(), case.record.to_string());
    let entry = json!([{"did": case.school.did(), "name": "School", "kind": "mbo", "from": "2020-01-01"}]);
    let verifier = World::with_list(&entry);
    let today = at("2026-11-25T09:00:00Z");
    let alone = recount(&diploma, &record, &verifier.policy, None).unwrap_err();
    assert_eq!(alone.outcome(), Outcome::Undecided, "{alone}");
    let recounted = recount(&diploma, &record, &verifier.policy, Some((&verifier.dossier, today))).unwrap();
    // The list has had newer editions since: as of that day, the one of then is asked.
    let editions = stapel_verifier::Trust::new(&verifier.dossier, &verifier.policy, today).editions();
    let seen_trust_lists = editions.into_iter().map(|seen| stapel_verifier::SeenTrustList { sequence: 9, ..seen });
    let since = Policy { seen_trust_lists: seen_trust_lists.collect(), ..verifier.policy.clone() };
    assert_eq!(since.seen_trust_lists.len(), 1);
    assert!(recount(&diploma, &record, &since, Some((&verifier.dossier, today))).is_ok());
    assert!(recounted.progress.complete);
    let later = json!([{"did": case.school.did(), "name": "School", "kind": "mbo", "from": "2026-11-24"}]);
    let late = World::with_list(&later);
    let refused = recount(&diploma, &record, &late.policy, Some((&late.dossier, today))).unwrap_err();
    assert_ne!(refused.outcome(), Outcome::Accepted, "it was vouched for only after the award: {refused}");
}

#[test]
fn an_award_is_recounted_as_of_its_day() {
    let recounted = Case::new().recount().unwrap();
    assert!(recounted.progress.complete);
    assert_eq!(recounted.awarded, at(AWARD_DAY));
    assert_eq!((recounted.counted.len(), recounted.decision, recounted.later), (2, None, Vec::new()));
}

#[test]
fn thirty_years_later_it_comes_to_the_same_and_later_revocations_stand_beside_it() {
    let case = Case::new();
    let now = at("2056-11-22T09:00:00Z");
    // The diploma itself has no end: it is accepted in 2056 too.
    let signed = stapel_proof::Signed::<AchievementCredential>::parse(case.diploma().text()).unwrap();
    let diploma = verify(&signed, &Dossier::default(), &case.world.policy, now).into_accepted().unwrap();
    let record = case.record.to_string();
    let alone = recount(&diploma, &record, &case.world.policy, Some((&Dossier::default(), now))).unwrap();
    assert!(alone.progress.complete && alone.later.is_empty(), "nothing is needed but the record");

    let mut dossier = Dossier::default();
    let list = status_list(&case.school, true, "2056-11-22T08:00:00Z", "2056-11-23T08:00:00Z");
    dossier.add_status_list(&LIST.parse().unwrap(), &list).unwrap();
    let recounted = recount(&diploma, &record, &case.world.policy, Some((&dossier, now))).unwrap();
    assert!(recounted.progress.complete, "a later revocation takes nothing from the award");
    assert_eq!(recounted.progress, alone.progress);
    let [later] = recounted.later.as_slice() else { panic!("{:?}", recounted.later) };
    assert_eq!(later.credential.id.as_str(), "urn:example:badge:a");
    assert!(later.reason.to_string().contains("2056-11-22"), "{}", later.reason);
}

#[test]
fn an_altered_record_is_not_the_one_that_the_diploma_names() {
    let case = Case::new();
    let mut altered = case.record.clone();
    altered["decision"] = json!("Toegekend");
    let digest = jcs::digest_text(&altered.to_string()).unwrap();
    assert_eq!(
        recount(&case.diploma(), &altered.to_string(), &case.world.policy, None).unwrap_err().to_string(),
        format!("the diploma names no award record with digest {digest}: this is another record, or it was altered"),
    );
    assert!(matches!(recount(&case.diploma(), "{", &case.world.policy, None), Err(RecountError::Record(_))));
}

#[test]
fn a_record_of_another_learner_or_day_is_refused() {
    assert_eq!(
        Case::refused(|record| record["holder"] = json!("did:example:friend")),
        format!(
            "the award record is about did:example:friend on {AWARD_DAY}, but the diploma about {HOLDER} on {AWARD_DAY}"
        ),
    );
    assert_eq!(
        Case::refused(|record| record["awardedDate"] = json!(AWARDED)),
        format!("the award record is about {HOLDER} on {AWARDED}, but the diploma about {HOLDER} on {AWARD_DAY}"),
    );
}

#[test]
fn a_swapped_document_is_refused() {
    let other = Case::new();
    let easy = badge_text(&other.school, "urn:example:badge:c", "urn:a:c");
    let easy: Value = serde_json::from_str(other.world.badge(&other.school, &easy).text()).unwrap();
    let school = other.school.did();
    assert_eq!(
        Case::refused(|record| record["documents"][2] = easy),
        format!(
            "the award record lists urn:example:badge:b of {school}, which is not among its documents as it is listed, \
             or which the plan does not count"
        ),
    );
    let text = Case::refused(|record| {
        record["documents"][2]["credentialSubject"]["achievement"]["id"] = json!("urn:a:x");
    });
    assert!(
        text.starts_with(&format!(
            "document 3 of the award record did not hold on {AWARD_DAY}: the signature of did:key:"
        )) && text.ends_with("does not belong to this text: it was altered, or not signed by that key"),
        "{text}"
    );
}

#[test]
fn a_list_of_what_was_counted_that_says_something_else_is_refused() {
    let school = Issuer::new(1).did();
    let listed = format!(
        "the award record lists urn:example:badge:a of {school}, which is not among its documents as it is listed, \
         or which the plan does not count"
    );
    assert_eq!(Case::refused(|record| record["counted"][0]["achievement"] = json!("urn:a:x")), listed);
    assert_eq!(
        Case::refused(|record| {
            let other = record["counted"][1]["digest"].clone();
            record["counted"][0]["digest"] = other;
        }),
        listed
    );
    assert_eq!(
        Case::refused(|record| {
            record["counted"].as_array_mut().unwrap().pop();
        }),
        format!("the plan counts urn:example:badge:b of {school}, which the award record does not list"),
    );
}

#[test]
fn a_changed_plan_is_not_the_one_that_was_approved() {
    let mut case = Case::new();
    let approved = case.record["planDigest"].as_str().unwrap().to_owned();
    case.record["plan"]["fills"].as_array_mut().unwrap().pop();
    let found = jcs::digest_text(&case.record["plan"].to_string()).unwrap();
    assert_eq!(
        case.recount().unwrap_err().to_string(),
        format!("the plan in the award record has digest {found}, but the board approved {approved}"),
    );
}

#[test]
fn a_plan_that_claims_more_than_was_shown_is_refused() {
    let mut case = Case::new();
    case.replan(|plan| plan["fills"][0]["by"] = plan["fills"][1]["by"].clone());
    case.record["counted"].as_array_mut().unwrap().remove(0);
    let school = case.school.did();
    let text = case.recount().unwrap_err().to_string();
    assert!(
        text.starts_with(&format!(
            "the plan does not hold: line 1: urn:example:badge:b of {school} does not fit part \"a\" (way 0): "
        )),
        "{text}"
    );
}

#[test]
fn an_incomplete_plan_needs_a_decision_of_the_board() {
    let mut case = Case::new();
    case.replan(|plan| {
        plan["fills"].as_array_mut().unwrap().pop();
    });
    case.record["counted"].as_array_mut().unwrap().pop();
    assert_eq!(
        case.recount().unwrap_err().to_string(),
        "the plan does not complete the award, and the award record has no decision of the board",
    );
    case.record["decision"] = json!("Onderdeel b is vervangen (EC-2026-9)");
    let recounted = case.recount().unwrap();
    assert!(!recounted.progress.complete);
    assert_eq!(recounted.decision.as_deref(), Some("Onderdeel b is vervangen (EC-2026-9)"));
}

#[test]
fn the_diploma_names_the_rules() {
    let case = Case::new();
    let diploma = case.diploma_with(&json!({"id": "urn:example:other"}));
    let digest = jcs::digest_text(&case.record["documents"][0].to_string()).unwrap();
    assert_eq!(
        recount(&diploma, &case.record.to_string(), &case.world.policy, None).unwrap_err().to_string(),
        format!("the diploma does not name the programme {digest} that the award record counts toward"),
    );
    assert_eq!(
        Case::refused(|record| {
            record["documents"].as_array_mut().unwrap().remove(0);
        }),
        format!("the award record holds no programme with digest {digest}"),
    );
}

#[test]
fn who_trusts_nobody_behind_an_award_cannot_tell() {
    let case = Case::new();
    let error = recount(&case.diploma(), &case.record.to_string(), &Policy::default(), None).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Undecided);
    assert_eq!(
        error.to_string(),
        format!(
            "document 1 of the award record cannot be confirmed for {AWARD_DAY}: {} is not known here: no trust list at hand \
             vouches for it. That says nothing against it",
            case.school.did()
        ),
    );
}

#[test]
fn evidence_that_was_revoked_before_the_award_is_refused() {
    let mut case = Case::new();
    let list = status_list(&case.school, true, "2026-11-22T08:30:00Z", "2026-11-23T08:00:00Z");
    case.record["evidence"]["statusLists"][LIST] = json!([serde_json::from_str::<Value>(&list).unwrap()]);
    let text = case.recount().unwrap_err().to_string();
    assert!(text.starts_with(&format!("document 2 of the award record did not hold on {AWARD_DAY}: ")), "{text}");
}
