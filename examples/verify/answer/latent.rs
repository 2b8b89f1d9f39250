//! Nights on a background that remembers: all factors past the gate in one fit.

use super::models::NO_FIT;
use super::request::{Answers, Request, number, numbers};
use crate::analysis::gate::{FEWEST_ON_A_SIDE, FEWEST_SWITCHES};
use crate::analysis::looks::spent_by;
use crate::analysis::model::{
    BACKGROUND_PRECISION, FACTOR_PRECISION, WIDTH, background, winsor_limit,
};
use crate::stats::distribution::normal_quantile;
use crate::stats::estimate::{Adjustment, adjust};
use crate::stats::fill::centred_and_filled;
use crate::stats::latent::{LatentData, fit_latent};
use serde_json::Value;

/// `d` holds the columns `day`, `y` and `weekend` and the yes/no factors, `null` for unknown; `names` the order of the
/// factors in the answer, where it is known.
pub(crate) fn joint(request: &Request) -> Result<Answers, String> {
    let d = request.data["d"].as_object().ok_or("no columns d")?;
    let column = |name: &str| {
        let found = d.get(name).and_then(numbers);
        found.ok_or_else(|| format!("no column {name}"))
    };
    let (counts, weekend) = (column("y")?, column("weekend")?);
    let times: Vec<usize> = column("day")?.iter().map(|t| *t as usize).collect();
    let elapsed = request.count("nights_elapsed")? as usize;
    let limit = winsor_limit(counts.iter().copied());
    let counts: Vec<f64> = counts.iter().map(|c| c.min(limit)).collect();
    let cramp: Vec<f64> = counts.iter().map(|c| f64::from(*c > 0.0)).collect();
    let before = |i: usize| {
        let b = i.checked_sub(1).filter(|b| times[*b] + 1 == times[i])?;
        Some(cramp[b] > 0.0)
    };
    let before: Vec<Option<bool>> = (0..times.len()).map(before).collect();
    let mut columns = background(&times, &cramp, &before, &weekend, elapsed);
    let listed = request.texts("names");
    let place = |name: &str| listed.iter().position(|n| *n == name);
    let mut factors: Vec<(&String, &Value)> = d
        .iter()
        .filter(|(name, _)| !["day", "y", "weekend"].contains(&name.as_str()))
        .collect();
    factors.sort_by_key(|(name, _)| (place(name).unwrap_or(usize::MAX), name.len()));
    let mut names = Vec::new();
    for (name, values) in factors {
        let list = values.as_array().ok_or("a factor is no list")?;
        let values: Vec<Option<f64>> = list.iter().map(number).collect();
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let with = known.iter().filter(|v| **v > 0.0).count();
        let switches = known.windows(2).filter(|w| w[0] != w[1]).count();
        if with.min(known.len() - with) < FEWEST_ON_A_SIDE || switches < FEWEST_SWITCHES {
            continue;
        }
        let mean = with as f64 / known.len() as f64;
        columns.push(centred_and_filled(
            &times,
            &values,
            mean,
            mean * (1.0 - mean),
        ));
        names.push(name.as_str());
    }
    let mut precision = BACKGROUND_PRECISION.to_vec();
    precision.resize(columns.len(), FACTOR_PRECISION);
    let data = LatentData {
        times: &times,
        counts: &counts,
        columns: columns.iter().map(Vec::as_slice).collect(),
        precision,
        background: WIDTH,
    };
    let fit = fit_latent(&data).ok_or(NO_FIT)?;
    let released: Vec<_> = (0..names.len())
        .map(|j| fit.release(&[WIDTH + j]))
        .collect();
    let cramp_nights = cramp.iter().filter(|c| **c > 0.0).count();
    let spend = |p: f64| (p / spent_by(cramp_nights)).min(1.0);
    let half = normal_quantile(0.975);
    let mut answers = Answers::default();
    let mut set = |key: &str, value: &dyn Fn(f64, f64, f64) -> f64| {
        let of = |r: &crate::stats::latent::Released| value(r.b[0], r.se(0), r.p);
        let values = released.iter().map(|r| r.as_ref().map(of));
        answers.set(key, values.collect::<Vec<_>>());
    };
    set("log_rr", &|b, _, _| b);
    set("se", &|_, se, _| se);
    set("p", &|_, _, p| p);
    set("ci_low", &|b, se, _| (b - half * se).exp());
    set("ci_high", &|b, se, _| (b + half * se).exp());
    set("p_seq_first_look", &|_, _, p| spend(p));
    let p: Vec<Option<f64>> = released
        .iter()
        .map(|r| r.as_ref().map(|r| spend(r.p)))
        .collect();
    answers.set("q", adjust(&p, Adjustment::BenjaminiHochberg));
    answers.set("names", names);
    answers.set("cramp_nights", cramp_nights);
    answers.set("grid_weights", fit.grid_weights());
    answers.set("centre_coef", fit.centre);
    Ok(answers)
}
