//! Any bytes as one of the CSV files: records, or rows named as refused, never a crash; and what was taken can be kept.
#![no_main]

mod scratch;

const FILES: [&str; 10] = [
    "nights.csv", "episodes.csv", "context.csv", "factors.csv", "intakes.csv", "courses.csv", "symptoms.csv",
    "person.csv", "events.csv", "exclusions.csv",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let name = FILES[usize::from(*first) % FILES.len()];
    scratch::keeps(&[(name, rest)]);
});
