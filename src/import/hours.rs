//! The bedroom's temperature is kept of the hours in bed. Those may become known later than it, or change: then what is kept
//! is of other hours, which is said, and the same file read again takes its place.

use std::collections::{BTreeSet, HashSet};

use crate::diary::elsewhere::{BED, Reading, ReadingDraft, UP};
use crate::diary::kept::Kept;
use crate::diary::{Diary, Night, Nights};
use crate::import::gathered::{Handed, is_of_hours_in_bed};
use crate::import::nightly::in_bed::in_bed;
use crate::import::nightly::room::Covered;
use crate::import::outcome::Warning;
use crate::import::wanted::Wanted;

/// The hours in bed, before and after what is brought in now.
pub(super) struct Hours<'h> {
    diary: &'h Diary,
    slept: &'h [ReadingDraft],
    wanted: &'h Wanted,
}

impl<'h> Hours<'h> {
    /// `slept` is what is brought in now, sorted by night.
    pub(super) fn new(diary: &'h Diary, slept: &'h [ReadingDraft], wanted: &'h Wanted) -> Self {
        Hours {
            diary,
            slept,
            wanted,
        }
    }

    /// Whether a night's hours in bed are others after this import than before.
    fn change(&self, night: Night) -> bool {
        let brought = self.slept.binary_search_by_key(&night, |draft| draft.night);
        let (zone, now) = (self.wanted.lived_in(), self.wanted.now);
        brought.is_ok()
            && in_bed(self.diary, &[], night, zone, now)
                != in_bed(self.diary, self.slept, night, zone, now)
    }

    /// A word about the nights of which the bedroom stays as it was read in other hours.
    pub(super) fn others(&self, handed: &[Handed]) -> Option<Warning> {
        let file = self.slept.first()?.source.clone();
        let brought = handed.iter().flat_map(|handed| &handed.readings);
        let anew: HashSet<(Night, &str)> = brought
            .filter(|draft| draft.coverage.is_some())
            .map(|draft| (draft.night, draft.source.as_str()))
            .collect();
        let stays = |r: &&Reading| {
            is_of_hours_in_bed(r)
                && !anew.contains(&(r.night, r.source.as_str()))
                && self.change(r.night)
        };
        let kept = self.diary.readings.iter().filter(stays);
        let nights: BTreeSet<Night> = kept.map(|reading| reading.night).collect();
        let (first, last) = (nights.first()?, nights.last()?);
        let which = match nights.len() {
            1 => format!("the night of {first}"),
            n => format!("{n} nights ({first} to {last})"),
        };
        let text = format!(
            "the bedroom's temperature of {which} is of other hours than those in bed that are known now; import the file it \
             came from again to have it of these"
        );
        Some(Warning {
            file,
            line: None,
            text,
        })
    }

    /// Takes out what is read anew of nights of which the diary has other hours, and gives what takes its place there. Else a
    /// night of which less was read than before keeps what it has, which here would hold on to the other hours.
    pub(super) fn anew(&self, handed: &mut Handed) -> Vec<Reading> {
        let mut out = Vec::new();
        let Handed {
            readings, usual, ..
        } = handed;
        readings.retain(|draft| {
            let usual = usual.get(&draft.night);
            let kept = usual.and_then(|usual| self.of_other_hours(draft, *usual));
            let Some(kept) = kept else { return true };
            let mut anew = kept.clone();
            anew.amend(draft);
            out.push(anew);
            false
        });
        out
    }

    /// The reading of the diary that a draft stands for, where it covers more of other hours than the draft of these, and the
    /// file at hand is no less whole than the one it came from. `usual` is what the file says of the usual hours.
    fn of_other_hours(&self, draft: &ReadingDraft, usual: Covered) -> Option<&'h Reading> {
        let night = self.diary.readings_in(Nights::ending(draft.night, 1));
        let same = |r: &&Reading| {
            (&r.factor, &r.source, &r.source_key)
                == (&draft.factor, &draft.source, &draft.source_key)
        };
        let kept = night.iter().find(same).filter(|r| is_of_hours_in_bed(r))?;
        let share = kept.coverage.unwrap_or(1.0);
        // it says what this file says of the usual hours, or the hours were read after it
        let of_usual = (kept.value, share) == (usual.celsius, usual.share);
        let later =
            |r: &Reading| matches!(&*r.factor, BED | UP) && r.recorded_at > kept.recorded_at;
        let other = of_usual || night.iter().any(later) || self.change(draft.night);
        let covers_less = draft.coverage.is_some_and(|read| read < share);
        (covers_less && other && usual.share >= share).then_some(kept)
    }
}
