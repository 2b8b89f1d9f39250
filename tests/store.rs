//! The diary on disk: what is put comes back, what is undone is gone, what is not a diary stays untouched.

use crate::diary::pain::Pain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diary::vocabulary::*;
use crate::diary::*;
use crate::store::write::{Counts, Put};
use crate::store::{ChangeState, Store, StoreError, Table};
use crate::tests::Contents;

use crate::tests::store_records::*;

fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("diaries").join("diary.db");
    (dir, path)
}

fn open(path: &Path) -> Store {
    Store::open(path, now()).unwrap()
}

fn put(store: &mut Store, records: Vec<Record>) -> Counts {
    store
        .write::<_, StoreError>(now(), "test", |w| w.put_all(records))
        .unwrap()
}

/// Every record of a diary by its key.
fn all(store: &Store) -> BTreeMap<Key, Record> {
    let d = store.read(None).unwrap();
    let mut records: Vec<Record> = Vec::new();
    records.extend(d.nights.into_values().map(Record::Night));
    records.extend(d.episodes.into_iter().map(Record::Episode));
    records.extend(d.values.into_iter().map(Record::Value));
    records.extend(d.factors.into_iter().map(Record::Factor));
    records.extend(d.intakes.into_iter().map(Record::Intake));
    records.extend(d.courses.into_iter().map(Record::Course));
    records.extend(d.symptoms.into_iter().map(Record::Symptom));
    records.extend(d.facts.into_iter().map(Record::Fact));
    records.extend(d.events.into_iter().map(Record::Event));
    records.extend(d.exclusions.into_iter().map(Record::Exclusion));
    records.extend(d.flag_notes.into_iter().map(Record::FlagNote));
    records.extend(d.looks.into_iter().map(Record::Look));
    records.extend(d.follows.into_iter().map(Record::Follow));
    records.extend(d.replies.into_iter().map(Record::Reply));
    records.extend(d.experiments.into_iter().map(Record::Experiment));
    records.extend(d.adherence.into_iter().map(Record::Adherence));
    records.into_iter().map(|r| (r.key(), r)).collect()
}

fn expected(records: &[Record]) -> BTreeMap<Key, Record> {
    records.iter().map(|r| (r.key(), r.clone())).collect()
}

#[test]
fn every_kind_of_record_comes_back_as_it_was() {
    let (_dir, path) = place();
    let records = every_kind();
    let mut store = open(&path);
    assert_eq!(put(&mut store, records.clone()).inserted, records.len());
    drop(store);
    let store = Store::open_read(&path).unwrap().unwrap();
    assert_eq!(all(&store), expected(&records));
    for record in &records {
        assert_eq!(store.get(&record.key()).unwrap().as_ref(), Some(record));
    }
    assert_eq!(store.get(&Key::Episode(2)).unwrap(), None);
}

#[test]
fn putting_the_same_again_changes_nothing_and_leaves_no_entry() {
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, every_kind());
    let before = std::fs::read(&path).unwrap();
    let counts = put(&mut store, every_kind());
    assert_eq!((counts.inserted, counts.updated), (0, 0));
    assert_eq!(store.history(10).unwrap().len(), 1);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn undo_and_redo_work_on_every_kind_of_record_across_openings() {
    let (_dir, path) = place();
    let records = every_kind();
    put(&mut open(&path), records.clone());
    let empty = BTreeMap::new();
    for record in &records {
        // insert is undone, then a removal is.
        let key = record.key();
        let removed = open(&path)
            .write::<_, StoreError>(now(), "delete", |w| w.remove(&key))
            .unwrap();
        assert!(removed);
        let mut without = expected(&records);
        without.remove(&key);
        assert_eq!(all(&open(&path)), without);
        let change = open(&path).undo(&present()).unwrap().unwrap();
        assert_eq!(change.state, ChangeState::Undone);
        assert_eq!(change.rows[0].before.as_ref(), Some(record));
        assert_eq!(all(&open(&path)), expected(&records));
        open(&path).redo(&present()).unwrap().unwrap();
        assert_eq!(all(&open(&path)), without);
        open(&path).undo(&present()).unwrap().unwrap();
    }
    // The last removal is still undone, so the next undo takes back the first write.
    open(&path).undo(&present()).unwrap().unwrap();
    assert_eq!(all(&open(&path)), empty);
    assert_eq!(open(&path).undo(&present()).unwrap(), None);
    open(&path).redo(&present()).unwrap().unwrap();
    assert_eq!(all(&open(&path)), expected(&records));
}

