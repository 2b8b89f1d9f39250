//! What phones and watches export, brought in by the door. The files are made here: Apple Health with the elements of its
//! document type, Health Connect with the tables of its Android module, Fitbit and Sleep as Android with the fields their
//! pages for developers name.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;

use rusqlite::Connection;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::store::Store;
use crate::tests::door::Door;

const NOW: &str = "2026-04-20T08:00:00Z";

pub(super) fn put(door: &Door, name: &str, content: impl AsRef<[u8]>) {
    let path = door.folder().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// An archive of these files.
pub(super) fn zipped(door: &Door, name: &str, files: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(File::create(door.folder().join(name)).unwrap());
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
}

pub(super) fn readings(door: &Door) -> Vec<String> {
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let kept = store.read(None).unwrap().readings;
    let line = |r: &crate::diary::Reading| {
        let covered = r
            .coverage
            .map(|share| format!(" {share}"))
            .unwrap_or_default();
        format!("{} {} {}{covered}", r.night, r.factor, r.value)
    };
    let mut lines: Vec<String> = kept.iter().map(line).collect();
    lines.sort();
    lines
}

/// A document type as phones write it.
const TYPE: &str = "<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n\
    <!ATTLIST HealthData locale CDATA #REQUIRED>\n<!-- a comment > with a bracket -->\n]>\n";

pub(super) fn apple(kind: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{kind}<HealthData locale=\"en_GB\">\n \
         <ExportDate value=\"2026-04-20 08:00:00 +0100\"/>\n \
         <Me HKCharacteristicTypeIdentifierDateOfBirth=\"1958-05-20\"/>\n{inside}</HealthData>\n"
    )
}

pub(super) fn record(kind: &str, source: &str, from: &str, to: &str, value: &str) -> String {
    format!(
        " <Record type=\"HK{kind}\" sourceName=\"Ann\u{a0}Other’s {source}\" startDate=\"{from}\" endDate=\"{to}\" {value}/>\n"
    )
}

const SLEEP: &str = "CategoryTypeIdentifierSleepAnalysis";
pub(super) const STEPS: &str = "QuantityTypeIdentifierStepCount";
const EXERCISE: &str = "QuantityTypeIdentifierAppleExerciseTime";

pub(super) fn sleep(source: &str, from: &str, to: &str, stage: &str) -> String {
    let value = format!("value=\"HKCategoryValueSleepAnalysis{stage}\"");
    record(SLEEP, source, from, to, &value)
}

/// A night of a phone and a watch, and the day after it.
fn days() -> String {
    let at = |clock: &str| format!("2026-04-{clock} +0100");
    let mut text = String::new();
    for (source, from, to, stage) in [
        ("iPhone", "02 22:40:00", "03 07:10:00", "InBed"),
        ("iPhone", "02 22:50:00", "03 06:50:00", "AsleepUnspecified"),
        ("Watch", "02 23:00:00", "03 01:00:00", "AsleepCore"),
        ("Watch", "03 00:30:00", "03 02:00:00", "AsleepDeep"),
        ("Watch", "03 02:00:00", "03 02:20:00", "Awake"),
        ("Watch", "03 02:20:00", "03 06:30:00", "AsleepREM"),
        // a nap is no night
        ("Watch", "03 14:00:00", "03 14:50:00", "AsleepCore"),
    ] {
        text.push_str(&sleep(source, &at(from), &at(to), stage));
    }
    for (source, clock, value) in [
        ("iPhone", "09", 1000),
        ("Watch", "09", 1200),
        ("Watch", "17", 3300),
    ] {
        let (from, to) = (
            at(&format!("03 {clock}:00:00")),
            at(&format!("03 {clock}:30:00")),
        );
        let steps = record(
            STEPS,
            source,
            &from,
            &to,
            &format!("unit=\"count\" value=\"{value}\""),
        );
        text.push_str(&steps);
    }
    // said twice, counts once
    let minute = record(
        EXERCISE,
        "Watch",
        &at("03 18:00:00"),
        &at("03 18:01:00"),
        "unit=\"min\" value=\"1\"",
    );
    write!(text, "{minute}{minute}").unwrap();
    let times = |from: &str, to: &str| format!("startDate=\"{}\" endDate=\"{}\"", at(from), at(to));
    write!(
        text,
        " <Workout workoutActivityType=\"HKWorkoutActivityTypeWalking\" {}>\n  <WorkoutStatistics sum=\"1\"/>\n \
         </Workout>\n <Workout {}/>\n",
        times("03 18:00:00", "03 18:30:00"),
        times("03 18:20:00", "03 18:45:00"),
    )
    .unwrap();
    // within another it stands a second time
    let water = "unit=\"mL\" value=\"250\"";
    let water = record(
        "QuantityTypeIdentifierDietaryWater",
        "App",
        &at("03 10:00:00"),
        &at("03 10:00:00"),
        water,
    );
    write!(
        text,
        " <Correlation type=\"HKCorrelationTypeIdentifierFood\">{water}</Correlation>\n{water}"
    )
    .unwrap();
    let food = "unit=\"mg\" value=\"300\"";
    text.push_str(&record(
        "QuantityTypeIdentifierDietaryMagnesium",
        "App",
        &at("03 10:00:00"),
        &at("03 10:00:00"),
        food,
    ));
    text
}

