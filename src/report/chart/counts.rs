//! Cramps counted: by the hour of the night at which they began, by side and by muscle.

use std::f64::consts::TAU;

use chrono::Timelike;

use crate::diary::vocabulary::Side;
use crate::diary::word::Word;
use crate::diary::{Diary, Episode, Nights};
use crate::report::chart::{
    Axis, Chart, Clock, HourBar, KeyMark, Part, Parts, Picture, Table, Tick,
};
use crate::report::say::{alt, chart as say};
use crate::stats::circular::summary;
use crate::stats::circular::{taylor_concentration, von_mises_density};
use crate::words::{cramps as cramps_of, lines, t};

/// The hour at which the axis begins.
const FIRST_HOUR: usize = 18;
/// The hours it covers, to noon.
const HOURS: usize = 18;

/// Fewest clock times for which a smooth curve is drawn.
const FEWEST: usize = 20;
/// Points of the curve in an hour.
const POINTS: usize = 4;

/// Night cramps of `nights` by the hour at which they began, from 18:00 to 12:00, with a smooth curve when `smooth`.
/// Excluded nights are left out.
pub(crate) fn clock(diary: &Diary, nights: Nights, smooth: bool) -> Chart {
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(|episode| episode.is_night_cramp() && !diary.is_excluded(episode.night))
        .collect();
    let hours: Vec<f64> = cramps
        .iter()
        .filter_map(|cramp| hours_after_start(cramp))
        .collect();
    let within: Vec<f64> = hours
        .iter()
        .copied()
        .filter(|hour| *hour < HOURS as f64)
        .collect();
    let bars: Vec<HourBar> = (0..HOURS)
        .map(|at| HourBar {
            start: at as f64,
            end: at as f64 + 1.0,
            label: say::hour_span(FIRST_HOUR + at),
            count: within.iter().filter(|hour| **hour as usize == at).count(),
        })
        .collect();
    // a night answered "cramp" without details is a cramp without a time
    let all = diary.cramps_in(nights);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    let ticks = (0..=HOURS).step_by(2).map(|at| Tick {
        at: at as f64,
        label: say::hour(FIRST_HOUR + at),
    });
    let density = if smooth { density(&hours) } else { Vec::new() };
    // room for the number on top of the highest bar; the numbers stand in for marks on the axis
    let peak = density.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    let top = (most.max(1) as f64 * 1.25).max(peak * 1.05);
    let coverage = diary.coverage(nights);
    let known = if hours.is_empty() {
        all == 0 && coverage.recorded > 0
    } else {
        true
    };
    let clock = Clock {
        known,
        x: Axis {
            title: t!(chart, "clock-axis").to_string(),
            from: 0.0,
            to: HOURS as f64,
            ticks: ticks.collect(),
        },
        y: Axis {
            title: t!(chart, "clock-counts").to_string(),
            from: 0.0,
            to: top,
            ticks: Vec::new(),
        },
        bars,
        density,
    };
    let rows = clock
        .bars
        .iter()
        .map(|bar| vec![bar.label.clone(), bar.count.to_string()]);
    let table = Table {
        caption: t!(chart, "clock").to_string(),
        head: lines!(chart, "clock-head"),
        rows: rows.collect(),
    };
    Chart {
        title: t!(chart, "clock").to_string(),
        coverage: say::coverage(nights, coverage),
        alt: alt::clock_alt(&clock.bars, hours.len(), all, coverage),
        key: say::key(&[
            (KeyMark::Count, most > 0 && clock.density.is_empty()),
            (KeyMark::OpenCount, most > 0 && !clock.density.is_empty()),
            (KeyMark::Density, !clock.density.is_empty()),
            (KeyMark::Hatched, !clock.known),
        ]),
        notes: say::clock_notes(coverage, all, hours.len(), hours.len() - within.len()),
        table,
        picture: Picture::Clock(clock),
    }
}

/// Hours from 18:00 to the onset by the clock on the wall, 0 to 24; `None` when the time is unknown.
fn hours_after_start(cramp: &Episode) -> Option<f64> {
    let local = cramp.began_at.as_ref()?.local();
    let hour = f64::from(local.num_seconds_from_midnight()) / 3600.0;
    Some((hour - FIRST_HOUR as f64).rem_euclid(24.0))
}

