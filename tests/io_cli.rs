//! `cramp import` and `cramp export` at the door: all or nothing, said plainly, undone in one step.

use std::path::PathBuf;

use crate::tests::door::Door;

const NOW: &str = "2026-05-01T10:00:00Z";

fn place(door: &Door, name: &str) -> PathBuf {
    door.diary().parent().unwrap().parent().unwrap().join(name)
}

/// A folder with files.
fn folder(door: &Door, name: &str, files: &[(&str, &str)]) {
    let folder = place(door, name);
    std::fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
}

/// Two months in the shape in which real diaries of another complaint were handed over: episodes with numbers, a factor
/// of its own, an event, CRLF line ends.
fn months(door: &Door) {
    let mut nights = String::from("night,outcome\r\n");
    let mut episodes = String::from("id,night,kind\r\n");
    let mut context = String::from("night,factor,value,unit,source\r\n");
    let mut id = 0;
    for day in 0..60i64 {
        let night = "2026-02-20"
            .parse::<crate::diary::Night>()
            .unwrap()
            .plus(day);
        if day % 11 == 7 {
            continue;
        }
        let cramp = day % 3 == 0 || day % 7 == 2;
        nights.push_str(&format!(
            "{night},{}\r\n",
            if cramp { "cramp" } else { "calm" }
        ));
        if cramp {
            id += 1;
            episodes.push_str(&format!("{id},{night},cramp\r\n"));
        }
        context.push_str(&format!(
            "{night},air-quality,{},index,import:study\r\n",
            15 + day % 20
        ));
    }
    folder(
        door,
        "months",
        &[
            ("nights.csv", &nights),
            ("episodes.csv", &episodes),
            ("context.csv", &context),
            (
                "factors.csv",
                "factor,label,type,unit,min,max,timing\r\nair-quality,Air quality index of the day,number,index,0,500,day\r\n",
            ),
            (
                "events.csv",
                "night,text\r\n2026-03-20,treatment programme started\r\n",
            ),
        ],
    );
}

#[test]
fn a_diary_is_imported_once_and_undone_at_once() {
    let door = Door::at(NOW);
    months(&door);
    let said = door.ok("import months");
    assert_eq!(
        said,
        "factors.csv   1 new, 0 changed, 0 already there\n\
         episodes.csv  24 new, 0 changed, 0 already there\n\
         nights.csv    55 new, 0 changed, 0 already there\n\
         context.csv   55 new, 0 changed, 0 already there\n\
         events.csv    1 new, 0 changed, 0 already there\n\
         Undo: cramp undo\n"
    );
    let before = std::fs::read(door.diary()).unwrap();
    let again = door.ok("import months");
    assert!(
        again.ends_with("The diary had all of this already; nothing was written.\n"),
        "{again}"
    );
    assert!(
        before == std::fs::read(door.diary()).unwrap(),
        "the file is the same byte for byte"
    );
    let week = door.ok("week --ending 2026-04-20");
    assert!(
        week.contains("7 of 7 nights recorded: 3 with a cramp"),
        "{week}"
    );
    door.ok("undo");
    let empty = door.run("export out");
    assert_eq!(empty.code, 0);
    let nights = std::fs::read_to_string(place(&door, "out/nights.csv")).unwrap();
    assert_eq!(nights.lines().count(), 1, "undone as one change");
}

#[test]
fn an_export_is_the_diary_again() {
    let door = Door::at(NOW);
    months(&door);
    door.ok("import months");
    door.ok("log 2026-04-30T03:10 left calf 6 3min +stretch \"like a \"");
    door.ok("night calm room=64F");
    door.ok("course start magnesium 300mg 2026-04-01");
    door.ok("me born=1958");
    door.ok("export first");
    for (format, name) in [("csv", "first"), ("json", "whole")] {
        if format == "json" {
            door.ok("export whole --format json");
        }
        let other = Door::at(NOW);
        std::fs::create_dir_all(place(&other, "x")).unwrap();
        for entry in std::fs::read_dir(place(&door, name)).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), place(&other, "x").join(entry.file_name())).unwrap();
        }
        other.ok("import x");
        other.ok("export y");
        for entry in std::fs::read_dir(place(&other, "y")).unwrap() {
            let entry = entry.unwrap();
            let first = std::fs::read(place(&door, "first").join(entry.file_name())).unwrap();
            let second = std::fs::read(entry.path()).unwrap();
            assert!(first == second, "{format}: {:?}", entry.file_name());
        }
    }
}

