//! The words of the page for a clinician that have to be chosen.

use crate::diary::vocabulary::Side;
use crate::diary::{Coverage, Nights, Symptom};
use crate::report::say::chart::{interval, rate, ratio, ratios};
use crate::stats::estimate::Estimate;
use crate::words::printable;
use crate::words::{cramps, duration, nights, number, percent, t};

/// One row of the headline: measure, value, what it rests on.
type Row = [String; 3];

fn row(measure: &str, value: Option<String>, from: String) -> Row {
    let from = if value.is_none() { String::new() } else { from };
    [
        measure.to_string(),
        value.unwrap_or_else(|| t!(page, "not-recorded").to_string()),
        from,
    ]
}

/// The period, and who it is about.
pub(crate) fn subtitle(period: Nights, person: &[String]) -> String {
    let n = period.len();
    let length = if n.is_multiple_of(7) {
        t!(page, "weeks", n = n / 7)
    } else {
        nights(n)
    };
    let mut parts = vec![t!(
        page,
        "subtitle",
        from = period.from,
        to = period.to,
        length
    )];
    parts.extend(person.iter().cloned());
    parts.join(" · ")
}

/// How many nights are recorded, the first thing to read.
pub(crate) fn coverage(c: Coverage) -> String {
    let mut coverage = t!(
        page,
        "coverage",
        recorded = c.recorded,
        nights = nights(c.nights)
    );
    if c.unknown > 0 {
        coverage = t!(page, "coverage-blank", coverage, blank = c.unknown);
    }
    if c.excluded > 0 {
        coverage = t!(
            page,
            "coverage-left-out",
            coverage,
            nights = nights(c.excluded)
        );
    }
    coverage
}

/// Cramp nights of recorded nights.
pub(crate) fn cramp_nights(cramp: usize, recorded: usize) -> Row {
    let value = (recorded > 0).then(|| t!(page, "of", part = cramp, whole = nights(recorded)));
    row(
        t!(page, "cramp-nights"),
        value,
        t!(page, "recorded-nights", n = recorded),
    )
}

pub(crate) fn cramps_a_week(per_week: Option<Estimate>, cramps: usize, recorded: usize) -> Row {
    let value = per_week.map(|r| {
        let interval = interval(&r);
        t!(page, "rate-value", rate = rate(r.value), interval)
    });
    row(
        t!(page, "rate"),
        value,
        t!(page, "rate-from", cramps, nights = nights(recorded)),
    )
}

pub(crate) fn pain(median: Option<f64>, worst: Option<u8>, known: usize, all: usize) -> Row {
    let value = median
        .zip(worst)
        .map(|(median, worst)| t!(page, "pain-value", median = number(median), worst));
    row(t!(page, "pain"), value, of_cramps(known, all))
}

pub(crate) fn durations(
    median: Option<f64>,
    longest: Option<u32>,
    known: usize,
    all: usize,
) -> Row {
    let value = median.zip(longest).map(|(median, longest)| {
        let (median, longest) = (duration(median), duration(f64::from(longest)));
        t!(page, "duration-value", median, longest)
    });
    row(t!(page, "duration"), value, of_cramps(known, all))
}

pub(crate) fn woken(woken: usize, known: usize, all: usize) -> Row {
    let value = (known > 0).then(|| t!(page, "times", n = woken));
    row(t!(page, "woken"), value, of_cramps(known, all))
}

pub(crate) fn sleep_lost(median: Option<f64>, total: f64, of: usize) -> Row {
    let value = median.map(|median| {
        let (median, total) = (duration(median * 60.0), duration(total * 60.0));
        t!(page, "sleep-lost-value", median, total)
    });
    row(t!(page, "sleep-lost"), value, nights(of))
}

/// Cramps by day, which are never among the night cramps. None written down is not the same as none.
pub(crate) fn daytime(cramps: usize) -> Row {
    let value = match cramps {
        0 => t!(page, "none-written").to_string(),
        n => n.to_string(),
    };
    row(
        t!(page, "by-day"),
        Some(value),
        t!(page, "counted-apart").to_string(),
    )
}

