//! How does a learner hear that a badge is ready: link, code, QR, and a text that a school can mail?

use std::time::Duration;

use serde::{Deserialize, Serialize};
use stapel_credential::Timestamp;
use stapel_issuer::{
    Action, Actor, CompletionFilter, CompletionId, Cursor, LearnerRef, OFFER_VALIDITY, OfferedCode, Records, StageName,
};
use stapel_openid::reference_link;
use stapel_report::{Offer, offer_text};

use super::{DeskError, Refused};
use crate::routes::{Addresses, CLAIM, OPENID_OFFER};
use crate::words::{Either as _, Language};

/// For how many days a code may hold at most.
const MAX_DAYS: u16 = 366;

/// Who is to get a code.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OfferRequest {
    /// Everyone whose completion is approved and names no DID.
    #[serde(default)]
    pub(crate) all: bool,
    #[serde(default)]
    pub(crate) completions: Vec<CompletionId>,
    /// For how many days the code holds; 30 where nothing is said.
    pub(crate) valid_days: Option<u16>,
    /// `nl` or `en`, for the mail; Dutch where nothing is said.
    pub(crate) language: Option<String>,
}

/// What came of it.
#[derive(Serialize)]
pub(crate) struct Offers {
    pub(crate) offers: Vec<OfferView>,
    pub(crate) refused: Vec<Refused>,
}

/// One offer: a secret of the learner, shown once.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferView {
    pub(crate) completion: CompletionId,
    /// The school's own reference, to know whom to send it.
    pub(crate) learner: String,
    pub(crate) achievement: String,
    pub(crate) name: String,
    pub(crate) expires: Timestamp,
    /// The one-time code alone.
    pub(crate) code: String,
    /// What a wallet opens: also what the QR code holds.
    pub(crate) link: String,
    /// A page that explains, with the same link and QR code.
    pub(crate) page: String,
    pub(crate) mail: Mail,
}

/// A text that a school can mail.
#[derive(Serialize)]
pub(crate) struct Mail {
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// Hands out a one-time code for each completion.
pub(crate) fn offer(
    records: &Records<'_>,
    addresses: &Addresses,
    by: &Actor,
    wanted: &OfferRequest,
    now: Timestamp,
) -> Result<Offers, DeskError> {
    by.permit(Action::Offer)?;
    if wanted.all != wanted.completions.is_empty() {
        return Err(DeskError::AllOrSome);
    }
    let language = match wanted.language.as_deref() {
        None => Language::Nl,
        Some(text) => Language::parse(text).map_err(|error| DeskError::Argument(error.to_string()))?,
    };
    let valid_for = match wanted.valid_days {
        None => OFFER_VALIDITY,
        Some(days @ 1..=MAX_DAYS) => Duration::from_hours(24 * u64::from(days)),
        Some(days) => {
            return Err(DeskError::Argument(format!("a code holds for 1 to {MAX_DAYS} days, not {days}")));
        }
    };
    let ids = if wanted.all { approved_without_did(records)? } else { wanted.completions.clone() };
    let mut answer = Offers { offers: Vec::with_capacity(ids.len()), refused: Vec::new() };
    for outcome in records.offer(by, &ids, valid_for, now)? {
        match outcome {
            Ok(offered) => answer.offers.push(view(records, addresses, &offered, language)?),
            Err(error) => answer.refused.push(Refused::new(error)),
        }
    }
    Ok(answer)
}

fn approved_without_did(records: &Records<'_>) -> Result<Vec<CompletionId>, DeskError> {
    let filter = CompletionFilter { stage: Some(StageName::Approved), achievement: None, with_did: Some(false) };
    let (mut ids, mut after) = (Vec::new(), Cursor::default());
    loop {
        let page = records.repository().completions(&filter, after, 2_000)?;
        ids.extend(page.items.iter().map(|completion| completion.id));
        match page.next {
            Some(next) => after = next,
            None => return Ok(ids),
        }
    }
}

fn view(
    records: &Records<'_>,
    addresses: &Addresses,
    offered: &OfferedCode,
    language: Language,
) -> Result<OfferView, DeskError> {
    let completion = &offered.completion;
    let achievement = records.repository().find_achievement_version(&completion.facts.achievement)?;
    let name = achievement.map(|record| record.achievement.name).unwrap_or_default();
    let code = offered.code.expose().to_owned();
    let offer = addresses.endpoint(OPENID_OFFER, &[&completion.id.to_string(), &code])?;
    let page = claim_page(addresses, offer.as_str());
    let mail = mail(language, records.institution().name(), &name, &page, offered.expires);
    Ok(OfferView {
        completion: completion.id,
        learner: match offered.learner() {
            LearnerRef::School(school) => school.as_str().to_owned(),
            LearnerRef::Did(did) => did.to_string(),
        },
        achievement: completion.facts.achievement.code.to_string(),
        name,
        expires: offered.expires,
        link: reference_link(&offer),
        code,
        page,
        mail,
    })
}

/// The page that explains an offer. A wallet takes its address as a link, too.
pub(crate) fn claim_page(addresses: &Addresses, offer: &str) -> String {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("credential_offer_uri", offer).finish();
    format!("{}?{query}", addresses.url(CLAIM, &[]))
}

/// The letter carries the page: mail programs make it a link, and a wallet takes it as well.
fn mail(language: Language, institution: &str, name: &str, page: &str, expires: Timestamp) -> Mail {
    let badges = [name.to_owned()];
    let offer = Offer { issuer: institution, badges: &badges, link: page, code: None, expires };
    let text = offer_text(&offer, language);
    let subject = language.either(format!("{name}: uw bewijs is klaar"), format!("{name}: your badge is ready"));
    Mail { subject, text }
}
