//! `exemption`: from which parts of a programme is a learner exempt?

use std::path::PathBuf;

use serde_json::json;
use stapel_credential::{Did, Uri};
use stapel_issuer::{ExemptionDraft, GivenEvidence};

use super::{ActingAs, read_bytes, read_text, write_public};
use crate::clock;
use crate::desk::exemptions::{self, Granted};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::{Output, say};
use crate::passphrase::PassphraseSource;
use crate::routes::MAX_FILE_BYTES;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Grant and sign an exemption from parts of one edition
    Grant(Box<Arguments>),
    /// List all exemptions
    List {
        #[command(flatten)]
        acting: ActingAs,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The DID of the learner's wallet
    #[arg(long, value_name = "DID")]
    holder: String,
    /// The programme
    #[arg(long, value_name = "PROGRAMME_ID")]
    programme: String,
    /// Its edition
    #[arg(long)]
    edition: String,
    /// The signed programme, where another body published it
    #[arg(long, value_name = "FILE")]
    programme_file: Option<PathBuf>,
    /// The parts
    #[arg(long = "part", value_name = "ID", required = true, num_args = 1..)]
    parts: Vec<String>,
    /// On what basis: course, workplace, prior-learning (or evc), dialogue, foreign-qualification
    #[arg(long)]
    basis: String,
    /// What it rests on: signed credentials and other files; cited by salted digests alone
    #[arg(long, value_name = "FILE", num_args = 1..)]
    evidence: Vec<PathBuf>,
    /// The decision's reference, such as the number of the minutes; it stands in the decision
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Where the signed decision is written (default: stdout)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    acting: ActingAs,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    match verb {
        Verb::Grant(arguments) => grant(folder, *arguments, language),
        Verb::List { acting } => {
            let office = Office::open(folder)?;
            let by = acting.actor(office.repository.as_ref())?;
            let found = exemptions::list(&office.records(), &by)?;
            let revoked = language.either("ingetrokken", "revoked");
            let line = |one: &exemptions::ExemptionView| {
                let status = if one.status == "revoked" { format!("  {revoked}") } else { String::new() };
                let parts = one.parts.join(", ");
                format!("{}  {}  {} ({}): {parts}{status}", one.credential, one.holder, one.programme, one.edition)
            };
            let lines: Vec<_> = found.iter().map(line).collect();
            let none = language.either("nog geen", "none yet");
            Ok(Output::new(if lines.is_empty() { none.to_owned() } else { lines.join("\n") }, &found))
        }
    }
}

fn grant(folder: &Folder, arguments: Arguments, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let limit = MAX_FILE_BYTES as u64;
    let evidence = arguments.evidence.iter().map(|path| Ok(GivenEvidence::of(&read_bytes(path, limit)?)));
    let draft = ExemptionDraft {
        holder: Did::parse(&arguments.holder)?,
        programme: Uri::parse(&arguments.programme)?,
        edition: arguments.edition,
        programme_text: arguments.programme_file.as_deref().map(|path| read_text(path, limit)).transpose()?,
        parts: arguments.parts,
        basis: exemptions::basis(&arguments.basis)?,
        evidence: evidence.collect::<Result<_, Failure>>()?,
        reference: arguments.reference,
    };
    let key = folder.open_key(&arguments.passphrase, language)?;
    let granted = exemptions::grant(&office.issuer(&key)?, &by, &draft, clock::now())?;
    let mut json = json!(granted);
    let mut notes = notes(&granted, &arguments.evidence, language);
    let Some(path) = arguments.out else {
        // The decision alone goes to stdout, so that it can be piped.
        for note in &notes {
            say(note);
        }
        return Ok(Output::new(granted.document.get(), &json));
    };
    write_public(&path, granted.document.get())?;
    if let Some(members) = json.as_object_mut() {
        members.remove("document");
        members.insert("file".to_owned(), json!(path));
    }
    let parts = granted.exemption.parts.join(", ");
    let (id, path) = (&granted.exemption.credential, path.display());
    notes.insert(
        0,
        language
            .either(format!("{id}: vrijgesteld van {parts}\n  {path}"), format!("{id}: exempt from {parts}\n  {path}")),
    );
    Ok(Output::new(notes.join("\n"), &json))
}

/// What has to be told besides the decision.
fn notes(granted: &Granted, evidence: &[PathBuf], language: Language) -> Vec<String> {
    let already = language.either(
        "hetzelfde was al toegekend en geldt nog; er is niets nieuws ondertekend",
        "the same was granted before and still holds; nothing was signed anew",
    );
    let mut notes: Vec<String> = granted.already.then(|| already.to_owned()).into_iter().collect();
    for one in &granted.salts {
        let file = evidence.get(one.position).map(|path| path.display().to_string()).unwrap_or_default();
        notes.push(language.either(
            format!("zout van {file}, alleen nu en voor de lerende: {}", one.salt),
            format!("salt of {file}, shown this once and for the learner: {}", one.salt),
        ));
    }
    notes
}
