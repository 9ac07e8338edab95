//! Where do the tests find their documents, and how do they compare datasets?

use std::path::PathBuf;

use stapel_jsonld::{Dataset, WorkLimit, canonicalize};

/// A folder of vectors of standards bodies, if they are there.
pub(crate) fn vectors(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    Some(folder.join(path))
}

/// The canonical N-Quads of a dataset.
pub(crate) fn canonical(dataset: &Dataset) -> String {
    canonicalize(dataset, &WorkLimit::default()).unwrap().into_text()
}
