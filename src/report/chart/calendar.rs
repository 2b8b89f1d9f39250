//! The calendar: one cell a night, so that a gap is seen as a gap.

use chrono::{Datelike, Months, NaiveDate};

use crate::diary::moment::{Night, Nights};
use crate::diary::word::Word;
use crate::diary::{Diary, NightState};
use crate::report::chart::{
    Calendar, Chart, KeyEntry, KeyMark, Month, NightCell, Picture, Strip, Table, Week,
};
use crate::report::say::chart as say;
use crate::words::{lines, t};

/// The most months drawn; of a longer period the newest are.
const MOST_MONTHS: u32 = 12;

/// The months of `nights`, one cell a night; of a longer period the last twelve.
pub(crate) fn calendar(diary: &Diary, nights: Nights) -> Chart {
    let shown = newest_months(nights);
    let mut months = Vec::new();
    let mut first = shown.from.date().with_day(1);
    while let Some(date) = first.filter(|date| *date <= shown.to.date()) {
        months.push(month(diary, date, shown));
        first = date.checked_add_months(Months::new(1));
    }
    let weeks = months.iter().flat_map(|month| &month.weeks);
    let picture = Picture::Calendar(Calendar {
        weekdays: lines!(chart, "weekdays"),
        months: months.clone(),
    });
    let title = t!(chart, "calendar");
    let mut chart = chart(diary, title, (nights, shown), weeks, picture);
    chart.notes.insert(0, t!(chart, "night-is").to_string());
    chart
}

/// The chart of night cells of which `shown` are drawn.
fn chart<'a>(
    diary: &Diary,
    title: &str,
    (nights, shown): (Nights, Nights),
    weeks: impl Iterator<Item = &'a Week>,
    picture: Picture,
) -> Chart {
    let cells = weeks.flat_map(|week| week.nights.iter().flatten());
    let cells: Vec<NightCell> = cells.cloned().collect();
    let coverage = diary.coverage(shown);
    let cut = (shown != nights).then(|| t!(chart, "only-since", night = shown.from));
    Chart {
        title: title.to_string(),
        coverage: say::coverage(shown, coverage),
        alt: say::nights_alt(&cells, coverage),
        key: key(&cells),
        notes: cut.into_iter().collect(),
        table: table(&cells),
        picture,
    }
}

/// The newest `most` rows of seven nights that end with the last of `nights`.
pub(crate) fn strip(diary: &Diary, nights: Nights, most: usize) -> Chart {
    let rows = nights.len().div_ceil(7).clamp(1, most.max(1));
    let reach = Nights::ending(nights.to, rows as i64 * 7);
    let shown = Nights {
        from: reach.from.max(nights.from),
        to: nights.to,
    };
    let every: Vec<Night> = reach.iter().collect();
    let weeks = every.chunks(7).map(|row| {
        let mut places: [Option<NightCell>; 7] = Default::default();
        for (place, night) in places.iter_mut().zip(row) {
            *place = shown.contains(*night).then(|| cell(diary, *night));
        }
        Week {
            label: row.first().map_or_else(String::new, Night::to_string),
            nights: places,
        }
    });
    let weeks: Vec<Week> = weeks.collect();
    let weekdays = every.iter().take(7).map(|night| say::weekday(night.date()));
    let picture = Picture::Strip(Strip {
        weekdays: weekdays.collect(),
        weeks: weeks.clone(),
    });
    let title = t!(chart, "strip");
    chart(diary, title, (nights, shown), weeks.iter(), picture)
}

fn newest_months(nights: Nights) -> Nights {
    let last = nights.to.date().with_day(1);
    let from = last
        .and_then(|date| date.checked_sub_months(Months::new(MOST_MONTHS - 1)))
        .map_or(nights.from, Night::of_evening);
    Nights {
        from: nights.from.max(from),
        to: nights.to,
    }
}

fn month(diary: &Diary, first: NaiveDate, shown: Nights) -> Month {
    let mut weeks: Vec<Week> = Vec::new();
    for date in first
        .iter_days()
        .take_while(|date| date.month() == first.month())
    {
        let column = date.weekday().num_days_from_monday() as usize;
        if weeks.is_empty() || column == 0 {
            weeks.push(Week {
                label: String::new(),
                nights: Default::default(),
            });
        }
        let night = Night::of_evening(date);
        if let Some(place) = weeks
            .last_mut()
            .and_then(|week| week.nights.get_mut(column))
        {
            *place = shown.contains(night).then(|| cell(diary, night));
        }
    }
    weeks.retain(|week| week.nights.iter().any(Option::is_some));
    Month {
        label: first.format("%B %Y").to_string(),
        weeks,
    }
}

/// One night as a cell.
fn cell(diary: &Diary, night: Night) -> NightCell {
    let cramps = diary.episodes_of(night).iter();
    let cramps = cramps.filter(|episode| episode.is_night_cramp());
    NightCell {
        night,
        day: night.date().day().to_string(),
        state: diary.state(night),
        cramps: diary.cramp_count(night),
        worst: cramps.filter_map(|cramp| cramp.severity).max(),
        excluded: diary.is_excluded(night),
    }
}

/// The key of a picture made of night cells.
fn key(cells: &[NightCell]) -> Vec<KeyEntry> {
    let any = |state| cells.iter().any(|cell| cell.state == state);
    say::key(&[
        (KeyMark::CrampNight, any(NightState::Cramp)),
        (KeyMark::CalmNight, any(NightState::Calm)),
        (KeyMark::UnknownNight, any(NightState::Unknown)),
        (
            KeyMark::ExcludedNight,
            cells.iter().any(|cell| cell.excluded),
        ),
    ])
}

/// The nights about which something is known, as rows.
fn table(cells: &[NightCell]) -> Table {
    let rows = cells.iter().map(|cell| {
        vec![
            cell.night.to_string(),
            t!(chart, "state", state = cell.state.word()),
            cell.cramps.map_or_else(String::new, |n| n.to_string()),
            cell.worst.map_or_else(String::new, |n| n.to_string()),
        ]
    });
    Table::new(t!(chart, "calendar"), lines!(chart, "calendar-head"), rows)
}
