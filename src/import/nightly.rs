//! From what a device read to one value a night.

pub(crate) mod room;
