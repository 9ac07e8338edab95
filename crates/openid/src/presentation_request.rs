//! What does a verifier ask a wallet to show, and where does the answer go?
//!
//! The message of OpenID4VP 1.0 §5.1 with response mode `direct_post` and the client identifier prefix `redirect_uri` (§5.9.3):
//! the verifier is known by the address that takes the answer, and nothing else is claimed of it. Our own member `question`
//! says what a DCQL query cannot: how old a credential may be, or a part of a programme. Who does not know it passes it over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use url::{Origin, Url};

use crate::words::printable;
use crate::{Body, DcqlQuery, Endpoint, Method, OpenIdError, Request, json};

/// The client identifier prefix for a verifier that is known by where the answer goes (OpenID4VP §5.9.3).
const PREFIX: &str = "redirect_uri:";
const MESSAGE: &str = "the presentation request";
const ANSWER: &str = "the answer";
/// The parameter that carries the answer (OpenID4VP §8.1).
const VP_TOKEN: &str = "vp_token";
/// The longest nonce that is read, in bytes.
const MAX_NONCE_BYTES: usize = 256;
/// The least length of a nonce: 128 bits in base64url, below which it may be guessed.
const MIN_NONCE_BYTES: usize = 22;

/// The largest answer that is read, in bytes: a presentation with dozens of badges.
pub const MAX_ANSWER_BYTES: usize = 2 * 1024 * 1024;

/// What a verifier asks (OpenID4VP §5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct PresentationRequest {
    response_uri: Endpoint,
    nonce: String,
    dcql_query: DcqlQuery,
    client_name: Option<String>,
    question: Option<Value>,
    expires: Option<i64>,
}

impl PresentationRequest {
    /// Asks for an answer to this address. `nonce` is for one use: at least 22 characters that may stand in a URL.
    ///
    /// # Errors
    /// [`OpenIdError::Shape`] for a nonce that may be guessed, or a query that asks for nothing.
    pub fn new(response_uri: Endpoint, nonce: String, dcql_query: DcqlQuery) -> Result<Self, OpenIdError> {
        let request = Self { response_uri, nonce, dcql_query, client_name: None, question: None, expires: None };
        request.sound()
    }

