//! Who can reach it, over what, and what does it say of itself?

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::Arc;

use serde_json::json;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

use super::{Api, V2, command, started};
use crate::http::ask;
use crate::school::{ended, program};

#[test]
fn only_this_machine_reaches_it() {
    for address in ["0.0.0.0:0", "192.0.2.1:8701", "[2001:db8::1]:8701"] {
        let refused = ended(program().args(["vc-api", "--listen", address]));
        assert_eq!(
            (refused.code, refused.stdout.as_str(), refused.stderr),
            (
                1,
                "",
                format!(
                    "stapel-issuer: {address} can be reached from other machines, and the VC-API is for this machine \
                     alone\n  → listen on 127.0.0.1 or [::1]; it signs for whoever can reach it\n"
                ),
            ),
        );
    }
}

#[test]
fn it_says_when_it_starts_what_it_is_and_is_not() {
    let mut starting = command(&["--no-tls"]);
    starting.stderr(Stdio::piped());
    let (mut child, said) = started(starting);
    assert!(said["issuer"].as_str().unwrap().starts_with("did:key:z6Mk"), "{said}");
    child.kill().unwrap();
    let mut talk = String::new();
    child.stderr.take().unwrap().read_to_string(&mut talk).unwrap();
    child.wait().unwrap();
    for part in ["conformance suites and coordinators", "issuers that it does not own", "only as long as this program"]
    {
        assert!(talk.contains(part), "{talk}");
    }
}

#[test]
fn its_home_tells_the_calls_and_what_it_is_for() {
    let api = Api::start();
    let home = api.get("/", &[]).json();
    assert_eq!(home["issuer"], api.issuer);
    assert!(home["about"].as_str().unwrap().contains("not for production"), "{home}");
    for call in ["POST /credentials/issue", "POST /credentials/verify", "POST /presentations/verify"] {
        assert!(home["calls"][call].is_object(), "{call}");
    }
}

#[test]
fn what_is_no_call_is_a_problem_document() {
    let api = Api::start();
    let post = |path: &str, kind: &str, body: &str| {
        let answer = ask(api.port, "POST", path, &[("Content-Type", kind)], body.as_bytes());
        (answer.status, answer.problem())
    };
    let (issue, json) = ("/credentials/issue", "application/json");
    // A page of another site can send text/plain without asking first.
    assert_eq!(post(issue, "text/plain", "{}").0, 415);
    assert_eq!(post(issue, json, "{").0, 400);
    assert_eq!(post(issue, json, "{}"), (400, "$: missing field `credential`".to_owned()));
    assert!(post(issue, json, r#"{"credential":{},"credential":{}}"#).1.contains("credential"));
    assert_eq!(post(issue, json, &format!("{{\"credential\":\"{}\"}}", "x".repeat(2 * 1024 * 1024))).0, 413);
    assert_eq!(post("/derive", json, "{}").0, 404);
    assert_eq!((api.get(issue, &[]).status, api.get("/credentials/none", &[]).status), (405, 404));
    assert_eq!(
        ask(api.port, "DELETE", "/", &[], b"").problem(),
        "this address answers to another method; GET / lists them"
    );
    let unknown = api.verify(&json!({}), &json!({ "checks": ["proof", "trust"] }));
    assert!(unknown.problem().contains("\"trust\" is not a check of this verifier"), "{}", unknown.body);
}

/// One request over TLS to a server whose certificate is among these.
fn ask_tls(port: u16, roots: RootCertStore, request: &str) -> Result<String, std::io::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(("127.0.0.1", port)).unwrap());
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    // The server may close without a farewell.
    let _ = stream.read_to_string(&mut answer);
    Ok(answer)
}

#[test]
fn it_speaks_tls_with_the_certificate_that_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
    let (child, said) = started(command(&["--tls-cert", certificate, "--tls-key", key]));
    let base = said["baseUrl"].as_str().unwrap().to_owned();
    let port = base.strip_prefix("https://127.0.0.1:").unwrap().parse().unwrap();
    let api = Api { child, port, issuer: said["issuer"].as_str().unwrap().to_owned() };
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let body = json!({
        "credential": {
            "@context": [V2], "type": ["VerifiableCredential"], "issuer": api.issuer,
            "credentialSubject": { "id": "did:example:subject" },
        },
        "options": { "statusList": true },
    })
    .to_string();
    let request = format!(
        "POST /credentials/issue HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = ask_tls(port, roots, &request).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
    assert!(answer.contains(&format!("\"statusListCredential\":\"{base}/credentials/")), "{answer}");

    // The key of another certificate does not belong to it.
    let other = folder.path().join("other.pem");
    std::fs::write(&other, rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let mut wrong = command(&["--tls-cert", certificate, "--tls-key", other.to_str().unwrap()]);
    let refused = ended(wrong.stderr(Stdio::piped()));
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.starts_with("stapel-issuer: TLS cannot be spoken: "), "{}", refused.stderr);
}

#[test]
fn without_a_certificate_it_makes_one_that_nobody_trusts_unasked() {
    let (child, said) = started(command(&[]));
    let port = said["baseUrl"].as_str().unwrap().strip_prefix("https://127.0.0.1:").unwrap().parse().unwrap();
    let _api = Api { child, port, issuer: String::new() };
    let error = ask_tls(port, RootCertStore::empty(), "GET / HTTP/1.1\r\n\r\n").unwrap_err();
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}
