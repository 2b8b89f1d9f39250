//! A diary written in short lines, for the tests of the rules. Days are counted back from `AS_OF`: 0 is its own night.
//!
//! ```text
//! well                                     calm nights, every symptom asked and absent, every fact known and harmless
//! calm 1..13 · cramp 2,5,9 left sev=8 dur=720 max=900 woke n=2 · day 3 · jerk 4 · urge 5 · ache 6
//! sym 2 swelling left since=10 sev=4 by=rest on=walking lasts=300 sudden worse=no cm=3 · absent 2 numbness
//! me condition=diabetes · me pregnant=yes since=60
//! med warfarin start=200 stop=3 class=statin · supp magnesium 400mg start=40 basis=compound per=2 · measure stretching start=40
//! took 1 tonic_water 300ml · val 3 sweat 3 · val 3 alcohol some · val 3 magnesium 300mg · night 2 disturbed=7 lost=40
//! exclude 20 10 fever · seen 2 red-dvt · talk 2 red-dvt scan clear
//! ```

use crate::diary::pain::Pain;
use crate::diary::vocabulary::{CourseKind, FlagAction, Kind, Outcome, Period, SymptomName};
use crate::diary::{
    ContextValue, Course, Diary, Episode, Exclusion, Fact, FlagNote, Intake, Moment, Night,
    NightRecord, Source, Symptom, Value, Word, Zone,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// The day the tests ask about.
pub(crate) fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 10).unwrap()
}

fn day(ago: u64) -> NaiveDate {
    as_of().checked_sub_days(Days::new(ago)).unwrap()
}

fn night(ago: u64) -> Night {
    Night::of_evening(day(ago))
}

fn written(ago: u64) -> DateTime<Utc> {
    day(ago)
        .and_time(NaiveTime::from_hms_opt(22, 30, 0).unwrap())
        .and_utc()
}

fn evening(ago: u64) -> Moment {
    Zone::named("Europe/London").unwrap().moment(
        day(ago)
            .and_time(NaiveTime::from_hms_opt(22, 0, 0).unwrap())
            .and_utc(),
    )
}

/// `3`, `1..5`, `1,4,9`.
fn days(text: &str) -> Vec<u64> {
    text.split(',')
        .flat_map(|part| match part.split_once("..") {
            Some((a, b)) => a.parse::<u64>().unwrap()..=b.parse().unwrap(),
            None => part.parse().unwrap()..=part.parse().unwrap(),
        })
        .collect()
}

/// `400mg` as amount and unit.
fn dose(text: &str) -> (Option<f64>, Option<String>) {
    let split = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    (
        text[..split].parse().ok(),
        Some(text[split..].to_string()).filter(|u| !u.is_empty()),
    )
}

fn option<'t>(words: &[&'t str], key: &str) -> Option<&'t str> {
    words
        .iter()
        .find_map(|w| w.strip_prefix(key)?.strip_prefix('='))
}

/// The diary the lines say.
pub(crate) fn diary(lines: &str) -> Diary {
    let mut diary = Diary::default();
    for line in lines.lines().flat_map(|l| l.split(';')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((verb, rest)) = words.split_first() {
            add(&mut diary, verb, rest, line);
        }
    }
    diary.sort();
    diary
}

