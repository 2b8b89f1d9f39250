//! The forest of a cohort: a row a factor, with the mean over people and where the next person is to be expected.

use crate::report::chart::forest::axis_to;
use crate::report::chart::{Axis, Chart, Forest, ForestRow, KeyMark, Picture, Table};
use crate::report::say::chart as say_chart;
use crate::report::say::cohort::{self as say, Finding};
use crate::stats::estimate::Estimate;
use crate::words::{lines, t};

/// The most rows drawn.
const MOST_ROWS: usize = 30;

/// The chart of the factors that could be pooled, experiments above what was seen; `coverage` and `notes` are those of
/// the whole.
pub(crate) fn forest(
    observed: &[Finding],
    experiments: &[Finding],
    coverage: &str,
    notes: &[String],
) -> Chart {
    let pooled = |all: &'_ [Finding]| -> Vec<Finding> {
        let mut pooled: Vec<Finding> = all.iter().filter(|f| f.is_pooled()).cloned().collect();
        // the surest first; those alike stay in the order of the catalogue
        pooled.sort_by(|a, b| {
            a.found
                .p
                .unwrap_or(1.0)
                .total_cmp(&b.found.p.unwrap_or(1.0))
        });
        pooled
    };
    let (tried, seen) = (pooled(experiments), pooled(observed));
    let ends = tried.iter().chain(&seen).filter_map(|f| f.found.prediction);
    let widest = ends.map(|e| e.high.ln().max(-e.low.ln()));
    let x = axis_to(widest.fold(0.0, f64::max));
    let tried = tried.iter().map(|f| row(f, true, &x));
    let mut rows: Vec<ForestRow> = tried
        .chain(seen.iter().map(|f| row(f, false, &x)))
        .collect();
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let cells = rows.iter().map(|row| {
        let size = row.size.clone().unwrap_or_default();
        vec![row.label.clone(), row.counts.clone(), size]
    });
    let any = !rows.is_empty();
    let more = (left > 0).then(|| t!(chart, "more-factors", n = left));
    let title = t!(cohort, "title");
    Chart {
        title: title.to_string(),
        coverage: coverage.to_string(),
        alt: say::alt(observed, experiments),
        key: say_chart::key(&[
            (KeyMark::Mean, any),
            (KeyMark::Prediction, any),
            (KeyMark::NoDifference, any),
        ]),
        notes: notes.iter().cloned().chain(more).collect(),
        table: Table::new(title, lines!(cohort, "forest-head"), cells),
        picture: Picture::Factors(Forest {
            x,
            head: lines!(cohort, "forest-head"),
            rows,
        }),
    }
}

fn row(finding: &Finding, tried: bool, x: &Axis) -> ForestRow {
    let found = &finding.found;
    let cut = |e: &Estimate| {
        let place = |ratio: f64| ratio.ln().clamp(x.from, x.to);
        (place(e.low), place(e.value), place(e.high))
    };
    let ends = |e: &Estimate| (e.low.ln() < x.from, e.high.ln() > x.to);
    let contrast = match tried {
        true => t!(cohort, "by-lot"),
        false => say::brief(found.contrast),
    };
    let people = say::people(found);
    let mean = found.ratio.as_ref();
    let next = found.prediction.as_ref();
    ForestRow {
        label: t!(cohort, "row-label", label = &finding.label, contrast),
        name: finding.label.clone(),
        contrast: Some(contrast.to_string()),
        counts: people.clone(),
        with: people,
        without: say::not_enough(found),
        words: finding.sentence.clone(),
        size: mean.map(say_chart::size),
        grade: next.map_or_else(String::new, |next| {
            t!(cohort, "expected", range = say::range(next))
        }),
        enough: mean.is_some(),
        at: mean.map(|e| cut(e).1),
        span: mean.map(|e| (cut(e).0, cut(e).2)),
        clipped: mean.map_or((false, false), ends),
        beyond: next.map(|e| (cut(e).0, cut(e).2)),
    }
}
