//! Does one credential answer a question about an outcome, whatever the programme?

use stapel_credential::{AchievementCredential, Code, CodeScheme, OutcomeAsk, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::badge::Badge;
use crate::fit::Judge;
use crate::why::WhyUnused;

/// Whether a verified credential shows the outcome or achievement that is asked, fits what is asked besides, and is vouched
/// for by the list that is asked. Whether the holder is the one who shows it is for the presentation to say.
///
/// # Errors
/// [`WhyUnused::FitsNothing`] when it shows another outcome, [`WhyUnused::OtherIssuer`] when the list of `vouchedBy` does not
/// vouch for its issuer and its codes on the day of the award, and every other reason of a match.
pub fn answers(
    ask: &OutcomeAsk,
    credential: &Verified<AchievementCredential>,
    trust: &Trust,
    now: Timestamp,
) -> Result<(), WhyUnused> {
    let badge = Badge::beside(None, credential);
    if *badge.achievement() != ask.outcome && !badge.outcomes().any(|of| *of == ask.outcome) {
        return Err(WhyUnused::FitsNothing);
    }
    Judge::of_no_programme(trust, now).fits_what(&ask.fits, &badge, true)?;
    let Some(anchor) = &ask.vouched_by else { return Ok(()) };
    let codes: Vec<Code> = badge.codes().into_iter().filter(|code| code.scheme() != CodeScheme::Own).collect();
    let day = badge.awarded.day();
    let vouched = badge.issuer.is_some_and(|did| trust.of_anchor(anchor).vouch_for_codes(&did, &codes, day).is_ok());
    if vouched { Ok(()) } else { Err(WhyUnused::OtherIssuer { issuer: badge.identity.issuer().clone() }) }
}
