//! What is the answer about one document, as the pages show it?

use stapel_credential::{AchievementCredential, EuFact};
use stapel_fetch::FetchError;
use stapel_intake::IntakeError;
use stapel_proof::Signed;
use stapel_report::{
    AnswerText, CheckLine, Fact, Language, Mark, answer_facts, answer_text, answered_text, bars, data_uri,
    findings_text, is_passed_on, progress_lines, state, tower_svg, unreadable_text,
};
use stapel_stacking::{Answer, Answered, Progress, ProgressAnswer, Verdicts};
use stapel_verifier::{CheckKind, CheckResult, Findings, Outcome, Reason};

use crate::desk::{Judged, Looked, NotJudged};
use crate::received::ReceivedError;
use crate::words::{Words, kind_sentence, received_sentence, stale_sentence};

mod awards;
mod parts;

pub(crate) use awards::AwardTold;
use awards::{award_told, with_awards};
pub(crate) use parts::Part;
use parts::parts_of;

/// How wide the progress is told in letters.
const COLUMNS: usize = 56;

/// The answer about one document.
pub(crate) struct One {
    pub(crate) outcome: Outcome,
    pub(crate) source: Option<String>,
    pub(crate) class: &'static str,
    pub(crate) sign: char,
    pub(crate) state: &'static str,
    pub(crate) name: Option<String>,
    /// The language of the badge's own words, if it says.
    pub(crate) tongue: Option<String>,
    pub(crate) sentence: String,
    /// Whether it answers what was asked, if anything was.
    pub(crate) answered: Option<String>,
    /// What it rests on that may be out of date.
    pub(crate) stale: Vec<String>,
    pub(crate) checked_on: Option<String>,
    /// Whether it was withdrawn, and as of when that is known.
    pub(crate) status: Option<String>,
    pub(crate) advice: Vec<String>,
    /// Whether what it says is confirmed: only then it is more than a claim.
    pub(crate) confirmed: bool,
    /// Whether an issuer that is known here signed it as it is.
    pub(crate) is_signed: bool,
    pub(crate) facts: Vec<Fact>,
    /// The mandatory facts that it does not state.
    pub(crate) unstated: String,
    /// What it is, if it is no badge.
    pub(crate) what: Option<&'static str>,
    /// What an accepted file does not prove.
    pub(crate) note: Option<&'static str>,
    /// Whether it may have come from somebody else than its holder.
    pub(crate) is_passed_on: bool,
    /// Its achievement, about which its holder can be asked.
    pub(crate) achievement: Option<String>,
    pub(crate) logo: Option<Logo>,
    pub(crate) tower: Option<Tower>,
    pub(crate) awards: Vec<AwardTold>,
    pub(crate) parts: Vec<Part>,
    pub(crate) lines: Vec<CheckLine>,
    /// The document, so that it can be checked again; and the records that were handed in beside it.
    pub(crate) documents: Vec<String>,
    /// The text that was handed in, where it is no document.
    pub(crate) handed: Option<String>,
}

/// A progress, as a picture and in letters.
pub(crate) struct Tower {
    pub(crate) picture: String,
    pub(crate) bars: String,
    /// The same for who listens.
    pub(crate) aloud: Vec<String>,
    pub(crate) progress: Progress,
}

impl Tower {
    fn of(progress: &Progress, language: Language) -> Self {
        let picture = data_uri(&tower_svg(progress, language));
        let aloud = progress_lines(progress, language);
        Self { picture, bars: bars(progress, language, COLUMNS, false), aloud, progress: progress.clone() }
    }
}

/// The picture that a badge has of its issuer.
pub(crate) struct Logo {
    pub(crate) picture: String,
    /// By whose word it is the logo.
    pub(crate) by: String,
}

