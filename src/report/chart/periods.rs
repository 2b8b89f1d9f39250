//! The nights of an experiment in two lanes, those with it and those without, with what counted and what did not.

use crate::diary::experiment::{Assigned, BLOCK, Experiment};
use crate::diary::vocabulary::ExperimentDesign;
use crate::diary::{Diary, Nights};
use crate::report::chart::lanes::{LeftOut, PeriodLane, PeriodNight, PeriodRate, Periods};
use crate::report::chart::{Axis, Chart, KeyMark, Picture, Table, axis::place};
use crate::report::say::chart as say;
use crate::words::{lines, number, t};

/// Blocks of the nightly design that share a rate: one block has two nights of each kind, too few for one.
const BLOCKS: i64 = 7;

/// The picture of an experiment that has ended, `label` by name, with its result in words.
pub(crate) fn periods(
    diary: &Diary,
    experiment: &Experiment,
    label: &str,
    alt: String,
    mut notes: Vec<String>,
) -> Chart {
    let nights = experiment.nights();
    let lanes: Vec<PeriodLane> = [true, false]
        .map(|on| lane(diary, experiment, on))
        .into_iter()
        .collect();
    let drawn = || lanes.iter().flat_map(|lane| &lane.nights);
    let counts = drawn().filter(|night| night.left_out != Some(LeftOut::Excluded));
    let most = counts.filter_map(|n| n.cramps).max().unwrap_or(0).max(1);
    let any = |is: &dyn Fn(&PeriodNight) -> bool| drawn().any(is);
    let washout = |n: &PeriodNight| n.left_out == Some(LeftOut::Washout);
    let excluded = |n: &PeriodNight| n.left_out == Some(LeftOut::Excluded);
    let known = |n: &PeriodNight| n.cramps.is_some() && !excluded(n);
    let has = |n: &PeriodNight| known(n) && n.cramps > Some(0);
    let marks = [
        (KeyMark::CrampsOfNight, any(&|n| has(n) && n.counts())),
        (KeyMark::CalmTick, any(&|n| known(n) && n.cramps == Some(0))),
        (
            KeyMark::Hatched,
            any(&|n| n.cramps.is_none() && !excluded(n)),
        ),
        (KeyMark::Washout, any(&washout)),
        (KeyMark::NotCounted, any(&|n| washout(n) && has(n))),
        (KeyMark::Excluded, any(&excluded)),
        (
            KeyMark::PeriodRate,
            lanes.iter().any(|lane| !lane.rates.is_empty()),
        ),
    ];
    let step = match experiment.design {
        ExperimentDesign::Nightly => t!(experiment, "rates-of-blocks", n = BLOCKS as usize),
        ExperimentDesign::Pairs => t!(experiment, "rates-of-periods").to_string(),
    };
    notes.insert(0, format!("{step} {}", t!(experiment, "highest-bar", most)));
    let key = say::key(&marks);
    let title = t!(experiment, "chart-title", label);
    Chart {
        coverage: say::coverage(nights, diary.coverage(nights)),
        alt,
        key,
        notes,
        table: table(&lanes, &title),
        picture: Picture::Experiment(Periods {
            x: Axis::time(nights),
            most,
            lanes,
        }),
        title,
    }
}

fn lane(diary: &Diary, experiment: &Experiment, on: bool) -> PeriodLane {
    let wanted = if on { Assigned::On } else { Assigned::Off };
    let all = experiment.nights();
    let nights = all
        .iter()
        .filter(|night| experiment.assigned(*night) == Some(wanted));
    let nights: Vec<PeriodNight> = nights
        .map(|night| PeriodNight {
            night,
            at: place(night, all),
            state: diary.state(night),
            cramps: diary.cramp_count(night),
            left_out: match (diary.is_excluded(night), experiment.is_washout(night)) {
                (true, _) => Some(LeftOut::Excluded),
                (false, true) => Some(LeftOut::Washout),
                (false, false) => None,
            },
        })
        .collect();
    let mut runs: Vec<(f64, f64)> = Vec::new();
    for night in &nights {
        match runs.last_mut().filter(|(_, end)| *end == night.at) {
            Some((_, end)) => *end += 1.0,
            None => runs.push((night.at, night.at + 1.0)),
        }
    }
    let whole = rate(&nights, all, all);
    PeriodLane {
        on,
        label: t!(experiment, "lane", on),
        rate: match whole.rate {
            Some(_) => t!(experiment, "in-100-nights", n = whole.label),
            None => t!(experiment, "no-nights-count").to_string(),
        },
        rates: stretches(experiment)
            .into_iter()
            .filter(|stretch| nights.iter().any(|n| stretch.contains(n.night)))
            .map(|stretch| rate(&nights, stretch, all))
            .collect(),
        runs,
        nights,
    }
}

/// The stretches of which a rate is given: the periods of a pair, or so many nights of a nightly design.
fn stretches(experiment: &Experiment) -> Vec<Nights> {
    let all = experiment.nights();
    let step = match experiment.design {
        ExperimentDesign::Nightly => BLOCKS * BLOCK as i64,
        ExperimentDesign::Pairs => i64::from(experiment.period.max(1)),
    };
    let mut stretches = Vec::new();
    let mut from = all.from;
    while from <= all.to {
        let to = from.plus(step - 1).min(all.to);
        stretches.push(Nights { from, to });
        from = to.plus(1);
    }
    stretches
}

fn rate(nights: &[PeriodNight], stretch: Nights, all: Nights) -> PeriodRate {
    let counted = nights
        .iter()
        .filter(|n| n.counts() && stretch.contains(n.night));
    let known: Vec<usize> = counted.filter_map(|n| n.cramps).collect();
    let (n, cramps) = (known.len(), known.iter().sum::<usize>());
    let rate = (n > 0).then(|| cramps as f64 / n as f64);
    PeriodRate {
        from: stretch.from,
        to: stretch.to,
        start: place(stretch.from, all),
        end: place(stretch.to, all) + 1.0,
        nights: n,
        cramps,
        rate,
        label: rate.map_or_else(
            || t!(experiment, "no-rate").to_string(),
            |rate| number((rate * 100.0).round()),
        ),
    }
}

fn table(lanes: &[PeriodLane], caption: &str) -> Table {
    let mut rates: Vec<(&PeriodLane, &PeriodRate)> = lanes
        .iter()
        .flat_map(|lane| lane.rates.iter().map(move |rate| (lane, rate)))
        .collect();
    rates.sort_by_key(|(lane, rate)| (rate.from, !lane.on));
    let rows = rates.into_iter().map(|(lane, rate)| {
        // without a night that counts nothing is known
        let (cramps, in_100) = match rate.rate {
            Some(_) => (rate.cramps.to_string(), rate.label.clone()),
            None => (String::new(), String::new()),
        };
        vec![
            rate.from.to_string(),
            rate.to.to_string(),
            lane.label.clone(),
            rate.nights.to_string(),
            cramps,
            in_100,
        ]
    });
    Table::new(caption, lines!(experiment, "periods-head"), rows)
}
