//! What the statistics answer at the edges: nothing observed, one value, all alike, separation, ties, huge counts.
//! Every answer is a stated one: never NaN, never a panic, never a silent zero.

use crate::stats::change_point::{Cost, pelt, single_poisson_change, support};
use crate::stats::circular;
use crate::stats::conditional_logistic::conditional_logistic;
use crate::stats::control_chart::{g_chart, t_chart, u_chart};
use crate::stats::cox::{Intervals, Ties, cox};
use crate::stats::distribution::{normal_quantile, t_quantile, t_two_sided};
use crate::stats::firth::{firth, firth_profile, flic_intercept};
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::forecast::scores;
use crate::stats::glm::{Family, FitError, Model};
use crate::stats::harmonic::seasonal_poisson;
use crate::stats::hurdle::{Counts, hurdle};
use crate::stats::multiplicity::{Adjustment, adjust};
use crate::stats::negative_binomial::negative_binomial;
use crate::stats::overdispersion::{dean, index_of_dispersion};
use crate::stats::permutation::two_group;
use crate::stats::power::{Goal, detectable_ratio, nights_needed};
use crate::stats::proportion::{binomial_test, clopper_pearson, jeffreys, wilson};
use crate::stats::randomisation::{nightly, sign_flip_interval, sign_flips, start_point};
use crate::stats::rank_correlation::{kendall, spearman};
use crate::stats::rank_test::{mann_whitney, mann_whitney_exact, signed_rank};
use crate::stats::rate::{poisson_rate, poisson_rate_ratio, poisson_rate_test};
use crate::stats::robust::{clusters, cr3, effective_clusters};
use crate::stats::run_length::run_length;
use crate::stats::serial::{autocorrelation, effective_size, portmanteau, runs_test};
use crate::stats::special::{beta_quantile, beta_tails, gamma_quantile, gamma_tails};
use crate::stats::stratified::{cochran_armitage, mantel_haenszel};
use crate::stats::trend::{hamed_rao, mann_kendall, seasonal_kendall, sen_slope};
use crate::stats::uniformity::equal_parts;
use nalgebra::DMatrix;

fn close(got: f64, want: f64, rel_tol: f64) {
    assert!(
        (got - want).abs() <= rel_tol * want.abs(),
        "got {got:?}, want {want:?}"
    );
}

fn design(columns: &[&[f64]]) -> DMatrix<f64> {
    let n = columns.first().map_or(0, |c| c.len());
    DMatrix::from_fn(n, columns.len() + 1, |i, j| {
        if j == 0 { 1.0 } else { columns[j - 1][i] }
    })
}

fn model<'a>(family: Family, y: &'a [f64], x: &'a DMatrix<f64>) -> Model<'a> {
    Model {
        family,
        y,
        x,
        offset: None,
        penalty: None,
    }
}

#[test]
fn quantiles_undo_tails_over_sixteen_orders_of_magnitude() {
    for p in [1e-300, 1e-40, 1e-12, 0.025, 0.5, 0.975, 1.0 - 1e-12] {
        for shape in [0.5, 1.0, 12.0, 5123.0, 1e7] {
            let x = gamma_quantile(p, shape);
            // The square of 1e-300 is below the numbers there are.
            if x < 1e-305 {
                assert!(p < 1e-299 && shape < 1.0);
                continue;
            }
            close(gamma_tails(shape, x).lower, p, 1e-7);
        }
        for (a, b) in [(0.5, 0.5), (1.0, 30.0), (700.0, 2.0), (1e6, 2e6)] {
            let (x, _) = beta_quantile(p, a, b);
            if x > 0.0 && x < 1.0 - 1e-9 {
                close(beta_tails(a, b, x).lower, p, 1e-6);
            }
        }
    }
    assert_eq!(
        (gamma_quantile(0.0, 2.0), gamma_quantile(1.0, 2.0)),
        (0.0, f64::INFINITY)
    );
    assert_eq!(
        (normal_quantile(0.0), normal_quantile(0.5)),
        (f64::NEG_INFINITY, 0.0)
    );
    close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-14);
    close(t_quantile(0.975, 1.0), 12.706_204_736_174_7, 1e-12);
    close(t_quantile(0.975, 1e9), 1.959_963_987, 1e-8);
    assert_eq!(t_two_sided(f64::INFINITY, 3.0), 0.0);
    assert_eq!(t_two_sided(0.0, 3.0), 1.0);
}

