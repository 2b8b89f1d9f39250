//! `cramp analyze --json` as a whole process, and its steps within one process, on diaries of 365, 3,650 and 36,500
//! nights with 15 factors.
//!
//! Run with `cargo bench --bench analyze`; `tests/bench/analyze.sh` sets the whole process beside other programs on
//! the same nights.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

#[expect(dead_code, reason = "nothing here is compared with a database")]
mod measure;

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Utc};
use measure::{Contender, cramp, medians, peak_mb};
use nightcramp::analysis::associations::associations;
use nightcramp::analysis::evaluation::evaluate;
use nightcramp::analysis::from_diary::{content_seed, night_table};
use nightcramp::analysis::night_table::NightTable;
use nightcramp::analysis::sensitivity::{Draws, FilledModels, support};
use nightcramp::diary::vocabulary::{FactorKind, Origin, Outcome, Timing};
use nightcramp::diary::{
    ContextValue, CustomFactor, Episode, Night, NightRecord, Nights, Record, Source, Value,
};
use nightcramp::report::factors::{Wish, factors};
use nightcramp::store::Store;
use rayon::prelude::*;

const NOW: &str = "2026-03-04T09:00:00Z";
const FACTORS: u64 = 15;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let last: Night = "2026-03-03".parse().unwrap();
    for nights in [365, 3_650, 36_500] {
        println!("{nights} nights");
        let path = folder.path().join(format!("{nights}.sqlite"));
        let mut store = Store::open(&path, now).unwrap();
        store
            .write(now, "bench", |w| w.put_all(made_up(last, nights, now)))
            .unwrap();
        drop(store);
        let analyze = || cramp(&path, &["--now", NOW, "analyze", "--json"]);
        // The first analysis keeps its looks in the diary; the others find them there.
        println!(
            "  peak memory {:.0} MB",
            peak_mb(&analyze()).unwrap_or(f64::NAN)
        );
        let runs = if nights > 10_000 { 5 } else { 15 };
        let mut contenders = [Contender {
            name: "  the whole process",
            command: Box::new(|_| analyze()),
        }];
        medians(runs, &mut contenders);
        steps(&path, now, last, runs);
    }
}

/// Median milliseconds of each step.
fn steps(path: &std::path::Path, now: DateTime<Utc>, last: Night, runs: usize) {
    let store = Store::open(path, now).unwrap();
    let diary = store.read(None).unwrap();
    let table = night_table(&diary, last);
    let evaluation = evaluate(&table).unwrap();
    let draws = Draws {
        shuffles: 2_000,
        seed: content_seed(&table),
    };
    let checks = |table: &NightTable| {
        let filled = FilledModels::new(table, &evaluation);
        (0..table.factors.len()).into_par_iter().for_each(|i| {
            black_box(support(table, &evaluation, &filled, i, draws));
        });
    };
    let looks = associations(&table, &[], draws).new_looks;
    let wish = Wish::default();
    let list: [(&str, &mut dyn FnMut()); 7] = [
        ("reading the diary", &mut || {
            drop(black_box(store.read(None)))
        }),
        ("night table", &mut || {
            drop(black_box(night_table(&diary, last)))
        }),
        ("factors alone and together", &mut || {
            drop(black_box(evaluate(&table)))
        }),
        ("shuffles and checks of every factor", &mut || {
            checks(&table)
        }),
        ("grades, with the looks kept", &mut || {
            drop(black_box(associations(&table, &looks, draws)))
        }),
        ("grades, taking the looks too", &mut || {
            drop(black_box(associations(&table, &[], draws)))
        }),
        ("the report from the diary", &mut || {
            drop(black_box(factors(&diary, last, wish, &|| {})))
        }),
    ];
    for (name, step) in list {
        let mut times: Vec<f64> = (0..runs)
            .map(|_| {
                let started = Instant::now();
                step();
                started.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("    {name:38} {:9.2} ms", times[runs / 2]);
    }
}

/// Nights with a gap now and then, a cramp on about every fifth, and 15 factors known on nine nights of ten.
fn made_up(last: Night, nights: i64, now: DateTime<Utc>) -> Vec<Record> {
    let mut state = 1_u64;
    let mut draw = move |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let mut records: Vec<Record> = (0..FACTORS)
        .map(|f| {
            Record::Factor(CustomFactor {
                factor: name(f),
                label: format!("Factor {f}"),
                kind: if yes_no(f) {
                    FactorKind::YesNo
                } else {
                    FactorKind::Number
                },
                unit: None,
                min: None,
                max: None,
                timing: Timing::Day,
                group: None,
                choices: Vec::new(),
                retired: false,
            })
        })
        .collect();
    for (i, night) in Nights::ending(last, nights).iter().enumerate() {
        if draw(10) == 0 {
            continue;
        }
        let cramp = draw(5) == 0;
        let mut record = NightRecord::blank(night, now);
        record.outcome = Some(if cramp { Outcome::Cramp } else { Outcome::Calm });
        records.push(Record::Night(record));
        if cramp {
            records.push(Record::Episode(Episode::blank(i as i64 + 1, night, now)));
        }
        for f in 0..FACTORS {
            if draw(10) > 0 {
                records.push(Record::Value(ContextValue {
                    night,
                    factor: name(f),
                    value: Value::Number(draw(if yes_no(f) { 2 } else { 40 }) as f64),
                    unit: None,
                    typed: None,
                    source: Source {
                        origin: Origin::Person,
                        detail: None,
                    },
                    recorded_at: now,
                }));
            }
        }
    }
    records
}

fn yes_no(f: u64) -> bool {
    f.is_multiple_of(3)
}

fn name(f: u64) -> std::sync::Arc<str> {
    format!("x-factor-{f}").into()
}
