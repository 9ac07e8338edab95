//! Is an answer without an end cut off, in bytes and in time?

use super::*;

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
