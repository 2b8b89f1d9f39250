#![doc = include_str!("README.md")]

pub(crate) mod analyze;
pub(crate) mod association;
pub(crate) mod changes;
pub(crate) mod control_charts;
pub(crate) mod cramp_risk;
pub(crate) mod doses;
pub(crate) mod evaluation;
pub(crate) mod exposure;
pub(crate) mod factor_detail;
pub(crate) mod forecast;
pub(crate) mod from_diary;
pub(crate) mod gate;
pub(crate) mod joint;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the pipeline that takes these looks follows")
)]
pub(crate) mod looks;
pub(crate) mod model;
pub(crate) mod night_table;
pub(crate) mod rates;
pub(crate) mod self_check;
pub(crate) mod sensitivity;
pub(crate) mod trend;
