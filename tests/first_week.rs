//! The first week of somebody who reads no manual: what is typed and what is seen, and how few keys it takes.

use crate::tests::door::Door;

/// The keys of an answer besides Enter.
fn keys(typed: &str) -> usize {
    typed.chars().filter(|c| *c != '\n').count()
}

/// Plays each line with what is typed into it, on the morning given; one reviewed picture of the screens.
fn played(name: &str, story: &[(&str, &str, &str)]) -> Door {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.on_terminal(true, 80);
    let mut shown = String::new();
    for (at, line, typed) in story {
        door.set_now(at);
        door.typing(typed);
        let (code, screen) = door.screen(line);
        shown += &format!("-- {at}\n$ cramp {line}\n{screen}");
        if code != 0 {
            shown += &format!("-- exit code {code}\n");
        }
        shown += "\n";
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
    door
}

#[test]
fn a_first_week_is_seen_as_reviewed() {
    let door = played(
        "first_week",
        &[
            ("2026-03-03T21:00:00Z", "", ""),
            (
                "2026-03-03T21:01:00Z",
                "ask setup",
                "1 2 3 5 7\n7\nmetformin 500mg, water tablet\n2019\n\ndiabetes\n1958\n",
            ),
            ("2026-03-04T03:12:00Z", "left calf 6", ""),
            ("2026-03-04T03:12:30Z", "log left calf 6", ""),
            ("2026-03-04T08:00:00Z", "", ""),
            ("2026-03-04T08:00:10Z", "ask", "n\n18\nn\ny\n2\n"),
            ("2026-03-04T08:01:00Z", "week", ""),
            ("2026-03-05T08:00:00Z", "night", "n\n45\n18\nn\ny\n0\n"),
            ("2026-03-08T08:00:00Z", "", ""),
            (
                "2026-03-08T08:00:30Z",
                "ask",
                "y\n3am right foot 4\nhalf an hour\nq\n",
            ),
            (
                "2026-03-08T08:02:00Z",
                "ask",
                "<\n17.5\nn\ndidn't\n2 beers\nn\nn\n",
            ),
            ("2026-03-09T08:00:00Z", "ask", "n\nn\n17\nn\ny\nn\n"),
            ("2026-03-09T08:01:00Z", "", ""),
            ("2026-03-09T08:02:00Z", "week", ""),
        ],
    );
    let week = door.run("week --json").json();
    assert_eq!(week["nights"]["recorded"], 6);
    assert_eq!(week["nights"]["cramp"], 2);
}

#[test]
fn the_first_screen_fits_twelve_lines_and_writes_nothing() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.on_terminal(true, 80);
    let empty = door.ok("");
    assert!(
        empty.contains("Next: ") && empty.contains("cramp ask setup"),
        "{empty}"
    );
    assert!(!door.diary().exists());
    door.ok("me conditions=diabetes");
    door.ok("log -3 3am left calf 6");
    door.ok("symptom numbness left -2");
    let before = std::fs::read(door.diary()).unwrap();
    let said = door.ok("");
    assert!(said.lines().count() <= 12, "{said}");
    assert!(
        said.lines().all(|line| line.chars().count() <= 80),
        "{said}"
    );
    assert_eq!(said.matches("Next: ").count(), 1, "{said}");
    assert!(std::fs::read(door.diary()).unwrap() == before);
    let json = door.run("--json").json();
    assert_eq!(
        json["waiting"],
        serde_json::json!(["2026-03-02", "2026-03-03"])
    );
    assert_eq!(json["strip"].as_array().unwrap().len(), 7);
    assert!(
        json["flags"].is_array() && json["next"].is_string(),
        "{json}"
    );
    // what is urgent stands above everything
    door.ok("symptom saddle-numbness yes");
    let said = door.ok("");
    assert!(
        said.starts_with("EMERGENCY") || said.starts_with("NOW"),
        "{said}"
    );
    assert!(said.contains("Next: read what to do"), "{said}");
}

#[test]
fn before_the_hour_of_getting_up_the_night_is_not_over() {
    let mut door = Door::at("2026-03-04T03:12:00Z");
    door.ok("night -2 calm");
    assert!(door.ok("").contains("cramp ask"));
    door.ok("me gets-up=7am");
    assert!(door.ok("").contains("a cramp just now: cramp log"));
    door.set_now("2026-03-04T07:30:00Z");
    assert!(door.ok("").contains("cramp ask"));
}

