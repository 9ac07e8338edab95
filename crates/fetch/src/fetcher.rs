//! How is a document fetched, or an answer to a POST obtained, within the rules?

use std::{error::Error, fmt, io, sync::Arc, time::Duration};

use reqwest::{
    Method,
    blocking::{Client, ClientBuilder, RequestBuilder, Response},
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION},
    redirect,
};

use crate::{
    Answer, FetchError, FetchRules, Fetched, RedirectFault, Reuse,
    answer::{content_type, header, read_body},
    clock::Deadline,
    hosts::Hosts,
    resolver::{NowhereToGo, PublicResolver},
    target::Target,
};

const USER_AGENT: &str = "stapel/0.1";

/// Connections are kept this long for the next question to the same host: shorter than servers keep them, so that none
/// is used that the other side has just closed.
const KEEP_CONNECTION: Duration = Duration::from_secs(4);

/// Which media types are asked for. What comes is taken whatever it calls itself; its reader judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Accept {
    /// A DID document or a controlled identifier document.
    DidDocument,
    /// A verifiable credential or presentation: status lists, trust lists, programmes.
    Credential,
    /// Whatever a link to a credential may lead to: the credential, a picture with it, a printed sheet.
    Document,
    /// Any other JSON: metadata, offers, contexts.
    Json,
    /// Anything at all.
    Anything,
}

impl Accept {
    const fn header(self) -> &'static str {
        match self {
            Self::DidDocument => {
                "application/did, application/did+json, application/did+ld+json, application/cid, application/json;q=0.9"
            }
            Self::Credential => {
                "application/vc, application/vp, application/vc+ld+json, application/ld+json;q=0.9, application/json;q=0.9"
            }
            Self::Document => {
                "application/vc, application/vp, application/vc+jwt, application/vc+ld+json, application/ld+json;q=0.9, application/json;q=0.9, image/png;q=0.5, image/svg+xml;q=0.5, application/pdf;q=0.5, */*;q=0.1"
            }
            Self::Json => "application/json, application/ld+json;q=0.9",
            Self::Anything => "*/*",
        }
    }
}

/// The HTTP client: make one and use it for everything.
pub struct Fetcher {
    client: Client,
    rules: FetchRules,
    hosts: Arc<Hosts>,
    has_root_certificates: bool,
}

impl Fetcher {
    /// A client that keeps to `rules`, resolves names as the system does and trusts the root certificates of the system.
    ///
    /// Sets ring as the process's provider of TLS cryptography unless the program has already chosen one.
    ///
    /// # Errors
    /// [`FetchError::Setup`] when the system refuses a thread or the like. A machine without root certificates is found
    /// out only when an https address is asked.
    pub fn new(rules: FetchRules) -> Result<Self, FetchError> {
        Self::with(rules, PublicResolver::of_the_system())
    }

    fn with(rules: FetchRules, resolver: PublicResolver) -> Result<Self, FetchError> {
        // An error says that a provider is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let hosts = Arc::new(Hosts::new(&rules));
        let resolver = Arc::new(resolver.counting(Arc::clone(&hosts)));
        // The one thing that building a client does beyond threads is to load root certificates.
        let (client, has_root_certificates) = match builder(&rules, &resolver).build() {
            Ok(client) => (client, true),
            Err(_) => (builder(&rules, &resolver).tls_certs_only([]).build().map_err(setup)?, false),
        };
        Ok(Self { client, rules, hosts, has_root_certificates })
    }

    /// What to tell the person who opened ports for development; `None` when none is open.
    pub fn warning(&self) -> Option<String> {
        if self.rules.dev_loopback.is_empty() {
            return None;
        }
        let ports: Vec<String> = self.rules.dev_loopback.iter().map(|port| format!("127.0.0.1:{port}")).collect();
        Some(format!(
            "for development, {} may be asked over plain http, without proof of name; do not use this with real badges",
            ports.join(", ")
        ))
    }

