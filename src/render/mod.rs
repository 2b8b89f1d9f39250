//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

mod cells;
pub mod csv;
pub mod export_json;
pub mod terminal;
pub mod terminal_flags;
