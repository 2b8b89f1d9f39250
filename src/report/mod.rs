//! What is said: every number and every sentence, as serialisable values.

pub(crate) mod bars;
pub(crate) mod catalogue;
pub(crate) mod chart;
pub(crate) mod checkin;
pub(crate) mod doctor;
pub(crate) mod echo;
pub(crate) mod explain;
pub(crate) mod factors;
pub(crate) mod flags;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod listing;
pub(crate) mod near;
pub(crate) mod origin;
pub(crate) mod say;
pub(crate) mod status;
pub(crate) mod trend;
pub(crate) mod verify;
pub(crate) mod weekly;
