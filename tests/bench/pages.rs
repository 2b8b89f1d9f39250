//! The pages of `cramp serve` beside what the terminal or SQLite does with the same diary in the same run, as ratios.
//!
//! `cargo bench --bench pages` runs every part; `cargo bench --bench pages -- load` some of them. Nothing here passes or
//! fails, since machines differ.
//!
//! - `load`: 50 clients tap once a second for as many seconds as `NIGHTCRAMP_SECONDS` says, on the demo diary and on one
//!   of ten years; and the same once more beside a loop of `cramp log` on that diary.
//! - `desk`: every page of the desk of ten years.
//! - `start`: the program with its pages beside the one that `NIGHTCRAMP_WITHOUT_PAGES` names, built by
//!   `cargo build --release --no-default-features --target-dir DIR`.
//!
//! Seen on two quiet cores (2026-11-27, a durable insert 1.1 to 1.5 ms), 60 seconds; no tap was lost or doubled:
//!
//! | what | ratio |
//! |---|---|
//! | tap of the API, median and 99th percentile, beside an insert: demo diary; ten years | 3.6, 5.8; 3.1, 5.5 |
//! | the same, phone | 4.0, 6.3; 3.7, 20 |
//! | the API beside a terminal that logs 8 lines a second | 3.8, 31; 3.3, 27 |
//! | the same, phone | 4.3, 30; 3.8, 30 |
//! | desk of ten years beside the report: `/`, calendar, charts, links, flags, entries | 0.31, 0.13, 1.39, 1.51, 0.43, 0.46 |
//! | `--version`, `cramp`, `cramp log` with pages beside without | 1.03, 0.97, 1.08 |
//!
//! Where a flush of the disk takes longer (an insert 1.6 to 2.4 ms), taps beside the terminal began to wait for each other
//! in the second half of the minute, with a 99th percentile of 400 to 570.
// This door is not main.rs: it reads the environment itself.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods
)]

mod made;
mod measure;
mod serving;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use made::{NOW, diary};
use measure::{contender, cramp, has_sqlite3, medians, succeeded};
use rusqlite::Connection;
use serving::{Client, Server};

/// Times one part in a folder of its own.
type Part = fn(&Path);

const CLIENTS: usize = 50;
/// Between two taps of one client.
const BETWEEN: Duration = Duration::from_secs(1);
/// Between two inserts of the reference, and between two lines at the terminal.
const PAUSE: Duration = Duration::from_millis(100);
/// Every so many taps one is sent again with the same key, as after a cut connection.
const AGAIN: usize = 5;

fn main() {
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let parts: [(&str, Part); 3] = [("load", load), ("desk", desk), ("start", start)];
    for (name, part) in parts {
        if asked.is_empty() || asked.iter().any(|a| a == name) {
            println!("== {name}");
            let folder = tempfile::tempdir().unwrap();
            part(folder.path());
        }
    }
}

fn load(folder: &Path) {
    let seconds = std::env::var("NIGHTCRAMP_SECONDS").unwrap_or_else(|_| "60".into());
    let taps: usize = seconds.parse().unwrap();
    let demo = folder.join("demo");
    let make = cramp(
        &folder.join("none"),
        &["--now", NOW, "demo", demo.to_str().unwrap()],
    );
    succeeded("demo", &{ make }.output().unwrap());
    let (demo, years) = (demo.join("diary.sqlite"), diary(folder, 3_650, 15));
    for (name, diary) in [("demo diary", &demo), ("ten years", &years)] {
        for with_terminal in [false, true] {
            let copy = folder.join(format!("{name} {with_terminal}.sqlite"));
            std::fs::copy(diary, &copy).unwrap();
            load_on(name, &copy, taps, with_terminal);
        }
    }
}

/// From each tap's turn to its answer.
struct Taps {
    phone: Vec<Timed>,
    token: Vec<Timed>,
}

/// When something began, since the start of the run, and how long it took.
#[derive(Clone, Copy)]
struct Timed {
    from: Duration,
    ms: f64,
}

impl Timed {
    fn since(begun: Instant, from: Duration) -> Timed {
        let took = begun.elapsed() - from;
        Timed {
            from,
            ms: took.as_secs_f64() * 1e3,
        }
    }
}

