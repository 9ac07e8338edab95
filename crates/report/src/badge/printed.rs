//! Which facts of a badge stand on paper?

use stapel_credential::{AchievementCredential, EuFact, Level};

use super::{Fact, STACKING, Writer, badge_facts, joined};
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

/// What an employer wants to know, in that order: what the person can do, what it counts toward, how high that is, how and by
/// whom it was assessed, how much work it was, who watches over it and who recognises it, how long it is valid; then the rest.
pub fn answer_facts(badge: &AchievementCredential, language: Language) -> Vec<Fact> {
    let writer = Writer { badge, subject: &badge.credential_subject, language };
    let mut facts = badge_facts(badge, language);
    let recognition = writer.recognition();
    if recognition.values.is_empty() {
        let nobody = language
            .pick("door niemand anders, voor zover dit bewijs zegt", "by nobody else, as far as this badge says");
        facts.push(Fact { values: vec![nobody.to_owned()], ..recognition.clone() });
    }
    let further = [recognition.label, writer.valid().label, language.pick(STACKING[0], STACKING[1]).to_owned()];
    let rank = |fact: &Fact| match fact.mandatory {
        Some(EuFact::LearningOutcomes) => 0,
        Some(EuFact::Level) => 2,
        Some(EuFact::Assessment) => 3,
        Some(EuFact::Workload) => 4,
        Some(EuFact::QualityAssurance) => 5,
        Some(EuFact::IssuingDate) => 7,
        Some(EuFact::AwardingBody) => 8,
        // A long number, and the reader knows whose badge it is, or does not.
        Some(EuFact::Learner) => 11,
        Some(_) => 9,
        None => match further.iter().position(|label| *label == fact.label) {
            Some(0) => 6,
            Some(1) => 7,
            Some(_) => 1,
            None => 10,
        },
    };
    facts.sort_by_key(rank);
    for fact in facts.iter_mut().filter(|fact| fact.mandatory == Some(EuFact::Level)) {
        fact.values = badge.credential_subject.achievement.levels().map(|level| explained(level, language)).collect();
    }
    facts
}

/// A level with what people know that is as high (NLQF, <https://nlqf.nl>: what each level was classified for). A badge of
/// a level is no diploma of it.
fn explained(level: Level, language: Language) -> String {
    // The NLQF levels were referenced to those of the EQF by their numbers; 4+ is EQF 4 too.
    let known = match level.code().as_str() {
        "1" => ("mbo-1", "mbo level 1"),
        "2" => ("mbo-2", "mbo level 2"),
        "3" => ("mbo-3", "mbo level 3"),
        "4" => ("mbo-4 of havo", "mbo level 4 or havo"),
        "4+" => ("vwo", "vwo (pre-university)"),
        "5" => ("associate degree", "an associate degree"),
        "6" => ("hbo- of wo-bachelor", "a bachelor's degree"),
        "7" => ("hbo- of wo-master", "a master's degree"),
        "8" => ("doctoraat", "a doctorate"),
        _ => return level.to_string(),
    };
    match language {
        Language::Nl => format!("{level}: even hoog als {}", known.0),
        Language::En => format!("{level}: as high as {}", known.1),
    }
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
        self.fact("Bewijs geldig", "Badge valid", Some(self.validity()))
    }

    pub(super) fn number(&self) -> Fact {
        self.fact("Nummer", "Number", Some(self.badge.id.to_string()))
    }
}
