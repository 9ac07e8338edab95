//! Does the client keep its rules against servers that do not keep theirs?

use std::{
    io::{Read as _, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
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
            // A client that hangs up is what many of these tests are about.
            let _ = answer(&request, &mut stream);
            let _ = sender.send(request);
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

fn redirect_to(location: String) -> u16 {
    serve(move |_, stream| reply(stream, "302 Found", &format!("Location: {location}\r\n"), "")).0
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

#[test]
fn a_document_comes_from_a_port_opened_for_development() {
    let (port, _) = serve(|_, stream| reply(stream, "200 OK", "Content-Type: application/did+json\r\n", "{\"id\":1}"));
    let fetcher = fetcher(&[port]);
    for start in ["http://127.0.0.1", "http://localhost", "https://127.0.0.1", "https://localhost"] {
        let url = format!("{start}:{port}/.well-known/did.json?a=b");
        let document = fetcher.fetch(&format!("{url}#key-1"), Accept::DidDocument).unwrap();
        assert_eq!(
            document,
            Fetched { url, content_type: Some("application/did+json".to_owned()), body: b"{\"id\":1}".to_vec() }
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
fn an_endless_body_is_cut_off_at_the_limit() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 8192])?;
        }
    });
    assert_eq!(
        sentence(&refusal(port, "/endless"), port),
        "the answer of http://127.0.0.1:PORT/endless is larger than 5242880 bytes"
    );
}

#[test]
fn an_endless_body_in_chunks_is_cut_off_at_the_limit() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        loop {
            write!(stream, "1000\r\n{}\r\n", "a".repeat(0x1000))?;
        }
    });
    assert!(matches!(refusal(port, "/"), FetchError::TooLarge { limit: 5_242_880, .. }));
}

#[test]
fn a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
    let (port, _) = serve(|request, stream| {
        let body = if request.contains("/more") { "12345678901" } else { "1234567890" };
        reply(stream, "200 OK", "", body)
    });
    let fetcher = Fetcher::new(FetchRules { max_bytes: 10, ..rules(&[port]) }).unwrap();
    assert_eq!(fetcher.fetch(&format!("http://localhost:{port}/"), Accept::Anything).unwrap().body, b"1234567890");
    let error = fetcher.fetch(&format!("http://localhost:{port}/more"), Accept::Anything).unwrap_err();
    assert_eq!(sentence(&error, port), "the answer of http://localhost:PORT/more is larger than 10 bytes");
}

#[test]
fn a_length_beyond_the_limit_is_refused_unread() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")?;
        stream.read_exact(&mut [0])
    });
    let start = now();
    assert!(matches!(refusal(port, "/"), FetchError::TooLarge { .. }));
    assert!(start.elapsed() < Duration::from_secs(4), "it waited for the body");
}

#[test]
fn a_length_that_is_too_short_ends_the_body_there() {
    let (port, _) =
        serve(|_, stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{}", "a".repeat(9_000_000)));
    let fetched = fetcher(&[port]).fetch(&format!("http://localhost:{port}/"), Accept::Anything).unwrap();
    assert_eq!(fetched.body, b"aaaa");
}

#[test]
fn a_body_shorter_than_its_length_is_a_broken_connection() {
    let (port, _) = serve(|_, stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"));
    let error = refusal(port, "/");
    assert_eq!(
        sentence(&error, port),
        "http://127.0.0.1:PORT/ could not be reached: end of file before message length reached"
    );
    assert!(error.is_unreachable());
}

#[test]
fn a_slow_drip_is_cut_off_at_the_time_limit() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(b"a")?;
            thread::sleep(Duration::from_millis(50));
        }
    });
    assert_times_out(port);
}

#[test]
fn headers_that_drip_are_cut_off_at_the_time_limit() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nX: ")?;
        loop {
            stream.write_all(b"a")?;
            thread::sleep(Duration::from_millis(50));
        }
    });
    assert_times_out(port);
}

#[test]
fn redirects_do_not_stretch_the_time_limit() {
    let (port, _) = serve(|_, stream| {
        thread::sleep(Duration::from_millis(400));
        reply(stream, "302 Found", "Location: /again\r\n", "")
    });
    assert_times_out(port);
}

