//! The made-up diary: the same for the same seed, gappy like a real one, true to what was planted, and kept away from
//! anybody's own.

use chrono::{DateTime, Utc};

use crate::analysis::experiment::Finding;
use crate::diary::experiment::State;
use crate::diary::factor::Catalogue;
use crate::diary::record::ContextValue;
use crate::diary::vocabulary::*;
use crate::diary::*;
use crate::import::demo::{self, Demo};
use crate::report::experiment_result::result_by;
use crate::report::say::experiment_result::Verdict;

use crate::tests::door::Door;

fn made(seed: u64, now: &str) -> Demo {
    let now: DateTime<Utc> = now.parse().unwrap();
    demo::make(seed, 180, now, &Zone::named("Europe/London").unwrap())
}

const NOW: &str = "2026-03-04T10:00:00Z";

#[test]
fn the_same_seed_makes_the_same_diary() {
    let (a, b) = (made(1, NOW), made(1, NOW));
    assert_eq!(a.diary, b.diary);
    assert_eq!(a.truth, b.truth);
    assert_ne!(a.diary, made(2, NOW).diary);
}

#[test]
fn it_ends_with_the_last_night_that_is_over_and_nothing_is_in_the_future() {
    for (now, last) in [
        (NOW, "2026-03-03"),
        ("2026-03-04T03:00:00Z", "2026-03-02"),
        ("2026-03-29T07:31:00Z", "2026-03-28"),
    ] {
        let demo = made(5, now);
        assert_eq!(demo.last.to_string(), last, "at {now}");
        let now: DateTime<Utc> = now.parse().unwrap();
        for e in &demo.diary.episodes {
            assert!(e.recorded_at <= now && e.night <= demo.last);
            if let Some(began) = &e.began_at {
                assert!(began.utc <= e.recorded_at, "written down before it began");
                assert_eq!(began.night(), e.night);
            }
        }
        assert!(demo.diary.values.iter().all(|v| v.recorded_at <= now));
        assert!(demo.diary.symptoms.iter().all(|s| s.noticed_at.utc <= now));
    }
}

#[test]
fn it_has_what_a_real_diary_has() {
    for seed in 1..=20 {
        let demo = made(seed, NOW);
        let d = &demo.diary;
        let span = Nights::ending(demo.last, 180);
        let coverage = d.coverage(span);
        assert!((150..176).contains(&coverage.recorded), "{coverage:?}");
        assert!(
            coverage.unknown >= 6 && coverage.excluded == 4,
            "{coverage:?}"
        );
        assert!(
            (35..120).contains(&coverage.cramp),
            "seed {seed}: {coverage:?}"
        );
        assert!(d.cramps_in(span) > coverage.cramp, "some nights have two");
        assert!(d.episodes.iter().any(|e| e.severity.is_none()));
        assert!(d.episodes.iter().any(|e| e.began_at.is_none()));
        assert!(
            d.episodes
                .iter()
                .filter(|e| e.side == Some(Side::Right))
                .count()
                > 5
        );
        assert_eq!(
            (d.courses.len(), d.events.len(), d.exclusions.len()),
            (2, 1, 1)
        );
        assert!(d.symptoms.iter().any(|s| !s.present));
        // every value is one its factor can have, and each factor has unknown nights
        let catalogue = Catalogue::of(d);
        for v in &d.values {
            assert!(
                catalogue.find(&v.factor).unwrap().accepts(&v.value),
                "{v:?}"
            );
        }
        let recorded = d.nights.len();
        for factor in ["room", "covers-press", "exercise-intensity", "magnesium"] {
            let known = d.values.iter().filter(|v| &*v.factor == factor).count();
            assert!(
                known < recorded && known * 10 > recorded * 8,
                "{factor}: {known} of {recorded}"
            );
        }
    }
}

