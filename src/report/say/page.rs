//! The words of the page for a clinician that have to be chosen.

use crate::diary::vocabulary::Side;
use crate::diary::{Coverage, Nights, Symptom};
use crate::report::say::chart::{ratio, ratios};
use crate::stats::estimate::Estimate;
use crate::words::{nights, number, percent, printable, t};

/// The period, and who it is about.
pub(crate) fn subtitle(period: Nights, person: &[String]) -> String {
    let n = period.len();
    let length = if n.is_multiple_of(7) {
        t!(page, "weeks", n = n / 7)
    } else {
        nights(n)
    };
    let (from, to) = (period.from, period.to);
    let mut parts = vec![t!(page, "subtitle", from, to, length)];
    parts.extend(person.iter().cloned());
    parts.join(" · ")
}

/// How many nights are recorded, the first thing to read.
pub(crate) fn coverage(c: Coverage) -> String {
    t!(
        page,
        "coverage",
        recorded = c.recorded,
        nights = nights(c.nights),
        blank = c.unknown,
        excluded = c.excluded,
        left_out = nights(c.excluded)
    )
}

/// The newest entries of some symptoms; `named` when more than one could be meant.
pub(crate) fn symptoms(entries: &[&Symptom], named: bool) -> String {
    let said = entries.iter().map(|symptom| {
        let mut answer = t!(page, "answer", present = symptom.present);
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
            details.extend(symptom.sudden.map(|sudden| t!(record, "sudden", sudden)));
            details.extend(symptom.worse.map(|worse| t!(record, "worse", worse)));
            let bigger = symptom.difference_cm.map(number);
            details.extend(bigger.map(|cm| t!(record, "difference", cm)));
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
        (all, _) => {
            let named = all.get(..3).unwrap_or(all);
            let (n, names, more) = (all.len(), named.join(", "), all.len() - named.len());
            t!(page, "medicines-taken", n, names, more)
        }
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
    let (ratio, interval, per) = (ratio(estimate.value), ratios(estimate), printable(per));
    t!(page, "effect", measure, ratio, interval, per)
}

pub(crate) fn q(q: f64) -> String {
    if q < 0.001 {
        t!(page, "q-small").to_string()
    } else {
        format!("{q:.3}")
    }
}
