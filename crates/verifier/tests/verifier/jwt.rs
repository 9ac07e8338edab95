//! Which badges in JWTs are accepted, and by which tricks does none get in?

use serde_json::{Value, json};
use stapel_verifier::CheckKind;

use crate::scene::{Scene, without_list};
use crate::tokens::*;
use crate::vectors::{Vector, accepted, refused, undecided};
use crate::world::*;

/// The school's document with another key under `#key-1`.
fn web_jwk(jwk: &Value) -> Value {
    let mut document = web_document();
    let method = document["verificationMethod"][0].as_object_mut().unwrap();
    method.remove("publicKeyMultibase");
    method.insert("type".to_owned(), json!("JsonWebKey"));
    method.insert("publicKeyJwk".to_owned(), jwk.clone());
    document
}

/// A token of the issuer at the school's address, whose key is this JWK.
fn web(token: &Token, jwk: &Value) -> Scene {
    token.bare().controller(WEB, &web_jwk(jwk)).pinned(WEB)
}

/// A badge of an issuer that is itself a key.
fn of_did_jwk(token: Token, jwk: &Value) -> Scene {
    let did = did_jwk(jwk);
    let token = token.without("credentialStatus").bend(|badge| badge["issuer"] = json!(did));
    token.bare().pinned(&did)
}

fn scene_of(token: &Token) -> Scene {
    at_hand(token.sign())
}

/// The presentation of a badge that came as a JWT.
fn shown(token: &Token) -> Scene {
    without_list(&json!({})).with_document(token.sign()).asked()
}

fn parts(token: &str) -> [&str; 3] {
    let parts: Vec<&str> = token.split('.').collect();
    parts.try_into().unwrap()
}

/// A badge to be shown with its status list in one presentation.
fn in_an_envelope(badge: &Token) -> Token {
    let list = pen("school").sign(status_list(&[]));
    vp_jwt(&[&enveloped(&badge.sign()), &list])
}

