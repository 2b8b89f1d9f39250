//! What the made-up diary says once and not night by night.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use crate::diary::moment::{Night, Nights};
use crate::diary::record::{Course, Event, Exclusion, Fact};
use crate::diary::vocabulary::{Basis, CourseKind, MedicineClass, Side, SymptomName};
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
        diary.facts.push(Fact {
            id,
            key: key.to_string(),
            value: value.to_string(),
            since: None,
            recorded_at: written(first),
        });
    }
    diary.courses = courses(first, magnesium, written);
    let absent = [
        (SymptomName::Numbness, early),
        (SymptomName::Weakness, early),
        (SymptomName::WalkingPain, early),
        (SymptomName::Swelling, last.plus(-20)),
        (SymptomName::BackPain, last.plus(-20)),
    ];
    let present = [(SymptomName::Tiredness, last.plus(-12))];
    let all = absent
        .map(|a| (a, false))
        .into_iter()
        .chain(present.map(|p| (p, true)));
    for (id, ((symptom, night), present)) in (1..).zip(all) {
        diary.symptoms.push(Symptom {
            id,
            noticed_at: zone.moment(written(night)),
            night,
            symptom,
            present,
            side: None::<Side>,
            severity: present.then_some(3),
            brought_on: None,
            relieved_by: None,
            lasts_s: None,
            since: None,
            text: present.then(|| "after two short nights".to_string()),
            recorded_at: written(night),
        });
    }
    diary.events.push(Event {
        id: 1,
        night: early,
        text: "new mattress, longer and firmer".to_string(),
        recorded_at: written(early),
    });
    diary.exclusions.push(Exclusion {
        id: 1,
        from: fever.from,
        to: fever.to,
        text: "flu with fever".to_string(),
        recorded_at: written(fever.to),
    });
}

/// A water tablet taken since long before the diary began, and magnesium tried in the middle of it.
fn courses(
    first: Night,
    magnesium: Night,
    written: impl Fn(Night) -> DateTime<Utc>,
) -> Vec<Course> {
    let course = |id: i64, name: &str, kind, dose, night: Night| Course {
        id,
        name: name.to_string(),
        kind,
        class: None,
        dose: Some(dose),
        unit: Some("mg".to_string()),
        basis: None,
        per_day: Some(1.0),
        start: night.date(),
        stop: None,
        reason: None,
        typed: None,
        recorded_at: written(night),
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
