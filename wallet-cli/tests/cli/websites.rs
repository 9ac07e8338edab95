//! A school with a did:web on a port of this machine: its keys and its status list have to be fetched.

use serde_json::{Value, json};
use stapel_credential::{Did, DidUrl, StatusListCredential, Timestamp};
use stapel_did::ControllerDocument;
use stapel_proof::{ProofOptions, Unsecured};
use stapel_status::{MINIMUM_ENTRIES, StatusList};

use crate::server::Server;
use crate::world::{AWARDED, SCHOOL, badge, trust_list};

pub(crate) struct WebSchool {
    pub(crate) server: Server,
    pub(crate) did: String,
}

impl WebSchool {
    /// Its keys are published; nothing is revoked.
    pub(crate) fn open() -> Self {
        let server = Server::start();
        let did = format!("did:web:localhost%3A{}", server.port);
        let school = Self { server, did };
        let methods = [(DidUrl::parse(&school.method()).unwrap(), SCHOOL.key().verifying_key())];
        let document = ControllerDocument::new(Did::parse(&school.did).unwrap(), &methods).unwrap();
        school.server.answers("GET /.well-known/did.json", 200, &document.to_json());
        school.publishes_status(&[], "2026-11-22T00:00:00Z");
        school
    }

    fn method(&self) -> String {
        format!("{}#key-1", self.did)
    }

    fn list_url(&self) -> String {
        format!("http://localhost:{}/status/1", self.server.port)
    }

    /// The port on which the program may ask.
    pub(crate) fn port(&self) -> String {
        self.server.port.to_string()
    }

    /// A badge of this number in the status list.
    pub(crate) fn badge(&self, number: usize) -> String {
        self.badge_until(number, None)
    }

    pub(crate) fn badge_until(&self, number: usize, until: Option<&str>) -> String {
        let mut badge = badge("did:example:someone");
        badge["id"] = json!(format!("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-{number:012}"));
        badge["issuer"]["id"] = json!(self.did);
        if let Some(until) = until {
            badge["validUntil"] = json!(until);
        }
        badge["credentialStatus"] = json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": number.to_string(),
            "statusListCredential": self.list_url(),
        });
        let content = stapel_credential::AchievementCredential::parse(&badge.to_string()).unwrap();
        Unsecured::new(content).sign(&SCHOOL.key(), &self.options(AWARDED)).unwrap().text().to_owned()
    }

    /// Publishes a status list of that instant.
    pub(crate) fn publishes_status(&self, revoked: &[usize], from: &str) {
        let mut bits = StatusList::new(MINIMUM_ENTRIES).unwrap();
        for index in revoked {
            bits.set(*index, true).unwrap();
        }
        let url = self.list_url();
        let list = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did,
            "validFrom": from,
            "validUntil": "2027-11-22T00:00:00Z",
            "credentialSubject": {
                "id": format!("{url}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": bits.encode(),
            },
        });
        let content = StatusListCredential::parse(&list.to_string()).unwrap();
        let signed = Unsecured::new(content).sign(&SCHOOL.key(), &self.options(from)).unwrap();
        self.server.answers("GET /status/1", 200, signed.text());
    }

    /// From now on it answers nothing.
    pub(crate) fn goes_away(&self) {
        self.server.answers("GET /.well-known/did.json", 503, "");
        self.server.answers("GET /status/1", 503, "");
    }

    /// The anchor's trust list, with this school in the place of the other.
    pub(crate) fn trust_list(&self) -> String {
        let mut list: Value = serde_json::from_str(&trust_list(&["crebo:25655"])).unwrap();
        list.as_object_mut().unwrap().remove("proof");
        list["credentialSubject"]["trustList"]["issuers"][0]["did"] = json!(self.did);
        crate::world::ANCHOR.sign::<stapel_credential::TrustListSubject>(&list)
    }

    fn options(&self, at: &str) -> ProofOptions {
        ProofOptions::assertion(DidUrl::parse(&self.method()).unwrap(), Timestamp::parse(at).unwrap())
    }
}
