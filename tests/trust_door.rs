//! Keeping safe, at the door: backup, restore, check and recover, in words a frightened person can follow.

use crate::diary::pain::Pain;
use std::path::{Path, PathBuf};

use crate::tests::door::Door;

const NOW: &str = "2026-03-04T08:00:00Z";

/// A key pair of the age format, made for the tests; nothing else was ever encrypted for it.
pub(crate) const PUBLIC_KEY: &str =
    "age13cnhxprtztn25s3j346yvf8drwvm0qqsapll5jq89ss4szczlvaqms4qnr";
pub(crate) const SECRET_KEY: &str =
    "AGE-SECRET-KEY-1KZRS3WJXQE6LPGWZJNVL3QVFEZSEM8W0TVH46MTWP9VDYCT9S3ES5MFA62";

/// A diary with a few entries, at the morning of 4 March 2026.
fn door() -> Door {
    let door = Door::at(NOW);
    door.ok("log 03:10 left calf 6 3min \"woke up swearing\"");
    door.ok("night 2026-03-01 calm");
    door.ok("took magnesium 200mg 22:00");
    door
}

/// Replaces every occurrence of `from` in the diary file by `to`, which is as long.
fn flip(path: &Path, from: &[u8], to: &[u8]) -> usize {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(path).unwrap();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    for at in &places {
        bytes[*at..*at + to.len()].copy_from_slice(to);
    }
    std::fs::write(path, bytes).unwrap();
    places.len()
}

/// Runs SQL on the diary file behind the program's back.
fn meddle(door: &Door, sql: &str) {
    let raw = rusqlite::Connection::open(door.diary()).unwrap();
    raw.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
        .unwrap();
}

fn list(door: &Door) -> String {
    door.ok("list")
}

/// The path at the end of the line that begins so.
fn path_after(text: &str, begins: &str) -> PathBuf {
    let line = text.lines().find(|l| l.contains(begins)).unwrap();
    PathBuf::from(line.rsplit(' ').next().unwrap())
}

#[test]
fn a_backup_says_where_it_is_and_is_listed() {
    let door = door();
    let said = door.ok("backup");
    assert!(said.starts_with("Backed up and verified: 2026-03-04 08:00  asked"));
    let made = path_after(&said, "Backed up");
    assert!(made.starts_with(door.diary().with_file_name("diary.sqlite.backups")));
    let listed = door.ok("restore --list");
    assert!(listed.contains(made.to_str().unwrap()), "{listed}");
    assert!(
        listed.lines().any(|l| l.contains("  daily  ")),
        "the one of the first change of the day: {listed}"
    );
    let json = door.run("restore --list --json").json();
    assert_eq!(json["kind"], "backups");
    assert_eq!(json["backups"].as_array().unwrap().len(), 2);
    let json = door.run("backup --json").json();
    assert_eq!(json["backup"]["manifest"]["rows"]["episode"], 1);
    assert_eq!(json["backup"]["reason"], "asked");
}

#[test]
fn without_a_diary_there_is_nothing_to_keep() {
    let door = Door::at(NOW);
    for line in ["backup", "check"] {
        let said = door.refused(1, line);
        assert!(said.contains("there is no diary yet"), "{said}");
        assert!(said.contains("cramp log"), "{said}");
    }
    assert!(door.ok("restore --list").starts_with("No backups yet."));
    assert!(door.refused(1, "recover").contains("there is no file"));
    assert!(
        !door.diary().exists() && !door.diary().parent().unwrap().exists(),
        "asking made something"
    );
}

#[test]
fn a_copy_elsewhere_overwrites_nothing() {
    let door = door();
    door.ok("backup --out usb/copy.db");
    let usb = door.folder().join("usb");
    let before = std::fs::read(usb.join("copy.db")).unwrap();
    let said = door.refused(1, "backup --out usb/copy.db");
    assert!(said.contains("is there already and is left as it is"));
    assert!(said.contains("name another file"));
    // Nor is a stranger's file where the description of the copy would go.
    std::fs::write(usb.join("mine.json"), "mine").unwrap();
    door.refused(1, "backup --out usb/mine");
    assert_eq!(std::fs::read(usb.join("mine.json")).unwrap(), b"mine");
    assert_eq!(std::fs::read(usb.join("copy.db")).unwrap(), before);
    assert_eq!(std::fs::read_dir(&usb).unwrap().count(), 3);
    assert!(door.refused(2, "backup --encrypt").contains("--out"));
}

