//! What documents are there, and what does each say? Types and parsing only: nothing here verifies anything.

pub mod achievement;
pub mod alignment;
pub mod any_credential;
pub mod any_presentation;
pub mod award_record;
pub mod board_request;
pub mod bundle;
pub mod code;
pub mod context;
pub mod credential;
pub mod credits;
pub mod data_model;
pub mod decision;
pub mod digest;
pub mod evidence;
pub mod extension;
pub mod facts;
pub mod identity;
pub mod image;
pub mod jcs;
pub mod json;
pub mod known_context;
pub mod label;
pub mod level;
pub mod localised;
pub mod plan;
pub mod presentation;
pub mod profile;
pub mod programme;
pub mod question;
pub mod related;
pub mod related_resource;
pub mod requirement;
pub mod result;
pub mod status_list;
pub mod subject;
pub mod text;
pub mod timestamp;
pub mod trust_list;
pub mod typed_object;
pub mod uri;
pub mod way;
pub mod words;

pub use achievement::{Achievement, AchievementType, Criteria};
pub use alignment::{Alignment, TargetType};
pub use any_credential::{AnyCredential, AnySubject};
pub use any_presentation::AnyPresentation;
pub use award_record::{AwardRecord, CountedCredential};
pub use board_request::{BoardRequest, RequestKind};
pub use bundle::{Bundle, BundleError};
pub use code::{Code, CodeError, CodeScheme};
pub use context::ContextEntry;
pub use credential::{AchievementCredential, CredentialRef, CredentialSchema, Subject, VerifiableCredential};
pub use credits::{CreditUnit, Credits, CreditsError, Hours};
pub use data_model::{Credential, DataModel};
pub use decision::{CitedEvidence, Exemption, ExemptionDecisionCredential, ExemptionSubject};
pub use digest::{Digest, DigestError};
pub use evidence::Evidence;
pub use extension::{
    AiUse, Approval, Assessment, AssessmentMethod, AssessorRole, AssuranceKind, Basis, CredentialKind, IdentityCheck,
    Participation, Pathway, Provider, QualityAssurance, Recognition, RecognitionState, Sector, Setting, StackForm,
    Stackability, Supervision, Workplace,
};
pub use facts::{EuFact, eu_facts, missing_facts};
pub use identity::{IdentifierEntry, IdentifierType, IdentityObject};
pub use image::{Image, ImageAddress, ImageError};
pub use json::{Json, JsonError, Object};
pub use known_context::known_context_digests;
pub use label::{Direction, Label, LanguageValue};
pub use level::{Level, LevelError, LevelFramework};
pub use localised::Localised;
pub use plan::{Fill, Plan, ProgrammeRef, Target};
pub use presentation::VerifiablePresentation;
pub use profile::{Address, GeoCoordinates, Profile};
pub use programme::{
    Award, Conversion, Equivalence, IssuerUnit, Part, Programme, ProgrammeCredential, ProgrammeSubject, Transition,
};
pub use question::{Ask, CreditsAsk, OutcomeAsk, Question};
pub use related::Related;
pub use related_resource::RelatedResource;
pub use requirement::{Choose, Condition, CreditsRule, FreeSlot, HoursRule, Limit, Pool, Requirement, Rule};
pub use result::{AchievementResult, ResultDescription, ResultStatus, ResultType, RubricCriterionLevel};
pub use status_list::{CredentialStatus, StatusListCredential, StatusListEntry, StatusListSubject, StatusPurpose};
pub use subject::AchievementSubject;
pub use text::{LanguageTag, RawJson, TextError};
pub use timestamp::{Day, TimeError, Timestamp};
pub use trust_list::{
    Funding, IssuerKind, KeptKey, Mandate, MovedStatusList, Successor, TrustList, TrustListCredential,
    TrustListSubject, TrustedIssuer,
};
pub use typed_object::TypedObject;
pub use uri::{Did, DidUrl, Uri, UriError};
pub use way::{Match, Outcomes, Way};