    /// As the verifier calls itself; nothing proves it. It is made fit to print.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.client_name = Some(printable(name));
        self
    }

    /// With the question that the query cannot say, as JSON.
    #[must_use]
    pub fn asking(mut self, question: Value) -> Self {
        self.question = Some(question);
        self
    }

    /// Until then, in seconds since 1970.
    #[must_use]
    pub fn until(mut self, seconds: i64) -> Self {
        self.expires = Some(seconds);
        self
    }

    /// Reads a request. Members that are not known are passed over, as the specification asks.
    ///
    /// # Errors
    /// [`OpenIdError`] with the JSON path of what is wrong: another response mode than `direct_post`, a client that is not the
    /// address that takes the answer, a nonce that may be guessed.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        json::parse(MESSAGE, bytes)
    }

    /// Whether a text is meant for a request, rather than for something else that is asked.
    pub fn is_meant_by(text: &str) -> bool {
        serde_json::from_str::<Value>(text).is_ok_and(|value| value.get("dcql_query").is_some())
    }

    /// The request as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// Who asks: what the answer is bound to (`proof.domain`, OpenID4VP §B.1.3.2.3).
    pub fn client_id(&self) -> String {
        format!("{PREFIX}{}", self.response_uri)
    }

    /// Where the answer goes.
    pub fn response_uri(&self) -> &Endpoint {
        &self.response_uri
    }

    /// Whether the answer goes back to the host that the question was fetched from. Where it does not, somebody passes on the
    /// question of another, and the answer would be theirs.
    pub fn answers_where_it_came_from(&self, link: &str) -> bool {
        let origin = |address: &str| Url::parse(address).ok().map(|url| url.origin()).filter(Origin::is_tuple);
        let from = origin(link);
        from.is_some() && from == origin(self.response_uri.as_str())
    }

    /// The single-use text that the answer repeats (`proof.challenge`).
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// Which credentials are asked for.
    pub fn dcql_query(&self) -> &DcqlQuery {
        &self.dcql_query
    }

    /// How the verifier calls itself: a claim, fit to print.
    pub fn client_name(&self) -> Option<&str> {
        self.client_name.as_deref()
    }

    /// What the query cannot say, as JSON.
    pub fn question(&self) -> Option<&Value> {
        self.question.as_ref()
    }

    /// Until when it is asked, in seconds since 1970.
    pub fn expires(&self) -> Option<i64> {
        self.expires
    }

    /// Sends a presentation, its text exactly as it was signed, as the answer to the first credential that is asked for
    /// (OpenID4VP §8.2).
    ///
    /// # Errors
    /// [`OpenIdError::NotJson`] for a text that is no JSON, [`OpenIdError::AnswerTooLarge`] above [`MAX_ANSWER_BYTES`].
    pub fn answer(&self, presentation: &str) -> Result<Request, OpenIdError> {
        if presentation.len() > MAX_ANSWER_BYTES {
            return Err(OpenIdError::AnswerTooLarge { actual: presentation.len() });
        }
        let not_json =
            |error: serde_json::Error| OpenIdError::NotJson { message: ANSWER, reason: printable(&error.to_string()) };
        let raw: &RawValue = serde_json::from_str(presentation).map_err(not_json)?;
        let id = self.dcql_query.credentials.first().map_or("answer", |query| query.id.as_str());
        let token = serde_json::to_string(&BTreeMap::from([(id, [raw])])).map_err(not_json)?;
        let body = Body::Form(vec![(VP_TOKEN.to_owned(), token)]);
        Ok(Request { method: Method::Post, url: self.response_uri.as_str().to_owned(), body, bearer: None })
    }

    /// The presentation in an answer, its text exactly as it came: what was received is what is verified.
    ///
    /// # Errors
    /// [`OpenIdError::Shape`] when it answers something else, or holds more than one presentation.
    pub fn read_answer(&self, vp_token: &str) -> Result<String, OpenIdError> {
        if vp_token.len() > MAX_ANSWER_BYTES {
            return Err(OpenIdError::AnswerTooLarge { actual: vp_token.len() });
        }
        let shape =
            |reason: &str| OpenIdError::Shape { message: ANSWER, path: "$".to_owned(), reason: reason.to_owned() };
        let answers: BTreeMap<String, Vec<Box<RawValue>>> = json::parse_of_any_size(ANSWER, vp_token.as_bytes())?;
        let asked = self.dcql_query.credentials.first().and_then(|query| answers.get(&query.id));
        match asked.map(Vec::as_slice) {
            Some([only]) if answers.len() == 1 => Ok(only.get().to_owned()),
            Some(presentations) if answers.len() == 1 => {
                Err(shape(&format!("one presentation answers; there are {}", presentations.len())))
            }
            _ => Err(shape("the answer is to what was asked, and to nothing else")),
        }
    }

    fn sound(self) -> Result<Self, OpenIdError> {
        let shape = |path: &str, reason: String| OpenIdError::Shape { message: MESSAGE, path: path.to_owned(), reason };
        let in_url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        let length = self.nonce.len();
        if !(MIN_NONCE_BYTES..=MAX_NONCE_BYTES).contains(&length) || !self.nonce.bytes().all(in_url) {
            let reason = format!("from {MIN_NONCE_BYTES} to {MAX_NONCE_BYTES} characters that may stand in a URL");
            return Err(shape("$.nonce", reason));
        }
        let is_name = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        if self.dcql_query.credentials.is_empty() || !self.dcql_query.credentials.iter().all(|one| is_name(&one.id)) {
            return Err(shape("$.dcql_query.credentials", "at least one, each with a name".to_owned()));
        }
        Ok(self)
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    client_id: String,
    response_type: String,
    response_mode: String,
    response_uri: Endpoint,
    nonce: String,
    dcql_query: DcqlQuery,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_metadata: Option<ClientMetadata>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<Value>,
}

/// OpenID4VP §5.1, §11.1.
#[derive(Serialize, Deserialize)]
struct ClientMetadata {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vp_formats_supported: Option<Value>,
}

impl From<PresentationRequest> for Wire {
    fn from(request: PresentationRequest) -> Self {
        let formats = serde_json::json!({
            "ldp_vc": {
                "proof_type_values": ["DataIntegrityProof"],
                "cryptosuite_values": ["eddsa-jcs-2022", "eddsa-rdfc-2022"],
            }
        });
        Self {
            client_id: request.client_id(),
            response_type: VP_TOKEN.to_owned(),
            response_mode: "direct_post".to_owned(),
            response_uri: request.response_uri,
            nonce: request.nonce,
            dcql_query: request.dcql_query,
            client_metadata: Some(ClientMetadata {
                client_name: request.client_name,
                vp_formats_supported: Some(formats),
            }),
            exp: request.expires,
            question: request.question,
        }
    }
}

impl TryFrom<Wire> for PresentationRequest {
    type Error = OpenIdError;

