//! The end of the story that any [`Repository`] must live through: what is published, who has keys, and what the log says of it all.

use std::time::Duration;

use stapel_credential::TrustListCredential;
use stapel_issuer::{Action, Cursor, Repository, Role, TrustListDraft, create_api_key, end_api_key, find_actor};

use crate::school::{School, administrator, at, now};
use crate::story::sentence;

pub(crate) fn programmes_and_trust_lists(repository: &dyn Repository, school: &School) {
    let issuer = school.issuer(repository);
    let rules = |name: &str| {
        format!(
            r#"{{"id":"https://badges.school.example/programmes/wondzorg","edition":"2026","name":{{"nl":"{name}"}},"unit":"EC",
                "awards":[{{"id":"certificaat","kind":"certificaat","name":{{"nl":"Certificaat wondzorg"}},
                            "requirement":{{"id":"alles","name":{{"nl":"Alles"}},"all":[{{"part":"p1"}}]}}}}],
                "parts":[{{"id":"p1","name":{{"nl":"Wondzorg"}},"credits":3,"ways":[{{"all":[{{"code":["crebo:25655"]}}]}}]}}]}}"#
        )
    };
    let published = issuer.publish_programme(&administrator(), &rules("Wondzorg"), now());
    let published = match published {
        Ok(published) => published,
        Err(error) => panic!("{error}"),
    };
    let again = issuer.publish_programme(&administrator(), &rules("Wondzorg"), now()).unwrap();
    assert_eq!(again, published, "the same rules again are the same publication");
    assert_eq!(
        sentence(issuer.publish_programme(&administrator(), &rules("Wondverzorging"), now())),
        "edition 2026 of https://badges.school.example/programmes/wondzorg was published with other rules; rules never change, publish a new edition",
    );
    assert_eq!(repository.find_programme_credential(&published.credential).unwrap().as_ref(), Some(&published));
    assert_eq!(issuer.records().catalogue().unwrap().programmes, [published]);

    let draft = TrustListDraft {
        list: "https://anchor.example/trust".parse().unwrap(),
        name: "Voorbeeldregister (illustrative)".to_owned(),
        valid_for: Duration::from_hours(24 * 30),
    };
    let csv = "did,name,kind,code,from\ndid:web:a.example,A,mbo,crebo:25655,2024-08-01\n";
    let first = issuer.publish_trust_list(&administrator(), &draft, csv.as_bytes(), now()).unwrap();
    let second = issuer.publish_trust_list(&administrator(), &draft, csv.as_bytes(), now()).unwrap();
    assert_eq!((first.sequence, second.sequence), (1, 2));
    assert_eq!(repository.find_trust_list(&draft.list).unwrap(), Some(second.clone()));
    let credential = TrustListCredential::parse(&second.text).unwrap();
    assert_eq!(credential.credential_subject.trust_list.sequence, 2);
    assert_eq!(credential.valid_until, Some(at("2026-12-22T09:00:00Z")));
    assert_eq!(
        sentence(issuer.publish_trust_list(&administrator(), &draft, b"did,name,kind,from\n", now())),
        "the trust list names nobody",
    );
}

pub(crate) fn keys_and_the_log(repository: &dyn Repository) {
    let name = stapel_issuer::ActorId::parse("balie").unwrap();
    let (key, token) = create_api_key(repository, &administrator(), name.clone(), Role::Registrar, now()).unwrap();
    assert_eq!(repository.api_keys().unwrap(), [key]);
    let actor = find_actor(repository, token.expose(), now()).unwrap().unwrap();
    assert_eq!((actor.id(), actor.role()), (&name, Role::Registrar));
    assert_eq!(find_actor(repository, "guess", now()).unwrap(), None);
    assert_eq!(
        create_api_key(repository, &administrator(), name.clone(), Role::Auditor, now()).unwrap_err().to_string(),
        "there is or was an API key called balie; names are not used twice, so that the audit log stays clear",
    );
    end_api_key(repository, &administrator(), &name, now()).unwrap();
    assert_eq!(find_actor(repository, token.expose(), now()).unwrap(), None, "an ended key is nobody's");
    assert_eq!(
        end_api_key(repository, &administrator(), &name, now()).unwrap_err().to_string(),
        "there is no API key called balie that still holds",
    );

    let mut log = Vec::new();
    let mut after = Some(Cursor::default());
    while let Some(from) = after {
        let page = repository.audit_log(from, 10).unwrap();
        log.extend(page.items);
        after = page.next;
    }
    let count = |action| log.iter().filter(|entry| entry.action == action).count();
    assert_eq!(count(Action::SetUpInstitution), 1);
    assert_eq!(count(Action::Revoke), 18, "each revocation stands in the log, the refused ones do not");
    assert_eq!(count(Action::Redeem), 2);
    assert_eq!(count(Action::CreateApiKey), 1);
    assert_eq!(log.last().unwrap().action, Action::EndApiKey);
    let said = serde_json::to_string(&log).unwrap();
    assert!(!said.contains("s20") && !said.contains("did:key:z6MkLearner"), "the log names no learner");
}
