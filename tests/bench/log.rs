//! `cramp log` as a whole cold process against the `sqlite3` program making one durable insert of the same size.
//!
//! Goal: at most 1.3 times its wall time, and no more than 12 MB of memory. Run with `cargo bench --bench log`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

mod measure;

use std::process::Command;

use measure::{Contender, cramp, has_sqlite3, medians, peak_mb, succeeded};

/// An episode as one row of text.
const ROW: &str = "INSERT INTO episode (night, began_at, side, site, severity, duration_s, raw, source, recorded_at) \
    VALUES ('2026-03-03', 1772593800, 'left', 'calf', 6, 180, 'log left calf 6 3min +stretch', 'person', 1772593980);";
const TABLE: &str = "CREATE TABLE episode (id INTEGER PRIMARY KEY, night TEXT, began_at INTEGER, side TEXT, site TEXT, \
    severity INTEGER, duration_s INTEGER, raw TEXT, source TEXT, recorded_at INTEGER); \
    CREATE INDEX episode_by_night ON episode (night);";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary.sqlite");
    let plain = folder.path().join("plain.sqlite");
    let log = || cramp(&diary, &["log", "left", "calf", "6", "3min", "+stretch"]);
    let insert = || {
        let mut command = Command::new("sqlite3");
        command
            .arg(&plain)
            .arg(format!("PRAGMA synchronous=FULL; {ROW}"));
        command
    };
    succeeded("first log", &log().output().unwrap());
    match peak_mb(&log()) {
        Some(mb) => println!("cramp log: peak memory {mb:.1} MB (goal 12)"),
        None => println!("no GNU time here: memory not measured"),
    }
    if !has_sqlite3() {
        return;
    }
    let made = Command::new("sqlite3")
        .arg(&plain)
        .arg(TABLE)
        .output()
        .unwrap();
    succeeded("sqlite3", &made);
    if let Some(mb) = peak_mb(&insert()) {
        println!("sqlite3 insert: peak memory {mb:.1} MB");
    }
    let times = medians(
        60,
        &mut [
            Contender {
                name: "cramp log",
                command: Box::new(|_| log()),
            },
            Contender {
                name: "sqlite3, one durable insert",
                command: Box::new(|_| insert()),
            },
        ],
    );
    println!("ratio {:.2} (goal 1.3)", times[0] / times[1]);
}
