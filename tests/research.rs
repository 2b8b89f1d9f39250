//! What a study is given: allowed columns and nothing else, whatever stands in the diary; one pseudonym a study; dates in
//! the mode asked for; asked before, kept after.

use std::collections::BTreeSet;

use crate::data::word::Word as _;
use crate::diary::elsewhere::{Handover, Mapping, Reading};
use crate::diary::study::{Dates, Study};
use crate::diary::vocabulary::{CourseKind, MedicineClass};
use crate::diary::*;
use crate::store::{Store, StoreError};
use crate::tests::door::Door;
use crate::tests::store_records::{date, episode, every_kind, moment, night, now, value};

const NOW: &str = "2026-03-06T09:00:00Z";
const SECRET: &str = "s3cret";
const KEY: &str = "name = Study of legs\nkey = 000102030405060708090a0b0c0d0e0f\n";

fn door() -> Door {
    let door = Door::at(NOW);
    std::fs::write(door.folder().join("legs.key"), KEY).unwrap();
    for line in [
        "log 2026-02-28T03:12 left calf 7 4min +stretch +heat",
        "night 2026-02-27 room=18C exercise=some socks=yes posture=side bed=22:40 up=06:30",
        "night 2026-03-02 calm room=17.5C alcohol=2",
        "me born=1958",
    ] {
        door.ok(line);
    }
    door
}

