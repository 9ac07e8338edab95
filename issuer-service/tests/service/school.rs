//! With which school do the tests work? A data folder made by the real `init`, and the real service on a port of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use stapel_credential::Timestamp;
use stapel_issuer::{Actor, ActorId, CompletionId, Records, Repository as _, Role};
use stapel_issuer_service::store::sqlite::SqliteStore;
use tempfile::TempDir;

use crate::http::{Answer, ask};

pub(crate) const PASSPHRASE: &str = "een goede wachtwoordzin";

/// A school that was set up.
pub(crate) struct School {
    pub(crate) folder: TempDir,
    pub(crate) port: u16,
    /// As long as it is there, no other test takes the port.
    _reserved: UdpSocket,
}

/// A port on which nobody listens, reserved with the UDP port of that number.
///
/// The system hands out none of these to connections (Linux begins at 32768), so that the service finds it free whenever it starts.
fn free_port() -> (u16, UdpSocket) {
    let all = 12_000;
    let start = std::process::id() % all;
    let mut ports = (0..all).filter_map(|step| u16::try_from(20_000 + (start + step) % all).ok());
    let free = ports.find_map(|port| {
        let reserved = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
        Some((port, reserved))
    });
    free.unwrap()
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The service while it runs; ended when dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) port: u16,
}

#[expect(clippy::disallowed_methods, reason = "the program reads the real clock, so must its tests")]
pub(crate) fn now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap()).unwrap()
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stapel-issuer"));
    for name in ["STAPEL_API_KEY", "STAPEL_ISSUER_DATA", "STAPEL_PASSPHRASE_FILE", "CREDENTIALS_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("COLUMNS", "100").stdin(Stdio::null());
    command
}

pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// One complete microcredential.
pub(crate) fn achievement(code: &str) -> String {
    format!(
        r#"{{"code":"{code}","achievement":{{"achievementType":"MicroCredential","name":"Medicatie & veiligheid {code}",
        "inLanguage":"nl","description":"Illustratief.","criteria":{{"narrative":"Toont het in de praktijk."}},
        "creditsAvailable":3,"creditUnit":"EC","credentialKind":["microcredential"],"alignment":[
        {{"type":["Alignment"],"targetName":"NLQF 4","targetUrl":"https://nlqf.nl/niveaus/4","targetType":"ext:QualificationLevel",
        "targetFramework":"NLQF","targetCode":"4"}},
        {{"type":["Alignment"],"targetName":"Deelt medicatie uit","targetUrl":"https://school.example/outcomes/1","targetType":"CFItem"}}],
        "assessment":[{{"assessmentMethod":"proeve"}}],"participation":["blended"],"qualityAssurance":[{{"assuranceKind":"internal"}}]}}}}"#
    )
}

impl School {
    /// A school that issues as did:web, with the achievements M1 and M2.
    pub(crate) fn new() -> Self {
        Self::named("ROC <Voorbeeld>")
    }

