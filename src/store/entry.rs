//! What a person enters about cramps and nights, written so that the diary stays true to itself: a night with a cramp is
//! a cramp night, and a night that lost its last cramp is unknown again.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::data::tables::On;
use crate::diary::amend::amend;
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::line::{Line, LineKind, ValueChange};
use crate::diary::reading::Reading;
use crate::diary::typed::LineError;
use crate::diary::vocabulary::{Done, Outcome};
use crate::diary::{ContextValue, Episode, Key, Night, NightRecord, Nights, Now, Record};
use crate::store::Writer;
use crate::store::adding::stands;
use crate::store::error::{EntryError, StoreError, missing};
use crate::store::read;
use crate::words::hinted;

/// Something the person should know about what was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remark {
    /// A remark of the reader on the words.
    Words(String),
    /// An answer was given for a night that is still going on.
    NotOver,
    /// The night was marked calm and is a cramp night now.
    WasCalm(Night),
    /// The night lost its last cramp and is unknown again.
    NoCrampLeft(Night),
    /// A factor was written down as what was done on a night of its experiment; `None` makes it unknown again.
    Done(Arc<str>, Night, Option<Done>),
}

#[derive(Debug)]
pub(crate) struct Entered {
    pub(crate) record: Record,
    /// The answer of its night, where it is an episode.
    pub(crate) outcome: Option<Outcome>,
    /// Factor values written with it.
    pub(crate) values: Vec<ValueChange>,
    /// Every record written that may set off a flag.
    pub(crate) keys: Vec<Key>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) catalogue: Catalogue,
}

impl Entered {
    pub(super) fn new(record: Record, catalogue: Catalogue) -> Self {
        Entered {
            keys: vec![record.key()],
            record,
            outcome: None,
            values: Vec::new(),
            remarks: Vec::new(),
            catalogue,
        }
    }

    pub(super) fn remark_on_words(&mut self, warnings: impl Iterator<Item = String>) {
        self.remarks.extend(warnings.map(Remark::Words));
    }
}

