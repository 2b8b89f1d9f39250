//! One record of each kind, filled to the brim, for the tests of the store.

use crate::diary::pain::Pain;
use std::sync::Arc;

use crate::diary::vocabulary::*;
use crate::diary::*;
use chrono::{DateTime, NaiveDate, Utc};

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text)
        .unwrap()
        .with_timezone(&Utc)
}

pub(crate) fn now() -> DateTime<Utc> {
    utc("2026-03-04T08:00:00Z")
}

/// The same, as the commands know it.
pub(crate) fn present() -> Now {
    Now {
        utc: now(),
        zone: Zone::named("Europe/London").unwrap(),
    }
}

pub(crate) fn night(text: &str) -> Night {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse(text, Some("Europe/London")).unwrap()
}

/// Text a careless program would trip over.
pub(crate) fn awkward() -> String {
    format!(
        "'; DROP TABLE night; -- \"x\"\0\u{1}\u{7}\u{1b}[31m\r\n\t\u{202e}עברית\u{202c} 🦵🏽 é {}",
        "z".repeat(10_000)
    )
}

pub(crate) fn episode(id: i64) -> Episode {
    Episode {
        began_at: Some(moment("2026-03-04T03:10:00+00:00")),
        certainty: Certainty::RepeatedHour,
        kind: Kind::Cramp,
        period: Period::Night,
        side: Some(Side::Left),
        site: Some(Site::Calf),
        severity: Pain::of(0.0),
        duration_s: Some(u32::MAX),
        repeats: Some(0),
        woke: Some(false),
        knot: Some(true),
        relief: vec![Relief::PullToe, Relief::Stretch, Relief::Walk],
        relief_s: Some(30),
        soreness_h: Some(0.1),
        urge: Some(false),
        movement_relieves: Some(true),
        posture: Some(Posture::Supine),
        awareness_lost: Some(false),
        raw: Some(awkward()),
        note: Some(String::new()),
        source: "import:carData".parse().unwrap(),
        ..Episode::blank(id, night("2026-03-03"), now())
    }
}

pub(crate) fn value(night_name: &str, factor: &str, value: Value) -> ContextValue {
    ContextValue {
        night: night(night_name),
        factor: Arc::from(factor),
        value,
        unit: None,
        typed: None,
        source: Source::PERSON,
        recorded_at: now(),
    }
}