fn accepted_cases() -> Vec<Vector> {
    use CheckKind::{Audience, Holder, Key, Proof, Status, Trust};
    vec![
        accepted(
            "jwt-open-badge",
            Trust,
            "vouched",
            "Open Badges 3.0 §8.2: the payload is the badge",
            scene_of(&open_badge()),
        ),
        accepted("jwt-vc-jose-cose", Trust, "vouched", "the form of VC-JOSE-COSE", scene_of(&vc_jwt())),
        accepted(
            "jwt-typ-in-full",
            Proof,
            "intact",
            "a media type may be written in full and in any case (RFC 7515 §4.1.9)",
            scene_of(&vc_jwt().header("typ", "application/VC+JWT").header("cty", "application/vc")),
        ),
        accepted(
            "jwt-without-typ",
            Proof,
            "intact",
            "the badge says what it is, so the header need not",
            scene_of(&open_badge().without_header("typ")),
        ),
        accepted(
            "jwt-vc-claim",
            Proof,
            "intact",
            "the badge in the claim of version 1.1 is read too",
            scene_of(&in_claim()),
        ),
        accepted(
            "jwt-vc-claim-completed-by-the-others",
            Trust,
            "vouched",
            "in that form iss, jti, sub and nbf may stand instead of members, signed like them",
            scene_of(&in_claim().bend(|payload| {
                let badge = payload["vc"].as_object_mut().unwrap();
                badge.remove("id");
                badge.remove("validFrom");
                badge["issuer"].as_object_mut().unwrap().remove("id");
                badge["credentialSubject"].as_object_mut().unwrap().remove("id");
            })),
        ),
        accepted(
            "jwt-issuer-as-text",
            Key,
            "key-of-controller",
            "an issuer is an object or a text",
            scene_of(&vc_jwt().bend(|badge| badge["issuer"] = badge["issuer"]["id"].clone())),
        ),
        accepted(
            "jwt-key-named-by-fragment",
            Key,
            "key-of-controller",
            "a name without DID is one of the issuer's own keys",
            web(&web_jwt(By::Ed25519("school"), "EdDSA").header("kid", "#key-1"), &jwk("school")),
        ),
        accepted(
            "jwt-exact-algorithm-name",
            Proof,
            "intact",
            "RFC 9864 calls EdDSA on this curve Ed25519",
            scene_of(&open_badge().header("alg", "Ed25519")),
        ),
        accepted(
            "jwt-key-brought-along",
            Key,
            "key-of-controller",
            "a key in the header counts where it is one of the issuer's",
            scene_of(&open_badge().without_header("kid").header("jwk", jwk("school"))),
        ),
        accepted(
            "jwt-key-brought-along-and-named",
            Key,
            "key-of-controller",
            "a key in the header may be named too, by the same name",
            scene_of(&open_badge().header("jwk", jwk("school"))),
        ),
        accepted(
            "jwt-es256",
            Key,
            "key-of-controller",
            "ES256 under a key of a did:web",
            web(&web_jwt(By::P256, "ES256"), &p256_jwk()),
        ),
        accepted(
            "jwt-rs256",
            Key,
            "key-of-controller",
            "RS256, which Open Badges 3.0 names",
            web(&web_jwt(By::Rsa, "RS256"), &rsa_jwk()),
        ),
        accepted(
            "jwt-rs256-key-brought-along",
            Key,
            "key-of-controller",
            "an RSA key in the header, found in the issuer's document",
            web(&web_jwt(By::Rsa, "RS256").without_header("kid").header("jwk", rsa_jwk()), &rsa_jwk()),
        ),
        accepted(
            "jwt-did-jwk-without-key-name",
            Key,
            "key-of-controller",
            "a DID that is one key need not say which",
            of_did_jwk(vc_jwt().by(By::P256).header("alg", "ES256").without_header("kid"), &p256_jwk()),
        ),
        accepted(
            "jwt-end-of-the-signature",
            CheckKind::Validity,
            "valid-until-proof-ends",
            "in VC-JOSE-COSE exp is the end of the signature, which may come before that of the badge",
            scene_of(
                &vc_jwt()
                    .claim("validUntil", "2030-01-01T00:00:00Z")
                    .claim("exp", instant("2027-01-01T00:00:00Z").unix_seconds()),
            ),
        ),
        accepted(
            "jwt-status-list",
            Status,
            "not-revoked",
            "a status list may be a JWT like any other credential",
            without_list(&json!({})).with_document(open_badge().sign()).list_text(&list_jwt(&[])),
        ),
        accepted(
            "jwt-presentation",
            Audience,
            "for-us",
            "a presentation as a JWT: aud is its domain, nonce its challenge",
            shown(&vp_jwt(&[&pen("school").sign(badge()), &pen("school").sign(status_list(&[]))])),
        ),
        accepted(
            "jwt-in-an-envelope",
            Holder,
            "of-holder",
            "a badge in a JWT within a presentation in a JWT",
            shown(&in_an_envelope(&open_badge())),
        ),
        accepted(
            "jwt-in-an-envelope-under-a-proof",
            Holder,
            "of-holder",
            "a badge in a JWT within a presentation with a proof",
            without_list(
                &showing().sign(presentation(&[&enveloped(&vc_jwt().sign()), &pen("school").sign(status_list(&[]))])),
            )
            .asked(),
        ),
    ]
}

fn list_jwt(set: &[u32]) -> String {
    let mut token = vc_jwt();
    token.payload = status_list(set);
    token.sign()
}