#[test]
fn rates_at_the_edges() {
    assert_eq!(poisson_rate(3, 0.0, 0.95), None);
    assert_eq!(poisson_rate(3, f64::NAN, 0.95), None);
    let none = poisson_rate(0, 30.0, 0.95).unwrap();
    assert_eq!((none.value, none.low), (0.0, 0.0));
    close(none.high, 3.688_879_454_113_936 / 30.0, 1e-12);
    let huge = poisson_rate(1_000_000, 1.0, 0.95).unwrap();
    assert!(huge.low < 1e6 && huge.high > 1e6 && huge.high - huge.low < 4_000.0);
    // Neither side saw anything: no ratio, and no evidence.
    let nothing = poisson_rate_ratio((0, 0), (10.0, 20.0), 1.0, 0.95).unwrap();
    assert_eq!(
        (nothing.estimate, nothing.p.two_sided, nothing.p.central()),
        (None, 1.0, 1.0)
    );
    let one_sided = poisson_rate_ratio((4, 0), (10.0, 20.0), 1.0, 0.95)
        .unwrap()
        .estimate
        .unwrap();
    assert!(one_sided.value.is_infinite() && one_sided.high.is_infinite() && one_sided.low > 0.0);
    assert_eq!(poisson_rate_ratio((1, 1), (0.0, 1.0), 1.0, 0.95), None);
    assert_eq!(poisson_rate_test(0, 5.0, 0.0).unwrap().two_sided, 1.0);
    assert!(poisson_rate_test(2, 5.0, 0.0).unwrap().two_sided < 1e-300);
    assert_eq!(poisson_rate_test(2, 5.0, f64::NAN), None);
}

#[test]
fn proportions_at_the_edges() {
    for interval in [clopper_pearson, wilson, jeffreys] {
        assert_eq!(interval(0, 0, 0.95), None);
        assert_eq!(interval(3, 2, 0.95), None);
        let none = interval(0, 9, 0.95).unwrap();
        let all = interval(9, 9, 0.95).unwrap();
        assert_eq!(
            (none.value, none.low, all.value, all.high),
            (0.0, 0.0, 1.0, 1.0)
        );
        close(1.0 - none.high, all.low, 1e-12);
    }
    assert_eq!(binomial_test(0, 0, 0.3).unwrap().two_sided, 1.0);
    assert_eq!(binomial_test(2, 2, 1.0).unwrap().two_sided, 1.0);
    assert_eq!(binomial_test(1, 2, 1.5), None);
}

#[test]
fn fisher_with_empty_margins_and_with_ten_million_nights() {
    for (a, b, c, d) in [(0, 0, 0, 0), (0, 5, 0, 7), (5, 0, 7, 0), (3, 4, 0, 0)] {
        let test = fisher_exact(Table { a, b, c, d }, 0.95).unwrap();
        assert_eq!(
            (test.ln_two_sided, test.ln_central(), test.odds_ratio),
            (0.0, 0.0, None)
        );
    }
    let zero_cell = fisher_exact(
        Table {
            a: 0,
            b: 8,
            c: 5,
            d: 3,
        },
        0.95,
    )
    .unwrap()
    .odds_ratio
    .unwrap();
    assert_eq!((zero_cell.value, zero_cell.low), (0.0, 0.0));
    assert!(zero_cell.high < 1.0);
    let table = Table {
        a: 3_000_000,
        b: 2_000_000,
        c: 1_000_000,
        d: 4_000_000,
    };
    let test = fisher_exact(table, 0.95).unwrap();
    assert!(test.ln_two_sided < -100_000.0 && test.ln_two_sided.is_finite());
    let ratio = test.odds_ratio.unwrap();
    close(ratio.value, 6.0, 1e-5);
    assert!(ratio.low > 5.9 && ratio.high < 6.1);
    assert_eq!(
        fisher_exact(
            Table {
                a: u64::MAX,
                b: 1,
                c: 1,
                d: 1
            },
            0.95
        ),
        None
    );
}