    /// Fetches the document at `url`.
    ///
    /// # Errors
    /// A [`FetchError`] for everything but a successful answer within the rules.
    pub fn fetch(&self, url: &str, accept: Accept) -> Result<Fetched, FetchError> {
        let deadline = Deadline::after(self.rules.timeout);
        let mut target = Target::parse(url, &self.rules)?;
        for _ in 0..=self.rules.max_redirects {
            let _asking = self.hosts.ask(&target.host(), &deadline)?;
            let request = self.request(Method::GET, &target)?.header(ACCEPT, accept.header());
            let response = self.send(request, &target, &deadline)?;
            let status = response.status();
            if status.is_success() {
                let content_type = content_type(response.headers());
                let reuse = Reuse::of(response.headers());
                let body = self.body(response, &target)?;
                return Ok(Fetched { url: target.into_named(), content_type, reuse, body });
            }
            if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Err(FetchError::Status { url: target.shown(), code: status.as_u16() });
            }
            target = header(response.headers(), &LOCATION)
                .ok_or(RedirectFault::Nowhere)
                .and_then(|location| target.redirected(&location, &self.rules))
                .map_err(|fault| FetchError::Redirect { url: target.shown(), fault })?;
        }
        let fault = RedirectFault::TooMany { limit: self.rules.max_redirects };
        Err(FetchError::Redirect { url: target.shown(), fault })
    }

    /// Posts JSON text, with a bearer token (RFC 6750) if one is given. Follows no redirect; any status is an answer.
    ///
    /// # Errors
    /// A [`FetchError`] when no answer came within the rules, or the token cannot be sent.
    pub fn post_json(&self, url: &str, body: &str, bearer: Option<&str>) -> Result<Answer, FetchError> {
        self.post(url, "application/json", body.to_owned(), bearer)
    }

    /// Posts form fields (`application/x-www-form-urlencoded`). Follows no redirect; any status is an answer.
    ///
    /// # Errors
    /// A [`FetchError`] when no answer came within the rules.
    pub fn post_form(&self, url: &str, fields: &[(&str, &str)]) -> Result<Answer, FetchError> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post(url, "application/x-www-form-urlencoded", body, None)
    }

    fn post(&self, url: &str, media_type: &str, body: String, bearer: Option<&str>) -> Result<Answer, FetchError> {
        let deadline = Deadline::after(self.rules.timeout);
        let target = Target::parse(url, &self.rules)?;
        let mut request = self
            .request(Method::POST, &target)?
            .header(ACCEPT, Accept::Json.header())
            .header(CONTENT_TYPE, media_type)
            .body(body);
        if let Some(token) = bearer {
            let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| FetchError::BadToken)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let _asking = self.hosts.ask(&target.host(), &deadline)?;
        let response = self.send(request, &target, &deadline)?;
        let status = response.status().as_u16();
        let content_type = content_type(response.headers());
        Ok(Answer { status, content_type, body: self.body(response, &target)? })
    }

    fn request(&self, method: Method, target: &Target) -> Result<RequestBuilder, FetchError> {
        if target.is_https() && !self.has_root_certificates {
            return Err(FetchError::NoRootCertificates { url: target.shown() });
        }
        Ok(self.client.request(method, target.asked().clone()).header(ACCEPT_ENCODING, "identity"))
    }

    fn send(&self, request: RequestBuilder, target: &Target, deadline: &Deadline) -> Result<Response, FetchError> {
        let Some(left) = deadline.left() else { return Err(self.timed_out(target)) };
        request.timeout(left).send().map_err(|error| self.failure(&error, target))
    }

    fn body(&self, response: Response, target: &Target) -> Result<Vec<u8>, FetchError> {
        let limit = self.rules.max_bytes;
        read_body(response, limit)
            .map_err(|fault| fault.into_error(target.shown(), limit, |error| self.failure(error, target)))
    }

    /// The sentence for an error of reqwest, from the causes it wraps.
    fn failure(&self, error: &(dyn Error + 'static), target: &Target) -> FetchError {
        let url = target.shown();
        if let Some(nowhere) = cause::<NowhereToGo>(error) {
            return match nowhere {
                NowhereToGo::Refused { host, refused } => {
                    FetchError::PrivateAddress { host: host.clone(), address: refused.address, kind: refused.kind }
                }
                NowhereToGo::TooOften(too_often) => too_often.clone(),
                NowhereToGo::Unknown { .. } => FetchError::Connection { url, reason: nowhere.to_string() },
            };
        }
        if let Some(tls) = cause::<rustls::Error>(error) {
            return FetchError::Certificate { url, reason: tls.to_string() };
        }
        match cause::<reqwest::Error>(error) {
            Some(request) if request.is_timeout() && request.is_connect() => {
                FetchError::TimedOut { url, seconds: self.rules.connect_timeout.min(self.rules.timeout).as_secs_f64() }
            }
            Some(request) if request.is_timeout() => self.timed_out(target),
            _ => FetchError::Connection { url, reason: innermost(error) },
        }
    }

    fn timed_out(&self, target: &Target) -> FetchError {
        FetchError::TimedOut { url: target.shown(), seconds: self.rules.timeout.as_secs_f64() }
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("rules", &self.rules).finish_non_exhaustive()
    }
}

fn builder(rules: &FetchRules, resolver: &Arc<PublicResolver>) -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .timeout(rules.timeout)
        .connect_timeout(rules.connect_timeout)
        .pool_idle_timeout(KEEP_CONNECTION)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .dns_resolver(Arc::clone(resolver))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn setup(error: reqwest::Error) -> FetchError {
    FetchError::Setup { reason: innermost(&error) }
}

/// The first error of type `E` among the causes of `error`.
fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref::<E>())
}

/// What went wrong at the bottom: the sentences above it only say that something went wrong below, or repeat the address.
fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(String::new, ToString::to_string)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // The `source` of an `io::Error` is the source of the error inside it, not that error.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inside) => Some(inside as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

#[cfg(test)]
mod tests;