const EXPECTED: [&str; 6] = [
    "2026-04-02 asleep 430",
    "2026-04-02 bed 640",
    "2026-04-02 up 1150",
    "2026-04-03 exercise 45",
    "2026-04-03 fluid 250",
    "2026-04-03 steps 4500",
];

#[test]
fn nights_and_days_of_a_phone_and_a_watch() {
    for kind in [TYPE, "", "<!DOCTYPE HealthData SYSTEM \"export.dtd\">\n"] {
        let door = Door::at(NOW);
        put(&door, "export.xml", apple(kind, &days()));
        let dry = door.ok("import export.xml --dry-run");
        assert!(dry.contains("export.xml: apple-health, 16 rows"), "{dry}");
        assert!(dry.contains("It is about 2 nights."), "{dry}");
        assert!(!door.diary().exists());
        door.ok("import export.xml");
        assert_eq!(readings(&door), EXPECTED);
        let list = door.ok("list --since 2026-04-02 --until 2026-04-03");
        assert!(list.contains("bed=22:40 (apple-health)"), "{list}");
        assert!(list.contains("up=07:10 (apple-health)"), "{list}");
        let file = fs::read(door.diary()).unwrap();
        assert!(
            !file.windows(3).any(|bytes| bytes == b"Ann"),
            "the owner's name"
        );
        let again = door.ok("import export.xml");
        assert!(
            again.contains("0 new, 0 changed, 6 already there"),
            "{again}"
        );
        door.ok("undo");
        assert!(readings(&door).is_empty());
    }
    // in its archive, beside what is left alone
    let door = Door::at(NOW);
    let text = apple(TYPE, &days());
    let other = b"<?xml version=\"1.0\"?><ClinicalDocument/>";
    let files: [(&str, &[u8]); 2] = [
        ("apple_health_export/Exportieren.xml", text.as_bytes()),
        ("apple_health_export/export_cda.xml", other),
    ];
    zipped(&door, "export.zip", &files);
    let said = door.run("import export.zip --factor magnesium");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err
            .contains("left alone: apple_health_export/export_cda.xml"),
        "{}",
        said.err
    );
    let kept = readings(&door);
    assert!(
        kept.contains(&"2026-04-03 magnesium 300".to_string()),
        "{kept:?}"
    );
    assert_eq!(kept.len(), 7);
}

#[test]
fn the_instant_counts_and_not_the_clock_in_the_text() {
    // exported in summer, a January night is written an hour late: 00:55 on 1 January was 23:55 on 31 December
    let night = |zone: &str| {
        let inside = format!("<MetadataEntry key=\"HKTimeZone\" value=\"{zone}\"/>");
        sleep(
            "Watch",
            "2026-01-01 00:55:00 +0200",
            "2026-01-01 08:55:00 +0200",
            "AsleepCore",
        )
        .replace("/>\n", &format!(">{inside}</Record>\n"))
    };
    let expected = [
        "2025-12-31 asleep 480",
        "2025-12-31 bed 715",
        "2025-12-31 up 1195",
    ];
    let door = Door::at(NOW);
    put(&door, "export.xml", apple("", &night("Europe/Amsterdam")));
    door.ok("import export.xml");
    assert_eq!(readings(&door), expected);
    // without a zone of its own: that of --tz, else that of this computer
    let bare = night("").replace("HKTimeZone", "Other");
    for (line, bed) in [
        ("import export.xml --tz Europe/Amsterdam", 715),
        ("import export.xml", 655),
    ] {
        let door = Door::at(NOW);
        put(&door, "export.xml", apple("", &bare));
        door.ok(line);
        assert!(
            readings(&door).contains(&format!("2025-12-31 bed {bed}")),
            "{line}"
        );
    }
}

