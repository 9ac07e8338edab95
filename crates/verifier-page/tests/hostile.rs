//! Does a hostile server, named by a document, get anything but "cannot be said yet", in time, and beside it everybody else the
//! right answer?
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header::CONTENT_TYPE};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Did, DidUrl, StatusListCredential, Timestamp};
use stapel_did::ControllerDocument;
use stapel_fetch::FetchRules;
use stapel_keys::SigningKey;
use stapel_proof::{ProofOptions, Unsecured};
use stapel_status::StatusList;
use stapel_verifier::{Dossier, Policy};
use stapel_verifier_page::{Desk, Sources, router};
use tower::ServiceExt as _;

const START: i64 = 1_790_000_000;
/// The longest time of one question, and of two rounds of them with room for a slow machine.
const TIMEOUT: Duration = Duration::from_millis(700);
const LIMIT: Duration = Duration::from_secs(6);

/// What a server does with a question: the path, and where to write.
type Behave = dyn Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync;

/// An institution with a server on this machine, which may turn hostile.
struct School {
    port: u16,
    key: SigningKey,
    behave: Arc<Mutex<Arc<Behave>>>,
    asked: Arc<AtomicUsize>,
}

fn reply(stream: &mut TcpStream, headers: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")?;
    stream.write_all(body)
}

impl School {
    fn new(seed: u8) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let behave: Arc<Mutex<Arc<Behave>>> = Arc::new(Mutex::new(Arc::new(|_, _| Ok(()))));
        let asked = Arc::new(AtomicUsize::new(0));
        let (doing, counted) = (Arc::clone(&behave), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (behave, counted) = (Arc::clone(&doing.lock().unwrap()), Arc::clone(&counted));
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        let mut byte = [0];
                        if stream.read_exact(&mut byte).is_err() {
                            return;
                        }
                        head.push(byte[0]);
                    }
                    counted.fetch_add(1, Ordering::SeqCst);
                    let head = String::from_utf8(head).unwrap();
                    let path = head.split(' ').nth(1).unwrap();
                    // A client that hangs up is what these tests are about.
                    let _ = behave(path, &mut stream);
                });
            }
        });
        let school = Self { port, key: SigningKey::from_seed([seed; 32]), behave, asked };
        school.is_honest();
        school
    }

    fn does(&self, behave: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) {
        *self.behave.lock().unwrap() = Arc::new(behave);
    }

    /// Answers with its keys and its list.
    fn is_honest(&self) {
        self.answers_the_list(self.list(&json!({})));
    }

    fn answers_the_list(&self, list: String) {
        self.has(move |stream| reply(stream, "", list.as_bytes()));
    }

    /// Answers with its keys, and so where its list is asked.
    fn has(&self, list: impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync + 'static) {
        let keys = self.keys();
        self.does(move |path, stream| match path {
            "/.well-known/did.json" => reply(stream, "Content-Type: application/did+json\r\n", keys.as_bytes()),
            _ => list(stream),
        });
    }

    fn did(&self) -> Did {
        Did::parse(&format!("did:web:localhost%3A{}", self.port)).unwrap()
    }

    fn method(&self) -> DidUrl {
        DidUrl::parse(&format!("{}#key-1", self.did())).unwrap()
    }

    fn keys(&self) -> String {
        ControllerDocument::new(self.did(), &[(self.method(), self.key.verifying_key())]).unwrap().to_json()
    }

    fn list_url(&self) -> String {
        format!("http://localhost:{}/status/1", self.port)
    }

    /// Its status list, with these members of the subject or of the whole otherwise.
    fn list(&self, otherwise: &Value) -> String {
        let mut text = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": self.list_url(), "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did(), "validFrom": Timestamp::from_unix_seconds(START - 60).unwrap(),
            "credentialSubject": {
                "id": format!("{}#list", self.list_url()), "type": "BitstringStatusList",
                "statusPurpose": "revocation", "encodedList": StatusList::new(131_072).unwrap().encode()
            }
        });
        for (name, value) in otherwise.as_object().unwrap() {
            let whole = name == "id" || name == "validFrom";
            let into = if whole { &mut text } else { &mut text["credentialSubject"] };
            into[name] = value.clone();
        }
        let content = StatusListCredential::view(&text.to_string()).unwrap();
        let options = ProofOptions::assertion(self.method(), content.valid_from);
        Unsecured::new(content).sign(&self.key, &options).unwrap().text().to_owned()
    }

    fn badge(&self) -> String {
        let text = include_str!("../../../fixtures/badges/full.json")
            .replace("\"BADGE_EXTENSION\"", stapel_credential::context::BADGE_EXTENSION)
            .replace("did:key:ISSUER", self.did().as_str())
            .replace("did:key:HOLDER", "did:example:holder")
            .replace("https://roc.example/status/1", &self.list_url());
        let content = AchievementCredential::view(&text).unwrap();
        let options = ProofOptions::assertion(self.method(), content.valid_from);
        Unsecured::new(content).sign(&self.key, &options).unwrap().text().to_owned()
    }
}

