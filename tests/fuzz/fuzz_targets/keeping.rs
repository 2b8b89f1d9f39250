//! What an import must hold for any bytes: what it takes can be kept, a second import of the same files changes
//! nothing, and an export of it comes back the same.

use std::cell::RefCell;

use nightcramp::diary::{Diary, Record, Zone};
use nightcramp::import::{FreeNumbers, Imported, read};
use nightcramp::render::csv;
use nightcramp::store::{Store, StoreError};

/// Nothing is written for good: every run ends by taking its transaction back.
struct TakenBack;

impl From<StoreError> for TakenBack {
    fn from(error: StoreError) -> Self {
        panic!("{error}")
    }
}

thread_local! {
    static STORE: RefCell<Option<Store>> = const { RefCell::new(None) };
}

/// Reads the files, keeps what they hold, and reads them and their export again.
pub fn keeps(files: &[(&str, &[u8])]) {
    let (Some(zone), Ok(now)) = (Zone::named("Europe/London"), "2026-03-04T08:00:00Z".parse()) else {
        return;
    };
    let against = |diary: &Diary, files: &[(&str, &[u8])]| -> Imported {
        read(files, diary, &FreeNumbers::after(diary), now, &zone)
    };
    let taken = against(&Diary::default(), files);
    if taken.changes.is_empty() {
        return;
    }
    STORE.with_borrow_mut(|store| {
        let store = store.get_or_insert_with(|| {
            let folder = std::env::temp_dir().join(format!("nightcramp-fuzz-{}", std::process::id()));
            Store::open(&folder.join("kept.db"), now).unwrap()
        });
        let _taken_back = store.write(now, "fuzz", |w| -> Result<(), TakenBack> {
            let records: Vec<Record> = taken.changes.into_records().collect();
            w.put_all(records).expect("what was taken cannot be kept");
            let diary = w.read(None).expect("what was kept cannot be read");
            let again = against(&diary, files);
            assert!(again.changes.is_empty(), "a second import changes something: {:?}", again.changes);
            let exported = csv::files(&diary);
            let exported: Vec<(&str, &[u8])> = exported.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
            let back = against(&diary, &exported);
            assert!(back.refused.is_empty(), "an export is refused: {:?}", back.refused);
            assert!(back.changes.is_empty(), "an export comes back otherwise: {:?}", back.changes);
            Err(TakenBack)
        });
    });
}
