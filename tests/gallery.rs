//! Diaries of every awkward kind, to draw charts and pages from.

use crate::diary::Diary;
use crate::diary::moment::Zone;
use crate::diary::moment::{Night, Nights};
use crate::diary::pain::Pain;
use crate::diary::record::{Course, Episode, Event, Exclusion, NightRecord};
use crate::diary::vocabulary::{Certainty, CourseKind, Outcome, Side, Site};
use crate::render::canvas::{Mark, Text};
use crate::render::sheet::{About, Block, DrawError, Sheet};
use crate::render::style;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

pub(crate) fn night(text: &str) -> Night {
    text.parse().unwrap()
}

pub(crate) fn nights(from: &str, to: &str) -> Nights {
    Nights {
        from: night(from),
        to: night(to),
    }
}

pub(crate) fn written() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-03-04T08:00:00Z")
        .unwrap()
        .with_timezone(&Utc)
}

pub(crate) fn answer(diary: &mut Diary, night: Night, outcome: Outcome) {
    let record = diary
        .nights
        .entry(night)
        .or_insert_with(|| NightRecord::blank(night, written()));
    record.outcome = Some(outcome);
}

/// A cramp at `minutes` after 18:00 of the evening.
pub(crate) fn cramp(diary: &mut Diary, night: Night, minutes: i64, severity: Option<u8>) {
    let id = diary.episodes.len() as i64 + 1;
    let mut episode = Episode::blank(id, night, written());
    let six = night
        .date()
        .and_time(NaiveTime::from_hms_opt(18, 0, 0).unwrap());
    let zone = Zone::named("Europe/London").unwrap();
    episode.began_at = Some(
        zone.resolve(six + chrono::Duration::minutes(minutes), written())
            .0,
    );
    episode.certainty = Certainty::Exact;
    episode.severity = severity.map(f64::from).and_then(Pain::of);
    episode.duration_s = Some(60 + (id as u32 * 37) % 240);
    episode.side = Some(if id % 3 == 0 { Side::Right } else { Side::Left });
    episode.site = Some(if id % 5 == 0 { Site::Foot } else { Site::Calf });
    episode.woke = Some(id % 4 != 0);
    diary.episodes.push(episode);
    answer(diary, night, Outcome::Cramp);
}

pub(crate) fn course(
    diary: &mut Diary,
    name: &str,
    kind: CourseKind,
    start: &str,
    stop: Option<&str>,
) {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    diary.courses.push(Course {
        start_certainty: None,
        id: diary.courses.len() as i64 + 1,
        name: name.to_string(),
        kind,
        class: None,
        dose: (kind != CourseKind::Measure).then_some(300.0),
        unit: (kind != CourseKind::Measure).then(|| "mg".to_string()),
        basis: None,
        per_day: Some(1.0),
        start: date(start),
        stop: stop.map(date),
        reason: None,
        typed: None,
        recorded_at: written(),
    });
}

pub(crate) fn event(diary: &mut Diary, at: &str, text: &str) {
    let id = diary.events.len() as i64 + 1;
    diary.events.push(Event {
        id,
        night: night(at),
        text: text.to_string(),
        recorded_at: written(),
    });
}

pub(crate) fn exclude(diary: &mut Diary, from: &str, to: &str, text: &str) {
    let id = diary.exclusions.len() as i64 + 1;
    diary.exclusions.push(Exclusion {
        id,
        from: night(from),
        to: night(to),
        text: text.to_string(),
        recorded_at: written(),
    });
}

/// A number below `n`, the same for the same `seed` on every machine.
fn pick(seed: i64, n: i64) -> i64 {
    let mut x = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    x ^= x >> 33;
    x = x.wrapping_mul(0x51_afd7_ed55_8ccd);
    (x ^ (x >> 29)).rem_euclid(n)
}

/// `period` filled with calm nights, cramps on about one night in three, and gaps.
pub(crate) fn filled(period: Nights, most_a_night: i64) -> Diary {
    let mut diary = Diary::default();
    for (at, night) in period.iter().enumerate() {
        let seed = at as i64;
        if pick(seed, 13) == 0 || (60..72).contains(&(at % 120)) {
            continue;
        }
        if pick(seed + 7000, 3) == 0 {
            for n in 0..=pick(seed + 9000, most_a_night) {
                let severity = u8::try_from(2 + pick(seed + n, 9)).unwrap();
                cramp(
                    &mut diary,
                    night,
                    240 + pick(seed * 3 + n, 500),
                    Some(severity),
                );
            }
        } else {
            answer(&mut diary, night, Outcome::Calm);
        }
    }
    diary.sort();
    diary
}

