//! One factor in full: levels, lags, the negative control, and the nights themselves; and exact and rank answers on its
//! plain nights, shown to everyone and graded never, because they allow for nothing.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::cramp_risk::{CrampRisk, HowMany, NoRisk, cramp_risk, how_many};
use crate::analysis::cross_checks::{CrossChecks, Resampling, Support, cross_checks, support};
use crate::analysis::evaluation::{Evaluation, rate_ratio};
use crate::analysis::exposure::{Exposure, PlainTable, plain_table, quantile};
use crate::analysis::model::{NightModel, Term};
use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::stats::estimate::{Adjustment, Estimate, adjust};
use crate::stats::ranks::{hodges_lehmann, mann_whitney, mann_whitney_exact, spearman};
use crate::stats::rate::poisson_rate;

/// Lags looked at, in nights before the one the factor is kept under.
const LAGS: [u8; 2] = [1, 2];

/// A recorded night as the factor saw it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct FactorNight {
    pub(crate) night: NaiveDate,
    pub(crate) value: Option<f64>,
    pub(crate) cramps: u32,
}

/// Nights at one level (or in one third) of a factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Level {
    pub(crate) word: Option<String>,
    pub(crate) range: (f64, f64),
    pub(crate) nights: usize,
    pub(crate) cramp: usize,
    /// Cramps a night, exact interval.
    pub(crate) rate: Option<Estimate>,
}

/// A rate ratio with its p, not graded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Exploratory {
    /// Nights the factor's value precedes the night it is set against (negative: the value of a later night).
    pub(crate) lag: i8,
    pub(crate) ratio: Option<Estimate>,
    pub(crate) p: Option<f64>,
    /// False discovery rate among the exploratory tests, valid under any dependence.
    pub(crate) q: Option<f64>,
}

/// Everything beside the graded entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorDetail {
    #[serde(skip)]
    pub(crate) plain: PlainTable,
    /// The rate ratio without the other factors.
    #[serde(skip)]
    pub(crate) alone: Option<Estimate>,
    pub(crate) companions: Companions,
    /// Cramp nights in 100 with and without, the background allowed for.
    pub(crate) risk: Option<CrampRisk>,
    /// Why there are none: the model's reason, or a gate that fails.
    pub(crate) no_risk: Option<NoRisk>,
    /// Whether, or how many; `None` when too few nights had two or more to ask.
    pub(crate) how_many: Option<HowMany>,
    /// That question was asked and has no answer on these nights.
    pub(crate) how_many_failed: bool,
    pub(crate) cross_checks: Option<CrossChecks>,
    /// Levels of a choice or scale, thirds of a number, both sides of yes/no.
    pub(crate) levels: Vec<Level>,
    /// p of "a straight line is not enough" for a number or scale.
    pub(crate) bent_p: Option<f64>,
    pub(crate) lags: Vec<Exploratory>,
    /// Tomorrow's value beside today's: something is off when it goes with tonight's cramps.
    pub(crate) tomorrow: Option<Exploratory>,
    pub(crate) support: Option<Support>,
    pub(crate) nights: Vec<FactorNight>,
}

/// The detail of factor `i` of a table and its evaluation.
pub(crate) fn factor_detail(
    table: &NightTable,
    evaluation: Option<&Evaluation>,
    i: usize,
    draws: Resampling,
) -> Option<FactorDetail> {
    let factor = table.factors.get(i)?;
    let (_, plain) = plain_table(&table.counts, factor);
    // What allows for the background is held back, like the grade, until the gates are passed.
    let open = evaluation.filter(|e| e.factors[i].gates.is_empty());
    let risk = || {
        open.map(|e| {
            cramp_risk(
                &e.model,
                &e.factors[i].exposure,
                e.factors[i].leading_column(),
            )
        })
    };
    // Each of these takes about as long as a fit of all factors.
    let ((estimates, counted), (checks, models)) = rayon::join(
        || {
            rayon::join(
                || {
                    (
                        lags(evaluation, factor),
                        evaluation.and_then(|e| tomorrow(e, table, i)),
                    )
                },
                || {
                    (
                        companions(&plain, amounts(table, factor).as_deref()),
                        levels(table, factor),
                    )
                },
            )
        },
        || {
            rayon::join(
                || {
                    (
                        open.map(|e| support(table, e, i, draws)),
                        open.and_then(|e| crossed(e, i)),
                    )
                },
                || {
                    rayon::join(
                        || (open.and_then(|e| how_many(&e.model, &e.factors[i])), risk()),
                        || {
                            let bent = evaluation.and_then(|e| bent(&e.model, factor));
                            (bent, open.and_then(|e| e.alone(i)))
                        },
                    )
                },
            )
        },
    );
    let ((lags, tomorrow), (companions, levels)) = (estimates, counted);
    let ((support, cross_checks), ((hurdle, risk), (bent_p, alone))) = (checks, models);
    Some(FactorDetail {
        companions,
        plain,
        risk: risk.and_then(Result::ok),
        no_risk: risk.and_then(Result::err),
        how_many: hurdle.flatten(),
        how_many_failed: hurdle == Some(None),
        cross_checks,
        levels,
        alone,
        bent_p,
        lags,
        tomorrow,
        support,
        nights: nights(table, factor),
    })
}

