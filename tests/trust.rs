//! Nothing lost, nothing damaged: backups, restoring, the full check, encrypted copies.

use crate::diary::pain::Pain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diary::*;
use crate::store::check_rows::*;
use crate::store::*;
use crate::tests::Contents;
use chrono::Duration;

use crate::tests::store_records::*;

fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("diary.db");
    (dir, path)
}

fn put(path: &Path, records: Vec<Record>) {
    Store::open(path, now())
        .unwrap()
        .write::<_, StoreError>(now(), "test", |w| w.put_all(records))
        .unwrap();
}

fn hash(path: &Path) -> String {
    Store::open_read(path).unwrap().unwrap().contents()
}

fn check(path: &Path) -> Findings {
    Store::check(path, now()).unwrap().unwrap()
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

#[test]
fn a_sound_diary_is_found_clean() {
    let (_dir, path) = place();
    put(&path, every_kind());
    let mut store = Store::open(&path, now()).unwrap();
    for id in 20..40 {
        store
            .write::<_, StoreError>(now(), "log", |w| {
                w.put(Record::Episode(Episode {
                    began_at: None,
                    ..episode(id)
                }))
            })
            .unwrap();
    }
    for _ in 0..5 {
        store.undo(&present()).unwrap();
    }
    store.redo(&present()).unwrap();
    store.forget(now(), &[Key::Episode(22)]).unwrap();
    store
        .write::<_, StoreError>(now(), "delete", |w| w.remove(&Key::Episode(23)))
        .unwrap();
    let findings = check(&path);
    assert!(findings.is_sound(), "{findings:#?}");
    // The episode of the sample lasts impossibly long, and so it is said, but nothing else.
    let said: Vec<_> = findings.findings.iter().map(|f| f.what.as_str()).collect();
    assert!(said.iter().all(|w| w.contains("twelve hours")), "{said:?}");
    assert_eq!(findings.rows["episode"], 2 + 20 - 4 - 2);
}

#[test]
fn what_can_hardly_be_true_is_said() {
    let (_dir, path) = place();
    let late = now() + Duration::days(400);
    put(
        &path,
        vec![
            Record::Episode(Episode {
                duration_s: Some(60),
                ..episode(1)
            }),
            Record::Episode(Episode {
                duration_s: Some(60),
                ..episode(2)
            }),
            Record::Episode(Episode {
                duration_s: None,
                night: night("2026-03-01"),
                ..episode(3)
            }),
            Record::Event(Event {
                id: 1,
                night: night("2026-03-01"),
                text: "x".into(),
                recorded_at: late,
            }),
            Record::Course(Course {
                start_certainty: None,
                id: 1,
                name: "x".into(),
                kind: vocabulary::CourseKind::Measure,
                class: None,
                dose: None,
                unit: None,
                basis: None,
                per_day: None,
                start: date("2026-02-02"),
                stop: Some(date("2026-02-01")),
                reason: None,
                typed: None,
                recorded_at: now(),
            }),
        ],
    );
    let findings = check(&path);
    assert!(findings.is_sound());
    let has = |place: &str, what: &str| {
        let found = findings
            .findings
            .iter()
            .any(|f| f.place == place && f.what.contains(what));
        assert!(found, "{place}: {what} is not in {findings:#?}");
    };
    has("#2", "the same as #1");
    has("#3", "does not belong to its night");
    has("e1", "written in the future");
    has("c1", "stops before it starts");
    assert!(findings.findings.iter().all(|f| !f.mend.is_empty()));
}

#[test]
fn what_another_program_did_is_found() {
    for (sql, place) in [
        ("DELETE FROM context WHERE factor = 'socks'", "context"),
        ("UPDATE episode SET severity = 3 WHERE id = 1", "episode"),
        (
            "UPDATE tally SET last_id = 0 WHERE name = 'episode'",
            "episode",
        ),
        ("UPDATE change SET command = 'x'", "journal"),
        ("DELETE FROM change", "change"),
        ("DROP INDEX episode_by_night", "schema"),
        ("DELETE FROM tally WHERE name = 'look'", "look"),
    ] {
        let (_dir, path) = place_full();
        let raw = rusqlite::Connection::open(&path).unwrap();
        raw.execute_batch(sql).unwrap();
        drop(raw);
        let findings = check(&path);
        assert!(!findings.is_sound(), "{sql}");
        let found = findings.findings.iter().any(|f| f.place.starts_with(place));
        assert!(found, "{sql}: {findings:#?}");
    }
}

fn place_full() -> (tempfile::TempDir, PathBuf) {
    let (dir, path) = place();
    put(&path, every_kind());
    (dir, path)
}

/// Of 1,000 random single-bit flips in the file, each either changes nothing a person could see or is found.
/// `NIGHTCRAMP_FLIPS` plays more.
#[allow(clippy::disallowed_methods, clippy::print_stdout)]
#[test]
fn no_flipped_bit_changes_the_diary_in_silence() {
    use rand_pcg::rand_core::Rng;
    let (_dir, path) = place();
    let mut records = every_kind();
    for id in 100..160 {
        records.push(Record::Episode(Episode {
            note: Some(format!("note {id}")),
            raw: None,
            ..episode(id)
        }));
    }
    put(&path, records);
    let mut store = Store::open(&path, now()).unwrap();
    store
        .write::<_, StoreError>(now(), "delete", |w| w.remove(&Key::Episode(110)))
        .unwrap();
    store.undo(&present()).unwrap();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let before = hash(&path);
    let history = format!(
        "{:?}",
        Store::open_read(&path)
            .unwrap()
            .unwrap()
            .history(9)
            .unwrap()
    );
    let mut chance = rand_pcg::Pcg64::new(6, 0x0a02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96);
    let (mut found, mut harmless) = (0, 0);
    let flips = std::env::var("NIGHTCRAMP_FLIPS").map_or(1_000, |n| n.parse().unwrap());
    for _ in 0..flips {
        let bit = usize::try_from(chance.next_u64()).unwrap() % (whole.len() * 8);
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&path, &bytes).unwrap();
        let sound = Store::check(&path, now()).is_ok_and(|f| f.unwrap().is_sound());
        if !sound {
            found += 1;
            continue;
        }
        assert_eq!(hash(&path), before, "bit {bit} changed a record in silence");
        let now_says = format!(
            "{:?}",
            Store::open_read(&path)
                .unwrap()
                .unwrap()
                .history(9)
                .unwrap()
        );
        assert_eq!(
            now_says, history,
            "bit {bit} changed the journal in silence"
        );
        harmless += 1;
    }
    println!("{flips} flips: {found} found, {harmless} without effect");
    assert_eq!(found + harmless, flips);
    assert!(found > flips / 2, "only {found} of the flips were found");
}

