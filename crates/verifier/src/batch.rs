//! What is the verdict on each of many badges? The one pipeline on several threads; trust is worked out once.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use stapel_credential::Timestamp;
use stapel_proof::Signed;

use crate::dossier::Dossier;
use crate::pipeline::{Verifiable, unreadable, verify_with};
use crate::policy::Policy;
use crate::trust::Trust;
use crate::verdict::Verdict;

/// How many texts a thread takes at a time: enough that taking costs nothing, few enough that none waits long for the last.
const TAKEN_AT_A_TIME: usize = 32;

/// Verifies many credentials, each as [`crate::verify_text`] would: strictly, one signature at a time. (The batch
/// verification of Ed25519 accepts signatures under keys of small order, which a strict one refuses.) Gives one verdict for
/// each text, in their order, whatever the number of threads.
pub fn verify_texts<T: Verifiable + Send + Sync>(
    texts: &[impl AsRef<str> + Sync],
    dossier: &Dossier,
    policy: &Policy,
    now: Timestamp,
    threads: NonZeroUsize,
) -> Vec<Verdict<T>> {
    let trust = Trust::new(dossier, policy, now);
    let verify = |text: &str| match Signed::parse(text) {
        Ok(signed) => verify_with(&signed, dossier, policy, &trust, now, None),
        Err(error) => Verdict::conclude(None, unreadable(&error)),
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let from = next.fetch_add(TAKEN_AT_A_TIME, Ordering::Relaxed);
            let Some(rest) = texts.get(from..).filter(|rest| !rest.is_empty()) else { return done };
            let verdicts: Vec<_> = rest.iter().take(TAKEN_AT_A_TIME).map(|text| verify(text.as_ref())).collect();
            done.push((from, verdicts));
        }
    };
    let most = threads.get().min(texts.len().div_ceil(TAKEN_AT_A_TIME)).max(1);
    let mut parts = thread::scope(|scope| {
        let others: Vec<_> = (1..most).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for other in others {
            match other.join() {
                Ok(more) => parts.extend(more),
                // Nothing in here panics; if it did, nobody may read half an answer as a whole one.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        parts
    });
    parts.sort_by_key(|(from, _)| *from);
    parts.into_iter().flat_map(|(_, verdicts)| verdicts).collect()
}
