//! Whole diaries for property tests: every kind of record, every field known or not, nothing the diary forbids.

use crate::diary::pain::Pain;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::*;
use crate::diary::*;

/// The first night of every arbitrary diary.
pub(crate) fn first_night() -> Night {
    "2026-01-20".parse().unwrap()
}
/// How many nights an arbitrary diary may speak of; clocks change twice within them.
pub(crate) const NIGHTS: i32 = 90;

/// An instant after everything in an arbitrary diary.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-05-01T10:00:00Z".parse().unwrap()
}

fn night() -> impl Strategy<Value = Night> {
    (0..NIGHTS).prop_map(|i| first_night().plus(i.into()))
}

fn written() -> impl Strategy<Value = DateTime<Utc>> {
    (0..20_000_000i64).prop_map(|s| now() - Duration::seconds(s))
}

/// A clock time within `night`, in one of several zones.
fn moment(night: Night) -> impl Strategy<Value = Moment> {
    let zones = [
        "Europe/London",
        "America/St_Johns",
        "Asia/Kathmandu",
        "+02:00",
        "UTC",
    ];
    (0..86_400i64, select(zones.to_vec())).prop_map(move |(second, zone)| {
        let noon = night.date().and_hms_opt(12, 0, 0).unwrap();
        let zone = Zone::named(zone).unwrap();
        let (at, _) = zone.resolve(noon + Duration::seconds(second), now());
        // a time the clock jumped over moves on, but never out of its night
        assert_eq!(at.night(), night);
        at
    })
}

fn word<W: Word + std::fmt::Debug>() -> impl Strategy<Value = W> {
    select(W::ALL)
}

/// Text with everything a CSV file has to quote, and letters of several scripts.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let letters = [
        'a', 'B', '7', ' ', ',', ';', '"', '\'', '=', '\\', 'é', 'ж', '夜', '🦵', '\u{202e}',
        '\u{feff}',
    ];
    vec(select(letters.to_vec()), 1..12).prop_map(String::from_iter)
}

fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z ,\"]{0,10}[a-z]"
}

fn unit() -> impl Strategy<Value = String> {
    select(&["mg", "g", "µg", "tablets"][..]).prop_map(str::to_string)
}

fn date() -> impl Strategy<Value = NaiveDate> {
    night().prop_map(Night::date)
}

/// A finite amount, sometimes with many digits.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0u32..4000).prop_map(f64::from),
        (0.0..1e6f64),
        Just(0.1 + 0.2)
    ]
}

fn source() -> impl Strategy<Value = Source> {
    let detail = option::of("[a-z]{1,6}(:[a-z]{1,3})?");
    (word(), detail).prop_map(|(origin, detail)| Source {
        origin,
        detail: detail.map(Arc::from),
    })
}

fn night_record() -> impl Strategy<Value = NightRecord> {
    night().prop_flat_map(|night| {
        (
            (
                Just(night),
                option::of(word()),
                option::of((moment(night), 0..36_000i64)),
                any::<bool>(),
            ),
            (
                option::of(0u8..=10),
                option::of(0u8..=10),
                option::of(0u32..600),
                option::of(text()),
                written(),
            ),
        )
            .prop_map(|((night, outcome, bed, up), (q, d, lost, note, at))| {
                let mut record = NightRecord::blank(night, at);
                record.outcome = outcome;
                if let Some((bed, slept)) = bed {
                    let zone = Zone::named(&bed.zone).unwrap();
                    let rose = zone.moment(bed.utc + Duration::seconds(slept));
                    let same_night = (rose.local().date() - night.date()).num_days() <= 1;
                    record.up_at = Some(rose).filter(|_| up && same_night);
                    record.bed_at = Some(bed);
                }
                record.sleep_quality = q;
                record.sleep_disturbance = d;
                record.sleep_lost_min = lost;
                record.note = note;
                record
            })
    })
}

fn relief() -> impl Strategy<Value = Vec<Relief>> {
    prop_oneof![
        Just(vec![]),
        Just(vec![Relief::None]),
        vec(
            word().prop_filter("none stands alone", |r| *r != Relief::None),
            1..4
        ),
    ]
}

