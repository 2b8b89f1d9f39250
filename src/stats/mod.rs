//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.
//!
//! Every function says where its formula comes from and what it answers at the edges (nothing observed, one value, all
//! equal); an undefined quantity is `None`, never NaN. Each method is held to reference values computed elsewhere
//! (`tests/reference/`), by the same comparison that `examples/verify` offers for any folder of such cases.

pub mod arrow;
pub mod background;
pub mod background_firth;
pub mod background_negative_binomial;
pub mod block_jackknife;
pub mod block_shuffle;
pub mod change_point;
pub mod circular;
pub mod circular_density;
pub mod conditional_poisson;
pub mod drift_design;

pub mod conditional_logistic;
pub mod control_chart;
pub mod cox;
pub mod distribution;
pub mod estimate;
pub mod firth;
pub mod fisher;
pub mod forecast;
pub mod gamma_rates;
pub mod glm;
pub mod harmonic;
pub mod hurdle;
pub mod linear;
pub mod matrix;
pub mod multiplicity;
pub mod negative_binomial;
pub mod overdispersion;
mod pair_slopes;
pub mod permutation;
pub mod power;
pub mod profile;
pub mod proportion;
pub mod randomisation;
pub mod rank_correlation;
pub mod rank_test;
pub mod rate;
pub mod robust;
pub mod root;
pub mod run_length;
pub mod serial;
pub mod special;
pub mod standardise;
pub mod stratified;
pub mod trend;
pub mod uniformity;
