//! How does a badge get from the school's file into a wallet, and what if somebody tries twice?

use serde_json::json;
use stapel_credential::{AchievementCredential, CredentialStatus, Did, Uri};
use stapel_issuer::{CompletionId, Repository as _};
use stapel_issuer_service::store::sqlite::SqliteStore;
use stapel_proof::Signed;
use stapel_verifier::{Dossier, Outcome, Policy, verify};

use crate::http::{Answer, ask, split};
use crate::school::{School, Serving, now};
use crate::wallet::Wallet;

/// What an employer finds who trusts this school: everything is fetched from the service.
fn checked(school: &School, serving: &Serving, text: &str) -> (Outcome, AchievementCredential) {
    let signed = Signed::<AchievementCredential>::parse(text).unwrap();
    let badge = signed.peek_unverified().clone();
    let Some(CredentialStatus::Bitstring(entry)) = &badge.credential_status else { panic!("no status entry") };
    let (_, path) = split(entry.list.as_str());
    let list = serving.get(path);
    assert_eq!((list.status, list.header("content-type")), (200, Some("application/vc")));
    assert_eq!(list.header("cache-control"), Some("public, max-age=300"));
    let did = Did::parse(&school.did()).unwrap();
    let mut dossier = Dossier::default();
    dossier.add_controller(&did, &serving.get("/.well-known/did.json").body).unwrap();
    dossier.add_status_list(&entry.list, &list.body).unwrap();
    let policy = Policy { pinned_issuers: vec![did], ..Policy::default() };
    (verify(&signed, &dossier, &policy, now()).outcome(), badge)
}