#[test]
fn strata_without_contrast_say_nothing() {
    let empty = mantel_haenszel(&[], 0.95);
    assert_eq!(
        (empty.odds_ratio, empty.test, empty.conditional),
        (None, None, None)
    );
    assert_eq!(empty.p_exact, Some(1.0));
    let flat = mantel_haenszel(
        &[Table {
            a: 0,
            b: 3,
            c: 0,
            d: 4,
        }],
        0.95,
    );
    assert_eq!(
        (flat.odds_ratio, flat.test, flat.conditional),
        (None, None, None)
    );
    assert_eq!(
        cochran_armitage(&[0.0, 0.0], &[5.0, 6.0], &[1.0, 2.0]),
        None
    );
    assert_eq!(
        cochran_armitage(&[2.0, 1.0], &[5.0, 6.0], &[1.0, 1.0]),
        None
    );
}

#[test]
fn ranks_at_the_edges() {
    assert_eq!(mann_whitney(&[], &[1.0]), None);
    assert_eq!(mann_whitney(&[f64::NAN], &[1.0]), None);
    let tied = mann_whitney(&[2.0, 2.0], &[2.0, 2.0, 2.0]).unwrap();
    assert_eq!(
        (tied.auc, tied.p_normal, tied.p_normal_corrected),
        (0.5, 1.0, 1.0)
    );
    assert_eq!(
        mann_whitney_exact(&[2.0, 2.0], &[2.0, 2.0, 2.0], 60),
        Some(1.0)
    );
    assert_eq!(mann_whitney_exact(&[1.0; 31], &[2.0; 30], 60), None);
    close(
        mann_whitney_exact(&[1.0, 2.0], &[3.0, 4.0], 60).unwrap(),
        1.0 / 3.0,
        1e-12,
    );
    assert_eq!(signed_rank(&[0.0, 0.0]), None);
    assert_eq!(signed_rank(&[1.0]).unwrap().p_exact, Some(1.0));
    assert_eq!(spearman(&[1.0, 2.0], &[1.0, 2.0]), None);
    assert_eq!(spearman(&[1.0; 5], &[1.0, 2.0, 3.0, 4.0, 5.0]), None);
    let perfect = spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]).unwrap();
    assert_eq!((perfect.value, perfect.p), (1.0, 0.0));
    assert_eq!(kendall(&[1.0; 4], &[1.0, 2.0, 3.0, 4.0]), None);
}

#[test]
fn unknown_p_values_stay_out_of_the_family() {
    let how = Adjustment::BenjaminiHochberg;
    assert_eq!(adjust(&[], how), []);
    assert_eq!(adjust(&[None], how), [None]);
    assert_eq!(
        adjust(&[Some(0.01), None, Some(0.04)], how),
        [Some(0.02), None, Some(0.04)]
    );
    assert_eq!(adjust(&[Some(0.0), Some(1.0)], how), [Some(0.0), Some(1.0)]);
}

#[test]
fn regressions_refuse_what_has_no_answer() {
    let x = design(&[&[0.0, 1.0, 0.0, 1.0]]);
    let fit =
        |family, y: &[f64], x: &DMatrix<f64>| model(family, y, x).fit().map(|_| ()).unwrap_err();
    assert_eq!(fit(Family::Poisson, &[0.0; 4], &x), FitError::NoContrast);
    assert_eq!(fit(Family::Binomial, &[1.0; 4], &x), FitError::NoContrast);
    assert_eq!(fit(Family::Binomial, &[2.0; 4], &x), FitError::BadInput);
    assert_eq!(fit(Family::Poisson, &[1.0; 3], &x), FitError::BadInput);
    assert_eq!(
        fit(Family::Poisson, &[], &DMatrix::zeros(0, 2)),
        FitError::Empty
    );
    let twice = design(&[&[0.0, 1.0, 0.0, 1.0], &[0.0, 2.0, 0.0, 2.0]]);
    assert_eq!(
        fit(Family::Poisson, &[1.0, 2.0, 3.0, 4.0], &twice),
        FitError::Aliased(2)
    );
    let constant = design(&[&[5.0; 4]]);
    assert_eq!(
        fit(Family::Poisson, &[1.0, 2.0, 3.0, 4.0], &constant),
        FitError::Aliased(1)
    );
}