fn header_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    vec![
        malformed(
            "jwt-alg-none",
            "what nobody signed is not signed",
            scene_of(&open_badge().header("alg", "none").by(By::Nobody)),
        ),
        malformed(
            "jwt-alg-none-in-capitals",
            "however it is spelled",
            scene_of(&open_badge().header("alg", "nOnE").by(By::Nobody)),
        ),
        malformed(
            "jwt-alg-none-with-a-signature",
            "a signature beside none is not looked at",
            scene_of(&open_badge().header("alg", "none")),
        ),
        malformed(
            "jwt-alg-missing",
            "the algorithm is not guessed from the key",
            scene_of(&open_badge().without_header("alg")),
        ),
        malformed(
            "jwt-public-key-as-shared-secret",
            "whoever can verify by a shared secret can forge, and a public key is public",
            scene_of(&open_badge().header("alg", "HS256").by(By::PublicKeyAsSecret)),
        ),
        malformed(
            "jwt-jwk-text-as-shared-secret",
            "nor is the text of a JWK a secret",
            scene_of(&open_badge().header("alg", "HS256").by(By::JwkAsSecret)),
        ),
        malformed(
            "jwt-certificates-brought-along",
            "a certificate in the header makes nobody the issuer",
            scene_of(&open_badge().header("x5c", json!(["MIIB"])).by(By::Ed25519("stranger"))),
        ),
        malformed(
            "jwt-address-of-keys",
            "an address in the header is never fetched",
            scene_of(&open_badge().header("jku", "https://stranger.example/jwks").by(By::Ed25519("stranger"))),
        ),
        malformed(
            "jwt-address-of-certificates",
            "neither is one of certificates",
            scene_of(&open_badge().header("x5u", "https://stranger.example/x5u").by(By::Ed25519("stranger"))),
        ),
        malformed(
            "jwt-critical-extension",
            "what must be understood and is not makes the whole invalid",
            scene_of(&open_badge().header("crit", json!(["exp"])).header("exp", 1)),
        ),
        malformed(
            "jwt-critical-list-empty",
            "an empty list of critical members is not allowed (RFC 7515 §4.1.11)",
            scene_of(&open_badge().header("crit", json!([]))),
        ),
        malformed(
            "jwt-payload-not-encoded",
            "a header that changes what is signed is not taken",
            scene_of(&open_badge().header("b64", false)),
        ),
        malformed(
            "jwt-payload-not-encoded-and-critical",
            "not when it says so either",
            scene_of(&open_badge().header("b64", false).header("crit", json!(["b64"]))),
        ),
        malformed("jwt-header-member-twice", "of two algorithms one may be checked and the other used", {
            let token = open_badge();
            let header = text(&token.header).replacen("{\"alg\":", "{\"alg\":\"none\",\"alg\":", 1);
            at_hand(token.sign_texts(&header, &text(&token.payload)))
        }),
        malformed(
            "jwt-typ-of-a-key-proof",
            "a JWT that was made for something else is no badge",
            scene_of(&open_badge().header("typ", "openid4vci-proof+jwt")),
        ),
        malformed(
            "jwt-typ-of-an-access-token",
            "nor is an access token",
            scene_of(&open_badge().header("typ", "at+jwt")),
        ),
        malformed(
            "jwt-typ-of-a-presentation",
            "nor what is signed to show something",
            scene_of(&open_badge().header("typ", "vp+jwt")),
        ),
        malformed("jwt-typ-not-text", "a type is text", scene_of(&open_badge().header("typ", json!(["JWT"])))),
        malformed("jwt-in-a-jwt", "a JWT in a JWT is not opened", scene_of(&open_badge().header("cty", "JWT"))),
        malformed(
            "jwt-key-brought-along-is-private",
            "a key whose private half is shown is nobody's any more",
            scene_of(&open_badge().header("jwk", {
                let mut jwk = jwk("school");
                jwk["d"] = json!("AAAA");
                jwk
            })),
        ),
        malformed("jwt-key-brought-along-member-twice", "the key in the header is read as strictly as the rest", {
            let token = open_badge().without_header("kid").header("jwk", jwk("school"));
            let header = text(&token.header).replacen("\"kty\":", "\"kty\":\"EC\",\"kty\":", 1);
            at_hand(token.sign_texts(&header, &text(&token.payload)))
        }),
        malformed(
            "jwt-key-brought-along-off-the-curve",
            "a key in the header is a key, or nothing is read",
            of_did_jwk(
                vc_jwt().by(By::P256).header("alg", "ES256").without_header("kid").header("jwk", {
                    let mut jwk = p256_jwk();
                    jwk["y"] = jwk["x"].clone();
                    jwk
                }),
                &p256_jwk(),
            ),
        ),
    ]
}

