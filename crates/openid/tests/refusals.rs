//! What is refused before it reaches anyone: links, offers, key proofs, requests?
#![expect(clippy::unwrap_used, reason = "a message that cannot be made fails its test")]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use stapel_openid::{
    CredentialError, CredentialErrorCode, CredentialOffer, CredentialRequest, CredentialResponse, Endpoint,
    IssuerIdentifier, MAX_LINK_BYTES, OfferLink, OpenIdError, PreAuthorizedCode, ProofAlgorithm, ProofJwt,
    TokenRequest,
};

const KEY: &str = "z6MkvrFpBNCoYewiaeBLgjUDvLxUtnK5R6mqh5XPvLsrPsro";
const ISSUER: &str = "https://school.example";
const NOW: u64 = 1_795_362_551;

fn kid() -> String {
    format!("did:key:{KEY}#{KEY}")
}

fn jwt(header: &str, claims: &str) -> String {
    let signature = URL_SAFE_NO_PAD.encode([7; 64]);
    format!("{}.{}.{signature}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
}

fn with_header(header: &str) -> String {
    ProofJwt::parse(&jwt(header, r#"{"aud":"https://school.example","iat":1,"nonce":"n"}"#)).unwrap_err().to_string()
}

fn with_claims(claims: &str) -> Result<ProofJwt, OpenIdError> {
    ProofJwt::parse(&jwt(&format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{}"}}"#, kid()), claims))
}

fn proof(aud: &str, iat: u64, nonce: Option<&str>) -> ProofJwt {
    let input = ProofJwt::signing_input(ProofAlgorithm::EdDsa, &kid(), aud, iat, nonce);
    ProofJwt::parse(&ProofJwt::with_signature(&input, &URL_SAFE_NO_PAD.encode([7; 64]))).unwrap()
}

#[test]
fn a_proof_says_what_it_was_made_of() {
    let made = proof(ISSUER, NOW, Some("n-1"));
    assert_eq!(made.kid(), kid());
    assert_eq!(made.did(), format!("did:key:{KEY}"));
    assert_eq!((made.aud(), made.iat(), made.nonce(), made.iss()), (ISSUER, NOW, Some("n-1"), None));
    assert_eq!(made.signature(), &[7; 64]);
    let input = ProofJwt::signing_input(ProofAlgorithm::EdDsa, &kid(), ISSUER, NOW, Some("n-1"));
    assert_eq!(made.signing_bytes(), input.as_bytes());
    let header = URL_SAFE_NO_PAD.decode(input.split('.').next().unwrap()).unwrap();
    assert_eq!(
        String::from_utf8(header).unwrap(),
        format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{}"}}"#, kid())
    );
    let input = ProofJwt::signing_input(ProofAlgorithm::Ed25519, &kid(), ISSUER, NOW, None);
    let header = URL_SAFE_NO_PAD.decode(input.split('.').next().unwrap()).unwrap();
    assert!(String::from_utf8(header).unwrap().contains(r#""alg":"Ed25519""#));
    assert!(!format!("{made:?}").contains("n-1"));
}

#[test]
fn a_proof_under_another_algorithm_is_refused() {
    for alg in ["none", "None", "HS256", "ES256", "eddsa", ""] {
        let header = format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"{alg}","kid":"{}"}}"#, kid());
        assert_eq!(
            with_header(&header),
            format!("the key proof is signed with \"{alg}\"; only EdDSA and Ed25519 are taken")
        );
    }
    assert_eq!(
        with_header(r#"{"typ":"openid4vci-proof+jwt","kid":"x"}"#),
        "the header of the key proof, $: missing field `alg`"
    );
}

#[test]
fn a_proof_of_another_type_is_refused() {
    assert_eq!(
        with_header(&format!(r#"{{"typ":"JWT","alg":"EdDSA","kid":"{}"}}"#, kid())),
        "the key proof is of type \"JWT\"; it must be openid4vci-proof+jwt"
    );
    assert_eq!(
        with_header(&format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, kid())),
        "the key proof is of type \"\"; it must be openid4vci-proof+jwt"
    );
}

#[test]
fn a_proof_with_a_critical_header_is_refused() {
    for crit in ["[\"b64\"]", "[]", "null"] {
        let header = format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{}","crit":{crit}}}"#, kid());
        assert_eq!(
            with_header(&header),
            "the key proof's header marks members as critical (crit), of which none is understood here"
        );
    }
}

#[test]
fn a_proof_that_carries_its_key_is_refused() {
    for member in ["jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "trust_chain"] {
        let header = format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{}","{member}":null}}"#, kid());
        assert_eq!(
            with_header(&header),
            format!("the key proof's header carries {member}; the key must be named by kid alone, as a did:key")
        );
    }
}

#[test]
fn a_proof_by_another_kind_of_key_name_is_refused() {
    for kid in [
        "",
        "did:key:zAbc",
        "did:key:zAbc#zAbd",
        "did:key:#",
        "did:key:z#z",
        "did:web:school.example#key-1",
        "did:key:zAbc?x#zAbc?x",
        "0",
    ] {
        let header = format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{kid}"}}"#);
        assert_eq!(
            with_header(&header),
            format!(
                "the key proof names the key \"{kid}\"; it must be a DID URL did:key:z…#z… whose two parts are the same key"
            )
        );
    }
}

#[test]
fn a_proof_with_a_member_twice_is_refused() {
    let header = format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"none","alg":"EdDSA","kid":"{}"}}"#, kid());
    assert_eq!(with_header(&header), "the header of the key proof, $.alg: the member stands twice in its object");
    assert_eq!(
        with_claims(r#"{"aud":"a","aud":"b","iat":1}"#).unwrap_err().to_string(),
        "the claims of the key proof, $.aud: the member stands twice in its object"
    );
}

#[test]
fn a_proof_that_is_not_strictly_written_is_refused() {
    let refusal = |text: &str| ProofJwt::parse(text).unwrap_err().to_string();
    let good = jwt(
        &format!(r#"{{"typ":"openid4vci-proof+jwt","alg":"EdDSA","kid":"{}"}}"#, kid()),
        r#"{"aud":"https://school.example","iat":1}"#,
    );
    assert!(ProofJwt::parse(&good).is_ok());
    let not_base64url = "the key proof is not a compact JWS: a part is not base64url without padding (RFC 4648 §5)";
    assert_eq!(refusal("a.b"), "the key proof is not a compact JWS: it has not three parts");
    assert_eq!(refusal(&format!("{good}.x")), "the key proof is not a compact JWS: it has not three parts");
    assert_eq!(refusal(&format!("{good}=")), not_base64url);
    assert_eq!(refusal(&format!(" {good}")), not_base64url);
    assert_eq!(refusal(&format!("{good}\n")), not_base64url);
    let (input, _) = good.rsplit_once('.').unwrap();
    assert_eq!(
        refusal(&format!("{input}.{}", URL_SAFE_NO_PAD.encode([7; 63]))),
        "the key proof is not a compact JWS: its signature has not the 64 bytes of Ed25519"
    );
    assert_eq!(refusal(&format!("{input}.{}", STANDARD.encode([0xff; 64]))), not_base64url);
    // The bits beyond the last byte must be zero: one signature has one spelling.
    assert_eq!(refusal(&format!("{input}.{}B", "A".repeat(85))), not_base64url);
    assert_eq!(refusal(&"a".repeat(8193)), "the key proof has 8193 bytes; at most 8192 are read");
}

#[test]
fn a_proof_with_claims_of_another_shape_is_refused() {
    let refusal = |claims: &str| with_claims(claims).unwrap_err().to_string();
    assert_eq!(refusal(r#"{"iat":1}"#), "the claims of the key proof, $: missing field `aud`");
    assert_eq!(refusal(r#"{"aud":"a"}"#), "the claims of the key proof, $: missing field `iat`");
    assert_eq!(
        refusal(r#"{"aud":["a","b"],"iat":1}"#),
        "the claims of the key proof, $.aud: invalid type: sequence, expected a string"
    );
    assert_eq!(
        refusal(r#"{"aud":"a","iat":"2018-09-14T21:19:10Z"}"#),
        "the claims of the key proof, $.iat: invalid type: string \"2018-09-14T21:19:10Z\", expected u64"
    );
}

#[test]
fn a_proof_for_another_issuer_or_nonce_or_time_is_refused() {
    let check = |proof: ProofJwt| proof.check(ISSUER, "n-1", NOW, 300);
    let proven = check(proof(ISSUER, NOW - 300, Some("n-1"))).unwrap();
    assert_eq!((proven.did, proven.kid), (format!("did:key:{KEY}"), kid()));
    assert_eq!((proven.issued_at, proven.client_id), (NOW - 300, None));
    assert!(check(proof(ISSUER, NOW + 60, Some("n-1"))).is_ok());

    let refusal = |proof| check(proof).unwrap_err().to_string();
    assert_eq!(
        refusal(proof("https://school.example/", NOW, Some("n-1"))),
        "the key proof is made for https://school.example/, not for https://school.example"
    );
    assert_eq!(refusal(proof(ISSUER, NOW, None)), "the key proof carries no nonce");
    assert_eq!(refusal(proof(ISSUER, NOW, Some("n-2"))), "the key proof carries another nonce than the one given out");
    assert_eq!(
        refusal(proof(ISSUER, NOW - 301, Some("n-1"))),
        "the key proof was made 301 seconds ago; at most 300 are allowed"
    );
    assert_eq!(
        refusal(proof(ISSUER, NOW + 61, Some("n-1"))),
        "the key proof is dated 61 seconds ahead; clocks may differ by 60"
    );
    assert!(check(proof(ISSUER, u64::MAX, Some("n-1"))).is_err());
    assert!(proof(ISSUER, 0, Some("n-1")).check(ISSUER, "n-1", u64::MAX, u64::MAX).is_ok());
}

#[test]
fn the_issuer_answers_a_bad_proof_with_the_code_of_the_standard() {
    let code = |error: &OpenIdError| CredentialError::of_proof(error).error;
    assert_eq!(code(&OpenIdError::ProofNonce), CredentialErrorCode::InvalidNonce);
    assert_eq!(code(&OpenIdError::ProofWithoutNonce), CredentialErrorCode::InvalidProof);
    assert_eq!(code(&OpenIdError::CriticalHeader), CredentialErrorCode::InvalidProof);
    // The words keep to ASCII without quotation marks.
    assert_eq!(
        CredentialError::of_proof(&OpenIdError::ProofType { typ: "JWT".to_owned() }).to_json(),
        r#"{"error":"invalid_proof","error_description":"the key proof is of type 'JWT'; it must be openid4vci-proof+jwt"}"#
    );
    let token = CredentialError::new(CredentialErrorCode::InvalidToken, "expired");
    assert_eq!(
        (token.status(), token.find_www_authenticate().as_deref()),
        (401, Some("Bearer error=\"invalid_token\""))
    );
    assert_eq!(CredentialError::new(CredentialErrorCode::InvalidProof, "x").find_www_authenticate(), None);
}

#[test]
fn a_link_that_is_no_offer_is_refused() {
    let refusal = |link: &str| OfferLink::parse(link).unwrap_err().to_string();
    let not = |reason: &str| format!("this is not the link of an offer: {reason}");
    assert_eq!(refusal("welding"), not("it is not a web address"));
    assert_eq!(
        refusal("http://school.example/?credential_offer_uri=https://school.example/1"),
        not("it must start with openid-credential-offer:// or https://")
    );
    assert_eq!(
        refusal("javascript:alert(1)?credential_offer={}"),
        not("it must start with openid-credential-offer:// or https://")
    );
    assert_eq!(
        refusal("https://school.example/1"),
        not("it carries neither credential_offer nor credential_offer_uri")
    );
    assert_eq!(
        refusal("openid-credential-offer://?credential_offer={}&credential_offer_uri=https://school.example/1"),
        not("it carries both credential_offer and credential_offer_uri")
    );
    assert_eq!(
        refusal("openid-credential-offer://?credential_offer={}&credential_offer={}"),
        not("it carries the same parameter twice")
    );
    assert_eq!(
        refusal("openid-credential-offer://?credential_offer_uri=http://school.example/1"),
        "\"http://school.example/1\" is not an address that can be used: it must start with https://"
    );
    assert_eq!(
        refusal(&format!("https://school.example/?x={}", "x".repeat(MAX_LINK_BYTES))),
        "the link has 65562 bytes; at most 65536 are read"
    );
    for link in [
        "https://wallet.example/claim?credential_offer_uri=https%3A%2F%2Fschool.example%2F1",
        "http://localhost:8080/claim?credential_offer_uri=https%3A%2F%2Fschool.example%2F1",
        " openid-credential-offer://?credential_offer_uri=https://school.example/1\n",
    ] {
        let url = Endpoint::parse("https://school.example/1").unwrap();
        assert_eq!(OfferLink::parse(link).unwrap(), OfferLink::ByReference(url));
    }
}

#[test]
fn an_offer_that_does_not_hold_together_is_refused() {
    let refusal = |ids: &str, grant: &str| {
        let text = format!(
            r#"{{"credential_issuer":"{ISSUER}","credential_configuration_ids":{ids},
            "grants":{{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{grant}}}}}"#
        );
        CredentialOffer::parse(text.as_bytes()).unwrap_err().to_string()
    };
    let grant = r#"{"pre-authorized_code":"x"}"#;
    assert_eq!(refusal("[]", grant), "the credential offer, $: the offer names no credential");
    assert_eq!(
        refusal(r#"["a","a"]"#, grant),
        "the credential offer, $: the offer names the credential configuration \"a\" twice"
    );
    let path = "$.grants.urn:ietf:params:oauth:grant-type:pre-authorized_code";
    assert_eq!(refusal(r#"["a"]"#, "{}"), format!("the credential offer, {path}: missing field `pre-authorized_code`"));
    assert_eq!(
        refusal(r#"["a"]"#, r#"{"pre-authorized_code":""}"#),
        format!(
            "the credential offer, {path}.pre-authorized_code: \
             the pre-authorized code is empty or holds characters that are not printable ASCII"
        )
    );
    assert_eq!(
        refusal(r#"["a"]"#, r#"{"pre-authorized_code":"x","tx_code":{"input_mode":"emoji"}}"#),
        format!(
            "the credential offer, {path}.tx_code.input_mode: unknown variant `emoji`, expected `numeric` or `text`"
        )
    );
    let long = format!(r#"{{"pre-authorized_code":"x","tx_code":{{"description":"{}"}}}}"#, "é".repeat(301));
    assert_eq!(
        refusal(r#"["a"]"#, &long),
        format!(
            "the credential offer, {path}.tx_code: \
             the description of the transaction code has 301 characters; at most 300 are allowed"
        )
    );
    let issuer = IssuerIdentifier::parse(ISSUER).unwrap();
    let error =
        CredentialOffer::pre_authorized(issuer, vec![], PreAuthorizedCode::parse("x").unwrap(), None).unwrap_err();
    assert_eq!(error, OpenIdError::NothingOffered);
}

#[test]
fn a_token_request_is_answered_with_the_code_of_the_standard() {
    const GRANT: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code";
    let refusal = |body: &str| TokenRequest::parse(body.as_bytes()).unwrap_err().to_json();
    assert_eq!(refusal(""), r#"{"error":"invalid_request","error_description":"grant_type is missing"}"#);
    assert_eq!(
        refusal("grant_type=authorization_code"),
        r#"{"error":"unsupported_grant_type","error_description":"only urn:ietf:params:oauth:grant-type:pre-authorized_code is supported"}"#
    );
    assert_eq!(
        refusal(&format!("{GRANT}&pre-authorized_code=")),
        r#"{"error":"invalid_request","error_description":"pre-authorized_code is missing"}"#
    );
    assert_eq!(
        refusal(&format!("{GRANT}&pre-authorized_code=a&pre-authorized_code=b")),
        r#"{"error":"invalid_request","error_description":"pre-authorized_code stands twice"}"#
    );
    assert_eq!(
        refusal(&format!("{GRANT}&pre-authorized_code=%C3%A9")),
        r#"{"error":"invalid_grant","error_description":"the pre-authorized code is not known"}"#
    );
    let request =
        TokenRequest::parse(format!("{GRANT}&pre-authorized_code=a&tx_code=&client_id=x").as_bytes()).unwrap();
    assert_eq!(request.tx_code, None);
    assert_eq!(
        refusal(&"x".repeat(262_145)),
        r#"{"error":"invalid_request","error_description":"the request is too large"}"#
    );
}

#[test]
fn a_credential_request_is_answered_with_the_code_of_the_standard() {
    let refusal = |body: &str| {
        let error = CredentialRequest::parse(body.as_bytes()).unwrap_err();
        (error.error.as_str().to_owned(), error.error_description.unwrap())
    };
    let expect = |body: &str, code: &str, words: &str| assert_eq!(refusal(body), (code.to_owned(), words.to_owned()));
    let id = r#""credential_configuration_id":"a""#;
    let malformed = "invalid_credential_request";
    expect("{", malformed, "the credential request is not JSON: EOF while parsing an object at line 1 column 1");
    expect(
        &format!("{{{id},{id}}}"),
        malformed,
        "the credential request, $.credential_configuration_id: the member stands twice in its object",
    );
    expect(
        &format!(r#"{{{id},"credential_identifier":"b"}}"#),
        malformed,
        "exactly one of credential_configuration_id and credential_identifier is needed",
    );
    expect(&format!("{{{id}}}"), "invalid_proof", "proofs is missing");
    expect(&format!(r#"{{{id},"proofs":{{}}}}"#), "invalid_proof", "only proofs of the type jwt are taken");
    expect(
        &format!(r#"{{{id},"proofs":{{"di_vp":[{{}}]}}}}"#),
        "invalid_proof",
        "only proofs of the type jwt are taken",
    );
    expect(
        &format!(r#"{{{id},"proofs":{{"jwt":["a"],"di_vp":[{{}}]}}}}"#),
        "invalid_proof",
        "proofs must hold exactly one type",
    );
    expect(&format!(r#"{{{id},"proofs":{{"jwt":[]}}}}"#), "invalid_proof", "proofs.jwt is empty");
    expect(&format!(r#"{{{id},"proofs":{{"jwt":[1]}}}}"#), "invalid_proof", "proofs.jwt must be an array of strings");
    expect(
        &format!(r#"{{{id},"proofs":{{"jwt":["a"]}},"credential_response_encryption":{{}}}}"#),
        "invalid_encryption_parameters",
        "encrypted responses are not supported",
    );
}

#[test]
fn only_json_is_given_as_a_credential() {
    assert_eq!(
        CredentialResponse::issued(vec!["{".to_owned()]).unwrap_err().to_string(),
        "the credential is not JSON: EOF while parsing an object at line 1 column 1"
    );
    let by_hand = CredentialResponse::Issued { credentials: vec!["{}{}".to_owned()], notification_id: None };
    assert!(by_hand.to_json().is_err());
    let given = CredentialResponse::issued(vec!["{ \"a\" : 1.0 }".to_owned()]).unwrap();
    assert_eq!(given.to_json().unwrap(), r#"{"credentials":[{"credential":{ "a" : 1.0 }}]}"#);
}
