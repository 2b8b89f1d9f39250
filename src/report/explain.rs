//! One factor in full: its entry, the nights themselves, levels, earlier days, bounds and cross-checks.

use serde::Serialize;

use crate::analysis::analyze::{Looking, analysis};
use crate::analysis::association::{Association, Effect};
use crate::analysis::factor_detail::{FactorDetail, factor_detail};
use crate::analysis::from_diary::{left_out, night_table};
use crate::analysis::left_out::LeftOut;
use crate::diary::typed::nearest_of;
use crate::diary::{Diary, Night};
use crate::report::chart::forest::{ratio_axis, row};
use crate::report::chart::{Axis, ForestRow};
use crate::report::experiment_grades::{lift, newest_result, shown};
use crate::report::experiment_result::ExperimentResult;
use crate::report::factors::{Entry, draws};
use crate::report::looks::history;
use crate::report::say;
use crate::stats::estimate::Estimate;
use crate::words::t;

/// The plain two-by-two table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TwoByTwo {
    pub(crate) with: String,
    pub(crate) without: String,
    /// Cramp nights and calm nights with.
    pub(crate) exposed: [usize; 2],
    /// Cramp nights and calm nights without.
    pub(crate) unexposed: [usize; 2],
    /// Exact ratio of the rates of cramps; nothing allowed for.
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) p: Option<f64>,
    /// Conditional odds ratio of a cramp night; nothing allowed for.
    pub(crate) odds_ratio: Option<Estimate>,
    pub(crate) odds_p: Option<f64>,
}

/// The whole answer of `cramp explain FACTOR`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Explained {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    pub(crate) entry: Entry,
    pub(crate) unit: Option<String>,
    pub(crate) table: TwoByTwo,
    #[serde(flatten)]
    pub(crate) detail: FactorDetail,
    pub(crate) sentences: Vec<String>,
    /// The newest experiment with it that has a result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) experiment: Option<ExperimentResult>,
    pub(crate) plain_lines: Vec<String>,
    pub(crate) level_lines: Vec<String>,
    /// Exploratory answers and checks in words, one after the other.
    pub(crate) check_lines: Vec<String>,
    /// Its nights that an experiment leaves out until it is over.
    pub(crate) left_out: Vec<LeftOut>,
    /// What comes first: the counts, what the grade means, and what weakens it.
    #[serde(skip)]
    pub(crate) first: Vec<String>,
    #[serde(skip)]
    pub(crate) estimates: Option<Estimates>,
    /// What went into the number, the looks, and what other calculations say, under their headings.
    #[serde(skip)]
    pub(crate) sections: Vec<(&'static str, Vec<String>)>,
    /// The last cramp nights in words (`nights` has every night).
    #[serde(skip)]
    pub(crate) night_lines: Vec<String>,
}

/// The estimate with and without the other factors, on one axis of logarithms.
#[derive(Debug, Clone)]
pub(crate) struct Estimates {
    /// What is compared.
    pub(crate) compares: String,
    pub(crate) axis: Axis,
    pub(crate) rows: Vec<EstimateRow>,
    pub(crate) remarks: Vec<String>,
}

/// One estimate.
#[derive(Debug, Clone)]
pub(crate) struct EstimateRow {
    pub(crate) label: &'static str,
    /// The ratio and its interval in numbers.
    pub(crate) ratio: String,
    pub(crate) place: ForestRow,
}

/// Cramp nights put in words.
const NIGHTS_SHOWN: usize = 12;

/// Why a factor cannot be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", no_such_factor(.name, *.left_out))]
pub(crate) struct NotRecorded {
    pub(crate) name: String,
    /// Its nights are those of an experiment that is not over.
    pub(crate) left_out: bool,
    pub(crate) nearest: Option<String>,
    pub(crate) known: Vec<String>,
}

fn no_such_factor(name: &str, left_out: bool) -> String {
    match left_out {
        true => t!(experiment, "all-left-out", name),
        false => t!(analyze, "not-recorded", name),
    }
}