#[test]
fn one_bad_row_and_nothing_is_written() {
    let door = Door::at(NOW);
    door.ok("log 2026-04-30T03:10 left");
    folder(
        &door,
        "bad",
        &[(
            "nights.csv",
            "night,outcome\n2026-03-01,calm\n3/4,calm\n2026-03-03,dry\n",
        )],
    );
    let said = door.refused(2, "import bad");
    assert_eq!(
        said,
        "refused: nights.csv:3: night '3/4': a date is written 2026-03-04 (year-month-day); the order of day and month is never guessed\n\
         refused: nights.csv:4: outcome 'dry': no such outcome; accepted: cramp calm\n\
         cramp: 2 rows could not be taken; nothing was written\n  \
         correct the file, or import the rest: --skip-bad\n"
    );
    let json = door.run("import bad --json");
    assert_eq!(json.code, 2);
    assert_eq!(json.json()["refused"][0]["line"], 3);
    assert_eq!(json.json()["written"], false);
    let error: serde_json::Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(error["error"]["code"], 2);
    let skipped = door.run("import bad --skip-bad");
    assert_eq!(skipped.code, 0, "{}", skipped.err);
    assert!(
        skipped
            .out
            .contains("nights.csv  1 new, 0 changed, 0 already there, 2 refused"),
        "{}",
        skipped.out
    );
    assert!(skipped.err.contains("nights.csv:3"), "{}", skipped.err);
}

#[test]
fn a_dry_run_says_what_would_happen_and_makes_nothing() {
    let door = Door::at(NOW);
    months(&door);
    let said = door.ok("import months --dry-run");
    assert!(said.contains("episodes.csv  24 new"), "{said}");
    assert!(
        said.ends_with("Nothing was written (--dry-run).\n"),
        "{said}"
    );
    assert!(!door.diary().exists());
}

#[test]
fn numbers_of_deleted_cramps_are_not_used_again() {
    let door = Door::at(NOW);
    door.ok("log 2026-04-28T03:10 left");
    door.ok("log 2026-04-29T03:10 left");
    door.ok("delete 2");
    folder(&door, "more", &[("episodes.csv", "night\n2026-04-01\n")]);
    door.ok("import more");
    assert!(
        door.ok("list --since 2026-04-01 --json")
            .contains("\"id\": 3")
    );
}

#[test]
fn places_without_a_diary_are_named() {
    let door = Door::at(NOW);
    folder(&door, "letters", &[("letter.txt", "dear")]);
    let said = door.refused(1, "import letters");
    assert!(said.contains("is nothing this program knows"), "{said}");
    let said = door.refused(1, "import nowhere");
    assert!(said.contains("could not be read"), "{said}");
    folder(&door, "one", &[("notes.csv", "a,b\n")]);
    let said = door.refused(1, "import one/notes.csv");
    assert!(said.contains("is nothing this program knows"), "{said}");
    let said = door.refused(1, "export out");
    assert!(said.contains("there is no diary yet"), "{said}");
}

#[test]
fn an_export_replaces_nothing_but_an_export() {
    let door = Door::at(NOW);
    months(&door);
    door.ok("import months");
    let said = door.refused(1, "export months");
    assert!(said.contains("nights.csv that no export wrote"), "{said}");
    door.ok("export out");
    door.ok("log 2026-04-30T03:10 left");
    door.ok("export out");
    let said = door.refused(1, "export out --format json");
    assert!(said.contains("already holds nights.csv"), "{said}");
    door.ok("export whole --format json");
    door.ok("export whole --format json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |p: &str| {
            std::fs::metadata(place(&door, p))
                .unwrap()
                .permissions()
                .mode()
                & 0o777
        };
        assert_eq!((mode("out"), mode("out/nights.csv")), (0o700, 0o600));
    }
}
