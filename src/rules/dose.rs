//! Daily totals of a substance over courses, single doses and the factors of the night.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::data::rule::Substance;
use crate::data::rule::{FactorTest, SubstanceTest};
use crate::diary::vocabulary::{CourseKind, MedicineClass};
use crate::diary::{Course, Intake, Night, NightState};
use crate::rules::answer::{Evidence, Finding, Missing};
use crate::rules::episodes::nights_wanted;
use crate::rules::person::everything_is_listed;
use crate::rules::substance::Amount;
use crate::rules::view::{At, Seen};

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
        for date in self.dates(at) {
            let Some(day) = self.total(at, date) else {
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
            let first = open
                .first()
                .map_or(String::new(), |e: &Evidence| e.says.clone());
            let ask = format!("how much {name} itself is in \"{first}\"");
            return Finding::partly(open, vec![Missing::Amount(ask)]);
        }
        if recorded || zero || everything_is_listed(at) {
            return Finding::no();
        }
        Finding::unknown(vec![Missing::Substance(name)])
    }

    /// The days looked at, oldest first. A dose after midnight belongs to the calendar day it was taken on.
    fn dates(&self, at: At) -> Vec<NaiveDate> {
        let window = at.window(self.days);
        let mut dates: BTreeSet<NaiveDate> = window.iter().map(|n| n.date()).collect();
        dates.extend(at.intakes(self.days).map(|i| i.taken_at.local().date()));
        dates.into_iter().collect()
    }

    /// What a day adds up to; `None` when nothing is written down for it.
    fn total(&self, at: At, date: NaiveDate) -> Option<DayTotal> {
        let substance = self.substance;
        let courses: Vec<&Course> = at
            .courses()
            .filter(|c| c.covers(date) && self.is_course(c))
            .collect();
        let intakes: Vec<&Intake> = at
            .intakes(self.days)
            .filter(|i| i.taken_at.local().date() == date && substance.named(&i.name))
            .collect();
        let mut amount = Amount::exactly(0.0);
        let mut evidence = Vec::new();
        for course in &courses {
            let dose = substance.amount(
                &course.name,
                course.dose,
                course.unit.as_deref(),
                course.basis,
            );
            amount = amount.plus(dose.times(course.per_day.unwrap_or(1.0)));
            evidence.push(Evidence::course(course));
        }
        // A single dose that is one of a course (same name, same amount) is not counted a second time, up to the
        // number of doses the course has.
        let mut of_course: Vec<(&Course, f64)> = courses
            .iter()
            .map(|c| (*c, c.per_day.unwrap_or(1.0)))
            .collect();
        for intake in intakes {
            evidence.push(Evidence::intake(intake));
            let same = of_course.iter_mut().find(|(c, left)| {
                *left >= 1.0
                    && c.name == intake.name
                    && c.dose == intake.amount
                    && c.unit == intake.unit
            });
            if let Some((_, left)) = same {
                *left -= 1.0;
                continue;
            }
            amount = amount.plus(substance.amount(
                &intake.name,
                intake.amount,
                intake.unit.as_deref(),
                intake.basis,
            ));
        }
        // The factor of the night restates the day's total; the larger of the two counts.
        let night = Night::of_evening(date);
        let stated = substance
            .factor()
            .and_then(|factor| at.value(night, factor));
        let said_none = stated.is_some_and(|(value, _)| value <= 0.0);
        if let Some((value, record)) = stated.filter(|(value, _)| *value > 0.0) {
            let unit = record.unit.as_deref();
            let stated = substance.amount(substance.plain(), Some(value), unit, None);
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
        (said_none || !evidence.is_empty()).then_some(DayTotal { amount, evidence })
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
    /// Yes when the factor reached the value on enough nights; No when it is written down for enough nights and did
    /// not; otherwise Unknown.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let values: Vec<_> = at
            .window(self.days)
            .iter()
            .filter_map(|night| at.value(night, self.factor))
            .collect();
        let reached: Vec<Evidence> = values
            .iter()
            .filter(|(value, _)| *value >= self.at_least)
            .map(|(_, record)| Evidence::value(record))
            .collect();
        if reached.len() >= usize::from(self.nights) {
            return Finding::yes(reached);
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
