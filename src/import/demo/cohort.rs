//! Made-up people whose links differ: each has effects of their own around a planted mean, so that what many diaries say
//! together can be held to the truth. The same seed and number make the same person.

use chrono::{DateTime, Datelike, Utc};
use serde_json::json;

use crate::diary::moment::{Night, Nights};
use crate::diary::{Diary, Value, Zone};
use crate::import::demo::episode::Chance;
use crate::import::demo::lasting::morning;
use crate::import::demo::{Evening, write_night};

/// What is planted: the factor, the share of nights with it, and mean and standard deviation over people of the log rate
/// ratio, with it against without.
pub(crate) const PLANTED: [(&str, f64, f64, f64); 4] = [
    ("stretch", 0.5, -0.5, 0.35),
    ("covers-press", 0.35, 0.4, 0.25),
    ("socks", 0.4, 0.2, 0.0),
    ("legs-uncovered", 0.45, 0.0, 0.4),
];
/// A factor that does nothing to anybody, and is an amount.
pub(crate) const NOTHING: &str = "stress";
/// Cramps a night when nothing raises or lowers them: the mean of its logarithm over people, and the deviation.
const RATE: (f64, f64) = (-1.0, 0.4);
/// How much of the drift of one night is left the next, and the deviation of it.
const DRIFT: (f64, f64) = (0.85, 0.25);
/// Share of nights nobody wrote about.
const UNLOGGED: f64 = 0.08;

/// A person: the effects on the log rate, in the order of [`PLANTED`], and the diary.
pub(crate) struct Made {
    pub(crate) effects: [f64; PLANTED.len()],
    pub(crate) diary: Diary,
}

/// Person `number` of the cohort of `seed`, over `nights` nights that end with the last one over at `now`.
pub(crate) fn person(
    (seed, number): (u64, usize),
    nights: i64,
    now: DateTime<Utc>,
    zone: &Zone,
) -> Made {
    // numbers far apart, so that no two people share their chance
    let own = (seed ^ 0xC0_40_27).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut chance =
        Chance::of(own.wrapping_add((number as u64).wrapping_mul(0xD134_2543_DE82_EF95)));
    let effects = PLANTED.map(|(_, _, mean, sd)| chance.normal(mean, sd));
    let rate = chance.normal(RATE.0, RATE.1);
    let today = Night::of_evening(zone.moment(now).local().date());
    let last = match morning(today.plus(-1), zone) <= now {
        true => today.plus(-1),
        false => today.plus(-2),
    };
    let mut diary = Diary::default();
    let innovation = DRIFT.1 * (1.0 - DRIFT.0 * DRIFT.0).sqrt();
    let mut drift = chance.normal(0.0, DRIFT.1);
    for night in Nights::ending(last, nights).iter() {
        drift = DRIFT.0 * drift + chance.normal(0.0, innovation);
        let done = PLANTED.map(|(_, share, ..)| f64::from(chance.happens(share)));
        let felt: f64 = done
            .iter()
            .zip(effects)
            .map(|(done, effect)| done * effect)
            .sum();
        let stress = chance.normal(4.0, 2.0).round().clamp(0.0, 10.0);
        let cramps = chance.count((rate + drift + felt).exp());
        if chance.happens(UNLOGGED) && night != last {
            continue;
        }
        let names = PLANTED.map(|(factor, ..)| factor);
        let mut values: Vec<(&str, f64)> = names.into_iter().zip(done).collect();
        values.push((NOTHING, stress));
        let tried = Vec::new();
        let evening = Evening { values, tried };
        write_night(&mut diary, night, cramps, &evening, zone, &mut chance);
    }
    diary.sort();
    Made { effects, diary }
}

/// What is true of the cohort.
pub(crate) fn truth(seed: u64, people: usize, nights: i64) -> String {
    let planted: Vec<_> = PLANTED
        .iter()
        .map(|(factor, share, mean, sd)| {
            json!({ "factor": factor, "share": share, "mean_log_ratio": mean, "sd_log_ratio": sd })
        })
        .collect();
    let truth = json!({
        "schema": 1,
        "kind": "demo-truth",
        "seed": seed,
        "people": people,
        "nights": nights,
        "model": "cramps of a night ~ Poisson(exp(rate + drift + effects)), rate and effects normal over people",
        "log_rate": { "mean": RATE.0, "sd": RATE.1 },
        "drift": { "process": "AR(1) on the log rate", "coefficient": DRIFT.0, "sd": DRIFT.1 },
        "planted": planted,
        "does_nothing": NOTHING,
    });
    serde_json::to_string_pretty(&truth).unwrap_or_default() + "\n"
}

/// The diary as the tables of a study: nights by number, and a row a cramp.
pub(crate) fn tables(diary: &Diary) -> [(&'static str, String); 2] {
    let first = diary.nights.keys().next().copied();
    let number = |night: Night| first.map_or(0, |first| (night.date() - first.date()).num_days());
    let names = PLANTED.map(|(factor, ..)| factor);
    let columns: Vec<&str> = names.into_iter().chain([NOTHING]).collect();
    let mut nights = format!(
        "night,weekend,any_cramp,cramps,{}\n",
        columns.join(",").replace('-', "_")
    );
    for (night, record) in &diary.nights {
        let weekend = night.date().weekday().num_days_from_monday() >= 5;
        let any = record
            .outcome
            .map(|o| u8::from(o == crate::diary::vocabulary::Outcome::Cramp));
        nights.push_str(&format!("{},{}", number(*night), u8::from(weekend)));
        nights.push_str(&any.map_or(",".to_string(), |any| format!(",{any}")));
        let cramps = diary.cramp_count(*night);
        nights.push_str(&cramps.map_or(",".to_string(), |n| format!(",{n}")));
        for column in &columns {
            let value = diary
                .values
                .iter()
                .find(|v| v.night == *night && *v.factor == **column);
            nights.push(',');
            if let Some(Value::Number(value)) = value.map(|v| &v.value) {
                nights.push_str(&value.to_string());
            }
        }
        nights.push('\n');
    }
    let mut cramps = String::from("night,period\n");
    for episode in diary.episodes.iter().filter(|e| e.is_night_cramp()) {
        cramps.push_str(&format!("{},night\n", number(episode.night)));
    }
    [("nights.csv", nights), ("cramps.csv", cramps)]
}
