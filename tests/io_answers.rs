//! What an import answers to particular files: one stated answer for each thing that can be wrong or missing.

use crate::diary::pain::Pain;
use crate::diary::vocabulary::*;
use crate::diary::*;
use crate::import::Imported;

use crate::tests::io::{import, with};

fn alone(file: &str, text: &str) -> Imported {
    import(&[(file, text)], &Diary::default())
}

/// The refused rows as a person sees them.
fn refusals(read: &Imported) -> Vec<String> {
    read.refused.iter().map(ToString::to_string).collect()
}

/// The one refusal of a file that has one.
fn refusal(file: &str, text: &str) -> String {
    let read = alone(file, text);
    let said = refusals(&read);
    assert_eq!(said.len(), 1, "{said:?}");
    said[0].clone()
}

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

/// A diary with one calm night, one cramp and one value.
fn small() -> Diary {
    let read = import(
        &[
            (
                "nights.csv",
                "night,outcome,note,recorded_at\n2026-03-01,calm,slept well,2026-03-02T08:00:00Z\n",
            ),
            (
                "episodes.csv",
                "id,night,began_at,zone,side,severity,recorded_at\n7,2026-03-03,2026-03-04T03:10:00+00:00,Europe/London,left,6,2026-03-04T03:12:00Z\n",
            ),
            (
                "context.csv",
                "night,factor,value,recorded_at\n2026-03-03,room,18,2026-03-04T08:00:00Z\n",
            ),
        ],
        &Diary::default(),
    );
    assert_eq!(refusals(&read), Vec::<String>::new());
    with(Diary::default(), read.changes)
}

#[test]
fn the_least_a_file_can_say_is_enough() {
    let read = import(
        &[
            ("nights.csv", "night\n2026-03-01\n"),
            ("episodes.csv", "night\n2026-03-03\n2026-03-03\n"),
        ],
        &Diary::default(),
    );
    let diary = with(Diary::default(), read.changes);
    assert_eq!(diary.state(night("2026-03-01")), NightState::Unknown);
    assert_eq!(diary.cramps_on(night("2026-03-03")), 2);
    assert_eq!(
        diary.state(night("2026-03-02")),
        NightState::Unknown,
        "an absent row is no calm"
    );
    let e = &diary.episodes[0];
    assert_eq!((e.id, e.began_at.is_none(), e.severity), (1, true, None));
    assert_eq!(e.certainty, Certainty::Unknown);
    assert_eq!(e.source.to_string(), "import");
}

#[test]
fn silence_never_overwrites_what_is_known() {
    let diary = small();
    for (file, text) in [
        ("nights.csv", "night\n2026-03-01\n"),
        ("nights.csv", "night,outcome,note\n2026-03-01,,\n"),
        ("episodes.csv", "id,night\n7,2026-03-03\n"),
        ("episodes.csv", "night,side,severity\n2026-03-03,left,\n"),
        ("context.csv", "night,factor,value\n2026-03-03,room,\n"),
        ("context.csv", "night,factor,value\n"),
    ] {
        let read = import(&[(file, text)], &diary);
        assert!(read.changes.is_empty(), "{text}: {:?}", read.changes);
        assert_eq!(refusals(&read), Vec::<String>::new());
    }
}

#[test]
fn what_is_said_amends_the_record_it_is_about() {
    let diary = small();
    let read = import(
        &[(
            "episodes.csv",
            "id,night,severity,site\n7,2026-03-03,8,calf\n",
        )],
        &diary,
    );
    let e = &read.changes.episodes[0];
    assert_eq!(
        (e.id, e.severity, e.site, e.side),
        (7, Pain::of(8.0), Some(Site::Calf), Some(Side::Left))
    );
    assert_eq!(
        e.recorded_at, diary.episodes[0].recorded_at,
        "an amendment keeps when it was first written"
    );
    assert_eq!(
        (
            read.counts[0].new,
            read.counts[0].changed,
            read.counts[0].same
        ),
        (0, 1, 0)
    );
}

