//! The result of an experiment: what is said, in which order, and when nothing is.

use crate::diary::experiment::{Adherence, Experiment};
use crate::diary::vocabulary::{Done, ExperimentDesign, Outcome};
use crate::diary::{Diary, Night};
use crate::render::terminal::Layout;
use crate::render::terminal_experiment_result;
use crate::report::experiment_result::{ExperimentResult, NoResult, result_by};
use crate::report::say::experiment_result::Verdict;
use crate::tests::experiment_chart::{lived, nightly_schedule, pairs_schedule, sealed};
use crate::tests::gallery;

const FROM: &str = "2025-11-03";

pub(crate) fn nightly(blocks: usize) -> Experiment {
    let schedule = nightly_schedule(blocks);
    sealed(
        "stretch",
        ExperimentDesign::Nightly,
        FROM,
        (1, 0),
        &schedule,
    )
}

pub(crate) fn pairs(pairs: usize) -> Experiment {
    let schedule = pairs_schedule(pairs, 14);
    sealed(
        "magnesium",
        ExperimentDesign::Pairs,
        "2025-02-03",
        (14, 4),
        &schedule,
    )
}

/// What was done on the nights: as chance chose, but on one in `failing` the other way round, and one in 11 unsaid.
pub(crate) fn keep(diary: &mut Diary, experiment: &Experiment, failing: usize) {
    for (at, night) in experiment.nights().iter().enumerate() {
        if at % 11 == 5 {
            continue;
        }
        let on = "1A".contains(experiment.schedule.as_bytes()[at] as char);
        let done = if on == (at % failing != 0) {
            Done::Yes
        } else {
            Done::No
        };
        let id = diary.adherence.len() as i64 + 1;
        let thing = experiment.thing.clone();
        diary
            .adherence
            .push(Adherence::blank(id, thing, night, done, gallery::written()));
    }
}

fn found(diary: &Diary, experiment: &Experiment) -> ExperimentResult {
    let mut diary = diary.clone();
    diary.experiments = vec![experiment.clone()];
    result_by(&diary, experiment, experiment.to, 7).unwrap()
}

fn text(result: &ExperimentResult) -> String {
    let layout = Layout {
        width: 100,
        ..Layout::default()
    };
    terminal_experiment_result::result(result, layout)
}

/// Where in the text each of `said` stands, which must be there in this order.
fn in_order(text: &str, said: &[&str]) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut at = 0;
    for words in said {
        let found = text[at..].find(words);
        at += found.unwrap_or_else(|| panic!("'{words}' is not said, or too early: {text}"));
    }
}

#[test]
fn fewer_cramps_with_it_are_said_with_both_rates_and_p_last() {
    let e = nightly(21);
    let mut diary = lived(&e, 9, 2);
    keep(&mut diary, &e, 7);
    let result = found(&diary, &e);
    assert!(matches!(
        result.verdict,
        Verdict::Shown | Verdict::ShownTwice
    ));
    let said = text(&result);
    in_order(
        &said,
        &[
            "Your experiment: Stretching before bed, 84 nights from 2025-11-03 to 2026-01-25",
            "With it: ",
            "in 100 nights.",
            "Without: ",
            "fewer in 100 nights: ",
            "95 % interval",
            "When chance decided, cramps were fewer with it: ",
            "For you, under these conditions.",
            "What chance had chosen was done on ",
            "By what was really done (not randomised): ",
            "without an answer",
            "It was not blinded: you knew",
            "nothing about why",
            "The seal fits",
            "(p ",
        ],
    );
    assert!(
        !said.contains("works") && !said.contains("because"),
        "{said}"
    );
}

#[test]
fn more_cramps_with_it_are_said_plainly() {
    let e = nightly(21);
    let result = found(&lived(&e, 2, 12), &e);
    assert!(
        matches!(result.verdict, Verdict::Shown | Verdict::ShownTwice),
        "{result:?}"
    );
    let said = text(&result);
    in_order(
        &said,
        &[
            "more in 100 nights",
            "When chance decided, cramps were more with it, not fewer:",
        ],
    );
    assert!(
        said.contains("It was never said what was really done"),
        "{said}"
    );
    assert!(!said.contains("not randomised"), "{said}");
}

