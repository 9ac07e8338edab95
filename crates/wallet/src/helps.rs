//! Where does this badge, or a module that is not finished yet, bring its holder on?

use std::cmp::Reverse;

use serde::Serialize;
use stapel_credential::{CredentialRef, CreditUnit, Credits, Localised, ProgrammeCredential, ProgrammeRef, Question};
use stapel_stacking::{
    Asks, AwardSummary, Budget, Counted, Offering, Progress, RequirementProgress, StackingError, WhatIf, WhyUnused,
    find, what_if,
};
use stapel_verifier::Verified;

use crate::programmes::NotCounted;
use crate::progress::Accepted;

/// One award of one programme, or a programme that leads to none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// The edition.
    pub programme: ProgrammeRef,
    /// The programme's name.
    pub name: Localised,
    /// What about it is invented, when it is an example.
    #[serde(skip_serializing_if = "Localised::is_empty")]
    pub illustrative: Localised,
    /// The award; none of a programme that leads to none.
    pub award: Option<AwardSummary>,
    /// What its credits count.
    pub unit: CreditUnit,
    /// How many are asked today.
    pub credits_needed: Credits,
}

/// What a badge does toward one award.
#[derive(Debug, Clone)]
pub struct Helps {
    /// Toward which.
    pub goal: Goal,
    /// What it does.
    pub how: HowItHelps,
    /// How far the award is with the best plan.
    pub progress: Progress,
}

/// What a badge does in the best plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HowItHelps {
    /// It fills something, alone or with others.
    Fills(Vec<Filled>),
    /// It could fit, or almost, and is not used.
    NotUsed(WhyUnused),
    /// Nothing there asks for it.
    FitsNothing,
}

/// Something that a badge fills.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Filled {
    /// The id of the part, or of the requirement with the free slot.
    pub id: String,
    /// Its name.
    pub name: Localised,
    /// What the badge is worth there, together with the others that fill it.
    pub worth: Credits,
}

/// What modules would change toward one award. Nothing of it is shown.
#[derive(Debug, Clone)]
pub struct WouldHelp {
    /// Toward which.
    pub goal: Goal,
    /// What they would change.
    pub what_if: WhatIf,
    /// How far the award is today.
    pub progress: Progress,
}

impl WouldHelp {
    /// Whether the best plan would be better, apart from using fewer credentials.
    pub fn gains(&self) -> bool {
        let (before, after) = (&self.what_if.before, &self.what_if.after);
        let counts = |score: &stapel_stacking::Score| {
            (score.complete, score.requirements_met, score.credits_counted, score.hours_counted)
        };
        counts(after) > counts(before)
    }

    /// The credits that would count more than today.
    pub fn credits(&self) -> Credits {
        self.what_if.after.credits_counted.saturating_sub(self.what_if.before.credits_counted)
    }
}

impl Accepted {
    /// What a badge does toward each award of these programmes: first what it fills, by its share of what is asked, then
    /// where it could fit, then the others; and the programmes that could not be counted.
    pub fn helps(
        &self,
        badge: &CredentialRef,
        programmes: &[Verified<ProgrammeCredential>],
        budget: Budget,
    ) -> (Vec<Helps>, Vec<NotCounted>) {
        let (mut helps, not_counted) = each(programmes, |programme, question| {
            let found = find(programme, question, &self.holdings(), &self.trust, self.now, budget)?;
            let how = how(&found.progress, badge);
            Ok(Helps { goal: Goal::of(programme, &found.progress), how, progress: found.progress })
        });
        helps.sort_by_cached_key(|helps| {
            let (order, worth) = match &helps.how {
                HowItHelps::Fills(filled) => {
                    (0, filled.iter().fold(0, |sum: u64, filled| sum.saturating_add(hundredths(filled.worth))))
                }
                HowItHelps::NotUsed(_) => (1, 0),
                HowItHelps::FitsNothing => (2, 0),
            };
            (order, Reverse(helps.goal.share(worth)), helps.goal.order())
        });
        (helps, not_counted)
    }

