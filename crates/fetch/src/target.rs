//! May this address be asked, and how?

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use crate::{AddressKind, FetchError, FetchRules, PublicAddress, RedirectFault};

/// The longest address asked, in bytes.
pub const MAXIMUM_URL_LENGTH: usize = 8192;

/// An address that may be asked, as far as it can be told before its name is resolved.
#[derive(Clone)]
pub(crate) struct Target {
    /// As the document or the redirect names it.
    named: Url,
    /// As it is asked: the same, but http for a port opened for development.
    asked: Url,
    is_this_machine: bool,
}

impl Target {
    pub(crate) fn parse(text: &str, rules: &FetchRules) -> Result<Self, FetchError> {
        if text.len() > MAXIMUM_URL_LENGTH {
            return Err(FetchError::UrlTooLong { length: text.len() });
        }
        let url = Url::parse(text)
            .map_err(|error| FetchError::BadUrl { url: shown_text(text), reason: error.to_string() })?;
        Self::new(url, rules)
    }

    /// The address that a redirect of this one leads to.
    pub(crate) fn redirected(&self, location: &str, rules: &FetchRules) -> Result<Self, RedirectFault> {
        let refused = |error| RedirectFault::Refused(Box::new(error));
        if location.len() > MAXIMUM_URL_LENGTH {
            return Err(refused(FetchError::UrlTooLong { length: location.len() }));
        }
        let url = self
            .named
            .join(location)
            .map_err(|error| refused(FetchError::BadUrl { url: shown_text(location), reason: error.to_string() }))?;
        let next = Self::new(url, rules).map_err(refused)?;
        let same_host = next.named.host() == self.named.host();
        if next.is_this_machine && !self.is_this_machine {
            return Err(RedirectFault::ToThisMachine { to: next.shown() });
        }
        if !same_host && !matches!(next.named.host(), Some(Host::Domain(_))) {
            return Err(RedirectFault::ToAddress { to: next.shown() });
        }
        Ok(next)
    }

    fn new(mut url: Url, rules: &FetchRules) -> Result<Self, FetchError> {
        url.set_fragment(None);
        let bad = |url: &Url, reason: &str| FetchError::BadUrl { url: shown(url), reason: reason.to_owned() };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::NotHttps { url: shown(&url) });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(&url, "it carries a user name or a password"));
        }
        if let Some(asked) = development_form(&url, rules) {
            return Ok(Self { named: url, asked, is_this_machine: true });
        }
        if url.scheme() != "https" {
            return Err(FetchError::NotHttps { url: shown(&url) });
        }
        match url.host() {
            None => return Err(bad(&url, "it names no host")),
            Some(Host::Ipv4(address)) => public(&address.to_string(), IpAddr::V4(address))?,
            Some(Host::Ipv6(address)) => public(&address.to_string(), IpAddr::V6(address))?,
            // RFC 6761 §6.3: localhost and all below it are this machine, whatever DNS says.
            Some(Host::Domain(domain)) if is_localhost(domain) => {
                return Err(FetchError::PrivateAddress {
                    host: domain.to_owned(),
                    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
                    kind: AddressKind::Loopback,
                });
            }
            Some(Host::Domain(_)) => {}
        }
        Ok(Self { named: url.clone(), asked: url, is_this_machine: false })
    }

    pub(crate) fn asked(&self) -> &Url {
        &self.asked
    }

    pub(crate) fn into_named(self) -> String {
        self.named.into()
    }

    /// Whom it asks. Ports of this machine, open for development, are hosts of their own.
    pub(crate) fn host(&self) -> String {
        let host = self.asked.host_str().unwrap_or_default().trim_end_matches('.');
        match self.asked.port() {
            Some(port) if self.is_this_machine => format!("{host}:{port}"),
            _ => host.to_owned(),
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.asked.scheme() == "https"
    }

    /// The address without what may be secret in it.
    pub(crate) fn shown(&self) -> String {
        shown(&self.named)
    }
}

/// The http form of an address on a port of this machine that was opened for development.
///
/// The name localhost becomes 127.0.0.1, so that no name is resolved and the resolver never needs to permit loopback.
fn development_form(url: &Url, rules: &FetchRules) -> Option<Url> {
    let is_here = match url.host()? {
        Host::Domain(domain) => domain == "localhost",
        Host::Ipv4(address) => address == Ipv4Addr::LOCALHOST,
        Host::Ipv6(_) => false,
    };
    let port = url.port_or_known_default()?;
    if !is_here || !rules.dev_loopback.contains(&port) {
        return None;
    }
    let mut asked = url.clone();
    asked.set_scheme("http").ok()?;
    asked.set_ip_host(IpAddr::V4(Ipv4Addr::LOCALHOST)).ok()?;
    asked.set_port(Some(port)).ok()?;
    Some(asked)
}

fn is_localhost(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    domain == "localhost" || domain.ends_with(".localhost")
}

fn public(host: &str, address: IpAddr) -> Result<(), FetchError> {
    PublicAddress::new(address).map(|_| ()).map_err(|refused| FetchError::PrivateAddress {
        host: host.to_owned(),
        address: refused.address,
        kind: refused.kind,
    })
}

/// An address without query, fragment, user name and password.
fn shown(url: &Url) -> String {
    if url.cannot_be_a_base() {
        return format!("{}:…", url.scheme());
    }
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // These fail for addresses that cannot carry a user at all.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    shortened(url.as_str())
}

/// The same for text that may not be an address.
pub(crate) fn shown_text(text: &str) -> String {
    if let Ok(url) = Url::parse(text) {
        return shown(&url);
    }
    let before_query = text.split(['?', '#']).next().unwrap_or_default();
    match before_query.rsplit_once('@') {
        Some((_, after_user)) => shortened(&format!("…@{after_user}")),
        None => shortened(before_query),
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
