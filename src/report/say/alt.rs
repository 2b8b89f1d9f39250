//! Pictures in words, from the same numbers, for those who cannot see them; and the labels of the forest plot.

use crate::analysis::association::{Association, NoAnalysis};
use crate::analysis::exposure::{PlainTable, Split, Step};
use crate::data::word::Word;
use crate::diary::Coverage;
use crate::report::chart::{ForestRow, HourBar, NightCell, Part, Rates};
use crate::report::say::chart::{clock_notes, interval, number, rate};
use crate::report::say::factor::refusal;
use crate::stats::estimate::Estimate;
use crate::words::{self, cramps, nights, printable, t};

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
    let parts: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row.label, row.count))
        .collect();
    t!(chart, "alt-parts", title, parts = parts.join(", "))
}

/// The recorded nights and how they went, as a sentence.
fn nights_sentence(c: Coverage) -> String {
    let (recorded, nights, cramp, calm) = (c.recorded, nights(c.nights), c.cramp, c.calm);
    match recorded {
        0 => t!(chart, "alt-no-night", nights),
        _ => t!(chart, "alt-nights", recorded, nights, cramp, calm),
    }
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
    let blank = bins
        .iter()
        .filter(|bin| bin.rate.is_none() && bin.nights > 0);
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
        .filter_map(|cell| Some((cell.worst?, cell.night)));
    if let Some((worst, night)) = pains.max() {
        said.push(t!(chart, "alt-worst", worst, night));
    }
    let counts = cells
        .iter()
        .filter_map(|cell| Some((cell.cramps?, cell.night)));
    if let Some((most, night)) = counts.max().filter(|(most, _)| *most > 1) {
        said.push(t!(chart, "alt-most-cramps", most, night));
    }
    said.join(" ")
}

/// What a row of the forest plot compares: the factor, when, and which values.
pub(crate) fn factor_label(factor: &Association) -> String {
    let unit = factor.unit.as_deref();
    let unit = unit.map_or_else(String::new, |unit| format!(" {}", printable(unit)));
    let value = |x: f64| format!("{}{unit}", number(x));
    let mut label = printable(&factor.label);
    label = match (&factor.step, factor.split) {
        (Some(Step::Range { from, to }), _) => {
            t!(chart, "range", label, to = value(*to), from = value(*from))
        }
        (Some(Step::Level { level, against }), _) => {
            let (level, against) = (printable(level), printable(against));
            t!(chart, "levels", label, level, against)
        }
        (_, Split::Above(limit)) => t!(chart, "above", label, limit = value(limit)),
        _ => label,
    };
    match factor.lag {
        0 => label,
        // some names say themselves when it was
        _ if label.contains("night before") => label,
        1 => t!(chart, "day-before", label),
        n => t!(chart, "days-before", label, n),
    }
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

/// The effect, its interval and its grade.
pub(crate) fn effect(effect: &Estimate, factor: &Association) -> String {
    let (ratio, interval) = (ratio(effect.value), ratios(effect));
    t!(
        chart,
        "effect",
        ratio,
        interval,
        grade = factor.grade.word()
    )
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
    t!(
        chart,
        "to",
        low = ratio(effect.low),
        high = ratio(effect.high)
    )
}

/// Why nothing can be said yet.
pub(crate) fn not_enough(factor: &Association) -> String {
    match factor.need_nights.filter(|nights| *nights > 0) {
        Some(nights) => t!(chart, "not-enough-nights", nights),
        None => t!(chart, "not-enough").to_string(),
    }
}

/// What must be known to read the plot.
pub(crate) fn factor_notes(tested: usize, refused: Option<NoAnalysis>) -> Vec<String> {
    let first = match (refused, tested) {
        (Some(why), _) => refusal(why).to_string(),
        (None, 0) => t!(chart, "none-tested").to_string(),
        (None, n) => t!(chart, "tested", n),
    };
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
    let factors = t!(chart, "alt-factors", factors = enough.join("; "));
    match rows.len() - enough.len() {
        0 => factors,
        n => format!("{factors} {}", t!(chart, "alt-short", n)),
    }
}
