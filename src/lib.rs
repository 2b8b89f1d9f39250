#![doc = include_str!("README.md")]

pub mod analysis;
pub mod cli;
pub mod diary;
pub mod import;
pub mod render;
pub mod report;
pub mod rules;
pub mod stats;
pub mod store;
