//! What a clinic's system is told of a diary: what the person noticed, night by night, and what they said they took.
//!
//! Every statement is the person's own. A night nobody wrote about gives nothing at all: no record of a cramp is no record
//! of its absence. Notes and the lines as typed stay in the diary, as do its other words but the names of medicines and
//! supplements, without which a course says nothing.

mod taken;
pub(crate) mod told;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::elsewhere::ASLEEP;
use crate::diary::moment::{Moment, Night, Nights};
use crate::diary::pain::Pain;
use crate::diary::vocabulary::{Certainty, CourseKind, Kind, Origin, Period, Relief, Side, Site};
use crate::diary::{Diary, Episode, NightRecord, NightState, Value, Word};
use crate::report::clinic::taken::{course, intake};
use crate::report::clinic::told::{Amount, Answer, Clinic, Concept, Seen, Span, Taken, What};
use crate::report::codes;
use crate::report::say::record::place;
use crate::words::t;

/// The factors a clinic's system has a code for.
const ROOM: &str = "room";
const EXERCISE: &str = "exercise";

/// What is told of `diary`, whose random name is `name`, at `made`.
pub(crate) fn clinic<'a>(
    diary: &Diary,
    name: &'a str,
    made: DateTime<Utc>,
    today: NaiveDate,
) -> Clinic<'a> {
    let cramps = diary.episodes.iter().filter(|e| e.kind == Kind::Cramp);
    let mut seen: Vec<Seen> = cramps.map(cramp).collect();
    seen.extend(diary.nights.values().filter_map(|n| night(diary, n)));
    seen.extend(measures(diary));
    seen.extend(asleep(diary));
    seen.extend(diary.nights.values().filter_map(in_bed));
    let courses = diary.courses.iter();
    let mut taken: Vec<Taken> = courses
        .filter(|c| c.kind != CourseKind::Measure)
        .map(|c| course(c, today))
        .collect();
    taken.extend(diary.intakes.iter().map(intake));
    let born = diary.facts_of("born").last().map(|f| f.value.clone());
    Clinic {
        diary: name,
        made,
        born: born.filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())),
        seen,
        taken,
    }
}

/// A night from its evening to the next day.
fn of(night: Night) -> Span {
    Span::Days(Some(night.date()), Some(night.plus(1).date()))
}

/// A cramp as the person meant it, without a place.
fn bare_cramp() -> Concept {
    Concept {
        codes: vec![&codes::CRAMP],
        text: Some(t!(clinic, "cramp-night").to_string()),
    }
}

fn cramp(e: &Episode) -> Seen {
    let mut parts = Vec::new();
    if let Some(pain) = e.severity {
        parts.push((Concept::coded(&codes::PAIN), pain_score(pain)));
    }
    let (when, note) = cramp_time(e, &mut parts);
    let done: Vec<&str> = e
        .relief
        .iter()
        .filter(|r| **r != Relief::None)
        .map(|r| r.word())
        .collect();
    if !done.is_empty() {
        // only what was followed by relief is said to relieve
        let asked = match e.eased_after_s() {
            Some(_) => Concept::coded(&codes::ALLEVIATING),
            None => Concept::text(t!(clinic, "done")),
        };
        parts.push((asked, Answer::Concept(Concept::text(&done.join(", ")))));
    }
    let mut value = bare_cramp();
    if matches!(e.site, Some(Site::Calf | Site::Shin)) {
        value.codes.insert(0, &codes::CRAMP_IN_LOWER_LEG);
    }
    if e.period == Period::Day {
        value.text = Some(t!(clinic, "cramp-day").to_string());
    }
    let calf = match (e.site, e.side) {
        (Some(Site::Calf), Some(Side::Left)) => Some(&codes::LEFT_CALF),
        (Some(Site::Calf), Some(Side::Right)) => Some(&codes::RIGHT_CALF),
        _ => None,
    };
    let key = format!("episode/{}", e.id);
    Seen {
        site: place(e.side, e.site).map(|text| Concept {
            codes: calf.into_iter().collect(),
            text: Some(text),
        }),
        parts,
        note,
        ..Seen::new(
            key,
            What::Symptom,
            when,
            e.recorded_at,
            Answer::Concept(value),
        )
    }
}

/// A half has no place in a whole number.
fn pain_score(pain: Pain) -> Answer {
    let half = || Answer::Amount(Amount::new(pain.score(), "score"));
    pain.whole().map_or_else(half, Answer::Whole)
}

