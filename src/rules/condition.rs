//! Conditions as a whole: what a tree of tests answers, whether it could ever have held, and how it reads in words.

use crate::data::rule::{
    Burden, Condition, EpisodeTest, MedicineWhen, PersonTest, Rule, SideWanted, Sort, Substance,
    SymptomTest, Trait,
};
use crate::diary::vocabulary::{Kind, Period};
use crate::rules::answer::{Answer, Finding};
use crate::rules::evidence::plain;
use crate::rules::nights::{
    after_losses, cramp_nights, cramps, mean_severity, one_sided, sleep_disturbed,
};
use crate::rules::person::BLOOD_PRESSURE;
use crate::rules::tried::{no_trigger, without_relief};
use crate::rules::view::{At, View};
use crate::words::t;

impl Rule {
    /// What the diary answers on the day of `at`.
    pub(crate) fn evaluate(&self, at: At) -> Finding {
        self.when
            .evaluate(at.counting_excluded(self.sort == Sort::RedFlag))
    }
}

impl Condition {
    /// The answer of the whole tree on the day of `at`.
    pub(crate) fn evaluate(&self, at: At) -> Finding {
        let each = |parts: &[Condition]| parts.iter().map(|p| p.evaluate(at)).collect::<Vec<_>>();
        match self {
            Condition::All(parts) => Finding::at_least(parts.len(), each(parts)),
            Condition::Any(parts) => Finding::at_least(1, each(parts)),
            Condition::AtLeast(needed, parts) => Finding::at_least(*needed, each(parts)),
            Condition::Unless(part) => Finding::unless(part.evaluate(at), Answer::Yes),
            Condition::UnlessDenied(part) => Finding::unless(part.evaluate(at), Answer::No),
            Condition::Symptom(test) => test.evaluate(at),
            Condition::Episodes(test) => test.evaluate(at),
            Condition::Burden(burden) => burden.evaluate(at),
            Condition::Person(test) => test.evaluate(at),
            Condition::Medicine(test) => test.evaluate(at),
            Condition::Substance(test) => test.evaluate(at),
            Condition::Factor(test) => test.evaluate(at),
        }
    }
}

impl Burden {
    fn evaluate(&self, at: At) -> Finding {
        match *self {
            Burden::CrampNights { weeks, per_week } => {
                cramp_nights(at, usize::from(weeks), usize::from(per_week))
            }
            Burden::MeanSeverity { at_least } => mean_severity(at, at_least),
            Burden::SleepDisturbed { nights } => sleep_disturbed(at, usize::from(nights)),
            Burden::Cramps { days, nights } => cramps(at, days, usize::from(nights)),
            Burden::NoTrigger => no_trigger(at),
            Burden::TriedWithoutRelief { substance, days } => without_relief(at, substance, days),
            Burden::OneSided => one_sided(at),
            Burden::AfterLosses { nights } => after_losses(at, usize::from(nights)),
        }
    }
}

impl Condition {
    /// False only when no day of the view can make it Yes.
    pub(super) fn could_hold(&self, view: &View) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|p| p.could_hold(view)),
            Condition::Any(parts) => parts.iter().any(|p| p.could_hold(view)),
            Condition::AtLeast(needed, parts) => {
                parts.iter().filter(|p| p.could_hold(view)).count() >= *needed
            }
            Condition::Unless(_) | Condition::UnlessDenied(_) => true,
            Condition::Symptom(test) => view.ever_noticed(test.name),
            Condition::Episodes(test) => test.kinds.iter().any(|kind| view.ever_had(*kind)),
            Condition::Burden(_) => view.ever_had(Kind::Cramp),
            Condition::Person(PersonTest::Conditions(list)) => {
                view.ever_said("condition", |v| list.contains(&v))
            }
            Condition::Person(PersonTest::Is(key, value)) => view.ever_said(key, |v| v == *value),
            Condition::Person(PersonTest::Pregnant) => view.ever_said("pregnant", |v| v == "yes"),
            Condition::Person(PersonTest::Within(key, _)) => view.ever_said(key, |_| true),
            Condition::Person(PersonTest::PressureFrom(..)) => {
                view.ever_said(BLOOD_PRESSURE, |_| true)
            }
            Condition::Person(PersonTest::Younger(_) | PersonTest::Older(_)) => {
                view.ever_said("born", |_| true)
            }
            Condition::Medicine(_) => view.ever_took(),
            Condition::Substance(test) => {
                view.ever_took() || test.substance.factor().is_some_and(|f| view.ever_valued(f))
            }
            Condition::Factor(test) => view.ever_valued(test.factor),
        }
    }
}

impl SymptomTest {
    fn explain(&self) -> String {
        let mut what = plain(self.name);
        match self.side {
            SideWanted::Any => {}
            SideWanted::One => what = t!(rules, "on-one-side", what),
            SideWanted::Both => what = t!(rules, "on-both-sides", what),
        }
        if !self.brought.is_empty() {
            what = t!(rules, "brought-on-by", what, by = any_of(&self.brought));
        }
        if !self.relieved.is_empty() {
            what = t!(rules, "relieved-by", what, by = any_of(&self.relieved));
        }
        if self.severity_from > 0 {
            what = t!(rules, "severity-from", what, score = self.severity_from);
        }
        if self.bigger_by_cm > 0 {
            what = t!(rules, "bigger-by", what, cm = self.bigger_by_cm);
        }
        if self.worse {
            what = t!(rules, "worse", what);
        }
        if self.sudden {
            what = t!(rules, "sudden", what);
        }
        if self.lasts_min_s > 0 {
            what = t!(
                rules,
                "lasting-minutes",
                what,
                minutes = self.lasts_min_s / 60
            );
        }
        if self.lasts_max_s > 0 {
            what = t!(
                rules,
                "lasting-at-most",
                what,
                minutes = self.lasts_max_s / 60
            );
        }
        if self.began_within > 0 {
            what = t!(rules, "begun-within", what, days = self.began_within);
        }
        if self.lasting > 0 {
            what = t!(rules, "for-days", what, days = self.lasting);
        }
        if self.nights > 1 {
            what = t!(rules, "on-days", what, days = self.nights);
        }
        if self.also_over {
            what = t!(rules, "also-over", what);
        }
        match self.began_open {
            true => t!(rules, "last-days-new", what, days = self.days),
            false => t!(rules, "last-days", what, days = self.days),
        }
    }
}

