//! What does the service say of itself to wallets, and of each badge that it issues?

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use stapel_credential::context::plain_badge_contexts;
use stapel_issuer::AchievementRecord;
use stapel_openid::{
    AuthorizationServerMetadata, CredentialConfiguration, CredentialDefinition, CredentialDisplay,
    CredentialIssuerMetadata, CredentialMetadata, IssuerDisplay, LdpVcConfiguration,
};

use super::message;
use crate::app::App;
use crate::error::Problem;
use crate::routes::{OPENID_CREDENTIAL, OPENID_NONCE, OPENID_TOKEN};

/// OpenID4VCI 1.0 §12.2: one configuration for each achievement, named by its code.
pub(crate) async fn issuer_metadata(State(app): State<App>) -> Result<Response, Problem> {
    let achievements = app.work(|app| app.office.repository.achievements()).await?;
    let addresses = &app.office.addresses;
    let metadata = CredentialIssuerMetadata {
        credential_issuer: addresses.credential_issuer()?,
        authorization_servers: Vec::new(),
        credential_endpoint: addresses.endpoint(OPENID_CREDENTIAL, &[])?,
        nonce_endpoint: Some(addresses.endpoint(OPENID_NONCE, &[])?),
        credential_request_encryption: None,
        credential_response_encryption: None,
        display: vec![IssuerDisplay { name: Some(app.office.institution.name().to_owned()), locale: None, logo: None }],
        credential_configurations_supported: configurations(&achievements),
    };
    Ok(message(200, metadata.to_json()))
}

fn configurations(achievements: &[AchievementRecord]) -> BTreeMap<String, CredentialConfiguration> {
    // The two standard contexts: the inline one says the same in every badge, and metadata has a size limit.
    let context: Vec<_> =
        plain_badge_contexts().iter().map(|entry| serde_json::to_value(entry).unwrap_or_default()).collect();
    achievements
        .iter()
        .map(|record| {
            let definition = CredentialDefinition {
                context: context.clone(),
                types: ["VerifiableCredential", "AchievementCredential"].map(str::to_owned).to_vec(),
            };
            let display = CredentialDisplay {
                name: record.achievement.name.clone(),
                locale: record.achievement.in_language.as_ref().map(ToString::to_string),
                logo: None,
                description: None,
                background_color: None,
                background_image: None,
                text_color: None,
            };
            let configuration = LdpVcConfiguration {
                credential_signing_alg_values_supported: vec!["eddsa-jcs-2022".to_owned()],
                credential_metadata: Some(CredentialMetadata { display: vec![display], claims: Vec::new() }),
                ..LdpVcConfiguration::bound_to_did_key(definition)
            };
            (record.reference.code.to_string(), CredentialConfiguration::LdpVc(Box::new(configuration)))
        })
        .collect()
}

/// RFC 8414 §2, OpenID4VCI 1.0 §12.3: the issuer gives its own tokens.
pub(crate) async fn authorization_server_metadata(State(app): State<App>) -> Result<Response, Problem> {
    let addresses = &app.office.addresses;
    let issuer = addresses.credential_issuer()?;
    let metadata = AuthorizationServerMetadata::pre_authorized(issuer, addresses.endpoint(OPENID_TOKEN, &[])?);
    Ok(message(200, metadata.to_json()))
}
