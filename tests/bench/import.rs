//! `cramp import` of 100 years of nights with 15 factors each against `sqlite3 .import` of the same CSV files.
//!
//! Goal: at most 3 times its time. Run with `cargo bench --bench import`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

mod measure;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Contender, cramp, has_sqlite3, medians, peak_mb};
use nightcramp::diary::{Night, Nights};

const NIGHTS: i64 = 36_500;
const FACTORS: usize = 15;
const FILES: [&str; 4] = ["factors", "nights", "episodes", "context"];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("csv");
    write(&csv);
    let from = csv.to_str().unwrap();
    let fresh =
        |name: &str, run: usize| -> PathBuf { folder.path().join(format!("{name}{run}.sqlite")) };
    let import = |run: usize| cramp(&fresh("diary", run), &["import", from]);
    if let Some(mb) = peak_mb(&import(usize::MAX)) {
        println!("cramp import: peak memory {mb:.0} MB");
    }
    let again = || cramp(&fresh("diary", usize::MAX), &["import", from]);
    let mut contenders = vec![
        Contender {
            name: "cramp import",
            command: Box::new(import),
        },
        Contender {
            name: "cramp import, nothing new",
            command: Box::new(|_| again()),
        },
    ];
    if has_sqlite3() {
        contenders.push(Contender {
            name: "sqlite3 .import",
            command: Box::new(|run| {
                let mut command = Command::new("sqlite3");
                command.arg(fresh("plain", run)).arg(".mode csv");
                for file in FILES {
                    command.arg(format!(".import {from}/{file}.csv {file}"));
                }
                command
            }),
        });
    }
    let times = medians(5, &mut contenders);
    if let Some(sqlite) = times.get(2) {
        println!("ratio {:.2} (goal 3)", times[0] / sqlite);
    }
}

/// The four files: every night answered, a cramp on every third, every factor known every night.
fn write(folder: &Path) {
    let last: Night = "2024-12-05".parse().unwrap();
    let mut nights = String::from("night,outcome\n");
    let mut episodes = String::from("id,night,kind\n");
    let mut context = String::from("night,factor,value\n");
    let mut factors = String::from("factor,label,type,unit,min,max,timing\n");
    for f in 0..FACTORS {
        let kind = if f % 3 == 0 { "yes-no" } else { "number" };
        writeln!(factors, "x-factor-{f},Factor {f},{kind},,,,day").unwrap();
    }
    for (i, night) in Nights::ending(last, NIGHTS).iter().enumerate() {
        let cramp = i % 3 == 0;
        writeln!(nights, "{night},{}", if cramp { "cramp" } else { "calm" }).unwrap();
        if cramp {
            writeln!(episodes, "{},{night},cramp", i / 3 + 1).unwrap();
        }
        for f in 0..FACTORS {
            let value = match f % 3 {
                0 => ((i / 7 + f) % 2) as f64,
                1 => ((i * 7 + f) % 90) as f64,
                _ => ((i * 13 + f) % 250) as f64 / 10.0,
            };
            writeln!(context, "{night},x-factor-{f},{value}").unwrap();
        }
    }
    std::fs::create_dir(folder).unwrap();
    for (name, text) in FILES.iter().zip([factors, nights, episodes, context]) {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}