/// Cramps a recorded night with and without the factor, over many seeds: the planted ratio comes back.
#[test]
fn the_planted_effects_are_there_and_the_null_factors_are_not() {
    let demos: Vec<Demo> = (1..=150).map(|seed| made(seed, NOW)).collect();
    let ratio = |factor: &str, exposed: fn(f64) -> bool| {
        let mut sums = [(0.0, 0.0); 2];
        for demo in &demos {
            for v in demo.diary.values.iter().filter(|v| &*v.factor == factor) {
                let Value::Number(x) = v.value else { continue };
                let sum = &mut sums[usize::from(exposed(x))];
                sum.0 += demo.diary.cramps_on(v.night) as f64;
                sum.1 += 1.0;
            }
        }
        (sums[1].0 / sums[1].1) / (sums[0].0 / sums[0].1)
    };
    let near = |got: f64, wanted: f64| (got / wanted).ln().abs() < 0.10;
    assert!(near(ratio("stretch", |x| x > 0.0), 0.5));
    assert!(near(ratio("covers-press", |x| x > 0.0), 1.6));
    for factor in ["socks", "room", "stress", "alcohol", "fluid"] {
        let half = match factor {
            "room" => |x: f64| x > 18.0,
            "stress" => |x: f64| x > 3.0,
            "fluid" => |x: f64| x > 1_700.0,
            _ => |x: f64| x > 0.0,
        };
        let got = ratio(factor, half);
        assert!(near(got, 1.0), "{factor}: {got}");
    }
    // one point of intensity multiplies by 1.18: 8 against 4 is 1.18 to the fourth
    let at = |point: f64| {
        let nights = demos.iter().flat_map(|demo| {
            demo.diary
                .values
                .iter()
                .filter(move |v| {
                    &*v.factor == "exercise-intensity" && v.value == Value::Number(point)
                })
                .map(|v| demo.diary.cramps_on(v.night) as f64)
        });
        let (sum, count) = nights.fold((0.0, 0.0), |(s, c), x| (s + x, c + 1.0));
        sum / count
    };
    let four_points = at(8.0) / at(4.0);
    assert!(
        (four_points / 1.18f64.powi(4)).ln().abs() < 0.15,
        "{four_points}"
    );
}

#[test]
fn truth_json_states_what_was_planted() {
    let demo = made(3, NOW);
    let truth: serde_json::Value = serde_json::from_str(&demo.truth).unwrap();
    assert_eq!(truth["seed"], 3);
    assert_eq!(truth["rate_ratios"]["stretch"]["rate_ratio"], 0.5);
    assert_eq!(
        truth["rate_ratios"]["exercise-intensity"]["per"],
        "1 point of 10"
    );
    assert!(
        truth["null_factors"]
            .as_array()
            .unwrap()
            .contains(&"magnesium".into())
    );
    let span = Nights::ending(demo.last, 180);
    let cramps = demo
        .diary
        .episodes
        .iter()
        .filter(|e| e.is_night_cramp())
        .count();
    assert_eq!(truth["in_the_diary"]["cramps"], cramps);
    assert_eq!(
        truth["in_the_diary"]["nights"]["recorded"],
        demo.diary.coverage(span).recorded
    );
    assert_eq!(truth["period"]["to"], "2026-03-03");
}

