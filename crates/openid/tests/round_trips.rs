//! Is what is written read as the same, and does nothing that is read bring the reader down?

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use stapel_openid::{
    AccessToken, CredentialError, CredentialErrorCode, CredentialIssuerMetadata, CredentialOffer, CredentialRequest,
    CredentialResponse, Endpoint, InputMode, IssuerIdentifier, NonceResponse, OfferLink, PreAuthorizedCode,
    ProofAlgorithm, ProofJwt, TokenError, TokenErrorCode, TokenRequest, TokenResponse, TransactionCode, TxCode, Wanted,
    reference_link,
};

fn tx_code() -> impl Strategy<Value = TxCode> {
    (any::<bool>(), proptest::option::of(1_u32..20), proptest::option::of("\\PC{0,100}")).prop_map(
        |(text, length, description)| {
            let input_mode = if text { InputMode::Text } else { InputMode::Numeric };
            TxCode { input_mode, length, description }
        },
    )
}

proptest! {
    #[test]
    fn an_offer_survives_its_link(
        ids in proptest::collection::hash_set("\\PC{1,20}", 1..5),
        code in "[!-~]{1,60}",
        asked in proptest::option::of(tx_code()),
        path in "(/[a-z0-9.~_-]{1,8}){0,3}",
    ) {
        let issuer = IssuerIdentifier::parse(&format!("https://school.example{path}")).unwrap();
        let code = PreAuthorizedCode::parse(&code).unwrap();
        let offer = CredentialOffer::pre_authorized(issuer, ids.into_iter().collect(), code, asked).unwrap();
        prop_assert_eq!(&CredentialOffer::parse(offer.to_json().as_bytes()).unwrap(), &offer);
        let link = offer.offer_link();
        prop_assert!(link.is_ascii() && !link.contains('+'));
        prop_assert_eq!(OfferLink::parse(&link).unwrap(), OfferLink::Embedded(Box::new(offer)));
    }

    #[test]
    fn the_address_of_an_offer_survives_its_link(path in "[a-zA-Z0-9/._~%-]{0,40}", query in "[a-z0-9=&+%]{0,20}") {
        let url = Endpoint::parse(&format!("https://school.example/{path}?{query}")).unwrap();
        prop_assert_eq!(OfferLink::parse(&reference_link(&url)).unwrap(), OfferLink::ByReference(url));
    }

    #[test]
    fn a_token_request_survives_the_form(code in "[!-~]{1,60}", typed in proptest::option::of("\\PC{1,20}")) {
        let text = TxCode { input_mode: InputMode::Text, ..TxCode::default() };
        let request = TokenRequest {
            pre_authorized_code: PreAuthorizedCode::parse(&code).unwrap(),
            tx_code: typed.and_then(|typed| TransactionCode::parse(&typed, &text).ok()),
        };
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(request.to_form()).finish();
        prop_assert_eq!(TokenRequest::parse(body.as_bytes()).unwrap(), request);
    }

    #[test]
    fn the_answers_survive_json(token in "[!-~]{1,60}", seconds: u64, nonce in "[ -~]{1,40}", words in "\\PC{0,80}") {
        let response = TokenResponse::bearer(AccessToken::parse(&token).unwrap(), seconds);
        prop_assert_eq!(TokenResponse::parse(response.to_json().as_bytes()).unwrap(), response);
        let response = NonceResponse { c_nonce: nonce };
        prop_assert_eq!(NonceResponse::parse(response.to_json().as_bytes()).unwrap(), response);
        let error = TokenError::new(TokenErrorCode::InvalidGrant, &words);
        prop_assert_eq!(TokenError::parse(error.to_json().as_bytes()).unwrap(), error.clone());
        // RFC 6749 §5.2: %x20-21 / %x23-5B / %x5D-7E
        let description = error.error_description.unwrap();
        prop_assert!(description.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)));
        let error = CredentialError::new(CredentialErrorCode::InvalidNonce, &words);
        prop_assert_eq!(CredentialError::parse(error.to_json().as_bytes()).unwrap(), error);
    }

    #[test]
    fn a_credential_request_survives_json(id in "\\PC{0,40}", by_name: bool, proofs in proptest::collection::vec("[!-~]{0,40}", 1..4)) {
        let wanted = if by_name { Wanted::Configuration(id) } else { Wanted::Identifier(id) };
        let request = CredentialRequest { wanted, proofs };
        prop_assert_eq!(CredentialRequest::parse(request.to_json().as_bytes()).unwrap(), request);
    }

    #[test]
    fn a_credential_comes_out_as_it_went_in(name in "[a-z]{1,8}", text in "\\PC{0,40}", blanks in "[ \t\n\r]{0,5}", number in "-?[1-9][0-9]{0,30}(\\.[0-9]{1,30})?") {
        let value = serde_json::to_string(&text).unwrap();
        let credential = format!("{{{blanks}\"{name}\"{blanks}:[{value},{blanks}{number}]}}");
        let response = CredentialResponse::issued(vec![credential.clone()]).unwrap();
        let received = CredentialResponse::parse(response.to_json().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(received, CredentialResponse::Issued { credentials: vec![credential], notification_id: None });
    }

    #[test]
    fn a_proof_survives_its_text(aud in "\\PC{0,40}", iat: u64, nonce in proptest::option::of("\\PC{0,40}"), signature: [u8; 32]) {
        let kid = "did:key:z6Mk#z6Mk";
        let signature = [signature, signature].concat();
        let input = ProofJwt::signing_input(ProofAlgorithm::EdDsa, kid, &aud, iat, nonce.as_deref());
        let read = ProofJwt::parse(&ProofJwt::with_signature(&input, &URL_SAFE_NO_PAD.encode(&signature))).unwrap();
        prop_assert_eq!((read.kid(), read.aud(), read.iat(), read.nonce()), (kid, aud.as_str(), iat, nonce.as_deref()));
        prop_assert_eq!((read.signing_bytes(), read.signature().as_slice()), (input.as_bytes(), signature.as_slice()));
    }

    #[test]
    fn no_text_brings_a_reader_down(text in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let issuer = IssuerIdentifier::parse("https://school.example").unwrap();
        for bytes in [text.as_bytes(), &bytes] {
            let _ = CredentialOffer::parse(bytes);
            let _ = CredentialIssuerMetadata::parse(bytes, &issuer);
            let _ = TokenRequest::parse(bytes);
            let _ = TokenResponse::parse(bytes);
            let _ = CredentialRequest::parse(bytes);
            let _ = CredentialResponse::parse(bytes);
        }
        let _ = OfferLink::parse(&text);
        let _ = OfferLink::parse(&format!("openid-credential-offer://?credential_offer={text}"));
        let _ = ProofJwt::parse(&text);
        if let Ok(issuer) = IssuerIdentifier::parse(&text) {
            let _ = (issuer.metadata_url(), issuer.authorization_server_metadata_url());
        }
    }
}
