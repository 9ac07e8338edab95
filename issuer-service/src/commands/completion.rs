//! `completion`: who completed what?

use std::path::PathBuf;

use stapel_issuer::{AchievementCode, CsvMode, StageName};

use super::{ActingAs, in_file, read_bytes, read_text};
use crate::clock;
use crate::desk::completions::{self, Listing, RecordedView, Wanted};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::routes::MAX_FILE_BYTES;
use crate::words::dutch_issuer::row;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Record completions from a file
    Add {
        /// CSV (first row: achievement, awarded, learner or did, …), or JSON when it ends in .json
        file: PathBuf,
        /// Record the good rows, and say what is wrong with the others
        #[arg(long, conflicts_with = "refuse_whole_file")]
        keep_good: bool,
        /// Record nothing if any row cannot be taken (this is the default)
        #[arg(long)]
        refuse_whole_file: bool,
        #[command(flatten)]
        acting: ActingAs,
    },
    /// List completions
    List {
        /// recorded, approved, offered, claimed, signed, rejected or revoked
        #[arg(long, value_parser = stage)]
        stage: Option<StageName>,
        /// Of this achievement
        #[arg(long, value_name = "CODE")]
        achievement: Option<String>,
        #[command(flatten)]
        acting: ActingAs,
    },
}

fn stage(text: &str) -> Result<StageName, String> {
    StageName::find(text).ok_or_else(|| {
        let names: Vec<_> = StageName::ALL.iter().map(|stage| stage.as_str()).collect();
        format!("the stages are {}", names.join(", "))
    })
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let records = office.records();
    match verb {
        Verb::Add { file, keep_good, refuse_whole_file: _, acting } => {
            let by = acting.actor(office.repository.as_ref())?;
            let recorded = if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) {
                let text = read_text(&file, MAX_FILE_BYTES as u64)?;
                completions::record_json(&records, &by, &text, clock::now())
            } else {
                let mode = if keep_good { CsvMode::KeepGood } else { CsvMode::RefuseWholeFile };
                let bytes = read_bytes(&file, MAX_FILE_BYTES as u64)?;
                completions::record_csv(&records, &by, &bytes, mode, clock::now())
            };
            let recorded = recorded.map_err(|error| in_file(&file)(error.into()))?;
            let refused = !recorded.errors.is_empty();
            Ok(Output::new(report(&recorded, language), &recorded).refused(refused))
        }
        Verb::List { stage, achievement, acting } => {
            let by = acting.actor(office.repository.as_ref())?;
            let achievement = achievement.as_deref().map(AchievementCode::parse).transpose()?;
            let mut wanted = Wanted { stage, achievement, after: None };
            let mut items = Vec::new();
            loop {
                let Listing { items: piece, next } = completions::list(&records, &by, &wanted)?;
                items.extend(piece);
                match next {
                    Some(next) => wanted.after = Some(next),
                    None => break,
                }
            }
            let lines: Vec<_> = items.iter().map(completions::CompletionView::line).collect();
            Ok(Output::new(lines.join("\n"), &items))
        }
    }
}

fn report(recorded: &RecordedView, language: Language) -> String {
    let mut lines =
        vec![language.either(
            format!("{} vastgelegd", recorded.recorded.len()),
            format!("{} recorded", recorded.recorded.len()),
        )];
    for duplicate in &recorded.duplicates {
        let (row, completion) = (duplicate.row, duplicate.completion);
        lines.push(language.either(
            format!("rij {row}: stond er al, als {completion}; er is niets veranderd"),
            format!("row {row}: was recorded before, as {completion}; nothing was changed"),
        ));
    }
    lines.extend(
        recorded
            .errors
            .iter()
            .map(|error| language.either(format!("niet opgenomen: {}", row(error)), format!("not taken: {error}"))),
    );
    lines.join("\n")
}