/// What two of them saw is held against the diary as it is when the step is taken, not as it was when they looked.
#[test]
fn a_step_about_one_change_is_about_no_other() {
    let (_dir, path) = place();
    let (mut seen, mut other) = (open(&path), open(&path));
    put(&mut seen, vec![Record::Episode(episode(1))]);
    let newest = seen.next_undo().unwrap().unwrap();
    put(&mut other, vec![Record::Episode(episode(2))]);
    let both = all(&other);
    let late = seen.undo_only(newest, &present()).unwrap_err();
    assert!(matches!(late, StoreError::Stands(_)), "{late}");
    assert_eq!(all(&seen), both);
    // the same step by both counts once
    let newest = seen.next_undo().unwrap().unwrap();
    assert!(other.undo_only(newest, &present()).unwrap().is_some());
    assert_eq!(seen.undo_only(newest, &present()).unwrap(), None);
    assert_eq!(all(&seen).len(), 1);
    // and so it is on the way forth
    let next = seen.next_redo().unwrap().unwrap();
    other.undo(&present()).unwrap().unwrap();
    let late = seen.redo_only(next, &present()).unwrap_err();
    assert!(matches!(late, StoreError::Stands(_)), "{late}");
    assert!(all(&seen).is_empty());
    let next = seen.next_redo().unwrap().unwrap();
    assert!(other.redo_only(next, &present()).unwrap().is_some());
    assert_eq!(seen.redo_only(next, &present()).unwrap(), None);
    assert_eq!(all(&seen).len(), 1);
    // one that never was, or is superseded, is nobody's
    for id in [0, -1, 99] {
        assert!(seen.undo_only(id, &present()).is_err());
        assert!(seen.redo_only(id, &present()).is_err());
    }
    put(&mut other, vec![Record::Episode(episode(3))]);
    assert!(seen.redo_only(2, &present()).is_err());
    assert_eq!(all(&seen).len(), 2);
}

#[test]
fn a_write_after_an_undo_ends_the_redo() {
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, vec![Record::Episode(episode(1))]);
    put(&mut store, vec![Record::Episode(episode(2))]);
    store.undo(&present()).unwrap().unwrap();
    put(&mut store, vec![Record::Episode(episode(3))]);
    assert_eq!(store.redo(&present()).unwrap(), None);
    let states: Vec<_> = store.history(9).unwrap().iter().map(|c| c.state).collect();
    assert_eq!(
        states,
        [
            ChangeState::Done,
            ChangeState::Superseded,
            ChangeState::Done
        ]
    );
    // Undo passes over what is superseded.
    store.undo(&present()).unwrap().unwrap();
    store.undo(&present()).unwrap().unwrap();
    assert_eq!(store.undo(&present()).unwrap(), None);
    assert!(all(&store).is_empty());
}

#[test]
fn an_edit_shows_before_and_after_once_a_record() {
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, vec![Record::Episode(episode(1))]);
    let (first, last) = (
        episode(1),
        Episode {
            severity: Pain::of(9.0),
            ..episode(1)
        },
    );
    store
        .write::<_, StoreError>(now(), "edit", |w| {
            w.put(Record::Episode(Episode {
                severity: None,
                ..first.clone()
            }))?;
            assert_eq!(w.put(Record::Episode(last.clone()))?, Put::Updated);
            w.put(Record::Episode(last.clone()))
        })
        .unwrap();
    let change = store.history(1).unwrap().remove(0);
    assert_eq!((change.rows.len(), change.command.as_str()), (1, "edit"));
    assert_eq!(change.rows[0].before, Some(Record::Episode(first.clone())));
    assert_eq!(change.rows[0].after, Some(Record::Episode(last)));
    store.undo(&present()).unwrap();
    assert_eq!(
        store.get(&Key::Episode(1)).unwrap(),
        Some(Record::Episode(first))
    );
}

