//! What the statistics answer at the edges: nothing observed, one value, all alike, separation, ties, huge counts.
//! Every answer is a stated one: never NaN, never a panic, never a silent zero.

use crate::stats::block_jackknife::cr3;
use crate::stats::change::{pelt, support, t_chart, u_chart};
use crate::stats::circular::{
    bessel_ratio, bessel_scaled, equal_parts, summary, taylor_concentration, von_mises_density,
};
use crate::stats::conditional::{Intervals, conditional_logistic, conditional_poisson, cox};

use crate::stats::design::Design;
use crate::stats::distribution::{normal_quantile, t_quantile, t_two_sided};
use crate::stats::estimate::{Adjustment, Estimate, adjust};
use crate::stats::firth::{fit_firth, flic_shift};
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::hurdle::hurdle;
use crate::stats::randomisation::{Redraws, start_point};
use crate::stats::ranks::{mann_whitney, mann_whitney_exact, spearman};
use crate::stats::rate::{
    Goal, binomial_test, clopper_pearson, nights_needed, poisson_rate, poisson_rate_ratio,
    poisson_rate_test,
};
use crate::stats::regression::{Family, dean, fit};
use crate::stats::shuffle::{BlockPair, shuffle_p};
use crate::stats::sign_flips::{Pair, pairs_rate_ratio, sign_flips};
use crate::stats::solve::FitError;
use crate::stats::special::{beta_quantile, beta_tails_at, gamma_quantile, gamma_tails};
use crate::stats::trend::{autocorrelation, hamed_rao, mann_kendall, ranked, sen_slope};
use nalgebra::DMatrix;

fn close(got: f64, want: f64, rel_tol: f64) {
    assert!(
        (got - want).abs() <= rel_tol * want.abs(),
        "got {got:?}, want {want:?}"
    );
}

/// An intercept and these columns, without drift.
fn design(columns: &[&[f64]]) -> Design {
    let n = columns.first().map_or(0, |c| c.len());
    Design::dense(&DMatrix::from_fn(n, columns.len() + 1, |i, j| {
        if j == 0 { 1.0 } else { columns[j - 1][i] }
    }))
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
                close(beta_tails_at(a, b, x, 1.0 - x).lower, p, 1e-6);
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
    {
        let interval = clopper_pearson;
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
    assert_eq!(spearman(&[1.0, 2.0], &[1.0, 2.0]), None);
    assert_eq!(spearman(&[1.0; 5], &[1.0, 2.0, 3.0, 4.0, 5.0]), None);
    let perfect = spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]).unwrap();
    assert_eq!((perfect.value, perfect.p), (1.0, 0.0));
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
fn one_night_with_a_million_does_not_upset_a_poisson_fit() {
    let mut y = vec![0.0; 50];
    y[7] = 1e6;
    y[20] = 1.0;
    let on: Vec<f64> = (0..50).map(|i| f64::from(u8::from(i % 2 == 1))).collect();
    let f = fit(&design(&[&on]), &y, Family::Poisson, &[0.0; 2], None).unwrap();
    close(f.coefficients[1], 1e6_f64.ln(), 1e-9);
    assert!(f.model_se(0).is_finite() && f.model_se(1).is_finite());
}

#[test]
fn a_column_that_repeats_another_is_held_at_zero() {
    let x = [0.0, 1.0, 0.0, 1.0];
    let twice = design(&[&x, &x]);
    let f = fit(
        &twice,
        &[1.0, 2.0, 3.0, 4.0],
        Family::Poisson,
        &[0.0; 3],
        None,
    )
    .unwrap();
    assert!(!f.factor.aliased(1) && f.factor.aliased(2));
    close(f.coefficients[1], 1.5_f64.ln(), 1e-9);
    assert_eq!(f.coefficients[2], 0.0);
}

