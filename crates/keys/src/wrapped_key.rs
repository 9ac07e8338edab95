//! How is a data key kept, so that a passphrase or the recovery words give it back?

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::encoding::{TextError, fixed, from_base64url, to_base64url};
use crate::kdf::OutOfMemory;
use crate::random::{self, RandomError};
use crate::{DataKey, KdfCost, KdfCostError, OpenError, Passphrase, RecoveryWords, SealError};

const VERSION: u32 = 1;
/// Nonce 24, key 32, tag 16.
const SEALED_LENGTH: usize = 72;
/// Stands before the caller's associated data, so that no other sealed thing passes for a wrapped key.
const DOMAIN: &[u8] = b"stapel wrapped key v1\0";

/// A [`DataKey`] sealed under a key that follows from a passphrase or from recovery words.
///
/// As JSON: `{"version":1,"kdf":{"name":"argon2id","memoryKiB":65536,"passes":3,"lanes":1,"salt":…},"sealed":…}`, or with
/// `"kdf":{"name":"recovery-words","salt":…}`; salt (16 bytes) and sealed key (72 bytes) in base64url. Reading refuses
/// unknown members, other versions, and costs beyond the caps of [`KdfCost`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrappedKeyJson", into = "WrappedKeyJson")]
pub struct WrappedKey {
    kdf: Kdf,
    salt: [u8; 16],
    sealed: [u8; SEALED_LENGTH],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kdf {
    Argon2id(KdfCost),
    RecoveryWords,
}

/// Why a key was not wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WrapError {
    /// No salt or nonce could be drawn.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The system did not give the memory.
    #[error("protecting the key takes {memory_kib} KiB of memory, which the system did not give")]
    OutOfMemory {
        /// Memory asked for, in KiB.
        memory_kib: u32,
    },
    /// The cipher refused.
    #[error(transparent)]
    Seal(SealError),
}

/// Why a wrapped key did not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnwrapError {
    /// The passphrase does not open it. Which of the two it is cannot be told.
    #[error("the passphrase is wrong, or the file was altered")]
    WrongPassphrase,
    /// The words do not open it. Which of the two it is cannot be told.
    #[error("the recovery words belong to something else, or the file was altered")]
    WrongRecoveryWords,
    /// A passphrase was given for what recovery words open.
    #[error("this key is opened by its recovery words, not by a passphrase")]
    NeedsRecoveryWords,
    /// Words were given for what a passphrase opens.
    #[error("this key is opened by its passphrase, not by recovery words")]
    NeedsPassphrase,
    /// The system did not give the memory.
    #[error("opening the key takes {memory_kib} KiB of memory, which the system did not give")]
    OutOfMemory {
        /// Memory asked for, in KiB.
        memory_kib: u32,
    },
    /// It opened, but holds the secret of another public key than it names.
    #[error("the secret inside does not belong to the public key that stands beside it")]
    OtherKey,
}

