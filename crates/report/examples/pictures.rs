//! Which pictures stand in the documentation? Draws them again: `cargo run -p stapel-report --example pictures -- docs/pictures`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use stapel_report::{Language, tower_svg};
use support::{jochem, michelle};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "docs/pictures".to_owned()));
    std::fs::create_dir_all(&folder)?;
    for (name, svg) in [
        ("route-1-complete.svg", tower_svg(&jochem(12), Language::Nl)),
        ("route-1-halfway.svg", tower_svg(&jochem(7), Language::En)),
        ("route-9-halfway.svg", tower_svg(&michelle(), Language::Nl)),
    ] {
        std::fs::write(folder.join(name), svg)?;
    }
    Ok(())
}
