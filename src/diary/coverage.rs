//! Plain counts over a diary.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::clock::Now;
use crate::diary::elsewhere::Reading;
use crate::diary::key::Diary;
use crate::diary::moment::{Night, Nights};
use crate::diary::record::{ContextValue, Course, Episode, Fact, Symptom};
use crate::diary::vocabulary::{Outcome, SymptomName, Wish};
use crate::diary::word::words;

words! {
    /// The three states of a night.
    NightState, "state", {
        Cramp = "cramp",
        /// The person said there was none.
        Calm = "calm",
        Unknown = "unknown",
    }
}

/// How many nights of a stretch are known, and how they went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Coverage {
    /// Calendar nights, excluded ones left out.
    pub(crate) nights: usize,
    /// Nights with an answer.
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    /// Recorded nights without.
    pub(crate) calm: usize,
    pub(crate) unknown: usize,
    /// Nights inside an excluded period (not counted above).
    pub(crate) excluded: usize,
}

impl Diary {
    /// The diary with what is known of the time: no night to come is over, whatever night is asked about.
    pub(crate) fn known(self, now: &Now) -> Diary {
        Diary {
            over: Some(now.last_night()),
            ..self
        }
    }

    /// The nights of a stretch that nobody wrote about, excluded ones left out.
    pub(crate) fn unanswered(&self, nights: Nights) -> Vec<Night> {
        let open = |n: &Night| !self.is_excluded(*n) && self.state(*n) == NightState::Unknown;
        nights.iter().filter(open).collect()
    }

    pub(crate) fn episodes_of(&self, night: Night) -> &[Episode] {
        within(&self.episodes, Nights::ending(night, 1), |e| e.night)
    }

    /// The episodes of a stretch of nights, in order.
    pub(crate) fn episodes_in(&self, nights: Nights) -> &[Episode] {
        within(&self.episodes, nights, |e| e.night)
    }

    pub(crate) fn values_of(&self, night: Night) -> &[ContextValue] {
        self.values_in(Nights::ending(night, 1))
    }

    /// The factor values of a stretch of nights.
    pub(crate) fn values_in(&self, nights: Nights) -> &[ContextValue] {
        within(&self.values, nights, |v| v.night)
    }

    /// What devices and other apps said about a stretch of nights.
    pub(crate) fn readings_in(&self, nights: Nights) -> &[Reading] {
        within(&self.readings, nights, |r| r.night)
    }

    /// Night cramps of one night: episodes of kind `cramp`, not by day.
    pub(crate) fn cramps_on(&self, night: Night) -> usize {
        self.episodes_of(night)
            .iter()
            .filter(|e| e.is_night_cramp())
            .count()
    }

    /// The first cramp that makes this night a cramp night.
    pub(crate) fn night_cramp(&self, night: Night) -> Option<&Episode> {
        self.episodes_of(night).iter().find(|e| e.is_night_cramp())
    }

    /// The state of a night. A cramp that was logged outweighs everything; silence is unknown, never calm.
    pub(crate) fn state(&self, night: Night) -> NightState {
        if self.cramps_on(night) > 0 {
            return NightState::Cramp;
        }
        match self.nights.get(&night).and_then(|n| n.outcome) {
            Some(Outcome::Cramp) => NightState::Cramp,
            Some(Outcome::Calm) => NightState::Calm,
            None => NightState::Unknown,
        }
    }

    pub(crate) fn is_excluded(&self, night: Night) -> bool {
        self.exclusions
            .iter()
            .any(|x| x.from <= night && night <= x.to)
    }

    /// How many nights of `nights` are known, and how they went.
    pub(crate) fn coverage(&self, nights: Nights) -> Coverage {
        let mut c = Coverage::default();
        for night in nights.iter() {
            if self.is_excluded(night) {
                c.excluded += 1;
                continue;
            }
            c.nights += 1;
            match self.state(night) {
                NightState::Cramp => c.cramp += 1,
                NightState::Calm => c.calm += 1,
                NightState::Unknown => c.unknown += 1,
            }
        }
        c.recorded = c.cramp + c.calm;
        c
    }

