//! Rates over time, and under them what was taken and what happened: the timeline week by week, and the trend month by
//! month with its changes of level.

use crate::analysis::trend::levels;
use crate::diary::Diary;
use crate::diary::moment::{Night, Nights};
use crate::diary::vocabulary::CourseKind;
use crate::report::chart::{
    Axis, Bin, Chart, EventMark, KeyEntry, KeyMark, Lane, LaneKind, Level, Picture, Rates, Table,
    axis::place,
};
use crate::report::say::chart as say;
use crate::report::stretch::{WeekRate, is_sparse};
use crate::report::trend::{near, near_sentence};
use crate::stats::estimate::Estimate;
use crate::words::{lines, printable, t};

/// The most stretches of time drawn side by side.
const MOST_BINS: usize = 60;

/// How many courses and events a timeline shows before it says "and N more".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// Courses and excluded periods.
    pub(crate) lanes: usize,
    pub(crate) events: usize,
}

/// The room a chart of its own has.
pub(crate) const ROOM: Room = Room {
    lanes: 12,
    events: 12,
};

/// Cramps a week over `nights`, with courses, excluded periods and events.
///
/// A stretch of time is a week, or more weeks when the period is long, counted back from the last night so that the
/// newest stretch is whole. The rate is per 7 *recorded* nights, with the exact Poisson interval of Garwood (1936).
pub(crate) fn timeline(diary: &Diary, nights: Nights, room: Room) -> Chart {
    let weeks = weeks_a_bin(nights);
    let bins = bins(diary, nights, weeks);
    let rates = rates(diary, nights, room, bins, &t!(chart, "rate-axis", weeks));
    let title = t!(chart, "timeline");
    chart(diary, nights, title, rates, Vec::new(), Picture::Timeline)
}

/// The bins on their axes, with the courses, excluded periods and events for which there is room.
fn rates(diary: &Diary, nights: Nights, room: Room, mut bins: Vec<Bin>, title: &str) -> Rates {
    let y = rate_axis(&mut bins, title);
    let (lanes, lanes_left) = lanes(diary, nights, room.lanes);
    let (events, events_left) = events(diary, nights, room.events);
    Rates {
        x: Axis::time(nights),
        y,
        bins,
        levels: Vec::new(),
        changes: Vec::new(),
        lanes,
        events,
        lanes_left,
        events_left,
    }
}

/// The chart of rates; `notes` come before what was left out for want of room.
fn chart(
    diary: &Diary,
    nights: Nights,
    title: &str,
    rates: Rates,
    mut notes: Vec<String>,
    picture: fn(Rates) -> Picture,
) -> Chart {
    let coverage = diary.coverage(nights);
    let (courses, events) = (rates.lanes_left.len(), rates.events_left.len());
    notes.extend((courses > 0).then(|| t!(chart, "more-courses", n = courses)));
    notes.extend((events > 0).then(|| t!(chart, "more-events", n = events)));
    Chart {
        title: title.to_string(),
        coverage: say::coverage(nights, coverage),
        alt: say::timeline_alt(&rates, coverage),
        key: key(&rates),
        notes,
        table: table(&rates.bins, title),
        picture: picture(rates),
    }
}

/// The axis of the rates, high enough for every rate and for intervals up to three times the highest or 6 a week, those
/// of few nights left aside; the bins whose interval goes on beyond it are marked.
fn rate_axis(bins: &mut [Bin], title: &str) -> Axis {
    let any = bins.iter().any(|bin| bin.rate.is_some() && !bin.sparse);
    let known = |few: bool| {
        let bins = bins.iter().filter(move |bin| few || !bin.sparse);
        bins.filter_map(|bin| bin.rate)
    };
    let top = known(true).map(|rate| rate.value).fold(0.0, f64::max);
    let reach = known(!any).map(|rate| rate.high).fold(0.0, f64::max);
    let y = Axis::from_zero(title, top.max(reach.min((top * 3.0).max(6.0))));
    for bin in bins {
        bin.clipped = bin.rate.is_some_and(|rate| rate.high > y.to);
    }
    y
}

