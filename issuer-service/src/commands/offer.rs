//! `offer`: how does a learner without a known DID hear that a badge is ready?

use std::path::{Path, PathBuf};

use stapel_issuer::CompletionId;
use stapel_report::{qr_svg, qr_terminal};

use super::{ActingAs, create_private, write_secret};
use crate::clock;
use crate::desk::offers::{self, OfferRequest, OfferView, Offers};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The completions to offer
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    completions: Vec<String>,
    /// Offer everything that is approved and names no DID
    #[arg(long)]
    all: bool,
    /// For how many days the code holds
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    valid_days: u16,
    /// Write mail and QR code of each offer into this folder, instead of printing them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    acting: ActingAs,
}

pub(crate) fn run(folder: &Folder, arguments: &Arguments, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let request = OfferRequest {
        all: arguments.all,
        completions: arguments.completions.iter().map(|id| CompletionId::parse(id)).collect::<Result<_, _>>()?,
        valid_days: Some(arguments.valid_days),
        language: Some(language.tag().to_owned()),
    };
    let offers = offers::offer(&office.records(), &office.addresses, &by, &request, clock::now())?;
    let mut parts = Vec::with_capacity(offers.offers.len());
    for offer in &offers.offers {
        parts.push(match &arguments.out {
            Some(directory) => written(directory, offer)?,
            None => printed(offer, language),
        });
    }
    for refused in &offers.refused {
        parts.push(format!("{}: {}", language.either("niet aangeboden", "not offered"), refused.sentence(language)));
    }
    if parts.is_empty() {
        parts.push(language.either("er valt niets aan te bieden", "there is nothing to offer").to_owned());
    }
    let Offers { refused, .. } = &offers;
    let refused = !refused.is_empty();
    let separator = if arguments.out.is_some() { "\n" } else { "\n\n" };
    Ok(Output::new(parts.join(separator), &offers).refused(refused))
}

fn printed(offer: &OfferView, language: Language) -> String {
    let (learner, link, code, mail) =
        language.either(("Lerende", "Link", "Code", "Tekst om te mailen"), ("Learner", "Link", "Code", "Text to mail"));
    let qr = qr_terminal(&offer.link).unwrap_or_default();
    format!(
        "{learner}: {}\n{link}: {}\n{code}: {}\n\n{qr}\n{mail}:\n\n{}\n\n{}",
        offer.learner, offer.link, offer.code, offer.mail.subject, offer.mail.text
    )
}

/// One folder for all, two files an offer: the code in them is a secret of the learner.
fn written(directory: &Path, offer: &OfferView) -> Result<String, Failure> {
    create_private(directory)?;
    // Each code has its own file: an earlier one of the same completion is void.
    let name = format!("{}-{}", offer.completion, offer.code.get(..8).unwrap_or_default());
    let mail = directory.join(format!("{name}.txt"));
    write_secret(&mail, &format!("{}\n\n{}", offer.mail.subject, offer.mail.text))?;
    if let Ok(qr) = qr_svg(&offer.link) {
        write_secret(&directory.join(format!("{name}.svg")), &qr)?;
    }
    Ok(format!("{}  {}", offer.learner, mail.display()))
}
