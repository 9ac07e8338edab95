//! Which modules do institutions offer? Their catalogues, which nobody signed: advice, by which nothing counts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stapel_credential::json::{self, JsonError};
use stapel_credential::{Achievement, Did, Profile, Timestamp, Uri};
use stapel_stacking::Offering;

use crate::error::WalletError;
use crate::kept::Unreadable;
use crate::vault::{Change, Content, EntryId, Kind, Vault, VaultError};
use crate::wallet::Wallet;

/// The largest catalogue that is read, in bytes.
pub const MAX_CATALOGUE_BYTES: usize = 5 * 1024 * 1024;
/// The most modules that a catalogue may have.
pub const MAX_MODULES: usize = 5_000;
const WORD: &str = "catalogue";

/// What one institution offers, by its own word. It is not signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// Who offers it.
    pub issuer: Did,
    /// The institution's name, as it calls itself.
    pub name: String,
    /// The modules, in the order of the catalogue.
    pub modules: Vec<Achievement>,
}

/// Why a text is no catalogue.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// Not JSON, or not of this shape.
    #[error("the catalogue cannot be read: {0}")]
    Json(#[from] JsonError),
    /// More modules than anybody looks through.
    #[error("the catalogue has {found} modules; at most {MAX_MODULES} are read")]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// An institution without a DID cannot issue what a programme asks for.
    #[error("the catalogue does not say by a DID whose it is: institution.id is {id}")]
    NoIssuer {
        /// What it says.
        id: Uri,
    },
}

/// A catalogue that is kept.
#[derive(Debug, Clone)]
pub struct KeptCatalogue {
    /// Its number in the list of catalogues, from 1.
    pub number: usize,
    /// Where it came from: a web address, or the name of a file.
    pub from: String,
    /// What it says.
    pub catalogue: Catalogue,
    /// When it was fetched.
    pub fetched: Timestamp,
    id: EntryId,
}

/// A catalogue as institutions publish it; what else stands in it is left alone.
#[derive(Deserialize)]
struct Published {
    institution: Profile,
    achievements: Vec<PublishedModule>,
}

#[derive(Deserialize)]
struct PublishedModule {
    achievement: Achievement,
}

/// How it stands in the vault.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    from: String,
    text: String,
    fetched: Timestamp,
}

impl Catalogue {
    /// Reads a catalogue of at most [`MAX_CATALOGUE_BYTES`] and [`MAX_MODULES`].
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let tree = json::parse_within(text, MAX_CATALOGUE_BYTES)?;
        let found = tree.find("achievements").map_or(0, |modules| modules.as_items().len());
        if found > MAX_MODULES {
            return Err(CatalogueError::TooMany { found });
        }
        let Published { institution, achievements } = json::view(text)?;
        let Some(issuer) = institution.id.as_did() else {
            return Err(CatalogueError::NoIssuer { id: institution.id });
        };
        let name = institution.name.unwrap_or_else(|| issuer.to_string());
        Ok(Self { issuer, name, modules: achievements.into_iter().map(|module| module.achievement).collect() })
    }

    fn offering(&self, module: &Achievement) -> Offering {
        Offering { issuer: self.issuer.clone(), name: self.name.clone(), achievement: module.clone() }
    }
}

impl Wallet {
    /// Keeps a catalogue, in the place of the one that came from there before. Gives whether there was one.
    ///
    /// # Errors
    /// [`WalletError::Catalogue`]; [`WalletError::Vault`].
    pub fn add_catalogue(&mut self, from: &str, text: &str, now: Timestamp) -> Result<(Catalogue, bool), WalletError> {
        let catalogue = Catalogue::parse(text.trim())?;
        let stored = Stored { from: from.to_owned(), text: text.trim().to_owned(), fetched: now };
        let content = Content::new(serde_json::json!(stored).to_string().into_bytes());
        let known = self.catalogues()?.into_iter().find(|kept| kept.from == from);
        let change = match &known {
            Some(kept) => Change::Replace { id: kept.id, content },
            None => Change::Insert { kind: Kind::Catalogue, content },
        };
        self.vault.apply(&[change])?;
        Ok((catalogue, known.is_some()))
    }

