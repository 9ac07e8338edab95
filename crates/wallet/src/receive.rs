//! What does the wallet find out about something it is given, and does it keep it?

use std::fmt;

use stapel_credential::{
    AchievementSubject, CredentialRef, Did, ExemptionSubject, ProgrammeSubject, Timestamp, Uri, VerifiableCredential,
};
use stapel_proof::Signed;
use stapel_verifier::{DocumentKind, Findings, KindError, Outcome, Verdict};

use crate::error::WalletError;
use crate::incoming::{Incoming, IncomingError};
use crate::kept::{self, Keepsake, KeptDocument, LastVerdict, content_of};
use crate::shelf::Used;
use crate::vault::{Change, Kind};
use crate::wallet::Wallet;

/// What came of something given to the wallet.
#[derive(Debug, Clone)]
pub struct Received {
    /// What identifies it.
    pub credential: CredentialRef,
    /// Its name for people, by its own word.
    pub name: String,
    /// The checks.
    pub findings: Findings,
    /// Whether it is kept.
    pub kept: Kept,
}

/// Whether something is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kept {
    /// It is, from now on.
    New,
    /// It was there already, the very same text.
    AlreadyThere,
    /// It took the place of another text of the same credential, or of an earlier edition of a list.
    Renewed,
    /// It is not.
    NotKept(WhyNotKept),
}

/// Why something is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNotKept {
    /// A check failed.
    Refused,
    /// It is about somebody else.
    OfAnother {
        /// Whom it is about.
        subject: Uri,
        /// Whose wallet this is.
        holder: Did,
    },
    /// It is about nobody in particular.
    OfNobody,
    /// Another text of the same credential is kept, and this one is no better.
    OtherTextKept {
        /// What was last found of the one kept.
        last: LastVerdict,
    },
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("kept"),
            Self::AlreadyThere => f.write_str("was kept before; nothing changed"),
            Self::Renewed => f.write_str("kept in the place of an earlier text of the same document"),
            Self::NotKept(why) => write!(f, "not kept: {why}"),
        }
    }
}

impl fmt::Display for WhyNotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("a check failed"),
            Self::OfAnother { subject, holder } => {
                write!(f, "it is about {subject}, and this is the wallet of {holder}")
            }
            Self::OfNobody => f.write_str("it does not say whom it is about"),
            Self::OtherTextKept { last } => {
                write!(f, "another text of the same document is kept, which was {last}, and this one is no better")
            }
        }
    }
}

impl Received {
    /// The answer in one word.
    pub fn outcome(&self) -> Outcome {
        self.findings.outcome()
    }
}

impl Wallet {
    /// Verifies what it is given and keeps it: accepted and undecided things are kept, refused ones are not. A badge must be
    /// about the holder. Ask [`Wallet::missing_for`] first.
    ///
    /// # Errors
    /// [`WalletError`] for what is none of the documents that a wallet keeps, an offer ([`Wallet::claim`]) and a presentation
    /// ([`Wallet::verify`]) among them, and for trust lists that are not taken.
    pub fn receive(&mut self, text: &str, now: Timestamp) -> Result<Received, WalletError> {
        let text = text.trim();
        let foreign =
            |kind: &str| WalletError::from(IncomingError::from(KindError::Foreign { types: vec![kind.to_owned()] }));
        match Incoming::read(text)? {
            Incoming::Document(DocumentKind::Badge) => self.receive_kind::<AchievementSubject>(text, now),
            Incoming::Document(DocumentKind::Decision) => self.receive_kind::<ExemptionSubject>(text, now),
            Incoming::Document(DocumentKind::Programme) => self.receive_kind::<ProgrammeSubject>(text, now),
            Incoming::Document(DocumentKind::TrustList) => self.receive_trust_list(text, now),
            Incoming::Document(DocumentKind::AwardRecord) => self.receive_award_record(text, now),
            Incoming::Document(DocumentKind::Presentation) => Err(foreign("VerifiablePresentation")),
            Incoming::Document(_) => Err(foreign("BitstringStatusListCredential")),
            Incoming::Offer(_) => Err(foreign("offer")),
        }
    }

    fn receive_kind<S: Keepsake>(&mut self, text: &str, now: Timestamp) -> Result<Received, WalletError> {
        let signed: Signed<VerifiableCredential<S>> = Signed::parse(text)?;
        let verdict = self.judge(&signed, now);
        let content = signed.peek_unverified();
        let kept = self.keep(&signed, &verdict, now)?;
        let findings = verdict.findings().clone();
        let mut used = Used::default();
        used.note(content, &findings);
        self.remember(&used)?;
        Ok(Received { credential: content.reference(), name: content.credential_subject.name(), findings, kept })
    }