    fn try_from(wire: Wire) -> Result<Self, OpenIdError> {
        let shape = |path: &str, reason: &str| OpenIdError::Shape {
            message: MESSAGE,
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        if wire.response_type != VP_TOKEN {
            return Err(shape("$.response_type", "only vp_token is answered"));
        }
        if wire.response_mode != "direct_post" {
            return Err(shape("$.response_mode", "only direct_post is answered"));
        }
        if wire.client_id.strip_prefix(PREFIX) != Some(wire.response_uri.as_str()) {
            return Err(shape("$.client_id", "it is not redirect_uri: and the address that takes the answer"));
        }
        let request = Self {
            response_uri: wire.response_uri,
            nonce: wire.nonce,
            dcql_query: wire.dcql_query,
            client_name: wire.client_metadata.and_then(|metadata| metadata.client_name).map(|name| printable(&name)),
            question: wire.question,
            expires: wire.exp,
        };
        request.sound()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ADDRESS: &str = "https://verifier.example/verify/answers/abc";

    fn request() -> PresentationRequest {
        let address = Endpoint::parse(ADDRESS).unwrap();
        let query = DcqlQuery::badges("answer", Some("urn:x:outcome"));
        PresentationRequest::new(address, "n".repeat(22), query)
            .unwrap()
            .named("Zorg BV")
            .asking(json!({ "ask": { "part": "p1" } }))
            .until(1_790_000_000)
    }

    #[test]
    fn what_is_asked_is_read_again_as_the_same() {
        let written = request().to_json();
        assert_eq!(PresentationRequest::parse(written.as_bytes()).unwrap(), request());
        let tree: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(tree["client_id"], format!("redirect_uri:{ADDRESS}"));
        assert_eq!((&tree["response_type"], &tree["response_mode"]), (&json!("vp_token"), &json!("direct_post")));
        assert_eq!(
            tree["dcql_query"]["credentials"][0]["claims"][0],
            json!({
                "path": ["credentialSubject", "achievement", "alignment", null, "targetUrl"],
                "values": ["urn:x:outcome"],
            })
        );
        assert!(PresentationRequest::is_meant_by(&written) && !PresentationRequest::is_meant_by(r#"{"ask":{}}"#));
    }

    #[test]
    fn a_request_that_binds_its_answer_to_somebody_else_is_refused() {
        let bent = |name: &str, value: Value| {
            let mut tree: Value = serde_json::from_str(&request().to_json()).unwrap();
            tree[name] = value;
            PresentationRequest::parse(tree.to_string().as_bytes()).unwrap_err().to_string()
        };
        assert!(bent("client_id", json!("redirect_uri:https://bank.example/")).contains("the address that takes"));
        assert!(bent("client_id", json!(ADDRESS)).contains("the address that takes"));
        assert!(bent("response_mode", json!("fragment")).contains("only direct_post"));
        assert!(bent("response_type", json!("code")).contains("only vp_token"));
        assert!(bent("nonce", json!("short")).contains("from 22"));
        assert!(bent("nonce", json!("a b".repeat(10))).contains("from 22"));
        assert!(bent("dcql_query", json!({ "credentials": [] })).contains("at least one"));
        assert!(bent("response_uri", json!("http://verifier.example/")).contains("https://"));
    }

    #[test]
    fn an_answer_goes_back_to_where_the_question_came_from() {
        for link in ["https://verifier.example/verify/requests/abc", "https://VERIFIER.example:443/a"] {
            assert!(request().answers_where_it_came_from(link), "{link}");
        }
        for link in [
            "https://verifier.example.evil.example/verify/requests/abc",
            "https://verifier.example:8443/a",
            "http://verifier.example/a",
            "https://verifier.example@evil.example/",
            "file:///verifier.example",
            "question.json",
        ] {
            assert!(!request().answers_where_it_came_from(link), "{link}");
        }
    }

    #[test]
    fn the_presentation_of_an_answer_comes_out_as_it_went_in() {
        let text = "{ \"b\":1.0,\n \"a\": \"\\u00e9\" }";
        let sent = request().answer(text).unwrap();
        assert_eq!((sent.method, sent.url.as_str()), (Method::Post, ADDRESS));
        let Body::Form(fields) = sent.body else { panic!("a form") };
        let [(name, token)] = fields.as_slice() else { panic!("one field") };
        assert_eq!(name, "vp_token");
        assert_eq!(request().read_answer(token).unwrap(), text);
        for (token, why) in [
            (r#"{"other":[{}]}"#, "nothing else"),
            (r#"{"answer":[{}],"other":[{}]}"#, "nothing else"),
            (r#"{"answer":[{},{}]}"#, "one presentation"),
            (r#"{"answer":[]}"#, "one presentation"),
            (r#"{"answer":[{}],"answer":[{"a":1}]}"#, "stands twice"),
            ("[]", "expected a map"),
            ("{", "not JSON"),
        ] {
            let told = request().read_answer(token).unwrap_err().to_string();
            assert!(told.contains(why), "{token}: {told}");
        }
        assert!(request().answer("{").is_err());
        let long = format!("\"{}\"", "a".repeat(MAX_ANSWER_BYTES));
        assert!(request().answer(&long).unwrap_err().to_string().contains("at most 2097152"));
        assert!(request().read_answer(&long).is_err());
    }
}