/// Each test under nextest is a process of its own.
static SECONDS: AtomicI64 = AtomicI64::new(START);

fn clock() -> Timestamp {
    Timestamp::from_unix_seconds(SECONDS.load(Ordering::SeqCst)).unwrap()
}

fn later(seconds: i64) {
    SECONDS.fetch_add(seconds, Ordering::SeqCst);
}

fn desk(schools: &[&School]) -> Desk {
    let pinned_issuers = schools.iter().map(|school| school.did()).collect();
    let rules = FetchRules {
        dev_loopback: schools.iter().map(|school| school.port).collect(),
        timeout: TIMEOUT,
        connect_timeout: TIMEOUT,
        ..FetchRules::default()
    };
    let sources = Sources { known: None, rules: Some(rules) };
    Desk::new(Dossier::default(), Policy { pinned_issuers, ..Policy::default() }, sources, clock)
}

async fn sent(desk: &Desk, path: &str, kind: &str, body: String) -> String {
    let request = Request::post(path).header(CONTENT_TYPE, kind).header("content-length", body.len());
    let answer = router(desk).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

async fn api(desk: &Desk, badge: &str) -> Value {
    let answer = tokio::time::timeout(LIMIT, sent(desk, "/api/verify", "application/json", badge.to_owned())).await;
    serde_json::from_str(&answer.expect("in time")).unwrap()
}

/// That what is said of the API's answers holds of this one.
async fn assert_as_described(desk: &Desk, answer: &Value) {
    let asked = router(desk).oneshot(Request::get("/api/openapi.json").body(Body::empty()).unwrap()).await.unwrap();
    let bytes = to_bytes(asked.into_body(), usize::MAX).await.unwrap();
    let mut openapi: Value = serde_json::from_slice(&bytes).unwrap();
    openapi["$ref"] = json!("#/components/schemas/Answers");
    let validator = jsonschema::validator_for(&openapi).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?} in {answer:#}");
    let mut bent = answer.clone();
    bent["documents"][0]["stale"][0]["fetchedAt"] = json!(7);
    assert!(!validator.is_valid(&bent), "the description says nothing of what is stale");
}

async fn page(desk: &Desk, language: &str, badge: &str) -> String {
    let body = format!("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{badge}\r\n--b--\r\n");
    let path = format!("/verify?lang={language}");
    tokio::time::timeout(LIMIT, sent(desk, &path, "multipart/form-data; boundary=b", body)).await.expect("in time")
}

fn is_accepted(answer: &Value) -> bool {
    answer["outcome"] == "accepted" && answer["documents"][0].get("stale").is_none()
}

/// That this school's badge is undecided, in the API and on the page, and says what is missing; and that the neighbour's is
/// accepted besides, and this one once the school is itself again.
async fn assert_undecided(school: &School, missing: &str, because: &str) {
    let honest = School::new(9);
    let desk = desk(&[school, &honest]);
    let (badge, other) = (school.badge(), honest.badge());
    let (answer, beside) = tokio::join!(api(&desk, &badge), api(&desk, &other));
    assert!(is_accepted(&beside), "{beside:#}");
    let verdict = &answer["documents"][0]["verdict"];
    assert_eq!(answer["outcome"], "undecided", "{answer:#}");
    let reasons: Vec<&str> =
        verdict["checks"].as_array().unwrap().iter().filter_map(|check| check["reason"]["because"].as_str()).collect();
    assert!(reasons.contains(&because), "{reasons:?}");
    if !missing.is_empty() {
        let named = verdict["missing"].as_array().unwrap().iter().any(|one| one["url"] == missing);
        assert!(named, "{missing}: {verdict:#}");
    }
    let shown = page(&desk, "en", &badge).await;
    assert!(shown.contains("<div class=\"answer undecided\">") && shown.contains("Cannot be said yet"), "{shown}");
    assert!(!shown.contains("Genuine and still valid</p>"), "{shown}");
    assert!(is_accepted(&api(&desk, &other).await));
    school.is_honest();
    // One that is genuine and of no use is asked again when it is no longer fresh.
    later(if missing.is_empty() { 301 } else { 31 });
    let again = api(&desk, &badge).await;
    assert!(is_accepted(&again), "{again:#}");
}

/// The same for what stands where the keys, and where the list is.
async fn assert_hostile(behave: impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync + Clone + 'static) {
    let school = School::new(1);
    let keys = behave.clone();
    school.does(move |_, stream| keys(stream));
    let url = format!("https://localhost:{}/.well-known/did.json", school.port);
    assert_undecided(&school, &url, "key-missing").await;
    school.has(behave);
    assert_undecided(&school, &school.list_url(), "status-list-missing").await;
}

#[tokio::test]
async fn a_slow_drip_leaves_it_undecided_in_time() {
    assert_hostile(|stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(b" ")?;
            thread::sleep(Duration::from_millis(30));
        }
    })
    .await;
}