/// How many weeks one stretch of time takes, so that there are at most [`MOST_BINS`].
fn weeks_a_bin(nights: Nights) -> usize {
    let weeks = nights.len().div_ceil(7);
    [1, 2, 4, 13, 26, 52, 104, 260]
        .into_iter()
        .find(|step| weeks.div_ceil(*step) <= MOST_BINS)
        .unwrap_or(520)
}

fn bins(diary: &Diary, nights: Nights, weeks: usize) -> Vec<Bin> {
    let mut bins = Vec::new();
    let mut to = nights.to;
    while to >= nights.from && !nights.is_empty() {
        let stretch = Nights::ending(to, weeks as i64 * 7);
        let stretch = Nights {
            from: stretch.from.max(nights.from),
            to,
        };
        bins.push(bin(diary, stretch, nights));
        to = stretch.from.plus(-1);
    }
    bins.reverse();
    bins
}

fn bin(diary: &Diary, stretch: Nights, nights: Nights) -> Bin {
    let rate = WeekRate::of(diary, stretch);
    Bin {
        from: rate.from,
        to: rate.to,
        start: place(stretch.from, nights),
        end: place(stretch.to, nights) + 1.0,
        nights: rate.nights,
        recorded: rate.recorded,
        cramps: rate.cramps,
        rate: rate.rate_per_week,
        sparse: is_sparse(rate.nights, rate.recorded),
        clipped: false,
    }
}

/// Courses in force at some time of `nights`, then excluded periods; at most `most`, and those left out.
///
/// The ones that began last come first when some must be left out: they are the ones a reader asks about.
fn lanes(diary: &Diary, nights: Nights, most: usize) -> (Vec<Lane>, Vec<Lane>) {
    let (first, last) = (nights.from.date(), nights.to.date());
    let courses = diary.courses.iter();
    let courses = courses
        .filter(|course| course.start <= last && course.stop.is_none_or(|stop| first <= stop))
        .map(|course| {
            let stop = course.stop.map(Night::of_evening);
            let dates = (Night::of_evening(course.start), stop);
            lane(
                LaneKind::Course(course.kind),
                say::course(course),
                dates,
                nights,
            )
        });
    let excluded = diary.exclusions.iter();
    let excluded = excluded
        .filter(|x| x.from <= nights.to && nights.from <= x.to)
        .map(|x| {
            let label = t!(chart, "left-out", why = printable(&x.text));
            lane(LaneKind::Excluded, label, (x.from, Some(x.to)), nights)
        });
    newest(courses.chain(excluded).collect(), most)
}

/// The last `most` of a list in order of time, and the earlier ones.
fn newest<T>(mut all: Vec<T>, most: usize) -> (Vec<T>, Vec<T>) {
    let newest = all.split_off(all.len().saturating_sub(most));
    (newest, all)
}

fn lane(kind: LaneKind, label: String, (from, to): (Night, Option<Night>), nights: Nights) -> Lane {
    let end = to.map_or(nights.to, |to| to.min(nights.to));
    Lane {
        kind,
        label,
        dates: say::dates(from, to),
        start: place(from.max(nights.from), nights),
        end: place(end, nights) + 1.0,
        began_before: from < nights.from,
        goes_on: to.is_none_or(|to| to > nights.to),
    }
}

/// Events within `nights` in order: at most `most`, the newest, and those left out.
fn events(diary: &Diary, nights: Nights, most: usize) -> (Vec<EventMark>, Vec<EventMark>) {
    let within = diary
        .events
        .iter()
        .filter(|event| nights.contains(event.night));
    let marks = within.map(|event| EventMark {
        at: place(event.night, nights) + 0.5,
        night: event.night,
        text: printable(&event.text),
    });
    newest(marks.collect(), most)
}

