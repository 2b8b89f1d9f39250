//! What an import of other programs' files does at the edges: files of very many rows, cut off, or with more in a day than a
//! day can have; where a refused row stands; and what is kept of the words that were typed.

use std::fmt::Write as _;
use std::fs;

use rusqlite::Connection;

use crate::tests::door::Door;
use crate::tests::import_phones::{HEALTH, STEPS, apple, put, readings, record, sleep, zipped};

const NOW: &str = "2026-04-20T08:00:00Z";

fn steps(clock: &str, value: &str) -> String {
    let at = format!("2026-04-03 {clock} +0100");
    let value = format!("unit=\"count\" value=\"{value}\"");
    record(STEPS, "Watch", &at, &at, &value)
}

#[test]
fn more_than_a_day_can_have_is_refused_by_its_day() {
    let door = Door::at(NOW);
    let rows = [
        steps("09:00:00", "90000"),
        steps("12:00:00", "90000"),
        steps("15:00:00", "90000"),
        steps("18:00:00", "500").replace("2026-04-03", "2026-04-04"),
    ];
    put(&door, "export.xml", apple("", &rows.concat()));
    let said = door.refused(2, "import export.xml");
    let refused = "refused: apple-health: '270000': steps of 2026-04-03: more than the 200000 steps a day can have";
    assert!(said.contains(refused), "{said}");
    assert!(
        said.contains("1 row could not be taken; nothing was written"),
        "{said}"
    );
    assert!(!door.diary().exists());
    let said = door.run("import export.xml --skip-bad");
    assert!(said.err.contains(refused), "{}", said.err);
    assert!(
        said.out
            .contains("1 new, 0 changed, 0 already there, 1 refused"),
        "{}",
        said.out
    );
    assert_eq!(readings(&door), ["2026-04-04 steps 500"]);

    // no less so where the parts are told one by one
    let door = Door::at(NOW);
    let rows = "At,How much\n2026-04-03 10:00,9000\n2026-04-03 20:00,9000\n2026-04-04 10:00,500\n";
    put(&door, "drunk.csv", rows);
    let line =
        "import drunk.csv --map when=At --map \"value=How much\" --factor fluid --tz Europe/London";
    let said = door.refused(2, line);
    assert!(
        said.contains("'18000': fluid of 2026-04-03: more than the 15000 ml"),
        "{said}"
    );
    door.ok(&format!("{line} --skip-bad"));
    assert_eq!(readings(&door), ["2026-04-04 fluid 500"]);
}

