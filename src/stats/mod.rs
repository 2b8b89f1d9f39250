//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.
//!
//! Every function says where its formula comes from and what it answers at the edges (nothing observed, one value, all
//! equal); an undefined quantity is `None`, never NaN. Each method is held to reference values computed elsewhere
//! (`tests/reference/`), by the same comparison that `examples/verify` offers for any folder of such cases.

pub(crate) mod arrow;
pub(crate) mod background;
pub(crate) mod background_firth;
pub(crate) mod background_negative_binomial;
pub(crate) mod block_jackknife;
pub(crate) mod block_shuffle;
pub(crate) mod change_point;
pub(crate) mod circular;
pub(crate) mod circular_density;
pub(crate) mod conditional_poisson;
pub(crate) mod drift_design;

pub(crate) mod conditional_logistic;
pub(crate) mod control_chart;
pub(crate) mod cox;
pub(crate) mod distribution;
pub(crate) mod estimate;
pub(crate) mod firth;
pub(crate) mod fisher;
pub(crate) mod forecast;
pub(crate) mod gamma_rates;
pub(crate) mod glm;
pub(crate) mod harmonic;
pub(crate) mod hurdle;
pub(crate) mod linear;
pub(crate) mod matrix;
pub(crate) mod multiplicity;
pub(crate) mod negative_binomial;
pub(crate) mod overdispersion;
pub(crate) mod pair_slopes;
pub(crate) mod permutation;
pub(crate) mod power;
pub(crate) mod profile;
pub(crate) mod proportion;
pub(crate) mod randomisation;
pub(crate) mod rank_correlation;
pub(crate) mod rank_test;
pub(crate) mod rate;
pub(crate) mod robust;
pub(crate) mod root;
pub(crate) mod run_length;
pub(crate) mod serial;
pub(crate) mod special;
pub(crate) mod standardise;
pub(crate) mod stratified;
pub(crate) mod trend;
pub(crate) mod uniformity;
