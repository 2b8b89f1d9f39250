//! The page of a year: whole months of a calendar year, drawn within its sheets, held to its diary.

use chrono::NaiveDate;

use crate::diary::{Diary, Night};
use crate::render::page::{Paper, year as drawn};
use crate::report::doctor::year::{self, Year};
use crate::report::doctor::{self};
use crate::tests::door::Door;
use crate::tests::gallery;

fn page(diary: &Diary, of: i32, last: &str) -> Year {
    let nights = year::nights_of(of, gallery::night(last)).unwrap();
    let beside = doctor::beside(diary, nights);
    year::year(diary, nights, beside, "nightcramp 1", "a4")
}

#[test]
fn a_year_ends_with_last_night_and_has_to_have_begun() {
    let nights = |of, last| year::nights_of(of, gallery::night(last));
    let night = |text: &str| Night::of_evening(text.parse::<NaiveDate>().unwrap());
    let whole = nights(2025, "2026-03-04").unwrap();
    assert_eq!(
        (whole.from, whole.to),
        (night("2025-01-01"), night("2025-12-31"))
    );
    let begun = nights(2026, "2026-03-04").unwrap();
    assert_eq!(
        (begun.from, begun.to),
        (night("2026-01-01"), night("2026-03-04"))
    );
    assert_eq!(nights(2026, "2025-12-31"), None);
    assert_eq!(nights(400_000, "2026-03-04"), None);
}

#[test]
fn its_months_are_the_year_and_a_month_nobody_wrote_in_has_no_number() {
    let diary = gallery::ordinary();
    let span = diary.span().unwrap();
    let of = chrono::Datelike::year(&span.to.date());
    let page = page(&diary, of, &span.to.to_string());
    let number = |row: &Vec<String>, at: usize| row[at].parse::<usize>().unwrap_or(0);
    let cramps: usize = page.months.rows.iter().map(|row| number(row, 3)).sum();
    let nights: usize = page.months.rows.iter().map(|row| number(row, 2)).sum();
    assert_eq!(cramps, page.numbers.episodes.count);
    assert_eq!(nights, page.numbers.nights.cramp);
    assert!(cramps > 0);
    let silent = page
        .months
        .rows
        .iter()
        .filter(|row| row[1].starts_with("0 of"));
    for row in silent {
        assert_eq!(row[2..], ["", "", "not recorded"], "{row:?}");
    }
}

#[test]
fn nothing_on_its_sheets_strays_or_collides() {
    let diaries = [
        gallery::ordinary(),
        gallery::empty(),
        gallery::one_night(),
        gallery::century(),
        gallery::crowded(),
    ];
    for diary in diaries {
        let last = diary
            .span()
            .map_or(gallery::night("2026-03-04"), |span| span.to);
        let of = chrono::Datelike::year(&last.date());
        for paper in [Paper::A4, Paper::Letter] {
            let page = page(&diary, of, &last.to_string());
            let sheets = drawn::sheets(&page, paper);
            for sheet in &sheets {
                assert_eq!(gallery::strays(sheet), Vec::<&_>::new(), "{of}");
                assert_eq!(gallery::collisions(sheet), Vec::<(&_, &_)>::new(), "{of}");
            }
            gallery::checked_pdf(&sheets, &drawn::about(&page)).unwrap();
        }
    }
}

#[test]
fn it_is_written_in_every_form_and_held_to_the_diary() {
    let door = Door::at("2026-03-10T08:00:00Z");
    door.ok("log 2026-01-04T03:10 left calf 7");
    door.ok("night 2026-01-05 calm");
    for file in ["y.pdf", "y.html", "y.svg", "y.json"] {
        let said = door.ok(&format!("report --year 2026 --out {file}"));
        assert!(said.contains("My nights in 2026"), "{said}");
        let said = door.ok(&format!("report --verify {file}"));
        assert!(said.contains("still gives exactly this page"), "{said}");
    }
    let html = std::fs::read_to_string(door.folder().join("y.html")).unwrap();
    assert!(
        html.contains("Month by month") && html.contains("2 of 31"),
        "{html}"
    );
    door.ok("log 2026-01-09T03:10 left calf 7");
    assert!(door.run("report --verify y.pdf").code != 0);
    let said = door.refused(2, "report --year 2027 --out z.pdf");
    assert!(said.contains("2027 has not begun"), "{said}");
    let said = door.refused(2, "report --year 2026 --from 2026-01-01 --out z.pdf");
    assert!(said.contains("--from"), "{said}");
}

#[test]
fn a_warning_stands_on_it() {
    let door = Door::at("2026-03-10T08:00:00Z");
    door.ok("log 2026-03-09T03:10 left calf 7");
    door.run("symptom swelling side=left since=2026-03-09");
    door.run("symptom redness side=left");
    let page = door.ok("report --year 2026 --json");
    let doctor = door.ok("report --json");
    let flags = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        value["flags"]["lines"].clone()
    };
    assert!(!flags(&page).as_array().unwrap().is_empty(), "{page}");
    assert_eq!(flags(&page), flags(&doctor));
}
