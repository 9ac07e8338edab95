//! Which terms do our documents use, and under which addresses? The contexts, fixed once and read for ever.
//!
//! A badge has three contexts: that of the VC Data Model, that of Open Badges, and [`BADGE_EXTENSION`], one inline object that is
//! always the same JSON value; verifiers recognise it by the SHA-256 of its JCS form (RFC 8785). Terms are never changed or taken
//! away; a new version gets a new constant beside this one. No term is also one of VC, Open Badges or CLR at any depth, since their
//! protected terms would collide (JSON-LD 1.1 §4.1.11). The European Learning Model gives most of these facts by concepts and notes,
//! where we have plain words, so only its `provenBy`, which names an assessment as we do, keeps its official address.

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::RawJson;
use crate::uri::Uri;

/// The context of the VC Data Model 2.0, the first of every document.
pub const VC_V2: &str = "https://www.w3.org/ns/credentials/v2";
/// The context of the VC Data Model 1.1, the first of older documents: read, never written.
pub const VC_V1: &str = "https://www.w3.org/2018/credentials/v1";
/// The context of Open Badges 3.0.3, the second of every badge.
pub const OB_V3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// Where our own terms live.
pub const STAPEL: &str = "https://w3id.org/stapel/v1#";

/// One entry of `@context`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ContextEntry {
    /// A context by its address.
    Url(Uri),
    /// A context that stands in the document, as it was written: equal ones may be written differently, so compare by JCS.
    Inline(RawJson),
}

/// What a term of our contexts may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TermShape {
    /// The prefix of our addresses.
    Prefix,
    /// A type of document.
    Type,
    /// One value.
    One,
    /// A set of values.
    Set,
    /// JSON that has no terms inside (JSON-LD 1.1 §4.2.2).
    Json,
}

/// One term of our contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The member's name.
    pub term: &'static str,
    /// The type or the term whose object has this member.
    pub parent: &'static str,
    /// The full address.
    pub iri: &'static str,
    /// What it may hold.
    pub shape: TermShape,
    /// What it says.
    pub meaning: &'static str,
}

macro_rules! terms {
    ($($parent:literal: { $($shape:ident $term:literal $(@ $iri:literal)? = $meaning:literal;)* })*) => {
        &[$($(Term {
            term: $term,
            parent: $parent,
            iri: terms!(@iri $term $($iri)?),
            shape: TermShape::$shape,
            meaning: $meaning,
        },)*)*]
    };
    (@iri $term:literal $iri:literal) => { $iri };
    (@iri $term:literal) => { concat!("https://w3id.org/stapel/v1#", $term) };
}

/// The terms of [`BADGE_EXTENSION`].
pub const TERMS: &[Term] = terms! {
    "": {
        Prefix "stapel" @ "https://w3id.org/stapel/v1#" = "the prefix of the addresses below";
    }
    "Achievement": {
        One "creditUnit" = "what the credits count: EC or SBU";
        Set "credentialKind" = "the kinds of award, apart from the name that is shown";
        Set "assessment" @ "http://data.europa.eu/snb/model/elm/provenBy" = "how it is assessed";
        Set "participation" = "the form of participation in the learning activity";
        Set "qualityAssurance" = "who or what guards the quality; none is an answer";
        Set "prerequisites" = "what one must have or know before, in sentences";
        Set "stackability" = "what it may count toward";
        Set "recognition" = "whether an authority or a sector recognises it";
        Set "legalBasis" = "the article of law that it rests on";
        One "sector" = "the sector that offers it";
    }
    "assessment": {
        One "assessmentMethod" = "how";
        One "assessorRole" = "by whom, as a role, never a name";
        One "assessmentSetting" = "where";
        One "assessmentSupervision" = "under whose eyes";
        One "identityVerification" = "how the learner's identity was checked";
        One "assessmentAiUse" = "whether artificial intelligence took part";
        One "assessmentNote" = "more about it, in a sentence";
    }
    "qualityAssurance": {
        One "assuranceKind" = "what stands behind it";
        One "assuranceName" = "the name of the body or mark";
        One "assuranceUrl" = "its page";
    }
    "stackability": {
        One "stackForm" = "alone or toward something";
        One "stackName" = "the name of what it may count toward";
        One "stackProgramme" = "the id of the programme that it may count toward";
        One "stackCode" = "the code of the award that it may count toward";
    }
    "recognition": {
        One "recognitionState" = "how far recognition has come";
        One "recognitionAuthority" = "the authority or body";
        One "recognitionReference" = "its reference";
        One "recognitionDate" = "since which day";
    }
    "AchievementSubject": {
        Set "basis" = "what the award rests on";
        One "ownContribution" = "the holder's own part in work that a group did";
        One "approval" = "which body approved the award";
        One "pathway" = "the form of enrolment";
        Set "workplace" = "where the holder learned at work";
        One "provider" = "who taught, if another than the issuer: id and name";
    }
    "approval": {
        One "approvalBody" = "the body, such as an examination board; no person";
        One "approvalReference" = "its reference";
        One "approvalDate" = "the day of its decision";
    }
    "workplace": {
        One "workplaceCompany" = "the company";
        One "workplaceSetting" = "the department or kind of work";
        One "workplaceFrom" = "the first day";
        One "workplaceUntil" = "the last day";
        One "workplaceHours" = "the hours worked";
    }
};

