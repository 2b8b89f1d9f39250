//! What is said: every number and every sentence, as serialisable values.

pub(crate) mod catalogue;
pub(crate) mod chart;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod factors;
pub(crate) mod flags;
pub(crate) mod help;
pub(crate) mod origin;
pub(crate) mod records;
pub(crate) mod say;
pub(crate) mod status;
pub(crate) mod stretch;
pub(crate) mod trend;
pub(crate) mod weekly;
