//! Which factors go with cramps: every factor is evaluated on all nights; a link is announced at a scheduled look.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::analysis::association::{
    Association, Associations, Caution, Due, Effect, FIRST_LOOK, Grade, HINT_P, LookFactor,
    LookState, NoAnalysis, POSSIBLE_Q, due, grade,
};
use crate::analysis::cramp_risk::cramp_risk;
use crate::analysis::evaluation::{Evaluation, FactorFit, evaluate};
use crate::analysis::exposure::plain_table;
use crate::analysis::gate::{FEWEST_CRAMP_NIGHTS, FULL_COVERAGE, Gate, more_nights};
use crate::analysis::model::BLOCK;
use crate::analysis::night_table::{
    Factor, Kind, NightTable, after_a_gap, only_when_it_hurt, unknown_against_known,
};
use crate::analysis::sensitivity::{FilledModels, Resampling, Support, support};

/// Analyses a table. `kept` are the looks the diary already holds; a look it does not hold is taken from the nights
/// up to then.
pub(crate) fn associations(
    table: &NightTable,
    kept: &[LookState],
    draws: Resampling,
) -> Associations {
    let nights = table.counts();
    let span = table
        .recorded_span()
        .map(|(a, b)| (table.evening(a), table.evening(b)));
    let refused = refusal(table);
    let evaluation = evaluate(table);
    let dues = due(table);
    let mut new_looks = Vec::new();
    if refused.is_none() {
        let wanted = &dues[dues.len().saturating_sub(2)..];
        for d in wanted
            .iter()
            .filter(|d| !kept.iter().any(|k| k.cramp_nights == d.cramp_nights))
        {
            let half = kept
                .iter()
                .chain(&new_looks)
                .find(|l| l.cramp_nights * 2 == d.cramp_nights)
                .cloned();
            // Of a look that has been followed by another, only what it estimated is needed.
            let grades = Some(d) == dues.last();
            new_looks.extend(take_look(table, *d, half.as_ref(), grades, draws));
        }
    }
    let looks: Vec<LookState> = [kept, new_looks.as_slice()].concat();
    let last = dues
        .last()
        .and_then(|d| looks.iter().find(|l| l.cramp_nights == d.cramp_nights));
    let half = last.and_then(|l| looks.iter().find(|h| h.cramp_nights * 2 == l.cramp_nights));
    let pass = evaluation.as_ref().map(|e| Pass {
        table,
        evaluation: e,
        half,
        draws,
        filled: OnceLock::new(),
    });
    let factors = (0..table.factors.len())
        .into_par_iter()
        .map(|i| match &pass {
            Some(pass) => association(pass, i, last, refused),
            None => nothing_to_say(table, &table.factors[i]),
        })
        .collect();
    Associations {
        nights,
        span,
        tested: evaluation
            .as_ref()
            .filter(|_| refused.is_none())
            .map_or(0, |e| e.family),
        look: last.map(|l| l.cramp_nights),
        next_look: dues.last().map_or(FIRST_LOOK, |d| d.cramp_nights * 2),
        factors,
        refused,
        after_gaps: after_a_gap(table),
        winsorised: evaluation.as_ref().map(|e| e.winsorised),
        dispersion: evaluation.as_ref().and_then(|e| e.model.dispersion()),
        overdispersion_p: evaluation.as_ref().and_then(|e| e.model.overdispersion_p()),
        block_nights: evaluation.as_ref().map_or(BLOCK, |e| e.model.block),
        new_looks,
    }
}

fn refusal(table: &NightTable) -> Option<NoAnalysis> {
    let c = table.counts();
    if c.recorded == 0 {
        Some(NoAnalysis::NoNights)
    } else if c.cramp == 0 {
        Some(NoAnalysis::NoCramps)
    } else if only_when_it_hurt(table) {
        Some(NoAnalysis::OnlyWhenItHurt)
    } else if c.cramp == c.recorded {
        Some(NoAnalysis::OnlyCramps)
    } else {
        None
    }
}

/// Evaluates every factor on the nights a look sees, with or without the checks a grade needs.
fn take_look(
    table: &NightTable,
    due: Due,
    half: Option<&LookState>,
    grades: bool,
    draws: Resampling,
) -> Option<LookState> {
    let then = table.until(due.nights);
    let evaluation = evaluate(&then)?;
    let pass = Pass {
        table: &then,
        evaluation: &evaluation,
        half,
        draws,
        filled: OnceLock::new(),
    };
    let factors = then
        .factors
        .par_iter()
        .enumerate()
        .map(|(i, f)| {
            let e = &evaluation.factors[i];
            let grade = if grades {
                pass.graded(i).grade
            } else {
                grade(e, None, None, Grade::Hint)
            };
            LookFactor::new(&f.name, f.lag, e, grade)
        })
        .collect();
    Some(LookState {
        cramp_nights: due.cramp_nights,
        night: table.evening(due.nights - 1),
        family: evaluation.family,
        factors,
    })
}

/// One evaluation with all that grading it needs.
struct Pass<'p> {
    table: &'p NightTable,
    evaluation: &'p Evaluation,
    half: Option<&'p LookState>,
    draws: Resampling,
    /// Made when the first candidate link asks for it.
    filled: OnceLock<FilledModels>,
}

/// A grade by the rules, the checks it needed and the logging check behind its cap.
struct Graded {
    grade: Grade,
    support: Option<Support>,
    selective: bool,
}