#[test]
fn someone_else_s_export_is_asked_about() {
    let door = Door::at(NOW);
    put(&door, "export.xml", apple(TYPE, &days()));
    door.ok("me born=1960");
    let said = door.refused(2, "import export.xml");
    assert!(
        said.contains("someone born in 1958, and this diary of someone born in 1960"),
        "{said}"
    );
    assert!(said.contains("--mine"), "{said}");
    door.ok("import export.xml --mine");
    assert_eq!(readings(&door), EXPECTED);
    let door = Door::at(NOW);
    put(&door, "export.xml", apple(TYPE, &days()));
    door.ok("me born=1958");
    door.ok("import export.xml");
}

#[test]
fn what_has_no_unit_is_refused() {
    let door = Door::at(NOW);
    let at = "2026-04-03 10:00:00 +0100";
    for (value, reason) in [
        ("value=\"10\"", "it has no unit"),
        (
            "value=\"10\" unit=\"furlong\"",
            "not in a unit that is known for it",
        ),
        ("value=\"many\" unit=\"count\"", "not a number"),
        ("value=\"-5\" unit=\"count\"", "no one does as much"),
    ] {
        put(
            &door,
            "export.xml",
            apple("", &record(STEPS, "App", at, at, value)),
        );
        let said = door.refused(2, "import export.xml");
        assert!(said.contains(reason), "{value}: {said}");
    }
    put(
        &door,
        "export.xml",
        apple(
            "",
            &record(STEPS, "App", "soon", at, "value=\"1\" unit=\"count\""),
        ),
    );
    let said = door.refused(2, "import export.xml");
    assert!(said.contains("not two times"), "{said}");
    assert!(!door.diary().exists());
}

#[test]
fn hostile_and_damaged_files_change_nothing() {
    let door = Door::at(NOW);
    let whole = apple(TYPE, &days());
    let laughs = "<!DOCTYPE HealthData [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n";
    let deep = "<a>".repeat(1000);
    let long = format!("<Record type=\"{}\"/>", "x".repeat(5_000_000));
    for (text, reason) in [
        (apple(laughs, "&b;"), "it declares entities"),
        (whole[..whole.len() / 2].to_string(), "cut off on its way"),
        (whole[..whole.len() - 14].to_string(), "cut off on its way"),
        (apple("", &deep), "stand too deep"),
        (apple("", &long), "longer than any export has"),
        (apple("", "</Record>"), "damaged or was cut off"),
    ] {
        put(&door, "export.xml", text);
        let said = door.refused(2, "import export.xml");
        assert!(said.contains(reason), "{reason}: {said}");
        assert!(!door.diary().exists());
    }
    // an entity that nobody declared is text, and read as such
    put(
        &door,
        "export.xml",
        apple(
            "",
            &sleep(
                "&b;",
                "2026-04-02 23:00:00 +0100",
                "2026-04-03 06:00:00 +0100",
                "Asleep",
            ),
        ),
    );
    door.ok("import export.xml");
    assert_eq!(readings(&door).len(), 3);
    // archives
    let other = Door::at(NOW);
    zipped(&other, "whole.zip", &[("export.xml", whole.as_bytes())]);
    let bytes = fs::read(other.folder().join("whole.zip")).unwrap();
    put(&other, "cut.zip", &bytes[..bytes.len() / 2]);
    let said = other.refused(1, "import cut.zip");
    assert!(
        said.contains("could not be opened as a zip archive"),
        "{said}"
    );
    let said = other.refused(2, "import cut.zip --as apple-health");
    assert!(said.contains("the archive cannot be unpacked"), "{said}");
    let mut bomb = String::from("<HealthData>");
    bomb.push_str(&" ".repeat(300 << 20));
    zipped(&other, "bomb.zip", &[("export.xml", bomb.as_bytes())]);
    assert!(fs::metadata(other.folder().join("bomb.zip")).unwrap().len() < 1 << 20);
    let said = other.refused(2, "import bomb.zip");
    assert!(
        said.contains("longer than any export") || said.contains("far more than it should"),
        "{said}"
    );
    assert!(!other.diary().exists());
}

