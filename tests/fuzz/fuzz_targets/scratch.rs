//! A folder of this run's own, and a diary in it at a stated moment in a stated zone.

use std::path::PathBuf;

use nightcramp::Session;

pub(crate) const NOW: &str = "2026-03-04T08:00:00Z";

/// The folder, emptied.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("nightcramp-fuzz-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A diary that is not there yet.
#[allow(dead_code)]
pub(crate) fn diary(name: &str, now: &str, zone: &str) -> Session {
    Session::new(folder(name).join("diary.sqlite"), now, zone).unwrap()
}

/// What an import must hold for any bytes: what it takes can be kept, a second import of the same files changes
/// nothing, and an export of it comes back the same.
#[allow(dead_code)]
pub(crate) fn keeps(files: &[(&str, &[u8])]) {
    let from = folder("from");
    for (name, bytes) in files {
        std::fs::write(from.join(name), bytes).unwrap();
    }
    let mut diary = diary("diary", NOW, "Europe/London");
    if diary.import(&from).is_err() {
        return;
    }
    let out = folder("out");
    if diary.export(&out.join("first")).is_err() {
        return;
    }
    diary.import(&from).expect("a second import is refused");
    diary.export(&out.join("second")).unwrap();
    let mut copy = self::diary("copy", NOW, "Europe/London");
    copy.import(&out.join("first")).expect("an export is refused");
    copy.export(&out.join("third")).unwrap();
    for again in ["second", "third"] {
        for file in std::fs::read_dir(out.join("first")).unwrap() {
            let name = file.unwrap().file_name();
            if name.to_string_lossy().ends_with(".csv") {
                let read = |folder: &str| std::fs::read(out.join(folder).join(&name)).ok();
                assert_eq!(read("first"), read(again), "{again}: {name:?} differs");
            }
        }
    }
}
