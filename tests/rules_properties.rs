//! What must hold of the rules for every diary.

use std::collections::BTreeMap;

use crate::diary::vocabulary::{Outcome, SymptomName};
use crate::diary::{Diary, Night, NightRecord, NightState, Word};
use crate::rules::answer::Answer;
use crate::rules::{self, Urgency};
use chrono::{Days, NaiveTime};
use proptest::prelude::*;

use crate::tests::rules_entries::{as_of, diary};

/// One line of a diary.
fn line() -> impl Strategy<Value = String> {
    let side = prop_oneof![Just(""), Just("left"), Just("right"), Just("both")];
    let name = proptest::sample::select(SymptomName::ALL.to_vec());
    let condition = proptest::sample::select(vec![
        "diabetes",
        "kidney-disease",
        "dialysis",
        "epilepsy",
        "hypertension",
        "varicose-veins",
        "arterial-disease",
        "none",
    ]);
    let ago = 0_u64..60;
    prop_oneof![
        6 => (ago.clone(), side.clone(), 0_u64..11, 0_u64..1000).prop_map(|(d, s, v, t)| format!("cramp {d} {s} sev={v} dur={t}")),
        3 => (ago.clone(), side.clone()).prop_map(|(d, s)| format!("cramp {d} {s}")),
        4 => (ago.clone(), 1_u64..12).prop_map(|(d, n)| format!("calm {d}..{}", d + n)),
        1 => ago.clone().prop_map(|d| format!("day {d}")),
        1 => ago.clone().prop_map(|d| format!("jerk {d}")),
        6 => (ago.clone(), name.clone(), side, 0_u64..60).prop_map(|(d, n, s, b)| match b % 4 {
            0 => format!("sym {d} {n} {s}"),
            1 => format!("sym {d} {n} {s} since={}", d + b),
            2 => format!("sym {d} {n} {s} sev=8 sudden"),
            _ => format!("sym {d} {n} {s} by=rest lasts=200"),
        }),
        4 => (ago.clone(), name).prop_map(|(d, n)| format!("absent {d} {n}")),
        2 => (ago.clone(), name_of_leg()).prop_map(|(d, n)| format!("absent {d} {n} left; sym {} {n} right", d + 2)),
        1 => ago.clone().prop_map(|d| format!("absent {d} all")),
        2 => condition.prop_map(|c| format!("me condition={c}")),
        1 => Just("me taking=listed".to_string()),
        1 => Just("me pregnant=yes since=100".to_string()),
        1 => (ago.clone(), 0_u64..11).prop_map(|(d, v)| format!("val {d} fatigue {v}; val {d} room 19C")),
        1 => (ago.clone(), 100_u64..900).prop_map(|(d, v)| format!("took {d} magnesium_citrate {v}mg")),
        1 => (ago.clone(), 100_u64..900).prop_map(|(d, v)| format!("supp magnesium {v}mg start={d}")),
        1 => (ago.clone(),).prop_map(|(d,)| format!("measure stretching start={}", d + 20)),
        1 => ago.prop_map(|d| format!("took {d} tonic_water")),
    ]
}

fn name_of_leg() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["swelling", "weakness", "numbness", "cold-foot"])
}

fn lines() -> impl Strategy<Value = Diary> {
    proptest::collection::vec(line(), 0..30).prop_map(|lines| diary(&lines.join("\n")))
}

fn answers(diary: &Diary) -> BTreeMap<&'static str, Answer> {
    let evaluation = rules::evaluate(diary, as_of(), true);
    let mut answers: BTreeMap<_, _> = rules::all().map(|r| (r.id, Answer::No)).collect();
    answers.extend(evaluation.for_clinician().map(|f| (f.id, Answer::Yes)));
    answers.extend(
        evaluation
            .could_not_tell
            .iter()
            .map(|u| (u.id, Answer::Unknown)),
    );
    answers
}

fn highest(diary: &Diary) -> Option<Urgency> {
    let evaluation = rules::evaluate(diary, as_of(), true);
    evaluation.for_clinician().map(|f| f.urgency).max()
}

