//! Looks of the analysis in the diary: what one of them spent is never given back, whatever is undone, restored, brought
//! in or erased.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use crate::analysis::looks::{History, StoredLook};
use crate::diary::*;
use crate::store::*;
use chrono::NaiveDate;

use crate::tests::store_records::*;

fn history(store: &Store) -> History {
    let looks = store.read(None).unwrap().looks;
    let stored: Vec<StoredLook> = looks.iter().map(StoredLook::read).collect();
    History::replay(&stored)
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.join("d.sqlite"), now()).unwrap()
}

fn log(store: &mut Store, id: i64) {
    store
        .write::<_, StoreError>(now(), "log", |w| w.put(Record::Episode(episode(id))))
        .unwrap();
}

/// Takes a look, as the analysis does.
fn look(store: &mut Store, cramp_nights: usize) {
    let evening: NaiveDate = date("2026-03-03");
    let state = history(store).look(cramp_nights, evening, &[], 0.06);
    assert!(state.w > 0.0, "a look is due");
    let state = serde_json::to_string(&state).unwrap();
    let cramp_nights = u32::try_from(cramp_nights).unwrap();
    let record = Look::blank(0, cramp_nights, night("2026-03-03"), state, now());
    store
        .write::<_, StoreError>(now(), LOOKS, |w| w.add(Record::Look(record)))
        .unwrap();
}

#[test]
fn undo_and_redo_pass_over_looks() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    log(&mut store, 2);
    look(&mut store, 24);
    let undone = store.undo(now()).unwrap().unwrap();
    assert_eq!(undone.command, "log");
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    // A look in between leaves what was undone where it was.
    look(&mut store, 36);
    assert!(store.undo(now()).unwrap().is_some());
    assert_eq!(store.undo(now()).unwrap(), None, "only looks are left");
    assert_eq!(history(&store).cramp_nights(), 36);
    assert_eq!(history(&store).taken(), 3);
    for id in [1, 2] {
        assert!(store.redo(now()).unwrap().is_some());
        assert!(store.get(&Key::Episode(id)).unwrap().is_some());
    }
    assert_eq!(store.redo(now()).unwrap(), None);
    assert_eq!(history(&store).taken(), 3);
    let path = folder.path().join("d.sqlite");
    assert!(Store::check(&path, now()).unwrap().unwrap().is_sound());
    assert_eq!(
        store
            .history(10)
            .unwrap()
            .iter()
            .filter(|c| c.command == LOOKS)
            .count(),
        3
    );
}

#[test]
fn restoring_an_older_backup_gives_no_look_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    let older = store.backup(now(), Reason::Asked).unwrap().path;
    log(&mut store, 2);
    look(&mut store, 24);
    drop(store);
    let restored = Store::restore(&path, &older, now(), None).unwrap();
    assert_eq!(restored.removed, 1, "the episode, not the look");
    let mut store = open(folder.path());
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    assert_eq!(
        (history(&store).cramp_nights(), history(&store).taken()),
        (24, 2)
    );
    store.undo(now()).unwrap().unwrap();
    assert!(store.get(&Key::Episode(2)).unwrap().is_some());
    assert_eq!(
        (history(&store).cramp_nights(), history(&store).taken()),
        (24, 2)
    );
}

#[test]
fn restoring_a_diary_that_went_on_elsewhere_keeps_the_looks_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    drop(store);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(&path, elsewhere.path().join("d.sqlite")).unwrap();
    let mut other = open(elsewhere.path());
    look(&mut other, 60);
    let theirs = other.backup(now(), Reason::Asked).unwrap().path;
    look(&mut open(folder.path()), 24);
    Store::restore(&path, &theirs, now(), None).unwrap();
    let store = open(folder.path());
    let looks = store.read(None).unwrap().looks;
    let seen: Vec<u32> = looks.iter().map(|l| l.cramp_nights).collect();
    assert_eq!(seen, [16, 24, 60], "the second of each had the same number");
    assert_eq!(history(&store).cramp_nights(), 60);
    drop(store);
    // Once more changes nothing.
    let again = Store::restore(&path, &theirs, now(), None).unwrap();
    assert!(!again.can_undo);
}

#[test]
fn a_damaged_diary_hands_its_looks_on_as_far_as_they_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.sqlite");
    let mut store = open(folder.path());
    log(&mut store, 1);
    let older = store.backup(now(), Reason::Asked).unwrap().path;
    log(&mut store, 2);
    look(&mut store, 24);
    drop(store);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE episode SET severity = 3 WHERE id = 2", [])
        .unwrap();
    drop(raw);
    let restored = Store::restore(&path, &older, now(), None).unwrap();
    assert!(restored.was_damaged);
    let store = open(folder.path());
    assert!(store.get(&Key::Episode(2)).unwrap().is_none());
    assert_eq!(history(&store).cramp_nights(), 24);
    assert!(Store::check(&path, now()).unwrap().unwrap().is_sound());
}

#[test]
fn erasing_everything_else_leaves_the_looks() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    log(&mut store, 1);
    look(&mut store, 16);
    let keys: Vec<Key> = [Key::Episode(1), Key::Night(night("2026-03-03"))].into();
    store.forget(now(), &keys).unwrap();
    assert_eq!(history(&store).cramp_nights(), 16);
    assert_eq!(store.undo(now()).unwrap(), None);
}

#[test]
fn a_diary_of_the_first_scheme_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let museum = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries");
    std::fs::copy(
        museum.join("scheme-1-looks.db"),
        folder.path().join("d.sqlite"),
    )
    .unwrap();
    let mut store = open(folder.path());
    let before = history(&store);
    assert_eq!(
        (before.cramp_nights(), before.taken(), before.next_due()),
        (96, 3, 144)
    );
    assert!((before.spent() - 0.8).abs() < 1e-12);
    let link = before.standing("legs-uncovered").unwrap();
    assert_eq!(link.announced, Some(date("2024-04-25")));
    assert_eq!(link.consistent, Some(date("2024-08-15")));
    assert!((link.p_spent - 0.000_012_402_863_045_086_214 / 0.8).abs() < 1e-15);
    let none = before.standing("socks").unwrap();
    assert_eq!((none.p_spent, none.announced), (1.0, None));
    assert!(before.weight(143).is_none());
    look(&mut store, 144);
    let after = history(&store);
    assert_eq!((after.cramp_nights(), after.taken()), (144, 4));
    let kept = after.standing("legs-uncovered").unwrap();
    assert_eq!(
        (kept.p_spent, kept.direction),
        (link.p_spent, link.direction)
    );
    assert_eq!(
        (kept.announced, kept.consistent),
        (link.announced, link.consistent)
    );
    assert_eq!(after.standing("socks").map(|s| s.p_spent), Some(1.0));
}