#[test]
fn somebody_elses_cramp_is_never_overwritten() {
    let diary = small();
    let read = import(
        &[("episodes.csv", "id,night,severity\n7,2026-03-09,2\n")],
        &diary,
    );
    assert_eq!(
        refusals(&read),
        [
            "episodes.csv:2: id '7': number 7 is something else in the diary than an episode of the night of 2026-03-09; leave the number empty to add it as a new entry"
        ]
    );
    assert!(read.changes.is_empty());
}

#[test]
fn numbers_are_given_after_the_largest_in_file_and_diary() {
    let read = import(
        &[(
            "episodes.csv",
            "id,night\n,2026-03-05\n40,2026-03-06\n,2026-03-07\n",
        )],
        &small(),
    );
    let ids: Vec<i64> = read.changes.episodes.iter().map(|e| e.id).collect();
    assert_eq!(ids, [41, 40, 42]);
}

#[test]
fn equal_rows_are_equal_cramps_and_are_found_again() {
    let text = "night,side\n2026-03-05,left\n2026-03-05,left\n2026-03-05,\n";
    let diary = with(Diary::default(), alone("episodes.csv", text).changes);
    assert_eq!(diary.cramps_on(night("2026-03-05")), 3);
    let again = import(&[("episodes.csv", text)], &diary);
    assert!(again.changes.is_empty());
    let one_more = import(
        &[("episodes.csv", &format!("{text}2026-03-05,left\n"))],
        &diary,
    );
    assert_eq!(one_more.changes.episodes.len(), 1);
}

#[test]
fn a_calm_night_with_a_cramp_is_refused_wherever_the_cramp_is() {
    let reason = "nights.csv:2: outcome 'calm': a cramp is written down for this night (in episodes.csv or in the diary); correct whichever is wrong";
    let in_diary = import(
        &[("nights.csv", "night,outcome\n2026-03-03,calm\n")],
        &small(),
    );
    assert_eq!(refusals(&in_diary), [reason]);
    let in_file = import(
        &[
            ("nights.csv", "night,outcome\n2026-03-05,calm\n"),
            ("episodes.csv", "night\n2026-03-05\n"),
        ],
        &Diary::default(),
    );
    assert_eq!(refusals(&in_file), [reason]);
    // something that is no cramp, or came by day, does not contradict a calm night
    let jerk = import(
        &[
            ("nights.csv", "night,outcome\n2026-03-05,calm\n"),
            (
                "episodes.csv",
                "night,kind,period\n2026-03-05,jerk,\n2026-03-05,cramp,day\n",
            ),
        ],
        &Diary::default(),
    );
    assert_eq!(refusals(&jerk), Vec::<String>::new());
}

#[test]
fn a_night_whose_cramp_could_not_be_read_is_not_calm() {
    let read = import(
        &[
            ("nights.csv", "night,outcome\n2026-03-05,calm\n"),
            ("episodes.csv", "night,severity\n2026-03-05,11\n"),
        ],
        &Diary::default(),
    );
    assert_eq!(
        refusals(&read),
        [
            "episodes.csv:2: severity '11': a number from 0 to 10 in steps of a half is needed",
            "nights.csv:2: outcome 'calm': a row of episodes.csv about this night could not be taken, so it is not known to be calm",
        ]
    );
}

#[test]
fn a_cramp_on_a_calm_night_of_the_diary_makes_it_a_cramp_night_and_says_so() {
    let read = import(&[("episodes.csv", "night\n2026-03-01\n")], &small());
    assert_eq!(
        read.warnings[0].to_string(),
        "episodes.csv: the diary called the night of 2026-03-01 calm; it becomes a cramp night"
    );
    let changed = &read.changes.nights[0];
    assert_eq!(
        (changed.outcome, changed.note.as_deref()),
        (Some(Outcome::Cramp), Some("slept well"))
    );
}

