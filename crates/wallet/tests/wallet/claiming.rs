//! Does a wallet claim what a school offers, with a proof that the school can check?

use std::cell::Cell;

use stapel_credential::Did;
use stapel_did::{Resolution, resolve};
use stapel_openid::{
    Body, CredentialRequest, CredentialResponse, Flow, Method, NonceResponse, OfferLink, ProofJwt, Request,
};
use stapel_verifier::Outcome;
use stapel_wallet::{ClaimStep, Incoming, Kept, WalletError};

use crate::school::{Learner, World, now};

const ISSUER: &str = "https://school.example";

fn offer(tx_code: &str) -> String {
    format!(
        r#"{{"credential_issuer":"{ISSUER}","credential_configuration_ids":["module-a"],"grants":{{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{{"pre-authorized_code":"one-time"{tx_code}}}}}}}"#
    )
}

/// The school's side, without its database: it checks the proof and signs for the DID that was proven.
struct Desk<'a> {
    world: &'a World,
    used: Cell<bool>,
}

impl Desk<'_> {
    fn answer(&self, request: &Request) -> (u16, String) {
        match (request.method, request.url.as_str(), &request.body) {
            (Method::Get, "https://school.example/.well-known/openid-credential-issuer", _) => (
                200,
                serde_json::json!({
                    "credential_issuer": ISSUER,
                    "credential_endpoint": "https://school.example/credential",
                    "nonce_endpoint": "https://school.example/nonce",
                    "credential_configurations_supported": {"module-a": {
                        "format": "ldp_vc",
                        "credential_definition": {"@context": [], "type": ["VerifiableCredential", "AchievementCredential"]},
                        "cryptographic_binding_methods_supported": ["did:key"],
                        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}}
                    }}
                })
                .to_string(),
            ),
            (Method::Get, "https://school.example/.well-known/oauth-authorization-server", _) => (
                200,
                serde_json::json!({"issuer": ISSUER, "token_endpoint": "https://school.example/token"}).to_string(),
            ),
            (Method::Post, "https://school.example/token", Body::Form(fields)) => {
                let code = fields.iter().find(|(name, _)| name == "pre-authorized_code").unwrap();
                assert_eq!(code.1, "one-time");
                if self.used.replace(true) {
                    return (400, r#"{"error":"invalid_grant"}"#.to_owned());
                }
                (200, r#"{"access_token":"token-1","token_type":"Bearer","expires_in":300}"#.to_owned())
            }
            (Method::Post, "https://school.example/nonce", _) => {
                (200, NonceResponse { c_nonce: "nonce-1".to_owned() }.to_json())
            }
            (Method::Post, "https://school.example/credential", Body::Json(body)) => {
                assert_eq!(request.bearer.as_ref().unwrap().expose(), "token-1");
                let asked = CredentialRequest::parse(body.as_bytes()).unwrap();
                let proof = ProofJwt::parse(&asked.proofs[0]).unwrap();
                let seconds = u64::try_from(now().unix_seconds()).unwrap();
                let proven = proof.check(ISSUER, "nonce-1", seconds, 60).unwrap();
                let did = Did::parse(&proven.did).unwrap();
                let Ok(Resolution::Ready(document)) = resolve(&did) else { panic!() };
                let method = stapel_credential::DidUrl::parse(&proven.kid).unwrap();
                let key = document.key(&method, stapel_did::Relationship::Authentication).unwrap();
                key.verify(proof.signing_bytes(), proof.signature()).unwrap();
                let badge = self.world.badge_of(did.as_str(), "a", 1);
                (200, CredentialResponse::issued(vec![badge]).unwrap().to_json().unwrap())
            }
            other => panic!("{other:?}"),
        }
    }
}

fn send(desk: &Desk<'_>, learner: &Learner, mut step: ClaimStep) -> Result<ClaimStep, WalletError> {
    while let ClaimStep::Send { request, flow } = step {
        let (status, body) = desk.answer(&request);
        let flow: Flow = flow.answered(status, body.as_bytes())?;
        step = learner.wallet.next_step(flow, now())?;
    }
    Ok(step)
}

fn link(text: &str) -> OfferLink {
    let Ok(Incoming::Offer(link)) = Incoming::read(text) else { panic!() };
    *link
}

#[test]
fn an_offer_is_claimed_and_the_badge_is_about_the_holder() {
    let world = World::new();
    let desk = Desk { world: &world, used: Cell::new(false) };
    let mut learner = Learner::new().trusting(&world);
    let step = learner.wallet.claim(link(&offer("")), now()).unwrap();
    let Ok(ClaimStep::Done(credentials)) = send(&desk, &learner, step) else { panic!() };
    assert_eq!(credentials.len(), 1);
    let received = learner.receive(&world, &credentials[0], now()).unwrap();
    assert_eq!((received.outcome(), received.kept), (Outcome::Accepted, Kept::New));

    // The same offer a second time: the code is used up, and nothing is lost.
    let step = learner.wallet.claim(link(&offer("")), now()).unwrap();
    let error = send(&desk, &learner, step).unwrap_err();
    assert!(matches!(error, WalletError::OpenId(_)), "{error}");
    assert_eq!(learner.wallet.badges().unwrap().len(), 1);
}

#[test]
fn a_transaction_code_is_asked_of_a_person() {
    let world = World::new();
    let desk = Desk { world: &world, used: Cell::new(false) };
    let learner = Learner::new();
    let step = learner.wallet.claim(link(&offer(r#","tx_code":{"length":4,"input_mode":"numeric"}"#)), now()).unwrap();
    let Ok(ClaimStep::TypeCode(step)) = send(&desk, &learner, step) else { panic!() };
    assert!(step.typed("12").is_err());
    let step = learner.wallet.next_step(step.typed("1234").unwrap(), now()).unwrap();
    assert!(matches!(send(&desk, &learner, step), Ok(ClaimStep::Done(credentials)) if credentials.len() == 1));
}