/// Earlier days of a factor, and how many of them would be found by searching.
fn lags(evaluation: Option<&Evaluation>, factor: &Factor) -> Vec<Exploratory> {
    let ordered = evaluation.filter(|_| factor.kind != Kind::Choice);
    let Some(evaluation) = ordered else {
        return Vec::new();
    };
    let mut lags = LAGS.map(|lag| lagged(evaluation, factor, lag)).to_vec();
    let p: Vec<Option<f64>> = lags.iter().map(|t| t.p).collect();
    let adjusted = adjust(&p, Adjustment::BenjaminiYekutieli);
    for (lag, q) in lags.iter_mut().zip(adjusted) {
        lag.q = q;
    }
    lags
}

fn crossed(evaluation: &Evaluation, i: usize) -> Option<CrossChecks> {
    let f = evaluation.factors.get(i)?;
    let term = f.exposure.term()?;
    Some(cross_checks(
        &evaluation.model,
        &term,
        f.leading_column(),
        f.direction()?,
    ))
}

/// (value, cramps) of the nights where a number or a scale is known.
fn amounts(table: &NightTable, factor: &Factor) -> Option<Vec<(f64, f64)>> {
    matches!(factor.kind, Kind::Number | Kind::Scale).then(|| {
        let nights = table.counts.iter().zip(&factor.values);
        nights
            .filter_map(|(c, v)| Some(((*v)?, f64::from((*c)?))))
            .collect()
    })
}

fn nights(table: &NightTable, factor: &Factor) -> Vec<FactorNight> {
    let rows = table.counts.iter().zip(&factor.values).enumerate();
    rows.filter_map(|(t, (c, v))| {
        c.map(|cramps| FactorNight {
            night: table.evening(t),
            value: *v,
            cramps,
        })
    })
    .collect()
}

fn levels(table: &NightTable, factor: &Factor) -> Vec<Level> {
    let mut known: Vec<(f64, u32)> = table
        .counts
        .iter()
        .zip(&factor.values)
        .filter_map(|(c, v)| Some(((*v)?, (*c)?)))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let values: Vec<f64> = known.iter().map(|k| k.0).collect();
    let distinct = values.chunk_by(|a, b| a == b).count();
    let cuts = (quantile(&values, 1.0 / 3.0), quantile(&values, 2.0 / 3.0));
    let third = |v: f64| match cuts {
        (Some(a), Some(b)) => usize::from(v > a) + usize::from(v > b),
        _ => 0,
    };
    let by_value = matches!(
        factor.kind,
        Kind::YesNo | Kind::Course | Kind::Choice | Kind::Scale
    ) || distinct <= 4;
    let groups = known.chunk_by(|a, b| {
        if by_value {
            a.0 == b.0
        } else {
            third(a.0) == third(b.0)
        }
    });
    groups
        .map(|g| {
            let cramps: u64 = g.iter().map(|k| u64::from(k.1)).sum();
            let word = (factor.kind == Kind::Choice)
                .then(|| factor.levels.get(g[0].0 as usize).cloned())
                .flatten();
            Level {
                word,
                range: (g[0].0, g[g.len() - 1].0),
                nights: g.len(),
                cramp: g.iter().filter(|k| k.1 > 0).count(),
                rate: poisson_rate(cramps, g.len() as f64, 0.95),
            }
        })
        .collect()
}

