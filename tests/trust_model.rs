//! Random commands against the diary on disk and against a simple model of it: they must agree after every one.

use crate::diary::pain::Pain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diary::*;
use crate::store::*;
use chrono::Duration;
use proptest::prelude::*;

use crate::tests::store_records::*;

/// What can happen to a diary.
#[derive(Debug, Clone)]
enum Step {
    Log(u8),
    Night(u8, Option<u8>),
    Edit(u8, u8),
    Delete(u8),
    Import(Vec<(u8, u8)>),
    Undo,
    Redo,
    Backup,
    Restore(u8),
    Forget(u8),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<u8>().prop_map(Step::Log),
        3 => (0_u8..6, proptest::option::of(0_u8..=10)).prop_map(|(n, q)| Step::Night(n, q)),
        3 => (any::<u8>(), 0_u8..=10).prop_map(|(which, s)| Step::Edit(which, s)),
        2 => any::<u8>().prop_map(Step::Delete),
        2 => proptest::collection::btree_map(0_u8..30, any::<u8>(), 0..20)
            .prop_map(|values| Step::Import(values.into_iter().collect())),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        1 => Just(Step::Backup),
        1 => any::<u8>().prop_map(Step::Restore),
        1 => any::<u8>().prop_map(Step::Forget),
        1 => Just(Step::Reopen),
    ]
}

type Records = BTreeMap<Key, Record>;

/// The diary as a person thinks of it.
#[derive(Default)]
struct Model {
    now: Records,
    done: Vec<(Records, Records)>,
    undone: Vec<(Records, Records)>,
    backups: Vec<(PathBuf, Records)>,
    last_id: i64,
}

impl Model {
    /// A write, if it changed anything.
    fn become_(&mut self, next: Records) {
        if next != self.now {
            self.done.push((self.now.clone(), next.clone()));
            self.undone.clear();
            self.now = next;
        }
    }

    fn pick(&self, which: u8) -> Option<Key> {
        let keys: Vec<&Key> = self.now.keys().collect();
        keys.get(usize::from(which) % keys.len().max(1))
            .map(|key| (*key).clone())
    }
}

fn all(store: &Store) -> Records {
    let d = store.read(None).unwrap();
    let nights = d.nights.into_values().map(Record::Night);
    let episodes = d.episodes.into_iter().map(Record::Episode);
    let values = d.values.into_iter().map(Record::Value);
    nights
        .chain(episodes)
        .chain(values)
        .map(|r| (r.key(), r))
        .collect()
}

fn put(store: &mut Store, records: Vec<Record>) {
    store
        .write::<_, StoreError>(now(), "write", |w| w.put_all(records))
        .unwrap();
}

fn run(step: &Step, store: &mut Store, path: &Path, model: &mut Model, round: i64) {
    let mut next = model.now.clone();
    match step {
        Step::Log(n) => {
            let first = night("2026-01-01").plus(i64::from(*n % 9));
            let id = store
                .write::<_, StoreError>(now(), "log", |w| {
                    let id = w.next_id(Table::Episode)?;
                    w.put(Record::Episode(Episode::blank(id, first, now())))?;
                    Ok(id)
                })
                .unwrap();
            assert_eq!(
                id,
                model.last_id + 1,
                "a number was given twice or left out"
            );
            model.last_id = id;
            let record = Record::Episode(Episode::blank(id, first, now()));
            next.insert(record.key(), record);
            model.become_(next);
        }
        Step::Night(n, quality) => {
            let night = night("2026-01-01").plus(i64::from(*n));
            let record = Record::Night(NightRecord {
                sleep_quality: *quality,
                ..NightRecord::blank(night, now())
            });
            put(store, vec![record.clone()]);
            next.insert(record.key(), record);
            model.become_(next);
        }
        Step::Edit(which, severity) => {
            let Some(key) = model.pick(*which) else {
                return;
            };
            let Some(Record::Episode(mut episode)) = model.now.get(&key).cloned() else {
                return;
            };
            episode.severity = Pain::of(f64::from(*severity));
            put(store, vec![Record::Episode(episode.clone())]);
            next.insert(key, Record::Episode(episode));
            model.become_(next);
        }
        Step::Delete(which) => {
            let Some(key) = model.pick(*which) else {
                return;
            };
            store
                .write::<_, StoreError>(now(), "delete", |w| w.remove(&key))
                .unwrap();
            next.remove(&key);
            model.become_(next);
        }
        Step::Import(values) => {
            let records: Vec<Record> = values
                .iter()
                .map(|(place, number)| {
                    let night = night("2026-01-01").plus(i64::from(place / 3));
                    let factor = ["room", "fluid", "socks"][usize::from(place % 3)];
                    let room = value(
                        "2026-01-01",
                        factor,
                        Value::Number(f64::from(*number) / 3.0),
                    );
                    Record::Value(ContextValue { night, ..room })
                })
                .collect();
            put(store, records.clone());
            next.extend(records.into_iter().map(|r| (r.key(), r)));
            model.become_(next);
        }
        Step::Undo => {
            let undone = store.undo(&present()).unwrap();
            let expected = model.done.pop();
            assert_eq!(undone.is_some(), expected.is_some());
            if let Some((before, after)) = expected {
                model.now = before.clone();
                model.undone.push((before, after));
            }
        }
        Step::Redo => {
            let redone = store.redo(&present()).unwrap();
            let expected = model.undone.pop();
            assert_eq!(redone.is_some(), expected.is_some());
            if let Some((before, after)) = expected {
                model.now = after.clone();
                model.done.push((before, after));
            }
        }
        Step::Backup => {
            let backup = store
                .backup(now() + Duration::seconds(round), Reason::Asked)
                .unwrap();
            model.backups.push((backup.path, model.now.clone()));
        }
        Step::Restore(which) => {
            let Some((backup, held)) = model
                .backups
                .get(usize::from(*which) % model.backups.len().max(1))
                .cloned()
            else {
                return;
            };
            let report =
                Store::restore(path, &backup, now() + Duration::seconds(round), None).unwrap();
            assert_eq!(report.can_undo, held != model.now);
            model.become_(held);
        }
        Step::Forget(which) => {
            let Some(key) = model.pick(*which) else {
                return;
            };
            store
                .forget(now() + Duration::seconds(round), std::slice::from_ref(&key))
                .unwrap();
            model.now.remove(&key);
            for stack in [&mut model.done, &mut model.undone] {
                for (before, after) in stack.iter_mut() {
                    before.remove(&key);
                    after.remove(&key);
                }
                // A change that did nothing else is no change any more.
                stack.retain(|(before, after)| before != after);
            }
        }
        Step::Reopen => *store = Store::open(path, now()).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_diary_agrees_with_its_model(steps in proptest::collection::vec(step(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("d.db");
        let mut store = Store::open(&path, now()).unwrap();
        let mut model = Model::default();
        for (round, step) in (1..).zip(&steps) {
            run(step, &mut store, &path, &mut model, round);
            prop_assert_eq!(&all(&store), &model.now, "after {:?}", step);
        }
        let findings = Store::check(&path, now()).unwrap().unwrap();
        prop_assert!(findings.is_sound(), "{:#?}", findings);
    }
}
