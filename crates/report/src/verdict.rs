//! How does a person read a verdict? A first line with the answer, a line for each check, and what one can do.

use std::fmt;

use stapel_credential::{CredentialRef, Subject};
use stapel_proof::Document;
use stapel_verifier::{
    CheckKind, CheckResult, Findings, Outcome, PresentationVerdict, Presented, Reason, Verdict, Verified,
};

use crate::language::Language;
use crate::lettering::plain;
use crate::words;

/// A verdict in words. `Display` writes it as plain text of several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictText {
    /// The answer in one word.
    pub outcome: Outcome,
    /// The answer in a sentence or two, with its reason.
    pub headline: String,
    /// One line a check, in order.
    pub lines: Vec<CheckLine>,
    /// What one can do, each once.
    pub advice: Vec<String>,
    language: Language,
}

/// One check in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// How it ended.
    pub mark: Mark,
    /// What was looked at.
    pub what: &'static str,
    /// Why it ended so.
    pub why: String,
}

/// How a check ended, as a sign that needs no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It holds.
    Pass,
    /// There is nothing that could be checked, and nothing that must be.
    Nothing,
    /// It holds, and there is something to know.
    Remark,
    /// It could not be checked.
    Unknown,
    /// It does not hold.
    Fail,
}

impl Mark {
    /// `✓`, `–`, `!`, `?`, `✗`
    pub const fn sign(self) -> char {
        match self {
            Self::Pass => '✓',
            Self::Nothing => '–',
            Self::Remark => '!',
            Self::Unknown => '?',
            Self::Fail => '✗',
        }
    }

    fn of(result: &CheckResult) -> Self {
        match result {
            // Whose issuer keeps no list was looked up nowhere: that is no tick.
            CheckResult::Pass(Reason::NoStatus) => Self::Nothing,
            CheckResult::Pass(_) => Self::Pass,
            CheckResult::Remark(_) => Self::Remark,
            CheckResult::Unknown(_) => Self::Unknown,
            CheckResult::Fail(_) => Self::Fail,
        }
    }
}

/// A verdict in words.
pub fn verdict_text<T: Document>(verdict: &Verdict<T>, language: Language) -> VerdictText {
    findings_text(verdict.findings(), language)
}

/// Checks in words.
pub fn findings_text(findings: &Findings, language: Language) -> VerdictText {
    let stands = stands(findings);
    let lines: Vec<CheckLine> = findings
        .checks()
        .iter()
        .map(|check| {
            let (what, why) = (words::check(check.kind, language), words::reason(check.result.reason(), language));
            if stands || !rests_on_signature(check.kind) || !matches!(check.result, CheckResult::Pass(_)) {
                return CheckLine { mark: Mark::of(&check.result), what, why };
            }
            let if_so = language.pick("Telt alleen als de handtekening klopt:", "Counts only if the signature holds:");
            CheckLine { mark: Mark::Unknown, what, why: format!("{if_so} {why}") }
        })
        .collect();
    let mut advice: Vec<String> = Vec::new();
    for check in findings.checks().iter().filter(|check| !matches!(check.result, CheckResult::Pass(_))) {
        if let Some(each) =
            words::advice(check.result.reason(), language).filter(|each| !advice.iter().any(|a| a == each))
        {
            advice.push(each.to_owned());
        }
    }
    let outcome = findings.outcome();
    VerdictText { outcome, headline: headline(outcome, findings, &lines, language), lines, advice, language }
}

/// Whether the document is its signer's: until then, who vouches for the signer says nothing of the document.
fn stands(findings: &Findings) -> bool {
    let own = [CheckKind::Structure, CheckKind::Proof, CheckKind::Key];
    let mut checks = findings.checks().iter().filter(|check| own.contains(&check.kind));
    checks.all(|check| matches!(check.result, CheckResult::Pass(_) | CheckResult::Remark(_)))
}

/// What is said about what the document itself says.
fn rests_on_signature(kind: CheckKind) -> bool {
    !matches!(kind, CheckKind::Structure | CheckKind::Proof | CheckKind::Key)
}

fn headline(outcome: Outcome, findings: &Findings, lines: &[CheckLine], language: Language) -> String {
    let word = words::outcome(outcome, language);
    let first = |mark: Mark| lines.iter().find(|line| line.mark == mark).map(|line| line.why.as_str());
    match outcome {
        Outcome::Accepted => match language {
            Language::Nl => format!("{word}. Alle controles zijn goed."),
            Language::En => format!("{word}. Every check passed."),
        },
        Outcome::AcceptedWithRemarks => format!("{word}. {}", first(Mark::Remark).unwrap_or_default()),
        Outcome::Refused => format!("{word}. {}", first(Mark::Fail).unwrap_or_default()),
        Outcome::Undecided => {
            let unknown: Vec<String> = findings
                .checks()
                .iter()
                .filter(|check| matches!(check.result, CheckResult::Unknown(_)))
                .map(|check| subject(check.kind, language).to_owned())
                .collect();
            let (one, what) = (unknown.len() == 1, language.list(&unknown));
            match (language, what.is_empty()) {
                (Language::Nl, true) => format!("{word}. Er is niets gecontroleerd."),
                (Language::En, true) => format!("{word}. Nothing was checked."),
                (Language::Nl, false) => {
                    let verb = if one { "kon" } else { "konden" };
                    format!("{word}. Er is niets verkeerds gevonden, maar {what} {verb} niet worden gecontroleerd.")
                }
                (Language::En, false) => {
                    format!("{word}. Nothing wrong was found, but {what} could not be checked.")
                }
            }
        }
    }
}

