//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.
//!
//! Every function says where its formula comes from and what it answers at the edges (nothing observed, one value, all
//! equal); an undefined quantity is `None`, never NaN. Each method is held to reference values computed elsewhere
//! (`tests/reference/`), by the same comparison that `examples/verify` offers for any folder of such cases.

pub(crate) mod block_jackknife;
pub(crate) mod by_size;
pub(crate) mod chance;
pub(crate) mod change;
pub(crate) mod circular;
pub(crate) mod conditional;
pub(crate) mod design;
pub(crate) mod distribution;
pub(crate) mod estimate;
pub(crate) mod fill;
pub(crate) mod firth;
pub(crate) mod fisher;
pub(crate) mod hurdle;
pub(crate) mod latent;
pub(crate) mod meta;
pub(crate) mod next_study;
pub(crate) mod randomisation;
pub(crate) mod ranks;
pub(crate) mod rate;
pub(crate) mod regression;
pub(crate) mod shuffle;
pub(crate) mod sign_flips;
pub(crate) mod solve;
pub(crate) mod special;
pub(crate) mod trend;
