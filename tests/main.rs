//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod analysis;

mod catalogue;
mod clock;
mod arbitrary_diary;
mod chart;
mod door;
mod gallery;
mod io;
mod io_answers;
mod page;
mod saying;
mod store;
mod store_records;
mod unit;
mod writing;
mod stats_edges;
mod stats_reference;
mod trust;
