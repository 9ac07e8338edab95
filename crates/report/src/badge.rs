//! What does a badge state, in people's words? The eleven European facts first, then everything else.

mod printed;

use std::fmt::Write as _;

use stapel_credential::extension::Assessment;
use stapel_credential::{AchievementCredential, AchievementSubject, CodeScheme, EuFact, Profile};

use crate::language::Language;
use crate::lettering::plain;
use crate::words::terms::{Term, say};

pub use printed::answer_facts;
pub(crate) use printed::{certificate_facts, kind, mandatory_fact, sector};

/// What the fact is called that says what a badge counts toward.
const STACKING: [&str; 2] = ["Telt mee voor", "Counts toward"];

/// One fact of a badge, for a page or a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What the badge states; empty when it states nothing.
    pub values: Vec<String>,
    /// In which language the badge states it, where these are its own words and it says so: for a `lang` attribute (WCAG 3.1.2).
    pub tongue: Option<String>,
    /// Which of the eleven mandatory facts of a European microcredential it is, if it is one.
    pub mandatory: Option<EuFact>,
}

/// Everything that a badge states, the eleven mandatory facts first and in their order, whether stated or not.
pub fn badge_facts(badge: &AchievementCredential, language: Language) -> Vec<Fact> {
    let writer = Writer { badge, subject: &badge.credential_subject, language };
    let mandatory = EuFact::ALL.iter().map(|fact| Fact {
        label: say(*fact, language),
        values: writer.mandatory(*fact),
        tongue: writer.tongue().filter(|_| *fact == EuFact::LearningOutcomes),
        mandatory: Some(*fact),
    });
    let further = writer.further().into_iter().filter(|fact| !fact.values.is_empty());
    let mut facts: Vec<Fact> = mandatory.chain(further).collect();
    for value in facts.iter_mut().flat_map(|fact| &mut fact.values) {
        *value = plain(value);
    }
    facts
}

/// Everything that a badge states, as plain text.
pub fn badge_text(badge: &AchievementCredential, language: Language) -> String {
    let facts = badge_facts(badge, language);
    let wide = facts.iter().map(|fact| fact.label.chars().count()).max().unwrap_or(0);
    let mut out = format!("{}\n\n", plain(&badge.credential_subject.achievement.name));
    let _ = writeln!(out, "{}", language.pick("De elf Europese gegevens", "The eleven European facts"));
    let mut further = false;
    for fact in &facts {
        if fact.mandatory.is_none() && !further {
            further = true;
            let _ = writeln!(out, "\n{}", language.pick("Verder", "Further"));
        }
        let nothing = [language.pick("niet vermeld", "not stated").to_owned()];
        let values = if fact.values.is_empty() { nothing.as_slice() } else { &fact.values };
        for (index, value) in values.iter().enumerate() {
            let label = if index == 0 { fact.label.as_str() } else { "" };
            let _ = writeln!(out, "  {label:wide$}  {value}");
        }
    }
    out
}

struct Writer<'a> {
    badge: &'a AchievementCredential,
    subject: &'a AchievementSubject,
    language: Language,
}

