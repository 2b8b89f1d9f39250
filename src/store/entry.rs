//! What a person enters about cramps and nights, written so that the diary stays true to itself: a night with a cramp is
//! a cramp night, and a night that lost its last cramp is unknown again.

use chrono::{DateTime, Utc};

use crate::data::tables::On;
use crate::diary::amend::amend;
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::line::{Line, LineKind, ValueChange};
use crate::diary::reading::Reading;
use crate::diary::told::Doubt;
use crate::diary::typed::LineError;
use crate::diary::vocabulary::{Certainty, Outcome};
use crate::diary::{
    ContextValue, Episode, Event, Key, Night, NightRecord, Nights, Now, Record, Source, When,
};
use crate::store::error::{EntryError, StoreError, missing};
use crate::store::{Table, Writer};

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

/// What a logged line came to.
#[derive(Debug)]
pub(crate) struct Logged {
    /// Cramps, nights, or a note; at least one.
    pub(crate) entries: Vec<Entered>,
    /// Words that were not understood; they are kept as typed.
    pub(crate) unread: Vec<String>,
    /// What the reader has to say about the words.
    pub(crate) remarks: Vec<String>,
    /// What could be read in two ways.
    pub(crate) doubts: Vec<Doubt>,
}

impl Entered {
    fn new(record: Record, catalogue: Catalogue) -> Self {
        Entered {
            keys: vec![record.key()],
            record,
            outcome: None,
            values: Vec::new(),
            remarks: Vec::new(),
            catalogue,
        }
    }

    fn remark_on_words(&mut self, warnings: impl Iterator<Item = String>) {
        self.remarks.extend(warnings.map(Remark::Words));
    }
}