/// Half a year as a person keeps it.
pub(crate) fn ordinary() -> Diary {
    let mut diary = filled(nights("2025-09-05", "2026-03-03"), 2);
    course(
        &mut diary,
        "magnesium citrate",
        CourseKind::Supplement,
        "2025-10-12",
        Some("2025-12-20"),
    );
    course(
        &mut diary,
        "calf stretching at bedtime",
        CourseKind::Measure,
        "2026-01-05",
        None,
    );
    course(
        &mut diary,
        "furosemide",
        CourseKind::Medicine,
        "2025-06-01",
        None,
    );
    event(&mut diary, "2025-11-20", "new mattress");
    event(&mut diary, "2026-02-10", "walking holiday");
    exclude(
        &mut diary,
        "2025-12-24",
        "2026-01-02",
        "flu, in bed all day",
    );
    diary.sort();
    diary
}

/// Nobody has written anything.
pub(crate) fn empty() -> Diary {
    Diary::default()
}

/// One night, one cramp.
pub(crate) fn one_night() -> Diary {
    let mut diary = Diary::default();
    cramp(&mut diary, night("2026-03-03"), 550, Some(6));
    diary
}

/// A hundred years of nights.
pub(crate) fn century() -> Diary {
    let mut diary = filled(nights("1926-03-05", "2026-03-03"), 2);
    course(
        &mut diary,
        "quinine",
        CourseKind::Medicine,
        "1951-02-01",
        Some("1972-08-31"),
    );
    event(&mut diary, "1969-07-20", "moved to the moon");
    diary
}

/// Sixty cramps a week, twenty courses with names of forty letters, and notes in other scripts.
pub(crate) fn crowded() -> Diary {
    let mut diary = Diary::default();
    for night in nights("2026-01-07", "2026-03-03").iter() {
        for n in 0..(8 + pick(i64::from(night.number()), 3)) {
            let severity = u8::try_from(pick(n + i64::from(night.number()), 11)).unwrap();
            cramp(&mut diary, night, 60 + n * 97 % 1000, Some(severity));
        }
    }
    for n in 0..20 {
        let kind = [
            CourseKind::Medicine,
            CourseKind::Supplement,
            CourseKind::Measure,
        ][n % 3];
        let name = format!("a name that takes forty letters to spell {n}");
        let start = format!("2026-01-{:02}", n + 3);
        course(
            &mut diary,
            &name,
            kind,
            &start,
            (n % 2 == 0).then_some("2026-02-20"),
        );
    }
    event(&mut diary, "2026-01-20", "כאב בשוק אחרי הליכה ארוכה");
    event(
        &mut diary,
        "2026-02-02",
        "تشنج في الساق اليسرى and then some English",
    );
    event(&mut diary, "2026-02-20", "小腿抽筋 😀");
    for n in 0..20 {
        event(
            &mut diary,
            &format!("2026-02-{:02}", n + 1),
            "an event of the kind that takes many words to tell, and then a few more",
        );
    }
    diary.sort();
    diary
}

/// Whether both faces have a glyph for `letter`.
pub(crate) fn covers(letter: char) -> bool {
    let faces = [style::Weight::Regular, style::Weight::Bold];
    faces
        .into_iter()
        .all(|weight| style::advance(letter, weight).is_some())
}

/// Every piece of text on a sheet, in reading order.
pub(crate) fn texts(sheet: &Sheet) -> Vec<&Text> {
    let marks = sheet.blocks.iter().flat_map(Block::marks);
    let texts = marks.filter_map(|mark| match mark {
        Mark::Text(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

/// Words that stick out of the live area of a sheet by more than a hair.
pub(crate) fn strays(sheet: &Sheet) -> Vec<&Text> {
    let (live, hair) = (sheet.live, 0.05);
    let outside = |text: &&Text| {
        let area = text.area();
        area.x < live.x - hair
            || area.y < live.y - hair
            || area.right() > live.right() + hair
            || area.bottom() > live.bottom() + hair
    };
    texts(sheet).into_iter().filter(outside).collect()
}

/// Pairs of words on a sheet that share more than a hair.
pub(crate) fn collisions(sheet: &Sheet) -> Vec<(&Text, &Text)> {
    let texts = texts(sheet);
    let hair = 0.05;
    let mut found = Vec::new();
    for (at, one) in texts.iter().enumerate() {
        for other in texts.iter().skip(at + 1) {
            let (a, b) = (one.area(), other.area());
            let across = a.x + hair < b.right() && b.x + hair < a.right();
            let along = a.y + hair < b.bottom() && b.y + hair < a.bottom();
            if across && along {
                found.push((*one, *other));
            }
        }
    }
    found
}

/// A PDF that passed the checks krilla makes for ISO 14289-1 (PDF/UA-1), a part of the standard's rules only.
pub(crate) fn checked_pdf(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    let configuration = krilla::configure::ConfigurationBuilder::new()
        .with_accessibility_validator(krilla::configure::Accessibility::UA1)
        .finish()
        .unwrap();
    let settings = krilla::SerializeSettings {
        configuration,
        ..krilla::SerializeSettings::default()
    };
    crate::render::pdf::write(sheets, about, settings)
}
