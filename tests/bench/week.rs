//! `cramp week` on 10 and 100 years of nights against an empty diary.
//!
//! Goal: at most 1.5 times the time for an empty diary. Run with `cargo bench --bench week`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

// each benchmark uses its part of it
#[allow(dead_code)]
mod measure;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use measure::{Contender, cramp, medians, peak_mb};
use nightcramp::diary::vocabulary::Outcome;
use nightcramp::diary::*;
use nightcramp::store::Store;

const LAST: &str = "2026-03-03";
const NOW: &str = "2026-03-04T09:00:00Z";
/// Factors with a value every night.
const FACTORS: [&str; 5] = ["room", "exercise", "fluid", "alcohol", "stress"];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let diaries: Vec<(String, PathBuf)> = [0, 3_650, 36_500]
        .into_iter()
        .map(|nights| {
            let path = folder.path().join(format!("{nights}.sqlite"));
            write(&path, nights);
            let mb = std::fs::metadata(&path).unwrap().len() as f64 / 1e6;
            (format!("cramp week, {nights} nights ({mb:.1} MB)"), path)
        })
        .collect();
    let mut contenders: Vec<Contender<'_>> = diaries
        .iter()
        .map(|(name, path)| Contender {
            name,
            command: Box::new(move |_| cramp(path, &["--now", NOW, "week"])),
        })
        .collect();
    let times = medians(40, &mut contenders);
    println!(
        "10 years / empty {:.2}, 100 years / empty {:.2} (goal 1.5)",
        times[1] / times[0],
        times[2] / times[0]
    );
    if let Some(mb) = peak_mb(&cramp(&diaries[2].1, &["--now", NOW, "week"])) {
        println!("100 years: peak memory {mb:.1} MB");
    }
}

/// A diary of `nights` nights ending on [`LAST`], a cramp on every third.
fn write(path: &Path, nights: i64) {
    let last: Night = LAST.parse().unwrap();
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let mut records = Vec::new();
    let all: Vec<Night> = Nights::ending(last, nights)
        .iter()
        .filter(|_| nights > 0)
        .collect();
    for (i, night) in all.iter().enumerate() {
        let outcome = if i % 3 == 0 {
            Outcome::Cramp
        } else {
            Outcome::Calm
        };
        records.push(Record::Night(NightRecord {
            outcome: Some(outcome),
            ..NightRecord::blank(*night, now)
        }));
    }
    for (i, night) in all.iter().enumerate().filter(|(i, _)| i % 3 == 0) {
        let mut episode = Episode::blank(i as i64 + 1, *night, now);
        episode.severity = Some((i % 11) as u8);
        episode.duration_s = Some(60 + (i % 7) as u32 * 15);
        records.push(Record::Episode(episode));
    }
    for (i, night) in all.iter().enumerate() {
        for (j, factor) in FACTORS.iter().enumerate() {
            records.push(Record::Value(ContextValue {
                night: *night,
                factor: Arc::from(*factor),
                value: Value::Number(((i + j) % 10) as f64),
                unit: None,
                typed: None,
                source: Source::PERSON,
                recorded_at: now,
            }));
        }
    }
    let mut store = Store::open(path, now).unwrap();
    let written = store.write(now, "bench", |w| w.put_all(records));
    written.unwrap();
}
