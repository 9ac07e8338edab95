//! What do the claims of a JWT repeat of its document, and do both say the same? RFC 7519 §4.1.

use stapel_credential::Timestamp;
use stapel_credential::json::{Json, JsonError, Object};

use crate::document::Document;
use crate::jwt::JwtNames;
use crate::signed::ProofError;

/// The claims of a payload, beside the document or around it.
pub(crate) struct Claims<'a> {
    pub(crate) claims: &'a Object<'a>,
    /// `iss` of the header (VC-JOSE-COSE §3.1.1).
    pub(crate) header_iss: Option<&'a str>,
}

impl Claims<'_> {
    /// The document in the claim `vc` or `vp`, completed: VC Data Model 1.1 §6.3.1 lets `iss`, `jti`, `sub`, `nbf` and `exp`
    /// stand instead of its own members, and these were signed like the rest.
    pub(crate) fn document<T: Document>(&self) -> Result<Object<'_>, ProofError> {
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
                    let mut profile = known.clone();
                    profile.insert("id", signer);
                    document.insert(names.signer, Json::Object(profile));
                }
                Some(_) => {}
            }
        }
        if let (Some(subject), Some(Json::Object(known))) = (text("sub")?, document.find("credentialSubject"))
            && known.find("id").is_none()
        {
            let mut completed = known.clone();
            completed.insert("id", subject);
            document.insert("credentialSubject", Json::Object(completed));
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
    pub(crate) fn agree(
        &self,
        document: &Object<'_>,
        is_jose_cose: bool,
        names: JwtNames,
    ) -> Result<String, ProofError> {
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
        if !is_jose_cose && document.find(until).is_some() {
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

    pub(crate) fn text(&self, claim: &str) -> Result<Option<&str>, JsonError> {
        match self.claims.find(claim) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(shape(&format!("$.{claim}"), "expected text")),
        }
    }

    pub(crate) fn texts(&self, claim: &str) -> Result<Vec<String>, JsonError> {
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
    pub(crate) fn instant(&self, claim: &str) -> Result<Option<Timestamp>, JsonError> {
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

pub(crate) fn shape(path: &str, message: &str) -> JsonError {
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
