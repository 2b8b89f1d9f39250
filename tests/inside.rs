//! The tests of the inside, compiled into the crate so that nothing need be public for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// The program as `cargo test` builds it beside the tests.
fn cramp_binary() -> std::path::PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors().nth(2).unwrap().join("cramp")
}

/// A folder beside the program where tests may leave pictures to look at.
fn scratch() -> std::path::PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors().nth(3).unwrap().join("tmp")
}

/// What a diary holds, for comparing it with another or with itself at another time.
trait Contents {
    fn contents(&self) -> String;
}

impl Contents for crate::store::Store {
    fn contents(&self) -> String {
        format!("{:?}", self.read(None).unwrap())
    }
}

mod analysis;

mod any_bytes;
mod arbitrary_diary;
mod architecture;
mod archive;
mod asks;
mod bad_files;
mod catalogue;
mod chart;
mod clinic;
mod clock;
mod cohort;
mod data;
mod demo;
mod devices;
mod documentation;
mod door;
mod drawing;
mod entry_lines;
mod experiment_chart;
mod experiment_input;
mod experiment_page;
mod experiment_result;
mod experiments;
mod experiments_kept;
mod first_week;
mod flags;
mod gallery;
mod glance;
mod house;
mod import_home_assistant;
mod import_hours;
mod import_limits;
mod import_nightly;
mod import_phones;
mod import_sensors;
mod import_trackers;
mod io;
mod io_answers;
mod io_cli;
mod keeping;
mod kill;
mod knowledge;
mod looks;
mod names;
mod page;
mod page_door;
mod page_sheet;
mod page_year;
mod research;
mod rules;
mod rules_cases;
mod rules_doses;
mod rules_entries;
mod rules_experiment;
mod rules_experiment_running;
mod rules_properties;
mod rules_table;
mod rules_warnings;
mod saying;
mod screens;
mod serving;
mod stats_edges;
mod stats_pooled;
mod stats_reading;
mod stats_reference;
mod stats_texts;
mod store;
mod store_held;
mod store_parts;
mod store_records;
mod terminal_looks;
mod torture;
mod trust;
mod trust_door;
mod trust_limits;
mod trust_model;
mod trust_museum;
mod unit;
#[cfg(feature = "web")]
mod web;
#[cfg(feature = "web")]
mod web_adding;
#[cfg(feature = "web")]
mod web_bedside;
#[cfg(feature = "web")]
mod web_bedside_morning;
#[cfg(feature = "web")]
mod web_checks;
#[cfg(feature = "web")]
mod web_desk;
#[cfg(feature = "web")]
mod web_errors;
#[cfg(feature = "web")]
mod web_forms;
#[cfg(feature = "web")]
mod web_kept;
#[cfg(feature = "web")]
mod web_rules;
#[cfg(feature = "web")]
mod web_sockets;
#[cfg(feature = "web")]
mod web_words;
mod wording;
mod writing;
