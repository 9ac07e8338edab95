//! How does a document become a JWT? Open Badges 3.0 §8.2 and VC-JOSE-COSE §3.1.

use serde_json::{Map, Value};
use stapel_credential::Timestamp;
use stapel_credential::json::{self, Json, Object};
use stapel_keys::{Algorithm, Signer};

use crate::claims::shape;
use crate::document::Document;
use crate::jws::{compact, signing_input};
use crate::jwt::{JwtNames, Token};
use crate::proof::{Cryptosuite, ProofOptions};
use crate::signed::Signed;
use crate::unsecured::SignError;

/// Signs a document as a JWT: the payload is the document, with the claims of its form.
pub(crate) fn sign_jwt<T: Document>(
    content: &T,
    signer: &dyn Signer,
    options: &ProofOptions,
) -> Result<Signed<T>, SignError> {
    let is_jose_cose = match options.cryptosuite {
        Cryptosuite::VcJoseCose(Algorithm::EdDsa) => true,
        Cryptosuite::VcJwt(Algorithm::EdDsa) => false,
        _ => return Err(SignError::Suite { suite: options.cryptosuite.to_string() }),
    };
    if options.purpose != T::PURPOSE {
        return Err(SignError::JwtPurpose { stated: options.purpose, made_for: T::PURPOSE });
    }
    let mut payload = serde_json::to_string(content)?;
    let claims = {
        let Json::Object(document) = json::parse_within(&payload, T::MAX_BYTES)? else {
            return Err(shape("$", "expected an object").into());
        };
        if is_jose_cose || T::JWT == JwtNames::PRESENTATION {
            of_the_signature(options)
        } else {
            of_the_badge(&document, T::JWT, options)?
        }
    };
    // The document's text ends in the brace of an object with members, so members are added before it.
    for (name, value) in &claims {
        payload.pop();
        payload.push(',');
        payload.push_str(&Value::from(name.as_str()).to_string());
        payload.push(':');
        payload.push_str(&value.to_string());
        payload.push('}');
    }
    let input = signing_input(&header::<T>(is_jose_cose, signer, options), &payload);
    let signature = signer.sign(input.as_bytes())?;
    let text = compact(input, &signature);
    // What nobody would read must not be signed either: so it is read as others will.
    Ok(Token::parse::<T>(&text)?.into_signed(text)?)
}

fn header<T: Document>(is_jose_cose: bool, signer: &dyn Signer, options: &ProofOptions) -> String {
    let mut header = Map::new();
    let mut member = |name: &str, value: Value| header.insert(name.to_owned(), value);
    member("alg", Algorithm::EdDsa.name().into());
    member("kid", options.verification_method.as_str().into());
    if is_jose_cose || T::JWT == JwtNames::PRESENTATION {
        member("typ", T::JWT.typ.into());
        member("cty", T::JWT.cty.into());
    } else {
        member("typ", "JWT".into());
        // OB 3.0 §8.2: a verifier that resolves no DID takes the key from here.
        member("jwk", signer.verifying_key().to_jwk());
    }
    Value::from(header).to_string()
}

/// VC-JOSE-COSE §3.1.3: when it was signed, until when that holds, for whom, and in answer to what.
fn of_the_signature(options: &ProofOptions) -> Vec<(String, Value)> {
    let mut claims = vec![("iat".to_owned(), options.created.unix_seconds().into())];
    if let Some(expires) = options.expires {
        claims.push(("exp".to_owned(), expires.unix_seconds().into()));
    }
    if let Some(domain) = &options.domain {
        claims.push(("aud".to_owned(), domain.as_str().into()));
    }
    if let Some(challenge) = &options.challenge {
        claims.push(("nonce".to_owned(), challenge.as_str().into()));
    }
    claims
}

/// OB 3.0 §8.2: `iss`, `jti`, `sub`, `nbf` and `exp` repeat members of the badge.
fn of_the_badge(
    document: &Object<'_>,
    names: JwtNames,
    options: &ProofOptions,
) -> Result<Vec<(String, Value)>, SignError> {
    if options.expires.is_some() || options.domain.is_some() || options.challenge.is_some() {
        return Err(SignError::NoPlaceInJwt);
    }
    let id_of = |member: &str| {
        let value = document.find(member)?;
        value.as_str().or_else(|| value.find("id")?.as_str())
    };
    let mut claims = Vec::new();
    for (claim, member) in [("iss", names.signer), ("jti", "id"), ("sub", "credentialSubject")] {
        if let Some(id) = id_of(member) {
            claims.push((claim.to_owned(), id.into()));
        }
    }
    for (claim, member) in [("nbf", "validFrom"), ("exp", "validUntil")] {
        if let Some(text) = document.find(member).and_then(Json::as_str) {
            let instant = Timestamp::parse(text).map_err(|error| shape(&format!("$.{member}"), &error.to_string()))?;
            claims.push((claim.to_owned(), instant.unix_seconds().into()));
        }
    }
    Ok(claims)
}
