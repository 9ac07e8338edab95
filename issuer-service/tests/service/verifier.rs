//! Does the verifier's page give an employer the right answer, and never a tick over something unchecked?

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::answers::LOGO;
use crate::http::{Answer, ask, split};
use crate::school::{School, ended, program};
use crate::wallet::Wallet;

const BOUNDARY: &str = "a-boundary-between-parts";

/// The verifier while it runs; ended when dropped.
pub(crate) struct Verifier {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Verifier {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Verifier {
    pub(crate) fn start(more: &[&str]) -> Self {
        let mut command = program();
        command.args(["verifier", "--listen", "127.0.0.1:0"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (port, path) = split(line.trim());
        assert_eq!(path, "/verify");
        Self { child, port }
    }

    /// For an employer who trusts this school and may ask it.
    pub(crate) fn trusting(school: &School) -> Self {
        Self::start(&["--pin", &school.did(), "--dev-loopback", &school.port.to_string()])
    }

    pub(crate) fn api(&self, body: &[u8]) -> Answer {
        ask(self.port, "POST", "/api/verify", &[("Content-Type", "application/json")], body)
    }

    /// That an answer is what the description for programs says.
    pub(crate) fn assert_as_described(&self, name: &str, answer: &serde_json::Value) {
        let mut openapi = ask(self.port, "GET", "/api/openapi.json", &[], b"").json();
        assert_eq!(openapi["openapi"], "3.1.0");
        openapi["$ref"] = json!(format!("#/components/schemas/{name}"));
        let errors: Vec<String> = jsonschema::validator_for(&openapi)
            .unwrap()
            .iter_errors(answer)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:?} in {answer:#}");
    }

    fn outcome(&self, text: &str) -> String {
        let answer = self.api(text.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["outcome"], answer["documents"][0]["outcome"]);
        answer["outcome"].as_str().unwrap().to_owned()
    }

    pub(crate) fn page(&self, language: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
        page_at(self.port, language, fields)
    }

    /// The page on one pasted text.
    pub(crate) fn pasted(&self, language: &str, text: &str) -> String {
        let answer = self.page(language, &[("file", Some(""), b""), ("text", None, text.as_bytes())]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}

/// The page on these fields of its form: the name, the name of a file, the bytes.
fn page_at(port: u16, language: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
    let (kind, body) = multipart(fields);
    ask(port, "POST", &format!("/verify?lang={language}"), &[("Content-Type", &kind)], &body)
}

/// Media type and body of such a form.
pub(crate) fn multipart(fields: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Which of the four states a page shows.
pub(crate) fn states(page: &str) -> Vec<&str> {
    let classes = page.split("<div class=\"answer ").skip(1);
    classes.map(|rest| rest.split('"').next().unwrap()).collect()
}

pub(crate) fn badge_of(school: &School) -> String {
    badge_for(school, &Wallet::new())
}

pub(crate) fn badge_for(school: &School, wallet: &Wallet) -> String {
    let id = school.approved("M1", "s1001");
    wallet.claim(school.offer(&id)["page"].as_str().unwrap()).unwrap().remove(0)
}

#[test]
fn a_badge_is_accepted_until_it_is_revoked_and_what_was_altered_is_refused() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let verifier = Verifier::trusting(&school);

    assert_eq!(verifier.outcome(&badge), "accepted");
    let page = verifier.pasted("nl", &badge);
    assert_eq!(states(&page), ["accepted"]);
    assert!(page.contains("Echt en nog geldig") && page.contains("Medicatie"), "{page}");
    assert!(page.contains("Wat iemand leerde") && !page.contains("niet bevestigd"), "{page}");
    let page = verifier.pasted("en", &badge);
    assert!(page.contains("Genuine and still valid") && page.contains("<html lang=\"en\">"), "{page}");

    let altered = badge.replace("Toont het in de praktijk.", "Toont het in de praktijk!");
    assert_ne!(altered, badge);
    assert_eq!(verifier.outcome(&altered), "refused");
    let page = verifier.pasted("nl", &altered);
    assert_eq!(states(&page), ["refused"]);
    assert!(page.contains("Niet geaccepteerd") && page.contains("Het is niet bevestigd"), "{page}");

    let id = serde_json::from_str::<serde_json::Value>(&badge).unwrap()["id"].as_str().unwrap().to_owned();
    let revoked = school.run_as("board", &["revoke", &id, "--reason", "fout in de toetsing"]);
    assert_eq!(revoked.code, 0, "{revoked:?}");
    let later = Verifier::trusting(&school);
    assert_eq!(later.outcome(&badge), "refused");
    assert!(later.pasted("nl", &badge).contains("ingetrokken"));
}

#[test]
fn what_could_not_be_checked_is_undecided_and_says_what_is_missing() {
    let school = School::new();
    let serving = school.serve();
    let badge = badge_of(&school);
    let port = school.port.to_string();

    let stranger = Verifier::start(&["--dev-loopback", &port]);
    assert_eq!(stranger.outcome(&badge), "undecided");
    let page = stranger.pasted("nl", &badge);
    assert_eq!(states(&page), ["undecided"]);
    assert!(page.contains("Nog niet te zeggen") && page.contains("Er is niets verkeerds gevonden"), "{page}");
    assert!(!page.contains("Echt en nog geldig</p>"), "{page}");

    assert!(page.contains("Bel de school of organisatie die het gaf"), "{page}");
    assert!(!page.contains("Voeg een vertrouwenslijst toe"), "the settings are not theirs: {page}");

    let offline = Verifier::start(&["--pin", &school.did(), "--offline"]);
    assert_eq!(offline.outcome(&badge), "undecided");
    assert!(offline.pasted("en", &badge).contains("Try again later"));
    // Nobody allowed this verifier to ask this machine.
    let careful = Verifier::start(&["--pin", &school.did()]);
    assert_eq!(careful.outcome(&badge), "undecided");

    let verifier = Verifier::trusting(&school);
    drop(serving);
    assert_eq!(verifier.outcome(&badge), "undecided", "the school cannot be reached");
    let again = school.serve();
    // Who did not answer is left in peace for a quarter of a minute.
    let later = (0..60).find(|_| {
        std::thread::sleep(Duration::from_millis(500));
        verifier.outcome(&badge) == "accepted"
    });
    assert!(later.is_some(), "what could not be had is asked again");
    drop(again);
    assert_eq!(verifier.outcome(&badge), "accepted", "what was had lately is used again");
}

#[test]
fn several_files_pictures_and_lists_each_get_their_answer() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let verifier = Verifier::trusting(&school);
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>"#;
    let picture = stapel_bake::bake(svg, &badge).unwrap();
    let altered = badge.replace("Toont het", "Toonde het");

    let files: [(&str, Option<&str>, &[u8]); 4] = [
        ("file", Some("badge.json"), badge.as_bytes()),
        ("file", Some("<b>.svg"), &picture),
        ("file", Some("leeg.svg"), svg),
        ("file", Some("altered.json"), altered.as_bytes()),
    ];
    let page = verifier.page("en", &files);
    assert_eq!(states(&page.body), ["accepted", "accepted", "undecided", "refused"]);
    assert!(page.body.contains("There is no badge in this picture.") && page.body.contains("href=\"#answer-4\""));
    assert!(page.body.contains("&#60;b&#62;.svg") && !page.body.contains("<b>.svg"), "{}", page.body);

    assert_eq!(verifier.api(&picture).json()["outcome"], "accepted");
    let list = format!("[{badge}, {}, {{\"type\": \"Assertion\"}}]", json!("eyJhbGciOiJub25lIn0.e30."));
    let answer = verifier.api(list.as_bytes()).json();
    let outcomes: Vec<&str> =
        answer["documents"].as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["accepted", "refused", "undecided"]);
    assert_eq!(answer["outcome"], "refused");
    assert_eq!(answer["documents"][1]["verdict"]["checks"][0]["reason"]["because"], "malformed", "{answer}");
    assert!(answer["documents"][2]["error"].as_str().unwrap().contains("Open Badge of version 2"), "{answer}");
}

#[test]
fn what_nobody_can_read_gets_a_sentence() {
    let verifier = Verifier::start(&["--offline"]);
    // As `stapel verify` says: what is bent is refused, and nothing is known against something else.
    for (text, sentence) in [
        ("{", "not well formed"),
        ("{\"type\": [\"VerifiableCredential\", \"AchievementCredential\"]}", "missing field `@context`"),
        ("{\"type\": [\"AchievementCredential\"], \"id\": \"a\", \"id\": \"b\"}", "$.id: the member stands twice"),
        ("eyJhbGciOiJub25lIn0.e30.", "nobody signed it"),
    ] {
        let page = verifier.pasted("en", text);
        assert_eq!(states(&page), ["refused"], "{text}");
        assert!(page.contains(sentence), "{page}");
        assert_eq!(verifier.outcome(text), "refused", "{text}");
    }
    // Nobody is accused for plain text.
    for (text, sentence) in [
        ("Beste mevrouw, hierbij mijn diploma.", "This is no badge: it is plain text"),
        ("hello", "That says nothing about who gave it to you."),
        ("{\"type\": \"Assertion\"}", "This is an Open Badge of version 2"),
        ("{\"kind\": \"badge\"}", "does not say what kind of proof it is"),
        ("{\"type\": \"EuropeanDigitalCredential\"}", "another kind of proof than is read here"),
        ("eyJhbGciOiJFUzI1NiJ9.eyJ9.c2ln~", "SD-JWT"),
    ] {
        let page = verifier.pasted("en", text);
        assert_eq!(states(&page), ["undecided"], "{text}");
        assert!(page.contains(sentence), "{page}");
        assert_eq!(verifier.outcome(text), "undecided", "{text}");
    }
    // Where it is known that there is no badge, nothing is left to wait for.
    let (picture, broken) = (LOGO, &LOGO[..40]);
    for (file, name, is_known) in [
        (picture, "foto.png", true),
        (b"%PDF-1.7\n%%EOF\n".as_slice(), "brief.pdf", true),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), "brief.doc", true),
        (broken, "foto.png", false),
    ] {
        let page = verifier.page("en", &[("file", Some(name), file)]).body;
        assert_eq!(states(&page), ["undecided"], "{name}");
        assert_eq!(page.contains("No badge found"), is_known, "{name}: {page}");
        assert!(page.contains("Ask for the file itself"), "{page}");
    }
    let nothing = verifier.page("en", &[("text", None, b" \n")]);
    assert_eq!(nothing.status, 400);
    assert!(nothing.body.contains("You chose no file and pasted no text."), "{}", nothing.body);
    let many: Vec<(&str, Option<&str>, &[u8])> = vec![("file", Some("a.json"), b"{}"); 201];
    let answer = verifier.page("en", &many);
    assert_eq!((answer.status, states(&answer.body).len()), (413, 0));
    assert!(answer.body.contains("at most 200 documents at a time"), "{}", answer.body);
    assert_eq!(states(&verifier.page("en", many.get(1..).unwrap()).body).len(), 200);
    let broken = ask(verifier.port, "POST", "/verify", &[("Content-Type", "text/plain")], b"x");
    assert_eq!(broken.status, 400);
    assert!(broken.body.contains("kwam niet heel aan"), "{}", broken.body);
    let large = vec![b' '; stapel_verifier_page::MAX_REQUEST_BYTES + 1];
    let answer = verifier.api(&large);
    assert_eq!((answer.status, answer.header("content-type")), (413, Some("application/problem+json")));
    let answer = verifier.page("nl", &[("text", None, &large)]);
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("Dit is te groot"), "{}", answer.body);
    let bulky = format!("{{\"type\": [{}1]}}", "1,".repeat(1024 * 1024));
    assert!(verifier.pasted("nl", &bulky).contains("te groot voor deze pagina"));
    assert!(verifier.api(bulky.as_bytes()).json()["documents"][0]["error"].as_str().unwrap().contains("2097152"));
    let swarm = format!("[{}{{}}]", "{},".repeat(1_000));
    let refused = verifier.api(swarm.as_bytes());
    assert_eq!(refused.status, 400);
    assert!(refused.problem().contains("at most 1000 documents"), "{}", refused.body);
    assert_eq!(
        verifier.api(swarm.replacen("{},", "", 1).as_bytes()).json()["documents"].as_array().unwrap().len(),
        1_000
    );
    assert_eq!(verifier.api(b"[]").status, 400);
    let answer = verifier.api(b"\xff\xfe");
    assert_eq!((answer.status, answer.json()["outcome"].as_str()), (200, Some("undecided")));
    assert_eq!(verifier.api(b"[\xff]").status, 400);
}

#[test]
fn archives_codes_sheets_and_links_lead_to_their_badges() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let verifier = Verifier::trusting(&school);
    let altered = badge.replace("Toont het", "Toonde het");
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("klas/een.json", &badge), ("klas/twee.json", &altered)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    let page = verifier.page("nl", &[("file", Some("klas.zip"), &archive)]);
    assert_eq!(states(&page.body), ["accepted", "refused"]);
    assert!(page.body.contains("klas.zip › klas/een.json"), "{}", page.body);
    let answer = verifier.api(&archive).json();
    assert_eq!(answer["documents"][1]["source"], "klas/twee.json", "{answer}");

