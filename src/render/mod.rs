//! How it looks: report values and the diary's own records as bytes. Computes nothing.

mod cells;
pub mod csv;
pub mod export_json;
