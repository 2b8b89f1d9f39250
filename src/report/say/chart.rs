//! The words of charts that have to be chosen: coverage, notes, keys, the rounding of their numbers, and pictures in
//! words, from the same numbers, for those who cannot see them.

use chrono::NaiveDate;

use crate::analysis::association::{Association, NoAnalysis};
use crate::analysis::exposure::{PlainTable, Split};
use crate::analysis::rates::Season;
use crate::data::word::Word;
use crate::diary::{Course, Coverage, Night, Nights};
use crate::report::chart::{ForestRow, HourBar, KeyEntry, KeyMark, NightCell, Part, Rates};
use crate::report::say::factor::{refusal, sides, value};
use crate::report::say::overview::contrast;
use crate::stats::estimate::Estimate;
use crate::words::{self, cramps, nights, printable, t};

/// A number as it was written: up to three decimals, none of them needless.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// A rate with one decimal, or two where one would make it nothing.
pub(crate) fn rate(value: f64) -> String {
    if value > 0.0 && value < 0.05 {
        format!("{value:.2}")
    } else {
        format!("{value:.1}")
    }
}

/// The two ends of an interval.
pub(crate) fn interval(estimate: &Estimate) -> String {
    let low = rate(estimate.low);
    if estimate.high.is_finite() {
        t!(chart, "to", low, high = rate(estimate.high))
    } else {
        t!(chart, "or-more", low)
    }
}

/// Two letters for the day of the week.
pub(crate) fn weekday(date: NaiveDate) -> String {
    let day = date.format("%a").to_string();
    day.chars().take(2).collect()
}

/// A full hour of the clock: "03:00".
pub(crate) fn hour(hour: usize) -> String {
    format!("{:02}:00", hour % 24)
}

/// The hour that begins at `from`: "03:00–04:00".
pub(crate) fn hour_span(from: usize) -> String {
    format!("{}–{}", hour(from), hour(from + 1))
}

/// Which of `all` cramps a picture of clock times leaves out: those without a time, and those `outside` its hours.
pub(crate) fn clock_notes(c: Coverage, all: usize, timed: usize, outside: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if c.recorded == 0 {
        notes.push(t!(chart, "nothing-recorded").to_string());
    } else if all == 0 {
        notes.push(t!(chart, "no-cramp").to_string());
    } else if timed == 0 {
        notes.push(t!(chart, "no-clock-time", n = all));
    } else if all > timed {
        notes.push(t!(
            chart,
            "without-clock-time",
            cramps = cramps(all - timed)
        ));
    }
    if outside > 0 {
        notes.push(t!(chart, "by-day", cramps = cramps(outside)));
    }
    notes
}

/// What is to be known about changes and seasons.
pub(crate) fn trend_notes(changes: &[Night], looked: bool, season: Option<&Season>) -> Vec<String> {
    let mut notes = vec![if !looked {
        t!(chart, "too-few-weeks").to_string()
    } else if changes.is_empty() {
        t!(chart, "no-change").to_string()
    } else {
        let nights: Vec<String> = changes.iter().map(Night::to_string).collect();
        t!(chart, "changes", nights = nights.join(", "))
    }];
    let season = season.filter(|season| season.persistent);
    notes.extend(season.map(|season| t!(chart, "rhythm", ratio = ratio(season.peak_to_trough))));
    notes
}

/// The dates of a course or a period.
pub(crate) fn dates(from: Night, to: Option<Night>) -> String {
    match to {
        Some(to) if to == from => format!("{from}"),
        Some(to) => t!(chart, "to", low = from, high = to),
        None => t!(chart, "since", from),
    }
}

/// A course by name and dose: "magnesium 300 mg, 1 a day".
pub(crate) fn course(course: &Course) -> String {
    let mut words = printable(&course.name);
    if let Some(dose) = course.dose {
        words.push_str(&format!(" {}", number(dose)));
        if let Some(unit) = &course.unit {
            words.push_str(&format!(" {}", printable(unit)));
        }
    }
    match course.per_day {
        Some(n) => t!(chart, "per-day", course = words, n = number(n)),
        None => words,
    }
}