#[test]
fn separation_is_seen_and_firth_stays_finite() {
    let x = design(&[&[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]]);
    let y = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let plain = fit(&x, &y, Family::Logistic, &[0.0; 2], None).unwrap();
    assert!(plain.largest_scaled_coefficient(&x) > 10.0);
    let f = fit_firth(&x, &y, &[0.0; 2]).unwrap();
    // Two-by-two tables under Firth's penalty: half an event added to each cell.
    close(f.coefficients[1], 2.0 * (4.5_f64 / 0.5).ln(), 1e-7);
    let none = fit_firth(&x, &[0.0; 8], &[0.0; 2]).unwrap();
    assert!(none.coefficients.iter().all(|b| b.is_finite()));
    assert_eq!(flic_shift(&[0.0; 8], &[0.0; 8]), None);
    let nothing = Design::from_rows(vec![], vec![], 1);
    assert!(fit_firth(&nothing, &[], &[0.1, 0.0]).is_none());
}

#[test]
fn a_hurdle_needs_zeros_and_counts_above_one() {
    let y = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
    assert_eq!(dean(&[], &[]), None);
    let x = DMatrix::from_element(8, 1, 1.0);
    let few = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
    assert_eq!(hurdle(&few, &x).unwrap_err(), FitError::NoContrast);
    assert_eq!(hurdle(&y, &x).unwrap_err(), FitError::NoContrast);
}

#[test]
fn a_block_that_decides_a_coefficient_alone_gives_no_robust_error() {
    let y: Vec<f64> = (0..40).map(|i| f64::from(i % 3)).collect();
    let border = (0..40).flat_map(|i| [1.0, f64::from(u8::from(i < 5))]);
    let x = Design::from_rows((0..40).collect(), border.collect(), 2);
    let f = fit(&x, &y, Family::Poisson, &[0.0; 2], None).unwrap();
    assert!(cr3(&x, &f, 5, &[1]).is_none());
    assert!(cr3(&x, &f, 40, &[0]).is_none());
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
    assert_eq!(cox(&data).unwrap_err(), FitError::NoContrast);
}

#[test]
fn a_large_stratum_is_no_trouble() {
    let n = 600;
    let x = DMatrix::from_fn(n, 1, |i, _| (i % 7) as f64);
    let case: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i % 2 == 0))).collect();
    let fit = conditional_logistic(&case, &x, &vec![1.0; n]).unwrap();
    assert!(fit.coef[0].is_finite() && fit.loglik < 2.0 * (fit.loglik - fit.loglik_null));
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
    assert_eq!(autocorrelation(&[1.0; 5], 2), None);
}

#[test]
fn change_points_at_the_edges() {
    assert_eq!(pelt(&[], None, 5.0, 4), None);
    assert_eq!(pelt(&[-1.0], None, 5.0, 4), None);
    assert_eq!(pelt(&[1.0; 3], None, 5.0, 4).unwrap().ends, [3]);
    assert_eq!(pelt(&[0.0; 50], None, 5.0, 4).unwrap().ends, [50]);
    let jump: Vec<f64> = (0..40).map(|i| if i < 20 { 0.0 } else { 9.0 }).collect();
    let found = pelt(&jump, None, 10.0, 4).unwrap();
    assert_eq!((found.ends, found.levels), (vec![20, 40], vec![0.0, 9.0]));
    assert_eq!(support(&jump, None, 0, 40, 4, 1.92), Some((20, 20)));
    assert_eq!(support(&jump, None, 0, 6, 4, 1.92), None);
    // Half the exposure explains half the count.
    let exposure: Vec<f64> = (0..40).map(|i| if i < 20 { 1.0 } else { 2.0 }).collect();
    let steady: Vec<f64> = (0..40).map(|i| if i < 20 { 4.0 } else { 8.0 }).collect();
    assert_eq!(pelt(&steady, Some(&exposure), 5.0, 4).unwrap().ends, [40]);
}