fn text_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    let bent = |bend: fn([&str; 3]) -> String| {
        let token = open_badge().sign();
        at_hand(bend(parts(&token)))
    };
    vec![
        malformed("jwt-signature-cut-off", "two parts are no signed JWT", bent(|[h, p, _]| format!("{h}.{p}"))),
        malformed("jwt-encrypted", "five parts are an encrypted one", bent(|[h, p, s]| format!("{h}.{h}.{h}.{p}.{s}"))),
        malformed("jwt-padded", "base64url in a JWT has no padding", bent(|[h, p, s]| format!("{h}.{p}.{s}=="))),
        malformed(
            "jwt-stray-bits",
            "bits that no byte uses would be a second spelling of one signature",
            bent(|[h, p, s]| {
                // Of the last character of 64 bytes four bits are used no more.
                let other = match &s[85..] {
                    "A" => "B",
                    "Q" => "R",
                    "g" => "h",
                    _ => "x",
                };
                format!("{h}.{p}.{}{other}", &s[..85])
            }),
        ),
        malformed(
            "jwt-in-the-other-alphabet",
            "base64 with + and / is not base64url",
            bent(|[h, p, s]| format!("{h}.{p}.{}", s.replace('-', "+").replace('_', "/") + "+")),
        ),
        malformed("jwt-broken-over-lines", "no line break stands in it", bent(|[h, p, s]| format!("{h}.\n{p}.\n{s}"))),
        malformed("jwt-followed-by-more", "nothing follows it", bent(|[h, p, s]| format!("{h}.{p}.{s} {{}}"))),
        malformed("jwt-payload-member-twice", "the payload is read as strictly as a badge", {
            let token = open_badge();
            let payload = text(&token.payload);
            let twice = payload.replacen("\"creditsEarned\":240", "\"creditsEarned\":2400,\"creditsEarned\":240", 1);
            at_hand(token.sign_texts(&text(&token.header), &twice))
        }),
        malformed("jwt-payload-cut-off", "half a document is none, signed or not", {
            let token = open_badge();
            let payload = text(&token.payload);
            at_hand(token.sign_texts(&text(&token.header), &payload[..payload.len() / 2]))
        }),
    ]
}

fn claim_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    let end = instant("2030-01-01T00:00:00Z").unix_seconds();
    vec![
        malformed(
            "jwt-iss-of-another",
            "who issued is said once, or twice the same",
            scene_of(&open_badge().claim("iss", did("university"))),
        ),
        malformed(
            "jwt-iss-of-another-in-the-header",
            "also in the header",
            scene_of(&vc_jwt().header("iss", did("university"))),
        ),
        malformed(
            "jwt-jti-of-another-badge",
            "a badge has one identity",
            scene_of(&open_badge().claim("jti", "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e12")),
        ),
        malformed(
            "jwt-sub-of-somebody-else",
            "a badge is about one person",
            scene_of(&open_badge().claim("sub", did("other-learner"))),
        ),
        malformed(
            "jwt-sub-of-a-badge-about-nobody",
            "a claim does not give a badge to somebody whom it does not name",
            scene_of(&open_badge().bend(|badge| {
                badge["credentialSubject"].as_object_mut().unwrap().remove("id");
            })),
        ),
        malformed(
            "jwt-nbf-of-another-day",
            "the beginning is said once, or twice the same",
            scene_of(&open_badge().claim("nbf", instant(AWARDED).unix_seconds() - 86_400)),
        ),
        malformed(
            "jwt-exp-after-the-end",
            "in the form of Open Badges exp is the end of the badge",
            scene_of(&open_badge().claim("validUntil", "2029-01-01T00:00:00Z").claim("exp", end)),
        ),
        malformed(
            "jwt-exp-as-text",
            "an instant in a JWT is a number",
            scene_of(&open_badge().claim("exp", "2030-01-01T00:00:00Z")),
        ),
        malformed(
            "jwt-vc-claim-contradicted",
            "in the claim of version 1.1 nothing is overruled either",
            scene_of(&in_claim().claim("iss", did("university"))),
        ),
        malformed(
            "jwt-vc-claim-in-vc-jose-cose",
            "VC-JOSE-COSE forbids the claim: of two documents, which one is read?",
            scene_of(&vc_jwt().claim("vc", badge())),
        ),
        malformed(
            "jwt-vc-claim-beside-the-badge",
            "nor may a second badge stand in the claim beside the first",
            scene_of(&open_badge().claim("vc", badge())),
        ),
        malformed(
            "jwt-vp-claim-beside-the-badge",
            "nor a presentation",
            scene_of(&open_badge().claim("vp", json!({}))),
        ),
        refused(
            "jwt-signature-ended",
            CheckKind::Validity,
            "proof-expired",
            "a signature with an end holds until then",
            scene_of(&vc_jwt().claim("exp", instant("2026-11-01T00:00:00Z").unix_seconds())),
        ),
        refused(
            "jwt-exp-without-valid-until",
            CheckKind::Validity,
            "proof-expired",
            "an end that only the JWT names is one",
            scene_of(&open_badge().claim("exp", instant("2026-11-01T00:00:00Z").unix_seconds())),
        ),
    ]
}

