//! Home Assistant's database and history, brought in by the door. The database is made here with the tables and columns of
//! its recorder at schema version 53; the history with the lines its page exports.

use std::fmt::Write;
use std::fs;

use rusqlite::Connection;

use crate::store::Store;
use crate::tests::door::Door;

const NOW: &str = "2026-04-20T08:00:00Z";
/// 1 April 2026, 20:00 in London.
const EVENING: f64 = 1_775_070_000.0;

const SCHEMA: &str = "
    CREATE TABLE schema_changes (change_id INTEGER PRIMARY KEY, schema_version INTEGER, changed DATETIME);
    INSERT INTO schema_changes VALUES (1, 53, '2026-01-01');
    CREATE TABLE recorder_runs (run_id INTEGER PRIMARY KEY, start DATETIME, \"end\" DATETIME,
        closed_incorrect BOOLEAN, created DATETIME);
    CREATE TABLE states_meta (metadata_id INTEGER PRIMARY KEY, entity_id VARCHAR(255));
    CREATE TABLE state_attributes (attributes_id INTEGER PRIMARY KEY, hash BIGINT, shared_attrs TEXT);
    CREATE TABLE states (state_id INTEGER PRIMARY KEY, entity_id CHAR(0), state VARCHAR(255),
        attributes CHAR(0), last_changed CHAR(0), last_changed_ts FLOAT, last_reported_ts FLOAT,
        last_updated CHAR(0), last_updated_ts FLOAT, attributes_id INTEGER, metadata_id INTEGER);
    CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, statistic_id VARCHAR(255), source VARCHAR(32),
        unit_of_measurement VARCHAR(255), unit_class VARCHAR(255), has_mean BOOLEAN, has_sum BOOLEAN,
        name VARCHAR(255), mean_type INTEGER NOT NULL);
    CREATE TABLE statistics (id INTEGER PRIMARY KEY, created_ts FLOAT, metadata_id INTEGER, start_ts FLOAT,
        mean FLOAT, mean_weight FLOAT, min FLOAT, max FLOAT, last_reset_ts FLOAT, state FLOAT, sum FLOAT);";

fn database(door: &Door, name: &str, more: &str) -> Connection {
    let path = door.folder().join(name);
    let _none = fs::remove_file(&path);
    let db = Connection::open(path).unwrap();
    db.execute_batch(SCHEMA).unwrap();
    db.execute_batch(more).unwrap();
    db
}

/// A sensor in both id spaces, under different numbers.
fn sensor(db: &Connection, name: &str, state: i64, statistic: i64, unit: &str) {
    let insert = "INSERT INTO states_meta VALUES (?1, ?2)";
    db.execute(insert, (state, name)).unwrap();
    let shared = format!("{{\"unit_of_measurement\":\"{unit}\",\"friendly_name\":\"Ann's room\"}}");
    let insert = "INSERT INTO state_attributes VALUES (?1, 0, ?2)";
    db.execute(insert, (state, shared)).unwrap();
    let insert =
        "INSERT INTO statistics_meta VALUES (?1, ?2, 'recorder', ?3, 'temperature', 1, 0, NULL, 1)";
    db.execute(insert, (statistic, name, unit)).unwrap();
}

fn hour(db: &Connection, statistic: i64, hour: i32, min: f64) {
    let start = EVENING + 3600.0 * f64::from(hour);
    let insert = "INSERT INTO statistics (metadata_id, start_ts, mean, min, max) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.execute(insert, (statistic, start, min + 1.0, min, min + 2.0))
        .unwrap();
}

fn state(db: &Connection, id: i64, hours: f64, said: &str) {
    let insert = "INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id) VALUES (?1, ?2, ?3, ?3)";
    db.execute(insert, (said, EVENING + 3600.0 * hours, id))
        .unwrap();
}

fn readings(door: &Door) -> Vec<String> {
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let kept = store.read(None).unwrap().readings;
    let line = |r: &crate::diary::Reading| {
        let (night, value, covered) = (r.night, r.value, r.coverage.unwrap());
        format!("{night} {} {value} {covered} {}", r.factor, r.source)
    };
    kept.iter().map(line).collect()
}

