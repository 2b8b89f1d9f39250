//! The numbers of one statistical method at a time, as JSON, so that they can be compared with those of other programs
//! (`examples/verify`, `tests/reference`).

mod called;
mod distributions;
mod exact;
mod grouped;
mod latent;
mod models;
mod pooled;
mod request;
mod series;
mod term;
mod text;

use request::{Answers, Request};
use serde_json::Value;

/// Keys of the reference format that the program has no number for: it answers other questions, or the same one by
/// another method.
const NOT_OFFERED: &[(&str, &[&str])] = &[
    ("binomial_ci", &["wilson", "jeffreys"]),
    ("p_adjust", &["holm", "hochberg", "bonferroni"]),
    (
        "rank_correlation",
        &[
            "spearman_p_exact",
            "tau_b",
            "kendall_z",
            "kendall_p_normal",
            "kendall_p_exact",
        ],
    ),
    (
        "overdispersion_test",
        &[
            "cameron_trivedi_alpha",
            "cameron_trivedi_t",
            "cameron_trivedi_p_one_sided",
            "index_of_dispersion",
            "index_chisq_p",
        ],
    ),
    (
        "logistic_firth",
        &[
            "se",
            "profile_lower",
            "profile_upper",
            "profile_p",
            "penalised_loglik_null",
            "separated",
        ],
    ),
    (
        "serial_correlation",
        &[
            "ljung_box",
            "ljung_box_p",
            "box_pierce",
            "box_pierce_p",
            "runs",
            "runs_z",
            "runs_p",
            "effective_n_ar1",
        ],
    ),
    ("changepoint", &["k_hat"]),
    (
        "circular",
        &["rayleigh_z", "p_first_order", "p_zar", "p_wilkie_series"],
    ),
    ("spc_limits", &["g_ucl", "g_lcl", "exponential_prob_limits"]),
    (
        "power",
        &[
            "n_per_group_two_proportions",
            "events_schoenfeld_equal",
            "power_central_exact",
        ],
    ),
];

/// What the program computes by `method` from `data`, an object with a number for each of the keys `asked` (and for
/// others): shapes and names are those of the reference cases, whose README lies in `tests/reference`. A number without
/// a bound is `"Infinity"` or `"-Infinity"`, an undefined one `null`.
///
/// Models want their design ready: `y`, `x` (a list of columns) and `names`; a family, offset, strata, cluster where
/// the method has them. `None` when the method, or one of the keys, is not offered.
///
/// # Errors
/// Why these data have no such number: a column is missing, or the model has no answer.
///
/// ```
/// let data = serde_json::json!({ "x": 3, "T": 30, "r0": 0.2 });
/// let rate = nightcramp::reference::answer("poisson_rate_exact", &data, &["rate", "ci"]).unwrap().unwrap();
/// assert_eq!(rate["rate"], 0.1);
/// assert!(nightcramp::reference::answer("tea_leaves", &data, &[]).is_none());
/// ```
#[must_use]
pub fn answer(method: &str, data: &Value, asked: &[&str]) -> Option<Result<Value, String>> {
    let missing = NOT_OFFERED.iter().find(|(name, _)| *name == method);
    if missing.is_some_and(|(_, keys)| asked.iter().any(|key| keys.contains(key))) {
        return None;
    }
    let request = Request { data, asked };
    let compute: fn(&Request) -> Result<Answers, String> = match method {
        "special_functions" => exact::special_functions,
        "poisson_rate_exact" => exact::rate,
        "poisson_rate_ratio_exact" => exact::rate_ratio,
        "binomial_ci" => exact::binomial,
        "fisher_exact" | "fisher_exact_extreme" => exact::fisher,
        "mann_whitney" => exact::two_samples,
        "rank_correlation" => exact::correlation,
        "p_adjust" => exact::adjusted,
        "randomisation_paired" => exact::pairs,
        "randomisation_start_point" => exact::phases,
        "randomisation_experiment" => exact::experiment,
        "power" if data.get("n0").is_none() && !asked.iter().any(|k| k.starts_with("min_")) => {
            exact::nights
        }
        "poisson_glm" | "logistic_ml" => models::glm,
        "logistic_ridge" => models::ridge,
        "logistic_firth" => models::firth,
        "cluster_robust" => grouped::cluster_robust,
        "standardised_risk" => models::standardised,
        "overdispersion_test" => models::overdispersion,
        "clogit" => grouped::clogit,
        "cox_recurrent" if data.get("ties").is_none_or(|ties| ties == "efron") => {
            grouped::cox_recurrent
        }
        "hurdle" => models::hurdle_counts,
        "mann_kendall" => series::trend,
        "serial_correlation" => series::dependence,
        "changepoint" if data.get("cost").is_some_and(|cost| cost == "poisson") => series::changes,
        "spc_limits" => series::charts,
        "circular" => series::directions,
        "latent_joint" => latent::joint,
        "random_effects" => pooled::random_effects,
        _ => return None,
    };
    match compute(&request) {
        Ok(answers) => Some(Ok(answers.into_value())),
        Err(why) if why.starts_with(called::UNKNOWN) => None,
        Err(why) if why.starts_with(request::UNDEFINED) => {
            // the columns have their names whether or not there is a fit
            let nothing = asked.iter().map(|key| {
                let value = Some(&data[*key]).filter(|_| *key == "names");
                ((*key).to_owned(), value.cloned().unwrap_or_default())
            });
            Some(Ok(Value::Object(nothing.collect())))
        }
        Err(why) => Some(Err(why)),
    }
}
