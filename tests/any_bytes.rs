//! The fuzz targets of `tests/fuzz/` as property tests: any words, any times, any bytes as an import.

use crate::diary::clock::read_when;
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::line::LineKind;
use crate::diary::{Diary, Episode, NightRecord, Now, Zone};
use crate::render::export;
use crate::store::Store;
use proptest::prelude::*;

use crate::tests::arbitrary_diary;
use crate::tests::keeping::{self, keeps};

/// Words that mean something, and any others.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "left",
        "right",
        "both",
        "calf",
        "foot",
        "thigh",
        "6",
        "10",
        "11",
        "3min",
        "2h",
        "x3",
        "03:10",
        "23:50",
        "yesterday",
        "mon",
        "2026-03-01",
        "2026-02-30",
        "~3:15",
        "2h ago",
        "+stretch",
        "+nothing",
        "jerk",
        "day",
        "room=18C",
        "room=?",
        "room=-",
        "socks=yes",
        "severity=7",
        "severity=",
        "=",
        "calm",
        "bed=23:10",
        "up=7:00",
        "sleep=6",
        "note=x",
        "-5",
        "1e400",
        "NaN",
        "25:00",
        "00:00",
        "noon",
        "last",
        "night",
        "ago",
        "today",
    ]);
    prop_oneof![4 => known.prop_map(str::to_string), 1 => ".{0,12}", 1 => "[0-9:.+~=-]{1,10}"]
}

fn at(zone: &str, instant: &str) -> Now {
    Now {
        utc: instant.parse().unwrap(),
        zone: Zone::named(zone).unwrap(),
    }
}

/// Now, at a quiet time, in the hour that comes twice, after the hour that never comes, and on a leap day far away.
fn nows() -> [Now; 4] {
    [
        at("Europe/London", "2026-03-04T08:00:00Z"),
        at("Europe/London", "2026-10-25T01:35:00Z"),
        at("Europe/London", "2026-03-29T01:05:00Z"),
        at("Pacific/Kiritimati", "2028-02-29T23:59:59Z"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_a_line_or_a_message(words in prop::collection::vec(word(), 0..8)) {
        let catalogue = Catalogue::of(&Diary::default());
        for now in nows() {
            let night = now.last_night();
            for kind in [LineKind::Episode, LineKind::Night] {
                let reader = LineReader::new(kind, &catalogue, &now);
                let (episode, blank) = (Episode::blank(1, night, now.utc), NightRecord::blank(night, now.utc));
                match reader.read(&words) {
                    Ok(account) => {
                        for line in &account.episodes {
                            let episode = line.episode(episode.clone()).unwrap();
                            line.night(blank.clone(), &now).unwrap();
                            let began = line.when.as_ref().and_then(|when| when.at.as_ref());
                            prop_assert!(episode.severity.is_none_or(|s| s.score() <= 10.0));
                            prop_assert!(began.is_none_or(|at| at.utc <= now.utc));
                        }
                        for (answered, line) in &account.nights {
                            line.answer(&blank, &now).unwrap();
                            prop_assert!(answered.date() <= now.today());
                        }
                    }
                    Err(refused) => prop_assert!(!refused.to_string().is_empty()),
                }
            }
        }
    }

    #[test]
    fn any_text_is_a_time_or_a_message(words in prop::collection::vec(word(), 0..4)) {
        for now in nows() {
            match read_when(&words.join(" "), &now) {
                Ok(when) => prop_assert!(when.and_then(|when| when.at).is_none_or(|at| at.utc <= now.utc)),
                Err(refused) => prop_assert!(!refused.to_string().is_empty()),
            }
        }
    }
}

/// Where to change a file, and into what.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, bool)>> {
    prop::collection::vec(
        (any::<prop::sample::Index>(), any::<u8>(), any::<bool>()),
        0..6,
    )
}

/// Replaces or inserts bytes, those that mean something in such files more often than others.
fn changed(text: &str, changes: &[(prop::sample::Index, u8, bool)]) -> Vec<u8> {
    const TELLING: &[u8] = b",\"\n\r;{}[]:0-9.eE \xff\0";
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte, insert) in changes {
        let byte = if byte % 2 == 0 {
            TELLING[usize::from(byte / 2) % TELLING.len()]
        } else {
            *byte
        };
        let at = at.index(bytes.len() + 1);
        if *insert || at == bytes.len() {
            bytes.insert(at, byte);
        } else {
            bytes[at] = byte;
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_an_import_are_kept_or_refused(
        diary in arbitrary_diary::diary(),
        which in any::<prop::sample::Index>(),
        how in changes(),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&dir.path().join("d.db"), keeping::now()).unwrap();
        let files = export::files(&diary, None);
        let (name, text) = &files[which.index(files.len())];
        keeps(&mut store, &[(name, &changed(text, &how))]);
        let whole = export::whole(&diary, None);
        keeps(&mut store, &[("diary.json", &changed(&whole, &how))]);
    }
}
