//! Edge cases with a stated answer, and invariances.

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::{Association, Associations, Caution, Grade, NoAnalysis};
use crate::analysis::cross_checks::Resampling;
use crate::analysis::evaluation::evaluate;
use crate::analysis::exposure::{Exposure, Split};
use crate::analysis::factor_detail::{FactorDetail, factor_detail};
use crate::analysis::gate::Gate;
use crate::analysis::looks::{History, StoredLook};
use crate::analysis::model::NightModel;
use crate::analysis::night_table::{Factor, Kind, NightTable};
use chrono::NaiveDate;

use crate::tests::analysis::chance;

const DRAWS: Resampling = Resampling {
    shuffles: 200,
    seed: 7,
};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `nights` nights where a cramp has chance `base`, times `ratio` on the half of nights with factor "on".
fn diary(nights: usize, base: f64, ratio: f64, seed: u64) -> NightTable {
    let mut u = chance(seed);
    let on: Vec<bool> = (0..nights).map(|_| u() < 0.5).collect();
    let counts = on
        .iter()
        .map(|on| Some(u32::from(u() < if *on { base * ratio } else { base })))
        .collect();
    let x = on.iter().map(|on| Some(f64::from(*on))).collect();
    let idle = (0..nights).map(|_| Some(f64::from(u() < 0.4))).collect();
    NightTable::new(
        date("2023-01-01"),
        counts,
        vec![
            Factor::new("on", Kind::YesNo, x),
            Factor::new("idle", Kind::YesNo, idle),
        ],
    )
}

fn run(table: &NightTable) -> Associations {
    associations(table, &History::default(), Looking::Take)
}

fn detail(table: &NightTable) -> FactorDetail {
    let evaluation = evaluate(table, &|_| false);
    factor_detail(table, evaluation.as_ref(), 0, DRAWS).unwrap()
}

fn only(result: &Associations) -> &Association {
    &result.factors[0]
}

/// Nothing printed may be NaN: JSON turns NaN into null, so look at the text of the debug form.
fn nothing_is_nan(result: &Associations) {
    assert!(!format!("{result:?}").contains("NaN"), "{result:?}");
}

#[test]
fn no_nights_and_everything_unknown_are_refused() {
    for nights in [0, 40] {
        let table = NightTable::new(
            date("2024-01-01"),
            vec![None; nights],
            vec![Factor::new("f", Kind::YesNo, vec![None; nights])],
        );
        let r = run(&table);
        assert_eq!(r.refused, Some(NoAnalysis::NoNights));
        assert_eq!((r.tested, only(&r).grade), (0, Grade::NotEnough));
        assert_eq!(only(&r).gates, vec![Gate::NothingKnown]);
        assert!(detail(&table).nights.is_empty());
    }
}

#[test]
fn one_night_says_nothing() {
    for count in [0, 1] {
        let table = NightTable::new(
            date("2024-02-29"),
            vec![Some(count)],
            vec![Factor::new("f", Kind::YesNo, vec![Some(1.0)])],
        );
        let r = run(&table);
        assert_eq!(
            r.refused,
            Some(if count == 0 {
                NoAnalysis::NoCramps
            } else {
                NoAnalysis::OnlyCramps
            })
        );
        assert_eq!(only(&r).grade, Grade::NotEnough);
        assert_eq!(only(&r).effect, None);
        nothing_is_nan(&r);
        detail(&table);
    }
}

#[test]
fn no_cramp_or_only_cramps_is_refused_by_name() {
    let calm = diary(200, 0.0, 1.0, 1);
    assert_eq!(run(&calm).refused, Some(NoAnalysis::NoCramps));
    let cramps = diary(200, 1.0, 1.0, 1);
    let r = run(&cramps);
    assert_eq!(r.refused, Some(NoAnalysis::OnlyCramps));
    assert!(
        r.factors
            .iter()
            .all(|f| f.grade == Grade::NotEnough && f.effect.is_none())
    );
}