#[test]
fn bad_cells_are_named_with_file_line_column_and_value() {
    let cases = [
        (
            "nights.csv",
            "night\n3/4\n",
            "nights.csv:2: night '3/4': a date is written 2026-03-04 (year-month-day); the order of day and month is never guessed",
        ),
        (
            "nights.csv",
            "night\n2026-02-30\n",
            "nights.csv:2: night '2026-02-30': a date is written 2026-03-04 (year-month-day); the order of day and month is never guessed",
        ),
        (
            "nights.csv",
            "night\n2027-01-01\n",
            "nights.csv:2: night '2027-01-01': the date is in the future",
        ),
        (
            "nights.csv",
            "night,outcome\n2026-03-01,clam\n",
            "nights.csv:2: outcome 'clam': no such outcome; did you mean 'calm'?",
        ),
        (
            "nights.csv",
            "outcome,night\ncalm,\n",
            "nights.csv:2: night is empty: it is needed",
        ),
        (
            "nights.csv",
            "night,sleep_quality\n2026-03-01,7.5\n",
            "nights.csv:2: sleep_quality '7.5': a whole number from 0 to 10 is needed",
        ),
        (
            "episodes.csv",
            "night,began_at\n2026-03-03,2026-05-01T10:00:01Z\n",
            "episodes.csv:2: began_at '2026-05-01T10:00:01Z': the time is in the future",
        ),
        (
            "episodes.csv",
            "night,began_at\n2026-03-04,2026-03-04T03:10:00+00:00\n",
            "episodes.csv:2: began_at '2026-03-04T03:10:00+00:00': that time belongs to the night of 2026-03-03, not 2026-03-04: a night runs from noon to noon and is named by its evening",
        ),
        (
            "episodes.csv",
            "night,duration_s\n2026-03-03,46800\n",
            "episodes.csv:2: duration_s '46800': a whole number from 0 to 43200 is needed",
        ),
        (
            "episodes.csv",
            "night,relief\n2026-03-03,stretch;pray\n",
            "episodes.csv:2: relief 'pray': words between ';' are one of: stretch massage walk heat press dorsiflex pull-toe cold drink medicine none",
        ),
        (
            "episodes.csv",
            "night,relief\n2026-03-03,none;walk\n",
            "episodes.csv:2: relief 'none;walk': 'none' stands alone",
        ),
        (
            "episodes.csv",
            "night,soreness_h\n2026-03-03,NaN\n",
            "episodes.csv:2: soreness_h 'NaN': not a number; unknown is an empty cell",
        ),
        (
            "episodes.csv",
            "night,soreness_h\n2026-03-03,\"1,5\"\n",
            "episodes.csv:2: soreness_h '1,5': not a number; the decimal mark is a point, thousands are not separated",
        ),
        (
            "episodes.csv",
            "night,woke\n2026-03-03,maybe\n",
            "episodes.csv:2: woke 'maybe': yes is 1, no is 0, unknown is empty",
        ),
        (
            "episodes.csv",
            "night,began_at,zone\n2026-03-03,2026-03-04 03:10,Mars\n",
            "episodes.csv:2: zone 'Mars': not a zone; write it like Europe/London or +02:00",
        ),
        (
            "context.csv",
            "night,factor,value\n2026-03-03,rooom,18\n",
            "context.csv:2: factor 'rooom': neither a built-in factor nor one of factors.csv; did you mean 'room'?",
        ),
        (
            "context.csv",
            "night,factor,value\n2026-03-03,room,180\n",
            "context.csv:2: value '180': 'room' takes -5 to 45 °C",
        ),
        (
            "context.csv",
            "night,factor,value\n2026-03-03,room,inf\n",
            "context.csv:2: value 'inf': not a number; unknown is an empty cell",
        ),
        (
            "courses.csv",
            "name,kind,start,stop\nmagnesium,supplement,2026-03-03,2026-03-01\n",
            "courses.csv:2: stop '2026-03-01': it is before the start, 2026-03-03",
        ),
        (
            "symptoms.csv",
            "noticed_at,symptom,present\n2026-03-04 09:00,numness,1\n",
            "symptoms.csv:2: symptom 'numness': no such symptom; did you mean 'numbness'?",
        ),
        (
            "symptoms.csv",
            "noticed_at,symptom,present\n2026-03-04 09:00,numbness,\n",
            "symptoms.csv:2: present is empty: it is needed",
        ),
        (
            "exclusions.csv",
            "from,to\n2026-03-04,2026-03-01\n",
            "exclusions.csv:2: to '2026-03-01': it is before 'from', 2026-03-04",
        ),
        (
            "factors.csv",
            "factor,type,unit\nroom,number,K\n",
            "factors.csv:2: factor 'room': 'room' is built in as number in °C; give your own factor another name",
        ),
        (
            "intakes.csv",
            "taken_at,name,amount\n2026-03-04 21:00,magnesium,-3\n",
            "intakes.csv:2: amount '-3': it cannot be negative",
        ),
    ];
    for (file, text, said) in cases {
        assert_eq!(refusal(file, text), said, "{text}");
    }
}

