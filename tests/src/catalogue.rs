//! Which programmes do the 36 projects of the source become? Names, codes and levels are theirs; everything else is illustrative.

use serde::Deserialize;
use serde_json::{Value, json};

/// A project of the source, `flexprojects.json`.
#[derive(Debug, Deserialize)]
pub struct Project {
    /// Such as `FLEX19003`.
    pub number: String,
    /// The year of the subsidy.
    pub year: u16,
    /// What it leads to, as far as the source names it.
    pub qualifications: Vec<Qualification>,
}

/// A qualification, elective or module of a project.
#[derive(Debug, Deserialize)]
pub struct Qualification {
    /// Its name in the source.
    pub name: String,
    /// Its crebo or K-code.
    pub crebo: Option<String>,
    /// The level of mbo.
    pub level: Option<u8>,
    /// The source's word.
    pub kind: String,
}

impl Qualification {
    /// Its code, as programmes write it.
    pub fn code(&self) -> Option<String> {
        let scheme = |code: &str| if code.starts_with('K') { "kcode" } else { "crebo" };
        self.crebo.as_ref().map(|code| format!("{}:{code}", scheme(code)))
    }

    fn kind(&self) -> &'static str {
        match self.kind.as_str() {
            "kwalificatie" => "mbo-diploma",
            "keuzedeel" => "keuzedeelcertificaat",
            "certificeerbare eenheid" => "deelcertificaat",
            "mbo-certificaat" => "mbo-certificaat-beroepsgericht",
            "module" => "certificaat",
            other => panic!("{other:?} is a kind that the catalogue does not know"),
        }
    }
}

/// The programme of a project. `ISSUER` stands for its body.
pub fn programme(project: &Project) -> Value {
    let base = format!("https://catalogus-illustratief.example/{}", project.number.to_lowercase());
    let part = |id: &str, name: &str, group: &str, level: Option<u8>, credits: u32| {
        let mut part = json!({"id": id, "name": {"nl": name}, "group": group, "credits": credits,
            "ways": [{"all": [{"achievement": [format!("{base}/achievements/{id}")], "issuer": ["ISSUER"]}]}]});
        if let Some(level) = level {
            part["level"] = json!(format!("NLQF {level}"));
        }
        part
    };
    let shared = "Gezamenlijk deel van het project";
    let mut parts = vec![part("samen", shared, "Samen", None, 160)];
    let mut awards = Vec::new();
    for (at, of) in (1..).zip(&project.qualifications) {
        let (vak, praktijk) = (format!("vak-{at}"), format!("praktijk-{at}"));
        let group = format!("Onderdeel {at}");
        parts.push(part(&vak, &format!("{}: vak", of.name), &group, of.level, 480));
        parts.push(part(&praktijk, &format!("{}: praktijk", of.name), &group, of.level, 320));
        let mut award = json!({"id": format!("award-{at}"), "kind": of.kind(), "name": {"nl": of.name},
            "requirement": {"all": [{"part": "samen"}, {"part": vak}, {"part": praktijk}]}});
        if let Some(level) = of.level {
            award["level"] = json!(format!("NLQF {level}"));
        }
        if let Some(code) = of.code() {
            award["code"] = json!(code);
        }
        awards.push(award);
    }
    json!({
        "id": format!("{base}/programme"), "edition": project.year.to_string(),
        "name": {"nl": format!("Project {}", project.number), "en": format!("Project {}", project.number)},
        "illustrative": {
            "nl": format!("Illustratief: delen, omvang en regels zijn bedacht. Echt zijn projectnummer {} en de namen, codes en niveaus van de bewijzen, zoals de bron ze noemt.", project.number),
            "en": format!("Illustrative: parts, sizes and rules are invented. Real are project number {} and the names, codes and levels of the awards, as the source gives them.", project.number)
        },
        "awards": awards, "unit": "SBU", "parts": parts
    })
}

/// All of them, ready to be written: the file's name and its text.
pub fn files(source: &str) -> Vec<(String, String)> {
    let projects: Vec<Project> = serde_json::from_str(source).expect("the source is a list of projects");
    projects
        .iter()
        .map(|project| {
            let text = serde_json::to_string_pretty(&programme(project)).expect("JSON") + "\n";
            (format!("{}.json", project.number.to_lowercase()), text)
        })
        .collect()
}