#[test]
fn directions_that_cancel_have_no_mean() {
    assert_eq!(summary(&[]), None);
    let opposite = summary(&[0.0, std::f64::consts::PI]).unwrap();
    assert_eq!(
        (opposite.mean, opposite.standard_deviation, opposite.mean_se),
        (None, None, None)
    );
    let alike = summary(&[1.0; 4]).unwrap();
    close(alike.mean.unwrap(), 1.0, 1e-12);
    assert!(!alike.kappa.is_nan() && alike.kappa > 1e6);
    close(bessel_ratio(2.0), 0.697_774_657_964_008, 1e-13);
    close(bessel_ratio(9_999.0), bessel_ratio(10_001.0), 1e-7);
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
    let pairs: Vec<Pair> = (0..30).map(|k| [(k * 3 % 5, 10), (k * 2 % 7, 9)]).collect();
    let run = || {
        let values: Vec<f64> = e.iter().map(|v| v * 0.37).collect();
        (
            sign_flips(&values[..30], 500, 7),
            pairs_rate_ratio(&pairs, 0.95, 500, 7),
            Redraws::new(&y, &schedule, &block, 5_000, 7).map(|r| (r.test(), r.rate_ratio(0.95))),
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
    assert_eq!(start_point(&[1.0, 2.0], &[0], 0), None);
    let one_block = |y: &[Option<f64>], on: &[bool]| Redraws::new(y, on, &[1.0; 4], 10, 1);
    assert!(one_block(&[None; 4], &[true; 4]).is_none());
    let unknown = one_block(&[None; 4], &[true, false, true, false]).unwrap();
    assert_eq!(unknown.test().p_two_sided, 1.0);
    assert_eq!(unknown.rate_ratio(0.95), None);
}

#[test]
fn planning_and_charts_at_the_edges() {
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
    assert_eq!(t_chart(&[4.0]), None);
    assert_eq!(u_chart(&[0.0, 0.0], &[1.0, 1.0]), None);
    assert_eq!(u_chart(&[1.0], &[1.0]).unwrap().sigma_z, None);
}

/// Long enough to be bracketed: smooth, with many ties, and with a few far outliers.
#[test]
fn brackets_give_what_sorting_gives() {
    let smooth: Vec<f64> = (0..700).map(|i| (f64::from(i) * 0.37).sin()).collect();
    let tied: Vec<f64> = (0..700).map(|i| f64::from(i * i % 3)).collect();
    let flat = vec![1.0; 700];
    let mut spiked = flat.clone();
    spiked[3] = 1e6;
    for x in [smooth, tied, flat, spiked] {
        let mut all: Vec<f64> = (1..x.len())
            .flat_map(|j| {
                (0..j).map({
                    let x = &x;
                    move |i| (x[j] - x[i]) / (j - i) as f64
                })
            })
            .collect();
        all.sort_unstable_by(f64::total_cmp);
        let ranks = [0, 1, 5_000, all.len() / 2, all.len() - 1, all.len() + 7];
        let want: Vec<f64> = ranks.iter().map(|r| all[(*r).min(all.len() - 1)]).collect();
        let got = ranked(&x, &ranks);
        assert_eq!(got, want);
        assert!(got.iter().all(|s| *s != 0.0 || s.is_sign_positive()));
    }
}

#[test]
fn no_pair_has_no_slope() {
    assert_eq!(ranked(&[], &[0]), Vec::<f64>::new());
    assert_eq!(ranked(&[1.0], &[0]), Vec::<f64>::new());
    assert_eq!(ranked(&[1.0, 3.0], &[0, 9]), vec![2.0, 2.0]);
}

#[test]
fn two_equal_strata_give_the_ratio_of_totals() {
    let rows = [(0, 0.0, 2.0), (0, 1.0, 4.0), (1, 0.0, 3.0), (1, 1.0, 6.0)];
    let (b, se) = conditional_poisson(&rows).unwrap();
    assert!((b - 2f64.ln()).abs() < 1e-9);
    // Given the totals, exposed counts are binomial with share 2/3: information 15 x 2/9.
    assert!((se - (15.0 * 2.0 / 9.0f64).sqrt().recip()).abs() < 1e-9);
}

#[test]
fn no_contrast_or_no_maximum_is_no_answer() {
    assert_eq!(conditional_poisson(&[(0, 1.0, 2.0), (0, 1.0, 0.0)]), None);
    assert_eq!(conditional_poisson(&[(0, 1.0, 2.0), (0, 0.0, 0.0)]), None);
    assert_eq!(conditional_poisson(&[]), None);
}

#[test]
fn an_intercept_alone_is_the_log_mean() {
    let y = [0.0, 2.0, 1.0, 5.0];
    let design = Design::from_rows((0..4).collect(), vec![1.0; 4], 1);
    let f = fit(&design, &y, Family::Poisson, &[0.0], None).unwrap();
    assert!((f.coefficients[0] - 2f64.ln()).abs() < 1e-10);
    assert!((f.model_se(0) - 8f64.sqrt().recip()).abs() < 1e-9);
}

#[test]
fn no_rows_are_no_model() {
    let design = Design::from_rows(vec![], vec![], 1);
    assert!(fit(&design, &[], Family::Poisson, &[0.0], None).is_none());
}

#[test]
fn separation_stays_finite() {
    let x = [0.0, 0.0, 1.0, 1.0];
    let border = x.iter().flat_map(|&x| [1.0, x]).collect();
    let design = Design::from_rows(vec![0, 0, 0, 0], border, 2);
    let f = fit(&design, &x, Family::Logistic, &[0.0, 0.0], None).unwrap();
    assert!(f.coefficients.iter().all(|b| b.is_finite()) && f.coefficients[1] > 10.0);
}

#[test]
fn too_few_blocks_give_no_answer() {
    let pair = BlockPair::new(70, 14, (0..70).map(|t| (t, t as f64, 1.0)));
    assert_eq!(shuffle_p(&[pair], 100, 1), vec![None]);
}

#[test]
fn a_perfect_match_is_rare_under_shuffling_and_threads_do_not_matter() {
    let pair = BlockPair::new(
        140,
        14,
        (0..140).map(|t| {
            (
                t,
                ((t / 14) as f64 * 1.7).sin(),
                ((t / 14) as f64 * 1.7).sin(),
            )
        }),
    );
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap()
        .install(|| shuffle_p(std::slice::from_ref(&pair), 999, 7));
    let many = shuffle_p(&[pair], 999, 7);
    assert_eq!(one, many);
    assert!(many[0].unwrap() < 0.01);
}

#[test]
fn bessel_functions_have_the_values_of_the_tables() {
    // Abramowitz and Stegun, table 9.8: e^-x I0(x) and e^-x I1(x)
    assert!((bessel_scaled(0, 1.0) - 0.465_759_607_6).abs() < 1e-9);
    assert!((bessel_scaled(0, 10.0) - 0.127_833_337_2).abs() < 1e-9);
    assert!((bessel_scaled(1, 1.0) - 0.207_910_415_4).abs() < 1e-9);
    assert!((bessel_scaled(0, 0.0) - 1.0).abs() < 1e-12);
}

#[test]
fn a_density_integrates_to_one() {
    let angles = [0.1, 0.2, 1.0, 6.2, 3.0];
    for concentration in [0.0, 0.5, 4.0, 50.0] {
        let steps = 2000;
        let total: f64 = (0..steps)
            .filter_map(|i| {
                von_mises_density(
                    &angles,
                    concentration,
                    std::f64::consts::TAU * f64::from(i) / f64::from(steps),
                )
            })
            .sum::<f64>()
            * std::f64::consts::TAU
            / f64::from(steps);
        assert!((total - 1.0).abs() < 1e-9, "{concentration}: {total}");
    }
    assert_eq!(von_mises_density(&[], 1.0, 0.0), None);
}

#[test]
fn more_angles_are_smoothed_less() {
    assert!(taylor_concentration(200, 2.0) > taylor_concentration(20, 2.0));
    assert!((taylor_concentration(20, 0.0)).abs() < 1e-12);
}

#[test]
fn an_open_side_is_null_in_json() {
    let estimate = Estimate::new(2.0, 1.5, f64::INFINITY, 0.95).unwrap();
    assert_eq!(
        serde_json::to_string(&estimate).unwrap(),
        r#"{"value":2.0,"low":1.5,"high":null,"level":0.95}"#
    );
}

#[test]
fn an_undefined_number_makes_no_estimate() {
    assert_eq!(Estimate::new(f64::NAN, 0.0, 1.0, 0.95), None);
    assert_eq!(Estimate::new(0.0, 0.0, 1.0, 1.0), None);
}
