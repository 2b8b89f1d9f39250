//! The house holds: rooms reach only what they may, files stay short, each thing stands in one place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each room, and the rooms it may use (src/README.md draws the same table).
const ROOMS: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("data", &[]),
    ("diary", &["words", "data"]),
    ("stats", &[]),
    ("analysis", &["data", "diary", "stats"]),
    ("rules", &["words", "data", "diary"]),
    (
        "report",
        &["words", "data", "diary", "stats", "analysis", "rules"],
    ),
    ("render", &["words", "data", "diary", "report"]),
    ("store", &["words", "data", "diary"]),
    ("import", &["words", "data", "diary"]),
    (
        "web",
        &[
            "words", "data", "diary", "report", "render", "store", "import", "cli",
        ],
    ),
    (
        "cli",
        &[
            "words", "data", "diary", "report", "render", "store", "import",
        ],
    ),
];

/// Crates that only some rooms may name.
const CRATES: &[(&str, &[&str])] = &[
    ("fluent_bundle", &["words"]),
    ("rusqlite", &["store"]),
    ("age", &["store"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("statrs", &["stats"]),
    ("nalgebra", &["stats", "analysis"]),
    ("axum", &["web"]),
    ("tokio", &["web"]),
    ("hyper", &["web"]),
    ("maud", &["render"]),
    ("krilla", &["render"]),
    ("resvg", &["render"]),
    ("notosans", &["render"]),
    ("zip", &["render", "import"]),
    // only the doorbell asks the operating system
    ("getrandom", &[]),
];

/// Files that read databases of other programs, of which a copy is opened.
const FOREIGN: &[&str] = &[
    "src/import/foreign.rs",
    "src/import/formats/health_connect.rs",
    "src/import/formats/home_assistant.rs",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its path from the root.
pub(crate) fn sources(below: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(below), &mut paths);
    let name = |p: &Path| {
        p.strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/")
    };
    paths
        .iter()
        .map(|p| (name(p), std::fs::read_to_string(p).unwrap()))
        .collect()
}

/// The code of a file: comments and everything from its tests on left out.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let line = |l: &str| !l.trim_start().starts_with("//");
    text.lines()
        .filter(|l| line(l))
        .collect::<Vec<_>>()
        .join("\n")
}

fn room(path: &str) -> Option<&str> {
    path.strip_prefix("src/")?
        .split('/')
        .next()
        .filter(|r| !r.ends_with(".rs"))
}

/// Names that follow `prefix` in the code, as in `crate::diary` or `use crate::{diary, stats}`.
fn named<'c>(code: &'c str, prefix: &str) -> Vec<&'c str> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = code.get(at + prefix.len()..).unwrap_or_default();
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default(),
        };
        out.extend(
            list.split(',')
                .map(|w| w.trim().split("::").next().unwrap_or_default()),
        );
    }
    out
}

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let may: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let Some(room) = room(&path) else { continue };
        let Some(allowed) = may.get(room) else {
            wrong.push(format!("{path}: '{room}' is not in the table of rooms"));
            continue;
        };
        for used in named(&code(&text), "crate::") {
            if may.contains_key(used) && used != room && !allowed.contains(&used) {
                wrong.push(format!("{path}: {room} may not use {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_crate_is_named_only_where_its_job_is() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let Some(room) = room(&path) else { continue };
        let code = code(&text);
        for (name, rooms) in CRATES {
            let used = code.contains(&format!("use {name}::"))
                || code.contains(&format!(" {name}::"))
                || code.contains(&format!("({name}::"));
            let foreign = *name == "rusqlite" && FOREIGN.contains(&path.as_str());
            if used && !foreign && !rooms.contains(&room) {
                wrong.push(format!("{path}: {name} belongs to {}", rooms.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sql_stands_only_in_the_store() {
    let words = [
        "SELECT ",
        "INSERT INTO",
        "DELETE FROM",
        "CREATE TABLE",
        "PRAGMA ",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let code = code(&text);
        if FOREIGN.contains(&path.as_str()) {
            continue;
        }
        if room(&path) != Some("store") && words.iter().any(|w| code.contains(w)) {
            wrong.push(path);
        }
    }
    assert!(
        wrong.is_empty(),
        "SQL outside the store: {}",
        wrong.join(", ")
    );
}

/// What a key for the diary would have to pass through.
#[test]
fn every_connection_to_a_file_is_opened_in_one_place() {
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        let code = code(&text);
        for name in ["Connection::open(", "Connection::open_with_flags"] {
            found.extend(code.matches(name).map(|name| format!("{path}: {name}")));
        }
    }
    assert_eq!(
        found,
        [
            "src/import/foreign.rs: Connection::open_with_flags",
            "src/store/open.rs: Connection::open_with_flags"
        ],
        "open a diary with store::open::connect, a copy of another program's with import::foreign"
    );
}

#[test]
fn only_main_reads_the_clock_and_the_environment() {
    let calls = [
        "Utc::now(",
        "Local::now(",
        "SystemTime::now(",
        "env::var",
        "env::args",
        "Instant::now(",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let code = code(&text);
        wrong.extend(
            calls
                .iter()
                .filter(|_| path != "src/main.rs" && path != "src/data/build.rs")
                .filter(|c| code.contains(**c))
                .map(|c| format!("{path}: {c}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_no_drawer_takes_everything() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{path}: {lines} lines"));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        if ["util", "helper", "common", "misc"]
            .iter()
            .any(|w| name.starts_with(w))
        {
            wrong.push(format!("{path}: what is it about?"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a translator looks: sentences of reports stand here. `report/help` is a table of texts.
const SENTENCES: &[&str] = &["src/report/say.rs", "src/report/say/", "src/report/help.rs"];

/// String literals of Rust code, escapes left as they are; comments and attributes are skipped.
fn literals(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                letters.by_ref().find(|l| *l == '\n');
            }
            // an attribute, with whatever it says in quotes
            '#' if letters.peek() == Some(&'[') => {
                letters.by_ref().find(|l| *l == ']');
            }
            '\'' => {
                // a quote as a letter: '"' or '\"'
                let mut ahead = letters.clone();
                let first = ahead.next();
                if first == Some('\\') {
                    ahead.next();
                }
                if ahead.next() == Some('\'') {
                    letters = ahead;
                }
            }
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => {
                            text.push(letter);
                            text.extend(letters.next());
                        }
                        letter => text.push(letter),
                    }
                }
                out.push(text);
            }
            _ => {}
        }
    }
    out
}

/// Whether a literal reads as a sentence: four words and an end, or six words.
fn is_sentence(literal: &str) -> bool {
    // markup, style and other code are not said to anyone
    if literal.contains(['<', ';', '=']) {
        return false;
    }
    let words = literal
        .split_whitespace()
        .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1 && !w.starts_with('{'))
        .count();
    let ends = literal.trim_end().ends_with(['.', '?', ':', '!']);
    words >= 6 || words >= 4 && ends
}

#[test]
fn what_is_a_literal_and_what_is_a_sentence() {
    let code = r#"let a = '"'; // "not this one."
        #[error("nor this one, by the rule.")]
        let b = "No cramp logged yet."; let c: &'static str = "\"two\" \\";"#;
    assert_eq!(literals(code), ["No cramp logged yet.", r#"\"two\" \\"#]);
    assert!(is_sentence("No cramp logged yet."));
    assert!(is_sentence("Which of {these} is it then?"));
    assert!(is_sentence("a way of thinking and not of recording"));
    assert!(!is_sentence("no clear change"));
    assert!(!is_sentence("{} to {}: {said}."));
    assert!(!is_sentence(
        "body{margin:0;color:#000;font:16px 'Noto Sans'} and so on"
    ));
}

#[test]
fn sentences_of_reports_stand_in_one_place() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let said_here = SENTENCES.iter().any(|place| path.starts_with(place));
        if said_here || !["report", "render"].map(Some).contains(&room(&path)) {
            continue;
        }
        let found = literals(&code(&text));
        wrong.extend(
            found
                .iter()
                .filter(|l| is_sentence(l))
                .map(|l| format!("{path}: \"{l}\" belongs in report/say")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_program_speaks_only_of_itself() {
    // Spelt in parts, so that this file does not find itself.
    let words = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat()];
    let mut wrong = Vec::new();
    let mut texts: Vec<(String, String)> = ["src", "tests", "examples"]
        .iter()
        .flat_map(|d| sources(d))
        .collect();
    for file in [
        "README.md",
        "CHANGELOG.md",
        "Cargo.toml",
        "schema.sql",
        "src/README.md",
    ] {
        texts.push((
            file.to_string(),
            std::fs::read_to_string(root().join(file)).unwrap(),
        ));
    }
    for (path, text) in &texts {
        wrong.extend(
            words
                .iter()
                .filter(|w| text.contains(w.as_str()))
                .map(|w| format!("{path}: {w}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_else_lies_at_the_top() {
    let known = [
        "Cargo.toml",
        "Cargo.lock",
        "schema.sql",
        "src",
        "tests",
        "examples",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        ".gitignore",
        ".clippy.toml",
        ".ci",
        ".github",
        ".git",
        "target",
        "demo-diary",
    ];
    let mut extra = Vec::new();
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !known.contains(&name.as_str()) {
            extra.push(name);
        }
    }
    assert!(extra.is_empty(), "{}", extra.join(", "));
}