#[test]
fn a_refused_record_is_named_by_where_it_stands() {
    // the line of the file, also after an element of several lines and after text
    let door = Door::at(NOW);
    let long = sleep(
        "Watch",
        "2026-04-02 23:00:00 +0100",
        "2026-04-03 06:00:00 +0100",
        "AsleepCore",
    );
    let long = long.replace(
        "/>",
        ">\n  <MetadataEntry\n   key=\"a\" value=\"b\"/>\n </Record>",
    );
    let inside = format!(
        "{long}\n\n{}{}",
        steps("09:00:00", "5"),
        steps("10:00:00", "many")
    );
    let text = apple(
        "<!DOCTYPE HealthData [\n<!ELEMENT HealthData ANY>\n]>\n",
        &inside,
    );
    let stands = text.lines().position(|line| line.contains("many")).unwrap() + 1;
    put(&door, "export.xml", &text);
    let said = door.refused(2, "import export.xml");
    assert!(
        said.contains(&format!(
            "refused: export.xml:{stands}: 'many count': value: "
        )),
        "{said}"
    );

    // the table and the number of the row
    let path = door.folder().join("health_connect_export.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch(HEALTH).unwrap();
    db.execute_batch(
        "INSERT INTO Steps_Record_Table (row_id, app_info_id, start_time, start_zone_offset, end_time, count)
             VALUES (41, 1, 1775203200000, 3600, 1775206800000, -4);
         INSERT INTO sleep_session_record_table (row_id, start_time, start_zone_offset, end_time, app_info_id)
             VALUES (77, NULL, 3600, 1775206800000, 1)",
    )
    .unwrap();
    drop(db);
    let said = door.refused(2, "import health_connect_export.db");
    for refused in [
        "refused: health_connect_export.db:41: steps_record_table: no one does as much in a day",
        "refused: health_connect_export.db:77: sleep_session_record_table: not two times",
    ] {
        assert!(said.contains(refused), "{refused}\n{said}");
    }

    // the record of its own file, also of the second
    let log = |end: &str| {
        format!(
            "{{\"dateOfSleep\": \"2026-04-03\", \"startTime\": \"2026-04-02T23:00:00.000\", \
                 \"endTime\": \"{end}\", \"minutesAsleep\": 400}}"
        )
    };
    let good = log("2026-04-03T07:00:00.000");
    put(
        &door,
        "Takeout/sleep-2026-03-01.json",
        format!("[{good}, {good}]"),
    );
    put(
        &door,
        "Takeout/sleep-2026-04-01.json",
        format!("[{good}, {}]", log("soon")),
    );
    let said = door.refused(2, "import Takeout --tz Europe/London");
    assert!(
        said.contains("refused: sleep-2026-04-01.json:2: "),
        "{said}"
    );
    assert!(!door.diary().exists());
}

#[test]
fn an_export_cut_off_in_the_middle_of_a_night_changes_nothing() {
    let door = Door::at(NOW);
    let piece = |from: &str, to: &str| {
        sleep(
            "Watch",
            &format!("2026-04-{from} +0100"),
            &format!("2026-04-{to} +0100"),
            "AsleepCore",
        )
    };
    let night = |day: u32| {
        let (evening, morning) = (format!("{day:02}"), format!("{:02}", day + 1));
        piece(
            &format!("{evening} 23:00:00"),
            &format!("{morning} 02:00:00"),
        ) + &piece(
            &format!("{morning} 02:00:00"),
            &format!("{morning} 06:00:00"),
        )
    };
    put(&door, "first.xml", apple("", &night(2)));
    door.ok("import first.xml");
    let before = readings(&door);
    assert_eq!(before.len(), 3);
    let whole = apple("", &[night(2), night(3)].concat());
    let second = whole.rfind("<Record").unwrap();
    // between two pieces of the night, within the second, and before its last sign; alone and in its archive
    for cut in [
        second,
        second + 60,
        whole.len() - "/>\n</HealthData>\n".len(),
    ] {
        put(&door, "cut.xml", &whole[..cut]);
        zipped(
            &door,
            "cut.zip",
            &[("apple_health_export/export.xml", &whole.as_bytes()[..cut])],
        );
        for line in [
            "import cut.xml",
            "import cut.zip",
            "import cut.xml --skip-bad",
        ] {
            let said = door.refused(2, line);
            assert!(
                said.contains("export.xml: it is damaged")
                    || said.contains("cut.xml: it is damaged"),
                "{said}"
            );
            assert!(said.contains("export it again"), "{said}");
            assert_eq!(readings(&door), before);
        }
    }
    put(&door, "whole.xml", &whole);
    door.ok("import whole.xml");
    assert_eq!(readings(&door).len(), 6);
    // an export made in the middle of the night is whole, and gives way to the next one
    let door = Door::at(NOW);
    let early = apple("", &piece("02 23:00:00", "03 02:00:00"));
    let early = early.replace("2026-04-20 08:00:00", "2026-04-03 02:10:00");
    put(&door, "early.xml", early);
    door.ok("import early.xml");
    assert_eq!(readings(&door)[1], "2026-04-02 bed 660 0.59");
    assert_eq!(readings(&door)[2], "2026-04-02 up 840 0.59");
    put(&door, "whole.xml", &whole);
    let said = door.ok("import whole.xml");
    assert!(said.contains("3 new, 3 changed, 0 already there"), "{said}");
    assert_eq!(readings(&door)[2], "2026-04-02 up 1080");
    door.ok("import early.xml");
    assert_eq!(readings(&door)[2], "2026-04-02 up 1080");
}

#[test]
fn of_very_many_bad_rows_all_are_counted_and_the_first_are_named() {
    let door = Door::at(NOW);
    let mut rows = String::from("At,Pain\n");
    for n in 0..25_000 {
        writeln!(rows, "someday {n},5").unwrap();
    }
    put(&door, "bad.csv", &rows);
    let line = "import bad.csv --map when=At --map pain=Pain --tz Europe/London";
    let said = door.refused(2, line);
    assert!(
        said.contains("refused: bad.csv:2: 'someday 0': At: not a time"),
        "{said}"
    );
    assert!(said.contains("refused: and 24980 more"), "{said}");
    assert!(
        said.contains("only the first 20000 rows that cannot be taken are named"),
        "{said}"
    );
    assert!(
        said.contains("25000 rows could not be taken; nothing was written"),
        "{said}"
    );
    assert!(!door.diary().exists());
    let said = door.run(&format!("{line} --json"));
    let refused = said.json()["refused"].as_array().unwrap().len();
    assert_eq!((said.code, refused), (2, 20_000));
    // a thermometer's file of which so much is wrong is no such file
    let rows = rows.replace("At,Pain", "Timestamp,Temperature_Celsius");
    put(&door, "bad.csv", rows);
    let said = door.refused(2, "import bad.csv --tz Europe/London");
    assert!(
        said.contains("more than 10000 of its rows cannot be taken, the first of them bad.csv:2"),
        "{said}"
    );
    assert!(!door.diary().exists());
}

#[test]
fn more_cramps_than_anyone_writes_down_are_not_taken() {
    let door = Door::at(NOW);
    let mut rows = String::from("At,Pain\n");
    for n in 0..=100_000 {
        let (day, rest) = (n / 1_440 % 28 + 1, n % 1_440);
        writeln!(
            rows,
            "{}-03-{day:02} {:02}:{:02},5",
            1990 + n / 40_320,
            rest / 60,
            rest % 60
        )
        .unwrap();
    }
    put(&door, "many.csv", rows);
    let line = "import many.csv --map when=At --map pain=Pain --tz Europe/London";
    let said = door.refused(2, line);
    assert!(
        said.contains("it tells of more cramps than anyone writes down"),
        "{said}"
    );
    assert!(!door.diary().exists());
}

#[test]
fn a_long_import_shows_how_far_it_is_on_a_terminal() {
    let mut door = Door::at(NOW);
    let mut rows = String::from("Timestamp,Temperature_Celsius,Relative_Humidity\n");
    for n in 0..20_000 {
        let (day, minute) = (n / 1_440, n % 1_440);
        writeln!(
            rows,
            "2026-04-{:02} {:02}:{:02}:00,18,50",
            day + 1,
            minute / 60,
            minute % 60
        )
        .unwrap();
    }
    put(&door, "all/govee.csv", rows);
    // what else lies there makes it long, and takes no place on the disk
    let beside = fs::File::create(door.folder().join("all/beside.bin")).unwrap();
    beside.set_len(65 << 20).unwrap();
    let line = "import all --tz Europe/London --dry-run";
    let quiet = door.run(line);
    assert!(!quiet.err.contains("reading"), "{}", quiet.err);
    door.on_terminal(true, 80);
    let said = door.run(line);
    assert_eq!((said.code, &said.out), (0, &quiet.out));
    let bar = |share: usize| format!("reading [{:<30}] {share} %", "#".repeat(30 * share / 100));
    let lines: Vec<&str> = said.err.lines().next().unwrap().split('\r').collect();
    let expected: Vec<String> = (1..=100).map(bar).collect();
    assert_eq!(lines[0], "");
    assert_eq!(lines[1..], expected);
    // neither with --plain nor where it is short
    let plain = door.run(&format!("{line} --plain"));
    assert!(!plain.err.contains("reading ["), "{}", plain.err);
    let short = door.run("import all/govee.csv --tz Europe/London --dry-run");
    assert!(!short.err.contains("reading ["), "{}", short.err);
}

#[test]
fn the_name_of_a_sensor_is_not_kept_in_the_history() {
    let door = Door::at(NOW);
    let rows = "Timestamp,Temperature_Celsius\n2026-04-02 23:00:00,17\n2026-04-03 01:00:00,17\n";
    put(&door, "govee.csv", rows);
    for line in [
        "import govee.csv --tz Europe/London --entity \"Annas room\"",
        "import govee.csv --entity=Annasroom --tz Europe/London",
    ] {
        door.ok(line);
    }
    let history = door.ok("history");
    for kept in [
        "import govee.csv --tz Europe/London --entity …",
        "import govee.csv --entity=… --tz Europe/London",
    ] {
        assert!(history.contains(kept), "{history}");
    }
    let mut files = vec![door.diary()];
    let beside = fs::read_dir(door.diary().parent().unwrap()).unwrap();
    files.extend(
        beside
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file()),
    );
    for file in files {
        let bytes = fs::read(&file).unwrap();
        assert!(
            !bytes.windows(5).any(|b| b == b"Annas"),
            "{}",
            file.display()
        );
    }
    // nor in a mapping that is kept, which reads no sensor
    put(&door, "points.csv", "At,Pain\n2026-04-02 23:00,5\n");
    door.ok("import points.csv --map when=At --map pain=Pain --tz Europe/London --entity Annas --save mine");
    let bytes = fs::read(door.diary()).unwrap();
    assert!(!bytes.windows(5).any(|b| b == b"Annas"));
    // other words are kept as they were typed
    door.ok("event \"took --entity\"");
    assert!(door.ok("history").contains("took --entity"));
}

