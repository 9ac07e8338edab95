//! How is a JWT made, by issuers and by forgers? Step by step, apart from the library that is tested (RFC 7515 §5.1).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Signer as _;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use stapel_keys::Signer as _;
use stapel_proof::jcs;

use crate::scene::{Scene, bare};
use crate::world::*;

/// Who signs, and how.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// A key of `fixtures/keys`.
    Ed25519(&'static str),
    /// The foreign issuer's key on P-256.
    P256,
    /// The foreign issuer's RSA key.
    Rsa,
    /// Nobody.
    Nobody,
    /// Anybody, who takes the bytes of the school's public key for a shared secret.
    PublicKeyAsSecret,
    /// The same with the text of its JWK.
    JwkAsSecret,
}

pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn p256() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&jcs::sha256(b"Stapel TEST ONLY: foreign-p256")).unwrap()
}

fn rsa() -> RsaKeyPair {
    let pem = std::fs::read_to_string(fixtures("keys/foreign-rsa.TEST-ONLY.pem")).unwrap();
    let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(lines).unwrap()).unwrap()
}

impl By {
    fn sign(self, input: &str) -> Vec<u8> {
        let hmac = |secret: &[u8]| {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
            ring::hmac::sign(&key, input.as_bytes()).as_ref().to_vec()
        };
        match self {
            Self::Ed25519(name) => key(name).sign(input.as_bytes()).unwrap().to_bytes().to_vec(),
            Self::P256 => {
                let signature: p256::ecdsa::Signature = p256().sign(input.as_bytes());
                signature.to_bytes().to_vec()
            }
            Self::Rsa => {
                let rsa = rsa();
                let mut signature = vec![0; rsa.public().modulus_len()];
                rsa.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature).unwrap();
                signature
            }
            Self::Nobody => Vec::new(),
            Self::PublicKeyAsSecret => hmac(key("school").verifying_key().as_bytes()),
            Self::JwkAsSecret => hmac(text(&jwk("school")).as_bytes()),
        }
    }
}

/// The public JWK of a key of `fixtures/keys`.
pub(crate) fn jwk(name: &str) -> Value {
    key(name).verifying_key().to_jwk()
}

/// The public JWK of the foreign issuer's key on P-256.
pub(crate) fn p256_jwk() -> Value {
    let point = p256().verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    json!({ "kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y) })
}

/// The public JWK of the foreign issuer's RSA key.
pub(crate) fn rsa_jwk() -> Value {
    let rsa = rsa();
    let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(rsa.public());
    json!({ "kty": "RSA", "n": base64url(public.n), "e": base64url(public.e) })
}

pub(crate) fn did_jwk(jwk: &Value) -> String {
    format!("did:jwk:{}", base64url(text(jwk)))
}

/// A JWT before it is signed, to be bent.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) header: Value,
    pub(crate) payload: Value,
    pub(crate) by: By,
}

/// The badge as Open Badges 3.0 §8.2 has it: the claims repeat its members.
pub(crate) fn open_badge() -> Token {
    let mut payload = badge();
    payload["iss"] = payload["issuer"]["id"].clone();
    payload["jti"] = payload["id"].clone();
    payload["sub"] = payload["credentialSubject"]["id"].clone();
    payload["nbf"] = json!(instant(AWARDED).unix_seconds());
    let header = json!({ "alg": "EdDSA", "kid": method("school"), "typ": "JWT" });
    Token { header, payload, by: By::Ed25519("school") }
}

/// The badge as VC-JOSE-COSE §3.1 has it.
pub(crate) fn vc_jwt() -> Token {
    let header = json!({ "alg": "EdDSA", "cty": "vc", "kid": method("school"), "typ": "vc+jwt" });
    Token { header, payload: badge(), by: By::Ed25519("school") }
}

/// The badge in the claim `vc`, as issuers of version 1.1 do it.
pub(crate) fn in_claim() -> Token {
    let Token { header, mut payload, by } = open_badge();
    let badge = badge();
    payload = json!({
        "vc": badge, "iss": payload["iss"], "jti": payload["jti"], "sub": payload["sub"], "nbf": payload["nbf"],
    });
    Token { header, payload, by }
}

/// A badge of the foreign issuer at the school's address.
pub(crate) fn web_jwt(by: By, alg: &str) -> Token {
    let header = json!({ "alg": alg, "kid": format!("{WEB}#key-1"), "typ": "JWT" });
    Token { header, payload: web_badge(), by }
}

/// What the learner shows as a JWT, for the employer who asked.
pub(crate) fn vp_jwt(credentials: &[&Value]) -> Token {
    let mut payload = presentation(credentials);
    payload["aud"] = json!(AUDIENCE);
    payload["nonce"] = json!(CHALLENGE);
    payload["iat"] = json!(instant("2026-11-22T08:59:30Z").unix_seconds());
    payload["exp"] = json!(instant("2026-11-22T09:05:00Z").unix_seconds());
    let header = json!({ "alg": "EdDSA", "cty": "vp", "kid": method("learner"), "typ": "vp+jwt" });
    Token { header, payload, by: By::Ed25519("learner") }
}

/// VC Data Model 2.0 §4.13: a credential in a JWT, within a presentation.
pub(crate) fn enveloped(token: &str) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vc+jwt,{token}"),
        "type": "EnvelopedVerifiableCredential",
    })
}

impl Token {
    pub(crate) fn header(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.header[member] = value.into();
        self
    }

    pub(crate) fn without_header(mut self, member: &str) -> Self {
        self.header.as_object_mut().unwrap().remove(member);
        self
    }

    pub(crate) fn claim(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.payload[member] = value.into();
        self
    }

    pub(crate) fn without(mut self, member: &str) -> Self {
        self.payload.as_object_mut().unwrap().remove(member);
        self
    }

    pub(crate) fn bend(mut self, bend: impl FnOnce(&mut Value)) -> Self {
        bend(&mut self.payload);
        self
    }

    pub(crate) fn by(mut self, by: By) -> Self {
        self.by = by;
        self
    }

    /// Signs header and payload as texts, which need not be what anybody would write.
    pub(crate) fn sign_texts(&self, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", base64url(header), base64url(payload));
        let signature = self.by.sign(&input);
        format!("{input}.{}", base64url(signature))
    }

    pub(crate) fn sign(&self) -> String {
        self.sign_texts(&text(&self.header), &text(&self.payload))
    }

    /// The signed JWT as a document with nothing at hand.
    pub(crate) fn bare(&self) -> Scene {
        of(self.sign())
    }
}

/// A JWT with nothing at hand and nobody trusted.
pub(crate) fn of(document: String) -> Scene {
    Scene { document, ..bare(&json!({})) }
}

/// A JWT with what [`crate::scene::scene`] has at hand.
pub(crate) fn at_hand(document: String) -> Scene {
    Scene { document, ..crate::scene::scene(&json!({})) }
}
