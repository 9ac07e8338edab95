//! Do the learning routes run from end to end? Institution, wallet and employer of routes 1 and 9, in one process; `./demo --ci`
//! runs the same through the two programs, a real server and OpenID4VCI.

use stapel_credential::{AchievementCredential, Question, Timestamp};
use stapel_keys::{KdfCost, Passphrase};
use stapel_stacking::{Budget, Optimality};
use stapel_tests::school::{School, route};
use stapel_verifier::{Audience, CheckKind, CheckResult, Dossier, Missing, Outcome, Policy, Reason};
use stapel_wallet::{Answer, Kept, ProgressAnswer, Showing, Wallet, verify_document};

/// A learner, an institution, and the anchor that vouches for it.
struct Story {
    school: School,
    anchor: School,
    trust_list: String,
    wallet: Wallet,
    badges: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Story {
    /// Issues everything of the route's file to a new wallet, which receives it all.
    fn of(number: u8, reference: &str) -> Self {
        let (school, anchor) =
            (School::open("School (illustratief)", number), School::open("Anker (illustratief)", 100));
        let folder = route(number);
        school.add_achievements(&folder.join("achievements"));
        let trust_list = anchor.publish_trust_list(&folder.join("trust-list.csv"), &school.did());
        let place = tempfile::tempdir().expect("a folder");
        let passphrase = Passphrase::new("een wachtzin van de lerende".to_owned()).expect("a passphrase");
        let (mut wallet, _words) =
            Wallet::create(&place.path().join("wallet.stapel"), &passphrase, KdfCost::fast_for_tests())
                .expect("a wallet");
        let csv = std::fs::read_to_string(folder.join("completions.csv"))
            .expect("the fixture")
            .replace(",learner,", ",did,")
            .replace(reference, wallet.id().as_str());
        let badges = school.issue_csv(&csv);
        wallet.add_trust_anchor(&anchor.did()).expect("trusted");
        wallet.receive(&trust_list, school.now).expect("the trust list is kept");
        let mut story = Self { school, anchor, trust_list, wallet, badges, _folder: place };
        for text in story.badges.clone() {
            story.supply(&text);
            let received = story.wallet.receive(&text, story.school.now).expect("readable");
            assert_eq!(received.outcome(), Outcome::Accepted, "{:?}", received.findings);
            assert!(matches!(received.kept, Kept::New), "{:?}", received.kept);
        }
        story
    }

    fn now(&self) -> Timestamp {
        self.school.now
    }

    fn fetch(school: &School, badges: &[String], missing: &Missing) -> Option<String> {
        match missing {
            Missing::StatusList { .. } => Some(school.status_list_of(badges.first()?)),
            _ => None,
        }
    }

    fn supply(&mut self, text: &str) {
        let (school, badges, now) = (&self.school, &self.badges, self.school.now);
        let refused = self.wallet.supply(
            |wallet| wallet.missing_for(text, now),
            |missing| Self::fetch(school, badges, missing),
            now,
        );
        assert!(refused.is_empty(), "{refused:?}");
    }

    /// The target is chosen afterwards; progress is shown to an employer, who recomputes it.
    fn show(&mut self, number: u8) -> (String, stapel_stacking::Found) {
        let programme = self.school.publish_programme(&route(number).join("programme.json"));
        self.supply(&programme);
        let received = self.wallet.receive(&programme, self.now()).expect("readable");
        assert_eq!(received.outcome(), Outcome::Accepted, "{:?}", received.findings);
        let kept = self.wallet.programme("1").expect("the programme is kept");
        let showing = Showing {
            domain: Some("employer.example".to_owned()),
            challenge: Some("7f3c".to_owned()),
            expires: Some(self.now().after(std::time::Duration::from_mins(10))),
            with_status_lists: true,
            ..Showing::default()
        };
        let (signed, stack) = self
            .wallet
            .present_progress(&kept, &Question::progress(None), &showing, Budget::default(), self.school.now)
            .expect("presented");
        (signed.text().to_owned(), stack.found)
    }

    /// The employer's answer, with the anchor's trust list and nothing else but what came along.
    fn employer(&self, text: &str, status_list: Option<&str>, domain: &str) -> Answer {
        let mut dossier = Dossier::default();
        dossier.add_trust_list(&self.trust_list).expect("a trust list");
        if let Some(list) = status_list {
            let id = stapel_credential::StatusListCredential::parse(list).expect("a list").id;
            dossier.add_status_list(&id, list).expect("a list");
        }
        let policy = Policy { trust_anchors: vec![self.anchor.did()], ..Policy::default() };
        let audience = Audience { domain: Some(domain.to_owned()), challenge: Some("7f3c".to_owned()) };
        verify_document(text, &dossier, &policy, &audience, self.now()).expect("readable")
    }
}

#[test]
fn route_1_regulier_ends_with_everything_shown_and_recomputed() {
    let mut story = Story::of(1, "s2023-0417");
    assert_eq!(story.badges.len(), 12);
    let (shown, found) = story.show(1);
    assert_eq!(found.optimality, Optimality::Best);
    assert!(found.progress.complete);
    assert_eq!(found.progress.credits_counted, found.progress.credits_needed);
    assert_eq!(found.progress.credentials_used, 12);

    let answer = story.employer(&shown, None, "employer.example");
    assert_eq!(answer.outcome(), Outcome::Accepted, "{:?}", answer.findings());
    let Some(ProgressAnswer::Recomputed(progress)) = answer.progress else { panic!("{:?}", answer.progress) };
    assert_eq!(*progress, found.progress, "the employer counts as the wallet does");

    let elsewhere = story.employer(&shown, None, "thief.example");
    assert_eq!(elsewhere.outcome(), Outcome::Refused);
}

#[test]
fn route_9_stapelen_is_progress_toward_a_target_chosen_afterwards() {
    let mut story = Story::of(9, "m.vermeer-88");
    let (shown, found) = story.show(9);
    let progress = &found.progress;
    assert!(!progress.complete);
    assert_eq!(progress.credits_counted.to_string(), "1840", "three modules and an elective");
    assert_eq!(progress.credits_needed.to_string(), "3680");
    assert_eq!(
        progress.award.as_ref().and_then(|award| award.code.as_ref()).map(ToString::to_string).as_deref(),
        Some("crebo:25655")
    );

    let answer = story.employer(&shown, None, "employer.example");
    assert_eq!(answer.outcome(), Outcome::Accepted, "{:?}", answer.findings());
    let Some(ProgressAnswer::Recomputed(recomputed)) = answer.progress else { panic!("{:?}", answer.progress) };
    assert_eq!(*recomputed, found.progress);
}

#[test]
fn a_revocation_turns_the_employers_answer() {
    let mut story = Story::of(9, "m.vermeer-88");
    let (shown, _) = story.show(9);
    let badge = story.badges[0].clone();
    let before = story.school.status_list_of(&badge);
    assert_eq!(story.employer(&badge, Some(&before), "employer.example").outcome(), Outcome::Accepted);

    story.school.revoke(&AchievementCredential::parse(&badge).expect("a badge").id);
    let after = story.school.status_list_of(&badge);
    let answer = story.employer(&badge, Some(&after), "employer.example");
    assert_eq!(answer.outcome(), Outcome::Refused);
    let status = answer.findings().find(CheckKind::Status);
    assert!(matches!(status, Some(CheckResult::Fail(Reason::Revoked { .. }))), "{status:?}");
    let shown_after = story.employer(&shown, Some(&after), "employer.example");
    assert_eq!(shown_after.outcome(), Outcome::Refused, "the newer of two lists counts, whichever came along");
}

#[test]
fn an_issuer_that_may_not_certify_the_code_is_refused_and_an_unknown_one_undecided() {
    let story = Story::of(9, "m.vermeer-88");
    let list = story.school.status_list_of(&story.badges[0]);
    let mut dossier = Dossier::default();
    let id = stapel_credential::StatusListCredential::parse(&list).expect("a list").id;
    dossier.add_status_list(&id, &list).expect("a list");
    let nobody = verify_document(&story.badges[0], &dossier, &Policy::default(), &Audience::default(), story.now());
    assert_eq!(nobody.expect("readable").outcome(), Outcome::Undecided);

    // The list of route 1 vouches for its school without any code; the badge claims crebo 25655.
    let other = story.anchor.publish_trust_list(&route(1).join("trust-list.csv"), &story.school.did());
    dossier.add_trust_list(&other).expect("a list");
    let policy = Policy { trust_anchors: vec![story.anchor.did()], ..Policy::default() };
    let answer =
        verify_document(&story.badges[0], &dossier, &policy, &Audience::default(), story.now()).expect("readable");
    assert_eq!(answer.outcome(), Outcome::Refused);
    let trust = answer.findings().find(CheckKind::Trust).map(|result| result.reason().to_string());
    assert_eq!(
        trust.as_deref(),
        Some(
            "by the trust list Demonstratielijst (illustratief), ROC Voorbeeld (illustratief) may not certify crebo:25655 on 2025-07-04"
        )
    );
}

/// The projects of the source, which lie beside this project or nowhere.
fn projects() -> Option<serde_json::Value> {
    let file = stapel_tests::vectors::find("..")?.join("flexprojects.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn fixture(number: u8, name: &str) -> String {
    std::fs::read_to_string(route(number).join(name)).expect("the fixture")
}

fn json_fixture(number: u8, name: &str) -> serde_json::Value {
    serde_json::from_str(&fixture(number, name)).expect("JSON")
}

/// Every achievement of a route, by file name.
fn achievements(number: u8) -> Vec<(String, serde_json::Value)> {
    let entries = std::fs::read_dir(route(number).join("achievements")).expect("the fixtures");
    let names = entries.map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"));
    names
        .map(|name| (name.clone(), json_fixture(number, &format!("achievements/{name}"))["achievement"].clone()))
        .collect()
}

/// The codes that an achievement claims.
fn codes(achievement: &serde_json::Value) -> Vec<(String, String)> {
    let entries = achievement["otherIdentifier"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    entries.iter().map(|entry| (text(&entry["identifierType"]), text(&entry["identifier"]))).collect()
}

#[test]
fn real_names_and_codes_are_those_of_the_source() {
    let Some(projects) = projects() else { return };
    let programme = json_fixture(9, "programme.json");
    let told = programme["illustrative"]["nl"].as_str().expect("what is real is told");
    let elective = achievements(9).into_iter().find(|(name, _)| name == "keuze-01.json").expect("the elective").1;
    for (project, name, code) in
        [("FLEX21002", programme["name"]["nl"].as_str(), "25655"), ("FLEX20022", elective["name"].as_str(), "K0905")]
    {
        let found = projects.as_array().expect("a list").iter().find(|each| each["number"] == project);
        let qualifications = found.expect("the project is in the source")["qualifications"].as_array().expect("a list");
        let real = qualifications.iter().find(|each| each["crebo"] == code).expect("the code is the project's");
        let (real, name) = (real["name"].as_str().expect("a name"), name.expect("a name"));
        assert_eq!(real.to_lowercase(), name.to_lowercase(), "{project}");
        assert!(told.contains(project) && told.contains(code), "{project} is not named as the source: {told}");
    }
    assert_eq!(programme["awards"][0]["code"], "crebo:25655");
    assert_eq!(codes(&elective), [("ext:kcode".to_owned(), "K0905".to_owned())]);
}

#[test]
fn no_code_stands_in_a_fixture_but_the_two_of_the_source() {
    for (number, known) in [(1, &[][..]), (9, &[("ext:crebo", "25655"), ("ext:kcode", "K0905")])] {
        for (name, achievement) in achievements(number) {
            for (kind, code) in codes(&achievement) {
                assert!(known.contains(&(kind.as_str(), code.as_str())), "route {number}, {name}: {kind} {code}");
            }
        }
        for line in fixture(number, "trust-list.csv").lines().skip(1) {
            let code = line.split(',').nth(6).expect("a column code");
            let known = code.is_empty() || known.iter().any(|(_, known)| code.ends_with(&format!(":{known}")));
            assert!(known, "route {number}: {line}");
        }
    }
}

#[test]
fn what_is_invented_is_labelled_illustrative() {
    for number in [1, 9] {
        let programme = json_fixture(number, "programme.json");
        for (language, word) in [("nl", "Illustratief: "), ("en", "Illustrative: ")] {
            let label = programme["illustrative"][language].as_str().expect("a label in both languages");
            assert!(label.starts_with(word), "route {number}: {label}");
        }
        for (name, achievement) in achievements(number) {
            let description = achievement["description"].as_str().expect("a description");
            assert!(description.ends_with("(Illustratief.)"), "route {number}, {name}: {description}");
        }
        for line in fixture(number, "trust-list.csv").lines().skip(1) {
            let school = line.split(',').nth(1).expect("a column name");
            assert!(school.ends_with("(illustratief)"), "route {number}: {line}");
        }
    }
    let demo = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../demo")).expect("the demo");
    for school in demo.lines().filter_map(|line| line.split("school='").nth(1)) {
        assert!(school.split('\'').next().expect("a name").ends_with("(illustratief)"), "{school}");
    }
}
