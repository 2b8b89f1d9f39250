//! What many diaries say together: per factor the mean over people, how much people differ, and where the next person is
//! to be expected. Experiments and observation are pooled apart, and each is a family of its own. Three numbers a diary
//! and factor are held.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use crate::analysis::cohort::{Contrast, Part, Person, SCHEMA, SMALLEST_CELL, is_shared, told};
use crate::diary::factor::Catalogue;
use crate::stats::by_size::{BySize, mean_by_size};
use crate::stats::estimate::{Adjustment, Estimate, adjust};
use crate::stats::meta::{Pooled, SmallStudies, Study, egger, leave_one_out, pool};
use crate::stats::next_study::next_study;

/// Diaries from which small ones are compared with large ones; below, the comparison finds next to nothing (J. A. C. Sterne
/// and others, BMJ 343, 2011).
const FEWEST_FOR_EGGER: usize = 10;
/// Most diaries that are left out one by one, and what all that may take: of very many none changes anything.
const MOST_LEFT_OUT: usize = 200;
const LEFT_OUT_WORK: usize = 2_000_000;

/// How far the mean moves when one diary is left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct LeaveOneOut {
    /// The smallest and the largest mean ratio.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Whether one diary decides on which side of 1 the interval lies, or that it lies on one.
    pub(crate) decides: bool,
}

/// One factor over all diaries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PooledFactor {
    pub(crate) factor: String,
    pub(crate) contrast: Contrast,
    /// People with an estimate; `None` below [`SMALLEST_CELL`], and then nothing more is told.
    pub(crate) people: Option<usize>,
    /// People who wrote it down without enough for an estimate; `None` below [`SMALLEST_CELL`], unless nobody.
    pub(crate) not_enough: Option<usize>,
    /// Nights behind the estimates.
    pub(crate) nights: Option<usize>,
    /// Mean rate ratio over people, weighted by how much people differ and how long they wrote.
    pub(crate) ratio: Option<Estimate>,
    /// The same weighted by the standard errors instead, with its Hartung-Knapp interval: what other programs print, and too
    /// high where people differ, because who has more cramps has the smaller error.
    pub(crate) ratio_by_precision: Option<Estimate>,
    /// Standard error of the logarithm of `ratio`.
    pub(crate) se: Option<f64>,
    pub(crate) p: Option<f64>,
    /// False discovery rate over the family.
    pub(crate) q: Option<f64>,
    /// Where the ratio of the next person lies.
    pub(crate) prediction: Option<Estimate>,
    /// The same were `tau2` not an estimate but true: what other programs print, and too narrow where people are few.
    pub(crate) prediction_if_tau2_were_known: Option<Estimate>,
    /// Variance of the log ratios between people.
    pub(crate) tau2: Option<f64>,
    pub(crate) tau2_se: Option<f64>,
    pub(crate) i2: Option<f64>,
    pub(crate) h2: Option<f64>,
    pub(crate) heterogeneity: Option<f64>,
    pub(crate) heterogeneity_p: Option<f64>,
    /// People whose own estimate is above 1, and below; `None` when either are few.
    pub(crate) above: Option<usize>,
    pub(crate) below: Option<usize>,
    pub(crate) leave_one_out: Option<LeaveOneOut>,
    /// Whether short diaries say something else than long ones, by one over the root of their nights.
    pub(crate) small_diaries: Option<SmallStudies>,
}

/// All factors over all diaries.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Cohort {
    pub(crate) diaries: usize,
    /// Diaries with an estimate of anything.
    pub(crate) estimated: usize,
    /// The numbers of those without, and of those that say to the last digit what another one said: counted once.
    pub(crate) not_enough: Vec<usize>,
    pub(crate) copies: Vec<usize>,
    pub(crate) observed: Vec<PooledFactor>,
    pub(crate) experiments: Vec<PooledFactor>,
}

/// Why a line of stage one is not taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NotALine {
    Schema(u32),
    /// A thing that is not one of those every diary knows.
    Factor(String),
    /// A number that cannot be an estimate or its error, of this factor.
    Number(String),
}

#[derive(Debug, Clone, Default)]
struct Studies {
    /// What each diary found, on how many nights with and without.
    found: Vec<(Study, [u32; 2])>,
    not_enough: usize,
}

type Family = BTreeMap<(String, Contrast), Studies>;

