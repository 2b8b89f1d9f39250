//! What the door says: status, list, week, locate, completions, manual pages, help.

use crate::tests::door::Door;

/// A diary with five recorded weeks: calm nights, one cramp a week, two in the last.
fn five_weeks() -> Door {
    let door = Door::at("2026-03-04T08:00:00Z");
    for back in 1..=35 {
        if back % 7 == 1 || back == 3 {
            door.ok(&format!("log -{back} 3am 6 3min left calf"));
        } else {
            door.ok(&format!("night -{back} calm"));
        }
    }
    door
}

#[test]
fn the_week_in_numbers() {
    let door = five_weeks();
    let week = door.run("week --json").json();
    assert_eq!(
        week["period"],
        serde_json::json!({"from":"2026-02-25","to":"2026-03-03","nights":7})
    );
    assert_eq!(week["nights"]["recorded"], 7);
    assert_eq!(week["nights"]["cramp"], 2);
    assert_eq!(week["episodes"]["count"], 2);
    assert_eq!(week["episodes"]["severity_median"], 6.0);
    assert_eq!(week["episodes"]["severity_max"], 6);
    assert_eq!(week["episodes"]["duration_s_median"], 180.0);
    // Garwood limits for two events: 0.2422 and 7.2247 (R: poisson.test(2)$conf.int).
    let rate = &week["rate_per_week"];
    assert_eq!(
        (&rate["value"], &rate["level"]),
        (&2.0.into(), &0.95.into())
    );
    assert!(
        (rate["low"].as_f64().unwrap() - 0.242_209_3).abs() < 1e-6,
        "{rate}"
    );
    assert!(
        (rate["high"].as_f64().unwrap() - 7.224_688).abs() < 1e-5,
        "{rate}"
    );
    assert_eq!(week["previous"]["episodes"]["count"], 4);
    assert_eq!(week["previous"]["nights"]["recorded"], 28);
    assert_eq!(week["change"]["verdict"], "no clear change");
    assert_eq!(week["change"]["rate_ratio"]["value"], 2.0);
    assert!(door.ok("week").contains("No clear change"));
}

#[test]
fn an_empty_week_says_so_and_what_to_do() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let said = door.ok("week");
    assert!(
        said.contains("nothing can be told about this week"),
        "{said}"
    );
    assert!(said.contains("cramp night calm"), "{said}");
    let week = door.run("week --json").json();
    assert_eq!(week["rate_per_week"], serde_json::Value::Null);
    assert_eq!(week["nights"]["unknown"], 7);
    assert_eq!(week["change"]["verdict"], "not enough data");
    assert_eq!(week["change"]["rate_ratio"], serde_json::Value::Null);
    assert!(!door.diary().exists(), "a report never makes a diary");
}

#[test]
fn an_excluded_night_is_in_no_number_and_is_mentioned() {
    let door = five_weeks();
    door.ok("exclude -3 -1 fever");
    let week = door.run("week --json").json();
    assert_eq!(
        week["nights"],
        serde_json::json!({"recorded":4,"cramp":0,"calm":4,"unknown":0,"excluded":3})
    );
    assert_eq!(week["episodes"]["count"], 0);
    assert!(
        door.ok("week")
            .contains("3 nights in a period you excluded")
    );
}

#[test]
fn courses_and_context_are_named_in_the_week() {
    let door = five_weeks();
    door.ok("course start magnesium 300mg 2026-02-27");
    for back in 1..=35 {
        let minutes = if back <= 7 { 90 } else { 20 + back % 3 };
        door.ok(&format!("night -{back} exercise={minutes}min"));
    }
    let said = door.ok("week");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("magnesium 300 mg started on 2026-02-27"),
        "{said}"
    );
    assert!(
        said.contains("typically 90 min this week (7 nights), 21 min in the four weeks before (28"),
        "{said}"
    );
}

#[test]
fn status_names_the_nights_that_wait() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    assert!(door.ok("").contains("This diary is empty"));
    assert!(!door.diary().exists());
    door.ok("night -3 calm");
    let said = door.ok("");
    assert!(
        said.contains("2 nights of the last two weeks have no answer yet; the latest is Tue 3 Mar"),
        "{said}"
    );
    door.ok("night -2 calm");
    door.ok("log 03:10");
    assert!(door.ok("").contains("Every night since"));
    door.set_now("2026-03-05T08:00:00Z");
    assert_eq!(
        door.run("--json").json()["awaiting"],
        serde_json::json!(["2026-03-04"])
    );
}

#[test]
fn plain_is_one_record_a_line() {
    let door = five_weeks();
    for line in door
        .ok("list --plain --last 7n")
        .lines()
        .filter(|l| l.starts_with("2026"))
    {
        assert_eq!(line.split('\t').count(), 3, "{line}");
    }
    let week = door.ok("week --plain");
    assert!(
        week.contains("Sun 1 Mar: 1 cramp, worst pain 6 of 10"),
        "{week}"
    );
    assert!(!week.contains('●'), "{week}");
}

#[test]
fn lines_fit_eighty_columns() {
    let door = five_weeks();
    door.ok(
        "exclude -30 -28 \"a very long journey with many stops and a great many words about it\"",
    );
    for command in ["week", "", "undo"] {
        for line in door.ok(command).lines() {
            assert!(
                line.chars().count() <= 80 || command == "undo",
                "{command}: {line}"
            );
        }
    }
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let commands: Vec<String> = crate::cli::command()
        .get_subcommands()
        .map(|c| c.get_name().to_string())
        .collect();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = door.ok(&format!("completions {shell}"));
        for command in &commands {
            assert!(text.contains(command.as_str()), "{shell}: {command}");
        }
    }
    let page = door.ok("man");
    for command in &commands {
        assert!(
            page.replace('\\', "").contains(&format!("cramp-{command}")),
            "{command}"
        );
        assert!(
            door.ok(&format!("man {command}")).contains(".TH"),
            "{command}"
        );
        assert!(
            door.ok(&format!("help {command}")).contains("Usage"),
            "{command}"
        );
    }
    assert!(door.refused(2, "help wek").contains("did you mean 'week'"));
}

#[test]
fn locate_names_the_file() {
    let door = Door::at("2026-03-04T08:00:00Z");
    assert_eq!(door.ok("locate").trim(), door.diary().display().to_string());
    assert_eq!(door.run("locate --json").json()["exists"], false);
}

#[test]
fn what_was_not_a_cramp_is_counted_apart() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let week = || {
        door.ok("week")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    door.ok("night calm");
    door.ok("log 03:10 kind=jerk");
    assert!(
        week().contains("1 entry that was not a cramp."),
        "{}",
        week()
    );
    door.ok("log 04:10 kind=jerk");
    assert!(
        week().contains("2 entries that were not cramps."),
        "{}",
        week()
    );
}