/// A folder's files, by name.
fn files(door: &Door, folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(door.folder().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Rows of a CSV file, each its cells by column.
fn rows(door: &Door, file: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(door.folder().join(file)).unwrap();
    let header = reader.headers().unwrap().clone();
    let named = |row: csv::StringRecord| {
        let cells = header.iter().zip(row.iter());
        cells.map(|(c, v)| (c.to_string(), v.to_string())).collect()
    };
    reader.records().map(|row| named(row.unwrap())).collect()
}

#[test]
fn three_states_of_a_night_and_what_was_known_of_it() {
    let door = door();
    door.ok("export --format research --study legs.key out --dates exact --yes");
    let nights = rows(&door, "out/nights.csv");
    let of = |column: &str| -> Vec<&str> { nights.iter().map(|n| n[column].as_str()).collect() };
    assert_eq!(of("night"), ["1", "2", "3", "4"]);
    assert_eq!(
        of("night_date"),
        ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"],
        "the cramp at 03:12 belongs to the night before"
    );
    assert_eq!(of("any_cramp"), ["1", "", "", "0"]);
    assert_eq!(of("cramps"), ["1", "", "", "0"]);
    assert_eq!(of("weekend"), ["0", "1", "1", "0"]);
    assert_eq!(of("age_band"), ["60-69"; 4]);
    assert_eq!(of("room"), ["18", "", "", "17.5"]);
    assert_eq!(of("exercise"), ["some", "", "", ""]);
    assert_eq!(of("socks"), ["1", "", "", ""]);
    assert_eq!(of("posture"), ["side", "", "", ""]);
    assert_eq!(of("in_bed_min"), ["470", "", "", ""]);
    let cramps = rows(&door, "out/cramps.csv");
    assert_eq!(cramps.len(), 1);
    let cell = |column: &str| cramps[0][column].as_str();
    assert_eq!(cell("cramp_start"), "2026-02-28 03:12:00");
    assert_eq!(cell("cramp_end"), "2026-02-28 03:16:00");
    assert_eq!(
        (cell("cramp_clock"), cell("tz_offset_min")),
        ("03:12:00", "0")
    );
    assert_eq!((cell("cramp_pain"), cell("cramp_site")), ("7", "calf"));
    assert_eq!(cell("relief"), "stretch;heat");
}

/// Of what was taken the class or the nutrient leaves, by the words of this program; what they have no word for is `other`.
#[test]
fn what_was_taken_leaves_as_its_kind() {
    let door = door();
    for line in [
        "course start \"co-amilofruse of doctor grey\" 2026-02-28 stop=2026-03-01",
        "course start \"grandmothers drops\" kind=supplement 2026-03-01",
        "course start \"calf stretching\" kind=measure 2026-02-27",
        "took \"magnesium citrate\" 300mg 2026-03-02 22:00",
        "took \"magnesium citrate\" 300mg 2026-03-02 23:00",
    ] {
        door.ok(line);
    }
    door.ok("export --format research --study legs.key out --redcap --yes");
    let taken: Vec<String> = rows(&door, "out/nights.csv")
        .into_iter()
        .map(|night| night["taken"].clone())
        .collect();
    let both = "loop-diuretic;potassium-sparing-diuretic";
    assert_eq!(
        taken,
        [
            "",
            both,
            &format!("loop-diuretic;other;{}", &both[14..]),
            "magnesium;other"
        ]
    );
    let redcap = rows(&door, "out/redcap-import.csv");
    assert_eq!(redcap[1]["taken"], both);
    let line = rows(&door, "out/dictionary.csv");
    let line = line.iter().find(|line| line["column"] == "taken").unwrap();
    let words: BTreeSet<&str> = line["values"].split(' ').collect();
    let held = taken.iter().flat_map(|cell| cell.split(';'));
    assert!(
        held.filter(|word| !word.is_empty())
            .all(|word| words.contains(word))
    );
    let (_, shown) = door.screen("export --format research --study legs.key again");
    assert!(shown.contains("room_by_device taken"), "{shown}");
    assert!(shown.contains(both), "the first rows are shown: {shown}");
}

#[test]
fn dates_are_exact_moved_by_whole_weeks_or_absent() {
    let door = door();
    for mode in ["exact", "shifted", "day-number"] {
        door.ok(&format!(
            "export --format research --study legs.key {mode} --dates {mode} --yes"
        ));
    }
    let dates = |mode: &str| -> Vec<String> {
        let nights = rows(&door, &format!("{mode}/nights.csv"));
        nights
            .into_iter()
            .map(|n| n["night_date"].clone())
            .collect()
    };
    let back = |exact: &str, shifted: &str| (date(exact) - date(shifted)).num_days();
    let shifts: BTreeSet<i64> = dates("exact")
        .iter()
        .zip(dates("shifted"))
        .map(|(exact, shifted)| back(exact, &shifted))
        .collect();
    let shift = *shifts.first().unwrap();
    assert_eq!(
        (shifts.len(), shift % 7),
        (1, 0),
        "whole weeks, the same for all"
    );
    assert!((7..=521 * 7).contains(&shift), "{shift}");
    assert_eq!(dates("day-number"), [""; 4]);
    for mode in ["shifted", "day-number"] {
        let cramp = &rows(&door, &format!("{mode}/cramps.csv"))[0];
        assert_eq!(
            cramp["tz_offset_min"], "",
            "a change of the clock has a date"
        );
        assert_eq!(cramp["cramp_clock"], "03:12:00");
        let start = &cramp["cramp_start"];
        assert_eq!(start.is_empty(), mode == "day-number", "{start}");
    }
    let plain = door.ok("export --format research --study legs.key unsaid --yes");
    assert!(plain.contains("4 nights"), "{plain}");
    assert_eq!(
        files(&door, "unsaid"),
        files(&door, "day-number"),
        "the most careful one"
    );
}

#[test]
fn one_person_is_one_pseudonym_a_study() {
    let door = door();
    let record = |key: &str, folder: &str| {
        door.ok(&format!(
            "export --format research --study {key} {folder} --yes"
        ));
        rows(&door, &format!("{folder}/nights.csv"))[0]["record_id"].clone()
    };
    let first = record("legs.key", "a");
    assert!(first.starts_with("NC-") && first.len() == 22, "{first}");
    assert_eq!(record("legs.key", "b"), first, "the same again");
    let other = "# another one\n\nname = Other\nkey = ffeeddccbbaa99887766554433221100\n";
    std::fs::write(door.folder().join("other.key"), other).unwrap();
    assert_ne!(record("other.key", "c"), first);
    // another diary with the same nights is another person
    let twin = self::door();
    twin.ok("export --format research --study legs.key a --yes");
    assert_ne!(rows(&twin, "a/nights.csv")[0]["record_id"], first);
}

/// HMAC-SHA-256 and its letters, against Python's hmac on the same bytes.
#[test]
fn the_pseudonym_is_the_function_it_says() {
    let study = Study::read(KEY).unwrap();
    let diary = "00112233445566778899aabbccddeeff";
    assert_eq!(study.pseudonym(diary), "NC-C6K3-YG8J-K4P9-EHBC");
    assert_eq!(study.weeks_back(diary), 34);
    let counts: Vec<usize> = (0..2_000)
        .map(|n| usize::try_from(study.weeks_back(&format!("{n:032x}"))).unwrap())
        .collect();
    assert!(counts.iter().all(|n| (1..=521).contains(n)));
    let distinct: BTreeSet<usize> = counts.iter().copied().collect();
    assert!(distinct.len() > 450, "{}", distinct.len());
}

#[test]
fn ages_from_90_on_are_one_band() {
    for (born, band) in [
        ("1936", "90+"),
        ("1926", "90+"),
        ("1937", "80-89"),
        ("2006", "20-29"),
    ] {
        let door = door();
        door.ok(&format!("me born={born}"));
        door.ok("export --format research --study legs.key out --yes");
        assert_eq!(rows(&door, "out/nights.csv")[0]["age_band"], band, "{born}");
    }
    let door = Door::at(NOW);
    std::fs::write(door.folder().join("legs.key"), KEY).unwrap();
    door.ok("night calm");
    door.ok("export --format research --study legs.key out --yes");
    assert_eq!(rows(&door, "out/nights.csv")[0]["age_band"], "");
}

#[test]
fn it_is_shown_and_asked_before_it_is_written() {
    let mut door = door();
    door.typing("n\n");
    let (code, shown) = door.screen("export --format research --study legs.key out");
    assert_eq!(code, 1);
    for part in [
        "For the study Study of legs, as NC-",
        "No date is written; nights are numbered.",
        "nights.csv: 4 rows. Columns: record_id night night_date weekend",
        "cramps.csv: 1 row.",
        "stay here",
        "[y/N] n",
        "nothing was written",
    ] {
        assert!(shown.contains(part), "'{part}' is not in:\n{shown}");
    }
    assert!(!door.folder().join("out").exists());
    door.typing("yes\n");
    let (code, shown) = door.screen("export --format research --study legs.key out");
    assert_eq!(code, 0, "{shown}");
    assert_eq!(files(&door, "out").len(), 4);
    // where nobody can answer, only --yes agrees
    door.piping("");
    let refused = door.refused(1, "export --format research --study legs.key again");
    assert!(refused.contains("--yes"), "{refused}");
    assert!(
        refused.contains("4 rows"),
        "it is shown all the same: {refused}"
    );
}

#[test]
fn what_was_handed_out_is_kept_and_can_be_undone() {
    let door = door();
    let said =
        door.run("--json export --format research --study legs.key out --yes --dates shifted");
    let json = said.json();
    let package = std::fs::read(door.folder().join("out/datapackage.json")).unwrap();
    assert_eq!(
        json["sha256"],
        sha256(&package),
        "what was written is known again"
    );
    assert_eq!((&json["nights"], &json["cramps"]), (&4.into(), &1.into()));
    let history = door.ok("history");
    assert!(
        history.contains("4 nights handed out to Study of legs on 2026-03-06"),
        "{history}"
    );
    assert!(
        !history.contains("000102"),
        "no key in the history: {history}"
    );
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    let kept = store.read(None).unwrap().handovers;
    assert_eq!((kept.len(), kept[0].dates.as_str()), (1, "shifted"));
    drop(store);
    door.ok("undo");
    assert!(!door.ok("history").starts_with("no"), "the history stays");
    let store = Store::open_read(&door.diary()).unwrap().unwrap();
    assert!(store.read(None).unwrap().handovers.is_empty());
}

/// Every text field of every kind of record holds a mark, as do names of factors, medicines, devices, zones and files.
fn marked() -> Vec<Record> {
    let secret = || SECRET.to_string();
    let mut records: Vec<Record> = every_kind();
    for record in &mut records {
        match record {
            Record::Night(n) => n.note = Some(secret()),
            Record::Episode(e) => {
                e.note = Some(secret());
                e.raw = Some(secret());
                e.source.detail = Some(SECRET.into());
                if let Some(at) = &mut e.began_at {
                    at.zone = SECRET.into();
                }
            }
            Record::Value(v) => {
                v.typed = Some(SECRET.into());
                v.unit = Some(SECRET.into());
                v.source.detail = Some(SECRET.into());
            }
            Record::Factor(f) => {
                f.factor = format!("moon-{SECRET}").into();
                f.label = secret();
                f.unit = Some(secret());
                f.group = Some(secret());
                f.choices = vec![secret()];
                f.retired = false;
            }
            Record::Intake(i) => {
                (i.name, i.unit, i.typed) = (secret(), Some(secret()), Some(secret()))
            }
            Record::Course(c) => {
                (c.name, c.unit, c.typed) = (secret(), Some(secret()), Some(secret()));
                c.reason = Some(secret());
            }
            Record::Symptom(s) => s.text = Some(secret()),
            Record::Fact(f) => (f.value, f.means) = (secret(), Some(secret())),
            Record::Event(e) => e.text = secret(),
            Record::Exclusion(x) => {
                (x.from, x.to) = (night("2026-03-02"), night("2026-03-02"));
                x.text = secret();
            }
            Record::FlagNote(f) => (f.flag, f.text) = (secret(), Some(secret())),
            Record::Look(l) => l.state = secret(),
            Record::Follow(f) => f.factor = secret(),
            Record::Reply(r) => (r.about, r.question) = (secret(), secret()),
            Record::Experiment(e) => {
                (e.thing, e.on, e.off) = (secret(), Some(secret()), Some(secret()));
                (e.unit, e.reason) = (Some(secret()), Some(secret()));
            }
            Record::Adherence(a) => a.thing = secret(),
            Record::Reading(_) | Record::Mapping(_) | Record::Handover(_) => {}
        }
    }
    let reading = |id: i64, factor: &str, number: f64| {
        let source = format!("{SECRET}-{id}");
        Record::Reading(Reading {
            unit: Some(secret()),
            ..Reading::blank(
                id,
                night("2026-03-01"),
                factor.into(),
                source.clone(),
                source,
                number,
                now(),
            )
        })
    };
    let own = format!("moon-{SECRET}");
    records.extend([
        reading(1, "room", 16.5),
        reading(2, "asleep", 400.0),
        reading(3, SECRET, 7_777.0),
        Record::Mapping(Mapping::blank(1, secret(), secret(), now())),
        Record::Handover(Handover::blank(
            1,
            secret(),
            "exact".into(),
            3,
            secret(),
            now(),
        )),
        Record::Value(value("2026-03-02", &own, Value::Word(SECRET.into()))),
        // a choice of the program with a word that is not of it, a number with a word, a number out of its range
        Record::Value(value("2026-03-02", "posture", Value::Word(SECRET.into()))),
        Record::Value(value("2026-03-02", "alcohol", Value::Word(SECRET.into()))),
        Record::Value(value("2026-03-02", "caffeine", Value::Number(7_777_777.0))),
        // a class and a name of the table beside words of the person
        Record::Course(Course {
            class: Some(MedicineClass::AceInhibitor),
            ..Course::blank(
                2,
                format!("grey pill {SECRET}"),
                CourseKind::Medicine,
                date("2026-03-01"),
                now(),
            )
        }),
        Record::Intake(Intake::blank(
            4,
            moment("2026-03-02T21:00:00+00:00"),
            night("2026-03-02"),
            format!("furosemide {SECRET} drops"),
            now(),
        )),
        Record::Fact(Fact::blank(2, "born".into(), "1930".into(), now())),
        Record::Fact(Fact::blank(3, "initials".into(), secret(), now())),
        Record::Fact(Fact::blank(4, SECRET.into(), secret(), now())),
        Record::Episode(Episode {
            began_at: Some(moment("2026-03-03T02:00:00+05:45")),
            duration_s: Some(60),
            ..Episode {
                night: night("2026-03-02"),
                ..episode(99)
            }
        }),
    ]);
    records
}

/// Whatever stands in the diary: what leaves is a number, a word of this program, or a date in the mode asked for.
#[test]
fn no_text_name_path_or_exact_date_can_leave() {
    let door = Door::at(NOW);
    let mut store = Store::open(&door.diary(), now()).unwrap();
    store
        .write::<_, StoreError>(now(), SECRET, |w| w.put_all(marked()))
        .unwrap();
    drop(store);
    let key = format!("name = {SECRET}\nkey = {}\n", "ab".repeat(32));
    let key_file = format!("{SECRET}.key");
    std::fs::write(door.folder().join(&key_file), key).unwrap();
    let diary_id = Store::open_read(&door.diary())
        .unwrap()
        .unwrap()
        .diary_id()
        .unwrap()
        .unwrap();
    for dates in Dates::ALL {
        let folder = format!("{SECRET}-{dates}");
        door.ok(&format!(
            "export --format research --study {key_file} {folder} --dates {dates} --redcap --yes"
        ));
        let written = files(&door, &folder);
        assert_eq!(written.len(), 6);
        for (name, text) in &written {
            // a hash may hold any digits
            let lines = text.lines().filter(|line| !line.contains("sha256:"));
            let text = lines.collect::<Vec<_>>().join("\n");
            let path = door.folder().to_str().unwrap();
            let mut outside = vec![
                SECRET, "zzzzzzzz", "7777", "abababab", &diary_id, path, "Europe", "1930",
            ];
            if *dates != Dates::Exact {
                outside.extend(["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]);
            }
            for word in outside {
                assert!(
                    !text.contains(word),
                    "{dates}: {name} holds '{word}':\n{text}"
                );
            }
            if *dates == Dates::DayNumber {
                let mut at = text.char_indices().map(|(at, _)| at);
                let dated = at.find(|at| {
                    let ten = text.get(*at..at + 10);
                    ten.is_some_and(|ten| ten.parse::<chrono::NaiveDate>().is_ok())
                });
                assert_eq!(dated, None, "{name} holds a date:\n{text}");
            }
        }
        let taken = rows(&door, &format!("{folder}/nights.csv"));
        let taken: BTreeSet<&str> = taken.iter().flat_map(|n| n["taken"].split(';')).collect();
        for kind in ["ace-inhibitor", "loop-diuretic", "other"] {
            assert!(taken.contains(kind), "{kind}: {taken:?}");
        }
        cells_are_allowed(&door, &folder, *dates);
    }
}

/// Each cell of the tables is of one of the few shapes a cell may have.
fn cells_are_allowed(door: &Door, folder: &str, dates: Dates) {
    let catalogue = crate::diary::factor::Catalogue::built_in();
    let mut allowed: BTreeSet<String> = BTreeSet::new();
    fn words<W: crate::data::word::Word>(allowed: &mut BTreeSet<String>) {
        allowed.extend(
            <W as crate::data::word::Word>::ALL
                .iter()
                .map(|w| w.word().to_string()),
        );
    }
    use crate::diary::vocabulary::{Certainty, Nutrient, Period, Relief, Side, Site};
    words::<MedicineClass>(&mut allowed);
    words::<Nutrient>(&mut allowed);
    words::<Certainty>(&mut allowed);
    words::<Period>(&mut allowed);
    words::<Relief>(&mut allowed);
    words::<Side>(&mut allowed);
    words::<Site>(&mut allowed);
    let choices = catalogue.all().iter().flat_map(|f| &f.choices);
    allowed.extend(choices.map(ToString::to_string));
    allowed.extend(["some", "90+"].map(str::to_string));
    let mut seen = 0;
    for file in ["nights.csv", "cramps.csv"] {
        for row in rows(door, &format!("{folder}/{file}")) {
            for (column, cell) in row {
                let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
                let is_time = matches!(column.as_str(), "night_date" | "cramp_start" | "cramp_end")
                    && dates != Dates::DayNumber;
                let is_clock = column == "cramp_clock";
                let is_name = column == "record_id" && cell.starts_with("NC-");
                let of_words = cell.split(';').all(|word| allowed.contains(word));
                if column == "tz_offset_min" {
                    assert!(dates == Dates::Exact || cell.is_empty(), "{file}: '{cell}'");
                }
                let fits =
                    cell.is_empty() || is_number || is_time || is_clock || is_name || of_words;
                assert!(fits, "{file}: {column} holds '{cell}'");
                seen += 1;
            }
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn columns_have_names_once_and_redcap_can_take_them() {
    let door = door();
    door.ok("export --format research --study legs.key out --redcap --yes");
    for file in ["nights.csv", "cramps.csv", "redcap-import.csv"] {
        let mut reader = csv::Reader::from_path(door.folder().join("out").join(file)).unwrap();
        let header = reader.headers().unwrap().clone();
        let names: BTreeSet<&str> = header.iter().collect();
        assert_eq!(names.len(), header.len(), "{file}");
        for row in reader.records() {
            assert_eq!(row.unwrap().len(), header.len());
        }
    }
    let dictionary = rows(&door, "out/redcap-dictionary.csv");
    let fields: BTreeSet<&str> = dictionary
        .iter()
        .map(|line| line["Variable / Field Name"].as_str())
        .collect();
    assert_eq!(
        fields.len(),
        dictionary.len(),
        "a field is one of the whole project"
    );
    assert_eq!(dictionary[0].len(), 18);
    for name in &fields {
        let fits = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(
            fits && name.starts_with(|c: char| c.is_ascii_lowercase()),
            "{name}"
        );
    }
    let import = rows(&door, "out/redcap-import.csv");
    assert_eq!(import.len(), 5, "four nights and a cramp");
    for column in import[0].keys() {
        let of_redcap = column.starts_with("redcap_repeat_") || column.ends_with("_complete");
        assert!(of_redcap || fields.contains(column.as_str()), "{column}");
    }
    let cramp = import.last().unwrap();
    assert_eq!(cramp["redcap_repeat_instrument"], "cramp");
    assert_eq!(
        (
            cramp["cramp_complete"].as_str(),
            cramp["night_complete"].as_str()
        ),
        ("2", "")
    );
    assert_eq!(
        (cramp["cramp_pain"].as_str(), cramp["any_cramp"].as_str()),
        ("7", "")
    );
}

#[test]
fn a_key_file_that_is_none_is_refused_with_its_line() {
    let door = door();
    let long = "0".repeat(64);
    for (text, says) in [
        ("".to_string(), "no line 'name = …'"),
        ("name = x\n".to_string(), "no line 'key = …'"),
        (
            format!("name = x\nkey = {long}\nkey = {long}\n"),
            "line 3: a second 'key'",
        ),
        (
            format!("name =\nkey = {long}\n"),
            "line 1: 'name' says nothing",
        ),
        (format!("# x\nsecret: {long}\n"), "line 2 is neither"),
        ("name = x\nkey = 00112233\n".to_string(), "32 bits"),
        (
            "name = x\nkey = 0011223344556677889900aabbccddeeg\n".to_string(),
            "holds something else",
        ),
        (
            "name = x\nkey = 00112233445566778899aabbccddeef\n".to_string(),
            "lacks a digit",
        ),
    ] {
        std::fs::write(door.folder().join("bad.key"), &text).unwrap();
        let said = door.refused(2, "export --format research --study bad.key out --yes");
        assert!(said.contains(says), "{text}: {said}");
        assert!(said.contains("bad.key"), "{said}");
        assert!(!said.contains("0011"), "a key is not repeated: {said}");
    }
    let said = door.refused(1, "export --format research --study nowhere.key out --yes");
    assert!(said.contains("nowhere.key"), "{said}");
}

#[test]
fn a_study_makes_its_own_key_and_its_folder_is_new() {
    let door = door();
    let said = door.ok("export --format research --new-study \"Leeds legs\" leeds.key");
    assert!(said.contains("leeds.key"), "{said}");
    let study =
        Study::read(&std::fs::read_to_string(door.folder().join("leeds.key")).unwrap()).unwrap();
    assert_eq!(study.name, "Leeds legs");
    let said = door.refused(1, "export --format research --new-study Other leeds.key");
    assert!(said.contains("there already"), "{said}");
    door.ok("export --format research --study leeds.key out --yes");
    let said = door.refused(1, "export --format research --study leeds.key out --yes");
    assert!(said.contains("is not empty"), "{said}");
    for (line, says) in [
        ("export --format research out", "no key file"),
        ("export --format research --study leeds.key", "no folder"),
        ("export out --study leeds.key", "belong to a study"),
        (
            "export --format research --study leeds.key new --out x.json",
            "belong to a bundle",
        ),
    ] {
        let said = door.refused(2, line);
        assert!(said.contains(says), "{line}: {said}");
    }
    let empty = Door::at(NOW);
    std::fs::write(empty.folder().join("legs.key"), KEY).unwrap();
    empty.refused(1, "export --format research --study legs.key out --yes");
    empty.ok("me born=1958");
    let said = empty.refused(1, "export --format research --study legs.key out --yes");
    assert!(said.contains("no night"), "{said}");
}

/// The random name goes along with the person's own export and backup, into an empty diary and no other.
#[test]
fn an_empty_diary_takes_over_the_name_it_was_exported_with() {
    let here = door();
    let id = |door: &Door| {
        Store::open_read(&door.diary())
            .unwrap()
            .unwrap()
            .diary_id()
            .unwrap()
            .unwrap()
    };
    let own = id(&here);
    here.ok("export copy");
    here.ok("export whole --format json");
    let bring = |to: &Door, from: &str| {
        let path = here.folder().join(from);
        to.ok(&format!("import {}", path.display()));
    };
    for from in ["copy", "whole"] {
        let there = Door::at(NOW);
        bring(&there, from);
        assert_eq!(id(&there), own, "{from}");
    }
    // a diary in which anything was ever written stays who it is
    for before in [["night calm", "night calm"], ["night calm", "undo"]] {
        let there = Door::at(NOW);
        for line in before {
            there.ok(line);
        }
        let name = id(&there);
        bring(&there, "copy");
        assert_eq!(id(&there), name, "{before:?}");
    }
    let backup = here.folder().join("kept.db");
    here.ok(&format!("backup --out {}", backup.display()));
    let restore = |there: &Door| there.ok(&format!("restore {}", backup.display()));
    let nowhere = Door::at(NOW);
    restore(&nowhere);
    assert_eq!(id(&nowhere), own);
    let empty = Door::at(NOW);
    drop(Store::open(&empty.diary(), now()).unwrap());
    restore(&empty);
    assert_eq!(id(&empty), own);
    let full = Door::at(NOW);
    full.ok("night calm");
    let name = id(&full);
    restore(&full);
    assert_eq!(id(&full), name);
    // a name that is none is left alone
    let text = std::fs::read_to_string(here.folder().join("whole/diary.json")).unwrap();
    std::fs::create_dir(here.folder().join("odd")).unwrap();
    std::fs::write(
        here.folder().join("odd/diary.json"),
        text.replace(&own, "you"),
    )
    .unwrap();
    let there = Door::at(NOW);
    bring(&there, "odd");
    assert_eq!(id(&there).len(), 32);
}

/// A diary of an older version has no name until it is opened for writing; what is handed out names it for good.
#[test]
fn an_older_diary_gets_one_name_when_it_is_handed_out() {
    let door = Door::at(NOW);
    std::fs::create_dir_all(door.diary().parent().unwrap()).unwrap();
    let museum =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries/version-6.db");
    std::fs::copy(museum, door.diary()).unwrap();
    std::fs::write(door.folder().join("legs.key"), KEY).unwrap();
    door.ok("export copy");
    let manifest = std::fs::read_to_string(door.folder().join("copy/diary.json")).unwrap();
    assert!(!manifest.contains("diary_id"), "reading gives no name");
    door.ok("export --format fhir --out one.json");
    door.ok("export --format fhir --out two.json");
    let read = |name: &str| std::fs::read_to_string(door.folder().join(name)).unwrap();
    assert_eq!(read("one.json"), read("two.json"));
}