/// What has been gathered so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    /// Lines so far.
    lines: usize,
    diaries: usize,
    not_enough: Vec<usize>,
    copies: Vec<usize>,
    /// What the lines with an estimate say, in short.
    said: HashSet<u64>,
    observed: Family,
    experiments: Family,
}

impl Gathered {
    /// Adds what one diary says. A line without a number takes the next one.
    ///
    /// # Errors
    /// It is no line of stage one; nothing of it is then taken.
    pub(crate) fn add(&mut self, person: &Person) -> Result<(), NotALine> {
        if person.schema != SCHEMA {
            return Err(NotALine::Schema(person.schema));
        }
        let known = Catalogue::built_in();
        let parts = || person.observed.iter().chain(&person.experiments);
        parts().try_for_each(|part| check(&known, part))?;
        self.lines += 1;
        let number = person.diary.unwrap_or(self.lines);
        match in_short(person) {
            Some(said) if !self.said.insert(said) => {
                self.copies.push(number);
                return Ok(());
            }
            Some(_) => {}
            None => self.not_enough.push(number),
        }
        self.diaries += 1;
        put(&mut self.observed, &person.observed);
        put(&mut self.experiments, &person.experiments);
        Ok(())
    }

    /// Pools what was gathered.
    pub(crate) fn pool(mut self) -> Cohort {
        self.not_enough.sort_unstable();
        self.copies.sort_unstable();
        Cohort {
            diaries: self.diaries,
            estimated: self.diaries - self.not_enough.len(),
            not_enough: self.not_enough,
            copies: self.copies,
            observed: family(self.observed),
            experiments: family(self.experiments),
        }
    }
}

/// A number that two people do not share (FNV-1a over the bits of all estimates); `None` without an estimate.
fn in_short(person: &Person) -> Option<u64> {
    let parts = person.observed.iter().chain(&person.experiments);
    let found = parts
        .filter_map(study)
        .flat_map(|s| [s.estimate, s.variance]);
    let mix = |hash: u64, x: f64| (hash ^ x.to_bits()).wrapping_mul(0x0100_0000_01b3);
    found.fold(None, |hash, x| {
        Some(mix(hash.unwrap_or(0xcbf2_9ce4_8422_2325), x))
    })
}

fn study(part: &Part) -> Option<Study> {
    let (estimate, se) = (part.log_rate_ratio?, part.se?);
    let variance = se * se;
    Some(Study { estimate, variance })
}

fn check(known: &Catalogue, part: &Part) -> Result<(), NotALine> {
    if !is_shared(known, &part.factor) {
        return Err(NotALine::Factor(part.factor.clone()));
    }
    let fits = match (part.log_rate_ratio, part.se) {
        (None, None) => true,
        (Some(log), Some(se)) => log.is_finite() && se > 0.0 && (se * se).is_normal(),
        _ => false,
    };
    match fits {
        true => Ok(()),
        false => Err(NotALine::Number(part.factor.clone())),
    }
}

fn put(family: &mut Family, parts: &[Part]) {
    for part in parts {
        let studies = family
            .entry((part.factor.clone(), part.contrast))
            .or_default();
        match study(part) {
            Some(study) => {
                let nights = [part.nights_with, part.nights_without];
                let nights = nights.map(|n| u32::try_from(n.unwrap_or(0)).unwrap_or(u32::MAX));
                studies.found.push((study, nights));
            }
            None => studies.not_enough += 1,
        }
    }
}

/// The factors of a family in the order of the catalogue, with the false discovery rate over all of them.
fn family(family: Family) -> Vec<PooledFactor> {
    let all = family.into_iter();
    let mut pooled: Vec<PooledFactor> = all
        .map(|((factor, contrast), studies)| pooled(factor, contrast, studies))
        .collect();
    let p: Vec<Option<f64>> = pooled.iter().map(|f| f.p).collect();
    for (factor, q) in pooled
        .iter_mut()
        .zip(adjust(&p, Adjustment::BenjaminiHochberg))
    {
        factor.q = q;
    }
    let known = Catalogue::built_in();
    let place = |f: &PooledFactor| known.all().iter().position(|d| d.factor == f.factor);
    pooled.sort_by_key(|f| (place(f), f.contrast));
    pooled
}

