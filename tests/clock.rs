//! Clock words, given `now`.

use crate::diary::clock::{Now, read_when};
use crate::diary::vocabulary::Certainty;
use crate::diary::{Night, Nights, Zone};
use chrono::{DateTime, NaiveDateTime, Utc};

pub(crate) fn now(text: &str) -> Now {
    let at = DateTime::parse_from_rfc3339(text).unwrap();
    Now {
        utc: at.with_timezone(&Utc),
        zone: Zone::named("Europe/London").unwrap(),
    }
}

/// What `text` means at `at`: the local time or the night.
fn means(text: &str, at: &str) -> String {
    match read_when(text, &now(at)) {
        Ok(Some(w)) => w.at.map_or(format!("night {}", w.night), |m| m.rfc3339()),
        Ok(None) => "no time".into(),
        Err(e) => e.to_string(),
    }
}

#[test]
fn the_past_is_preferred() {
    // Wednesday 4 March 2026, 08:00 in London.
    let at = "2026-03-04T08:00:00Z";
    for (text, want) in [
        ("03:10", "2026-03-04T03:10:00+00:00"),
        ("3am", "2026-03-04T03:00:00+00:00"),
        ("23:50", "2026-03-03T23:50:00+00:00"),
        ("11:30pm", "2026-03-03T23:30:00+00:00"),
        ("12am", "2026-03-04T00:00:00+00:00"),
        ("12pm", "2026-03-03T12:00:00+00:00"),
        ("midnight", "2026-03-04T00:00:00+00:00"),
        ("now", "2026-03-04T08:00:00+00:00"),
        ("2h ago", "2026-03-04T06:00:00+00:00"),
        ("45min ago", "2026-03-04T07:15:00+00:00"),
        ("1h30 ago", "2026-03-04T06:30:00+00:00"),
        ("45m ago", "2026-03-04T07:15:00+00:00"),
        ("yesterday 03:10", "2026-03-03T03:10:00+00:00"),
        ("03:10 yesterday", "2026-03-03T03:10:00+00:00"),
        ("last night 3am", "2026-03-04T03:00:00+00:00"),
        ("last night 23:00", "2026-03-03T23:00:00+00:00"),
        ("-1 3am", "2026-03-04T03:00:00+00:00"),
        ("-2 3am", "2026-03-03T03:00:00+00:00"),
        ("mon 2:30", "2026-03-02T02:30:00+00:00"),
        ("wed 2:30", "2026-03-04T02:30:00+00:00"),
        ("wed 9:30", "2026-02-25T09:30:00+00:00"),
        ("2026-03-01 03:10", "2026-03-01T03:10:00+00:00"),
        ("2026-03-01T03:10", "2026-03-01T03:10:00+00:00"),
        ("2026-03-01T03:10:00+05:30", "2026-02-28T21:40:00+00:00"),
        ("2026-03-01", "night 2026-03-01"),
        ("yesterday", "night 2026-03-03"),
        ("last", "night 2026-03-03"),
        ("tonight", "night 2026-03-04"),
        ("-1", "night 2026-03-03"),
        ("wed", "night 2026-02-25"),
        ("tue", "night 2026-03-03"),
        ("hello", "no time"),
        ("7", "no time"),
    ] {
        assert_eq!(means(text, at), want, "{text}");
    }
}

#[test]
fn after_midnight_yesterday_is_the_calendar_day_before() {
    let at = "2026-03-04T00:30:00Z";
    assert_eq!(means("yesterday 23:50", at), "2026-03-03T23:50:00+00:00");
    assert_eq!(means("last night 3am", at), "2026-03-03T03:00:00+00:00");
    assert_eq!(means("00:10", at), "2026-03-04T00:10:00+00:00");
    assert_eq!(means("last", at), "night 2026-03-03");
}

