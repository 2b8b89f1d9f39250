//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod analysis;

mod arbitrary_diary;
mod architecture;
mod bad_files;
mod catalogue;
mod chart;
mod clock;
mod documentation;
mod catalogue;
mod catalogue;
mod chart;
mod chart;
mod clock;
mod clock;
mod catalogue;
mod chart;
mod clock;
mod arbitrary_diary;
mod door;
mod gallery;
mod io;
mod io_answers;
mod page;
mod saying;
mod stats_edges;
mod stats_reference;
mod store;
mod store_records;
mod trust;
mod unit;
mod writing;
