//! Does every message of a claim come in and go out as the same message?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_openid::{
    AuthorizationServerMetadata, CredentialIssuerMetadata, CredentialOffer, CredentialRequest, CredentialResponse,
    DcqlQuery, Endpoint, IssuerIdentifier, NonceResponse, OfferLink, PresentationRequest, ProofJwt, TokenRequest,
    TokenResponse,
};

fuzz_target!(|bytes: &[u8]| {
    let issuer = IssuerIdentifier::parse("https://roc.example").expect("an issuer");
    if let Ok(offer) = CredentialOffer::parse(bytes) {
        let text = offer.to_json();
        let again = CredentialOffer::parse(text.as_bytes()).expect("what was written is read");
        assert_eq!(again.to_json(), text);
        let _ = OfferLink::parse(&offer.offer_link());
    }
    if let Ok(metadata) = CredentialIssuerMetadata::parse(bytes, &issuer) {
        CredentialIssuerMetadata::parse(metadata.to_json().as_bytes(), &issuer).expect("what was written is read");
    }
    if let Ok(metadata) = AuthorizationServerMetadata::parse(bytes, &issuer) {
        AuthorizationServerMetadata::parse(metadata.to_json().as_bytes(), &issuer).expect("what was written is read");
    }
    if let Ok(request) = CredentialRequest::parse(bytes) {
        CredentialRequest::parse(request.to_json().as_bytes()).expect("what was written is read");
    }
    if let Ok(response) = TokenResponse::parse(bytes) {
        TokenResponse::parse(response.to_json().as_bytes()).expect("what was written is read");
    }
    if let Ok(request) = PresentationRequest::parse(bytes) {
        let again = PresentationRequest::parse(request.to_json().as_bytes()).expect("what was written is read");
        assert_eq!(again, request);
        assert_eq!(request.client_id(), format!("redirect_uri:{}", request.response_uri()));
    }
    let asked = Endpoint::parse("https://verifier.example/answers/1").expect("an address");
    let asked = PresentationRequest::new(asked, "n".repeat(43), DcqlQuery::badges("answer", None)).expect("a question");
    if let Ok(presentation) = asked.read_answer(&String::from_utf8_lossy(bytes)) {
        assert!(asked.answer(&presentation).is_ok(), "what was read is JSON");
    }
    let _ = (CredentialResponse::parse(bytes), NonceResponse::parse(bytes), TokenRequest::parse(bytes));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = (IssuerIdentifier::parse(text), Endpoint::parse(text), OfferLink::parse(text));
    if let Ok(jwt) = ProofJwt::parse(text) {
        let _ = (jwt.kid(), jwt.did(), jwt.iss(), jwt.nonce());
        let checked = jwt.check("https://roc.example", "nonce", 1_800_000_000, 300);
        assert!(checked.is_err() || (jwt.aud() == "https://roc.example" && jwt.nonce() == Some("nonce")));
    }
});