#[test]
fn flaws_of_a_whole_file_are_named() {
    let cases = [
        (
            "nights.csv",
            "evening,outcome\n",
            "nights.csv:1: the header 'evening,outcome' has no column 'night'",
        ),
        (
            "nights.csv",
            "night;outcome\n2026-03-01;calm\n",
            "nights.csv:1: the header 'night;outcome' is not separated by commas; export with commas",
        ),
        (
            "nights.csv",
            "night,outcome,night\n",
            "nights.csv:1: the header names the column 'night' twice",
        ),
        (
            "nights.csv",
            "night,outcome\n2026-03-01\n",
            "nights.csv:2: the row has 1 values, the header names 2",
        ),
        (
            "nights.csv",
            "night,outcome\n2026-03-01,calm,x\n",
            "nights.csv:2: the row has 3 values, the header names 2",
        ),
        (
            "nights.csv",
            "night,note\n2026-03-01,\"never closed\n2026-03-02,x\n",
            "nights.csv:2: a quotation mark is opened here and never closed",
        ),
        (
            "nights.csv",
            "night,note\n2026-03-01,a\0b\n",
            "nights.csv:2: 'a\\u{0}b' holds a NUL character, which no diary text has",
        ),
        (
            "diary.json",
            "{",
            "diary.json:1: not a JSON object: EOF while parsing an object at line 1 column 1",
        ),
        (
            "diary.json",
            "{}",
            "diary.json:1: not an export of this program: no \"schema\": 1",
        ),
        (
            "diary.json",
            "{\"schema\":2}",
            "diary.json:1: it was written by a newer version (shape 2; this version reads 1)",
        ),
    ];
    for (file, text, said) in cases {
        assert_eq!(refusal(file, text), said, "{text:?}");
    }
}

#[test]
fn odd_times_in_bed_are_taken_and_named() {
    let read = alone(
        "nights.csv",
        "night,bed_at,up_at\n2026-03-01,2026-03-01 23:00,2026-03-01 13:00\n2026-03-02,2026-03-09 23:00,\n",
    );
    assert_eq!(refusals(&read), Vec::<String>::new());
    let said: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "nights.csv:2: up_at is before bed_at",
            "nights.csv:3: the time in bed 2026-03-09T23:00:00+00:00 is not in the night of 2026-03-02",
        ]
    );
    assert_eq!(read.changes.nights.len(), 2);
}

#[test]
fn a_person_is_born_once() {
    let read = alone(
        "person.csv",
        "key,value\nborn,1958\nborn,1959\ncondition,diabetes\ncondition,hypertension\n",
    );
    assert_eq!(
        refusals(&read),
        ["person.csv:3: line 2 says something else than born=1959"]
    );
    assert_eq!(read.changes.facts.len(), 3);
    let diary = with(Diary::default(), read.changes);
    let corrected = import(&[("person.csv", "key,value\nborn,1959\n")], &diary);
    assert_eq!(corrected.changes.facts.len(), 1);
    assert_eq!(
        (corrected.changes.facts[0].id, corrected.counts[0].changed),
        (1, 1)
    );
}

#[test]
fn other_encodings_are_named() {
    let zone = Zone::named("UTC").unwrap();
    let empty = Diary::default();
    let free = crate::import::FreeNumbers::after(&empty);
    let now = crate::tests::arbitrary_diary::now();
    let read = |bytes: &[u8]| {
        let read = crate::import::read(&[("nights.csv", bytes)], &empty, &free, now, &zone);
        refusals(&read).join("|")
    };
    let utf16: Vec<u8> = [0xff, 0xfe, b'n', 0].to_vec();
    assert_eq!(
        read(&utf16),
        "nights.csv:1: the file is UTF-16; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
    );
    assert_eq!(
        read(b"night,note\n2026-03-01,ok\n2026-03-02,caf\xe9\n"),
        "nights.csv:3: the file is not UTF-8 (byte 0xe9); save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
    );
}

