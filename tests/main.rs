//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod analysis;

mod catalogue;
mod clock;
mod arbitrary_diary;
mod catalogue;
mod clock;
mod io;
mod io_answers;
mod chart;
mod gallery;
mod page;
mod store;
mod store_records;
mod unit;