fn key_cases() -> Vec<Vector> {
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    let key = |name, because, proves, scene| refused(name, CheckKind::Key, because, proves, scene);
    vec![
        altered("jwt-payload-altered", "whoever alters the payload breaks the signature", {
            let token = open_badge();
            let genuine = token.sign();
            let [header, _, signature] = parts(&genuine);
            let forged = token.bend(|badge| badge["credentialSubject"]["creditsEarned"] = json!(2400));
            at_hand(format!("{header}.{}.{signature}", base64url(text(&forged.payload))))
        }),
        altered("jwt-header-altered", "the header is signed too", {
            let genuine = open_badge().sign();
            let [_, payload, signature] = parts(&genuine);
            let header = text(&open_badge().without_header("typ").header);
            at_hand(format!("{}.{payload}.{signature}", base64url(header)))
        }),
        altered(
            "jwt-by-a-stranger",
            "the name of the school's key over a stranger's signature",
            scene_of(&open_badge().by(By::Ed25519("stranger"))),
        ),
        altered(
            "jwt-signature-of-another-badge",
            "a signature fits one badge",
            at_hand({
                let other =
                    open_badge().claim("jti", "urn:uuid:0").bend(|badge| badge["id"] = json!("urn:uuid:0")).sign();
                let genuine = open_badge().sign();
                let [header, payload, _] = parts(&genuine);
                format!("{header}.{payload}.{}", parts(&other)[2])
            }),
        ),
        altered("jwt-es256-signature-too-long", "an ES256 signature has 64 bytes; that of DER has more", {
            let token = web_jwt(By::P256, "ES256");
            let genuine = token.sign();
            let scene = web(&token, &p256_jwk());
            scene.with_document(format!("{}AAAA", &genuine[..genuine.len() - 2]))
        }),
        altered(
            "jwt-es256-signature-of-zeros",
            "r and s of zero fit every document in a verifier that does not look (CVE-2022-21449)",
            {
                let token = web_jwt(By::P256, "ES256");
                let genuine = token.sign();
                let [header, payload, _] = parts(&genuine);
                web(&token, &p256_jwk()).with_document(format!("{header}.{payload}.{}", base64url([0; 64])))
            },
        ),
        altered("jwt-rs256-signature-cut-off", "an RSA signature is as long as its key", {
            let token = web_jwt(By::Rsa, "RS256");
            let genuine = token.sign();
            web(&token, &rsa_jwk()).with_document(genuine[..genuine.len() - 6].to_owned())
        }),
        key(
            "jwt-key-of-a-stranger-brought-along",
            "key-refused",
            "a key in the header that is not the issuer's proves nothing, however good its signature",
            scene_of(&open_badge().without_header("kid").header("jwk", jwk("stranger")).by(By::Ed25519("stranger"))),
        ),
        key(
            "jwt-key-of-a-stranger-under-the-issuers-name",
            "key-refused",
            "nor does it under the name of the issuer's key",
            scene_of(&open_badge().header("jwk", jwk("stranger")).by(By::Ed25519("stranger"))),
        ),
        key(
            "jwt-key-brought-along-not-in-the-document",
            "key-refused",
            "the document of a did:web says which keys are the issuer's, not the header",
            web(&web_jwt(By::Rsa, "RS256").without_header("kid").header("jwk", rsa_jwk()), &p256_jwk()),
        ),
        key(
            "jwt-key-brought-along-not-for-badges",
            "key-refused",
            "nor does a key count that is listed for nothing",
            {
                let mut document = web_jwk(&rsa_jwk());
                document["assertionMethod"] = json!([]);
                let token = web_jwt(By::Rsa, "RS256").without_header("kid").header("jwk", rsa_jwk());
                token.bare().controller(WEB, &document).pinned(WEB)
            },
        ),
        key(
            "jwt-key-of-somebody-else-named",
            "key-of-another",
            "a stranger's own key under his own name does not make him the school",
            scene_of(&open_badge().header("kid", method("stranger")).by(By::Ed25519("stranger"))),
        ),
        key(
            "jwt-key-not-in-the-document",
            "key-refused",
            "a name that the issuer's document does not have",
            web(&web_jwt(By::P256, "ES256").header("kid", "key-2"), &p256_jwk()),
        ),
        key(
            "jwt-did-web-without-key-name",
            "key-refused",
            "a did:web with neither a name nor a key does not say which key signed",
            web(&web_jwt(By::P256, "ES256").without_header("kid"), &p256_jwk()),
        ),
        refused(
            "jwt-algorithm-of-another-kind",
            CheckKind::Proof,
            "wrong-algorithm",
            "the key says which algorithm it is for, not the header",
            scene_of(&open_badge().header("alg", "ES256")),
        ),
        refused(
            "jwt-eddsa-under-a-p256-key",
            CheckKind::Proof,
            "wrong-algorithm",
            "the other way round neither",
            web(&web_jwt(By::P256, "EdDSA"), &p256_jwk()),
        ),
        refused(
            "jwt-rs256-under-a-p256-key",
            CheckKind::Proof,
            "wrong-algorithm",
            "nor between foreign kinds",
            web(&web_jwt(By::Rsa, "RS256"), &p256_jwk()),
        ),
        refused(
            "proof-under-a-p256-key",
            CheckKind::Proof,
            "wrong-algorithm",
            "an EdDSA suite under a key of another kind",
            crate::scene::bare(&web_pen().sign(web_badge())).controller(WEB, &web_jwk(&p256_jwk())).pinned(WEB),
        ),
    ]
}

