//! One record in one line: for the echo after a write, for lists and for the history.

use chrono::{Datelike, NaiveDate};

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period};
use crate::diary::{
    Course, Episode, Fact, Intake, Moment, Night, NightRecord, Record, Symptom, Value,
};
use crate::report::say;

/// `Wed 4 Mar 03:10`, in another year `Tue 2025-03-04 03:10`, and a remark when the clock was changed.
pub(crate) fn when(at: &Moment, certainty: Certainty, today: NaiveDate) -> String {
    let local = at.local();
    let form = if local.date().year() == today.year() {
        "%a %-d %b %H:%M"
    } else {
        "%a %Y-%m-%d %H:%M"
    };
    let said = local.format(form).to_string();
    match certainty {
        Certainty::About => format!("about {said}"),
        Certainty::RepeatedHour => {
            format!(
                "{said} (the clock showed this time twice; taken as UTC{})",
                at.offset
            )
        }
        Certainty::SkippedHour => format!("{said} (the clock jumped over the time given)"),
        Certainty::Exact | Certainty::Unknown => said,
    }
}

/// A night by its evening: `Tue 3 Mar`, in another year `Mon 2025-03-03`.
pub(crate) fn night_words(night: Night, today: NaiveDate) -> String {
    if night.date().year() == today.year() {
        say::night(night)
    } else {
        night.date().format("%a %Y-%m-%d").to_string()
    }
}

/// An episode in one line: `Wed 4 Mar 03:10 (night of Tue 3 Mar), left calf, pain 6/10, about 3 min`.
pub(crate) fn episode(e: &Episode, today: NaiveDate) -> String {
    let night = night_words(e.night, today);
    let mut parts = vec![match &e.began_at {
        Some(at) => format!("{} (night of {night})", when(at, e.certainty, today)),
        None => format!("night of {night}, time not known"),
    }];
    if e.kind != Kind::Cramp {
        parts.push(format!("{} (not counted as a cramp)", e.kind));
    }
    if e.period == Period::Day {
        parts.push("by day".to_string());
    }
    match (e.side, e.site) {
        (Some(side), Some(site)) => parts.push(format!("{side} {site}")),
        (Some(side), None) => parts.push(format!("{side} leg")),
        (None, Some(site)) => parts.push(site.to_string()),
        (None, None) => {}
    }
    if let Some(pain) = e.severity {
        parts.push(format!("pain {pain}/10"));
    }
    if let Some(s) = e.duration_s {
        parts.push(format!("about {}", say::duration(f64::from(s))));
    }
    if let Some(n) = e.repeats {
        parts.push(format!("came back {}", say::count(n as usize, "time")));
    }
    let flag = |yes: Option<bool>, is: &'static str, not: &'static str| match yes {
        Some(true) => Some(is.to_string()),
        Some(false) => Some(not.to_string()),
        None => None,
    };
    parts.extend(flag(e.woke, "woke you", "did not wake you"));
    parts.extend(flag(e.knot, "hard knot", "no hard knot"));
    if !e.relief.is_empty() {
        let words: Vec<String> = e.relief.iter().map(|r| format!("+{r}")).collect();
        let eased = e
            .relief_s
            .map(|s| format!(" (eased after {})", say::duration(f64::from(s))));
        parts.push(words.join(" ") + &eased.unwrap_or_default());
    }
    if let Some(h) = e.soreness_h {
        parts.push(if h > 0.0 {
            format!("sore for {} h", say::number(h))
        } else {
            "not sore after".into()
        });
    }
    parts.extend(flag(e.urge, "urge to move", "no urge to move"));
    parts.extend(flag(
        e.movement_relieves,
        "moving relieved it",
        "moving did not relieve it",
    ));
    parts.extend(e.posture.map(|p| format!("lying {p}")));
    parts.extend(flag(e.awareness_lost, "awareness lost", "awareness kept"));
    parts.extend(e.note.as_ref().map(|n| format!("\"{}\"", one_line(n))));
    parts.join(", ")
}

/// A night's answer in one line.
pub(crate) fn night(n: &NightRecord, today: NaiveDate) -> String {
    let mut parts = vec![format!("night of {}", night_words(n.night, today))];
    parts.push(match n.outcome {
        Some(Outcome::Calm) => "calm".to_string(),
        Some(Outcome::Cramp) => "cramp".to_string(),
        None => "no answer yet (unknown)".to_string(),
    });
    let clock = |m: &Moment| m.local().format("%H:%M").to_string();
    parts.extend(n.bed_at.as_ref().map(|m| format!("to bed {}", clock(m))));
    parts.extend(n.up_at.as_ref().map(|m| format!("up {}", clock(m))));
    parts.extend(n.sleep_quality.map(|q| format!("sleep {q}/10")));
    parts.extend(
        n.sleep_disturbance
            .map(|q| format!("sleep disturbed {q}/10")),
    );
    parts.extend(n.sleep_lost_min.map(|m| format!("{m} min of sleep lost")));
    parts.extend(n.note.as_ref().map(|t| format!("\"{}\"", one_line(t))));
    parts.join(", ")
}

