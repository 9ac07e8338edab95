//! Where is the test data of the standards bodies? Beside the project, or nowhere: a user's clone has none.

use std::path::PathBuf;

/// The folder `../shared/vectors/NAME`. Prints a line and gives `None` when it is absent.
///
/// # Panics
/// When it is absent and `STAPEL_REQUIRE_VECTORS=1`: CI has the vectors and must not pass without them.
pub fn find(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"),
        "STAPEL_REQUIRE_VECTORS=1, and {} is absent",
        folder.display()
    );
    println!("skipped: {} is absent", folder.display());
    None
}
