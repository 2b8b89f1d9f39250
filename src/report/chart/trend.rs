//! The trend: the rate month by month, the levels between changes, and what happened near them.

use crate::analysis::trend as analysis;
use crate::diary::{Diary, Night, Nights};
use crate::report::chart::{Bin, Chart, Level, Picture, Rates, axis, timeline};
use crate::report::near as near_words;
use crate::report::near::near;
use crate::report::say::{alt, chart as say};

/// The most months drawn one by one; a longer diary is drawn in longer stretches.
const MOST_MONTHS: usize = 60;

/// The rate over `nights` month by month, with changes of level; `seed` is for the chance in the analysis.
pub(crate) fn trend(diary: &Diary, nights: Nights, seed: u64) -> Chart {
    let found = analysis::trend(diary, nights.to, seed);
    let (mut bins, title): (Vec<Bin>, String) = if found.months.len() <= MOST_MONTHS {
        let months = found
            .months
            .iter()
            .map(|month| (Night::of_evening(month.from), Night::of_evening(month.to)));
        let months = months
            .filter_map(|(from, to)| cut(diary, from, to, nights))
            .collect();
        (with_edges(diary, months, nights), say::monthly_axis())
    } else {
        let weeks = timeline::weeks_a_bin(nights);
        (timeline::bins(diary, nights, weeks), say::rate_axis(weeks))
    };
    let y = timeline::rate_axis(&mut bins, &title);
    let changes = found.changes.as_deref().unwrap_or_default();
    let mut levels = Vec::new();
    for change in changes {
        // the first change also tells the level before it
        let sides = [(levels.is_empty(), &change.before), (true, &change.after)];
        for (_, period) in sides.iter().filter(|(wanted, _)| *wanted) {
            if let Some(rate) = period.rate_per_week {
                let (from, to) = (Night::of_evening(period.from), Night::of_evening(period.to));
                levels.push(Level {
                    start: axis::place(from.max(nights.from), nights),
                    end: axis::place(to.min(nights.to), nights) + 1.0,
                    rate: rate.value,
                });
            }
        }
    }
    let (lanes, lanes_left) = timeline::lanes(diary, nights, timeline::ROOM.lanes);
    let (events, events_left) = timeline::events(diary, nights, timeline::ROOM.events);
    let changed: Vec<Night> = changes.iter().map(|change| change.night).collect();
    let rates = Rates {
        x: axis::time(nights),
        y,
        levels,
        changes: changed
            .iter()
            .map(|night| axis::place(*night, nights))
            .collect(),
        lanes,
        events,
        lanes_left,
        events_left,
        bins,
    };
    let coverage = diary.coverage(nights);
    let mut notes = say::trend_notes(&changed, found.changes.is_some(), found.season.as_ref());
    notes.extend(changes.iter().filter_map(|change| {
        near_words::sentence(change.night, &near(diary, change.earliest, change.latest))
    }));
    notes.extend(say::more(rates.lanes_left.len(), say::Counted::Course));
    notes.extend(say::more(rates.events_left.len(), say::Counted::Event));
    Chart {
        title: say::TREND.to_string(),
        coverage: say::coverage(nights, coverage),
        alt: format!(
            "{} {}",
            alt::timeline_alt(&rates, coverage),
            notes.join(" ")
        ),
        key: timeline::key(&rates),
        table: timeline::table(&rates.bins, say::TREND),
        notes,
        picture: Picture::Trend(rates),
    }
}

/// The part of a month that lies within `nights`.
fn cut(diary: &Diary, from: Night, to: Night, nights: Nights) -> Option<Bin> {
    let part = Nights {
        from: from.max(nights.from),
        to: to.min(nights.to),
    };
    (!part.is_empty()).then(|| timeline::bin(diary, part, nights))
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
