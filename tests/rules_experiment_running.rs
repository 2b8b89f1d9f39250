//! Rules while an experiment runs: its dose counts every night, what they say tells nothing of the draw, and what comes
//! up is said.

use crate::diary::vocabulary::Done;
use crate::diary::vocabulary::ExperimentDesign::Pairs;
use crate::diary::{Adherence, Diary, Experiment, Key, Night};
use crate::report::experiment_safety::{StopOffer, offers_at_entry, stop_offers};

use crate::tests::rules_entries::{as_of, diary};
use crate::tests::rules_experiment::{WELL, answer};

/// An experiment with a supplement that began so many days ago, with another draw of the same design where `other`.
fn running(thing: &str, dose: f64, unit: &str, began: i64, other: bool) -> Experiment {
    let from = Night::of_evening(as_of()).plus(-began);
    let recorded_at = as_of().and_time(chrono::NaiveTime::MIN).and_utc();
    let schedule = if other { "01" } else { "10" }.repeat(112);
    let (nonce, seal) = (String::new(), String::new());
    Experiment {
        on: Some(format!("{dose} {unit}")),
        dose: Some(dose),
        unit: Some(unit.to_string()),
        ..Experiment::blank(
            1,
            thing.to_string(),
            Pairs,
            from,
            from.plus(223),
            14,
            4,
            0.5,
            0.8,
            schedule,
            nonce,
            seal,
            recorded_at,
        )
    }
}

fn offers_of(diary: &Diary) -> Vec<StopOffer> {
    stop_offers(diary, &crate::rules::evaluate(diary, as_of(), false))
}

fn flags(diary: &Diary) -> Vec<&'static str> {
    let report = crate::rules::evaluate(diary, as_of(), true);
    report.flags.iter().map(|flag| flag.id).collect()
}

#[test]
fn the_dose_of_a_running_experiment_counts_every_night() {
    for (lines, thing, dose, unit, wanted) in [
        (
            "supp multi_magnesium 200mg start=50",
            "magnesium",
            100.0,
            "mg",
            Some("limit-magnesium"),
        ),
        (
            "supp multi_magnesium 100mg start=50",
            "magnesium",
            100.0,
            "mg",
            None,
        ),
        // what was taken of it is its dose, or as much more as it is more
        ("took 0..3 magnesium 100mg", "magnesium", 200.0, "mg", None),
        ("took 2 magnesium", "magnesium", 200.0, "mg", None),
        (
            "took 2 magnesium 300mg",
            "magnesium",
            200.0,
            "mg",
            Some("limit-magnesium"),
        ),
        (
            "took 2 magnesium 150mg; took 2 magnesium 150mg",
            "magnesium",
            200.0,
            "mg",
            Some("limit-magnesium"),
        ),
        (
            "took 2 magnesium_oxide 200mg basis=elemental",
            "magnesium",
            200.0,
            "mg",
            Some("limit-magnesium"),
        ),
        // a factor of the night restates the day's total
        ("val 2 magnesium 200mg", "magnesium", 200.0, "mg", None),
        (
            "med warfarin start=10",
            "vitamin k2",
            100.0,
            "µg",
            Some("vitamin-k2-warfarin"),
        ),
        (
            "me condition=kidney-disease",
            "magnesium",
            100.0,
            "mg",
            Some("magnesium-kidney"),
        ),
        (
            "me condition=heart-failure",
            "potassium",
            100.0,
            "mg",
            Some("potassium-risk"),
        ),
    ] {
        let mut diary = diary(&format!("me born=1960; me taking=listed; {lines}"));
        diary
            .experiments
            .push(running(thing, dose, unit, 10, false));
        assert_eq!(flags(&diary).first().copied(), wanted, "{lines}");
    }
}

#[test]
fn before_it_began_and_after_its_early_end_nothing_is_taken() {
    let mut diary = diary("me condition=kidney-disease; me taking=listed");
    let mut experiment = running("magnesium", 200.0, "mg", 60, false);
    experiment.stopped = as_of().checked_sub_days(chrono::Days::new(30));
    diary.experiments.push(experiment);
    assert_eq!(flags(&diary), Vec::<&str>::new());
    diary.experiments[0].stopped = None;
    assert_eq!(flags(&diary), ["magnesium-kidney"]);
    diary.experiments[0] = running("magnesium", 200.0, "mg", -1, false);
    assert_eq!(flags(&diary), Vec::<&str>::new());
}

