//! What each command shows on the demo diary, as a person sees it on a terminal of 80 columns: one reviewed picture of
//! text a command. After an intended change run `INSTA_UPDATE=always cargo test --lib screens` and read the difference.

use crate::tests::analysis::door_edges::{Plan, coins, cramps};
use crate::tests::door::Door;

/// Commands that read, each with the name of its snapshot.
const READING: &[&str] = &[
    "",
    "week",
    "week --plain",
    "week --ending 2026-02-01",
    "trend",
    "analyze",
    "analyze --long",
    "explain exercise",
    "explain magnesium",
    "flags",
    "flags --why",
    "list --last 14n",
    "list --last 14n --plain",
    "show 1",
    "history --last 5",
    "factor list",
    "course list",
    "me",
    "check",
    "help",
    "help dates",
    "help factors",
    "help statistics",
    "help flags",
    "help privacy",
    "log --help",
    "night --help",
];

/// Commands that write, played one after the other; some are refused.
const WRITING: &[&str] = &[
    "log left calf 6 3min +stretch",
    "log yesterday 23:50 both 8 room=18C",
    "log kind=jerk 2h ago",
    "log lfet claf 7",
    "night calm room=18C socks=yes",
    "night -2 rom=18C",
    "symptom swelling left",
    "symptom numbness no",
    "course start magnesium 300mg",
    "took quinine 200mg",
    "me born=1958",
    "event \"new bed\"",
    "edit 3 pain=4",
    "delete 2",
    "undo",
    "redo",
    "undo everything",
    "wek",
    "log 27:00",
];

fn demo() -> Door {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.ok("demo made");
    let files = std::fs::read_dir(door.folder().join("made")).unwrap();
    let diary = files
        .map(|f| f.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "sqlite" || e == "db"))
        .unwrap();
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    std::fs::copy(diary, door.diary()).unwrap();
    door.on_terminal(true, 80);
    door
}

/// Standard output, then standard error and the exit code where there is something to see.
fn screen(door: &Door, line: &str) -> String {
    let said = door.run(line);
    let mut text = format!("$ cramp {line}\n{}", said.out);
    if !said.err.is_empty() {
        // What shows that work goes on depends on how fast the machine is.
        let lines = said
            .err
            .lines()
            .map(|line| line.rsplit('\r').next().unwrap_or(line));
        let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
        if !lines.is_empty() {
            text += &format!("-- on standard error\n{}\n", lines.join("\n"));
        }
    }
    if said.code != 0 {
        text += &format!("-- exit code {}\n", said.code);
    }
    let folder = door.folder().display().to_string();
    text.replace(&folder, "FOLDER")
}

fn name(line: &str) -> String {
    let plain: String = line
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    match plain.as_str() {
        "" => "status".to_string(),
        _ => plain,
    }
}

fn held<'a>(kind: &str, screens: impl Iterator<Item = (&'a str, String)>) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (line, text) in screens {
            insta::assert_snapshot!(format!("{kind}_{}", name(line)), text);
        }
    });
}

#[test]
fn reading_commands_show_what_was_reviewed() {
    let door = demo();
    held(
        "read",
        READING.iter().map(|line| (*line, screen(&door, line))),
    );
}

#[test]
fn writing_commands_show_what_was_reviewed() {
    let door = demo();
    held(
        "write",
        WRITING.iter().map(|line| (*line, screen(&door, line))),
    );
}

/// Diaries with little to say, or much, each with a factor "x-a".
fn diaries() -> Vec<(&'static str, Door)> {
    let first = "2025-09-01";
    let blank = Door::at("2026-03-04T08:00:00Z");
    let one = Plan::new("2026-03-01", vec![Some(0)]).with("x-a", vec![Some(true)]);
    let same = |cramps| Plan::new(first, vec![Some(cramps); 120]).with("x-a", coins(120, 1));
    let mut no_link = Plan::new(first, cramps(180, 0.4)).with("x-a", coins(180, 12));
    for (at, name) in ["x-tea", "x-bath", "x-walk"].into_iter().enumerate() {
        no_link = no_link.with(name, coins(180, 20 + at as u64));
    }
    let mut many = Plan::new(first, cramps(180, 0.4)).with("x-a", coins(180, 12));
    for at in 1..40 {
        many = many.with(&format!("x-{at}"), coins(180, 100 + at));
    }
    vec![
        ("no_nights", blank),
        ("one_night", one.door()),
        ("no_cramps", same(0).door()),
        ("only_cramps", same(1).door()),
        ("no_link", no_link.door()),
        ("forty_factors", many.door()),
    ]
}

#[test]
fn the_analysis_of_any_diary_is_one_screen_that_was_reviewed() {
    let mut screens = Vec::new();
    for (name, mut door) in diaries() {
        door.on_terminal(true, 80);
        let said = screen(&door, "analyze");
        assert!(said.lines().count() <= 25, "{said}");
        screens.push((name, said));
    }
    let screens = screens.iter().map(|(name, said)| (*name, said.clone()));
    held("analyze", screens);
}
