//! Is the help what was agreed? `STAPEL_WRITE_HELP=1 cargo test -p stapel --test cli help` writes it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::holder::Holder;

const VERBS: [&[&str]; 31] = [
    &[],
    &["init"],
    &["id"],
    &["receive"],
    &["list"],
    &["show"],
    &["programme"],
    &["programme", "add"],
    &["programme", "list"],
    &["trust"],
    &["trust", "add"],
    &["trust", "pin"],
    &["trust", "remove"],
    &["trust", "list"],
    &["progress"],
    &["nearest"],
    &["helps"],
    &["catalogue"],
    &["catalogue", "add"],
    &["catalogue", "list"],
    &["catalogue", "remove"],
    &["present"],
    &["bundle"],
    &["exemption"],
    &["exemption", "request"],
    &["verify"],
    &["dossier"],
    &["unlock"],
    &["lock"],
    &["recover"],
    &["passphrase"],
];

#[test]
fn help_is_as_agreed_in_both_languages() {
    let holder = Holder::new();
    for language in ["nl", "en"] {
        let mut all = String::new();
        for verb in VERBS {
            let ran = holder.run(&[verb, &["--help", "--lang", language]].concat());
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{verb:?}");
            writeln!(
                all,
                "$ stapel {}--help --lang {language}\n{}",
                verb.iter().fold(String::new(), |line, word| line + word + " "),
                ran.out
            )
            .unwrap();
        }
        let path =
            PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/help")).join(format!("{language}.txt"));
        if std::env::var_os("STAPEL_WRITE_HELP").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &all).unwrap();
        }
        let agreed = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(all, agreed, "{}: if this is meant, set STAPEL_WRITE_HELP=1", path.display());
    }
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    let holder = Holder::with_wallet();
    for arguments in [&["id"][..], &["id", "--json"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("stapel"));
        command.args(arguments).stdout(writer).stdin(std::process::Stdio::null());
        command.env("STAPEL_WALLET", holder.wallet()).env("STAPEL_PASSPHRASE_FILE", holder.path("passphrase"));
        let output = command.stderr(std::process::Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap()),
            (Some(0), String::new()),
            "{arguments:?}"
        );
    }
}
