//! Are the pages well-formed, in both languages, without scripts, and silent about learners who did not ask?

use serde_json::json;

use crate::http::{ask, split};
use crate::school::{School, Serving};
use crate::wallet::Wallet;

/// A page that is well-formed and has what every page has; its text.
fn page(serving: &Serving, path: &str, status: u16, language: &str) -> String {
    let headers = [("Accept", "text/html"), ("Accept-Language", language)];
    let answer = ask(serving.port, "GET", path, &headers, b"");
    assert_eq!(answer.status, status, "{path}: {}", answer.body);
    assert_eq!(answer.header("content-language"), Some(language));
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    let html = answer.body.replacen("<!DOCTYPE html>", "", 1);
    let document = roxmltree::Document::parse(html.trim()).unwrap_or_else(|error| panic!("{path}: {error}\n{html}"));
    let elements = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).count();
    assert_eq!((elements("script"), elements("style"), elements("h1"), elements("main")), (0, 0, 1, 1), "{path}");
    assert_eq!(document.root_element().attribute("lang"), Some(language));
    for image in document.descendants().filter(|node| node.tag_name().name() == "img") {
        assert!(image.attribute("alt").is_some_and(|text| !text.is_empty()));
    }
    assert!(
        document.descendants().all(|node| node.attribute("style").is_none() && node.attribute("onclick").is_none())
    );
    answer.body
}

#[test]
fn the_pages_are_well_formed_in_both_languages() {
    let school = School::new();
    let serving = school.serve();
    assert!(page(&serving, "/", 200, "nl").contains("ROC &#60;Voorbeeld&#62;"));
    assert!(page(&serving, "/", 200, "en").contains("What this institution issues"));
    assert!(page(&serving, "/achievements/M1", 200, "nl").contains("Medicatie &#38; veiligheid M1"));
    assert!(page(&serving, "/achievements/M1", 200, "en").contains("3 EC"));
    assert!(page(&serving, "/achievements/M9", 404, "nl").contains("Deze pagina is er niet"));
    assert!(page(&serving, "/nothing", 404, "en").contains("There is no such page"));
    let asked = ask(serving.port, "GET", "/?lang=en", &[("Accept-Language", "nl")], b"");
    assert_eq!(asked.header("content-language"), Some("en"));
    let style = serving.get("/style.css");
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
}

#[test]
fn programs_get_json_where_people_get_pages() {
    let school = School::new();
    let serving = school.serve();
    let json = [("Accept", "application/json")];
    let one = ask(serving.port, "GET", "/achievements/M1", &json, b"").json();
    assert_eq!(one["name"], "Medicatie & veiligheid M1");
    // The id that stands in badges leads to the same.
    let (_, path) = split(one["id"].as_str().unwrap());
    assert_eq!(ask(serving.port, "GET", path, &json, b"").json(), one);
    let catalogue = serving.get("/catalogue").json();
    assert_eq!(catalogue["achievements"].as_array().unwrap().len(), 2);
    assert_eq!(catalogue["institution"]["id"], school.did());
    assert_eq!(serving.get("/trust-list").problem(), "this institution published no trust list here");
    assert_eq!(serving.get("/health").json(), json!({ "status": "ok" }));
}

#[test]
fn the_page_of_an_offer_says_how_to_claim_and_when_it_is_too_late() {
    let school = School::new();
    let serving = school.serve();
    let offer = school.offer(&school.approved("M1", "s1001"));
    let address = offer["page"].as_str().unwrap();
    let (_, path) = split(address);
    let open = page(&serving, path, 200, "nl");
    assert!(
        open.contains("Uw badge staat klaar")
            && open.contains("href=\"openid-credential-offer://?credential_offer_uri=")
    );
    assert!(!open.contains("s1001"), "the page does not name the learner");
    Wallet::new().claim(address).unwrap();
    assert!(page(&serving, path, 410, "en").contains("This badge was claimed already, or a new link was made."));
    let strange = "/claim?credential_offer_uri=https%3A%2F%2Fevil.example%2Foffer";
    assert!(page(&serving, strange, 404, "nl").contains("Deze link kennen we niet."));
}

#[test]
fn the_page_of_an_expired_offer_says_so() {
    let school = School::new();
    let serving = school.serve();
    let id = school.approved("M1", "s1001");
    let (code, _) = school.expired_offer(&id);
    let offer = format!("{}/openid/offers/{id}/{code}", school.base());
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("credential_offer_uri", &offer).finish();
    let path = format!("/claim?{query}");
    let english = page(&serving, &path, 410, "en");
    assert!(english.contains("The time to claim this badge is over."), "{english}");
    let dutch = page(&serving, &path, 410, "nl");
    assert!(dutch.contains("De tijd om deze badge op te halen is voorbij."), "{dutch}");
    assert!(!dutch.contains("openid-credential-offer://"), "no link that leads nowhere");
}

#[test]
fn a_badge_has_a_page_only_while_its_learner_wants_one() {
    let school = School::new();
    let serving = school.serve();
    let wallet = Wallet::new();
    let offer = school.offer(&school.approved("M1", "s1001"));
    let badges = wallet.claim(offer["link"].as_str().unwrap()).unwrap();
    let badge: serde_json::Value = serde_json::from_str(&badges[0]).unwrap();
    let ask_for = |who: &Wallet, mut wish: serde_json::Value| {
        let nonce = ask(serving.port, "POST", "/openid/nonce", &[], b"").json();
        wish["proof"] = json!(who.proof(&school.base(), nonce["c_nonce"].as_str().unwrap()));
        ask(serving.port, "POST", "/badges", &[("Content-Type", "application/json")], wish.to_string().as_bytes())
    };
    let other = ask_for(&Wallet::new(), json!({ "publish": badge["id"] }));
    assert_eq!((other.status, other.problem().as_str()), (403, "this badge belongs to another wallet"));
    let granted = ask_for(&wallet, json!({ "publish": badge["id"] })).json();
    let address = granted["page"].as_str().unwrap().to_owned();
    let (_, path) = split(&address);
    let shown = page(&serving, path, 200, "nl");
    assert!(shown.contains("Deze badge is geldig.") && !shown.contains(&wallet.did()));
    assert_eq!(serving.get(path).header("x-robots-tag"), Some("noindex, nofollow, noarchive"));
    let body = json!({ "credential": badge["id"], "reason": "fout" }).to_string();
    serving.post_as(&school.key("board"), "/api/revoke", "application/json", &body);
    assert!(page(&serving, path, 200, "en").contains("This badge was revoked. It no longer holds."));
    assert_eq!(ask_for(&wallet, json!({ "withdraw": address })).json(), json!({ "page": null }));
    page(&serving, path, 404, "nl");
    page(&serving, "/badges/..%2F..%2Fkey.json", 404, "nl");
}