impl Pass<'_> {
    fn graded(&self, i: usize) -> Graded {
        let (factor, evaluated) = (&self.table.factors[i], &self.evaluation.factors[i]);
        let selective = unknown_against_known(self.table, &factor.values);
        let candidate = evaluated.gates.is_empty()
            && evaluated.p_star.is_some_and(|p| p <= HINT_P)
            && evaluated.q.is_some_and(|q| q <= POSSIBLE_Q);
        let support = candidate.then(|| {
            let filled = self
                .filled
                .get_or_init(|| FilledModels::new(self.table, self.evaluation));
            support(self.table, self.evaluation, filled, i, self.draws)
        });
        let earlier = self.half.and_then(|h| h.factor(&factor.name, factor.lag));
        let capped = evaluated.coverage < FULL_COVERAGE || selective || is_exploratory(factor);
        let cap = if capped {
            Grade::Hint
        } else {
            Grade::Consistent
        };
        Graded {
            grade: grade(evaluated, support.as_ref(), earlier, cap),
            support,
            selective,
        }
    }
}

fn is_exploratory(factor: &Factor) -> bool {
    factor.lag > 0 || factor.reaction || factor.detail_of.is_some()
}

fn association(
    pass: &Pass,
    i: usize,
    last: Option<&LookState>,
    refused: Option<NoAnalysis>,
) -> Association {
    let (table, evaluation) = (pass.table, pass.evaluation);
    let (factor, evaluated) = (&table.factors[i], &evaluation.factors[i]);
    let Graded {
        grade: now,
        support,
        selective,
    } = pass.graded(i);
    let at_look = last
        .and_then(|l| l.factor(&factor.name, factor.lag))
        .map_or(Grade::NotEnough, |f| f.grade);
    let mut cautions = cautions(factor, evaluated, selective);
    // A link is announced only at a look and may be withdrawn at any time.
    let grade = match () {
        () if refused.is_some() => Grade::NotEnough,
        () if !now.is_link() => now,
        () if at_look.is_link() => now.min(at_look),
        () => Grade::CannotTell,
    };
    if grade != now && refused.is_none() {
        cautions.push(Caution::WaitsForLook);
    }
    let column = evaluated.leading_column();
    let open = evaluated.gates.is_empty() && refused.is_none();
    // A course that was started once does not gather switches however long the diary grows.
    let once = factor.kind == Kind::Course
        && evaluated
            .gates
            .iter()
            .any(|g| matches!(g, Gate::TooFewSwitches { .. }));
    let need = (!open && !once) || matches!(grade, Grade::CannotTell);
    let since = pass
        .half
        .filter(|_| grade == Grade::Consistent)
        .map(|h| h.night);
    Association {
        step: evaluated.exposure.steps.get(column).cloned(),
        effect: evaluated
            .rate_ratio(column)
            .filter(|_| open)
            .map(|estimate| Effect {
                measure: "rate ratio",
                per: String::new(),
                estimate,
            }),
        risk: (open && grade.is_link())
            .then(|| cramp_risk(&evaluation.model, &evaluated.exposure, column)),
        p_alone: evaluated.p_alone.filter(|_| open),
        p_joint: evaluated.p_joint.filter(|_| open),
        p: evaluated.p_star.filter(|_| open),
        q: evaluated.q.filter(|_| open),
        g_star: evaluated.g_star(),
        grade,
        gates: evaluated.gates.clone(),
        in_family: evaluated.in_family && refused.is_none(),
        need_nights: (need && refused.is_none())
            .then(|| more_nights(&evaluation.model, &evaluated.exposure, &evaluated.gates))
            .flatten(),
        bundled_with: evaluated
            .bundled_with
            .iter()
            .map(|&o| table.factors[o].name.clone())
            .collect(),
        support,
        since,
        cautions,
        ..Association::counted(
            factor,
            evaluated.exposure.split,
            evaluated.exposure.table,
            evaluated.coverage,
        )
    }
}

fn cautions(factor: &Factor, evaluated: &FactorFit, selective: bool) -> Vec<Caution> {
    let gated = |gate: fn(&Gate) -> bool| evaluated.gates.iter().any(gate);
    let uncovered = gated(|g| matches!(g, Gate::Coverage { .. }));
    let zero_side = evaluated.zero_side.is_some();
    let unadjusted = evaluated.in_family && evaluated.p_joint.is_none() && !zero_side;
    let low_coverage = evaluated.coverage < FULL_COVERAGE && !uncovered;
    let all = [
        (low_coverage, Caution::LowCoverage),
        (selective, Caution::SelectiveLogging),
        (is_exploratory(factor), Caution::Exploratory),
        (factor.recalled > 0, Caution::Recalled),
        (!evaluated.bundled_with.is_empty(), Caution::Bundled),
        (unadjusted, Caution::NotAdjustedForOthers),
        (zero_side, Caution::NoCrampsOnOneSide),
        (gated(|g| *g == Gate::NoModel), Caution::NoEstimate),
    ];
    let holding = all.into_iter().filter(|(holds, _)| *holds);
    holding.map(|(_, caution)| caution).collect()
}

/// The entry of a factor when no night, or no cramp, is recorded.
fn nothing_to_say(table: &NightTable, factor: &Factor) -> Association {
    let (split, plain) = plain_table(&table.counts, factor);
    let gate = if plain.nights == 0 {
        Gate::NothingKnown
    } else {
        Gate::CrampNights {
            have: 0,
            need: FEWEST_CRAMP_NIGHTS,
        }
    };
    let coverage = table
        .recorded_span()
        .map_or(0.0, |(a, b)| plain.nights as f64 / (b - a + 1) as f64);
    Association {
        gates: vec![gate],
        ..Association::counted(factor, split, plain, coverage)
    }
}