/// What is kept of the name `sensor.bedroom`.
const BEDROOM: &str = "home-assistant:fa062dc9";

#[test]
fn hours_of_years_give_the_coldest_of_each_night() {
    let door = Door::at(NOW);
    let db = database(&door, "home-assistant_v2.db", "");
    // the number of one among the states is the number of the other among the statistics
    sensor(&db, "sensor.bedroom", 1, 2, "°F");
    sensor(&db, "sensor.attic", 2, 1, "°C");
    for night in 0..3 {
        for h in 0..12 {
            hour(&db, 2, 24 * night + h, if h == 8 { 59.0 } else { 64.4 });
            hour(&db, 1, 24 * night + h, 30.0);
        }
    }
    state(&db, 1, 1.0, "32");
    drop(db);
    let asked = door.refused(2, "import home-assistant_v2.db");
    assert!(
        asked.contains("several sensors: sensor.attic, sensor.bedroom"),
        "{asked}"
    );
    assert!(asked.contains("--entity NAME"), "{asked}");
    let other = door.refused(2, "import home-assistant_v2.db --entity sensor.kitchen");
    assert!(
        other.contains("no temperature of sensor.kitchen"),
        "{other}"
    );
    assert!(!door.diary().exists());
    let said = door.ok("import home-assistant_v2.db --entity sensor.bedroom");
    assert!(said.contains("home-assistant, 36 rows"), "{said}");
    let expected: Vec<String> = (1..4)
        .map(|day| format!("2026-04-0{day} room 15 1 {BEDROOM}"))
        .collect();
    assert_eq!(readings(&door), expected);
    let file = fs::read(door.diary()).unwrap();
    assert!(!file.windows(5).any(|bytes| bytes == b"Ann's"));
    let again = door.ok("import home-assistant_v2.db --entity sensor.bedroom");
    assert!(
        again.contains("0 new, 0 changed, 3 already there"),
        "{again}"
    );
}

#[test]
fn states_stand_until_the_next_or_until_the_recorder_stopped() {
    let door = Door::at(NOW);
    // the recorder ran until 04:00, and after a crash nobody knows when it stopped
    for (run, covered) in [
        (
            "'2026-04-01 12:00:00.000000', '2026-04-02 03:00:00.000000', 0",
            0.67,
        ),
        (
            "'2026-04-01 12:00:00.000000', '2026-04-02 05:00:00.000000', 1",
            0.56,
        ),
        ("'2026-04-01 12:00:00.000000', NULL, 0", 1.0),
    ] {
        let runs = format!("INSERT INTO recorder_runs VALUES (1, {run}, '2026-04-01')");
        let db = database(&door, "ha.db", &runs);
        sensor(&db, "sensor.bedroom", 7, 3, "°C");
        for (hours, said) in [
            (0.0, "18.5"),
            (1.0, "unavailable"),
            (2.0, "18"),
            (4.0, "17.04"),
        ] {
            state(&db, 7, hours, said);
        }
        // another sensor shows that the database was written until 08:00
        db.execute("INSERT INTO states_meta VALUES (9, 'light.hall')", [])
            .unwrap();
        state(&db, 9, 12.0, "on");
        drop(db);
        let said = door.ok("import ha.db");
        assert!(said.contains("home-assistant, 4 rows"), "{said}");
        assert_eq!(
            readings(&door),
            [format!("2026-04-01 room 17 {covered} {BEDROOM}")]
        );
        door.ok("undo");
    }
}

