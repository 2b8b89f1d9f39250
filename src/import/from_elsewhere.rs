//! Readings, mappings and handovers from a file of a diary.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diary::elsewhere::{Handover, Mapping, Reading, ReadingDraft};
use crate::diary::kept::Kept;
use crate::diary::{Diary, Nights};
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

/// The reading of the diary that a device now read to its end, where less of it was known before. That the draft names no
/// share says that all was read; of a row of a file it would say nothing, and leave the share as it was.
pub(super) fn whole_at_last(diary: &Diary, draft: &ReadingDraft) -> Option<Reading> {
    let night = diary.readings_in(Nights::ending(draft.night, 1));
    let same = |r: &&Reading| {
        (&r.factor, &r.source, &r.source_key) == (&draft.factor, &draft.source, &draft.source_key)
    };
    let kept = night.iter().find(same)?;
    let completed = draft.coverage.is_none() && kept.coverage.is_some();
    completed.then(|| {
        let mut whole = kept.clone();
        whole.amend(draft);
        whole.coverage = None;
        whole
    })
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
