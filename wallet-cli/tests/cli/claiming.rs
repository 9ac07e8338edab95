//! How is an offer claimed, and what is said when the issuer says no? The issuer is a table of answers.

use serde_json::json;
use stapel_openid::{
    AuthorizationServerMetadata, CredentialConfiguration, CredentialDefinition, CredentialIssuerMetadata,
    CredentialOffer, CredentialResponse, Endpoint, IssuerIdentifier, LdpVcConfiguration, NonceResponse,
    PreAuthorizedCode, TokenError, TokenErrorCode, TokenResponse, TxCode, reference_link,
};

use crate::holder::Holder;
use crate::server::Server;
use crate::world::{SCHOOL, badge};

/// An issuer on a port of this machine that offers one badge.
fn offering(badge: &str, tx_code: Option<TxCode>) -> (Server, String) {
    let server = Server::start();
    let identifier = || IssuerIdentifier::parse(&server.url("")).unwrap();
    let endpoint = |path: &str| Endpoint::parse(&server.url(path)).unwrap();
    let code = PreAuthorizedCode::parse("oaKazRN8I0IbtZ0C7JuMn5").unwrap();
    let offer = CredentialOffer::pre_authorized(identifier(), vec!["badge".to_owned()], code, tx_code).unwrap();
    let definition = CredentialDefinition {
        context: vec!["https://www.w3.org/ns/credentials/v2".into()],
        types: vec!["VerifiableCredential".to_owned(), "OpenBadgeCredential".to_owned()],
    };
    let configuration = CredentialConfiguration::LdpVc(Box::new(LdpVcConfiguration::bound_to_did_key(definition)));
    let metadata = CredentialIssuerMetadata {
        credential_issuer: identifier(),
        authorization_servers: Vec::new(),
        credential_endpoint: endpoint("/credential"),
        nonce_endpoint: Some(endpoint("/nonce")),
        credential_request_encryption: None,
        credential_response_encryption: None,
        display: Vec::new(),
        credential_configurations_supported: [("badge".to_owned(), configuration)].into(),
    };
    let access = stapel_openid::AccessToken::parse("token-1").unwrap();
    server.answers("GET /offers/7", 200, &offer.to_json());
    server.answers("GET /.well-known/openid-credential-issuer", 200, &metadata.to_json());
    let authorization = AuthorizationServerMetadata::pre_authorized(identifier(), endpoint("/token"));
    server.answers("GET /.well-known/oauth-authorization-server", 200, &authorization.to_json());
    server.answers("POST /token", 200, &TokenResponse::bearer(access, 300).to_json());
    server.answers("POST /nonce", 200, &NonceResponse { c_nonce: "nonce-1".to_owned() }.to_json());
    let issued =
        json!({ "credentials": [{ "credential": serde_json::from_str::<serde_json::Value>(badge).unwrap() }] });
    assert!(CredentialResponse::parse(issued.to_string().as_bytes()).is_ok());
    server.answers("POST /credential", 200, &issued.to_string());
    let link = reference_link(&endpoint("/offers/7"));
    (server, link)
}

/// What is said after the warning about the port.
fn after_warning(text: &str) -> &str {
    text.split_once('\n').unwrap().1
}

