//! Can people use the pages in a real browser: by click, by keyboard, on a phone, on paper, without scripts?
//!
//! The scripts of `tests/browser` drive Debian's Chromium over the real service and fail with a sentence. Where Chromium, node or the npm
//! packages are missing a test prints a line and ends; with `STAPEL_REQUIRE_BROWSER=1`, as `./test` sets it, it fails instead.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use stapel_keys::SigningKey;

use crate::asking;
use crate::board::{self, badge_by, sign};
use crate::http::ask;
use crate::school::{School, Serving};
use crate::verifier::Verifier;
use crate::wallet::Wallet;

const MODULE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/routes/route-9/achievements/zorg-01.json");

/// Where the scripts are, and the browser that they drive.
struct Browser {
    folder: PathBuf,
    chromium: PathBuf,
}

impl Browser {
    fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/browser");
        let packages = ["axe-core", "playwright-core"].iter().all(|one| folder.join("node_modules").join(one).is_dir());
        if let (Some(chromium), Some(_), true) = (program("chromium"), program("node"), packages) {
            return Some(Self { folder, chromium });
        }
        assert!(
            std::env::var("STAPEL_REQUIRE_BROWSER").as_deref() != Ok("1"),
            "STAPEL_REQUIRE_BROWSER=1, and chromium, node or the npm packages of {} are not installed",
            folder.display()
        );
        println!("skipped: install chromium and node, and run `npm ci --ignore-scripts` in {}", folder.display());
        None
    }

    /// Runs a script on these things.
    fn run(&self, script: &str, mut things: Value) {
        things["chromium"] = json!(self.chromium);
        things["screenshots"] = json!(std::env::var("STAPEL_SCREENSHOTS").ok());
        let mut node = Command::new("node").arg(self.folder.join(script)).stdin(Stdio::piped()).spawn().unwrap();
        node.stdin.take().unwrap().write_all(things.to_string().as_bytes()).unwrap();
        assert!(node.wait().unwrap().success(), "{script} found something: see above");
    }
}

/// The program of that name on the path.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A school, an employer's verifier, and a file for each answer that it gives.
struct Employer {
    school: School,
    _serving: Serving,
    verifier: Verifier,
    files: BTreeMap<&'static str, PathBuf>,
    /// The page of an offer that is open, and that of one that was used.
    offers: [String; 2],
    /// A badge that its learner published, and one that was revoked since.
    published: [String; 2],
    /// A question that a learner answered: its page, and the cookie of who asked.
    asked: (String, String),
}

impl Employer {
    fn new() -> Self {
        let school = School::named("ROC Voorbeeld");
        assert_eq!(school.run_as("registrar", &["achievement", "add", MODULE]).code, 0);
        let vouched = format!("{},ROC Voorbeeld,mbo,funded,99ZY,NL,crebo:25655,2020-08-01,", school.did());
        let csv = format!("did,name,kind,funding,brin,country,code,from,until\n{vouched}\n");
        let (csv, list) = (school.write("list.csv", &csv), school.path("list.json"));
        let [csv, list] = [&csv, &list].map(|path| path.to_str().unwrap());
        let made = school.run_as("admin", &["trust-list", "make", csv, "--name", "Register Voorbeeld", "--out", list]);
        assert_eq!(made.code, 0, "{made:?}");

        let board = board::Scene::new(&school);
        let serving = school.serve();
        let wallet = Wallet::new();
        let completions = ["s1001", "s1002", "s1003"].map(|learner| school.approved("ZORG-01", learner));
        let offers = completions.each_ref().map(|id| school.offer(id)["page"].as_str().unwrap().to_owned());
        let [accepted, revoked] = [&offers[0], &offers[1]].map(|offer| wallet.claim(offer).unwrap().remove(0));
        let published = [&accepted, &revoked].map(|badge| publish(&school, &wallet, &id_of(badge)));
        let ended = school.run_as("board", &["revoke", &id_of(&revoked), "--reason", "fout in de toetsing"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        let altered = accepted.replace("beoordelaar", "beoordeelaar");
        assert_ne!(altered, accepted);
        let stranger = SigningKey::generate().unwrap();
        let mut unknown = badge_by(&stranger, &wallet.did(), "tillen");
        "Veilig tillen".clone_into(&mut unknown.credential_subject.achievement.name);
        let decision = board.granted(&["p1"]);
        let documents = [
            ("remarks", wallet.present(&[&accepted], "zorggroep.example", "once-7f3c")),
            ("accepted", accepted),
            ("undecided", sign(&stranger, unknown).text().to_owned()),
            ("altered", altered),
            ("revoked", revoked),
            ("presentation", board.presentation(&decision, &["p1"]).0),
        ];
        let files = documents.map(|(name, text)| (name, school.write(&format!("{name}.json"), &text)));
        let (did, port) = (school.did(), school.port.to_string());
        let verifier = Verifier::start(&["--trust", list, "--anchor", &did, "--dev-loopback", &port]);
        let badge = std::fs::read_to_string(&files[1].1).unwrap();
        let asked = asking::answered(&verifier, &wallet, &badge);
        let [used, _, open] = offers;
        Self { _serving: serving, verifier, files: files.into(), offers: [open, used], published, asked, school }
    }

    fn things(&self) -> Value {
        let [open, used] = &self.offers;
        let [badge, revoked] = &self.published;
        let (asked, cookie) = &self.asked;
        let cookie = cookie.split_once('=').unwrap();
        json!({
            "verifier": format!("http://127.0.0.1:{}/verify", self.verifier.port),
            "files": self.files,
            "asked": { "url": asked, "cookie": { "name": cookie.0, "value": cookie.1 } },
            "school": {
                "home": self.school.base(), "achievement": format!("{}/achievements/ZORG-01", self.school.base()),
                "nothing": format!("{}/nothing", self.school.base()), "verify": format!("{}/verify", self.school.base()),
                "open offer": open, "used offer": used, "badge": badge, "revoked badge": revoked,
            },
        })
    }
}

fn id_of(badge: &str) -> String {
    serde_json::from_str::<Value>(badge).unwrap()["id"].as_str().unwrap().to_owned()
}

/// The page of this badge, which its learner asks for.
fn publish(school: &School, wallet: &Wallet, badge: &str) -> String {
    let nonce = ask(school.port, "POST", "/openid/nonce", &[], b"").json();
    let proof = wallet.proof(&school.base(), nonce["c_nonce"].as_str().unwrap());
    let wish = json!({ "publish": badge, "proof": proof }).to_string();
    let granted = ask(school.port, "POST", "/badges", &[("Content-Type", "application/json")], wish.as_bytes());
    granted.json()["page"].as_str().unwrap().to_owned()
}

fn runs(script: &str) {
    let Some(browser) = Browser::find() else { return };
    browser.run(script, Employer::new().things());
}

#[test]
fn every_answer_is_reached_by_click_in_both_languages_with_and_without_scripts() {
    runs("click.mjs");
}

#[test]
fn the_pages_are_accessible_in_every_state_and_at_every_width() {
    runs("accessible.mjs");
}

#[test]
fn the_verifiers_page_works_by_keyboard_alone() {
    runs("keyboard.mjs");
}

#[test]
fn an_answer_prints_on_one_page() {
    runs("print.mjs");
}
