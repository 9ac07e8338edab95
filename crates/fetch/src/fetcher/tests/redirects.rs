//! Is a redirect followed only where a first request would go?

use super::*;

fn redirect_to(location: String) -> u16 {
    serve(move |_, stream| reply(stream, "302 Found", &format!("Location: {location}\r\n"), "")).0
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
