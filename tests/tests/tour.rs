//! Does the tour of the README work as it is written? Its shell blocks run here with the two programs, on a free port.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// Before the tour: what stands for the first build, and notes of every command that ends with another code than 0.
const BEFORE: &str = r#"
set -E -o pipefail
trap 'echo "$?: $BASH_COMMAND" >> "$FAILED"' ERR
trap 'trap - ERR; kill $(jobs -p) 2>/dev/null' EXIT
cargo() { [ "$*" = "build --locked -p stapel -p stapel-issuer-service" ]; }
"#;
/// After it: the service that was told to stop has stopped.
const AFTER: &str = "\nwait || true\n";

/// The shell blocks of the README's tour, in order.
fn tour() -> Vec<String> {
    let readme = std::fs::read_to_string(format!("{ROOT}/README.md")).expect("the README");
    let tour = readme.split("\n## A tour").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the tour");
    let blocks = tour.split("```sh\n").skip(1);
    blocks.map(|block| block.split("```").next().expect("the block's end").to_owned()).collect()
}

/// The folder of the two programs beside this test, built if they are not there.
fn programs() -> PathBuf {
    let this = std::env::current_exe().expect("this test");
    let folder = this.ancestors().nth(2).expect("target/<profile>/deps/this").to_owned();
    if !["stapel", "stapel-issuer"].iter().all(|program| folder.join(program).is_file()) {
        let mut build = Command::new(env!("CARGO"));
        build.current_dir(ROOT).args(["build", "--locked", "-p", "stapel", "-p", "stapel-issuer-service"]);
        build.arg("--target-dir").arg(folder.parent().expect("target"));
        if folder.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success(), "the two programs do not build");
    }
    folder
}

/// A port on which nobody listens, of those that the system hands out to no connection (Linux begins at 32768).
fn free_port() -> u16 {
    (18_000..20_000).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()).expect("a port")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn the_tour_of_the_readme_works() {
    let blocks = tour();
    assert_eq!(blocks.len(), 10, "the first build and nine steps");
    let clone = tempfile::tempdir().expect("a folder");
    let port = free_port().to_string();
    std::fs::create_dir(clone.path().join("target")).expect("a folder");
    for (original, link) in [(programs(), "target/debug"), (Path::new(ROOT).join("fixtures"), "fixtures")] {
        let original = original.canonicalize().expect("it is there");
        std::os::unix::fs::symlink(original, clone.path().join(link)).expect("a link");
    }
    let script = format!("{BEFORE}{}{AFTER}", blocks.concat()).replace("8700", &port);
    std::fs::write(clone.path().join("tour.sh"), &script).expect("written");
    let failed = clone.path().join("failed");
    let ran = Command::new("bash")
        .arg("tour.sh")
        .current_dir(clone.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").expect("a path"))
        .env("HOME", clone.path())
        .env("LANG", "en_GB.UTF-8")
        .env("FAILED", &failed)
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    let (said, complained) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    let everything = format!("{said}\n{complained}\n{}", read(&clone.path().join("tour/serve.log")));

    let revoked = [
        "/badge-1.json --pin DID",
        " --pin DID --watch state.json --page overview.html --force",
        " --pin DID --as-of \"$at\" --json > here.json",
        " --pin DID --as-of \"$at\" --json --offline --dossier dossier.json > there.json",
    ];
    let did = format!("did:web:localhost%3A{port}");
    let revoked: Vec<String> =
        revoked.iter().map(|rest| format!("1: stapel verify inbox{}", rest.replace("DID", &did))).collect();
    let failed = read(&failed);
    assert_eq!(failed.lines().collect::<Vec<_>>(), revoked, "those that end with another code than 0: {everything}");
    let codes: Vec<&str> = said.lines().filter(|line| line.starts_with("exit code ")).collect();
    assert_eq!(codes, ["exit code 0", "exit code 1", "exit code 1", "exit code 1", "exit code 1"], "{everything}");
    for sentence in [
        "4 recorded\n4 approved\n",
        "“Helpende plus” is kept.\nAccepted. Every check passed.\n",
        "1840 of 3680 SBU",
        "Presentation: Accepted. Every check passed.\n",
        "The progress was recomputed and is as the plan says.\n",
        "4 documents: 4 accepted, 0 accepted with remarks, 0 undecided, 0 refused.\n",
        "Refused. Its issuer revoked it (list of ",
        "inbox/badge-1.json  now refused",
        "is in dossier.json: controller documents 1, status lists 1,",
        "\nthe same answer\n",
    ] {
        assert!(said.contains(sentence), "{sentence}: {everything}");
    }
    let report = read(&clone.path().join("tour/report.csv"));
    assert_eq!(report.lines().count(), 5, "{report}");
    assert!(read(&clone.path().join("tour/overview.html")).contains("badge-1.json"), "{everything}");
    let offers = std::fs::read_dir(clone.path().join("tour/offers")).expect("the offers").count();
    assert_eq!(offers, 8, "a text and a picture for each of four badges");
    assert!(read(&clone.path().join("tour/tower.svg")).starts_with("<svg "));
    let port = port.parse::<u16>().expect("a port");
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(), "the service was stopped: {everything}");
}