#[test]
fn what_cannot_be_known_is_refused_by_name() {
    let at = "2026-03-04T08:00:00Z";
    for (text, want) in [
        (
            "2026-03-05",
            "'2026-03-05' is the night of 2026-03-05, which is in the future",
        ),
        (
            "today 09:00",
            "'today 09:00' is Wed 2026-03-04 09:00, which is in the future",
        ),
        ("3/4", "'3/4' could be two different dates"),
        ("4.3.2026", "'4.3.2026' could be two different dates"),
        ("2026-02-30", "'2026-02-30' is not a time a clock shows"),
        ("25:10", "'25:10' is not a time a clock shows"),
        ("13pm", "'13pm' is not a time a clock shows"),
        ("90m ago", "'90m' is unclear: m could be minutes or months"),
        ("03:10 04:10", "two times: '03:10' and '04:10'"),
        ("", "an empty time"),
    ] {
        assert_eq!(means(text, at), want, "{text}");
    }
}

#[test]
fn a_clock_change_is_resolved_and_marked() {
    let read = |text: &str, at: &str| {
        let w = read_when(text, &now(at)).unwrap().unwrap();
        (w.at.unwrap().rfc3339(), w.certainty)
    };
    assert_eq!(
        read("01:30", "2026-10-25T08:00:00Z"),
        ("2026-10-25T01:30:00+01:00".into(), Certainty::RepeatedHour)
    );
    assert_eq!(
        read("01:30", "2026-03-29T08:00:00Z"),
        ("2026-03-29T02:30:00+01:00".into(), Certainty::SkippedHour)
    );
}

fn london() -> Zone {
    Zone::named("Europe/London").unwrap()
}
fn face(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}
fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text)
        .unwrap()
        .with_timezone(&Utc)
}

#[test]
fn a_repeated_hour_is_the_first_unless_it_just_happened() {
    let morning = instant("2026-10-25T08:00:00Z");
    let (first, mark) = london().resolve(face("2026-10-25 01:30"), morning);
    assert_eq!(
        (first.rfc3339().as_str(), mark),
        ("2026-10-25T01:30:00+01:00", Certainty::RepeatedHour)
    );
    let (second, _) = london().resolve(face("2026-10-25 01:30"), instant("2026-10-25T01:35:00Z"));
    assert_eq!(second.rfc3339(), "2026-10-25T01:30:00+00:00");
    let (early, _) = london().resolve(face("2026-10-25 01:30"), instant("2026-10-25T00:35:00Z"));
    assert_eq!(early.rfc3339(), "2026-10-25T01:30:00+01:00");
}

#[test]
fn a_skipped_hour_moves_on_by_the_jump() {
    let (at, mark) = london().resolve(face("2026-03-29 01:30"), instant("2026-03-29T08:00:00Z"));
    assert_eq!(
        (at.rfc3339().as_str(), mark),
        ("2026-03-29T02:30:00+01:00", Certainty::SkippedHour)
    );
}

#[test]
fn a_fixed_offset_is_a_zone_of_its_own() {
    let zone = Zone::named("+05:30").unwrap();
    let (at, mark) = zone.resolve(face("2026-03-04 03:10"), instant("2026-03-04T08:00:00Z"));
    assert_eq!(
        (at.rfc3339().as_str(), mark),
        ("2026-03-04T03:10:00+05:30", Certainty::Exact)
    );
    assert_eq!(&*at.zone, "+05:30");
}

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

#[test]
fn small_hours_belong_to_the_evening_before() {
    let at = |t: &str| Night::of_local(NaiveDateTime::parse_from_str(t, "%Y-%m-%d %H:%M").unwrap());
    assert_eq!(at("2026-03-04 03:10"), night("2026-03-03"));
    assert_eq!(at("2026-03-04 11:59"), night("2026-03-03"));
    assert_eq!(at("2026-03-04 12:00"), night("2026-03-04"));
    assert_eq!(at("2026-03-03 23:50"), night("2026-03-03"));
    assert_eq!(at("2028-03-01 00:10"), night("2028-02-29"));
}

#[test]
fn a_range_counts_both_ends() {
    let week = Nights::ending(night("2026-03-03"), 7);
    assert_eq!((week.from, week.len()), (night("2026-02-25"), 7));
    assert_eq!(week.iter().count(), 7);
    assert_eq!(
        Nights {
            from: week.to,
            to: week.from
        }
        .len(),
        0
    );
}
