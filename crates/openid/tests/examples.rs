//! Do the examples of the specification read as they are meant?
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a message that cannot be made fails its test")]

use std::path::PathBuf;

use stapel_openid::{
    Body, CredentialConfiguration, CredentialError, CredentialErrorCode, CredentialIssuerMetadata, CredentialOffer,
    CredentialRequest, CredentialResponse, Flow, InputMode, IssuerIdentifier, NonceResponse, OfferLink, TokenError,
    TokenErrorCode, TokenRequest, TokenResponse, Wanted,
};

const ISSUER: &str = "https://credential-issuer.example.com";

/// The text of an example, or `None` with a line printed where the vectors are not at hand.
fn example(name: &str) -> Option<String> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/oid4vci-examples"));
    if !folder.is_dir() {
        assert!(std::env::var_os("STAPEL_REQUIRE_VECTORS").is_none(), "the vectors are not at {}", folder.display());
        println!("skipped: the vectors are not at {}", folder.display());
        return None;
    }
    Some(std::fs::read_to_string(folder.join(name)).unwrap())
}

/// The body of an HTTP message, without the line breaks that stand within strings "for display purposes only".
fn body(message: &str) -> String {
    let (mut text, mut inside, mut broken) = (String::new(), false, false);
    for character in message.trim_start().split_once('{').unwrap().1.chars() {
        if character == '"' {
            inside = !inside;
        }
        if inside && character == '\n' {
            broken = true;
        } else if !(broken && character == ' ') {
            broken = false;
            text.push(character);
        }
    }
    format!("{{{text}")
}

fn metadata(supported: &str) -> CredentialIssuerMetadata {
    let mut value: serde_json::Value = serde_json::from_str(supported).unwrap();
    value["credential_issuer"] = ISSUER.into();
    value["credential_endpoint"] = format!("{ISSUER}/credential").into();
    CredentialIssuerMetadata::parse(value.to_string().as_bytes(), &IssuerIdentifier::parse(ISSUER).unwrap()).unwrap()
}

#[test]
fn the_pre_authorized_offers_of_the_specification_are_read() {
    let Some(text) = example("credential_offer_pre-authz_code.json") else { return };
    let offer = CredentialOffer::parse(text.as_bytes()).unwrap();
    assert_eq!(offer.credential_issuer().as_str(), ISSUER);
    assert_eq!(offer.credential_configuration_ids(), ["UniversityDegreeCredential"]);
    let grant = offer.grants().pre_authorized_code.clone().unwrap();
    assert_eq!(grant.pre_authorized_code.expose(), "adhjhdjajkdkhjhdj");
    let tx_code = grant.tx_code.unwrap();
    assert_eq!((tx_code.input_mode, tx_code.length), (InputMode::Numeric, None));
    assert!(tx_code.description.unwrap().starts_with("Please provide the one-time code"));

    let offer =
        CredentialOffer::parse(example("credential_offer_multiple_credentials.json").unwrap().as_bytes()).unwrap();
    assert_eq!(offer.credential_configuration_ids(), ["UniversityDegreeCredential", "org.iso.18013.5.1.mDL"]);
    assert_eq!(offer.grants().pre_authorized_code.clone().unwrap().tx_code.unwrap().length, Some(4));

    // An empty object still asks for a transaction code.
    let offer = CredentialOffer::parse(example("credential_offer_by_reference.json").unwrap().as_bytes()).unwrap();
    assert!(offer.grants().pre_authorized_code.clone().unwrap().tx_code.is_some());
}

#[test]
fn an_offer_for_another_flow_is_read_but_not_followed() {
    let Some(text) = example("credential_offer_authz_code.txt") else { return };
    let offer = CredentialOffer::parse(body(&text).as_bytes()).unwrap();
    assert!(offer.grants().pre_authorized_code.is_none());
    let error = Flow::start(OfferLink::Embedded(Box::new(offer))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the offer of https://credential-issuer.example.com carries no pre-authorized code, \
         the only way of claiming that is spoken here"
    );
}