#[test]
fn what_only_the_log_beside_the_database_holds_is_read_and_nothing_is_written_there() {
    let door = Door::at(NOW);
    let db = database(
        &door,
        "home-assistant_v2.db",
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;",
    );
    sensor(&db, "sensor.bedroom", 1, 2, "°C");
    for h in 0..12 {
        hour(&db, 2, h, 17.0);
    }
    let name = |more: &str| door.folder().join(format!("home-assistant_v2.db{more}"));
    let (before, log) = (fs::read(name("")).unwrap(), fs::read(name("-wal")).unwrap());
    assert!(!log.is_empty());
    door.ok("import home-assistant_v2.db");
    assert_eq!(readings(&door), [format!("2026-04-01 room 17 1 {BEDROOM}")]);
    assert!(fs::read(name("")).unwrap() == before && fs::read(name("-wal")).unwrap() == log);
}

#[test]
fn a_database_that_is_not_what_it_seems_is_refused() {
    let door = Door::at(NOW);
    let db = database(&door, "view.db", "DROP TABLE statistics; DROP TABLE states");
    sensor(&db, "sensor.bedroom", 1, 2, "°C");
    db.execute_batch(
        "CREATE TABLE other (metadata_id, start_ts, mean, min);
         CREATE VIEW statistics AS SELECT metadata_id, start_ts, mean, randomblob(1000000000) AS min FROM other;",
    )
    .unwrap();
    drop(db);
    let said = door.refused(2, "import view.db");
    assert!(said.contains("its statistics is not a table"), "{said}");
    // a trigger is never set off, and nothing else in it is believed
    let db = database(
        &door,
        "trigger.db",
        "CREATE TRIGGER t AFTER INSERT ON statistics BEGIN DELETE FROM statistics; END",
    );
    sensor(&db, "sensor.bedroom", 1, 2, "K");
    drop(db);
    let said = door.refused(2, "import trigger.db");
    assert!(said.contains("no sensor of temperature"), "{said}");
    // cut off
    let db = database(&door, "whole.db", "");
    sensor(&db, "sensor.bedroom", 1, 2, "°C");
    for h in 0..2000 {
        hour(&db, 2, h, 17.0);
    }
    drop(db);
    let whole = fs::read(door.folder().join("whole.db")).unwrap();
    for share in [2, 3] {
        fs::write(door.folder().join("cut.db"), &whole[..whole.len() / share]).unwrap();
        let said = door.refused(2, "import cut.db");
        assert!(said.contains("damaged or was cut off"), "{said}");
    }
    assert!(!door.diary().exists());
}

#[test]
fn a_history_is_changes_and_its_unit_is_asked_for() {
    let door = Door::at(NOW);
    let mut text = String::from("entity_id,state,last_changed\r\n");
    // out of order, without fractions, with an offset, silent for an hour, and without an end of line
    for (state, at) in [
        ("20.02965051872222", "2026-04-01T20:00:00.000Z"),
        ("17", "2026-04-01T23:00:00+00:00"),
        ("18", "2026-04-01T22:00:00Z"),
        ("unavailable", "2026-04-02T00:00:00.000Z"),
        ("16.4", "2026-04-02T01:00:00.000Z"),
        ("unknown", "2026-04-02T05:00:00.000Z"),
    ] {
        writeln!(text, "sensor.bedroom,{state},{at}").unwrap();
    }
    fs::write(door.folder().join("history.csv"), text.trim_end()).unwrap();
    let asked = door.refused(2, "import history.csv");
    assert!(asked.contains("--unit C or --unit F"), "{asked}");
    door.ok("import history.csv --unit C");
    // in bed from 21:00 to 06:00 UTC: an hour of silence, and a value stands for three hours at most
    let source = BEDROOM.replace("assistant", "assistant-csv");
    assert_eq!(
        readings(&door),
        [format!("2026-04-01 room 16.4 0.67 {source}")]
    );

    text.push_str("sensor.attic,30,2026-04-02T00:00:00.000Z\n");
    fs::write(door.folder().join("two.csv"), &text).unwrap();
    let asked = door.refused(2, "import two.csv --unit C");
    assert!(
        asked.contains("several sensors: sensor.attic, sensor.bedroom"),
        "{asked}"
    );
    let same = door.ok("import two.csv --unit C --entity sensor.bedroom");
    assert!(same.contains("0 new, 0 changed, 1 already there"), "{same}");
}
