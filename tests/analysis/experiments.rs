//! Experiments: results against values counted out elsewhere, the edges, the planner, and a few hundred simulated ones.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::analysis::association::Grade;
use crate::analysis::experiment::{Finding, NoNumbers, Outcome, evaluate, grade};
use crate::analysis::experiment_plan::{
    Background, NoBackground, Plan, Unworkable, Wished, background, promise,
};
use crate::analysis::experiment_test::{ALPHA, Layout};
use crate::analysis::night_table::NightTable;
use crate::diary::vocabulary::{Done, ExperimentDesign, Outcome as Said};
use crate::diary::{Adherence, Diary, Episode, Exclusion, Experiment, Night, NightRecord};
use crate::stats::chance::Chance;
use crate::stats::randomisation::Redraws;
use crate::stats::sign_flips::pairs_rate_ratio;

fn now() -> DateTime<Utc> {
    "2026-01-01T08:00:00Z".parse().unwrap()
}

fn first() -> Night {
    "2026-01-01".parse().unwrap()
}

/// An experiment from 1 January on; one letter a night.
fn experiment(layout: Layout, schedule: &str) -> Experiment {
    Experiment::blank(
        1,
        "stretch".into(),
        layout.design,
        first(),
        first().plus(schedule.chars().count() as i64 - 1),
        layout.period,
        layout.dropped,
        0.5,
        0.8,
        schedule.into(),
        "00".into(),
        String::new(),
        now(),
    )
}

/// A diary whose nights from 1 January on had so many cramps; `None` is a night nobody wrote about.
fn diary(counts: &[Option<u32>]) -> Diary {
    let mut diary = Diary::default();
    for (t, count) in counts.iter().enumerate() {
        let night = first().plus(t as i64);
        if let Some(count) = count {
            let mut record = NightRecord::blank(night, now());
            record.outcome = Some(if *count > 0 { Said::Cramp } else { Said::Calm });
            diary.nights.insert(night, record);
            for _ in 0..*count {
                let id = diary.episodes.len() as i64 + 1;
                diary.episodes.push(Episode::blank(id, night, now()));
            }
        }
    }
    diary
}

const NIGHTLY: Layout = Layout {
    design: ExperimentDesign::Nightly,
    period: 1,
    dropped: 0,
};
/// Pairs of periods of three nights, the first of which does not count.
const SHORT: Layout = Layout {
    design: ExperimentDesign::Pairs,
    period: 3,
    dropped: 1,
};

fn result(layout: Layout, schedule: &str, counts: &[Option<u32>]) -> Outcome {
    let found = evaluate(&diary(counts), &experiment(layout, schedule), 7);
    let parts = found.counted + found.unknown + found.excluded + found.washout;
    if found.finding != Finding::NoNumbers(NoNumbers::NotOpened) {
        assert_eq!(parts + found.in_dropped_pairs, found.planned);
    }
    assert_eq!(found.on.nights + found.off.nights, found.counted);
    assert!(found.p.is_none_or(|p| p > 0.0 && p <= 1.0), "{found:?}");
    if let Some(ratio) = found.rate_ratio {
        assert!(ratio.covers(ratio.value), "{found:?}");
        let one = ratio.low < 1.0 && ratio.high > 1.0;
        assert!(one || found.p.is_some_and(|p| p <= ALPHA), "{found:?}");
    }
    found
}

fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!(
        (got - want).abs() <= tolerance * want.abs().max(1e-3),
        "{what}: got {got}, want {want}"
    );
}

