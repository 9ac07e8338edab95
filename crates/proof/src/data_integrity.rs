//! Over which bytes does each proof of a document stand? Proof sets and proof chains (VC Data Integrity §2.1.1, §2.1.2, §4.3, §4.5).

use std::cell::OnceCell;

use stapel_credential::json::{Json, JsonError, Object};
use stapel_jsonld::{CanonicalError, Contexts};
use stapel_keys::{Algorithm, PublicKey};

use crate::eddsa_jcs_2022::{HashData, Hashed, hash_data};
use crate::eddsa_rdfc_2022;
use crate::proof::{Cryptosuite, Proof};
use crate::signed::ProofError;

/// The most proofs that one document may carry.
pub const MAX_PROOFS: usize = 16;

/// A proof, and what its signature stands over.
#[derive(Debug, Clone)]
pub(crate) struct Secured {
    pub(crate) proof: Proof,
    pub(crate) input: Input,
}

/// What a signature stands over.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// These bytes.
    HashData(HashData),
    /// Not known: the suite is not supported.
    Unsupported,
    /// The header and the payload of a JWT.
    Jws(JwsInput),
    /// The document's vocabulary is not at hand, or the document says something else as JSON than it does as JSON-LD.
    NoDataset(CanonicalError),
}

/// What the signature of a JWT stands over, and what its header says of the key.
#[derive(Debug, Clone)]
pub(crate) struct JwsInput {
    /// How many bytes of the text are signed.
    pub(crate) signed_bytes: usize,
    pub(crate) signature: Vec<u8>,
    pub(crate) algorithm: Algorithm,
    /// The key that came along.
    pub(crate) jwk: Option<Box<PublicKey>>,
    /// Whether the header names the key, or only the signer does.
    pub(crate) is_named: bool,
}

/// Takes the proofs out of the document, each with what it stands over under these contexts.
pub(crate) fn read(mut document: Object<'_>, contexts: &Contexts) -> Result<Vec<Secured>, ProofError> {
    let items = match document.remove("proof").ok_or(ProofError::NoProof)? {
        Json::Array(items) => items,
        one => vec![one],
    };
    if items.is_empty() {
        return Err(ProofError::NoProof);
    }
    if items.len() > MAX_PROOFS {
        return Err(ProofError::TooManyProofs { actual: items.len() });
    }
    let single = items.len() == 1;
    let mut entries = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let path = if single { "$.proof".to_owned() } else { format!("$.proof[{index}]") };
        let Json::Object(received) = item else {
            return Err(JsonError::Shape { path, message: "expected a proof".to_owned() }.into());
        };
        entries.push(Entry { proof: Proof::read(&received, &path)?, received, path });
    }
    check_chain(&entries)?;
    let hashes = Hashes { contexts, jcs: OnceCell::new(), rdfc: OnceCell::new() };
    let mut secured = Vec::with_capacity(entries.len());
    for at in 0..entries.len() {
        let Some(entry) = entries.get(at) else { continue };
        let input = if entry.proof.previous_proof.is_empty() {
            hashes.input(&mut document, entry, true)?
        } else {
            // VC Data Integrity §4.5: what a chained proof stands over carries the proofs before it.
            document.insert("proof", Json::Array(previous(entry, &entries)));
            let input = hashes.input(&mut document, entry, false);
            document.remove("proof");
            input?
        };
        secured.push(Secured { proof: entry.proof.clone(), input });
    }
    Ok(secured)
}

struct Entry<'a> {
    proof: Proof,
    received: Object<'a>,
    path: String,
}

impl Entry<'_> {
    fn wrong(&self, member: &str, message: String) -> ProofError {
        JsonError::Shape { path: format!("{}.{member}", self.path), message }.into()
    }
}

/// The proofs that this one names, as they were received.
fn previous<'a>(entry: &Entry<'a>, entries: &[Entry<'a>]) -> Vec<Json<'a>> {
    let named = |other: &&Entry<'a>| other.proof.id.as_ref().is_some_and(|id| entry.proof.previous_proof.contains(id));
    entries.iter().filter(named).map(|other| Json::Object(other.received.clone())).collect()
}

/// Every proof that is named is there, once, and no chain comes back to where it began.
fn check_chain(entries: &[Entry<'_>]) -> Result<(), ProofError> {
    let count = |id: &String| entries.iter().filter(|entry| entry.proof.id.as_ref() == Some(id)).count();
    for entry in entries {
        if entry.proof.id.as_ref().is_some_and(|id| count(id) > 1) {
            return Err(entry.wrong("id", "another proof of this document has the same id".to_owned()));
        }
        for id in &entry.proof.previous_proof {
            if count(id) == 0 {
                return Err(entry.wrong("previousProof", format!("the document carries no proof with the id {id}")));
            }
        }
    }
    // What rests on nothing stands; then what rests on what stands. What is left over goes in a circle.
    let mut standing = vec![false; entries.len()];
    loop {
        let stands = |id: &String| {
            entries.iter().zip(&standing).any(|(entry, stands)| *stands && entry.proof.id.as_ref() == Some(id))
        };
        let next: Vec<bool> = entries.iter().map(|entry| entry.proof.previous_proof.iter().all(stands)).collect();
        if next == standing {
            break;
        }
        standing = next;
    }
    match entries.iter().zip(&standing).find(|(_, stands)| !**stands) {
        Some((entry, _)) => {
            Err(entry.wrong("previousProof", "the chain of proofs comes back to where it began".to_owned()))
        }
        None => Ok(()),
    }
}

/// The hashes of the document without its proofs, made once for all proofs that stand over it.
struct Hashes<'c> {
    contexts: &'c Contexts,
    jcs: OnceCell<Hashed>,
    rdfc: OnceCell<Result<[u8; 32], CanonicalError>>,
}

impl Hashes<'_> {
    fn input<'a>(&self, document: &mut Object<'a>, entry: &Entry<'a>, plain: bool) -> Result<Input, ProofError> {
        match entry.proof.cryptosuite {
            Cryptosuite::EddsaJcs2022 => {
                let chained;
                let hashed = if plain {
                    self.jcs.get_or_init(|| Hashed::new(document))
                } else {
                    chained = Hashed::new(document);
                    &chained
                };
                Ok(Input::HashData(hashed.signed(document, &entry.received, &entry.path)?))
            }
            // Ed25519Signature2020 hashes as eddsa-rdfc-2022 does; only the configuration has another type.
            Cryptosuite::EddsaRdfc2022 | Cryptosuite::Ed25519Signature2020 => {
                let hash = |document: &Object<'_>| eddsa_rdfc_2022::document_hash(document, self.contexts);
                let hash = if plain { self.rdfc.get_or_init(|| hash(document)).clone() } else { hash(document) };
                let config = eddsa_rdfc_2022::config_hash(document, &entry.received, &entry.path, self.contexts)?;
                Ok(match (config, hash) {
                    (Ok(config), Ok(hash)) => Input::HashData(hash_data(config, hash)),
                    (_, Err(error)) | (Err(error), _) => Input::NoDataset(error),
                })
            }
            Cryptosuite::VcJwt(_) | Cryptosuite::VcJoseCose(_) | Cryptosuite::Unsupported(_) => Ok(Input::Unsupported),
        }
    }
}
