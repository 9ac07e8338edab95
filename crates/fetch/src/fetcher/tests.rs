//! Does the client keep its rules against servers that do not keep theirs?

mod addresses;
mod limits;
mod polite;
mod redirects;
mod tls;

use std::{
    io::{Read as _, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::Instant,
};

use super::*;

/// A server on this machine that reads one request a connection and lets `answer` write what it likes.
///
/// Gives its port, and every request as text: head and, if it says its length, body.
fn serve(answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + 'static) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let request = read_request(&mut stream).unwrap_or_default();
            // Told before it is answered: whoever has the answer may count.
            let _ = sender.send(request.clone());
            // A client that hangs up is what many of these tests are about.
            let _ = answer(&request, &mut stream);
        }
    });
    (port, requests)
}

fn read_request(stream: &mut impl io::Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        bytes.push(byte[0]);
    }
    let mut request = String::from_utf8(bytes).unwrap();
    let length = request
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(|length| length.parse().unwrap()));
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    request.push_str(&String::from_utf8(body).unwrap());
    Ok(request)
}

/// A whole answer, after which the server hangs up.
fn reply(stream: &mut impl Write, status: &str, headers: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

fn rules(ports: &[u16]) -> FetchRules {
    FetchRules {
        timeout: Duration::from_secs(5),
        connect_timeout: Duration::from_secs(2),
        dev_loopback: ports.to_vec(),
        ..FetchRules::default()
    }
}

fn fetcher(ports: &[u16]) -> Fetcher {
    Fetcher::new(rules(ports)).unwrap()
}

fn refusal(port: u16, path: &str) -> FetchError {
    fetcher(&[port]).fetch(&format!("http://127.0.0.1:{port}{path}"), Accept::Anything).unwrap_err()
}

/// The sentence, with PORT for the port, which differs from run to run.
fn sentence(error: &FetchError, port: u16) -> String {
    error.to_string().replace(&port.to_string(), "PORT")
}

#[expect(clippy::disallowed_methods, reason = "the test measures time")]
fn now() -> Instant {
    Instant::now()
}

/// Runs one test of this module again, in a process with another environment.
fn run_again(test: &str, environment: &[(&str, &str)]) {
    let run = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("fetcher::tests::{test}")])
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && output.contains("1 passed"), "{output}");
}

#[test]
fn a_document_comes_from_a_port_opened_for_development() {
    let (port, _) = serve(|_, stream| reply(stream, "200 OK", "Content-Type: application/did+json\r\n", "{\"id\":1}"));
    let fetcher = fetcher(&[port]);
    for start in ["http://127.0.0.1", "http://localhost", "https://127.0.0.1", "https://localhost"] {
        let url = format!("{start}:{port}/.well-known/did.json?a=b");
        let document = fetcher.fetch(&format!("{url}#key-1"), Accept::DidDocument).unwrap();
        assert_eq!(
            document,
            Fetched {
                url,
                content_type: Some("application/did+json".to_owned()),
                reuse: Reuse::default(),
                body: b"{\"id\":1}".to_vec()
            }
        );
    }
}

#[test]
fn a_request_says_no_more_than_it_must() {
    let (port, requests) = serve(|_, stream| reply(stream, "200 OK", "Set-Cookie: a=b\r\n", ""));
    let fetcher = fetcher(&[port]);
    for _ in 0..2 {
        fetcher.fetch(&format!("http://localhost:{port}/list?x=1"), Accept::Json).unwrap();
        assert_eq!(
            requests.recv().unwrap().replace(&port.to_string(), "PORT"),
            "GET /list?x=1 HTTP/1.1\r\n\
             accept-encoding: identity\r\n\
             accept: application/json, application/ld+json;q=0.9\r\n\
             user-agent: stapel/0.1\r\n\
             host: 127.0.0.1:PORT\r\n\r\n"
        );
    }
}

