//! `stapel init`: how does a wallet come into being?

use serde_json::json;
use stapel_keys::KdfCost;
use stapel_wallet::{VaultError, Wallet};

use crate::cli::Init;
use crate::error::Failure;
use crate::file::NewFile;
use crate::output::Output;
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Init, session: &Session) -> Result<Output, Failure> {
    let path = session.path()?;
    // Both said before a passphrase is thought up for nothing.
    if path.exists() {
        return Err(VaultError::Exists { path }.into());
    }
    let words_to = asked.words_to.as_deref();
    let words_file = words_to.map(|path| NewFile::begin(path, false, true)).transpose()?;
    let passphrase = passphrase::choose(session.passphrase_file.as_deref(), session.language)?;
    if let Some(folder) = session.folder_to_make()? {
        make_private(&folder)?;
    }
    let (wallet, words) = Wallet::create(&path, &passphrase, KdfCost::standard())?;
    let did = wallet.id().to_string();
    let path = wallet.path().to_owned();
    let words: Vec<&str> = words.words().collect();
    let numbered: Vec<String> = words.iter().zip(1..).map(|(word, number)| format!("{number:>2}. {word}")).collect();
    let made = say(&Say::WalletMade { path: &path, did: &did }, session.language);
    let Some((file, words_to)) = words_file.zip(words_to) else {
        let text = format!("{made}\n\n{}", say(&Say::RecoveryWords { numbered: &numbered }, session.language));
        return Ok(Output::new(text, &json!({ "wallet": path, "did": did, "recoveryWords": words })));
    };
    if let Err(failure) = file.finish(format!("{}\n", numbered.join("\n"))) {
        drop(wallet);
        // A wallet without its recovery words is none; nothing is in it yet.
        std::fs::remove_file(&path).map_err(|source| Failure::Write { what: path.display().to_string(), source })?;
        return Err(failure);
    }
    let text = format!("{made}\n{}", say(&Say::WordsWritten { path: words_to }, session.language));
    Ok(Output::new(text, &json!({ "wallet": path, "did": did, "recoveryWordsFile": words_to })))
}

fn make_private(folder: &std::path::Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|source| Failure::Write { what: folder.display().to_string(), source })
}
