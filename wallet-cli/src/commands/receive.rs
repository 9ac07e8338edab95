//! `stapel receive`: how does something come into the wallet?

use stapel_openid::{NeedTxCode, OfferLink};
use stapel_verifier::DocumentKind;
use stapel_wallet::{ClaimStep, Incoming, Wallet, WalletError};

use super::keep::{keep, keep_all};
use crate::cli::Receive;
use crate::error::{Failure, Wanted};
use crate::file;
use crate::output::{self, Output, plain};
use crate::passphrase;
use crate::session::Session;
use crate::words::{self, Say, say};

/// How often a person may mistype the transaction code before the program gives up.
const TRIES: usize = 3;

pub(crate) fn run(asked: &Receive, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    let text =
        if is_offer_link(&asked.what) { asked.what.clone() } else { file::read_badge(&asked.what, &session.network)? };
    match Incoming::read(&text).map_err(WalletError::from)? {
        Incoming::Offer(offer) => claim(*offer, asked.tx_code.as_deref(), &mut wallet, session),
        Incoming::Document(DocumentKind::Presentation) => Err(Failure::PresentationGiven),
        _ => keep(&text, &mut wallet, session),
    }
}

/// An https address is an offer when it carries one; else there is a document at it.
fn is_offer_link(what: &str) -> bool {
    what.starts_with("openid-credential-offer:") || (file::is_address(what) && OfferLink::parse(what).is_ok())
}

/// Claims what is offered; what came before something failed is kept.
fn claim(offer: OfferLink, code: Option<&str>, wallet: &mut Wallet, session: &Session) -> Result<Output, Failure> {
    let mut received = Vec::new();
    let failure = match claim_all(offer, code, wallet, session, &mut received) {
        Ok(texts) => return keep_all(&texts, wallet, session),
        Err(failure) => failure,
    };
    if !received.is_empty() {
        // What is said of them comes first; then why the rest did not come.
        let kept = keep_all(&received, wallet, session)?;
        output::say(&kept.into_text());
    }
    Err(failure)
}

fn claim_all(
    offer: OfferLink,
    code: Option<&str>,
    wallet: &Wallet,
    session: &Session,
    received: &mut Vec<String>,
) -> Result<Vec<String>, Failure> {
    let now = session.now;
    let mut step = wallet.claim(offer, now)?;
    loop {
        step = match step {
            ClaimStep::Send { request, flow } => {
                flow.received().clone_into(received);
                let (status, body) = session.network.send(&request)?;
                wallet.next_step(flow.answered(status, &body)?, now)?
            }
            ClaimStep::TypeCode(need) => wallet.next_step(typed(&need, code, session)?, now)?,
            ClaimStep::Done(texts) => return Ok(texts),
        };
    }
}

fn typed(need: &NeedTxCode, code: Option<&str>, session: &Session) -> Result<stapel_openid::Flow, Failure> {
    if let Some(code) = code {
        return Ok(need.typed(code)?);
    }
    let issuer = plain(need.metadata().credential_issuer.as_str());
    let description = need.tx_code().description.as_deref().map(plain);
    let prompt = say(&Say::AskTxCode { issuer: &issuer, description: description.as_deref() }, session.language);
    let mut tries = 0;
    loop {
        tries += 1;
        match need.typed(&passphrase::typed(&prompt, Wanted::TransactionCode)?) {
            Ok(flow) => return Ok(flow),
            // Nothing was sent yet, so nothing is used up.
            Err(error) if tries < TRIES => output::say(&words::failure(&error.into(), session.language)),
            Err(error) => return Err(error.into()),
        }
    }
}
