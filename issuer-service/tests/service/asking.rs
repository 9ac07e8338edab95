//! Does an answer come to who asked, and to nobody else, once?

use serde_json::Value;
use stapel_credential::{AchievementCredential, VerifiableCredential};
use stapel_openid::PresentationRequest;

use crate::http::{Answer, ask, split};
use crate::school::{School, Serving, ended, now, program};
use crate::verifier::{Verifier, badge_for, states};
use crate::wallet::{Wallet, send};

/// A browser: it keeps one cookie.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
}

impl Browser {
    fn get(&self, port: u16, path: &str) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        ask(port, "GET", path, &[("Cookie", &cookie), ("Accept", "text/html")], b"")
    }

    /// Composes a question; gives the page where the answer will be.
    fn ask(&mut self, port: u16, fields: &[(&str, &str)]) -> String {
        let answer = compose(port, fields);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly; SameSite=Lax") && !cookie.contains("Path="), "{cookie}");
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        // As a browser reads it beside /verify/ask.
        format!("/verify/{}", answer.header("location").unwrap())
    }
}

fn compose(port: u16, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    ask(port, "POST", "/verify/ask?lang=nl", &kind, body.as_bytes())
}

/// The link that stands on the page of the one who asked.
fn link_on(page: &str) -> String {
    let start = page.find("<a href=\"http://127.0.0.1").unwrap() + 9;
    page.get(start..).unwrap().split('"').next().unwrap().to_owned()
}

/// What a wallet finds at the link.
fn request_at(link: &str) -> PresentationRequest {
    let (port, path) = split(link);
    let answer = ask(port, "GET", path, &[("Accept", "application/json")], b"");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let request = PresentationRequest::parse(answer.body.as_bytes()).unwrap();
    assert!(request.answers_where_it_came_from(link));
    request
}

fn achievement_of(badge: &str) -> String {
    let badge: AchievementCredential = VerifiableCredential::view(badge).unwrap();
    badge.credential_subject.achievement.id.to_string()
}

/// A question about this badge, which the wallet has answered: the address of the page with the answer, and the cookie with which
/// it is seen.
pub(crate) fn answered(verifier: &Verifier, wallet: &Wallet, badge: &str) -> (String, String) {
    let mut employer = Browser::default();
    let page = employer.ask(verifier.port, &[("outcome", &achievement_of(badge)), ("level", ""), ("years", "3")]);
    let request = request_at(&link_on(&employer.get(verifier.port, &page).body));
    let sent = send(&request.answer(&wallet.answer(&[badge], &request)).unwrap());
    assert_eq!(sent.status, 200, "{}", sent.body);
    let path = page.split('?').next().unwrap();
    (format!("http://127.0.0.1:{}{path}", verifier.port), employer.cookie.unwrap())
}

/// A school, a wallet with one of its badges, and an employer's verifier that trusts the school.
fn scene() -> (School, Serving, Wallet, String, Verifier) {
    let school = School::new();
    let serving = school.serve();
    let wallet = Wallet::new();
    let badge = badge_for(&school, &wallet);
    let verifier = Verifier::trusting(&school);
    (school, serving, wallet, badge, verifier)
}

/// From the answer about a badge to the question about it, with nothing to look up.
#[test]
fn the_answer_about_a_badge_leads_to_the_question_that_asks_its_holder_for_it() {
    let (_school, _serving, _, badge, verifier) = scene();
    let page = verifier.pasted("nl", &badge);
    let field = format!("<input type=\"hidden\" name=\"outcome\" value=\"{}\" />", achievement_of(&badge));
    assert!(page.contains("action=\"verify/ask\"") && page.contains(&field), "{page}");
    assert!(page.contains("Vraag de houder om dit zelf te tonen"), "{page}");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("lang", "nl")
        .append_pair("outcome", &achievement_of(&badge))
        .finish();
    let form = Browser::default().get(verifier.port, &format!("/verify/ask?{query}"));
    assert!(form.body.contains(&format!("value=\"{}\"", achievement_of(&badge))), "{}", form.body);
    assert!(form.body.contains("Waar uw vraag over gaat, is al ingevuld"), "{}", form.body);
    let empty = Browser::default().get(verifier.port, "/verify/ask?lang=nl");
    assert!(!empty.body.contains("Waar uw vraag over gaat, is al ingevuld"), "{}", empty.body);
    // Only what is accepted is worth asking for.
    let altered = verifier.pasted("nl", &badge.replace("Toont het", "Toonde het"));
    assert!(!altered.contains("verify/ask"), "{altered}");
}

