//! The bedroom's temperature is that of the hours in bed, which may become known after it.

use std::fmt::Write as _;

use crate::tests::door::Door;
use crate::tests::import_phones::{apple, put, readings, sleep};

const NOW: &str = "2026-04-20T08:00:00Z";

/// A night every half an hour, from 21:00 to 07:00: 15 ° before 23:00, then 18 °, and 17 ° at 02:00; read to `until`.
fn room(nights: &[u32], until: u32) -> String {
    let mut rows = String::from("Timestamp,Temperature_Celsius,Relative_Humidity\n");
    for day in nights {
        for half in 42..until {
            let (at, clock) = (day + half / 48, half % 48);
            let celsius = match half {
                ..46 => 15,
                52 => 17,
                _ => 18,
            };
            let (hour, minute) = (clock / 2, clock % 2 * 30);
            writeln!(
                rows,
                "2026-04-{at:02} {hour:02}:{minute:02}:00,{celsius},50"
            )
            .unwrap();
        }
    }
    rows
}

fn slept(nights: &[u32]) -> String {
    let mut inside = String::new();
    for day in nights {
        let from = format!("2026-04-{day:02} 23:00:00 +0100");
        let to = format!("2026-04-{:02} 09:00:00 +0100", day + 1);
        inside.push_str(&sleep("Watch", &from, &to, "AsleepCore"));
    }
    apple("", &inside)
}

fn rooms(door: &Door) -> Vec<String> {
    let all = readings(door).into_iter();
    all.filter(|line| line.contains(" room ")).collect()
}

#[test]
fn a_room_read_before_the_hours_in_bed_is_said_to_be_of_others_and_read_again() {
    let door = Door::at(NOW);
    let nights = [2, 3, 4];
    put(&door, "room.csv", room(&nights, 64));
    door.ok("import room.csv --tz Europe/London");
    // 22:00 to 07:00, and the last value stands for an hour
    let usual = [
        "2026-04-02 room 15 1",
        "2026-04-03 room 15 1",
        "2026-04-04 room 15 1",
    ];
    assert_eq!(rooms(&door), usual);

    put(&door, "export.xml", slept(&[3, 4]));
    let note = "the bedroom's temperature of 2 nights (2026-04-03 to 2026-04-04) is of other hours than those in bed \
                that are known now; import the file it came from again to have it of these";
    let dry = door.run("import export.xml --dry-run");
    assert!(dry.err.contains(note), "{}", dry.err);
    let said = door.run("import export.xml");
    assert!(said.err.contains(note), "{}", said.err);
    assert_eq!(rooms(&door), usual, "what was read is not thrown away");
    let again = door.run("import export.xml");
    assert!(!again.err.contains("other hours"), "{}", again.err);

    // read again it covers less of the longer hours, and counts all the same
    let said = door.run("import room.csv --tz Europe/London");
    assert!(
        said.out.contains("0 new, 2 changed, 1 already there"),
        "{}",
        said.out
    );
    assert!(
        said.err
            .contains("room of the night of 2026-04-03 was 15 and now is 17"),
        "{}",
        said.err
    );
    let known = [
        "2026-04-02 room 15 1",
        "2026-04-03 room 17 0.95",
        "2026-04-04 room 17 0.95",
    ];
    assert_eq!(rooms(&door), known);
    let again = door.ok("import room.csv --tz Europe/London");
    assert!(
        again.contains("0 new, 0 changed, 3 already there"),
        "{again}"
    );

    // a file that was cut off is held against the hours now known, and replaces nothing
    put(&door, "cut.csv", room(&[3], 51));
    let cut = door.ok("import cut.csv --tz Europe/London");
    assert!(cut.contains("0 new, 0 changed, 1 already there"), "{cut}");
    assert_eq!(rooms(&door), known);
    door.ok("undo");
    assert_eq!(rooms(&door), usual);
}

#[test]
fn hours_that_the_person_says_later_count_when_the_file_is_read_again() {
    let door = Door::at(NOW);
    put(&door, "room.csv", room(&[2], 62));
    door.ok("import room.csv --tz Europe/London");
    assert_eq!(rooms(&door), ["2026-04-02 room 15 1"]);
    door.ok("night 2026-04-02 calm bed=23:00 up=10:00");
    door.ok("import room.csv --tz Europe/London");
    assert_eq!(rooms(&door), ["2026-04-02 room 17 0.77"]);
}

#[test]
fn hours_that_a_device_corrects_count_when_the_file_is_read_again() {
    let mut door = Door::at(NOW);
    put(&door, "export.xml", slept(&[2]));
    door.ok("import export.xml");
    put(&door, "room.csv", room(&[2], 64));
    door.ok("import room.csv --tz Europe/London");
    assert_eq!(rooms(&door), ["2026-04-02 room 17 0.95"]);
    // corrected since: up at 11:00, of which the file covers still less
    let later = slept(&[2]).replace("03 09:00:00", "03 11:00:00");
    put(&door, "later.xml", later);
    door.set_now("2026-04-21T08:00:00Z");
    let said = door.run("import later.xml");
    assert!(
        said.err
            .contains("of the night of 2026-04-02 is of other hours"),
        "{}",
        said.err
    );
    // a file that is less whole than the first replaces nothing, even so
    put(&door, "cut.csv", room(&[2], 58));
    door.ok("import cut.csv --tz Europe/London");
    assert_eq!(rooms(&door), ["2026-04-02 room 17 0.95"]);
    door.ok("import room.csv --tz Europe/London");
    assert_eq!(rooms(&door), ["2026-04-02 room 17 0.79"]);
}
