//! What the rules may see: the records of one diary up to one day, and not further back than they need.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

use crate::diary::vocabulary::{FlagAction, Kind, Outcome, Period, SymptomName};
use crate::diary::{
    ContextValue, Course, Diary, Episode, Experiment, Fact, FlagNote, Intake, Night, NightRecord,
    NightState, Nights, Symptom, Value,
};

/// Rules look back at most this many nights. Only the first cramp of all is taken from the whole diary given.
pub(crate) const LOOKBACK_NIGHTS: i64 = 400;

/// Four weeks: the stretch the ladder looks at (clinical.md section 3).
pub(crate) const LADDER_NIGHTS: usize = 28;

/// One night as the rules see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// Which.
    pub(crate) night: Night,
    /// Cramp, calm, unknown.
    pub(crate) state: NightState,
    /// Inside a period the person excluded.
    pub(crate) excluded: bool,
    /// The person's answer, where there is one.
    pub(crate) record: Option<&'a NightRecord>,
}

/// The records of a diary up to one day, sorted by date whatever order they were written in.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    /// The night of the day asked about; nothing kept under a later night is seen.
    pub(crate) last: Night,
    first: Night,
    nights: Vec<Seen<'a>>,
    episodes: Vec<&'a Episode>,
    /// By night, then by number.
    pub(super) symptoms: Vec<&'a Symptom>,
    values: Cow<'a, [ContextValue]>,
    intakes: Vec<&'a Intake>,
    pub(super) courses: Vec<&'a Course>,
    pub(super) experiments: Vec<&'a Experiment>,
    facts: Vec<&'a Fact>,
    notes: Vec<&'a FlagNote>,
    whole: bool,
    /// Night of the first cramp in the diary.
    onset: Option<Night>,
}

/// A day from which the view is looked at; later records of the view are not seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'v, 'a> {
    view: &'v View<'a>,
    /// The night of that day.
    pub(crate) last: Night,
    with_excluded: bool,
}

impl<'a> View<'a> {
    /// The records of `diary` up to and including the night of `as_of`. Only a `whole` diary says which cramp was the first.
    pub(crate) fn new(diary: &'a Diary, as_of: NaiveDate, whole: bool) -> Self {
        let last = Night::of_evening(as_of);
        let first = last.plus(1 - LOOKBACK_NIGHTS);
        let near = |night: Night| first <= night && night <= last;

        let episodes = sorted(&diary.episodes, |e| near(e.night), |e| (e.night, e.id));
        let symptoms = sorted(&diary.symptoms, |s| near(s.night), |s| (s.night, s.id));
        let values = diary.known_values(Nights {
            from: first,
            to: last,
        });
        let intakes = sorted(&diary.intakes, |i| near(i.night), |i| (i.night, i.id));
        let courses = sorted(&diary.courses, |c| c.start <= as_of, |c| (c.start, c.id));
        let begun = |e: &Experiment| e.from <= last;
        let experiments = sorted(&diary.experiments, begun, |e| (e.from, e.id));
        // What was said last counts, whatever date it speaks of.
        let said = |f: &Fact| (f.recorded_at, f.id);
        let facts = sorted(&diary.facts, |f| fact_holds(f, as_of), said);
        let noted = |n: &FlagNote| (n.night, n.recorded_at, n.id);
        let notes = sorted(&diary.flag_notes, |n| n.night <= last, noted);

        let mut nights: Vec<Seen> = Nights::ending(last, LOOKBACK_NIGHTS)
            .iter()
            .map(|night| Seen {
                night,
                state: NightState::Unknown,
                excluded: diary.is_excluded(night),
                record: None,
            })
            .collect();
        let at = |night: Night| usize::try_from(night.since(first)).ok();
        for (night, record) in diary.nights.range(first..=last) {
            if let Some(seen) = at(*night).and_then(|i| nights.get_mut(i)) {
                seen.record = Some(record);
                seen.state = match record.outcome {
                    Some(Outcome::Cramp) => NightState::Cramp,
                    Some(Outcome::Calm) => NightState::Calm,
                    None => NightState::Unknown,
                };
            }
        }
        // A cramp that was logged outweighs an answer "calm".
        for episode in episodes.iter().filter(|e| e.is_night_cramp()) {
            if let Some(seen) = at(episode.night).and_then(|i| nights.get_mut(i)) {
                seen.state = NightState::Cramp;
            }
        }
        let first_episode = diary
            .episodes
            .iter()
            .filter(|e| e.kind == Kind::Cramp)
            .map(|e| e.night)
            .min();
        let first_answer = diary
            .nights
            .iter()
            .find(|(_, n)| n.outcome == Some(Outcome::Cramp))
            .map(|(night, _)| *night);
        let onset = first_episode
            .into_iter()
            .chain(first_answer)
            .min()
            .filter(|n| whole && *n <= last);
        View {
            last,
            first,
            nights,
            episodes,
            symptoms,
            values,
            intakes,
            courses,
            experiments,
            facts,
            notes,
            whole,
            onset,
        }
    }

