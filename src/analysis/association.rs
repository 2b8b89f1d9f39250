//! Which factors go with cramps: estimates on all nights, grades from the scheduled looks, as plain values that the
//! report puts in words. What is serialised here is the JSON of `cramp analyze`, in its order.
//!
//! Grades follow exact rules. A link is announced at a look ([`crate::analysis::looks`]). Between looks estimates move and
//! grades do not rise; looking every month at every factor would announce something false in one diary of six.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::analysis::cramp_risk::{CrampRisk, NoRisk};
use crate::analysis::evaluation::{FactorFit, Winsorised};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::gate::{Gate, too_wide};
use crate::analysis::looks::{Hold, LookState, Standing};
use crate::analysis::night_table::{Factor, Kind, NightCounts};
use crate::data::word::words;
use crate::stats::estimate::Estimate;

words! {
    /// Something the reader of a result should know.
    Caution, "caution", {
        /// The factor is filled in differently on bad nights: capped at "hint".
        SelectiveLogging = "selective-logging",
        /// Something done in reaction to cramps, or an earlier day's value: exploratory, capped at "hint".
        Exploratory = "exploratory",
        Recalled = "recalled",
        Bundled = "bundled",
        /// There were more than 40 factors: not judged at this look.
        NotJudged = "not-judged",
        /// No cramp at all on one side: the interval is wide for want of a comparison.
        NoCrampsOnOneSide = "no-cramps-on-one-side",
        /// It changed so seldom that the change may be an answer to the cramps.
        FewSwitches = "few-switches",
        /// Tomorrow's value goes with tonight's cramps: capped at "hint".
        Tomorrow = "tomorrow",
        WaitsForLook = "waits-for-look",
        /// These nights cannot tell this factor from the background and the others: no estimate.
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
    /// The rate ratio without the other factors; only on the factor's own page.
    pub(crate) alone: Option<Estimate>,
    /// Keys of the former inference; always null.
    pub(crate) p_alone: Option<f64>,
    pub(crate) p_joint: Option<f64>,
    /// Two-sided p of the joint fit; of a bundle, of its members together.
    pub(crate) p: Option<f64>,
    /// The running P: the smallest of p over what the look spent, after all looks.
    pub(crate) p_spent: Option<f64>,
    /// False discovery rate over the family at the last look.
    pub(crate) q: Option<f64>,
    /// Key of the former inference; always null.
    pub(crate) g_star: Option<f64>,
    /// How often its known values change between with and without.
    pub(crate) switches: usize,
    /// Recorded nights on which it is not known; the fit fills them in.
    pub(crate) filled: usize,
    pub(crate) grade: Grade,
    /// Recorded nights still needed to see a doubling; `None` when more nights would not do it, or none are needed.
    pub(crate) need_nights: Option<usize>,
    /// Chance that four more weeks of writing it down every night change its grade; of a factor not settled yet.
    pub(crate) chance_of_change: Option<f64>,
    /// Share of calendar nights on which night and factor are known.
    pub(crate) coverage: f64,
    pub(crate) bundled_with: Vec<String>,
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
    /// Evening of the look that announced it.
    pub(crate) announced: Option<NaiveDate>,
    #[serde(skip)]
    pub(crate) cautions: Vec<Caution>,
}

fn if_estimated<S: Serializer>(
    risk: &Option<Result<CrampRisk, NoRisk>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    risk.and_then(Result::ok).serialize(serializer)
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
    /// Looks taken.
    pub(crate) looks: usize,
    /// Share of the budget for false alarms that they have spent.
    pub(crate) budget_used: f64,
    /// Cramp nights at which the next look is due.
    pub(crate) next_look: usize,
    /// Whether it is due now.
    pub(crate) look_due: bool,
    /// Pearson dispersion of the counts around the background; 1 for Poisson counts.
    pub(crate) dispersion: Option<f64>,
    /// One-sided p that they vary more than Poisson counts (Dean's score test).
    pub(crate) overdispersion_p: Option<f64>,
    /// Nights in a block of the shuffle and of what is described: 14, or 28 when spells last unusually long.
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
    /// Why no look is taken, however many cramp nights there are.
    #[serde(skip)]
    pub(crate) hold: Option<Hold>,
    /// The look taken now, which the diary does not hold yet.
    #[serde(skip)]
    pub(crate) look_taken: Option<LookState>,
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
        /// Announced at a look.
        Possible = "possible link",
        /// Announced, and borne out by the nights after.
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
/// Rate ratios closer to 1 than these are not called a link.
const WORTH_SAYING: (f64, f64) = (0.83, 1.2);
/// Rate ratios outside these are sizeable.
pub(crate) const SIZEABLE: (f64, f64) = (0.67, 1.5);

/// Grade of today's estimate with what the looks have announced; `cap` is the highest that other circumstances allow.
pub(crate) fn grade(evaluated: &FactorFit, standing: Option<&Standing>, cap: Grade) -> Grade {
    let ratio = evaluated.rate_ratio(evaluated.leading_column());
    let (Some(p), Some(ratio), true) = (evaluated.p, ratio, evaluated.gates.is_empty()) else {
        return Grade::NotEnough;
    };
    if p > HINT_P {
        // Every level of a choice must lie within the limits, not only the leading one.
        let columns = 0..evaluated.exposure.steps.len();
        let ratios: Option<Vec<Estimate>> = columns.map(|k| evaluated.rate_ratio(k)).collect();
        let within = |r: &Estimate| r.low > SIZEABLE.0 && r.high < SIZEABLE.1;
        return match ratios {
            _ if too_wide(ratio.low, ratio.high) => Grade::NotEnough,
            Some(all) if all.iter().all(within) => Grade::NoSizeableLink,
            _ => Grade::CannotTell,
        };
    }
    let far = ratio.value >= WORTH_SAYING.1 || ratio.value <= WORTH_SAYING.0;
    let same_sign = |s: &&Standing| s.direction.is_some_and(|d| d * ratio.value.ln() > 0.0);
    let announced = standing
        .filter(|s| far && s.announced.is_some())
        .filter(same_sign);
    let grade = match announced {
        Some(s) if s.consistent.is_some() => Grade::Consistent,
        Some(_) => Grade::Possible,
        None => Grade::Hint,
    };
    grade.min(cap)
}
