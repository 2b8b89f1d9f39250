//! A picture as a value: what `cramp chart` and the pages draw.

use clap::ValueEnum;

use crate::cli::Failure;
use crate::cli::failure::fail;
use crate::diary::{Diary, Night, Nights, Now};
use crate::render::sheet::About;
use crate::render::{chart as drawing, picture};
use crate::report::chart::{self as charts, calendar, counts, rates};
use crate::report::origin::Provenance;
use crate::report::{doctor, experiment_result};
use crate::store::Store;

/// A chart as JSON.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Drawn {
    #[serde(flatten)]
    pub(crate) chart: charts::Chart,
    pub(crate) made_from: Provenance,
}

/// The kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Cramps a week, with courses and events
    Timeline,
    /// One cell a night
    Calendar,
    /// Cramps by the hour of their onset
    Clock,
    /// What goes with cramps, with intervals
    Factors,
    /// The rate month by month, with changes
    Trend,
    /// The nights of an experiment, with it and without
    Experiment,
}

impl Kind {
    /// The kind of this name on the command line.
    pub(crate) fn named(name: &str) -> Option<Kind> {
        Kind::from_str(name, false).ok()
    }
}

/// The picture of the newest experiment with `thing`.
///
/// # Errors
/// There is none, or it has no result (yet).
pub(crate) fn of_experiment(
    diary: &Diary,
    thing: &str,
    now: &Now,
    seed: u64,
) -> Result<Drawn, Failure> {
    let found = experiment_result::newest(diary, thing);
    let experiment = found.ok_or_else(|| fail!(Cannot, "no-experiment-with", thing))?;
    let result = experiment_result::result(diary, experiment, now, seed).map_err(|none| {
        let (message, hint) = none.refusal(&experiment.thing);
        Failure::cannot(message, hint)
    })?;
    Ok(Drawn {
        chart: result.chart,
        made_from: Provenance::experiment(&program(), diary, experiment),
    })
}

/// A picture of the nights `from` (the first of the diary) to `to`; an absent diary is an empty one.
///
/// # Errors
/// The nights are in the wrong order, or the diary cannot be read.
pub(crate) fn of_diary(
    store: Option<Store>,
    kind: Kind,
    (from, to): (Option<Night>, Night),
    now: &Now,
) -> Result<Drawn, Failure> {
    let first = store.as_ref().map(Store::first_night);
    let first = first.transpose()?.flatten();
    // From the first night of the diary, or eight weeks back where there is no diary.
    let default = first
        .filter(|first| *first <= to)
        .unwrap_or(to.plus(1 - doctor::NIGHTS));
    let nights = period(from.unwrap_or(default), to)?;
    let values = matches!(kind, Kind::Factors | Kind::Trend);
    let diary = match store {
        None => Diary::default(),
        Some(store) if values => store.read(Some(nights))?,
        Some(store) => store.read_without_values(Some(nights))?,
    };
    let diary = diary.known(now);
    let made_from = Provenance::chart(&program(), &name_of(kind), &diary, nights, values);
    let chart = match kind {
        Kind::Timeline => rates::timeline(&diary, nights, rates::ROOM),
        Kind::Calendar => calendar::calendar(&diary, nights),
        Kind::Clock => counts::clock(&diary, nights, true),
        Kind::Factors => counts::factors(&diary, nights),
        // an experiment is drawn by itself, above
        Kind::Trend | Kind::Experiment => rates::trend(&diary, nights),
    };
    Ok(Drawn { chart, made_from })
}

impl Drawn {
    /// The picture as an SVG file.
    pub(crate) fn svg(&self) -> String {
        picture::svg(&[drawing::sheet(&self.chart)], &self.about())
    }

    pub(crate) fn about(&self) -> About {
        drawing::about(&self.chart, &program(), &self.made_from.line())
    }
}

pub(crate) fn period(from: Night, to: Night) -> Result<Nights, Failure> {
    match to < from {
        true => {
            let (last, first) = (to.date(), from.date());
            Err(fail!(Words, "wrong-order", last, first))
        }
        false => Ok(Nights { from, to }),
    }
}

/// The name of a variant on the command line.
pub(crate) fn name_of(value: impl ValueEnum) -> String {
    let value = value.to_possible_value();
    value.map_or_else(String::new, |v| v.get_name().to_string())
}

/// The program and its version, as files name it.
pub(crate) fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}
