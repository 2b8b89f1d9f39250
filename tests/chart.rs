//! Charts: what they say, how they look, and that they look the same every time.

use crate::diary::Diary;
use crate::diary::moment::Nights;
use crate::render::{chart, pdf, picture};
use crate::report::chart::{Axis, Chart, KeyEntry, KeyMark, Picture, calendar, counts, rates};
use crate::words::{LETTERS, printable};

use crate::tests::gallery;

/// Resampling a chart in every format, refuses words outside the sheet or over each other, and leaves the picture in the
/// build directory for a person to look at.
pub(crate) fn drawn(name: &str, value: &Chart) -> String {
    let sheet = chart::sheet(value);
    assert_eq!(
        gallery::strays(&sheet),
        Vec::<&_>::new(),
        "{name}: words leave the sheet"
    );
    assert_eq!(
        gallery::collisions(&sheet),
        Vec::new(),
        "{name}: words overlap"
    );
    assert!(!value.alt.is_empty() && !value.title.is_empty());
    let about = chart::about(value, "nightcramp test", "sha256:0");
    let sheets = [sheet];
    let text = picture::svg(&sheets, &about);
    assert_eq!(text, picture::svg(&sheets, &about));
    let dots = picture::png(&sheets, &about).unwrap();
    let page = pdf::file(&sheets, &about).unwrap();
    assert_eq!(page, pdf::file(&sheets, &about).unwrap());
    let folder = crate::tests::scratch().join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.svg")), &text).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), dots).unwrap();
    std::fs::write(folder.join(format!("{name}.pdf")), page).unwrap();
    text
}

fn diaries() -> Vec<(&'static str, Diary, Nights)> {
    let eight_weeks = gallery::nights("2026-01-07", "2026-03-03");
    vec![
        (
            "ordinary",
            gallery::ordinary(),
            gallery::nights("2025-09-05", "2026-03-03"),
        ),
        ("eight-weeks", gallery::ordinary(), eight_weeks),
        ("empty", gallery::empty(), eight_weeks),
        (
            "one-night",
            gallery::one_night(),
            gallery::nights("2026-03-03", "2026-03-03"),
        ),
        (
            "century",
            gallery::century(),
            gallery::nights("1926-03-05", "2026-03-03"),
        ),
        ("crowded", gallery::crowded(), eight_weeks),
    ]
}

#[test]
fn timelines_of_every_kind_are_well_set() {
    for (name, diary, nights) in diaries() {
        drawn(
            &format!("timeline-{name}"),
            &rates::timeline(&diary, nights, rates::ROOM),
        );
    }
}

#[test]
fn calendars_of_every_kind_are_well_set() {
    for (name, diary, nights) in diaries() {
        drawn(
            &format!("calendar-{name}"),
            &calendar::calendar(&diary, nights),
        );
    }
}

#[test]
fn clocks_strips_and_parts_of_every_kind_are_well_set() {
    for (name, diary, nights) in diaries() {
        drawn(
            &format!("clock-{name}"),
            &counts::clock(&diary, nights, true),
        );
        drawn(
            &format!("strip-{name}"),
            &calendar::strip(&diary, nights, 8),
        );
        drawn(&format!("sides-{name}"), &counts::sides(&diary, nights));
        drawn(&format!("sites-{name}"), &counts::sites(&diary, nights));
    }
}

#[test]
fn trends_and_factors_are_well_set_or_say_why_there_is_nothing() {
    for (name, diary, nights) in diaries() {
        // a century of nights is analysed elsewhere; here it would only take long
        if name == "century" {
            continue;
        }
        drawn(&format!("trend-{name}"), &rates::trend(&diary, nights));
        let chart = counts::factors(&diary, nights);
        drawn(&format!("factors-{name}"), &chart);
        let Picture::Factors(forest) = &chart.picture else {
            panic!("{name} is not a forest")
        };
        for row in &forest.rows {
            assert_eq!(
                row.enough,
                row.at.is_some(),
                "{name}: {} is drawn as if there were enough",
                row.label
            );
            assert!(
                row.enough || row.words.starts_with("not enough data"),
                "{name}: {}",
                row.words
            );
        }
    }
}

