#![doc = include_str!("README.md")]

mod analysis;
mod cli;
mod data;
mod diary;
mod import;
mod render;
mod report;
mod rules;
mod session;
mod stats;
mod store;
mod words;

pub use cli::{Environment, Failure as Refused, command, run};
pub use diary::Zone;
pub use session::Session;
pub use simulate::simulate;

#[path = "../examples/verify/answer/mod.rs"]
pub mod reference;
#[path = "../examples/simulate/plan.rs"]
mod simulate;

#[cfg(test)]
#[path = "../tests/inside.rs"]
mod tests;
