//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod catalogue;
mod clock;
mod store;
mod store_records;
mod unit;
