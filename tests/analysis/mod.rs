//! Associations: reference values, edge cases, invariances.

mod beside;
mod cross_check;
pub(crate) mod door_edges;
mod edges;
mod experiments;
mod jobs;
mod joint_fit;
mod looks;
mod preparation;
mod time;
mod wording;

use crate::analysis::night_table::{Factor, Kind, NightTable};
use chrono::NaiveDate;
use serde_json::Value;

fn case(name: &str) -> Value {
    let path = format!("{}/tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The night table of a reference case: absent dates are unrecorded nights, null is unknown.
fn table(data: &Value) -> NightTable {
    let dates: Vec<NaiveDate> = data["date"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d.as_str().unwrap().parse().unwrap())
        .collect();
    let first = dates[0];
    let night: Vec<usize> = dates
        .iter()
        .map(|d| (*d - first).num_days() as usize)
        .collect();
    let span = night.last().unwrap() + 1;
    let spread = |column: &Value| {
        let mut out = vec![None; span];
        for (t, v) in night.iter().zip(column.as_array().unwrap()) {
            out[*t] = v.as_f64();
        }
        out
    };
    let counts = spread(&data["episodes"])
        .into_iter()
        .map(|c| c.map(|c| c as u32))
        .collect();
    let factors = data
        .as_object()
        .unwrap()
        .iter()
        .filter(|(k, _)| *k != "date" && *k != "episodes");
    let factors = factors
        .map(|(k, v)| Factor::new(k, Kind::Number, spread(v)))
        .collect();
    NightTable::new(first, counts, factors)
}

/// A repeatable sequence of numbers in 0..1.
pub(crate) fn chance(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    }
}
