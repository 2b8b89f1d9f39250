//! From a diary to the night table: unknown stays unknown, courses carry, reactions wait a night.

use std::sync::Arc;

use crate::analysis::exposure::{Exposure, Step};
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::model::NightModel;
use crate::analysis::night_table::{Factor, Kind, NightTable, Shape};
use crate::diary::vocabulary::{Basis, CourseKind, Outcome, Period, Relief};
use crate::diary::{
    ContextValue, Course, Diary, Episode, Exclusion, Intake, Moment, Night, NightRecord, Source,
    Value,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

fn night(text: &str) -> Night {
    text.parse().unwrap()
}

fn moment(text: &str) -> Moment {
    Moment::parse(text, None).unwrap()
}

fn at() -> DateTime<Utc> {
    moment("2026-04-01T08:00:00+00:00").utc
}

fn answer(diary: &mut Diary, n: &str, outcome: Outcome) {
    let mut r = NightRecord::blank(night(n), at());
    r.outcome = Some(outcome);
    diary.nights.insert(night(n), r);
}

fn cramp(n: &str, time: Option<&str>) -> Episode {
    let mut e = Episode::blank(1, night(n), at());
    e.began_at = time.map(moment);
    e
}

fn value(n: &str, factor: &str, x: f64) -> ContextValue {
    ContextValue {
        night: night(n),
        factor: Arc::from(factor),
        value: Value::Number(x),
        unit: None,
        typed: None,
        source: Source::PERSON,
        recorded_at: at(),
    }
}

fn course(name: &str, start: &str, stop: Option<&str>) -> Course {
    let date = |t: &str| t.parse::<NaiveDate>().unwrap();
    Course {
        start_certainty: None,
        id: 1,
        name: name.to_string(),
        kind: CourseKind::Supplement,
        class: None,
        dose: Some(200.0),
        unit: Some("mg".to_string()),
        basis: Some(Basis::Elemental),
        per_day: None,
        start: date(start),
        stop: stop.map(date),
        reason: None,
        typed: None,
        recorded_at: at(),
    }
}

fn table(mut diary: Diary) -> NightTable {
    diary.sort();
    night_table(&diary, night("2026-03-10"))
}

fn factor<'t>(table: &'t NightTable, name: &str) -> &'t Factor {
    let names: Vec<&str> = table.factors.iter().map(|f| f.name.as_str()).collect();
    table
        .factors
        .iter()
        .find(|f| f.name == name)
        .unwrap_or_else(|| panic!("{name} not in {names:?}"))
}

#[test]
fn an_empty_diary_is_an_empty_table() {
    let t = table(Diary::default());
    assert!(t.counts.is_empty() && t.factors.is_empty());
}

#[test]
fn silence_is_unknown_and_only_night_cramps_count() {
    let mut d = Diary::default();
    answer(&mut d, "2026-03-01", Outcome::Calm);
    answer(&mut d, "2026-03-03", Outcome::Cramp);
    d.episodes = vec![cramp("2026-03-04", None), cramp("2026-03-04", None)];
    let mut by_day = cramp("2026-03-05", None);
    by_day.period = Period::Day;
    d.episodes.push(by_day);
    answer(&mut d, "2026-03-20", Outcome::Cramp);
    let t = table(d);
    assert_eq!(t.counts[..5], [Some(0), None, Some(1), Some(2), None]);
    // Nights after the one asked about are not there.
    assert_eq!(t.counts.len(), 10);
}

#[test]
fn excluded_nights_are_unknown_in_every_column() {
    let mut d = Diary::default();
    for n in ["2026-03-01", "2026-03-02", "2026-03-03"] {
        answer(&mut d, n, Outcome::Calm);
        d.values.push(value(n, "socks", 1.0));
    }
    d.exclusions.push(Exclusion {
        id: 1,
        from: night("2026-03-02"),
        to: night("2026-03-02"),
        text: "fever".into(),
        recorded_at: at(),
    });
    let t = table(d);
    assert_eq!(t.counts, [Some(0), None, Some(0)]);
    assert_eq!(factor(&t, "socks").values, [Some(1.0), None, Some(1.0)]);
    assert_eq!(t.counts().excluded, 1);
    assert_eq!(t.counts().unknown, 0);
}

