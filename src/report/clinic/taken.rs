//! Medicines and supplements, as the person reported them.

use chrono::NaiveDate;

use crate::diary::vocabulary::{Basis, Certainty};
use crate::diary::{Course, Intake};
use crate::report::clinic::told::{Amount, Span, Status, Taken};
use crate::words::t;

pub(super) fn course(c: &Course, today: NaiveDate) -> Taken {
    let start = c.known_start();
    let stop = c.stop.filter(|stop| *stop >= c.start);
    let ended = c.stop.is_some_and(|stop| stop < today);
    let status = match (c.start > today, ended) {
        (true, _) => Status::Intended,
        (_, true) => Status::Completed,
        _ => Status::Active,
    };
    let before = start
        .is_none()
        .then(|| t!(clinic, "since-before", date = c.start));
    let about = (c.start_certainty == Some(Certainty::About)).then(|| t!(clinic, "about-start"));
    let notes = [
        before,
        about.map(str::to_string),
        c.dose.and_then(|_| basis(c.basis)),
    ];
    Taken {
        key: format!("course/{}", c.id),
        name: c.name.clone(),
        status,
        when: (start.is_some() || stop.is_some()).then_some(Span::Days(start, stop)),
        said: c.recorded_at,
        dose: dose(c.dose, c.unit.as_deref()),
        times: c.per_day.and_then(times),
        note: notes_of(notes),
    }
}

pub(super) fn intake(i: &Intake) -> Taken {
    Taken {
        key: format!("intake/{}", i.id),
        name: i.name.clone(),
        status: Status::Completed,
        when: Some(Span::At(i.taken_at.clone())),
        said: i.recorded_at,
        dose: dose(i.amount, i.unit.as_deref()),
        times: None,
        note: i.amount.and_then(|_| basis(i.basis)),
    }
}

fn notes_of(notes: [Option<String>; 3]) -> Option<String> {
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// Whether the dose is of the element or of the compound, where said.
fn basis(basis: Option<Basis>) -> Option<String> {
    let said = match basis? {
        Basis::Elemental => t!(clinic, "elemental"),
        Basis::Compound => t!(clinic, "compound"),
    };
    Some(said.to_string())
}

fn dose(amount: Option<f64>, unit: Option<&str>) -> Option<Amount> {
    Some(match unit {
        Some(unit) => Amount::new(amount?, unit),
        None => Amount {
            value: amount?,
            unit: None,
            ucum: None,
        },
    })
}

/// Doses a day as whole doses in whole days, where they are.
fn times(per_day: f64) -> Option<(u32, u32)> {
    let whole = |x: f64| (1.0..=1_000.0).contains(&x) && (x - x.round()).abs() < 1e-9;
    match per_day {
        n if whole(n) => Some((n.round() as u32, 1)),
        n if n > 0.0 && whole(1.0 / n) => Some((1, (1.0 / n).round() as u32)),
        _ => None,
    }
}
