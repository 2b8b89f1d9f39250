//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod analysis;
mod arbitrary_diary;
mod catalogue;
mod chart;
mod clock;

mod architecture;
mod bad_files;
mod documentation;
mod door;
mod gallery;
mod io;
mod io_answers;
mod kill;
mod page;
mod saying;
mod stats_edges;
mod stats_reference;
mod store;
mod store_records;
mod trust;
mod trust_limits;
mod trust_model;
mod trust_museum;
mod unit;
mod writing;