    let content: stapel_credential::AchievementCredential =
        stapel_credential::VerifiableCredential::view(&badge).unwrap();
    let head = stapel_report::pdf::CertificateHead { signed: Some(&badge), ..Default::default() };
    let sheet = stapel_report::pdf::certificate(&content, &head, stapel_report::Language::Nl).unwrap();
    assert_eq!(states(&verifier.page("nl", &[("file", Some("certificaat.pdf"), &sheet)]).body), ["accepted"]);
    let scan = b"%PDF-1.4\n1 0 obj <<>> endobj";
    let page = verifier.page("nl", &[("file", Some("scan.pdf"), scan)]);
    assert_eq!(states(&page.body), ["undecided"]);
    assert!(page.body.contains("In deze PDF zit geen badge"), "{}", page.body);

    // What stands behind a link: the school's list of trusted issuers would do as well as a badge.
    let list: serde_json::Value = serde_json::from_str(&badge).unwrap();
    let status = list["credentialStatus"]["statusListCredential"].as_str().unwrap();
    let page = verifier.pasted("nl", status);
    assert!(page.contains(status), "{page}");
    assert_ne!(states(&page), ["refused"], "{page}");
    for (link, why) in [
        ("http://school.example/badge", "Alleen links die met https://"),
        ("https://10.0.0.1/badge", "naar een adres dat hier niet gevolgd wordt"),
        ("https://127.0.0.1:1/badge", "naar een adres dat hier niet gevolgd wordt"),
    ] {
        let page = verifier.pasted("nl", link);
        assert_eq!(states(&page), ["undecided"], "{link}");
        assert!(page.contains(why), "{link}: {page}");
    }
    let nothing = format!("http://127.0.0.1:{}/nothing-here", school.port);
    assert!(verifier.pasted("nl", &nothing).contains("niets dat ieder mag lezen (antwoord 404)"));
    let offline = Verifier::start(&["--offline"]);
    assert!(offline.pasted("en", "https://school.example/badge").contains("works without a network"));
    let form = ask(verifier.port, "GET", "/verify?link=https%3A%2F%2Fa.example%2F%3Cb%3E", &[], b"");
    assert!(form.body.contains(">https://a.example/&#60;b&#62;</textarea>"), "{}", form.body);
}

