//! Made-up people: one table of worlds, and the diaries that are kept in them.

use std::f64::consts::TAU;

use chrono::{Datelike, Days, NaiveDate};

use crate::analysis::night_table::{Factor, NightTable};
use crate::simulate::chance::Chance;
use crate::simulate::factors::{
    AMOUNTS, CHOICES, DAYS_BEFORE, LATE, OF_EVERY_KIND, ON_AND_OFF, REACTIVE, SCALES, SEASONAL,
    SHARED, STARTED, STRESSES, TEMPERATURES, TWINS, USUAL,
};
use crate::simulate::habit::{Day, Habit, Nature};

/// What the log rate does besides season, weekend and factors.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Background {
    /// Autoregressive: lag-1 correlation and standard deviation.
    Ar(f64, f64),
    /// Bad and calm spells of these mean nights, the bad ones with so many times the rate.
    Spells { bad: f64, calm: f64, times: f64 },
}

/// Which nights are written down.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Logging {
    /// Each with this chance.
    Each(f64),
    /// All but runs of about five nights, which take this share.
    Gaps(f64),
    /// A cramp night and a calm one with these chances.
    Selective(f64, f64),
}

/// People of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) background: Background,
    /// Cramps a night where nothing adds to them; each person has one of these.
    pub(crate) rates: &'static [f64],
    /// Amplitude of the season on the log rate, and what a weekend adds.
    pub(crate) season: f64,
    pub(crate) weekend: f64,
    /// Change of the log rate in a year, up or down.
    pub(crate) drift: f64,
    /// Log rate ratio of the night after a cramp.
    pub(crate) carry: f64,
    /// Size of the negative binomial; `None` for Poisson counts.
    pub(crate) scatter: Option<f64>,
    pub(crate) logging: Logging,
    /// Share of the values of factors that are unknown.
    pub(crate) unknown: f64,
    pub(crate) factors: &'static [Nature],
    /// How many of the factors, from the first, may be given an effect.
    pub(crate) targets: usize,
}

pub(crate) const BRIEF: World = World {
    name: "brief",
    background: Background::Ar(0.9, 0.57),
    rates: &[0.15, 0.3, 0.5],
    season: 0.35,
    weekend: 0.2,
    drift: 0.0,
    carry: 0.0,
    scatter: None,
    logging: Logging::Each(0.9),
    unknown: 0.07,
    factors: USUAL.split_at(12).0,
    targets: 12,
};
const FIFTEEN: World = World {
    factors: &USUAL,
    targets: 15,
    ..BRIEF
};
pub(crate) const OVERDISP: World = World {
    name: "overdisp",
    scatter: Some(0.4),
    ..FIFTEEN
};
pub(crate) const HABITS: World = World {
    name: "habits",
    factors: &SHARED,
    ..FIFTEEN
};
pub(crate) const WORST: World = World {
    name: "worst+spells",
    background: Background::Spells {
        bad: 30.0,
        calm: 60.0,
        times: 4.0,
    },
    factors: &ON_AND_OFF,
    targets: 0,
    ..BRIEF
};
pub(crate) const SELECTIVE: World = World {
    name: "selective",
    logging: Logging::Selective(0.95, 0.6),
    ..BRIEF
};

/// Nights of nothing but usual spells, for what is said of the rate alone.
pub(crate) const STEADY: World = World {
    name: "steady",
    background: Background::Ar(0.9, 0.5),
    rates: &[0.265],
    season: 0.0,
    weekend: 0.0,
    logging: Logging::Gaps(0.15),
    unknown: 0.1,
    factors: &[],
    targets: 0,
    ..BRIEF
};
/// The same without any memory, and factors that do nothing.
pub(crate) const NOISE: World = World {
    name: "noise",
    background: Background::Ar(0.0, 0.0),
    factors: &[USUAL[0], Nature::Weekly, Nature::Stress, USUAL[8]],
    ..STEADY
};

/// All worlds; those without targets have no true effects.
pub(crate) const WORLDS: [World; 14] = [
    BRIEF,
    World {
        name: "ar.8",
        background: Background::Ar(0.8, 0.7),
        ..FIFTEEN
    },
    World {
        name: "ar.98",
        background: Background::Ar(0.98, 0.8),
        ..FIFTEEN
    },
    World {
        name: "spells",
        background: WORST.background,
        ..FIFTEEN
    },
    World {
        name: "season",
        season: 0.6,
        factors: &SEASONAL,
        ..FIFTEEN
    },
    World {
        name: "trend+late",
        drift: 1.0,
        factors: &LATE,
        targets: 12,
        ..FIFTEEN
    },
    HABITS,
    SELECTIVE,
    OVERDISP,
    World {
        name: "carry",
        carry: std::f64::consts::LN_2,
        ..FIFTEEN
    },
    World {
        name: "reactive",
        factors: &REACTIVE,
        ..FIFTEEN
    },
    World {
        name: "rare",
        rates: &[0.05, 0.075, 0.1],
        ..FIFTEEN
    },
    World {
        name: "started-at-worst",
        background: BRIEF.background,
        factors: &STARTED,
        ..WORST
    },
    WORST,
];

const fn brief_with(name: &'static str, factors: &'static [Nature], targets: usize) -> World {
    World {
        name,
        factors,
        targets,
        ..BRIEF
    }
}

