//! Made-up nights: a drifting, clustering cramp rate, and exposures of every kind people write down.

use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::stats::shuffle::{below, generator};
use chrono::NaiveDate;
use rand_pcg::Pcg64Mcg;

/// A seeded source of chance.
pub(crate) struct Chance(Pcg64Mcg);

impl Chance {
    pub(crate) fn new(seed: u64, draw: u64) -> Self {
        Self(generator(seed, draw))
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        (below(&mut self.0, 1 << 53) as f64 + 0.5) / (1u64 << 53) as f64
    }

    pub(crate) fn yes(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Poisson count by multiplication of uniforms (the means here are small).
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut k) = ((-mean).exp(), self.uniform(), 0);
        while product > limit && k < 1000 {
            product *= self.uniform();
            k += 1;
        }
        k
    }

    /// A stationary autoregressive series with unit variance.
    pub(crate) fn ar(&mut self, n: usize, rho: f64) -> Vec<f64> {
        let mut z = self.normal();
        let step = (1.0 - rho * rho).sqrt();
        (0..n)
            .map(|_| {
                let now = z;
                z = rho * z + step * self.normal();
                now
            })
            .collect()
    }

    /// On and off runs of the given mean lengths.
    pub(crate) fn runs(&mut self, n: usize, on: f64, off: f64) -> Vec<f64> {
        let mut state = self.yes(on / (on + off));
        (0..n)
            .map(|_| {
                if self.yes(1.0 / if state { on } else { off }) {
                    state = !state;
                }
                f64::from(state)
            })
            .collect()
    }
}

/// Kinds of exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Exposure {
    /// 30 % of nights, each for itself.
    Independent,
    /// Runs of about 10 nights on, 20 off.
    Runs,
    /// Courses of about 60 on, 60 off.
    Courses,
    /// Seasonal temperature with an autoregressive part.
    Temperature,
    /// A habit of some weekdays.
    Weekday,
    /// Likelier after a cramp.
    Reaction,
    /// An autoregressive score.
    Stress,
    /// A second habit of the same weekdays.
    SecondHabit,
}

pub(crate) const KINDS: [Exposure; 8] = [
    Exposure::Independent,
    Exposure::Runs,
    Exposure::Courses,
    Exposure::Temperature,
    Exposure::Weekday,
    Exposure::Reaction,
    Exposure::Stress,
    Exposure::SecondHabit,
];

impl Exposure {
    pub(crate) fn is_binary(self) -> bool {
        !matches!(self, Self::Temperature | Self::Stress)
    }

    fn draw(self, n: usize, habit: &[bool], chance: &mut Chance) -> Vec<f64> {
        match self {
            Self::Independent => (0..n).map(|_| f64::from(chance.yes(0.3))).collect(),
            Self::Runs => chance.runs(n, 10.0, 20.0),
            Self::Courses => chance.runs(n, 60.0, 60.0),
            Self::Temperature => {
                let ar = chance.ar(n, 0.8);
                (0..n)
                    .map(|t| 19.0 + 3.0 * (year(t) - 3.5).cos() + 1.2 * ar[t])
                    .collect()
            }
            Self::Weekday | Self::SecondHabit => (0..n)
                .map(|t| f64::from(chance.yes(if habit[t] { 0.75 } else { 0.15 })))
                .collect(),
            // Decided night by night in `World::table`.
            Self::Reaction => vec![0.0; n],
            Self::Stress => chance.ar(n, 0.9),
        }
    }
}

fn year(t: usize) -> f64 {
    std::f64::consts::TAU * (t as f64 % 365.25) / 365.25
}

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) nights: usize,
    /// Cramps a night, on average.
    pub(crate) rate: f64,
    /// Autocorrelation of the log rate.
    pub(crate) rho: f64,
    /// Its standard deviation.
    pub(crate) sd: f64,
    /// Amplitude of the season on the log rate.
    pub(crate) season: f64,
    /// Exposures and log rate ratios (a step from no to yes, or from the 10 % to the 90 % point).
    pub(crate) exposures: Vec<(Exposure, f64)>,
    /// Share of nights not written down, in runs.
    pub(crate) unlogged: f64,
    /// Share of values unknown.
    pub(crate) unknown: f64,
    /// Chance of writing after a cramp night and after another, instead of runs.
    pub(crate) informative: Option<(f64, f64)>,
}

