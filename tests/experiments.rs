//! Experiments at the door: planned, begun, lived through, and never peeked into.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::diary::vocabulary::Done;
use crate::diary::{Adherence, Experiment, Record};
use crate::store::{Store, StoreError};
use crate::tests::analysis::door_edges::{Plan, cramps};
use crate::tests::door::Door;

/// A diary of 120 nights, the last of them that of 4 January 2026.
fn door() -> Door {
    aged(&Plan::new("2025-09-07", cramps(120, 0.5)))
}

/// The same of somebody whose age is known, as it has to be.
fn aged(plan: &Plan) -> Door {
    let door = plan.door();
    door.ok("me born=1958");
    door
}

fn morning(day: NaiveDate) -> String {
    format!("{day}T08:00:00Z")
}

pub(crate) fn begun() -> Door {
    let door = door();
    door.ok("experiment start stretch --nights 84 --anyway --yes");
    door
}

fn store(door: &Door) -> Store {
    Store::open(
        &door.diary(),
        "2026-03-01T08:00:00Z".parse::<DateTime<Utc>>().unwrap(),
    )
    .unwrap()
}

pub(crate) fn experiments(door: &Door) -> Vec<Experiment> {
    store(door).read(None).unwrap().experiments
}

/// What tonight is to be, as bare `cramp` says it.
fn tonight(door: &Door) -> String {
    let said = door.run("--json").json();
    said["tonight"][0]["assigned"]
        .as_str()
        .unwrap_or_default()
        .to_string()
}

#[test]
fn a_plan_is_a_table_and_advice_and_writes_nothing() {
    let door = door();
    let before = std::fs::read(door.diary()).unwrap();
    let said = door.ok("experiment plan stretch");
    for words in [
        "84 nights, each drawn",
        "8 pairs of 14 nights (224)",
        "False alarm",
        "2026-03-29",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let plan = door
        .run("experiment plan stretch --nights 168 --json")
        .json();
    assert_eq!(
        (&plan["schema"], &plan["kind"]),
        (&1.into(), &"experiment-plan".into())
    );
    let design = &plan["designs"][0];
    assert_eq!(
        (&design["design"], &design["nights"]),
        (&"nightly".into(), &168.into())
    );
    assert!(
        design["pairs"].is_null() && design["power"].is_f64() && design["false_alarm"].is_f64()
    );
    assert_eq!(design["ends"], "2026-06-21");
    assert!(plan["advice"].as_str().unwrap().len() > 20);
    assert_eq!(before, std::fs::read(door.diary()).unwrap());
    // the same seed, the same answer
    let again = door
        .run("experiment plan stretch --nights 168 --json")
        .json();
    assert_eq!(plan, again);
}

#[test]
fn what_cannot_be_tried_is_refused_with_a_way_out() {
    let door = door();
    for (code, line, words) in [
        (
            2,
            "experiment plan stretch --pairs 7",
            "7 pairs are too few",
        ),
        (2, "experiment plan stretch --effect 1.0", "no effect"),
        (2, "experiment plan stretch --effect 1.5", "more cramps"),
        (2, "experiment plan stretch --effect 0", "can look for"),
        (2, "experiment plan stretch --effect -1", "can look for"),
        (2, "experiment plan stretch --effect NaN", "not an effect"),
        (2, "experiment plan stretch --effect big", "not an effect"),
        (2, "experiment plan stretch --nights 83", "84 nights"),
        (2, "experiment plan stretch --nights 8", "too few"),
        (2, "experiment plan stretch --nights 40000", "more than"),
        (2, "experiment plan stretch --period 10", "14 nights"),
        (1, "experiment plan strech", "stretch"),
        (1, "experiment plan stretch maybe", "'maybe'"),
        (1, "experiment plan quinine", "quinine"),
        (1, "experiment start stretch --nights 84 --anyway", "--yes"),
        (1, "experiment stop stretch bored --yes", "no experiment"),
        (1, "experiment result stretch", "no experiment"),
        (1, "experiment verify stretch", "no experiment"),
    ] {
        let said = door.refused(code, line);
        assert!(said.contains(words), "{line}: {said}");
    }
    assert!(experiments(&door).is_empty());
    let young = Door::at("2026-03-04T08:00:00Z");
    young.ok("night calm");
    young.ok("me born=1958");
    assert!(
        young
            .refused(1, "experiment plan stretch")
            .contains("too few nights")
    );
}

#[test]
fn a_weak_experiment_needs_anyway_and_says_so_ever_after() {
    let door = aged(&Plan::new("2025-09-07", cramps(120, 0.1)));
    let said = door.refused(1, "experiment start stretch --nights 12 --yes");
    assert!(
        said.contains("Not worth starting") && said.contains("--anyway"),
        "{said}"
    );
    for line in [
        "experiment start stretch --nights 12 --anyway --yes",
        "experiment",
        "experiment verify stretch",
        "experiment stop stretch \"changed my mind\" --yes",
        "experiment",
    ] {
        let said = door.ok(line);
        assert!(said.contains("probably find nothing"), "{line}: {said}");
    }
}

#[test]
fn a_start_asks_seals_and_can_be_taken_back_until_the_first_night_is_over() {
    let mut door = door();
    let (code, shown) = door
        .typing("n\n")
        .screen("experiment start stretch --nights 84 --anyway");
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("Start it? [y/n] n"), "{shown}");
    let (code, shown) = door
        .typing("y\n")
        .screen("experiment start stretch --nights 84 --anyway");
    assert_eq!(code, 0, "{shown}");
    let [experiment] = &experiments(&door)[..] else {
        panic!("one")
    };
    assert!(
        experiment.is_sound() && shown.contains(&experiment.seal),
        "{shown}"
    );
    assert!(!shown.contains(&experiment.schedule) && !shown.contains(&experiment.nonce));
    door.ok("undo");
    assert!(experiments(&door).is_empty());
    door.ok("redo");
    assert_eq!(experiments(&door).len(), 1);
    door.set_now("2026-01-07T08:00:00Z");
    assert_eq!(door.run("undo").code, 1);
    assert_eq!(experiments(&door).len(), 1);
}