/// When a cramp was, and what has to be said about that. A length that gives no end goes into `parts`.
fn cramp_time(e: &Episode, parts: &mut Vec<(Concept, Answer)>) -> (Span, Option<String>) {
    let vague = e.certainty == Certainty::Vague;
    let began = e.began_at.as_ref().filter(|_| !vague);
    let seconds = |s: u32| Amount::new(f64::from(s), "s");
    let length = || Concept::text(t!(clinic, "duration"));
    let when = match (began, e.duration_s, e.duration_max_s) {
        (Some(at), Some(lasted), None) => {
            let end = at.utc + chrono::Duration::seconds(i64::from(lasted));
            Span::Between(
                at.clone(),
                Moment {
                    utc: end,
                    ..at.clone()
                },
            )
        }
        (began, lasted, most) => {
            match (lasted, most) {
                (least, Some(most)) => {
                    let range = Answer::Range(seconds(least.unwrap_or(0)), seconds(most));
                    parts.push((length(), range));
                }
                (Some(lasted), None) => parts.push((length(), Answer::Amount(seconds(lasted)))),
                (None, None) => {}
            }
            began.map_or_else(|| of(e.night), |at| Span::At(at.clone()))
        }
    };
    let about = e.began_at.as_ref().map(|at| {
        let time = at.local().format("%H:%M").to_string();
        t!(clinic, "vague-time", time)
    });
    let note = match e.certainty {
        Certainty::Vague => about,
        Certainty::About => Some(t!(clinic, "about-time").to_string()),
        Certainty::RepeatedHour | Certainty::SkippedHour => {
            Some(t!(clinic, "changed-clock").to_string())
        }
        Certainty::Exact | Certainty::Unknown => None,
    };
    (when, note)
}

/// A night as answered: calm, or with a cramp of which nothing else is known.
fn night(diary: &Diary, n: &NightRecord) -> Option<Seen> {
    let what = match diary.state(n.night) {
        NightState::Calm => What::SymptomAbsent,
        NightState::Cramp if diary.cramps_on(n.night) == 0 => What::Symptom,
        NightState::Cramp | NightState::Unknown => return None,
    };
    let key = format!("night/{}", n.night);
    let value = Answer::Concept(bare_cramp());
    Some(Seen::new(key, what, of(n.night), n.recorded_at, value))
}

/// Room temperature and minutes of exercise: the person's value, or where they said nothing the reading.
fn measures(diary: &Diary) -> Vec<Seen> {
    let Some(nights) = all_nights(diary) else {
        return Vec::new();
    };
    let known = diary.known_values(nights);
    let seen = known.iter().filter_map(|v| {
        let (what, when) = match &*v.factor {
            ROOM => (What::Room, of(v.night)),
            EXERCISE => (What::Exercise, Span::Day(v.night.date())),
            _ => return None,
        };
        let Value::Number(number) = v.value else {
            return None;
        };
        let key = format!("value/{}/{}", v.night, v.factor);
        let amount = Amount::new(number, v.unit.as_deref()?);
        Some(Seen {
            method: (v.source.origin == Origin::Device).then(|| t!(clinic, "by-device")),
            ..Seen::new(key, what, when, v.recorded_at, Answer::Amount(amount))
        })
    });
    seen.collect()
}

/// Nights with a value or a reading.
fn all_nights(diary: &Diary) -> Option<Nights> {
    let nights = || {
        let values = diary.values.iter().map(|v| v.night);
        values.chain(diary.readings.iter().map(|r| r.night))
    };
    Some(Nights {
        from: nights().min()?,
        to: nights().max()?,
    })
}

/// Minutes asleep, which only devices tell.
fn asleep(diary: &Diary) -> impl Iterator<Item = Seen> {
    let of_sleep = diary.readings.iter().filter(|r| &*r.factor == ASLEEP);
    let nights: BTreeSet<Night> = of_sleep.map(|r| r.night).collect();
    nights.into_iter().filter_map(|night| {
        let reading = diary.reading(night, ASLEEP)?;
        let amount = Answer::Amount(Amount::new(reading.value, "min"));
        let (key, said) = (format!("asleep/{night}"), reading.recorded_at);
        Some(Seen {
            method: Some(t!(clinic, "by-device")),
            ..Seen::new(key, What::Sleep, of(night), said, amount)
        })
    })
}

/// From bed to up. It is not how long the person slept.
fn in_bed(n: &NightRecord) -> Option<Seen> {
    let (bed, up) = (n.bed_at.clone()?, n.up_at.clone()?);
    let minutes = (up.utc - bed.utc).num_minutes();
    if minutes <= 0 {
        return None;
    }
    let amount = Answer::Amount(Amount::new(minutes as f64, "min"));
    let key = format!("bed/{}", n.night);
    let when = Span::Between(bed, up);
    Some(Seen::new(key, What::InBed, when, n.recorded_at, amount))
}