/// The factor's values `lag` nights earlier, explored by themselves.
fn lagged(evaluation: &Evaluation, factor: &Factor, lag: u8) -> Exploratory {
    let model = &evaluation.model;
    let unknown = std::iter::repeat_n(None, usize::from(lag));
    let values = unknown.chain(factor.values.iter().copied());
    let values = values.take(factor.values.len()).collect();
    let moved = Factor {
        values,
        ..factor.clone()
    };
    let exposure = Exposure::new(model, &moved);
    let term = exposure.term();
    let released = term.and_then(|t| evaluation.beside_announced(&t.filled(model)));
    Exploratory {
        lag: lag as i8,
        ratio: released.as_ref().and_then(|r| rate_ratio(r, 0)),
        p: released.map(|r| r.p),
        q: None,
    }
}

/// Tomorrow's value of factor `i` beside tonight's in the joint fit: a link there cannot be an effect on tonight.
pub(crate) fn tomorrow(
    evaluation: &Evaluation,
    table: &NightTable,
    i: usize,
) -> Option<Exploratory> {
    ahead(evaluation, table, i, 1)
}

/// The same with the value of so many nights later.
pub(crate) fn ahead(
    evaluation: &Evaluation,
    table: &NightTable,
    i: usize,
    nights: u8,
) -> Option<Exploratory> {
    let (factor, model) = (table.factors.get(i)?, &evaluation.model);
    // What was done against tonight's cramp stands under tomorrow: of course it goes with tonight.
    if factor.kind == Kind::Choice || factor.reaction {
        return None;
    }
    let later = factor.values.iter().skip(usize::from(nights)).copied();
    let mut values: Vec<Option<f64>> = later.collect();
    values.resize(factor.values.len(), None);
    let next = Factor {
        values,
        ..factor.clone()
    };
    let next = Exposure::new(model, &next).term()?.filled(model);
    let released = evaluation.with_extra(i, &next)?;
    Some(Exploratory {
        lag: -(nights as i8),
        ratio: rate_ratio(&released, 0),
        p: Some(released.p),
        q: None,
    })
}

/// p of a squared term beside the straight line.
fn bent(model: &NightModel, factor: &Factor) -> Option<f64> {
    let exposure = Exposure::new(model, factor);
    if !matches!(factor.kind, Kind::Scale | Kind::Number) || exposure.distinct < 4 {
        return None;
    }
    let line = exposure.term()?;
    let x = line.columns.first()?;
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let squares = x.iter().map(|x| (x - mean) * (x - mean)).collect();
    let squared = Term::new(line.rows.clone(), vec![squares])?;
    let (own, beside) = (squared.filled(model), line.filled(model));
    Some(model.release(&own, beside.iter())?.p)
}

/// Nights up to which ranks are compared exactly; above, by the tie-corrected normal approximation.
const EXACT_RANKS: usize = 60;
/// Nights up to which the shift between cramp nights and others is worked out (it looks at every pair).
const MOST_FOR_SHIFT: usize = 4000;

/// Answers on the plain table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Companions {
    /// Exact conditional ratio of the rates, with against without.
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) rate_p: Option<f64>,
    /// Conditional odds ratio of a cramp night (Fisher), with against without.
    pub(crate) odds_ratio: Option<Estimate>,
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
    pub(crate) spearman: Option<f64>,
}

/// The answers for nights split by a table; `values` are (value, cramps) of the same nights for a number or a scale.
pub(crate) fn companions(table: &PlainTable, values: Option<&[(f64, f64)]>) -> Companions {
    let cramps = table.episodes_exposed + table.episodes_unexposed;
    let rates = table.rate_ratio();
    let both_sides = table.exposed > 0 && table.unexposed > 0;
    let fisher = table.fisher().filter(|_| both_sides && cramps > 0);
    Companions {
        rate_ratio: rates.as_ref().and_then(|r| r.estimate),
        rate_p: rates.filter(|_| cramps > 0).map(|r| r.p.central()),
        odds_ratio: fisher.as_ref().and_then(|f| f.odds_ratio),
        odds_p: fisher.map(|f| f.ln_central().exp().min(1.0)),
        ranks: values.and_then(ranks),
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
