//! Trend: months, drift, changes, season, spells, courses.

use crate::analysis::changes::{Switch, SwitchKind, before_after, changes, placebo};
use crate::analysis::control_charts::{gaps, monthly_chart, run_of_months, spells};
use crate::analysis::forecast::forecast;
use crate::analysis::night_table::NightTable;
use crate::analysis::rates::{dispersion, months, overall_rate, season, slope, stretches};
use crate::analysis::trend::trend;
use crate::diary::{Diary, Night};
use crate::report;
use chrono::NaiveDate;

use crate::tests::analysis::chance;

fn table(first: &str, counts: Vec<Option<u32>>) -> NightTable {
    NightTable::new(first.parse().unwrap(), counts, Vec::new())
}

/// A cramp on each night with the chance `rate(t)`.
fn nights(n: usize, seed: u64, rate: impl Fn(usize) -> f64) -> NightTable {
    let mut u = chance(seed);
    table(
        "2020-01-06",
        (0..n).map(|t| Some(u32::from(u() < rate(t)))).collect(),
    )
}

#[test]
fn months_count_recorded_nights_only() {
    let mut counts = vec![Some(1); 40];
    counts[5..15].fill(None);
    let m = months(&table("2024-02-15", counts));
    assert_eq!(m.len(), 2);
    assert_eq!((m[0].recorded, m[0].episodes, m[1].recorded), (5, 5, 25));
    assert_eq!(m[0].from, NaiveDate::from_ymd_opt(2024, 2, 15).unwrap());
    assert_eq!(m[0].to, NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
    let silent = months(&table("2024-02-01", vec![None; 29]));
    assert_eq!((silent[0].recorded, silent[0].rate_per_week), (0, None));
}

#[test]
fn an_empty_diary_has_an_empty_trend_and_says_so() {
    let as_of: Night = "2026-03-03".parse().unwrap();
    let t = trend(&Diary::default(), as_of, 1);
    assert!(
        t.months.is_empty()
            && t.slope.is_none()
            && t.changes.is_none()
            && t.season.is_none()
            && t.rate_per_week.is_none()
    );
    let said = report::trend::trend(&Diary::default(), as_of, 1);
    assert_eq!(
        said.sentences,
        ["No night has an answer yet, so there is no trend to show."]
    );
}

#[test]
fn a_rate_without_cramps_has_an_upper_limit_only() {
    let r = overall_rate(&table("2024-01-01", vec![Some(0); 100])).unwrap();
    assert_eq!((r.value, r.low), (0.0, 0.0));
    assert!((r.high - 7.0 * 3.688_879_454_113_936 / 100.0).abs() < 1e-9);
    assert_eq!(dispersion(&[Some(0); 100]), None);
    assert!(slope(&table("2024-01-01", vec![Some(0); 400])).is_none());
}

#[test]
fn a_halving_is_found_and_dated_and_a_steady_rate_is_left_alone() {
    let t = nights(1200, 3, |t| if t < 600 { 0.6 } else { 0.2 });
    let found = changes(&t).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    let c = &found[0];
    assert!(
        (c.night.date() - (t.first + chrono::Days::new(600)))
            .num_days()
            .abs()
            <= 42,
        "{c:?}"
    );
    assert!(c.earliest <= c.night && c.night <= c.latest);
    assert!(c.level_shift && c.ratio.unwrap().high < 0.67);
    assert!(changes(&nights(1200, 4, |_| 0.4)).unwrap().is_empty());
    assert!(changes(&nights(40, 4, |_| 0.4)).is_none());
    let empty = changes(&table("2024-01-01", vec![Some(0); 200])).unwrap();
    assert!(empty.is_empty());
}

#[test]
fn a_drift_is_called_a_drift() {
    let s = slope(&nights(1500, 5, |t| 0.1 + 0.5 * t as f64 / 1500.0)).unwrap();
    assert!(s.drifted && s.season_separated && s.ratio_per_year.low > 1.0);
    let short = slope(&nights(200, 5, |_| 0.3)).unwrap();
    assert!(!short.season_separated);
}

#[test]
fn a_season_needs_two_years_and_the_same_peak_in_both_halves() {
    let summer =
        |t: usize| 0.3 * (0.8 * ((t as f64 - 196.0) / 365.25 * std::f64::consts::TAU).cos()).exp();
    assert!(season(&nights(700, 6, summer)).is_none());
    let s = season(&nights(1461, 6, summer)).unwrap();
    assert!(s.persistent, "{s:?}");
    assert!((170..=235).contains(&s.peak_day), "{s:?}");
    assert!(!season(&nights(1461, 7, |_| 0.3)).unwrap().persistent);
}

#[test]
fn a_worse_spell_raises_an_alarm_and_gap_nights_pause_it() {
    let calm = nights(365, 8, |_| 0.2).counts;
    let bad = nights(56, 9, |_| 0.7).counts;
    let s = spells(&calm, &bad, 1).unwrap();
    assert!(s.worse.alarm && !s.better.alarm, "{s:?}");
    let usual = nights(56, 10, |_| 0.2).counts;
    assert!(!spells(&calm, &usual, 1).unwrap().worse.alarm);
    let mut padded = bad.clone();
    padded.extend(vec![None; 100]);
    assert_eq!(spells(&calm, &padded, 1).unwrap().worse.now, s.worse.now);
    assert!(spells(&calm[..80], &bad, 1).is_none());
}

#[test]
fn runs_and_gaps() {
    let t = nights(900, 11, |t| if t < 600 { 0.2 } else { 0.6 });
    let r = run_of_months(&months(&t)).unwrap();
    assert!(r.above && r.flagged && r.months >= 8, "{r:?}");
    let mut rare = vec![Some(0); 400];
    for t in [10, 40, 75, 100, 130, 160] {
        rare[t] = Some(1);
    }
    let g = gaps(&rare).unwrap();
    assert_eq!((g.open, g.last), (239, 29));
    assert!(g.longer_than_limit);
    // Gaps of 29, 34, 24, 29 and 29 nights: geometric with mean 29, p = 1/30; 1 - (29/30)^(k+1) reaches .99865 at
    // k = ceil(ln .00135 / ln(29/30) - 1) = 194, .5 at 20, .00135 at 0.
    assert_eq!(
        (g.mean, g.short, g.middle, g.long),
        (29.0, 0.0, 20.0, 194.0)
    );
    assert_eq!((g.complete, g.outside, g.decades), (5, 0, None));
    // One gap of 399 among twenty of 29.
    let mut long = vec![Some(0); 1000];
    for t in (0..600).step_by(30).chain([970]) {
        long[t] = Some(1);
    }
    let g = gaps(&long).unwrap();
    assert_eq!((g.open, g.last, g.outside), (29, 399, 1));
    assert!(gaps(&nights(100, 12, |_| 0.5).counts).is_none());
}

#[test]
fn ten_years_of_rare_cramps_have_a_t_chart() {
    let mut rare = vec![Some(0); 4000];
    for t in (50..4000).step_by(80) {
        rare[t] = Some(1);
    }
    let t = gaps(&rare).unwrap().decades.unwrap();
    // Every gap alike: no spread, and the limits close in on it.
    assert!(
        (t.low - 80.0).abs() < 1e-9 && (t.high - 80.0).abs() < 1e-9,
        "{t:?}"
    );
    rare.truncate(3000);
    assert_eq!(gaps(&rare).unwrap().decades, None);
}

#[test]
fn a_month_outside_the_usual_variation_is_named_and_the_limits_are_never_narrower_than_chance() {
    let mut t = nights(730, 17, |_| 0.15);
    let calm = monthly_chart(&months(&t)).unwrap();
    assert!(calm.months.iter().all(|m| m.above.is_none()), "{calm:?}");
    for c in &mut t.counts[365..395] {
        *c = Some(2);
    }
    let chart = monthly_chart(&months(&t)).unwrap();
    let out: Vec<_> = chart
        .months
        .iter()
        .filter(|m| m.above == Some(true))
        .collect();
    assert_eq!(out.len(), 1, "{out:?}");
    for m in &chart.months {
        let nights = months(&t)
            .iter()
            .find(|p| p.from == m.from)
            .unwrap()
            .recorded as f64;
        let poisson = 3.0 * (chart.centre / (nights / 7.0)).sqrt();
        assert!(m.limits.high - chart.centre >= poisson - 1e-9);
    }
    // Too few months, or no cramp, is no chart.
    assert!(monthly_chart(&months(&nights(200, 1, |_| 0.3))).is_none());
    assert!(monthly_chart(&months(&nights(730, 1, |_| 0.0))).is_none());
}

#[test]
fn before_and_after_is_capped_and_needs_other_dates() {
    let t = nights(1500, 13, |t| if t < 750 { 0.6 } else { 0.2 });
    let switch = Switch {
        names: vec!["magnesium".into()],
        kind: SwitchKind::Start,
        at: 750,
        washout: 7,
    };
    let b = before_after(&t, &switch, &[]).unwrap();
    assert_eq!((b.before.recorded, b.after.recorded), (56, 56));
    assert!(b.ratio.unwrap().high < 1.0 && b.hint && b.p.unwrap() < 0.05);
    let short = nights(300, 13, |_| 0.3);
    let switch = Switch { at: 150, ..switch };
    assert_eq!(before_after(&short, &switch, &[]).unwrap().p, None);
    assert!(before_after(&short, &Switch { at: 10, ..switch }, &[]).is_none());
    assert_eq!(placebo(&short.counts, 10, 7, &[10]), (None, 0));
}

#[test]
fn a_forecast_of_coin_flips_is_not_shown() {
    let f = forecast(&nights(500, 14, |_| 0.3), 1).unwrap();
    assert!(!f.shown, "{f:?}");
    assert!(forecast(&nights(200, 14, |_| 0.3), 1).is_none());
    assert!(forecast(&table("2024-01-01", vec![Some(0); 500]), 1).is_none());
}

#[test]
fn stretches_cover_the_recorded_span() {
    let s = stretches(&nights(150, 15, |_| 0.3));
    assert_eq!(
        s.iter().map(|p| p.recorded).collect::<Vec<_>>(),
        [56, 56, 38]
    );
}