#[test]
fn a_restore_brings_back_and_is_undone() {
    let door = door();
    let before = list(&door);
    let backup = path_after(&door.ok("backup"), "Backed up");
    door.ok("log yesterday 23:50 right foot");
    door.ok("edit 1 severity=9");
    let after = list(&door);
    let said = door.ok(&format!("restore {}", backup.display()));
    assert!(
        said.contains("0 records brought back, 1 changed back, 1 taken away"),
        "{said}"
    );
    assert!(said.contains("Undo: cramp undo"));
    let kept = path_after(&said, "The diary as it was before is kept:");
    let aside = crate::store::Store::open_read(&kept).unwrap().unwrap();
    let aside = aside.read(None).unwrap().episodes;
    assert!(
        aside
            .iter()
            .any(|e| e.id == 1 && e.severity == Pain::of(9.0))
    );
    assert_eq!(list(&door), before);
    door.ok("undo");
    assert_eq!(list(&door), after);
    door.ok("redo");
    assert_eq!(list(&door), before);
    // And back by the copy that was kept.
    door.ok(&format!("restore {}", kept.display()));
    assert_eq!(list(&door), after);
    assert!(door.ok("check").starts_with("The diary is whole"));
    let json = door
        .run(&format!("restore {} --json", backup.display()))
        .json();
    assert_eq!(json["restored"]["can_undo"], true);
    assert_eq!(json["restored"]["was_damaged"], false);
}

#[test]
fn a_bad_backup_is_named_and_the_diary_is_left() {
    let door = door();
    door.ok("backup --out copy.db");
    let copy = door.folder().join("copy.db");
    let whole = std::fs::read(&copy).unwrap();
    let said = door.refused(1, "restore nowhere.db");
    assert!(said.contains("there is no file nowhere.db"));
    assert!(said.contains("cramp restore --list"));
    let bad = |name: &str, bytes: &[u8], what: &str| {
        std::fs::write(door.folder().join(name), bytes).unwrap();
        let said = door.refused(3, &format!("restore {name}"));
        assert!(said.contains("the backup "), "{said}");
        assert!(said.contains(name) && said.contains(what), "{said}");
        assert!(said.contains("the diary was not touched"), "{said}");
        assert!(said.contains("cramp recover"), "{said}");
        assert!(!said.contains("diary is damaged"), "{said}");
    };
    flip(&copy, b"swearing", b"swearinh");
    let flipped = std::fs::read(&copy).unwrap();
    bad("copy.db", &flipped, "SHA-256");
    bad("stray.db", &flipped, "checksum");
    bad("cut.db", &whole[..whole.len() / 2], "damaged");
    bad("text.db", &[b'x'; 5000], "not a nightcramp diary");
    bad("short.db", b"x", "not a nightcramp diary");
}

#[test]
fn an_encrypted_copy_asks_twice_and_never_shows_the_words() {
    let mut door = door();
    let before = list(&door);
    // What is typed on a terminal is asked for twice.
    let said = door
        .typing("correct horse\ncorrect horse\n")
        .run("backup --out copy.age --encrypt");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err
            .contains("Passphrase (it does not show as you type):")
    );
    assert!(
        said.err
            .contains("The same again (it does not show as you type):")
    );
    assert!(said.out.contains("keep that safe"), "{}", said.out);
    let said = door
        .typing("one\ntwo\n")
        .run("backup --out other.age --encrypt");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("the two passphrases differ"));
    assert!(!door.folder().join("other.age").exists());
    // Where a terminal can hide it, standard input is not read at all.
    let said = door
        .typing("shown\nshown\n")
        .hiding(|| Ok("hidden words".into()))
        .run("backup --out hidden.age --encrypt");
    assert_eq!(said.code, 0, "{}", said.err);
    door.ok("delete 1");
    assert_eq!(door.run("restore hidden.age").code, 0);
    let said = door
        .hiding(|| Err(std::io::ErrorKind::Interrupted.into()))
        .run("restore hidden.age");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("nothing was done") && said.err.contains("--passphrase-file"));
    assert_eq!(list(&door), before);
}

