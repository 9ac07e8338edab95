//! What do the tests of the store work with? A school, its key, its people and one complete microcredential.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use stapel_credential::{Did, Timestamp};
use stapel_did::{did_key, did_key_verification_method};
use stapel_issuer::{
    AchievementCode, AchievementDraft, Actor, ActorId, Decision, Institution, InstitutionText, Issuer, Records,
    Repository, Role, set_up,
};
use stapel_issuer_service::store::sqlite::SqliteStore;
use stapel_keys::SigningKey;

/// A school with its key.
pub(crate) struct School {
    pub(crate) institution: Institution,
    pub(crate) key: SigningKey,
}

pub(crate) fn now() -> Timestamp {
    at("2026-11-22T09:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn actor(name: &str, role: Role) -> Actor {
    Actor::new(ActorId::parse(name).unwrap(), role)
}

pub(crate) fn registrar() -> Actor {
    actor("registrar-1", Role::Registrar)
}

pub(crate) fn board() -> Actor {
    actor("board-1", Role::ExaminationBoard)
}

pub(crate) fn service() -> Actor {
    actor("service", Role::Signer)
}

pub(crate) fn administrator() -> Actor {
    actor("administrator-1", Role::Administrator)
}

pub(crate) fn decision() -> Decision {
    Decision::new("Examencommissie Zorg", Some("EC-2026-117"), None).unwrap()
}

pub(crate) fn code(text: &str) -> AchievementCode {
    AchievementCode::parse(text).unwrap()
}

/// A wallet of its own for each number.
pub(crate) fn wallet(number: u16) -> Did {
    let mut seed = [7; 32];
    seed[..2].copy_from_slice(&number.to_be_bytes());
    did_key(&SigningKey::from_seed(seed).verifying_key())
}

/// A microcredential with all eleven facts; illustrative.
pub(crate) fn draft(code: &str, more: &str) -> String {
    format!(
        r#"{{"code": "{code}", {more} "achievement": {{
            "name": "Wondzorg in de wijk", "inLanguage": "nl",
            "description": "De lerende verzorgt eenvoudige wonden bij mensen thuis.",
            "achievementType": "MicroCredential",
            "criteria": {{"narrative": "Proeve van bekwaamheid en een portfolio, beide voldoende."}},
            "creditsAvailable": 3, "creditUnit": "EC",
            "credentialKind": ["microcredential"],
            "alignment": [
                {{"type": ["Alignment"], "targetType": "CFItem", "targetName": "Verzorgt een wond",
                  "targetUrl": "https://badges.school.example/outcomes/wond-1"}},
                {{"type": ["Alignment"], "targetType": "ext:QualificationLevel", "targetFramework": "NLQF",
                  "targetCode": "4", "targetName": "NLQF 4", "targetUrl": "https://nlqf.example/4"}}],
            "assessment": [{{"assessmentMethod": "proeve", "assessorRole": "examiner", "assessmentSetting": "workplace"}}],
            "participation": ["blended"],
            "qualityAssurance": [{{"assuranceKind": "state-supervision", "assuranceName": "Inspectie van het Onderwijs"}}],
            "resultDescription": [{{"id": "urn:uuid:6b1c1d4e-3a55-4e6c-8a0a-9f6f5a6f0b11", "type": ["ResultDescription"],
                "name": "Cijfer", "resultType": "ext:Cijfer"}}],
            "otherIdentifier": [{{"type": "IdentifierEntry", "identifier": "25655", "identifierType": "ext:crebo"}}]
        }}}}"#
    )
}

impl School {
    /// A school of its own for each name.
    pub(crate) fn new() -> Self {
        let key = SigningKey::from_seed([42; 32]);
        let did = did_key(&key.verifying_key());
        let institution = Institution::new(InstitutionText {
            name: "ROC Voorbeeld".to_owned(),
            verification_method: did_key_verification_method(&key.verifying_key()),
            did,
            country: "NL".to_owned(),
            brin: Some("25LP".to_owned()),
            base_url: "https://badges.school.example".parse().unwrap(),
            url: Some("https://www.school.example".parse().unwrap()),
        })
        .unwrap();
        Self { institution, key }
    }

    pub(crate) fn records<'a>(&'a self, repository: &'a dyn Repository) -> Records<'a> {
        Records::new(repository, &self.institution)
    }

    pub(crate) fn issuer<'a>(&'a self, repository: &'a dyn Repository) -> Issuer<'a> {
        Issuer::new(self.records(repository), &self.key).unwrap()
    }

    /// Sets up the institution and its microcredential `WOND-1`.
    pub(crate) fn open_doors(&self, repository: &dyn Repository) {
        set_up(repository, &administrator(), &self.institution, now()).unwrap();
        self.add_achievement(repository, &draft("WOND-1", ""));
    }

    pub(crate) fn add_achievement(&self, repository: &dyn Repository, draft: &str) {
        let draft = AchievementDraft::parse(draft).unwrap();
        self.records(repository).add_achievement(&registrar(), draft, now()).unwrap();
    }
}

/// A new database in that folder.
pub(crate) fn new_store(folder: &Path) -> SqliteStore {
    let path = database(folder);
    SqliteStore::migrate(&path, now()).unwrap();
    SqliteStore::open(&path).unwrap()
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("records.db")
}

/// A file of completions of `WOND-1`, each with a DID of its own.
pub(crate) fn csv_of(rows: usize) -> String {
    let mut file = String::from("achievement;did;awarded;grade;basis\n");
    for row in 0..rows {
        // Any DID will do here: nobody checks at this point that it has a key.
        writeln!(file, "WOND-1;did:key:z6MkLearner{row};2026-11-20;8,5;course").unwrap();
    }
    file
}