impl Writer<'_> {
    pub(crate) fn catalogue(&self) -> Result<Catalogue, StoreError> {
        read::catalogue(self.conn())
    }

    /// Puts a new record under a number of its own.
    pub(crate) fn add(&mut self, record: Record) -> Result<Record, StoreError> {
        let id = self.next_id(record.table())?;
        let record = record.numbered(id);
        self.put(record.clone())?;
        Ok(record)
    }

    pub(crate) fn answer(&mut self, words: &[String], now: &Now) -> Result<Entered, EntryError> {
        let catalogue = self.catalogue()?;
        let account = LineReader::new(LineKind::Night, &catalogue, now).read(words)?;
        let (night, line) = account.only_night()?;
        if let Some(at) = line.when.as_ref().and_then(|when| when.at.as_ref()) {
            return Err(LineError::new(
                format!(
                    "'{}' is a clock time, and a night is named by its date",
                    at.local().format("%H:%M")
                ),
                "write the date of its evening, 'last' or -2; a cramp at a time is logged with 'cramp log'",
            )
            .into());
        }
        self.answer_line(night, &line, &catalogue, now)
    }

    /// Answers for one night as a line says.
    pub(super) fn answer_line(
        &mut self,
        night: Night,
        line: &Line,
        catalogue: &Catalogue,
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let present = self.night_record(night, now.utc)?;
        let mut answered = line.answer(&present, now)?;
        let as_said = match self.adding().is_some() {
            true => Some(line.answer(&NightRecord::blank(night, now.utc), now)?),
            false => None,
        };
        if let Some(before) = present.note.as_ref().filter(|_| line.adds_to_note) {
            answered.note = answered.note.map(|said| format!("{before}; {said}"));
        }
        self.check_answer(&answered, &present)?;
        if present.outcome.is_none() && answered.outcome.is_some() {
            answered.recorded_at = now.utc;
        }
        let shown = as_said.unwrap_or_else(|| answered.clone());
        let mut entered = Entered::new(Record::Night(shown), catalogue.clone());
        if answered.outcome == Some(Outcome::Calm) && night.date() >= now.today() {
            entered.remarks.push(Remark::NotOver);
        }
        entered.remark_on_words(line.warnings.iter().cloned());
        if line.text.is_some() || line.is_about_the_night() {
            self.put(Record::Night(answered))?;
        }
        let keys = self.put_values(night, &line.values, now.utc, &mut entered.remarks)?;
        entered.keys.extend(keys);
        entered.values.clone_from(&line.values);
        Ok(entered)
    }

    /// Amends the record with this key; `id` is how the person named it.
    pub(crate) fn amend(
        &mut self,
        key: &Key,
        id: &str,
        words: &[String],
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let present = match (self.get(key)?, key) {
            (Some(present), _) => present,
            (None, Key::Night(night)) => Record::Night(NightRecord::blank(*night, now.utc)),
            (None, _) => return Err(missing(id)),
        };
        let catalogue = self.catalogue()?;
        match present {
            Record::Episode(episode) => self.amend_episode(episode, words, catalogue, now),
            Record::Night(night) => self.amend_night(night, words, catalogue, now),
            other => {
                let record = amend(other, words, &catalogue, now)?;
                self.put(record.clone())?;
                Ok(Entered::new(record, catalogue))
            }
        }
    }

    fn amend_episode(
        &mut self,
        present: Episode,
        words: &[String],
        catalogue: Catalogue,
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let account = LineReader::new(LineKind::Episode, &catalogue, now).read(words)?;
        let line = account.only_episode()?;
        let old_night = present.night;
        let night = line.when.as_ref().map_or(old_night, |when| when.night);
        let answer = line.night(self.night_record(night, now.utc)?, now)?;
        let mut episode = line.episode(present)?;
        if let Some(when) = line.when.clone() {
            episode.night = when.night;
            episode.began_at = when.at;
            if !line.mentions(On::Episode, "certainty") {
                episode.certainty = when.certainty;
            }
        }
        if line.text.is_some() {
            episode.note.clone_from(&line.text);
        }
        let moved = old_night != night || !episode.is_night_cramp();
        let mut entered = Entered::new(Record::Episode(episode.clone()), catalogue);
        entered.remark_on_words(line.warnings.iter().cloned());
        self.put_episode(episode, answer, &line, &mut entered.remarks)?;
        self.put_values(night, &line.values, now.utc, &mut entered.remarks)?;
        entered.values = line.values;
        if moved {
            self.reopen(old_night, &mut entered.remarks)?;
        }
        Ok(entered)
    }

    fn amend_night(
        &mut self,
        present: NightRecord,
        words: &[String],
        catalogue: Catalogue,
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let night = present.night;
        let account = LineReader::new(LineKind::Night, &catalogue, now).read(words)?;
        let (_, line) = account.only_night()?;
        if line.when.is_some() {
            return Err(LineError::new(
                "a night cannot be moved to another date",
                "delete it, and answer for the other night with 'cramp night DATE …'",
            )
            .into());
        }
        let answered = line.answer(&present, now)?;
        self.check_answer(&answered, &present)?;
        let mut entered = Entered::new(Record::Night(answered.clone()), catalogue);
        self.put(Record::Night(answered))?;
        self.put_values(night, &line.values, now.utc, &mut entered.remarks)?;
        entered.values = line.values;
        Ok(entered)
    }

    /// Deletes records. A night goes with its factor values and what was done on it, and not while it has a cramp.
    pub(crate) fn delete(&mut self, keys: &[Key]) -> Result<Vec<Remark>, EntryError> {
        let mut remarks = Vec::new();
        for key in keys {
            let Some(record) = self.get(key)? else {
                continue;
            };
            if let Record::Night(NightRecord { night, .. }) = record {
                let diary = self.read(Some(Nights::ending(night, 1)))?;
                if let Some(cramp) = diary.night_cramp(night)
                    && !keys.contains(&Key::Episode(cramp.id))
                {
                    return Err(EntryError::conflict(
                        format!("the night of {night} has a cramp, #{}", cramp.id),
                        format!("delete the cramp too: cramp delete {} {night}", cramp.id),
                    ));
                }
                for value in diary.values_of(night) {
                    self.remove(&Key::Value(night, value.factor.clone()))?;
                }
                for done in &diary.adherence {
                    self.remove(&Key::Adherence(done.id))?;
                }
            }
            self.remove(key)?;
            if let Record::Episode(episode) = &record {
                self.reopen(episode.night, &mut remarks)?;
            }
        }
        Ok(remarks)
    }

    /// The night as it stands, or blank.
    pub(super) fn night_record(
        &self,
        night: Night,
        now: DateTime<Utc>,
    ) -> Result<NightRecord, StoreError> {
        Ok(match self.get(&Key::Night(night))? {
            Some(Record::Night(present)) => present,
            _ => NightRecord::blank(night, now),
        })
    }

    /// Puts an episode and the answer of its night: a night with a cramp is a cramp night.
    pub(super) fn put_episode(
        &mut self,
        episode: Episode,
        mut night: NightRecord,
        line: &Line,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Outcome>, StoreError> {
        if episode.is_night_cramp() {
            if night.outcome == Some(Outcome::Calm) && self.adding().is_none() {
                remarks.push(Remark::WasCalm(night.night));
            }
            night.outcome = Some(Outcome::Cramp);
        }
        let outcome = night.outcome;
        if outcome.is_some() || line.is_about_the_night() {
            self.put(Record::Night(night))?;
        }
        self.put(Record::Episode(episode))?;
        Ok(outcome)
    }

    /// Puts the values of factors, or removes them; returns the keys of those put. On a night of an experiment with it a
    /// factor is what was done, and stands apart from the values.
    pub(super) fn put_values(
        &mut self,
        night: Night,
        changes: &[ValueChange],
        now: DateTime<Utc>,
        remarks: &mut Vec<Remark>,
    ) -> Result<Vec<Key>, EntryError> {
        let mut keys = Vec::new();
        let plans = match changes {
            [] => Vec::new(),
            _ => self.experiments()?,
        };
        for change in changes {
            let (factor, key) = (&change.factor, Key::Value(night, change.factor.clone()));
            let mut tried = plans.iter().filter(|plan| *plan.thing == **factor);
            let is_tried = tried.any(|plan| plan.assigned(night).is_some());
            let done = change.to.as_ref().and_then(Reading::done);
            if is_tried && (change.to.is_none() || done.is_some()) {
                self.put_adherence(factor, night, done, now)?;
                remarks.push(Remark::Done(factor.clone(), night, done));
                if change.to.is_some() {
                    continue;
                }
            }
            let Some(reading) = change.to.clone() else {
                self.remove(&key)?;
                continue;
            };
            if reading.is_partly() {
                let (message, hint) = hinted!(experiment, "only-partly-there", factor);
                return Err(LineError::new(message, hint.unwrap_or_default()).into());
            }
            let Reading { value, unit, typed } = reading;
            let blank = ContextValue::blank(night, factor.clone(), value, self.source(), now);
            self.put(Record::Value(ContextValue {
                unit,
                typed,
                ..blank
            }))?;
            keys.push(key);
        }
        Ok(keys)
    }

    /// A night with a cramp cannot be called calm or unanswered.
    fn check_answer(
        &self,
        answered: &NightRecord,
        present: &NightRecord,
    ) -> Result<(), EntryError> {
        if answered.outcome == Some(Outcome::Cramp) || answered.outcome == present.outcome {
            return Ok(());
        }
        let night = answered.night;
        let diary = self.read_without_values(Some(Nights::ending(night, 1)))?;
        let Some(cramp) = diary.night_cramp(night) else {
            return Ok(());
        };
        if self.adding().is_some() {
            return Err(stands().into());
        }
        let what = match answered.outcome {
            Some(_) => "calm",
            None => "unknown",
        };
        Err(EntryError::conflict(
            format!(
                "the night of {night} cannot be {what}: it has a cramp, #{}",
                cramp.id
            ),
            format!("if that was a mistake, 'cramp delete {}' first", cramp.id),
        ))
    }

    /// A night that lost its last cramp is no longer known to be a cramp night: it is unknown again, never calm.
    pub(super) fn reopen(
        &mut self,
        night: Night,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), StoreError> {
        if self.has_cramp(night)? {
            return Ok(());
        }
        if let Some(Record::Night(mut answered)) = self.get(&Key::Night(night))?
            && answered.outcome == Some(Outcome::Cramp)
        {
            answered.outcome = None;
            self.put(Record::Night(answered))?;
            remarks.push(Remark::NoCrampLeft(night));
        }
        Ok(())
    }

    /// Whether a cramp of this night is written down.
    pub(super) fn has_cramp(&self, night: Night) -> Result<bool, StoreError> {
        let diary = self.read_without_values(Some(Nights::ending(night, 1)))?;
        Ok(diary.cramps_on(night) > 0)
    }
}
