//! The words of the forest plot.

use crate::analysis::association::{Association, NoAnalysis};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::report::chart::ForestRow;
use crate::report::say::chart::number;
use crate::report::say::count;
use crate::report::say::factor::refusal;
use crate::report::say::print::printable;
use crate::stats::estimate::Estimate;

/// Title of the forest plot.
pub(crate) const FACTORS: &str = "What went with cramps";
/// Title of its axis.
pub(crate) const RATIO_AXIS: &str = "← fewer · times as many cramps · more →";
/// The heads of its columns.
pub(crate) const FOREST_HEAD: [&str; 3] = [
    "Compared",
    "Cramp nights with it / without it",
    "Times as many cramps (95 % interval), grade",
];

/// What is compared: the factor, when, and which values.
pub(crate) fn factor_label(factor: &Association) -> String {
    let mut words = printable(&factor.label);
    let unit = factor
        .unit
        .as_deref()
        .map(|unit| format!(" {}", printable(unit)))
        .unwrap_or_default();
    match (&factor.step, factor.split) {
        (Some(Step::Range { from, to }), _) => {
            words.push_str(&format!(
                ": {}{unit} against {}{unit}",
                number(*to),
                number(*from)
            ));
        }
        (Some(Step::Level { level, against }), _) => {
            words.push_str(&format!(
                ": {} against {}",
                printable(level),
                printable(against)
            ));
        }
        (_, Split::Above(limit)) => words.push_str(&format!(": above {}{unit}", number(limit))),
        _ => {}
    }
    match factor.lag {
        0 => {}
        // some names say themselves when it was
        _ if words.contains("night before") => {}
        1 => words.push_str(", the day before"),
        n => words.push_str(&format!(", {n} days before")),
    }
    words
}

/// Cramp nights of nights, with and without.
pub(crate) fn factor_counts(table: &PlainTable) -> String {
    format!(
        "{} of {} / {} of {}",
        table.cramp_exposed, table.exposed, table.cramp_unexposed, table.unexposed
    )
}

/// The effect, its interval and its grade.
pub(crate) fn effect(effect: &Estimate, factor: &Association) -> String {
    format!(
        "{} ({}), {}",
        ratio(effect.value),
        ratios(effect),
        factor.grade.word()
    )
}

/// A ratio to two digits after the point, or fewer when it is large.
pub(crate) fn ratio(value: f64) -> String {
    if value.is_infinite() {
        "without bound".to_string()
    } else if value >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// Both ends of the interval of a ratio.
pub(crate) fn ratios(effect: &Estimate) -> String {
    format!("{} to {}", ratio(effect.low), ratio(effect.high))
}

/// Why nothing can be said yet.
pub(crate) fn not_enough(factor: &Association) -> String {
    match factor.need_nights {
        Some(nights) if nights > 0 => {
            format!("not enough data: about {nights} more recorded nights")
        }
        _ => "not enough data".to_string(),
    }
}

/// What must be known to read the plot.
pub(crate) fn factor_notes(tested: usize, refused: Option<NoAnalysis>) -> Vec<String> {
    let mut notes = vec![match (refused, tested) {
        (Some(why), _) => refusal(why).to_string(),
        (None, 0) => "No factor has enough recorded nights to be tested yet.".to_string(),
        (None, _) => format!("{} tested together.", count(tested, "factor")),
    }];
    notes.push("An association is not a cause. Where the line crosses 1 there may be no difference at all.".to_string());
    notes
}

/// The plot in words.
pub(crate) fn factors_alt(rows: &[ForestRow]) -> String {
    let enough: Vec<&ForestRow> = rows.iter().filter(|row| row.enough).collect();
    if enough.is_empty() {
        return format!(
            "{} compared, none with enough data yet.",
            count(rows.len(), "factor")
        );
    }
    let list: Vec<String> = enough
        .iter()
        .map(|row| format!("{}: {}", row.label, row.words))
        .collect();
    let short = rows.len() - enough.len();
    let rest = if short > 0 {
        format!(" {} without enough data.", count(short, "factor"))
    } else {
        String::new()
    };
    format!(
        "Times as many cramps, with 95 % interval. {}.{rest}",
        list.join("; ")
    )
}
