//! Before an experiment: what nights are like in this diary, which designs there are, and what each of them promises.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::evaluation::winsorise;
use crate::analysis::experiment_test::Layout;
use crate::analysis::model::NightModel;
use crate::analysis::night_table::NightTable;
use crate::data::word::words;
use crate::diary::experiment::{BLOCK, LONGEST};
use crate::diary::vocabulary::ExperimentDesign;
use crate::stats::chance::Chance;

/// What chance and the person make of nights: from the known nights of the diary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Background {
    /// Cramps a night.
    pub(crate) rate: f64,
    /// Standard deviation and lag-1 correlation of the latent log rate.
    pub(crate) sd: f64,
    pub(crate) phi: f64,
    /// Variance of the counts over that of Poisson ones around the latent rate; 1 for none beyond.
    pub(crate) extra: f64,
    /// Share of recent nights with an answer, excluded nights left out.
    pub(crate) answered: f64,
    /// Known nights it rests on.
    pub(crate) nights: usize,
}

words! {
    /// Why nothing can be promised.
    NoBackground, "reason", {
        /// Fewer known nights than [`FEWEST_NIGHTS`].
        TooFewNights = "too-few-nights",
        NoCramps = "no-cramps",
        /// The nights do not settle into a model.
        NoFit = "no-fit",
    }
}

/// Fewest known nights on which a promise can rest.
pub(crate) const FEWEST_NIGHTS: usize = 28;
/// Nights that say what nights are like now.
const RECENT: usize = 365;
/// Nights that say how often the diary is kept now.
const LATELY: usize = 90;

/// What the last year of a diary says about its nights.
///
/// # Errors
/// [`NoBackground`]: too few known nights, no cramp among them, or no fit.
pub(crate) fn background(table: &NightTable) -> Result<Background, NoBackground> {
    let from = table.counts.len().saturating_sub(RECENT);
    let counts = &table.counts[from..];
    let known: Vec<u32> = counts.iter().flatten().copied().collect();
    if known.len() < FEWEST_NIGHTS {
        return Err(NoBackground::TooFewNights);
    }
    let cramps: u64 = known.iter().map(|c| u64::from(*c)).sum();
    if cramps == 0 {
        return Err(NoBackground::NoCramps);
    }
    let (lowered, _) = winsorise(counts);
    let model = NightModel::new(table.evening(from), &lowered).ok_or(NoBackground::NoFit)?;
    let fit = model
        .fit_latent(std::iter::empty())
        .ok_or(NoBackground::NoFit)?;
    let (sd, phi) = fit.latent();
    Ok(Background {
        rate: cramps as f64 / known.len() as f64,
        sd,
        phi,
        extra: fit.kappa(),
        answered: answered(table),
        nights: known.len(),
    })
}

/// Share of the last nights that were answered, excluded ones left out; 1 when all were excluded.
fn answered(table: &NightTable) -> f64 {
    let nights = table.counts.iter().zip(&table.excluded).rev();
    let lately: Vec<bool> = nights
        .filter(|(_, excluded)| !**excluded)
        .take(LATELY)
        .map(|(count, _)| count.is_some())
        .collect();
    if lately.is_empty() {
        return 1.0;
    }
    lately.iter().filter(|a| **a).count() as f64 / lately.len() as f64
}

/// What the person asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wished {
    /// What is tried lasts into the following nights (a supplement): nights cannot be drawn one by one.
    pub(crate) lasting: bool,
    pub(crate) nights: Option<usize>,
    pub(crate) pairs: Option<usize>,
    pub(crate) period: Option<u32>,
}

words! {
    /// Why a wish cannot be planned.
    Unworkable, "reason", {
        /// Nights in other than whole blocks of four.
        NotInFours = "not-in-fours",
        /// Single nights for something that lasts.
        Lasting = "lasting",
        /// Nights and pairs at once.
        NightsAndPairs = "nights-and-pairs",
        /// Fewer pairs than [`FEWEST_PAIRS`].
        TooFewPairs = "too-few-pairs",
        /// A period of other than 14 or 28 nights.
        Period = "period",
        /// More nights than an experiment may have, or none.
        Length = "length",
    }
}

