//! Which facts of a badge stand on paper?

use stapel_credential::{AchievementCredential, EuFact};

use super::{Fact, Writer, badge_facts, joined};
use crate::language::Language;
use crate::lettering::plain;
use crate::words::terms::say;

/// What stands on a printed certificate: the eleven mandatory facts, how long it is valid, who recognises it, and its number.
pub(crate) fn certificate_facts(badge: &AchievementCredential, language: Language) -> Vec<Fact> {
    let writer = Writer { badge, subject: &badge.credential_subject, language };
    let mut facts = badge_facts(badge, language);
    facts.retain(|fact| fact.mandatory.is_some());
    facts.extend([writer.recognition(), writer.valid(), writer.number()]);
    for value in facts.iter_mut().flat_map(|fact| &mut fact.values) {
        *value = plain(value);
    }
    facts
}

/// What kind of badge it is.
pub(crate) fn kind(badge: &AchievementCredential, language: Language) -> Option<String> {
    let kinds: Vec<String> =
        badge.credential_subject.achievement.credential_kind.iter().map(|kind| say(*kind, language)).collect();
    let said = kinds.join(", ");
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// The sector of a badge, or nothing.
pub(crate) fn sector(badge: &AchievementCredential, language: Language) -> String {
    badge.credential_subject.achievement.sector.map(|sector| say(sector, language)).unwrap_or_default()
}

/// One mandatory fact in a line; nothing where the badge states nothing.
pub(crate) fn mandatory_fact(badge: &AchievementCredential, fact: EuFact, language: Language) -> String {
    Writer { badge, subject: &badge.credential_subject, language }.mandatory(fact).join(", ")
}

impl Writer<'_> {
    pub(super) fn recognition(&self) -> Fact {
        self.fact(
            "Erkenning",
            "Recognition",
            self.subject.achievement.recognition.iter().map(|recognition| {
                joined([
                    Some(self.say(recognition.recognition_state)),
                    recognition.recognition_authority.clone(),
                    recognition.recognition_reference.clone(),
                    recognition.recognition_date.map(|day| self.language.day(day)),
                ])
            }),
        )
    }

    pub(super) fn valid(&self) -> Fact {
        self.fact("Geldig", "Valid", Some(self.validity()))
    }

    pub(super) fn number(&self) -> Fact {
        self.fact("Nummer", "Number", Some(self.badge.id.to_string()))
    }
}
