//! What thermometers export, brought in by the door. The files are made here in the shapes that exports of the makers' apps
//! have: names of columns, byte-order marks, quotes, semicolons, local times and units as each format's own file says.

use std::fmt::Write;
use std::fs;

use crate::store::Store;
use crate::tests::door::Door;

const NOW: &str = "2026-04-20T08:00:00Z";

fn put(door: &Door, name: &str, content: impl AsRef<[u8]>) {
    let path = door.folder().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// What the diary keeps of devices, a line a reading.
fn readings(door: &Door) -> Vec<String> {
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let kept = store.read(None).unwrap().readings;
    let line = |r: &crate::diary::Reading| {
        let (night, factor, source, value) = (r.night, &r.factor, &r.source, r.value);
        let (unit, covered) = (r.unit.as_deref().unwrap_or(""), r.coverage.unwrap_or(1.0));
        format!("{night} {factor} {value} {unit} {covered} {source}")
    };
    kept.iter().map(line).collect()
}

/// Rows of the nights from 1 April on, from 20:00 to 08:00, every 15 minutes: 19 ° falling to 16.5 ° at 04:00. Times are
/// what the clock of London showed.
fn samples(nights: u32, mut row: impl FnMut(&mut String, chrono::NaiveDateTime, f64)) -> String {
    let mut text = String::new();
    let noon = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
    for night in 0..nights {
        let start = noon.and_hms_opt(20, 0, 0).unwrap() + chrono::Days::new(night.into());
        for quarter in 0..48 {
            let at = start + chrono::Duration::minutes(15 * quarter);
            let celsius = 16.5 + (quarter as f64 - 32.0).abs() / 32.0 * 2.5;
            row(&mut text, at, celsius);
        }
    }
    text
}

fn govee(nights: u32) -> String {
    let rows = samples(nights, |text, at, celsius| {
        writeln!(text, "{},{celsius},50.1", at.format("%Y-%m-%d %H:%M:%S")).unwrap();
    });
    let header =
        "Timestamp for sample frequency every 15 min min, Temperature_Celsius,Relative_Humidity";
    format!("\u{feff}{header}\n{rows}")
}

#[test]
fn each_maker_gives_the_same_nights() {
    let expected = |source: &str| {
        let nights = ["2026-04-01", "2026-04-02"];
        nights.map(|night| format!("{night} room 16.5 °C 1 {source}"))
    };
    let switchbot = samples(2, |text, at, celsius| {
        let at = at.format("%Y-%m-%d %H:%M:%S");
        writeln!(text, "\"{at}\",\"{celsius}\",\"\",\"9.1\",\"8.0\",\"0.9\"").unwrap();
    });
    let fahrenheit = samples(2, |text, at, celsius| {
        let (at, said) = (at.format("%Y-%m-%d %H:%M:%S"), celsius * 1.8 + 32.0);
        writeln!(text, "{at},{said:.2},36").unwrap();
    });
    let day_first = samples(2, |text, at, celsius| {
        let at = at.format("%d/%m/%Y %-I:%M:%S %p");
        writeln!(text, "{at},\"\",\"{celsius}\",\"50\",\"1013\"").unwrap();
    });
    let month_first = samples(2, |text, at, celsius| {
        let (at, said) = (at.format("%m/%d/%Y %-H:%M:%S"), celsius * 1.8 + 32.0);
        writeln!(text, "{at},\"600\",\"{said:.3}\",\"50\",\"759\"").unwrap();
    });
    let files = [
        ("govee", "govee.csv", govee(2)),
        (
            "govee",
            "bare.csv",
            format!("Timestamp,Temperature_Fahrenheit,Relative_Humidity\r\n{fahrenheit}"),
        ),
        (
            "switchbot",
            "meter.csv",
            format!(
                "\u{feff}\"Timestamp\",\"Temperature_Celsius(°C)\",\"Relative_Humidity(%)\",\
                 \"Absolute_Humidity(g/m³)\",\"DPT_Celsius(°C)\",\"VPD(kPa)\"\r\n{switchbot}"
            ),
        ),
        (
            "aranet4",
            "day.csv",
            format!(
                "Time(dd/mm/yyyy),Carbon dioxide(ppm),Temperature(°C),Relative humidity(%),Atmospheric \
                 pressure(hPa)\n{}",
                day_first.trim_end()
            ),
        ),
        (
            "aranet4",
            "month.csv",
            format!(
                "Time(MM/DD/YYYY H:mm:ss),Carbon dioxide(ppm),Temperature(°F),Relative \
                 humidity(%),Atmospheric pressure(mmHg)\n{month_first}"
            ),
        ),
    ];
    for (format, name, text) in files {
        let door = Door::at(NOW);
        put(&door, name, &text);
        let asked = door.refused(2, &format!("import {name}"));
        assert!(asked.contains("have no zone"), "{name}: {asked}");
        assert!(asked.contains("--tz Europe/London"), "{name}: {asked}");
        assert!(!door.diary().exists(), "{name}");
        let dry = door.ok(&format!("import {name} --tz Europe/London --dry-run"));
        let whole = format!(
            "{name}: {format}, 96 rows\n{format}  2 new, 0 changed, 0 already there\n\
             It is about 2 nights.\nNothing was written (--dry-run).\n"
        );
        assert_eq!(dry, whole);
        assert!(!door.diary().exists(), "{name}");
        door.ok(&format!("import {name} --tz Europe/London"));
        assert_eq!(readings(&door), expected(format), "{name}");
        let again = door.ok(&format!("import {name} --tz Europe/London"));
        assert!(
            again.contains("0 new, 0 changed, 2 already there"),
            "{again}"
        );
        door.ok("undo");
        assert!(readings(&door).is_empty(), "{name}");
    }
}

fn netatmo(lines: &str) -> String {
    let rows = samples(2, |text, at, celsius| {
        // summer time: an hour before London's clock in UTC, and Berlin's an hour after
        let (utc, local) = (
            at.and_utc().timestamp() - 3600,
            at + chrono::Duration::hours(1),
        );
        let local = local.format("%Y/%m/%d %H:%M:%S");
        writeln!(text, "{utc};\"{local}\";{celsius};46;981;32;").unwrap();
    });
    let header = "Timestamp;\"Timezone : Europe/London\";Temperature;Humidity;CO2;Noise;Pressure";
    format!("{lines}{header}\n{rows}")
}

#[test]
fn a_home_s_place_is_passed_over() {
    let lines = "Name;Long;Lat;ModuleName;ModuleType\n\"Home of Ann\";50.85,7.13;;Indoor\n";
    for lines in [lines, ""] {
        let door = Door::at(NOW);
        put(&door, "Indoor.csv", netatmo(lines));
        let asked = door.refused(2, "import Indoor.csv");
        assert!(asked.contains("unit of its temperatures"), "{asked}");
        assert!(asked.contains("--unit C or --unit F"), "{asked}");
        let wrong = door.refused(2, "import Indoor.csv --unit K");
        assert!(wrong.contains("'K' is no unit"), "{wrong}");
        let said = door.ok("import Indoor.csv --unit C");
        assert!(!said.contains("50.85") && !said.contains("Ann"), "{said}");
        assert_eq!(
            readings(&door),
            [
                "2026-04-01 room 16.5 °C 1 netatmo",
                "2026-04-02 room 16.5 °C 1 netatmo"
            ]
        );
        let file = fs::read(door.diary()).unwrap();
        assert!(!file.windows(5).any(|bytes| bytes == b"50.85"));
    }
    let door = Door::at(NOW);
    let rain = "Timestamp;\"Timezone : Europe/Berlin\";sum_rain\n1743500000;\"2026/04/01\";0.2\n";
    put(&door, "rain.csv", rain);
    let said = door.refused(2, "import rain.csv --unit C");
    assert!(
        said.contains("none of its columns is a temperature"),
        "{said}"
    );
    assert!(!door.diary().exists());
}

#[test]
fn an_order_of_day_and_month_is_never_guessed() {
    let door = Door::at(NOW);
    let text = "Time,Carbon dioxide(ppm),Temperature(°C)\n03/04/2026 22:00:00,\"600\",\"18\"\n";
    put(&door, "open.csv", text);
    let said = door.refused(2, "import open.csv --tz Europe/London");
    assert!(
        said.contains("whether the day or the month comes first"),
        "{said}"
    );
    for (order, night) in [("dmy", "2026-04-03"), ("mdy", "2026-03-04")] {
        let door = Door::at(NOW);
        put(&door, "open.csv", text);
        door.ok(&format!(
            "import open.csv --tz Europe/London --date-order {order}"
        ));
        let kept = readings(&door);
        assert!(kept.len() == 1 && kept[0].starts_with(night), "{kept:?}");
    }
    // nor is a unit
    let text =
        "Time(dd/mm/yyyy),Carbon dioxide(ppm),Temperature\n03/04/2026 22:00:00,\"600\",\"18\"\n";
    put(&door, "open.csv", text);
    let said = door.refused(2, "import open.csv --tz Europe/London");
    assert!(said.contains("unit of its temperatures"), "{said}");
    assert!(!door.diary().exists());
}

#[test]
fn what_no_bedroom_can_be_is_refused_by_line() {
    let door = Door::at(NOW);
    let mut text = govee(1);
    text.push_str("2026-04-02 08:00:00,-200,50\n2026-04-02 08:15:00,,\nyesterday,18,50\n2027-01-01 00:00:00,18,50");
    put(&door, "govee.csv", &text);
    let said = door.run("import govee.csv --tz Europe/London");
    assert_eq!(said.code, 2);
    for refused in [
        "refused: govee.csv:50: '-200': temperature: no bedroom is like this; −20 to 50 °C is taken",
        "refused: govee.csv:52: 'yesterday': time: not a time",
        "refused: govee.csv:53: '2027-01-01 00:00:00': time: it lies in the future",
        "3 rows could not be taken; nothing was written",
    ] {
        assert!(said.err.contains(refused), "{refused}\n{}", said.err);
    }
    assert!(!door.diary().exists());
    let said = door.run("import govee.csv --tz Europe/London --skip-bad");
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(readings(&door), ["2026-04-01 room 16.5 °C 1 govee"]);
}

#[test]
fn a_file_that_covers_no_night_says_so() {
    let door = Door::at(NOW);
    let header = "Timestamp,Temperature_Celsius,Relative_Humidity";
    put(
        &door,
        "day.csv",
        format!("{header}\n2026-04-02 14:00:00,18,50\n"),
    );
    let said = door.ok("import day.csv --tz Europe/London");
    let whole =
        "day.csv: govee, 1 row\nIt says nothing about a night in bed.\nNothing was written.\n";
    assert_eq!(said, whole);
    assert!(!door.diary().exists() || readings(&door).is_empty());
}

#[test]
fn an_hour_shown_twice_is_two_hours() {
    // the clocks went back on 26 October 2025; the room grew cold in the second hour that showed 01:00 to 02:00
    let header = "Timestamp,Temperature_Celsius,Relative_Humidity\n";
    let rows = [
        ("2025-10-25 22:00", 18.0),
        ("2025-10-25 23:00", 18.0),
        ("2025-10-26 00:00", 18.0),
        ("2025-10-26 01:00", 17.0),
        ("2025-10-26 01:30", 17.0),
        ("2025-10-26 01:00", 12.0),
        ("2025-10-26 01:30", 12.0),
        ("2025-10-26 02:00", 18.0),
        ("2025-10-26 03:00", 18.0),
        ("2025-10-26 04:00", 18.0),
        ("2025-10-26 05:00", 18.0),
        ("2025-10-26 06:00", 18.0),
    ];
    let line = |(at, celsius): &(&str, f64)| format!("{at}:00,{celsius},50\n");
    let rising: String = rows.iter().map(line).collect();
    let falling: String = rows.iter().rev().map(line).collect();
    for rows in [rising, falling] {
        let door = Door::at(NOW);
        put(&door, "night.csv", format!("{header}{rows}"));
        door.ok("night 2025-10-25 calm bed=01:45 up=07:00");
        // in bed from the first 01:45, so the first hour at 17 ° counts for a quarter, the second at 12 ° in full
        door.ok("import night.csv --tz Europe/London");
        assert_eq!(readings(&door), ["2025-10-25 room 12 °C 1 govee"]);
        door.ok("undo");
        // without the second hour there is a gap of an hour in the night
        let first: String = rows
            .lines()
            .filter(|l| !l.contains(",12,"))
            .map(|l| format!("{l}\n"))
            .collect();
        put(&door, "night.csv", format!("{header}{first}"));
        door.ok("import night.csv --tz Europe/London");
        assert_eq!(readings(&door), ["2025-10-25 room 17 °C 1 govee"]);
    }
}

#[test]
fn an_export_cut_off_in_the_night_does_not_replace_the_whole_night() {
    let door = Door::at(NOW);
    let whole = govee(2);
    let cut: String = whole
        .lines()
        .take(1 + 48 + 20)
        .map(|l| format!("{l}\n"))
        .collect();
    put(&door, "cut.csv", &cut);
    put(&door, "whole.csv", &whole);
    door.ok("import cut.csv --tz Europe/London");
    let first = readings(&door);
    assert_eq!(first.len(), 2);
    assert_ne!(
        first[1], "2026-04-02 room 16.5 °C 1 govee",
        "only the evening was read"
    );
    let said = door.run("import whole.csv --tz Europe/London");
    assert!(
        said.out.contains("0 new, 1 changed, 1 already there"),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("room of the night of 2026-04-02 was"),
        "{}",
        said.err
    );
    let full = readings(&door);
    assert_eq!(full[1], "2026-04-02 room 16.5 °C 1 govee");
    let again = door.ok("import cut.csv --tz Europe/London");
    assert!(
        again.contains("0 new, 0 changed, 2 already there"),
        "{again}"
    );
    assert_eq!(readings(&door), full);
}

#[test]
fn two_sensors_are_not_mixed() {
    let door = Door::at(NOW);
    let bedroom = govee(2);
    // the same times, another room
    let kitchen = samples(2, |text, at, celsius| {
        writeln!(
            text,
            "{},{},50.1",
            at.format("%Y-%m-%d %H:%M:%S"),
            celsius + 5.0
        )
        .unwrap();
    });
    let kitchen = format!("Timestamp,Temperature_Celsius,Relative_Humidity\n{kitchen}");
    put(&door, "rooms/bedroom.csv", &bedroom);
    put(&door, "rooms/kitchen.csv", &kitchen);
    let said = door.refused(2, "import rooms --tz Europe/London");
    assert!(
        said.contains("kitchen.csv: it is of another sensor"),
        "{said}"
    );
    assert!(!door.diary().exists());
    // an overlapping export of the same sensor is no other, though a few rows were corrected since
    let later = bedroom.replacen(",16.5,", ",16.4,", 1);
    put(&door, "same/1.csv", &bedroom);
    put(&door, "same/2.csv", &later);
    door.ok("import same --tz Europe/London");
    assert_eq!(readings(&door)[0], "2026-04-01 room 16.4 °C 1 govee");
    // by a name of the person's own both can be kept; the name is not
    door.ok("import rooms/kitchen.csv --tz Europe/London --entity kitchen");
    let kept = readings(&door);
    assert_eq!(kept.len(), 4, "{kept:?}");
    assert!(kept.iter().any(|r| r.contains("govee:")), "{kept:?}");
    assert!(!kept.iter().any(|r| r.contains("kitchen")), "{kept:?}");
}

#[test]
fn what_the_person_said_counts_first_and_both_are_shown() {
    let door = Door::at(NOW);
    put(&door, "govee.csv", govee(2));
    door.ok("night 2026-04-01 calm room=19.5C");
    door.ok("import govee.csv --tz Europe/London");
    let list = door.ok("list --since 2026-04-01 --until 2026-04-02");
    assert!(list.contains("19.5 °C"), "{list}");
    assert!(list.contains("room=16.5 °C (govee)"), "{list}");
    let said = door.ok("export out");
    let kept = fs::read_to_string(door.folder().join("out/context.csv")).unwrap();
    assert!(kept.contains("2026-04-01,room,19.5"), "{said}{kept}");
    assert!(!kept.contains("2026-04-02,room"), "{kept}");
    let undone = door.ok("undo");
    assert!(readings(&door).is_empty(), "{undone}");
    assert!(
        door.ok("list --since 2026-04-01 --until 2026-04-02")
            .contains("19.5 °C")
    );
}

#[test]
fn thermopro_s_order_of_day_and_month_is_asked_for() {
    let rows = |form: &str, dash: &str| {
        let mut text = samples(2, |text, at, celsius| {
            writeln!(text, "{},{celsius},50", at.format(form)).unwrap();
        });
        // out of reach, and without an end of line
        write!(text, "{dash},-,-").unwrap();
        text
    };
    let header = "Timestamp for sample frequency every 1 min\n\u{feff}Date,Time,Temperature_Celsius,Relative_Humidity(%),\n";
    let name = "ThermoProSensor_export_Annas_02042026.csv";
    let (day, month) = (
        rows("%d/%m/%Y,%H:%M", "02/04/2026,08:00"),
        rows("%m/%d/%Y,%-I:%M:%S %p", "04/02/2026,8:00:00 AM"),
    );
    for (order, rows) in [("dmy", day), ("mdy", month)] {
        let door = Door::at(NOW);
        put(&door, name, format!("{header}{rows}"));
        let asked = door.refused(2, &format!("import {name} --tz Europe/London"));
        assert!(
            asked.contains("whether the day or the month comes first"),
            "{asked}"
        );
        assert!(
            asked.contains("--date-order dmy or --date-order mdy"),
            "{asked}"
        );
        let asked = door.refused(2, &format!("import {name} --date-order {order}"));
        assert!(asked.contains("have no zone"), "{asked}");
        assert!(!door.diary().exists());
        let said = door.ok(&format!(
            "import {name} --tz Europe/London --date-order {order}"
        ));
        assert!(said.contains("thermopro, 97 rows"), "{said}");
        let expected = ["2026-04-01", "2026-04-02"];
        assert_eq!(
            readings(&door),
            expected.map(|night| format!("{night} room 16.5 °C 1 thermopro"))
        );
        assert!(!door.ok("list --json").contains("Annas"));
    }
    // days beyond the twelfth show that it is the other way round
    let door = Door::at(NOW);
    put(&door, name, format!("{header}18/04/2026,23:00,17,50\n"));
    let said = door.refused(
        2,
        &format!("import {name} --tz Europe/London --date-order mdy"),
    );
    assert!(
        said.contains("'18/04/2026 23:00': time: not a time with the month first"),
        "{said}"
    );
    // by its header alone, without a unit
    put(
        &door,
        "plain.csv",
        "Date,Time,Temperature,Humidity\n18/04/2026,23:00,17,50\n",
    );
    let said = door.refused(2, "import plain.csv --tz Europe/London --date-order dmy");
    assert!(said.contains("--unit C or --unit F"), "{said}");
    let said = door.ok("import plain.csv --tz Europe/London --date-order dmy --unit C");
    assert!(
        said.contains("plain.csv: probably thermopro, 1 row"),
        "{said}"
    );
}