#[test]
fn an_encrypted_copy_opens_with_the_right_words_only() {
    let mut door = door();
    let before = list(&door);
    let write = |door: &Door, name: &str, text: &str| {
        std::fs::write(door.folder().join(name), text).unwrap();
    };
    write(&door, "words", "correct horse\nnot part of it\n");
    write(&door, "wrong", "wrong horse\n");
    write(&door, "empty", "");
    door.ok("backup --out copy.age --encrypt --passphrase-file words");
    let bytes = std::fs::read(door.folder().join("copy.age")).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!bytes.windows(8).any(|w| w == b"swearing"));
    door.ok("delete 1");
    let said = door.refused(1, "restore copy.age --passphrase-file wrong");
    assert!(said.contains("this is not its passphrase"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    let said = door.refused(1, "restore copy.age --passphrase-file empty");
    assert!(said.contains("no passphrase was given"), "{said}");
    let said = door.refused(1, "restore copy.age --passphrase-file nowhere");
    assert!(said.contains("nowhere could not be read"), "{said}");
    let said = door.refused(1, "restore copy.age");
    assert!(
        said.contains("no passphrase was given"),
        "an empty pipe: {said}"
    );
    door.piping("correct horse\n");
    assert_eq!(door.run("restore copy.age").code, 0);
    assert_eq!(list(&door), before);
}

#[test]
fn a_copy_for_a_key_opens_with_that_key_only() {
    use age::secrecy::ExposeSecret;
    let door = door();
    let before = list(&door);
    let (key, other) = (
        age::x25519::Identity::generate(),
        age::x25519::Identity::generate(),
    );
    for (name, key) in [("key", &key), ("other", &other)] {
        let text = format!("# made for this\n{}\n", key.to_string().expose_secret());
        std::fs::write(door.folder().join(name), text).unwrap();
    }
    let to = key.to_public();
    door.ok(&format!("backup --out copy.age --encrypt --recipient {to}"));
    door.ok("delete 1");
    let said = door.refused(1, "restore copy.age --identity other");
    assert!(said.contains("no key of this key file opens it"), "{said}");
    std::fs::write(door.folder().join("words"), "correct horse\n").unwrap();
    let said = door.refused(1, "restore copy.age --passphrase-file words");
    assert!(said.contains("--identity"), "{said}");
    door.ok("restore copy.age --identity key");
    assert_eq!(list(&door), before);
    let said = door.refused(1, "backup --out x.age --encrypt --recipient age1abc");
    assert!(
        said.contains("'age1abc' is not an age public key"),
        "{said}"
    );
    assert!(!door.folder().join("x.age").exists());
}

/// The program `age` made `by-age.age`; it opens here. And where that program is installed, it opens what we made.
#[allow(clippy::print_stdout)]
#[test]
fn copies_go_to_the_age_program_and_back() {
    let door = Door::at(NOW);
    std::fs::write(door.folder().join("key"), SECRET_KEY).unwrap();
    let theirs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries/by-age.age");
    std::fs::copy(theirs, door.folder().join("theirs.age")).unwrap();
    door.ok("restore theirs.age --identity key");
    assert!(list(&door).contains("woke up swearing"));
    door.ok(&format!(
        "backup --out ours.age --encrypt --recipient {PUBLIC_KEY}"
    ));
    let opened = std::process::Command::new("age")
        .args(["-d", "-i", "key", "-o", "plain.db", "ours.age"])
        .current_dir(door.folder())
        .status();
    match opened {
        Ok(status) => {
            assert!(status.success(), "age does not open it");
            let plain = door.folder().join("plain.db");
            let again = door.ok(&format!("--diary {} list", plain.display()));
            assert_eq!(again, list(&door));
        }
        Err(why) => println!("the program age is not tried: {why}"),
    }
}

#[test]
fn locate_names_the_diary_and_its_backups() {
    let door = door();
    let said = door.run("locate");
    assert_eq!(said.out, format!("{}\n", door.diary().display()));
    door.ok("backup");
    let backups = door.diary().with_file_name("diary.sqlite.backups");
    assert!(door.run("locate").err.contains(backups.to_str().unwrap()));
    let json = door.run("locate --json").json();
    assert_eq!(json["backups"], backups.to_str().unwrap());
    assert!(door.ok("help privacy").contains("cramp locate"));
}

/// Each way a diary can be damaged: found, with place, what and the way out; and nothing is changed by looking.
#[test]
fn check_names_each_kind_of_damage() {
    let kinds: [(&str, &str, &str); 8] = [
        (
            "UPDATE episode SET severity = 3",
            "DAMAGE: episode 1: ",
            "checksum",
        ),
        (
            "DELETE FROM intake",
            "DAMAGE: intake: ",
            "0 rows are there, 1 were written",
        ),
        (
            "INSERT INTO change_part VALUES (999, 1, x'00', 1)",
            "DAMAGE: the references between tables: ",
            "change_part",
        ),
        (
            "DROP INDEX episode_by_night",
            "DAMAGE: schema: ",
            "index episode_by_night is missing",
        ),
        (
            "DELETE FROM change WHERE id = 1",
            "DAMAGE: change: ",
            "rows are there",
        ),
        (
            "UPDATE change SET state = 'undone' WHERE id = 1",
            "DAMAGE: journal: ",
            "leads to",
        ),
        (
            "UPDATE change SET body = x'00' WHERE id = 1",
            "DAMAGE: journal 1: ",
            "checksum",
        ),
        ("UPDATE tally SET last_id = 0", "DAMAGE: ", "tally"),
    ];
    for (sql, place, what) in kinds {
        let door = door();
        meddle(&door, sql);
        let before = std::fs::read(door.diary()).unwrap();
        let said = door.run("check");
        assert_eq!(said.code, 3, "{sql}: {}", said.out);
        let found = said
            .out
            .lines()
            .any(|l| l.starts_with(place) && l.contains(what));
        assert!(found, "{sql}: {}", said.out);
        assert!(said.out.contains("cramp restore --list"), "{}", said.out);
        assert!(said.out.contains("cramp recover"), "{}", said.out);
        assert!(
            said.out
                .ends_with("The diary is damaged. This check changed nothing.\n")
        );
        assert_eq!(std::fs::read(door.diary()).unwrap(), before, "{sql}");
        let json = door.run("check --json").json();
        assert_eq!(
            (&json["sound"], &json["clean"]),
            (&false.into(), &false.into())
        );
    }
}

/// What is whole but can hardly be true, or lies where others can see it.
#[test]
fn check_names_what_is_doubtful() {
    let mut door = door();
    assert_eq!(
        door.ok("check"),
        "The diary is whole: structure, checksums and journal agree, and nothing in it is doubtful.\n"
    );
    door.ok("log 03:10 left calf");
    // Written while the clock of the computer stood a year ahead.
    door.set_now("2027-03-04T08:00:00Z");
    door.ok("event \"clock was wrong\"");
    door.ok("log 02:00 right calf");
    door.set_now(NOW);
    meddle(&door, "CREATE TABLE someone_else (x)");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(door.diary(), open).unwrap();
    }
    let said = door.ok("check");
    for line in [
        "notice: #2: it looks the same as #1: was it written twice?",
        "doubtful: e1: it was written in the future: was the clock of the computer wrong?",
        "doubtful: #3: it lies in the future",
        "notice: schema: table someone_else was added by another program",
        "The diary is whole: what is on the disk is what was written.",
        "cramp show",
        "cramp edit",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    #[cfg(unix)]
    for line in [
        "notice: file: other users of this computer may read it",
        "chmod 600",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    let json = door.run("check --json").json();
    assert_eq!(
        (&json["sound"], &json["clean"]),
        (&true.into(), &false.into())
    );
}

#[test]
fn a_diary_in_a_synchronised_folder_is_warned_about() {
    let door = Door::at(NOW);
    let said = door.run("--diary Dropbox/diary.sqlite log 03:10 left");
    assert_eq!(said.code, 0);
    assert!(
        said.err.contains("Dropbox copies to other machines"),
        "{}",
        said.err
    );
    let said = door.run("--diary Dropbox/diary.sqlite log 03:20 left");
    assert!(
        !said.err.contains("Dropbox"),
        "it is said once: {}",
        said.err
    );
    let said = door.ok("--diary Dropbox/diary.sqlite check");
    assert!(
        said.contains("Dropbox copies this folder to other machines"),
        "{said}"
    );
    assert!(said.contains("cramp backup --encrypt"), "{said}");
    door.ok("log 03:40 left");
    let said = door.run("backup --out Dropbox/copy.db");
    assert!(
        said.err.contains("Dropbox") && said.err.contains("--encrypt"),
        "{}",
        said.err
    );
    assert_eq!(door.run("backup --out usb/copy.db").err, "");
}

/// From damage to a diary that works again, by following what the program says.
#[test]
fn the_way_out_of_damage_works() {
    let door = door();
    let before = list(&door);
    assert!(
        flip(&door.diary(), b"swearing", b"swearinh") >= 2,
        "the row and its journal"
    );
    let said = door.refused(3, "list");
    assert!(
        said.contains("cramp check") && said.contains("cramp recover"),
        "{said}"
    );
    assert_eq!(door.run("log left").code, 3);
    let damaged = std::fs::read(door.diary()).unwrap();

    let said = door.ok("recover");
    assert!(
        said.contains("LOST: episode #1: its checksum does not match; readable: "),
        "{said}"
    );
    assert!(
        said.contains("swearinh"),
        "what can be read of it is told: {said}"
    );
    assert!(
        said.contains("The damaged file was not touched; the history"),
        "{said}"
    );
    assert_eq!(std::fs::read(door.diary()).unwrap(), damaged);
    assert!(
        door.refused(1, "recover").contains("--out"),
        "nothing is overwritten"
    );
    let into = path_after(&said, "cramp restore ");
    let said = door.ok(&format!("restore {}", into.display()));
    assert!(said.contains("The damaged diary is kept: "), "{said}");
    assert!(!said.contains("Undo:"), "{said}");
    let kept = path_after(&said, "is kept:");
    assert_eq!(std::fs::read(kept).unwrap(), damaged);
    assert!(door.ok("check").starts_with("The diary is whole"));
    assert!(!list(&door).contains("swearin"));
    door.ok("log 03:10 left calf");

    // The backup of the day held it.
    let backup = path_after(&door.ok("restore --list"), "  daily  ");
    door.ok(&format!("restore {}", backup.display()));
    assert!(before.contains("swearing") && list(&door).contains("swearing"));
}

/// A file without its head, or with nothing in it, is no diary by itself; with backups beside it, it was one.
#[test]
fn what_is_left_of_a_diary_can_be_restored_over() {
    for left in [&b""[..], b"short", &[0; 8192]] {
        let door = door();
        let before = list(&door);
        let backup = path_after(&door.ok("backup"), "Backed up");
        std::fs::write(door.diary(), left).unwrap();
        let said = door.refused(3, "log left");
        assert!(said.contains("the diary is damaged"), "{said}");
        assert!(said.contains("cramp restore --list"), "{said}");
        assert_eq!(door.run("check").code, 3);
        let said = door.ok(&format!("restore {}", backup.display()));
        assert_eq!(std::fs::read(path_after(&said, "is kept:")).unwrap(), left);
        assert_eq!(list(&door), before);
    }
    // Without backups it may be anybody's file: nothing moves it.
    let door = door();
    door.ok("backup --out copy.db");
    std::fs::remove_dir_all(door.diary().with_file_name("diary.sqlite.backups")).unwrap();
    std::fs::write(door.diary(), "my thesis, not a diary".repeat(100)).unwrap();
    let said = door.refused(3, "restore copy.db");
    assert!(said.contains("is not a nightcramp diary"), "{said}");
}

#[test]
fn a_lost_diary_is_not_begun_anew_in_silence() {
    let door = door();
    door.ok("backup");
    std::fs::remove_file(door.diary()).unwrap();
    let said = door.run("log 03:30 left");
    assert_eq!(said.code, 0);
    assert!(said.err.contains("cramp restore --list"), "{}", said.err);
}

#[test]
fn recover_saves_from_the_journal_and_names_what_it_saved() {
    let door = door();
    // The page of the episode is wiped; the journal still has the row.
    let bytes = std::fs::read(door.diary()).unwrap();
    let page = |text: &[u8]| {
        (0..bytes.len() / 4096).find(|p| {
            let page = &bytes[p * 4096..][..4096];
            page.windows(text.len()).any(|w| w == text) && !page.windows(4).any(|w| w == b"took")
        })
    };
    let at = page(b"swearing").unwrap() * 4096;
    let mut damaged = bytes.clone();
    damaged[at..at + 4096].fill(0xa5);
    std::fs::write(door.diary(), damaged).unwrap();
    assert_eq!(door.run("check").code, 3);
    let said = door.ok("recover --out saved.db");
    assert!(
        said.contains("Saved from the change journal: episode #1"),
        "{said}"
    );
    assert!(
        said.contains("1 of ") && said.contains("pages could not be read."),
        "{said}"
    );
    assert!(said.contains("Nothing is lost."), "{said}");
    let json = door.run("recover --out again.db --json").json();
    assert_eq!(json["recovered"]["saved"]["episode"], 1);
    assert_eq!(json["recovered"]["lost"].as_array().unwrap().len(), 0);
}

/// Whatever the program writes, wherever it writes it, is for its owner's eyes only.
#[cfg(unix)]
#[test]
fn everything_written_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let door = door();
    std::fs::write(door.folder().join("words"), "correct horse\n").unwrap();
    for line in [
        "backup",
        "backup --out usb/copy.db",
        "backup --out usb/copy.age --encrypt --passphrase-file words",
        "export csv",
        "export json --format json",
        "report --out report.pdf",
        "chart timeline --out chart.svg",
        "import csv",
        "restore usb/copy.db",
        "delete --forget --yes 1",
        "recover",
    ] {
        door.ok(line);
    }
    std::fs::remove_file(door.folder().join("words")).unwrap();
    let mut folders = vec![door.folder().to_path_buf()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            let (is, name) = (path.is_dir(), path.display().to_string());
            assert_eq!(mode, if is { 0o700 } else { 0o600 }, "{name}");
            assert!(
                !name.ends_with(".part") && !name.contains(".unfinished"),
                "{name}"
            );
            seen += 1;
            if is {
                folders.push(path);
            }
        }
    }
    assert!(seen > 25, "{seen}");
}

