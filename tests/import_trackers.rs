//! What other trackers export, brought in by the door. The files are made here in the shapes their programs document or
//! write: Track & Graph's own importer tests (header, offsets, `h:mm:ss`), and exports of Daylio described by its users.

use std::fs;

use crate::diary::Diary;
use crate::store::Store;
use crate::tests::door::Door;

const NOW: &str = "2026-03-10T08:00:00Z";

fn diary(door: &Door) -> Diary {
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    store.read(None).unwrap()
}

fn put(door: &Door, name: &str, text: &str) {
    fs::write(door.folder().join(name), text).unwrap();
}

const POINTS: &str = "FeatureName,Timestamp,Value,Label,Note\r\n\
    Leg cramp,2026-03-02T03:10:00.000+00:00,7.0,left calf,\"at Anna's house\"\r\n\
    Leg cramp,2026-03-02T03:10:00.000+00:00,7.0,left calf,\r\n\
    Exercise,2026-03-02T18:00:00+00:00,0:45:00,,\r\n\
    Exercise,2026-03-02T20:00:00+00:00,0:30:00,,\r\n\
    Mood,2026-03-02T18:00:00+00:00,3.0,good,\r\n";

#[test]
fn points_of_track_and_graph_become_cramps_and_values() {
    let door = Door::at(NOW);
    put(&door, "points.csv", POINTS);
    let said = door.ok("import points.csv --dry-run");
    assert!(
        said.contains("points.csv: track-and-graph, 5 rows"),
        "{said}"
    );
    assert!(said.contains("Nothing was written"), "{said}");
    assert!(!door.diary().exists());

    let said = door.ok("import points.csv");
    assert!(said.contains("track-and-graph  3 new"), "{said}");
    let list = door.ok("list --since 2026-03-01 --json");
    // two equal points may be two cramps
    assert_eq!(list.matches("\"site\": \"calf\"").count(), 2, "{list}");
    assert!(!list.contains("Anna"), "{list}");
    // two pieces of exercise of a day are added up
    let kept = diary(&door);
    let readings: Vec<(&str, f64)> = kept
        .readings
        .iter()
        .map(|r| (&*r.factor, r.value))
        .collect();
    assert_eq!(readings, [("exercise", 75.0)]);

    let again = door.ok("import points.csv");
    assert!(
        again.contains("track-and-graph  0 new, 0 changed, 3 already there"),
        "{again}"
    );
    assert!(again.contains("nothing was written"), "{again}");
    door.ok("undo");
    assert_eq!(diary(&door).episodes, []);
    assert_eq!(diary(&door).readings, []);
}

#[test]
fn a_correction_of_the_person_stands_when_the_same_is_imported_again() {
    let door = Door::at(NOW);
    put(&door, "points.csv", POINTS);
    door.ok("import points.csv");
    door.ok("edit 1 side=right");
    door.ok("import points.csv");
    let kept = diary(&door);
    assert_eq!(kept.episodes[0].side.unwrap().to_string(), "right");
    assert_eq!(kept.episodes.len(), 2);
}

#[test]
fn a_cramp_the_person_logged_is_not_counted_twice() {
    let door = Door::at(NOW);
    door.ok("log 2026-03-02T03:11 right foot 5");
    put(
        &door,
        "points.csv",
        "FeatureName,Timestamp,Value,Note\nCramp,2026-03-02T03:10:00Z,7,\n",
    );
    let said = door.ok("import points.csv");
    assert!(said.contains("1 already there"), "{said}");
    assert_eq!(diary(&door).episodes.len(), 1);
}

const ENTRIES: &str = "full_date,date,weekday,time,mood,activities,note_title,note\n\
    2026-03-02,2 March,Monday,3:15 am,bad,leg cramp | vivid dreams | gaming,,<b>secret</b>\n\
    2026-03-02,2 March,Monday,14:58,good,gaming,,\n\
    \n\
    2026-03-03,3 March,Tuesday,10:04 PM,good,,,\n";

