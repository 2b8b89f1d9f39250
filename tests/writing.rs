//! Writing at the door: a person's first week typed by hand at awkward times, mistakes, and bad input.

use crate::tests::door::Door;

#[test]
fn the_echo_is_absolute() {
    let door = Door::at("2026-03-04T08:00:00Z");
    assert_eq!(
        door.ok("log 03:10 left calf 6 3min"),
        "Logged #1: Wed 4 Mar 03:10 (night of Tue 3 Mar), left calf, pain 6/10, about 3 min. Undo: cramp undo\n"
    );
    assert_eq!(
        door.ok("night -2 calm room=64F"),
        "Noted: night of Mon 2 Mar, calm; room=17.78 °C. Undo: cramp undo\n"
    );
}

#[test]
fn the_json_echo_has_the_shape_of_the_contract() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let said = door.run("log 03:10 left calf 6 3min --json").json();
    for (key, want) in [
        ("schema", serde_json::json!(1)),
        ("kind", serde_json::json!("episode")),
        ("id", serde_json::json!(1)),
        ("night", serde_json::json!("2026-03-03")),
        ("at", serde_json::json!("2026-03-04T03:10:00+00:00")),
        ("side", serde_json::json!("left")),
        ("site", serde_json::json!("calf")),
        ("severity", serde_json::json!(6)),
        ("duration_s", serde_json::json!(180)),
        ("warnings", serde_json::json!([])),
        ("flags", serde_json::json!([])),
    ] {
        assert_eq!(said[key], want, "{key}");
    }
    let error = door.run("log side=upper --json");
    let error: serde_json::Value = serde_json::from_str(&error.err).unwrap();
    assert_eq!(error["schema"], 1);
    assert_eq!(error["error"]["code"], 2);
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("'upper'"),
        "{error}"
    );
    assert!(error["error"]["hint"].is_string());
}

/// Ten to midnight, ten past, three in the morning, a nap, "yesterday" after midnight, both clock changes, a
/// flight, a correction two days later, an undo and a redo.
#[test]
fn a_first_week_at_awkward_times() {
    let mut door = Door::at("2026-10-24T23:52:00+01:00");
    assert!(
        door.ok("log 23:50 left 5")
            .contains("Sat 24 Oct 23:50 (night of Sat 24 Oct)")
    );
    door.set_now("2026-10-25T00:12:00+01:00");
    assert!(
        door.ok("log 00:10 7")
            .contains("Sun 25 Oct 00:10 (night of Sat 24 Oct)")
    );
    assert!(
        door.ok("log yesterday 23:30 3")
            .contains("Sat 24 Oct 23:30 (night of Sat 24 Oct)")
    );
    // The clock goes back at 02:00: 01:30 comes twice.
    door.set_now("2026-10-25T08:00:00+00:00");
    let twice = door.run("log 01:30 calf --json").json();
    assert_eq!(twice["at"], "2026-10-25T01:30:00+01:00");
    assert_eq!(twice["certainty"], "repeated-hour");
    assert!(door.ok("show 4").contains("repeated-hour"));
    // A nap on Sunday afternoon.
    door.set_now("2026-10-25T15:00:00+00:00");
    let nap = door.run("log 14:00 period=day left calf --json").json();
    assert_eq!(
        (nap["night"].as_str(), nap["period"].as_str()),
        (Some("2026-10-25"), Some("day"))
    );
    assert_eq!(
        nap["outcome"],
        serde_json::Value::Null,
        "a daytime cramp does not answer for the night"
    );
    // A flight to New York: the next cramp is told in the time of the place.
    door.set_now("2026-10-27T07:30:00+00:00");
    door.set_zone("America/New_York");
    let far = door.run("log 03:10 --json").json();
    assert_eq!(far["at"], "2026-10-27T03:10:00-04:00");
    assert_eq!(far["night"], "2026-10-26");
    // Two days later: it was the other leg, and worse.
    door.set_now("2026-10-29T12:00:00+00:00");
    assert!(door.ok("edit 6 right 8").contains("right leg, pain 8/10"));
    assert!(door.ok("undo").starts_with("Undone: "));
    assert!(!door.ok("show 6").contains("right"));
    door.ok("redo");
    assert!(door.ok("show 6").contains("right"));
    assert_eq!(door.run("redo").code, 1, "nothing left to redo");
    // Spring: the clock jumps over 01:30.
    let mut spring = Door::at("2026-03-29T08:00:00+01:00");
    let never = spring.run("log 01:30 --json").json();
    assert_eq!(never["at"], "2026-03-29T02:30:00+01:00");
    assert_eq!(never["certainty"], "skipped-hour");
    spring.set_now("2026-03-29T09:00:00+01:00");
    assert_eq!(
        spring.run("log 2h ago --json").json()["at"],
        "2026-03-29T07:00:00+01:00"
    );
}