/// The taps alone, as the goal is set, or beside a terminal that logs a line after the other.
fn load_on(name: &str, diary: &Path, taps: usize, with_terminal: bool) {
    let name = match with_terminal {
        true => format!("{name}, beside a terminal"),
        false => name.to_string(),
    };
    let added = cramp(diary, &["--json", "devices", "add", "button", "--token"]).output();
    let added: serde_json::Value = serde_json::from_slice(&added.unwrap().stdout).unwrap();
    let token = format!(
        "Authorization: Bearer {}\r\n",
        added["token"].as_str().unwrap()
    );
    let server = Server::on(diary);
    let page = Client::of(server.port).send("GET", "/bed", &server.phone, "");
    let csrf = page.body.split_once("name=\"csrf\" value=\"").unwrap().1;
    let csrf = &csrf[..64];
    let before = episodes(diary);
    let quiet = inserts(&diary.with_file_name("quiet.sqlite"), |done| done < 40);
    let over = AtomicBool::new(false);
    let begun = Instant::now();
    let worked = server.worked();
    let (done, lines, busy) = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (server, token) = (&server, &token);
                scope.spawn(move || {
                    let head = match client % 2 {
                        0 => &server.phone,
                        _ => token,
                    };
                    (
                        client,
                        tapping(client, taps, begun, server.port, head, csrf),
                    )
                })
            })
            .collect();
        let terminal = scope.spawn(|| {
            let mut times = Vec::new();
            while with_terminal && !over.load(Ordering::Relaxed) {
                let from = begun.elapsed();
                let line = cramp(diary, &["--now", NOW, "log", "left", "calf", "5"]).output();
                succeeded("log", &line.unwrap());
                times.push(Timed::since(begun, from));
                std::thread::sleep(PAUSE);
            }
            times
        });
        let beside = diary.with_file_name("beside.sqlite");
        let reference = scope.spawn(|| inserts(&{ beside }, |_| !over.load(Ordering::Relaxed)));
        let mut done = Taps {
            phone: Vec::new(),
            token: Vec::new(),
        };
        for client in clients {
            match client.join().unwrap() {
                (number, times) if number % 2 == 0 => done.phone.extend(times),
                (_, times) => done.token.extend(times),
            }
        }
        over.store(true, Ordering::Relaxed);
        (done, terminal.join().unwrap(), reference.join().unwrap())
    });
    let found = episodes(diary) - before;
    let sent = done.phone.len() + done.token.len();
    println!(
        "{name}: {sent} taps and {} lines at the terminal, {} found in the diary (lost or doubled: {})",
        lines.len(),
        found,
        found - (sent + lines.len()) as i64,
    );
    let reference = told("one durable insert beside it", &busy);
    told("one durable insert before it", &quiet);
    if with_terminal {
        told("cramp log beside it", &lines);
    }
    for (name, times) in [("phone", &done.phone), ("API", &done.token)] {
        let (p50, p99) = told(&format!("tap, {name}"), times);
        println!(
            "ratio p50 {:.2} (goal 5), p99 {:.2} (goal 50), beside the median insert",
            p50 / reference.0,
            p99 / reference.0
        );
    }
    if let (Some(before), Some(after)) = (worked, server.worked()) {
        let each = (after - before).as_secs_f64() * 1e3 / sent as f64;
        println!("the server worked {each:.2} ms for each tap, those sent again among them");
    }
    if let Some((now, most)) = server.memory_mb() {
        println!("resident memory {now:.1} MB, at most {most:.1} MB (goal 60)");
    }
}

/// One client: a tap a second, from its turn to its answer.
fn tapping(
    client: usize,
    taps: usize,
    begun: Instant,
    port: u16,
    head: &str,
    csrf: &str,
) -> Vec<Timed> {
    let mut connection = Client::of(port);
    let first = BETWEEN.mul_f64(client as f64 / CLIENTS as f64);
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let mut times = Vec::new();
    for tap in 0..taps {
        let turn = first + BETWEEN * u32::try_from(tap).unwrap();
        std::thread::sleep(turn.saturating_sub(begun.elapsed()));
        let at = now + TimeDelta::from_std(begun.elapsed()).unwrap();
        let at = at.to_rfc3339();
        let key = format!("client-{client}-tap-{tap}");
        let (path, kind, body) = match client % 2 {
            0 => (
                "/bed/cramp",
                "Content-Type: application/x-www-form-urlencoded\r\nX-Part: 1\r\n".to_string(),
                format!(
                    "csrf={csrf}&key={key}&at={at}&sent={at}",
                    at = at.replace('+', "%2B")
                ),
            ),
            _ => (
                "/api/cramp",
                format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n"),
                format!("{{\"line\":\"right calf 6\",\"at\":\"{at}\",\"sent\":\"{at}\"}}"),
            ),
        };
        let more = format!("{head}{kind}");
        let got = connection.send("POST", path, &more, &body);
        times.push(Timed::since(begun, turn));
        assert!(got.status < 300, "{} {}", got.status, got.body);
        if (client + tap).is_multiple_of(AGAIN) {
            let again = connection.send("POST", path, &more, &body);
            assert_eq!(again.status, got.status, "{}", again.body);
            // the page has a new key in its forms
            assert!(path.starts_with("/bed") || again.body == got.body);
        }
    }
    times
}

