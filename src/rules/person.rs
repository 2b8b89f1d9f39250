//! Answers about the person and their medicines.

use chrono::{Datelike, NaiveDate};

use crate::data::rule::{MedicineTest, MedicineWhen, PersonTest};
use crate::diary::fact::{CONDITION, NONE, conditions_of, is_unanswered};
use crate::diary::vocabulary::MedicineClass;
use crate::diary::{Course, Fact, Key};
use crate::rules::answer::{Answer, Finding, Missing, Unknown};
use crate::rules::evidence::Evidence;
use crate::rules::nights::no_or_more_nights;
use crate::rules::view::At;

/// A blood clot in the leg stays more likely for six weeks after a birth (general medical knowledge).
const AFTER_BIRTH_DAYS: i64 = 42;
/// A pregnancy without a due date is taken to be over, and is asked about again, after so many days.
const PREGNANCY_DAYS: i64 = 300;

impl PersonTest {
    pub(super) fn evaluate(&self, at: At) -> Finding {
        match self {
            PersonTest::Conditions(list) => conditions(at, list),
            PersonTest::Is(key, value) => match at.fact(key) {
                Some(fact) if fact.value == *value => Finding::yes(vec![Evidence::fact(fact)]),
                Some(_) => Finding::no(),
                None => Finding::unknown(Missing::Fact(key)),
            },
            PersonTest::Pregnant => pregnant(at),
            // Only the year is known, so the birthday may still be to come.
            PersonTest::Younger(years) => age(at, |age| age - 1 < *years),
            PersonTest::Older(years) => age(at, |age| age >= *years),
            PersonTest::Within(key, days) => within(at, key, i64::from(*days)),
            PersonTest::PressureFrom(upper, lower) => pressure(at, *upper, *lower),
        }
    }
}

/// A condition that was named holds. Others are known not to hold only when the person said there are none, or that all
/// are written down, and it is known of each one which it is.
fn conditions(at: At, list: &[&str]) -> Finding {
    let mut named: Vec<Evidence> = Vec::new();
    let mut open: Vec<Missing> = Vec::new();
    let mut none = false;
    for fact in at.facts(CONDITION) {
        if conditions_of(fact).iter().any(|c| list.contains(c)) {
            named.push(Evidence::fact(fact));
        } else if is_unanswered(fact) {
            let (key, name) = (Key::Fact(fact.id), fact.value.clone());
            open.push(Missing::Thing(key, name, Unknown::Condition));
        }
        none |= fact.value == NONE;
    }
    if named.is_empty() && !open.is_empty() {
        return Finding::partly(Vec::new(), open);
    }
    let all = at.fact("all-conditions");
    let known = none || all.is_some_and(|f| f.value == "yes");
    Finding::of(named, known, Missing::Conditions)
}

fn age(at: At, fits: impl Fn(i32) -> bool) -> Finding {
    let unknown = Finding::unknown(Missing::Fact("born"));
    let Some(fact) = at.fact("born") else {
        return unknown;
    };
    let year = fact
        .value
        .get(..4)
        .and_then(|year| year.parse::<i32>().ok());
    match year {
        Some(year) if fits(at.date().year() - year) => Finding::yes(vec![Evidence::fact(fact)]),
        Some(_) => Finding::no(),
        None => unknown,
    }
}

fn pregnant(at: At) -> Finding {
    let today = at.date();
    let Some(fact) = at.fact("pregnant") else {
        let male = at.fact("sex").is_some_and(|f| f.value == "male");
        return Finding::of(Vec::new(), male, Missing::Fact("pregnant"));
    };
    if fact.value != "yes" {
        return Finding::no();
    }
    let due = at.fact("due").and_then(|f| f.value.parse().ok());
    let since = said_on(fact);
    let over = match due.filter(|due: &NaiveDate| *due >= since) {
        Some(due) => (today - due).num_days() > AFTER_BIRTH_DAYS,
        None => (today - since).num_days() > PREGNANCY_DAYS,
    };
    if over {
        Finding::unknown(Missing::Fact("pregnant"))
    } else {
        Finding::yes(vec![Evidence::fact(fact)])
    }
}

/// The day since which a fact holds, or else the day it was written down.
fn said_on(fact: &Fact) -> NaiveDate {
    fact.since.unwrap_or_else(|| fact.recorded_at.date_naive())
}

/// A fact that is a day, or a yes with the day since which it holds or on which it was said.
fn within(at: At, key: &'static str, days: i64) -> Finding {
    let today = at.date();
    let day = |f: &Fact| match f.value.as_str() {
        "yes" => Some(said_on(f)),
        date => date.parse::<NaiveDate>().ok(),
    };
    let recent: Vec<Evidence> = at
        .facts(key)
        .filter(|f| day(f).is_some_and(|d| (0..=days).contains(&(today - d).num_days())))
        .map(Evidence::fact)
        .collect();
    let known = at.facts(key).next().is_some();
    Finding::of(recent, known, Missing::Fact(key))
}

/// The fact that holds a reading such as 150/95.
pub(super) const BLOOD_PRESSURE: &str = "blood-pressure";

