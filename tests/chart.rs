//! Charts: what they say, how they look, and that they look the same every time.

use nightcramp::diary::night::Nights;
use nightcramp::diary::whole::Diary;
use nightcramp::render::{chart, font, pdf, png, svg};
use nightcramp::report::chart::{Chart, calendar, clock, parts, timeline};
use nightcramp::report::say::print::LETTERS;

use crate::gallery;

/// Draws a chart in every format, refuses words outside the sheet or over each other, and leaves the picture in the
/// build directory for a person to look at.
fn drawn(name: &str, value: &Chart) -> String {
    let sheet = chart::sheet(value);
    assert_eq!(
        sheet.strays(),
        Vec::<&_>::new(),
        "{name}: words leave the sheet"
    );
    assert_eq!(sheet.collisions(), Vec::new(), "{name}: words overlap");
    assert!(!value.alt.is_empty() && !value.title.is_empty());
    let about = chart::about(value, "nightcramp test", "sha256:0");
    let sheets = [sheet];
    let text = svg::file(&sheets, &about);
    assert_eq!(text, svg::file(&sheets, &about));
    let dots = png::file(&sheets, &about).unwrap();
    let page = pdf::file(&sheets, &about).unwrap();
    assert_eq!(page, pdf::file(&sheets, &about).unwrap());
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
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
            &timeline::timeline(&diary, nights, timeline::ROOM),
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
            &clock::clock(&diary, nights, true),
        );
        drawn(
            &format!("strip-{name}"),
            &calendar::strip(&diary, nights, 8),
        );
        drawn(&format!("sides-{name}"), &parts::sides(&diary, nights));
        drawn(&format!("sites-{name}"), &parts::sites(&diary, nights));
    }
}

#[test]
fn the_type_has_every_letter_that_is_printed_as_it_is() {
    for (from, to) in LETTERS {
        for letter in from..=to {
            assert!(font::covers(letter), "U+{:04X}", u32::from(letter));
        }
    }
}
