//! What does foreign software say? The npm packages of `tests/interop`, run by node without network; absent, and named, where nobody
//! installed them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The folder `tests/interop` with its packages. Prints a line and gives `None` when they are not installed.
///
/// # Panics
/// When they are not and `STAPEL_REQUIRE_INTEROP=1`, as `./test` sets it after `npm ci`.
pub fn find() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop");
    let wanted = ["jsonld", "@digitalbazaar/vc", "@digitalcredentials/verifier-core", "jose"];
    if wanted.iter().all(|package| folder.join("node_modules").join(package).is_dir()) {
        return Some(folder);
    }
    assert!(
        std::env::var("STAPEL_REQUIRE_INTEROP").as_deref() != Ok("1"),
        "STAPEL_REQUIRE_INTEROP=1, and the npm packages of {} are not installed",
        folder.display()
    );
    println!("skipped: run `npm ci` in {}", folder.display());
    None
}

/// The answers of the foreign clients to these jobs, in order; `clients.mjs` in the folder tells what a job is. For them it is `now`,
/// and there are no other documents than these, by their URLs.
///
/// # Panics
/// When node does not run or a job cannot be understood.
pub fn ask(folder: &Path, now: &str, documents: &[(String, Value)], jobs: &[Value]) -> Vec<Value> {
    let documents: serde_json::Map<String, Value> = documents.iter().cloned().collect();
    let work = json!({ "now": now, "documents": documents, "jobs": jobs }).to_string();
    let mut node = Command::new("node")
        .arg(folder.join("clients.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("node runs");
    node.stdin.take().expect("a pipe").write_all(work.as_bytes()).expect("node reads");
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node ended with {}", output.status);
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list of answers");
    assert_eq!(answers.len(), jobs.len(), "an answer for each job");
    answers
}