/// The brief world with factors that are not yes or no, or not by themselves; the targets are those of the kind.
pub(crate) const KINDS: [World; 7] = [
    brief_with("seasonal temperature", &TEMPERATURES, 3),
    brief_with("stress score", &STRESSES, 3),
    brief_with("skewed amount", &AMOUNTS, 3),
    brief_with("scale of five", &SCALES, 3),
    brief_with("choice of three", &CHOICES, 3),
    brief_with("bundle of two", &TWINS, 6),
    brief_with("the day before", &DAYS_BEFORE, 6),
];
/// One or two of every kind.
pub(crate) const EVERY_KIND: World = brief_with("every kind", &OF_EVERY_KIND, 0);

/// A diary with the truth beside it.
pub(crate) struct Diary {
    pub(crate) table: NightTable,
    /// Log rate ratio of each factor, per unit of its values.
    pub(crate) effects: Vec<f64>,
    /// Cramps to be expected of each night.
    pub(crate) rate: Vec<f64>,
    /// The units of each factor on each night, known or not.
    pub(crate) units: Vec<Vec<f64>>,
}

impl World {
    /// One diary of so many nights. The `ratios` are those of factors among the targets (each the first in turn), all others have none.
    pub(crate) fn diary(&self, nights: usize, ratios: &[f64], chance: &mut Chance) -> Diary {
        let latent = self.latent(nights, chance);
        let start = chance.below(365) as u64;
        let monday = NaiveDate::from_ymd_opt(2020, 1, 6).unwrap_or_default();
        let first = monday.checked_add_days(Days::new(start)).unwrap_or(monday);
        let rate = match self.rates {
            [only] => *only,
            several => several[chance.below(several.len())],
        };
        let drift = match self.drift {
            0.0 => 0.0,
            d if chance.yes(0.5) => d,
            d => -d,
        };
        let weekdays = first.weekday().num_days_from_monday() as usize;
        let mut habits = Habit::all(self.factors, nights, chance);
        let effects = self.effects(ratios, chance);
        let mut cramps: Vec<u32> = Vec::with_capacity(nights);
        let mut rates = Vec::with_capacity(nights);
        for (t, latent) in latent.into_iter().enumerate() {
            let weekday = (weekdays + t) % 7;
            let season = TAU * (t as f64 + start as f64) / 365.25;
            let day = Day {
                weekday,
                season,
                cramps: &cramps,
                usual: rate,
            };
            let mut eta = rate.ln()
                + latent
                + self.season * season.cos()
                + if weekday >= 5 { self.weekend } else { 0.0 }
                + drift * (t as f64 / 365.25 - 0.5);
            if cramps.last().is_some_and(|c| *c > 0) {
                eta += self.carry;
            }
            for (k, effect) in effects.iter().enumerate() {
                let (earlier, rest) = habits.split_at_mut(k);
                if let [habit, ..] = rest {
                    habit.next(&day, earlier.last(), chance);
                    eta += effect * habit.units(t);
                }
            }
            let mean = eta.exp();
            cramps.push(match self.scatter {
                None => chance.poisson(mean),
                Some(size) => chance.negative_binomial(mean, size),
            });
            rates.push(mean);
        }
        let counts = self.logged(&cramps, chance);
        let factors: Vec<Factor> = habits
            .iter()
            .enumerate()
            .map(|(k, h)| h.factor(k, self.unknown, chance))
            .collect();
        let units = |h: &Habit| (0..nights).map(|t| h.units(t)).collect();
        Diary {
            table: NightTable::new(first, counts, factors),
            effects,
            rate: rates,
            units: habits.iter().map(units).collect(),
        }
    }

    /// The nights alone.
    pub(crate) fn series(&self, nights: usize, chance: &mut Chance) -> NightTable {
        self.diary(nights, &[], chance).table
    }

    fn latent(&self, nights: usize, chance: &mut Chance) -> Vec<f64> {
        match self.background {
            Background::Ar(rho, sd) => {
                let z = chance.ar(nights, rho);
                z.iter().map(|z| sd * z).collect()
            }
            Background::Spells { bad, calm, times } => chance
                .runs(nights, bad, calm)
                .into_iter()
                .map(|bad| bad * times.ln())
                .collect(),
        }
    }

    fn effects(&self, ratios: &[f64], chance: &mut Chance) -> Vec<f64> {
        let mut free: Vec<usize> = (0..self.targets).collect();
        let mut out = vec![0.0; self.factors.len()];
        for (i, ratio) in ratios.iter().take(self.targets).enumerate() {
            let at = match i {
                0 => chance.turn(free.len()),
                _ => chance.below(free.len()),
            };
            let at = free.swap_remove(at);
            out[at] = ratio.ln() / self.factors[at].size();
        }
        out
    }

    fn logged(&self, cramps: &[u32], chance: &mut Chance) -> Vec<Option<u32>> {
        let mut keep: Vec<bool> = match self.logging {
            Logging::Each(share) => cramps.iter().map(|_| chance.yes(share)).collect(),
            Logging::Gaps(share) => {
                let gaps = chance.runs(cramps.len(), 5.0, 5.0 / share - 5.0);
                gaps.iter().map(|g| *g == 0.0).collect()
            }
            Logging::Selective(cramp, calm) => {
                let share = |c: &u32| if *c > 0 { cramp } else { calm };
                cramps.iter().map(|c| chance.yes(share(c))).collect()
            }
        };
        cramps
            .iter()
            .zip(keep.drain(..))
            .map(|(c, k)| k.then_some(*c))
            .collect()
    }
}