#[test]
fn results_are_those_of_counting_every_assignment() {
    let path = format!(
        "{}/tests/reference/experiments/cases.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for case in cases.as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let layout = Layout {
            design: case["design"].as_str().unwrap().parse().unwrap(),
            period: case["period"].as_u64().unwrap() as u32,
            dropped: case["dropped"].as_u64().unwrap() as u32,
        };
        let counts: Vec<Option<u32>> = case["counts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_u64().map(|c| c as u32))
            .collect();
        let found = result(layout, case["on"].as_str().unwrap(), &counts);
        let want = &case["expected"];
        for (arm, key) in [(found.on, "on"), (found.off, "off")] {
            let got = serde_json::json!([arm.nights, arm.cramps]);
            assert_eq!(got, want[key], "{name}");
        }
        let p = want["p"].as_f64().unwrap();
        let ratio = found.rate_ratio.unwrap();
        // All sign flips are counted; nightly schedules are drawn, so p may be off by four standard errors.
        let pairs = layout.design == ExperimentDesign::Pairs;
        let (exact, loose) = if pairs {
            (1e-12, 1e-5)
        } else {
            (4.0 * ((1.0 - p) / p / 20_000.0).sqrt(), 0.02)
        };
        close(found.p.unwrap(), p, exact, name);
        close(ratio.value, want["ratio"][0].as_f64().unwrap(), 1e-9, name);
        let (low, high) = (&want["ratio"][1], &want["ratio"][2]);
        close(ratio.low, low.as_f64().unwrap_or(0.0), loose, name);
        match high.as_f64() {
            Some(high) => close(ratio.high, high, loose, name),
            None => assert!(ratio.high.is_infinite(), "{name}"),
        }
        if pairs {
            assert_eq!(serde_json::json!(found.draws), want["draws"], "{name}");
            assert_eq!(
                serde_json::json!(found.dropped_pairs),
                want["dropped_pairs"],
                "{name}"
            );
            assert!(found.exact);
        }
    }
}

#[test]
fn experiments_with_nothing_to_compare_say_why() {
    let schedule = "1001".repeat(6);
    let reason = |layout: Layout, schedule: &str, counts: &[Option<u32>]| {
        result(layout, schedule, counts).finding
    };
    let none = |why| Finding::NoNumbers(why);
    let on_only: Vec<Option<u32>> = schedule.chars().map(|c| (c == '1').then_some(1)).collect();
    assert_eq!(
        reason(NIGHTLY, &schedule, &[None; 24]),
        none(NoNumbers::NoNights)
    );
    assert_eq!(
        reason(NIGHTLY, &schedule, &[Some(1)]),
        none(NoNumbers::OneSide)
    );
    assert_eq!(
        reason(NIGHTLY, &schedule, &on_only),
        none(NoNumbers::OneSide)
    );
    assert_eq!(
        reason(NIGHTLY, &schedule, &[Some(0); 24]),
        none(NoNumbers::NoCramps)
    );
    let pairs = "111000".repeat(8);
    assert_eq!(
        reason(SHORT, &pairs, &[None; 48]),
        none(NoNumbers::NoNights)
    );
    assert_eq!(
        reason(SHORT, &pairs, &[Some(0); 48]),
        none(NoNumbers::NoCramps)
    );
    // Only washout nights known.
    let washout: Vec<Option<u32>> = (0..48).map(|t| (t % 3 == 0).then_some(2)).collect();
    assert_eq!(reason(SHORT, &pairs, &washout), none(NoNumbers::NoNights));
    // Labels nobody has opened.
    let blind = result(NIGHTLY, &"ABBA".repeat(6), &[Some(1); 24]);
    assert_eq!(blind.finding, none(NoNumbers::NotOpened));
    assert_eq!((blind.p, blind.rate_ratio), (None, None));
}

#[test]
fn all_cramps_on_one_side_give_a_bound_that_agrees_with_p() {
    let schedule = "1001".repeat(21);
    let nightly = |c: char| -> Vec<Option<u32>> {
        let nights = schedule.chars().enumerate();
        nights
            .map(|(t, s)| Some(u32::from(s == c && t % 8 < 4)))
            .collect()
    };
    let fewer = result(NIGHTLY, &schedule, &nightly('0'));
    assert_eq!(fewer.finding, Finding::Fewer);
    let ratio = fewer.rate_ratio.unwrap();
    assert_eq!((ratio.value, ratio.low), (0.0, 0.0));
    assert!(ratio.high > 0.0 && ratio.high < 0.5, "{ratio:?}");
    let more = result(NIGHTLY, &schedule, &nightly('1'));
    assert_eq!(more.finding, Finding::More);
    let ratio = more.rate_ratio.unwrap();
    assert!(ratio.value.is_infinite() && ratio.low > 2.0, "{ratio:?}");
    // Two cramps are too few to say anything.
    let mut two = vec![Some(0); 84];
    (two[1], two[5]) = (Some(1), Some(1));
    let two = result(NIGHTLY, &schedule, &two);
    assert_eq!(two.finding, Finding::Unclear);
    assert!(two.rate_ratio.unwrap().high.is_infinite());

    // Eight pairs alike: one cramp off, none on. The sign flips alone would call any ratio but one impossible.
    let pairs = "111000".repeat(8);
    let alike: Vec<Option<u32>> = (0..48).map(|t| Some(u32::from(t % 6 == 4))).collect();
    let alike = result(SHORT, &pairs, &alike);
    assert_eq!(
        (alike.p, alike.finding),
        (Some(2.0 / 256.0), Finding::Fewer)
    );
    let ratio = alike.rate_ratio.unwrap();
    assert_eq!((ratio.value, ratio.low), (0.0, 0.0));
    // The exact bound of 0 against 8 in as many nights.
    close(ratio.high, 0.585, 0.01, "pairs alike");
}