/// A report replaces a report, and leaves nothing of what stands beside it.
#[cfg(unix)]
#[test]
fn a_report_goes_where_it_is_sent() {
    let door = door();
    let at = |name: &str| door.folder().join(name);
    std::fs::write(at("r.pdf.part"), "a download").unwrap();
    std::fs::write(at("real.pdf"), "old").unwrap();
    std::os::unix::fs::symlink(at("real.pdf"), at("r.pdf")).unwrap();
    door.ok("report --out r.pdf");
    assert!(at("r.pdf").symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read(at("real.pdf")).unwrap().starts_with(b"%PDF"));
    assert_eq!(std::fs::read(at("r.pdf.part")).unwrap(), b"a download");
    std::os::unix::fs::symlink("/dev/null", at("null.pdf")).unwrap();
    door.ok("report --out null.pdf");
    assert!(!Path::new("/dev/null").is_file(), "a device was replaced");
    let said = door.refused(1, "report --out nowhere/r.pdf");
    assert!(said.contains("could not be written"), "{said}");
}

/// What was forgotten is in no file but the backups that are named.
#[test]
fn what_is_forgotten_is_gone_but_from_the_backups_named() {
    let door = door();
    door.ok("edit 1 severity=7");
    door.ok("log yesterday 23:50 right foot");
    let early = path_after(&door.ok("backup"), "Backed up");
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(8).any(|w| w == b"swearing")
    };
    assert!(holds(&door.diary()) && holds(&early));
    let said = door.ok("delete --forget --yes 1");
    let mut files = Vec::new();
    let mut folders = vec![door.folder().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let holding: Vec<&PathBuf> = files.iter().filter(|path| holds(path)).collect();
    assert!(
        holding.len() >= 2 && holding.contains(&&early),
        "{holding:?}"
    );
    for path in holding {
        assert!(
            said.contains(path.to_str().unwrap()),
            "{} is not named in\n{said}",
            path.display()
        );
    }
    assert!(!door.ok("history").contains("swearing"));
    assert!(door.ok("check").starts_with("The diary is whole"));
    assert!(door.ok("list").contains("right foot"));
}

