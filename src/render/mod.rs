//! How it looks: report values and the diary's own records as bytes. Computes nothing.

mod cells;
pub mod csv;
pub mod export_json;
//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

pub mod terminal;
pub mod terminal_flags;
