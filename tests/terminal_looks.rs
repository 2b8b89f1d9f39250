//! The weekly report and the trend on a terminal: aligned, within the columns there are, readable without glyphs, and
//! a blank never looks like nothing. Work that lasts shows signs of life there, and only there.

use crate::tests::door::Door;

/// Ten weeks: well recorded, then two weeks nobody wrote about, a week of two nights, and well recorded again.
fn diary() -> Door {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    let mut nights = String::from("night,outcome\n");
    let mut episodes = String::from("id,night\n");
    for back in 1..=70_i64 {
        let night =
            chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap() - chrono::Days::new(back as u64);
        let blank = (15..=28).contains(&back) || (8..=12).contains(&back);
        if blank {
            continue;
        }
        let cramp = back % 5 == 0;
        nights += &format!("{night},{}\n", if cramp { "cramp" } else { "calm" });
        if cramp {
            episodes += &format!("{back},{night}\n");
        }
    }
    let folder = door.diary().parent().unwrap().parent().unwrap().join("csv");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("nights.csv"), nights).unwrap();
    std::fs::write(folder.join("episodes.csv"), episodes).unwrap();
    door.ok("import csv");
    door.on_terminal(true, 80);
    door
}

/// The lines from the one that begins with `from` to the next blank line.
fn part<'t>(text: &'t str, from: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|l| !l.starts_with(from)).skip(1);
    lines.take_while(|l| !l.is_empty()).collect()
}

#[test]
fn the_weeks_stand_under_each_other_and_a_blank_week_is_no_week_of_nothing() {
    let door = diary();
    let said = door.ok("week");
    assert_eq!(
        part(&said, "Week by week"),
        [
            "  From        Cramps a week                         95 % interval  Recorded",
            "  2026-01-28  │████████████████▋╌╌╌╌╌╌╌╌╌╌╌╌→  2.0  0.2 to 7.2     7 of 7",
            "  2026-02-04  not recorded                                         0 of 7",
            "  2026-02-11  not recorded                                         0 of 7",
            "  2026-02-18  too few nights                                       2 of 7",
            "  2026-02-25  │████████▍╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌→  1.0  0.03 to 5.6    7 of 7",
            "  █ rate   ┤ upper end of the interval   → beyond the edge",
        ]
    );
}

#[test]
fn few_nights_make_a_hollow_bar_and_excluded_ones_none() {
    let mut door = diary();
    door.set_now("2026-03-04T08:00:00Z");
    door.ok("log -9 3am");
    door.ok("log -9 5am");
    door.ok("exclude 2026-02-04 2026-02-10 fever");
    let said = door.ok("week");
    let weeks = part(&said, "Week by week");
    assert!(
        weeks[2].contains("left out") && !weeks[2].contains("0 of"),
        "{said}"
    );
    // two nights give no rate, however many cramps came in them
    assert!(weeks[4].contains("too few nights"), "{said}");
    // a month of which less than half is recorded has a rate, and shows that it rests on little
    let said = door.ok("trend");
    let months = part(&said, "Month by month");
    let of = |month: &str| months.iter().find(|row| row.contains(month)).unwrap();
    assert!(
        of("2026-02").contains('░') && !of("2026-02").contains('█'),
        "{said}"
    );
    assert!(of("2026-03").contains("too few nights"), "{said}");
}

#[test]
fn without_utf_8_bars_are_ascii_and_every_line_fits() {
    let mut door = diary();
    for columns in [40, 60, 80, 200] {
        for line in ["week", "trend"] {
            door.on_terminal(false, columns);
            let said = door.ok(line);
            let bars: Vec<&str> =
                [part(&said, "Week by week"), part(&said, "Month by month")].concat();
            assert!(bars.iter().all(|l| l.is_ascii()), "{said}");
            for l in said.lines() {
                assert!(l.chars().count() <= columns.min(80), "{columns}: {l}");
            }
            if columns >= 60 {
                assert!(said.contains("|####"), "{said}");
            }
            door.on_terminal(true, columns);
            let fine = door.ok(line);
            for l in fine.lines() {
                assert!(l.chars().count() <= columns.min(80), "{columns}: {l}");
            }
        }
    }
}

