//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chart;
mod clock;
mod gallery;
mod page;
mod catalogue;
mod clock;
mod store;
mod store_records;
mod unit;