#[test]
fn half_asleep_words_are_kept_never_lost() {
    let door = Door::at("2026-03-04T03:15:00Z");
    let said = door.run("log lefft 7 clf +strech agony");
    assert_eq!(said.code, 0);
    for hint in [
        "'lefft' was read as 'left'",
        "'clf' was read as 'calf'",
        "did you mean '+stretch'?",
        "'agony'",
    ] {
        assert!(said.err.contains(hint), "{hint}: {}", said.err);
    }
    assert!(door.ok("show 1").contains("lefft 7 clf +strech agony"));
    assert_eq!(
        door.run("log --json").json()["at"],
        "2026-03-04T03:15:00+00:00",
        "no words is now"
    );
}

#[test]
fn a_cramp_on_a_calm_night_makes_it_a_cramp_night_and_says_so() {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("night calm");
    let said = door.run("log 03:10");
    assert!(
        said.err
            .contains("was marked calm; it is a cramp night now"),
        "{}",
        said.err
    );
    let message = door.refused(1, "night calm");
    assert!(message.contains("#1"), "{message}");
    // Deleting the only cramp leaves the night unknown, not calm.
    let said = door.run("delete 1");
    assert!(said.err.contains("unknown again"), "{}", said.err);
    assert_eq!(door.run("week --json").json()["nights"]["calm"], 0);
    door.ok("undo");
    assert_eq!(door.run("week --json").json()["nights"]["cramp"], 1);
}

#[test]
fn a_jerk_is_kept_and_never_counted() {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("log 03:10 kind=jerk");
    let week = door.run("week --json").json();
    assert_eq!(week["nights"]["recorded"], 0);
    assert_eq!(week["episodes"]["count"], 0);
    assert_eq!(week["episodes"]["other"], 1);
}

/// What a careful person would have noted down is kept as typed; what could be read in two ways is asked about.
#[test]
fn a_doubtful_value_is_kept_as_text_and_asked_about() {
    for (line, asked) in [
        ("log left calf 11", "What is '11'?"),
        ("log left calf 3/4", "What is '3/4'?"),
        ("log left calf 25:10", "What is '25:10'?"),
        ("log left calf 6 7", "What is '6 7'?"),
        (
            "log left calf 3min 5min",
            "How long did it last: 3 min, 5 min?",
        ),
        ("log left calf 13h", "What is '13'?"),
        ("log calf thigh", "'thigh' was not understood"),
        ("log 03:10 04:10", "What is '04:10'?"),
    ] {
        let door = Door::at("2026-03-04T08:00:00Z");
        let said = door.run(line);
        assert_eq!(said.code, 0, "{line}: {}", said.err);
        assert!(said.err.contains(asked), "{line}: {}", said.err);
        let typed = line.trim_start_matches("log ");
        let shown = door.run("list --json").json();
        let record = &shown["nights"][0]["records"][1]["record"];
        assert_eq!(record["raw"], typed, "{line}: {shown}");
        assert!(record["severity"].is_null() && record["duration_s"].is_null());
    }
}

