//! The words of the page for a clinician that have to be chosen.

use crate::analysis::association::{Association, Caution, Grade};
use crate::analysis::changes::BeforeAfter;
use crate::analysis::night_table::NightCounts;
use crate::analysis::rates::Period;
use crate::data::word::Word;
use crate::diary::vocabulary::Side;
use crate::diary::{Coverage, Night, Nights, Symptom};
use crate::report::say::chart::{factor_label, ratio, ratios};
use crate::report::stretch::{Change, NightsOf, Stretch};
use crate::stats::estimate::Estimate;
use crate::words::{nights, number, of_100, percent, printable, t};

/// The period, and who it is about.
pub(crate) fn subtitle(period: Nights, person: &[String]) -> String {
    let (from, to, length) = (period.from, period.to, length(period.len()));
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
    said.collect::<Vec<String>>().join("; ")
}

/// Medicines and supplements in force on the last day; `None` when nothing is known about them.
pub(crate) fn medicines(taken: &[String], asked_none: bool) -> Option<String> {
    if taken.is_empty() {
        return asked_none.then(|| t!(page, "none-asked").to_string());
    }
    let named = taken.get(..3).unwrap_or(taken);
    let (n, names, more) = (taken.len(), named.join(", "), taken.len() - named.len());
    Some(t!(page, "medicines-taken", n, names, more))
}

/// Conditions; `none` means asked and none, and nothing that nobody asked.
pub(crate) fn conditions(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] if one == "none" => Some(t!(page, "none-asked").to_string()),
        names => {
            let names = names.iter().filter(|name| *name != "none");
            Some(names.cloned().collect::<Vec<_>>().join(", "))
        }
    }
}

/// What nobody recorded, in one line; `None` when all of it is recorded.
pub(crate) fn missing(what: &[String]) -> Option<String> {
    (!what.is_empty()).then(|| t!(page, "missing", list = what.join(", ")))
}

/// A label as it stands within a sentence.
pub(crate) fn mid_sentence(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The length of a period: "8 weeks", "30 nights".
fn length(nights_in_it: usize) -> String {
    if nights_in_it > 0 && nights_in_it.is_multiple_of(7) {
        t!(page, "weeks", n = nights_in_it / 7)
    } else {
        nights(nights_in_it)
    }
}

/// Fewer recorded nights than this, and a share of them in percent says nothing.
const FEWEST_FOR_SHARE: usize = 4;

/// Cramp nights in percent of recorded ones; empty for few.
fn share(n: &NightsOf) -> String {
    if n.recorded < FEWEST_FOR_SHARE {
        return String::new();
    }
    let percent = of_100(n.cramp as f64 / n.recorded as f64);
    t!(page, "summary-share", percent)
}

/// How many nights had a cramp, and how many of those before.
pub(crate) fn summary(now: &Stretch, before: Option<&Stretch>) -> String {
    let before = before.map_or_else(String::new, |before| {
        let (length, n) = (length(before.period.nights), &before.nights);
        let (cramp, recorded, share) = (n.cramp, n.recorded, share(n));
        t!(page, "summary-before", length, cramp, recorded, share)
    });
    let n = &now.nights;
    let share = if n.cramp > 0 { share(n) } else { String::new() };
    let (recorded, cramp) = (n.recorded, n.cramp);
    let all = cramp == recorded;
    t!(page, "summary", recorded, cramp, all, share, before)
}

/// That few nights are recorded, and which those may be.
pub(crate) fn sparse() -> String {
    t!(page, "summary-sparse").to_string()
}

/// Whether the rate has changed; `None` when there was no cramp in either stretch.
pub(crate) fn change(
    change: &Change,
    (now, before): (&Stretch, &Stretch),
    unsure: bool,
) -> Option<String> {
    if change.verdict == "not enough data" {
        return Some(t!(page, "change-too-few").to_string());
    }
    let found = change.rate_ratio.as_ref()?;
    let rate = |s: &Stretch| s.rate_per_week.map(|r| cramps_a_week(&r));
    let (now, before) = (rate(now)?, rate(before)?);
    let (ratio, low) = (ratio_or_none(found.value), ratio_or_none(found.low));
    let interval = if found.high.is_finite() {
        t!(chart, "to", low, high = ratio_or_none(found.high))
    } else {
        t!(chart, "or-more", low)
    };
    let verdict = change.verdict;
    let said = t!(page, "change", verdict, now, before, ratio, interval);
    Some(if unsure {
        t!(page, "change-unsure", change = said)
    } else {
        said
    })
}

fn cramps_a_week(rate: &Estimate) -> String {
    crate::report::say::chart::rate(rate.value)
}

/// A ratio; none at all is 0.
fn ratio_or_none(value: f64) -> String {
    if value <= 0.0 {
        "0".to_string()
    } else {
        ratio(value)
    }
}

/// How much of the nights before is recorded, behind the `coverage` of the period itself.
pub(crate) fn before_coverage(coverage: &str, before: &Stretch) -> String {
    let n = &before.nights;
    t!(
        page,
        "before-coverage",
        coverage,
        length = length(before.period.nights),
        recorded = n.recorded,
        nights = n.recorded + n.unknown
    )
}

/// What must be known to read the page, and what it was made from.
pub(crate) fn footer(program: &str, hash: &str) -> Vec<String> {
    vec![
        t!(page, "foot-self-reported").to_string(),
        t!(page, "foot-intervals").to_string(),
        t!(page, "foot-made-from", program, hash),
    ]
}

/// The nights that the sheet about links rests on, what was compared, and when it was last judged.
pub(crate) fn associations_nights(
    n: &NightCounts,
    to: Night,
    tested: usize,
    look: Option<usize>,
) -> String {
    t!(
        page,
        "associations-nights",
        to,
        recorded = nights(n.recorded),
        cramp = n.cramp,
        unknown = n.unknown,
        tested,
        look = look.unwrap_or(0)
    )
}

/// What the grades that occur among `links` mean.
pub(crate) fn grades_mean(links: &[&Association], one_in: usize) -> Vec<String> {
    let grades = [
        (Grade::ShownTwice, "shown-twice"),
        (Grade::Shown, "shown"),
        (Grade::Consistent, "consistent"),
        (Grade::Possible, "possible"),
        (Grade::Hint, "hint"),
    ];
    let present = grades
        .into_iter()
        .filter(|(grade, _)| links.iter().any(|link| link.grade == *grade));
    present
        .map(|(_, grade)| t!(page, "grade-means", grade, one_in))
        .collect()
}

/// A grade that is no link, as an id of the messages.
fn no_link(grade: Grade) -> &'static str {
    match grade {
        Grade::NoSizeableLink => "no-sizeable-link",
        Grade::CannotTell => "cannot-tell",
        _ => "not-enough",
    }
}

