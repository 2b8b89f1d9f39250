//! What "worse" means: when a flag that was seen or discussed comes up again.

use std::collections::BTreeSet;

use crate::data::rule::{Rule, Sort};
use crate::diary::{FlagNote, Night};
use crate::rules::answer::{Answer, Finding};
use crate::rules::evidence::Evidence;
use crate::rules::view::{LOOKBACK_NIGHTS, View};
use crate::words::{number, t};

/// Two points on a scale of ten are a difference people notice (FARRAR).
const POINTS: u8 = 2;
/// Nights over which frequency is compared.
const NIGHTS: i64 = 28;

/// What has become worse since a discussion, in words; `None` when nothing has.
///
/// A red flag or a same-day rule returns with any new entry. The others return with a sign that was not there before, with
/// a severity two points higher, with a larger daily amount, with half as many nights more (and at least two) in four
/// weeks, or when the discussion is longer ago than the rules look back.
pub(super) fn since(view: &View, rule: &Rule, now: &Finding, note: &FlagNote) -> Option<String> {
    if view.last.since(note.night) >= LOOKBACK_NIGHTS {
        return Some(t!(rules, "talk-too-old").into());
    }
    let new: Vec<&Evidence> = now.evidence.iter().filter(|e| is_after(e, note)).collect();
    if rule.urgency.is_urgent() && !new.is_empty() {
        return Some(t!(rules, "new-entry").into());
    }
    grown(view, rule, now, note, &new)
}

/// Whether nothing came after the person said they had seen the flag. A dose taken every day is not news each day: a
/// safety limit speaks up again only when something has grown.
pub(super) fn nothing_new(view: &View, rule: &Rule, now: &Finding, note: &FlagNote) -> bool {
    let new: Vec<&Evidence> = now.evidence.iter().filter(|e| is_after(e, note)).collect();
    if rule.sort == Sort::Safety {
        grown(view, rule, now, note, &new).is_none()
    } else {
        new.is_empty()
    }
}

fn grown(
    view: &View,
    rule: &Rule,
    now: &Finding,
    note: &FlagNote,
    new: &[&Evidence],
) -> Option<String> {
    let then = rule.evaluate(view.at(note.night));
    // What was entered later the same day was not known at the talk.
    let before: Vec<&Evidence> = then
        .evidence
        .iter()
        .filter(|e| !is_after(e, note))
        .collect();
    if then.answer != Answer::Yes || before.is_empty() {
        return (!new.is_empty()).then(|| t!(rules, "came-back").into());
    }
    let known: BTreeSet<&str> = before.iter().map(|e| &*e.about).collect();
    if let Some(sign) = new.iter().find(|e| !known.contains(&*e.about)) {
        return Some(t!(rules, "is-new", what = sign.about));
    }
    let worst = |list: &[&Evidence]| {
        list.iter()
            .filter_map(|e| e.severity)
            .max_by(f64::total_cmp)
    };
    if let (Some(old), Some(fresh)) = (worst(&before), worst(new))
        && fresh >= old + f64::from(POINTS)
    {
        return Some(t!(rules, "rose", old = number(old), fresh = number(fresh)));
    }
    if let (Some((old, _)), Some((fresh, unit))) = (then.amount, now.amount)
        && fresh > old
    {
        let (old, fresh) = (old.to_string(), fresh.to_string());
        return Some(t!(rules, "amount-rose", old, fresh, unit));
    }
    let nights = |list: &[&Evidence], last: Night| {
        let from = last.plus(1 - NIGHTS);
        let set: BTreeSet<Night> = list
            .iter()
            .filter_map(|e| e.night)
            .filter(|n| from <= *n && *n <= last)
            .collect();
        set.len()
    };
    let old = nights(&before, note.night);
    let fresh = nights(&now.evidence.iter().collect::<Vec<_>>(), view.last);
    if rule.sort != Sort::Safety && fresh >= old + 2 && fresh * 2 >= old * 3 {
        return Some(t!(rules, "more-nights", fresh, old));
    }
    None
}

/// Whether an entry is of a later night than the note, or was written down after it. A night that is filled in after the
/// talk was not known at the talk.
fn is_after(entry: &Evidence, note: &FlagNote) -> bool {
    entry.recorded_at > note.recorded_at || entry.night.is_some_and(|night| night > note.night)
}
