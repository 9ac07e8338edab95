//! Who may hand something in at this moment? Large documents go few at a time, so that they neither fill the memory nor hold up
//! the many small ones; nobody holds a place for ever.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use stapel_report::Language;
use tokio::sync::Semaphore;

use crate::PAGE;
use crate::api::problem;
use crate::desk::Desk;
use crate::pages::problem_page;
use crate::reader::Reader;
use crate::words::Words;

/// The largest request that counts as small, in bytes: a badge has a few thousand.
const SMALL_BYTES: u64 = 256 * 1024;
/// So many small requests are taken at once; the others wait.
const SMALL_PLACES: usize = 64;
/// So many large ones; the others are asked to come back.
const LARGE_PLACES: usize = 2;
/// How long a small request waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a request may take from its first byte to the answer, fetching included.
const LIMIT: Duration = Duration::from_mins(1);

/// The places.
pub(crate) struct Places {
    small: Semaphore,
    large: Semaphore,
}

impl Default for Places {
    fn default() -> Self {
        Self { small: Semaphore::new(SMALL_PLACES), large: Semaphore::new(LARGE_PLACES) }
    }
}

/// Lets a request in, or sends it away. One that does not say how long it is counts as large.
pub(crate) async fn admit(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST {
        return next.run(request).await;
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let places = desk.places();
    let place = if length.is_some_and(|length| length <= SMALL_BYTES) {
        tokio::time::timeout(PATIENCE, places.small.acquire()).await.ok().and_then(Result::ok)
    } else {
        places.large.try_acquire().ok()
    };
    // Asked before the request is gone.
    let asker = Asker::of(&request);
    let Some(_place) = place else { return asker.away(StatusCode::SERVICE_UNAVAILABLE) };
    match tokio::time::timeout(LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => asker.away(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Who asks, as far as it matters for a no: a person with a browser, in a language, from a page; or a program.
struct Asker {
    person: Option<(Language, &'static str)>,
}

impl Asker {
    fn of(request: &Request) -> Self {
        let accepts = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let path = request.uri().path();
        // Where the pages stand from here: these may stand under a path of the institution's own.
        let below = path.rfind(PAGE).and_then(|at| path.get(at + PAGE.len()..)).unwrap_or_default();
        let root = ["", "../", "../../"].get(below.matches('/').count()).copied().unwrap_or_default();
        let is_page = accepts.contains("text/html") && !path.ends_with(crate::API);
        Self { person: is_page.then(|| (Reader::of(request.uri(), request.headers()).language, root)) }
    }

    fn away(&self, status: StatusCode) -> Response {
        let too_slow = status == StatusCode::REQUEST_TIMEOUT;
        let mut response = match self.person {
            Some((language, root)) => {
                let words = Words::of(language);
                problem_page(language, status, if too_slow { words.too_slow } else { words.busy }, root)
            }
            None if too_slow => problem(status, "too-slow", "it took longer than a minute; hand in less at a time"),
            None => problem(status, "busy", "too many large documents at once; try again in a few seconds"),
        };
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::header::CONTENT_TYPE;
    use stapel_credential::Timestamp;
    use stapel_verifier::{Dossier, Policy};
    use tower::ServiceExt as _;

    use super::*;
    use crate::{Sources, router};

    async fn told(response: Response) -> (u16, String, String) {
        let header = |name| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header(RETRY_AFTER), "5");
        let (status, kind) = (response.status().as_u16(), header(CONTENT_TYPE));
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, kind, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// A request of which nobody says how long it is.
    fn large(path: &str, accept: &str) -> Request {
        let request = Request::post(path).header(ACCEPT, accept).header("accept-language", "en");
        request.body(Body::from("x")).unwrap()
    }

    #[tokio::test]
    async fn who_is_sent_away_reads_a_page_in_their_language_and_a_program_a_problem() {
        let clock = || Timestamp::from_unix_seconds(1_790_000_000).unwrap();
        let desk = Desk::new(Dossier::default(), Policy::default(), Sources::default(), clock);
        let _held = desk.places().large.try_acquire_many(u32::try_from(LARGE_PLACES).unwrap()).unwrap();
        for (path, root, sentence) in [
            ("/verify", "verify/style.css", "It is too busy now."),
            ("/verify?lang=nl", "verify/style.css", "Het is nu te druk."),
            ("/verify/ask", "../verify/style.css", "It is too busy now."),
            ("/verify/answers/x", "../../verify/style.css", "It is too busy now."),
        ] {
            let answer = router(&desk).oneshot(large(path, "text/html,*/*;q=0.8")).await.unwrap();
            let (status, kind, page) = told(answer).await;
            assert_eq!((status, kind.as_str()), (503, "text/html; charset=utf-8"), "{path}");
            assert!(page.contains(sentence) && page.contains(&format!("href=\"{root}\"")), "{path}: {page}");
        }
        for (path, accept) in [("/api/verify", "text/html"), ("/api/verify", "*/*"), ("/verify", "application/json")] {
            let answer = router(&desk).oneshot(large(path, accept)).await.unwrap();
            let (status, kind, problem) = told(answer).await;
            assert_eq!((status, kind.as_str()), (503, "application/problem+json"), "{path}");
            assert!(problem.contains("\"type\":\"urn:stapel:problem:busy\""), "{problem}");
        }
        let slow = |accept| Asker::of(&large("/verify", accept)).away(StatusCode::REQUEST_TIMEOUT);
        let (status, _, page) = told(slow("text/html")).await;
        assert!(status == 408 && page.contains("This took too long."), "{page}");
        let (status, _, problem) = told(slow("*/*")).await;
        assert!(status == 408 && problem.contains("urn:stapel:problem:too-slow"), "{problem}");
    }
}
