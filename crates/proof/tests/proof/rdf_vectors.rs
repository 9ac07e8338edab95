//! Does every step of the W3C's vectors for RDF suites come out, canonical text and hashes included, and every published document?

use std::path::Path;

use serde_json::Value;
use stapel_credential::json::{self, Json};
use stapel_credential::{DidUrl, Digest, Timestamp, jcs};
use stapel_jsonld::{Contexts, canonical};
use stapel_keys::{PublicKey, Signer as _};
use stapel_proof::{
    AuthenticateError, Cryptosuite, KeyLookupError, KeySource, ProofOptions, ProofPurpose, Signed, Unsecured,
};

use crate::support::{ByItsKey, DidKeys, vectors};
use crate::w3c_vectors::{from_hex, hex, key_pair, text};

/// Keys of did:key, and the vocabulary of the W3C's examples beside our own.
struct WithExamples(Contexts);

impl KeySource for WithExamples {
    fn key(&self, method: &DidUrl, purpose: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        DidKeys.key(method, purpose)
    }

    fn contexts(&self) -> &Contexts {
        &self.0
    }
}

fn with_examples() -> WithExamples {
    let folder = vectors("vc2/contexts").unwrap();
    let bytes = text(&folder, "examples_v2");
    let digest = Digest::from_bytes(jcs::sha256(bytes.as_bytes()));
    let url = "https://www.w3.org/ns/credentials/examples/v2";
    WithExamples(Contexts::embedded().with(url, &bytes, &digest).unwrap())
}

/// The steps of one folder: canonical texts, hashes, what is signed, the signature.
fn assert_steps(folder: &Path, unsigned: &str, suffix: &str) {
    let contexts = with_examples().0;
    let canonical = |text: &str| {
        let Json::Object(document) = json::parse(text).unwrap() else { panic!("an object") };
        canonical(&document, &contexts).unwrap()
    };
    let file = |name: &str, kind: &str| text(folder, &format!("{name}{suffix}.{kind}"));
    let document = canonical(unsigned);
    assert_eq!(document.text(), file("canonDoc", "txt"));
    assert_eq!(hex(&document.sha256()), file("docHash", "txt"));
    let config = canonical(&file("proofConfig", "json"));
    assert_eq!(config.text(), file("proofCanon", "txt"));
    assert_eq!(hex(&config.sha256()), file("proofHash", "txt"));
    let combined = [config.sha256(), document.sha256()].concat();
    assert_eq!(hex(&combined), file("combinedHash", "txt"));
    let signature = key_pair(&vectors("vc-di-eddsa").unwrap()).sign(&combined).unwrap();
    assert_eq!(signature.to_bytes().to_vec(), from_hex(&file("sigHex", "txt")));
    assert_eq!(signature.to_multibase(), file("sigBTC58", "txt"));
}

#[test]
fn every_step_of_eddsa_rdfc_2022_comes_out() {
    let Some(folder) = vectors("vc-di-eddsa") else { return };
    assert_steps(&folder.join("eddsa-rdfc-2022"), &text(&folder, "unsigned.json"), "DataInt");
}

#[test]
fn every_step_of_ed25519_signature_2020_comes_out() {
    let Some(folder) = vectors("vc-di-eddsa/Ed25519Signature2020") else { return };
    let mut unsigned: Value = serde_json::from_str(&text(&folder, "signedEdSig.json")).unwrap();
    unsigned.as_object_mut().unwrap().remove("proof");
    assert_steps(&folder, &unsigned.to_string(), "EdSig");
}

/// The vocabulary of this one, `citizenship/v4rc1`, is in no registry: its canonical texts are read, not made from its JSON.
#[test]
fn the_canonical_texts_of_the_employment_document_are_canonical_and_signed() {
    let Some(folder) = vectors("vc-di-eddsa/eddsa-rdfc-2022/employ") else { return };
    let mut combined = Vec::new();
    for (canonical, hash) in
        [("proofCanonDataInt.txt", "proofHashDataInt.txt"), ("canonDocDataInt.txt", "docHashDataInt.txt")]
    {
        let published = text(&folder, canonical);
        let dataset = stapel_jsonld::nquads::parse(&published).unwrap();
        let again = stapel_jsonld::canonicalize(&dataset.dataset, &stapel_jsonld::WorkLimit::default()).unwrap();
        assert_eq!(again.text(), published);
        assert_eq!(hex(&again.sha256()), text(&folder, hash));
        combined.extend(again.sha256());
    }
    assert_eq!(hex(&combined), text(&folder, "combinedHashDataInt.txt"));
    let signature = key_pair(&vectors("vc-di-eddsa").unwrap()).sign(&combined).unwrap();
    assert_eq!(signature.to_multibase(), text(&folder, "sigBTC58DataInt.txt"));
}