/// The terms of [`DOCUMENT_EXTENSION`].
pub const DOCUMENT_TERMS: &[Term] = terms! {
    "": {
        Prefix "stapel" @ "https://w3id.org/stapel/v1#" = "the prefix of the addresses below";
        Type "ProgrammeCredential" = "what must be shown for which award";
        Type "TrustListCredential" = "which issuers may certify what";
        Type "ExemptionDecisionCredential" = "that a holder is exempt from parts of a programme";
    }
    "ProgrammeCredential": {
        Json "programme" = "the programme, as the subject's member";
    }
    "TrustListCredential": {
        Json "trustList" = "the trust list, as the subject's member";
    }
    "ExemptionDecisionCredential": {
        Json "exemption" = "the decision, as the subject's member";
    }
    "VerifiablePresentation": {
        Json "plan" = "which credential counts toward which part";
        Json "question" = "what is answered";
        Json "bundle" = "the title and theme of a collection";
    }
};

/// The terms of [`PRESENTATION_EXTENSION`].
pub const PRESENTATION_TERMS: &[Term] = terms! {
    "VerifiablePresentation": {
        Json "awardRecord" = "the records of awards that the holder chose to show beside their diplomas";
        Json "request" = "what is asked of an examination board";
    }
};

/// The third context of every badge, in JCS form (RFC 8785); made from [`TERMS`].
/// Its recognition by digest is asserted in the proof crate.
pub const BADGE_EXTENSION: &str = concat!(
    r#"{"@protected":true,"approval":"stapel:approval","approvalBody":"stapel:approvalBody","#,
    r#""approvalDate":"stapel:approvalDate","approvalReference":"stapel:approvalReference","#,
    r#""assessment":{"@container":"@set","@id":"http://data.europa.eu/snb/model/elm/provenBy"},"#,
    r#""assessmentAiUse":"stapel:assessmentAiUse","assessmentMethod":"stapel:assessmentMethod","#,
    r#""assessmentNote":"stapel:assessmentNote","assessmentSetting":"stapel:assessmentSetting","#,
    r#""assessmentSupervision":"stapel:assessmentSupervision","assessorRole":"stapel:assessorRole","#,
    r#""assuranceKind":"stapel:assuranceKind","assuranceName":"stapel:assuranceName","#,
    r#""assuranceUrl":"stapel:assuranceUrl","basis":{"@container":"@set","@id":"stapel:basis"},"#,
    r#""credentialKind":{"@container":"@set","@id":"stapel:credentialKind"},"#,
    r#""creditUnit":"stapel:creditUnit","identityVerification":"stapel:identityVerification","#,
    r#""legalBasis":{"@container":"@set","@id":"stapel:legalBasis"},"#,
    r#""ownContribution":"stapel:ownContribution","#,
    r#""participation":{"@container":"@set","@id":"stapel:participation"},"pathway":"stapel:pathway","#,
    r#""prerequisites":{"@container":"@set","@id":"stapel:prerequisites"},"#,
    r#""provider":"stapel:provider","#,
    r#""qualityAssurance":{"@container":"@set","@id":"stapel:qualityAssurance"},"#,
    r#""recognition":{"@container":"@set","@id":"stapel:recognition"},"#,
    r#""recognitionAuthority":"stapel:recognitionAuthority","#,
    r#""recognitionDate":"stapel:recognitionDate","#,
    r#""recognitionReference":"stapel:recognitionReference","#,
    r#""recognitionState":"stapel:recognitionState","sector":"stapel:sector","#,
    r#""stackCode":"stapel:stackCode","stackForm":"stapel:stackForm","stackName":"stapel:stackName","#,
    r#""stackProgramme":"stapel:stackProgramme","#,
    r#""stackability":{"@container":"@set","@id":"stapel:stackability"},"#,
    r#""stapel":"https://w3id.org/stapel/v1#","#,
    r#""workplace":{"@container":"@set","@id":"stapel:workplace"},"#,
    r#""workplaceCompany":"stapel:workplaceCompany","workplaceFrom":"stapel:workplaceFrom","#,
    r#""workplaceHours":"stapel:workplaceHours","workplaceSetting":"stapel:workplaceSetting","#,
    r#""workplaceUntil":"stapel:workplaceUntil"}"#,
);

