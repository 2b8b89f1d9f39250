//! What the made-up diary says once and not night by night.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use crate::diary::moment::{Night, Nights};
use crate::diary::record::{Course, Event, Exclusion, Fact};
use crate::diary::vocabulary::{Basis, CourseKind, MedicineClass, SymptomName};
use crate::diary::{Diary, Symptom, Zone};

/// What is not written night by night: the person, courses, symptoms asked about, one event, one fever.
pub(super) fn lasting(
    diary: &mut Diary,
    [first, early, last]: [Night; 3],
    magnesium: Night,
    fever: Nights,
    zone: &Zone,
) {
    let written = |night: Night| morning(night, zone) - Duration::minutes(3);
    let facts = [
        ("born", "1961"),
        ("sex", "female"),
        ("condition", "hypertension"),
    ];
    for (id, (key, value)) in (1..).zip(facts) {
        let fact = Fact::blank(id, key.to_string(), value.to_string(), written(first));
        diary.facts.push(fact);
    }
    diary.courses = courses(first, magnesium, written);
    let asked = [
        (SymptomName::Numbness, early),
        (SymptomName::Weakness, early),
        (SymptomName::WalkingPain, early),
        (SymptomName::Swelling, last.plus(-20)),
        (SymptomName::BackPain, last.plus(-20)),
        (SymptomName::Tiredness, last.plus(-12)),
    ];
    for (id, (name, night)) in (1..).zip(asked) {
        let (at, present) = (written(night), name == SymptomName::Tiredness);
        diary.symptoms.push(Symptom {
            severity: present.then_some(3),
            text: present.then(|| "after two short nights".to_string()),
            ..Symptom::blank(id, zone.moment(at), night, name, present, at)
        });
    }
    let mattress = "new mattress, longer and firmer".to_string();
    let event = Event::blank(1, early, mattress, written(early));
    diary.events.push(event);
    diary.exclusions.push(Exclusion {
        text: "flu with fever".to_string(),
        ..Exclusion::blank(1, fever.from, fever.to, written(fever.to))
    });
}

/// A water tablet taken since long before the diary began, and magnesium tried in the middle of it.
fn courses(
    first: Night,
    magnesium: Night,
    written: impl Fn(Night) -> DateTime<Utc>,
) -> Vec<Course> {
    let course = |id: i64, name: &str, kind, dose, night: Night| Course {
        dose: Some(dose),
        unit: Some("mg".to_string()),
        per_day: Some(1.0),
        ..Course::blank(id, name.to_string(), kind, night.date(), written(night))
    };
    vec![
        Course {
            class: Some(MedicineClass::ThiazideDiuretic),
            reason: Some("blood pressure".to_string()),
            recorded_at: written(first),
            ..course(1, "indapamide", CourseKind::Medicine, 1.5, first.plus(-700))
        },
        Course {
            basis: Some(Basis::Elemental),
            reason: Some("to see whether the cramps get fewer".to_string()),
            ..course(2, "magnesium", CourseKind::Supplement, 150.0, magnesium)
        },
    ]
}

/// Half past eight on the morning after.
pub(super) fn morning(night: Night, zone: &Zone) -> DateTime<Utc> {
    let clock = NaiveTime::from_hms_opt(8, 30, 0).unwrap_or_default();
    let local = night.at(clock);
    zone.resolve(local, DateTime::<Utc>::MIN_UTC).0.utc
}
