//! Which badges of a folder are genuine, still valid and by somebody who may? A row for each, without a network.
//!
//! ```sh
//! cargo run -p stapel-verifier --example folder_to_csv -- BADGES PIN [STATUS-LIST]... > report.csv
//! ```
//!
//! `BADGES` is a folder of signed badges (JSON or JWT), `PIN` the DID of an issuer that is trusted, and the others are files of its
//! status lists. What is missing makes a badge undecided, never refused. `stapel verify FOLDER --report` does this and more.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, thread};

use stapel_credential::{AchievementCredential, Did, Timestamp, VerifiableCredential};
use stapel_verifier::{Dossier, Policy, verify_texts};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(folder), Some(pin)) = (arguments.next(), arguments.next()) else {
        return Err("give a folder of badges and the DID of an issuer".into());
    };
    let mut dossier = Dossier::default();
    for path in arguments {
        let text = fs::read_to_string(path)?;
        let list = VerifiableCredential::<stapel_credential::StatusListSubject>::view(&text)?;
        dossier.add_status_list(&list.id, &text)?;
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let texts: Vec<String> = paths.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;

    // The library itself: no network, no clock, one verdict for each text.
    let policy = Policy { pinned_issuers: vec![Did::parse(&pin)?], ..Policy::default() };
    let threads = thread::available_parallelism()?;
    let verdicts = verify_texts::<AchievementCredential>(&texts, &dossier, &policy, now()?, threads);

    let mut rows = csv::Writer::from_writer(std::io::stdout());
    rows.write_record(["file", "outcome", "achievement", "why"])?;
    for (path, verdict) in paths.iter().zip(&verdicts) {
        let name = verdict.accepted().map_or("", |badge| &badge.content().credential_subject.achievement.name);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let why = verdict.findings().checks().iter().map(|check| check.result.reason().to_string());
        rows.write_record([&*file, &format!("{:?}", verdict.outcome()), name, &why.collect::<Vec<_>>().join("; ")])?;
    }
    Ok(rows.flush()?)
}

#[expect(clippy::disallowed_methods, reason = "the main of a program reads the clock")]
fn now() -> Result<Timestamp, Box<dyn Error>> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    Ok(Timestamp::from_unix_seconds(i64::try_from(seconds)?)?)
}