#[test]
fn five_factors_take_ten_keys_or_fewer() {
    let mut door = Door::at("2026-03-03T21:00:00Z");
    door.typing("1 2 3 4 5\n").ok("ask setup");
    door.set_now("2026-03-04T08:00:00Z");
    let typed = "n\n45\n18\nn\n3\ny\n";
    assert!(keys(typed) <= 10, "{} keys", keys(typed));
    let said = door.typing(typed).ok("ask");
    assert!(said.contains("6 answers written"), "{said}");
    let night = door.ok("show last");
    for value in [
        "exercise=45",
        "room=18",
        "covers-press=no",
        "posture=side",
        "stretch=yes",
    ] {
        assert!(night.contains(value), "{value}: {night}");
    }
    // a calm night is asked about all the same, and nothing is filled in beforehand
    door.set_now("2026-03-05T08:00:00Z");
    let said = door.typing("n\n\n\n\n\n\n").ok("ask");
    assert_eq!(said.matches("answer written").count(), 1, "{said}");
    assert!(!door.ok("show last").contains("room="));
}

#[test]
fn setup_can_be_skipped_left_and_run_again() {
    let mut door = Door::at("2026-03-03T21:00:00Z");
    // nothing typed, nothing written
    door.typing("").ok("ask setup");
    assert!(!door.diary().exists());
    door.typing("\n\n\n\n\n").ok("ask setup");
    assert!(!door.diary().exists());
    // left after the first answer, which is kept
    door.typing("2\nq\n").ok("ask setup");
    let said = door.typing("n\n").ok("ask");
    assert!(said.contains("How warm was the bedroom"), "{said}");
    // a number that is none is refused and asked for again; back, and once more
    let said = door.typing("12\n1\n<\n1 7\n").ok("ask setup");
    assert!(said.contains("'12' is not one of the numbers"), "{said}");
    let said = door.typing("").ok("ask");
    assert!(said.contains("How long did you exercise"), "{said}");
    let second = door.typing("\n\n\n").ok("ask");
    assert!(
        second.contains("units of alcohol") && !second.contains("bedroom"),
        "{second}"
    );
    // it can be undone like every change
    door.ok("undo");
    let said = door.typing("\n\n\n").ok("ask");
    assert!(!said.contains("units of alcohol"), "{said}");
    assert_eq!(
        door.piping("").run("ask setup").code,
        1,
        "only on a terminal"
    );
}

#[test]
fn what_is_said_to_be_enough_is_not_asked_again() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    for day in ["-4", "-3", "-2"] {
        door.ok(&format!("night {day} calm socks=yes room=18C"));
    }
    let said = door.typing("n\n18\nstop\n").ok("ask");
    assert!(said.contains("socks is not asked about any more"), "{said}");
    door.set_now("2026-03-05T08:00:00Z");
    let said = door.typing("n\n18\n").ok("ask");
    assert!(!said.contains("socks"), "{said}");
    // the wish goes with the diary
    door.ok("export out --format json");
    let other = Door::at("2026-03-05T08:00:00Z");
    let folder = door.folder().join("out");
    other.ok(&format!("import {}", folder.display()));
    let mut other = other;
    let said = other.typing("\n\n\n").ok("ask");
    assert!(!said.contains("socks"), "{said}");
    door.ok("undo");
}

#[test]
fn three_missed_nights_at_most_nearest_first() {
    let mut door = Door::at("2026-03-12T08:00:00Z");
    door.ok("night -9 calm");
    let said = door.typing("n\nn\nn\nn\nn\n").ok("ask");
    let asked: Vec<&str> = ["Wed 11 Mar", "Tue 10 Mar", "Mon 9 Mar", "Sun 8 Mar"]
        .into_iter()
        .filter(|day| said.contains(&format!("Night of {day}")))
        .collect();
    assert_eq!(asked, ["Wed 11 Mar", "Tue 10 Mar", "Mon 9 Mar"], "{said}");
    let place = |day: &str| said.find(day).unwrap();
    assert!(place("Wed 11 Mar") < place("Tue 10 Mar") && place("Tue 10 Mar") < place("Mon 9 Mar"));
    // resumed: the next three
    let said = door.typing("").ok("ask");
    assert!(said.contains("Night of Sun 8 Mar"), "{said}");
}

#[test]
fn a_night_alone_starts_the_check_in_on_a_terminal_only() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    assert_eq!(door.run("night").code, 2);
    let said = door.typing("y\n3am left calf 6\n").ok("night");
    assert!(said.contains("What was it like?"), "{said}");
    let list = door.ok("list");
    assert!(
        list.contains("03:00") && list.contains("left calf"),
        "{list}"
    );
    assert_eq!(door.run("week --json").json()["episodes"]["count"], 1);
}