#[test]
fn who_hands_in_much_and_slowly_holds_up_nobody_else() {
    let verifier = Verifier::start(&["--offline"]);
    let head = format!("POST /api/verify HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", 15 * 1024 * 1024);
    let slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", verifier.port)).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(b"[").unwrap();
            stream
        })
        .collect();
    assert_eq!(verifier.api(b"{\"type\": \"Assertion\"}").status, 200);
    // All but the few that are read are sent away at once.
    let answered = slow.iter().filter(|stream| {
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let mut first = [0; 12];
        let mut stream: &TcpStream = stream;
        stream.read_exact(&mut first).is_ok_and(|()| first == *b"HTTP/1.1 503")
    });
    assert_eq!(answered.count(), 38);
    drop(slow);
    assert_eq!(verifier.pasted("en", "hello").matches("answer undecided").count(), 1);
}

#[test]
fn the_form_is_there_in_both_languages_without_scripts() {
    let verifier = Verifier::start(&["--offline"]);
    let get = |path: &str, headers: &[(&str, &str)]| ask(verifier.port, "GET", path, headers, b"");
    let home = get("/", &[]);
    assert_eq!((home.status, home.header("location")), (307, Some("/verify")));
    let form = get("/verify", &[]);
    assert_eq!((form.status, form.header("content-language")), (200, Some("nl")));
    let policy = form.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert_eq!(form.header("cache-control"), Some("no-store"));
    assert!(
        !form.body.contains("<script") && form.body.contains("<label for=\"file\">Bestanden</label>"),
        "{}",
        form.body
    );
    assert!(get("/verify", &[("Accept-Language", "en")]).body.contains("What you hand in here is not kept."));
    assert!(get("/verify?lang=nl", &[("Accept-Language", "en")]).body.contains("wordt niet bewaard"));
    assert_eq!(get("/verify/style.css", &[]).header("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(get("/elsewhere", &[]).status, 404);
}

#[test]
fn what_is_said_of_the_api_is_so() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let did = school.did();
    let (port, origin) = (school.port.to_string(), "https://portal.example");
    let verifier = Verifier::start(&["--pin", &did, "--dev-loopback", &port, "--allow-origin", origin]);
    let check = |name: &str, answer: &serde_json::Value| verifier.assert_as_described(name, answer);
    let list = format!("[{badge}, {}, {{\"type\": \"Assertion\"}}]", badge.replace("Toont het", "Toonde het"));
    let shown = Wallet::new().present(&[&badge], "employer.example", "once");
    for body in [badge.as_bytes(), list.as_bytes(), shown.as_bytes(), b"\x00\xff", b"hello"] {
        check("Answers", &verifier.api(body).json());
    }
    check("Problem", &verifier.api(b"[]").json());

    let call = |method: &str, from: &str| {
        let headers = [("Origin", from), ("Access-Control-Request-Method", "POST")];
        ask(verifier.port, method, "/api/verify", &headers, badge.as_bytes())
    };
    for method in ["OPTIONS", "POST"] {
        assert_eq!(call(method, origin).header("access-control-allow-origin"), Some(origin), "{method}");
        assert_eq!(call(method, "https://evil.example").header("access-control-allow-origin"), None, "{method}");
    }
    let page = ask(verifier.port, "GET", "/verify", &[("Origin", origin)], b"");
    assert_eq!(page.header("access-control-allow-origin"), None, "the API alone");
    for wrong in ["*", "https://portal.example/", "portal.example", "null"] {
        let refused = ended(program().args(["verifier", "--listen", "127.0.0.1:0", "--allow-origin", wrong]));
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(refused.stderr.contains("is not an origin such as"), "{refused:?}");
    }
}

#[test]
fn a_school_offers_the_page_under_its_own_address() {
    let school = School::new();
    let serving = school.serve();
    let badge = badge_of(&school);
    let home = serving.get("/");
    assert!(home.body.contains("href=\"/verify?lang=nl\""), "{}", home.body);
    let page = page_at(school.port, "nl", &[("text", None, badge.as_bytes())]);
    assert_eq!((page.status, states(&page.body)), (200, vec!["accepted"]), "{}", page.body);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");
    assert_eq!(serving.get("/verify/style.css").status, 200);
    let answer = ask(school.port, "POST", "/api/verify", &[], badge.replace("Toont het", "Toonde het").as_bytes());
    assert_eq!(answer.json()["outcome"], "refused");
    drop(serving);
    school.write("data/config.toml", "verify_trust_lists = [\"nothing.json\"]\n");
    let refused = school.run(&["serve"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("nothing.json"), "{refused:?}");
}

#[test]
fn a_trust_list_says_whose_badges_are_accepted() {
    let school = School::new();
    let serving = school.serve();
    let badge = badge_of(&school);
    let csv = format!(
        "did,name,kind,funding,brin,country,code,from,until\n{},ROC <Lijst>,mbo,funded,99ZY,NL,crebo:25655,2020-08-01,\n",
        school.did()
    );
    let (csv, list) = (school.write("list.csv", &csv), school.path("list.json"));
    let (csv, list) = (csv.to_str().unwrap(), list.to_str().unwrap());
    let made = school.run_as("admin", &["trust-list", "make", csv, "--name", "Register", "--out", list]);
    assert_eq!(made.code, 0, "{made:?}");
    let (did, port) = (school.did(), school.port.to_string());
    let verifier = Verifier::start(&["--trust", list, "--anchor", &did, "--dev-loopback", &port]);
    let page = verifier.pasted("nl", &badge);
    assert_eq!(states(&page), ["accepted"]);
    assert!(page.contains("ROC &#60;Lijst&#62; staat op de vertrouwenslijst “Register”"), "{page}");
    assert_eq!(verifier.outcome(&std::fs::read_to_string(list).unwrap()), "accepted");
    drop(serving);
    let run =
        |more: &[&str]| ended(program().args(["verifier", "--listen", "127.0.0.1:0", "--trust", list]).args(more));
    let unreachable = run(&["--anchor", &did, "--dev-loopback", &port]);
    assert_eq!(unreachable.code, 1, "{unreachable:?}");
    let offline = run(&["--anchor", &did, "--offline"]);
    assert!(offline.stderr.contains("this trust list does not count"), "{offline:?}");
    let by_another = run(&["--anchor", "did:web:other.example", "--offline"]);
    assert!(by_another.stderr.contains("this trust list does not count"), "{by_another:?}");
}

/// Signs the next edition of the school's list; nothing but the school stands in it, until that day.
fn edition(school: &School, until: &str) -> String {
    let csv = format!("did,name,kind,from,until\n{},ROC Lijst,mbo,2020-08-01,{until}\n", school.did());
    let (csv, list) = (school.write("list.csv", &csv), school.path("list.json"));
    let (csv, list) = (csv.to_str().unwrap(), list.to_str().unwrap());
    let made = school.run_as("admin", &["trust-list", "make", csv, "--name", "Register", "--out", list]);
    assert_eq!(made.code, 0, "{made:?}");
    std::fs::read_to_string(list).unwrap()
}

/// Asks until that is the answer.
fn becomes(verifier: &Verifier, badge: &str, outcome: &str) {
    for _ in 0..100 {
        if verifier.outcome(badge) == outcome {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("it is still {}", verifier.outcome(badge));
}

#[test]
fn a_trust_list_is_read_again_while_it_serves_and_an_older_edition_never_counts_again() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let first = edition(&school, "");
    let (did, port, list) = (school.did(), school.port.to_string(), school.path("list.json"));
    let state = school.path("seen.json");
    let arguments = ["--trust", list.to_str().unwrap(), "--anchor", &did, "--dev-loopback", &port];
    let renewed = [&arguments[..], &["--renew", "1", "--state", state.to_str().unwrap()]].concat();
    let verifier = Verifier::start(&renewed);
    assert_eq!(verifier.outcome(&badge), "accepted");
    edition(&school, "2021-08-01");
    becomes(&verifier, &badge, "refused");
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&state).unwrap()).unwrap();
    assert_eq!((&written["editions"][0]["sequence"], &written["editions"][0]["anchor"]), (&json!(2), &json!(did)));
    // Whoever puts the older list back gets no say; what goes wrong changes nothing.
    for bad in [first.as_str(), "{}"] {
        std::fs::write(&list, bad).unwrap();
        std::thread::sleep(Duration::from_millis(2_500));
        assert_eq!(verifier.outcome(&badge), "refused");
    }
    drop(verifier);
    std::fs::write(&list, &first).unwrap();
    let run = |more: &[&str]| ended(program().args(["verifier", "--listen", "127.0.0.1:0"]).args(arguments).args(more));
    let refused = run(&["--state", state.to_str().unwrap()]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("it is edition 1, and edition 2 was seen before"), "{refused:?}");
    std::fs::write(&state, "{").unwrap();
    let unreadable = run(&["--state", state.to_str().unwrap()]);
    assert!(unreadable.code == 1 && unreadable.stderr.contains("seen.json: "), "{unreadable:?}");
}

#[test]
fn a_trust_list_at_an_address_is_fetched_and_its_last_copy_serves_when_it_cannot_be() {
    let school = School::new();
    let serving = school.serve();
    let badge = badge_of(&school);
    edition(&school, "");
    // The school's own badge does not need the list: the one who trusts nobody but the list shows that it counts.
    let (did, port) = (school.did(), school.port.to_string());
    let address = format!("{}/trust-list", school.base());
    let state = school.path("seen.json");
    let arguments =
        ["--trust", &address, "--anchor", &did, "--dev-loopback", &port, "--state", state.to_str().unwrap()];
    let verifier = Verifier::start(&arguments);
    assert_eq!(verifier.outcome(&badge), "accepted");
    let page = verifier.pasted("en", &badge);
    assert!(page.contains("is vouched for by the trust list Register"), "{page}");
    drop((verifier, serving));
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&state).unwrap()).unwrap();
    assert!(written["lists"][&address].is_string(), "{written}");
    let run = |more: &[&str]| ended(program().args(["verifier", "--listen", "127.0.0.1:0"]).args(more));
    // Its own copy still says by whose word it goes; of the badge nothing can be fetched now.
    let verifier = Verifier::start(&arguments);
    assert_eq!(verifier.outcome(written["lists"][&address].as_str().unwrap()), "accepted");
    assert_eq!(verifier.outcome(&badge), "undecided");
    drop(verifier);
    let without = run(&arguments[..6]);
    assert!(without.code == 1 && without.stderr.contains(&address), "{without:?}");
    let offline = run(&["--trust", &address, "--anchor", &did, "--offline"]);
    assert!(offline.stderr.contains("nothing is fetched here; give a file"), "{offline:?}");
}

#[test]
fn what_does_not_count_is_said_before_it_serves() {
    let school = School::new();
    let list = school.write("list.json", "{}");
    let run = |more: &[&str]| ended(program().args(["verifier", "--listen", "127.0.0.1:0"]).args(more));
    let refused = run(&["--trust", list.to_str().unwrap(), "--anchor", &school.did()]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("list.json: $: missing field"), "{refused:?}");
    let open = ended(program().args(["verifier", "--listen", "0.0.0.0:0"]));
    assert_eq!(open.code, 1, "{open:?}");
    assert!(open.stderr.contains("--behind-proxy"), "{open:?}");
}
