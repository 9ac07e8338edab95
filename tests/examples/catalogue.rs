//! How is `fixtures/catalogue` written anew? `cargo run -p stapel-tests --example catalogue`, with the source beside the project.

use std::path::Path;

fn main() {
    let Some(folder) = stapel_tests::vectors::find("..") else { return };
    let source = std::fs::read_to_string(folder.join("flexprojects.json")).expect("the source");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/catalogue");
    std::fs::create_dir_all(&target).expect("a folder");
    for (name, text) in stapel_tests::catalogue::files(&source) {
        std::fs::write(target.join(name), text).expect("written");
    }
}
