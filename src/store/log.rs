//! A line of `cramp log`, written: its cramps, nights and factors, in one transaction.

use rusqlite::types::Value;

use crate::data::tables::On;
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::line::{Line, LineKind, ValueChange};
use crate::diary::told::Doubt;
use crate::diary::typed::LineError;
use crate::diary::vocabulary::{Certainty, Outcome};
use crate::diary::{Episode, Event, Key, Night, Nights, Now, Record, When};
use crate::store::adding::fills_in;
use crate::store::entry::{Entered, Remark};
use crate::store::error::EntryError;
use crate::store::image::{Image, Touched};
use crate::store::row::value;
use crate::store::{Table, Writer};
use crate::words::t;

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

impl Writer<'_> {
    /// Logs a line: the cramps it tells of, the nights it answers for, the factors; or a note of something else.
    pub(crate) fn log(&mut self, words: &[String], now: &Now) -> Result<Logged, EntryError> {
        let catalogue = self.catalogue()?;
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
                let texts = line.text.take().into_iter();
                let texts: Vec<String> = texts.chain(logged.unread.iter().cloned()).collect();
                line.text = Some(texts.join("; "));
                line.adds_to_note = true;
            }
            // a cramp in the same line is kept all the same
            if !logged.entries.is_empty() && self.is_against(night, &line, now)? {
                logged
                    .remarks
                    .push(t!(serve, "only-adds-cramp").to_string());
                continue;
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
        let present = self.night_record(night, now.utc)?;
        let is_against = self.is_against(night, &line, now)?;
        let answer = match is_against {
            true => present,
            false => line.night(present, now)?,
        };
        let blank = Episode {
            source: self.source(),
            ..Episode::blank(id, night, now.utc)
        };
        let episode = line.new_episode(blank, when, words)?;
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
        if is_against {
            line.values.clear();
            let alone = t!(serve, "only-adds-cramp").to_string();
            entered.remarks.push(Remark::Words(alone));
        }
        entered.remark_on_words(line.warnings.drain(..));
        let of_night = episode.is_night_cramp() || self.adding().is_none();
        let outcome = self.put_episode(episode, answer, &line, &mut entered.remarks)?;
        entered.outcome = outcome.filter(|_| of_night);
        let keys = self.put_values(night, &line.values, now.utc, &mut entered.remarks)?;
        entered.keys.extend(keys);
        entered.values = line.values;
        Ok(entered)
    }
}

impl Writer<'_> {
    /// Whether a line says of a night what its device may not change. A cramp is kept all the same, without it.
    pub(super) fn is_against(
        &self,
        night: Night,
        line: &Line,
        now: &Now,
    ) -> Result<bool, EntryError> {
        let adding = match self.adding() {
            Some(adding) if !line.values.is_empty() || line.is_about_the_night() => adding,
            _ => return Ok(false),
        };
        let own = adding.written(self.conn())?;
        let diary = self.read(Some(Nights::ending(night, 1)))?;
        let is_changed = |change: &ValueChange| {
            let said = change.to.as_ref();
            let values = diary.values_of(night).iter();
            let mut values = values.filter(|v| v.factor == change.factor);
            let is_other = values.any(|v| {
                let is_same = said.is_some_and(|r| r.value == v.value && r.unit == v.unit);
                !is_same && !own.contains(&Key::Value(night, v.factor.clone()))
            });
            let mut done = diary
                .adherence
                .iter()
                .filter(|d| *d.thing == *change.factor);
            is_other || done.any(|d| !own.contains(&Key::Adherence(d.id)))
        };
        let is_night_changed = || -> Result<bool, EntryError> {
            let Some(present) = diary.nights.get(&night) else {
                return Ok(false);
            };
            let answer = line.night(present.clone(), now)?;
            let row = Touched {
                table: Table::Night,
                before: Some(image(&Record::Night(present.clone()))),
                after: Some(image(&Record::Night(answer))),
            };
            Ok(!fills_in(&row) && !own.contains(&Key::Night(night)))
        };
        Ok(line.values.iter().any(is_changed) || is_night_changed()?)
    }
}

fn image(record: &Record) -> Image {
    let mut row = Vec::new();
    record.write(&mut row);
    let cells = row.iter().map(value);
    cells
        .map(|cell| Value::try_from(cell).unwrap_or(Value::Null))
        .collect()
}