impl One {
    pub(crate) fn of(judged: Judged, language: Language) -> Self {
        let Judged { source, handed, result } = judged;
        let one = match result {
            Ok(looked) => Self::judged(source, &looked, language),
            Err(NotJudged::Received(error)) => {
                let nothing = Self::nothing(source, received_sentence(&error, language), language);
                match error {
                    // It says already whom to ask.
                    ReceivedError::File(IntakeError::Empty) => {
                        Self { advice: Vec::new(), ..Self::no_badge(nothing, language) }
                    }
                    ReceivedError::File(error) if error.is_without_badge() => Self::no_badge(nothing, language),
                    // Only what may be there another time is worth another try.
                    ReceivedError::File(_)
                    | ReceivedError::TooLarge { .. }
                    | ReceivedError::NoNetwork
                    | ReceivedError::LinkToLink
                    | ReceivedError::Link(
                        FetchError::NotHttps { .. }
                        | FetchError::PrivateAddress { .. }
                        | FetchError::Redirect { .. }
                        | FetchError::TooLarge { .. },
                    ) => nothing,
                    _ => Self { advice: vec![Words::of(language).try_link.to_owned()], ..nothing },
                }
            }
            Err(NotJudged::NoDocument) => {
                Self::no_badge(Self::nothing(source, Words::of(language).no_document.to_owned(), language), language)
            }
            Err(NotJudged::RecordAlone) => Self::nothing(source, Words::of(language).record_alone.to_owned(), language),
            Err(NotJudged::TooLarge { .. }) => {
                Self::nothing(source, Words::of(language).text_too_large.to_owned(), language)
            }
            Err(NotJudged::Shown(error)) => {
                let sentence = kind_sentence(&error, language).unwrap_or(Words::of(language).unreadable);
                match error.findings() {
                    Some(findings) => Self::unreadable(source, &findings, language),
                    None => Self::nothing(source, sentence.to_owned(), language),
                }
            }
        };
        Self { handed, ..one }
    }

    fn judged(source: Option<String>, looked: &Looked, language: Language) -> Self {
        let answer = &looked.answer;
        let told = with_awards(answer_text(answer, language), &looked.awards, language);
        let outcome = looked.outcome();
        let told = AnswerText { outcome, state: state(outcome, language), ..told };
        let told = match &looked.answered {
            // It may be genuine; it is not what was asked for.
            Some(Answered::NotSatisfied { .. }) => {
                AnswerText { outcome: Outcome::Refused, state: Words::of(language).not_satisfied, ..told }
            }
            _ => told,
        };
        let answered = looked.answered.as_ref().map(|answered| answered_text(answered, false, language));
        // The answer to a question is forgotten with it, and its page says when.
        let until = told.until.as_ref().filter(|_| answered.is_none());
        let sentence =
            [Some(&told.sentence), until].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let told = AnswerText { sentence, ..told };
        let own = findings_text(answer.findings(), language);
        let mut advised = vec![answer.findings()];
        let mut parts = Vec::new();
        if let Verdicts::Presentation(verdict) = &answer.verdicts {
            advised.extend(verdict.presented.iter().map(|(_, presented)| presented.findings()));
            parts = parts_of(verdict, language);
        }
        let badge = claimed(answer, &looked.text);
        let tower = match &answer.progress {
            Some(ProgressAnswer::Recomputed(progress)) => Some(Tower::of(progress, language)),
            _ => None,
        };
        let confirmed = is_accepted(answer.outcome());
        let documents = looked.awards.iter().filter_map(|award| award.beside.clone());
        let documents = std::iter::once(looked.text.clone()).chain(documents).collect();
        let tongue = badge.as_ref().and_then(|badge| badge.credential_subject.achievement.in_language.as_ref());
        let words = Words::of(language);
        let what = match &answer.verdicts {
            Verdicts::Programme(_) => Some(words.is_programme),
            Verdicts::TrustList(_) => Some(words.is_trust_list),
            Verdicts::Decision(_) => Some(words.is_decision),
            _ => None,
        };
        let whose = badge.as_ref().filter(|_| confirmed && answered.is_none());
        let holder = confirmed && matches!(looked.answered, Some(Answered::Satisfied { .. }));
        let note = whose.map(|_| words.whose).or(holder.then_some(words.asking.holder));
        let achievement = whose.map(|badge| badge.credential_subject.achievement.id.to_string());
        let all = badge.as_ref().map(|badge| facts(badge, answer.findings(), language)).unwrap_or_default();
        let (stated, unstated): (Vec<Fact>, Vec<Fact>) = all.into_iter().partition(|fact| !fact.values.is_empty());
        let unstated: Vec<String> = unstated.into_iter().map(|fact| fact.label).collect();
        Self {
            what,
            note,
            achievement,
            unstated: unstated.join(", "),
            tongue: tongue.map(ToString::to_string),
            name: badge.as_ref().map(|badge| badge.credential_subject.achievement.name.clone()),
            stale: looked.stale.iter().map(|stale| stale_sentence(stale, language)).collect(),
            checked_on: Some(language.minute_of(looked.now)),
            status: confirmed.then(|| status(answer.findings(), language)).flatten(),
            advice: advice(&advised, !looked.stale.is_empty(), language),
            answered,
            confirmed,
            is_passed_on: is_passed_on(answer.findings()),
            is_signed: is_signed(answer.findings()),
            logo: badge.as_ref().and_then(|badge| logo(badge, looked.logo_by.as_deref(), language)),
            facts: stated,
            tower,
            awards: looked.awards.iter().map(|award| award_told(award, language)).collect(),
            parts,
            lines: own.lines,
            documents,
            ..Self::bare(source, told)
        }
    }

