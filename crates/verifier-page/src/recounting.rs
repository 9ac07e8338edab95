//! Which award records were handed in beside their diplomas, and does the award hold when it is counted again?

use std::sync::atomic::{AtomicBool, Ordering};

use stapel_credential::{AchievementCredential, RawJson, Timestamp};
use stapel_stacking::{Answer, HeldRecord, RecountAnswer, Verdicts, missing_for_record};
use stapel_verifier::{Dossier, Missing, Policy, Presented, Verified};

use crate::desk::{Judged, MAX_TEXT_BYTES, NotJudged};
use crate::received::Received;

/// Records that were handed in.
#[derive(Default)]
pub(crate) struct Records(Vec<Record>);

struct Record {
    source: Option<String>,
    text: String,
    held: HeldRecord,
    /// Whether a diploma names it.
    is_named: AtomicBool,
}

/// An award that was counted again.
pub(crate) struct Award {
    /// The diploma's name.
    pub(crate) name: String,
    pub(crate) answer: RecountAnswer,
    pub(crate) record: HeldRecord,
    /// The record's text, if it was handed in beside the diploma.
    pub(crate) beside: Option<String>,
}

/// An accepted diploma and its record.
struct Pair<'a> {
    diploma: &'a Verified<AchievementCredential>,
    text: &'a str,
    held: HeldRecord,
    is_beside: bool,
}

impl Records {
    /// Takes the records from what was handed in: they are no documents of their own.
    pub(crate) fn take(received: &mut Vec<Received>) -> Self {
        let mut records = Vec::new();
        received.retain_mut(|one| {
            let Some(held) = one.text.as_deref().ok().and_then(read) else { return true };
            let text = std::mem::replace(&mut one.text, Ok(String::new())).unwrap_or_default();
            records.push(Record { source: one.source.take(), text, held, is_named: AtomicBool::new(false) });
            false
        });
        Self(records)
    }

    /// The accepted diplomas of a document, each with its record: handed in beside it, or within the presentation.
    fn pairs<'a>(&'a self, answer: &'a Answer) -> Vec<Pair<'a>> {
        let mut diplomas = Vec::new();
        let mut within = Vec::new();
        match &answer.verdicts {
            Verdicts::Badge(verdict) => diplomas.extend(verdict.accepted()),
            Verdicts::Presentation(verdict) => {
                diplomas.extend(verdict.presented.iter().filter_map(|(_, presented)| match presented {
                    Presented::Badge(verdict) => verdict.accepted(),
                    _ => None,
                }));
                let texts = verdict.award_records.iter().map(RawJson::as_str);
                within.extend(texts.filter_map(|text| Some((text, read(text)?))));
            }
            _ => {}
        }
        let mut pairs = Vec::new();
        for diploma in diplomas {
            let names = |held: &HeldRecord| {
                let related = &diploma.content().related_resource;
                related.iter().any(|related| related.digest_sri == Some(held.digest()))
            };
            if let Some(Record { text, held, is_named, .. }) = self.0.iter().find(|record| names(&record.held)) {
                is_named.store(true, Ordering::Relaxed);
                pairs.push(Pair { diploma, text, held: held.clone(), is_beside: true });
            } else if let Some((text, held)) = within.iter().find(|(_, held)| names(held)) {
                pairs.push(Pair { diploma, text, held: held.clone(), is_beside: false });
            }
        }
        pairs
    }

    /// What would tell which of the counted documents were revoked since.
    pub(crate) fn missing(&self, answer: &Answer, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Vec<Missing> {
        let pairs = self.pairs(answer);
        pairs.iter().flat_map(|pair| missing_for_record(pair.text, dossier, policy, now)).collect()
    }

    /// The awards of a document, counted again.
    pub(crate) fn recount(&self, answer: &Answer, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Vec<Award> {
        let award = |Pair { diploma, text, held, is_beside }: Pair<'_>| Award {
            name: diploma.content().credential_subject.achievement.name.clone(),
            answer: RecountAnswer::of(diploma, text, dossier, policy, now),
            record: held,
            beside: is_beside.then(|| text.to_owned()),
        };
        self.pairs(answer).into_iter().map(award).collect()
    }

    /// Those that no accepted diploma names.
    pub(crate) fn left(self) -> impl Iterator<Item = Judged> {
        let left = self.0.into_iter().filter(|record| !record.is_named.load(Ordering::Relaxed));
        left.map(|record| Judged::of(record.source, Err((NotJudged::RecordAlone, Some(record.text)))))
    }
}

/// Whether it is worth reading as a record.
pub(crate) fn may_be_record(text: &str) -> bool {
    text.contains("AwardRecord")
}

/// The record, if it is one that can be read.
fn read(text: &str) -> Option<HeldRecord> {
    // Nearly everything else is told from it without being read.
    (text.len() <= MAX_TEXT_BYTES && may_be_record(text)).then(|| HeldRecord::parse(text).ok()).flatten()
}
