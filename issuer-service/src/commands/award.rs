//! `award`: how does what a learner shows become a diploma?

use std::path::PathBuf;

use serde_json::json;
use stapel_credential::{Day, Did, Digest, RawJson};
use stapel_issuer::AchievementCode;
use stapel_verifier::Audience;

use super::{ActingAs, DevLoopback, in_file, read_text, write_public};
use crate::clock;
use crate::desk::awards::{self, AwardView, NewApproval, NewAward};
use crate::desk::decisions::BODY;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::lookup::Lookup;
use crate::office::Office;
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::routes::MAX_FILE_BYTES;
use crate::words::{Either as _, Language};

/// The columns of the drawn progress.
const WIDTH: usize = 80;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Verify a progress presentation and put its plan before the board
    Propose(Box<Proposal>),
    /// Approve a plan by its digest
    Approve(Approval),
    /// Verify everything once more and sign the diploma
    Sign(Signing),
    /// List all awards that were proposed
    List {
        #[command(flatten)]
        acting: ActingAs,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Proposal {
    /// The progress presentation that the learner made
    file: PathBuf,
    /// The achievement that the diploma states
    #[arg(long, value_name = "CODE")]
    achievement: String,
    /// A signed trust list
    #[arg(long = "trust-list", value_name = "FILE")]
    trust_lists: Vec<PathBuf>,
    /// A DID whose trust lists count
    #[arg(long = "anchor", value_name = "DID")]
    anchors: Vec<String>,
    /// For whom it must have been made
    #[arg(long, value_name = "TEXT")]
    domain: Option<String>,
    /// Which single-use text it must answer
    #[arg(long, value_name = "TEXT")]
    challenge: Option<String>,
    #[command(flatten)]
    network: DevLoopback,
    #[command(flatten)]
    acting: ActingAs,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Approval {
    /// The digest of the plan, as `award propose` told it
    #[arg(value_name = "PLAN_DIGEST")]
    plan: String,
    /// The decision's reference, such as the number of the minutes; it stands in the diploma
    #[arg(long, value_name = "REF")]
    reference: String,
    /// The body that decided; it stands in the diploma
    #[arg(long, value_name = "BODY", default_value = BODY)]
    body: String,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<String>,
    /// Why it is awarded though the plan does not complete it; it stands in the award record
    #[arg(long, value_name = "TEXT")]
    decision: Option<String>,
    #[command(flatten)]
    acting: ActingAs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Signing {
    /// The digest of the approved plan
    #[arg(value_name = "PLAN_DIGEST")]
    plan: String,
    /// Where the diploma is written (default: both to stdout, as one JSON object)
    #[arg(long, value_name = "FILE", requires = "record_out")]
    out: Option<PathBuf>,
    /// Where the award record is written, which the learner keeps beside the diploma
    #[arg(long, value_name = "FILE", requires = "out")]
    record_out: Option<PathBuf>,
    #[command(flatten)]
    network: DevLoopback,
    #[command(flatten)]
    acting: ActingAs,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    match verb {
        Verb::Propose(arguments) => propose(folder, *arguments, language),
        Verb::Approve(arguments) => approve(folder, arguments, language),
        Verb::Sign(arguments) => sign(folder, arguments, language),
        Verb::List { acting } => {
            let office = Office::open(folder)?;
            let by = acting.actor(office.repository.as_ref())?;
            let found = awards::list(&office.records(), &by)?;
            let lines: Vec<_> = found.iter().map(|award| line(award, language)).collect();
            let none = language.either("nog geen", "none yet");
            Ok(Output::new(if lines.is_empty() { none.to_owned() } else { lines.join("\n") }, &found))
        }
    }
}

fn line(award: &AwardView, language: Language) -> String {
    let stage = match award.stage {
        "proposed" => language.either("voorgelegd", "proposed"),
        "approved" => language.either("goedgekeurd", "approved"),
        "signed" => language.either("ondertekend", "signed"),
        _ => language.either("beëindigd", "ended"),
    };
    let incomplete = if award.complete { "" } else { language.either(", onvolledig", ", incomplete") };
    let mut text = format!(
        "{}  {stage}{incomplete}  {} ({}) {}  {}",
        award.plan, award.programme, award.edition, award.achievement, award.holder
    );
    for anchor in &award.anchors {
        text.push_str(&language.either(
            format!("\n  op grond van de vertrouwenslijsten van {anchor}"),
            format!("\n  on the word of the trust lists of {anchor}"),
        ));
    }
    for counted in &award.without_record {
        text.push_str(&language.either(
            format!("\n  {counted} kwam zonder dossier: wat erin zit, kan dubbel tellen"),
            format!("\n  {counted} came without its award record: what it was made of may count twice"),
        ));
    }
    text
}

fn propose(folder: &Folder, arguments: Proposal, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let document = |path: &PathBuf| {
        let text = read_text(path, MAX_FILE_BYTES as u64)?;
        RawJson::parse(text.trim()).map_err(|error| in_file(path)(Failure::Argument(error.to_string())))
    };
    let new = NewAward {
        presentation: document(&arguments.file)?,
        achievement: AchievementCode::parse(&arguments.achievement)?,
        trust_lists: arguments.trust_lists.iter().map(document).collect::<Result<_, _>>()?,
        anchors: arguments.anchors.iter().map(|did| Did::parse(did)).collect::<Result<_, _>>()?,
        audience: Audience { domain: arguments.domain, challenge: arguments.challenge },
    };
    let key = folder.open_key(&arguments.passphrase, language)?;
    let lookup = Lookup::new(key.verifying_key(), arguments.network.ports);
    let proposed = awards::propose(&office.issuer(&key)?, &lookup, &by, new, clock::now())?;
    let mut lines = vec![proposed.award.plan.to_string()];
    if proposed.already {
        lines.push(language.either("was al voorgelegd", "was proposed before").to_owned());
    }
    lines.push(stapel_report::bars(&proposed.progress, language, WIDTH, false).trim_end().to_owned());
    lines.extend(line(&proposed.award, language).lines().skip(1).map(str::to_owned));
    if !proposed.award.complete {
        let text = language.either(
            "onvolledig: goedkeuren kan alleen met --decision, een besluit van de examencommissie",
            "incomplete: it can be approved only with --decision, a decision of the board",
        );
        lines.push(text.to_owned());
    }
    Ok(Output::new(lines.join("\n"), &proposed))
}

fn approve(folder: &Folder, arguments: Approval, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let approval = NewApproval {
        plan: plan(&arguments.plan)?,
        reference: arguments.reference,
        body: Some(arguments.body),
        day: arguments.day.as_deref().map(Day::parse).transpose()?,
        decision: arguments.decision,
    };
    let approved = awards::approve(&office.records(), &by, &approval, clock::now())?;
    Ok(Output::new(line(&approved, language), &approved))
}

fn sign(folder: &Folder, arguments: Signing, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let plan = plan(&arguments.plan)?;
    let key = folder.open_key(&arguments.passphrase, language)?;
    let lookup = Lookup::new(key.verifying_key(), arguments.network.ports);
    let diploma = awards::sign(&office.issuer(&key)?, &lookup, &by, plan, clock::now())?;
    let (Some(out), Some(record)) = (arguments.out, arguments.record_out) else {
        let both = format!("{{\"diploma\":{},\"record\":{}}}", diploma.document.get(), diploma.record.get());
        return Ok(Output::new(both, &diploma));
    };
    write_public(&record, diploma.record.get())?;
    write_public(&out, diploma.document.get())?;
    let id = &diploma.credential;
    let already = if diploma.already { language.either(" (was al ondertekend)", " (was signed before)") } else { "" };
    let text = format!("{id}{already}\n  {}\n  {}", out.display(), record.display());
    let json = json!({
        "plan": plan, "credential": id, "holder": diploma.holder, "signed": diploma.signed,
        "already": diploma.already, "file": out, "recordFile": record,
    });
    Ok(Output::new(text, &json))
}

fn plan(text: &str) -> Result<Digest, Failure> {
    Digest::parse(text).map_err(|error| Failure::Argument(error.to_string()))
}
