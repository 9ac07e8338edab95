//! Does a host have to prove its name, by which roots?

use super::*;

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
    let hosts = Arc::new(Hosts::new(&rules));
    Fetcher { client: configure(builder).build().unwrap(), rules, hosts, has_root_certificates: true }
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
        return run_again("tls::the_root_certificates_of_the_system_are_trusted", &environment);
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
            "tls::without_root_certificates_https_says_so_and_development_goes_on",
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