#[test]
fn relabelling_turns_the_ratio_over() {
    let mut chance = Chance::new(3, 3);
    for plan in Plan::menu(&Wished::default()) {
        let on = draw(&plan, &mut chance);
        let off: Vec<bool> = on.iter().map(|on| !on).collect();
        let rates = nights().rates(plan.nights, &mut chance);
        let counts = nights().counts(&rates, &on, 0.5, &mut chance);
        let test = |on: &[bool]| plan.layout().test(&counts, on, 999, 1);
        let (a, b) = (test(&on), test(&off));
        let (ra, rb) = (a.rate_ratio().unwrap(), b.rate_ratio().unwrap());
        close(a.p.unwrap(), b.p.unwrap(), 0.3, "p");
        close(ra.value, 1.0 / rb.value, 1e-9, "value");
        close(ra.low, 1.0 / rb.high, 0.1, "low");
        assert!(a.direction * b.direction < 0.0);
    }
}

#[test]
fn unknown_and_excluded_nights_are_counted_and_said() {
    let schedule = "1001".repeat(6);
    let mut counts: Vec<Option<u32>> = (0..24).map(|t| Some(t % 3)).collect();
    counts[..7].fill(None);
    let kept = result(NIGHTLY, &schedule, &counts);
    assert_eq!((kept.unknown, kept.incomplete), (7, false));
    counts[7] = None;
    counts[8] = None;
    assert!(result(NIGHTLY, &schedule, &counts).incomplete);

    // A fever of five nights, two of them answered.
    let mut diary = diary(&counts);
    let (from, to) = (first().plus(5), first().plus(10));
    diary.exclusions.push(Exclusion::blank(1, from, to, now()));
    let found = evaluate(&diary, &experiment(NIGHTLY, &schedule), 7);
    assert_eq!((found.excluded, found.unknown, found.counted), (6, 5, 13));
    let all = Exclusion::blank(1, first(), first().plus(40), now());
    diary.exclusions.push(all);
    let found = evaluate(&diary, &experiment(NIGHTLY, &schedule), 7);
    assert_eq!(found.finding, Finding::NoNumbers(NoNumbers::NoNights));
    assert_eq!((found.excluded, found.p), (24, None));
}

#[test]
fn what_was_done_stands_beside_and_changes_nothing() {
    let schedule = "1001".repeat(6);
    let counts: Vec<Option<u32>> = (0..24).map(|t| Some(t % 3)).collect();
    let plain = result(NIGHTLY, &schedule, &counts);
    assert_eq!((plain.as_done, plain.kept.answered), (None, 0));
    let mut diary = diary(&counts);
    for (t, done) in [
        (0, Done::Yes),
        (1, Done::No),
        (2, Done::Yes),
        (3, Done::Partly),
    ] {
        let night = first().plus(t);
        let id = t + 1;
        diary
            .adherence
            .push(Adherence::blank(id, "stretch".into(), night, done, now()));
    }
    let found = evaluate(&diary, &experiment(NIGHTLY, &schedule), 7);
    assert_eq!((found.p, found.rate_ratio), (plain.p, plain.rate_ratio));
    assert_eq!(
        (found.kept.as_assigned, found.kept.answered, found.kept.of),
        (2, 4, 24)
    );
    let done = found.as_done.unwrap();
    assert_eq!(
        (
            done.on.nights,
            done.on.cramps,
            done.off.nights,
            done.off.cramps
        ),
        (2, 2, 1, 1)
    );
    assert_eq!((done.left_out, done.rate_ratio), (21, Some(1.0)));
}

