//! Models of rows that belong together: clusters, strata, and intervals of time.

use super::models::{Data, coefficients, no_fit};
use super::request::{Answers, Request};
use crate::stats::block_jackknife::{block_ranges, cr3};
use crate::stats::conditional::{Intervals, conditional_logistic, cox};
use crate::stats::design::Design;
use crate::stats::distribution::{ChiSquared, normal_two_sided};
use crate::stats::regression::{SETTLED, fit_with_offset};
use crate::stats::solve::{clusters, standard_errors};
use serde_json::Value;

/// Robust errors over `cluster`, the labels of rows that belong together.
pub(crate) fn cluster_robust(request: &Request) -> Result<Answers, String> {
    let mut data = Data::read(request)?;
    let groups = clusters(&request.numbers("cluster")?);
    let order: Vec<usize> = groups.iter().flatten().copied().collect();
    let times = groups
        .iter()
        .enumerate()
        .flat_map(|(g, rows)| rows.iter().map(move |_| g));
    let p = data.columns();
    let rows = order
        .iter()
        .flat_map(|&i| data.x.row(i).iter().copied().collect::<Vec<_>>());
    data.design = Design::from_rows(times.collect(), rows.collect(), p);
    data.y = order.iter().map(|&i| data.y[i]).collect();
    if !data.offset.is_empty() {
        data.offset = order.iter().map(|&i| data.offset[i]).collect();
    }
    let fit = data.fit()?;
    let robust = cr3(&data.design, &fit, 1, &(0..p).collect::<Vec<_>>());
    let ranges = block_ranges(data.design.times(), 1);
    let (mut plain, mut left_out) = (vec![0.0; p], Some(vec![0.0; p]));
    for &(from, to) in &ranges {
        let inside = |i: usize| (from..to).contains(&i);
        let own: Vec<f64> = fit
            .score
            .iter()
            .enumerate()
            .map(|(i, s)| if inside(i) { *s } else { 0.0 })
            .collect();
        let change = fit.factor.solve(&data.design.transpose_times(&own));
        plain
            .iter_mut()
            .zip(change)
            .for_each(|(sum, c)| *sum += c * c);
        let kept: Vec<usize> = (0..data.y.len()).filter(|&i| !inside(i)).collect();
        let y: Vec<f64> = kept.iter().map(|&i| data.y[i]).collect();
        let offset: Vec<f64> = kept
            .iter()
            .filter_map(|&i| data.offset.get(i).copied())
            .collect();
        let start = Some(fit.coefficients.as_slice());
        let design = data.design.select(&kept);
        let refit = fit_with_offset(
            &design,
            &y,
            data.family,
            &vec![0.0; p],
            start,
            &offset,
            SETTLED,
        );
        let usable = refit.filter(|f| f.converged && (0..p).all(|j| !f.factor.aliased(j)));
        left_out = left_out.zip(usable).map(|(mut sums, f)| {
            let changes = f.coefficients.iter().zip(&fit.coefficients);
            sums.iter_mut()
                .zip(changes)
                .for_each(|(sum, (a, b))| *sum += (a - b).powi(2));
            sums
        });
    }
    let share = (groups.len() as f64 - 1.0) / groups.len() as f64;
    let roots =
        |sums: Vec<f64>, share: f64| sums.iter().map(|s| (s * share).sqrt()).collect::<Vec<_>>();
    let mut answers = Answers::default();
    answers.set("coef", coefficients(&fit, p));
    answers.set("cr0_se", roots(plain, 1.0));
    let errors = robust
        .as_ref()
        .map(|r| (0..p).map(|j| r.se(j)).collect::<Vec<_>>());
    answers.set("cr3_onestep_se", errors);
    answers.set(
        "delete_block_jackknife_se",
        left_out.map(|sums| roots(sums, share)),
    );
    answers.set("n_clusters", groups.len());
    answers.set("gstar_last_coef", robust.map(|r| r.effective_blocks[p - 1]));
    answers.set("names", data.names);
    Ok(answers)
}

/// The design has no intercept; `strata` labels the rows.
pub(crate) fn clogit(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let strata = request
        .numbers("strata")
        .unwrap_or_else(|_| vec![1.0; data.y.len()]);
    let fit = conditional_logistic(&data.y, &data.x, &strata).map_err(no_fit)?;
    let se = standard_errors(&fit.covariance);
    let mut answers = Answers::default();
    let wald = fit
        .coef
        .iter()
        .zip(&se)
        .map(|(b, s)| normal_two_sided(b / s));
    answers.set("wald_p", wald.collect::<Vec<_>>());
    answers.set("coef", fit.coef.as_slice().to_vec());
    answers.set("se", se);
    answers.set("loglik", fit.loglik);
    answers.set("loglik_null", fit.loglik_null);
    answers.set("score_chisq", fit.score.statistic);
    let lr = ChiSquared::new(2.0 * (fit.loglik - fit.loglik_null), fit.coef.len());
    answers.set("lr_p", lr.p);
    answers.set("names", data.names);
    Ok(answers)
}

/// `start` (from the beginning when absent), `stop` and `event` of each row; `strata` and `cluster` where wanted.
pub(crate) fn cox_recurrent(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let (stop, event) = (request.numbers("stop")?, request.numbers("event")?);
    let start = match &request.data["start"] {
        Value::Null => vec![f64::NEG_INFINITY; stop.len()],
        _ => request.numbers("start")?,
    };
    let (strata, cluster) = (
        request.numbers("strata").ok(),
        request.numbers("cluster").ok(),
    );
    let intervals = Intervals {
        start: &start,
        stop: &stop,
        event: &event,
        x: &data.x,
        strata: strata.as_deref(),
        cluster: cluster.as_deref(),
    };
    let fit = cox(&intervals).map_err(no_fit)?;
    let model_se = standard_errors(&fit.model.covariance);
    let robust_se = match cluster {
        Some(_) => standard_errors(&fit.robust_covariance),
        None => model_se.clone(),
    };
    let mut answers = Answers::default();
    answers.set("coef", fit.model.coef.as_slice().to_vec());
    answers.set("model_se", model_se);
    answers.set("robust_se", robust_se);
    answers.set("loglik", fit.model.loglik);
    answers.set("loglik_null", fit.model.loglik_null);
    answers.set("score_chisq", fit.model.score.statistic);
    answers.set("names", data.names);
    Ok(answers)
}