#[test]
fn one_a_thing_and_two_at_once() {
    let door = begun();
    let again = door.refused(1, "experiment start stretch --nights 84 --anyway --yes");
    assert!(again.contains("stretch"), "{again}");
    door.ok("experiment start socks --nights 84 --anyway --yes");
    let third = door.refused(
        1,
        "experiment start covers-press --nights 84 --anyway --yes",
    );
    assert!(
        third.contains("two experiments") || third.contains("lots cannot"),
        "{third}"
    );
    let [a, b] = &experiments(&door)[..] else {
        panic!("two")
    };
    assert_ne!(a.schedule, b.schedule);
    let status = door.run("experiment --json").json();
    assert_eq!(status["kind"], "experiment");
    assert_eq!(status["experiments"].as_array().unwrap().len(), 2);
    assert_eq!(
        door.run("--json").json()["tonight"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn tonight_stands_wherever_nights_are_answered_and_nothing_more() {
    let mut door = begun();
    let [experiment] = &experiments(&door)[..] else {
        panic!("one")
    };
    for day in 0..4_usize {
        door.set_now(&morning(experiment.from.plus(day as i64).date()));
        let on = experiment.schedule.as_bytes()[day] == b'1';
        assert_eq!(tonight(&door), if on { "on" } else { "off" });
        let words = if on {
            "Tonight: with stretching"
        } else {
            "Tonight: without stretching"
        };
        for line in ["", "week", "experiment", "night calm"] {
            let said = door.ok(line);
            assert!(said.contains(words), "{line}: {said}");
        }
        assert!(
            door.ok("week --ending 2025-12-01")
                .find("Tonight")
                .is_none()
        );
    }
    let (_, shown) = door.typing("y\n").screen("ask");
    assert!(shown.contains("Tonight: "), "{shown}");
    assert!(shown.contains("[y n, or partly]"), "{shown}");
}

/// The check-in takes it that somebody does not know, which is neither yes nor no, and says how to say so.
#[test]
fn who_does_not_know_what_was_done_leaves_it_unknown() {
    let mut door = begun();
    let first = experiments(&door)[0].from;
    door.set_now(&morning(first.plus(2).date()));
    door.ok("night last calm");
    let done = |door: &Door| -> Vec<Done> {
        let diary = store(door).read(None).unwrap();
        diary.adherence.iter().map(|a| a.done).collect()
    };
    let changes = |door: &Door| store(door).history(99).unwrap().len();
    let before = changes(&door);
    let (code, shown) = door.typing("perhaps\n?\n").screen("ask");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("'perhaps' is not an answer"), "{shown}");
    assert!(shown.contains("? or Enter if you do not know"), "{shown}");
    assert!(shown.contains("Nothing was written"), "{shown}");
    assert_eq!((done(&door), changes(&door)), (vec![], before));
    // one step back, what was said is taken away
    let (_, shown) = door.typing("partly\n<\n?\n").screen("ask");
    assert_eq!(done(&door), [], "{shown}");
    assert_eq!(changes(&door), before + 2, "{shown}");
}

#[test]
fn the_clock_set_back_is_said_and_nothing_is_lost() {
    let mut door = begun();
    door.set_now("2025-12-20T08:00:00Z");
    let said = door.ok("experiment");
    assert!(said.contains("Is the clock right?"), "{said}");
    assert_eq!(door.run("--json").json()["tonight"], serde_json::json!([]));
    assert_eq!(door.run("experiment result stretch").code, 1);
    assert_eq!(experiments(&door).len(), 1);
}

#[test]
fn a_stop_is_no_result() {
    let mut door = begun();
    door.set_now("2026-01-20T08:00:00Z");
    let said = door.ok("experiment stop stretch \"a sprained ankle\" --yes");
    assert!(
        said.contains("no result") && said.contains("a sprained ankle"),
        "{said}"
    );
    let status = door.run("experiment --json").json();
    assert_eq!(status["state"], "stopped");
    assert_eq!(door.run("--json").json()["tonight"], serde_json::json!([]));
    assert!(
        door.refused(1, "experiment result stretch")
            .contains("stopped")
    );
    door.set_now("2026-06-20T08:00:00Z");
    assert!(
        door.refused(1, "experiment result stretch")
            .contains("stopped")
    );
    door.ok("experiment start stretch --nights 84 --anyway --yes");
}

#[test]
fn an_edited_schedule_is_found_and_gives_no_result() {
    let door = begun();
    let seal = experiments(&door)[0].seal.clone();
    let verified = door.run(&format!("experiment verify stretch --seal {seal} --json"));
    assert_eq!(
        (verified.code, &verified.json()["sound"]),
        (0, &true.into())
    );
    assert_eq!(
        door.run(&format!(
            "experiment verify stretch --seal {}",
            "0".repeat(64)
        ))
        .code,
        1
    );
    let mut edited = experiments(&door).remove(0);
    edited.schedule = edited
        .schedule
        .chars()
        .rev()
        .map(|c| if c == '1' { '0' } else { '1' })
        .collect();
    write(&door, vec![Record::Experiment(edited)]);
    let verified = door.run("experiment verify stretch --json");
    assert_eq!(
        (verified.code, &verified.json()["sound"]),
        (1, &false.into())
    );
    assert!(
        door.ok("experiment")
            .contains("not the one that was sealed")
    );
}

#[test]
fn a_blinded_one_opens_with_the_friend_s_key_alone() {
    let mut door = door();
    let line = "experiment start stretch --nights 84 --anyway --yes --blind key.txt";
    let said = door.ok(line);
    assert!(
        said.contains("key.txt") && said.contains("the one marked"),
        "{said}"
    );
    assert!(["A", "B"].contains(&tonight(&door).as_str()));
    let key = std::fs::read_to_string(door.folder().join("key.txt")).unwrap();
    let [experiment] = &experiments(&door)[..] else {
        panic!("one")
    };
    assert!(key.contains("Label A") && !said.contains("key A") && !said.contains("key B"));
    assert!(experiment.schedule.chars().all(|c| "AB".contains(c)));
    door.set_now("2026-04-20T08:00:00Z");
    assert!(
        door.refused(1, "experiment result stretch")
            .contains("blinded")
    );
    std::fs::write(door.folder().join("wrong.txt"), "key A 00").unwrap();
    assert!(
        door.refused(1, "experiment result stretch --key wrong.txt")
            .contains("not the key")
    );
    door.run("experiment result stretch --key key.txt --json")
        .json();
    let opened = experiments(&door).remove(0).opened.unwrap();
    assert!(key.contains(&format!("key {opened} ")));
    assert!(
        door.refused(
            1,
            "experiment start stretch --nights 84 --anyway --yes --blind key.txt"
        )
        .contains("key.txt")
    );
}

pub(crate) fn write(door: &Door, records: Vec<Record>) {
    let now = "2026-03-01T08:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let mut store = store(door);
    let put = store.write::<_, StoreError>(now, "experiment", |w| w.put_all(records).map(drop));
    put.unwrap();
}

/// The outputs of every command that shows something of nights, and of every picture and page.
fn everything(door: &Door) -> BTreeMap<String, String> {
    let lines = [
        "",
        "week",
        "week --plain",
        "trend",
        "analyze --no-look",
        "analyze --no-look --long",
        "explain stretch",
        "explain x-a",
        "flags",
        "flags --why",
        "list --last 60n",
        "show 1",
        "show 2026-01-20",
        "course list",
        "me",
        "factor list",
        "history --last 3",
        "experiment",
        "experiment result stretch",
        "experiment verify stretch",
        "chart timeline",
        "chart calendar",
        "chart clock",
        "chart factors",
        "chart trend",
        "chart experiment stretch",
        "report",
        "experiment plan socks --nights 84",
    ];
    let mut out = BTreeMap::new();
    for line in lines {
        let files: &[&str] = match line.split(' ').next().unwrap() {
            // the same picture goes into every kind of file; one of them is drawn into all
            "chart" if line == "chart factors" => &["svg", "png", "pdf"],
            "chart" => &["svg"],
            "report" => &["html", "json", "png", "pdf"],
            _ => &[],
        };
        for ending in files {
            let file = format!("made.{ending}");
            let said = door.run(&format!("{line} --out {file}"));
            let made = std::fs::read(door.folder().join(&file)).unwrap_or_default();
            let _gone = std::fs::remove_file(door.folder().join(&file));
            // bytes that are no text, one letter each, so that each of them counts
            let made = match String::from_utf8(made) {
                Ok(text) => text,
                Err(bytes) => bytes.into_bytes().into_iter().map(char::from).collect(),
            };
            assert!(said.code != 0 || !made.is_empty(), "{line} {ending}");
            out.insert(
                format!("{line} {ending}"),
                format!("{}{}{made}", said.out, said.err),
            );
        }
        for form in ["", " --json"] {
            let said = door.run(&format!("{line}{form}"));
            out.insert(
                format!("{line}{form}"),
                format!("{} {}{}", said.code, said.out, said.err),
            );
        }
    }
    out
}

/// What was drawn and done on the nights that are over, in one of several ways.
#[derive(Clone, Copy)]
struct Way {
    /// Another draw of the same design: every block, or pair, turned round.
    turned: bool,
    /// Nights on which what was drawn was not done, or only partly.
    departs: fn(i64) -> Option<bool>,
    /// Day of the week (from the second week on) of which nobody told what was done: as many in every way, and none of the
    /// nights that the journal names, which may tell which were answered.
    untold: i64,
}

/// Always done as drawn.
const KEPT: Way = Way {
    turned: false,
    departs: |_| None,
    untold: 4,
};

/// An experiment of `design`, lived through for `lived` nights in each of some ways: the lines of all outputs in which each
/// further way differs from the first.
fn shown_in(design: &str, lived: i64, ways: &[Way]) -> Vec<Vec<String>> {
    let plan = Plan::new("2025-09-07", cramps(120, 0.5))
        .with("x-a", crate::tests::analysis::door_edges::coins(120, 5))
        .with("stretch", crate::tests::analysis::door_edges::coins(120, 6));
    let mut door = aged(&plan);
    door.ok(&format!("experiment start stretch {design} --anyway --yes"));
    let first = experiments(&door).remove(0);
    for t in 1..=lived {
        door.set_now(&morning(first.from.plus(t).date()));
        match t % 3 {
            0 => door.ok("log -1 3am left calf 6"),
            _ => door.ok("night calm x-a=yes"),
        };
    }
    assert!(!tonight(&door).is_empty());
    let before = std::fs::read(door.diary()).unwrap();
    let in_way = |way: Way| {
        std::fs::write(door.diary(), &before).unwrap();
        let mut experiment = first.clone();
        // both are written anew, so that the journal counts alike; the coming nights stay
        let letters = first.schedule.chars().enumerate();
        let letters = letters.map(|(t, c)| match (way.turned && (t as i64) < lived, c) {
            (true, '1') => '0',
            (true, '0') => '1',
            (true, 'A') => 'B',
            (true, _) => 'A',
            (false, c) => c,
        });
        experiment.schedule = letters.collect();
        experiment.nonce = if way.turned { "b" } else { "a" }.repeat(32);
        experiment.seal = experiment.seal_now();
        let told = (0..lived)
            .filter(|t| *t < 7 || t % 7 != way.untold)
            .enumerate();
        let done = told.map(|(id, t)| {
            // a blinded experiment has something to take every night
            let wanted =
                experiment.is_blinded() || experiment.schedule.as_bytes()[t as usize] == b'1';
            let done = match ((way.departs)(t), wanted) {
                (Some(true), _) => Done::Partly,
                (None, true) | (Some(false), false) => Done::Yes,
                (None, false) | (Some(false), true) => Done::No,
            };
            let (id, night) = (id as i64 + 1, first.from.plus(t));
            let record = Adherence::blank(id, "stretch".into(), night, done, first.recorded_at);
            Record::Adherence(record)
        });
        let mut records: Vec<Record> = done.collect();
        records.push(Record::Experiment(experiment.clone()));
        write(&door, records);
        let seen = everything(&door).into_iter();
        seen.map(|(line, text)| (line, text.replace(&experiment.seal, "SEAL")))
            .collect::<BTreeMap<_, _>>()
    };
    let reference = in_way(ways[0]);
    let others = ways[1..].iter().map(|way| {
        let other = in_way(*way);
        assert_eq!(other.len(), reference.len());
        let differing = reference
            .iter()
            .filter(|(line, text)| other[*line] != **text);
        let lines = differing.flat_map(|(line, text)| {
            let other = &other[line];
            assert_eq!(text.lines().count(), other.lines().count(), "{line}");
            let pairs = text.lines().zip(other.lines()).filter(|(a, b)| a != b);
            pairs
                .map(move |(a, b)| format!("{line}: {a} | {b}"))
                .collect::<Vec<_>>()
        });
        lines.collect()
    });
    others.collect()
}

/// Another draw of the same design, done as drawn.
const TURNED: Way = Way {
    turned: true,
    ..KEPT
};
/// Another draw, with other nights on which something else was done, or nobody told what.
const DEPARTING: Way = Way {
    turned: true,
    departs: |t| (t % 5 < 2).then_some(t % 5 == 1),
    untold: 5,
};

/// What `cramp experiment` and its check of the seal say of how the plan was kept: the one thing that may differ.
fn is_of_compliance(line: &str) -> bool {
    let (command, said) = line.split_once(": ").unwrap();
    let of_status = command.strip_suffix(" --json").unwrap_or(command);
    let counts = said.contains("You did what was drawn on") || said.contains("\"kept\":");
    ["experiment", "experiment verify stretch"].contains(&of_status) && counts
}

/// Past assignments, and what was done, are replaced by others of the same design.
#[track_caller]
fn nothing_is_peeked_at(design: &str, lived: i64) {
    let differing = shown_in(design, lived, &[KEPT, DEPARTING]).remove(0);
    let others: Vec<&String> = differing.iter().filter(|l| !is_of_compliance(l)).collect();
    assert!(others.is_empty(), "{others:#?}");
    // that the counts do differ shows that there was something to be seen
    assert!(!differing.is_empty());
}

#[test]
fn before_the_end_nothing_shown_depends_on_what_was_drawn() {
    let differing = shown_in("--nights 84", 44, &[KEPT, TURNED]);
    assert_eq!(differing, [Vec::<String>::new()]);
}

#[test]
fn before_the_end_nothing_shown_depends_on_what_was_drawn_or_done() {
    nothing_is_peeked_at("--nights 84", 44);
}

#[test]
fn before_the_end_of_pairs_nothing_shown_depends_on_what_was_drawn_or_done() {
    nothing_is_peeked_at("--pairs 8", 56);
}

#[test]
fn before_the_end_of_a_blinded_one_nothing_shown_depends_on_what_was_drawn_or_done() {
    nothing_is_peeked_at("--nights 84 --blind key.txt", 44);
}

/// Eighty-four nights with gaps, a fever, a night done wrong, a correction, a clock change and a flight.
#[test]
fn a_whole_experiment_is_lived_through() {
    let mut door = door();
    door.ok("experiment plan stretch --nights 84");
    door.ok("experiment start stretch --nights 84 --anyway --yes");
    let sealed = experiments(&door).remove(0);
    // what was done on each night, as the person last said it, and what was drawn
    let mut told: BTreeMap<u64, (bool, bool)> = BTreeMap::new();
    let mut mistaken: Option<u64> = None;
    let mut assigned = tonight(&door);
    for t in 1..=84_u64 {
        let day = sealed.from.date().checked_add_days(Days::new(t)).unwrap();
        // two weeks in New York, across its clock change of 8 March and London's of 29 March
        door.set_zone(if (50..64).contains(&t) {
            "America/New_York"
        } else {
            "Europe/London"
        });
        door.set_now(&format!("{day}T12:30:00Z"));
        let drawn = std::mem::replace(&mut assigned, tonight(&door)) == "on";
        if let Some(before) = mistaken.filter(|before| before + 1 == t) {
            // yesterday it was said to be done, and it was not
            let night = sealed.from.plus(before as i64 - 1);
            let status = door.run("experiment --json").json();
            door.ok(&format!("night {night} stretch=no"));
            let corrected = door.run("experiment --json").json();
            let kept = |status: &serde_json::Value| status["nights"]["kept"].as_u64().unwrap();
            assert_eq!(kept(&corrected), kept(&status) - 1);
            told.insert(before, (false, true));
        }
        if t % 9 == 0 {
            continue;
        }
        if t >= 40 && drawn {
            mistaken = mistaken.or(Some(t));
        }
        let does = drawn != (t == 20);
        let cramp = if drawn && t % 3 != 0 { "n" } else { "y" };
        let details = if cramp == "y" {
            "3am left calf 5\n"
        } else {
            ""
        };
        let reply = if does { "y" } else { "n" };
        let (code, shown) = door
            .typing(&format!("{cramp}\n{details}{reply}\nq\n"))
            .screen("ask");
        assert_eq!(code, 0, "{shown}");
        told.insert(t, (does, drawn));
        if t == 30 {
            door.ok("exclude -4 -2 fever");
        }
        assert_eq!(
            door.run("experiment result stretch").code,
            if t == 84 { 0 } else { 1 },
            "{t}"
        );
    }
    // two nights were not as drawn: one done wrong, and one of which it was said only afterwards
    let kept = told.values().filter(|(does, drawn)| does == drawn).count();
    assert_eq!((told.len(), kept), (75, 73));
    assert!(mistaken.is_some());
    door.ok("edit 1 pain=4");
    let status = door.run("experiment --json").json();
    assert_eq!(status["state"], "finished");
    let nights = serde_json::json!({"done": 84, "recorded": 75, "kept": 73, "of": 84});
    assert_eq!(status["nights"], nights);
    assert_eq!(
        (&status["seal"], &status["sound"]),
        (&sealed.seal.clone().into(), &true.into())
    );
    let result = door.run("experiment result stretch --json").json();
    assert_eq!(result["kind"], "experiment-result");
    assert_eq!(
        (&result["kept"]["as_assigned"], &result["kept"]["of"]),
        (&73.into(), &84.into())
    );
    // the corrected night stands with those that were off by what was done, with those that were on by what was drawn
    let fever = 27..=29;
    let nights = |wanted: &dyn Fn(&(bool, bool)) -> bool| {
        let counted = told.iter().filter(|(t, _)| !fever.contains(*t));
        counted.filter(|(_, both)| wanted(both)).count()
    };
    for (arm, nights) in [
        (&result["as_done"]["on"], nights(&|(does, _)| *does)),
        (&result["as_done"]["off"], nights(&|(does, _)| !does)),
        (&result["on"], nights(&|(_, drawn)| *drawn)),
        (&result["off"], nights(&|(_, drawn)| !drawn)),
    ] {
        assert_eq!(arm["nights"], nights, "{result}");
    }
    let counted =
        result["on"]["nights"].as_u64().unwrap() + result["off"]["nights"].as_u64().unwrap();
    assert_eq!(
        counted + result["excluded"].as_u64().unwrap() + result["unknown"].as_u64().unwrap(),
        84
    );
    assert!(result["excluded"].as_u64().unwrap() == 3);
    assert!(
        result["rate_ratio"]["value"].as_f64().unwrap() < 1.0,
        "{result}"
    );
    let said = door.ok("experiment result stretch");
    assert!(said.contains("When chance decided"), "{said}");
    assert!(said.contains("done on 73 of 84 nights"), "{said}");
    assert_eq!(
        door.run(&format!("experiment verify stretch --seal {}", sealed.seal))
            .code,
        0
    );
}

#[test]
fn the_screens_are_those_that_were_reviewed() {
    let mut door = door();
    door.on_terminal(true, 80);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut shown = Vec::new();
    for (name, now, line) in [
        ("none", "2026-01-05T08:00:00Z", "experiment"),
        ("plan", "2026-01-05T08:00:00Z", "experiment plan stretch"),
        (
            "start",
            "2026-01-05T08:00:00Z",
            "experiment start stretch --nights 168 --yes --anyway",
        ),
        ("status", "2026-01-15T08:00:00Z", "experiment"),
        (
            "verify",
            "2026-01-15T08:00:00Z",
            "experiment verify stretch",
        ),
        ("early", "2026-01-15T08:00:00Z", "experiment result stretch"),
        (
            "stop",
            "2026-01-15T08:00:00Z",
            "experiment stop stretch \"a sprained ankle\" --yes",
        ),
    ] {
        door.set_now(now);
        let said = door.run(line);
        let err = said
            .err
            .lines()
            .map(|line| line.rsplit('\r').next().unwrap_or(line));
        let err: Vec<&str> = err.filter(|line| !line.trim().is_empty()).collect();
        let text = format!("$ cramp {line}\n{}{}", said.out, err.join("\n"));
        shown.push((name, text));
    }
    settings.bind(|| {
        for (name, text) in shown {
            insta::assert_snapshot!(format!("experiment_{name}"), text);
        }
    });
}