#[test]
fn a_backup_is_verified_sealed_and_restored() {
    let (_dir, path) = place_full();
    let before = hash(&path);
    let backup = Store::open(&path, now())
        .unwrap()
        .backup(now(), Reason::Asked)
        .unwrap();
    let manifest = backup.manifest.clone().unwrap();
    assert_eq!((manifest.rows["episode"], manifest.encrypted), (2, false));
    assert_eq!(hash(&backup.path), before);
    assert_eq!(backups(&path).unwrap(), vec![backup.clone()]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for file in files(&backups_folder(&path)).keys() {
            let mode = std::fs::metadata(file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        }
        let folder = std::fs::metadata(backups_folder(&path)).unwrap();
        assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    }

    put(
        &path,
        vec![Record::Episode(Episode::blank(
            50,
            night("2026-03-02"),
            now(),
        ))],
    );
    put(
        &path,
        vec![Record::Episode(Episode {
            severity: Pain::of(9.0),
            ..episode(1)
        })],
    );
    let after = hash(&path);
    let restored = Store::restore(&path, &backup.path, now(), None).unwrap();
    assert_eq!(
        (restored.removed, restored.counts.updated, restored.can_undo),
        (1, 1, true)
    );
    assert_eq!(hash(&path), before);
    assert_eq!(hash(&restored.kept.unwrap()), after);
    let mut store = Store::open(&path, now()).unwrap();
    store.undo(&present()).unwrap().unwrap();
    assert_eq!(store.contents(), after);
    store.redo(&present()).unwrap().unwrap();
    assert_eq!(store.contents(), before);
    drop(store);
    assert!(check(&path).is_sound());
    // A number given after the backup was made is not given again.
    let next = Store::open(&path, now())
        .unwrap()
        .write::<_, StoreError>(now(), "log", |w| w.next_id(Table::Episode))
        .unwrap();
    assert_eq!(next, 51);
}

#[test]
fn restoring_works_where_there_is_no_diary_and_over_a_damaged_one() {
    let (dir, path) = place_full();
    let before = hash(&path);
    let backup = Store::open(&path, now())
        .unwrap()
        .backup(now(), Reason::Asked)
        .unwrap()
        .path;
    let fresh = dir.path().join("new").join("diary.db");
    let restored = Store::restore(&fresh, &backup, now(), None).unwrap();
    assert_eq!(
        (restored.kept, restored.can_undo, hash(&fresh)),
        (None, false, before.clone())
    );

    let mut bytes = std::fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();
    let restored = Store::restore(&path, &backup, now(), None).unwrap();
    assert_eq!(std::fs::read(restored.kept.unwrap()).unwrap(), bytes);
    assert_eq!(hash(&path), before);
    assert!(check(&path).is_sound());
    assert_eq!(
        std::fs::metadata(&path).unwrap().len(),
        std::fs::metadata(&backup).unwrap().len()
    );
}

#[test]
fn a_bad_backup_changes_nothing() {
    let (dir, path) = place_full();
    let backup = Store::open(&path, now())
        .unwrap()
        .backup(now(), Reason::Asked)
        .unwrap()
        .path;
    put(&path, vec![Record::Episode(episode(9))]);
    let whole = std::fs::read(&backup).unwrap();
    let before = std::fs::read(&path).unwrap();
    let refuse = |file: &Path| {
        let listed = files(&backups_folder(&path)).len();
        assert!(
            Store::restore(&path, file, now(), None).is_err(),
            "{}",
            file.display()
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(
            files(&backups_folder(&path)).len(),
            listed,
            "something was left behind"
        );
    };
    let mut bytes = whole.clone();
    bytes[5000] ^= 4;
    std::fs::write(&backup, &bytes).unwrap();
    refuse(&backup);
    // Without its manifest, the checksums inside still tell.
    let stray = dir.path().join("stray.db");
    let at = whole.windows(3).position(|w| w == b"64F").unwrap();
    let mut bytes = whole.clone();
    bytes[at] ^= 1;
    std::fs::write(&stray, &bytes).unwrap();
    refuse(&stray);
    std::fs::write(&stray, &whole[..whole.len() - 4096]).unwrap();
    refuse(&stray);
    std::fs::write(&stray, "not a diary").unwrap();
    refuse(&stray);
    refuse(&dir.path().join("missing.db"));
    // A damaged diary makes no backup that could push out a good one.
    let mut bytes = before.clone();
    let at = bytes.windows(3).position(|w| w == b"64F").unwrap();
    bytes[at] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let listed = files(&backups_folder(&path)).len();
    let error = Store::open(&path, now())
        .unwrap()
        .backup(now(), Reason::Asked)
        .unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    assert_eq!(files(&backups_folder(&path)).len(), listed);
}

#[test]
fn the_first_write_of_a_day_makes_a_backup_and_old_ones_go() {
    let (_dir, path) = place();
    // The very first write protects nothing yet.
    put(&path, vec![Record::Episode(episode(1))]);
    assert_eq!(backups(&path).unwrap().len(), 0);
    for day in 1..=40 {
        let now = now() + Duration::days(day);
        for id in [2 * day, 2 * day + 1] {
            Store::open(&path, now)
                .unwrap()
                .write::<_, StoreError>(now, "log", |w| {
                    w.put(Record::Episode(Episode::blank(
                        id,
                        night("2026-03-01"),
                        now,
                    )))
                })
                .unwrap();
        }
    }
    let all = backups(&path).unwrap();
    assert!(
        all.iter()
            .all(|b| b.reason == Some(Reason::Daily) && b.manifest.is_some())
    );
    let newest = (now() + Duration::days(40)).date_naive();
    let days: Vec<_> = all
        .iter()
        .map(|b| (newest - b.made_at.unwrap().date_naive()).num_days())
        .collect();
    assert_eq!(days[..7], [0, 1, 2, 3, 4, 5, 6]);
    assert!((8..=7 + 4 + 12).contains(&days.len()), "{days:?}");
    // Today's holds what was there before today's first write.
    let today = Store::open_read(&all[0].path).unwrap().unwrap();
    assert!(today.get(&Key::Episode(79)).unwrap().is_some());
    assert_eq!(today.get(&Key::Episode(80)).unwrap(), None);
}

#[test]
fn a_backup_just_made_is_never_the_one_that_goes() {
    let (_dir, path) = place_full();
    let store = Store::open(&path, now()).unwrap();
    for _ in 0..15 {
        let made = store.backup(now(), Reason::Import).unwrap();
        assert!(made.path.exists() && made.manifest.is_some());
    }
    // The clock was set back.
    for reason in [Reason::Daily, Reason::Restore] {
        for days in [400, 800, 1_200] {
            let earlier = now() - Duration::days(days);
            assert!(store.backup(earlier, reason).unwrap().path.exists());
        }
    }
    // Time goes on, and the last ten stay.
    for minute in 1..=12 {
        let later = now() + Duration::minutes(minute);
        assert!(store.backup(later, Reason::Import).unwrap().path.exists());
    }
    let all = backups(&path).unwrap();
    let imports = all.iter().filter(|b| b.reason == Some(Reason::Import));
    assert_eq!(imports.count(), 10);
}

#[test]
fn a_backup_that_fails_does_not_stop_the_write() {
    let (_dir, path) = place_full();
    std::fs::write(backups_folder(&path), "a file where the folder should be").unwrap();
    let tomorrow = now() + Duration::days(1);
    let mut store = Store::open(&path, tomorrow).unwrap();
    store
        .write::<_, StoreError>(tomorrow, "log", |w| w.put(Record::Episode(episode(9))))
        .unwrap();
    let warnings = store.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("backup"));
    assert!(store.get(&Key::Episode(9)).unwrap().is_some());
}

#[test]
fn forgetting_says_which_backups_still_hold_it() {
    let (_dir, path) = place_full();
    let mut store = Store::open(&path, now()).unwrap();
    let old = store.backup(now(), Reason::Asked).unwrap().path;
    store
        .write::<_, StoreError>(now(), "log", |w| w.put(Record::Episode(episode(9))))
        .unwrap();
    let later = now() + Duration::hours(1);
    let forgotten = store.forget(later, &[Key::Episode(9)]).unwrap();
    assert_eq!(forgotten.backups.len(), 1, "{forgotten:?}");
    assert!(forgotten.backups[0].to_string_lossy().contains("forget"));
    let forgotten = store.forget(later, &[Key::Episode(1)]).unwrap();
    // The daily one, made before the write, and the two made before forgetting.
    assert_eq!(forgotten.backups.len(), 4);
    assert!(forgotten.backups.contains(&old));
}

#[test]
fn an_encrypted_backup_opens_with_its_key_only() {
    let (dir, path) = place_full();
    let store = Store::open(&path, now()).unwrap();
    let key = age::x25519::Identity::generate();
    let other = age::x25519::Identity::generate();
    let out = dir.path().join("usb").join("diary.age");
    let lock = Lock::Recipients(vec![key.to_public().to_string()]);
    let backup = store.backup_to(now(), &out, Some(&lock)).unwrap();
    let manifest = backup.manifest.unwrap();
    assert!(manifest.encrypted && manifest.rows.is_empty());
    assert!(is_encrypted(&out).unwrap());
    let bytes = std::fs::read(&out).unwrap();
    assert!(!bytes.windows(7).any(|w| w == b"episode"));
    assert!(
        store.backup_to(now(), &out, None).is_err(),
        "overwrote a file"
    );
    // Nothing plain is left behind, here or there.
    assert_eq!(files(&backups_folder(&path)).len(), 0);
    assert_eq!(files(&dir.path().join("usb")).len(), 2);

    let secret = |key: &age::x25519::Identity| {
        use age::secrecy::ExposeSecret;
        Unlock::KeyFile(format!("# mine\n{}\n", key.to_string().expose_secret()))
    };
    let fresh = dir.path().join("fresh.db");
    for wrong in [
        None,
        Some(secret(&other)),
        Some(Unlock::Passphrase("x".into())),
    ] {
        assert!(Store::restore(&fresh, &out, now(), wrong.as_ref()).is_err());
        assert!(!fresh.exists());
    }
    Store::restore(&fresh, &out, now(), Some(&secret(&key))).unwrap();
    assert_eq!(hash(&fresh), hash(&path));
    // Not even one bit of it may change.
    let mut bytes = bytes;
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    let cut = dir.path().join("cut.age");
    std::fs::write(&cut, &bytes).unwrap();
    assert!(Store::restore(&dir.path().join("x.db"), &cut, now(), Some(&secret(&key))).is_err());
}

#[test]
fn a_passphrase_locks_a_backup_too() {
    let (dir, path) = place_full();
    let out = dir.path().join("diary.age");
    let store = Store::open(&path, now()).unwrap();
    let lock = |words: &str| Lock::Passphrase(words.into());
    assert!(store.backup_to(now(), &out, Some(&lock(""))).is_err());
    assert!(!out.exists());
    store
        .backup_to(now(), &out, Some(&lock("correct horse")))
        .unwrap();
    let fresh = dir.path().join("fresh.db");
    let unlock = |words: &str| Unlock::Passphrase(words.into());
    Store::restore(&fresh, &out, now(), Some(&unlock("correct horse"))).unwrap();
    assert_eq!(hash(&fresh), hash(&path));
}

#[test]
fn what_is_readable_of_a_damaged_diary_is_saved_and_the_rest_is_named() {
    let (dir, path) = place();
    let mut records = every_kind();
    for id in 100..400 {
        records.push(Record::Episode(Episode {
            raw: None,
            note: Some(format!("note {id}")),
            ..episode(id)
        }));
    }
    for day in 0..300 {
        let night = night("2024-01-01").plus(day);
        let room = value("2024-01-01", "room", Value::Number(day as f64));
        records.push(Record::Value(ContextValue { night, ..room }));
    }
    put(&path, records.clone());
    let whole = std::fs::read(&path).unwrap();
    let all = |path: &Path| Store::open_read(path).unwrap().unwrap().read(None).unwrap();
    let before = all(&path);
    let mut round = 0;
    let mut recover = |bytes: &[u8]| {
        round += 1;
        let damaged = dir.path().join(format!("damaged-{round}.db"));
        std::fs::write(&damaged, bytes).unwrap();
        let into = dir.path().join(format!("saved-{round}.db"));
        let report = Store::recover(&damaged, &into, now());
        assert_eq!(
            std::fs::read(&damaged).unwrap(),
            bytes,
            "the damaged file was touched"
        );
        report.map(|report| (report, into))
    };
    // A whole diary is saved whole.
    let (report, into) = recover(&whole).unwrap();
    assert!(
        report.lost.is_empty() && report.from_journal.is_empty(),
        "{report:#?}"
    );
    assert_eq!(report.unreadable_pages, 0);
    assert_eq!(all(&into), before);
    assert_eq!(hash(&into), hash(&path));
    // Any page may be wiped: what it held is saved from the journal, or named as lost.
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..][..4096].fill(0xa5);
        let (report, into) = recover(&bytes).unwrap();
        let saved = all(&into);
        assert!(Store::check(&into, now()).unwrap().unwrap().is_sound());
        let lost =
            before.episodes.len() + before.values.len() - saved.episodes.len() - saved.values.len();
        assert!(saved.episodes.iter().all(|e| before.episodes.contains(e)));
        assert!(saved.values.iter().all(|v| before.values.contains(v)));
        assert!(
            lost == 0 || !report.lost.is_empty(),
            "page {page}: {lost} rows lost in silence"
        );
        assert_eq!(lost, 0, "page {page}: the journal has it: {report:#?}");
    }
    // The header, the tail, and half of the file.
    let mut bytes = whole.clone();
    bytes[..100].fill(0);
    let (report, into) = recover(&bytes).unwrap();
    assert!(report.lost.is_empty(), "{report:#?}");
    assert_eq!(all(&into), before);
    for keep in [whole.len() - 4096, whole.len() / 2, whole.len() / 3] {
        let (report, into) = recover(&whole[..keep]).unwrap();
        let saved = all(&into);
        assert!(saved.episodes.iter().all(|e| before.episodes.contains(e)));
        let lost = before.episodes.len() - saved.episodes.len();
        let told: bool = report.lost.iter().any(|l| l.place.starts_with("episode"));
        assert!(
            lost == 0 || told,
            "{lost} episodes lost in silence: {report:#?}"
        );
        let lost = before.values.len() - saved.values.len();
        let told: bool = report.lost.iter().any(|l| l.place.starts_with("context"));
        assert!(
            lost == 0 || told,
            "{lost} values lost in silence: {report:#?}"
        );
    }
    // What never was a diary makes none.
    assert!(recover(&[7; 20_000]).is_err());
    assert!(recover(b"").is_err());
    // A broken row and the journal that held it: the row is named, with what can still be read.
    let mut bytes = whole.clone();
    for at in 0..bytes.len() - 8 {
        if &bytes[at..at + 8] == b"note 123" {
            bytes[at + 7] = b'4';
        }
    }
    let (report, into) = recover(&bytes).unwrap();
    assert!(all(&into).episodes.iter().all(|e| e.id != 123));
    let lost = report
        .lost
        .iter()
        .find(|l| l.place == "episode #123")
        .unwrap();
    assert!(lost.what.contains("note 124"), "{lost:?}");
}

/// A path need not be text.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_text_is_a_path() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(std::ffi::OsStr::from_bytes(b"di\xffary"));
    let path = folder.join("diary.db");
    put(&path, every_kind());
    let before = hash(&path);
    let store = Store::open(&path, now()).unwrap();
    let backup = store.backup(now(), Reason::Asked).unwrap();
    store
        .backup_to(now(), &folder.join("copy.db"), None)
        .unwrap();
    drop(store);
    put(&path, vec![Record::Episode(episode(9))]);
    Store::restore(&path, &backup.path, now(), None).unwrap();
    assert_eq!(hash(&path), before);
    assert!(check(&path).is_sound());
    Store::recover(&path, &folder.join("saved.db"), now()).unwrap();
    assert_eq!(hash(&folder.join("saved.db")), before);
}