#[test]
fn spreadsheet_habits_are_understood() {
    // byte-order mark, CRLF, capitals, blank lines, rows of commas, quoted line breaks
    let text = "\u{feff}Night, Outcome ,note\r\n2026-03-01,CALM,\"two\nlines, \"\"quoted\"\"\"\r\n\r\n,,\r\n2026-03-02,cramp,\r\n";
    let read = alone("nights.csv", text);
    assert_eq!(refusals(&read), Vec::<String>::new());
    let notes: Vec<Option<&str>> = read
        .changes
        .nights
        .iter()
        .map(|n| n.note.as_deref())
        .collect();
    assert_eq!(notes, [Some("two lines, \"quoted\""), None]);
    // the line of a later row counts the line breaks in cells
    let late = "night,note\n2026-03-01,\"a\nb\nc\"\nx,\n";
    assert_eq!(alone("nights.csv", late).refused[0].line, 5);
}

#[test]
fn unknown_columns_and_files_are_named_and_left_out() {
    let read = import(
        &[
            ("nights.csv", "night,weather\n2026-03-01,rain\n"),
            ("notes.csv", "a\n"),
        ],
        &Diary::default(),
    );
    let said: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "notes.csv: not a file of a diary by its name; left alone",
            "nights.csv:1: column(s) not known and left out: weather",
        ]
    );
    assert_eq!(read.changes.nights.len(), 1);
    let none = import(&[("notes.csv", "a\n")], &Diary::default());
    assert!(
        refusals(&none)[0]
            .starts_with("notes.csv:1: no file of a diary; their names are nights.csv")
    );
}

#[test]
fn repeated_rows_are_counted_once_and_contradictions_refused() {
    let nights = alone(
        "nights.csv",
        "night,outcome\n2026-03-01,calm\n2026-03-01,calm\n2026-03-01,cramp\n",
    );
    assert_eq!(nights.changes.nights.len(), 1);
    assert_eq!(
        nights.warnings[0].to_string(),
        "nights.csv:3: repeats line 2; counted once"
    );
    assert_eq!(
        refusals(&nights),
        ["nights.csv:4: night '2026-03-01': line 2 says something else about this night"]
    );
    let values = alone(
        "context.csv",
        "night,factor,value\n2026-03-01,room,18\n2026-03-01,room,18.0\n2026-03-01,room,19\n",
    );
    assert_eq!(values.changes.values.len(), 1);
    assert_eq!(
        refusals(&values),
        [
            "context.csv:4: factor 'room': line 2 gives 'room' another value for this night; nothing is summed or chosen"
        ]
    );
    let episodes = alone(
        "episodes.csv",
        "id,night,side\n3,2026-03-01,left\n3,2026-03-01,left\n3,2026-03-01,right\n",
    );
    assert_eq!(episodes.changes.episodes.len(), 1);
    assert_eq!(
        refusals(&episodes),
        ["episodes.csv:4: id '3': line 2 has this number already"]
    );
}

#[test]
fn units_are_converted_and_the_original_kept() {
    let read = alone(
        "context.csv",
        "night,factor,value,unit\n2026-03-01,room,64,°F\n2026-03-02,room,18,°C\n2026-03-03,room,18,\n",
    );
    assert_eq!(refusals(&read), Vec::<String>::new());
    let first = &read.changes.values[0];
    let Value::Number(celsius) = first.value else {
        panic!()
    };
    assert!((celsius - 17.78).abs() < 0.005);
    assert_eq!(
        (first.unit.as_deref(), first.typed.as_deref()),
        (Some("°C"), Some("64°F"))
    );
    assert_eq!(read.changes.values[1].typed, None);
    let wrong = refusal(
        "context.csv",
        "night,factor,value,unit\n2026-03-01,room,64,mg\n",
    );
    assert!(wrong.starts_with("context.csv:2: value '64':"), "{wrong}");
}

