//! Any words after `cramp log` and `cramp night`: a line, or a message that names a word, never a crash.
#![no_main]

use nightcramp::diary::entry::{LineKind, LineReader};
use nightcramp::diary::factor::Catalogue;
use nightcramp::diary::{Diary, Episode, NightRecord, Now, Zone};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let words: Vec<String> = text.split('\n').flat_map(|l| l.split(' ')).map(str::to_string).collect();
    let Some(zone) = Zone::named("Europe/London") else { return };
    let Ok(utc) = "2026-03-04T08:00:00Z".parse() else { return };
    let now = Now { utc, zone };
    let catalogue = Catalogue::of(&Diary::default());
    let night = now.last_night();
    for kind in [LineKind::Episode, LineKind::Night] {
        let reader = LineReader::new(kind, &catalogue, &now);
        match reader.read(&words, Episode::blank(1, night, utc), NightRecord::blank(night, utc)) {
            Ok(line) => {
                assert!(line.episode.severity.is_none_or(|s| s <= 10));
                if let Some(at) = &line.episode.began_at {
                    assert!(at.utc <= utc, "a time in the future was taken");
                }
            }
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
    }
});
