//! Which keys does a DID have, and for what?

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use stapel_credential::{Did, DidUrl, Timestamp, json as strict};
use stapel_keys::PublicKey;

use crate::error::DidError;
use crate::method::{Method, Relationship, Wrong, method_id, shortened};

/// Largest document that is read, in bytes.
pub const DOCUMENT_MAX_BYTES: usize = 256 * 1024;
/// Most verification methods that are read, embedded ones included; also the most entries of one relationship.
pub const METHODS_MAX: usize = 1_000;

const CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"];
/// The context of `JsonWebKey` (Controlled Identifiers 1.0 §2.2.3).
const JWK_CONTEXT: &str = "https://w3id.org/security/jwk/v1";

/// A controlled identifier document (CID §2, DID Core §5): the keys of one DID, and what each may be used for.
///
/// Relationships other than `assertionMethod` and `authentication`, services and aliases are not read.
#[derive(Debug, Clone, PartialEq)]
pub struct ControllerDocument {
    id: Did,
    methods: BTreeMap<DidUrl, Method>,
    listed: BTreeSet<(Relationship, DidUrl)>,
    /// The text of a document that was parsed.
    received: Option<String>,
}

impl ControllerDocument {
    /// Makes the document of a DID that holds these keys, each for `assertionMethod` and `authentication`.
    ///
    /// # Errors
    /// [`DidError::OtherDocument`] or [`DidError::NoFragment`] for a method that is not of this DID,
    /// [`DidError::DuplicateMethod`], [`DidError::TooManyMethods`].
    pub fn new<K: Clone + Into<PublicKey>>(did: Did, methods: &[(DidUrl, K)]) -> Result<Self, DidError> {
        let mut document = Self::empty(did);
        for (id, key) in methods {
            if id.did() != document.id {
                return Err(DidError::OtherDocument { method: id.clone(), did: document.id });
            }
            if id.fragment().is_none() {
                return Err(DidError::NoFragment { did: document.id });
            }
            let controller = document.id.to_string();
            document.add(Method {
                id: id.clone(),
                controller,
                key: Ok(key.clone().into()),
                expires: None,
                revoked: None,
            })?;
            document.listed.extend(Relationship::ALL.map(|relationship| (relationship, id.clone())));
        }
        Ok(document)
    }

    /// Reads the document that came for `expected`.
    ///
    /// # Errors
    /// [`DidError::Json`] beyond 256 KiB, with duplicate members and the like; [`DidError::WrongId`];
    /// [`DidError::Malformed`] with the JSON path; [`DidError::DuplicateMethod`]; [`DidError::TooManyMethods`]. A method whose
    /// key is not supported is no error before it is asked for.
    pub fn parse(text: &str, expected: &Did) -> Result<Self, DidError> {
        let json = |source| DidError::Json { did: expected.clone(), source };
        // The strict reading finds what the plain one passes over: a member that stands twice.
        strict::parse_within(text, DOCUMENT_MAX_BYTES).map_err(json)?;
        let tree: Map<String, Value> = strict::view(text).map_err(json)?;
        let mut document = Self::empty(expected.clone());
        match tree.get("id") {
            Some(Value::String(id)) if id == expected.as_str() => {}
            Some(Value::String(id)) => {
                return Err(DidError::WrongId { expected: expected.clone(), found: shortened(id) });
            }
            _ => return Err(document.malformed("$.id", "is missing or is not text")),
        }
        for (path, entry) in document.entries(&tree, "verificationMethod")? {
            let Value::Object(method) = entry else {
                return Err(document.malformed(path, "is not an object"));
            };
            document.add_parsed(method, &path)?;
        }
        for relationship in Relationship::ALL {
            for (path, entry) in document.entries(&tree, relationship.as_str())? {
                let id = match entry {
                    Value::String(id) => {
                        method_id(id, &document.id).map_err(|cause| document.malformed(path, cause))?
                    }
                    Value::Object(embedded) => document.add_parsed(embedded, &path)?,
                    _ => return Err(document.malformed(path, "is neither the id of a method nor a method")),
                };
                document.listed.insert((relationship, id));
            }
        }
        document.received = Some(text.to_owned());
        Ok(document)
    }

    /// The DID whose document this is.
    pub fn id(&self) -> &Did {
        &self.id
    }

    /// The document as JSON: the text received, or what [`Self::new`] makes (contexts did/v1 and multikey/v1, methods as
    /// Multikey, or as `JsonWebKey` with the context jwk/v1 where the kind has no Multikey).
    pub fn to_json(&self) -> String {
        if let Some(received) = &self.received {
            return received.clone();
        }
        let methods: Vec<Value> = self
            .methods
            .values()
            .filter_map(|method| {
                let key = method.key.as_ref().ok()?;
                let (id, controller) = (method.id.as_str(), &method.controller);
                Some(match key.to_multikey() {
                    Some(multikey) => json!({
                        "id": id, "type": "Multikey", "controller": controller, "publicKeyMultibase": multikey,
                    }),
                    None => json!({
                        "id": id, "type": "JsonWebKey", "controller": controller, "publicKeyJwk": key.to_jwk(),
                    }),
                })
            })
            .collect();
        let has_jwk = methods.iter().any(|method| method.get("publicKeyJwk").is_some());
        let contexts: Vec<&str> = CONTEXTS.into_iter().chain(has_jwk.then_some(JWK_CONTEXT)).collect();
        let mut document = json!({ "@context": contexts, "id": self.id.as_str(), "verificationMethod": methods });
        if let Some(members) = document.as_object_mut() {
            for relationship in Relationship::ALL {
                let ids = self.listed.iter().filter(|(listed, _)| *listed == relationship);
                members.insert(relationship.to_string(), ids.map(|(_, id)| id.as_str()).collect());
            }
        }
        document.to_string()
    }