#[test]
fn a_time_to_bed_that_a_phone_read_is_the_night_the_room_is_measured_in() {
    let door = Door::at(NOW);
    // the room is coldest at 22:30, before the phone says that the night began
    let mut rows = String::from("Timestamp,Temperature_Celsius,Relative_Humidity\n");
    for (at, celsius) in [
        ("02 22:00", 15),
        ("02 22:30", 15),
        ("02 23:00", 18),
        ("03 02:00", 17),
        ("03 05:00", 18),
    ] {
        writeln!(rows, "2026-04-{at}:00,{celsius},50").unwrap();
    }
    put(&door, "all/govee.csv", &rows);
    let night = sleep(
        "Watch",
        "2026-04-02 23:00:00 +0100",
        "2026-04-03 07:00:00 +0100",
        "AsleepCore",
    );
    put(&door, "all/export.xml", apple("", &night));
    door.ok("import all --tz Europe/London");
    assert!(
        readings(&door)
            .iter()
            .any(|r| r.starts_with("2026-04-02 room 17")),
        "{:?}",
        readings(&door)
    );
    // what the person says of their night counts before it
    door.ok("undo");
    door.ok("night 2026-04-02 calm bed=22:00 up=07:00");
    door.ok("import all --tz Europe/London");
    assert!(
        readings(&door)
            .iter()
            .any(|r| r.starts_with("2026-04-02 room 15")),
        "{:?}",
        readings(&door)
    );
}

pub(super) const HEALTH: &str = "
    CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, package_name TEXT, app_name TEXT);
    CREATE TABLE health_data_category_priority_table (row_id INTEGER PRIMARY KEY, health_data_category INTEGER,
        app_id_priority_order TEXT);
    CREATE TABLE sleep_session_record_table (row_id INTEGER PRIMARY KEY, uuid BLOB, start_time INTEGER,
        start_zone_offset INTEGER, end_time INTEGER, end_zone_offset INTEGER, local_date INTEGER,
        local_date_time_start_time INTEGER AS (start_time + 1000 * start_zone_offset), app_info_id INTEGER,
        title TEXT, notes TEXT);
    CREATE TABLE sleep_stages_table (parent_key INTEGER, stage_start_time INTEGER, stage_end_time INTEGER,
        stage_type INTEGER);
    CREATE TABLE exercise_session_record_table (row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER,
        start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, exercise_type INTEGER,
        session_rate_of_perceived_exertion REAL);
    CREATE TABLE Steps_Record_Table (count INTEGER, uuid BLOB, row_id INTEGER PRIMARY KEY, end_time INTEGER,
        start_zone_offset INTEGER, start_time INTEGER, app_info_id INTEGER);
    INSERT INTO sleep_session_record_table (row_id, uuid, start_time, start_zone_offset, end_time, app_info_id, notes)
        VALUES (4, x'01', 1775167200000, 3600, 1775197800000, 1, 'at Ann''s');
    INSERT INTO sleep_stages_table VALUES (4, 1775167200000, 1775178000000, 4), (4, 1775178000000, 1775179200000, 1),
        (4, 1775179200000, 1775197800000, 6);
    INSERT INTO sleep_session_record_table (row_id, uuid, start_time, start_zone_offset, end_time, app_info_id)
        VALUES (5, x'02', 1775253600000, 7200, 1775282400000, 1);
    INSERT INTO exercise_session_record_table VALUES (1, x'03', 2, 1775233800000, 3600, 1775235600000, 56, 1.4e-45);
    INSERT INTO Steps_Record_Table (uuid, app_info_id, start_time, start_zone_offset, end_time, count) VALUES
        (x'04', 1, 1775203200000, 3600, 1775206800000, 4000), (x'05', 2, 1775203200000, 3600, 1775206800000, 3000),
        (x'06', 2, 1775210400000, 3600, 1775214000000, 500);";