    /// The same under another name.
    pub(crate) fn named(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, reserved) = free_port();
        let school = Self { folder, port, _reserved: reserved };
        school.secret("passphrase", PASSPHRASE);
        let base = format!("http://127.0.0.1:{port}");
        let place = format!("127.0.0.1:{port}");
        let keys = school.path("keys");
        let ended = school.run(&[
            "init",
            "--name",
            name,
            "--did-web",
            &place,
            "--country",
            "NL",
            "--brin",
            "99ZY",
            "--base-url",
            &base,
            "--url",
            "https://school.example",
            "--api-keys-to",
            keys.to_str().unwrap(),
        ]);
        assert_eq!(ended.code, 0, "{ended:?}");
        for code in ["M1", "M2"] {
            let file = school.write(&format!("{code}.json"), &achievement(code));
            let ended = school.run_as("registrar", &["achievement", "add", file.to_str().unwrap()]);
            assert_eq!(ended.code, 0, "{ended:?}");
        }
        school
    }

    pub(crate) fn did(&self) -> String {
        format!("did:web:127.0.0.1%3A{}", self.port)
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.write(name, text);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    pub(crate) fn key(&self, who: &str) -> String {
        fs::read_to_string(self.path("keys").join(format!("{who}.key"))).unwrap().trim().to_owned()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.env("STAPEL_ISSUER_DATA", self.data()).env("STAPEL_PASSPHRASE_FILE", self.path("passphrase"));
        command.args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(&mut self.command(arguments))
    }

    pub(crate) fn run_as(&self, who: &str, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).env("STAPEL_API_KEY", self.key(who)))
    }

    /// Records a completion of that achievement by that learner, approves it, and gives its id.
    pub(crate) fn approved(&self, achievement: &str, learner: &str) -> String {
        let file = self.write("one.csv", &format!("achievement,learner,awarded\n{achievement},{learner},2026-01-30\n"));
        let recorded = self.run_as("registrar", &["--json", "completion", "add", file.to_str().unwrap()]);
        let id = recorded.json()["recorded"][0].as_str().unwrap().to_owned();
        let approved = self.run_as("board", &["approve", &id, "--reference", "2026-12"]);
        assert_eq!((approved.code, approved.stdout.as_str()), (0, "1 approved\n"), "{approved:?}");
        id
    }

    /// A new offer of that completion, as JSON.
    pub(crate) fn offer(&self, id: &str) -> Value {
        self.run_as("registrar", &["--json", "offer", id]).json()["offers"][0].clone()
    }

    /// A code for that completion which was handed out two days ago, for one day; and when it expired.
    pub(crate) fn expired_offer(&self, id: &str) -> (String, Timestamp) {
        let store = SqliteStore::open(&self.data().join("issuer.sqlite")).unwrap();
        let institution = store.find_institution().unwrap().unwrap();
        let registrar = Actor::new(ActorId::parse("test").unwrap(), Role::Registrar);
        let ids = [CompletionId::parse(id).unwrap()];
        let then = now().before(Duration::from_hours(48));
        let records = Records::new(&store, &institution);
        let offered = records.offer(&registrar, &ids, Duration::from_hours(24), then).unwrap().remove(0).unwrap();
        (offered.code.expose().to_owned(), offered.expires)
    }

    pub(crate) fn serve(&self) -> Serving {
        self.serve_in(&[])
    }

    /// The service with these variables in its environment.
    pub(crate) fn serve_in(&self, environment: &[(&str, &str)]) -> Serving {
        let mut command = self.command(&["serve"]);
        command.envs(environment.iter().copied());
        self.serving(command)
    }

    /// The service as systemd starts it: the passphrase is in this folder.
    pub(crate) fn serve_from(&self, credentials: &Path) -> Serving {
        let mut command = self.command(&["serve"]);
        command.env_remove("STAPEL_PASSPHRASE_FILE").env("CREDENTIALS_DIRECTORY", credentials);
        self.serving(command)
    }

    fn serving(&self, mut command: Command) -> Serving {
        let listen = format!("127.0.0.1:{}", self.port);
        command.args(["--listen", &listen]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, format!("http://{listen}\n"));
        Serving { child, port: self.port }
    }
}

impl Serving {
    pub(crate) fn get(&self, path: &str) -> Answer {
        ask(self.port, "GET", path, &[], b"")
    }

    pub(crate) fn get_as(&self, key: &str, path: &str) -> Answer {
        ask(self.port, "GET", path, &[("Authorization", &format!("Bearer {key}"))], b"")
    }

    pub(crate) fn post_as(&self, key: &str, path: &str, media_type: &str, body: &str) -> Answer {
        let headers = [("Authorization", format!("Bearer {key}")), ("Content-Type", media_type.to_owned())];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ask(self.port, "POST", path, &headers, body.as_bytes())
    }

    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until it has ended: its exit code and what it had to say.
    pub(crate) fn end(mut self) -> (i32, String) {
        let mut log = String::new();
        std::io::Read::read_to_string(self.child.stderr.as_mut().unwrap(), &mut log).unwrap();
        (self.child.wait().unwrap().code().unwrap(), log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