#[test]
fn an_error_inside_a_write_leaves_nothing() {
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, vec![Record::Episode(episode(1))]);
    let before = std::fs::read(&path).unwrap();
    let result: Result<(), StoreError> = store.write(now(), "half", |w| {
        w.put_all(every_kind())?;
        Err(StoreError::Refused("changed my mind".into()))
    });
    assert!(matches!(result, Err(StoreError::Refused(_))));
    let refused = store.write::<_, StoreError>(now(), "bad", |w| {
        w.put(Record::Episode(Episode {
            soreness_h: Some(-1.0),
            ..episode(2)
        }))
    });
    assert!(
        matches!(refused, Err(StoreError::Refused(_))),
        "{refused:?}"
    );
    let infinite = store.write::<_, StoreError>(now(), "bad", |w| {
        w.put(Record::Episode(Episode {
            soreness_h: Some(f64::NEG_INFINITY),
            ..episode(2)
        }))
    });
    assert!(
        matches!(infinite, Err(StoreError::Refused(_))),
        "{infinite:?}"
    );
    let nan = store.write::<_, StoreError>(now(), "bad", |w| {
        w.put(Record::Value(value(
            "2026-03-03",
            "room",
            Value::Number(f64::NAN),
        )))
    });
    assert!(matches!(nan, Err(StoreError::Refused(_))), "{nan:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn numbers_are_never_given_twice() {
    let (_dir, path) = place();
    let mut store = open(&path);
    let next = |store: &mut Store| {
        store
            .write::<_, StoreError>(now(), "log", |w| {
                let id = w.next_id(Table::Episode)?;
                w.put(Record::Episode(episode(id)))?;
                Ok(id)
            })
            .unwrap()
    };
    assert_eq!((next(&mut store), next(&mut store)), (1, 2));
    store.undo(&present()).unwrap();
    assert_eq!(next(&mut store), 3);
    store.forget(now(), &[Key::Episode(3)]).unwrap();
    assert_eq!(next(&mut store), 4);
    put(&mut store, vec![Record::Episode(episode(40))]);
    assert_eq!(next(&mut store), 41);
}

#[test]
fn a_stretch_reads_its_nights_and_all_the_small_tables() {
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, every_kind());
    let span = Nights {
        from: night("2026-03-02"),
        to: night("2026-03-02"),
    };
    let part = store.read(Some(span)).unwrap();
    assert_eq!(
        (part.nights.len(), part.episodes.len(), part.values.len()),
        (1, 0, 0)
    );
    assert_eq!(
        (part.intakes.len(), part.symptoms.len(), part.events.len()),
        (0, 0, 0)
    );
    let small = (
        part.factors.len(),
        part.courses.len(),
        part.facts.len(),
        part.exclusions.len(),
    );
    assert_eq!(
        (small, part.flag_notes.len(), part.looks.len()),
        ((1, 1, 1, 1), 1, 1)
    );
    let bare = store.read_without_values(None).unwrap();
    assert_eq!((bare.values.len(), bare.episodes.len()), (0, 2));
    assert_eq!(store.first_night().unwrap(), Some(night("2026-03-01")));
    assert_eq!(store.last_night().unwrap(), Some(night("2026-03-03")));
    assert_eq!(store.last_episode().unwrap().map(|e| e.id), Some(1));
}

#[test]
fn an_empty_diary_answers_nothing_rather_than_zero() {
    let (_dir, path) = place();
    assert!(Store::open_read(&path).unwrap().is_none());
    assert!(!path.parent().unwrap().exists());
    let store = open(&path);
    assert_eq!(store.first_night().unwrap(), None);
    assert_eq!(store.last_night().unwrap(), None);
    assert_eq!(store.last_episode().unwrap(), None);
    assert!(all(&store).is_empty());
    assert!(store.history(5).unwrap().is_empty());
}

#[test]
fn what_is_held_follows_the_records_and_nothing_else() {
    let (_dir, path) = place();
    let (_dir2, path2) = place();
    let mut store = open(&path);
    let empty = store.contents();
    put(&mut store, every_kind());
    let full = store.contents();
    assert_ne!(full, empty);
    // Another order of writing, other pages, another journal.
    let mut other = open(&path2);
    for record in every_kind().into_iter().rev() {
        put(&mut other, vec![record]);
    }
    put(&mut other, vec![Record::Episode(episode(99))]);
    other.undo(&present()).unwrap();
    assert_eq!(other.contents(), full);
    put(
        &mut other,
        vec![Record::Episode(Episode {
            severity: Pain::of(1.0),
            ..episode(1)
        })],
    );
    assert_ne!(other.contents(), full);
}