fn assert_times_out(port: u16) {
    let fetcher = Fetcher::new(FetchRules { timeout: Duration::from_millis(600), ..rules(&[port]) }).unwrap();
    let start = now();
    let error = fetcher.fetch(&format!("http://localhost:{port}/slow"), Accept::Anything).unwrap_err();
    let took = start.elapsed();
    assert!(sentence(&error, port).ends_with(" did not answer in full within 0.6 s"), "{error}");
    assert!(error.is_unreachable());
    assert!(took >= Duration::from_millis(500) && took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_redirect_on_the_same_host_is_followed_and_the_last_address_told() {
    let (port, _) = serve(|request, stream| match request.split(' ').nth(1) {
        Some("/old") => reply(stream, "301 Moved Permanently", "Location: middle\r\n", ""),
        Some("/middle") => reply(stream, "307 Temporary Redirect", "Location: /new?v=2#part\r\n", ""),
        _ => reply(stream, "200 OK", "", "here"),
    });
    let fetched = fetcher(&[port]).fetch(&format!("https://localhost:{port}/old"), Accept::Anything).unwrap();
    assert_eq!(fetched.url, format!("https://localhost:{port}/new?v=2"));
    assert_eq!((fetched.body, fetched.content_type), (b"here".to_vec(), None));
}

#[test]
fn a_redirect_loop_ends_after_three() {
    let (port, requests) = serve(|_, stream| reply(stream, "302 Found", "Location: /loop\r\n", ""));
    assert_eq!(
        sentence(&refusal(port, "/loop"), port),
        "http://127.0.0.1:PORT/loop redirects once more after 3 redirects"
    );
    assert_eq!(requests.try_iter().count(), 4);
}

#[test]
fn a_redirect_into_a_private_network_is_refused() {
    for (location, expected) in [
        (
            "https://169.254.169.254/latest/meta-data/",
            "169.254.169.254 is at 169.254.169.254, the metadata service of a cloud; only public addresses are asked",
        ),
        ("https://10.1.2.3/", "10.1.2.3 is at 10.1.2.3, a private address (RFC 1918); only public addresses are asked"),
        (
            "https://0x7f.1/",
            "127.0.0.1 is at 127.0.0.1, an address of this machine itself (loopback); only public addresses are asked",
        ),
        (
            "https://[::ffff:192.168.0.1]/",
            "::ffff:192.168.0.1 is at ::ffff:192.168.0.1, a private address (RFC 1918); only public addresses are asked",
        ),
        (
            "https://localhost/",
            "localhost is at 127.0.0.1, an address of this machine itself (loopback); only public addresses are asked",
        ),
        ("http://school.example/", "http://school.example/ is not an https address"),
        ("file:///etc/passwd", "file:///etc/passwd is not an https address"),
        (
            "https://user:secret@school.example/",
            "\"https://school.example/\" cannot be fetched: it carries a user name or a password",
        ),
    ] {
        let port = redirect_to(location.to_owned());
        assert_eq!(
            sentence(&refusal(port, "/"), port),
            format!("http://127.0.0.1:PORT/ redirects to an address that is not followed: {expected}"),
        );
    }
}

#[test]
fn a_redirect_to_another_address_or_port_of_this_machine_that_is_not_open_is_refused() {
    let (closed, requests) = serve(|_, stream| reply(stream, "200 OK", "", "secret"));
    let port = redirect_to(format!("http://127.0.0.1:{closed}/"));
    assert!(matches!(
        refusal(port, "/"),
        FetchError::Redirect { fault: RedirectFault::Refused(error), .. } if matches!(*error, FetchError::NotHttps { .. })
    ));
    assert_eq!(requests.try_iter().count(), 0);
}

#[test]
fn a_redirect_from_a_name_to_an_ip_address_is_refused() {
    let port = redirect_to("https://1.1.1.1/did.json?token=secret".to_owned());
    assert_eq!(
        sentence(&refusal(port, "/"), port),
        "http://127.0.0.1:PORT/ redirects from a host to an IP address, https://1.1.1.1/did.json"
    );
}

#[test]
fn a_redirect_from_the_internet_to_a_port_opened_for_development_is_refused() {
    let rules = rules(&[8080]);
    let school = Target::parse("https://school.example/did.json", &rules).unwrap();
    for location in ["http://localhost:8080/admin", "https://127.0.0.1:8080/admin"] {
        let fault = school.redirected(location, &rules).err().unwrap();
        assert_eq!(fault.to_string(), format!("from another host to this machine, {location}"));
    }
    assert!(school.redirected("https://www.school.example/did.json", &rules).is_ok());
}

#[test]
fn a_redirect_to_nowhere_is_refused() {
    let (port, _) = serve(|_, stream| reply(stream, "302 Found", "", ""));
    assert_eq!(sentence(&refusal(port, "/"), port), "http://127.0.0.1:PORT/ redirects without saying where to");
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
fn addresses_that_are_not_asked_are_refused_with_the_reason() {
    let fetcher = fetcher(&[8080]);
    let refusal = |url: &str| fetcher.fetch(url, Accept::Anything).unwrap_err().to_string();
    assert_eq!(refusal("http://school.example/a?code=secret#x"), "http://school.example/a is not an https address");
    assert_eq!(refusal("http://127.0.0.1:8081/"), "http://127.0.0.1:8081/ is not an https address");
    assert_eq!(refusal("ftp://school.example/"), "ftp://school.example/ is not an https address");
    assert_eq!(refusal("data:text/plain,secret"), "data:… is not an https address");
    assert_eq!(
        refusal("https://me:secret@school.example/?q=secret"),
        "\"https://school.example/\" cannot be fetched: it carries a user name or a password"
    );
    assert_eq!(refusal("me:secret@school.example?q=secret"), "me:… is not an https address");
    assert_eq!(
        refusal("//me:secret@school.example/x?q=secret"),
        "\"…@school.example/x\" cannot be fetched: relative URL without a base"
    );
    assert_eq!(refusal("https://"), "\"https://\" cannot be fetched: empty host");
    assert_eq!(
        refusal(&format!("https://school.example/{}", "a".repeat(9_000))),
        "an address of 9023 characters is longer than the 8192 taken here"
    );
    for url in [
        "https://127.0.0.1/",
        "https://127.0.0.1:8081/",
        "https://localhost:8081/",
        "https://LOCALHOST./",
        "https://a.localhost/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://[::1]:8080/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://192.168.0.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/",
        "https://[fd00::1]/",
        "https://0/",
    ] {
        let error = fetcher.fetch(url, Accept::Anything).unwrap_err();
        assert!(matches!(error, FetchError::PrivateAddress { .. }), "{url}: {error}");
        assert!(!error.is_unreachable());
    }
}

#[test]
fn a_name_that_leads_into_a_private_network_is_refused() {
    let (port, requests) = serve(|_, stream| reply(stream, "200 OK", "", "secret"));
    let resolver = PublicResolver::with(|_| Ok(vec![Ipv4Addr::LOCALHOST.into(), "10.0.0.5".parse().unwrap()]));
    let fetcher = Fetcher::with(rules(&[port]), resolver).unwrap();
    let error = fetcher.fetch(&format!("https://rebound.example:{port}/"), Accept::Anything).unwrap_err();
    assert_eq!(
        error.to_string(),
        "rebound.example is at 127.0.0.1, an address of this machine itself (loopback); only public addresses are asked"
    );
    assert_eq!(requests.try_iter().count(), 0);
}

#[test]
fn a_name_that_does_not_exist_is_unreachable() {
    let resolver = PublicResolver::with(|_| Err(io::Error::other("name not known")));
    let fetcher = Fetcher::with(rules(&[]), resolver).unwrap();
    let error = fetcher.fetch("https://nowhere.example/a?b=secret", Accept::Anything).unwrap_err();
    assert_eq!(
        error.to_string(),
        "https://nowhere.example/a could not be reached: the name nowhere.example could not be resolved: name not known"
    );
    assert!(error.is_unreachable());
}

#[test]
fn a_dead_name_server_holds_up_neither_the_answer_nor_the_end_of_the_program() {
    let resolver = PublicResolver::with(|_| {
        thread::sleep(Duration::from_secs(20));
        Ok(Vec::new())
    });
    let rules = FetchRules { connect_timeout: Duration::from_millis(300), ..rules(&[]) };
    let start = now();
    let fetcher = Fetcher::with(rules, resolver).unwrap();
    let error = fetcher.fetch("https://slow.example/", Accept::Anything).unwrap_err();
    drop(fetcher);
    assert_eq!(error.to_string(), "https://slow.example/ did not answer in full within 0.3 s");
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[test]
fn a_port_where_nobody_listens_is_unreachable() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let error = refusal(port, "/did.json?code=secret");
    assert_eq!(
        sentence(&error, port),
        "http://127.0.0.1:PORT/did.json could not be reached: Connection refused (os error 111)"
    );
    assert!(error.is_unreachable());
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
fn an_endless_answer_to_a_post_is_cut_off() {
    let (port, _) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 8192])?;
        }
    });
    let error = fetcher(&[port]).post_json(&format!("http://127.0.0.1:{port}/"), "{}", None).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
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
    let fetched =
        Fetched { url: "https://a.example/b?secret".to_owned(), content_type: None, body: b"secret".to_vec() };
    assert_eq!(format!("{fetched:?}"), "Fetched { url: \"https://a.example/b\", content_type: None, bytes: 6 }");
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

