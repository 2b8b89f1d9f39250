//! What may explain the cramps, and what was tried against them: whether it was kept up, and whether they became fewer.

use chrono::NaiveDate;

use crate::data::rule::Substance;
use crate::data::tables::{Factor, factors};
use crate::diary::typed::plain_name;
use crate::diary::vocabulary::CourseKind;
use crate::diary::{Course, Night, NightState, Word};
use crate::rules::answer::{Answer, Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::rules::nights::{
    all_evidence, cramp_nights, is_cramp, nights_wanted, no_or_more_nights,
};
use crate::rules::view::{At, LADDER_NIGHTS, Seen};

/// Yes when at least two thirds of the cramp nights (and four of them) are known to be ordinary; No when more than a
/// third followed effort or had surroundings that may bring cramps; otherwise Unknown.
pub(super) fn no_trigger(at: At) -> Finding {
    let nights = at.last_weeks();
    // A measure that is left out on many nights has not been tried yet.
    if at.courses().any(|c| c.covers(at.date()) && left_out(at, c)) {
        return Finding::no();
    }
    let found: Vec<&Seen> = nights.iter().filter(is_cramp).collect();
    if found.is_empty() {
        return no_or_more_nights(&nights, Vec::new);
    }
    let (mut exposed, mut ordinary) = (0_usize, Vec::new());
    for night in &found {
        match exposure(at, night.night) {
            Some(true) => exposed += 1,
            Some(false) => ordinary.push(**night),
            None => {}
        }
    }
    if exposed * 3 > found.len() {
        Finding::no()
    } else if ordinary.len() >= 4 && ordinary.len() * 3 >= found.len() * 2 {
        Finding::yes(all_evidence(at, ordinary.iter()))
    } else {
        Finding::unknown(Missing::Factors(
            "tiredness or exercise, and how the bed was, on nights with a cramp",
        ))
    }
}

/// Whether a night followed effort or had surroundings that may bring cramps; `None` when that was not recorded.
fn exposure(at: At, night: Night) -> Option<bool> {
    let look = |fits: fn(&Factor, f64) -> Option<bool>| -> Option<bool> {
        let known: Vec<bool> = factors()
            .iter()
            .filter_map(|f| {
                at.value(night, f.factor)
                    .and_then(|(value, _)| fits(f, value))
            })
            .collect();
        (!known.is_empty()).then(|| known.contains(&true))
    };
    let effort = look(|f, value| f.effort_from.map(|from| value >= from));
    let around = look(|f, value| {
        let from = f.surroundings_from.map(|from| value >= from);
        from.or(f.surroundings_to.map(|to| value <= to))
    });
    match (effort, around) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// A quarter fewer is what trials of cramp remedies count as a success (CMg).
const FEWER: f64 = 0.75;

/// Yes when something was kept up for `days`, cramps still come every week, and they are not known to be a quarter
/// fewer than in the four weeks before it began. Unrecorded nights count as cramps when an improvement is looked for,
/// so that a missing night never looks like one without cramps.
pub(super) fn without_relief(at: At, substance: Option<Substance>, days: u16) -> Finding {
    let weekly = cramp_nights(at, 4, 1);
    if weekly.answer == Answer::No {
        return Finding::no();
    }
    let tried = kept_up(at, substance, i64::from(days));
    if tried.is_empty() {
        let what = match substance {
            Some(Substance::Calcium) => "whether you have taken calcium for 4 weeks or more",
            _ => "what you tried against cramps for 4 weeks or more",
        };
        return Finding::partly(Vec::new(), vec![Missing::Factors(what)]);
    }
    let failed: Vec<Evidence> = tried
        .into_iter()
        .filter(|(began, _)| !became_fewer(at, *began))
        .flat_map(|(_, evidence)| evidence)
        .collect();
    if failed.is_empty() {
        return Finding::no();
    }
    match weekly.answer {
        Answer::Yes => Finding::yes(failed.into_iter().chain(weekly.evidence).collect()),
        _ => Finding::partly(failed, weekly.missing),
    }
}

/// What has been kept up until now for at least `days`: since when, and the entries that say so.
fn kept_up(at: At, substance: Option<Substance>, days: i64) -> Vec<(Night, Vec<Evidence>)> {
    let today = at.date();
    let fits = |name: &str| substance.is_none_or(|s| s.named(name));
    let long_enough = |start: NaiveDate| (today - start).num_days() >= days;
    let mut found: Vec<(Night, Vec<Evidence>)> = at
        .courses()
        .filter(|c| matches!(c.kind, CourseKind::Measure | CourseKind::Supplement))
        .filter(|c| c.covers(today) && long_enough(c.start) && fits(&c.name))
        .filter(|c| !left_out(at, c))
        .map(|c| (Night::of_evening(c.start), vec![Evidence::course(c)]))
        .collect();
    for factor in factors().iter().filter(|f| f.remedy).map(|f| f.factor) {
        if substance.is_some_and(|s| s.factor() != Some(factor)) {
            continue;
        }
        let window = u16::try_from(days).unwrap_or(u16::MAX);
        let done: Vec<_> = at
            .window(window)
            .iter()
            .filter_map(|night| {
                let number = at.value(night, factor);
                let number = number.filter(|(value, _)| *value > 0.0);
                number.map(|(_, record)| record).or(at.some(night, factor))
            })
            .collect();
        // Seven nights of ten is what "kept up" means here (a proposal).
        if done.len() as i64 * 10 >= days * 7
            && let Some(first) = done.first()
        {
            found.push((
                first.night,
                done.iter().map(|v| Evidence::value(v)).collect(),
            ));
        }
    }
    found
}

/// Whether the nights say that a course was left out: on more than three of the last 28 nights in ten, its factor was none.
fn left_out(at: At, course: &Course) -> bool {
    const DAYS: u16 = 28;
    let Some(factor) = factor_of(&course.name) else {
        return false;
    };
    let none = at
        .window(DAYS)
        .iter()
        .filter(|night| course.covers(night.date()))
        .filter(|night| at.value(*night, factor).is_some_and(|(v, _)| v <= 0.0));
    none.count() * 10 > usize::from(DAYS) * 3
}

/// The remedy of the catalogue that a course means, by one of its names or by what it holds.
fn factor_of(name: &str) -> Option<&'static str> {
    let plain = plain_name(name);
    let is_named = |f: &&Factor| {
        let mut names = [f.factor]
            .into_iter()
            .chain(f.names.iter().chain(&f.also).copied());
        f.remedy && names.any(|n| plain_name(n) == plain)
    };
    let by_name = factors().iter().find(is_named).map(|f| f.factor);
    by_name.or_else(|| {
        let holds = Substance::ALL.iter().find(|s| s.named(name));
        holds.and_then(|s| s.factor())
    })
}

/// Whether the last four weeks had at least a quarter fewer cramp nights than the four weeks before `began`, even if
/// every unrecorded night of late had a cramp. False when the weeks before are not known well enough.
fn became_fewer(at: At, began: Night) -> bool {
    let days = u16::try_from(LADDER_NIGHTS).unwrap_or(u16::MAX);
    let before: Vec<Seen> = at.before(began).nights(days).rev().collect();
    if before.len() < LADDER_NIGHTS || nights_wanted(&before) > 0 {
        return false;
    }
    let count =
        |nights: &[Seen], state: NightState| nights.iter().filter(|n| n.state == state).count();
    let after = at.last_weeks();
    let most = count(&after, NightState::Cramp) + count(&after, NightState::Unknown);
    most as f64 <= FEWER * count(&before, NightState::Cramp) as f64
}
