//! Supplements and drinks that have a limit: how they are recognised, how much of the element a dose holds, and what a
//! day adds up to over courses, single doses and the factors of the night.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::data::rule::{FactorTest, Substance, SubstanceTest};
use crate::data::tables::{Factor, factors};
use crate::diary::substance::{self, Nutrient, Product};
use crate::diary::typed::plain_name;
use crate::diary::vocabulary::{Basis, CourseKind, MedicineClass};
use crate::diary::{Course, Experiment, Intake, Night, NightState, Word};
use crate::rules::answer::{Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::rules::nights::nights_wanted;
use crate::rules::person::{everything_is_listed, unanswered};
use crate::rules::view::{At, Seen};

/// An amount known to lie between two bounds; equal bounds are an exact amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    /// At least this much.
    pub(crate) low: f64,
    /// At most this much; infinite when the amount was not recorded.
    pub(crate) high: f64,
}

impl Amount {
    /// Not recorded.
    pub(crate) const UNKNOWN: Amount = Amount {
        low: 0.0,
        high: f64::INFINITY,
    };

    /// Exactly this much.
    pub(crate) fn exactly(value: f64) -> Self {
        Amount {
            low: value,
            high: value,
        }
    }

    /// Both together.
    pub(crate) fn plus(self, other: Amount) -> Self {
        Amount {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    /// What is left of it when `other` is taken away.
    fn beyond(self, other: Amount) -> Self {
        Amount {
            low: (self.low - other.high).max(0.0),
            high: match self.high.is_finite() {
                true => (self.high - other.low).max(0.0),
                false => self.high,
            },
        }
    }

    /// So many times as much.
    pub(crate) fn times(self, count: f64) -> Self {
        Amount {
            low: self.low * count,
            high: match self.high.is_finite() {
                true => self.high * count,
                false => self.high,
            },
        }
    }
}

impl Substance {
    /// The nutrient, except for quinine.
    pub(crate) fn nutrient(self) -> Option<Nutrient> {
        match self {
            Substance::Salt => Some(Nutrient::Sodium),
            other => Nutrient::from_word(other.word()),
        }
    }

    /// As it stands in a sentence.
    pub(crate) fn plain(self) -> &'static str {
        match self {
            Substance::Magnesium => "magnesium",
            Substance::Calcium => "calcium",
            Substance::Potassium => "potassium",
            Substance::Salt => "salt",
            Substance::VitaminD => "vitamin D",
            Substance::VitaminB6 => "vitamin B6",
            Substance::VitaminK2 => "vitamin K2",
            Substance::Quinine => "quinine or tonic water",
        }
    }

    /// The factor of the night that states its amount, in the built-in catalogue.
    pub(crate) fn factor(self) -> Option<&'static str> {
        let nutrient = self.nutrient()?;
        let states = |f: &&Factor| f.nutrient == Some(nutrient);
        factors().iter().find(states).map(|f| f.factor)
    }

    /// Whether a product of this name holds it. "Atorvastatin calcium" is a medicine, not a calcium supplement.
    pub(crate) fn named(self, name: &str) -> bool {
        let plain = plain_name(name);
        match self.nutrient() {
            None => substance::is_quinine(name),
            Some(nutrient) => {
                let holds = nutrient.is_in(name)
                    || self == Substance::Potassium && plain.contains("salt substitute")
                    || self == Substance::Salt
                        && (plain == "salt" || plain.starts_with("salt tablet"));
                holds && substance::classes_of(name).is_empty()
            }
        }
    }

    /// How much of it one dose of the product `name` holds, in this substance's own unit.
    ///
    /// A salt that is named without saying whether its weight or the element's is meant lies between the two. A bare
    /// name ("magnesium") is taken as the element, as labels state it. Anything that does not tell is unknown.
    pub(crate) fn amount(
        self,
        name: &str,
        dose: Option<f64>,
        unit: Option<&str>,
        basis: Option<Basis>,
    ) -> Amount {
        let read = dose.zip(unit);
        let amount = read.and_then(|(dose, unit)| substance::amount(name, dose, unit, basis));
        self.own(amount)
    }

    /// An amount that was read, if it is one of this substance.
    fn own(self, amount: Option<substance::Amount>) -> Amount {
        let own = amount.filter(|amount| self.nutrient() == Some(amount.nutrient));
        own.map_or(Amount::UNKNOWN, |a| Amount {
            low: a.low,
            high: a.high,
        })
    }
}

