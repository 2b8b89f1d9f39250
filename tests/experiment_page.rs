//! Experiments on the page for a clinician, and the grades they give: the demo diary has one that has ended and one that
//! runs.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};

use crate::analysis::association::{Caution, Grade};
use crate::diary::vocabulary::ExperimentDesign;
use crate::diary::{Diary, Night, Nights, Zone};
use crate::import::demo;
use crate::render::page::{self, Paper};
use crate::report::doctor::{Beside, Doctor, doctor};
use crate::report::explain::explain;
use crate::report::factors::{Wish, factors};
use crate::tests::experiment_chart::{nightly_schedule, sealed};
use crate::tests::gallery;

/// The demo diary of seed 1 and its last night.
static DEMO: LazyLock<(Diary, Night)> = LazyLock::new(|| {
    let now: DateTime<Utc> = "2026-03-04T10:00:00Z".parse().unwrap();
    let made = demo::make(1, 180, now, &Zone::named("Europe/London").unwrap());
    (made.diary, made.last)
});

fn page_of(diary: &Diary, last: Night) -> Doctor {
    let nights = Nights::ending(last, 56);
    doctor(diary, nights, Beside::default, "nightcramp test", "a4")
}

#[test]
fn a_finished_one_has_its_numbers_and_a_running_one_only_its_beginning() {
    let (diary, last) = &*DEMO;
    let page = page_of(diary, *last);
    let tried = page.experiments.as_ref().unwrap();
    let row = tried.table.rows[0].join(" | ");
    assert!(
        row.starts_with("Stretching before bed, 2025-10-05 to 2026-02-01, unblinded"),
        "{row}"
    );
    assert!(
        row.contains("fewer cramps with it") && row.contains(" of 120 nights"),
        "{row}"
    );
    assert_eq!(
        tried.lines,
        [
            "Bed socks: running since 2026-02-11. Its nights are compared when it has ended, not before."
        ]
    );
    assert_eq!(tried.results.len(), 1);
    assert!(
        tried
            .notes
            .iter()
            .any(|note| note.starts_with("Unblinded: the patient knew"))
    );
    let json = serde_json::to_string(&page).unwrap();
    let running = &diary.experiments[1];
    for secret in [&running.schedule, &running.seal, &running.nonce] {
        assert!(!json.contains(secret.as_str()), "{secret}");
    }
    for paper in [Paper::A4, Paper::Letter] {
        for sheet in page::sheets(&page, paper) {
            assert_eq!(gallery::strays(&sheet), Vec::<&_>::new());
            assert_eq!(gallery::collisions(&sheet), Vec::new());
        }
    }
    let texts = page::sheets(&page, Paper::A4);
    let texts = texts.iter().flat_map(gallery::texts);
    let said: Vec<&str> = texts.map(|text| text.words.as_str()).collect();
    assert!(
        said.contains(&"Self-experiments") && said.contains(&"with it"),
        "{said:?}"
    );
}

#[test]
fn the_page_does_not_depend_on_what_was_drawn_for_a_running_one() {
    let (diary, last) = &*DEMO;
    let mut other = diary.clone();
    let running = &mut other.experiments[1];
    running.schedule = running
        .schedule
        .replace('1', "x")
        .replace('0', "1")
        .replace('x', "0");
    running.seal = running.seal_now();
    let things = [running.thing.clone()];
    other.adherence.retain(|a| !things.contains(&a.thing));
    let json = |diary: &Diary| serde_json::to_string(&page_of(diary, *last)).unwrap();
    assert!(json(diary) == json(&other), "the page tells what was drawn");
}

#[test]
fn stopped_ones_have_no_result_and_without_any_nothing_is_said() {
    let mut diary = gallery::ordinary();
    let last = gallery::night("2026-03-03");
    let page = page_of(&diary, last);
    assert!(page.experiments.is_none());
    assert!(
        serde_json::to_value(&page)
            .unwrap()
            .get("experiments")
            .is_none()
    );
    let schedule = nightly_schedule(21);
    let mut stopped = sealed(
        "stretch",
        ExperimentDesign::Nightly,
        "2026-01-05",
        (1, 0),
        &schedule,
    );
    stopped.stopped = Some("2026-01-20".parse().unwrap());
    diary.experiments.push(stopped);
    let page = page_of(&diary, last);
    let tried = page.experiments.as_ref().unwrap();
    assert_eq!(
        tried.lines,
        ["Stretching before bed: begun 2026-01-05, ended early 2026-01-20; stopped, no result."]
    );
    assert!(tried.results.is_empty() && tried.chart.is_none());
    // a page of the time before the end knows nothing of it
    let earlier = page_of(&diary, gallery::night("2026-01-10"));
    let lines = earlier.experiments.unwrap().lines;
    assert!(lines[0].contains("running since 2026-01-05"), "{lines:?}");
    let before = page_of(&diary, gallery::night("2026-01-03"));
    assert!(before.experiments.is_none());
}

#[test]
fn the_grade_of_the_factor_is_that_of_its_experiment_and_comes_first() {
    let (diary, last) = &*DEMO;
    let wish = Wish {
        seed: 1,
        ..Wish::default()
    };
    let found = factors(diary, *last, wish, &|| {});
    let first = &found.factors[0];
    assert_eq!(
        (first.found.factor.as_str(), first.found.grade),
        ("stretch", Grade::ShownTwice)
    );
    assert!(
        first
            .meaning
            .starts_with("When chance decided, cramps were fewer with it: ")
    );
    assert!(!first.found.cautions.contains(&Caution::WaitsForLook));
    let json = serde_json::to_value(first).unwrap();
    assert_eq!(json["grade"], "shown twice");
    assert_eq!(json["experiment"]["from"], "2025-10-05");
    assert!(
        found.factors[1..]
            .iter()
            .all(|f| f.experiment.is_none() && f.found.grade < Grade::Shown)
    );
    let explained = explain(diary, *last, "stretch", 1).unwrap();
    assert!(explained.first[0].starts_with("Your experiment: Stretching before bed, 120 nights"));
    let chance = explained
        .first
        .iter()
        .position(|line| line.starts_with("When chance decided"));
    let counts = explained
        .first
        .iter()
        .position(|line| line.contains("a cramp on"));
    assert!(chance < counts, "{:?}", explained.first);
    // one whose seal does not fit gives no grade
    let mut other = diary.clone();
    other.experiments[0].effect = 0.9;
    let found = factors(&other, *last, wish, &|| {});
    assert!(found.factors.iter().all(|f| f.found.grade < Grade::Shown));
}
