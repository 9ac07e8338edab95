//! Where is the document of a did:web?
//!
//! did:web Method, "Read (Resolve)": colons become slashes, a percent-encoded port is decoded, and the document is
//! `/.well-known/did.json` of a bare host or `did.json` below the path.

use stapel_credential::Did;

use crate::error::DidError;

/// RFC 1035 §2.3.4.
const HOST_MAX_BYTES: usize = 253;
const LABEL_MAX_BYTES: usize = 63;
/// The one IP address that is taken, with a port, for a machine under development.
const LOOPBACK: &str = "127.0.0.1";

pub(crate) fn document_url(did: &Did) -> Result<String, DidError> {
    let mut parts = did.specific().split(':');
    let authority = parts.next().unwrap_or_default();
    let segments: Vec<&str> = parts.collect();
    url(authority, &segments).map_err(|cause| DidError::Web { did: did.clone(), cause })
}

fn url(authority: &str, segments: &[&str]) -> Result<String, &'static str> {
    let (host, port) = host_and_port(authority)?;
    let mut url = format!("https://{host}");
    if let Some(port) = port {
        url.push(':');
        url.push_str(port);
    }
    if segments.is_empty() {
        url.push_str("/.well-known");
    }
    for segment in segments {
        url.push('/');
        url.push_str(path_segment(segment)?);
    }
    url.push_str("/did.json");
    Ok(url)
}

fn host_and_port(authority: &str) -> Result<(&str, Option<&str>), &'static str> {
    let Some((host, port)) = authority.split_once('%') else {
        return host_name(authority, false).map(|host| (host, None));
    };
    let port = port
        .strip_prefix("3A")
        .or_else(|| port.strip_prefix("3a"))
        .ok_or("its host contains a percent-encoded character other than the colon before a port")?;
    let plain = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    if !plain || port.parse::<u16>().is_err() {
        return Err("its port is not a number from 1 to 65535");
    }
    host_name(host, true).map(|host| (host, Some(port)))
}

fn host_name(host: &str, has_port: bool) -> Result<&str, &'static str> {
    if host.is_empty() {
        return Err("its host is empty");
    }
    if host.len() > HOST_MAX_BYTES {
        return Err("its host has more than 253 characters");
    }
    let label_holds = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_MAX_BYTES
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !host.split('.').all(label_holds) {
        return Err("its host is not a domain name");
    }
    // URL parsers take any last label that starts with a digit for an IPv4 address, "0x7f.1" too; no top-level domain does.
    let numeric = host.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    if numeric && !(host == LOOPBACK && has_port) {
        return Err("its host is an IP address; only 127.0.0.1 with a port is taken, for development");
    }
    Ok(host)
}

fn path_segment(segment: &str) -> Result<&str, &'static str> {
    if segment.is_empty() {
        return Err("its path has an empty segment");
    }
    let decoded = percent_decoded(segment).ok_or("its path has a '%' that two hexadecimal digits do not follow")?;
    if decoded == b"." || decoded == b".." {
        return Err("its path has a segment \".\" or \"..\"");
    }
    if decoded.iter().any(|byte| matches!(byte, b'/' | b'\\') || byte.is_ascii_control()) {
        return Err("its path hides a slash or a control character");
    }
    Ok(segment)
}

fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' { hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)? } else { byte });
    }
    Some(decoded)
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url_of(did: &str) -> Result<String, String> {
        document_url(&Did::parse(did).unwrap()).map_err(|error| error.to_string())
    }

    /// The examples of the did:web Method.
    #[test]
    fn the_examples_of_the_specification_give_their_urls() {
        for (did, url) in [
            ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
            ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
            ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ] {
            assert_eq!(url_of(did).as_deref(), Ok(url));
        }
    }

    #[test]
    fn a_port_without_a_path_and_a_machine_under_development_give_urls() {
        for (did, url) in [
            ("did:web:localhost%3A8443", "https://localhost:8443/.well-known/did.json"),
            ("did:web:127.0.0.1%3a8443:school", "https://127.0.0.1:8443/school/did.json"),
            ("did:web:xn--mnchen-3ya.example:a%20b", "https://xn--mnchen-3ya.example/a%20b/did.json"),
            ("did:web:4tu.nl", "https://4tu.nl/.well-known/did.json"),
        ] {
            assert_eq!(url_of(did).as_deref(), Ok(url));
        }
    }

    #[test]
    fn what_is_no_host_is_refused_with_its_reason() {
        let name = "its host is not a domain name";
        let address = "its host is an IP address; only 127.0.0.1 with a port is taken, for development";
        let encoded = "its host contains a percent-encoded character other than the colon before a port";
        let port = "its port is not a number from 1 to 65535";
        let long = format!("did:web:{}.example", "a.".repeat(130).trim_end_matches('.'));
        for (did, cause) in [
            ("did:web:%3A80", "its host is empty"),
            ("did:web::a", "its host is empty"),
            (long.as_str(), "its host has more than 253 characters"),
            ("did:web:..", name),
            ("did:web:a..b", name),
            ("did:web:.example", name),
            ("did:web:example.", name),
            ("did:web:-a.example", name),
            ("did:web:a-.example", name),
            ("did:web:a_b.example", name),
            ("did:web:10.0.0.1", address),
            ("did:web:127.0.0.1", address),
            ("did:web:127.0.0.2%3A80", address),
            ("did:web:169.254.169.254%3A80", address),
            ("did:web:0x7f.1", address),
            ("did:web:2130706433%3A80", address),
            ("did:web:user%40host.example", encoded),
            ("did:web:a%2Fb.example", encoded),
            ("did:web:a.example%3A", port),
            ("did:web:a.example%3A0", port),
            ("did:web:a.example%3A080", port),
            ("did:web:a.example%3A65536", port),
            ("did:web:a.example%3A80%3A80", port),
            ("did:web:a.example%3A80a", port),
        ] {
            assert_eq!(url_of(did), Err(format!("{did} is not a did:web: {cause}")));
        }
    }

    #[test]
    fn a_path_that_leaves_its_place_is_refused_with_its_reason() {
        let dots = "its path has a segment \".\" or \"..\"";
        let hidden = "its path hides a slash or a control character";
        let percent = "its path has a '%' that two hexadecimal digits do not follow";
        for (did, cause) in [
            ("did:web:a.example::b", "its path has an empty segment"),
            ("did:web:a.example:..:b", dots),
            ("did:web:a.example:%2e%2E", dots),
            ("did:web:a.example:.", dots),
            ("did:web:a.example:a%2Fb", hidden),
            ("did:web:a.example:a%5cb", hidden),
            ("did:web:a.example:a%00", hidden),
            ("did:web:a.example:a%0d%0a", hidden),
            ("did:web:a.example:a%4", percent),
            ("did:web:a.example:a%zz", percent),
        ] {
            assert_eq!(url_of(did), Err(format!("{did} is not a did:web: {cause}")));
        }
    }
}