/// Any record in one line.
pub(crate) fn line(record: &Record, catalogue: &Catalogue, today: NaiveDate) -> String {
    match record {
        Record::Episode(e) => episode(e, today),
        Record::Night(n) => night(n, today),
        Record::Value(v) => {
            let shown = catalogue.find(&v.factor).map(|f| f.show(&v.value));
            let shown = shown.unwrap_or_else(|| match &v.value {
                Value::Number(x) => say::number(*x),
                Value::Word(w) => w.to_string(),
            });
            format!(
                "night of {}, {}={shown}",
                night_words(v.night, today),
                v.factor
            )
        }
        Record::Factor(f) => {
            let retired = if f.retired { ", retired" } else { "" };
            format!("factor {} ({}, {}){retired}", f.factor, f.label, f.kind)
        }
        Record::Intake(i) => intake(i, today),
        Record::Course(c) => course(c),
        Record::Symptom(s) => symptom(s, today),
        Record::Fact(f) => fact(f),
        Record::Event(e) => format!("{}: {}", night_words(e.night, today), one_line(&e.text)),
        Record::Exclusion(x) => format!(
            "{} to {} left out of statistics: {}",
            night_words(x.from, today),
            night_words(x.to, today),
            one_line(&x.text)
        ),
        Record::FlagNote(f) => {
            let text = f
                .text
                .as_ref()
                .map(|t| format!(": {}", one_line(t)))
                .unwrap_or_default();
            format!(
                "flag {} {} on {}{text}",
                f.flag,
                f.action,
                night_words(f.night, today)
            )
        }
        Record::Look(l) => format!("analysis look at {} cramp nights", l.cramp_nights),
    }
}

fn intake(i: &Intake, today: NaiveDate) -> String {
    let amount = match (i.amount, &i.unit) {
        (Some(n), Some(unit)) => format!(" {} {unit}", say::number(n)),
        (Some(n), None) => format!(" {}", say::number(n)),
        _ => String::new(),
    };
    let basis = i.basis.map(|b| format!(" ({b})")).unwrap_or_default();
    let typed = i
        .typed
        .as_ref()
        .map(|t| format!(" [typed {t}]"))
        .unwrap_or_default();
    format!(
        "{}{amount}{basis}{typed} at {} (night of {})",
        i.name,
        when(&i.taken_at, Certainty::Exact, today),
        night_words(i.night, today)
    )
}

/// A course in one line.
pub(crate) fn course(c: &Course) -> String {
    let mut parts = vec![format!("{} ({})", course_words(c), c.kind)];
    parts.extend(c.class.map(|class| class.to_string()));
    parts.extend(c.basis.map(|b| b.to_string()));
    parts.push(match c.stop {
        Some(stop) => format!("{} to {}", say::date(c.start), say::date(stop)),
        None => format!("since {}", say::date(c.start)),
    });
    parts.extend(c.reason.as_ref().map(|r| format!("\"{}\"", one_line(r))));
    parts.join(", ")
}

fn symptom(s: &Symptom, today: NaiveDate) -> String {
    let mut parts = vec![format!(
        "{} on {}",
        s.symptom,
        when(&s.noticed_at, Certainty::Exact, today)
    )];
    if !s.present {
        parts.push("asked, absent".to_string());
    }
    parts.extend(s.side.map(|x| x.to_string()));
    parts.extend(s.severity.map(|x| format!("{x}/10")));
    parts.extend(s.brought_on.map(|x| format!("brought on by {x}")));
    parts.extend(s.relieved_by.map(|x| format!("relieved by {x}")));
    parts.extend(
        s.lasts_s
            .map(|x| format!("lasts {}", say::duration(f64::from(x)))),
    );
    parts.extend(s.since.map(|x| format!("since {}", say::date(x))));
    parts.extend(s.text.as_ref().map(|t| format!("\"{}\"", one_line(t))));
    parts.join(", ")
}

fn fact(f: &Fact) -> String {
    let since = f
        .since
        .map(|s| format!(" since {}", say::date(s)))
        .unwrap_or_default();
    format!("{}={}{since}", f.key, one_line(&f.value))
}

/// Text on one line, without control characters.
pub(crate) fn one_line(text: &str) -> String {
    crate::diary::text::clean(text)
}

/// A course in a few words: `magnesium 300 mg twice a day`.
pub(crate) fn course_words(course: &Course) -> String {
    let mut words = course.name.clone();
    if let (Some(dose), Some(unit)) = (course.dose, &course.unit) {
        words += &format!(" {} {unit}", say::number(dose));
    }
    if let Some(per_day) = course.per_day.filter(|n| (*n - 1.0).abs() > f64::EPSILON) {
        words += &format!(" × {} a day", say::number(per_day));
    }
    words
}

/// A record before and after a change: `+` new, `-` gone, `~` otherwise than before.
pub(crate) fn change(key: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (None, Some(after)) => format!("+ {key} {after}"),
        (Some(before), None) => format!("- {key} {before}"),
        (Some(before), Some(after)) => format!("~ {key} {after} (was: {before})"),
        (None, None) => String::new(),
    }
}

/// A change of the diary: its number, when, and the command that made it.
pub(crate) fn change_title(id: i64, at: &Moment, command: &str, state: &str) -> String {
    let state = if state == "done" {
        String::new()
    } else {
        format!(" [{state}]")
    };
    let at = at.local().format("%Y-%m-%d %H:%M");
    format!("{id}  {at}  cramp {command}{state}")
}

/// Records of a change that are not listed.
pub(crate) fn more_records(n: usize) -> String {
    format!("and {} more", say::count(n, "record"))
}
