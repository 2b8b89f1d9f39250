//! What pooling answers at the edges, and what must not change it.

use crate::stats::chance::Chance;
use crate::stats::distribution::normal_upper;
use crate::stats::estimate::Estimate;
use crate::stats::meta::{Pooled, Study, egger, leave_one_out, pool};
use crate::stats::next_study::next_study;

fn studies(pairs: &[(f64, f64)]) -> Vec<Study> {
    let pairs = pairs.iter();
    pairs
        .map(|&(estimate, variance)| Study { estimate, variance })
        .collect()
}

fn near(got: f64, want: f64) {
    assert!(
        (got - want).abs() <= 1e-9 * want.abs().max(1.0),
        "{got} {want}"
    );
}

const FIVE: [(f64, f64); 5] = [
    (0.1, 0.04),
    (0.6, 0.09),
    (-0.3, 0.05),
    (0.9, 0.2),
    (0.2, 0.03),
];

#[test]
fn nothing_is_pooled_from_less_than_two_studies_or_from_exact_ones() {
    assert_eq!(pool(&[], 0.95), None);
    assert_eq!(pool(&studies(&[(0.3, 0.1)]), 0.95), None);
    for (bad_estimate, bad_variance) in [
        (0.3, 0.0),
        (0.3, -1.0),
        (f64::NAN, 0.1),
        (f64::INFINITY, 0.1),
        (0.3, f64::INFINITY),
        (0.3, f64::NAN),
    ] {
        let with = studies(&[(0.1, 0.1), (0.2, 0.1), (bad_estimate, bad_variance)]);
        assert_eq!(pool(&with, 0.95), None);
    }
    assert_eq!(pool(&studies(&FIVE), 1.0), None);
}

#[test]
fn two_studies_have_an_interval_on_one_degree_of_freedom() {
    let two = pool(&studies(&[(0.0, 0.1), (1.0, 0.1)]), 0.95).unwrap();
    near(two.mean.value, 0.5);
    near(two.tau2, 0.4);
    // both weights alike: the standard error is that of two values, and t of one degree of freedom is 12.7
    near(two.se, 0.5);
    near(two.mean.high, 0.5 + 12.706_204_736_174_7 * 0.5);
}

#[test]
fn estimates_all_alike_still_have_an_interval() {
    let alike = pool(&studies(&[(0.4, 0.1), (0.4, 0.2), (0.4, 0.05)]), 0.95).unwrap();
    near(alike.mean.value, 0.4);
    assert_eq!((alike.tau2, alike.i2, alike.h2), (0.0, 0.0, 1.0));
    near(alike.se, (1.0_f64 / 35.0).sqrt());
    assert!(alike.mean.low < 0.3 && alike.q < 1e-12 && alike.q_p > 0.999);
    let zero = pool(&studies(&[(0.0, 0.1), (0.0, 0.2)]), 0.95).unwrap();
    assert!(zero.mean.low < 0.0 && zero.mean.high > 0.0 && zero.p == 1.0);
}

#[test]
fn at_the_boundary_the_next_study_is_predicted_as_the_mean() {
    let close = pool(&studies(&[(0.40, 0.1), (0.42, 0.2), (0.38, 0.3)]), 0.95).unwrap();
    assert_eq!(close.tau2, 0.0);
    near(close.prediction.low, close.mean.low);
    assert!(close.tau2_se > 0.0);
}

#[test]
fn neither_order_nor_units_nor_signs_change_what_is_found() {
    let first = pool(&studies(&FIVE), 0.95).unwrap();
    let mut turned = FIVE;
    turned.reverse();
    let turned = pool(&studies(&turned), 0.95).unwrap();
    near(turned.mean.value, first.mean.value);
    near(turned.tau2, first.tau2);
    let scaled: Vec<(f64, f64)> = FIVE.iter().map(|(y, v)| (-1e3 * y, 1e6 * v)).collect();
    let scaled = pool(&studies(&scaled), 0.95).unwrap();
    near(scaled.mean.high, -1e3 * first.mean.low);
    near(scaled.tau2, 1e6 * first.tau2);
    near(scaled.i2, first.i2);
    near(scaled.p, first.p);
}

fn next(pairs: &[(f64, f64)]) -> Estimate {
    let studies = studies(pairs);
    let pooled = pool(&studies, 0.95).unwrap();
    next_study(&studies, &pooled, pooled.mean).unwrap()
}

#[test]
fn the_next_study_is_where_neither_order_nor_units_nor_signs_move_it() {
    let first = next(&FIVE);
    let mut turned = FIVE;
    turned.reverse();
    near(next(&turned).low, first.low);
    let scaled: Vec<(f64, f64)> = FIVE.iter().map(|(y, v)| (-1e3 * y, 1e6 * v)).collect();
    near(next(&scaled).high, -1e3 * first.low);
    near(next(&scaled).low, -1e3 * first.high);
    let moved: Vec<(f64, f64)> = FIVE.iter().map(|(y, v)| (y + 7.0, *v)).collect();
    near(next(&moved).low, first.low + 7.0);
}

