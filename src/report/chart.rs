//! A chart as a value: all that is drawn, the same in words and as a table. Drawing adds and computes nothing.

mod axis;
pub(crate) mod calendar;
pub(crate) mod cohort;
pub(crate) mod counts;
pub(crate) mod forest;
pub(crate) mod lanes;
pub(crate) mod periods;
pub(crate) mod rates;

use serde::Serialize;

use crate::diary::pain::Pain;
use crate::diary::word::words;
use crate::diary::{Night, NightState, vocabulary::CourseKind};
use crate::stats::estimate::Estimate;

pub(crate) use axis::{Axis, Tick};
pub(crate) use lanes::{LeftOut, PeriodLane, PeriodNight, Periods};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Chart {
    /// What is shown, for the person.
    pub(crate) title: String,
    /// How much of the time is recorded; stands above every picture.
    pub(crate) coverage: String,
    /// The result in words, from the same numbers, for those who cannot see the picture.
    pub(crate) alt: String,
    pub(crate) picture: Picture,
    /// What each mark means, in the order of the key.
    pub(crate) key: Vec<KeyEntry>,
    /// What must be known to read it: caveats, and what was left out.
    pub(crate) notes: Vec<String>,
    pub(crate) table: Table,
}

/// The kinds of picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Picture {
    /// Cramps a week over time, with courses and events.
    Timeline(Rates),
    /// One cell a night, month by month.
    Calendar(Calendar),
    /// One cell a night, seven a row.
    Strip(Strip),
    /// Cramps by the hour of their onset.
    Clock(Clock),
    /// Counts of the parts of a whole.
    Parts(Parts),
    /// What goes with cramps, with intervals.
    Factors(Forest),
    /// The rate month by month, with its changes.
    Trend(Rates),
    /// The nights of an experiment, with it and without.
    Experiment(Periods),
}

impl Chart {
    /// Whether the picture shows nothing that is known, and its room is better given to something else.
    pub(crate) fn is_empty(&self) -> bool {
        let known = |week: &Week| {
            let mut nights = week.nights.iter().flatten();
            nights.any(|night| night.state != NightState::Unknown)
        };
        match &self.picture {
            Picture::Timeline(rates) | Picture::Trend(rates) => {
                rates.bins.iter().all(|bin| bin.rate.is_none())
            }
            Picture::Calendar(calendar) => {
                !calendar.months.iter().flat_map(|m| &m.weeks).any(known)
            }
            Picture::Strip(strip) => !strip.weeks.iter().any(known),
            Picture::Clock(clock) => clock.bars.iter().all(|bar| bar.count == 0),
            Picture::Parts(parts) => parts.rows.iter().all(|row| row.unknown || row.count == 0),
            Picture::Factors(forest) => forest.rows.is_empty(),
            Picture::Experiment(periods) => {
                let mut nights = periods.lanes.iter().flat_map(|lane| &lane.nights);
                nights.all(|night| night.state == NightState::Unknown)
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct KeyEntry {
    pub(crate) mark: KeyMark,
    pub(crate) words: String,
}

words! {
    /// The marks a key can explain.
    KeyMark, "mark", {
        /// A filled dot with a whisker: a rate and its interval.
        Rate = "rate",
        /// A ring with a whisker: the same from few recorded nights.
        SparseRate = "sparse-rate",
        /// Hatching: nobody wrote anything down.
        Hatched = "hatched",
        /// A whisker that ends in an arrow: it goes on beyond the axis.
        Clipped = "clipped",
        /// A filled bar: a medicine.
        Medicine = "medicine",
        /// An open bar: a supplement.
        Supplement = "supplement",
        /// A striped bar: a measure such as stretching.
        Measure = "measure",
        /// A dotted bar: a period left out of the numbers.
        Excluded = "excluded",
        /// A triangle: an event.
        Event = "event",
        /// A filled bar: a number of cramps.
        Count = "count",
        /// An open bar: a number of cramps under a curve.
        OpenCount = "open-count",
        /// A broken curve: the same, smoothed.
        Density = "density",
        /// A square with a whisker: an effect and its interval.
        Effect = "effect",
        /// The same over many people.
        Mean = "mean",
        /// A thin line under a whisker: where the next person is to be expected.
        Prediction = "prediction",
        /// A dotted line: no difference.
        NoDifference = "no-difference",
        /// A thick line: the level between two changes.
        Level = "level",
        /// A broken upright line: a change of level.
        Change = "change",
        /// A ring in a cell: a recorded night without a cramp.
        CalmNight = "calm-night",
        /// A filled disc in a cell, with the number of cramps and the worst pain.
        CrampNight = "cramp-night",
        /// A hatched cell: a night nobody wrote about.
        UnknownNight = "unknown-night",
        /// A cell with a dotted frame: a night left out of the numbers.
        ExcludedNight = "excluded-night",
        /// A filled bar: the cramps of a night of an experiment.
        CrampsOfNight = "cramps-of-night",
        /// A short stroke: a recorded night without a cramp.
        CalmTick = "calm-tick",
        /// A grey strip under a night that is left out because the period before may still act.
        Washout = "washout",
        /// An open bar: the cramps of such a night.
        NotCounted = "not-counted",
        /// A thick line: the rate of a period.
        PeriodRate = "period-rate",
    }
}

/// A table of words and numbers as they are to be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) head: Vec<String>,
    /// The rows, as many cells each as there are columns. An empty cell is unknown.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(
        caption: &str,
        head: Vec<String>,
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Table {
        Table {
            caption: caption.to_string(),
            head,
            rows: rows.into_iter().collect(),
        }
    }
}

/// Rates over time. The x axis counts nights: night `i` of the period fills `i` to `i + 1`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Rates {
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// The stretches of time, in order, without gaps between them.
    pub(crate) bins: Vec<Bin>,
    /// Levels between changes, in order; empty where none were looked for.
    pub(crate) levels: Vec<Level>,
    /// Where the level changed, on the x axis.
    pub(crate) changes: Vec<f64>,
    /// Courses and excluded periods, each on a line of its own under the picture.
    pub(crate) lanes: Vec<Lane>,
    /// Events, in order, each on a line of its own under the lanes.
    pub(crate) events: Vec<EventMark>,
    /// Earlier lanes, not drawn for want of room.
    pub(crate) lanes_left: Vec<Lane>,
    /// Earlier events, not drawn for want of room.
    pub(crate) events_left: Vec<EventMark>,
}

/// One stretch of time and its rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bin {
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// Nights in it, excluded ones left out; 0 when all of it is excluded.
    pub(crate) nights: usize,
    pub(crate) recorded: usize,
    pub(crate) cramps: usize,
    /// Cramps per 7 recorded nights; `None` when no night is recorded.
    pub(crate) rate: Option<Estimate>,
    /// Whether fewer than half of the nights are recorded, or fewer than four.
    pub(crate) sparse: bool,
    /// Whether the interval goes on above the y axis.
    pub(crate) clipped: bool,
}

/// The rate between two changes of level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Level {
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// Cramps per 7 recorded nights.
    pub(crate) rate: f64,
}