#[test]
fn nights_written_down_only_when_it_hurt_are_not_graded() {
    let mut table = diary(400, 0.3, 2.0, 2);
    table
        .counts
        .iter_mut()
        .for_each(|c| *c = c.filter(|c| *c > 0));
    let r = run(&table);
    assert_eq!(r.refused, Some(NoAnalysis::OnlyWhenItHurt));
    assert_eq!(r.tested, 0);
    assert!(r.factors.iter().all(|f| f.grade == Grade::NotEnough));
}

#[test]
fn a_constant_factor_has_no_contrast() {
    let mut table = diary(300, 0.3, 1.0, 3);
    table.factors[0].values.fill(Some(1.0));
    let r = run(&table);
    assert_eq!(only(&r).gates, vec![Gate::Constant]);
    assert_eq!(
        (only(&r).grade, only(&r).need_nights, r.tested),
        (Grade::NotEnough, None, 1)
    );
}

#[test]
fn a_factor_known_on_two_nights_needs_more() {
    let mut table = diary(300, 0.3, 1.0, 4);
    let (a, b) = (table.factors[0].values[10], table.factors[0].values[11]);
    table.factors[0].values.fill(None);
    table.factors[0].values[10] = a.map(|_| 0.0);
    table.factors[0].values[11] = b.map(|_| 1.0);
    let r = run(&table);
    assert_eq!(
        (only(&r).grade, only(&r).table.nights),
        (Grade::NotEnough, 2)
    );
    assert!(
        only(&r)
            .gates
            .iter()
            .any(|g| matches!(g, Gate::RarerSide { have: 1, need: 10 }))
    );
    nothing_is_nan(&r);
}

#[test]
fn complete_separation_gives_a_finite_answer_that_says_little() {
    let mut table = diary(400, 0.2, 1.0, 5);
    table.factors[0].values = table
        .counts
        .iter()
        .map(|c| c.map(|c| f64::from(c > 0)))
        .collect();
    let r = run(&table);
    let f = only(&r);
    assert!(f.cautions.contains(&Caution::NoCrampsOnOneSide), "{f:?}");
    let e = f.ratio().unwrap();
    assert!(e.value > 10.0 && e.high.is_finite() && e.low < e.value);
    nothing_is_nan(&r);
    let swapped = &mut table.factors[0].values;
    swapped.iter_mut().for_each(|v| *v = v.map(|v| 1.0 - v));
    let other = only(&run(&table)).ratio().unwrap();
    assert!((other.value * e.value - 1.0).abs() < 1e-6);
}

#[test]
fn two_identical_factors_are_one_bundle_and_one_test() {
    let mut table = diary(600, 0.15, 3.0, 6);
    let mut twin = table.factors[0].clone();
    twin.name = "twin".to_string();
    table.factors.push(twin);
    let r = run(&table);
    assert_eq!(r.tested, 2);
    assert_eq!(r.factors[0].bundled_with, vec!["twin".to_string()]);
    assert_eq!(r.factors[2].bundled_with, vec!["on".to_string()]);
    assert_eq!(
        (r.factors[0].p, r.factors[0].q),
        (r.factors[2].p, r.factors[2].q)
    );
    assert!(r.factors[0].grade >= Grade::Possible);
    assert!(r.factors[0].cautions.contains(&Caution::Bundled));
    let alone = run(&NightTable {
        factors: vec![table.factors[0].clone(), table.factors[1].clone()],
        ..table
    });
    assert!((r.factors[0].p.unwrap() - alone.factors[0].p.unwrap()).abs() < 1e-3);
}

#[test]
fn sixty_factors_on_forty_nights_announce_nothing() {
    let mut table = diary(40, 0.4, 1.0, 8);
    let mut u = chance(9);
    table.factors = (0..60)
        .map(|k| {
            Factor::new(
                &format!("f{k}"),
                Kind::YesNo,
                (0..40).map(|_| Some(f64::from(u() < 0.5))).collect(),
            )
        })
        .collect();
    let r = run(&table);
    assert!(r.factors.iter().all(|f| f.grade < Grade::Possible));
    assert!(r.tested <= 40);
    nothing_is_nan(&r);
}

