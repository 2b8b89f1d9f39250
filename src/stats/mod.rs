//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.
//!
//! Every function says where its formula comes from and what it answers at the edges (nothing observed, one value, all
//! equal); an undefined quantity is `None`, never NaN. Each method is held to reference values computed elsewhere
//! (`tests/reference/`), by the same comparison that `examples/verify` offers for any folder of such cases.

pub mod distribution;
pub mod estimate;
pub mod proportion;
pub mod rate;
pub mod special;