/// Effects with intervals, one row a factor, on an axis of natural logarithms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Forest {
    /// The size of an effect; the labels are ratios.
    pub(crate) x: Axis,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<ForestRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ForestRow {
    pub(crate) label: String,
    /// The factor alone, and which values are compared where it is not with and without.
    pub(crate) name: String,
    pub(crate) contrast: Option<String>,
    pub(crate) counts: String,
    /// The same nights with what they are: "33 of 64 nights with it", "27 of 83 nights without".
    pub(crate) with: String,
    pub(crate) without: String,
    /// The effect with its interval in words, or why there is none.
    pub(crate) words: String,
    /// The effect with its interval; `None` when there is none.
    pub(crate) size: Option<String>,
    pub(crate) grade: String,
    /// Whether there is enough to say anything.
    pub(crate) enough: bool,
    /// Where the effect stands on the axis, cut to it; `None` when there is none.
    pub(crate) at: Option<f64>,
    /// Where the interval begins and ends, cut to the axis.
    pub(crate) span: Option<(f64, f64)>,
    /// Whether the interval goes on before the axis, and after it.
    pub(crate) clipped: (bool, bool),
    /// Where the effect of the next person lies, cut to the axis; only over many people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) beyond: Option<(f64, f64)>,
}

/// What a lane stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LaneKind {
    Course(CourseKind),
    /// A period left out of the numbers.
    Excluded,
}

/// A bar under the picture, on the same time axis and cut to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Lane {
    pub(crate) kind: LaneKind,
    pub(crate) label: String,
    pub(crate) dates: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) began_before: bool,
    pub(crate) goes_on: bool,
}

/// A mark on the time axis, in the person's words as far as they can be printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct EventMark {
    pub(crate) at: f64,
    pub(crate) night: Night,
    pub(crate) text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Calendar {
    pub(crate) weekdays: Vec<String>,
    pub(crate) months: Vec<Month>,
}

/// Nights seven a row, the last row ending with the last night.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Strip {
    pub(crate) weekdays: Vec<String>,
    pub(crate) weeks: Vec<Week>,
}

/// Cramps by the hour of their onset. The x axis counts hours from 18:00.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Clock {
    /// Whether there is anything to count; where not, an empty picture would look like no cramp at any hour.
    pub(crate) known: bool,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// One bar an hour, in order; hours without a cramp are there with a count of 0.
    pub(crate) bars: Vec<HourBar>,
    /// A smooth curve of the same data in cramps per hour; empty when there are too few for one.
    pub(crate) density: Vec<(f64, f64)>,
}

/// The cramps that began within one hour.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct HourBar {
    /// Where the hour begins on the x axis.
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) label: String,
    pub(crate) count: usize,
}

/// Counts of the parts of a whole, each with a bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Parts {
    /// What the parts are parts of, and how many there are.
    pub(crate) title: String,
    /// The length of the longest bar.
    pub(crate) to: f64,
    /// The parts, in a fixed order; "not recorded" is one of them.
    pub(crate) rows: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Part {
    pub(crate) label: String,
    pub(crate) count: usize,
    /// Whether it stands for what was not written down.
    pub(crate) unknown: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Month {
    pub(crate) label: String,
    /// Weeks; each has seven places.
    pub(crate) weeks: Vec<Week>,
}

/// One row of seven nights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Week {
    /// What stands before the row; may be empty.
    pub(crate) label: String,
    /// The seven places; `None` where the calendar has no night.
    pub(crate) nights: [Option<NightCell>; 7],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct NightCell {
    pub(crate) night: Night,
    /// The number of its day, as it stands in the corner.
    pub(crate) day: String,
    pub(crate) state: NightState,
    /// How many cramps; `None` when unknown.
    pub(crate) cramps: Option<usize>,
    /// The worst pain of the night, 0 to 10; `None` when nobody said.
    pub(crate) worst: Option<Pain>,
    pub(crate) excluded: bool,
}
