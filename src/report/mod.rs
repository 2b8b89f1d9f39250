//! What is said: every number and every sentence, as serialisable values.

pub mod flags;
pub mod say;
pub mod weekly;
