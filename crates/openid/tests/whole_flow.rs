//! Does a wallet get from a link to its credentials, with real messages, real signatures, and an issuer that says no?
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a message that cannot be made fails its test"
)]

use std::collections::{BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use stapel_openid::{
    AccessToken, AuthorizationServerMetadata, Body, CredentialConfiguration, CredentialDefinition, CredentialError,
    CredentialErrorCode, CredentialIssuerMetadata, CredentialOffer, CredentialRequest, CredentialResponse, Endpoint,
    Flow, IssuerIdentifier, LdpVcConfiguration, Method, NonceResponse, OfferLink, OpenIdError, PreAuthorizedCode,
    ProofJwt, Request, TokenError, TokenErrorCode, TokenRequest, TokenResponse, TxCode, Wanted, reference_link,
};

const ISSUER: &str = "https://school.example/claim";
const NOW: u64 = 1_795_362_551;
const CODE: &str = "oaKazRN8I0IbtZ0C7JuMn5";

/// An issuer that lives in memory: what it knows, and how it answers each request.
struct School {
    tx_code: Option<&'static str>,
    badges: Vec<&'static str>,
    token: Option<String>,
    nonces: HashMap<String, bool>,
    nonce_endpoint: bool,
    /// Nonces that are answered with `invalid_nonce` before one is accepted.
    stale_nonces: u32,
    identifiers: bool,
    asked: Vec<String>,
}

impl School {
    fn new(badges: &[&'static str]) -> Self {
        Self {
            tx_code: None,
            badges: badges.to_vec(),
            token: None,
            nonces: HashMap::new(),
            nonce_endpoint: true,
            stale_nonces: 0,
            identifiers: false,
            asked: Vec::new(),
        }
    }

    fn offer(&self) -> CredentialOffer {
        let asked = TxCode { length: Some(4), ..TxCode::default() };
        CredentialOffer::pre_authorized(
            IssuerIdentifier::parse(ISSUER).unwrap(),
            self.badges.iter().map(|badge| (*badge).to_owned()).collect(),
            PreAuthorizedCode::parse(CODE).unwrap(),
            self.tx_code.map(|_| asked),
        )
        .unwrap()
    }

    fn metadata(&self) -> CredentialIssuerMetadata {
        let endpoint = |path: &str| Endpoint::parse(&format!("{ISSUER}/{path}")).unwrap();
        let configuration = || {
            CredentialConfiguration::LdpVc(Box::new(LdpVcConfiguration::bound_to_did_key(CredentialDefinition {
                context: vec!["https://www.w3.org/ns/credentials/v2".into()],
                types: vec!["VerifiableCredential".to_owned(), "OpenBadgeCredential".to_owned()],
            })))
        };
        CredentialIssuerMetadata {
            credential_issuer: IssuerIdentifier::parse(ISSUER).unwrap(),
            authorization_servers: Vec::new(),
            credential_endpoint: endpoint("credential"),
            nonce_endpoint: self.nonce_endpoint.then(|| endpoint("nonce")),
            credential_request_encryption: None,
            credential_response_encryption: None,
            display: Vec::new(),
            credential_configurations_supported: self
                .badges
                .iter()
                .map(|badge| ((*badge).to_owned(), configuration()))
                .collect(),
        }
    }

    fn answer(&mut self, request: &Request) -> (u16, String) {
        self.asked.push(request.url.clone());
        match (request.method, request.url.as_str()) {
            (Method::Get, "https://school.example/offers/7") => (200, self.offer().to_json()),
            (Method::Get, "https://school.example/.well-known/openid-credential-issuer/claim") => {
                (200, self.metadata().to_json())
            }
            (Method::Get, "https://school.example/.well-known/oauth-authorization-server/claim") => {
                let token = Endpoint::parse(&format!("{ISSUER}/token")).unwrap();
                let issuer = IssuerIdentifier::parse(ISSUER).unwrap();
                (200, AuthorizationServerMetadata::pre_authorized(issuer, token).to_json())
            }
            (Method::Post, "https://school.example/claim/token") => {
                self.give_token(request).unwrap_or_else(|error| (error.status(), error.to_json()))
            }
            (Method::Post, "https://school.example/claim/nonce") => {
                let c_nonce = format!("nonce-{}", self.nonces.len());
                let fresh = self.stale_nonces == 0;
                self.stale_nonces = self.stale_nonces.saturating_sub(1);
                self.nonces.insert(c_nonce.clone(), fresh);
                (200, NonceResponse { c_nonce }.to_json())
            }
            (Method::Post, "https://school.example/claim/credential") => {
                self.give_credential(request).unwrap_or_else(|error| (error.status(), error.to_json()))
            }
            _ => (404, "<html>no</html>".to_owned()),
        }
    }

    fn give_token(&mut self, request: &Request) -> Result<(u16, String), TokenError> {
        let Body::Form(fields) = &request.body else { panic!("a form") };
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let asked = TokenRequest::parse(form.as_bytes())?;
        let typed = asked.tx_code.as_ref().map(|code| code.expose().to_owned());
        if asked.pre_authorized_code.expose() != CODE || typed.as_deref() != self.tx_code {
            return Err(TokenError::new(TokenErrorCode::InvalidGrant, "wrong code"));
        }
        if self.token.is_some() {
            return Err(TokenError::new(TokenErrorCode::InvalidGrant, "this code was used on 2026-11-22"));
        }
        self.token = Some("token-1".to_owned());
        let mut response = TokenResponse::bearer(AccessToken::parse("token-1").unwrap(), 300);
        if self.identifiers {
            let two = vec!["first".to_owned(), "second".to_owned()];
            response.credential_identifiers = vec![(self.badges[0].to_owned(), two)];
        }
        Ok((200, response.to_json()))
    }

    fn give_credential(&mut self, request: &Request) -> Result<(u16, String), CredentialError> {
        if request.bearer.as_ref().map(AccessToken::expose) != self.token.as_deref() {
            return Err(CredentialError::new(CredentialErrorCode::InvalidToken, "the token has expired"));
        }
        let Body::Json(body) = &request.body else { panic!("JSON") };
        let asked = CredentialRequest::parse(body.as_bytes())?;
        let (Wanted::Configuration(id) | Wanted::Identifier(id)) = &asked.wanted else { panic!("one of the two") };
        let proof = ProofJwt::parse(&asked.proofs[0]).map_err(|error| CredentialError::of_proof(&error))?;
        let nonce = proof.nonce().unwrap_or_default();
        if self.nonce_endpoint {
            let known = if self.nonces.remove(nonce) == Some(true) { nonce } else { "" };
            proof.check(ISSUER, known, NOW, 300).map_err(|error| CredentialError::of_proof(&error))?;
        }
        key_of(proof.did()).verify(proof.signing_bytes(), &Signature::from_bytes(proof.signature())).map_err(|_| {
            CredentialError::new(CredentialErrorCode::InvalidProof, "the signature does not fit the key")
        })?;
        let response = CredentialResponse::issued(vec![badge(id, proof.did())]).unwrap();
        Ok((response.status(), response.to_json().unwrap()))
    }
}

/// A text with blanks and spellings that no serialiser would choose: it must come out as it went in.
fn badge(id: &str, holder: &str) -> String {
    format!("{{ \"id\" : \"{id}\",\n\t\"credits\": 2.50, \"name\": \"caf\\u00e9\", \"holder\":\"{holder}\" }}")
}

struct Wallet {
    key: SigningKey,
}

impl Wallet {
    fn new() -> Self {
        Self { key: SigningKey::from_bytes(&[7; 32]) }
    }

    fn did(&self) -> String {
        let mut bytes = vec![0xed, 0x01];
        bytes.extend(self.key.verifying_key().as_bytes());
        format!("did:key:z{}", bs58::encode(bytes).into_string())
    }

    fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.key.sign(text.as_bytes()).to_bytes())
    }

    /// Takes one step: signs where a key is needed, else asks the school.
    fn step(&self, flow: &Flow, school: &mut School) -> Result<Flow, OpenIdError> {
        match flow {
            Flow::SignProof(step) => {
                let kid = format!("{0}#{1}", self.did(), self.did().trim_start_matches("did:key:"));
                let input = step.signing_input(&kid, NOW);
                step.signed(&input, &self.sign(&input))
            }
            other => {
                let (status, body) = school.answer(&other.find_request().unwrap());
                other.answered(status, body.as_bytes())
            }
        }
    }

    /// Walks on until a person is needed, all is done, or something is refused.
    fn walk(&self, mut flow: Flow, school: &mut School) -> Result<Flow, Box<(Flow, OpenIdError)>> {
        while !matches!(flow, Flow::Done(_) | Flow::NeedTxCode(_)) {
            assert!(school.asked.len() < 50, "the flow does not end");
            flow = match self.step(&flow, school) {
                Ok(next) => next,
                Err(error) => return Err(Box::new((flow, error))),
            };
        }
        Ok(flow)
    }
}

