//! How does a credential or presentation stand in a JWT? Open Badges 3.0 §8.2, VC-JOSE-COSE §3.1, and the older `vc` claim.

use std::borrow::Cow;

use stapel_credential::json::{self, Json, JsonError, Object};
use stapel_credential::{Did, DidUrl, Timestamp, Uri, jcs};
use stapel_keys::PublicKey;

use crate::data_integrity::{Input, JwsInput, Secured};
use crate::document::Document;
use crate::jws::{Header, HeaderAlgorithm, Jws, JwsError, is_compact, utf8};
use crate::proof::{Cryptosuite, Proof};
use crate::signed::{ProofError, Signed};

/// The names under which a kind of document stands in a JWT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwtNames {
    /// The `typ` of VC-JOSE-COSE: `vc+jwt` or `vp+jwt`.
    pub typ: &'static str,
    /// Its `cty`: `vc` or `vp`. Also the claim that holds the document in the form of the VC Data Model 1.1 (§6.3.1).
    pub cty: &'static str,
    /// The member that names who signs: `issuer` or `holder`.
    pub signer: &'static str,
}

impl JwtNames {
    /// Of credentials.
    pub const CREDENTIAL: Self = Self { typ: "vc+jwt", cty: "vc", signer: "issuer" };
    /// Of presentations.
    pub const PRESENTATION: Self = Self { typ: "vp+jwt", cty: "vp", signer: "holder" };
}

/// A document that came in a JWT, with what the JWT says beside it. Nothing is verified.
#[derive(Debug)]
pub(crate) struct Token {
    /// The document as JSON text: the payload, or what the `vc` or `vp` claim holds.
    pub(crate) document: String,
    /// The form and `alg`, or why it cannot be checked.
    pub(crate) suite: Cryptosuite,
    /// The key's name; a bare DID where none is named.
    pub(crate) method: DidUrl,
    /// Whether the header names the key.
    pub(crate) is_named: bool,
    /// The key that came along.
    pub(crate) jwk: Option<PublicKey>,
    /// `iat`, or `nbf` where that is later.
    pub(crate) created: Option<Timestamp>,
    /// `exp`
    pub(crate) expires: Option<Timestamp>,
    /// `aud`
    pub(crate) audience: Vec<String>,
    /// `nonce`
    pub(crate) nonce: Option<String>,
    /// How many bytes of the text the signature covers.
    pub(crate) signed_bytes: usize,
    pub(crate) signature: Vec<u8>,
}

/// In which of the three forms the document stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// OB 3.0 §8.2: `typ` JWT, the document is the payload, `nbf` and `exp` are its validity.
    OpenBadges,
    /// VC-JOSE-COSE §3.1: `typ` vc+jwt or vp+jwt; `iat` and `exp` are the signature's own.
    JoseCose,
    /// VC Data Model 1.1 §6.3.1: `typ` JWT, the document is in a claim.
    Claim,
}

/// Whether a text is meant as a JWT: none of the documents that are JSON starts as one does.
pub fn is_jwt(text: &str) -> bool {
    is_compact(text)
}

/// The JSON of a document, whether it came as JSON or in a JWT: to see what kind it is, before it is read as such.
/// **Nothing is verified**; a text that cannot be read comes back as it is.
pub fn peek_document_unverified(text: &str) -> Cow<'_, str> {
    if !is_compact(text) {
        return Cow::Borrowed(text);
    }
    let payload = Jws::parse(text, json::MAX_COLLECTION_BYTES).ok().and_then(|jws| utf8("payload", jws.payload).ok());
    let Some(payload) = payload else { return Cow::Borrowed(text) };
    let inside = json::parse_within(&payload, json::MAX_COLLECTION_BYTES).ok().and_then(|tree| {
        let inside = tree.find("vc").or_else(|| tree.find("vp"))?;
        Some(jcs::canonicalize(inside))
    });
    Cow::Owned(inside.unwrap_or(payload))
}

