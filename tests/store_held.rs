//! What a server keeps of its diary between requests is always what is in the file.

use std::path::Path;

use proptest::prelude::*;

use crate::diary::{Changes, Key, Nights, Now, Record, Zone};
use crate::store::held::Held;
use crate::store::{Store, StoreError, Writer};
use crate::tests::arbitrary_diary::{diary, first_night, now};
use crate::tests::store_records::{episode, night, utc};

/// Forty nights in the middle of the ninety that are written about.
fn lately() -> Nights {
    Nights {
        from: first_night().plus(30),
        to: first_night().plus(69),
    }
}

/// What is done to a diary: by the server or beside it, and with which of the records.
#[derive(Debug, Clone, Copy)]
enum Step {
    Put,
    Remove,
    /// Done, seen by what is held, and then not kept.
    GivenUp,
    DryRun,
    Undo,
    Redo,
    PutBeside,
    RemoveBeside,
}

fn steps() -> impl Strategy<Value = Vec<(Step, usize)>> {
    let step = prop_oneof![
        4 => Just(Step::Put),
        2 => Just(Step::Remove),
        1 => Just(Step::GivenUp),
        1 => Just(Step::DryRun),
        1 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::PutBeside),
        1 => Just(Step::RemoveBeside),
    ];
    prop::collection::vec((step, any::<prop::sample::Index>()), 1..24).prop_map(|steps| {
        steps
            .into_iter()
            .map(|(s, i)| (s, i.index(1_000)))
            .collect()
    })
}

fn put(w: &mut Writer<'_>, record: &Record) -> Result<(), StoreError> {
    w.put(record.clone()).map(drop)
}

/// Within a write, what is held with the rows touched so far is what the transaction reads.
fn same_within(w: &Writer<'_>) -> Result<(), StoreError> {
    assert_eq!(*w.lately(lately())?, w.read(Some(lately()))?);
    Ok(())
}

fn take(path: &Path, held: &Held, step: Step, record: &Record) {
    let mut store = match step {
        Step::PutBeside | Step::RemoveBeside => Store::open(path, now()).unwrap(),
        _ => Store::open_with(path, now(), Some(held)).unwrap(),
    };
    let present = Now {
        utc: now(),
        zone: Zone::named("UTC").unwrap(),
    };
    match step {
        Step::DryRun => store.dry_run(),
        Step::Undo => return drop(store.undo(&present)),
        Step::Redo => return drop(store.redo(&present)),
        _ => {}
    }
    let done: Result<(), StoreError> = store.write(now(), "test", |w| {
        same_within(w)?;
        match step {
            Step::Remove | Step::RemoveBeside => w.remove(&record.key()).map(drop)?,
            _ => put(w, record)?,
        }
        same_within(w)?;
        match step {
            Step::GivenUp => Err(StoreError::Refused("given up".to_string())),
            _ => Ok(()),
        }
    });
    assert_eq!(done.is_ok(), !matches!(step, Step::GivenUp), "{done:?}");
    store.rest();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_held_is_what_the_file_holds(diary in diary(), steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("diary.sqlite");
        let records: Vec<Record> = Changes::from(diary).into_records().collect();
        prop_assume!(!records.is_empty());
        let held = Held::default();
        for (step, number) in steps {
            take(&path, &held, step, &records[number % records.len()]);
            let store = Store::open_read_with(&path, Some(&held)).unwrap().unwrap();
            let file = Store::open_read(&path).unwrap().unwrap();
            prop_assert_eq!(&*store.lately(lately()).unwrap(), &file.read(Some(lately())).unwrap());
            store.rest();
        }
    }
}

/// A diary with one cramp of this number, and its held connections at rest.
fn with_cramp(path: &Path, held: &Held, id: i64) {
    let mut store = Store::open_with(path, now(), Some(held)).unwrap();
    let record = Record::Episode(episode(id));
    store
        .write::<_, StoreError>(now(), "test", |w| put(w, &record))
        .unwrap();
    store.rest();
    if let Some(store) = Store::open_read_with(path, Some(held)).unwrap() {
        assert!(store.get(&Key::Episode(id)).unwrap().is_some());
        store.rest();
    }
}

#[test]
fn a_file_that_took_the_name_of_the_diary_is_the_one_that_is_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("diary"), folder.path().join("other"));
    let held = Held::default();
    with_cramp(&path, &held, 7);
    with_cramp(&other, &Held::default(), 8);
    std::fs::rename(&other, &path).unwrap();

    let store = Store::open_read_with(&path, Some(&held)).unwrap().unwrap();
    assert!(store.get(&Key::Episode(7)).unwrap().is_none());
    assert!(store.get(&Key::Episode(8)).unwrap().is_some());
    store.rest();
    with_cramp(&path, &held, 9);
    let file = Store::open_read(&path).unwrap().unwrap();
    assert!(file.get(&Key::Episode(9)).unwrap().is_some());
}

#[test]
fn a_diary_that_was_deleted_is_not_written_on_behind_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("diary");
    let held = Held::default();
    with_cramp(&path, &held, 7);
    std::fs::remove_file(&path).unwrap();

    assert!(Store::open_read_with(&path, Some(&held)).unwrap().is_none());
    with_cramp(&path, &held, 8);
    let file = Store::open_read(&path).unwrap().unwrap();
    assert!(file.get(&Key::Episode(7)).unwrap().is_none());
    assert!(file.get(&Key::Episode(8)).unwrap().is_some());
}

#[test]
fn a_write_that_was_never_answered_is_gone_with_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("diary");
    let held = Held::default();
    with_cramp(&path, &held, 7);
    let mut store = Store::open_with(&path, now(), Some(&held)).unwrap();
    store.stays_open();
    let record = Record::Episode(episode(8));
    store
        .write::<_, StoreError>(utc("2026-03-04T03:10:00Z"), "test", |w| put(w, &record))
        .unwrap();
    store.rest();

    let file = Store::open_read(&path).unwrap().unwrap();
    assert!(file.get(&Key::Episode(8)).unwrap().is_none());
    let store = Store::open_read_with(&path, Some(&held)).unwrap().unwrap();
    let span = Nights::ending(night("2026-03-03"), 400);
    assert_eq!(*store.lately(span).unwrap(), file.read(Some(span)).unwrap());
}