/// Each durable insert of a row of the size of an episode, by SQLite as the diary is kept.
fn inserts(path: &Path, go_on: impl Fn(usize) -> bool) -> Vec<Timed> {
    let _none_yet = std::fs::remove_file(path);
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         CREATE TABLE episode (id INTEGER PRIMARY KEY, night TEXT, began_at INTEGER, side TEXT, site TEXT, severity INTEGER, source TEXT);
         CREATE INDEX episode_by_night ON episode (night);",
    )
    .unwrap();
    let (begun, mut times) = (Instant::now(), Vec::new());
    while go_on(times.len()) {
        let from = begun.elapsed();
        let row = "INSERT INTO episode (night, began_at, side, site, severity, source) VALUES ('2026-03-03', 1772593800, 'left', 'calf', 6, 'device phone')";
        conn.execute(row, []).unwrap();
        times.push(Timed::since(begun, from));
        std::thread::sleep(PAUSE / 2);
    }
    times
}

/// Prints and gives the median and the 99th percentile in milliseconds, and the medians of the quarters of the run.
fn told(name: &str, times: &[Timed]) -> (f64, f64) {
    let last = times.iter().map(|t| t.from).max().unwrap_or_default();
    let quarter = |t: &Timed| (t.from.as_secs_f64() / last.as_secs_f64() * 4.0).min(3.0) as usize;
    let mut quarters = vec![Vec::new(); 4];
    times.iter().for_each(|t| quarters[quarter(t)].push(t.ms));
    let quarters = quarters
        .iter_mut()
        .map(|times| format!("{:.1}", share(times, 0.5)));
    let quarters = quarters.collect::<Vec<_>>().join(", ");
    let mut all: Vec<f64> = times.iter().map(|t| t.ms).collect();
    let (p50, p99) = (share(&mut all, 0.5), share(&mut all, 0.99));
    println!(
        "{name:30} median {p50:8.2} ms   p99 {p99:8.2} ms   ({}; medians of the quarters {quarters})",
        times.len()
    );
    (p50, p99)
}

/// What this share of the times lies at or below.
fn share(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    times
        .get((last as f64 * share).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

fn episodes(diary: &Path) -> i64 {
    let conn = Connection::open(diary).unwrap();
    conn.query_row("SELECT count(*) FROM episode", [], |row| row.get(0))
        .unwrap()
}

/// Each page of the desk of ten years against the clinician's report of the same diary as a picture.
fn desk(folder: &Path) {
    let path = diary(folder, 3_650, 15);
    succeeded(
        "analyze",
        &cramp(&path, &["--now", NOW, "analyze"]).output().unwrap(),
    );
    let server = Server::on(&path);
    let picture = folder.join("x.svg");
    let report = || {
        cramp(
            &path,
            &["--now", NOW, "report", "--out", picture.to_str().unwrap()],
        )
    };
    let mut client = Client::of(server.port);
    let pages = ["/", "/calendar", "/charts", "/links", "/flags", "/entries"];
    let (begun, mut times) = (Instant::now(), vec![Vec::new(); pages.len() + 1]);
    for _ in 0..9 {
        let from = begun.elapsed();
        succeeded("report", &report().output().unwrap());
        times[0].push(Timed::since(begun, from));
        for (page, times) in pages.iter().zip(&mut times[1..]) {
            let from = begun.elapsed();
            let got = client.send("GET", page, &server.owner, "");
            times.push(Timed::since(begun, from));
            assert_eq!(got.status, 200, "{page}: {}", got.body);
        }
    }
    let (report, _) = told("cramp report --out x.svg", &times[0]);
    for (page, times) in pages.iter().zip(&times[1..]) {
        let (page_ms, _) = told(page, times);
        println!("ratio {:.2} (goal 3)", page_ms / report);
    }
    if let Some((now, most)) = server.memory_mb() {
        println!("resident memory {now:.1} MB, at most {most:.1} MB (goal 60)");
    }
}

/// The program with its pages and without, in turn.
fn start(folder: &Path) {
    let Some(without) = std::env::var_os("NIGHTCRAMP_WITHOUT_PAGES").map(PathBuf::from) else {
        println!("NIGHTCRAMP_WITHOUT_PAGES names no program: nothing to compare with");
        return;
    };
    let lines: [&[&str]; 3] = [&["--version"], &[], &["log", "left", "calf", "6"]];
    for words in lines {
        let (ours, theirs) = (folder.join("with"), folder.join("without"));
        let plain = |program: &Path, diary: &Path| {
            let mut command = Command::new(program);
            command.arg("--diary").arg(diary).args(words);
            command
        };
        let said = format!("cramp {}", words.join(" "));
        let mut contenders = vec![
            contender(&said, |_| cramp(&ours, words)),
            contender("the same without pages", |_| plain(&without, &theirs)),
        ];
        if words == ["--version"] && has_sqlite3() {
            contenders.push(contender("sqlite3 --version", |_| {
                let mut command = Command::new("sqlite3");
                command.arg("--version");
                command
            }));
        }
        let times = medians(100, &mut contenders);
        println!("ratio {:.2} (goal 1)", times[0] / times[1]);
    }
}
