//! What follows when a key is not at hand, cannot be read, or is refused?

use stapel_credential::DidUrl;
use stapel_keys::{KeyError, PublicKey, VerifyingKey};
use stapel_proof::{AuthenticateError, KeyLookupError, KeySource, ProofPurpose};

use crate::support::{did, signed_by};

struct Says(KeyLookupError);

impl KeySource for Says {
    fn key(&self, _: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        Err(self.0.clone())
    }
}

fn error(says: KeyLookupError) -> AuthenticateError {
    signed_by(1).authenticate(&Says(says)).unwrap_err()
}

#[test]
fn a_key_that_is_not_at_hand_leaves_it_undecided() {
    let school = stapel_credential::Did::parse("did:web:roc.example").unwrap();
    let url = "https://roc.example/.well-known/did.json".to_owned();
    let error = error(KeyLookupError::Missing { did: school, url });
    assert_eq!(error.to_string(), "the keys of did:web:roc.example are not at hand");
    assert!(error.is_undecided());
}

#[test]
fn a_key_of_an_unknown_kind_leaves_it_undecided() {
    let error = error(KeyLookupError::Unsupported { reason: "a P-256 key".to_owned() });
    assert_eq!(error.to_string(), "a P-256 key");
    assert!(error.is_undecided());
}

#[test]
fn a_key_that_its_document_refuses_is_refused() {
    let error = error(KeyLookupError::Refused { reason: "not listed".to_owned() });
    assert_eq!(error.to_string(), "not listed");
    assert!(!error.is_undecided());
}

#[test]
fn a_strangers_key_is_refused_even_when_it_is_not_at_hand() {
    let school = stapel_credential::Did::parse("did:web:roc.example").unwrap();
    let error = signed_by(3).authenticate(&Says(KeyLookupError::Missing { did: school, url: String::new() }));
    assert_eq!(error.unwrap_err().to_string(), format!("signed by {}, which is not a key of {}", did(3), did(1)));
}

/// The eight points of small order, in canonical encoding, and with it every key under which a signature fits all messages.
#[test]
fn weak_keys_are_refused_at_parse() {
    for hex in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ] {
        let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
        let text = format!("z{}", bs58::encode([&[0xed, 0x01][..], &bytes].concat()).into_string());
        assert_eq!(VerifyingKey::from_multikey(&text), Err(KeyError::SmallOrder), "{hex}");
    }
}