fn pooled(factor: String, contrast: Contrast, mut studies: Studies) -> PooledFactor {
    // sums must not depend on who came first
    studies.found.sort_by(|(a, n), (b, m)| {
        let by_estimate = a.estimate.total_cmp(&b.estimate);
        let by_both = by_estimate.then(a.variance.total_cmp(&b.variance));
        by_both.then(n.cmp(m))
    });
    let (found, nights): (Vec<Study>, Vec<[u32; 2]>) = studies.found.into_iter().unzip();
    let found = found.as_slice();
    let people = told(found.len());
    let pooled = people.and_then(|_| pool(found, 0.95));
    // where others tell their nights, a line that does not weighs as one with the fewest that are told
    let fewest = match nights.iter().any(|n| !n.contains(&0)) {
        true => SMALLEST_CELL as f64,
        false => 0.0,
    };
    let told_nights = |n: &[u32; 2]| n.map(|n| f64::from(n).max(fewest));
    let in_all = |n: &[u32; 2]| told_nights(n).iter().sum::<f64>();
    // a rare thing is known as well as its few nights allow
    let weighty = |n: &[u32; 2]| told_nights(n).iter().product::<f64>() / in_all(n);
    let sizes = |of: &dyn Fn(&[u32; 2]) -> f64| -> Vec<f64> {
        nights.iter().map(|n| of(n).sqrt().recip()).collect()
    };
    let weight_of = sizes(&weighty);
    let shown = pooled.map(|p| mean(found, &weight_of, &p));
    let sides = |above: bool| found.iter().filter(|s| (s.estimate > 0.0) == above).count();
    let sides = people.and_then(|_| Some((told(sides(true))?, told(sides(false))?)));
    let egger = (found.len() >= FEWEST_FOR_EGGER).then(|| egger(found, &sizes(&in_all)));
    let of = |what: fn(&Pooled) -> f64| pooled.as_ref().map(what);
    PooledFactor {
        factor,
        contrast,
        people,
        not_enough: told(studies.not_enough).or((studies.not_enough == 0).then_some(0)),
        nights: people.map(|_| nights.iter().flatten().map(|n| *n as usize).sum()),
        ratio: shown.map(|m| m.mean.exp()),
        ratio_by_precision: pooled.map(|p| p.mean.exp()),
        se: shown.map(|m| m.se),
        p: shown.map(|m| m.p),
        q: None,
        prediction: pooled
            .zip(shown)
            .and_then(|(p, m)| Some(next_study(found, &p, m.mean)?.exp())),
        prediction_if_tau2_were_known: pooled.map(|p| p.prediction.exp()),
        tau2: of(|p| p.tau2),
        tau2_se: of(|p| p.tau2_se),
        i2: of(|p| p.i2),
        h2: of(|p| p.h2),
        heterogeneity: of(|p| p.q),
        heterogeneity_p: of(|p| p.q_p),
        above: sides.map(|(above, _)| above),
        below: sides.map(|(_, below)| below),
        leave_one_out: pooled.and_then(|p| left_out(found, &weight_of, &p)),
        small_diaries: people.and(egger.flatten()),
    }
}

/// The mean by size; by precision where no line tells its nights.
fn mean(studies: &[Study], size: &[f64], pooled: &Pooled) -> BySize {
    let by_precision = BySize {
        mean: pooled.mean,
        se: pooled.se,
        p: pooled.p,
    };
    mean_by_size(studies, size, pooled).unwrap_or(by_precision)
}

fn left_out(studies: &[Study], size: &[f64], pooled: &Pooled) -> Option<LeaveOneOut> {
    let most = (LEFT_OUT_WORK / studies.len()).clamp(SMALLEST_CELL, MOST_LEFT_OUT);
    let one_less = |(at, pooled): (usize, Option<Pooled>)| {
        let (mut others, mut sizes) = (studies.to_vec(), size.to_vec());
        others.remove(at);
        sizes.remove(at);
        Some(mean(&others, &sizes, &pooled?).mean)
    };
    let without = leave_one_out(studies, pooled, most).into_iter();
    let without: Option<Vec<Estimate>> = without.map(one_less).collect();
    let without = without.filter(|all| !all.is_empty())?;
    // -1, 0 or 1: wholly below no difference, across it, wholly above
    let side = |e: &Estimate| i8::from(e.low > 0.0) - i8::from(e.high < 0.0);
    let all = mean(studies, size, pooled).mean;
    let means = || without.iter().map(|e| e.value.exp());
    Some(LeaveOneOut {
        low: means().fold(f64::INFINITY, f64::min),
        high: means().fold(0.0, f64::max),
        decides: without.iter().any(|e| side(e) != side(&all)),
    })
}