/// Fewest pairs: of five, even the clearest result is one of chance (2 in 32).
pub(crate) const FEWEST_PAIRS: usize = 8;
/// Lengths of a period, and how many of its first nights do not count.
const PERIODS: [(u32, u32); 2] = [(14, 4), (28, 7)];
/// Nights of the usual nightly designs.
const NIGHTLY: [usize; 3] = [84, 168, 252];
/// Pairs and periods of the others.
const PAIRS: [(usize, u32); 3] = [(8, 14), (12, 14), (8, 28)];

impl Wished {
    /// What stands against it.
    pub(crate) fn refusal(&self) -> Option<Unworkable> {
        let pairs_meant = self.pairs.is_some() || self.period.is_some();
        if self.nights.is_some() && pairs_meant {
            return Some(Unworkable::NightsAndPairs);
        }
        if self.nights.is_some() && self.lasting {
            return Some(Unworkable::Lasting);
        }
        if self.nights.is_some_and(|n| n % BLOCK != 0) {
            return Some(Unworkable::NotInFours);
        }
        if self.pairs.is_some_and(|k| k < FEWEST_PAIRS) {
            return Some(Unworkable::TooFewPairs);
        }
        if self.period.is_some_and(|p| dropped(p).is_none()) {
            return Some(Unworkable::Period);
        }
        let nights = match (self.nights, self.pairs) {
            (Some(nights), _) => nights,
            (_, Some(pairs)) => pairs.saturating_mul(2 * self.period.unwrap_or(14) as usize),
            _ => BLOCK,
        };
        (nights == 0 || nights > LONGEST).then_some(Unworkable::Length)
    }
}

/// First nights of a period that do not count; `None` for a length that is not offered.
fn dropped(period: u32) -> Option<u32> {
    PERIODS.iter().find(|(p, _)| *p == period).map(|(_, d)| *d)
}

/// A design that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Plan {
    pub(crate) design: ExperimentDesign,
    pub(crate) nights: usize,
    pub(crate) pairs: Option<usize>,
    /// Nights drawn together: 1 in the nightly design.
    pub(crate) period: u32,
    /// First nights of a period that do not count.
    pub(crate) dropped: u32,
}

impl Plan {
    /// The designs that a wish leaves, shortest first; none when it cannot be planned ([`Wished::refusal`]).
    pub(crate) fn menu(wish: &Wished) -> Vec<Plan> {
        if wish.refusal().is_some() {
            return Vec::new();
        }
        let mut out = Vec::new();
        if let Some(nights) = wish.nights {
            out.push(Plan::nightly(nights));
        } else if wish.pairs.is_none() && wish.period.is_none() && !wish.lasting {
            out.extend(NIGHTLY.map(Plan::nightly));
        }
        if wish.nights.is_none() {
            let usual = PAIRS.iter().copied();
            let pairs: Vec<(usize, u32)> = match (wish.pairs, wish.period) {
                (Some(k), period) => vec![(k, period.unwrap_or(14))],
                (None, Some(period)) => usual.filter(|(_, p)| *p == period).collect(),
                (None, None) => usual.collect(),
            };
            out.extend(pairs.into_iter().map(|(k, period)| Plan::pairs(k, period)));
        }
        out
    }

    fn nightly(nights: usize) -> Plan {
        Plan {
            design: ExperimentDesign::Nightly,
            nights,
            pairs: None,
            period: 1,
            dropped: 0,
        }
    }

    fn pairs(pairs: usize, period: u32) -> Plan {
        Plan {
            design: ExperimentDesign::Pairs,
            nights: pairs * 2 * period as usize,
            pairs: Some(pairs),
            period,
            dropped: dropped(period).unwrap_or(0),
        }
    }

    pub(crate) fn layout(&self) -> Layout {
        Layout {
            design: self.design,
            period: self.period,
            dropped: self.dropped,
        }
    }