#[test]
fn grades_ask_for_one_direction() {
    let counts = |on: u32, off: u32| -> Vec<Option<u32>> {
        let side = |t: usize| if t % 6 < 3 { on } else { off };
        (0..48)
            .map(|t| Some(side(t) * u32::from(t % 5 > 0)))
            .collect()
    };
    let pairs = "111000".repeat(8);
    let fewer = result(SHORT, &pairs, &counts(1, 4));
    let more = result(SHORT, &pairs, &counts(4, 1));
    let nothing = result(SHORT, &pairs, &counts(2, 2));
    assert_eq!(
        (fewer.finding, more.finding),
        (Finding::Fewer, Finding::More)
    );
    assert_eq!(grade(&[]), None);
    assert_eq!(grade(&[&nothing]), None);
    assert_eq!(grade(&[&fewer, &nothing]), Some(Grade::Shown));
    assert_eq!(grade(&[&more, &more]), Some(Grade::ShownTwice));
    assert_eq!(grade(&[&fewer, &more]), None);
    let sure = Outcome {
        p: Some(0.004),
        ..fewer
    };
    assert_eq!(grade(&[&sure]), Some(Grade::ShownTwice));
}

fn nights() -> Background {
    Background {
        rate: 0.6,
        sd: 0.5,
        phi: 0.9,
        extra: 1.0,
        answered: 0.9,
        nights: 365,
    }
}

fn draw(plan: &Plan, chance: &mut Chance) -> Vec<bool> {
    plan.draw(&mut |bytes| {
        chance.fill(bytes);
        Ok(())
    })
    .unwrap()
}

#[test]
fn schedules_are_balanced_and_every_one_can_come() {
    let mut chance = Chance::new(1, 1);
    for plan in Plan::menu(&Wished::default()) {
        let on = draw(&plan, &mut chance);
        assert_eq!(on.len(), plan.nights);
        for part in on.chunks(plan.layout().together()) {
            assert_eq!(part.iter().filter(|on| **on).count() * 2, part.len());
        }
    }
    let short = Wished {
        nights: Some(4),
        ..Wished::default()
    };
    let short = Plan::menu(&short)[0];
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..6_000 {
        *seen.entry(draw(&short, &mut chance)).or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 6);
    assert!(seen.values().all(|n| (850..1_150).contains(n)), "{seen:?}");
    let broken = short.draw(&mut |_| Err(std::io::Error::other("no chance")));
    assert!(broken.is_err());
}

#[test]
fn wishes_that_cannot_be_planned_are_refused() {
    let usual = Wished::default();
    let lasting = Wished {
        lasting: true,
        ..usual
    };
    let length = |wish: &Wished| {
        Plan::menu(wish)
            .iter()
            .map(|p| p.nights)
            .collect::<Vec<_>>()
    };
    assert_eq!(length(&usual), [84, 168, 252, 224, 336, 448]);
    assert_eq!(length(&lasting), [224, 336, 448]);
    for (wish, why) in [
        (
            Wished {
                nights: Some(86),
                ..usual
            },
            Unworkable::NotInFours,
        ),
        (
            Wished {
                nights: Some(0),
                ..usual
            },
            Unworkable::Length,
        ),
        (
            Wished {
                nights: Some(2_004),
                ..usual
            },
            Unworkable::Length,
        ),
        (
            Wished {
                nights: Some(84),
                ..lasting
            },
            Unworkable::Lasting,
        ),
        (
            Wished {
                pairs: Some(7),
                ..usual
            },
            Unworkable::TooFewPairs,
        ),
        (
            Wished {
                pairs: Some(usize::MAX),
                ..usual
            },
            Unworkable::Length,
        ),
        (
            Wished {
                pairs: Some(8),
                nights: Some(84),
                ..usual
            },
            Unworkable::NightsAndPairs,
        ),
        (
            Wished {
                period: Some(7),
                ..usual
            },
            Unworkable::Period,
        ),
    ] {
        assert_eq!(wish.refusal(), Some(why));
        assert_eq!(Plan::menu(&wish), []);
    }
    let ten = Wished {
        pairs: Some(10),
        period: Some(28),
        ..lasting
    };
    let plan = Plan::menu(&ten)[0];
    assert_eq!((plan.nights, plan.dropped, plan.pairs), (560, 7, Some(10)));
}

