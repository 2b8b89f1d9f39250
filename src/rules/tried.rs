//! Whether something was tried for long enough without making the cramps clearly fewer.

use chrono::NaiveDate;

use crate::data::rule::Substance;
use crate::diary::vocabulary::CourseKind;
use crate::diary::{Night, NightState};
use crate::rules::answer::{Answer, Evidence, Finding, Missing};
use crate::rules::burden::{LADDER_NIGHTS, cramp_nights, last_weeks};
use crate::rules::episodes::nights_wanted;
use crate::rules::view::{At, Seen};

/// Measures that are written down night by night: yes/no factors, and doses of supplements.
const NIGHTLY: &[&str] = &[
    "stretch",
    "warm-bath",
    "socks",
    "strength",
    "magnesium",
    "calcium",
];

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
        .map(|c| (Night::of_evening(c.start), vec![Evidence::course(c)]))
        .collect();
    for factor in NIGHTLY {
        if substance.is_some_and(|s| s.factor() != Some(*factor)) {
            continue;
        }
        let window = u16::try_from(days).unwrap_or(u16::MAX);
        let done: Vec<_> = at
            .window(window)
            .iter()
            .filter_map(|night| at.value(night, factor))
            .filter(|(value, _)| *value > 0.0)
            .collect();
        // Seven nights of ten is what "kept up" means here (a proposal).
        if done.len() as i64 * 10 >= days * 7
            && let Some((_, first)) = done.first()
        {
            found.push((
                first.night,
                done.iter().map(|(_, v)| Evidence::value(v)).collect(),
            ));
        }
    }
    found
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
    let after = last_weeks(at);
    let most = count(&after, NightState::Cramp) + count(&after, NightState::Unknown);
    most as f64 <= FEWER * count(&before, NightState::Cramp) as f64
}