    /// The catalogues, in the order in which they came.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn catalogues(&self) -> Result<Vec<KeptCatalogue>, VaultError> {
        let readable = self.vault.load_all(Kind::Catalogue)?.into_iter().filter_map(|(id, text)| read(id, &text).ok());
        Ok(readable.enumerate().map(|(index, kept)| KeptCatalogue { number: index + 1, ..kept }).collect())
    }

    /// Takes the catalogue with this number, or from this place, out of the wallet.
    ///
    /// # Errors
    /// [`WalletError::NotFound`]; [`WalletError::Vault`].
    pub fn remove_catalogue(&mut self, asked: &str) -> Result<KeptCatalogue, WalletError> {
        let is_it = |kept: &KeptCatalogue| kept.from == asked || asked.parse() == Ok(kept.number);
        let found = self.catalogues()?.into_iter().find(is_it);
        let kept = found.ok_or_else(|| WalletError::NotFound { what: WORD, asked: asked.to_owned() })?;
        self.vault.apply(&[Change::Remove { id: kept.id }])?;
        Ok(kept)
    }

    /// Everything that the catalogues offer.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn offered(&self) -> Result<Vec<Offering>, VaultError> {
        let all = self.catalogues()?;
        let of = |kept: &KeptCatalogue| {
            kept.catalogue.modules.iter().map(|module| kept.catalogue.offering(module)).collect::<Vec<_>>()
        };
        Ok(all.iter().flat_map(of).collect())
    }

    /// The module that an id, the institution's own code, or a part of the title stands for.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::WhichModule`].
    pub fn module(&self, asked: &str) -> Result<Offering, WalletError> {
        let asked = asked.trim();
        // The same module may stand in two catalogues of one institution.
        let mut seen = BTreeSet::new();
        let mut all = self.offered()?;
        all.retain(|offering| seen.insert((offering.issuer.clone(), offering.achievement.id.clone())));
        let wanted = asked.to_lowercase();
        let by_id = |offering: &Offering| offering.achievement.id.as_str() == asked;
        let by_code = |offering: &Offering| offering.achievement.human_code.as_deref() == Some(asked);
        let by_title =
            |offering: &Offering| !wanted.is_empty() && offering.achievement.name.to_lowercase().contains(&wanted);
        let rules: [&dyn Fn(&Offering) -> bool; 3] = [&by_id, &by_code, &by_title];
        let mut found = rules
            .iter()
            .map(|rule| all.iter().filter(|offering| rule(offering)).cloned().collect::<Vec<_>>())
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        if found.len() > 1 {
            let name = |offering: &Offering| {
                format!("“{}” ({}): {}", offering.achievement.name, offering.name, offering.achievement.id)
            };
            let names = found.iter().map(name).collect();
            return Err(WalletError::WhichModule { asked: asked.to_owned(), names });
        }
        found.pop().ok_or_else(|| WalletError::NotFound { what: "module", asked: asked.to_owned() })
    }
}

/// Every catalogue that cannot be read.
pub(crate) fn load_unreadable(vault: &Vault) -> Result<Vec<Unreadable>, VaultError> {
    Ok(vault.load_all(Kind::Catalogue)?.into_iter().filter_map(|(id, text)| read(id, &text).err()).collect())
}

