//! `stapel catalogue`: who offers which module? Nobody signed it, so it is advice.

use serde_json::{Value, json};
use stapel_wallet::KeptCatalogue;

use super::list::columns;
use crate::cli::Catalogue;
use crate::error::Failure;
use crate::file;
use crate::output::{Output, plain};
use crate::session::Session;
use crate::words::{Ahead, Say, say};

pub(crate) fn run(asked: &Catalogue, session: &Session) -> Result<Output, Failure> {
    let language = session.language;
    let say = |what| say(&Say::Ahead(what), language);
    let mut wallet = session.open()?;
    match asked {
        Catalogue::Add { from } => {
            let text = if file::is_address(from) { session.network.json(from)? } else { file::read_here(from)? };
            let (catalogue, replaced) = wallet.add_catalogue(from, &text, session.now)?;
            let (name, modules) = (plain(&catalogue.name), catalogue.modules.len());
            let kept = say(Ahead::CatalogueKept { name: &name, modules, replaced });
            let json = json!({
                "from": from, "issuer": catalogue.issuer, "name": catalogue.name, "modules": modules,
                "replaced": replaced, "signed": false,
            });
            Ok(Output::new(format!("{kept}\n{}", say(Ahead::Unsigned)), &json))
        }
        Catalogue::List { modules } => {
            let kept = wallet.catalogues()?;
            let listed: Vec<Value> = kept.iter().map(|kept| row(kept, *modules)).collect();
            let json = json!({ "catalogues": listed, "signed": false });
            if kept.is_empty() {
                return Ok(Output::new(say(Ahead::NoCatalogues), &json));
            }
            let text = if *modules { with_modules(&kept, session) } else { table(&kept, session) };
            Ok(Output::new(format!("{text}\n\n{}", say(Ahead::Unsigned)), &json))
        }
        Catalogue::Remove { catalogue } => {
            let removed = wallet.remove_catalogue(catalogue)?;
            let name = plain(&removed.catalogue.name);
            Ok(Output::new(say(Ahead::CatalogueRemoved { name: &name }), &json!({ "removed": removed.from })))
        }
    }
}

/// One line each: number, institution, how many modules, where it came from and when.
fn table(kept: &[KeptCatalogue], session: &Session) -> String {
    let rows: Vec<[String; 5]> = kept.iter().map(|kept| cells(kept, session)).collect();
    columns(&rows)
}

fn cells(kept: &KeptCatalogue, session: &Session) -> [String; 5] {
    let modules = say(&Say::Ahead(Ahead::Modules { number: kept.catalogue.modules.len() }), session.language);
    let day = session.language.day_of(kept.fetched);
    [kept.number.to_string(), plain(&kept.catalogue.name), modules, plain(&kept.from), day]
}

/// Each catalogue with its modules below: the institution's code, the title, the id.
fn with_modules(kept: &[KeptCatalogue], session: &Session) -> String {
    let parts = kept.iter().map(|kept| {
        let rows: Vec<[String; 3]> = kept
            .catalogue
            .modules
            .iter()
            .map(|module| {
                let code = module.human_code.as_deref().unwrap_or_default();
                [format!("  {}", plain(code)), plain(&module.name), module.id.to_string()]
            })
            .collect();
        format!("{}\n{}", cells(kept, session).join("  "), columns(&rows))
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

fn row(kept: &KeptCatalogue, modules: bool) -> Value {
    let of = |module: &stapel_credential::Achievement| json!({ "id": module.id, "code": module.human_code, "name": module.name });
    let listed: Option<Vec<Value>> = modules.then(|| kept.catalogue.modules.iter().map(of).collect());
    json!({
        "number": kept.number, "from": kept.from, "issuer": kept.catalogue.issuer, "name": kept.catalogue.name,
        "fetched": kept.fetched, "count": kept.catalogue.modules.len(), "modules": listed,
    })
}
