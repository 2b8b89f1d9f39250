//! The edges through the door: analyze, explain and trend on diaries that have almost nothing to say, each with the
//! sentence it is meant to give.

use crate::diary::Night;
use crate::tests::door::Door;

/// A diary to be imported: one entry a calendar night.
pub(crate) struct Plan {
    first: &'static str,
    /// Cramps of each night; `None` is a night nobody wrote about.
    counts: Vec<Option<usize>>,
    /// Yes/no factors and their values.
    factors: Vec<(String, Vec<Option<bool>>)>,
}

impl Plan {
    pub(crate) fn new(first: &'static str, counts: Vec<Option<usize>>) -> Plan {
        Plan {
            first,
            counts,
            factors: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &str, values: Vec<Option<bool>>) -> Plan {
        self.factors.push((name.to_string(), values));
        self
    }

    /// The diary behind a door on the morning after its last night.
    pub(crate) fn door(&self) -> Door {
        let night = |t: usize| self.first.parse::<Night>().unwrap().plus(t as i64);
        let mut door = Door::at("2026-03-04T08:00:00Z");
        door.set_now(&format!("{}T08:00:00Z", night(self.counts.len())));
        let mut nights = String::from("night,outcome\n");
        let mut episodes = String::from("night,kind\n");
        let mut context = String::from("night,factor,value\n");
        let mut factors = String::from("factor,label,type,unit,min,max,timing\n");
        for (t, count) in self.counts.iter().enumerate() {
            let night = night(t);
            if let Some(count) = count {
                let word = if *count > 0 { "cramp" } else { "calm" };
                nights.push_str(&format!("{night},{word}\n"));
                episodes.push_str(&format!("{night},cramp\n").repeat(*count));
            }
            for (name, values) in &self.factors {
                if let Some(v) = values.get(t).copied().flatten() {
                    context.push_str(&format!("{night},{name},{}\n", u8::from(v)));
                }
            }
        }
        for (name, _) in &self.factors {
            factors.push_str(&format!("{name},{name},yes-no,,,,evening\n"));
        }
        let folder = door.diary().parent().unwrap().parent().unwrap().join("in");
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in [
            ("nights.csv", nights),
            ("episodes.csv", episodes),
            ("context.csv", context),
            ("factors.csv", factors),
        ] {
            std::fs::write(folder.join(file), text).unwrap();
        }
        let said = door.run(&format!("import {}", folder.display()));
        assert_eq!(said.code, 0, "{said:?}");
        door
    }
}

/// Every command in text and JSON; all of it, in lower case, on one line.
fn all_of(door: &Door, factor: &str) -> [String; 3] {
    let commands = ["analyze --long", &format!("explain {factor}"), "trend"];
    commands.map(|command| {
        let text = door.run(command);
        assert_eq!(text.code, 0, "{command}: {text:?}");
        let json = door.run(&format!("{command} --json"));
        assert_eq!(json.code, 0, "{command}: {json:?}");
        json.json();
        let flat = text.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in ["NaN", "-inf", " inf", "Infinity", "None", "Some("] {
            assert!(!flat.contains(word), "{command}: '{word}' in {flat}");
        }
        flat
    })
}

fn says(text: &str, sentence: &str) {
    assert!(text.contains(sentence), "'{sentence}' not in: {text}");
}

/// A repeatable coin.
fn coin(seed: u64, share: f64) -> impl FnMut() -> bool {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 / (1u64 << 53) as f64) < share
    }
}

pub(crate) fn cramps(nights: usize, share: f64) -> Vec<Option<usize>> {
    let mut u = coin(3, share);
    (0..nights).map(|_| Some(usize::from(u()))).collect()
}

pub(crate) fn coins(nights: usize, seed: u64) -> Vec<Option<bool>> {
    let mut u = coin(seed, 0.5);
    (0..nights).map(|_| Some(u())).collect()
}

#[test]
fn no_nights() {
    let door = Door::at("2026-03-04T08:00:00Z");
    says(&door.run("analyze").out, "No night has an answer yet");
    says(&door.run("trend").out, "No night has an answer yet");
    let explained = door.run("explain socks");
    assert_eq!(explained.code, 1);
    says(&explained.err, "nothing is written down about 'socks'");
}

#[test]
fn one_night() {
    let calm = Plan::new("2026-03-01", vec![Some(0)]).with("x-a", vec![Some(true)]);
    let [analyze, explain, trend] = all_of(&calm.door(), "x-a");
    says(&analyze, "No cramp on any recorded night");
    says(
        &explain,
        "known on 1 night, all with it; a cramp on 0 of them",
    );
    says(&trend, "1 night recorded: 0 with a cramp");
    let cramp = Plan::new("2026-03-01", vec![Some(1)]).with("x-a", vec![Some(true)]);
    let [analyze, ..] = all_of(&cramp.door(), "x-a");
    says(&analyze, "Every recorded night had a cramp");
}

