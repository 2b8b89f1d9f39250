//! Diaries written by every version of the schema from the first on: opening each gives what was written then.
//!
//! `tests/diaries/README.md` says what lies there and how a new version adds its files.
#![allow(clippy::disallowed_methods)]

use crate::diary::pain::Pain;
use std::path::{Path, PathBuf};

use crate::diary::*;
use crate::store::open::VERSION;
use crate::store::*;

use crate::tests::store_records::*;

fn museum() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join("diaries")
}

/// Every record of a diary, a line each, in the order of the diary.
fn told(store: &Store) -> String {
    let d = store.read(None).unwrap();
    let records = d
        .nights
        .into_values()
        .map(Record::Night)
        .chain(d.episodes.into_iter().map(Record::Episode))
        .chain(d.values.into_iter().map(Record::Value))
        .chain(d.factors.into_iter().map(Record::Factor))
        .chain(d.intakes.into_iter().map(Record::Intake))
        .chain(d.courses.into_iter().map(Record::Course))
        .chain(d.symptoms.into_iter().map(Record::Symptom))
        .chain(d.facts.into_iter().map(Record::Fact))
        .chain(d.events.into_iter().map(Record::Event))
        .chain(d.exclusions.into_iter().map(Record::Exclusion))
        .chain(d.flag_notes.into_iter().map(Record::FlagNote))
        .chain(d.looks.into_iter().map(Record::Look))
        .chain(d.follows.into_iter().map(Record::Follow))
        .chain(d.replies.into_iter().map(Record::Reply))
        .chain(d.experiments.into_iter().map(Record::Experiment))
        .chain(d.adherence.into_iter().map(Record::Adherence));
    records
        .map(|r| serde_json::to_string(&r).unwrap() + "\n")
        .collect()
}

/// The files `cramp export` writes, one after the other.
fn exported(store: &Store) -> String {
    crate::render::export::files(&store.read(None).unwrap(), None)
        .iter()
        .map(|(name, text)| format!("==> {name} <==\n{text}"))
        .collect()
}

/// A diary as this version makes it: every kind of record, an edit, a removal, an undo.
fn make(path: &Path) {
    let mut store = Store::open(path, now()).unwrap();
    let write = |store: &mut Store, command: &str, records: Vec<Record>| {
        store
            .write::<_, StoreError>(now(), command, |w| w.put_all(records))
            .unwrap();
    };
    write(&mut store, "import", every_kind());
    write(
        &mut store,
        "edit 1",
        vec![Record::Episode(Episode {
            severity: Pain::of(7.0),
            ..episode(1)
        })],
    );
    write(&mut store, "log", vec![Record::Episode(episode(8))]);
    store
        .write::<_, StoreError>(now(), "delete 7", |w| w.remove(&Key::Episode(7)))
        .unwrap();
    write(&mut store, "log", vec![Record::Episode(episode(9))]);
    store.undo(&present()).unwrap();
}

/// What is known of each record of a listing: a field that came later is unknown in an older one.
fn known(listing: &str) -> Vec<serde_json::Value> {
    let without = |line: &str| {
        let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
        record
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        record
    };
    listing.lines().map(without).collect()
}

/// The lines of an export that a later one does not hold: columns are only ever appended to a line of a table.
fn missing_from(then: &str, now: &str) -> Vec<String> {
    let tables = |text: &str| -> Vec<String> {
        let tables = text.split("==> diary.json").next().unwrap();
        tables.lines().map(str::to_string).collect()
    };
    let held = tables(now);
    let is_held = |line: &String| held.iter().any(|h| h.starts_with(line.as_str()));
    tables(then)
        .into_iter()
        .filter(|line| !is_held(line))
        .collect()
}

#[test]
fn every_old_diary_opens_with_what_it_held() {
    let dir = tempfile::tempdir().unwrap();
    let newest = museum().join(format!("version-{VERSION}.db"));
    if std::env::var("NIGHTCRAMP_NEW_VERSION").is_ok() && !newest.exists() {
        make(&newest);
        let store = Store::open_read(&newest).unwrap().unwrap();
        std::fs::write(newest.with_extension("jsonl"), told(&store)).unwrap();
        std::fs::write(newest.with_extension("export"), exported(&store)).unwrap();
    }
    for version in 1..=VERSION {
        let shown = museum().join(format!("version-{version}.db"));
        let listed = museum().join(format!("version-{version}.jsonl"));
        let path = dir.path().join(format!("{version}.db"));
        std::fs::copy(&shown, &path).unwrap();
        let found: i64 = rusqlite::Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(found, version);
        let mut store = Store::open(&path, now()).unwrap();
        let then = std::fs::read_to_string(&listed).unwrap();
        assert_eq!(known(&told(&store)), known(&then), "version {version}");
        let then = std::fs::read_to_string(shown.with_extension("export")).unwrap();
        let lost = missing_from(&then, &exported(&store));
        assert_eq!(lost, Vec::<String>::new(), "version {version}: its export");
        let findings = Store::check(&path, now()).unwrap().unwrap();
        assert!(findings.is_sound(), "version {version}: {findings:#?}");
        assert_eq!(findings.schema_version, VERSION);
        // A verified backup of the old file was made before the first step.
        let kept = backups(&path).unwrap();
        assert_eq!(kept.len(), usize::from(version < VERSION));
        assert!(
            kept.iter()
                .all(|b| b.manifest.as_ref().unwrap().schema_version == version)
        );
        // Its journal still works, across the steps.
        store.redo(&present()).unwrap().unwrap();
        assert!(store.get(&Key::Episode(9)).unwrap().is_some());
        while store.undo(&present()).unwrap().is_some() {}
        assert_eq!(told(&store), "");
    }
}

#[test]
fn reading_an_old_diary_does_not_need_to_write_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    std::fs::copy(museum().join("version-1.db"), &path).unwrap();
    let before = std::fs::read(&path).unwrap();
    let store = Store::open_read(&path).unwrap().unwrap();
    assert!(!told(&store).is_empty());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// An old diary is judged before it is changed: a flipped bit in it is found, or harms nothing.
#[test]
fn no_flipped_bit_in_an_old_diary_is_silent() {
    use rand_pcg::rand_core::Rng;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    let mut chance = rand_pcg::Pcg64::new(7, 0x0a02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96);
    for version in 1..VERSION {
        let whole = std::fs::read(museum().join(format!("version-{version}.db"))).unwrap();
        std::fs::write(&path, &whole).unwrap();
        assert!(Store::check(&path, now()).unwrap().unwrap().is_sound());
        let before = told(&Store::open_read(&path).unwrap().unwrap());
        let mut found = 0;
        for _ in 0..200 {
            let bit = usize::try_from(chance.next_u64()).unwrap() % (whole.len() * 8);
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, &bytes).unwrap();
            if Store::check(&path, now()).is_ok_and(|f| f.unwrap().is_sound()) {
                let after = told(&Store::open_read(&path).unwrap().unwrap());
                assert_eq!(after, before, "bit {bit} changed a record in silence");
            } else {
                found += 1;
            }
        }
        assert!(found > 50, "only {found} of the flips were found");
    }
}
