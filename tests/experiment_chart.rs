//! The picture of an experiment's periods: well set, readable without colour, and true to what counts.

use crate::diary::experiment::Experiment;
use crate::diary::vocabulary::{ExperimentDesign, Outcome};
use crate::diary::{Diary, NightState, Nights};
use crate::report::chart::{Chart, KeyMark, LeftOut, Periods, Picture, periods::periods};
use crate::tests::chart::drawn;
use crate::tests::gallery;

/// A number below `n`, the same for the same `seed` on every machine.
fn pick(seed: usize, n: usize) -> usize {
    let mut x = (seed as u64).wrapping_mul(6_364_136_223_846_793_005) ^ 0x5851_f42d_4c95_7f2d;
    x ^= x >> 29;
    x = x.wrapping_mul(0x51_afd7_ed55_8ccd);
    ((x >> 33) % n as u64) as usize
}

/// A sealed experiment of the nights `schedule` has letters for.
pub(crate) fn sealed(
    thing: &str,
    design: ExperimentDesign,
    from: &str,
    (period, dropped): (u32, u32),
    schedule: &str,
) -> Experiment {
    let from = gallery::night(from);
    let to = from.plus(schedule.chars().count() as i64 - 1);
    let mut experiment = Experiment::blank(
        1,
        thing.to_string(),
        design,
        from,
        to,
        period,
        dropped,
        0.5,
        0.8,
        schedule.to_string(),
        "00112233445566778899aabbccddeeff".to_string(),
        String::new(),
        gallery::written(),
    );
    experiment.seal = experiment.seal_now();
    experiment
}

/// `blocks` blocks of two nights on and two off in drawn order.
pub(crate) fn nightly_schedule(blocks: usize) -> String {
    let orders = ["1100", "1010", "1001", "0110", "0101", "0011"];
    (0..blocks).map(|at| orders[pick(at + 17, 6)]).collect()
}

/// `pairs` pairs of periods of `period` nights, each in an order of its own.
pub(crate) fn pairs_schedule(pairs: usize, period: usize) -> String {
    let letters = (0..pairs).map(|at| if pick(at + 3, 2) == 0 { "10" } else { "01" });
    letters
        .flat_map(|pair| pair.chars().collect::<Vec<_>>())
        .flat_map(|letter| std::iter::repeat_n(letter, period))
        .collect()
}

/// Answers for every night of the experiment but one in 13: a cramp on one in `on` nights with it and one in `off`
/// without.
pub(crate) fn lived(experiment: &Experiment, on: usize, off: usize) -> Diary {
    let mut diary = Diary::default();
    for (at, (night, letter)) in experiment
        .nights()
        .iter()
        .zip(experiment.schedule.chars())
        .enumerate()
    {
        if pick(at + 500, 13) == 0 {
            continue;
        }
        let one_in = if "1A".contains(letter) { on } else { off };
        if pick(at + 9_000, one_in) == 0 {
            for n in 0..=pick(at + 70, 2) {
                gallery::cramp(&mut diary, night, 300 + 90 * n as i64, Some(5));
            }
        } else {
            gallery::answer(&mut diary, night, Outcome::Calm);
        }
    }
    diary.sort();
    diary
}

fn chart(diary: &Diary, experiment: &Experiment) -> Chart {
    let alt = "23 in 100 nights with it, 45 without.".to_string();
    periods(
        diary,
        experiment,
        "Calf stretching before bed",
        alt,
        Vec::new(),
    )
}

fn picture(chart: &Chart) -> &Periods {
    match &chart.picture {
        Picture::Experiment(periods) => periods,
        other => panic!("{other:?}"),
    }
}

#[test]
fn pictures_of_every_design_are_well_set() {
    let nightly = sealed(
        "stretch",
        ExperimentDesign::Nightly,
        "2025-11-03",
        (1, 0),
        &nightly_schedule(21),
    );
    let mut diary = lived(&nightly, 6, 3);
    gallery::exclude(&mut diary, "2025-12-10", "2025-12-13", "fever");
    drawn("experiment-nightly", &chart(&diary, &nightly));
    let long = sealed(
        "stretch",
        ExperimentDesign::Nightly,
        "2025-01-03",
        (1, 0),
        &nightly_schedule(63),
    );
    drawn("experiment-nightly-252", &chart(&lived(&long, 6, 3), &long));
    for (name, pairs, period, dropped) in
        [("8-14", 8, 14, 4), ("12-14", 12, 14, 4), ("8-28", 8, 28, 7)]
    {
        let schedule = pairs_schedule(pairs, period);
        let sizes = (period as u32, dropped);
        let experiment = sealed(
            "magnesium",
            ExperimentDesign::Pairs,
            "2025-02-03",
            sizes,
            &schedule,
        );
        let mut diary = lived(&experiment, 5, 3);
        gallery::exclude(&mut diary, "2025-04-10", "2025-04-16", "fever");
        drawn(
            &format!("experiment-pairs-{name}"),
            &chart(&diary, &experiment),
        );
        // nobody answered: hatched, with no rate
        let nobody = chart(&Diary::default(), &experiment);
        drawn(&format!("experiment-unanswered-{name}"), &nobody);
        assert!(nobody.is_empty());
    }
}