#[test]
fn no_difference_is_no_effect_only_where_the_interval_says_so() {
    let e = nightly(21);
    let unclear = found(&lived(&e, 3, 3), &e);
    assert_eq!(unclear.verdict, Verdict::Possible);
    assert!(unclear.outcome.rate_ratio.is_some_and(|r| r.low <= 0.5));
    let said = text(&unclear);
    assert!(
        said.contains("No difference found, and one is still possible."),
        "{said}"
    );
    assert!(
        said.contains("'No difference found' is not 'no effect'."),
        "{said}"
    );
    let long = nightly(90);
    let unlikely = found(&lived(&long, 2, 2), &long);
    assert_eq!(unlikely.verdict, Verdict::LargeUnlikely);
    assert!(unlikely.outcome.rate_ratio.is_some_and(|r| r.low > 0.5));
    let said = text(&unlikely);
    in_order(
        &said,
        &[
            "No difference found: an effect of half or more is unlikely. A smaller one is still possible.",
        ],
    );
    for said in [text(&unclear), said] {
        assert!(!said.contains("When chance decided"), "{said}");
    }
}

#[test]
fn too_many_unknown_nights_and_little_hope_are_said_first() {
    let mut e = nightly(21);
    e.power = 0.31;
    e.seal = e.seal_now();
    let mut diary = lived(&e, 3, 3);
    let all: Vec<Night> = diary.nights.keys().copied().collect();
    for night in all.iter().filter(|n| n.number() % 5 < 2) {
        diary.nights.remove(night);
        diary.episodes.retain(|episode| episode.night != *night);
    }
    let result = found(&diary, &e);
    assert!(result.outcome.incomplete);
    let said = &result.sentences;
    assert!(said[0].starts_with("Read this first: "), "{said:?}");
    assert!(
        said[1].contains("a chance of only 31 in 100 to find 0.50 times"),
        "{said:?}"
    );
    // neither is said where it does not apply
    let e = nightly(21);
    let said = found(&lived(&e, 3, 3), &e).sentences;
    assert!(said[0].starts_with("With it: "), "{said:?}");
    assert!(
        !said.iter().any(|line| line.contains("a chance of only")),
        "{said:?}"
    );
}

#[test]
fn without_a_cramp_or_a_night_there_is_nothing_to_compare() {
    let e = nightly(2);
    let mut calm = Diary::default();
    for night in e.nights().iter() {
        gallery::answer(&mut calm, night, Outcome::Calm);
    }
    let result = found(&calm, &e);
    assert_eq!(result.verdict, Verdict::NoNumbers);
    let said = text(&result);
    in_order(
        &said,
        &[
            "With it: 0 cramps on 4 nights",
            "There was no cramp on any night that counts",
        ],
    );
    assert!(!said.contains("(p "), "{said}");
    let said = text(&found(&Diary::default(), &e));
    assert!(
        said.contains("No night counts, so there is nothing to compare."),
        "{said}"
    );
}

#[test]
fn what_was_left_out_is_counted_with_its_reason() {
    let e = pairs(8);
    let mut diary = lived(&e, 6, 2);
    gallery::exclude(&mut diary, "2025-04-10", "2025-04-16", "fever");
    let result = found(&diary, &e);
    let o = &result.outcome;
    assert_eq!(
        o.counted + o.unknown + o.excluded + o.washout + o.in_dropped_pairs,
        o.planned
    );
    let said = result.sentences.join(" ");
    assert!(
        said.contains("7 nights in a time that was left out"),
        "{said}"
    );
    assert!(
        said.contains(&format!(
            "{} nights at the beginning of a period",
            o.washout
        )),
        "{said}"
    );
    assert!(
        said.contains("Of all 256 schedules that chance could have drawn"),
        "{said}"
    );
}