#[test]
fn a_question_is_withdrawn_before_anybody_answers() {
    let (_school, _serving, wallet, badge, verifier) = scene();
    let port = verifier.port;
    let mut employer = Browser::default();
    let page = employer.ask(port, &[("outcome", &achievement_of(&badge)), ("note", "Sanne")]);
    let waiting = employer.get(port, &page);
    assert!(
        waiting.body.contains("Trek de vraag in</summary>")
            && waiting.body.contains("dat kan niet ongedaan worden gemaakt"),
        "{}",
        waiting.body
    );
    let link = link_on(&waiting.body);
    let request = request_at(&link);
    let withdrawn = ask(port, "POST", &page, &[("Cookie", employer.cookie.as_deref().unwrap())], b"");
    assert_eq!((withdrawn.status, withdrawn.header("location")), (303, Some("../ask?lang=nl&forgotten=yes")));
    let told = employer.get(port, "/verify/ask?lang=nl&forgotten=yes");
    assert!(
        told.body.contains("De vraag is vergeten") && told.body.contains("Haar link werkt niet meer"),
        "{}",
        told.body
    );
    // Neither page is there any more, and no answer is taken.
    let (own, others) = (employer.get(port, &page), Browser::default().get(port, split(&link).1));
    assert_eq!((own.status, others.status), (404, 404));
    assert!(own.body.contains("Trok u haar in, of is de tijd om, dan is zij weg"), "{}", own.body);
    assert!(
        others.body.contains("U hoeft niets te doen; hebt u al geantwoord, dan is het klaar.")
            && !others.body.contains("verify/ask"),
        "{}",
        others.body
    );
    let sent = send(&request.answer(&wallet.answer(&[&badge], &request)).unwrap());
    assert_eq!(sent.status, 404, "{}", sent.body);
}