fn night(ago: u64) -> Night {
    Night::of_evening(as_of().checked_sub_days(Days::new(ago)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_calm_night_never_raises_urgency(before in lines(), ago in 0_u64..100) {
        let mut after = before.clone();
        if before.state(night(ago)) == NightState::Unknown {
            let at = night(ago).date().and_time(NaiveTime::MIN).and_utc();
            let record = after.nights.entry(night(ago)).or_insert_with(|| NightRecord::blank(night(ago), at));
            record.outcome = Some(Outcome::Calm);
        }
        prop_assert!(highest(&after) <= highest(&before));
        let then = answers(&before);
        for (id, answer) in answers(&after) {
            prop_assert!(answer != Answer::Yes || then[id] == Answer::Yes, "{id}");
        }
    }

    /// Withholding an answer (everything said about a symptom, a fact, a calm night, a supplement) or a detail of an entry
    /// leaves a rule unknown that was unknown; it never becomes no, unless a graver rule now speaks in its place.
    #[test]
    fn withholding_never_turns_unknown_into_no(
        before in lines(),
        names in proptest::sample::subsequence(SymptomName::ALL.to_vec(), 0..40),
        calm in 0_u64..70,
        (sides, since, details) in any::<(bool, bool, bool)>(),
        (facts, values, severities) in any::<(bool, bool, bool)>(),
    ) {
        let mut after = before.clone();
        after.symptoms.retain(|s| !names.contains(&s.symptom));
        after.nights.retain(|n, r| r.outcome != Some(Outcome::Calm) || n.since(night(calm)) > 0);
        for s in &mut after.symptoms {
            if sides && s.present { s.side = None; }
            if since { s.since = None; }
            if details { s.relieved_by = None; s.lasts_s = None; s.severity = None; s.sudden = None; }
        }
        for e in &mut after.episodes {
            if sides { e.side = None; }
            if severities { e.severity = None; e.duration_s = None; }
        }
        if facts { after.facts.clear(); }
        if values { after.values.clear(); }
        let now = answers(&after);
        let graver = highest(&after).filter(|_| highest(&after) > highest(&before));
        let gives_way = |id: &str| graver > rules::find(id).map(|rule| rule.urgency);
        for (id, answer) in answers(&before) {
            let withheld = answer != Answer::Unknown || now[id] != Answer::No;
            prop_assert!(withheld || gives_way(id), "{id}");
        }
    }

    #[test]
    fn the_order_of_entry_never_matters(before in lines(), seed in any::<u64>()) {
        let mut after = before.clone();
        let turn = |len: usize| if len == 0 { 0 } else { usize::try_from(seed % len as u64).unwrap() };
        after.episodes.rotate_left(turn(before.episodes.len()));
        after.symptoms.reverse();
        after.values.reverse();
        after.intakes.reverse();
        after.courses.rotate_left(turn(before.courses.len()));
        prop_assert_eq!(
            serde_json::to_string(&crate::report::flags::flags(&after, as_of())).unwrap(),
            serde_json::to_string(&crate::report::flags::flags(&before, as_of())).unwrap()
        );
    }

    #[test]
    fn nothing_dated_after_the_day_is_read(before in lines(), ago in 5_u64..50) {
        let past = as_of().checked_sub_days(Days::new(ago)).unwrap();
        let cut = Night::of_evening(past);
        let mut after = before.clone();
        after.episodes.retain(|e| e.night <= cut);
        after.symptoms.retain(|s| s.night <= cut);
        after.values.retain(|v| v.night <= cut);
        after.intakes.retain(|i| i.night <= cut);
        after.courses.retain(|c| c.start <= past);
        after.nights.retain(|n, _| *n <= cut);
        after.facts.retain(|f| f.since.unwrap_or(f.recorded_at.date_naive()) <= past.checked_add_days(Days::new(1)).unwrap());
        let text = |d: &Diary| serde_json::to_string(&crate::report::flags::flags(d, past).explained()).unwrap();
        prop_assert_eq!(text(&after), text(&before));
    }

    /// A window that holds as much as the rules look back gives the same answers as the whole diary.
    #[test]
    fn a_window_is_enough(before in lines()) {
        let text = |d: &Diary| serde_json::to_string(&crate::report::flags::flags_of_window(d, as_of())).unwrap();
        let mut long = before.clone();
        let old = diary("cramp 500..900 left sev=9 dur=900");
        long.episodes.extend(old.episodes);
        long.sort();
        prop_assert_eq!(text(&long), text(&before));
    }
}

/// Values of one factor on two nights, which the view looks up by their night.
#[test]
fn values_written_down_in_another_order_are_found() {
    let lines =
        "cramp 28; cramp 2; val 28 fatigue 6; val 28 room 19C; val 2 fatigue 0; val 2 room 19C";
    let mut turned = diary(lines);
    let before = serde_json::to_string(&crate::report::flags::flags(&turned, as_of())).unwrap();
    assert!(turned.values.len() > 3, "{:?}", turned.values);
    turned.values.reverse();
    let after = serde_json::to_string(&crate::report::flags::flags(&turned, as_of())).unwrap();
    assert_eq!(after, before);
}
