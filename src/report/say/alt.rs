//! Pictures in words, from the same numbers, for those who cannot see them.

use crate::diary::Coverage;
use crate::report::chart::{HourBar, NightCell, Part, Rates};
use crate::report::say::chart::{clock_notes, interval, rate};
use crate::report::say::count;

/// The clock in words: how many, the hour with the most, and the parts of the night.
pub(crate) fn clock_alt(bars: &[HourBar], timed: usize, all: usize, c: Coverage) -> String {
    if timed == 0 {
        return clock_notes(c, all, 0, 0).join(" ");
    }
    let mut words = format!("{timed} of {} have a clock time.", count(all, "cramp"));
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    if most > 0 {
        let hours: Vec<&str> = bars
            .iter()
            .filter(|bar| bar.count == most)
            .map(|bar| bar.label.as_str())
            .collect();
        words.push_str(&format!(
            " Most began in the hour {} ({most}).",
            hours.join(", ")
        ));
    }
    let before = |to: f64| {
        bars.iter()
            .filter(|bar| bar.end <= to)
            .map(|bar| bar.count)
            .sum::<usize>()
    };
    words.push_str(&format!(
        " {} began before midnight, {} from midnight to 06:00 and {} later.",
        before(6.0),
        before(12.0) - before(6.0),
        before(18.0) - before(12.0)
    ));
    words
}

/// Counts of parts in words.
pub(crate) fn parts_alt(title: &str, rows: &[Part]) -> String {
    let list: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row.label, row.count))
        .collect();
    format!("{title}: {}.", list.join(", "))
}

/// The recorded nights and how they went, as a sentence.
fn nights_sentence(c: Coverage) -> String {
    if c.recorded == 0 {
        return format!("None of {} is recorded.", count(c.nights, "night"));
    }
    format!(
        "{} of {} are recorded; {} had a cramp and {} had none.",
        c.recorded,
        count(c.nights, "night"),
        c.cramp,
        c.calm
    )
}

/// The timeline in words.
pub(crate) fn timeline_alt(rates: &Rates, c: Coverage) -> String {
    let mut words = nights_sentence(c);
    let known = || {
        rates
            .bins
            .iter()
            .filter_map(|bin| bin.rate.map(|rate| (bin, rate)))
    };
    if let Some((bin, most)) = known().max_by(|a, b| a.1.value.total_cmp(&b.1.value))
        && let Some((_, newest)) = known().next_back()
    {
        words.push_str(&format!(
            " The rate was highest, {} cramps per 7 recorded nights (95 % interval {}), from {} to {}; in the newest stretch it was {} ({}).",
            rate(most.value),
            interval(&most),
            bin.from,
            bin.to,
            rate(newest.value),
            interval(&newest),
        ));
    }
    let blank = rates
        .bins
        .iter()
        .filter(|bin| bin.rate.is_none() && bin.nights > 0)
        .count();
    if blank > 0 {
        words.push_str(&format!(
            " {} without a recorded night.",
            if blank == 1 {
                "1 stretch is".to_string()
            } else {
                format!("{blank} stretches are")
            }
        ));
    }
    for lane in &rates.lanes {
        words.push_str(&format!(" {}, {}.", lane.label, lane.dates));
    }
    for event in &rates.events {
        words.push_str(&format!(" {}: {}.", event.night, event.text));
    }
    words
}

/// Night cells in words.
pub(crate) fn nights_alt(cells: &[NightCell], c: Coverage) -> String {
    let mut words = nights_sentence(c);
    // the newest of the nights with the worst pain
    if let Some((worst, night)) = cells
        .iter()
        .filter_map(|cell| Some((cell.worst?, cell.night)))
        .max()
    {
        words.push_str(&format!(
            " The worst pain was {worst} of 10, in the night of {night}."
        ));
    }
    if let Some((most, night)) = cells
        .iter()
        .filter_map(|cell| Some((cell.cramps?, cell.night)))
        .max()
        && most > 1
    {
        words.push_str(&format!(
            " The most cramps in one night were {most}, in the night of {night}."
        ));
    }
    words
}
