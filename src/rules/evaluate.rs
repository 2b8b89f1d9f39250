//! What all rules answer on one day, since when, and what was done about it.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::data::rule::{Rule, Sort, Urgency};
use crate::diary::vocabulary::FlagAction;
use crate::diary::{Coverage, Diary, Key, NightState, Nights};
use crate::rules::answer::{Answer, Finding};
use crate::rules::ask::{self, Ask};
use crate::rules::evidence::Evidence;
use crate::rules::flag::{
    CouldNotTell, Flag, Persistence, Reader, Talk, advice, because, dates, noted_before, observed,
};
use crate::rules::question::{Question, most_useful};
use crate::rules::view::{LOOKBACK_NIGHTS, View};
use crate::rules::worse;
use crate::words::t;

/// A pattern that has shown for this many days is persistent, before that it is new.
pub(crate) const PERSISTENT_DAYS: i64 = 14;
/// How far back patterns are followed, in weekly steps; red flags are followed over the whole lookback.
const FOLLOWED_WEEKS: i64 = 12;
/// Red flags are followed back in steps of the time for which one entry keeps them up.
const RED_FLAG_DAYS: i64 = 28;

/// A rule that answered Yes before and does not now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Earlier {
    /// The rule's id.
    pub(crate) id: &'static str,
    /// How soon it should have been looked at then.
    pub(crate) urgency: Urgency,
    /// The day of the first entry then.
    pub(crate) first: Option<NaiveDate>,
    /// The day of the last entry then.
    pub(crate) last: Option<NaiveDate>,
    /// `gone`: the rule now answers No. `not recorded since`: it cannot be told.
    pub(crate) status: &'static str,
}

/// What all rules answer on one day, as the person gets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FlagsReport {
    pub(crate) schema: u8,
    pub(crate) kind: &'static str,
    pub(crate) as_of: NaiveDate,
    /// Flags in force, the most urgent first.
    pub(crate) flags: Vec<Flag>,
    /// Flags that were discussed with a clinician and are no worse since.
    pub(crate) discussed: Vec<Flag>,
    pub(crate) earlier: Vec<Earlier>,
    pub(crate) could_not_tell: Vec<CouldNotTell>,
    /// What is asked about entries that could begin an urgent rule, the most urgent first.
    pub(crate) asks: Vec<Ask>,
    /// The one or two questions that would settle the most important of them.
    pub(crate) questions: Vec<Question>,
    /// How well the last four weeks are recorded.
    pub(crate) coverage: Coverage,
    /// Whether the rule and its sources stand behind each flag.
    #[serde(skip)]
    pub(crate) explained: bool,
    /// What else must be known: nights missing, periods left out, and what this is not.
    pub(crate) notes: Vec<String>,
}

impl FlagsReport {
    /// Flags in force, then those that were discussed: what a clinician wants to see.
    pub(crate) fn for_clinician(&self) -> impl Iterator<Item = &Flag> {
        self.flags.iter().chain(&self.discussed)
    }

    /// Whether a flag in force should be looked at today or now.
    pub(crate) fn is_urgent(&self) -> bool {
        self.flags.iter().any(Flag::is_urgent)
    }

    /// With the rule and its sources behind each flag.
    pub(crate) fn explained(mut self) -> Self {
        for flag in self.flags.iter_mut().chain(&mut self.discussed) {
            flag.because = because(flag);
        }
        self.explained = true;
        self
    }
}

/// What new records set off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AtEntry {
    /// The most urgent first.
    pub(crate) flags: Vec<Flag>,
    /// What is asked about them, the most deciding first.
    pub(crate) asks: Vec<Ask>,
    /// At most two questions that would settle whether an urgent rule fires too, for when nothing is asked about them.
    pub(crate) questions: Vec<Question>,
}

