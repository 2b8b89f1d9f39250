//! Experiments from a file: a plan of the diary itself is never replaced, and what was done is found by thing and night.

use chrono::{DateTime, Utc};

use crate::diary::Night;
use crate::diary::experiment::{Adherence, Experiment, ExperimentDraft};
use crate::diary::kept::Kept;
use crate::import::records::{Numbered, numbered};

impl Numbered for Experiment {
    numbered!(
        (String, Night),
        |e| (e.thing.clone(), e.from),
        format!("the experiment with {} from {}", e.thing, e.from),
        |d, id, at| Experiment::blank(
            id,
            d.thing.clone(),
            d.design,
            d.from,
            d.to,
            d.period,
            d.dropped,
            d.effect,
            d.power,
            d.schedule.clone(),
            d.nonce.clone(),
            d.seal.clone(),
            at
        )
    );

    /// A plan of the diary itself stands as it was sealed; an early end or an opened key is taken over.
    fn take(&mut self, draft: &ExperimentDraft) {
        if draft.seal == self.seal {
            self.opened = self.opened.take().or_else(|| draft.opened.clone());
            self.stopped = self.stopped.or(draft.stopped);
            self.reason = self.reason.take().or_else(|| draft.reason.clone());
        }
    }
}

impl Numbered for Adherence {
    numbered!(
        (String, Night),
        |a| (a.thing.clone(), a.night),
        format!("what was done about {} on {}", a.thing, a.night),
        |d, id, at| Adherence::blank(id, d.thing.clone(), d.night, d.done, at)
    );
}
