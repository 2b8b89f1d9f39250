//! Readings, mappings and handovers from a file of a diary.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diary::elsewhere::{Handover, Mapping, Reading, ReadingDraft};
use crate::diary::kept::Kept;
use crate::import::records::{Numbered, numbered};

impl Numbered for Reading {
    numbered!(
        (Arc<str>, String, String),
        |r| (r.factor.clone(), r.source.clone(), r.source_key.clone()),
        format!(
            "the reading of {} by {} for {}",
            r.factor, r.source, r.night
        ),
        |d, id, at| Reading::blank(
            id,
            d.night,
            d.factor.clone(),
            d.source.clone(),
            d.source_key.clone(),
            d.value,
            at
        )
    );

    /// The same key with another value is a newer word of the same source.
    fn gives_way(&self) -> bool {
        true
    }
    fn stands_alone(&self) -> bool {
        true
    }
    /// A night of which less was read than before keeps what it has: exports are often cut off in the middle of one.
    fn take(&mut self, draft: &ReadingDraft) {
        let share = |coverage: Option<f64>| coverage.unwrap_or(1.0);
        if share(draft.coverage) >= share(self.coverage) {
            self.amend(draft);
        }
    }
}

impl Numbered for Mapping {
    numbered!(
        String,
        |m| m.name.clone(),
        format!("the mapping {}", m.name),
        |d, id, at| Mapping::blank(id, d.name.clone(), d.spec.clone(), at)
    );

    fn gives_way(&self) -> bool {
        true
    }
    fn stands_alone(&self) -> bool {
        true
    }
}

impl Numbered for Handover {
    numbered!(
        (String, String),
        |h| (h.study.clone(), h.sha256.clone()),
        format!("what was handed out to {}", h.study),
        |d, id, at| Handover::blank(
            id,
            d.study.clone(),
            d.dates.clone(),
            d.nights,
            d.sha256.clone(),
            at
        )
    );
}