/// What could not be checked, within a sentence.
fn subject(kind: CheckKind, language: Language) -> &'static str {
    match kind {
        CheckKind::Structure => language.pick("de opbouw", "the structure"),
        CheckKind::Proof => language.pick("de handtekening", "the signature"),
        CheckKind::Key => language.pick("de sleutel", "the key"),
        CheckKind::Validity => language.pick("de geldigheid", "the validity"),
        CheckKind::Status => language.pick("of het is ingetrokken", "whether it was revoked"),
        CheckKind::Trust => language.pick("of de uitgever te vertrouwen is", "whether the issuer can be trusted"),
        CheckKind::Holder => language.pick("wie het laat zien", "who shows it"),
        CheckKind::Audience => language.pick("voor wie het is gemaakt", "for whom it was made"),
        CheckKind::Progress => language.pick("de voortgang", "the progress"),
        _ => language.pick("een onderdeel", "a part"),
    }
}

impl fmt::Display for VerdictText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline)?;
        let wide = self.lines.iter().map(|line| line.what.chars().count()).max().unwrap_or(0);
        for CheckLine { mark, what, why } in &self.lines {
            writeln!(f, "  {} {what:wide$}  {why}", mark.sign())?;
        }
        for advice in &self.advice {
            writeln!(f, "{} {advice}", self.language.pick("Wat u kunt doen:", "What you can do:"))?;
        }
        Ok(())
    }
}

/// A presentation in words: the answer for the whole, the presentation's own checks, then each document by name.
pub fn presentation_text(verdict: &PresentationVerdict, language: Language) -> String {
    use fmt::Write as _;

    let own = findings_text(&verdict.findings, language);
    let whole = verdict.outcome();
    let mut out = if whole == own.outcome {
        String::new()
    } else {
        let because = match language {
            Language::Nl => "dat komt door een van de getoonde bewijzen",
            Language::En => "one of the documents shown is the cause",
        };
        format!("{}: {because}.\n\n", words::outcome(whole, language))
    };
    let _ = write!(out, "{}: {own}", language.pick("Presentatie", "Presentation"));
    for (name, text) in presented_texts(verdict, language) {
        let _ = write!(out, "\n{name}: {text}");
    }
    out
}

/// Each document of a presentation by its name, or its id where it was not accepted, with its checks in words.
pub fn presented_texts(verdict: &PresentationVerdict, language: Language) -> Vec<(String, VerdictText)> {
    let text = |(reference, presented): &(Option<CredentialRef>, Presented)| {
        let name = name_of(presented, language)
            .or_else(|| reference.as_ref().map(|reference| reference.id.to_string()))
            .unwrap_or_else(|| language.pick("Een document", "A document").to_owned());
        (plain(&name), findings_text(presented.findings(), language))
    };
    verdict.presented.iter().map(text).collect()
}