fn key_of(did: &str) -> VerifyingKey {
    let bytes = bs58::decode(did.strip_prefix("did:key:z").unwrap()).into_vec().unwrap();
    VerifyingKey::from_bytes(bytes[2..].try_into().unwrap()).unwrap()
}

fn credentials(flow: Flow) -> Vec<String> {
    let Flow::Done(done) = flow else { panic!("not done: {flow:?}") };
    done.into_credentials()
}

#[test]
fn a_wallet_gets_from_a_link_to_its_credential() {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    let link = reference_link(&Endpoint::parse("https://school.example/offers/7").unwrap());
    let flow = Flow::start(OfferLink::parse(&link).unwrap()).unwrap();
    let flow = wallet.walk(flow, &mut school).unwrap();
    assert_eq!(credentials(flow), [badge("welding-3", &wallet.did())]);
    assert_eq!(
        school.asked,
        [
            "https://school.example/offers/7",
            "https://school.example/.well-known/openid-credential-issuer/claim",
            "https://school.example/.well-known/oauth-authorization-server/claim",
            "https://school.example/claim/token",
            "https://school.example/claim/nonce",
            "https://school.example/claim/credential",
        ]
    );
}

#[test]
fn an_offer_of_several_credentials_is_claimed_with_a_fresh_proof_for_each() {
    let (mut school, wallet) = (School::new(&["welding-3", "welding-4", "safety"]), Wallet::new());
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    let flow = wallet.walk(flow, &mut school).unwrap();
    let expected: Vec<_> = ["welding-3", "welding-4", "safety"].iter().map(|id| badge(id, &wallet.did())).collect();
    assert_eq!(credentials(flow), expected);
    assert_eq!(school.asked.iter().filter(|url| url.ends_with("/nonce")).count(), 3);
}

