//! The documentation is true: every command is in the README, and every example runs.

use crate::tests::door::Door;

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// A diary in which every example has something to act on.
fn furnished() -> Door {
    static FILE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let bytes = FILE.get_or_init(|| std::fs::read(furnish().diary()).unwrap());
    let door = Door::at(NOW);
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    std::fs::write(door.diary(), bytes).unwrap();
    door.ok("export my-diary");
    door
}

const NOW: &str = "2026-03-04T08:00:00Z";

fn furnish() -> Door {
    let door = Door::at(NOW);
    for back in (2..=40).rev() {
        if back % 3 == 1 {
            door.ok(&format!(
                "log -{back} 3am left calf 6 3min room=18C exercise=45min"
            ));
        } else {
            door.ok(&format!("night -{back} calm room=19C exercise=20min"));
        }
    }
    door.ok("took magnesium 300mg 2026-03-01");
    door.ok("course start aspirin 75mg 2026-01-05");
    door.ok("course start zinc 10mg 2026-01-06");
    door.ok("course start iron 14mg 2026-01-07");
    door.ok("event \"new bed\" 2026-02-01");
    door.ok("me born=1958");
    door
}

/// Runs one example, with somebody at the terminal where it asks.
fn runs(door: &mut Door, line: &str) -> Result<(), String> {
    let words = line.strip_prefix("cramp").unwrap().trim();
    let asks =
        words.starts_with("ask") || words.contains("--forget") || words.contains("--encrypt");
    if asks {
        door.typing("y\n\n\n\n\n\n\n\n\n\n\n\n");
    } else {
        door.piping("03:10 left calf 6\n");
    }
    let said = door.run(words);
    match said.code {
        0 => Ok(()),
        code => Err(format!("{line}: exit {code}\n{}{}", said.out, said.err)),
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let text = readme();
    for command in crate::cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(
            text.contains(&format!("`cramp {name}")),
            "cramp {name} is not in the README"
        );
        assert!(
            command.get_about().is_some(),
            "cramp {name} says nothing about itself"
        );
    }
}

#[test]
fn the_readme_s_examples_run() {
    let text = readme();
    let mut door = furnished();
    let mut ran = 0;
    let mut day = chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    for block in text.split("```sh\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines().filter(|l| l.starts_with("cramp ")) {
            runs(&mut door, line.split(" #").next().unwrap().trim()).unwrap();
            ran += 1;
            // A story: each line is typed on the morning after the one before.
            day = day.succ_opt().unwrap();
            door.set_now(&format!("{day}T08:00:00Z"));
        }
    }
    assert!(ran > 10, "only {ran} examples found");
}

#[test]
fn the_examples_of_every_help_text_run() {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut top = crate::cli::command();
    top.build();
    let mut all: Vec<clap::Command> = top.get_subcommands().cloned().collect();
    all.extend(
        top.get_subcommands()
            .flat_map(|c| c.get_subcommands().cloned().collect::<Vec<_>>()),
    );
    for command in all {
        let after = command
            .get_after_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        for line in after.lines().filter_map(|l| l.strip_prefix("  cramp ")) {
            let line = line.split("   ").next().unwrap().trim();
            lines.push((command.get_name().to_string(), format!("cramp {line}")));
        }
    }
    assert!(lines.len() > 40, "only {} examples found", lines.len());
    let mut wrong = Vec::new();
    for (at, (command, line)) in lines.iter().enumerate() {
        // Examples are alternatives, so each meets the same diary; one that needs what an earlier one made (a page to
        // verify, a backup to restore) is tried after those before it.
        if runs(&mut furnished(), line).is_ok() {
            continue;
        }
        let mut door = furnished();
        let before = lines[..at].iter().filter(|(of, _)| of == command);
        for (_, earlier) in before {
            let _an_alternative_may_fail = runs(&mut door, earlier);
        }
        wrong.extend(runs(&mut door, line).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_names_files_that_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = std::fs::read_to_string(root.join("src/README.md")).unwrap();
    let (_, table) = map.split_once("## Where is").unwrap();
    let mut missing = Vec::new();
    let mut named = 0;
    for name in table.split('`').skip(1).step_by(2) {
        if !name.contains('/') && !name.ends_with(".sql") {
            continue;
        }
        named += 1;
        let plain = name.trim_end_matches("/*.toml").trim_end_matches('/');
        if !root.join("src").join(plain).exists() && !root.join(plain).exists() {
            missing.push(name);
        }
    }
    assert!(named > 20, "only {named} files are named");
    assert!(missing.is_empty(), "not there: {missing:?}");
}