fn name_of(presented: &Presented, language: Language) -> Option<String> {
    fn content<S: Subject>(
        verdict: &Verdict<stapel_credential::VerifiableCredential<S>>,
    ) -> Option<&stapel_credential::VerifiableCredential<S>>
    where
        stapel_credential::VerifiableCredential<S>: Document,
    {
        verdict.accepted().map(Verified::content)
    }
    match presented {
        Presented::Badge(verdict) => {
            content(verdict).map(|badge| format!("“{}”", badge.credential_subject.achievement.name))
        }
        Presented::Programme(verdict) => content(verdict).map(|programme| {
            let programme = &programme.credential_subject.programme;
            format!(
                "{} “{}” ({})",
                language.pick("Programma", "Programme"),
                programme.name.text(language.tag()),
                programme.edition
            )
        }),
        Presented::Exemption(verdict) => {
            content(verdict).map(|_| language.pick("Vrijstelling", "Exemption").to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use stapel_credential::Timestamp;
    use stapel_verifier::Reason;

    use super::*;

    fn findings(results: Vec<(CheckKind, CheckResult)>) -> Findings {
        let mut findings = Findings::default();
        for (kind, result) in results {
            findings.add(kind, result);
        }
        findings
    }

    fn intact() -> (CheckKind, CheckResult) {
        let method = "did:web:roc.example#key-1".parse().unwrap();
        (CheckKind::Proof, CheckResult::Pass(Reason::Intact { method }))
    }

    #[test]
    fn an_accepted_one_says_so_first() {
        let text = findings_text(&findings(vec![intact()]), Language::Nl);
        assert_eq!(
            text.to_string(),
            "Geaccepteerd. Alle controles zijn goed.\n  ✓ Handtekening  De tekst is precies zoals did:web:roc.example#key-1 hem heeft ondertekend.\n"
        );
        assert_eq!(findings_text(&findings(vec![intact()]), Language::En).headline, "Accepted. Every check passed.");
    }

    #[test]
    fn what_could_not_be_checked_is_never_called_forged() {
        let issuer = "did:web:roc.example".parse().unwrap();
        let url = "https://roc.example/status/1".parse().unwrap();
        let findings = findings(vec![
            intact(),
            (CheckKind::Status, CheckResult::Unknown(Reason::StatusListMissing { url })),
            (CheckKind::Trust, CheckResult::Unknown(Reason::IssuerUnknown { issuer })),
        ]);
        let dutch = findings_text(&findings, Language::Nl);
        assert_eq!(
            dutch.headline,
            "Niet te beslissen. Er is niets verkeerds gevonden, maar of het is ingetrokken en of de uitgever te vertrouwen is konden niet worden gecontroleerd."
        );
        assert_eq!(
            dutch.advice,
            [
                "Probeer het opnieuw met een internetverbinding.",
                "Voeg een vertrouwenslijst toe waarop de uitgever staat, of wijs de uitgever zelf als betrouwbaar aan."
            ]
        );
        assert_eq!(
            findings_text(&findings, Language::En).headline,
            "Undecided. Nothing wrong was found, but whether it was revoked and whether the issuer can be trusted could not be checked."
        );
        for word in ["vals", "forged", "nep", "fake"] {
            assert!(!dutch.to_string().contains(word), "{word}");
        }
    }

    #[test]
    fn a_refusal_says_why_first() {
        let as_of = Timestamp::parse("2026-11-20T00:00:00Z").unwrap();
        let findings = findings(vec![intact(), (CheckKind::Status, CheckResult::Fail(Reason::Revoked { as_of }))]);
        let text = findings_text(&findings, Language::Nl);
        assert_eq!(
            text.to_string(),
            "Afgewezen. De uitgever heeft het ingetrokken (lijst van 20 november 2026).\n\
             \x20 ✓ Handtekening  De tekst is precies zoals did:web:roc.example#key-1 hem heeft ondertekend.\n\
             \x20 ✗ Intrekking    De uitgever heeft het ingetrokken (lijst van 20 november 2026).\n\
             Wat u kunt doen: Tel het niet mee. Vraag de uitgever waarom het is ingetrokken.\n"
        );
        assert_eq!(
            findings_text(&findings, Language::En).headline,
            "Refused. Its issuer revoked it (list of 20 November 2026)."
        );
    }

    #[test]
    fn what_rests_on_a_signature_has_no_tick_before_that_holds() {
        let known = || {
            CheckResult::Pass(Reason::Valid { from: Timestamp::parse("2026-01-30T00:00:00Z").unwrap(), until: None })
        };
        let fails = CheckResult::Fail(Reason::Malformed { message: "x".to_owned() });
        let unknown = CheckResult::Unknown(Reason::KeyUnreadable { message: "x".to_owned() });
        for proof in [fails, unknown] {
            let text =
                findings_text(&findings(vec![(CheckKind::Proof, proof), (CheckKind::Validity, known())]), Language::En);
            let line = text.lines.get(1).unwrap();
            assert_eq!(line.mark, Mark::Unknown);
            assert_eq!(line.why, "Counts only if the signature holds: It has been valid since 30 January 2026.");
        }
        let text = findings_text(&findings(vec![intact(), (CheckKind::Validity, known())]), Language::En);
        assert_eq!(text.lines.get(1).unwrap().mark, Mark::Pass);
    }

    #[test]
    fn where_there_is_no_list_to_look_at_there_is_no_tick() {
        let found = findings(vec![intact(), (CheckKind::Status, CheckResult::Pass(Reason::NoStatus))]);
        let text = findings_text(&found, Language::En);
        let marks: Vec<char> = text.lines.iter().map(|line| line.mark.sign()).collect();
        assert_eq!((text.outcome, marks), (Outcome::Accepted, vec!['✓', '–']));
    }

    #[test]
    fn a_remark_is_told_in_the_first_line() {
        let findings = findings(vec![(CheckKind::Status, CheckResult::Remark(Reason::NoStatus))]);
        assert_eq!(
            findings_text(&findings, Language::Nl).headline,
            "Geaccepteerd, met opmerkingen. De uitgever kan dit later niet ongeldig maken: er is geen lijst van ingetrokken bewijzen voor."
        );
    }
}