/// Evaluates every rule on the records of `diary` up to the night of `as_of`; later records are not read.
///
/// The diary may be a window of [`LOOKBACK_NIGHTS`] nights: no rule looks further back, except that only a `whole` diary says
/// which cramp was the first, for the rule about medicines started before it.
pub(crate) fn evaluate(diary: &Diary, as_of: NaiveDate, whole: bool) -> FlagsReport {
    let view = View::new(diary, as_of, whole);
    let mut fired = Vec::new();
    let mut earlier = Vec::new();
    let mut could_not_tell = Vec::new();
    for rule in crate::rules::all() {
        let finding = rule.evaluate(view.at(view.last));
        match finding.answer {
            Answer::Yes => fired.push(fire(&view, rule, finding)),
            answer => {
                earlier.extend(find_earlier(&view, rule, answer == Answer::No));
                if answer == Answer::Unknown {
                    could_not_tell.push(CouldNotTell::new(rule, finding));
                }
            }
        }
    }
    fired.sort_by_key(|f| std::cmp::Reverse(f.urgency));
    earlier.sort_by_key(|e| std::cmp::Reverse(e.urgency));
    could_not_tell.sort_by_key(|c| std::cmp::Reverse(c.urgency));
    let (discussed, flags) = fired.into_iter().partition(Flag::is_settled);
    let coverage = coverage(&view);
    FlagsReport {
        schema: 1,
        kind: "flags",
        as_of,
        flags,
        discussed,
        earlier,
        questions: most_useful(&could_not_tell, 2),
        could_not_tell,
        asks: ask::open(diary, &view, None),
        coverage,
        explained: false,
        notes: notes(diary, Nights::ending(view.last, 28), coverage),
    }
}

/// What else must be known to read the flags; periods left out are named where they touch the last four `weeks`.
fn notes(diary: &Diary, weeks: Nights, c: Coverage) -> Vec<String> {
    let mut notes = vec![t!(
        flags,
        "coverage",
        recorded = c.recorded,
        nights = c.nights
    )];
    let touching = diary
        .exclusions
        .iter()
        .filter(|x| x.from <= weeks.to && x.to >= weeks.from);
    notes.extend(touching.map(|x| t!(flags, "excluded", from = x.from, to = x.to, why = x.text)));
    notes.push(t!(flags, "not-a-diagnosis").to_string());
    notes
}

/// The open questions about entries up to the night of `as_of`, the most urgent first; of the entries `only`, where given.
pub(crate) fn asks(diary: &Diary, as_of: NaiveDate, only: Option<&HashSet<&Key>>) -> Vec<Ask> {
    ask::open(diary, &View::new(diary, as_of, false), only)
}

/// What the records `new` set off, to be said right after they are written: urgent rules and safety limits whose entries
/// include one of them, unless the person has seen or discussed the same already; and the questions that would settle
/// rules of that sort for which a new record speaks but something is missing.
pub(crate) fn set_off(diary: &Diary, as_of: NaiveDate, new: &[Key]) -> AtEntry {
    let view = View::new(diary, as_of, false);
    // An import may bring tens of thousands of records.
    let new: HashSet<&Key> = new.iter().collect();
    let fresh = |evidence: &[Evidence]| evidence.iter().any(|e| new.contains(&e.key));
    let mut flags = Vec::new();
    let mut could_not_tell = Vec::new();
    for rule in crate::rules::all().filter(|r| r.urgency.is_urgent() || r.sort == Sort::Safety) {
        let finding = rule.evaluate(view.at(view.last));
        if !fresh(&finding.evidence) {
            continue;
        }
        match finding.answer {
            Answer::Yes => flags.push(fire(&view, rule, finding)),
            Answer::Unknown => could_not_tell.push(CouldNotTell::new(rule, finding)),
            Answer::No => {}
        }
    }
    flags.retain(|flag| flag.seen.is_none() && !flag.is_settled());
    flags.sort_by_key(|f| std::cmp::Reverse(f.urgency));
    could_not_tell.retain(|c| c.begun);
    AtEntry {
        flags,
        asks: ask::open(diary, &view, Some(&new)),
        questions: most_useful(&could_not_tell, 2),
    }
}

