//! A diary file with bytes flipped, cut or replaced: opened, refused, or found damaged without a crash; and what passes
//! the check is what was written.
#![no_main]

mod scratch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use nightcramp::Session;

struct Sample {
    folder: PathBuf,
    bytes: Vec<u8>,
    exported: BTreeMap<String, Vec<u8>>,
}

fn exported(diary: &mut Session, into: &Path) -> BTreeMap<String, Vec<u8>> {
    let _ = std::fs::remove_dir_all(into);
    diary.export(into).unwrap();
    let files = std::fs::read_dir(into).unwrap().map(|f| f.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|end| end == "csv"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

/// One small diary, made once.
fn sample() -> &'static Sample {
    static MADE: OnceLock<Sample> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = scratch::folder("file");
        let path = folder.join("sample.sqlite");
        let mut diary = Session::new(&path, scratch::NOW, "Europe/London").unwrap();
        for id in 1..40_usize {
            diary.text(&["event", &format!("event {id} {}", "x".repeat(id * id * 7))]).unwrap();
        }
        let exported = exported(&mut diary, &folder.join("csv"));
        Sample { bytes: std::fs::read(&path).unwrap(), folder, exported }
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
    let path = sample.folder.join("damaged.sqlite");
    std::fs::write(&path, &bytes).unwrap();
    let mut damaged = Session::new(&path, scratch::NOW, "Europe/London").unwrap();
    if damaged.text(&["check"]).is_ok() {
        let now = exported(&mut damaged, &sample.folder.join("again"));
        assert_eq!(now, sample.exported, "a sound diary holds something else than was written");
    }
    let saved = sample.folder.join("saved.sqlite");
    let _ = std::fs::remove_file(&saved);
    let _ = damaged.text(&["recover", "--out", &saved.to_string_lossy()]);
});
