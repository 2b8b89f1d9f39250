//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

pub mod canvas;
pub mod font;
pub mod pdf;
pub mod png;
pub mod sheet;
pub mod svg;
