//! What is said: every number and every sentence, as serialisable values.

pub mod chart;
pub mod say;
