//! What would change if one thing more were written down: the detail of an entry, or the symptom beside it, that decides
//! whether an urgent rule fires.

use chrono::Days;

use crate::data::rule::{Rule, Urgency};
use crate::data::word::Word;
use crate::diary::vocabulary::{RelievedBy, Side, SymptomName};
use crate::diary::{Course, Experiment, Key, Symptom};
use crate::rules::answer::{Answer, Finding, Missing};
use crate::rules::view::View;

/// A start so long ago that nothing counts as new.
const LONG_AGO_DAYS: u64 = 2_000;
/// The number of an entry that is only supposed; no entry has it.
pub(super) const SUPPOSED: i64 = i64::MAX;

/// A detail of a symptom that can decide, in the order in which it is asked for.
pub(crate) struct Detail {
    /// What it is called where an answer is kept.
    pub(crate) name: &'static str,
    is_open: fn(&Symptom) -> bool,
    /// The entry with each answer it may have, the most alarming first.
    answers: fn(&Symptom) -> Vec<Symptom>,
}

/// The details, the first to ask for first.
pub(crate) const DETAILS: [Detail; 6] = [
    Detail {
        name: "side",
        is_open: |s| s.side.is_none(),
        answers: |s| {
            let with = |side| Symptom {
                side: Some(side),
                ..s.clone()
            };
            vec![with(Side::Left), with(Side::Both)]
        },
    },
    Detail {
        name: "since",
        is_open: |s| s.since.is_none(),
        answers: |s| {
            let today = s.noticed_at.local().date();
            let since = |since| Symptom { since, ..s.clone() };
            let long_ago = today.checked_sub_days(Days::new(LONG_AGO_DAYS));
            vec![since(Some(today)), since(long_ago)]
        },
    },
    Detail {
        name: "sudden",
        is_open: |s| s.sudden.is_none(),
        answers: |s| {
            vec![Symptom {
                sudden: Some(true),
                ..s.clone()
            }]
        },
    },
    Detail {
        name: "severity",
        is_open: |s| s.severity.is_none(),
        answers: |s| {
            vec![Symptom {
                severity: Some(10),
                ..s.clone()
            }]
        },
    },
    Detail {
        name: "relieved-by",
        is_open: |s| s.relieved_by.is_none(),
        answers: |s| {
            let with = |by: &RelievedBy| Symptom {
                relieved_by: Some(*by),
                ..s.clone()
            };
            RelievedBy::ALL.iter().map(with).collect()
        },
    },
    Detail {
        name: "lasts",
        is_open: |s| s.lasts_s.is_none(),
        answers: |s| {
            vec![Symptom {
                lasts_s: Some(3_600),
                ..s.clone()
            }]
        },
    },
];

impl<'a> View<'a> {
    /// The view if these symptoms were written down as well, or instead of those with their numbers.
    pub(super) fn supposing<'b>(&self, supposed: &'b [Symptom]) -> View<'b>
    where
        'a: 'b,
    {
        let mut view: View<'b> = self.clone();
        view.symptoms
            .retain(|own| supposed.iter().all(|other| other.id != own.id));
        view.symptoms.extend(supposed);
        view.symptoms.sort_by_key(|s| (s.night, s.id));
        view
    }

    /// The view if an experiment ran, and a measure of its name were taken.
    pub(super) fn supposing_experiment<'b>(
        &self,
        experiment: &'b Experiment,
        measure: Option<&'b Course>,
    ) -> View<'b>
    where
        'a: 'b,
    {
        let mut view: View<'b> = self.clone();
        view.experiments.push(experiment);
        view.courses.extend(measure);
        view
    }

    /// The latest entry of each symptom that was noticed, the latest first.
    pub(super) fn noticed(&self) -> Vec<&'a Symptom> {
        let mut latest: Vec<&'a Symptom> = Vec::new();
        for symptom in self.symptoms.iter().rev().filter(|s| s.present) {
            if latest.iter().all(|known| known.symptom != symptom.symptom) {
                latest.push(symptom);
            }
        }
        latest
    }
}

/// What would decide about a rule.
pub(crate) enum Decides {
    /// A detail of an entry.
    Detail(&'static Detail),
    /// One of these symptoms beside it.
    Companions(Vec<SymptomName>),
}

/// An urgent rule that cannot tell, with what speaks for it so far.
pub(crate) struct Open {
    pub(crate) rule: &'static Rule,
    pub(crate) finding: Finding,
}

/// The urgent rules that cannot tell.
pub(crate) fn undecided(view: &View) -> Vec<Open> {
    let urgent = crate::rules::all().filter(|rule| rule.urgency.is_urgent());
    let asked = urgent.map(|rule| Open {
        rule,
        finding: rule.evaluate(view.at(view.last)),
    });
    asked
        .filter(|open| open.finding.answer == Answer::Unknown)
        .collect()
}

impl Open {
    /// Whether an entry speaks for it so far.
    pub(crate) fn rests_on(&self, key: &Key) -> bool {
        self.finding.evidence.iter().any(|e| e.key == *key)
    }