#[test]
fn the_answer_appears_in_the_session_that_asked_and_nowhere_else() {
    let (_school, _serving, wallet, badge, verifier) = scene();
    let port = verifier.port;

    let mut employer = Browser::default();
    let page = employer.ask(port, &[("outcome", &achievement_of(&badge)), ("level", ""), ("years", "3")]);
    let waiting = employer.get(port, &page);
    assert_eq!((waiting.status, states(&waiting.body).len()), (200, 0));
    assert!(waiting.body.contains("Kijk of het antwoord er is"), "{}", waiting.body);
    let at = |text: &str| waiting.body.find(text).unwrap();
    assert!(at("Er is nog geen antwoord, en de link werkt. Gekeken op") < at("Geef deze link"), "{}", waiting.body);
    // What is kept is not said to be kept nowhere.
    let form = employer.get(port, "/verify/ask?lang=nl");
    for page in [&waiting.body, &form.body] {
        assert!(
            page.contains("Uw vraag en uw notitie worden bewaard") && !page.contains("wordt niet bewaard"),
            "{page}"
        );
    }
    assert!(waiting.body.contains("ten hoogste 3 jaar oud") && waiting.body.contains("data:image/svg"));
    let link = link_on(&waiting.body);
    for_people(&link);

    let request = request_at(&link);
    let answer = wallet.answer(&[&badge], &request);
    let sent = send(&request.answer(&answer).unwrap());
    assert_eq!((sent.status, sent.json()), (200, serde_json::json!({})), "{}", sent.body);
    let told = employer.get(port, &page);
    assert_eq!(states(&told.body), ["accepted"], "{}", told.body);
    assert!(
        told.body.contains(
            "Het voldoet aan uw vraag, met 1 bewijs of besluit. Het zegt niets over de rest van een opleiding"
        ),
        "{}",
        told.body
    );
    assert!(told.body.contains("De houder zelf laat het zien"), "{}", told.body);
    // The page says when it is forgotten; that its holder shows it no longer would sound as if the badge ended.
    assert!(told.body.contains("Het wordt vergeten over") && !told.body.contains("laat het zien tot"), "{}", told.body);
    // Whose it is nobody can read here; when it was given everybody does. No list confirms by whom, so that stays with the claims.
    assert!(told.body.contains("Dit antwoord komt van de houder zelf, maar zegt niet hoe die heet."), "{}", told.body);
    assert!(told.body.contains("M1”: Geaccepteerd."), "{}", told.body);
    assert!(told.body.contains("<dt>Toegekend op</dt>"), "{}", told.body);
    // Who opens the link again need not answer twice.
    let (_, path) = split(&link);
    let answered = Browser::default().get(port, path);
    assert_eq!(answered.status, 410);
    assert!(
        answered.body.contains("Op deze vraag is geantwoord. Deed u dat zelf? Dan is het klaar."),
        "{}",
        answered.body
    );

    // Another browser, one that made up a cookie, and one that asked something else.
    let mut other = Browser::default();
    let elsewhere = other.get(port, &page);
    assert_eq!(elsewhere.status, 404);
    for told in [
        "Deze pagina opent hier niet",
        "in de browser waarin u dat deed",
        "Vraag dan om de link",
        "href=\"../../verify/ask?lang=nl\"",
    ] {
        assert!(elsewhere.body.contains(told), "{told}: {}", elsewhere.body);
    }
    other.cookie = Some(format!("stapel-asked={}", "a".repeat(43)));
    assert_eq!(other.get(port, &page).status, 404);
    other.ask(port, &[("outcome", "urn:x:something-else")]);
    let gone = other.get(port, &page);
    assert_eq!(gone.status, 404);
    assert!(!gone.body.contains("Medicatie"), "{}", gone.body);

    // Nobody else makes it forgotten.
    let forget = |cookie: &str| ask(port, "POST", &page, &[("Cookie", cookie)], b"");
    let refused = forget(other.cookie.as_deref().unwrap());
    assert_eq!((refused.status, refused.header("location")), (303, Some("../ask?lang=nl")));
    assert_eq!(employer.get(port, &page).status, 200);

    let again = send(&request.answer(&wallet.answer(&[&badge], &request)).unwrap());
    assert_eq!(again.status, 409);
    assert!(again.json()["error_description"].as_str().unwrap().contains("answered once"), "{}", again.body);
    // What was shown to this employer is no proof for another.
    assert_eq!(states(&verifier.pasted("nl", &answer)), ["remarks"]);

    let forgotten = forget(employer.cookie.as_deref().unwrap());
    assert_eq!((forgotten.status, forgotten.header("location")), (303, Some("../ask?lang=nl&forgotten=yes")));
    assert_eq!((employer.get(port, &page).status, Browser::default().get(port, split(&link).1).status), (404, 404));
}

