//! Which contexts are built in? Their URLs, exact bytes and digests; `contexts/README.md` says where each comes from.

/// A context that is built in.
pub(crate) struct Embedded {
    pub(crate) url: &'static str,
    pub(crate) text: &'static str,
    /// SHA-256 of the text, in hexadecimal: what is pinned. The compiler takes the text in, so it is compared by a test alone.
    #[cfg(test)]
    sha256: &'static str,
}

macro_rules! embedded {
    ($($file:literal $sha256:literal: $($url:literal)+;)*) => {
        &[$($(Embedded {
            url: $url,
            text: include_str!($file),
            #[cfg(test)]
            sha256: $sha256,
        },)+)*]
    };
}

pub(crate) const EMBEDDED: &[Embedded] = embedded! {
    "../../../fixtures/contexts/credentials-v2.json" "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734":
        "https://www.w3.org/ns/credentials/v2";
    "../../../fixtures/contexts/ob-v3p0-context-3.0.3.json" "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84":
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    "../contexts/ob-v3p0-context-3.0.2.json" "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53":
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json";
    "../contexts/ob-v3p0-context-3.0.1.json" "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571":
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json";
    "../contexts/ob-v3p0-context-3.0.0.json" "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72":
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json";
    "../contexts/ob-v3p0-extensions.json" "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93":
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
    "../contexts/clr-v2p0-context-2.0.1.json" "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6":
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
    "../contexts/credentials-v1.json" "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8":
        "https://www.w3.org/2018/credentials/v1";
    "../contexts/data-integrity-v1.json" "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554":
        "https://w3id.org/security/data-integrity/v1";
    "../contexts/data-integrity-v2.json" "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4":
        "https://w3id.org/security/data-integrity/v2";
    "../contexts/multikey-v1.json" "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597":
        "https://w3id.org/security/multikey/v1";
    "../contexts/ed25519-2020-v1.json" "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588":
        "https://w3id.org/security/suites/ed25519-2020/v1";
    "../contexts/did-v1.json" "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f":
        "https://www.w3.org/ns/did/v1";
    "../contexts/status-list-v1.json" "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c":
        "https://www.w3.org/ns/credentials/status/v1";
    "../contexts/undefined-terms-v2.json" "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581":
        "https://www.w3.org/ns/credentials/undefined-terms/v2";
    "../contexts/security-v1.json" "abaf97e107d1925503c433dcaf3ffd2831697cacc1ed2a293e1bc8030d5bcb47":
        "https://w3id.org/security/v1";
    "../contexts/security-v2.json" "611bd81151d5efe53ec9aed78f5a813e577287bc9451ee26d6879b1b8b46bc3b":
        "https://w3id.org/security/v2";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_context_has_the_bytes_that_were_pinned() {
        for embedded in EMBEDDED {
            let digest = stapel_credential::jcs::sha256(embedded.text.as_bytes());
            let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            assert_eq!(digest, embedded.sha256, "{}", embedded.url);
        }
    }
}
