//! How does a person read that an award was counted again? What was awarded when, by which plan, on what it rests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stapel_credential::{AwardRecord, CredentialRef, Timestamp, Uri, json};
use stapel_proof::{peek_document_unverified, text_within};
use stapel_stacking::{EndedLater, Recount, RecountError};
use stapel_verifier::{Outcome, Reason};

use crate::language::Language;
use crate::lettering::plain;
use crate::words::{self, Names};

/// An award that was counted again, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecountText {
    /// What was awarded, in which programme, and as of when.
    pub headline: String,
    /// What completed the award: the plan, or what the board decided.
    pub completed: String,
    /// What was counted, a line each.
    pub counted: Vec<String>,
    /// What ended later, a line each; it takes nothing from what was awarded.
    pub later: Vec<String>,
    /// What this rests on.
    pub rests_on: &'static str,
}

/// An award that was counted again. The record is the one it was counted from.
pub fn recount_told(recount: &Recount, record: &AwardRecord, language: Language) -> RecountText {
    let named = Named { names: Names::of(&recount.progress, language), issuers: issuers(record), language };
    let ended =
        |ended: &EndedLater| format!("{}: {}", named.line(&ended.credential), words::reason(&ended.reason, language));
    RecountText {
        headline: head(recount, language),
        completed: completed(recount, language),
        counted: recount.counted.iter().map(|credential| named.line(credential)).collect(),
        later: recount.later.iter().map(ended).collect(),
        rests_on: rests_on(language),
    }
}

/// Above what was counted.
pub fn counted_title(language: Language) -> &'static str {
    language.pick("Meegeteld:", "Counted:")
}

/// Above what ended later.
pub fn later_title(language: Language) -> &'static str {
    language.pick(
        "Later beëindigd; dat neemt niets weg van wat toen is toegekend:",
        "Ended later, which takes nothing from what was awarded then:",
    )
}

/// An award that was counted again, for a terminal so many columns wide. The record is the one it was counted from.
pub fn recount_text(recount: &Recount, record: &AwardRecord, language: Language, width: usize, colour: bool) -> String {
    let told = recount_told(recount, record, language);
    let mut out =
        format!("{}\nPlan: {}. {}\n{}\n", told.headline, recount.plan, told.completed, counted_title(language));
    for line in &told.counted {
        let _ = writeln!(out, "  • {line}");
    }
    let _ = write!(out, "\n{}", crate::bars(&recount.progress, language, width, colour));
    if !told.later.is_empty() {
        let _ = writeln!(out, "\n{}", later_title(language));
        for line in &told.later {
            let _ = writeln!(out, "  ! {line}");
        }
    }
    let _ = writeln!(out, "\n{}", told.rests_on);
    out
}

/// What was awarded, in which programme, and when.
fn head(recount: &Recount, language: Language) -> String {
    let progress = &recount.progress;
    let programme = plain(progress.name.text(language.tag()));
    let (edition, day) = (plain(&progress.programme.edition), language.day_of(recount.awarded));
    let award = progress.award.as_ref().map(|award| plain(award.name.text(language.tag())));
    match (language, award) {
        (Language::Nl, Some(award)) => {
            format!("Nagerekend naar {day}, en het klopt: “{award}” van het programma “{programme}” ({edition}).")
        }
        (Language::En, Some(award)) => {
            format!("Recounted as of {day}, and it holds: “{award}” of the programme “{programme}” ({edition}).")
        }
        (Language::Nl, None) => {
            format!("Nagerekend naar {day}, en het klopt: het programma “{programme}” ({edition}).")
        }
        (Language::En, None) => {
            format!("Recounted as of {day}, and it holds: the programme “{programme}” ({edition}).")
        }
    }
}

/// What completed the award: the plan, or what the examination board decided about the rest.
fn completed(recount: &Recount, language: Language) -> String {
    let complete = language.pick("Het plan is compleet", "The plan is complete");
    let Some(decision) = &recount.decision else { return format!("{complete}.") };
    let whole = if recount.progress.complete {
        complete
    } else {
        language.pick("Het plan is niet compleet", "The plan is not complete")
    };
    let decided = language.pick("de examencommissie besloot", "the examination board decided");
    format!("{whole}; {decided}: “{}”.", plain(decision))
}