#[test]
fn identifiers_that_the_token_response_gives_are_used() {
    let (mut school, wallet) = (School::new(&["welding-3", "safety"]), Wallet::new());
    school.identifiers = true;
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    let flow = wallet.walk(flow, &mut school).unwrap();
    let expected: Vec<_> = ["first", "second", "safety"].iter().map(|id| badge(id, &wallet.did())).collect();
    assert_eq!(credentials(flow), expected);
}

#[test]
fn a_person_types_the_transaction_code_and_may_try_again() {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    school.tx_code = Some("4935");
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    let Flow::NeedTxCode(step) = wallet.walk(flow, &mut school).unwrap() else { panic!("the transaction code") };
    assert_eq!(step.tx_code().length, Some(4));
    assert_eq!(step.metadata().credential_issuer.as_str(), ISSUER);
    assert_eq!(
        step.typed("12").unwrap_err().to_string(),
        "the transaction code has 4 digits; what was typed is something else"
    );
    let (_, error) = *wallet.walk(step.typed("0000").unwrap(), &mut school).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the transaction code is not the right one, or the code was used before or has expired \
         (invalid_grant; the server says: \"wrong code\")"
    );
    let flow = wallet.walk(step.typed(" 4935 ").unwrap(), &mut school).unwrap();
    assert_eq!(credentials(flow).len(), 1);
}

