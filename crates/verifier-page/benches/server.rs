//! `cargo bench -p stapel-verifier-page --bench server`: what does the server add to the verdict itself?
//!
//! A badge of about 3 KB with its trust list, its issuer's keys and its status list at hand. The call of the library, the same
//! behind `POST /api/verify` without a socket and over a kept connection, and a bare route that reads the same body are run in
//! turn, and the medians are compared. Then so many clients at once ask each in turn on two cores, over connections that they keep
//! and over a new one for each request. `-- profile` calls the API alone for some seconds, for `perf record`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark measures time, and what cannot be prepared ends it"
)]

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Timestamp};
use stapel_stacking::verify_document;
use stapel_verifier::{Audience, Case, Outcome, verify_text};
use stapel_verifier_page::{API, Desk, Sources, router};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const CASE: &str = include_str!("../../../fixtures/vectors/accepted/dataset-with-the-extension.json");
/// Of the case: it is judged as of then.
const NOW: &str = "2026-11-22T09:00:00Z";
/// Who asks at once, so often in turn, for so long each time.
const CONNECTIONS: usize = 4;
const TURNS: usize = 7;
const TURN: Duration = Duration::from_millis(700);
const ROUNDS: usize = 3_000;

fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

/// Whether a client keeps its connection, or makes one for each request as a person's does.
#[derive(Clone, Copy)]
enum Keep {
    Kept,
    Anew,
}

/// A connection of a client.
struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Connection {
    fn new(address: SocketAddr, body: &str, keep: Keep) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let length = body.len();
        let end = match keep {
            Keep::Kept => "",
            Keep::Anew => "Connection: close\r\n",
        };
        let head = format!(
            "POST {API} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{end}\r\n"
        );
        Self { stream, request: [head.as_bytes(), body.as_bytes()].concat(), answer: vec![0; 64 * 1024] }
    }

    /// The length of the answer.
    fn ask(&mut self) -> usize {
        self.stream.write_all(&self.request).unwrap();
        let mut read = 0;
        loop {
            read += self.stream.read(&mut self.answer[read..]).unwrap();
            let Some(head) = self.answer[..read].windows(4).position(|end| end == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.answer[..head]).unwrap();
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            let line = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            let whole = head + 4 + line.unwrap().parse::<usize>().unwrap();
            if read >= whole {
                return whole;
            }
        }
    }
}

/// Serves this from now on.
fn serve(runtime: &Runtime, router: Router) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

/// How long the server takes within one of its own tasks, without a socket, in microseconds.
fn within(runtime: &Runtime, router: &Router, text: &Bytes) -> f64 {
    let (router, body) = (router.clone(), Body::from(text.clone()));
    let request = Request::post(API).header(CONTENT_TYPE, "application/json").header("content-length", text.len());
    let request = request.body(body).unwrap();
    let task = runtime.spawn(async move {
        let start = Instant::now();
        let answer = router.oneshot(request).await.unwrap();
        black_box(to_bytes(answer.into_body(), usize::MAX).await.unwrap());
        start.elapsed()
    });
    micros(runtime.block_on(task).unwrap())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn timed<T>(mut run: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    black_box(run());
    micros(start.elapsed())
}

/// The last of three in a row: the caches have it at hand, whatever was run before.
fn warm(mut measure: impl FnMut() -> f64) -> f64 {
    (0..3).map(|_| measure()).last().unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Answers a second while several ask at once.
fn rate(address: SocketAddr, text: &str, keep: Keep) -> f64 {
    let ask = || {
        let mut connection = Connection::new(address, text, keep);
        let start = Instant::now();
        let mut answers = 0_u32;
        while start.elapsed() < TURN {
            if answers > 0 && matches!(keep, Keep::Anew) {
                connection = Connection::new(address, text, keep);
            }
            connection.ask();
            answers += 1;
        }
        f64::from(answers) / start.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let asking: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|one| one.join().unwrap()).sum()
    })
}