#[test]
fn one_night_with_a_million_does_not_upset_a_poisson_fit() {
    let mut y = vec![0.0; 50];
    y[7] = 1e6;
    y[20] = 1.0;
    let on: Vec<f64> = (0..50).map(|i| f64::from(u8::from(i % 2 == 1))).collect();
    let x = design(&[&on]);
    let fit = model(Family::Poisson, &y, &x).fit().unwrap();
    close(fit.coef[1], 1e6_f64.ln(), 1e-9);
    assert!(fit.se().iter().all(|s| s.is_finite()));
}

#[test]
fn separation_is_seen_and_firth_stays_finite() {
    let x = design(&[&[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]]);
    let y = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let plain = model(Family::Binomial, &y, &x).fit();
    assert!(plain.is_err() || plain.is_ok_and(|fit| fit.largest_scaled_coefficient(&x) > 10.0));
    let fit = firth(Family::Binomial, &y, &x).unwrap();
    // Two-by-two tables under Firth's penalty: half an event added to each cell.
    close(fit.coef[1], 2.0 * (4.5_f64 / 0.5).ln(), 1e-7);
    let interval = firth_profile(Family::Binomial, &y, &x, &fit, 1, 0.95).unwrap();
    assert!(interval.low > 0.0 && interval.high.is_finite());
    let none = firth(Family::Binomial, &[0.0; 8], &x).unwrap();
    assert!(none.coef.iter().all(|b| b.is_finite()));
    assert_eq!(flic_intercept(&[0.0; 8], &x, &none, 0), None);
}

#[test]
fn overdispersed_models_fall_back_to_poisson() {
    let y = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
    let x = DMatrix::from_element(8, 1, 1.0);
    let fit = negative_binomial(&y, &x, None).unwrap();
    assert!(fit.theta.is_infinite() && fit.theta_se.is_none());
    close(fit.coef[0], 1.5_f64.ln(), 1e-10);
    assert_eq!(
        negative_binomial(&[0.0; 8], &x, None).unwrap_err(),
        FitError::NoContrast
    );
    assert_eq!(index_of_dispersion(&[0.0, 0.0]), None);
    assert_eq!(index_of_dispersion(&[3.0]), None);
    assert_eq!(dean(&[], &[]), None);
    assert_eq!(
        hurdle(
            &[0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0],
            &x,
            Counts::Poisson
        )
        .unwrap_err(),
        FitError::NoContrast
    );
}

#[test]
fn a_cluster_that_decides_a_coefficient_alone_gives_no_robust_error() {
    let on: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i < 5))).collect();
    let y: Vec<f64> = (0..40).map(|i| f64::from(i % 3)).collect();
    let x = design(&[&on]);
    let fit = model(Family::Poisson, &y, &x).fit().unwrap();
    let groups = clusters(&(0..40).map(|i| f64::from(i / 5)).collect::<Vec<_>>());
    assert_eq!(cr3(&x, &y, &fit, &groups), None);
    close(effective_clusters(&x, &fit, &groups, 1).unwrap(), 1.0, 0.3);
    assert_eq!(cr3(&x, &y, &fit, &groups[..1]), None);
}

#[test]
fn conditional_models_without_contrast_or_without_an_end() {
    let x = DMatrix::from_column_slice(4, 1, &[0.0, 1.0, 0.0, 1.0]);
    let strata = [1.0, 1.0, 2.0, 2.0];
    let fit = |case: &[f64]| {
        conditional_logistic(case, &x, &strata)
            .map(|_| ())
            .unwrap_err()
    };
    assert_eq!(fit(&[0.0; 4]), FitError::NoContrast);
    assert_eq!(fit(&[1.0; 4]), FitError::NoContrast);
    assert_eq!(fit(&[0.0, 1.0, 0.0, 1.0]), FitError::NotConverged);
    let both = conditional_logistic(&[0.0, 1.0, 1.0, 0.0], &x, &strata).unwrap();
    assert!(both.coef[0].abs() < 1e-12);
    let data = Intervals {
        start: &[0.0; 4],
        stop: &[1.0, 2.0, 3.0, 4.0],
        event: &[0.0; 4],
        x: &x,
        strata: None,
        cluster: None,
    };
    assert_eq!(cox(&data, Ties::Efron).unwrap_err(), FitError::NoContrast);
}