/// The second context of our other documents, in JCS form (RFC 8785); made from [`DOCUMENT_TERMS`].
pub const DOCUMENT_EXTENSION: &str = concat!(
    r#"{"@protected":true,"ExemptionDecisionCredential":"stapel:ExemptionDecisionCredential","#,
    r#""ProgrammeCredential":"stapel:ProgrammeCredential","#,
    r#""TrustListCredential":"stapel:TrustListCredential","#,
    r#""bundle":{"@id":"stapel:bundle","@type":"@json"},"#,
    r#""exemption":{"@id":"stapel:exemption","@type":"@json"},"#,
    r#""plan":{"@id":"stapel:plan","@type":"@json"},"#,
    r#""programme":{"@id":"stapel:programme","@type":"@json"},"#,
    r#""question":{"@id":"stapel:question","@type":"@json"},"stapel":"https://w3id.org/stapel/v1#","#,
    r#""trustList":{"@id":"stapel:trustList","@type":"@json"}}"#,
);

/// The third context of presentations with a request or an award record, in JCS form (RFC 8785); made from
/// [`PRESENTATION_TERMS`]. It came after [`DOCUMENT_EXTENSION`], whose terms stay as they are.
pub const PRESENTATION_EXTENSION: &str = concat!(
    r#"{"@protected":true,"awardRecord":{"@id":"https://w3id.org/stapel/v1#awardRecord","@type":"@json"},"#,
    r#""request":{"@id":"https://w3id.org/stapel/v1#request","@type":"@json"}}"#,
);

impl ContextEntry {
    /// The address, if the context is not in the document.
    pub fn url(&self) -> Option<&Uri> {
        match self {
            Self::Url(url) => Some(url),
            Self::Inline(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for ContextEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;

        let raw = RawJson::deserialize(deserializer)?;
        match raw.as_str().as_bytes().first() {
            Some(b'{') => Ok(Self::Inline(raw)),
            Some(b'"') => crate::json::from_str(raw.as_str()).map(Self::Url).map_err(D::Error::custom),
            _ => Err(D::Error::custom("expected a context: its URL or an object")),
        }
    }
}

/// The contexts of a badge with our extension.
pub fn badge_contexts() -> Vec<ContextEntry> {
    vec![url(VC_V2), url(OB_V3), inline(BADGE_EXTENSION)]
}

/// The contexts of a badge in the plain form, for verifiers that refuse inline contexts.
pub fn plain_badge_contexts() -> Vec<ContextEntry> {
    vec![url(VC_V2), url(OB_V3)]
}

/// The contexts of programmes, trust lists, decisions and presentations.
pub fn document_contexts() -> Vec<ContextEntry> {
    vec![url(VC_V2), inline(DOCUMENT_EXTENSION)]
}

/// The contexts of presentations with a request or an award record.
pub fn extended_presentation_contexts() -> Vec<ContextEntry> {
    vec![url(VC_V2), inline(DOCUMENT_EXTENSION), inline(PRESENTATION_EXTENSION)]
}

#[expect(clippy::expect_used, reason = "constants; a test reads all the lists")]
fn url(text: &str) -> ContextEntry {
    ContextEntry::Url(Uri::parse(text).expect("a constant URL"))
}

#[expect(clippy::expect_used, reason = "constants; a test reads all the lists")]
fn inline(text: &str) -> ContextEntry {
    ContextEntry::Inline(RawJson::parse(text).expect("a constant context"))
}