#[test]
fn what_nobody_wrote_down_is_never_drawn_as_calm() {
    let nights = gallery::nights("2026-01-07", "2026-03-03");
    let chart = rates::timeline(&gallery::empty(), nights, rates::ROOM);
    let Picture::Timeline(rates) = &chart.picture else {
        panic!("not a timeline")
    };
    assert!(
        rates
            .bins
            .iter()
            .all(|bin| bin.rate.is_none() && bin.recorded == 0 && bin.nights == 7)
    );
    assert!(
        chart
            .table
            .rows
            .iter()
            .all(|row| row[3].is_empty() && row[4].is_empty())
    );
    let chart = calendar::calendar(&gallery::one_night(), nights);
    let known = chart
        .table
        .rows
        .iter()
        .filter(|row| row[1] != "not recorded")
        .count();
    assert_eq!((known, chart.table.rows.len()), (1, nights.len()));
    assert!(
        chart
            .table
            .rows
            .iter()
            .all(|row| (row[1] == "not recorded") == row[2].is_empty())
    );
}

#[test]
fn no_clock_time_is_not_no_cramp_at_any_hour() {
    let nights = gallery::nights("2026-02-25", "2026-03-03");
    let mut untimed = Diary::default();
    for night in nights.iter() {
        gallery::cramp(&mut untimed, night, 540, None);
    }
    for episode in &mut untimed.episodes {
        (episode.began_at, episode.side, episode.site) = (None, None, None);
    }
    let mut calm = Diary::default();
    for night in nights.iter() {
        gallery::answer(&mut calm, night, crate::diary::vocabulary::Outcome::Calm);
    }
    for (name, diary, note, known) in [
        (
            "untimed",
            &untimed,
            "No clock time is recorded for any of the 7 cramps.",
            false,
        ),
        ("calm", &calm, "No cramp on the recorded nights.", true),
        ("empty", &gallery::empty(), "Nothing is recorded.", false),
    ] {
        let chart = counts::clock(diary, nights, true);
        let svg = drawn(&format!("clock-{name}"), &chart);
        let hatched = chart.key.iter().any(|entry| entry.mark == KeyMark::Hatched);
        assert_eq!(
            (chart.notes.as_slice(), hatched),
            ([note.to_string()].as_slice(), !known)
        );
        assert_eq!(chart.alt, note, "{name}");
        // the hatching of an area of 180 by 55 millimetres and of its sample in the key
        assert_eq!(svg.matches('M').count() > 150, !known, "{name}");
    }
    // a side nobody named is not a count of none
    let sides = counts::sides(&untimed, nights);
    assert_eq!(sides.table.rows, [["not recorded", "7"]]);
    assert_eq!(counts::sides(&calm, nights).table.rows[0], ["left", "0"]);
}

#[test]
fn nights_outside_the_months_of_a_trend_are_hatched() {
    let eight_weeks = gallery::nights("2026-01-07", "2026-03-03");
    let mut early = gallery::filled(gallery::nights("2026-01-20", "2026-02-10"), 2);
    early.sort();
    for (name, diary) in [("empty", gallery::empty()), ("middle", early)] {
        let chart = rates::trend(&diary, eight_weeks);
        drawn(&format!("trend-hatched-{name}"), &chart);
        assert!(
            chart.key.iter().any(|e| e.mark == KeyMark::Hatched),
            "{name}"
        );
        let Picture::Trend(rates) = &chart.picture else {
            panic!("not a trend")
        };
        let covered: usize = rates.bins.iter().map(|bin| bin.nights).sum();
        assert_eq!(covered, eight_weeks.len(), "{name}");
        let gapless = |w: &[crate::report::chart::Bin]| w[0].to.plus(1) == w[1].from;
        assert!(rates.bins.windows(2).all(gapless), "{name}");
    }
}

#[test]
fn a_long_name_of_a_factor_takes_a_second_line() {
    let chart = counts::factors(
        &gallery::ordinary(),
        gallery::nights("2025-09-05", "2026-03-03"),
    );
    let mut long = chart.clone();
    let Picture::Factors(forest) = &mut long.picture else {
        panic!("not a forest")
    };
    for row in &mut forest.rows {
        row.name = "Air quality index of the day by the station nearby".into();
        row.contrast = Some("39 index against 18 index".into());
    }
    let rows = forest.rows.len();
    assert!(rows > 0);
    let svg = drawn("factors-long", &long);
    assert_eq!(svg.matches("18 index").count(), rows, "{svg}");
}