fn coverage(view: &View) -> Coverage {
    let mut c = Coverage::default();
    for seen in view.at(view.last).counting_excluded(true).nights(28) {
        // Tonight is not missing yet.
        if seen.night == view.last && seen.state == NightState::Unknown {
            continue;
        }
        if seen.excluded {
            c.excluded += 1;
            continue;
        }
        c.nights += 1;
        match seen.state {
            NightState::Cramp => c.cramp += 1,
            NightState::Calm => c.calm += 1,
            NightState::Unknown => c.unknown += 1,
        }
    }
    c.recorded = c.cramp + c.calm;
    c
}

/// How many days apart a rule is asked when it is followed back, and how often.
fn steps(rule: &Rule) -> (i64, i64) {
    match rule.sort {
        Sort::RedFlag => (RED_FLAG_DAYS, LOOKBACK_NIGHTS / RED_FLAG_DAYS - 1),
        _ => (7, FOLLOWED_WEEKS),
    }
}

fn fire(view: &View, rule: &'static Rule, finding: Finding) -> Flag {
    let last = dates(&finding.evidence).1;
    let mut first = dates(&finding.evidence).0;
    let (days, count) = steps(rule);
    for step in 1..=count {
        let then = rule.evaluate(view.at(view.last.plus(-days * step)));
        match then.answer {
            Answer::Yes => first = first.min(dates(&then.evidence).0).or(first),
            Answer::No => break,
            // A week nobody wrote about neither ends a run nor begins one.
            Answer::Unknown => {}
        }
    }
    let span = match (first, last) {
        (Some(first), Some(last)) => (last - first).num_days(),
        _ => 0,
    };
    let seen = view
        .notes_of(rule.id, FlagAction::Seen)
        .next_back()
        .filter(|note| worse::nothing_new(view, rule, &finding, note))
        .map(|note| note.night.date());
    let discussed = view
        .notes_of(rule.id, FlagAction::Discussed)
        .next_back()
        .map(|note| Talk {
            date: note.night.date(),
            text: note.text.clone(),
            worse: worse::since(view, rule, &finding, note),
        });
    let noted_before = noted_before(&finding.evidence, view.last.date());
    Flag {
        id: rule.id,
        urgency: rule.urgency,
        observed: observed(rule, &finding, Reader::Patient),
        to_clinician: observed(rule, &finding, Reader::Clinician),
        why: rule.why,
        advice: advice(rule, noted_before),
        noted_before,
        evidence: finding.evidence,
        sources: &rule.sources,
        proposal: rule.proposal,
        status: if span >= PERSISTENT_DAYS {
            Persistence::Persistent
        } else {
            Persistence::New
        },
        first,
        last,
        seen,
        discussed,
        reviewed: rule.reviewed,
        because: None,
    }
}

fn find_earlier(view: &View, rule: &'static Rule, gone: bool) -> Option<Earlier> {
    if !rule.when.could_hold(view) {
        return None;
    }
    let (days, count) = steps(rule);
    let mut found: Option<Earlier> = None;
    for step in 1..=count {
        let then = rule.evaluate(view.at(view.last.plus(-days * step)));
        let (first, last) = dates(&then.evidence);
        match (then.answer, &mut found) {
            (Answer::Yes, None) => {
                found = Some(Earlier {
                    id: rule.id,
                    urgency: rule.urgency,
                    first,
                    last,
                    status: if gone { "gone" } else { "not recorded since" },
                });
            }
            (Answer::Yes, Some(earlier)) => {
                earlier.first = earlier.first.min(first).or(earlier.first)
            }
            (Answer::No, Some(_)) => break,
            _ => {}
        }
    }
    found
}