#[test]
fn two_files_of_one_name_in_an_archive_are_refused() {
    let door = Door::at(NOW);
    let rows = "Timestamp,Temperature_Celsius\n2026-04-02 23:00:00,17\n";
    let other = rows.replace("17", "16");
    let night = b"night,outcome\n2026-04-02,calm\n";
    for (file, first, second, content, more) in [
        (
            "sensor.zip",
            "a.csv",
            "b.csv",
            rows.as_bytes(),
            other.as_bytes(),
        ),
        (
            "diary.zip",
            "nights.csv",
            "nightz.csv",
            &night[..],
            &night[..],
        ),
    ] {
        zipped(&door, file, &[(first, content), (second, more)]);
        let path = door.folder().join(file);
        let bytes = fs::read(&path).unwrap();
        // no program writes this, so a name is written over: in front of its file, and in the list at the end
        let (from, to) = (second.as_bytes(), first.as_bytes());
        let mut twice = bytes.clone();
        let places = (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from));
        let places: Vec<usize> = places.collect();
        assert_eq!(places.len(), 2);
        for at in places {
            twice[at..at + to.len()].copy_from_slice(to);
        }
        fs::write(&path, &twice).unwrap();
        for line in ["--tz Europe/London", "--dry-run", "--skip-bad"] {
            let said = door.run(&format!("import {file} {line}"));
            assert_ne!(said.code, 0);
            assert!(
                said.err.contains("holds two files of one name"),
                "{}",
                said.err
            );
            assert!(
                said.err.contains("unpack it with another program"),
                "{}",
                said.err
            );
        }
    }
    assert!(!door.diary().exists());
}