#[test]
fn who_asks_may_give_a_name_that_nobody_checked_and_a_week_to_answer() {
    let verifier = Verifier::start(&["--offline"]);
    let port = verifier.port;
    let about = |name: &'static str, open: &'static str| [("outcome", "urn:x:1"), ("name", name), ("open", open)];
    let mut employer = Browser::default();
    let mut asked = |name, open| {
        let page = employer.ask(port, &about(name, open));
        let link = link_on(&employer.get(port, &page).body);
        let (_, path) = split(&link);
        (employer.get(port, &page).body, request_at(&link), Browser::default().get(port, path).body)
    };
    let now = now().unix_seconds();
    let (waiting, request, page) = asked(" Bakkerij <b>\u{202e}Jansen ", "week");
    // Fit to print, and still nothing but a claim.
    assert_eq!(request.client_name(), Some("Bakkerij <b> Jansen"));
    assert!(page.contains("<q><bdi>Bakkerij &#60;b&#62; Jansen</bdi></q>. Niemand heeft die naam"), "{page}");
    assert!(waiting.contains("zo lang open: <strong>7 dagen</strong>"), "{waiting}");
    let week = request.expires().unwrap() - now;
    assert!((604_700..604_900).contains(&week), "{week}");
    let (waiting, request, page) = asked("", "quarter");
    assert!(request.client_name().is_none() && !page.contains("noemt zich"), "{page}");
    assert!(page.contains("De vrager gaf geen naam op") && page.contains("data:image/svg"), "{page}");
    assert!(waiting.contains("zo lang open: <strong>15 minuten</strong>"), "{waiting}");
    let quarter = request.expires().unwrap() - now;
    assert!((800..1_000).contains(&quarter), "{quarter}");
    // The session lasts as long as its longest question, whichever was asked last.
    let again = compose(port, &about("", "quarter"));
    assert!(again.header("set-cookie").unwrap().contains("Max-Age=604800"), "{:?}", again.header("set-cookie"));

    let long = "é".repeat(201);
    let refused = compose(port, &[("outcome", "urn:x:1"), ("level", "EQF 4"), ("years", "3"), ("name", &long)]);
    assert_eq!(refused.status, 400);
    for kept in ["hoogstens 200 tekens", "value=\"urn:x:1\"", &long, "\"EQF 4\" selected", "\"3\" selected"] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
    assert_eq!(compose(port, &about("", "for ever")).status, 400);

    // What it is about is for who answers too; for whom it is, is for who asks alone.
    let fields = [("outcome", "urn:x:1"), ("about", "Basiszorg <i>verlenen"), ("note", "Sanne & co")];
    let page = employer.ask(port, &fields);
    let waiting = employer.get(port, &page).body;
    assert!(waiting.contains("<bdi>Basiszorg &#60;i&#62;verlenen</bdi>"), "{waiting}");
    assert!(
        waiting.contains(" – Uw notitie (niet gecontroleerd): Sanne &#38; co</title>")
            && waiting.contains("<bdi>Sanne &#38; co</bdi>"),
        "{waiting}"
    );
    let page = Browser::default().get(port, split(&link_on(&waiting)).1).body;
    assert!(page.contains("<bdi>Basiszorg &#60;i&#62;verlenen</bdi>") && !page.contains("Sanne"), "{page}");
    // The other language keeps what is filled in.
    let form = Browser::default().get(port, "/verify/ask?lang=nl&outcome=urn:x:1%26a&about=B+%22c").body;
    assert!(form.contains("href=\"?lang=en&amp;outcome=urn%3Ax%3A1%26a&#38;about=B+%22c\""), "{form}");
}

/// A person who opens the link is told what to do.
fn for_people(link: &str) {
    let (port, path) = split(link);
    let page = Browser::default().get(port, path);
    assert_eq!((page.status, page.header("content-language")), (200, Some("nl")));
    assert!(page.body.contains(&format!("stapel present --answer {link}")), "{}", page.body);
    assert!(page.body.contains("U mag weigeren") && page.body.contains(&format!("127.0.0.1:{port}")), "{}", page.body);
}

#[test]
fn what_is_no_answer_leaves_the_question_open() {
    let (_school, _serving, wallet, badge, verifier) = scene();
    let port = verifier.port;
    let mut employer = Browser::default();
    let page = employer.ask(port, &[("outcome", "urn:x:another-outcome"), ("level", "NLQF 4"), ("years", "")]);
    let request = request_at(&link_on(&employer.get(port, &page).body));
    let refused = |presentation: &str| {
        let answer = send(&request.answer(presentation).unwrap());
        assert_eq!(answer.status, 400, "{}", answer.body);
        answer.json()["error_description"].as_str().unwrap().to_owned()
    };
    refused("{}");
    refused(&badge);
    let nonce = request.nonce();
    assert!(refused(&wallet.present(&[&badge], "employer.example", nonce)).contains("employer.example"));
    refused(&wallet.present(&[&badge], &request.client_id(), "another-challenge"));
    let forged =
        wallet.answer(&[&badge], &request).replace("VerifiablePresentation\"", "VerifiablePresentation\",\"x\"");
    refused(&forged);
    // In the name of somebody else: the key is not theirs.
    let thief = Wallet::new();
    let in_their_name = thief.present_as(&wallet, &[&badge], &request.client_id(), nonce);
    assert!(refused(&in_their_name).contains(&thief.did()));
    let bare = ask(port, "POST", split(request.response_uri().as_str()).1, &[], b"vp_token=");
    assert_eq!(bare.status, 415);
    let nowhere = format!("{}x", request.response_uri().as_str());
    let (_, path) = split(&nowhere);
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(ask(port, "POST", path, &kind, b"vp_token=%7B%7D").status, 404);

    assert_eq!(states(&employer.get(port, &page).body).len(), 0, "still waiting");
    let sent = send(&request.answer(&wallet.answer(&[&badge], &request)).unwrap());
    assert_eq!(sent.status, 200, "{}", sent.body);
    let told = employer.get(port, &page).body;
    assert_eq!(states(&told), ["refused"], "{told}");
    assert!(
        told.contains("Echt, maar niet wat u vroeg") && told.contains("geen bewijs toont de leeruitkomst"),
        "{told}"
    );
}

