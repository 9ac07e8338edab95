//! Does the VC-API answer as the W3C's suites ask? Each statement that they test is a case here, asked over HTTP.

mod issuing;
mod presenting;
mod serving;
mod statuses;
mod verifying;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use stapel_credential::AnyCredential;
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{Cryptosuite, ProofOptions, ProofPurpose, Unsecured};

use crate::http::{Answer, ask, split};
use crate::school::{now, program};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";
const DI_SUITES: [&str; 2] = ["eddsa-rdfc-2022", "eddsa-jcs-2022"];
const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// The VC-API while it runs; ended when dropped.
struct Api {
    child: Child,
    port: u16,
    issuer: String,
}

impl Drop for Api {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with `vc-api` on a free port.
fn command(more: &[&str]) -> Command {
    let mut command = program();
    command.args(["vc-api", "--listen", "127.0.0.1:0", "--json"]).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The child, and the line in which it says where it is and who.
fn started(mut command: Command) -> (Child, Value) {
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let said = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    (child, said)
}

impl Api {
    fn start() -> Self {
        let (child, said) = started(command(&["--no-tls"]));
        let (port, _) = split(&format!("{}/", said["baseUrl"].as_str().unwrap()));
        Self { child, port, issuer: said["issuer"].as_str().unwrap().to_owned() }
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        ask(self.port, "POST", path, &JSON, body.to_string().as_bytes())
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        ask(self.port, "GET", path, headers, b"")
    }

    /// The least credential, by this issuer.
    fn credential(&self) -> Value {
        json!({
            "@context": [V2],
            "type": ["VerifiableCredential"],
            "issuer": self.issuer,
            "credentialSubject": { "id": "did:example:subject" },
        })
    }

    fn issue(&self, credential: &Value, options: &Value) -> Answer {
        self.post("/credentials/issue", &json!({ "credential": credential, "options": options }))
    }

    /// What was issued.
    fn issued(&self, credential: &Value, options: &Value) -> Value {
        let answer = self.issue(credential, options);
        assert_eq!(answer.status, 201, "{credential}: {}", answer.body);
        answer.json()["verifiableCredential"].clone()
    }

    fn verify(&self, credential: &Value, options: &Value) -> Answer {
        self.post("/credentials/verify", &json!({ "verifiableCredential": credential, "options": options }))
    }

    fn verify_presentation(&self, presentation: &Value, options: &Value) -> Answer {
        self.post("/presentations/verify", &json!({ "verifiablePresentation": presentation, "options": options }))
    }
}

/// That it holds: 200, and no error.
fn assert_holds(answer: &Answer, why: &str) {
    assert_eq!(answer.status, 200, "{why}: {}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!((&answer.json()["verified"], &answer.json()["errors"]), (&json!(true), &json!([])), "{why}");
}

/// That it does not hold, for this reason, with this in its sentence.
fn assert_fails(answer: &Answer, why: &str, check: &str, because: &str, detail: &str) {
    assert_eq!(answer.status, 400, "{why}: {}", answer.body);
    // The whole is a problem document, and its sentence is that of the first error.
    let (said, body) = (answer.problem(), answer.json());
    assert_eq!((&body["verified"], &body["errors"][0]["detail"]), (&json!(false), &json!(said)), "{why}");
    let errors = body["errors"].as_array().unwrap();
    let found = errors.iter().any(|error| {
        error["check"] == check && error["because"] == because && error["detail"].as_str().unwrap().contains(detail)
    });
    assert!(found, "{why}: expected {check} {because} {detail:?}, found {errors:#?}");
    assert!(body["checks"].as_array().unwrap().iter().any(|line| line["check"] == check && line["asked"] == true));
}

/// Somebody else than the issuer of the process.
struct Pen {
    key: SigningKey,
    did: String,
}

impl Pen {
    fn new(seed: u8) -> Self {
        let key = SigningKey::from_seed([seed; 32]);
        let did = did_key(&key.verifying_key()).to_string();
        Self { key, did }
    }

    fn options(&self, purpose: ProofPurpose, suite: Cryptosuite) -> ProofOptions {
        let method = did_key_verification_method(&self.key.verifying_key());
        ProofOptions { purpose, ..ProofOptions::assertion(method, now()).with(suite) }
    }

    fn sign(&self, credential: &Value, options: &ProofOptions) -> Value {
        let credential = AnyCredential::parse(&credential.to_string()).unwrap();
        let signed = Unsecured::new(credential).sign(&self.key, options).unwrap();
        serde_json::from_str(signed.text()).unwrap()
    }
}
