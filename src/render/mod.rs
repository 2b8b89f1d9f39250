//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

pub mod terminal;
pub mod terminal_flags;