/// How much of a period is recorded; what every picture says first.
pub(crate) fn coverage(period: Nights, c: Coverage) -> String {
    t!(
        chart,
        "coverage",
        from = period.from,
        to = period.to,
        recorded = c.recorded,
        nights = nights(c.nights),
        blank = c.unknown,
        excluded = c.excluded
    )
}

/// The key entries whose mark occurs in the picture.
pub(crate) fn key(marks: &[(KeyMark, bool)]) -> Vec<KeyEntry> {
    let present = marks.iter().filter(|(_, present)| *present);
    present
        .map(|(mark, _)| KeyEntry {
            mark: *mark,
            words: t!(chart, "key", mark = mark.word()),
        })
        .collect()
}

/// The clock in words: how many, the hour with the most, and the parts of the night.
pub(crate) fn clock_alt(bars: &[HourBar], timed: usize, all: usize, c: Coverage) -> String {
    if timed == 0 {
        return clock_notes(c, all, 0, 0).join(" ");
    }
    let mut said = vec![t!(chart, "alt-timed", timed, cramps = cramps(all))];
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    if most > 0 {
        let fullest = bars.iter().filter(|bar| bar.count == most);
        let hours: Vec<&str> = fullest.map(|bar| bar.label.as_str()).collect();
        said.push(t!(chart, "alt-most", hours = hours.join(", "), most));
    }
    let until = |end: f64| -> usize {
        let bars = bars.iter().filter(|bar| bar.end <= end);
        bars.map(|bar| bar.count).sum()
    };
    let (before, early, later) = (
        until(6.0),
        until(12.0) - until(6.0),
        until(18.0) - until(12.0),
    );
    said.push(t!(chart, "alt-parts-of-night", before, early, later));
    said.join(" ")
}

pub(crate) fn parts_alt(title: &str, rows: &[Part]) -> String {
    let parts = rows
        .iter()
        .map(|row| format!("{} {}", row.label, row.count));
    let parts: Vec<String> = parts.collect();
    t!(chart, "alt-parts", title, parts = parts.join(", "))
}

/// The recorded nights and how they went, as a sentence.
fn nights_sentence(c: Coverage) -> String {
    let (recorded, nights, cramp, calm) = (c.recorded, nights(c.nights), c.cramp, c.calm);
    t!(chart, "alt-nights", recorded, nights, cramp, calm)
}

pub(crate) fn timeline_alt(rates: &Rates, c: Coverage) -> String {
    let mut said = vec![nights_sentence(c)];
    let bins = &rates.bins;
    let known = || {
        bins.iter()
            .filter_map(|bin| bin.rate.map(|rate| (bin, rate)))
    };
    if let Some((bin, most)) = known().max_by(|a, b| a.1.value.total_cmp(&b.1.value))
        && let Some((_, newest)) = known().next_back()
    {
        said.push(t!(
            chart,
            "alt-highest",
            rate = rate(most.value),
            interval = interval(&most),
            from = bin.from,
            to = bin.to,
            newest = rate(newest.value),
            newest_interval = interval(&newest)
        ));
    }
    let blank = bins.iter().filter(|b| b.rate.is_none() && b.nights > 0);
    let n = blank.count();
    if n > 0 {
        said.push(t!(chart, "alt-blank", n));
    }
    let lanes = rates.lanes.iter();
    said.extend(lanes.map(|lane| t!(chart, "alt-lane", label = lane.label, dates = lane.dates)));
    let events = rates.events.iter();
    said.extend(events.map(|event| t!(chart, "alt-event", night = event.night, text = event.text)));
    said.join(" ")
}

pub(crate) fn nights_alt(cells: &[NightCell], c: Coverage) -> String {
    let mut said = vec![nights_sentence(c)];
    // the newest of the nights with the worst pain
    let pains = cells
        .iter()
        .filter_map(|cell| cell.worst.zip(Some(cell.night)));
    if let Some((worst, night)) = pains.max() {
        said.push(t!(chart, "alt-worst", worst = worst.to_string(), night));
    }
    let counts = cells
        .iter()
        .filter_map(|cell| cell.cramps.zip(Some(cell.night)));
    if let Some((most, night)) = counts.max().filter(|(most, _)| *most > 1) {
        said.push(t!(chart, "alt-most-cramps", most, night));
    }
    said.join(" ")
}

