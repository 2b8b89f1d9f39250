//! One pass of the association analysis over a night table: gates, each factor alone, all together, p* and q.

use rayon::prelude::*;

use crate::analysis::exposure::Exposure;
use crate::analysis::gate::{FEWEST_BLOCKS, Gate, ZeroSide, coverage, gates, zero_side};
use crate::analysis::joint::{Bundle, JointFit, bundles, joint, joint_width};
use crate::analysis::model::{BACKGROUND_WIDTH, NightModel, SingleFit, Term, TermFit, single};
use crate::analysis::night_table::NightTable;
use crate::stats::estimate::{Adjustment, Estimate, adjust as adjusted};

/// Cramp nights each parameter of the joint model needs.
const CRAMP_NIGHTS_PER_PARAMETER: usize = 5;
/// Cramps above this in one night (or above the 99.5 % point, if higher) are counted as that many in the models.
const WINSOR_FLOOR: f64 = 5.0;

/// What one pass found for one factor.
#[derive(Debug, Clone)]
pub(crate) struct FactorFit {
    pub(crate) exposure: Exposure,
    /// Gates it fails; empty when something may be said.
    pub(crate) gates: Vec<Gate>,
    pub(crate) coverage: f64,
    pub(crate) alone: Option<SingleFit>,
    pub(crate) joint: Option<TermFit>,
    /// Exact answer when one side has no cramps at all.
    pub(crate) zero_side: Option<ZeroSide>,
    /// Whether it is one of the things checked (lag 0, not a detail, past the gates).
    pub(crate) in_family: bool,
    /// p alone; for a bundle, of its members together.
    pub(crate) p_alone: Option<f64>,
    /// p in the joint model; for a bundle, of its members together.
    pub(crate) p_joint: Option<f64>,
    /// The larger of the two.
    pub(crate) p_star: Option<f64>,
    /// False discovery rate at which it would pass (Benjamini-Hochberg over the family).
    pub(crate) q: Option<f64>,
    /// Positions of the other factors it cannot be told apart from.
    pub(crate) bundled_with: Vec<usize>,
}

/// The joint model with the factors in it.
#[derive(Debug, Clone)]
pub(crate) struct Joint {
    pub(crate) fit: JointFit,
    /// Position in the table of the factor behind each term.
    pub(crate) order: Vec<usize>,
}

/// What one pass found.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation {
    pub(crate) model: NightModel,
    pub(crate) factors: Vec<FactorFit>,
    pub(crate) joint: Option<Joint>,
    /// Number of tests counted together (a bundle is one).
    pub(crate) family: usize,
    pub(crate) winsorised: Winsorised,
}

/// What winsorising did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Winsorised {
    pub(crate) nights: usize,
    pub(crate) limit: f64,
}

/// Runs one pass. `None` when no night is recorded or none had a cramp.
pub(crate) fn evaluate(table: &NightTable) -> Option<Evaluation> {
    let (counts, winsorised) = winsorise(&table.counts);
    let model = NightModel::new(table.first, &counts)?.with_blocks_for_spells();
    let mut factors: Vec<FactorFit> = table
        .factors
        .par_iter()
        .map(|factor| {
            let exposure = Exposure::new(&model, factor);
            let mut gates = gates(&model, factor.kind, &exposure);
            let one_sided = gates
                .is_empty()
                .then(|| zero_side(&model, &exposure))
                .flatten();
            // A factor already known to fail is still estimated, for its own page; two blocks of nights are the least.
            let alone = match &exposure.term {
                Some(term) if one_sided.is_none() => single(&model, term),
                _ => None,
            };
            let found = alone.as_ref().map(|a| (a.p, a.term.g_star));
            let found = found.or(one_sided.as_ref().map(|z| (z.p, z.g_star)));
            match found {
                Some((_, g_star)) if gates.is_empty() && g_star < FEWEST_BLOCKS => {
                    gates.push(Gate::TooFewSwitches { g_star })
                }
                None if gates.is_empty() => gates.push(Gate::NoModel),
                _ => {}
            }
            let in_family = gates.is_empty() && factor.lag == 0 && factor.detail_of.is_none();
            let coverage = coverage(&model, &exposure);
            FactorFit {
                exposure,
                gates,
                coverage,
                alone,
                joint: None,
                zero_side: one_sided,
                in_family,
                p_alone: found.map(|f| f.0),
                p_joint: None,
                p_star: None,
                q: None,
                bundled_with: Vec::new(),
            }
        })
        .collect();
    let groups = group(&factors);
    let joint = test_together(&model, &mut factors, &groups);
    let family = adjust(&mut factors, &groups);
    Some(Evaluation {
        model,
        factors,
        joint,
        family,
        winsorised,
    })
}

/// Lowers counts above max(5, 99.5 % point) to that limit.
fn winsorise(counts: &[Option<u32>]) -> (Vec<Option<f64>>, Winsorised) {
    let mut known: Vec<u32> = counts.iter().flatten().copied().collect();
    let rank = (known.len() as f64 * 0.995).ceil() as usize;
    let point = match known.len() {
        0 => 0.0,
        n => f64::from(*known.select_nth_unstable(rank.clamp(1, n) - 1).1),
    };
    let limit = point.max(WINSOR_FLOOR);
    let nights = known.iter().filter(|c| f64::from(**c) > limit).count();
    let counts = counts
        .iter()
        .map(|c| c.map(|c| f64::from(c).min(limit)))
        .collect();
    (counts, Winsorised { nights, limit })
}

