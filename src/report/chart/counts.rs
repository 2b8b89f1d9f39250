//! Cramps counted: by the hour of the night at which they began, by side and by muscle; and the factors that go with
//! them, each with its interval and its counts, and what cannot be said yet.

use std::f64::consts::TAU;

use chrono::Timelike;

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::{Association, Associations};
use crate::analysis::from_diary::night_table;
use crate::diary::vocabulary::Side;
use crate::diary::word::Word;
use crate::diary::{Diary, Episode, Nights};
use crate::report::chart::{
    Axis, Chart, Clock, HourBar, KeyMark, Part, Parts, Picture, Table, Tick, forest,
};
use crate::report::experiment_grades::{lift, shown};
use crate::report::looks::history;
use crate::report::say::chart as say;
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

/// The night cramps of `nights`, those of excluded nights left out.
pub(crate) fn night_cramps(diary: &Diary, nights: Nights) -> impl Iterator<Item = &Episode> {
    let counts = |cramp: &&Episode| cramp.is_night_cramp() && !diary.is_excluded(cramp.night);
    diary.episodes_in(nights).iter().filter(counts)
}

/// Night cramps of `nights` by the hour at which they began, from 18:00 to 12:00, with a smooth curve when `smooth`.
/// Excluded nights are left out.
pub(crate) fn clock(diary: &Diary, nights: Nights, smooth: bool) -> Chart {
    let hours: Vec<f64> = night_cramps(diary, nights)
        .filter_map(hours_after_start)
        .collect();
    let bars: Vec<HourBar> = (0..HOURS)
        .map(|at| HourBar {
            start: at as f64,
            end: at as f64 + 1.0,
            label: say::hour_span(FIRST_HOUR + at),
            count: hours.iter().filter(|hour| **hour as usize == at).count(),
        })
        .collect();
    let outside = hours.iter().filter(|hour| **hour >= HOURS as f64).count();
    // a night answered "cramp" without details is a cramp without a time
    let all = diary.cramps_in(nights);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    let hours_marked = (0..=HOURS).step_by(2);
    let ticks = hours_marked.map(|at| Tick::new(at as f64, say::hour(FIRST_HOUR + at)));
    let density = if smooth { density(&hours) } else { Vec::new() };
    // room for the number on top of the highest bar; the numbers stand in for marks on the axis
    let peak = density.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    let top = (most.max(1) as f64 * 1.25).max(peak * 1.05);
    let coverage = diary.coverage(nights);
    let known = !hours.is_empty() || (all == 0 && coverage.recorded > 0);
    let rows = bars.iter();
    let rows = rows.map(|bar| vec![bar.label.clone(), bar.count.to_string()]);
    Chart {
        title: t!(chart, "clock").to_string(),
        coverage: say::coverage(nights, coverage),
        alt: say::clock_alt(&bars, hours.len(), all, coverage),
        key: say::key(&[
            (KeyMark::Count, most > 0 && density.is_empty()),
            (KeyMark::OpenCount, most > 0 && !density.is_empty()),
            (KeyMark::Density, !density.is_empty()),
            (KeyMark::Hatched, !known),
        ]),
        notes: say::clock_notes(coverage, all, hours.len(), outside),
        table: Table::new(t!(chart, "clock"), lines!(chart, "clock-head"), rows),
        picture: Picture::Clock(Clock {
            known,
            x: Axis::new(t!(chart, "clock-axis"), (0.0, HOURS as f64), ticks),
            y: Axis::new(t!(chart, "clock-counts"), (0.0, top), []),
            bars,
            density,
        }),
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
    let always = [Side::Left, Side::Right, Side::Both];
    parts(diary, nights, "Side", |cramp| cramp.side, &always)
}

/// Night cramps of `nights` by muscle: the four most frequent by name, the others together. Excluded nights are left
/// out.
pub(crate) fn sites(diary: &Diary, nights: Nights) -> Chart {
    parts(diary, nights, "Site", |cramp| cramp.site, &[])
}

/// Counts by one word of the vocabulary; the words in `always` are listed even with a count of 0.
fn parts<W: Word>(
    diary: &Diary,
    nights: Nights,
    what: &str,
    of: impl Fn(&Episode) -> Option<W>,
    always: &[W],
) -> Chart {
    let words: Vec<W> = night_cramps(diary, nights).filter_map(of).collect();
    // a night answered "cramp" without details is a cramp of which no part is known
    let all = diary.cramps_in(nights);
    let known = words.len();
    let coverage = diary.coverage(nights);
    let title = t!(chart, "parts", what, cramps = cramps_of(all));
    let mut rows: Vec<Part> = Vec::new();
    let mut part = |label: &str, count: usize, unknown: bool| {
        rows.push(Part {
            label: label.to_string(),
            count,
            unknown,
        });
    };
    let nothing = coverage.recorded == 0;
    if !nothing {
        // none on the left is known only where a side is known at all
        let always = if known > 0 || all == 0 { always } else { &[] };
        let count = |word: &W| words.iter().filter(|other| *other == word).count();
        let counts = W::ALL.iter().map(|word| (*word, count(word)));
        let named = named(counts.collect(), always);
        let elsewhere = known - named.iter().map(|(_, count)| count).sum::<usize>();
        for (word, count) in &named {
            part(word.word(), *count, false);
        }
        if elsewhere > 0 {
            part(t!(chart, "elsewhere"), elsewhere, false);
        }
        if all > known || (named.is_empty() && elsewhere == 0) {
            part(t!(chart, "not-recorded"), all.saturating_sub(known), true);
        }
    }
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    let no_record = nothing.then(|| t!(chart, "nothing-recorded").to_string());
    let cells = rows.iter();
    let cells = cells.map(|row| vec![row.label.clone(), row.count.to_string()]);
    Chart {
        title: title.clone(),
        coverage: say::coverage(nights, coverage),
        alt: match &no_record {
            Some(no_record) => format!("{what}: {no_record}"),
            None => say::parts_alt(&title, &rows),
        },
        key: Vec::new(),
        notes: no_record.into_iter().collect(),
        table: Table::new(&title, vec![what.into(), t!(chart, "cramps").into()], cells),
        picture: Picture::Parts(Parts {
            title,
            to: most.max(1) as f64,
            rows,
        }),
    }
}

/// The words that get a line of their own, in their own order: those `always` listed, and of the others the
/// [`NAMED`] most frequent that occur at all.
fn named<W: Word>(counts: Vec<(W, usize)>, always: &[W]) -> Vec<(W, usize)> {
    let occur = |(word, count): &(W, usize)| *count > 0 && !always.contains(word);
    let mut frequent: Vec<(W, usize)> = counts.iter().copied().filter(occur).collect();
    frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    frequent.truncate(NAMED);
    let listed = |entry: &(W, usize)| always.contains(&entry.0) || frequent.contains(entry);
    counts.into_iter().filter(listed).collect()
}

/// The most rows drawn.
const MOST_ROWS: usize = 24;
/// The seed 'cramp analyze' uses when none is given, so that charts and the page show the same numbers.
pub(crate) const SEED: u64 = 1;

/// What goes with cramps on the nights up to the end of `nights`.
pub(crate) fn factors(diary: &Diary, nights: Nights) -> Chart {
    let table = night_table(diary, nights.to);
    let mut found = associations(&table, &history(diary, nights.to), Looking::Leave);
    lift(&mut found.factors, &shown(diary, nights.to, SEED));
    forest(&found, say::coverage(nights, diary.coverage(nights)))
}

/// The chart of an analysis; `coverage` says how much of the time it saw.
pub(crate) fn forest(found: &Associations, coverage: String) -> Chart {
    let factors = found.factors.iter().filter(|f| f.table.nights > 0);
    let mut factors: Vec<&Association> = factors.collect();
    factors.sort_by(|a, b| {
        let rank = |factor: &Association| (factor.grade.strength(), factor.effect.is_some());
        let grade = rank(b).cmp(&rank(a));
        grade.then_with(|| b.size().total_cmp(&a.size()))
    });
    let left = factors.len().saturating_sub(MOST_ROWS);
    factors.truncate(MOST_ROWS);
    let x = forest::ratio_axis(&factors);
    let mut notes = say::factor_notes(found.tested, found.refused);
    notes.extend((left > 0).then(|| t!(chart, "more-factors", n = left)));
    Chart {
        coverage,
        notes,
        ..forest::figure(t!(chart, "factors"), &factors, x)
    }
}