#[test]
fn forgetting_leaves_no_trace_in_the_file() {
    let (_dir, path) = place();
    let mut store = open(&path);
    let secret = "zebra-crossing-secret";
    let noted = Episode {
        note: Some(secret.into()),
        raw: Some(secret.into()),
        ..episode(5)
    };
    store
        .write::<_, StoreError>(now(), &format!("log '{secret}'"), |w| {
            w.put(Record::Episode(noted.clone()))?;
            w.put(Record::Night(NightRecord::blank(
                night("2026-03-03"),
                now(),
            )))
        })
        .unwrap();
    let edited = Episode {
        severity: Pain::of(1.0),
        ..noted
    };
    put(
        &mut store,
        vec![Record::Episode(edited), Record::Episode(episode(6))],
    );
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(secret.len()).any(|w| w == secret.as_bytes())
    };
    assert!(holds(&path));
    let forgotten = store.forget(now(), &[Key::Episode(5)]).unwrap();
    assert_eq!((forgotten.records, forgotten.journal_rows), (1, 2));
    assert!(!holds(&path));
    assert_eq!(store.get(&Key::Episode(5)).unwrap(), None);
    assert!(store.get(&Key::Episode(6)).unwrap().is_some());
    // What else those changes did can still be undone.
    store.undo(&present()).unwrap().unwrap();
    store.undo(&present()).unwrap().unwrap();
    assert!(all(&store).is_empty());
}

#[test]
fn what_is_not_a_diary_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    let refuse = |what: &str| {
        let before = std::fs::read(&path).unwrap();
        for error in [
            Store::open(&path, now()).err(),
            Store::open_read(&path).err(),
        ] {
            let error = error.unwrap_or_else(|| panic!("{what} was opened"));
            assert!(
                matches!(
                    error,
                    StoreError::NotADiary { .. }
                        | StoreError::Newer { .. }
                        | StoreError::Damaged(_)
                ),
                "{what}: {error:?}"
            );
            assert!(!error.hint().is_empty());
        }
        assert_eq!(std::fs::read(&path).unwrap(), before, "{what} was touched");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "{what}");
    };
    for (what, bytes) in [
        ("an empty file", &b""[..]),
        ("a short text", b"hello"),
        ("a text", &[b'a'; 5000]),
        ("a database's first line", b"SQLite format 3\0"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        refuse(what);
    }
    std::fs::remove_file(&path).unwrap();
    let foreign = rusqlite::Connection::open(&path).unwrap();
    foreign
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    drop(foreign);
    refuse("another program's database");

    std::fs::remove_file(&path).unwrap();
    drop(open(&path));
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA user_version = 9999").unwrap();
    drop(newer);
    refuse("a newer diary");
    assert!(matches!(
        Store::open(&path, now()).err(),
        Some(StoreError::Newer { found: 9999, .. })
    ));

    std::fs::remove_file(&path).unwrap();
    put(&mut open(&path), every_kind());
    let whole = std::fs::read(&path).unwrap();
    for keep in [whole.len() / 2, whole.len() - 4096, 4096, 1000, 50] {
        std::fs::write(&path, &whole[..keep]).unwrap();
        refuse(&format!("a diary cut to {keep} bytes"));
    }
    assert!(matches!(
        Store::open(dir.path(), now()).err(),
        Some(StoreError::NotADiary { .. })
    ));
    assert!(matches!(
        Store::open(&path.join("below"), now()).err(),
        Some(StoreError::NotADiary { .. })
    ));
}