/// Bundles among the family, with positions in the table.
fn group(factors: &[FactorFit]) -> Vec<Bundle> {
    let eligible: Vec<usize> = (0..factors.len())
        .filter(|&i| factors[i].in_family && factors[i].alone.is_some())
        .collect();
    let exposures: Vec<&Exposure> = eligible.iter().map(|&i| &factors[i].exposure).collect();
    let place = |m: Vec<usize>| m.into_iter().map(|i| eligible[i]).collect();
    bundles(&exposures)
        .into_iter()
        .map(|b| Bundle {
            members: place(b.members),
            modelled: place(b.modelled),
        })
        .collect()
}

fn term(factors: &[FactorFit], i: usize) -> Option<&Term> {
    factors[i].exposure.term.as_ref()
}

/// Joint p of every group that fits, and for a bundle the p of its members without the other groups.
fn test_together(
    model: &NightModel,
    factors: &mut [FactorFit],
    groups: &[Bundle],
) -> Option<Joint> {
    for group in groups.iter().filter(|g| g.members.len() > 1) {
        let terms: Vec<&Term> = group
            .modelled
            .iter()
            .filter_map(|&i| term(factors, i))
            .collect();
        let p =
            joint(model, &terms).and_then(|j| j.bundle(&(0..terms.len()).collect::<Vec<_>>()).p);
        for &m in &group.members {
            factors[m].p_alone = p;
            factors[m].bundled_with = group.members.iter().copied().filter(|o| *o != m).collect();
        }
    }
    let admitted = admitted(model, factors, groups);
    let order: Vec<usize> = admitted
        .iter()
        .flat_map(|&g| groups[g].modelled.clone())
        .collect();
    let terms: Vec<&Term> = order.iter().filter_map(|&i| term(factors, i)).collect();
    let fit = joint(model, &terms)?;
    let mut next = 0;
    for group in admitted.iter().map(|&g| &groups[g]) {
        let slots: Vec<usize> = (next..next + group.modelled.len()).collect();
        next += slots.len();
        let together = fit.bundle(&slots);
        for &m in &group.members {
            factors[m].p_joint = together.p;
        }
        if let [only] = group.members[..] {
            factors[only].joint = Some(together);
        }
    }
    Some(Joint { fit, order })
}

/// Groups that enter the joint model, in table order: all of them, or those with the smallest p alone while
/// there are five cramp nights a parameter.
fn admitted(model: &NightModel, factors: &[FactorFit], groups: &[Bundle]) -> Vec<usize> {
    let cramp_nights = model.cramp.iter().filter(|c| **c > 0.0).count();
    let mut room = (cramp_nights / CRAMP_NIGHTS_PER_PARAMETER).saturating_sub(BACKGROUND_WIDTH);
    let p = |g: usize| {
        groups[g]
            .members
            .first()
            .and_then(|&m| factors[m].p_alone)
            .unwrap_or(1.0)
    };
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|a, b| p(*a).total_cmp(&p(*b)));
    let mut kept = Vec::new();
    for g in order {
        let width = groups[g]
            .modelled
            .iter()
            .filter_map(|&i| term(factors, i))
            .map(|t| joint_width(model, t))
            .sum::<usize>();
        if width > room {
            break;
        }
        room -= width;
        kept.push(g);
    }
    kept.sort_unstable();
    kept
}

/// p* and q over the family; the number of tests.
fn adjust(factors: &mut [FactorFit], groups: &[Bundle]) -> usize {
    for f in factors.iter_mut() {
        f.p_star = f.p_alone.map(|a| f.p_joint.map_or(a, |j| a.max(j)));
    }
    let mut tests: Vec<Vec<usize>> = groups.iter().map(|g| g.members.clone()).collect();
    tests.extend(
        (0..factors.len())
            .filter(|&i| factors[i].in_family && factors[i].zero_side.is_some())
            .map(|i| vec![i]),
    );
    tests.retain(|members| {
        members
            .first()
            .is_some_and(|&m| factors[m].p_star.is_some())
    });
    let p: Vec<Option<f64>> = tests
        .iter()
        .map(|members| members.first().and_then(|&m| factors[m].p_star))
        .collect();
    for (members, q) in tests
        .iter()
        .zip(adjusted(&p, Adjustment::BenjaminiHochberg))
    {
        for &m in members {
            factors[m].q = q;
        }
    }
    p.len()
}

impl FactorFit {
    /// Rate ratio of step `column` with its 95 % interval: from the joint model when the factor is in it, else alone.
    pub(crate) fn rate_ratio(&self, column: usize) -> Option<Estimate> {
        if let Some(zero) = &self.zero_side {
            return zero.rate_ratio;
        }
        let step = self.exposure.step_in_sd(column)?;
        let alone = &self.alone.as_ref()?.term;
        self.joint
            .as_ref()
            .unwrap_or(alone)
            .rate_ratio(column, step)
    }

    /// Effective number of blocks behind the estimate alone.
    pub(crate) fn g_star(&self) -> Option<f64> {
        self.alone
            .as_ref()
            .map(|a| a.term.g_star)
            .or(self.zero_side.as_ref().map(|z| z.g_star))
    }

    /// The column whose estimate stands for the factor: the only one, or the level furthest from no difference.
    pub(crate) fn leading_column(&self) -> usize {
        let z = |k: usize| {
            self.alone
                .as_ref()
                .map_or(0.0, |a| (a.term.beta[k] / a.term.se[k]).abs())
        };
        let columns = self.exposure.steps.len();
        (0..columns)
            .max_by(|a, b| z(*a).total_cmp(&z(*b)).then(b.cmp(a)))
            .unwrap_or(0)
    }
}
