//! The program itself, killed at random moments, on a failing and on a full disk, and in a crowd. Whatever happens, a
//! diary holds what it held before or what it holds after the command was done, nothing between; an acknowledged
//! command was done.
//!
//! `NIGHTCRAMP_KILLS` sets how many kills each command meets (from 100 on the disk fails at every single operation),
//! `NIGHTCRAMP_CROWD` how often each of eight processes writes.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::store::*;
use crate::tests::Contents;
use rand_pcg::rand_core::Rng;

use crate::tests::store_records::now;
use crate::tests::trust_door::{PUBLIC_KEY, SECRET_KEY};

/// What is done to a diary.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// The first entry of all makes the diary.
    First,
    /// The first entry of a day, with the backup it makes.
    Log,
    Import,
    Undo,
    Backup,
    /// An encrypted copy elsewhere.
    Copy,
    Restore,
    /// Over a damaged diary.
    RestoreOver,
    Forget,
    /// An entry in a diary of an older version.
    Step,
}

const ROLES: [Role; 10] = [
    Role::First,
    Role::Log,
    Role::Import,
    Role::Undo,
    Role::Backup,
    Role::Copy,
    Role::Restore,
    Role::RestoreOver,
    Role::Forget,
    Role::Step,
];

/// Values of the import.
const VALUES: usize = 1_500;

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |n| n.parse().unwrap())
}

/// The program at work on the diary of a folder, at the morning of 5 March 2026.
fn cramp(folder: &Path, line: &[&str]) -> Command {
    let mut command = Command::new(crate::tests::cramp_binary());
    at(&mut command, folder);
    command.args(line);
    command
}

fn at(command: &mut Command, folder: &Path) {
    command
        .current_dir(folder)
        .env("NIGHTCRAMP_DIARY", folder.join("diary.db"))
        .env("NIGHTCRAMP_NOW", "2026-03-05T08:00:00Z")
        .env("TZ", "Europe/London")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
}

fn done(folder: &Path, line: &[&str]) {
    let out = cramp(folder, line)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{line:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
}

impl Role {
    /// The folder as it is before.
    fn prepare(self, folder: &Path) {
        let yesterday = ["--now", "2026-03-04T08:00:00Z"];
        let add = |words: &[&str]| done(folder, &[&yesterday, words].concat());
        match self {
            Role::First => return,
            Role::Step => {
                let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries/version-1.db");
                std::fs::copy(old, folder.join("diary.db")).unwrap();
                return;
            }
            _ => {}
        }
        add(&["log", "03:10", "left", "calf", "6", "room=18C", "one"]);
        add(&["night", "2026-03-01", "calm", "room=17C"]);
        match self {
            Role::Import => {
                let rows: String = (0..VALUES)
                    .map(|day| {
                        let first: chrono::NaiveDate = "2015-01-01".parse().unwrap();
                        let night = first + chrono::Days::new(day as u64);
                        format!("{night},room,{}\n", 15 + day % 9)
                    })
                    .collect();
                std::fs::create_dir(folder.join("csv")).unwrap();
                let text = format!("night,factor,value\n{rows}");
                std::fs::write(folder.join("csv/context.csv"), text).unwrap();
            }
            Role::Undo => add(&["log", "23:50", "right", "foot", "room=16C"]),
            Role::Restore | Role::RestoreOver => {
                add(&["backup", "--out", "copy.db"]);
                add(&["log", "23:50", "right", "foot", "later"]);
                add(&["edit", "1", "severity=9"]);
            }
            Role::Forget => add(&["edit", "1", "severity=9"]),
            _ => {}
        }
        if self == Role::RestoreOver {
            let mut bytes = std::fs::read(folder.join("diary.db")).unwrap();
            let half = bytes.len() / 2;
            bytes[half..].fill(0xa5);
            std::fs::write(folder.join("diary.db"), bytes).unwrap();
        }
    }

    fn words(self) -> &'static [&'static str] {
        match self {
            Role::First | Role::Log | Role::Step => {
                &["log", "02:00", "both", "calf", "4", "room=19C", "two"]
            }
            Role::Import => &["import", "csv"],
            Role::Undo => &["undo"],
            Role::Backup => &["backup"],
            Role::Copy => &[
                "backup",
                "--out",
                "usb/copy.db",
                "--encrypt",
                "--recipient",
                PUBLIC_KEY,
            ],
            Role::Restore | Role::RestoreOver => &["restore", "copy.db"],
            Role::Forget => &["delete", "--forget", "--yes", "1"],
        }
    }
}