    fn keep<S: Keepsake>(
        &mut self,
        signed: &Signed<VerifiableCredential<S>>,
        verdict: &Verdict<VerifiableCredential<S>>,
        now: Timestamp,
    ) -> Result<Kept, WalletError> {
        let content = signed.peek_unverified();
        // Said first, for it is the better reason: a friend's badge is not false.
        if S::KIND != Kind::Programme {
            match content.credential_subject.id() {
                None => return Ok(Kept::NotKept(WhyNotKept::OfNobody)),
                Some(subject) if *subject != self.id.to_uri() => {
                    let (subject, holder) = (subject.clone(), self.id.clone());
                    return Ok(Kept::NotKept(WhyNotKept::OfAnother { subject, holder }));
                }
                Some(_) => {}
            }
        }
        let last = LastVerdict::new(verdict.outcome(), now);
        let known = self.load_all::<S>()?.into_iter().find(|kept| kept.reference() == content.reference());
        let Some(known) = known else {
            if verdict.outcome() == Outcome::Refused {
                return Ok(Kept::NotKept(WhyNotKept::Refused));
            }
            let content = content_of(signed.text(), now, last);
            self.vault.apply(&[Change::Insert { kind: S::KIND, content }])?;
            return Ok(Kept::New);
        };
        if known.signed.digest() == signed.digest() {
            let content = KeptDocument { last, ..known.clone() }.content();
            self.vault.apply(&[Change::Replace { id: known.id, content }])?;
            return Ok(Kept::AlreadyThere);
        }
        if verdict.outcome() == Outcome::Refused {
            return Ok(Kept::NotKept(WhyNotKept::Refused));
        }
        // Signed again by its issuer, after a change of keys perhaps: the later text counts, if it is known to be good.
        let newer = created(signed) >= created(&known.signed);
        if verdict.accepted().is_none() || !newer {
            return Ok(Kept::NotKept(WhyNotKept::OtherTextKept { last: known.last }));
        }
        let content = content_of(signed.text(), now, last);
        self.vault.apply(&[Change::Replace { id: known.id, content }])?;
        Ok(Kept::Renewed)
    }

    /// The badges, oldest first, with what was last found of each. Nothing is verified.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn badges(&self) -> Result<Vec<KeptDocument<AchievementSubject>>, WalletError> {
        Ok(self.load_all()?)
    }

    /// The exemptions, oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn decisions(&self) -> Result<Vec<KeptDocument<ExemptionSubject>>, WalletError> {
        Ok(self.load_all()?)
    }

    /// The programmes, oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn programmes(&self) -> Result<Vec<KeptDocument<ProgrammeSubject>>, WalletError> {
        Ok(self.load_all()?)
    }

    /// The trust lists, oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn trust_lists(&self) -> Result<Vec<KeptDocument<stapel_credential::TrustListSubject>>, WalletError> {
        Ok(self.load_all()?)
    }

    /// The badge that a number, an id or a part of its name stands for.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::Ambiguous`].
    pub fn badge(&self, asked: &str) -> Result<KeptDocument<AchievementSubject>, WalletError> {
        kept::find(self.load_all()?, asked)
    }

    /// The programme that a number, an id or a part of its name stands for.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::Ambiguous`].
    pub fn programme(&self, asked: &str) -> Result<KeptDocument<ProgrammeSubject>, WalletError> {
        kept::find(self.load_all()?, asked)
    }

    /// Verifies a badge that is kept, and remembers what was found.
    ///
    /// # Errors
    /// [`WalletError`].
    pub fn review<S: Keepsake>(
        &mut self,
        kept: &KeptDocument<S>,
        now: Timestamp,
    ) -> Result<Verdict<VerifiableCredential<S>>, WalletError> {
        let verdict = self.judge(&kept.signed, now);
        let last = LastVerdict::new(verdict.outcome(), now);
        if last != kept.last {
            let content = KeptDocument { last, ..kept.clone() }.content();
            self.vault.apply(&[Change::Replace { id: kept.id, content }])?;
        }
        let mut used = Used::default();
        used.note(kept.peek_unverified(), verdict.findings());
        self.remember(&used)?;
        Ok(verdict)
    }

    /// Takes a document out of the wallet, for good.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn remove<S: Keepsake>(&mut self, kept: &KeptDocument<S>) -> Result<(), WalletError> {
        self.vault.apply(&[Change::Remove { id: kept.id }])?;
        Ok(())
    }
}

fn created<S: Keepsake>(signed: &Signed<VerifiableCredential<S>>) -> Option<Timestamp> {
    signed.proofs().filter_map(|proof| proof.created).max()
}
