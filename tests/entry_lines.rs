//! Lines as people type and dictate them, each with what the program answers: a change of the reader shows as a change of
//! what is understood, line by line. `tests/entry/README.md` says where the lines come from.

use std::fmt::Write;

use crate::tests::door::Door;

/// The lines of `lines.txt`, all typed at one moment.
fn own_lines() -> Vec<(String, String)> {
    let lines = include_str!("entry/lines.txt").lines();
    let lines = lines.filter(|l| !l.starts_with('#') && !l.is_empty());
    let second = |l: &str| l.split(" ;").nth(1).unwrap().trim().to_string();
    lines
        .map(|l| ("2026-03-04T07:30:00+00:00".to_string(), second(l)))
        .collect()
}

/// The lines of a list of cases, each with its moment.
fn cases(json: &str) -> Vec<(String, String)> {
    let cases: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
    let text = |case: &serde_json::Value, key: &str| case[key].as_str().unwrap().to_string();
    cases
        .iter()
        .map(|c| (text(c, "now"), text(c, "line")))
        .collect()
}

/// Each line in a new diary, with what is said of it.
fn answers(lines: &[(String, String)]) -> String {
    let mut out = String::new();
    for (now, line) in lines {
        let mut door = Door::at(now);
        door.set_zone(now.get(19..).unwrap());
        let said = door.run_words(&["log", "--", line]);
        let words = format!("{}{}", said.out, said.err);
        let words = words.replace(". Undo: cramp undo", "");
        writeln!(out, "> {line}").unwrap();
        for told in words.lines().filter(|l| !l.is_empty()) {
            writeln!(out, "  {told}").unwrap();
        }
    }
    out
}

#[test]
fn what_lines_come_to_is_what_was_reviewed() {
    let files = [
        ("own", own_lines()),
        ("blind-a", cases(include_str!("entry/heldout.json"))),
        ("blind-b", cases(include_str!("entry/heldout-b.json"))),
        ("blind-c", cases(include_str!("entry/heldout-c.json"))),
    ];
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("entry");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, lines) in files {
            insta::assert_snapshot!(name, answers(&lines));
        }
    });
}

/// Every word typed stays in the diary, whatever was understood, and no line makes the program fail.
#[test]
fn no_word_is_lost() {
    for (now, line) in own_lines() {
        let door = Door::at(&now);
        let said = door.run_words(&["log", "--", &line]);
        if said.code != 0 {
            assert!(said.err.contains("in the future"), "{line}: {}", said.err);
            continue;
        }
        let kept = std::fs::read(door.diary()).unwrap();
        let kept = String::from_utf8_lossy(&kept).into_owned();
        for word in line.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            assert!(kept.contains(word), "{line}: {word}");
        }
    }
}