/// A server that speaks TLS for the name school.test, and the certificate it shows, as PEM.
fn serve_tls() -> (SocketAddr, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = rcgen::generate_simple_self_signed(["school.test".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream.unwrap());
            if read_request(&mut stream).is_ok() {
                let _ = reply(&mut stream, "200 OK", "", "over TLS");
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (address, made.cert.pem())
}

/// As a fetcher of the system, but these two names lead to `address`, which the resolver would never say.
fn fetcher_leading_to(address: SocketAddr, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Fetcher {
    // Each test is a process of its own under nextest, and this one makes its client without `Fetcher::new`.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let rules = rules(&[]);
    let builder = builder(&rules, &Arc::new(PublicResolver::of_the_system()))
        .resolve("school.test", address)
        .resolve("other.test", address);
    Fetcher { client: configure(builder).build().unwrap(), rules, has_root_certificates: true }
}

fn trusting(pem: &str) -> impl FnOnce(ClientBuilder) -> ClientBuilder {
    let certificate = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    |builder| builder.tls_certs_only([certificate])
}

#[test]
fn a_host_that_proves_its_name_is_heard() {
    let (address, certificate) = serve_tls();
    let url = format!("https://school.test:{}/did.json", address.port());
    let fetched = fetcher_leading_to(address, trusting(&certificate)).fetch(&url, Accept::DidDocument).unwrap();
    assert_eq!((fetched.url, fetched.body), (url, b"over TLS".to_vec()));
}

#[test]
fn a_host_that_does_not_prove_its_name_is_refused_and_not_called_unreachable() {
    let (address, certificate) = serve_tls();
    let port = address.port();
    let error = fetcher_leading_to(address, trusting(&certificate))
        .fetch(&format!("https://other.test:{port}/"), Accept::Anything)
        .unwrap_err();
    assert_eq!(
        sentence(&error, port),
        "https://other.test:PORT/ did not prove its name: invalid peer certificate: certificate not valid for name \
         \"other.test\"; certificate is only valid for DnsName(\"school.test\")"
    );
    assert!(!error.is_unreachable());
    let error = fetcher_leading_to(address, |builder| builder.tls_certs_only([]))
        .fetch(&format!("https://school.test:{port}/"), Accept::Anything)
        .unwrap_err();
    assert_eq!(
        sentence(&error, port),
        "https://school.test:PORT/ did not prove its name: invalid peer certificate: UnknownIssuer"
    );
}

#[test]
fn a_host_that_speaks_no_tls_is_refused() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // The greeting is read first: closing with bytes unread would reset the connection.
            let _ = stream.read(&mut [0; 4096]);
            let _ = reply(&mut stream, "200 OK", "", "plain");
        }
    });
    let error = fetcher_leading_to(address, |builder| builder.tls_certs_only([]))
        .fetch(&format!("https://school.test:{}/", address.port()), Accept::Anything)
        .unwrap_err();
    assert_eq!(
        sentence(&error, address.port()),
        "https://school.test:PORT/ did not prove its name: received corrupt message of type InvalidContentType"
    );
}

