//! The comparison of one reference case with the crate: what the case asks is computed from its method, data and call,
//! never looked up by its name.

mod answer;
mod case;
mod exact;
mod expression;
mod formula;
mod models;
mod pipeline;
mod planning;
mod regression;
mod series;
mod tables;

use crate::stats::glm::Family;
use answer::Answers;
use case::Case;
use serde_json::Value;

/// What became of one case.
pub(crate) enum Outcome {
    /// Every required number agreed.
    Passed,
    /// The first disagreement: `key got … want …`.
    Failed(String),
    /// The method is not in the crate.
    Unsupported(String),
}

/// Keys that a case carries for orientation only (the folder's README).
fn for_orientation(key: &str) -> bool {
    matches!(
        key,
        "r_fisher_test_p" | "massglmnb_theta" | "p_r_circular" | "check_by_integration"
    ) || key.starts_with("tfpw_")
        || key.starts_with("yue_wang_")
}

/// Computes what a case asks for and compares every required number.
pub(crate) fn check_case(json: &Value) -> Outcome {
    let Some(case) = Case::read(json) else {
        return Outcome::Failed(
            "case got no method, data or expected values want all three".to_owned(),
        );
    };
    let answers = match answers(&case) {
        None => return Outcome::Unsupported(case.method.to_owned()),
        Some(Err(why)) => return Outcome::Failed(format!("computation got {why} want numbers")),
        Some(Ok(answers)) => answers,
    };
    let mut wrong = Vec::new();
    for (key, want) in case.expected {
        if !for_orientation(key)
            && let Err(difference) = answers.compare(key, want)
        {
            wrong.push(difference);
        }
    }
    match wrong.len() {
        0 => Outcome::Passed,
        1 => Outcome::Failed(wrong.remove(0)),
        n => Outcome::Failed(format!("{} (and {} more)", wrong[0], n - 1)),
    }
}

/// `None` when the method is not offered.
fn answers(case: &Case) -> Option<Result<Answers, String>> {
    Some(match case.method {
        "special_functions" => exact::special_functions(case),
        "poisson_rate_exact" => exact::rate(case),
        "poisson_rate_ratio_exact" => exact::rate_ratio(case),
        "binomial_ci" => exact::binomial(case),
        "poisson_glm" => regression::glm(case, Family::Poisson),
        "logistic_ml" => regression::glm(case, Family::Binomial),
        "logistic_ridge" => regression::ridge(case),
        "logistic_firth" => regression::firth_logistic(case),
        "poisson_firth" => regression::firth_poisson(case),
        "cluster_robust" => models::cluster_robust(case),
        "standardised_risk" => models::standardised(case),
        "overdispersion_test" => models::overdispersion(case),
        "negative_binomial" => models::nb(case),
        "clogit" => models::clogit(case),
        "cox_recurrent" => models::cox_recurrent(case),
        // Zero inflation has no meaning for one person and is not offered.
        "hurdle_zero_inflated" if regression::calls(case, "hurdle") => models::hurdle_counts(case),
        "fisher_exact" | "fisher_exact_extreme" => tables::fisher(case),
        "mantel_haenszel" => tables::strata(case),
        "cochran_armitage" => tables::proportions_trend(case),
        "mann_whitney" => tables::two_samples(case),
        "wilcoxon_signed_rank" => tables::paired_ranks(case),
        "rank_correlation" => tables::correlation(case),
        "p_adjust" => tables::adjusted(case),
        "permutation_two_group" => tables::permutation(case),
        "randomisation_paired" => tables::pairs(case),
        "randomisation_start_point" => tables::phases(case),
        "mann_kendall" => series::trend(case),
        "seasonal_kendall" => series::seasonal(case),
        "serial_correlation" => series::dependence(case),
        "changepoint" => series::changes(case),
        "bocpd_gamma_poisson" => series::online_changes(case),
        "harmonic_poisson" => series::season(case),
        "interrupted_time_series" => series::interruption(case),
        "spc_limits" => series::charts(case),
        "power" => planning::power(case),
        "forecast_scores" => planning::forecast(case),
        "circular" => planning::directions(case),
        "bayes_two_rates" => planning::gamma(case),
        "pipeline" => pipeline::whole_diary(case),
        _ => return None,
    })
}