fn any_of<W: ToString>(list: &[W]) -> String {
    let words = list.iter().map(W::to_string);
    let joined = words.reduce(|first, last| t!(rules, "or", first, last));
    joined.unwrap_or_default()
}

impl Condition {
    /// The condition in words, one line a part, deeper parts indented by two blanks.
    pub(crate) fn explain(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.write(0, &mut lines);
        lines
    }

    fn write(&self, depth: usize, lines: &mut Vec<String>) {
        let (head, parts): (String, &[Condition]) = match self {
            Condition::All(parts) => (t!(rules, "all-of").into(), parts),
            Condition::Any(parts) => (t!(rules, "any-of").into(), parts),
            Condition::AtLeast(n, parts) => (t!(rules, "at-least-of", n), parts),
            Condition::Unless(part) => (t!(rules, "unless").into(), std::slice::from_ref(&**part)),
            Condition::UnlessDenied(part) => (
                t!(rules, "unless-denied").into(),
                std::slice::from_ref(&**part),
            ),
            other => (other.leaf(), &[]),
        };
        lines.push(format!("{}{head}", "  ".repeat(depth)));
        for part in parts {
            part.write(depth + 1, lines);
        }
    }

    fn leaf(&self) -> String {
        match self {
            Condition::Symptom(test) => test.explain(),
            Condition::Episodes(test) => test.explain(),
            Condition::Burden(burden) => burden.explain(),
            Condition::Person(test) => test.explain(),
            Condition::Medicine(test) => match (test.called, test.when) {
                (what, MedicineWhen::Within(days)) => t!(rules, "last-days", what, days),
                (what, MedicineWhen::BeforeOnset(days)) => {
                    t!(rules, "started-before", what, days)
                }
            },
            Condition::Substance(test) => {
                let (what, days) = (test.substance.plain(), test.days);
                let unit = test.substance.unit();
                match test.over {
                    Some(limit) => {
                        let limit = limit.to_string();
                        t!(rules, "more-than", limit, unit, what, days)
                    }
                    None => t!(rules, "taken", what, days),
                }
            }
            Condition::Factor(test) => t!(
                rules,
                "factor-at",
                factor = test.factor,
                value = test.at_least.to_string(),
                nights = test.nights,
                days = test.days
            ),
            Condition::All(_)
            | Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Unless(_)
            | Condition::UnlessDenied(_) => String::new(),
        }
    }
}

impl EpisodeTest {
    fn explain(&self) -> String {
        let mut what = any_of(&self.kinds);
        match self.period {
            Some(Period::Day) => what = t!(rules, "by-day", what),
            Some(Period::Night) => what = t!(rules, "by-night", what),
            None => {}
        }
        what = match self.trait_ {
            Trait::Any => what,
            Trait::LongerThan(s) => t!(rules, "longer-than", what, minutes = s / 60),
            Trait::AwarenessLost => t!(rules, "awareness-lost", what),
            Trait::UrgeRelievedByMoving => t!(rules, "urge-relieved", what),
            Trait::RepeatedAtLeast(n) => t!(rules, "repeated", what, n),
        };
        if self.nights > 1 {
            what = t!(rules, "on-nights", what, nights = self.nights);
        }
        if self.weeks > 1 {
            what = t!(rules, "in-weeks", what, weeks = self.weeks);
        }
        t!(rules, "last-days", what, days = self.days)
    }
}

impl Burden {
    fn explain(&self) -> String {
        match self {
            Burden::CrampNights { weeks, per_week } => {
                t!(rules, "cramp-nights", nights = *per_week, weeks = *weeks)
            }
            Burden::MeanSeverity { at_least } => t!(rules, "mean-pain", pain = *at_least),
            Burden::SleepDisturbed { nights } => t!(rules, "sleep-disturbed", nights),
            Burden::Cramps { days, nights } => t!(rules, "cramps", nights, days),
            Burden::NoTrigger => t!(rules, "no-trigger").into(),
            Burden::TriedWithoutRelief { substance, days } => {
                let anything = t!(rules, "measure-or-supplement");
                let what = substance.map_or(anything, Substance::plain);
                t!(rules, "tried", what, days)
            }
            Burden::OneSided => t!(rules, "one-sided").into(),
            Burden::AfterLosses { nights } => t!(rules, "after-losses", nights),
        }
    }
}

impl PersonTest {
    fn explain(&self) -> String {
        match self {
            PersonTest::Conditions(list) => t!(rules, "known-condition", list = any_of(list)),
            PersonTest::Is(key, value) => t!(rules, "fact-is", key, value),
            PersonTest::Pregnant => t!(rules, "pregnant").into(),
            PersonTest::Younger(years) => t!(rules, "may-be-younger", years),
            PersonTest::Older(years) => t!(rules, "or-older", years),
            PersonTest::Within(key, days) => t!(rules, "fact-within", key, days),
            PersonTest::PressureFrom(upper, lower) => t!(rules, "pressure-from", upper, lower),
        }
    }
}
