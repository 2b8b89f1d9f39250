//! What an experiment leaves of its thing in the night table. While it runs nothing, so that nobody sees before the end
//! what goes together; afterwards what was done, else what was drawn.

use std::sync::Arc;

use serde::Serialize;

use crate::diary::experiment::{Assigned, State};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::substance::Nutrient;
use crate::diary::typed::plain_name;
use crate::diary::vocabulary::{Done, FactorKind};
use crate::diary::{Diary, Experiment, Night, Nights};

/// A factor of which some nights are unknown until an experiment is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LeftOut {
    pub(crate) factor: String,
    pub(crate) nights: usize,
}

/// The experiments of a diary, as far as they concern the night table.
#[derive(Debug, Default)]
pub(crate) struct Trials<'d> {
    trials: Vec<Trial<'d>>,
}

/// A night of an experiment that is over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) place: usize,
    /// What was drawn.
    pub(crate) on: Option<bool>,
    /// What the person said was done.
    pub(crate) done: Option<Done>,
}

/// One experiment and the column of its thing.
#[derive(Debug)]
pub(crate) struct Trial<'d> {
    pub(crate) experiment: &'d Experiment,
    pub(crate) column: Arc<str>,
    /// Its thing is a factor that is yes or no, not a supplement.
    pub(crate) is_factor: bool,
    is_running: bool,
    /// Its schedule is the one that was sealed.
    is_sound: bool,
    diary: &'d Diary,
}

impl<'d> Trials<'d> {
    /// As known on the morning after `as_of`, or after the last night that is over, where the diary knows it.
    pub(crate) fn of(diary: &'d Diary, catalogue: &Catalogue, as_of: Night) -> Self {
        let last = diary.last_over(as_of);
        let trial = |experiment: &'d Experiment| {
            let factor = catalogue.find(&experiment.thing);
            let factor = factor.filter(|factor| factor.kind == FactorKind::YesNo);
            let column = match factor {
                Some(factor) => factor.factor.to_string(),
                None => substance_column(catalogue, &experiment.thing).0,
            };
            Trial {
                experiment,
                column: column.into(),
                is_factor: factor.is_some(),
                is_running: experiment.state_by(last) == State::Running,
                is_sound: experiment.is_sound(),
                diary,
            }
        };
        Trials {
            trials: diary.experiments.iter().map(trial).collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.trials.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Trial<'d>> {
        self.trials.iter()
    }

    /// Whether a column is unknown on a night whatever the diary says.
    pub(crate) fn hides(&self, column: &str, night: Night) -> bool {
        let mut of = self.trials.iter().filter(|trial| *trial.column == *column);
        of.any(|trial| trial.hides(night))
    }

    /// The places of the hidden nights of a column.
    pub(crate) fn hidden(&self, column: &str, nights: Nights) -> Vec<usize> {
        let of = self.trials.iter().filter(|trial| *trial.column == *column);
        let hidden = of.flat_map(|trial| trial.hidden(nights));
        hidden.filter_map(|night| index(nights, night)).collect()
    }

    /// Which columns are hidden on how many of the nights, by name.
    pub(crate) fn left_out(&self, nights: Nights) -> Vec<LeftOut> {
        let mut out: Vec<LeftOut> = Vec::new();
        for trial in &self.trials {
            let hidden = trial.hidden(nights).count();
            match out.iter_mut().find(|o| o.factor == *trial.column) {
                _ if hidden == 0 => {}
                Some(known) => known.nights += hidden,
                None => out.push(LeftOut {
                    factor: trial.column.to_string(),
                    nights: hidden,
                }),
            }
        }
        out.sort_by(|a, b| a.factor.cmp(&b.factor));
        out
    }
}

impl Trial<'_> {
    fn hides(&self, night: Night) -> bool {
        let sealed = self.experiment.is_blinded() && self.experiment.opened.is_none();
        match self.is_running {
            true => self.experiment.nights().contains(night),
            false => sealed && self.experiment.assigned(night).is_some(),
        }
    }

    fn hidden(&self, nights: Nights) -> impl Iterator<Item = Night> {
        let planned = self.experiment.nights();
        let within = Nights {
            from: planned.from.max(nights.from),
            to: planned.to.min(nights.to),
        };
        within.iter().filter(|night| self.hides(*night))
    }

    /// Of each night that is not hidden: what was drawn, and what the person said was done. A schedule that was changed
    /// says nothing.
    pub(crate) fn shown(&self, nights: Nights) -> impl Iterator<Item = Shown> {
        let planned = self.experiment.nights().iter();
        planned.filter_map(move |night| {
            let place = index(nights, night).filter(|_| !self.hides(night))?;
            let on = match self.experiment.assigned(night)? {
                Assigned::On => true,
                Assigned::Off => false,
                Assigned::Label(_) => return None,
            };
            Some(Shown {
                place,
                on: Some(on).filter(|_| self.is_sound),
                done: self.done(night, on),
            })
        })
    }

    /// What was done of the thing itself. The capsule of a blinded experiment holds what was drawn.
    fn done(&self, night: Night, on: bool) -> Option<Done> {
        let mut said = self.diary.adherence.iter();
        let said = said.rfind(|a| a.night == night && a.thing == self.experiment.thing)?;
        match said.done {
            Done::Yes if self.experiment.is_blinded() && !on => Some(Done::No),
            done => Some(done),
        }
    }
}

/// Position of a night in a run of nights.
pub(crate) fn index(nights: Nights, night: Night) -> Option<usize> {
    nights
        .contains(night)
        .then(|| usize::try_from(night.since(nights.from)).ok())
        .flatten()
}

/// The column a medicine or supplement counts under: its nutrient's factor, or its own name.
pub(crate) fn substance_column<'c>(
    catalogue: &'c Catalogue,
    name: &str,
) -> (String, Option<&'c FactorDef>) {
    let nutrient = Nutrient::of_name(name);
    let definition = nutrient.and_then(|n| catalogue.iter().find(|d| d.nutrient == Some(n)));
    let column = definition.map_or_else(
        || plain_name(name).replace(' ', "-"),
        |d| d.factor.to_string(),
    );
    (column, definition)
}
