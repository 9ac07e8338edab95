//! Who claims? A wallet that is nothing but a key and the published flow of `stapel-openid`.

use stapel_credential::context::document_contexts;
use stapel_credential::{RawJson, VerifiablePresentation};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::{Signer as _, SigningKey};
use stapel_openid::{
    Body, Flow, Method, OfferLink, OpenIdError, PresentationRequest, ProofAlgorithm, ProofJwt, Request,
};
use stapel_proof::{ProofOptions, Unsecured};

use crate::http::{Answer, ask, split};
use crate::school::now;

pub(crate) struct Wallet(SigningKey);

impl Wallet {
    pub(crate) fn new() -> Self {
        Self(SigningKey::generate().unwrap())
    }

    pub(crate) fn did(&self) -> String {
        did_key(&self.0.verifying_key()).to_string()
    }

    fn sign(&self, text: &str) -> String {
        self.0.sign(text.as_bytes()).unwrap().to_base64url()
    }

    fn kid(&self) -> String {
        did_key_verification_method(&self.0.verifying_key()).to_string()
    }

    fn seconds() -> u64 {
        u64::try_from(now().unix_seconds()).unwrap()
    }

    /// A proof JWT for that service.
    pub(crate) fn proof(&self, audience: &str, nonce: &str) -> String {
        let input = ProofJwt::signing_input(ProofAlgorithm::EdDsa, &self.kid(), audience, Self::seconds(), Some(nonce));
        ProofJwt::with_signature(&input, &self.sign(&input))
    }

    /// Shows these badges to the one who asks, in answer to what is asked.
    pub(crate) fn answer(&self, badges: &[&str], request: &PresentationRequest) -> String {
        self.present(badges, &request.client_id(), request.nonce())
    }

    /// Shows these badges for that domain and challenge.
    pub(crate) fn present(&self, badges: &[&str], domain: &str, challenge: &str) -> String {
        self.present_as(self, badges, domain, challenge)
    }

    /// As [`Wallet::present`], in the name of that holder, who may be another.
    pub(crate) fn present_as(&self, holder: &Self, badges: &[&str], domain: &str, challenge: &str) -> String {
        let presentation = VerifiablePresentation {
            context: document_contexts(),
            id: None,
            types: vec!["VerifiablePresentation".to_owned()],
            holder: did_key(&holder.0.verifying_key()).to_uri(),
            verifiable_credential: badges.iter().map(|badge| RawJson::parse(badge).unwrap()).collect(),
            plan: None,
            question: None,
            bundle: None,
            request: None,
            award_record: Vec::new(),
        };
        let options = ProofOptions {
            domain: Some(domain.to_owned()),
            challenge: Some(challenge.to_owned()),
            ..ProofOptions::authentication(did_key_verification_method(&self.0.verifying_key()), now())
        };
        Unsecured::new(presentation).sign(&self.0, &options).unwrap().text().to_owned()
    }

    /// Walks from the link to the badges.
    pub(crate) fn claim(&self, link: &str) -> Result<Vec<String>, OpenIdError> {
        let mut flow = Flow::start(OfferLink::parse(link)?)?;
        loop {
            flow = match &flow {
                Flow::Done(_) => return Ok(flow.received().to_vec()),
                Flow::SignProof(step) => {
                    let input = step.signing_input(&self.kid(), Self::seconds());
                    step.signed(&input, &self.sign(&input))?
                }
                step => {
                    let answer = send(&step.find_request().unwrap());
                    step.answered(answer.status, answer.body.as_bytes())?
                }
            };
        }
    }
}

pub(crate) fn send(request: &Request) -> Answer {
    let (port, path) = split(&request.url);
    let bearer = request.bearer.as_ref().map(|token| format!("Bearer {}", token.expose()));
    let mut headers: Vec<(&str, &str)> = bearer.iter().map(|value| ("Authorization", value.as_str())).collect();
    let (media_type, body) = match &request.body {
        Body::Json(text) => ("application/json", text.clone()),
        Body::Form(fields) => (
            "application/x-www-form-urlencoded",
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish(),
        ),
        _ => ("", String::new()),
    };
    if !media_type.is_empty() {
        headers.push(("Content-Type", media_type));
    }
    let method = if request.method == Method::Get { "GET" } else { "POST" };
    ask(port, method, path, &headers, body.as_bytes())
}
