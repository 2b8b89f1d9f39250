//! Nothing acknowledged is lost and nothing is half written: when the process is killed, when the disk fails or is
//! full, and when many write at once.
//!
//! The parent runs this test program again as a child that plays a role (`child`), and interferes with it.
//! `NIGHTCRAMP_KILLS` sets how many kills are played for each role.
#![cfg(unix)]
#![allow(clippy::disallowed_methods)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::diary::*;
use crate::store::write::*;
use crate::store::*;
use crate::tests::Contents;
use rand_pcg::rand_core::Rng;

use crate::tests::store_records::*;

/// Values of one pretended import.
const IMPORT: i64 = 1_500;

/// Notes, in a way a kill cannot tear, that a write was acknowledged.
fn acknowledge(path: &Path, what: &str) {
    let acks = path.with_file_name("acks.txt");
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(acks)
        .unwrap();
    file.write_all(format!("{what}\n").as_bytes()).unwrap();
}

fn acknowledged(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path.with_file_name("acks.txt")).unwrap_or_default();
    text.lines().map(str::to_string).collect()
}

/// One write that touches two tables, so that half of it could be seen.
fn pair(store: &mut Store, who: &str) -> Result<i64, StoreError> {
    store.write(now(), "log", |w| {
        let id = w.next_id(Table::Episode)?;
        w.put(Record::Episode(Episode {
            raw: Some(who.into()),
            ..Episode::blank(id, night("2026-03-01"), now())
        }))?;
        w.put(Record::Event(Event {
            id,
            night: night("2026-03-01"),
            text: who.into(),
            recorded_at: now(),
        }))?;
        Ok(id)
    })
}

fn import(store: &mut Store, number: i64) -> Result<Counts, StoreError> {
    let first = night("1990-01-01").plus(number * IMPORT);
    let values = (0..IMPORT).map(|day| {
        let room = value("1990-01-01", "room", Value::Number(day as f64));
        Record::Value(ContextValue {
            night: first.plus(day),
            ..room
        })
    });
    store.write(now(), "import", |w| w.put_all(values.collect()))
}

/// What the child does until it is killed, its work is done, or the disk fails. An error ends it: exit code 1.
fn play(role: &str, path: &Path, rounds: i64) -> Result<(), StoreError> {
    match role {
        "log" => {
            let mut store = Store::open(path, now())?;
            for _ in 0..rounds {
                let id = pair(&mut store, "kill")?;
                acknowledge(path, &id.to_string());
            }
        }
        "import" => {
            let mut store = Store::open(path, now())?;
            store.backup(now(), Reason::Import)?;
            for number in 0..rounds.min(40) {
                import(&mut store, number)?;
                acknowledge(path, &number.to_string());
            }
        }
        "undo" => {
            let mut store = Store::open(path, now())?;
            for _ in 0..rounds {
                pair(&mut store, "a")?;
                pair(&mut store, "b")?;
                store.undo(&present())?;
                store.undo(&present())?;
                store.redo(&present())?;
            }
        }
        "experiment" => {
            let mut store = Store::open(path, now())?;
            let plan = experiment(0, "stretch", "2026-03-04");
            let begun = store.write(now(), "experiment start", |w| {
                w.start_experiment(plan, &present())
            });
            begun.map_err(|error| StoreError::Refused(error.to_string()))?;
            acknowledge(path, "begun");
            for round in 0..rounds {
                let night = night("2026-03-04").plus(round % 3);
                let done = vocabulary::Done::ALL[usize::try_from(round % 2).unwrap_or(0)];
                store.write(now(), "night", |w| {
                    w.put_adherence("stretch", night, Some(done), now())
                })?;
                acknowledge(path, &round.to_string());
            }
        }
        "backup" => {
            for round in 0..rounds {
                let mut store = Store::open(path, now())?;
                pair(&mut store, "kill")?;
                let backup =
                    store.backup(now() + chrono::Duration::seconds(round), Reason::Asked)?;
                acknowledge(path, &backup.path.display().to_string());
            }
        }
        "restore" => {
            let fixed = path.with_file_name("fixed.db");
            for _ in 0..rounds {
                Store::restore(path, &fixed, now(), None)?;
                acknowledge(path, "restored");
                pair(&mut Store::open(path, now())?, "kill")?;
            }
        }
        "step" => {
            Store::open(path, now())?;
            acknowledge(path, "stepped");
        }
        other => panic!("no role {other}"),
    }
    Ok(())
}