/// The smooth curve in cramps per hour: a von Mises kernel density with the bandwidth of Taylor (2008); empty when
/// there are fewer than [`FEWEST`] clock times, or all are the same.
fn density(hours: &[f64]) -> Vec<(f64, f64)> {
    let angles: Vec<f64> = hours.iter().map(|hour| hour / 24.0 * TAU).collect();
    let Some(shape) = summary(&angles).filter(|s| angles.len() >= FEWEST && s.kappa.is_finite())
    else {
        return Vec::new();
    };
    let concentration = taylor_concentration(angles.len(), shape.kappa);
    let point = |at: usize| {
        let hour = at as f64 / POINTS as f64;
        let height = von_mises_density(&angles, concentration, hour / 24.0 * TAU)?;
        Some((hour, height * angles.len() as f64 * TAU / 24.0))
    };
    (0..=HOURS * POINTS).filter_map(point).collect()
}

/// How many muscles are named; the others are counted together.
const NAMED: usize = 4;

/// Night cramps of `nights` by side. Excluded nights are left out.
pub(crate) fn sides(diary: &Diary, nights: Nights) -> Chart {
    parts(
        diary,
        nights,
        "Side",
        |cramp: &Episode| cramp.side,
        &[Side::Left, Side::Right, Side::Both],
    )
}

/// Night cramps of `nights` by muscle: the four most frequent by name, the others together. Excluded nights are left
/// out.
pub(crate) fn sites(diary: &Diary, nights: Nights) -> Chart {
    parts(diary, nights, "Site", |cramp: &Episode| cramp.site, &[])
}

/// Counts by one word of the vocabulary; the words in `always` are listed even with a count of 0.
fn parts<W: Word>(
    diary: &Diary,
    nights: Nights,
    what: &str,
    of: impl Fn(&Episode) -> Option<W>,
    always: &[W],
) -> Chart {
    let cramps: Vec<Option<W>> = diary
        .episodes_in(nights)
        .iter()
        .filter(|episode| episode.is_night_cramp() && !diary.is_excluded(episode.night))
        .map(of)
        .collect();
    // a night answered "cramp" without details is a cramp of which no part is known
    let all = diary.cramps_in(nights);
    let count = |word: W| cramps.iter().filter(|cramp| **cramp == Some(word)).count();
    let known = cramps.iter().flatten().count();
    // none on the left is known only where a side is known at all
    let always = if known > 0 || all == 0 { always } else { &[] };
    let named = named(
        W::ALL.iter().map(|word| (*word, count(*word))).collect(),
        always,
    );
    let part = |(word, count): &(W, usize)| Part {
        label: word.word().to_string(),
        count: *count,
        unknown: false,
    };
    let mut rows: Vec<Part> = named.iter().map(part).collect();
    let elsewhere = known - rows.iter().map(|row| row.count).sum::<usize>();
    if elsewhere > 0 {
        rows.push(Part {
            label: t!(chart, "elsewhere").to_string(),
            count: elsewhere,
            unknown: false,
        });
    }
    let coverage = diary.coverage(nights);
    let nothing = coverage.recorded == 0;
    if nothing {
        rows.clear();
    } else if all > known || rows.is_empty() {
        rows.push(Part {
            label: t!(chart, "not-recorded").to_string(),
            count: all.saturating_sub(known),
            unknown: true,
        });
    }
    let title = t!(chart, "parts", what, cramps = cramps_of(all));
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    Chart {
        coverage: say::coverage(nights, coverage),
        alt: if nothing {
            format!("{what}: {}", t!(chart, "nothing-recorded"))
        } else {
            alt::parts_alt(&title, &rows)
        },
        key: Vec::new(),
        notes: if nothing {
            vec![t!(chart, "nothing-recorded").to_string()]
        } else {
            Vec::new()
        },
        table: Table {
            caption: title.clone(),
            head: vec![what.to_string(), t!(chart, "cramps").to_string()],
            rows: rows
                .iter()
                .map(|row| vec![row.label.clone(), row.count.to_string()])
                .collect(),
        },
        picture: Picture::Parts(Parts {
            title: title.clone(),
            to: most.max(1) as f64,
            rows,
        }),
        title,
    }
}

/// The words that get a line of their own, in their own order: those `always` listed, and of the others the
/// [`NAMED`] most frequent that occur at all.
fn named<W: Word>(counts: Vec<(W, usize)>, always: &[W]) -> Vec<(W, usize)> {
    let mut frequent: Vec<(W, usize)> = counts
        .iter()
        .copied()
        .filter(|(word, count)| *count > 0 && !always.contains(word))
        .collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    frequent.truncate(NAMED);
    let listed = |entry: &(W, usize)| always.contains(&entry.0) || frequent.contains(entry);
    counts.into_iter().filter(listed).collect()
}