fn main() {
    let case = Case::parse(CASE).unwrap();
    let text = serde_json::to_string(&serde_json::from_str::<Value>(&case.document_text()).unwrap()).unwrap();
    let (dossier, policy) = (case.dossier.clone(), case.policy.clone());
    let verdict = || verify_document(&text, &dossier, &policy, &Audience::default(), now()).unwrap();
    assert_eq!(verdict().outcome(), Outcome::Accepted);

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let desk = Desk::new(dossier.clone(), policy.clone(), Sources::default(), now);
    let api = router(&desk);
    let read = |body: Bytes| async move { axum::Json(json!({ "bytes": body.len() })) };
    let bare = Router::new().route(API, post(read));
    let (given, by) = (dossier.clone(), policy.clone());
    let least = move |body: Bytes| {
        let answer = std::str::from_utf8(&body).ok().and_then(|text| {
            let answer = verify_document(text, &given, &by, &Audience::default(), now());
            answer.ok().map(|answer| answer.outcome())
        });
        async move { axum::Json(json!({ "outcome": answer })) }
    };
    let least = Router::new().route(API, post(least));
    let bytes = Bytes::from(text.clone());

    if std::env::args().any(|argument| argument == "profile") {
        let mut connection = Connection::new(serve(&runtime, api), &text, Keep::Kept);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            connection.ask();
        }
        return;
    }

    let addresses = [&api, &bare, &least].map(|router| serve(&runtime, router.clone()));
    let mut connections = addresses.map(|address| Connection::new(address, &text, Keep::Kept));
    let mut times: [Vec<f64>; 8] = Default::default();
    for round in 0..ROUNDS + ROUNDS / 10 {
        let taken = [
            warm(|| timed(verdict)),
            warm(|| timed(|| verify_text::<AchievementCredential>(&text, &dossier, &policy, now()))),
            warm(|| within(&runtime, &api, &bytes)),
            warm(|| within(&runtime, &bare, &bytes)),
            warm(|| within(&runtime, &least, &bytes)),
            warm(|| timed(|| connections[0].ask())),
            warm(|| timed(|| connections[1].ask())),
            warm(|| timed(|| connections[2].ask())),
        ];
        // The first tenth warms caches and clocks.
        if round >= ROUNDS / 10 {
            times.iter_mut().zip(taken).for_each(|(times, taken)| times.push(taken));
        }
    }
    let [document, badge, api_in, bare_in, least_in, api_over, bare_over, least_over] = times.map(median);
    println!(
        "a badge of {} bytes, an answer of {} with its head; median of {ROUNDS}",
        text.len(),
        connections[0].ask()
    );
    for (what, time) in [
        ("library, verify_document", document),
        ("library, verify_text", badge),
        ("server without a socket, /api/verify", api_in),
        ("server without a socket, bare route", bare_in),
        ("server without a socket, bare route that calls the library", least_in),
        ("over a kept connection, /api/verify", api_over),
        ("over a kept connection, bare route", bare_over),
        ("over a kept connection, bare route that calls the library", least_over),
    ] {
        println!("{what}: {time:.1} µs, {:.2} of the library", time / document);
    }
    println!("{CONNECTIONS} clients at once, two cores; median of {TURNS} turns");
    for (how, keep) in [("kept connections", Keep::Kept), ("a connection for each request", Keep::Anew)] {
        let mut rates: [Vec<f64>; 3] = Default::default();
        for _ in 0..TURNS {
            rates.iter_mut().zip(addresses).for_each(|(rates, address)| rates.push(rate(address, &text, keep)));
        }
        let [api, bare, least] = rates.map(median);
        println!(
            "{how}, /api/verify: {api:.0} a second; {:.2} of a bare route, {:.2} of one that calls the library",
            api / bare,
            api / least
        );
        println!("{how}, bare route: {bare:.0} a second");
        println!("{how}, bare route that calls the library: {least:.0} a second, {:.2} of a bare route", least / bare);
    }
}