/// The child's way in; without a role there is nothing to play.
#[test]
fn child() {
    let (Ok(role), Ok(path)) = (
        std::env::var("NIGHTCRAMP_ROLE"),
        std::env::var("NIGHTCRAMP_PLACE"),
    ) else {
        return;
    };
    let rounds = std::env::var("NIGHTCRAMP_ROUNDS").map_or(1_000, |n| n.parse().unwrap());
    let done = play(&role, Path::new(&path), rounds);
    if let Err(error) = done {
        acknowledge(Path::new(&path), &format!("refused {error}"));
        std::process::exit(1);
    }
    std::process::exit(0);
}

fn role(role: &str, path: &Path, rounds: i64) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "tests::kill::child",
            "--test-threads=1",
            "--quiet",
        ])
        .env("NIGHTCRAMP_ROLE", role)
        .env("NIGHTCRAMP_PLACE", path)
        .env("NIGHTCRAMP_ROUNDS", rounds.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn sound(path: &Path) {
    let findings = Store::check(path, now()).unwrap().unwrap();
    assert!(findings.is_sound(), "{findings:#?}");
}

/// Both halves of every pair are there, or neither.
fn no_half_pairs(path: &Path) -> Vec<i64> {
    let diary = Store::open_read(path).unwrap().unwrap().read(None).unwrap();
    let mut episodes: Vec<i64> = diary.episodes.iter().map(|e| e.id).collect();
    let mut events: Vec<i64> = diary.events.iter().map(|e| e.id).collect();
    episodes.sort_unstable();
    events.sort_unstable();
    assert_eq!(episodes, events, "half a write");
    episodes
}

fn hash(path: &Path) -> String {
    Store::open_read(path).unwrap().unwrap().contents()
}

/// A diary of the first version of the schema.
fn version_one() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries/version-1.db")
}

/// What each role starts from.
fn prepare(role: &str, path: &Path) {
    if role == "step" {
        std::fs::copy(version_one(), path).unwrap();
        return;
    }
    let mut store = Store::open(path, now()).unwrap();
    pair(&mut store, "first").unwrap();
    if role == "restore" {
        let fixed = store.backup(now(), Reason::Asked).unwrap().path;
        std::fs::rename(fixed, path.with_file_name("fixed.db")).unwrap();
        std::fs::remove_dir_all(backups_folder(path)).unwrap();
        pair(&mut store, "second").unwrap();
    }
}

/// What must hold afterwards, whatever happened.
fn verify(role: &str, path: &Path) {
    let acks = acknowledged(path);
    let acks: Vec<&str> = acks
        .iter()
        .map(String::as_str)
        .filter(|a| !a.starts_with("refused"))
        .collect();
    if role == "step" {
        let store = Store::open(path, now()).unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let other = elsewhere.path().join("d.db");
        std::fs::copy(version_one(), &other).unwrap();
        assert_eq!(
            store.contents(),
            Store::open(&other, now()).unwrap().contents()
        );
        return sound(path);
    }
    sound(path);
    match role {
        "log" => {
            let there = no_half_pairs(path);
            let lost = acks.iter().find(|a| !there.contains(&a.parse().unwrap()));
            assert_eq!(lost, None, "an acknowledged write is lost");
            assert!(there.len() <= acks.len() + 2, "a write came from nowhere");
        }
        "import" => {
            let values = Store::open_read(path)
                .unwrap()
                .unwrap()
                .read(None)
                .unwrap()
                .values
                .len();
            let imports = values / usize::try_from(IMPORT).unwrap();
            assert_eq!(
                values % usize::try_from(IMPORT).unwrap(),
                0,
                "half an import"
            );
            assert!((acks.len()..=acks.len() + 1).contains(&imports));
        }
        "undo" => {
            no_half_pairs(path);
        }
        "experiment" => {
            let diary = Store::open_read(path).unwrap().unwrap().read(None).unwrap();
            assert!(diary.experiments.iter().all(Experiment::is_sound));
            let (begun, answers) = (!acks.is_empty(), acks.len().saturating_sub(1));
            assert!(
                diary.experiments.len() == 1 || !begun,
                "an acknowledged start is lost"
            );
            let nights = diary.adherence.len();
            let most = (answers + 1).min(3);
            assert!((answers.min(3)..=most).contains(&nights), "{nights}");
        }
        "backup" => {
            no_half_pairs(path);
            for ack in &acks {
                assert!(
                    Path::new(ack).exists(),
                    "{ack} was acknowledged and is gone"
                );
            }
            for backup in backups(path).unwrap() {
                sound(&backup.path);
            }
        }
        "restore" => {
            // Either what the backup holds, or that and one pair written after.
            let fixed = hash(&path.with_file_name("fixed.db"));
            let there = no_half_pairs(path);
            assert!(hash(path) == fixed || there.len() == 2, "{there:?}");
        }
        other => panic!("no role {other}"),
    }
    // And it goes on working.
    pair(&mut Store::open(path, now()).unwrap(), "after").unwrap();
}

