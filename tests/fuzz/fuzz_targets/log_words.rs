//! Any line after `cramp log` and `cramp night`: an entry, or a message that says why not; no pain above ten, no time
//! in the future, never a crash.
#![no_main]

mod scratch;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut diary = scratch::diary("log", scratch::NOW, "Europe/London");
    match diary.log(text) {
        Ok(logged) => {
            assert!(logged["severity"].as_f64().is_none_or(|s| s <= 10.0));
            assert!(logged["at"].as_str().is_none_or(|at| at <= "2026-03-04T08:01"), "{}", logged["at"]);
        }
        Err(refused) => assert!(!refused.message.is_empty()),
    }
    if let Err(refused) = diary.night("last", text) {
        assert!(!refused.message.is_empty());
    }
});
