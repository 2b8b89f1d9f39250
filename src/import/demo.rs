//! A made-up diary whose truth is known: for trying the program out, for its charts, and for seeing what an honest
//! analysis finds. Chance comes from the seed alone, so the same seed makes the same diary.
//!
//! The number of cramps of a night is Poisson with a log rate that is the sum of a base, slow drift (an AR(1) process),
//! and the planted effects of [`PLANTED`]; the factors of [`NULLS`] have none. Magnesium is started after bad weeks, as
//! people do, and does nothing: whatever seems to follow it is regression to the mean. Two experiments are among the nights
//! ([`trials`]): stretching, which has ended, and bed socks, which run.

pub(crate) mod cohort;
mod episode;
mod lasting;
mod trials;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Duration, Utc, Weekday};
use serde_json::json;

use crate::diary::factor::Catalogue;
use crate::diary::moment::{Night, Nights};
use crate::diary::record::{ContextValue, NightRecord};
use crate::diary::vocabulary::Outcome;
use crate::diary::{Diary, Source, Value, Zone};
use crate::import::demo::episode::{Chance, episode};
use crate::import::demo::lasting::{lasting, morning};
use crate::import::demo::trials::{Trial, record, trials};

pub(crate) use crate::import::demo::trials::TRIED;

/// The file that marks a folder as made up, and says what was planted.
pub(crate) const TRUTH: &str = "truth.json";
/// Cramps a night when nothing raises or lowers them.
const BASE_RATE: f64 = 0.30;
/// How much of the drift of one night is left the next, and its standard deviation on the log scale.
const DRIFT: (f64, f64) = (0.9, 0.22);
/// Factor, unit of the effect, and the planted rate ratio for one such unit more.
pub(crate) const PLANTED: [(&str, &str, f64); 3] = [
    ("exercise-intensity", "1 point of 10", 1.18),
    ("stretch", "yes vs no", 0.50),
    ("covers-press", "yes vs no", 1.60),
];
/// Factors that are recorded and do nothing.
pub(crate) const NULLS: [&str; 6] = ["room", "alcohol", "fluid", "socks", "stress", "magnesium"];
/// Share of cells left unknown on a night that is recorded.
const UNKNOWN_CELL: f64 = 0.06;
/// Share of nights nobody wrote about, beside the two runs of them.
const UNLOGGED: f64 = 0.05;

/// A made-up diary and what is true of it.
#[derive(Debug, Clone)]
pub(crate) struct Demo {
    /// Every record.
    pub(crate) diary: Diary,
    /// The last night it speaks of.
    pub(crate) last: Night,
    /// What was planted, as JSON.
    pub(crate) truth: String,
}

/// What one day and evening were like.
struct Evening {
    values: Vec<(&'static str, f64)>,
    /// What is part of an experiment, and so no value of its own.
    tried: Vec<&'static str>,
}

impl Evening {
    /// Does what chance had chosen, or the other thing.
    fn try_out(&mut self, night: Night, trials: &[Trial]) {
        for trial in trials {
            let value = self
                .values
                .iter_mut()
                .find(|(factor, _)| *factor == trial.experiment.thing);
            if let Some(((factor, value), done)) = value.zip(trial.done(night)) {
                *value = f64::from(u8::from(done));
                self.tried.push(*factor);
            }
        }
    }

