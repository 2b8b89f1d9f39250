//! The program as whole cold processes, beside the `sqlite3` program in the same run, as ratios.
//!
//! `cargo bench --bench program` runs every part; `cargo bench --bench program -- log week` some of them. Each line
//! names its goal; nothing here passes or fails, since machines differ.
// This door is not main.rs: it reads the environment itself.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods
)]

mod made;
mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use made::{FILES, NOW, diary, write_csv};
use measure::{Contender, contender, cramp, has_sqlite3, medians, succeeded};

/// Times one part in a folder of its own.
type Part = fn(&Path);

fn main() {
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let parts: [(&str, Part); 8] = [
        ("start", start),
        ("log", log),
        ("week", week),
        ("flags", flags),
        ("analyze", analyze),
        ("fit", fit),
        ("experiment", experiment),
        ("import", import),
    ];
    for (name, part) in parts {
        if asked.is_empty() || asked.iter().any(|a| a == name) {
            println!("== {name}");
            let folder = tempfile::tempdir().unwrap();
            part(folder.path());
        }
    }
}

/// The joint fit of 12 factors alone, by the nights: its exponent is the slope of time against nights, both as logarithms.
fn fit(_: &Path) {
    let seconds = |nights: usize| {
        let mut state = 12_u64;
        let mut below = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % n
        };
        let mut column = |share: u64, of: u64| -> Vec<u64> {
            (0..nights).map(|_| u64::from(below(of) < share)).collect()
        };
        let mut d =
            serde_json::json!({ "day": (0..nights).collect::<Vec<_>>(), "y": column(3, 10) });
        d["weekend"] = (0..nights).map(|t| u64::from(t % 7 > 4)).collect();
        for factor in 0..12 {
            d[format!("f{factor}")] = column(4, 10).into();
        }
        let data = serde_json::json!({ "nights_elapsed": nights, "d": d });
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                let from = std::time::Instant::now();
                let fitted = nightcramp::reference::answer("latent_joint", &data, &["p"]);
                assert!(fitted.is_some_and(|answer| answer.is_ok()));
                from.elapsed().as_secs_f64()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[2]
    };
    let nights = [365, 3_650, 36_500];
    let times = nights.map(seconds);
    for (nights, seconds) in nights.iter().zip(times) {
        println!("{nights} nights: {:.1} ms", seconds * 1e3);
    }
    let exponent = (times[2] / times[0]).log10() / 2.0;
    println!("grows as nights^{exponent:.2} (goal: at most 1.05)");
}

