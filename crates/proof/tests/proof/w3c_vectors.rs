//! Does every step of the W3C's own vectors come out, and what becomes of suites that we do not check yet?

use std::path::Path;

use serde_json::Value;
use stapel_credential::{DidUrl, Timestamp, json};
use stapel_keys::{Signature, Signer as _, SigningKey, VerifyingKey};
use stapel_proof::{Cryptosuite, ProofOptions, Signed, Unsecured, jcs};

use crate::support::{ByItsIssuer, ByItsKey, DidKeys, read, vectors};

pub(crate) fn text(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

pub(crate) fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// The published key pair: a Multikey and its secret, base58btc of 0x80 0x26 and the seed.
pub(crate) fn key_pair(folder: &Path) -> SigningKey {
    let pair: Value = serde_json::from_str(&text(folder, "keyPair.json")).unwrap();
    let secret = bs58::decode(&pair["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
    let key = SigningKey::from_seed(secret.strip_prefix(&[0x80, 0x26]).unwrap().try_into().unwrap());
    assert_eq!(key.verifying_key().to_multikey(), pair["publicKeyMultibase"].as_str().unwrap());
    key
}

#[test]
fn every_step_of_the_w3c_vector_comes_out() {
    let Some(folder) = vectors("vc-di-eddsa") else { return };
    let steps = folder.join("eddsa-jcs-2022");
    let document = text(&folder, "unsigned.json");
    let document = json::parse(&document).unwrap();
    assert_eq!(jcs::canonicalize(&document), text(&steps, "canonDocJCS.txt"));
    assert_eq!(hex(jcs::digest(&document).as_bytes()), text(&steps, "docHashJCS.txt"));
    let config = text(&steps, "proofConfigJCS.json");
    let config = json::parse(&config).unwrap();
    assert_eq!(jcs::canonicalize(&config), text(&steps, "proofCanonJCS.txt"));
    assert_eq!(hex(jcs::digest(&config).as_bytes()), text(&steps, "proofHashJCS.txt"));
    let combined = [*jcs::digest(&config).as_bytes(), *jcs::digest(&document).as_bytes()].concat();
    assert_eq!(hex(&combined), text(&steps, "combinedHashJCS.txt"));
    let signature = key_pair(&folder).sign(&combined).unwrap();
    assert_eq!(hex(&signature.to_bytes()), text(&steps, "sigHexJCS.txt"));
    assert_eq!(signature.to_multibase(), text(&steps, "sigBTC58JCS.txt"));
}

#[test]
fn signing_gives_the_w3c_proof_to_the_letter() {
    let Some(folder) = vectors("vc-di-eddsa") else { return };
    let key = key_pair(&folder);
    let multikey = key.verifying_key().to_multikey();
    let options = ProofOptions::assertion(
        DidUrl::parse(&format!("did:key:{multikey}#{multikey}")).unwrap(),
        Timestamp::parse("2023-02-24T23:36:38Z").unwrap(),
    );
    let options = options.with(Cryptosuite::EddsaJcs2022);
    let signed = Unsecured::new(ByItsKey::new(&text(&folder, "unsigned.json"))).sign(&key, &options).unwrap();
    let expected: Value = serde_json::from_str(&text(&folder, "eddsa-jcs-2022/signedJCS.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(signed.text()).unwrap(), expected);
}

#[test]
fn the_w3c_document_is_authentic_as_it_was_published() {
    let Some(folder) = vectors("vc-di-eddsa/eddsa-jcs-2022") else { return };
    let published = text(&folder, "signedJCS.json");
    let signed = Signed::<ByItsKey>::parse(&published).unwrap();
    let authentic = signed.authenticate(&DidKeys).unwrap();
    assert_eq!(authentic.signed().text(), published);
    let proof = authentic.proofs().next().unwrap();
    assert_eq!(proof.cryptosuite, Cryptosuite::EddsaJcs2022);
    let hex = from_hex(&text(&folder, "sigHexJCS.txt"));
    assert_eq!(proof.signature, Some(Signature::from_bytes(&hex.try_into().unwrap())));
}

#[test]
fn the_w3c_document_with_one_word_changed_is_not() {
    let Some(folder) = vectors("vc-di-eddsa/eddsa-jcs-2022") else { return };
    let forged = text(&folder, "signedJCS.json").replace("School of Examples", "School of Samples");
    let refusal = read::<ByItsKey>(&forged).unwrap_err();
    assert!(refusal.sentence().ends_with(crate::support::ALTERED), "{}", refusal.sentence());
    assert!(!refusal.is_undecided());
}

#[test]
fn an_https_issuer_is_undecided_since_its_keys_are_not_looked_up() {
    let Some(folder) = vectors("vc-di-eddsa/eddsa-jcs-2022") else { return };
    let refusal = read::<ByItsIssuer>(&text(&folder, "signedJCS.json")).unwrap_err();
    assert_eq!(refusal.sentence(), "https://vc.example/issuers/5678 is not a DID, so its keys cannot be looked up");
    assert!(refusal.is_undecided());
}

#[test]
fn the_published_keys_of_the_sets_and_chains_are_read() {
    let Some(folder) = vectors("vc-di-eddsa/proof-set-chain") else { return };
    let pairs: Value = serde_json::from_str(&text(&folder, "multiKeyPairs.json")).unwrap();
    let mut count = 0;
    for pair in pairs.as_object().unwrap().values() {
        VerifyingKey::from_multikey(pair["publicKeyMultibase"].as_str().unwrap()).unwrap();
        count += 1;
    }
    assert!(count >= 3);
}
