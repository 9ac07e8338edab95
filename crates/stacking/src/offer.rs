//! Who offers what is missing? Modules of catalogues, held against the programme as if they had been earned today.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use stapel_credential::{Achievement, AchievementSubject, Did, Timestamp, Uri};

use crate::badge::{Badge, Identity};
use crate::model::Model;

/// A module that an issuer offers, from its catalogue. Catalogues are not signed: this is advice, and nothing counts by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offering {
    /// Who offers it.
    pub issuer: Did,
    /// The issuer's name, as it calls itself.
    pub name: String,
    /// The module.
    pub achievement: Achievement,
}

/// Who offers something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OfferedBy {
    /// The issuer.
    pub issuer: Did,
    /// Its name, as it calls itself.
    pub issuer_name: String,
    /// The id of the achievement.
    pub achievement: Uri,
    /// Its title.
    pub title: String,
}

/// The badge that the holder would have who finished the module.
pub(crate) struct Pretended {
    issuer: Uri,
    did: Rc<Did>,
    subject: AchievementSubject,
}

impl Pretended {
    pub(crate) fn new(holder: &Uri, offering: &Offering) -> Self {
        let subject = AchievementSubject::new(Some(holder.clone()), offering.achievement.clone());
        Self { issuer: offering.issuer.to_uri(), did: Rc::new(offering.issuer.clone()), subject }
    }

    /// Its facts, were it awarded at this moment.
    pub(crate) fn badge(&self, now: Timestamp) -> Badge<'_> {
        let identity = Identity::new(&self.issuer, &self.subject.achievement.id);
        Badge::new(identity, Some(Rc::clone(&self.did)), &self.subject, now)
    }
}

pub(crate) struct Offers<'a> {
    model: &'a Model<'a>,
    offered: Vec<(OfferedBy, Pretended)>,
}

impl<'a> Offers<'a> {
    pub(crate) fn new(model: &'a Model<'a>, offerings: &[Offering]) -> Self {
        let offered = offerings.iter().map(|offering| {
            let achievement = &offering.achievement;
            let by = OfferedBy {
                issuer: offering.issuer.clone(),
                issuer_name: offering.name.clone(),
                achievement: achievement.id.clone(),
                title: achievement.name.clone(),
            };
            (by, Pretended::new(model.holder(), offering))
        });
        Self { model, offered: offered.collect() }
    }

    /// Who offers what would show a part, alone or as one of several.
    pub(crate) fn for_part(&self, part: usize) -> Vec<OfferedBy> {
        let ways = self.model.rules.parts().get(part).map_or(&[][..], |part| part.ways.as_slice());
        let fits = |badge: &Badge<'_>| {
            ways.iter().filter(|way| !way.way.supplements).any(|way| {
                let covers = |outcomes: &stapel_credential::Outcomes| {
                    outcomes.of.iter().any(|outcome| badge.outcomes().any(|of| of == outcome))
                        && self.model.judge.fits(&outcomes.fits, badge).is_ok()
                };
                way.way.all.iter().any(|wanted| self.model.judge.fits(wanted, badge).is_ok())
                    || way.way.outcomes.as_ref().is_some_and(covers)
            })
        };
        self.that(fits)
    }

    /// Who offers what would count in a free slot of credits.
    pub(crate) fn for_slot(&self, slot: usize) -> Vec<OfferedBy> {
        let Some(slot) = self.model.tree.slots.get(slot) else { return Vec::new() };
        self.that(|badge| self.model.judge.worth_in_slot(&slot.rule, badge).is_ok())
    }

    fn that(&self, fits: impl Fn(&Badge<'_>) -> bool) -> Vec<OfferedBy> {
        let now = self.model.judge.now;
        let fitting = self.offered.iter().filter(|(_, pretended)| fits(&pretended.badge(now)));
        let mut found: Vec<OfferedBy> = fitting.map(|(by, _)| by.clone()).collect();
        found.sort();
        found.dedup();
        found
    }
}
