//! Export and import: what goes out comes back, what is there stays, what is wrong is named.

use proptest::prelude::*;

use crate::diary::*;
use crate::import::{self, Changes, FreeNumbers, Imported};
use crate::render;

use crate::tests::arbitrary_diary;

/// The time of the tests: 1 May 2026, noon in Brussels, Paris or Rome.
fn now() -> chrono::DateTime<chrono::Utc> {
    arbitrary_diary::now()
}

pub(crate) fn import(files: &[(&str, &str)], diary: &Diary) -> Imported {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    let zone = Zone::named("Europe/London").unwrap();
    import::read(&files, diary, &FreeNumbers::after(diary), now(), &zone)
}

/// The diary with the changes in it, as a store would keep them.
pub(crate) fn with(mut diary: Diary, changes: Changes) -> Diary {
    fn put<T>(list: &mut Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) {
        for record in new {
            match list.iter_mut().find(|kept| same(kept, &record)) {
                Some(kept) => *kept = record,
                None => list.push(record),
            }
        }
    }
    for night in changes.nights {
        diary.nights.insert(night.night, night);
    }
    put(&mut diary.episodes, changes.episodes, |a, b| a.id == b.id);
    put(&mut diary.values, changes.values, |a, b| {
        (a.night, &a.factor) == (b.night, &b.factor)
    });
    put(&mut diary.factors, changes.factors, |a, b| {
        a.factor == b.factor
    });
    put(&mut diary.intakes, changes.intakes, |a, b| a.id == b.id);
    put(&mut diary.courses, changes.courses, |a, b| a.id == b.id);
    put(&mut diary.symptoms, changes.symptoms, |a, b| a.id == b.id);
    put(&mut diary.facts, changes.facts, |a, b| a.id == b.id);
    put(&mut diary.events, changes.events, |a, b| a.id == b.id);
    put(&mut diary.exclusions, changes.exclusions, |a, b| {
        a.id == b.id
    });
    put(&mut diary.flag_notes, changes.flag_notes, |a, b| {
        a.id == b.id
    });
    put(&mut diary.looks, changes.looks, |a, b| a.id == b.id);
    put(&mut diary.follows, changes.follows, |a, b| a.id == b.id);
    put(&mut diary.replies, changes.replies, |a, b| a.id == b.id);
    put(&mut diary.experiments, changes.experiments, |a, b| {
        a.id == b.id
    });
    put(&mut diary.adherence, changes.adherence, |a, b| a.id == b.id);
    diary.sort();
    diary
}

fn exported(diary: &Diary) -> Vec<(&'static str, String)> {
    render::export::files(diary, None)
}

fn names<'a>(files: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    files.iter().map(|(n, t)| (*n, t.as_str())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_imported_into_an_empty_diary_is_the_same_diary(diary in arbitrary_diary::diary()) {
        let files = exported(&diary);
        let read = import(&names(&files), &Diary::default());
        prop_assert_eq!(&read.refused, &vec![]);
        prop_assert_eq!(&read.warnings, &vec![]);
        let again = with(Diary::default(), read.changes);
        prop_assert_eq!(&again, &diary);
        prop_assert_eq!(exported(&again), files);
    }

    #[test]
    fn the_json_export_is_the_same_diary_too(diary in arbitrary_diary::diary()) {
        let file = render::export::whole(&diary, None);
        let read = import(&[("diary.json", &file)], &Diary::default());
        prop_assert_eq!(&read.refused, &vec![]);
        let again = with(Diary::default(), read.changes);
        prop_assert_eq!(&again, &diary);
    }

    #[test]
    fn importing_again_changes_nothing(diary in arbitrary_diary::diary()) {
        let files = exported(&diary);
        let whole = import(&names(&files), &diary);
        prop_assert_eq!(&whole.refused, &vec![]);
        prop_assert_eq!(&whole.changes, &Changes::default());
        // nor without diary.json and the numbers, zones and times only it has
        let (_, csv) = files.split_last().unwrap();
        let bare = import(&names(csv), &diary);
        prop_assert_eq!(&bare.refused, &vec![]);
        prop_assert_eq!(&bare.changes, &Changes::default());
    }

    #[test]
    fn rows_without_numbers_or_times_are_found_again(diary in arbitrary_diary::diary()) {
        let files: Vec<(&'static str, String)> = exported(&diary)
            .into_iter()
            .filter(|(name, _)| name.ends_with(".csv"))
            .map(|(name, text)| (name, without(&text, &["id", "recorded_at", "source"])))
            .collect();
        let first = import(&names(&files), &Diary::default());
        let kept = with(Diary::default(), first.changes);
        let second = import(&names(&files), &kept);
        prop_assert_eq!(&second.changes, &Changes::default());
        prop_assert_eq!(kept.episodes.len(), diary.episodes.len());
        prop_assert_eq!(kept.intakes.len(), diary.intakes.len());
    }

    #[test]
    fn bytes_of_any_kind_are_answered(name in 0..12usize, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let files = exported(&Diary::default());
        let name = files.get(name).map_or("diary.json", |(n, _)| n);
        answer(name, &bytes);
    }

    #[test]
    fn almost_rows_are_answered(
        name in 0..10usize,
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..28), 0..6),
    ) {
        let (name, header) = exported(&Diary::default()).swap_remove(name);
        let width = header.trim_end().split(',').count();
        let mut text = header;
        for mut row in rows {
            row.resize(width, String::new());
            text.push_str(&row.join(","));
            text.push('\n');
        }
        answer(name, text.as_bytes());
    }
}

/// Reads bytes and checks what must hold whatever they are.
fn answer(name: &str, bytes: &[u8]) {
    let zone = Zone::named("Europe/London").unwrap();
    let empty = Diary::default();
    let free = FreeNumbers::after(&empty);
    let read = import::read(&[(name, bytes)], &empty, &free, now(), &zone);
    for refused in &read.refused {
        assert!(refused.line >= 1, "{refused}");
        assert!(!refused.reason.is_empty());
        assert!(
            !refused.to_string().contains(['\n', '\0', '\u{1b}']),
            "{refused}"
        );
    }
    let refused: usize = read.counts.iter().map(|c| c.refused).sum();
    assert_eq!(refused, read.refused.len());
    let kept = with(empty, read.changes);
    assert!(exported(&kept).len() == 12);
}

/// Cells that are almost right.
fn cell() -> impl Strategy<Value = String> {
    let cells = [
        "",
        "1",
        "0",
        "-1",
        "11",
        "1e9",
        "NaN",
        "inf",
        "2026-03-03",
        "2026-02-30",
        "3/4",
        "2999-01-01",
        "2026-03-04T03:10:00+00:00",
        "2026-03-04 03:10",
        "cramp",
        "calm",
        "left",
        "Left",
        "room",
        "18",
        "64",
        "°F",
        "°C",
        "magnesium",
        "mg",
        "numbness",
        "yes-no",
        "\"a\nb\"",
        "\"unclosed",
        "supplement",
    ];
    proptest::sample::select(cells.to_vec()).prop_map(str::to_string)
}

/// A CSV text without some columns.
fn without(text: &str, columns: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let keep: Vec<bool> = reader
        .headers()
        .unwrap()
        .iter()
        .map(|c| !columns.contains(&c))
        .collect();
    let mut writer = csv::Writer::from_writer(vec![]);
    let header = reader.headers().unwrap().clone();
    for record in std::iter::once(header).chain(reader.records().map(Result::unwrap)) {
        let cells = record.iter().zip(&keep).filter(|(_, k)| **k);
        writer.write_record(cells.map(|(c, _)| c)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
