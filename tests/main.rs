//! The one integration-test program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod analysis;

mod clock;
mod catalogue;
