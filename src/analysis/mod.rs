//! Numbers that follow from a diary: the night table, coverage, associations, trend.

pub mod all_numbers;
pub mod bundle;
pub mod evaluation;
pub mod exposure;
pub mod gate;
pub mod joint;
pub mod night_model;
pub mod night_table;
pub mod sensitivity;
pub mod single;
pub mod zero_side;
