//! Any bytes as one of the CSV files: records, or rows named as refused, never a crash; and what was taken can be kept.
#![no_main]

use nightcramp::diary::{Diary, Zone};
use nightcramp::import::{FreeNumbers, read};

const FILES: [&str; 10] = [
    "nights.csv", "episodes.csv", "context.csv", "factors.csv", "intakes.csv", "courses.csv", "symptoms.csv",
    "person.csv", "events.csv", "exclusions.csv",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let name = FILES[usize::from(*first) % FILES.len()];
    let diary = Diary::default();
    let Some(zone) = Zone::named("Europe/London") else { return };
    let Ok(now) = "2026-03-04T08:00:00Z".parse() else { return };
    let taken = read(&[(name, rest)], &diary, &FreeNumbers::after(&diary), now, &zone);
    for record in taken.changes.into_records() {
        let _ = record.key().to_string();
    }
});
