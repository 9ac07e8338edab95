//! How does a credential or presentation stand in a JWT? Open Badges 3.0 §8.2, VC-JOSE-COSE §3.1, and the older `vc` claim.

use std::borrow::Cow;

use stapel_credential::json::{self, Json, Object};
use stapel_credential::{Did, DidUrl, Timestamp, Uri, jcs};
use stapel_keys::PublicKey;

use crate::claims::{Claims, shape};
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
                let signer = claims.agree(&inside, false, T::JWT)?;
                (jcs::canonicalize_object(&inside), inside.find("proof").is_some(), signer)
            }
            Form::OpenBadges | Form::JoseCose => {
                let signer = claims.agree(claims.claims, form == Form::JoseCose, T::JWT)?;
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
