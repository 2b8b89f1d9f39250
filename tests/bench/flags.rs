//! Flags on 36,500 nights against reading them.
//!
//! Goal: at most twice the time of the reading, reading included. Run with `cargo bench --bench flags`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::Instant;

use chrono::{DateTime, Utc};
use nightcramp::diary::vocabulary::Outcome;
use nightcramp::diary::{Diary, Episode, Night, NightRecord, Nights, Record};
use nightcramp::report::flags;
use nightcramp::store::Store;

const NOW: &str = "2026-03-04T09:00:00Z";
const RUNS: usize = 15;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("diary.sqlite");
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let last: Night = "2026-03-03".parse().unwrap();
    let mut records = Vec::new();
    for (i, night) in Nights::ending(last, 36_500).iter().enumerate() {
        let cramp = i % 3 == 0;
        let mut record = NightRecord::blank(night, now);
        record.outcome = Some(if cramp { Outcome::Cramp } else { Outcome::Calm });
        records.push(Record::Night(record));
        if cramp {
            let mut episode = Episode::blank(i as i64 + 1, night, now);
            episode.severity = Some(6);
            records.push(Record::Episode(episode));
        }
    }
    let mut store = Store::open(&path, now).unwrap();
    store.write(now, "bench", |w| w.put_all(records)).unwrap();

    let read = || store.read(None).unwrap();
    let diary = read();
    let reading = median(|| drop(read()));
    let ruling = median(|| drop(flags::flags(&diary, last.plus(1).date())));
    let empty = Diary::default();
    let nothing = median(|| drop(flags::flags(&empty, last.plus(1).date())));
    println!(
        "reading 36,500 nights {:.1} ms, flags on them {:.1} ms (on an empty diary {:.1} ms): (reading + flags) / reading = {:.2} (goal 2)",
        reading * 1e3,
        ruling * 1e3,
        nothing * 1e3,
        (reading + ruling) / reading
    );
}

/// Median seconds of a few runs.
fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}
