//! About which programmes can something be asked here, and what?

use stapel_credential::{Ask, Programme, ProgrammeCredential, ProgrammeRef, Question};
use stapel_proof::Signed;
use stapel_report::Language;

/// The programmes that the operator offers to ask about. Whether one counts is judged when somebody shows it.
#[derive(Default)]
pub(crate) struct Programmes(Vec<(ProgrammeRef, Programme)>);

/// Something to ask.
pub(crate) struct Choice {
    /// As the form sends it.
    pub(crate) value: String,
    /// As people read it.
    pub(crate) label: String,
}

impl Programmes {
    pub(crate) fn add(&mut self, signed: &Signed<ProgrammeCredential>) {
        let programme = signed.peek_unverified().credential_subject.programme.clone();
        let reference =
            ProgrammeRef { id: programme.id.clone(), edition: programme.edition.clone(), digest: signed.digest() };
        self.0.push((reference, programme));
    }

    /// What can be asked about each programme: its awards, then its groups, then its parts.
    pub(crate) fn choices(&self, language: Language) -> Vec<(String, Vec<Choice>)> {
        let tag = language.tag();
        let named = |(at, (_, programme)): (usize, &(ProgrammeRef, Programme))| {
            let name = format!("{} ({})", programme.name.text(tag), programme.edition);
            let choice = |kind: &str, id: &str, label: String| Choice { value: format!("{at}.{kind}.{id}"), label };
            let mut choices: Vec<Choice> = Vec::new();
            for award in &programme.awards {
                let label = format!("{}: {}", language.pick("alles voor", "everything for"), award.name.text(tag));
                choices.push(choice("award", &award.id, label));
            }
            let mut groups: Vec<&str> = programme.parts.iter().filter_map(|part| part.group.as_deref()).collect();
            groups.dedup();
            for group in groups {
                choices.push(choice("group", group, format!("{} {group}", language.pick("heel", "all of"))));
            }
            for part in &programme.parts {
                choices.push(choice("part", &part.id, format!("{} {}", part.id, part.name.text(tag))));
            }
            (name, choices)
        };
        self.0.iter().enumerate().map(named).collect()
    }

    /// The question of a choice that was offered.
    pub(crate) fn question(&self, value: &str) -> Option<Question> {
        let mut pieces = value.splitn(3, '.');
        let at: usize = pieces.next()?.parse().ok()?;
        let (kind, id) = (pieces.next()?, pieces.next()?);
        let (reference, programme) = self.0.get(at)?;
        let ask = match kind {
            "award" => programme.find_award(id).map(|award| Ask::Award(Some(award.id.clone()))),
            "group" => {
                programme.parts.iter().find_map(|part| part.group.clone().filter(|group| group == id)).map(Ask::Group)
            }
            "part" => programme.find_part(id).map(|part| Ask::Part(part.id.clone())),
            _ => None,
        };
        Some(Question { programme: Some(reference.clone()), ask: ask? })
    }

    /// The programme that a question is about.
    pub(crate) fn find(&self, question: &Question) -> Option<&Programme> {
        let asked = question.programme.as_ref()?;
        self.0.iter().find(|(reference, _)| reference == asked).map(|(_, programme)| programme)
    }
}
