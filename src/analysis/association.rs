//! Which factors go with cramps: estimates on all nights, grades from the scheduled looks, as plain values that the
//! report puts in words. What is serialised here is the JSON of `cramp analyze`, in its order.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::analysis::cramp_risk::{CrampRisk, NoRisk};
use crate::analysis::evaluation::Winsorised;
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::gate::Gate;
use crate::analysis::grade::{Grade, LookState};
use crate::analysis::night_table::{Factor, Kind, NightCounts};
use crate::analysis::sensitivity::Support;
use crate::stats::estimate::Estimate;

/// Something the reader of a result should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caution {
    /// Known on fewer than 60 % of the nights: capped at "hint".
    LowCoverage,
    /// The factor is filled in differently on bad nights: capped at "hint".
    SelectiveLogging,
    /// Something done in reaction to cramps, or an earlier day's value: exploratory, capped at "hint".
    Exploratory,
    Recalled,
    Bundled,
    /// Too many factors for the cramp nights there are: not adjusted for the others.
    NotAdjustedForOthers,
    /// No cramp at all on one side: exact answer, capped at "possible".
    NoCrampsOnOneSide,
    WaitsForLook,
    /// The background takes this factor for drift or the weekend: no estimate.
    NoEstimate,
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
    /// Name used on the command line.
    pub(crate) factor: String,
    /// Name used in sentences.
    pub(crate) label: String,
    /// Nights by which the value precedes the night.
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

/// Why nothing at all can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnalysis {
    NoNights,
    NoCramps,
    OnlyCramps,
    OnlyWhenItHurt,
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
