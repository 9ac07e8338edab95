//! What is said of an award that was counted again?

use stapel_report::words::recount_error;
use stapel_report::{AnswerText, Language, RecountText, counted_title, later_title, recount_told, state};
use stapel_stacking::RecountAnswer;
use stapel_verifier::Outcome;

use super::{Tower, class};
use crate::recounting::Award;

/// An award that was counted again.
pub(crate) struct AwardTold {
    pub(crate) sign: char,
    pub(crate) name: String,
    pub(crate) headline: String,
    /// What it says, where the award holds.
    pub(crate) told: Option<RecountText>,
    pub(crate) tower: Option<Tower>,
    pub(crate) counted_title: &'static str,
    pub(crate) later_title: &'static str,
}

/// The answer with what came of the awards: a diploma whose award does not hold is none to rely on.
pub(super) fn with_awards(told: AnswerText, awards: &[Award], language: Language) -> AnswerText {
    let failed = awards.iter().find_map(|award| match &award.answer {
        RecountAnswer::Fails(error) => Some(recount_error(error, language)),
        _ => None,
    });
    let is_later = awards.iter().any(|award| award.answer.outcome() == Outcome::AcceptedWithRemarks);
    let sentence = match failed {
        Some(failed) => failed,
        None if is_later => format!("{} {}.", told.sentence, later_title(language).trim_end_matches(':')),
        None => told.sentence,
    };
    AnswerText { sentence, ..told }
}

/// What came of one.
pub(super) fn award_told(award: &Award, language: Language) -> AwardTold {
    let outcome = award.answer.outcome();
    let (headline, told, tower) = match &award.answer {
        RecountAnswer::Holds(recount) => {
            let told = recount_told(recount, award.record.record(), language);
            (format!("{} {}", told.headline, told.completed), Some(told), Some(Tower::of(&recount.progress, language)))
        }
        RecountAnswer::Fails(error) => (recount_error(error, language), None, None),
        _ => (state(outcome, language).to_owned(), None, None),
    };
    AwardTold {
        sign: class(outcome).1,
        name: award.name.clone(),
        headline,
        told,
        tower,
        counted_title: counted_title(language),
        later_title: later_title(language),
    }
}