/// Why JSON is not a wrapped key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WrappedKeyError {
    /// Written by a later or another program.
    #[error("version {found} of a wrapped key is unknown; this program reads version {VERSION}")]
    Version {
        /// The version it names.
        found: u32,
    },
    /// Costs beyond the caps.
    #[error(transparent)]
    Cost(#[from] KdfCostError),
    /// The salt is not 16 bytes of base64url.
    #[error("salt: {0}")]
    Salt(#[source] TextError),
    /// The sealed key is not 72 bytes of base64url.
    #[error("sealed: {0}")]
    Sealed(#[source] TextError),
}

impl WrappedKey {
    /// Wraps under a passphrase. `associated_data` says whose key this is; the same must be given to [`Self::unwrap`].
    ///
    /// # Errors
    /// [`WrapError`].
    pub fn wrap(
        key: &DataKey,
        passphrase: &Passphrase,
        cost: KdfCost,
        associated_data: &[u8],
    ) -> Result<Self, WrapError> {
        let salt = random::salt()?;
        let wrapping = cost
            .derive(passphrase, &salt)
            .map_err(|OutOfMemory| WrapError::OutOfMemory { memory_kib: cost.memory_kib() })?;
        Self::seal(Kdf::Argon2id(cost), salt, &wrapping, key, associated_data)
    }

    /// Wraps under recovery words.
    ///
    /// # Errors
    /// [`WrapError`].
    pub fn wrap_with_recovery(key: &DataKey, words: &RecoveryWords, associated_data: &[u8]) -> Result<Self, WrapError> {
        let salt = random::salt()?;
        Self::seal(Kdf::RecoveryWords, salt, &words.derive(&salt), key, associated_data)
    }

    /// Gives the key back for the passphrase and the associated data it was wrapped with.
    ///
    /// # Errors
    /// [`UnwrapError`].
    pub fn unwrap(&self, passphrase: &Passphrase, associated_data: &[u8]) -> Result<DataKey, UnwrapError> {
        let Kdf::Argon2id(cost) = self.kdf else { return Err(UnwrapError::NeedsRecoveryWords) };
        let wrapping = cost
            .derive(passphrase, &self.salt)
            .map_err(|OutOfMemory| UnwrapError::OutOfMemory { memory_kib: cost.memory_kib() })?;
        self.open(&wrapping, associated_data).map_err(|_| UnwrapError::WrongPassphrase)
    }

    /// Gives the key back for the recovery words and the associated data it was wrapped with.
    ///
    /// # Errors
    /// [`UnwrapError`].
    pub fn unwrap_with_recovery(&self, words: &RecoveryWords, associated_data: &[u8]) -> Result<DataKey, UnwrapError> {
        if self.kdf != Kdf::RecoveryWords {
            return Err(UnwrapError::NeedsPassphrase);
        }
        self.open(&words.derive(&self.salt), associated_data).map_err(|_| UnwrapError::WrongRecoveryWords)
    }

    fn seal(
        kdf: Kdf,
        salt: [u8; 16],
        wrapping: &DataKey,
        key: &DataKey,
        associated_data: &[u8],
    ) -> Result<Self, WrapError> {
        let sealed =
            wrapping.seal(&in_domain(associated_data), key.to_bytes().as_slice()).map_err(|error| match error {
                SealError::Random(error) => WrapError::Random(error),
                other => WrapError::Seal(other),
            })?;
        let length = sealed.len();
        let sealed = sealed.try_into().map_err(|_| WrapError::Seal(SealError::TooLong { length }))?;
        Ok(Self { kdf, salt, sealed })
    }

    fn open(&self, wrapping: &DataKey, associated_data: &[u8]) -> Result<DataKey, OpenError> {
        let key = wrapping.open(&in_domain(associated_data), &self.sealed)?;
        let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| OpenError::Altered)?;
        Ok(DataKey::from_bytes(key))
    }
}

fn in_domain(associated_data: &[u8]) -> Vec<u8> {
    [DOMAIN, associated_data].concat()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrappedKeyJson {
    version: u32,
    kdf: KdfJson,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "name", deny_unknown_fields)]
enum KdfJson {
    #[serde(rename = "argon2id")]
    Argon2id {
        #[serde(rename = "memoryKiB")]
        memory_kib: u32,
        passes: u32,
        lanes: u32,
        salt: String,
    },
    #[serde(rename = "recovery-words")]
    RecoveryWords { salt: String },
}

impl From<WrappedKey> for WrappedKeyJson {
    fn from(key: WrappedKey) -> Self {
        let salt = to_base64url(&key.salt);
        let kdf = match key.kdf {
            Kdf::Argon2id(cost) => {
                KdfJson::Argon2id { memory_kib: cost.memory_kib(), passes: cost.passes(), lanes: cost.lanes(), salt }
            }
            Kdf::RecoveryWords => KdfJson::RecoveryWords { salt },
        };
        Self { version: VERSION, kdf, sealed: to_base64url(&key.sealed) }
    }
}

impl TryFrom<WrappedKeyJson> for WrappedKey {
    type Error = WrappedKeyError;

    fn try_from(json: WrappedKeyJson) -> Result<Self, WrappedKeyError> {
        if json.version != VERSION {
            return Err(WrappedKeyError::Version { found: json.version });
        }
        let (kdf, salt) = match json.kdf {
            KdfJson::Argon2id { memory_kib, passes, lanes, salt } => {
                (Kdf::Argon2id(KdfCost::new(memory_kib, passes, lanes)?), salt)
            }
            KdfJson::RecoveryWords { salt } => (Kdf::RecoveryWords, salt),
        };
        let salt = from_base64url(&salt).and_then(|bytes| fixed(&bytes)).map_err(WrappedKeyError::Salt)?;
        let sealed = from_base64url(&json.sealed).and_then(|bytes| fixed(&bytes)).map_err(WrappedKeyError::Sealed)?;
        Ok(Self { kdf, salt, sealed })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    fn wrapped() -> (DataKey, WrappedKey) {
        let key = DataKey::generate().unwrap();
        let wrapped =
            WrappedKey::wrap(&key, &passphrase("open sesame"), KdfCost::fast_for_tests(), b"vault 1").unwrap();
        (key, wrapped)
    }

    #[test]
    fn the_passphrase_gives_the_key_back_after_a_trip_through_json() {
        let (key, wrapped) = wrapped();
        let text = serde_json::to_string(&wrapped).unwrap();
        let read: WrappedKey = serde_json::from_str(&text).unwrap();
        assert_eq!(read, wrapped);
        assert_eq!(read.unwrap(&passphrase("open sesame"), b"vault 1").unwrap().to_bytes(), key.to_bytes());
    }

    #[test]
    fn a_wrong_passphrase_and_another_vault_read_the_same() {
        let (_, wrapped) = wrapped();
        let error = wrapped.unwrap(&passphrase("open sesam"), b"vault 1").unwrap_err();
        assert_eq!(error.to_string(), "the passphrase is wrong, or the file was altered");
        assert_eq!(wrapped.unwrap(&passphrase("open sesame"), b"vault 2").unwrap_err(), UnwrapError::WrongPassphrase);
    }

    #[test]
    fn the_recovery_words_give_the_key_back() {
        let key = DataKey::generate().unwrap();
        let words = RecoveryWords::generate().unwrap();
        let wrapped = WrappedKey::wrap_with_recovery(&key, &words, b"vault 1").unwrap();
        let json = serde_json::to_value(&wrapped).unwrap();
        assert_eq!(json["kdf"]["name"], "recovery-words");
        let read: WrappedKey = serde_json::from_value(json).unwrap();
        assert_eq!(read.unwrap_with_recovery(&words, b"vault 1").unwrap().to_bytes(), key.to_bytes());
        let other = RecoveryWords::generate().unwrap();
        let error = read.unwrap_with_recovery(&other, b"vault 1").unwrap_err();
        assert_eq!(error.to_string(), "the recovery words belong to something else, or the file was altered");
    }

    #[test]
    fn the_wrong_kind_of_secret_is_named() {
        let (key, by_passphrase) = wrapped();
        let words = RecoveryWords::generate().unwrap();
        let by_words = WrappedKey::wrap_with_recovery(&key, &words, b"").unwrap();
        assert_eq!(
            by_passphrase.unwrap_with_recovery(&words, b"").unwrap_err().to_string(),
            "this key is opened by its passphrase, not by recovery words"
        );
        assert_eq!(
            by_words.unwrap(&passphrase("open sesame"), b"").unwrap_err().to_string(),
            "this key is opened by its recovery words, not by a passphrase"
        );
    }

    #[test]
    fn the_json_is_what_the_documentation_says() {
        let wrapped = WrappedKey { kdf: Kdf::Argon2id(KdfCost::standard()), salt: [0; 16], sealed: [0; 72] };
        assert_eq!(
            serde_json::to_string(&wrapped).unwrap(),
            format!(
                r#"{{"version":1,"kdf":{{"name":"argon2id","memoryKiB":65536,"passes":3,"lanes":1,"salt":"{}"}},"sealed":"{}"}}"#,
                "A".repeat(22),
                "A".repeat(96)
            )
        );
    }

    #[test]
    fn hostile_json_is_refused_with_a_reason() {
        let (_, wrapped) = wrapped();
        let good = serde_json::to_value(&wrapped).unwrap();
        let refuse = |change: &dyn Fn(&mut Value)| {
            let mut json = good.clone();
            change(&mut json);
            serde_json::from_value::<WrappedKey>(json).unwrap_err().to_string()
        };
        assert_eq!(
            refuse(&|j| j["version"] = json!(2)),
            "version 2 of a wrapped key is unknown; this program reads version 1"
        );
        assert_eq!(
            refuse(&|j| j["kdf"]["memoryKiB"] = json!(4_000_000_000u32)),
            "Argon2id with 4000000000 KiB, 1 passes and 1 lanes is outside what is allowed: 8 KiB a lane to 1048576 KiB, \
             1 to 16 passes, 1 to 16 lanes"
        );
        assert!(refuse(&|j| j["kdf"]["passes"] = json!(17)).contains("17 passes"));
        assert_eq!(refuse(&|j| j["kdf"]["salt"] = json!("AAAA")), "salt: the text holds 3 bytes where 16 belong");
        assert_eq!(refuse(&|j| j["sealed"] = json!("AAAA")), "sealed: the text holds 3 bytes where 72 belong");
        assert_eq!(
            refuse(&|j| j["sealed"] = json!("=")),
            "sealed: the text is not base64url without padding (RFC 4648 §5)"
        );
        assert!(refuse(&|j| j["kdf"]["name"] = json!("scrypt")).starts_with("unknown variant `scrypt`"));
        assert!(refuse(&|j| j["kdf"]["secret"] = json!("x")).starts_with("unknown field `secret`"));
        assert!(refuse(&|j| j["comment"] = json!("x")).starts_with("unknown field `comment`"));
    }

    #[test]
    fn cheaper_costs_written_into_the_file_do_not_open_it() {
        let key = DataKey::generate().unwrap();
        let cost = KdfCost::new(64, 2, 1).unwrap();
        let wrapped = WrappedKey::wrap(&key, &passphrase("open sesame"), cost, b"").unwrap();
        let mut json = serde_json::to_value(&wrapped).unwrap();
        json["kdf"]["passes"] = json!(1);
        let altered: WrappedKey = serde_json::from_value(json).unwrap();
        assert_eq!(altered.unwrap(&passphrase("open sesame"), b"").unwrap_err(), UnwrapError::WrongPassphrase);
    }
}