#[test]
fn a_terminal_without_utf_8_gets_only_letters_it_has() {
    let mut door = diary();
    door.ok("night -1 room=18.5C");
    door.on_terminal(false, 80);
    for line in [
        "",
        "list",
        "week",
        "trend",
        "analyze",
        "flags",
        "flags --rules",
        "night -2 room=17C",
        "log 03:10 left",
        "report --out page.pdf",
        "chart clock --out clock.svg",
        "factor list",
        "help units",
        "history",
    ] {
        let said = door.ok(line);
        assert!(said.is_ascii(), "{line}: {said}");
    }
    // the person's own words are not touched, and neither is JSON
    door.ok("event \"spät – müde\" -1");
    assert!(door.ok("list").contains("spät - müde"));
    assert!(door.ok("show e1 --json").contains("spät – müde"));
    assert!(door.ok("show e1").contains("müde"));
}

#[test]
fn plain_text_reads_aloud() {
    let door = diary();
    for line in ["week --plain", "trend --plain"] {
        let said = door.ok(line);
        for glyph in [
            "█", "░", "│", "╌", "●", "○", "·", "→", "┤", "##", "::", "\u{1b}",
        ] {
            assert!(!said.contains(glyph), "{line}: {glyph} in {said}");
        }
        assert!(
            !said.lines().any(|l| l.contains("   ")),
            "nothing is laid out in columns: {said}"
        );
    }
    let said = door.ok("week --plain");
    assert!(
        said.contains("2026-02-04 to 2026-02-10: not recorded (0 of 7 nights).")
            && said.contains(
                "2026-01-28 to 2026-02-03: 2.0 cramps a week, 95 % interval 0.2 to 7.2, 7 of 7 nights recorded."
            ),
        "{said}"
    );
    assert!(door.ok("trend --plain").contains("2026-01: "));
}

#[test]
fn colour_is_only_an_addition() {
    let door = diary();
    for line in ["week", "trend"] {
        let grey = door.ok(line);
        let coloured = door.ok(&format!("{line} --color always"));
        assert_ne!(grey, coloured);
        let mut without = coloured;
        for code in ["\u{1b}[1m", "\u{1b}[34m", "\u{1b}[0m"] {
            without = without.replace(code, "");
        }
        assert_eq!(grey, without, "the door's terminal asks for no colour");
    }
}

#[test]
fn the_week_on_a_screen_is_in_its_json() {
    let door = diary();
    let week = door.run("week --json").json();
    let weeks = week["weeks"].as_array().unwrap();
    assert_eq!(weeks.len(), 5);
    assert_eq!(weeks[1]["rate_per_week"], serde_json::Value::Null);
    assert_eq!(weeks[1]["recorded"], 0);
    assert_eq!(weeks[4]["from"], week["period"]["from"]);
    assert_eq!(weeks[4]["rate_per_week"], week["rate_per_week"]);
    let months = door.run("trend --json").json();
    assert_eq!(
        months["months"][0]["nights"], 8,
        "the diary begins on 24 December: {months}"
    );
}

#[test]
fn an_empty_diary_has_no_bars() {
    let mut door = Door::at("2026-03-04T08:00:00Z");
    door.on_terminal(true, 80);
    for line in ["week", "trend"] {
        let said = door.ok(line);
        assert!(
            !said.contains("by week") && !said.contains("Month by month"),
            "{said}"
        );
    }
}

#[test]
fn work_that_lasts_shows_signs_of_life_and_wipes_them() {
    let mut door = diary();
    for (line, sign) in [
        ("chart timeline --out t.png", "drawing"),
        ("report --out page.pdf", "drawing the page"),
        // these may be over before a millisecond is
        ("analyze", ""),
        ("trend", ""),
        ("explain exercise", ""),
        ("check", ""),
        ("backup", ""),
        ("export there", ""),
    ] {
        let said = door.run(line);
        // nothing is recorded about exercise, which is said as ever
        assert_eq!(
            said.code,
            u8::from(line.starts_with("explain")),
            "{}",
            said.err
        );
        let told = said.err.contains(&format!("\r{sign}: 0 s"));
        assert!(told || sign.is_empty(), "{line}: {:?}", said.err);
        // what was said is wiped before anything else is
        let left = said.err.rsplit('\r').next().unwrap();
        assert!(!left.contains(" s"), "{line}: {left:?}");
        let plain = door.run(&format!("{line} --plain")).err;
        assert!(!plain.contains('\r') && plain == left, "{line}: {plain:?}");
    }
    let here = door.run("trend --json").out;
    door.off_terminal();
    let said = door.run("trend --json");
    assert_eq!(said.err, "");
    assert_eq!(said.out, here, "watching changes nothing");
}