#[test]
fn entries_of_daylio_need_their_zone_and_say_no_more_than_was_ticked() {
    let door = Door::at(NOW);
    put(&door, "daylio.csv", ENTRIES);
    let said = door.refused(2, "import daylio.csv");
    assert!(said.contains("have no zone"), "{said}");
    assert!(said.contains("--tz"), "{said}");
    assert!(!door.diary().exists());

    let said = door.ok("import daylio.csv --tz Europe/Berlin");
    assert!(said.contains("daylio, 3 rows"), "{said}");
    let kept = diary(&door);
    assert_eq!(kept.episodes.len(), 1);
    let at = kept.episodes[0].began_at.as_ref().unwrap();
    assert_eq!(at.rfc3339(), "2026-03-02T03:15:00+01:00");
    assert_eq!(kept.episodes[0].certainty.to_string(), "about");
    let readings: Vec<(String, &str, f64)> = kept
        .readings
        .iter()
        .map(|r| (r.night.to_string(), &*r.factor, r.value))
        .collect();
    assert_eq!(readings, [("2026-03-01".to_string(), "dream", 1.0)]);
    // a night without an entry is unknown, never calm
    assert!(
        kept.nights
            .values()
            .all(|n| n.outcome.map(|o| o.to_string()) != Some("calm".into()))
    );
    assert!(!door.ok("list --since 2026-03-01 --json").contains("secret"));
}

#[test]
fn any_file_is_read_by_a_mapping_and_the_mapping_is_kept() {
    let door = Door::at(NOW);
    let rows = "Start;Strength;Kind;Where\n2026-03-02 03:10;6;Krampf;left calf\n\
        2026-03-03 04:00;2;Other;\n2026-03-32 04:00;2;Krampf;\n";
    put(&door, "mine.csv", rows);
    let map = "import mine.csv --tz Europe/Berlin --map when=Start --map pain=Strength \
        --map words=Where --where Kind=Krampf";
    let said = door.refused(2, &format!("{map} --save headaches"));
    assert!(said.contains("'2026-03-32 04:00'"), "{said}");
    assert!(!door.diary().exists());
    door.ok(&format!("{map} --save krampf --skip-bad"));
    let kept = diary(&door);
    assert_eq!(kept.episodes.len(), 1);
    assert_eq!(kept.episodes[0].severity.unwrap().to_string(), "6");
    assert_eq!(kept.mappings[0].name, "krampf");

    put(
        &door,
        "more.csv",
        "Start;Strength;Kind;Where\n2026-03-05 02:00;4;Krampf;right foot\n",
    );
    door.ok("import more.csv --as krampf");
    assert_eq!(diary(&door).episodes.len(), 2);
    let said = door.refused(2, "import more.csv --as krempf");
    assert!(said.contains("krempf") && said.contains("krampf"), "{said}");
}

#[test]
fn values_by_a_mapping_need_their_factor() {
    let door = Door::at(NOW);
    put(
        &door,
        "steps.csv",
        "Day,Minutes\n2026-03-02,45\n2026-03-03,x\n2026-03-04,\n",
    );
    let map = "import steps.csv --map when=Day --map value=Minutes";
    let said = door.refused(2, map);
    assert!(said.contains("--factor"), "{said}");
    let said = door.refused(2, &format!("{map} --factor sitting-about"));
    assert!(said.contains("sitting-about"), "{said}");
    let said = door.refused(2, &format!("{map} --factor exercise"));
    assert!(said.contains("not a number"), "{said}");
    door.ok(&format!("{map} --factor exercise --skip-bad"));
    let kept = diary(&door);
    assert_eq!(kept.readings.len(), 1);
    assert_eq!(kept.readings[0].night.to_string(), "2026-03-02");
    let said = door.refused(2, "import steps.csv --map when=Day --map pian=Minutes");
    assert!(said.contains("'pian'"), "{said}");
    let said = door.refused(2, "import steps.csv --map when=Dya --map pain=Minutes");
    assert!(
        said.contains("Dya") && said.contains("Day, Minutes"),
        "{said}"
    );
}