#[test]
fn a_large_stratum_is_no_trouble() {
    let n = 600;
    let x = DMatrix::from_fn(n, 1, |i, _| (i % 7) as f64);
    let case: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i % 2 == 0))).collect();
    let fit = conditional_logistic(&case, &x, &vec![1.0; n]).unwrap();
    assert!(fit.coef[0].is_finite() && fit.loglik < fit.likelihood_ratio().statistic);
}

#[test]
fn series_at_the_edges() {
    assert_eq!(mann_kendall(&[1.0, 2.0]), None);
    let flat = mann_kendall(&[3.0; 10]).unwrap();
    assert_eq!((flat.score, flat.z, flat.p), (0.0, 0.0, 1.0));
    assert_eq!(hamed_rao(&[3.0; 10], None).unwrap().p, 1.0);
    let slope = sen_slope(&[3.0; 10], 0.95).unwrap().slope;
    assert_eq!((slope.value, slope.low, slope.high), (0.0, 0.0, 0.0));
    assert_eq!(sen_slope(&[3.0], 0.95), None);
    assert!(seasonal_kendall(&[1.0, 2.0], 12).is_none());
    assert_eq!(autocorrelation(&[1.0; 5], 2), None);
    assert_eq!(portmanteau(&[], 2), None);
    assert_eq!(effective_size(&[1.0; 5]), None);
    let runs = runs_test(&[1.0; 5]).unwrap();
    assert_eq!((runs.runs, runs.z, runs.p), (0, None, 1.0));
    assert_eq!(runs_test(&[]), None);
    assert!(seasonal_poisson(&[0.0; 30], 12.0, 1).is_err());
    assert!(run_length(&[1.0], 0.0, 1.0, 1.0).is_none());
    assert!(run_length(&[1e6], 0.01, 1.0, 1.0).is_some());
}

#[test]
fn change_points_at_the_edges() {
    assert_eq!(pelt(&[], None, Cost::Poisson, 5.0, 4), None);
    assert_eq!(pelt(&[-1.0], None, Cost::Poisson, 5.0, 4), None);
    assert_eq!(
        pelt(&[1.0; 3], None, Cost::Poisson, 5.0, 4).unwrap().ends,
        [3]
    );
    assert_eq!(
        pelt(&[0.0; 50], None, Cost::Poisson, 5.0, 4).unwrap().ends,
        [50]
    );
    let jump: Vec<f64> = (0..40).map(|i| if i < 20 { 0.0 } else { 9.0 }).collect();
    let found = pelt(&jump, None, Cost::Poisson, 10.0, 4).unwrap();
    assert_eq!((found.ends, found.levels), (vec![20, 40], vec![0.0, 9.0]));
    assert_eq!(support(&jump, None, 0, 40, 4, 1.92), Some((20, 20)));
    assert_eq!(support(&jump, None, 0, 6, 4, 1.92), None);
    assert_eq!(single_poisson_change(&[0.0; 9]), None);
    assert_eq!(single_poisson_change(&[3.0]), None);
    // Half the exposure explains half the count.
    let exposure: Vec<f64> = (0..40).map(|i| if i < 20 { 1.0 } else { 2.0 }).collect();
    let steady: Vec<f64> = (0..40).map(|i| if i < 20 { 4.0 } else { 8.0 }).collect();
    assert_eq!(
        pelt(&steady, Some(&exposure), Cost::Poisson, 5.0, 4)
            .unwrap()
            .ends,
        [40]
    );
}

#[test]
fn directions_that_cancel_have_no_mean() {
    assert_eq!(circular::summary(&[]), None);
    let opposite = circular::summary(&[0.0, std::f64::consts::PI]).unwrap();
    assert_eq!(
        (opposite.mean, opposite.standard_deviation, opposite.mean_se),
        (None, None, None)
    );
    let alike = circular::summary(&[1.0; 4]).unwrap();
    close(alike.mean.unwrap(), 1.0, 1e-12);
    assert!(!alike.kappa.is_nan() && alike.kappa > 1e6);
    close(circular::bessel_ratio(2.0), 0.697_774_657_964_008, 1e-13);
    close(
        circular::bessel_ratio(9_999.0),
        circular::bessel_ratio(10_001.0),
        1e-7,
    );
}