#[test]
fn a_million_cramps_in_one_night_move_one_night_only() {
    let mut table = diary(500, 0.2, 1.0, 10);
    table.counts[250] = Some(1_000_000);
    let r = run(&table);
    assert_eq!(r.winsorised.unwrap().nights, 1);
    assert!(r.winsorised.unwrap().limit <= 5.0);
    assert!(r.factors.iter().all(|f| !f.grade.is_link()));
    assert!(r.nights.episodes > 1_000_000);
    nothing_is_nan(&r);
    detail(&table);
}

#[test]
fn dates_before_1970_leap_days_and_a_five_year_gap_change_nothing_but_the_calendar() {
    let near = diary(400, 0.2, 2.5, 11);
    // 2023-01-01 and 1956-01-01 are both Sundays; the second run of nights crosses a leap day.
    let old = NightTable {
        first: date("1956-01-01"),
        ..near.clone()
    };
    let (a, b) = (run(&near), run(&old));
    for (f, g) in a.factors.iter().zip(&b.factors) {
        // The same day of the year is the same season: only the evening of the look differs.
        let undated = |f: &Association| Association {
            announced: None,
            ..f.clone()
        };
        assert_eq!(undated(f), undated(g));
    }
    let gap = 5 * 365 + 1;
    let mut far = near.clone();
    let spread = |v: &[Option<f64>]| [&v[..200], &vec![None; gap][..], &v[200..]].concat();
    far.counts = [
        &near.counts[..200],
        &vec![None; gap][..],
        &near.counts[200..],
    ]
    .concat();
    far.excluded = vec![false; far.counts.len()];
    far.factors
        .iter_mut()
        .for_each(|f| f.values = spread(&f.values));
    let r = run(&far);
    nothing_is_nan(&r);
    assert_eq!(r.nights.unknown, gap);
    // 400 nights over seven years is below 30 % coverage: described, not graded.
    assert!(r.factors.iter().all(|f| f.grade == Grade::NotEnough
        && f.gates.iter().any(|g| matches!(g, Gate::Coverage { .. }))));
}

#[test]
fn a_strong_link_is_found_at_a_look_and_a_coin_is_not() {
    let table = diary(900, 0.15, 3.0, 12);
    let r = run(&table);
    let f = only(&r);
    assert!(f.grade.strength() >= Grade::Possible.strength(), "{f:?}");
    assert!((2.0..4.5).contains(&f.ratio().unwrap().value));
    assert!(!r.factors[1].grade.is_link());
    assert_eq!(r.look, Some(r.nights.cramp));
    // With the look kept, nothing is looked at again and the answer is the same.
    let kept = StoredLook::from(r.look_taken.as_ref().unwrap());
    let again = associations(&table, &History::replay(&[kept]), Looking::Take);
    assert_eq!((again.look_taken, again.look_due), (None, false));
    assert_eq!(again.factors, r.factors);
    // Without a look nothing is announced.
    let waits = associations(&table, &History::default(), Looking::Leave);
    assert!(waits.look_due && only(&waits).grade == Grade::Hint);
    assert!(only(&waits).cautions.contains(&Caution::WaitsForLook));
}

#[test]
fn relabelling_and_scaling_do_what_they_should() {
    let table = diary(600, 0.15, 2.0, 13);
    let mut other = table.clone();
    other.factors[0]
        .values
        .iter_mut()
        .for_each(|v| *v = v.map(|v| 1.0 - v));
    let (a, b) = (run(&table), run(&other));
    let (x, y) = (only(&a), only(&b));
    assert!((x.ratio().unwrap().value * y.ratio().unwrap().value - 1.0).abs() < 1e-6);
    assert!((x.p.unwrap() - y.p.unwrap()).abs() < 1e-8);
    let mut dose = table.clone();
    let mut u = chance(3);
    dose.factors[0] = Factor::new(
        "dose",
        Kind::Number,
        dose.factors[0]
            .values
            .iter()
            .map(|v| v.map(|v| v + u()))
            .collect(),
    );
    let mut tenfold = dose.clone();
    tenfold.factors[0]
        .values
        .iter_mut()
        .for_each(|v| *v = v.map(|v| v * 10.0));
    let (a, b) = (run(&dose), run(&tenfold));
    assert!((only(&a).ratio().unwrap().value - only(&b).ratio().unwrap().value).abs() < 1e-6);
}