const ROLES: [&str; 7] = [
    "log",
    "import",
    "undo",
    "experiment",
    "backup",
    "restore",
    "step",
];

/// How many kills, or failures of the disk, are played for each role.
fn kills_wanted() -> usize {
    std::env::var("NIGHTCRAMP_KILLS").map_or(8, |n| n.parse().unwrap())
}

/// How long a kill may wait, microseconds: as long as a run takes here that nobody kills, and at most 150 ms.
fn longest_wait(role_name: &str) -> u64 {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.db");
    prepare(role_name, &path);
    let mut child = role(role_name, &path, 1_000).spawn().unwrap();
    for waited in (0..150_000).step_by(1_000) {
        if child.try_wait().unwrap().is_some() {
            return waited.max(1_000);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    150_000
}

/// Kills the child at a random moment, again and again on the same diary, then looks.
fn kills(role_name: &str, seed: u64) {
    let count = kills_wanted();
    let mut chance =
        rand_pcg::Pcg64::new(u128::from(seed), 0x0a02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96);
    let mut dir = tempfile::tempdir().unwrap();
    let mut path = dir.path().join("d.db");
    let mut hits = 0;
    let most = longest_wait(role_name);
    for number in 0..count {
        // Most roles start afresh; the others go on with what the last kill left.
        if number % 10 == 0 || !["undo", "backup"].contains(&role_name) {
            dir = tempfile::tempdir().unwrap();
            path = dir.path().join("d.db");
            prepare(role_name, &path);
        }
        let mut child = role(role_name, &path, 1_000).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(chance.next_u64() % most));
        if child.try_wait().unwrap().is_none() {
            hits += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        verify(role_name, &path);
        std::fs::remove_file(path.with_file_name("acks.txt")).ok();
    }
    assert!(
        4 * hits >= count,
        "{role_name}: only {hits} of {count} kills met it at work"
    );
}

#[test]
fn a_killed_log_loses_nothing_acknowledged() {
    kills("log", 1);
}

#[test]
fn a_killed_import_is_whole_or_absent() {
    kills("import", 2);
}

#[test]
fn a_killed_undo_leaves_whole_changes() {
    kills("undo", 3);
}

#[test]
fn a_killed_experiment_loses_nothing_acknowledged() {
    kills("experiment", 7);
}

#[test]
fn a_killed_backup_leaves_no_broken_backup() {
    kills("backup", 4);
}

#[test]
fn a_killed_restore_is_whole_or_absent() {
    kills("restore", 5);
}

#[test]
fn a_killed_schema_step_is_whole_or_absent() {
    kills("step", 6);
}

/// A shim that fails the n-th write, sync, truncation, link or renaming of a diary file, once or from then on.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static long calls = 0;
__attribute__((destructor)) static void count(void) {
    const char *to = getenv("FAULT_COUNT");
    FILE *f = to ? fopen(to, "w") : NULL;
    if (f) { fprintf(f, "%ld", calls); fclose(f); }
}
static int ours(int fd) {
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, name, sizeof name - 1);
    if (n < 0) return 0;
    name[n] = 0;
    return strstr(name, ".db") != NULL;
}
static int fails(int counts) {
    if (!counts) return 0;
    const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
    calls++;
    if (!at) return 0;
    long n = atol(at);
    int hit = mode && mode[0] == 'f' ? calls >= n : calls == n;
    if (hit) errno = calls % 2 ? EIO : ENOSPC;
    return hit;
}
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
ssize_t write(int fd, const void *b, size_t n) { return fd > 2 && fails(ours(fd)) ? -1 : REAL(write)(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return fails(ours(fd)) ? -1 : REAL(pwrite)(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { return fails(ours(fd)) ? -1 : REAL(pwrite64)(fd, b, n, o); }
int fsync(int fd) { return fails(ours(fd)) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails(ours(fd)) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { return fails(ours(fd)) ? -1 : REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { return fails(ours(fd)) ? -1 : REAL(ftruncate64)(fd, n); }
int unlink(const char *p) { return fails(strstr(p, ".db") != NULL) ? -1 : REAL(unlink)(p); }
int rename(const char *a, const char *b) { return fails(strstr(b, ".db") != NULL) ? -1 : REAL(rename)(a, b); }
int linkat(int d, const char *a, int e, const char *b, int f) { return fails(strstr(b, ".db") != NULL) ? -1 : REAL(linkat)(d, a, e, b, f); }
"#;

/// Builds the shim with the C compiler that the database needs anyway.
#[cfg(target_os = "linux")]
pub(crate) fn shim(dir: &Path) -> PathBuf {
    let (source, library) = (dir.join("fault.c"), dir.join("fault.so"));
    std::fs::write(&source, SHIM).unwrap();
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let built = Command::new(&compiler)
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status()
        .unwrap_or_else(|why| {
            panic!("this test needs the C compiler that builds SQLite ({compiler}): {why}")
        });
    assert!(built.success());
    library
}

/// A disk that fails at the n-th operation of a role, once or from then on, for n spread over all its operations.
#[cfg(target_os = "linux")]
#[test]
fn a_failing_disk_loses_nothing_acknowledged() {
    let tools = tempfile::tempdir().unwrap();
    let shim = shim(tools.path());
    let tries = kills_wanted();
    let mut refusals = 0;
    for role_name in ROLES {
        let counted = tools.path().join("count");
        let run = |at: Option<usize>, mode: &str| {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("d.db");
            prepare(role_name, &path);
            let mut command = role(role_name, &path, 1);
            command
                .env("LD_PRELOAD", &shim)
                .env("FAULT_COUNT", &counted)
                .env("FAULT_MODE", mode);
            if let Some(at) = at {
                command.env("FAULT_AT", at.to_string());
            }
            let status = command.status().unwrap();
            let refused = acknowledged(&path).iter().any(|a| a.starts_with("refused"));
            assert_eq!(
                status.code(),
                Some(i32::from(refused)),
                "{role_name} {mode} {at:?}"
            );
            verify(role_name, &path);
            usize::from(refused)
        };
        assert_eq!(
            run(None, "never"),
            0,
            "{role_name} fails on a disk that does not"
        );
        let operations: usize = std::fs::read_to_string(&counted).unwrap().parse().unwrap();
        assert!(
            operations > 5,
            "the shim saw {operations} operations of {role_name}"
        );
        for at in (1..=operations).step_by(operations.div_ceil(tries)) {
            refusals += run(Some(at), "once") + run(Some(at), "forever");
        }
    }
    assert!(refusals > 20, "{refusals}");
}

/// A limit on the size of files, as a full disk has it.
#[test]
fn a_full_disk_loses_nothing_acknowledged() {
    let exe = std::env::current_exe().unwrap();
    let mut refusals = 0;
    for role_name in ["log", "import", "backup", "restore"] {
        for blocks in [
            0, 8, 40, 80, 100, 104, 108, 112, 116, 120, 140, 180, 240, 400,
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("d.db");
            prepare(role_name, &path);
            let before = hash(&path);
            // The acknowledgements are a file too, but a short one.
            let mut command = Command::new("sh");
            command
                .arg("-c")
                .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --exact tests::kill::child --test-threads=1 --quiet"))
                .arg(&exe)
                .env("NIGHTCRAMP_ROLE", role_name)
                .env("NIGHTCRAMP_PLACE", &path)
                .env("NIGHTCRAMP_ROUNDS", "3")
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let status = command.status().unwrap();
            if !status.success() {
                refusals += 1;
            }
            if blocks == 0 {
                assert!(!status.success());
                assert_eq!(hash(&path), before, "{role_name}");
            }
            verify(role_name, &path);
        }
    }
    assert!(refusals > 8, "{refusals}");
}

/// Eight processes write 200 times each, at once, while another reads: none lost, none doubled, none refused.
#[test]
fn a_crowd_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("d.db");
    // Not even the making of the file is left to one of them.
    let mut crowd: Vec<_> = (0..8)
        .map(|_| role("log", &path, 200).spawn().unwrap())
        .collect();
    let mut reads = 0;
    let mut largest = 0;
    while crowd
        .iter_mut()
        .any(|child| child.try_wait().unwrap().is_none())
    {
        if let Some(store) = Store::open_read(&path).unwrap() {
            let diary = store.read(None).unwrap();
            assert_eq!(diary.episodes.len(), diary.events.len());
            assert!(diary.episodes.len() >= largest, "a write went away");
            largest = diary.episodes.len();
            reads += 1;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    for mut child in crowd {
        assert!(
            child.wait().unwrap().success(),
            "{:?}",
            acknowledged(&path).last()
        );
    }
    let mut acks: Vec<i64> = acknowledged(&path)
        .iter()
        .map(|a| a.parse().unwrap())
        .collect();
    acks.sort_unstable();
    assert_eq!(acks, (1..=1_600).collect::<Vec<_>>());
    assert_eq!(no_half_pairs(&path), acks);
    assert!(reads > 5, "{reads}");
    sound(&path);
}
