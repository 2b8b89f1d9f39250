//! Any text as a time, at clock changes and far from Greenwich: an entry or a message, never in the future, never a
//! crash.
#![no_main]

mod scratch;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for (now, zone) in [
        ("2026-03-04T08:00:00Z", "Europe/London"),
        ("2026-10-25T01:35:00Z", "Europe/London"),
        ("2026-03-29T01:05:00Z", "Europe/London"),
        ("2028-02-29T23:59:59Z", "Pacific/Kiritimati"),
    ] {
        let mut diary = scratch::diary("time", now, zone);
        if let Ok(logged) = diary.log(text)
            && let Some(at) = logged["at"].as_str()
        {
            let at = chrono::DateTime::parse_from_rfc3339(at).unwrap();
            assert!(at <= chrono::DateTime::parse_from_rfc3339(now).unwrap(), "{at} after {now}");
        }
    }
});