#[test]
fn health_connect_counts_steps_once() {
    for (more, steps) in [
        ("", 4000),
        (
            "INSERT INTO health_data_category_priority_table VALUES (1, 1, '2,1')",
            3500,
        ),
    ] {
        let door = Door::at(NOW);
        let path = door.folder().join("health_connect_export.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(HEALTH).unwrap();
        db.execute_batch(more).unwrap();
        drop(db);
        let bytes = fs::read(&path).unwrap();
        zipped(
            &door,
            "Health Connect.zip",
            &[("health_connect_export.db", &bytes)],
        );
        let said = door.ok("import \"Health Connect.zip\"");
        assert!(said.contains("health-connect, 6 rows"), "{said}");
        // 23:00 to 07:30, 20 minutes of it awake; the next night in the zone of Berlin, without stages
        let expected = [
            "2026-04-02 asleep 490".to_string(),
            "2026-04-02 bed 660".to_string(),
            "2026-04-02 up 1170".to_string(),
            "2026-04-03 bed 720".to_string(),
            "2026-04-03 exercise 30".to_string(),
            format!("2026-04-03 steps {steps}"),
            "2026-04-03 up 1200".to_string(),
        ];
        assert_eq!(readings(&door), expected);
        let same = door.ok("import health_connect_export.db");
        assert!(same.contains("0 new, 0 changed, 7 already there"), "{same}");
    }
    // minerals of meals are read only where they are said to be supplements; most meals say nothing of them, one way or
    // the other
    let door = Door::at(NOW);
    let db = Connection::open(door.folder().join("health_connect_export.db")).unwrap();
    db.execute_batch(HEALTH).unwrap();
    db.execute_batch(
        "CREATE TABLE nutrition_record_table (row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER,
             start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, magnesium REAL, calcium REAL, meal_name TEXT);
         INSERT INTO nutrition_record_table VALUES
             (1, x'07', 1, 1775203200000, 3600, 1775203200000, 0.3, 4.9e-324, 'at Ann''s'),
             (2, x'08', 1, 1775210400000, 3600, 1775210400000, 0.1255, NULL, NULL),
             (3, x'09', 1, 1775293200000, 3600, 1775293200000, NULL, NULL, NULL)",
    )
    .unwrap();
    drop(db);
    let said = door.ok("import health_connect_export.db");
    assert!(said.contains("health-connect, 6 rows"), "{said}");
    door.ok("undo");
    let said = door.ok("import health_connect_export.db --factor magnesium");
    assert!(said.contains("health-connect, 9 rows"), "{said}");
    let kept = readings(&door);
    let minerals: Vec<&String> = kept.iter().filter(|r| r.contains("magnesium")).collect();
    assert_eq!(minerals, ["2026-04-03 magnesium 425.5"]);
    assert_eq!(kept.len(), 8);
    door.ok("undo");
    for mineral in ["calcium", "potassium"] {
        door.ok(&format!(
            "import health_connect_export.db --factor {mineral}"
        ));
        assert!(
            !readings(&door).iter().any(|r| r.contains(mineral)),
            "{mineral}"
        );
        door.ok("undo");
    }
    let door = Door::at(NOW);
    let db = Connection::open(door.folder().join("health_connect_export.db")).unwrap();
    db.execute_batch("CREATE TABLE t (a); CREATE VIEW steps_record_table AS SELECT 1 AS count")
        .unwrap();
    drop(db);
    let said = door.refused(2, "import health_connect_export.db");
    assert!(said.contains("is not a table"), "{said}");
}

#[test]
fn sleep_as_android_brings_a_header_with_each_record() {
    let door = Door::at(NOW);
    let header = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo";
    let row = |id: u64, hours: &str, adjust: &str| {
        format!(
            "\"{id}\",\"Europe/London\",\"02. 04. 2026 23:00\",\"03. 04. 2026 7:00\",\"\",\"{hours}\",\"0.0\",\
             \"at Ann's\\, \\n #sport\",\"10007\",\"-1\",\"-1.0\",\"-1\",\"-2.0\",\"{adjust}\",\"\""
        )
    };
    let (first, second) = (1_775_167_200_000, 1_775_253_600_000);
    let text = format!(
        "{header},\"23:10\",\"Event\"\n{},\"0.3\",\"LUX-1\"\n,,,,,,,,,,,,,,,\"0.1\"\n{header},\"22:10\"\n{},\"0.0\"\n\
         {header}\n{}\n",
        row(first, "8.000", "-30"),
        row(second, "7.500", "-1.0"),
        // a test of half a minute
        row(second + 50_000_000, "0.010", "0"),
    );
    let files: [(&str, &[u8]); 2] = [
        ("sleep-export.csv", text.as_bytes()),
        ("prefs.xml", b"<map/>"),
    ];
    zipped(&door, "sleep.zip", &files);
    let said = door.ok("import sleep.zip");
    assert!(said.contains("sleep-as-android, 3 rows"), "{said}");
    let mut expected = vec![
        "2026-04-02 asleep 450",
        "2026-04-02 bed 660",
        "2026-04-02 up 1140",
        "2026-04-03 asleep 450",
        "2026-04-03 bed 660",
        "2026-04-03 up 1110",
    ];
    assert_eq!(readings(&door), expected);
    // the same record after a correction
    put(
        &door,
        "again.csv",
        format!("{header}\n{}\n", row(first, "8.000", "-60")),
    );
    let said = door.run("import again.csv");
    assert!(
        said.out.contains("0 new, 1 changed, 2 already there"),
        "{}",
        said.out
    );
    assert!(
        said.err
            .contains("asleep of the night of 2026-04-02 was 450 and now is 420"),
        "{}",
        said.err
    );
    expected[0] = "2026-04-02 asleep 420";
    assert_eq!(readings(&door), expected);
    put(
        &door,
        "bad.csv",
        format!(
            "{header}\n{}\n",
            row(first, "8.000", "0").replace("Europe/London", "Nowhere")
        ),
    );
    let said = door.refused(2, "import bad.csv");
    assert!(said.contains("it names no zone"), "{said}");
}