#[test]
fn the_links_of_the_specification_are_read() {
    // OpenID4VCI §4.1.2 and §4.1.3.
    let by_value = "openid-credential-offer://?credential_offer=%7B%22credential_issuer%22:%22https://credential-issuer.exam\
        ple.com%22,%22credential_configuration_ids%22:%5B%22org.iso.18013.5.1.mDL%22%5D,%22grants%22:%7B%22urn:ietf:params:\
        oauth:grant-type:pre-authorized_code%22:%7B%22pre-authorized_code%22:%22oaKazRN8I0IbtZ0C7JuMn5%22,%22tx_code%22:%7B\
        %22input_mode%22:%22text%22,%22description%22:%22Please%20enter%20the%20serial%20number%20of%20your%20physical%20\
        drivers%20license%22%7D%7D%7D%7D";
    let OfferLink::Embedded(offer) = OfferLink::parse(by_value).unwrap() else { panic!("by value") };
    let tx_code = offer.grants().pre_authorized_code.clone().unwrap().tx_code.unwrap();
    assert_eq!(tx_code.input_mode, InputMode::Text);
    assert_eq!(tx_code.description.as_deref(), Some("Please enter the serial number of your physical drivers license"));
    let by_reference = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fserver%2Eexample%2Ecom%2Fcredential-\
        offer%2FGkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM";
    let OfferLink::ByReference(url) = OfferLink::parse(by_reference).unwrap() else { panic!("by reference") };
    assert_eq!(url.as_str(), "https://server.example.com/credential-offer/GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM");
}

#[test]
fn the_metadata_of_ldp_vc_is_read_in_full() {
    let Some(text) = example("credential_metadata_ldp_vc.json") else { return };
    let metadata = metadata(&text);
    let Some(CredentialConfiguration::LdpVc(degree)) =
        metadata.credential_configurations_supported.get("UniversityDegree_LDP_VC")
    else {
        panic!("ldp_vc")
    };
    assert_eq!(degree.credential_definition.types, ["VerifiableCredential", "UniversityDegreeCredential"]);
    assert_eq!(degree.credential_definition.context.len(), 2);
    assert_eq!(degree.cryptographic_binding_methods_supported, ["did:example"]);
    let shown = degree.credential_metadata.clone().unwrap();
    assert_eq!(shown.display[0].name, "University Credential");
    assert_eq!(shown.claims.len(), 4);
    assert!(shown.claims[3].mandatory);
    // What is written is what was read.
    let written: serde_json::Value = serde_json::from_str(&metadata.to_json()).unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written["credential_configurations_supported"], read["credential_configurations_supported"]);
}

#[test]
fn metadata_of_other_formats_is_passed_over() {
    for (name, format) in [
        ("credential_metadata_jwt_vc_json.json", "jwt_vc_json"),
        ("credential_metadata_mso_mdoc.json", "mso_mdoc"),
        ("credential_metadata_sd_jwt_vc.json", "dc+sd-jwt"),
    ] {
        let Some(text) = example(name) else { return };
        let metadata = metadata(&text);
        let configuration = metadata.credential_configurations_supported.values().next().unwrap();
        assert_eq!(*configuration, CredentialConfiguration::Other { format: format.to_owned() });
    }
}

#[test]
fn an_issuer_that_asks_for_encryption_is_not_followed() {
    let Some(text) = example("credential_issuer_metadata_sd_jwt_long.json") else { return };
    let offer = format!(
        r#"{{"credential_issuer":"{ISSUER}","credential_configuration_ids":["SD_JWT_VC_example_in_OpenID4VCI"],
        "grants":{{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{{"pre-authorized_code":"x"}}}}}}"#
    );
    let offer = CredentialOffer::parse(offer.as_bytes()).unwrap();
    let flow = Flow::start(OfferLink::Embedded(Box::new(offer))).unwrap();
    assert_eq!(
        flow.answered(200, text.as_bytes()).unwrap_err().to_string(),
        "https://credential-issuer.example.com asks for encrypted messages beyond TLS, which are not spoken here"
    );
}

#[test]
fn the_credential_of_a_response_is_its_exact_text() {
    let Some(text) = example("credential_response_ldp_vc.txt") else { return };
    let response = body(&text);
    let CredentialResponse::Issued { credentials, notification_id: None } =
        CredentialResponse::parse(response.as_bytes()).unwrap()
    else {
        panic!("issued")
    };
    assert_eq!(credentials.len(), 1);
    assert!(credentials[0].starts_with("{\n        \"@context\": ["), "{}", credentials[0]);
    assert!(response.contains(&credentials[0]));
}

