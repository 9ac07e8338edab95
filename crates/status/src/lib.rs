//! Answers: what does bit number *n* of a status list say, and how does a list travel as text?
//!
//! Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) as data: read a bit, set a bit, and the encoding of
//! §"Bitstring Encoding" with caps on what may come in. Signing and checking the credential around the list, and what a
//! set bit means for a badge, happen elsewhere: there is no cryptography of documents here.
//!
//! ```
//! use stapel_status::{MINIMUM_ENTRIES, StatusError, StatusList};
//!
//! let mut list = StatusList::new(MINIMUM_ENTRIES)?;
//! list.set(94_567, true)?;
//! let received = StatusList::decode(&list.encode())?;
//! assert_eq!(received.find(94_567), Some(true));
//! assert_eq!(received.find(MINIMUM_ENTRIES), None);
//! # Ok::<(), StatusError>(())
//! ```

mod encoding;
mod error;
mod permutation;
mod status_list;

pub use encoding::MAXIMUM_ENCODED_LENGTH;
pub use error::StatusError;
pub use permutation::IndexPermutation;
pub use status_list::{MAXIMUM_ENTRIES, MINIMUM_ENTRIES, StatusList};
