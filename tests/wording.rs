//! Every text is used, every use has its text, with the same arguments; and nothing said by the commands that are
//! listed here escapes the files of texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use crate::tests::door::Door;
use crate::words::message::{FILES, pseudo};

/// A message or a use of one: its file, its id and the names of its arguments.
type Messages = BTreeMap<(String, String), BTreeSet<String>>;

/// The messages of every file, from their text.
fn written() -> Messages {
    let mut out = Messages::new();
    for (file, text) in FILES {
        assert!(
            FluentResource::try_new(text.to_string()).is_ok(),
            "{file}.ftl does not parse: {:?}",
            FluentResource::try_new(text.to_string()).err()
        );
        let mut id = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                id = name.to_string();
                let is_new = out
                    .insert((file.to_string(), id.clone()), BTreeSet::new())
                    .is_none();
                assert!(is_new, "{file}.ftl has '{id}' twice");
            }
            let names = line.split('$').skip(1).map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
                    .next()
                    .unwrap_or_default()
                    .to_string()
            });
            out.entry((file.to_string(), id.clone()))
                .or_default()
                .extend(names);
        }
        out.remove(&(file.to_string(), String::new()));
    }
    out
}

/// The parts of what stands in brackets at the start of `code`, divided at its commas.
fn parts(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut in_text, mut escaped) = (0, false, false);
    for letter in code.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.iter().map(|part| part.trim().to_string()).collect()
}

/// The uses of messages in every file of the program.
fn used() -> Vec<(String, (String, String), BTreeSet<String>)> {
    fn walk(folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                out.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    let mut files = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut out = Vec::new();
    for (path, text) in files {
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let code = code.join("\n");
        for name in ["t!(", "lines!("] {
            for (at, _) in code.match_indices(name) {
                let before = code[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let parts = parts(&code[at + name.len()..]);
                let [file, id, arguments @ ..] = parts.as_slice() else {
                    panic!("{path}: {parts:?}");
                };
                let arguments = arguments.iter().filter(|a| !a.is_empty());
                let names = arguments.map(|a| {
                    let end = a.find(|c: char| !c.is_alphanumeric() && c != '_');
                    a[..end.unwrap_or(a.len())].to_string()
                });
                let id = id.trim_matches('"').to_string();
                out.push((path.clone(), (file.clone(), id), names.collect()));
            }
        }
    }
    out
}

#[test]
fn every_use_has_its_message_and_every_message_its_use() {
    let written = written();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, message, arguments) in used() {
        match written.get(&message) {
            None => wrong.push(format!("{path}: {message:?} is in no file")),
            Some(names) if *names != arguments => wrong.push(format!(
                "{path}: {message:?} takes {names:?} and is given {arguments:?}"
            )),
            Some(_) => {}
        }
        seen.insert(message);
    }
    let unused = written.keys().filter(|message| !seen.contains(*message));
    wrong.extend(unused.map(|message| format!("{message:?} is used nowhere")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text without arguments is handed out as it stands in the file, which it is only when it is one piece.
#[test]
fn a_text_without_arguments_is_one_line() {
    let used = used();
    for (file, text) in FILES {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let Some((id, rest)) = line.split_once(" =") else {
                continue;
            };
            let is_block = rest.is_empty() || next.starts_with(' ');
            let is_label = used.iter().any(|(_, (f, i), arguments)| {
                f == file && i == id && arguments.is_empty() && !text.contains(&format!("{id} =\n"))
            });
            assert!(
                !is_label || (!is_block && !rest.contains('{')),
                "{file}: {id}"
            );
        }
    }
}

/// The words of `text` outside the brackets of messages.
fn escaped(text: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        match letter {
            '⟦' => depth += 1,
            '⟧' => {
                depth -= 1;
                outside.push(' ');
            }
            _ if depth > 0 => {}
            letter => outside.push(letter),
        }
    }
    outside
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .map(str::to_string)
        .collect()
}

/// Commands of which every word to a person comes from a file of texts.
const CLEAN: [&str; 3] = ["", "week", "trend"];

/// Words that are not texts: days and months, and what the person or the tables of knowledge wrote.
const NOT_TEXTS: [&str; 20] = [
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "Jan",
    "Feb",
    "Mar",
    "January",
    "February",
    "March",
    "calf",
    "magnesium",
    "left",
    "medicine",
    "supplement",
    "right",
    "stretch",
];

#[test]
fn nothing_escapes_the_files_of_texts() {
    let door = Door::at("2026-03-04T08:00:00Z");
    for back in 1..=40 {
        match back % 5 {
            1 => door.ok(&format!("log -{back} 3am 6 3min left calf +stretch")),
            _ => door.ok(&format!("night -{back} calm")),
        };
    }
    door.ok("course start magnesium 300mg 2026-02-01");
    let mut wrong = Vec::new();
    for command in CLEAN {
        let said = pseudo::with(|| door.ok(command));
        // What a rule says stands in the table of rules.
        let said = said
            .split("⟦Worth a medical check⟧")
            .next()
            .unwrap_or_default();
        let mut words = escaped(said);
        words.retain(|word| !NOT_TEXTS.contains(&word.trim_matches(|c: char| !c.is_alphabetic())));
        if !words.is_empty() {
            wrong.push(format!("cramp {command}: {words:?}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
