//! The factors: what goes with cramps, each with its interval and its counts, and what cannot be said yet.

use crate::analysis::analyze::associations;
use crate::analysis::association::{Association, Associations};
use crate::analysis::from_diary::night_table;
use crate::diary::{Diary, Nights};
use crate::report::chart::{Axis, Chart, Forest, ForestRow, KeyMark, Picture, Table, Tick};
use crate::report::factors::{draws, kept_looks};
use crate::report::say::alt as say;
use crate::report::say::chart::{Counted, coverage as coverage_of, key, more, number};
use crate::words::{lines, t};

/// The most rows drawn.
const MOST_ROWS: usize = 24;
/// The ratios marked on the axis.
const RATIOS: [f64; 7] = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0];
/// The seed 'cramp analyze' uses when none is given, so that the chart shows the same numbers.
const SEED: u64 = 1;

/// What goes with cramps on the nights up to the end of `nights`.
pub(crate) fn factors(diary: &Diary, nights: Nights) -> Chart {
    let table = night_table(diary, nights.to);
    let found = associations(&table, &kept_looks(diary, nights.to), draws(&table, SEED));
    chart(&found, coverage_of(nights, diary.coverage(nights)))
}

/// The chart of an analysis; `coverage` says how much of the time it saw.
pub(crate) fn chart(found: &Associations, coverage: String) -> Chart {
    let mut factors: Vec<&Association> = found
        .factors
        .iter()
        .filter(|factor| factor.table.nights() > 0)
        .collect();
    factors.sort_by(|a, b| {
        let rank = |factor: &Association| (factor.grade.strength(), factor.effect.is_some());
        rank(b)
            .cmp(&rank(a))
            .then_with(|| size(b).total_cmp(&size(a)))
    });
    let left = factors.len().saturating_sub(MOST_ROWS);
    factors.truncate(MOST_ROWS);
    let x = ratio_axis(&factors);
    let rows: Vec<ForestRow> = factors.iter().map(|factor| row(factor, &x)).collect();
    let table = Table {
        caption: t!(chart, "factors").to_string(),
        head: lines!(chart, "forest-head"),
        rows: rows
            .iter()
            .map(|row| vec![row.label.clone(), row.counts.clone(), row.words.clone()])
            .collect(),
    };
    let mut notes = say::factor_notes(found.tested, found.refused);
    notes.extend(more(left, Counted::Factor));
    let any = rows.iter().any(|row| row.at.is_some());
    Chart {
        title: t!(chart, "factors").to_string(),
        coverage,
        alt: say::factors_alt(&rows),
        key: key(&[(KeyMark::Effect, any), (KeyMark::NoDifference, any)]),
        notes,
        table,
        picture: Picture::Factors(Forest {
            x,
            head: lines!(chart, "forest-head"),
            rows,
        }),
    }
}

/// How far an effect is from no difference, on the logarithmic scale.
fn size(factor: &Association) -> f64 {
    factor
        .ratio()
        .map_or(0.0, |effect| effect.value.max(1e-9).ln().abs())
}

/// Ratios from ¼ to 4, or as far as the effects themselves reach, to at most ⅛ to 8.
fn ratio_axis(factors: &[&Association]) -> Axis {
    let widest = factors
        .iter()
        .map(|factor| size(factor))
        .fold(0.0, f64::max);
    let end: f64 = if widest > 3.5_f64.ln() { 8.0 } else { 4.0 };
    let ticks = RATIOS
        .iter()
        .filter(|ratio| (1.0 / end..=end).contains(*ratio));
    Axis {
        title: t!(chart, "ratio-axis").to_string(),
        from: -end.ln(),
        to: end.ln(),
        ticks: ticks
            .map(|ratio| Tick {
                at: ratio.ln(),
                label: number(*ratio),
            })
            .collect(),
    }
}

fn row(factor: &Association, x: &Axis) -> ForestRow {
    let enough = factor.gates.is_empty();
    let effect = factor.ratio().filter(|_| enough);
    // an effect of 0 or without bound stands at the end of the axis
    let log = |ratio: f64| ratio.max(f64::MIN_POSITIVE).ln();
    let place = |ratio: f64| log(ratio).clamp(x.from, x.to);
    ForestRow {
        label: say::factor_label(factor),
        counts: say::factor_counts(&factor.table),
        words: effect.map_or_else(
            || say::not_enough(factor),
            |effect| say::effect(&effect, factor),
        ),
        enough: effect.is_some(),
        at: effect.map(|effect| place(effect.value)),
        span: effect.map(|effect| (place(effect.low), place(effect.high))),
        clipped: effect.map_or((false, false), |effect| {
            (log(effect.low) < x.from, log(effect.high) > x.to)
        }),
    }
}