#[test]
fn bad_input_is_refused_by_name_and_nothing_is_written() {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("night calm");
    for (line, words) in [
        ("log tomorrow-ish 2026-03-05T03:10", "future"),
        ("log 2026-03-05", "future"),
        ("log side=upper", "'upper'"),
        ("log room=180C", "180C"),
        ("log room=", "'room='"),
        ("log at=", "'at='"),
        ("log at=soon", "'soon'"),
        ("log \"\"", "empty"),
        ("night clam", "'clam'"),
        ("night calm cramp", "contradicts"),
        ("night 2026-03-09 calm", "future"),
        ("night exrcise=45min", "did you mean 'exercise'"),
        ("night 03:10 calm", "clock time"),
        ("night", "no answer"),
        ("took magnesium lots", "'lots'"),
        ("took magnesium 300mg sometime", "'sometime'"),
        ("course start magnesium 300mg per-day=many", "'many'"),
        ("course start magnesium clss=statin", "did you mean 'class'"),
        ("symptom swelling 12", "'12'"),
        ("me born=soon", "soon"),
        ("me colour=red", "'colour'"),
        ("event \"\"", "empty"),
        ("exclude 2026-03-02 2026-03-01 fever", "comes before"),
        ("exclude 2026-03-01 2026-03-02", "empty"),
        ("factor add 9lives", "'9lives'"),
        ("factor add room", "already"),
        ("edit 99 left", "'99'"),
        ("edit 1x left", "'1x'"),
        ("delete 99", "'99'"),
        ("logg 3", "logg"),
        ("list --last many", "'many'"),
        ("week --ending 3/4", "'3/4'"),
        ("--now soon week", "'soon'"),
    ] {
        let code = match line {
            "factor add room" | "edit 99 left" | "delete 99" => 1,
            _ => 2,
        };
        let message = door.refused(code, line);
        assert!(message.contains(words), "{line}: {message}");
    }
    assert_eq!(
        door.run("history --json").json()["changes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn strange_text_is_text() {
    let door = Door::at("2026-03-04T08:00:00Z");
    let notes = [
        "'); DROP TABLE episode; --",
        "😖 قلبي يؤلمني ומאוד כואב",
        "a\u{202e}reversed\u{202c} word and more",
    ];
    for note in notes {
        assert_eq!(door.run_words(&["log", "03:10", note]).code, 0);
    }
    let long = "x ".repeat(5_000);
    assert_eq!(
        door.run_words(&["log", "03:10", &long]).code,
        0,
        "10 kB of text is a note"
    );
    let said = door.run_words(&["log", "03:10", "a\u{1b}[31mred\u{7} note"]);
    assert!(said.err.contains("control characters"), "{}", said.err);
    let listed = door.ok("list");
    assert!(!listed.contains('\u{1b}') && !listed.contains('\u{7}'));
    for note in notes.iter().take(2) {
        assert!(listed.contains(note), "{note}");
    }
    let too_long = "x ".repeat(40_000);
    assert_eq!(door.run_words(&["log", "03:10", &too_long]).code, 2);
    assert_eq!(
        door.run("list --json").json()["nights"][0]["records"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
}

#[test]
fn a_line_on_standard_input_stays_out_of_the_shell_history() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.piping("03:10 left calf 6 \"bad one\"\n");
    let said = door.ok("log -");
    assert!(said.contains("left calf, pain 6/10, \"bad one\""), "{said}");
    assert!(door.ok("history").contains("cramp log -"));
}

#[test]
fn unknown_and_removed_factors_have_no_value() {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("night calm room=18C socks=no alcohol=2units");
    door.ok("night room=? alcohol=-");
    let listed = door.run("list --json").json();
    let values = listed["nights"][0]["values"].as_str().unwrap();
    assert!(
        values.contains("socks=no") && !values.contains("room") && !values.contains("alcohol"),
        "{values}"
    );
    door.ok("undo");
    let listed = door.run("list --json").json();
    assert!(
        listed["nights"][0]["values"]
            .as_str()
            .unwrap()
            .contains("room=18"),
        "{listed}"
    );
}

#[test]
fn every_kind_of_record_can_be_amended_deleted_and_brought_back() {
    let door = Door::at("2026-03-04T08:00:00Z");
    door.ok("log 03:10 left");
    door.ok("night room=18C");
    door.ok("took magnesium 300mg 2h ago");
    door.ok("course start magnesium 300mg 2026-02-01");
    door.ok("symptom swelling left 4");
    door.ok("me born=1958");
    door.ok("event \"new shoes\"");
    door.ok("exclude -9 -8 fever");
    door.ok("factor add tea type=choice choices=none,black");
    for (id, words, want) in [
        ("1", "right", "right"),
        ("2026-03-03", "note=windy", "windy"),
        ("2026-03-03:room", "17C", "17"),
        ("i1", "200mg", "200"),
        ("c1", "stop=2026-03-01", "2026-03-01"),
        ("s1", "right", "right"),
        ("p1", "1959", "1959"),
        ("e1", "\"old shoes\"", "old shoes"),
        ("x1", "text=flu", "flu"),
        ("factor:tea", "choices=none,green", "green"),
    ] {
        let before = door.ok(&format!("show {id}"));
        door.ok(&format!("edit {id} {words}"));
        let after = door.ok(&format!("show {id}"));
        assert!(after.contains(want) && after != before, "{id}: {after}");
        door.ok("undo");
        assert_eq!(door.ok(&format!("show {id}")), before, "{id} undone");
        door.ok("redo");
        assert_eq!(door.ok(&format!("show {id}")), after, "{id} redone");
        let ids = if id == "2026-03-03" {
            "1 2026-03-03"
        } else {
            id
        };
        door.ok(&format!("delete {ids}"));
        if id != "2026-03-03" {
            assert_eq!(door.run(&format!("show {id}")).code, 1, "{id} is gone");
        }
        door.ok("undo");
        assert_eq!(door.ok(&format!("show {id}")), after, "{id} is back");
    }
}

#[test]
fn forget_asks_first_and_leaves_no_trace() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.ok("log 03:10 \"velvet words here\"");
    assert_eq!(
        door.run("delete 1 --forget").code,
        1,
        "no terminal to ask on"
    );
    assert_eq!(door.typing("n\n").run("delete 1 --forget").code, 1);
    assert_eq!(door.typing("y\n").run("delete 1 --forget").code, 0);
    let bytes = std::fs::read(door.diary()).unwrap();
    assert!(
        !bytes.windows(6).any(|w| w == b"velvet"),
        "the words are still in the file"
    );
    assert!(!door.ok("history").contains("velvet"));
}

#[test]
fn the_check_in_asks_for_open_nights_first() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    assert_eq!(door.run("ask").code, 1, "only on a terminal");
    for day in ["-4", "-3", "-2"] {
        door.ok(&format!("night {day} calm socks=yes"));
    }
    let said = door.typing("maybe\nn\ny\n").ok("ask");
    assert!(said.contains("'maybe' is neither yes nor no"), "{said}");
    assert!(said.contains("2 answers written"), "{said}");
    let week = door.run("week --json").json();
    assert_eq!(
        (&week["nights"]["calm"], &week["nights"]["unknown"]),
        (&4.into(), &3.into())
    );
    assert!(door.ok("show last").contains("socks=yes"));
    // Back and Enter: the earlier answer is replaced, the other stays unknown.
    let mut other = Door::at("2026-03-04T08:00:00Z");
    let said = other.typing("n\n<\ny\n\n\n\n\n\n\n").ok("ask week");
    assert!(said.contains("2 answers written"), "{said}");
    let week = other.run("week --json").json();
    assert_eq!(
        (&week["nights"]["cramp"], &week["nights"]["unknown"]),
        (&1.into(), &6.into())
    );
}

#[test]
fn undo_takes_back_what_the_person_wrote_not_the_looks_of_the_analysis() {
    let door = Door::at("2026-03-04T08:00:00Z");
    for back in (1..=60).rev() {
        if back % 2 == 0 {
            door.ok(&format!("log -{back} 3am room=17C"));
        } else {
            door.ok(&format!("night -{back} calm room=19C"));
        }
    }
    assert_eq!(door.run("analyze --json").json()["look"], 30);
    assert!(door.ok("undo").contains("night -1 calm room=19C"));
    assert!(door.ok("redo").contains("night -1 calm room=19C"));
    assert_eq!(door.run("redo").code, 1);
}

#[test]
fn a_line_without_a_command_is_told_what_it_could_be() {
    let door = Door::at("2026-03-04T08:00:00Z");
    for (line, meant) in [
        ("left calf 6", "cramp log left calf 6"),
        (
            "3am right foot 7 8 minutes",
            "cramp log 3am right foot 7 8 minutes",
        ),
        ("\"left calf\" 6", "cramp log \"left calf\" 6"),
        ("no cramp last night", "cramp log no cramp last night"),
        ("lgo left calf 6", "cramp log left calf 6"),
        ("wek", "cramp week"),
        ("nigth calm", "cramp night calm"),
    ] {
        let said = door.run(line);
        assert_eq!(said.code, 2, "{line}");
        assert!(
            said.err
                .trim_end()
                .ends_with(&format!("Did you mean: {meant}")),
            "{line}: {}",
            said.err
        );
        assert_eq!(said.out, "");
    }
    let lost = door.run("frobnicate");
    assert_eq!(
        (lost.code, lost.err.contains("Did you mean")),
        (2, false),
        "{}",
        lost.err
    );
    let json = door.run("left calf 6 --json");
    let error: serde_json::Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(
        error["error"]["hint"],
        "Did you mean: cramp log left calf 6"
    );
    assert!(!door.diary().exists(), "nothing was written");
}

#[test]
fn a_step_about_a_change_that_is_not_there_says_so() {
    let door = Door::at("2026-03-04T07:10:00Z");
    door.ok("night calm");
    let said = door.run("undo --only 999");
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("There is no change 999"), "{}", said.err);
}
