//! What pooling answers at the edges, and what must not change it.

use crate::stats::meta::{Pooled, Study, egger, leave_one_out, pool};

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
