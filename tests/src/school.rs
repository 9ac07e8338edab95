//! An institution in the test's own process: real keys, a real database, the fixtures of a route.

use std::path::Path;

use stapel_credential::{Did, Timestamp, Uri};
use stapel_did::{did_key, did_key_verification_method};
use stapel_issuer::{
    AchievementDraft, Actor, ActorId, BATCH, CsvMode, Decision, Institution, InstitutionText, Issuer, Records, Role,
    TrustListDraft, set_up,
};
use stapel_issuer_service::store::sqlite::SqliteStore;
use stapel_keys::SigningKey;

/// An institution with its database in a temporary folder.
pub struct School {
    institution: Institution,
    key: SigningKey,
    store: SqliteStore,
    /// When everything in it happens.
    pub now: Timestamp,
    _folder: tempfile::TempDir,
}

/// Who plays whom: a fixture names its issuers `ISSUER`, `SECOND`, `BOARD`, since their DIDs are made anew.
#[derive(Debug, Clone, Default)]
pub struct Cast(Vec<(String, Did)>);

impl Cast {
    /// These roles, each a word in capitals.
    pub fn of(roles: &[(&str, Did)]) -> Self {
        Self(roles.iter().map(|(role, did)| ((*role).to_owned(), did.clone())).collect())
    }

    /// The same with one more role.
    #[must_use]
    pub fn with(mut self, role: &str, did: Did) -> Self {
        self.0.push((role.to_owned(), did));
        self
    }

    /// The text of a fixture with every role played.
    pub fn play(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (role, did)| text.replace(role, did.as_str()))
    }
}

/// The folder of a route's fixtures.
pub fn route(number: u8) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/routes/route-{number}"))
}

fn actor(name: &str, role: Role) -> Actor {
    Actor::new(ActorId::parse(name).expect("a name"), role)
}

impl School {
    /// A school with a did:key from a fixed seed, and no achievements yet.
    pub fn open(name: &str, seed: u8) -> Self {
        let key = SigningKey::from_seed([seed; 32]);
        let institution = Institution::new(InstitutionText {
            name: name.to_owned(),
            verification_method: did_key_verification_method(&key.verifying_key()),
            did: did_key(&key.verifying_key()),
            country: "NL".to_owned(),
            brin: Some("99ZZ".to_owned()),
            base_url: format!("https://badges-{seed}.school.example").parse().expect("a URL"),
            url: Some("https://www.school.example".parse().expect("a URL")),
        })
        .expect("an institution");
        let now = Timestamp::parse("2026-11-22T09:00:00Z").expect("a date");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records.db");
        SqliteStore::migrate(&path, now).expect("a database");
        let store = SqliteStore::open(&path).expect("a database");
        set_up(&store, &actor("administrator", Role::Administrator), &institution, now).expect("set up");
        Self { institution, key, store, now, _folder: folder }
    }

    /// Its DID.
    pub fn did(&self) -> Did {
        self.institution.did().clone()
    }

    fn records(&self) -> Records<'_> {
        Records::new(&self.store, &self.institution)
    }

    /// The desk that signs.
    pub fn issuer(&self) -> Issuer<'_> {
        Issuer::new(self.records(), &self.key).expect("the key is the institution's")
    }

    /// Adds all achievements of a folder.
    pub fn add_achievements(&self, folder: &Path) {
        let mut files: Vec<_> =
            std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a file");
            let draft = AchievementDraft::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            self.records().add_achievement(&actor("registrar", Role::Registrar), draft, self.now).expect("added");
        }
    }

    /// Records the CSV with the learner's DID in the place of the school's reference, approves and signs; gives the badges.
    pub fn issue_csv(&self, csv: &str) -> Vec<String> {
        let report = self
            .records()
            .record_csv(&actor("registrar", Role::Registrar), csv.as_bytes(), CsvMode::RefuseWholeFile, self.now)
            .expect("recorded");
        assert!(report.errors.is_empty(), "{:?}", report.errors);
        let decision = Decision::new("Examencommissie (illustratief)", Some("EC-1"), None).expect("a decision");
        self.records()
            .approve_recorded(&actor("board", Role::ExaminationBoard), None, &decision, self.now)
            .expect("approved");
        self.issuer().sign_approved(&actor("service", Role::Signer), BATCH, self.now).expect("signed");
        let repository = self.records().repository();
        report
            .recorded
            .iter()
            .map(|id| repository.find_credential_of(*id).expect("the store answers").expect("a badge").text)
            .collect()
    }

    /// The status list of a badge that it signed.
    pub fn status_list_of(&self, badge: &str) -> String {
        let id = stapel_credential::AchievementCredential::parse(badge).expect("a badge").id;
        let issued = self.records().repository().find_credential(&id).expect("the store answers").expect("a badge");
        self.issuer().status_list(issued.status_list, self.now).expect("signed").text
    }

    /// The examination board revokes a badge.
    pub fn revoke(&self, badge: &Uri) {
        let by = actor("board", Role::ExaminationBoard);
        // A list that was signed in the same second would not be newer.
        let later = self.now.after(std::time::Duration::from_secs(1));
        self.records().revoke(&by, badge, "entered by mistake", later).expect("revoked");
    }

    /// Signs the programme of a file in which `ISSUER` stands for this institution.
    pub fn publish_programme(&self, file: &Path) -> String {
        let rules = std::fs::read_to_string(file).expect("a file");
        self.publish_rules(&Cast::of(&[("ISSUER", self.did())]).play(&rules))
    }

    /// Signs these rules.
    pub fn publish_rules(&self, rules: &str) -> String {
        let by = actor("registrar", Role::Registrar);
        self.issuer().publish_programme(&by, rules, self.now).expect("published").text
    }

    /// Signs a trust list of a file in which `ISSUER` stands for `issuer`.
    pub fn publish_trust_list(&self, file: &Path, issuer: &Did) -> String {
        let csv = std::fs::read_to_string(file).expect("a file");
        self.publish_vouched(&Cast::of(&[("ISSUER", issuer.clone())]).play(&csv))
    }

    /// Signs a trust list of this CSV.
    pub fn publish_vouched(&self, csv: &str) -> String {
        let draft = TrustListDraft {
            list: Uri::parse("urn:example:trust-list").expect("a URN"),
            name: "Demonstratielijst (illustratief)".to_owned(),
            valid_for: std::time::Duration::from_hours(24 * 365),
        };
        let by = actor("administrator", Role::Administrator);
        self.issuer().publish_trust_list(&by, &draft, csv.as_bytes(), self.now).expect("published").text
    }
}
