//! Evidence grades, by exact rules.
//!
//! Looks: the moments at which a link may be announced, when the number of cramp nights has doubled.
//!
//! Between looks estimates move and grades do not rise; looking every month at every factor would announce
//! something false in nearly every diary.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::analysis::evaluation::Evaluated;
use crate::analysis::night_table::NightTable;
use crate::analysis::sensitivity::{Support, direction};
use crate::data::word::words;

words! {
    /// How far the evidence about one factor goes, the least first.
    #[derive(Default)]
    Grade, "grade", {
        /// A gate fails.
        #[default]
        NotEnough = "not enough yet",
        /// No link seen, and a sizeable one is still possible.
        CannotTell = "can't tell",
        /// No link seen, and the interval lies within (0.67, 1.5).
        NoSizeableLink = "no sizeable link",
        /// Something or luck.
        Hint = "hint",
        /// Passed the family test at a look.
        Possible = "possible link",
        /// Held up over two looks and every check.
        Consistent = "consistent link",
        /// Shown in a planned experiment.
        Shown = "shown",
        /// Shown in two planned experiments.
        ShownTwice = "shown twice",
    }
}

impl Grade {
    /// Whether it speaks of a link at all.
    pub(crate) fn is_link(self) -> bool {
        self >= Self::Hint
    }

    /// Order of the links; 0 for the grades that are none.
    pub(crate) fn strength(self) -> u8 {
        (self as u8).saturating_sub(Self::NoSizeableLink as u8)
    }
}

/// Two-sided p below which something may be going on.
pub(crate) const HINT_P: f64 = 0.05;
/// False discovery rates of "possible" and "consistent".
pub(crate) const POSSIBLE_Q: f64 = 0.10;
const CONSISTENT_Q: f64 = 0.05;
/// Rate ratios closer to 1 than these are not called a link.
const WORTH_SAYING: (f64, f64) = (0.83, 1.2);
/// Rate ratios outside these are sizeable.
pub(crate) const SIZEABLE: (f64, f64) = (0.67, 1.5);
const SHUFFLE_P: f64 = 0.10;
/// Share of quarters that must point the same way.
const QUARTERS: f64 = 0.75;

/// Grade by the data alone, before looks: what the rules allow if this moment were a look.
///
/// `cap` is the highest grade other circumstances allow; `support` is needed only for candidates
/// (p* and q small) and `earlier`, the look at half as many cramp nights, only for "consistent".
pub(crate) fn grade(
    evaluated: &Evaluated,
    support: Option<&Support>,
    earlier: Option<&LookFactor>,
    cap: Grade,
) -> Grade {
    let Some(p) = evaluated.p_star.filter(|_| evaluated.gates.is_empty()) else {
        return Grade::NotEnough;
    };
    let Some(ratio) = evaluated.rate_ratio(evaluated.leading_column()) else {
        return Grade::NotEnough;
    };
    if p > HINT_P {
        // Every level of a choice must lie within the limits, not only the leading one.
        let within = (0..evaluated.exposure.steps.len()).all(|k| {
            evaluated
                .rate_ratio(k)
                .is_some_and(|r| r.low > SIZEABLE.0 && r.high < SIZEABLE.1)
        });
        return if within {
            Grade::NoSizeableLink
        } else {
            Grade::CannotTell
        };
    }
    let far = ratio.value >= WORTH_SAYING.1 || ratio.value <= WORTH_SAYING.0;
    let (Some(q), Some(support), true) = (evaluated.q.filter(|q| *q <= POSSIBLE_Q), support, far)
    else {
        return Grade::Hint;
    };
    let one_sided = evaluated.zero_side.is_some();
    // With no cramp on one side the exact interval and the shuffle stand in for the checks that need a model.
    let holds = support.shuffle_p.is_some_and(|p| p <= SHUFFLE_P) && support.missing.same_sign();
    if !(holds || one_sided) {
        return Grade::Hint;
    }
    let cap = if one_sided {
        cap.min(Grade::Possible)
    } else {
        cap
    };
    let sign = direction(evaluated).unwrap_or(0.0);
    let earlier_agrees = earlier.is_some_and(|e| {
        e.p.is_some_and(|p| p <= HINT_P) && e.direction.is_some_and(|d| d * sign > 0.0)
    });
    let quarters = support.quarters;
    let steady =
        quarters.heard > 0 && quarters.same_sign as f64 >= QUARTERS * quarters.heard as f64;
    let consistent =
        q <= CONSISTENT_Q && earlier_agrees && steady && support.cross_checks == Some(true);
    if consistent {
        Grade::Consistent
    } else {
        Grade::Possible
    }
    .min(cap)
}

/// Cramp nights at the first look; each later one comes at twice as many.
pub(crate) const FIRST_LOOK: usize = 24;

/// What one look found: kept in the diary, so that a later look can refer to it and nothing is looked at twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LookState {
    pub(crate) cramp_nights: usize,
    pub(crate) night: NaiveDate,
    pub(crate) family: usize,
    pub(crate) factors: Vec<LookFactor>,
}

/// One factor at a look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LookFactor {
    pub(crate) factor: String,
    pub(crate) lag: u8,
    /// p* then; `None` when a gate failed.
    pub(crate) p: Option<f64>,
    pub(crate) q: Option<f64>,
    pub(crate) direction: Option<f64>,
    pub(crate) grade: Grade,
}

impl LookState {
    pub(crate) fn factor(&self, name: &str, lag: u8) -> Option<&LookFactor> {
        self.factors
            .iter()
            .find(|f| f.factor == name && f.lag == lag)
    }
}

impl LookFactor {
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
    pub(crate) cramp_nights: usize,
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