#[test]
fn only_cramps_and_no_cramps() {
    let plan = |n| Plan::new("2025-09-01", vec![Some(n); 120]).with("x-a", coins(120, 1));
    let [analyze, explain, trend] = all_of(&plan(1).door(), "x-a");
    says(&analyze, "Every recorded night had a cramp");
    says(&explain, "Every recorded night had a cramp");
    says(&trend, "120 nights recorded: 120 with a cramp");
    says(&trend, "the same number of cramps: no drift");
    let [analyze, explain, trend] = all_of(&plan(0).door(), "x-a");
    says(&analyze, "No cramp on any recorded night");
    says(&explain, "No cramp on any recorded night");
    says(&explain, "x-a: a cramp on 0 of ");
    says(&trend, "120 nights recorded: 0 with a cramp");
    says(&trend, "no drift, change or season to look for");
    assert!(!analyze.contains("What to write down next"), "{analyze}");
}

#[test]
fn a_constant_factor_and_one_known_on_two_nights() {
    let mut two = vec![None; 200];
    (two[20], two[21]) = (Some(true), Some(false));
    let plan = Plan::new("2025-08-01", cramps(200, 0.4))
        .with("x-always", vec![Some(true); 200])
        .with("x-two", two);
    let door = plan.door();
    let [analyze, explain, _] = all_of(&door, "x-always");
    says(&analyze, "Nothing could be tested yet");
    says(&explain, "the same on every known night");
    let [_, explain, _] = all_of(&door, "x-two");
    says(&explain, "1 of the 10 nights needed on its rarer side");
    says(&explain, "known on only 1 % of the nights");
}

#[test]
fn a_factor_that_is_the_outcome_separates_completely() {
    let counts = cramps(300, 0.3);
    let same = counts.iter().map(|c| c.map(|c| c > 0)).collect();
    let plan = Plan::new("2025-05-01", counts).with("x-same", same);
    let [analyze, explain, _] = all_of(&plan.door(), "x-same");
    for text in [&analyze, &explain] {
        says(text, "No cramp at all on one side");
        assert!(!text.contains("no finite ratio"));
        says(text, "of 100 nights with it");
    }
}

#[test]
fn two_identical_factors_cannot_be_told_apart() {
    let x = coins(300, 4);
    let mut u = coin(9, 0.15);
    let mut v = coin(10, 0.55);
    let counts = x
        .iter()
        .map(|x| Some(usize::from(if *x == Some(true) { v() } else { u() })))
        .collect();
    let plan = Plan::new("2025-05-01", counts)
        .with("x-one", x.clone())
        .with("x-twin", x);
    let [analyze, explain, _] = all_of(&plan.door(), "x-twin");
    says(&analyze, "1 thing was checked");
    says(
        &explain,
        "Goes together with x-one in your diary; they can't be told apart.",
    );
    says(&explain, "of 100 nights with it");
}

#[test]
fn sixty_factors_on_forty_nights() {
    let mut plan = Plan::new("2026-01-01", cramps(40, 0.4));
    for k in 0..60 {
        plan = plan.with(&format!("x-{k}"), coins(40, 100 + k));
    }
    let [analyze, explain, _] = all_of(&plan.door(), "x-7");
    says(&analyze, "Nothing could be tested yet");
    says(&explain, "Not enough to say");
}

#[test]
fn a_night_with_thousands_of_cramps_moves_one_night_only() {
    let mut counts = cramps(300, 0.3);
    counts[150] = Some(3000);
    let plan = Plan::new("2025-05-01", counts).with("x-a", coins(300, 2));
    let [analyze, _, _] = all_of(&plan.door(), "x-a");
    says(
        &analyze,
        "1 night with more than 5 cramps: each counts as 5 here",
    );
    assert!(!analyze.contains("link]") || analyze.contains("[no sizeable link]"));
}

#[test]
fn before_1970_and_over_a_leap_day() {
    let plan = Plan::new("1967-10-01", cramps(300, 0.4)).with("x-a", coins(300, 2));
    let [_, explain, trend] = all_of(&plan.door(), "x-a");
    says(&trend, "1968-02");
    says(&trend, "29 of 29");
    says(&explain, "1968");
}

#[test]
fn a_gap_of_five_years() {
    let mut counts = cramps(200, 0.4);
    counts.extend(vec![None; 1826]);
    counts.extend(cramps(200, 0.4));
    let values = coins(counts.len(), 6);
    let values = values
        .iter()
        .zip(&counts)
        .map(|(v, c)| v.filter(|_| c.is_some()))
        .collect();
    let plan = Plan::new("2019-01-01", counts).with("x-a", values);
    let [analyze, explain, trend] = all_of(&plan.door(), "x-a");
    says(&analyze, "1826 nights without an answer");
    says(&explain, "known on only 18 % of the nights");
    says(&trend, "not recorded");
}

#[test]
fn nights_written_down_only_when_it_hurt() {
    let counts: Vec<Option<usize>> = cramps(400, 0.3)
        .into_iter()
        .map(|c| c.filter(|c| *c > 0))
        .collect();
    let plan = Plan::new("2025-01-01", counts).with("x-a", coins(400, 2));
    let [analyze, explain, trend] = all_of(&plan.door(), "x-a");
    says(&analyze, "the diary seems to be kept only when it hurts");
    says(&explain, "the diary seems to be kept only when it hurts");
    says(&trend, "the diary seems to be kept only when it hurts");
}

#[test]
fn everything_unknown() {
    let plan = Plan::new("2025-12-01", vec![None; 60]).with("x-a", coins(60, 2));
    let [analyze, explain, trend] = all_of(&plan.door(), "x-a");
    says(&analyze, "No night has an answer yet");
    says(&explain, "not known on any recorded night");
    says(&trend, "No night has an answer yet");
}