#[test]
fn an_offer_is_claimed_verified_and_kept() {
    let holder = Holder::trusting();
    let (server, link) = offering(&SCHOOL.badge(&badge(&holder.did)), None);
    let port = server.port.to_string();
    let ran = holder.run(&["receive", &link, "--dev-loopback", &port]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(
        ran.out.lines().take(2).collect::<Vec<_>>(),
        ["“Basiszorg verlenen” is kept.", "Accepted. Every check passed."]
    );
    assert_eq!(server.asked().last().unwrap(), "POST /credential");
}

#[test]
fn a_code_told_apart_is_asked_for() {
    let holder = Holder::trusting();
    let asked = TxCode { length: Some(4), ..TxCode::default() };
    let (server, link) = offering(&SCHOOL.badge(&badge(&holder.did)), Some(asked));
    let port = server.port.to_string();
    let receive = |code: &[&str]| holder.run(&[&["receive", &link, "--dev-loopback", &port], code].concat());
    let nobody = receive(&[]);
    assert_eq!((nobody.code, nobody.out.as_str()), (2, ""));
    assert_eq!(
        after_warning(&nobody.err),
        "stapel: there is no terminal to ask the code of the issuer at\n  → give --tx-code CODE\n"
    );
    let wrong = receive(&["--tx-code", "12"]);
    assert_eq!(wrong.code, 2);
    assert_eq!(
        after_warning(&wrong.err),
        "stapel: the transaction code has 4 digits; what was typed is something else\n"
    );
    assert!(!server.asked().contains(&"POST /token".to_owned()), "nothing was used up");
    let refused = TokenError::new(TokenErrorCode::InvalidGrant, "no such code");
    server.answers("POST /token", 400, &refused.to_json());
    let ran = receive(&["--tx-code", "1234"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        after_warning(&ran.err),
        format!(
            "stapel: the transaction code is not the right one, or {refused}\n  → an offer works once and not for ever: ask the issuer for a new one\n"
        )
    );
}

/// The sentences are those of `ClaimError` in `crates/issuer`.
#[test]
fn a_used_or_expired_code_is_said_with_the_issuers_words() {
    let holder = Holder::trusting();
    let (server, link) = offering(&SCHOOL.badge(&badge(&holder.did)), None);
    let port = server.port.to_string();
    for words in [
        "this claim code was used before or replaced by a newer one; ask the school for a new code",
        "this claim code expired at 2026-11-21T09:00:00Z; ask the school for a new code",
    ] {
        let refused = TokenError::new(TokenErrorCode::InvalidGrant, words);
        server.answers("POST /token", 400, &refused.to_json());
        for (language, sentence) in [
            (
                "en",
                format!(
                    "stapel: the code was used before or has expired (invalid_grant; the server says: \"{words}\")\n  → an offer works once and not for ever: ask the issuer for a new one\n"
                ),
            ),
            (
                "nl",
                format!(
                    "stapel: de code is al gebruikt of verlopen, zegt de uitgever (“{words}”)\n  → een aanbod werkt één keer en niet voor altijd: vraag de uitgever om een nieuw\n"
                ),
            ),
        ] {
            let ran = holder.run(&["receive", &link, "--dev-loopback", &port, "--lang", language]);
            assert_eq!((ran.code, ran.out.as_str(), after_warning(&ran.err)), (1, "", sentence.as_str()));
        }
    }
    assert!(!server.asked().contains(&"POST /credential".to_owned()));
    holder.run(&["list"]).gave(0, "No badges yet. Begin with: stapel receive FILE|URL|LINK\n");
}

#[test]
fn an_issuer_out_of_reach_is_not_called_false() {
    let holder = Holder::trusting();
    let (server, _) = offering(&SCHOOL.badge(&badge(&holder.did)), None);
    let port = server.port.to_string();
    let gone = reference_link(&Endpoint::parse(&server.url("/offers/8")).unwrap());
    let ran = holder.run(&["receive", &gone, "--dev-loopback", &port]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err.lines().nth(1).unwrap(),
        format!("stapel: {} answered with status 404 where the credential offer was expected", server.url("/offers/8"))
    );
    holder.run(&["receive", &gone, "--offline"]).failed(
        2,
        &format!(
            "stapel: {} would have to be asked, and --offline was given\n  → try again without --offline\n",
            server.url("/offers/8")
        ),
    );
}

#[test]
fn what_an_issuer_sends_once_is_laid_beside_when_it_is_not_kept() {
    let holder = Holder::trusting();
    let mut early = badge(&holder.did);
    early["validFrom"] = json!("2026-12-01T00:00:00Z");
    let sent = SCHOOL.badge(&early);
    let (server, link) = offering(&sent, None);
    let port = server.port.to_string();
    let ran = holder.run(&["receive", &link, "--dev-loopback", &port]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.lines().next().unwrap(), "“Basiszorg verlenen” is not kept: a check failed.");
    assert_eq!(
        ran.err.lines().nth(1).unwrap(),
        "The issuer sends it only once, so it is laid beside, in stapel-received-1.json"
    );
    let later = holder.finish(
        holder.command().env("STAPEL_TEST_NOW", "2026-12-02T00:00:00Z").args(["receive", "stapel-received-1.json"]),
    );
    assert_eq!(later.code, 0, "{}", later.out);
}
