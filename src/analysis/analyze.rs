//! Which factors go with cramps: every factor is evaluated on all nights; a link is announced at a look.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::analysis::association::{
    Association, Associations, Caution, Effect, Grade, HINT_P, NoAnalysis, grade,
};
use crate::analysis::cramp_risk::cramp_risk;
use crate::analysis::evaluation::{Evaluation, FactorFit, evaluate, is_exploratory};
use crate::analysis::exposure::{Exposure, plain_table};
use crate::analysis::factor_detail::ahead;
use crate::analysis::gain::chance_of_change;
use crate::analysis::gate::{FEWEST_CRAMP_NIGHTS, Gate, gates, more_nights, too_wide};
use crate::analysis::looks::{History, LookState, Standing, Test};
use crate::analysis::model::{BLOCK, NightModel};
use crate::analysis::night_table::{
    Factor, Kind, NightTable, after_a_gap, only_when_it_hurt, unknown_against_known,
};

/// False discovery rate at which a look announces, and the one where counts are far more scattered than Poisson ones.
const ANNOUNCE_Q: f64 = 0.06;
const SCATTERED_Q: f64 = 0.04;
/// Scatter beyond the background, and share of the grid on scattered counts, from which the second stands.
const SCATTERED_KAPPA: f64 = 1.2;
const SCATTERED_SHARE: f64 = 0.5;
/// p of a later night's value at which a link is held back: where tomorrow's goes with tonight's cramps and that of the
/// night after does too. Tomorrow's goes with them by itself where a thing is done because of last night's cramp. The
/// background allows for that, and a third of such people's true links would be held back; so by itself it must go far
/// beyond what a habit makes of it.
const LATER_P: f64 = 0.01;
const TOMORROW_ALONE_P: f64 = 1e-8;
/// One-sided p of the nights after an announcement that bears it out.
const BORNE_OUT_P: f64 = 0.05;
/// Changes below which a person may have answered the cramps with them.
const FEW_SWITCHES: usize = 10;

/// Whether a look that is due is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looking {
    Take,
    /// Estimates are refreshed, grades stay.
    Leave,
}

/// Analyses a table. `history` is what the looks of the diary come to.
pub(crate) fn associations(
    table: &NightTable,
    history: &History,
    looking: Looking,
) -> Associations {
    analysis(table, history, looking, None).0
}

/// The same with the evaluation behind it; `None` when there is no cramp, or nothing, to evaluate. With `only`, just that
/// factor is graded, and of the others stand the counts: a page of one factor need not wait for the checks of all links.
pub(crate) fn analysis(
    table: &NightTable,
    history: &History,
    looking: Looking,
    only: Option<usize>,
) -> (Associations, Option<Evaluation>) {
    let nights = table.counts();
    let span = table
        .recorded_span()
        .map(|(a, b)| (table.evening(a), table.evening(b)));
    let refused = refusal(table);
    let is_announced = |history: &History, factor: &str| {
        let standing = history.standing(factor);
        standing.is_some_and(|s| s.announced.is_some())
    };
    let evaluation = evaluate(table, &|name| is_announced(history, name));
    let judged = evaluation.as_ref().filter(|_| refused.is_none());
    let cramp_nights = judged.map_or(0, |e| e.model.cramp_nights());
    // A look that can judge nothing would spend the budget on nothing.
    let is_test = judged.is_some_and(|e| !e.tests.is_empty());
    let due = is_test && history.weight(cramp_nights).is_some();
    let look_taken = judged
        .filter(|_| due && looking == Looking::Take)
        .map(|e| take_look(table, e, history));
    let after;
    let history = match &look_taken {
        Some(look) => {
            after = history.clone().after(look);
            &after
        }
        None => history,
    };
    let factors = (0..table.factors.len())
        .into_par_iter()
        .map(|i| match &evaluation {
            Some(evaluation) if only.is_none_or(|one| one == i) => {
                association(table, evaluation, i, history, refused)
            }
            _ => nothing_to_say(table, &table.factors[i]),
        })
        .collect();
    let model = evaluation.as_ref().map(|e| &e.model);
    let found = Associations {
        nights,
        span,
        tested: judged.map_or(0, |e| e.tests.len()),
        look: Some(history.cramp_nights()).filter(|_| history.taken() > 0),
        looks: history.taken(),
        budget_used: history.spent(),
        next_look: history.next_due(),
        look_due: due && look_taken.is_none(),
        factors,
        refused,
        after_gaps: after_a_gap(table),
        winsorised: evaluation.as_ref().map(|e| e.winsorised),
        dispersion: model.and_then(|m| m.dispersion()),
        overdispersion_p: model.and_then(|m| m.overdispersion_p()),
        block_nights: model.map_or(BLOCK, |m| m.block),
        hold: history.hold(),
        look_taken,
    };
    (found, evaluation)
}

