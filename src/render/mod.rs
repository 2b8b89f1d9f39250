//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.

#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod archive;
pub(crate) mod calendar_file;
pub(crate) mod canvas;
pub(crate) mod chart;
pub(crate) mod cohort;
pub(crate) mod doorstep;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod export;
pub(crate) mod fhir;
pub(crate) mod fhir_resources;
pub(crate) mod page;
pub(crate) mod pdf;
pub(crate) mod picture;
pub(crate) mod plot;
pub(crate) mod redcap;
pub(crate) mod research;
pub(crate) mod sheet;
pub(crate) mod style;
pub(crate) mod terminal;
pub(crate) mod terminal_analysis;
pub(crate) mod terminal_bars;
pub(crate) mod terminal_code;
pub(crate) mod terminal_experiment;
pub(crate) mod terminal_experiment_result;
pub(crate) mod terminal_flags;
pub(crate) mod terminal_forest;
pub(crate) mod terminal_reports;
#[cfg(feature = "web")]
pub(crate) mod web;