impl Writer<'_> {
    pub(crate) fn catalogue(&self, night: Night) -> Result<Catalogue, StoreError> {
        let span = Nights::ending(night, 1);
        Ok(Catalogue::of(&self.read_without_values(Some(span))?))
    }

    /// Puts a new record under a number of its own.
    pub(crate) fn add(&mut self, record: Record) -> Result<Record, StoreError> {
        let id = self.next_id(record.table())?;
        let record = record.numbered(id);
        self.put(record.clone())?;
        Ok(record)
    }

    /// Logs a line: the cramps it tells of, the nights it answers for, the factors; or a note of something else.
    pub(crate) fn log(&mut self, words: &[String], now: &Now) -> Result<Logged, EntryError> {
        let catalogue = self.catalogue(now.this_night())?;
        let account = LineReader::new(LineKind::Episode, &catalogue, now).read(words)?;
        let mut logged = Logged {
            entries: Vec::new(),
            unread: account.unread,
            remarks: account.remarks,
            doubts: account.doubts,
        };
        for line in account.episodes {
            let entered = self.log_episode(line, words, &catalogue, now)?;
            logged.entries.push(entered);
        }
        for (night, mut line) in account.nights {
            // beside a cramp the words stand with it; alone, what was not understood is the night's note
            if logged.entries.is_empty() && !logged.unread.is_empty() {
                let before = self.night_record(night, now.utc)?.note;
                let texts = before.into_iter().chain(line.text.take());
                let texts: Vec<String> = texts.chain(logged.unread.iter().cloned()).collect();
                line.text = Some(texts.join("; "));
            }
            let entered = self.answer_line(night, &line, &catalogue, now)?;
            logged.entries.push(entered);
        }
        if account.is_note {
            let event = Event::blank(0, now.this_night(), words.join(" "), now.utc);
            let event = self.add(Record::Event(event))?;
            logged.entries.push(Entered::new(event, catalogue));
        }
        Ok(logged)
    }

    fn log_episode(
        &mut self,
        mut line: Line,
        words: &[String],
        catalogue: &Catalogue,
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let when = line.when.clone().unwrap_or_else(|| When {
            at: Some(now.moment()),
            night: now.this_night(),
            certainty: Certainty::Exact,
        });
        let night = when.night;
        let id = self.next_id(Table::Episode)?;
        let answer = line.night(self.night_record(night, now.utc)?, now)?;
        let episode = line.new_episode(Episode::blank(id, night, now.utc), when, words)?;
        if line.mentions(On::Night, "outcome")
            && answer.outcome == Some(Outcome::Calm)
            && episode.is_night_cramp()
        {
            return Err(LineError::new(
                "'outcome=calm' contradicts the cramp in the same line",
                "leave it out: a night with a cramp is a cramp night",
            )
            .into());
        }
        let mut entered = Entered::new(Record::Episode(episode.clone()), catalogue.clone());
        entered.remark_on_words(line.warnings.drain(..));
        entered.outcome = self.put_episode(episode, answer, &line, &mut entered.remarks)?;
        let keys = self.put_values(night, &line.values, now.utc)?;
        entered.keys.extend(keys);
        entered.values = line.values;
        Ok(entered)
    }

    pub(crate) fn answer(&mut self, words: &[String], now: &Now) -> Result<Entered, EntryError> {
        let catalogue = self.catalogue(now.last_night())?;
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
    fn answer_line(
        &mut self,
        night: Night,
        line: &Line,
        catalogue: &Catalogue,
        now: &Now,
    ) -> Result<Entered, EntryError> {
        let present = self.night_record(night, now.utc)?;
        let mut answered = line.answer(&present, now)?;
        self.check_answer(&answered, &present)?;
        if present.outcome.is_none() && answered.outcome.is_some() {
            answered.recorded_at = now.utc;
        }
        let mut entered = Entered::new(Record::Night(answered.clone()), catalogue.clone());
        if answered.outcome == Some(Outcome::Calm) && night.date() >= now.today() {
            entered.remarks.push(Remark::NotOver);
        }
        entered.remark_on_words(line.warnings.iter().cloned());
        if line.text.is_some() || line.is_about_the_night() {
            self.put(Record::Night(answered))?;
        }
        let keys = self.put_values(night, &line.values, now.utc)?;
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
        let catalogue = self.catalogue(now.this_night())?;
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
        self.put_values(night, &line.values, now.utc)?;
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
        self.put_values(night, &line.values, now.utc)?;
        entered.values = line.values;
        Ok(entered)
    }

    /// Deletes records. A night goes with its factor values, and not while it has a cramp.
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
            }
            self.remove(key)?;
            if let Record::Episode(episode) = &record {
                self.reopen(episode.night, &mut remarks)?;
            }
        }
        Ok(remarks)
    }

    /// The night as it stands, or blank.
    fn night_record(&self, night: Night, now: DateTime<Utc>) -> Result<NightRecord, StoreError> {
        Ok(match self.get(&Key::Night(night))? {
            Some(Record::Night(present)) => present,
            _ => NightRecord::blank(night, now),
        })
    }

    /// Puts an episode and the answer of its night: a night with a cramp is a cramp night.
    fn put_episode(
        &mut self,
        episode: Episode,
        mut night: NightRecord,
        line: &Line,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Outcome>, StoreError> {
        if episode.is_night_cramp() {
            if night.outcome == Some(Outcome::Calm) {
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

    /// Puts the values of factors, or removes them; returns the keys of those put.
    fn put_values(
        &mut self,
        night: Night,
        changes: &[ValueChange],
        now: DateTime<Utc>,
    ) -> Result<Vec<Key>, StoreError> {
        let mut keys = Vec::new();
        for change in changes {
            let key = Key::Value(night, change.factor.clone());
            let Some(Reading { value, unit, typed }) = change.to.clone() else {
                self.remove(&key)?;
                continue;
            };
            let factor = change.factor.clone();
            let blank = ContextValue::blank(night, factor, value, Source::PERSON, now);
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
    fn reopen(&mut self, night: Night, remarks: &mut Vec<Remark>) -> Result<(), StoreError> {
        let diary = self.read_without_values(Some(Nights::ending(night, 1)))?;
        if diary.cramps_on(night) > 0 {
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
}
