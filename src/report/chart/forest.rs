//! Effects with their intervals on a logarithmic axis, one row a factor: for a chart of every factor, and for the links
//! on the page for a clinician.

use crate::analysis::association::Association;
use crate::data::word::Word;
use crate::report::chart::{Axis, Chart, Forest, ForestRow, KeyMark, Picture, Table, Tick};
use crate::report::say::chart as say;
use crate::words::{lines, t};

/// The ratios marked on the axis.
const RATIOS: [f64; 8] = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// `factors` in their order on the axis `x`, under `title`, without notes.
pub(crate) fn figure(title: &str, factors: &[&Association], x: Axis) -> Chart {
    let rows: Vec<ForestRow> = factors.iter().map(|factor| row(factor, &x)).collect();
    let cells = rows.iter();
    let cells = cells.map(|row| vec![row.label.clone(), row.counts.clone(), row.words.clone()]);
    let any = rows.iter().any(|row| row.at.is_some());
    Chart {
        title: title.to_string(),
        coverage: String::new(),
        alt: say::factors_alt(&rows),
        key: say::key(&[(KeyMark::Effect, any), (KeyMark::NoDifference, any)]),
        notes: Vec::new(),
        table: Table::new(title, lines!(chart, "forest-head"), cells),
        picture: Picture::Factors(Forest {
            x,
            head: lines!(chart, "forest-head"),
            rows,
        }),
    }
}

/// Ratios from ¼ to 4, or as far as the effects themselves reach, to at most 1/16 to 16.
pub(crate) fn ratio_axis(factors: &[&Association]) -> Axis {
    let widest = factors.iter().map(|factor| factor.size());
    axis_to(widest.fold(0.0, f64::max))
}

/// The same, as far as the intervals reach.
pub(crate) fn interval_axis(factors: &[&Association]) -> Axis {
    let ends = factors.iter().filter_map(|factor| factor.ratio());
    let widest = ends.map(|effect| effect.high.max(1.0 / effect.low).ln());
    axis_to(widest.fold(0.0, f64::max))
}

/// The axis on which a logarithm of `widest` has room.
pub(crate) fn axis_to(widest: f64) -> Axis {
    let ends = [4.0_f64, 8.0, 16.0];
    let fitting = ends.into_iter().find(|end| widest <= (end * 0.875).ln());
    let end = fitting.unwrap_or(16.0);
    let marked = RATIOS.iter().filter(|r| (1.0 / end..=end).contains(*r));
    let ticks = marked.map(|ratio| Tick::new(ratio.ln(), say::number(*ratio)));
    Axis::new(t!(chart, "ratio-axis"), (-end.ln(), end.ln()), ticks)
}

/// A factor as a row: its words, and where effect and interval stand on the axis.
pub(crate) fn row(factor: &Association, x: &Axis) -> ForestRow {
    let enough = factor.gates.is_empty();
    let effect = factor.ratio().filter(|_| enough);
    // an effect of 0 or without bound stands at the end of the axis
    let log = |ratio: f64| ratio.max(f64::MIN_POSITIVE).ln();
    let place = |ratio: f64| log(ratio).clamp(x.from, x.to);
    let (with, without) = say::factor_sides(factor);
    ForestRow {
        label: say::factor_label(factor),
        name: say::factor_name(factor),
        contrast: say::factor_contrast(factor),
        counts: say::factor_counts(&factor.table),
        with,
        without,
        words: match &effect {
            Some(effect) => say::effect(effect, factor),
            None => say::not_enough(factor),
        },
        size: effect.as_ref().map(say::size),
        grade: factor.grade.word().to_string(),
        enough: effect.is_some(),
        at: effect.map(|effect| place(effect.value)),
        span: effect.map(|effect| (place(effect.low), place(effect.high))),
        clipped: effect.map_or((false, false), |effect| {
            (log(effect.low) < x.from, log(effect.high) > x.to)
        }),
        beyond: None,
    }
}