#[test]
fn order_of_factors_and_unrecorded_nights_at_the_ends_change_nothing() {
    let table = diary(600, 0.15, 2.0, 14);
    let mut other = table.clone();
    other.factors.reverse();
    let (a, b) = (run(&table), run(&other));
    for f in &a.factors {
        let g = b.factors.iter().find(|g| g.factor == f.factor).unwrap();
        assert!((f.p.unwrap() - g.p.unwrap()).abs() < 1e-8);
        assert_eq!(f.grade, g.grade);
    }
    let mut longer = table.clone();
    longer.first = longer.first - chrono::Days::new(7);
    let pad = |v: &[Option<f64>]| [&[None; 7], v, &[None; 20]].concat();
    longer.counts = [&[None; 7], &table.counts[..], &[None; 20]].concat();
    longer.excluded = vec![false; longer.counts.len()];
    longer
        .factors
        .iter_mut()
        .for_each(|f| f.values = pad(&f.values));
    let c = run(&longer);
    for (f, g) in a.factors.iter().zip(&c.factors) {
        assert_eq!((f.p, &f.effect, f.grade), (g.p, &g.effect, g.grade));
    }
}

#[test]
fn a_choice_is_one_test_of_its_levels() {
    let mut u = chance(15);
    let codes: Vec<f64> = (0..800).map(|_| (u() * 3.0).floor()).collect();
    let counts = codes
        .iter()
        .map(|c| Some(u32::from(u() < if *c == 2.0 { 0.45 } else { 0.15 })))
        .collect();
    let mut f = Factor::new(
        "posture",
        Kind::Choice,
        codes.iter().map(|c| Some(*c)).collect(),
    );
    f.levels = ["side", "prone", "supine"].map(String::from).to_vec();
    let table = NightTable::new(date("2023-01-01"), counts, vec![f]);
    let r = run(&table);
    assert_eq!(r.tested, 1);
    assert!(only(&r).p.unwrap() < 0.001);
    let step = format!("{:?}", only(&r).step);
    assert!(step.contains("supine"), "{step}");
    assert!(only(&r).grade.is_link());
}

#[test]
fn threads_and_repeats_give_identical_answers() {
    let table = diary(500, 0.2, 2.0, 16);
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap()
        .install(|| run(&table));
    let two = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .unwrap()
        .install(|| run(&table));
    assert_eq!(
        serde_json::to_string(&one).unwrap(),
        serde_json::to_string(&two).unwrap()
    );
}

#[test]
fn zero_means_any_against_none_and_a_measured_amount_splits_at_its_median() {
    let table = diary(100, 0.3, 1.0, 17);
    let counts: Vec<Option<f64>> = table.counts.iter().map(|c| c.map(f64::from)).collect();
    let model = NightModel::new(table.first, &counts).unwrap();
    let amount = |f: &dyn Fn(usize) -> f64| {
        Factor::new("x", Kind::Number, (0..100).map(|t| Some(f(t))).collect())
    };
    assert_eq!(
        Exposure::new(
            &model,
            &amount(&|t| if t % 2 == 0 {
                0.0
            } else {
                3.0 + (t % 5) as f64
            })
        )
        .split,
        Split::Any
    );
    assert_eq!(
        Exposure::new(&model, &amount(&|t| 16.0 + (t % 9) as f64)).split,
        Split::Above(20.0)
    );
}

#[test]
fn what_changes_seldom_is_asked_for_longer_and_a_course_begun_once_is_not() {
    let mut table = diary(200, 0.4, 1.0, 18);
    let runs = (0..200).map(|t| Some(f64::from(t >= 100))).collect();
    table.factors[0].values = runs;
    let r = run(&table);
    let gate = Gate::Switches { have: 1, need: 3 };
    assert_eq!(only(&r).gates, vec![gate]);
    assert!(only(&r).need_nights.unwrap() >= 400, "{:?}", only(&r));
    // One switch in 200 nights will not be three in four weeks: asking for it would burden without hope.
    let next = crate::report::factors::record_next(&r);
    assert!(
        next.iter().all(|n| n.factor.as_deref() != Some("on")),
        "{next:?}"
    );
    table.factors[0].kind = Kind::Course;
    assert_eq!(only(&run(&table)).need_nights, None);
}
