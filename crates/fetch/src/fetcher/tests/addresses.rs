//! Which addresses are never asked, and which cannot be reached?

use super::*;

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