    /// What the planted effects add to the log rate.
    fn log_effect(&self) -> f64 {
        let effects = PLANTED.iter().map(|(factor, _, ratio)| {
            let of_factor = self.values.iter().find(|(name, _)| name == factor);
            ratio.ln() * of_factor.map_or(0.0, |(_, value)| *value)
        });
        effects.sum()
    }
}

/// Makes a diary of `nights` nights that ends with the last night already over at `now`.
pub(crate) fn make(seed: u64, nights: i64, now: DateTime<Utc>, zone: &Zone) -> Demo {
    let mut chance = Chance::of(seed);
    let today = Night::of_evening(zone.moment(now).local().date());
    let last = (0..=2)
        .map(|days| today.plus(-days))
        .find(|night| morning(*night, zone) <= now)
        .unwrap_or(today.plus(-2));
    let span = Nights::ending(last, nights);
    let from = span.from;
    let at = |share: f64| from.plus((nights as f64 * share) as i64);
    // two runs without entries, a fever that is excluded, and magnesium in the second half
    let away = Nights::ending(at(0.31), 5);
    let busy = Nights::ending(at(0.72), 3);
    let fever = Nights::ending(at(0.61), 4);
    let magnesium = Nights {
        from: at(0.47),
        to: last,
    };

    let trials = trials(seed, span, zone);
    let mut diary = Diary::default();
    let mut expected = 0.0;
    let mut drift = chance.normal(0.0, DRIFT.1);
    let innovation = DRIFT.1 * (1.0 - DRIFT.0 * DRIFT.0).sqrt();
    for night in span.iter() {
        drift = DRIFT.0 * drift + chance.normal(0.0, innovation);
        // cramps were worst just before the magnesium
        let bad_weeks = Nights::ending(magnesium.from, 18).contains(night);
        let mut evening = evening(night, magnesium.contains(night), &mut chance);
        evening.try_out(night, &trials);
        let rate =
            BASE_RATE * (drift + evening.log_effect() + if bad_weeks { 0.5 } else { 0.0 }).exp();
        expected += rate;
        let cramps = chance.count(rate);
        let written = !away.contains(night)
            && !busy.contains(night)
            && (!chance.happens(UNLOGGED) || night == last);
        if written {
            write_night(&mut diary, night, cramps, &evening, zone, &mut chance);
        }
    }
    let truth_of_trials = trials.iter().map(|trial| planted_in(trial, last)).collect();
    record(&mut diary, trials);
    lasting(
        &mut diary,
        [from, at(0.24), last],
        magnesium.from,
        fever,
        zone,
    );
    diary.sort();
    let truth = truth(seed, span, expected, &diary, truth_of_trials);
    Demo { diary, last, truth }
}

fn evening(night: Night, on_magnesium: bool, chance: &mut Chance) -> Evening {
    let weekday = night.date().weekday();
    // as often from Sunday to Thursday as on the evenings with most alcohol: no link between the two
    let exercises = chance.happens(match weekday {
        Weekday::Tue | Weekday::Thu => 0.8,
        Weekday::Mon | Weekday::Wed => 0.2,
        Weekday::Sun => 0.3,
        Weekday::Fri | Weekday::Sat => 0.46,
    });
    let minutes = if exercises {
        (chance.within(20.0, 90.0) / 5.0).round() * 5.0
    } else {
        0.0
    };
    let intensity = if exercises {
        chance.within(3.0, 9.4).round()
    } else {
        0.0
    };
    let season = (f64::from(night.date().ordinal()) / 365.25 * std::f64::consts::TAU).cos();
    let room = (chance.normal(18.5 - 1.5 * season, 1.1) * 2.0).round() / 2.0;
    let weekend = matches!(weekday, Weekday::Fri | Weekday::Sat);
    let alcohol = if chance.happens(if weekend { 0.7 } else { 0.2 }) {
        chance.within(1.0, 4.4).round()
    } else {
        0.0
    };
    let yes = |yes: bool| f64::from(u8::from(yes));
    let stretch = yes(chance.happens(0.5));
    let covers = yes(chance.happens(0.3));
    let values = vec![
        ("exercise", minutes),
        ("exercise-intensity", intensity),
        ("stretch", stretch),
        ("covers-press", covers),
        ("room", room.clamp(12.0, 27.0)),
        ("alcohol", alcohol),
        (
            "fluid",
            (chance.normal(1_700.0, 350.0) / 100.0)
                .round()
                .clamp(6.0, 35.0)
                * 100.0,
        ),
        ("socks", yes(chance.happens(0.25 + 0.2 * season))),
        ("stress", chance.normal(3.5, 1.8).round().clamp(0.0, 10.0)),
        (
            "magnesium",
            if on_magnesium && chance.happens(0.9) {
                150.0
            } else {
                0.0
            },
        ),
    ];
    Evening {
        values,
        tried: Vec::new(),
    }
}

fn write_night(
    diary: &mut Diary,
    night: Night,
    cramps: usize,
    evening: &Evening,
    zone: &Zone,
    chance: &mut Chance,
) {
    let up = morning(night, zone) - Duration::minutes(chance.within(40.0, 130.0) as i64);
    let bed = up - Duration::minutes(chance.normal(480.0, 35.0) as i64);
    let recorded_at = morning(night, zone) - Duration::minutes(chance.within(5.0, 35.0) as i64);
    let mut record = NightRecord::blank(night, recorded_at);
    record.outcome = Some(if cramps > 0 {
        Outcome::Cramp
    } else {
        Outcome::Calm
    });
    if chance.happens(0.85) {
        let (bed, up) = (zone.moment(bed), zone.moment(up));
        record.bed_at = Some(bed).filter(|m| m.local().date() >= night.date());
        record.up_at = Some(up);
    }
    let disturbed = cramps as f64;
    if chance.happens(0.8) {
        let quality = chance
            .normal(7.2 - 1.5 * disturbed, 1.0)
            .round()
            .clamp(0.0, 10.0);
        record.sleep_quality = Some(quality as u8);
    }
    if cramps > 0 {
        let disturbance = chance.normal(2.5 + disturbed, 1.2).round().clamp(0.0, 10.0);
        record.sleep_disturbance = Some(disturbance as u8);
        let lost = (chance.within(5.0, 35.0) * disturbed / 5.0).round() * 5.0;
        record.sleep_lost_min = Some(lost as u32);
    }
    if chance.happens(0.07) {
        record.note = chance.one_of(&NOTES).map(str::to_string);
    }
    diary.nights.insert(night, record);

    for _ in 0..cramps {
        let id = diary.episodes.len() as i64 + 1;
        diary
            .episodes
            .push(episode(id, night, (bed, up), recorded_at, zone, chance));
    }
    // a leg that jerks is written down now and then; it is no cramp
    if chance.happens(0.02) {
        let id = diary.episodes.len() as i64 + 1;
        let mut jerk = episode(id, night, (bed, up), recorded_at, zone, chance);
        jerk.kind = crate::diary::vocabulary::Kind::Jerk;
        jerk.knot = None;
        jerk.relief.clear();
        (jerk.severity, jerk.duration_s, jerk.soreness_h) = (None, None, None);
        (jerk.relief_s, jerk.repeats, jerk.raw) = (None, None, None);
        diary.episodes.push(jerk);
    }
    let catalogue = Catalogue::built_in();
    for (factor, value) in &evening.values {
        if chance.happens(UNKNOWN_CELL) || evening.tried.contains(factor) {
            continue;
        }
        let unit = catalogue.find(factor).and_then(|f| f.unit.as_deref());
        diary.values.push(ContextValue {
            night,
            factor: Arc::from(*factor),
            value: Value::Number(*value),
            unit: unit.map(Arc::from),
            typed: None,
            source: Source::PERSON,
            recorded_at,
        });
    }
}

const NOTES: [(&str, f64); 8] = [
    ("slept at my sister's", 1.0),
    ("long day in the garden", 1.0),
    ("grandchildren stayed over", 1.0),
    ("woke early, birds very loud", 1.0),
    ("too warm under the thick duvet", 1.0),
    ("read until late", 1.0),
    ("walked home in the rain", 1.0),
    ("train was late, got home at ten", 1.0),
];

/// What is true of an experiment; nothing of what was drawn.
fn planted_in(trial: &Trial, last: Night) -> serde_json::Value {
    let experiment = &trial.experiment;
    let planted = PLANTED
        .iter()
        .find(|(factor, ..)| *factor == experiment.thing);
    json!({
        "thing": experiment.thing,
        "from": experiment.from,
        "to": experiment.to,
        "state": experiment.state(last),
        "rate_ratio": planted.map_or(1.0, |(_, _, ratio)| *ratio),
    })
}

/// What was planted, and how much of it can be seen.
fn truth(
    seed: u64,
    span: Nights,
    expected: f64,
    diary: &Diary,
    experiments: Vec<serde_json::Value>,
) -> String {
    let planted: serde_json::Map<String, serde_json::Value> = PLANTED
        .iter()
        .map(|(factor, per, ratio)| (factor.to_string(), json!({"per": per, "rate_ratio": ratio})))
        .collect();
    let coverage = diary.coverage(span);
    let cramps: BTreeSet<i64> = diary
        .episodes
        .iter()
        .filter(|e| e.is_night_cramp())
        .map(|e| e.id)
        .collect();
    let truth = json!({
        "schema": 1,
        "kind": "demo-truth",
        "seed": seed,
        "period": {"from": span.from, "to": span.to, "nights": span.len()},
        "model": "cramps of a night ~ Poisson(base_rate_per_night * exp(drift) * rate ratios)",
        "base_rate_per_night": BASE_RATE,
        "drift": {"process": "AR(1) on the log rate", "coefficient": DRIFT.0, "sd": DRIFT.1},
        "rate_ratios": planted,
        "null_factors": NULLS,
        "experiments": experiments,
        "follows_exercise_intensity": ["exercise"],
        "magnesium": "started after 18 nights with a rate 1.65 times higher, and without any effect",
        "unknown_cells": UNKNOWN_CELL,
        "expected_cramps": (expected * 100.0).round() / 100.0,
        "in_the_diary": {
            "nights": coverage,
            "cramps": cramps.len(),
        },
    });
    serde_json::to_string_pretty(&truth).unwrap_or_default() + "\n"
}
