//! Conditions as a whole: what a tree of tests answers, whether it could ever have held, and how it reads in words.

use crate::data::rule::{
    Burden, Condition, EpisodeTest, MedicineWhen, PersonTest, Rule, SideWanted, Sort, Substance,
    SymptomTest, Trait,
};
use crate::diary::Word;
use crate::diary::vocabulary::{Kind, Period};
use crate::rules::answer::Finding;
use crate::rules::evidence::plain;
use crate::rules::view::{At, View};

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
            Condition::Unless(part) => Finding::unless(part.evaluate(at)),
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

impl Condition {
    /// False only when no day of the view can make it Yes.
    pub(super) fn could_hold(&self, view: &View) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|p| p.could_hold(view)),
            Condition::Any(parts) => parts.iter().any(|p| p.could_hold(view)),
            Condition::AtLeast(needed, parts) => {
                parts.iter().filter(|p| p.could_hold(view)).count() >= *needed
            }
            Condition::Unless(_) => true,
            Condition::Symptom(test) => view.ever_noticed(test.name),
            Condition::Episodes(test) => test.kinds.iter().any(|kind| view.ever_had(*kind)),
            Condition::Burden(_) => view.ever_had(Kind::Cramp),
            Condition::Person(PersonTest::Conditions(list)) => {
                view.ever_said("condition", |v| list.contains(&v))
            }
            Condition::Person(PersonTest::Is(key, value)) => view.ever_said(key, |v| v == *value),
            Condition::Person(PersonTest::Pregnant) => view.ever_said("pregnant", |v| v == "yes"),
            Condition::Person(PersonTest::SurgeryWithin(_)) => view.ever_said("surgery", |_| true),
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
        let mut text = plain(self.name);
        match self.side {
            SideWanted::Any => {}
            SideWanted::One => text.push_str(" on one side"),
            SideWanted::Both => text.push_str(" on both sides"),
        }
        if !self.brought.is_empty() {
            text.push_str(&format!(", brought on by {}", words(&self.brought)));
        }
        if !self.relieved.is_empty() {
            text.push_str(&format!(", relieved by {}", words(&self.relieved)));
        }
        if self.lasts_min_s > 0 {
            text.push_str(&format!(", lasting at least {} min", self.lasts_min_s / 60));
        }
        if self.began_within > 0 {
            text.push_str(&format!(", begun in the {} days before", self.began_within));
        }
        if self.lasting > 0 {
            text.push_str(&format!(", for {} days or more", self.lasting));
        }
        if self.nights > 1 {
            text.push_str(&format!(", on {} days or more", self.nights));
        }
        text.push_str(&format!(" (last {} days", self.days));
        if self.began_open {
            text.push_str("; counts as new when no start was recorded");
        }
        text.push(')');
        text
    }
}

fn words<W: Word + std::fmt::Display>(list: &[W]) -> String {
    let list: Vec<&str> = list.iter().map(|w| w.word()).collect();
    list.join(" or ")
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
            Condition::All(parts) => ("all of:".into(), parts),
            Condition::Any(parts) => ("any of:".into(), parts),
            Condition::AtLeast(n, parts) => (format!("at least {n} of:"), parts),
            Condition::Unless(part) => (
                "unless it is known that:".into(),
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
            Condition::Medicine(test) => match test.when {
                MedicineWhen::Within(days) => format!("{} (last {days} days)", test.called),
                MedicineWhen::BeforeOnset(days) => format!(
                    "{} started within {days} days before the first cramp of the diary",
                    test.called
                ),
            },
            Condition::Substance(test) => match test.over {
                Some(limit) => format!(
                    "more than {limit} {} of {} in one day (last {} days)",
                    test.substance.unit(),
                    test.substance.plain(),
                    test.days
                ),
                None => format!("{} taken (last {} days)", test.substance.plain(), test.days),
            },
            Condition::Factor(test) => format!(
                "{} at {} or more on {} nights or more (last {} days)",
                test.factor, test.at_least, test.nights, test.days
            ),
            Condition::All(_)
            | Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Unless(_) => String::new(),
        }
    }
}

impl EpisodeTest {
    fn explain(&self) -> String {
        let mut text = words(&self.kinds);
        match self.period {
            Some(Period::Day) => text.push_str(" by day"),
            Some(Period::Night) => text.push_str(" by night"),
            None => {}
        }
        match self.trait_ {
            Trait::Any => {}
            Trait::LongerThan(s) => text.push_str(&format!(" of more than {} min", s / 60)),
            Trait::AwarenessLost => text.push_str(" with awareness lost or jerking seen"),
            Trait::UrgeRelievedByMoving => text.push_str(" with an urge that moving relieves"),
            Trait::RepeatedAtLeast(n) => {
                text.push_str(&format!(" that came back {n} times at once"))
            }
        }
        if self.nights > 1 {
            text.push_str(&format!(", on {} nights or more", self.nights));
        }
        if self.weeks > 1 {
            text.push_str(&format!(", in {} weeks or more", self.weeks));
        }
        format!("{text} (last {} days)", self.days)
    }
}

impl Burden {
    fn explain(&self) -> String {
        match self {
            Burden::CrampNights { weeks, per_week } => format!(
                "cramps on {per_week} or more nights a week in {weeks} of the last 4 weeks (No only when 10 of 14 nights are recorded)"
            ),
            Burden::MeanSeverity { at_least } => {
                format!("mean pain {at_least}/10 or more in the last 4 weeks")
            }
            Burden::SleepDisturbed { nights } => format!(
                "sleep disturbed by cramps (disturbance 5/10 or more, 30 min lost, or woken) on {nights} nights or more in the last 4 weeks"
            ),
            Burden::Cramps { days, nights } => {
                format!("a cramp on {nights} nights or more (last {days} days)")
            }
            Burden::NoTrigger => {
                "effort and surroundings recorded on most cramp nights of the last 4 weeks, and ordinary".into()
            }
            Burden::TriedWithoutRelief { substance, days } => format!(
                "{} kept up for {days} days or more, cramps still every week and not a quarter fewer than before",
                substance.map_or("a measure or supplement", Substance::plain)
            ),
            Burden::OneSided => "at least 20 cramps with a side over 4 weeks or more, 85 in 100 on one side, and 75 in 100 in each half".into(),
            Burden::AfterLosses { nights } => format!(
                "cramps within a day of heavy sweating, vomiting or diarrhoea on {nights} nights or more in the last 4 weeks"
            ),
        }
    }
}

impl PersonTest {
    fn explain(&self) -> String {
        match self {
            PersonTest::Conditions(list) => format!("known condition: {}", list.join(" or ")),
            PersonTest::Is(key, value) => format!("{key} is {value}"),
            PersonTest::Pregnant => "pregnant".into(),
            PersonTest::Younger(years) => format!("may be younger than {years}"),
            PersonTest::Older(years) => format!("{years} years old or more"),
            PersonTest::SurgeryWithin(days) => format!("an operation in the last {days} days"),
        }
    }
}