/// What a diary holds; `None` when there is none, or a damaged one.
fn held(folder: &Path) -> Option<String> {
    let path = folder.join("diary.db");
    if !path.exists() {
        return None;
    }
    // Opened as the next command would, with the schema steps and SQLite's own rollback.
    Some(Store::open(&path, now()).ok()?.contents())
}

/// A command with what it starts from and where it leads.
struct Stage {
    role: Role,
    template: tempfile::TempDir,
    before: Option<String>,
    after: Option<String>,
    takes: Duration,
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, to).unwrap();
        }
    }
}

impl Stage {
    fn set(role: Role) -> Stage {
        let template = tempfile::tempdir().unwrap();
        role.prepare(template.path());
        let aside = |role: Role| {
            let dir = tempfile::tempdir().unwrap();
            copy_folder(template.path(), dir.path());
            let before = held(dir.path());
            let begun = Instant::now();
            done(dir.path(), role.words());
            (before, held(dir.path()), begun.elapsed())
        };
        let (mut before, after, first) = aside(role);
        // The quickest of three: a busy machine would have it killed when it is long done.
        let takes = first.min(aside(role).2).min(aside(role).2);
        if role == Role::First {
            // The diary is made before its first entry is written.
            let dir = tempfile::tempdir().unwrap();
            Store::open(&dir.path().join("diary.db"), now()).unwrap();
            before = held(dir.path());
        }
        let same = [Role::Backup, Role::Copy].contains(&role);
        assert_eq!(before == after, same, "{role:?} does something");
        Stage {
            role,
            template,
            before,
            after,
            takes,
        }
    }

    /// Plays it in a fresh folder; `run` interferes and says whether the command was acknowledged.
    fn play(&self, run: impl FnOnce(&Path) -> bool) -> bool {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        copy_folder(self.template.path(), folder);
        let acknowledged = run(folder);
        self.holds(folder, acknowledged);
        acknowledged
    }

    fn holds(&self, folder: &Path, acknowledged: bool) {
        let role = self.role;
        let path = folder.join("diary.db");
        let now_holds = held(folder);
        if acknowledged {
            assert_eq!(now_holds, self.after, "{role:?}: acknowledged and lost");
        }
        let nothing = role == Role::First && now_holds.is_none();
        assert!(
            nothing || now_holds == self.before || now_holds == self.after,
            "{role:?}: something between before and after"
        );
        if now_holds.is_none() {
            match role {
                Role::First => assert!(!path.exists(), "half a diary"),
                Role::RestoreOver => assert!(
                    std::fs::read(&path).unwrap()
                        == std::fs::read(self.template.path().join("diary.db")).unwrap(),
                    "the damaged diary was touched"
                ),
                _ => panic!("{role:?}: the diary is gone"),
            }
        } else {
            sound(&path);
        }
        for backup in backups(&path).unwrap() {
            sound(&backup.path);
            if let Some(manifest) = &backup.manifest {
                assert_eq!(manifest.bytes, backup.bytes, "{}", backup.path.display());
            }
        }
        let copy = folder.join("usb/copy.db");
        if role == Role::Copy && (acknowledged || copy.exists()) {
            let fresh = folder.join("fresh").join("diary.db");
            let key = Unlock::KeyFile(SECRET_KEY.into());
            Store::restore(&fresh, &copy, now(), Some(&key)).unwrap();
            assert_eq!(held(&folder.join("fresh")), self.before);
        }
        // And it goes on working, whatever was left lying about.
        if now_holds.is_some() || role == Role::First {
            done(folder, &["log", "01:00", "left", "foot"]);
            sound(&path);
        }
    }
}