#[test]
fn a_badge_of_somebody_else_is_no_answer() {
    let (_school, _serving, _, badge, verifier) = scene();
    let mut employer = Browser::default();
    let page = employer.ask(verifier.port, &[("outcome", &achievement_of(&badge))]);
    let request = request_at(&link_on(&employer.get(verifier.port, &page).body));
    let thief = Wallet::new();
    let sent = send(&request.answer(&thief.answer(&[&badge], &request)).unwrap());
    assert_eq!(sent.status, 200, "whose badge it is, is judged when it is looked at");
    let told = employer.get(verifier.port, &page).body;
    assert_eq!(states(&told), ["refused"], "{told}");
    assert!(!told.contains("Het voldoet aan uw vraag"), "{told}");
}

#[test]
fn a_question_needs_something_to_ask() {
    let verifier = Verifier::start(&["--offline"]);
    let port = verifier.port;
    for (fields, problem) in [
        (vec![("outcome", " ")], "U vulde geen leeruitkomst"),
        (vec![("outcome", "not an address")], "geen adres van een leeruitkomst"),
        (vec![("outcome", "urn:x:1"), ("level", "NLQF 99")], "niet heel aan"),
        (vec![("outcome", "urn:x:1"), ("years", "9999999999")], "niet heel aan"),
        (vec![("choice", "0.part.p1")], "niet heel aan"),
    ] {
        let answer = compose(port, &fields);
        assert_eq!(answer.status, 400, "{fields:?}");
        assert!(answer.body.contains(problem), "{fields:?}: {}", answer.body);
    }
    let bent = compose(port, &[("outcome", "\"><script>alert(1)</script>")]);
    assert!(!bent.body.contains("<script"), "{}", bent.body);
    let page = Browser::default().get(port, "/verify/ask");
    assert!(page.body.contains("<label for=\"outcome\">") && !page.body.contains("<script"), "{}", page.body);
    // Nobody could reach this address.
    let run = |more: &[&str]| ended(program().args(["verifier", "--listen", "127.0.0.1:0", "--offline"]).args(more));
    for address in ["http://verifier.example", "verifier.example", "https://verifier.example/?a=b"] {
        let refused = run(&["--address", address]);
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(refused.stderr.contains("--address"), "{refused:?}");
    }
    let refused = run(&["--programme", "nothing.json"]);
    assert!(refused.stderr.contains("nothing.json"), "{refused:?}");
}

#[test]
fn a_school_lets_people_ask_about_its_programmes() {
    let school = School::new();
    let rules = school.write("rules.json", &crate::routes::programme("Zorg"));
    let published = school.run_as("registrar", &["programme", "add", rules.to_str().unwrap()]);
    assert_eq!(published.code, 0, "{published:?}");
    let _serving = school.serve();
    let form = Browser::default().get(school.port, "/verify/ask");
    let value = form.body.split("value=\"0.part.").nth(1).expect("a part").split('"').next().unwrap().to_owned();
    let mut employer = Browser::default();
    let page = employer.ask(school.port, &[("choice", &format!("0.part.{value}"))]);
    let waiting = employer.get(school.port, &page).body;
    assert!(waiting.contains(&format!("Laat zien dat onderdeel {value}")), "{waiting}");
    let request = request_at(&link_on(&waiting));
    let question: Value = request.question().unwrap().clone();
    assert_eq!(question["ask"]["part"], value.as_str(), "{question}");
    assert!(question["programme"]["digest"].is_string(), "{question}");
}
