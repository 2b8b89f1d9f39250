//! The rules about an experiment, as if it ran: the limits that look at its dose or at what is done, and who may not try.

use chrono::{NaiveDate, NaiveTime};

use crate::data::rule::{Rule, Sort};
use crate::data::rule_book;
use crate::diary::names;
use crate::diary::vocabulary::{CourseKind, ExperimentDesign};
use crate::diary::{Course, Diary, Experiment, Key, Night};
use crate::rules::answer::{Answer, Missing};
use crate::rules::suppose::SUPPOSED;
use crate::rules::trial_thing::Dose;
use crate::rules::view::View;

/// A rule that speaks against an experiment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Against {
    pub(crate) rule: &'static Rule,
    /// The entries that make it do so.
    pub(crate) entries: Vec<String>,
    pub(crate) keys: Vec<Key>,
    /// What a day would add up to, where that is what it is about.
    pub(crate) amount: Option<(f64, &'static str)>,
}

/// The experiment as if it began tonight.
pub(super) fn supposed(
    thing: &str,
    on: Option<&str>,
    dose: Option<&Dose>,
    today: NaiveDate,
) -> Experiment {
    let tonight = Night::of_evening(today);
    let none = String::new;
    let design = ExperimentDesign::Pairs;
    let experiment = Experiment::blank(
        SUPPOSED,
        thing.to_string(),
        design,
        tonight,
        tonight,
        1,
        0,
        1.0,
        1.0,
        none(),
        none(),
        none(),
        today.and_time(NaiveTime::MIN).and_utc(),
    );
    Experiment {
        on: on.map(str::to_string),
        dose: dose.map(|dose| dose.amount),
        unit: dose.map(|dose| dose.unit.clone()),
        basis: dose.and_then(|dose| dose.basis),
        ..experiment
    }
}

/// What rules say about an experiment.
#[derive(Default)]
pub(super) struct Found {
    pub(super) against: Vec<Against>,
    pub(super) missing: Vec<Missing>,
}

/// What the rules say that look at the dose or the measure of an experiment, and those about experiments.
pub(super) fn rules_about(
    diary: &Diary,
    experiment: &Experiment,
    supplement: bool,
    today: NaiveDate,
) -> Found {
    let measure = names::measure(&experiment.thing).map(|_| {
        let (name, kind) = (experiment.thing.clone(), CourseKind::Measure);
        Course::blank(SUPPOSED, name, kind, today, experiment.recorded_at)
    });
    let seen = View::new(diary, today, true);
    let view = seen.supposing_experiment(experiment, measure.as_ref());
    let own = [Key::Experiment(experiment.id), Key::Course(SUPPOSED)];
    let mut found = Found::default();
    let limits = crate::rules::all().filter(|r| r.urgency.is_urgent() || r.sort == Sort::Safety);
    for rule in limits.chain(&rule_book().trials) {
        let about_all = match rule.sort {
            Sort::Trial => true,
            Sort::TrialSupplement if supplement => true,
            Sort::TrialSupplement => continue,
            _ => false,
        };
        let finding = rule.evaluate(view.at(view.last));
        if !about_all && !finding.evidence.iter().any(|e| own.contains(&e.key)) {
            continue;
        }
        match finding.answer {
            Answer::Yes => {
                let others = finding.evidence.into_iter();
                let others = others.filter(|e| !own.contains(&e.key));
                let (keys, entries) = others
                    .map(|e| (e.key.clone(), e.says().into_owned()))
                    .unzip();
                found.against.push(Against {
                    rule,
                    entries,
                    keys,
                    amount: finding.amount,
                });
            }
            Answer::Unknown => found.missing.extend(finding.missing),
            Answer::No => {}
        }
    }
    let urgency = |against: &Against| std::cmp::Reverse(against.rule.urgency);
    found.against.sort_by_key(urgency);
    found.missing.sort();
    found.missing.dedup();
    found
}