/// At least one record of every kind; text fields hold what a careless program would trip over.
pub(crate) fn every_kind() -> Vec<Record> {
    let words = awkward();
    vec![
        Record::Night(NightRecord {
            outcome: Some(Outcome::Cramp),
            bed_at: Some(moment("2026-03-03T23:05:00+00:00")),
            up_at: Some(
                Moment::parse("2026-03-04T07:00:00-09:30", Some("Pacific/Marquesas")).unwrap(),
            ),
            sleep_quality: Some(0),
            sleep_disturbance: Some(10),
            sleep_lost_min: Some(0),
            note: Some(words.clone()),
            ..NightRecord::blank(night("2026-03-03"), now())
        }),
        Record::Night(NightRecord::blank(night("2026-03-02"), now())),
        Record::Episode(episode(1)),
        Record::Episode(Episode::blank(7, night("2026-03-01"), now())),
        Record::Value(ContextValue {
            unit: Some("°C".into()),
            typed: Some("64F".into()),
            source: "device:thermometer".parse().unwrap(),
            ..value("2026-03-03", "room", Value::Number(17.77777777777778))
        }),
        Record::Value(value("2026-03-03", "socks", Value::Number(0.0))),
        Record::Value(value("2026-03-03", "posture", Value::Word("side".into()))),
        Record::Factor(CustomFactor {
            factor: "moon".into(),
            label: words.clone(),
            kind: FactorKind::Choice,
            unit: Some("mg".into()),
            min: Some(-1.5),
            max: Some(1e9),
            timing: Timing::Evening,
            group: Some("own".into()),
            choices: vec!["new; \"moon\"".into(), words.clone()],
            retired: true,
        }),
        Record::Intake(Intake {
            class: None,
            id: 3,
            taken_at: moment("2026-03-03T21:00:00+00:00"),
            night: night("2026-03-03"),
            name: "vitamin d".into(),
            amount: Some(100.0),
            unit: Some("µg".into()),
            basis: Some(Basis::Elemental),
            typed: Some("4000IU".into()),
            recorded_at: now(),
        }),
        Record::Course(Course {
            start_certainty: None,
            id: 1,
            name: "furosemide".into(),
            kind: CourseKind::Medicine,
            class: Some(MedicineClass::LoopDiuretic),
            dose: Some(40.0),
            unit: Some("mg".into()),
            basis: Some(Basis::Compound),
            per_day: Some(0.5),
            start: date("2026-01-01"),
            stop: Some(date("2026-02-28")),
            reason: Some(words.clone()),
            typed: Some("0.04g".into()),
            recorded_at: now(),
        }),
        Record::Symptom(Symptom {
            id: 2,
            noticed_at: moment("2026-03-03T18:00:00+00:00"),
            night: night("2026-03-03"),
            symptom: SymptomName::WalkingPain,
            present: false,
            side: Some(Side::Both),
            severity: Some(10),
            brought_on: Some(BroughtOn::Walking),
            relieved_by: Some(RelievedBy::Rest),
            lasts_s: Some(300),
            since: Some(date("2026-02-01")),
            text: Some(words.clone()),
            recorded_at: now(),
            sudden: Some(true),
            worse: Some(false),
            difference_cm: Some(3.5),
        }),
        Record::Fact(Fact {
            means: None,
            id: 1,
            key: "condition".into(),
            value: words.clone(),
            since: Some(date("2020-02-29")),
            recorded_at: now(),
        }),
        Record::Event(Event {
            id: 1,
            night: night("2026-03-03"),
            text: words.clone(),
            recorded_at: now(),
        }),
        Record::Exclusion(Exclusion {
            id: 1,
            from: night("2026-02-01"),
            to: night("2026-02-03"),
            text: words.clone(),
            recorded_at: now(),
        }),
        Record::FlagNote(FlagNote {
            id: 1,
            flag: "pad-claudication".into(),
            action: FlagAction::Discussed,
            night: night("2026-03-03"),
            text: Some(words),
            recorded_at: now(),
        }),
        Record::Look(Look {
            id: 1,
            cramp_nights: 24,
            night: night("2026-03-03"),
            state: r#"{"scheme":2,"cramp_nights":24,"night":"2026-03-03","w":0.5,"family":1,"factors":[{"factor":"socks","p":0.001,"p_spent":0.002,"q":0.002,"direction":1.0,"announced":"2026-03-03","consistent":null}]}"#.into(),
            recorded_at: now(),
        }),
        Record::Follow(Follow {
            id: 1,
            factor: "room".into(),
            wish: Wish::Ask,
            since: night("2026-03-03").date(),
            until: None,
            recorded_at: now(),
        }),
        Record::Reply(Reply {
            id: 1,
            about: "s1".into(),
            question: "swelling".into(),
            answer: ReplyAnswer::No,
            recorded_at: now(),
        }),
        Record::Experiment(experiment(1, "stretch", "2026-03-04")),
        Record::Adherence(Adherence::blank(
            1,
            "stretch".into(),
            night("2026-03-04"),
            Done::Partly,
            now(),
        )),
    ]
}

/// A blinded plan of four nights, every field known, ended early and opened.
pub(crate) fn experiment(id: i64, thing: &str, from: &str) -> Experiment {
    let from = night(from);
    let mut experiment = Experiment::blank(
        id,
        thing.into(),
        ExperimentDesign::Nightly,
        from,
        from.plus(3),
        1,
        0,
        0.5,
        0.8125,
        "ABBA".into(),
        "00112233445566778899aabbccddeeff".into(),
        String::new(),
        now(),
    );
    experiment.on = Some("two minutes; \"calves\"".into());
    experiment.off = Some("none".into());
    (experiment.dose, experiment.unit) = (Some(300.5), Some("mg".into()));
    experiment.basis = Some(Basis::Elemental);
    experiment.key_hash = Some(sha256(b"the key of a friend"));
    experiment.seal = experiment.seal_now();
    experiment.opened = Some("B".into());
    experiment.stopped = Some(date("2026-03-07"));
    experiment.reason = Some(awkward());
    experiment
}