/// A line of 64 kB, read from standard input, is kept to the last letter; 200 factors and 10,000 courses come in.
#[test]
fn the_promised_sizes_pass_the_door() {
    let mut door = Door::at(NOW);
    let note = "é".repeat(32 * 1024 - 1) + "!";
    let said = door
        .piping(&format!("03:10 left calf \"{note}\"\n"))
        .run("log -");
    assert_eq!(said.code, 0, "{}", said.err);
    let shown = door.run("show 1 --json").json();
    assert!(shown.to_string().contains(&note), "the note was cut");
    let folder = door.folder().join("csv");
    std::fs::create_dir(&folder).unwrap();
    let rows: String = (0..200)
        .map(|n| format!("own-{n},Own {n},number,day\n"))
        .collect();
    std::fs::write(
        folder.join("factors.csv"),
        format!("factor,label,type,timing\n{rows}"),
    )
    .unwrap();
    let first: chrono::NaiveDate = "1926-03-04".parse().unwrap();
    let rows: String = (0..10_000_u64)
        .map(|n| {
            let start = first + chrono::Days::new(n * 3);
            format!(
                "course {},supplement,{start},{}\n",
                n % 40,
                start + chrono::Days::new(2)
            )
        })
        .collect();
    std::fs::write(
        folder.join("courses.csv"),
        format!("name,kind,start,stop\n{rows}"),
    )
    .unwrap();
    let said = door.run("import csv --json").json();
    assert_eq!(
        (&said["new"], &said["refused"]),
        (&10_200.into(), &serde_json::json!([]))
    );
    door.ok("week");
    assert!(door.ok("check").contains("The diary is whole"));
}

