//! Sentences that have to choose between texts, for every form of output. The texts stand in `src/words/en/`.

pub(crate) mod alt;
pub(crate) mod chart;
pub(crate) mod explain;
pub(crate) mod factor;
pub(crate) mod page;
pub(crate) mod record;
