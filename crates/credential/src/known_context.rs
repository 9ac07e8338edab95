//! Which bytes do the contexts of the standards have? By the digests that their standards publish, or of the files as served.

use crate::digest::Digest;

/// SHA-256 of the contexts that are known byte for byte; of one address perhaps several, each published once.
const KNOWN: &[(&str, &[&str])] = &[
    // VC Data Model 2.0 §B.1.
    ("https://www.w3.org/ns/credentials/v2", &["sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ="]),
    // VC Data Model 1.1 §B.1.
    ("https://www.w3.org/2018/credentials/v1", &["sha256-q03dmlMXWIB6eaW0UFENYa6NFH6rlmzJogDAcJWwzcw="]),
    // VC Data Integrity 1.0 §2.4.1.
    ("https://w3id.org/security/data-integrity/v2", &["sha256-Z/IebjOmwU5cz9L8eGX3R0+3GgSvfpQTbLOZ36yK6PQ="]),
    // Controlled Identifiers 1.0 §B.1.
    ("https://w3id.org/security/multikey/v1", &["sha256-uiwYLeLZL35HGEvMqPzwvq7m05hsUnv2ZMGVu8fFhZc="]),
    // Open Badges 3.0.3: the older and the newer of the two published under this address.
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        &["sha256-7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E=", "sha256-PTT01O8bzmkRBuY3mL6157hiuoQUI/XuHlOrfd87yoQ="],
    ),
];

/// The digests that the context at this address has had; none for an address that is not known.
pub fn known_context_digests(address: &str) -> Option<Vec<Digest>> {
    let (_, digests) = KNOWN.iter().find(|(known, _)| *known == address)?;
    Some(digests.iter().filter_map(|digest| Digest::parse(digest).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contexts_of_fixtures_have_the_digests_by_which_they_are_known() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/contexts");
        for (address, file) in [
            ("https://www.w3.org/ns/credentials/v2", "credentials-v2.json"),
            ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ob-v3p0-context-3.0.3.json"),
        ] {
            let bytes = std::fs::read(format!("{folder}/{file}")).unwrap();
            assert!(known_context_digests(address).unwrap().contains(&Digest::of(&bytes)), "{address}");
        }
    }

    #[test]
    fn every_digest_of_the_table_is_one() {
        for (address, digests) in KNOWN {
            assert_eq!(known_context_digests(address).unwrap().len(), digests.len(), "{address}");
        }
        assert_eq!(known_context_digests("https://a.example"), None);
    }
}
