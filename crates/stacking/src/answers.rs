//! Does one credential answer a question about an outcome, whatever the programme?

use stapel_credential::{AchievementCredential, OutcomeAsk, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::badge::facts;
use crate::fit::Judge;
use crate::why::WhyUnused;

/// Whether a verified credential shows the outcome or achievement that is asked, and fits what is asked besides.
///
/// Whether the holder is the one who shows it, and whether the list that is asked vouches for its issuer, is for the caller
/// to see: the first is the presentation's, the second the choice of trust lists.
///
/// # Errors
/// [`WhyUnused`]; [`WhyUnused::FitsNothing`] when it shows another outcome.
pub fn answers(
    ask: &OutcomeAsk,
    credential: &Verified<AchievementCredential>,
    trust: &Trust,
    now: Timestamp,
) -> Result<(), WhyUnused> {
    let badge = facts(credential);
    if badge.achievement != ask.outcome && !badge.outcomes.contains(&ask.outcome) {
        return Err(WhyUnused::FitsNothing);
    }
    Judge::of_no_programme(trust, now).fits(&ask.fits, &badge)
}
