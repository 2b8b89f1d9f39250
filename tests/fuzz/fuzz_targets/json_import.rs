//! Any bytes as `diary.json` beside an empty `nights.csv`: read or refused, never a crash.
#![no_main]

use nightcramp::diary::{Diary, Zone};
use nightcramp::import::{FreeNumbers, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let diary = Diary::default();
    let Some(zone) = Zone::named("Europe/London") else { return };
    let Ok(now) = "2026-03-04T08:00:00Z".parse() else { return };
    let nights = b"night,outcome\n2026-03-01,calm\n";
    let files = [("diary.json", data), ("nights.csv", nights.as_slice())];
    let _ = read(&files, &diary, &FreeNumbers::after(&diary), now, &zone);
});
