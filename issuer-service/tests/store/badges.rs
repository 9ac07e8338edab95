//! Is what is issued what the standards ask for? The Open Badges 3.0 JSON Schema, the signature, and where each fact stands.

use std::path::PathBuf;

use crate::school::{School, board, code, decision, draft, new_store, now, registrar, service, wallet};
use stapel_credential::{AchievementCredential, CreditUnit, Credits, EuFact, eu_facts};
use stapel_did::{Resolution, resolve};
use stapel_issuer::{AchievementDraft, BATCH, NewCompletion, Repository as _};
use stapel_proof::Signed;

const SCHEMA: &str = "ob3/schemas/ob_v3p0_achievementcredential_schema.json";

/// The folder of published vectors; `None` says so, unless it must be there.
fn vector(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors")).join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(std::env::var_os("STAPEL_REQUIRE_VECTORS").is_none(), "{} is absent", file.display());
    println!("{} is absent: nothing compared", file.display());
    None
}

/// The badge of a completion with every further fact.
fn badge(more: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    school.add_achievement(&store, &draft("STAGE-1", more));
    let completion = format!(
        r#"{{"achievement":"STAGE-1","did":"{}","awarded":"2026-11-20","grade":"8,5","credits":2.5,
            "basis":["course","workplace"],"pathway":"bbl","ownContribution":"Verzorgde alle wonden zelf.",
            "workplace":[{{"workplaceCompany":"Zorggroep Voorbeeld","workplaceFrom":"2026-02-01","workplaceHours":240}}]}}"#,
        wallet(1)
    );
    let records = school.records(&store);
    let new = NewCompletion::parse(&completion).unwrap();
    let id = records.record(&registrar(), vec![new], now()).unwrap()[0].id();
    records.approve(&board(), &[id], &decision(), now()).unwrap().remove(0).unwrap();
    school.issuer(&store).sign_approved(&service(), BATCH, now()).unwrap();
    store.find_credential_of(id).unwrap().unwrap().text
}

