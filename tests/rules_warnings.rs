//! Warnings at the door: what sets a rule off, what ends it, and that no more is said than was entered.

use crate::diary::Key;
use crate::diary::vocabulary::SymptomName;
use crate::report::flags::weekly_check;
use crate::rules::answer::Answer::{self, No, Unknown, Yes};
use crate::rules::{self, AtEntry, Flag};

use crate::tests::door::Door;
use crate::tests::rules::answer;
use crate::tests::rules_entries::{as_of, diary};

/// Entries, the rule asked, and its answer.
const CASES: &[(&str, &str, Answer)] = &[
    // A leg that may be losing its blood.
    (
        "sym 0 leg-pain left sev=9 since=0; sym 0 cold-foot left",
        "red-acute-limb",
        Yes,
    ),
    (
        "sym 0 leg-pain right sev=8 sudden; sym 0 numbness right",
        "red-acute-limb",
        Yes,
    ),
    (
        "sym 0 leg-pain right sev=7 since=1; sym 0 pale-foot right",
        "red-acute-limb",
        Yes,
    ),
    (
        "sym 0 leg-pain right sev=7 since=1; sym 0 weakness right",
        "red-acute-limb",
        Yes,
    ),
    (
        "sym 0 rest-pain left sev=8 sudden; sym 0 cold-foot left",
        "red-acute-limb",
        Yes,
    ),
    (
        "well; sym 0 leg-pain left sev=9 since=0",
        "red-acute-limb",
        No,
    ),
    (
        "well; sym 0 leg-pain left sev=6 since=0; sym 0 cold-foot left",
        "red-acute-limb",
        No,
    ),
    (
        "well; sym 0 leg-pain both sev=9 since=0; sym 0 cold-foot left",
        "red-acute-limb",
        No,
    ),
    (
        "well; sym 0 leg-pain left sev=9 since=30 sudden=no; sym 0 cold-foot left",
        "red-acute-limb",
        No,
    ),
    (
        "sym 0 leg-pain left sev=9; sym 0 cold-foot left",
        "red-acute-limb",
        Unknown,
    ),
    (
        "sym 0 leg-pain left sudden; sym 0 cold-foot left",
        "red-acute-limb",
        Unknown,
    ),
    // Weakness of one side.
    ("sym 1 weakness left", "red-weakness", Yes),
    ("sym 1 weakness left", "red-weakness-sudden", Unknown),
    ("sym 1 weakness left sudden", "red-weakness-sudden", Yes),
    ("sym 1 weakness left since=20", "red-weakness", Yes),
    ("well; sym 1 weakness left since=90", "red-weakness", No),
    (
        "well; sym 1 weakness left since=90 sudden",
        "red-weakness-sudden",
        No,
    ),
    ("sym 1 weakness", "red-weakness", Unknown),
    ("sym 1 weakness both", "red-weakness", Unknown),
    // Quinine and an unborn child.
    (
        "me pregnant=yes; took 1 tonic_water 300ml",
        "quinine-pregnancy",
        Yes,
    ),
    (
        "me pregnant=yes; med quinine 200mg start=20",
        "quinine-pregnancy",
        Yes,
    ),
    ("well; me pregnant=yes at=5", "quinine-pregnancy", No),
    ("med quinine 200mg start=20", "quinine-pregnancy", Unknown),
    // Getting worse.
    (
        "sym 1 back-pain; sym 1 bladder-change since=90 worse",
        "red-cauda-equina",
        Yes,
    ),
    (
        "well; sym 1 back-pain since=400; sym 1 bladder-change since=90 worse=no",
        "red-cauda-equina",
        No,
    ),
    (
        "sym 1 weakness both since=90 worse",
        "nerve-muscle-loss",
        Yes,
    ),
    (
        "well; sym 1 weakness both since=90",
        "nerve-muscle-loss",
        No,
    ),
    // A calf that was measured, and what makes a clot more likely.
    ("sym 1 swelling cm=3", "red-dvt", Yes),
    ("well; sym 1 swelling both cm=2", "red-dvt", No),
    ("sym 1 swelling", "red-dvt", Unknown),
    (
        "sym 1 calf-tenderness; me flight=2026-03-01",
        "red-dvt",
        Yes,
    ),
    ("sym 1 calf-tenderness; me flight=yes at=5", "red-dvt", Yes),
    (
        "sym 1 calf-tenderness; me chemotherapy=yes at=90",
        "red-dvt",
        Yes,
    ),
    ("sym 1 calf-tenderness; me immobile=yes", "red-dvt", Yes),
    (
        "well; sym 1 calf-tenderness; me flight=2025-09-01",
        "red-dvt",
        No,
    ),
    ("sym 1 calf-tenderness", "red-dvt", Unknown),
    ("me blood-pressure=150/85; cramp 1,9", "blood-pressure", Yes),
    (
        "well; me blood-pressure=130/80; cramp 1,9",
        "blood-pressure",
        No,
    ),
    ("me condition=none; cramp 1,9", "blood-pressure", Unknown),
    // A "no" ends an old sign.
    (
        "sym 3 back-pain; sym 3 bladder-change since=2200; absent 1 bladder-change",
        "red-cauda-equina-slow",
        Unknown,
    ),
    (
        "well; sym 3 back-pain since=400; sym 3 bladder-change since=2200; absent 0 bladder-change",
        "red-cauda-equina-slow",
        No,
    ),
    (
        "sym 3 back-pain since=400; absent 2 bladder-change; sym 1 bladder-change since=2200",
        "red-cauda-equina-slow",
        Yes,
    ),
    ("sym 9 foot-sore left", "red-limb", Yes),
    (
        "well; sym 9 foot-sore left; absent 2 foot-sore",
        "red-limb",
        No,
    ),
    (
        "sym 9 foot-sore left; absent 2 foot-sore",
        "red-limb",
        Unknown,
    ),
    (
        "sym 9 swelling left; absent 2 swelling; absent 2 redness; absent 2 leg-warmth; absent 2 calf-tenderness",
        "red-dvt",
        No,
    ),
    (
        "sym 9 swelling left; absent 2 swelling right",
        "red-dvt",
        Yes,
    ),
    (
        "sym 9 swelling left; absent 2 swelling left; absent 2 redness; absent 2 leg-warmth; absent 2 calf-tenderness",
        "red-dvt",
        No,
    ),
    // An attack, a wound and a loss of strength that came and went still count.
    ("sym 9 seizure; absent 1 seizure", "red-seizure", Yes),
    ("sym 9 dirty-wound; absent 1 dirty-wound", "red-wound", Yes),
    (
        "sym 2 speech-change; absent 1 speech-change",
        "red-weakness-sudden",
        Yes,
    ),
    (
        "sym 2 weakness left since=3; absent 1 weakness",
        "red-weakness-sudden",
        Yes,
    ),
    (
        "well; sym 20 chest-pain; absent 1 chest-pain",
        "red-chest",
        No,
    ),
    ("sym 2 chest-pain; absent 1 chest-pain", "red-chest", Yes),
    // Weeks are counted from what was entered.
    (
        "sym 1,22 tiredness; sym 1,22 cold-intolerance",
        "thyroid-signs",
        Yes,
    ),
    (
        "sym 1,22 tiredness; sym 1,22 cold-intolerance; absent 10 tiredness; absent 10 cold-intolerance",
        "thyroid-signs",
        Unknown,
    ),
    ("sym 1 numbness since=20", "ladder-companion", Yes),
    (
        "sym 1,15 numbness; absent 8 numbness",
        "ladder-companion",
        Unknown,
    ),
    // A measure that the nights say was left out was not kept up.
    (
        "cramp 1,8,15,22; measure stretching start=42",
        "tried-no-relief",
        Yes,
    ),
    (
        "cramp 1,8,15,22; measure stretching start=42; val 1..33 stretch 0; val 34..42 stretch 1",
        "tried-no-relief",
        Unknown,
    ),
    (
        "cramp 1,8,15,22; val 1,8,15,22 fatigue 2; val 1,8,15,22 room 19C; measure stretching start=42; val 1..33 stretch 0",
        "no-trigger",
        No,
    ),
    (
        "cramp 1,8,15,22; val 1,8,15,22 fatigue 2; val 1,8,15,22 room 19C; measure stretching start=42; val 1..33 stretch 1",
        "no-trigger",
        Yes,
    ),
    // The ladder ends with the last finished night.
    ("cramp 7,14,21,28", "ladder-weekly", Yes),
    ("calm 0; cramp 7,14,21,28", "ladder-weekly", Unknown),
    ("well; cramp 7,14,21,28", "ladder-weekly", No),
    // Pain on walking.
    (
        "sym 1,5 walking-pain by=rest lasts=300",
        "pad-claudication",
        Yes,
    ),
    (
        "sym 1,5 walking-pain by=rest lasts=600",
        "pad-claudication",
        Yes,
    ),
    (
        "well; sym 1,5 walking-pain by=rest lasts=3600",
        "pad-claudication",
        No,
    ),
    ("sym 1,5 walking-pain", "pad-claudication", Unknown),
    ("sym 1,5 walking-pain by=sitting", "lumbar", Yes),
    (
        "sym 1,5 walking-pain by=sitting",
        "pad-claudication",
        Unknown,
    ),
    (
        "well; sym 1,5 walking-pain by=sitting",
        "pad-claudication",
        No,
    ),
    (
        "well; sym 1,5 walking-pain by=sitting; me smoker=yes at=3",
        "pad-claudication",
        Yes,
    ),
    (
        "well; sym 1,5 walking-pain by=sitting; me smoker=yes at=3",
        "lumbar",
        Yes,
    ),
    (
        "sym 9,2 walking-pain by=rest; absent 5 walking-pain",
        "pad-claudication",
        Yes,
    ),
    (
        "sym 9,5 walking-pain by=rest; absent 2 walking-pain",
        "pad-claudication",
        No,
    ),
    // Cold and numb feet.
    (
        "cramp 3; sym 1 cold-foot left; sym 1 numbness left",
        "pad-early",
        Yes,
    ),
    (
        "cramp 3; sym 1,5 cold-foot both; sym 1 numbness left; absent 1 pale-foot; absent 1 walking-pain; absent 1 weakness",
        "pad-early",
        No,
    ),
    (
        "cramp 3; sym 1,5 cold-foot both; sym 1 numbness left; absent 1 pale-foot; sym 1 walking-pain",
        "pad-early",
        Yes,
    ),
    (
        "cramp 3; sym 1 cold-foot left; absent 1 pale-foot; absent 1 walking-pain",
        "pad-early",
        Unknown,
    ),
    // A range of minutes.
    ("cramp 1 dur=660 max=900", "red-long-cramp", Yes),
    ("cramp 1 dur=480 max=720", "red-long-cramp", Unknown),
    ("well; cramp 1 dur=480 max=720", "red-long-cramp", Unknown),
    ("well; cramp 1 dur=300 max=600", "red-long-cramp", No),
    ("well; cramp 1 max=60", "red-long-cramp", No),
    // Some, without a figure.
    (
        "val 1 warm-bath some; sym 2 numbness",
        "heat-numb-feet",
        Yes,
    ),
    (
        "val 1 magnesium some; me condition=kidney-disease",
        "magnesium-kidney",
        Yes,
    ),
    ("val 1 magnesium some", "limit-magnesium", Unknown),
    ("cramp 2,6; val 2,6 sweat some", "electrolytes", Unknown),
    (
        "cramp 1,8,15,22; val 1..28 magnesium some",
        "tried-no-relief",
        Yes,
    ),
];