#[test]
fn an_odd_row_is_refused_loudly() {
    let (_dir, path) = place();
    put(&mut open(&path), every_kind());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE context SET number = number + 1 WHERE factor = 'room'")
        .unwrap();
    let store = Store::open_read(&path).unwrap().unwrap();
    let error = store.read(None).unwrap_err();
    assert!(
        matches!(&error, StoreError::Odd(what) if what.contains("2026-03-03:room")),
        "{error}"
    );
    assert!(store.read_without_values(None).is_ok());
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, path) = place();
    let mut store = open(&path);
    put(&mut store, every_kind());
    let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    // The rollback journal, while a transaction is open.
    store
        .write::<_, StoreError>(now(), "big", |w| {
            for id in 10..3000 {
                w.put(Record::Episode(episode(id)))?;
            }
            for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
                assert_eq!(mode(&entry.unwrap().path()), 0o600);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_long_change_is_undone_and_redone_whole() {
    let (_dir, path) = place();
    let mut store = open(&path);
    let mut records = Vec::new();
    for day in 0..3_000 {
        let night = night("2010-01-01").plus(day);
        for factor in ["room", "fluid", "exercise", "socks", "alcohol"] {
            records.push(Record::Value(ContextValue {
                night,
                ..value("2026-03-03", factor, Value::Number(day as f64 / 7.0))
            }));
        }
    }
    put(&mut store, records.clone());
    let change = store.undo(&present()).unwrap().unwrap();
    assert_eq!((change.count, change.rows.len()), (15_000, 1_000));
    assert!(all(&store).is_empty());
    store.redo(&present()).unwrap();
    assert_eq!(all(&store), expected(&records));
    let forgotten = store.forget(now(), &[records[7].key()]).unwrap();
    assert_eq!((forgotten.records, forgotten.journal_rows), (1, 1));
    store.undo(&present()).unwrap();
    assert!(all(&store).is_empty());
}

/// The words of every CHECK of a closed vocabulary in `schema.sql` are those of the enum, in the same order.
#[test]
fn the_closed_words_of_the_schema_are_those_of_the_diary() {
    use crate::diary::word::Word;
    let schema = include_str!("../schema.sql");
    let spaced = schema.split_whitespace().collect::<Vec<_>>().join(" ");
    fn check<W: Word>(schema: &str, table: &str, column: &str) {
        let body = schema
            .split(&format!("CREATE TABLE {table} ("))
            .nth(1)
            .unwrap();
        let body = body.split(") STRICT").next().unwrap();
        let words: Vec<String> = W::ALL.iter().map(|w| format!("'{}'", w.word())).collect();
        let wanted = format!("CHECK ({column} IN ({}))", words.join(", "));
        let spelt_out: Vec<String> = words.iter().map(|w| format!("{column} = {w}")).collect();
        let spelt_out = format!("CHECK ({})", spelt_out.join(" OR "));
        assert!(
            body.contains(&wanted) || body.contains(&spelt_out),
            "{table}.{column} lacks {wanted}"
        );
    }
    check::<Outcome>(&spaced, "night", "outcome");
    check::<Certainty>(&spaced, "episode", "certainty");
    check::<Kind>(&spaced, "episode", "kind");
    check::<Period>(&spaced, "episode", "period");
    check::<Side>(&spaced, "episode", "side");
    check::<Site>(&spaced, "episode", "site");
    check::<Posture>(&spaced, "episode", "posture");
    check::<Origin>(&spaced, "episode", "origin");
    check::<Origin>(&spaced, "context", "origin");
    check::<FactorKind>(&spaced, "factor", "kind");
    check::<Timing>(&spaced, "factor", "timing");
    check::<Basis>(&spaced, "intake", "basis");
    check::<CourseKind>(&spaced, "course", "kind");
    check::<MedicineClass>(&spaced, "course", "class");
    check::<Basis>(&spaced, "course", "basis");
    check::<SymptomName>(&spaced, "symptom", "symptom");
    check::<Side>(&spaced, "symptom", "side");
    check::<BroughtOn>(&spaced, "symptom", "brought_on");
    check::<RelievedBy>(&spaced, "symptom", "relieved_by");
    check::<FlagAction>(&spaced, "flag_note", "action");
    check::<Wish>(&spaced, "follow", "wish");
    check::<ReplyAnswer>(&spaced, "reply", "answer");
    check::<ExperimentDesign>(&spaced, "experiment", "design");
    check::<Basis>(&spaced, "experiment", "basis");
    check::<Done>(&spaced, "adherence", "done");
    for w in Relief::ALL {
        assert!(spaced.contains(&format!(", '{}', '')", w.word())), "{w}");
    }
    assert_eq!(spaced.matches(", '')").count(), Relief::ALL.len());
}

/// A journal of SQLite that a killed write left behind is played back, also for a reader.
#[test]
fn a_reader_after_a_killed_write_sees_the_diary_as_it_was() {
    let (_dir, path) = place();
    put(&mut open(&path), vec![Record::Episode(episode(1))]);
    let mut store = open(&path);
    let folder = path.parent().unwrap();
    let torn = folder.join("torn.db");
    let result: Result<(), StoreError> = store.write(now(), "big", |w| {
        // More than the page cache holds, so that pages and the journal reach the disk before the end.
        for id in 2..3_000 {
            w.put(Record::Episode(episode(id)))?;
        }
        std::fs::copy(&path, &torn)?;
        std::fs::copy(
            folder.join("diary.db-journal"),
            folder.join("torn.db-journal"),
        )?;
        Err(StoreError::Refused("enough".into()))
    });
    assert!(result.is_err());
    assert_ne!(std::fs::read(&torn).unwrap(), std::fs::read(&path).unwrap());
    let reader = Store::open_read(&torn).unwrap().unwrap();
    assert_eq!(
        all(&reader),
        all(&Store::open_read(&path).unwrap().unwrap())
    );
    assert_eq!(all(&reader).len(), 1);
}

/// Enough factor values for two threads: read whole or by stretches, by one connection or two, they are the same; and
/// a damaged one is refused wherever it lies.
#[test]
fn many_values_read_by_two_are_those_read_by_one() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let last: Night = "2026-03-03".parse().unwrap();
    let nights: Vec<Night> = Nights::ending(last, 4_000).iter().collect();
    let value = |night: Night, factor: &str, number: f64| {
        Record::Value(ContextValue {
            night,
            factor: factor.into(),
            value: Value::Number(number),
            unit: None,
            typed: None,
            source: Source {
                origin: Origin::Person,
                detail: None,
            },
            recorded_at: now(),
        })
    };
    let records = nights.iter().enumerate().flat_map(|(i, night)| {
        ["alcohol", "caffeine", "stress"].map(|factor| value(*night, factor, (i % 7) as f64))
    });
    let records: Vec<Record> = records.collect();
    put(&mut store, records.clone());
    let by_one = |span: Option<Nights>| {
        store
            .read(Some(Nights {
                from: nights[0].plus(-1),
                to: last,
            }))
            .unwrap()
            .values
            .into_iter()
            .filter(|v| span.is_none_or(|s| s.from <= v.night && v.night <= s.to))
            .collect::<Vec<_>>()
    };
    assert_eq!(by_one(None).len(), records.len());
    for (from, to) in [(0, 3_999), (0, 0), (3_999, 3_999), (100, 101), (17, 3_002)] {
        let span = Nights {
            from: nights[from],
            to: nights[to],
        };
        let read = store.read(Some(span)).unwrap().values;
        assert_eq!(read.len(), 3 * (to - from + 1));
        assert_eq!(read, by_one(Some(span)));
    }
    let whole: Vec<Record> = store
        .read(None)
        .unwrap()
        .values
        .into_iter()
        .map(Record::Value)
        .collect();
    assert_eq!(whole, records);

    // What an open write sees is its own.
    store
        .write(now(), "test", |w| {
            w.put(value(nights[5], "water", 1.0))?;
            assert_eq!(w.read(None)?.values.len(), records.len() + 1);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    drop(store);
    for at in [3, 3_990] {
        let damaged = path.with_extension(format!("{at}"));
        std::fs::copy(&path, &damaged).unwrap();
        let conn = rusqlite::Connection::open(&damaged).unwrap();
        let changed = conn
            .execute(
                "UPDATE context SET number = 99 WHERE night = ?1 AND factor = 'stress'",
                [nights[at].to_string()],
            )
            .unwrap();
        assert_eq!(changed, 1);
        drop(conn);
        let store = Store::open_read(&damaged).unwrap().unwrap();
        assert!(matches!(store.read(None), Err(StoreError::Odd { .. })));
    }
}

/// The first diaries have the origins of values as a list; the check now spelt out is the same check.
#[test]
fn a_diary_with_the_origins_as_a_list_is_whole() {
    let (_folder, path) = place();
    drop(open(&path));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA writable_schema = ON").unwrap();
    let changed = conn
        .execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?1, ?2) WHERE name = 'context'",
            [
                "origin = 'person' OR origin = 'import' OR origin = 'device'",
                "origin IN ('person', 'import', 'device')",
            ],
        )
        .unwrap();
    assert_eq!(changed, 1);
    drop(conn);
    let found = Store::check(&path, now()).unwrap().unwrap();
    assert!(found.findings.is_empty(), "{:?}", found.findings);
}
