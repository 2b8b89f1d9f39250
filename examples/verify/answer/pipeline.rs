//! Whole diaries: every number of the per-factor analysis.

use super::request::{Answers, Request, number};
use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::analysis::self_check::{FactorNumbers, all_numbers};
use chrono::NaiveDate;
use serde_json::Value;

/// The night table of a case: absent dates are unrecorded nights, `null` is unknown.
fn table(request: &Request) -> Result<NightTable, String> {
    let data = request.data["columns"].as_object().ok_or("no columns")?;
    let dates: Vec<NaiveDate> = data
        .get("date")
        .and_then(Value::as_array)
        .ok_or("no dates")?
        .iter()
        .map(|d| d.as_str().and_then(|d| d.parse().ok()).ok_or("no date"))
        .collect::<Result<_, _>>()?;
    let first = *dates.iter().min().ok_or("no nights")?;
    let night = |date: &NaiveDate| (*date - first).num_days() as usize;
    let span = dates.iter().map(night).max().map_or(0, |last| last + 1);
    let spread = |column: &Value| {
        let mut out = vec![None; span];
        for (date, v) in dates.iter().zip(column.as_array().into_iter().flatten()) {
            if let Some(slot) = out.get_mut(night(date)) {
                *slot = number(v);
            }
        }
        out
    };
    let counts = spread(data.get("episodes").ok_or("no episodes")?)
        .into_iter()
        .map(|c| c.map(|c| c as u32))
        .collect();
    let factors = data
        .iter()
        .filter(|(name, _)| *name != "date" && *name != "episodes")
        .map(|(name, column)| Factor::new(name, Kind::Number, spread(column)))
        .collect();
    Ok(NightTable::new(first, counts, factors))
}

/// Puts names in the order in which the question lists them under `key`; a JSON object keeps none of its own.
fn in_order(request: &Request, key: &str, names: &mut [String]) {
    let listed = request.texts(key);
    names.sort_by_key(|name| listed.iter().position(|n| n == name).unwrap_or(usize::MAX));
}

/// `columns` holds the table by columns; `factors` and `skipped` the order of the answers.
pub(crate) fn whole_diary(request: &Request) -> Result<Answers, String> {
    let result = all_numbers(&table(request)?, 0, 1).ok_or("no night with a cramp")?;
    let mut names: Vec<String> = result.factors.iter().map(|f| f.factor.clone()).collect();
    in_order(request, "factors", &mut names);
    let rows: Vec<&FactorNumbers> = names
        .iter()
        .filter_map(|name| result.factors.iter().find(|f| f.factor == *name))
        .collect();
    let mut answers = Answers::default();
    let mut column = |key: &str, value: fn(&FactorNumbers) -> Option<f64>| {
        answers.set(key, rows.iter().map(|row| value(row)).collect::<Vec<_>>());
    };
    column("n_known", |f| Some(f.n as f64));
    column("sd_x", |f| Some(f.sd_x));
    column("logrr_per_sd", |f| Some(f.logrr_per_sd));
    column("cr3_se_per_sd", |f| Some(f.se_cr3_per_sd));
    column("gstar", |f| Some(f.gstar));
    column("p_cr3", |f| Some(f.p_cr3));
    column("joint_p_cr3", |f| f.joint_p_cr3);
    column("nb_logrr_per_sd", |f| f.nb_logrr_per_sd);
    column("nb_se_per_sd", |f| f.nb_se_per_sd);
    column("logit_coef", |f| f.logit_coef);
    column("logit_se", |f| f.logit_se);
    column("fisher_p", |f| f.fisher_p);
    column("spearman", |f| f.spearman);
    column("q_bh_of_max", |f| f.q_bh);
    let mut skipped = result.skipped;
    in_order(request, "skipped", &mut skipped);
    answers.set(
        "factors",
        names.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    answers.set(
        "skipped",
        skipped.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    answers.set("nb_theta", result.nb_theta);
    answers.set("mk_hamed_rao_p", result.mk.map(|mk| mk.p));
    answers.set("nb_theta_infinite", result.nb_theta.is_none());
    Ok(answers)
}