/// What is written down of a substance over the days looked at, with the amount of one dose.
struct Taken<'a> {
    /// The factor of the night that states its amount.
    factor: Option<&'static str>,
    courses: Vec<(&'a Course, Amount)>,
    experiments: Vec<(&'a Experiment, Amount)>,
    /// With the day of each.
    intakes: Vec<(&'a Intake, NaiveDate, Amount)>,
}

/// What one day added up to, and the entries it came from.
struct DayTotal {
    amount: Amount,
    evidence: Vec<Evidence>,
}

impl SubstanceTest {
    /// Yes when some day was certainly over the limit; No when what is written down certainly stays below; Unknown
    /// when an amount is missing or nothing is written down at all.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let mut over = Vec::new();
        let mut highest = 0.0_f64;
        let mut open = Vec::new();
        let mut recorded = false;
        let mut zero = false;
        let dates = self.dates(at);
        let taken = self.taken(at, dates.first().copied());
        for date in dates {
            let Some(day) = self.total(at, date, &taken) else {
                continue;
            };
            if day.evidence.is_empty() {
                zero = true;
                continue;
            }
            recorded = true;
            let limit = self.over.unwrap_or(0.0);
            if day.amount.low > limit || self.over.is_none() && day.amount.high > 0.0 {
                highest = highest.max(day.amount.low);
                over.extend(day.evidence);
            } else if day.amount.high > limit {
                open.extend(day.evidence);
            }
        }
        let name = self.substance.plain();
        if !over.is_empty() {
            let amount = self.over.map(|_| (highest, self.substance.unit()));
            return Finding {
                amount,
                ..Finding::yes(over)
            };
        }
        if !open.is_empty() {
            let first = open.first().map_or("".into(), Evidence::says);
            let ask = format!("how much {name} itself is in \"{first}\"");
            return Finding::partly(open, vec![Missing::Amount(ask)]);
        }
        // A medicine of which nobody knows what it is may hold it.
        let unknown = unanswered(at, self.days);
        if !unknown.is_empty() {
            return Finding::partly(Vec::new(), unknown);
        }
        if recorded || zero || everything_is_listed(at) {
            return Finding::no();
        }
        Finding::unknown(Missing::Substance(name))
    }

    /// The days looked at, oldest first. A dose after midnight belongs to the calendar day it was taken on.
    fn dates(&self, at: At) -> Vec<NaiveDate> {
        let window = at.window(self.days);
        let mut dates: BTreeSet<NaiveDate> = window.iter().map(|n| n.date()).collect();
        dates.extend(at.intakes(self.days).map(|i| i.taken_at.local().date()));
        dates.into_iter().collect()
    }

    /// The courses still taken on the `first` day or later, and the doses, that hold the substance. Reading a name takes
    /// longer than adding up a day, so each is read once for all days.
    fn taken<'a>(&self, at: At<'_, 'a>, first: Option<NaiveDate>) -> Taken<'a> {
        let substance = self.substance;
        let may_count = |c: &&Course| c.stop.is_none_or(|stop| first <= Some(stop));
        let courses = at
            .courses()
            .filter(|c| may_count(c) && self.is_course(c))
            .map(|c| {
                let (unit, basis) = (c.unit.as_deref(), c.basis);
                (c, substance.amount(&c.name, c.dose, unit, basis))
            });
        let experiments = at
            .experiments()
            .filter(|e| first <= Some(e.to.date()) && substance.named(&e.thing))
            .map(|e| (e, substance.own(substance::amount_of_experiment(e))));
        let intakes = at
            .intakes(self.days)
            .filter(|i| self.is_intake(i))
            .map(|i| {
                let (unit, basis) = (i.unit.as_deref(), i.basis);
                let amount = substance.amount(&i.name, i.amount, unit, basis);
                (i, i.taken_at.local().date(), amount)
            });
        Taken {
            factor: substance.factor(),
            courses: courses.collect(),
            experiments: experiments.collect(),
            intakes: intakes.collect(),
        }
    }

    /// What a day adds up to; `None` when nothing is written down for it.
    fn total(&self, at: At, date: NaiveDate, taken: &Taken) -> Option<DayTotal> {
        let substance = self.substance;
        let mut amount = Amount::exactly(0.0);
        let mut evidence = Vec::new();
        // A single dose that is one of a course (same name, same amount) is not counted a second time, up to the
        // number of doses the course has.
        let mut of_course: Vec<(&Course, f64)> = Vec::new();
        for (course, dose) in taken.courses.iter().filter(|(c, _)| c.covers(date)) {
            let doses = course.per_day.unwrap_or(1.0);
            amount = amount.plus(dose.times(doses));
            evidence.push(Evidence::course(course));
            of_course.push((course, doses));
        }
        // The dose of an experiment counts on every night of it: what the rules say must not tell what was drawn.
        let night = Night::of_evening(date);
        let tried = taken.experiments.iter().filter(|(e, _)| e.covers(night));
        let mut of_experiment: Vec<(&Experiment, Amount)> = Vec::new();
        for (experiment, dose) in tried {
            evidence.push(Evidence::experiment(experiment));
            of_experiment.push((experiment, *dose));
        }
        for (intake, _, dose) in taken.intakes.iter().filter(|(_, day, _)| *day == date) {
            evidence.push(Evidence::intake(intake));
            // Doses of the experiment's thing count against the dose of its day.
            if let Some((_, left)) = of_experiment
                .iter_mut()
                .find(|(e, _)| *e.thing == *intake.name)
            {
                // one without a figure is the dose itself
                if intake.amount.is_some() {
                    amount = amount.plus(dose.beyond(*left));
                    *left = left.beyond(*dose);
                }
                continue;
            }
            let same = of_course.iter_mut().find(|(c, left)| {
                *left >= 1.0
                    && c.name == intake.name
                    && c.dose == intake.amount
                    && c.unit == intake.unit
            });
            match same {
                Some((_, left)) => *left -= 1.0,
                None => amount = amount.plus(*dose),
            }
        }
        for (_, dose) in taken.experiments.iter().filter(|(e, _)| e.covers(night)) {
            amount = amount.plus(*dose);
        }
        // The factor of the night restates the day's total; the larger of the two counts.
        let stated = taken.factor.and_then(|factor| at.value(night, factor));
        let said_none = stated.is_some_and(|(value, _)| value <= 0.0);
        if let Some((value, record)) = stated.filter(|(value, _)| *value > 0.0) {
            let itself = substance.nutrient().map(Product::plain);
            let amount_in = |unit: &str| itself?.amount(value, unit, None);
            let stated = substance.own(record.unit.as_deref().and_then(amount_in));
            amount = if evidence.is_empty() {
                stated
            } else {
                Amount {
                    low: amount.low.max(stated.low),
                    high: amount.high.max(stated.low),
                }
            };
            evidence.push(Evidence::value(record));
        }
        // Some of it, without a figure: perhaps what the courses and doses say already.
        if let Some(record) = taken.factor.and_then(|f| at.some(night, f)) {
            if evidence.is_empty() {
                amount = Amount::UNKNOWN;
            }
            evidence.push(Evidence::value(record));
        }
        (said_none || !evidence.is_empty()).then_some(DayTotal { amount, evidence })
    }

    fn is_intake(&self, intake: &Intake) -> bool {
        let quinine =
            self.substance == Substance::Quinine && intake.class == Some(MedicineClass::Quinine);
        quinine || self.substance.named(&intake.name)
    }

    /// Whether a course holds the substance. A medicine of another class does not, whatever its salt is called.
    fn is_course(&self, course: &Course) -> bool {
        let quinine =
            self.substance == Substance::Quinine && course.class == Some(MedicineClass::Quinine);
        let other_medicine = course.kind == CourseKind::Medicine
            && course
                .class
                .is_some_and(|c| !matches!(c, MedicineClass::Other | MedicineClass::Quinine));
        quinine
            || (course.kind != CourseKind::Measure
                && !other_medicine
                && self.substance.named(&course.name))
    }
}

impl FactorTest {
    /// A measure in force that is a form of the factor: a course "hot foot bath" is a warm bath.
    fn as_course<'a>(&self, at: At<'_, 'a>) -> Option<&'a Course> {
        let form = factors().iter().find(|f| f.factor == self.factor)?.done?;
        let today = at.date();
        let is_form = |c: &&Course| c.covers(today) && c.done() == Some(form);
        (self.at_least <= 1.0).then(|| at.courses().find(is_form))?
    }

    /// Yes when the factor reached the value on enough nights; No when it is written down for enough nights and did
    /// not; otherwise Unknown.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let reaches = |night: Night| {
            let number = at.value(night, self.factor);
            let number = number.filter(|(value, _)| *value >= self.at_least);
            // An amount without a figure is more than none, and no more than that is known.
            let some = || at.some(night, self.factor).filter(|_| self.at_least <= 1.0);
            number.map(|(_, record)| record).or_else(some)
        };
        let reached: Vec<Evidence> = at
            .window(self.days)
            .iter()
            .filter_map(reaches)
            .map(Evidence::value)
            .collect();
        if reached.len() >= usize::from(self.nights) {
            return Finding::yes(reached);
        }
        if let Some(course) = self.as_course(at) {
            return Finding::yes(vec![Evidence::course(course)]);
        }
        let nights: Vec<Seen> = at.nights(self.days).rev().collect();
        let answered: Vec<Seen> = nights
            .iter()
            .map(|seen| Seen {
                state: match at.value(seen.night, self.factor) {
                    Some(_) => NightState::Calm,
                    None => NightState::Unknown,
                },
                ..*seen
            })
            .collect();
        match nights_wanted(&answered) {
            0 => Finding::no(),
            _ => Finding::partly(reached, vec![Missing::Factors(self.factor)]),
        }
    }
}
