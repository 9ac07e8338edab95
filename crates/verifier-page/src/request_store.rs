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
    /// What it is about, in the words of who asked; shown to who answers.
    pub about: Option<String>,
    /// For whom it is, in the words of who asked; shown to nobody else.
    pub note: Option<String>,
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

    /// The question of that name, which a wallet fetches, and whether it was answered.
    fn find(&self, id: &str, now: Timestamp) -> Option<(OpenRequest, bool)>;

    /// Takes the answer, once; two at the same time are not both taken.
    ///
    /// # Errors
    /// [`NotTaken`]
    fn answer(&self, id: &str, presentation: String, now: Timestamp) -> Result<(), NotTaken>;

    /// How far it is, for the session that asked and for nobody else.
    fn look(&self, id: &str, session: &str, now: Timestamp) -> Option<(OpenRequest, RequestState)>;

    /// Forgets it with its answer, if that session asked it; whether it did.
    fn forget(&self, id: &str, session: &str) -> bool;
}

/// So many questions are open at once.
const MAX_REQUESTS: usize = 2_000;
/// So many bytes of answers are held, all together.
const MAX_ANSWERS_BYTES: usize = 32 * 1024 * 1024;
/// A question that is open for longer than this is a long one, in seconds. Long ones and their answers have half the room: who
/// fills it for a week keeps nobody from asking now.
const LONG_SECONDS: i64 = 60 * 60;

/// Questions in memory.
#[derive(Default)]
pub struct MemoryRequests(Mutex<Requests>);

#[derive(Default)]
struct Requests {
    open: BTreeMap<String, Entry>,
}

struct Entry {
    request: OpenRequest,
    state: RequestState,
    is_long: bool,
}

impl Entry {
    fn held(&self) -> usize {
        if let RequestState::Answered(text) = &self.state { text.len() } else { 0 }
    }
}

impl Requests {
    fn forget_expired(&mut self, now: Timestamp) {
        self.open.retain(|_, entry| entry.request.expires > now);
    }

    /// The questions that share their room with such a one, and how much of the room is theirs: for a long one the long ones
    /// and half, for a short one all.
    fn beside(&self, is_long: bool) -> (impl Iterator<Item = &Entry>, usize) {
        (self.open.values().filter(move |entry| entry.is_long || !is_long), if is_long { 2 } else { 1 })
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
        let is_long = request.expires.unix_seconds() - now.unix_seconds() > LONG_SECONDS;
        let (others, part) = requests.beside(is_long);
        if others.count() >= MAX_REQUESTS / part {
            return Err(NotTaken::Full);
        }
        requests.open.insert(id.to_owned(), Entry { request, state: RequestState::Waiting, is_long });
        Ok(())
    }

    fn find(&self, id: &str, now: Timestamp) -> Option<(OpenRequest, bool)> {
        let requests = self.now(now);
        let entry = requests.open.get(id)?;
        Some((entry.request.clone(), matches!(entry.state, RequestState::Answered(_))))
    }

    fn answer(&self, id: &str, presentation: String, now: Timestamp) -> Result<(), NotTaken> {
        let mut requests = self.now(now);
        let entry = requests.open.get(id).ok_or(NotTaken::NotOpen)?;
        if matches!(entry.state, RequestState::Answered(_)) {
            return Err(NotTaken::Answered);
        }
        let (others, part) = requests.beside(entry.is_long);
        if others.map(Entry::held).sum::<usize>() + presentation.len() > MAX_ANSWERS_BYTES / part {
            return Err(NotTaken::Full);
        }
        if let Some(entry) = requests.open.get_mut(id) {
            entry.state = RequestState::Answered(presentation);
        }
        Ok(())
    }

    fn look(&self, id: &str, session: &str, now: Timestamp) -> Option<(OpenRequest, RequestState)> {
        let requests = self.now(now);
        let entry = requests.open.get(id).filter(|entry| entry.request.session == session)?;
        Some((entry.request.clone(), entry.state.clone()))
    }

    fn forget(&self, id: &str, session: &str) -> bool {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = requests.open.len();
        requests.open.retain(|known, entry| known != id || entry.request.session != session);
        requests.open.len() < before
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
        let (question, session, expires) = (Question::progress(None), session.to_owned(), at(600));
        OpenRequest { request, question, session, about: None, note: None, expires }
    }

    #[test]
    fn a_question_is_answered_once_and_shown_to_who_asked() {
        let store = MemoryRequests::default();
        store.open("a", request("mine"), at(0)).unwrap();
        assert!(matches!(store.look("a", "mine", at(1)), Some((_, RequestState::Waiting))));
        assert!(store.look("a", "yours", at(1)).is_none() && store.look("b", "mine", at(1)).is_none());
        assert!(matches!(store.find("a", at(1)), Some((_, false))));
        store.answer("a", "first".to_owned(), at(2)).unwrap();
        assert!(matches!(store.find("a", at(2)), Some((_, true))));
        assert_eq!(store.answer("a", "second".to_owned(), at(3)), Err(NotTaken::Answered));
        assert!(matches!(store.look("a", "mine", at(4)), Some((_, RequestState::Answered(text))) if text == "first"));
        assert!(store.look("a", "", at(4)).is_none());
        assert!(!store.forget("a", "yours"));
        assert!(store.look("a", "mine", at(5)).is_some());
        assert!(store.forget("a", "mine"));
        assert!(store.look("a", "mine", at(6)).is_none() && store.find("a", at(6)).is_none());
    }

    #[test]
    fn what_has_expired_is_gone_with_its_answer() {
        let store = MemoryRequests::default();
        store.open("a", request("mine"), at(0)).unwrap();
        store.answer("a", "text".to_owned(), at(599)).unwrap();
        assert!(store.look("a", "mine", at(599)).is_some());
        assert!(store.look("a", "mine", at(600)).is_none() && store.find("a", at(600)).is_none());
        assert_eq!(store.answer("a", "text".to_owned(), at(600)), Err(NotTaken::NotOpen));
        assert!(store.0.lock().unwrap().open.is_empty());
    }

    #[test]
    fn who_fills_the_room_for_a_week_keeps_nobody_from_asking_now() {
        let store = MemoryRequests::default();
        let long = || OpenRequest { expires: at(7 * 86_400), ..request("mine") };
        for at_hand in 0..MAX_REQUESTS / 2 {
            store.open(&format!("long {at_hand}"), long(), at(0)).unwrap();
        }
        assert_eq!(store.open("more", long(), at(0)), Err(NotTaken::Full));
        store.answer("long 0", "a".repeat(MAX_ANSWERS_BYTES / 2), at(1)).unwrap();
        assert_eq!(store.answer("long 1", "a".to_owned(), at(1)), Err(NotTaken::Full));
        for at_hand in 0..MAX_REQUESTS / 2 {
            store.open(&at_hand.to_string(), request("mine"), at(1)).unwrap();
        }
        store.answer("0", "a".repeat(MAX_ANSWERS_BYTES / 2), at(2)).unwrap();
        assert_eq!(store.answer("1", "a".to_owned(), at(2)), Err(NotTaken::Full));
        // What was long is so until it ends, also in its last minutes.
        let (late, later) = (at(7 * 86_400 - 60), at(8 * 86_400));
        assert_eq!(store.open("more", OpenRequest { expires: later, ..long() }, late), Err(NotTaken::Full));
        store.open("now", OpenRequest { expires: at(7 * 86_400 + 60), ..long() }, late).unwrap();
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
