//! Which sentence says why nothing was fetched?

use std::net::IpAddr;

use crate::{AddressKind, MAXIMUM_URL_LENGTH};

/// Why nothing was fetched. No variant says anything about the document: what could not be fetched could not be checked.
///
/// Addresses are shown without query, fragment, user name and password, which may hold secrets.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The address is of another scheme than https.
    #[error("{url} is not an https address")]
    NotHttps {
        /// The address.
        url: String,
    },
    /// The host is, or resolves to, no public address.
    #[error("{host} is at {address}, {kind}; only public addresses are asked")]
    PrivateAddress {
        /// The host in the address.
        host: String,
        /// Where it leads.
        address: IpAddr,
        /// What that address is.
        kind: AddressKind,
    },
    /// The answer is larger than the rules permit.
    #[error("the answer of {url} is larger than {limit} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The longest body taken, in bytes.
        limit: usize,
    },
    /// The answer did not come, or did not come whole, in time.
    #[error("{url} did not answer in full within {seconds} s")]
    TimedOut {
        /// The address.
        url: String,
        /// The time given, in seconds.
        seconds: f64,
    },
    /// A redirect that is not followed.
    #[error("{url} redirects {fault}")]
    Redirect {
        /// The address that answered with the redirect.
        url: String,
        /// Why it is not followed.
        fault: RedirectFault,
    },
    /// An answer that is neither success nor redirect.
    #[error("{url} answered with status {code}")]
    Status {
        /// The address.
        url: String,
        /// The HTTP status code (RFC 9110 §15).
        code: u16,
    },
    /// No connection, or one that broke.
    #[error("{url} could not be reached: {reason}")]
    Connection {
        /// The address.
        url: String,
        /// What the system said.
        reason: String,
    },
    /// The host did not prove its name.
    #[error("{url} did not prove its name: {reason}")]
    Certificate {
        /// The address.
        url: String,
        /// What is wrong with its certificate or its TLS.
        reason: String,
    },
    /// The address cannot be asked.
    #[error("{url:?} cannot be fetched: {reason}")]
    BadUrl {
        /// The address as far as it may be shown.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The address is longer than any that is asked.
    #[error("an address of {length} characters is longer than the {MAXIMUM_URL_LENGTH} taken here")]
    UrlTooLong {
        /// The length of the address, in bytes.
        length: usize,
    },
    /// The answer came compressed although that was not asked for.
    #[error("the answer of {url} came in the encoding {encoding:?}, which was not asked for")]
    Encoded {
        /// The address.
        url: String,
        /// Its `Content-Encoding`.
        encoding: String,
    },
    /// Others were asking the host all the time that was given.
    #[error("{host} was not asked: {limit} questions to it were open all the while")]
    HostBusy {
        /// The host.
        host: String,
        /// The number of questions at the same time.
        limit: usize,
    },
    /// The host was asked so often lately that it is left in peace.
    #[error("{host} was asked {limit} times within a minute, which is as often as is polite")]
    AskedTooOften {
        /// The host, or its address.
        host: String,
        /// The number of questions within a minute.
        limit: usize,
    },
    /// The bearer token cannot stand in an HTTP header. The token itself is not shown.
    #[error("the access token holds characters that cannot be sent in an HTTP header")]
    BadToken,
    /// This machine has no root certificates, so no https address can prove its name.
    #[error("{url} could not be asked: this machine has no root certificates (on Debian, the package ca-certificates)")]
    NoRootCertificates {
        /// The address.
        url: String,
    },
    /// The client could not be set up.
    #[error("the HTTP client could not be set up: {reason}")]
    Setup {
        /// What failed.
        reason: String,
    },
}

/// Why a redirect is not followed. Reads on after "… redirects".
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectFault {
    /// More redirects than the rules permit, or a loop of them.
    #[error("once more after {limit} redirects")]
    TooMany {
        /// The number of redirects followed.
        limit: usize,
    },
    /// No `Location`, or one that is not text.
    #[error("without saying where to")]
    Nowhere,
    /// From one host to an IP address: no honest service does so, and it is how name checks are sidestepped.
    #[error("from a host to an IP address, {to}")]
    ToAddress {
        /// Where to.
        to: String,
    },
    /// From the public internet to a port of this machine, open for development or not.
    #[error("from another host to this machine, {to}")]
    ToThisMachine {
        /// Where to.
        to: String,
    },
    /// To an address that would be refused by itself.
    #[error("to an address that is not followed: {0}")]
    Refused(Box<FetchError>),
}

impl FetchError {
    /// Whether the network or the service was out of reach, so that the same question may be answered later: no
    /// connection, no answer in time, a service that says it cannot answer now (429, 5xx), or one that we leave in peace now.
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Connection { .. } | Self::TimedOut { .. } | Self::HostBusy { .. } | Self::AskedTooOften { .. } => {
                true
            }
            Self::Status { code, .. } => matches!(code, 408 | 429 | 500..=599),
            _ => false,
        }
    }
}
