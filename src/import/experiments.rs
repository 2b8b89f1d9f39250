//! Experiments from a file: a plan of the diary itself is never replaced, and what was done is found by thing and night.

use chrono::{DateTime, Utc};

use crate::diary::experiment::{Adherence, AdherenceDraft, Experiment, ExperimentDraft, LONGEST};
use crate::diary::kept::Kept;
use crate::diary::{Night, Nights};
use crate::import::outcome::CellError;
use crate::import::records::{Numbered, numbered};
use crate::import::row::Row;

impl Numbered for Experiment {
    /// No two experiments with a thing share a night, and a plan is never changed for another.
    const CLASHES: Option<fn(&Self, &Self) -> bool> =
        Some(|own, other| own.seal != other.seal && other.shares_a_night(&own.thing, own.nights()));
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

    fn complete(draft: &mut ExperimentDraft, _row: &Row<'_>) -> Result<(), CellError> {
        draft.thing = draft.thing.to_lowercase();
        let nights = Nights {
            from: draft.from,
            to: draft.to,
        };
        if draft.to < draft.from || nights.len() > LONGEST {
            let reason = format!("not 1 to {LONGEST} nights from 'from', {}", draft.from);
            return Err(CellError::cell("to", &draft.to.to_string(), reason));
        }
        Ok(())
    }
    fn gives_way(&self) -> bool {
        true
    }
    fn stands_alone(&self) -> bool {
        true
    }
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

    fn complete(draft: &mut AdherenceDraft, _row: &Row<'_>) -> Result<(), CellError> {
        draft.thing = draft.thing.to_lowercase();
        Ok(())
    }
    /// There is one answer about a thing and a night.
    fn gives_way(&self) -> bool {
        true
    }
    fn stands_alone(&self) -> bool {
        true
    }
}
