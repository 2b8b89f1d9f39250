//! Exact and rank answers on the plain nights of one factor: shown to everyone, graded never. They allow for nothing,
//! neither season nor that nights resemble their neighbours.

use serde::Serialize;

use crate::analysis::exposure::PlainTable;
use crate::stats::estimate::Estimate;
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::rank_correlation::spearman;
use crate::stats::rank_test::{hodges_lehmann, mann_whitney, mann_whitney_exact};
use crate::stats::rate::poisson_rate_ratio;

/// Nights up to which ranks are compared exactly; above, by the tie-corrected normal approximation.
const EXACT_RANKS: usize = 60;
/// Nights up to which the shift between cramp nights and others is worked out (it looks at every pair).
const MOST_FOR_SHIFT: usize = 4000;

/// Answers on the plain table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Companions {
    /// Exact conditional ratio of the rates, with against without.
    pub(crate) rate_ratio: Option<Estimate>,
    /// Its exact central p.
    pub(crate) rate_p: Option<f64>,
    /// Conditional odds ratio of a cramp night (Fisher), with against without.
    pub(crate) odds_ratio: Option<Estimate>,
    /// Its exact central p.
    pub(crate) odds_p: Option<f64>,
    /// Values on cramp nights against calm nights, for a number or a scale.
    pub(crate) ranks: Option<Ranks>,
}

/// Values of a number or a scale on cramp nights against calm nights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Ranks {
    /// Chance that the value of a cramp night exceeds that of a calm one (ties half).
    pub(crate) higher: f64,
    /// Shift between the two (median of all differences), in the factor's unit; not worked out for long diaries.
    pub(crate) shift: Option<f64>,
    /// Mann-Whitney p, exact up to 60 nights.
    pub(crate) p: f64,
    /// Rank correlation of the value with the number of cramps.
    pub(crate) spearman: Option<f64>,
}

/// The answers for nights split by a table; `values` are (value, cramps) of the same nights for a number or a scale.
pub(crate) fn companions(table: &PlainTable, values: Option<&[(f64, f64)]>) -> Companions {
    let cramps = table.episodes_exposed + table.episodes_unexposed;
    let rates = poisson_rate_ratio(
        (table.episodes_exposed, table.episodes_unexposed),
        (table.exposed as f64, table.unexposed as f64),
        1.0,
        0.95,
    );
    let both_sides = table.exposed > 0 && table.unexposed > 0;
    let fisher = fisher_exact(cells(table), 0.95).filter(|_| both_sides && cramps > 0);
    Companions {
        rate_ratio: rates.as_ref().and_then(|r| r.estimate),
        rate_p: rates.filter(|_| cramps > 0).map(|r| r.p.central()),
        odds_ratio: fisher.as_ref().and_then(|f| f.odds_ratio),
        odds_p: fisher.map(|f| f.ln_central().exp().min(1.0)),
        ranks: values.and_then(ranks),
    }
}

/// The two-by-two table of nights.
pub(crate) fn cells(t: &PlainTable) -> Table {
    Table {
        a: t.cramp_exposed as u64,
        b: (t.exposed - t.cramp_exposed) as u64,
        c: t.cramp_unexposed as u64,
        d: (t.unexposed - t.cramp_unexposed) as u64,
    }
}

fn ranks(values: &[(f64, f64)]) -> Option<Ranks> {
    let of = |cramp: bool| -> Vec<f64> {
        let side = values.iter().filter(|v| (v.1 > 0.0) == cramp);
        side.map(|v| v.0).collect()
    };
    let (cramp, calm) = (of(true), of(false));
    let normal = mann_whitney(&cramp, &calm)?;
    let (x, y): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
    Some(Ranks {
        higher: normal.auc,
        shift: (values.len() <= MOST_FOR_SHIFT)
            .then(|| hodges_lehmann(&cramp, &calm))
            .flatten(),
        p: mann_whitney_exact(&cramp, &calm, EXACT_RANKS).unwrap_or(normal.p_normal_corrected),
        spearman: spearman(&x, &y).map(|r| r.value),
    })
}
