//! What stood out in the recorded context of a week: a description, never a cause.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::FactorKind;
use crate::diary::{Diary, Nights, Value};
use crate::report::say;
use crate::report::weekly::median;

/// Numbers of one factor, and their unit.
type Values = (Vec<f64>, Option<Arc<str>>);

/// Factors whose week differs from the four weeks before: outside their middle 80 %, or a yes/no share 40 points off.
pub(crate) fn stood_out(diary: &Diary, week: Nights, before: Nights) -> Vec<String> {
    let collect = |nights: Nights| {
        let mut by: BTreeMap<Arc<str>, Values> = BTreeMap::new();
        for value in diary.values_in(nights) {
            if let Value::Number(x) = value.value
                && !diary.is_excluded(value.night)
            {
                let entry = by.entry(value.factor.clone()).or_default();
                entry.0.push(x);
                entry.1 = value.unit.clone();
            }
        }
        by
    };
    let catalogue = Catalogue::of(diary);
    let now = collect(week);
    let then = collect(before);
    let mut found: Vec<(f64, String)> = Vec::new();
    for (factor, (mut values, unit)) in now {
        let Some((mut earlier, _)) = then.get(&factor).cloned() else {
            continue;
        };
        if values.len() < 3 || earlier.len() < 10 {
            continue;
        }
        let (Some(a), Some(b)) = (median(&mut values), median(&mut earlier)) else {
            continue;
        };
        let def = catalogue.find(&factor);
        let label = def.map_or_else(|| factor.to_string(), |d| d.label.to_string());
        let yes_no = def.is_some_and(|d| d.kind == FactorKind::YesNo);
        if yes_no {
            let share = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
            let gap = share(&values) - share(&earlier);
            if gap.abs() >= 0.4 {
                found.push((gap.abs(), say::stood_out_share(&label, &values, &earlier)));
            }
            continue;
        }
        let tail = |q: f64| {
            earlier
                .get(((earlier.len() - 1) as f64 * q).round() as usize)
                .copied()
        };
        let (Some(low), Some(high)) = (tail(0.1), tail(0.9)) else {
            continue;
        };
        if a > high || a < low {
            let size = if b.abs() > f64::EPSILON {
                (a / b).abs().ln().abs()
            } else {
                9.0
            };
            let n = (values.len(), earlier.len());
            found.push((
                size,
                say::stood_out_number(&label, a, b, unit.as_deref(), n),
            ));
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    found
        .into_iter()
        .take(3)
        .map(|(_, sentence)| sentence)
        .collect()
}