    /// The key of a method that this DID controls and lists for this use, **whether or not it expired or was revoked**; see
    /// [`Self::key_at`]. A did:key without fragment stands for its one method.
    ///
    /// # Errors
    /// [`DidError`] says which of that does not hold.
    pub fn key(&self, method: &DidUrl, relationship: Relationship) -> Result<PublicKey, DidError> {
        self.method(method, relationship).map(|(_, key)| key.clone())
    }

    /// The key of a method that this DID controls and lists for this use, and that was neither expired nor revoked at `now`
    /// (CID §2.2: proofs do not verify at or after that time). A did:key without fragment stands for its one method.
    ///
    /// # Errors
    /// [`DidError`] says which of that does not hold.
    pub fn key_at(&self, method: &DidUrl, relationship: Relationship, now: Timestamp) -> Result<PublicKey, DidError> {
        let (method, key) = self.method(method, relationship)?;
        if let Some(revoked) = method.revoked.filter(|revoked| now >= *revoked) {
            return Err(DidError::Revoked { method: method.id.clone(), revoked });
        }
        if let Some(expires) = method.expires.filter(|expires| now >= *expires) {
            return Err(DidError::Expired { method: method.id.clone(), expires });
        }
        Ok(key.clone())
    }

    /// The method of this DID that has this key, listed for this use and neither expired nor revoked at `now`: what a
    /// signature is by that brings its key along and names none.
    ///
    /// # Errors
    /// [`DidError::ForeignKey`] when no method has the key; else what stands in the way of the one that has it.
    pub fn method_of(&self, key: &PublicKey, relationship: Relationship, now: Timestamp) -> Result<DidUrl, DidError> {
        let mut refused = None;
        for (id, _) in self.methods.iter().filter(|(_, method)| method.key.as_ref() == Ok(key)) {
            match self.key_at(id, relationship, now) {
                Ok(_) => return Ok(id.clone()),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused.unwrap_or_else(|| DidError::ForeignKey { did: self.id.clone(), key: key.to_string() }))
    }

    fn method(&self, asked: &DidUrl, relationship: Relationship) -> Result<(&Method, &PublicKey), DidError> {
        if asked.did() != self.id {
            return Err(DidError::OtherDocument { method: asked.clone(), did: self.id.clone() });
        }
        let found = if asked.fragment().is_some() {
            self.methods.get(asked)
        } else if self.id.method() == "key" {
            self.methods.values().next()
        } else {
            return Err(DidError::NoFragment { did: self.id.clone() });
        };
        let method = found.ok_or_else(|| DidError::NotFound { method: asked.clone() })?;
        if method.controller != self.id.as_str() {
            return Err(DidError::OtherController {
                method: method.id.clone(),
                controller: shortened(&method.controller),
            });
        }
        if !self.listed.contains(&(relationship, method.id.clone())) {
            return Err(DidError::NotListed { method: method.id.clone(), relationship });
        }
        match &method.key {
            Ok(key) => Ok((method, key)),
            Err(cause) => Err(DidError::Unusable { method: method.id.clone(), cause: cause.clone() }),
        }
    }

    fn empty(id: Did) -> Self {
        Self { id, methods: BTreeMap::new(), listed: BTreeSet::new(), received: None }
    }

    /// The entries of an array, each with its path; none where the member is missing.
    fn entries<'a>(&self, tree: &'a Map<String, Value>, member: &str) -> Result<Vec<(String, &'a Value)>, DidError> {
        match tree.get(member) {
            None => Ok(Vec::new()),
            Some(Value::Array(entries)) if entries.len() > METHODS_MAX => {
                Err(DidError::TooManyMethods { did: self.id.clone() })
            }
            Some(Value::Array(entries)) => {
                Ok(entries.iter().enumerate().map(|(index, entry)| (format!("$.{member}[{index}]"), entry)).collect())
            }
            Some(_) => Err(self.malformed(format!("$.{member}"), "is not an array")),
        }
    }

    fn add_parsed(&mut self, json: &Map<String, Value>, path: &str) -> Result<DidUrl, DidError> {
        let method = Method::parse(json, &self.id)
            .map_err(|Wrong { member, cause }| self.malformed(format!("{path}.{member}"), cause))?;
        let id = method.id.clone();
        self.add(method)?;
        Ok(id)
    }

    fn add(&mut self, method: Method) -> Result<(), DidError> {
        if self.methods.len() == METHODS_MAX {
            return Err(DidError::TooManyMethods { did: self.id.clone() });
        }
        let id = method.id.clone();
        match self.methods.insert(id.clone(), method) {
            None => Ok(()),
            Some(_) => Err(DidError::DuplicateMethod { method: id }),
        }
    }

    fn malformed(&self, path: impl Into<String>, cause: impl Into<String>) -> DidError {
        DidError::Malformed { did: self.id.clone(), path: path.into(), cause: cause.into() }
    }
}