    /// The view as it was on the day of `last`.
    pub(crate) fn at(&self, last: Night) -> At<'_, 'a> {
        At {
            view: self,
            last: last.min(self.last),
            with_excluded: false,
        }
    }

    pub(super) fn ever_noticed(&self, name: SymptomName) -> bool {
        self.symptoms.iter().any(|s| s.present && s.symptom == name)
    }

    pub(super) fn ever_had(&self, kind: Kind) -> bool {
        self.episodes.iter().any(|e| e.kind == kind)
            || kind == Kind::Cramp && self.nights.iter().any(|n| n.state == NightState::Cramp)
    }

    pub(super) fn ever_said(&self, key: &str, value: impl Fn(&str) -> bool) -> bool {
        self.facts.iter().any(|f| f.key == key && value(&f.value))
    }

    pub(super) fn ever_took(&self) -> bool {
        !(self.courses.is_empty() && self.intakes.is_empty() && self.experiments.is_empty())
    }

    pub(super) fn ever_valued(&self, factor: &str) -> bool {
        self.values.iter().any(|v| &*v.factor == factor)
    }

    /// What was done about a flag, in order.
    pub(crate) fn notes_of<'s>(
        &'s self,
        flag: &'s str,
        action: FlagAction,
    ) -> impl DoubleEndedIterator<Item = &'a FlagNote> + 's {
        self.notes
            .iter()
            .copied()
            .filter(move |n| n.flag == flag && n.action == action)
    }
}

/// Whether a fact is dated on or before the day: by its `since`, or else by when it was written down. A clock may be
/// up to a day ahead of UTC, and the birth year is true at any time.
fn fact_holds(fact: &Fact, as_of: NaiveDate) -> bool {
    fact.key == "born"
        || match fact.since {
            Some(since) => since <= as_of,
            None => as_of
                .checked_add_days(Days::new(1))
                .is_none_or(|latest| fact.recorded_at.date_naive() <= latest),
        }
}

