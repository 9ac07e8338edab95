//! From a link to what is offered, by whom, and where the token is had.

use std::sync::Arc;

use super::{Flow, NeedTxCode, Plan, RequestToken, successful};
use crate::words::printable;
use crate::{
    AuthorizationServerMetadata, CredentialConfiguration, CredentialIssuerMetadata, CredentialOffer, Endpoint,
    IssuerIdentifier, OpenIdError, PRE_AUTHORIZED_CODE_GRANT, PreAuthorizedCodeGrant, ProofAlgorithm, Request,
    authorization_server, metadata,
};

/// The link refers to an offer.
#[derive(Debug, Clone)]
pub struct FetchOffer {
    pub(super) url: Endpoint,
}

impl FetchOffer {
    /// GET the offer (OpenID4VCI §4.1.3).
    pub fn request(&self) -> Request {
        Request::fetch(self.url.as_str())
    }

    /// Reads the offer.
    ///
    /// # Errors
    /// As [`CredentialOffer::parse`]; [`OpenIdError::NoPreAuthorizedCode`].
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let body = successful("the credential offer", self.url.as_str(), status, body)?;
        FetchMetadata::start(CredentialOffer::parse(body)?).map(Flow::FetchMetadata)
    }
}

/// What is offered is known; what the issuer says of itself is not.
#[derive(Debug, Clone)]
pub struct FetchMetadata {
    offer: CredentialOffer,
    grant: PreAuthorizedCodeGrant,
}

impl FetchMetadata {
    pub(super) fn start(offer: CredentialOffer) -> Result<Self, OpenIdError> {
        let grant = offer.grants().pre_authorized_code.clone();
        let grant =
            grant.ok_or_else(|| OpenIdError::NoPreAuthorizedCode { issuer: offer.credential_issuer().to_string() })?;
        Ok(Self { offer, grant })
    }

    /// The offer, of which nothing is proven.
    pub fn offer(&self) -> &CredentialOffer {
        &self.offer
    }

    /// GET the Credential Issuer Metadata (OpenID4VCI §12.2.2).
    pub fn request(&self) -> Request {
        Request::fetch(self.offer.credential_issuer().metadata_url())
    }

    /// Reads the metadata and settles what is asked for.
    ///
    /// # Errors
    /// [`OpenIdError`] where the offer and the metadata do not fit together, or this wallet does not fit the issuer.
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let issuer = self.offer.credential_issuer();
        let body = successful(metadata::MESSAGE, issuer.metadata_url(), status, body)?;
        let metadata = CredentialIssuerMetadata::parse(body, issuer)?;
        if metadata.requires_encryption() {
            return Err(OpenIdError::EncryptionRequired { issuer: issuer.to_string() });
        }
        let wanted = self.offer.credential_configuration_ids().iter();
        let wanted = wanted
            .map(|id| common_algorithm(&metadata, id).map(|algorithm| (id.clone(), algorithm)))
            .collect::<Result<_, _>>()?;
        let authorization_server = authorization_server(&metadata, self.grant.authorization_server.as_ref())?;
        Ok(Flow::FetchAuthorizationServer(FetchAuthorizationServer(Plan {
            grant: self.grant.clone(),
            metadata: Arc::new(metadata),
            authorization_server,
            wanted,
        })))
    }
}

/// How a proof for this configuration is signed.
fn common_algorithm(metadata: &CredentialIssuerMetadata, id: &str) -> Result<ProofAlgorithm, OpenIdError> {
    let id_shown = || printable(id);
    let configuration = match metadata.credential_configurations_supported.get(id) {
        None => {
            let issuer = metadata.credential_issuer.to_string();
            return Err(OpenIdError::UnknownConfiguration { issuer, id: id_shown() });
        }
        Some(CredentialConfiguration::Other { format }) => {
            return Err(OpenIdError::OtherFormat { id: id_shown(), format: printable(format) });
        }
        Some(CredentialConfiguration::LdpVc(configuration)) => configuration,
    };
    let no_common = |reason| OpenIdError::NoCommonProof { id: id_shown(), reason };
    if !configuration.cryptographic_binding_methods_supported.iter().any(|method| method == "did:key") {
        return Err(no_common("the issuer does not bind it to a did:key"));
    }
    let proof = configuration
        .proof_types_supported
        .get("jwt")
        .ok_or_else(|| no_common("the issuer takes no key proof of the type jwt"))?;
    if proof.key_attestations_required.is_some() {
        return Err(no_common("the issuer asks that the wallet's maker attests the key"));
    }
    proof
        .proof_signing_alg_values_supported
        .iter()
        .find_map(|name| ProofAlgorithm::find(name))
        .ok_or_else(|| no_common("the issuer takes neither EdDSA nor Ed25519"))
}

fn authorization_server(
    metadata: &CredentialIssuerMetadata,
    named: Option<&IssuerIdentifier>,
) -> Result<IssuerIdentifier, OpenIdError> {
    match named {
        // OpenID4VCI §12.2.4: without the list, the issuer itself gives tokens.
        None => Ok(metadata.authorization_servers.first().unwrap_or(&metadata.credential_issuer).clone()),
        Some(named) if metadata.authorization_servers.contains(named) => Ok(named.clone()),
        Some(named) => Err(OpenIdError::OtherAuthorizationServer {
            issuer: metadata.credential_issuer.to_string(),
            named: named.to_string(),
        }),
    }
}

/// The issuer is known; where it gives tokens is not.
#[derive(Debug, Clone)]
pub struct FetchAuthorizationServer(Plan);

impl FetchAuthorizationServer {
    /// What the issuer says of itself.
    pub fn metadata(&self) -> &CredentialIssuerMetadata {
        &self.0.metadata
    }

    /// GET the metadata of the authorization server (RFC 8414 §3).
    pub fn request(&self) -> Request {
        Request::fetch(self.0.authorization_server.authorization_server_metadata_url())
    }

    /// Reads the metadata.
    ///
    /// # Errors
    /// [`OpenIdError::GrantNotSupported`] if the server says that it does not take the code; else as
    /// [`AuthorizationServerMetadata::parse`].
    pub fn answered(&self, status: u16, body: &[u8]) -> Result<Flow, OpenIdError> {
        let server = &self.0.authorization_server;
        let url = server.authorization_server_metadata_url();
        let body = successful(authorization_server::MESSAGE, url, status, body)?;
        let metadata = AuthorizationServerMetadata::parse(body, server)?;
        let refused = |reason| OpenIdError::GrantNotSupported { server: server.to_string(), reason };
        // Where the server is silent, the offer's own word counts; the token endpoint has the last one.
        if let Some(grants) = &metadata.grant_types_supported
            && !grants.iter().any(|grant| grant == PRE_AUTHORIZED_CODE_GRANT)
        {
            return Err(refused("its metadata does not list the grant"));
        }
        if metadata.pre_authorized_grant_anonymous_access_supported == Some(false) {
            return Err(refused("it takes them only of wallets it knows"));
        }
        let request = RequestToken { plan: self.0.clone(), token_endpoint: metadata.token_endpoint, tx_code: None };
        Ok(match &self.0.grant.tx_code {
            Some(asked) => Flow::NeedTxCode(NeedTxCode { asked: asked.clone(), request }),
            None => Flow::RequestToken(request),
        })
    }
}
