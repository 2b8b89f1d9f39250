//! What is said: every number and every sentence, as serialisable values.

pub mod bars;
pub mod catalogue;
pub mod chart;
pub mod checkin;
pub mod doctor;
pub mod echo;
pub mod explain;
pub mod factors;
pub mod flag_rules;
pub mod flags;
pub mod flags_check;
pub mod help;
pub mod history;
pub mod listing;
pub mod near;
pub mod say;
pub mod source_list;
pub mod status;
mod stood_out;
pub mod trend;
pub mod verify;
pub mod weekly;