#[test]
fn fitbit_s_times_need_a_zone() {
    let door = Door::at(NOW);
    let log = |day: &str, asleep: &str| {
        format!(
            "{{\"logId\": 1, \"dateOfSleep\": \"2026-04-03\", \"startTime\": \"2026-04-{day}.000\", \
             \"endTime\": \"2026-04-03T07:10:30.000\", \"duration\": 1, \"levels\": {{\"data\": []}}, \
             \"minutesAsleep\": {asleep}, \"type\": \"classic\"}}"
        )
    };
    let nap =
        log("03T06:00:00", "60").replace("\"logId\": 1", "\"logId\": 2, \"mainSleep\": false");
    let folder = "Takeout/Fitbit/Global Export Data";
    put(
        &door,
        &format!("{folder}/sleep-2026-03-20.json"),
        format!("[{},{nap}]", log("02T22:40:00", "431")),
    );
    put(&door, &format!("{folder}/height-2026.json"), "[]");
    let asked = door.refused(2, "import Takeout");
    assert!(asked.contains("have no zone"), "{asked}");
    door.ok("import Takeout --tz Europe/London");
    let expected = [
        "2026-04-02 asleep 431",
        "2026-04-02 bed 640",
        "2026-04-02 up 1151",
    ];
    assert_eq!(readings(&door), expected);
    put(
        &door,
        "cut.json",
        format!("[{},", log("02T22:40:00", "431")),
    );
    let said = door.refused(2, "import cut.json --tz Europe/London");
    assert!(said.contains("cut off"), "{said}");

    let header = "Start Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed,Minutes REM Sleep,\
                  Minutes Light Sleep,Minutes Deep Sleep";
    let site = format!(
        "Sleep\n{header}\n\"2026-04-02 10:40PM\",\"2026-04-03 7:11 am\",\"431\",\"1,000\",\"3\",\"N/A\",\"1\",\"1\",\"N/A\"\n"
    );
    let door = Door::at(NOW);
    put(&door, "site.csv", &site);
    door.ok("import site.csv --tz Europe/London");
    assert_eq!(readings(&door), expected);
    put(&door, "order.csv", site.replace("2026-04-03", "03-04-2026"));
    let said = door.refused(2, "import order.csv --tz Europe/London");
    assert!(said.contains("no other order is stated"), "{said}");
}

#[test]
fn times_to_bed_that_a_device_read_date_cramps_in_the_night() {
    let door = Door::at(NOW);
    let mut inside = String::new();
    for day in 1..19 {
        let (from, to) = (
            format!("2026-04-{day:02} 23:00:00 +0100"),
            format!("2026-04-{:02} 05:00:00 +0100", day + 1),
        );
        inside.push_str(&sleep("Watch", &from, &to, "AsleepCore"));
    }
    put(&door, "export.xml", apple("", &inside));
    door.ok("import export.xml");
    door.ok("log 2026-04-03T03:10 left calf 6");
    let trend = door.run("trend --json").json();
    let text = trend.to_string();
    assert!(text.contains("\"with_bed_times\":1"), "{text}");
}
