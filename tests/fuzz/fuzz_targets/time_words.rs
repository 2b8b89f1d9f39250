//! Any text as a time: an answer or a message, never in the future, never a crash.
#![no_main]

use nightcramp::diary::clock::read_when;
use nightcramp::diary::{Now, Zone};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for (at, zone) in [
        ("2026-03-04T08:00:00Z", "Europe/London"),
        ("2026-10-25T01:35:00Z", "Europe/London"),
        ("2026-03-29T01:05:00Z", "Europe/London"),
        ("2028-02-29T23:59:59Z", "Pacific/Kiritimati"),
    ] {
        let Some(zone) = Zone::named(zone) else { return };
        let Ok(utc) = at.parse() else { return };
        let now = Now { utc, zone };
        let _ = read_when(text, &now);
    }
});