fn of_cramps(known: usize, all: usize) -> String {
    t!(page, "of", part = known, whole = cramps(all))
}

/// The newest entries of some symptoms; `named` when more than one could be meant.
pub(crate) fn symptoms(entries: &[&Symptom], named: bool) -> String {
    let said = entries.iter().map(|symptom| {
        let mut answer = match symptom.present {
            true => t!(page, "yes").to_string(),
            false => t!(page, "no").to_string(),
        };
        if named {
            answer = format!("{} {answer}", symptom.symptom.to_string().replace('-', " "));
        }
        let mut details = vec![symptom.night.to_string()];
        details.extend(symptom.side.map(|side| match side {
            Side::Both => t!(page, "both-sides").to_string(),
            side => side.to_string(),
        }));
        if symptom.present {
            details.extend(symptom.severity.map(|severity| format!("{severity}/10")));
            let brought_on = symptom.brought_on.map(|by| by.to_string());
            details.extend(brought_on.map(|by| t!(page, "brought-on", by)));
            let relieved_by = symptom.relieved_by.map(|by| by.to_string());
            details.extend(relieved_by.map(|by| t!(page, "relieved-by", by)));
        }
        format!("{answer} ({})", details.join(", "))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return t!(page, "not-recorded").to_string();
    }
    said.join("; ")
}

/// Medicines and supplements in force on the last day.
pub(crate) fn medicines(taken: &[String], asked_none: bool) -> String {
    match (taken, asked_none) {
        ([], true) => t!(page, "none-asked").to_string(),
        ([], false) => t!(page, "not-recorded").to_string(),
        ([a, b, c, rest @ ..], _) if !rest.is_empty() => {
            let names = [a.as_str(), b, c].join(", ");
            t!(
                page,
                "medicines-many",
                n = taken.len(),
                names,
                more = rest.len()
            )
        }
        (all, _) => t!(
            page,
            "medicines-some",
            n = all.len(),
            names = all.join(", ")
        ),
    }
}

/// Conditions; `none` means asked and none.
pub(crate) fn conditions(names: &[String]) -> String {
    match names {
        [] => t!(page, "not-recorded").to_string(),
        [one] if one == "none" => t!(page, "none-asked").to_string(),
        names => {
            let names = names.iter().filter(|name| *name != "none");
            names.cloned().collect::<Vec<_>>().join(", ")
        }
    }
}

/// What must be known to read the page, and what it was made from.
pub(crate) fn footer(program: &str, hash: &str) -> Vec<String> {
    vec![
        t!(page, "foot-self-reported").to_string(),
        t!(page, "foot-intervals").to_string(),
        t!(page, "foot-made-from", program, hash),
    ]
}

/// A factor, and how long before the night.
pub(crate) fn association_factor(label: &str, lag: u8) -> String {
    let label = printable(label);
    match lag {
        0 => label,
        // some names say themselves when it was
        _ if label.contains("before") => label,
        1 => t!(page, "day-before", label),
        n => t!(page, "days-before", label, n),
    }
}

/// Cramp nights of nights, with the share.
pub(crate) fn cramp_nights_of(cramp: usize, of: usize) -> String {
    match of {
        0 => t!(page, "no-nights").to_string(),
        n => {
            let share = percent(cramp as f64 / n as f64);
            t!(page, "share", cramp, nights = nights(n), percent = share)
        }
    }
}

pub(crate) fn association_effect(measure: &str, estimate: &Estimate, per: &str) -> String {
    let (ratio, interval) = (ratio(estimate.value), ratios(estimate));
    t!(
        page,
        "effect",
        measure,
        ratio,
        interval,
        per = printable(per)
    )
}

pub(crate) fn q(q: f64) -> String {
    if q < 0.001 {
        t!(page, "q-small").to_string()
    } else {
        format!("{q:.3}")
    }
}
