//! Do keys and signatures agree with the published vectors?
#![expect(clippy::unwrap_used, reason = "a vector that cannot be read fails its test")]

use std::path::PathBuf;

use serde_json::Value;
use stapel_keys::{PublicKey, Signature, Signer as _, SigningKey, TextError, VerifyingKey};

/// The text of a shared vector file; `None`, said aloud, where the folder is not there.
fn vectors(path: &str) -> Option<String> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    Some(std::fs::read_to_string(folder.join(path)).unwrap())
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

/// RFC 8032 §7.1, tests 1 to 3: seed, public key, message, signature.
const RFC_8032: [[&str; 4]; 3] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ],
];

#[test]
fn the_signatures_of_rfc_8032_come_out() {
    for [seed, public, message, signature] in RFC_8032 {
        let key = SigningKey::from_seed(bytes(seed));
        assert_eq!(key.verifying_key().as_bytes(), &bytes(public));
        let signed = key.sign(&hex(message)).unwrap();
        assert_eq!(signed.to_bytes(), bytes::<64>(signature));
        assert_eq!(key.verifying_key().verify(&hex(message), &signed), Ok(()));
    }
}

/// Strict verification and Wycheproof's expectation agree in every case; no exception is needed.
#[test]
fn every_wycheproof_case_is_decided_as_it_should_be() {
    let Some(text) = vectors("wycheproof-ed25519/ed25519_test.json") else { return };
    let file: Value = serde_json::from_str(&text).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in file["testGroups"].as_array().unwrap() {
        let key = VerifyingKey::from_bytes(&bytes(group["publicKey"]["pk"].as_str().unwrap()));
        for case in group["tests"].as_array().unwrap() {
            let message = hex(case["msg"].as_str().unwrap());
            let signature = <[u8; 64]>::try_from(hex(case["sig"].as_str().unwrap()));
            let accepted = match (&key, signature) {
                (Ok(key), Ok(signature)) => key.verify(&message, &Signature::from_bytes(&signature)).is_ok(),
                _ => false,
            };
            let expected = match case["result"].as_str().unwrap() {
                "valid" => true,
                "invalid" => false,
                other => panic!("unknown result {other}"),
            };
            assert_eq!(accepted, expected, "tcId {}: {}", case["tcId"], case["comment"]);
            *(if expected { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert_eq!(valid + invalid, file["numberOfTests"].as_u64().unwrap());
    assert!(valid > 50 && invalid > 50, "{valid} valid, {invalid} invalid");
}

#[test]
fn the_seeds_of_the_did_key_vectors_give_their_multikeys() {
    let Some(text) = vectors("did-key/ed25519-x25519.json") else { return };
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases = file.as_object().unwrap();
    assert_eq!(cases.len(), 5);
    for (did, case) in cases {
        let key = SigningKey::from_seed(bytes(case["seed"].as_str().unwrap())).verifying_key();
        assert_eq!(format!("did:key:{}", key.to_multikey()), *did);
        for method in case["didDocument"]["verificationMethod"].as_array().unwrap() {
            if let Some(jwk) = method.get("publicKeyJwk").filter(|jwk| jwk["crv"] == "Ed25519") {
                assert_eq!(VerifyingKey::from_jwk(jwk), Ok(key));
            }
        }
    }
}

/// The rows hold short texts, not keys: their length is named, which shows that they were decoded.
#[test]
fn the_base58btc_rows_of_multibase_decode_to_their_bytes() {
    let rows = [
        ("basic.csv", "yes mani !".len()),
        ("leading_zero.csv", "\0yes mani !".len()),
        ("two_leading_zeros.csv", "\0\0yes mani !".len()),
    ];
    for (file, length) in rows {
        let Some(text) = vectors(&format!("multibase/{file}")) else { return };
        let row = text.lines().find(|line| line.starts_with("base58btc,")).unwrap();
        let encoded = row.split('"').nth(1).unwrap();
        assert_eq!(Signature::from_multibase(encoded), Err(TextError::WrongLength { found: length, expected: 64 }));
    }
}

/// ES256 under JWKs and under the compressed points of Multikeys; "signature malleability" is valid there and here.
#[test]
fn every_wycheproof_case_of_p_256_is_decided_as_it_should_be() {
    let Some(text) = vectors("wycheproof-ed25519/ecdsa_secp256r1_sha256_p1363_test.json") else { return };
    let file: Value = serde_json::from_str(&text).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in file["testGroups"].as_array().unwrap() {
        let point = hex(group["publicKey"]["uncompressed"].as_str().unwrap());
        let parity = 2 + (point[64] & 1);
        let compressed = [&[0x80, 0x24, parity], &point[1..33]].concat();
        let key = PublicKey::from_multikey(&format!("z{}", bs58::encode(compressed).into_string())).unwrap();
        if let Some(jwk) = group.get("publicKeyJwk") {
            assert_eq!(PublicKey::from_jwk(jwk), Ok(key.clone()));
        }
        for case in group["tests"].as_array().unwrap() {
            let accepted = key.verify(&hex(case["msg"].as_str().unwrap()), &hex(case["sig"].as_str().unwrap())).is_ok();
            let expected = case["result"] == "valid";
            assert_eq!(accepted, expected, "tcId {}: {}", case["tcId"], case["comment"]);
            *(if expected { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert_eq!((valid, invalid), (173, 89));
}

/// Each file holds a set of keys that a library should refuse or take; ours reads one public key at a time.
#[test]
fn every_wycheproof_jwk_that_is_wrong_by_itself_is_refused() {
    let Some(text) = vectors("wycheproof-ed25519/json_web_key_test.json") else { return };
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut refused = Vec::new();
    let mut taken = Vec::new();
    for group in file["testGroups"].as_array().unwrap() {
        let comment = group["comment"].as_str().unwrap();
        let keys = group.get("public").unwrap_or(&group["private"])["keys"].as_array().unwrap();
        let all = keys.iter().all(|jwk| PublicKey::from_jwk(jwk).is_ok());
        (if all { &mut taken } else { &mut refused }).push(comment);
    }
    taken.sort_unstable();
    // A set with two keys of one kid, and the ROCA key, whose modulus looks like any other, are not wrong as single keys.
    println!("{taken:?} {refused:?}");
    assert_eq!(taken, ["jws_rsa_roca_key", "rs256"]);
    assert_eq!(refused.len(), 23);
}
