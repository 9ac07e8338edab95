//! Which sentence says why a message, or the way through a flow, was refused?

use crate::json::{MAX_DEPTH, MAX_MESSAGE_BYTES};
use crate::offer_link::MAX_LINK_BYTES;
use crate::presentation_request::MAX_ANSWER_BYTES;
use crate::proof_jwt::{MAX_CLOCK_SKEW_SECONDS, MAX_PROOF_BYTES, PROOF_TYPE};
use crate::tx_code::MAX_DESCRIPTION_CHARACTERS;
use crate::{CredentialError, InputMode, TokenError};

/// Why a message, or the way through a flow, was refused. `message` is always the name of the message, as in
/// "the credential offer".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenIdError {
    /// Over the cap.
    #[error("{message} has {actual} bytes; at most {MAX_MESSAGE_BYTES} are read")]
    TooLarge {
        /// Which message.
        message: &'static str,
        /// The size received, in bytes.
        actual: usize,
    },
    /// An answer over the cap.
    #[error("the answer has {actual} bytes; at most {MAX_ANSWER_BYTES} are read")]
    AnswerTooLarge {
        /// Its size, in bytes.
        actual: usize,
    },
    /// Nested too deep.
    #[error("{message}, {path}: nested deeper than {MAX_DEPTH} levels")]
    TooDeep {
        /// Which message.
        message: &'static str,
        /// The JSON path of the value.
        path: String,
    },
    /// A member stands twice: which one counts?
    #[error("{message}, {path}: the member stands twice in its object")]
    DuplicateMember {
        /// Which message.
        message: &'static str,
        /// The JSON path of the member.
        path: String,
    },
    /// Not JSON at all.
    #[error("{message} is not JSON: {reason}")]
    NotJson {
        /// Which message.
        message: &'static str,
        /// What the parser says, with line and column.
        reason: String,
    },
    /// JSON of another shape than the specification gives.
    #[error("{message}, {path}: {reason}")]
    Shape {
        /// Which message.
        message: &'static str,
        /// The JSON path of the value.
        path: String,
        /// What was expected and what stands there.
        reason: String,
    },

    /// Not an address this crate sends anything to.
    #[error("\"{url}\" is not an address that can be used: {reason}")]
    Address {
        /// The text found, shortened.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A link over the cap.
    #[error("the link has {actual} bytes; at most {MAX_LINK_BYTES} are read")]
    LinkTooLong {
        /// The size received, in bytes.
        actual: usize,
    },
    /// A link of another kind.
    #[error("this is not the link of an offer: {reason}")]
    NotAnOfferLink {
        /// What is missing or too much.
        reason: &'static str,
    },

    /// An offer without configurations.
    #[error("the offer names no credential")]
    NothingOffered,
    /// OpenID4VCI §4.1.1 asks for unique strings.
    #[error("the offer names the credential configuration \"{id}\" twice")]
    OfferedTwice {
        /// The identifier.
        id: String,
    },
    /// A text that must say something is empty, or holds what cannot be sent.
    #[error("the {what} is empty or holds characters that are not printable ASCII")]
    UnusableText {
        /// What the text is.
        what: &'static str,
    },
    /// OpenID4VCI §4.1.1: at most 300 characters.
    #[error(
        "the description of the transaction code has {actual} characters; at most {MAX_DESCRIPTION_CHARACTERS} are allowed"
    )]
    DescriptionTooLong {
        /// The number of characters.
        actual: usize,
    },
    /// The person typed something else than the issuer asks for.
    #[error("the transaction code has {}{}", match .expected_length {
        Some(length) => format!("{length} {}", input_noun(*.input_mode)),
        None => format!("only {}", input_noun(*.input_mode)),
    }, "; what was typed is something else")]
    TransactionCode {
        /// Digits or any characters.
        input_mode: InputMode,
        /// The length the offer gives.
        expected_length: Option<u32>,
    },

    /// The identifier in the metadata is another one than was asked (OpenID4VCI §12.2.4, RFC 8414 §3.3).
    #[error("{message} was asked of {asked} but speaks for {found}")]
    OtherIssuer {
        /// Which message.
        message: &'static str,
        /// The identifier into which the well-known path was inserted.
        asked: String,
        /// The identifier in the answer.
        found: String,
    },
    /// The offer leaves only flows that are not spoken here.
    #[error("the offer of {issuer} carries no pre-authorized code, the only way of claiming that is spoken here")]
    NoPreAuthorizedCode {
        /// Who offers.
        issuer: String,
    },
    /// The offer names a configuration that the issuer's metadata does not have.
    #[error("{issuer} offers \"{id}\" but its metadata does not describe it")]
    UnknownConfiguration {
        /// Who offers.
        issuer: String,
        /// The identifier offered.
        id: String,
    },
    /// The credential has another format than `ldp_vc`.
    #[error("\"{id}\" is offered in the format {format}; only ldp_vc is read here")]
    OtherFormat {
        /// The identifier offered.
        id: String,
        /// Its format.
        format: String,
    },
    /// The issuer cannot bind the credential to a key of this wallet.
    #[error("\"{id}\" cannot be claimed with a did:key and an Ed25519 signature: {reason}")]
    NoCommonProof {
        /// The identifier offered.
        id: String,
        /// What is missing.
        reason: &'static str,
    },
    /// The issuer asks for messages encrypted beyond TLS.
    #[error("{issuer} asks for encrypted messages beyond TLS, which are not spoken here")]
    EncryptionRequired {
        /// The issuer.
        issuer: String,
    },
    /// The offer names an authorization server that the issuer's metadata does not (OpenID4VCI §12.2.4: do not proceed).
    #[error("the offer names the authorization server {named}, which the metadata of {issuer} does not list")]
    OtherAuthorizationServer {
        /// The issuer.
        issuer: String,
        /// The server named in the offer.
        named: String,
    },
    /// The authorization server does not take this grant.
    #[error("the authorization server {server} does not take pre-authorized codes: {reason}")]
    GrantNotSupported {
        /// The server.
        server: String,
        /// What its metadata says.
        reason: &'static str,
    },

    /// An answer with a status that carries no message of the protocol.
    #[error("{url} answered with status {status} where {message} was expected")]
    Status {
        /// Which message was expected.
        message: &'static str,
        /// Who answered.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The token is of a type that needs more than showing it.
    #[error("the access token is of type \"{token_type}\"; only Bearer is spoken here")]
    TokenType {
        /// The type received.
        token_type: String,
    },
    /// The token endpoint said no.
    #[error("{0}")]
    TokenRefused(TokenError),
    /// The token endpoint said `invalid_grant` to a code and what the holder typed; it does not say which was wrong.
    #[error("the transaction code is not the right one, or {0}")]
    CodesRefused(TokenError),
    /// The credential endpoint said no.
    #[error("{0}")]
    CredentialRefused(CredentialError),
    /// The issuer wants to deliver later.
    #[error(
        "the issuer delivers the credential later, after {interval_seconds} seconds at the earliest; ask again then"
    )]
    Deferred {
        /// How long to wait at least, in seconds.
        interval_seconds: u64,
    },
    /// An answer without credentials.
    #[error("the credential response holds no credential")]
    NoCredential,
    /// OpenID4VCI §A.1.2.4: a credential in the format `ldp_vc` is a JSON object.
    #[error("credential {position} of the response is not a JSON object, as ldp_vc asks")]
    NotAnObject {
        /// Position in the response, counted from 1.
        position: usize,
    },

    /// A key proof over the cap.
    #[error("the key proof has {actual} bytes; at most {MAX_PROOF_BYTES} are read")]
    ProofTooLarge {
        /// The size received, in bytes.
        actual: usize,
    },
    /// Not `header.payload.signature` in base64url without padding (RFC 7515 §7.1).
    #[error("the key proof is not a compact JWS: {reason}")]
    NotCompact {
        /// What is wrong.
        reason: &'static str,
    },
    /// Explicit typing (RFC 8725 §3.11).
    #[error("the key proof is of type \"{typ}\"; it must be {PROOF_TYPE}")]
    ProofType {
        /// The `typ` found; empty if there is none.
        typ: String,
    },
    /// An algorithm outside the allow list.
    #[error("the key proof is signed with \"{alg}\"; only EdDSA and Ed25519 are taken")]
    ProofAlgorithm {
        /// The `alg` found.
        alg: String,
    },
    /// RFC 7515 §4.1.11: what is critical and not understood is refused.
    #[error("the key proof's header marks members as critical (crit), of which none is understood here")]
    CriticalHeader,
    /// A key given in another way than by `kid`.
    #[error("the key proof's header carries {member}; the key must be named by kid alone, as a did:key")]
    EmbeddedKey {
        /// The header member.
        member: &'static str,
    },
    /// A `kid` that is no did:key URL.
    #[error(
        "the key proof names the key \"{kid}\"; it must be a DID URL did:key:z…#z… whose two parts are the same key"
    )]
    KeyReference {
        /// The `kid` found, shortened; empty if there is none.
        kid: String,
    },
    /// Made for another issuer.
    #[error("the key proof is made for {found}, not for {expected}")]
    ProofAudience {
        /// The audience found, shortened.
        found: String,
        /// The Credential Issuer Identifier.
        expected: String,
    },
    /// OpenID4VCI §8.3.1.2: no nonce at all is `invalid_proof`.
    #[error("the key proof carries no nonce")]
    ProofWithoutNonce,
    /// OpenID4VCI §8.3.1.2: another nonce is `invalid_nonce`.
    #[error("the key proof carries another nonce than the one given out")]
    ProofNonce,
    /// Made too long ago.
    #[error("the key proof was made {age_seconds} seconds ago; at most {max_age_seconds} are allowed")]
    ProofTooOld {
        /// Its age, in seconds.
        age_seconds: u64,
        /// The cap, in seconds.
        max_age_seconds: u64,
    },
    /// Made in the future, beyond what clocks differ.
    #[error("the key proof is dated {ahead_seconds} seconds ahead; clocks may differ by {MAX_CLOCK_SKEW_SECONDS}")]
    ProofFromFuture {
        /// How far ahead, in seconds.
        ahead_seconds: u64,
    },
}

fn input_noun(mode: InputMode) -> &'static str {
    match mode {
        InputMode::Numeric => "digits",
        InputMode::Text => "printable characters",
    }
}