    /// That what it satisfies is the question and no more.
    pub(crate) fn no_more_than_asked(self, words: &Words) -> Self {
        let with_rest = |told| format!("{told} {}", words.asking.asked_rest);
        let answered = if is_accepted(self.outcome) { self.answered.map(with_rest) } else { self.answered };
        Self { answered, ..self }
    }

    /// How far what it says is confirmed, where it is not.
    pub(crate) fn claims_note(&self, words: &Words) -> Option<&'static str> {
        (!self.confirmed).then_some(if self.is_signed { words.signed_hint } else { words.claims_hint })
    }

    /// A text that is no document, or one that is bent: told as every verifier of ours tells it.
    fn unreadable(source: Option<String>, findings: &Findings, language: Language) -> Self {
        let told = unreadable_text(findings, language);
        let lines = findings_text(findings, language).lines;
        Self { advice: advice(&[findings], false, language), lines, ..Self::bare(source, told) }
    }

    /// Nothing that we read: nothing is known against it.
    fn nothing(source: Option<String>, sentence: String, language: Language) -> Self {
        let outcome = Outcome::Undecided;
        let told = AnswerText { outcome, state: state(outcome, language), sentence, until: None };
        Self { advice: vec![Words::of(language).unreadable_advice.to_owned()], ..Self::bare(source, told) }
    }

    /// Where nothing is left to wait for.
    fn no_badge(nothing: Self, language: Language) -> Self {
        Self { state: Words::of(language).no_badge, ..nothing }
    }

    /// The answer without what the document says.
    fn bare(source: Option<String>, told: AnswerText) -> Self {
        let (class, sign) = class(told.outcome);
        Self {
            outcome: told.outcome,
            source,
            class,
            sign,
            state: told.state,
            name: None,
            tongue: None,
            sentence: told.sentence,
            answered: None,
            stale: Vec::new(),
            checked_on: None,
            status: None,
            advice: Vec::new(),
            confirmed: false,
            is_passed_on: false,
            is_signed: false,
            facts: Vec::new(),
            unstated: String::new(),
            what: None,
            note: None,
            achievement: None,
            logo: None,
            tower: None,
            awards: Vec::new(),
            parts: Vec::new(),
            lines: Vec::new(),
            documents: Vec::new(),
            handed: None,
        }
    }
}

/// The picture that stands in the badge; nothing is fetched for one.
fn logo(badge: &AchievementCredential, known_by: Option<&str>, language: Language) -> Option<Logo> {
    let image = &badge.issuer.image.as_ref()?.id;
    // A browser runs no script of a picture, and the page's own rules allow none.
    let is_shown = ["data:image/png;", "data:image/jpeg;", "data:image/svg+xml;"];
    is_shown.iter().any(|kind| image.as_str().starts_with(kind)).then_some(())?;
    let words = Words::of(language);
    let by = match known_by {
        Some(list) => format!("{} “{list}”", words.logo_known),
        None => words.logo_claimed.to_owned(),
    };
    Some(Logo { picture: image.as_str().to_owned(), by })
}