pub(crate) fn list_title(grade: Grade) -> String {
    t!(page, "list", grade = no_link(grade))
}

/// A thing in a list: with its contrast and interval where it has them.
pub(crate) fn listed(factor: &Association, grade: Grade) -> String {
    match factor.ratio().filter(|_| grade != Grade::NotEnough) {
        Some(effect) => {
            let (label, interval) = (factor_label(factor), ratios(&effect));
            t!(page, "listed", label, interval)
        }
        None => printable(&factor.label),
    }
}

pub(crate) fn list_means(grade: Grade) -> String {
    t!(page, "list-means", grade = no_link(grade))
}

/// Links by name; `None` when there are none.
pub(crate) fn more_links(links: &[&Association]) -> Option<String> {
    let names = links.iter().map(|link| listed(link, link.grade));
    let names = names.collect::<Vec<_>>().join("; ");
    (!links.is_empty()).then(|| t!(page, "more-links", n = links.len(), names))
}

/// What weakens some of the links, a sentence for all to which it applies.
pub(crate) fn notices(links: &[&Association]) -> Vec<String> {
    let of = |caution: &Caution| {
        let concerned = links.iter().filter(|link| link.cautions.contains(caution));
        let names: Vec<String> = concerned.map(|link| printable(&link.label)).collect();
        let (caution, names) = (caution.word(), names.join(", "));
        (!names.is_empty()).then(|| t!(page, "notice", caution, names))
    };
    let said = Caution::ALL.iter().filter_map(of);
    said.filter(|notice| !notice.is_empty()).collect()
}

/// A course or a mark as a row: what changed, before, after, and how unusual the difference is.
pub(crate) fn course_row(c: &BeforeAfter) -> Vec<String> {
    let names = c.courses.iter().map(|name| printable(name));
    let names = names.reduce(|first, last| t!(page, "course-and", first, last));
    let rate = |period: &Period| match period.rate_per_week {
        Some(rate) => t!(
            page,
            "course-rate",
            rate = cramps_a_week(&rate),
            nights = nights(period.recorded)
        ),
        None => t!(page, "not-recorded").to_string(),
    };
    let (names, kind, date) = (names.unwrap_or_default(), c.kind.word(), c.date.to_string());
    vec![
        t!(page, "course-change", names, kind, date),
        rate(&c.before),
        rate(&c.after),
        match c.p {
            Some(p) => t!(page, "course-unusual", n = of_100(p)),
            None => t!(page, "course-no-dates").to_string(),
        },
    ]
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
