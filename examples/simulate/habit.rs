//! What people do and meet day by day: factors of every kind, drawn night after night beside the cramps.

use crate::analysis::night_table::{Factor, Kind};
use crate::simulate::chance::Chance;

/// How a factor comes about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Nature {
    /// Yes or no in spells of about so many nights, likelier in one season by this much on the log odds.
    Spells { nights: f64, season: f64 },
    /// A habit of the person's three weekdays.
    Weekly,
    /// Taken up once, for good.
    Late,
    /// Likelier after a cramp night.
    Reactive,
    /// Taken up after a bad fortnight, and dropped after a calm month or not at all.
    AtWorst { stops: bool },
    /// A room that follows the season.
    Temperature,
    /// A score that keeps its value for days.
    Stress,
    /// Nothing on most days, and skewed when there is something.
    Amount,
    /// Five ordered steps.
    Scale,
    /// One of three words.
    Choice,
    /// Nearly always the factor before it.
    Twin,
    /// The factor before it, of the day before: explored only.
    DayBefore,
}

impl Nature {
    pub(crate) const fn spells(nights: f64, season: f64) -> Self {
        Self::Spells { nights, season }
    }

    pub(crate) const fn with_season(self, season: f64) -> Self {
        match self {
            Self::Spells { nights, .. } => Self::Spells { nights, season },
            other => other,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Temperature | Self::Stress | Self::Amount => Kind::Number,
            Self::Scale => Kind::Scale,
            Self::Choice => Kind::Choice,
            _ => Kind::YesNo,
        }
    }

    /// Difference of values a ratio is given for: about from the 10 % to the 90 % point.
    pub(crate) fn size(self) -> f64 {
        match self {
            Self::Temperature => 6.5,
            Self::Stress => 2.56,
            Self::Amount => 2.3,
            Self::Scale => 3.0,
            _ => 1.0,
        }
    }
}

/// What a day brings.
pub(crate) struct Day<'d> {
    /// 0 is Monday.
    pub(crate) weekday: usize,
    /// Angle of the year.
    pub(crate) season: f64,
    /// Cramps of all nights before.
    pub(crate) cramps: &'d [u32],
    /// The person's usual cramps a night.
    pub(crate) usual: f64,
}

impl Day<'_> {
    /// Cramps of the last `nights` nights over the usual; `None` with fewer nights.
    fn lately(&self, nights: usize) -> Option<f64> {
        let from = self.cramps.len().checked_sub(nights)?;
        let sum: u32 = self.cramps[from..].iter().sum();
        Some(f64::from(sum) / (nights as f64 * self.usual))
    }
}

/// One factor of one person.
pub(crate) struct Habit {
    nature: Nature,
    /// Share of yes without season.
    share: f64,
    /// Angle of the year at which it is likeliest.
    peak: f64,
    weekdays: [bool; 7],
    /// Night on which it is taken up, of what is taken up once.
    from: usize,
    /// Autoregressive part of scores.
    score: f64,
    values: Vec<f64>,
}

impl Habit {
    /// The factors of one person; weekly ones share their weekdays.
    pub(crate) fn all(natures: &[Nature], nights: usize, chance: &mut Chance) -> Vec<Self> {
        let mut weekdays = [true, true, true, false, false, false, false];
        let weekly = natures.contains(&Nature::Weekly);
        for i in (1..7).rev().filter(|_| weekly) {
            weekdays.swap(i, chance.below(i + 1));
        }
        natures
            .iter()
            .map(|&nature| Self {
                nature,
                share: chance.between(0.3, 0.7),
                peak: chance.between(0.0, std::f64::consts::TAU),
                weekdays,
                from: chance.below(nights.max(1)),
                score: chance.normal(),
                values: Vec::with_capacity(nights),
            })
            .collect()
    }

    /// Draws the next value; `before` is the factor before this one, which already has it.
    pub(crate) fn next(&mut self, day: &Day<'_>, before: Option<&Self>, chance: &mut Chance) {
        let t = self.values.len();
        let last = self.values.last().copied();
        let autoregressive = |rho: f64, score: f64, chance: &mut Chance| {
            rho * score + (1.0 - rho * rho).sqrt() * chance.normal()
        };
        let value = match self.nature {
            Nature::Spells { nights, season } => {
                let odds = (self.share / (1.0 - self.share)).ln();
                let odds = odds + season * (day.season - self.peak).cos();
                let now = chance.yes(1.0 / (1.0 + (-odds).exp()));
                match last {
                    Some(last) if !chance.yes(1.0 / nights) => last,
                    _ => f64::from(now),
                }
            }
            Nature::Weekly => {
                let habit = self.weekdays[day.weekday];
                f64::from(chance.yes(if habit { 0.75 } else { 0.15 }))
            }
            Nature::Late => f64::from(t >= self.from),
            Nature::Reactive => {
                let cramp = day.cramps.last().is_some_and(|c| *c > 0);
                f64::from(chance.yes(if cramp { 0.6 } else { 0.2 }))
            }
            Nature::AtWorst { stops } => {
                let on = last == Some(1.0);
                let bad = day.lately(14).is_some_and(|x| x > 1.5);
                let calm = stops && day.lately(28).is_some_and(|x| x < 0.7);
                let turns = chance.yes(0.15) && if on { calm } else { bad };
                f64::from(on != turns)
            }
            Nature::Temperature => {
                self.score = autoregressive(0.8, self.score, chance);
                19.0 + 3.0 * (day.season - std::f64::consts::PI).cos() + 1.2 * self.score
            }
            Nature::Stress => {
                self.score = autoregressive(0.9, self.score, chance);
                self.score
            }
            Nature::Amount => match chance.yes(0.4) {
                true => (0.5 + 0.4 * chance.normal()).exp(),
                false => 0.0,
            },
            Nature::Scale => {
                self.score = autoregressive(0.8, self.score, chance);
                (2.0 + 1.2 * self.score).round().clamp(0.0, 4.0)
            }
            Nature::Choice => match chance.uniform() {
                x if x < 0.6 => 0.0,
                x if x < 0.8 => 1.0,
                _ => 2.0,
            },
            Nature::Twin => {
                let same = before.map_or(0.0, |b| b.values[t]);
                if chance.yes(0.03) { 1.0 - same } else { same }
            }
            Nature::DayBefore => match (before, t.checked_sub(1)) {
                (Some(before), Some(yesterday)) => before.values[yesterday],
                _ => 0.0,
            },
        };
        self.values.push(value);
    }

    /// What the log rate ratio of a unit is multiplied with on night `t`.
    pub(crate) fn units(&self, t: usize) -> f64 {
        match self.nature {
            // The first of the two rarer words has the effect.
            Nature::Choice => f64::from(self.values[t] == 1.0),
            Nature::Temperature => self.values[t] - 19.0,
            _ => self.values[t],
        }
    }

    /// What the diary holds of it, as factor number `k`.
    pub(crate) fn factor(&self, k: usize, unknown: f64, chance: &mut Chance) -> Factor {
        let known = |v: &f64| (!chance.yes(unknown)).then_some(*v);
        let values = self.values.iter().map(known).collect();
        let mut factor = Factor::new(&format!("f{k:02}"), self.nature.kind(), values);
        if self.nature == Nature::DayBefore {
            factor.lag = 1;
        }
        if self.nature == Nature::Choice {
            factor.levels = ["usual", "effective", "other"].map(String::from).to_vec();
        }
        factor
    }
}
