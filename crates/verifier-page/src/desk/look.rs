//! How is one document looked at: at once where everything is at hand, else in rounds, with what can be had?

use std::cell::OnceCell;
use std::collections::BTreeSet;

use stapel_credential::{Did, Digest, Timestamp};
use stapel_proof::is_jwt;
use stapel_stacking::{Answer, ShownError, Verdicts, verify_badge, verify_document};
use stapel_verifier::{Audience, Missing, Trust};

use super::{Asked, Desk, FETCHING_SECONDS, Given, Looked, MAX_TEXT_BYTES, NotJudged};
use crate::cache::{Source, View};
use crate::received::document;
use crate::recounting::{Award, Records, may_be_record};

/// So often a verdict may name something new that is missing: a status list, then the keys of who signed it.
const ROUNDS: usize = 3;
/// The largest badge that is judged at once, in bytes, without a thread that may wait for a network: waking one takes as long as
/// the verdict. What a hostile one of that size may cost is bounded by the limits of canonicalization and of the proofs.
const AT_ONCE_BYTES: usize = 16 * 1024;
/// Documents above this are judged one at a time, in bytes.
const SMALL_TEXT_BYTES: usize = 128 * 1024;

/// Why there is no answer, and the text on which there is none.
pub(crate) type Failed = (NotJudged, Option<String>);

/// What goes with every document of a call.
#[derive(Clone, Copy)]
pub(super) struct With<'a> {
    pub(super) asked: &'a Asked,
    pub(super) records: &'a Records,
    /// Whether there is time to fetch.
    pub(super) has_time: &'a (dyn Fn() -> bool + Sync),
}

/// An answer as of what was at hand, which may lack something.
pub(super) struct First {
    text: String,
    view: View,
    pub(super) answer: Answer,
    now: Timestamp,
}

impl Desk {
    /// A badge that stands alone and is small.
    pub(super) fn look_at_once(&self, given: &[Given]) -> Option<(Option<String>, First)> {
        let (source, text) = match given {
            [Given::Text(text)] if text.len() <= AT_ONCE_BYTES => (None, text.clone()),
            [Given::File(source, bytes)] if bytes.len() <= AT_ONCE_BYTES => (source.clone(), document(bytes)?),
            _ => return None,
        };
        if may_be_record(&text) {
            return None;
        }
        let now = self.now();
        let view = self.0.cache.view(now);
        let answer = verify_badge(&text, view.dossier(), view.policy(), now)?;
        Some((source, First { text, view, answer, now }))
    }

    pub(super) fn look_further(&self, first: First, asked: &Asked) -> Result<Looked, Failed> {
        let begun = self.now();
        let has_time = || self.now().unix_seconds() - begun.unix_seconds() < FETCHING_SECONDS;
        self.look_on(first, &With { asked, records: &Records::default(), has_time: &has_time })
    }

    pub(super) fn look(&self, text: String, with: &With<'_>) -> Result<Looked, Failed> {
        if text.len() > MAX_TEXT_BYTES {
            return Err((NotJudged::TooLarge { found: text.len() }, None));
        }
        if !text.trim_start().starts_with(['{', '[']) && !is_jwt(text.trim()) {
            return Err((NotJudged::NoDocument, Some(text)));
        }
        // What is read of a text is many times as large as the text.
        if text.len() > SMALL_TEXT_BYTES { self.alone(|| self.look_at(text, with)) } else { self.look_at(text, with) }
    }

    fn look_at(&self, text: String, with: &With<'_>) -> Result<Looked, Failed> {
        let now = self.now();
        let view = self.0.cache.view(now);
        let answer = match Self::ask(&text, &view, &with.asked.audience, now) {
            Ok(answer) => answer,
            Err(error) => return Err((error.into(), Some(text))),
        };
        self.look_on(First { text, view, answer, now }, with)
    }

    /// Looks again with what was missing, as long as more can be had.
    fn look_on(&self, first: First, with: &With<'_>) -> Result<Looked, Failed> {
        let First { text, mut view, mut answer, now } = first;
        let With { asked, records, has_time } = *with;
        let source = Source { clock: &|| self.now(), has_time, fetch: &|missing| self.find(missing) };
        let mut known = BTreeSet::new();
        for _ in 0..ROUNDS {
            let new: Vec<Missing> = answer.missing().into_iter().filter(|one| known.insert(one.clone())).collect();
            let Some(more) = self.0.cache.supply(&view, &new, &source) else { break };
            view = more;
            answer = match Self::ask(&text, &view, &asked.audience, now) {
                Ok(answer) => answer,
                Err(error) => return Err((error.into(), Some(text))),
            };
        }
        // The award needs none of this; it tells what was revoked since.
        let missing = records.missing(&answer, view.dossier(), view.policy(), now);
        let new: Vec<Missing> = missing.into_iter().filter(|one| known.insert(one.clone())).collect();
        if let Some(more) = self.0.cache.supply(&view, &new, &source) {
            view = more;
        }
        let awards = records.recount(&answer, view.dossier(), view.policy(), now);
        Ok(Self::finish(First { text, view, answer, now }, awards, asked))
    }

    pub(super) fn finish(last: First, awards: Vec<Award>, asked: &Asked) -> Looked {
        let First { text, view, answer, now } = last;
        let trust = OnceCell::new();
        let trust = || trust.get_or_init(|| Trust::new(view.dossier(), view.policy(), now));
        let answered = asked.question.as_ref().map(|question| answer.answers(question, trust(), now));
        let logo_by = logo(&answer).and_then(|(issuer, logo)| trust().find_logo(&issuer, &logo).map(str::to_owned));
        Looked { text, answer, answered, awards, logo_by, stale: view.into_stale(), now }
    }

    fn ask(text: &str, view: &View, audience: &Audience, now: Timestamp) -> Result<Answer, ShownError> {
        verify_document(text, view.dossier(), view.policy(), audience, now)
    }
}

/// The picture that an accepted badge has for its issuer's logo.
fn logo(answer: &Answer) -> Option<(Did, Digest)> {
    let Verdicts::Badge(verdict) = &answer.verdicts else { return None };
    let badge = verdict.accepted()?.content();
    let logo = badge.issuer.image.as_ref()?.id.embedded_bytes()?;
    Some((badge.issuer_did()?, Digest::of(&logo)))
}