#[test]
fn equal_parts_of_an_interval() {
    assert!(equal_parts(&[], 3).is_none() && equal_parts(&[1.5], 3).is_none());
    let (counts, test) = equal_parts(&[0.1, 0.5, 1.0], 3).unwrap();
    assert_eq!((counts, test.p), (vec![1, 1, 1], 1.0));
}

#[test]
fn draws_do_not_depend_on_the_number_of_threads() {
    let e: Vec<f64> = (0..140).map(|i| ((i * 37 % 11) as f64) - 5.0).collect();
    let schedule: Vec<bool> = (0..140).map(|i| i % 4 < 2).collect();
    let block: Vec<f64> = (0..140).map(|i| f64::from(i / 4)).collect();
    let y: Vec<Option<f64>> = (0..140)
        .map(|i| (i % 9 != 0).then_some(f64::from(i % 3)))
        .collect();
    let run = || {
        let values: Vec<f64> = e.iter().map(|v| v * 0.37).collect();
        (
            two_group(&values, &schedule, 500, 7),
            sign_flips(&values[..30], 500, 7),
            nightly(&y, &schedule, &block, 0.95, 300, 7),
        )
    };
    let on = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(run)
    };
    let one = on(1);
    assert_eq!(one, on(4));
    assert!(one.0.is_some() && one.1.is_some() && one.2.is_some());
}

#[test]
fn experiments_at_the_edges() {
    assert_eq!(sign_flips(&[], 100, 1), None);
    assert_eq!(sign_flips(&[0.0, 0.0], 100, 1).unwrap().p_two_sided, 1.0);
    assert_eq!(
        sign_flips(&[1.0; 5], 100, 1).unwrap().p_two_sided,
        2.0 / 32.0
    );
    assert_eq!(sign_flip_interval(&[1.0; 5], 0.95, 100, 1), None);
    let differences = [-0.9, -0.4, -0.6, -1.1, -0.2, -0.7, -0.5, -0.8];
    let interval = sign_flip_interval(&differences, 0.95, 100, 1).unwrap();
    assert!(interval.high < 0.0 && interval.covers(interval.value));
    assert_eq!(two_group(&[1.0, 2.0], &[true, true], 10, 1), None);
    assert_eq!(
        two_group(&[2.0; 6], &[true, false, true, false, true, false], 10, 1)
            .unwrap()
            .p_two_sided,
        1.0
    );
    assert_eq!(start_point(&[1.0, 2.0], &[0], 0), None);
    assert_eq!(
        nightly(&[None; 4], &[true; 4], &[1.0; 4], 0.95, 10, 1),
        None
    );
    let unknown = nightly(
        &[None; 4],
        &[true, false, true, false],
        &[1.0; 4],
        0.95,
        10,
        1,
    )
    .unwrap();
    assert_eq!((unknown.p_two_sided, unknown.rate_ratio), (1.0, None));
}

#[test]
fn planning_and_scoring_at_the_edges() {
    let goal = Goal {
        alpha: 0.05,
        power: 0.8,
    };
    assert_eq!(nights_needed(0.0, 2.0, 0.5, goal, 1.0), None);
    assert_eq!(nights_needed(0.2, 1.0, 0.5, goal, 1.0), None);
    assert_eq!(nights_needed(0.2, 2.0, 0.0, goal, 1.0), None);
    // The design's table: a fifth of an episode a night, factor on half the nights, D = 1.4.
    assert_eq!(
        nights_needed(0.2, 2.0, 0.5, goal, 1.4).unwrap().ceil(),
        344.0
    );
    assert_eq!(detectable_ratio(10.0, 0.001, 0.5, goal, 1.0), None);
    assert_eq!(scores(&[], &[]), None);
    let calm = scores(&[0.2, 0.3], &[0.0, 0.0]).unwrap();
    assert_eq!(
        (calm.skill, calm.auc, calm.calibration_slope),
        (None, None, None)
    );
    let sure = scores(&[0.0, 1.0, 0.0], &[0.0, 1.0, 1.0]).unwrap();
    assert!(sure.log_score.is_infinite() && sure.spiegelhalter_z.is_none());
    assert_eq!(g_chart(&[]), None);
    assert_eq!(t_chart(&[4.0]), None);
    assert_eq!(u_chart(&[0.0, 0.0], &[1.0, 1.0]), None);
    assert_eq!(u_chart(&[1.0], &[1.0]).unwrap().sigma_z, None);
}