#[test]
fn a_code_that_was_used_before_is_refused_in_the_issuers_own_words() {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    wallet.walk(flow.clone(), &mut school).unwrap();
    let (_, error) = *wallet.walk(flow, &mut school).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the code was used before or has expired \
         (invalid_grant; the server says: \"this code was used on 2026-11-22\")"
    );
}

#[test]
fn a_stale_nonce_is_replaced_once() {
    let (mut school, wallet) = (School::new(&["welding-3", "safety"]), Wallet::new());
    school.stale_nonces = 1;
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    assert_eq!(credentials(wallet.walk(flow, &mut school).unwrap()).len(), 2);

    let mut school = School::new(&["welding-3"]);
    school.stale_nonces = 2;
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    let (_, error) = *wallet.walk(flow, &mut school).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the proof of this wallet's key came too late; ask again (invalid_nonce; the server says: \
         \"the key proof carries another nonce than the one given out\")"
    );
}

#[test]
fn an_issuer_without_a_nonce_endpoint_gets_a_proof_without_nonce() {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    school.nonce_endpoint = false;
    let flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    assert_eq!(credentials(wallet.walk(flow, &mut school).unwrap()).len(), 1);
}

#[test]
fn what_was_received_before_a_refusal_is_not_lost() {
    let (mut school, wallet) = (School::new(&["welding-3", "safety"]), Wallet::new());
    let mut flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    while flow.received().is_empty() {
        flow = wallet.step(&flow, &mut school).unwrap();
    }
    school.token = None;
    let (stopped, error) = *wallet.walk(flow, &mut school).unwrap_err();
    assert_eq!(stopped.received(), [badge("welding-3", &wallet.did())]);
    assert_eq!(
        error.to_string(),
        "the permission to claim has expired or was never given \
         (invalid_token; the server says: \"the token has expired\")"
    );
}

/// Walks to the step whose request goes to `url`, and answers it with what is given.
fn answer_at(url: &str, status: u16, body: &str) -> String {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    let link = OfferLink::ByReference(Endpoint::parse("https://school.example/offers/7").unwrap());
    let mut flow = Flow::start(link).unwrap();
    while !flow.find_request().is_some_and(|request| request.url.ends_with(url)) {
        flow = wallet.step(&flow, &mut school).unwrap();
    }
    flow.answered(status, body.as_bytes()).unwrap_err().to_string()
}

#[test]
fn an_answer_that_is_no_message_of_the_protocol_is_named_with_its_status() {
    for (url, expected) in [
        (
            "/offers/7",
            "https://school.example/offers/7 answered with status 500 where the credential offer was expected",
        ),
        (
            "/openid-credential-issuer/claim",
            "https://school.example/.well-known/openid-credential-issuer/claim answered with status 500 \
             where the credential issuer metadata was expected",
        ),
        (
            "/oauth-authorization-server/claim",
            "https://school.example/.well-known/oauth-authorization-server/claim answered with status 500 \
             where the authorization server metadata was expected",
        ),
        ("/token", "https://school.example/claim/token answered with status 500 where the token response was expected"),
        ("/nonce", "https://school.example/claim/nonce answered with status 500 where the nonce response was expected"),
        (
            "/credential",
            "https://school.example/claim/credential answered with status 500 where the credential response was expected",
        ),
    ] {
        assert_eq!(answer_at(url, 500, "<html>"), expected);
    }
    assert_eq!(
        answer_at("/token", 400, "<html>"),
        "https://school.example/claim/token answered with status 400 where the token error response was expected"
    );
    assert_eq!(
        answer_at("/credential", 400, ""),
        "https://school.example/claim/credential answered with status 400 where the credential error response was expected"
    );
}