#[test]
fn what_is_said_at_the_door_sets_off_what_it_should() {
    let mut wrong = Vec::new();
    for (lines, id, wanted) in CASES {
        let got = answer(rules::find(id).unwrap(), &diary(lines));
        if got != *wanted {
            wrong.push(format!("{id}: {lines}: wanted {wanted:?}, got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn flag(lines: &str, id: &str) -> Flag {
    let report = rules::evaluate(&diary(lines), as_of(), true);
    let found = report.flags.into_iter().find(|f| f.id == id);
    found.unwrap_or_else(|| panic!("{id} does not fire on {lines}"))
}

#[test]
fn a_start_is_named_only_when_it_was_entered() {
    let with = flag("sym 1 weakness left since=3", "red-weakness-sudden");
    assert_eq!(
        with.observed,
        "You recorded weakness (left) on 2026-03-09, since 2026-03-07."
    );
    let without = flag("sym 1 speech-change", "red-weakness-sudden");
    assert_eq!(
        without.observed,
        "You recorded speech change on 2026-03-09."
    );
    let one = flag("sym 1 numbness left since=20", "ladder-companion");
    assert_eq!(
        one.observed,
        "You recorded numbness (left) on 2026-03-09, since 2026-02-18."
    );
    let weeks = flag(
        "sym 1,22 tiredness; sym 1,22 cold-intolerance",
        "thyroid-signs",
    );
    assert_eq!(
        weeks.observed,
        "You recorded tiredness and cold intolerance between 2026-02-16 and 2026-03-09."
    );
    for rule in rules::all() {
        for claim in ["weeks or more.", "separate weeks", "begun within"] {
            assert!(
                !rule.observed.contains(claim),
                "{}: {}",
                rule.id,
                rule.observed
            );
        }
    }
}

#[test]
fn the_words_of_an_urgent_flag_fit_its_age() {
    let today = flag("sym 1 chest-pain", "red-chest");
    assert!(
        today.advice.starts_with("Call your emergency number now"),
        "{}",
        today.advice
    );
    assert_eq!(today.heading(), "EMERGENCY: call now");
    for (lines, id) in [
        ("sym 21 chest-pain", "red-chest"),
        ("sym 13 saddle-numbness", "red-cauda-equina"),
        ("sym 21 dark-urine", "red-dark-urine"),
        ("sym 21 swelling left", "red-dvt"),
    ] {
        let flag = flag(lines, id);
        let noted = flag.evidence[0].date.unwrap();
        let first = flag.advice.split(". ").next().unwrap();
        assert_eq!(first, format!("You noted this on {noted}"));
        assert!(
            flag.heading().ends_with(&format!("(noted on {noted})")),
            "{}",
            flag.heading()
        );
        let now = flag
            .advice
            .split(". ")
            .find(|s| s.contains(" now") && !s.starts_with("If ") && !s.starts_with("Call if"));
        assert_eq!(now, None, "{id}");
    }
    // A course goes on, however long ago it began.
    let course = flag(
        "supp vitamin_k2 100µg start=300; med warfarin start=900",
        "vitamin-k2-warfarin",
    );
    assert_eq!(course.noted_before, None);
}

fn at_entry(lines: &str) -> AtEntry {
    let diary = diary(lines);
    let symptoms = diary.symptoms.iter().map(|s| Key::Symptom(s.id));
    let episodes = diary.episodes.iter().map(|e| Key::Episode(e.id));
    let new: Vec<Key> = symptoms.chain(episodes).collect();
    rules::set_off(&diary, as_of(), &new)
}

#[test]
fn the_fact_that_decides_is_asked_for() {
    let found = at_entry("cramp 1 dur=480 max=720");
    assert_eq!(found.flags.len(), 0);
    assert_eq!(
        found.questions[0].ask,
        "Did cramp 1 last longer than 10 minutes?"
    );
    let found = at_entry("cramp 1");
    assert!(found.questions.is_empty(), "{:?}", found.questions);
    let found = at_entry("sym 1 weakness left");
    assert_eq!(found.flags[0].id, "red-weakness");
    let report = rules::evaluate(&diary("sym 1 weakness left"), as_of(), true);
    let mut open = report.could_not_tell.iter();
    let sudden = open.find(|c| c.id == "red-weakness-sudden").unwrap();
    let missing: Vec<String> = sudden.missing.iter().map(ToString::to_string).collect();
    assert!(
        missing.contains(&"weakness: since when".to_string()),
        "{missing:?}"
    );
}

#[test]
fn one_no_to_a_list_does_not_end_what_was_written_down() {
    let asked = |lines: &str| -> Vec<SymptomName> {
        let checks = weekly_check(&diary(lines), as_of());
        let all = checks.iter().flat_map(|check| &check.symptoms);
        all.map(|(name, _)| *name).collect()
    };
    let back = asked("sym 2 back-pain; sym 2 leg-pain");
    assert!(back.contains(&SymptomName::SaddleNumbness), "{back:?}");
    assert!(!back.contains(&SymptomName::BackPain), "{back:?}");
    let over = asked("sym 2 back-pain; sym 3 leg-pain; absent 1 leg-pain");
    assert!(over.contains(&SymptomName::LegPain), "{over:?}");
}

#[test]
fn how_a_symptom_came_on_is_typed_as_people_say_it() {
    let door = Door::at("2026-03-04T20:00:00Z");
    for (words, said) in [
        ("leg-pain right 8 sudden", "came on suddenly"),
        ("leg-pain right suddenly", "came on suddenly"),
        ("leg-pain right came on suddenly", "came on suddenly"),
        ("leg-pain right \"came on suddenly\"", "came on suddenly"),
        ("leg-pain sudden=no", "did not come on suddenly"),
        ("swelling left worse", "getting worse"),
        ("swelling left getting worse", "getting worse"),
        ("swelling left worse=no", "not getting worse"),
        (
            "swelling left 3cm bigger",
            "3 cm bigger than the other side",
        ),
        (
            "swelling left 3 cm bigger",
            "3 cm bigger than the other side",
        ),
        (
            "swelling left difference=3.5cm",
            "3.5 cm bigger than the other side",
        ),
        ("swelling left 1inch", "2.5 cm bigger than the other side"),
    ] {
        door.ok(&format!("symptom {words}"));
        let shown = door.ok("list --last 1n");
        assert!(shown.lines().any(|l| l.contains(said)), "{words}: {shown}");
    }
    door.ok("symptom swelling right 3cm yesterday");
    door.refused(2, "symptom swelling left difference=90cm");
    door.refused(2, "symptom swelling left sudden=perhaps");
    door.ok("export --format csv out");
    let csv = std::fs::read_to_string(door.folder().join("out").join("symptoms.csv")).unwrap();
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .ends_with(",text,sudden,worse,difference_cm"),
        "{csv}"
    );
}

#[test]
fn a_day_to_come_is_refused_by_name() {
    let door = Door::at("2026-03-04T20:00:00Z");
    for line in [
        "symptom swelling left tomorrow",
        "symptom swelling left since=tomorrow",
        "symptom swelling left next week",
        "course start magnesium 300mg tomorrow",
        "course start magnesium 300mg start=tomorrow",
        "took magnesium 300mg tomorrow",
        "me condition=diabetes since=tomorrow",
        "log left calf tomorrow",
        "log left calf 6 tomorrow",
    ] {
        let message = door.refused(2, line);
        let word = if line.contains("week") {
            "next week"
        } else {
            "tomorrow"
        };
        assert!(
            message.contains(&format!("'{word}' is still to come")),
            "{line}: {message}"
        );
    }
    // A line that only speaks of a day to come is kept.
    door.ok("log left calf 6, see the doctor tomorrow");
}

#[test]
fn a_no_behind_a_name_in_words_takes_the_sign_back() {
    let door = Door::at("2026-03-04T20:00:00Z");
    door.ok("symptom back pain");
    door.ok("symptom bladder change since 2020");
    door.ok("symptom bladder change no");
    let flags = door.ok("flags");
    assert!(!flags.contains("red-cauda-equina]"), "{flags}");
    assert!(!flags.contains("red-cauda-equina-slow]"), "{flags}");
}
