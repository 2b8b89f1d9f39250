//! What all rules answer on one day, since when, and what was done about it.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::data::rule::{Rule, Sort, Urgency};
use crate::diary::vocabulary::FlagAction;
use crate::diary::{Coverage, Diary, Exclusion, Key, Night, NightState, Nights};
use crate::rules::answer::{Answer, Finding};
use crate::rules::evidence::Evidence;
use crate::rules::question::{Question, Unclear, most_useful};
use crate::rules::view::{LOOKBACK_NIGHTS, View};
use crate::rules::worse;

/// A pattern that has shown for this many days is persistent, before that it is new.
pub(crate) const PERSISTENT_DAYS: i64 = 14;
/// How far back patterns are followed, in weekly steps; red flags are followed over the whole lookback.
const FOLLOWED_WEEKS: i64 = 12;
/// Red flags are followed back in steps of the time for which one entry keeps them up.
const RED_FLAG_DAYS: i64 = 28;

/// Whether a pattern is new or has lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Persistence {
    /// Its entries span less than [`PERSISTENT_DAYS`].
    New,
    /// Its entries span at least that.
    Persistent,
}

/// A talk with a clinician about a flag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Talk {
    /// The day it happened.
    pub(crate) date: NaiveDate,
    /// What came of it, in the person's words.
    pub(crate) text: Option<String>,
    /// What has become worse since, in words; `None` while nothing has.
    pub(crate) worse: Option<String>,
}

/// A rule that answers Yes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fired {
    /// Which.
    pub(crate) rule: &'static Rule,
    /// The entries behind it.
    pub(crate) finding: Finding,
    /// New or persistent.
    pub(crate) persistence: Persistence,
    /// The day of the first entry of the present run.
    pub(crate) first: Option<NaiveDate>,
    /// The day of the last entry.
    pub(crate) last: Option<NaiveDate>,
    /// The day the person last said they had seen it, if nothing new came since.
    pub(crate) seen: Option<NaiveDate>,
    /// The last talk with a clinician about it.
    pub(crate) discussed: Option<Talk>,
}

impl Fired {
    /// Discussed, and no worse since: listed, but it does not come up again.
    pub(crate) fn is_settled(&self) -> bool {
        self.discussed.as_ref().is_some_and(|d| d.worse.is_none())
    }
}

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

/// What all rules answer on one day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evaluation<'a> {
    /// The day.
    pub(crate) as_of: NaiveDate,
    /// Rules that answer Yes, the most urgent first.
    pub(crate) fired: Vec<Fired>,
    /// Rules that answered Yes earlier.
    pub(crate) earlier: Vec<Earlier>,
    /// Rules that answer Unknown.
    pub(crate) unclear: Vec<Unclear>,
    /// The one or two questions that would settle most.
    pub(crate) questions: Vec<Question>,
    /// How well the last four weeks are recorded.
    pub(crate) coverage: Coverage,
    /// Excluded periods that touch the last four weeks.
    pub(crate) excluded: Vec<&'a Exclusion>,
}

/// Evaluates every rule on the records of `diary` up to the night of `as_of`; later records are not read.
///
/// The diary may be a window of [`LOOKBACK_NIGHTS`] nights: no rule looks further back, except that only a `whole` diary says
/// which cramp was the first, for the rule about medicines started before it.
pub(crate) fn evaluate(diary: &Diary, as_of: NaiveDate, whole: bool) -> Evaluation<'_> {
    let view = View::new(diary, as_of, whole);
    let mut fired = Vec::new();
    let mut earlier = Vec::new();
    let mut unclear = Vec::new();
    for rule in crate::rules::all() {
        let finding = rule.evaluate(view.at(view.last));
        match finding.answer {
            Answer::Yes => fired.push(fire(&view, rule, finding)),
            answer => {
                earlier.extend(find_earlier(&view, rule, answer == Answer::No));
                if answer == Answer::Unknown {
                    unclear.push(Unclear {
                        rule,
                        missing: finding.missing,
                        evidence: finding.evidence,
                    });
                }
            }
        }
    }
    fired.sort_by_key(|f| std::cmp::Reverse(f.rule.urgency));
    earlier.sort_by_key(|e| std::cmp::Reverse(e.urgency));
    unclear.sort_by_key(|u| std::cmp::Reverse(u.rule.urgency));
    let questions = most_useful(&unclear, 2);
    let weeks = Nights::ending(view.last, 28);
    Evaluation {
        as_of,
        fired,
        earlier,
        questions,
        unclear,
        coverage: coverage(&view),
        excluded: diary
            .exclusions
            .iter()
            .filter(|x| x.from <= weeks.to && x.to >= weeks.from)
            .collect(),
    }
}

/// What the records `new` set off: urgent rules and safety limits whose entries include one of them, unless the person has
/// seen or discussed the same already. Second, rules of that sort for which a new record speaks but something is missing.
pub(crate) fn at_entry<'a>(
    diary: &'a Diary,
    as_of: NaiveDate,
    new: &[Key],
) -> (Vec<Fired>, Vec<Unclear>) {
    let view = View::new(diary, as_of, false);
    // An import may bring tens of thousands of records.
    let new: HashSet<&Key> = new.iter().collect();
    let fresh = |evidence: &[Evidence]| evidence.iter().any(|e| new.contains(&e.key));
    let mut fired = Vec::new();
    let mut unclear = Vec::new();
    for rule in crate::rules::all().filter(|r| r.urgency.is_urgent() || r.sort == Sort::Safety) {
        let finding = rule.evaluate(view.at(view.last));
        if !fresh(&finding.evidence) {
            continue;
        }
        match finding.answer {
            Answer::Yes => {
                let flag = fire(&view, rule, finding);
                if flag.seen.is_none() && !flag.is_settled() {
                    fired.push(flag);
                }
            }
            Answer::Unknown => unclear.push(Unclear {
                rule,
                missing: finding.missing,
                evidence: finding.evidence,
            }),
            Answer::No => {}
        }
    }
    fired.sort_by_key(|f| std::cmp::Reverse(f.rule.urgency));
    unclear.retain(Unclear::is_near);
    (fired, unclear)
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

fn fire(view: &View, rule: &'static Rule, finding: Finding) -> Fired {
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
    Fired {
        rule,
        persistence: if span >= PERSISTENT_DAYS {
            Persistence::Persistent
        } else {
            Persistence::New
        },
        first,
        last,
        finding,
        seen,
        discussed,
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

/// First and last day of the entries: of those kept under nights, or of the others when there are none.
pub(crate) fn dates(evidence: &[Evidence]) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let of = |nightly: bool| -> Vec<NaiveDate> {
        evidence
            .iter()
            .filter(|e| e.night.is_some() == nightly)
            .filter_map(|e| e.date)
            .collect()
    };
    let mut days = of(true);
    if days.is_empty() {
        days = of(false);
    }
    (days.iter().min().copied(), days.iter().max().copied())
}

/// On how many different nights the entries are.
pub(crate) fn night_count(evidence: &[Evidence]) -> usize {
    let nights: std::collections::BTreeSet<Night> =
        evidence.iter().filter_map(|e| e.night).collect();
    nights.len()
}
