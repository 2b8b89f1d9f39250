//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

pub mod canvas;
mod cells;
pub mod chart;
pub mod csv;
pub mod export_json;
pub mod font;
pub mod html;
pub mod ink;
pub mod page;
pub mod pdf;
pub mod png;
pub mod sheet;
pub mod svg;
pub mod terminal;
mod terminal_bars;
pub mod terminal_factors;
pub mod terminal_flags;
pub mod terminal_trend;
