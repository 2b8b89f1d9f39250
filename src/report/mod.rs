//! What is said: every number and every sentence, as serialisable values.

pub mod chart;
pub mod doctor;
pub mod flags;
pub mod say;
pub mod weekly;