fn key(rates: &Rates) -> Vec<KeyEntry> {
    let bins = &rates.bins;
    let lane = |kind| rates.lanes.iter().any(|lane| lane.kind == kind);
    let course = |kind| lane(LaneKind::Course(kind));
    let known = |sparse| {
        let mut bins = bins.iter().filter(|bin| bin.rate.is_some());
        bins.any(|bin| bin.sparse == sparse)
    };
    let blank = bins.iter().any(|bin| bin.rate.is_none() && bin.nights > 0);
    let marks = [
        (KeyMark::Rate, known(false)),
        (KeyMark::SparseRate, known(true)),
        (KeyMark::Clipped, bins.iter().any(|bin| bin.clipped)),
        (KeyMark::Hatched, blank),
        (KeyMark::Medicine, course(CourseKind::Medicine)),
        (KeyMark::Supplement, course(CourseKind::Supplement)),
        (KeyMark::Measure, course(CourseKind::Measure)),
        (KeyMark::Excluded, lane(LaneKind::Excluded)),
        (KeyMark::Event, !rates.events.is_empty()),
        (KeyMark::Level, !rates.levels.is_empty()),
        (KeyMark::Change, !rates.changes.is_empty()),
    ];
    say::key(&marks)
}

fn table(bins: &[Bin], caption: &str) -> Table {
    let rows = bins.iter().map(|bin| {
        let known =
            |words: &dyn Fn(&Estimate) -> String| bin.rate.as_ref().map_or_else(String::new, words);
        vec![
            bin.from.to_string(),
            bin.to.to_string(),
            t!(chart, "of", part = bin.recorded, whole = bin.nights),
            known(&|_| bin.cramps.to_string()),
            known(&|rate| say::rate(rate.value)),
            known(&say::interval),
        ]
    });
    Table::new(caption, lines!(chart, "timeline-head"), rows)
}

/// The most months drawn one by one; a longer diary is drawn in longer stretches.
const MOST_MONTHS: usize = 60;

/// The rate over `nights` month by month, with changes of level.
pub(crate) fn trend(diary: &Diary, nights: Nights) -> Chart {
    let found = levels(diary, nights.to);
    let (bins, title) = if found.months.len() <= MOST_MONTHS {
        let months = found.months.iter().filter_map(|month| {
            let (from, to) = (Night::of_evening(month.from), Night::of_evening(month.to));
            cut(diary, from, to, nights)
        });
        let title = t!(chart, "rate-axis-monthly").to_string();
        (with_edges(diary, months.collect(), nights), title)
    } else {
        let weeks = weeks_a_bin(nights);
        (bins(diary, nights, weeks), t!(chart, "rate-axis", weeks))
    };
    let mut rates = rates(diary, nights, ROOM, bins, &title);
    let changes = found.changes.as_deref().unwrap_or_default();
    // the first change also tells the level before it
    let before = changes.first().map(|change| &change.before);
    let after = changes.iter().map(|change| &change.after);
    rates
        .levels
        .extend(before.into_iter().chain(after).filter_map(|period| {
            let (from, to) = (Night::of_evening(period.from), Night::of_evening(period.to));
            Some(Level {
                start: place(from.max(nights.from), nights),
                end: place(to.min(nights.to), nights) + 1.0,
                rate: period.rate_per_week?.value,
            })
        }));
    let changed: Vec<Night> = changes.iter().map(|change| change.night).collect();
    rates.changes = changed.iter().map(|night| place(*night, nights)).collect();
    let mut notes = say::trend_notes(&changed, found.changes.is_some(), found.season.as_ref());
    notes.extend(changes.iter().filter_map(|change| {
        near_sentence(change.night, &near(diary, change.earliest, change.latest))
    }));
    let title = t!(chart, "trend");
    let mut chart = chart(diary, nights, title, rates, notes, Picture::Trend);
    chart.alt = format!("{} {}", chart.alt, chart.notes.join(" "));
    chart
}

/// The part of a month that lies within `nights`.
fn cut(diary: &Diary, from: Night, to: Night, nights: Nights) -> Option<Bin> {
    let part = Nights {
        from: from.max(nights.from),
        to: to.min(nights.to),
    };
    (!part.is_empty()).then(|| bin(diary, part, nights))
}

/// The months, with the nights before the first and after the last, which nobody wrote about, as stretches of their own.
fn with_edges(diary: &Diary, months: Vec<Bin>, nights: Nights) -> Vec<Bin> {
    let (first, last) = match (months.first(), months.last()) {
        (Some(first), Some(last)) => (first.from.plus(-1), last.to.plus(1)),
        _ => (nights.to, nights.to.plus(1)),
    };
    let before = cut(diary, nights.from, first, nights);
    let after = cut(diary, last, nights.to, nights);
    before.into_iter().chain(months).chain(after).collect()
}