#[test]
fn what_the_rules_say_tells_nothing_of_the_draw() {
    let said = |other: bool| {
        let mut diary = diary("me condition=kidney-disease; took 1,2 magnesium 200mg; cramp 1..20");
        diary
            .experiments
            .push(running("magnesium", 200.0, "mg", 20, other));
        let done = if other { Done::No } else { Done::Yes };
        for ago in 0..20 {
            let night = Night::of_evening(as_of()).plus(-ago);
            let at = as_of().and_time(chrono::NaiveTime::MIN).and_utc();
            let kept = Adherence::blank(ago + 1, "magnesium".into(), night, done, at);
            diary.adherence.push(kept);
        }
        let report = crate::rules::evaluate(&diary, as_of(), true).explained();
        let entry = crate::rules::set_off(&diary, as_of(), &[Key::Experiment(1)]);
        let offers = offers_of(&diary);
        serde_json::to_string(&(report, entry.flags, offers)).unwrap()
    };
    assert_eq!(said(false), said(true));
    assert!(said(false).contains("in an experiment from"));
    assert!(!said(false).contains("assigned"));
}

#[test]
fn what_comes_up_during_an_experiment_is_said_and_an_end_is_offered() {
    for (lines, wanted) in [
        ("", ""),
        ("sym 0 swelling right", "swelling (right)"),
        ("me condition=kidney-disease at=0", "kidneys"),
        ("me pregnant=yes at=0", "pregnancy"),
        ("med warfarin start=1", "blood thinner"),
        ("supp magnesium 100mg start=1", "as a course"),
        ("supp zinc 10mg start=1", ""),
        ("med magnesium 100mg start=1", "as a course"),
    ] {
        let mut diary = diary(&format!("me born=1960; me taking=listed; {lines}"));
        diary
            .experiments
            .push(running("magnesium", 100.0, "mg", 10, false));
        let offers = offers_of(&diary);
        if wanted.is_empty() {
            assert_eq!(offers, [], "{lines}");
            continue;
        }
        let [offer] = offers.as_slice() else {
            panic!("{lines}: {offers:?}")
        };
        let why = offer.lines().join(" ").to_lowercase();
        assert!(why.contains(wanted), "{lines}: {why}");
        assert!(
            offer
                .offer
                .contains("cramp experiment stop \"magnesium\" \"why\"")
        );
        diary.experiments[0].stopped = Some(as_of());
        assert_eq!(offers_of(&diary), [], "{lines}");
    }
}

#[test]
fn two_experiments_are_not_about_one_thing() {
    let mut diary = diary(WELL);
    diary
        .experiments
        .push(running("magnesium", 100.0, "mg", 10, false));
    assert_eq!(answer(&diary, "magnesium", "100 mg"), "under-way");
    assert_eq!(
        answer(&diary, "magnesium citrate", "100 mg elemental"),
        "under-way"
    );
    assert_eq!(answer(&diary, "calcium", "500 mg"), "ok");
    diary.experiments[0] = running("magnesium", 100.0, "mg", 300, false);
    assert_eq!(answer(&diary, "magnesium", "100 mg"), "ok");
}

#[test]
fn an_entry_that_speaks_against_a_running_experiment_says_so() {
    for (lines, key, wanted) in [
        ("sym 0 swelling right", Key::Symptom(1), "matters more"),
        ("sym 0 back-pain", Key::Symptom(1), ""),
        (
            "me condition=kidney-disease at=0",
            Key::Fact(2),
            "refused now",
        ),
        ("me pregnant=yes at=0", Key::Fact(2), "pregnancy"),
        ("me condition=asthma at=0", Key::Fact(2), ""),
        (
            "supp magnesium 100mg start=0",
            Key::Course(1),
            "as a course",
        ),
        // it was written down before
        ("me pregnant=yes at=0; me smoker=no at=0", Key::Fact(3), ""),
    ] {
        let mut diary = diary(&format!("me born=1960; {lines}"));
        let experiment = running("magnesium", 100.0, "mg", 10, false);
        diary.experiments.push(experiment);
        let keys = [key];
        let fired = crate::rules::set_off(&diary, as_of(), &keys).flags;
        let said = offers_at_entry(&diary, &fired, &keys, as_of()).join(" ");
        assert_eq!(said.is_empty(), wanted.is_empty(), "{lines}: {said}");
        assert!(said.contains(wanted), "{lines}: {said}");
        let offered = said.contains("cramp experiment stop \"magnesium\" \"why\"");
        assert!(offered || wanted.is_empty(), "{lines}: {said}");
        diary.experiments.clear();
        let said = offers_at_entry(&diary, &fired, &keys, as_of());
        assert_eq!(said, Vec::<String>::new());
    }
}