fn presentation_cases() -> Vec<Vector> {
    vec![
        refused(
            "jwt-presentation-for-another",
            CheckKind::Audience,
            "for-another",
            "aud is for whom it was made",
            shown(&in_an_envelope(&open_badge()).claim("aud", "stranger.example")),
        ),
        refused(
            "jwt-presentation-shown-again",
            CheckKind::Audience,
            "other-challenge",
            "nonce is the question that it answers",
            shown(&in_an_envelope(&open_badge()).claim("nonce", "0")),
        ),
        refused(
            "jwt-presentation-ended",
            CheckKind::Validity,
            "proof-expired",
            "exp is the end of a presentation",
            shown(&in_an_envelope(&open_badge()).claim("exp", instant("2026-11-22T08:00:00Z").unix_seconds())),
        ),
        refused(
            "jwt-presentation-not-begun",
            CheckKind::Validity,
            "not-yet-valid",
            "nbf is the beginning of a presentation",
            shown(
                &in_an_envelope(&open_badge())
                    .claim("nbf", instant("2026-11-22T10:00:00Z").unix_seconds())
                    .claim("exp", instant("2026-11-22T11:00:00Z").unix_seconds()),
            ),
        ),
        refused(
            "jwt-presentation-typed-as-a-badge",
            CheckKind::Structure,
            "malformed",
            "a presentation is not shown under the type of a badge",
            shown(&in_an_envelope(&open_badge()).header("typ", "vc+jwt")),
        ),
        refused(
            "jwt-of-another-in-an-envelope",
            CheckKind::Holder,
            "of-another",
            "an envelope does not change whom a badge is about",
            shown(&in_an_envelope(
                &vc_jwt().bend(|badge| badge["credentialSubject"]["id"] = json!(did("other-learner"))),
            )),
        ),
        refused(
            "jwt-forged-in-an-envelope",
            CheckKind::Proof,
            "altered",
            "an envelope hides no forgery",
            shown(&in_an_envelope(&open_badge().by(By::Ed25519("learner")))),
        ),
        refused(
            "envelope-of-something-else",
            CheckKind::Structure,
            "malformed",
            "an envelope holds a JWT in a data URL and nothing else",
            without_list(&showing().sign(presentation(&[&json!({
                "@context": "https://www.w3.org/ns/credentials/v2",
                "id": format!("data:application/vc+jwt;base64,{}", base64url(open_badge().sign())),
                "type": "EnvelopedVerifiableCredential",
            })])))
            .asked(),
        ),
    ]
}

