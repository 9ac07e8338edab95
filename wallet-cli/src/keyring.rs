//! Where is the key of an unlocked wallet kept? In the memory of the Linux kernel, in the keyring of this login session, which
//! forgets it by itself. Nowhere else: where there is no such place, a wallet is not kept open.

#[cfg(target_os = "linux")]
pub(crate) use linux::{find, forget, keep};
#[cfg(not(target_os = "linux"))]
pub(crate) use nowhere::{find, forget, keep};

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    use linux_keyutils::{Key, KeyError, KeyRing, KeyRingIdentifier};
    use stapel_keys::DataKey;
    use zeroize::Zeroizing;

    /// Keeps the key for so many minutes; the kernel removes it then.
    pub(crate) fn keep(path: &Path, key: &DataKey, minutes: u32) -> Result<(), String> {
        let kept = session().and_then(|ring| ring.add_key(&name(path), key.to_bytes().as_slice())).map_err(reason)?;
        let seconds = usize::try_from(u64::from(minutes) * 60).unwrap_or(usize::MAX);
        kept.set_timeout(seconds).and_then(|()| read(kept).map(drop)).map_err(|error| {
            // Without an end it must not stay.
            let _ = kept.invalidate();
            reason(error)
        })
    }

    /// The key, while the wallet is unlocked.
    pub(crate) fn find(path: &Path) -> Option<DataKey> {
        read(search(path)?).ok()
    }

    /// Removes the key. Gives whether there was one.
    pub(crate) fn forget(path: &Path) -> bool {
        search(path).is_some_and(|key| key.invalidate().or_else(|_| key.revoke()).is_ok())
    }

    /// Never made anew: a keyring of this process alone would end with it.
    fn session() -> Result<KeyRing, KeyError> {
        KeyRing::from_special_id(KeyRingIdentifier::Session, false)
    }

    fn search(path: &Path) -> Option<Key> {
        session().ok()?.search(&name(path)).ok()
    }

    fn read(key: Key) -> Result<DataKey, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        match key.read(&mut *bytes)? {
            32 => Ok(DataKey::from_bytes(&bytes)),
            _ => Err(KeyError::InvalidArguments),
        }
    }

    fn name(path: &Path) -> String {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        format!("stapel:{}", path.display())
    }

    fn reason(error: KeyError) -> String {
        error.to_string()
    }
}

#[cfg(not(target_os = "linux"))]
mod nowhere {
    use std::path::Path;

    use stapel_keys::DataKey;

    pub(crate) fn keep(_: &Path, _: &DataKey, _: u32) -> Result<(), String> {
        Err("only Linux is supported".to_owned())
    }

    pub(crate) fn find(_: &Path) -> Option<DataKey> {
        None
    }

    pub(crate) fn forget(_: &Path) -> bool {
        false
    }
}