/// Whether a look is due, told without fitting anything.
pub(crate) fn look_due(table: &NightTable, history: &History) -> bool {
    let counts: Vec<Option<f64>> = table.counts.iter().map(|c| c.map(f64::from)).collect();
    let model = NightModel::new(table.first, &counts).filter(|_| refusal(table).is_none());
    let Some(model) = model else { return false };
    let can_judge = |factor: &Factor| {
        !is_exploratory(factor) && gates(&model, &Exposure::new(&model, factor)).is_empty()
    };
    history.weight(model.cramp_nights()).is_some() && table.factors.iter().any(can_judge)
}

pub(crate) fn refusal(table: &NightTable) -> Option<NoAnalysis> {
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

/// The look that is due: announces by today's joint fit, and asks of each earlier announcement whether the nights since
/// bear it out.
fn take_look(table: &NightTable, evaluation: &Evaluation, history: &History) -> LookState {
    let factors = &evaluation.factors;
    let name = |i: usize| table.factors[i].name.clone();
    let tests: Vec<Test> = evaluation
        .tests
        .iter()
        .filter_map(|t| {
            let first = *t.factors.members.first()?;
            Some(Test {
                factors: t.factors.members.iter().map(|&m| name(m)).collect(),
                p: factors[first].p?,
                direction: factors[first].direction()?,
            })
        })
        .collect();
    let scattered = evaluation
        .fit
        .as_ref()
        .is_some_and(|f| f.kappa() > SCATTERED_KAPPA || f.scattered() > SCATTERED_SHARE);
    let limit = if scattered { SCATTERED_Q } else { ANNOUNCE_Q };
    let night = table
        .recorded_span()
        .map_or(table.first, |(_, last)| table.evening(last));
    let mut look = history.look(evaluation.model.cramp_nights(), night, &tests, limit);
    for factor in look.factors.iter_mut().filter(|f| f.consistent.is_none()) {
        let earlier = history.standing(&factor.factor);
        if earlier.is_some_and(|s| borne_out(table, s)) {
            factor.consistent = Some(night);
        }
    }
    look
}

/// Whether the nights after the announcement of a link, by themselves, speak for it too.
fn borne_out(table: &NightTable, standing: &Standing) -> bool {
    let after = |announced: NaiveDate| {
        let later = table.after(announced)?;
        let evaluation = evaluate(&later, &|_| false)?;
        let i = table
            .factors
            .iter()
            .position(|f| f.name == standing.factor)?;
        let evaluated = &evaluation.factors[i];
        let enough = evaluation.model.cramp_nights() >= FEWEST_CRAMP_NIGHTS;
        let same_sign = evaluated.direction()? * standing.direction? > 0.0;
        let p = evaluated.p.filter(|_| evaluated.gates.is_empty())?;
        Some(enough && same_sign && p <= 2.0 * BORNE_OUT_P)
    };
    standing.announced.and_then(after).unwrap_or(false)
}

fn association(
    table: &NightTable,
    evaluation: &Evaluation,
    i: usize,
    history: &History,
    refused: Option<NoAnalysis>,
) -> Association {
    let (factor, evaluated) = (&table.factors[i], &evaluation.factors[i]);
    let selective = unknown_against_known(table, &factor.values);
    let standing = history
        .standing(&factor.name)
        .filter(|_| !is_exploratory(factor));
    let announced = standing.is_some_and(|s| s.announced.is_some());
    let mut cautions = cautions(factor, evaluated, selective);
    let mut cap = match selective || is_exploratory(factor) {
        true => Grade::Hint,
        false => Grade::Consistent,
    };
    let today = announced && evaluated.p.is_some_and(|p| p <= HINT_P);
    if today && goes_with_later_nights(table, evaluation, i) {
        cautions.push(Caution::Tomorrow);
        cap = cap.min(Grade::Hint);
    }
    let grade = match refused {
        Some(_) => Grade::NotEnough,
        None => grade(evaluated, standing, cap),
    };
    // What today's numbers would let pass waits for the next look.
    if grade == Grade::Hint && cap > Grade::Hint && !announced {
        cautions.push(Caution::WaitsForLook);
    }
    if grade.is_link() && evaluated.exposure.switches() < FEW_SWITCHES {
        cautions.push(Caution::FewSwitches);
    }
    let column = evaluated.leading_column();
    let open = evaluated.gates.is_empty() && refused.is_none();
    let ratio = evaluated.rate_ratio(column).filter(|_| open);
    let mut gates = evaluated.gates.clone();
    if open && grade == Grade::NotEnough && ratio.is_some_and(|r| too_wide(r.low, r.high)) {
        gates.push(Gate::Wide);
    }
    // A course that was started once does not gather switches however long the diary grows.
    let is_switches = |g: &Gate| matches!(g, Gate::Switches { .. });
    let once = factor.kind == Kind::Course && gates.iter().any(is_switches);
    let need = (grade == Grade::NotEnough && !once) || grade == Grade::CannotTell;
    let exposure = &evaluated.exposure;
    Association {
        step: exposure.steps.get(column).cloned(),
        effect: ratio.map(|estimate| Effect {
            measure: "rate ratio",
            per: String::new(),
            estimate,
        }),
        risk: (open && grade.is_link()).then(|| cramp_risk(&evaluation.model, exposure, column)),
        p: evaluated.p.filter(|_| open),
        p_spent: standing.map(|s| s.p_spent),
        q: standing.and_then(|s| s.q),
        switches: exposure.switches(),
        filled: exposure.values.iter().filter(|v| v.is_none()).count(),
        grade,
        in_family: evaluated.in_family && refused.is_none(),
        need_nights: (need && refused.is_none())
            .then(|| more_nights(&evaluation.model, exposure, &gates))
            .flatten(),
        chance_of_change: (grade < Grade::Hint && refused.is_none() && !evaluated.left_out)
            .then(|| chance_of_change(&evaluation.model, evaluated, grade))
            .flatten(),
        gates,
        bundled_with: evaluated
            .bundled_with
            .iter()
            .map(|&o| table.factors[o].name.clone())
            .collect(),
        announced: standing.and_then(|s| s.announced),
        cautions,
        ..Association::counted(factor, exposure.split, exposure.table, evaluated.coverage)
    }
}

/// Negative control: whether values of later nights go with tonight's cramps, which cannot be an effect.
fn goes_with_later_nights(table: &NightTable, evaluation: &Evaluation, i: usize) -> bool {
    let p = |nights| ahead(evaluation, table, i, nights).and_then(|a| a.p);
    let also_after = || p(2).is_some_and(|p| p <= LATER_P);
    p(1).is_some_and(|p| p <= TOMORROW_ALONE_P || (p <= LATER_P && also_after()))
}

fn cautions(factor: &Factor, evaluated: &FactorFit, selective: bool) -> Vec<Caution> {
    let t = &evaluated.exposure.table;
    let open = evaluated.gates.is_empty();
    let one_sided = open && (t.episodes_exposed == 0 || t.episodes_unexposed == 0);
    let all = [
        (selective, Caution::SelectiveLogging),
        (is_exploratory(factor), Caution::Exploratory),
        (factor.recalled > 0, Caution::Recalled),
        (!evaluated.bundled_with.is_empty(), Caution::Bundled),
        (evaluated.left_out, Caution::NotJudged),
        (one_sided, Caution::NoCrampsOnOneSide),
        (
            evaluated.gates.contains(&Gate::NoModel),
            Caution::NoEstimate,
        ),
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