/// What a row of the forest plot compares: the factor, when, and which values.
pub(crate) fn factor_label(factor: &Association) -> String {
    let name = factor_name(factor);
    match factor_contrast(factor) {
        Some(contrast) => t!(chart, "compared", name, contrast),
        None => name,
    }
}

/// A factor by name, and when it was.
pub(crate) fn factor_name(factor: &Association) -> String {
    let label = printable(&factor.label);
    match factor.lag {
        0 => label,
        // some names say themselves when it was
        _ if label.contains("night before") => label,
        1 => t!(chart, "day-before", label),
        n => t!(chart, "days-before", label, n),
    }
}

/// Which values of a factor are compared; `None` for with and without.
pub(crate) fn factor_contrast(factor: &Association) -> Option<String> {
    let unit = factor.unit.as_deref();
    let contrast = contrast(factor).or_else(|| match factor.split {
        Split::Above(limit) => Some(t!(chart, "above-limit", limit = value(limit, unit))),
        _ => None,
    });
    contrast.map(|contrast| printable(&contrast))
}

/// Cramp nights of nights, with and without.
pub(crate) fn factor_counts(table: &PlainTable) -> String {
    t!(
        chart,
        "counts",
        cramp_with = table.cramp_exposed,
        with = table.exposed,
        cramp_without = table.cramp_unexposed,
        without = table.unexposed
    )
}

/// Cramp nights of the nights with it, and of those without: "7 of 20 nights with it", "0 of 33 nights without".
pub(crate) fn factor_sides(factor: &Association) -> (String, String) {
    let (with, without) = sides(factor);
    let nights = |cramp: usize, n: usize, side: String| {
        t!(chart, "nights-with", cramp, n, side = printable(&side))
    };
    let n = &factor.table;
    (
        nights(n.cramp_exposed, n.exposed, with),
        nights(n.cramp_unexposed, n.unexposed, without),
    )
}

/// The effect and its interval.
pub(crate) fn size(effect: &Estimate) -> String {
    t!(
        chart,
        "size",
        ratio = ratio(effect.value),
        interval = ratios(effect)
    )
}

/// The effect, its interval and its grade.
pub(crate) fn effect(effect: &Estimate, factor: &Association) -> String {
    let (ratio, interval, grade) = (ratio(effect.value), ratios(effect), factor.grade.word());
    t!(chart, "effect", ratio, interval, grade)
}

/// A ratio, rounded as everywhere; what has no bound says so.
pub(crate) fn ratio(value: f64) -> String {
    match value.is_infinite() {
        true => t!(chart, "without-bound").to_string(),
        false => words::ratio(value),
    }
}

/// Both ends of the interval of a ratio.
pub(crate) fn ratios(effect: &Estimate) -> String {
    let (low, high) = (ratio(effect.low), ratio(effect.high));
    t!(chart, "to", low, high)
}

/// Why nothing can be said yet.
pub(crate) fn not_enough(factor: &Association) -> String {
    t!(
        chart,
        "not-enough",
        nights = factor.need_nights.unwrap_or(0)
    )
}

/// What must be known to read the plot.
pub(crate) fn factor_notes(tested: usize, refused: Option<NoAnalysis>) -> Vec<String> {
    let first = refused.map_or_else(|| t!(chart, "tested", n = tested), refusal);
    vec![first, t!(chart, "association").to_string()]
}

pub(crate) fn factors_alt(rows: &[ForestRow]) -> String {
    let enough: Vec<String> = rows
        .iter()
        .filter(|row| row.enough)
        .map(|row| format!("{}: {}", row.label, row.words))
        .collect();
    if enough.is_empty() {
        return t!(chart, "alt-no-factor", n = rows.len());
    }
    let (factors, short) = (enough.join("; "), rows.len() - enough.len());
    t!(chart, "alt-factors", factors, short)
}
