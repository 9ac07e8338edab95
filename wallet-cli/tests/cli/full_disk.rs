//! What happens on a full disk? A disk of memory is mounted for the test alone, filled, and the program works on it.

use std::fs;

use assert_cmd::Command;

use crate::holder::{Holder, Ran};
use crate::world::{SCHOOL, badge, programme};

/// Mounts the disk, puts a wallet and two older files on it, fills it but for `$FREE` KiB, runs the program, and keeps what is
/// on the disk then: it is gone with the process.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=512k none disk
cp wallet.stapel disk/
printf 'as it was' | tee disk/old.json > disk/old.svg
head -c 1000000 /dev/zero > disk/filler 2> /dev/null || true
truncate -s "-${FREE}K" disk/filler
code=0
"$STAPEL" "$@" || code=$?
ls -A disk > listing
cp disk/wallet.stapel after.stapel
cat disk/old.json disk/old.svg > old
exit "$code"
"#;

/// Whether a disk can be mounted here. In CI it must be.
fn can_mount(holder: &Holder) -> bool {
    fs::create_dir(holder.path("disk")).unwrap();
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none"]).arg(holder.path("disk"));
    let can = command.output().is_ok_and(|output| output.status.success());
    if !can {
        let required = std::env::var("STAPEL_REQUIRE_FULL_DISK").as_deref() == Ok("1");
        assert!(
            !required,
            "STAPEL_REQUIRE_FULL_DISK=1, and no disk can be mounted here (unshare --map-root-user --mount)"
        );
        println!("skipped: no disk can be mounted here (unshare --map-root-user --mount)");
    }
    can
}

/// Runs the program with a disk of which so many KiB are free.
fn on_a_full_disk(holder: &Holder, free: u32, arguments: &[&str]) -> Ran {
    let mut command = holder.of_this_holder(Command::new("unshare"));
    command
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("STAPEL", assert_cmd::cargo::cargo_bin("stapel"))
        .env("FREE", free.to_string())
        .args(["--map-root-user", "--mount", "sh", "-euc", SCRIPT, "sh"])
        .args(arguments);
    let ran = holder.finish(&mut command);
    let there = fs::read_to_string(holder.path("listing")).unwrap();
    assert_eq!(there, "filler\nold.json\nold.svg\nwallet.stapel\n", "nothing half written is left: {}", ran.err);
    assert!(fs::read(holder.path("after.stapel")).unwrap() == fs::read(holder.wallet()).unwrap(), "the wallet changed");
    assert_eq!(fs::read_to_string(holder.path("old")).unwrap(), "as it wasas it was");
    ran
}

/// A holder with a badge and a programme.
fn ready() -> Holder {
    let holder = Holder::trusting();
    for text in [SCHOOL.badge(&badge(&holder.did)), programme()] {
        let file = holder.file("kept.json", &text);
        assert_eq!(holder.run(&["receive", &file]).code, 0);
    }
    holder
}

#[test]
fn a_full_disk_is_said_and_the_wallet_is_as_it_was() {
    let holder = ready();
    if !can_mount(&holder) {
        return;
    }
    let mut long = crate::world::second_badge(&holder.did);
    long["credentialSubject"]["achievement"]["description"] = "Een lange beschrijving. ".repeat(2_000).into();
    let file = holder.file("long.json", &SCHOOL.badge(&long));
    // From no room at all to room for a journal, but not for the badge.
    for free in [0, 4, 12, 24, 40] {
        for (language, sentence) in [
            (
                "en",
                "stapel: there is no room left on the disk of DIR/disk/wallet.stapel; the wallet is as it was before\n  → make room on the disk and try again\n",
            ),
            (
                "nl",
                "stapel: de schijf van DIR/disk/wallet.stapel is vol; de wallet is zoals hij was\n  → maak ruimte op de schijf en probeer het opnieuw\n",
            ),
        ] {
            let receive = ["receive", &file, "--wallet", "disk/wallet.stapel", "--lang", language];
            on_a_full_disk(&holder, free, &receive).failed(2, sentence);
        }
    }
    let list = holder.run(&["list"]);
    assert!(list.out.contains("Basiszorg verlenen"), "{}", list.out);
    on_a_full_disk(&holder, 0, &["list", "--wallet", "disk/wallet.stapel"]).gave(0, &list.out);
    assert_eq!(holder.run(&["receive", &file]).code, 0, "with room it is kept");
}

#[test]
fn a_file_that_does_not_fit_is_not_half_written() {
    let holder = ready();
    if !can_mount(&holder) {
        return;
    }
    let present = ["present", "1", "--to", "employer.example", "--challenge", "c", "--out"];
    for (arguments, what) in [
        ([&present[..], &["disk/shown.json"]].concat(), "disk/shown.json"),
        ([&present[..], &["disk/old.json", "--force"]].concat(), "disk/old.json"),
        (vec!["progress", "zorg", "--svg", "disk/tower.svg"], "disk/tower.svg"),
        (vec!["progress", "zorg", "--svg", "disk/old.svg", "--force"], "disk/old.svg"),
    ] {
        for (language, sentence, advice) in [
            ("en", "cannot be written", "make room on the disk and try again"),
            ("nl", "is niet te schrijven", "maak ruimte op de schijf en probeer het opnieuw"),
        ] {
            let ran = on_a_full_disk(&holder, 0, &[&arguments[..], &["--lang", language]].concat());
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
            let end = format!("stapel: {what} {sentence}: No space left on device (os error 28)\n  → {advice}\n");
            assert!(ran.err.ends_with(&end), "{}", ran.err);
        }
    }
}
