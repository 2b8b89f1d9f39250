//! Looks: the moments at which a link may be announced, when the number of cramp nights has doubled.
//!
//! Between looks estimates move and grades do not rise; looking every month at every factor would announce
//! something false in nearly every diary.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::analysis::evaluation::Evaluated;
use crate::analysis::grade::{EarlierLook, Grade};
use crate::analysis::night_table::NightTable;
use crate::analysis::sensitivity::direction;

/// Cramp nights at the first look; each later one comes at twice as many.
pub(crate) const FIRST_LOOK: usize = 24;

/// What one look found: kept in the diary, so that a later look can refer to it and nothing is looked at twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LookState {
    /// Cramp nights at which it was due.
    pub(crate) cramp_nights: usize,
    /// Evening of the last night it saw.
    pub(crate) night: NaiveDate,
    /// Number of things tested together.
    pub(crate) family: usize,
    /// What was found for each factor.
    pub(crate) factors: Vec<LookFactor>,
}

/// One factor at a look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LookFactor {
    /// Its name.
    pub(crate) factor: String,
    /// Its lag.
    pub(crate) lag: u8,
    /// p* then; `None` when a gate failed.
    pub(crate) p: Option<f64>,
    /// q then.
    pub(crate) q: Option<f64>,
    /// Log rate ratio per step then.
    pub(crate) direction: Option<f64>,
    /// Grade then.
    pub(crate) grade: Grade,
}

impl LookState {
    /// What this look found for a factor.
    pub(crate) fn factor(&self, name: &str, lag: u8) -> Option<&LookFactor> {
        self.factors
            .iter()
            .find(|f| f.factor == name && f.lag == lag)
    }

    /// What a look at twice as many cramp nights needs to know of this one.
    pub(crate) fn earlier(&self, name: &str, lag: u8) -> Option<EarlierLook> {
        let f = self.factor(name, lag)?;
        Some(EarlierLook {
            p: f.p?,
            direction: f.direction?,
        })
    }
}

impl LookFactor {
    /// Records one factor of an evaluation.
    pub(crate) fn new(factor: &str, lag: u8, evaluated: &Evaluated, grade: Grade) -> Self {
        let open = evaluated.gates.is_empty();
        Self {
            factor: factor.to_string(),
            lag,
            p: evaluated.p_star.filter(|_| open),
            q: evaluated.q,
            direction: direction(evaluated).filter(|d| d.is_finite() && open),
            grade,
        }
    }
}

/// A look that is due: its number of cramp nights and how many calendar nights of the table it sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    /// Cramp nights.
    pub(crate) cramp_nights: usize,
    /// Calendar nights.
    pub(crate) nights: usize,
}

/// The looks a table has reached, in order.
pub(crate) fn due(table: &NightTable) -> Vec<Due> {
    let mut out = Vec::new();
    let (mut seen, mut next) = (0, FIRST_LOOK);
    for (t, count) in table.counts.iter().enumerate() {
        if count.is_some_and(|c| c > 0) {
            seen += 1;
            if seen == next {
                out.push(Due {
                    cramp_nights: next,
                    nights: t + 1,
                });
                next *= 2;
            }
        }
    }
    out
}

/// Evening of calendar night `t` of a table.
pub(crate) fn evening(table: &NightTable, t: usize) -> NaiveDate {
    table
        .first
        .checked_add_days(Days::new(t as u64))
        .unwrap_or(table.first)
}