    /// Night cramps on recorded, not excluded nights of `nights`. A night answered `cramp` without an episode counts one.
    pub(crate) fn cramps_in(&self, nights: Nights) -> usize {
        nights
            .iter()
            .filter(|n| !self.is_excluded(*n))
            .map(|n| self.cramp_count(n).unwrap_or(0))
            .sum()
    }

    /// Number of cramps of a night: `None` when unknown, at least 1 when the person answered `cramp`.
    pub(crate) fn cramp_count(&self, night: Night) -> Option<usize> {
        match self.state(night) {
            NightState::Unknown => None,
            NightState::Calm => Some(0),
            NightState::Cramp => Some(self.cramps_on(night).max(1)),
        }
    }

    /// First and last night about which anything was said: an answer, an episode or a factor value.
    pub(crate) fn span(&self) -> Option<Nights> {
        let firsts = [
            self.nights.keys().next().copied(),
            self.episodes.first().map(|e| e.night),
            self.values.first().map(|v| v.night),
        ];
        let lasts = [
            self.nights.keys().next_back().copied(),
            self.episodes.last().map(|e| e.night),
            self.values.last().map(|v| v.night),
        ];
        let from = firsts.into_iter().flatten().min()?;
        let to = lasts.into_iter().flatten().max()?;
        Some(Nights { from, to })
    }

    /// The last night that is over on the morning after `as_of`, or now where the time is known and `as_of` lies ahead.
    pub(crate) fn last_over(&self, as_of: Night) -> Night {
        self.over.map_or(as_of, |over| over.min(as_of))
    }

    /// The values of one fact, in the order written.
    pub(crate) fn facts_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(move |f| f.key == key)
    }

    /// Whether a factor is to be asked about on `date`, where the person has said; the latest word counts.
    pub(crate) fn wish(&self, factor: &str, date: NaiveDate) -> Option<Wish> {
        let said = self
            .follows
            .iter()
            .filter(|f| f.factor == factor && f.covers(date));
        said.max_by_key(|f| (f.since, f.id)).map(|f| f.wish)
    }

    pub(crate) fn courses_on(&self, date: NaiveDate) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(move |c| c.covers(date))
    }

    pub(crate) fn symptoms_of(
        &self,
        name: SymptomName,
    ) -> impl DoubleEndedIterator<Item = &Symptom> {
        self.symptoms.iter().filter(move |s| s.symptom == name)
    }

    /// Puts every list into its stated order.
    pub(crate) fn sort(&mut self) {
        self.episodes
            .sort_by(|a, b| (a.night, &a.began_at, a.id).cmp(&(b.night, &b.began_at, b.id)));
        self.values
            .sort_by(|a, b| (a.night, &a.factor).cmp(&(b.night, &b.factor)));
        self.factors.sort_by(|a, b| a.factor.cmp(&b.factor));
        self.intakes
            .sort_by(|a, b| (a.night, &a.taken_at, a.id).cmp(&(b.night, &b.taken_at, b.id)));
        self.courses.sort_by_key(|c| (c.start, c.id));
        self.symptoms
            .sort_by(|a, b| (a.night, &a.noticed_at, a.id).cmp(&(b.night, &b.noticed_at, b.id)));
        self.facts.sort_by_key(|f| f.id);
        self.events.sort_by_key(|e| (e.night, e.id));
        self.exclusions.sort_by_key(|x| (x.from, x.id));
        self.flag_notes.sort_by_key(|f| (f.night, f.id));
        self.looks.sort_by_key(|l| (l.cramp_nights, l.id));
        self.follows.sort_by_key(|f| (f.since, f.id));
        self.replies.sort_by_key(|r| r.id);
        self.experiments.sort_by_key(|e| (e.from, e.id));
        self.adherence.sort_by_key(|a| (a.night, a.id));
        self.readings
            .sort_by(|a, b| (a.night, &a.factor, a.id).cmp(&(b.night, &b.factor, b.id)));
        self.mappings.sort_by_key(|m| m.id);
        self.handovers.sort_by_key(|h| h.id);
    }
}

/// The part of a list, sorted by night, that lies in a stretch of nights.
fn within<R>(records: &[R], nights: Nights, night: impl Fn(&R) -> Night) -> &[R] {
    let start = records.partition_point(|r| night(r) < nights.from);
    let end = records.partition_point(|r| night(r) <= nights.to);
    records.get(start..end.max(start)).unwrap_or_default()
}