/// Every published document of the RDF suites: proofs alone, sets, and chains.
fn published() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for name in ["eddsa-rdfc-2022", "Ed25519Signature2020", "proof-set-chain"] {
        let folder = vectors("vc-di-eddsa").unwrap().join(name);
        for entry in std::fs::read_dir(&folder).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            if file.starts_with("signed") {
                found.push((format!("{name}/{file}"), text(&folder, &file)));
            }
        }
    }
    assert_eq!(found.len(), 6);
    found
}

#[test]
fn published_documents_proof_sets_and_chains_are_authentic() {
    if vectors("vc-di-eddsa").is_none() {
        return;
    }
    let keys = with_examples();
    for (name, text) in published() {
        let signed = Signed::<ByItsKey>::parse(&text).unwrap();
        let authentic = signed.authenticate(&keys).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(authentic.signed().text(), text);
    }
}

#[test]
fn published_documents_with_one_word_changed_are_not() {
    if vectors("vc-di-eddsa").is_none() {
        return;
    }
    let keys = with_examples();
    for (name, text) in published() {
        let forged = text.replacen("The School of Examples", "The School of Samples", 1);
        assert_ne!(forged, text, "{name}");
        let error = Signed::<ByItsKey>::parse(&forged).unwrap().authenticate(&keys).unwrap_err();
        assert!(matches!(error, AuthenticateError::BadSignature { .. }), "{name}: {error}");
    }
}

#[test]
fn a_link_of_a_chain_that_is_changed_spoils_those_after_it() {
    let Some(folder) = vectors("vc-di-eddsa/proof-set-chain") else { return };
    let chain: Value = serde_json::from_str(&text(&folder, "signedProofChain2.json")).unwrap();
    let keys = with_examples();
    let refusal = |bend: &dyn Fn(&mut Value)| {
        let mut bent = chain.clone();
        bend(&mut bent["proof"]);
        match Signed::<ByItsKey>::parse(&bent.to_string()) {
            Ok(signed) => signed.authenticate(&keys).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    };
    let method = |at: usize| chain["proof"][at]["verificationMethod"].as_str().unwrap().to_owned();
    let altered = |at: usize| format!("the signature of {} {}", method(at), crate::support::ALTERED);
    // The value of the first proof is exchanged for another good signature's text: it fails itself, and is found first.
    assert_eq!(refusal(&|proof| proof[0]["proofValue"] = proof[1]["proofValue"].clone()), altered(0));
    // A proof that is taken out leaves those after it with less than they signed.
    assert_eq!(refusal(&|proof| proof[2]["previousProof"] = Value::from(proof[0]["id"].as_str().unwrap())), altered(2));
    let gone = refusal(&|proof| drop(proof.as_array_mut().unwrap().remove(0)));
    assert!(gone.contains("the document carries no proof with the id urn:uuid:26329423"), "{gone}");
}

#[test]
fn without_the_vocabulary_nothing_is_decided() {
    let Some(folder) = vectors("vc-di-eddsa/eddsa-rdfc-2022") else { return };
    let signed = Signed::<ByItsKey>::parse(&text(&folder, "signedDataInt.json")).unwrap();
    let error = signed.authenticate(&DidKeys).unwrap_err();
    let url = "https://www.w3.org/ns/credentials/examples/v2".to_owned();
    assert_eq!(error, AuthenticateError::UnknownContext { url });
    assert!(error.is_undecided());
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
    assert_eq!(options.cryptosuite, Cryptosuite::EddsaRdfc2022);
    let unsigned = Unsecured::new(ByItsKey::new(&text(&folder, "unsigned.json")));
    let signed = unsigned.sign_under(&key, &options, &with_examples().0).unwrap();
    let expected: Value = serde_json::from_str(&text(&folder, "eddsa-rdfc-2022/signedDataInt.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(signed.text()).unwrap(), expected);
}