#[tokio::test]
async fn an_endless_body_leaves_it_undecided() {
    assert_hostile(|stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'{'; 8192])?;
        }
    })
    .await;
}

#[tokio::test]
async fn a_redirect_into_a_private_network_leaves_it_undecided() {
    let inside = School::new(2);
    let port = inside.port;
    for to in [
        "https://10.0.0.1/did.json".to_owned(),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://[::1]/".to_owned(),
        // A port of this machine that nobody opened for development.
        format!("http://127.0.0.1:{port}/.well-known/did.json"),
    ] {
        assert_hostile(move |stream| {
            write!(stream, "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {to}\r\n\r\n")
        })
        .await;
    }
    assert_eq!(inside.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_redirect_without_end_leaves_it_undecided() {
    assert_hostile(|stream| {
        write!(stream, "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n")
    })
    .await;
}

fn bomb() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..10_000 {
        packed.write_all(&[0; 10 * 1024]).unwrap();
    }
    packed.finish().unwrap()
}

#[tokio::test]
async fn a_bomb_as_content_encoding_leaves_it_undecided() {
    let bomb = bomb();
    assert_hostile(move |stream| reply(stream, "Content-Encoding: gzip\r\n", &bomb)).await;
}

#[tokio::test]
async fn a_bomb_within_a_genuine_status_list_leaves_it_undecided() {
    let school = School::new(1);
    let encoded = format!("u{}", URL_SAFE_NO_PAD.encode(bomb()));
    school.answers_the_list(school.list(&json!({ "encodedList": encoded })));
    assert_undecided(&school, "", "status-list-unusable").await;
}

#[tokio::test]
async fn a_page_instead_of_the_document_leaves_it_undecided() {
    assert_hostile(|stream| reply(stream, "Content-Type: text/html\r\n", b"<!DOCTYPE html><p>Welcome!</p>")).await;
}

#[tokio::test]
async fn a_server_in_trouble_leaves_it_undecided() {
    assert_hostile(|stream| write!(stream, "HTTP/1.1 500 Oops\r\nConnection: close\r\nContent-Length: 4\r\n\r\noops"))
        .await;
}

#[tokio::test]
async fn somebody_elses_list_leaves_it_undecided() {
    let school = School::new(1);
    // Authentic, and by another institution, whose keys are to be had.
    let other = School::new(2);
    school.answers_the_list(other.list(&json!({ "id": school.list_url() })));
    assert_undecided(&school, &school.list_url(), "status-list-unusable").await;
    // Authentic, by the institution itself, and another one.
    school.answers_the_list(school.list(&json!({ "id": format!("{}0", school.list_url()) })));
    assert_undecided(&school, &school.list_url(), "status-list-unusable").await;
    school.answers_the_list(school.list(&json!({ "statusPurpose": "suspension" })));
    assert_undecided(&school, &school.list_url(), "status-list-unusable").await;
    let forged = School { key: SigningKey::from_seed([3; 32]), ..School::new(1) };
    let text =
        forged.list(&json!({ "id": school.list_url() })).replace(&forged.port.to_string(), &school.port.to_string());
    school.answers_the_list(text);
    assert_undecided(&school, &school.list_url(), "status-list-unusable").await;
}

#[tokio::test]
async fn an_older_copy_is_used_with_a_remark_and_never_under_a_green_tick() {
    let school = School::new(1);
    let desk = desk(&[&school]);
    let badge = school.badge();
    assert!(is_accepted(&api(&desk, &badge).await));
    let asked = school.asked.load(Ordering::SeqCst);
    assert!(is_accepted(&api(&desk, &badge).await));
    assert_eq!(school.asked.load(Ordering::SeqCst), asked, "what is fresh is not asked again");
    // The school is gone.
    school.does(|_, stream| write!(stream, "HTTP/1.1 503 Gone\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    later(600);
    let answer = api(&desk, &badge).await;
    assert_eq!(answer["outcome"], "accepted-with-remarks", "{answer:#}");
    let one = &answer["documents"][0];
    assert_eq!(one["outcome"], "accepted-with-remarks");
    let fetched = Timestamp::from_unix_seconds(START).unwrap();
    let keys = format!("https://localhost:{}/.well-known/did.json", school.port);
    assert_eq!(
        one["stale"],
        json!([{ "url": keys, "fetchedAt": fetched }, { "url": school.list_url(), "fetchedAt": fetched }])
    );
    assert_as_described(&desk, &answer).await;
    for (language, sentence, state, advice) in [
        (
            "nl",
            "konden niet opnieuw worden opgehaald; gebruikt is wat op",
            "Echt en nog geldig, met een opmerking",
            "Probeer het later opnieuw",
        ),
        (
            "en",
            "could not be fetched again; what was fetched on",
            "Genuine and still valid, with a remark",
            "Try again later",
        ),
    ] {
        let shown = page(&desk, language, &badge).await;
        assert!(shown.contains("<div class=\"answer remarks\">") && shown.contains(state), "{shown}");
        assert_eq!(shown.matches("class=\"stale\"").count(), 2, "{shown}");
        assert!(shown.contains(advice), "{shown}");
        assert!(shown.contains(sentence) && shown.contains(school.did().as_str()), "{shown}");
    }
    // Whoever has nothing to do with that school reads nothing of it.
    let honest = School::new(9);
    let both = self::desk(&[&school, &honest]);
    school.is_honest();
    assert!(is_accepted(&api(&both, &badge).await) && is_accepted(&api(&both, &honest.badge()).await));
    school.does(|_, _| Ok(()));
    later(600);
    assert!(is_accepted(&api(&both, &honest.badge()).await));
    assert_eq!(api(&both, &badge).await["outcome"], "accepted-with-remarks");
    // A day later it is no longer used at all.
    later(86_400);
    assert_eq!(api(&both, &badge).await["outcome"], "undecided");
    school.is_honest();
    later(15);
    assert!(is_accepted(&api(&both, &badge).await));
}

#[tokio::test]
async fn an_older_list_does_not_take_a_revocation_back() {
    let school = School::new(1);
    let desk = desk(&[&school]);
    let badge = school.badge();
    let mut bits = StatusList::new(131_072).unwrap();
    bits.set(94_567, true).unwrap();
    let revoked =
        json!({ "encodedList": bits.encode(), "validFrom": Timestamp::from_unix_seconds(START - 30).unwrap() });
    school.answers_the_list(school.list(&revoked));
    assert_eq!(api(&desk, &badge).await["outcome"], "refused");
    // The list of half a minute before, as genuine.
    school.is_honest();
    for _ in 0..3 {
        later(1_000);
        assert_eq!(api(&desk, &badge).await["outcome"], "refused");
    }
}