fn add(diary: &mut Diary, verb: &str, words: &[&str], line: &str) {
    let has = |word: &str| words.contains(&word);
    let yes_no = |key: &str| match (has(key), option(words, key)) {
        (true, _) => Some(true),
        (_, value) => value.map(|v| v == "yes"),
    };
    let number = |key: &str| option(words, key).map(|v| v.parse::<u64>().unwrap());
    match verb {
        "well" => well(diary),
        "calm" => {
            for ago in days(words[0]) {
                let mut record = NightRecord::blank(night(ago), written(ago));
                record.outcome = Some(Outcome::Calm);
                diary.nights.insert(night(ago), record);
            }
        }
        "night" => {
            for ago in days(words[0]) {
                let record = diary
                    .nights
                    .entry(night(ago))
                    .or_insert_with(|| NightRecord::blank(night(ago), written(ago)));
                record.sleep_disturbance = number("disturbed").map(|d| u8::try_from(d).unwrap());
                record.sleep_lost_min = number("lost").map(|d| u32::try_from(d).unwrap());
            }
        }
        "cramp" | "day" | "jerk" | "urge" | "ache" => {
            for ago in days(words[0]) {
                for _ in 0..number("n").unwrap_or(1) {
                    let id = diary.episodes.len() as i64 + 1;
                    let mut e = Episode::blank(id, night(ago), written(ago));
                    e.kind = Kind::from_word(if verb == "day" { "cramp" } else { verb }).unwrap();
                    e.period = if verb == "day" {
                        Period::Day
                    } else {
                        Period::Night
                    };
                    e.side = words.iter().find_map(|w| Word::from_word(w));
                    e.severity = number("sev").map(|v| Pain::of(v as f64).unwrap());
                    e.duration_s = number("dur").map(|v| u32::try_from(v).unwrap());
                    e.duration_max_s = number("max").map(|v| u32::try_from(v).unwrap());
                    e.repeats = number("repeats").map(|v| u32::try_from(v).unwrap());
                    e.woke = has("woke").then_some(true);
                    e.awareness_lost = has("lost").then_some(true);
                    e.urge = has("urged").then_some(true);
                    e.movement_relieves = has("eased").then_some(true);
                    diary.episodes.push(e);
                    diary.nights.remove(&night(ago));
                }
            }
        }
        "sym" | "absent" => {
            let names: Vec<SymptomName> = match words[1] {
                "all" => SymptomName::ALL.to_vec(),
                name => vec![name.parse().unwrap()],
            };
            for ago in days(words[0]) {
                for name in &names {
                    diary.symptoms.push(Symptom {
                        id: diary.symptoms.len() as i64 + 1,
                        noticed_at: evening(ago),
                        night: night(ago),
                        symptom: *name,
                        present: verb == "sym",
                        side: words.iter().find_map(|w| Word::from_word(w)),
                        severity: number("sev").map(|v| u8::try_from(v).unwrap()),
                        brought_on: option(words, "on").map(|w| w.parse().unwrap()),
                        relieved_by: option(words, "by").map(|w| w.parse().unwrap()),
                        lasts_s: number("lasts").map(|v| u32::try_from(v).unwrap()),
                        since: number("since").map(day),
                        text: None,
                        recorded_at: written(ago),
                        sudden: yes_no("sudden"),
                        worse: yes_no("worse"),
                        difference_cm: number("cm").map(|v| v as f64),
                    });
                }
            }
        }
        "me" => {
            let (key, value) = words[0].split_once('=').unwrap();
            diary.facts.push(Fact {
                means: None,
                id: diary.facts.len() as i64 + 1,
                key: key.to_string(),
                value: value.to_string(),
                since: number("since").map(day),
                recorded_at: written(number("at").unwrap_or(30)),
            });
        }
        "med" | "supp" | "measure" => {
            let given = words.get(1).filter(|w| !w.contains('='));
            let (amount, unit) = given.map_or((None, None), |w| dose(w));
            diary.courses.push(Course {
                start_certainty: None,
                id: diary.courses.len() as i64 + 1,
                name: words[0].replace('_', " "),
                kind: match verb {
                    "med" => CourseKind::Medicine,
                    "supp" => CourseKind::Supplement,
                    _ => CourseKind::Measure,
                },
                class: option(words, "class").map(|w| w.parse().unwrap()),
                dose: amount,
                unit,
                basis: option(words, "basis").map(|w| w.parse().unwrap()),
                per_day: number("per").map(|v| v as f64),
                start: day(number("start").unwrap()),
                stop: number("stop").map(day),
                reason: None,
                typed: None,
                recorded_at: written(number("at").unwrap_or_else(|| number("start").unwrap())),
            });
        }
        "took" => {
            let (amount, unit) = words.get(2).map_or((None, None), |w| dose(w));
            for ago in days(words[0]) {
                diary.intakes.push(Intake {
                    class: None,
                    id: diary.intakes.len() as i64 + 1,
                    taken_at: evening(ago),
                    night: night(ago),
                    name: words[1].replace('_', " "),
                    amount,
                    unit: unit.clone(),
                    basis: option(words, "basis").map(|w| w.parse().unwrap()),
                    typed: None,
                    recorded_at: written(ago),
                });
            }
        }
        "val" => {
            let (amount, unit) = dose(words[2]);
            let value = match words[2] {
                "some" => Value::Word("some".into()),
                _ => Value::Number(amount.unwrap()),
            };
            let unit = unit.filter(|unit| unit != "some");
            for ago in days(words[0]) {
                diary.values.push(ContextValue {
                    night: night(ago),
                    factor: words[1].into(),
                    value: value.clone(),
                    unit: unit.as_deref().map(Into::into),
                    typed: None,
                    source: Source::PERSON,
                    recorded_at: written(ago),
                });
            }
        }
        "exclude" => diary.exclusions.push(Exclusion {
            id: diary.exclusions.len() as i64 + 1,
            from: night(words[0].parse().unwrap()),
            to: night(words[1].parse().unwrap()),
            text: words[2..].join(" "),
            recorded_at: written(0),
        }),
        "seen" | "talk" => {
            let ago = words[0].parse().unwrap();
            diary.flag_notes.push(FlagNote {
                id: diary.flag_notes.len() as i64 + 1,
                flag: words[1].to_string(),
                action: if verb == "seen" {
                    FlagAction::Seen
                } else {
                    FlagAction::Discussed
                },
                night: night(ago),
                text: Some(words[2..].join(" ")).filter(|t| !t.is_empty()),
                recorded_at: written(ago) + chrono::Duration::minutes(30),
            });
        }
        other => panic!("unknown verb {other} in {line}"),
    }
}

/// Half a year of calm nights and every question answered with no.
fn well(diary: &mut Diary) {
    for line in [
        "calm 0..190",
        "absent 1 all",
        "me condition=none at=40",
        "me taking=listed at=40",
        "me pregnant=no at=40",
        "me born=1960 at=40",
        "me immobile=no at=40",
        "me surgery=2001-05-01 at=40",
        "me flight=none at=40",
        "me chemotherapy=none at=40",
        "me smoker=no at=40",
        "me blood-pressure=120/80 at=40",
        "val 0..27 warm-bath 0",
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        add(diary, words[0], &words[1..], line);
    }
}
