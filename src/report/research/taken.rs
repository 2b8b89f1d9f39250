//! Medicines and supplements as a study is given them: by the class or the nutrient, which are words of this program, never
//! by the name that was written.

use std::collections::{BTreeMap, BTreeSet};

use crate::diary::substance::nutrients_of;
use crate::diary::vocabulary::{CourseKind, MedicineClass};
use crate::diary::{Course, Diary, Night, Word};

type Words = BTreeSet<&'static str>;

/// What was taken, by night.
pub(super) struct Taken<'d> {
    courses: Vec<(&'d Course, Words)>,
    doses: BTreeMap<Night, Words>,
}

impl<'d> Taken<'d> {
    /// Courses and single doses. What is done and not taken has a column as a factor.
    pub(super) fn of(diary: &'d Diary) -> Taken<'d> {
        let courses = diary.courses.iter();
        let courses = courses.filter(|c| c.kind != CourseKind::Measure);
        let mut doses: BTreeMap<Night, Words> = BTreeMap::new();
        for dose in &diary.intakes {
            let words = words(&dose.classes(), &dose.name);
            doses.entry(dose.night).or_default().extend(words);
        }
        Taken {
            courses: courses.map(|c| (c, words(&c.classes(), &c.name))).collect(),
            doses,
        }
    }

    /// The words of a night, each once; none where nothing is written down.
    pub(super) fn on(&self, night: Night) -> String {
        let courses = self.courses.iter();
        let courses = courses.filter(|(course, _)| course.covers(night.date()));
        let all: Words = courses
            .map(|(_, words)| words)
            .chain(self.doses.get(&night))
            .flatten()
            .copied()
            .collect();
        all.into_iter().collect::<Vec<_>>().join(";")
    }
}

fn words(classes: &[MedicineClass], name: &str) -> Words {
    let nutrients = nutrients_of(name);
    let nutrients = nutrients.iter().map(|nutrient| nutrient.word());
    let words: Words = classes.iter().map(|c| c.word()).chain(nutrients).collect();
    match words.is_empty() {
        true => Words::from([MedicineClass::Other.word()]),
        false => words,
    }
}
