//! How does a learner go along a route, from one or several institutions to an employer? All in one process, with real keys.

use std::collections::BTreeMap;
use std::time::Duration;

use stapel_credential::{Question, StatusListCredential, Timestamp, Uri};
use stapel_keys::{KdfCost, Passphrase};
use stapel_stacking::{Budget, Found};
use stapel_verifier::{Audience, Dossier, Missing, Outcome, Policy};
use stapel_wallet::{Answer, Kept, Showing, Wallet, verify_document};

use crate::school::{Cast, School, route};

/// A learner, her institutions, and the anchor that vouches for them.
pub struct Journey {
    number: u8,
    /// The institutions, in the order of their roles.
    pub schools: Vec<School>,
    /// Who says who may certify what.
    pub anchor: School,
    /// The anchor's list.
    pub trust_list: String,
    /// What the learner holds.
    pub wallet: Wallet,
    /// Every badge that was issued, in the order of the institutions and their files.
    pub badges: Vec<String>,
    cast: Cast,
    status_lists: BTreeMap<Uri, String>,
    _folder: tempfile::TempDir,
}

impl Journey {
    /// Every institution of the route issues what its file says to a new wallet, which receives it all. `roles` are the names
    /// that the fixtures give the institutions (`ISSUER`, `SECOND`); each has a folder of that name in lower case.
    pub fn of(number: u8, roles: &[&str], further: Cast) -> Self {
        let anchor = School::open("Anker (illustratief)", 100 + number);
        let schools: Vec<School> = roles
            .iter()
            .zip(10 * number..)
            .map(|(role, seed)| School::open(&format!("School {role} (illustratief)"), seed))
            .collect();
        let cast = roles.iter().zip(&schools).fold(further, |cast, (role, school)| cast.with(role, school.did()));
        let trust_list = anchor.publish_vouched(&cast.play(&read(&route(number).join("trust-list.csv"))));
        let place = tempfile::tempdir().expect("a folder");
        let passphrase = Passphrase::new("een wachtzin van de lerende".to_owned()).expect("a passphrase");
        let (mut wallet, _words) =
            Wallet::create(&place.path().join("wallet.stapel"), &passphrase, KdfCost::fast_for_tests())
                .expect("a wallet");
        wallet.add_trust_anchor(&anchor.did()).expect("trusted");
        wallet.receive(&trust_list, anchor.now).expect("the trust list is kept");
        let mut badges = Vec::new();
        let mut status_lists = BTreeMap::new();
        for (role, school) in roles.iter().zip(&schools) {
            let folder = route(number).join(role.to_lowercase());
            school.add_achievements(&folder.join("achievements"));
            let issued = school.issue_csv(&to_wallet(&read(&folder.join("completions.csv")), wallet.id().as_str()));
            if let Some(list) = issued.first().map(|badge| school.status_list_of(badge)) {
                status_lists.insert(StatusListCredential::parse(&list).expect("a list").id, list);
            }
            badges.extend(issued);
        }
        let mut journey =
            Self { number, schools, anchor, trust_list, wallet, badges, cast, status_lists, _folder: place };
        for text in journey.badges.clone() {
            journey.receive(&text);
        }
        journey
    }

    /// When everything happens.
    pub fn now(&self) -> Timestamp {
        self.anchor.now
    }

    /// The wallet fetches what it wants and keeps the document, which it accepts.
    pub fn receive(&mut self, text: &str) {
        let (lists, now) = (&self.status_lists, self.anchor.now);
        let fetch = |missing: &Missing| match missing {
            Missing::StatusList { url } => lists.get(url).cloned(),
            _ => None,
        };
        let refused = self.wallet.supply(|wallet| wallet.missing_for(text, now), fetch, now);
        assert!(refused.is_empty(), "{refused:?}");
        let received = self.wallet.receive(text, now).expect("readable");
        assert_eq!(received.outcome(), Outcome::Accepted, "{:?}", received.findings);
        assert!(matches!(received.kept, Kept::New), "{:?}", received.kept);
    }

    /// The first institution publishes the programme of this file of the route, and the wallet keeps it.
    pub fn programme(&mut self, file: &str) -> String {
        let rules = self.cast.play(&read(&route(self.number).join(file)));
        let published = self.schools.first().expect("a school").publish_rules(&rules);
        self.receive(&published);
        published
    }

    /// Shows the progress toward the programme that the wallet has under this number, to `employer.example`.
    pub fn show(&mut self, programme: &str) -> (String, Found) {
        let kept = self.wallet.programme(programme).expect("the programme is kept");
        let (showing, now) = (self.showing(), self.now());
        let (signed, stack) = self
            .wallet
            .present_progress(&kept, &Question::progress(None), &showing, Budget::default(), now)
            .expect("presented");
        (signed.text().to_owned(), stack.found)
    }

    /// For the employer, with all status lists.
    pub fn showing(&self) -> Showing {
        Showing {
            domain: Some("employer.example".to_owned()),
            challenge: Some("7f3c".to_owned()),
            expires: Some(self.now().after(Duration::from_mins(10))),
            with_status_lists: true,
            ..Showing::default()
        }
    }

    /// What an employer finds, with the anchor's trust list and nothing else but what came along.
    pub fn employer(&self, text: &str) -> Answer {
        let mut dossier = Dossier::default();
        dossier.add_trust_list(&self.trust_list).expect("a trust list");
        let policy = Policy { trust_anchors: vec![self.anchor.did()], ..Policy::default() };
        let audience = Audience { domain: Some("employer.example".to_owned()), challenge: Some("7f3c".to_owned()) };
        verify_document(text, &dossier, &policy, &audience, self.now()).expect("readable")
    }
}

fn read(file: &std::path::Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The school's own references in the column `learner` give way to the wallet's DID.
fn to_wallet(csv: &str, did: &str) -> String {
    let mut lines = csv.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let learner = head.iter().position(|column| *column == "learner").expect("a column learner");
    let mut text = head.join(",").replace("learner", "did");
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        *cells.get_mut(learner).expect("a cell") = did;
        text = format!("{text}\n{}", cells.join(","));
    }
    text + "\n"
}
