//! Is no host asked too often, or too many times at once, whatever documents name it?

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[test]
fn a_host_is_asked_few_questions_at_once_and_the_others_wait_their_turn() {
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (at_once, seen) = (Arc::clone(&open), Arc::clone(&most));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (at_once, seen) = (Arc::clone(&at_once), Arc::clone(&seen));
            thread::spawn(move || {
                let mut stream = stream.unwrap();
                read_request(&mut stream).unwrap();
                seen.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(100));
                at_once.fetch_sub(1, Ordering::SeqCst);
                reply(&mut stream, "200 OK", "", "x").unwrap();
            });
        }
    });
    let fetcher = Fetcher::new(FetchRules { max_at_once_per_host: 2, ..rules(&[port]) }).unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| fetcher.fetch(&format!("http://localhost:{port}/"), Accept::Anything).unwrap());
        }
    });
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn who_waits_for_a_host_waits_no_longer_than_its_own_time() {
    let (port, _) = serve(|_, stream| {
        thread::sleep(Duration::from_millis(2_500));
        reply(stream, "200 OK", "", "x")
    });
    let rules = FetchRules { max_at_once_per_host: 1, timeout: Duration::from_millis(800), ..rules(&[port]) };
    let fetcher = Fetcher::new(rules).unwrap();
    let fetch = || fetcher.fetch(&format!("http://localhost:{port}/"), Accept::Anything).unwrap_err();
    let start = now();
    let mut errors: Vec<String> = thread::scope(|scope| {
        let asked: Vec<_> = (0..2).map(|_| scope.spawn(fetch)).collect();
        asked.into_iter().map(|one| sentence(&one.join().unwrap(), port)).collect()
    });
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    errors.sort();
    // Both have the same time; whoever waited is let in at its very end, or not any more.
    assert!(errors.iter().all(|error| error.contains("PORT") && !error.contains("200")), "{errors:?}");
    assert!(errors.iter().any(|error| error.ends_with("did not answer in full within 0.8 s")), "{errors:?}");
    let open = fetcher.hosts.ask(&format!("127.0.0.1:{port}"), &Deadline::after(Duration::ZERO)).unwrap();
    let busy = fetch();
    assert_eq!(sentence(&busy, port), "127.0.0.1:PORT was not asked: 1 questions to it were open all the while");
    assert!(busy.is_unreachable());
    drop(open);
}

#[test]
fn a_host_is_asked_so_often_a_minute_and_its_neighbour_is_still_asked() {
    let (port, requests) = serve(|_, stream| reply(stream, "200 OK", "", "x"));
    let (other, _) = serve(|_, stream| reply(stream, "200 OK", "", "x"));
    let fetcher = Fetcher::new(FetchRules { max_per_minute_per_host: 3, ..rules(&[port, other]) }).unwrap();
    let fetch = |host: &str, port: u16| {
        fetcher.fetch(&format!("http://{host}:{port}/"), Accept::Anything).map(|found| found.body)
    };
    for host in ["127.0.0.1", "localhost", "127.0.0.1"] {
        assert_eq!(fetch(host, port).unwrap(), b"x");
    }
    let error = fetch("localhost", port).unwrap_err();
    assert_eq!(
        sentence(&error, port),
        "127.0.0.1:PORT was asked 3 times within a minute, which is as often as is polite"
    );
    assert!(error.is_unreachable());
    let posted = fetcher.post_json(&format!("http://localhost:{port}/"), "{}", None).unwrap_err();
    assert!(matches!(posted, FetchError::AskedTooOften { limit: 3, .. }), "{posted}");
    assert_eq!(fetch("localhost", other).unwrap(), b"x");
    assert_eq!(requests.try_iter().count(), 3);
}

#[test]
fn redirects_count_at_the_host_to_which_they_lead() {
    let (victim, requests) = serve(|_, stream| reply(stream, "200 OK", "", "x"));
    let (port, _) =
        serve(move |_, stream| reply(stream, "302 Found", &format!("Location: http://127.0.0.1:{victim}/\r\n"), ""));
    let fetcher = Fetcher::new(FetchRules { max_per_minute_per_host: 2, ..rules(&[port, victim]) }).unwrap();
    let fetch = |port: u16| fetcher.fetch(&format!("http://127.0.0.1:{port}/"), Accept::Anything);
    assert!(fetch(victim).is_ok() && fetch(port).is_ok());
    assert!(matches!(fetch(port), Err(FetchError::AskedTooOften { limit: 2, .. })));
    assert_eq!(requests.try_iter().count(), 2);
}

#[test]
fn many_names_of_one_address_count_at_the_address() {
    // An address that is public, and to which nothing is ever sent: the time is over before a connection could stand.
    let resolver = PublicResolver::with(|_| Ok(vec!["1.1.1.1".parse().unwrap()]));
    let rules = FetchRules {
        max_per_minute_per_host: 2,
        connect_timeout: Duration::from_millis(20),
        timeout: Duration::from_millis(50),
        ..rules(&[])
    };
    let fetcher = Fetcher::with(rules, resolver).unwrap();
    let fetch = |name: &str| fetcher.fetch(&format!("https://{name}.example:9/"), Accept::Anything).unwrap_err();
    for name in ["a", "b"] {
        let error = fetch(name);
        assert!(!matches!(error, FetchError::AskedTooOften { .. }), "{error}");
    }
    let error = fetch("c");
    assert_eq!(error.to_string(), "1.1.1.1 was asked 2 times within a minute, which is as often as is polite");
}

#[test]
fn what_the_server_says_of_using_it_again_comes_with_the_document() {
    let (port, _) = serve(|_, stream| reply(stream, "200 OK", "Cache-Control: max-age=60\r\nAge: 10\r\n", "x"));
    let fetched = fetcher(&[port]).fetch(&format!("http://localhost:{port}/"), Accept::Anything).unwrap();
    assert_eq!(fetched.reuse, Reuse { fresh: Some(Duration::from_secs(50)), stale: None });
}
