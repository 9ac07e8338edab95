//! How is a code exchanged for an access token?

use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use crate::words::printable;
use crate::{
    AccessToken, MAX_MESSAGE_BYTES, OpenIdError, PRE_AUTHORIZED_CODE_GRANT, PreAuthorizedCode, TokenError,
    TokenErrorCode, TransactionCode, json,
};

pub(crate) const MESSAGE: &str = "the token response";

/// The token request with a pre-authorized code (OpenID4VCI §6.1), without client authentication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The code of the offer.
    pub pre_authorized_code: PreAuthorizedCode,
    /// What the holder typed, if the offer asks for it.
    pub tx_code: Option<TransactionCode>,
}

impl TokenRequest {
    /// The form fields (`application/x-www-form-urlencoded`).
    pub fn to_form(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("grant_type".to_owned(), PRE_AUTHORIZED_CODE_GRANT.to_owned()),
            ("pre-authorized_code".to_owned(), self.pre_authorized_code.expose().to_owned()),
        ];
        fields.extend(self.tx_code.as_ref().map(|code| ("tx_code".to_owned(), code.expose().to_owned())));
        fields
    }

    /// Reads the body of a token request. Parameters that are not known are passed over.
    ///
    /// # Errors
    /// The [`TokenError`] that the server answers with.
    pub fn parse(body: &[u8]) -> Result<Self, TokenError> {
        let invalid = |words: &str| TokenError::new(TokenErrorCode::InvalidRequest, words);
        if body.len() > MAX_MESSAGE_BYTES {
            return Err(invalid("the request is too large"));
        }
        let (mut grant_type, mut code, mut tx_code) = (None, None, None);
        for (name, value) in form_urlencoded::parse(body) {
            let place = match name.as_ref() {
                "grant_type" => &mut grant_type,
                "pre-authorized_code" => &mut code,
                "tx_code" => &mut tx_code,
                _ => continue,
            };
            // RFC 6749 §3.2: parameters must not be included more than once.
            if place.replace(value.into_owned()).is_some() {
                return Err(invalid(&format!("{name} stands twice")));
            }
        }
        // RFC 6749 §3.2: a parameter without a value is treated as omitted.
        match grant_type.as_deref() {
            None | Some("") => return Err(invalid("grant_type is missing")),
            Some(PRE_AUTHORIZED_CODE_GRANT) => {}
            Some(_) => {
                let words = format!("only {PRE_AUTHORIZED_CODE_GRANT} is supported");
                return Err(TokenError::new(TokenErrorCode::UnsupportedGrantType, &words));
            }
        }
        let code = code.filter(|code| !code.is_empty()).ok_or_else(|| invalid("pre-authorized_code is missing"))?;
        let pre_authorized_code = PreAuthorizedCode::parse(&code)
            .map_err(|_| TokenError::new(TokenErrorCode::InvalidGrant, "the pre-authorized code is not known"))?;
        Ok(Self { pre_authorized_code, tx_code: tx_code.and_then(TransactionCode::received) })
    }
}

/// The token response (RFC 6749 §5.1, OpenID4VCI §6.2). The type is Bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenResponse {
    /// The token.
    pub access_token: AccessToken,
    /// How long it lives, in seconds.
    pub expires_in: Option<u64>,
    /// Identifiers to request credentials by, for each configuration that has them; the server may give them of its own.
    pub credential_identifiers: Vec<(String, Vec<String>)>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    access_token: AccessToken,
    token_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authorization_details: Vec<AuthorizationDetail>,
}

#[derive(Serialize, Deserialize)]
struct AuthorizationDetail {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    credential_configuration_id: String,
    #[serde(default)]
    credential_identifiers: Vec<String>,
}

/// The authorization details type of OpenID4VCI §5.1.1.
const CREDENTIAL_DETAIL: &str = "openid_credential";

impl TokenResponse {
    /// A token that lives for `expires_in` seconds.
    pub fn bearer(access_token: AccessToken, expires_in: u64) -> Self {
        Self { access_token, expires_in: Some(expires_in), credential_identifiers: Vec::new() }
    }

    /// Reads a token response.
    ///
    /// # Errors
    /// [`OpenIdError::TokenType`] for a token that is not Bearer; else with the JSON path.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        let wire: Wire = json::parse(MESSAGE, bytes)?;
        // RFC 6749 §5.1: the value is case-insensitive.
        if !wire.token_type.eq_ignore_ascii_case("bearer") {
            return Err(OpenIdError::TokenType { token_type: printable(&wire.token_type) });
        }
        let credential_identifiers = wire
            .authorization_details
            .into_iter()
            .filter(|detail| detail.kind == CREDENTIAL_DETAIL && !detail.credential_identifiers.is_empty())
            .map(|detail| (detail.credential_configuration_id, detail.credential_identifiers))
            .collect();
        Ok(Self { access_token: wire.access_token, expires_in: wire.expires_in, credential_identifiers })
    }

    /// The body as it is sent; it goes with `Cache-Control: no-store`.
    pub fn to_json(&self) -> String {
        let authorization_details = self
            .credential_identifiers
            .iter()
            .map(|(configuration, identifiers)| AuthorizationDetail {
                kind: CREDENTIAL_DETAIL.to_owned(),
                credential_configuration_id: configuration.clone(),
                credential_identifiers: identifiers.clone(),
            })
            .collect();
        json::write(&Wire {
            access_token: self.access_token.clone(),
            token_type: "Bearer".to_owned(),
            expires_in: self.expires_in,
            authorization_details,
        })
    }
}