#[test]
fn the_type_has_every_letter_that_is_printed_as_it_is() {
    for (from, to) in LETTERS {
        for letter in from..=to {
            assert!(gallery::covers(letter), "U+{:04X}", u32::from(letter));
        }
    }
}

/// Eleven months of few cramps, then ten of many; something was begun and something happened when it changed.
fn changed() -> Diary {
    let mut diary = Diary::default();
    let nights = gallery::nights("2024-06-01", "2026-03-02");
    for (at, night) in nights.iter().enumerate() {
        let many = night >= gallery::night("2025-05-01");
        let cramp = if many { at % 3 > 0 } else { at % 7 == 0 };
        if cramp {
            gallery::cramp(&mut diary, night, 540, None);
        } else {
            gallery::answer(&mut diary, night, crate::diary::vocabulary::Outcome::Calm);
        }
    }
    let medicine = crate::diary::vocabulary::CourseKind::Medicine;
    gallery::course(&mut diary, "furosemide", medicine, "2025-04-25", None);
    gallery::course(
        &mut diary,
        "quinine",
        medicine,
        "2024-06-10",
        Some("2025-01-05"),
    );
    gallery::event(&mut diary, "2025-05-02", "new mattress");
    diary.sort();
    diary
}

#[test]
fn a_change_is_in_the_key_and_beside_it_what_coincides() {
    let (diary, nights) = (changed(), gallery::nights("2024-06-01", "2026-03-03"));
    let chart = rates::trend(&diary, nights);
    drawn("trend-changed", &chart);
    for mark in [KeyMark::Level, KeyMark::Change] {
        assert!(chart.key.iter().any(|e| e.mark == mark), "{mark:?}");
    }
    let near = "furosemide 300 mg started (2025-04-25), new mattress (2025-05-02). Coming at the same time does not \
                make any of them the cause.";
    let note = chart
        .notes
        .iter()
        .find(|n| n.starts_with("Near the change"));
    assert!(note.unwrap().ends_with(near), "{:?}", chart.notes);
    assert!(chart.alt.contains(near) && !chart.alt.contains("quinine 300 mg stopped"));
    // the same in the words and the JSON of the trend
    let said = crate::report::trend::trend(&diary, nights.to, 1);
    assert!(
        said.course_lines.iter().any(|l| l.ends_with(near)),
        "{:?}",
        said.course_lines
    );
    let json = serde_json::to_value(&said).unwrap();
    assert_eq!(json["changes"][0]["near"][0]["night"], "2025-04-25");
    assert_eq!(json["changes"][0]["near"].as_array().unwrap().len(), 2);
}

#[test]
fn a_month_of_few_nights_neither_sets_the_scale_nor_looks_sure() {
    let nights = gallery::nights("2024-06-01", "2026-03-03");
    let chart = rates::trend(&changed(), nights);
    let Picture::Trend(rates) = &chart.picture else {
        panic!("not a trend")
    };
    // two of the three nights of March are recorded
    let last = rates.bins.iter().rfind(|bin| bin.rate.is_some()).unwrap();
    assert!((last.recorded, last.sparse) == (2, true), "{last:?}");
    let firm = rates.bins.iter().filter(|bin| !bin.sparse);
    let reach = firm.filter_map(|bin| bin.rate).map(|rate| rate.high);
    let reach = reach.fold(0.0, f64::max);
    assert!(rates.y.to < reach * 1.6, "{} for {reach}", rates.y.to);
}

/// A mark as grey dots, the way a copier shows it.
fn grey(mark: KeyMark) -> Vec<f64> {
    let canvas = chart::marks::key(
        &[KeyEntry {
            mark,
            words: String::new(),
        }],
        12.0,
        3.6,
    );
    let about = crate::render::sheet::About {
        title: String::new(),
        language: "en".into(),
        program: String::new(),
        origin: String::new(),
    };
    let file = picture::png(&[crate::render::sheet::Sheet::of_canvas(canvas)], &about).unwrap();
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(file));
    // colours, not places in a palette
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut dots).unwrap();
    // luma of ITU-R BT.601, as most copiers use
    dots.chunks_exact(3)
        .map(|dot| {
            0.299 * f64::from(dot[0]) + 0.587 * f64::from(dot[1]) + 0.114 * f64::from(dot[2])
        })
        .collect()
}

