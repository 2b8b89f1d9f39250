//! From what a device read to one value a night.

pub(crate) mod effort;
pub(crate) mod room;
pub(crate) mod sleep;