#[test]
fn every_badge_fits_the_open_badges_schema() {
    let Some(path) = vector(SCHEMA) else { return };
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for more in ["", r#""form": "plain","#, r#""validityMonths": 36, "statusPurpose": "suspension","#] {
        let badge = serde_json::from_str(&badge(more)).unwrap();
        let faults: Vec<String> =
            schema.iter_errors(&badge).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{more}: {faults:#?}");
    }
}

/// The keys of a `did:key`, which says them itself.
struct Keys;

impl stapel_proof::KeySource for Keys {
    fn key(
        &self,
        method: &stapel_credential::DidUrl,
        purpose: stapel_proof::ProofPurpose,
    ) -> Result<stapel_keys::PublicKey, stapel_proof::KeyLookupError> {
        let Ok(Resolution::Ready(document)) = resolve(&method.did()) else { panic!("a did:key") };
        assert_eq!(purpose, stapel_proof::ProofPurpose::AssertionMethod);
        Ok(document.key_at(method, stapel_did::Relationship::AssertionMethod, now()).unwrap())
    }
}

#[test]
fn every_badge_is_signed_by_the_institution() {
    let signed: Signed<AchievementCredential> = Signed::parse(&badge("")).unwrap();
    let school = School::new();
    let authentic = signed.authenticate(&Keys).unwrap();
    assert_eq!(authentic.content().issuer_did().as_ref(), Some(school.institution.did()));
    let altered = signed.text().replace("Wondzorg in de wijk", "Wondzorg in de stad");
    let altered: Signed<AchievementCredential> = Signed::parse(&altered).unwrap();
    assert!(altered.authenticate(&Keys).is_err());
}

#[test]
fn every_fact_stands_in_its_slot() {
    let badge = AchievementCredential::parse(&badge(r#""validityMonths": 36,"#)).unwrap();
    let subject = &badge.credential_subject;
    assert_eq!(eu_facts(&badge.issuer, badge.awarded_date, subject), EuFact::ALL);
    assert_eq!(subject.id, Some(wallet(1).to_uri()));
    assert_eq!(badge.issuer.country(), Some("NL"));
    assert_eq!(badge.issuer.codes()[0].to_string(), "brin:25LP");
    assert_eq!(badge.awarded_date.unwrap().to_string(), "2026-11-20T00:00:00Z");
    assert_eq!(badge.valid_from, now());
    assert_eq!(badge.valid_until.unwrap().to_string(), "2029-11-20T00:00:00Z");
    assert_eq!(subject.credits_earned, Some(Credits::from_hundredths(250)));
    assert_eq!(subject.achievement.credits_available, Some(Credits::whole(3)));
    assert_eq!(subject.achievement.credit_unit, Some(CreditUnit::Ec));
    assert_eq!(subject.result[0].value.as_deref(), Some("8,5"));
    assert_eq!(subject.result[0].result_description, Some(subject.achievement.result_description[0].id.clone()));
    assert_eq!(subject.approval.as_ref().unwrap().approval_body, "Examencommissie Zorg");
    assert_eq!(subject.pathway.unwrap().as_str(), "bbl");
    assert_eq!(subject.workplace[0].workplace_company, "Zorggroep Voorbeeld");
    assert_eq!(subject.basis.len(), 2);
    assert!(badge.id.as_str().starts_with("urn:uuid:"));
}

#[test]
fn the_plain_form_has_no_extension_at_all() {
    let text = badge(r#""form": "plain","#);
    let badge = AchievementCredential::parse(&text).unwrap();
    assert_eq!(badge.context.len(), 2);
    for term in stapel_credential::context::TERMS.iter().filter(|term| !term.term.is_empty()) {
        assert!(!text.contains(&format!("\"{}\":", term.term)), "{}", term.term);
    }
    assert_eq!(badge.credential_subject.achievement.levels().count(), 1, "the level stays, in alignment");
    assert_eq!(badge.credential_subject.achievement.outcomes().count(), 1);
}

#[test]
fn an_incomplete_microcredential_is_refused_with_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    let text = r#"{"code":"LEEG-1","achievement":{"name":"Leeg","description":"Leeg","criteria":{},"inLanguage":"nl",
        "achievementType":"MicroCredential","creditsAvailable":3}}"#;
    let draft = AchievementDraft::parse(text).unwrap();
    assert_eq!(
        school.records(&store).add_achievement(&registrar(), draft, now()).unwrap_err().to_string(),
        "the microcredential LEEG-1 lacks 6 of the eleven facts of the Council Recommendation of 16 June 2022: \
         learning-outcomes ($.credentialSubject.achievement.alignment (targetType CFItem or ceasn:Competency)), \
         workload ($.credentialSubject.achievement.creditsAvailable with creditUnit), \
         level ($.credentialSubject.achievement.alignment (targetType ext:QualificationLevel)), \
         assessment ($.credentialSubject.achievement.assessment), \
         participation ($.credentialSubject.achievement.participation), \
         quality-assurance ($.credentialSubject.achievement.qualityAssurance)",
    );
    let other = r#"{"code":"LEEG-1","achievement":{"name":"Leeg","description":"Leeg","criteria":{},"achievementType":"Badge"}}"#;
    school.add_achievement(&store, other);
    let renamed = other.replace(r#""name""#, r#""id":"urn:uuid:1","name""#);
    let draft = AchievementDraft::parse(&renamed).unwrap();
    let sentence = school.records(&store).add_achievement(&registrar(), draft, now()).unwrap_err().to_string();
    let id = store.find_achievement(&code("LEEG-1")).unwrap().unwrap().achievement.id;
    assert_eq!(
        sentence,
        format!(
            "version 2 of LEEG-1 has the id urn:uuid:1, but the version before it has {id}: all versions have one id"
        ),
    );
}
