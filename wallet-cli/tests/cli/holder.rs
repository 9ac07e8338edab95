//! How is the program run, as by a person with a folder of her own?

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::world::{NOW, named};

pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// A folder with a passphrase file, and mostly a wallet.
pub(crate) struct Holder {
    folder: TempDir,
    /// The DID of the wallet; empty before there is one.
    pub(crate) did: String,
}

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Holder {
    /// Without a wallet.
    pub(crate) fn new() -> Self {
        let holder = Self { folder: tempfile::tempdir().unwrap(), did: String::new() };
        holder.secret("passphrase", PASSPHRASE);
        holder
    }

    /// With a wallet.
    pub(crate) fn with_wallet() -> Self {
        let mut holder = Self::new();
        let made = holder.run(&["init", "--json"]);
        assert_eq!(made.code, 0, "{}", made.err);
        made.json()["did"].as_str().unwrap().clone_into(&mut holder.did);
        holder
    }

    /// With a wallet that trusts the school.
    pub(crate) fn trusting() -> Self {
        let holder = Self::with_wallet();
        assert_eq!(holder.run(&["trust", "pin", &crate::world::SCHOOL.did()]).code, 0);
        holder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn wallet(&self) -> PathBuf {
        self.path("wallet.stapel")
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Writes a file that only its owner reads.
    pub(crate) fn secret(&self, name: &str, text: &str) -> String {
        let path = self.file(name, text);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// The program in this folder, with nothing of the environment that could steer it.
    pub(crate) fn command(&self) -> Command {
        self.of_this_holder(Command::cargo_bin("stapel").unwrap())
    }

    /// A command in this folder, with nothing of the environment that could steer the program.
    pub(crate) fn of_this_holder(&self, mut command: Command) -> Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "en_GB.UTF-8")
            .env("STAPEL_WALLET", self.wallet())
            .env("STAPEL_PASSPHRASE_FILE", self.path("passphrase"))
            .env("STAPEL_TEST_NOW", NOW)
            .env("COLUMNS", "100");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.finish(self.command().args(arguments))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        self.finish(self.command().args(arguments).write_stdin(input))
    }

    /// The output with names for DIDs and `DIR` for the folder.
    pub(crate) fn finish(&self, command: &mut Command) -> Ran {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| self.readable(&String::from_utf8(bytes).unwrap());
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn readable(&self, text: &str) -> String {
        let folder = self.folder.path().canonicalize().unwrap();
        let mut text =
            text.replace(folder.to_str().unwrap(), "DIR").replace(self.folder.path().to_str().unwrap(), "DIR");
        if !self.did.is_empty() {
            text = text.replace(&self.did, "<holder>");
        }
        named(&text)
    }

    /// What stands in the folder, but for what was there at first.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "passphrase")
            .collect();
        names.sort();
        names
    }
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Exit code and what is said on stderr.
    #[track_caller]
    pub(crate) fn failed(&self, code: i32, err: &str) {
        assert_eq!((self.code, self.err.as_str(), self.out.as_str()), (code, err, ""));
    }

    /// Exit code and the result on stdout.
    #[track_caller]
    pub(crate) fn gave(&self, code: i32, out: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, ""));
    }
}

pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}