#[test]
fn a_course_is_carried_and_a_missed_dose_beats_it() {
    let mut d = Diary::default();
    for n in [
        "2026-03-01",
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
        "2026-03-05",
    ] {
        answer(&mut d, n, Outcome::Calm);
    }
    d.courses
        .push(course("magnesium", "2026-03-02", Some("2026-03-04")));
    d.values.push(value("2026-03-03", "magnesium", 0.0));
    let t = table(d);
    let f = factor(&t, "magnesium");
    assert_eq!(f.kind, Kind::Course);
    assert_eq!(
        f.values,
        [Some(0.0), Some(1.0), Some(0.0), Some(1.0), Some(0.0)]
    );
}

#[test]
fn a_dose_as_needed_says_nothing_about_other_nights_and_after_a_cramp_counts_for_the_next() {
    let mut d = Diary::default();
    for n in ["2026-03-01", "2026-03-02", "2026-03-03"] {
        answer(&mut d, n, Outcome::Calm);
    }
    let intake = |taken: &str, n: &str, amount: f64| Intake {
        class: None,
        id: 1,
        taken_at: moment(taken),
        night: night(n),
        name: "magnesium".into(),
        amount: Some(amount),
        unit: Some("mg".into()),
        basis: Some(Basis::Elemental),
        typed: None,
        recorded_at: at(),
    };
    d.intakes
        .push(intake("2026-03-01T21:00:00+00:00", "2026-03-01", 100.0));
    // Taken at three, an hour after the cramp of the night of the 2nd.
    d.episodes
        .push(cramp("2026-03-02", Some("2026-03-03T02:00:00+00:00")));
    d.intakes
        .push(intake("2026-03-03T03:00:00+00:00", "2026-03-02", 400.0));
    let t = table(d);
    assert_eq!(factor(&t, "magnesium").values, [Some(1.0), None, Some(1.0)]);
    let dose = factor(&t, "magnesium-dose");
    assert_eq!(dose.detail_of.as_deref(), Some("magnesium"));
    assert!((dose.values[2].unwrap() - dose.values[0].unwrap() - 2.0).abs() < 1e-12);
}

#[test]
fn what_is_done_against_a_cramp_is_set_against_the_night_after() {
    let mut d = Diary::default();
    answer(&mut d, "2026-03-01", Outcome::Calm);
    let mut e = cramp("2026-03-02", None);
    e.relief = vec![Relief::Stretch];
    d.episodes = vec![e, cramp("2026-03-03", None)];
    answer(&mut d, "2026-03-04", Outcome::Calm);
    let t = table(d);
    let f = factor(&t, "relief-stretch");
    // Night 1 follows nothing known; the unasked cramp of the 3rd leaves the 4th unknown.
    assert_eq!(f.values, [None, Some(0.0), Some(1.0), None]);
    assert!(f.reaction && f.lag == 1);
}

#[test]
fn values_written_after_the_cramp_are_counted_as_recalled() {
    let mut d = Diary {
        episodes: vec![cramp("2026-03-02", Some("2026-03-03T02:00:00+00:00"))],
        ..Diary::default()
    };
    let mut before = value("2026-03-02", "socks", 1.0);
    before.recorded_at = moment("2026-03-02T22:00:00+00:00").utc;
    let mut after = value("2026-03-02", "airflow", 1.0);
    after.recorded_at = before.recorded_at + TimeDelta::hours(10);
    d.values = vec![before, after];
    let t = table(d);
    assert_eq!(
        (factor(&t, "socks").recalled, factor(&t, "airflow").recalled),
        (0, 1)
    );
}

#[test]
fn a_choice_gets_the_catalogue_s_order_and_the_seed_follows_the_content() {
    let mut d = Diary::default();
    for (n, word) in [("2026-03-01", "side"), ("2026-03-02", "supine")] {
        answer(&mut d, n, Outcome::Calm);
        let mut v = value(n, "posture", 0.0);
        v.value = Value::Word(Arc::from(word));
        d.values.push(v);
    }
    let t = table(d.clone());
    let f = factor(&t, "posture");
    assert_eq!(f.kind, Kind::Choice);
    let word = |t: usize| f.levels[f.values[t].unwrap() as usize].as_str();
    assert_eq!((word(0), word(1)), ("side", "supine"));
    assert_eq!(content_seed(&t), content_seed(&table(d.clone())));
    answer(&mut d, "2026-03-03", Outcome::Calm);
    assert_ne!(content_seed(&t), content_seed(&table(d)));
}