/// Runs one test of this file again, in a process with another environment.
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

#[cfg(target_os = "linux")]
#[test]
fn the_root_certificates_of_the_system_are_trusted() {
    const PORT: &str = "STAPEL_TEST_TLS_PORT";
    let Ok(port) = std::env::var(PORT) else {
        let (address, certificate) = serve_tls();
        let folder = tempfile::tempdir().unwrap();
        let roots = folder.path().join("roots.pem");
        std::fs::write(&roots, certificate).unwrap();
        let (roots, port) = (roots.to_str().unwrap(), address.port().to_string());
        let environment = [("SSL_CERT_FILE", roots), ("SSL_CERT_DIR", "/nonexistent"), (PORT, &port)];
        return run_again("the_root_certificates_of_the_system_are_trusted", &environment);
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().unwrap()));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let fetched = fetcher_leading_to(address, |builder| builder)
        .fetch(&format!("https://school.test:{port}/"), Accept::Anything)
        .unwrap();
    assert_eq!(fetched.body, b"over TLS");
}

#[cfg(target_os = "linux")]
#[test]
fn without_root_certificates_https_says_so_and_development_goes_on() {
    const NOWHERE: &str = "/nonexistent/stapel";
    if std::env::var("SSL_CERT_FILE").as_deref() != Ok(NOWHERE) {
        run_again(
            "without_root_certificates_https_says_so_and_development_goes_on",
            &[("SSL_CERT_FILE", NOWHERE), ("SSL_CERT_DIR", NOWHERE)],
        );
        return;
    }
    let (port, _) = serve(|_, stream| reply(stream, "200 OK", "", "here"));
    let fetcher = fetcher(&[port]);
    assert_eq!(fetcher.fetch(&format!("https://localhost:{port}/"), Accept::Json).unwrap().body, b"here");
    assert_eq!(
        fetcher.fetch("https://school.example/a", Accept::Json).unwrap_err().to_string(),
        "https://school.example/a could not be asked: this machine has no root certificates (on Debian, the package \
         ca-certificates)"
    );
}