fn read(id: EntryId, content: &[u8]) -> Result<KeptCatalogue, Unreadable> {
    let unreadable = |text: &str, reason: String| Unreadable { what: WORD, reason, text: text.to_owned() };
    let stored: Stored = serde_json::from_slice(content)
        .map_err(|error| unreadable(&String::from_utf8_lossy(content), error.to_string()))?;
    let catalogue = Catalogue::parse(&stored.text).map_err(|error| unreadable(&stored.text, error.to_string()))?;
    Ok(KeptCatalogue { number: 0, from: stored.from, catalogue, fetched: stored.fetched, id })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use stapel_keys::{KdfCost, Passphrase};

    use super::*;

    /// A catalogue in the shape in which `stapel-issuer` publishes it.
    fn published(modules: &[(&str, &str, &str)]) -> Value {
        let module = |(id, code, name): &(&str, &str, &str)| {
            json!({
                "code": code, "version": 1, "statusPurpose": "revocation", "added": "2026-11-22T09:00:00Z",
                "achievement": {
                    "id": format!("https://school.example/achievements/{id}"), "type": ["Achievement"], "name": name,
                    "humanCode": code, "description": "A module.", "criteria": { "narrative": "Do it." },
                },
            })
        };
        json!({
            "institution": { "id": "did:web:school.example", "type": ["Profile"], "name": "ROC Voorbeeld" },
            "achievements": modules.iter().map(module).collect::<Vec<_>>(),
            "programmes": [{ "programme": "urn:x:1", "edition": "2026" }],
        })
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn refused(text: &str) -> String {
        Catalogue::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_catalogue_is_read_as_institutions_publish_it() {
        let text = published(&[("a", "A-1", "Basiszorg"), ("b", "B-1", "Begeleiden")]).to_string();
        let catalogue = Catalogue::parse(&text).unwrap();
        assert_eq!((catalogue.issuer.as_str(), catalogue.name.as_str()), ("did:web:school.example", "ROC Voorbeeld"));
        let names: Vec<&str> = catalogue.modules.iter().map(|module| module.name.as_str()).collect();
        assert_eq!(names, ["Basiszorg", "Begeleiden"]);
    }

    #[test]
    fn what_is_no_catalogue_is_refused_with_its_reason() {
        let mut nobody = published(&[]);
        nobody["institution"]["id"] = json!("https://school.example");
        assert_eq!(
            refused(&nobody.to_string()),
            "the catalogue does not say by a DID whose it is: institution.id is https://school.example"
        );
        assert!(refused("{}").starts_with("the catalogue cannot be read: "));
        assert!(refused("<html>").starts_with("the catalogue cannot be read: "));
        let twice = published(&[]).to_string().replace("\"programmes\"", "\"achievements\"");
        assert!(refused(&twice).starts_with("the catalogue cannot be read: "), "a member twice");
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(refused(&deep).starts_with("the catalogue cannot be read: "));
        let long = format!("\"{}\"", "x".repeat(MAX_CATALOGUE_BYTES));
        assert!(refused(&long).starts_with("the catalogue cannot be read: "));
        let mut many = published(&[]);
        many["achievements"] = json!(vec![0; MAX_MODULES + 1]);
        assert_eq!(refused(&many.to_string()), "the catalogue has 5001 modules; at most 5000 are read");
    }

    #[test]
    fn a_catalogue_is_kept_replaced_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet");
        let passphrase = Passphrase::new("open sesame".to_owned()).unwrap();
        let (mut wallet, _) = Wallet::create(&path, &passphrase, KdfCost::fast_for_tests()).unwrap();
        let url = "https://school.example/catalogue";
        let (first, second) = (at("2026-11-22T09:00:00Z"), at("2026-11-23T09:00:00Z"));
        let text = published(&[("a", "A-1", "Basiszorg"), ("b", "B-1", "Zorg begeleiden")]).to_string();
        assert!(!wallet.add_catalogue(url, &text, first).unwrap().1);
        assert_eq!(wallet.offered().unwrap().len(), 2);
        let title = |asked: &str| wallet.module(asked).map(|found| found.achievement.name);
        assert_eq!(title("https://school.example/achievements/a").unwrap(), "Basiszorg");
        assert_eq!(title("B-1").unwrap(), "Zorg begeleiden");
        assert_eq!(title("basis").unwrap(), "Basiszorg");
        assert_eq!(
            title("zorg").unwrap_err().to_string(),
            "\"zorg\" could be any of these: “Basiszorg” (ROC Voorbeeld): https://school.example/achievements/a, \
             “Zorg begeleiden” (ROC Voorbeeld): https://school.example/achievements/b; give its id"
        );
        assert_eq!(title("").unwrap_err().to_string(), "there is no module \"\" in this wallet");
        wallet.add_catalogue("copy.json", &text, first).unwrap();
        assert_eq!(wallet.module("basis").unwrap().achievement.name, "Basiszorg", "the same module twice is one");
        assert!(wallet.add_catalogue(url, &published(&[]).to_string(), second).unwrap().1);
        assert!(wallet.add_catalogue(url, "{}", second).is_err(), "what cannot be read replaces nothing");
        drop(wallet);
        let mut wallet = Wallet::open(&path, &passphrase).unwrap();
        let kept = wallet.catalogues().unwrap();
        let told: Vec<_> =
            kept.iter().map(|kept| (kept.number, kept.from.as_str(), kept.catalogue.modules.len())).collect();
        assert_eq!(told, [(1, url, 0), (2, "copy.json", 2)]);
        assert_eq!(kept[0].fetched, second);
        wallet.remove_catalogue("1").unwrap();
        wallet.remove_catalogue("copy.json").unwrap();
        assert_eq!(wallet.remove_catalogue("1").unwrap_err().to_string(), "there is no catalogue \"1\" in this wallet");
        assert!(wallet.unreadable().unwrap().is_empty());
    }
}