impl Writer<'_> {
    fn pick(&self, nl: &'static str, en: &'static str) -> &'static str {
        self.language.pick(nl, en)
    }

    fn say(&self, term: impl Term) -> String {
        say(term, self.language)
    }

    fn mandatory(&self, fact: EuFact) -> Vec<String> {
        let achievement = &self.subject.achievement;
        match fact {
            EuFact::Learner => {
                let hashed = self.subject.identifier.iter().map(|identity| {
                    if identity.hashed {
                        format!("{} ({})", identity.identity_type, self.pick("versleuteld kenmerk", "hashed"))
                    } else {
                        format!("{}: {}", identity.identity_type, identity.identity_hash)
                    }
                });
                self.subject.id.iter().map(ToString::to_string).chain(hashed).collect()
            }
            EuFact::Title => {
                let tag = achievement.in_language.as_ref();
                let tag = tag.map(|tag| format!(" ({} {tag})", self.pick("taal:", "language:")));
                vec![format!("{}{}", achievement.name, tag.unwrap_or_default())]
            }
            EuFact::Country => self.badge.issuer.country().map(str::to_owned).into_iter().collect(),
            EuFact::AwardingBody => self.awarding_body(),
            EuFact::IssuingDate => vec![self.language.day_of(self.badge.award_instant())],
            EuFact::LearningOutcomes => achievement
                .outcomes()
                .map(|outcome| {
                    let code = outcome.target_code.as_deref().map(|code| format!("{code} ")).unwrap_or_default();
                    let more = outcome.target_description.as_deref().filter(|more| *more != outcome.target_name);
                    let more = more.map(|more| format!(": {more}")).unwrap_or_default();
                    format!("{code}{}{more}", outcome.target_name)
                })
                .collect(),
            EuFact::Workload => self.workload(),
            EuFact::Level => achievement.levels().map(|level| level.to_string()).collect(),
            EuFact::Assessment => achievement.assessment.iter().map(|assessment| self.assessment(assessment)).collect(),
            EuFact::Participation => achievement.participation.iter().map(|form| self.say(*form)).collect(),
            EuFact::QualityAssurance => achievement
                .quality_assurance
                .iter()
                .map(|assurance| {
                    joined([
                        Some(self.say(assurance.assurance_kind)),
                        assurance.assurance_name.clone(),
                        assurance.assurance_url.as_ref().map(ToString::to_string),
                    ])
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    fn awarding_body(&self) -> Vec<String> {
        let issuer = &self.badge.issuer;
        let mut values = vec![name_and_id(issuer)];
        values.extend(issuer.codes().iter().map(|code| format!("{} {}", self.say(code.scheme()), code.value())));
        values.extend(
            issuer
                .parent_org
                .as_deref()
                .map(|parent| format!("{} {}", self.pick("deel van", "part of"), name_and_id(parent))),
        );
        values.extend(issuer.url.iter().map(ToString::to_string));
        values
    }

    fn workload(&self) -> Vec<String> {
        let achievement = &self.subject.achievement;
        let amount = |credits| match achievement.credit_unit {
            Some(unit) => self.language.credits(credits, unit),
            None => {
                format!("{} ({})", self.language.amount(credits), self.pick("eenheid niet vermeld", "unit not stated"))
            }
        };
        match (achievement.credits_available, self.subject.credits_earned) {
            (Some(available), Some(earned)) if available != earned => {
                vec![format!("{} {} {}", amount(earned), self.pick("behaald, van", "earned, of"), amount(available))]
            }
            (Some(credits), _) | (None, Some(credits)) => vec![amount(credits)],
            (None, None) => Vec::new(),
        }
    }

    fn assessment(&self, assessment: &Assessment) -> String {
        joined([
            Some(self.say(assessment.assessment_method)),
            assessment.assessor_role.map(|role| format!("{} {}", self.pick("door:", "by:"), self.say(role))),
            assessment.assessment_setting.map(|setting| self.say(setting)),
            assessment.assessment_supervision.map(|supervision| self.say(supervision)),
            assessment.identity_verification.map(|check| self.say(check)),
            assessment.assessment_ai_use.map(|ai| self.say(ai)),
            assessment.assessment_note.clone(),
        ])
    }

    /// The language of the badge's own words.
    fn tongue(&self) -> Option<String> {
        self.subject.achievement.in_language.as_ref().map(ToString::to_string)
    }

    /// A fact in the badge's own words.
    fn own(&self, nl: &'static str, en: &'static str, values: impl IntoIterator<Item = String>) -> Fact {
        Fact { tongue: self.tongue(), ..self.fact(nl, en, values) }
    }

    fn fact(&self, nl: &'static str, en: &'static str, values: impl IntoIterator<Item = String>) -> Fact {
        Fact {
            label: self.pick(nl, en).to_owned(),
            values: values.into_iter().collect(),
            tongue: None,
            mandatory: None,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one entry a fact: a list, not a procedure")]
    fn further(&self) -> Vec<Fact> {
        let (badge, subject, achievement) = (self.badge, self.subject, &self.subject.achievement);
        let day = |instant: &stapel_credential::Timestamp| self.language.day_of(*instant);
        let codes = achievement.codes();
        let own = |scheme| scheme == CodeScheme::Own;
        vec![
            self.fact("Soort", "Kind", achievement.credential_kind.iter().map(|kind| self.say(*kind))),
            self.own("Omschrijving", "Description", Some(achievement.description.clone())),
            self.own(
                "Voorwaarden",
                "Criteria",
                [achievement.criteria.narrative.clone(), achievement.criteria.id.as_ref().map(ToString::to_string)]
                    .into_iter()
                    .flatten(),
            ),
            self.fact(
                "Codes",
                "Codes",
                codes.iter().map(|code| {
                    let scheme = if own(code.scheme()) {
                        self.pick("eigen code", "own code").to_owned()
                    } else {
                        self.say(code.scheme())
                    };
                    format!("{scheme} {}", code.value())
                }),
            ),
            self.fact("Resultaten", "Results", self.results()),
            self.valid(),
            self.fact("Grondslag", "Basis", subject.basis.iter().map(|basis| self.say(*basis))),
            self.own("Eigen aandeel", "Own contribution", subject.own_contribution.clone()),
            self.own("Verhaal", "Narrative", subject.narrative.clone()),
            self.own("Rol", "Role", subject.role.clone()),
            self.fact(
                "Periode",
                "Period",
                period(
                    subject.activity_start_date.as_ref().map(day),
                    subject.activity_end_date.as_ref().map(day),
                    subject.term.clone(),
                ),
            ),
            self.fact(
                "Vastgesteld door",
                "Approved by",
                subject.approval.iter().map(|approval| {
                    joined([
                        Some(approval.approval_body.clone()),
                        approval.approval_reference.clone(),
                        approval.approval_date.map(|day| self.language.day(day)),
                    ])
                }),
            ),
            self.fact("Beoordeeld door", "Assessed by", subject.source.as_ref().map(name_and_id)),
            self.fact(
                "Onderwijs door",
                "Taught by",
                subject.provider.iter().map(|provider| {
                    joined([Some(provider.name.clone()), provider.id.as_ref().map(ToString::to_string)])
                }),
            ),
            self.fact("Ontworpen door", "Designed by", achievement.creator.as_ref().map(name_and_id)),
            self.fact("Leerweg", "Pathway", subject.pathway.map(|pathway| self.say(pathway))),
            self.fact("Werkplek", "Workplace", self.workplaces()),
            self.recognition(),
            self.fact(
                STACKING[0],
                STACKING[1],
                achievement.stackability.iter().map(|stack| {
                    joined([
                        Some(self.say(stack.stack_form)),
                        stack.stack_name.clone(),
                        stack.stack_code.as_ref().map(|code| format!("{} {}", self.say(code.scheme()), code.value())),
                        stack.stack_programme.as_ref().map(ToString::to_string),
                    ])
                }),
            ),
            self.fact("Vooraf nodig", "Prerequisites", achievement.prerequisites.clone()),
            self.fact("Wettelijke basis", "Legal basis", achievement.legal_basis.clone()),
            self.fact("Sector", "Sector", achievement.sector.map(|sector| self.say(sector))),
            self.fact(
                "Vakgebied",
                "Field of study",
                [achievement.field_of_study.clone(), achievement.specialization.clone()].into_iter().flatten(),
            ),
            self.fact("Versie", "Version", achievement.version.clone()),
            self.fact("Licentienummer", "Licence number", subject.license_number.clone()),
            self.fact(
                "Bewijsstukken",
                "Evidence",
                badge.evidence.iter().map(|evidence| {
                    joined([
                        evidence.name.clone(),
                        evidence.genre.clone(),
                        evidence.description.clone(),
                        evidence.narrative.clone(),
                        evidence.audience.clone(),
                        evidence.id.as_ref().map(ToString::to_string),
                    ])
                }),
            ),
            self.fact(
                "Aanbevelingen",
                "Endorsements",
                count(
                    badge.endorsement.len()
                        + badge.endorsement_jwt.len()
                        + achievement.endorsement.len()
                        + achievement.endorsement_jwt.len(),
                ),
            ),
            self.fact("Trefwoorden", "Tags", (!achievement.tag.is_empty()).then(|| achievement.tag.join(", "))),
            self.number(),
        ]
    }

    fn results(&self) -> Vec<String> {
        let descriptions = &self.subject.achievement.result_description;
        let each = self.subject.result.iter().map(|result| {
            let description = descriptions.iter().find(|known| Some(&known.id) == result.result_description.as_ref());
            let name =
                description.map_or_else(|| self.pick("Resultaat", "Result").to_owned(), |known| known.name.clone());
            let level = result.achieved_level.as_ref().map(|level| {
                let named =
                    description.and_then(|known| known.rubric_criterion_level.iter().find(|each| each.id == *level));
                named.map_or_else(|| level.to_string(), |each| each.name.clone())
            });
            let about =
                result.alignment.iter().map(|outcome| outcome.target_name.clone()).collect::<Vec<_>>().join(", ");
            let value = joined([
                result.value.clone(),
                level,
                result.status.map(|status| format!("{status:?}")),
                (!about.is_empty()).then_some(about),
            ]);
            format!("{name}: {value}")
        });
        each.collect()
    }

    fn validity(&self) -> String {
        let from = self.language.day_of(self.badge.valid_from);
        match (self.badge.valid_until, self.language) {
            (Some(until), Language::Nl) => format!("van {from} tot en met {}", self.language.day_of(until)),
            (Some(until), Language::En) => format!("from {from} until {}", self.language.day_of(until)),
            (None, Language::Nl) => format!("sinds {from}, zonder einde"),
            (None, Language::En) => format!("since {from}, without end"),
        }
    }

    fn workplaces(&self) -> Vec<String> {
        let each = self.subject.workplace.iter().map(|place| {
            joined([
                Some(place.workplace_company.clone()),
                place.workplace_setting.clone(),
                period(
                    place.workplace_from.map(|day| self.language.day(day)),
                    place.workplace_until.map(|day| self.language.day(day)),
                    None,
                ),
                place.workplace_hours.map(|hours| format!("{} {}", hours.0, self.pick("uur", "hours"))),
            ])
        });
        each.collect()
    }
}

fn name_and_id(profile: &Profile) -> String {
    match &profile.name {
        Some(name) => format!("{name} ({})", profile.id),
        None => profile.id.to_string(),
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn period(from: Option<String>, until: Option<String>, term: Option<String>) -> Option<String> {
    let days = match (from, until) {
        (Some(from), Some(until)) => Some(format!("{from} – {until}")),
        (Some(day), None) => Some(format!("{day} –")),
        (None, Some(day)) => Some(format!("– {day}")),
        (None, None) => None,
    };
    let text = joined([days, term]);
    (!text.is_empty()).then_some(text)
}

fn count(number: usize) -> Option<String> {
    (number > 0).then(|| number.to_string())
}

#[cfg(test)]
mod tests;