impl Token {
    pub(crate) fn parse<T: Document>(text: &str) -> Result<Self, ProofError> {
        let Jws { header, payload, signed_bytes, signature } = Jws::parse(text, T::MAX_BYTES)?;
        let payload = utf8("payload", payload)?;
        let tree = json::parse_within(&payload, T::MAX_BYTES)?;
        let Json::Object(claims) = tree else { return Err(shape("$", "expected an object").into()) };
        let form = form(&header, &claims, T::JWT)?;
        let claims = Claims { claims: &claims, header_iss: header.iss.as_deref() };
        let (document, has_proof, signer) = match form {
            Form::Claim => {
                let inside = claims.document::<T>()?;
                let signer = claims.agree(&inside, form, T::JWT)?;
                (jcs::canonicalize_object(&inside), inside.find("proof").is_some(), signer)
            }
            Form::OpenBadges | Form::JoseCose => {
                let signer = claims.agree(claims.claims, form, T::JWT)?;
                (payload.clone(), claims.claims.find("proof").is_some(), signer)
            }
        };
        let suite = match header.algorithm {
            // Two ways of securing, of which one would be passed over.
            HeaderAlgorithm::Known(algorithm) if has_proof => {
                Cryptosuite::Unsupported(format!("{algorithm} in a JWT around a document with a proof of its own"))
            }
            HeaderAlgorithm::Known(algorithm) if form == Form::JoseCose => Cryptosuite::VcJoseCose(algorithm),
            HeaderAlgorithm::Known(algorithm) => Cryptosuite::VcJwt(algorithm),
            HeaderAlgorithm::Unknown(name) => Cryptosuite::Unsupported(format!("{name} in a JWT")),
        };
        let (method, is_named) = method(header.kid.as_deref(), header.jwk.is_some(), &signer)?;
        let (issued, begins) = (claims.instant("iat")?, claims.instant("nbf")?);
        Ok(Self {
            document,
            suite,
            method,
            is_named,
            jwk: header.jwk,
            created: issued.max(begins),
            expires: claims.instant("exp")?,
            audience: claims.texts("aud")?,
            nonce: claims.text("nonce")?.map(str::to_owned),
            signed_bytes,
            signature,
        })
    }

    /// The signed document of this text, from which the token was read.
    pub(crate) fn into_signed<T: Document>(self, text: String) -> Result<Signed<T>, ProofError> {
        let content = T::view(&self.document)?;
        let input = match self.suite {
            Cryptosuite::VcJwt(algorithm) | Cryptosuite::VcJoseCose(algorithm) => Input::Jws(JwsInput {
                signed_bytes: self.signed_bytes,
                signature: self.signature,
                algorithm,
                jwk: self.jwk.map(Box::new),
                is_named: self.is_named,
            }),
            _ => Input::Unsupported,
        };
        let proof = Proof {
            id: None,
            cryptosuite: self.suite,
            verification_method: self.method,
            // A JWT names no purpose: what it is made for follows from what it holds.
            purpose: T::PURPOSE.to_string(),
            created: self.created,
            expires: self.expires,
            domain: self.audience,
            challenge: self.nonce,
            nonce: None,
            previous_proof: Vec::new(),
            signature: None,
        };
        Ok(Signed::from_jwt(text, self.document, content, Secured { proof, input }))
    }
}

/// Which form it is, by `typ` and by where the document stands. What says both, or neither, is refused.
fn form(header: &Header, claims: &Object<'_>, names: JwtNames) -> Result<Form, ProofError> {
    let typ = header.typ.as_deref().map(Header::media_type);
    let in_claim = claims.find(names.cty).is_some();
    let form = match typ.as_deref() {
        Some(typ) if typ == names.typ => Form::JoseCose,
        None | Some("jwt") if in_claim => Form::Claim,
        None | Some("jwt") => Form::OpenBadges,
        Some(_) => {
            let expected = format!("expected JWT or {}", names.typ);
            return Err(JwsError::Header(shape("$.typ", &expected)).into());
        }
    };
    if let Some(cty) = header.cty.as_deref().map(Header::media_type)
        && cty != names.cty
    {
        return Err(JwsError::Header(shape("$.cty", &format!("expected {}", names.cty))).into());
    }
    // VC-JOSE-COSE §3.1: the claims vc and vp must not be there; and of two documents, which one is read?
    let other = if in_claim && (form == Form::JoseCose || claims.find("@context").is_some()) {
        Some(names.cty)
    } else {
        [JwtNames::CREDENTIAL.cty, JwtNames::PRESENTATION.cty]
            .into_iter()
            .find(|claim| *claim != names.cty && claims.find(claim).is_some())
    };
    match other {
        None => Ok(form),
        Some(claim) => {
            Err(shape(&format!("$.{claim}"), "a document stands in this claim, and it is not the one to read").into())
        }
    }
}