#[test]
fn an_answer_of_another_issuer_is_not_believed() {
    let other = School::new(&["welding-3"]).metadata().to_json().replace("school.example", "evil.example");
    assert_eq!(
        answer_at("/openid-credential-issuer/claim", 200, &other),
        "the credential issuer metadata was asked of https://school.example/claim but speaks for https://evil.example/claim"
    );
    assert_eq!(
        answer_at(
            "/oauth-authorization-server/claim",
            200,
            r#"{"issuer":"https://evil.example","token_endpoint":"https://evil.example/token"}"#
        ),
        "the authorization server metadata was asked of https://school.example/claim but speaks for https://evil.example"
    );
}

#[test]
fn an_issuer_whom_this_wallet_does_not_fit_is_named_with_the_reason() {
    let altered = |from: &str, to: &str| {
        let json = School::new(&["welding-3"]).metadata().to_json();
        assert!(json.contains(from), "{json}");
        answer_at("/openid-credential-issuer/claim", 200, &json.replace(from, to))
    };
    let no_common =
        |reason: &str| format!("\"welding-3\" cannot be claimed with a did:key and an Ed25519 signature: {reason}");
    assert_eq!(altered("did:key", "jwk"), no_common("the issuer does not bind it to a did:key"));
    assert_eq!(altered(r#""jwt":"#, r#""di_vp":"#), no_common("the issuer takes no key proof of the type jwt"));
    assert_eq!(
        altered(r#"["EdDSA","Ed25519"]"#, r#"["ES256"]"#),
        no_common("the issuer takes neither EdDSA nor Ed25519")
    );
    assert_eq!(
        altered(r#"["EdDSA","Ed25519"]"#, r#"["EdDSA"],"key_attestations_required":{}"#),
        no_common("the issuer asks that the wallet's maker attests the key")
    );
    assert_eq!(
        altered(r#""ldp_vc""#, r#""mso_mdoc""#),
        "\"welding-3\" is offered in the format mso_mdoc; only ldp_vc is read here"
    );
    assert_eq!(
        altered(r#""welding-3":"#, r#""welding-9":"#),
        "https://school.example/claim offers \"welding-3\" but its metadata does not describe it"
    );
    assert_eq!(
        altered(r#"{"format""#, r#"{"formal""#),
        "the credential issuer metadata, $.credential_configurations_supported.welding-3: missing field `format`"
    );
}

#[test]
fn a_server_that_does_not_take_the_code_is_named_with_the_reason() {
    let with = |members: &str| {
        let body = format!(r#"{{"issuer":"{ISSUER}","token_endpoint":"{ISSUER}/token",{members}}}"#);
        answer_at("/oauth-authorization-server/claim", 200, &body)
    };
    let refused =
        |reason: &str| format!("the authorization server {ISSUER} does not take pre-authorized codes: {reason}");
    assert_eq!(
        with(r#""grant_types_supported":["authorization_code"]"#),
        refused("its metadata does not list the grant")
    );
    assert_eq!(
        with(r#""pre-authorized_grant_anonymous_access_supported":false"#),
        refused("it takes them only of wallets it knows")
    );
}

#[test]
fn an_authorization_server_that_the_issuer_does_not_list_gets_no_code() {
    let school = School::new(&["welding-3"]);
    let offer = school.offer().to_json().replace(
        r#""pre-authorized_code":"#,
        r#""authorization_server":"https://evil.example","pre-authorized_code":"#,
    );
    let offer = CredentialOffer::parse(offer.as_bytes()).unwrap();
    let flow = Flow::start(OfferLink::Embedded(Box::new(offer))).unwrap();
    let mut metadata = school.metadata();
    metadata.authorization_servers = vec![IssuerIdentifier::parse("https://login.example").unwrap()];
    assert_eq!(
        flow.answered(200, metadata.to_json().as_bytes()).unwrap_err().to_string(),
        "the offer names the authorization server https://evil.example, \
         which the metadata of https://school.example/claim does not list"
    );
    let flow = Flow::start(OfferLink::Embedded(Box::new(school.offer()))).unwrap();
    let flow = flow.answered(200, metadata.to_json().as_bytes()).unwrap();
    assert_eq!(flow.find_request().unwrap().url, "https://login.example/.well-known/oauth-authorization-server");
}

#[test]
fn a_response_that_is_no_credential_is_refused() {
    assert_eq!(
        answer_at("/credential", 202, r#"{"transaction_id":"x","interval":3600}"#),
        "the issuer delivers the credential later, after 3600 seconds at the earliest; ask again then"
    );
    assert_eq!(answer_at("/credential", 200, r#"{"credentials":[]}"#), "the credential response holds no credential");
    assert_eq!(
        answer_at("/credential", 200, r#"{"credentials":[{"credential":"ey"}]}"#),
        "credential 1 of the response is not a JSON object, as ldp_vc asks"
    );
    assert_eq!(
        answer_at("/credential", 200, r#"{"credentials":[{"credential":{"id":1,"id":2}}]}"#),
        "the credential response, $.credentials[0].credential.id: the member stands twice in its object"
    );
    assert_eq!(
        answer_at("/token", 200, r#"{"access_token":"x","token_type":"DPoP"}"#),
        "the access token is of type \"DPoP\"; only Bearer is spoken here"
    );
    assert_eq!(
        answer_at("/nonce", 200, r#"{"c_nonce":""}"#),
        "the nonce is empty or holds characters that are not printable ASCII"
    );
}

#[test]
fn each_refusal_of_a_server_is_a_sentence() {
    let token = |code: &str| answer_at("/token", 400, &format!(r#"{{"error":"{code}"}}"#));
    for (code, sentence) in [
        ("invalid_request", "the issuer does not understand the request for a token"),
        ("invalid_client", "the issuer gives credentials only to wallets it knows"),
        ("invalid_grant", "the code was used before or has expired"),
        ("unauthorized_client", "the issuer does not let this wallet claim with a code"),
        ("unsupported_grant_type", "the issuer does not take pre-authorized codes"),
        ("invalid_scope", "the issuer does not give a token for this credential"),
        ("slow_down", "the issuer gives no token"),
    ] {
        assert_eq!(token(code), format!("{sentence} ({code})"));
    }
    let credential = |code: &str| answer_at("/credential", 400, &format!(r#"{{"error":"{code}"}}"#));
    for (code, sentence) in [
        ("invalid_credential_request", "the issuer does not understand the request"),
        ("unknown_credential_configuration", "the issuer does not know the credential it offered"),
        ("unknown_credential_identifier", "the issuer does not know the credential it offered"),
        ("invalid_proof", "the issuer does not accept the proof of this wallet's key"),
        ("invalid_encryption_parameters", "the issuer asks for encrypted messages"),
        ("credential_request_denied", "the issuer does not give this credential"),
        ("insufficient_scope", "the permission to claim is for another credential"),
        ("teapot", "the issuer gives no credential"),
    ] {
        assert_eq!(credential(code), format!("{sentence} ({code})"));
    }
    // RFC 6750 §3: the body may be empty.
    assert_eq!(
        answer_at("/credential", 401, ""),
        "the permission to claim has expired or was never given (invalid_token)"
    );
    assert_eq!(
        answer_at("/credential", 400, r#"{"error":"invalid_proof","error_description":"\u001b[2Jé"}"#),
        "the issuer does not accept the proof of this wallet's key (invalid_proof; the server says: \" [2Jé\")"
    );
}

#[test]
fn no_step_shows_a_secret_in_its_debug_text() {
    let (mut school, wallet) = (School::new(&["welding-3"]), Wallet::new());
    let mut flow = Flow::start(OfferLink::parse(&school.offer().offer_link()).unwrap()).unwrap();
    let mut seen = BTreeSet::new();
    while !matches!(flow, Flow::Done(_)) {
        let shown = format!("{flow:?} {:?}", flow.find_request());
        assert!(!shown.contains(CODE) && !shown.contains("token-1"), "{shown}");
        seen.insert(shown.split('(').next().unwrap().to_owned());
        flow = wallet.step(&flow, &mut school).unwrap();
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}