impl World {
    pub(crate) fn new(nights: usize, rate: f64) -> Self {
        Self {
            nights,
            rate,
            rho: 0.9,
            sd: 0.5,
            season: 0.35,
            exposures: Vec::new(),
            unlogged: 0.15,
            unknown: 0.1,
            informative: None,
        }
    }

    /// One diary of this person.
    pub(crate) fn table(&self, chance: &mut Chance) -> NightTable {
        let n = self.nights;
        let latent = chance.ar(n, self.rho);
        let offset = below_seven(chance);
        let habit: Vec<bool> = (0..n)
            .map(|t| matches!((t + offset) % 7, 0 | 2 | 5))
            .collect();
        let mut x: Vec<Vec<f64>> = self
            .exposures
            .iter()
            .map(|(e, _)| e.draw(n, &habit, chance))
            .collect();
        // One step of a continuous exposure is from its 10 % to its 90 % point.
        let slope: Vec<f64> = self
            .exposures
            .iter()
            .zip(&x)
            .map(|((e, b), x)| if e.is_binary() { *b } else { b / spread(x) })
            .collect();
        let centre: Vec<f64> = x.iter().map(|x| x.iter().sum::<f64>() / n as f64).collect();
        let mut counts = Vec::with_capacity(n);
        let mut last = 0;
        for t in 0..n {
            let mut eta = self.rate.ln() + self.season * year(t).cos() + self.sd * latent[t]
                - self.sd * self.sd / 2.0;
            for (k, (e, _)) in self.exposures.iter().enumerate() {
                if *e == Exposure::Reaction {
                    x[k][t] = f64::from(chance.yes(if last > 0 { 0.6 } else { 0.2 }));
                }
                eta += slope[k] * (x[k][t] - if e.is_binary() { 0.0 } else { centre[k] });
            }
            last = chance.poisson(eta.exp());
            counts.push(last);
        }
        let logged = self.logged(&counts, chance);
        let factors = self
            .exposures
            .iter()
            .zip(&x)
            .enumerate()
            .map(|(k, ((e, _), x))| {
                let values = x
                    .iter()
                    .map(|v| (!chance.yes(self.unknown)).then_some(*v))
                    .collect();
                Factor::new(
                    &format!("f{k:02}"),
                    if e.is_binary() {
                        Kind::YesNo
                    } else {
                        Kind::Number
                    },
                    values,
                )
            })
            .collect();
        let counts = counts
            .iter()
            .zip(logged)
            .map(|(c, l)| l.then_some(*c))
            .collect();
        NightTable::new(
            NaiveDate::from_ymd_opt(2020, 1, 6).unwrap_or_default(),
            counts,
            factors,
        )
    }

    fn logged(&self, counts: &[u32], chance: &mut Chance) -> Vec<bool> {
        if let Some((after_cramp, otherwise)) = self.informative {
            return counts
                .iter()
                .map(|c| chance.yes(if *c > 0 { after_cramp } else { otherwise }))
                .collect();
        }
        if self.unlogged == 0.0 {
            return vec![true; counts.len()];
        }
        let gap = 5.0;
        chance
            .runs(counts.len(), gap, gap / self.unlogged - gap)
            .iter()
            .map(|g| *g == 0.0)
            .collect()
    }

    /// A bare series of counts.
    pub(crate) fn series(&self, chance: &mut Chance) -> NightTable {
        Self {
            exposures: Vec::new(),
            ..self.clone()
        }
        .table(chance)
    }
}

fn below_seven(chance: &mut Chance) -> usize {
    (chance.uniform() * 7.0) as usize
}

fn spread(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() * 9 / 10] - sorted[sorted.len() / 10]
}