#[test]
fn the_token_messages_of_the_specification_are_read() {
    // OpenID4VCI §6.1.1, without its line breaks.
    let request =
        b"grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code=SplxlOBeZQQYbYS6WxSbIA\
        &tx_code=493536&authorization_details=%5B%7B%22type%22%3A%20%22openid_credential%22%7D%5D";
    let request = TokenRequest::parse(request).unwrap();
    assert_eq!(request.pre_authorized_code.expose(), "SplxlOBeZQQYbYS6WxSbIA");
    assert_eq!(request.tx_code.unwrap().expose(), "493536");
    // OpenID4VCI §6.2.
    let response = br#"{"access_token":"eyJhbGciOiJSUzI1NiIsInR5cCI6Ikp..sHQ","token_type":"Bearer","expires_in":86400,
        "authorization_details":[{"type":"openid_credential","credential_configuration_id":"UniversityDegreeCredential",
        "credential_identifiers":["CivilEngineeringDegree-2023","ElectricalEngineeringDegree-2023"]}]}"#;
    let response = TokenResponse::parse(response).unwrap();
    assert_eq!(response.expires_in, Some(86_400));
    assert_eq!(response.credential_identifiers[0].1.len(), 2);
    // OpenID4VCI §6.3.
    let error = TokenError::parse(br#"{"error":"invalid_request"}"#).unwrap();
    assert_eq!((error.status(), error.error), (400, TokenErrorCode::InvalidRequest));
}

#[test]
fn the_nonce_and_credential_messages_of_the_specification_are_read() {
    // OpenID4VCI §7.2.
    assert_eq!(
        NonceResponse::parse(br#"{"c_nonce":"wKI4LT17ac15ES9bw8ac4"}"#).unwrap().c_nonce,
        "wKI4LT17ac15ES9bw8ac4"
    );
    // OpenID4VCI §8.2.
    let request = CredentialRequest::parse(
        br#"{"credential_identifier":"CivilEngineeringDegree-2023","proofs":{"jwt":["a","b"]}}"#,
    )
    .unwrap();
    assert_eq!(request.wanted, Wanted::Identifier("CivilEngineeringDegree-2023".to_owned()));
    assert_eq!(request.proofs, ["a", "b"]);
    // OpenID4VCI §8.3.
    let response =
        br#"{"credentials":[{"credential":"LUpixVCW"},{"credential":"YXNkZnNh"}],"notification_id":"3fwe98js"}"#;
    assert_eq!(
        CredentialResponse::parse(response).unwrap(),
        CredentialResponse::Issued {
            credentials: vec!["\"LUpixVCW\"".to_owned(), "\"YXNkZnNh\"".to_owned()],
            notification_id: Some("3fwe98js".to_owned()),
        }
    );
    let response = CredentialResponse::parse(br#"{"transaction_id":"8xLOxBtZp8","interval":3600}"#).unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(
        response,
        CredentialResponse::Deferred { transaction_id: "8xLOxBtZp8".to_owned(), interval_seconds: 3600 }
    );
    // OpenID4VCI §8.3.1.2.
    let error = CredentialError::parse(br#"{"error":"unknown_credential_configuration"}"#).unwrap();
    assert_eq!((error.status(), error.error), (400, CredentialErrorCode::UnknownCredentialConfiguration));
}

#[test]
fn a_request_in_the_shape_of_a_draft_is_refused() {
    let Some(text) = example("credential_request_iso_mdl.json") else { return };
    let error = CredentialRequest::parse(text.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_json(),
        r#"{"error":"invalid_credential_request","error_description":"exactly one of credential_configuration_id and credential_identifier is needed"}"#
    );
}

#[test]
fn a_request_shows_no_secret_in_its_debug_text() {
    let body = Body::Form(vec![("pre-authorized_code".to_owned(), "secret".to_owned())]);
    assert_eq!(format!("{body:?}"), r#"Form(["pre-authorized_code"])"#);
    assert_eq!(format!("{:?}", Body::Json("{}".to_owned())), "Json(2 bytes)");
}