#[test]
fn proxies_of_the_environment_are_not_used() {
    let proxy = "http://127.0.0.1:9";
    run_again(
        "a_document_comes_from_a_port_opened_for_development",
        &["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].map(|name| (name, proxy)),
    );
}

#[test]
fn a_status_that_is_no_success_is_told_and_only_some_are_worth_another_try() {
    let (port, _) = serve(|request, stream| {
        let status = request.split(['/', ' ']).nth(2).unwrap().to_owned();
        reply(stream, &format!("{status} Whatever"), "", "a page that says sorry")
    });
    assert_eq!(sentence(&refusal(port, "/404"), port), "http://127.0.0.1:PORT/404 answered with status 404");
    for (code, unreachable) in
        [(304, false), (401, false), (404, false), (410, false), (429, true), (500, true), (503, true)]
    {
        let error = refusal(port, &format!("/{code}"));
        assert!(matches!(error, FetchError::Status { code: told, .. } if told == code), "{error}");
        assert_eq!(error.is_unreachable(), unreachable, "{code}");
    }
}

#[test]
fn an_answer_compressed_unasked_is_refused() {
    let (port, _) = serve(|_, stream| reply(stream, "200 OK", "Content-Encoding: gzip\r\n", "x"));
    assert_eq!(
        sentence(&refusal(port, "/"), port),
        "the answer of http://127.0.0.1:PORT/ came in the encoding \"gzip\", which was not asked for"
    );
}

#[test]
fn json_is_posted_with_its_token_and_any_status_is_an_answer() {
    let (port, requests) =
        serve(|_, stream| reply(stream, "400 Bad Request", "Content-Type: application/json\r\n", "{\"error\":\"x\"}"));
    let url = format!("http://localhost:{port}/credential");
    let answer = fetcher(&[port]).post_json(&url, "{\"a\":1}", Some("t0ken")).unwrap();
    assert_eq!(
        answer,
        Answer { status: 400, content_type: Some("application/json".to_owned()), body: b"{\"error\":\"x\"}".to_vec() }
    );
    assert_eq!(
        requests.recv().unwrap().replace(&port.to_string(), "PORT"),
        "POST /credential HTTP/1.1\r\n\
         accept-encoding: identity\r\n\
         accept: application/json, application/ld+json;q=0.9\r\n\
         content-type: application/json\r\n\
         authorization: Bearer t0ken\r\n\
         content-length: 7\r\n\
         user-agent: stapel/0.1\r\n\
         host: 127.0.0.1:PORT\r\n\r\n{\"a\":1}"
    );
}

#[test]
fn a_form_is_posted_encoded() {
    let (port, requests) = serve(|_, stream| reply(stream, "200 OK", "", ""));
    let fields = [("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"), ("tx_code", "1 & 2=é")];
    fetcher(&[port]).post_form(&format!("http://localhost:{port}/token"), &fields).unwrap();
    let request = requests.recv().unwrap();
    assert!(request.contains("content-type: application/x-www-form-urlencoded\r\n"), "{request}");
    assert!(
        request.ends_with(
            "\r\n\r\ngrant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&tx_code=1+%26+2%3D%C3%A9"
        ),
        "{request}"
    );
}

#[test]
fn a_post_is_not_sent_on_to_another_address() {
    let (target, requests) = serve(|_, stream| reply(stream, "200 OK", "", ""));
    let (port, _) = serve(move |_, stream| {
        reply(stream, "307 Temporary Redirect", &format!("Location: http://127.0.0.1:{target}/\r\n"), "")
    });
    let answer =
        fetcher(&[port, target]).post_json(&format!("http://127.0.0.1:{port}/"), "{}", Some("secret")).unwrap();
    assert_eq!(answer.status, 307);
    assert_eq!(requests.try_iter().count(), 0);
}

#[test]
fn a_token_that_no_header_can_carry_is_refused_unshown() {
    let error = fetcher(&[8080]).post_json("http://localhost:8080/", "{}", Some("secret\r\nX: y")).unwrap_err();
    assert_eq!(error.to_string(), "the access token holds characters that cannot be sent in an HTTP header");
    assert_eq!(format!("{error:?}"), "BadToken");
}

#[test]
fn bodies_and_queries_are_not_shown() {
    let answer = Answer { status: 200, content_type: None, body: b"secret".to_vec() };
    assert_eq!(format!("{answer:?}"), "Answer { status: 200, content_type: None, bytes: 6 }");
    let fetched = Fetched {
        url: "https://a.example/b?secret".to_owned(),
        content_type: None,
        reuse: Reuse::default(),
        body: b"secret".to_vec(),
    };
    assert_eq!(
        format!("{fetched:?}"),
        "Fetched { url: \"https://a.example/b\", content_type: None, reuse: Reuse { fresh: None, stale: None }, bytes: 6 }"
    );
}

#[test]
fn ports_opened_for_development_come_with_a_warning() {
    assert_eq!(fetcher(&[]).warning(), None);
    assert_eq!(
        fetcher(&[8080, 8081]).warning().unwrap(),
        "for development, 127.0.0.1:8080, 127.0.0.1:8081 may be asked over plain http, without proof of name; do not use \
         this with real badges"
    );
}