#[test]
fn a_blinded_one_is_drawn_as_it_was_opened() {
    let letters = pairs_schedule(8, 14).replace('1', "B").replace('0', "A");
    let mut experiment = sealed(
        "magnesium",
        ExperimentDesign::Pairs,
        "2025-02-03",
        (14, 4),
        &letters,
    );
    let diary = lived(&experiment, 3, 3);
    assert!(
        picture(&chart(&diary, &experiment))
            .lanes
            .iter()
            .all(|lane| lane.nights.is_empty())
    );
    experiment.opened = Some("B".to_string());
    let drawn_chart = chart(&diary, &experiment);
    drawn("experiment-blinded", &drawn_chart);
    let lanes = &picture(&drawn_chart).lanes;
    assert_eq!((lanes[0].nights.len(), lanes[1].nights.len()), (112, 112));
    for lane in lanes {
        for night in &lane.nights {
            let letter = letters.as_bytes()[night.at as usize];
            assert_eq!(lane.on, letter == b'B', "{night:?}");
        }
    }
}

#[test]
fn each_night_stands_once_and_only_what_counts_is_in_a_rate() {
    let schedule = "1100".repeat(2) + &"0".repeat(0);
    let experiment = sealed(
        "stretch",
        ExperimentDesign::Nightly,
        "2026-01-05",
        (1, 0),
        &schedule,
    );
    let mut diary = Diary::default();
    let night = |n: i64| experiment.from.plus(n);
    gallery::cramp(&mut diary, night(0), 300, None);
    gallery::cramp(&mut diary, night(0), 400, None);
    gallery::answer(&mut diary, night(1), Outcome::Calm);
    gallery::answer(&mut diary, night(2), Outcome::Cramp);
    // night 3 nobody answered; nights 4 and 5 are left out
    gallery::cramp(&mut diary, night(4), 300, None);
    gallery::exclude(
        &mut diary,
        &night(4).to_string(),
        &night(5).to_string(),
        "fever",
    );
    gallery::answer(&mut diary, night(6), Outcome::Calm);
    diary.sort();
    let chart = chart(&diary, &experiment);
    let lanes = &picture(&chart).lanes;
    let rate = |lane: usize| {
        let rate = &lanes[lane].rates[0];
        (rate.nights, rate.cramps, rate.label.as_str())
    };
    assert_eq!(rate(0), (2, 2, "100"));
    assert_eq!(rate(1), (2, 1, "50"));
    assert_eq!(lanes[0].runs, [(0.0, 2.0), (4.0, 6.0)]);
    assert_eq!(lanes[0].nights[2].left_out, Some(LeftOut::Excluded));
    assert_eq!(lanes[1].nights[1].state, NightState::Unknown);
    assert_eq!(picture(&chart).most, 2, "an excluded night sets no scale");
    let marks: Vec<KeyMark> = chart.key.iter().map(|entry| entry.mark).collect();
    let expected = [
        KeyMark::CrampsOfNight,
        KeyMark::CalmTick,
        KeyMark::Hatched,
        KeyMark::Excluded,
        KeyMark::PeriodRate,
    ];
    assert_eq!(marks, expected);
    assert_eq!(
        chart.table.rows[0],
        ["2026-01-05", "2026-01-12", "with it", "2", "2", "100"]
    );
}

#[test]
fn the_first_nights_of_a_period_are_drawn_but_not_counted() {
    let experiment = sealed(
        "magnesium",
        ExperimentDesign::Pairs,
        "2026-01-05",
        (5, 2),
        "1111100000",
    );
    let mut diary = Diary::default();
    for night in experiment.nights().iter() {
        gallery::cramp(&mut diary, night, 300, None);
    }
    diary.sort();
    let chart = chart(&diary, &experiment);
    let lane = &picture(&chart).lanes[0];
    let washout = lane
        .nights
        .iter()
        .filter(|n| n.left_out == Some(LeftOut::Washout));
    assert_eq!(
        (washout.count(), lane.rates[0].nights, lane.rates[0].cramps),
        (2, 3, 3)
    );
    assert!(
        chart
            .key
            .iter()
            .any(|entry| entry.mark == KeyMark::NotCounted)
    );
    let nights = Nights {
        from: experiment.from,
        to: experiment.to,
    };
    assert_eq!(lane.rates[0].from, nights.from);
}