/// The claims of a payload, beside the document or around it.
struct Claims<'a> {
    claims: &'a Object<'a>,
    header_iss: Option<&'a str>,
}

impl Claims<'_> {
    /// The document in the claim `vc` or `vp`, completed: VC Data Model 1.1 §6.3.1 lets `iss`, `jti`, `sub`, `nbf` and `exp`
    /// stand instead of its own members, and these were signed like the rest.
    fn document<T: Document>(&self) -> Result<Object<'_>, ProofError> {
        let names = T::JWT;
        let Some(Json::Object(inside)) = self.claims.find(names.cty) else {
            return Err(shape(&format!("$.{}", names.cty), "expected an object").into());
        };
        let mut document = inside.clone();
        let text = |claim: &str| self.text(claim).map(|text| text.map(|text| Json::String(text.to_owned().into())));
        let absent = |document: &Object<'_>, member: &str| document.find(member).is_none();
        if let Some(id) = text("jti")?
            && absent(&document, "id")
        {
            document.insert("id", id);
        }
        if let Some(signer) = text("iss")? {
            match document.find(names.signer) {
                None => document.insert(names.signer, signer),
                Some(Json::Object(known)) if known.find("id").is_none() => {
                    let mut named = known.clone();
                    named.insert("id", signer);
                    document.insert(names.signer, Json::Object(named));
                }
                Some(_) => {}
            }
        }
        if let (Some(subject), Some(Json::Object(known))) = (text("sub")?, document.find("credentialSubject"))
            && known.find("id").is_none()
        {
            let mut named = known.clone();
            named.insert("id", subject);
            document.insert("credentialSubject", Json::Object(named));
        }
        let (from, until) = validity_members(&document);
        for (claim, member) in [("nbf", from), ("exp", until)] {
            if let Some(instant) = self.instant(claim)?
                && names == JwtNames::CREDENTIAL
                && absent(&document, member)
            {
                document.insert(member, Json::String(instant.to_string().into()));
            }
        }
        Ok(document)
    }

    /// Compares every claim that repeats a member with that member, and gives who signs by the document's own word.
    fn agree(&self, document: &Object<'_>, form: Form, names: JwtNames) -> Result<String, ProofError> {
        let id_of = |member: &str| {
            let value = document.find(member)?;
            value.as_str().or_else(|| value.find("id")?.as_str())
        };
        let signer = id_of(names.signer)
            .ok_or_else(|| shape(&format!("$.{}", names.signer), "is missing or has no id"))?
            .to_owned();
        let same = |claim: &'static str, stated: Option<&str>, path: &str, member: Option<&str>| match stated {
            Some(stated) if member != Some(stated) => Err(contradicts(claim, stated, path, member)),
            _ => Ok(()),
        };
        let signer_path = format!("$.{}", names.signer);
        same("iss", self.text("iss")?, &signer_path, Some(&signer))?;
        same("iss", self.header_iss, &signer_path, Some(&signer))?;
        same("jti", self.text("jti")?, "$.id", id_of("id"))?;
        if names == JwtNames::PRESENTATION {
            return Ok(signer);
        }
        same("sub", self.text("sub")?, "$.credentialSubject.id", id_of("credentialSubject"))?;
        let (from, until) = validity_members(document);
        self.same_instant("nbf", document, from)?;
        // VC-JOSE-COSE §3.1.3: there `exp` is the end of the signature, which may come before that of the credential.
        if form != Form::JoseCose && document.find(until).is_some() {
            self.same_instant("exp", document, until)?;
        }
        Ok(signer)
    }

    /// A claim in whole seconds and the member of the document that it repeats.
    fn same_instant(&self, claim: &'static str, document: &Object<'_>, member: &str) -> Result<(), ProofError> {
        let Some(stated) = self.instant(claim)? else { return Ok(()) };
        let path = format!("$.{member}");
        let text = document.find(member).and_then(Json::as_str);
        let instant = text.map(Timestamp::parse).transpose().map_err(|error| shape(&path, &error.to_string()))?;
        if instant.is_some_and(|instant| instant.unix_seconds() == stated.unix_seconds()) {
            Ok(())
        } else {
            Err(contradicts(claim, &stated.to_string(), &path, text))
        }
    }

    fn text(&self, claim: &str) -> Result<Option<&str>, JsonError> {
        match self.claims.find(claim) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(shape(&format!("$.{claim}"), "expected text")),
        }
    }

    fn texts(&self, claim: &str) -> Result<Vec<String>, JsonError> {
        let Some(value) = self.claims.find(claim) else { return Ok(Vec::new()) };
        let text = |item: &Json<'_>| item.as_str().map(str::to_owned);
        value
            .as_items()
            .iter()
            .map(|item| text(item).ok_or_else(|| shape(&format!("$.{claim}"), "expected text")))
            .collect()
    }

    /// RFC 7519 §2, `NumericDate`: whole seconds since 1970. Fractions, which it allows, are not taken: no member has a
    /// place for them to agree with.
    fn instant(&self, claim: &str) -> Result<Option<Timestamp>, JsonError> {
        let path = format!("$.{claim}");
        match self.claims.find(claim) {
            None => Ok(None),
            Some(Json::Number(seconds)) => whole(*seconds)
                .and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok())
                .map(Some)
                .ok_or_else(|| shape(&path, "expected whole seconds since 1970, of a year up to 9999")),
            Some(_) => Err(shape(&path, "expected a number")),
        }
    }
}