/// Explains one factor.
///
/// # Errors
/// The diary holds no value of it.
pub(crate) fn explain(
    diary: &Diary,
    as_of: Night,
    name: &str,
    seed: u64,
) -> Result<Explained, NotRecorded> {
    let table = night_table(diary, as_of);
    let known: Vec<String> = table.factors.iter().map(|f| f.name.clone()).collect();
    let not_recorded = || NotRecorded {
        name: name.to_string(),
        left_out: left_out(diary, as_of).iter().any(|l| l.factor == name),
        nearest: nearest_of(name, known.iter().map(String::as_str)).map(str::to_string),
        known: known.clone(),
    };
    let position = table.factors.iter().position(|f| f.name == name);
    let i = position.ok_or_else(not_recorded)?;
    let draws = draws(&table, seed);
    let is_concerned = |l: &LeftOut| {
        l.factor == name
            || table
                .factors
                .get(i)
                .is_some_and(|f| f.detail_of.as_ref() == Some(&l.factor))
    };
    let left_out = left_out(diary, as_of).into_iter().filter(is_concerned);
    let left_out: Vec<LeftOut> = left_out.collect();
    let (mut all, evaluation) = analysis(&table, &history(diary, as_of), Looking::Leave, Some(i));
    let evaluation = evaluation.as_ref();
    let detail = factor_detail(&table, evaluation, i, draws);
    if let Some((a, detail)) = all.factors.get_mut(i).zip(detail.as_ref()) {
        a.alone = detail.alone.filter(|_| a.effect.is_some());
    }
    let shown = shown(diary, as_of, seed);
    lift(&mut all.factors, &shown);
    let experiment = newest_result(diary, name, as_of, seed);
    let (Some(a), Some(detail), Some(factor)) = (all.factors.get(i), detail, table.factors.get(i))
    else {
        return Err(not_recorded());
    };
    let entry = Entry::new(a.clone(), all.look, &shown);
    let (with, without) = say::factor::sides(a);
    let t = &a.table;
    let plain_lines = say::explain::plain(&detail.companions, factor.unit.as_deref());
    let levels = detail.levels.iter();
    let level_lines: Vec<String> = levels.map(|l| say::explain::level(factor, l)).collect();
    let mut went_in = say::explain::went_in(a, all.nights.recorded);
    went_in.extend(level_lines.iter().cloned());
    let mut sections = vec![(t!(analyze, "section-went-in"), went_in)];
    let mut check_lines = Vec::new();
    if a.effect.is_some() {
        let mut looks = say::explain::budget(a, &all);
        looks.push(say::factor::looks(&all));
        sections.push((t!(analyze, "section-budget"), looks));
        let checks = say::explain::sections(&detail, &[], all.block_nights);
        check_lines.extend(checks.into_iter().flat_map(|(_, lines)| lines));
        sections.extend(say::explain::sections(
            &detail,
            &plain_lines,
            all.block_nights,
        ));
    } else if !plain_lines.is_empty() {
        // Other calculations are no way round the gates: without an estimate nothing else is checked either.
        sections.push((t!(analyze, "section-checks"), plain_lines.clone()));
    }
    // what chance decided comes before what was only seen
    let beside: Vec<String> = experiment.iter().flat_map(by_chance).collect();
    let mut sentences = beside.clone();
    sentences.push(entry.counts.clone());
    sentences.extend(entry.estimate.clone());
    let risk = detail.risk.map(Ok).or(detail.no_risk.map(Err));
    let risk = risk.map(|r| say::explain::risk(a, &r));
    sentences.extend(risk.clone());
    let mut first = beside;
    first.push(entry.counts.clone());
    match all.refused {
        Some(why) => {
            sentences.push(say::factor::refusal(why));
            first.push(say::factor::refusal(why));
        }
        None => {
            // the meaning of an experiment stands above already
            let mut judged: Vec<String> = match entry.experiment {
                Some(_) => Vec::new(),
                None => vec![entry.meaning.clone()],
            };
            judged.extend(entry.warnings.iter().cloned());
            judged.extend(say::factor::long_spells(all.block_nights));
            sentences.extend(judged.iter().cloned());
            first.extend(judged);
            sentences.push(say::factor::looks(&all));
        }
    }
    for said in left_out.iter().map(say::factor::left_out) {
        sentences.push(said.clone());
        first.push(said);
    }
    Ok(Explained {
        schema: 1,
        kind: "explain",
        unit: a.unit.clone(),
        table: TwoByTwo {
            with,
            without,
            exposed: [t.cramp_exposed, t.exposed - t.cramp_exposed],
            unexposed: [t.cramp_unexposed, t.unexposed - t.cramp_unexposed],
            rate_ratio: detail.companions.rate_ratio,
            p: detail.companions.rate_p,
            odds_ratio: detail.companions.odds_ratio,
            odds_p: detail.companions.odds_p,
        },
        plain_lines,
        level_lines,
        check_lines,
        left_out,
        estimates: estimates(a, &entry, risk),
        first,
        sections,
        experiment,
        night_lines: detail
            .nights
            .iter()
            .rev()
            .filter(|n| n.cramps > 0)
            .take(NIGHTS_SHOWN)
            .map(|n| say::explain::night(factor, n))
            .collect(),
        entry,
        detail,
        sentences,
    })
}

/// An experiment in short, with what tells it from the nights it is followed by.
fn by_chance(result: &ExperimentResult) -> Vec<String> {
    let mut said = vec![t!(experiment, "explain-title", title = result.title)];
    said.extend(result.first.iter().cloned());
    said.extend(result.means.iter().cloned());
    said.push(t!(experiment, "explain-more", thing = result.thing));
    said
}

/// The estimate that is graded and the one without the other factors; `risk` says what it comes to in 100 nights.
fn estimates(a: &Association, entry: &Entry, risk: Option<String>) -> Option<Estimates> {
    let effect = a.effect.as_ref()?;
    let alone = a.alone.map(|estimate| Association {
        effect: Some(Effect {
            estimate,
            ..effect.clone()
        }),
        ..a.clone()
    });
    let axis = ratio_axis(&alone.iter().chain([a]).collect::<Vec<_>>());
    let estimate = |label, of: &Association| {
        Some(EstimateRow {
            label,
            ratio: say::overview::ratio_in_short(of.ratio()?),
            place: row(of, &axis),
        })
    };
    let graded = match say::factor::beside_others(a) {
        true => t!(analyze, "row-joint"),
        false => t!(analyze, "row-single"),
    };
    let mut rows: Vec<EstimateRow> = estimate(graded, a).into_iter().collect();
    rows.extend(alone.and_then(|of| estimate(t!(analyze, "row-alone"), &of)));
    let is_finite = effect.estimate.value.is_finite() && effect.estimate.value > 0.0;
    let mut remarks: Vec<String> = Vec::new();
    if !is_finite {
        remarks.extend(entry.estimate.clone());
    }
    remarks.push(t!(analyze, "both-allow", n = rows.len()));
    remarks.extend(risk);
    let step = say::factor::step(a);
    Some(Estimates {
        compares: t!(analyze, "compares", step),
        axis,
        rows,
        remarks,
    })
}
