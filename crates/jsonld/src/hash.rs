//! Which context is this, and where is this term? A fast hash with a secret seed, so that nobody can make terms collide.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, LazyLock};

use stapel_credential::json::{Json, Object};

/// Terms by name.
pub(crate) type TermMap<V> = HashMap<Arc<str>, V, Seeded>;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0_u8) | 1);

/// The seed of this process.
#[derive(Clone, Copy)]
pub(crate) struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(*SEED)
    }
}

impl BuildHasher for Seeded {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// Multiplies to 128 bits and folds the halves.
pub(crate) struct Folding(u64);

impl Folding {
    pub(crate) fn new() -> Self {
        Self(*SEED)
    }

    #[inline]
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(*SEED ^ 0x9E37_79B9_7F4A_7C15 | 1);
        #[expect(clippy::cast_possible_truncation, reason = "the two halves are wanted")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        self.0 = folded ^ word.rotate_left(23);
    }
}

impl Hasher for Folding {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.mix(u64::from_le_bytes(last) ^ ((bytes.len() as u64) << 56));
    }

    #[inline]
    fn write_u8(&mut self, _end_of_text: u8) {
        // `write` mixes the length in, so the mark that `str` puts after its bytes adds nothing.
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// The hash of a JSON value, by its structure. Equal values have equal hashes; whoever looks up compares the values too.
pub(crate) fn of_json(value: &Json<'_>, hash: &mut Folding) {
    match value {
        Json::Null => hash.mix(1),
        Json::Bool(value) => hash.mix(2 + u64::from(*value)),
        Json::Number(number) => hash.mix(number.to_bits()),
        Json::String(text) => hash.write(text.as_bytes()),
        Json::Array(items) => {
            hash.mix(0x5B00_0000 + items.len() as u64);
            for item in items {
                of_json(item, hash);
            }
        }
        Json::Object(object) => {
            hash.mix(0x7B00_0000 + object.len() as u64);
            for (name, value) in object.iter() {
                hash.write(name.as_bytes());
                of_json(value, hash);
            }
        }
    }
}

/// The value with strings of its own.
pub(crate) fn owned(value: &Json<'_>) -> Json<'static> {
    match value {
        Json::Null => Json::Null,
        Json::Bool(value) => Json::Bool(*value),
        Json::Number(number) => Json::Number(*number),
        Json::String(text) => Json::String(text.clone().into_owned().into()),
        Json::Array(items) => Json::Array(items.iter().map(owned).collect()),
        Json::Object(object) => Json::Object(owned_object(object)),
    }
}

/// The object with strings of its own.
pub(crate) fn owned_object(object: &Object<'_>) -> Object<'static> {
    let mut copy = Object::default();
    for (name, value) in object.iter() {
        copy.insert(name.to_owned(), owned(value));
    }
    copy
}