    /// Whether any symptom speaks for it so far.
    fn is_begun(&self) -> bool {
        let mut entries = self.finding.evidence.iter();
        entries.any(|e| matches!(e.key, Key::Symptom(_)))
    }

    fn fires(&self, view: &View) -> bool {
        self.rule.evaluate(view.at(view.last)).answer == Answer::Yes
    }

    /// The one detail of `entry`, or else the symptoms beside it, that would make the rule fire.
    pub(crate) fn decided_by(&self, view: &View, entry: &Symptom) -> Option<Decides> {
        let open = || DETAILS.iter().filter(|detail| (detail.is_open)(entry));
        let fires = |supposed: &Symptom| {
            let supposed = std::slice::from_ref(supposed);
            self.fires(&view.supposing(supposed))
        };
        let alone = |detail: &&Detail| (detail.answers)(entry).iter().any(fires);
        if let Some(detail) = open().find(alone) {
            return Some(Decides::Detail(detail));
        }
        let most_alarming = worst(entry);
        // several details are missing, and one question is asked at a time
        if most_alarming.iter().any(fires)
            && let Some(first) = open().find(|detail| self.lacks(entry.symptom, detail.name))
        {
            return Some(Decides::Detail(first));
        }
        let beside = self.finding.missing.iter().filter_map(|missing| {
            let Missing::Symptom(name) = missing else {
                return None;
            };
            let fires_beside = most_alarming.iter().any(|entry| {
                let mut both = vec![entry.clone()];
                both.extend(worst(&present(*name, entry)));
                let (own, others) = both.split_at(1);
                let mut pairs = others
                    .iter()
                    .map(|other| [own.to_vec(), vec![other.clone()]]);
                pairs.any(|pair| self.fires(&view.supposing(&pair.concat())))
            });
            fires_beside.then_some(*name)
        });
        let beside: Vec<SymptomName> = beside.collect();
        (!beside.is_empty()).then_some(Decides::Companions(beside))
    }

    /// Whether a detail of a symptom is among what is missing.
    fn lacks(&self, name: SymptomName, detail: &str) -> bool {
        let words = match detail {
            "side" => "one side or both",
            "since" => "since when",
            "sudden" => "whether it came on suddenly",
            "severity" => "how bad it is, 0 to 10",
            "relieved-by" => "what relieves it",
            "lasts" => "how long it lasts each time",
            _ => return true,
        };
        let wanted = Missing::Detail(name, words);
        self.finding.missing.contains(&wanted)
    }
}

/// An entry with everything that is not known as alarming as it may be: on one side, and on both.
fn worst(entry: &Symptom) -> Vec<Symptom> {
    let sides = match entry.side {
        Some(side) => vec![side],
        None => vec![Side::Left, Side::Both],
    };
    let with = |side| Symptom {
        side: Some(side),
        since: entry.since.or(Some(entry.noticed_at.local().date())),
        sudden: entry.sudden.or(Some(true)),
        severity: entry.severity.or(Some(10)),
        relieved_by: entry.relieved_by.or(Some(RelievedBy::Hanging)),
        lasts_s: entry.lasts_s.or(Some(3_600)),
        ..entry.clone()
    };
    sides.into_iter().map(with).collect()
}

/// A symptom supposed to be noticed together with `entry`.
fn present(name: SymptomName, entry: &Symptom) -> Symptom {
    Symptom {
        side: entry.side,
        ..Symptom::blank(
            SUPPOSED,
            entry.noticed_at.clone(),
            entry.night,
            name,
            true,
            entry.recorded_at,
        )
    }
}

/// The rule that `name` could begin if it were noticed as `like`: whether it would set it off by itself, and how urgent
/// it is. `None` when it could begin none.
pub(crate) fn could_begin(
    view: &View,
    undecided: &[Open],
    name: SymptomName,
    like: &Symptom,
) -> Option<(bool, Urgency)> {
    let key = Key::Symptom(SUPPOSED);
    let supposed = worst(&present(name, like));
    let found = supposed.iter().flat_map(|supposed| {
        let supposed = view.supposing(std::slice::from_ref(supposed));
        let begins = |open: &&Open| {
            let then = open.rule.evaluate(supposed.at(supposed.last));
            let waits = || {
                let missing = then.missing.iter();
                missing.clone().any(|m| matches!(m, Missing::Symptom(_)))
            };
            match then.answer {
                Answer::Yes => true,
                Answer::Unknown => {
                    !open.is_begun() && then.evidence.iter().any(|e| e.key == key) && waits()
                }
                Answer::No => false,
            }
        };
        let urgencies: Vec<(bool, Urgency)> = undecided
            .iter()
            .filter(begins)
            .map(|open| (open.fires(&supposed), open.rule.urgency))
            .collect();
        urgencies
    });
    // a rule it would set off by itself says more than one that needs another sign
    found.max()
}