fn token(serving: &Serving, code: &str) -> Answer {
    let form = [("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"), ("pre-authorized_code", code)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    ask(serving.port, "POST", "/openid/token", &headers, body.as_bytes())
}

fn nonce(serving: &Serving) -> String {
    let answer = ask(serving.port, "POST", "/openid/nonce", &[], b"");
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    answer.json()["c_nonce"].as_str().unwrap().to_owned()
}

fn request(serving: &Serving, token: &str, proof: &str) -> Answer {
    let body = json!({ "credential_configuration_id": "M1", "proofs": { "jwt": [proof] } }).to_string();
    serving.post_as(token, "/openid/credential", "application/json", &body)
}

#[test]
fn a_learner_claims_a_badge_that_an_employer_accepts_until_it_is_revoked() {
    let school = School::new();
    let serving = school.serve();
    let id = school.approved("M1", "s1001");
    let offer = school.offer(&id);
    let wallet = Wallet::new();

    // The address of the page is a link for wallets, too.
    let badges = wallet.claim(offer["page"].as_str().unwrap()).unwrap();
    let [text] = badges.as_slice() else { panic!("{badges:?}") };
    let (outcome, badge) = checked(&school, &serving, text);
    assert_eq!(outcome, Outcome::Accepted);
    assert_eq!(badge.credential_subject.id.as_ref().unwrap().as_str(), wallet.did());
    let approval = badge.credential_subject.approval.as_ref().unwrap();
    assert_eq!(approval.approval_reference.as_deref(), Some("2026-12"));

    let body = json!({ "credential": badge.id, "reason": "fout in de toetsing" }).to_string();
    let revoked = serving.post_as(&school.key("board"), "/api/revoke", "application/json", &body);
    assert_eq!((revoked.status, revoked.json()["status"].as_str()), (200, Some("revoked")));
    assert_eq!(checked(&school, &serving, text).0, Outcome::Refused);

    let again = school.run_as("board", &["revoke", badge.id.as_str(), "--reason", "nogmaals"]);
    assert_eq!(
        (again.code, again.stderr.as_str()),
        (
            1,
            format!("stapel-issuer: completion {id} is revoked; only a completion that is signed can be revoked\n")
                .as_str()
        ),
    );
}

#[test]
fn a_code_works_once_and_its_wallet_may_ask_again() {
    let school = School::new();
    let serving = school.serve();
    let id = school.approved("M1", "s1001");
    let code = school.offer(&id)["code"].as_str().unwrap().to_owned();
    let given = token(&serving, &code);
    assert_eq!((given.status, given.header("cache-control")), (200, Some("no-store")));
    let access = given.json()["access_token"].as_str().unwrap().to_owned();

    let used = token(&serving, &code);
    assert_eq!(used.status, 400);
    assert_eq!(
        used.json(),
        json!({ "error": "invalid_grant", "error_description":
            "this claim code was used before or replaced by a newer one; ask the school for a new code" }),
    );

    let wallet = Wallet::new();
    let proof = wallet.proof(&school.base(), &nonce(&serving));
    let first = request(&serving, &access, &proof);
    assert_eq!(first.status, 200, "{}", first.body);

    let replayed = request(&serving, &access, &proof);
    assert_eq!(replayed.status, 400);
    assert_eq!(
        replayed.json(),
        json!({ "error": "invalid_nonce", "error_description":
            "this nonce was used before, has expired, or was never given out" }),
    );

    // The answer was lost on the way: the same wallet gets the same badge, signed once.
    let again = request(&serving, &access, &wallet.proof(&school.base(), &nonce(&serving)));
    assert_eq!((again.status, &again.body), (200, &first.body));

    let other = request(&serving, &access, &Wallet::new().proof(&school.base(), &nonce(&serving)));
    assert_eq!(
        other.json(),
        json!({ "error": "credential_request_denied", "error_description":
            "this badge was already signed for another wallet" }),
    );
    assert_eq!(SqliteStore::open(&school.data().join("issuer.sqlite")).unwrap().count_credentials().unwrap(), 1);
}

#[test]
fn a_proof_for_another_service_or_with_a_strange_signature_is_refused() {
    let school = School::new();
    let serving = school.serve();
    let code = school.offer(&school.approved("M1", "s1001"))["code"].as_str().unwrap().to_owned();
    let access = token(&serving, &code).json()["access_token"].as_str().unwrap().to_owned();
    let wallet = Wallet::new();

    let elsewhere = request(&serving, &access, &wallet.proof("https://other.example", &nonce(&serving)));
    assert_eq!((elsewhere.status, elsewhere.json()["error"].as_str()), (400, Some("invalid_proof")));

    let proof = wallet.proof(&school.base(), &nonce(&serving));
    let strange = wallet.proof(&school.base(), &nonce(&serving));
    let (input, _) = proof.rsplit_once('.').unwrap();
    let (_, signature) = strange.rsplit_once('.').unwrap();
    let forged = request(&serving, &access, &format!("{input}.{signature}"));
    assert_eq!(
        forged.json(),
        json!({ "error": "invalid_proof", "error_description": "the signature of the proof does not belong to its key" }),
    );

    let unknown = request(&serving, "no-token", &proof);
    assert_eq!((unknown.status, unknown.header("www-authenticate")), (401, Some("Bearer error=\"invalid_token\"")));

    let body = json!({ "credential_configuration_id": "M2", "proofs": { "jwt": [proof] } }).to_string();
    let wanted = serving.post_as(&access, "/openid/credential", "application/json", &body);
    assert_eq!(wanted.json()["error"], "unknown_credential_configuration");

    // None of these spent the code's session: the honest proof still works.
    assert_eq!(request(&serving, &access, &proof).status, 200);
}

#[test]
fn a_code_that_expired_or_was_replaced_says_so() {
    let school = School::new();
    let serving = school.serve();
    let id = school.approved("M1", "s1001");
    let earlier = school.offer(&id)["code"].as_str().unwrap().to_owned();
    let newer = school.offer(&id)["code"].as_str().unwrap().to_owned();
    let refused = |code: &str| {
        let answer = token(&serving, code);
        (answer.status, answer.json())
    };
    let grant = |sentence: &str| (400, json!({ "error": "invalid_grant", "error_description": sentence }));
    let spent = "this claim code was used before or replaced by a newer one; ask the school for a new code";
    assert_eq!(refused(&earlier), grant(spent));
    assert_eq!(token(&serving, &newer).status, 200);

    let late = school.approved("M2", "s1001");
    let (code, expires) = school.expired_offer(&late);
    assert_eq!(refused(&code), grant(&format!("this claim code expired at {expires}; ask the school for a new code")));
    assert_eq!(refused("guess"), grant("this claim code was never given out; check that it was copied completely"));
}

#[test]
fn an_address_that_guesses_codes_must_wait() {
    let school = School::new();
    let serving = school.serve();
    for _ in 0..20 {
        assert_eq!(token(&serving, "a-wrong-code").status, 400);
    }
    let answer = token(&serving, "a-wrong-code");
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("60")));
    assert_eq!(answer.problem(), "too many wrong codes or keys came from this address; try again in 60 seconds");
}

#[test]
fn a_completion_that_names_a_did_is_signed_without_a_code() {
    let school = School::new();
    let wallet = Wallet::new();
    let file = school.write("did.csv", &format!("achievement,did,awarded\nM1,{},2026-01-30\n", wallet.did()));
    let recorded = school.run_as("registrar", &["--json", "completion", "add", file.to_str().unwrap()]);
    let id = recorded.json()["recorded"][0].as_str().unwrap().to_owned();
    assert_eq!(school.run_as("board", &["approve", "--all", "--reference", "1"]).stdout, "1 approved\n");
    assert_eq!(school.run_as("signer", &["sign"]).stdout, "1 signed\n");
    assert_eq!(school.run_as("signer", &["sign"]).stdout, "0 signed\n");
    let store = SqliteStore::open(&school.data().join("issuer.sqlite")).unwrap();
    let issued = store.find_credential_of(CompletionId::parse(&id).unwrap()).unwrap().unwrap();
    let serving = school.serve();
    assert_eq!(checked(&school, &serving, &issued.text).0, Outcome::Accepted);
    let listed = school.run_as("auditor", &["--json", "credential", "list"]).json();
    assert_eq!(Uri::parse(listed[0]["credential"].as_str().unwrap()).unwrap(), issued.id);
}