fn episode() -> impl Strategy<Value = Episode> {
    night().prop_flat_map(|night| {
        (
            (
                option::of((moment(night), word())),
                word(),
                word(),
                option::of(word()),
                option::of(word()),
                option::of((0u8..=20).prop_map(|halves| f64::from(halves) / 2.0)),
                option::of(0u32..43_200),
                option::of(0u32..20),
            ),
            (
                option::of(any::<bool>()),
                option::of(any::<bool>()),
                relief(),
                option::of(0u32..43_200),
                option::of(0.0..336.0f64),
                option::of(any::<bool>()),
                option::of(any::<bool>()),
                option::of(word()),
            ),
            (
                option::of(any::<bool>()),
                option::of(text()),
                option::of(text()),
                source(),
                written(),
            ),
        )
            .prop_map(move |(a, b, c)| {
                let mut e = Episode::blank(0, night, c.4);
                if let Some((at, certainty)) = a.0 {
                    e.began_at = Some(at);
                    e.certainty = certainty;
                }
                (e.kind, e.period, e.side, e.site) = (a.1, a.2, a.3, a.4);
                (e.severity, e.duration_s, e.repeats) = (a.5.and_then(Pain::of), a.6, a.7);
                e.duration_max_s = e
                    .duration_s
                    .filter(|s| s % 3 == 0 && *s < 43_000)
                    .map(|s| s + 60);
                (e.woke, e.knot, e.relief, e.relief_s) = (b.0, b.1, b.2, b.3);
                (e.soreness_h, e.urge, e.movement_relieves, e.posture) = (b.4, b.5, b.6, b.7);
                (e.awareness_lost, e.raw, e.note, e.source) = (c.0, c.1, c.2, c.3);
                e
            })
    })
}

/// The person's own factors: one of each kind.
fn own_factors() -> Vec<CustomFactor> {
    let blank = |factor: &str, kind| CustomFactor {
        factor: Arc::from(factor),
        label: format!("My \"{factor}\", really"),
        kind,
        unit: None,
        min: None,
        max: None,
        timing: Timing::Evening,
        group: None,
        choices: vec![],
        retired: false,
    };
    vec![
        CustomFactor {
            choices: vec!["red".into(), "white wine".into(), "none".into()],
            group: Some("drinks".into()),
            ..blank("my-glass", FactorKind::Choice)
        },
        CustomFactor {
            unit: Some("Index".into()),
            min: Some(-1.5),
            max: Some(500.0),
            ..blank("my-index", FactorKind::Number)
        },
        CustomFactor {
            max: Some(5.0),
            retired: true,
            ..blank("my-scale", FactorKind::Scale)
        },
        blank("my-yes", FactorKind::YesNo),
    ]
}

fn value() -> impl Strategy<Value = ContextValue> {
    let catalogue = Catalogue::with(&own_factors());
    let defs: Vec<_> = catalogue.all().to_vec();
    (night(), select(defs), 0.0..1.0f64, source(), written()).prop_map(
        |(night, def, share, source, recorded_at)| {
            let value = match def.kind {
                FactorKind::YesNo => Value::Number(share.round()),
                FactorKind::Choice if def.choices.is_empty() => Value::Word(Arc::from("some")),
                FactorKind::Choice => {
                    let at = (share * def.choices.len() as f64) as usize;
                    Value::Word(Arc::from(&*def.choices[at]))
                }
                FactorKind::Scale | FactorKind::Number => {
                    let (min, max) = (def.min.unwrap_or(-9.0), def.max.unwrap_or(9e4));
                    let x = min + share * (max - min);
                    Value::Number(if share < 0.5 { x } else { x.floor().max(min) })
                }
            };
            ContextValue {
                night,
                factor: Arc::from(&*def.factor),
                value,
                unit: def.unit.as_deref().map(Arc::from),
                typed: (share > 0.8).then(|| Arc::from("64F, said \"he\"")),
                source,
                recorded_at,
            }
        },
    )
}

fn intake() -> impl Strategy<Value = Intake> {
    night().prop_flat_map(|night| {
        (
            moment(night),
            name(),
            option::of((amount(), option::of(unit()))),
            option::of(word()),
            option::of(text()),
            written(),
        )
            .prop_map(move |(taken_at, name, dose, basis, typed, recorded_at)| {
                let (amount, unit) = dose.unzip();
                Intake {
                    class: None,
                    id: 0,
                    taken_at,
                    night,
                    name,
                    amount,
                    unit: unit.flatten(),
                    basis,
                    typed,
                    recorded_at,
                }
            })
    })
}

fn course() -> impl Strategy<Value = Course> {
    (
        (name(), word(), option::of(word()), option::of(amount())),
        (option::of(unit()), option::of(word()), option::of(amount())),
        (date(), option::of(0i64..400), option::of(text())),
        (option::of(text()), written()),
    )
        .prop_map(|(a, b, c, d)| Course {
            start_certainty: None,
            id: 0,
            name: a.0,
            kind: a.1,
            class: a.2,
            dose: a.3,
            unit: b.0,
            basis: b.1,
            per_day: b.2,
            start: c.0,
            stop: c.1.map(|days| c.0 + Duration::days(days)),
            reason: c.2,
            typed: d.0,
            recorded_at: d.1,
        })
}

