//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.

pub mod arrow;
pub mod background;
pub mod block_jackknife;
pub mod block_shuffle;
pub mod drift_design;