    /// What modules would change that are not finished yet, toward each award of these programmes: what would be complete
    /// first, then by the share of what is asked.
    pub fn would_help(
        &self,
        planned: &[Offering],
        programmes: &[Verified<ProgrammeCredential>],
        budget: Budget,
    ) -> (Vec<WouldHelp>, Vec<NotCounted>) {
        let (mut helps, not_counted) = each(programmes, |programme, question| {
            let found = find(programme, question, &self.holdings(), &self.trust, self.now, budget)?;
            let what_if = what_if(programme, question, &self.holdings(), planned, &self.trust, self.now, budget)?;
            Ok(WouldHelp { goal: Goal::of(programme, &found.progress), what_if, progress: found.progress })
        });
        helps.sort_by_cached_key(|helps| {
            let (before, after) = (&helps.what_if.before, &helps.what_if.after);
            let requirements = after.requirements_met.saturating_sub(before.requirements_met);
            (
                !helps.gains(),
                before.complete || !after.complete,
                Reverse(helps.goal.share(hundredths(helps.credits()))),
                Reverse(requirements),
                helps.goal.order(),
            )
        });
        (helps, not_counted)
    }
}

impl Goal {
    fn of(programme: &Verified<ProgrammeCredential>, progress: &Progress) -> Self {
        let rules = &programme.content().credential_subject.programme;
        Self {
            programme: progress.programme.clone(),
            name: rules.name.clone(),
            illustrative: progress.illustrative.clone(),
            award: progress.award.clone(),
            unit: progress.unit,
            credits_needed: progress.credits_needed,
        }
    }

    /// In millionths of what is asked: credits of different units are not compared otherwise.
    fn share(&self, worth: u64) -> u64 {
        worth.saturating_mul(1_000_000) / hundredths(self.credits_needed).max(1)
    }

    fn order(&self) -> (String, String, Option<String>) {
        let award = self.award.as_ref().map(|award| award.id.clone());
        (self.programme.id.to_string(), self.programme.edition.clone(), award)
    }
}

/// The same for each award of each programme.
fn each<T>(
    programmes: &[Verified<ProgrammeCredential>],
    count: impl Fn(&Verified<ProgrammeCredential>, &Question) -> Result<T, StackingError>,
) -> (Vec<T>, Vec<NotCounted>) {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for programme in programmes {
        let awards = &programme.content().credential_subject.programme.awards;
        let mut questions: Vec<Question> = awards.iter().map(|award| Question::progress(Some(&award.id))).collect();
        if questions.is_empty() {
            questions.push(Question::progress(None));
        }
        for question in questions {
            match count(programme, &question) {
                Ok(each) => counted.push(each),
                Err(why) => {
                    not_counted.push(NotCounted::of(programme, why));
                    break;
                }
            }
        }
    }
    (counted, not_counted)
}

fn hundredths(credits: Credits) -> u64 {
    credits.hundredths().into()
}

fn how(progress: &Progress, badge: &CredentialRef) -> HowItHelps {
    let worth = |by: &[Counted]| by.iter().find(|counted| counted.credential() == badge).map(Counted::worth);
    let parts = progress.parts.iter().filter_map(|part| {
        let worth = worth(&part.by)?;
        Some(Filled { id: part.id.clone(), name: part.name.clone(), worth })
    });
    let mut filled: Vec<Filled> = parts.collect();
    let mut open: Vec<&RequirementProgress> = vec![&progress.requirements];
    while let Some(requirement) = open.pop() {
        let slots = requirement.slots.iter().filter_map(|slot| worth(&slot.by));
        let award = match &requirement.asks {
            Asks::Award(by) => worth(by),
            _ => None,
        };
        filled.extend(slots.chain(award).map(|worth| {
            let (id, name) = (requirement.id.clone().unwrap_or_default(), requirement.name.clone());
            Filled { id, name, worth }
        }));
        open.extend(requirement.of.iter().rev());
    }
    if !filled.is_empty() {
        return HowItHelps::Fills(filled);
    }
    match progress.unused.iter().find(|unused| unused.credential == *badge).map(|unused| &unused.why) {
        Some(WhyUnused::FitsNothing) | None => HowItHelps::FitsNothing,
        Some(why) => HowItHelps::NotUsed(why.clone()),
    }
}
