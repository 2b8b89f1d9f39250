//! Any bytes as `diary.json`, alone or beside a `nights.csv`: read or refused, never a crash; and what was taken can be
//! kept.
#![no_main]

mod scratch;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let nights = b"night,outcome\n2026-03-01,calm\n";
    scratch::keeps(&[("diary.json", data)]);
    scratch::keeps(&[("diary.json", data), ("nights.csv", nights.as_slice())]);
});