#[test]
fn there_is_no_result_before_the_end_when_stopped_unsealed_or_not_opened() {
    let mut e = nightly(21);
    let diary = lived(&e, 6, 2);
    let asked = |e: &Experiment, last: Night| result_by(&diary, e, last, 7).map(|_| ());
    assert_eq!(asked(&e, e.to), Ok(()));
    let early = asked(&e, e.to.plus(-1)).unwrap_err();
    assert_eq!(early, NoResult::NotOver("2026-01-26".parse().unwrap()));
    let (message, hint) = early.refusal("stretch");
    assert_eq!(
        message,
        "the result of the experiment with stretch opens on the morning of 2026-01-26"
    );
    assert!(hint.is_some());
    let mut stopped = e.clone();
    stopped.stopped = Some("2025-12-01".parse().unwrap());
    let stopped = asked(&stopped, e.to).unwrap_err();
    assert!(stopped.refusal("stretch").0.contains("stopped, no result"));
    let mut other = e.clone();
    other.schedule = nightly_schedule(22)[4..].to_string();
    assert_eq!(asked(&other, e.to), Err(NoResult::Unsound));
    let mut other = e.clone();
    other.effect = 0.9;
    assert_eq!(asked(&other, e.to), Err(NoResult::Unsound));
    e.schedule = e.schedule.replace('1', "A").replace('0', "B");
    e.key_hash = Some("0".repeat(64));
    e.seal = e.seal_now();
    let closed = asked(&e, e.to).unwrap_err();
    assert!(
        closed
            .refusal("stretch")
            .1
            .is_some_and(|hint| hint.contains("--key FILE"))
    );
    e.opened = Some("A".to_string());
    assert_eq!(asked(&e, e.to), Ok(()));
    let opened = found(&diary, &e);
    assert!(opened.blinded && text(&opened).contains("It was blinded"));
}

#[test]
fn two_experiments_are_shown_twice_and_contradictions_show_nothing() {
    let first = nightly(15);
    let mut second = sealed(
        "stretch",
        ExperimentDesign::Nightly,
        "2026-03-02",
        (1, 0),
        &nightly_schedule(15),
    );
    second.id = 2;
    let mut diary = lived(&first, 9, 2);
    let merge = |diary: &mut Diary, more: Diary| {
        diary.nights.extend(more.nights);
        diary.episodes.extend(more.episodes);
        diary.sort();
    };
    let both = |second_on: usize, second_off: usize, diary: &mut Diary| {
        merge(diary, lived(&second, second_on, second_off));
        diary.experiments = vec![first.clone(), second.clone()];
        result_by(diary, &second, second.to, 7).unwrap()
    };
    let agreeing = both(9, 2, &mut diary.clone());
    assert_eq!(agreeing.verdict, Verdict::ShownTwice);
    assert!(
        agreeing
            .sentences
            .join(" ")
            .contains("Shown in 2 experiments of yours.")
    );
    let against = both(2, 12, &mut diary);
    assert_eq!(against.verdict, Verdict::Contradicted, "{against:?}");
    let said = against.sentences.join(" ");
    assert!(said.contains("found the opposite, so together they show nothing"));
}

#[test]
fn the_json_has_the_keys_of_the_contract() {
    let e = nightly(21);
    let mut diary = lived(&e, 6, 2);
    keep(&mut diary, &e, 7);
    let json = serde_json::to_value(found(&diary, &e)).unwrap();
    assert_eq!(
        (&json["schema"], &json["kind"]),
        (&1.into(), &"experiment-result".into())
    );
    for side in ["on", "off"] {
        for key in ["nights", "cramps", "cramp_nights"] {
            assert!(json[side][key].is_u64(), "{side} {key}: {json}");
        }
    }
    for key in ["value", "low", "high", "level"] {
        assert!(json["rate_ratio"][key].is_f64(), "{key}: {json}");
        assert!(json["difference"][key].is_f64(), "{key}: {json}");
    }
    assert!(json["p"].is_f64() && json["draws"].is_u64());
    assert!(json["kept"]["as_assigned"].is_u64() && json["kept"]["of"] == 84);
    assert!(json["seal"] == e.seal && json["verdict"].is_string());
    assert!(json["as_done"]["on"]["nights"].is_u64() && json["blinded"] == false);
}