/// Whether the last reading reaches one of the two figures; unknown without a reading of the last year.
fn pressure(at: At, upper: u16, lower: u16) -> Finding {
    const READING_DAYS: i64 = 365;
    let today = at.date();
    let last = at
        .fact(BLOOD_PRESSURE)
        .filter(|f| (today - said_on(f)).num_days() <= READING_DAYS);
    let figures = |f: &Fact| -> Option<(u16, u16)> {
        let (above, below) = f.value.split_once('/')?;
        Some((above.trim().parse().ok()?, below.trim().parse().ok()?))
    };
    match last.and_then(|f| figures(f).map(|figures| (f, figures))) {
        Some((f, (above, below))) if above >= upper || below >= lower => {
            Finding::yes(vec![Evidence::fact(f)])
        }
        Some(_) => Finding::no(),
        None => Finding::unknown(Missing::Fact(BLOOD_PRESSURE)),
    }
}

/// A person who said that everything they take is written down (or that they take nothing) is believed for so long.
const LISTED_DAYS: i64 = 182;

/// Whether what is not written down is known not to be taken.
pub(super) fn everything_is_listed(at: At) -> bool {
    let days_ago = |fact| (at.date() - said_on(fact)).num_days();
    at.fact("taking")
        .is_some_and(|fact| days_ago(fact) <= LISTED_DAYS)
}

/// Medicines of the last `days` days of which nobody knows what they are: any of them may be what is looked for.
pub(super) fn unanswered(at: At, days: u16) -> Vec<Missing> {
    let from = at.window(days).from.date();
    let courses = at
        .courses()
        .filter(|c| c.stop.is_none_or(|stop| stop >= from) && c.is_unanswered())
        .map(class_of_course);
    let intakes = at
        .intakes(days)
        .filter(|i| i.is_unanswered())
        .map(|i| Missing::Thing(Key::Intake(i.id), i.name.to_string(), Unknown::Class));
    courses.chain(intakes).collect()
}

fn class_of_course(course: &Course) -> Missing {
    let (key, name) = (Key::Course(course.id), course.name.to_string());
    Missing::Thing(key, name, Unknown::Class)
}

impl MedicineTest {
    /// Yes when a medicine of the classes is written down; No only when everything taken is, and it is known of each
    /// medicine what it is.
    pub(super) fn evaluate(&self, at: At) -> Finding {
        let mut open: Vec<Missing> = Vec::new();
        let found: Vec<Evidence> = match self.when {
            MedicineWhen::Within(days) => {
                let from = at.window(days).from.date();
                // Reading a name takes longer than comparing dates, and there may be thousands of courses.
                let courses = at
                    .courses()
                    .filter(|c| c.stop.is_none_or(|stop| stop >= from));
                let mut found: Vec<Evidence> = Vec::new();
                for course in courses {
                    match self.is_of_class(&course.classes()) {
                        Answer::Yes => found.push(Evidence::course(course)),
                        Answer::Unknown => open.push(class_of_course(course)),
                        Answer::No => {}
                    }
                }
                let intakes = at
                    .intakes(days)
                    .filter(|i| self.is_of_class(&i.classes()) == Answer::Yes);
                found.extend(intakes.map(Evidence::intake));
                open.extend(unanswered(at, days));
                found
            }
            MedicineWhen::BeforeOnset(days) => {
                if !at.knows_onset() {
                    return Finding::unknown(Missing::Factors("when the cramps began"));
                }
                let Some(onset) = at.onset() else {
                    return no_or_more_nights(&at.last_weeks(), Vec::new);
                };
                self.started_before(at, onset.date(), i64::from(days), &mut open)
            }
        };
        if found.is_empty() && !open.is_empty() {
            return Finding::partly(Vec::new(), open);
        }
        let missing = Missing::Medicine(self.called);
        Finding::of(found, everything_is_listed(at), missing)
    }

    /// Whether these classes are wanted. A diuretic of unknown kind may be of any kind.
    fn is_of_class(&self, classes: &[MedicineClass]) -> Answer {
        use MedicineClass::{Diuretic, LoopDiuretic, PotassiumSparingDiuretic, ThiazideDiuretic};
        let wants = |class: &MedicineClass| self.classes.contains(class);
        let kinds = [LoopDiuretic, PotassiumSparingDiuretic, ThiazideDiuretic];
        let wanted_kinds = kinds.iter().filter(|kind| wants(kind)).count();
        match classes.contains(&Diuretic) {
            _ if classes.iter().any(wants) => Answer::Yes,
            true if wanted_kinds == kinds.len() => Answer::Yes,
            true if wanted_kinds > 0 => Answer::Unknown,
            _ => Answer::No,
        }
    }

    /// Courses that began at most `days` days before the first cramp; what is not known of the others goes into `open`.
    fn started_before(
        &self,
        at: At,
        onset: NaiveDate,
        days: i64,
        open: &mut Vec<Missing>,
    ) -> Vec<Evidence> {
        let today = at.date();
        let mut found: Vec<Evidence> = Vec::new();
        let lately = |c: &&Course| c.stop.is_none_or(|stop| (today - stop).num_days() <= 28);
        for course in at.courses().filter(lately) {
            let before = (onset - course.start).num_days();
            // one that began on its day or any day before may have begun earlier, not later
            let uncertain = course.known_start().is_none();
            let may_fit = match uncertain {
                true => before <= days,
                false => (0..=days).contains(&before),
            };
            if !may_fit {
                continue;
            }
            let of_class = match course.is_unanswered() {
                true => Answer::Unknown,
                false => self.is_of_class(&course.classes()),
            };
            match of_class {
                Answer::Yes if uncertain => {
                    let (key, name) = (Key::Course(course.id), course.name.to_string());
                    open.push(Missing::Thing(key, name, Unknown::Start));
                }
                Answer::Yes => found.push(Evidence::course(course)),
                Answer::Unknown => open.push(class_of_course(course)),
                Answer::No => {}
            }
        }
        found
    }
}
