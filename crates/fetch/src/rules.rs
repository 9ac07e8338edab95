//! How much, how long and where may be fetched?

use std::time::Duration;

/// How much, how long and where may be fetched. The default suits every document of this project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchRules {
    /// The longest body taken, in bytes. Default 5 MiB.
    pub max_bytes: usize,
    /// The longest time from the question to the last byte of the answer, redirects included. Default 10 s.
    pub timeout: Duration,
    /// The longest time until a connection stands, name resolution and TLS included. Default 4 s.
    pub connect_timeout: Duration,
    /// The number of redirects followed; a POST follows none. Default 3.
    pub max_redirects: usize,
    /// The number of questions to one host at the same time; more wait within their own time limit. Default 4.
    pub max_at_once_per_host: usize,
    /// The number of questions to one host within any minute, redirects to it included; and of connections to one address, by
    /// whatever names. More are refused. Default 120.
    pub max_per_minute_per_host: usize,
    /// Ports of this machine that may be asked **over plain http**, for development alone. Default none.
    ///
    /// For a listed PORT, `http://127.0.0.1:PORT`, `http://localhost:PORT` and their https forms (which did:web makes
    /// of `did:web:localhost%3APORT`) are all asked at 127.0.0.1 over http.
    pub dev_loopback: Vec<u16>,
}

impl Default for FetchRules {
    fn default() -> Self {
        Self {
            max_bytes: 5 * 1024 * 1024,
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(4),
            max_redirects: 3,
            max_at_once_per_host: 4,
            max_per_minute_per_host: 120,
            dev_loopback: Vec::new(),
        }
    }
}
