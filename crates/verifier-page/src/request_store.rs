//! Which questions are open, and has somebody answered?
//!
//! A question is answered once, and its answer is for the session alone that asked. Here they live in memory and end with the
//! process; replicas keep them in a database, behind the same trait.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use stapel_credential::{Question, Timestamp};
use stapel_openid::PresentationRequest;

/// A question that somebody asked.
#[derive(Debug, Clone)]
pub struct OpenRequest {
    /// What is asked of the wallet; its nonce is the challenge.
    pub request: PresentationRequest,
    /// The question in it.
    pub question: Question,
    /// The secret of the session that asked.
    pub session: String,
    /// Until when it may be answered and the answer be looked at.
    pub expires: Timestamp,
}

/// How far a question is.
#[derive(Debug, Clone)]
pub enum RequestState {
    /// Nobody has answered.
    Waiting,
    /// The presentation that came, exactly as it came.
    Answered(String),
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// There is no such question any more.
    #[error("this question is not open: it has ended, or was never asked")]
    NotOpen,
    /// It was answered.
    #[error("this question has been answered; it can be answered once")]
    Answered,
    /// No more can be held.
    #[error("there is no room for another answer now; try again in some minutes")]
    Full,
}

/// Where questions wait for their answers. A question that has expired is as if it never was.
pub trait RequestStore: Send + Sync {
    /// Keeps a question under a name that cannot be guessed.
    ///
    /// # Errors
    /// [`NotTaken::Full`]
    fn open(&self, id: &str, request: OpenRequest, now: Timestamp) -> Result<(), NotTaken>;

    /// The question of that name: what a wallet fetches.
    fn find(&self, id: &str, now: Timestamp) -> Option<OpenRequest>;

    /// Takes the answer, once; two at the same time are not both taken.
    ///
    /// # Errors
    /// [`NotTaken`]
    fn answer(&self, id: &str, presentation: String, now: Timestamp) -> Result<(), NotTaken>;

    /// How far it is, for the session that asked and for nobody else.
    fn look(&self, id: &str, session: &str, now: Timestamp) -> Option<(OpenRequest, RequestState)>;
}

/// So many questions are open at once.
const MAX_REQUESTS: usize = 2_000;
/// So many bytes of answers are held, all together.
const MAX_ANSWERS_BYTES: usize = 32 * 1024 * 1024;

/// Questions in memory.
#[derive(Default)]
pub struct MemoryRequests(Mutex<Requests>);

#[derive(Default)]
struct Requests {
    open: BTreeMap<String, (OpenRequest, RequestState)>,
    held: usize,
}

impl Requests {
    fn forget_expired(&mut self, now: Timestamp) {
        self.open.retain(|_, (request, state)| {
            let stays = request.expires > now;
            if let (false, RequestState::Answered(text)) = (stays, state) {
                self.held -= text.len();
            }
            stays
        });
    }
}

impl MemoryRequests {
    fn now(&self, now: Timestamp) -> std::sync::MutexGuard<'_, Requests> {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.forget_expired(now);
        requests
    }
}

impl RequestStore for MemoryRequests {
    fn open(&self, id: &str, request: OpenRequest, now: Timestamp) -> Result<(), NotTaken> {
        let mut requests = self.now(now);
        if requests.open.len() >= MAX_REQUESTS {
            return Err(NotTaken::Full);
        }
        requests.open.insert(id.to_owned(), (request, RequestState::Waiting));
        Ok(())
    }

    fn find(&self, id: &str, now: Timestamp) -> Option<OpenRequest> {
        self.now(now).open.get(id).map(|(request, _)| request.clone())
    }

    fn answer(&self, id: &str, presentation: String, now: Timestamp) -> Result<(), NotTaken> {
        let mut requests = self.now(now);
        let held = requests.held + presentation.len();
        let (_, state) = requests.open.get_mut(id).ok_or(NotTaken::NotOpen)?;
        if matches!(state, RequestState::Answered(_)) {
            return Err(NotTaken::Answered);
        }
        if held > MAX_ANSWERS_BYTES {
            return Err(NotTaken::Full);
        }
        *state = RequestState::Answered(presentation);
        requests.held = held;
        Ok(())
    }

    fn look(&self, id: &str, session: &str, now: Timestamp) -> Option<(OpenRequest, RequestState)> {
        self.now(now).open.get(id).filter(|(request, _)| request.session == session).cloned()
    }
}

#[cfg(test)]
mod tests {
    use stapel_openid::{DcqlQuery, Endpoint};

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_790_000_000 + seconds).unwrap()
    }

    fn request(session: &str) -> OpenRequest {
        let address = Endpoint::parse("https://verifier.example/verify/answers/a").unwrap();
        let request = PresentationRequest::new(address, "n".repeat(43), DcqlQuery::badges("answer", None)).unwrap();
        OpenRequest { request, question: Question::progress(None), session: session.to_owned(), expires: at(600) }
    }

    #[test]
    fn a_question_is_answered_once_and_shown_to_who_asked() {
        let store = MemoryRequests::default();
        store.open("a", request("mine"), at(0)).unwrap();
        assert!(matches!(store.look("a", "mine", at(1)), Some((_, RequestState::Waiting))));
        assert!(store.look("a", "yours", at(1)).is_none() && store.look("b", "mine", at(1)).is_none());
        store.answer("a", "first".to_owned(), at(2)).unwrap();
        assert_eq!(store.answer("a", "second".to_owned(), at(3)), Err(NotTaken::Answered));
        assert!(matches!(store.look("a", "mine", at(4)), Some((_, RequestState::Answered(text))) if text == "first"));
        assert!(store.look("a", "", at(4)).is_none());
    }

    #[test]
    fn what_has_expired_is_gone_with_its_answer() {
        let store = MemoryRequests::default();
        store.open("a", request("mine"), at(0)).unwrap();
        store.answer("a", "text".to_owned(), at(599)).unwrap();
        assert!(store.look("a", "mine", at(599)).is_some());
        assert!(store.look("a", "mine", at(600)).is_none() && store.find("a", at(600)).is_none());
        assert_eq!(store.answer("a", "text".to_owned(), at(600)), Err(NotTaken::NotOpen));
        assert_eq!(store.0.lock().unwrap().held, 0);
    }

    #[test]
    fn there_is_an_end_to_what_is_held() {
        let store = MemoryRequests::default();
        for at_hand in 0..MAX_REQUESTS {
            store.open(&at_hand.to_string(), request("mine"), at(0)).unwrap();
        }
        assert_eq!(store.open("more", request("mine"), at(0)), Err(NotTaken::Full));
        let half = "a".repeat(MAX_ANSWERS_BYTES / 2);
        store.answer("0", half.clone(), at(1)).unwrap();
        store.answer("1", half, at(1)).unwrap();
        assert_eq!(store.answer("2", "a".to_owned(), at(1)), Err(NotTaken::Full));
        assert!(matches!(store.look("2", "mine", at(2)), Some((_, RequestState::Waiting))), "it may come again");
        store.open("later", request("mine"), at(600)).unwrap();
        assert_eq!(store.0.lock().unwrap().open.len(), 1);
    }
}
