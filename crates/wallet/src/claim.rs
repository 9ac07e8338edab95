//! How is a badge claimed that an issuer offers? The wallet signs, the caller sends.

use stapel_credential::Timestamp;
use stapel_keys::Signer as _;
use stapel_openid::{Flow, NeedTxCode, OfferLink, OpenIdError, Request};

use crate::error::WalletError;
use crate::wallet::Wallet;

/// What has to be done next to claim. After an error, the same step can be tried again.
#[derive(Debug)]
pub enum ClaimStep {
    /// Send this request, give status and body to [`Flow::answered`], and that to [`Wallet::next_step`].
    Send {
        /// What is sent.
        request: Request,
        /// What takes the answer.
        flow: Flow,
    },
    /// A person types the transaction code: [`NeedTxCode::typed`], and that to [`Wallet::next_step`].
    TypeCode(NeedTxCode),
    /// The credentials, as the issuer sent them: each goes to [`Wallet::receive`].
    Done(Vec<String>),
}

impl Wallet {
    /// Begins to claim what an offer holds (OpenID4VCI 1.0 §4.1).
    ///
    /// # Errors
    /// [`OpenIdError`] for an offer that is claimed in another way.
    pub fn claim(&self, offer: OfferLink, now: Timestamp) -> Result<ClaimStep, WalletError> {
        self.next_step(Flow::start(offer)?, now)
    }

    /// Goes on as far as it can without network or person; signs the key proof with the holder's key.
    ///
    /// # Errors
    /// [`OpenIdError`]; [`WalletError::Key`] if the key does not sign.
    pub fn next_step(&self, flow: Flow, now: Timestamp) -> Result<ClaimStep, WalletError> {
        let mut flow = flow;
        loop {
            if let Some(request) = flow.find_request() {
                return Ok(ClaimStep::Send { request, flow });
            }
            flow = match flow {
                Flow::SignProof(step) => {
                    let issued_at = u64::try_from(now.unix_seconds()).unwrap_or_default();
                    let input = step.signing_input(self.verification_method().as_str(), issued_at);
                    let signature = self.key.sign(input.as_bytes())?.to_base64url();
                    step.signed(&input, &signature)?
                }
                Flow::NeedTxCode(step) => return Ok(ClaimStep::TypeCode(step)),
                Flow::Done(done) => return Ok(ClaimStep::Done(done.into_credentials())),
                _ => {
                    return Err(OpenIdError::NotAnOfferLink {
                        reason: "it leads to a step that this version does not know",
                    }
                    .into());
                }
            };
        }
    }
}
