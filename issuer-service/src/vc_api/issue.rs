//! How does a credential get its proof? It is held against the data model, and signed as it stands.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;
use stapel_credential::json::{self, Json};
use stapel_credential::{AnyCredential, Credential as _, RawJson, StatusPurpose, Timestamp, known_context_digests};
use stapel_jsonld::canonical;
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, Document as _, ProofOptions, Unsecured, within_json};

use super::VcApi;
use super::body::Body;
use super::lists::Place;
use crate::error::Problem;

/// What `options.cryptosuite` may be; the first is taken where none is named.
pub(super) const SUITES: [&str; 4] = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jose-cose", "vc-jwt"];

#[derive(Deserialize)]
pub(super) struct Request {
    credential: RawJson,
    #[serde(default)]
    options: Option<Options>,
}

/// What is not named here is not read, `verificationMethod` among it: there is one key.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    #[serde(rename = "type")]
    kind: Option<String>,
    cryptosuite: Option<String>,
    status_list: Option<StatusList>,
    /// The name under which its status will be changed, where that is not its id.
    credential_id: Option<String>,
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
    domain: Option<String>,
    challenge: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum StatusList {
    Wanted(bool),
    Of { purpose: StatusPurpose },
}

pub(super) async fn issue(State(api): State<VcApi>, Body(request): Body<Request>) -> Result<Response, Problem> {
    let text = api.work(move |api| api.issue(&request.credential, &request.options.unwrap_or_default())).await?;
    let headers = [(CONTENT_TYPE, "application/json")];
    // The signed text goes out byte for byte.
    Ok((StatusCode::CREATED, headers, format!("{{\"verifiableCredential\":{text}}}")).into_response())
}

impl VcApi {
    fn issue(&self, credential: &RawJson, options: &Options) -> Result<String, Problem> {
        let suite = options.suite()?;
        let credential = AnyCredential::parse(credential.as_str()).map_err(refused)?;
        credential.check_unsigned().map_err(refused)?;
        self.check_vocabulary(&credential, &suite)?;
        check_resources(&credential)?;
        let (credential, place) = match options.purpose()? {
            None => (credential, None),
            Some(purpose) => {
                let (credential, place) = self.with_status(&credential, purpose)?;
                (credential, Some(place))
            }
        };
        let name = options.credential_id.clone().or_else(|| credential.id().map(ToString::to_string));
        let proof = ProofOptions {
            expires: options.expires,
            domain: options.domain.clone(),
            challenge: options.challenge.clone(),
            ..ProofOptions::assertion(self.0.method.clone(), options.created.unwrap_or_else(|| self.now())).with(suite)
        };
        let signed = Unsecured::new(credential).sign_under(&self.0.key, &proof, &self.0.contexts).map_err(refused)?;
        if let Some(place) = place {
            self.lists().note(name.as_deref().unwrap_or_default(), place);
        }
        let within = within_json(signed.text()).map_err(Problem::internal)?;
        Ok(within.as_str().to_owned())
    }

    /// Every type and term is mapped to a URL, and no protected one anew (VC Data Model 2.0 §4.5, §5.2.1). That is asked under
    /// every suite, not only where the dataset is signed; but only there a context that is not at hand stands in the way.
    fn check_vocabulary(&self, credential: &AnyCredential, suite: &Cryptosuite) -> Result<(), Problem> {
        let Json::Object(tree) = json::parse(credential.text()).map_err(refused)? else {
            return Err(refused("$: expected an object"));
        };
        match canonical(&tree, &self.0.contexts) {
            Ok(_) => Ok(()),
            Err(error) if error.unknown_context().is_some() && *suite != Cryptosuite::EddsaRdfc2022 => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }

    /// The same credential with an entry in a list of this process.
    fn with_status(
        &self,
        credential: &AnyCredential,
        purpose: StatusPurpose,
    ) -> Result<(AnyCredential, Place), Problem> {
        if !credential.statuses().is_empty() {
            return Err(Problem::bad_request(
                "$.options.statusList: the credential names a status already; leave out one of the two",
            ));
        }
        let (place, list) = {
            let mut lists = self.lists();
            let place = lists.take(purpose)?;
            (place, self.list_address(lists.id_of(purpose).unwrap_or_default()))
        };
        let entry = json!({
            "id": format!("{list}#{}", place.index),
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": place.index.to_string(),
            "statusListCredential": list,
        });
        // The text ends in the brace of an object with members, so a member is added before it.
        let text = credential.text().trim_end();
        let text = format!("{},\"credentialStatus\":{entry}}}", text.strip_suffix('}').unwrap_or(text));
        Ok((AnyCredential::parse(&text).map_err(refused)?, place))
    }
}

impl Options {
    fn suite(&self) -> Result<Cryptosuite, Problem> {
        if let Some(kind) = &self.kind
            && kind != "DataIntegrityProof"
        {
            return Err(Problem::bad_request(format!(
                "$.options.type: {kind:?} is not made here; DataIntegrityProof is, or name a cryptosuite"
            )));
        }
        match self.cryptosuite.as_deref() {
            None | Some("eddsa-rdfc-2022") => Ok(Cryptosuite::EddsaRdfc2022),
            Some("eddsa-jcs-2022") => Ok(Cryptosuite::EddsaJcs2022),
            Some("vc-jose-cose") => Ok(Cryptosuite::VcJoseCose(Algorithm::EdDsa)),
            Some("vc-jwt") => Ok(Cryptosuite::VcJwt(Algorithm::EdDsa)),
            Some(other) => Err(Problem::bad_request(format!(
                "$.options.cryptosuite: {other:?} is not made here; choose from {}",
                SUITES.join(", ")
            ))),
        }
    }

    fn purpose(&self) -> Result<Option<StatusPurpose>, Problem> {
        match self.status_list {
            None | Some(StatusList::Wanted(false)) => Ok(None),
            Some(StatusList::Wanted(true)) => Ok(Some(StatusPurpose::Revocation)),
            Some(StatusList::Of { purpose: StatusPurpose::Message }) => {
                Err(Problem::bad_request("$.options.statusList.purpose: a list of messages is not kept here"))
            }
            Some(StatusList::Of { purpose }) => Ok(Some(purpose)),
        }
    }
}

/// VC Data Model 2.0 §5.3: a digest that is known to be wrong is not signed.
fn check_resources(credential: &AnyCredential) -> Result<(), Problem> {
    for (index, resource) in credential.related_resources().iter().enumerate() {
        if let Some(known) = known_context_digests(resource.id.as_str())
            && !known.iter().any(|digest| resource.may_be(digest))
        {
            return Err(refused(format!("$.relatedResource[{index}]: {} has another digest", resource.id)));
        }
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "an error stands alone in map_err(refused)")]
fn refused(error: impl ToString) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "credential", "The credential was refused", error.to_string())
}
