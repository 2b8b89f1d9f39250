//! A diary file with bytes flipped, cut or replaced: opened, refused, or found damaged; checked and salvaged without a
//! crash; and what is read without complaint is what was written.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use nightcramp::diary::{Diary, Event, Record};
use nightcramp::store::{Store, StoreError};

struct Sample {
    folder: PathBuf,
    bytes: Vec<u8>,
    diary: Diary,
}

/// One small diary, made once.
fn sample() -> &'static Sample {
    static MADE: OnceLock<Sample> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("nightcramp-fuzz-{}", std::process::id()));
        let path = folder.join("sample.db");
        let _ = std::fs::remove_dir_all(&folder);
        let now = "2026-03-04T08:00:00Z".parse().unwrap();
        let mut store = Store::open(&path, now).unwrap();
        store
            .write::<_, StoreError>(now, "fuzz", |w| {
                for id in 1..40 {
                    let night = "2026-03-03".parse().unwrap();
                    let text = format!("event {id} {}", "x".repeat(usize::try_from(id * id * 7).unwrap()));
                    w.put(Record::Event(Event { id, night, text, recorded_at: now }))?;
                }
                Ok(())
            })
            .unwrap();
        let diary = store.read(None).unwrap();
        drop(store);
        Sample { bytes: std::fs::read(&path).unwrap(), folder, diary }
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let sample = sample();
    let mut bytes = sample.bytes.clone();
    // Each five bytes of input: where (3), how (1), with what (1).
    for order in data.chunks_exact(5) {
        let at = usize::from(order[0]) << 16 | usize::from(order[1]) << 8 | usize::from(order[2]);
        let at = at % sample.bytes.len();
        match order[3] % 8 {
            0 => bytes.truncate(at),
            1 => bytes.iter_mut().skip(at).take(4096).for_each(|b| *b = order[4]),
            2 => bytes.iter_mut().skip(at).take(usize::from(order[4])).for_each(|b| *b = 0),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= order[4];
                }
            }
        }
    }
    let path = sample.folder.join("damaged.db");
    let into = sample.folder.join("saved.db");
    let _ = std::fs::remove_file(&into);
    std::fs::write(&path, &bytes).unwrap();
    let now = "2026-03-04T08:00:00Z".parse().unwrap();
    if let Ok(Some(findings)) = Store::check(&path, now)
        && findings.is_sound()
    {
        let diary = Store::open_read(&path).unwrap().unwrap().read(None).unwrap();
        assert_eq!(diary, sample.diary, "a sound diary holds something else than was written");
    }
    if let Ok(report) = Store::recover(&path, &into, now) {
        let saved = Store::open_read(&into).unwrap().unwrap().read(None).unwrap();
        assert!(saved.events.iter().all(|e| sample.diary.events.contains(e)), "something was made up");
        assert!(saved.events.len() == sample.diary.events.len() || !report.lost.is_empty(), "lost in silence");
    }
});