#[test]
fn the_command_writes_a_folder_and_leaves_the_own_diary_alone() {
    let door = Door::at(NOW);
    door.ok("log left calf 6");
    let own = std::fs::read(door.diary()).unwrap();
    let said = door.ok("demo");
    assert!(said.contains("Week of "), "{said}");
    assert!(said.contains("nobody's real nights"), "{said}");
    assert_eq!(std::fs::read(door.diary()).unwrap(), own);
    let folder = door
        .diary()
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("demo-diary");
    for file in [
        "diary.sqlite",
        "truth.json",
        "timeline.svg",
        "timeline.png",
        "calendar.svg",
        "calendar.png",
        "experiment.svg",
        "experiment.png",
        "report.pdf",
    ] {
        assert!(
            std::fs::metadata(folder.join(file)).unwrap().len() > 500,
            "{file}"
        );
    }
    // its diary works with every other command, and is that of the seed
    let listed = door.ok("--diary demo-diary/diary.sqlite list --last 3n");
    assert!(listed.contains("2026-03-03"), "{listed}");
    door.ok("--diary demo-diary/diary.sqlite export out");
    let exported =
        std::fs::read_to_string(folder.parent().unwrap().join("out/episodes.csv")).unwrap();
    assert_eq!(
        exported.lines().count() - 1,
        made(1, NOW).diary.episodes.len()
    );
    // made anew with another seed; never over something else
    door.ok("demo --seed 4");
    let truth = std::fs::read_to_string(folder.join("truth.json")).unwrap();
    assert!(truth.contains("\"seed\": 4"));
    let mine = folder.parent().unwrap().join("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(mine.join("letter.txt"), "dear").unwrap();
    let said = door.refused(1, "demo mine");
    assert!(said.contains("is not empty and no demo made it"), "{said}");
    assert_eq!(
        std::fs::read_to_string(mine.join("letter.txt")).unwrap(),
        "dear"
    );
    let in_use = door.run("--diary demo-diary/diary.sqlite demo");
    assert_eq!(in_use.code, 1);
    assert!(in_use.err.contains("is the diary in use"), "{}", in_use.err);
}

/// The nights of the finished experiment by what chance chose, over many seeds: the planted ratio comes back, a little
/// closer to 1, because now and then the other thing was done.
#[test]
fn the_experiment_has_the_planted_effect_and_the_running_one_has_none() {
    let demos: Vec<Demo> = (1..=150).map(|seed| made(seed, NOW)).collect();
    let ratio = |thing: &str| {
        let mut sums = [(0.0, 0.0); 2];
        for demo in &demos {
            let d = &demo.diary;
            let e = d.experiments.iter().find(|e| e.thing == thing).unwrap();
            for (night, letter) in e.nights().iter().zip(e.schedule.chars()) {
                if let Some(cramps) = d.cramp_count(night) {
                    let sum = &mut sums[usize::from(letter == '1')];
                    sum.0 += cramps as f64;
                    sum.1 += 1.0;
                }
            }
        }
        (sums[1].0 / sums[1].1) / (sums[0].0 / sums[0].1)
    };
    let stretch = ratio("stretch");
    assert!((0.48..0.58).contains(&stretch), "{stretch}");
    let socks = ratio("socks");
    assert!((0.85..1.18).contains(&socks), "{socks}");
}

#[test]
fn its_experiments_are_sealed_and_what_was_done_is_no_value_of_the_factor() {
    for seed in 1..=20 {
        let demo = made(seed, NOW);
        let d = &demo.diary;
        let states: Vec<(&str, State)> = d
            .experiments
            .iter()
            .map(|e| (e.thing.as_str(), e.state(demo.last)))
            .collect();
        assert_eq!(
            states,
            [("stretch", State::Finished), ("socks", State::Running)]
        );
        for e in &d.experiments {
            assert!(e.is_sound());
            assert_eq!(e.schedule.len(), 120);
            for block in e.schedule.as_bytes().chunks(4) {
                assert_eq!(block.iter().filter(|letter| **letter == b'1').count(), 2);
            }
            let of_thing =
                |v: &&ContextValue| *v.factor == *e.thing && e.nights().contains(v.night);
            assert_eq!(d.values.iter().filter(of_thing).count(), 0);
            let done = d.adherence.iter().filter(|a| a.thing == e.thing);
            assert!(
                done.clone()
                    .all(|a| e.nights().contains(a.night) && a.night <= demo.last)
            );
            assert!(done.count() > 10);
        }
        assert!(d.experiments[0].schedule != d.experiments[1].schedule);
    }
    assert_ne!(
        made(1, NOW).diary.experiments[0].schedule,
        made(2, NOW).diary.experiments[0].schedule
    );
}

/// With a true ratio of a half many such experiments find it, and none finds the opposite.
#[test]
fn what_the_experiment_shows_is_what_was_planted() {
    let verdicts: Vec<(Verdict, Finding)> = (1..=8)
        .map(|seed| {
            let demo = made(seed, NOW);
            let e = &demo.diary.experiments[0];
            let result = result_by(&demo.diary, e, demo.last, 1).unwrap();
            (result.verdict, result.outcome.finding)
        })
        .collect();
    let shown = verdicts
        .iter()
        .filter(|(_, finding)| *finding == Finding::Fewer);
    assert!(shown.count() >= 3, "{verdicts:?}");
    assert!(
        verdicts.iter().all(|(_, f)| *f != Finding::More),
        "{verdicts:?}"
    );
    let demo = made(1, NOW);
    let truth: serde_json::Value = serde_json::from_str(&demo.truth).unwrap();
    assert_eq!(truth["experiments"][0]["rate_ratio"], 0.5);
    assert_eq!(truth["experiments"][1]["state"], "running");
}