    /// Draws a schedule, one value a night, `true` for on; `random` fills bytes.
    ///
    /// # Errors
    /// Those of `random`.
    pub(crate) fn draw(
        &self,
        random: &mut dyn FnMut(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Vec<bool>> {
        let mut out = Vec::with_capacity(self.nights);
        match self.design {
            ExperimentDesign::Nightly => {
                for _ in 0..self.nights.div_ceil(BLOCK) {
                    out.extend(ARRANGEMENTS[below_six(random)?]);
                }
            }
            ExperimentDesign::Pairs => {
                for _ in 0..self.pairs.unwrap_or(0) {
                    let mut byte = [0];
                    random(&mut byte)?;
                    let first = byte[0] & 1 == 1;
                    out.extend(
                        [first, !first]
                            .map(|on| vec![on; self.period as usize])
                            .concat(),
                    );
                }
            }
        }
        Ok(out)
    }
}

/// The ways to put two nights on and two off.
const ARRANGEMENTS: [[bool; BLOCK]; 6] = [
    [true, true, false, false],
    [true, false, true, false],
    [true, false, false, true],
    [false, true, true, false],
    [false, true, false, true],
    [false, false, true, true],
];

/// A number from 0 to 5, each equally likely: bytes beyond the last whole six are thrown away.
fn below_six(random: &mut dyn FnMut(&mut [u8]) -> io::Result<()>) -> io::Result<usize> {
    loop {
        let mut byte = [0];
        random(&mut byte)?;
        if byte[0] < 252 {
            return Ok(usize::from(byte[0] % 6));
        }
    }
}

/// What a design promises in a diary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Promise {
    #[serde(flatten)]
    pub(crate) plan: Plan,
    /// Chance to find the effect asked for.
    pub(crate) power: f64,
    /// Chance to find something where there is nothing.
    pub(crate) false_alarm: f64,
}

/// Redraws of a schedule in a simulated experiment: with 999 the test at .05 is as exact as with more.
const REDRAWS: u32 = 999;

/// Simulates `runs` experiments of a design with a rate ratio `effect` on the nights that are on, and as many without;
/// `progress` is told how many are done, from any thread. Same seed, same answer.
pub(crate) fn promise(
    background: &Background,
    plan: &Plan,
    effect: f64,
    runs: usize,
    seed: u64,
    progress: &(dyn Fn(usize) + Sync),
) -> Promise {
    let done = AtomicUsize::new(0);
    let found: Vec<(bool, bool)> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let mut chance = Chance::new(seed, run as u64);
            let found = simulated(background, plan, effect, &mut chance).unwrap_or_default();
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
            found
        })
        .collect();
    let share = |which: &dyn Fn(&(bool, bool)) -> bool| {
        found.iter().filter(|f| which(f)).count() as f64 / runs.max(1) as f64
    };
    Promise {
        plan: *plan,
        power: share(&|f| f.0),
        false_alarm: share(&|f| f.1),
    }
}

/// Whether the effect was found in its direction, and whether anything was found without one.
fn simulated(
    background: &Background,
    plan: &Plan,
    effect: f64,
    chance: &mut Chance,
) -> io::Result<(bool, bool)> {
    let on = plan.draw(&mut |bytes| {
        chance.fill(bytes);
        Ok(())
    })?;
    let rates = background.rates(plan.nights, chance);
    let mut found = |effect: f64| {
        let counts = background.counts(&rates, &on, effect, chance);
        let layout = plan.layout();
        let found = layout.finds(&counts, &on, REDRAWS, chance.number());
        found.unwrap_or((0.0, false))
    };
    let (direction, shown) = found(effect);
    Ok((shown && direction * effect.ln() > 0.0, found(1.0).1))
}

impl Background {
    /// Rates of so many nights in a row.
    pub(crate) fn rates(&self, nights: usize, chance: &mut Chance) -> Vec<f64> {
        let latent = chance.ar(nights, self.phi);
        let rate = |z: f64| self.rate * (self.sd * z - self.sd * self.sd / 2.0).exp();
        latent.into_iter().map(rate).collect()
    }

    /// Counts of nights with these rates, `effect` times as high where on; `None` where nobody answered.
    pub(crate) fn counts(
        &self,
        rates: &[f64],
        on: &[bool],
        effect: f64,
        chance: &mut Chance,
    ) -> Vec<Option<u32>> {
        let nights = rates.iter().zip(on);
        nights
            .map(|(rate, on)| {
                let mean = if *on { rate * effect } else { *rate };
                let count = chance.scattered(mean, self.extra);
                chance.yes(self.answered).then_some(count)
            })
            .collect()
    }
}