impl<'v, 'a: 'v> At<'v, 'a> {
    /// The day.
    pub(crate) fn date(&self) -> NaiveDate {
        self.last.date()
    }

    /// The same view, with excluded periods counting like any other night (red flags) or not.
    pub(crate) fn counting_excluded(self, with_excluded: bool) -> Self {
        At {
            with_excluded,
            ..self
        }
    }

    /// The same view on the eve of `night`.
    pub(crate) fn before(&self, night: Night) -> Self {
        At {
            last: night.plus(-1).min(self.last),
            ..*self
        }
    }

    /// The `days` nights that end with this day.
    pub(crate) fn window(&self, days: u16) -> Nights {
        let nights = Nights::ending(self.last, i64::from(days));
        Nights {
            from: nights.from.max(self.view.first),
            to: nights.to,
        }
    }

    /// The nights of the last `days` days, oldest first, excluded ones left out unless they count.
    pub(crate) fn nights(
        &self,
        days: u16,
    ) -> impl DoubleEndedIterator<Item = Seen<'a>> + use<'v, 'a> {
        let keep = self.with_excluded;
        self.slice(self.window(days))
            .iter()
            .copied()
            .filter(move |n| keep || !n.excluded)
    }

    /// The last `count` nights that are not excluded, newest first.
    fn recent(&self, count: usize) -> Vec<Seen<'a>> {
        let keep = self.with_excluded;
        let from = self.view.first;
        let to = self.last;
        let nights = self.slice(Nights { from, to }).iter().rev().copied();
        nights.filter(|n| keep || !n.excluded).take(count).collect()
    }

    fn slice(&self, nights: Nights) -> &'v [Seen<'a>] {
        let index = |night: Night| usize::try_from(night.since(self.view.first)).unwrap_or(0);
        let end = (index(nights.to) + 1).min(self.view.nights.len());
        self.view
            .nights
            .get(index(nights.from).min(end)..end)
            .unwrap_or_default()
    }

    /// Episodes of the last `days` days, excluded nights left out unless they count.
    pub(crate) fn episodes(
        &self,
        days: u16,
    ) -> impl DoubleEndedIterator<Item = &'a Episode> + use<'v, 'a> {
        let window = self.window(days);
        let (view, keep) = (self.view, self.with_excluded);
        between(&view.episodes, window, |e| e.night)
            .iter()
            .copied()
            .filter(move |e| {
                keep || !view
                    .nights
                    .get(usize::try_from(e.night.since(view.first)).unwrap_or(0))
                    .is_some_and(|n| n.excluded)
            })
    }

    /// Night cramps of one night.
    pub(crate) fn cramps_of(
        &self,
        night: Night,
    ) -> impl Iterator<Item = &'a Episode> + use<'v, 'a> {
        between(&self.view.episodes, Nights::ending(night, 1), |e| e.night)
            .iter()
            .copied()
            .filter(|e| e.kind == Kind::Cramp && e.period == Period::Night)
    }

    /// Entries of one symptom in the last `days` days, present and absent.
    pub(crate) fn symptoms(
        &self,
        name: SymptomName,
        days: u16,
    ) -> impl DoubleEndedIterator<Item = &'a Symptom> + use<'v, 'a> {
        between(&self.view.symptoms, self.window(days), |s| s.night)
            .iter()
            .copied()
            .filter(move |s| s.symptom == name)
    }

    /// The numeric value of a factor on a night.
    pub(crate) fn value(&self, night: Night, factor: &str) -> Option<(f64, &'v ContextValue)> {
        between(&self.view.values, Nights::ending(night, 1), |v| v.night)
            .iter()
            .find(|v| &*v.factor == factor)
            .and_then(|v| match v.value {
                Value::Number(number) => Some((number, v)),
                Value::Word(_) => None,
            })
    }

    /// The record of a factor whose amount on a night was said without a figure.
    pub(crate) fn some(&self, night: Night, factor: &str) -> Option<&'v ContextValue> {
        between(&self.view.values, Nights::ending(night, 1), |v| v.night)
            .iter()
            .find(|v| &*v.factor == factor && v.is_some())
    }

    /// Doses taken in the last `days` days.
    pub(crate) fn intakes(&self, days: u16) -> impl Iterator<Item = &'a Intake> + use<'v, 'a> {
        between(&self.view.intakes, self.window(days), |i| i.night)
            .iter()
            .copied()
    }

    /// Courses begun by this day, by start.
    pub(crate) fn courses(&self) -> impl Iterator<Item = &'a Course> + use<'v, 'a> {
        let today = self.date();
        self.view
            .courses
            .iter()
            .copied()
            .filter(move |c| c.start <= today)
    }

    /// Experiments begun by this day, by their first night.
    pub(crate) fn experiments(&self) -> impl Iterator<Item = &'a Experiment> + use<'v, 'a> {
        let last = self.last;
        let begun = self.view.experiments.iter().copied();
        begun.filter(move |e| e.from <= last)
    }

    /// Values of one fact, in the order in which they were said.
    pub(crate) fn facts(
        &self,
        key: &'static str,
    ) -> impl DoubleEndedIterator<Item = &'a Fact> + use<'v, 'a> {
        let today = self.date();
        self.view
            .facts
            .iter()
            .copied()
            .filter(move |f| f.key == key && fact_holds(f, today))
    }

    /// What was said last of one fact.
    pub(crate) fn fact(&self, key: &'static str) -> Option<&'a Fact> {
        self.facts(key).next_back()
    }

    /// The last four weeks, the stretch the ladder looks at, newest night first, excluded nights left out. They end with the
    /// last finished night: a last night without an answer is not over yet.
    pub(crate) fn last_weeks(&self) -> Vec<Seen<'a>> {
        let is_open = |seen: &Seen| seen.night == self.last && seen.state == NightState::Unknown;
        let mut nights = self.recent(LADDER_NIGHTS + 1);
        let open = nights.first().is_some_and(is_open);
        nights.drain(..usize::from(open));
        nights.truncate(LADDER_NIGHTS);
        nights
    }

    /// Whether the whole diary is seen, so that its first cramp is known.
    pub(crate) fn knows_onset(&self) -> bool {
        self.view.whole
    }

    /// Night of the first cramp of the diary; `None` when there is none, or it is not known.
    pub(crate) fn onset(&self) -> Option<Night> {
        self.view.onset.filter(|n| *n <= self.last)
    }
}

/// The records that count, in their order.
fn sorted<T, K: Ord>(list: &[T], counts: impl Fn(&T) -> bool, order: impl Fn(&T) -> K) -> Vec<&T> {
    let mut out: Vec<&T> = list.iter().filter(|x| counts(x)).collect();
    out.sort_by_key(|x| order(x));
    out
}

/// The part of a list sorted by night that lies within `nights`.
fn between<T>(list: &[T], nights: Nights, night: impl Fn(&T) -> Night) -> &[T] {
    let start = list.partition_point(|x| night(x) < nights.from);
    let end = list.partition_point(|x| night(x) <= nights.to);
    list.get(start..end.max(start)).unwrap_or_default()
}