#[test]
fn the_next_study_is_never_surer_than_the_mean() {
    for pairs in [
        &[(0.4, 0.1), (0.4, 0.2), (0.4, 0.05)][..],
        &[(0.40, 0.1), (0.42, 0.2), (0.38, 0.3)],
        &[(0.0, 1e-12), (1.0, 1e-6), (2.0, 1.0), (3.0, 1e9)],
        &FIVE,
    ] {
        let mean = pool(&studies(pairs), 0.95).unwrap().mean;
        let next = next(pairs);
        assert!(next.low <= mean.low && mean.high <= next.high, "{pairs:?}");
        assert!(next.low.is_finite() && next.high.is_finite(), "{pairs:?}");
    }
}

#[test]
fn of_many_exact_studies_the_next_lies_like_the_others() {
    // two hundred values of a normal distribution with deviation 2, hardly any error: mean and 1.96 deviations about
    let mut chance = Chance::new(7, 0);
    let mut value = || 5.0 + 2.0 * chance.normal();
    let many: Vec<(f64, f64)> = (0..200).map(|_| (value(), 1e-6)).collect();
    let (next, pooled) = (next(&many), pool(&studies(&many), 0.95).unwrap());
    assert!((next.low - pooled.prediction.low).abs() < 0.02, "{next:?}");
    assert!(
        (next.high - pooled.prediction.high).abs() < 0.02,
        "{next:?}"
    );
}

/// The share of next studies that both intervals hold, over many meta-analyses of exactly normal estimates with known
/// errors as large as the studies differ: with what is known of tau squared, and as if it were known.
#[test]
fn the_next_study_is_held_as_often_as_promised_where_tau_squared_is_hardly_known() {
    let (meta_analyses, tau) = (1_000, 0.3);
    let mut chance = Chance::new(20_260_302, 0);
    let (mut with, mut as_if) = (0.0, 0.0);
    for _ in 0..meta_analyses {
        let pairs: Vec<(f64, f64)> = (0..20)
            .map(|i| {
                let error = 0.25 + 0.01 * f64::from(i);
                let truth = -0.5 + tau * chance.normal();
                (truth + error * chance.normal(), error * error)
            })
            .collect();
        let held =
            |e: Estimate| normal_upper((e.low + 0.5) / tau) - normal_upper((e.high + 0.5) / tau);
        with += held(next(&pairs)) / f64::from(meta_analyses);
        as_if += held(pool(&studies(&pairs), 0.95).unwrap().prediction) / f64::from(meta_analyses);
    }
    assert!((0.925..0.965).contains(&with), "{with}");
    assert!(as_if < 0.9, "{as_if}");
}

#[test]
fn variances_over_many_orders_of_magnitude_are_borne() {
    let wide = [
        (0.0, 1e-12),
        (1.0, 1e-6),
        (2.0, 1.0),
        (3.0, 1e9),
        (0.5, 1e-9),
    ];
    let pooled = pool(&studies(&wide), 0.95).unwrap();
    let all = |p: &Pooled| {
        [
            p.mean.value,
            p.mean.low,
            p.tau2,
            p.tau2_se,
            p.q,
            p.prediction.high,
        ]
    };
    assert!(all(&pooled).iter().all(|x| x.is_finite()));
    let many: Vec<(f64, f64)> = (0..20_000)
        .map(|i| (f64::from(i % 7) / 7.0, 0.01 + f64::from(i % 5) / 50.0))
        .collect();
    let pooled = pool(&studies(&many), 0.95).unwrap();
    assert!(pooled.mean.covers(3.0 / 7.0) && pooled.se < 0.01);
}

#[test]
fn the_most_influential_are_left_out_first() {
    let all = studies(&FIVE);
    let pooled = pool(&all, 0.95).unwrap();
    let left = leave_one_out(&all, &pooled, 2);
    assert_eq!(left.len(), 2);
    let (at, without) = left[0];
    let mut others = all.clone();
    others.remove(at);
    assert_eq!(without, pool(&others, 0.95));
    // of two equally precise ones the farther moves the mean more
    let far = studies(&[(0.0, 0.1), (0.1, 0.1), (0.2, 0.1), (2.0, 0.1)]);
    let order = leave_one_out(&far, &pool(&far, 0.95).unwrap(), 9);
    assert_eq!((order.len(), order[0].0), (4, 3));
    let two = studies(&FIVE[..2]);
    let pooled = pool(&two, 0.95).unwrap();
    assert!(
        leave_one_out(&two, &pooled, 9)
            .iter()
            .all(|(_, p)| p.is_none())
    );
}

#[test]
fn small_studies_are_compared_only_where_a_line_can_be_drawn() {
    let sizes = |all: &[Study]| -> Vec<f64> { all.iter().map(|s| s.variance.sqrt()).collect() };
    let of = |pairs: &[(f64, f64)]| {
        let all = studies(pairs);
        egger(&all, &sizes(&all))
    };
    assert_eq!(of(&FIVE[..2]), None);
    assert_eq!(of(&[(0.1, 0.1), (0.2, 0.1), (0.3, 0.1)]), None);
    assert_eq!(of(&[(0.1, 0.1), (0.2, 0.0), (0.3, 0.2)]), None);
    assert_eq!(egger(&studies(&FIVE), &[1.0, 2.0]), None);
    let rising: Vec<(f64, f64)> = (1..=12)
        .map(|i| {
            let se = f64::from(i) / 10.0;
            (2.0 * se + f64::from(i % 3) * 0.01, se * se)
        })
        .collect();
    let small = of(&rising).unwrap();
    assert!((small.slope - 2.0).abs() < 0.05 && small.p < 1e-6);
}