#[test]
fn minutes_of_exercise_enter_as_logarithms_and_are_said_in_minutes() {
    let mut d = Diary::default();
    for day in 1..=9 {
        let n = format!("2026-03-{day:02}");
        let outcome = if day % 3 == 0 {
            Outcome::Cramp
        } else {
            Outcome::Calm
        };
        answer(&mut d, &n, outcome);
        for name in ["exercise", "strength", "back-training", "room"] {
            d.values.push(value(&n, name, f64::from(day - 1) * 10.0));
        }
    }
    let t = table(d);
    for name in ["exercise", "strength", "back-training"] {
        assert_eq!(factor(&t, name).shape, Shape::Log1p, "{name}");
    }
    assert_eq!(factor(&t, "room").shape, Shape::Straight);
    let counts: Vec<Option<f64>> = t.counts.iter().map(|c| c.map(f64::from)).collect();
    let model = NightModel::new(t.first, &counts).unwrap();
    let e = Exposure::new(&model, factor(&t, "exercise"));
    // 10 % and 90 % points of 0, 10 ... 80 are 8 and 72 minutes; the column steps between their logarithms.
    assert_eq!(
        e.steps,
        vec![Step::Range {
            from: 8.0,
            to: 72.0
        }]
    );
    let (low, high) = e.ends(0).unwrap();
    let size = 73f64.ln() - 9f64.ln();
    assert!((low - 9f64.ln() / size).abs() < 1e-12 && high - low == 1.0);
    let column = &e.term().unwrap().columns[0];
    let most = column.iter().copied().fold(0.0, f64::max);
    assert!((most - 81f64.ln() / size).abs() < 1e-12);
}

fn some(n: &str, factor: &str) -> ContextValue {
    ContextValue {
        value: Value::Word(Arc::from("some")),
        ..value(n, factor, 0.0)
    }
}

/// A table of ten nights from 1 March with the values given.
fn nights_with(values: Vec<ContextValue>) -> NightTable {
    let mut d = Diary::default();
    for day in 1..=10 {
        answer(&mut d, &format!("2026-03-{day:02}"), Outcome::Calm);
    }
    d.values = values;
    table(d)
}

#[test]
fn an_amount_without_a_figure_is_any_against_none_where_it_is_common() {
    let day = |day: u32| format!("2026-03-{day:02}");
    let mut values: Vec<ContextValue> = (1..=3).map(|d| some(&day(d), "alcohol")).collect();
    values.push(value(&day(4), "alcohol", 0.0));
    values.push(value(&day(5), "alcohol", 3.0));
    let t = nights_with(values);
    let alcohol = factor(&t, "alcohol");
    assert_eq!(
        (alcohol.kind, alcohol.shape),
        (Kind::YesNo, Shape::Straight)
    );
    assert!(
        alcohol.levels.is_empty() && alcohol.unit.is_none(),
        "{alcohol:?}"
    );
    assert_eq!(
        alcohol.values[..6],
        [Some(1.0), Some(1.0), Some(1.0), Some(0.0), Some(1.0), None]
    );
}

#[test]
fn a_rare_amount_without_a_figure_is_unknown() {
    let mut values: Vec<ContextValue> = (1..=9)
        .map(|d| value(&format!("2026-03-{d:02}"), "alcohol", f64::from(d)))
        .collect();
    values.push(some("2026-03-10", "alcohol"));
    let t = nights_with(values);
    let alcohol = factor(&t, "alcohol");
    assert_eq!(alcohol.kind, Kind::Number);
    assert!(alcohol.levels.is_empty());
    assert_eq!((alcohol.values[8], alcohol.values[9]), (Some(9.0), None));
}

#[test]
fn some_degrees_are_no_amount_and_some_magnesium_has_no_dose() {
    let all = |name: &str| -> Vec<ContextValue> {
        let nights = 1..=5;
        nights
            .map(|d| some(&format!("2026-03-{d:02}"), name))
            .collect()
    };
    let t = nights_with(all("room"));
    assert!(factor(&t, "room").values.iter().all(Option::is_none));
    let mut values = all("magnesium");
    values.push(value("2026-03-06", "magnesium", 0.0));
    values.push(value("2026-03-07", "magnesium", 300.0));
    values.push(value("2026-03-08", "magnesium", 150.0));
    let t = nights_with(values);
    let any = factor(&t, "magnesium");
    assert_eq!(
        any.values[..7],
        [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0].map(Some)
    );
    let dose = factor(&t, "magnesium-dose");
    assert!(dose.values[..5].iter().all(Option::is_none));
    assert!(
        t.factors
            .iter()
            .flat_map(|f| &f.values)
            .flatten()
            .all(|v| v.is_finite())
    );
}
