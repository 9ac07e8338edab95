//! What is this? For whoever opens its address.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::{VcApi, asked, issue};
use crate::routes::{VC_API_ISSUE, VC_API_LIST, VC_API_STATUS, VC_API_VERIFY, VC_API_VERIFY_PRESENTATION};

/// What everybody must know who uses it.
pub(crate) const WARNING: &str = "for conformance suites and coordinators, not for production: it signs what it is sent, \
     for issuers that it does not own and with status, schema and evidence as supplied, and its key is gone when it stops";

pub(super) async fn home(State(api): State<VcApi>) -> Json<Value> {
    Json(json!({
        "name": "VC-API of stapel-issuer",
        "about": WARNING,
        "issuer": api.issuer(),
        "cryptosuites": issue::SUITES,
        "checks": asked::NAMES,
        "calls": {
            format!("POST {}", VC_API_ISSUE.0): { "credential": {}, "options": {
                "cryptosuite": issue::SUITES[0], "statusList": true, "created": api.now(),
            } },
            format!("POST {}", VC_API_VERIFY.0): { "verifiableCredential": {}, "options": { "checks": ["proof"] } },
            format!("POST {}", VC_API_VERIFY_PRESENTATION.0): { "verifiablePresentation": {}, "options": {
                "checks": ["proof"], "challenge": "", "domain": "",
            } },
            format!("POST {}", VC_API_STATUS.0): { "credentialId": "", "credentialStatus": [{
                "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "status": true,
            }] },
            format!("GET {}", VC_API_LIST.0): null,
        },
    }))
}