#[test]
fn fewer_than_four_nights_give_counts_and_no_rate() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    for (night, recorded) in [("-1", 1), ("-2", 2), ("-3", 3)] {
        door.ok(&format!("log {night} 3am left calf 6"));
        let said = door.ok("week");
        assert!(!said.contains("a week ("), "{said}");
        assert!(said.contains("these are counts"), "{said}");
        let week = door.run("week --json").json();
        assert_eq!(week["nights"]["recorded"], recorded);
        assert_eq!(week["episodes"]["count"], recorded);
        assert_eq!(week["rate_per_week"], serde_json::Value::Null);
    }
    door.on_terminal(true, 80);
    assert!(
        !door.ok("week").contains("Week by week"),
        "one week is told in words"
    );
    door.off_terminal();
    door.ok("night -4 calm");
    let week = door.run("week --json").json();
    assert_eq!(week["rate_per_week"]["value"], 5.25);
    assert!(door.ok("week").contains("5.3 a week ("));
}

#[test]
fn replies_may_be_plain_words() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.typing("1 4 5 6 7 8\n").ok("ask setup");
    // exercise, posture, stretch, fluid, alcohol, magnesium
    for (typed, wanted) in [
        (
            "no cramp\nhalf an hour\non my back\nnope\n2 litres\n2 units\n300\n",
            [
                "exercise=30 min",
                "posture=supine",
                "stretch=no",
                "fluid=2",
                "alcohol=2",
                "magnesium=300 mg",
            ],
        ),
        (
            "none\nnone\n1\ndidn't\n1.5\nnone\nn\n",
            [
                "exercise=0 min",
                "posture=supine",
                "stretch=no",
                "fluid=1",
                "alcohol=0",
                "magnesium=0 mg",
            ],
        ),
        (
            "nope\ny\n3\nyep\n1500ml\nyes\ny\n",
            [
                "exercise=some",
                "posture=side",
                "stretch=yes",
                "fluid=1",
                "alcohol=some",
                "magnesium=some",
            ],
        ),
    ] {
        let said = door.typing(typed).ok("ask");
        assert!(said.contains("7 answers written"), "{typed:?}: {said}");
        let night = door.ok("show last");
        for value in wanted {
            assert!(night.contains(value), "{value}: {night}");
        }
        assert_eq!(door.run("week --json").json()["nights"]["cramp"], 0);
        for _ in 0..7 {
            door.ok("undo");
        }
    }
}

#[test]
fn a_reply_about_something_else_is_not_taken() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.typing("1 7\n").ok("ask setup");
    let said = door.typing("n\n2 beers\nxyzzy\n-5\n0\n\n").ok("ask");
    assert_eq!(
        said.matches("How long did you exercise").count(),
        4,
        "{said}"
    );
    let night = door.ok("show last");
    assert!(
        night.contains("exercise=0 min") && !night.contains("alcohol="),
        "{night}"
    );
    // the first question takes no word for a cramp that is none
    door.set_now("2026-03-05T08:00:00Z");
    let said = door.typing("maybe\nxyzzy\n3 dogs\n\n").ok("ask");
    assert!(said.contains("Nothing was written"), "{said}");
    let said = door.typing("3am left calf 6 3min\n").ok("ask");
    assert!(
        said.contains("night of Wed 4 Mar), left calf, pain 6/10"),
        "{said}"
    );
}

#[test]
fn setup_keeps_medicines_and_conditions_like_the_commands_do() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    let said = door
        .typing("\n25\n6:30\nmetformin 500 mg, vitamin d 1000IU\n2019\n2026-01-10\nCKD stage 3; diabetes\n1858\n1958\n")
        .ok("ask setup");
    assert!(said.contains("a time of day such as 07:00"), "{said}");
    let me = door.ok("me");
    for fact in ["gets-up=06:30", "diabetes", "born=1958"] {
        assert!(me.contains(fact), "{fact}: {me}");
    }
    let courses = door.ok("course list");
    assert!(
        courses.contains("metformin 500 mg") && courses.contains("since 2019-01-01"),
        "{courses}"
    );
    assert!(
        courses.contains("vitamin d") && courses.contains("since 2026-01-10"),
        "{courses}"
    );
    // run again: what is known is shown, Enter keeps it
    let said = door.typing("\n\n\n\n\n").ok("ask setup");
    assert!(
        said.contains("[now: 06:30]") && said.contains("[now: 1958]"),
        "{said}"
    );
    assert_eq!(door.ok("me"), me);
}
