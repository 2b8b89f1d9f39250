//! The experiments of the made-up diary: stretching, which ended and whose effect is planted, and bed socks, which run and
//! do nothing.

use std::collections::BTreeMap;

use crate::data::vocabulary::{Done, ExperimentDesign};
use crate::diary::experiment::{Adherence, BLOCK, Experiment, hexadecimal};
use crate::diary::moment::{Night, Nights};
use crate::diary::{Diary, Zone};
use crate::import::demo::episode::Chance;
use crate::import::demo::lasting::morning;

/// The factor of the experiment that has ended.
pub(crate) const TRIED: &str = "stretch";
/// Nights of either experiment: thirty blocks of four.
const NIGHTS: i64 = 120;
/// Chance to find the halving of cramps that stretching was hoped to bring, by the planner's table at this rate.
const POWER: f64 = 0.55;
/// Share of nights on which the other thing was done than chance had chosen, and on which nobody said.
const OTHERWISE: f64 = 0.06;
const UNSAID: f64 = 0.05;

/// One experiment with what was really done on its nights so far.
pub(super) struct Trial {
    pub(super) experiment: Experiment,
    done: BTreeMap<Night, bool>,
    said: Vec<Adherence>,
}

impl Trial {
    /// Whether its thing was really done on a night; `None` outside it.
    pub(super) fn done(&self, night: Night) -> Option<bool> {
        self.done.get(&night).copied()
    }
}

/// Both experiments within `span`, the diary's nights. Their chance is their own, so that it moves no other.
pub(super) fn trials(seed: u64, span: Nights, zone: &Zone) -> Vec<Trial> {
    let mut chance = Chance::of(seed ^ 0x6578_7065_7269_6d65);
    let length = span.len() as i64;
    let first = span.from.plus(length / 6);
    let second = span.to.plus(-(length / 9));
    let mut id = 0;
    [(TRIED, first), ("socks", second)]
        .map(|(thing, from)| {
            id += 1;
            trial(id, thing, from, span, zone, &mut chance)
        })
        .into_iter()
        .collect()
}

fn trial(
    id: i64,
    thing: &str,
    from: Night,
    span: Nights,
    zone: &Zone,
    chance: &mut Chance,
) -> Trial {
    let to = from.plus(NIGHTS - 1);
    let schedule: String = (0..NIGHTS as usize / BLOCK)
        .flat_map(|_| chance.one_of(&ORDERS).unwrap_or_default().chars())
        .collect();
    let bytes: Vec<u8> = (0..16).map(|_| chance.within(0.0, 256.0) as u8).collect();
    let mut experiment = Experiment::blank(
        id,
        thing.to_string(),
        ExperimentDesign::Nightly,
        from,
        to,
        1,
        0,
        0.5,
        POWER,
        schedule,
        hexadecimal(&bytes),
        String::new(),
        morning(from.plus(-1), zone),
    );
    experiment.seal = experiment.seal_now();
    let (mut done, mut said) = (BTreeMap::new(), Vec::new());
    for (night, letter) in experiment.nights().iter().zip(experiment.schedule.chars()) {
        let as_assigned = !chance.happens(OTHERWISE);
        let unsaid = chance.happens(UNSAID);
        if night > span.to {
            break;
        }
        let really = (letter == '1') == as_assigned;
        done.insert(night, really);
        if !unsaid {
            let word = if really { Done::Yes } else { Done::No };
            let (thing, at) = (thing.to_string(), morning(night, zone));
            said.push(Adherence::blank(0, thing, night, word, at));
        }
    }
    Trial {
        experiment,
        done,
        said,
    }
}

/// The orders of two nights on and two off.
const ORDERS: [(&str, f64); 6] = [
    ("1100", 1.0),
    ("1010", 1.0),
    ("1001", 1.0),
    ("0110", 1.0),
    ("0101", 1.0),
    ("0011", 1.0),
];

/// Puts the experiments into the diary, with what was said on the nights that somebody wrote about.
pub(super) fn record(diary: &mut Diary, trials: Vec<Trial>) {
    for trial in trials {
        diary.experiments.push(trial.experiment);
        for said in trial.said {
            if diary.nights.contains_key(&said.night) {
                let id = diary.adherence.len() as i64 + 1;
                diary.adherence.push(Adherence { id, ..said });
            }
        }
    }
}
