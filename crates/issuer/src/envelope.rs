//! What stands around what the institution signs besides badges: status lists, programmes, trust lists.

use stapel_credential::{ContextEntry, Profile, Timestamp, Uri, VerifiableCredential};

/// A credential with its mandatory members, valid from `now` until `until`.
pub(crate) fn envelope<S>(
    context: Vec<ContextEntry>,
    id: Uri,
    kind: &str,
    issuer: Profile,
    (now, until): (Timestamp, Option<Timestamp>),
    credential_subject: S,
) -> VerifiableCredential<S> {
    VerifiableCredential {
        context,
        id,
        types: vec!["VerifiableCredential".to_owned(), kind.to_owned()],
        name: None,
        description: None,
        image: None,
        issuer,
        valid_from: now,
        valid_until: until,
        awarded_date: None,
        credential_subject,
        credential_status: None,
        credential_schema: Vec::new(),
        evidence: Vec::new(),
        endorsement: Vec::new(),
        endorsement_jwt: Vec::new(),
        related_resource: Vec::new(),
        refresh_service: Vec::new(),
        terms_of_use: Vec::new(),
    }
}
