//! Does a store keep its promises? One story that any [`Repository`] must live through; here it is lived on SQLite.

use std::num::NonZeroUsize;

use crate::publishing::{keys_and_the_log, programmes_and_trust_lists};
use crate::school::{
    School, actor, administrator, at, board, code, csv_of, decision, draft, new_store, now, registrar, service, wallet,
};
use stapel_credential::{AchievementCredential, CredentialStatus, StatusListCredential, StatusPurpose, Timestamp};
use stapel_issuer::{
    Action, Added, AuditEntry, BATCH, CompletionFilter, CompletionId, CsvMode, Cursor, IssuerError, NewCompletion,
    NonceUse, OFFER_VALIDITY, Recorded, Repository, Role, StageName,
};
use stapel_status::StatusList;

/// Every promise, in the order of a school's year.
fn story(repository: &dyn Repository) {
    let school = School::new();
    the_institution_and_its_achievements(repository, &school);
    completions_are_recorded_once(repository, &school);
    two_pairs_of_eyes(repository, &school);
    badges_for_known_wallets(repository, &school);
    badges_by_claim(repository, &school);
    revocations(repository, &school);
    suspensions(repository, &school);
    programmes_and_trust_lists(repository, &school);
    keys_and_the_log(repository);
}

pub(crate) fn sentence<T: std::fmt::Debug>(result: Result<T, IssuerError>) -> String {
    result.unwrap_err().to_string()
}

fn new(text: &str) -> NewCompletion {
    NewCompletion::parse(text).unwrap()
}

