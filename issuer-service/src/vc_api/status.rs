//! How is a credential of this process revoked, and where does that stand?

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use stapel_credential::context::VC_V2;
use stapel_credential::{AnyCredential, StatusPurpose};
use stapel_proof::{ProofOptions, Unsecured};

use super::VcApi;
use super::body::Body;
use super::lists::{Lists, Place};
use crate::error::Problem;
use crate::routes::VC_API_LIST;

/// For how long a copy of a list is good.
const VALIDITY: Duration = Duration::from_mins(5);
const ENTRY: &str = "BitstringStatusListEntry";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    #[serde(default)]
    credential_id: Option<String>,
    credential_status: OneOrMany,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Change>),
    One(Change),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    status_purpose: Option<StatusPurpose>,
    /// Set, unless it says otherwise.
    #[serde(default = "set")]
    status: bool,
    #[serde(default)]
    status_list_credential: Option<String>,
    #[serde(default)]
    status_list_index: Option<String>,
}

fn set() -> bool {
    true
}

pub(super) async fn change(State(api): State<VcApi>, Body(request): Body<Request>) -> Result<Json<Value>, Problem> {
    let changes = match request.credential_status {
        OneOrMany::Many(changes) => changes,
        OneOrMany::One(change) => vec![change],
    };
    let mut lists = api.lists();
    let credential = request.credential_id.as_deref();
    // All are looked up before one is made.
    let places = changes.iter().map(|change| change.place(&api, &lists, credential)).collect::<Result<Vec<_>, _>>()?;
    let mut done = Vec::with_capacity(places.len());
    for (place, change) in places.into_iter().zip(&changes) {
        lists.set(place, change.status)?;
        done.push(json!({
            "type": ENTRY,
            "statusPurpose": place.purpose,
            "statusListIndex": place.index.to_string(),
            "statusListCredential": api.list_address(lists.id_of(place.purpose).unwrap_or_default()),
            "status": change.status,
        }));
    }
    Ok(Json(json!({ "credentialStatus": done })))
}

impl Change {
    fn place(&self, api: &VcApi, lists: &Lists, credential: Option<&str>) -> Result<Place, Problem> {
        if self.kind != ENTRY {
            return Err(Problem::bad_request(format!(
                "$.credentialStatus.type: expected {ENTRY}, found {}",
                self.kind
            )));
        }
        if let (Some(list), Some(index)) = (&self.status_list_credential, &self.status_list_index) {
            let id = list.strip_prefix(&api.list_address("")).unwrap_or_default();
            let found = index.parse().ok().and_then(|index| lists.find(id, index));
            return found.ok_or_else(|| Problem::not_found(format!("{list} has no entry {index} of this process")));
        }
        let Some(credential) = credential else {
            return Err(Problem::bad_request("name the credentialId, or the list and the index in it"));
        };
        let is_asked = |place: &&Place| self.status_purpose.is_none_or(|purpose| purpose == place.purpose);
        let found: Vec<&Place> = lists.of(credential).iter().filter(is_asked).collect();
        match found.as_slice() {
            [one] => Ok(**one),
            [] => Err(Problem::not_found(format!("this process gave {credential:?} no such status"))),
            several => Err(Problem::bad_request(format!(
                "{} entries are of {credential:?}: name the list and the index in it",
                several.len()
            ))),
        }
    }
}

pub(super) async fn list(
    State(api): State<VcApi>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let text = api.work(move |api| api.signed_list(&list)).await?;
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Clients that ask for JSON by name may read nothing else.
    let kinds = ["application/vc", "application/ld+json", "application/json"];
    let kind = kinds.into_iter().find(|kind| accept.contains(kind)).unwrap_or("application/vc");
    Ok(([(CONTENT_TYPE, kind)], text).into_response())
}

/// Every list is signed anew whenever it is asked for, so there is nothing to do; coordinators ask for it.
pub(super) async fn publish(State(api): State<VcApi>, Path(list): Path<String>) -> Result<StatusCode, Problem> {
    api.lists().subject(&list, "").map(|_| StatusCode::NO_CONTENT).ok_or_else(unknown)
}

fn unknown() -> Problem {
    Problem::not_found("this process keeps no such status list")
}

impl VcApi {
    /// Where the list of that id is.
    pub(super) fn list_address(&self, id: &str) -> String {
        format!("{}{}", self.0.base, VC_API_LIST.path(&[id]))
    }

    /// The list as it is now, signed.
    ///
    /// # Errors
    /// A problem for an id that no list has.
    pub(super) fn signed_list(&self, id: &str) -> Result<String, Problem> {
        let address = self.list_address(id);
        let subject = self.lists().subject(id, &address).ok_or_else(unknown)?;
        let now = self.now();
        let document = json!({
            "@context": [VC_V2],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer(),
            "validFrom": now,
            "validUntil": now.after(VALIDITY),
            "credentialSubject": subject,
        });
        let credential = AnyCredential::parse(&document.to_string()).map_err(Problem::internal)?;
        let options = ProofOptions::assertion(self.0.method.clone(), now);
        let signed = Unsecured::new(credential).sign(&self.0.key, &options).map_err(Problem::internal)?;
        Ok(signed.text().to_owned())
    }
}