fn rests_on(language: Language) -> &'static str {
    language.pick(
        "Waar dit op rust: handtekeningen, vertrouwenslijsten en alle regels zijn opnieuw nagegaan. Welke sleutels en welke intrekkingen er op die dag waren, is het woord van wie het diploma uitgaf: die heeft het dossier vastgelegd.",
        "What this rests on: signatures, trust lists and all rules were checked again. Which keys and revocations there were on that day is the word of the diploma's issuer, who fixed the record.",
    )
}

struct Named {
    names: Names,
    issuers: BTreeMap<CredentialRef, String>,
    language: Language,
}

impl Named {
    /// Name and issuer of a credential; of a decision, what it is.
    fn line(&self, credential: &CredentialRef) -> String {
        let issuer = self.issuers.get(credential).cloned().unwrap_or_else(|| credential.issuer.to_string());
        let name = self
            .names
            .find_credential(credential)
            .map_or_else(|| format!("{} {}", self.language.pick("besluit", "decision"), credential.id), plain);
        format!("{name}, {}", plain(&issuer))
    }
}

/// By what names the issuers of the record's documents go. The documents were verified when they were counted.
fn issuers(record: &AwardRecord) -> BTreeMap<CredentialRef, String> {
    let named = record.documents.iter().filter_map(|document| {
        let text = text_within(document);
        let text = peek_document_unverified(&text);
        let tree = json::parse(&text).ok()?;
        let (id, issuer) = (tree.find("id")?.as_str()?, tree.find("issuer")?);
        let reference = CredentialRef {
            issuer: Uri::parse(issuer.find("id").unwrap_or(issuer).as_str()?).ok()?,
            id: Uri::parse(id).ok()?,
        };
        Some((reference, issuer.find("name")?.as_str()?.to_owned()))
    });
    named.collect()
}

/// Why an award was not confirmed, without the capital and the full stop.
pub(crate) fn error(error: &RecountError, language: Language) -> String {
    match language {
        Language::Nl => error_nl(error),
        Language::En => error_en(error),
    }
}

fn reasons(reasons: &[Reason], language: Language) -> String {
    reasons.iter().map(|reason| words::reason(reason, language)).collect::<Vec<_>>().join(" ")
}

fn nobody(holder: Option<&Uri>, language: Language) -> String {
    holder.map_or_else(|| language.pick("niemand in het bijzonder", "nobody in particular").to_owned(), Uri::to_string)
}

fn error_nl(error: &RecountError) -> String {
    const NL: Language = Language::Nl;
    let minute = |at: &Timestamp| NL.minute_of(*at);
    match error {
        RecountError::Record(error) => format!("het toekenningsdossier is niet te lezen: {error}"),
        RecountError::OtherRecord { digest } => format!(
            "het diploma noemt geen toekenningsdossier met het controlegetal {digest}: dit is een ander dossier, of het is veranderd"
        ),
        RecountError::OtherAward { holder, awarded, diploma_holder, diploma_awarded } => format!(
            "het toekenningsdossier gaat over {holder} op {}, maar het diploma over {} op {}",
            minute(awarded),
            nobody(diploma_holder.as_ref(), NL),
            minute(diploma_awarded)
        ),
        RecountError::OtherPlan { found, approved } => format!(
            "het plan in het toekenningsdossier heeft het controlegetal {found}, maar de examencommissie keurde {approved} goed"
        ),
        RecountError::OtherProgramme { found } => {
            format!("het diploma noemt het programma {found} niet, en daar telt het toekenningsdossier naartoe")
        }
        RecountError::NoProgramme { wanted } => {
            format!("in het toekenningsdossier zit geen programma met het controlegetal {wanted}")
        }
        RecountError::Document { number, awarded, outcome: Outcome::Refused, reasons: why } => format!(
            "document {number} van het toekenningsdossier klopte niet op {}. {}",
            minute(awarded),
            reasons(why, NL)
        ),
        RecountError::Document { number, awarded, reasons: why, .. } => format!(
            "of document {number} van het toekenningsdossier klopte op {}, is niet vast te stellen. {}",
            minute(awarded),
            reasons(why, NL)
        ),
        RecountError::Listed { listed } => format!(
            "het toekenningsdossier noemt {} van {}, maar dat zit er niet zo bij, of het plan telt het niet mee",
            listed.id, listed.issuer
        ),
        RecountError::NotListed { counted } => format!(
            "het plan telt {} van {} mee, maar het toekenningsdossier noemt dat niet",
            counted.id, counted.issuer
        ),
        RecountError::Plan(error) => {
            format!("het plan klopt niet. {}", words::plan_error(error, NL))
        }
        RecountError::Incomplete => {
            "het plan is niet compleet, en in het toekenningsdossier staat geen besluit van de examencommissie"
                .to_owned()
        }
        other => other.to_string(),
    }
}