#[test]
fn marks_are_told_apart_without_colour() {
    let marks: Vec<(KeyMark, Vec<f64>)> = MARKS.iter().map(|mark| (*mark, grey(*mark))).collect();
    for (at, (one, a)) in marks.iter().enumerate() {
        let ink: f64 = a.iter().map(|dot| 255.0 - dot).sum();
        assert!(ink > 0.0, "{one:?} is not drawn");
        for (other, b) in marks.iter().skip(at + 1) {
            let apart: f64 = a.iter().zip(b).map(|(x, y)| (x - y).abs()).sum();
            let both: f64 = ink + b.iter().map(|dot| 255.0 - dot).sum::<f64>();
            assert!(
                apart > 0.15 * both,
                "{one:?} and {other:?} look alike in grey: {:.2}",
                apart / both
            );
        }
    }
}

/// Every mark.
const MARKS: [KeyMark; 20] = [
    KeyMark::Rate,
    KeyMark::SparseRate,
    KeyMark::Hatched,
    KeyMark::Clipped,
    KeyMark::Medicine,
    KeyMark::Supplement,
    KeyMark::Measure,
    KeyMark::Excluded,
    KeyMark::Event,
    KeyMark::Count,
    KeyMark::OpenCount,
    KeyMark::Density,
    KeyMark::Effect,
    KeyMark::NoDifference,
    KeyMark::Level,
    KeyMark::Change,
    KeyMark::CalmNight,
    KeyMark::CrampNight,
    KeyMark::UnknownNight,
    KeyMark::ExcludedNight,
];

#[test]
fn an_axis_ends_on_a_round_number() {
    for (top, to) in [
        (0.0, 1.0),
        (0.3, 0.3),
        (1.0, 1.0),
        (3.4, 4.0),
        (7.0, 8.0),
        (60.0, 60.0),
        (131.0, 150.0),
        (90.0, 100.0),
    ] {
        let found = Axis::from_zero("", top);
        assert!((found.to - to).abs() < 1e-9, "{top} gave {}", found.to);
        assert!(
            (3..=6).contains(&found.ticks.len()),
            "{top} has {} marks",
            found.ticks.len()
        );
    }
    assert!(Axis::from_zero("", f64::INFINITY).to.is_finite());
}

#[test]
fn a_time_axis_is_never_crowded() {
    for (from, to) in [
        ("2026-03-03", "2026-03-03"),
        ("2026-01-07", "2026-03-03"),
        ("2025-09-05", "2026-03-03"),
        ("2016-03-05", "2026-03-03"),
        ("1926-03-05", "2026-03-03"),
    ] {
        let found = Axis::time(gallery::nights(from, to));
        assert!(
            (1..=14).contains(&found.ticks.len()),
            "{from} has {:?}",
            found.ticks
        );
        assert!(
            found
                .ticks
                .iter()
                .all(|t| found.from <= t.at && t.at < found.to)
        );
    }
}

#[test]
fn what_the_type_lacks_is_named() {
    assert_eq!(
        printable("Wade schmerzt – ½ Stunde, naïve µg ≥ 3 °C"),
        "Wade schmerzt – ½ Stunde, naïve µg ≥ 3 °C"
    );
    assert_eq!(printable("כאב בשוק"), "[7 letters in Hebrew script]");
    assert_eq!(
        printable("after כאב, בשוק again"),
        "after [7 letters in Hebrew script] again"
    );
    assert_eq!(
        printable("小腿抽筋 😀😀!"),
        "[4 letters in Chinese or Japanese script] [2 emoji]!"
    );
    assert_eq!(printable("two\nlines\tand  more "), "two lines and more");
    assert_eq!(printable("\u{202e}evil\u{0}\u{7}"), "evil");
    assert_eq!(printable(""), "");
}
