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
pub enum Caution {
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
pub struct Association {
    /// Name used on the command line.
    pub factor: String,
    /// Name used in sentences.
    pub label: String,
    /// How it is measured.
    pub kind: Kind,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Nights by which the value precedes the night.
    pub lag: u8,
    /// What "with" means in the plain table.
    pub split: Split,
    /// Name of the commonest level of a choice.
    pub base_level: Option<String>,
    /// Nights with and without, and their cramps.
    pub table: PlainTable,
    /// Share of calendar nights on which night and factor are known.
    pub coverage: f64,
    /// Step the effect is stated for.
    pub step: Option<Step>,
    /// Rate ratio per step with 95 % interval.
    pub effect: Option<Estimate>,
    /// Cramp nights in 100 with and without, of a factor that is graded a link, or why there is no such estimate.
    pub risk: Option<Result<CrampRisk, NoRisk>>,
    /// p on the background alone.
    pub p_alone: Option<f64>,
    /// p in the joint model.
    pub p_joint: Option<f64>,
    /// The larger of the two.
    pub p: Option<f64>,
    /// False discovery rate over the family.
    pub q: Option<f64>,
    /// Effective number of independent blocks.
    pub g_star: Option<f64>,
    /// Grade.
    pub grade: Grade,
    /// Gates that fail.
    pub gates: Vec<Gate>,
    /// Whether it counts among the things tested.
    pub in_family: bool,
    /// Recorded nights still needed to see a doubling; `None` when more nights would not do it, or none are needed.
    pub need_nights: Option<usize>,
    /// Factors it cannot be told apart from.
    pub bundled_with: Vec<String>,
    /// Checks made of a candidate link.
    pub support: Option<Support>,
    /// Whether the factor is filled in differently on bad nights.
    pub logging: LoggingCheck,
    /// Number of values written down after that night's cramp.
    pub recalled: usize,
    /// Evening of the look since which a consistent link has held.
    pub since: Option<NaiveDate>,
    /// Cautions.
    pub cautions: Vec<Caution>,
}

/// Why nothing at all can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoAnalysis {
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
pub struct Associations {
    /// Plain counts.
    pub nights: NightCounts,
    /// Evening of the first and last recorded night.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Number of things tested together.
    pub tested: usize,
    /// Cramp nights at the last look, if one was reached.
    pub look: Option<usize>,
    /// Cramp nights at which the next look is due.
    pub next_look: usize,
    /// The factors, in the table's order.
    pub factors: Vec<Association>,
    /// Why nothing is graded.
    pub refused: Option<NoAnalysis>,
    /// Are first nights after a gap different?
    pub after_gaps: LoggingCheck,
    /// Nights lowered for modelling.
    pub winsorised: Option<Winsorised>,
    /// Pearson dispersion of the background.
    pub dispersion: Option<f64>,
    /// One-sided p that the counts vary more than Poisson ones.
    pub overdispersion_p: Option<f64>,
    /// Nights in a block of the jackknife and of the shuffle: 14, or 28 when spells last unusually long.
    pub block_nights: usize,
    /// Looks taken now that the diary does not hold yet.
    #[serde(skip)]
    pub new_looks: Vec<LookState>,
}
