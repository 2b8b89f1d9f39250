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

/// What asks for a message: the texts that must stand in one line are asked for by the first.
const MACROS: [&str; 4] = ["t!(", "lines!(", "hinted!(", "fail!("];

/// The uses of messages by `macros` in every file of the program.
fn used(macros: &[&str]) -> Vec<(String, (String, String), BTreeSet<String>)> {
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
        for name in macros {
            for (at, _) in code.match_indices(name) {
                let before = code[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let mut parts = parts(&code[at + name.len()..]);
                if *name == "fail!(" {
                    parts[0] = "cli".to_string();
                }
                if parts[1].starts_with('$') {
                    // One macro written with another.
                    continue;
                }
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
    for (path, message, arguments) in used(&MACROS) {
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
    let used = used(&MACROS[..1]);
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

/// What is played to see whether a word escapes: every command that answers in sentences.
const COMMANDS: &[&str] = &[
    "",
    "week",
    "week --plain",
    "trend",
    "analyze",
    "explain exercise",
    "explain magnesium",
    "list",
    "list --plain",
    "history",
    "course list",
    "me",
    "check",
    "restore --list",
    "locate",
    "log left calf 6 3min +stretch exercise=30min",
    "log kind=jerk 2h ago",
    "night tonight calm",
    "night -2 room=18C socks=?",
    "took quinine 200mg",
    "symptom swelling left 4",
    "symptom numbness no",
    "course stop magnesium",
    "event bed",
    "exclude -9 -8 fever",
    "me born=1958 conditions=none",
    "me born=-",
    "factor add tea",
    "factor retire tea",
    "edit e1 text=bed",
    "edit 1 pain=4",
    "delete 2",
    "undo",
    "redo",
    "flags --seen quinine-cramps",
    "flags --discussed quinine-cramps",
    "backup",
    "export made",
    "import made",
    "import made --dry-run",
    "chart timeline --out a.svg",
    "chart calendar --out a.svg",
    "chart clock --out a.svg",
    "chart factors --out a.svg",
    "chart trend --out a.svg",
    "report --out page.html",
    "report --verify page.html",
];

/// What is refused in words of the files.
const REFUSED: &[&str] = &[
    "week --ending 3x",
    "list --last many",
    "show 1x",
    "report",
    "chart clock",
    "chart clock --out a.html",
    "restore none",
    "flags --seen none",
    "explain none",
    "night",
    "edit 1",
    "ask",
    "exclude -3 -4 fever",
    "report --verify made/diary.json",
];

/// Every text of the tables of knowledge and of the lexicon, in pieces between what is filled in.
fn knowledge() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    // The analysis names what was done against a cramp by itself: it may use no texts.
    let mut pieces = vec![", used against a cramp the night before".to_string()];
    let tables = [
        "conditions",
        "factors",
        "facts",
        "follow",
        "lexicon",
        "medicines",
        "nutrients",
        "symptoms",
        "rules/ladder",
        "rules/patterns",
        "rules/questions",
        "rules/red-flags",
        "rules/safety",
    ];
    for table in tables {
        let text = std::fs::read_to_string(folder.join(format!("{table}.toml"))).unwrap();
        let text = text.replace("\"\"\"\\\n", "\"").replace("\\\n", "");
        for part in text.split('"').skip(1).step_by(2) {
            pieces.extend(part.split(['{', '}']).map(spaced));
        }
    }
    for table in ["documents", "literature", "claims"] {
        let text = std::fs::read(folder.join(format!("{table}.csv"))).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_slice());
        for row in rows.records() {
            pieces.extend(row.unwrap().iter().map(spaced));
        }
    }
    pieces.retain(|piece| piece.chars().filter(|c| c.is_alphabetic()).count() > 2);
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.dedup();
    pieces
}

/// `text` without `piece`, where it stands by itself.
fn without(text: &str, piece: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once(piece) {
        let goes_on = |inner: Option<char>, outer: Option<char>| {
            [inner, outer]
                .iter()
                .all(|c| c.is_some_and(char::is_alphabetic))
        };
        let is_part = goes_on(piece.chars().next(), before.chars().next_back())
            || goes_on(piece.chars().next_back(), after.chars().next());
        out.push_str(before);
        out.push_str(if is_part { piece } else { " " });
        rest = after;
    }
    out + rest
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that are not texts: days and months, the words of the vocabulary and what the person wrote.
const NOT_TEXTS: &str = "mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec \
    january february march april june july august september october november december \
    mo tu we th fr sa su cramp calm jerk bed fever magnesium quinine medicine supplement measure tea \
    not enough yet calf left right stretch night asked daily relief log course start delete automatic diary sqlite backups folder nights episodes svg html";

#[test]
fn nothing_escapes_the_files_of_texts() {
    let door = Door::at("2026-03-04T08:00:00Z");
    for back in 1..=60 {
        match back % 5 {
            1 => door.ok(&format!(
                "log -{back} 3am 6 3min left calf +stretch exercise=45min"
            )),
            _ => door.ok(&format!("night -{back} calm exercise=0")),
        };
    }
    door.ok("course start magnesium 300mg 2026-02-01");
    let knowledge = knowledge();
    let mut wrong = Vec::new();
    for line in COMMANDS.iter().chain(REFUSED) {
        let said = pseudo::with(|| door.run(line));
        let is_refused = REFUSED.contains(line);
        if (said.code != 0) != is_refused {
            wrong.push(format!("cramp {line}: exit {}: {}", said.code, said.err));
        }
        let mut text = spaced(&format!("{}\n{}", said.out, said.err));
        let folder = door.folder().display().to_string();
        text = text
            .replace(&folder, " ")
            .replace("diary.sqlite.backups", " ");
        for piece in &knowledge {
            text = without(&text, piece);
        }
        let mut words = escaped(&text.replace([':', '-'], " "));
        // A path, or the name of a file or a column.
        words.retain(|word| !word.contains(['/', '.', '_']));
        words.retain(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            let known = NOT_TEXTS.split(' ').any(|w| w == word.to_lowercase());
            !known && !line.contains(word) && word != "cramp"
        });
        if !words.is_empty() {
            wrong.push(format!("cramp {line}: {words:?}\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
