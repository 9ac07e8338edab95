//! What is a case made of before it is a case, and what must come of it?

use serde_json::Value;
use stapel_credential::Uri;
use stapel_verifier::{
    Audience, Case, CaseVerdict, Check, CheckKind, CheckResult, Dossier, Findings, Outcome, Policy, Presented,
};

use crate::world::{AUDIENCE, CHALLENGE, LIST, NOW, a_did, did, instant, pen, status_list, text, trust_list};

/// Document, dossier, policy, audience and now, still open to change.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) document: String,
    pub(crate) dossier: Dossier,
    pub(crate) policy: Policy,
    pub(crate) audience: Audience,
    pub(crate) now: &'static str,
}

/// A document with nothing at hand and nobody trusted.
pub(crate) fn bare(document: &Value) -> Scene {
    Scene {
        document: text(document),
        dossier: Dossier::default(),
        policy: Policy::default(),
        audience: Audience::default(),
        now: NOW,
    }
}

/// A document with the anchor's trust list and the school's status list at hand, the anchor being trusted.
pub(crate) fn scene(document: &Value) -> Scene {
    bare(document).anchored().trust(&pen("anchor").sign(trust_list())).list(&pen("school").sign(status_list(&[])))
}

/// As [`scene`], but for the status list.
pub(crate) fn without_list(document: &Value) -> Scene {
    bare(document).anchored().trust(&pen("anchor").sign(trust_list()))
}

/// As [`scene`], but for the trust list.
pub(crate) fn without_trust(document: &Value) -> Scene {
    bare(document).anchored().list(&pen("school").sign(status_list(&[])))
}

impl Scene {
    pub(crate) fn anchored(mut self) -> Self {
        self.policy.trust_anchors.push(a_did(&did("anchor")));
        self
    }

    pub(crate) fn pinned(mut self, issuer: &str) -> Self {
        self.policy.pinned_issuers.push(a_did(issuer));
        self
    }

    pub(crate) fn trust(mut self, list: &Value) -> Self {
        self.dossier.add_trust_list(&text(list)).unwrap();
        self
    }

    pub(crate) fn list(self, list: &Value) -> Self {
        self.list_at(LIST, list)
    }

    pub(crate) fn list_at(mut self, url: &str, list: &Value) -> Self {
        self.dossier.add_status_list(&Uri::parse(url).unwrap(), &text(list)).unwrap();
        self
    }

    /// A status list by its text, which need not be JSON.
    pub(crate) fn list_text(mut self, list: &str) -> Self {
        self.dossier.add_status_list(&Uri::parse(LIST).unwrap(), list).unwrap();
        self
    }

    pub(crate) fn with_document(mut self, document: String) -> Self {
        self.document = document;
        self
    }

    pub(crate) fn controller(mut self, did: &str, document: &Value) -> Self {
        self.dossier.add_controller(&a_did(did), &text(document)).unwrap();
        self
    }

    pub(crate) fn asked(mut self) -> Self {
        self.audience = Audience { domain: Some(AUDIENCE.to_owned()), challenge: Some(CHALLENGE.to_owned()) };
        self
    }

    pub(crate) fn at(mut self, now: &'static str) -> Self {
        self.now = now;
        self
    }

    pub(crate) fn policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        change(&mut self.policy);
        self
    }

    /// The text itself bent, after everything else.
    pub(crate) fn bent(mut self, bend: impl FnOnce(&str) -> String) -> Self {
        let before = std::mem::take(&mut self.document);
        self.document = bend(&before);
        assert_ne!(self.document, before, "the text was not bent");
        self
    }

    pub(crate) fn case(&self) -> Case {
        Case::new(&self.document, self.dossier.clone(), self.policy.clone(), self.audience.clone(), instant(self.now))
    }

    pub(crate) fn replay(&self) -> CaseVerdict {
        self.case().replay()
    }
}

/// All checks of a verdict: those of a presentation, then those of each credential in it.
pub(crate) fn checks(verdict: &CaseVerdict) -> Vec<&Check> {
    match verdict {
        CaseVerdict::Credential(findings) => findings.checks().iter().collect(),
        CaseVerdict::Presentation(verdict) => verdict
            .findings
            .checks()
            .iter()
            .chain(verdict.presented.iter().map(|(_, part)| part).map(Presented::findings).flat_map(Findings::checks))
            .collect(),
    }
}

/// The tag of a check's reason in JSON.
pub(crate) fn because(check: &Check) -> String {
    let json = serde_json::to_value(check.result.reason()).unwrap();
    json["because"].as_str().unwrap().to_owned()
}

pub(crate) fn kind_name(kind: CheckKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

/// The checks that decide: what failed when it was refused, what is unknown when it is undecided, else all.
pub(crate) fn deciding<'a>(verdict: &CaseVerdict, checks: &[&'a Check]) -> Vec<&'a Check> {
    let decides: fn(&CheckResult) -> bool = match verdict.outcome() {
        Outcome::Refused => |result| matches!(result, CheckResult::Fail(_)),
        Outcome::Undecided => |result| matches!(result, CheckResult::Unknown(_)),
        _ => |_| true,
    };
    checks.iter().copied().filter(|check| decides(&check.result)).collect()
}
