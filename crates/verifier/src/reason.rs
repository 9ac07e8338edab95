//! Why did a check end as it did? Every sentence carries its facts; `stapel-report` says them in Dutch.

use serde::Serialize;
use stapel_credential::{Code, CredentialRef, Day, Did, DidUrl, Timestamp, Uri};

use crate::trust::SucceededBy;

/// A reason, as a closed set of sentences. The JSON has the variant as `because` and the facts as members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "because")]
#[non_exhaustive]
pub enum Reason {
    /// Structure: it is what it should be.
    #[error("it is a document of the kind {kind}")]
    WellFormed {
        /// The kind.
        kind: String,
    },
    /// Structure: it is not.
    #[error("{message}")]
    Malformed {
        /// What is wrong, with its place.
        message: String,
    },
    /// Structure: a document that belongs to it is not the one that its issuer fixed.
    #[error("{resource} as it is at hand is not the document whose digest stands in it")]
    ResourceAltered {
        /// Which.
        resource: Uri,
    },
    /// Proof: all signatures hold.
    #[error("the text is exactly as {method} signed it")]
    Intact {
        /// The key's name.
        method: DidUrl,
    },
    /// Proof: altered or forged.
    #[error("the signature of {method} does not belong to this text: it was altered, or not signed by that key")]
    Altered {
        /// The key's name.
        method: DidUrl,
    },
    /// Proof: made for another purpose.
    #[error("the signature was made for {found}, not for {expected}")]
    WrongPurpose {
        /// What it should be.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// Proof: under an algorithm that the key is not for.
    #[error("it says that it was signed with {algorithm}, and {method} is a key of the kind {kind}")]
    WrongAlgorithm {
        /// The key's name.
        method: DidUrl,
        /// The algorithm or suite, by its own word.
        algorithm: String,
        /// The kind of the key: `Ed25519`, `P-256` or `RSA`.
        kind: String,
    },
    /// Proof: a way of signing that this version does not know.
    #[error("it is secured with {suite}, which this version cannot check")]
    UnknownSuite {
        /// The name.
        suite: String,
    },
    /// Proof: under an RDF suite, what was signed is not what the JSON says.
    #[error("what was signed is not what is read here: {message}")]
    NotWhatWasSigned {
        /// The place and the cause.
        message: String,
    },
    /// Proof: a vocabulary that is not at hand.
    #[error("its vocabulary {url} is not at hand, so what was signed cannot be computed")]
    ContextUnknown {
        /// The address of the context.
        url: String,
    },
    /// Key: it is the controller's.
    #[error("the key belongs to {controller}")]
    KeyOfController {
        /// Issuer or holder.
        controller: Uri,
    },
    /// Key: the controller's own document no longer counts, and it is a key that a trust list keeps for it.
    #[error("the key is one that the trust list {list} keeps for {controller}")]
    KeyKept {
        /// The issuer.
        controller: Uri,
        /// The list's name.
        list: String,
    },
    /// Key: a good signature of somebody else.
    #[error("it names {controller}, but {found} signed it")]
    KeyOfAnother {
        /// Issuer or holder named.
        controller: Uri,
        /// Whose key signed.
        found: String,
    },
    /// Key: the controller's document does not list it.
    #[error("{message}")]
    KeyRefused {
        /// Why.
        message: String,
    },
    /// Key: not at hand.
    #[error("the keys of {did} could not be looked up ({url})")]
    KeyMissing {
        /// Whose keys.
        did: Did,
        /// Where they are published.
        url: String,
    },
    /// Key: a kind of DID or key that cannot be read.
    #[error("{message}")]
    KeyUnreadable {
        /// What cannot be read.
        message: String,
    },
    /// Key: not looked at, since the signature does not hold or could not be checked.
    #[error("the key was not looked at: the signature does not hold, or could not be checked")]
    KeyNotReached,
    /// Validity: it holds.
    #[error("it is valid since {from}")]
    Valid {
        /// Since when.
        from: Timestamp,
        /// Until when.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Validity: it holds, and names no beginning.
    #[error("{}", valid_without_beginning(*until))]
    ValidWithoutBeginning {
        /// Until when.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Validity: it holds, and its proof (`expires`, Data Integrity 1.0 §2.1) ends before it does: what a holder shows for a time.
    #[error("it is valid now, and the signature was made to hold until {until}")]
    ValidUntilProofEnds {
        /// When the first of its proofs ends.
        until: Timestamp,
    },
    /// Validity: over.
    #[error("it expired on {}, {} {}", until.day(), days_before(*days), now.day())]
    Expired {
        /// When it ended.
        until: Timestamp,
        /// When it was verified.
        now: Timestamp,
        /// Calendar days (UTC) since.
        days: i64,
    },
    /// Validity: not begun.
    #[error("it is valid only from {from}, and it is {now} now")]
    NotYetValid {
        /// When it begins.
        from: Timestamp,
        /// When it was verified.
        now: Timestamp,
    },
    /// Validity: the proof has an end of its own.
    #[error("the signature was made to hold until {until} only, and it is {now} now")]
    ProofExpired {
        /// When it ended.
        until: Timestamp,
        /// When it was verified.
        now: Timestamp,
    },
    /// Validity: begins after it ends.
    #[error("it would end on {until}, before it begins on {from}")]
    EndsBeforeItBegins {
        /// Its beginning.
        from: Timestamp,
        /// Its end.
        until: Timestamp,
    },
    /// Status: the issuer keeps none.
    #[error("its issuer keeps no status for it: it cannot be revoked")]
    NoStatus,
    /// Status: the bit is not set.
    #[error("not revoked or suspended as of {as_of}")]
    NotRevoked {
        /// The list's date.
        as_of: Timestamp,
    },
    /// Status: the bit is not set, in an old list whose age the policy accepts.
    #[error("not revoked or suspended as of {as_of}; a newer list should have come by {until}")]
    NotRevokedStale {
        /// The list's date.
        as_of: Timestamp,
        /// Until when the list was valid.
        until: Timestamp,
    },
    /// Status: revoked.
    #[error("its issuer revoked it (list of {as_of})")]
    Revoked {
        /// The list's date.
        as_of: Timestamp,
    },
    /// Status: suspended.
    #[error("its issuer suspended it for the time being (list of {as_of})")]
    Suspended {
        /// The list's date.
        as_of: Timestamp,
    },
    /// Status: the list is not at hand.
    #[error("whether it was revoked could not be looked up: the status list {url} is not at hand")]
    StatusListMissing {
        /// Where it is published.
        url: Uri,
    },
    /// Status: the list is too old.
    #[error(
        "whether it was revoked is not known: the status list at hand was valid until {until}, and it is {now} now"
    )]
    StatusListStale {
        /// Until when the list was valid.
        until: Timestamp,
        /// When it was verified.
        now: Timestamp,
    },
    /// Status: the list at hand is not what it should be.
    #[error("whether it was revoked is not known: the status list {url} cannot be used: {message}")]
    StatusListUnusable {
        /// Where it is published.
        url: Uri,
        /// Why not.
        message: String,
    },
    /// Status: a kind that this version does not know.
    #[error("whether it was revoked is not known: this version cannot read the status kind {kind}")]
    StatusKindUnknown {
        /// The kind.
        kind: String,
    },
    /// Trust: a trust list vouches.
    #[error("{name} is vouched for by the trust list {list}{}", succeeded(successor.as_ref()))]
    Vouched {
        /// The issuer's name, as the list knows it.
        name: String,
        /// The list's name.
        list: String,
        /// The codes for which it has a mandate.
        codes: Vec<Code>,
        /// Who stands for it today, if it went into another.
        #[serde(skip_serializing_if = "Option::is_none")]
        successor: Option<SucceededBy>,
    },
    /// Trust: a trust list vouches, and another one keeps keys for the issuer, which the first one does not.
    #[error(
        "{name} is vouched for by the trust list {list}; but its keys are kept by the trust list {keeper}, which does not vouch for this"
    )]
    KeysKeptByAnother {
        /// The issuer's name, as the list that vouches knows it.
        name: String,
        /// The list that vouches.
        list: String,
        /// The list that keeps its keys.
        keeper: String,
    },
    /// Trust: the verifier pinned the issuer.
    #[error("you trust {issuer} yourself")]
    Pinned {
        /// The issuer.
        issuer: Did,
    },
    /// Trust: nobody vouches.
    #[error("{issuer} is not known here: no trust list at hand vouches for it. That says nothing against it")]
    IssuerUnknown {
        /// The issuer.
        issuer: Uri,
    },
    /// Trust: listed, but not then.
    #[error("the trust list {list} does not vouch for {name} on {day}")]
    NotVouchedThen {
        /// The issuer's name, as the list knows it.
        name: String,
        /// The list's name.
        list: String,
        /// The day of the award.
        day: Day,
    },
    /// Trust: listed, but without a mandate for this code on that day.
    #[error("by the trust list {list}, {name} may not certify {code} on {day}")]
    NotAuthorised {
        /// The issuer's name, as the list knows it.
        name: String,
        /// The list's name.
        list: String,
        /// The code.
        code: Code,
        /// The day of the award.
        day: Day,
    },
    /// Holder: it is about the one who shows it.
    #[error("it is about {holder}, who shows it")]
    OfHolder {
        /// The holder.
        holder: Uri,
    },
    /// Holder: it is about somebody else.
    #[error("it is about {subject}, not about {holder}, who shows it")]
    OfAnother {
        /// Whom it is about.
        subject: String,
        /// Who shows it.
        holder: Uri,
    },
    /// Holder: it is about the one named as holder, and that one did not prove to be there.
    #[error("it is about {holder}, and that {holder} shows it was not established")]
    HolderNotEstablished {
        /// The holder named.
        holder: Uri,
    },
    /// Audience: as asked.
    #[error("it was made for this audience and question")]
    ForUs,
    /// Audience: nobody asked, so nothing was compared.
    #[error("it was made for {}: nothing was asked, so nothing was compared", domain.as_deref().unwrap_or("anybody"))]
    AudienceNotAsked {
        /// For whom it says it was made.
        #[serde(skip_serializing_if = "Option::is_none")]
        domain: Option<String>,
    },
    /// Audience: for somebody else.
    #[error("it was made for {}, not for {expected}", found.as_deref().unwrap_or("nobody in particular"))]
    ForAnother {
        /// Who asked.
        expected: String,
        /// For whom it was made.
        #[serde(skip_serializing_if = "Option::is_none")]
        found: Option<String>,
    },
    /// Audience: answers another question, perhaps an older one.
    #[error("it does not answer this question: its challenge is {}", found.as_deref().unwrap_or("missing"))]
    OtherChallenge {
        /// The challenge that it answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        found: Option<String>,
    },
    /// A credential inside was refused.
    #[error("{credential} was refused")]
    PartRefused {
        /// Which.
        credential: CredentialRef,
    },
    /// A credential inside could not be decided.
    #[error("{credential} could not be decided")]
    PartUndecided {
        /// Which.
        credential: CredentialRef,
    },
    /// Progress: as the plan says.
    #[error("the progress was recomputed and is as the plan says")]
    ProgressHolds,
    /// Progress: not as the plan says.
    #[error("the plan does not hold: {message}")]
    ProgressFails {
        /// The line that fails.
        message: String,
    },
}

fn succeeded(successor: Option<&SucceededBy>) -> String {
    successor.map_or_else(String::new, |by| format!("; {} stands for it since {}", by.name, by.from))
}

fn days_before(days: i64) -> String {
    match days {
        0 => "earlier on".to_owned(),
        1 => "1 day before".to_owned(),
        days => format!("{days} days before"),
    }
}

fn valid_without_beginning(until: Option<Timestamp>) -> String {
    match until {
        Some(until) => format!("it is valid until {until}"),
        None => "it names neither beginning nor end of its validity".to_owned(),
    }
}
