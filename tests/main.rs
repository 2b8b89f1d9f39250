//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod analysis;

mod any_bytes;
mod arbitrary_diary;
mod architecture;
mod bad_files;
mod catalogue;
mod chart;
mod clock;
mod demo;
mod documentation;
mod door;
mod flags;
mod gallery;
mod io;
mod io_answers;
mod io_cli;
#[path = "fuzz/fuzz_targets/keeping.rs"]
mod keeping;
mod kill;
mod page;
mod page_door;
mod rules;
mod rules_cases;
mod rules_entries;
mod rules_properties;
mod rules_table;
mod saying;
mod stats_edges;
mod stats_reference;
mod store;
mod store_records;
mod terminal_looks;
mod torture;
mod trust;
mod trust_door;
mod trust_limits;
mod trust_model;
mod trust_museum;
mod unit;
mod writing;
