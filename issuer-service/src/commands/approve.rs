//! `approve`: what did the examination board say yes to?

use stapel_credential::Day;
use stapel_issuer::{AchievementCode, CompletionId};

use super::{ActingAs, decided};
use crate::clock;
use crate::desk::decisions::{self, Approval, BODY};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::words::Language;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The completions to approve
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    completions: Vec<String>,
    /// Approve everything that is recorded
    #[arg(long)]
    all: bool,
    /// With --all: of this achievement alone
    #[arg(long, value_name = "CODE", requires = "all")]
    achievement: Option<String>,
    /// The decision's reference, such as the number of the minutes; it stands in the badge
    #[arg(long, value_name = "REF")]
    reference: String,
    /// The body that decided; it stands in the badge
    #[arg(long, value_name = "BODY", default_value = BODY)]
    body: String,
    /// The day of the decision (default: today)
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<String>,
    #[command(flatten)]
    acting: ActingAs,
}

pub(crate) fn run(folder: &Folder, arguments: Arguments, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let approval = Approval {
        all: arguments.all,
        achievement: arguments.achievement.as_deref().map(AchievementCode::parse).transpose()?,
        completions: arguments.completions.iter().map(|id| CompletionId::parse(id)).collect::<Result<_, _>>()?,
        body: Some(arguments.body),
        reference: Some(arguments.reference),
        day: arguments.day.as_deref().map(Day::parse).transpose()?,
    };
    let done = decisions::approve(&office.records(), &by, &approval, clock::now())?;
    Ok(decided(&done, ("goedgekeurd", "approved"), language))
}