/// The result of 20 pairs (all 2^20 signs) and of 252 nights (20,000 redraws) beside numpy in the same run; numpy gives p
/// alone by the faster of two ways, and with the interval by inverting the test. `NIGHTCRAMP_PYTHON` names a Python with numpy, if `python3` has none.
fn experiment(folder: &Path) {
    let mut state = 5_u64;
    let mut below = |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let mut night = |on: bool| below(10) / if on { 8 } else { 6 };
    let schedule = |length: usize, period: usize| -> Vec<u64> {
        (0..length).map(|t| (t / period % 2) as u64).collect()
    };
    let pairs_on = schedule(20 * 28, 14);
    let pairs: Vec<u64> = pairs_on.iter().map(|on| night(*on == 1)).collect();
    let nights_on = schedule(252, 2);
    let nights: Vec<u64> = nights_on.iter().map(|on| night(*on == 1)).collect();
    let log_ratios: Vec<f64> = pairs
        .chunks(28)
        .map(|pair| {
            let log = |half: &[u64]| (half[4..].iter().sum::<u64>() as f64 + 0.5).ln();
            log(&pair[14..]) - log(&pair[..14])
        })
        .collect();
    let in_pairs =
        serde_json::json!({ "counts": pairs, "on": pairs_on, "period": 14, "dropped": 4 });
    let nightly = serde_json::json!({ "counts": nights, "on": nights_on });
    let ours = |data: &serde_json::Value, asked: &[&str]| {
        let mut times: Vec<f64> = (0..51)
            .map(|_| {
                let from = std::time::Instant::now();
                let answer = nightcramp::reference::answer("randomisation_experiment", data, asked);
                assert!(answer.is_some_and(|answer| answer.is_ok()));
                from.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[25]
    };
    let both = [("20 pairs", &in_pairs), ("252 nights", &nightly)]
        .map(|(name, data)| (name, ours(data, &["p"]), ours(data, &["p", "rate_ratio"])));
    for (name, p, whole) in both {
        println!("{name}: p {p:.3} ms, with the interval {whole:.3} ms");
    }
    let path = folder.join("data.json");
    let data = serde_json::json!({ "log_ratios": log_ratios, "counts": nights, "on": nights_on });
    std::fs::write(&path, data.to_string()).unwrap();
    let python = std::env::var("NIGHTCRAMP_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/experiment.py");
    let said = Command::new(python).arg(script).arg(&path).output();
    let Some(said) = said.ok().filter(|said| said.status.success()) else {
        println!("no Python with numpy here: nothing to compare with");
        return;
    };
    let said = String::from_utf8(said.stdout).unwrap();
    let theirs = said.split_whitespace().map(|ms| ms.parse::<f64>().unwrap());
    let theirs: Vec<f64> = theirs.collect();
    let (alone, with_interval) = theirs.split_at(both.len());
    for ((name, p, whole), (alone, inverted)) in
        both.into_iter().zip(alone.iter().zip(with_interval))
    {
        println!(
            "{name}: numpy {alone:.3} ms for p, {:.1} times ours; {inverted:.3} ms with the interval, {:.1} times ours (goal 10)",
            alone / p,
            inverted / whole
        );
        println!(
            "{name}: numpy's p alone is {:.1} times our whole result",
            alone / whole
        );
    }
}

fn start(folder: &Path) {
    let mut contenders = vec![contender("cramp --version", |_| {
        cramp(&folder.join("d"), &["--version"])
    })];
    if has_sqlite3() {
        contenders.push(contender("sqlite3 --version", |_| {
            let mut command = Command::new("sqlite3");
            command.arg("--version");
            command
        }));
    }
    let times = medians(200, &mut contenders);
    if let [ours, theirs] = times[..] {
        println!("ratio {:.2} (goal 1.3)", ours / theirs);
    }
}

/// One line against one durable insert of a row of the same size.
fn log(folder: &Path) {
    let row = "INSERT INTO episode (night, began_at, side, site, severity, duration_s, raw, source, recorded_at) \
        VALUES ('2026-03-03', 1772593800, 'left', 'calf', 6, 180, 'log left calf 6 3min +stretch', 'person', 1772593980);";
    let table = "CREATE TABLE episode (id INTEGER PRIMARY KEY, night TEXT, began_at INTEGER, side TEXT, site TEXT, \
        severity INTEGER, duration_s INTEGER, raw TEXT, source TEXT, recorded_at INTEGER); \
        CREATE INDEX episode_by_night ON episode (night);";
    let (diary, plain) = (folder.join("diary.sqlite"), folder.join("plain.sqlite"));
    let log = || cramp(&diary, &["log", "left", "calf", "6", "3min", "+stretch"]);
    succeeded("first log", &log().output().unwrap());
    if let Some(mb) = peak_mb(&log()) {
        println!("cramp log: peak memory {mb:.1} MB (goal 12)");
    }
    if !has_sqlite3() {
        return;
    }
    let sqlite3 = |words: &str| {
        let mut command = Command::new("sqlite3");
        command.arg(&plain).arg(words);
        command
    };
    succeeded("sqlite3", &sqlite3(table).output().unwrap());
    let insert = format!("PRAGMA synchronous=FULL; {row}");
    let times = medians(
        60,
        &mut [
            contender("cramp log", |_| log()),
            contender("sqlite3, one durable insert", |_| sqlite3(&insert)),
        ],
    );
    println!("ratio {:.2} (goal 1.5)", times[0] / times[1]);
}

/// The weekly report of ten and of a hundred years against that of an empty diary.
fn week(folder: &Path) {
    let diaries: Vec<(String, PathBuf)> = [0, 3_650, 36_500]
        .into_iter()
        .map(|nights| {
            (
                format!("cramp week, {nights} nights"),
                diary(folder, nights, 5),
            )
        })
        .collect();
    let mut contenders: Vec<Contender<'_>> = diaries
        .iter()
        .map(|(name, path)| contender(name, |_| cramp(path, &["--now", NOW, "week"])))
        .collect();
    let times = medians(40, &mut contenders);
    println!(
        "10 years / empty {:.2}, 100 years / empty {:.2} (goal 1.5)",
        times[1] / times[0],
        times[2] / times[0]
    );
}

/// Every rule on a hundred years against `sqlite3` reading the same rows.
fn flags(folder: &Path) {
    let path = diary(folder, 36_500, 2);
    let mut contenders = vec![contender("cramp flags --json, 36,500 nights", |_| {
        cramp(&path, &["--now", NOW, "flags", "--json"])
    })];
    if has_sqlite3() {
        contenders.push(contender("sqlite3, the same rows as text", |_| {
            let mut command = Command::new("sqlite3");
            command
                .arg(&path)
                .arg("SELECT * FROM night; SELECT * FROM episode; SELECT * FROM context;");
            command
        }));
    }
    let times = medians(15, &mut contenders);
    if let [ours, theirs] = times[..] {
        println!("ratio {:.2} (goal 2)", ours / theirs);
    }
}

/// The whole analysis at three sizes; the first run of each takes the look that is due and is not timed.
fn analyze(folder: &Path) {
    let mut last = None;
    for nights in [365_u32, 3_650, 36_500] {
        let path = diary(folder, nights, 15);
        let analyze = || cramp(&path, &["--now", NOW, "analyze", "--json"]);
        if let Some(mb) = peak_mb(&analyze()) {
            println!("{nights} nights: peak memory {mb:.0} MB");
        }
        let name = format!("cramp analyze --json, {nights} nights");
        let runs = if nights > 10_000 { 5 } else { 15 };
        let explain = || cramp(&path, &["--now", NOW, "explain", "x-factor-1", "--json"]);
        let mut contenders = [
            contender(&name, |_| analyze()),
            contender("cramp explain --json of one factor", |_| explain()),
        ];
        let [time, explained] = medians(runs, &mut contenders)[..] else {
            panic!("two were timed");
        };
        println!(
            "explain / analyze: {:.2} (goal: at most 1.5)",
            explained / time
        );
        if let Some(before) = last.replace(time) {
            println!(
                "grows with nights to the power {:.2}",
                (time / before).log10()
            );
        }
    }
}

/// A hundred years with 15 factors against `sqlite3 .import` of the same files.
fn import(folder: &Path) {
    let csv = folder.join("csv");
    write_csv(&csv, 36_500, 15);
    let from = csv.to_str().unwrap();
    let fresh = |name: &str, run: usize| folder.join(format!("{name}{run}.sqlite"));
    let import = |run: usize| cramp(&fresh("diary", run), &["import", from]);
    if let Some(mb) = peak_mb(&import(usize::MAX)) {
        println!("cramp import: peak memory {mb:.0} MB");
    }
    let mut contenders = vec![
        contender("cramp import", import),
        contender("cramp import, nothing new", |_| import(usize::MAX)),
    ];
    if has_sqlite3() {
        contenders.push(contender("sqlite3 .import", |run| {
            let mut command = Command::new("sqlite3");
            command.arg(fresh("plain", run)).arg(".mode csv");
            for file in FILES {
                command.arg(format!(".import {from}/{file}.csv {file}"));
            }
            command
        }));
    }
    let times = medians(5, &mut contenders);
    if let [first, again, theirs] = times[..] {
        println!(
            "ratio {:.2}, again {:.2} (goal 3)",
            first / theirs,
            again / theirs
        );
    }
}

/// Peak resident memory in MB as GNU time reports it; `None` where there is no GNU time.
fn peak_mb(command: &Command) -> Option<f64> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "peak %M"]).arg(command.get_program());
    timed.args(command.get_args());
    let output = timed.stdout(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let kb: f64 = said
        .lines()
        .rev()
        .find_map(|l| l.strip_prefix("peak "))?
        .parse()
        .ok()?;
    Some(kb / 1024.0)
}
