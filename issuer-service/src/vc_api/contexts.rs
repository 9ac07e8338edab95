//! Which vocabularies does the VC-API know? Those of every build, and the one that the W3C's examples and suites are written in.

use stapel_credential::Digest;
use stapel_jsonld::{ContextError, Contexts};

/// The W3C's context for examples: every term that is not defined elsewhere is one of it.
pub(super) const EXAMPLES_URL: &str = "https://www.w3.org/ns/credentials/examples/v2";
pub(super) const EXAMPLES: &str =
    "{\n  \"@context\": {\n    \"@vocab\": \"https://www.w3.org/ns/credentials/examples#\"\n  }\n}\n";

pub(super) fn known() -> Result<Contexts, ContextError> {
    Contexts::embedded().with(EXAMPLES_URL, EXAMPLES, &Digest::of(EXAMPLES.as_bytes()))
}