/// The whole number, where it is one that every JSON implementation reads alike.
fn whole(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within 53 bits")]
    is_whole.then_some(number as i64)
}

/// The names of the begin and the end of validity: of version 2, or of version 1.1 where the document has those.
fn validity_members(document: &Object<'_>) -> (&'static str, &'static str) {
    let first = document.find("@context").and_then(|context| context.as_items().first()?.as_str().map(str::to_owned));
    match first.as_deref() {
        Some("https://www.w3.org/2018/credentials/v1") => ("issuanceDate", "expirationDate"),
        _ => ("validFrom", "validUntil"),
    }
}

/// The key's name, of the header's `kid` or of who signs, and whether it is a key's at all or only that of a DID.
fn method(kid: Option<&str>, has_jwk: bool, signer: &str) -> Result<(DidUrl, bool), ProofError> {
    let header = |message: String| JwsError::Header(shape("$.kid", &message));
    let signer = Uri::parse(signer).map_err(|error| shape("$", &error.to_string()))?;
    match (kid, signer.as_did()) {
        (Some(kid), _) if kid.starts_with("did:") => {
            DidUrl::parse(kid).map(|method| (method, true)).map_err(|error| header(error.to_string()).into())
        }
        // Any other name means something to its owner alone; the key that came along says which it is.
        (Some(_), Some(did)) if has_jwk => Ok((bare(&did), false)),
        (Some(kid), _) if kid.contains(':') => match Uri::parse(kid) {
            Ok(method) => Err(ProofError::ForeignMethod { path: "the header of the JWT: $.kid".to_owned(), method }),
            Err(error) => Err(header(error.to_string()).into()),
        },
        (Some(kid), Some(did)) => did
            .with_fragment(kid.strip_prefix('#').unwrap_or(kid))
            .map(|method| (method, true))
            .map_err(|error| header(error.to_string()).into()),
        (None, Some(did)) if did.method() == "jwk" && !has_jwk => {
            did.with_fragment("0").map(|method| (method, true)).map_err(|error| header(error.to_string()).into())
        }
        (None, Some(did)) => Ok((bare(&did), false)),
        (_, None) => {
            Err(ProofError::ForeignMethod { path: "the header of the JWT".to_owned(), method: signer.clone() })
        }
    }
}

#[expect(clippy::expect_used, reason = "a DID is a DID URL without fragment")]
fn bare(did: &Did) -> DidUrl {
    DidUrl::parse(did.as_str()).expect("a DID")
}

fn shape(path: &str, message: &str) -> JsonError {
    JsonError::Shape { path: path.to_owned(), message: message.to_owned() }
}

fn contradicts(claim: &'static str, stated: &str, path: &str, member: Option<&str>) -> ProofError {
    ProofError::Contradiction {
        claim,
        stated: shortened(stated),
        path: path.to_owned(),
        member: member.map_or_else(|| "missing".to_owned(), shortened),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}