/// Only what has dates or reasons is said anew: the library's own sentences are English.
fn error_en(error: &RecountError) -> String {
    const EN: Language = Language::En;
    match error {
        RecountError::OtherAward { holder, awarded, diploma_holder, diploma_awarded } => format!(
            "the award record is about {holder} on {}, but the diploma about {} on {}",
            EN.minute_of(*awarded),
            nobody(diploma_holder.as_ref(), EN),
            EN.minute_of(*diploma_awarded)
        ),
        RecountError::Document { number, awarded, outcome, reasons: why } => {
            let held = if *outcome == Outcome::Refused { "did not hold on" } else { "cannot be confirmed for" };
            format!("document {number} of the award record {held} {}. {}", EN.minute_of(*awarded), reasons(why, EN))
        }
        RecountError::Plan(error) => format!("the plan does not hold. {}", words::plan_error(error, EN)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use stapel_credential::{Digest, JsonError};
    use stapel_stacking::PlanError;

    use super::*;

    fn errors() -> Vec<RecountError> {
        let uri = |text: &str| Uri::parse(text).unwrap();
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let credential = || CredentialRef { issuer: uri("did:web:roc.example"), id: uri("urn:uuid:7") };
        let reasons = vec![Reason::IssuerUnknown { issuer: uri("did:web:roc.example") }];
        let awarded = at("2026-11-22T09:00:00Z");
        let document = |outcome| RecountError::Document { number: 3, awarded, outcome, reasons: reasons.clone() };
        vec![
            RecountError::Record(JsonError::Shape { path: "$".to_owned(), message: "x".to_owned() }),
            RecountError::OtherRecord { digest: Digest::of(b"1") },
            RecountError::OtherAward {
                holder: uri("did:example:a"),
                awarded,
                diploma_holder: None,
                diploma_awarded: at("2026-11-23T09:00:00Z"),
            },
            RecountError::OtherPlan { found: Digest::of(b"1"), approved: Digest::of(b"2") },
            RecountError::OtherProgramme { found: Digest::of(b"1") },
            RecountError::NoProgramme { wanted: Digest::of(b"1") },
            document(Outcome::Refused),
            document(Outcome::Undecided),
            RecountError::Listed { listed: credential() },
            RecountError::NotListed { counted: credential() },
            RecountError::Plan(PlanError::AwardOpen),
            RecountError::Incomplete,
        ]
    }

    #[test]
    fn every_refusal_of_an_award_is_a_sentence_in_both_languages() {
        let source = include_str!("../../stacking/src/award.rs");
        let known = words::variants_of(source, "RecountError");
        let mut said: Vec<String> = errors()
            .iter()
            .map(|error| format!("{error:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned())
            .collect();
        said.sort();
        said.dedup();
        assert_eq!(said, known);
        for each in errors() {
            let (dutch, english) =
                (words::recount_error(&each, Language::Nl), words::recount_error(&each, Language::En));
            assert_ne!(dutch, english, "{each:?}");
            assert!(dutch.ends_with('.') && english.ends_with('.'), "{dutch} {english}");
        }
    }

    #[test]
    fn no_fact_of_a_refusal_is_lost() {
        let [.., refused, _, _, _, _, _] = &errors()[..] else { panic!() };
        assert_eq!(
            words::recount_error(refused, Language::Nl),
            "Document 3 van het toekenningsdossier klopte niet op 22 november 2026 om 10:00 uur (Nederlandse tijd). did:web:roc.example is hier niet bekend: geen vertrouwenslijst noemt deze uitgever. Dat is geen slecht teken."
        );
        assert_eq!(
            words::recount_error(refused, Language::En),
            "Document 3 of the award record did not hold on 22 November 2026 at 10:00 (Dutch time). did:web:roc.example is not known here: no trust list at hand vouches for it. That says nothing against it."
        );
        let digests = [Digest::of(b"1").to_string(), Digest::of(b"2").to_string()];
        for language in Language::ALL {
            let said = words::recount_error(&errors()[3], language);
            assert!(digests.iter().all(|digest| said.contains(digest)), "{said}");
            let said = words::recount_error(&errors()[8], language);
            assert!(said.contains("urn:uuid:7") && said.contains("did:web:roc.example"), "{said}");
        }
    }
}
