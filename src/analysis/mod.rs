//! Numbers that follow from a diary: the night table, coverage, associations, trend.

pub mod all_numbers;
pub mod association;
pub mod associations;
pub mod bundle;
pub mod course_effect;
pub mod doses;
pub mod evaluation;
pub mod exposure;
pub mod factor_detail;
pub mod from_diary;
pub mod gate;
pub mod grade;
pub mod joint;
pub mod look;
pub mod months;
pub mod night_model;
pub mod night_table;
pub mod seasons;
pub mod selective;
pub mod self_test;
pub mod sensitivity;
pub mod single;
pub mod spells;
pub mod zero_side;