/// How a trust list calls the issuer, and which.
fn vouched(findings: &Findings) -> Option<(&str, &str)> {
    findings.checks().iter().find_map(|check| match &check.result {
        CheckResult::Pass(Reason::Vouched { name, list, .. }) => Some((name.as_str(), list.as_str())),
        _ => None,
    })
}

/// What the badge states; where a trust list calls its issuer otherwise, that too.
fn facts(badge: &AchievementCredential, findings: &Findings, language: Language) -> Vec<Fact> {
    let mut facts = answer_facts(badge, language);
    if let Some((name, list)) = vouched(findings).filter(|(name, _)| badge.issuer.name.as_deref() != Some(name))
        && let Some(fact) = facts.iter_mut().find(|fact| fact.mandatory == Some(EuFact::AwardingBody))
    {
        fact.values.push(format!("{} “{list}”: {name}", Words::of(language).known_as));
    }
    facts
}

/// What whoever reads the page can do, each once: the settings of this verifier are not theirs.
fn advice(advised: &[&Findings], is_stale: bool, language: Language) -> Vec<String> {
    let words = Words::of(language);
    let checks = advised.iter().flat_map(|findings| findings.checks());
    let mut all: Vec<String> = is_stale.then(|| words.try_again.to_owned()).into_iter().collect();
    for check in checks.filter(|check| !matches!(check.result, CheckResult::Pass(_))) {
        let one = match check.result.reason() {
            Reason::IssuerUnknown { .. } => Some(words.issuer_unknown),
            Reason::KeyMissing { .. } | Reason::StatusListMissing { .. } => Some(words.try_again),
            Reason::AudienceNotAsked { domain: Some(_) } => Some(words.not_asked),
            Reason::AudienceNotAsked { domain: None } => Some(words.for_nobody),
            reason => stapel_report::words::advice(reason, language),
        };
        if let Some(one) = one.filter(|one| !all.iter().any(|known| known == one)) {
            all.push(one.to_owned());
        }
    }
    all
}

fn is_accepted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks)
}

/// Whether an issuer that is known here signed it as it is.
fn is_signed(findings: &Findings) -> bool {
    let ended = |kind| findings.checks().iter().find(|check| check.kind == kind).map(|check| &check.result);
    let passed = |kind| matches!(ended(kind), Some(CheckResult::Pass(_)));
    let is_known = matches!(ended(CheckKind::Trust), Some(CheckResult::Pass(_) | CheckResult::Fail(_)));
    passed(CheckKind::Proof) && passed(CheckKind::Key) && is_known
}

/// What is known of its being withdrawn: with the answer, since it may change.
fn status(findings: &Findings, language: Language) -> Option<String> {
    let check = findings.checks().iter().find(|check| check.kind == CheckKind::Status)?;
    matches!(check.result, CheckResult::Pass(_) | CheckResult::Remark(_))
        .then(|| stapel_report::words::reason(check.result.reason(), language))
}

/// The badge as it was verified, or as it says of itself.
fn claimed(answer: &Answer, text: &str) -> Option<AchievementCredential> {
    let Verdicts::Badge(verdict) = &answer.verdicts else { return None };
    let unverified = || Signed::<AchievementCredential>::parse(text.trim()).ok();
    match verdict.accepted() {
        Some(badge) => Some(badge.content().clone()),
        None => unverified().map(|signed| signed.peek_unverified().clone()),
    }
}

/// How a state looks: it differs in its border and its sign, not in colour alone.
fn class(outcome: Outcome) -> (&'static str, char) {
    match outcome {
        Outcome::Accepted => ("accepted", Mark::Pass.sign()),
        Outcome::AcceptedWithRemarks => ("remarks", Mark::Remark.sign()),
        Outcome::Undecided => ("undecided", Mark::Unknown.sign()),
        Outcome::Refused => ("refused", Mark::Fail.sign()),
    }
}