fn undecided_cases() -> Vec<Vector> {
    let suite = |name, proves, scene| undecided(name, CheckKind::Proof, "unknown-suite", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    vec![
        suite(
            "jwt-es384",
            "an algorithm that is not read is not called forged",
            scene_of(&open_badge().header("alg", "ES384")),
        ),
        suite("jwt-ps256", "nor is RSA with another padding", web(&web_jwt(By::Rsa, "PS256"), &rsa_jwk())),
        suite(
            "jwt-around-a-proof",
            "of two ways of securing one would be passed over",
            scene_of(&vc_jwt().bend(|payload| *payload = pen("school").sign(payload.clone()))),
        ),
        unreadable(
            "jwt-issuer-by-https",
            "whose keys an https address controls is not looked up, also where one came along",
            open_badge()
                .without_header("kid")
                .without("credentialStatus")
                .without("iss")
                .header("jwk", jwk("school"))
                .bend(|badge| badge["issuer"]["id"] = json!("https://roc.example/issuer"))
                .bare(),
        ),
        unreadable(
            "jwt-key-by-https",
            "a key at an address is not fetched",
            scene_of(&open_badge().header("kid", "https://roc.example/keys/1")),
        ),
        unreadable(
            "jwt-key-brought-along-of-another-kind",
            "a key that is not read is not called forged",
            scene_of(&open_badge().header("jwk", json!({ "kty": "EC", "crv": "P-384", "x": "AA", "y": "AA" }))),
        ),
        unreadable("jwt-rsa-key-too-short", "a key of 1024 bits is not used", {
            let jwk = json!({ "kty": "RSA", "e": "AQAB", "n": base64url([0xc5; 128]) });
            web(&web_jwt(By::Rsa, "RS256"), &jwk)
        }),
        undecided(
            "jwt-did-web-document-missing",
            CheckKind::Key,
            "key-missing",
            "the document that would know the key is named, to be fetched",
            web_jwt(By::Rsa, "RS256").without_header("kid").header("jwk", rsa_jwk()).bare().pinned(WEB),
        ),
        undecided(
            "jwt-status-list-forged",
            CheckKind::Status,
            "status-list-unusable",
            "a status list in a JWT is authenticated like any other",
            without_list(&json!({})).with_document(open_badge().sign()).list_text(&{
                let mut token = vc_jwt().by(By::Ed25519("stranger"));
                token.payload = status_list(&[]);
                token.sign()
            }),
        ),
    ]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [
        accepted_cases(),
        undecided_cases(),
        header_cases(),
        text_cases(),
        claim_cases(),
        key_cases(),
        presentation_cases(),
    ]
    .concat()
}
