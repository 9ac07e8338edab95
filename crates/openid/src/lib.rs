//! Answers: what do an issuer and a wallet say to each other when a badge is claimed, and a verifier and a wallet when something
//! is asked?
//!
//! The messages of OpenID4VCI 1.0 Final, pre-authorized code flow, `ldp_vc` with a `jwt` key proof by `did:key`, and the
//! wallet's way through them as one enum, [`Flow`]. There is no HTTP, no cryptography and no clock here: each step says
//! which [`Request`] is sent next and takes the answer; signatures and times are given.
//!
//! What a verifier asks, and what a wallet answers, has the shape of OpenID4VP 1.0 with DCQL: [`PresentationRequest`].
//!
//! Over 2,500 lines, because it holds both sides of every message and each refusal is a sentence of its own.
//!
//! ```
//! use stapel_openid::{Flow, Method, OfferLink, OpenIdError};
//!
//! let link = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fschool.example%2Foffers%2F7";
//! let Flow::FetchOffer(step) = Flow::start(OfferLink::parse(link)?)? else { unreachable!() };
//! let request = step.request();
//! assert_eq!((request.method, request.url.as_str()), (Method::Get, "https://school.example/offers/7"));
//! # Ok::<(), OpenIdError>(())
//! ```

mod address;
mod authorization_server;
mod configuration;
mod credential_error;
mod credential_request;
mod credential_response;
mod dcql;
mod error;
mod flow;
mod json;
mod metadata;
mod nonce;
mod offer;
mod offer_link;
mod presentation_request;
mod proof_jwt;
mod request;
mod secret;
mod token;
mod token_error;
mod tx_code;
mod words;

pub use address::{AUTHORIZATION_SERVER_WELL_KNOWN, CREDENTIAL_ISSUER_WELL_KNOWN, Endpoint, IssuerIdentifier};
pub use authorization_server::AuthorizationServerMetadata;
pub use configuration::{
    ClaimDescription, ClaimDisplay, ClaimPathItem, CredentialConfiguration, CredentialDefinition, CredentialDisplay,
    CredentialMetadata, ImageLink, KeyProofType, LdpVcConfiguration,
};
pub use credential_error::{CredentialError, CredentialErrorCode};
pub use credential_request::{CredentialRequest, Wanted};
pub use credential_response::CredentialResponse;
pub use dcql::{ClaimsQuery, CredentialMeta, CredentialQuery, DcqlQuery};
pub use error::OpenIdError;
pub use flow::{
    Done, FetchAuthorizationServer, FetchMetadata, FetchOffer, Flow, NeedTxCode, RequestCredential, RequestNonce,
    RequestToken, SignProof,
};
pub use json::{MAX_DEPTH, MAX_MESSAGE_BYTES};
pub use metadata::{CredentialIssuerMetadata, Encryption, IssuerDisplay, Logo};
pub use nonce::NonceResponse;
pub use offer::{CredentialOffer, Grants, PRE_AUTHORIZED_CODE_GRANT, PreAuthorizedCodeGrant};
pub use offer_link::{MAX_LINK_BYTES, OfferLink, reference_link};
pub use presentation_request::{MAX_ANSWER_BYTES, PresentationRequest};
pub use proof_jwt::{MAX_CLOCK_SKEW_SECONDS, MAX_PROOF_BYTES, PROOF_TYPE, ProofAlgorithm, ProofJwt, ProvenClaims};
pub use request::{Body, Method, Request};
pub use secret::{AccessToken, PreAuthorizedCode, TransactionCode};
pub use token::{TokenRequest, TokenResponse};
pub use token_error::{TokenError, TokenErrorCode};
pub use tx_code::{InputMode, MAX_DESCRIPTION_CHARACTERS, TxCode};