#[test]
fn what_a_diary_says_about_its_nights() {
    let truth = nights();
    let mut chance = Chance::new(5, 5);
    let rates = truth.rates(365, &mut chance);
    let counts = truth.counts(&rates, &[false; 365], 1.0, &mut chance);
    let date = "2025-01-01".parse().unwrap();
    let table = |counts: &[Option<u32>]| NightTable::new(date, counts.to_vec(), Vec::new());
    let found = background(&table(&counts)).unwrap();
    let known: Vec<u32> = counts.iter().flatten().copied().collect();
    assert_eq!(found.nights, known.len());
    close(
        found.rate,
        known.iter().sum::<u32>() as f64 / known.len() as f64,
        1e-12,
        "rate",
    );
    assert!((0.2..0.9).contains(&found.sd), "{found:?}");
    assert!((0.5..0.99).contains(&found.phi), "{found:?}");
    assert!((1.0..1.3).contains(&found.extra), "{found:?}");
    assert!((0.8..=1.0).contains(&found.answered), "{found:?}");
    assert_eq!(background(&table(&[])), Err(NoBackground::TooFewNights));
    assert_eq!(
        background(&table(&[Some(1); 27])),
        Err(NoBackground::TooFewNights)
    );
    assert_eq!(
        background(&table(&[Some(0); 60])),
        Err(NoBackground::NoCramps)
    );
    assert!(background(&table(&[Some(1); 28])).is_ok());
}

/// A few hundred of each design; `examples/simulate` runs thousands.
#[test]
fn simulated_experiments_keep_their_word() {
    const RUNS: usize = 200;
    for plan in Plan::menu(&Wished::default()) {
        let told = std::sync::atomic::AtomicUsize::new(0);
        let tell = |done: usize| {
            told.fetch_max(done, std::sync::atomic::Ordering::Relaxed);
        };
        let promised = promise(&nights(), &plan, 0.5, RUNS, 9, &tell);
        assert_eq!(told.into_inner(), RUNS);
        assert_eq!(promised, promise(&nights(), &plan, 0.5, RUNS, 9, &|_| {}));
        assert!(promised.false_alarm <= 0.05 + 0.04, "{promised:?}");
        let (mut found, mut covered) = (0, 0);
        for run in 0..RUNS {
            let mut chance = Chance::new(77, run as u64);
            let on = draw(&plan, &mut chance);
            let rates = nights().rates(plan.nights, &mut chance);
            let counts = nights().counts(&rates, &on, 0.5, &mut chance);
            let verdict = plan.layout().test(&counts, &on, 399, chance.number());
            found += usize::from(verdict.p.is_some_and(|p| p <= ALPHA));
            covered += usize::from(verdict.rate_ratio().is_none_or(|r| r.covers(0.5)));
        }
        let found = found as f64 / RUNS as f64;
        assert!(
            (found - promised.power).abs() <= 0.14,
            "{found} {promised:?}"
        );
        assert!(covered as f64 / RUNS as f64 >= 0.90, "{covered} {plan:?}");
    }
}

/// Redraws that cannot change the answer any more are left away; the answer is that of all of them.
#[test]
fn a_verdict_settled_early_is_that_of_all_redraws() {
    let mut seen = [0; 2];
    for plan in Plan::menu(&Wished::default()) {
        let mut chance = Chance::new(17, plan.nights as u64);
        for run in 0..60 {
            let on = draw(&plan, &mut chance);
            let rates = nights().rates(plan.nights, &mut chance);
            let effect = [1.0, 0.5, 0.4][run % 3];
            let counts = nights().counts(&rates, &on, effect, &mut chance);
            let (layout, seed) = (plan.layout(), chance.number());
            let whole = layout.test(&counts, &on, 999, seed);
            let (direction, found) = layout.finds(&counts, &on, 999, seed).unwrap();
            let p = whole.p.unwrap();
            assert_eq!(found, p <= ALPHA, "{plan:?} {p}");
            assert!((direction - whole.direction).abs() < 1e-12, "{plan:?}");
            seen[usize::from(found)] += 1;
        }
        let none = vec![None; plan.nights];
        let on = draw(&plan, &mut chance);
        assert_eq!(plan.layout().finds(&none, &on, 999, 1), None);
    }
    assert!(seen.iter().all(|n| *n > 60), "{seen:?}");
}

#[test]
fn many_pairs_are_drawn_and_odd_blocks_refused() {
    let pairs: Vec<_> = (0..24).map(|k| [(k % 3, 10), (k % 5, 10)]).collect();
    let ratio = pairs_rate_ratio(&pairs, 0.95, 5_000, 1).unwrap();
    assert!(ratio.low > 0.2 && ratio.low < ratio.value && ratio.high < 1.5);
    assert_eq!(pairs_rate_ratio(&[], 0.95, 10, 1), None);
    assert_eq!(pairs_rate_ratio(&[[(3, 5), (1, 0)]], 0.95, 10, 1), None);
    let y = [Some(1.0); 13];
    let on: Vec<bool> = (0..13).map(|t| t % 2 == 0).collect();
    assert!(Redraws::new(&y, &on, &[0.0; 13], 10, 1).is_none());
}
