//! What is known about each factor, as plain values: what the analysis hands to the report.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::cramp_risk::{CrampRisk, NoRisk};
use crate::analysis::evaluation::Winsorised;
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::analysis::gate::Gate;
use crate::analysis::grade::Grade;
use crate::analysis::look::LookState;
use crate::analysis::night_table::{Kind, NightCounts};
use crate::analysis::selective::LoggingCheck;
use crate::analysis::sensitivity::Support;
use crate::stats::estimate::Estimate;

/// Something the reader of a result should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Caution {
    /// Known on fewer than 60 % of the nights: capped at "hint".
    LowCoverage,
    /// The factor is filled in differently on bad nights: capped at "hint".
    SelectiveLogging,
    /// Something done in reaction to cramps, or an earlier day's value: exploratory, capped at "hint".
    Exploratory,
    /// Some values were written down after that night's cramp.
    Recalled,
    /// Cannot be told apart from the factors it is bundled with.
    Bundled,
    /// Too many factors for the cramp nights there are: not adjusted for the others.
    NotAdjustedForOthers,
    /// No cramp at all on one side: exact answer, capped at "possible".
    NoCrampsOnOneSide,
    /// A grade can rise only at the next look.
    WaitsForLook,
    /// The background takes this factor for drift or the weekend: no estimate.
    NoEstimate,
}

/// What is known about one factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Association {
    /// Name used on the command line.
    pub(crate) factor: String,
    /// Name used in sentences.
    pub(crate) label: String,
    /// How it is measured.
    pub(crate) kind: Kind,
    /// Unit of a number.
    pub(crate) unit: Option<String>,
    /// Nights by which the value precedes the night.
    pub(crate) lag: u8,
    /// What "with" means in the plain table.
    pub(crate) split: Split,
    /// Name of the commonest level of a choice.
    pub(crate) base_level: Option<String>,
    /// Nights with and without, and their cramps.
    pub(crate) table: PlainTable,
    /// Share of calendar nights on which night and factor are known.
    pub(crate) coverage: f64,
    /// Step the effect is stated for.
    pub(crate) step: Option<Step>,
    /// Rate ratio per step with 95 % interval.
    pub(crate) effect: Option<Estimate>,
    /// Cramp nights in 100 with and without, of a factor that is graded a link, or why there is no such estimate.
    pub(crate) risk: Option<Result<CrampRisk, NoRisk>>,
    /// p on the background alone.
    pub(crate) p_alone: Option<f64>,
    /// p in the joint model.
    pub(crate) p_joint: Option<f64>,
    /// The larger of the two.
    pub(crate) p: Option<f64>,
    /// False discovery rate over the family.
    pub(crate) q: Option<f64>,
    /// Effective number of independent blocks.
    pub(crate) g_star: Option<f64>,
    /// Grade.
    pub(crate) grade: Grade,
    /// Gates that fail.
    pub(crate) gates: Vec<Gate>,
    /// Whether it counts among the things tested.
    pub(crate) in_family: bool,
    /// Recorded nights still needed to see a doubling; `None` when more nights would not do it, or none are needed.
    pub(crate) need_nights: Option<usize>,
    /// Factors it cannot be told apart from.
    pub(crate) bundled_with: Vec<String>,
    /// Checks made of a candidate link.
    pub(crate) support: Option<Support>,
    /// Whether the factor is filled in differently on bad nights.
    pub(crate) logging: LoggingCheck,
    /// Number of values written down after that night's cramp.
    pub(crate) recalled: usize,
    /// Evening of the look since which a consistent link has held.
    pub(crate) since: Option<NaiveDate>,
    /// Cautions.
    pub(crate) cautions: Vec<Caution>,
}

/// Why nothing at all can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NoAnalysis {
    /// No night is recorded.
    NoNights,
    /// No cramp on any recorded night.
    NoCramps,
    /// Every recorded night had a cramp.
    OnlyCramps,
    /// The diary was kept only when it hurt.
    OnlyWhenItHurt,
}

/// The analysis of a whole table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Associations {
    /// Plain counts.
    pub(crate) nights: NightCounts,
    /// Evening of the first and last recorded night.
    pub(crate) span: Option<(NaiveDate, NaiveDate)>,
    /// Number of things tested together.
    pub(crate) tested: usize,
    /// Cramp nights at the last look, if one was reached.
    pub(crate) look: Option<usize>,
    /// Cramp nights at which the next look is due.
    pub(crate) next_look: usize,
    /// The factors, in the table's order.
    pub(crate) factors: Vec<Association>,
    /// Why nothing is graded.
    pub(crate) refused: Option<NoAnalysis>,
    /// Are first nights after a gap different?
    pub(crate) after_gaps: LoggingCheck,
    /// Nights lowered for modelling.
    pub(crate) winsorised: Option<Winsorised>,
    /// Pearson dispersion of the background.
    pub(crate) dispersion: Option<f64>,
    /// One-sided p that the counts vary more than Poisson ones.
    pub(crate) overdispersion_p: Option<f64>,
    /// Nights in a block of the jackknife and of the shuffle: 14, or 28 when spells last unusually long.
    pub(crate) block_nights: usize,
    /// Looks taken now that the diary does not hold yet.
    #[serde(skip)]
    pub(crate) new_looks: Vec<LookState>,
}
