//! Which secrets are wiped from memory when they are dropped? Each: its file asks it of the field, or does not compile.

use zeroize::ZeroizeOnDrop;

use crate::{DataKey, Passphrase, RecoveryWords, SigningKey};

impl ZeroizeOnDrop for DataKey {}
impl ZeroizeOnDrop for Passphrase {}
impl ZeroizeOnDrop for RecoveryWords {}
impl ZeroizeOnDrop for SigningKey {}

/// Compiles for what is wiped when it is dropped, and for nothing else.
pub(crate) fn wiped(_: &impl ZeroizeOnDrop) {}
