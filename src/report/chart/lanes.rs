//! What the picture of an experiment is made of.

use serde::Serialize;

use crate::diary::{Night, NightState};
use crate::report::chart::axis::Axis;

/// Two lanes over one axis. The x axis counts nights: night `i` of the experiment fills `i` to `i + 1`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Periods {
    pub(crate) x: Axis,
    /// Cramps of the fullest night that is drawn; at least 1.
    pub(crate) most: usize,
    /// The nights with it, then those without.
    pub(crate) lanes: Vec<PeriodLane>,
}

/// The nights that were to be with it, or those that were not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PeriodLane {
    pub(crate) on: bool,
    pub(crate) label: String,
    /// The rate over all its nights that count, in words.
    pub(crate) rate: String,
    /// Where nights of this lane follow each other without one of the other.
    pub(crate) runs: Vec<(f64, f64)>,
    pub(crate) nights: Vec<PeriodNight>,
    /// The rate period by period, or every seven blocks.
    pub(crate) rates: Vec<PeriodRate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PeriodNight {
    pub(crate) night: Night,
    pub(crate) at: f64,
    pub(crate) state: NightState,
    /// How many cramps; `None` when unknown.
    pub(crate) cramps: Option<usize>,
    /// Why the night does not count, where it does not.
    pub(crate) left_out: Option<LeftOut>,
}

/// Why a night with an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LeftOut {
    /// Among the first nights of its period.
    Washout,
    /// In a time the person left out of all numbers.
    Excluded,
}

/// The rate of the nights of one lane within a stretch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PeriodRate {
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// Nights that count, and their cramps.
    pub(crate) nights: usize,
    pub(crate) cramps: usize,
    /// Cramps a night; `None` without a night that counts.
    pub(crate) rate: Option<f64>,
    /// The same in 100 nights, as it is printed.
    pub(crate) label: String,
}

impl PeriodNight {
    pub(crate) fn counts(&self) -> bool {
        self.left_out.is_none() && self.cramps.is_some()
    }
}