#[test]
fn own_factors_come_before_their_values() {
    let files = [
        ("context.csv", "night,factor,value\n2026-03-01,air,22.5\n"),
        (
            "factors.csv",
            "factor,label,type,unit,min,max,timing\nair,Air quality,number,index,0,500,day\n",
        ),
    ];
    let read = import(&files, &Diary::default());
    assert_eq!(refusals(&read), Vec::<String>::new());
    assert_eq!(read.changes.values[0].unit.as_deref(), Some("index"));
    let diary = with(Diary::default(), read.changes);
    assert!(import(&files, &diary).changes.is_empty());
    // another unit would give the old values another meaning
    let redefined = import(
        &[("factors.csv", "factor,type,unit\nair,number,ppm\n")],
        &diary,
    );
    assert_eq!(
        refusals(&redefined),
        [
            "factors.csv:2: factor 'air': the diary has values of this factor with another type or unit; give the new one another name"
        ]
    );
}

#[test]
fn a_clock_without_offset_is_the_wall_clock_and_is_found_again_anywhere() {
    let text =
        "night,began_at\n2026-03-28,2026-03-29 01:30\n2026-10-24,\n2025-10-25,2025-10-26T01:30\n";
    let text = text.replace("2026-10-24,\n", "");
    let read = alone("episodes.csv", &text);
    let diary = with(Diary::default(), read.changes);
    let certain: Vec<Certainty> = diary.episodes.iter().map(|e| e.certainty).collect();
    assert_eq!(certain, [Certainty::RepeatedHour, Certainty::SkippedHour]);
    // the same files read again by somebody who travelled
    let zone = Zone::named("Asia/Tokyo").unwrap();
    let free = crate::import::FreeNumbers::after(&diary);
    let files: [(&str, &[u8]); 1] = [("episodes.csv", text.as_bytes())];
    let again = crate::import::read(
        &files,
        &diary,
        &free,
        crate::tests::arbitrary_diary::now(),
        &zone,
    );
    assert!(again.changes.is_empty(), "{:?}", again.changes);
}

#[test]
fn a_page_of_text_is_refused_without_being_repeated() {
    let long = "x".repeat(10_000_000);
    let said = refusal("nights.csv", &format!("night,note\n2026-03-01,{long}\n"));
    assert!(said.len() < 200, "{}", said.len());
    assert!(
        said.ends_with("10000000 bytes of text; at most 1048576 are kept"),
        "{said}"
    );
    for column in ["outcome", "sleep_quality", "bed_at", "recorded_at"] {
        let said = refusal(
            "nights.csv",
            &format!("night,{column}\n2026-03-01,{long}\n"),
        );
        assert!(said.len() < 300, "{column}: {}", said.len());
    }
    for (file, text) in [
        (
            "context.csv",
            format!("night,factor,value\n2026-03-01,{long},1\n"),
        ),
        (
            "context.csv",
            format!("night,factor,value\n2026-03-01,room,{long}\n"),
        ),
        (
            "context.csv",
            format!("night,factor,value,unit\n2026-03-01,room,1,{long}\n"),
        ),
        (
            "context.csv",
            format!("night,factor,value,source\n2026-03-01,room,1,{long}\n"),
        ),
        (
            "episodes.csv",
            format!("night,zone,began_at\n2026-03-01,{long},2026-03-01 23:00\n"),
        ),
    ] {
        let said = refusal(file, &text);
        assert!(said.len() < 500, "{}: {}", said.len(), &said[..200]);
    }
}

#[test]
fn a_changed_file_is_named_and_read_all_the_same() {
    let files = crate::render::export::files(&small(), None);
    let edited: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (*name, text.replace("left,,6", "left,,7")))
        .collect();
    let borrowed: Vec<(&str, &str)> = edited.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let read = import(&borrowed, &small());
    assert_eq!(
        read.warnings[0].to_string(),
        "episodes.csv: changed since it was exported (its SHA-256 differs from diary.json)"
    );
    assert_eq!(read.changes.episodes[0].severity, Pain::of(7.0));
    assert_eq!(read.changes.len(), 1);
}
