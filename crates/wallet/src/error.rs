//! Why did the wallet not do what was asked?

use stapel_credential::{CredentialRef, Did, Digest, JsonError, ProgrammeRef, Timestamp, Uri};
use stapel_keys::RandomError;
use stapel_openid::OpenIdError;
use stapel_proof::{ProofError, SignError};
use stapel_stacking::{ShownError, StackingError, WhyUnused};
use stapel_verifier::{DossierError, Findings, KindError};
use thiserror::Error;

use crate::catalogue::CatalogueError;
use crate::incoming::IncomingError;
use crate::programmes::MAX_PROGRAMMES;
use crate::vault::VaultError;

/// Why the wallet did not do what was asked. Nothing was changed then.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WalletError {
    /// The file did not open, or did not take it.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The text is nothing that a wallet takes.
    #[error(transparent)]
    Incoming(#[from] IncomingError),
    /// The text is of the right kind, but cannot be read.
    #[error(transparent)]
    Document(#[from] ProofError),
    /// What was fetched cannot be read.
    #[error(transparent)]
    Fetched(#[from] DossierError),
    /// A status list that is older than one seen before: it must not hide a revocation.
    #[error(
        "the status list {url} of {offered} is older than the one of {kept} that was seen before; the newer one stays"
    )]
    OlderStatusList {
        /// The list.
        url: Uri,
        /// The date of the one given now.
        offered: Timestamp,
        /// The date of the one seen before.
        kept: Timestamp,
    },
    /// A trust list that is older than one seen before.
    #[error(
        "edition {offered} of the trust list {name} is older than edition {kept}, which was seen before; the newer one stays"
    )]
    OlderTrustList {
        /// The list's name.
        name: String,
        /// The sequence number given now.
        offered: u64,
        /// The sequence number seen before.
        kept: u64,
    },
    /// Two trust lists with one number.
    #[error("there are two different texts of edition {sequence} of the trust list {name}; the first one stays")]
    OtherTrustList {
        /// The list's name.
        name: String,
        /// The sequence number of both.
        sequence: u64,
    },
    /// A trust list of somebody who was not chosen.
    #[error("the trust list {name} is by {issuer}, which is not one of your trust anchors")]
    NotAnAnchor {
        /// The list's name.
        name: String,
        /// Who signed it.
        issuer: Uri,
    },
    /// A trust list that was not signed by its anchor, or is no longer valid.
    #[error("the trust list {name} is not taken: {}", first_sentence(findings))]
    TrustListNotTaken {
        /// The list's name.
        name: String,
        /// The checks.
        findings: Findings,
    },
    /// Nothing kept goes by that name.
    #[error("there is no {what} {asked:?} in this wallet")]
    NotFound {
        /// A badge, or a programme.
        what: &'static str,
        /// What was asked for.
        asked: String,
    },
    /// More than one thing kept goes by that name.
    #[error("{asked:?} could be any of these: {}; give its number", names.join(", "))]
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// The candidates, each with its number.
        names: Vec<String>,
    },
    /// Whoever receives it would refuse it.
    #[error("{credential} is not shown, since it would be refused: {}", first_sentence(findings))]
    WouldBeRefused {
        /// Which.
        credential: CredentialRef,
        /// The checks.
        findings: Findings,
    },
    /// Nothing chosen.
    #[error("nothing was chosen to be shown")]
    NothingChosen,
    /// A presentation that would be over before it is seen.
    #[error("the presentation would end on {expires}, and it is {now} now")]
    EndsInThePast {
        /// The end that was asked for.
        expires: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// The programme does not count.
    #[error("the programme {credential} does not count: {}", first_sentence(findings))]
    ProgrammeDoesNotCount {
        /// Which.
        credential: CredentialRef,
        /// The checks.
        findings: Findings,
    },
    /// No progress could be computed.
    #[error(transparent)]
    Stacking(#[from] StackingError),
    /// Claiming did not go on.
    #[error(transparent)]
    OpenId(#[from] OpenIdError),
    /// Nothing was signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The holder's key did not sign.
    #[error(transparent)]
    Key(#[from] stapel_keys::SignError),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The question cannot be read.
    #[error("the question cannot be read: {0}")]
    Question(JsonError),
    /// A signed question that is not by whom it names, or is over.
    #[error("the question does not count: {}", first_sentence(findings))]
    QuestionNotGenuine {
        /// The checks.
        findings: Findings,
    },
    /// A presentation that asks nothing.
    #[error("this presentation asks no question")]
    NoQuestion,
    /// The question is about a programme that is not kept.
    #[error("the question is about {programme}, which is not in this wallet")]
    ProgrammeNotHere {
        /// Which edition.
        programme: Box<ProgrammeRef>,
    },
    /// The question names no programme, and it is not clear which one is meant.
    #[error("the question names no programme, and this wallet has {number}")]
    WhichProgramme {
        /// How many programmes are kept.
        number: usize,
    },
    /// What is kept does not satisfy the question.
    #[error("this wallet cannot answer the question: {met} of {asked} requirements are met")]
    NotSatisfied {
        /// Leaf requirements met.
        met: u32,
        /// Leaf requirements asked.
        asked: u32,
    },
    /// No single badge shows the outcome as it is asked.
    #[error(
        "no badge in this wallet answers the question{}",
        closest.as_ref().map_or(String::new(), |(name, why)| format!("; {name} comes closest, but {why}"))
    )]
    NoneAnswers {
        /// The name of the badge that comes closest, and why it does not answer.
        closest: Option<(String, Box<WhyUnused>)>,
    },
    /// A request about nothing.
    #[error("a request names at least one part")]
    NoParts,
    /// The programme lets nobody be exempt from it.
    #[error("the programme lets nobody be exempt from part {part:?}")]
    NoExemption {
        /// The id of the part.
        part: String,
    },
    /// An award record of somebody else.
    #[error("the award record is about {subject}, and this is the wallet of {holder}")]
    RecordOfAnother {
        /// Whom it is about.
        subject: Uri,
        /// Whose wallet this is.
        holder: Did,
    },
    /// An award record that nothing vouches for.
    #[error("no diploma in this wallet names the award record {record} ({digest})")]
    RecordWithoutDiploma {
        /// Its own name.
        record: Uri,
        /// Its digest.
        digest: Digest,
    },
    /// The text is no catalogue.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// More than one module goes by that name.
    #[error("{asked:?} could be any of these: {}; give its id", names.join(", "))]
    WhichModule {
        /// What was asked for.
        asked: String,
        /// The candidates, each with its institution and id.
        names: Vec<String>,
    },
    /// More programmes than are looked at together.
    #[error("{found} programmes were given; at most {MAX_PROGRAMMES} are looked at together")]
    TooManyProgrammes {
        /// How many there are.
        found: usize,
    },
    /// There is nothing to take back.
    #[error("{did} is not among those you trust")]
    NotTrusted {
        /// Who.
        did: Did,
    },
}

/// The sentence of the first check that did not pass.
pub(crate) fn first_sentence(findings: &Findings) -> String {
    use stapel_verifier::CheckResult;
    let of = |wanted: fn(&CheckResult) -> bool| {
        findings.checks().iter().find(|check| wanted(&check.result)).map(|check| check.result.reason().to_string())
    };
    of(|result| matches!(result, CheckResult::Fail(_)))
        .or_else(|| of(|result| matches!(result, CheckResult::Unknown(_))))
        .or_else(|| of(|result| matches!(result, CheckResult::Remark(_))))
        .unwrap_or_else(|| "every check passed".to_owned())
}

impl From<ShownError> for WalletError {
    fn from(error: ShownError) -> Self {
        match error {
            ShownError::Kind(error) => IncomingError::from(error).into(),
            ShownError::Document(error) => error.into(),
            other => IncomingError::from(KindError::Foreign { types: vec![other.to_string()] }).into(),
        }
    }
}
