//! What an import must hold for any bytes: what it takes can be kept, a second import of the same files changes
//! nothing, and an export of it comes back the same.

use crate::diary::{Diary, Record, Zone};
use crate::import::{FreeNumbers, Imported, read};
use crate::render::export;
use crate::store::{Store, StoreError};
use chrono::{DateTime, Utc};

/// Nothing is written for good: every run ends by taking its transaction back.
struct TakenBack;

impl From<StoreError> for TakenBack {
    fn from(error: StoreError) -> Self {
        panic!("{error}")
    }
}

/// The time of all this.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-03-04T08:00:00Z".parse().unwrap()
}

/// Reads the files, keeps what they hold in the empty diary `store`, and reads them and their export again. Gives how
/// many records there were.
pub(crate) fn keeps(store: &mut Store, files: &[(&str, &[u8])]) -> usize {
    let zone = Zone::named("Europe/London").unwrap();
    let against = |diary: &Diary, files: &[(&str, &[u8])]| -> Imported {
        read(files, diary, &FreeNumbers::after(diary), now(), &zone)
    };
    let taken = against(&Diary::default(), files);
    if taken.changes.is_empty() {
        return 0;
    }
    let records: Vec<Record> = taken.changes.into_records().collect();
    let count = records.len();
    let _taken_back = store.write(now(), "fuzz", |w| -> Result<(), TakenBack> {
        w.put_all(records).expect("what was taken cannot be kept");
        let diary = w.read(None).expect("what was kept cannot be read");
        let again = against(&diary, files);
        assert!(
            again.changes.is_empty(),
            "a second import changes something: {:?}",
            again.changes
        );
        let exported = export::files(&diary, None);
        let exported: Vec<(&str, &[u8])> =
            exported.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
        let back = against(&diary, &exported);
        assert!(
            back.refused.is_empty(),
            "an export is refused: {:?}",
            back.refused
        );
        assert!(
            back.changes.is_empty(),
            "an export comes back otherwise: {:?}",
            back.changes
        );
        Err(TakenBack)
    });
    count
}