fn for_school(number: u16) -> NewCompletion {
    new(&format!(r#"{{"achievement":"WOND-1","learner":"s{number}","awarded":"2026-11-20","grade":"8,5"}}"#))
}

fn for_wallet(number: u16) -> NewCompletion {
    new(&format!(r#"{{"achievement":"WOND-1","did":"{}","awarded":"2026-11-20","credits":2.5}}"#, wallet(number)))
}

fn record(repository: &dyn Repository, school: &School, new: NewCompletion) -> CompletionId {
    match school.records(repository).record(&registrar(), vec![new], now()).unwrap().as_slice() {
        [Recorded::New(id)] => *id,
        other => panic!("{other:?}"),
    }
}

fn approved(repository: &dyn Repository, school: &School, new: NewCompletion) -> CompletionId {
    let id = record(repository, school, new);
    school.records(repository).approve(&board(), &[id], &decision(), now()).unwrap().remove(0).unwrap();
    id
}

fn stage(repository: &dyn Repository, id: CompletionId) -> StageName {
    repository.find_completion(id).unwrap().unwrap().stage.name()
}

fn the_institution_and_its_achievements(repository: &dyn Repository, school: &School) {
    assert_eq!(repository.find_institution().unwrap(), None);
    school.open_doors(repository);
    assert_eq!(repository.find_institution().unwrap().as_ref(), Some(&school.institution));

    let first = repository.find_achievement(&code("WOND-1")).unwrap().unwrap();
    assert_eq!(first.reference.version, 1);
    assert!(first.achievement.id.as_str().starts_with("https://badges.school.example/achievements/"));
    assert_eq!(first.achievement.human_code.as_deref(), Some("WOND-1"));

    school.add_achievement(repository, &draft("WOND-1", r#""validityMonths": 36,"#));
    let second = repository.find_achievement(&code("WOND-1")).unwrap().unwrap();
    assert_eq!(second.reference.version, 2);
    assert_eq!(second.achievement.id, first.achievement.id, "all versions have one id");
    assert_eq!(repository.find_achievement_version(&first.reference).unwrap(), Some(first.clone()));
    assert_eq!(repository.find_achievement_by_id(&first.achievement.id).unwrap(), Some(second.clone()));
    assert_eq!(repository.achievements().unwrap(), [second]);
    assert_eq!(repository.find_achievement(&code("NONE")).unwrap(), None);
    let entry = entry(Action::AddAchievement);
    assert_eq!(repository.add_achievement(&first, &entry).unwrap(), Added::Taken);
}

fn entry(action: Action) -> AuditEntry {
    let administrator = administrator();
    AuditEntry {
        at: now(),
        actor: administrator.id().clone(),
        role: administrator.role(),
        action,
        object: "test".to_owned(),
        count: 1,
    }
}

fn completions_are_recorded_once(repository: &dyn Repository, school: &School) {
    let records = school.records(repository);
    let both = vec![for_school(1), for_school(1), for_school(2)];
    let outcomes = records.record(&registrar(), both, now()).unwrap();
    assert_eq!(outcomes[1], Recorded::Duplicate(outcomes[0].id()), "also within one call");
    assert!(matches!(outcomes[2], Recorded::New(_)));
    let again = records.record(&registrar(), vec![for_school(1)], now()).unwrap();
    assert_eq!(again, [Recorded::Duplicate(outcomes[0].id())]);

    let refused = |text| sentence(records.record(&registrar(), vec![new(text)], now()));
    assert_eq!(
        refused(r#"{"achievement":"NONE","learner":"s1","awarded":"2026-11-20"}"#),
        "there is no achievement NONE; add it first",
    );
    assert_eq!(
        refused(r#"{"achievement":"WOND-1","learner":"s1","awarded":"2026-11-24"}"#),
        "awarded on 2026-11-24, which is after today, 2026-11-22",
    );
    assert_eq!(
        sentence(records.record(&board(), vec![for_school(1)], now())),
        "board-1 acts as examination-board, which may not record completions; that is for registrar",
    );

    let file = "achievement,learner,awarded\nWOND-1,s1,2026-11-20\nNONE,s3,2026-11-20\nWOND-1,s3,2026-11-20\n";
    assert_eq!(
        sentence(records.record_csv(&registrar(), file.as_bytes(), CsvMode::RefuseWholeFile, now())),
        "1 of the rows cannot be taken, so none was: row 3, column achievement: there is no achievement NONE; add it first",
    );
    let report = records.record_csv(&registrar(), file.as_bytes(), CsvMode::KeepGood, now()).unwrap();
    assert_eq!(report.recorded.len(), 1);
    assert_eq!(report.duplicates, [(2, outcomes[0].id())]);
    assert_eq!(report.errors[0].to_string(), "row 3, column achievement: there is no achievement NONE; add it first");
    let again = records.record_csv(&registrar(), file.as_bytes(), CsvMode::KeepGood, now()).unwrap();
    assert_eq!((again.recorded.len(), again.duplicates.len()), (0, 2), "the same file again records nothing");

    let recorded = CompletionFilter { stage: Some(StageName::Recorded), ..CompletionFilter::default() };
    let page = repository.completions(&recorded, Cursor::default(), 2).unwrap();
    assert_eq!(page.items.len(), 2);
    let rest = repository.completions(&recorded, page.next.unwrap(), 2).unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    let none = CompletionFilter { with_did: Some(true), ..recorded };
    assert_eq!(repository.completions(&none, Cursor::default(), 2).unwrap().items, []);
}

fn two_pairs_of_eyes(repository: &dyn Repository, school: &School) {
    let records = school.records(repository);
    let id = record(repository, school, for_school(10));
    let board_who_recorded = actor("registrar-1", Role::ExaminationBoard);
    let refused = records.approve(&board_who_recorded, &[id], &decision(), now()).unwrap().remove(0).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("registrar-1 recorded completion {id} and so cannot approve it; somebody else must"),
    );
    assert_eq!(stage(repository, id), StageName::Recorded);

    let nobody = CompletionId::parse("00000000-0000-4000-8000-000000000000").unwrap();
    let outcomes = records.approve(&board(), &[nobody, id], &decision(), now()).unwrap();
    assert_eq!(
        outcomes[0].as_ref().unwrap_err().to_string(),
        "there is no completion 00000000-0000-4000-8000-000000000000",
    );
    assert_eq!(outcomes[1].as_ref().unwrap().stage.approved().unwrap().decision, decision());
    assert_eq!(repository.find_completion(id).unwrap().as_ref(), outcomes[1].as_ref().ok());
    let again = records.approve(&board(), &[id], &decision(), now()).unwrap().remove(0).unwrap_err();
    assert_eq!(
        again.to_string(),
        format!("completion {id} is approved; only a completion that is recorded can be approved"),
    );

    let wrong = record(repository, school, for_school(11));
    assert_eq!(
        sentence(records.reject(&board(), &[wrong], " ", now())),
        "the reason must have 1 to 400 characters on one line",
    );
    let rejected = records.reject(&board(), &[wrong], "grade is missing", now()).unwrap().remove(0).unwrap();
    assert_eq!(repository.find_completion(wrong).unwrap(), Some(rejected));
    assert_ne!(record(repository, school, for_school(11)), wrong, "what was rejected may be recorded again");
}

fn badges_for_known_wallets(repository: &dyn Repository, school: &School) {
    let records = school.records(repository);
    let file = csv_of(40);
    let report = records.record_csv(&registrar(), file.as_bytes(), CsvMode::RefuseWholeFile, now()).unwrap();
    let approvals = records.approve_recorded(&board(), Some(&code("WOND-1")), &decision(), now()).unwrap();
    assert!(approvals.approved >= 40 && approvals.refused.is_empty(), "{approvals:?}");
    let before = repository.count_credentials().unwrap();
    let batch = NonZeroUsize::new(17).unwrap();
    let signed = school.issuer(repository).sign_approved(&service(), batch, now()).unwrap();
    assert_eq!((signed.signed, signed.skipped), (40, 0), "those without a DID wait for a claim");
    assert_eq!(repository.count_credentials().unwrap(), before + 40);
    let nothing = school.issuer(repository).sign_approved(&service(), BATCH, now()).unwrap();
    assert_eq!(nothing.signed, 0);

    let mut places = std::collections::BTreeSet::new();
    for id in report.recorded {
        let issued = repository.find_credential_of(id).unwrap().unwrap();
        assert_eq!(repository.find_credential(&issued.id).unwrap().as_ref(), Some(&issued));
        assert!(places.insert((issued.status_list, issued.status_index)), "no place twice");
        let completion = repository.find_completion(id).unwrap().unwrap();
        assert_eq!(completion.stage.issued().unwrap().credential, issued.id);
        let badge = AchievementCredential::parse(&issued.text).unwrap();
        assert_eq!(badge.id, issued.id);
        assert_eq!(badge.credential_subject.id, Some(issued.holder.to_uri()));
        let Some(CredentialStatus::Bitstring(status)) = badge.credential_status else { panic!("no status") };
        assert_eq!(status.index, issued.status_index);
        assert_eq!(status.list, issued.status_list.address(&school.institution).unwrap());
    }
    let indices: Vec<u32> = places.iter().map(|(_, index)| *index).collect();
    assert!(indices.iter().max() > Some(&1000), "places are not counted up: {indices:?}");
}

fn badges_by_claim(repository: &dyn Repository, school: &School) {
    let (records, issuer) = (school.records(repository), school.issuer(repository));
    let id = approved(repository, school, for_school(20));
    let with_did = approved(repository, school, for_wallet(20));
    let offers = records.offer(&registrar(), &[id, with_did], OFFER_VALIDITY, now()).unwrap();
    assert_eq!(
        offers[1].as_ref().unwrap_err().to_string(),
        format!("completion {with_did} names the wallet's DID and is signed without a code"),
    );
    let first = offers.into_iter().next().unwrap().unwrap();
    assert_eq!(stage(repository, id), StageName::Offered);

    let second = records.offer(&registrar(), &[id], OFFER_VALIDITY, now()).unwrap().remove(0).unwrap();
    let redeem = |code: &str, now: Timestamp| records.redeem(&service(), code, now);
    assert_eq!(
        sentence(redeem(first.code.expose(), now())),
        "this claim code was used before or replaced by a newer one; ask the school for a new code",
    );
    assert_eq!(
        sentence(redeem("guess", now())),
        "this claim code was never given out; check that it was copied completely",
    );
    assert_eq!(
        sentence(redeem(second.code.expose(), at("2026-12-22T09:00:00Z"))),
        "this claim code expired at 2026-12-22T09:00:00Z; ask the school for a new code",
    );
    let lost = redeem(second.code.expose(), now()).unwrap();
    assert_eq!(stage(repository, id), StageName::Claimed);
    assert_eq!(
        sentence(redeem(second.code.expose(), now())),
        "this claim code was used before or replaced by a newer one; ask the school for a new code",
    );

    // The wallet lost its session: the school hands out a third code, and the old session is void.
    let third = records.offer(&registrar(), &[id], OFFER_VALIDITY, now()).unwrap().remove(0).unwrap();
    assert_eq!(
        sentence(issuer.sign_claim(&service(), lost.token.expose(), &wallet(1), now())),
        "this access token was never given out",
    );
    let claim = redeem(third.code.expose(), now()).unwrap();
    assert_eq!(
        sentence(issuer.sign_claim(&service(), claim.token.expose(), &wallet(1), at("2026-11-22T09:10:00Z"))),
        "this access token expired at 2026-11-22T09:10:00Z; ask the school for a new claim code",
    );

    let (nonce, _) = records.fresh_nonce(now()).unwrap();
    assert_eq!(records.take_nonce(nonce.expose(), now()).unwrap(), NonceUse::Taken);
    assert_eq!(records.take_nonce(nonce.expose(), now()).unwrap(), NonceUse::Refused, "a nonce is good once");
    let (old, _) = records.fresh_nonce(now()).unwrap();
    assert_eq!(records.take_nonce(old.expose(), at("2026-11-22T09:05:00Z")).unwrap(), NonceUse::Refused);

    let session = records.open_session(claim.token.expose(), now()).unwrap();
    assert_eq!((session.completion.id, session.achievement.reference.code), (id, code("WOND-1")));
    let badge = issuer.sign_claim(&service(), claim.token.expose(), &wallet(1), now()).unwrap();
    assert_eq!(badge.holder, wallet(1));
    assert_eq!(stage(repository, id), StageName::Signed);
    let again = issuer.sign_claim(&service(), claim.token.expose(), &wallet(1), now()).unwrap();
    assert_eq!(again, badge, "a lost answer is repeated, not signed again");
    assert_eq!(
        sentence(issuer.sign_claim(&service(), claim.token.expose(), &wallet(2), now())),
        "this badge was already signed for another wallet",
    );
}

fn bit(
    repository: &dyn Repository,
    school: &School,
    list: stapel_issuer::StatusListId,
    index: u32,
    at: Timestamp,
) -> bool {
    let text = school.issuer(repository).status_list(list, at).unwrap().text;
    let credential = StatusListCredential::parse(&text).unwrap();
    assert_eq!(credential.id, list.address(&school.institution).unwrap());
    assert!(credential.valid_until.unwrap() > at);
    StatusList::decode(&credential.credential_subject.encoded_list).unwrap().find(index as usize).unwrap()
}

fn revocations(repository: &dyn Repository, school: &School) {
    let records = school.records(repository);
    let id = approved(repository, school, for_wallet(30));
    school.issuer(repository).sign_approved(&service(), BATCH, now()).unwrap();
    let issued = repository.find_credential_of(id).unwrap().unwrap();
    let bit = |at| bit(repository, school, issued.status_list, issued.status_index, at);
    assert!(!bit(now()));

    let snapshot = |at| school.issuer(repository).status_list(issued.status_list, at).unwrap();
    assert_eq!(snapshot(now()), snapshot(at("2026-11-22T09:59:59Z")), "an unchanged list is not signed again");
    assert_ne!(snapshot(now()), snapshot(at("2026-11-22T10:00:00Z")), "but each hour");

    assert_eq!(
        sentence(records.revoke(&board(), &"urn:uuid:1".parse().unwrap(), "fraud", now())),
        "there is no badge urn:uuid:1",
    );
    let revoked = records.revoke(&board(), &issued.id, "fraud", now()).unwrap();
    assert_eq!(repository.find_completion(id).unwrap(), Some(revoked));
    assert!(bit(at("2026-11-22T10:00:01Z")), "signed anew because a bit changed");
    assert_eq!(
        sentence(records.revoke(&board(), &issued.id, "fraud", now())),
        format!("completion {id} is revoked; only a completion that is signed can be revoked"),
    );
    assert_eq!(
        sentence(records.reinstate(&board(), &issued.id, now())),
        format!("the badge of completion {id} was revoked, which is final; only a suspension ends"),
    );

    // Many revocations at the same moment: none is lost.
    let ids: Vec<CompletionId> = (100..116).map(|number| approved(repository, school, for_wallet(number))).collect();
    school.issuer(repository).sign_approved(&service(), BATCH, now()).unwrap();
    let badges: Vec<_> = ids.iter().map(|id| repository.find_credential_of(*id).unwrap().unwrap()).collect();
    std::thread::scope(|scope| {
        for badge in &badges {
            scope.spawn(|| {
                records.revoke(&board(), &badge.id, "withdrawn together", now()).unwrap();
                school.issuer(repository).status_list(badge.status_list, now()).unwrap();
            });
        }
    });
    for badge in &badges {
        assert!(super_bit(repository, school, badge));
    }
}

fn super_bit(repository: &dyn Repository, school: &School, badge: &stapel_issuer::IssuedCredential) -> bool {
    bit(repository, school, badge.status_list, badge.status_index, at("2026-11-22T11:00:00Z"))
}

fn suspensions(repository: &dyn Repository, school: &School) {
    let records = school.records(repository);
    school.add_achievement(repository, &draft("VOG-1", r#""statusPurpose": "suspension","#));
    let of = |number| new(&format!(r#"{{"achievement":"VOG-1","did":"{}","awarded":"2026-11-20"}}"#, wallet(number)));
    let id = approved(repository, school, of(1));
    school.issuer(repository).sign_approved(&service(), BATCH, now()).unwrap();
    let badge = repository.find_credential_of(id).unwrap().unwrap();
    let list = repository.find_status_list(badge.status_list).unwrap().unwrap();
    assert_eq!(list.purpose, StatusPurpose::Suspension, "a list of its own");
    records.revoke(&board(), &badge.id, "under investigation", now()).unwrap();
    assert!(super_bit(repository, school, &badge));
    let again = record(repository, school, of(1));
    assert_eq!(
        sentence(records.reinstate(&board(), &badge.id, now())),
        format!("completion {id} was recorded again since, and one learner has one badge for one achievement and day"),
    );
    records.reject(&board(), &[again], "entered by mistake", now()).unwrap();
    records.reinstate(&board(), &badge.id, now()).unwrap();
    assert_eq!(stage(repository, id), StageName::Signed);
    assert!(!super_bit(repository, school, &badge));
    assert_eq!(repository.status_lists().unwrap().len(), 2);
}

#[test]
fn sqlite_lives_through_the_story() {
    let folder = tempfile::tempdir().unwrap();
    story(&new_store(folder.path()));
}
