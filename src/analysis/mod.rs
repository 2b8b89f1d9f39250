//! Numbers that follow from a diary: the night table, coverage, associations, trend.

pub mod all_numbers;
pub mod joint;
pub mod night_model;
pub mod night_table;
pub mod single;