fn sound(path: &Path) {
    let findings = Store::check(path, now()).unwrap().unwrap();
    assert!(findings.is_sound(), "{}: {findings:#?}", path.display());
}

#[test]
fn the_program_killed_at_any_moment_loses_nothing_acknowledged() {
    let count = number("NIGHTCRAMP_KILLS", 3);
    let mut chance = rand_pcg::Pcg64::new(60, 0x0a02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96);
    for role in ROLES {
        let stage = Stage::set(role);
        let (mut acknowledged, mut undone) = (0, 0);
        for _ in 0..count {
            let longest = u64::try_from(stage.takes.as_micros() * 5 / 4).unwrap();
            let moment = Duration::from_micros(chance.next_u64() % longest);
            let mut ended = false;
            let acked = stage.play(|folder| {
                let said = folder.join("said.txt");
                let out = std::fs::File::create(&said).unwrap();
                let mut child = cramp(folder, role.words()).stdout(out).spawn().unwrap();
                std::thread::sleep(moment);
                child.kill().unwrap();
                ended = child.wait().unwrap().success();
                // Whatever it says, it says after the fact.
                !std::fs::read(&said).unwrap().is_empty()
            });
            assert!(acked || !ended, "{role:?}: it ended well and said nothing");
            acknowledged += usize::from(acked);
            undone += usize::from(!acked);
        }
        println!(
            "{role:?}: killed {count} times, {undone} before and {acknowledged} after it was acknowledged"
        );
        assert!(
            count < 50 || undone > count / 10,
            "{role:?}: killed too late"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_on_a_failing_disk_loses_nothing_acknowledged() {
    let tools = tempfile::tempdir().unwrap();
    let shim = crate::tests::kill::shim(tools.path());
    let counted = tools.path().join("count");
    let every = number("NIGHTCRAMP_KILLS", 3);
    for role in ROLES {
        let stage = Stage::set(role);
        let play = |at: usize, mode: &str| {
            let acked = stage.play(|folder| {
                let status = cramp(folder, role.words())
                    .env("LD_PRELOAD", &shim)
                    .env("FAULT_COUNT", &counted)
                    .env("FAULT_MODE", mode)
                    .env("FAULT_AT", at.to_string())
                    .stdout(Stdio::null())
                    .status()
                    .unwrap();
                assert!(status.code().is_some(), "{role:?} {at} {mode}: it crashed");
                status.success()
            });
            let seen: usize = std::fs::read_to_string(&counted).unwrap().parse().unwrap();
            (acked, seen)
        };
        let (acked, operations) = play(usize::MAX, "once");
        assert!(
            acked && operations > 5,
            "{role:?}: the shim saw {operations}"
        );
        let step = if every >= 100 {
            1
        } else {
            operations.div_ceil(every)
        };
        let (mut failures, mut refused) = (0, 0);
        for mode in ["once", "forever"] {
            for at in (1..).step_by(step) {
                let (acked, seen) = play(at, mode);
                if seen < at {
                    // Nothing was left to fail.
                    assert!(acked, "{role:?}");
                    break;
                }
                failures += 1;
                refused += usize::from(!acked);
            }
        }
        println!("{role:?}: {operations} writes and syncs, {failures} failures, {refused} refused");
        assert!(refused > 0, "{role:?}: no failure was ever noticed");
    }
}

/// A limit on the size of files, as a full disk has it: with and without the signal that kills.
#[test]
fn the_program_on_a_full_disk_loses_nothing_acknowledged() {
    let mut refused = 0;
    for role in ROLES {
        let stage = Stage::set(role);
        for (blocks, trap) in [
            0, 1, 8, 24, 48, 96, 144, 176, 184, 192, 200, 208, 224, 256, 400, 700,
        ]
        .into_iter()
        .flat_map(|blocks| [(blocks, "trap '' XFSZ;"), (blocks, "")])
        .step_by(if number("NIGHTCRAMP_KILLS", 3) >= 100 {
            1
        } else {
            7
        }) {
            let acked = stage.play(|folder| {
                let mut command = Command::new("sh");
                at(&mut command, folder);
                command
                    .args(["-c", &format!("{trap} ulimit -f {blocks}; exec \"$@\"")])
                    .arg("sh")
                    .arg(crate::tests::cramp_binary())
                    .args(role.words())
                    .stdout(Stdio::null());
                command.status().unwrap().success()
            });
            refused += usize::from(!acked);
        }
    }
    println!("{refused} refused for want of room");
    assert!(refused > 8, "{refused}");
}

/// Eight processes at a time write again and again, from the very first entry on, while another reads reports.
#[test]
fn a_crowd_of_programs_loses_nothing() {
    let writes = number("NIGHTCRAMP_CROWD", 6);
    let dir = tempfile::tempdir().unwrap();
    let folder: PathBuf = dir.path().to_path_buf();
    let run = |line: &[&str]| {
        let out = cramp(&folder, line)
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .output()
            .unwrap();
        let (said, complained) = (
            String::from_utf8_lossy(&out.stdout).into_owned(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        );
        assert!(out.status.success(), "{line:?}: {complained}");
        assert!(!complained.contains("in use"), "{complained}");
        said
    };
    let busy = std::sync::atomic::AtomicUsize::new(8);
    let (mut ids, reads) = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|who| {
                let (run, busy) = (&run, &busy);
                scope.spawn(move || {
                    let mut mine = Vec::new();
                    for number in 0..writes {
                        let note = format!("who-{who}-{number}");
                        let said = run(&["log", "03:10", "left", "calf", &note]);
                        let id = said.split(['#', ':']).nth(1).unwrap();
                        mine.push((
                            id.parse::<i64>().unwrap(),
                            format!("03:10 left calf {note}"),
                        ));
                    }
                    busy.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    mine
                })
            })
            .collect();
        let mut reads = 0;
        let mut most = 0;
        while busy.load(std::sync::atomic::Ordering::SeqCst) > 0 {
            run(&["week"]);
            let listed = run(&["list", "--json"]);
            let there = listed.matches("\"id\": \"#").count();
            assert!(there >= most, "an entry went away");
            most = there;
            reads += 1;
        }
        let mut ids = Vec::new();
        for writer in writers {
            ids.extend(writer.join().unwrap());
        }
        (ids, reads)
    });
    println!("8 times {writes} entries, {reads} readings meanwhile");
    ids.sort();
    let expected: Vec<i64> = (1..=i64::try_from(8 * writes).unwrap()).collect();
    assert_eq!(ids.iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
    let path = folder.join("diary.db");
    let diary = Store::open_read(&path)
        .unwrap()
        .unwrap()
        .read(None)
        .unwrap();
    let mut kept: Vec<(i64, String)> = diary
        .episodes
        .iter()
        .map(|e| (e.id, e.raw.clone().unwrap_or_default()))
        .collect();
    kept.sort();
    assert_eq!(kept, ids);
    sound(&path);
}

/// The README states what is played here.
#[test]
fn the_readme_states_what_is_played() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let promises = readme
        .split("## What we promise")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .unwrap();
    let commands = format!("random moments in {} commands", ROLES.len());
    assert!(promises.contains(&commands), "{commands}");
    let kills = format!("{},000 kills", ROLES.len() * 100 / 1_000);
    assert!(promises.contains(&kills), "{kills}");
    let tests = std::fs::read_dir(root.join("tests")).unwrap();
    let all: String = tests
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    for word in promises.split('`') {
        if word.starts_with("tests/") {
            assert!(root.join(word).exists(), "{word} is not there");
        }
        if let Some((variable, _)) = word.split_once('=') {
            assert!(
                all.contains(&format!("\"{variable}\"")),
                "no test reads {variable}"
            );
        }
    }
}