fn symptom() -> impl Strategy<Value = Symptom> {
    night().prop_flat_map(|night| {
        (
            (moment(night), word(), any::<bool>(), option::of(word())),
            (
                option::of(0u8..=10),
                option::of(word()),
                option::of(word()),
                option::of(0u32..1_209_600),
            ),
            (option::of(date()), option::of(text()), written()),
            (
                option::of(any::<bool>()),
                option::of(any::<bool>()),
                option::of((0u32..100).prop_map(|half| f64::from(half) / 2.0)),
            ),
        )
            .prop_map(move |(a, b, c, d)| Symptom {
                id: 0,
                noticed_at: a.0,
                night,
                symptom: a.1,
                present: a.2,
                side: a.3,
                severity: b.0,
                brought_on: b.1,
                relieved_by: b.2,
                lasts_s: b.3,
                since: c.0,
                text: c.1,
                recorded_at: c.2,
                sudden: d.0,
                worse: d.1,
                difference_cm: d.2,
            })
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    let facts = vec![
        ("born", "1958"),
        ("pregnant", "no"),
        ("condition", "diabetes"),
        ("condition", "hypertension"),
        ("condition", "a bad knee"),
    ];
    (select(facts), option::of(date()), written()).prop_map(|((key, value), since, recorded_at)| {
        Fact {
            means: None,
            id: 0,
            key: key.to_string(),
            value: value.to_string(),
            since,
            recorded_at,
        }
    })
}

fn mark() -> impl Strategy<Value = (Event, Exclusion, FlagNote, Look, Follow, Reply)> {
    (
        (night(), text(), written()),
        (night(), 0i64..40, option::of(text()), written()),
        (word(), option::of(text()), 0u32..900, word()),
    )
        .prop_map(|(a, b, c)| {
            let event = Event {
                id: 0,
                night: a.0,
                text: a.1.clone(),
                recorded_at: a.2,
            };
            let exclusion = Exclusion {
                id: 0,
                from: b.0,
                to: b.0.plus(b.1),
                text: b.2.unwrap_or_default(),
                recorded_at: b.3,
            };
            let follow = Follow {
                id: 0,
                factor: "room".to_string(),
                wish: if b.1 % 2 == 0 { Wish::Ask } else { Wish::NotSo },
                since: a.0.date(),
                until: c.1.as_ref().map(|_| b.0.plus(b.1).date().max(a.0.date())),
                recorded_at: b.3,
            };
            let note = FlagNote {
                id: 0,
                flag: "pad-claudication".to_string(),
                action: c.0,
                night: b.0,
                text: c.1,
                recorded_at: b.3,
            };
            let look = Look {
                id: 0,
                cramp_nights: c.2,
                night: a.0,
                state: format!("{{\"text\":{:?}}}", a.1),
                recorded_at: a.2,
            };
            let reply = Reply {
                id: 0,
                about: format!("s{}", c.2 + 1),
                question: "swelling".to_string(),
                answer: c.3,
                recorded_at: a.2,
            };
            (event, exclusion, note, look, follow, reply)
        })
}

/// Sealed plans, one a thing, and what was done on their nights.
fn experiments() -> impl Strategy<Value = (Vec<Experiment>, Vec<Adherence>)> {
    let plan = (
        (name(), word(), night(), 1i64..40, written()),
        (option::of(name()), option::of((amount(), unit(), word()))),
        (1u32..=366, 0u32..=365, 0.0..2.0f64, 0.0..=1.0f64),
        (
            vec(any::<bool>(), 40),
            "[0-9a-f]{32}",
            option::of("[0-9a-f]{64}"),
        ),
        (option::of(date()), option::of(text()), any::<bool>()),
        vec((0i64..40, word(), written()), 0..8),
    )
        .prop_map(|(a, b, c, d, e, kept)| {
            let (from, to) = (a.2, a.2.plus(a.3));
            let (on, off) = if d.2.is_some() {
                ("A", "B")
            } else {
                ("1", "0")
            };
            let nights = usize::try_from(a.3).unwrap() + 1;
            let schedule =
                d.0.iter()
                    .cycle()
                    .take(nights)
                    .map(|o| if *o { on } else { off });
            let mut experiment = Experiment::blank(
                0,
                a.0.clone(),
                a.1,
                from,
                to,
                c.0,
                c.1,
                c.2,
                c.3,
                schedule.collect(),
                d.1,
                String::new(),
                a.4,
            );
            (experiment.on, experiment.off) = (b.0.clone(), b.0);
            if let Some((dose, unit, basis)) = b.1 {
                (experiment.dose, experiment.unit) = (Some(dose), Some(unit));
                experiment.basis = Some(basis);
            }
            experiment.opened = d.2.as_ref().filter(|_| e.2).map(|_| "A".to_string());
            experiment.key_hash = d.2;
            (experiment.stopped, experiment.reason) = (e.0, e.1.filter(|_| e.0.is_some()));
            experiment.seal = experiment.seal_now();
            let kept = kept.into_iter().map(|(place, done, at)| {
                Adherence::blank(0, a.0.clone(), from.plus(place), done, at)
            });
            (experiment, kept.collect::<Vec<_>>())
        });
    vec(plan, 0..3).prop_map(|plans| {
        let (mut experiments, mut adherence): (Vec<Experiment>, Vec<Adherence>) =
            Default::default();
        for (experiment, kept) in plans {
            if experiments.iter().all(|e| e.thing != experiment.thing) {
                experiments.push(experiment);
                adherence.extend(kept);
            }
        }
        adherence.retain(|a| a.night.date() < now().date_naive());
        // one answer a thing and night
        let mut seen = std::collections::BTreeSet::new();
        adherence.retain(|a| seen.insert((a.thing.clone(), a.night)));
        (experiments, adherence)
    })
}

/// Numbers records from 1, leaving gaps as deletions do.
fn number<T>(records: &mut [T], set: fn(&mut T, i64)) {
    for (i, record) in records.iter_mut().enumerate() {
        set(record, i as i64 + 1 + i as i64 / 3);
    }
}

/// A diary as the program itself could have written it, sorted.
pub(crate) fn diary() -> impl Strategy<Value = Diary> {
    (
        (vec(night_record(), 0..25), vec(episode(), 0..15)),
        (vec(value(), 0..40), any::<bool>()),
        (vec(intake(), 0..6), vec(course(), 0..6)),
        (vec(symptom(), 0..6), vec(fact(), 0..5), vec(mark(), 0..5)),
        experiments(),
    )
        .prop_map(|(a, b, c, d, e)| {
            let mut diary = Diary {
                nights: a.0.into_iter().map(|n| (n.night, n)).collect(),
                episodes: a.1,
                values: b.0,
                factors: if b.1 { own_factors() } else { vec![] },
                intakes: c.0,
                courses: c.1,
                symptoms: d.0,
                facts: d.1,
                experiments: e.0,
                adherence: e.1,
                ..Diary::default()
            };
            for (event, exclusion, note, look, follow, reply) in d.2 {
                diary.events.push(event);
                diary.exclusions.push(exclusion);
                diary.flag_notes.push(note);
                diary.looks.push(look);
                diary.follows.push(follow);
                diary.replies.push(reply);
            }
            number(&mut diary.episodes, |r, id| r.id = id);
            number(&mut diary.intakes, |r, id| r.id = id);
            number(&mut diary.courses, |r, id| r.id = id);
            number(&mut diary.symptoms, |r, id| r.id = id);
            // a fact with one value has one
            for key in ["born", "pregnant"] {
                let mut seen = false;
                diary
                    .facts
                    .retain(|f| f.key != key || !std::mem::replace(&mut seen, true));
            }
            number(&mut diary.facts, |r, id| r.id = id);
            number(&mut diary.events, |r, id| r.id = id);
            number(&mut diary.exclusions, |r, id| r.id = id);
            number(&mut diary.flag_notes, |r, id| r.id = id);
            number(&mut diary.looks, |r, id| r.id = id);
            number(&mut diary.follows, |r, id| r.id = id);
            number(&mut diary.replies, |r, id| r.id = id);
            number(&mut diary.experiments, |r, id| r.id = id);
            number(&mut diary.adherence, |r, id| r.id = id);
            diary.sort();
            diary
                .values
                .dedup_by(|a, b| a.night == b.night && a.factor == b.factor);
            let catalogue = Catalogue::of(&diary);
            diary.values.retain(|v| catalogue.find(&v.factor).is_some());
            // a night with a cramp is not calm
            let cramps: Vec<Night> = diary
                .episodes
                .iter()
                .filter(|e| e.is_night_cramp())
                .map(|e| e.night)
                .collect();
            for night in cramps {
                if let Some(n) = diary.nights.get_mut(&night) {
                    n.outcome = n.outcome.map(|_| Outcome::Cramp);
                }
            }
            diary
        })
}
