//! Wording and rounding, once.

pub mod chart;
pub mod print;
