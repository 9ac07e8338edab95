//! Which pictures stand in the documentation? Draws them again: `cargo run -p stapel-report --example pictures -- docs/pictures`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use support::pictures;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "docs/pictures".to_owned()));
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in pictures::all() {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
