//! The page of a year, for the person to keep: the calendar, the months, what changed, what was tried and what was taken.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::diary::{Course, Diary, Night, Nights};
use crate::report::chart::{Chart, Table, calendar, counts, rates};
use crate::report::doctor::experiments::{SelfExperiments, experiments};
use crate::report::doctor::summary::Before;
use crate::report::doctor::{Beside, FlagLine, ROOM, Section, found};
use crate::report::flags;
use crate::report::origin::Provenance;
use crate::report::say::chart as words;
use crate::report::say::page as say;
use crate::report::stretch::{Change, Stretch, WEEK_MINIMUM, WeekRate, stretch};
use crate::words::{lines, t};

/// The page of a year, every number and sentence of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Year {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    pub(crate) year: i32,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// How many nights are recorded; the first thing to read.
    pub(crate) coverage: String,
    /// One sentence about the nights, and one about the change since as many nights before.
    pub(crate) summary: Vec<String>,
    #[serde(flatten)]
    pub(crate) numbers: Stretch,
    pub(crate) previous: Stretch,
    pub(crate) change: Change,
    /// Patterns that deserve a medical check, as known at the end of it.
    pub(crate) flags: Section<FlagLine>,
    pub(crate) flags_note: Option<String>,
    pub(crate) headline: Table,
    pub(crate) headline_missing: Option<String>,
    pub(crate) calendar: Chart,
    pub(crate) months: Table,
    /// The rate month by month, with the changes that were found.
    pub(crate) trend: Chart,
    pub(crate) timeline: Chart,
    pub(crate) onset: Chart,
    pub(crate) sides: Chart,
    pub(crate) sites: Chart,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) experiments: Option<SelfExperiments>,
    /// Every medicine, supplement and measure of the year.
    pub(crate) courses: Table,
    pub(crate) footer: Vec<String>,
    pub(crate) made_from: Provenance,
    pub(crate) made_from_line: String,
}

/// The nights of a calendar year up to `last`; `None` for a year that has not begun.
pub(crate) fn nights_of(year: i32, last: Night) -> Option<Nights> {
    let first = Night::of_evening(NaiveDate::from_ymd_opt(year, 1, 1)?);
    let end = Night::of_evening(NaiveDate::from_ymd_opt(year, 12, 31)?);
    let nights = Nights {
        from: first,
        to: end.min(last),
    };
    (!nights.is_empty()).then_some(nights)
}

/// The page of the year that `nights` begin, for a `paper` by its name.
pub(crate) fn year(
    diary: &Diary,
    nights: Nights,
    beside: Beside,
    program: &str,
    paper: &str,
) -> Year {
    let year = nights.from.date().year();
    let numbers = stretch(diary, nights);
    let before = Before::of(diary, nights, &numbers);
    let flags = Section::new(t!(page, "flags"), beside.flags, usize::MAX).or(t!(page, "no-flags"));
    let known = flags.lines.iter().filter(|line| !line.is_question);
    let open = known.clone().filter(|flag| flag.done.is_none()).count();
    let known = known.count();
    let (headline, headline_missing) = found::headline(diary, nights, &numbers);
    let made_from = Provenance::year(program, diary, nights, paper);
    let tried = experiments(diary, nights.to, counts::SEED);
    Year {
        schema: 1,
        kind: "year",
        year,
        title: t!(page, "year-title", year = year.to_string()),
        subtitle: say::subtitle(nights, &super::person(diary)),
        coverage: before.coverage(say::coverage(diary.coverage(nights))),
        summary: before.summary(&numbers),
        flags_note: flags::note(open, known),
        flags,
        headline,
        headline_missing,
        calendar: calendar::calendar(diary, nights),
        months: months(diary, nights),
        trend: rates::trend(diary, nights),
        timeline: rates::timeline(diary, nights, ROOM),
        onset: counts::clock(diary, nights, false),
        sides: counts::sides(diary, nights),
        sites: counts::sites(diary, nights),
        experiments: tried,
        courses: courses(diary, nights),
        footer: say::footer(&made_from.program, &made_from.data_sha256),
        numbers,
        previous: before.nights,
        change: before.change,
        made_from_line: made_from.line(),
        made_from,
    }
}

/// A row a month: what is recorded, and the rate with its interval where enough is.
fn months(diary: &Diary, nights: Nights) -> Table {
    let first = nights.from.date();
    let months = (0..12).filter_map(|n| {
        let from = Night::of_evening(first.checked_add_months(Months::new(n))?);
        let next = first.checked_add_months(Months::new(n + 1))?;
        let to = Night::of_evening(next).plus(-1).min(nights.to);
        (from <= to).then_some(Nights { from, to })
    });
    let row = |nights: Nights| {
        let rate = WeekRate::of(diary, nights);
        let coverage = diary.coverage(nights);
        let a_week = rate.rate_per_week.filter(|_| rate.recorded >= WEEK_MINIMUM);
        vec![
            nights.from.date().format("%B").to_string(),
            t!(
                page,
                "of",
                part = rate.recorded,
                whole = rate.nights.to_string()
            ),
            coverage.cramp.to_string(),
            rate.cramps.to_string(),
            match a_week {
                Some(r) => {
                    let (rate, interval) = (words::rate(r.value), words::interval(&r));
                    t!(page, "rate-value", rate, interval)
                }
                None if rate.recorded > 0 => t!(page, "rate-too-few").to_string(),
                None => t!(page, "not-recorded").to_string(),
            },
        ]
    };
    let mut rows: Vec<Vec<String>> = months.map(row).collect();
    // nothing recorded is no number of cramps
    for row in rows
        .iter_mut()
        .filter(|row| row.get(4).is_some_and(|r| r == t!(page, "not-recorded")))
    {
        row.iter_mut().skip(2).take(2).for_each(String::clear);
    }
    Table::new(
        t!(page, "year-months"),
        lines!(page, "year-months-head"),
        rows,
    )
}

/// Every course with a day in the year.
fn courses(diary: &Diary, nights: Nights) -> Table {
    let (from, to) = (nights.from.date(), nights.to.date());
    let within = |c: &&Course| c.start <= to && c.stop.is_none_or(|stop| from <= stop);
    let row = |c: &Course| {
        let until = match c.stop {
            Some(stop) => stop.to_string(),
            None => t!(page, "year-goes-on").to_string(),
        };
        vec![words::course(c), c.start.to_string(), until]
    };
    Table::new(
        t!(page, "year-courses"),
        lines!(page, "year-courses-head"),
        diary.courses.iter().filter(within).map(row),
    )
}
