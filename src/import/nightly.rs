//! From what a device read to one value a night.

pub(crate) mod effort;
pub(crate) mod in_bed;
pub(crate) mod packed;
pub(crate) mod room;
pub(crate) mod sleep;
