//! A list in the dossier, and what is known of its proof: thousands of badges share one.
//!
//! Whether a list is authentic is asked at every look and not once for all, since keys expire, and the same file must give
//! the same verdict. But it hangs only on the list's own text, on the contexts, and on what was answered about keys: while
//! each answer is still the same, so is the outcome, and no signature is computed again.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use stapel_credential::{Did, DidUrl};
use stapel_jsonld::Contexts;
use stapel_keys::PublicKey;
use stapel_proof::{Authentic, AuthenticateError, Document, KeyLookupError, KeySource, ProofPurpose, Signed};

use crate::keys_at::KeysAt;

#[derive(Debug)]
pub(crate) struct Shelved<T: Document> {
    pub(crate) signed: Signed<T>,
    proven: OnceLock<Proven<T>>,
}

/// That it is authentic, as long as these answers hold.
#[derive(Debug)]
struct Proven<T: Document> {
    answers: Vec<Answer>,
    authentic: Arc<Authentic<T>>,
}

/// What was asked about a key, and answered.
#[derive(Debug)]
enum Answer {
    Key(DidUrl, ProofPurpose, PublicKey),
    MethodOf(Did, PublicKey, ProofPurpose, DidUrl),
}

impl Answer {
    fn holds(&self, keys: &KeysAt<'_>) -> bool {
        match self {
            Self::Key(method, purpose, key) => keys.key(method, *purpose).is_ok_and(|now| now == *key),
            Self::MethodOf(did, key, purpose, method) => {
                keys.method_of(did, key, *purpose).is_ok_and(|now| now == *method)
            }
        }
    }
}

impl<T: Document> Shelved<T> {
    pub(crate) fn new(signed: Signed<T>) -> Self {
        Self { signed, proven: OnceLock::new() }
    }

    /// The list, where it is authentic by these keys.
    pub(crate) fn authenticate(&self, keys: KeysAt<'_>) -> Result<Arc<Authentic<T>>, AuthenticateError> {
        // Contexts of the user's own are not compared: with such, everything is computed.
        let may_remember = keys.dossier.has_embedded_contexts_only();
        if let Some(proven) = self.proven.get().filter(|_| may_remember)
            && proven.answers.iter().all(|answer| answer.holds(&keys))
        {
            return Ok(Arc::clone(&proven.authentic));
        }
        let listener = Listener { keys, answers: RefCell::default() };
        let authentic = Arc::new(self.signed.authenticate(&listener)?);
        if may_remember {
            let answers = listener.answers.into_inner();
            self.proven.get_or_init(|| Proven { answers, authentic: Arc::clone(&authentic) });
        }
        Ok(authentic)
    }
}

/// Passes questions on, and notes the answers.
struct Listener<'a> {
    keys: KeysAt<'a>,
    answers: RefCell<Vec<Answer>>,
}

impl KeySource for Listener<'_> {
    fn contexts(&self) -> &Contexts {
        self.keys.contexts()
    }

    fn key(&self, method: &DidUrl, purpose: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        let key = self.keys.key(method, purpose)?;
        self.answers.borrow_mut().push(Answer::Key(method.clone(), purpose, key.clone()));
        Ok(key)
    }

    fn method_of(&self, did: &Did, key: &PublicKey, purpose: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        let method = self.keys.method_of(did, key, purpose)?;
        self.answers.borrow_mut().push(Answer::MethodOf(did.clone(), key.clone(), purpose, method.clone()));
        Ok(method)
    }
}
