//! Experiments in the diary: begun, ended early, opened, and what was done on their nights.

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::vocabulary::Done;
use crate::diary::{Adherence, Experiment, Key, Night, Nights, Now, Record, Table};
use crate::store::Writer;
use crate::store::error::StoreError;
use crate::words::hinted;

/// At most so many experiments run at once.
pub(crate) const AT_ONCE: usize = 2;

/// Why an experiment could not be begun or changed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExperimentError {
    /// Another one with the same thing has nights of it.
    #[error("{}", self.said().0)]
    Taken(Box<Experiment>),
    /// So many run already.
    #[error("{}", self.said().0)]
    Full(Vec<Experiment>),
    /// None with this thing runs.
    #[error("{}", self.said().0)]
    NotRunning(String),
    /// Its planned end has come: there is a result, and nothing to stop.
    #[error("{}", self.said().0)]
    Over(Box<Experiment>),
    /// The key opens no experiment with this thing.
    #[error("{}", self.said().0)]
    NoLabel(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ExperimentError {
    /// What to say, and the way out.
    pub(crate) fn said(&self) -> (String, Option<String>) {
        match self {
            ExperimentError::Taken(other) => {
                let (thing, from, to) = (&other.thing, other.from.date(), other.to.date());
                hinted!(experiment, "nights-taken", thing, from, to)
            }
            ExperimentError::Full(running) => {
                let things: Vec<&str> = running.iter().map(|e| e.thing.as_str()).collect();
                hinted!(experiment, "two-at-once", things = things.join(", "))
            }
            ExperimentError::NotRunning(thing) => hinted!(experiment, "none-runs", thing),
            ExperimentError::Over(over) => {
                let (thing, to) = (&over.thing, over.to.date());
                hinted!(experiment, "is-over", thing, to)
            }
            ExperimentError::NoLabel(thing) => hinted!(experiment, "no-label", thing),
            ExperimentError::Store(error) => (error.to_string(), Some(error.hint().to_string())),
        }
    }
}

impl Writer<'_> {
    /// Every experiment of the diary.
    pub(crate) fn experiments(&self) -> Result<Vec<Experiment>, StoreError> {
        let mut experiments = Vec::new();
        for key in self.keys(Table::Experiment)? {
            if let Some(Record::Experiment(experiment)) = self.get(&key)? {
                experiments.push(experiment);
            }
        }
        experiments.sort_by_key(|e| (e.from, e.id));
        Ok(experiments)
    }

    /// Begins a sealed experiment under a number of its own.
    pub(crate) fn start_experiment(
        &mut self,
        experiment: Experiment,
        now: &Now,
    ) -> Result<Experiment, ExperimentError> {
        let present = self.experiments()?;
        let shares = |e: &&Experiment| e.shares_a_night(&experiment.thing, experiment.nights());
        if let Some(other) = present.iter().find(shares) {
            return Err(ExperimentError::Taken(Box::new(other.clone())));
        }
        let last = now.last_night();
        let running = present.into_iter().filter(|e| e.is_running(last));
        let running: Vec<Experiment> = running.collect();
        if running.len() >= AT_ONCE {
            return Err(ExperimentError::Full(running));
        }
        let id = self.next_id(Table::Experiment)?;
        let experiment = Experiment { id, ..experiment };
        self.put(Record::Experiment(experiment.clone()))?;
        Ok(experiment)
    }

    /// Ends the running experiment with `thing` early: from today on none of its nights is assigned anything.
    pub(crate) fn stop_experiment(
        &mut self,
        thing: &str,
        why: &str,
        now: &Now,
    ) -> Result<Experiment, ExperimentError> {
        let latest = self.latest_experiment(thing)?;
        let last = now.last_night();
        let mut experiment = match latest {
            Some(e) if e.is_running(last) => e,
            Some(e) if e.stopped.is_none() => return Err(ExperimentError::Over(Box::new(e))),
            _ => return Err(ExperimentError::NotRunning(thing.to_string())),
        };
        // a clock set back does not take nights away that were lived through
        let day: NaiveDate = now.today().max(experiment.from.date());
        experiment.stopped = Some(day);
        experiment.reason = Some(why.trim().to_string()).filter(|why| !why.is_empty());
        self.put(Record::Experiment(experiment.clone()))?;
        Ok(experiment)
    }

    /// Writes down which label of a blinded experiment was on, as the friend's key says; the caller has checked the key.
    pub(crate) fn open_experiment(
        &mut self,
        id: i64,
        label: char,
    ) -> Result<Experiment, ExperimentError> {
        let found = self.get(&Key::Experiment(id))?;
        let Some(Record::Experiment(mut experiment)) = found else {
            return Err(ExperimentError::NoLabel(id.to_string()));
        };
        if !experiment.is_blinded() || !experiment.schedule.contains(label) {
            return Err(ExperimentError::NoLabel(experiment.thing));
        }
        experiment.opened.get_or_insert_with(|| label.to_string());
        self.put(Record::Experiment(experiment.clone()))?;
        Ok(experiment)
    }

    /// Writes down what was done about `thing` on a night, in place of what was said of it before; `None` makes it unknown.
    pub(crate) fn put_adherence(
        &mut self,
        thing: &str,
        night: Night,
        done: Option<Done>,
        at: DateTime<Utc>,
    ) -> Result<Option<Key>, StoreError> {
        let said = self.adherence_of(night)?;
        let before = said.into_iter().find(|a| a.thing == thing);
        let Some(done) = done else {
            if let Some(before) = before {
                self.remove(&Key::Adherence(before.id))?;
            }
            return Ok(None);
        };
        let record = match before {
            Some(before) if before.done == done => before,
            Some(before) => Adherence {
                done,
                recorded_at: at,
                ..before
            },
            None => {
                let id = self.next_id(Table::Adherence)?;
                Adherence::blank(id, thing.to_string(), night, done, at)
            }
        };
        let key = Key::Adherence(record.id);
        self.put(Record::Adherence(record))?;
        Ok(Some(key))
    }

    /// What was done on a night, of every thing.
    pub(super) fn adherence_of(&self, night: Night) -> Result<Vec<Adherence>, StoreError> {
        Ok(self
            .read_without_values(Some(Nights::ending(night, 1)))?
            .adherence)
    }

    fn latest_experiment(&self, thing: &str) -> Result<Option<Experiment>, StoreError> {
        let mut experiments = self.experiments()?.into_iter();
        Ok(experiments.rfind(|e| e.thing == thing))
    }
}
