//! Which factors go with cramps: estimates on all nights, grades from the scheduled looks, as plain values that the
//! report puts in words. What is serialised here is the JSON of `cramp analyze`, in its order.
//!
//! Grades follow exact rules. A look is a moment at which a link may be announced: the number of cramp nights has doubled.
//! Between looks estimates move and grades do not rise; looking every month at every factor would announce something
//! false in nearly every diary.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use crate::analysis::cramp_risk::{CrampRisk, NoRisk};
use crate::analysis::evaluation::{FactorFit, Winsorised};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::gate::Gate;
use crate::analysis::night_table::{Factor, Kind, NightCounts, NightTable};
use crate::analysis::sensitivity::{Support, direction};
use crate::data::word::words;
use crate::stats::estimate::Estimate;

words! {
    /// Something the reader of a result should know.
    Caution, "caution", {
        /// Known on fewer than 60 % of the nights: capped at "hint".
        LowCoverage = "low-coverage",
        /// The factor is filled in differently on bad nights: capped at "hint".
        SelectiveLogging = "selective-logging",
        /// Something done in reaction to cramps, or an earlier day's value: exploratory, capped at "hint".
        Exploratory = "exploratory",
        Recalled = "recalled",
        Bundled = "bundled",
        /// Too many factors for the cramp nights there are: not adjusted for the others.
        NotAdjustedForOthers = "not-adjusted-for-others",
        /// No cramp at all on one side: exact answer, capped at "possible".
        NoCrampsOnOneSide = "no-cramps-on-one-side",
        WaitsForLook = "waits-for-look",
        /// The background takes this factor for drift or the weekend: no estimate.
        NoEstimate = "no-estimate",
    }
}

/// A rate ratio with what it is stated for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Effect {
    pub(crate) measure: &'static str,
    /// `yes vs no`, `5 °C`, …; the report writes it.
    pub(crate) per: String,
    #[serde(flatten)]
    pub(crate) estimate: Estimate,
}

/// What is known about one factor.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Association {
    pub(crate) factor: String,
    pub(crate) label: String,
    pub(crate) lag: u8,
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    #[serde(rename = "n")]
    pub(crate) table: PlainTable,
    pub(crate) effect: Option<Effect>,
    /// Cramp nights in 100 with and without, of a factor that is graded a link, or why there is no such estimate.
    #[serde(serialize_with = "if_estimated")]
    pub(crate) risk: Option<Result<CrampRisk, NoRisk>>,
    pub(crate) p_alone: Option<f64>,
    pub(crate) p_joint: Option<f64>,
    /// The larger of the two.
    pub(crate) p: Option<f64>,
    /// False discovery rate over the family.
    pub(crate) q: Option<f64>,
    pub(crate) g_star: Option<f64>,
    pub(crate) grade: Grade,
    /// Recorded nights still needed to see a doubling; `None` when more nights would not do it, or none are needed.
    pub(crate) need_nights: Option<usize>,
    /// Share of calendar nights on which night and factor are known.
    pub(crate) coverage: f64,
    pub(crate) bundled_with: Vec<String>,
    /// Checks made of a candidate link.
    #[serde(rename = "shuffle_p", serialize_with = "shuffle_p")]
    pub(crate) support: Option<Support>,
    #[serde(skip)]
    pub(crate) unit: Option<String>,
    /// What "with" means in the plain table.
    #[serde(skip)]
    pub(crate) split: Split,
    /// Name of the commonest level of a choice.
    #[serde(skip)]
    pub(crate) base_level: Option<String>,
    /// Step the effect is stated for.
    #[serde(skip)]
    pub(crate) step: Option<Step>,
    #[serde(skip)]
    pub(crate) gates: Vec<Gate>,
    /// Whether it counts among the things tested.
    #[serde(skip)]
    pub(crate) in_family: bool,
    /// Number of values written down after that night's cramp.
    #[serde(skip)]
    pub(crate) recalled: usize,
    /// Evening of the look since which a consistent link has held.
    #[serde(skip)]
    pub(crate) since: Option<NaiveDate>,
    #[serde(skip)]
    pub(crate) cautions: Vec<Caution>,
}

fn if_estimated<S: Serializer>(
    risk: &Option<Result<CrampRisk, NoRisk>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    risk.and_then(Result::ok).serialize(serializer)
}

fn shuffle_p<S: Serializer>(support: &Option<Support>, serializer: S) -> Result<S::Ok, S::Error> {
    support.and_then(|s| s.shuffle_p).serialize(serializer)
}

impl Association {
    pub(crate) fn ratio(&self) -> Option<Estimate> {
        self.effect.as_ref().map(|e| e.estimate)
    }

    /// How far its effect is from no difference, on the logarithmic scale; 0 without one.
    pub(crate) fn size(&self) -> f64 {
        let value = self.ratio().map(|ratio| ratio.value);
        value.map_or(0.0, |ratio| ratio.max(1e-9).ln().abs())
    }

    /// A factor of which only the plain counts are known.
    pub(crate) fn counted(factor: &Factor, split: Split, table: PlainTable, coverage: f64) -> Self {
        let base_level = match split {
            Split::OtherThan(base) => factor.levels.get(base).cloned(),
            _ => None,
        };
        Self {
            factor: factor.name.clone(),
            label: factor.label.clone(),
            lag: factor.lag,
            kind: factor.kind,
            table,
            coverage,
            unit: factor.unit.clone(),
            split,
            base_level,
            recalled: factor.recalled,
            ..Self::default()
        }
    }
}

words! {
    /// Why nothing at all can be said.
    NoAnalysis, "reason", {
        NoNights = "no-nights",
        NoCramps = "no-cramps",
        OnlyCramps = "only-cramps",
        OnlyWhenItHurt = "only-when-it-hurt",
    }
}

/// The analysis of a whole table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Associations {
    pub(crate) nights: NightCounts,
    /// Evening of the first and last recorded night.
    pub(crate) span: Option<(NaiveDate, NaiveDate)>,
    pub(crate) tested: usize,
    /// Cramp nights at the last look, if one was reached.
    pub(crate) look: Option<usize>,
    /// Cramp nights at which the next look is due.
    pub(crate) next_look: usize,
    /// Pearson dispersion of the counts around the background; 1 for Poisson counts.
    pub(crate) dispersion: Option<f64>,
    /// One-sided p that they vary more than Poisson counts (Dean's score test).
    pub(crate) overdispersion_p: Option<f64>,
    /// Nights in a block of the jackknife and of the shuffle: 14, or 28 when spells last unusually long.
    pub(crate) block_nights: usize,
    #[serde(skip)]
    pub(crate) factors: Vec<Association>,
    #[serde(skip)]
    pub(crate) refused: Option<NoAnalysis>,
    /// Are first nights after a gap different?
    #[serde(skip)]
    pub(crate) after_gaps: bool,
    #[serde(skip)]
    pub(crate) winsorised: Option<Winsorised>,
    /// Looks taken now that the diary does not hold yet.
    #[serde(skip)]
    pub(crate) new_looks: Vec<LookState>,
}

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
    evaluated: &FactorFit,
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
    pub(crate) fn new(factor: &str, lag: u8, evaluated: &FactorFit, grade: Grade) -> Self {
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