/// Where nothing can be written, everything can still be read, and a write says why it was not made.
#[cfg(unix)]
#[test]
fn a_diary_that_cannot_be_written_is_read_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    let door = door();
    let folder = door.diary().parent().unwrap().to_path_buf();
    let program = door.folder().join("cramp");
    std::fs::copy(crate::tests::cramp_binary(), &program).unwrap();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let before = std::fs::read(door.diary()).unwrap();
    // Permissions do not bind the administrator, who becomes nobody here.
    const NOBODY: u32 = 65_534;
    let probe = door.folder().join("probe");
    std::fs::write(&probe, "").unwrap();
    mode(&probe, 0o400);
    let is_root = std::fs::OpenOptions::new()
        .append(true)
        .open(&probe)
        .is_ok();
    mode(door.folder(), 0o755);
    for (folder_mode, file_mode, writable) in [(0o555, 0o444, false), (0o555, 0o666, true)] {
        mode(&folder, folder_mode);
        mode(&door.diary(), file_mode);
        mode(&folder.join("diary.sqlite.backups"), folder_mode);
        let run = |line: &[&str]| {
            let mut command = Command::new(&program);
            command.args(line).current_dir("/");
            command
                .env("NIGHTCRAMP_DIARY", door.diary())
                .env("NIGHTCRAMP_NOW", "2026-03-05T08:00:00Z");
            if is_root {
                command.uid(NOBODY).gid(NOBODY);
            }
            let out = command.output().unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (out.status.code(), text(out.stdout), text(out.stderr))
        };
        let (code, out, err) = run(&["list"]);
        assert!(code == Some(0) && out.contains("left calf"), "{err}");
        let (code, out, err) = run(&["check"]);
        assert!(
            code == Some(0) && out.contains("The diary is whole"),
            "{out}{err}"
        );
        for line in [&["log", "left"][..], &["undo"], &["night", "calm"]] {
            let (code, out, err) = run(line);
            assert_eq!(
                (code, out.as_str()),
                (Some(3), ""),
                "{line:?} {writable}: {err}"
            );
            assert!(err.contains("the diary cannot be written"), "{err}");
            assert!(
                err.contains("make the file and its folder writable"),
                "{err}"
            );
        }
        assert!(std::fs::read(door.diary()).unwrap() == before);
    }
    mode(&folder, 0o700);
    mode(&folder.join("diary.sqlite.backups"), 0o700);
}
